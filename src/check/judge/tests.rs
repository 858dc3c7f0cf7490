//! Tests of the judge on facts built by hand: claim and cells in, verdict, reason and arithmetic out.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use super::{Kind, Ratio, Verdicts, judge_all};
use crate::{
    align::{
        Claim, ClaimId, ClaimKind, Direction, Facts, Figure, Link, LinkedClaim, List, ListRole, Own, Period, Reading,
        Table, Term, Triple, TripleId,
    },
    check::{Case, Verdict},
    grammar::Grammar,
    quantity::{End, Interval, Lexicon, Measure, Number, ProseWords, Quantity, UnitSpec, Words},
    text::{Span, Text},
};
use proptest::prelude::*;

/// Facts under construction: the text grows with every claim and cell, so that spans hold what was printed.
#[derive(Default)]
pub(super) struct Doc {
    pub(super) text: String,
    pub(super) facts: Facts,
}

pub(super) fn n(decimal: &str) -> Number {
    decimal.parse().unwrap()
}

/// The units the tests speak of.
pub(super) const UNITS: &str = r#"
    unit = [
        { name = "件", family = "case", class = "count" },
        { name = "起", family = "case", class = "count" },
        { name = "条", family = "case", class = "count" },
        { name = "次", family = "time", class = "count" },
        { name = "元", family = "yuan", class = "money", factor = "1" },
        { name = "万元", family = "yuan", class = "money", factor = "10000" },
        { name = "亿元", family = "yuan", class = "money", factor = "100000000" },
    ]"#;

pub(super) fn grammar() -> Grammar {
    #[derive(serde::Deserialize)]
    struct File {
        unit: Vec<UnitSpec>,
    }
    let file: File = toml::from_str(UNITS).unwrap();
    let prose = ProseWords { sum: vec!["应办".into()], not_yet: vec!["未".into()], ..ProseWords::default() };
    let lexicon = Lexicon::new(file.unit, Words { prose, ..Words::default() }).unwrap();
    Grammar {
        forms: Vec::new(),
        catalogue: Default::default(),
        lexicon,
        variants: Default::default(),
        weights: Default::default(),
    }
}

pub(super) fn end(value: &str, closed: bool) -> Option<End> {
    Some(End { value: n(value), closed })
}

/// `12` or `1.2` with the measure its unit has; `narrow` and `wide` are the number itself.
pub(super) fn quantity(value: &str, unit: &str) -> Quantity {
    let value = n(value);
    let measure = match unit {
        "%" => Measure::Percent,
        "个百分点" => Measure::Points,
        "倍" => Measure::Multiple,
        "元" | "万元" | "亿元" => Measure::Money,
        _ => Measure::Count,
    };
    let step = Number::new(1, value.scale());
    Quantity {
        value,
        narrow: Interval::point(value),
        wide: Interval::point(value),
        approx: None,
        unit: Some(unit.to_owned()),
        measure,
        step,
    }
}

/// An approximated quantity: narrow [a, b), wide [c, d].
pub(super) fn about(word: &str, value: &str, unit: &str, narrow: (&str, &str), wide: (&str, &str)) -> Quantity {
    Quantity {
        narrow: Interval { low: end(narrow.0, true), high: end(narrow.1, false) },
        wide: Interval { low: end(wide.0, true), high: end(wide.1, true) },
        approx: Some(word.to_owned()),
        ..quantity(value, unit)
    }
}

