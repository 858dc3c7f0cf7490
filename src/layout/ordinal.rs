//! The numbering a line begins with: `一、`, `（一）`, `1.`, `(1)`, `第一部分`.

use nom::{
    IResult, Parser,
    branch::alt,
    bytes::complete::{tag, take_while_m_n},
    character::complete::one_of,
    combinator::{not, opt, peek},
    sequence::{delimited, preceded, terminated},
};

/// A numbering and what follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ordinal<'t> {
    /// Depth by the usual order: 1 for `一、`, 2 for `（一）`, 3 for `1.`, 4 for `(1)`.
    pub level: u8,
    /// The words after it.
    pub rest: &'t str,
}

/// A digit of the Chinese numerals.
pub(super) fn is_numeral(c: char) -> bool {
    matches!(c, '〇' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百')
}

/// The numbering of `text`, if it begins with one.
pub(super) fn ordinal(text: &str) -> Option<Ordinal<'_>> {
    let first = text.chars().next()?;
    if !(is_numeral(first) || first.is_ascii_digit() || matches!(first, '第' | '（' | '(' | '①'..='⑳')) {
        return None;
    }
    let (rest, level) = numbering(text).ok()?;
    Some(Ordinal { level, rest: rest.trim_start() })
}

/// The number of a chapter `text` begins with: 7 of `七、收取的费用`.
pub(super) fn chapter(text: &str) -> Option<u32> {
    let (rest, numerals) = terminated(chinese, one_of("、．.,，")).parse(text).ok()?;
    let digit = |c: char| "〇一二三四五六七八九".chars().position(|d| d == c).and_then(|n| u32::try_from(n).ok());
    let mut number = 0;
    for c in numerals.chars() {
        number = match (c, digit(c)) {
            ('十', _) => number.max(1) * 10,
            (_, Some(digit)) => number + digit,
            _ => return None,
        };
    }
    (!rest.is_empty()).then_some(number)
}

/// The heading that a paragraph begins with and runs on from: `（二）依申请公开。全年…`, `一是抓好培训。…`; its words without the
/// numbering.
pub(crate) fn run_in(paragraph: &str) -> Option<&str> {
    // A numbering, the longest heading and its mark: no more is looked at.
    let head = paragraph.char_indices().nth(LONGEST_RUN_IN + 12).map_or(paragraph, |(at, _)| &paragraph[..at]);
    let point = || {
        let (numeral, rest) = head.split_once('是')?;
        (!numeral.is_empty() && numeral.chars().count() <= 2 && numeral.chars().all(is_numeral)).then_some(rest)
    };
    let rest = ordinal(head).map(|ordinal| ordinal.rest).or_else(point)?;
    let words = rest.get(..rest.find(['。', '：', ':'])?)?;
    let fits = (2..=LONGEST_RUN_IN).contains(&words.chars().count())
        && !words.contains(|c: char| c.is_ascii_digit() || matches!(c, '，' | ',' | '；' | ';'));
    fits.then_some(words)
}

/// Most characters of a heading that a paragraph runs on from.
const LONGEST_RUN_IN: usize = 24;

fn chinese(input: &str) -> IResult<&str, &str> {
    take_while_m_n(1, 4, is_numeral).parse(input)
}

fn arabic(input: &str) -> IResult<&str, &str> {
    take_while_m_n(1, 2, |c: char| c.is_ascii_digit()).parse(input)
}

fn numbering(input: &str) -> IResult<&str, u8> {
    let open = || one_of("（(");
    let close = || one_of("）)");
    let digit = || take_while_m_n(1, 1, |c: char| c.is_ascii_digit());
    alt((
        delimited(open(), chinese, close()).map(|_| 2),
        delimited(open(), arabic, close()).map(|_| 4),
        delimited(tag("第"), alt((chinese, arabic)), alt((tag("部分"), tag("章")))).map(|_| 1),
        terminated(chinese, one_of("、．.,，")).map(|_| 1),
        (arabic, preceded(one_of(".．"), arabic), opt(one_of(".．、")), peek(not(digit()))).map(|_| 3),
        terminated(arabic, (one_of(".．、"), peek(not(digit())))).map(|_| 3),
        terminated(arabic, (one_of(".．、"), peek(take_while_m_n(4, 4, |c: char| c.is_ascii_digit())))).map(|_| 3),
        one_of("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳").map(|_| 4),
    ))
    .parse(input)
}

#[cfg(test)]
mod tests {
    use super::{chapter, ordinal, run_in};

    #[test]
    fn chapters_have_numbers() {
        for (text, number) in [
            ("七、收取的费用", Some(7)),
            ("十、其他", Some(10)),
            ("十二．其他", Some(12)),
            ("二十一、其他", Some(21)),
            ("一、", None),
            ("（一）总量", None),
            ("一是公开", None),
            ("1.总量", None),
        ] {
            assert_eq!(chapter(text), number, "{text}");
        }
    }

    #[test]
    fn headings_that_run_on() {
        for (paragraph, heading) in [
            ("（二）依申请公开。全年收到申请3件。", "依申请公开"),
            ("3、规范性文件：制发3件。", "规范性文件"),
            ("一是抓好培训。开展培训2次。", "抓好培训"),
        ] {
            assert_eq!(run_in(paragraph), Some(heading), "{paragraph}");
        }
        for paragraph in ["（二）全年收到申请3件。其中…", "全年公开。", "（一）收到申请，均已答复。", "这是公开。"]
        {
            assert_eq!(run_in(paragraph), None, "{paragraph}");
        }
    }

    #[test]
    fn numberings() {
        let say = |text| ordinal(text).map_or("none".to_string(), |o| format!("{} {}", o.level, o.rest));
        for (text, reads) in [
            ("一、概述", "1 概述"),
            ("十二、其他", "1 其他"),
            ("第三部分 打算", "1 打算"),
            ("（一）总量", "2 总量"),
            ("(十)总量", "2 总量"),
            ("1.当面", "3 当面"),
            ("1、当面", "3 当面"),
            ("2.1 综合窗口", "3 综合窗口"),
            ("1.2018年打算", "3 2018年打算"),
            ("(3)其他", "4 其他"),
            ("①其他", "4 其他"),
            ("一是加强领导", "none"),
            ("第二十条第(一)项", "none"),
            ("12件", "none"),
            ("三大保卫战", "none"),
        ] {
            assert_eq!(say(text), reads, "{text}");
        }
    }
}
