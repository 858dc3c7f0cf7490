//! What amounts say of each other: lists and their wholes, shares of one whole, two statements of one thing.

#[cfg(test)]
mod tests;

use super::{
    Basis, Fault, Judged, Kind, about,
    measure::{Measured, add, amount, measure},
    ratio::{Range, Ratio},
    say::{self, Style},
    spans,
};
use crate::{
    align::{ClaimId, ClaimKind, Figure, LinkedClaim, List, ListRole, Term},
    check::{Case, Message, Verdict},
    grammar::{Ban, Form, IndicatorKey, Relation},
    quantity::{Measure, Number},
};

/// A list of more parts than this is not added up: no sentence divides anything into so many.
const MOST_PARTS: usize = 64;

/// Judges every list of the document.
pub(super) fn judge(case: &Case<'_>, judged: &mut [Judged]) {
    for list in &case.facts.lists {
        if shares(case, list).is_some() {
            shares_of_one_whole(case, list, judged);
        } else if let Some(whole) = list.whole {
            parts_and_whole(case, list, whole, judged);
        }
    }
    for id in 0..case.facts.claims.len() {
        if let Some(list) = shares_said_to_be_all(case, id) {
            shares_of_one_whole(case, &list, judged);
        }
    }
}

/// `甲占48%，乙占31%，丙占34%，三类构成了全部内容`: shares of nothing that is named, closed by an `all` in their sentence. Such
/// a list has no whole here: that the shares exceed it is certain, that they fall short of it is not.
fn shares_said_to_be_all(case: &Case<'_>, all: ClaimId) -> Option<List> {
    let closing = claim(case, all)?;
    let loose = |c: &LinkedClaim| c.links.is_empty() && c.base.is_none() && c.claim.of.is_none();
    if closing.claim.kind != ClaimKind::All || closing.claim.quantity.is_some() || !closing.links.is_empty() {
        return None;
    }
    let is_share = |id: &ClaimId| {
        claim(case, *id).is_some_and(|c| {
            c.claim.kind == ClaimKind::Share
                && c.claim.sentence == closing.claim.sentence
                && c.claim.base.is_none()
                && loose(c)
        })
    };
    let mut parts: Vec<ClaimId> = (0..all).rev().take_while(is_share).collect();
    parts.reverse();
    (parts.len() >= 2).then_some(List { whole: None, parts, closed: true })
}

fn claim<'a>(case: &Case<'a>, id: ClaimId) -> Option<&'a LinkedClaim> {
    case.facts.claims.get(id)
}

fn figure(id: ClaimId) -> [Term; 1] {
    [Term { figure: Figure::Claim(id), minus: false }]
}

/// The parts added up in the unit of the whole.
fn sum(case: &Case<'_>, parts: &[ClaimId], unit: Option<&str>, wide: bool) -> Option<Measured> {
    let mut total: Option<Measured> = None;
    for part in parts {
        let one = measure(case, &figure(*part), unit, wide).ok().filter(|one| !one.clash)?;
        total = Some(match total {
            None => one,
            Some(total) => add(&total, &one)?,
        });
    }
    total
}

fn parts_and_whole(case: &Case<'_>, list: &List, whole: ClaimId, judged: &mut [Judged]) {
    let Some(said) = claim(case, whole) else { return };
    let Some(quantity) = amount(&said.claim) else { return };
    let comparable = (2..=MOST_PARTS).contains(&list.parts.len())
        && !list.parts.contains(&whole)
        && list.parts.iter().all(|p| {
            claim(case, *p).is_some_and(|c| {
                c.claim.period == said.claim.period && amount(&c.claim).is_some_and(|q| q.measure == quantity.measure)
            })
        });
    if !comparable {
        return;
    }
    let unit = quantity.unit.as_deref();
    let (Some(narrow), Some(wide)) = (sum(case, &list.parts, unit, false), sum(case, &list.parts, unit, true)) else {
        return;
    };
    let (Some(asked), Some(asked_wide)) =
        (Range::from_interval(&quantity.narrow), Range::from_interval(&quantity.wide))
    else {
        return;
    };
    if asked.overlaps(&narrow.range()) {
        closes(case, list, whole, &narrow, &asked, judged);
    } else if !asked_wide.cover(&asked).overlaps(&wide.range()) {
        let printed = Ratio::from_number(quantity.value);
        does_not_close(case, list, whole, &wide, &asked_wide.cover(&asked), printed, judged);
    }
}

