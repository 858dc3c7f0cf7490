//! Small documents built by hand, for the tests of the rules.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use super::{Case, Check, Finding, Findings, Ruling, run};
use crate::{
    align::{Facts, Reading, ReportHead, Table, Triple, TripleId},
    grammar::{Grammar, IndicatorKey},
    quantity::Lexicon,
    text::{Span, Text},
};
use std::{str::FromStr, sync::OnceLock};

/// A document, its facts and its grammar.
pub(super) struct Sample {
    pub(super) text: Text,
    pub(super) facts: Facts,
    pub(super) grammar: Grammar,
}

impl Sample {
    /// A table of the toy form, one row a line: `key|label|unit|value`, and what the form's identities say:
    /// `total = a + b`, `total ~ a + b` (soft), `in + stock & out + left` (balance), `total > a` (part of).
    pub(super) fn form(identities: &str, rows: &str) -> Self {
        let mut sample = Self::table(rows);
        let mut toml = String::from(concat!(
            "key = 'toy'\nedition = 'toy'\ntitle = 'toy'\nauthority = 'toy'\nyears = [2000, 2099]\n",
            "shape = 'list'\nheaders = ['统计指标']\n"
        ));
        let mut keys: Vec<IndicatorKey> = Vec::new();
        for triple in &mut sample.facts.triples {
            let key = triple.indicator.clone().unwrap();
            let row = keys.iter().position(|k| *k == key).unwrap_or_else(|| {
                let unit = triple.unit.as_deref().filter(|u| UNITS.iter().any(|known| known.0 == *u)).unwrap_or("件");
                toml.push_str(&format!("[[row]]\nkey = '{key}'\nlabel = '{}'\nunit = '{unit}'\n", triple.label));
                keys.push(key);
                keys.len() - 1
            });
            triple.row = Some(row);
        }
        for (i, line) in identities.lines().map(str::trim).filter(|l| !l.is_empty()).enumerate() {
            let (at, relation) = [('=', "sum"), ('~', "soft-sum"), ('>', "part-of"), ('&', "balance")]
                .into_iter()
                .find_map(|(sign, relation)| Some((line.find(sign)?, relation)))
                .unwrap();
            let (whole, plus) = line[..at].split_once('+').unwrap_or((&line[..at], ""));
            let (whole, plus) = (whole.trim(), plus.trim());
            let parts: Vec<&str> = line[at + 1..].split('+').map(str::trim).collect();
            for key in parts.iter().chain([&whole]).filter(|k| !keys.iter().any(|key| key.as_str() == **k)) {
                toml.push_str(&format!("[[row]]\nkey = '{key}'\nlabel = '行{key}'\nunit = '件'\n"));
            }
            keys.extend(parts.iter().chain([&whole]).map(|k| IndicatorKey((*k).to_owned())));
            let id = if i == 0 { whole.to_owned() } else { format!("{whole}.{i}") };
            let plus = if plus.is_empty() { String::new() } else { format!("plus = ['{plus}']\n") };
            toml.push_str(&format!(
                "[[identity]]\nid = '{id}'\nrelation = '{relation}'\nwhole = '{whole}'\n{plus}parts = {parts:?}\nreason = 'toy'\n"
            ));
        }
        sample.grammar = grammar(&[("forms/toy.toml", toml.as_str())]);
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
        let facts = Facts { head: ReportHead { year: Some(2016), ..ReportHead::default() }, ..Facts::default() };
        Sample { text: Text::decode(text.as_bytes()), facts, grammar: grammar(&[]) }
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

/// Name, family and, of money, size.
const UNITS: [(&str, &str, &str); 6] = [
    ("件", "case", ""),
    ("条", "case", ""),
    ("条次", "times", ""),
    ("人", "person", ""),
    ("元", "money", "1"),
    ("万元", "money", "10000"),
];

/// A few units, the shipped words, and `forms`.
fn grammar(forms: &[(&str, &str)]) -> Grammar {
    let units: String = UNITS
        .into_iter()
        .map(|(name, family, factor)| {
            let class = if factor.is_empty() {
                "class = 'count'".to_owned()
            } else {
                format!("class = 'money'\nfactor = '{factor}'")
            };
            format!("[[unit]]\nname = '{name}'\nfamily = '{family}'\n{class}\n")
        })
        .collect();
    let units = ("units.toml", units.as_str());
    let words = ("words.toml", include_str!("../../grammars/words.toml"));
    // The shipped words take a while to read, and proptest asks for hundreds of samples.
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    let lexicon = LEXICON.get_or_init(|| Grammar::load(&[units, words]).unwrap().lexicon);
    let files: Vec<(&str, &str)> = std::iter::once(units).chain(forms.iter().copied()).collect();
    Grammar { lexicon: lexicon.clone(), ..Grammar::load(&files).unwrap() }
}
