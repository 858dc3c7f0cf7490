//! HTML kept as text: its tags, and the blocks of words between them, each a line of its own.

use super::lines::{self, Line};
use crate::text::Span;
use std::ops::Range;

/// A tag: `<td colspan="2">`, `</p>`, a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tag<'t> {
    /// Bytes from `<` to `>`.
    pub range: Range<usize>,
    /// Name in lower case; `!` for comments and declarations.
    pub name: String,
    /// Whether it closes.
    pub closes: bool,
    /// What stands between the name and `>`.
    attributes: &'t str,
}

impl Tag<'_> {
    /// The whole number an attribute gives.
    pub fn number(&self, attribute: &str) -> Option<usize> {
        let lower = self.attributes.to_ascii_lowercase();
        let (_, after) = lower.split_once(attribute)?;
        let digits = after.trim_start().strip_prefix('=')?.trim_start_matches(['"', '\'', ' ']);
        digits.get(..digits.bytes().take_while(u8::is_ascii_digit).count())?.parse().ok()
    }
}

/// The tags of `text`, in order. A `<` that opens none is a character like others.
pub(crate) fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text.get(at..)?.find('<')?;
            let inner = text.get(start + 1..)?;
            let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |rest| (true, rest));
            let name_length = inner.bytes().take_while(u8::is_ascii_alphanumeric).count();
            let declares = inner.starts_with('!');
            if name_length == 0 && !declares {
                at = start + 1;
                continue;
            }
            let closing = if inner.starts_with("!--") { "-->" } else { ">" };
            let Some(length) = inner.find(closing) else {
                // Nothing after it closes either: what is left holds no tag.
                at = text.len();
                continue;
            };
            let end = text.len() - inner.len() + length + closing.len();
            at = end;
            let name =
                if declares { "!".to_string() } else { inner.get(..name_length).unwrap_or("").to_ascii_lowercase() };
            let attributes = inner.get(name_length..length).unwrap_or("");
            return Some(Tag { range: start..end, name, closes, attributes });
        }
    })
}

/// Whether a document is HTML: it begins with a tag and has the blocks of a page.
pub(super) fn is_page(text: &str) -> bool {
    let begins = text.trim_start_matches(lines::invisible).starts_with('<');
    begins && tags(text).filter(|t| block(&t.name)).take(3).count() == 3
}

/// Elements that begin a new line.
fn block(name: &str) -> bool {
    matches!(
        name,
        "html"
            | "head"
            | "body"
            | "title"
            | "meta"
            | "link"
            | "div"
            | "p"
            | "br"
            | "hr"
            | "ul"
            | "ol"
            | "li"
            | "table"
            | "tbody"
            | "thead"
            | "tr"
            | "td"
            | "th"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "section"
            | "article"
            | "header"
            | "footer"
            | "nav"
            | "center"
            | "blockquote"
            | "dl"
            | "dt"
            | "dd"
            | "form"
            | "input"
            | "button"
            | "select"
            | "option"
            | "iframe"
            | "script"
            | "style"
            | "!"
    )
}

/// Words within these are no part of the page's text.
fn hidden(name: &str) -> bool {
    matches!(name, "script" | "style" | "head" | "select" | "noscript")
}

/// The blocks of a page as lines, parted by blank ones, and which of them are tables.
pub(super) fn blocks(text: &str) -> (Vec<Line<'_>>, Vec<Range<usize>>) {
    let (mut out, mut tables) = (Vec::new(), Vec::new());
    let (mut from, mut skip) = (0, None::<String>);
    let mut table: Option<(usize, usize)> = None;
    let mut level = None;
    for tag in tags(text) {
        if let Some(name) = &skip {
            // A head that is never closed ends where the body begins.
            if (tag.closes && *name == tag.name) || (name == "head" && tag.name == "body") {
                skip = None;
                from = tag.range.end;
            }
            continue;
        }
        if let Some((start, depth)) = table {
            if tag.name == "table" {
                let depth = if tag.closes { depth - 1 } else { depth + 1 };
                table = (depth > 0).then_some((start, depth));
                if depth == 0 {
                    from = tag.range.end;
                    tables.push(out.len()..out.len() + 1);
                    push(text, start..from, None, &mut out);
                }
            }
            continue;
        }
        if !block(&tag.name) && !hidden(&tag.name) {
            continue;
        }
        push(text, from..tag.range.start, level, &mut out);
        from = tag.range.end;
        level = None;
        if tag.closes {
            continue;
        }
        if hidden(&tag.name) {
            skip = Some(tag.name);
        } else if tag.name == "table" {
            table = Some((tag.range.start, 1));
        } else if let Some(n) = tag.name.strip_prefix('h').and_then(|n| n.parse::<u8>().ok()) {
            level = Some(n);
        }
    }
    // A table that never ends is read as far as the page goes.
    if let Some((start, _)) = table {
        tables.push(out.len()..out.len() + 1);
        push(text, start..text.len(), None, &mut out);
    } else if skip.is_none() {
        push(text, from..text.len(), level, &mut out);
    }
    (out, tables)
}

fn push<'t>(text: &'t str, range: Range<usize>, level: Option<u8>, out: &mut Vec<Line<'t>>) {
    let start = range.start;
    let mut words = text.get(range).unwrap_or("");
    let mut left = 0;
    loop {
        let inner = words.trim_start_matches(lines::invisible);
        let inner = inner.strip_prefix("&nbsp;").unwrap_or(inner);
        left += words.len() - inner.len();
        let inner_end = inner.trim_end_matches(lines::invisible);
        let inner_end = inner_end.strip_suffix("&nbsp;").unwrap_or(inner_end);
        if inner_end.len() == words.len() {
            break;
        }
        words = inner_end;
    }
    if words.is_empty() {
        return;
    }
    let mut line = lines::line(words, start + left);
    line.marked = level.or(line.marked);
    out.push(line);
    let end = start + left + words.len();
    out.push(Line { span: Span::new(end, end), ..lines::line("", end) });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_a_row() {
        let text = "3 < 4 <TR><td colSpan=\"2\" >a</td><!-- <p> --><br/></tr";
        let show: Vec<String> = tags(text)
            .map(|t| {
                format!(
                    "{}{} {:?} {}",
                    if t.closes { "/" } else { "" },
                    t.name,
                    t.number("colspan"),
                    text.get(t.range).unwrap_or("")
                )
            })
            .collect();
        assert_eq!(
            show,
            [
                "tr None <TR>",
                "td Some(2) <td colSpan=\"2\" >",
                "/td None </td>",
                "! None <!-- <p> -->",
                "br None <br/>"
            ]
        );
    }

    #[test]
    fn pages() {
        assert!(is_page("<!DOCTYPE html>\n<html><body>x</body></html>"));
        assert!(!is_page("<关于公开的通知>\n全文"));
        assert!(!is_page("1 < 2"));
    }
}
