//! Markup to tokens: which bytes of a page are words, and which are tags.

#![cfg_attr(not(feature = "in-html"), allow(dead_code, reason = "without the tokeniser no text is a page"))]

use std::ops::Range;

/// One stretch of a page, in order; comments, declarations, scripts and styles are none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// Words, entities as they stand.
    Words(Range<usize>),
    /// A tag.
    Mark(Mark<'t>),
}

/// A tag as it stands in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark<'t> {
    /// Bytes from `<` to `>`.
    pub range: Range<usize>,
    /// Its name in lower case; empty for an element that changes nothing here.
    pub name: &'static str,
    /// Whether it closes.
    pub closes: bool,
    /// What stands between the name and `>`.
    pub attributes: &'t str,
}

/// How an element takes part in the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Begins a line of its own, and may hold others.
    Block,
    /// Likewise, but ends by itself where the next block begins.
    Open,
    /// Breaks a line.
    Break,
    /// Stands alone between blocks.
    Lone,
    /// Its words are no part of the page.
    Hidden,
    /// Changes nothing about lines.
    Inline,
}

/// The elements that mean something here. All others are inline.
const ELEMENTS: &[(&str, Kind)] = {
    use Kind::{Block, Break, Hidden, Inline, Lone, Open};
    &[
        ("html", Block),
        ("body", Block),
        ("div", Block),
        ("p", Open),
        ("br", Break),
        ("hr", Lone),
        ("table", Block),
        ("caption", Block),
        ("thead", Open),
        ("tbody", Open),
        ("tfoot", Open),
        ("tr", Open),
        ("td", Open),
        ("th", Open),
        ("h1", Block),
        ("h2", Block),
        ("h3", Block),
        ("h4", Block),
        ("h5", Block),
        ("h6", Block),
        ("b", Inline),
        ("strong", Inline),
        ("pre", Block),
        ("ul", Block),
        ("ol", Block),
        ("li", Open),
        ("dl", Block),
        ("dt", Open),
        ("dd", Open),
        ("section", Block),
        ("article", Block),
        ("main", Block),
        ("aside", Block),
        ("header", Block),
        ("footer", Block),
        ("nav", Block),
        ("center", Block),
        ("blockquote", Block),
        ("figure", Block),
        ("form", Block),
        ("fieldset", Block),
        ("option", Open),
        ("input", Lone),
        ("button", Block),
        ("meta", Lone),
        ("link", Lone),
        ("img", Inline),
        ("span", Inline),
        ("font", Inline),
        ("a", Inline),
        ("em", Inline),
        ("i", Inline),
        ("u", Inline),
        ("head", Hidden),
        ("title", Hidden),
        ("script", Hidden),
        ("style", Hidden),
        ("noscript", Hidden),
        ("select", Hidden),
        ("template", Hidden),
        ("textarea", Hidden),
        ("iframe", Hidden),
        ("object", Inline),
        ("noembed", Hidden),
        ("noframes", Hidden),
        ("svg", Hidden),
        ("math", Inline),
    ]
};

/// What kind of element a name is.
pub(super) fn kind(name: &str) -> Kind {
    ELEMENTS.iter().find(|(known, _)| *known == name).map_or(Kind::Inline, |(_, kind)| *kind)
}

/// The name as the list of elements has it.
fn known(name: &str) -> Option<&'static str> {
    ELEMENTS.iter().map(|(known, _)| *known).find(|known| known.eq_ignore_ascii_case(name))
}

/// Bytes looked at before a text is taken for one without markup.
const LOOK: usize = 256 * 1024;

/// Whether a text is a page or a part of one, told by what stands in it: a declaration or the outermost element of a page at
/// its beginning, or three tags of known elements (two where the text begins with one) of which one closes or breaks a line.
pub(super) fn is_page(text: &str) -> bool {
    let invisible = |c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}');
    let start = text.trim_start_matches(invisible);
    let begins = |mark: &str| start.get(..mark.len()).is_some_and(|head| head.eq_ignore_ascii_case(mark));
    if begins("<!doctype html") || begins("<html") {
        return true;
    }
    let enough = if start.starts_with('<') { 2 } else { 3 };
    let (mut tags, mut paired) = (0, false);
    let mut from = 0;
    while tags < enough || !paired {
        let Some(at) =
            text.as_bytes().get(from..text.len().min(LOOK)).and_then(|rest| rest.iter().position(|b| *b == b'<'))
        else {
            return false;
        };
        from += at + 1;
        let rest = text.get(from..).unwrap_or("");
        let (closes, rest) = rest.strip_prefix('/').map_or((false, rest), |rest| (true, rest));
        let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).take(12).count();
        let ends = matches!(rest.as_bytes().get(length), Some(b'>' | b'/' | b' ' | b'\t' | b'\r' | b'\n'));
        let Some(name) = rest.get(..length).filter(|_| ends).and_then(known) else { continue };
        tags += 1;
        paired |= closes || matches!(kind(name), Kind::Break);
    }
    true
}

