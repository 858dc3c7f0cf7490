//! Lines of pipes: the small language all piped dialects share.

use super::{Shape, cells};
use crate::{table::Cell, text::Span};
use nom::{
    IResult, Parser,
    branch::alt,
    bytes::complete::{is_not, tag},
    character::complete::{anychar, one_of},
    combinator::recognize,
    multi::many0_count,
    sequence::preceded,
};
use std::ops::Range;

const PIPES: &str = "|｜│┃║";

pub(super) fn is_pipe(c: char) -> bool {
    PIPES.contains(c)
}

/// Whether a pipe stands in the line.
pub(super) fn has(line: &str) -> bool {
    line.contains(is_pipe)
}

/// Whether it begins with a pipe.
pub(super) fn starts(line: &str) -> bool {
    line.starts_with(is_pipe)
}

/// Whether it ends with a pipe that is not escaped.
pub(super) fn ends(line: &str) -> bool {
    line.ends_with(is_pipe) && !line.trim_end_matches(is_pipe).ends_with('\\')
}

/// The words up to the next pipe; `\|` is a character of the words.
fn words(input: &str) -> IResult<&str, &str> {
    let escaped = preceded(tag("\\"), anychar).map(|_| ());
    recognize(many0_count(alt((is_not("\\|｜│┃║").map(|_| ()), escaped, tag("\\").map(|_| ()))))).parse(input)
}

/// Byte ranges between the pipes of a line: one more than it has pipes.
pub(super) fn split(line: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut rest = line;
    loop {
        let start = line.len() - rest.len();
        let Ok((after, piece)) = words(rest) else { break };
        out.push(start..start + piece.len());
        let pipe: IResult<&str, char> = one_of(PIPES).parse(after);
        match pipe {
            Ok((next, _)) => rest = next,
            Err(_) => break,
        }
    }
    out
}

/// A GFM ruler (`| --- | :--: |`) or a drawn rule (`+----+`): no data.
pub(super) fn is_ruler(line: &str) -> bool {
    line.contains("--") && line.chars().all(|c| is_pipe(c) || matches!(c, '-' | ':' | ' ' | '+' | '='))
}

/// How pipes and line ends part the cells of a region.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// A pipe closes a cell; a line end within an open cell is a space.
    Closing,
    /// A pipe opens a cell; likewise.
    Opening,
    /// A line is a row.
    Rows,
}

/// Reads the cells of a piped region.
pub(super) fn cells(shape: &Shape<'_>, mode: Mode) -> Vec<Cell> {
    match mode {
        Mode::Rows => rows(shape),
        Mode::Closing => closing(shape),
        Mode::Opening => opening(shape),
    }
}

/// A note between rows: a line without a pipe, a cell of no row.
pub(super) fn note(line: &str) -> bool {
    let rest = ["备注", "附注", "说明", "注"].iter().find_map(|word| line.strip_prefix(word));
    !has(line) && rest.is_some_and(|r| r.starts_with(['：', ':']))
}

/// An open cell: its first line's text and start, and the end reached.
struct Open {
    words: String,
    start: usize,
}

impl Open {
    fn add(&mut self, words: &str, start: usize) {
        if !self.words.is_empty() {
            // Keeps offsets true: what lies between two pieces is a line's end and perhaps spaces.
            let gap = start.saturating_sub(self.start + self.words.len());
            self.words.extend(std::iter::repeat_n('\n', gap));
        } else {
            self.start = start;
        }
        self.words.push_str(words);
    }
    fn close(&mut self, at: usize, out: &mut Vec<Cell>) {
        if self.words.is_empty() {
            self.start = at;
        }
        out.push(cells::cell(&self.words, self.start, false));
        self.words.clear();
    }
}

