//! Shares, changes and multiples: recomputed from cells or from figures of the prose, else tested for whole numbers.

mod source;
#[cfg(test)]
mod tests;
mod whole;

use source::{Source, amounts, roles, sources, wholes};
use whole::Tested;

use super::{
    Basis, Fault, Judged, Kind, about, amount, is_current,
    measure::{Blocked, Measured, divide, growth, measure, subtract, unit_of},
    ratio::{Range, Ratio},
    say::{self, Style},
    spans,
};
use crate::{
    align::{ClaimId, ClaimKind, Direction, Facts, Figure, LinkedClaim, Period, Term},
    check::{Case, Message, Verdict},
    quantity::{Measure, Quantity},
};

/// A figure computed from a claim's sources.
struct Computed {
    value: Measured,
    /// The same going the other way, for changes.
    other_way: Option<Measured>,
    rival: bool,
    guess: bool,
}

/// What is computed, and how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// part ÷ whole, in percent
    Share,
    /// (now − before) ÷ before, in percent
    Growth,
    /// now − before, in units
    Difference,
    /// now ÷ before
    Multiple,
    /// now ÷ before − 1, in times
    TimesMore,
}

impl Form {
    fn of(linked: &LinkedClaim, quantity: &Quantity) -> Form {
        match (linked.claim.kind, quantity.measure) {
            (ClaimKind::Share, _) => Form::Share,
            (ClaimKind::Change, Measure::Percent) => Form::Growth,
            (ClaimKind::Change, Measure::Multiple) => Form::TimesMore,
            (ClaimKind::Change, _) => Form::Difference,
            _ if linked.claim.direction.is_some() => Form::TimesMore,
            _ => Form::Multiple,
        }
    }
    fn style(self) -> Style {
        match self {
            Form::Share | Form::Growth => Style::Percent,
            Form::Difference | Form::Multiple | Form::TimesMore => Style::Plain,
        }
    }
    fn compute(self, now: &Measured, base: &Measured, falling: bool) -> Option<Measured> {
        match self {
            Form::Share | Form::Multiple => divide(now, base),
            Form::Growth | Form::TimesMore => growth(now, base, falling),
            Form::Difference if falling => subtract(base, now),
            Form::Difference => subtract(now, base),
        }
    }
}

/// The narrow and the wide reading of a printed percentage, multiple or difference.
struct Asked {
    narrow: Range,
    wide: Range,
    printed: Ratio,
    approx: bool,
}

impl Asked {
    fn of(form: Form, quantity: &Quantity, in_chain: bool) -> Option<Asked> {
        let approx = quantity.approx.is_some();
        let mut narrow = Range::from_interval(&quantity.narrow)?;
        let mut wide = Range::from_interval(&quantity.wide)?.cover(&narrow);
        let mut printed = Ratio::from_number(quantity.value)?;
        let step = Ratio::from_number(quantity.step)?;
        let around = |part: Ratio| -> Option<Range> {
            let half = step.mul(part)?;
            Some(Range::open(printed.sub(half)?, printed.add(half)?))
        };
        let half = Ratio::new(1, 2)?;
        match form {
            _ if approx => {}
            Form::Share | Form::Growth => {
                // A step's half below belongs to the reading: it rounds up to the printed place.
                let mut near = around(half)?;
                near.low = near.low.map(|b| super::Bound { closed: true, ..b });
                narrow = narrow.cover(&near);
                wide = wide.cover(&around(Ratio::ONE)?);
                if in_chain {
                    // One unit in the last place may have been forced so that the chain adds up to 100.
                    wide = wide.cover(&around(Ratio::new(3, 2)?)?);
                }
            }
            Form::Multiple | Form::TimesMore => {
                // A whole multiple is said of what is nearly so; a printed decimal rounds as any other.
                let near = if step >= Ratio::ONE { around(Ratio::new(1, 20)?)? } else { around(half)? };
                narrow = narrow.cover(&near);
                wide = wide.cover(&around(if step >= Ratio::ONE { half } else { Ratio::ONE })?);
            }
            Form::Difference => {}
        }
        if form.style() == Style::Percent {
            let hundredth = Ratio::new(1, 100)?;
            narrow = narrow.scaled(hundredth)?;
            wide = wide.scaled(hundredth)?;
            printed = printed.mul(hundredth)?;
        }
        Some(Asked { narrow, wide, printed, approx })
    }
}

