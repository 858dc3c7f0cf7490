//! Verdicts: one pass over all claims gives verdict, reason, arithmetic and evidence, and the faults that X and P report.
//!
//! The order of the steps matters: amounts first, on their own cells; then shares and changes, which lean on amounts of
//! the prose; then lists, which may carry a verdict from a whole to its parts; then pairs of statements; then what supports
//! a claim that none of these decided.

mod amount;
mod corroborate;
mod list;
mod measure;
mod proportion;
mod ratio;
mod say;
#[cfg(test)]
mod tests;

pub(super) use ratio::{Bound, Range, Ratio};

use super::{Case, Check, Judgement, Message, Outcome, Verdict};
use crate::{
    align::{ClaimId, ClaimKind, Figure, LinkedClaim, Period, TripleId},
    text::Span,
};

/// What a contradiction is; each kind is one rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An amount differs from its cells.
    Value,
    /// An approximated figure lies outside even its wide reading; the cells say so.
    Approximate,
    /// A power of ten explains the difference.
    UnitSlip,
    /// Nothing is said to be there, but the cell counts something.
    NoneAgainstFigure,
    /// All are said to be, but the cell counts fewer or more.
    AllAgainstFigure,
    /// A share differs from its cells.
    Share,
    /// A change or multiple differs from its cells.
    Change,
    /// The parts of a closed list do not add up to its whole.
    List,
    /// Two statements of one thing differ.
    Statements,
    /// No whole numbers give the growth.
    ImpossibleGrowth,
    /// No whole numbers give the share.
    ImpossibleShare,
    /// A change or multiple differs from its own two figures in the prose.
    ProseChange,
    /// A share differs from its own figures in the prose.
    ProseShare,
    /// Shares of one whole exceed it.
    SharesExceed,
    /// The figures go the other way.
    Direction,
    /// Approximated figures of the prose that do not fit each other.
    ProseApproximate,
    /// One part of a list exceeds its whole.
    PartExceeds,
}

/// What a rule needs to report a contradiction.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    pub(super) kind: Kind,
    pub(super) message: Message,
    pub(super) expected: Option<String>,
    pub(super) found: String,
    pub(super) arithmetic: Option<String>,
    pub(super) spans: Vec<Span>,
    pub(super) evidence: Vec<Figure>,
    pub(super) about: String,
}

/// What a verdict rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Basis {
    /// Nothing could be compared.
    Nothing,
    /// A cell was found but could not be compared.
    Blocked,
    /// Cells took part.
    Cells,
    /// Figures of the prose only.
    Prose,
}

/// One claim, judged.
#[derive(Clone, Debug)]
pub(super) struct Judged {
    pub(super) verdict: Verdict,
    pub(super) reason: Message,
    pub(super) evidence: Vec<Figure>,
    pub(super) arithmetic: Option<String>,
    pub(super) basis: Basis,
    pub(super) fault: Option<Fault>,
}

impl Judged {
    fn open(reason: Message, basis: Basis) -> Judged {
        Judged { verdict: Verdict::Unverifiable, reason, evidence: Vec::new(), arithmetic: None, basis, fault: None }
    }
    fn on(mut self, evidence: Vec<Figure>) -> Judged {
        self.evidence = evidence;
        self
    }
}

/// All claims, judged.
#[derive(Clone, Debug, Default)]
pub(super) struct Verdicts {
    /// One a claim, in claim order.
    pub(super) judgements: Vec<Judgement>,
    /// At most one a claim, in claim order.
    pub(super) faults: Vec<Fault>,
    /// One test a claim, with what it rested on.
    pub(super) checks: Vec<(Basis, Check)>,
}

/// Judges one claim on its own, without what lists and other statements say of it.
pub(super) fn judge(case: &Case<'_>, claim: ClaimId) -> Judgement {
    let judged = if is_proportion(case, claim) {
        let refuted = |id| amount::judge(case, id).verdict == Verdict::Contradicted;
        proportion::judge(case, claim, &refuted, &proportion::chains(case.facts))
    } else {
        amount::judge(case, claim)
    };
    let Judged { verdict, reason, evidence, arithmetic, .. } = judged;
    Judgement { verdict, reason, evidence, arithmetic }
}

