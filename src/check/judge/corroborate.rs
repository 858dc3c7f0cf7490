//! What supports a claim that no row of its own decides: a row that came near and agrees, or figures beside it that close
//! to one the table bears out. Nothing here contradicts.

#[cfg(test)]
mod tests;

use super::{
    Basis, Judged, is_current,
    measure::{amount, measure},
    ratio::{Range, Ratio},
    say::{self, Style},
};
use crate::{
    align::{ClaimId, ClaimKind, Figure, LinkedClaim, Term},
    check::{Case, Message, Verdict},
    quantity::{Number, Quantity},
};

/// A row that scores this came near, in thousandths; of numbers below [`FEW`] and approximated ones, which agree by chance,
/// [`PLAIN`].
const NEAR: i64 = 450;
const PLAIN: i64 = 600;
const FEW: i64 = 3;
/// At most so many amounts of a sentence are tried as parts of one whole.
const MOST: usize = 16;
/// How many amounts before the parts may be their whole.
const REACH: usize = 24;

/// Supports what can be supported.
pub(super) fn corroborate(case: &Case<'_>, judged: &mut [Judged]) {
    for id in 0..judged.len() {
        near_row(case, id, judged);
    }
    for id in 0..judged.len() {
        derived(case, id, judged);
        rest_of_shares(case, id, judged);
    }
    let mut from = 0;
    while from < judged.len() {
        let run = run(case, from);
        from = run.last().map_or(from + 1, |last| last + 1);
        if run.len() >= 2 {
            parts(case, &run, judged);
            parts_first(case, &run, judged);
        }
    }
}

fn claim<'a>(case: &Case<'a>, id: ClaimId) -> Option<&'a LinkedClaim> {
    case.facts.claims.get(id)
}

/// An exact amount of this year; what a part is limited to (`本级96件、街道315件`) tells it from the others.
fn part<'a>(case: &Case<'a>, id: ClaimId) -> Option<&'a Quantity> {
    let linked = claim(case, id)?;
    let plain = matches!(linked.claim.kind, ClaimKind::Count | ClaimKind::Money | ClaimKind::All)
        && is_current(case, &linked.claim.period);
    amount(&linked.claim).filter(|q| plain && q.approx.is_none())
}

/// An exact amount of this year, without limits of scope.
fn exact<'a>(case: &Case<'a>, id: ClaimId) -> Option<&'a Quantity> {
    let linked = claim(case, id)?;
    let plain = matches!(linked.claim.kind, ClaimKind::Count | ClaimKind::Money | ClaimKind::All)
        && linked.claim.scope.is_empty()
        && is_current(case, &linked.claim.period);
    amount(&linked.claim).filter(|q| plain && q.approx.is_none())
}

fn open(judged: &[Judged], id: ClaimId) -> bool {
    judged.get(id).is_some_and(|j| j.verdict == Verdict::Unverifiable && j.fault.is_none())
}

/// A row whose words came near enough to be thought of, and whose figure agrees: the figure breaks the tie.
fn near_row(case: &Case<'_>, id: ClaimId, judged: &mut [Judged]) {
    let Some(linked) = claim(case, id).filter(|_| open(judged, id)) else { return };
    let plain = matches!(linked.claim.kind, ClaimKind::Count | ClaimKind::Money)
        && linked.claim.scope.is_empty()
        && is_current(case, &linked.claim.period);
    let Some((quantity, asked)) =
        amount(&linked.claim).filter(|_| plain).and_then(|q| Some((q, Range::from_interval(&q.narrow)?)))
    else {
        return;
    };
    let by_chance = quantity.value < Number::from(FEW) || quantity.approx.is_some();
    let least = if by_chance { PLAIN } else { NEAR };
    for candidate in linked.candidates.iter().filter(|c| c.score >= Number::new(least, 3)) {
        let terms = [Term { figure: Figure::Triple(candidate.triple), minus: false }];
        let Ok(figure) = measure(case, &terms, quantity.unit.as_deref(), false) else { continue };
        if figure.clash || !asked.overlaps(&figure.range()) {
            continue;
        }
        let raw = case.text.slice(linked.claim.span);
        let Some(slot) = judged.get_mut(id) else { return };
        *slot = Judged {
            verdict: Verdict::Supported,
            reason: Message::new(
                format!("{raw} 所指与{} 相近，数字相符", figure.words.zh),
                format!("“{raw}” comes near {} in words and agrees with it", figure.words.en),
            ),
            arithmetic: say::holds(&figure, &asked, Style::Plain),
            evidence: figure.figures,
            basis: Basis::Cells,
            fault: None,
        };
        return;
    }
}

