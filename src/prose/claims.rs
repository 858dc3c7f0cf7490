//! One paragraph to claims: which numerals claim something, of which kind, with which words around them.

use super::{
    Claim, ClaimKind, Ignored, ListRole, Own, Period, Prose,
    clause::{Cuts, cut},
    deny::{clip, denials, universals},
    kind::{direction, kind, no_claim},
    period::{any, first_year, last_year, period, since_earlier},
    relate,
    scope::{body, scope, sets_out, until},
};
use crate::{
    layout::run_in,
    quantity::{Interval, Lexicon, Measure, Number, ProseWords, Quantity, Reason, What, scan},
    text::View,
};
use std::ops::Range;

/// How much of the sentence before it a claim keeps, in characters, and how much of its clause to either side.
pub(super) const MOST_BEFORE: usize = 300;
pub(super) const MOST_CLAUSE: usize = 150;
/// Most characters of a note in brackets after a number.
const SHORT_NOTE: usize = 10;
/// How near before an ordinal the word of a rank must stand, in characters: `列全区13个镇街的第四名`.
const RANK_REACH: usize = 12;
/// How far a quantifier may stand behind its number (`收到的12件申请全部…`), in characters.
const ALL_REACH: usize = 8;

/// What a paragraph is read with.
pub(super) struct Context<'a> {
    pub lexicon: &'a Lexicon,
    /// The report's year.
    pub year: Option<i32>,
    /// The agency that reports.
    pub agency: Option<&'a str>,
    /// Whether the reporting agency is a government.
    pub government: bool,
    /// The level of a government (`县` of 某县人民政府): `全县` is all of its own.
    pub level: Option<char>,
    /// Folded headings above, outermost first.
    pub headings: &'a [String],
    /// Number of the paragraph.
    pub paragraph: usize,
}

/// A claim in the making, in view offsets.
struct Draft {
    range: Range<usize>,
    kind: ClaimKind,
    quantity: Option<Quantity>,
    /// Where the words after it begin; of a denial, before its verb.
    after: usize,
    /// Where the words it governs end; for numbers their own end.
    reach: usize,
    /// Of a change in a list that one word of change opens: the first number of the list.
    opened_at: Option<usize>,
}

/// Reads one paragraph's view.
pub(super) fn paragraph(view: &View<'_>, context: &Context<'_>, prose: &mut Prose) {
    let Prose { claims, lists, ignored, .. } = prose;
    let s = view.str();
    let words = &context.lexicon.words().prose;
    let cuts = cut(s);
    let plans = plans(s, &cuts, context);
    let planned = |at: usize| plans.iter().any(|p| p.contains(&at));
    let mut drafts: Vec<Draft> = Vec::new();
    let mut skip = |range: Range<usize>, reason: Reason| ignored.push(Ignored { span: view.span(range), reason });
    for mark in scan(s, context.lexicon) {
        let own = own_before(s, &cuts, &drafts, mark.range.start);
        let after = own_after(s, &cuts, mark.range.end, s.len());
        match mark.what {
            What::Ignored(reason) => skip(mark.range, reason),
            _ if planned(mark.range.start) => skip(mark.range, Reason::Plan),
            What::Ordinal(number) => {
                let clause = cuts.clause(mark.range.start);
                let head = tail(s.get(clause.start..mark.range.start).unwrap_or(""), RANK_REACH);
                if words.rank.iter().any(|w| head.contains(w.as_str())) && !after.starts_with('项') {
                    drafts.push(Draft {
                        opened_at: None,
                        kind: ClaimKind::Rank,
                        quantity: Some(bare(number)),
                        after: mark.range.end,
                        reach: mark.range.end,
                        range: mark.range,
                    });
                } else {
                    skip(mark.range, Reason::Ordinal);
                }
            }
            What::Bare(quantity) => {
                if quantity.value.is_zero() && own.ends_with('为') {
                    drafts.push(Draft {
                        opened_at: None,
                        kind: ClaimKind::Count,
                        quantity: Some(quantity),
                        after: mark.range.end,
                        reach: mark.range.end,
                        range: mark.range,
                    });
                } else {
                    skip(mark.range, Reason::NoUnit);
                }
            }
            What::Quantity(quantity) => match no_claim(s, &mark.range, own, after, &quantity, words) {
                Some(reason) => skip(mark.range, reason),
                None => {
                    let kind = kind(&quantity, own, after, words);
                    drafts.push(Draft {
                        opened_at: None,
                        after: mark.range.end,
                        reach: mark.range.end,
                        range: mark.range,
                        kind,
                        quantity: Some(quantity),
                    });
                }
            },
        }
    }
    universal(s, &cuts, words, &mut drafts, &planned);
    let ordered = drafts.len();
    for word in denials(s, &cuts, words) {
        let next = drafts.get(..ordered).unwrap_or_default().partition_point(|d| d.range.end <= word.range.start);
        if !planned(word.range.start)
            && !drafts.get(next).is_some_and(|d| next < ordered && overlap(&d.range, &word.range))
        {
            drafts.push(Draft {
                opened_at: None,
                range: word.range,
                kind: ClaimKind::None,
                quantity: None,
                after: word.start,
                reach: word.end,
            });
        }
    }
    drafts.sort_by_key(|d| d.range.start);
    share_out_changes(s, &mut drafts, words);
    let from = claims.len();
    for i in 0..drafts.len() {
        claims.push(finish(view, &cuts, &drafts, i, context));
    }
    let ranges: Vec<Range<usize>> = drafts.into_iter().map(|d| d.range).collect();
    let next = lists.len();
    lists.extend(relate::lists(s, &cuts, &ranges, from, claims, next, words));
    relate::relate(s, &cuts, &ranges, from, claims, words);
}

