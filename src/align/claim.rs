//! Claim linking: which rows a claim speaks of, or none. The value never chooses the row.

mod overlap;
mod score;

use super::{Candidate, Facts, Figure, Link, LinkedClaim, Term, TripleId};
use crate::{
    grammar::{Grammar, IndicatorKey},
    prose::{Claim, ClaimKind, ListRole, Period},
    quantity::{Number, ProseWords},
};
use overlap::Rows;
use score::{Scored, Zones, leftover};
use std::collections::BTreeMap;

/// A row must score this to be linked, in thousandths.
const ENOUGH: i64 = 450;
/// How many readings a remainder may have: which whole and which parts, the words do not say.
const READINGS: usize = 40;
/// A row that scores this is plainly named, in thousandths.
const SURE: i64 = 740;
/// A row this near behind the best one is a rival, in thousandths.
const NEAR: i64 = 70;

/// Fills `facts.claims`.
pub(super) fn link(claims: Vec<Claim>, grammar: &Grammar, facts: &mut Facts) {
    let mut by_key: BTreeMap<&str, Vec<TripleId>> = BTreeMap::new();
    for (id, triple) in facts.triples.iter().enumerate() {
        if let Some(key) = &triple.indicator {
            by_key.entry(key.as_str()).or_default().push(id);
        }
    }
    let rows = Rows::new(&facts.triples, grammar);
    let linker = Linker { grammar, facts, by_key, rows, words: &grammar.lexicon.words().prose };
    let mut linked: Vec<LinkedClaim> = Vec::with_capacity(claims.len());
    for claim in &claims {
        let next = linker.claim(claim, &claims, &linked);
        linked.push(next);
    }
    part_with_wholes(&mut linked);
    facts.claims = linked;
}

struct Linker<'a> {
    grammar: &'a Grammar,
    facts: &'a Facts,
    by_key: BTreeMap<&'a str, Vec<TripleId>>,
    rows: Rows,
    words: &'a ProseWords,
}

/// A row, or a sum of rows, that words may mean.
#[derive(Clone, Debug)]
struct Choice {
    terms: Vec<Term>,
    key: Option<IndicatorKey>,
    score: i64,
    scored: Option<Scored>,
}

impl<'a> Linker<'a> {
    fn claim(&self, claim: &Claim, claims: &[Claim], linked: &[LinkedClaim]) -> LinkedClaim {
        let mut out = LinkedClaim { claim: claim.clone(), links: Vec::new(), base: None, candidates: Vec::new() };
        match claim.kind {
            ClaimKind::Count | ClaimKind::Money => self.amount(claim, linked, &mut out),
            ClaimKind::All => self.every(claim, claims, linked, &mut out),
            ClaimKind::None => self.denial(claim, &mut out),
            ClaimKind::Share => self.share(claim, linked, &mut out),
            ClaimKind::Change | ClaimKind::Multiple => self.change(claim, linked, &mut out),
            ClaimKind::Rank => {}
        }
        out
    }

    /// Rows of an indicator: its cell, or the cells a derived indicator adds up. `None` where the document has none.
    fn terms(&self, key: &str) -> Option<Vec<Term>> {
        if let Some(ids) = self.by_key.get(key) {
            return ids.first().map(|id| vec![plus(Figure::Triple(*id))]);
        }
        let form = self.facts.form.and_then(|i| self.grammar.forms.get(i))?;
        let derived = form.derived.iter().find(|d| d.key.as_str() == key)?;
        derived
            .parts
            .iter()
            .map(|p| self.by_key.get(p.as_str()).and_then(|ids| ids.first()).map(|id| plus(Figure::Triple(*id))))
            .collect()
    }

    fn sum(&self, expression: &str) -> Option<Vec<Term>> {
        let mut terms = Vec::new();
        for key in expression.split('+') {
            terms.extend(self.terms(key.trim())?);
        }
        Some(terms)
    }

    fn comparable(&self, unit: Option<&str>, others: &[String]) -> bool {
        let Some(unit) = unit else { return true };
        others.is_empty() || others.iter().any(|o| self.grammar.lexicon.comparable(unit, o))
    }

