//! Figures of the document added up: exact ends, each with the arithmetic that gives it.

use super::ratio::{Bound, Range, Ratio};
use crate::{
    align::{Claim, Facts, Figure, Reading, Term, Triple, TripleId},
    check::{Case, Message},
    quantity::{Lexicon, Measure, Number, UnitClass},
};

/// Arithmetic as text, with how tightly it binds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Expr {
    text: String,
    /// 0: a sum, 1: a product, 2: a number or brackets.
    rank: u8,
}

impl Expr {
    pub(crate) fn number(n: Number) -> Expr {
        let n = n.normalize();
        if n.is_sign_negative() && !n.is_zero() {
            Expr { text: format!("(0 − {})", n.abs()), rank: 2 }
        } else {
            Expr { text: n.abs().to_string(), rank: 2 }
        }
    }
    pub(crate) fn is_number(&self) -> bool {
        self.rank == 2 && !self.text.starts_with('(')
    }
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }
    fn at_rank(&self, rank: u8) -> String {
        if self.rank >= rank { self.text.clone() } else { format!("({})", self.text) }
    }
    pub(crate) fn plus(&self, other: &Expr) -> Expr {
        Expr { text: format!("{} + {}", self.text, other.at_rank(1)), rank: 0 }
    }
    pub(crate) fn minus(&self, other: &Expr) -> Expr {
        Expr { text: format!("{} − {}", self.text, other.at_rank(1)), rank: 0 }
    }
    pub(crate) fn times(&self, other: &Expr) -> Expr {
        Expr { text: format!("{} × {}", self.at_rank(1), other.at_rank(2)), rank: 1 }
    }
    pub(crate) fn over(&self, other: &Expr) -> Expr {
        Expr { text: format!("{} ÷ {}", self.at_rank(1), other.at_rank(2)), rank: 1 }
    }
}

/// One end of a measured figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Side {
    pub(crate) at: Ratio,
    pub(crate) closed: bool,
    pub(crate) expr: Expr,
}

impl Side {
    fn bound(&self) -> Bound {
        Bound { at: self.at, closed: self.closed }
    }
}

/// A figure, or several added up.
#[derive(Clone, Debug)]
pub(crate) struct Measured {
    pub(crate) low: Option<Side>,
    pub(crate) high: Option<Side>,
    /// What it rests on.
    pub(crate) figures: Vec<Figure>,
    /// The figures in words: `表中“收到申请数”12`.
    pub(crate) words: Message,
    /// Units that the lexicon does not compare took part: an agreement counts, a difference proves nothing.
    pub(crate) clash: bool,
    /// An approximated figure of the prose took part.
    pub(crate) approx: bool,
    /// One unit in the last place of a cell that is printed in a coarser unit than the claim.
    pub(crate) coarse: Option<Ratio>,
}

impl Measured {
    pub(crate) fn range(&self) -> Range {
        Range { low: self.low.as_ref().map(Side::bound), high: self.high.as_ref().map(Side::bound) }
    }
    /// Its one value, where it is exact.
    pub(crate) fn point(&self) -> Option<&Side> {
        self.range().single().and(self.low.as_ref())
    }
    /// Whether every figure is one of the prose.
    pub(crate) fn is_prose(&self) -> bool {
        self.figures.iter().all(|f| matches!(f, Figure::Claim(_)))
    }
}

/// Why figures could not be added up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Blocked {
    /// A cell is blank.
    Blank(TripleId),
    /// A cell holds no number.
    Unreadable(TripleId),
    /// The units measure different things.
    Units(String, String),
    /// Nothing to add up.
    NoFigure,
    /// The figure to divide by is zero.
    ZeroBase,
    /// Too many digits to be held exactly.
    TooLong,
}

