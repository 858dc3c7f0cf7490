//! The smallest change of printed cells that mends most and breaks nothing.
//!
//! For every broken relation, each of its cells is tried with the value that would make the relation hold; where no single
//! cell will do, the relation that such a change breaks is mended in turn by one cell of its own (a pair). A change that
//! breaks a relation that held, or contradicts a claim that agreed, is no repair. Limits: [`TRIALS`] a document,
//! relations of at most [`MEMBERS`] members.

use super::{
    Case, Findings, Judgement, Outcome, Repair, Verdict, judge,
    table::{
        Arithmetic,
        evaluate::{evaluate, factor},
        instance::Instance,
    },
};
use crate::{
    align::{ClaimId, Facts, Figure, Link, Reading, Term, TripleId},
    grammar::Relation,
    quantity::{Number, UnitClass},
};
use std::collections::{BTreeMap, BTreeSet};

/// Changes tried in one document.
const TRIALS: usize = 1024;
/// Relations with more members are not repaired.
const MEMBERS: usize = 40;

/// Cells and what they would read.
type Changes = Vec<(TripleId, Number)>;

/// Adds repairs to the findings that one would settle: T findings, and findings on claims that rest on the same cell.
pub(super) fn attach(case: &Case<'_>, judgements: &[Judgement], arithmetic: &Arithmetic, out: &mut Findings) {
    if arithmetic.reported.is_empty() {
        return;
    }
    let mut search = Search::new(case, judgements, arithmetic);
    let mut settled_claims: BTreeMap<ClaimId, Repair> = BTreeMap::new();
    let broken: BTreeSet<usize> = arithmetic.reported.iter().map(|(instance, _)| *instance).collect();
    let mut repairs: BTreeMap<usize, Repair> = BTreeMap::new();
    for index in broken {
        let Some(best) = search.best(index) else { continue };
        let repair = Repair { changes: best.changes, settles: best.settles, tied: best.tied };
        for claim in best.claims {
            settled_claims.entry(claim).or_insert_with(|| repair.clone());
        }
        repairs.insert(index, repair);
    }
    for (instance, finding) in &arithmetic.reported {
        if let (Some(repair), Some(finding)) = (repairs.get(instance), out.findings.get_mut(*finding)) {
            finding.repair = Some(repair.clone());
        }
    }
    for finding in out.findings.iter_mut().filter(|f| f.repair.is_none()) {
        let claims = finding.evidence.iter().filter_map(|figure| match figure {
            Figure::Claim(claim) => settled_claims.get(claim).filter(|r| rests_on(&finding.evidence, r)),
            Figure::Triple(_) => None,
        });
        let repair = claims.into_iter().next().cloned();
        finding.repair = repair;
    }
}

/// Whether the repair changes a cell that the finding rests on.
fn rests_on(evidence: &[Figure], repair: &Repair) -> bool {
    repair.changes.iter().any(|(cell, _)| evidence.contains(&Figure::Triple(*cell)))
}

/// The best repair of one relation.
struct Best {
    changes: Changes,
    settles: usize,
    tied: usize,
    claims: Vec<ClaimId>,
}

/// What a change does, when it breaks nothing.
struct Effect {
    settles: usize,
    claims: Vec<ClaimId>,
}

struct Search<'a> {
    case: Case<'a>,
    arithmetic: &'a Arithmetic,
    judgements: &'a [Judgement],
    /// Relations by cell.
    relations: BTreeMap<TripleId, Vec<usize>>,
    /// Claims by cell.
    claims: BTreeMap<TripleId, Vec<ClaimId>>,
    /// Relations whose settling counts: the reported ones.
    counted: BTreeSet<usize>,
    /// A copy whose cells are changed and changed back.
    trial: Facts,
    trials: usize,
}

impl<'a> Search<'a> {
    fn new(case: &Case<'a>, judgements: &'a [Judgement], arithmetic: &'a Arithmetic) -> Self {
        let mut relations: BTreeMap<TripleId, Vec<usize>> = BTreeMap::new();
        for (index, instance) in arithmetic.instances.iter().enumerate() {
            for cell in instance.cells() {
                relations.entry(cell).or_default().push(index);
            }
        }
        let mut claims: BTreeMap<TripleId, Vec<ClaimId>> = BTreeMap::new();
        for (claim, linked) in case.facts.claims.iter().enumerate() {
            let links = linked.links.iter().chain(&linked.base).flat_map(cells);
            for cell in links.collect::<BTreeSet<_>>() {
                claims.entry(cell).or_default().push(claim);
            }
        }
        let counted = arithmetic.reported.iter().map(|(instance, _)| *instance).collect();
        Search { case: *case, arithmetic, judgements, relations, claims, counted, trial: case.facts.clone(), trials: 0 }
    }

