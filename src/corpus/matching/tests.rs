//! Each matching rule with a case it accepts and one it refuses.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use super::super::{
    score::{ByRule, Entry, Score},
    seen::SeenTriple,
};
use super::*;

fn sheet(fields: &str) -> Sheet {
    let mut whole = serde_json::json!({ "form": null, "agency": null, "year": null,
        "triples": [], "claims": [], "traps": [], "findings": [], "allowed": [] });
    let given: serde_json::Value = serde_json::from_str(fields).unwrap();
    for (key, value) in given.as_object().unwrap() {
        whole.as_object_mut().unwrap().insert(key.clone(), value.clone());
    }
    serde_json::from_value(whole).unwrap()
}

fn score(seen: &Seen, sheet: &Sheet) -> Score {
    let mut tally = Tally::default();
    tally.add("a.txt", seen, sheet);
    tally.finish(0)
}

fn decimal(text: &str) -> Option<Decimal> {
    (!text.is_empty()).then(|| text.parse().unwrap())
}

fn words(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn triple(line: usize, value: &str, unit: &str, columns: &[&str]) -> SeenTriple {
    let columns = columns.iter().map(|c| (*c).to_owned()).collect();
    SeenTriple { line, value: decimal(value), unit: words(unit), columns }
}

fn claim(line: usize, raw: &str, value: &str, unit: &str, kind: &str, evidence: &[usize], verdict: &str) -> SeenClaim {
    SeenClaim {
        line,
        raw: raw.to_owned(),
        text: format!("某句{raw}"),
        value: decimal(value),
        unit: words(unit),
        kind: serde_json::from_value(kind.into()).unwrap(),
        verdict: serde_json::from_value(verdict.into()).unwrap(),
        evidence_lines: evidence.to_vec(),
        approx: false,
        direction: None,
    }
}

fn gold(line: usize, raw: &str, value: &str, unit: &str, kind: &str, evidence: &[usize], verdict: &str) -> String {
    let null = |s: &str| if s.is_empty() { "null".to_owned() } else { s.to_owned() };
    let unit = if unit.is_empty() { "null".to_owned() } else { format!("\"{unit}\"") };
    format!(
        r#"{{"line": {line}, "raw": "{raw}", "value": {}, "unit": {unit}, "kind": "{kind}", "approx": false,
            "direction": null, "evidence_lines": {evidence:?}, "verdict": "{verdict}"}}"#,
        null(value)
    )
}

