//! The folding view: what parsers read, with its map back to the text.

use super::{
    Span, pinyin,
    plain::{Plain, is_han, plain},
    simplify::is_traditional,
};
use std::{borrow::Cow, ops::Range};

/// A folded reading of one span of a text.
///
/// - Full-width forms become half-width, compatibility forms and radicals their plain characters, every space but the tab
///   becomes `' '`. Quotes, `、` and `。` have no half-width form and stay.
/// - Traditional characters become simplified ones, each by itself (`simplify.rs`); what simplified text writes never changes.
/// - Zero-width characters go, and pinyin in brackets behind a Chinese character: `國(guó)`.
/// - A line break goes, with the blanks around it, where characters stand on both sides: a scrape breaks sentences. Between
///   two ASCII letters or digits, and at the ends of the view, it becomes one space instead.
///
/// Law: for every non-empty range of [`View::str`] on character boundaries,
/// `fold(text[view.span(range)]) == view.str()[range]`.
///
/// ```
/// use duibiao::text::{Span, View};
/// let text = "收到申请１２\u{200B}件，\r\n　答复(fù)率９３％";
/// let view = View::new(text, Span::new(0, text.len()));
/// assert_eq!(view.str(), "收到申请12件,答复率93%");
/// let at = view.str().find("复率9").unwrap();
/// let span = view.span(at..at + "复率9".len());
/// assert_eq!(&text[span.start..span.end], "复(fù)率９");
/// assert_eq!(view.range(span), at..at + "复率9".len());
/// ```
#[derive(Clone, Debug)]
pub struct View<'t> {
    folded: Cow<'t, str>,
    base: usize,
    /// Where folding changed anything: all characters of the view in runs, by offset. Empty where it is borrowed.
    runs: Vec<Run>,
}

/// Neighbouring characters of the view that each take `width` bytes in it and come from `source` bytes of the text, without
/// a gap. Characters copied as they stand count as bytes: both are 1.
#[derive(Clone, Copy, Debug)]
struct Run {
    view: usize,
    text: usize,
    width: usize,
    source: usize,
}

impl<'t> View<'t> {
    /// The view of `span` in `text`; empty where the span does not fit the text.
    pub fn new(text: &'t str, span: Span) -> Self {
        let traditional = is_traditional(text.get(span.start..span.end).unwrap_or(""));
        View::of(text, span, traditional)
    }
    /// The same, where it is known whether the text has any traditional character.
    pub(super) fn of(text: &'t str, span: Span, traditional: bool) -> Self {
        let source = text.get(span.start..span.end).unwrap_or("");
        let (folded, runs) = Folder::fold(source, traditional);
        View { folded, base: span.start, runs }
    }
    /// The folded characters.
    pub fn str(&self) -> &str {
        &self.folded
    }
    /// The span of the text that a range of [`View::str`] came from: from its first character's start to its last
    /// character's end. An empty range gives an empty span. What lies past the end, or inside a character, is taken to the
    /// next border outwards.
    pub fn span(&self, range: Range<usize>) -> Span {
        let end = self.ceil(range.end);
        let start = self.floor(range.start);
        if start >= end {
            let at = if start < self.folded.len() { self.start(start) } else { self.end(start) };
            return Span::new(at, at);
        }
        Span::new(self.start(start), self.end(end))
    }
    /// Where an offset of the text lies in [`View::str`]: at the character that came from it; for one that was dropped, at
    /// the next character kept.
    pub fn offset(&self, text: usize) -> usize {
        let at = text.saturating_sub(self.base);
        let Some(index) = self.runs.partition_point(|r| r.text <= at).checked_sub(1) else {
            return if self.runs.is_empty() { self.floor(at) } else { 0 };
        };
        let end = self.runs.get(index + 1).map_or(self.folded.len(), |next| next.view);
        self.runs.get(index).map_or(0, |run| self.floor((run.view + (at - run.text) / run.source * run.width).min(end)))
    }
    /// The range of [`View::str`] that a span of the text became; empty where nothing of it was kept.
    pub fn range(&self, span: Span) -> Range<usize> {
        let start = self.offset(span.start);
        start..self.offset(span.end).max(start)
    }

