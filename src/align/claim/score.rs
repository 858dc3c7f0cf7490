//! How well the words around a number state an indicator: independent signals, no value among them.

use crate::{
    grammar::{Grammar, Hit, Phrase, SignWeights},
    quantity::ProseWords,
};
use std::ops::Range;

/// The stretches of text a claim may be stated in, nearest first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Zones<'a> {
    /// Its own words before the number.
    pub before: &'a str,
    /// Its own words after the unit.
    pub after: &'a str,
    /// The sentence before its own words.
    pub earlier: &'a str,
    /// Headings above, joined.
    pub headings: &'a str,
}

/// One indicator's score for one claim, in thousandths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Scored {
    /// Index in the catalogue.
    pub indicator: usize,
    /// Thousandths.
    pub score: i64,
    /// What of `before` its words cover.
    pub before: Vec<Range<usize>>,
    /// What of `after` its words cover.
    pub after: Vec<Range<usize>>,
    /// Whether the claim's own words say the whole phrase.
    pub whole: bool,
    /// Whether they also say what speaks against the indicator.
    pub barred: bool,
    /// Characters beside the phrase that narrow what is counted.
    pub narrow: i64,
    /// Whether the claim's own words say the context that the phrase needs, if it needs any.
    pub near: bool,
}

/// Hits of the catalogue's words in each zone.
struct Found {
    before: Vec<Hit>,
    after: Vec<Hit>,
    earlier: Vec<Hit>,
    headings: Vec<Hit>,
}

/// Where a part of a phrase was found.
enum Place {
    Before(Range<usize>),
    After(Range<usize>),
    Earlier,
    Heading,
}

/// Scores every indicator whose words occur; best first, ties in catalogue order.
pub(super) fn indicators(zones: &Zones<'_>, grammar: &Grammar, ellipsis: bool) -> Vec<Scored> {
    let (words, weights) = (&grammar.lexicon.words().prose, &grammar.weights.sign);
    let phrases = &grammar.catalogue.phrases;
    let hits = |zone: &str| phrases.hits(zone, &words.generic);
    let found = Found {
        before: hits(zones.before),
        after: hits(zones.after),
        earlier: hits(zones.earlier),
        headings: hits(zones.headings),
    };
    let mut scored = Vec::new();
    for (indicator, entry) in grammar.catalogue.indicators.iter().enumerate() {
        let own = |w: &String| zones.before.contains(w.as_str()) || zones.after.contains(w.as_str());
        let near = entry.context.iter().any(own);
        if !entry.context.is_empty()
            && !near
            && !entry.context.iter().any(|w| zones.earlier.contains(w.as_str()) || zones.headings.contains(w.as_str()))
        {
            continue;
        }
        let read: Vec<PhraseScore> = phrases.of[indicator]
            .iter()
            .filter_map(|phrase| phrase_score(phrase, &found, zones, grammar, &entry.context, ellipsis))
            .collect();
        let said = read.iter().any(|s| s.whole);
        let Some(mut best) = read.into_iter().max_by_key(|s| s.score) else { continue };
        if near {
            best.score += weights.context;
        }
        let barred = entry.unless.iter().any(own);
        if barred {
            best.score -= weights.barred;
        }
        let score = best.score.clamp(0, 1000);
        let PhraseScore { before, after, narrow, .. } = best;
        let near = near || entry.context.is_empty();
        scored.push(Scored { indicator, score, before, after, whole: said, barred, narrow, near });
    }
    scored.sort_by_key(|s| (-s.score, s.indicator));
    scored
}

/// How well one phrase is said.
struct PhraseScore {
    score: i64,
    before: Vec<Range<usize>>,
    after: Vec<Range<usize>>,
    whole: bool,
    narrow: i64,
}

