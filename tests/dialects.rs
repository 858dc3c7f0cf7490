//! One logical table in every dialect and under every damage gives the same triples, or says what it lost.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
#![allow(clippy::print_stdout, reason = "the report of what each damage loses")]

#[path = "dialects/damage.rs"]
mod damage;
#[path = "dialects/render.rs"]
mod render;
#[path = "dialects/sheet.rs"]
mod sheet;

use damage::{DAMAGE, damaged};
use duibiao::{
    align::Facts,
    audit::{Auditor, Source},
    grammar::Grammar,
};
use proptest::{prelude::*, test_runner::RngSeed};
use rayon::prelude::*;
use render::{APART, DIALECTS, Merge, document};
use sheet::{Outcome, Plain, Sheet, compare, false_figures, got, sheets};
use std::sync::LazyLock;

static AUDITOR: LazyLock<Auditor> = LazyLock::new(|| Auditor::new(Grammar::embedded().unwrap()));

fn read(source: &str) -> Facts {
    AUDITOR.read(Source { path: String::new(), bytes: source.into() }).facts
}

fn outcome(sheet: &Sheet, dialect: &str, merge: Merge) -> Outcome {
    compare(&sheet.wants, &got(&read(&document(sheet, dialect, merge))))
}

#[test]
fn every_dialect_gives_the_same_triples() {
    let mut complaints = String::new();
    for sheet in sheets(AUDITOR.grammar(), &mut Plain(3)) {
        for merge in [Merge::Empty, Merge::Repeat, Merge::Collapse] {
            // Known gap: two labels of one row, each drawn in the middle of its own lines.
            // Known gap: of wrapped labels without numbers nothing but the form tells where one begins.
            let unnumbered = |d: &&str| sheet.name == "cn-2014/anhui" && *d == "columns middle";
            let gap = |d: &&str| (sheet.matrix && *d == "columns middle") || unnumbered(d);
            for dialect in DIALECTS.into_iter().filter(|d| !gap(d)) {
                let o = outcome(&sheet, dialect, merge);
                if o.found < o.wanted || o.wrong > 0 {
                    let line =
                        format!("{} {merge:?} {dialect}: {} of {}, {} wrong\n", sheet.name, o.found, o.wanted, o.wrong);
                    complaints.push_str(&line);
                }
            }
        }
    }
    assert!(complaints.is_empty(), "{complaints}");
}

/// No figures: a template that nobody filled in.
struct Unfilled;

impl sheet::Values for Unfilled {
    fn value(&mut self, _: usize, _: bool) -> (String, String) {
        (String::new(), "blank".into())
    }
}

#[test]
fn a_form_never_filled_in_is_found_in_every_dialect() {
    let mut complaints = String::new();
    for sheet in sheets(AUDITOR.grammar(), &mut Unfilled).iter().filter(|s| s.wants[0].indicator.is_some()) {
        // Known gap: labels without units and without any sign between the cells may be a list of anything.
        let bare = |d: &&str| *d == "spaces" || sheet.matrix && (d.starts_with("columns") || d.starts_with("lines"));
        for dialect in DIALECTS.into_iter().filter(|d| !bare(d)) {
            let facts = read(&document(sheet, dialect, Merge::Empty));
            let form = |t: &duibiao::align::Table| t.form.and_then(|f| AUDITOR.grammar().forms.get(f));
            let found = facts.tables.iter().filter_map(form).any(|f| sheet.name.starts_with(f.key.as_str()));
            let figures = got(&facts).iter().filter(|g| g.value != "blank").count();
            if !found || facts.triples.is_empty() || figures > 0 {
                complaints.push_str(&format!(
                    "{} {dialect}: form found: {found}, {} triples, {figures} figures\n",
                    sheet.name,
                    facts.triples.len()
                ));
            }
        }
    }
    assert!(complaints.is_empty(), "{complaints}");
}

#[test]
fn a_list_of_words_is_no_unfilled_table() {
    for list in [
        // Nothing comes again: a menu.
        "首页\n政务公开\n要闻\n通知公告\n互动\n政策解读\n服务\n办事指南\n专题\n领导信息\n搜索\n机构职能\n",
        // Too few units to tell.
        "学习材料\n份\n宣传栏\n块\n宣传横幅\n份\n",
        "学习,讨论,交流\n宣传,培训,检查\n督促,整改,落实\n",
        // Words in columns, none of them a unit that comes again.
        "姓名    职务    科室\n张三丰    主任    办公室\n李四光    科员    督查科\n王五行    副主任    信息科\n赵六合    科长    信访科\n",
    ] {
        let facts =
            read(&format!("青禾区2021年政府信息公开工作年度报告\n\n一、总体情况\n全年收到申请3件。\n\n{list}\n"));
        assert!(facts.tables.is_empty() && facts.triples.is_empty(), "{list}");
    }
}

