//! Amounts against their cells: counts, money, explicit nones and alls.

#[cfg(test)]
mod tests;

use super::{
    Basis, Fault, Judged, Kind, about, is_dated,
    measure::{Blocked, Measured, amount, measure, unit_of},
    ratio::{Range, Ratio},
    say::{self, Style},
    spans, twins,
};
use crate::{
    align::{ClaimId, ClaimKind, Figure, Link, LinkedClaim, Period, Term},
    check::{Case, Message, Verdict},
    quantity::{Measure, Number, Quantity},
};

/// What a claim asks of its figures.
pub(super) struct Wanted {
    pub(super) narrow: Range,
    pub(super) wide: Range,
    /// The printed number.
    pub(super) printed: Ratio,
    pub(super) unit: Option<String>,
    pub(super) approx: bool,
    /// One unit in the last printed place, of money only: a cell printed to more places may round to the claim.
    pub(super) rounds_to: Option<Ratio>,
}

impl Wanted {
    pub(super) fn of(quantity: &Quantity) -> Option<Wanted> {
        let money = quantity.measure == Measure::Money && quantity.approx.is_none();
        Some(Wanted {
            narrow: Range::from_interval(&quantity.narrow)?,
            wide: Range::from_interval(&quantity.wide)?.cover(&Range::from_interval(&quantity.narrow)?),
            printed: Ratio::from_number(quantity.value)?,
            unit: quantity.unit.clone(),
            approx: quantity.approx.is_some(),
            rounds_to: if money { Ratio::from_number(quantity.step) } else { None },
        })
    }
    fn zero() -> Wanted {
        let point = Range::point(Ratio::ZERO);
        Wanted { narrow: point, wide: point, printed: Ratio::ZERO, unit: None, approx: false, rounds_to: None }
    }
    /// The wide reading against this figure: with the roundings that the printed places of either allow.
    fn wide_for(&self, figure: &Measured) -> Range {
        let mut wide = self.wide;
        let Some(point) = figure.point() else { return wide };
        // Nothing rounds to 0 that is worth a sentence.
        if point.at.is_zero() {
            return wide;
        }
        if let Some(step) = self.rounds_to
            && point.at.div(step).is_some_and(|steps| !steps.is_whole())
            && let (Some(low), Some(high)) = (self.printed.sub(step), self.printed.add(step))
        {
            wide = wide.cover(&Range::open(low, high));
        }
        if let Some(step) = figure.coarse
            && !self.approx
            && self.printed.div(step).is_some_and(|steps| !steps.is_whole())
            && let (Some(low), Some(high)) = (self.printed.sub(step), self.printed.add(step))
        {
            wide = wide.cover(&Range::open(low, high));
        }
        wide
    }
}

/// One subject's figures against what is wanted.
#[expect(clippy::large_enum_variant, reason = "a handful live at a time")]
pub(super) enum Stand {
    /// They agree.
    Holds { figure: Measured, wanted: usize, wide: bool },
    /// No reading makes them agree; the figure is that of the first reading.
    Fails { figure: Measured },
    /// Nothing to compare.
    Blocked(Blocked),
    /// They do not agree, but a row that came near does.
    Rival { figure: Measured, rival: Measured },
}

/// The readings of a link: its terms, the declared alternatives, and the other printing of a doubled row.
pub(super) fn readings(case: &Case<'_>, link: &Link) -> Vec<Vec<Term>> {
    let mut all = vec![link.terms.clone()];
    all.extend(link.alternatives.iter().cloned());
    for (i, term) in link.terms.iter().enumerate() {
        let Figure::Triple(id) = term.figure else { continue };
        for twin in twins(case, id) {
            let mut terms = link.terms.clone();
            if let Some(slot) = terms.get_mut(i) {
                slot.figure = Figure::Triple(twin);
            }
            all.push(terms);
        }
    }
    all.retain(|terms| !terms.is_empty());
    all
}