/// The tokens of a page.
#[cfg(feature = "in-html")]
pub(super) fn tokens(text: &str, mut take: impl FnMut(Token<'_>)) {
    // What the tokeniser names is words, or nothing; what lies between is tags.
    let mut end = 0;
    for (range, words) in stretches(text) {
        marks(text, end..range.start, &mut take);
        if words {
            take(Token::Words(range.clone()));
        }
        end = range.end;
    }
    marks(text, end..text.len(), &mut take);
}

/// Without the tokeniser no text is a page.
#[cfg(not(feature = "in-html"))]
pub(super) fn tokens(_: &str, _: impl FnMut(Token<'_>)) {}

/// Text and comments in order, and whether they are words of the page. Neighbours are joined.
#[cfg(feature = "in-html")]
fn stretches(text: &str) -> Vec<(Range<usize>, bool)> {
    use lol_html::{
        DocumentContentHandlers, HtmlRewriter, Settings,
        html_content::{Comment, Doctype, TextChunk, TextType},
    };
    use std::cell::RefCell;

    let found: RefCell<Vec<(Range<usize>, bool)>> = RefCell::default();
    let put = |range: Range<usize>, words: bool| {
        let mut found = found.borrow_mut();
        match found.last_mut() {
            Some((last, kind)) if *kind == words && last.end == range.start => last.end = range.end,
            _ if range.is_empty() => {}
            _ => found.push((range, words)),
        }
    };
    let handlers = DocumentContentHandlers::default()
        .text(|chunk: &mut TextChunk<'_>| {
            let words = matches!(chunk.text_type(), TextType::Data | TextType::CDataSection);
            put(chunk.source_location().bytes(), words);
            Ok(())
        })
        .comments(|comment: &mut Comment<'_>| {
            put(comment.source_location().bytes(), false);
            Ok(())
        })
        .doctype(|doctype: &mut Doctype<'_>| {
            put(doctype.source_location().bytes(), false);
            Ok(())
        });
    let settings = Settings::new().append_document_content_handler(handlers);
    let mut rewriter = HtmlRewriter::new(settings, |_: &[u8]| {});
    // It may break off; what it named until then stands, and the rest is passed over as tags are.
    let _ = rewriter.write(text.as_bytes()).and_then(|()| rewriter.end());
    found.into_inner()
}

/// The tags of a stretch that holds nothing else.
#[cfg(feature = "in-html")]
fn marks(text: &str, range: Range<usize>, take: &mut impl FnMut(Token<'_>)) {
    let mut at = range.start;
    while at < range.end {
        let Some(start) = text.get(at..range.end).and_then(|rest| rest.find('<')).map(|i| at + i) else { return };
        let inner = text.get(start + 1..range.end).unwrap_or("");
        let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |rest| (true, rest));
        let length = inner.bytes().take_while(|b| !matches!(b, b'>' | b'/') && !b.is_ascii_whitespace()).count();
        let attributes = inner.get(length..).unwrap_or("");
        let close = closing(attributes).unwrap_or(attributes.len());
        let end = range.end - attributes.len() + close;
        let name = inner.get(..length).and_then(known).unwrap_or("");
        let attributes = attributes.get(..close).unwrap_or("").trim_end_matches('>');
        take(Token::Mark(Mark { range: start..end, name, closes, attributes }));
        at = end.max(start + 1);
    }
}

/// Where the tag ends that these attributes belong to: behind the first `>` outside quotes.
#[cfg(feature = "in-html")]
fn closing(attributes: &str) -> Option<usize> {
    let mut quote = None;
    let mut before = b' ';
    for (at, byte) in attributes.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), byte) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'>') => return Some(at + 1),
            // A quote opens a value only after `=`.
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (None, _) => {}
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    None
}

