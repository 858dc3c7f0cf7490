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
/// `None` where the question has no answer: nothing grows to 0, no growth is negative, and numbers beyond exact reach.
pub(crate) fn growth(after: i64, percent: Number, step: Number, direction: Direction) -> Option<Growth> {
    if percent < Number::ZERO {
        return None;
    }
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
    let factor = range.high?.at;
    if factor <= Ratio::ZERO {
        // Nothing falls by more than all of it.
        return Some(Growth::Infeasible { nearest, around: (None, None) });
    }
    let need = Ratio::whole(after).div(factor)?;
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
    use super::*;
    use insta::assert_snapshot;
    use proptest::prelude::*;

    fn n(decimal: &str) -> Number {
        decimal.parse().unwrap()
    }

    fn up(percent: &str, after: i64) -> String {
        let percent = n(percent);
        said(growth(after, percent, Number::new(1, percent.scale()), Direction::Up))
    }

    fn down(percent: &str, after: i64) -> String {
        let percent = n(percent);
        said(growth(after, percent, Number::new(1, percent.scale()), Direction::Down))
    }

    fn said(growth: Option<Growth>) -> String {
        match growth {
            None => "no answer".into(),
            Some(Growth::Feasible { before: (low, high) }) if low == high => format!("from {low}"),
            Some(Growth::Feasible { before: (low, i64::MAX) }) => format!("from {low} on"),
            Some(Growth::Feasible { before: (low, high) }) => format!("from {low} to {high}"),
            Some(Growth::Infeasible { nearest, around }) => {
                let nearest = nearest.map_or("none".into(), |p| format!("{}→{}", p.before, p.after));
                format!("impossible, nearest {nearest}, around {around:?}")
            }
        }
    }

    #[test]
    fn growth_to_a_whole_number() {
        assert_snapshot!(up("85.7", 13), @"from 7");
        assert_snapshot!(up("85.7", 12), @"impossible, nearest 7→13, around (Some(7), Some(6))");
        assert_snapshot!(up("1.05", 3646), @"from 3608");
        assert_snapshot!(up("25", 52), @"impossible, nearest 41→51, around (Some(42), Some(41))");
        assert_snapshot!(up("8", 12345), @"from 11326 to 11537");
        assert_snapshot!(up("100", 0), @"no answer");
        assert_snapshot!(up("0", 12), @"from 12");
    }

    #[test]
    fn fall_to_a_whole_number() {
        assert_snapshot!(down("16.7", 25), @"from 30");
        assert_snapshot!(down("100", 0), @"from 1 on");
        assert_snapshot!(down("50", 0), @"impossible, nearest 2→1, around (Some(1), None)");
        assert_snapshot!(down("102", 3), @"impossible, nearest none, around (None, None)");
        assert_snapshot!(down("33.3", 3), @"impossible, nearest 6→4, around (Some(5), Some(4))");
    }

    #[test]
    fn shares_of_a_whole_number() {
        assert_eq!(share(7, n("43"), n("1")), Some(Share::Feasible { part: 3 }));
        assert_eq!(share(7, n("35"), n("1")), Some(Share::Infeasible { around: (2, 3), smallest_whole: Some(14) }));
        assert_eq!(share(0, n("35"), n("1")), None);
        assert_eq!(smallest_whole(n("33.3"), n("0.1")), Some(3));
        assert_eq!(smallest_whole(n("61.3"), n("0.1")), Some(31));
    }

    proptest! {
        /// What two whole numbers give, by any of the roundings, is never called impossible.
        #[test]
        fn a_true_growth_is_feasible(before in 1i64..5000, after in 1i64..5000, places in 0u32..3) {
            let exact = (Number::from(after) - Number::from(before)) * Number::from(100) / Number::from(before);
            let direction = if exact.is_sign_negative() { Direction::Down } else { Direction::Up };
            for strategy in [
                rust_decimal::RoundingStrategy::MidpointAwayFromZero,
                rust_decimal::RoundingStrategy::MidpointNearestEven,
                rust_decimal::RoundingStrategy::ToZero,
                rust_decimal::RoundingStrategy::AwayFromZero,
            ] {
                let printed = exact.abs().round_dp_with_strategy(places, strategy);
                let got = growth(after, printed, Number::new(1, places), direction);
                let holds = matches!(got, Some(Growth::Feasible { before: (low, high) }) if low <= before && before <= high);
                prop_assert!(holds, "{before}→{after}: {printed}% {got:?}");
            }
        }
        /// The nearest pair gives the printed percentage.
        #[test]
        fn the_nearest_pair_is_feasible(after in 1i64..2000, tenths in 1i64..3000) {
            let percent = Number::new(tenths, 1);
            if let Some(Growth::Infeasible { nearest: Some(pair), .. }) = growth(after, percent, n("0.1"), Direction::Up) {
                let exact = Number::from(pair.after - pair.before) * Number::from(100) / Number::from(pair.before);
                prop_assert!((exact - percent).abs() < n("0.1"), "{pair:?}");
            }
        }
        #[test]
        fn a_true_share_is_feasible(part in 0i64..500, more in 0i64..500, places in 0u32..3) {
            let whole = part + more;
            prop_assume!(whole > 0);
            let exact = Number::from(part) * Number::from(100) / Number::from(whole);
            let got = share(whole, exact.round_dp(places), Number::new(1, places));
            prop_assert!(matches!(got, Some(Share::Feasible { .. })), "{part}/{whole}: {got:?}");
        }
    }
}
