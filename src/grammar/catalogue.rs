//! What the prose calls each indicator: `grammars/indicators.toml`.

use super::IndicatorKey;
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
    /// Phrases of the prose that state it. `+` joins words that must all occur, in order, near one another (`收到+申请`).
    #[serde(default)]
    pub says: Vec<String>,
    /// At least one of these must occur in the sentence before, its paragraph or its headings, when `says` alone is ambiguous.
    #[serde(default)]
    pub context: Vec<String>,
    /// Where one of these stands in the claim's own clause, it is not meant.
    #[serde(default)]
    pub unless: Vec<String>,
}

/// All indicators known, in file order.
#[derive(Clone, Debug, Default)]
pub struct Catalogue {
    /// The indicators.
    pub indicators: Vec<Indicator>,
}

impl Catalogue {
    /// The entry of a key.
    pub fn get(&self, key: &IndicatorKey) -> Option<&Indicator> {
        self.indicators.iter().find(|i| i.key == key.0)
    }
}
