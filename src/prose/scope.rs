//! What a number is limited to: other bodies and levels, part of the year, figures left out of the table.

use super::{
    Period,
    claims::{Context, MOST_BEFORE, MOST_CLAUSE, tail},
    deny::clip,
    period::{last_year, part_of_year},
};
use crate::quantity::ProseWords;
use std::ops::Range;

/// Longest name of a body, in characters.
const LONGEST_NAME: usize = 16;

/// Words that limit what a number counts: in its own clause; levels other than the agency's own, and words that leave it out of
/// the table, anywhere in its sentence.
pub(super) fn scope(
    s: &str,
    sentence: &Range<usize>,
    clause: &Range<usize>,
    at: usize,
    end: usize,
    context: &Context<'_>,
) -> Vec<String> {
    let words = &context.lexicon.words().prose;
    let head = tail(s.get(clause.start..at).unwrap_or(""), MOST_CLAUSE);
    let near = s.get(at - head.len()..end.min(s.len())).unwrap_or("");
    let before = tail(s.get(sentence.start..at).unwrap_or(""), MOST_BEFORE);
    let after = clip(s.get(at..sentence.end).unwrap_or(""), MOST_BEFORE);
    // What 本级 limits is a government with levels below; to a department it says the same as its name.
    let own = |word: &String| !context.government && words.own_level.contains(word);
    let mut scope: Vec<String> = words.scope.iter().filter(|w| near.contains(w.as_str()) && !own(w)).cloned().collect();
    let place = context.level;
    let level = words.level.iter().filter(|w| place.is_none_or(|place| !w.ends_with(place)));
    let said = level
        .filter_map(|w| before.rfind(w.as_str()).or_else(|| near.contains(w.as_str()).then_some(0)).map(|i| (i, w)));
    let last = said.max_by_key(|(i, _)| *i);
    let turned = words.own_level.iter().filter_map(|w| before.rfind(w.as_str())).max();
    scope.extend(last.filter(|(i, _)| turned.is_none_or(|t| t < *i)).map(|(_, w)| w.clone()));
    // The sentence itself says so, or the next one of `上述`.
    let next = s.get(sentence.end..).map_or("", |rest| clip(rest, MOST_BEFORE)).trim_start_matches(['。', ';', ' ']);
    let next = next.split('。').next().unwrap_or("");
    let back = words.back_reference.iter().any(|w| next.starts_with(w.as_str()));
    let excluded = words.excluded.iter().find(|w| after.contains(w.as_str()) || (back && next.contains(w.as_str())));
    scope.extend(excluded.cloned());
    // A department that speaks of its government's figures (`市政府全年收到…`), not of its website or gazette.
    let of_another = |w: &&String| {
        near.match_indices(w.as_str()).any(|(i, m)| !near[i + m.len()..].starts_with(|c| words.not_a_body.contains(c)))
    };
    scope.extend(words.other_bodies.iter().filter(|_| !context.government).find(of_another).cloned());
    scope
}

/// `区里受理申请1280件`, `朝阳区公开信息9000条`: another body than the agency that its clause names as who did it.
pub(super) fn body(head: &str, context: &Context<'_>) -> Option<String> {
    let words = &context.lexicon.words().prose;
    let head = last_year(clip(head, 8)).map_or(head, |(_, end)| &head[end..]);
    let head = stripped(head.trim_start(), &[&words.time, &words.current, &words.by]);
    let verb = words.first_verb(head)?;
    let end = words.last_name_end(&head[..verb])?;
    let (name, rest) = (&head[..end], head[end..verb].trim_start_matches(')'));
    // `9个乡镇`: how many of them is not their name.
    let name = name.rfind('个').map_or(name, |at| &name[at + '个'.len_utf8()..]);
    // `邻近的三间房乡`, `全年各分局`: whose it is, and when, is not its name.
    let above = |name: &str| words.above.iter().any(|w| name.starts_with(w.as_str()) || name.ends_with(w.as_str()));
    let above = above(name) || name.rfind('的').is_some_and(|at| above(&name[..at]));
    let name = name.rfind('的').map_or(name, |at| &name[at + '的'.len_utf8()..]);
    let length = name.chars().count();
    let named = (2..=LONGEST_NAME).contains(&length)
        && name.chars().all(|c| c.is_alphabetic() || matches!(c, '(' | ')' | '、'))
        && stripped(rest, &[&words.manner, &words.time, &words.current, &words.sum]).is_empty()
        && !rest.starts_with(|c| words.not_a_body.contains(c))
        && !words.no_subject.iter().any(|w| name.contains(w.as_str()));
    let own = context.agency.is_none_or(|agency| {
        let office = words.offices.iter().find_map(|w| name.strip_suffix(w.as_str())).unwrap_or(name);
        let place = words.agency.iter().filter_map(|w| agency.strip_suffix(w.as_str())).min_by_key(|p| p.len());
        let kind = |w: &&String| agency.ends_with(w.as_str()) || place.is_some_and(|p| p.ends_with(w.as_str()));
        in_order(name, agency)
            || in_order(office, agency)
            || words.small.iter().filter(kind).any(|w| name.starts_with(w.as_str()))
    });
    (named && (above || !own)).then(|| name.to_string())
}

/// `s` without any of `lists` at its start, however often.
fn stripped<'s>(s: &'s str, lists: &[&Vec<String>]) -> &'s str {
    let mut rest = s.trim_start_matches([',', ' ']);
    while let Some(shorter) = lists
        .iter()
        .flat_map(|list| list.iter())
        .filter_map(|w| rest.strip_prefix(w.as_str()))
        .min_by_key(|shorter| shorter.len())
    {
        rest = shorter.trim_start_matches([',', ' ']);
    }
    rest
}

/// Whether a name's characters occur in the agency's in their order: 县政府办 in 某县人民政府办公室.
fn in_order(name: &str, agency: &str) -> bool {
    let mut rest = agency.chars();
    name.chars().all(|c| rest.any(|other| other == c))
}

/// `从4212万元增加到4906万元`: what a change sets out from is the figure of the year before.
pub(super) fn sets_out(before: &str, after: &str, year: Option<i32>, words: &ProseWords) -> Option<Period> {
    let opens = words.out_of.iter().any(|w| before.contains(w.as_str()));
    let leads = words.up.iter().chain(&words.down).any(|w| {
        let rest = after.trim_start().strip_prefix(w.as_str());
        rest.is_some_and(|rest| words.becomes.iter().any(|b| rest.starts_with(b.as_str())))
    });
    (opens && leads).then(|| year.map_or(Period::Previous, |y| Period::Year(y - 1)))
}

/// `截至9月底,收到20件`: the clause before says up to when its sentence counts.
pub(super) fn until(s: &str, sentence: &Range<usize>, clause: &Range<usize>, words: &ProseWords) -> Option<Period> {
    let before = tail(s.get(sentence.start..clause.start).unwrap_or(""), MOST_BEFORE);
    words
        .until
        .iter()
        .find_map(|w| before.rfind(w.as_str()))
        .and_then(|at| part_of_year(&before[at..], words))
        .map(Period::Part)
}