    /// The changes that settle relation `index` and most besides.
    fn best(&mut self, index: usize) -> Option<Best> {
        let instance = self.arithmetic.instances.get(index).filter(|i| i.members().count() <= MEMBERS)?;
        let singles = self.mends(instance, &[]);
        let mut found: Vec<(Changes, Effect)> = Vec::new();
        for change in &singles {
            if let Ok(effect) = self.effect(&[*change]) {
                found.push((vec![*change], effect));
            }
        }
        if found.is_empty() {
            for change in singles {
                let Err(Some(next)) = self.effect(&[change]) else { continue };
                let Some(offended) = self.arithmetic.instances.get(next).filter(|i| i.members().count() <= MEMBERS)
                else {
                    continue;
                };
                for second in self.mends(offended, &[change]) {
                    if second.0 != change.0
                        && !instance.cells().any(|c| c == second.0)
                        && let Ok(effect) = self.effect(&[change, second])
                    {
                        found.push((vec![change, second], effect));
                    }
                }
            }
        }
        let settles = found.iter().map(|(_, e)| e.settles).max().filter(|n| *n > 0)?;
        let mut best = found.into_iter().filter(|(_, e)| e.settles == settles);
        let (changes, effect) = best.next()?;
        Some(Best { changes, settles, tied: 1 + best.count(), claims: effect.claims })
    }

    /// For each cell of `instance` that is printed once, the value that would make it hold, given `changed`.
    fn mends(&self, instance: &Instance, changed: &[(TripleId, Number)]) -> Changes {
        let lexicon = &self.case.grammar.lexicon;
        let now = evaluate(instance, self.case.facts, lexicon, changed);
        if now.outcome != Outcome::Broken {
            return Vec::new();
        }
        let unit_of = |cell: TripleId| self.case.facts.triples.get(cell).and_then(|t| t.unit.as_deref());
        let whole_unit = instance.whole.cells.first().and_then(|cell| unit_of(*cell));
        let mut out = Vec::new();
        let printed_at = |cell: TripleId| {
            let changed = changed.iter().find(|(c, _)| *c == cell).map(|(_, n)| *n);
            changed.or_else(|| self.case.facts.triples.get(cell)?.value.number())
        };
        for member in instance.left() {
            let [cell] = member.cells.as_slice() else { continue };
            let value = || {
                let gap = now.sum.checked_sub(now.whole)?.checked_div(factor(lexicon, unit_of(*cell), whole_unit)?)?;
                printed_at(*cell)?.checked_add(gap)
            };
            out.extend(value().and_then(|v| self.plausible(*cell, v)));
        }
        for (i, part) in instance.parts.iter().enumerate() {
            let ([cell], true) =
                (part.cells.as_slice(), instance.relation != Relation::PartOf || now.above.contains(&i))
            else {
                continue;
            };
            let value = || {
                let factor = factor(lexicon, unit_of(*cell), whole_unit)?;
                if instance.relation == Relation::PartOf {
                    return now.whole.checked_div(factor);
                }
                let gap = now.whole.checked_sub(now.sum)?.checked_div(factor)?;
                printed_at(*cell)?.checked_add(gap)
            };
            out.extend(value().and_then(|v| self.plausible(*cell, v)));
        }
        out
    }

    /// A cell can be changed only from one number to another that it could hold: not negative, and whole where counts are.
    fn plausible(&self, cell: TripleId, value: Number) -> Option<(TripleId, Number)> {
        let triple = self.case.facts.triples.get(cell)?;
        let printed = triple.value.number()?;
        let money = triple
            .unit
            .as_deref()
            .and_then(|u| self.case.grammar.lexicon.unit(u))
            .is_some_and(|u| u.class == UnitClass::Money);
        let value = value.normalize();
        let whole = money || value.is_integer() || !printed.is_integer();
        (whole && !value.is_sign_negative() && value != printed).then_some((cell, value))
    }

    /// What the changes settle; `Err` where they offend something, with the first relation that would break.
    fn effect(&mut self, changes: &[(TripleId, Number)]) -> Result<Effect, Option<usize>> {
        self.trials += 1;
        if self.trials > TRIALS {
            return Err(None);
        }
        let touched: BTreeSet<usize> =
            changes.iter().filter_map(|(c, _)| self.relations.get(c)).flatten().copied().collect();
        let mut settles = 0;
        for index in touched {
            let (Some(instance), Some(before)) =
                (self.arithmetic.instances.get(index), self.arithmetic.evaluations.get(index))
            else {
                continue;
            };
            let after = evaluate(instance, self.case.facts, &self.case.grammar.lexicon, changes).outcome;
            match (before.outcome, after) {
                (Outcome::Broken, Outcome::Holds) if self.counted.contains(&index) => settles += 1,
                (Outcome::Holds | Outcome::Blocked, Outcome::Broken) => return Err(Some(index)),
                (Outcome::Holds, Outcome::Blocked) => return Err(None),
                _ => {}
            }
        }
        let claims = self.claims_settled(changes).ok_or(None)?;
        Ok(Effect { settles: settles + claims.len(), claims })
    }

