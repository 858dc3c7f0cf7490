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
        for claim in sheet["claims"].as_array().unwrap() {
            let kind = claim["kind"].as_str().unwrap();
            let raw = claim["raw"].as_str().unwrap();
            if kind == "none" || claim["value"].is_null() {
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
