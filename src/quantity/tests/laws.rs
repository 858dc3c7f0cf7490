//! Laws for any text.
use super::*;
use proptest::prelude::*;

/// Spells a number in Chinese, the long way.
fn spell(n: u64) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    fn below(n: u64) -> String {
        let mut text = String::new();
        let mut zero = false;
        for (power, unit) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let digit = n / power % 10;
            if digit == 0 {
                zero = !text.is_empty();
            } else {
                if zero {
                    text.push('零');
                }
                zero = false;
                text.push(DIGITS[usize::try_from(digit).unwrap()]);
                text += unit;
            }
        }
        text
    }
    let (high, middle, low) = (n / 100_000_000, n / 10_000 % 10_000, n % 10_000);
    let mut text = String::new();
    if high > 0 {
        text = below(high) + "亿";
    }
    for (part, unit) in [(middle, "万"), (low, "")] {
        if part > 0 {
            if !text.is_empty() && part < 1000 {
                text.push('零');
            }
            text += &(below(part) + unit);
        }
    }
    text
}

#[test]
fn the_speller_spells() {
    assert_eq!(spell(1_234_000), "一百二十三万四千");
    assert_eq!(spell(100_000_005), "一亿零五");
    assert_eq!(spell(10), "一十");
}

fn check(text: &str) {
    check_with(text, lexicon());
}

fn check_with(text: &str, lexicon: &Lexicon) {
    let marks = scan(text, lexicon);
    let mut last = 0;
    for mark in &marks {
        assert!(text.get(mark.range.clone()).is_some_and(|t| !t.is_empty()), "{text:?}: {mark:?} off a border");
        assert!(last <= mark.range.start, "{text:?}: overlap at {mark:?}");
        last = mark.range.end;
        if let What::Quantity(q) | What::Bare(q) = &mark.what {
            let low = q.narrow.low.is_none_or(|n| q.wide.low.is_none_or(|w| w.value <= n.value));
            let high = q.narrow.high.is_none_or(|n| q.wide.high.is_none_or(|w| w.value >= n.value));
            assert!(low && high, "{text:?}: narrow {} outside wide {}", q.narrow, q.wide);
        }
    }
    let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let mut run: Option<usize> = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (digit(c), run) {
            (true, None) => run = Some(at),
            (false, Some(start)) => {
                let holds = |m: &&Mark| m.range.start <= start && at <= m.range.end;
                assert_eq!(marks.iter().filter(holds).count(), 1, "{text:?}: digits {start}..{at} in {marks:?}");
                run = None;
            }
            _ => {}
        }
    }
}

/// Pieces that meet in reports, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[0-9]{1,5}",
        "[0-9]{6,20}",
        "[０-９]{1,4}",
        "[一二三四五六七八九十百千万亿零〇两半几数]{1,4}",
        "(三分之二|一半|过半|近|约|超过|不足|至少|上|过|余|多|来|几|以上|左右|\\+|成|倍|分之|百分之)",
        "(件|条|人次|个|元|万元|年|月|日|号|期|%|点|时|天|岁|版|第|前|首位|翻|番|个百分点|个工作日)",
        "[-—/.,:、。;()（）〔〕\\[\\] 至到~·×+]",
        "[a-zA-Z@]{1,3}",
        "(电话|邮编|热线|收到申请|统一|http://|www\\.)",
    ];
    prop::collection::vec(piece, 0..14).prop_map(|v| v.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

    #[test]
    fn each_digit_run_lies_in_one_mark(text in pieces()) {
        check(&text);
    }

    #[test]
    fn digits_are_accounted_for_without_any_word(text in pieces()) {
        check_with(&text, &Lexicon::default());
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,40}") {
        check(&text);
        let _ = cell(&text, lexicon());
    }

    #[test]
    fn a_spelt_number_is_its_number(n in 2u64..999_999_999_999) {
        let text = format!("{}件", spell(n));
        let marks = scan(&text, lexicon());
        let [Mark { what: What::Quantity(q), range }] = marks.as_slice() else { panic!("{text}: {marks:?}") };
        prop_assert_eq!(q.value, Number::from(n));
        prop_assert_eq!(range.clone(), 0..text.len());
    }

    #[test]
    fn a_printed_number_is_its_number(n in 0u64..1_000_000_000, scale in 0u32..3) {
        let value = Number::try_from_i128_with_scale(i128::from(n), scale).unwrap();
        let text = format!("收到{value}件。");
        let marks = scan(&text, lexicon());
        let [Mark { what: What::Quantity(q), .. }] = marks.as_slice() else { panic!("{text}: {marks:?}") };
        prop_assert_eq!(q.value, value);
        prop_assert!(q.narrow.contains(value) && q.wide.contains(value));
    }

    #[test]
    fn a_cell_keeps_its_number(n in -1_000_000i64..1_000_000) {
        prop_assert_eq!(cell(&n.to_string(), lexicon()), CellValue::Number { value: n.into(), unit: None });
    }
}

#[test]
fn a_long_text_takes_time_in_proportion() {
    for piece in [
        "1/", "1、", "a.", "一", "近", "2017年", "1 ", "(", "电话", "1,", "〔2017", "零", "千", "数", "9·", "a1-",
        "1转",
    ] {
        let text = piece.repeat(60_000 / piece.len());
        let started = std::time::Instant::now();
        check_len(&text);
        let spent = started.elapsed();
        assert!(spent.as_secs() < 10, "{piece:?} takes {spent:?}");
    }
}

fn check_len(text: &str) {
    assert!(scan(text, lexicon()).len() <= text.len());
}
