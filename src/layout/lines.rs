//! One line of a text and what its characters alone say of it.

use super::{
    drawn,
    ordinal::{self, Ordinal},
};
use crate::text::{Span, Text};

/// Marks that part cells.
pub(super) const PIPES: [char; 5] = ['|', '｜', '│', '┃', '║'];
/// Marks that end a sentence.
const STOPS: [char; 5] = ['。', '！', '？', '!', '?'];

/// A line with its features.
#[derive(Clone, Debug)]
pub(super) struct Line<'t> {
    /// The line without spaces around it.
    pub text: &'t str,
    /// Where `text` stands.
    pub span: Span,
    /// Its length in characters.
    pub chars: usize,
    /// Unescaped pipes.
    pub pipes: usize,
    /// Whether a tab stands after its first word.
    pub tabs: bool,
    /// How many gaps of two columns or more it has.
    pub gaps: usize,
    /// Whether it is a number, with or without a short unit, or a sign for none.
    pub value: bool,
    /// Whether its last column is such a value.
    pub last_value: bool,
    /// Whether it is a label, a unit and a value, one space apart.
    pub spaced_row: bool,
    /// Whether it holds the end of a sentence.
    pub stop: bool,
    /// Its numbering.
    pub ordinal: Option<Ordinal<'t>>,
    /// Depth of a markdown heading.
    pub marked: Option<u8>,
    /// Whether it draws the frame of a table.
    pub frame: bool,
}

impl Line<'_> {
    /// Nothing but spaces.
    pub fn blank(&self) -> bool {
        self.text.is_empty()
    }
    /// Nothing but a pipe or several.
    pub fn lone_pipe(&self) -> bool {
        self.pipes > 0 && self.text.chars().all(|c| PIPES.contains(&c) || c.is_whitespace())
    }
    /// Whether it has the outer form of a heading of the prose: numbered, short, no sentence, no figures.
    pub fn heading(&self) -> Option<u8> {
        if let Some(level) = self.marked {
            return Some(level.saturating_sub(1).max(1));
        }
        let ordinal = self.ordinal.as_ref()?;
        let rest = ordinal.rest;
        let commas = rest.contains(['，', ',', '；', ';', '：', ':']);
        let fits =
            self.chars <= 45 && !rest.is_empty() && !self.stop && self.pipes == 0 && !self.tabs && self.gaps == 0;
        let clean = !figures(rest) && !ends_open(rest) && (!commas || ordinal.level == 1);
        (fits && clean).then_some(ordinal.level)
    }
    /// Whether it is a date alone, perhaps after a name: the last line of a letter.
    pub fn date(&self) -> bool {
        let text = self.text.trim_matches(['（', '）', '(', ')', '[', ']', ' ', '　']);
        if self.stop || self.chars > 40 || text.contains(['：', ':', '，', ',']) || self.pipes > 0 {
            return false;
        }
        let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let numeral = |c: char| c.is_ascii_digit() || ordinal::is_numeral(c) || ('０'..='９').contains(&c) || c == '○';
        let mut rest = compact.as_str();
        let mut units = 0;
        for unit in ['日', '月', '年'] {
            if let Some(shorter) = rest.strip_suffix(unit) {
                let cut = shorter.trim_end_matches(numeral);
                if cut.len() == shorter.len() {
                    return false;
                }
                rest = cut;
                units += 1;
            }
        }
        if units >= 2 {
            return compact.ends_with(['日', '月']);
        }
        let parts: Vec<&str> = compact.split(['-', '/', '.']).collect();
        matches!(parts.as_slice(), [y, m, d] if y.len() == 4 && (1..=2).contains(&m.len()) && (1..=2).contains(&d.len())
            && parts.iter().all(|p| p.bytes().all(|b| b.is_ascii_digit())))
    }
    /// Whether it announces an annex: 附, 附件1, 附表, alone or with a name.
    pub fn annex(&self) -> bool {
        let Some(rest) = self.text.strip_prefix('附') else { return false };
        let rest = rest.strip_prefix(['件', '表', '录']).unwrap_or(rest);
        let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || ordinal::is_numeral(c));
        !self.stop
            && self.chars <= 60
            && (rest.is_empty() || rest.starts_with(['：', ':', ' ', '　', '、', '.', '（', '(']))
    }
    /// Whether it is pairs of a short key and its value, as page heads and table heads print them.
    pub fn metadata(&self) -> bool {
        let mut words = self.text.split_whitespace();
        // `索引号 : 999`: the colon stands apart.
        let spaced = self.text.split_whitespace().nth(1).is_some_and(|w| matches!(w, ":" | "："))
            && self.text.split_whitespace().next().is_some_and(|w| (2..=10).contains(&w.chars().count()));
        let pair = |word: &str| {
            let key = word.split(['：', ':']).next().unwrap_or("");
            key.len() < word.len() && (2..=10).contains(&key.chars().count()) && !key.starts_with('附')
        };
        !self.stop
            && self.chars <= 120
            && self.ordinal.is_none()
            && (words.next().is_some_and(pair) || spaced)
            && !self.text.ends_with(['：', ':', '，', ','])
            && !self.text.contains(['，', '；'])
    }
}

