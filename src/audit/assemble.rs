//! Facts and ruling to the audit document.

use super::{
    Audit, Candidate, Change, Check, Claim, Exact, Finding, Ignored, Lang, Options, Place, Problem, Quantity, Reading,
    Repair, Report, Schema, Source, SourceInfo, Summary, Table, Triple, Verdict,
    document::{Container, TextKind},
    fingerprint::{self, Subject},
};
use std::collections::BTreeMap;

use crate::{
    align::{self, Facts, Figure, Link, LinkedClaim},
    check::{self, Judgement, Message, Ruling},
    grammar::Grammar,
    prose::{ClaimKind, Period},
    quantity::{Measure, Number},
    text::{Span, Text},
};

/// Most candidates a claim lists.
const CANDIDATES: usize = 3;

/// Writes the audit document of one reading.
pub(super) fn assemble(reading: &Reading, ruling: &Ruling, grammar: &Grammar, options: &Options) -> Audit {
    let Reading { source, text, facts, .. } = reading;
    let forms = text.traditional_forms();
    let desk = Desk { text, shown: reading.shown(), forms, facts, grammar, lang: options.lang };
    let mut audit = Audit {
        schema: Schema::Audit1,
        source: source_info(source, text, reading.container),
        report: desk.report(),
        tables: desk.tables(),
        triples: desk.triples(),
        claims: desk.claims(&ruling.judgements),
        ignored: desk.ignored(),
        checks: ruling.checks.iter().map(|check| desk.check(check)).collect(),
        findings: desk.findings(&ruling.findings),
        problems: desk.problems(),
        summary: Summary::default(),
    };
    audit.summary = audit.count();
    audit
}

fn source_info(source: &Source, text: &Text, container: Container) -> SourceInfo {
    SourceInfo {
        path: source.path.clone(),
        sha256: fingerprint::hex(&source.bytes, 32),
        bytes: source.bytes.len(),
        container,
        text: if container.extracted() { TextKind::Extracted } else { TextKind::Decoded },
        encoding: text.encoding().to_owned(),
        malformed: text.malformed().len(),
    }
}

fn triple_id(index: usize) -> String {
    format!("t{}", index + 1)
}

fn claim_id(index: usize) -> String {
    format!("c{}", index + 1)
}

fn evidence(figures: &[Figure]) -> Vec<String> {
    figures
        .iter()
        .map(|figure| match *figure {
            Figure::Triple(index) => triple_id(index),
            Figure::Claim(index) => claim_id(index),
        })
        .collect()
}

/// All that the parts of the document are written from.
struct Desk<'a> {
    /// What the document's spans count in.
    text: &'a Text,
    /// What the facts' spans count in.
    shown: &'a Text,
    /// How the text writes characters that were read as simplified ones.
    forms: BTreeMap<char, char>,
    facts: &'a Facts,
    grammar: &'a Grammar,
    lang: Lang,
}