    /// Everything the words may mean, best first; `unit` filters, where given.
    fn options(&self, zones: &Zones<'_>, unit: Option<&str>, ellipsis: bool) -> Vec<Choice> {
        let mut options = Vec::new();
        for scored in score::indicators(zones, self.grammar, ellipsis) {
            let Some(entry) = self.grammar.catalogue.indicators.get(scored.indicator) else { continue };
            let terms = self.terms(&entry.key);
            let fits = match terms.as_deref() {
                Some([Term { figure: Figure::Triple(id), .. }]) => {
                    let own: Vec<String> = self.facts.triples[*id].unit.iter().cloned().collect();
                    self.comparable(unit, &own) || (!own.is_empty() && self.comparable(unit, &entry.units))
                }
                _ => self.comparable(unit, &entry.units),
            } && self.comparable(unit, &entry.units);
            if !fits {
                continue;
            }
            // A unit the indicator is not counted in, though it could be converted, speaks against it.
            let odd = unit.is_some_and(|u| !entry.units.iter().any(|e| e == u));
            options.push(Choice {
                terms: terms.unwrap_or_default(),
                key: Some(IndicatorKey(entry.key.clone())),
                score: scored.score - if odd { 180 } else { 0 },
                scored: Some(scored),
            });
        }
        let own = format!("{}{}", zones.before, zones.after);
        for (id, triple) in self.facts.triples.iter().enumerate().filter(|(_, t)| t.indicator.is_none()) {
            let units: Vec<String> = triple.unit.iter().cloned().collect();
            if !self.comparable(unit, &units) {
                continue;
            }
            let score = self.rows.likeness(id, &own, zones.earlier, self.grammar);
            if score > 0 {
                options.push(Choice { terms: vec![plus(Figure::Triple(id))], key: None, score, scored: None });
            }
        }
        // A row of the document goes before an indicator it lacks; else the order of catalogue and table.
        options.sort_by_key(|o| (-o.score, o.terms.is_empty()));
        self.prefer_part(&mut options);
        options
    }

    /// `收到网络申请15件`, `因涉及个人隐私不予公开1件`: where words name a whole and one of its parts, the part is meant.
    fn prefer_part(&self, options: &mut Vec<Choice>) {
        let Some((first, rest)) = options.split_first() else { return };
        let Some(named) = &first.scored else { return };
        let part = rest.iter().position(|c| match c.terms.as_slice() {
            [Term { figure: Figure::Triple(id), .. }] => {
                let apart = c.scored.as_ref().is_some_and(|s| {
                    (!s.before.is_empty() || !s.after.is_empty())
                        && !crossing(&s.before, &named.before)
                        && !crossing(&s.after, &named.after)
                });
                // Or the part is named with the whole's own words and more.
                let closer = c.score >= first.score - NEAR;
                (apart || closer) && c.score >= ENOUGH - 100 && self.is_part(*id, &first.terms)
            }
            _ => false,
        });
        if let Some(at) = part {
            let (score, whole) = (first.score, first.terms.clone());
            let mut chosen = options.remove(at + 1);
            chosen.score = score;
            options.retain(|o| o.terms != whole);
            options.insert(0, chosen);
        }
    }

    /// Whether a row is a part of the figure that `terms` add up: of its one row, or one of the rows added.
    fn is_part(&self, id: TripleId, terms: &[Term]) -> bool {
        match terms {
            [Term { figure: Figure::Triple(whole), .. }] => self.whole(id) == Some(*whole),
            terms => terms.iter().any(|t| t.figure == Figure::Triple(id)),
        }
    }

    fn zones<'c>(&self, claim: &'c Claim, headings: &'c str) -> Zones<'c> {
        Zones { before: &claim.own.before, after: &claim.own.after, earlier: &claim.before, headings }
    }

    /// A link to the best option, with the ordinary other readings and the rivals close behind.
    fn choose(&self, options: &[Choice]) -> Option<Link> {
        let best = options.first().filter(|o| o.score >= ENOUGH && !o.terms.is_empty())?;
        let mut alternatives = Vec::new();
        if let Some(entry) = best.key.as_ref().and_then(|k| self.grammar.catalogue.get(k)) {
            alternatives.extend(entry.readings.iter().filter_map(|r| self.sum(r)));
        }
        let rivals = options
            .iter()
            .skip(1)
            .take_while(|o| o.score >= best.score - NEAR)
            .filter_map(|o| match o.terms.as_slice() {
                [Term { figure: Figure::Triple(id), .. }] => Some(*id),
                _ => None,
            })
            .filter(|id| !best.terms.iter().any(|t| matches!(t.figure, Figure::Triple(b) if self.related(b, *id))))
            .collect();
        Some(Link {
            terms: best.terms.clone(),
            alternatives,
            indicator: best.key.clone(),
            score: thousandths(best.score),
            rivals,
        })
    }