/// `分别增加6件和2件`: the numbers of a list that a word of change opens are changes all.
fn share_out_changes(s: &str, drafts: &mut [Draft], words: &ProseWords) {
    for i in 1..drafts.len() {
        let (before, rest) = drafts.split_at_mut(i);
        let (Some(last), Some(next)) = (before.last(), rest.first_mut()) else { continue };
        let opened = last.kind == ClaimKind::Change
            && matches!(next.kind, ClaimKind::Count | ClaimKind::Money | ClaimKind::Share);
        let head = tail(s.get(..last.range.start).unwrap_or(""), RANK_REACH);
        if opened
            && relate::adjoins(s, &last.range, &next.range)
            && (last.opened_at.is_some() || any(head, &words.respectively))
        {
            next.kind = ClaimKind::Change;
            next.opened_at = last.opened_at.or(Some(last.range.start));
        }
    }
}

/// Words of a number's own stretch: from the last border or claim up to it; before a bracket, the words the bracket notes.
fn own_before<'s>(s: &'s str, cuts: &Cuts, drafts: &[Draft], at: usize) -> &'s str {
    let floor = drafts.iter().rev().find(|d| d.reach <= at).map_or(0, |d| d.range.end);
    let start = cuts.border_before(s, at, floor);
    let own = s.get(start..at).unwrap_or("");
    if own.trim().is_empty() && start > floor {
        if s[..start].ends_with('(') {
            let outer = cuts.border_before(s, start - 1, floor);
            return s.get(outer..start - 1).unwrap_or("");
        }
        if let Some(open) = s[..start].strip_suffix(')').and_then(|head| head.rfind('(')).filter(|open| *open > floor) {
            let outer = cuts.border_before(s, open, floor);
            return s.get(outer..at).unwrap_or("");
        }
    }
    own
}

fn own_after<'s>(s: &'s str, cuts: &Cuts, at: usize, ceiling: usize) -> &'s str {
    // A number that fills a bracket is spoken of after it: `过半数(19次)由主要负责同志参加`.
    let goes_on = |rest: &str| {
        rest.strip_prefix(')').is_some_and(|r| r.starts_with(char::is_alphabetic) && !r.starts_with(['和', '及', '与']))
    };
    // `41230条(微博)`: a short note names what was counted.
    if let Some(note) = s.get(at..).and_then(|rest| rest.strip_prefix('(')).and_then(|rest| rest.split(')').next())
        && note.chars().count() <= SHORT_NOTE
        && at + note.len() + 1 < ceiling
        && !note.is_empty()
        && note.chars().all(char::is_alphabetic)
    {
        return s.get(at + 1..at + 1 + note.len()).unwrap_or("");
    }
    let at = if s.get(at..).is_some_and(goes_on) { at + 1 } else { at };
    s.get(at..cuts.border_after(at, ceiling)).unwrap_or("")
}