/// `收到46件,另有结转的3件,应办49件`, `未到期的2件转入下年`: a sum or a difference of the figures before it, where its words say that
/// it is one and a cell bears one of them out.
fn derived(case: &Case<'_>, id: ClaimId, judged: &mut [Judged]) {
    let Some(linked) = claim(case, id).filter(|_| open(judged, id)) else { return };
    let Some((quantity, value)) = exact(case, id).and_then(|q| Some((q, Ratio::from_number(q.value)?))) else { return };
    let words = &case.grammar.lexicon.words().prose;
    let says = |list: &[String], text: &str| list.iter().any(|w| text.contains(w.as_str()));
    let own = &linked.claim.own;
    let sums = says(&words.sum, &own.before);
    let leaves = says(&words.not_yet, &own.before) || says(&words.carry, &own.before) || says(&words.carry, &own.after);
    if !sums && !leaves {
        return;
    }
    let beside = |k: &ClaimId| {
        claim(case, *k).is_some_and(|c| c.claim.headings == linked.claim.headings)
            && exact(case, *k).is_some_and(|q| q.unit == quantity.unit)
    };
    let near: Vec<ClaimId> = (id.saturating_sub(REACH)..id).rev().filter(beside).take(MOST).collect();
    let of = |k: ClaimId| exact(case, k).and_then(|q| Ratio::from_number(q.value));
    let term = |k: ClaimId, minus: bool| Term { figure: Figure::Claim(k), minus };
    let sum = || {
        // The last few together, or the last and one before it.
        let together = (2..=near.len().min(4)).filter_map(|n| near.get(..n).map(<[ClaimId]>::to_vec));
        let (last, earlier) = near.split_first()?;
        let pairs = earlier.iter().map(|k| vec![*last, *k]);
        let parts = together.chain(pairs).find(|parts| total(case, parts) == Some(value))?;
        Some(parts.iter().rev().map(|k| term(*k, false)).collect::<Vec<Term>>())
    };
    let difference = || {
        near.iter().enumerate().find_map(|(at, b)| {
            let a =
                near.iter().skip(at + 1).find(|a| of(**a).zip(of(*b)).and_then(|(a, b)| a.sub(b)) == Some(value))?;
            Some(vec![term(*a, false), term(*b, true)])
        })
    };
    let Some(terms) = sum().filter(|_| sums).or_else(|| difference().filter(|_| leaves)) else { return };
    add_up(case, id, terms, judged);
}

/// Supports a claim by other claims that add up to it, where a cell bears one of them out.
fn add_up(case: &Case<'_>, id: ClaimId, terms: Vec<Term>, judged: &mut [Judged]) {
    let cells: Vec<Figure> = terms
        .iter()
        .filter_map(|t| match t.figure {
            Figure::Claim(k) => judged.get(k).filter(|j| j.verdict == Verdict::Supported && j.basis == Basis::Cells),
            Figure::Triple(_) => None,
        })
        .flat_map(|j| j.evidence.iter().copied())
        .collect();
    let Some((linked, quantity)) = claim(case, id).zip(exact(case, id)) else { return };
    let (Ok(figure), Some(asked)) =
        (measure(case, &terms, quantity.unit.as_deref(), false), Range::from_interval(&quantity.narrow))
    else {
        return;
    };
    let arithmetic = say::holds(&figure, &asked, Style::Plain);
    let how = arithmetic.clone().unwrap_or_default();
    let raw = case.text.slice(linked.claim.span);
    let Some(slot) = judged.get_mut(id).filter(|_| !cells.is_empty()) else { return };
    *slot = Judged {
        verdict: Verdict::Supported,
        reason: Message::new(
            format!("{raw} 与{}相符（{how}）", figure.words.zh),
            format!("“{raw}” agrees with {} ({how})", figure.words.en),
        ),
        evidence: cells.into_iter().chain(figure.figures.iter().copied()).collect(),
        arithmetic,
        basis: Basis::Cells,
        fault: None,
    };
}