impl Blocked {
    pub(crate) fn words(&self, facts: &Facts) -> Message {
        let label = |id: &TripleId| facts.triples.get(*id).map_or_else(String::new, name);
        match self {
            Blocked::Blank(id) => Message::new(
                format!("表中“{}”空白，空白不作零看待", label(id)),
                format!("the cell of “{}” is blank, and blank is not zero", label(id)),
            ),
            Blocked::Unreadable(id) => Message::new(
                format!("表中“{}”的内容不是数字", label(id)),
                format!("the cell of “{}” holds no number", label(id)),
            ),
            Blocked::Units(a, b) => {
                Message::new(format!("单位“{a}”与“{b}”不可比"), format!("the units “{a}” and “{b}” cannot be compared"))
            }
            Blocked::NoFigure => {
                Message::new("文中和表中都没有可比的数字", "the document holds no figure to compare with")
            }
            Blocked::ZeroBase => Message::new("作分母的数为 0，不能计算", "the figure to divide by is 0"),
            Blocked::TooLong => Message::new("数字过长，无法精确比较", "the number is too long to be compared exactly"),
        }
    }
}

/// A row as messages name it.
pub(crate) fn name(triple: &Triple) -> String {
    match triple.columns.last() {
        Some(column) => format!("{}·{column}", triple.label),
        None => triple.label.clone(),
    }
}

/// A converted unit: the factor, and whether it had to be assumed.
struct Conversion {
    factor: Ratio,
    assumed: bool,
}

/// How many `to` one `from` is.
fn convert(from: Option<&str>, to: Option<&str>, lexicon: &Lexicon) -> Option<Conversion> {
    let same = |assumed| Some(Conversion { factor: Ratio::ONE, assumed });
    let class = |unit: &str| lexicon.unit(unit).map(|u| u.class);
    match (from, to) {
        (Some(a), Some(b)) if a == b => same(false),
        (Some(a), Some(b)) => match (lexicon.unit(a), lexicon.unit(b)) {
            (Some(x), Some(y)) if x.family == y.family => {
                let factor = Ratio::from_number(x.factor)?.div(Ratio::from_number(y.factor)?)?;
                Some(Conversion { factor, assumed: false })
            }
            (x, y)
                if [x, y]
                    .iter()
                    .all(|u| u.is_none_or(|u| u.class == UnitClass::Count || u.class == UnitClass::Enumerating)) =>
            {
                same(!lexicon.comparable(a, b))
            }
            _ => None,
        },
        (Some(a), None) | (None, Some(a)) => same(class(a) == Some(UnitClass::Money)),
        (None, None) => same(false),
    }
}

/// A figure of the prose, if it is an amount.
pub(crate) fn amount(claim: &Claim) -> Option<&crate::quantity::Quantity> {
    claim.quantity.as_ref().filter(|q| matches!(q.measure, Measure::Count | Measure::Money))
}

/// The unit of a figure.
pub(crate) fn unit_of(facts: &Facts, figure: Figure) -> Option<&str> {
    match figure {
        Figure::Triple(id) => facts.triples.get(id)?.unit.as_deref(),
        Figure::Claim(id) => facts.claims.get(id)?.claim.quantity.as_ref()?.unit.as_deref(),
    }
}

/// Adds up `terms` in `unit`; figures of the prose under their narrow reading, or their wide one.
pub(crate) fn measure(case: &Case<'_>, terms: &[Term], unit: Option<&str>, wide: bool) -> Result<Measured, Blocked> {
    let mut sum: Option<Measured> = None;
    for term in terms {
        let one = figure(case, term.figure, unit, wide)?;
        sum = Some(match sum {
            None if term.minus => subtract(&zero(), &one).ok_or(Blocked::TooLong)?,
            None => one,
            Some(sum) if term.minus => subtract(&sum, &one).ok_or(Blocked::TooLong)?,
            Some(sum) => add(&sum, &one).ok_or(Blocked::TooLong)?,
        });
    }
    sum.ok_or(Blocked::NoFigure)
}

fn zero() -> Measured {
    let side = Side { at: Ratio::ZERO, closed: true, expr: Expr::number(Number::ZERO) };
    Measured {
        low: Some(side.clone()),
        high: Some(side),
        figures: Vec::new(),
        words: Message::new("0", "0"),
        clash: false,
        approx: false,
        coarse: None,
    }
}