impl Mark<'_> {
    /// The whole number an attribute gives; the largest there is where it has too many digits.
    pub fn number(&self, attribute: &str) -> Option<usize> {
        let value = self.value(attribute)?;
        let digits = value.trim_start();
        let digits = digits.get(..digits.bytes().take_while(u8::is_ascii_digit).count())?;
        if digits.is_empty() { None } else { Some(digits.parse().unwrap_or(usize::MAX)) }
    }
    /// Whether attributes say that the element is not shown.
    pub fn unseen(&self) -> bool {
        let style = self
            .value("style")
            .map(|style| style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase());
        self.value("hidden").is_some()
            || style.is_some_and(|s| s.contains("display:none") || s.contains("visibility:hidden"))
    }
    /// The value of an attribute: empty where it is named alone.
    fn value(&self, attribute: &str) -> Option<&str> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            if rest.is_empty() {
                return None;
            }
            let length = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '/')).unwrap_or(rest.len());
            let (name, after) = rest.split_at(length.max(1).min(rest.len()));
            let after_space = after.trim_start();
            let (value, next) = match after_space.strip_prefix('=').map(str::trim_start) {
                None => ("", after),
                Some(value) => match value.chars().next() {
                    Some(quote @ ('"' | '\'')) => {
                        let inner = value.get(1..).unwrap_or("");
                        inner.split_once(quote).unwrap_or((inner, ""))
                    }
                    _ => value.split_at(value.find(|c: char| c.is_ascii_whitespace()).unwrap_or(value.len())),
                },
            };
            if name.eq_ignore_ascii_case(attribute) {
                return Some(value);
            }
            rest = next;
        }
    }
}

#[cfg(all(test, feature = "in-html"))]
mod tests {
    use super::*;

    fn show(text: &str) -> Vec<String> {
        let mut out = Vec::new();
        tokens(text, |token| {
            out.push(match token {
                Token::Words(range) => text.get(range).unwrap_or("").to_owned(),
                Token::Mark(mark) => {
                    let (slash, number) = (if mark.closes { "/" } else { "" }, mark.number("colspan"));
                    format!("<{slash}{}> {number:?}", mark.name)
                }
            });
        });
        out
    }

    #[test]
    fn words_and_tags_in_order() {
        assert_eq!(
            show("3 < 4 <TR><td title='>' colSpan=\"2\" >a</td><!-- <p> --><br/><script>'<td>'</script>b</tr"),
            [
                "3 < 4 ",
                "<tr> None",
                "<td> Some(2)",
                "a",
                "</td> None",
                "<br> None",
                "<script> None",
                "</script> None",
                "b",
                "</tr> None"
            ]
        );
        assert_eq!(show("<?xml version=\"1.0\"?><p class=x>一</p>"), ["<p> None", "一", "</p> None"]);
    }

    #[test]
    fn pages_are_told_by_what_stands_in_them() {
        for text in [
            "<!DOCTYPE html>\n<html><body>x</body></html>",
            "\u{feff} \n<HTML>",
            "某局报告<br>一<br>二<br>三",
            "# 报告\n\n<table><tr><td>12</td></tr></table>",
            "<P>一<P>二<P>三</P>",
        ] {
            assert!(is_page(text), "{text}");
        }
        for text in ["", "<关于公开的通知>\n全文", "1 < 2", "<12件>，<b>", "a<b>c</b>", "<tda><tdb></tdc>", "<p><p><p"]
        {
            assert!(!is_page(text), "{text}");
        }
    }

    #[test]
    fn attributes_are_read_by_name() {
        let mark = |attributes| Mark { range: 0..0, name: "td", closes: false, attributes };
        for (attributes, number) in [
            (" colspan=3", Some(3)),
            (" data-colspan=\"9\" COLSPAN = '4' ", Some(4)),
            (" title=\"colspan=7\"", None),
            (" colspan=\"\"", None),
            (" colspan=99999999999999999999", Some(usize::MAX)),
            ("", None),
        ] {
            assert_eq!(mark(attributes).number("colspan"), number, "{attributes}");
        }
        assert!(mark(" hidden").unseen() && mark(" style='color:red; Display : none'").unseen());
        assert!(!mark(" class=hidden style=\"display:block\"").unseen());
    }
}
