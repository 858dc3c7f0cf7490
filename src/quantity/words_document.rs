//! Words that show a document's own state: text of another year, blanks left in a template, damage.

use serde::Deserialize;

/// `[document]` in `grammars/words.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DocumentWords {
    /// Words before an injected word that make it a subject of the report (`打击`, `查处`).
    pub spam_context: Vec<String>,
    /// Phrases that only a template holds (`此处填写`).
    pub templates: super::SearchedWords,
    /// Words that begin like a unit but are none after a placeholder (`条例`, `人民`).
    pub unit_continues: Vec<String>,
    /// Words after which a unit without a number is a blank not filled in (`共计`).
    pub blank_after: super::SearchedWords,
    /// The units looked for after those words.
    pub blank_units: Vec<String>,
    /// Sequences that only a wrong decoding gives (`锟斤拷`).
    pub mojibake: super::SearchedWords,
    /// Words of a sentence that states the period of the report's figures.
    pub period_cues: Vec<String>,
    /// Words of a title over a statistics table.
    pub table_titles: Vec<String>,
    /// Ends of the names of bodies that cannot make rules (规章). Of these and the next list the longest that fits decides.
    pub cannot_make_rules: Vec<String>,
    /// Ends of names of bodies that can, or of which the name alone does not tell.
    pub may_make_rules: Vec<String>,
    /// Ends of names of departments: they cannot where the name has a place of `below` before that end.
    pub departments: Vec<String>,
    /// What places are called whose departments cannot make rules (`市`, `县`).
    pub below: Vec<String>,
    /// Beginnings of the names of bodies of the whole country (`国家`): nothing is said of them.
    pub national: Vec<String>,
}
