//! Small documents built by hand, for the tests of the rules.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "tests")]

use super::{Case, Check, Finding, Findings, Ruling, run};
use crate::{
    align::{Facts, Reading, Table, Triple, TripleId},
    grammar::{Catalogue, Form, Grammar, Identity, IndicatorKey, Relation, Row, Shape},
    prose::ReportHead,
    quantity::{Lexicon, UnitClass, UnitSpec, Words},
    text::{Span, Text},
};
use std::str::FromStr;

/// A document, its facts and its grammar.
pub(super) struct Sample {
    pub(super) text: Text,
    pub(super) facts: Facts,
    pub(super) grammar: Grammar,
}

impl Sample {
    /// A table of the toy form, one row a line: `key|label|unit|value`, and what the form's identities say:
    /// `total = a + b`, `total ~ a + b` (soft), `total > a` (part of).
    pub(super) fn form(identities: &str, rows: &str) -> Self {
        let mut sample = Self::table(rows);
        let key = |s: &str| IndicatorKey(s.trim().to_owned());
        let identities = identities.lines().map(str::trim).filter(|l| !l.is_empty()).map(|line| {
            let (relation, at) = [(Relation::Sum, '='), (Relation::SoftSum, '~'), (Relation::PartOf, '>')]
                .into_iter()
                .find_map(|(relation, sign)| Some((relation, line.find(sign)?)))
                .unwrap();
            Identity {
                id: line[..at].trim().to_owned(),
                relation,
                whole: key(&line[..at]),
                parts: line[at + 1..].split('+').map(key).collect(),
                reason: "toy".to_owned(),
            }
        });
        let row = |t: &Triple| Row {
            key: t.indicator.clone(),
            printed: t.label.clone(),
            label: t.label.clone(),
            aliases: Vec::new(),
            units: t.unit.iter().cloned().collect(),
            parent: None,
            optional: false,
        };
        let mut form = Form {
            key: "toy".to_owned(),
            edition: "toy".to_owned(),
            file: "toy.toml".to_owned(),
            title: "toy".to_owned(),
            authority: "toy".to_owned(),
            years: (2000, 2099),
            shape: Shape::List,
            headers: Vec::new(),
            rows: Vec::new(),
            identities: identities.collect(),
            derived: Vec::new(),
        };
        for triple in &mut sample.facts.triples {
            let known = form.rows.iter().position(|r| r.key == triple.indicator);
            triple.row = Some(known.unwrap_or(form.rows.len()));
            if known.is_none() {
                form.rows.push(row(triple));
            }
        }
        sample.grammar.forms.push(form);
        sample.facts.tables[0].form = Some(0);
        sample
    }

    /// A table of no form, one row a line: `number|label|unit|value`, the number as printed (`2.1`) or 其中.
    pub(super) fn formless(rows: &str) -> Self {
        let mut sample = Self::table(rows);
        let mut whole: Option<(TripleId, Vec<u32>)> = None;
        for (id, triple) in sample.facts.triples.iter_mut().enumerate() {
            let printed = triple.indicator.take().map(|k| k.0).unwrap_or_default();
            triple.of_which = printed == "其中";
            triple.numbering = printed.split('.').filter_map(|n| n.parse().ok()).collect();
            if triple.numbering.len() == 1 {
                whole = Some((id, triple.numbering.clone()));
            } else {
                triple.parent = whole.as_ref().map(|(id, _)| *id);
            }
        }
        sample
    }

    /// No table at all.
    pub(super) fn prose(text: &str) -> Self {
        let specs = [
            ("件", "case", UnitClass::Count, None),
            ("条", "case", UnitClass::Count, None),
            ("人", "person", UnitClass::Count, None),
            ("元", "money", UnitClass::Money, Some("1")),
            ("万元", "money", UnitClass::Money, Some("10000")),
        ];
        let unit = |(name, family, class, factor): (&str, &str, UnitClass, Option<&str>)| UnitSpec {
            name: name.to_owned(),
            family: family.to_owned(),
            class,
            factor: factor.map(str::to_owned),
            spellings: Vec::new(),
        };
        let words: Words = words();
        let lexicon = Lexicon::new(specs.into_iter().map(unit).collect(), words).unwrap();
        let facts = Facts { head: ReportHead { year: Some(2016), ..ReportHead::default() }, ..Facts::default() };
        let grammar = Grammar { forms: Vec::new(), catalogue: Catalogue::default(), lexicon };
        Sample { text: Text::decode(text.as_bytes()), facts, grammar }
    }

    fn table(rows: &str) -> Self {
        let (mut content, mut triples) = (String::new(), Vec::new());
        for line in rows.lines().map(str::trim).filter(|l| !l.is_empty()) {
            let cells: Vec<&str> = line.split('|').collect();
            let [key, label, unit, value] = cells.as_slice() else { panic!("{line}") };
            let label_span = Span::new(content.len(), content.len() + label.len());
            content.push_str(&format!("{label}|{unit}|"));
            let span = Span::new(content.len(), content.len() + value.len());
            content.push_str(&format!("{value}\n"));
            triples.push(Triple {
                table: 0,
                indicator: Some(IndicatorKey((*key).to_owned())),
                row: None,
                label: (*label).to_owned(),
                label_span,
                path: Vec::new(),
                columns: Vec::new(),
                unit: (!unit.is_empty()).then(|| (*unit).to_owned()),
                value: match *value {
                    "" | "-" => Reading::Blank,
                    number => {
                        rust_decimal::Decimal::from_str(number).map_or(Reading::Unreadable(None), Reading::Number)
                    }
                },
                span,
                parent: None,
                numbering: Vec::new(),
                of_which: false,
            });
        }
        let mut sample = Self::prose(&content);
        sample.facts.tables.push(Table {
            span: Span::new(0, content.len()),
            dialect: "toy",
            form: None,
            missing: Vec::new(),
            doubled: Vec::new(),
            unmatched_rows: 0,
        });
        sample.facts.triples = triples;
        sample
    }

    pub(super) fn case(&self) -> Case<'_> {
        Case { text: &self.text, facts: &self.facts, grammar: &self.grammar }
    }
    pub(super) fn ruling(&self) -> Ruling {
        run(&self.text, &self.facts, &self.grammar)
    }
    /// Findings of one family's function, one a line: code, arithmetic, text of the spans.
    pub(super) fn findings(&self, check: impl FnOnce(&Case<'_>, &mut Findings)) -> String {
        let mut out = Findings::default();
        check(&self.case(), &mut out);
        self.show(&out.findings)
    }
    pub(super) fn show(&self, findings: &[Finding]) -> String {
        let line = |f: &Finding| {
            let spans: Vec<&str> = f.spans.iter().map(|s| self.text.slice(*s)).collect();
            format!("{} {} @ {}", f.rule.code, f.arithmetic.as_deref().unwrap_or("-"), spans.join(", "))
        };
        findings.iter().map(line).collect::<Vec<_>>().join("\n")
    }
    /// Checks, one a line.
    pub(super) fn checks(&self) -> String {
        let line = |c: &Check| {
            let reason = c.reason.as_ref().map_or("-", |r| r.en.as_str());
            format!("{:?} {} ({reason})", c.outcome, c.arithmetic.as_deref().unwrap_or("-"))
        };
        self.ruling().checks.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

/// The words of the shipped `grammars/words.toml`.
fn words() -> Words {
    toml::from_str(include_str!("../../grammars/words.toml")).unwrap()
}
