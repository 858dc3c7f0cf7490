//! Proposed regions to a stream of cells with the row breaks the text still has; knows no form.

mod dialect;

pub use dialect::{Dialect, dialects};

use crate::{
    layout::{Layout, Region, RegionKind},
    quantity::Lexicon,
    text::{Span, Text},
};

/// One cell, in reading order.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// Its text in the document, trimmed of spaces; empty at the place where an empty cell stands.
    pub span: Span,
    /// The same, folded, inner line breaks gone.
    pub text: String,
    /// Where the pieces of a cell stand whose lines have other cells between them; empty where the cell is one piece.
    pub pieces: Vec<Span>,
    /// Whether the text shows that a row begins here.
    pub starts_row: bool,
}

/// One table's cells.
#[derive(Clone, Debug)]
pub struct CellStream {
    /// The table's lines.
    pub span: Span,
    /// Name of the dialect that read it (`cell-per-line`, `row-per-line`, …).
    pub dialect: &'static str,
    /// Whether `starts_row` is known throughout: false where a scrape lost the rows.
    pub rows_known: bool,
    /// Whether an empty cell keeps its place among the cells of its row.
    pub blanks_kept: bool,
    /// What was left out of a table of more than [`MAX_CELLS`] cells.
    pub beyond: Option<Span>,
    /// The cells.
    pub cells: Vec<Cell>,
    /// Spans of the headings above the table, outermost first.
    pub path: Vec<Span>,
}

/// Most cells of one table that are read; what lies beyond is left out, and `align` reports it.
pub const MAX_CELLS: usize = 200_000;

/// Reads every proposed table region into cells.
pub fn read(text: &Text, layout: &Layout, lexicon: &Lexicon) -> Vec<CellStream> {
    let _ = lexicon;
    let regions = layout.regions.iter().filter(|r| r.kind == RegionKind::Table);
    regions.filter_map(|region| stream(text, region, MAX_CELLS)).collect()
}

