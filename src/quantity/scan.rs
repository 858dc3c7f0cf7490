//! The numeral grammar's two doors: every numeral of a stretch of prose, and one table cell.

use super::{CellValue, Lexicon, Mark};

/// Every numeral of `view` (folded text), in order, without overlaps: each digit run lies in exactly one mark.
pub fn scan(view: &str, lexicon: &Lexicon) -> Vec<Mark> {
    let _ = (view, lexicon);
    Vec::new()
}

/// Reads one table cell (folded text).
pub fn cell(view: &str, lexicon: &Lexicon) -> CellValue {
    let _ = lexicon;
    if view.trim().is_empty() { CellValue::Blank } else { CellValue::Words }
}
