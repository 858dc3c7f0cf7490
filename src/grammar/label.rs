//! Labels of rows: their numbering, what of them is the name, and the unit they state in brackets.

use crate::{quantity::Lexicon, text::fold};

/// Words that say "of these": what follows is a part of the row above.
const OF_WHICH: &str = "其中";
/// The word that introduces a unit (`单位：万元`).
const UNIT_WORD: &str = "单位";
/// Numbers of headings stay below this, so `2.2017年` is item 2 of a year and not section 2.2017.
const MOST: u32 = 99;

/// The number before a label, by its style; the styles nest in this order in official Chinese.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Numbering {
    /// `一、`, also damaged to `—、`
    Chapter(u32),
    /// `（一）`
    Section(u32),
    /// `1.`, `1、`
    Item(u32),
    /// `(1)`, `①`
    SubItem(u32),
    /// `3.1`
    Dotted(Vec<u32>),
}

/// The number a label begins with (`（二）申请办结数`: section 2); `None` where it has none. Reads past a leading 其中.
pub fn numbering(label: &str) -> Option<Numbering> {
    let chars = prepare(label);
    let start = skip_of_which(&chars, 0);
    read_numbering(&chars, start).map(|(n, _)| n)
}

/// Whether a label says that its row is a part of the row above: `其中：主动公开规范性文件数`.
pub fn is_of_which(label: &str) -> bool {
    let chars = prepare(label);
    let start = read_numbering(&chars, 0).map_or(0, |(_, end)| end);
    skip_of_which(&chars, start) > start
}

/// The unit a label states: `（件）`, `(条;不同渠道…计1条)`, `(单位：万元)`, `金额 单位：万元`; as the lexicon spells it.
pub fn stated_unit(label: &str, lexicon: &Lexicon) -> Option<String> {
    stated(label, |word| lexicon.unit(word).map(|u| u.name.clone()))
}

fn stated(label: &str, unit: impl Fn(&str) -> Option<String>) -> Option<String> {
    let chars = prepare(label);
    let text: String = chars.iter().collect();
    let mut notes: Vec<String> = brackets(&chars, 0)
        .into_iter()
        .filter_map(|(open, close)| chars.get(open + 1..close).map(|c| c.iter().collect()))
        .collect();
    if let Some((_, after)) = text.rsplit_once(UNIT_WORD)
        && after.starts_with(':')
    {
        notes.push(after.to_owned());
    }
    notes.iter().rev().find_map(|note| {
        let note = note.trim_start_matches(UNIT_WORD).trim_start_matches(':');
        unit(note).or_else(|| note.split([';', ',', '、', '。', ')']).next().and_then(&unit))
    })
}

/// See [`super::Form::reduce`].
pub(super) fn reduce(label: &str) -> String {
    let chars = prepare(label);
    let mut start = 0;
    // 其中 and the number come in either order, and a chapter's number may be followed by an item's.
    for _ in 0..4 {
        let next = read_numbering(&chars, start).map_or(start, |(_, end)| end);
        let next = skip_of_which(&chars, next);
        if next == start {
            break;
        }
        start = next;
    }
    let reduced = without_notes(&chars, start, false);
    if !reduced.is_empty() {
        return reduced;
    }
    // Nothing but a note: then the note is the name.
    let inner = match chars.as_slice() {
        ['(', inner @ .., ')'] if brackets(&chars, 0).len() == 1 => inner,
        all => all,
    };
    inner.iter().collect()
}

/// What two labels are compared by: a reduced label without quotes and punctuation, which scrapes drop or exchange,
/// without the 数 or 数量 at its end, and with one spelling of 其他.
pub(super) fn bare(reduced: &str) -> String {
    let mut bare: String = reduced
        .chars()
        .filter(|&c| c == '(' || c == ')' || !is_mark(c))
        .map(|c| if c == '它' { '他' } else { c })
        .collect();
    let name = bare.strip_suffix('量').and_then(|b| b.strip_suffix('数')).or_else(|| bare.strip_suffix('数'));
    if let Some(name) = name
        && name.chars().nth(1).is_some()
    {
        bare.truncate(name.len());
    }
    bare
}

/// [`bare`] without any bracket at all; `None` where that is no shorter or nothing.
pub(super) fn barest(reduced: &str) -> Option<String> {
    let chars = prepare(reduced);
    let shorter = bare(&without_notes(&chars, 0, true));
    (!shorter.is_empty() && shorter.len() < reduced.len()).then_some(shorter)
}