/// The parts add up: what a cell says of one side holds for the other.
fn closes(case: &Case<'_>, list: &List, whole: ClaimId, sum: &Measured, asked: &Range, judged: &mut [Judged]) {
    of_another_matter(case, &list.parts, whole, judged);
    let arithmetic = say::holds(sum, asked, Style::Plain);
    let how = arithmetic.clone().unwrap_or_default();
    let raw = claim(case, whole).map_or("", |c| case.text.slice(c.claim.span));
    let Some(top) = judged.get(whole) else { return };
    if top.verdict == Verdict::Supported && top.basis == Basis::Cells {
        let cells = top.evidence.clone();
        for part in &list.parts {
            let Some(slot) = judged.get_mut(*part).filter(|j| j.basis == Basis::Nothing && is_open(j)) else {
                continue;
            };
            let own = claim(case, *part).map_or("", |c| case.text.slice(c.claim.span));
            slot.verdict = Verdict::Supported;
            slot.reason = Message::new(
                format!("{own} 与其余各项合计等于 {raw}（{how}），{raw} 与表相符"),
                format!("“{own}” and the other parts add up to “{raw}” ({how}), which agrees with the table"),
            );
            slot.evidence = cells.clone();
            slot.evidence.push(Figure::Claim(whole));
            slot.arithmetic = arithmetic.clone();
            slot.basis = Basis::Cells;
        }
    } else if is_open(top) && top.basis == Basis::Nothing && list.closed && is_whole_year(case, whole) {
        let mut evidence: Vec<Figure> = Vec::new();
        for part in &list.parts {
            evidence.extend(judged.get(*part).into_iter().flat_map(|j| j.evidence.iter().copied()));
            evidence.push(Figure::Claim(*part));
        }
        let cells = evidence.iter().any(|f| matches!(f, Figure::Triple(_)));
        let Some(slot) = judged.get_mut(whole) else { return };
        slot.verdict = Verdict::Supported;
        slot.reason = Message::new(
            format!("{raw} 等于所列各项之和（{how}）"),
            format!("“{raw}” is the sum of its parts ({how})"),
        );
        slot.evidence = evidence;
        slot.arithmetic = arithmetic;
        slot.basis = if cells { Basis::Cells } else { Basis::Prose };
    }
}

/// `审查公文1127件,确定主动公开315件、依申请公开486件、不予公开326件`: parts that close to a figure no row holds count what it counts, and
/// their rows, which count something else, contradict none of them.
pub(super) fn of_another_matter(case: &Case<'_>, parts: &[ClaimId], whole: ClaimId, judged: &mut [Judged]) {
    let unknown = claim(case, whole).is_some_and(|c| c.links.is_empty());
    let contradicted = |id: &ClaimId| judged.get(*id).is_some_and(|j| j.verdict == Verdict::Contradicted);
    if !unknown || parts.iter().filter(|id| contradicted(id)).count() * 2 < parts.len() {
        return;
    }
    let said = raw(case, whole);
    for part in parts {
        let own = raw(case, *part);
        let Some(slot) = judged.get_mut(*part).filter(|j| j.verdict == Verdict::Contradicted) else { continue };
        let reason = Message::new(
            format!("{own} 是 {said} 的一部分，{said} 不在表中，与表中各行未必是一回事"),
            format!("“{own}” is a part of “{said}”, which is in no row; the rows count something else"),
        );
        *slot = Judged::open(reason, Basis::Blocked).on(std::mem::take(&mut slot.evidence));
    }
}

