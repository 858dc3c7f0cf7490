//! The matching rules: which triple, claim and finding of an audit answers which line of a sheet.

use super::{
    score::{Miss, Tally},
    seen::{Seen, SeenClaim, SeenFinding},
    sheet::{GoldClaim, Sheet},
};
use crate::{
    audit::{ClaimKind, Direction},
    text::fold,
};
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// Counts `seen` against `sheet` into `tally`.
///
/// A triple matches by line, value, unit and last column header; a claim by line, value and unit, equal ones by the
/// better evidence, then the right verdict, then the earlier; a finding by family and one common line.
pub(super) fn compare(name: &str, seen: &Seen, sheet: &Sheet, tally: &mut Tally) {
    let mut one = OneDocument { name, seen, sheet, tally };
    one.triples();
    one.claim_values();
    let extra = one.claims();
    one.traps(&extra);
    one.findings();
    one.metadata();
}

struct OneDocument<'a> {
    name: &'a str,
    seen: &'a Seen,
    sheet: &'a Sheet,
    tally: &'a mut Tally,
}

/// 起, 宗 and 例 are 件 for the scorer.
fn unit(unit: Option<&str>) -> &str {
    match unit.unwrap_or("") {
        "起" | "宗" | "例" => "件",
        "％" => "%",
        "百分点" => "个百分点",
        other => other,
    }
}

/// Six places are as fine as anything is compared.
fn number(value: Option<Decimal>) -> Option<Decimal> {
    value.map(|value| value.round_dp(6))
}

/// The last header without widths, spaces and a closing note of its unit: `总　计（件）` is `总计`.
fn head(columns: &[String]) -> String {
    let Some(last) = columns.last() else { return String::new() };
    let plain: String = fold(last).chars().filter(|c| !c.is_whitespace()).collect();
    if let Some(body) = plain.strip_suffix(')')
        && let Some(open) = body.rfind(['(', ')'])
        && body.get(open..).is_some_and(|rest| rest.starts_with('('))
    {
        return body.get(..open).unwrap_or_default().to_owned();
    }
    plain
}

fn show(value: Option<Decimal>) -> String {
    value.map_or_else(|| "-".to_owned(), |value| value.normalize().to_string())
}

fn count<K: Ord>(keys: impl Iterator<Item = K>) -> BTreeMap<K, u64> {
    let mut counts = BTreeMap::new();
    for key in keys {
        *counts.entry(key).or_default() += 1;
    }
    counts
}

fn meet(lines: &[usize], others: &[usize]) -> bool {
    lines.iter().any(|line| others.contains(line))
}

/// Whether a claim of this kind can be without a number of its own.
fn is_quantifier(kind: ClaimKind) -> bool {
    matches!(kind, ClaimKind::None | ClaimKind::All)
}

