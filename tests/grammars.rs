//! The grammar that ships loads, and every fault of a grammar file is reported at its place.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use duibiao::grammar::Grammar;

#[test]
fn the_shipped_grammar_loads() {
    if let Err(errors) = Grammar::embedded() {
        panic!("{errors}");
    }
}