/// Characters that stand for nothing visible at a line's ends.
pub(super) fn invisible(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}')
}

/// Whether `text` is a number with at most a short unit, a sign for none, or a spreadsheet's error.
pub(crate) fn is_value(text: &str) -> bool {
    let text = text.trim_matches(['*', ' ', '　']);
    // A unit and its figure in one.
    let text = text.split_once(' ').filter(|(unit, _)| unit_like(unit)).map_or(text, |(_, figure)| figure.trim_start());
    let (mut digits, mut letters, mut count) = (0, 0, 0);
    for c in text.chars() {
        count += 1;
        if count > 24 {
            return false;
        }
        if c.is_ascii_digit() || ('０'..='９').contains(&c) {
            if letters > 0 {
                return false;
            }
            digits += 1;
        } else if matches!(
            c,
            '.' | ',' | '，' | '．' | '+' | '-' | '−' | '–' | '—' | '－' | '＋' | '%' | '％' | '/' | '／' | ' '
        ) {
        } else if digits > 0 && !c.is_ascii() {
            letters += 1;
        } else {
            return count == 1 && is_error(text);
        }
    }
    let dash = count > 0 && digits == 0;
    dash || (digits > 0 && letters <= 3 && !text.ends_with(['年', '月', '日', '号', '、', '.', '页']))
}

/// `#REF!`, `#N/A`: what a spreadsheet prints for a cell it cannot compute.
fn is_error(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|rest| {
        rest.len() >= 3
            && rest.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || matches!(b, b'/' | b'!' | b'?'))
    })
}

/// One to three characters of a script without spaces: most units are.
pub(crate) fn unit_like(text: &str) -> bool {
    (1..=3).contains(&text.chars().count()) && text.chars().all(|c| c.is_alphabetic() && !c.is_ascii())
}

/// Where the cells after the label begin in a row whose cells stand one space apart: a unit and figures, two figures and
/// more, or five and more without a label.
pub(crate) fn spaced_row(line: &str) -> Option<Vec<usize>> {
    let mut starts = Vec::new();
    let mut rest = line.trim_end();
    let last =
        |text: &str| text.char_indices().rev().find(|(_, c)| c.is_whitespace()).map_or(0, |(at, c)| at + c.len_utf8());
    let number = |word: &str| {
        is_value(word) && !(word.starts_with('0') && word.as_bytes().get(1).is_some_and(u8::is_ascii_digit))
    };
    while !rest.is_empty() && starts.len() < MOST_CELLS {
        let at = last(rest);
        if !rest.get(at..).is_some_and(number) {
            break;
        }
        starts.push(at);
        rest = rest.get(..at)?.trim_end();
    }
    let figures = starts.len();
    if figures == 0 {
        return None;
    }
    let at = last(rest);
    let unit = at > 0 && rest.get(at..).is_some_and(unit_like);
    if unit {
        starts.push(at);
        rest = rest.get(..at)?.trim_end();
    }
    let label = rest.chars().any(char::is_alphabetic);
    let fits = if label { unit || figures >= 2 } else { rest.is_empty() && !unit && figures >= 5 };
    starts.reverse();
    fits.then_some(starts)
}

/// More figures than this in a row one space apart are no row.
const MOST_CELLS: usize = 64;

/// Two words one space apart, the second a plain number: a row of a table if others are.
pub(crate) fn spaced_pair(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let (Some(label), Some(value), None) = (words.next(), words.next(), words.next()) else { return false };
    let named = label.chars().nth(1).is_some()
        && label.chars().all(|c| c.is_alphabetic() || matches!(c, '（' | '）' | '(' | ')' | '、' | '.'));
    named && !value.starts_with('0') && value.bytes().all(|b| b.is_ascii_digit() || b == b'.') || named && value == "0"
}

/// A number that is not part of a date stands in the words.
fn figures(text: &str) -> bool {
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c.is_ascii_digit() {
            while chars.next_if(|d| d.is_ascii_digit()).is_some() {}
            if !chars.peek().is_some_and(|d| matches!(d, '年' | '月' | '日' | '.' | '-')) {
                return true;
            }
        }
    }
    false
}

