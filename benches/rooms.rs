//! How long each room takes over one report of common size; the whole must stay below three milliseconds.
//!
//! `cargo bench` prints the time a document and, from its length in bytes, the speed.
#![allow(clippy::expect_used, reason = "a bench without its document has nothing to measure")]

use divan::{Bencher, black_box, counter::BytesCount};
use duibiao::{
    align::{Facts, align},
    check,
    grammar::Grammar,
    layout, prose, table,
    text::Text,
};

static REPORT: &[u8] = include_bytes!("../corpus/weitangdian-2017.txt");

fn main() {
    divan::main();
}

fn grammar() -> Grammar {
    Grammar::embedded().expect("the grammar that ships loads")
}

fn facts(text: &Text, grammar: &Grammar) -> Facts {
    let layout = layout::split(text);
    let tables = table::read(text, &layout, &grammar.lexicon);
    let prose = prose::read(text, &layout, &grammar.lexicon);
    align(text, &layout, tables, prose, grammar)
}

/// Counts the report's bytes, for the speed.
fn bytes() -> BytesCount {
    BytesCount::of_slice(REPORT)
}

/// Once a run of the program, not once a document.
#[divan::bench]
fn load_grammar() -> Grammar {
    grammar()
}

#[divan::bench]
fn decode(bencher: Bencher) {
    bencher.counter(bytes()).bench(|| Text::decode(black_box(REPORT)));
}

#[divan::bench]
fn decode_gb18030(bencher: Bencher) {
    let bytes = include_bytes!("../corpus/liuchuan-linye-2014.txt");
    bencher.counter(BytesCount::of_slice(bytes)).bench(|| Text::decode(black_box(bytes)));
}

#[divan::bench]
fn fold(bencher: Bencher) {
    let text = Text::decode(REPORT);
    bencher.counter(bytes()).bench(|| black_box(&text).view(text.span()).str().len());
}

#[divan::bench]
fn layout_split(bencher: Bencher) {
    let text = Text::decode(REPORT);
    bencher.counter(bytes()).bench(|| layout::split(black_box(&text)));
}

#[divan::bench]
fn table_read(bencher: Bencher) {
    let (text, grammar) = (Text::decode(REPORT), grammar());
    let layout = layout::split(&text);
    bencher.counter(bytes()).bench(|| table::read(black_box(&text), &layout, &grammar.lexicon));
}

#[divan::bench]
fn prose_read(bencher: Bencher) {
    let (text, grammar) = (Text::decode(REPORT), grammar());
    let layout = layout::split(&text);
    bencher.counter(bytes()).bench(|| prose::read(black_box(&text), &layout, &grammar.lexicon));
}

#[divan::bench]
fn align_facts(bencher: Bencher) {
    let (text, grammar) = (Text::decode(REPORT), grammar());
    let layout = layout::split(&text);
    let read = || {
        let tables = table::read(&text, &layout, &grammar.lexicon);
        (tables, prose::read(&text, &layout, &grammar.lexicon))
    };
    bencher
        .counter(bytes())
        .with_inputs(read)
        .bench_values(|(tables, prose)| align(&text, &layout, tables, prose, &grammar));
}

#[divan::bench]
fn check_run(bencher: Bencher) {
    let (text, grammar) = (Text::decode(REPORT), grammar());
    let facts = facts(&text, &grammar);
    bencher.counter(bytes()).bench(|| check::run(&text, black_box(&facts), &grammar));
}

/// Everything from bytes to findings.
#[divan::bench]
fn whole_audit(bencher: Bencher) {
    let grammar = grammar();
    bencher.counter(bytes()).bench(|| {
        let text = Text::decode(black_box(REPORT));
        let facts = facts(&text, &grammar);
        check::run(&text, &facts, &grammar)
    });
}
