//! Tables as they are printed, and what is read from them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "tests")]

use crate::{
    align::{Facts, Reading, align},
    grammar::Grammar,
    layout,
    prose::Prose,
    table,
    text::Text,
};
use proptest::prelude::*;
use std::{fs, path::PathBuf, sync::OnceLock};

mod free;

fn grammar() -> &'static Grammar {
    static GRAMMAR: OnceLock<Grammar> = OnceLock::new();
    GRAMMAR.get_or_init(|| Grammar::embedded().unwrap())
}

fn facts(text: &Text) -> Facts {
    let layout = layout::split(text);
    let tables = table::read(text, &layout, &grammar().lexicon);
    align(text, &layout, tables, Prose::default(), grammar())
}

/// `(line, value, unit, last column)` of every triple with a value.
type Cell = (usize, String, Option<String>, Option<String>);

fn cells(source: &Text, text: &Text, facts: &Facts) -> Vec<Cell> {
    let plain = |n: crate::quantity::Number| n.normalize().to_string();
    // A sheet gives the unit as the source prints it.
    let forms = source.traditional_forms();
    let printed = |unit: &String| unit.chars().map(|c| forms.get(&c).copied().unwrap_or(c)).collect();
    let cell = |t: &crate::align::Triple| {
        let Reading::Number(value) = t.value else { return None };
        let line = source.position(text.origin(t.span).start).line;
        Some((line, plain(value), t.unit.as_ref().map(printed), t.columns.last().cloned()))
    };
    let mut out: Vec<Cell> = facts.triples.iter().filter_map(cell).collect();
    out.sort();
    out
}

/// The same from an answer sheet.
fn wanted(sheet: &serde_json::Value) -> Vec<Cell> {
    let cell = |t: &serde_json::Value| {
        let value: rust_decimal::Decimal = t["value"].as_number()?.to_string().parse().ok()?;
        let columns = t["columns"].as_array();
        let column = columns.and_then(|c| c.last()).and_then(|c| c.as_str()).map(String::from);
        let line = usize::try_from(t["line"].as_u64()?).ok()?;
        Some((line, value.normalize().to_string(), t["unit"].as_str().map(String::from), column))
    };
    let mut out: Vec<Cell> = sheet["triples"].as_array().unwrap().iter().filter_map(cell).collect();
    out.sort();
    out
}

/// Documents whose table is not yet read whole, each with its reason.
const GAPS: [(&str, &str); 0] = [];

#[test]
fn corpus_tables_give_the_cells_of_their_answer_sheets() {
    let mut sheets: Vec<PathBuf> = fs::read_dir("corpus").unwrap().map(|e| e.unwrap().path()).collect();
    sheets.retain(|p| p.to_string_lossy().ends_with(".gold.json"));
    sheets.sort();
    let mut seen = 0;
    let mut wrong = String::new();
    for path in sheets {
        let sheet: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let stem = path.to_string_lossy().replace(".gold.json", "");
        let source = ["txt", "md", "html"].iter().find_map(|e| fs::read(format!("{stem}.{e}")).ok()).unwrap();
        let source = Text::decode(&source);
        let text = source.shown();
        let facts = facts(&text);
        let form = facts.form.and_then(|f| grammar().forms.get(f)).map(|f| f.key.as_str());
        let (got, want) = (cells(&source, &text, &facts), wanted(&sheet));
        seen += 1;
        let gap = GAPS.iter().any(|(known, _)| *known == stem);
        assert!(!gap || got != want, "{stem} is read whole now: take it off the list");
        if !gap && got != want || form != sheet["form"].as_str() {
            let missed: Vec<_> = want.iter().filter(|c| !got.contains(c)).take(6).collect();
            let extra: Vec<_> = got.iter().filter(|c| !want.contains(c)).take(6).collect();
            wrong.push_str(&format!(
                "{stem}: {form:?}, {} of {} cells; missed {missed:?}; extra {extra:?}\n",
                got.len(),
                want.len()
            ));
        }
    }
    assert!(seen > 0 && wrong.is_empty(), "{wrong}");
}

