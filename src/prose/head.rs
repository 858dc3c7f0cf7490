//! What the document says of itself: title, agency, year, date of publication.

use super::{ReportHead, period::last_year};
use crate::{
    layout::{Layout, Region, RegionKind},
    quantity::ProseWords,
    text::Text,
};
use nom::{
    IResult, Parser,
    branch::alt,
    bytes::complete::{tag, take_while_m_n},
    character::complete::space0,
    combinator::{map_res, opt},
    sequence::{preceded, terminated},
};

/// How many characters a line may have that names an agency or gives a date.
const SHORT: usize = 40;

/// Reads the head from titles, furniture, notes and short lines; years in the prose settle what those leave open.
pub(super) fn read(text: &Text, layout: &Layout, words: &ProseWords) -> ReportHead {
    let mut head = ReportHead::default();
    let mut signature: Option<String> = None;
    let mut from_table: Option<String> = None;
    let mut dated: Option<(String, i32)> = None;
    let mut years: Vec<i32> = Vec::new();
    for region in &layout.regions {
        let view = text.view(region.span);
        let printed = view.str();
        if region.kind == RegionKind::Table {
            let first: String = printed.chars().take(160).collect();
            from_table = from_table.or_else(|| reporter(&first, words));
            years.extend(report_year(&first));
            continue;
        }
        if region.kind == RegionKind::Title && head.title.is_none() {
            head.title = Some(text.slice(region.span).trim().trim_start_matches('#').trim().to_string());
            head.agency = agency_of_title(printed, words).or_else(|| named_in_full(printed, text, words));
            head.year = first_year(printed);
        }
        let short = printed.chars().count() <= SHORT;
        if region.kind == RegionKind::Furniture {
            if let Some(found) = words.published.iter().filter_map(|w| after_word(printed, w)).find_map(date_in) {
                dated.get_or_insert(found);
            }
            from_table = from_table.or_else(|| reporter(printed, words));
        } else if short {
            let bare = printed.trim().trim_matches(['(', ')', '#', '*', ' ']);
            let (name, date) = split_signature(bare);
            if let Some(date) = date {
                let named = name.is_empty() || ends_like_agency(name, words);
                if named && dated.as_ref().is_none_or(|_| region.kind != RegionKind::Title) {
                    dated.get_or_insert(date);
                }
            }
            if ends_like_agency(name, words)
                && !name.contains(['。', ',', ':', '、'])
                && region.kind != RegionKind::Title
            {
                signature = Some(name.to_string());
            }
            years.extend(report_year(printed));
        } else if region.kind == RegionKind::Paragraph {
            years.extend(named_years(printed));
        }
    }
    head.agency = head.agency.or(signature).or(from_table).map(|name| as_printed(name, text, layout));
    head.year = head.year.or_else(|| settle(&years, dated.as_ref().map(|(_, y)| *y)));
    head.published = dated.map(|(iso, _)| iso);
    head
}

/// The name in the text's own characters, where it prints others than the words it was read with.
fn as_printed(name: String, text: &Text, layout: &Layout) -> String {
    if !text.traditional() {
        return name;
    }
    let printed = |region: &Region| {
        let view = text.view(region.span);
        let at = view.str().find(name.as_str())?;
        let span = view.span(at..at + name.len());
        Some(text.slice(span).split_whitespace().collect::<String>())
    };
    layout.regions.iter().find_map(printed).unwrap_or(name)
}

/// The agency a title begins with, where it is one: the words before the year.
fn agency_of_title(title: &str, words: &ProseWords) -> Option<String> {
    let name = name_before_year(title)?;
    ends_like_agency(name, words).then(|| name.to_string())
}

/// The words of a title before its year.
fn name_before_year(title: &str) -> Option<&str> {
    let title = title.trim().trim_matches(['#', '*', ' ', '《']);
    let (_, end) = last_year(title)?;
    // A PDF sets figures apart: `2017 年`.
    let year = title.get(..end)?.strip_suffix('年')?.trim_end();
    Some(year.get(..year.len().checked_sub("2017".len())?)?.trim().trim_end_matches(['(', '〔', '[', '关']))
}

/// The agency whose short name a title begins with (`某某镇2024年…`), as the text names it in full (`某某镇人民政府`).
fn named_in_full(title: &str, text: &Text, words: &ProseWords) -> Option<String> {
    let short = name_before_year(title)?;
    let at = |full: &String| text.as_str().find(full.as_str());
    let full = words.agency.iter().map(|ending| format!("{short}{ending}")).filter(|full| at(full).is_some());
    full.min_by_key(|full| (at(full), std::cmp::Reverse(full.len()))).filter(|_| short.chars().count() >= 2)
}

fn ends_like_agency(name: &str, words: &ProseWords) -> bool {
    let length = name.chars().count();
    (4..=30).contains(&length)
        && words.agency.iter().any(|w| name.ends_with(w.as_str()) && name.len() > w.len())
        && name.chars().all(|c| !c.is_ascii_digit())
}

fn first_year(s: &str) -> Option<i32> {
    let end = s.find('年')? + '年'.len_utf8();
    last_year(&s[..end]).map(|(y, _)| y).or_else(|| last_year(s).map(|(y, _)| y))
}

