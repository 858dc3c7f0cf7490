//! Counts, money, nones and alls against their cells.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use crate::{
    align::{ClaimKind, Period},
    check::{Verdict, judge::tests::*},
};
use insta::assert_snapshot;

fn exact(value: &str, unit: &str, cell: &str, cell_unit: &str) -> String {
    let mut doc = Doc::default();
    let row = doc.cell("收到申请数", cell_unit, cell);
    let kind = if unit.ends_with('元') { ClaimKind::Money } else { ClaimKind::Count };
    let id = doc.claim(kind, &format!("{value}{unit}"), Some(quantity(value, unit)));
    doc.link(id, &[row]);
    doc.verdict(id)
}

#[test]
fn exact_counts_equal_their_cell_or_contradict_it() {
    assert_snapshot!(exact("12", "件", "12", "件"), @"✓ 12件 与表中“收到申请数”12 一致 | 12 = 12");
    assert_snapshot!(exact("12", "件", "10", "件"), @"✗ 12件 与表中“收到申请数”10 不一致 | 10 ≠ 12 | Value");
    assert_snapshot!(exact("12", "起", "12", "件"), @"✓ 12起 与表中“收到申请数”12 一致 | 12 = 12");
    assert_snapshot!(exact("12", "件", "12", ""), @"✓ 12件 与表中“收到申请数”12 一致 | 12 = 12");
}

#[test]
fn a_blank_cell_is_not_zero() {
    assert_snapshot!(exact("12", "件", "", "件"), @"? 12件：表中“收到申请数”空白，空白不作零看待");
    assert_snapshot!(exact("0", "件", "", "件"), @"? 0件：表中“收到申请数”空白，空白不作零看待");
}

#[test]
fn units_are_converted_before_they_are_compared() {
    assert_snapshot!(exact("32000", "元", "3.2", "万元"), @"✓ 32000元 与表中“收到申请数”3.2 万元 = 32000 一致 | 3.2 × 10000 = 32000");
    assert_snapshot!(exact("186.43", "亿元", "1864300", "万元"), @"✓ 186.43亿元 与表中“收到申请数”1864300 万元 = 186.43 一致 | 1864300 ÷ 10000 = 186.43");
    assert_snapshot!(exact("186.43", "亿元", "1864311.5", "万元"), @"✓ 186.43亿元 从宽读作 186.42–186.44，表中“收到申请数”1864311.5 万元 = 186.43115 在内 | 186.42 < 1864311.5 ÷ 10000 < 186.44");
    assert_snapshot!(exact("23512", "元", "2.35", "万元"), @"✓ 23512元 从宽读作 23413–23611，表中“收到申请数”2.35 万元 = 23500 在内 | 23412 < 2.35 × 10000 < 23612");
    assert_snapshot!(exact("24512", "元", "2.35", "万元"), @"✗ 24512元 与表中“收到申请数”2.35 万元 = 23500 不一致 | 2.35 × 10000 = 23500 ≠ 24512 | Value");
}

#[test]
fn a_power_of_ten_is_called_one() {
    assert_snapshot!(exact("32", "万元", "3.2", "万元"), @"✗ 32万元 与表中“收到申请数”3.2 不一致，恰差 10 倍，疑为单位或小数点有误 | 3.2 ≠ 32 | UnitSlip");
    assert_snapshot!(exact("300", "元", "300", "万元"), @"✗ 300元 与表中“收到申请数”300 万元 = 3000000 不一致，恰差 10000 倍，疑为单位或小数点有误 | 300 × 10000 = 3000000 ≠ 300 | UnitSlip");
    assert_snapshot!(exact("20", "件", "2", "件"), @"✗ 20件 与表中“收到申请数”2 不一致 | 2 ≠ 20 | Value");
}

#[test]
fn units_of_another_kind_confirm_but_do_not_contradict() {
    assert_snapshot!(exact("12", "次", "12", "件"), @"✓ 12次 与表中“收到申请数”12 一致 | 12 = 12");
    assert_snapshot!(exact("12", "次", "10", "件"), @"? 12次：单位“次”与“件”不可比");
}

#[test]
fn approximations_are_read_narrowly_then_widely() {
    let more = |cell: &str| {
        let mut doc = Doc::default();
        let row = doc.cell("主动公开政府信息数", "条", cell);
        let id = doc.claim(
            ClaimKind::Count,
            "2700余条",
            Some(about("余", "2700", "条", ("2700", "2800"), ("2700", "2800"))),
        );
        doc.link(id, &[row]);
        doc.verdict(id)
    };
    assert_snapshot!(more("2720"), @"✓ 2700余条 即 2700–2799，表中“主动公开政府信息数”2720 在内 | 2700 ≤ 2720 < 2800");
    assert_snapshot!(more("2800"), @"✓ 2700余条 从宽读作 2700–2800，表中“主动公开政府信息数”2800 在内 | 2700 ≤ 2800 ≤ 2800");
    assert_snapshot!(more("2600"), @"✗ 2700余条 从宽读作 2700–2800，表中“主动公开政府信息数”2600 不在内 | 2600 < 2700 | Approximate");
}

