//! One-error mutants: a clean document with a single figure changed, which an auditor must then notice.

use super::{seen::Seen, sheet::Sheet};
use crate::audit::{ClaimKind, Verdict};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use std::ops::Range;

/// Which of two agreeing figures was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Site {
    /// The figure in the prose.
    Prose,
    /// The cell of the table it agrees with.
    Cell,
}

/// A document with one figure changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mutant {
    /// The whole text.
    pub text: String,
    /// Where the change was made.
    pub site: Site,
    /// Line of the change, from 1.
    pub line: usize,
    /// The figure before.
    pub from: String,
    /// The figure now.
    pub to: String,
    /// Lines of the two figures that no longer agree.
    pub lines: [usize; 2],
}

impl Mutant {
    /// Whether an audit of the mutant reports it: an error or warning about figures on a line of either.
    pub fn is_caught(&self, seen: &Seen) -> bool {
        let about_figures = |code: &str| code.starts_with(['T', 'X', 'P']);
        let mut alarms = seen.findings.iter().filter(|f| f.alarm && about_figures(&f.code));
        alarms.any(|f| self.lines.iter().any(|line| f.lines.contains(line)))
    }
}

/// All mutants of a document without mistakes, in document order; none of one that has mistakes already.
///
/// Only exact counts are changed that a sheet calls supported, that stand in plain digits once on their line, and that
/// equal the one cell they rest on: there a change of either figure is a contradiction whatever the wording.
pub fn mutants(text: &str, sheet: &Sheet) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    if !sheet.findings.is_empty() {
        return mutants;
    }
    let lines = line_ranges(text);
    for claim in &sheet.claims {
        let exact = claim.kind == ClaimKind::Count && claim.approx == Some(false) && !claim.optional;
        if !exact || claim.verdict != Verdict::Supported {
            continue;
        }
        let ([cell], Some(value)) = (claim.evidence_lines.as_slice(), claim.value) else { continue };
        let mut cells = sheet.triples.iter().filter(|triple| triple.line == *cell);
        if cells.next().and_then(|triple| triple.value) != Some(value) || cells.next().is_some() {
            continue;
        }
        let Some((from, to)) = typo(value) else { continue };
        for (site, line) in [(Site::Prose, claim.line), (Site::Cell, *cell)] {
            let Some(range) = line.checked_sub(1).and_then(|i| lines.get(i)) else { continue };
            let Some(at) = text.get(range.clone()).and_then(|content| only(content, &from)) else { continue };
            let at = range.start + at.start..range.start + at.end;
            let mut changed = text.to_owned();
            changed.replace_range(at, &to);
            let (from, to) = (from.clone(), to.clone());
            mutants.push(Mutant { text: changed, site, line, from, to, lines: [claim.line, *cell] });
        }
    }
    mutants
}

fn line_ranges(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    text.split_inclusive('\n')
        .map(|line| {
            let range = start..start + line.len();
            start = range.end;
            range
        })
        .collect()
}

/// A whole number and what a slip of the hand makes of it: the last digit but one of a long number, else the number
/// itself, one higher.
fn typo(value: Decimal) -> Option<(String, String)> {
    let value = value.is_integer().then(|| value.to_u64()).flatten()?;
    let step = if value >= 100 { 10 } else { 1 };
    Some((value.to_string(), value.checked_add(step)?.to_string()))
}

