//! Shares, changes and multiples.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use crate::{
    align::{ClaimKind, Direction, Period},
    check::judge::{Kind, tests::*},
    quantity::{Interval, Quantity},
};
use insta::assert_snapshot;

/// A share of two cells.
fn share(printed: &str, part: &str, whole: &str) -> String {
    let mut doc = Doc::default();
    let (a, b) = (doc.cell("网络申请数", "件", part), doc.cell("收到申请数", "件", whole));
    let id = doc.claim(ClaimKind::Share, &format!("{printed}%"), Some(quantity(printed, "%")));
    doc.link(id, &[a]);
    doc.at(id).base = Some(link(&[b]));
    doc.verdict(id)
}

#[test]
fn shares_are_recomputed_to_the_printed_place() {
    assert_snapshot!(share("84", "21", "25"), @"✓ 84% 与表中“网络申请数”21 ÷ “收到申请数”25相符：83.5% ≤ 21 ÷ 25 < 84.5% | 83.5% ≤ 21 ÷ 25 < 84.5%");
    assert_snapshot!(share("81.8", "18", "22"), @"✓ 81.8% 与表中“网络申请数”18 ÷ “收到申请数”22相符：81.75% ≤ 18 ÷ 22 < 81.85% | 81.75% ≤ 18 ÷ 22 < 81.85%");
    assert_snapshot!(share("4.34", "35", "805"), @"✓ 4.34% 与表中“网络申请数”35 ÷ “收到申请数”805按截取、进位等宽读相符：4.33% < 35 ÷ 805 < 4.35% | 4.33% < 35 ÷ 805 < 4.35%");
    assert_snapshot!(share("48", "10", "25"), @"✗ 48% 与表中“网络申请数”10 ÷ “收到申请数”25不符：10 ÷ 25 = 40% ≠ 48% | 10 ÷ 25 = 40% ≠ 48% | Share");
    assert_snapshot!(share("8.85", "32", "362"), @"✗ 8.85% 与表中“网络申请数”32 ÷ “收到申请数”362不符：32 ÷ 362 < 8.84% | 32 ÷ 362 < 8.84% | Share");
    assert_snapshot!(share("100", "61", "63"), @"✗ 100% 与表中“网络申请数”61 ÷ “收到申请数”63不符：61 ÷ 63 < 99% | 61 ÷ 63 < 99% | Share");
    assert_snapshot!(share("100", "0", "0"), @"? 100%：作分母的数为 0，不能计算");
    assert_snapshot!(share("50", "", "12"), @"? 50%：表中“网络申请数”空白，空白不作零看待");
}

#[test]
fn a_chain_that_makes_100_may_be_forced_in_its_last_place() {
    let chain = |shares: [&str; 3]| {
        let mut doc = Doc::default();
        let whole = doc.cell("合计", "件", "1000");
        let mut ids = Vec::new();
        for (printed, part) in shares.iter().zip(["334", "334", "332"]) {
            let row = doc.cell("分项", "件", part);
            let id = doc.claim(ClaimKind::Share, &format!("{printed}%"), Some(quantity(printed, "%")));
            doc.link(id, &[row]);
            doc.at(id).base = Some(link(&[whole]));
            ids.push(id);
        }
        doc.verdict(*ids.last().unwrap())
    };
    // 33.2 is printed 34 so that the three make 100; without that it is wrong.
    assert_snapshot!(chain(["33", "33", "34"]), @"✓ 34% 与表中“分项”332 ÷ “合计”1000按截取、进位等宽读相符：32.5% < 332 ÷ 1000 < 35.5% | 32.5% < 332 ÷ 1000 < 35.5%");
    assert_snapshot!(chain(["33", "34", "35"]), @"✗ 35% 与表中“分项”332 ÷ “合计”1000不符：332 ÷ 1000 = 33.2% ≠ 35% | 332 ÷ 1000 = 33.2% ≠ 35% | Share");
}

