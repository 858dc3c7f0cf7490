//! Every form that ships, printed whole from its own rows and columns with figures that satisfy its identities, and read
//! back: each figure comes out under its own indicator, and nothing is reported.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use duibiao::{
    audit::{Audit, Auditor, Lang, Options, Severity, Source},
    grammar::{Form, Grammar, Relation, Shape},
};
use std::{collections::BTreeMap, sync::OnceLock};

/// Value by indicator.
type Figures = BTreeMap<String, i64>;
/// Rows of cells, each group one table with what stands above it.
type Page = Vec<(String, Vec<Vec<String>>)>;

fn auditor() -> &'static Auditor {
    static AUDITOR: OnceLock<Auditor> = OnceLock::new();
    AUDITOR.get_or_init(|| Auditor::new(Grammar::embedded().unwrap()))
}

fn audit(text: &str) -> Audit {
    let reading = auditor().read(Source { path: "form.txt".into(), bytes: text.into() });
    auditor().rule(&reading, &Options { lang: Lang::En })
}

/// Distinct figures for every cell of a form, such that every identity of it holds.
fn figures(form: &Form) -> Figures {
    let mut keys: Vec<String> = Vec::new();
    match form.shape {
        Shape::List => keys.extend(form.rows.iter().filter_map(|r| r.key.as_ref()).map(|k| k.0.clone())),
        Shape::Matrix => {
            for table in 0..form.tables.len() {
                let cells = form.cells_of(table);
                keys.extend(cells.into_iter().filter_map(|c| form.cell_key(table, c.row, c.column)).map(|k| k.0));
            }
        }
    }
    let mut figures: Figures = keys.iter().zip(1..).map(|(key, n)| (key.clone(), 3 * n)).collect();
    let set = |figures: &mut Figures, key: &str, value: i64| {
        figures.insert(key.to_owned(), value);
    };
    // Wholes of which something is only a part are large; what comes in is large enough for something to be left.
    for identity in &form.identities {
        let whole = figures[&identity.whole.0];
        match identity.relation {
            Relation::PartOf => set(&mut figures, &identity.whole.0, whole + 100_000),
            Relation::Balance => set(&mut figures, &identity.whole.0, whole + 50_000),
            _ => {}
        }
    }
    for _ in 0..6 {
        for identity in &form.identities {
            let sum = |keys: &[duibiao::grammar::IndicatorKey], figures: &Figures| {
                keys.iter().map(|k| figures[&k.0]).sum::<i64>()
            };
            match identity.relation {
                Relation::Sum | Relation::SoftSum | Relation::RowTotal => {
                    let total = sum(&identity.parts, &figures);
                    set(&mut figures, &identity.whole.0, total);
                }
                Relation::Balance => {
                    let (left, gone) = identity.parts.split_last().unwrap();
                    let came = figures[&identity.whole.0] + sum(&identity.plus, &figures);
                    let rest = came - sum(gone, &figures);
                    set(&mut figures, &left.0, rest);
                }
                Relation::PartOf => {}
            }
        }
    }
    figures
}

/// The pages of a form: its tables with headings, headers and figures.
fn page(form: &Form, figures: &Figures) -> Page {
    match form.shape {
        Shape::List => list(form, figures),
        Shape::Matrix => (0..form.tables.len()).map(|table| grid(form, table, figures)).collect(),
    }
}

fn words(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|c| (*c).to_owned()).collect()
}

fn list(form: &Form, figures: &Figures) -> Page {
    let several = !form.cumulative.is_empty();
    let counted = !several && !form.codes.is_empty();
    let mut rows = match (several, counted) {
        (true, _) => {
            vec![words(&["指标名称", "计量单位", "代码", "本期实际", "历年累计"]), words(&["甲", "乙", "丙", "1", "2"])]
        }
        (false, true) => vec![words(&["序号", "统计指标", "计量单位", "数据统计数"])],
        (false, false) => vec![words(&["统计指标", "单位", "统计数"])],
    };
    let mut code = 0;
    for row in &form.rows {
        let mut cells = Vec::new();
        if row.key.is_some() {
            code += 1;
        }
        if counted {
            cells.push(row.key.as_ref().map_or(String::new(), |_| code.to_string()));
        }
        cells.push(row.printed.clone());
        match &row.key {
            None => cells.extend([String::new(), String::new()]),
            Some(key) => {
                cells.push(row.units[0].clone());
                let value = figures[&key.0];
                if several {
                    // Of half-yearly rows the code is marked.
                    cells.push(if code % 7 == 0 { format!("{code:02}**") } else { format!("{code:02}") });
                }
                cells.push(value.to_string());
                if several {
                    cells.push((value * 4 + 1).to_string());
                }
            }
        }
        rows.push(cells);
    }
    vec![(format!("附表\n{}", form.title), rows)]
}