fn is_mark(c: char) -> bool {
    c.is_ascii_punctuation()
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{301f}' | '·' | '\u{ff00}'..='\u{ff0f}')
}

/// Folded characters without spaces and markdown emphasis. Circled numbers are spelt out before folding makes them bare
/// digits.
fn prepare(label: &str) -> Vec<char> {
    let mut chars = Vec::with_capacity(label.len() / 3 + 8);
    let circled = label.trim_start().chars().next().and_then(|c| (c as u32).checked_sub(0x2460)).filter(|&n| n < 20);
    let label = match circled {
        Some(n) => {
            chars.push('(');
            chars.extend((n + 1).to_string().chars());
            chars.push(')');
            label.trim_start().get('①'.len_utf8()..).unwrap_or("")
        }
        None => label,
    };
    for c in fold(label.trim_start().trim_start_matches('#')).chars() {
        let c = match c {
            c if c.is_whitespace() || matches!(c, '*' | '\\' | '\u{a0}' | '\u{200b}'..='\u{200f}' | '\u{feff}') => {
                continue;
            }
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '〔' | '【' | '[' | '﹝' => '(',
            '〕' | '】' | ']' | '﹞' => ')',
            c => c,
        };
        chars.push(c);
    }
    chars
}

/// The number at `start` and where it ends.
fn read_numbering(chars: &[char], start: usize) -> Option<(Numbering, usize)> {
    let at = |i: usize| chars.get(i).copied();
    let open = at(start) == Some('(');
    let from = start + usize::from(open);
    let close = |i: usize| at(i) == Some(')');
    if let Some((n, end)) = chinese(chars, from) {
        // A lost opening bracket is common; a number word with nothing after it is part of the name.
        if close(end) {
            let end = end + usize::from(matches!(at(end + 1), Some('、' | '.')));
            return Some((Numbering::Section(n), end + 1));
        }
        return match at(end)? {
            '、' | '.' | ',' | '，' if !open => Some((Numbering::Chapter(n), end + 1)),
            _ => None,
        };
    }
    // 一、 is often damaged to a dash.
    if !open && matches!(at(start), Some('-' | '—' | '─' | '－' | '–' | '━' | 'ー')) && at(start + 1) == Some('、')
    {
        return Some((Numbering::Chapter(1), start + 2));
    }
    let (first, mut end) = digits(chars, from)?;
    if close(end) {
        let end = end + usize::from(matches!(at(end + 1), Some('、' | '.')));
        return Some((Numbering::SubItem(first), end + 1));
    }
    if open {
        return None;
    }
    let mut numbers = vec![first];
    while at(end) == Some('.')
        && let Some((n, next)) = digits(chars, end + 1)
    {
        numbers.push(n);
        end = next;
    }
    match at(end) {
        Some('.' | '、') if numbers.len() == 1 => Some((Numbering::Item(first), end + 1)),
        Some(c) if numbers.len() > 1 => Some((Numbering::Dotted(numbers), end + usize::from(matches!(c, '.' | '、')))),
        _ => None,
    }
}

/// One or two digits at `start` that no further digit follows.
fn digits(chars: &[char], start: usize) -> Option<(u32, usize)> {
    let mut value = 0u32;
    let mut end = start;
    while let Some(d) = chars.get(end).and_then(|c| c.to_digit(10)) {
        value = value * 10 + d;
        end += 1;
        if value > MOST {
            return None;
        }
    }
    (end > start).then_some((value, end))
}

/// A Chinese number up to 99 at `start`.
fn chinese(chars: &[char], start: usize) -> Option<(u32, usize)> {
    let digit = |c: char| "一二三四五六七八九".chars().position(|d| d == c).and_then(|i| u32::try_from(i + 1).ok());
    let tens = chars.get(start).copied().and_then(digit);
    let ten_at = start + usize::from(tens.is_some());
    if chars.get(ten_at) == Some(&'十') {
        let ones = chars.get(ten_at + 1).copied().and_then(digit);
        let end = ten_at + 1 + usize::from(ones.is_some());
        return Some((tens.unwrap_or(1) * 10 + ones.unwrap_or(0), end));
    }
    tens.map(|n| (n, ten_at))
}

