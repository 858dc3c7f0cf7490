//! A row a line, columns set by runs of spaces, as text is drawn from a PDF.

use super::{Dialect, Kept, Shape, cells};

pub(super) static DIALECT: Dialect = Dialect {
    name: "columns",
    sample: "统计指标          单位    统计数\n一、申请情况\n收到申请数        件          12\n当面申请数        件           5",
    rows_known: true,
    claims: |s: &Shape<'_>| s.kept() == Kept::Columns,
    cells: |shape: &Shape<'_>| {
        let mut out = Vec::new();
        for (line, span) in &shape.lines {
            let mut start = 0;
            for gap in cells::gaps(line) {
                out.push(cells::cell(line.get(start..gap.start).unwrap_or(""), span.start + start, start == 0));
                start = gap.end;
            }
            out.push(cells::cell(line.get(start..).unwrap_or(""), span.start + start, start == 0));
        }
        out
    },
};