#[test]
fn figures_of_the_prose_serve_as_part_and_whole() {
    let mut doc = Doc::default();
    let (whole, part) = (doc.count("1120", "条"), doc.count("687", "条"));
    for printed in ["61.3", "65.3"] {
        let id = doc.claim(ClaimKind::Share, &format!("{printed}%"), Some(quantity(printed, "%")));
        let claim = &mut doc.at(id).claim;
        (claim.of, claim.base) = (Some(part), Some(whole));
    }
    assert_snapshot!(doc.verdict(2), @"✓ 61.3% 与文中“687条” ÷ 文中“1120条”相符：61.25% ≤ 687 ÷ 1120 < 61.35% | 61.25% ≤ 687 ÷ 1120 < 61.35%");
    assert_snapshot!(doc.verdict(3), @"✗ 65.3% 与文中“687条” ÷ 文中“1120条”不符：687 ÷ 1120 < 65.2% | 687 ÷ 1120 < 65.2% | ProseShare");
}

#[test]
fn approximated_parts_give_a_range_of_shares() {
    let mut doc = Doc::default();
    let whole = doc.cell("主动公开政府信息数", "条", "1246");
    let part = doc.claim(ClaimKind::Count, "500多条", Some(about("多", "500", "条", ("500", "600"), ("500", "600"))));
    for (raw, value) in [("四成以上", "40"), ("八成以上", "80")] {
        let at_least = Quantity {
            narrow: Interval { low: end(value, true), high: None },
            wide: Interval { low: end(value, true), high: None },
            approx: Some("以上".into()),
            ..quantity(value, "%")
        };
        let id = doc.claim(ClaimKind::Share, raw, Some(at_least));
        doc.at(id).claim.of = Some(part);
        doc.at(id).base = Some(link(&[whole]));
    }
    assert_snapshot!(doc.verdict(1), @"✓ 四成以上 与文中“500多条” ÷ 表中“主动公开政府信息数”1246相符：600 ÷ 1246 > 40% | 600 ÷ 1246 > 40%");
    assert_snapshot!(doc.verdict(2), @"✗ 八成以上 与文中“500多条” ÷ 表中“主动公开政府信息数”1246不符：600 ÷ 1246 < 80% | 600 ÷ 1246 < 80% | Approximate");
}

#[test]
fn one_mistake_is_one_finding() {
    let mut doc = Doc::default();
    let (granted, closed) = (doc.cell("予以公开", "件", "10"), doc.cell("办结", "件", "25"));
    let count = doc.count("12", "件");
    doc.link(count, &[granted]);
    let id = doc.claim(ClaimKind::Share, "48%", Some(quantity("48", "%")));
    doc.link(id, &[granted]);
    doc.at(id).base = Some(link(&[closed]));
    doc.at(id).claim.of = Some(count);
    assert_snapshot!(doc.verdict(id), @"✗ 48% 与表中“予以公开”10 ÷ “办结”25不符：10 ÷ 25 = 40% ≠ 48% | 10 ÷ 25 = 40% ≠ 48%");
    assert_eq!(doc.kinds(), [Kind::Value]);
}

/// A change against this year's cell and last year's figure in the prose.
fn change(printed: &str, unit: &str, direction: Direction, now: &str, before: &str) -> String {
    let mut doc = Doc::default();
    let cell = doc.cell("收到申请数", "件", now);
    let last = doc.count(before, "件");
    doc.at(last).claim.period = Period::Year(2014);
    let id = doc.change(&format!("{printed}{unit}"), quantity(printed, unit), direction);
    doc.link(id, &[cell]);
    doc.at(id).claim.base = Some(last);
    doc.verdict(id)
}

#[test]
fn changes_are_recomputed() {
    assert_snapshot!(change("13.5", "%", Direction::Up, "386", "340"), @"✓ 13.5% 与表中“收到申请数”386，上年文中“340件”相符：13.45% ≤ (386 − 340) ÷ 340 < 13.55% | 13.45% ≤ (386 − 340) ÷ 340 < 13.55%");
    assert_snapshot!(change("25", "%", Direction::Up, "52", "40"), @"✗ 25% 与表中“收到申请数”52，上年文中“40件”不符：(52 − 40) ÷ 40 = 30% ≠ 25% | (52 − 40) ÷ 40 = 30% ≠ 25% | Change");
    assert_snapshot!(change("16.7", "%", Direction::Down, "25", "30"), @"✓ 16.7% 与表中“收到申请数”25，上年文中“30件”相符：16.65% ≤ (30 − 25) ÷ 30 < 16.75% | 16.65% ≤ (30 − 25) ÷ 30 < 16.75%");
    assert_snapshot!(change("30", "%", Direction::Down, "52", "40"), @"✗ 30% 与表中“收到申请数”52，上年文中“40件”不符，升降说反了：29% < (52 − 40) ÷ 40 < 31% | 29% < (52 − 40) ÷ 40 < 31% | Change");
    assert_snapshot!(change("12", "件", Direction::Up, "52", "40"), @"✓ 12件 与表中“收到申请数”52 − 文中“40件”相符：52 − 40 = 12 | 52 − 40 = 12");
    assert_snapshot!(change("13", "件", Direction::Up, "52", "40"), @"✗ 13件 与表中“收到申请数”52 − 文中“40件”不符：52 − 40 = 12 ≠ 13 | 52 − 40 = 12 ≠ 13 | Change");
}