    /// Text offset where the character at a view offset starts.
    fn start(&self, at: usize) -> usize {
        let run = self.runs.partition_point(|r| r.view <= at).checked_sub(1).and_then(|i| self.runs.get(i));
        self.base + run.map_or(at, |r| r.text + (at - r.view) / r.width * r.source)
    }
    /// Text offset where the character before a view offset ends.
    fn end(&self, at: usize) -> usize {
        let run = self.runs.partition_point(|r| r.view < at).checked_sub(1).and_then(|i| self.runs.get(i));
        self.base + run.map_or(at, |r| r.text + (at - r.view).div_ceil(r.width) * r.source)
    }
    fn floor(&self, at: usize) -> usize {
        let mut at = at.min(self.folded.len());
        while !self.folded.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
    fn ceil(&self, at: usize) -> usize {
        let mut at = at.min(self.folded.len());
        while !self.folded.is_char_boundary(at) {
            at += 1;
        }
        at
    }
}

/// Folds a string on its own, as a [`View`] of it would read.
pub fn fold(text: &str) -> Cow<'_, str> {
    Folder::fold(text, is_traditional(text)).0
}

/// First bytes of the characters that may fold. All else, the common Chinese characters above all, is passed over by
/// looking at its bytes.
static MAY_FOLD: [bool; 256] = MAY_FOLD_LEADS;
const MAY_FOLD_LEADS: [bool; 256] = {
    let mut table = [false; 256];
    let mut control = 0x09;
    while control <= 0x0D {
        table[control] = true;
        control += 1;
    }
    let leads = [b' ', b'(', 0xC2, 0xE1, 0xE2, 0xE3, 0xEF, 0xF0, 0xF3];
    let mut i = 0;
    while i < leads.len() {
        table[leads[i] as usize] = true;
        i += 1;
    }
    table
};

/// The same where there are traditional characters.
static MAY_FOLD_HAN: [bool; 256] = {
    let mut table = MAY_FOLD_LEADS;
    let mut lead = 0xE4;
    while lead <= 0xE9 {
        table[lead] = true;
        lead += 1;
    }
    table
};

/// Folding in progress: one pass, copying what stays by whole stretches.
struct Folder<'t> {
    source: &'t str,
    out: String,
    runs: Vec<Run>,
    /// How far the source is dealt with; what follows, up to the place read, is still to be copied. Zero until something
    /// folds.
    copied: usize,
    /// Where something between a character and its pinyin was last dropped, and whether that character is Chinese.
    behind: (usize, bool),
}

impl<'t> Folder<'t> {
    fn fold(source: &'t str, traditional: bool) -> (Cow<'t, str>, Vec<Run>) {
        let may_fold = if traditional { &MAY_FOLD_HAN } else { &MAY_FOLD };
        let mut folder = Folder { source, out: String::new(), runs: Vec::new(), copied: 0, behind: (0, false) };
        let mut at = 0;
        while let Some(next) =
            source.as_bytes().get(at..).and_then(|rest| rest.iter().position(|b| may_fold[usize::from(*b)]))
        {
            let Some(c) = source.get(at + next..).and_then(|rest| rest.chars().next()) else { break };
            at = folder.character(at + next, c);
        }
        if folder.copied == 0 {
            return (Cow::Borrowed(source), Vec::new());
        }
        folder.copy_to(source.len());
        (Cow::Owned(folder.out), folder.runs)
    }

    /// Deals with the character `c` at `at`, and what hangs together with it; gives the place to go on from.
    fn character(&mut self, at: usize, c: char) -> usize {
        let end = at + c.len_utf8();
        if matches!(c, '(' | '（')
            && self.han_before(at)
            && let Some(length) = self.source.get(at..).and_then(pinyin::bracketed)
        {
            self.drop(at, at + length);
            self.behind = (at + length, true);
            return at + length;
        }
        match plain(c) {
            Plain::Same => {}
            Plain::To(d) => self.put(d, at, end),
            Plain::Blank | Plain::Break | Plain::Nothing => return self.gap(at),
        }
        end
    }

