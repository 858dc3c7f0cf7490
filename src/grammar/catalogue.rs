//! What the prose calls each indicator: `grammars/indicators.toml`.

use super::{IndicatorKey, Variants, phrases::Phrases, segment::Segmenter};
use serde::Deserialize;

/// One indicator, as written in the file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Its key.
    pub key: String,
    /// Short Chinese name, used in messages.
    pub name: String,
    /// Short English name, used in messages.
    pub english: String,
    /// Units it is counted in; a claim in a unit of no comparable family is not about it. Empty: in any.
    #[serde(default)]
    pub units: Vec<String>,
    /// Phrases of the prose that state it. `+` joins words that must all occur near one another (`收到+申请`), `|` separates
    /// words of which one must.
    #[serde(default)]
    pub says: Vec<String>,
    /// At least one of these must occur in the sentence before, its paragraph or its headings, when `says` alone is ambiguous.
    #[serde(default)]
    pub context: Vec<String>,
    /// Where one of these stands in the claim's own clause, it is not meant.
    #[serde(default)]
    pub unless: Vec<String>,
    /// Other ordinary readings of the same words, as sums of indicators (`requests.new + requests.carried_in`).
    #[serde(default)]
    pub readings: Vec<String>,
    /// Where no cell holds it: the indicators it adds up, joined by `+`.
    #[serde(default)]
    pub sum: Option<String>,
}

/// A rate the prose names without its two figures: `办结率`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ratio {
    /// Its names.
    pub says: Vec<String>,
    /// The part, a sum of indicators.
    pub part: String,
    /// The whole, a sum of indicators.
    pub whole: String,
}

/// All indicators known, in file order, with their phrases ready to be searched for.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// The indicators.
    pub indicators: Vec<Indicator>,
    /// Rates by name.
    pub ratios: Vec<Ratio>,
    /// Their phrases.
    pub phrases: Phrases,
    /// Segments prose into words.
    pub segmenter: Segmenter,
}

impl Catalogue {
    /// Indexes indicators and ratios.
    pub fn new(indicators: Vec<Indicator>, ratios: Vec<Ratio>, variants: &Variants) -> Self {
        let phrases = Phrases::new(&indicators, variants);
        let segmenter = Segmenter::new(&indicators);
        Catalogue { indicators, ratios, phrases, segmenter }
    }
    /// The entry of a key.
    pub fn get(&self, key: &IndicatorKey) -> Option<&Indicator> {
        self.indicators.iter().find(|i| i.key == key.0)
    }
}
