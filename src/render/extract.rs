//! What was read, without what was judged: one compact JSON object a line.

use crate::audit::{
    Audit, Candidate, Claim, ClaimKind, Direction, Ignored, Place, Problem, Quantity, Report, SourceInfo, Table, Triple,
};
use serde::Serialize;
use std::io::{self, Write};

/// Writes the extract of an audit as one line. Its keys are the audit's, less `checks`, `findings`, `summary` and a
/// claim's `evidence`, `verdict` and `reason`; `schema` is `duibiao.extract/1`.
///
/// # Errors
/// Those of `out`.
pub fn extract(audit: &Audit, out: &mut dyn Write) -> io::Result<()> {
    let extract = Extract {
        schema: "duibiao.extract/1",
        source: &audit.source,
        report: &audit.report,
        tables: &audit.tables,
        triples: &audit.triples,
        claims: audit.claims.iter().map(Statement::from).collect(),
        ignored: &audit.ignored,
        problems: &audit.problems,
    };
    serde_json::to_writer(&mut *out, &extract)?;
    out.write_all(b"\n")
}

/// The parts of an audit that are read, not judged.
#[derive(Serialize)]
struct Extract<'a> {
    schema: &'static str,
    source: &'a SourceInfo,
    report: &'a Report,
    tables: &'a [Table],
    triples: &'a [Triple],
    claims: Vec<Statement<'a>>,
    ignored: &'a [Ignored],
    problems: &'a [Problem],
}

/// A claim before judgement.
#[derive(Serialize)]
struct Statement<'a> {
    id: &'a str,
    kind: ClaimKind,
    text: &'a str,
    subject: Option<&'a str>,
    quantity: &'a Quantity,
    direction: Option<Direction>,
    period: Option<&'a str>,
    scope: &'a [String],
    indicator: Option<&'a str>,
    terms: &'a [String],
    base: Option<&'a str>,
    candidates: &'a [Candidate],
    span: Place,
}

impl<'a> From<&'a Claim> for Statement<'a> {
    fn from(claim: &'a Claim) -> Self {
        Statement {
            id: &claim.id,
            kind: claim.kind,
            text: &claim.text,
            subject: claim.subject.as_deref(),
            quantity: &claim.quantity,
            direction: claim.direction,
            period: claim.period.as_deref(),
            scope: &claim.scope,
            indicator: claim.indicator.as_deref(),
            terms: &claim.terms,
            base: claim.base.as_deref(),
            candidates: &claim.candidates,
            span: claim.span,
        }
    }
}
