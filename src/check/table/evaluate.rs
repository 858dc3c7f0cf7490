//! How one relation comes out on given cell values; the repair search asks again with other values.

use super::instance::{Instance, Member};
use crate::{
    align::{Facts, Reading, TripleId},
    check::{Message, Outcome},
    grammar::Relation,
    quantity::{Lexicon, Number, UnitClass},
};

/// Cells read otherwise than printed.
pub(in crate::check) type Overlay<'a> = &'a [(TripleId, Number)];

/// At most this many readings of doubled rows are tried; with more, the first reading stands and the check is blocked
/// unless it balances.
const READINGS: usize = 64;

/// The result of one test.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::check) struct Evaluation {
    pub(in crate::check) outcome: Outcome,
    /// The comparison, in the contract's grammar; of broken part-of relations, one comparison a broken part.
    pub(in crate::check) arithmetic: Option<String>,
    /// Why it is blocked, or what it rests on.
    pub(in crate::check) reason: Option<Message>,
    /// The whole as read, with what is added to it in a balance, in the whole's unit.
    pub(in crate::check) whole: Number,
    /// What the parts add up to, in the whole's unit.
    pub(in crate::check) sum: Number,
    /// Parts above the whole (part-of), by position among the parts.
    pub(in crate::check) above: Vec<usize>,
}

/// What a member says.
enum Value {
    /// One or more readings, in the whole's unit.
    Known(Vec<Term>),
    /// Printed without a number.
    Blank,
    /// No such row.
    Absent,
    /// A number was meant.
    Unreadable,
    /// A number too large to compute with, or in a unit that cannot be converted.
    Unusable,
}

/// A number in the whole's unit, and how the arithmetic writes it.
#[derive(Clone)]
struct Term {
    value: Number,
    written: String,
    negative: bool,
}

/// Tests `instance` with the cells of `facts`, except where `overlay` says otherwise.
pub(in crate::check) fn evaluate(
    instance: &Instance,
    facts: &Facts,
    lexicon: &Lexicon,
    overlay: Overlay<'_>,
) -> Evaluation {
    let unit = instance.whole.cells.first().and_then(|id| facts.triples.get(*id)).and_then(|t| t.unit.as_deref());
    let read = |member: &Member| value(member, facts, lexicon, overlay, unit);
    let whole = read(&instance.whole);
    let plus: Vec<Value> = instance.plus.iter().map(read).collect();
    let parts: Vec<Value> = instance.parts.iter().map(read).collect();
    if matches!(whole, Value::Absent) {
        return empty(
            Outcome::NotApplicable,
            Some(Message::new("表中没有合计行", "the table lacks the row of the total")),
        );
    }
    if parts.iter().all(|p| matches!(p, Value::Absent)) {
        return empty(
            Outcome::NotApplicable,
            Some(Message::new("表中没有分项行", "the table lacks the rows of the parts")),
        );
    }
    match instance.relation {
        Relation::Sum | Relation::SoftSum | Relation::RowTotal | Relation::Balance => sum(&whole, &plus, &parts),
        Relation::PartOf => part_of(&whole, &parts),
    }
}

fn empty(outcome: Outcome, reason: Option<Message>) -> Evaluation {
    Evaluation { outcome, arithmetic: None, reason, whole: Number::ZERO, sum: Number::ZERO, above: Vec::new() }
}

fn value(member: &Member, facts: &Facts, lexicon: &Lexicon, overlay: Overlay<'_>, unit: Option<&str>) -> Value {
    let mut known: Vec<Term> = Vec::new();
    let (mut unreadable, mut unusable) = (false, false);
    for &id in &member.cells {
        let Some(triple) = facts.triples.get(id) else { continue };
        let changed = overlay.iter().find(|(cell, _)| *cell == id).map(|(_, number)| *number);
        match (changed, triple.value.clone()) {
            (Some(number), _) | (None, Reading::Number(number)) => {
                match factor(lexicon, triple.unit.as_deref(), unit) {
                    Some(factor) => match term(number, factor) {
                        Some(t) if known.iter().any(|k| k.value == t.value) => {}
                        Some(t) => known.push(t),
                        None => unusable = true,
                    },
                    None => unusable = true,
                }
            }
            (None, Reading::Unreadable(_) | Reading::Inexact) => unreadable = true,
            (None, Reading::Blank) => {}
        }
    }
    match (known.is_empty(), member.cells.is_empty()) {
        _ if unusable => Value::Unusable,
        (false, _) => Value::Known(known),
        (true, _) if unreadable => Value::Unreadable,
        (true, true) => Value::Absent,
        (true, false) => Value::Blank,
    }
}

