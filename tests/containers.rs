//! One report in every kind of file gives the same figures; what a kind does with hard and broken files.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
#![allow(missing_docs, reason = "tests")]
#![allow(clippy::print_stderr, reason = "a test that is skipped says why")]

use duibiao::{
    audit::{Audit, Auditor, Container, Input, Lang, Options, Source, TextKind},
    grammar::Grammar,
    store::{self, Fault},
};
use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook};
use std::{
    fmt::Write as _,
    fs,
    io::{Cursor, Write as _},
    path::Path,
    sync::LazyLock,
    time::{Duration, Instant},
};
use zip::{ZipWriter, write::SimpleFileOptions};

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

// ---------------------------------------------------------------------------------------------------------- other files

/// The document that bytes hold, or what is said of them.
fn load(name: &str, bytes: Vec<u8>) -> Result<Input, String> {
    store::input(name.to_owned(), bytes, None).map_err(|kind| Fault { path: name.to_owned(), kind }.message(Lang::Zh))
}

/// A zip package of the parts given.
fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A Word document with this body.
fn docx(body: &str) -> Vec<u8> {
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"w\"><w:body>{body}<w:sectPr/></w:body></w:document>"
    );
    let styles = "<w:styles><w:style w:type='paragraph' w:styleId='h'><w:name w:val='heading 1'/></w:style>\
        <w:style w:type='paragraph' w:styleId='t'><w:name w:val='Title'/></w:style></w:styles>";
    package(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", &document), ("word/styles.xml", styles)])
}

fn text_of(input: &Input) -> &str {
    input.text.as_str()
}

fn run(words: &str) -> String {
    format!(
        "<w:r><w:rPr><w:b/></w:rPr><w:t xml:space='preserve'>{}</w:t></w:r>",
        words.replace('&', "&amp;").replace('<', "&lt;")
    )
}

fn paragraph(words: &str) -> String {
    format!("<w:p>{}</w:p>", run(words))
}

fn table(rows: &[[&str; 3]]) -> String {
    let cell = |words: &&str| format!("<w:tc><w:tcPr><w:tcW w:w='9'/></w:tcPr>{}</w:tc>", paragraph(words));
    let row = |row: &[&str; 3]| format!("<w:tr>{}</w:tr>", row.iter().map(cell).collect::<String>());
    format!("<w:tbl><w:tblPr/><w:tblGrid/>{}</w:tbl>", rows.iter().map(row).collect::<String>())
}

/// The report's paragraphs as Word has them.
fn body() -> String {
    let prose = PROSE.iter().chain([&LAST, &"统计表"]).map(|words| paragraph(words)).collect::<String>();
    format!("<w:p><w:pPr><w:pStyle w:val='t'/></w:pPr>{}</w:p>{prose}", run(TITLE))
}

