//! One report in every kind of file gives the same figures; what a kind does with hard and broken files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
#![allow(missing_docs, reason = "tests")]

use duibiao::{
    audit::{Audit, Auditor, Container, Input, Options, Source},
    grammar::Grammar,
};
use std::{
    fmt::Write as _,
    sync::LazyLock,
    time::{Duration, Instant},
};

static AUDITOR: LazyLock<Auditor> = LazyLock::new(|| Auditor::new(Grammar::embedded().unwrap()));

fn audit(input: impl Into<Input>) -> Audit {
    AUDITOR.rule(&AUDITOR.read(input), &Options::default())
}

fn of_text(text: &str) -> Audit {
    let audit = audit(Source { path: "报告".into(), bytes: text.into() });
    for triple in &audit.triples {
        assert_eq!(text.get(triple.span.start..triple.span.end), Some(triple.raw.as_str()), "{triple:?}");
    }
    for claim in &audit.claims {
        assert_eq!(text.get(claim.span.start..claim.span.end), Some(claim.quantity.raw.as_str()), "{claim:?}");
    }
    audit
}

/// What triples say, apart from where: indicator, label, path, columns, unit, value.
fn triples(audit: &Audit) -> Vec<String> {
    let line = |t: &duibiao::audit::Triple| {
        let value = t.value.as_ref().map_or("—".to_owned(), ToString::to_string);
        let unit = t.unit.as_deref().unwrap_or("—");
        let indicator = t.indicator.as_deref().unwrap_or("—");
        format!("{indicator} {} {:?} {:?} {unit} {value}", t.label, t.path, t.columns)
    };
    audit.triples.iter().map(line).collect()
}

/// What claims say, apart from where.
fn claims(audit: &Audit) -> Vec<String> {
    let value = |v: &Option<duibiao::audit::Exact>| v.as_ref().map_or("—".to_owned(), ToString::to_string);
    let line = |c: &duibiao::audit::Claim| {
        let (quantity, verdict) = (&c.quantity, c.verdict.word());
        format!("{} {} {:?} {:?} {verdict}", c.kind.word(), value(&quantity.value), quantity.unit, c.indicator)
    };
    audit.claims.iter().map(line).collect()
}

const TITLE: &str = "柳溪县水务局2017年政府信息公开工作年度报告";
const PROSE: [&str; 4] = [
    "本报告依据有关规定编制，统计期限自2017年1月1日起至2017年12月31日止。",
    "一、主动公开情况",
    "2017年，我局主动公开政府信息1204条，其中通过门户网站公开986条。",
    "二、依申请公开情况",
];
const LAST: &str = "全年收到政府信息公开申请12件，当面申请4件，网络申请8件，全部按时办结。";
const ROWS: [[&str; 3]; 10] = [
    ["统计指标", "单位", "统计数"],
    ["一、主动公开情况", "——", "——"],
    ["（一）主动公开政府信息数", "条", "1,204"],
    ["（二）通过不同渠道和方式公开政府信息的情况", "——", "——"],
    ["1.政府公报公开政府信息数", "条", ""],
    ["2.政府网站公开政府信息数", "条", "986"],
    ["二、依申请公开情况", "——", "——"],
    ["（一）收到申请数", "件", "12"],
    ["1.当面申请数", "件", "4"],
    ["2.网络申请数", "件", "8"],
];

fn as_text() -> String {
    let mut out = format!("{TITLE}\n\n");
    for line in PROSE.iter().chain([&LAST, &"统计表"]) {
        writeln!(out, "{line}\n").unwrap();
    }
    for row in ROWS {
        writeln!(out, "| {} |", row.join(" | ")).unwrap();
    }
    out
}

/// The report as a page: `cell` writes one cell, `paragraph` one paragraph.
fn as_page(cell: impl Fn(&str) -> String, paragraph: impl Fn(&str) -> String) -> String {
    let mut out = format!("<!DOCTYPE html><html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>\n");
    for line in PROSE.iter().chain([&LAST, &"统计表"]) {
        out.push_str(&paragraph(line));
    }
    out.push_str("<table border=1>\n");
    for row in ROWS {
        out.push_str("<tr>");
        row.iter().for_each(|words| out.push_str(&cell(words)));
        out.push_str("</tr>\n");
    }
    out + "</table></body></html>"
}

