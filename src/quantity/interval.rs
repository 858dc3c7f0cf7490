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
    /// Neither end included.
    pub fn open(low: Number, high: Number) -> Self {
        Interval { low: Some(End { value: low, closed: false }), high: Some(End { value: high, closed: false }) }
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
    /// From `low`, itself included or not, without an upper end.
    pub fn from(value: Number, closed: bool) -> Self {
        Interval { low: Some(End { value, closed }), high: None }
    }
    /// Up to `high`, itself included or not, without a lower end.
    pub fn up_to(value: Number, closed: bool) -> Self {
        Interval { low: None, high: Some(End { value, closed }) }
    }
    /// The smallest interval that holds both.
    pub fn hull(self, other: Interval) -> Interval {
        let outer = |a: Option<End>, b: Option<End>, first: fn(Number, Number) -> bool| match (a, b) {
            (Some(a), Some(b)) if a.value == b.value => Some(End { value: a.value, closed: a.closed || b.closed }),
            (Some(a), Some(b)) => Some(if first(a.value, b.value) { a } else { b }),
            _ => None,
        };
        Interval { low: outer(self.low, other.low, |a, b| a < b), high: outer(self.high, other.high, |a, b| a > b) }
    }
    /// The contract's `low` and `high`, both inclusive, null where open. In whole units an excluded bound becomes the
    /// neighbouring whole number (`超过10件`: 11); otherwise the bound itself stands (`93%`: 92.5 and 93.5).
    pub fn low_high(&self, integer_unit: bool) -> (Option<Number>, Option<Number>) {
        let low = self.low.map(|e| {
            if !integer_unit {
                e.value
            } else if e.closed || e.value.fract() != Number::ZERO {
                e.value.ceil()
            } else {
                e.value.checked_add(Number::ONE).unwrap_or(e.value)
            }
        });
        let high = self.high.map(|e| {
            if !integer_unit {
                e.value
            } else if e.closed || e.value.fract() != Number::ZERO {
                e.value.floor()
            } else {
                e.value.checked_sub(Number::ONE).unwrap_or(e.value)
            }
        });
        (low.map(|n| n.normalize()), high.map(|n| n.normalize()))
    }
    /// The interval in a reader's words: `2700–2799`, `92.5–93.5`, `≥11`, `12`. `step` is the quantity's; where it and the
    /// ends are whole numbers, whole things are counted. [`super::Quantity::describe`] knows that better.
    pub fn describe(&self, step: Number) -> String {
        self.describe_in(step.fract() == Number::ZERO && self.whole())
    }
    /// The same, told whether whole things are counted.
    pub fn describe_in(&self, integer_unit: bool) -> String {
        let excluded = |end: Option<End>| !integer_unit && end.is_some_and(|e| !e.closed);
        match self.low_high(integer_unit) {
            (Some(low), Some(high)) if low == high => low.to_string(),
            (Some(low), Some(high)) => format!("{low}–{high}"),
            (Some(low), None) => format!("{}{low}", if excluded(self.low) { '>' } else { '≥' }),
            (None, Some(high)) => format!("{}{high}", if excluded(self.high) { '<' } else { '≤' }),
            (None, None) => "−∞–∞".to_owned(),
        }
    }
    /// Whether both ends, where there are any, are whole numbers.
    fn whole(&self) -> bool {
        [self.low, self.high].into_iter().flatten().all(|e| e.value.fract() == Number::ZERO)
    }
}

/// `[2700, 2800)`, `(10, ∞)`.
impl std::fmt::Display for Interval {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.low {
            Some(e) => write!(f, "{}{}, ", if e.closed { '[' } else { '(' }, e.value.normalize())?,
            None => f.write_str("(-∞, ")?,
        }
        match self.high {
            Some(e) => write!(f, "{}{}", e.value.normalize(), if e.closed { ']' } else { ')' }),
            None => f.write_str("∞)"),
        }
    }
}