#[test]
fn what_the_prose_alone_refutes_is_reported_from_the_prose() {
    let mut doc = Doc::default();
    let cell = doc.cell("收到申请数", "件", "52");
    let now = doc.count("52", "件");
    doc.link(now, &[cell]);
    let last = doc.count("40", "件");
    for (printed, direction) in [("25", Direction::Up), ("30", Direction::Down)] {
        let id = doc.change(&format!("{printed}%"), quantity(printed, "%"), direction);
        doc.link(id, &[cell]);
        doc.at(id).claim.of = Some(now);
        doc.at(id).claim.base = Some(last);
    }
    assert_snapshot!(doc.verdict(2), @"✗ 25% 与文中“52件”，上年文中“40件”不符：(52 − 40) ÷ 40 = 30% ≠ 25% | (52 − 40) ÷ 40 = 30% ≠ 25% | ProseChange");
    assert_snapshot!(doc.verdict(3), @"✗ 30% 与文中“52件”，上年文中“40件”不符，升降说反了：29% < (52 − 40) ÷ 40 < 31% | 29% < (52 − 40) ÷ 40 < 31% | Direction");
}

#[test]
fn a_growth_without_last_years_figure_is_tested_for_whole_numbers() {
    let growth = |printed: &str, now: &str| {
        let mut doc = Doc::default();
        let now = doc.count(now, "件");
        let id = doc.change(&format!("{printed}%"), quantity(printed, "%"), Direction::Up);
        doc.at(id).claim.of = Some(now);
        doc.verdict(id)
    };
    assert_snapshot!(growth("85.7", "12"), @"✗ 没有哪个整数增长 85.7% 后得 12；最近的整数是 7→13 | 12 ÷ 7 − 1 < 85.6%; 12 ÷ 6 − 1 > 85.8% | ImpossibleGrowth");
    assert_snapshot!(growth("85.7", "13"), @"? 85.7%：上年若为 7 则可得 13，但文中没有上年的数字");
    assert_snapshot!(growth("8", "12345"), @"? 8%：上年若为 11326–11537 则可得 12345，但文中没有上年的数字");
    let mut doc = Doc::default();
    let id = doc.change("8%", quantity("8", "%"), Direction::Up);
    assert_snapshot!(doc.verdict(id), @"? 8%：文中没有上年的数字");
}

#[test]
fn a_share_without_its_part_is_tested_for_whole_numbers() {
    let share = |printed: &str, whole: &str| {
        let mut doc = Doc::default();
        let whole = doc.count(whole, "件");
        let id = doc.claim(ClaimKind::Share, &format!("{printed}%"), Some(quantity(printed, "%")));
        doc.at(id).claim.base = Some(whole);
        doc.verdict(id)
    };
    assert_snapshot!(share("35", "7"), @"✗ 7 的任何整数部分都不是 35%；整体至少为 14 才可能 | 2 ÷ 7 < 34%; 3 ÷ 7 > 36% | ImpossibleShare");
    assert_snapshot!(share("43", "7"), @"? 43%：7 中的 3 可得此比例，但文中没有该部分的数字");
}