    /// Whether one row is a part of the other, or both are one.
    fn related(&self, a: TripleId, b: TripleId) -> bool {
        let up = |mut id: TripleId, goal: TripleId| {
            for _ in 0..16 {
                if id == goal {
                    return true;
                }
                match self.facts.triples.get(id).and_then(|t| t.parent) {
                    Some(parent) => id = parent,
                    None => return false,
                }
            }
            false
        };
        let path = |id: TripleId| self.facts.triples.get(id).and_then(|t| t.path.first());
        up(a, b) || up(b, a) || path(a) != path(b)
    }

    fn candidates(&self, options: &[Choice]) -> Vec<Candidate> {
        let single = options.iter().filter_map(|o| match o.terms.as_slice() {
            [Term { figure: Figure::Triple(id), .. }] => Some(Candidate { triple: *id, score: thousandths(o.score) }),
            _ => None,
        });
        single.take(3).collect()
    }

    fn amount(&self, claim: &Claim, linked: &[LinkedClaim], out: &mut LinkedClaim) {
        let headings = claim.headings.join(" ");
        let mut zones = self.zones(claim, &headings);
        let long = format!("{},{}", claim.own.after, claim.own.next);
        if claim.remainder {
            zones.after = &long;
        }
        // `工作人员中专职3名`: what follows the naming of a whole is meant, if it says anything.
        let cut = self.words.within.iter().filter_map(|w| zones.before.rfind(w.as_str()).map(|i| i + w.len())).max();
        if let Some(part) = cut.and_then(|i| zones.before.get(i..)).filter(|p| !p.trim().is_empty()) {
            zones.before = part;
        }
        let unit = claim.quantity.as_ref().and_then(|q| q.unit.as_deref());
        let mut options = self.options(&zones, unit, false);
        self.favour_topic(&mut options, claim, linked);
        if options.first().is_none_or(|o| o.score < ENOUGH) && !claim.own.next.is_empty() {
            options = self.options(&Zones { after: &long, ..zones }, unit, false);
            options.retain(|o| o.scored.is_some());
        }
        if options.first().is_none_or(|o| o.score < ENOUGH) && leftover(zones.before, &[], self.words) <= 1 {
            let inherited = self.options(&zones, unit, true);
            if inherited.first().map(|o| o.score) > options.first().map(|o| o.score) {
                options = inherited.into_iter().map(|o| Choice { score: o.score + 120, ..o }).collect();
                self.favour_topic(&mut options, claim, linked);
            }
        }
        out.candidates = self.candidates(&options);
        if self.choose(&options).is_none() {
            if let Some(link) = self.restated(claim, linked) {
                out.links.push(link);
                return;
            }
        }
        if let Some(sum) = self.added_up(claim, linked) {
            out.links.push(sum);
        } else if self.mixes_in_a_rest(zones.before, &options) {
            // `部分公开和其余情形合计8件`: a named row and an unnamed rest; no row says what they add up to.
        } else if let Some(union) = self.union(zones.before, &options) {
            let each = self.words.each.iter().any(|w| zones.before.ends_with(w.as_str()));
            if each {
                out.links.extend(union.terms.iter().map(|t| Link { terms: vec![*t], ..union.clone() }));
            } else {
                out.links.push(union);
            }
        } else {
            let named = self.choose(&options);
            if self.not_yet(claim, &options) {
                out.links.extend(self.remainder(claim, linked));
            } else if claim.remainder {
                // What is left may also be named: both are ordinary readings, the better said one first.
                let sure = options.first().is_some_and(|o| o.score >= SURE);
                out.links.extend(match (named, self.remainder(claim, linked)) {
                    (Some(named), Some(left)) if sure => Some(with_readings(named, left)),
                    (Some(named), Some(left)) => Some(with_readings(left, named)),
                    (named, left) => named.or(left),
                });
            } else {
                out.links.extend(named);
            }
        }
    }