/// Shares of one whole in one paragraph: the paragraph, the whole as claim and as cells, the claims.
type Chain = (usize, Option<ClaimId>, Option<Vec<Term>>, Vec<ClaimId>);

/// The claims whose share belongs to a chain that adds up to exactly 100: shares of one whole in one paragraph.
pub(super) fn chains(facts: &Facts) -> Vec<ClaimId> {
    let mut groups: Vec<Chain> = Vec::new();
    for (id, linked) in facts.claims.iter().enumerate() {
        let exact = linked.claim.quantity.as_ref().is_some_and(|q| q.approx.is_none());
        if linked.claim.kind != ClaimKind::Share || !exact {
            continue;
        }
        let key = (linked.claim.paragraph, linked.claim.base, linked.base.as_ref().map(|b| b.terms.clone()));
        // Only the last few groups can still grow, which keeps this linear.
        match groups.iter_mut().rev().take(8).find(|(p, b, t, _)| (*p, *b, t) == (key.0, key.1, &key.2)) {
            Some((.., members)) => members.push(id),
            None => groups.push((key.0, key.1, key.2, vec![id])),
        }
    }
    let sum = |members: &[ClaimId]| {
        members.iter().try_fold(Ratio::ZERO, |sum, id| {
            sum.add(Ratio::from_number(facts.claims.get(*id)?.claim.quantity.as_ref()?.value)?)
        })
    };
    let mut out: Vec<ClaimId> = groups
        .into_iter()
        .filter(|(.., members)| members.len() >= 3 && sum(members) == Some(Ratio::whole(100)))
        .flat_map(|(.., members)| members)
        .collect();
    out.sort_unstable();
    out
}

/// Judges a share, change or multiple; `refuted` says which amounts their own cells contradict.
pub(super) fn judge(case: &Case<'_>, id: ClaimId, refuted: &dyn Fn(ClaimId) -> bool, chains: &[ClaimId]) -> Judged {
    let nothing = || Judged::open(Blocked::NoFigure.words(case.facts), Basis::Nothing);
    let Some(linked) = case.facts.claims.get(id) else { return nothing() };
    let Some(quantity) = &linked.claim.quantity else { return nothing() };
    let form = Form::of(linked, quantity);
    let Some(asked) = Asked::of(form, quantity, chains.binary_search(&id).is_ok()) else {
        return Judged::open(Blocked::TooLong.words(case.facts), Basis::Blocked);
    };
    let work = Work { case, id, linked, quantity, form, asked, raw: case.text.slice(linked.claim.span) };
    let (of, against) = roles(case, linked);
    // `申请量比2014年的40件增长25%`: the row of last year's figure is the row of this year's.
    let row_of_base = || {
        case.facts
            .claims
            .get(against.filter(|_| of.is_none() && form != Form::Share)?)?
            .links
            .first()
            .filter(|l| l.sure)
    };
    let now = sources(case, linked.links.first().or_else(row_of_base), of, form, refuted);
    // A figure divided by itself is no share: the words named the part twice and the whole not at all.
    let base_link = linked.base.as_ref().filter(|b| linked.links.first().is_none_or(|l| l.terms != b.terms));
    let mut base = sources(case, base_link, against, form, refuted);
    if form == Form::Share && !now.is_empty() && !linked.base_named {
        // Which of several wholes is meant the words may leave open: another that agrees is as good, unless a cell was named.
        for whole in wholes(case, id, of) {
            let terms = vec![Term { figure: Figure::Claim(whole), minus: false }];
            if !refuted(whole) && !base.iter().any(|s| s.terms == terms) {
                base.push(Source { terms, rival: base_link.is_some(), guess: true });
            }
        }
    }
    if linked.links.len() > 1 {
        return work.several(refuted);
    }
    let mut now = now;
    if form != Form::Share && !now.is_empty() && !base.is_empty() {
        // `2320件,其中市级914件、县级1406件;比上年的2088件增长`: of which of them the words may leave open.
        for other in amounts(case, id, of) {
            let terms = vec![Term { figure: Figure::Claim(other), minus: false }];
            if !refuted(other) && !now.iter().any(|s| s.terms == terms) {
                now.push(Source { terms, rival: false, guess: true });
            }
        }
    }
    work.one(&now, &base, refuted)
}