/// Compares one link with what is wanted; any of `wanted` will do.
pub(super) fn compare(case: &Case<'_>, link: &Link, wanted: &[Wanted]) -> Stand {
    let readings = readings(case, link);
    let mut first: Option<Result<Measured, Blocked>> = None;
    for wide in [false, true] {
        for terms in &readings {
            for (i, want) in wanted.iter().enumerate() {
                let got = measure(case, terms, want.unit.as_deref(), wide);
                if let Ok(figure) = &got {
                    let range = if wide { want.wide_for(figure) } else { want.narrow };
                    if range.overlaps(&figure.range()) {
                        return Stand::Holds { figure: figure.clone(), wanted: i, wide };
                    }
                }
                if first.is_none() || wide && terms.as_slice() == link.terms.as_slice() && i == 0 {
                    first = Some(got);
                }
            }
        }
    }
    let figure = match first {
        Some(Ok(figure)) => figure,
        Some(Err(blocked)) => return Stand::Blocked(blocked),
        None => return Stand::Blocked(Blocked::NoFigure),
    };
    for rival in &link.rivals {
        for want in wanted {
            let terms = [Term { figure: Figure::Triple(*rival), minus: false }];
            if let Ok(rival) = measure(case, &terms, want.unit.as_deref(), true)
                && want.wide_for(&rival).overlaps(&rival.range())
            {
                return Stand::Rival { figure, rival };
            }
        }
    }
    if figure.clash {
        let unit = wanted.first().and_then(|w| w.unit.clone()).unwrap_or_else(|| "？".into());
        let own = figure.figures.iter().find_map(|f| unit_of(case.facts, *f)).unwrap_or("？").to_owned();
        return Stand::Blocked(Blocked::Units(unit, own));
    }
    Stand::Fails { figure }
}

/// Judges a count, money, none, all or rank; shares and changes get a placeholder.
pub(super) fn judge(case: &Case<'_>, id: ClaimId) -> Judged {
    let Some(linked) = case.facts.claims.get(id) else {
        return Judged::open(Blocked::NoFigure.words(case.facts), Basis::Nothing);
    };
    let raw = case.text.slice(linked.claim.span);
    match linked.claim.kind {
        ClaimKind::Rank => Judged::open(
            Message::new(
                format!("{raw} 是名次，文中没有可据以排名的数字"),
                format!("“{raw}” is a rank; no figures here rank it"),
            ),
            Basis::Nothing,
        ),
        ClaimKind::Share | ClaimKind::Change | ClaimKind::Multiple => {
            Judged::open(Blocked::NoFigure.words(case.facts), Basis::Nothing)
        }
        ClaimKind::Count | ClaimKind::Money | ClaimKind::None | ClaimKind::All => {
            if let Some(elsewhere) = other_period(case, linked, raw) {
                return elsewhere;
            }
            match wanted(case, linked) {
                Ok(wanted) => against_cells(case, id, linked, raw, &wanted),
                Err(reason) => Judged::open(reason, Basis::Nothing),
            }
        }
    }
}

fn other_period(case: &Case<'_>, linked: &LinkedClaim, raw: &str) -> Option<Judged> {
    if is_dated(case, linked) {
        return None;
    }
    let period = &linked.claim.period;
    let (zh, en) = match period {
        Period::Year(year) => (format!("{year} 年"), format!("the year {year}")),
        Period::Previous => ("上年".into(), "the year before".into()),
        Period::Part(words) => (format!("“{words}”"), format!("“{words}”, part of the year")),
        // A running total may be the year's own (`2017年累计`): it is compared, but never contradicted.
        Period::Cumulative | Period::Current => return None,
    };
    Some(Judged::open(
        Message::new(
            format!("{raw} 说的是{zh}，本年统计表不载"),
            format!("“{raw}” speaks of {en}; this year's table does not"),
        ),
        Basis::Nothing,
    ))
}

/// What the claim asks of its figures; several where it has no number of its own.
fn wanted(case: &Case<'_>, linked: &LinkedClaim) -> Result<Vec<Wanted>, Message> {
    if linked.claim.kind == ClaimKind::None {
        return Ok(vec![Wanted::zero()]);
    }
    let too_long = || Blocked::TooLong.words(case.facts);
    if let Some(quantity) = &linked.claim.quantity {
        return Wanted::of(quantity).map(|w| vec![w]).ok_or_else(too_long);
    }
    let mut all = Vec::new();
    let of = linked.claim.of.and_then(|of| case.facts.claims.get(of));
    if let Some(quantity) = of.and_then(|c| amount(&c.claim)) {
        all.push(Wanted::of(quantity).ok_or_else(too_long)?);
    }
    if let Some(base) = &linked.base {
        for terms in readings(case, base) {
            let unit = terms.first().and_then(|t| unit_of(case.facts, t.figure)).map(str::to_owned);
            if let (Ok(narrow), Ok(wide)) =
                (measure(case, &terms, unit.as_deref(), false), measure(case, &terms, unit.as_deref(), true))
            {
                let printed = narrow.low.as_ref().or(narrow.high.as_ref()).map_or(Ratio::ZERO, |s| s.at);
                all.push(Wanted {
                    narrow: narrow.range(),
                    wide: wide.range(),
                    printed,
                    unit,
                    approx: narrow.approx,
                    rounds_to: None,
                });
            }
        }
    }
    if all.is_empty() {
        let raw = case.text.slice(linked.claim.span);
        return Err(Message::new(
            format!("“{raw}”没有说明总数，也没有对应的数字"),
            format!("“{raw}” names no total, and no figure answers to it"),
        ));
    }
    Ok(all)
}

