//! How the claims of one paragraph hang together: lists and their wholes, what a share is of, what a change compares.

use super::{
    Claim, ClaimKind, ListRole, Period,
    claims::{MOST_BEFORE, is_empty_subject, tail},
    clause::Cuts,
    deny::clip,
    period::any,
};
use crate::quantity::{Measure, ProseWords};
use std::ops::Range;

/// Fills `list`, `of`, `base` of the claims from `from` on; `ranges` are their numbers in the view `s`.
pub(super) fn relate(
    s: &str,
    cuts: &Cuts,
    ranges: &[Range<usize>],
    from: usize,
    claims: &mut [Claim],
    words: &ProseWords,
) {
    distribute(s, cuts, ranges, from, claims, words);
    for i in 0..ranges.len() {
        let sentence = cuts.sentence(ranges[i].start);
        let here = |k: &usize| sentence.contains(&ranges[*k].start);
        let claim = &claims[from + i];
        let own = claim.own.before.clone();
        let amount = |k: usize| matches!(claims[from + k].kind, ClaimKind::Count | ClaimKind::Money | ClaimKind::All);
        let same = |k: usize, l: usize| family(&claims[from + k]) == family(&claims[from + l]);
        let (mut of, mut base) = (None, None);
        match claim.kind {
            ClaimKind::Share => {
                let head = share_head(&own, words);
                // `过半数(19次)由…`: the part is said in the bracket after it.
                let noted = s.get(ranges[i].end..).is_some_and(|rest| rest.starts_with('('));
                if is_empty_subject(head, words) && !noted && !strays(s, cuts, ranges, i) {
                    of = (0..i)
                        .rev()
                        .take(REACH)
                        .filter(here)
                        .find(|k| amount(*k) && claims[from + k].quantity.is_some());
                }
                let whole_from = of.unwrap_or(i);
                base = (0..whole_from).rev().take(REACH).find(|k| {
                    amount(*k)
                        && claims[from + k].period == Period::Current
                        && claims[from + k].quantity.is_some()
                        && !claims[from + k].remainder
                        && of.is_none_or(|of| same(*k, of))
                        && !matches!(claims[from + k].list, ListRole::Part(_))
                        && !opens_part(s, ranges, *k, &claims[from + k], words)
                });
            }
            ClaimKind::Change | ClaimKind::Multiple => {
                let head = change_head(&own, words);
                let earlier = |k: &usize| amount(*k) && claims[from + k].quantity.is_some();
                let past = |k: &usize| matches!(claims[from + k].period, Period::Year(_) | Period::Previous);
                base = (0..i)
                    .rev()
                    .take(REACH)
                    .filter(here)
                    .find(|k| earlier(k) && past(k))
                    .or_else(|| (i + 1..ranges.len()).take(REACH).filter(here).find(|k| earlier(k) && past(k)));
                if is_empty_subject(head, words) {
                    of = (0..i)
                        .rev()
                        .take(REACH)
                        .filter(here)
                        .find(|k| earlier(k) && !past(k) && base.is_none_or(|b| same(*k, b)));
                }
            }
            // `制发3件,3件均已公开`: the number again, now of every one.
            ClaimKind::All if claim.quantity.is_some() => {
                let value = |k: usize| claims[from + k].quantity.as_ref().map(|q| q.value);
                of = (0..i)
                    .rev()
                    .take(4)
                    .find(|k| claims[from + k].kind == ClaimKind::Count && same(*k, i) && value(*k) == value(i));
            }
            ClaimKind::All => {
                of = (0..i).rev().take(REACH).filter(here).find(|k| {
                    matches!(claims[from + k].kind, ClaimKind::Count | ClaimKind::Money)
                        && claims[from + k].quantity.is_some()
                });
            }
            _ => {}
        }
        let claim = &mut claims[from + i];
        claim.of = of.map(|k| from + k);
        claim.base = base.map(|k| from + k);
    }
    zip(s, cuts, ranges, from, claims, words);
}

/// How many claims before, or after, one may be spoken of.
const REACH: usize = 64;
/// Most characters of one item of a list.
const LONGEST_ITEM: usize = 40;
/// Most characters of other clauses between an amount and what is said to be its share.
const ASIDE: usize = 8;

/// Whether clauses that say something else stand between a share and the amount before it: `信函2件,问得最多的是拆迁补偿怎么算,占到一半`.
fn strays(s: &str, cuts: &Cuts, ranges: &[Range<usize>], i: usize) -> bool {
    let Some(last) = i.checked_sub(1).and_then(|k| ranges.get(k)) else { return false };
    let clause = cuts.clause(ranges[i].start);
    let between = cuts.border_after(last.end, clause.start)..clause.start;
    s.get(between).is_some_and(|gap| gap.chars().filter(|c| c.is_alphabetic()).count() > ASIDE)
}

