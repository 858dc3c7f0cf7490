//! Laws: every arithmetic is true when an evaluator that knows nothing of the judge redoes it, and nothing panics.

use super::*;
use crate::check::judge::Ratio;
use proptest::prelude::*;

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
        for judgement in verdicts.judgements.iter().filter(|j| j.verdict == Verdict::Contradicted) {
            prop_assert!(judgement.arithmetic.is_some(), "{}", judgement.reason.zh);
        }
    }
}