fn closing(shape: &Shape<'_>) -> Vec<Cell> {
    let mut out = Vec::new();
    let mut open = Open { words: String::new(), start: 0 };
    for (line, span) in &shape.lines {
        if is_ruler(line) {
            continue;
        }
        if note(line) {
            if !open.words.is_empty() {
                open.close(open.start, &mut out);
            }
            out.push(cells::cell(line, span.start, false));
            continue;
        }
        let parts = split(line);
        let last = parts.len().saturating_sub(1);
        for (n, part) in parts.into_iter().enumerate() {
            let start = span.start + part.start;
            let words = line.get(part).unwrap_or("");
            // A line of a row dialect among single cells may also open with a pipe: nothing lies before it.
            let outer = n == 0
                && words.is_empty()
                && last > 1
                && open.words.is_empty()
                && ends(line)
                && !line.chars().all(is_pipe);
            if !words.trim().is_empty() {
                open.add(words, start);
            }
            if n < last && !outer {
                open.close(start, &mut out);
            }
        }
    }
    if !open.words.is_empty() {
        open.close(open.start, &mut out);
    }
    out
}

fn opening(shape: &Shape<'_>) -> Vec<Cell> {
    let mut out = Vec::new();
    let mut open = Open { words: String::new(), start: 0 };
    let mut any = false;
    for (line, span) in &shape.lines {
        if is_ruler(line) {
            continue;
        }
        if note(line) {
            if any || !open.words.is_empty() {
                open.close(open.start, &mut out);
            }
            any = false;
            out.push(cells::cell(line, span.start, false));
            continue;
        }
        let parts = split(line);
        let outer = parts.len() > 2 && ends(line) && !line.chars().all(is_pipe);
        let count = if outer { parts.len() - 1 } else { parts.len() };
        for (n, part) in parts.into_iter().take(count).enumerate() {
            let start = span.start + part.start;
            let words = line.get(part).unwrap_or("");
            if n > 0 {
                if any || !open.words.is_empty() {
                    open.close(start, &mut out);
                }
                any = true;
                open.start = start;
            }
            if !words.trim().is_empty() {
                open.add(words, start);
            }
        }
    }
    if any || !open.words.is_empty() {
        open.close(open.start, &mut out);
    }
    out
}

fn rows(shape: &Shape<'_>) -> Vec<Cell> {
    let mut out = Vec::new();
    let closes = shape.lines.iter().filter(|(l, _)| ends(l)).count() * 2 > shape.piped;
    let mut pending: Option<(&str, Span)> = None;
    let outer = Outer::of(shape);
    let header = header(shape, &outer);
    for (number, (line, span)) in shape.lines.iter().enumerate() {
        if is_ruler(line) {
            continue;
        }
        if header.contains(&number) {
            let words = trimmed(line, &outer).into_iter().next().unwrap_or(0..line.len());
            let start = span.start + words.start;
            out.push(cells::cell(line.get(words).unwrap_or(""), start, number == header.start));
            continue;
        }
        if !has(line)
            && closes
            && pending.is_none()
            && !line.starts_with(|c: char| c.is_ascii_digit())
            && shape.rows > 0
        {
            // A label broken over two lines goes on in the next one.
            pending = Some((line, *span));
            continue;
        }
        let mut first = true;
        for (n, part) in trimmed(line, &outer).into_iter().enumerate() {
            let words = line.get(part.clone()).unwrap_or("");
            let start = span.start + part.start;
            match pending.take() {
                Some((above, at)) if n == 0 && !words.trim().is_empty() && !numbered(words.trim()) => {
                    let mut open = Open { words: above.to_string(), start: at.start };
                    open.add(words, start);
                    out.push(Cell { starts_row: true, ..cells::cell(&open.words, open.start, true) });
                }
                Some((above, at)) => {
                    out.push(cells::cell(above, at.start, true));
                    out.push(cells::cell(words, start, true));
                }
                None => out.push(cells::cell(words, start, first)),
            }
            first = false;
        }
    }
    if let Some((above, at)) = pending {
        out.push(cells::cell(above, at.start, true));
    }
    out
}