#[test]
fn a_word_document_gives_what_its_text_gives() {
    let plain = of_text(&as_text());
    let whole = body() + &table(&ROWS);
    let split = |from: &str, to: &str| whole.replace(&run(from), to);
    let first = PROSE[2];
    for (name, body) in [
        ("plain", whole.clone()),
        (
            "runs within figures",
            split(
                first,
                &["2017年，我局主动公开政府信息12", "04条，其中通过门户网站公开98", "6条。"].map(run).concat(),
            ),
        ),
        (
            "tracked changes",
            split(
                LAST,
                &format!(
                    "<w:del><w:r><w:delText>9件</w:delText></w:r></w:del><w:ins>{}</w:ins><w:moveFrom>{}</w:moveFrom>",
                    run(LAST),
                    run("1件")
                ),
            ),
        ),
        (
            "hidden words and fields",
            split(
                LAST,
                &format!(
                    "<w:r><w:rPr><w:vanish/></w:rPr><w:t>3件</w:t></w:r><w:r><w:instrText>PAGE 4</w:instrText></w:r>{}<w:r><w:footnoteReference w:id='5'/></w:r>",
                    run(LAST)
                ),
            ),
        ),
        (
            "fallbacks",
            split(
                LAST,
                &format!(
                    "<mc:AlternateContent><mc:Choice/><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>{}",
                    run("6件"),
                    run(LAST)
                ),
            ),
        ),
        ("content controls", format!("<w:sdt><w:sdtPr/><w:sdtContent>{whole}</w:sdtContent></w:sdt>")),
        ("a layout table", format!("<w:tbl><w:tr><w:tc>{whole}</w:tc></w:tr></w:tbl>")),
        (
            "a deleted row",
            whole.replace(
                "<w:tblGrid/>",
                &format!("<w:tblGrid/><w:tr><w:trPr><w:del/></w:trPr><w:tc>{}</w:tc></w:tr>", paragraph("9")),
            ),
        ),
    ] {
        let input = load("报告.docx", docx(&body)).unwrap();
        let read = audit(input);
        assert_eq!((read.source.container, read.source.text), (Container::Docx, TextKind::Extracted));
        assert_eq!(triples(&read), triples(&plain), "{name}");
        assert_eq!(claims(&read), claims(&plain), "{name}");
        assert_eq!(read.report.title.as_deref(), Some(TITLE), "{name}");
    }
}

#[test]
fn word_s_tables_and_breaks_become_rows_and_lines() {
    let cell =
        |properties: &str, words: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph(words));
    let rows = format!(
        "<w:tr>{}{}</w:tr><w:tr>{}{}{}</w:tr><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{}{}</w:tr>",
        cell("<w:vMerge w:val='restart'/>", "指标"),
        cell("<w:gridSpan w:val='2'/>", "其中"),
        cell("<w:vMerge/>", "不见"),
        cell("", "网|上"),
        cell("", "现\\场"),
        cell("", "5"),
        cell("", ""),
    );
    let body = format!(
        "<w:p>{}<w:r><w:tab/><w:t>A&amp;B</w:t><w:br/></w:r>{}</w:p><w:p/><w:tbl>{rows}</w:tbl><w:p><w:pPr><w:outlineLvl w:val='1'/></w:pPr>{}</w:p>",
        run("甲"),
        run("乙"),
        run("情况")
    );
    let input = load("a.docx", docx(&body)).unwrap();
    assert_eq!(text_of(&input), "甲\tA&B\n乙\n\n| 指标 | 其中 |  |\n|  | 网\\|上 | 现\\场 |\n|  | 5 |  |\n\n# 情况\n");
}

/// The report's table in a workbook.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("统计表").unwrap();
    sheet.merge_range(0, 1, 0, 3, TITLE, &Format::new()).unwrap();
    for (row, cells) in (2..).zip(ROWS) {
        for (column, words) in (1..).zip(cells) {
            match words.replace(',', "").parse::<f64>() {
                // Half of the figures are text, as people leave them.
                Ok(number) if row % 2 == 0 => sheet.write_number(row, column, number).unwrap(),
                _ => sheet.write_string(row, column, words).unwrap(),
            };
        }
    }
    book.add_worksheet().set_name("空").unwrap();
    let hidden = book.add_worksheet();
    hidden.set_hidden(true).write_string(0, 0, "隐藏9").unwrap();
    book.save_to_buffer().unwrap()
}

/// The figures alone: what two kinds of file that do not have the same headings agree on.
fn figures(audit: &Audit) -> Vec<String> {
    let line = |t: &duibiao::audit::Triple| {
        let value = t.value.as_ref().map_or("—".to_owned(), ToString::to_string);
        format!("{} {:?} {:?} {value}", t.label, t.indicator, t.unit)
    };
    audit.triples.iter().map(line).collect()
}

