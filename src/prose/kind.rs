//! What a quantity claims, if anything: of which kind, and which way a change goes.

use super::{
    ClaimKind, Direction,
    claims::{MOST_BEFORE, tail},
    period::{any, last_of},
};
use crate::quantity::{Measure, Number, ProseWords, Quantity, Reason};
use std::ops::Range;

/// How near before a number the act of a spelt `一次` must stand, in characters.
const ACT_REACH: usize = 8;

/// Below this a number may count what a text merely lists (`二十条措施`); more than so many are counted.
const FEW: u32 = 30;

/// Why a quantity is no claim, if it is none.
pub(super) fn no_claim(
    s: &str,
    range: &Range<usize>,
    own: &str,
    after: &str,
    quantity: &Quantity,
    words: &ProseWords,
) -> Option<Reason> {
    // A quotation may hold sentences; one that opened far before has closed.
    let before = tail(s.get(..range.start).unwrap_or(""), MOST_BEFORE);
    let printed = &s[range.clone()];
    let opened = |open: char, close: char| before.matches(open).count() > before.matches(close).count();
    if opened('《', '》') || opened('“', '”') {
        return Some(Reason::Name);
    }
    if words.counted_as.iter().any(|w| own.ends_with(w.as_str()))
        && quantity.approx.is_none()
        && quantity.value <= Number::TEN
    {
        return Some(Reason::TableNote);
    }
    if any(tail(own, 12), &words.rule) {
        return Some(Reason::Rule);
    }
    if quantity.measure != Measure::Count {
        return None;
    }
    let spelt = !printed.chars().any(|c| c.is_ascii_digit() || ('０'..='９').contains(&c));
    let unit = quantity.unit.as_deref().unwrap_or("");
    let listed =
        words.listed.iter().any(|w| after.starts_with(w.as_str()) || (unit.ends_with(w.as_str()) && unit != w));
    let few = quantity.value < Number::from(FEW);
    if listed && (spelt || few) {
        return Some(Reason::Enumerated);
    }
    if spelt && few && quantity.approx.is_none() && words.listing_units.iter().any(|u| u == unit) {
        return Some(Reason::Enumerated);
    }
    if spelt && quantity.value == Number::ONE && quantity.approx.is_none() && !any(tail(own, ACT_REACH), &words.act) {
        return Some(Reason::Enumerated);
    }
    None
}

/// The kind a quantity's own words give it.
pub(super) fn kind(quantity: &Quantity, own: &str, after: &str, words: &ProseWords) -> ClaimKind {
    match quantity.measure {
        Measure::Points => ClaimKind::Change,
        Measure::Multiple => ClaimKind::Multiple,
        Measure::Percent => match direction(own, after, true, words) {
            Some(_) => ClaimKind::Change,
            None => ClaimKind::Share,
        },
        Measure::Count | Measure::Money if direction(own, after, false, words).is_some() => ClaimKind::Change,
        Measure::Count => ClaimKind::Count,
        Measure::Money => ClaimKind::Money,
    }
}

/// Direction of a change, where the words before (or, of a percentage, right after) the number make it one.
pub(super) fn direction(own: &str, after: &str, percent: bool, words: &ProseWords) -> Option<Direction> {
    let own = stripped_end(own, &words.before_change);
    let after = after.trim_start_matches('的');
    let share = last_of(own, &words.share).filter(|_| percent);
    let mut best: Option<(usize, usize, Direction)> = None;
    for (list, way) in [(&words.up, Direction::Up), (&words.down, Direction::Down)] {
        for word in list {
            let single = word.chars().count() == 1;
            let end = if own.ends_with(word.as_str()) {
                (!words.no_change.iter().any(|w| own.ends_with(w.as_str()))).then_some(own.len())
            } else if percent && !single {
                own.rfind(word.as_str()).map(|i| i + word.len())
            } else {
                None
            };
            if let Some(end) = end.filter(|end| share.is_none_or(|s| s < *end) && !becomes(own, *end, words))
                && best.is_none_or(|(at, length, _)| (end, word.len()) > (at, length))
            {
                best = Some((end, word.len(), way));
            }
            // `由92%提高到100%`: what a change sets out from is no change.
            let sets_out = after.strip_prefix(word.as_str()).is_some_and(|rest| starts(rest, &words.becomes));
            if percent && best.is_none() && !single && after.starts_with(word.as_str()) && !sets_out {
                best = Some((0, word.len(), way));
            }
        }
    }
    best.map(|(_, _, way)| way)
}

fn starts(s: &str, words: &[String]) -> bool {
    words.iter().any(|w| s.starts_with(w.as_str()))
}

/// `s` without any of `words` at its end.
fn stripped_end<'s>(s: &'s str, words: &[String]) -> &'s str {
    let mut rest = s.trim_end();
    while let Some(shorter) = words.iter().find_map(|w| rest.strip_suffix(w.as_str())) {
        rest = shorter.trim_end();
    }
    rest
}

/// Whether the word that ends at `end` only leads to a new figure (`增加到`).
fn becomes(own: &str, end: usize, words: &ProseWords) -> bool {
    let rest = &own[end..];
    !rest.is_empty() && words.becomes.iter().any(|w| rest.starts_with(w.as_str()))
}