fn phrase_score(
    phrase: &Phrase,
    found: &Found,
    zones: &Zones<'_>,
    grammar: &Grammar,
    context: &[String],
    ellipsis: bool,
) -> Option<PhraseScore> {
    let (words, weights) = (&grammar.lexicon.words().prose, &grammar.weights.sign);
    let (mut sum, mut length, mut near) = (0, 0, 0);
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for part in &phrase.parts {
        let (weight, chars, place) = part_place(part, found, zones, weights)?;
        sum += weight * chars;
        length += chars;
        match place {
            Place::Before(range) => before.push(range),
            Place::After(range) => after.push(range),
            Place::Earlier => continue,
            // A heading names the matter, not what is counted: it may only complete what the claim says itself.
            Place::Heading => {
                near -= chars;
                continue;
            }
        }
        near += chars;
    }
    let own = !before.is_empty() || !after.is_empty();
    if length == 0 || (!own && !ellipsis) || (own && near <= 0) {
        return None;
    }
    let specific = weights.specific[usize::try_from(length).unwrap_or(8).min(8)];
    // Words between the unit and what it counts say that something else happened to it first.
    let between = after
        .iter()
        .map(|r: &Range<usize>| r.start)
        .min()
        .filter(|_| before.is_empty())
        .map_or(0, |end| (leftover(&zones.after[..end], &[], words) - 2).max(0) * weights.between);
    let (unexplained, narrow) = if own { unexplained(zones.before, &before, context, grammar) } else { (0, 0) };
    let parts = i64::try_from(phrase.parts.len()).unwrap_or(1);
    // The noun nearest the number is what it counts.
    let says =
        |h: &&Hit| zones.before.get(h.range.clone()).is_some_and(|w| !words.light.iter().any(|light| light == w));
    let last = found.before.iter().filter(says).map(|h| h.range.end).max();
    let nearest = !before.is_empty() && before.iter().map(|r| r.end).max() == last;
    let found_here = i64::try_from(before.len() + after.len()).unwrap_or(0) == parts;
    let bonus =
        if found_here { weights.whole_part * (parts - 1) } else { 0 } + if nearest { weights.nearest } else { 0 };
    // What only an earlier count completes is said less well than what stands here whole.
    let borrowed =
        if own && !found_here && zones.earlier.contains(|c: char| c.is_ascii_digit()) { weights.borrowed } else { 0 };
    let score = sum / length * specific / 1000 + bonus - unexplained - between - borrowed;
    Some(PhraseScore { score, before, after, whole: found_here, narrow })
}

/// The best place of one part: weight in thousandths, length in characters, where.
fn part_place(part: &[usize], found: &Found, zones: &Zones<'_>, weights: &SignWeights) -> Option<(i64, i64, Place)> {
    let chars = |s: &str| i64::try_from(s.chars().count()).unwrap_or(i64::MAX);
    let mine = |hit: &&Hit| part.contains(&hit.word);
    let mut best: Option<(i64, i64, Place)> = None;
    let mut offer = |weight: i64, length: i64, place: Place| {
        if best.as_ref().is_none_or(|(w, l, _)| (weight, length) > (*w, *l)) {
            best = Some((weight, length, place));
        }
    };
    for hit in found.before.iter().filter(mine) {
        let distance = chars(&zones.before[hit.range.end..]);
        offer(
            worth(weights.before, distance),
            chars(&zones.before[hit.range.clone()]),
            Place::Before(hit.range.clone()),
        );
    }
    // `1件在答复前撤回` was not answered.
    let too_early = |hit: &&Hit| !zones.after[hit.range.end..].starts_with(['前', '之']);
    for hit in found.after.iter().filter(mine).filter(too_early) {
        let distance = chars(&zones.after[..hit.range.start]);
        offer(worth(weights.after, distance), chars(&zones.after[hit.range.clone()]), Place::After(hit.range.clone()));
    }
    if best.is_none() {
        for hit in found.earlier.iter().filter(|h| part.contains(&h.word)) {
            let between = &zones.earlier[hit.range.end..];
            // Beyond a semicolon another matter begins, unless the sentence set out with it; beyond another number, another count.
            let crossed = between.contains(|c: char| c.is_ascii_digit());
            let topic = !zones.earlier[..hit.range.start].contains(|c: char| c.is_ascii_digit());
            if between.contains(';') && !topic {
                continue;
            }
            let weight = worth(if crossed { weights.beyond_a_count } else { weights.earlier }, chars(between));
            let length = chars(&zones.earlier[hit.range.clone()]);
            if best.as_ref().is_none_or(|(w, l, _)| (weight, length) > (*w, *l)) {
                best = Some((weight, length, Place::Earlier));
            }
        }
    }
    if best.is_none()
        && let Some(hit) = found.headings.iter().find(|h| part.contains(&h.word))
    {
        best = Some((weights.heading, chars(&zones.headings[hit.range.clone()]), Place::Heading));
    }
    best
}

/// What a place is worth at a distance, in thousandths.
fn worth([most, each, loss]: [i64; 3], distance: i64) -> i64 {
    most - (each * distance).min(loss)
}