/// One figure in `unit`.
fn figure(case: &Case<'_>, figure: Figure, unit: Option<&str>, wide: bool) -> Result<Measured, Blocked> {
    let own = unit_of(case.facts, figure);
    let conversion = convert(own, unit, &case.grammar.lexicon)
        .ok_or_else(|| Blocked::Units(own.unwrap_or_default().into(), unit.unwrap_or_default().into()))?;
    let factor = conversion.factor;
    let (range, words, approx, coarse) = match figure {
        Figure::Triple(id) => {
            let triple = case.facts.triples.get(id).ok_or(Blocked::NoFigure)?;
            let value = match &triple.value {
                Reading::Number(n) => *n,
                Reading::Blank => return Err(Blocked::Blank(id)),
                Reading::Unreadable(_) | Reading::Inexact => return Err(Blocked::Unreadable(id)),
            };
            let range = Range::point(Ratio::from_number(value).ok_or(Blocked::TooLong)?);
            let shown = format!("“{}”{}", name(triple), value.normalize());
            let shown = match own {
                Some(own) if factor != Ratio::ONE => format!("{shown} {own}"),
                _ => shown,
            };
            let step = 10i128.checked_pow(value.scale()).and_then(|den| Ratio::new(1, den));
            let coarse = step.filter(|_| factor > Ratio::ONE).and_then(|s| s.mul(factor));
            (range, Message::new(format!("表中{shown}"), format!("the table's {shown}")), false, coarse)
        }
        Figure::Claim(id) => {
            let claim = case.facts.claims.get(id).ok_or(Blocked::NoFigure)?;
            let quantity = claim.claim.quantity.as_ref().ok_or(Blocked::NoFigure)?;
            let interval = if wide { &quantity.wide } else { &quantity.narrow };
            let range = Range::from_interval(interval).ok_or(Blocked::TooLong)?;
            let raw = case.text.slice(claim.claim.span);
            let words = Message::new(format!("文中“{raw}”"), format!("the prose's “{raw}”"));
            (range, words, quantity.approx.is_some(), None)
        }
    };
    let side = |bound: Option<Bound>| -> Result<Option<Side>, Blocked> {
        let Some(bound) = bound else { return Ok(None) };
        let printed = bound.at.to_number(28).ok_or(Blocked::TooLong)?;
        let expr = scaled_expr(Expr::number(printed), factor).ok_or(Blocked::TooLong)?;
        let at = bound.at.mul(factor).ok_or(Blocked::TooLong)?;
        Ok(Some(Side { at, closed: bound.closed, expr }))
    };
    Ok(Measured {
        low: side(range.low)?,
        high: side(range.high)?,
        figures: vec![figure],
        words,
        clash: conversion.assumed,
        approx,
        coarse,
    })
}

fn scaled_expr(expr: Expr, factor: Ratio) -> Option<Expr> {
    if factor == Ratio::ONE {
        Some(expr)
    } else if let Some(n) = factor.to_number(0) {
        Some(expr.times(&Expr::number(n)))
    } else if let Some(n) = Ratio::ONE.div(factor)?.to_number(0) {
        Some(expr.over(&Expr::number(n)))
    } else {
        Some(expr.times(&Expr::number(factor.to_number(28)?)))
    }
}

/// Applies `f` to two ends; an absent one gives an absent one.
fn both(a: Option<&Side>, b: Option<&Side>, f: impl Fn(&Side, &Side) -> Option<Side>) -> Option<Option<Side>> {
    match (a, b) {
        (Some(a), Some(b)) => f(a, b).map(Some),
        _ => Some(None),
    }
}

fn joined(a: &Measured, b: &Measured, sign: &str, low: Option<Side>, high: Option<Side>) -> Measured {
    let table = |m: &Message, other: &Message| {
        // “表中” once is enough when both come from it.
        let zh =
            if m.zh.starts_with("表中") { other.zh.strip_prefix("表中").unwrap_or(&other.zh) } else { &other.zh };
        let en = if m.en.starts_with("the table's ") {
            other.en.strip_prefix("the table's ").unwrap_or(&other.en)
        } else {
            &other.en
        };
        Message::new(format!("{} {sign} {zh}", m.zh), format!("{} {sign} {en}", m.en))
    };
    Measured {
        low,
        high,
        figures: a.figures.iter().chain(&b.figures).copied().collect(),
        words: table(&a.words, &b.words),
        clash: a.clash || b.clash,
        approx: a.approx || b.approx,
        coarse: None,
    }
}