#[test]
fn workbooks_give_what_their_text_gives() {
    let plain = of_text(&as_text());
    let ods = || {
        let row = |row: [&str; 3]| {
            let cell = |words: &str| match words.replace(',', "") {
                number if number.parse::<f64>().is_ok() => {
                    format!(
                        "<table:table-cell office:value-type='float' office:value='{number}'><text:p>{words}.00</text:p></table:table-cell>"
                    )
                }
                _ => {
                    format!("<table:table-cell office:value-type='string'><text:p>{words}</text:p></table:table-cell>")
                }
            };
            format!(
                "<table:table-row>{}<table:table-cell table:number-columns-repeated='16381'/></table:table-row>",
                row.map(cell).concat()
            )
        };
        let content = format!(
            "<office:document-content><office:body><office:spreadsheet><table:table table:name='统计表'>{}\
             <table:table-row table:number-rows-repeated='1048000'><table:table-cell table:number-columns-repeated='16384'/></table:table-row>\
             </table:table></office:spreadsheet></office:body></office:document-content>",
            ROWS.map(row).concat()
        );
        package(&[
            ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", &content),
            ("META-INF/manifest.xml", "<m/>"),
        ])
    };
    let made = |ending: &str| {
        fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/containers/statistics").with_extension(ending))
            .unwrap()
    };
    for (name, bytes) in [("a.xlsx", workbook()), ("a.ods", ods()), ("a.xls", made("xls")), ("a.ods", made("ods"))] {
        let input = load(name, bytes).unwrap();
        assert!(!text_of(&input).contains("隐藏") && !text_of(&input).contains("空"), "{}", text_of(&input));
        let read = audit(input);
        assert_eq!((read.source.container, read.source.text), (Container::Xlsx, TextKind::Extracted));
        // The workbooks that a spreadsheet program saved have one row more, of a date and a fraction.
        let figures: Vec<String> = figures(&read).into_iter().filter(|line| !line.contains("填报日期")).collect();
        assert_eq!(figures, self::figures(&plain), "{name}");
    }
    for ending in ["xls", "ods"] {
        let input = load(ending, made(ending)).unwrap();
        assert!(text_of(&input).contains("\n| 填报日期 | 2018-03-06 | 0.36 |\n"), "{}", text_of(&input));
    }
    let input = load("a.xlsx", workbook()).unwrap();
    assert!(
        text_of(&input).starts_with(&format!("{TITLE}\n\n## 统计表\n\n| 统计指标 | 单位 | 统计数 |\n")),
        "{}",
        text_of(&input)
    );
}