/// What so many characters cost, in thousandths.
fn cost([each, most]: [i64; 2], characters: i64) -> i64 {
    (each * characters).min(most)
}

/// What the unexplained words cost, in thousandths, and how many characters narrow what is counted. They cost little where they
/// say who and where, much where they narrow: right before the last noun, between it and its verb (`召开安全生产会议`), and after it.
fn unexplained(before: &str, covered: &[Range<usize>], context: &[String], grammar: &Grammar) -> (i64, i64) {
    let (words, weights) = (&grammar.lexicon.words().prose, &grammar.weights.sign);
    let mut covered = covered.to_vec();
    for word in context {
        covered.extend(before.match_indices(word.as_str()).map(|(at, w)| at..at + w.len()));
    }
    let Some(last) = covered.iter().max_by_key(|r| r.end) else {
        return (cost(weights.nothing_named, leftover(before, &[], words)), 0);
    };
    let open = open_bytes(before, &covered, words);
    let dark = |at: usize, c: char| c.is_alphabetic() && open.get(at).copied().unwrap_or(false);
    let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    let (head, rest) = before.split_at(last.start.min(before.len()));
    let dark_in = |from: usize, text: &str| count(text.char_indices().filter(|(at, c)| dark(from + at, *c)).count());
    // The noun's verb: a part of the phrase before it, or any verb of doing. What stands before the verb says who.
    let part = covered.iter().filter(|r| r.end <= last.start).map(|r| r.end).max();
    let verb = words
        .act
        .iter()
        .chain(&words.doing)
        .filter(|v| v.chars().count() > 1)
        .filter_map(|v| head.rfind(v.as_str()).map(|at| at + v.len()))
        .max();
    // `因征地引起的行政诉讼`, `处罚引起的复议`: what a cause names narrows it, and so does what it is the effect of.
    let cause = words.cause.iter().filter_map(|w| head.rfind(w.as_str()).map(|at| at + w.len())).max();
    let effect = words.effect.iter().any(|w| head.contains(w.as_str()));
    let body = || {
        let ends = |w: &String| head.rfind(w.as_str()).map(|at| at + w.len());
        words.agency.iter().chain(&words.bodies).filter_map(ends).max().unwrap_or(0)
    };
    let from = match (cause, part.max(verb)) {
        (Some(end), _) => end,
        (None, _) if effect => body(),
        (None, Some(end)) => end,
        // No verb: what stands before the noun, but for the body that did it (`教师培训`, `市住建局网站`).
        (None, None) => body(),
    };
    // A verb of one character is none of the words that narrow; what stands before it may be.
    let plain = cause.is_none() && !effect;
    let short = words.short_verbs.iter().filter(|w| head.ends_with(w.as_str())).map(String::len).max();
    let modified = last.start - short.filter(|_| plain).unwrap_or(0);
    let from = if plain && words.copulas.iter().any(|w| head.ends_with(w.as_str())) { last.start } else { from };
    let modifier = before.get(from..modified).map_or(0, |words| dark_in(from, words));
    let trailing = dark_in(last.start, rest);
    let far = leftover(head, &covered, words) - modifier;
    (cost(weights.far, far) + cost(weights.beside, trailing + modifier), trailing + modifier)
}

/// Characters of `before` that neither the phrase's words nor words of little meaning explain.
pub(super) fn leftover(before: &str, covered: &[Range<usize>], words: &ProseWords) -> i64 {
    let open = open_bytes(before, covered, words);
    let rest = before.char_indices().filter(|(at, c)| c.is_alphabetic() && open.get(*at).copied().unwrap_or(false));
    i64::try_from(rest.count()).unwrap_or(i64::MAX)
}

/// Which bytes of `before` nothing explains.
fn open_bytes(before: &str, covered: &[Range<usize>], words: &ProseWords) -> Vec<bool> {
    let mut open: Vec<bool> = vec![true; before.len()];
    let mut close = |range: Range<usize>| {
        for slot in open.iter_mut().take(range.end).skip(range.start) {
            *slot = false;
        }
    };
    covered.iter().cloned().for_each(&mut close);
    // What stands in quotation marks is a name.
    for (open, mark) in before.match_indices(['“', '《']) {
        let closing = if mark == "“" { '”' } else { '》' };
        let end = before[open..].find(closing).map_or(before.len(), |i| open + i);
        close(open..end);
    }
    words.slight(before).for_each(close);
    open
}
