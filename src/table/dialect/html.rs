//! HTML tables: cells in their tags; a cell over several columns or rows is followed by empty ones.

use super::{Dialect, Kept, Shape, cells};
use crate::{layout::tags, table::Cell};

pub(super) static DIALECT: Dialect = Dialect {
    name: "html",
    sample: "<table>\n<tr><td rowspan=\"2\">统计指标</td><td>单位</td><td>统计数</td></tr>\n<tr><td>收到申请数</td><td>12</td></tr>\n</table>",
    rows_known: true,
    blanks_kept: true,
    claims: |s: &Shape<'_>| s.kept() == Kept::Html,
    cells: read,
};

/// Most columns and rows one cell is believed to span.
const WIDEST: usize = 60;
const TALLEST: usize = 300;

fn read(shape: &Shape<'_>) -> Vec<Cell> {
    let (source, offset) = shape.source;
    let mut grid = Rows { out: Vec::new(), column: 0, below: Vec::new(), starts: true };
    // The open cell: where its words begin, its columns and rows.
    let mut open: Option<(usize, usize, usize)> = None;
    for tag in tags(source) {
        let ends = matches!(tag.name.as_str(), "td" | "th" | "tr" | "table");
        if ends && let Some((start, columns, rows)) = open.take() {
            let words = source.get(start..tag.range.start).unwrap_or("");
            let (start, words) = inner(words, start);
            grid.cell(words, offset + start, columns, rows);
        }
        match tag.name.as_str() {
            "tr" if !tag.closes => grid.row(),
            "td" | "th" if !tag.closes => {
                let span = |name, most| tag.number(name).unwrap_or(1).clamp(1, most);
                open = Some((tag.range.end, span("colspan", WIDEST), span("rowspan", TALLEST)));
            }
            _ => {}
        }
    }
    grid.out
}

/// The words of a cell without the tags around them: from the first to the last stretch that holds any.
fn inner(words: &str, start: usize) -> (usize, &str) {
    let mut kept: Option<(usize, usize)> = None;
    let mut from = 0;
    let ends = tags(words).map(|tag| (tag.range.start, tag.range.end)).chain([(words.len(), words.len())]);
    for (end, next) in ends {
        if words.get(from..end).is_some_and(|stretch| !cells::blank(stretch)) {
            kept = Some((kept.map_or(from, |(first, _)| first), end));
        }
        from = next;
    }
    let (from, to) = kept.unwrap_or((0, 0));
    (start + from, words.get(from..to).unwrap_or(""))
}

/// Cells in rows, with the places that cells above reach down to.
struct Rows {
    out: Vec<Cell>,
    column: usize,
    below: Vec<usize>,
    starts: bool,
}

impl Rows {
    fn row(&mut self) {
        for left in self.below.iter_mut().skip(self.column) {
            *left = left.saturating_sub(1);
        }
        self.column = 0;
        self.starts = true;
    }
    fn cell(&mut self, words: &str, start: usize, columns: usize, rows: usize) {
        while self.below.get(self.column).is_some_and(|left| *left > 0) {
            self.reached();
            self.put("", start);
        }
        self.put(words, start);
        for _ in 1..columns {
            self.put("", start + words.len());
        }
        let first = self.column - columns;
        if self.below.len() < self.column {
            self.below.resize(self.column, 0);
        }
        for slot in self.below.iter_mut().skip(first).take(columns) {
            *slot = rows - 1;
        }
    }
    fn reached(&mut self) {
        if let Some(left) = self.below.get_mut(self.column) {
            *left -= 1;
        }
    }
    fn put(&mut self, words: &str, start: usize) {
        if self.column >= WIDEST * 4 || self.out.len() > crate::table::MAX_CELLS {
            self.column += 1;
            return;
        }
        self.out.push(cells::cell(words, start, self.starts));
        self.starts = false;
        self.column += 1;
    }
}