fn is_open(judged: &Judged) -> bool {
    judged.verdict == Verdict::Unverifiable
}

fn is_whole_year(case: &Case<'_>, id: ClaimId) -> bool {
    claim(case, id).is_some_and(|c| super::is_current(case, &c.claim.period))
}

fn does_not_close(
    case: &Case<'_>,
    list: &List,
    whole: ClaimId,
    sum: &Measured,
    asked: &Range,
    printed: Option<Ratio>,
    judged: &mut [Judged],
) {
    let above = match (&sum.low, asked.high) {
        (Some(low), Some(high)) => low.at >= high.at,
        _ => false,
    };
    let raw = claim(case, whole).map_or("", |c| case.text.slice(c.claim.span));
    if !list.closed {
        if above {
            part_exceeds(case, list, whole, judged);
        }
        return;
    }
    if above && list.parts.iter().all(|part| may_overlap(case, *part)) {
        return;
    }
    let verdict = |id: ClaimId| judged.get(id).map(|j| (j.verdict, j.basis));
    let by_cells = |id: ClaimId| verdict(id) == Some((Verdict::Supported, Basis::Cells));
    let contradicted = |id: ClaimId| verdict(id).is_some_and(|(v, _)| v == Verdict::Contradicted);
    if contradicted(whole) || list.parts.iter().any(|p| contradicted(*p)) {
        return;
    }
    // All figures agree with their cells: the table's own sums are at fault, and T says so.
    if by_cells(whole) && list.parts.iter().all(|p| by_cells(*p)) {
        return;
    }
    let approx =
        sum.approx || claim(case, whole).and_then(|c| c.claim.quantity.as_ref()).is_some_and(|q| q.approx.is_some());
    let arithmetic = say::fails(sum, asked, printed.filter(|_| !approx), Style::Plain);
    let how = arithmetic.clone().unwrap_or_default();
    let message =
        Message::new(format!("所列各项之和与 {raw} 不符：{how}"), format!("the parts do not add up to “{raw}”: {how}"));
    let figures: Vec<Figure> = list.parts.iter().map(|p| Figure::Claim(*p)).collect();
    let fault = Fault {
        kind: if approx { Kind::ProseApproximate } else { Kind::List },
        message: message.clone(),
        expected: sum.point().and_then(|p| say::number(p.at, Style::Plain, 28)),
        found: printed.and_then(|p| say::number(p, Style::Plain, 28)).unwrap_or_default(),
        arithmetic: arithmetic.clone(),
        spans: spans(case, whole, &figures),
        evidence: std::iter::once(Figure::Claim(whole)).chain(figures.iter().copied()).collect(),
        about: about(case, whole),
    };
    let supported = by_cells(whole);
    let Some(slot) = judged.get_mut(whole) else { return };
    if !supported {
        slot.verdict = Verdict::Contradicted;
        slot.reason = message;
        slot.evidence = figures;
        slot.arithmetic = arithmetic;
        slot.basis = Basis::Prose;
    }
    slot.fault = Some(fault);
}

/// One item may count under two of these (channels): the claim's indicator is one of several parts that a form adds up
/// softly or forbids to add up, or its words are those that such an indicator goes by.
fn may_overlap(case: &Case<'_>, id: ClaimId) -> bool {
    let Some(linked) = claim(case, id) else { return false };
    let shared = if linked.claim.kind == ClaimKind::Share { linked.claim.before.as_str() } else { "" };
    let words = format!("{shared}{}{}", linked.claim.own.before, linked.claim.own.after);
    let soft = |form: &'_ Form| -> Vec<IndicatorKey> {
        let identities = form.identities.iter().filter(|i| i.relation == Relation::SoftSum).map(|i| &i.parts);
        let never = form.never.iter().filter(|n| n.relation != Ban::PartOf).map(|n| &n.parts);
        identities.chain(never).filter(|parts| parts.len() > 1).flatten().cloned().collect()
    };
    case.grammar.forms.iter().flat_map(soft).any(|key| {
        linked.links.iter().any(|l| l.indicator.as_ref() == Some(&key))
            || case
                .grammar
                .catalogue
                .get(&key)
                .is_some_and(|entry| entry.says.iter().any(|phrase| phrase.split('+').all(|word| words.contains(word))))
    })
}