/// The last `chars` characters of `s`.
pub(super) fn tail(s: &str, chars: usize) -> &str {
    s.char_indices().rev().nth(chars.saturating_sub(1)).map_or(s, |(i, _)| &s[i..])
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

fn bare(number: Number) -> Quantity {
    Quantity {
        value: number,
        narrow: Interval::point(number),
        wide: Interval::point(number),
        approx: None,
        unit: None,
        measure: Measure::Count,
        step: Number::ONE,
    }
}

/// Stretches of plans and duties: from the word that opens one to the sentence's end; under a heading of plans, to the
/// paragraph's end.
fn plans(s: &str, cuts: &Cuts, context: &Context<'_>) -> Vec<Range<usize>> {
    let words = &context.lexicon.words().prose;
    let headed = context.headings.iter().any(|h| any(h, &words.plan_heading));
    // `四、2023年怎么干` in the report of 2022.
    let ahead = |heading: &String| {
        let named = heading.trim_start_matches(|c: char| !c.is_ascii_digit());
        let numbered = heading.len() - named.len() <= "(十二)、".len();
        numbered && first_year(named).is_some_and(|year| context.year.is_some_and(|own| year > own))
    };
    if context.headings.iter().any(ahead) {
        return cuts.sentences.clone();
    }
    let mut plans = Vec::new();
    for sentence in &cuts.sentences {
        let text = &s[sentence.clone()];
        let names = |at: usize| {
            words
                .plan_not
                .iter()
                .any(|name| text.match_indices(name.as_str()).any(|(i, m)| (i..i + m.len()).contains(&at)))
        };
        let word = words
            .plan
            .iter()
            .filter_map(|w| text.match_indices(w.as_str()).map(|(at, _)| at).find(|at| !names(*at)))
            .min();
        // A clause that begins with a year to come.
        let future = context.year.and_then(|year| {
            let first = cuts.clauses.partition_point(|c| c.start < sentence.start);
            let within = cuts.clauses.iter().skip(first).take_while(|c| c.end <= sentence.end);
            within.into_iter().find_map(|clause| {
                let words_of = &s[clause.clone()];
                last_year(clip(words_of, 8))
                    .filter(|(named, _)| *named > year && !any(clip(words_of, 24), &words.carry))
                    .map(|_| clause.start - sentence.start)
            })
        });
        if let Some(at) = [word, future].into_iter().flatten().min() {
            let end = if headed { s.len() } else { sentence.end };
            plans.push(sentence.start + at..end);
        }
    }
    plans
}

/// Adds the every-one statements to the drafts, which stand in order: a number right before its quantifier belongs to the statement.
fn universal(s: &str, cuts: &Cuts, words: &ProseWords, drafts: &mut Vec<Draft>, planned: &dyn Fn(usize) -> bool) {
    for word in universals(s, cuts, words) {
        if planned(word.range.start) {
            continue;
        }
        let sentence = cuts.sentence(word.range.start);
        let next = drafts.partition_point(|d| d.range.end <= word.range.start);
        let last = next.checked_sub(1);
        if let Some(i) = last.filter(|i| sentence.start <= drafts[*i].range.start) {
            let gap = &s[drafts[i].range.end..word.range.start];
            let near =
                gap.chars().count() <= ALL_REACH && cuts.border_after(drafts[i].range.end, s.len()) >= word.range.start;
            let counts = drafts[i].kind == ClaimKind::Count;
            let head = own_before(s, cuts, &drafts[..i], drafts[i].range.start);
            if near && counts && is_empty_subject(head, words) {
                drafts[i].kind = ClaimKind::All;
                drafts[i].reach = word.end;
                continue;
            }
        }
        let clause = cuts.clause(word.range.start);
        let head = tail(&s[sentence.start..word.range.start], MOST_BEFORE);
        // Counted in its own sentence, or in the one before it.
        let before = cuts.sentences.partition_point(|other| other.start < sentence.start).saturating_sub(1);
        let since = cuts.sentences.get(before).map_or(sentence.start, |other| other.start.min(sentence.start));
        let spoken = last.is_some_and(|i| since <= drafts[i].range.start);
        if spoken || any(head, &words.countable) || any(&s[clause], &words.countable) {
            let draft = Draft {
                opened_at: None,
                range: word.range,
                kind: ClaimKind::All,
                quantity: None,
                after: word.start,
                reach: word.end,
            };
            drafts.insert(next, draft);
        }
    }
}

/// Whether words say nothing of their own about what is counted: times, pointers back, years.
pub(super) fn is_empty_subject(head: &str, words: &ProseWords) -> bool {
    let mut rest = head.trim().to_string();
    loop {
        let before = rest.len();
        for list in [&words.time, &words.back, &words.remainder, &words.current] {
            for word in list {
                if let Some(stripped) = rest.strip_prefix(word.as_str()).or_else(|| rest.strip_suffix(word.as_str())) {
                    rest = stripped.trim().to_string();
                }
            }
        }
        if let Some((_, end)) = last_year(clip(&rest, 6)) {
            rest = rest[end..].trim_start_matches('度').trim().to_string();
        }
        rest = rest.trim_matches(['有', '的', '为', '共', '这', '以', '至', '已', '中', '内']).trim().to_string();
        if rest.len() == before {
            return rest.is_empty();
        }
    }
}

/// Fills a draft's surroundings.
fn finish(view: &View<'_>, cuts: &Cuts, drafts: &[Draft], i: usize, context: &Context<'_>) -> Claim {
    let s = view.str();
    let words = &context.lexicon.words().prose;
    let draft = &drafts[i];
    let sentence = cuts.sentence(draft.range.start);
    let clause = cuts.clause(draft.range.start);
    let before = own_before(s, cuts, &drafts[..i], draft.range.start);
    let next = drafts.get(i + 1).map_or(s.len(), |d| d.range.start);
    let after = match draft.kind {
        // A denial or an every-one statement governs its whole clause, lists and all.
        ClaimKind::None | ClaimKind::All => s.get(draft.after..draft.reach.max(draft.after)).unwrap_or(""),
        _ => {
            let after = own_after(s, cuts, draft.range.end, next);
            if draft.range.end + after.len() == next { between(after, words).0 } else { after }
        }
    };
    let before = match draft.kind {
        // `行政诉讼和举报投诉、收费均未发生`: the subjects of a denial may be a list before it.
        ClaimKind::None | ClaimKind::All => tail(s.get(clause.start..draft.range.start).unwrap_or(before), MOST_CLAUSE),
        _ => {
            let last = drafts[..i].last().map_or(0, |d| d.range.end);
            if last > 0 && draft.range.start - before.len() == last { between(before, words).1 } else { before }
        }
    };
    let own_start = draft.range.start.saturating_sub(before.len());
    let earlier = s.get(sentence.start..own_start).unwrap_or("");
    // The heading a paragraph runs on from speaks for each of its sentences.
    let earlier = match run_in(s).filter(|_| sentence.start > 0) {
        Some(heading) => format!("{heading},{}", tail(earlier, MOST_BEFORE)),
        None => tail(earlier, MOST_BEFORE).to_string(),
    };
    let direction = (draft.kind == ClaimKind::Change)
        .then(|| {
            direction(
                draft.opened_at.map_or(before, |at| own_before(s, cuts, &[], at)),
                after,
                draft.quantity.as_ref().is_some_and(|q| q.measure != Measure::Count && q.measure != Measure::Money),
                words,
            )
        })
        .flatten();
    let clause_head = tail(s.get(clause.start..own_start).unwrap_or(""), MOST_CLAUSE);
    let mut scope = scope(s, &sentence, &clause, draft.range.start, draft.range.end + after.len(), context);
    let body = body(tail(s.get(clause.start..draft.range.start).unwrap_or(""), MOST_CLAUSE), context);
    scope.extend(body.filter(|name| !scope.contains(name)));
    Claim {
        kind: draft.kind,
        span: view.span(draft.range.clone()),
        quantity: draft.quantity.clone(),
        clause: view.span(trimmed(s, &around(s, &clause, &draft.range))),
        sentence: view.span(trimmed(s, &sentence)),
        paragraph: context.paragraph,
        subject: subject(before, after, words),
        own: Own {
            before: before.to_string(),
            after: after.to_string(),
            next: following(s, cuts, draft, next).to_string(),
            listed: !after.trim().is_empty()
                && s.get(draft.range.end + after.len()..).is_some_and(|rest| rest.starts_with('、')),
        },
        before: earlier,
        headings: context.headings.to_vec(),
        direction,
        period: match draft.kind {
            ClaimKind::Change | ClaimKind::Multiple => Period::Current,
            ClaimKind::None | ClaimKind::All => period(&format!("{before}{after}"), clause_head, context.year, words),
            _ => match period(before, clause_head, context.year, words) {
                Period::Current
                    if since_earlier(tail(&s[sentence.start..draft.range.start], MOST_BEFORE), context.year, words) =>
                {
                    Period::Cumulative
                }
                Period::Current => sets_out(before, after, context.year, words)
                    .or_else(|| until(s, &sentence, &clause, words))
                    .unwrap_or(Period::Current),
                other => other,
            },
        },
        scope,
        list: ListRole::Alone,
        of: None,
        base: None,
        remainder: words.remainder.iter().any(|w| before.trim_end().trim_end_matches('的').ends_with(w.as_str())),
    }
}

/// Divides the words between two numbers: what belongs to the first (`11名工作人员`) and to the second (`专职3名`).
fn between<'s>(s: &'s str, words: &ProseWords) -> (&'s str, &'s str) {
    let joints = words.within.iter().chain(&words.plus).chain(&words.joints);
    joints
        .filter_map(|w| s.find(w.as_str()).map(|at| (at, w.len())))
        .min_by_key(|(at, length)| (*at, usize::MAX - length))
        .map_or((s, s), |(at, length)| (&s[..at], &s[at + length..]))
}