#[test]
fn a_page_gives_what_its_text_gives() {
    let plain = of_text(&as_text());
    assert_eq!((plain.triples.len(), plain.source.container), (9, Container::Text));
    let cell = |words: &str| format!("<td>{words}</td>");
    let paragraph = |words: &str| format!("<p>{words}</p>\n");
    let tidy = as_page(cell, paragraph);
    let pages = [
        ("tidy", tidy.clone()),
        ("no end tags", as_page(|w| format!("<td>{w}"), |w| format!("<p>{w}\n")).replace("</tr>", "")),
        ("upper case", as_page(|w| format!("<TD NOWRAP>{w}</TD>"), |w| format!("<P>{w}</P>")).replace("table", "TABLE")),
        ("blank cells", as_page(|w| format!("<td>&nbsp;{w}&nbsp;</td>"), |w| format!("<p>&nbsp;&nbsp;{w}</p>"))),
        ("paragraphs in cells", as_page(|w| format!("<td><p class=a><span>{w}</span></p></td>"), paragraph)),
        ("references", as_page(|w| cell(&w.replace(',', "&#44;").replace('、', "&#x3001;")), paragraph)),
        ("split figures", tidy.replace("12件", "<b>1</b><span>2</span>件").replace("<td>12<", "<td><b>1</b><i>2</i><").replace("1204", "12<!-- x -->04")),
        ("words broken by the source", tidy.replace("政府信息", "政府\n      信息")),
        ("breaks in cells", as_page(|w| cell(&w.replace("申请数", "申请<br>数")), paragraph)),
        ("xhtml", format!("<?xml version=\"1.0\"?>\n{}", tidy.replace("<html>", "<html xmlns=\"http://www.w3.org/1999/xhtml\">"))),
        ("a fragment", format!("{TITLE}<br>\n{}", &tidy[tidy.find("</h1>").unwrap() + 5..])),
        ("noise", tidy.replace("<p>", "<script>var a='<td>9件</td>';</script><style>td{width:9px}</style><!-- <p>收到9件 --><p>")
            .replace("<tr>", "<tr style='display:none'><td>隐藏</td><td>件</td><td>9</td></tr><noscript>9件</noscript><tr>")),
        ("layout tables", tidy.replace("<body>", "<body><table><tr><td>首页</td><td>公开</td></tr></table><table width=100%><tr><td>导航</td><td><table><tr><td>")
            .replace("</body>", "</td></tr></table></td></tr><tr><td colspan=2>版权所有</td></tr></table></body>")),
        ("caption", tidy.replace("<p>统计表</p>\n", "").replace("<table border=1>", "<table border=1><caption>统计表</caption><thead>")),
        ("bold headings", as_page(cell, |w| format!("<p><strong>{w}</strong></p>")).replace("<p><strong>2017年，", "<p><strong>2017年</strong>，<strong>")),
        ("head rows", tidy.replacen("<tr>", "<thead><tr>", 1).replacen("</tr>", "</tr></thead><tbody>", 1).replacen("<td>统计指标</td>", "<th>统计指标</th>", 1)),
    ];
    for (name, page) in pages {
        let read = of_text(&page);
        assert_eq!(read.source.container, Container::Html, "{name}");
        assert_eq!(triples(&read), triples(&plain), "{name}\n{page}");
        assert_eq!(claims(&read), claims(&plain), "{name}\n{page}");
        assert_eq!(read.report.title.as_deref(), Some(TITLE), "{name}");
    }
}

#[test]
fn merged_cells_keep_their_columns() {
    let page = "<table><tr><td rowspan=2>指标</td><td rowspan=2>合计</td><td colspan=2>其中</td></tr><tr><td>网上</td><td>现场</td></tr>\
        <tr><td>咨询</td><td>9件</td><td>5件</td><td>4件</td></tr></table>";
    let read = triples(&of_text(page));
    assert_eq!(read.len(), 3, "{read:?}");
    assert!(read[2].contains(r#"["其中", "现场"] 件 4"#), "{read:?}");
}

#[test]
fn a_text_with_an_angle_is_no_page() {
    let text = as_text().replace("本报告", "本报告<公开稿>，1 < 2，");
    let read = of_text(&text);
    assert_eq!((read.source.container, read.triples.len()), (Container::Text, 9));
}

#[test]
fn strange_pages_are_read_in_time() {
    let row = "<tr><td>收到申请数</td><td>件</td><td>12</td></tr>";
    let wide =
        |n: usize| format!("<table><tr>{}</tr><tr>{}</tr></table>", "<td>数</td>".repeat(n), "<td>1</td>".repeat(n));
    for (name, page) in [
        (
            "a thousand tables in one another",
            format!("{}{row}{}", "<table><tr><td>".repeat(1_000), "</td></tr></table>".repeat(1_000)),
        ),
        ("the same, never closed", format!("{}{row}", "<table><tr><td>".repeat(1_000))),
        ("five thousand columns", wide(5_000)),
        ("100,000 rows", format!("<table>{}</table>", row.repeat(100_000))),
        ("100,000 open cells", format!("<table><tr>{}", "<td>一".repeat(100_000))),
        ("unknown end tags", format!("<p>{}{}</p>", "<b><div>".repeat(20_000), "</x></p></span>".repeat(50_000))),
        (
            "huge spans",
            format!("<table>{}</table>", "<tr><td colspan=99999 rowspan=99999>1</td><td>2</td></tr>".repeat(500)),
        ),
        ("an open comment", format!("<p>一</p><!-- {}", "<p>".repeat(100_000))),
        ("an open script", format!("<p>一</p><script>{}", "<p>".repeat(100_000))),
        ("open quotes", "<p a=\"".repeat(100_000)),
        ("angles", "<p></p>".to_owned() + &"<".repeat(200_000)),
        ("references", "<p></p>".to_owned() + &"&".repeat(200_000) + &"&#".repeat(100_000)),
    ] {
        let start = Instant::now();
        let read = of_text(&page);
        let took = start.elapsed();
        // A page that was not read whole says so.
        let whole = !matches!(name, "five thousand columns" | "100,000 rows" | "huge spans");
        let cut: Vec<_> =
            read.problems.iter().filter(|p| !matches!(p.kind.as_str(), "no-table" | "no-prose")).collect();
        assert_eq!(cut.is_empty(), whole, "{name}: {cut:?}");
        assert!(took < Duration::from_secs(60), "{name}: {took:?}");
    }
}