/// The lines above the first row that hold its header, a cell a line: as many as the row has cells.
fn header(shape: &Shape<'_>, outer: &Outer) -> Range<usize> {
    let visible = |line: &str| {
        trimmed(line, outer).into_iter().filter(|r| line.get(r.clone()).is_some_and(|w| !w.trim().is_empty())).count()
    };
    let first = shape.lines.iter().position(|(line, _)| has(line) && visible(line) > 1 && !is_ruler(line));
    let Some(first) = first else { return 0..0 };
    let width = shape.lines.get(first).map_or(0, |(line, _)| trimmed(line, outer).len());
    let start = first.saturating_sub(width);
    let cells = shape.lines.get(start..first).unwrap_or_default();
    let one = |(line, _): &(&str, Span)| {
        ends(line) && visible(line) == 1 && !line.trim_end_matches(is_pipe).contains(is_pipe)
    };
    if width > 1 && first - start == width && cells.iter().all(one) { start..first } else { 0..0 }
}

/// Whether a cell begins with a number of its own: then it does not go on with the line above.
pub(super) fn numbered(words: &str) -> bool {
    let numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let inner = words.trim_start_matches(['（', '(']);
    let after = inner.trim_start_matches(numeral);
    let mark = if inner.len() < words.len() {
        after.starts_with(['）', ')'])
    } else {
        after.starts_with(['、', '.', '．'])
    };
    (after.len() < inner.len() && mark) || words.starts_with("其中")
}

/// Whether the rows of a table have a pipe before their first cell, and after their last.
struct Outer {
    before: bool,
    after: bool,
}

impl Outer {
    fn of(shape: &Shape<'_>) -> Self {
        let rows = || shape.lines.iter().map(|(line, _)| *line).filter(|line| split(line).len() > 2 && !is_ruler(line));
        let most = |test: fn(&str) -> bool| rows().filter(|line| test(line)).count() * 2 > rows().count();
        // `件 | 12 |` beside `| 12 |`: the row begins with an empty cell.
        Outer { before: most(starts), after: most(ends) }
    }
}

/// The cells of a row: outer pipes enclose nothing, empty cells at the right beyond the first are an expanded heading's.
fn trimmed(line: &str, outer: &Outer) -> Vec<Range<usize>> {
    let mut parts = split(line);
    let blank = |r: &Range<usize>| line.get(r.clone()).is_none_or(|w| w.trim().is_empty());
    if starts(line) && parts.len() > 1 && outer.before {
        parts.remove(0);
    }
    if ends(line) && parts.len() > 1 && outer.after {
        parts.pop();
    }
    if parts.iter().filter(|r| !blank(r)).count() <= 1 && parts.first().is_some_and(|r| !blank(r)) {
        parts.truncate(1);
    }
    parts
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
    use super::*;

    #[test]
    fn pieces_between_pipes() {
        let show =
            |line: &str| split(line).into_iter().map(|r| line[r].trim().to_string()).collect::<Vec<_>>().join("/");
        for (line, pieces) in [
            ("收到 | 件 | 12 |", "收到/件/12/"),
            ("| 件", "/件"),
            ("||", "//"),
            ("a \\| b | c", "a \\| b/c"),
            ("a ｜ b", "a/b"),
            ("", ""),
            ("尾 \\", "尾 \\"),
        ] {
            assert_eq!(show(line), pieces, "{line}");
        }
    }

    #[test]
    fn numbers_of_their_own() {
        for words in ["（一）收到", "1.当面", "一、情况", "其中：当面", "(2)其他"] {
            assert!(numbered(words), "{words}");
        }
        for words in ["（不同渠道计1条）", "发布会次数", "12306投诉", "三公经费"] {
            assert!(!numbered(words), "{words}");
        }
    }

    #[test]
    fn rulers() {
        for line in ["| --- | :---: |", "---|---", "+----+----+"] {
            assert!(is_ruler(line), "{line}");
        }
        for line in ["| - | 12 |", "||", "| 无 |"] {
            assert!(!is_ruler(line), "{line}");
        }
    }
}