impl Desk<'_> {
    fn say(&self, message: &Message) -> String {
        self.lang.pick(&message.zh, &message.en).clone()
    }

    fn raw(&self, span: Span) -> String {
        self.text.slice(self.shown.origin(span)).to_owned()
    }

    fn place(&self, span: Span) -> Place {
        self.source_place(self.shown.origin(span))
    }

    fn source_place(&self, span: Span) -> Place {
        let position = self.text.position(span.start);
        Place { start: span.start, end: span.end, line: position.line, column: position.column }
    }

    fn report(&self) -> Report {
        let head = &self.facts.head;
        let form = self.facts.form.and_then(|index| self.grammar.forms.get(index));
        Report {
            title: head.title.clone(),
            agency: head.agency.clone(),
            year: head.year,
            published: head.published.clone(),
            form: form.map(|form| form.key.clone()),
            edition: form.map(|form| form.edition.clone()),
        }
    }

    fn tables(&self) -> Vec<Table> {
        let form = |table: &align::Table| table.form.and_then(|index| self.grammar.forms.get(index));
        self.facts
            .tables
            .iter()
            .zip(1..)
            .map(|(table, number)| Table {
                id: format!("b{number}"),
                form: form(table).map(|form| form.key.clone()),
                dialect: table.dialect.to_owned(),
                span: self.place(table.span),
                unmatched_rows: table.unmatched_rows,
            })
            .collect()
    }

    /// A unit as the document writes it.
    fn printed(&self, unit: &str) -> String {
        unit.chars().map(|c| self.forms.get(&c).copied().unwrap_or(c)).collect()
    }

    fn triples(&self) -> Vec<Triple> {
        let write = |(index, triple): (usize, &align::Triple)| Triple {
            id: triple_id(index),
            table: format!("b{}", triple.table + 1),
            indicator: triple.indicator.as_ref().map(|key| key.0.clone()),
            label: triple.label.clone(),
            path: triple.path.clone(),
            columns: triple.columns.clone(),
            unit: triple.unit.as_deref().map(|unit| self.printed(unit)),
            value: triple.value.number().map(Exact),
            raw: self.raw(triple.span),
            span: self.place(triple.span),
        };
        self.facts.triples.iter().enumerate().map(write).collect()
    }

    fn claims(&self, judgements: &[Judgement]) -> Vec<Claim> {
        let write = |(index, linked): (usize, &LinkedClaim)| self.claim(index, linked, judgements.get(index));
        self.facts.claims.iter().enumerate().map(write).collect()
    }

    fn claim(&self, index: usize, linked: &LinkedClaim, judgement: Option<&Judgement>) -> Claim {
        let claim = &linked.claim;
        let reason = judgement.map(|judgement| self.say(&judgement.reason)).filter(|reason| !reason.is_empty());
        let nothing = || self.lang.pick("无可比对的数据", "nothing to compare it with").to_owned();
        Claim {
            id: claim_id(index),
            kind: claim.kind.into(),
            text: self.shown.slice(claim.clause).to_owned(),
            subject: claim.subject.clone(),
            quantity: self.quantity(linked),
            direction: claim.direction.map(Into::into),
            period: self.period(&claim.period),
            scope: claim.scope.clone(),
            indicator: match linked.links.as_slice() {
                [link] => self.link_key(link),
                _ => None,
            },
            terms: distinct(linked.links.iter().flat_map(|link| self.term_keys(link))),
            base: linked.base.as_ref().and_then(|link| self.link_key(link)),
            candidates: self.candidates(&linked.candidates),
            evidence: judgement.map(|judgement| evidence(&judgement.evidence)).unwrap_or_default(),
            verdict: judgement.map_or(Verdict::Unverifiable, |judgement| judgement.verdict.into()),
            reason: reason.unwrap_or_else(nothing),
            span: self.place(claim.span),
        }
    }

    fn quantity(&self, linked: &LinkedClaim) -> Quantity {
        let raw = self.raw(linked.claim.span);
        match &linked.claim.quantity {
            Some(quantity) => {
                // A count printed with a fraction (3.5公里) is no number of whole things.
                let whole = quantity.measure == Measure::Count && quantity.value.is_integer();
                let (low, high) = quantity.narrow.low_high(whole);
                Quantity {
                    raw,
                    value: Some(Exact(quantity.value)),
                    low: low.map(Exact),
                    high: high.map(Exact),
                    approx: quantity.approx.clone(),
                    unit: quantity.unit.as_deref().map(|unit| self.printed(unit)),
                }
            }
            None => {
                let value = (linked.claim.kind == ClaimKind::None).then_some(Exact(Number::ZERO));
                Quantity { raw, value, low: value, high: value, approx: None, unit: None }
            }
        }
    }

    /// The year spoken of; 上年 of a report whose own year is unknown names none.
    fn period(&self, period: &Period) -> Option<String> {
        match period {
            Period::Current | Period::Part(_) => self.facts.head.year.map(|year| year.to_string()),
            Period::Year(year) => Some(year.to_string()),
            Period::Previous => None,
            Period::Cumulative => Some("累计".to_owned()),
        }
    }

    fn key(&self, triple: usize) -> Option<String> {
        let triple = self.facts.triples.get(triple)?;
        triple.indicator.as_ref().map(|key| key.0.clone())
    }

    fn term_keys(&self, link: &Link) -> Vec<String> {
        let keys = link.terms.iter().filter_map(|term| match term.figure {
            Figure::Triple(index) => self.key(index),
            Figure::Claim(_) => None,
        });
        keys.collect()
    }

    /// The key of what a link states as a whole.
    fn link_key(&self, link: &Link) -> Option<String> {
        let own = link.indicator.as_ref().map(|key| key.0.clone());
        own.or_else(|| match link.terms.as_slice() {
            [term] if !term.minus => self.term_keys(link).pop(),
            _ => None,
        })
    }

    fn candidates(&self, candidates: &[align::Candidate]) -> Vec<Candidate> {
        let mut out: Vec<Candidate> = Vec::new();
        for candidate in candidates {
            match self.key(candidate.triple) {
                Some(indicator) if out.iter().all(|known| known.indicator != indicator) => {
                    out.push(Candidate { indicator, score: Exact(candidate.score.round_dp(3)) });
                }
                _ => {}
            }
        }
        out.truncate(CANDIDATES);
        out
    }

    fn ignored(&self) -> Vec<Ignored> {
        let write = |ignored: &crate::prose::Ignored| Ignored {
            raw: self.raw(ignored.span),
            reason: ignored.reason.code().to_owned(),
            span: self.place(ignored.span),
        };
        self.facts.ignored.iter().map(write).collect()
    }

    fn check(&self, check: &check::Check) -> Check {
        Check {
            identity: check.identity.clone(),
            claim: check.claim.map(claim_id),
            outcome: check.outcome.into(),
            arithmetic: check.arithmetic.clone(),
            reason: check.reason.as_ref().map(|reason| self.say(reason)),
            evidence: evidence(&check.evidence),
        }
    }

    fn findings(&self, findings: &[check::Finding]) -> Vec<Finding> {
        let mut written: Vec<Finding> = findings.iter().map(|finding| self.finding(finding)).collect();
        let about: Vec<&str> = findings.iter().map(|finding| finding.about.as_str()).collect();
        let head = &self.facts.head;
        let who = head.agency.as_deref().or(head.title.as_deref()).unwrap_or("");
        fingerprint::fill(&mut written, &about, &Subject { who, year: head.year });
        written
    }

    fn finding(&self, finding: &check::Finding) -> Finding {
        let repair = finding.repair.as_ref().map(|repair| Repair {
            changes: repair
                .changes
                .iter()
                .map(|(triple, value)| Change { triple: triple_id(*triple), value: Exact(*value) })
                .collect(),
            settles: repair.settles,
            tied: repair.tied,
        });
        Finding {
            code: finding.rule.code.to_owned(),
            severity: finding.rule.severity.into(),
            message: self.say(&finding.message),
            expected: finding.expected.clone(),
            found: finding.found.clone(),
            arithmetic: finding.arithmetic.clone(),
            identity: finding.identity.clone(),
            spans: finding.spans.iter().map(|span| self.place(*span)).collect(),
            evidence: evidence(&finding.evidence),
            repair,
            fingerprint: String::new(),
            suppressed: None,
        }
    }

    fn problems(&self) -> Vec<Problem> {
        let write = |problem: &align::Problem| Problem {
            kind: problem.kind.to_owned(),
            message: self.lang.pick(&problem.zh, &problem.en).clone(),
            span: problem.span.map(|span| self.place(span)),
        };
        let mut problems: Vec<Problem> = self.facts.problems.iter().map(write).collect();
        if let Some(first) = self.text.malformed().first() {
            let (count, encoding) = (self.text.malformed().len(), self.text.encoding());
            problems.push(Problem {
                kind: "malformed-bytes".to_owned(),
                message: self.lang.pick(
                    format!("{count} 处字节不合 {encoding} 编码，读作 U+FFFD"),
                    format!("{count} byte sequences are malformed {encoding}, read as U+FFFD"),
                ),
                span: Some(self.source_place(*first)),
            });
        }
        problems.sort_by_key(|problem| problem.span.map(|span| (span.start, span.end)));
        problems
    }
}