#[test]
fn a_workbook_s_cells_read_as_they_are_shown() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, words) in (0..).zip(["项目", "按时答复率", "公开率", "件数", "截止"]) {
        sheet.write_string(0, column, words).unwrap();
    }
    let date = rust_xlsxwriter::ExcelDateTime::from_ymd(2018, 3, 6).unwrap();
    for (row, label) in (1..).zip(["当面申请", "网络申请", "信函申请"]) {
        sheet.write_string(row, 0, label).unwrap();
        sheet.write_number_with_format(row, 1, 0.93, &Format::new().set_num_format("0%")).unwrap();
        sheet.write_number_with_format(row, 2, 0.875, &Format::new().set_num_format("0.0%")).unwrap();
        sheet.write_number_with_format(row, 3, 0.5, &Format::new().set_num_format("0.00")).unwrap();
        let format = Format::new().set_num_format("yyyy\"年\"m\"月\"d\"日\"");
        sheet.write_datetime_with_format(row, 4, &date, &format).unwrap();
    }
    let input = load("a.xlsx", book.save_to_buffer().unwrap()).unwrap();
    let text = text_of(&input).to_owned();
    assert!(text.contains("| 当面申请 | 93% | 87.5% | 0.5 | 2018-03-06 |"), "{text}");
    let read = triples(&audit(input));
    assert!(read.iter().any(|t| t.contains("当面申请") && t.contains(r#"["按时答复率"] % 93"#)), "{read:?}");
}

/// A report as docx, and what three converters made of it: the same figures under the same headings.
#[test]
fn conversions_by_others_give_the_same_triples() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/conversions");
    let mut names: Vec<String> =
        fs::read_dir(&folder).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let read = |name: &str| audit(load(name, fs::read(folder.join(name)).unwrap()).unwrap());
    let original = read("luxiwan-zhen-2016.docx");
    assert_eq!((original.triples.len(), original.problems.len()), (17, 0));
    let mut seen = 0;
    for name in names.iter().filter(|name| *name != "README.md") {
        assert_eq!(triples(&read(name)), triples(&original), "{name}");
        seen += 1;
    }
    assert!(seen >= 9, "{names:?}");
    let printed = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/containers/luxiwan-zhen-2016.libreoffice.pdf");
    if let Some(read) = pdf(&printed) {
        assert_eq!(figures(&read), figures(&original));
    }
}

/// Reads a PDF where the program for it is installed.
fn pdf(path: &Path) -> Option<Audit> {
    match load("a.pdf", fs::read(path).unwrap()) {
        Ok(input) => {
            let read = audit(input);
            assert_eq!((read.source.container, read.source.text), (Container::Pdf, TextKind::Extracted));
            Some(read)
        }
        Err(reason) if reason.contains("本机没有安装") => {
            eprintln!("skipped: {reason}");
            None
        }
        Err(reason) => panic!("{reason}"),
    }
}

/// A file of OLE streams with one of this name.
fn streams(name: &str) -> Vec<u8> {
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.resize(1024, 0);
    bytes.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(4096, 0);
    bytes
}

#[test]
fn bad_files_are_refused_with_a_reason() {
    let whole = docx(&(body() + &table(&ROWS)));
    let bomb = || {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.start_file("word/document.xml", SimpleFileOptions::default()).unwrap();
        let block = vec![b' '; 1 << 20];
        (0..200).for_each(|_| writer.write_all(&block).unwrap());
        writer.finish().unwrap().into_inner()
    };
    let sheet_bomb = || {
        let cells = "<c r='A1'><v>1</v></c>".repeat(1 << 16);
        let rows: String = (0..100).map(|_| cells.as_str()).collect();
        package(&[("xl/workbook.xml", "<workbook/>"), ("xl/worksheets/sheet1.xml", &rows)])
    };
    for (name, bytes, reason) in [
        ("炸弹.docx", bomb(), "炸弹.docx：解压后超过 128 MiB 的上限"),
        ("炸弹.xlsx", sheet_bomb(), "炸弹.xlsx：解压后超过 128 MiB 的上限"),
        ("断.docx", whole[..whole.len() / 2].to_vec(), "断.docx：docx 文件不完整或已损坏：压缩包的目录读不出"),
        ("空.docx", docx(""), "空.docx：docx 中没有内容"),
        (
            "坏.docx",
            package(&[("word/document.xml", "<w:document><w:body><w:p></w:tbl>")]),
            "坏.docx：docx 文件已损坏（word/document.xml: ",
        ),
        (
            "短.docx",
            package(&[("word/document.xml", "<w:document><w:body><w:p><w:r><w:t>收到")]),
            "短.docx：docx 文件已损坏（word/document.xml: ",
        ),
        ("别的.zip", package(&[("a.txt", "收到12件")]), "别的.zip：是 zip 压缩包，但不是 docx、xlsx 或 ods"),
        ("演示.pptx", package(&[("ppt/presentation.xml", "<p/>")]), "演示.pptx：尚不能读取 pptx 文件"),
        ("无表.xlsx", Workbook::new().save_to_buffer().unwrap(), "无表.xlsx：xlsx 中没有内容"),
        ("坏.xlsx", package(&[("xl/workbook.xml", "<workbook><sheets></workbook>")]), "坏.xlsx：xlsx 文件已损坏（"),
        ("密.docx", streams("EncryptedPackage"), "密.docx：文件有密码，无法读取"),
        ("旧.doc", streams("WordDocument"), "旧.doc：尚不能读取 doc 文件"),
        ("坏.xls", streams("Workbook"), "坏.xls：xls 文件已损坏（"),
        ("图.png", b"\x89PNG\r\n".to_vec(), "图.png：尚不能读取 PNG 文件"),
    ] {
        match load(name, bytes) {
            Ok(input) => panic!("{name} was read: {:.60}", text_of(&input)),
            Err(said) => {
                assert!(said.starts_with(reason), "{said}");
                assert_eq!(said.lines().count(), 1, "{said}");
            }
        }
    }
}

#[test]
fn deep_and_wide_office_files_are_read_in_bounds() {
    let row = "<w:tr><w:tc><w:p><w:r><w:t>收到申请数</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr>";
    let open = "<w:tbl><w:tr><w:tc>".repeat(1_000);
    let close = "</w:tc></w:tr></w:tbl>".repeat(1_000);
    let deep = load("a.docx", docx(&format!("{open}<w:tbl>{row}</w:tbl>{close}"))).unwrap();
    assert!(text_of(&deep).contains("收到申请数") && text_of(&deep).contains("12"), "{}", text_of(&deep));
    let span = "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    assert!(text_of(&load("a.docx", docx(span)).unwrap()).len() < 1_000);
    // Two cells in opposite corners of a sheet are two cells.
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "指标").unwrap().write_number(1_048_575, 16_383, 12).unwrap();
    let read = load("a.xlsx", book.save_to_buffer().unwrap());
    assert!(read.is_ok_and(|input| text_of(&input).len() < 200_000));
    // A cell repeated over a whole sheet is cut.
    let content = "<o><table:table table:name='a'><table:table-row table:number-rows-repeated='1048576'>\
        <table:table-cell table:number-columns-repeated='16384'><text:p>1</text:p></table:table-cell></table:table-row></table:table></o>";
    let ods = package(&[("mimetype", "x/spreadsheet"), ("content.xml", content), ("META-INF/manifest.xml", "<m/>")]);
    assert!(load("a.ods", ods).is_ok_and(|input| text_of(&input).len() < 1_000_000));
}

