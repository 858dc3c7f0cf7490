//! Where the characters of a line stand on a page of characters: some are two wide, and some writers do not know it.

use unicode_width::UnicodeWidthChar;

/// How a writer counted characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Metric {
    /// Wide characters as two.
    Columns,
    /// Every character as one.
    Characters,
}

impl Metric {
    /// How wide a character is.
    fn of(self, c: char) -> usize {
        match self {
            Metric::Columns => c.width().unwrap_or(0),
            Metric::Characters => 1,
        }
    }
    /// How wide words are; marks that only turn the page have no width.
    pub fn width(self, words: &str) -> usize {
        words.chars().filter(|c| !c.is_control() || *c == '\t').map(|c| self.of(c)).sum()
    }
    /// The place of each character of a line, with its byte offset; then the line's end.
    pub fn places(self, line: &str) -> impl Iterator<Item = (usize, usize, char)> + '_ {
        line.char_indices().scan(0usize, move |at, (byte, c)| {
            let here = *at;
            *at += self.of(c);
            Some((here, byte, c))
        })
    }
}
