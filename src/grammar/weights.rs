//! Numbers fitted on labelled documents, by name: `grammars/weights.toml`.

use crate::quantity::Number;
use std::collections::BTreeMap;

/// Named exact decimals; a name inside a table is joined by dots (`claim.alias`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Weights {
    pub(super) numbers: BTreeMap<String, Number>,
}

impl Weights {
    /// The weight of a name, where the file gives it.
    pub fn get(&self, name: &str) -> Option<Number> {
        self.numbers.get(name).copied()
    }
    /// All weights, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Number)> {
        self.numbers.iter().map(|(name, number)| (name.as_str(), *number))
    }
}