    /// Contradicted claims that agree after the changes, as far as they rest on the cells changed; `None` where a claim
    /// that agreed would not.
    fn claims_settled(&mut self, changes: &[(TripleId, Number)]) -> Option<Vec<ClaimId>> {
        let touched: BTreeSet<ClaimId> =
            changes.iter().filter_map(|(c, _)| self.claims.get(c)).flatten().copied().collect();
        let mut settled = Vec::new();
        for claim in touched {
            let Some(before) = self.judgements.get(claim).map(|j| j.verdict) else { continue };
            if before == Verdict::Unverifiable {
                continue;
            }
            let narrowed = before == Verdict::Contradicted;
            if narrowed {
                self.narrow(claim, changes);
            }
            let contradicted_alone = !narrowed || self.verdict(claim, &[]) == Verdict::Contradicted;
            let after = self.verdict(claim, changes);
            if narrowed {
                self.widen(claim);
            }
            match (before, after) {
                (Verdict::Contradicted, Verdict::Supported) if contradicted_alone => settled.push(claim),
                (Verdict::Supported, after) if after != Verdict::Supported => return None,
                _ => {}
            }
        }
        Some(settled)
    }

    /// Leaves a claim only the links that rest on the changed cells: `12件全部办结并答复` speaks of two rows.
    fn narrow(&mut self, claim: ClaimId, changes: &[(TripleId, Number)]) {
        let Some(linked) = self.trial.claims.get_mut(claim).filter(|c| c.links.len() > 1) else { return };
        let rests = |link: &Link| cells(link).any(|cell| changes.iter().any(|(c, _)| *c == cell));
        if linked.links.iter().any(rests) {
            linked.links.retain(rests);
        }
    }

    fn widen(&mut self, claim: ClaimId) {
        if let (Some(trial), Some(original)) = (self.trial.claims.get_mut(claim), self.case.facts.claims.get(claim)) {
            trial.links.clone_from(&original.links);
        }
    }

    /// The verdict of a claim with the changes made; the trial copy is changed back.
    fn verdict(&mut self, claim: ClaimId, changes: &[(TripleId, Number)]) -> Verdict {
        self.write(changes.iter().map(|(cell, value)| (*cell, Reading::Number(*value))).collect());
        let case = Case { facts: &self.trial, ..self.case };
        let verdict = judge::judge(&case, claim).verdict;
        let printed = |cell: &TripleId| self.case.facts.triples.get(*cell).map(|t| (*cell, t.value.clone()));
        self.write(changes.iter().filter_map(|(cell, _)| printed(cell)).collect());
        verdict
    }

    fn write(&mut self, readings: Vec<(TripleId, Reading)>) {
        for (cell, reading) in readings {
            if let Some(triple) = self.trial.triples.get_mut(cell) {
                triple.value = reading;
            }
        }
    }
}

