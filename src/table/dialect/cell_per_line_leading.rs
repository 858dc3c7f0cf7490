//! A cell a line, each opened by a pipe; a cell goes on over lines without one.

use super::{
    Dialect, Shape,
    pipes::{self, Mode},
};

pub(super) static DIALECT: Dialect = Dialect {
    name: "cell-per-line-leading",
    sample: "| 统计指标\n| 计量\n单位\n| 统计数\n| 一、申请情况\n|\n|\n| 收到申请数\n| 件\n| 12",
    rows_known: false,
    blanks_kept: false,
    claims: |s: &Shape<'_>| s.pipes() && s.rulers == 0 && s.rows <= s.trailing + s.leading && s.trailing < s.leading,
    cells: |shape: &Shape<'_>| pipes::cells(shape, Mode::Opening),
};
