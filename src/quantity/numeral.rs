//! Numerals alone: Arabic, Chinese and mixed, without approximation and unit.

use super::Number;
use nom::{
    IResult, Parser,
    bytes::complete::{take_while_m_n, take_while1},
    character::complete::char,
    combinator::{opt, recognize, verify},
    multi::many1_count,
    sequence::preceded,
};
use std::str::FromStr;

/// More significant digits than this are no figure of a report.
pub(super) const MAX_DIGITS: usize = 18;
/// More characters than this are no Chinese numeral.
const MAX_CHINESE: usize = 40;

/// A numeral as read.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Numeral {
    /// Its number; of a pair (`三四百`) or a vague one (`数十`) the lower.
    pub value: Number,
    /// The upper of a pair or vague one; else the same.
    pub upper: Number,
    /// One unit in the last printed place.
    pub step: Number,
    /// Whether only a multiplier was printed (`百`, `万`): a number only beside an approximating word.
    pub bare: bool,
    /// The final 万 or 亿, for money.
    pub tail: Option<char>,
    /// The vague characters as printed: `数`, `几`, `三四`.
    pub vague: Option<String>,
    /// Whether it was printed with a decimal point.
    pub decimal: bool,
    /// Whether it has no Arabic digit.
    pub chinese: bool,
    /// Whether a whole number is printed without 万 or 亿, or with all its places: it stands for itself.
    pub exact: bool,
    /// Bytes read.
    pub len: usize,
}

/// What became of the attempt.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Read {
    /// A number.
    Number(Numeral),
    /// Digits beyond what is a figure; bytes read.
    TooLong(usize),
}

/// Reads the longest numeral at the start of `text`. `unit_follows` says whether what follows a multiplier is a unit that
/// swallows it (`5千米`).
pub(super) fn numeral(text: &str, swallows: &dyn Fn(&str) -> bool) -> Option<Read> {
    match text.chars().next()? {
        c if c.is_ascii_digit() => Some(arabic(text, swallows)),
        c if is_numeral(c) || is_vague(c) => chinese(text, swallows),
        _ => None,
    }
}

