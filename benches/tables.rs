//! How long a table takes, from bytes to triples, in every dialect and at 1, 2, 4 and 8 MB: twice the text, twice the time.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a bench without its document has nothing to measure"
)]
#![allow(dead_code, missing_docs, reason = "the tables of tests/dialects serve here too")]

#[path = "../tests/dialects/render.rs"]
mod render;
#[path = "../tests/dialects/sheet.rs"]
mod sheet;

use divan::{Bencher, black_box, counter::BytesCount};
use duibiao::{align::align, grammar::Grammar, layout, prose, table, text::Text};
use render::{APART, Merge, document};
use sheet::{Plain, sheets};

fn main() {
    divan::main();
}

/// A list form's table, again and again, up to so many MB.
fn source(grammar: &Grammar, dialect: &str, megabytes: usize) -> String {
    let sheets = sheets(grammar, &mut Plain(3));
    let list = sheets.iter().find(|s| !s.matrix).expect("a list form");
    let one = document(list, dialect, Merge::Empty);
    one.repeat(megabytes * 1_000_000 / one.len() + 1)
}

fn cases() -> impl Iterator<Item = (&'static str, usize)> {
    APART.into_iter().flat_map(|dialect| [1, 2, 4, 8].map(|megabytes| (dialect, megabytes)))
}

#[divan::bench(args = cases().map(|(d, m)| format!("{d}, {m} MB")).collect::<Vec<_>>(), sample_count = 3, sample_size = 1)]
fn read(bencher: Bencher, case: &str) {
    let (dialect, megabytes) = case.strip_suffix(" MB").and_then(|c| c.split_once(", ")).expect("a case");
    let grammar = Grammar::embedded().expect("the grammar that ships loads");
    let source = source(&grammar, dialect, megabytes.parse().expect("a number"));
    bencher.counter(BytesCount::of_str(&source)).bench(|| {
        let text = Text::decode(black_box(source.as_bytes()));
        let layout = layout::split(&text);
        let tables = table::read(&text, &layout, &grammar.lexicon);
        align(&text, &layout, tables, prose::Prose::default(), &grammar).triples.len()
    });
}
