//! A page as its reader sees it: words without their markup, with the way back to the source.

use super::{
    Span, entity,
    markup::{self, Kind, Mark, Token},
};
use std::ops::Range;

/// A tag that parts a page: of tables, headings, bold words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag {
    /// Where it stands among the words.
    pub at: usize,
    /// Its name in lower case: `table`, `caption`, `tr`, `td`, `th`, `h1` to `h6`, `b` (for `strong` too).
    pub name: &'static str,
    /// Whether it closes.
    pub closes: bool,
    /// Columns and rows that a cell says it takes, as written; at least 1 each.
    pub takes: (u32, u32),
}

/// Most tags kept; what lies behind belongs to what is open there.
const MOST_TAGS: usize = 2_000_000;
/// Deepest nesting of blocks that is followed; deeper ones count as one.
const DEEPEST: usize = 256;

/// The markup of a page: its tags, and where each of its words stands in the source.
#[derive(Clone, Debug, Default)]
pub(super) struct Page {
    pub tags: Vec<Tag>,
    pieces: Vec<Piece>,
}

/// Neighbouring characters that each take `width` bytes here and `taken` in the source. Bytes copied as they stand: both 1.
#[derive(Clone, Copy, Debug)]
struct Piece {
    at: usize,
    source: usize,
    width: usize,
    taken: usize,
}

impl Page {
    /// Where words stand in the source: from their first to their last byte. An empty span stands behind what comes before.
    pub fn origin(&self, span: Span) -> Span {
        let end = self.end(span.end);
        if span.is_empty() { Span::new(end, end) } else { Span::new(self.start(span.start), end) }
    }
    fn start(&self, at: usize) -> usize {
        let piece = self.pieces.partition_point(|p| p.at <= at).checked_sub(1).and_then(|i| self.pieces.get(i));
        piece.map_or(0, |p| p.source + (at - p.at) / p.width * p.taken)
    }
    fn end(&self, at: usize) -> usize {
        let piece = self.pieces.partition_point(|p| p.at < at).checked_sub(1).and_then(|i| self.pieces.get(i));
        piece.map_or(0, |p| p.source + (at - p.at).div_ceil(p.width) * p.taken)
    }
}

/// The words of a page and its markup; `None` where `source` is none.
pub(super) fn read(source: &str) -> Option<(String, Page)> {
    if !cfg!(feature = "in-html") || !markup::is_page(source) {
        return None;
    }
    let mut reader = Reader {
        source,
        words: String::with_capacity(source.len() / 2),
        page: Page::default(),
        breaks: 0,
        space: None,
        hidden: None,
        open: Vec::new(),
        verbatim: 0,
    };
    markup::tokens(source, |token| match token {
        Token::Words(range) => reader.words(range),
        Token::Mark(mark) => reader.mark(&mark),
    });
    Some((reader.words, reader.page))
}

struct Reader<'t> {
    source: &'t str,
    words: String,
    page: Page,
    /// Line ends due before the next words.
    breaks: usize,
    /// Spaces due before the next words, unless they stand at a line's end.
    space: Option<Range<usize>>,
    /// The element whose words are not shown.
    hidden: Option<Hidden>,
    /// Blocks that are open.
    open: Vec<&'static str>,
    /// How many `pre` are among them.
    verbatim: usize,
}

