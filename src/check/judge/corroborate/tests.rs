//! What supports and what does not: a near row, parts that close, sums and differences their words announce.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use crate::{
    align::{Candidate, ClaimId},
    check::judge::tests::*,
};
use insta::assert_snapshot;

/// A claim without a row, to whose words one row came near.
fn near(claim: &str, cell: &str, score: &str) -> String {
    let mut doc = Doc::default();
    let id = doc.count(claim, "条");
    let row = doc.cell("政府网站公开政府信息数", "条", cell);
    doc.at(id).candidates = vec![Candidate { triple: row, score: n(score) }];
    doc.verdict(id)
}

#[test]
fn a_row_that_came_near_supports_what_it_agrees_with() {
    assert_snapshot!(near("1108", "1108", "0.48"), @"✓ 1108条 所指与表中“政府网站公开政府信息数”1108 相近，数字相符 | 1108 = 1108");
    assert_snapshot!(near("1108", "1107", "0.48"), @"? 1108条：表中没有与之对应的数字");
    // Small numbers agree by chance, and words that hardly touch say nothing.
    assert_snapshot!(near("1", "1", "0.48"), @"? 1条：表中没有与之对应的数字");
    assert_snapshot!(near("1108", "1108", "0.3"), @"? 1108条：表中没有与之对应的数字");
}

/// A whole with a cell, then figures beside it in the same sentence without rows.
fn beside(whole: &str, others: &[&str]) -> (Doc, Vec<ClaimId>) {
    let mut doc = Doc::default();
    let top = doc.count(whole, "件");
    let row = doc.cell("收到申请数", "件", whole);
    doc.link(top, &[row]);
    let others: Vec<ClaimId> = others.iter().map(|other| doc.count(other, "件")).collect();
    let sentence = doc.at(top).claim.sentence;
    for other in &others {
        doc.at(*other).claim.sentence = sentence;
    }
    (doc, others)
}

#[test]
fn figures_beside_a_whole_that_close_to_it_rest_on_it() {
    let (doc, parts) = beside("128", &["81", "34", "13"]);
    assert_snapshot!(doc.verdict(parts[1]), @"✓ 34件 与并列各项合计等于 128件（81 + 34 + 13 = 128），128件 与表相符 | 81 + 34 + 13 = 128");
    let (doc, parts) = beside("128", &["81", "34", "12"]);
    assert_snapshot!(doc.verdict(parts[1]), @"? 34件：表中没有与之对应的数字");
}

#[test]
fn what_stands_between_a_whole_and_its_parts_has_a_row_of_its_own() {
    let (mut doc, parts) = beside("14", &["1", "12", "2"]);
    assert_snapshot!(doc.verdict(parts[2]), @"? 2件：表中没有与之对应的数字");
    let row = doc.cell("上年结转", "件", "1");
    doc.link(parts[0], &[row]);
    assert_snapshot!(doc.verdict(parts[2]), @"✓ 2件 与并列各项合计等于 14件（12 + 2 = 14），14件 与表相符 | 12 + 2 = 14");
}

#[test]
fn a_difference_is_taken_only_where_the_words_say_that_something_is_left() {
    let (mut doc, others) = beside("49", &["47", "2"]);
    doc.at(others[0]).claim.own.before = "办结".into();
    doc.at(others[1]).claim.own.before = "另有".into();
    doc.at(others[1]).claim.sentence.end += 1;
    assert_snapshot!(doc.verdict(others[1]), @"? 2件：表中没有与之对应的数字");
    doc.at(others[1]).claim.own.before = "未到期的".into();
    assert_snapshot!(doc.verdict(others[1]), @"✓ 2件 与文中“49件” − 文中“47件”相符（49 − 47 = 2） | 49 − 47 = 2");
}

#[test]
fn a_sum_is_taken_only_where_the_words_say_that_it_is_one() {
    let (mut doc, others) = beside("46", &["3", "49"]);
    assert_snapshot!(doc.verdict(others[1]), @"? 49件：表中没有与之对应的数字");
    doc.at(others[1]).claim.own.before = "全年应办".into();
    assert_snapshot!(doc.verdict(others[1]), @"✓ 49件 与文中“46件” + 文中“3件”相符（46 + 3 = 49） | 46 + 3 = 49");
}
