//! Sentences and clauses of a folded paragraph, on ASCII and full-width marks alike: scrapes mix them.

use std::ops::Range;

/// A folded paragraph cut at its marks.
#[derive(Clone, Debug, Default)]
pub(super) struct Cuts {
    /// Sentences, without their closing mark.
    pub sentences: Vec<Range<usize>>,
    /// Clauses, without their closing mark; each lies in one sentence.
    pub clauses: Vec<Range<usize>>,
    /// Every border a noun phrase does not cross: marks of clauses, list marks, brackets. Sorted.
    pub borders: Vec<usize>,
}

/// Cuts `s`. A comma or colon between digits belongs to the number.
pub(super) fn cut(s: &str) -> Cuts {
    let mut cuts = Cuts::default();
    let (mut sentence, mut clause) = (0, 0);
    let mut before = None;
    let mut quoted = 0usize;
    let mut chars = s.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|(_, c)| *c);
        let digits = before.is_some_and(|b: char| b.is_ascii_digit()) && after.is_some_and(|a| a.is_ascii_digit());
        let end = at + c.len_utf8();
        let last = before;
        before = Some(c);
        match c {
            '《' | '“' => quoted += 1,
            '》' | '”' => quoted = quoted.saturating_sub(1),
            '。' | '!' | '?' | ';' | '｡' => {
                cuts.clauses.push(clause..at);
                cuts.borders.push(at);
                clause = end;
                if c != ';' {
                    cuts.sentences.push(sentence..at);
                    sentence = end;
                    quoted = 0;
                }
            }
            // A full stop typed as a point: `45条.重点领域…`; not the one of `一.概述` or of a number.
            '.' if full_stop(last, after) => {
                cuts.clauses.push(clause..at);
                cuts.borders.push(at);
                cuts.sentences.push(sentence..at);
                (clause, sentence) = (end, end);
            }
            ',' | ':' if !digits && quoted == 0 => {
                cuts.clauses.push(clause..at);
                cuts.borders.push(at);
                clause = end;
            }
            '、' | '(' | ')' | '〔' | '〕' | '[' | ']' | '|' | '\t' | '—' => cuts.borders.push(at),
            _ => {}
        }
    }
    cuts.clauses.push(clause..s.len());
    cuts.sentences.push(sentence..s.len());
    cuts.clauses.retain(|r| !s[r.clone()].trim().is_empty());
    cuts.sentences.retain(|r| !s[r.clone()].trim().is_empty());
    cuts
}

/// Whether a point between two characters ends a sentence.
fn full_stop(before: Option<char>, after: Option<char>) -> bool {
    let word = |c: char| c.is_alphabetic() && !c.is_ascii();
    let numeral = |c: char| "〇一二三四五六七八九十".contains(c);
    before.is_some_and(|c| word(c) && !numeral(c) || matches!(c, ')' | '”' | '》' | '%'))
        && after.is_none_or(|c| word(c) || c.is_ascii_digit() || matches!(c, '“' | '《'))
}

impl Cuts {
    /// The sentence that holds `at`.
    pub fn sentence(&self, at: usize) -> Range<usize> {
        holding(&self.sentences, at)
    }
    /// The clause that holds `at`.
    pub fn clause(&self, at: usize) -> Range<usize> {
        holding(&self.clauses, at)
    }
    /// The last border at or before `at`, as the place after its mark; `floor` where there is none after it.
    pub fn border_before(&self, s: &str, at: usize, floor: usize) -> usize {
        let i = self.borders.partition_point(|b| *b < at);
        i.checked_sub(1)
            .and_then(|i| self.borders.get(i))
            .map(|b| b + s[*b..].chars().next().map_or(0, char::len_utf8))
            .map_or(floor, |b| b.max(floor))
    }
    /// The first border at or after `at`; `ceiling` where there is none before it.
    pub fn border_after(&self, at: usize, ceiling: usize) -> usize {
        let i = self.borders.partition_point(|b| *b < at);
        self.borders.get(i).copied().map_or(ceiling, |b| b.min(ceiling))
    }
}

fn holding(ranges: &[Range<usize>], at: usize) -> Range<usize> {
    let i = ranges.partition_point(|r| r.end < at);
    ranges.get(i).filter(|r| r.start <= at).cloned().unwrap_or(at..at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(s: &str) -> String {
        let cuts = cut(s);
        let sentences = cuts.sentences.iter().map(|r| s[r.clone()].to_string()).collect::<Vec<_>>().join(" ‖ ");
        let clauses = cuts.clauses.iter().map(|r| s[r.clone()].to_string()).collect::<Vec<_>>().join(" / ");
        format!("{sentences} => {clauses}")
    }

    #[test]
    fn marks_of_both_widths_cut_and_numbers_stay_whole() {
        assert_eq!(
            show("收到申请12件,办结10件;其余转下年。未收费"),
            "收到申请12件,办结10件;其余转下年 ‖ 未收费 => 收到申请12件 / 办结10件 / 其余转下年 / 未收费"
        );
        assert_eq!(show("公开45条.其中3条"), "公开45条 ‖ 其中3条 => 公开45条 / 其中3条");
        assert_eq!(show("一.概述"), "一.概述 => 一.概述");
        assert_eq!(show("公开1,246条"), "公开1,246条 => 公开1,246条");
        assert_eq!(show("“一问,一答”栏目3个"), "“一问,一答”栏目3个 => “一问,一答”栏目3个");
    }
}