/// A part alone exceeds its whole, whatever else is counted twice.
fn part_exceeds(case: &Case<'_>, list: &List, whole: ClaimId, judged: &mut [Judged]) {
    let Some(top) = claim(case, whole).and_then(|c| amount(&c.claim)) else { return };
    let verdict = |id: ClaimId| judged.get(id).map(|j| j.verdict);
    if verdict(whole) == Some(Verdict::Contradicted) || top.approx.is_some() {
        return;
    }
    for part in &list.parts {
        let Some(quantity) = claim(case, *part).and_then(|c| amount(&c.claim)) else { continue };
        let greater = quantity.unit == top.unit && quantity.approx.is_none() && quantity.value > top.value;
        let settled = |j: &Judged| j.fault.is_some() || j.verdict != Verdict::Unverifiable;
        if !greater || may_overlap(case, *part) || judged.get(*part).is_none_or(settled) {
            continue;
        }
        let (part_raw, whole_raw) = (raw(case, *part), raw(case, whole));
        let arithmetic = format!("{} > {}", say::decimal(quantity.value), say::decimal(top.value));
        let message = Message::new(
            format!("{part_raw} 大于它所属的 {whole_raw}"),
            format!("“{part_raw}” exceeds “{whole_raw}”, of which it is a part"),
        );
        if let Some(slot) = judged.get_mut(*part) {
            slot.fault = Some(Fault {
                kind: Kind::PartExceeds,
                message,
                expected: Some(format!("≤ {}", say::decimal(top.value))),
                found: say::decimal(quantity.value),
                arithmetic: Some(arithmetic),
                spans: spans(case, *part, &[Figure::Claim(whole)]),
                evidence: vec![Figure::Claim(*part), Figure::Claim(whole)],
                about: about(case, *part),
            });
        }
    }
}

fn raw<'a>(case: &Case<'a>, id: ClaimId) -> &'a str {
    claim(case, id).map_or("", |c| case.text.slice(c.claim.span))
}

/// The parts, where all are shares in percent.
fn shares<'l>(case: &Case<'_>, list: &'l List) -> Option<&'l [ClaimId]> {
    let all = list.parts.iter().all(|p| {
        claim(case, *p).is_some_and(|c| {
            c.claim.kind == ClaimKind::Share && c.claim.quantity.as_ref().is_some_and(|q| q.measure == Measure::Percent)
        })
    });
    (all && list.parts.len() >= 2).then_some(&list.parts)
}

