//! The figures a share, change or multiple may be computed from: cells first, then the prose, then what is only near.

use super::Form;
use crate::{
    align::{Claim, ClaimId, ClaimKind, Figure, Link, LinkedClaim, Period, Term},
    check::{
        Case,
        judge::{amount, is_current, measure::unit_of},
    },
    quantity::{Measure, Quantity},
};

/// One way to take a figure: its terms, and how much it weighs.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Source {
    pub(super) terms: Vec<Term>,
    /// Only a near row: an agreement with it forbids `contradicted`, nothing more.
    pub(super) rival: bool,
    /// Nothing names it: an agreement with it counts, a difference does not.
    pub(super) guess: bool,
}

/// The claims that a change compares: a figure of another year is what it is compared with, whatever it was taken for.
pub(super) fn roles(case: &Case<'_>, linked: &LinkedClaim) -> (Option<ClaimId>, Option<ClaimId>) {
    let (of, base) = (linked.claim.of, linked.claim.base);
    let earlier = |id: ClaimId| {
        case.facts.claims.get(id).is_some_and(|c| {
            matches!(c.claim.period, Period::Year(_) | Period::Previous) && !is_current(case, &c.claim.period)
        })
    };
    let is_change = matches!(linked.claim.kind, ClaimKind::Change | ClaimKind::Multiple);
    match of {
        Some(of) if is_change && base.is_none() && earlier(of) => {
            let unit = |id: ClaimId| unit_of(case.facts, Figure::Claim(id));
            let now =
                of.checked_sub(1).filter(|id| {
                    unit(*id) == unit(of)
                        && case.facts.claims.get(*id).is_some_and(|c| {
                            c.claim.sentence == linked.claim.sentence && is_current(case, &c.claim.period)
                        })
                });
            (now, Some(of))
        }
        _ => (of, base),
    }
}

/// Amounts that stand before a share in its paragraph and could be its whole: none smaller than the part, no remainders,
/// nothing that is itself said to be a share.
pub(super) fn wholes(case: &Case<'_>, id: ClaimId, of: Option<ClaimId>) -> Vec<ClaimId> {
    const REACH: usize = 12;
    let claims = &case.facts.claims;
    let Some(share) = claims.get(id) else { return Vec::new() };
    let unit = of.and_then(|of| unit_of(case.facts, Figure::Claim(of)));
    let part = of.and_then(|of| claims.get(of)).and_then(|c| c.claim.quantity.as_ref());
    let at_least = |part: Option<&Quantity>, claim: &Claim| {
        part.zip(claim.quantity.as_ref()).is_none_or(|(part, whole)| part.value <= whole.value)
    };
    let first = id.saturating_sub(REACH);
    let near = claims.get(first..id).unwrap_or_default();
    let is_part = |candidate: ClaimId| {
        claims
            .get(first..id.saturating_add(REACH).min(claims.len()))
            .unwrap_or_default()
            .iter()
            .any(|c| c.claim.kind == ClaimKind::Share && c.claim.of == Some(candidate))
    };
    (first..)
        .zip(near)
        .filter(|(candidate, c)| {
            c.claim.paragraph == share.claim.paragraph
                && Some(*candidate) != of
                && matches!(c.claim.kind, ClaimKind::Count | ClaimKind::Money)
                && at_least(part, &c.claim)
                && !c.claim.remainder
                && is_current(case, &c.claim.period)
                && (unit.is_none() || unit_of(case.facts, Figure::Claim(*candidate)) == unit)
                && !is_part(*candidate)
        })
        .map(|(candidate, _)| candidate)
        .collect()
}

/// This year's amounts of a change's sentence before it, in the unit of the one it is taken to be of.
pub(super) fn amounts(case: &Case<'_>, id: ClaimId, of: Option<ClaimId>) -> Vec<ClaimId> {
    const REACH: usize = 8;
    let claims = &case.facts.claims;
    let Some(change) = claims.get(id) else { return Vec::new() };
    let unit = of.and_then(|of| unit_of(case.facts, Figure::Claim(of)));
    (id.saturating_sub(REACH)..id)
        .filter(|other| {
            claims.get(*other).is_some_and(|c| {
                c.claim.sentence == change.claim.sentence
                    && matches!(c.claim.kind, ClaimKind::Count | ClaimKind::Money)
                    && is_current(case, &c.claim.period)
                    && unit.is_some()
                    && unit_of(case.facts, Figure::Claim(*other)) == unit
            })
        })
        .collect()
}

/// The sources of one side: cells first, then the prose, then near rows.
pub(super) fn sources(
    case: &Case<'_>,
    link: Option<&Link>,
    claim: Option<ClaimId>,
    form: Form,
    refuted: &dyn Fn(ClaimId) -> bool,
) -> Vec<Source> {
    let mut all: Vec<Source> = Vec::new();
    if let Some(link) = link {
        all.extend(amount::readings(case, link).into_iter().map(|terms| Source { terms, rival: false, guess: false }));
    }
    if let Some(claim) = claim.filter(|c| usable(case, *c, form, refuted)) {
        let terms = vec![Term { figure: Figure::Claim(claim), minus: false }];
        if !all.iter().any(|s| s.terms == terms) {
            all.push(Source { terms, rival: false, guess: false });
        }
    }
    for rival in link.iter().flat_map(|l| &l.rivals) {
        all.push(Source {
            terms: vec![Term { figure: Figure::Triple(*rival), minus: false }],
            rival: true,
            guess: false,
        });
    }
    all
}

/// Whether a claim's number can serve: an amount (of points: a percentage) that no cell contradicts.
fn usable(case: &Case<'_>, id: ClaimId, form: Form, refuted: &dyn Fn(ClaimId) -> bool) -> bool {
    let fits = case.facts.claims.get(id).and_then(|c| c.claim.quantity.as_ref()).is_some_and(|q| match q.measure {
        Measure::Count | Measure::Money => true,
        Measure::Percent => form == Form::Difference,
        Measure::Points | Measure::Multiple => false,
    });
    fits && !refuted(id)
}
