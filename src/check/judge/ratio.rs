//! Exact rationals and ranges of them: every comparison of the judge is made here, none in binary or rounded figures.

use crate::quantity::{End, Interval, Number};
use std::cmp::Ordering;

/// A fraction in lowest terms; the denominator is positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ratio {
    num: i128,
    den: i128,
}

impl Ratio {
    /// Nothing.
    pub(crate) const ZERO: Ratio = Ratio { num: 0, den: 1 };
    /// One.
    pub(crate) const ONE: Ratio = Ratio { num: 1, den: 1 };

    /// `num / den`; `None` for a zero denominator.
    pub(crate) fn new(num: i128, den: i128) -> Option<Ratio> {
        if den == 0 || num == i128::MIN || den == i128::MIN {
            return None;
        }
        let sign = if den < 0 { -1 } else { 1 };
        let g = gcd(num.unsigned_abs(), den.unsigned_abs());
        let g = i128::try_from(g).ok()?.max(1);
        Some(Ratio { num: num / g * sign, den: den / g * sign })
    }
    /// A whole number.
    pub(crate) fn whole(n: i64) -> Ratio {
        Ratio { num: i128::from(n), den: 1 }
    }
    /// A decimal, exactly.
    pub(crate) fn from_number(n: Number) -> Option<Ratio> {
        let n = n.normalize();
        Ratio::new(n.mantissa(), 10i128.checked_pow(n.scale())?)
    }
    /// The decimal it is, where it ends within `digits` places.
    pub(crate) fn to_number(self, digits: u32) -> Option<Number> {
        for scale in 0..=digits.min(28) {
            let ten = 10i128.checked_pow(scale)?;
            if ten % self.den == 0 {
                let mantissa = self.num.checked_mul(ten / self.den)?;
                return Number::try_from_i128_with_scale(mantissa, scale).ok().map(|n| n.normalize());
            }
        }
        None
    }
    pub(crate) fn add(self, other: Ratio) -> Option<Ratio> {
        let left = self.num.checked_mul(other.den)?;
        let right = other.num.checked_mul(self.den)?;
        Ratio::new(left.checked_add(right)?, self.den.checked_mul(other.den)?)
    }
    pub(crate) fn neg(self) -> Ratio {
        Ratio { num: -self.num, den: self.den }
    }
    pub(crate) fn sub(self, other: Ratio) -> Option<Ratio> {
        self.add(other.neg())
    }
    pub(crate) fn mul(self, other: Ratio) -> Option<Ratio> {
        // Crosswise reduction first keeps the products small.
        let a = Ratio::new(self.num, other.den)?;
        let b = Ratio::new(other.num, self.den)?;
        Ratio::new(a.num.checked_mul(b.num)?, a.den.checked_mul(b.den)?)
    }
    pub(crate) fn div(self, other: Ratio) -> Option<Ratio> {
        if other.num == 0 { None } else { self.mul(Ratio::new(other.den, other.num)?) }
    }
    pub(crate) fn is_negative(self) -> bool {
        self.num < 0
    }
    pub(crate) fn is_zero(self) -> bool {
        self.num == 0
    }
    pub(crate) fn is_whole(self) -> bool {
        self.den == 1
    }
    /// The greatest whole number not above it.
    pub(crate) fn floor(self) -> i128 {
        self.num.div_euclid(self.den)
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ratio {
    /// By whole parts, then by the reciprocals of what is left: never overflows.
    fn cmp(&self, other: &Self) -> Ordering {
        let (mut a, mut b) = (*self, *other);
        let mut turned = false;
        loop {
            let by_whole = a.floor().cmp(&b.floor());
            let (x, y) = (a.num.rem_euclid(a.den), b.num.rem_euclid(b.den));
            let order = match (by_whole, x, y) {
                (Ordering::Equal, 0, 0) => Ordering::Equal,
                (Ordering::Equal, 0, _) => Ordering::Less,
                (Ordering::Equal, _, 0) => Ordering::Greater,
                (Ordering::Equal, _, _) => {
                    (a, b) = (Ratio { num: a.den, den: x }, Ratio { num: b.den, den: y });
                    turned = !turned;
                    continue;
                }
                (unequal, _, _) => unequal,
            };
            return if turned { order.reverse() } else { order };
        }
    }
}

/// One end of a [`Range`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bound {
    /// Where it lies.
    pub(crate) at: Ratio,
    /// Whether the end itself belongs to the range.
    pub(crate) closed: bool,
}

/// An [`Interval`] in exact rationals; a missing end is unbounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) low: Option<Bound>,
    pub(crate) high: Option<Bound>,
}

