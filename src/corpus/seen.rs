//! What the scorer needs to know of an audit, and nothing more.

use crate::audit::{Audit, ClaimKind, Direction, Severity, Verdict};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// An audit as the scorer sees it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seen {
    /// `report.form`.
    pub form: Option<String>,
    /// `report.agency`.
    pub agency: Option<String>,
    /// `report.year`.
    pub year: Option<i64>,
    /// The dialects of its tables, each once.
    pub dialects: BTreeSet<String>,
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

/// A claim as the scorer sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct SeenClaim {
    /// Line of the quantity, counted from 1.
    pub line: usize,
    /// `kind`.
    pub kind: ClaimKind,
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
    pub direction: Option<Direction>,
    /// `verdict`.
    pub verdict: Verdict,
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

impl From<&Audit> for Seen {
    fn from(audit: &Audit) -> Seen {
        let lines = |evidence: &[String]| -> Vec<usize> {
            evidence.iter().filter_map(|id| audit.triple(id)).map(|triple| triple.span.line).collect()
        };
        let triples = audit.triples.iter().map(|triple| SeenTriple {
            line: triple.span.line,
            value: triple.value.map(|value| value.0),
            unit: triple.unit.clone(),
            columns: triple.columns.clone(),
        });
        let claims = audit.claims.iter().map(|claim| SeenClaim {
            line: claim.span.line,
            kind: claim.kind,
            text: claim.text.clone(),
            raw: claim.quantity.raw.clone(),
            value: claim.quantity.value.map(|value| value.0),
            unit: claim.quantity.unit.clone(),
            approx: claim.quantity.approx.is_some(),
            direction: claim.direction,
            verdict: claim.verdict,
            evidence_lines: lines(&claim.evidence),
        });
        let findings = audit.findings.iter().map(|finding| SeenFinding {
            code: finding.code.clone(),
            alarm: finding.severity != Severity::Note,
            message: finding.message.clone(),
            lines: finding.spans.iter().map(|span| span.line).chain(lines(&finding.evidence)).collect(),
        });
        Seen {
            form: audit.report.form.clone(),
            agency: audit.report.agency.clone(),
            year: audit.report.year.map(i64::from),
            dialects: audit.tables.iter().map(|table| table.dialect.clone()).collect(),
            triples: triples.collect(),
            claims: claims.collect(),
            findings: findings.collect(),
        }
    }
}