impl Doc {
    pub(super) fn print(&mut self, words: &str) -> Span {
        let start = self.text.len();
        self.text.push_str(words);
        let span = Span::new(start, self.text.len());
        self.text.push('\n');
        span
    }
    /// A row of the table; an empty value is a blank cell.
    pub(super) fn cell(&mut self, label: &str, unit: &str, value: &str) -> TripleId {
        if self.facts.tables.is_empty() {
            self.facts.tables.push(Table {
                span: Span::new(0, 0),
                dialect: "test",
                form: None,
                missing: Vec::new(),
                doubled: Vec::new(),
                unmatched_rows: 0,
            });
        }
        let label_span = self.print(label);
        let span = self.print(value);
        self.facts.triples.push(Triple {
            table: 0,
            indicator: None,
            row: None,
            label: label.to_owned(),
            label_span,
            path: Vec::new(),
            columns: Vec::new(),
            unit: (!unit.is_empty()).then(|| unit.to_owned()),
            value: if value.is_empty() { Reading::Blank } else { Reading::Number(n(value)) },
            span,
            parent: None,
            numbering: Vec::new(),
            of_which: false,
        });
        self.facts.triples.len() - 1
    }
    /// A claim without links.
    pub(super) fn claim(&mut self, kind: ClaimKind, raw: &str, quantity: Option<Quantity>) -> ClaimId {
        let span = self.print(raw);
        self.facts.claims.push(LinkedClaim {
            claim: Claim {
                kind,
                span,
                quantity,
                clause: span,
                sentence: span,
                paragraph: 0,
                own: Own::default(),
                before: String::new(),
                headings: Vec::new(),
                subject: None,
                direction: None,
                period: Period::Current,
                scope: Vec::new(),
                list: ListRole::Alone,
                of: None,
                base: None,
                remainder: false,
            },
            links: Vec::new(),
            base: None,
            candidates: Vec::new(),
            topic: None,
            base_named: false,
            dated: false,
        });
        self.facts.claims.len() - 1
    }
    /// An exact count.
    pub(super) fn count(&mut self, value: &str, unit: &str) -> ClaimId {
        self.claim(ClaimKind::Count, &format!("{value}{unit}"), Some(quantity(value, unit)))
    }
    pub(super) fn at(&mut self, id: ClaimId) -> &mut LinkedClaim {
        self.facts.claims.get_mut(id).unwrap()
    }
    /// Links a claim to the sum of some cells.
    pub(super) fn link(&mut self, id: ClaimId, cells: &[TripleId]) -> &mut Link {
        let link = link(cells);
        let claim = self.at(id);
        claim.links.push(link);
        claim.links.last_mut().unwrap()
    }
    pub(super) fn change(&mut self, raw: &str, quantity: Quantity, direction: Direction) -> ClaimId {
        let id = self.claim(ClaimKind::Change, raw, Some(quantity));
        self.at(id).claim.direction = Some(direction);
        id
    }
    pub(super) fn list(&mut self, whole: Option<ClaimId>, parts: &[ClaimId], closed: bool) {
        self.facts.lists.push(List { whole, parts: parts.to_vec(), closed });
    }
    pub(super) fn judge(&self) -> Verdicts {
        let text = Text::decode(self.text.as_bytes());
        let grammar = grammar();
        judge_all(&Case { text: &text, facts: &self.facts, grammar: &grammar })
    }
    /// One claim's verdict on one line: verdict, reason, arithmetic, the kind of its fault.
    pub(super) fn verdict(&self, id: ClaimId) -> String {
        let verdicts = self.judge();
        let one = verdicts.judgements.get(id).unwrap();
        let span = self.facts.claims.get(id).unwrap().claim.span;
        let fault = verdicts.faults.iter().find(|f| f.evidence.contains(&Figure::Claim(id)) && f.spans.contains(&span));
        let mark = match one.verdict {
            Verdict::Supported => "✓",
            Verdict::Contradicted => "✗",
            Verdict::Unverifiable => "?",
        };
        let mut line = format!("{mark} {}", one.reason.zh);
        if let Some(arithmetic) = &one.arithmetic {
            line.push_str(&format!(" | {arithmetic}"));
        }
        if let Some(fault) = fault {
            line.push_str(&format!(" | {:?}", fault.kind));
        }
        line
    }
    pub(super) fn kinds(&self) -> Vec<Kind> {
        self.judge().faults.iter().map(|f| f.kind).collect()
    }
}

pub(super) fn plus(id: TripleId) -> Term {
    Term { figure: Figure::Triple(id), minus: false }
}

pub(super) fn minus(id: TripleId) -> Term {
    Term { figure: Figure::Triple(id), minus: true }
}