/// Judges every claim.
pub(super) fn judge_all(case: &Case<'_>) -> Verdicts {
    let claims = case.facts.claims.len();
    let mut judged: Vec<Judged> = (0..claims).map(|id| amount::judge(case, id)).collect();
    let chains = proportion::chains(case.facts);
    for id in 0..claims {
        if is_proportion(case, id) {
            let refuted = |of: ClaimId| judged.get(of).is_some_and(|j| j.verdict == Verdict::Contradicted);
            let verdict = proportion::judge(case, id, &refuted, &chains);
            if let Some(slot) = judged.get_mut(id) {
                *slot = verdict;
            }
        }
    }
    list::judge(case, &mut judged);
    list::statements(case, &mut judged);
    corroborate::corroborate(case, &mut judged);

    let mut out = Verdicts::default();
    for (id, one) in judged.into_iter().enumerate() {
        let outcome = match (one.verdict, one.basis) {
            (Verdict::Supported, _) => Outcome::Holds,
            (Verdict::Contradicted, _) => Outcome::Broken,
            (Verdict::Unverifiable, Basis::Nothing) => Outcome::NotApplicable,
            (Verdict::Unverifiable, _) => Outcome::Blocked,
        };
        let check = Check::of_claim(id, outcome)
            .with_arithmetic(one.arithmetic.clone())
            .with_reason(one.reason.clone())
            .with_evidence(one.evidence.iter().copied());
        out.checks.push((one.basis, check));
        out.faults.extend(one.fault);
        out.judgements.push(Judgement {
            verdict: one.verdict,
            reason: one.reason,
            evidence: one.evidence,
            arithmetic: one.arithmetic,
        });
    }
    out
}

fn is_proportion(case: &Case<'_>, id: ClaimId) -> bool {
    case.facts
        .claims
        .get(id)
        .is_some_and(|c| matches!(c.claim.kind, ClaimKind::Share | ClaimKind::Change | ClaimKind::Multiple))
}

/// Whether a claim speaks of the year that the table counts.
fn is_current(case: &Case<'_>, period: &Period) -> bool {
    match period {
        Period::Current => true,
        Period::Year(year) => case.facts.head.year == Some(*year),
        Period::Previous | Period::Cumulative | Period::Part(_) => false,
    }
}

/// Whether a claim is compared with figures of the time it speaks of.
fn is_dated(case: &Case<'_>, linked: &LinkedClaim) -> bool {
    linked.dated || is_current(case, &linked.claim.period)
}

/// Where the figures of a finding stand.
fn spans(case: &Case<'_>, claim: ClaimId, figures: &[Figure]) -> Vec<Span> {
    let mut spans: Vec<Span> = case.facts.claims.get(claim).map(|c| c.claim.span).into_iter().collect();
    for figure in figures {
        let span = match figure {
            Figure::Triple(id) => {
                case.facts.triples.get(*id).map(|t| if t.span.is_empty() { t.label_span } else { t.span })
            }
            Figure::Claim(id) => case.facts.claims.get(*id).map(|c| c.claim.span),
        };
        if let Some(span) = span.filter(|s| !spans.contains(s)) {
            spans.push(span);
        }
    }
    spans
}

/// What the fingerprint names a claim by: its indicator, else its subject, else its clause.
fn about(case: &Case<'_>, claim: ClaimId) -> String {
    let Some(linked) = case.facts.claims.get(claim) else { return String::new() };
    let keys: Vec<&str> = linked.links.iter().filter_map(|l| l.indicator.as_ref().map(|k| k.as_str())).collect();
    if !keys.is_empty() {
        return keys.join("+");
    }
    match &linked.claim.subject {
        Some(subject) => subject.clone(),
        None => case.text.slice(linked.claim.clause).trim().to_owned(),
    }
}

/// The row printed a second time, where this one is doubled.
fn twins(case: &Case<'_>, triple: TripleId) -> impl Iterator<Item = TripleId> {
    case.facts.tables.iter().flat_map(|t| &t.doubled).filter_map(move |(second, first)| {
        if *second == triple {
            Some(*first)
        } else if *first == triple {
            Some(*second)
        } else {
            None
        }
    })
}