/// How many of the whole's unit one of the part's is. Counted things are compared as printed, whatever their unit: forms
/// mix 件 and 条. Money must convert.
pub(in crate::check) fn factor(lexicon: &Lexicon, from: Option<&str>, to: Option<&str>) -> Option<Number> {
    let (Some(from), Some(to)) = (from, to) else { return Some(Number::ONE) };
    if from == to {
        return Some(Number::ONE);
    }
    let money = |unit| lexicon.unit(unit).is_some_and(|u| u.class == UnitClass::Money);
    match lexicon.factor(from, to) {
        Some(factor) => Some(factor),
        None if money(from) || money(to) => None,
        None => Some(Number::ONE),
    }
}

/// Larger numbers, or with more decimals than [`SCALE`], are not computed with: sums of them could round.
const LARGEST: Number = Number::from_parts(1_316_134_912, 2328, 0, false, 0);
const SCALE: u32 = 8;

fn term(number: Number, factor: Number) -> Option<Term> {
    if number.abs() > LARGEST || number.normalize().scale() > SCALE {
        return None;
    }
    let value = number.checked_mul(factor)?;
    let negative = number.is_sign_negative() && !number.is_zero();
    let mut written = number.abs().to_string();
    if factor != Number::ONE {
        written = format!("{written} × {}", factor.normalize());
    }
    Some(Term { value, written, negative })
}

/// `12 + 0 − 4`: the readings of one choice, and their sum.
fn add(terms: &[&Term]) -> Option<(Number, String)> {
    let (mut total, mut written) = (Number::ZERO, String::new());
    for term in terms {
        total = total.checked_add(term.value)?;
        match (written.is_empty(), term.negative) {
            (true, false) => {}
            (true, true) => written.push_str("0 − "),
            (false, false) => written.push_str(" + "),
            (false, true) => written.push_str(" − "),
        }
        written.push_str(&term.written);
    }
    Some((total.normalize(), written))
}

fn signed(term: &Term) -> String {
    if term.negative { format!("0 − {}", term.written) } else { term.written.clone() }
}

fn sum(whole: &Value, plus: &[Value], parts: &[Value]) -> Evaluation {
    let zero = Term { value: Number::ZERO, written: "0".to_owned(), negative: false };
    let zeros = [zero];
    let mut doubt: Option<Message> = None;
    let mut doubled = false;
    let mut choices: Vec<&[Term]> = Vec::new();
    for value in std::iter::once(whole).chain(plus).chain(parts) {
        match value {
            Value::Known(terms) => {
                doubled |= terms.len() > 1;
                choices.push(terms);
            }
            Value::Blank => {
                doubt = doubt.or(Some(Message::new("有空白格，按 0 计", "a blank cell, read as 0")));
                choices.push(&zeros);
            }
            Value::Absent => {
                doubt = doubt.or(Some(Message::new("缺一行，按 0 计", "an absent row, read as 0")));
                choices.push(&zeros);
            }
            Value::Unreadable => {
                return empty(Outcome::Blocked, Some(Message::new("有一格读不出数字", "a cell cannot be read")));
            }
            Value::Unusable => {
                return empty(
                    Outcome::Blocked,
                    Some(Message::new("单位不能换算或数字过大", "a unit or number that cannot be computed with")),
                );
            }
        }
    }
    let all = choices.iter().try_fold(1usize, |n, c| n.checked_mul(c.len())).filter(|n| *n <= READINGS);
    let mut first: Option<Evaluation> = None;
    for choice in 0..all.unwrap_or(1) {
        let Some(evaluation) = reading(&choices, 1 + plus.len(), choice) else {
            return empty(Outcome::Blocked, Some(Message::new("数字过大", "the numbers are too large")));
        };
        if evaluation.outcome == Outcome::Holds {
            let reason = if doubled {
                Some(Message::new("一行重复，取相符的一个", "a row is doubled; one of its values fits"))
            } else {
                doubt
            };
            return Evaluation { reason, ..evaluation };
        }
        first.get_or_insert(evaluation);
    }
    let Some(first) = first else { return empty(Outcome::Blocked, doubt) };
    match doubt {
        Some(reason) => {
            let reason = Message::new(format!("{}，并不相符", reason.zh), format!("{}, does not balance", reason.en));
            Evaluation { outcome: Outcome::Blocked, reason: Some(reason), ..first }
        }
        None if all.is_none() => {
            let reason = Message::new("重复的行太多", "too many doubled rows");
            Evaluation { outcome: Outcome::Blocked, reason: Some(reason), ..first }
        }
        None => first,
    }
}

