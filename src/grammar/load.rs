//! Reads and checks the files of `grammars/`; every fault has a place.

mod form;
mod lists;
mod source;

use super::Grammar;
use source::{Faults, Source};
use std::fmt;

/// One fault of a grammar file.
///
/// | code | fault |
/// | --- | --- |
/// | G001 | no TOML |
/// | G002 | a field or section nobody reads |
/// | G003 | a field missing, of the wrong type or with a value it cannot have |
/// | G004 | an identity, derived indicator, ban or example names no indicator of the form |
/// | G005 | one label or alias twice under one parent |
/// | G006 | a unit that is not in `units.toml` |
/// | G007 | an example's unit that its row does not carry |
/// | G008 | two files for one edition |
/// | G009 | an example that does not lead to its row |
/// | G010 | a parent that names no row above |
/// | G011 | an indicator listed twice in one relation |
/// | G012 | a text that is empty |
/// | G013 | one indicator or column defined twice |
/// | G014 | an identity's id that is not its whole's, or is taken |
/// | G015 | an identity that asserts what the form says must not be |
/// | G016 | a lexicon that contradicts itself |
/// | G018 | a file nobody reads |
#[derive(Clone, Debug)]
pub struct GrammarError {
    /// `G001` …
    pub code: &'static str,
    /// Path as given.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in Unicode scalar values.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
}

impl fmt::Display for GrammarError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error[{}]: {}\n  --> {}:{}:{}", self.code, self.message, self.file, self.line, self.column)?;
        if let Some(help) = &self.help {
            write!(f, "        help: {help}")?;
        }
        Ok(())
    }
}

/// All faults found in one load, by file, line and column.
#[derive(Clone, Debug, thiserror::Error)]
pub struct GrammarErrors(pub Vec<GrammarError>);

impl fmt::Display for GrammarErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, error) in self.0.iter().enumerate() {
            if i > 0 {
                writeln!(f)?;
            }
            write!(f, "{error}")?;
        }
        Ok(())
    }
}

/// What a file of `grammars/` holds, by its path.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Form,
    Indicators,
    Units,
    Words,
    Variants,
    Weights,
    Unknown,
}

/// By the end of the path, so that a folder given on the command line need not be called `grammars`.
fn kind(path: &str) -> Kind {
    let mut parts = path.rsplit(['/', '\\']);
    let name = parts.next().unwrap_or("");
    if parts.next() == Some("forms") && name.ends_with(".toml") {
        return Kind::Form;
    }
    match name {
        "indicators.toml" => Kind::Indicators,
        "units.toml" => Kind::Units,
        "words.toml" => Kind::Words,
        "variants.toml" => Kind::Variants,
        "weights.toml" => Kind::Weights,
        _ => Kind::Unknown,
    }
}

/// Loads `files`, given as path and text in any order.
pub(super) fn load(files: &[(&str, &str)]) -> Result<Grammar, GrammarErrors> {
    let mut faults = Faults::default();
    let mut sources: Vec<(Kind, Source<'_>)> =
        files.iter().map(|&(path, text)| (kind(path), Source::new(path, text))).collect();
    sources.sort_by_key(|(_, source)| source.path);
    let of = |wanted: Kind| sources.iter().filter(move |(k, _)| *k == wanted).map(|(_, source)| source);

    for source in of(Kind::Unknown) {
        let (_, name) = source.path.rsplit_once('/').unwrap_or(("", source.path));
        let help =
            source::nearest(name, ["indicators.toml", "units.toml", "words.toml", "variants.toml", "weights.toml"])
                .map_or_else(|| "forms live in `forms/`".to_owned(), |near| format!("did you mean `{near}`?"));
        faults.push(source, "G018", 0, format!("no part of a grammar is called `{name}`"), Some(help));
    }
    let (units, lexicon) = lists::lexicon(of(Kind::Units), of(Kind::Words), &mut faults);
    let variants = lists::variants(of(Kind::Variants), &mut faults);
    let catalogue = lists::catalogue(of(Kind::Indicators), &variants, &mut faults);
    let weights = lists::weights(of(Kind::Weights), &mut faults);
    let forms = form::forms(of(Kind::Form), &units, &mut faults);

    if faults.is_empty() { Ok(Grammar { forms, catalogue, lexicon, variants, weights }) } else { Err(faults.finish()) }
}