proptest! {
    /// Whatever is done to a file's bytes, it is read or refused.
    #[test]
    fn damaged_files_never_end_the_program(at in 0.0..1.0_f64, with in any::<u8>(), cut in 0.0..1.0_f64, sheet: bool) {
        let mut bytes = if sheet { workbook() } else { docx(&(body() + &table(&ROWS))) };
        let place = (at * (bytes.len() - 1) as f64) as usize;
        bytes[place] = with;
        let _ = load("a.docx", bytes.clone());
        bytes.truncate((cut * bytes.len() as f64) as usize);
        let _ = load("a.docx", bytes);
    }

    /// Rows of any words come back from a document cell by cell.
    #[test]
    fn cells_survive_extraction(rows in prop::collection::vec(prop::array::uniform3("[收到件12|｜ab]{0,6}"), 2..8)) {
        let rows: Vec<[String; 3]> = rows.into_iter().map(|row| row.map(|words| words.trim().to_owned())).collect();
        let words: Vec<[&str; 3]> = rows.iter().map(|row| [row[0].as_str(), row[1].as_str(), row[2].as_str()]).collect();
        prop_assume!(words.iter().flatten().any(|words| !words.is_empty()));
        let input = load("a.docx", docx(&table(&words))).unwrap();
        let lines: Vec<&str> = text_of(&input).lines().collect();
        prop_assert_eq!(lines.len(), rows.len());
        for (line, row) in lines.iter().zip(&rows) {
            let inner = line.strip_prefix("| ").and_then(|line| line.strip_suffix(" |")).unwrap();
            let got: Vec<String> = inner.split(" | ").map(|cell| cell.trim().replace("\\|", "|").replace("\\｜", "｜")).collect();
            prop_assert_eq!(got, row.to_vec());
        }
    }
}
