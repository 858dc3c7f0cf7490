//! Dates, years and times of day, in the shapes and damages reports print them.

use super::{
    Reason,
    amount::{Found, Reader, is_year},
    numeral::{Read, plain},
};
use nom::{
    IResult, Parser,
    branch::alt,
    bytes::complete::{tag, take_while_m_n, take_while1},
    character::complete::{one_of, space0},
    combinator::{map_opt, opt, peek, recognize, value, verify},
    multi::many_m_n,
    sequence::{preceded, terminated},
};

/// Numbers joined by 、 before one 月: more are no list of months.
const MAX_LIST: usize = 12;

fn digits(least: usize, most: usize) -> impl Fn(&str) -> IResult<&str, &str> {
    move |input| {
        let all = take_while1(|c: char| c.is_ascii_digit());
        verify(all, |d: &str| (least..=most).contains(&d.len())).parse(input)
    }
}

fn upto(most: u32) -> impl Fn(&str) -> IResult<&str, u32> {
    move |input| map_opt(digits(1, 2), |d: &str| d.parse().ok().filter(|n| *n >= 1 && *n <= most)).parse(input)
}

fn year(input: &str) -> IResult<&str, &str> {
    verify(digits(4, 4), |d: &str| d.starts_with("19") || d.starts_with("20")).parse(input)
}

fn sign(signs: &'static str) -> impl Fn(&str) -> IResult<&str, &str> {
    move |input| recognize((space0, one_of(signs), space0)).parse(input)
}

/// `8:30`, `10:01:22`.
fn clock(input: &str) -> IResult<&str, &str> {
    let hour = map_opt(digits(1, 2), |d: &str| d.parse::<u32>().ok().filter(|n| *n <= 24));
    let sixty = |input| map_opt(digits(2, 2), |d: &str| d.parse::<u32>().ok().filter(|n| *n < 60)).parse(input);
    let ends = peek(nom::combinator::not(preceded(opt(one_of(":.")), digits(1, 30))));
    recognize((hour, one_of(":："), sixty, opt(preceded(one_of(":："), sixty)), ends)).parse(input)
}

/// `17时`, `8时30分`, `24时`; 时 must not begin 时间, 时期.
fn hour(input: &str) -> IResult<&str, &str> {
    let hour = map_opt(digits(1, 2), |d: &str| d.parse::<u32>().ok().filter(|n| *n <= 24));
    let minute = (space0, digits(1, 2), space0, one_of("分"));
    recognize((hour, space0, one_of("时時"), opt(minute))).parse(input)
}

/// `2018-03-09`, `2019.5.15`, `2018/3`, with a time of day.
fn numeric(input: &str) -> IResult<&str, &str> {
    let full = |sep: &'static str| move |input| recognize((year, tag(sep), upto(12), tag(sep), upto(31))).parse(input);
    let month = |sep: &'static str| {
        move |input| {
            let two = verify(digits(2, 2), |d: &str| d.parse::<u32>().is_ok_and(|n| (1..=12).contains(&n)));
            recognize((year, tag(sep), two)).parse(input)
        }
    };
    let date = alt((full("-"), full("."), full("/"), full("—"), month("-"), month("/")));
    let ends = peek(nom::combinator::not(one_of("0123456789-/.")));
    let ended = terminated(date, opt(ends));
    recognize((ended, opt(preceded((space0, opt(one_of("T"))), clock)))).parse(input)
}

/// `1月1日`, `12月`, `3月份`, `9月底`, `31日`: from the month or day on. 号 is a day only after a month.
fn month_day(input: &str) -> IResult<&str, &str> {
    let number = |most| move |input| terminated(digits(1, most), space0).parse(input);
    let day = (space0, number(2), one_of("日号"));
    let month = recognize((number(2), one_of("月"), opt(day)));
    let day_alone = recognize((number(2), one_of("日")));
    alt((month, day_alone)).parse(input)
}

/// `2、3月`, `1-9月`, `6至8月`, `3、4、5日`.
fn list(input: &str) -> IResult<&str, &str> {
    let joined = terminated(digits(1, 2), sign("、-—–~～至到和及,"));
    recognize((many_m_n(1, MAX_LIST, joined), digits(1, 2), space0, one_of("月日"))).parse(input)
}

/// `2018年3月9日`, and `2018年` with what is left of it.
fn long(input: &str) -> IResult<&str, (bool, &str)> {
    let head = (year, space0, one_of("年"), opt(one_of("度")));
    let part = alt((
        value((), preceded(space0, list)),
        value((), preceded(space0, month_day)),
        value((), one_of("末底初")),
        value((), (opt(one_of("第")), one_of("一二三四1234"), tag("季度"))),
    ));
    let (rest, (_, more)) = (recognize(head), opt(recognize(part))).parse(input)?;
    Ok((rest, (more.is_some(), "")))
}

/// Dates a scrape damaged: five to ten digits before 年, 月 or 日, the first four a year (`201811日`, `20231月1日`).
fn damaged(input: &str) -> IResult<&str, &str> {
    let run = verify(digits(5, 10), |d: &str| d.starts_with("19") || d.starts_with("20"));
    recognize((run, space0, one_of("年月日"), opt(month_day))).parse(input)
}

