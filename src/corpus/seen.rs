//! What the scorer needs to know of an audit, and nothing more.

use rust_decimal::Decimal;

/// An audit as the scorer sees it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seen {
    /// `report.form`.
    pub form: Option<String>,
    /// `report.agency`.
    pub agency: Option<String>,
    /// `report.year`.
    pub year: Option<i64>,
    /// The triples, in order.
    pub triples: Vec<SeenTriple>,
    /// The claims, in order.
    pub claims: Vec<SeenClaim>,
    /// The findings, in order.
    pub findings: Vec<SeenFinding>,
}

/// A triple as the scorer sees it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SeenTriple {
    /// Line of the value, counted from 1.
    pub line: usize,
    /// The value; null for a blank.
    pub value: Option<Decimal>,
    /// The unit as printed.
    pub unit: Option<String>,
    /// Header cells above the value, outermost first.
    pub columns: Vec<String>,
}

/// A claim as the scorer sees it; enumerations as the contract spells them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SeenClaim {
    /// Line of the quantity, counted from 1.
    pub line: usize,
    /// `kind`.
    pub kind: String,
    /// `text`: the clause.
    pub text: String,
    /// `quantity.raw`.
    pub raw: String,
    /// `quantity.value`.
    pub value: Option<Decimal>,
    /// `quantity.unit`.
    pub unit: Option<String>,
    /// Whether `quantity.approx` holds a word.
    pub approx: bool,
    /// `direction`.
    pub direction: Option<String>,
    /// `verdict`.
    pub verdict: String,
    /// Lines of the triples among its evidence.
    pub evidence_lines: Vec<usize>,
}

/// A finding as the scorer sees it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SeenFinding {
    /// The rule's code.
    pub code: String,
    /// Whether it is an error or a warning; notes never count.
    pub alarm: bool,
    /// `message`, for the list of what went wrong.
    pub message: String,
    /// Lines of its spans and of the triples among its evidence.
    pub lines: Vec<usize>,
}
