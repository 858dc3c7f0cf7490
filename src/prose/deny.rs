//! Denials (`未收到`, `无`) and every-one statements (`均已答复`): quantities without a digit.

use super::{clause::Cuts, period::any};
use crate::quantity::ProseWords;
use std::ops::Range;

/// How far after a denying word its verb or noun may stand, in characters: `没有因政府信息公开被申请行政复议`.
const REACH: usize = 16;

/// A word that makes a claim by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Its bytes in the view.
    pub range: Range<usize>,
    /// What it governs begins here: after the denying or quantifying word itself, its verb included.
    pub start: usize,
    /// What it governs ends here: the clause's end.
    pub end: usize,
}

/// The denials of a paragraph.
pub(super) fn denials(s: &str, cuts: &Cuts, words: &ProseWords) -> Vec<Word> {
    let mut found = Vec::new();
    for clause in &cuts.clauses {
        let text = &s[clause.clone()];
        let mut at = 0;
        while let Some((start, word)) = first_of(text, at, &words.deny) {
            let after = start + word.len();
            at = after;
            let before = &text[..start];
            let rest = &text[after..];
            let named = words.deny_names.iter().any(|name| text[..after].ends_with(name.as_str()));
            if named
                || before.ends_with(['有', '如', '若', '毫'])
                || starts_with_any(rest, &words.deny_not)
                || quoted(before)
            {
                continue;
            }
            let reach = clip(rest, REACH);
            let verb = words.occur.iter().filter(|v| rest.starts_with(v.as_str())).map(|v| v.len()).max();
            let bare = word.ends_with('无') || word.ends_with("没有") || word.ends_with("不存在");
            let end = clause.start + text.len();
            if let Some(length) = verb {
                found.push(Word {
                    range: clause.start + start..clause.start + after + length,
                    start: clause.start + after,
                    end,
                });
                at += length;
            } else if any(reach, &words.occur)
                || word == "零报告"
                || (bare && any(reach, &words.countable))
                || (bare && rest.trim().is_empty() && (any(before, &words.countable) || before.trim().is_empty()))
            {
                let range = clause.start + start..clause.start + after;
                found.push(Word { start: range.end, range, end });
                at = text.len();
            }
        }
    }
    found
}

/// The every-one statements of a paragraph.
pub(super) fn universals(s: &str, cuts: &Cuts, words: &ProseWords) -> Vec<Word> {
    let mut found = Vec::new();
    for clause in &cuts.clauses {
        let text = &s[clause.clone()];
        let mut at = 0;
        while let Some((start, word)) = first_of(text, at, &words.all) {
            let after = start + word.len();
            at = after;
            let rest = &text[after..];
            let masked = words.all_not.iter().any(|w| {
                let from = start.saturating_sub(w.len());
                let from = (from..=start).find(|i| text.is_char_boundary(*i)).unwrap_or(start);
                text[from..].find(w.as_str()).is_some_and(|i| from + i <= start && after <= from + i + w.len())
                    || (text[start..].starts_with(w.as_str()))
            });
            if masked || quoted(&text[..start]) || starts_with_any(rest, &words.deny) {
                continue;
            }
            let names_kind = rest.starts_with('为') && !rest.chars().any(|c| c.is_ascii_digit());
            if any(clip(rest, REACH), &words.complete) || names_kind {
                let range = clause.start + start..clause.start + after;
                found.push(Word { start: range.end, range, end: clause.start + text.len() });
                at = text.len();
            }
        }
    }
    found
}

/// The first of `words` at or after `from`, the longest where several begin there.
fn first_of<'w>(text: &str, from: usize, words: &'w [String]) -> Option<(usize, &'w str)> {
    let tail = text.get(from..)?;
    words
        .iter()
        .filter_map(|w| tail.find(w.as_str()).map(|i| (from + i, w.as_str())))
        .min_by_key(|(i, w)| (*i, usize::MAX - w.len()))
}

fn starts_with_any(s: &str, words: &[String]) -> bool {
    words.iter().any(|w| s.starts_with(w.as_str()))
}

/// Whether an opened quotation is still open at the end of `s`.
fn quoted(s: &str) -> bool {
    s.matches('“').count() > s.matches('”').count() || s.matches('《').count() > s.matches('》').count()
}

/// The first `chars` characters of `s`.
pub(super) fn clip(s: &str, chars: usize) -> &str {
    s.char_indices().nth(chars).map_or(s, |(i, _)| &s[..i])
}

#[cfg(test)]
mod tests {
    use super::{super::clause::cut, *};

    fn words() -> ProseWords {
        crate::prose::tests::lexicon().words().prose.clone()
    }
    fn denied(s: &str) -> Vec<&str> {
        denials(s, &cut(s), &words()).into_iter().map(|w| &s[w.range]).collect()
    }
    fn all(s: &str) -> Vec<&str> {
        universals(s, &cut(s), &words()).into_iter().map(|w| &s[w.range]).collect()
    }

    #[test]
    fn a_denial_needs_an_event_or_a_thing_reports_count() {
        assert_eq!(denied("全年未收到复议申请"), ["未收到"]);
        assert_eq!(denied("没有发生行政诉讼"), ["没有发生"]);
        assert_eq!(denied("全年未向申请人收取任何费用"), ["未"]);
        assert_eq!(denied("复议、诉讼均无"), ["无"]);
        assert_eq!(denied("9件全部办结,无延期"), ["无"]);
        assert_eq!(denied("没有因信息公开被申请复议或者被提起诉讼"), ["没有"]);
        assert_eq!(denied("行政诉讼和举报投诉均未发生"), ["未发生"]);
    }

    #[test]
    fn words_that_only_contain_a_denial_deny_nothing() {
        for s in [
            "查阅点几乎无人问津",
            "混用“无法提供”",
            "期限未超过20个工作日",
            "没有挪作他用",
            "少数学校没有专栏",
            "无正当理由大量反复申请",
        ] {
            assert_eq!(denied(s), Vec::<&str>::new(), "{s}");
        }
    }

    #[test]
    fn every_one_needs_an_act() {
        assert_eq!(all("12件全部按时办结"), ["全部"]);
        assert_eq!(all("均在法定期限内答复"), ["均"]);
        assert_eq!(all("均为自然人申请"), ["均"]);
        for s in ["平均每月一次", "数据均截止到12月31日24时", "专职、兼职都有", "构成了公开的全部内容", "均未发生"]
        {
            assert_eq!(all(s), Vec::<&str>::new(), "{s}");
        }
    }
}
