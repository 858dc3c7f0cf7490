//! Percentages of which only one figure is known: whole numbers may still refuse them.

use super::{Source, Work};
use crate::{
    align::{Direction, Figure, Period, Term},
    check::{
        Message, feasible,
        judge::{
            Fault, Kind, about,
            measure::{measure, unit_of},
            ratio::Ratio,
            say::{self, Style},
            spans,
        },
    },
    quantity::{Measure, UnitClass},
};

/// What whole numbers say of a percentage.
pub(super) enum Tested {
    Possible(Message),
    Impossible(Box<Fault>),
}

impl Work<'_> {
    pub(super) fn limited_period_allows(&self) -> bool {
        !matches!(self.linked.claim.period, Period::Part(_) | Period::Cumulative)
    }

    /// A source's figure as one exact whole number of things.
    fn whole(&self, source: &Source) -> Option<(i64, Figure)> {
        let [Term { figure, minus: false }] = source.terms.as_slice() else { return None };
        if let Figure::Claim(id) = figure
            && self.case.facts.claims.get(*id)?.claim.quantity.as_ref()?.measure != Measure::Count
        {
            return None;
        }
        let unit = unit_of(self.case.facts, *figure);
        let class = unit.and_then(|u| self.case.grammar.lexicon.unit(u)).map(|u| u.class);
        if class == Some(UnitClass::Money) {
            return None;
        }
        let at = measure(self.case, &source.terms, unit, true).ok()?.point()?.at;
        let whole = at.to_number(0)?;
        Some((i64::try_from(whole.mantissa()).ok().filter(|_| whole.scale() == 0)?, *figure))
    }

    pub(super) fn growth_in_whole_numbers(&self, now: &[Source]) -> Option<Tested> {
        let direction = self.linked.claim.direction?;
        let mut impossible = None;
        for source in now.iter().filter(|s| !s.rival && !s.guess) {
            let (after, figure) = self.whole(source)?;
            match feasible::growth(after, self.quantity.value, self.quantity.step, direction)? {
                feasible::Growth::Feasible { before } => {
                    return Some(Tested::Possible(self.possible_growth(after, before)));
                }
                feasible::Growth::Infeasible { nearest, around } => {
                    // The prose's own figure is the better witness: then it needs no cell.
                    if impossible.is_none() || matches!(figure, Figure::Claim(_)) {
                        impossible = Some((after, figure, nearest, around));
                    }
                }
            }
        }
        let (after, figure, nearest, around) = impossible?;
        let prose = matches!(figure, Figure::Claim(_));
        let (verb_zh, verb_en) = match direction {
            Direction::Up => ("增长", "grows by"),
            Direction::Down => ("下降", "falls by"),
        };
        let percent = say::number(self.asked.printed, Style::Percent, 28)?;
        let (near_zh, near_en) = nearest.map_or_else(Default::default, |pair| {
            (
                format!("；最近的整数是 {}→{}", pair.before, pair.after),
                format!("; {}→{} is the nearest", pair.before, pair.after),
            )
        });
        let message = Message::new(
            format!("没有哪个整数{verb_zh} {percent} 后得 {after}{near_zh}"),
            format!("no whole number {verb_en} {percent} to {after}{near_en}"),
        );
        let arithmetic = self.around_growth(after, direction, around);
        let expected = nearest.map(|pair| format!("{}→{}", pair.before, pair.after));
        Some(Tested::Impossible(Box::new(self.impossible(
            if prose { Kind::ImpossibleGrowth } else { Kind::Change },
            message,
            expected,
            percent,
            arithmetic,
            figure,
        ))))
    }

    fn possible_growth(&self, after: i64, before: (i64, i64)) -> Message {
        let (low, high) = before;
        let from = if low == high { low.to_string() } else { format!("{low}–{high}") };
        let from = if high == i64::MAX { format!("≥{low}") } else { from };
        Message::new(
            format!("{}：上年若为 {from} 则可得 {after}，但文中没有上年的数字", self.raw),
            format!("“{}”: {from} the year before would give {after}, but the document does not say", self.raw),
        )
    }

    /// `12 ÷ 7 − 1 < 85.6%; 12 ÷ 6 − 1 > 85.8%`
    fn around_growth(&self, after: i64, direction: Direction, around: (Option<i64>, Option<i64>)) -> Option<String> {
        let readings = feasible::readings(self.quantity.value, self.quantity.step)?;
        let hundredth = Ratio::new(1, 100)?;
        let least = readings.low?.at.mul(hundredth)?;
        if direction == Direction::Down && least >= Ratio::ONE {
            return Some(format!("{} ≥ 100%", say::number(least, Style::Percent, 28)?));
        }
        let side = |before: Option<i64>| -> Option<String> {
            let before = before?;
            let quotient = Ratio::new(after.into(), before.into())?;
            let (expr, at) = match direction {
                Direction::Up => (format!("{after} ÷ {before} − 1"), quotient.sub(Ratio::ONE)?),
                Direction::Down => (format!("1 − {after} ÷ {before}"), Ratio::ONE.sub(quotient)?),
            };
            let (low, high) = (readings.low?.at.mul(hundredth)?, readings.high?.at.mul(hundredth)?);
            if at <= low {
                Some(format!("{expr} {} {}", if at == low { "≤" } else { "<" }, say::number(low, Style::Percent, 28)?))
            } else if at >= high {
                Some(format!(
                    "{expr} {} {}",
                    if at == high { "≥" } else { ">" },
                    say::number(high, Style::Percent, 28)?
                ))
            } else {
                None
            }
        };
        let said: Vec<String> = [side(around.0), side(around.1)].into_iter().flatten().collect();
        (!said.is_empty()).then(|| said.join("; "))
    }

    pub(super) fn share_in_whole_numbers(&self, base: &[Source]) -> Option<Tested> {
        let mut impossible = None;
        for source in base.iter().filter(|s| !s.rival && !s.guess) {
            let (whole, figure) = self.whole(source)?;
            match feasible::share(whole, self.quantity.value, self.quantity.step)? {
                feasible::Share::Feasible { part } => {
                    return Some(Tested::Possible(Message::new(
                        format!("{}：{whole} 中的 {part} 可得此比例，但文中没有该部分的数字", self.raw),
                        format!(
                            "“{}”: {part} of {whole} would give it, but the document does not hold the part",
                            self.raw
                        ),
                    )));
                }
                feasible::Share::Infeasible { around, smallest_whole } => {
                    if impossible.is_none() || matches!(figure, Figure::Claim(_)) {
                        impossible = Some((whole, figure, around, smallest_whole));
                    }
                }
            }
        }
        let (whole, figure, (under, over), smallest) = impossible?;
        let percent = say::number(self.asked.printed, Style::Percent, 28)?;
        let (least_zh, least_en) = smallest.map_or_else(Default::default, |n| {
            (format!("；整体至少为 {n} 才可能"), format!("; it takes a whole of at least {n}"))
        });
        let message = Message::new(
            format!("{whole} 的任何整数部分都不是 {percent}{least_zh}"),
            format!("no whole number is {percent} of {whole}{least_en}"),
        );
        let readings = feasible::readings(self.quantity.value, self.quantity.step)?;
        let hundredth = Ratio::new(1, 100)?;
        let low = say::number(readings.low?.at.mul(hundredth)?, Style::Percent, 28)?;
        let high = say::number(readings.high?.at.mul(hundredth)?, Style::Percent, 28)?;
        let (low_rel, high_rel) = (
            if Ratio::new(under.into(), whole.into())? == readings.low?.at.mul(hundredth)? { "≤" } else { "<" },
            if Ratio::new(over.into(), whole.into())? == readings.high?.at.mul(hundredth)? { "≥" } else { ">" },
        );
        let arithmetic = format!("{under} ÷ {whole} {low_rel} {low}; {over} ÷ {whole} {high_rel} {high}");
        let kind = if matches!(figure, Figure::Claim(_)) { Kind::ImpossibleShare } else { Kind::Share };
        Some(Tested::Impossible(Box::new(self.impossible(kind, message, None, percent, Some(arithmetic), figure))))
    }

    fn impossible(
        &self,
        kind: Kind,
        message: Message,
        expected: Option<String>,
        found: String,
        arithmetic: Option<String>,
        figure: Figure,
    ) -> Fault {
        let mut evidence = vec![figure];
        self.add_anchors(&mut evidence);
        Fault {
            kind,
            message,
            expected,
            found,
            arithmetic,
            spans: spans(self.case, self.id, &evidence),
            evidence: std::iter::once(Figure::Claim(self.id)).chain(evidence).collect(),
            about: about(self.case, self.id),
        }
    }
}
