//! The lists beside the forms: units and words, indicators, weights.

use super::source::{Faults, Source, Value, read, section};
use crate::{
    grammar::{Catalogue, Grammar, Indicator, Ratio, Variant, Variants, Weights},
    quantity::{Lexicon, LexiconError, UnitSpec, Words},
};
use std::collections::BTreeSet;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// Spellings of all units; empty where the grammar declares none, and then no unit is checked.
pub(super) type Units = BTreeSet<String>;

/// Units and words of all files.
pub(super) fn lexicon<'s, 'i: 's>(
    units: impl Iterator<Item = &'s Source<'i>> + Clone,
    words: impl Iterator<Item = &'s Source<'i>> + Clone,
    faults: &mut Faults,
) -> (Units, Lexicon) {
    let mut specs: Vec<UnitSpec> = Vec::new();
    for source in units.clone() {
        let Some(mut table) = source.parse(faults) else { continue };
        for (at, spec) in section::<UnitSpec>(source, &mut table, "unit", faults) {
            if spec.name.trim().is_empty() {
                faults.push(source, "G012", at, "a unit without a name", None);
            }
            specs.push(spec);
        }
        nothing_left(source, table, &["unit"], faults);
    }
    let mut list = Words::default();
    for source in words.clone() {
        let Some(table) = source.parse(faults) else { continue };
        if let Some(read) = read(source, whole(source, table), &[], faults) {
            list = read;
        }
    }
    let spellings = specs.iter().flat_map(|s| s.spellings.iter().chain([&s.name])).cloned().collect();
    let lexicon = Lexicon::new(specs, list).unwrap_or_else(|error| {
        let fallback = Source::new("units.toml", "");
        let (source, at) = culprit(&error, units.chain(words)).unwrap_or((&fallback, 0));
        faults.push(source, "G016", at, error.message, None);
        Lexicon::default()
    });
    (spellings, lexicon)
}

/// Where the word stands that a lexicon stumbled over: the last place in the first file that has it, since the first
/// place may well be right; else the start of the first file.
fn culprit<'s, 'i: 's>(
    error: &LexiconError,
    sources: impl Iterator<Item = &'s Source<'i>> + Clone,
) -> Option<(&'s Source<'i>, usize)> {
    let quoted = format!("\"{}\"", error.culprit);
    let place = sources.clone().find_map(|s| s.text.rfind(&quoted).map(|at| (s, at)));
    place.or_else(|| sources.map(|s| (s, 0)).next())
}

/// Words of another lexicon of all files.
pub(super) fn variants<'s, 'i: 's>(sources: impl Iterator<Item = &'s Source<'i>>, faults: &mut Faults) -> Variants {
    let mut variants: Vec<Variant> = Vec::new();
    for source in sources {
        let Some(mut table) = source.parse(faults) else { continue };
        for (at, variant) in section::<Variant>(source, &mut table, "variant", faults) {
            for (field, text) in [("word", &variant.word), ("means", &variant.means)] {
                if text.trim().is_empty() {
                    faults.push(source, "G012", at, format!("a variant's `{field}` is empty"), None);
                }
            }
            if variants.iter().any(|v| v.word == variant.word) {
                faults.push(source, "G013", at, format!("variant `{}` stands here twice", variant.word), None);
            }
            variants.push(variant);
        }
        nothing_left(source, table, &["variant"], faults);
    }
    Variants::new(variants)
}

/// Indicators of all files.
pub(super) fn catalogue<'s, 'i: 's>(
    sources: impl Iterator<Item = &'s Source<'i>>,
    variants: &Variants,
    faults: &mut Faults,
) -> Catalogue {
    let (mut indicators, mut ratios) = (Vec::new(), Vec::new());
    let mut keys = BTreeSet::new();
    for source in sources {
        let Some(mut table) = source.parse(faults) else { continue };
        for (at, indicator) in section::<Indicator>(source, &mut table, "indicator", faults) {
            for (field, text) in [("key", &indicator.key), ("name", &indicator.name), ("english", &indicator.english)] {
                if text.trim().is_empty() {
                    faults.push(source, "G012", at, format!("an indicator's `{field}` is empty"), None);
                }
            }
            if !keys.insert(indicator.key.clone()) {
                faults.push(source, "G013", at, format!("indicator `{}` stands here twice", indicator.key), None);
            }
            indicators.push(indicator);
        }
        ratios.extend(section::<Ratio>(source, &mut table, "ratio", faults).into_iter().map(|(_, ratio)| ratio));
        nothing_left(source, table, &["indicator", "ratio"], faults);
    }
    Catalogue::new(indicators, ratios, variants)
}

/// The weights of the last file that gives them, else those that ship.
pub(super) fn weights<'s, 'i: 's>(sources: impl Iterator<Item = &'s Source<'i>>, faults: &mut Faults) -> Weights {
    let mut weights = None;
    for source in sources {
        let Some(table) = source.parse(faults) else { continue };
        weights = read(source, whole(source, table), &[], faults).or(weights);
    }
    weights.unwrap_or_else(|| {
        let shipped = Grammar::shipped().iter().find(|(path, _)| path.ends_with("weights.toml"));
        let source = shipped.map(|(path, text)| Source::new(path, text));
        let table = source.as_ref().and_then(|s| s.parse(faults));
        source.as_ref().zip(table).and_then(|(s, t)| read(s, whole(s, t), &[], faults)).unwrap_or_default()
    })
}

/// A fault for every section or field that is left when all known ones are taken out.
fn nothing_left(source: &Source<'_>, table: DeTable<'_>, known: &[&str], faults: &mut Faults) {
    for (key, _) in table {
        let help = super::source::suggest(key.get_ref(), known.iter().copied());
        faults.push(source, "G002", key.span().start, format!("unknown field `{}`", key.get_ref()), Some(help));
    }
}

/// A file's table as one value.
pub(super) fn whole<'i>(source: &Source<'i>, table: DeTable<'i>) -> Value<'i> {
    Spanned::new(0..source.text.len(), DeValue::Table(table))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lexicon_faults_are_pointed_at() {
        let units = Source::new("units.toml", "name = \"件\"\nspellings = [\"起\", \"件\"]\n");
        let words = Source::new("words.toml", "names = [\"12345\"]\n");
        let place = |word: &str| {
            let error = LexiconError { message: String::new(), culprit: word.to_owned() };
            culprit(&error, [&units, &words].into_iter()).map(|(s, at)| (s.path, s.text.get(at..).unwrap_or("")))
        };
        assert_eq!(place("件"), Some(("units.toml", "\"件\"]\n")));
        assert_eq!(place("12345"), Some(("words.toml", "\"12345\"]\n")));
        assert_eq!(place("宗"), Some(("units.toml", units.text)));
    }
}