pub(super) fn link(cells: &[TripleId]) -> Link {
    Link {
        terms: cells.iter().copied().map(plus).collect(),
        alternatives: Vec::new(),
        indicator: None,
        score: Number::ONE,
        rivals: Vec::new(),
        sure: true,
    }
}

// Laws: every arithmetic is true when an evaluator that knows nothing of the judge redoes it, and nothing panics.

/// Evaluates the contract's arithmetic: comparisons joined by `; `, chains, `+ − × ÷ %` and brackets.
fn is_true(arithmetic: &str) -> bool {
    arithmetic.split("; ").all(|one| {
        let mut reader = Reader { rest: one };
        let mut left = reader.sum();
        let mut compared = false;
        while let Some(relation) = reader.take(&["=", "≠", "≤", "≥", "<", ">"]) {
            let right = reader.sum();
            let holds = match relation {
                "=" => left == right,
                "≠" => left != right,
                "≤" => left <= right,
                "≥" => left >= right,
                "<" => left < right,
                _ => left > right,
            };
            if !holds {
                return false;
            }
            (left, compared) = (right, true);
        }
        assert!(reader.rest.trim().is_empty(), "left over: {:?} of {one:?}", reader.rest);
        compared
    })
}

struct Reader<'a> {
    rest: &'a str,
}