/// Where the label goes on after 其中 and its colon; `start` where there is none or nothing follows.
fn skip_of_which(chars: &[char], start: usize) -> usize {
    let bracket = usize::from(chars.get(start) == Some(&'('));
    let mut end = start + bracket;
    for c in OF_WHICH.chars() {
        if chars.get(end) != Some(&c) {
            return start;
        }
        end += 1;
    }
    end += bracket;
    while matches!(chars.get(end), Some(':' | '：' | ',' | '，' | '、')) {
        end += 1;
    }
    if end < chars.len() { end } else { start }
}

/// Outermost brackets from `start` on, as positions of the opening and the closing one; one that never closes reaches the
/// end.
fn brackets(chars: &[char], start: usize) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut depth = 0usize;
    let mut open = start;
    for (i, &c) in chars.iter().enumerate().skip(start) {
        match c {
            '(' => {
                if depth == 0 {
                    open = i;
                }
                depth += 1;
            }
            ')' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    found.push((open, i));
                }
            }
            _ => {}
        }
    }
    if depth > 0 {
        found.push((open, chars.len()));
    }
    found
}

/// The label from `start` on without bracketed notes, trailing colons and dashes; with `all`, without any bracket.
fn without_notes(chars: &[char], start: usize, all: bool) -> String {
    let mut kept = String::with_capacity((chars.len() - start.min(chars.len())) * 3);
    let mut from = start;
    for (open, close) in brackets(chars, start) {
        kept.extend(chars.get(from..open).unwrap_or(&[]));
        let inner = chars.get(open + 1..close).unwrap_or(&[]);
        if !all && is_content(inner) {
            kept.push('(');
            kept.extend(inner);
            kept.push(')');
        }
        from = close + 1;
    }
    kept.extend(chars.get(from..).unwrap_or(&[]));
    let end = kept.trim_end_matches([':', '：', ';', '；', ',', '，', '。', '、']).len();
    kept.truncate(end);
    kept
}

