//! Claim linking: which rows a claim speaks of, or none. The value never chooses the row.

mod among;
mod amount;
mod date;
mod overlap;
mod proportion;
mod score;
mod union;
mod word;

use super::{Candidate, Facts, Figure, Link, LinkedClaim, Term, TripleId};
use crate::{
    grammar::{Ban, Grammar, IndicatorKey, Weights},
    prose::{Claim, ClaimKind, Period},
    quantity::{Number, ProseWords},
};
use overlap::Rows;
use score::{Scored, Zones};
use std::collections::BTreeMap;

/// Fills `facts.claims`.
pub(super) fn link(claims: Vec<Claim>, grammar: &Grammar, facts: &mut Facts) {
    let mut by_key: BTreeMap<&str, Vec<TripleId>> = BTreeMap::new();
    for (id, triple) in facts.triples.iter().enumerate() {
        if let Some(key) = &triple.indicator {
            by_key.entry(key.as_str()).or_default().push(id);
        }
    }
    let rows = Rows::new(&facts.triples, grammar);
    let linker =
        Linker { grammar, facts, by_key, rows, words: &grammar.lexicon.words().prose, weights: &grammar.weights };
    let mut linked: Vec<LinkedClaim> = Vec::with_capacity(claims.len());
    for claim in &claims {
        let next = linker.claim(claim, &claims, &linked);
        linked.push(next);
    }
    linker.among(&mut linked);
    facts.claims = linked;
}

struct Linker<'a> {
    grammar: &'a Grammar,
    facts: &'a Facts,
    by_key: BTreeMap<&'a str, Vec<TripleId>>,
    rows: Rows,
    words: &'a ProseWords,
    weights: &'a Weights,
}

/// A row, or a sum of rows, that words may mean.
#[derive(Clone, Debug)]
struct Choice {
    terms: Vec<Term>,
    key: Option<IndicatorKey>,
    score: i64,
    scored: Option<Scored>,
    /// Whether the claim's unit is none the indicator is counted in.
    odd: bool,
}