fn against_cells(case: &Case<'_>, id: ClaimId, linked: &LinkedClaim, raw: &str, wanted: &[Wanted]) -> Judged {
    if linked.links.is_empty() {
        return Judged::open(
            Message::new(
                format!("{raw}：表中没有与之对应的数字"),
                format!("“{raw}”: no figure of the table answers to it"),
            ),
            Basis::Nothing,
        );
    }
    let stands: Vec<Stand> = linked.links.iter().map(|link| compare(case, link, wanted)).collect();
    let mut held = Vec::new();
    let mut blocked = None;
    let mut failed: Vec<Measured> = Vec::new();
    let mut rivals = None;
    for stand in stands {
        match stand {
            Stand::Holds { figure, wanted, wide } => held.push((figure, wanted, wide)),
            Stand::Fails { figure } => failed.push(figure),
            Stand::Blocked(why) => blocked = blocked.or(Some(why)),
            Stand::Rival { figure, rival } => rivals = rivals.or(Some((figure, rival))),
        }
    }
    if !failed.is_empty() {
        return difference(case, id, linked, raw, wanted, &failed, &held);
    }
    if let Some((figure, rival)) = rivals {
        let reason = Message::new(
            format!("{raw} 与{}不一致，但与相近的{}一致，不能断定所指", figure.words.zh, rival.words.zh),
            format!(
                "“{raw}” differs from {} but agrees with {}, which is nearly as likely meant",
                figure.words.en, rival.words.en
            ),
        );
        return Judged::open(reason, Basis::Blocked).on(figure.figures.iter().chain(&rival.figures).copied().collect());
    }
    if held.is_empty() {
        let why = blocked.unwrap_or(Blocked::NoFigure).words(case.facts);
        let figures = linked.links.iter().flat_map(|l| &l.terms).map(|t| t.figure).collect();
        let reason = Message::new(format!("{raw}：{}", why.zh), format!("“{raw}”: {}", why.en));
        return Judged::open(reason, Basis::Blocked).on(figures);
    }
    agreement(case, linked, raw, wanted, &held, blocked)
}

fn agreement(
    case: &Case<'_>,
    linked: &LinkedClaim,
    raw: &str,
    wanted: &[Wanted],
    held: &[(Measured, usize, bool)],
    blocked: Option<Blocked>,
) -> Judged {
    let mut zh = Vec::new();
    let mut en = Vec::new();
    let mut arithmetic = Vec::new();
    let mut evidence = Vec::new();
    for (figure, index, wide) in held {
        let Some(want) = wanted.get(*index) else { continue };
        let range = if *wide { want.wide_for(figure) } else { want.narrow };
        let (said_zh, said_en) = agreement_words(raw, want, &range, figure, linked.claim.kind, *wide);
        zh.push(said_zh);
        en.push(said_en);
        arithmetic.extend(say::holds(figure, &range, Style::Plain));
        evidence.extend(figure.figures.iter().copied());
    }
    if let Some(why) = blocked {
        let why = why.words(case.facts);
        zh.push(why.zh);
        en.push(why.en);
    }
    let prose = held.iter().all(|(figure, ..)| figure.is_prose());
    Judged {
        verdict: Verdict::Supported,
        reason: Message::new(zh.join("；"), en.join("; ")),
        evidence,
        arithmetic: (!arithmetic.is_empty()).then(|| arithmetic.join("; ")),
        basis: if prose { Basis::Prose } else { Basis::Cells },
        fault: None,
    }
}

fn agreement_words(
    raw: &str,
    want: &Wanted,
    range: &Range,
    figure: &Measured,
    kind: ClaimKind,
    wide: bool,
) -> (String, String) {
    let value = total(figure);
    let (figure_zh, figure_en) = (format!("{}{}", figure.words.zh, value), format!("{}{}", figure.words.en, value));
    let (shown_zh, shown_en) = say::range(range, Style::Plain, want.printed.is_whole());
    match (kind, range.single()) {
        (ClaimKind::None, _) => {
            (format!("“{raw}”即 0，{figure_zh}，相符"), format!("“{raw}” means 0; {figure_en} agrees"))
        }
        (ClaimKind::All, Some(_)) => (
            format!("“{raw}”应为 {shown_zh}，{figure_zh}，相符"),
            format!("“{raw}” means {shown_en}; {figure_en} agrees"),
        ),
        (_, Some(_)) => (format!("{raw} 与{figure_zh} 一致"), format!("“{raw}” agrees with {figure_en}")),
        _ if wide => (
            format!("{raw} 从宽读作 {shown_zh}，{figure_zh} 在内"),
            format!("“{raw}”, read widely, is {shown_en}; {figure_en} lies inside"),
        ),
        _ => (
            format!("{raw} 即 {shown_zh}，{figure_zh} 在内"),
            format!("“{raw}” is {shown_en}; {figure_en} lies inside"),
        ),
    }
}

