//! Lists, shares of one whole, and pairs of statements.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use crate::{
    align::{ClaimId, ClaimKind},
    check::judge::{Kind, tests::*},
};
use insta::assert_snapshot;

/// A whole with a cell (none where empty) and parts without.
fn list(whole: &str, cell: &str, parts: &[&str], closed: bool) -> (Doc, ClaimId, Vec<ClaimId>) {
    let mut doc = Doc::default();
    let top = doc.count(whole, "件");
    if !cell.is_empty() {
        let row = doc.cell("收到申请数", "件", cell);
        doc.link(top, &[row]);
    }
    let parts: Vec<ClaimId> = parts.iter().map(|part| doc.count(part, "件")).collect();
    doc.list(Some(top), &parts, closed);
    (doc, top, parts)
}

#[test]
fn parts_that_close_to_a_whole_with_a_cell_rest_on_it() {
    let (doc, top, parts) = list("12", "12", &["5", "7"], true);
    assert_snapshot!(doc.verdict(top), @"✓ 12件 与表中“收到申请数”12 一致 | 12 = 12");
    assert_snapshot!(doc.verdict(*parts.first().unwrap()), @"✓ 5件 与其余各项合计等于 12件（5 + 7 = 12），12件 与表相符 | 5 + 7 = 12");
}

#[test]
fn a_whole_without_a_cell_rests_on_its_parts() {
    let (doc, top, parts) = list("12", "", &["5", "7"], true);
    assert_snapshot!(doc.verdict(top), @"✓ 12件 等于所列各项之和（5 + 7 = 12） | 5 + 7 = 12");
    assert_snapshot!(doc.verdict(*parts.first().unwrap()), @"? 5件：表中没有与之对应的数字");
}

#[test]
fn a_closed_list_that_does_not_close_refutes_a_whole_without_a_cell() {
    let (doc, top, parts) = list("117", "", &["58", "50"], true);
    assert_snapshot!(doc.verdict(top), @"✗ 所列各项之和与 117件 不符：58 + 50 = 108 ≠ 117 | 58 + 50 = 108 ≠ 117 | List");
    assert_snapshot!(doc.verdict(*parts.first().unwrap()), @"? 58件：表中没有与之对应的数字 | List");
}

#[test]
fn a_whole_that_its_cell_supports_stays_supported_though_its_list_does_not_close() {
    let (doc, top, _) = list("117", "117", &["58", "50"], true);
    assert_snapshot!(doc.verdict(top), @"✓ 117件 与表中“收到申请数”117 一致 | 117 = 117 | List");
    assert_eq!(doc.kinds(), [Kind::List]);
}

#[test]
fn an_open_list_need_not_close() {
    assert_eq!(list("497", "", &["300", "102"], false).0.kinds(), []);
    assert_eq!(list("12", "", &["300", "102"], false).0.kinds(), [Kind::PartExceeds, Kind::PartExceeds]);
}

#[test]
fn what_agrees_with_its_cells_is_the_tables_matter() {
    let (mut doc, _, parts) = list("17", "17", &["6", "7"], true);
    for (part, value) in parts.iter().zip(["6", "7"]) {
        let row = doc.cell("分项", "件", value);
        doc.link(*part, &[row]);
    }
    assert_eq!(doc.kinds(), []);
}

#[test]
fn a_part_that_its_cell_refutes_is_finding_enough() {
    let (mut doc, _, parts) = list("17", "17", &["9", "7"], true);
    let row = doc.cell("分项", "件", "10");
    doc.link(*parts.first().unwrap(), &[row]);
    assert_eq!(doc.kinds(), [Kind::Value]);
}

fn shares(printed: &[&str], all: bool) -> Doc {
    let mut doc = Doc::default();
    let parts: Vec<ClaimId> =
        printed.iter().map(|p| doc.claim(ClaimKind::Share, &format!("{p}%"), Some(quantity(p, "%")))).collect();
    let whole = all.then(|| doc.claim(ClaimKind::All, "全部", None));
    doc.list(whole, &parts, true);
    doc
}

#[test]
fn shares_of_one_whole_make_100_by_some_rounding() {
    assert_snapshot!(shares(&["48", "31", "34"], true).verdict(3), @"✗ 同一整体的各占比合计不是 100%：48% + 31% + 34% = 113% > 100% | 48% + 31% + 34% = 113% > 100%");
    assert_eq!(shares(&["48", "31", "34"], false).kinds(), [Kind::SharesExceed]);
    assert_eq!(shares(&["74", "15", "4", "4", "1", "3"], true).kinds(), [], "101% by rounding");
    assert_eq!(shares(&["48", "31"], false).kinds(), [], "not said to be all of it");
    assert_eq!(shares(&["48", "31"], true).kinds(), [Kind::SharesExceed], "said to be all of it");
}

#[test]
fn two_statements_of_one_thing_agree_or_are_reported_once() {
    let twice = |a: &str, b: &str, scope: &str| {
        let mut doc = Doc::default();
        let row = doc.cell("网站公开", "条", "");
        for value in [a, b] {
            let id = doc.count(value, "条");
            doc.link(id, &[row]);
        }
        doc.at(1).claim.scope = (!scope.is_empty()).then(|| scope.to_owned()).into_iter().collect();
        doc
    };
    assert_snapshot!(twice("20", "16", "").verdict(1), @"✗ 同一事项前称 20条，后称 16条 | 20 ≠ 16 | Statements");
    assert_eq!(twice("20", "16", "").kinds(), [Kind::Statements]);
    assert_eq!(twice("20", "20", "").kinds(), []);
    assert_eq!(twice("20", "16", "本级").kinds(), [], "another scope");
}

#[test]
fn statements_without_a_row_need_the_same_words() {
    let twice = |subject: &str, a: &str, b: &str| {
        let mut doc = Doc::default();
        for value in [a, b] {
            let id = doc.count(value, "次");
            let claim = &mut doc.at(id).claim;
            claim.subject = Some(subject.to_owned());
            claim.own.before = format!("组织{subject}");
        }
        doc.kinds()
    };
    assert_eq!(twice("专题业务培训", "4", "6"), [Kind::Statements]);
    assert_eq!(twice("培训", "4", "6"), [], "a short subject may be anything");
}
