//! GFM tables, as extractors write them: a row a line and a ruler under the header.

use super::{
    Dialect, Shape,
    pipes::{self, Mode},
};

pub(super) static DIALECT: Dialect = Dialect {
    name: "markdown",
    sample: "| 统计指标 | 单位 | 统计数 |\n| --- | :---: | ---: |\n| **一、申请情况** |  |  |\n| 收到申请数 | 件 | 12 |",
    rows_known: true,
    blanks_kept: true,
    claims: |shape: &Shape<'_>| shape.pipes() && shape.rulers > 0,
    cells: |shape: &Shape<'_>| pipes::cells(shape, Mode::Rows),
};