/// A sub-table: headers with cells over several columns printed once, then rows with the headings that open above them.
fn grid(form: &Form, table: usize, figures: &Figures) -> (String, Vec<Vec<String>>) {
    let grid = &form.tables[table];
    let leaves: Vec<usize> = grid.leaves().collect();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let levels = leaves.iter().map(|c| grid.path(*c).len()).max().unwrap_or(0);
    let heading = grid.key == "review" || grid.key == "requests";
    let above = if heading {
        grid_heading(form, table)
    } else {
        rows.push(vec![grid_heading(form, table)]);
        String::new()
    };
    let corner = form.tables[table].headers.first().cloned().unwrap_or_default();
    for level in 0..=levels {
        let mut row: Vec<String> = Vec::new();
        if grid.labelled {
            row.push(if level == 0 { corner.clone() } else { String::new() });
        }
        let mut last = None;
        for leaf in &leaves {
            let chain: Vec<usize> = grid.path(*leaf).into_iter().chain([*leaf]).collect();
            let at = chain.get(level).copied();
            let fresh = at.is_some() && at != last;
            row.push(at.filter(|_| fresh).map_or(String::new(), |c| grid.columns[c].printed.clone()));
            last = at;
        }
        rows.push(row);
    }
    if !grid.labelled {
        let cells = leaves.iter().map(|c| figures[&form.cell_key(table, None, *c).unwrap().0].to_string());
        rows.push(cells.collect());
        return (above, rows);
    }
    let mut opened: Vec<String> = Vec::new();
    for (index, row) in form.rows.iter().enumerate().filter(|(_, r)| r.table == table) {
        if row.key.is_none() {
            opened.push(row.printed.clone());
            continue;
        }
        let mut cells = std::mem::take(&mut opened);
        cells.push(row.printed.clone());
        cells.extend(leaves.iter().map(|c| figures[&form.cell_key(table, Some(index), *c).unwrap().0].to_string()));
        rows.push(cells);
    }
    (above, rows)
}

fn grid_heading(form: &Form, table: usize) -> String {
    // Reduced in the grammar, printed with its number in a report.
    let heading = &form.tables[table].headings[0];
    match form.tables[table].key.as_str() {
        "requests" => format!("三、{heading}"),
        "review" => format!("四、{heading}"),
        _ => heading.clone(),
    }
}

/// Ways to write a page down.
const DIALECTS: [&str; 3] = ["row", "cell", "html"];

fn write(dialect: &str, form: &Form, page: &Page) -> String {
    let paragraph = |line: &str| if dialect == "html" { format!("<p>{line}</p>\n") } else { format!("{line}\n\n") };
    let mut out = String::from(if dialect == "html" { "<html><body>\n" } else { "" });
    let prose = ["云岭市人民政府2016年政府信息公开工作年度报告", "一、总体情况", "本年度工作有序开展。"];
    let chapter = (form.shape == Shape::Matrix).then_some("二、主动公开政府信息情况");
    for line in prose.into_iter().chain(chapter) {
        out.push_str(&paragraph(line));
    }
    for (above, rows) in page {
        for line in above.lines() {
            out.push_str(&paragraph(line));
        }
        match dialect {
            "row" => {
                for row in rows {
                    out.push_str(&format!("| {} |\n", row.join(" | ")));
                }
            }
            "cell" => {
                for cell in rows.iter().flatten() {
                    out.push_str(&if cell.is_empty() { "|\n".to_owned() } else { format!("{cell} |\n") });
                }
            }
            "html" => {
                out.push_str("<table>\n");
                for row in rows {
                    let cells: String = row.iter().map(|c| format!("<td>{c}</td>")).collect();
                    out.push_str(&format!("<tr>{cells}</tr>\n"));
                }
                out.push_str("</table>\n");
            }
            other => panic!("{other}"),
        }
        out.push('\n');
    }
    out
}