    /// `近2200条,按口径统计为2184条`: a figure beside its own approximation speaks of the same row.
    fn restated(&self, claim: &Claim, linked: &[LinkedClaim]) -> Option<Link> {
        let other = linked.last()?;
        let approx = |c: &Claim| c.quantity.as_ref().is_some_and(|q| q.approx.is_some());
        let beside = other.claim.sentence == claim.sentence && self.beside(claim, &other.claim);
        let once = approx(claim) != approx(&other.claim) && !claim.remainder;
        (beside && once && other.claim.period == claim.period && leftover(&claim.own.before, &[], self.words) <= 4)
            .then(|| other.links.first().cloned())
            .flatten()
    }

    /// `未办结的2件`: the best row's own words are denied, so what is left of it is meant.
    fn not_yet(&self, claim: &Claim, options: &[Choice]) -> bool {
        let Some(range) = options.first().and_then(|o| o.scored.as_ref()).and_then(|s| s.before.first()) else {
            return false;
        };
        claim.own.before.get(..range.start).is_some_and(|head| head.ends_with('未') || head.ends_with("没有"))
    }

    /// Whether a word for what is left follows the best row's own words.
    fn mixes_in_a_rest(&self, before: &str, options: &[Choice]) -> bool {
        let end = options.first().and_then(|o| o.scored.as_ref()).and_then(|s| extent(&s.before)).map(|e| e.end);
        let rest = end.and_then(|end| before.get(end..)).unwrap_or("");
        self.words.remainder.iter().any(|w| rest.contains(w.as_str()))
    }

    /// Raises the rows that divide what the sentence last spoke of, or stand beside it: `行政诉讼8宗，维持5宗`.
    fn favour_topic(&self, options: &mut Vec<Choice>, claim: &Claim, linked: &[LinkedClaim]) {
        let topic: Vec<TripleId> = linked
            .iter()
            .rev()
            .take_while(|o| o.claim.paragraph == claim.paragraph)
            .filter(|o| matches!(o.claim.kind, ClaimKind::Count | ClaimKind::All) && o.links.len() == 1)
            .take(1)
            .flat_map(|o| o.links.iter().flat_map(|l| &l.terms))
            .filter_map(|t| match t.figure {
                Figure::Triple(id) => Some(id),
                Figure::Claim(_) => None,
            })
            .collect();
        if topic.is_empty() {
            return;
        }
        let wholes: Vec<TripleId> = topic.iter().filter_map(|t| self.whole(*t)).collect();
        for option in options.iter_mut() {
            let near = !option.terms.is_empty()
                && option.terms.iter().all(|t| match t.figure {
                    Figure::Triple(id) => self.whole(id).is_some_and(|w| topic.contains(&w) || wholes.contains(&w)),
                    Figure::Claim(_) => false,
                });
            if near {
                option.score += 100;
            }
        }
        options.sort_by_key(|o| (-o.score, o.terms.is_empty()));
    }

    /// `予以公开及部分公开4件`: two rows joined right before one number.
    fn union(&self, before: &str, options: &[Choice]) -> Option<Link> {
        let spans = |o: &Choice| {
            o.scored.as_ref().filter(|s| s.before.len() == 1 && s.after.is_empty()).map(|s| s.before[0].clone())
        };
        let first = options.first().filter(|o| o.score >= ENOUGH - 150 && !o.terms.is_empty())?;
        let a = spans(first)?;
        for second in options.iter().skip(1).filter(|o| !o.terms.is_empty() && o.key != first.key) {
            let Some(b) = spans(second) else { continue };
            let (left, right) = if a.start < b.start { (&a, &b) } else { (&b, &a) };
            if left.end > right.start {
                continue;
            }
            let gap = before.get(left.end..right.start).unwrap_or("");
            let joined = !gap.is_empty()
                && gap.chars().count() <= 3
                && gap.chars().all(|c| matches!(c, '及' | '和' | '与' | '或' | '以' | '数'));
            if joined {
                let mut terms = first.terms.clone();
                terms.extend(second.terms.iter().copied());
                return Some(Link {
                    terms,
                    alternatives: Vec::new(),
                    indicator: None,
                    score: thousandths(first.score),
                    rivals: Vec::new(),
                });
            }
        }
        None
    }