impl Range {
    pub(crate) fn point(at: Ratio) -> Range {
        let end = Some(Bound { at, closed: true });
        Range { low: end, high: end }
    }
    /// `None` where a number is too long to be held exactly.
    pub(crate) fn from_interval(interval: &Interval) -> Option<Range> {
        let bound = |end: Option<End>| match end {
            Some(e) => Ratio::from_number(e.value).map(|at| Some(Bound { at, closed: e.closed })),
            None => Some(None),
        };
        Some(Range { low: bound(interval.low)?, high: bound(interval.high)? })
    }
    /// Without its ends between `low` and `high`.
    pub(crate) fn open(low: Ratio, high: Ratio) -> Range {
        Range { low: Some(Bound { at: low, closed: false }), high: Some(Bound { at: high, closed: false }) }
    }
    /// The one number it holds, if it holds one only.
    pub(crate) fn single(&self) -> Option<Ratio> {
        match (self.low, self.high) {
            (Some(l), Some(h)) if l.at == h.at && l.closed && h.closed => Some(l.at),
            _ => None,
        }
    }
    pub(crate) fn overlaps(&self, other: &Range) -> bool {
        fn below(low: Option<Bound>, high: Option<Bound>) -> bool {
            match (low, high) {
                (Some(l), Some(h)) => l.at < h.at || (l.at == h.at && l.closed && h.closed),
                _ => true,
            }
        }
        below(self.low, other.high) && below(other.low, self.high)
    }
    pub(crate) fn contains(&self, at: Ratio) -> bool {
        self.overlaps(&Range::point(at))
    }
    /// The smallest range that holds both.
    pub(crate) fn cover(&self, other: &Range) -> Range {
        let low = match (self.low, other.low) {
            (Some(a), Some(b)) if a.at == b.at => Some(Bound { at: a.at, closed: a.closed || b.closed }),
            (Some(a), Some(b)) => Some(if a.at < b.at { a } else { b }),
            _ => None,
        };
        let high = match (self.high, other.high) {
            (Some(a), Some(b)) if a.at == b.at => Some(Bound { at: a.at, closed: a.closed || b.closed }),
            (Some(a), Some(b)) => Some(if a.at > b.at { a } else { b }),
            _ => None,
        };
        Range { low, high }
    }
    /// Every number multiplied by a positive `factor`.
    pub(crate) fn scaled(&self, factor: Ratio) -> Option<Range> {
        let scale = |end: Option<Bound>| match end {
            Some(b) => b.at.mul(factor).map(|at| Some(Bound { at, closed: b.closed })),
            None => Some(None),
        };
        Some(Range { low: scale(self.low)?, high: scale(self.high)? })
    }
    /// The same range below zero.
    pub(crate) fn negated(&self) -> Range {
        let turn = |end: Option<Bound>| end.map(|b| Bound { at: b.at.neg(), closed: b.closed });
        Range { low: turn(self.high), high: turn(self.low) }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn decimals_come_back_where_they_end() {
        let third = Ratio::new(1, 3).unwrap();
        assert_eq!(third.to_number(28), None);
        assert_eq!(Ratio::new(3, 8).unwrap().to_number(28).unwrap().to_string(), "0.375");
        assert_eq!(Ratio::new(3, 8).unwrap().to_number(2), None, "not within two places");
    }

    proptest! {
        #[test]
        fn order_is_that_of_the_cross_products(a in -999i128..999, b in 1i128..999, c in -999i128..999, d in 1i128..999) {
            let (x, y) = (Ratio::new(a, b).unwrap(), Ratio::new(c, d).unwrap());
            prop_assert_eq!(x.cmp(&y), (a * d).cmp(&(c * b)));
        }
        #[test]
        fn what_is_added_can_be_taken_away(a in any::<i32>(), b in 1i32.., c in any::<i32>(), d in 1i32..) {
            let x = Ratio::new(a.into(), b.into()).unwrap();
            let y = Ratio::new(c.into(), d.into()).unwrap();
            prop_assert_eq!(x.add(y).unwrap().sub(y), Some(x));
            if !y.is_zero() {
                prop_assert_eq!(x.mul(y).unwrap().div(y), Some(x));
            }
        }
    }
}