/// Ends as a sentence does that goes on.
pub(super) fn ends_open(text: &str) -> bool {
    text.ends_with(['，', ',', '；', ';', '：', ':', '、'])
}

/// The lines of a text, without their ends.
pub(super) fn lines(text: &Text) -> Vec<Line<'_>> {
    let content = text.as_str();
    let mut out = Vec::with_capacity(text.lines().count());
    let mut start = 0;
    for raw in content.split('\n') {
        out.push(line(raw, start));
        start += raw.len() + 1;
    }
    out
}

/// One line's features; `raw` stands at `start`.
pub(super) fn line(raw: &str, start: usize) -> Line<'_> {
    let left = raw.trim_start_matches(invisible);
    let text = left.trim_end_matches(invisible);
    let begin = start + (raw.len() - left.len());
    let (mut chars, mut pipes, mut gaps, mut width, mut stop, mut escaped) = (0, 0, 0, 0, false, false);
    let mut last_gap = 0;
    for (at, c) in text.char_indices() {
        chars += 1;
        if c.is_whitespace() {
            width += if c == '\u{3000}' { 2 } else { 1 };
        } else {
            if width >= 2 {
                gaps += 1;
                last_gap = at;
            }
            width = 0;
        }
        if PIPES.contains(&c) && !escaped {
            pipes += 1;
        }
        escaped = c == '\\';
        stop |= STOPS.contains(&c);
    }
    let tabs = left.trim_end_matches([' ', '\r']).contains('\t');
    let value = is_value(text);
    let last_value = value || (gaps > 0 && text.get(last_gap..).is_some_and(is_value));
    let marked = (text.starts_with('#'))
        .then(|| text.bytes().take_while(|b| *b == b'#').count())
        .filter(|n| (1..=6).contains(n) && text.as_bytes().get(*n) == Some(&b' '))
        .and_then(|n| u8::try_from(n).ok());
    Line {
        text,
        span: Span::new(begin, begin + text.len()),
        chars,
        pipes,
        tabs,
        gaps,
        value,
        last_value,
        spaced_row: !stop && pipes == 0 && chars <= 120 && spaced_row(text).is_some(),
        stop,
        ordinal: ordinal::ordinal(text),
        marked,
        frame: drawn::frame(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Line<'_> {
        line(text, 0)
    }

    #[test]
    fn values() {
        for text in ["12", "1,246", "４１２", "-8", "—", "/", "0.03", "#REF!", "160.5964万元", "93%", "件 12"] {
            assert!(is_value(text), "{text}");
        }
        for text in
            ["", "件", "2018年", "12件申请全部办结", "(三)", "1.", "A1", "3月", "# 一", "#", "其中网上 12", "件 条"]
        {
            assert!(!is_value(text), "{text}");
        }
    }

    #[test]
    fn headings() {
        for (text, level) in [
            ("一、加强领导,把工作机制理顺", 1),
            ("（二）主动公开", 2),
            ("1.2018年打算", 3),
            ("## 一、概述", 1),
            ("### （一）总量", 2),
        ] {
            assert_eq!(one(text).heading(), Some(level), "{text}");
        }
        for text in [
            "（一）总量。全年公开12条",
            "一是主动公开",
            "(二)制发文件7件",
            "1.当面申请数 | 件 | 5 |",
            "五、",
            "普通的话",
        ] {
            assert_eq!(one(text).heading(), None, "{text}");
        }
    }

    #[test]
    fn dates_and_annexes() {
        for text in [
            "2018年3月",
            "某局 2017年3月15日",
            "（2021年1月14日）",
            "二〇一八年三月九日",
            "2018-03-09",
            "2018 年 3 月 9 日",
        ] {
            assert!(one(text).date(), "{text}");
        }
        for text in ["2018年工作报告", "发布日期：2018年3月9日", "12月", "截至2017年12月31日,共3件"]
        {
            assert!(!one(text).date(), "{text}");
        }
        for text in ["附件:统计表", "附表", "附件1：统计表", "附件 统计表", "附:统计表"] {
            assert!(one(text).annex(), "{text}");
        }
        for text in ["附近居民来访", "附件已经上网。"] {
            assert!(!one(text).annex(), "{text}");
        }
    }

    #[test]
    fn metadata() {
        for text in [
            "索引号:999-0418/2019-00012    文号:石街办〔2019〕4号",
            "发布时间：2017-02-28　来源：办公室　字号：大 中 小",
            "索引号 : 999-2024 成文日期 : 2024年1月22日",
        ] {
            assert!(one(text).metadata(), "{text}");
        }
        for text in ["现将情况报告如下:", "附件：统计表", "一、说明：三点", "其中：当面申请，网络申请"]
        {
            assert!(!one(text).metadata(), "{text}");
        }
    }
}