    /// `新收24件,加上结转的2件,应办26件`: what two figures just given add up to.
    fn added_up(&self, claim: &Claim, linked: &[LinkedClaim]) -> Option<Link> {
        if !self.words.sum.iter().any(|w| claim.own.before.contains(w.as_str()))
            || !self
                .words
                .plus
                .iter()
                .any(|w| claim.before.contains(w.as_str()) || claim.own.before.contains(w.as_str()))
            || leftover(&claim.own.before, &[], self.words) > 2
        {
            return None;
        }
        let mut terms: Vec<Term> = Vec::new();
        for (id, other) in linked
            .iter()
            .enumerate()
            .rev()
            .filter(|(_, o)| o.claim.sentence == claim.sentence && self.beside(claim, &o.claim))
            .take(2)
        {
            terms.extend(self.figure(id, other));
        }
        terms.reverse();
        (terms.len() >= 2).then(|| Link {
            terms,
            alternatives: Vec::new(),
            indicator: None,
            score: thousandths(800),
            rivals: Vec::new(),
        })
    }

    /// Whether `other` is an amount of the same sentence in a comparable unit.
    fn beside(&self, claim: &Claim, other: &Claim) -> bool {
        let unit = |c: &Claim| c.quantity.as_ref().and_then(|q| q.unit.clone());
        let same = match (unit(claim), unit(other)) {
            (Some(a), Some(b)) => self.grammar.lexicon.comparable(&a, &b),
            _ => false,
        };
        same && claim.paragraph == other.paragraph
            && matches!(other.kind, ClaimKind::Count | ClaimKind::Money | ClaimKind::All)
            && other.quantity.is_some()
    }

    /// The figure another claim stands for: its own cell, else itself.
    fn figure(&self, id: usize, other: &LinkedClaim) -> Vec<Term> {
        match other.links.as_slice() {
            [link] if other.claim.kind != ClaimKind::All && other.claim.period == Period::Current => link.terms.clone(),
            _ => vec![plus(Figure::Claim(id))],
        }
    }

    /// `其余4件`: a whole less the parts named before it.
    fn remainder(&self, claim: &Claim, linked: &[LinkedClaim]) -> Option<Link> {
        let near: Vec<usize> =
            (0..linked.len()).rev().filter(|i| self.beside(claim, &linked[*i].claim)).take(8).collect();
        let (last, earlier) = near.split_first()?;
        let part = self.figure(*last, &linked[*last]);
        let mut readings: Vec<Vec<Term>> = Vec::new();
        let less = |whole: Vec<Term>, parts: &[Term]| {
            let mut terms = whole;
            terms.extend(parts.iter().map(|t| Term { figure: t.figure, minus: !t.minus }));
            terms
        };
        let mut parts = part.clone();
        for whole in earlier {
            let figure = self.figure(*whole, &linked[*whole]);
            readings.push(less(figure.clone(), &parts));
            parts.extend(figure);
        }
        if let [Term { figure: Figure::Triple(id), .. }] = part.as_slice() {
            if let Some(parent) = self.whole(*id) {
                readings.push(less(vec![plus(Figure::Triple(parent))], &part));
            }
        }
        for (i, part) in near.iter().enumerate() {
            for whole in near.iter().skip(i + 1) {
                readings.push(less(self.figure(*whole, &linked[*whole]), &self.figure(*part, &linked[*part])));
            }
        }
        readings.truncate(READINGS);
        let mut readings = readings.into_iter();
        let terms = readings.next()?;
        Some(Link {
            terms,
            alternatives: readings.collect(),
            indicator: None,
            score: thousandths(600),
            rivals: Vec::new(),
        })
    }

    /// Every row that a denial's words name, one link each.
    fn denial(&self, claim: &Claim, out: &mut LinkedClaim) {
        let headings = claim.headings.join(" ");
        let zones = self.zones(claim, &headings);
        let mut options = self.options(&zones, None, false);
        let silent = leftover(zones.before, &[], self.words) == 0 && zones.after.trim().is_empty();
        if options.is_empty() && silent {
            options = self.options(&zones, None, true);
        }
        out.candidates = self.candidates(&options);
        out.links = self.several(&options, 300);
    }

