//! The floor under the scores: what was reached once must not be lost.

use super::score::{Entry, Score};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Metric → least value. For `trap_rate`, where less is better, the value is the most allowed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Floor(BTreeMap<Entry, f64>);

/// A metric below its floor.
#[derive(Clone, Debug, PartialEq)]
pub struct Fallen {
    /// Which one.
    pub metric: Entry,
    /// The floor.
    pub floor: f64,
    /// The score; null where nothing was there to score.
    pub score: Option<f64>,
}

impl Floor {
    /// What fell below the floor, in the order of [`Entry::ALL`]. A metric that nothing was scored for has fallen too:
    /// an empty corpus must not pass.
    ///
    /// ```
    /// use duibiao::corpus::{Floor, Tally};
    /// let floor: Floor = serde_json::from_str(r#"{ "triple_recall": 0.5 }"#)?;
    /// assert_eq!(floor.fallen(&Tally::default().finish(0)).len(), 1);
    /// assert!(serde_json::from_str::<Floor>(r#"{ "triple_recal": 0.5 }"#).is_err());
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn fallen(&self, score: &Score) -> Vec<Fallen> {
        // Floors are cut to four places, so a hair of rounding must not fail them.
        const HAIR: f64 = 1e-9;
        self.0
            .iter()
            .filter_map(|(&metric, &floor)| {
                let reached = score.rate(metric).value();
                let stands = match reached {
                    None => false,
                    Some(value) if metric.less_is_better() => value <= floor + HAIR,
                    Some(value) => value >= floor - HAIR,
                };
                (!stands).then_some(Fallen { metric, floor, score: reached })
            })
            .collect()
    }

    /// Figures that were scored and have no floor yet.
    pub fn unset(&self, score: &Score) -> Vec<Entry> {
        let scored = |entry: &Entry| score.rate(*entry).value().is_some();
        Entry::ALL.into_iter().filter(|entry| scored(entry) && !self.0.contains_key(entry)).collect()
    }

    /// This floor raised to the score, cut (never rounded up) to four places; a metric never goes down.
    #[must_use]
    pub fn raised(&self, score: &Score) -> Floor {
        let mut floor = self.clone();
        for metric in Entry::ALL {
            let Some(value) = score.rate(metric).value() else { continue };
            let (cut, keep): (f64, fn(f64, f64) -> f64) = if metric.less_is_better() {
                // The sum turns the ceiling's -0 into 0.
                ((value * 1e4 - 1e-6).ceil() / 1e4 + 0.0, f64::min)
            } else {
                ((value * 1e4 + 1e-6).floor() / 1e4, f64::max)
            };
            floor.0.entry(metric).and_modify(|old| *old = keep(*old, cut)).or_insert(cut);
        }
        floor
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::super::score::{Counts, Tally};
    use super::*;

    fn score(recall: (u64, u64), traps: (u64, u64)) -> Score {
        let counts =
            Counts { t_hit: recall.0, t_want: recall.1, trap_bad: traps.0, trap_all: traps.1, ..Counts::default() };
        Tally { counts, ..Tally::default() }.finish(0)
    }

    #[test]
    fn below_the_floor_is_named_and_on_it_is_not() {
        let floor: Floor = serde_json::from_str(r#"{"triple_recall": 0.75, "trap_rate": 0.1}"#).unwrap();
        assert_eq!(floor.fallen(&score((3, 4), (1, 10))), []);
        let fallen = floor.fallen(&score((2, 4), (2, 10)));
        assert_eq!(fallen.iter().map(|f| f.metric).collect::<Vec<_>>(), [Entry::TripleRecall, Entry::TrapRate]);
    }

    #[test]
    fn a_floor_only_rises() {
        let floor: Floor = serde_json::from_str(r#"{"triple_recall": 0.75, "trap_rate": 0.1}"#).unwrap();
        let worse = floor.raised(&score((1, 4), (9, 10)));
        assert_eq!(worse, floor);
        let better = floor.raised(&score((2, 3), (0, 10))).raised(&score((8, 9), (1, 10)));
        assert_eq!(serde_json::to_string(&better).unwrap(), r#"{"triple_recall":0.8888,"trap_rate":0.0}"#);
        assert_eq!(better.fallen(&score((8, 9), (0, 10))), []);
        assert_eq!(better.unset(&score((8, 9), (0, 10))), []);
        assert_eq!(Floor::default().unset(&score((8, 9), (0, 0))), [Entry::TripleRecall]);
    }
}