/// What an audit holds, indicator by indicator; a second value of one indicator is told.
fn read_back(audit: &Audit) -> Figures {
    let mut out = Figures::new();
    for triple in &audit.triples {
        let Some(key) = &triple.indicator else { continue };
        let value = triple.value.as_ref().unwrap_or_else(|| panic!("{key} is blank")).to_string();
        assert_eq!(out.insert(key.clone(), value.parse().unwrap()), None, "{key} twice");
    }
    out
}

fn faults(form: &Form, dialect: &str) -> Vec<String> {
    let figures = figures(form);
    let text = write(dialect, form, &page(form, &figures));
    let audit = audit(&text);
    let name = format!("{} {} as {dialect}", form.key, form.edition);
    let mut faults = Vec::new();
    if audit.report.form.as_deref() != Some(&form.key) || audit.report.edition.as_deref() != Some(&form.edition) {
        faults.push(format!("{name}: taken for {:?} {:?}", audit.report.form, audit.report.edition));
    }
    let got = read_back(&audit);
    for (key, value) in &figures {
        if got.get(key) != Some(value) {
            faults.push(format!("{name}: {key} is {value}, read as {:?}", got.get(key)));
        }
    }
    for key in got.keys().filter(|k| !figures.contains_key(*k)) {
        faults.push(format!("{name}: {key} is nowhere printed"));
    }
    let serious = audit.findings.iter().filter(|f| f.severity != Severity::Note);
    faults.extend(serious.map(|f| format!("{name}: {} {}", f.code, f.message)));
    faults.extend(audit.problems.iter().map(|p| format!("{name}: {} {}", p.kind, p.message)));
    faults.truncate(12);
    faults
}

#[test]
fn every_form_is_read_whole_in_every_dialect() {
    let mut all = Vec::new();
    for form in &auditor().grammar().forms {
        for dialect in DIALECTS {
            all.extend(faults(form, dialect));
        }
    }
    assert!(all.is_empty(), "{}", all.join("\n"));
}

#[test]
fn figures_for_a_form_satisfy_it() {
    for form in &auditor().grammar().forms {
        let figures = figures(form);
        let sum = |keys: &[duibiao::grammar::IndicatorKey]| keys.iter().map(|k| figures[&k.0]).sum::<i64>();
        for identity in &form.identities {
            let whole = figures[&identity.whole.0] + sum(&identity.plus);
            let fits = match identity.relation {
                Relation::PartOf => identity.parts.iter().all(|p| figures[&p.0] <= whole),
                _ => whole == sum(&identity.parts),
            };
            assert!(fits, "{} {}: {}", form.key, form.edition, identity.id);
        }
        assert!(figures.values().all(|n| *n > 0), "{} {}", form.key, form.edition);
    }
}

/// `indicator label (columns) = value unit`, a line a triple.
fn show(text: &str) -> String {
    let line = |t: &duibiao::audit::Triple| {
        let columns: String = t.columns.iter().map(|c| format!(" ({c})")).collect();
        let value = t.value.as_ref().map_or_else(|| "blank".to_owned(), ToString::to_string);
        let indicator = t.indicator.as_deref().unwrap_or("-");
        format!("{indicator}: {}{columns} = {value} {}\n", t.label, t.unit.as_deref().unwrap_or("-"))
    };
    audit(text).triples.iter().map(line).collect()
}