/// Shares said to make up one whole: more than 100% under every rounding is too much; so is less, where they are said
/// to be all of it.
fn shares_of_one_whole(case: &Case<'_>, list: &List, judged: &mut [Judged]) {
    let reported = |p: &ClaimId| judged.get(*p).is_some_and(|j| j.fault.is_some());
    if !list.closed || list.parts.iter().any(reported) || list.parts.iter().any(|p| may_overlap(case, *p)) {
        return;
    }
    let (mut low, mut high, mut printed) = (Ratio::ZERO, Some(Ratio::ZERO), Ratio::ZERO);
    let mut terms: Vec<String> = Vec::new();
    let mut least: Vec<String> = Vec::new();
    let mut approx = false;
    for part in &list.parts {
        let Some(quantity) = claim(case, *part).and_then(|c| c.claim.quantity.as_ref()) else { return };
        approx |= quantity.approx.is_some();
        let Some(widest) = widest(quantity) else { return };
        let (Some(value), Some(bottom)) = (Ratio::from_number(quantity.value), widest.low) else { return };
        let (Some(l), Some(p)) = (low.add(bottom.at), printed.add(value)) else { return };
        (low, printed) = (l, p);
        high = high.zip(widest.high).and_then(|(h, w)| h.add(w.at));
        terms.push(format!("{}%", say::decimal(quantity.value)));
        least.push(say::number(bottom.at, Style::Plain, 28).map_or_else(String::new, |n| format!("{n}%")));
    }
    let hundred = Ratio::whole(100);
    let all = list.whole.filter(|w| claim(case, *w).is_some_and(|c| c.claim.kind == ClaimKind::All));
    let too_much = low >= hundred;
    let too_little = all.is_some() && high.is_some_and(|h| h <= hundred) && !approx;
    if !too_much && !too_little {
        return;
    }
    let Some(total) = say::number(printed, Style::Plain, 28) else { return };
    let arithmetic = if approx {
        format!("{} {} 100%", least.join(" + "), if low == hundred { "=" } else { ">" })
    } else {
        format!("{} = {total}% {} 100%", terms.join(" + "), if too_much { ">" } else { "<" })
    };
    let message = Message::new(
        format!("同一整体的各占比合计不是 100%：{arithmetic}"),
        format!("the shares of one whole do not make 100%: {arithmetic}"),
    );
    let Some(last) = list.parts.last().copied() else { return };
    let at = all.unwrap_or(last);
    let figures: Vec<Figure> = list.parts.iter().map(|p| Figure::Claim(*p)).collect();
    if list.parts.iter().any(|p| judged.get(*p).is_some_and(|j| j.verdict == Verdict::Contradicted)) {
        return;
    }
    let Some(slot) = judged.get_mut(at).filter(|j| j.fault.is_none()) else { return };
    if all.is_some() && slot.verdict != Verdict::Supported {
        slot.verdict = Verdict::Contradicted;
        slot.reason = message.clone();
        slot.evidence = figures.clone();
        slot.arithmetic = Some(arithmetic.clone());
        slot.basis = Basis::Prose;
    }
    let first = list.parts.first().copied().unwrap_or(at);
    slot.fault = Some(Fault {
        kind: if approx { Kind::ProseApproximate } else { Kind::SharesExceed },
        message,
        expected: Some("100%".into()),
        found: format!("{total}%"),
        arithmetic: Some(arithmetic),
        spans: spans(case, first, &figures),
        evidence: figures,
        about: about(case, first),
    });
}

/// A printed percentage under every rounding.
fn widest(quantity: &crate::quantity::Quantity) -> Option<Range> {
    let wide = Range::from_interval(&quantity.wide)?;
    if quantity.approx.is_some() {
        return Some(wide);
    }
    let (value, step) = (Ratio::from_number(quantity.value)?, Ratio::from_number(quantity.step)?);
    Some(wide.cover(&Range::open(value.sub(step)?, value.add(step)?)))
}

/// Two exact statements of one thing that differ. Where both are linked to the same figures, or say the same words of
/// the same subject in the same unit and scope; this year's figures only.
pub(super) fn statements(case: &Case<'_>, judged: &mut [Judged]) {
    let mut order: Vec<(String, ClaimId)> =
        (0..case.facts.claims.len()).filter_map(|id| Some((said(case, id)?, id))).collect();
    order.sort();
    for pair in order.windows(2) {
        let [(a_key, a), (b_key, b)] = pair else { continue };
        if a_key == b_key {
            differ(case, *a, *b, judged);
        }
    }
}