fn stream(text: &Text, region: &Region, most: usize) -> Option<CellStream> {
    let shape = dialect::Shape::new(text, region.span);
    let dialect = shape.dialect()?;
    let mut cells = shape.cells(dialect);
    let beyond = cells.get(most).map(|cell| Span::new(cell.span.start, region.span.end));
    cells.truncate(most);
    Some(CellStream {
        span: region.span,
        dialect: dialect.name,
        rows_known: dialect.rows_known,
        blanks_kept: dialect.blanks_kept,
        beyond,
        cells,
        path: region.path.clone(),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
    use super::*;
    use insta::assert_snapshot;
    use proptest::prelude::*;

    /// Reads `source` as one table region: cells between `/`, a row break where the text shows one.
    fn show(source: &str) -> String {
        let source = Text::decode(source.as_bytes());
        let text = source.shown();
        let region = Region { kind: RegionKind::Table, span: text.span(), path: Vec::new() };
        let stream = stream(&text, &region, MAX_CELLS).unwrap();
        let mut out = stream.dialect.to_string();
        for cell in &stream.cells {
            out.push_str(if cell.starts_row { "\n" } else { "/" });
            out.push_str(text.slice(cell.span));
        }
        out
    }

    #[test]
    fn what_lies_beyond_the_most_cells_is_named() {
        let text = Text::decode("收到数 | 件 | 12 |\n当面数 | 件 | 5 |\n".as_bytes());
        let region = Region { kind: RegionKind::Table, span: text.span(), path: Vec::new() };
        let read = |most| {
            stream(&text, &region, most).map(|s| (s.cells.len(), s.beyond.map(|b| text.slice(b).trim_end()))).unwrap()
        };
        assert_eq!(read(4), (4, Some("件 | 5 |")));
        assert_eq!(read(6), (6, None));
    }

    #[test]
    fn a_cell_a_line() {
        assert_snapshot!(show("统计表 |\n||\n统 计 指 标 |\n单位 |\n收到\n申请数 |\n|\n12"), @"
        cell-per-line/统计表///统 计 指 标/单位/收到
        申请数//12
        ");
        assert_snapshot!(show("收到数 |\n当面数 | 件 | 5 |\n网络数 |\n件 |\n2 |"), @"cell-per-line/收到数/当面数/件/5/网络数/件/2");
    }

    #[test]
    fn a_cell_then_a_line_with_a_pipe() {
        assert_snapshot!(show("收到申请数\n|\n件\n|\n12\n|\n当面\n|"), @"cell-per-line/收到申请数/件/12/当面");
    }

    #[test]
    fn a_pipe_before_each_cell() {
        assert_snapshot!(show("统计表\n| 计量\n单位\n|\n| 12"), @"
        cell-per-line-leading/统计表/计量
        单位//12
        ");
    }

    #[test]
    fn a_row_a_line() {
        assert_snapshot!(show("统计表 |||\n收到数 | 件 | 12 |\n当面数 | 件 | |\n网络\n申请数 | 件 | 2 |"), @"
        row-per-line
        统计表
        收到数/件/12
        当面数/件/
        网络
        申请数/件/2
        ");
        assert_snapshot!(show("| 序号 | 指标 |\n|  | 其中 |"), @"
        row-per-line
        序号/指标
        /其中
        ");
    }

    #[test]
    fn a_ruler_is_no_data() {
        assert_snapshot!(show("| 指标 | 数 |\n| --- | ---: |\n| **一、情况** |  |\n| a \\| b | 3 |"), @r"
        markdown
        指标/数
        一、情况
        a \| b/3
        ");
    }

    #[test]
    fn tabs_columns_and_lines() {
        assert_snapshot!(show("指标\t单位\t数\n一、情况\t\t\n收到\t件\t12\n当面\t件\t"), @"
        tabs
        指标/单位/数
        一、情况
        收到/件/12
        当面/件/
        ");
        assert_snapshot!(show("指标    单位   数\n一、情况\n收到数   件   12"), @"
        columns
        指标/单位/数
        一、情况
        收到数/件/12
        ");
        assert_snapshot!(show("收到数\n\n件\n\n12"), @"lines/收到数/件/12");
    }

    #[test]
    fn drawn_tables() {
        // Cells over lines, over columns and over rows.
        assert_snapshot!(show("+------------+------+\n| 指标       | 数   |\n+============+======+\n| 收到       | 12   |\n| 申请数     |      |\n+------------+------+\n| 三、办理          |\n+------------+------+"), @"
        grid
        指标/数
        收到       | 12   |
        | 申请数/12
        三、办理/
        ");
        assert_snapshot!(show("┌──────┬──────┬────┐\n│ 办理 │ 公开 │ 12 │\n│      ├──────┼────┤\n│      │ 不予 │ 3  │\n└──────┴──────┴────┘"), @"
        grid
        办理/公开/12
        /不予/3
        ");
        // Rules around the header only: a row a line.
        assert_snapshot!(show("+------+----+\n| 指标 | 数 |\n+------+----+\n| 收到 | 12 |\n| 当面 | 5  |\n+------+----+"), @"
        grid
        指标/数
        收到/12
        当面/5
        ");
    }

    #[test]
    fn columns_under_a_ruler() {
        assert_snapshot!(show("  指标         单位   数\n  ------------ ------ ------\n  收到申请数   件     12\n  当面 申请    件\n  传真                1 204"), @"
        ruled
        指标/单位/数
        收到申请数/件/12
        当面 申请/件/
        传真//1 204
        ");
        assert_snapshot!(show("--------------------\n指标       数\n---------- ---------\n收到       12\n申请数\n\n当面       5\n--------------------"), @"
        ruled
        指标/数
        收到       12
        申请数/12
        当面/5
        ");
    }

    #[test]
    fn separated_values() {
        assert_snapshot!(show("指标,单位,数\n一、情况,,\n\"收到数（甲,乙）\",件,\"1,204\"\n当面,件,5"), @"
        csv
        指标/单位/数
        一、情况//
        收到数（甲,乙）/件/1,204
        当面/件/5
        ");
        assert_snapshot!(show("指标;数\n收到;12\n当面;5"), @"
        csv
        指标/数
        收到/12
        当面/5
        ");
    }

    #[test]
    fn figures_one_space_apart() {
        assert_snapshot!(show("指标 单位 数\n（一） 收到数 件 1 204\n当面数 件 5\n传真数 件 7\n三、办理 （一）公开 件 3"), @"
        spaces
        指标/单位/数
        （一） 收到数/件/1 204
        当面数/件/5
        传真数/件/7
        三、办理/（一）公开/件/3
        ");
    }

    #[test]
    fn a_header_a_cell_a_line_over_rows() {
        assert_snapshot!(show("统计表 |\n指标 |\n单位 |\n数 |\n收到数 | 件 | 12 |\n当面数 | 件 | 5 |\n传真数 | 件 | 0 |\n网络数 | 件 | 2 |\n信函数 | 件 | 3 |"), @"
        row-per-line
        统计表
        指标/单位/数
        收到数/件/12
        当面数/件/5
        传真数/件/0
        网络数/件/2
        信函数/件/3
        ");
    }

    #[test]
    fn a_blank_among_columns_is_told_by_where_the_others_stand() {
        assert_snapshot!(show("  指标          单位     2018年     2017年\n  一、供水\n  收到数         件         120         99\n  \
            其中：网上     件                      8\n  现场           件         112\n  投诉           件           3          4"), @"
        columns
        指标/单位/2018年/2017年
        一、供水
        收到数/件/120/99
        其中：网上/件//8
        现场/件/112/
        投诉/件/3/4
        ");
        // A cell that stands at no column leaves its row as it is.
        assert_snapshot!(show("甲        乙        丙        丁\n一        二        三        四\n五             六"), @"
        columns
        甲/乙/丙/丁
        一/二/三/四
        五/六
        ");
    }

    #[test]
    fn html_cells_over_columns_and_rows() {
        assert_snapshot!(show("<table><tr><td colspan=2>指标</td><td rowspan=\"2\">数</td></tr>\n<tr><td>一</td><td><p>&nbsp;收到 </p></td></tr>\n\
            <tr><th><b>二</b></th><td></td><td><p><span>12</span></p></td></tr></table>"), @"
        html
        指标//数
        一/收到
        二//12
        ");
    }

    proptest! {
        #[test]
        fn any_page_is_read_within_its_bounds(source in "<(table|p|div|[<>/a-z \"=0-9]{0,9}|td( colspan=[0-9]{1,9})?>|tr>|/td>|/tr>|/table>|!--|-->|&nbsp;|[0-9件\n]){0,60}") {
            let text = Text::decode(source.as_bytes());
            let text = text.shown();
            let layout = crate::layout::split(&text);
            let mut at = 0;
            for region in &layout.regions {
                prop_assert!(region.span.start >= at && !text.slice(region.span).is_empty());
                at = region.span.end;
            }
            for stream in read(&text, &layout, &Lexicon::default()) {
                for cell in &stream.cells {
                    prop_assert!(text.as_str().get(cell.span.start..cell.span.end).is_some());
                    prop_assert!(stream.span.contains(cell.span));
                }
            }
        }

        #[test]
        fn any_text_is_read_within_its_bounds(source in "[|｜│├┼+=\t\n 　0-9件一、（）*\\\\\",;-]{0,200}") {
            let text = Text::decode(source.as_bytes());
            let layout = crate::layout::split(&text);
            for stream in read(&text, &layout, &Lexicon::default()) {
                let mut end = 0;
                for cell in &stream.cells {
                    prop_assert!(text.as_str().get(cell.span.start..cell.span.end).is_some());
                    prop_assert!(stream.span.contains(cell.span));
                    prop_assert!(cell.pieces.iter().all(|p| cell.span.contains(*p)));
                    // Cells of a row whose lines are broken stand side by side.
                    let broken = matches!(stream.dialect, "grid" | "ruled" | "columns");
                    prop_assert!(cell.span.start >= end || broken);
                    end = cell.span.end;
                }
            }
        }
    }
}