    /// A stretch of spaces, breaks and nothings, as long as it goes.
    fn gap(&mut self, start: usize) -> usize {
        let rest = self.source.get(start..).unwrap_or("");
        let is_gap = |c: char| matches!(plain(c), Plain::Blank | Plain::Break | Plain::Nothing);
        let end = start + rest.find(|c| !is_gap(c)).unwrap_or(rest.len());
        let gap = self.source.get(start..end).unwrap_or("");
        let visible = |c: char| plain(c) != Plain::Nothing;
        if gap.contains(|c| plain(c) == Plain::Break) {
            if self.joins(start, end) {
                self.drop(start, end);
            } else {
                let last =
                    gap.char_indices().rfind(|(_, c)| visible(*c)).map_or(end, |(i, c)| start + i + c.len_utf8());
                let first = start + gap.find(visible).unwrap_or(0);
                self.drop(start, first);
                self.put(' ', first, last);
                self.drop(last, end);
            }
            return end;
        }
        if !gap.contains(visible) {
            self.behind = (end, self.han_before(start));
        }
        for (i, c) in gap.char_indices() {
            let (from, to) = (start + i, start + i + c.len_utf8());
            match plain(c) {
                Plain::Nothing => self.drop(from, to),
                _ if matches!(c, ' ' | '\t') => {}
                _ => self.put(' ', from, to),
            }
        }
        end
    }

    /// Whether a break from `start` to `end` can go without gluing two words or numbers together.
    fn joins(&self, start: usize, end: usize) -> bool {
        let ascii = |c: char| match plain(c) {
            Plain::To(d) => d.is_ascii_alphanumeric(),
            _ => c.is_ascii_alphanumeric(),
        };
        match (self.before(start), self.source.get(end..).and_then(|rest| rest.chars().next())) {
            (Some(before), Some(after)) => !(ascii(before) && ascii(after)),
            _ => false,
        }
    }

    fn before(&self, at: usize) -> Option<char> {
        self.source.get(..at).and_then(|head| head.chars().next_back())
    }
    fn han_before(&self, at: usize) -> bool {
        if at > 0 && self.behind.0 == at { self.behind.1 } else { self.before(at).is_some_and(is_han) }
    }

