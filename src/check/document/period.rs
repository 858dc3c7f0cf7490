//! Periods and titles that name another year than the report's.

use crate::{
    check::{Case, Finding, Findings, Message, Rule},
    text::{Span, View},
};
use nom::{
    IResult, Parser,
    branch::alt,
    bytes::complete::{tag, take_while_m_n},
    character::complete::{digit1, space0},
    combinator::{map, map_res, not, opt, value},
    sequence::{delimited, preceded, terminated},
};

/// Longest title of a table, in characters; a longer line is a sentence that mentions one.
const TITLE: usize = 60;

/// Reports D005 as `period` and D006 as `title`.
pub(super) fn check(case: &Case<'_>, period: &'static Rule, title: &'static Rule, out: &mut Findings) {
    let Some(year) = case.facts.head.year else { return };
    // A report published within the year it is titled by speaks of the year before.
    let published = case.facts.head.published.as_deref().and_then(|p| p.get(..4)).and_then(|p| p.parse::<i32>().ok());
    let previous = (published == Some(year)).then(|| year - 1);
    let words = &case.grammar.lexicon.words().document;
    let text = case.text.as_str();
    let mut titles: Vec<(i32, Span)> = Vec::new();
    for number in 1..=case.text.lines().count() {
        let line = case.text.lines().span(text, number);
        let raw = case.text.slice(line);
        if !raw.contains(['年', '-', '.', '/', '—', '至']) {
            continue;
        }
        let view = View::new(text, line);
        let folded = view.str();
        if folded.chars().count() <= TITLE && words.table_titles.iter().any(|w| folded.contains(w.as_str())) {
            titles.extend(starts(folded).filter_map(|at| {
                let (rest, found) = named_year(folded.get(at..)?).ok()?;
                Some((found, view.span(at..folded.len() - rest.len())))
            }));
        }
        let mut after = 0;
        for at in starts(folded) {
            let Some(Ok((rest, (first, last)))) = folded.get(at..).filter(|_| at >= after).map(full_year) else {
                continue;
            };
            after = folded.len() - rest.len();
            let stated = sentence(folded, at, after);
            if first == last
                && first != year
                && previous != Some(first)
                && words.period_cues.iter().any(|cue| stated.contains(cue.as_str()))
            {
                out.report(finding(period, case, view.span(at..after), year, first));
            }
        }
    }
    if titles.iter().all(|(found, _)| *found == year - 1 && previous != Some(*found))
        && let Some((found, span)) = titles.first()
    {
        out.report(finding(title, case, *span, year, *found));
    }
}

fn finding(rule: &'static Rule, case: &Case<'_>, span: Span, year: i32, found: i32) -> Finding {
    let printed: String = case.text.slice(span).split_whitespace().collect();
    let message = Message::new(
        format!("报告年度为 {year} 年，此处却是“{printed}”"),
        format!("the report is of {year}, but “{printed}” stands here"),
    );
    Finding::new(rule, message, span).with_figures(year.to_string(), found.to_string()).about(rule.name)
}

/// Where a run of digits starts.
fn starts(text: &str) -> impl Iterator<Item = usize> {
    let digit = |i: usize| text.as_bytes().get(i).is_some_and(u8::is_ascii_digit);
    (0..text.len()).filter(move |i| digit(*i) && !(*i > 0 && digit(i - 1)))
}

/// The sentence around a range, as far as its words reach on either side.
fn sentence(text: &str, start: usize, end: usize) -> &str {
    let from = start - super::sentence_before(text, start).len();
    text.get(from..end + super::sentence_after(text, end).len()).unwrap_or("")
}

/// `2015年`
fn named_year(input: &str) -> IResult<&str, i32> {
    terminated(year, (space0, tag("年"))).parse(input)
}

fn year(input: &str) -> IResult<&str, i32> {
    map_res(take_while_m_n(4, 4, |c: char| c.is_ascii_digit()), str::parse).parse(input)
}

/// `2015年1月1日至2015年12月31日`, `2015年1月1日-12月31日`, `2015.1.1—2015.12.31`, `2015年1月至12月`: both years.
fn full_year(input: &str) -> IResult<&str, (i32, i32)> {
    alt((|i| from_to(i, first_day, last_day), |i| from_to(i, first_month, last_month))).parse(input)
}

type Part = fn(&str) -> IResult<&str, ()>;

fn from_to(input: &str, first: Part, last: Part) -> IResult<&str, (i32, i32)> {
    let until = alt((tag("至"), tag("到"), tag("--"), tag("-"), tag("——"), tag("—"), tag("–"), tag("~"), tag("～")));
    let begin = (terminated(year, mark("年")), first, opt(preceded(space0, tag("起"))));
    let (rest, (start, ..)) = terminated(begin, delimited(space0, until, space0)).parse(input)?;
    let mut end = (opt(alt((map(terminated(year, mark("年")), Some), value(None, tag("同年"))))), last);
    let (rest, (end, ())) = end.parse(rest)?;
    Ok((rest, (start, end.flatten().unwrap_or(start))))
}

fn first_day(input: &str) -> IResult<&str, ()> {
    value((), (number("1"), mark("月"), number("1"), opt(preceded(space0, tag("日"))))).parse(input)
}

fn last_day(input: &str) -> IResult<&str, ()> {
    value((), (number("12"), mark("月"), number("31"), opt(preceded(space0, tag("日"))))).parse(input)
}

fn first_month(input: &str) -> IResult<&str, ()> {
    value((), (number("1"), opt(preceded(space0, tag("月"))))).parse(input)
}

fn last_month(input: &str) -> IResult<&str, ()> {
    value((), (number("12"), space0, tag("月"), not((space0, digit1)))).parse(input)
}

/// Just this number, with or without a zero before it.
fn number<'a>(n: &'static str) -> impl Parser<&'a str, Output = &'a str, Error = nom::error::Error<&'a str>> {
    preceded((space0, opt(tag("0"))), terminated(tag(n), not(digit1)))
}

/// A Chinese date mark or the dot, hyphen or slash that stands for it.
fn mark<'a>(word: &'static str) -> impl Parser<&'a str, Output = &'a str, Error = nom::error::Error<&'a str>> {
    delimited(space0, alt((tag(word), tag("."), tag("-"), tag("/"))), space0)
}

#[cfg(test)]
mod tests {
    use super::full_year;

    #[test]
    fn full_years_in_their_spellings() {
        let years = |s| full_year(s).ok().map(|(rest, years)| (years, rest));
        assert_eq!(years("2015年1月1日至2015年12月31日,"), Some(((2015, 2015), ",")));
        assert_eq!(years("2015年1月1日起至12月31日止"), Some(((2015, 2015), "止")));
        assert_eq!(years("2015 年 1 月 1 日 — 2016 年 12 月 31 日"), Some(((2015, 2016), "")));
        assert_eq!(years("2015.01.01-2015.12.31"), Some(((2015, 2015), "")));
        assert_eq!(years("2015年1月至12月"), Some(((2015, 2015), "")));
        assert_eq!(years("2015年1-12月"), Some(((2015, 2015), "")));
        assert_eq!(years("2015年1月1日至同年12月31日"), Some(((2015, 2015), "")));
        assert_eq!(years("2015年1月至9月"), None);
        assert_eq!(years("2015年1月至12月15日"), None);
        assert_eq!(years("2015年1月15日至12月31日"), None);
        assert_eq!(years("2015年11月1日至12月31日"), None);
    }
}
