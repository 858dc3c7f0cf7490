//! Every rule's examples, run through the whole pipeline: what must fire, fires once and where it is marked; what must
//! stay quiet, does. A toy form of a few rows keeps the examples short; words, units and indicators are the shipped ones.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use duibiao::{
    align,
    check::{self, Finding, Rule, Severity, rules},
    grammar::Grammar,
    layout, prose, table,
    text::{Span, Text},
};
use std::{fs, path::Path};

fn grammar() -> Grammar {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let lists = ["indicators.toml", "units.toml", "words.toml", "weights.toml"];
    let mut files: Vec<(String, String)> = lists
        .iter()
        .filter_map(|name| Some(((*name).to_owned(), fs::read_to_string(root.join("grammars").join(name)).ok()?)))
        .collect();
    for form in ["toy.toml", "long.toml", "matrix.toml"] {
        files.push((format!("forms/{form}"), fs::read_to_string(root.join("tests/rules").join(form)).unwrap()));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Grammar::load(&files).unwrap_or_else(|errors| panic!("{errors}"))
}

/// The findings on a document.
fn findings(document: &str, grammar: &Grammar) -> (Text, Vec<Finding>) {
    let text = Text::decode(document.as_bytes());
    let layout = layout::split(&text);
    let tables = table::read(&text, &layout, &grammar.lexicon);
    let prose = prose::read(&text, &layout, &grammar.lexicon);
    let facts = align::align(&text, &layout, tables, prose, grammar);
    let ruling = check::run(&text, &facts, grammar);
    (text, ruling.findings)
}

/// The document without its marks, and the span they enclosed.
fn unmarked(example: &str) -> (String, Span) {
    let start = example.find('«').unwrap();
    let end = example.find('»').unwrap() - '«'.len_utf8();
    (example.replace(['«', '»'], ""), Span::new(start, end))
}

fn shown(text: &Text, findings: &[Finding]) -> String {
    let show = |f: &Finding| {
        let first = f.spans.first().map_or("", |s| text.slice(*s));
        format!("{} at {first:?}: {}", f.rule.code, f.message.zh)
    };
    if findings.is_empty() { "nothing".to_owned() } else { findings.iter().map(show).collect::<Vec<_>>().join("; ") }
}

fn missing(rule: &Rule, example: &str, grammar: &Grammar) -> Option<String> {
    let (document, marked) = unmarked(example);
    let (text, found) = findings(&document, grammar);
    let own: Vec<&Finding> = found.iter().filter(|f| f.rule.code == rule.code).collect();
    let fires = matches!(own.as_slice(), [one] if one.spans.first() == Some(&marked));
    (!fires).then(|| format!("MISSING {} on:\n{example}\n  found {}", rule.code, shown(&text, &found)))
}

fn noisy(rule: &Rule, document: &str, reason: &str, grammar: &Grammar) -> Option<String> {
    let (text, mut found) = findings(document, grammar);
    found.retain(|f| f.rule.severity != Severity::Note);
    (!found.is_empty())
        .then(|| format!("NOISY {} ({reason}) on:\n{document}\n  found {}", rule.code, shown(&text, &found)))
}

/// Runs one family's examples and shows all that fail at once.
fn holds(family: char) {
    let grammar = grammar();
    let mut faults = Vec::new();
    for rule in rules().into_iter().filter(|r| r.code.starts_with(family)) {
        faults.extend(rule.fires.iter().filter_map(|example| missing(rule, example, &grammar)));
        faults.extend(rule.quiet.iter().filter_map(|(document, why)| noisy(rule, document, why.1, &grammar)));
    }
    assert!(faults.is_empty(), "{} examples fail\n\n{}", faults.len(), faults.join("\n\n"));
}

#[test]
fn table_rules_do_what_their_examples_say() {
    holds('T');
}

#[test]
fn cross_rules_do_what_their_examples_say() {
    holds('X');
}

#[test]
fn prose_rules_do_what_their_examples_say() {
    holds('P');
}

#[test]
fn form_rules_do_what_their_examples_say() {
    holds('F');
}

#[test]
fn document_rules_do_what_their_examples_say() {
    holds('D');
}

#[test]
fn findings_come_in_document_order() {
    let document =
        "全年主动公开信息，较上年增加XX条。锟斤拷\n\n收到申请数|件|9\n1.当面申请数|件|4\n2.网络申请数|件|4\n";
    let (_, found) = findings(document, &grammar());
    let starts: Vec<_> = found.iter().map(|f| f.spans.first().map(|s| s.start)).collect();
    assert!(starts.is_sorted(), "{starts:?}");
    assert!(found.len() > 1, "a test of order needs two findings");
}
