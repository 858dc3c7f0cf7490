//! Verdict, arithmetic and evidence of one claim.

use super::{Case, Judgement, Message, Verdict};
use crate::align::ClaimId;

/// Judges one claim.
pub(super) fn judge(case: &Case<'_>, claim: ClaimId) -> Judgement {
    let _ = (case, claim);
    Judgement {
        verdict: Verdict::Unverifiable,
        reason: Message::new("无可比数字", "nothing to compare with"),
        evidence: Vec::new(),
        arithmetic: None,
    }
}
