//! Rules over the facts of a document: verdicts, checks and findings.

mod cross;
mod declare;
mod document;
mod feasible;
mod findings;
mod form;
mod judge;
mod message;
mod prose;
mod repair;
mod rule;
mod table;
#[cfg(test)]
mod tests;

pub use findings::Findings;
pub use message::Message;
pub use rule::{Family, Rule, Severity, rules};

use crate::{
    align::{ClaimId, Facts, Figure, TripleId},
    grammar::Grammar,
    quantity::Number,
    text::{Span, Text},
};

/// The outcome of comparing a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "named and defined by the contract")]
pub enum Verdict {
    Supported,
    Contradicted,
    Unverifiable,
}

/// A claim's verdict with its grounds.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// The verdict.
    pub verdict: Verdict,
    /// The comparison in words.
    pub reason: Message,
    /// What it rests on.
    pub evidence: Vec<Figure>,
    /// The comparison in figures (contract: grammar of `arithmetic`).
    pub arithmetic: Option<String>,
}

/// How a check came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "named and defined by the contract")]
pub enum Outcome {
    Holds,
    Broken,
    Blocked,
    NotApplicable,
}

/// One thing that was tested, passes included.
#[derive(Clone, Debug)]
pub struct Check {
    /// Identity tested, if it was one.
    pub identity: Option<String>,
    /// Claim tested, if it was one.
    pub claim: Option<ClaimId>,
    /// How it came out.
    pub outcome: Outcome,
    /// The arithmetic.
    pub arithmetic: Option<String>,
    /// Why it could not run, or what it rests on.
    pub reason: Option<Message>,
    /// Figures used.
    pub evidence: Vec<Figure>,
}

/// A change of printed cells that would mend something.
#[derive(Clone, Debug, PartialEq)]
pub struct Repair {
    /// The cells and what they would have to read.
    pub changes: Vec<(TripleId, Number)>,
    /// How many broken checks it settles.
    pub settles: usize,
    /// How many repairs are as good.
    pub tied: usize,
}

/// A contradiction or fault, with all that is needed to redo it by hand.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// What is wrong.
    pub message: Message,
    /// Figure that should stand there.
    pub expected: Option<String>,
    /// Figure that stands there.
    pub found: Option<String>,
    /// The arithmetic.
    pub arithmetic: Option<String>,
    /// Identity broken.
    pub identity: Option<String>,
    /// Where to look; the first span first.
    pub spans: Vec<Span>,
    /// Figures involved.
    pub evidence: Vec<Figure>,
    /// A repair, where one is known.
    pub repair: Option<Repair>,
    /// What the fingerprint hashes beside code, agency and year: indicator and column, or claim subject.
    pub about: String,
}

/// Everything the rules say of one document.
#[derive(Clone, Debug, Default)]
pub struct Ruling {
    /// One a claim, in claim order.
    pub judgements: Vec<Judgement>,
    /// All tests made.
    pub checks: Vec<Check>,
    /// Findings in document order.
    pub findings: Vec<Finding>,
}

/// What every rule looks at.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The document.
    pub text: &'a Text,
    /// What was read from it.
    pub facts: &'a Facts,
    /// Forms, identities, words.
    pub grammar: &'a Grammar,
}

/// Runs every rule: judges every claim, tests every identity, and reports what does not hold.
///
/// Findings come in document order of their first span, then by code; checks in the order T, X, P.
pub fn run(text: &Text, facts: &Facts, grammar: &Grammar) -> Ruling {
    let case = Case { text, facts, grammar };
    let verdicts = judge::judge_all(&case);
    let mut out = Findings::default();
    let arithmetic = table::check(&case, &mut out);
    cross::check(&case, &verdicts, &mut out);
    prose::check(&case, &verdicts, &mut out);
    form::check(&case, &mut out);
    document::check(&case, &mut out);
    repair::attach(&case, &verdicts.judgements, &arithmetic, &mut out);
    let Findings { mut findings, checks } = out;
    findings.sort_by(|a, b| (&a.spans, a.rule.code, &a.about).cmp(&(&b.spans, b.rule.code, &b.about)));
    Ruling { judgements: verdicts.judgements, checks, findings }
}