impl Reader<'_> {
    fn take(&mut self, signs: &[&'static str]) -> Option<&'static str> {
        let rest = self.rest.trim_start();
        let sign = signs.iter().find(|s| rest.starts_with(**s))?;
        self.rest = rest.get(sign.len()..).unwrap();
        Some(sign)
    }
    fn sum(&mut self) -> Ratio {
        let mut value = self.product();
        while let Some(sign) = self.take(&["+", "−"]) {
            let right = self.product();
            value = if sign == "+" { value.add(right) } else { value.sub(right) }.unwrap();
        }
        value
    }
    fn product(&mut self) -> Ratio {
        let mut value = self.atom();
        while let Some(sign) = self.take(&["×", "÷"]) {
            let right = self.atom();
            value = if sign == "×" { value.mul(right) } else { value.div(right) }.unwrap();
        }
        value
    }
    fn atom(&mut self) -> Ratio {
        if self.take(&["("]).is_some() {
            let value = self.sum();
            self.take(&[")"]).unwrap();
            return value;
        }
        let rest = self.rest.trim_start();
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let number = rest.get(..end).unwrap().parse();
        let value = Ratio::from_number(number.unwrap_or_else(|_| panic!("no number at {rest:?}"))).unwrap();
        self.rest = rest.get(end..).unwrap();
        if self.take(&["%"]).is_some() { value.div(Ratio::whole(100)).unwrap() } else { value }
    }
}

#[test]
fn the_evaluator_tells_true_from_false() {
    for good in ["(52 − 40) ÷ 40 = 30% ≠ 25%", "2700 ≤ 2720 < 2800", "12 ÷ 7 − 1 < 85.6%; 12 ÷ 6 − 1 > 85.8%"]
    {
        assert!(is_true(good), "{good}");
    }
    for bad in ["7 + 3 = 11", "2700 ≤ 2800 < 2800", "1 = 1; 2 = 3", "12"] {
        assert!(!is_true(bad), "{bad}");
    }
}

/// A document with one claim of every kind, all on the same few numbers.
fn document(numbers: &[Number; 4], approx: bool, up: bool, closed: bool) -> Doc {
    let mut doc = Doc::default();
    let text = |i: usize| numbers.get(i).unwrap().to_string();
    let units = ["件", "万元", "元", ""];
    let rows: Vec<TripleId> = (0..3).map(|i| doc.cell("行", units.get(i).unwrap(), &text(i))).collect();
    let of = |unit: &str, i: usize| -> Quantity {
        let mut quantity = quantity(&text(i), unit);
        if approx {
            let more = quantity.value.checked_add(Number::TEN).unwrap_or(quantity.value);
            quantity.narrow = Interval::half_open(quantity.value, more);
            quantity.wide = Interval::closed(quantity.value, more);
            quantity.approx = Some("余".into());
        }
        quantity
    };
    let direction = if up { Direction::Up } else { Direction::Down };
    let whole = doc.claim(ClaimKind::Count, "甲", Some(of("件", 3)));
    doc.link(whole, &[*rows.first().unwrap()]);
    let money = doc.claim(ClaimKind::Money, "乙", Some(of("元", 3)));
    doc.link(money, &[*rows.get(1).unwrap()]);
    let none = doc.claim(ClaimKind::None, "无", None);
    doc.link(none, &[*rows.get(2).unwrap()]);
    let all = doc.claim(ClaimKind::All, "均", None);
    doc.link(all, &[]).terms = vec![plus(*rows.first().unwrap()), minus(*rows.get(2).unwrap())];
    doc.at(all).claim.of = Some(whole);
    for (kind, unit) in [
        (ClaimKind::Share, "%"),
        (ClaimKind::Change, "%"),
        (ClaimKind::Change, "件"),
        (ClaimKind::Multiple, "倍"),
        (ClaimKind::Change, "倍"),
    ] {
        for based in [true, false] {
            let id = doc.claim(kind, "丙", Some(of(unit, 1)));
            doc.link(id, &[*rows.first().unwrap()]);
            doc.at(id).claim.direction = Some(direction);
            doc.at(id).claim.of = Some(whole);
            if based {
                doc.at(id).claim.base = Some(money);
                doc.at(id).base = Some(link(&[*rows.get(2).unwrap()]));
            }
        }
        let id = doc.claim(ClaimKind::Share, "丁", Some(of("%", 2)));
        doc.at(id).claim.base = Some(whole);
    }
    let parts =
        [doc.claim(ClaimKind::Count, "戊", Some(of("件", 0))), doc.claim(ClaimKind::Count, "己", Some(of("件", 2)))];
    doc.list(Some(whole), &parts, closed);
    let shares =
        [doc.claim(ClaimKind::Share, "庚", Some(of("%", 0))), doc.claim(ClaimKind::Share, "辛", Some(of("%", 1)))];
    doc.list(None, &shares, closed);
    doc
}

fn number() -> impl Strategy<Value = Number> {
    prop_oneof![
        (0i64..200, 0u32..3).prop_map(|(m, s)| Number::new(m, s)),
        (-1000i64..1_000_000_000, 0u32..6).prop_map(|(m, s)| Number::new(m, s)),
        (any::<i128>(), 0u32..=28)
            .prop_filter_map("fits", |(m, s)| Number::try_from_i128_with_scale(m % (1 << 95), s).ok()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]
    #[test]
    fn nothing_panics_and_every_arithmetic_is_true(
        a in number(), b in number(), c in number(), d in number(),
        approx in any::<bool>(), up in any::<bool>(), closed in any::<bool>(),
    ) {
        let doc = document(&[a, b, c, d], approx, up, closed);
        let verdicts = doc.judge();
        prop_assert_eq!(verdicts.judgements.len(), doc.facts.claims.len());
        let small = [a, b, c, d].iter().all(|n| n.mantissa().unsigned_abs() < 1_000_000_000_000 && n.scale() < 7);
        for judgement in &verdicts.judgements {
            prop_assert!(!judgement.reason.zh.is_empty() && !judgement.reason.en.is_empty());
            // The evaluator itself overflows on numbers that no report prints.
            if let Some(arithmetic) = judgement.arithmetic.as_ref().filter(|_| small) {
                prop_assert!(is_true(arithmetic), "{} ({})", arithmetic, judgement.reason.zh);
            }
        }
        for fault in &verdicts.faults {
            prop_assert!(!fault.spans.is_empty());
            if approx {
                prop_assert!(matches!(
                    fault.kind,
                    Kind::Approximate | Kind::ProseApproximate | Kind::NoneAgainstFigure
                ), "{:?}", fault.kind);
            }
            if let Some(arithmetic) = fault.arithmetic.as_ref().filter(|_| small) {
                prop_assert!(is_true(arithmetic), "{}", arithmetic);
            }
        }
        for judgement in verdicts.judgements.iter().filter(|j| small && j.verdict == Verdict::Contradicted) {
            prop_assert!(judgement.arithmetic.is_some(), "{}", judgement.reason.zh);
        }
    }
}
