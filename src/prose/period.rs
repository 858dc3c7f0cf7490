//! Which time and which scope a stretch of words speaks of.

use super::Period;
use crate::quantity::ProseWords;

/// The last four-digit year named in `s` (`2014年`), with the byte offset after it.
pub(super) fn last_year(s: &str) -> Option<(i32, usize)> {
    let mut at = s.len();
    while let Some(i) = s[..at].rfind('年') {
        let digits = s[..i].trim_end();
        let start = digits.len().checked_sub(4)?;
        if let Some(year) = digits.get(start..).filter(|d| d.bytes().all(|b| b.is_ascii_digit())) {
            let glued = digits[..start].ends_with(|c: char| c.is_ascii_digit());
            if let Some(year) = year.parse().ok().filter(|y| (1949..2100).contains(y) && !glued) {
                return Some((year, i + '年'.len_utf8()));
            }
        }
        at = i;
    }
    None
}

/// The year that `s` begins with.
pub(super) fn first_year(s: &str) -> Option<i32> {
    let end = "2023年".len();
    s.get(..end).and_then(last_year).map(|(year, _)| year)
}

/// The longest of `words` that occurs last in `s`: where it ends.
pub(super) fn last_of(s: &str, words: &[String]) -> Option<usize> {
    words.iter().filter_map(|w| s.rfind(w.as_str()).map(|i| i + w.len())).max()
}

/// Whether one of `words` occurs in `s`.
pub(super) fn any(s: &str, words: &[String]) -> bool {
    words.iter().any(|w| s.contains(w.as_str()))
}

/// Period of a claim from its own words before the number and the rest of its clause before them; `year` is the report's.
pub(crate) fn period(own: &str, clause: &str, year: Option<i32>, words: &ProseWords) -> Period {
    // `由上年的184万人次增加到217万人次`: the figure a change leads to is this period's.
    let leads = words.up.iter().chain(&words.down).any(|w| {
        let rest = own.rfind(w.as_str()).and_then(|i| own.get(i + w.len()..));
        rest.is_some_and(|rest| words.becomes.iter().any(|b| rest.starts_with(b.as_str())))
    });
    if leads {
        return Period::Current;
    }
    for s in [own, clause] {
        if any(s, &words.cumulative) {
            return Period::Cumulative;
        }
        if any(s, &words.carry) {
            return Period::Current;
        }
        if let Some(part) = part_of_year(s, words) {
            return Period::Part(part);
        }
        let named = last_year(s);
        let previous = last_of(s, &words.previous);
        let current = last_of(s, &words.current);
        let latest = [named.map(|(_, at)| at), previous, current].into_iter().flatten().max();
        match latest {
            None => continue,
            latest if latest == current && latest != previous => return Period::Current,
            latest if latest == previous => return year.map_or(Period::Previous, |y| Period::Year(y - 1)),
            _ => {
                let (named, _) = named.unwrap_or((0, 0));
                return if year.is_none_or(|y| y == named) { Period::Current } else { Period::Year(named) };
            }
        }
    }
    Period::Current
}

/// `自2008年以来`, `自《条例》施行以来`, `2008年至2017年`: since before the report's year, unless what follows says the year again.
/// `s` is the sentence up to the number.
pub(super) fn since_earlier(s: &str, year: Option<i32>, words: &ProseWords) -> bool {
    let of_this_year = |part: &str| {
        any(part, &words.current)
            || any(part, &words.year_opens)
            || last_year(part).is_some_and(|(named, _)| year.is_none_or(|y| y == named))
    };
    let opened = last_of(s, &words.since).is_some_and(|end| {
        let head = &s[..end];
        let from = words.out_of.iter().filter_map(|w| head.rfind(w.as_str())).max();
        let stretch = &head[from.unwrap_or_else(|| head.rfind([',', ';', '。']).unwrap_or(0))..];
        !of_this_year(stretch)
            && !of_this_year(&s[end..])
            && (from.is_some() || last_year(stretch).is_some() || any(stretch, &words.beginnings))
    });
    opened || spans_years(s, year, words)
}