/// Whether what stands in brackets belongs to the name: a bare number (`第二十条第（一）项`) or a word of two characters
/// (`复制费（光盘）`) that is no unit of money or frequency. Longer ones explain, single characters are units.
fn is_content(inner: &[char]) -> bool {
    if inner.is_empty() {
        return false;
    }
    if chinese(inner, 0).is_some_and(|(_, end)| end == inner.len()) || inner.iter().all(char::is_ascii_digit) {
        return inner.len() <= 3;
    }
    let unit =
        inner.last().is_some_and(|c| matches!(c, '元' | '次' | '人' | '件' | '条' | '天' | '日' | '年' | '米' | '项'));
    let note = OF_WHICH.chars().eq(inner.iter().copied());
    inner.len() == 2 && inner.iter().all(|c| c.is_alphabetic() && !c.is_ascii()) && !unit && !note
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reduced_labels() {
        for (label, reduced) in [
            ("（一）收到申请数", "收到申请数"),
            ("(一)收到申请数", "收到申请数"),
            ("(一)、收到申请数", "收到申请数"),
            ("一)收到申请数", "收到申请数"),
            ("三、依申请公开情况", "依申请公开情况"),
            ("十二、其他", "其他"),
            ("—、本年新收政府信息公开申请数量", "本年新收政府信息公开申请数量"),
            ("1.当面申请数", "当面申请数"),
            ("１．当面申请数", "当面申请数"),
            ("1、当面申请数", "当面申请数"),
            ("1 . 当面申请数", "当面申请数"),
            ("(1)当面申请数", "当面申请数"),
            ("①当面申请数", "当面申请数"),
            ("3.1 节约资金", "节约资金"),
            ("3.1.2、节约资金", "节约资金"),
            ("1.2017年收到数", "2017年收到数"),
            ("2017年收到数", "2017年收到数"),
            ("三审三校次数", "三审三校次数"),
            ("一般公共预算", "一般公共预算"),
            ("其中：主动公开规范性文件数", "主动公开规范性文件数"),
            ("其中主动公开规范性文件数", "主动公开规范性文件数"),
            ("（其中）主动公开规范性文件数", "主动公开规范性文件数"),
            ("其中：1.当面申请数", "当面申请数"),
            ("1.其中：当面申请数", "当面申请数"),
            ("其中", "其中"),
            ("统 计　指 标", "统计指标"),
            ("**二、回应解读情况**", "回应解读情况"),
            ("（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "主动公开政府信息数"),
            ("（一）主动公开政府信息数（条；不同渠道和方式公开相同信息计1条", "主动公开政府信息数"),
            ("采购总金额(万元)", "采购总金额"),
            ("收到申请数〔件〕：", "收到申请数"),
            ("培训（含以会代训）人次", "培训人次"),
            ("不是《条例》所指政府信息", "不是《条例》所指政府信息"),
            ("危及“三安全一稳定”", "危及“三安全一稳定”"),
            // brackets that are content
            ("第二十条第（一）项", "第二十条第(一)项"),
            ("复制费（光盘）", "复制费(光盘)"),
            // nothing but brackets
            ("（件）", "件"),
            ("（本列数据的勾稽关系为：第一项）", "本列数据的勾稽关系为:第一项"),
            ("()", ""),
            ("## 三、依申请公开情况", "依申请公开情况"),
            ("", ""),
        ] {
            assert_eq!(reduce(label), reduced, "{label}");
        }
    }

    #[test]
    fn numbers_before_labels() {
        use Numbering::{Chapter, Dotted, Item, Section, SubItem};
        for (label, number) in [
            ("一、主动公开情况", Some(Chapter(1))),
            ("二十一、其他", Some(Chapter(21))),
            ("十、其他", Some(Chapter(10))),
            ("—、主动公开情况", Some(Chapter(1))),
            ("（二）申请办结数", Some(Section(2))),
            ("三)申请答复数", Some(Section(3))),
            ("4．信函申请数", Some(Item(4))),
            ("其中：2.传真申请数", Some(Item(2))),
            ("(3)网络", Some(SubItem(3))),
            ("③网络", Some(SubItem(3))),
            ("2.1 工程建设项目", Some(Dotted(vec![2, 1]))),
            ("**3.1.2** 其他", Some(Dotted(vec![3, 1, 2]))),
            ("1.2017年收到数", Some(Item(1))),
            // a number, but of the name
            ("2017年收到数", None),
            ("12345热线受理数", None),
            ("一般公共预算", None),
            ("三公经费", None),
            ("收到申请数", None),
            ("12", None),
            ("", None),
        ] {
            assert_eq!(numbering(label), number, "{label}");
        }
    }

    #[test]
    fn of_which() {
        for label in ["其中：涉及国家秘密", "其 中 涉及国家秘密", "1.其中:当面申请数", "（其中）当面申请数"]
        {
            assert!(is_of_which(label), "{label}");
        }
        for label in ["涉及国家秘密", "其中", "其他情形数", "尤其中小学", ""] {
            assert!(!is_of_which(label), "{label}");
        }
    }

    #[test]
    fn units_stated_by_labels() {
        let unit = |word: &str| ["件", "条", "次", "万元", "人次"].contains(&word).then(|| word.to_owned());
        for (label, expected) in [
            ("收到申请数（件）", Some("件")),
            ("(一)主动公开政府信息数(条;不同渠道和方式公开相同信息计1条)", Some("条")),
            ("主动公开政府信息数（不同渠道和方式公开相同信息计1条）（条）", Some("条")),
            ("本年收费金额（单位：万元）", Some("万元")),
            ("采购总金额(万元)", Some("万元")),
            ("采购总金额 单位：万元", Some("万元")),
            ("参训人员[人次]", Some("人次")),
            ("（一）收到申请数", None),
            ("部分公开（区分处理的，只计这一情形）", None),
            ("填报单位（盖章）", None),
            ("件", None),
        ] {
            assert_eq!(stated(label, unit).as_deref(), expected, "{label}");
        }
    }

    proptest! {
        /// Any text is reduced without a panic, and a reduced name has no space.
        #[test]
        fn reduces_anything(label in "\\PC*") {
            prop_assert!(!reduce(&label).contains(char::is_whitespace));
            numbering(&label);
            is_of_which(&label);
        }
        /// Numbering and spaces never change what a label reduces to.
        #[test]
        fn numbering_is_no_part_of_the_name(n in 1u32..99, name in "[收到申请办结答复数量]{2,8}") {
            prop_assert_eq!(reduce(&format!("{n}.{name}")), name.clone());
            prop_assert_eq!(reduce(&format!("({n}) {name}")), name.clone());
            prop_assert_eq!(reduce(&format!("其中：{n}、{name}（件）")), name);
        }
    }
}
