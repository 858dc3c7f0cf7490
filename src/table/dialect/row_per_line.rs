//! A row a line, cells between pipes, with or without outer pipes; a heading's expanded empty cells are dropped.

use super::{
    Dialect, Shape,
    pipes::{self, Mode},
};

pub(super) static DIALECT: Dialect = Dialect {
    name: "row-per-line",
    sample: "统计表 |||\n统计指标 | 单位 | 统计数 |\n一、申请情况 | | |\n收到申请数 | 件 | 12 |\n当面申请数 | 件 | 5 |",
    rows_known: true,
    blanks_kept: true,
    claims: |s: &Shape<'_>| s.pipes() && s.rulers == 0 && s.rows > s.trailing + s.leading,
    cells: |shape: &Shape<'_>| pipes::cells(shape, Mode::Rows),
};