impl Reader<'_> {
    /// Whether line ends of the source are line ends: in `pre`, and outside all blocks, where tables stand in plain text.
    fn keeps_lines(&self) -> bool {
        self.verbatim > 0 || self.open.is_empty()
    }

    fn words(&mut self, range: Range<usize>) {
        if self.hidden.is_some() {
            return;
        }
        let end = range.end;
        let mut at = range.start;
        while let Some(rest) = self.source.get(at..end).filter(|rest| !rest.is_empty()) {
            let space = |b: &u8| b.is_ascii_whitespace();
            let blank = rest.bytes().take_while(|b| space(b)).count();
            if blank > 0 {
                if self.breaks > 0 {
                    // A line begins with its words.
                } else if self.keeps_lines() {
                    self.due(at);
                    self.copy(at..at + blank);
                } else {
                    let start = self.space.take().map_or(at, |due| due.start);
                    self.space = Some(start..at + blank);
                }
                at += blank;
                continue;
            }
            if let Some((c, length)) = entity::decode(rest) {
                if c == '\n' || c == '\r' {
                    self.space = Some(at..at + length);
                } else {
                    self.due(at);
                    self.put(c, at, length);
                }
                at += length;
                continue;
            }
            let length = rest.bytes().skip(1).take_while(|b| !space(b) && *b != b'&').count() + 1;
            self.due(at);
            self.copy(at..at + length);
            at += length;
        }
    }

    /// Writes the line ends and spaces that are due before words at `at`.
    fn due(&mut self, at: usize) {
        let space = self.space.take();
        if self.breaks > 0 {
            let written = self.words.bytes().rev().take_while(|b| *b == b'\n').count();
            if !self.words.is_empty() {
                for _ in written..self.breaks {
                    self.put('\n', at, 0);
                }
            }
            self.breaks = 0;
        } else if let Some(space) = space
            && !self.words.is_empty()
            && !self.words.ends_with('\n')
        {
            // A line end of the source parts words of letters and figures only.
            let figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            let breaks = self.source.get(space.clone()).is_some_and(|s| s.contains('\n'));
            let next = self.source.get(at..).and_then(|rest| rest.chars().next());
            if !breaks || figure(self.words.chars().next_back()) && figure(next) {
                self.put(' ', space.start, space.len());
            }
        }
    }

    /// Copies words as they stand.
    fn copy(&mut self, range: Range<usize>) {
        let goes_on = self
            .page
            .pieces
            .last()
            .is_some_and(|p| (p.width, p.taken) == (1, 1) && p.source + (self.words.len() - p.at) == range.start);
        if !goes_on {
            self.page.pieces.push(Piece { at: self.words.len(), source: range.start, width: 1, taken: 1 });
        }
        self.words.push_str(self.source.get(range).unwrap_or(""));
    }

    /// Writes a character for `taken` bytes of the source.
    fn put(&mut self, c: char, source: usize, taken: usize) {
        self.page.pieces.push(Piece { at: self.words.len(), source, width: c.len_utf8(), taken });
        self.words.push(c);
    }

    fn mark(&mut self, mark: &Mark<'_>) {
        let kind = markup::kind(mark.name);
        match self.hidden.take().map(|hidden| hidden.at(mark, kind)) {
            Some(Reach::On(hidden)) => {
                self.hidden = Some(hidden);
                return;
            }
            Some(Reach::With) => return,
            Some(Reach::Before) | None => {}
        }
        if !mark.closes && (kind == Kind::Hidden || (mark.unseen() && kind != Kind::Lone && kind != Kind::Break)) {
            let depth = usize::from(level(mark.name).is_none());
            self.hidden = Some(Hidden { name: mark.name, depth }).filter(|hidden| !hidden.name.is_empty());
            return;
        }
        match kind {
            Kind::Inline | Kind::Hidden => {}
            Kind::Break => self.breaks = self.breaks.max(1),
            Kind::Lone => self.breaks = 2,
            Kind::Block | Kind::Open => {
                self.breaks = 2;
                self.nest(mark);
            }
        }
        self.keep(mark);
    }

    /// Notes which blocks are open.
    fn nest(&mut self, mark: &Mark<'_>) {
        if !mark.closes {
            let level = level(mark.name);
            while level.is_some() && self.open.last().is_some_and(|name| level_below(name, level)) {
                self.open.pop();
            }
            if self.open.len() < DEEPEST {
                self.open.push(mark.name);
                self.verbatim += usize::from(mark.name == "pre");
            }
            return;
        }
        // The block closes with all that was left open in it; a block that was never opened closes nothing.
        let Some(at) = self.open.iter().rposition(|name| *name == mark.name) else { return };
        let closed = self.open.drain(at..).filter(|name| *name == "pre").count();
        self.verbatim -= closed;
    }

    /// Keeps a tag that layout and tables read.
    fn keep(&mut self, mark: &Mark<'_>) {
        let name = match mark.name {
            "table" | "caption" | "tr" | "td" | "th" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => mark.name,
            "b" | "strong" => "b",
            _ => return,
        };
        if self.page.tags.len() >= MOST_TAGS {
            return;
        }
        let cell = matches!(name, "td" | "th") && !mark.closes;
        if cell {
            // Every cell has a place of its own, empty ones too.
            self.put('\n', mark.range.end, 0);
            self.words.push('\n');
            self.breaks = 0;
            self.space = None;
        }
        let takes = |attribute| {
            let number = if cell { mark.number(attribute).unwrap_or(1) } else { 1 };
            u32::try_from(number).unwrap_or(u32::MAX).max(1)
        };
        // Words that follow on a new line begin behind the break that is still due.
        self.page.tags.push(Tag {
            at: self.words.len(),
            name,
            closes: mark.closes,
            takes: (takes("colspan"), takes("rowspan")),
        });
    }
}

