//! A row a line, cells between tabs.

use super::{Dialect, Kept, Shape, cells};

pub(super) static DIALECT: Dialect = Dialect {
    name: "tabs",
    sample: "统计指标\t单位\t统计数\n一、申请情况\t\t\n收到申请数\t件\t12",
    rows_known: true,
    blanks_kept: true,
    claims: |s: &Shape<'_>| s.kept() == Kept::Tabs,
    cells: |shape: &Shape<'_>| {
        let mut out = Vec::new();
        for (line, span) in &shape.lines {
            let words = line.trim_end_matches(['\t', ' ', '\r']);
            let mut start = span.start;
            // Empty cells at the right say nothing of a heading; of a row they say that its value is blank.
            let row = words.contains('\t');
            for (n, piece) in (if row { line } else { words }).trim_end_matches('\r').split('\t').enumerate() {
                out.push(cells::cell(piece, start, n == 0));
                start += piece.len() + 1;
            }
        }
        out
    },
};