/// `甲占60%,乙占30%,其余占10%`: what a chain of shares leaves of the whole.
fn rest_of_shares(case: &Case<'_>, id: ClaimId, judged: &mut [Judged]) {
    let Some(linked) = claim(case, id).filter(|c| open(judged, id) && c.claim.kind == ClaimKind::Share) else { return };
    let words = &case.grammar.lexicon.words().prose;
    if !words.remainder.iter().any(|w| linked.claim.own.before.contains(w.as_str())) {
        return;
    }
    let beside = |k: &ClaimId| claim(case, *k).is_some_and(|c| c.claim.sentence == linked.claim.sentence);
    let shares: Vec<ClaimId> = (id.saturating_sub(REACH)..id)
        .rev()
        .take_while(beside)
        .filter(|k| claim(case, *k).is_some_and(|c| c.claim.kind == ClaimKind::Share))
        .chain([id])
        .collect();
    let exact = |k: &ClaimId| claim(case, *k).and_then(|c| c.claim.quantity.as_ref()).filter(|q| q.approx.is_none());
    let sum = shares
        .iter()
        .try_fold(Ratio::ZERO, |sum, k| exact(k).and_then(|q| Ratio::from_number(q.value)).and_then(|v| sum.add(v)));
    if shares.len() < 3 || sum != Some(Ratio::whole(100)) {
        return;
    }
    let raw = case.text.slice(linked.claim.span);
    let terms: Vec<String> =
        shares.iter().rev().filter_map(exact).map(|q| format!("{}%", say::decimal(q.value))).collect();
    let arithmetic = format!("{} = 100%", terms.join(" + "));
    let Some(slot) = judged.get_mut(id) else { return };
    *slot = Judged {
        verdict: Verdict::Supported,
        reason: Message::new(
            format!("{raw} 是其余各占比所余：{arithmetic}"),
            format!("“{raw}” is what the other shares leave: {arithmetic}"),
        ),
        evidence: shares.iter().filter(|k| **k != id).map(|k| Figure::Claim(*k)).collect(),
        arithmetic: Some(arithmetic),
        basis: Basis::Prose,
        fault: None,
    };
}

/// The exact amounts of one sentence in one unit, from `from` on; shares and changes said of them may stand between.
fn run(case: &Case<'_>, from: ClaimId) -> Vec<ClaimId> {
    let mut run: Vec<ClaimId> = Vec::new();
    let Some(first) = claim(case, from) else { return run };
    let unit = part(case, from).map(|q| q.unit.as_deref());
    for (id, linked) in case.facts.claims.iter().enumerate().skip(from) {
        let parted = run.last().and_then(|last| claim(case, *last)).is_some_and(|last| {
            let between = crate::text::Span::new(last.claim.span.end, linked.claim.span.start);
            case.text.slice(between).contains([';', '；'])
        });
        if linked.claim.sentence != first.claim.sentence || run.len() == MOST || parted {
            break;
        }
        match (part(case, id), linked.claim.kind) {
            (Some(quantity), _) if Some(quantity.unit.as_deref()) == unit => run.push(id),
            (None, ClaimKind::Share | ClaimKind::Change | ClaimKind::Multiple) if !run.is_empty() => {}
            _ => break,
        }
    }
    run
}

/// Parts that close to a whole the table bears out: the end of the run, after its whole or after figures with rows of
/// their own; else the whole run, to an amount said before it.
fn parts(case: &Case<'_>, run: &[ClaimId], judged: &mut [Judged]) {
    if let Some((whole, rest)) = run.split_first().filter(|(_, rest)| rest.len() >= 2)
        && total(case, rest).is_some_and(|sum| value(case, *whole, run) == Some(sum))
    {
        super::list::of_another_matter(case, rest, *whole, judged);
    }
    if let Some((whole, rest)) = run.split_first().filter(|(_, rest)| rest.len() >= 2)
        && open(judged, *whole)
        && rest.iter().all(|id| borne_out(judged, *id))
        && total(case, rest).is_some_and(|sum| value(case, *whole, run) == Some(sum))
    {
        add_up(case, *whole, rest.iter().map(|id| Term { figure: Figure::Claim(*id), minus: false }).collect(), judged);
        return;
    }
    for start in 0..run.len().saturating_sub(1) {
        let Some(parts) = run.get(start..) else { return };
        if !parts.iter().any(|id| open(judged, *id)) {
            return;
        }
        // What stands between the whole and its parts has a row of its own.
        if start > 0 && !run.get(start - 1).is_some_and(|id| borne_out(judged, *id)) {
            return;
        }
        let Some(sum) = total(case, parts) else { return };
        let first = run.first().copied().unwrap_or(0);
        let wholes = run.iter().take(start).rev().copied().chain((first.saturating_sub(REACH)..first).rev());
        let whole = wholes
            .into_iter()
            .find(|id| borne_out(judged, *id) && same_chapter(case, *id, first) && value(case, *id, run) == Some(sum));
        if let Some(whole) = whole {
            close(case, parts, whole, judged);
            return;
        }
    }
}