/// `甲4条、乙3条、丙3条,分别占40%、30%和30%`: each share or change is of the amount at its own place in the list before.
fn zip(s: &str, cuts: &Cuts, ranges: &[Range<usize>], from: usize, claims: &mut [Claim], words: &ProseWords) {
    let share = |claims: &[Claim], k: usize| matches!(claims[from + k].kind, ClaimKind::Share | ClaimKind::Change);
    let mut i = 0;
    while i < ranges.len() {
        let mut last = i;
        while last + 1 < ranges.len() && share(claims, last + 1) && adjoins(s, &ranges[last], &ranges[last + 1]) {
            last += 1;
        }
        let count = last - i + 1;
        let sentence = cuts.sentence(ranges[i].start);
        let amounts = i.checked_sub(count).filter(|first| sentence.contains(&ranges[*first].start));
        if let Some(first) = amounts.filter(|_| count >= 2 && share(claims, i))
            && any(&claims[from + i].own.before, &words.respectively)
            && (first..i).all(|k| matches!(claims[from + k].kind, ClaimKind::Count | ClaimKind::Money))
        {
            for k in 0..count {
                claims[from + i + k].of = Some(from + first + k);
            }
        }
        i = last + 1;
    }
}

/// Whether nothing but list marks stands between two numbers.
pub(super) fn adjoins(s: &str, a: &Range<usize>, b: &Range<usize>) -> bool {
    s.get(a.end..b.start).is_some_and(|gap| gap.chars().all(|c| matches!(c, '、' | '和' | '及' | '与' | ',' | ' ')))
}

/// Unit family stand-in without a lexicon: the measure and whether both are counted in one unit.
fn family(claim: &Claim) -> (Option<Measure>, Option<&str>) {
    claim
        .quantity
        .as_ref()
        .map_or((None, None), |q| (Some(q.measure), if q.measure == Measure::Money { None } else { q.unit.as_deref() }))
}

/// Whether a claim is opened as a selection of an earlier one (`其中…`).
fn opens_part(s: &str, ranges: &[Range<usize>], k: usize, claim: &Claim, words: &ProseWords) -> bool {
    let start = ranges[k].start.saturating_sub(claim.own.before.len());
    s.get(start..ranges[k].start).is_some_and(|own| any(own, &words.of_which))
}

/// The words before the share word: the share's own subject (`自然人` of `自然人占六成`).
fn share_head<'s>(own: &'s str, words: &ProseWords) -> &'s str {
    let cut = words.share.iter().filter(|w| !words.rate.contains(w)).filter_map(|w| own.find(w.as_str())).min();
    cut.map_or(own, |i| &own[..i])
}

/// The words before the comparison: a change's own subject (`申请量` of `申请量比2020年的30件下降`).
fn change_head<'s>(own: &'s str, words: &ProseWords) -> &'s str {
    let cut = words
        .compare
        .iter()
        .filter_map(|w| own.find(w.as_str()))
        .chain(
            words.up.iter().chain(&words.down).filter(|w| w.chars().count() > 1).filter_map(|w| own.find(w.as_str())),
        )
        .chain(words.up.iter().chain(&words.down).filter_map(|w| own.strip_suffix(w.as_str()).map(str::len)))
        .min();
    cut.map_or(own, |i| &own[..i])
}

/// The nouns of a list (`科研机构、公益组织以及其他组织`).
pub(crate) fn nouns<'s>(list: &'s str, words: &ProseWords) -> Vec<&'s str> {
    let found = |lists: &Vec<String>| -> Vec<Range<usize>> {
        lists.iter().flat_map(|w| list.match_indices(w.as_str()).map(|(at, m)| at..at + m.len())).collect()
    };
    // A joint that another word holds joins nothing.
    let mut held = vec![false; list.len()];
    found(&words.joints_not).into_iter().flatten().for_each(|at| held[at] = true);
    let mut joints = found(&words.joints);
    joints.retain(|j| !held[j.start]);
    joints.extend(list.match_indices('、').map(|(at, m)| at..at + m.len()));
    joints.sort_by_key(|j| (j.start, std::cmp::Reverse(j.end)));
    let mut nouns = Vec::new();
    let mut start = 0;
    for joint in joints {
        if joint.start >= start {
            nouns.push(&list[start..joint.start]);
            start = joint.end;
        }
    }
    nouns.push(&list[start..]);
    nouns.into_iter().map(str::trim).filter(|n| !n.is_empty()).collect()
}