struct Work<'a> {
    case: &'a Case<'a>,
    id: ClaimId,
    linked: &'a LinkedClaim,
    quantity: &'a Quantity,
    form: Form,
    asked: Asked,
    raw: &'a str,
}

impl Work<'_> {
    /// A number said of several subjects at once (`分别占50%`, `均增长10%`): every one must agree.
    fn several(&self, refuted: &dyn Fn(ClaimId) -> bool) -> Judged {
        let mut verdicts = Vec::new();
        let base = sources(self.case, self.linked.base.as_ref(), self.linked.claim.base, self.form, refuted);
        for link in &self.linked.links {
            let now = sources(self.case, Some(link), None, self.form, refuted);
            verdicts.push(self.one(&now, &base, refuted));
        }
        let mut supported = None;
        for verdict in verdicts {
            match verdict.verdict {
                Verdict::Supported => supported = supported.or(Some(verdict)),
                Verdict::Contradicted | Verdict::Unverifiable => return verdict,
            }
        }
        supported.unwrap_or_else(|| Judged::open(Blocked::NoFigure.words(self.case.facts), Basis::Nothing))
    }

    fn one(&self, now: &[Source], base: &[Source], refuted: &dyn Fn(ClaimId) -> bool) -> Judged {
        let units = self.target_unit(now, base);
        let mut blocked = None;
        let mut tried: Vec<Computed> = Vec::new();
        for wide in [false, true] {
            let range = if wide { &self.asked.wide } else { &self.asked.narrow };
            let combined = self.combinations(now, base, units.as_deref(), wide, &mut blocked);
            if let Some(found) = combined.iter().find(|c| !c.rival && self.fits(c, range)) {
                return self.agreement(found, range, wide);
            }
            tried = combined;
        }
        if tried.iter().all(|c| c.rival || c.guess) {
            return self.without_base(now, base, blocked);
        }
        if let Some(near) = tried.iter().find(|c| c.rival && self.fits(c, &self.asked.wide)) {
            let reason = Message::new(
                format!("{} 与相近的{}相符，不能断定所指", self.raw, near.value.words.zh),
                format!("“{}” agrees with {}, which is nearly as likely meant", self.raw, near.value.words.en),
            );
            return Judged::open(reason, Basis::Blocked).on(near.value.figures.clone());
        }
        tried.retain(|c| !c.rival && !c.guess);
        // What the prose alone can show is shown from the prose alone.
        let shown = tried.iter().position(|c| c.value.is_prose()).unwrap_or(0);
        if tried.is_empty() {
            return self.without_base(now, base, blocked);
        }
        let shown = tried.swap_remove(shown);
        self.difference(shown, refuted)
    }

    fn combinations(
        &self,
        now: &[Source],
        base: &[Source],
        unit: Option<&str>,
        wide: bool,
        blocked: &mut Option<Blocked>,
    ) -> Vec<Computed> {
        let falling = self.linked.claim.direction == Some(Direction::Down);
        let mut out = Vec::new();
        for n in now {
            let number = match measure(self.case, &n.terms, unit, wide) {
                Ok(number) => number,
                Err(why) => {
                    blocked.get_or_insert(why);
                    continue;
                }
            };
            // A balance of flows is a change by itself (制发3件、废止2件，净增1件).
            if self.form == Form::Difference && n.terms.iter().any(|t| t.minus) && base.is_empty() {
                let value = if falling { subtract(&zeroed(&number), &number) } else { Some(number.clone()) };
                out.extend(value.map(|value| {
                    // It may be a change of something else: it can confirm, never contradict.
                    let rival = !self.asked.narrow.overlaps(&value.range());
                    Computed { value, other_way: None, rival, guess: false }
                }));
            }
            for b in base {
                let whole = match measure(self.case, &b.terms, unit, wide) {
                    Ok(whole) => whole,
                    Err(why) => {
                        blocked.get_or_insert(why);
                        continue;
                    }
                };
                let Some(value) = self.form.compute(&number, &whole, falling) else {
                    let zero = whole.range().single().is_some_and(Ratio::is_zero);
                    blocked.get_or_insert(if zero { Blocked::ZeroBase } else { Blocked::TooLong });
                    continue;
                };
                let other_way = match self.form {
                    Form::Share => None,
                    // 是2倍 and 增长2倍 are mixed up too often to hold one against the other.
                    Form::TimesMore if !falling => Form::Multiple.compute(&number, &whole, false),
                    _ => self.form.compute(&number, &whole, !falling),
                };
                out.push(Computed { value, other_way, rival: n.rival || b.rival, guess: n.guess || b.guess });
            }
        }
        out
    }

    fn fits(&self, computed: &Computed, range: &Range) -> bool {
        let undirected = self.linked.claim.direction.is_none() || self.form == Form::TimesMore;
        range.overlaps(&computed.value.range())
            || (undirected
                && self.form != Form::Multiple
                && computed.other_way.as_ref().is_some_and(|other| range.overlaps(&other.range())))
    }

    /// The unit in which both sides are measured.
    fn target_unit(&self, now: &[Source], base: &[Source]) -> Option<String> {
        if self.form == Form::Difference && self.quantity.measure != Measure::Points {
            return self.quantity.unit.clone();
        }
        now.iter()
            .chain(base)
            .flat_map(|s| &s.terms)
            .find_map(|t| unit_of(self.case.facts, t.figure))
            .map(str::to_owned)
    }

    fn agreement(&self, computed: &Computed, range: &Range, wide: bool) -> Judged {
        let value = match &computed.other_way {
            Some(other) if !range.overlaps(&computed.value.range()) => other,
            _ => &computed.value,
        };
        let arithmetic = say::holds(value, range, self.form.style());
        let how = arithmetic.clone().map_or_else(String::new, |a| format!("：{a}"));
        let how_en = how.replace('：', ": ");
        let (kind_zh, kind_en) = if wide {
            ("按截取、进位等宽读相符", "agrees under a wider rounding")
        } else {
            ("相符", "agrees")
        };
        let mut evidence = value.figures.clone();
        self.add_anchors(&mut evidence);
        Judged {
            verdict: Verdict::Supported,
            reason: Message::new(
                format!("{} 与{}{kind_zh}{how}", self.raw, value.words.zh),
                format!("“{}” {kind_en} with {}{how_en}", self.raw, value.words.en),
            ),
            evidence,
            arithmetic,
            basis: if value.is_prose() { Basis::Prose } else { Basis::Cells },
            fault: None,
        }
    }

    /// The cells that the figures of the prose rest on belong to the evidence.
    fn add_anchors(&self, evidence: &mut Vec<Figure>) {
        for term in self.linked.links.iter().flat_map(|l| &l.terms) {
            if !evidence.contains(&term.figure) {
                evidence.push(term.figure);
            }
        }
    }

    fn difference(&self, computed: Computed, refuted: &dyn Fn(ClaimId) -> bool) -> Judged {
        let value = &computed.value;
        let prose = value.is_prose();
        let mut evidence = value.figures.clone();
        self.add_anchors(&mut evidence);
        // `发布1120条,其中疫情687条,占65%`: what is selected from a figure is a share of it.
        let words = &self.case.grammar.lexicon.words().prose;
        let selected =
            self.linked.claim.of.and_then(|of| self.case.facts.claims.get(of)).is_some_and(|c| {
                words.of_which.iter().any(|w| c.claim.own.before.trim_start().starts_with(w.as_str()))
            });
        let guessed = self.form == Form::Share && !selected && self.linked.base.as_ref().is_some_and(|b| !b.sure);
        if (!prose || guessed)
            && let Some(reason) = self.limited(value)
        {
            return Judged::open(reason, Basis::Blocked).on(evidence);
        }
        if value.clash {
            let reason = Message::new(
                format!("{}：{}单位不可比", self.raw, value.words.zh),
                format!("“{}”: the units of {} cannot be compared", self.raw, value.words.en),
            );
            return Judged::open(reason, Basis::Blocked).on(evidence);
        }
        let style = self.form.style();
        let approx = self.asked.approx || value.approx;
        let turned = self.linked.claim.direction.is_some()
            && computed.other_way.as_ref().is_some_and(|other| self.asked.wide.overlaps(&other.range()));
        let printed = Some(self.asked.printed).filter(|_| !approx);
        let arithmetic = match &computed.other_way {
            Some(other) if turned => say::holds(other, &self.asked.wide, style),
            _ => say::fails(value, &self.asked.wide, printed, style),
        };
        let expected = match &computed.other_way {
            Some(other) if turned => {
                let sign = if self.linked.claim.direction == Some(Direction::Up) { "−" } else { "+" };
                self.expected(other).map(|e| format!("{sign}{e}"))
            }
            _ => self.expected(value),
        };
        let change = self.form != Form::Share;
        let kind = match (prose, approx, change) {
            (true, true, _) => Kind::ProseApproximate,
            (false, true, _) => Kind::Approximate,
            (true, _, true) if turned => Kind::Direction,
            (true, _, true) => Kind::ProseChange,
            (true, _, false) => Kind::ProseShare,
            (false, _, true) => Kind::Change,
            (false, _, false) => Kind::Share,
        };
        let how = arithmetic.clone().map_or_else(String::new, |a| format!("：{a}"));
        let (turn_zh, turn_en) = if turned { ("，升降说反了", "; it goes the other way") } else { ("", "") };
        let reason = Message::new(
            format!("{} 与{}不符{turn_zh}{how}", self.raw, value.words.zh),
            format!("“{}” does not follow from {}{turn_en}{}", self.raw, value.words.en, how.replace('：', ": ")),
        );
        // A share or change of an amount that its own cell contradicts fails with it: one mistake, one finding.
        let root = self.linked.claim.of.into_iter().chain(self.linked.claim.base).any(refuted);
        let follows = root && !prose;
        let fault = Fault {
            kind,
            message: reason.clone(),
            expected,
            found: say::number(self.asked.printed, style, 28).unwrap_or_default(),
            arithmetic: arithmetic.clone(),
            spans: spans(self.case, self.id, &evidence),
            evidence: std::iter::once(Figure::Claim(self.id)).chain(evidence.iter().copied()).collect(),
            about: about(self.case, self.id),
        };
        Judged {
            verdict: Verdict::Contradicted,
            reason,
            evidence,
            arithmetic,
            basis: if prose { Basis::Prose } else { Basis::Cells },
            fault: (!follows).then_some(fault),
        }
    }

    /// The value to the claim's own place, or the range it lies in.
    fn expected(&self, value: &Measured) -> Option<String> {
        let style = self.form.style();
        let point = value.point()?;
        if let Some(exact) = say::number(point.at, style, 4) {
            return Some(exact);
        }
        let unit = if style == Style::Percent { Ratio::new(1, 100)? } else { Ratio::ONE };
        let step = Ratio::from_number(self.quantity.step)?.mul(unit)?;
        let places = point.at.div(step)?.add(Ratio::new(1, 2)?)?.floor();
        say::number(Ratio::new(places, 1)?.mul(step)?, style, 28)
    }

    fn limited(&self, value: &Measured) -> Option<Message> {
        let change = self.form != Form::Share;
        // 较上年 makes a change speak of another year by its nature.
        let elsewhere = match &self.linked.claim.period {
            Period::Year(_) | Period::Previous => !change && !is_current(self.case, &self.linked.claim.period),
            Period::Part(_) | Period::Cumulative => true,
            Period::Current => false,
        };
        let sure = self.linked.links.iter().chain(&self.linked.base).all(|l| l.sure);
        if !elsewhere && self.linked.claim.scope.is_empty() && sure {
            return None;
        }
        let mut this_year = self.linked.clone();
        if change && !elsewhere {
            this_year.claim.period = Period::Current;
        }
        amount::limited(self.case, &this_year, self.raw, &value.words.zh, &value.words.en)
    }

    /// Only one of the two figures is known: whole numbers may still refuse the percentage.
    fn without_base(&self, now: &[Source], base: &[Source], blocked: Option<Blocked>) -> Judged {
        let mut evidence = Vec::new();
        self.add_anchors(&mut evidence);
        for figure in now.iter().chain(base).filter(|s| !s.rival && !s.guess).flat_map(|s| &s.terms).map(|t| t.figure) {
            if !evidence.contains(&figure) {
                evidence.push(figure);
            }
        }
        let plain = !self.asked.approx && self.linked.claim.scope.is_empty() && self.limited_period_allows();
        let tested = match self.form {
            Form::Growth if plain => self.growth_in_whole_numbers(now),
            Form::Share if plain && now.is_empty() => self.share_in_whole_numbers(base),
            _ => None,
        };
        match tested {
            Some(Tested::Impossible(fault)) => {
                return Judged {
                    verdict: Verdict::Contradicted,
                    reason: fault.message.clone(),
                    evidence: fault.evidence.iter().copied().filter(|f| *f != Figure::Claim(self.id)).collect(),
                    arithmetic: fault.arithmetic.clone(),
                    basis: Basis::Prose,
                    fault: Some(*fault),
                };
            }
            Some(Tested::Possible(reason)) => return Judged::open(reason, Basis::Nothing).on(Vec::new()),
            None => {}
        }
        let reason = match (&blocked, self.form) {
            (Some(why), _) => {
                let why = why.words(self.case.facts);
                Message::new(format!("{}：{}", self.raw, why.zh), format!("“{}”: {}", self.raw, why.en))
            }
            (None, Form::Share) => Message::new(
                format!("{}：文中和表中没有可供计算的部分与整体", self.raw),
                format!("“{}”: the document does not hold both the part and the whole", self.raw),
            ),
            (None, _) => Message::new(
                format!("{}：文中没有上年的数字", self.raw),
                format!("“{}”: the document does not hold the figure it is compared with", self.raw),
            ),
        };
        let basis = if blocked.is_some() { Basis::Blocked } else { Basis::Nothing };
        Judged::open(reason, basis).on(if blocked.is_some() { evidence } else { Vec::new() })
    }
}

fn zeroed(figure: &Measured) -> Measured {
    let mut zero = figure.clone();
    let zeroed = |side: &Option<super::measure::Side>| {
        side.as_ref().map(|s| super::measure::Side {
            at: Ratio::ZERO,
            closed: s.closed,
            expr: super::measure::Expr::number(crate::quantity::Number::ZERO),
        })
    };
    (zero.low, zero.high) = (zeroed(&figure.low), zeroed(&figure.high));
    zero.figures.clear();
    zero
}
