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
use std::{fs, path::PathBuf, sync::OnceLock};

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

fn cells(text: &Text, facts: &Facts) -> Vec<Cell> {
    let plain = |n: crate::quantity::Number| n.normalize().to_string();
    let cell = |t: &crate::align::Triple| {
        let Reading::Number(value) = t.value else { return None };
        Some((text.position(t.span.start).line, plain(value), t.unit.clone(), t.columns.last().cloned()))
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

#[test]
fn corpus_tables_give_the_cells_of_their_answer_sheets() {
    let mut sheets: Vec<PathBuf> = fs::read_dir("corpus").unwrap().map(|e| e.unwrap().path()).collect();
    sheets.retain(|p| p.to_string_lossy().ends_with(".gold.json"));
    sheets.sort();
    let mut seen = 0;
    let mut wrong = String::new();
    for path in sheets {
        let sheet: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        // The matrix forms are not in the grammar yet.
        if sheet["form"].as_str().is_some_and(|f| f != "cn-2014") {
            continue;
        }
        let stem = path.to_string_lossy().replace(".gold.json", "");
        let source = ["txt", "md", "html"].iter().find_map(|e| fs::read(format!("{stem}.{e}")).ok()).unwrap();
        let text = Text::decode(&source);
        let facts = facts(&text);
        let form = facts.form.and_then(|f| grammar().forms.get(f)).map(|f| f.key.as_str());
        let (got, want) = (cells(&text, &facts), wanted(&sheet));
        seen += 1;
        if got != want || form != sheet["form"].as_str() {
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