/// `甲、乙和丙分别为1件、2件和3件`: gives each number the noun at its own place in the list before.
fn distribute(s: &str, cuts: &Cuts, ranges: &[Range<usize>], from: usize, claims: &mut [Claim], words: &ProseWords) {
    let mut i = 0;
    while i < ranges.len() {
        let own = claims[from + i].own.before.clone();
        let Some(word) = words.respectively.iter().filter(|w| own.contains(w.as_str())).max_by_key(|w| w.len()) else {
            i += 1;
            continue;
        };
        let clause = cuts.clause(ranges[i].start);
        let head = &s[clause.start..ranges[i].start];
        let Some(at) = head.rfind(word.as_str()) else {
            i += 1;
            continue;
        };
        let mut last = i;
        while last + 1 < ranges.len() {
            // `分别为5件和2件,全部办结`: words without a number are no item.
            let number = !matches!(claims[from + last + 1].kind, ClaimKind::All | ClaimKind::None);
            if !number || !adjoins(s, &ranges[last], &ranges[last + 1]) {
                break;
            }
            last += 1;
        }
        let count = last - i + 1;
        let nouns = nouns(&head[..at], words);
        if nouns.len() == count {
            for (k, noun) in nouns.into_iter().enumerate() {
                let claim = &mut claims[from + i + k];
                claim.own.before = noun.to_string();
                claim.subject = Some(noun.to_string());
            }
        }
        i = last + 1;
    }
}

/// Whether words end in a list: after a colon, or in a bracket still open.
fn opens_list(intro: &str) -> bool {
    intro.contains(':') || intro.rfind('(').is_some_and(|at| !intro[at..].contains(')'))
}

/// Whether a place lies in an open bracket; brackets are short.
fn in_bracket(s: &str, at: usize) -> bool {
    let head = s.get(..at).unwrap_or("");
    let near = head.char_indices().rev().take(80).find(|(_, c)| matches!(c, '(' | ')'));
    near.is_some_and(|(_, c)| c == '(')
}

/// Whether the words after a number divide it: `340条,由公交线路调整126条…组成`.
fn divides_last(gap: &str, rest: &str, words: &ProseWords) -> bool {
    gap.strip_prefix(',').is_some_and(|clause| {
        words.divide.iter().any(|w| clause.trim_start().starts_with(w.as_str())) || made_of(clause, rest, words)
    })
}

/// Whether words say of what something is made: `由甲3件、乙2件组成`.
fn made_of(intro: &str, rest: &str, words: &ProseWords) -> bool {
    intro.trim_start().starts_with('由') && any(rest, &words.made_of)
}

/// Whether a selection names all that its whole names: `建议和提案413件,其中人大代表建议178件、政协提案225件`.
fn names_all(whole: &str, parts: &[&str], words: &ProseWords) -> bool {
    let nouns = nouns(whole, words);
    let end = |noun: &str| noun.char_indices().rev().nth(1).map(|(at, _)| noun[at..].to_string());
    nouns.len() >= 2
        && nouns.len() == parts.len()
        && nouns.iter().zip(parts).all(|(noun, part)| end(noun).is_some_and(|end| part.contains(&end)))
}

