//! A cell a line and nothing between, blank lines or none; empty cells are lost.

use super::{Dialect, Kept, Shape, cells};

pub(super) static DIALECT: Dialect = Dialect {
    name: "lines",
    sample: "统计指标\n单位\n统计数\n一、申请情况\n收到申请数\n件\n12\n\n当面申请数\n件\n5",
    rows_known: false,
    blanks_kept: false,
    claims: |s: &Shape<'_>| s.kept() == Kept::Lines,
    cells: |shape: &Shape<'_>| shape.lines.iter().map(|(line, span)| cells::cell(line, span.start, false)).collect(),
};
