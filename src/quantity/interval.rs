//! Intervals with open, closed or missing ends, in exact decimals.

use super::Number;

/// One end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct End {
    /// Where it lies.
    pub value: Number,
    /// Whether the end itself belongs to the interval.
    pub closed: bool,
}

/// A set of numbers between two ends; a missing end is unbounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// Lower end.
    pub low: Option<End>,
    /// Upper end.
    pub high: Option<End>,
}

impl Interval {
    /// Exactly one number.
    pub fn point(value: Number) -> Self {
        Self::closed(value, value)
    }
    /// Both ends included.
    pub fn closed(low: Number, high: Number) -> Self {
        Interval { low: Some(End { value: low, closed: true }), high: Some(End { value: high, closed: true }) }
    }
    /// Lower end included, upper end not.
    pub fn half_open(low: Number, high: Number) -> Self {
        Interval { low: Some(End { value: low, closed: true }), high: Some(End { value: high, closed: false }) }
    }
    /// Whether `value` lies inside.
    pub fn contains(&self, value: Number) -> bool {
        self.low.is_none_or(|e| e.value < value || (e.closed && e.value == value))
            && self.high.is_none_or(|e| value < e.value || (e.closed && e.value == value))
    }
    /// Whether the two share a number.
    pub fn overlaps(&self, other: &Interval) -> bool {
        fn below(low: Option<End>, high: Option<End>) -> bool {
            match (low, high) {
                (Some(l), Some(h)) => l.value < h.value || (l.value == h.value && l.closed && h.closed),
                _ => true,
            }
        }
        below(self.low, other.high) && below(other.low, self.high)
    }
    /// Every number multiplied by a positive `factor`; `None` on overflow.
    pub fn scaled(&self, factor: Number) -> Option<Interval> {
        let scale = |end: Option<End>| match end {
            Some(e) => e.value.checked_mul(factor).map(|value| Some(End { value, closed: e.closed })),
            None => Some(None),
        };
        Some(Interval { low: scale(self.low)?, high: scale(self.high)? })
    }
}