#[test]
fn multiples_bear_what_their_printing_bears() {
    let multiple = |printed: &str, now: &str, before: &str, direction: Option<Direction>| {
        let mut doc = Doc::default();
        let (a, b) = (doc.cell("网上受理", "件", now), doc.cell("窗口受理", "件", before));
        let id = doc.claim(ClaimKind::Multiple, &format!("{printed}倍"), Some(quantity(printed, "倍")));
        doc.link(id, &[a]);
        doc.at(id).base = Some(link(&[b]));
        doc.at(id).claim.direction = direction;
        doc.verdict(id)
    };
    assert_snapshot!(multiple("2", "2184", "1092", None), @"✓ 2倍 与表中“网上受理”2184 ÷ “窗口受理”1092相符：1.95 < 2184 ÷ 1092 < 2.05 | 1.95 < 2184 ÷ 1092 < 2.05");
    assert_snapshot!(multiple("1.6", "112305", "68977", None), @"✓ 1.6倍 与表中“网上受理”112305 ÷ “窗口受理”68977相符：1.55 < 112305 ÷ 68977 < 1.65 | 1.55 < 112305 ÷ 68977 < 1.65");
    assert_snapshot!(multiple("3", "2184", "1092", None), @"✗ 3倍 与表中“网上受理”2184 ÷ “窗口受理”1092不符：2184 ÷ 1092 = 2 ≠ 3 | 2184 ÷ 1092 = 2 ≠ 3 | Change");
    assert_snapshot!(multiple("1", "24", "12", Some(Direction::Up)), @"✓ 1倍 与表中“网上受理”24，上年表中“窗口受理”12相符：0.95 < (24 − 12) ÷ 12 < 1.05 | 0.95 < (24 − 12) ÷ 12 < 1.05");
    assert_snapshot!(multiple("2", "24", "12", Some(Direction::Up)), @"✓ 2倍 与表中“网上受理”24 ÷ “窗口受理”12相符：1.95 < 24 ÷ 12 < 2.05 | 1.95 < 24 ÷ 12 < 2.05");
}

#[test]
fn a_balance_of_flows_is_a_change_by_itself() {
    let mut doc = Doc::default();
    let (issued, repealed) = (doc.cell("制发", "件", "3"), doc.cell("废止", "件", "2"));
    for value in ["1", "4"] {
        let id = doc.change(&format!("{value}件"), quantity(value, "件"), Direction::Up);
        doc.link(id, &[]).terms = vec![plus(issued), minus(repealed)];
    }
    assert_snapshot!(doc.verdict(0), @"✓ 1件 与表中“制发”3 − “废止”2相符：3 − 2 = 1 | 3 − 2 = 1");
    assert_snapshot!(doc.verdict(1), @"? 4件：文中没有上年的数字");
}

#[test]
fn a_whole_that_nothing_names_may_agree_but_not_refute() {
    let share = |printed: &str, named: Option<&str>| {
        let mut doc = Doc::default();
        doc.count("154", "件");
        let part = doc.count("131", "件");
        let base = named.map(|value| doc.count(value, "件"));
        let id = doc.claim(ClaimKind::Share, &format!("{printed}%"), Some(quantity(printed, "%")));
        (doc.at(id).claim.of, doc.at(id).claim.base) = (Some(part), base);
        doc.verdict(id)
    };
    assert_snapshot!(share("85", Some("152")), @"✓ 85% 与文中“131件” ÷ 文中“154件”相符：84.5% ≤ 131 ÷ 154 < 85.5% | 84.5% ≤ 131 ÷ 154 < 85.5%");
    assert_snapshot!(share("85", None), @"✓ 85% 与文中“131件” ÷ 文中“154件”相符：84.5% ≤ 131 ÷ 154 < 85.5% | 84.5% ≤ 131 ÷ 154 < 85.5%");
    assert_snapshot!(share("75", None), @"? 75%：文中和表中没有可供计算的部分与整体");
    assert_snapshot!(share("75", Some("152")), @"✗ 75% 与文中“131件” ÷ 文中“152件”不符：131 ÷ 152 > 76% | 131 ÷ 152 > 76% | ProseShare");
}

#[test]
fn a_figure_of_another_year_is_what_a_change_compares_with() {
    let mut doc = Doc::default();
    doc.count("52", "件");
    let last = doc.count("40", "件");
    doc.at(last).claim.period = Period::Year(2014);
    let id = doc.change("25%", quantity("25", "%"), Direction::Up);
    doc.at(id).claim.of = Some(last);
    let sentence = doc.at(last).claim.sentence;
    for claim in 0..3 {
        doc.at(claim).claim.sentence = sentence;
    }
    assert_snapshot!(doc.verdict(id), @"✗ 25% 与文中“52件”，上年文中“40件”不符：(52 − 40) ÷ 40 = 30% ≠ 25% | (52 − 40) ÷ 40 = 30% ≠ 25% | ProseChange");
}