/// How far out an element stands among those that end by themselves: the next of its own level, or of one further out, ends it.
fn level(name: &str) -> Option<u8> {
    match name {
        "p" => Some(0),
        "li" | "dt" | "dd" | "option" => Some(1),
        "td" | "th" => Some(2),
        "tr" => Some(3),
        "thead" | "tbody" | "tfoot" => Some(4),
        _ => None,
    }
}

fn level_below(name: &str, other: Option<u8>) -> bool {
    level(name).is_some_and(|level| Some(level) <= other)
}

/// An element whose words are not shown.
#[derive(Clone, Copy, Debug)]
struct Hidden {
    name: &'static str,
    /// How many of its name are open; of an element that ends by itself, how many blocks are open in it.
    depth: usize,
}

/// What a tag does to hidden words.
enum Reach {
    /// They go on.
    On(Hidden),
    /// They end with it.
    With,
    /// They ended before it.
    Before,
}

impl Hidden {
    fn at(self, mark: &Mark<'_>, kind: Kind) -> Reach {
        let same = mark.name == self.name;
        let block = matches!(kind, Kind::Block | Kind::Open);
        if self.name == "head" {
            // One that is never closed ends where the body begins.
            return match mark.closes {
                true if same => Reach::With,
                false if block && mark.name != "html" => Reach::Before,
                _ => Reach::On(self),
            };
        }
        let on = |depth| Reach::On(Hidden { depth, ..self });
        let Some(level) = level(self.name) else {
            return match (same, mark.closes) {
                (false, _) => Reach::On(self),
                (true, false) => on(self.depth + 1),
                (true, true) if self.depth > 1 => on(self.depth - 1),
                (true, true) => Reach::With,
            };
        };
        let outer = level_below(self.name, self::level(mark.name));
        match (kind, mark.closes) {
            (Kind::Block, false) if self.name == "p" => Reach::Before,
            (Kind::Block, false) => on(self.depth + 1),
            (Kind::Block, true) if self.depth > 0 => on(self.depth - 1),
            (Kind::Block, true) => Reach::Before,
            (Kind::Open, true) if same && self.depth == 0 => Reach::With,
            (Kind::Open, _) if self.depth == 0 && (outer || (level == 0 && !mark.closes)) => Reach::Before,
            _ => Reach::On(self),
        }
    }
}

#[cfg(all(test, feature = "in-html"))]
mod tests {
    use crate::text::{Span, Text};
    use proptest::prelude::*;

    fn shown(source: &str) -> String {
        Text::decode(source.as_bytes()).shown().as_str().to_owned()
    }

