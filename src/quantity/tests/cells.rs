//! Table cells, and what the lexicon refuses.
use super::*;

fn show(text: &str) -> String {
    match cell(text, lexicon()) {
        CellValue::Number { value, unit: None } => value.to_string(),
        CellValue::Number { value, unit: Some(unit) } => format!("{value} {unit}"),
        CellValue::Blank => "blank".into(),
        CellValue::Dash => "dash".into(),
        CellValue::Unreadable { proposed: None } => "unreadable".into(),
        CellValue::Unreadable { proposed: Some(value) } => format!("unreadable, perhaps {value}"),
        CellValue::Inexact { unit } => format!("inexact {}", unit.unwrap_or_default()),
        CellValue::Words => "words".into(),
    }
}

#[test]
fn cells() {
    for (text, expected) in [
        ("2720", "2720"),
        ("1,246", "1246"),
        ("１２", "12"),
        (" 12 ", "12"),
        ("　12", "12"),
        ("-8", "-8"),
        ("－8", "-8"),
        ("+3", "3"),
        ("减2", "-2"),
        ("增3", "3"),
        ("0.00", "0.00"),
        ("160.5964万元", "160.5964 万元"),
        ("251000元", "251000 元"),
        ("12件", "12 件"),
        ("3万件", "3 万件"),
        ("2万个", "20000 个"),
        ("95.5%", "95.5 %"),
        ("2.1", "2.1"),
        ("1 246", "1246"),
        ("12 (件)", "12 件"),
        ("件 12", "12 件"),
        ("1，246", "1246"),
        ("１，２４６", "1246"),
        ("增5", "5"),
        ("12.3456", "12.3456"),
        ("0.00", "0.00"),
        ("3 %", "3 %"),
        ("１O", "unreadable, perhaps 10"),
        ("０l", "unreadable, perhaps 1"),
        ("一2", "unreadable, perhaps 12"),
        ("1O件", "unreadable, perhaps 10"),
        ("l.5万元", "unreadable, perhaps 1.5"),
        ("一2件", "unreadable, perhaps 12"),
        ("N/A", "dash"),
        ("n/a", "dash"),
        ("*", "dash"),
        ("———", "dash"),
        // approximations: no exact figure, and not zero
        ("400余条", "inexact 条"),
        ("约12", "inexact "),
        ("近3000", "inexact "),
        ("超过10件", "inexact 件"),
        ("12件左右", "inexact 件"),
        ("１00余 次", "inexact 次"),
        ("10件以上", "words"),
        ("近3年", "words"),
        ("约12件（含结转）", "words"),
        ("约请12家单位", "words"),
        // two numbers, half a number
        ("1 2", "words"),
        ("1,24", "words"),
        ("二2条", "words"),
        ("O件", "words"),
        ("▲3", "words"),
        ("件12", "12 件"),
        ("万元：3.50", "3.50 万元"),
        ("件 12 5", "words"),
        ("年 12", "words"),
        ("", "blank"),
        ("  ", "blank"),
        ("\u{3000}", "blank"),
        ("-", "dash"),
        ("—", "dash"),
        ("——", "dash"),
        ("/", "dash"),
        ("\\", "dash"),
        ("无", "dash"),
        ("#REF!", "unreadable"),
        ("#VALUE!", "unreadable"),
        ("#DIV/0!", "unreadable"),
        ("#N/A", "unreadable"),
        ("1O", "unreadable, perhaps 10"),
        ("l2", "unreadable, perhaps 12"),
        ("？？", "unreadable"),
        ("\u{fffd}", "unreadable"),
        ("1\u{fffd}2", "unreadable"),
        ("件", "words"),
        ("单位", "words"),
        ("2017年", "words"),
        ("1.当面申请数", "words"),
        ("一、主动公开情况", "words"),
        ("一", "words"),
        ("计1条", "words"),
        ("XX", "words"),
        ("2017年12月", "words"),
        ("0999-5550118", "words"),
        ("12345678901234567890123", "words"),
        ("(一)", "words"),
        ("其他", "words"),
        ("O", "words"),
    ] {
        assert_eq!(show(text), expected, "cell {text:?}");
    }
}

fn spec(name: &str, factor: Option<&str>, spellings: &[&str]) -> UnitSpec {
    UnitSpec {
        name: name.into(),
        family: "f".into(),
        class: UnitClass::Count,
        factor: factor.map(Into::into),
        spellings: spellings.iter().map(ToString::to_string).collect(),
        not_before: String::new(),
    }
}

#[test]
fn a_lexicon_is_checked() {
    let error = |units| Lexicon::new(units, Words::default()).unwrap_err().to_string();
    assert_eq!(error(vec![spec("件", None, &[]), spec("起", None, &["件"])]), "`件` is spelled by both `件` and `起`");
    assert_eq!(error(vec![spec("件", Some("0"), &[])]), "unit `件`: factor `0` is no positive decimal");
    assert_eq!(error(vec![spec("件", Some("x"), &[])]), "unit `件`: factor `x` is no positive decimal");
    assert_eq!(error(vec![spec("件", None, &[""])]), "unit `件` has an empty spelling");
    assert!(Lexicon::new(vec![spec("件", Some("0.1"), &["案件"])], Words::default()).is_ok());
}

#[test]
fn the_longest_unit_wins_unless_the_next_letter_makes_another_word() {
    let at = |text: &str| lexicon().unit_at(text).map(|(u, _)| u.name.clone());
    assert_eq!(at("人次参加").as_deref(), Some("人次"));
    assert_eq!(at("个工作日内").as_deref(), Some("个工作日"));
    assert_eq!(at("部门"), None);
    assert_eq!(at("％").as_deref(), Some("%"));
}
