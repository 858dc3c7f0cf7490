//! A row a line, label, unit and value one space apart; other lines are parted at their spaces.

use super::{Dialect, Kept, Shape, cells};
use crate::layout::spaced_row;

pub(super) static DIALECT: Dialect = Dialect {
    name: "spaces",
    sample: "统计指标 单位 统计数\n一、申请情况\n收到申请数 件 12\n当面申请数 件 5",
    rows_known: true,
    blanks_kept: false,
    claims: |s: &Shape<'_>| s.kept() == Kept::Spaces,
    cells: |shape: &Shape<'_>| {
        let mut out = Vec::new();
        for (line, span) in &shape.lines {
            let row = spaced_row(line);
            let ends = match row {
                Some((unit, value)) => vec![unit, value, line.len()],
                None => line.char_indices().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at).chain([line.len()]).collect(),
            };
            let mut start = 0;
            for end in ends {
                let words = line.get(start..end).unwrap_or("");
                if !words.trim().is_empty() {
                    out.push(cells::cell(words, span.start + start, start == 0));
                }
                start = end;
            }
        }
        out
    },
};