/// One line a triple: line, indicator, path, label, columns, unit, value, marks.
fn show(source: &str) -> String {
    let source = Text::decode(source.as_bytes());
    let text = source.shown();
    let facts = facts(&text);
    let mut out = String::new();
    for triple in &facts.triples {
        let value = match &triple.value {
            Reading::Number(n) => n.to_string(),
            Reading::Blank => "blank".into(),
            Reading::Unreadable(p) => format!("unreadable {p:?}"),
            Reading::Inexact => "inexact".into(),
        };
        let indicator = triple.indicator.as_ref().map_or("-", |k| k.as_str());
        let unit = triple.unit.as_deref().unwrap_or("-");
        let columns: String = triple.columns.iter().map(|c| format!(" ({c})")).collect();
        let parent = triple.parent.map_or(String::new(), |p| format!(" of {}", facts.triples[p].label));
        let of_which = if triple.of_which { " 其中" } else { "" };
        out.push_str(&format!("{indicator}: {}{columns} = {value} {unit}{of_which}{parent}\n", triple.label));
    }
    for table in &facts.tables {
        for (second, first) in &table.doubled {
            out.push_str(&format!("doubled: {} {second} {first}\n", facts.triples[*first].label));
        }
    }
    for problem in &facts.problems {
        out.push_str(&format!("{}: {}\n", problem.kind, problem.span.map_or("", |s| text.slice(s))));
    }
    out
}

const RECEIVED: [(&str, &str, &str); 9] = [
    ("三、依申请公开情况", "", ""),
    ("（一）收到申请数", "件", "12"),
    ("1.当面申请数", "件", "5"),
    ("2.传真申请数", "件", "0"),
    ("3.网络申请数", "件", "2"),
    ("4.信函申请数", "件", "5"),
    ("（二）申请办结数", "件", "10"),
    ("1.按时办结数", "件", "9"),
    ("2.延期办结数", "件", "1"),
];

/// A way to write rows down.
fn render(dialect: &str, rows: &[(&str, &str, &str)]) -> String {
    let mut out = String::new();
    let header = [("统计指标", "单位", "统计数")];
    for (n, (label, unit, value)) in header.iter().chain(rows).enumerate() {
        let heading = unit.is_empty() && value.is_empty();
        let line = match dialect {
            "cell-per-line" if heading => format!("{label} |\n|\n|\n"),
            "cell-per-line" => format!("{label} |\n{unit} |\n{value} |\n"),
            "cell-per-line tail" if heading => format!("{label} |\n||\n"),
            "cell-per-line tail" => format!("{label} |\n{unit} |\n{value} |\n"),
            "lone pipes" => format!("{label}\n|\n{unit}\n|\n{value}\n|\n"),
            "pipe before rows" if heading => format!("|\n{label} |\n"),
            "pipe before rows" => format!("|\n{label} |\n{unit} |\n{value} |\n"),
            "leading" if heading => format!("| {label}\n|\n|\n"),
            "leading" => format!("| {label}\n| {unit}\n| {value}\n"),
            "mixed" if n == 0 => format!("{label} |\n{unit} |\n{value} |\n"),
            "row" | "mixed" => format!("{label} | {unit} | {value} |\n"),
            "row outer" => format!("| {label} | {unit} | {value} |\n"),
            "row bare" if heading => format!("{label} | | \n"),
            "row bare" => format!("{label} | {unit} | {value}\n"),
            "row, bare headings" | "row, no outer pipe" if heading => format!("{label}\n"),
            "row, bare headings" => format!("{label} | {unit} | {value} |\n"),
            "row, no outer pipe" => format!("{label} | {unit} | {value}\n"),
            "wide pipes" => format!("｜{label}｜{unit}｜{value}｜\n"),
            "markdown" if n == 0 => format!("| {label} | {unit} | {value} |\n|---|:-:|--:|\n"),
            "markdown" if heading => format!("| **{label}** |  |  |\n"),
            "markdown" => format!("| {label} | {unit} | {value} |\n"),
            "tabs" => format!("{label}\t{unit}\t{value}\n"),
            "columns" if heading => format!("{label}\n"),
            "columns" => format!("{label}      {unit}    {value:>6}\n"),
            "wide columns" if heading => format!("{label}\n"),
            "wide columns" => format!("{label}　　{unit}　{value}\n"),
            "spaces" if heading => format!("{label}\n"),
            "spaces" => format!("{label} {unit} {value}\n"),
            "lines" if heading => format!("{label}\n"),
            "lines" => format!("{label}\n{unit}\n{value}\n"),
            "lines apart" if heading => format!("{label}\n\n"),
            "lines apart" => format!("{label}\n\n{unit}\n\n{value}\n\n"),
            other => panic!("{other}"),
        };
        out.push_str(&line);
    }
    out
}

const DIALECTS: [&str; 18] = [
    "cell-per-line",
    "cell-per-line tail",
    "lone pipes",
    "pipe before rows",
    "leading",
    "mixed",
    "row",
    "row outer",
    "row bare",
    "row, bare headings",
    "row, no outer pipe",
    "wide pipes",
    "markdown",
    "tabs",
    "columns",
    "wide columns",
    "spaces",
    "lines",
];