    /// Options whose words do not overlap those of a better one, as links.
    fn several(&self, options: &[Choice], enough: i64) -> Vec<Link> {
        let mut taken: Vec<&Scored> = Vec::new();
        let mut links: Vec<Link> = Vec::new();
        for option in options.iter().filter(|o| o.score >= enough) {
            let Some(scored) = &option.scored else {
                if links.is_empty() && taken.is_empty() && option.score >= ENOUGH {
                    links.extend(self.choose(std::slice::from_ref(option)));
                }
                continue;
            };
            // Words between the words of a better phrase only modify it (`收取检索、复制、邮寄费用`).
            let within = |of: &[std::ops::Range<usize>], own: &[std::ops::Range<usize>]| {
                extent(of).zip(extent(own)).is_some_and(|(o, e)| o.start <= e.start && e.end <= o.end)
            };
            if taken.iter().any(|t| {
                crossing(&t.before, &scored.before)
                    || crossing(&t.after, &scored.after)
                    || within(&t.before, &scored.before)
                    || within(&t.after, &scored.after)
            }) {
                continue;
            }
            taken.push(scored);
            if !option.terms.is_empty() {
                let raised = Choice { score: option.score.max(ENOUGH), ..option.clone() };
                links.extend(
                    self.choose(std::slice::from_ref(&raised)).map(|l| Link { score: thousandths(option.score), ..l }),
                );
            }
        }
        links
    }

    /// Every verb after the quantifier asserts one cell.
    fn every(&self, claim: &Claim, claims: &[Claim], linked: &[LinkedClaim], out: &mut LinkedClaim) {
        let headings = claim.headings.join(" ");
        let of = claim.of.and_then(|i| claims.get(i));
        let subject = of.map_or_else(|| claim.own.before.clone(), |c| format!("{} {}", c.own.before, c.own.after));
        let earlier = format!("{} {}", claim.before, subject);
        let zones = Zones { before: "", after: &claim.own.after, earlier: &earlier, headings: &headings };
        let unit = of.or(Some(claim)).and_then(|c| c.quantity.as_ref()).and_then(|q| q.unit.as_deref());
        let mut options = self.options(&zones, unit, false);
        // A row in no form is meant only where its label says the verb.
        options.retain(|o| match o.terms.as_slice() {
            [Term { figure: Figure::Triple(id), .. }] if o.key.is_none() => {
                let label = &self.facts.triples[*id].label;
                self.words.complete.iter().any(|v| label.contains(v.as_str()) && claim.own.after.contains(v.as_str()))
            }
            _ => true,
        });
        out.candidates = self.candidates(&options);
        out.links = self.several(&options, 400);
        if let Some(id) = claim.of {
            out.base = linked.get(id).map(|other| {
                let terms = self.figure(id, other);
                Link { terms, alternatives: Vec::new(), indicator: None, score: Number::ONE, rivals: Vec::new() }
            });
            let stated = out.base.as_ref().map(|b| b.terms.clone()).unwrap_or_default();
            out.links.retain(|l| l.terms != stated && self.of_one_matter(&l.terms, &stated));
        }
    }

    /// Whether two figures stand under one chapter of a list, or in one matrix: what is said of the one may hold of the other.
    fn of_one_matter(&self, a: &[Term], b: &[Term]) -> bool {
        let chapter = |terms: &[Term]| {
            terms.iter().find_map(|t| match t.figure {
                Figure::Triple(id) => self.facts.triples.get(id),
                Figure::Claim(_) => None,
            })
        };
        match (chapter(a), chapter(b)) {
            (Some(a), Some(b)) => {
                a.table == b.table
                    && (!a.columns.is_empty() || a.indicator.is_none() || a.path.first() == b.path.first())
            }
            _ => false,
        }
    }

    fn link_of(&self, id: usize, linked: &[LinkedClaim]) -> Option<Link> {
        let other = linked.get(id)?;
        match other.links.as_slice() {
            [link] if other.claim.period == Period::Current && other.claim.kind != ClaimKind::All => Some(link.clone()),
            _ => Some(Link {
                terms: vec![plus(Figure::Claim(id))],
                alternatives: Vec::new(),
                indicator: None,
                score: Number::ONE,
                rivals: Vec::new(),
            }),
        }
    }