    #[test]
    fn words_are_what_a_reader_sees() {
        for (source, words) in [
            ("<p>一<p>二</p><div>三</div>", "一\n\n二\n\n三"),
            ("<p>收到<b>1</b><span>2</span>件<br/>办结</p>", "收到12件\n办结"),
            ("<p>1&#44;204&nbsp;条 &lt;见&amp;表&gt;</p>", "1,204\u{A0}条 <见&表>"),
            ("<p>全年\n    收到 12\n34 件</p>", "全年收到 12 34 件"),
            ("<pre>指标    数\n收到    12</pre><p></p>", "指标    数\n收到    12"),
            (
                "<div>一<script>var a='<p>2</p>'</script><style>p{}</style><!-- 3 --><noscript>4</noscript>二</div>",
                "一二",
            ),
            ("<div>一<table><tr hidden><td>9<td><div>8</div></td></tr><tr><td hidden>7<td>二</table>", "一\n\n二"),
            ("<p>一<span style=\"display:none\">9<i>8</i></span>二<p hidden>三<p>四</p>", "一二\n\n四"),
            ("<head><title>题</title><meta><p>正文<br>", "正文"),
            ("<HTML><BODY><P>一<BR>二</BODY></HTML>", "一\n二"),
            ("首行\n次行\n<table><tr><td>1</td></tr></table>末行\n", "首行\n次行\n\n\n1\n\n末行\n"),
            ("<p>3 < 4，5 > 2</p><br>", "3 < 4，5 > 2"),
            ("<p>一</p>\n<p>&nbsp;</p>\n<p>二</p>", "一\n\n\u{A0}\n\n二"),
        ] {
            assert_eq!(shown(source), words, "{source}");
        }
    }

    #[test]
    fn what_is_no_page_is_shown_as_it_stands() {
        for source in ["", "收到 < 12 件", "<关于公开的通知>\n第一条", "a<b>c</b>"] {
            assert_eq!(shown(source), source);
        }
    }

    #[test]
    fn spans_lead_back_to_the_source() {
        let source = Text::decode(
            "<p>收到<b>1</b>&nbsp;<i>2</i>件</p><table><tr><td></td><td>&#49;3</td></tr></table>".as_bytes(),
        );
        let text = source.shown();
        let origin = |words: &str| {
            let at = text.as_str().find(words).unwrap_or(0);
            source.slice(text.origin(Span::new(at, at + words.len())))
        };
        assert_eq!(origin("收到"), "收到");
        assert_eq!(origin("1\u{A0}2"), "1</b>&nbsp;<i>2");
        assert_eq!(origin("件"), "件");
        assert_eq!(origin("13"), "&#49;3");
        let blank = text.tags().and_then(|tags| tags.iter().find(|tag| tag.name == "td")).map_or(0, |tag| tag.at);
        let place = text.origin(Span::new(blank, blank));
        assert!(place.is_empty() && source.as_str()[..place.start].ends_with("<tr><td>"), "{place:?}");
    }

    proptest! {
        /// Words without references stand in the source as they are shown, between tags; spans keep their order.
        #[test]
        fn every_word_is_found_in_the_source(source in "<p>(</?(p|b|td|tr|table|div|br|script|pre|x)( a='>')?( hidden)?>|[12件\n ]|&nbsp;|&#49;|<!-- 9 -->|<|&){0,60}<br></p>") {
            let text = Text::decode(source.as_bytes());
            let shown = text.shown();
            let mut last = 0;
            for (at, c) in shown.as_str().char_indices() {
                let span = shown.origin(Span::new(at, at + c.len_utf8()));
                prop_assert!(span.start >= last && span.end <= source.len(), "{:?} {:?}", at, span);
                last = span.end;
                let slice = text.slice(span);
                if c != '\n' && c != ' ' {
                    let reference = slice.starts_with('&') && slice.len() > 1;
                    prop_assert!(reference || slice.chars().eq([c]), "{:?} came from {:?}", c, slice);
                }
            }
        }
    }
}
