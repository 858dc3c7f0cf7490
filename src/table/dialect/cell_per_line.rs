//! A cell a line, each closed by a pipe; a line may also close several, or go on in the next one.

use super::{
    Dialect, Shape,
    pipes::{self, Mode},
};

pub(super) static DIALECT: Dialect = Dialect {
    name: "cell-per-line",
    sample: "统计表 |\n||\n统计指标 |\n单位 |\n统计数 |\n一、申请情况 |\n|\n|\n收到申请数 |\n件 |\n12 |",
    rows_known: false,
    blanks_kept: false,
    claims: |s: &Shape<'_>| s.pipes() && s.rulers == 0 && s.rows <= s.trailing + s.leading && s.trailing >= s.leading,
    cells: |shape: &Shape<'_>| pipes::cells(shape, Mode::Closing),
};