    fn share(&self, claim: &Claim, linked: &[LinkedClaim], out: &mut LinkedClaim) {
        let headings = claim.headings.join(" ");
        let own = claim.own.before.as_str();
        if let Some((part, whole)) = self.rate(own) {
            out.links.push(part);
            out.base = Some(whole);
            return;
        }
        let cut = self
            .words
            .share
            .iter()
            .filter(|w| w.as_str() != "率")
            .filter_map(|w| own.find(w.as_str()).map(|i| (i, w.len())))
            .min();
        let (head, tail) = cut.map_or((own, ""), |(i, n)| (&own[..i], &own[i + n..]));
        let part = match (claim.of, self.rate_of_neighbour(claim, linked)) {
            (Some(id), _) => self.link_of(id, linked),
            (None, Some(neighbour)) => Some(neighbour),
            (None, None) => {
                let zones =
                    Zones { before: head, after: &claim.own.after, earlier: &claim.before, headings: &headings };
                let options = self.options(&zones, None, false);
                out.candidates = self.candidates(&options);
                // The number is a rate: a row counts only where its words explain all that is said.
                self.choose(&options).filter(|_| options.first().is_some_and(|o| o.score >= 540))
            }
        };
        let Some(part) = part else { return };
        let named = {
            let zones = Zones { before: tail, after: "", earlier: &claim.before, headings: &headings };
            self.choose(&self.options(&zones, None, false))
        };
        let whole = named
            .filter(|w| w.terms != part.terms)
            .or_else(|| self.whole_of(&part))
            .or_else(|| self.heading_figure(claim, &part, linked))
            .or_else(|| claim.base.and_then(|id| self.link_of(id, linked)));
        if let Some(whole) = whole.filter(|w| w.terms != part.terms) {
            out.links.push(part);
            out.base = Some(whole);
        }
    }

    /// The figure that stands over a part: the chapter's highest row so far that is counted alike and stands higher.
    fn heading_figure(&self, claim: &Claim, part: &Link, linked: &[LinkedClaim]) -> Option<Link> {
        let [Term { figure, .. }, ..] = part.terms.as_slice() else { return None };
        let (unit, depth) = match figure {
            Figure::Claim(of) => (linked.get(*of)?.claim.quantity.as_ref()?.unit.clone()?, usize::MAX),
            Figure::Triple(id) => self.facts.triples.get(*id).and_then(|t| Some((t.unit.clone()?, t.path.len())))?,
        };
        let mut best: Option<(usize, &Link)> = None;
        for other in linked.iter().rev() {
            let alike = other
                .claim
                .quantity
                .as_ref()
                .and_then(|q| q.unit.as_deref())
                .is_some_and(|u| self.grammar.lexicon.comparable(u, &unit));
            let ([link], true) = (other.links.as_slice(), alike) else { continue };
            let [Term { figure: Figure::Triple(id), minus: false }] = link.terms.as_slice() else { continue };
            if other.claim.headings != claim.headings || other.claim.period != Period::Current {
                continue;
            }
            let high = self.facts.triples.get(*id).map_or(usize::MAX, |t| t.path.len());
            if high < depth && best.is_none_or(|(least, _)| high < least) {
                best = Some((high, link));
            }
        }
        best.map(|(_, link)| link.clone())
    }

    /// `办结185902件,办结率99.7%` in a table that no form explains: the rate is of the figure just named by the same verb.
    fn rate_of_neighbour(&self, claim: &Claim, linked: &[LinkedClaim]) -> Option<Link> {
        let stem: String = claim.own.before.trim().strip_suffix('率')?.chars().rev().take(2).collect();
        let stem: String = stem.chars().rev().collect();
        let id = linked.len().checked_sub(1)?;
        let other = &linked.get(id)?.claim;
        let named =
            other.sentence == claim.sentence && other.own.before.contains(&stem) && other.kind == ClaimKind::Count;
        if named { self.link_of(id, linked) } else { None }
    }

    /// A rate the catalogue names, where the document has both its figures.
    fn rate(&self, own: &str) -> Option<(Link, Link)> {
        let named =
            |r: &&crate::grammar::Ratio| r.says.iter().filter(|w| own.contains(w.as_str())).map(String::len).max();
        let best = self.grammar.catalogue.ratios.iter().filter_map(|r| named(&r)).max()?;
        let ratio = |r: &&crate::grammar::Ratio| named(r) == Some(best);
        self.grammar.catalogue.ratios.iter().filter(ratio).find_map(|r| {
            let link = |expression: &str| {
                self.sum(expression).map(|terms| Link {
                    terms,
                    alternatives: Vec::new(),
                    indicator: (!expression.contains('+')).then(|| IndicatorKey(expression.to_string())),
                    score: Number::ONE,
                    rivals: Vec::new(),
                })
            };
            Some((link(&r.part)?, link(&r.whole)?))
        })
    }

