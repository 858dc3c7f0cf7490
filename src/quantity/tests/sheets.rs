//! The answer sheets: every claim's raw text, read alone, gives its value, unit and approximation.
use super::*;
use std::{collections::BTreeSet, path::Path};

#[test]
fn every_raw_of_the_sheets_is_read_as_its_sheet_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut wrong = BTreeSet::new();
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if !path.to_string_lossy().ends_with(".gold.json") {
            continue;
        }
        let sheet: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        // Traditional reports are read through the folding view, not as printed.
        if sheet["claims"].as_array().unwrap().iter().any(|c| c["unit"] == "條") {
            continue;
        }
        for claim in sheet["claims"].as_array().unwrap() {
            let kind = claim["kind"].as_str().unwrap();
            let raw = claim["raw"].as_str().unwrap();
            if kind == "none" || claim["value"].is_null() || claim["optional"] == true {
                continue;
            }
            let value: Number = claim["value"].to_string().parse().unwrap();
            let marks = scan(raw, lexicon());
            let found = match marks.as_slice() {
                [Mark { range, what: What::Quantity(q) }] if *range == (0..raw.len()) => (
                    q.value == value,
                    q.unit.as_deref() == claim["unit"].as_str(),
                    q.approx.is_some() == claim["approx"].as_bool().unwrap(),
                ),
                [Mark { range, what: What::Ordinal(n) }] if *range == (0..raw.len()) => {
                    (*n == value && kind == "rank", true, true)
                }
                _ => (false, false, false),
            };
            count += 1;
            if found != (true, true, true) {
                wrong.insert(format!("{raw}: {}", read(raw)));
            }
        }
    }
    assert!(count > 200, "{count} claims only");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The answer sheets with their documents' lines, as far as those are UTF-8 text.
fn documents() -> Vec<(serde_json::Value, Vec<String>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let sheet = path.with_extension("gold.json");
        if !sheet.exists() {
            continue;
        }
        if let Ok(text) = std::fs::read_to_string(&path) {
            let sheet = serde_json::from_str(&std::fs::read_to_string(sheet).unwrap()).unwrap();
            found.push((sheet, text.trim_start_matches('\u{feff}').lines().map(str::to_owned).collect()));
        }
    }
    found
}

#[test]
fn every_raw_is_found_in_its_line() {
    let mut wrong = BTreeSet::new();
    let mut count = 0;
    for (sheet, lines) in documents() {
        for claim in sheet["claims"].as_array().unwrap() {
            let raw = claim["raw"].as_str().unwrap();
            if claim["kind"] == "none" || claim["value"].is_null() || claim["optional"] == true {
                continue;
            }
            let line = &lines[usize::try_from(claim["line"].as_u64().unwrap()).unwrap() - 1];
            let hit =
                |m: &Mark| line[m.range.clone()] == *raw && matches!(m.what, What::Quantity(_) | What::Ordinal(_));
            count += 1;
            if !scan(line, lexicon()).iter().any(hit) {
                wrong.insert(format!("{raw} in {}", read(line)));
            }
        }
    }
    assert!(count > 200, "{count} claims only");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn numeric_cells_of_the_sheets_are_numbers() {
    let mut count = 0;
    for (sheet, lines) in documents() {
        for triple in sheet["triples"].as_array().unwrap().iter().filter(|t| !t["value"].is_null()) {
            let line = &lines[usize::try_from(triple["line"].as_u64().unwrap()).unwrap() - 1];
            let value: Number = triple["value"].to_string().parse().unwrap();
            let is = |part: &str| matches!(cell(part, lexicon()), CellValue::Number { value: v, .. } if v == value);
            let parts = line.split(['|', '｜', '\t', '<', '>', '"']).chain(line.split("  ")).chain(line.split(','));
            assert!(parts.into_iter().any(is), "{value} in {line}");
            count += 1;
        }
    }
    assert!(count > 500, "{count} cells only");
}
