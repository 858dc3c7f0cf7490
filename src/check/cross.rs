//! Family X: compares the prose with the table.

use super::{Case, Findings, Judgement, Rule};

/// The rules of this file.
pub(super) static RULES: &[&Rule] = &[];

/// Runs the rules of this file.
pub(super) fn check(case: &Case<'_>, judgements: &[Judgement], out: &mut Findings) {
    let _ = (case, judgements, out);
}
