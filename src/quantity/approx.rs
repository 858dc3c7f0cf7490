//! What approximating words make of a number: the narrow and the wide reading of `design.md`. All margins live here.

use super::{Interval, Number, lexicon::Reading};

/// 近, 约 and the like, narrow reading: a tenth of the number.
const NARROW_MARGIN: (i64, u32) = (1, 1);
/// The same, wide reading: a fifth.
const WIDE_MARGIN: (i64, u32) = (2, 1);

/// A number, as printed, before any word acts on it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Core {
    /// The number.
    pub value: Number,
    /// The other end of a pair or range; the number itself where there is none.
    pub upper: Number,
    /// One unit in the last printed place.
    pub step: Number,
    /// What the printed digits say by themselves.
    pub kind: Kind,
}

/// How to take the printed digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A whole count: itself.
    Exact,
    /// A whole amount of a large unit of money: itself, or what rounds to it.
    Whole,
    /// Printed to a place: what rounds to it.
    Rounded,
    /// A whole multiple (`2倍`): itself to a tenth, or what rounds to it.
    Times,
    /// A pair or a vague number (`三四百`, `数十`): from the lower up to the step after the upper.
    Vague,
    /// A range (`3至5个`): both ends included.
    Range,
}

fn half(step: Number) -> Option<Number> {
    step.checked_mul(Number::new(5, 1))
}

fn margin(value: Number, (num, scale): (i64, u32)) -> Option<Number> {
    value.abs().checked_mul(Number::new(num, scale))
}

/// One unit of the last non-zero digit: 100 for 2700, 0.1 for 1.2, 1 for 0.
fn last_place(value: Number) -> Option<Number> {
    let normal = value.normalize();
    let (mut mantissa, mut power) = (normal.mantissa(), 0u32);
    while mantissa != 0 && mantissa % 10 == 0 {
        mantissa /= 10;
        power += 1;
    }
    let one = Number::try_from_i128_with_scale(1, normal.scale()).ok()?;
    one.checked_mul(super::numeral::power(power)?)
}

impl Core {
    /// The printed digits by themselves.
    fn alone(self) -> Option<(Interval, Interval)> {
        let Core { value, upper, step, kind } = self;
        let rounded =
            |step: Number| Some(Interval::half_open(value.checked_sub(half(step)?)?, value.checked_add(half(step)?)?));
        let place = || Some(Interval::open(value.checked_sub(step)?, value.checked_add(step)?));
        Some(match kind {
            Kind::Exact => (Interval::point(value), Interval::point(value)),
            Kind::Whole => (Interval::point(value), place()?),
            Kind::Rounded => (rounded(step)?, place()?),
            Kind::Times => {
                let near = rounded(Number::new(1, 1))?;
                (near, rounded(step)?.hull(Interval::point(value.checked_add(half(step)?)?)))
            }
            Kind::Vague => (
                Interval::half_open(value, upper.checked_add(step)?),
                Interval::closed(value.checked_sub(step)?, upper.checked_add(step.checked_add(step)?)?),
            ),
            Kind::Range => (Interval::closed(value, upper), Interval::closed(value, upper)),
        })
    }

    /// The two readings under `words`; `None` where the arithmetic leaves the decimals.
    pub(super) fn readings(self, words: &[Reading]) -> Option<(Interval, Interval)> {
        let mut found: Option<(Interval, Interval)> = None;
        // 超过2700余: the word that says where the number starts is 余.
        let more = words.contains(&Reading::More);
        for word in words {
            if more && matches!(word, Reading::Over | Reading::OverOrAt | Reading::AtLeast) {
                continue;
            }
            let reading = self.under(*word)?;
            found = Some(match found {
                Some((narrow, wide)) => (narrow.hull(reading.0), wide.hull(reading.1)),
                None => reading,
            });
        }
        match found {
            Some(found) => Some(found),
            None => self.alone(),
        }
    }

    fn under(self, word: Reading) -> Option<(Interval, Interval)> {
        let Core { value, upper, kind, .. } = self;
        let (narrow, wide) = (margin(value, NARROW_MARGIN)?, margin(value, WIDE_MARGIN)?);
        let (narrow_up, wide_up) = (margin(upper, NARROW_MARGIN)?, margin(upper, WIDE_MARGIN)?);
        let alone = self.alone()?;
        Some(match word {
            Reading::Near => {
                (Interval::closed(value.checked_sub(narrow)?, upper), Interval::closed(value.checked_sub(wide)?, upper))
            }
            Reading::About => (
                Interval::closed(value.checked_sub(narrow)?, upper.checked_add(narrow_up)?).hull(alone.0),
                Interval::closed(value.checked_sub(wide)?, upper.checked_add(wide_up)?).hull(alone.1),
            ),
            Reading::Over => (Interval::from(value, false), Interval::from(value, true)),
            Reading::OverOrAt | Reading::AtLeast => (Interval::from(value, true), Interval::from(value, true)),
            Reading::Under => (Interval::up_to(upper, false), Interval::up_to(upper, true)),
            Reading::AtMost => (Interval::up_to(upper, true), Interval::up_to(upper, true)),
            Reading::More if kind == Kind::Vague => alone,
            Reading::More => {
                let place = last_place(value)?;
                let next = value.checked_add(place)?;
                let ten = Number::TEN;
                // 68余: a number without trailing zeros may run to the next ten.
                let far = if place == Number::ONE && value > ten && kind == Kind::Exact {
                    value.checked_div(ten)?.ceil().checked_mul(ten)?.max(next)
                } else {
                    next
                };
                (Interval::half_open(value, next), Interval::closed(value, far))
            }
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    fn read(value: &str, step: &str, kind: Kind, words: &[Reading]) -> String {
        let value: Number = value.parse().unwrap();
        let (narrow, wide) = Core { value, upper: value, step: step.parse().unwrap(), kind }.readings(words).unwrap();
        format!("{narrow} {wide}")
    }

    #[test]
    fn the_table_of_readings() {
        assert_eq!(read("12", "1", Kind::Exact, &[]), "[12, 12] [12, 12]");
        assert_eq!(read("2700", "1", Kind::Exact, &[Reading::More]), "[2700, 2800) [2700, 2800]");
        assert_eq!(read("68", "1", Kind::Exact, &[Reading::More]), "[68, 69) [68, 70]");
        assert_eq!(read("10", "1", Kind::Exact, &[Reading::More]), "[10, 20) [10, 20]");
        assert_eq!(read("3000", "1", Kind::Exact, &[Reading::Near]), "[2700, 3000] [2400, 3000]");
        assert_eq!(read("500", "1", Kind::Exact, &[Reading::About]), "[450, 550] [400, 600]");
        assert_eq!(read("10", "1", Kind::Exact, &[Reading::Over]), "(10, ∞) [10, ∞)");
        assert_eq!(read("10", "1", Kind::Exact, &[Reading::Under]), "(-∞, 10) (-∞, 10]");
        assert_eq!(read("12000", "1000", Kind::Rounded, &[]), "[11500, 12500) (11000, 13000)");
        assert_eq!(read("93", "1", Kind::Rounded, &[]), "[92.5, 93.5) (92, 94)");
        assert_eq!(read("2", "1", Kind::Times, &[]), "[1.95, 2.05) [1.5, 2.5]");
    }

    #[test]
    fn about_keeps_the_rounding_where_that_is_wider() {
        assert_eq!(read("1", "1", Kind::Rounded, &[Reading::About]), "[0.5, 1.5) (0, 2)");
    }
}