/// One digit of a Chinese numeral.
pub(super) fn chinese_digit(c: char) -> Option<u32> {
    Some(match c {
        '零' | '〇' | '○' | '◯' => 0,
        '一' | '壹' | '弌' => 1,
        '二' | '两' | '贰' | '貳' | '兩' => 2,
        '三' | '叁' | '參' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// Whether `c` is written in Chinese numerals.
pub(super) fn is_numeral(c: char) -> bool {
    chinese_digit(c).is_some() || multiplier(c).is_some() || matches!(c, '廿' | '卅')
}

/// Whether `c` stands for some digit: 数十, 几百.
pub(super) fn is_vague(c: char) -> bool {
    matches!(c, '数' | '几' | '數' | '幾')
}

/// 十 to 亿 as powers of ten.
pub(super) fn multiplier(c: char) -> Option<u32> {
    Some(match c {
        '十' | '拾' => 1,
        '百' | '佰' => 2,
        '千' | '仟' => 3,
        '万' | '萬' => 4,
        '亿' | '億' => 8,
        _ => return None,
    })
}

/// Ten to the power of `n`; `None` past 28.
pub(super) fn power(n: u32) -> Option<Number> {
    if n > 28 { None } else { Number::try_from_i128_with_scale(10i128.checked_pow(n)?, 0).ok() }
}

fn digits(input: &str) -> IResult<&str, &str> {
    take_while1(|c: char| c.is_ascii_digit()).parse(input)
}

fn three(input: &str) -> IResult<&str, &str> {
    verify(digits, |d: &str| d.len() == 3).parse(input)
}

/// `2,720`, `2 720`: groups of three.
fn grouped(separator: char) -> impl Fn(&str) -> IResult<&str, &str> {
    move |input| {
        recognize((
            verify(take_while_m_n(1, 3, |c: char| c.is_ascii_digit()), |d: &str| !d.starts_with('0')),
            many1_count(preceded(char(separator), three)),
        ))
        .parse(input)
    }
}

/// A plain Arabic number: its text without separators, what is printed, and the rest.
pub(super) fn plain(input: &str) -> IResult<&str, (String, &str)> {
    let whole = |input| match grouped(',')(input) {
        Ok(done) => Ok(done),
        Err(_) => match grouped(' ')(input) {
            Ok(done) => Ok(done),
            Err(_) => digits(input),
        },
    };
    let (rest, printed) = recognize((whole, opt((char('.'), digits)))).parse(input)?;
    Ok((rest, (printed.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect(), printed)))
}

/// The number of a plain Arabic text and one unit of its last place; `None` where it has too many digits.
pub(super) fn exact(digits: &str) -> Option<(Number, Number)> {
    let significant = digits.trim_start_matches(['0', '.']).chars().filter(char::is_ascii_digit).count();
    let scale = digits.split_once('.').map_or(0, |(_, fraction)| fraction.len());
    if significant > MAX_DIGITS || scale > MAX_DIGITS {
        return None;
    }
    let step = Number::try_from_i128_with_scale(1, u32::try_from(scale).ok()?).ok()?;
    Some((Number::from_str(digits).ok()?, step))
}

fn arabic(text: &str, swallows: &dyn Fn(&str) -> bool) -> Read {
    let Ok((mut rest, (number, printed))) = plain(text) else { return Read::TooLong(run(text)) };
    // A second point: an outline number or a version, not a decimal.
    let Some((value, step)) = exact(&number) else { return Read::TooLong(printed.len()) };
    let whole = !number.contains('.');
    let mut numeral = Numeral {
        value,
        upper: value,
        step,
        bare: false,
        tail: None,
        vague: None,
        decimal: !whole,
        chinese: false,
        exact: whole,
        len: printed.len(),
    };
    let Some((mut scale, used, tail)) = multipliers(rest, swallows) else { return Read::Number(numeral) };
    // 3亿5000万: each further part smaller than the one before.
    let too_long = |rest: &str| Read::TooLong(text.len() - rest.len());
    rest = rest.get(used..).unwrap_or("");
    let Some((mut total, mut step)) = times(value, scale).zip(times(step, scale)) else { return too_long(rest) };
    let mut last = tail;
    while let Ok((after, (number, _))) = plain(rest.trim_start_matches('零')) {
        let Some((value, place)) = exact(&number) else { break };
        let Some((next, used, tail)) = multipliers(after, swallows) else { break };
        let Some((value, place)) = times(value, next).zip(times(place, next)) else { break };
        if next >= scale || power(scale).is_none_or(|limit| value >= limit) {
            break;
        }
        let Some(sum) = total.checked_add(value) else { break };
        (total, step, scale, last) = (sum, place, next, tail);
        rest = after.get(used..).unwrap_or("");
    }
    numeral.exact = scale < 4 && whole;
    // 12万3456: the places below the last multiplier.
    if let Ok((after, (number, _))) = plain(rest)
        && let Some((value, place)) = exact(&number)
        && place == Number::ONE
        && power(scale).is_some_and(|limit| value < limit)
        && whole
        && let Some(sum) = total.checked_add(value)
    {
        (total, step, last) = (sum, Number::ONE, None);
        numeral.exact = true;
        rest = after;
    }
    numeral.value = total;
    numeral.upper = total;
    numeral.step = step;
    numeral.tail = last;
    numeral.len = text.len() - rest.len();
    Read::Number(numeral)
}

/// A power of ten, the bytes it was printed with, and its last character where that is 万 or 亿.
type Multipliers = (u32, usize, Option<char>);

/// Multipliers after Arabic digits: `万`, `千万`, `万亿`, a space before them allowed.
pub(super) fn multipliers(text: &str, swallows: &dyn Fn(&str) -> bool) -> Option<Multipliers> {
    let trimmed = text.trim_start_matches(' ');
    let spaces = text.len() - trimmed.len();
    if spaces > 1 {
        return None;
    }
    let (mut scale, mut used, mut tail) = (0u32, 0usize, None);
    for c in trimmed.chars().take(3) {
        let here = trimmed.get(used..).unwrap_or("");
        // 10w+: the letter stands for 万, alone.
        let letter = matches!(c, 'w' | 'W')
            && used == 0
            && !here.chars().nth(1).is_some_and(|next| next.is_ascii_alphanumeric());
        let c = if letter { '万' } else { c };
        let Some(power) = multiplier(c).filter(|p| *p >= 2 && !swallows(here)) else { break };
        scale += power;
        used += if letter { 1 } else { c.len_utf8() };
        tail = (power >= 4).then_some(c);
        if letter {
            break;
        }
    }
    (used > 0).then_some((scale, used + spaces, tail))
}

/// `value` times ten to the `scale`.
pub(super) fn times(value: Number, scale: u32) -> Option<Number> {
    value.checked_mul(power(scale)?)
}

/// Length of the digit run, with points and commas, at the start.
fn run(text: &str) -> usize {
    text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())
}

/// Two readings carried side by side: the lower and the upper of a pair, which are equal without one.
type Pair = (u128, u128);

fn add(a: Pair, b: Pair) -> Option<Pair> {
    Some((a.0.checked_add(b.0)?, a.1.checked_add(b.1)?))
}

fn scaled(a: Pair, power: u32) -> Option<Pair> {
    let factor = 10u128.checked_pow(power)?;
    Some((a.0.checked_mul(factor)?, a.1.checked_mul(factor)?))
}

/// A Chinese numeral being read.
#[derive(Default)]
struct Chinese {
    /// Parts closed by 亿 or 万亿.
    high: Pair,
    /// Part closed by 万.
    middle: Pair,
    /// Part below 万.
    section: Pair,
    /// A digit waiting for its multiplier.
    digit: Option<Pair>,
    /// Power of the last multiplier in this section; 0 after a 零.
    last: Option<u32>,
    /// Whether a 零 stood before the waiting digit.
    zero: bool,
    /// Power of ten of the last printed place.
    place: u32,
    /// Whether 万 or 亿 was printed.
    myriad: bool,
    /// Vague characters.
    vague: Option<String>,
}

impl Chinese {
    fn total(&self) -> Option<Pair> {
        let tail = self.digit.unwrap_or((0, 0));
        // 一百二, 三千五, 一万二: the digit stands for the next place down.
        let tail = match self.last {
            Some(power) if power >= 2 && !self.zero && self.digit.is_some() => scaled(tail, power - 1)?,
            _ => tail,
        };
        add(add(add(self.high, self.middle)?, self.section)?, tail)
    }
    fn multiply(&mut self, power: u32, c: char) -> Option<()> {
        if power < 4 {
            if self.last.is_some_and(|last| last != 0 && last <= power) {
                return None;
            }
            let coefficient = match self.digit.take() {
                Some(digit) => digit,
                None if power == 1 || (self.section == (0, 0) && self.last.is_none()) => (1, 1),
                None => return None,
            };
            if coefficient == (0, 0) {
                return None;
            }
            self.section = add(self.section, scaled(coefficient, power)?)?;
            self.place = power;
        } else {
            let below = add(self.section, self.digit.take().unwrap_or((0, 0)))?;
            let empty = below == (0, 0) && self.middle == (0, 0) && self.high == (0, 0);
            let below = if empty { (1, 1) } else { below };
            if power == 4 {
                if self.middle != (0, 0) || (below == (0, 0)) {
                    return None;
                }
                self.middle = scaled(below, 4)?;
                self.place = if self.section == (0, 0) || empty { 4 } else { self.place + 4 };
            } else {
                if self.high != (0, 0) && c == '亿' && below == (0, 0) && self.middle == (0, 0) {
                    self.high = scaled(self.high, 8)?;
                } else if self.high != (0, 0) {
                    return None;
                } else {
                    self.high = scaled(add(self.middle, below)?, 8)?;
                }
                self.middle = (0, 0);
                self.place = 8;
            }
            self.place = power;
            self.section = (0, 0);
            self.myriad = true;
        }
        self.last = Some(power);
        self.zero = false;
        Some(())
    }
}

fn chinese(text: &str, swallows: &dyn Fn(&str) -> bool) -> Option<Read> {
    if let Some(read) = positional(text) {
        return Some(read);
    }
    let mut state = Chinese::default();
    let mut len = 0;
    let mut tail = None;
    // 队伍方面: a formal digit alone is a word of its own.
    let formal =
        |c: char| matches!(c, '壹' | '贰' | '叁' | '參' | '肆' | '伍' | '陆' | '陸' | '柒' | '捌' | '玖' | '弌' | '貳');
    let bare = text.chars().next().and_then(multiplier).is_some_and(|power| power >= 2);
    for c in text.chars().take(MAX_CHINESE) {
        let here = text.get(len..).unwrap_or("");
        let next = here.chars().nth(1);
        if let Some(digit) = chinese_digit(c).map(u128::from) {
            match state.digit {
                Some((low, high)) if low == high => {
                    // 三四百, 十七八: a pair; 三五 is said for a few.
                    let pair = (low != 0 && digit == low + 1) || (low, digit) == (3, 5);
                    if !pair {
                        break;
                    }
                    state.digit = Some((low, digit));
                    let from = len.saturating_sub(c.len_utf8());
                    state.vague = text.get(from..len + c.len_utf8()).map(str::to_owned);
                }
                Some(_) => break,
                None if digit == 0 => {
                    if state.last.is_none() && len > 0 {
                        break;
                    }
                    if len == 0 {
                        state.digit = Some((0, 0));
                    } else if next.and_then(chinese_digit).is_none_or(|d| d == 0)
                        && next.and_then(multiplier) != Some(1)
                    {
                        break;
                    } else {
                        state.zero = true;
                    }
                }
                None => state.digit = Some((digit, digit)),
            }
        } else if let Some(tens) = match c {
            '廿' => Some(2),
            '卅' => Some(3),
            _ => None,
        } {
            if state.digit.is_some() || state.last == Some(1) {
                break;
            }
            state.section = add(state.section, (tens * 10, tens * 10))?;
            state.last = Some(1);
        } else if is_vague(c) {
            // 数十, 几千万; 十几 is left to the approximating words.
            if len > 0 || next.and_then(multiplier).is_none() {
                break;
            }
            state.digit = Some((2, 9));
            state.vague = Some(c.to_string());
        } else if let Some(power) = multiplier(c) {
            if swallows(here) || here.starts_with("百分之") || here.starts_with("千分之") || here.starts_with("万分之")
            {
                break;
            }
            if state.multiply(power, c).is_none() {
                break;
            }
            tail = (power >= 4).then_some(c);
            len += c.len_utf8();
            continue;
        } else {
            break;
        }
        tail = None;
        len += c.len_utf8();
    }
    if text.get(..len).is_some_and(|t| t.chars().count() == 1 && t.chars().all(formal)) {
        return None;
    }
    if len == 0 || (state.vague.is_some() && len <= '数'.len_utf8()) {
        return None;
    }
    let (low, high) = state.total()?;
    let shorthand = state.digit.is_some() && !state.zero;
    let place = match (state.digit, state.last) {
        (Some(_), Some(power)) if shorthand && power >= 2 => power - 1,
        (Some(_), _) => 0,
        _ => state.place,
    };
    let mut value = number(low)?;
    let mut upper = number(high)?;
    let mut step = if state.myriad || state.vague.is_some() { power(place)? } else { Number::ONE };
    let mut exact = !state.myriad || place == 0;
    let mut decimal = false;
    // 三点五: a decimal.
    if state.vague.is_none()
        && tail.is_none()
        && !state.myriad
        && let Some((fraction, places, used)) = fraction(text.get(len..).unwrap_or(""))
    {
        step = Number::try_from_i128_with_scale(1, places).ok()?;
        value = value.checked_add(fraction)?;
        len += used;
        exact = false;
        decimal = true;
        if let Some((scale, used, last)) = multipliers(text.get(len..).unwrap_or(""), swallows) {
            value = times(value, scale)?;
            step = times(step, scale)?;
            len += used;
            tail = last;
        }
        upper = value;
    }
    Some(Read::Number(Numeral {
        value,
        upper,
        step,
        bare,
        tail,
        vague: state.vague,
        decimal,
        chinese: true,
        exact,
        len,
    }))
}

fn number(n: u128) -> Option<Number> {
    if n >= 10u128.pow(MAX_DIGITS as u32) {
        return None;
    }
    Number::try_from_i128_with_scale(i128::try_from(n).ok()?, 0).ok()
}

/// `点五`: the fraction, how many places, bytes.
fn fraction(text: &str) -> Option<(Number, u32, usize)> {
    let rest = text.strip_prefix('点')?;
    let (mut value, mut places, mut used) = (0i128, 0u32, '点'.len_utf8());
    for digit in rest.chars().take(6).map_while(|c| chinese_digit(c).filter(|_| c != '两').map(|d| (d, c.len_utf8())))
    {
        value = value * 10 + i128::from(digit.0);
        places += 1;
        used += digit.1;
    }
    (places > 0).then_some(())?;
    Some((Number::try_from_i128_with_scale(value, places).ok()?, places, used))
}

/// Digits one after another: `二〇一八`, `一二三四五`. Two alone (`三四`) are a pair, not a position.
fn positional(text: &str) -> Option<Read> {
    let run: Vec<(u32, usize)> = text
        .chars()
        .take(MAX_CHINESE)
        .enumerate()
        .map_while(|(i, c)| match c {
            '两' | '兩' => None,
            // 二O一八, 二0一八.
            'O' | 'o' | '0' if i > 0 => Some((0, 1)),
            c => chinese_digit(c).map(|d| (d, c.len_utf8())),
        })
        .collect();
    let len: usize = run.iter().map(|(_, bytes)| bytes).sum();
    let next = text.get(len..).and_then(|rest| rest.chars().next());
    let followed = next.is_some_and(|c| multiplier(c).is_some() || c.is_ascii_alphanumeric());
    if run.len() < 3 || followed || run.len() > MAX_DIGITS {
        return None;
    }
    let digits: String = run.iter().filter_map(|(d, _)| char::from_digit(*d, 10)).collect();
    let value = Number::from_str(&digits).ok()?;
    let numeral = Numeral {
        value,
        upper: value,
        step: Number::ONE,
        bare: false,
        tail: None,
        vague: None,
        decimal: false,
        chinese: true,
        exact: true,
        len,
    };
    Some(Read::Number(numeral))
}
