//! Claim linking: which row a claim speaks of, or none.

use super::{Facts, LinkedClaim};
use crate::{grammar::Grammar, prose::Claim, text::Text};

/// Fills `facts.claims`.
pub(super) fn link(text: &Text, claims: Vec<Claim>, grammar: &Grammar, facts: &mut Facts) {
    let _ = (text, grammar);
    facts.claims = claims
        .into_iter()
        .map(|claim| LinkedClaim { claim, links: Vec::new(), base: None, candidates: Vec::new() })
        .collect();
}
