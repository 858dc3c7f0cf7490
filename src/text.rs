//! One decoded string, exact byte offsets into it, and folded views that map back.

mod decode;
mod entity;
mod fold;
mod lines;
mod markup;
mod page;
mod pinyin;
mod plain;
mod simplify;

pub use decode::Encoding;
pub use fold::{View, fold};
pub use lines::{LineIndex, Position};
pub use page::Tag;

use page::Page;
use std::{borrow::Cow, collections::BTreeMap, ops::Range};

/// A byte range of [`Text`]; both ends lie on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span from `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Span { start, end }
    }
    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }
    /// Whether it holds no byte.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }
    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }
    /// Whether the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
    /// The smallest span holding both.
    pub fn cover(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Span { start: range.start, end: range.end }
    }
}

/// A document as decoded: one string that nothing changes afterwards, and how it was come by.
#[derive(Clone, Debug)]
pub struct Text {
    content: String,
    encoding: &'static str,
    malformed: Vec<Span>,
    lines: LineIndex,
    page: Option<Page>,
    traditional: bool,
}

impl Text {
    /// Decodes a file's bytes: by byte order mark, else as UTF-8 where that is valid or nearly so, as UTF-16 by its zero bytes,
    /// else by the detector. Never fails: each malformed sequence becomes one U+FFFD and is kept in [`Text::malformed`].
    /// The mark is removed, nothing else changed.
    ///
    /// ```
    /// use duibiao::text::Text;
    /// let text = Text::decode(b"\xB9\xAB\xBF\xAA2720\xCC\xF5\r\n");
    /// assert_eq!((text.as_str(), text.encoding()), ("公开2720条\r\n", "GB18030"));
    /// ```
    pub fn decode(bytes: &[u8]) -> Self {
        let (content, encoding, malformed) = decode::decode(bytes);
        Text::new(content, encoding, malformed)
    }
    /// Decodes a file's bytes as what somebody knows them to be. A byte order mark of that encoding is removed.
    pub fn decode_as(bytes: &[u8], encoding: Encoding) -> Self {
        let (content, encoding, malformed) = encoding.decode(bytes);
        Text::new(content, encoding, malformed)
    }
    /// A text that was taken out of a document of another kind; it counts as UTF-8.
    pub fn extracted(content: String) -> Self {
        Text::new(content, "UTF-8", Vec::new())
    }
    fn new(content: String, encoding: &'static str, malformed: Vec<Span>) -> Self {
        let lines = LineIndex::new(&content);
        let traditional = simplify::is_traditional(&content);
        Text { content, encoding, malformed, lines, page: None, traditional }
    }
    /// The text as its reader sees it: of a page of HTML, or a text with tables of HTML in it, the words without their markup,
    /// each block a line; of a text whose lines end in CR alone, LF in its place; any other text as it stands. Rooms read this; [`Text::origin`] leads back to the source.
    ///
    /// ```
    /// use duibiao::text::{Span, Text};
    /// let source = Text::decode("<p>收到<b>1</b>2&nbsp;件</p><p>办结".as_bytes());
    /// let shown = source.shown();
    /// assert_eq!(shown.as_str(), "收到12\u{A0}件\n\n办结");
    /// let at = shown.as_str().find("12").unwrap();
    /// assert_eq!(source.slice(shown.origin(Span::new(at, at + 2))), "1</b>2");
    /// ```
    pub fn shown(&self) -> Cow<'_, Text> {
        // A line end of one CR is a byte like LF: places stay.
        let content = match lone_cr(&self.content) {
            false => Cow::Borrowed(self.content.as_str()),
            true => Cow::Owned(self.content.replace('\r', "\n")),
        };
        let text = |content: String| Text::new(content, self.encoding, Vec::new());
        match (page::read(&content), content) {
            (Some((words, page)), _) => Cow::Owned(Text { page: Some(page), ..text(words) }),
            (None, Cow::Owned(content)) => Cow::Owned(text(content)),
            (None, Cow::Borrowed(_)) => Cow::Borrowed(self),
        }
    }
    /// Where a span of [`Text::shown`] stands in the source; the span itself where the two are one.
    pub fn origin(&self, span: Span) -> Span {
        self.page.as_ref().map_or(span, |page| page.origin(span))
    }
    /// The tags of a shown page that part it, in order; `None` where the text is shown as it stands.
    pub fn tags(&self) -> Option<&[Tag]> {
        self.page.as_ref().map(|page| page.tags.as_slice())
    }
    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.content
    }
    /// The text of a span; empty where the span does not fit this text.
    pub fn slice(&self, span: Span) -> &str {
        self.content.get(span.start..span.end).unwrap_or("")
    }
    /// The folded view of a span; empty where the span does not fit this text.
    pub fn view(&self, span: Span) -> View<'_> {
        View::of(&self.content, span, self.traditional)
    }
    /// The traditional characters of the text by the simplified ones that views read for them: how a folded word is printed.
    pub fn traditional_forms(&self) -> BTreeMap<char, char> {
        if !self.traditional {
            return BTreeMap::new();
        }
        self.content.chars().map(|c| (simplify::simplify(c), c)).filter(|(folded, printed)| folded != printed).collect()
    }
    /// Whether it has traditional characters, which views read as simplified ones.
    pub fn traditional(&self) -> bool {
        self.traditional
    }
    /// The whole text's span.
    pub fn span(&self) -> Span {
        Span::new(0, self.content.len())
    }
    /// The encoding it was decoded from: `UTF-8`, `GB18030` (GBK and GB 2312 are parts of it), `Big5`, `UTF-16LE`, `UTF-16BE`, or
    /// another name of the WHATWG encoding standard.
    pub fn encoding(&self) -> &'static str {
        self.encoding
    }
    /// Where malformed byte sequences stood, each a U+FFFD in the text.
    pub fn malformed(&self) -> &[Span] {
        &self.malformed
    }
    /// Line starts.
    pub fn lines(&self) -> &LineIndex {
        &self.lines
    }
    /// Line and column of a byte offset, both counted from 1; the column in Unicode scalar values.
    pub fn position(&self, offset: usize) -> Position {
        self.lines.position(&self.content, offset)
    }
}

/// Whether lines end in CR without LF.
fn lone_cr(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(at) = bytes.get(from..).and_then(|rest| rest.iter().position(|b| *b == b'\r')) {
        from += at + 1;
        if bytes.get(from) != Some(&b'\n') {
            return true;
        }
    }
    false
}
