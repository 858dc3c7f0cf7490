//! Values between commas or semicolons, in quotes where they hold one.

use super::{Dialect, Kept, Shape, cells};
use crate::{layout::fields, table::Cell, text::Span};

pub(super) static DIALECT: Dialect = Dialect {
    name: "csv",
    sample: "统计指标,单位,统计数\n一、申请情况,,\n\"收到申请数(网络,信函)\",件,\"1,204\"\n当面申请数,件,5",
    rows_known: true,
    blanks_kept: true,
    claims: |s: &Shape<'_>| s.kept() == Kept::Csv,
    cells: read,
};

/// Most lines that one quoted value goes on over.
const TALLEST: usize = 8;

fn read(shape: &Shape<'_>) -> Vec<Cell> {
    let Some(separator) = shape.separator() else { return Vec::new() };
    let mut out = Vec::new();
    let mut lines = shape.lines.iter().map(|(line, span)| (*line, *span)).peekable();
    while let Some((mut line, mut span)) = lines.next() {
        // In quotes a value goes on over lines.
        for _ in 0..TALLEST {
            let open = line.matches('"').count() % 2 == 1;
            let Some((_, below)) = lines.next_if(|_| open) else { break };
            span = span.cover(below);
            line = shape.text.get(span.start..span.end).unwrap_or(line);
        }
        for (n, field) in fields(line, separator).into_iter().enumerate() {
            let words = line.get(field.clone()).unwrap_or("");
            let inner = Span::new(field.start, field.end);
            let inner = cells::trim(line, inner);
            let words = line.get(inner.start..inner.end).filter(|w| !w.is_empty()).unwrap_or(words);
            let (words, start) = match words.strip_prefix('"').and_then(|w| w.strip_suffix('"')) {
                Some(quoted) => (quoted, inner.start + 1),
                None => (words, inner.start),
            };
            let mut cell = cells::cell(words, span.start + start, n == 0);
            if cell.text.contains("\"\"") {
                cell.text = cell.text.replace("\"\"", "\"");
            }
            out.push(cell);
        }
    }
    out
}