/// `4件,含新制定2件、修改1件、废止1件,公开3件`, `市级1104件、县区742件,其中…`: parts right after their whole, or at the run's start after
/// a whole said before it; what follows them in the run is another matter.
fn parts_first(case: &Case<'_>, run: &[ClaimId], judged: &mut [Judged]) {
    let first = run.first().copied().unwrap_or(0);
    for start in 0..run.len().saturating_sub(1) {
        let mut sum = Ratio::ZERO;
        for end in start..run.len() {
            let Some(added) = run.get(end).and_then(|id| value(case, *id, run)).and_then(|v| sum.add(v)) else {
                return;
            };
            sum = added;
            let Some(parts) = run.get(start..=end).filter(|p| p.len() >= 2 && p.iter().any(|id| open(judged, *id)))
            else {
                continue;
            };
            let beside = start.checked_sub(1).and_then(|at| run.get(at)).copied();
            let earlier = (start == 0).then(|| (first.saturating_sub(REACH)..first).rev()).into_iter().flatten();
            let whole = beside.into_iter().chain(earlier).find(|id| {
                borne_out(judged, *id) && same_chapter(case, *id, first) && value(case, *id, run) == Some(sum)
            });
            if let Some(whole) = whole {
                close(case, parts, whole, judged);
                return;
            }
        }
    }
}

fn borne_out(judged: &[Judged], id: ClaimId) -> bool {
    judged.get(id).is_some_and(|j| j.verdict == Verdict::Supported && j.basis == Basis::Cells)
}

/// Whether two claims stand under the same headings.
fn same_chapter(case: &Case<'_>, a: ClaimId, b: ClaimId) -> bool {
    claim(case, a).zip(claim(case, b)).is_some_and(|(a, b)| a.claim.headings.first() == b.claim.headings.first())
}

/// The value of an exact amount in the unit of the run.
fn value(case: &Case<'_>, id: ClaimId, run: &[ClaimId]) -> Option<Ratio> {
    let unit = run.first().and_then(|id| part(case, *id)).map(|q| q.unit.as_deref());
    part(case, id).filter(|q| Some(q.unit.as_deref()) == unit).and_then(|q| Ratio::from_number(q.value))
}

fn total(case: &Case<'_>, parts: &[ClaimId]) -> Option<Ratio> {
    parts.iter().try_fold(Ratio::ZERO, |sum, id| sum.add(Ratio::from_number(part(case, *id)?.value)?))
}

/// Carries the verdict of a whole over to those of its parts that have none.
fn close(case: &Case<'_>, parts: &[ClaimId], whole: ClaimId, judged: &mut [Judged]) {
    let terms: Vec<Term> = parts.iter().map(|id| Term { figure: Figure::Claim(*id), minus: false }).collect();
    let Some((linked, quantity)) = claim(case, whole).zip(exact(case, whole)) else { return };
    let Some(asked) = Range::from_interval(&quantity.narrow) else { return };
    let Ok(sum) = measure(case, &terms, quantity.unit.as_deref(), false) else { return };
    let arithmetic = say::holds(&sum, &asked, Style::Plain);
    let how = arithmetic.clone().unwrap_or_default();
    let said = case.text.slice(linked.claim.span);
    let cells = judged.get(whole).map(|j| j.evidence.clone()).unwrap_or_default();
    for part in parts {
        if !open(judged, *part) {
            continue;
        }
        let raw = claim(case, *part).map_or("", |c| case.text.slice(c.claim.span));
        let Some(slot) = judged.get_mut(*part) else { continue };
        *slot = Judged {
            verdict: Verdict::Supported,
            reason: Message::new(
                format!("{raw} 与并列各项合计等于 {said}（{how}），{said} 与表相符"),
                format!("“{raw}” and the figures beside it add up to “{said}” ({how}), which agrees with the table"),
            ),
            evidence: cells.iter().copied().chain([Figure::Claim(whole)]).collect(),
            arithmetic: arithmetic.clone(),
            basis: Basis::Cells,
            fault: None,
        };
    }
}