/// The `choice`-th way of taking one reading of each member, the `left` ones before the parts; choice 0 takes the first
/// of each.
fn reading(choices: &[&[Term]], left: usize, mut choice: usize) -> Option<Evaluation> {
    let mut terms = Vec::with_capacity(choices.len());
    for readings in choices {
        terms.push(readings.get(choice % readings.len().max(1))?);
        choice /= readings.len().max(1);
    }
    let (left, parts) = terms.split_at_checked(left)?;
    let (whole, left) = add(left)?;
    let (total, right) = add(parts)?;
    let holds = total == whole;
    // `12 + 0 = 12 ≠ 10`, of a balance `8 + 2 = 10 ≠ 12 = 9 + 3`; a single number is not said to equal itself.
    let sum_of = |written: &str, sum: &Number, n: usize| n > 1 || written != sum.to_string();
    let arithmetic = if holds {
        format!("{left} = {right}")
    } else if terms.len() - parts.len() > 1 {
        format!("{left} = {whole} ≠ {total} = {right}")
    } else if sum_of(&right, &total, parts.len()) {
        format!("{right} = {total} ≠ {left}")
    } else {
        format!("{right} ≠ {left}")
    };
    Some(Evaluation {
        outcome: if holds { Outcome::Holds } else { Outcome::Broken },
        arithmetic: Some(arithmetic),
        reason: None,
        whole,
        sum: total,
        above: Vec::new(),
    })
}

/// A part is broken only where every reading of it is above every reading of the whole.
fn part_of(whole: &Value, parts: &[Value]) -> Evaluation {
    let Value::Known(wholes) = whole else {
        return empty(Outcome::Blocked, Some(Message::new("合计格没有数字", "the whole has no number")));
    };
    let Some(high) = wholes.iter().max_by_key(|t| t.value) else { return empty(Outcome::Blocked, None) };
    let (mut above, mut fine, mut broken) = (Vec::new(), Vec::new(), Vec::new());
    let mut least = high.value;
    for (i, part) in parts.iter().enumerate() {
        let Value::Known(readings) = part else { continue };
        let Some(low) = readings.iter().min_by_key(|t| t.value) else { continue };
        if low.value > high.value {
            above.push(i);
            least = least.max(low.value);
            broken.push(format!("{} > {}", signed(low), signed(high)));
        } else {
            fine.push(format!("{} ≤ {}", signed(low), signed(high)));
        }
    }
    let outcome = match (above.is_empty(), fine.is_empty()) {
        (false, _) => Outcome::Broken,
        (true, false) => Outcome::Holds,
        (true, true) => return empty(Outcome::Blocked, Some(Message::new("分项没有数字", "no part has a number"))),
    };
    let shown = if broken.is_empty() { fine } else { broken };
    Evaluation { outcome, arithmetic: Some(shown.join("; ")), reason: None, whole: high.value, sum: least, above }
}