/// Damage, the least share of the values that come out whole in the dialect that fares worst, and the most wrong values
/// over all dialects and sheets.
const FLOORS: [(&str, f64, usize); 13] = [
    ("none", 1.0, 0),
    ("label broken", 0.94, 31),
    ("unit and value in one", 0.98, 0),
    ("blanks kept", 0.55, 1),
    ("blanks dropped", 0.55, 0),
    ("header again", 1.0, 0),
    ("page marks", 1.0, 0),
    ("notes", 1.0, 0),
    ("vertical labels", 0.95, 5),
    ("header cut", 1.0, 0),
    ("headings with tails", 1.0, 0),
    ("table four flat", 1.0, 0),
    ("title in the table", 0.92, 0),
];

#[test]
fn damage_costs_no_more_than_it_must() {
    let sheets = sheets(AUDITOR.grammar(), &mut Plain(3));
    let names: Vec<&str> = FLOORS.iter().map(|f| f.0).collect();
    assert_eq!(names, DAMAGE);
    let mut complaints = String::new();
    for (damage, floor, most) in FLOORS {
        println!("{damage}");
        let mut wrong = 0;
        // Where columns are drawn by place, a cell is never dropped, and breaks its label by its own rules.
        let drawn = |d: &&str| ["grid", "pandoc simple", "columns", "columns wrapped"].contains(d);
        let by_place = ["blanks dropped", "label broken"].contains(&damage);
        for dialect in APART.iter().filter(|d| !by_place || !drawn(d)) {
            let mut all = Outcome::default();
            let read = |s: &Sheet| damaged(s, damage).map(|s| outcome(&s, dialect, Merge::Empty));
            sheets.par_iter().filter_map(read).collect::<Vec<_>>().into_iter().for_each(|o| all.add(o));
            let (found, wanted) = (all.found.to_string(), all.wanted.to_string());
            let share: f64 = found.parse::<f64>().unwrap() / wanted.parse::<f64>().unwrap().max(1.0);
            println!("    {dialect:<18} {:>5.1}%  {found} of {wanted}, {} wrong", share * 100.0, all.wrong);
            wrong += all.wrong;
            if share < floor {
                complaints.push_str(&format!("{damage}, {dialect}: {share:.4} is less than {floor}\n"));
            }
        }
        if wrong > most {
            complaints.push_str(&format!("{damage}: {wrong} values are wrong, more than {most}\n"));
        }
    }
    assert!(complaints.is_empty(), "{complaints}");
}