#[test]
fn unions_and_remainders_are_signed_sums() {
    let mut doc = Doc::default();
    let (granted, partial) = (doc.cell("予以公开", "件", "7"), doc.cell("部分公开", "件", "3"));
    let (received, closed) = (doc.cell("收到申请数", "件", "63"), doc.cell("申请办结数", "件", "61"));
    let union = doc.count("10", "件");
    doc.link(union, &[granted, partial]);
    let wrong = doc.count("9", "件");
    doc.link(wrong, &[granted, partial]);
    let rest = doc.count("2", "件");
    doc.link(rest, &[]).terms = vec![plus(received), minus(closed)];
    assert_snapshot!(doc.verdict(union), @"✓ 10件 与表中“予以公开”7 + “部分公开”3 = 10 一致 | 7 + 3 = 10");
    assert_snapshot!(doc.verdict(wrong), @"✗ 9件 与表中“予以公开”7 + “部分公开”3 = 10 不一致 | 7 + 3 = 10 ≠ 9 | Value");
    assert_snapshot!(doc.verdict(rest), @"✓ 2件 与表中“收到申请数”63 − “申请办结数”61 = 2 一致 | 63 − 61 = 2");
}

#[test]
fn a_contradiction_fails_every_declared_reading() {
    let mut doc = Doc::default();
    let (new, carried) = (doc.cell("本年新收", "", "22"), doc.cell("上年结转", "", "1"));
    let id = doc.count("23", "件");
    doc.link(id, &[new]).alternatives = vec![vec![plus(new), plus(carried)]];
    assert_snapshot!(doc.verdict(id), @"✓ 23件 与表中“本年新收”22 + “上年结转”1 = 23 一致 | 22 + 1 = 23");
    let id = doc.count("24", "件");
    doc.link(id, &[new]).alternatives = vec![vec![plus(new), plus(carried)]];
    assert_snapshot!(doc.verdict(id), @"✗ 24件 与表中“本年新收”22 不一致 | 22 ≠ 24 | Value");
}

#[test]
fn a_near_row_that_agrees_forbids_a_contradiction() {
    let mut doc = Doc::default();
    let (a, b) = (doc.cell("培训班数", "次", "2"), doc.cell("会议数", "次", "4"));
    let id = doc.count("4", "次");
    doc.link(id, &[a]).rivals = vec![b];
    assert_snapshot!(doc.verdict(id), @"? 4次 与表中“培训班数”2不一致，但与相近的表中“会议数”4一致，不能断定所指");
}

#[test]
fn a_doubled_row_may_agree_in_either_printing() {
    let mut doc = Doc::default();
    let (first, second) = (doc.cell("信函申请数", "件", "3"), doc.cell("信函申请数", "件", "2"));
    doc.facts.tables.first_mut().unwrap().doubled.push((second, first));
    let either = doc.count("2", "件");
    doc.link(either, &[first]);
    let neither = doc.count("5", "件");
    doc.link(neither, &[first]);
    assert_snapshot!(doc.verdict(either), @"✓ 2件 与表中“信函申请数”2 一致 | 2 = 2");
    assert_snapshot!(doc.verdict(neither), @"✗ 5件 与表中“信函申请数”3 不一致 | 3 ≠ 5 | Value");
}