impl Reader<'_> {
    /// A date, year or time of day in Arabic digits at `at`.
    pub(super) fn date(&self, at: usize) -> Option<Found> {
        let rest = self.rest(at);
        let ends = |left: &str| rest.len() - left.len() + at;
        // 12月底, 2月份.
        let month = |end: usize| {
            let after = self.at(end).filter(|c| "份底末初".contains(*c) && self.before(end) == Some('月'));
            end + after.map_or(0, char::len_utf8)
        };
        if let Ok((left, (more, _))) = long(rest) {
            return Some(Found::ignored(month(ends(left)), if more { Reason::Date } else { Reason::Year }));
        }
        if let Ok((left, _)) = damaged(rest) {
            return Some(Found::ignored(ends(left), Reason::Date));
        }
        if let Ok((left, printed)) = numeric(rest) {
            // 2018-03 could begin a code (2018-04736); 2019.52万件 is a number.
            let next = left.chars().next();
            let short = printed.chars().filter(|c| "-/.—".contains(*c)).count() < 2;
            let glued = next.is_some_and(|c| c.is_ascii_digit() || (short && "-/".contains(c)));
            let counted = short && self.lexicon.unit_at(left).is_some_and(|(u, _)| !u.name.starts_with('年'));
            if !glued && !counted {
                return Some(Found::ignored(ends(left), Reason::Date));
            }
        }
        if let Ok((left, _)) = alt((list, month_day)).parse(rest) {
            return Some(Found::ignored(month(ends(left)), Reason::Date));
        }
        if let Ok((left, _)) = clock(rest) {
            return Some(Found::ignored(ends(left), Reason::ClockTime));
        }
        if let Ok((left, _)) = hour(rest)
            && !left.starts_with(['间', '期', '代', '段', '长'])
        {
            return Some(Found::ignored(ends(left), Reason::ClockTime));
        }
        // 9点30分.
        let minutes = |input| recognize((upto(24), one_of("点"), digits(1, 2), one_of("分"))).parse(input);
        let minutes: IResult<&str, &str> = minutes(rest);
        if let Ok((left, _)) = minutes {
            return Some(Found::ignored(ends(left), Reason::ClockTime));
        }
        // 上午9点, 9点半.
        if let Ok((left, _)) = plain(rest)
            && let Some(after) = left.strip_prefix('点')
            && (after.starts_with(['半', '整', '钟', '许']) || self.before(at).is_some_and(|c| "午晚早晨".contains(c)))
        {
            return Some(Found::ignored(ends(after), Reason::ClockTime));
        }
        None
    }

    /// A date in Chinese numerals at `at`: `二〇一八年三月`, `十二月三十一日`, `三月份`.
    pub(super) fn chinese_date(&self, at: usize) -> Option<Found> {
        let Read::Number(first) = self.numeral(at)? else { return None };
        if !first.chinese || first.vague.is_some() || first.bare {
            return None;
        }
        let mut end = at + first.len;
        let mut parts = 0;
        if self.at(end) == Some('年') && first.len >= 4 * '二'.len_utf8() && is_year(first.value) {
            end += '年'.len_utf8();
            if self.at(end) == Some('度') {
                end += '度'.len_utf8();
            }
            parts = 1;
            let rest = self.rest(end);
            if !rest.chars().next().is_some_and(|c| super::numeral::chinese_digit(c).is_some() || c == '十') {
                return Some(Found::ignored(end, Reason::Year));
            }
        }
        let number = |at: usize, most: i64| match self.numeral(at)? {
            Read::Number(n) if n.chinese && n.exact && n.value <= most.into() && n.vague.is_none() => Some(n.len),
            _ => None,
        };
        let from = if parts == 1 { end } else { at };
        let month = number(from, 12).filter(|len| self.at(from + len) == Some('月'));
        if let Some(len) = month {
            end = from + len + '月'.len_utf8();
            parts += 2;
            if let Some(len) = number(end, 31).filter(|len| matches!(self.at(end + len), Some('日' | '号'))) {
                end += len + '日'.len_utf8();
            } else if let Some(c @ ('份' | '底' | '末' | '初')) = self.at(end) {
                end += c.len_utf8();
            }
        } else if parts == 0 && number(from, 31).is_some_and(|len| self.at(from + len) == Some('日')) {
            return Some(Found::ignored(at + first.len + '日'.len_utf8(), Reason::Date));
        }
        match parts {
            0 => None,
            1 => Some(Found::ignored(end, Reason::Year)),
            _ => Some(Found::ignored(end, Reason::Date)),
        }
    }
}

/// Length of an eight-digit date without marks (`20180309`) at the start of `text`.
pub(super) fn compact(text: &str) -> Option<usize> {
    let run: IResult<&str, &str> = take_while_m_n(8, 8, |c: char| c.is_ascii_digit()).parse(text);
    let (rest, run) = run.ok()?;
    let part = |range: std::ops::Range<usize>, most: u32| {
        run.get(range).and_then(|d| d.parse::<u32>().ok()).is_some_and(|n| n >= 1 && n <= most)
    };
    let ends = !rest.starts_with(|c: char| c.is_ascii_digit());
    (ends && (run.starts_with("19") || run.starts_with("20")) && part(4..6, 12) && part(6..8, 31)).then_some(run.len())
}