/// `a + b`
pub(crate) fn add(a: &Measured, b: &Measured) -> Option<Measured> {
    let end = |x: &Side, y: &Side| {
        Some(Side { at: x.at.add(y.at)?, closed: x.closed && y.closed, expr: x.expr.plus(&y.expr) })
    };
    let low = both(a.low.as_ref(), b.low.as_ref(), end)?;
    let high = both(a.high.as_ref(), b.high.as_ref(), end)?;
    Some(joined(a, b, "+", low, high))
}

/// `a − b`
pub(crate) fn subtract(a: &Measured, b: &Measured) -> Option<Measured> {
    let end = |x: &Side, y: &Side| {
        Some(Side { at: x.at.sub(y.at)?, closed: x.closed && y.closed, expr: x.expr.minus(&y.expr) })
    };
    let low = both(a.low.as_ref(), b.high.as_ref(), end)?;
    let high = both(a.high.as_ref(), b.low.as_ref(), end)?;
    Some(joined(a, b, "−", low, high))
}

/// `a ÷ b` of figures that are not negative; `None` where `b` is nothing but zero, or a figure is negative.
pub(crate) fn divide(a: &Measured, b: &Measured) -> Option<Measured> {
    if !positive(a, b) {
        return None;
    }
    let end = |x: &Side, y: &Side| {
        Some(Side { at: x.at.div(y.at)?, closed: x.closed && y.closed, expr: x.expr.over(&y.expr) })
    };
    let low = both(a.low.as_ref(), b.high.as_ref(), end)?;
    let floor = b.low.as_ref().filter(|s| !s.at.is_zero());
    let high = both(a.high.as_ref(), floor, end)?;
    Some(joined(a, b, "÷", low, high))
}

fn positive(a: &Measured, b: &Measured) -> bool {
    let negative = |m: &Measured| m.low.as_ref().is_none_or(|s| s.at.is_negative());
    let nothing = b.high.as_ref().is_some_and(|s| s.at.is_zero());
    !nothing && !negative(a) && !negative(b)
}

/// The growth from `before` to `now` (`falling`: the fall), as a ratio of `before`.
pub(crate) fn growth(now: &Measured, before: &Measured, falling: bool) -> Option<Measured> {
    if !positive(now, before) {
        return None;
    }
    if let (Some(n), Some(b)) = (now.point(), before.point()) {
        let (from, to) = if falling { (n, b) } else { (b, n) };
        let at = to.at.sub(from.at)?.div(b.at)?;
        let side = Side { at, closed: true, expr: to.expr.minus(&from.expr).over(&b.expr) };
        let mut out = joined(now, before, if falling { "↓" } else { "↑" }, Some(side.clone()), Some(side));
        out.words = compared(now, before);
        return Some(out);
    }
    let ratio = divide(now, before)?;
    let one = Expr::number(Number::ONE);
    let up = |s: &Side| Some(Side { at: s.at.sub(Ratio::ONE)?, closed: s.closed, expr: s.expr.minus(&one) });
    let down = |s: &Side| Some(Side { at: Ratio::ONE.sub(s.at)?, closed: s.closed, expr: one.minus(&s.expr) });
    let turn = |s: &Option<Side>| match s {
        Some(s) => (if falling { down(s) } else { up(s) }).map(Some),
        None => Some(None),
    };
    let (low, high) =
        if falling { (turn(&ratio.high)?, turn(&ratio.low)?) } else { (turn(&ratio.low)?, turn(&ratio.high)?) };
    let mut out = joined(now, before, "", low, high);
    out.words = compared(now, before);
    Some(out)
}

/// `今年 12、上年 7` in words.
pub(crate) fn compared(now: &Measured, before: &Measured) -> Message {
    Message::new(
        format!("{}，上年{}", now.words.zh, before.words.zh),
        format!("{}, against {} of the year before", now.words.en, before.words.en),
    )
}