#[test]
fn scope_and_period_forbid_a_contradiction() {
    let mut doc = Doc::default();
    let row = doc.cell("行政复议数量", "件", "2");
    for (value, period, scope) in [
        ("3", Period::Current, "备案"),
        ("2", Period::Current, "全县"),
        ("3", Period::Year(2014), ""),
        ("3", Period::Cumulative, ""),
        ("2", Period::Cumulative, ""),
        ("3", Period::Part("1–9月".into()), ""),
    ] {
        let id = doc.count(value, "件");
        doc.link(id, &[row]);
        let claim = &mut doc.at(id).claim;
        claim.period = period;
        claim.scope = (!scope.is_empty()).then(|| scope.to_owned()).into_iter().collect();
    }
    let all: Vec<String> = (0..6).map(|id| doc.verdict(id)).collect();
    assert_snapshot!(all.join("\n"), @r"
    ? 3件 限于“备案”，与表中“行政复议数量”2 口径不同，不能比较
    ✓ 2件 与表中“行政复议数量”2 一致 | 2 = 2
    ? 3件 说的是2014 年，本年统计表不载
    ? 3件 不是本年数，与表中“行政复议数量”2 不能比较
    ✓ 2件 与表中“行政复议数量”2 一致 | 2 = 2
    ? 3件 说的是“1–9月”，本年统计表不载
    ");
}

#[test]
fn none_denies_every_subject() {
    let none = |cells: &[&str]| {
        let mut doc = Doc::default();
        let id = doc.claim(ClaimKind::None, "未发生", None);
        for (i, cell) in cells.iter().enumerate() {
            let row = doc.cell(["行政复议数量", "行政诉讼数量"].get(i).unwrap(), "件", cell);
            doc.link(id, &[row]);
        }
        doc.verdict(id)
    };
    assert_snapshot!(none(&["0", "0"]), @"✓ “未发生”即 0，表中“行政复议数量”0，相符；“未发生”即 0，表中“行政诉讼数量”0，相符 | 0 = 0; 0 = 0");
    assert_snapshot!(none(&["0", "2"]), @"✗ “未发生”即 0，表中“行政诉讼数量”2，不符 | 2 ≠ 0 | NoneAgainstFigure");
    assert_snapshot!(none(&["", "0"]), @"✓ “未发生”即 0，表中“行政诉讼数量”0，相符；表中“行政复议数量”空白，空白不作零看待 | 0 = 0");
    assert_snapshot!(none(&[""]), @"? 未发生：表中“行政复议数量”空白，空白不作零看待");
    assert_snapshot!(none(&[]), @"? 未发生：表中没有与之对应的数字");
}

#[test]
fn all_holds_for_every_verb() {
    let all = |closed: &str, on_time: &str| {
        let mut doc = Doc::default();
        let (a, b) = (doc.cell("申请办结数", "件", closed), doc.cell("按时办结数", "件", on_time));
        let id = doc.claim(ClaimKind::All, "12件", Some(quantity("12", "件")));
        doc.link(id, &[a]);
        doc.link(id, &[b]);
        doc.verdict(id)
    };
    assert_snapshot!(all("12", "12"), @"✓ “12件”应为 12，表中“申请办结数”12，相符；“12件”应为 12，表中“按时办结数”12，相符 | 12 = 12; 12 = 12");
    assert_snapshot!(all("10", "12"), @"✗ “12件”说的是全部，应为 12，但表中“申请办结数”10，不符 | 10 ≠ 12 | AllAgainstFigure");
}

#[test]
fn all_without_a_number_takes_that_of_what_it_speaks_of() {
    let mut doc = Doc::default();
    let (received, closed) = (doc.cell("收到申请数", "件", "11"), doc.cell("申请办结数", "件", "11"));
    let eleven = doc.count("11", "件");
    doc.link(eleven, &[received]);
    let by_claim = doc.claim(ClaimKind::All, "均", None);
    doc.link(by_claim, &[closed]);
    doc.at(by_claim).claim.of = Some(eleven);
    let by_base = doc.claim(ClaimKind::All, "全部", None);
    doc.link(by_base, &[closed]);
    doc.at(by_base).base = Some(link(&[received]));
    let by_nothing = doc.claim(ClaimKind::All, "均", None);
    doc.link(by_nothing, &[closed]);
    assert_snapshot!(doc.verdict(by_claim), @"✓ “均”应为 11，表中“申请办结数”11，相符 | 11 = 11");
    assert_snapshot!(doc.verdict(by_base), @"✓ “全部”应为 11，表中“申请办结数”11，相符 | 11 = 11");
    assert_snapshot!(doc.verdict(by_nothing), @"? “均”没有说明总数，也没有对应的数字");
}

#[test]
fn ranks_and_claims_without_a_row_say_why_nothing_was_compared() {
    let mut doc = Doc::default();
    let rank = doc.claim(ClaimKind::Rank, "第三", None);
    let loose = doc.count("852", "条");
    assert_snapshot!(doc.verdict(rank), @"? 第三 是名次，文中没有可据以排名的数字");
    assert_snapshot!(doc.verdict(loose), @"? 852条：表中没有与之对应的数字");
}

#[test]
fn a_remainder_is_refuted_by_a_difference_of_rows_alone() {
    let mut doc = Doc::default();
    let (all, part) = (doc.cell("制发", "件", "7"), doc.cell("主动公开", "件", "6"));
    for terms in [vec![plus(all)], vec![plus(part), minus(all)], vec![plus(all), minus(part)]] {
        let id = doc.count("4", "件");
        doc.link(id, &[]).terms = terms;
        doc.at(id).claim.remainder = true;
    }
    let verdicts: Vec<Verdict> = doc.judge().judgements.iter().map(|j| j.verdict).collect();
    assert_eq!(verdicts, [Verdict::Unverifiable, Verdict::Unverifiable, Verdict::Contradicted]);
}