/// What a claim is about, so that two claims with the same answer speak of the same thing; `None` where that is not
/// certain.
fn said(case: &Case<'_>, id: ClaimId) -> Option<String> {
    let linked = claim(case, id)?;
    let quantity = amount(&linked.claim).filter(|q| q.approx.is_none())?;
    if !matches!(linked.claim.kind, ClaimKind::Count | ClaimKind::Money)
        || quantity.narrow.low != quantity.narrow.high
        || linked.claim.remainder
        || !super::is_current(case, &linked.claim.period)
    {
        return None;
    }
    let unit = quantity.unit.as_deref().unwrap_or("");
    let rest = format!("{:?}|{unit}", linked.claim.scope);
    if let [link] = linked.links.as_slice()
        && !link.terms.is_empty()
    {
        return link.sure.then(|| format!("{:?}|{rest}", link.terms));
    }
    if !linked.links.is_empty() {
        return None;
    }
    // Rows the document lacks have names all the same (`微信公众号` in a report whose form does not count it).
    if let Some(topic) = linked.topic.as_ref().filter(|_| quantity.value >= Number::TEN) {
        return Some(format!("{topic}|{rest}"));
    }
    if matches!(linked.claim.list, ListRole::Part(_)) {
        return None;
    }
    // Without a row, only the same words will do; a short subject (信息, 活动) may be anything.
    let subject = linked.claim.subject.as_deref().filter(|s| s.chars().count() >= 4)?;
    let mut before = linked.claim.own.before.trim_start_matches(|c: char| !c.is_alphanumeric());
    let prose = &case.grammar.lexicon.words().prose;
    while let Some(rest) = prose.time.iter().chain(&prose.current).find_map(|w| before.strip_prefix(w.as_str())) {
        before = rest;
    }
    before.ends_with(subject).then(|| format!("{before}|{}|{rest}", linked.claim.own.after))
}

fn differ(case: &Case<'_>, a: ClaimId, b: ClaimId, judged: &mut [Judged]) {
    let (Some(one), Some(two)) =
        (claim(case, a).and_then(|c| amount(&c.claim)), claim(case, b).and_then(|c| amount(&c.claim)))
    else {
        return;
    };
    let settled = |id: ClaimId| judged.get(id).is_none_or(|j| j.fault.is_some() || j.verdict == Verdict::Contradicted);
    // Each may agree with the table in its own reading: 受理278件 with what was carried over, 新收264件 without.
    let both = [a, b].iter().all(|id| judged.get(*id).is_some_and(|j| j.verdict == Verdict::Supported));
    // Rows the document lacks are told by words alone: two of one paragraph may be a whole and its part.
    let paragraph = |id: ClaimId| claim(case, id).map(|c| (c.claim.paragraph, c.topic.is_some()));
    let beside = paragraph(a).zip(paragraph(b)).is_some_and(|(a, b)| a.1 && b.1 && a.0 == b.0);
    // In one sentence two figures of one row are rather two things than one thing said twice.
    let sentence = |id: ClaimId| claim(case, id).map(|c| c.claim.sentence);
    let beside = beside || sentence(a) == sentence(b);
    if one.value == two.value || beside || both || settled(a) || settled(b) {
        return;
    }
    let arithmetic = format!("{} ≠ {}", say::decimal(one.value), say::decimal(two.value));
    let (first, second) = (raw(case, a), raw(case, b));
    let message = Message::new(
        format!("同一事项前称 {first}，后称 {second}"),
        format!("the same thing is “{first}” in one place and “{second}” in another"),
    );
    for (id, other) in [(a, b), (b, a)] {
        let Some(slot) = judged.get_mut(id).filter(|j| is_open(j)) else { continue };
        slot.verdict = Verdict::Contradicted;
        slot.reason = message.clone();
        slot.evidence = vec![Figure::Claim(other)];
        slot.arithmetic = Some(arithmetic.clone());
        slot.basis = Basis::Prose;
    }
    if let Some(slot) = judged.get_mut(b) {
        slot.fault = Some(Fault {
            kind: Kind::Statements,
            message,
            expected: Some(say::decimal(one.value)),
            found: say::decimal(two.value),
            arithmetic: Some(arithmetic),
            spans: spans(case, b, &[Figure::Claim(a)]),
            evidence: vec![Figure::Claim(a), Figure::Claim(b)],
            about: about(case, b),
        });
    }
}