/// ` = 10` after a sum, in the claim's unit.
pub(super) fn total(figure: &Measured) -> String {
    match figure.point() {
        Some(point) if !point.expr.is_number() => {
            say::number(point.at, Style::Plain, 28).map_or_else(String::new, |n| format!(" = {n}"))
        }
        _ => String::new(),
    }
}

fn difference(
    case: &Case<'_>,
    id: ClaimId,
    linked: &LinkedClaim,
    raw: &str,
    wanted: &[Wanted],
    failed: &[Measured],
    held: &[(Measured, usize, bool)],
) -> Judged {
    let Some(figure) = failed.first().cloned() else {
        return Judged::open(Blocked::NoFigure.words(case.facts), Basis::Blocked);
    };
    let value = total(&figure);
    let (figure_zh, figure_en) = (format!("{}{value}", figure.words.zh), format!("{}{value}", figure.words.en));
    let mut evidence: Vec<Figure> = Vec::new();
    for one in failed.iter().chain(held.iter().map(|(figure, ..)| figure)).flat_map(|m| &m.figures) {
        if !evidence.contains(one) {
            evidence.push(*one);
        }
    }
    // Three digits or more that differ by nothing but a power of ten are one figure, however loosely the words name it.
    let same_digits = |want: &Wanted| {
        let digits = want
            .printed
            .to_number(28)
            .map_or(0, |n| n.normalize().mantissa().unsigned_abs().to_string().trim_end_matches('0').len());
        digits >= 3 && unit_slip(linked, want, &figure).is_some()
    };
    let slipped = linked.claim.scope.is_empty() && is_dated(case, linked) && wanted.first().is_some_and(same_digits);
    if let Some(reason) = limited(case, linked, raw, &figure_zh, &figure_en).filter(|_| !slipped) {
        return Judged::open(reason, Basis::Blocked).on(evidence);
    }
    // 其余4件 is what others leave: one row that merely stands near does not refute it, nor does less than nothing.
    let signed = linked.links.iter().flat_map(|l| &l.terms).any(|t| t.minus);
    let negative = signed && figure.point().is_some_and(|p| p.at.is_negative());
    if negative || (linked.claim.remainder && !signed) {
        let reason = Message::new(
            format!("{raw} 是余数，{figure_zh} 不能断定就是它"),
            format!("“{raw}” is what others leave; {figure_en} need not be it"),
        );
        return Judged::open(reason, Basis::Blocked).on(evidence);
    }
    let Some(want) = wanted.first() else {
        return Judged::open(Blocked::NoFigure.words(case.facts), Basis::Blocked);
    };
    // `上年结转3件全部办结` speaks of some among more: a cell that counts more than were said does not refute it.
    let more = |figure: &Measured| figure.point().is_some_and(|p| p.at > want.printed);
    if linked.claim.kind == ClaimKind::All && failed.iter().all(more) {
        let reason = Message::new(
            format!("{raw} 说的可能只是其中一部分，{figure_zh} 与之不矛盾"),
            format!("“{raw}” may speak of some among more; {figure_en} does not contradict it"),
        );
        return Judged::open(reason, Basis::Blocked).on(evidence);
    }
    let wide = want.wide_for(&figure);
    let approx = want.approx || figure.approx;
    let each: Vec<String> = failed
        .iter()
        .filter(|figure| linked.claim.kind != ClaimKind::All || !more(figure))
        .filter_map(|figure| {
            say::fails(figure, &want.wide_for(figure), Some(want.printed).filter(|_| !approx), Style::Plain)
        })
        .collect();
    let arithmetic = (!each.is_empty()).then(|| each.join("; "));
    let (shown_zh, shown_en) = say::range(&wide, Style::Plain, want.printed.is_whole());
    let (reason, kind) = match linked.claim.kind {
        ClaimKind::None => (
            Message::new(
                format!("“{raw}”即 0，{figure_zh}，不符"),
                format!("“{raw}” means 0, but there is {figure_en}"),
            ),
            Kind::NoneAgainstFigure,
        ),
        ClaimKind::All => {
            let named = |f: fn(&Measured) -> &str| {
                failed.iter().filter(|m| !more(m)).map(|m| format!("{}{}", f(m), total(m))).collect::<Vec<_>>()
            };
            let (zh, en) = (named(|m| &m.words.zh).join("、"), named(|m| &m.words.en).join(" and "));
            (
                Message::new(
                    format!("“{raw}”说的是全部，应为 {shown_zh}，但{zh}，不符"),
                    format!("“{raw}”, every one of them, is {shown_en}, but there is {en}"),
                ),
                Kind::AllAgainstFigure,
            )
        }
        _ if !approx => {
            let slip = unit_slip(linked, want, &figure);
            let (hint_zh, hint_en) = match slip {
                Some(factor) => (
                    format!("，恰差 {factor} 倍，疑为单位或小数点有误"),
                    format!("; they differ by a factor of exactly {factor}: a unit or a decimal point"),
                ),
                None => (String::new(), String::new()),
            };
            let kind = if slip.is_some() { Kind::UnitSlip } else { Kind::Value };
            (
                Message::new(
                    format!("{raw} 与{figure_zh} 不一致{hint_zh}"),
                    format!("“{raw}” differs from {figure_en}{hint_en}"),
                ),
                kind,
            )
        }
        _ => (
            Message::new(
                format!("{raw} 从宽读作 {shown_zh}，{figure_zh} 不在内"),
                format!("“{raw}”, read widely, is {shown_en}; {figure_en} lies outside"),
            ),
            Kind::Value,
        ),
    };
    let prose = figure.is_prose();
    let kind = match (prose, approx) {
        (true, true) => Kind::ProseApproximate,
        (true, false) => Kind::List,
        (false, true) => Kind::Approximate,
        (false, false) => kind,
    };
    let expected = match figure.point() {
        Some(point) => say::number(point.at, Style::Plain, 28),
        None => Some(say::range(&figure.range(), Style::Plain, false).0),
    };
    let fault = Fault {
        kind,
        message: reason.clone(),
        expected,
        found: if linked.claim.kind == ClaimKind::None { "0".into() } else { shown(&want.printed) },
        arithmetic: arithmetic.clone(),
        spans: spans(case, id, &evidence),
        evidence: std::iter::once(Figure::Claim(id)).chain(evidence.iter().copied()).collect(),
        about: about(case, id),
    };
    Judged {
        verdict: Verdict::Contradicted,
        reason,
        evidence,
        arithmetic,
        basis: if prose { Basis::Prose } else { Basis::Cells },
        fault: Some(fault),
    }
}

