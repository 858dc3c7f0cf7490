//! Where lines start, for the edge of the program; inside, everything is a byte offset.

use super::Span;

/// A place as people name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in Unicode scalar values.
    pub column: usize,
}

/// Bytes between two counts of characters.
const STRIDE: usize = 1024;

/// Byte offsets of line starts. A line ends with LF; a CR before it belongs to the line's end, not to its text.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// Characters that start before each multiple of [`STRIDE`]: a column in a line of megabytes costs no more than any.
    counts: Vec<usize>,
}

impl LineIndex {
    /// Indexes `text`.
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1));
        let mut sum = 0;
        let mut counts = Vec::with_capacity(text.len() / STRIDE + 1);
        for stretch in text.as_bytes().chunks(STRIDE) {
            counts.push(sum);
            sum += characters(stretch);
        }
        LineIndex { starts, counts }
    }
    /// Number of lines; a text that ends in LF has an empty last line.
    pub fn count(&self) -> usize {
        self.starts.len()
    }
    /// The line (from 1) that holds `offset`.
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }
    /// Span of a line (from 1) without its LF or CR LF; empty past the end.
    pub fn span(&self, text: &str, line: usize) -> Span {
        let Some(&start) = line.checked_sub(1).and_then(|i| self.starts.get(i)) else {
            return Span::new(text.len(), text.len());
        };
        let end = self.starts.get(line).map_or(text.len(), |next| next - 1);
        let end = if end > start && text.as_bytes().get(end - 1) == Some(&b'\r') { end - 1 } else { end };
        Span::new(start, end)
    }
    /// Line and column of `offset` in `text`.
    pub fn position(&self, text: &str, offset: usize) -> Position {
        let offset = offset.min(text.len());
        let line = self.line(offset);
        let start = line.checked_sub(1).and_then(|i| self.starts.get(i)).copied().unwrap_or(0);
        let column = self.characters_before(text, offset) - self.characters_before(text, start) + 1;
        Position { line, column }
    }

    fn characters_before(&self, text: &str, offset: usize) -> usize {
        // At a multiple of the stride that is the text's end there is no count; the one before serves.
        let block = (offset / STRIDE).min(self.counts.len().saturating_sub(1));
        let rest = text.as_bytes().get(block * STRIDE..offset).unwrap_or(&[]);
        self.counts.get(block).copied().unwrap_or(0) + characters(rest)
    }
}

/// Characters that start in these bytes of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| (**b as i8) >= -0x40).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str, offset: usize) -> (usize, usize) {
        let Position { line, column } = LineIndex::new(text).position(text, offset);
        (line, column)
    }

    #[test]
    fn lines_and_columns_count_from_one_in_characters() {
        let text = "公开2720条\r\n办结";
        assert_eq!(at(text, 0), (1, 1));
        assert_eq!(at(text, text.find('2').unwrap_or(0)), (1, 3));
        assert_eq!(at(text, text.find('\n').unwrap_or(0)), (1, 9));
        assert_eq!(at(text, text.find('办').unwrap_or(0)), (2, 1));
        assert_eq!(at(text, text.len()), (2, 3));
        assert_eq!(at(text, 999), (2, 3), "past the end is the end");
        assert_eq!(at("", 0), (1, 1));
        assert_eq!(at("a\n", 2), (2, 1));
    }

    #[test]
    fn a_line_ends_before_its_line_end() {
        let text = "一\r\n二\n\n三\r";
        let index = LineIndex::new(text);
        let line = |n| index.span(text, n);
        assert_eq!(index.count(), 4);
        assert_eq!([1, 2, 3].map(|n| &text[line(n).start..line(n).end]), ["一", "二", ""]);
        assert_eq!((line(0).len(), line(5)), (0, Span::new(text.len(), text.len())));
    }

    proptest! {
        #[test]
        fn a_position_leads_back_to_its_offset(text in "([年a０\r\n]|[年a]{300}|\n){0,40}") {
            let index = LineIndex::new(&text);
            prop_assert_eq!(index.count(), text.matches('\n').count() + 1);
            for (offset, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let Position { line, column } = index.position(&text, offset);
                prop_assert_eq!(line, index.line(offset));
                let start = index.span(&text, line).start;
                prop_assert_eq!(text[start..offset].chars().count(), column - 1);
                prop_assert_eq!(text[..offset].matches('\n').count(), line - 1);
            }
        }
    }
}