    /// The whole a part's row belongs to, by the form or the table's numbering.
    fn whole_of(&self, part: &Link) -> Option<Link> {
        let mut parents = part.terms.iter().map(|t| match t.figure {
            Figure::Triple(id) => self.whole(id),
            Figure::Claim(_) => None,
        });
        let first = parents.next()??;
        parents.all(|p| p == Some(first)).then(|| Link {
            terms: vec![plus(Figure::Triple(first))],
            alternatives: Vec::new(),
            indicator: self.facts.triples.get(first).and_then(|t| t.indicator.clone()),
            score: Number::ONE,
            rivals: Vec::new(),
        })
    }

    fn whole(&self, id: TripleId) -> Option<TripleId> {
        let triple = self.facts.triples.get(id)?;
        let by_form = || {
            let key = triple.indicator.as_ref()?;
            let form = self.facts.form.and_then(|i| self.grammar.forms.get(i))?;
            let identity = form.identities.iter().find(|i| i.parts.contains(key))?;
            self.by_key.get(identity.whole.as_str()).and_then(|ids| ids.first()).copied()
        };
        triple.parent.or_else(by_form)
    }

    fn change(&self, claim: &Claim, linked: &[LinkedClaim], out: &mut LinkedClaim) {
        let headings = claim.headings.join(" ");
        let own = claim.own.before.as_str();
        let link = match claim.of {
            Some(id) => self.link_of(id, linked),
            None => {
                let zones = Zones { before: own, after: "", earlier: &claim.before, headings: &headings };
                let options = self.options(&zones, None, false);
                out.candidates = self.candidates(&options);
                self.choose(&options).filter(|l| l.score >= thousandths(520))
            }
        };
        out.links.extend(link);
        out.base = claim.base.map(|id| Link {
            terms: vec![plus(Figure::Claim(id))],
            alternatives: Vec::new(),
            indicator: None,
            score: Number::ONE,
            rivals: Vec::new(),
        });
        if claim.kind == ClaimKind::Multiple && out.base.is_none() {
            if let Some(i) = own.find(['是', '为']) {
                let rest = &own[i + '是'.len_utf8()..];
                let zones = Zones { before: rest, after: "", earlier: &claim.before, headings: &headings };
                out.base = self.choose(&self.options(&zones, None, false));
            }
        }
    }
}

/// Two parts of one list, or a part and its whole, never share a row: the better claim keeps it.
fn part_with_wholes(linked: &mut [LinkedClaim]) {
    for i in 0..linked.len() {
        let ListRole::Part(list) = linked[i].claim.list else { continue };
        for k in 0..i {
            let rival = matches!(linked[k].claim.list, ListRole::Part(l) | ListRole::Whole(l) if l == list);
            let same = linked[i].links.first().zip(linked[k].links.first()).is_some_and(|(a, b)| a.terms == b.terms);
            let counts = |c: &LinkedClaim| matches!(c.claim.kind, ClaimKind::Count | ClaimKind::Money);
            if !(rival && same && counts(&linked[i]) && counts(&linked[k])) {
                continue;
            }
            let score = |c: &LinkedClaim| c.links.first().map(|l| l.score);
            let loser = if score(&linked[k]) >= score(&linked[i]) { i } else { k };
            linked[loser].links.clear();
        }
    }
}

fn crossing(a: &[std::ops::Range<usize>], b: &[std::ops::Range<usize>]) -> bool {
    a.iter().any(|a| b.iter().any(|b| a.start < b.end && b.start < a.end))
}

/// From the first of some ranges' starts to the last of their ends.
fn extent(ranges: &[std::ops::Range<usize>]) -> Option<std::ops::Range<usize>> {
    Some(ranges.iter().map(|r| r.start).min()?..ranges.iter().map(|r| r.end).max()?)
}

/// A link with another link's sums among its readings.
fn with_readings(mut link: Link, other: Link) -> Link {
    link.alternatives.push(other.terms);
    link.alternatives.extend(other.alternatives);
    link
}

fn plus(figure: Figure) -> Term {
    Term { figure, minus: false }
}

fn thousandths(score: i64) -> Number {
    Number::new(score, 3)
}
