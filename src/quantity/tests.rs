//! The numeral grammar by example: acceptance tables, traps, the answer sheets of the corpus, and laws.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod cells;
mod forms;
mod laws;
mod sheets;
mod traps;

use super::*;
use std::sync::OnceLock;

/// The shipped units and words, parsed without the loader.
fn lexicon() -> &'static Lexicon {
    #[derive(serde::Deserialize)]
    struct Units {
        unit: Vec<UnitSpec>,
    }
    #[derive(serde::Deserialize)]
    struct Ours {
        names: Vec<String>,
        numeral: NumeralWords,
    }
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| {
        let units: Units = toml::from_str(include_str!("../../grammars/units.toml")).unwrap();
        let ours: Ours = toml::from_str(include_str!("../../grammars/words.toml")).unwrap();
        let words = Words { names: ours.names, numeral: ours.numeral, ..Words::default() };
        Lexicon::new(units.unit, words).unwrap()
    })
}

/// What a text holds, one item a mark: `2700余条 = 2700 条 [2700, 2800) 余`, `10号 date`.
fn read(text: &str) -> String {
    let marks = scan(text, lexicon());
    let show = |q: &Quantity| {
        let unit = q.unit.as_deref().map(|u| format!(" {u}")).unwrap_or_default();
        let approx = q.approx.as_deref().map(|a| format!(" {a}")).unwrap_or_default();
        format!("{}{unit} {}{approx}", q.value.normalize(), q.narrow)
    };
    let one = |mark: &Mark| {
        let raw = &text[mark.range.clone()];
        match &mark.what {
            What::Quantity(q) => format!("{raw} = {}", show(q)),
            What::Bare(q) => format!("{raw} = bare {}", show(q)),
            What::Ordinal(n) => format!("{raw} = ordinal {n}"),
            What::Ignored(reason) => format!("{raw} {}", reason.code()),
        }
    };
    marks.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// Checks a table of `text | expected`, one row a line, and shows all rows that differ.
#[track_caller]
fn table(rows: &str) {
    let mut wrong = String::new();
    let mut count = 0;
    for row in rows.lines().map(str::trim).filter(|row| !row.is_empty()) {
        let (text, expected) = row.split_once(" | ").unwrap_or((row.trim_end_matches(" |"), ""));
        let found = read(text.trim());
        count += 1;
        if found != expected.trim() {
            wrong += &format!("{} | {found}\n      not {}\n", text.trim(), expected.trim());
        }
    }
    assert!(count > 0);
    assert!(wrong.is_empty(), "\n{wrong}");
}