/// Where `digits` stand as a number of their own, if they do so exactly once.
fn only(line: &str, digits: &str) -> Option<Range<usize>> {
    let mut alone = line.match_indices(digits).map(|(at, _)| at..at + digits.len()).filter(|range| {
        let before = line.get(..range.start).and_then(|s| s.chars().next_back());
        let after = line.get(range.end..).and_then(|s| s.chars().next());
        let grouped =
            |s: &str| s.starts_with(',') && s.get(1..2).is_some_and(|d| d.bytes().all(|b| b.is_ascii_digit()));
        !before.is_some_and(|c| c.is_ascii_digit() || c == '.')
            && !after.is_some_and(|c| c.is_ascii_digit() || matches!(c, '.' | '万' | '亿' | '年'))
            && !line.get(range.end..).is_some_and(grouped)
    });
    let first = alone.next()?;
    alone.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::super::SeenFinding;
    use super::*;

    const TEXT: &str = "全年收到申请12件，办结12件。\n公开2720条。\n收到申请数|件|12\n主动公开数|条|2720\n";

    fn sheet(claims: &str, findings: &str) -> Sheet {
        serde_json::from_str(&format!(
            r#"{{"form": null, "agency": null, "year": null, "traps": [], "allowed": [],
                "triples": [{{"line": 3, "value": 12, "unit": "件", "columns": []}},
                            {{"line": 4, "value": 2720, "unit": "条", "columns": []}}],
                "claims": [{claims}], "findings": [{findings}]}}"#
        ))
        .unwrap()
    }

    fn claim(line: usize, value: u32, evidence: usize) -> String {
        format!(
            r#"{{"line": {line}, "raw": "{value}", "value": {value}, "unit": "条", "kind": "count", "approx": false,
                "direction": null, "evidence_lines": [{evidence}], "verdict": "supported"}}"#
        )
    }

    fn changes(sheet: &Sheet) -> Vec<(Site, usize, String)> {
        mutants(TEXT, sheet).into_iter().map(|m| (m.site, m.line, format!("{}→{}", m.from, m.to))).collect()
    }

    #[test]
    fn either_of_two_agreeing_figures_is_changed() {
        let sheet = sheet(&claim(2, 2720, 4), "");
        let change = || "2720→2730".to_owned();
        assert_eq!(changes(&sheet), [(Site::Prose, 2, change()), (Site::Cell, 4, change())]);
        let text = mutants(TEXT, &sheet).swap_remove(0).text;
        assert_eq!(text, TEXT.replace("公开2720条", "公开2730条"));
    }

    #[test]
    fn what_could_still_be_right_is_left_alone() {
        let twice_on_its_line = sheet(&claim(1, 12, 3), "");
        assert_eq!(changes(&twice_on_its_line), [(Site::Cell, 3, "12→13".to_owned())]);
        let other_value = sheet(&claim(2, 2720, 3), "");
        assert_eq!(changes(&other_value), []);
        let approximate = sheet(&claim(2, 2720, 4).replace("false", "true"), "");
        assert_eq!(changes(&approximate), []);
        let mistaken = sheet(&claim(2, 2720, 4), r#"{"family": "T", "lines": [4], "why": "w"}"#);
        assert_eq!(changes(&mistaken), []);
    }

    #[test]
    fn a_figure_is_a_number_of_its_own() {
        for (line, found) in [
            ("公开12件", Some(6..8)),
            ("当面5件,网络12件", Some(17..19)),
            ("公开12万件", None),
            ("公开112件", None),
            ("公开3.12件", None),
            ("12,000件", None),
            ("12件和12件", None),
        ] {
            assert_eq!(only(line, "12"), found, "{line}");
        }
    }

    #[test]
    fn a_finding_of_figures_on_either_line_catches_it() {
        let mutant = mutants(TEXT, &sheet(&claim(2, 2720, 4), "")).swap_remove(0);
        for (code, alarm, lines, caught) in [
            ("X001", true, vec![2], true),
            ("T001", true, vec![9, 4], true),
            ("X001", true, vec![1], false),
            ("X001", false, vec![2], false),
            ("D001", true, vec![2], false),
        ] {
            let finding = SeenFinding { code: code.to_owned(), alarm, message: String::new(), lines };
            let seen = Seen { findings: vec![finding], ..Seen::default() };
            assert_eq!(mutant.is_caught(&seen), caught, "{code} {alarm}");
        }
    }
}
