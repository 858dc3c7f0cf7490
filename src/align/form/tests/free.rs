//! Tables in no form: titles above the header, figures that are not exact, columns that count the rows.

use super::show;
use insta::assert_snapshot;

#[test]
fn a_title_above_the_header_leaves_the_columns_their_names() {
    let rows = [["乡镇", "公开", "受理"], ["青石镇", "120", "3"], ["白水乡", "85", "0"], ["红旗镇", "97", "2"]];
    let by_cell: String = rows.iter().flatten().map(|cell| format!("{cell} |\n")).collect();
    let by_row: String = rows.iter().map(|row| format!("{} |\n", row.join(" | "))).collect();
    let unit = show(&format!("单位：件 |\n{by_cell}"));
    assert_snapshot!(unit, @"
    -: 青石镇 (公开) = 120 件
    -: 青石镇 (受理) = 3 件
    -: 白水乡 (公开) = 85 件
    -: 白水乡 (受理) = 0 件
    -: 红旗镇 (公开) = 97 件
    -: 红旗镇 (受理) = 2 件
    ");
    for title in [
        "各镇公开情况 |\n单位：件 |\n",
        "各镇公开情况 |\n|\n|\n（单位：件） |\n|\n|\n",
        "公开情况 |\n填报单位：办公室 |\n单位：件 |\n",
    ] {
        assert_eq!(show(&format!("{title}{by_cell}")), unit, "{title}");
    }
    for title in ["各镇公开情况 |||\n单位：件 |||\n", "各镇公开情况（单位：件） |\n"] {
        assert_eq!(show(&format!("{title}{by_row}")), unit, "{title}");
    }
    // A unit in the header of one column is not the others', and the name of who fills a table in is no unit.
    let one = format!("填报单位：办公室 |\n{}", by_cell.replace("公开", "公开（条）"));
    assert_snapshot!(show(&one), @"
    -: 青石镇 (公开（条）) = 120 条
    -: 青石镇 (受理) = 3 -
    -: 白水乡 (公开（条）) = 85 条
    -: 白水乡 (受理) = 0 -
    -: 红旗镇 (公开（条）) = 97 条
    -: 红旗镇 (受理) = 2 -
    ");
}

#[test]
fn a_figure_that_is_not_exact_is_named_and_not_checked() {
    assert_snapshot!(show("渠道 | 公开数（条） |\n网站 | 约120 |\n微博 | 400余条 |\n公告栏 | 97 |\n"), @"
    -: 网站 = inexact 条
    -: 微博 = inexact 条
    -: 公告栏 = 97 条
    unread-cell: 约120
    unread-cell: 400余条
    ");
    assert_snapshot!(show("渠道 | 公开 | 受理 |\n网站 | 见附件1 | 3 |\n微博 | 10件以上 | 4 |\n广播 | 5 | 6 |\n公告栏 | 7 | 8 |\n"), @"
    -: 网站 (受理) = 3 -
    -: 微博 (受理) = 4 -
    -: 广播 (公开) = 5 -
    -: 广播 (受理) = 6 -
    -: 公告栏 (公开) = 7 -
    -: 公告栏 (受理) = 8 -
    unread-cell: 见附件1
    unread-cell: 10件以上
    ");
    // Words without a figure, notes, and classes of rows are no figures.
    assert_snapshot!(show("规模 | 场次 | 备注 |\n10人以上 | 3 | 约2场补录 |\n50人以上 | 未统计 | |\n100人以上 | 1 | |\n"), @"
    -: 10人以上 = 3 -
    -: 100人以上 = 1 -
    ");
}

#[test]
fn a_column_that_counts_the_rows_is_no_value() {
    assert_snapshot!(show("序号 | 名称 | 公开 | 受理 |\n1 | 青石镇 | 120 | 3 |\n2 | 白水乡 | 85 | 0 |\n3 | 红旗镇 | 97 | 2 |\n"), @"
    -: 青石镇 (公开) = 120 -
    -: 青石镇 (受理) = 3 -
    -: 白水乡 (公开) = 85 -
    -: 白水乡 (受理) = 0 -
    -: 红旗镇 (公开) = 97 -
    -: 红旗镇 (受理) = 2 -
    ");
    assert_snapshot!(show("序号\n名称\n公开\n1\n青石镇\n120\n2\n白水乡\n85\n3\n红旗镇\n97\n"), @"
    -: 青石镇 = 120 -
    -: 白水乡 = 85 -
    -: 红旗镇 = 97 -
    ");
    // A unit may follow its figure.
    assert_snapshot!(show("渠道情况 |\n渠道 |\n数量 |\n单位 |\n网站 |\n120 |\n条 |\n微博 |\n85 |\n条 |\n广播 |\n97 |\n次 |\n"), @"
    -: 网站 = 120 条
    -: 微博 = 85 条
    -: 广播 = 97 次
    ");
}

#[test]
fn the_longer_label_is_the_row_s() {
    // `举报投诉` is a label by itself; `数量` is none.
    let rows = |label: &str| {
        format!(
            "三、依申请公开情况\n（一）收到申请数\n件\n9\n1.当面申请数\n件\n4\n2.网络申请数\n件\n5\n{label}\n件\n1\n"
        )
    };
    let whole = show(&rows("六、举报投诉数量"));
    assert_eq!(show(&rows("六、举报投诉\n数量")), whole);
    assert_eq!(show(&rows("六、举报\n投诉数量")), whole);
    assert_ne!(show(&rows("六、举报投诉\n次数")), whole);
}
