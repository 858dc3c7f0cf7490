//! Statistics forms: rows, units, identities; one TOML file an edition.

use std::fmt;

/// Key of an indicator, one meaning across forms (`requests.received.total`); list in `grammars/indicators.toml`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IndicatorKey(pub String);

impl IndicatorKey {
    /// The key as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for IndicatorKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How a form lays its figures out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Label, unit, value: one figure a row.
    List,
}

/// One edition of a form.
#[derive(Clone, Debug)]
pub struct Form {
    /// The series (`cn-2014`): the contract's `report.form`.
    pub key: String,
    /// The edition (`beijing-2017`): the contract's `report.edition`.
    pub edition: String,
    /// File it came from.
    pub file: String,
    /// Official title.
    pub title: String,
    /// Issuing document, with its number.
    pub authority: String,
    /// Report years it was made for, first and last; a hint, never a reason.
    pub years: (i32, i32),
    /// Layout.
    pub shape: Shape,
    /// Header words of its columns, folded (`统计指标`, `单位`, `统计数`), with their variants.
    pub headers: Vec<String>,
    /// Rows in printed order, headings included.
    pub rows: Vec<Row>,
    /// Relations its figures obey.
    pub identities: Vec<Identity>,
    /// Indicators that no cell holds but whose parts do (`不予公开` in a matrix).
    pub derived: Vec<Derived>,
}

/// One printed row.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its indicator; `None` for a heading without a figure.
    pub key: Option<IndicatorKey>,
    /// Official label with its numbering and notes, as the form prints it.
    pub printed: String,
    /// The label reduced by [`crate::grammar::Form::reduce`]: folded, without numbering, 其中, notes and spaces.
    pub label: String,
    /// Reduced variants met in the wild.
    pub aliases: Vec<String>,
    /// Units the row may carry, the form's own first; empty for a heading.
    pub units: Vec<String>,
    /// Index of the parent row (a heading or a whole).
    pub parent: Option<usize>,
    /// Whether an edition may lack the row without being incomplete.
    pub optional: bool,
}

/// What a relation between figures says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// The whole is the sum of its parts.
    Sum,
    /// The whole is the sum of its parts, but one case may count under two parts: parts above the whole are a warning.
    SoftSum,
    /// Each part is at most the whole.
    PartOf,
}

/// A relation between the figures of one table.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Named by its whole, or `<whole>.<name>` where a whole has several.
    pub id: String,
    /// What must hold.
    pub relation: Relation,
    /// The whole.
    pub whole: IndicatorKey,
    /// The parts, in the form's order.
    pub parts: Vec<IndicatorKey>,
    /// Why it must hold: the authority an auditor can cite.
    pub reason: String,
}

/// An indicator that is a sum of printed ones.
#[derive(Clone, Debug)]
pub struct Derived {
    /// Its key.
    pub key: IndicatorKey,
    /// Its parts.
    pub parts: Vec<IndicatorKey>,
}

impl Form {
    /// Reduces a label for comparison: folds widths, drops numbering (`一、`, `（一）`, `1.`, `3.1`), `其中：`, bracketed
    /// notes and all spaces. The same function serves forms and documents.
    pub fn reduce(label: &str) -> String {
        label.split_whitespace().collect()
    }
    /// The row of an indicator.
    pub fn row(&self, key: &IndicatorKey) -> Option<&Row> {
        self.rows.iter().find(|r| r.key.as_ref() == Some(key))
    }
}