/// Prints a document and what is read from it: `SHEET=cn-2021/national MERGE=Empty DIALECT=grid cargo test --test dialects
/// one_document -- --ignored --nocapture`.
#[test]
#[ignore = "a look at one document, asked for by the environment"]
fn one_document() {
    let asked = |name: &str| std::env::var(name).unwrap_or_default();
    let merge = match asked("MERGE").as_str() {
        "Repeat" => Merge::Repeat,
        "Collapse" => Merge::Collapse,
        _ => Merge::Empty,
    };
    for sheet in sheets(AUDITOR.grammar(), &mut Plain(3)).iter().filter(|s| s.name == asked("SHEET")) {
        let damage = asked("DAMAGE");
        let Some(sheet) = damaged(sheet, if damage.is_empty() { "none" } else { &damage }) else { continue };
        let source = document(&sheet, &asked("DIALECT"), merge);
        println!("{source}");
        let facts = read(&source);
        let got = got(&facts);
        for table in &facts.tables {
            println!("table: {} {:?}", table.dialect, table.form);
        }
        for read in got.iter().filter(|g| !sheet.wants.contains(g)) {
            println!("read, not wanted: {read:?}");
        }
        for want in sheet.wants.iter().filter(|w| !got.contains(w)) {
            println!("wanted, not read: {want:?}");
        }
        for problem in &facts.problems {
            println!("problem: {} {}", problem.kind, problem.zh);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 160, failure_persistence: None, rng_seed: RngSeed::Fixed(41), ..ProptestConfig::default() })]

    /// Whatever the damage, in whatever dialect: what is lost is lost, and no figure becomes another's.
    #[test]
    fn no_damage_makes_a_false_figure(
        seed in 0usize..2000, sheet in 0usize..16, damage in 0usize..DAMAGE.len(), more in 0usize..DAMAGE.len(),
        dialect in 0usize..DIALECTS.len(), merge in 0usize..3,
    ) {
        let sheets = sheets(AUDITOR.grammar(), &mut Plain(seed));
        let sheet = &sheets[sheet % sheets.len()];
        let (damage, more) = (DAMAGE[damage], DAMAGE[more]);
        let once = damaged(sheet, damage).unwrap_or_else(|| sheet.clone());
        let sheet = damaged(&once, more).unwrap_or(once);
        let dialect = DIALECTS[dialect];
        // A cell dropped from a drawing moves the others, and a drawing breaks its labels by its own rules.
        let drawn = ["columns", "grid", "box", "pandoc"].iter().any(|d| dialect.starts_with(d));
        prop_assume!(!drawn || !["blanks dropped", "label broken"].iter().any(|d| [damage, more].contains(d)));
        prop_assume!(damage != more && !(sheet.matrix && dialect == "columns middle"));
        // Nobody drops some empty cells and keeps others.
        prop_assume!(!["blanks kept", "blanks dropped"].iter().all(|d| [damage, more].contains(d)));
        let merge = [Merge::Empty, Merge::Repeat, Merge::Collapse][merge];
        let source = document(&sheet, dialect, merge);
        let facts = read(&source);
        // Which form it is, other tests ask: with its headers cut, one edition is the other.
        let form = facts.form.and_then(|f| AUDITOR.grammar().forms.get(f));
        let named = form.map(|f| format!("{}/{}", f.key, f.edition));
        prop_assume!(named.is_none_or(|n| n == sheet.name));
        let false_figures = false_figures(&sheet.wants, &got(&facts));
        prop_assert!(false_figures.is_empty(), "{} {merge:?} {dialect}, {damage}, {more}: {false_figures:?}", sheet.name);
    }
}

/// One table of `rows` rows with `width` cells each.
fn large(rows: usize, width: usize) -> sheet::Print {
    let cells = |row: usize| {
        let label = [if row == 0 { "项目".to_owned() } else { format!("第{row}类事项受理量") }];
        let values = (1..width).map(|n| if row == 0 { format!("第{n}栏") } else { (row * 7 + n).to_string() });
        sheet::Row::Cells(label.into_iter().chain(values).map(sheet::Slot::Text).collect())
    };
    sheet::Print { above: Vec::new(), head: 1, rows: (0..=rows).map(cells).collect() }
}

/// How long a table takes, and the problems it gives.
fn large_takes(dialect: &str, rows: usize, width: usize) -> (std::time::Duration, usize, Vec<&'static str>) {
    let source = render::print(&large(rows, width), dialect, Merge::Empty);
    let start = std::time::Instant::now();
    let facts = read(&source);
    let mut kinds: Vec<&str> = facts.problems.iter().map(|p| p.kind).collect();
    kinds.dedup();
    (start.elapsed(), facts.triples.len(), kinds)
}

#[test]
#[ignore = "minutes without optimisation: cargo test --release --test dialects large -- --ignored --nocapture"]
fn large_tables_take_bounded_time() {
    for dialect in DIALECTS {
        for (rows, width) in [(100_000, 3), (5, 5_000), (3, 40_000)] {
            let (time, triples, problems) = large_takes(dialect, rows, width);
            println!("{dialect:<18} {rows:>6} rows {width:>5} wide: {time:.2?}, {triples} triples, {problems:?}");
            assert!(time.as_secs() < 20, "{dialect}, {rows} rows of {width}: {time:?}");
            assert!(
                !problems.is_empty() || triples == 0,
                "{dialect}, {rows} rows of {width}: what is left out is said"
            );
        }
    }
    // A line of a megabyte, and a megabyte of lines that are nearly a table.
    for piece in [
        "12 ",
        "12,",
        "12|",
        "|",
        "12\t",
        "12  ",
        "件",
        "-- ",
        "+--",
        "12\n",
        "|\n",
        "--- ---\n",
        "a,1\n",
        "件 12\n",
        "\"",
        "甲  1\n",
        "(\n",
    ] {
        let source = piece.repeat(1_000_000 / piece.len());
        let start = std::time::Instant::now();
        let facts = read(&source);
        let time = start.elapsed();
        println!("1 MB of {piece:?}: {time:.2?}, {} triples, {} problems", facts.triples.len(), facts.problems.len());
        assert!(time.as_secs() < 20, "{piece:?}: {time:?}");
    }
}