/// The year of `2017年度…` or `(2017年度)` in a short line.
fn report_year(s: &str) -> Option<i32> {
    let i = s.find("年度")?;
    last_year(&s[..i + '年'.len_utf8()]).map(|(y, _)| y)
}

fn named_years(s: &str) -> Vec<i32> {
    s.match_indices('年')
        .filter_map(|(i, m)| last_year(&s[..i + m.len()]).filter(|(_, at)| *at == i + m.len()))
        .map(|(y, _)| y)
        .collect()
}

/// The year named most often; of equals the one before publication, else the earliest.
fn settle(years: &[i32], published: Option<i32>) -> Option<i32> {
    let mut counts = std::collections::BTreeMap::new();
    for year in years {
        *counts.entry(*year).or_insert(0usize) += 1;
    }
    if let Some(last) = published.map(|y| y - 1).filter(|y| counts.contains_key(y)) {
        return Some(last);
    }
    counts.into_iter().min_by_key(|(y, n)| (usize::MAX - n, *y)).map(|(y, _)| y)
}

fn after_word<'s>(s: &'s str, word: &str) -> Option<&'s str> {
    s.find(word).map(|i| &s[i + word.len()..])
}

fn reporter(s: &str, words: &ProseWords) -> Option<String> {
    let rest = words.reporter.iter().find_map(|w| after_word(s, w))?;
    let rest = rest.trim_start_matches(['(', ')', '盖', '章', ':', ' ', '|']);
    let name: String = rest.chars().take_while(|c| !matches!(c, '|' | ' ' | '\n' | '\t' | '(' | ',' | '。')).collect();
    ends_like_agency(&name, words).then_some(name)
}

/// `某某局 2017年3月15日` → name and date; either may be missing.
fn split_signature(line: &str) -> (&str, Option<(String, i32)>) {
    for (i, _) in line.char_indices() {
        if let Ok((rest, found)) = date(&line[i..])
            && rest.trim_matches([')', ' ']).is_empty()
        {
            return (line[..i].trim().trim_end_matches(['(', ',', ' ']), Some(found));
        }
    }
    (line, None)
}

fn date_in(s: &str) -> Option<(String, i32)> {
    let s = s.trim_start_matches([':', ' ']);
    date(s).ok().map(|(_, d)| d)
}

fn digits<'s>(min: usize, max: usize) -> impl Parser<&'s str, Output = u32, Error = nom::error::Error<&'s str>> {
    map_res(take_while_m_n(min, max, |c: char| c.is_ascii_digit()), str::parse)
}

/// `2018年3月9日`, `2018年3月`, `2018-03-09`, `2018.3.9`, `2018/3/9` → ISO with the precision printed, and its year.
fn date(s: &str) -> IResult<&str, (String, i32)> {
    let (s, year) = digits(4, 4).parse(s)?;
    let (s, _) = (space0, alt((tag("年"), tag("-"), tag("."), tag("/"))), space0).parse(s)?;
    let (s, month) = terminated(digits(1, 2), space0).parse(s)?;
    let (s, day) = opt(preceded((alt((tag("月"), tag("-"), tag("."), tag("/"))), space0), digits(1, 2))).parse(s)?;
    let (s, _) = opt((space0, alt((tag("日"), tag("月"))))).parse(s)?;
    if !(1..=12).contains(&month) || day.is_some_and(|d| !(1..=31).contains(&d)) {
        return Err(nom::Err::Error(nom::error::Error::new(s, nom::error::ErrorKind::Verify)));
    }
    let iso = day.map_or_else(|| format!("{year}-{month:02}"), |day| format!("{year}-{month:02}-{day:02}"));
    Ok((s, (iso, i32::try_from(year).unwrap_or(0))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_keep_the_precision_printed() {
        for (printed, iso) in [
            ("2018年3月", "2018-03"),
            ("2018年3月9日", "2018-03-09"),
            ("2017-02-28", "2017-02-28"),
            ("2019.5.15", "2019-05-15"),
        ] {
            assert_eq!(date(printed).map(|(_, d)| d.0).ok().as_deref(), Some(iso));
        }
        assert!(date("2018年13月").is_err());
        assert!(date("18年3月").is_err());
    }

    #[test]
    fn a_title_names_its_agency_before_the_year() {
        for title in ["某某县水务局2023年报告", "某某县水务局 2023 年报告", "《某某县水务局（2023年）报告》"]
        {
            assert_eq!(name_before_year(title).map(|n| n.trim_end_matches('（')), Some("某某县水务局"), "{title}");
        }
        assert_eq!(name_before_year("某某县水务局报告"), None);
    }

    #[test]
    fn a_signature_is_a_name_and_a_date() {
        assert_eq!(split_signature("某某局 2017年3月15日"), ("某某局", Some(("2017-03-15".into(), 2017))));
        assert_eq!(split_signature("某某局"), ("某某局", None));
    }

    #[test]
    fn the_year_before_publication_wins() {
        assert_eq!(settle(&[2015, 2015, 2016], Some(2017)), Some(2016));
        assert_eq!(settle(&[2017, 2017, 2016], None), Some(2017));
        assert_eq!(settle(&[], Some(2017)), None);
    }
}