/// The cells a link speaks of, in any of its readings.
fn cells(link: &Link) -> impl Iterator<Item = TripleId> {
    let terms = link.terms.iter().chain(link.alternatives.iter().flatten());
    terms.filter_map(|Term { figure, .. }| match figure {
        Figure::Triple(id) => Some(*id),
        Figure::Claim(_) => None,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing, clippy::unwrap_used, reason = "tests")]
    use crate::{
        align::{Claim, ClaimKind, Figure, Link, LinkedClaim, ListRole, Own, Period, Term},
        check::{Repair, Ruling, tests::Sample},
        grammar::IndicatorKey,
        quantity::{Interval, Measure, Number, Quantity},
        text::Span,
    };
    use insta::assert_snapshot;

    /// Code, the cells changed, how much that settles and how many are as good.
    fn repairs(sample: &Sample, ruling: &Ruling) -> String {
        let show = |r: &Repair| {
            let label = |id: usize| sample.facts.triples[id].label.as_str();
            let changes: Vec<String> = r.changes.iter().map(|(id, n)| format!("{} = {n}", label(*id))).collect();
            format!("{}; settles {}, tied {}", changes.join(", "), r.settles, r.tied)
        };
        let line = |f: &crate::check::Finding| {
            format!("{}: {}", f.rule.code, f.repair.as_ref().map_or_else(|| "none".to_owned(), show))
        };
        ruling.findings.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    fn of(identities: &str, rows: &str) -> String {
        let sample = Sample::form(identities, rows);
        repairs(&sample, &sample.ruling())
    }

    /// `N件全部办结`: an all-claim on the cells given, said of `number`.
    fn all(number: u32, cells: &[usize]) -> LinkedClaim {
        let value = Number::from(number);
        let quantity = Quantity {
            value,
            narrow: Interval::point(value),
            wide: Interval::point(value),
            approx: None,
            unit: Some("件".to_owned()),
            measure: Measure::Count,
            step: Number::ONE,
        };
        let claim = Claim {
            kind: ClaimKind::All,
            span: Span::new(0, 1),
            quantity: Some(quantity),
            clause: Span::new(0, 1),
            sentence: Span::new(0, 1),
            paragraph: 0,
            own: Own::default(),
            before: String::new(),
            headings: Vec::new(),
            subject: None,
            direction: None,
            period: Period::Current,
            scope: Vec::new(),
            list: ListRole::Alone,
            of: None,
            base: None,
            remainder: false,
        };
        let link = |id: &usize| Link {
            terms: vec![Term { figure: Figure::Triple(*id), minus: false }],
            alternatives: Vec::new(),
            indicator: Some(IndicatorKey("closed".to_owned())),
            score: Number::ONE,
            rivals: Vec::new(),
            sure: true,
        };
        LinkedClaim {
            claim,
            links: cells.iter().map(link).collect(),
            base: None,
            candidates: Vec::new(),
            topic: None,
            base_named: false,
            dated: false,
        }
    }

    const CLOSED: &str = "t|申请办结数|件|10\na|按时办结数|件|12\nb|延期办结数|件|0\nr|申请答复数|件|10";

    #[test]
    fn the_cell_that_settles_most_is_the_repair() {
        // Alone, total and first part are as good; the second part would have to be negative.
        assert_snapshot!(of("t = a + b", CLOSED), @"T001: 申请办结数 = 12; settles 1, tied 2");
        // The prose says 12 were closed: only the total mends both.
        let mut sample = Sample::form("t = a + b", CLOSED);
        sample.facts.claims = vec![all(12, &[0])];
        assert_snapshot!(repairs(&sample, &sample.ruling()), @"
        X005: 申请办结数 = 12; settles 2, tied 1
        T001: 申请办结数 = 12; settles 2, tied 1
        ");
        // And so it does where the same claim speaks of another cell too, that stays contradicted.
        sample.facts.claims = vec![all(12, &[0, 3])];
        assert_snapshot!(repairs(&sample, &sample.ruling()), @"
        X005: 申请办结数 = 12; settles 2, tied 1
        T001: 申请办结数 = 12; settles 2, tied 1
        ");
        // The prose agrees with the total: the part is at fault.
        sample.facts.claims = vec![all(10, &[0])];
        assert_snapshot!(repairs(&sample, &sample.ruling()), @"T001: 按时办结数 = 10; settles 1, tied 1");
    }

    #[test]
    fn a_repair_offends_no_identity_that_holds() {
        // The part is itself a sum that holds, so the total is changed.
        assert_snapshot!(of("t = a + b\na = c + d", "t|合计|件|10\na|甲|件|7\nb|乙|件|5\nc|丙|件|3\nd|丁|件|4"), @"T001: 合计 = 12; settles 1, tied 2");
        // One cell mends two sums at once.
        assert_snapshot!(of("t = a + b\ns = a + c", "t|合计|件|9\na|甲|件|7\nb|乙|件|4\ns|总计|件|8\nc|丙|件|3"), @"
        T001: 甲 = 5; settles 2, tied 1
        T001: 甲 = 5; settles 2, tied 1
        ");
    }

    #[test]
    fn where_no_cell_will_do_a_pair_may() {
        // Each cell is held by another sum.
        let identities = "t = a + b\nx = t + y\np = a + q\nv = b + w";
        let rows =
            "t|合计|件|5\na|甲|件|1\nb|乙|件|1\nx|共|件|6\ny|余|件|1\np|子|件|2\nq|丑|件|1\nv|寅|件|2\nw|卯|件|1";
        assert_snapshot!(of(identities, rows), @"T001: 合计 = 2, 共 = 3; settles 1, tied 4");
    }

    #[test]
    fn doubled_cells_are_not_changed() {
        assert_snapshot!(of("t = a + b", "t|合计|件|9\na|甲|件|4\nb|乙|件|3\nb|乙|件|2"), @"T001: 合计 = 7; settles 1, tied 2");
    }
}