    /// Copies what stands unfolded before `at`.
    fn copy_to(&mut self, at: usize) {
        let kept = self.source.get(self.copied..at).unwrap_or("");
        if !kept.is_empty() {
            if self.out.is_empty() {
                self.out.reserve(self.source.len());
            }
            self.run(self.copied, 1, 1);
            self.out.push_str(kept);
        }
        self.copied = at;
    }
    /// Leaves a stretch out.
    fn drop(&mut self, start: usize, end: usize) {
        if start < end {
            self.copy_to(start);
            self.copied = end;
        }
    }
    /// Puts `c` for a stretch.
    fn put(&mut self, c: char, start: usize, end: usize) {
        self.copy_to(start);
        let (width, source) = (c.len_utf8(), end - start);
        // As wide as before: the bytes map one to one, and the run that copies goes on.
        let (width, source) = if width == source { (1, 1) } else { (width, source) };
        self.run(start, width, source);
        self.out.push(c);
        self.copied = end;
    }
    /// Notes how the characters from here on map, unless the last run goes on.
    fn run(&mut self, text: usize, width: usize, source: usize) {
        let view = self.out.len();
        if let Some(last) = self.runs.last()
            && (last.width, last.source) == (width, source)
            && last.text + (view - last.view) / width * source == text
        {
            return;
        }
        self.runs.push(Run { view, text, width, source });
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folds() {
        for (from, to) in [
            ("主动公开２７００余条", "主动公开2700余条"),
            ("（一）收到申请数：１２　件；", "(一)收到申请数:12 件;"),
            ("⾼碑\u{200B}店\u{FEFF}⼈⺠政府", "高碑店人民政府"),
            ("3667\u{A0}条", "3667 条"),
            // pinyin
            ("中國(guó)政府和(he)(he)公（gōng）開", "中国政府和公开"),
            ("國\u{200B}(guó)家", "国家"),
            ("附件(pdf)，客户端(app)", "附件(pdf),客户端(app)"), // words
            ("12(he)，國 (guó)，(guó)", "12(he),国 (guó),(guó)"), // nothing Chinese right before
            // breaks
            ("2011\n年", "2011年"),
            ("主动公开 \r\n　　\u{200B}\n 12 条", "主动公开12 条"),
            ("open\n  data", "open data"),
            ("2720\n374", "2720 374"), // two numbers
            ("１２\n３４", "12 34"),
            ("全年\u{C}收到", "全年收到"), // page break
            ("\n公开\r\n", " 公开 "),
            ("國\n(guó)", "国(guó)"),
            ("列一\t列二", "列一\t列二"),
        ] {
            assert_eq!(fold(from), to, "{from:?}");
        }
    }

    #[test]
    fn borrows_what_needs_no_folding() {
        for text in
            ["", "主动公开政府信息2700余条，".trim_end_matches('，'), "a b, c\td (pdf)", "“三公”经费、《条例》。…—①"]
        {
            assert!(matches!(fold(text), Cow::Borrowed(same) if same == text), "{text}");
        }
        assert!(matches!(fold("，"), Cow::Owned(_)));
    }

    #[test]
    fn maps_back() {
        let text = "前言。２，７\u{200B}００ 余(yú)条\r\n 公开";
        let base = "前言。".len();
        let view = View::new(text, Span::new(base, text.len()));
        assert_eq!(view.str(), "2,700 余条公开");
        let back = |part: &str| {
            let at = view.str().find(part).unwrap();
            let span = view.span(at..at + part.len());
            assert_eq!(view.range(span), at..at + part.len(), "{part}");
            &text[span.start..span.end]
        };
        assert_eq!(back("2,700"), "２，７\u{200B}００");
        assert_eq!(back("余"), "余", "what is dropped behind the last character is not part of it");
        assert_eq!(back("余条"), "余(yú)条");
        assert_eq!(back("条公"), "条\r\n 公");
        // offsets of what was dropped, and outside
        let zero_width = text.find('\u{200B}').unwrap();
        assert_eq!(view.offset(zero_width), view.str().find("00").unwrap());
        assert_eq!((view.offset(0), view.offset(text.len() + 9)), (0, view.str().len()));
        // ranges that no parser gives: empty, reversed, inside a character, past the end
        assert!(view.span(6..6).is_empty() && view.span(Range { start: 7, end: 2 }).is_empty());
        assert_eq!(view.span(7..8), view.span(6..9));
        assert_eq!(view.span(0..999).end, text.len());
    }

    #[test]
    fn a_span_that_does_not_fit_gives_an_empty_view() {
        for span in [Span::new(1, 3), Span::new(3, 99), Span::new(3, 0)] {
            let view = View::new("公开", span);
            assert_eq!((view.str(), view.span(0..0).len()), ("", 0));
        }
    }

    /// Pieces that fold in every way, beside one another in every order.
    fn document() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            4 => prop::sample::select(vec![
                "年", "公开", "國", "餘條", "覆", "長", "⾼", "⺠", "\u{F98E}", "\u{2F800}", "２", "，", "（", "）", "％", "Ａ", "￥", "﹐", "２７００",
                "a", "Z", "7", "(", ")", ".", "。", "“", "①", "…",
            ]).prop_map(str::to_owned),
            3 => prop::sample::select(vec![
                "\n", "\r\n", "\r", "\t", " ", "　", "\u{A0}", "\u{2003}", "\u{2028}", "\u{C}",
                "\u{200B}", "\u{FEFF}", "\u{AD}", "\u{2060}", "\u{FE0F}",
            ]).prop_map(str::to_owned),
            2 => prop::sample::select(vec!["(guó)", "（he）", "(he)(he)", "(pdf)", "(gu\u{301}o)", "(a)", "(he", "国(guó)"])
                .prop_map(str::to_owned),
            1 => any::<char>().prop_map(String::from),
        ];
        prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn folding_what_a_range_came_from_gives_the_range(before in "[年a\n]{0,3}", text in document()) {
            let whole = format!("{before}{text}尾");
            let view = View::new(&whole, Span::new(before.len(), before.len() + text.len()));
            prop_assert_eq!(view.str(), fold(&text));
            let borders: Vec<usize> =
                (0..=view.str().len()).filter(|i| view.str().is_char_boundary(*i)).collect();
            for (i, &start) in borders.iter().enumerate() {
                prop_assert!(view.span(start..start).is_empty());
                for &end in &borders[i + 1..] {
                    let span = view.span(start..end);
                    let source = whole.get(span.start..span.end);
                    prop_assert!(source.is_some(), "{:?} is cut by {:?}", whole, span);
                    prop_assert_eq!(fold(source.unwrap()), &view.str()[start..end], "{:?} {:?}", whole, span);
                    prop_assert_eq!(view.range(span), start..end);
                }
            }
        }

        #[test]
        fn every_offset_of_the_text_maps_to_a_border(text in document()) {
            let view = View::new(&text, Span::new(0, text.len()));
            let mut last = 0;
            for offset in 0..=text.len() + 1 {
                let at = view.offset(offset);
                prop_assert!(view.str().is_char_boundary(at) && at >= last);
                last = at;
            }
            prop_assert_eq!(last, view.str().len());
        }
    }
}