impl OneDocument<'_> {
    fn log(&mut self, what: &'static str, line: Option<usize>, detail: String) {
        self.tally.misses.push(Miss { document: self.name.to_owned(), what, line, detail });
    }

    fn triples(&mut self) {
        let key = |line: usize, value: Decimal, printed: Option<&str>, columns: &[String]| {
            (line, value.round_dp(6), unit(printed).to_owned(), head(columns))
        };
        let (sheet, seen) = (self.sheet, self.seen);
        let want =
            count(sheet.triples.iter().filter_map(|t| Some(key(t.line, t.value?, t.unit.as_deref(), &t.columns))));
        let got = count(seen.triples.iter().filter_map(|t| Some(key(t.line, t.value?, t.unit.as_deref(), &t.columns))));
        let counts = &mut self.tally.counts;
        counts.t_want += want.values().sum::<u64>();
        counts.t_got += got.values().sum::<u64>();
        counts.t_hit += want.iter().map(|(k, n)| *n.min(got.get(k).unwrap_or(&0))).sum::<u64>();
        for (what, these, those) in [("triple missed", &want, &got), ("triple extra", &got, &want)] {
            for (k, n) in these {
                if n > those.get(k).unwrap_or(&0) {
                    let (line, value, unit, head) = k;
                    let parts = [show(Some(*value)), unit.clone(), head.clone()];
                    self.log(what, Some(*line), parts.join(" ").trim_end().to_owned());
                }
            }
        }
    }

    fn claim_values(&mut self) {
        let with_number = self.seen.claims.iter().filter(|c| !is_quantifier(c.kind));
        let mut left = count(with_number.map(|c| (c.line, number(c.value))));
        for gold in self.sheet.claims.iter().filter(|g| !is_quantifier(g.kind) && !g.optional) {
            self.tally.counts.cv_want += 1;
            if let Some(n) = left.get_mut(&(gold.line, number(gold.value))).filter(|n| **n > 0) {
                *n -= 1;
                self.tally.counts.cv_hit += 1;
            }
        }
    }

    /// Matches the claims one to one and returns those of the audit that no claim of the sheet took.
    fn claims(&mut self) -> Vec<usize> {
        let (sheet, seen) = (self.sheet, self.seen);
        let mut used = BTreeSet::new();
        for gold in &sheet.claims {
            let Some(at) = find(gold, &seen.claims, &used) else {
                if !gold.optional {
                    self.tally.counts.c_want += 1;
                    self.log("claim missed", Some(gold.line), gold.raw.clone());
                }
                continue;
            };
            used.insert(at);
            if gold.optional {
                self.tally.counts.c_optional += 1;
            } else if let Some(claim) = seen.claims.get(at) {
                self.tally.counts.c_want += 1;
                self.tally.counts.c_hit += 1;
                self.details(gold, claim);
            }
        }
        let extra: Vec<usize> = (0..seen.claims.len()).filter(|i| !used.contains(i)).collect();
        self.tally.counts.c_extra += extra.len() as u64;
        for claim in extra.iter().filter_map(|&i| seen.claims.get(i)) {
            let clause: String = claim.text.chars().take(40).collect();
            self.log("claim extra", Some(claim.line), format!("{} {} in {clause}", claim.raw, claim.kind.word()));
        }
        extra
    }

    fn details(&mut self, gold: &GoldClaim, claim: &SeenClaim) {
        let line = Some(gold.line);
        self.tally.counts.k_all += 1;
        if claim.kind == gold.kind {
            self.tally.counts.k_ok += 1;
        } else {
            self.log("kind", line, format!("{}: {}, want {}", gold.raw, claim.kind.word(), gold.kind.word()));
        }
        if let Some(approx) = gold.approx {
            self.tally.counts.a_all += 1;
            if claim.approx == approx {
                self.tally.counts.a_ok += 1;
            } else {
                self.log("approx", line, format!("{}: {}, want {approx}", gold.raw, claim.approx));
            }
        }
        if let (ClaimKind::Change, Some(direction)) = (gold.kind, gold.direction) {
            self.tally.counts.d_all += 1;
            if claim.direction == Some(direction) {
                self.tally.counts.d_ok += 1;
            } else {
                let got = claim.direction.map_or("null", Direction::word);
                self.log("direction", line, format!("{}: {got}, want {}", gold.raw, direction.word()));
            }
        }
        // What a rate rests on may be said in prose alone, so without lines in the sheet a rate's evidence is free.
        let (want, got) = (&gold.evidence_lines, &claim.evidence_lines);
        let is_rate = matches!(gold.kind, ClaimKind::Change | ClaimKind::Share | ClaimKind::Multiple);
        if !want.is_empty() || !is_rate {
            self.tally.counts.e_all += 1;
            if (want.is_empty() && got.is_empty()) || meet(want, got) {
                self.tally.counts.e_ok += 1;
            } else {
                self.log("evidence", line, format!("{}: {got:?}, want {want:?}", gold.raw));
            }
        }
        self.tally.counts.v_all += 1;
        if claim.verdict == gold.verdict {
            self.tally.counts.v_ok += 1;
        } else {
            self.log("verdict", line, format!("{}: {}, want {}", gold.raw, claim.verdict.word(), gold.verdict.word()));
        }
    }

    fn traps(&mut self, extra: &[usize]) {
        let extra: Vec<_> = extra.iter().filter_map(|&i| self.seen.claims.get(i)).collect();
        for trap in &self.sheet.traps {
            self.tally.counts.trap_all += 1;
            let sprung = extra
                .iter()
                .any(|claim| claim.line == trap.line && !claim.raw.is_empty() && trap.raw.contains(claim.raw.as_str()));
            if sprung {
                self.tally.counts.trap_bad += 1;
            }
        }
    }

    fn findings(&mut self) {
        let (sheet, seen) = (self.sheet, self.seen);
        let alarms: Vec<&SeenFinding> = seen.findings.iter().filter(|f| f.alarm).collect();
        let touching = |family: &str, lines: &[usize]| {
            let touches = |f: &SeenFinding| {
                f.code.chars().next().is_some_and(|letter| family.contains(letter)) && meet(&f.lines, lines)
            };
            (0..alarms.len()).filter(|&i| alarms.get(i).is_some_and(|f| touches(f))).collect::<Vec<_>>()
        };
        let mut good = BTreeSet::new();
        for gold in &sheet.findings {
            let matched = touching(&gold.family, &gold.lines);
            self.tally.counts.f_want += 1;
            if matched.is_empty() {
                self.log("finding missed", gold.lines.first().copied(), format!("{} {}", gold.family, gold.why));
            } else {
                self.tally.counts.f_hit += 1;
            }
            if let Some(rule) = &gold.rule {
                let by = self.tally.by_rule.entry(rule.clone()).or_default();
                by.wanted += 1;
                by.hit += u64::from(matched.iter().any(|&i| alarms.get(i).is_some_and(|f| f.code == *rule)));
            }
            good.extend(matched);
        }
        for passage in &sheet.allowed {
            good.extend(touching(&passage.family, &passage.lines));
        }
        for (i, alarm) in alarms.iter().enumerate() {
            self.tally.counts.f_got += 1;
            let by = self.tally.by_rule.entry(alarm.code.clone()).or_default();
            if good.contains(&i) {
                by.good += 1;
                self.tally.counts.f_good += 1;
            } else {
                by.noisy += 1;
                self.log("false alarm", alarm.lines.first().copied(), format!("{} {}", alarm.code, alarm.message));
            }
        }
    }

    fn metadata(&mut self) {
        let (sheet, seen) = (self.sheet, self.seen);
        let year = |year: Option<i64>| year.map(|year| year.to_string());
        for (what, want, got) in [
            ("form", sheet.form.clone(), seen.form.clone()),
            ("agency", sheet.agency.clone(), seen.agency.clone()),
            ("year", year(sheet.year), year(seen.year)),
        ] {
            let Some(want) = want else { continue };
            self.tally.counts.m_all += 1;
            if got.as_ref() == Some(&want) {
                self.tally.counts.m_ok += 1;
            } else {
                self.log(what, None, format!("{}, want {want}", got.as_deref().unwrap_or("null")));
            }
        }
    }
}

/// The claim of the audit that answers `gold`, among those nothing answers yet.
fn find(gold: &GoldClaim, claims: &[SeenClaim], used: &BTreeSet<usize>) -> Option<usize> {
    let mut here = claims.iter().enumerate().filter(|(i, claim)| claim.line == gold.line && !used.contains(i));
    if is_quantifier(gold.kind) {
        return here
            .find(|(_, c)| c.kind == gold.kind && gold.raw.chars().any(|ch| c.text.contains(ch)))
            .map(|(i, _)| i);
    }
    here.filter(|(_, c)| number(c.value) == number(gold.value) && unit(c.unit.as_deref()) == unit(gold.unit.as_deref()))
        // The earlier wins a tie, hence the reversed index.
        .max_by_key(|(i, c)| {
            (meet(&c.evidence_lines, &gold.evidence_lines), c.verdict == gold.verdict, std::cmp::Reverse(*i))
        })
        .map(|(i, _)| i)
}

#[cfg(test)]
mod tests;
