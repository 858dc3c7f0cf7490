//! Where rules put what they saw: the sink of one run, and the building of a finding.

use super::{Check, Finding, Message, Outcome, Repair, Rule};
use crate::{
    align::{ClaimId, Figure},
    text::Span,
};
use std::collections::BTreeSet;

/// Findings and checks of one run, in the order the rules gave them; [`super::run`] sorts them.
#[derive(Debug, Default)]
pub struct Findings {
    /// What was found.
    pub findings: Vec<Finding>,
    /// What was tested, passes included.
    pub checks: Vec<Check>,
}

impl Findings {
    /// Takes a finding.
    pub fn report(&mut self, finding: Finding) {
        self.findings.push(finding);
    }
    /// Takes a check, passed or not: a skipped check must not look like a passed one.
    pub fn check(&mut self, check: Check) {
        self.checks.push(check);
    }
}

impl Finding {
    /// A finding without figures; the `with_…` methods add them.
    pub fn new(rule: &'static Rule, message: Message, span: Span) -> Self {
        Finding {
            rule,
            message,
            expected: None,
            found: None,
            arithmetic: None,
            identity: None,
            spans: vec![span],
            evidence: Vec::new(),
            repair: None,
            about: String::new(),
        }
    }
    /// What should stand there, and what does.
    pub fn with_figures(mut self, expected: impl Into<String>, found: impl Into<String>) -> Self {
        (self.expected, self.found) = (Some(expected.into()), Some(found.into()));
        self
    }
    /// The comparison in the contract's arithmetic grammar.
    pub fn with_arithmetic(mut self, arithmetic: impl Into<String>) -> Self {
        self.arithmetic = Some(arithmetic.into());
        self
    }
    /// The identity broken.
    pub fn with_identity(mut self, id: impl Into<String>) -> Self {
        self.identity = Some(id.into());
        self
    }
    /// Further places, after the first.
    pub fn with_spans(mut self, spans: impl IntoIterator<Item = Span>) -> Self {
        let mut seen: BTreeSet<Span> = self.spans.iter().copied().collect();
        self.spans.extend(spans.into_iter().filter(|span| seen.insert(*span)));
        self
    }
    /// The figures it rests on.
    pub fn with_evidence(mut self, evidence: impl IntoIterator<Item = Figure>) -> Self {
        self.evidence.extend(evidence);
        self
    }
    /// A repair.
    pub fn with_repair(mut self, repair: Option<Repair>) -> Self {
        self.repair = repair;
        self
    }
    /// What the fingerprint hashes: indicator and column, or claim subject; never a position.
    pub fn about(mut self, about: impl Into<String>) -> Self {
        self.about = about.into();
        self
    }
}

impl Check {
    /// A test of an identity of the form.
    pub fn of_identity(id: impl Into<String>, outcome: Outcome) -> Self {
        Check { identity: Some(id.into()), claim: None, outcome, arithmetic: None, reason: None, evidence: Vec::new() }
    }
    /// A test of a claim.
    pub fn of_claim(claim: ClaimId, outcome: Outcome) -> Self {
        Check { identity: None, claim: Some(claim), outcome, arithmetic: None, reason: None, evidence: Vec::new() }
    }
    /// The arithmetic.
    pub fn with_arithmetic(mut self, arithmetic: Option<String>) -> Self {
        self.arithmetic = arithmetic;
        self
    }
    /// Why it could not run, or what it rests on.
    pub fn with_reason(mut self, reason: Message) -> Self {
        self.reason = Some(reason);
        self
    }
    /// The figures used.
    pub fn with_evidence(mut self, evidence: impl IntoIterator<Item = Figure>) -> Self {
        self.evidence.extend(evidence);
        self
    }
}
