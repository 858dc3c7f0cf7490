//! Pages: which of their tables hold data, and the lines around them.

use super::lines::{self, Line};
use crate::text::{Span, Tag, Text};
use std::ops::Range;

/// A page's lines, and which ranges of them are tables of data.
///
/// A table that holds another is there for the page's looks, unless it has more rows with figures of its own than the tables
/// in it; one whose words are mostly sentences is too. What stands in those is prose.
pub(super) fn lines<'t>(text: &'t Text, tags: &[Tag]) -> (Vec<Line<'t>>, Vec<Range<usize>>) {
    let content = text.as_str();
    let tables = data_tables(content, tags);
    let (mut out, mut ranges) = (Vec::new(), Vec::new());
    let mut at = 0;
    let marks = marks(content, tags);
    let mut marks = marks.iter().peekable();
    let rest = std::iter::once(content.len()..content.len());
    for table in tables.iter().cloned().chain(rest) {
        let mut start = at;
        for raw in content.get(at..table.start).unwrap_or("").split('\n') {
            let mut line = lines::line(raw, start);
            start += raw.len() + 1;
            if line.blank() && out.last().is_none_or(Line::blank) {
                continue;
            }
            while marks.peek().is_some_and(|(range, _)| range.end < line.span.end) {
                marks.next();
            }
            // A heading may be parted by a break: each of its lines is one.
            let mark = marks.peek().filter(|(range, _)| range.start <= line.span.start && !line.blank());
            match mark {
                Some((_, Mark::Heading(level))) => line.marked = Some(*level),
                Some((_, Mark::Bold)) if bold_heading(&line, &out) => line.marked = Some(BOLD),
                _ => {}
            }
            out.push(line);
        }
        if table.start < table.end {
            // One line stands for the whole table: its words are for the table's reader.
            ranges.push(out.len()..out.len() + 1);
            out.push(Line { span: Span::new(table.start, table.end), ..lines::line("<table>", table.start) });
        }
        at = table.end;
    }
    (out, ranges)
}

/// Level of a line that is bold and not numbered: below the numbered headings.
const BOLD: u8 = 4;

/// Whether a bold line is a heading: short, without a sentence, not numbered, and behind the beginning of the body.
fn bold_heading(line: &Line<'_>, above: &[Line<'_>]) -> bool {
    let words = line.chars <= 25 && !line.stop && !line.value && line.pipes == 0 && line.ordinal.is_none();
    let letters = line.text.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
    let plain =
        !line.text.contains(['，', ',', '；', ';', '：', ':']) && !line.text.bytes().any(|b| b.is_ascii_digit());
    words && letters && plain && !line.annex() && above.iter().any(|l| l.stop || l.heading().is_some())
}

/// What tags say of lines.
#[derive(Clone, Copy, Debug)]
enum Mark {
    Heading(u8),
    Bold,
}

/// Headings, and lines that are bold from end to end.
fn marks(content: &str, tags: &[Tag]) -> Vec<(Range<usize>, Mark)> {
    let mut out: Vec<(Range<usize>, Mark)> = Vec::new();
    let mut open: Option<(&Tag, Mark)> = None;
    for tag in tags {
        let mark = match tag.name.strip_prefix('h').and_then(|n| n.parse::<u8>().ok()) {
            Some(level) => Mark::Heading(level),
            None if tag.name == "b" => Mark::Bold,
            None => continue,
        };
        match open {
            Some((start, mark)) if tag.closes && start.name == tag.name => {
                out.extend(trimmed(content, start.at..tag.at).map(|range| (range, mark)));
                open = None;
            }
            // Bold within a heading says nothing more.
            Some((_, Mark::Heading(_))) if tag.name == "b" => {}
            _ if !tag.closes => open = Some((tag, mark)),
            _ => {}
        }
    }
    out
}

/// A range without the spaces around its words.
fn trimmed(content: &str, range: Range<usize>) -> Option<Range<usize>> {
    let words = content.get(range.clone())?;
    let inner = words.trim_start_matches(lines::invisible);
    let start = range.end - inner.len();
    let end = start + inner.trim_end_matches(lines::invisible).len();
    (start < end).then_some(start..end)
}

/// A table that is open.
struct Open {
    at: usize,
    /// Where its open cell began.
    cell: Option<usize>,
    /// Whether the open row has a figure, and how many rows had one.
    figure: bool,
    rows: usize,
    /// Bytes in cells, and in cells that hold sentences.
    words: usize,
    sentences: usize,
    /// Tables of data inside, by their place among those found, and the rows of theirs that had figures.
    inner: usize,
    inner_rows: usize,
    nested: bool,
}

/// The tables of data, in order.
fn data_tables(content: &str, tags: &[Tag]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for tag in tags {
        if tag.name == "table" && !tag.closes {
            if let Some(outer) = open.last_mut() {
                outer.nested = true;
                outer.end_cell(content, tag.at);
            }
            let (at, inner) = (tag.at, found.len());
            open.push(Open {
                at,
                cell: None,
                figure: false,
                rows: 0,
                words: 0,
                sentences: 0,
                inner,
                inner_rows: 0,
                nested: false,
            });
            continue;
        }
        let Some(table) = open.last_mut() else { continue };
        match tag.name {
            "td" | "th" | "tr" | "table" => table.end_cell(content, tag.at),
            // What stands above its rows is the table's heading.
            "caption" if tag.closes && table.words == 0 => table.at = tag.at,
            _ => continue,
        }
        match tag.name {
            "td" | "th" if !tag.closes => table.cell = Some(tag.at),
            "tr" => table.end_row(),
            "table" => close(&mut open, tag.at, &mut found),
            _ => {}
        }
    }
    while let Some(table) = open.last_mut() {
        table.end_cell(content, content.len());
        close(&mut open, content.len(), &mut found);
    }
    found
}

/// Closes the innermost table, and decides what it is.
fn close(open: &mut Vec<Open>, at: usize, found: &mut Vec<Range<usize>>) {
    let Some(mut table) = open.pop() else { return };
    table.end_row();
    let data = if table.nested {
        table.rows > 2.max(table.inner_rows)
    } else {
        table.words > 0 && table.sentences * 2 <= table.words
    };
    if data {
        found.truncate(table.inner);
        found.push(table.at..at);
    }
    let rows = if data { table.rows } else { table.inner_rows };
    if let Some(outer) = open.last_mut() {
        outer.inner_rows += rows;
    }
}

/// Shortest cell, in bytes, that is taken for a sentence.
const SENTENCE: usize = 60;

impl Open {
    fn end_cell(&mut self, content: &str, end: usize) {
        let Some(start) = self.cell.take() else { return };
        let words = content.get(start..end).unwrap_or("").trim_matches(lines::invisible);
        self.words += words.len();
        if words.len() >= SENTENCE && words.contains('。') {
            self.sentences += words.len();
        }
        self.figure |= lines::is_value(words) && words.bytes().any(|b| b.is_ascii_digit());
    }
    fn end_row(&mut self) {
        self.rows += usize::from(self.figure);
        self.figure = false;
    }
}
