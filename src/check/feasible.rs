//! Which whole numbers can give a printed percentage (after GRIM): growth to a known figure, and shares of a known whole.

use super::judge::{Bound, Range, Ratio};
use crate::quantity::Number;

/// Which way a growth goes.
pub(crate) use crate::align::Direction;

/// How many neighbours of the printed figure are searched for one that the percentage fits.
const REACH: i64 = 10_000;

/// Last year's and this year's figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    /// Last year.
    pub(crate) before: i64,
    /// This year.
    pub(crate) after: i64,
}

/// Whether whole numbers give a growth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Growth {
    /// They do: the smallest and the greatest figure of last year.
    Feasible {
        /// Smallest and greatest.
        before: (i64, i64),
    },
    /// They do not.
    Infeasible {
        /// The pair that gives the percentage and whose second figure is nearest to the printed one.
        nearest: Option<Pair>,
        /// The whole numbers of last year just above and below what the percentage would need; growth from the first
        /// is too small, from the second too great. Absent where it would be zero.
        around: (Option<i64>, Option<i64>),
    },
}

/// All ordinary readings of a percentage printed to `step`: rounding half up or half to even, truncating, rounding up.
/// Between them they hold everything nearer than one step.
pub(crate) fn readings(percent: Number, step: Number) -> Option<Range> {
    let (p, s) = (Ratio::from_number(percent)?, Ratio::from_number(step)?);
    Some(Range::open(p.sub(s)?, p.add(s)?))
}

/// Whether some whole number of last year grows (or falls) by `percent` to `after`, the percentage printed to `step`.
///
/// `None` where the question has no answer: nothing grows to 0, and numbers beyond exact reach.
pub(crate) fn growth(after: i64, percent: Number, step: Number, direction: Direction) -> Option<Growth> {
    let range = factor_range(percent, step, direction)?;
    if after < 0 || (after == 0 && direction == Direction::Up) {
        return None;
    }
    if let Some(before) = whole_befores(after, &range)? {
        return Some(Growth::Feasible { before });
    }
    let mut nearest = None;
    for distance in 1..=REACH {
        // Of two equally near the smaller comes second: a report is likelier to have lost a case than to have made one up.
        for near in [after.checked_add(distance), after.checked_sub(distance)] {
            let Some(near) = near.filter(|n| *n > 0) else { continue };
            if let Some(Some((before, _))) = whole_befores(near, &range) {
                nearest = Some(Pair { before, after: near });
                break;
            }
        }
        if nearest.is_some() {
            break;
        }
    }
    let need = Ratio::whole(after).div(range.high.or(range.low)?.at)?;
    let below = i64::try_from(need.floor()).ok()?;
    let above = below.checked_add(1);
    Some(Growth::Infeasible { nearest, around: (above, Some(below).filter(|n| *n > 0)) })
}

/// This year over last year, as the percentage allows.
fn factor_range(percent: Number, step: Number, direction: Direction) -> Option<Range> {
    let share = readings(percent, step)?.scaled(Ratio::new(1, 100)?)?;
    let change = if direction == Direction::Down { share.negated() } else { share };
    let shift = |end: Option<Bound>| match end {
        Some(b) => b.at.add(Ratio::ONE).map(|at| Some(Bound { at, closed: b.closed })),
        None => Some(None),
    };
    Some(Range { low: shift(change.low)?, high: shift(change.high)? })
}

/// The whole numbers m with `after / m` in `range`: the smallest and greatest, or none. The outer `None`: out of reach.
#[expect(clippy::option_option, reason = "no answer and the answer 'none' differ")]
fn whole_befores(after: i64, range: &Range) -> Option<Option<(i64, i64)>> {
    let (low, high) = (range.low?, range.high?);
    let after = Ratio::whole(after);
    if high.at <= Ratio::ZERO {
        return Some(None);
    }
    if after.is_zero() {
        // 0 / m is 0 for every m: the range has to hold 0.
        return Some(range.contains(Ratio::ZERO).then_some((1, i64::MAX)));
    }
    let smallest = i64::try_from(above(after.div(high.at)?, high.closed)).ok()?.max(1);
    if low.at <= Ratio::ZERO {
        return Some(Some((smallest, i64::MAX)));
    }
    let greatest = i64::try_from(below(after.div(low.at)?, low.closed)).ok()?;
    Some((smallest <= greatest).then_some((smallest, greatest)))
}

/// The least whole number above `at`, or at it where `closed`.
fn above(at: Ratio, closed: bool) -> i128 {
    if at.is_whole() && closed { at.floor() } else { at.floor() + 1 }
}

/// The greatest whole number below `at`, or at it where `closed`.
fn below(at: Ratio, closed: bool) -> i128 {
    if at.is_whole() && !closed { at.floor() - 1 } else { at.floor() }
}

/// Whether some whole number is a share of a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Share {
    /// It is: the smallest part that fits.
    Feasible {
        /// The part.
        part: i64,
    },
    /// None is: the parts just below and above, and the smallest whole of which the percentage is a share.
    Infeasible {
        /// Parts just below and just above.
        around: (i64, i64),
        /// Smallest whole that has such a part.
        smallest_whole: Option<i64>,
    },
}

/// Whether some whole number is `percent` of `whole`, the percentage printed to `step`.
pub(crate) fn share(whole: i64, percent: Number, step: Number) -> Option<Share> {
    if whole <= 0 {
        return None;
    }
    let range = readings(percent, step)?.scaled(Ratio::new(1, 100)?)?;
    if let Some(part) = whole_part(whole, &range)? {
        return Some(Share::Feasible { part });
    }
    let wanted = Ratio::whole(whole).mul(Ratio::from_number(percent)?.div(Ratio::whole(100))?)?;
    let under = i64::try_from(wanted.floor()).ok()?;
    Some(Share::Infeasible { around: (under, under.checked_add(1)?), smallest_whole: smallest_whole(percent, step) })
}

/// The smallest whole of which `percent`, printed to `step`, is a share.
pub(crate) fn smallest_whole(percent: Number, step: Number) -> Option<i64> {
    let range = readings(percent, step)?.scaled(Ratio::new(1, 100)?)?;
    (1..=REACH).find(|whole| matches!(whole_part(*whole, &range), Some(Some(_))))
}

#[expect(clippy::option_option, reason = "no answer and the answer 'none' differ")]
fn whole_part(whole: i64, range: &Range) -> Option<Option<i64>> {
    let (low, high) = (range.low?, range.high?);
    let whole = Ratio::whole(whole);
    let smallest = i64::try_from(above(whole.mul(low.at)?, low.closed)).ok()?.max(0);
    let greatest = i64::try_from(below(whole.mul(high.at)?, high.closed)).ok()?;
    Some((smallest <= greatest).then_some(smallest))
}