#[test]
fn every_dialect_gives_the_same_rows() {
    let expected = show(&render("row", &RECEIVED));
    insta::assert_snapshot!(expected, @"
    requests.received.total: 收到申请数 = 12 件
    requests.received.in_person: 当面申请数 = 5 件 of 收到申请数
    requests.received.by_fax: 传真申请数 = 0 件 of 收到申请数
    requests.received.online: 网络申请数 = 2 件 of 收到申请数
    requests.received.by_post: 信函申请数 = 5 件 of 收到申请数
    requests.closed.total: 申请办结数 = 10 件
    requests.closed.on_time: 按时办结数 = 9 件 of 申请办结数
    requests.closed.extended: 延期办结数 = 1 件 of 申请办结数
    ");
    let mut wrong = String::new();
    for dialect in DIALECTS.iter().chain(&["lines apart"]) {
        let got = show(&render(dialect, &RECEIVED));
        if got != expected {
            wrong.push_str(&format!("## {dialect}\n{got}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn noise_in_a_form() {
    // Doubled row, a row missing, a row out of order, a repeated header, a label over two lines, a row of no form.
    insta::assert_snapshot!(show("统计指标 |\n单位 |\n统计数 |\n三、依申请公开情况 |\n|\n|\n(一)收到\n申请数 |\n件 |\n12 |\n1.当面申请数 |\n件 |\n5 |\n\
        3.网络申请数 |\n件 |\n1,002 |\n3.网络申请数 |\n件 |\n3 |\n统计指标 |\n单位 |\n统计数 |\n2.传真申请数 |\n件 |\n0 |\n5.微信申请数 |\n件 |\n7 |\n\
        4.信函申请数 |\n件 |\n|\n（二）申请办结数 |\n件 |\n#REF! |"), @"
    requests.received.total: 收到申请数 = 12 件
    requests.received.in_person: 当面申请数 = 5 件 of 收到申请数
    requests.received.online: 网络申请数 = 1002 件 of 收到申请数
    requests.received.online: 网络申请数 = 3 件 of 收到申请数
    requests.received.by_fax: 传真申请数 = 0 件 of 收到申请数
    -: 微信申请数 = 7 件
    requests.received.by_post: 信函申请数 = blank 件 of 收到申请数
    requests.closed.total: 申请办结数 = unreadable None 件
    doubled: 网络申请数 3 2
    unmatched-row: 5.微信申请数
    ");
    // The same words under two headings: the order decides; without the rows between, the heading last seen.
    insta::assert_snapshot!(show("四、行政复议数量 | 件 | 3 |\n(三)其他情形数 | 件 | 1 |\n五、行政诉讼数量 | 件 | 4 |\n(二)被依法纠错数 | 件 | 2 |\n(三)其他情形数 | 件 | 6 |"), @"
    review.total: 行政复议数量 = 3 件
    review.other: 其他情形数 = 1 件 of 行政复议数量
    litigation.total: 行政诉讼数量 = 4 件
    litigation.corrected: 被依法纠错数 = 2 件 of 行政诉讼数量
    litigation.other: 其他情形数 = 6 件 of 行政诉讼数量
    ");
    // Units in the label, in the cell, in the header, nowhere.
    insta::assert_snapshot!(show("收到申请数(件) | 12 |\n当面申请数（件） | 5件 |\n传真申请数 | 0 |\n信息公开专项经费 | 160.5964万元 |\n网络申请数（单位：件） | — |"), @"
    requests.received.total: 收到申请数 = 12 件
    requests.received.in_person: 当面申请数 = 5 件 of 收到申请数
    requests.received.by_fax: 传真申请数 = 0 - of 收到申请数
    resources.budget: 信息公开专项经费 = 160.5964 万元
    requests.received.online: 网络申请数 = blank 件 of 收到申请数
    ");
    insta::assert_snapshot!(show("指标 | 数量（件） |\n收到申请数 | 12 |\n当面申请数 | 5 |\n传真申请数 | / |"), @"
    requests.received.total: 收到申请数 = 12 件
    requests.received.in_person: 当面申请数 = 5 件 of 收到申请数
    requests.received.by_fax: 传真申请数 = blank 件 of 收到申请数
    ");
    // What is no number, in the place of one.
    insta::assert_snapshot!(show("收到申请数 | 件 | 约12 |\n当面申请数 | 件 | 见附件 |\n传真申请数 | 件 | 无 |\n网络申请数 | 件 | 1O |\n信函申请数 | 件 | ３ |"), @"
    requests.received.total: 收到申请数 = inexact 件
    requests.received.in_person: 当面申请数 = unreadable None 件 of 收到申请数
    requests.received.by_fax: 传真申请数 = blank 件 of 收到申请数
    requests.received.online: 网络申请数 = unreadable Some(10) 件 of 收到申请数
    requests.received.by_post: 信函申请数 = 3 件 of 收到申请数
    ");
    // Row numbers before the labels, codes after the units, two columns of values.
    insta::assert_snapshot!(show("序号\n指标\n单位\n数\n1\n收到申请数\n件\n12\n2\n当面申请数\n件\n5\n3\n传真申请数\n件\n0\n4\n网络申请数\n件\n3"), @"
    requests.received.total: 收到申请数 = 12 件
    requests.received.in_person: 当面申请数 = 5 件 of 收到申请数
    requests.received.by_fax: 传真申请数 = 0 件 of 收到申请数
    requests.received.online: 网络申请数 = 3 件 of 收到申请数
    ");
    insta::assert_snapshot!(show("指标 | 单位 | 代码 | 本年 | 累计 |\n收到申请数 | 件 | 10 | 12 | 60 |\n当面申请数 | 件 | 11 | 5 | 20 |\n传真申请数 | 件 | 12 | | 4 |\n网络申请数 | 件 | 13 | 3 | 31 |"), @"
    requests.received.total: 收到申请数 (本年) = 12 件
    -: 收到申请数 (累计) = 60 件
    requests.received.in_person: 当面申请数 (本年) = 5 件 of 收到申请数
    -: 当面申请数 (累计) = 20 件 of 收到申请数
    requests.received.by_fax: 传真申请数 (本年) = blank 件 of 收到申请数
    -: 传真申请数 (累计) = 4 件 of 收到申请数
    requests.received.online: 网络申请数 (本年) = 3 件 of 收到申请数
    -: 网络申请数 (累计) = 31 件 of 收到申请数
    ");
    // Empty cells dropped: a row without a value keeps its place.
    insta::assert_snapshot!(show("收到申请数\n件\n12\n当面申请数\n件\n传真申请数\n件\n0\n网络申请数\n件\n3\n信函申请数\n件\n9"), @"
    requests.received.total: 收到申请数 = 12 件
    requests.received.in_person: 当面申请数 = blank 件 of 收到申请数
    requests.received.by_fax: 传真申请数 = 0 件 of 收到申请数
    requests.received.online: 网络申请数 = 3 件 of 收到申请数
    requests.received.by_post: 信函申请数 = 9 件 of 收到申请数
    ");
}

#[test]
fn tables_in_no_form() {
    insta::assert_snapshot!(show("序号\t指标\t单位\t数值\n一\t窗口\t\t\n1\t窗口数\t个\t84\n1.1\t综合窗口\t个\t22\n1.2\t专业窗口\t个\t62\n\t其中：网上\t个\t9\n2\t部门数\t个\t-"), @"
    -: 窗口数 = 84 个
    -: 综合窗口 = 22 个 of 窗口数
    -: 专业窗口 = 62 个 of 窗口数
    -: 网上 = 9 个 其中 of 窗口数
    -: 部门数 = blank 个
    ");
    insta::assert_snapshot!(show("| 方式 | 2020年 | 2021年（件） |\n| 当面 | 3次 | 21 |\n| 网络 | 4次 | 30 |"), @"
    -: 当面 (2020年) = 3 次
    -: 当面 (2021年（件）) = 21 件
    -: 网络 (2020年) = 4 次
    -: 网络 (2021年（件）) = 30 件
    ");
    // No delimiter, a dropped cell: its row has a value and no column. A numbered 其中 counts the parts of the row above.
    insta::assert_snapshot!(show("指标\n单位\n2010年度\n历年累计\n信息数\n条\n30\n120\n文件数\n条\n20\n申请总数\n条\n45\n220\n其中：1.当面\n条\n20\n100\n2.传真\n条\n0\n3"), @"
    -: 信息数 (2010年度) = 30 条
    -: 信息数 (历年累计) = 120 条
    -: 文件数 = 20 条
    -: 申请总数 (2010年度) = 45 条
    -: 申请总数 (历年累计) = 220 条
    -: 当面 (2010年度) = 20 条 其中 of 申请总数
    -: 当面 (历年累计) = 100 条 其中 of 申请总数
    -: 传真 (2010年度) = 0 条 其中 of 申请总数
    -: 传真 (历年累计) = 3 条 其中 of 申请总数
    ");
    insta::assert_snapshot!(show("索引号 | 014416330/2018 |\n文号 | 某政办〔2018〕4号 |"), @"");
    insta::assert_snapshot!(show("主题 | 年报 |\n机构 | 某局 |"), @"");
}

#[test]
fn headings_without_their_table() {
    insta::assert_snapshot!(show("某局2017年报告\n全年公开3件。\n三、依申请公开情况\n四、行政复议数量\n没有发生。\n附件：某局政府信息公开情况统计表\n某局\n2018年3月1日"), @"
    no-table: 三、依申请公开情况
    no-table: 附件：某局政府信息公开情况统计表
    ");
    // A picture, a note in brackets, nothing; a chapter of prose under the same heading lacks no table.
    insta::assert_snapshot!(show("某局2021年报告\n二、主动公开政府信息情况\n![](a.png)\n三、收到和处理政府信息公开申请情况\n（见附图）\n\
        四、政府信息公开行政复议、行政诉讼情况\n五、问题\n公开内容还不够丰富。"), @"
    no-table: 二、主动公开政府信息情况
    no-table: 三、收到和处理政府信息公开申请情况
    no-table: 四、政府信息公开行政复议、行政诉讼情况
    ");
    insta::assert_snapshot!(show("某局2021年报告\n三、收到和处理政府信息公开申请情况\n全年没有收到申请。\n四、政府信息公开行政复议、行政诉讼情况\n没有发生。"), @"");
}

proptest! {
    #[test]
    fn any_text_is_read(source in "([|｜\\t\n 　]|[0-9]{1,3}|件|条|一、|（三）|1\\.|其中：|收到申请数|当面申请数|其他情形数|四、行政复议数量|（件）|-|/|#REF!|\\*\\*|---){0,120}") {
        let text = Text::decode(source.as_bytes());
        let facts = facts(&text);
        for (id, triple) in facts.triples.iter().enumerate() {
            prop_assert!(text.as_str().get(triple.span.start..triple.span.end).is_some());
            prop_assert!(text.as_str().get(triple.label_span.start..triple.label_span.end).is_some());
            // The whole of a cell stands in a row above it, or in its own.
            let whole = |p: usize| {
                let parent = &facts.triples[p];
                p < id || (p > id && parent.label_span == triple.label_span && parent.parent.is_none())
            };
            prop_assert!(triple.parent.is_none_or(whole));
            prop_assert!(triple.table < facts.tables.len());
        }
    }

    #[test]
    fn dialects_agree(values in proptest::collection::vec(0u32..30_000, 8), order in 0usize..18) {
        let values: Vec<String> = values.iter().map(u32::to_string).collect();
        let mut rows = RECEIVED;
        for (row, value) in rows.iter_mut().skip(1).zip(&values) {
            row.2 = value;
        }
        prop_assert_eq!(show(&render(DIALECTS[order], &rows)), show(&render("row", &rows)));
    }
}

#[test]
fn a_long_table_takes_time_in_proportion() {
    let rows = |n: usize| render("cell-per-line", &RECEIVED).repeat(n);
    let time = |source: &str| {
        let text = Text::decode(source.as_bytes());
        let start = std::time::Instant::now();
        let found = facts(&text).triples.len();
        (start.elapsed(), found)
    };
    let (short, _) = time(&rows(20));
    let (long, found) = time(&rows(200));
    assert!(found >= 1600, "{found}");
    // Ten times the lines; forty leaves room for a busy machine, a square law would take a hundred.
    assert!(long < short * 40 + std::time::Duration::from_millis(200), "{short:?} {long:?}");
}
#[test]
fn tables_as_they_are_scraped() {
    // Page numbers and repeated titles between the rows, a footer of names and numbers below them.
    insta::assert_snapshot!(show("情况统计表 |\n统计指标 | 单位 | 统计数 |\n（一）主动公开政府信息数 | 条 | 1200 |\n- 1 -\n制发规范性文件总数 | 件 | 2 |\n第 2 页 共 3 页\n\n\
        情况统计表 |\n统计指标 | 单位 | 统计数 |\n3.政务微博公开政府信息数 | 条 | 10 |\n（一）收到申请数 | 件 | 7 |\n填报人：王某 | 电话：0999-5550118 | 2017年2月9日 |\n"), @"
    proactive.total: 主动公开政府信息数 = 1200 条
    normative_documents.issued: 制发规范性文件总数 = 2 件 of 主动公开政府信息数
    proactive.by_weibo: 政务微博公开政府信息数 = 10 条
    requests.received.total: 收到申请数 = 7 件
    ");
    // Columns by spaces, a label that goes on below its row, a value that is not there.
    insta::assert_snapshot!(show("   统  计  指  标            单位    统计数\n   （一）主动公开政府信息数      条      1200\n   （不同渠道和方式公开相同信息计1条）\n\
        危及国家安全、公共安全、经济安全   件   0\n   和社会稳定\n   1.当面申请数   件   7\n                 - 1 -\n   2.传真申请数   件\n   3.网络申请数   件   4\n"), @"
    proactive.total: 主动公开政府信息数 = 1200 条
    requests.replied.refused.security_stability: 危及国家安全、公共安全、经济安全和社会稳定 = 0 件
    requests.received.in_person: 当面申请数 = 7 件
    requests.received.by_fax: 传真申请数 = blank 件
    requests.received.online: 网络申请数 = 4 件
    ");
    // A table of the prose is no form, though its last row has a form's word.
    insta::assert_snapshot!(show("单位\t主动公开（条）\t依申请（件）\n县政府办\t120\t3\n县教育局\t80\t—\n合计\t200\t3"), @"
    -: 县政府办 (主动公开（条）) = 120 条
    -: 县政府办 (依申请（件）) = 3 件
    -: 县教育局 (主动公开（条）) = 80 条
    -: 县教育局 (依申请（件）) = blank 件
    -: 合计 (主动公开（条）) = 200 条
    -: 合计 (依申请（件）) = 3 件
    ");
}

#[test]
fn matrix_forms() {
    // Cells of a sub-table a line each, then the row without a label; a row that lost its empty cells has no columns.
    insta::assert_snapshot!(show("第二十条第（一）项\n信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章\n0\n0\n0\n行政规范性文件\n3\n第二十条第（八）项\n信息内容\n\
        本年收费金额（单位：万元）\n行政事业性收费\n1.5"), @"
    regulations.issued: 规章 (本年制发件数) = 0 -
    regulations.repealed: 规章 (本年废止件数) = 0 -
    regulations.valid: 规章 (现行有效件数) = 0 -
    -: 行政规范性文件 = 3 -
    charges.amount: 行政事业性收费 (本年收费金额（单位：万元）) = 1.5 万元
    unmatched-row: 行政规范性文件
    ");
    insta::assert_snapshot!(show("行政复议 | 行政诉讼 |\n结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | 复议后起诉 |\n\
        结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |\n6 | 2 | 1 | 1 | 10 | 3 | 0 | 1 | | 5 | 2 | 1 | 0 | 0 | 3 |"), @"
    review.upheld: 结果维持 (行政复议) (结果维持) = 6 -
    review.corrected: 结果纠正 (行政复议) (结果纠正) = 2 -
    review.other: 其他结果 (行政复议) (其他结果) = 1 -
    review.pending: 尚未审结 (行政复议) (尚未审结) = 1 -
    review.total: 总计 (行政复议) (总计) = 10 -
    litigation.direct.upheld: 结果维持 (行政诉讼) (未经复议直接起诉) (结果维持) = 3 -
    litigation.direct.corrected: 结果纠正 (行政诉讼) (未经复议直接起诉) (结果纠正) = 0 -
    litigation.direct.other: 其他结果 (行政诉讼) (未经复议直接起诉) (其他结果) = 1 -
    litigation.direct.pending: 尚未审结 (行政诉讼) (未经复议直接起诉) (尚未审结) = blank -
    litigation.direct.total: 总计 (行政诉讼) (未经复议直接起诉) (总计) = 5 -
    litigation.after_review.upheld: 结果维持 (行政诉讼) (复议后起诉) (结果维持) = 2 -
    litigation.after_review.corrected: 结果纠正 (行政诉讼) (复议后起诉) (结果纠正) = 1 -
    litigation.after_review.other: 其他结果 (行政诉讼) (复议后起诉) (其他结果) = 0 -
    litigation.after_review.pending: 尚未审结 (行政诉讼) (复议后起诉) (尚未审结) = 0 -
    litigation.after_review.total: 总计 (行政诉讼) (复议后起诉) (总计) = 3 -
    ");
    // Empty cells of merged headers before the figures, empty cells of a wider table after them.
    insta::assert_snapshot!(show("| 第二十条第(六)项 | | |\n| 信息内容 | 本年处理决定数量 | |\n| 行政处罚 | 94 | |\n| 行政强制 | | |\n| 一、本年新收政府信息公开申请数量 | | | 21 | 3 | 0 | 0 | 1 | | 25 |"), @"
    penalties.decisions: 行政处罚 (本年处理决定数量) = 94 -
    coercion.decisions: 行政强制 (本年处理决定数量) = blank -
    requests.new.natural_person: 本年新收政府信息公开申请数量 (申请人情况) (自然人) = 21 - of 本年新收政府信息公开申请数量
    requests.new.company: 本年新收政府信息公开申请数量 (申请人情况) (法人或其他组织) (商业企业) = 3 - of 本年新收政府信息公开申请数量
    requests.new.research: 本年新收政府信息公开申请数量 (申请人情况) (法人或其他组织) (科研机构) = 0 - of 本年新收政府信息公开申请数量
    requests.new.charity: 本年新收政府信息公开申请数量 (申请人情况) (法人或其他组织) (社会公益组织) = 0 - of 本年新收政府信息公开申请数量
    requests.new.law_firm: 本年新收政府信息公开申请数量 (申请人情况) (法人或其他组织) (法律服务机构) = 1 - of 本年新收政府信息公开申请数量
    requests.new.other_org: 本年新收政府信息公开申请数量 (申请人情况) (法人或其他组织) (其他) = blank - of 本年新收政府信息公开申请数量
    requests.new: 本年新收政府信息公开申请数量 (申请人情况) (总计) = 25 -
    ");
}

#[test]
fn columns_of_values() {
    // Years under a title; two levels with cells over several columns; a year alone is a header, two in a row of data are not.
    insta::assert_snapshot!(show("某市供水指标 | | | |\n指标 | 计量单位 | 2018年 | 2017年 |\n一、设施 | | | |\n水厂 | 座 | 6 | |\n其中:大型 | 座 | | 4 |\n用户 | 户 | 见附件 | 9 |\n管线 | 段 | 3 | 2 |"), @"
    -: 水厂 (2018年) = 6 座
    -: 水厂 (2017年) = blank 座
    -: 大型 (2018年) = blank 座 其中 of 水厂
    -: 大型 (2017年) = 4 座 其中 of 水厂
    -: 用户 (2017年) = 9 户
    -: 管线 (2018年) = 3 段
    -: 管线 (2017年) = 2 段
    ");
    insta::assert_snapshot!(show("序号 | 指标 | 区政府 | | 乡镇 | |\n | | 本年 | 上年 | 本年 | 上年 |\n甲 | 乙 | 1 | 2 | 3 | 4 |\n1 | 会议（次） | 5 | 4 | 3 | 2 |\n2 | 培训（次） | 2 | | 1 | 0 |\n3 | 检查（次） | 8 | 7 | 6 | 5 |"), @"
    -: 会议 (区政府) (本年) = 5 次
    -: 会议 (区政府) (上年) = 4 次
    -: 会议 (乡镇) (本年) = 3 次
    -: 会议 (乡镇) (上年) = 2 次
    -: 培训 (区政府) (本年) = 2 次
    -: 培训 (区政府) (上年) = blank 次
    -: 培训 (乡镇) (本年) = 1 次
    -: 培训 (乡镇) (上年) = 0 次
    -: 检查 (区政府) (本年) = 8 次
    -: 检查 (区政府) (上年) = 7 次
    -: 检查 (乡镇) (本年) = 6 次
    -: 检查 (乡镇) (上年) = 5 次
    ");
    insta::assert_snapshot!(show("填报单位 | 某局\n指标\t2019\t2018\t备注\n收文\t120\t99\t含电子公文，不含密件和内部传阅的文件\n发文\t2018\t1999\t"), @"
    -: 收文 (2019) = 120 -
    -: 收文 (2018) = 99 -
    -: 发文 (2019) = 2018 -
    -: 发文 (2018) = 1999 -
    ");
    insta::assert_snapshot!(show("<table><tr><td rowspan=2>指标</td><td rowspan=2>合计</td><td colspan=2>其中</td></tr><tr><td>网上</td><td>现场</td></tr><tr><td>咨询</td><td>9件</td><td>5件</td><td>4件</td></tr></table>"), @"
    -: 咨询 (合计) = 9 件
    -: 咨询 (其中) (网上) = 5 件
    -: 咨询 (其中) (现场) = 4 件
    ");
    // One column of values needs no name, whatever stands above it.
    insta::assert_snapshot!(show("指标 | 单位 | 2018年\n会议 | 次 | 3\n培训 | 次 | 2"), @"
    -: 会议 = 3 次
    -: 培训 = 2 次
    ");
}

#[test]
fn a_table_that_is_cut_says_so() {
    let text = Text::decode("收文 | 120 |\n发文 | 30 |".as_bytes());
    let layout = layout::split(&text);
    let kinds = |beyond| {
        let mut tables = table::read(&text, &layout, &grammar().lexicon);
        tables.iter_mut().for_each(|t| t.beyond = beyond);
        let facts = align(&text, &layout, tables, Prose::default(), grammar());
        facts.problems.iter().map(|p| (p.kind, p.span)).collect::<Vec<_>>()
    };
    assert_eq!(kinds(Some(text.span())), [("table-too-large", Some(text.span()))]);
    assert_eq!(kinds(None), []);
}

#[test]
fn columns_of_a_form() {
    insta::assert_snapshot!(show("序号 | 统计指标 | 计量单位 | 区政府 | 区直单位 | 乡镇街道 |\n1 | 收到申请数 | 件 | 12 | 3 | |\n2 | 当面申请数 | 件 | 5 | | 1 |\n3 | 传真申请数 | 件 | 7 | 3 | 0 |\n4 | 网络申请数 | 件 | | | |"), @"
    requests.received.total: 收到申请数 (区政府) = 12 件
    -: 收到申请数 (区直单位) = 3 件
    -: 收到申请数 (乡镇街道) = blank 件
    requests.received.in_person: 当面申请数 (区政府) = 5 件 of 收到申请数
    -: 当面申请数 (区直单位) = blank 件 of 收到申请数
    -: 当面申请数 (乡镇街道) = 1 件 of 收到申请数
    requests.received.by_fax: 传真申请数 (区政府) = 7 件 of 收到申请数
    -: 传真申请数 (区直单位) = 3 件 of 收到申请数
    -: 传真申请数 (乡镇街道) = 0 件 of 收到申请数
    requests.received.online: 网络申请数 (区政府) = blank 件 of 收到申请数
    -: 网络申请数 (区直单位) = blank 件 of 收到申请数
    -: 网络申请数 (乡镇街道) = blank 件 of 收到申请数
    ");
    insta::assert_snapshot!(show("统计指标 | 单位 | 区直单位 | 乡镇 | 合计 |\n收到申请数 | 件 | 12 | 3 | 15 |\n当面申请数 | 件 | 5 | 2 | 7 |\n传真申请数 | 件 | 7 | 1 | 8 |"), @"
    -: 收到申请数 (区直单位) = 12 件
    -: 收到申请数 (乡镇) = 3 件
    requests.received.total: 收到申请数 (合计) = 15 件
    -: 当面申请数 (区直单位) = 5 件 of 收到申请数
    -: 当面申请数 (乡镇) = 2 件 of 收到申请数
    requests.received.in_person: 当面申请数 (合计) = 7 件 of 收到申请数
    -: 传真申请数 (区直单位) = 7 件 of 收到申请数
    -: 传真申请数 (乡镇) = 1 件 of 收到申请数
    requests.received.by_fax: 传真申请数 (合计) = 8 件 of 收到申请数
    ");
    insta::assert_snapshot!(show("统计指标 | 单位 | 上年 | 本年 |\n甲 | 乙 | 1 | 2 |\n收到申请数 | 件 | 12 | 3 |\n当面申请数 | 件 | 5 | 2 |\n传真申请数 | 件 | 7 | 1 |\n网络申请数 | 件 | 0 | 2 |\n信函申请数 | 件 | 0 | 2 |"), @"
    -: 收到申请数 (上年) = 12 件
    requests.received.total: 收到申请数 (本年) = 3 件
    -: 当面申请数 (上年) = 5 件 of 收到申请数
    requests.received.in_person: 当面申请数 (本年) = 2 件 of 收到申请数
    -: 传真申请数 (上年) = 7 件 of 收到申请数
    requests.received.by_fax: 传真申请数 (本年) = 1 件 of 收到申请数
    -: 网络申请数 (上年) = 0 件 of 收到申请数
    requests.received.online: 网络申请数 (本年) = 2 件 of 收到申请数
    -: 信函申请数 (上年) = 0 件 of 收到申请数
    requests.received.by_post: 信函申请数 (本年) = 2 件 of 收到申请数
    ");
    // Empty cells lost: a row with fewer figures than columns says not whose they are.
    insta::assert_snapshot!(show("统计指标\n单位\n本期\n累计\n甲\n乙\n1\n2\n收到申请数\n件\n12\n3\n当面申请数\n件\n5\n传真申请数\n件\n7\n3\n网络申请数\n件\n0\n1"), @"
    requests.received.total: 收到申请数 (本期) = 12 件
    -: 收到申请数 (累计) = 3 件
    -: 当面申请数 = 5 件
    requests.received.by_fax: 传真申请数 (本期) = 7 件 of 收到申请数
    -: 传真申请数 (累计) = 3 件 of 收到申请数
    requests.received.online: 网络申请数 (本期) = 0 件 of 收到申请数
    -: 网络申请数 (累计) = 1 件 of 收到申请数
    ");
}
