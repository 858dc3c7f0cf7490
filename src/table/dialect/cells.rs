//! Cutting cells exactly: spaces, emphasis marks and the gaps between columns.

use crate::{
    table::Cell,
    text::{Span, fold},
};

/// Characters that are no part of a cell's words.
fn space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}')
}

/// The span without spaces around it; an empty one stands where the spaces began.
pub(super) fn trim(text: &str, span: Span) -> Span {
    let words = text.get(span.start..span.end).unwrap_or("");
    let left = words.trim_start_matches(space);
    if left.is_empty() {
        return Span::new(span.start, span.start);
    }
    let start = span.start + (words.len() - left.len());
    Span::new(start, start + left.trim_end_matches(space).len())
}

/// A page number that stands in a table (`- 3 -`, `第3页 共5页`): no cell.
pub(super) fn page_mark(line: &str) -> bool {
    let dash = |c| matches!(c, '-' | '—' | '–' | '－');
    let framed = line.starts_with(dash) && line.ends_with(dash) && line.chars().any(|c| c.is_ascii_digit());
    let named = line.starts_with('第') && line.ends_with('页');
    // 3/5: a page of so many.
    let whole = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let of = line.split_once(['/', '／']).is_some_and(|(page, all)| whole(page.trim()) && whole(all.trim()));
    line.len() < 40 && ((framed && line.chars().all(|c| dash(c) || c.is_ascii_digit() || space(c))) || named || of)
}

/// Whether words hold nothing visible.
pub(super) fn blank(words: &str) -> bool {
    words.replace("&nbsp;", " ").trim_matches(space).is_empty()
}

/// A cell of `words`, which stands at `start`: trimmed, without bold marks, `&nbsp;` read as a space.
pub(super) fn cell(words: &str, start: usize, starts_row: bool) -> Cell {
    let mut span = trim(words, Span::new(0, words.len()));
    loop {
        let inner = words.get(span.start..span.end).unwrap_or("");
        let shorter = if let Some(rest) = inner.strip_prefix("&nbsp;") {
            Span::new(span.end - rest.len(), span.end)
        } else if let Some(rest) = inner.strip_suffix("&nbsp;") {
            Span::new(span.start, span.start + rest.len())
        } else if inner.len() >= 4 && inner.starts_with("**") && inner.ends_with("**") {
            Span::new(span.start + 2, span.end - 2)
        } else {
            break;
        };
        span = trim(words, shorter);
    }
    let inner = words.get(span.start..span.end).unwrap_or("");
    // A line break within a cell is none of its words, whether the text breaks or markup says so.
    let text = if inner.contains('\n') || inner.contains("<br") {
        let plain = inner.replace("<br>", "\n").replace("<br/>", "\n").replace("<br />", "\n");
        let joined: String = plain.split('\n').map(|line| line.trim_matches(space)).collect();
        fold(&joined).into_owned()
    } else {
        fold(inner).into_owned()
    };
    Cell { span: Span::new(start + span.start, start + span.end), text, pieces: Vec::new(), starts_row }
}

/// A cell whose lines stand apart in `text`, with other cells between them.
pub(super) fn broken(text: &str, pieces: &[Span], starts_row: bool) -> Cell {
    let words = |span: &Span| text.get(span.start..span.end).unwrap_or("");
    let pieces: Vec<Span> = pieces.iter().map(|p| trim(text, *p)).filter(|p| !p.is_empty()).collect();
    match pieces.as_slice() {
        [] => cell("", 0, starts_row),
        [one] => cell(words(one), one.start, starts_row),
        [first, rest @ ..] => {
            let span = rest.iter().fold(*first, |all, piece| all.cover(*piece));
            let joined: String = pieces.iter().map(words).collect();
            Cell { span, text: cell(&joined, 0, starts_row).text, pieces, starts_row }
        }
    }
}

/// Byte ranges of the gaps between columns: two columns of space or more. An ideographic space is two wide, but not
/// between single characters (`统　计　数`), where it only spreads a word.
pub(super) fn gaps(line: &str) -> impl Iterator<Item = Span> + '_ {
    let mut chars = line.char_indices().peekable();
    let (mut word, mut letter) = (0usize, false);
    let script = |c: char| c.is_alphabetic() && !c.is_ascii();
    std::iter::from_fn(move || {
        while let Some((start, c)) = chars.next() {
            if !c.is_whitespace() {
                word += 1;
                letter = script(c);
                continue;
            }
            let (mut width, mut end, mut count) = (0, start, 0);
            let mut next = Some((start, c));
            while let Some((at, c)) = next {
                width += if c == '\u{3000}' { 2 } else { 1 };
                count += 1;
                end = at + c.len_utf8();
                next = chars.next_if(|(_, c)| c.is_whitespace());
            }
            let spread = count == 1 && word == 1 && letter && {
                let mut ahead = chars.clone();
                ahead.next().is_some_and(|(_, c)| script(c)) && ahead.next().is_none_or(|(_, c)| c.is_whitespace())
            };
            word = 0;
            if width >= 2 && !spread && start > 0 && end < line.len() {
                return Some(Span::new(start, end));
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
    use super::*;

    #[test]
    fn cells_are_exact() {
        for (words, inner) in
            [(" 12 ", "12"), ("**一、情况** ", "一、情况"), ("&nbsp;", ""), ("　件　", "件"), ("", ""), ("**", "**")]
        {
            let cell = cell(words, 7, false);
            assert_eq!(&words[cell.span.start - 7..cell.span.end - 7], inner, "{words:?}");
        }
    }

    #[test]
    fn gaps_part_columns_not_words() {
        let show = |line: &str| {
            let mut out = Vec::new();
            let mut at = 0;
            for gap in gaps(line) {
                out.push(line[at..gap.start].to_string());
                at = gap.end;
            }
            out.push(line[at..].to_string());
            out.join("|")
        };
        assert_eq!(show("收到申请数    件     12"), "收到申请数|件|12");
        assert_eq!(show("收到申请数　件　12"), "收到申请数|件|12");
        assert_eq!(show("统　计　指　标  单位"), "统　计　指　标|单位");
        assert_eq!(show("统 计 指 标"), "统 计 指 标");
        assert_eq!(show("当面申请数　件　5"), "当面申请数|件|5");
    }
}