fn shown(at: &Ratio) -> String {
    say::number(*at, Style::Plain, 28).unwrap_or_default()
}

/// Why a difference proves nothing: the claim counts less, or another time, than the row.
pub(super) fn limited(
    case: &Case<'_>,
    linked: &LinkedClaim,
    raw: &str,
    figure_zh: &str,
    figure_en: &str,
) -> Option<Message> {
    if !linked.claim.scope.is_empty() {
        let words = linked.claim.scope.join("、");
        return Some(Message::new(
            format!("{raw} 限于“{words}”，与{figure_zh} 口径不同，不能比较"),
            format!("“{raw}” is limited to “{words}”: {figure_en} counts something else"),
        ));
    }
    if linked.links.iter().chain(&linked.base).any(|l| !l.sure) {
        return Some(Message::new(
            format!("{raw} 未明说所指，与{figure_zh} 未必是一回事"),
            format!("“{raw}” does not say what it counts; {figure_en} need not be it"),
        ));
    }
    if !is_dated(case, linked) {
        return Some(Message::new(
            format!("{raw} 不是本年数，与{figure_zh} 不能比较"),
            format!("“{raw}” is not this year's figure and cannot be compared with {figure_en}"),
        ));
    }
    None
}

/// The power of ten by which claim and figure differ, where a unit (10000, for amounts of money also others) explains it.
fn unit_slip(linked: &LinkedClaim, want: &Wanted, figure: &Measured) -> Option<Number> {
    let money = linked.claim.kind == ClaimKind::Money;
    let at = figure.point()?.at;
    if at.is_zero() || want.printed.is_zero() {
        return None;
    }
    let ratio = if at < want.printed { want.printed.div(at)? } else { at.div(want.printed)? };
    let factor = ratio.to_number(0)?;
    let powers: &[u32] = if money { &[10, 100, 1000, 10_000, 100_000_000] } else { &[10_000] };
    powers.iter().map(|p| Number::from(*p)).find(|p| *p == factor)
}