/// Finds the lists of a paragraph; indices are those of `claims`.
pub(super) fn lists(
    s: &str,
    cuts: &Cuts,
    ranges: &[Range<usize>],
    from: usize,
    claims: &mut [Claim],
    next: usize,
    words: &ProseWords,
) -> Vec<super::List> {
    let mut found = Vec::new();
    let mut i = 0;
    let listable = |claims: &[Claim], k: usize| {
        matches!(claims[from + k].kind, ClaimKind::Count | ClaimKind::Money | ClaimKind::Share)
            && claims[from + k].quantity.is_some()
    };
    while i < ranges.len() {
        if !listable(claims, i) {
            i += 1;
            continue;
        }
        let mut last = i;
        while last + 1 < ranges.len()
            && listable(claims, last + 1)
            && family(&claims[from + last]) == family(&claims[from + last + 1])
        {
            let gap = &s[ranges[last].end..ranges[last + 1].start];
            // Several nouns may share a number: `微博、短视频等226条`.
            let borders = gap
                .chars()
                .filter(|c| matches!(c, ',' | ';'))
                .count()
                .max(usize::from(gap.chars().count() > LONGEST_ITEM) * 2);
            let joined = gap.chars().next().is_some_and(|c| matches!(c, ',' | '、' | ';' | '和' | '及' | ')'));
            if !joined
                || borders > 1
                || (gap.starts_with(')') && in_bracket(s, ranges[i].start))
                || divides_last(gap, &s[ranges[last].end..cuts.sentence(ranges[last].start).end], words)
                || gap.contains(['。', ':'])
                || (gap.contains('(') && !gap.contains(')'))
                || any(gap, &words.of_which)
                || any(gap, &words.previous)
            {
                break;
            }
            last += 1;
        }
        let sums = |k: usize| words.sum.iter().any(|w| claims[from + k].own.before.trim() == w.as_str());
        if last > i + 1 && sums(last) && !any(&s[ranges[i].start..ranges[last].start], &words.open) {
            // `甲2条、乙1条,合计3条`: the whole comes last.
            let number = next + found.len();
            for k in i..last {
                claims[from + k].list = ListRole::Part(number);
            }
            claims[from + last].list = ListRole::Whole(number);
            found.push(super::List {
                whole: Some(from + last),
                parts: (i..last).map(|k| from + k).collect(),
                closed: true,
            });
        } else if last > i {
            let sentence = cuts.sentence(ranges[i].start);
            let start = ranges[i].start.saturating_sub(claims[from + i].own.before.len());
            // The whole may be parted from its list by what else is said of it (`48760条,比上年增长17%。其中…`).
            let before = (0..i).rev().take(3).find(|w| {
                let own = &claims[from + w].own.before;
                listable(claims, *w)
                    && claims[from + w].kind != ClaimKind::Share
                    && (!matches!(claims[from + w].list, ListRole::Part(_))
                        || !s[ranges[*w].end..ranges[i].start].contains(','))
                    && !words.except.iter().any(|e| own.trim_start().starts_with(e.as_str()))
            });
            let whole = before.filter(|w| {
                listable(claims, *w)
                    && family(&claims[from + w]) == family(&claims[from + i])
                    && claims[from + w].kind != ClaimKind::Share
                    && (sentence.contains(&ranges[*w].start) || opens_part(s, ranges, i, &claims[from + i], words))
            });
            let intro_from = whole.map_or(sentence.start, |w| ranges[w].end);
            let intro = tail(s.get(intro_from..ranges[i].start).unwrap_or(""), MOST_BEFORE);
            let own = |k: usize| claims[from + k].own.before.as_str();
            let selects = any(intro, &words.select)
                && !whole.is_some_and(|w| names_all(own(w), &(i..=last).map(own).collect::<Vec<_>>(), words));
            let made = made_of(intro.trim_start_matches(','), &s[ranges[i].start..sentence.end], words);
            let divides = any(intro, &words.divide)
                || made
                || (!selects && any(intro, &words.select))
                || s.get(intro_from..start).is_some_and(opens_list);
            let after = s.get(ranges[last].end..).unwrap_or("");
            let within = s.get(ranges[i].start..ranges[last].end).unwrap_or("");
            // Shares whose sentence goes on to say that they are everything divide it too.
            let said_whole = claims[from + i].kind == ClaimKind::Share
                && s.get(ranges[last].end..sentence.end).is_some_and(|rest| any(clip(rest, MOST_BEFORE), &words.whole));
            let divides = divides || said_whole;
            // More of the kind follows in the sentence: what was read of the list may not be all.
            let goes_on = ranges.get(last + 1).is_some_and(|next| {
                sentence.contains(&next.start)
                    && listable(claims, last + 1)
                    && family(&claims[from + last]) == family(&claims[from + last + 1])
                    && s.get(ranges[last].end..).is_some_and(|rest| rest.starts_with([',', '、', '和', '及']))
            });
            let open = any(within, &words.open) || words.open.iter().any(|w| after.starts_with(w.as_str()));
            if whole.is_some_and(|_| selects || divides) || (whole.is_none() && last > i) {
                let number = next + found.len();
                for k in i..=last {
                    claims[from + k].list = ListRole::Part(number);
                }
                if let Some(w) = whole
                    && claims[from + w].list == ListRole::Alone
                {
                    claims[from + w].list = ListRole::Whole(number);
                }
                found.push(super::List {
                    whole: whole.map(|w| from + w),
                    parts: (i..=last).map(|k| from + k).collect(),
                    closed: divides && !selects && !open && !goes_on,
                });
            }
        }
        i = last + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_of_a_list() {
        let words = crate::prose::tests::lexicon().words().prose.clone();
        assert_eq!(nouns("科研机构、公益组织以及其他组织", &words), ["科研机构", "公益组织", "其他组织"]);
        assert_eq!(nouns("当面申请", &words), ["当面申请"]);
        assert_eq!(nouns("参与人数和涉及村数", &words), ["参与人数", "涉及村数"]);
    }
}
