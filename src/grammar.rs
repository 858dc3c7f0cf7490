//! Knowledge as checked data: forms, indicators, identities, lexicon, weights.

mod catalogue;
mod form;
mod grid;
mod label;
mod load;
mod phrases;
mod segment;
mod variants;
mod weights;

pub use catalogue::{Catalogue, Indicator, Ratio};
pub use form::{Ban, Derived, Form, Identity, IndicatorKey, Never, Relation, Reserved, Row, Shape};
pub use grid::{Cell, Column, Grid};
pub use label::{Numbering, is_of_which, numbering, stated_unit};
pub use load::{GrammarError, GrammarErrors};
pub use phrases::{Hit, Phrase, Phrases};
pub use segment::Segmenter;
pub use variants::{Variant, Variants};
pub use weights::{LinkWeights, SignWeights, Weights};

use crate::quantity::Lexicon;

/// Everything the program knows that is not code.
#[derive(Clone, Debug)]
pub struct Grammar {
    /// One entry a form edition, sorted by file name.
    pub forms: Vec<Form>,
    /// What the prose calls each indicator.
    pub catalogue: Catalogue,
    /// Units and words.
    pub lexicon: Lexicon,
    /// Words of another lexicon, for texts in traditional characters.
    pub variants: Variants,
    /// Numbers fitted on labelled documents.
    pub weights: Weights,
}

/// The files of `grammars/` as embedded at build time: path and text, sorted by path.
static EMBEDDED: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/grammars.rs"));

impl Grammar {
    /// Loads the grammar that ships with the library.
    ///
    /// # Errors
    /// Never in a released build: the embedded files are loaded by the tests.
    pub fn embedded() -> Result<Self, GrammarErrors> {
        Self::load(EMBEDDED)
    }
    /// The files of the grammar that ships, as `(path, text)`: others may be added to them before [`Grammar::load`].
    pub fn shipped() -> &'static [(&'static str, &'static str)] {
        EMBEDDED
    }
    /// Loads and checks a set of files given as `(path, text)`.
    ///
    /// # Errors
    /// Every fault of every file, with its path, line and column.
    pub fn load(files: &[(&str, &str)]) -> Result<Self, GrammarErrors> {
        load::load(files)
    }
}
