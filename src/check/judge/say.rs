//! The judge's figures as text: ranges in words, comparisons in the contract's arithmetic. Every arithmetic is true.

use super::{
    measure::Measured,
    ratio::{Bound, Range, Ratio},
};
use crate::quantity::Number;

/// How a bound is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    /// `12`
    Plain,
    /// `85.7%` for 0.857
    Percent,
}

/// A number as arithmetic writes it; at most `digits` places, else nothing.
pub(crate) fn number(at: Ratio, style: Style, digits: u32) -> Option<String> {
    let shown = match style {
        Style::Plain => at,
        Style::Percent => at.mul(Ratio::whole(100))?,
    };
    let n = shown.to_number(digits)?;
    let mark = if style == Style::Percent { "%" } else { "" };
    Some(if n.is_sign_negative() && !n.is_zero() {
        format!("(0 − {}{mark})", n.abs())
    } else {
        format!("{}{mark}", n.abs())
    })
}

/// A printed number as arithmetic writes it.
pub(crate) fn decimal(n: Number) -> String {
    let n = n.normalize();
    if n.is_sign_negative() && !n.is_zero() { format!("(0 − {})", n.abs()) } else { n.abs().to_string() }
}

/// A range as people say it: `2700–2799`, `11 以上`; whole numbers where `whole`.
pub(crate) fn range(range: &Range, style: Style, whole: bool) -> (String, String) {
    let inclusive = |bound: Bound, up: i64| -> String {
        let at = if whole && bound.at.is_whole() && !bound.closed {
            bound.at.add(Ratio::whole(up)).unwrap_or(bound.at)
        } else {
            bound.at
        };
        number(at, style, 28).unwrap_or_else(|| "…".into())
    };
    match (range.low, range.high) {
        (Some(l), Some(h)) => {
            let (low, high) = (inclusive(l, 1), inclusive(h, -1));
            if low == high { (low.clone(), low) } else { (format!("{low}–{high}"), format!("{low}–{high}")) }
        }
        (Some(l), None) => (format!("{} 以上", inclusive(l, 1)), format!("{} or more", inclusive(l, 1))),
        (None, Some(h)) => (format!("{} 以下", inclusive(h, -1)), format!("{} or less", inclusive(h, -1))),
        (None, None) => ("任意数".into(), "any number".into()),
    }
}

/// What agrees: `7 + 3 = 10`, `2700 ≤ 2720 < 2800`, `81.75% ≤ 18 ÷ 22 < 81.85%`.
pub(crate) fn holds(figure: &Measured, wanted: &Range, style: Style) -> Option<String> {
    if let Some(point) = figure.point() {
        if wanted.single() == Some(point.at) {
            return Some(format!("{} = {}", point.expr.as_str(), number(point.at, style, 28)?));
        }
        let low = match wanted.low {
            Some(b) => format!("{} {} ", number(b.at, style, 28)?, if b.closed { "≤" } else { "<" }),
            None => String::new(),
        };
        let high = match wanted.high {
            Some(b) => format!(" {} {}", if b.closed { "≤" } else { "<" }, number(b.at, style, 28)?),
            None => String::new(),
        };
        return (!low.is_empty() || !high.is_empty()).then(|| format!("{low}{}{high}", point.expr.as_str()));
    }
    let mut said = Vec::new();
    if let (Some(high), Some(low)) = (&figure.high, wanted.low) {
        said.push(format!("{} {} {}", high.expr.as_str(), relation(high.at, low.at), number(low.at, style, 28)?));
    }
    if let (Some(low), Some(high)) = (&figure.low, wanted.high) {
        said.push(format!("{} {} {}", low.expr.as_str(), relation(low.at, high.at), number(high.at, style, 28)?));
    }
    (!said.is_empty()).then(|| said.join("; "))
}

/// What does not agree: `10 ≠ 12`, `(52 − 40) ÷ 40 = 30% ≠ 25%`, `35 ÷ 362 < 9.8%`.
///
/// `printed` is the claim's own number, written after `≠` where the figure is one number that can be written out.
pub(crate) fn fails(figure: &Measured, wanted: &Range, printed: Option<Ratio>, style: Style) -> Option<String> {
    if let Some(point) = figure.point() {
        let against = printed.filter(|p| *p != point.at && wanted.contains(*p));
        if let (Some(against), Some(value)) = (against, number(point.at, style, 4)) {
            let against = number(against, style, 28)?;
            return Some(if point.expr.is_number() && style == Style::Plain {
                format!("{value} ≠ {against}")
            } else {
                format!("{} = {value} ≠ {against}", point.expr.as_str())
            });
        }
    }
    if let (Some(high), Some(low)) = (&figure.high, wanted.low)
        && high.at <= low.at
    {
        return Some(format!(
            "{} {} {}",
            high.expr.as_str(),
            if high.at == low.at { "≤" } else { "<" },
            number(low.at, style, 28)?
        ));
    }
    if let (Some(low), Some(high)) = (&figure.low, wanted.high)
        && low.at >= high.at
    {
        return Some(format!(
            "{} {} {}",
            low.expr.as_str(),
            if low.at == high.at { "≥" } else { ">" },
            number(high.at, style, 28)?
        ));
    }
    None
}

fn relation(a: Ratio, b: Ratio) -> &'static str {
    match a.cmp(&b) {
        std::cmp::Ordering::Less => "<",
        std::cmp::Ordering::Equal => "=",
        std::cmp::Ordering::Greater => ">",
    }
}