#[test]
fn a_triple_matches_by_line_value_unit_and_last_header() {
    let want = r#"{"line": 5, "value": 2720, "unit": "件", "columns": ["申请人情况", "总计"]}"#;
    for (got, hit) in [
        (triple(5, "2720.0", "件", &["申请人情况", "总计"]), 1),
        (triple(5, "2720", "宗", &["总 计"]), 1),
        (triple(5, "2720", "件", &["总计(件)"]), 1),
        (triple(5, "2720", "件", &["总计(件)(年)"]), 0),
        (triple(5, "2720", "件", &["总计", "合计"]), 0),
        (triple(5, "2720", "件", &[]), 0),
        (triple(5, "2720", "", &["总计"]), 0),
        (triple(5, "2721", "件", &["总计"]), 0),
        (triple(6, "2720", "件", &["总计"]), 0),
        (triple(5, "", "件", &["总计"]), 0),
    ] {
        let seen = Seen { triples: vec![got.clone()], ..Seen::default() };
        let score = score(&seen, &sheet(&format!(r#"{{"triples": [{want}]}}"#)));
        assert_eq!(score.counts.t_hit, hit, "{got:?}");
        assert_eq!(score.counts.t_got, u64::from(got.value.is_some()), "a blank is not scored");
    }
}

#[test]
fn the_same_triple_twice_answers_one_line_once() {
    let seen = Seen { triples: vec![triple(5, "1", "件", &[]), triple(5, "1", "件", &[])], ..Seen::default() };
    let score = score(&seen, &sheet(r#"{"triples": [{"line": 5, "value": 1, "unit": "件", "columns": []}]}"#));
    assert_eq!(score.rate(Entry::TripleRecall).text(), "1/1");
    assert_eq!(score.rate(Entry::TriplePrecision).text(), "1/2");
}

#[test]
fn a_claim_matches_by_line_value_and_unit() {
    let want = sheet(&format!(r#"{{"claims": [{}]}}"#, gold(8, "5起", "5", "起", "count", &[20], "supported")));
    for (got, value, whole) in [
        (claim(8, "5件", "5", "件", "count", &[20], "supported"), 1, 1),
        (claim(8, "5", "5.000", "例", "money", &[], "supported"), 1, 1),
        (claim(8, "5人", "5", "人", "count", &[20], "supported"), 1, 0),
        (claim(8, "5件", "5", "件", "all", &[20], "supported"), 0, 1),
        (claim(9, "5件", "5", "件", "count", &[20], "supported"), 0, 0),
    ] {
        let score = score(&Seen { claims: vec![got.clone()], ..Seen::default() }, &want);
        assert_eq!((score.counts.cv_hit, score.counts.c_hit), (value, whole), "{got:?}");
        assert_eq!(score.counts.c_extra, 1 - whole, "what answers nothing is extra");
    }
}

#[test]
fn equal_claims_go_by_evidence_then_verdict_then_order() {
    let claims = [
        gold(8, "4件", "4", "件", "count", &[44], "supported"),
        gold(8, "4件", "4", "件", "count", &[42], "supported"),
        gold(8, "4件", "4", "件", "count", &[51], "contradicted"),
    ];
    let want = sheet(&format!(r#"{{"claims": [{}]}}"#, claims.join(",")));
    let seen = Seen {
        claims: vec![
            claim(8, "4件", "4", "件", "count", &[], "contradicted"),
            claim(8, "4件", "4", "件", "count", &[42], "supported"),
            claim(8, "4件", "4", "件", "count", &[44], "supported"),
        ],
        ..Seen::default()
    };
    let score = score(&seen, &want);
    assert_eq!(score.rate(Entry::VerdictAccuracy).text(), "3/3");
    assert_eq!(score.rate(Entry::EvidenceAccuracy).text(), "2/3");
}

#[test]
fn a_none_matches_by_kind_and_a_common_character() {
    let want = sheet(&format!(r#"{{"claims": [{}]}}"#, gold(8, "没有", "0", "", "none", &[70], "supported")));
    let none = |text: &str, kind: &str| SeenClaim {
        text: text.to_owned(),
        ..claim(8, "没有", "0", "", kind, &[70, 71], "supported")
    };
    for (got, hit) in [(none("没有收到", "none"), 1), (none("没有收到", "all"), 0), (none("未收到", "none"), 0)]
    {
        assert_eq!(score(&Seen { claims: vec![got], ..Seen::default() }, &want).counts.c_hit, hit);
    }
}

#[test]
fn an_optional_claim_counts_neither_way() {
    let optional = gold(8, "14个", "14", "个", "count", &[], "unverifiable").replace('}', r#", "optional": true}"#);
    let want = sheet(&format!(r#"{{"claims": [{optional}]}}"#));
    let found = Seen { claims: vec![claim(8, "14个", "14", "个", "rank", &[3], "supported")], ..Seen::default() };
    let score_found = score(&found, &want);
    assert_eq!(score_found.rate(Entry::ClaimPrecision).text(), "1/1");
    assert_eq!(score_found.rate(Entry::ClaimRecall).text(), "0/0");
    assert_eq!(score_found.rate(Entry::KindAccuracy).text(), "0/0");
    assert_eq!(score(&Seen::default(), &want).rate(Entry::ClaimRecall).text(), "0/0");
}

#[test]
fn evidence_of_a_rate_said_in_prose_alone_is_free() {
    let share = |kind: &str, unit: &str, evidence: &[usize], got: &[usize]| {
        let want = sheet(&format!(r#"{{"claims": [{}]}}"#, gold(8, "x", "9", unit, kind, evidence, "supported")));
        let seen = Seen { claims: vec![claim(8, "x", "9", unit, kind, got, "supported")], ..Seen::default() };
        score(&seen, &want).rate(Entry::EvidenceAccuracy).text()
    };
    assert_eq!(share("share", "%", &[], &[20]), "0/0");
    assert_eq!(share("share", "%", &[21], &[20]), "0/1");
    assert_eq!(share("count", "件", &[], &[]), "1/1");
    assert_eq!(share("count", "件", &[], &[20]), "0/1");
    assert_eq!(share("count", "件", &[20, 21], &[21, 99]), "1/1");
}

#[test]
fn direction_is_asked_of_changes_that_have_one() {
    let change = gold(8, "3件", "3", "件", "change", &[], "unverifiable");
    let up = change.replace(r#""direction": null"#, r#""direction": "up""#);
    let mut got = claim(8, "3件", "3", "件", "change", &[], "unverifiable");
    got.direction = Some(Direction::Down);
    let seen = Seen { claims: vec![got], ..Seen::default() };
    for (gold, text) in [(change, "0/0"), (up.clone(), "0/1"), (up.replace("\"up\"", "\"down\""), "1/1")] {
        let score = score(&seen, &sheet(&format!(r#"{{"claims": [{gold}]}}"#)));
        assert_eq!(score.rate(Entry::DirectionAccuracy).text(), text);
    }
}

#[test]
fn a_trap_springs_on_a_claim_inside_it_that_nothing_else_explains() {
    let want = sheet(&format!(
        r#"{{"claims": [{}], "traps": [{{"line": 8, "raw": "2017年度"}}, {{"line": 8, "raw": "13个"}}]}}"#,
        gold(8, "13个", "13", "个", "count", &[], "supported")
    ));
    let seen = |claims| Seen { claims, ..Seen::default() };
    let right = claim(8, "13个", "13", "个", "count", &[], "supported");
    let year = claim(8, "2017年", "2017", "年", "count", &[], "unverifiable");
    assert_eq!(score(&seen(vec![right.clone()]), &want).rate(Entry::TrapRate).text(), "0/2");
    assert_eq!(score(&seen(vec![right.clone(), year]), &want).rate(Entry::TrapRate).text(), "1/2");
    assert_eq!(score(&seen(vec![right.clone(), right]), &want).rate(Entry::TrapRate).text(), "1/2");
}

#[test]
fn findings_match_by_family_and_a_common_line() {
    let want = sheet(
        r#"{"findings": [{"family": "PX", "lines": [8, 20], "why": "w", "rule": "P002"},
                         {"family": "T", "lines": [30], "why": "w"}],
            "allowed": [{"family": "D", "lines": [1]}]}"#,
    );
    let finding = |code: &str, alarm, lines: &[usize]| SeenFinding {
        code: code.to_owned(),
        alarm,
        message: "m".to_owned(),
        lines: lines.to_vec(),
    };
    let seen = Seen {
        findings: vec![
            finding("X001", true, &[20]),
            finding("P002", true, &[8, 9]),
            finding("D003", true, &[1]),
            finding("T001", true, &[31]),
            finding("T001", false, &[30]),
            finding("T002", true, &[8]),
        ],
        ..Seen::default()
    };
    let score = score(&seen, &want);
    assert_eq!(score.rate(Entry::FindingRecall).text(), "1/2");
    assert_eq!(score.rate(Entry::FindingPrecision).text(), "3/5");
    assert_eq!(score.by_rule.get("P002"), Some(&ByRule { good: 1, noisy: 0, wanted: 1, hit: 1 }));
    assert_eq!(score.by_rule.get("T001"), Some(&ByRule { good: 0, noisy: 1, wanted: 0, hit: 0 }));
}

#[test]
fn metadata_is_asked_only_where_the_text_states_it() {
    let want = sheet(r#"{"form": "cn-2014", "agency": null, "year": 2017}"#);
    let seen = Seen { form: Some("cn-2014".to_owned()), agency: Some("甲".to_owned()), ..Seen::default() };
    let score = score(&seen, &want);
    assert_eq!(score.rate(Entry::MetadataAccuracy).text(), "1/2");
    assert_eq!(
        score.misses.iter().map(|m| (m.what, m.detail.as_str())).collect::<Vec<_>>(),
        [("year", "null, want 2017")]
    );
}