/// The first of each, in order.
fn distinct(keys: impl Iterator<Item = String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for key in keys {
        if !out.contains(&key) {
            out.push(key);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
    use super::*;
    use crate::{
        align::{Term, Triple as Cell},
        grammar::IndicatorKey,
        layout::Layout,
        prose::{Claim as Statement, ListRole, Own},
        quantity::{self, End, Interval},
    };

    const TEXT: &str = "全年收到申请近3000条，未发生诉讼，均已答复。\n收到申请数|2720\n办结数|\n";

    fn span(what: &str) -> Span {
        let start = TEXT.find(what).unwrap();
        Span::new(start, start + what.len())
    }

    fn statement(kind: ClaimKind, raw: &str, quantity: Option<quantity::Quantity>, period: Period) -> LinkedClaim {
        let claim = Statement {
            kind,
            span: span(raw),
            quantity,
            clause: span(raw),
            sentence: span(raw),
            paragraph: 0,
            own: Own::default(),
            before: String::new(),
            headings: vec![],
            subject: None,
            direction: None,
            period,
            scope: vec![],
            list: ListRole::Alone,
            of: None,
            base: None,
            remainder: false,
        };
        LinkedClaim {
            claim,
            links: vec![],
            base: None,
            candidates: vec![],
            topic: None,
            base_named: false,
            dated: false,
        }
    }

    fn cell(key: Option<&str>, raw: Span, value: align::Reading) -> Cell {
        Cell {
            table: 0,
            indicator: key.map(|key| IndicatorKey(key.into())),
            row: None,
            label: "收到申请数".into(),
            label_span: span("收到申请数"),
            path: vec![],
            columns: vec![],
            unit: None,
            value,
            span: raw,
            parent: None,
            numbering: vec![],
            of_which: false,
        }
    }

    fn quantity(measure: Measure, value: i64, narrow: Interval, unit: &str) -> quantity::Quantity {
        quantity::Quantity {
            value: value.into(),
            narrow,
            wide: narrow,
            approx: Some("近".into()),
            unit: Some(unit.into()),
            measure,
            step: Number::ONE,
        }
    }

    fn link(triples: &[usize]) -> Link {
        let terms = triples.iter().map(|triple| Term { figure: Figure::Triple(*triple), minus: false }).collect();
        Link { terms, alternatives: vec![], indicator: None, score: Number::ONE, rivals: vec![], sure: true }
    }

    /// A near-3000 claim linked to both cells, one in no form; a none for 2015; an all; a cell with a value, a blank one.
    fn facts() -> Facts {
        let near = quantity(Measure::Count, 3000, Interval::closed(2700.into(), 3000.into()), "条");
        let mut near = statement(ClaimKind::Count, "近3000条", Some(near), Period::Current);
        near.links = vec![link(&[0]), link(&[0, 1])];
        let score = |score: &str| score.parse::<Number>().unwrap();
        near.candidates = vec![
            align::Candidate { triple: 1, score: score("0.9") },
            align::Candidate { triple: 0, score: score("0.81260") },
            align::Candidate { triple: 0, score: score("0.5") },
        ];
        let mut none = statement(ClaimKind::None, "未", None, Period::Year(2015));
        none.links = vec![link(&[0])];
        let blank = span("办结数|").end;
        Facts {
            head: crate::prose::ReportHead { year: Some(2017), ..Default::default() },
            triples: vec![
                cell(Some("requests.received.total"), span("2720"), align::Reading::Number("2720".parse().unwrap())),
                cell(None, Span::new(blank, blank), align::Reading::Blank),
            ],
            claims: vec![near, none, statement(ClaimKind::All, "均", None, Period::Cumulative)],
            ..Facts::default()
        }
    }

    fn written(facts: Facts, ruling: &Ruling, lang: Lang) -> Audit {
        let source = Source { path: "a.txt".into(), bytes: TEXT.into() };
        let text = Text::decode(TEXT.as_bytes());
        let container = Container::Text;
        let reading = Reading { source, container, text, shown: None, layout: Layout::default(), facts };
        let grammar = Grammar::embedded().unwrap();
        assemble(&reading, ruling, &grammar, &Options { lang })
    }

    #[test]
    fn claims_say_what_they_state() {
        let audit = written(facts(), &Ruling::default(), Lang::Zh);
        let [near, none, all] = audit.claims.as_slice() else { panic!("three claims") };
        assert_eq!((near.id.as_str(), near.period.as_deref()), ("c1", Some("2017")));
        assert_eq!(near.indicator, None, "two subjects are no one indicator");
        assert_eq!(near.terms, ["requests.received.total"], "each key once, rows in no form have none");
        let candidates: Vec<String> = near.candidates.iter().map(|c| format!("{} {}", c.indicator, c.score)).collect();
        assert_eq!(candidates, ["requests.received.total 0.813"]);
        assert_eq!(
            (none.indicator.as_deref(), none.period.as_deref()),
            (Some("requests.received.total"), Some("2015"))
        );
        assert_eq!(
            serde_json::to_string(&none.quantity).unwrap(),
            r#"{"raw":"未","value":0,"low":0,"high":0,"approx":null,"unit":null}"#
        );
        assert_eq!(
            serde_json::to_string(&all.quantity).unwrap(),
            r#"{"raw":"均","value":null,"low":null,"high":null,"approx":null,"unit":null}"#
        );
        assert_eq!((all.period.as_deref(), all.indicator.as_deref()), (Some("累计"), None));
    }

    #[test]
    fn cells_without_a_number_are_null_and_raw_is_what_is_there() {
        let audit = written(facts(), &Ruling::default(), Lang::Zh);
        let cells: Vec<_> =
            audit.triples.iter().map(|t| (t.value.map(|v| v.to_string()), t.raw.as_str(), t.span.line)).collect();
        assert_eq!(cells, [(Some("2720".into()), "2720", 2), (None, "", 3)]);
    }

    #[test]
    fn verdicts_come_with_their_grounds_in_the_language_asked_for() {
        let judgement = Judgement {
            verdict: check::Verdict::Supported,
            reason: Message::new("近3000 即 2700–3000，表中 2720 在内", "2720 lies within 2700–3000"),
            evidence: vec![Figure::Triple(0), Figure::Claim(1)],
            arithmetic: None,
        };
        let ruling = Ruling { judgements: vec![judgement], ..Ruling::default() };
        let audit = written(facts(), &ruling, Lang::En);
        assert_eq!(audit.claims[0].reason, "2720 lies within 2700–3000");
        assert_eq!(audit.claims[0].evidence, ["t1", "c2"]);
        assert_eq!(audit.claims[1].verdict, Verdict::Unverifiable);
        assert_eq!(audit.claims[1].reason, "nothing to compare it with", "a reason is never empty");
        let Summary { claims, supported, unverifiable, .. } = audit.summary;
        assert_eq!((claims, supported, unverifiable), (3, 1, 2));
    }

    #[test]
    fn an_excluded_bound_becomes_the_neighbouring_whole_number_in_whole_units() {
        let open = |low: Option<&str>, high: Option<&str>| {
            let end = |value: &str| End { value: value.parse().unwrap(), closed: false };
            Interval { low: low.map(end), high: high.map(end) }
        };
        for (measure, narrow, unit, bounds) in [
            (Measure::Count, Interval::half_open(2700.into(), 2800.into()), "条", "2700 2799"),
            (Measure::Count, open(Some("10"), None), "件", "11 null"),
            (Measure::Count, open(None, Some("10.5")), "件", "null 10"),
            (Measure::Count, Interval::closed("0.5".parse().unwrap(), "9.5".parse().unwrap()), "件", "1 9"),
            (Measure::Percent, Interval::half_open("92.5".parse().unwrap(), "93.5".parse().unwrap()), "%", "92.5 93.5"),
            (Measure::Money, open(Some("3"), None), "万元", "3 null"),
        ] {
            let mut facts = facts();
            facts.claims[0].claim.quantity = Some(quantity(measure, 1, narrow, unit));
            let written = written(facts, &Ruling::default(), Lang::Zh).claims.remove(0).quantity;
            let show = |bound: Option<Exact>| bound.map_or("null".to_owned(), |bound| bound.to_string());
            assert_eq!(format!("{} {}", show(written.low), show(written.high)), bounds, "{narrow:?} {unit}");
        }
    }

    #[test]
    fn malformed_bytes_are_a_problem_in_document_order() {
        let mut facts = Facts::default();
        let problem =
            |kind, at| align::Problem { kind, zh: "甲".into(), en: "a".into(), span: Some(Span::new(at, at)) };
        facts.problems = vec![problem("unmatched-row", 9), problem("no-table", 0)];
        let bytes = b"\xEF\xBB\xBF\xE5\xB9\xB4\xFF 12\xE4\xBB\xB6\n".to_vec();
        let text = Text::decode(&bytes);
        let source = Source { path: "a.txt".into(), bytes };
        let container = Container::Text;
        let reading = Reading { source, container, text, shown: None, layout: Layout::default(), facts };
        let grammar = Grammar::embedded().unwrap();
        let audit = assemble(&reading, &Ruling::default(), &grammar, &Options::default());
        let kinds: Vec<&str> = audit.problems.iter().map(|problem| problem.kind.as_str()).collect();
        assert_eq!(audit.source.malformed, 1);
        assert_eq!(kinds, ["no-table", "malformed-bytes", "unmatched-row"]);
    }
}
