//! HTML tables: cells in their tags; a cell over several columns or rows is followed by empty ones.

use super::{Dialect, Kept, Shape, cells};
use crate::{
    table::{Cell, MAX_CELLS},
    text::{Span, fold},
};

pub(super) static DIALECT: Dialect = Dialect {
    name: "html",
    sample: "<table>\n<tr><td rowspan=\"2\">统计指标</td><td>单位</td><td>统计数</td></tr>\n<tr><td>收到申请数</td><td>12</td></tr>\n</table>",
    rows_known: true,
    blanks_kept: true,
    claims: |s: &Shape<'_>| s.kept() == Kept::Html,
    cells: read,
};

/// Most columns and rows one cell is believed to span.
const WIDEST: u32 = 60;
const TALLEST: u32 = 300;
/// Most columns of a table; cells further right are left out.
const COLUMNS: usize = 8_000;

fn read(shape: &Shape<'_>) -> Vec<Cell> {
    let mut grid = Rows { out: Vec::new(), column: 0, below: Vec::new(), starts: true, begun: false };
    // The open cell: where its words begin, its columns and rows.
    let mut open: Option<(usize, u32, u32)> = None;
    // Tables within a cell: their words are the cell's.
    let mut depth = usize::from(shape.tags.first().is_none_or(|tag| tag.name != "table"));
    for tag in shape.tags {
        let within = depth > 1;
        if tag.name == "table" {
            depth = if tag.closes { depth.saturating_sub(1) } else { depth + 1 };
        }
        if within || depth > 1 || !matches!(tag.name, "td" | "th" | "tr" | "table") {
            continue;
        }
        if let Some((start, columns, rows)) = open.take() {
            grid.cell(shape.text, Span::new(start, tag.at), columns, rows);
        }
        if depth == 0 || grid.out.len() > MAX_CELLS {
            return grid.out;
        }
        match tag.name {
            "tr" if !tag.closes => grid.row(),
            "td" | "th" if !tag.closes => {
                let (columns, rows) = tag.takes;
                open = Some((tag.at, columns.min(WIDEST), rows.min(TALLEST)));
            }
            _ => {}
        }
    }
    if let Some((start, columns, rows)) = open {
        grid.cell(shape.text, Span::new(start, shape.source.1 + shape.source.0.len()), columns, rows);
    }
    grid.out
}

/// Cells in rows, with the places that cells above reach down to.
struct Rows {
    out: Vec<Cell>,
    column: usize,
    /// For each column, how many further rows a cell above reaches into.
    below: Vec<u32>,
    starts: bool,
    /// Whether a row was begun.
    begun: bool,
}

impl Rows {
    fn row(&mut self) {
        // Cells above reach through a row whether it has cells beneath them or not.
        for left in self.below.iter_mut().skip(self.column).filter(|_| self.begun) {
            *left = left.saturating_sub(1);
        }
        self.begun = true;
        self.column = 0;
        self.starts = true;
    }
    fn cell(&mut self, text: &str, span: Span, columns: u32, rows: u32) {
        let words = cells::trim(text, span);
        let words = if words.is_empty() { Span::new(span.start, span.start) } else { words };
        while self.below.get(self.column).is_some_and(|left| *left > 0) {
            self.reached();
            self.put(text, Span::new(span.start, span.start));
        }
        let first = self.column;
        self.put(text, words);
        for _ in 1..columns {
            // A cell that is two wide does not cover one that still reaches down from above.
            self.put(text, Span::new(words.end, words.end));
        }
        if rows > 1 || !self.below.is_empty() {
            if self.below.len() < self.column {
                self.below.resize(self.column, 0);
            }
            for slot in self.below.iter_mut().take(self.column).skip(first) {
                *slot = rows - 1;
            }
        }
    }
    fn reached(&mut self) {
        if let Some(left) = self.below.get_mut(self.column) {
            *left -= 1;
        }
    }
    fn put(&mut self, text: &str, span: Span) {
        if self.column < COLUMNS {
            let words = text.get(span.start..span.end).unwrap_or("");
            self.out.push(Cell { span, text: fold(words).into_owned(), pieces: Vec::new(), starts_row: self.starts });
            self.starts = false;
            self.column += 1;
        }
    }
}