/// The clause after a number's own, where no claim stands before its end.
fn following<'s>(s: &'s str, cuts: &Cuts, draft: &Draft, next: usize) -> &'s str {
    let own = cuts.clause(draft.range.start);
    let at = cuts.clauses.partition_point(|c| c.end <= own.end);
    let sentence = cuts.sentence(draft.range.start);
    match cuts.clauses.get(at) {
        Some(clause)
            if clause.end <= next
                && clause.end <= sentence.end
                && s.get(own.end..clause.start).is_some_and(|m| m.starts_with(',')) =>
        {
            &s[clause.clone()]
        }
        _ => "",
    }
}

/// The part of a clause that is shown with a number: all of it, unless it is very long.
fn around(s: &str, clause: &Range<usize>, number: &Range<usize>) -> Range<usize> {
    let head = tail(s.get(clause.start..number.start).unwrap_or(""), MOST_CLAUSE);
    let rest = clip(s.get(number.end..clause.end).unwrap_or(""), MOST_CLAUSE);
    number.start.saturating_sub(head.len())..number.end + rest.len()
}

fn trimmed(s: &str, range: &Range<usize>) -> Range<usize> {
    let text = &s[range.clone()];
    let start = range.start + (text.len() - text.trim_start().len());
    start..start + text.trim().len()
}

/// What is counted, as far as the words next to the number say it.
fn subject(before: &str, after: &str, words: &ProseWords) -> Option<String> {
    let mut subject = before.trim();
    if let Some((_, end)) = last_year(subject) {
        subject = subject[end..].trim_start_matches(['度', ',']);
    }
    for word in words.of_which.iter().chain(&words.time).chain(&words.current) {
        subject = subject.strip_prefix(word.as_str()).unwrap_or(subject);
    }
    let subject = subject
        .trim_start_matches(['共', '还', '并', '中'])
        .trim_end_matches(['共', '为', '达', '有', '了', '是', '计', '到', '约', '各']);
    let subject = if subject.is_empty() { after.trim_start_matches('的').trim() } else { subject };
    (!subject.is_empty()).then(|| subject.to_string())
}