#[test]
fn of_several_columns_only_the_period_is_the_indicator() {
    let putian = "东屿市2009年政府信息公开工作年度报告\n\n附表\n\n| 指标名称 | 单位 | 2009年度 | 历年累计 |\n\
        | 主动公开信息数 | 条 | 310 | 900 |\n| 其中：1.政府网站 | 条 | 300 | 880 |\n| 2.政府公报 | 条 | 20 | 41 |\n\
        | 受理依申请公开信息总数 | 条 | 7 | 15 |\n| 其中：1.当面申请数 | 条 | 7 | |\n| 行政申诉数 | 件 | 0 | 1 |\n";
    insta::assert_snapshot!(show(putian), @"
    proactive.total: 主动公开信息数 (2009年度) = 310 条
    -: 主动公开信息数 (历年累计) = 900 条
    proactive.by_website: 政府网站 (2009年度) = 300 条
    -: 政府网站 (历年累计) = 880 条
    proactive.by_gazette: 政府公报 (2009年度) = 20 条
    -: 政府公报 (历年累计) = 41 条
    requests.received.total: 受理依申请公开信息总数 (2009年度) = 7 条
    -: 受理依申请公开信息总数 (历年累计) = 15 条
    requests.received.in_person: 当面申请数 (2009年度) = 7 条
    -: 当面申请数 (历年累计) = blank 条
    appeals.total: 行政申诉数 (2009年度) = 0 件
    -: 行政申诉数 (历年累计) = 1 件
    ");
    // A code is another row in another list, and no value in any; the line that counts the columns is no row.
    let dingxi = "附表\n\n指标名称 |\n计量单位 |\n代码 |\n本期实际 |\n本年累计 |\n甲 |\n乙 |\n丙 |\n1 |\n2 |\n主动公开信息数 |\n条 |\n01 |\n5 |\n9 |\n\
        其中：全文电子化的主动公开信息数 |\n条 |\n02 |\n4 |\n8 |\n新增的行政规范性文件数 |\n条 |\n03* |\n1 |\n1 |\n提供服务类信息数 |\n条 |\n04** |\n2 |\n3 |\n";
    insta::assert_snapshot!(show(dingxi), @"
    proactive.total: 主动公开信息数 (本期实际) = 5 条
    -: 主动公开信息数 (本年累计) = 9 条
    proactive.full_text: 全文电子化的主动公开信息数 (本期实际) = 4 条
    -: 全文电子化的主动公开信息数 (本年累计) = 8 条
    normative_documents.new: 新增的行政规范性文件数 (本期实际) = 1 条
    -: 新增的行政规范性文件数 (本年累计) = 1 条
    proactive.service: 提供服务类信息数 (本期实际) = 2 条
    -: 提供服务类信息数 (本年累计) = 3 条
    ");
}

/// Code and first label of the findings that are no notes.
fn findings(text: &str) -> Vec<String> {
    let audit = audit(text);
    let serious = audit.findings.iter().filter(|f| f.severity != Severity::Note);
    serious.map(|f| format!("{} {}", f.code, &text[f.spans[0].start..f.spans[0].end])).collect()
}

fn form(key: &str, edition: &str) -> &'static Form {
    auditor().grammar().forms.iter().find(|f| f.key == key && f.edition == edition).unwrap()
}

/// A whole report of a form, with its tables changed by `change`.
fn changed(key: &str, edition: &str, change: impl FnOnce(&mut Page)) -> String {
    let form = form(key, edition);
    let mut page = page(form, &figures(form));
    change(&mut page);
    write("row", form, &page)
}

#[test]
fn a_row_lacking_is_told_in_a_list_and_in_a_matrix() {
    let without = |key, edition, label: &str| {
        findings(&changed(key, edition, |page| {
            let before: usize = page.iter().map(|(_, rows)| rows.len()).sum();
            page.iter_mut().for_each(|(_, rows)| rows.retain(|row| !row.iter().any(|c| c == label)));
            assert_eq!(before - 1, page.iter().map(|(_, rows)| rows.len()).sum::<usize>(), "{label}");
        }))
    };
    assert_eq!(without("cn-2014", "national", "六、举报投诉数量"), ["F001 七、依申请公开信息收取的费用"]);
    assert_eq!(without("cn-2021", "national", "四、结转下年度继续办理"), ["F001 （七）总计"]);
    assert_eq!(without("cn-2008-local", "fujian", "行政诉讼数"), ["F001 行政申诉数"]);
}

#[test]
fn an_excerpt_lacks_nothing() {
    for (key, edition, keep) in
        [("cn-2014", "national", 20), ("cn-2021", "national", 9), ("cn-2008-local", "fujian", 6)]
    {
        let text = changed(key, edition, |page| {
            let (above, mut rows) = page.remove(if page.len() > 4 { 4 } else { 0 });
            rows.truncate(keep);
            *page = vec![(above, rows)];
        });
        assert_eq!(findings(&text), [""; 0], "{text}");
    }
}

#[test]
fn the_parts_of_a_table_split_by_prose_are_one() {
    for (key, edition, at) in [("cn-2014", "national", 55), ("cn-2014", "national", 12), ("cn-2021", "national", 24)] {
        let split = |page: &mut Page| {
            let table = if page.len() > 4 { 4 } else { 0 };
            let rest = page[table].1.split_off(at);
            page.insert(table + 1, ("以上为统计表的前半部分，其余各项续列如下，请一并查阅。".to_owned(), rest));
        };
        let text = changed(key, edition, split);
        let whole = figures(form(key, edition));
        assert_eq!(findings(&text), [""; 0], "{key} {at}");
        assert_eq!(read_back(&audit(&text)), whole, "{key} {at}");
    }
}

#[test]
fn rows_choose_the_form_and_not_the_year() {
    // The words of one form in the prose of another year, and its table under a report of that year.
    let of_2019 = changed("cn-2019", "national", |_| {}).replace("2016年", "2021年");
    let of_2014 = changed("cn-2014", "national", |_| {})
        .replace("2016年", "2022年")
        .replace("本年度工作有序开展。", "本年制发件数、现行有效件数、本年收费金额与上年持平。");
    let of_2021 = changed("cn-2021", "national", |_| {})
        .replace("2016年", "2014年")
        .replace("本年度工作有序开展。", "召开专题会议3次，申请办结数、申请答复数另表统计。");
    for (text, form) in [(of_2019, "cn-2019"), (of_2014, "cn-2014"), (of_2021, "cn-2021")] {
        assert_eq!(audit(&text).report.form.as_deref(), Some(form));
    }
}

#[test]
fn tables_of_two_forms_stand_in_one_document() {
    let list = "\n附：办理情况\n\n| 统计指标 | 单位 | 统计数 |\n| 收到申请数 | 件 | 8 |\n| 1.当面申请数 | 件 | 3 |\n| 2.传真申请数 | 件 | 0 |\n\
        | 3.网络申请数 | 件 | 4 |\n| 4.信函申请数 | 件 | 1 |\n";
    let text = changed("cn-2021", "national", |_| {}) + list;
    let audit = audit(&text);
    assert_eq!(audit.report.form.as_deref(), Some("cn-2021"));
    let forms: Vec<_> = audit.tables.iter().map(|t| t.form.as_deref().unwrap_or("-")).collect();
    assert_eq!(forms.last(), Some(&"cn-2014"), "{forms:?}");
    assert!(forms.iter().rev().skip(1).all(|f| *f == "cn-2021"), "{forms:?}");
}

#[test]
fn a_template_never_filled_in_is_a_note_and_nothing_else() {
    for form in &auditor().grammar().forms {
        let blank = |page: &mut Page| {
            for cell in page.iter_mut().flat_map(|(_, rows)| rows).flatten() {
                if cell.parse::<i64>().is_ok_and(|n| n > 2) {
                    cell.clear();
                }
            }
        };
        let audit = audit(&changed(&form.key, &form.edition, blank));
        let codes: Vec<&str> = audit.findings.iter().map(|f| f.code.as_str()).collect();
        let name = format!("{} {}", form.key, form.edition);
        if form.codes.is_empty() {
            assert_eq!(codes, ["D007"], "{name}");
        }
        assert_eq!(audit.triples.iter().filter(|t| t.value.is_some()).count(), 0, "{name}");
    }
}

#[test]
fn one_wrong_cell_of_a_matrix_makes_few_findings_and_names_itself() {
    for (key, row, cell) in [
        ("cn-2021", "一、本年新收政府信息公开申请数量", 1),
        ("cn-2021", "（一）予以公开", 1),
        ("cn-2021", "3.其他", 3),
        ("cn-2021", "四、结转下年度继续办理", 7),
        ("cn-2019", "2.重复申请", 2),
        ("cn-2019", "（七）总计", 4),
    ] {
        let (mut old, mut at) = (String::new(), String::new());
        let text = changed(key, "national", |page| {
            let rows = page.iter_mut().flat_map(|(_, rows)| rows);
            let found = rows.filter(|cells| cells.iter().any(|c| c == row)).last().unwrap();
            let label = found.iter().position(|c| c == row).unwrap();
            let slot = &mut found[label + cell];
            old = std::mem::replace(slot, "700001".to_owned());
            at = slot.clone();
        });
        let audit = audit(&text);
        let found: Vec<_> = audit.findings.iter().filter(|f| f.severity != Severity::Note).collect();
        let names: Vec<String> = found.iter().map(|f| format!("{} {}", f.code, f.message)).collect();
        // Its column, its row and the balance.
        assert!((1..=3).contains(&found.len()), "{key} {row}: {names:#?}");
        for finding in found {
            let repair = finding.repair.as_ref().unwrap_or_else(|| panic!("{key} {row}: no repair: {names:#?}"));
            let triple = audit.triples.iter().find(|t| t.id == repair.changes[0].triple).unwrap();
            assert_eq!(
                (triple.raw.as_str(), repair.changes[0].value.to_string()),
                (at.as_str(), old.clone()),
                "{key} {row}"
            );
        }
    }
}

/// Every form in traditional characters, and with the words of the Taiwan lexicon: the same figures, labels as printed.
#[test]
fn mirrors_in_traditional_characters_are_read_with_the_same_grammar() {
    let to_traditional = |text: &str| -> String {
        text.chars()
            .map(|c| PAIRS.chars().skip_while(|p| *p != c).nth(1).filter(|_| position(c)).unwrap_or(c))
            .collect()
    };
    for form in &auditor().grammar().forms {
        let figures = figures(form);
        for words in
            [&[][..], &[("資訊", "信息"), ("網路", "網絡"), ("檔案", "文件"), ("答覆", "答復"), ("專案", "項目")]]
        {
            let mut text = to_traditional(&write("row", form, &page(form, &figures)));
            for (other, own) in words {
                text = text.replace(own, other);
            }
            let audit = audit(&text);
            let name = format!("{} {}", form.key, form.edition);
            assert_eq!(audit.report.form.as_deref(), Some(form.key.as_str()), "{name}");
            assert_eq!(audit.report.agency.as_deref(), Some("雲嶺市人民政府"), "{name}: as printed");
            assert_eq!(read_back(&audit), figures, "{name} {words:?}\n{text}");
            for triple in &audit.triples {
                let raw = &text[triple.span.start..triple.span.end];
                assert_eq!(raw, triple.raw, "{name}");
            }
            let serious = audit.findings.iter().filter(|f| f.severity != Severity::Note);
            assert_eq!(serious.map(|f| f.message.clone()).collect::<Vec<_>>(), [""; 0], "{name}");
        }
    }
}

/// Simplified and traditional characters of the forms' labels, in pairs.
const PAIRS: &str = "万萬与與专專业業两兩个個为爲举舉乡鄉书書于於云雲产產从從价價众衆会會传傳体體关關内內农農决決况況准準减減几幾划劃别別办辦务務动動区區单單占佔却卻厅廳历歷参參发發号號后後听聽员員咨諮响響围圍国國场場处處复復宁寧实實审審对對导導属屬岭嶺应應废廢开開张張强強当當录錄征徵径徑总總户戶执執护護报報据據数數无無时時机機权權条條构構标標栏欄检檢汇匯没沒济濟满滿点點热熱状狀独獨环環现現电電监監盘盤码碼确確种種秘祕称稱稳穩类類纠糾纳納纸紙线線组組织織经經结結络絡统統继繼续續维維编編缴繳网網罚罰群羣职職联聯舆輿范範获獲营營补補规規计計认認讨討训訓议議许許论論讼訟设設访訪诉訴话話询詢请請读讀调調谈談负負财財责責购購费費资資转轉软軟辑輯辖轄过過还還这這进進违違递遞邮郵采採针針错錯镇鎮长長门門问問间間闻聞阅閱际際险險隐隱页頁项項预預领領题題额額风風驳駁";

/// Whether a character is the simplified one of a pair.
fn position(c: char) -> bool {
    PAIRS.chars().step_by(2).any(|p| p == c)
}