impl<'a> Linker<'a> {
    fn claim(&self, claim: &Claim, claims: &[Claim], linked: &[LinkedClaim]) -> LinkedClaim {
        let mut out = LinkedClaim {
            claim: claim.clone(),
            links: Vec::new(),
            base: None,
            candidates: Vec::new(),
            topic: None,
            base_named: false,
            dated: false,
        };
        match claim.kind {
            ClaimKind::Count | ClaimKind::Money => self.amount(claim, linked, &mut out),
            ClaimKind::All => self.every(claim, claims, linked, &mut out),
            ClaimKind::None => self.denial(claim, &mut out),
            ClaimKind::Share => self.share(claim, linked, &mut out),
            ClaimKind::Change | ClaimKind::Multiple => self.change(claim, linked, &mut out),
            ClaimKind::Rank => {}
        }
        self.date(linked, &mut out);
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
        // Where no official form is in use its indicators are nobody's subject.
        let known = if self.by_key.is_empty() { Vec::new() } else { score::indicators(zones, self.grammar, ellipsis) };
        for scored in known {
            let Some(entry) = self.grammar.catalogue.indicators.get(scored.indicator) else { continue };
            let terms = self.terms(&entry.key).or_else(|| self.sum(entry.sum.as_deref()?));
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
                score: scored.score - if odd { self.weights.sign.unit } else { 0 },
                scored: Some(scored),
                odd,
            });
        }
        let own = format!("{}{}", zones.before, zones.after);
        let mut unkeyed: Vec<(TripleId, Choice)> = Vec::new();
        for alike in self.rows.alike() {
            let Some((first, triple)) = alike.first().and_then(|id| Some((*id, self.facts.triples.get(*id)?))) else {
                continue;
            };
            let units: Vec<String> = triple.unit.iter().cloned().collect();
            if !self.comparable(unit, &units) {
                continue;
            }
            let score = self.rows.likeness(first, &own, zones.earlier, self.grammar);
            if score > 0 {
                let odd = self.rows.beside(first, zones.before, self.words) > self.weights.link.free_aside;
                unkeyed.extend(alike.iter().map(|id| {
                    let terms = vec![plus(Figure::Triple(*id))];
                    (*id, Choice { terms, key: None, score, scored: None, odd })
                }));
            }
        }
        unkeyed.sort_by_key(|(id, _)| *id);
        options.extend(unkeyed.into_iter().map(|(_, choice)| choice));
        // A row of the document goes before an indicator it lacks; else the order of catalogue and table.
        options.sort_by_key(|o| (-o.score, o.terms.is_empty()));
        self.prefer_part(&mut options, zones);
        options
    }

    /// `收到网络申请15件`, `因涉及个人隐私不予公开1件`: where words name a whole and one of its parts, the part is meant.
    fn prefer_part(&self, options: &mut Vec<Choice>, zones: &Zones<'_>) {
        // `因甲、乙和丙而不予公开9件`: grounds in a list are not each the whole's part that is meant.
        if zones.earlier.ends_with('、') || self.words.open.iter().any(|w| zones.before.contains(w.as_str())) {
            return;
        }
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
                let closer = c.score >= first.score - self.weights.link.near;
                (apart || closer) && c.score >= self.weights.link.part && self.is_part(*id, &first.terms)
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
        let best = options.first().filter(|o| o.score >= self.weights.link.enough && !o.terms.is_empty())?;
        let mut alternatives = Vec::new();
        if let Some(entry) = best.key.as_ref().and_then(|k| self.grammar.catalogue.get(k)) {
            alternatives.extend(entry.readings.iter().filter_map(|r| self.sum(r)));
        }
        let rivals = options
            .iter()
            .skip(1)
            .take_while(|o| o.score >= best.score - self.weights.link.near)
            .filter_map(|o| match o.terms.as_slice() {
                [Term { figure: Figure::Triple(id), .. }] => Some(*id),
                _ => None,
            })
            .filter(|id| {
                !best
                    .terms
                    .iter()
                    .any(|t| matches!(t.figure, Figure::Triple(b) if self.related(b, *id) || self.year_beside(b, *id)))
            })
            .collect();
        // What the words name plainly contradicts; a likeness, or a phrase among words it does not explain, does not.
        let narrowed = best.scored.as_ref().is_some_and(|s| s.barred || s.narrow > self.weights.link.aside);
        let sure = !best.odd
            && !narrowed
            && best.score >= if best.scored.is_some() { self.weights.link.plain } else { self.weights.link.like };
        Some(Link {
            sure,
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

    /// Years side by side in a table of no form are one row; columns of a form count different things.
    fn year_beside(&self, a: TripleId, b: TripleId) -> bool {
        self.in_one_row(a, b) && self.facts.triples.get(b).is_some_and(|t| t.indicator.is_none())
    }

    fn candidates(&self, options: &[Choice]) -> Vec<Candidate> {
        let single = options.iter().filter_map(|o| match o.terms.as_slice() {
            [Term { figure: Figure::Triple(id), .. }] => Some(Candidate { triple: *id, score: thousandths(o.score) }),
            _ => None,
        });
        single.take(3).collect()
    }

    /// The figure another claim stands for: its own cell, else itself.
    fn figure(&self, id: usize, other: &LinkedClaim) -> Vec<Term> {
        match other.links.as_slice() {
            [link] if other.claim.kind != ClaimKind::All && other.claim.period == Period::Current => link.terms.clone(),
            _ => vec![plus(Figure::Claim(id))],
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
                sure: true,
            }),
        }
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
            sure: true,
        })
    }

    fn whole(&self, id: TripleId) -> Option<TripleId> {
        let triple = self.facts.triples.get(id)?;
        let by_form = || {
            let key = triple.indicator.as_ref()?;
            let form = self.facts.form.and_then(|i| self.grammar.forms.get(i))?;
            // Channels that overlap are shares of what the form forbids to be their sum.
            let overlapping =
                || form.never.iter().find(|n| n.relation == Ban::Sum && n.parts.len() > 1 && n.parts.contains(key));
            let whole = form.identities.iter().find(|i| i.parts.contains(key)).map(|i| &i.whole);
            let whole = whole.or_else(|| overlapping().map(|n| &n.whole))?;
            self.by_key.get(whole.as_str()).and_then(|ids| ids.first()).copied()
        };
        triple.parent.or_else(by_form)
    }
}

/// How many figures a word such as 三项, 二者, 上述三类 gathers.
fn group(own: &str) -> Option<usize> {
    own.char_indices().find_map(|(at, c)| {
        let count = match c {
            '两' | '二' | '2' => 2,
            '三' | '3' => 3,
            '四' | '4' => 4,
            '五' | '5' => 5,
            _ => return None,
        };
        own.get(at + c.len_utf8()..)?.starts_with(['项', '类', '者', '种', '部']).then_some(count)
    })
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
