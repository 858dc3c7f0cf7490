//! Full-width forms read as half-width ones, for a text that no view folded; ranges lead back.

use std::{borrow::Cow, ops::Range};

/// A text in half width, and where each byte of it stood.
pub(super) struct Narrow<'a> {
    text: Cow<'a, str>,
    /// For each byte, and the end, the byte of the text as given; empty where nothing changed.
    offsets: Vec<usize>,
}

/// The half-width form of one character.
fn half(c: char) -> char {
    match c {
        '\u{3000}' | '\u{a0}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    }
}

impl<'a> Narrow<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        if text.chars().all(|c| half(c) == c) {
            return Narrow { text: Cow::Borrowed(text), offsets: Vec::new() };
        }
        let mut narrow = String::with_capacity(text.len());
        let mut offsets = Vec::with_capacity(text.len() + 1);
        for (at, c) in text.char_indices() {
            let c = half(c);
            offsets.extend(std::iter::repeat_n(at, c.len_utf8()));
            narrow.push(c);
        }
        offsets.push(text.len());
        Narrow { text: Cow::Owned(narrow), offsets }
    }
    pub(super) fn str(&self) -> &str {
        &self.text
    }
    /// A range of [`Narrow::str`] in the text as given.
    pub(super) fn range(&self, range: Range<usize>) -> Range<usize> {
        let back = |at: usize| self.offsets.get(at).copied().unwrap_or(at);
        back(range.start)..back(range.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_lead_back_to_full_width() {
        let narrow = Narrow::new("共４５人次");
        assert_eq!(narrow.str(), "共45人次");
        assert_eq!(narrow.range(3..11), 3..15);
        assert_eq!(Narrow::new("共45人次").range(3..5), 3..5);
    }
}