/// Whether the last year named closes a stretch of several (`2008年至2017年`, `2015-2017年`).
fn spans_years(s: &str, year: Option<i32>, words: &ProseWords) -> bool {
    let Some((last, end)) = last_year(s) else { return false };
    let head = s[..end].trim_end_matches('年').trim_end().trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    let Some(head) = words.until_year.iter().find_map(|w| head.strip_suffix(w.as_str())) else { return false };
    let digits = head.trim_end().trim_end_matches('年').trim_end();
    let start = digits.len().saturating_sub(4);
    let first = digits.get(start..).and_then(|d| d.parse::<i32>().ok()).filter(|y| (1949..2100).contains(y));
    first.is_some_and(|first| first < last && year.is_some_and(|y| first < y)) && !any(&s[end..], &words.current)
}

/// `上半年`, `1月至9月`, `6月至8月`, `截至9月底`, `一季度`: a stretch shorter than the year; `1月…12月` is the year.
pub(super) fn part_of_year(s: &str, words: &ProseWords) -> Option<String> {
    let named = words.part_of_year.iter().find(|w| s.contains(w.as_str()));
    if let Some(word) = named.filter(|_| !any(s, &words.rule)) {
        return Some(word.clone());
    }
    let months: Vec<(usize, u32)> = s
        .match_indices('月')
        .filter_map(|(i, _)| {
            let digits = s[..i].trim_end();
            let start = digits
                .rfind(|c: char| !c.is_ascii_digit())
                .map_or(0, |p| p + digits[p..].chars().next().map_or(0, char::len_utf8));
            let month = digits.get(start..)?.parse().ok().filter(|m| (1..=12).contains(m))?;
            Some((start, month))
        })
        .collect();
    let (first, last) = (months.first()?, months.last()?);
    // `12月收到申请8件` is a month, `至12月31日`, `截至12月` are the year.
    let alone = months.len() == 1
        && !s[..first.0].trim_end().ends_with(|c: char| !c.is_alphanumeric() && c != ',')
        && !words.until.iter().chain(&words.until_year).any(|w| s[..first.0].trim_end().ends_with(w.as_str()))
        && !s[first.0..]
            .split_once('月')
            .is_some_and(|(_, rest)| rest.trim_start().starts_with(|c: char| c.is_ascii_digit() || c == '底'));
    if last.1 == 12 && !alone {
        return None;
    }
    let end = s.rfind('月')? + '月'.len_utf8();
    s.get(first.0..end).map(str::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> ProseWords {
        crate::prose::tests::lexicon().words().prose.clone()
    }

    #[test]
    fn the_nearest_mention_decides() {
        let p = |own, clause| period(own, clause, Some(2015), &words());
        assert_eq!(p("收到申请", "2015年"), Period::Current);
        assert_eq!(p("而2014年为", ""), Period::Year(2014));
        assert_eq!(p("较上年的", ""), Period::Year(2014));
        assert_eq!(p("上年结转", ""), Period::Current);
        assert_eq!(p("发布汛情信息", "主汛期(6月至8月)"), Period::Part("6月至8月".into()));
        assert_eq!(p("收到申请", "2015年1月1日至12月31日"), Period::Current);
        assert_eq!(p("历年累计公开", ""), Period::Cumulative);
        assert_eq!(p("增加到", "访问量由上年的"), Period::Current);
    }

    #[test]
    fn what_began_before_the_year_is_no_figure_of_it() {
        let since = |s| since_earlier(s, Some(2017), &words());
        for s in [
            "自2008年以来,主动公开政府信息",
            "自《条例》施行以来,共收到申请",
            "从网站开通至今发布信息",
            "2008年至2017年共公开",
            "新条例施行以来,新收申请",
            "2015-2017年,公开信息",
        ] {
            assert!(since(s), "{s}");
        }
        for s in [
            "2017年以来,公开信息",
            "自今年年初以来公开信息",
            "自2008年以来逐年增加,2017年公开信息",
            "一直以来公开信息",
            "自2017年1月1日至2017年12月31日收到申请",
            "较2016年增加",
        ] {
            assert!(!since(s), "{s}");
        }
    }

    #[test]
    fn a_year_needs_four_digits_of_its_own() {
        assert_eq!(last_year("比2014年的"), Some((2014, "比2014年".len())));
        assert_eq!(last_year("12014年"), None);
        assert_eq!(last_year("近三年"), None);
    }
}
