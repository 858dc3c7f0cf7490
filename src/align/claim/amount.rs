//! Amounts: the row a number states, a union of rows, or what others leave.

use super::{
    Choice, Linker, extent, plus,
    score::{Zones, leftover},
    thousandths, with_readings,
};
use crate::{
    align::{Figure, Link, LinkedClaim, Term, TripleId},
    prose::{Claim, ClaimKind, List, ListRole, Period, nouns},
};
use std::ops::Range;

/// How many readings a remainder may have: which whole and which parts, the words do not say.
const READINGS: usize = 40;
/// How many claims before one may be added up with it or stand over it.
const NEIGHBOURS: usize = 32;

impl Linker<'_> {
    pub(super) fn amount(&self, claim: &Claim, linked: &[LinkedClaim], out: &mut LinkedClaim) {
        let headings = claim.headings.join(" ");
        let mut zones = self.zones(claim, &headings);
        let long = format!("{},{}", claim.own.after, claim.own.next);
        if claim.remainder {
            zones.after = &long;
        }
        // `工作人员中专职3名`: what follows the naming of a whole is meant, if it says anything.
        let names = |at: usize| {
            let of =
                |name: &String| zones.before.match_indices(name.as_str()).any(|(i, m)| (i..i + m.len()).contains(&at));
            self.words.within_not.iter().any(of)
        };
        let within =
            |w: &String| zones.before.rmatch_indices(w.as_str()).find(|(i, _)| !names(*i)).map(|(i, m)| i + m.len());
        let cut = self.words.within.iter().filter_map(within).max();
        let mut earlier = String::new();
        if let Some(part) = cut.and_then(|i| zones.before.get(i..)).filter(|p| !p.trim().is_empty()) {
            earlier = format!("{}{}", zones.earlier, zones.before.strip_suffix(part).unwrap_or(""));
            zones.before = part;
        }
        if !earlier.is_empty() {
            zones.earlier = &earlier;
        }
        // `设立查阅点,共17个`: the clause before names what is summed up.
        let clause = claim.before.trim_end_matches(',').rsplit([',', ';', '。']).next().unwrap_or("");
        let bare_sum = self.words.sum.iter().any(|w| zones.before.trim() == w.as_str());
        let names = || !self.grammar.catalogue.phrases.hits(clause, &self.words.generic).is_empty();
        if bare_sum && names() && claim.before.ends_with(',') && !clause.contains(|c: char| c.is_ascii_digit()) {
            zones.before = clause;
        }
        // `专、兼职人员18名`: a list mark within the name of a row parts nothing.
        let across = self.name_across(claim);
        if let Some(name) = &across {
            zones.before = name;
        }
        let unit = claim.quantity.as_ref().and_then(|q| q.unit.as_deref());
        let mut inherits = false;
        let mut options = self.options(&zones, unit, false);
        self.favour_topic(&mut options, claim, linked);
        if options.first().is_none_or(|o| o.score < self.weights.link.enough) && !claim.own.next.is_empty() {
            inherits = true;
            options = self.options(&Zones { after: &long, ..zones }, unit, false);
            options.retain(|o| o.scored.is_some());
        }
        if options.first().is_none_or(|o| o.score < self.weights.link.enough)
            && leftover(zones.before, &[], self.words) <= 1
        {
            let inherited = self.options(&zones, unit, true);
            if inherited.first().map(|o| o.score) > options.first().map(|o| o.score) {
                inherits = true;
                options = inherited
                    .into_iter()
                    .map(|o| Choice { score: o.score + self.weights.sign.inherited, ..o })
                    .collect();
                self.favour_topic(&mut options, claim, linked);
            }
        }
        // `17个行政村各有一处查阅点`: what is counted stands right after the number.
        if let Some(body) =
            self.words.bodies.iter().filter(|b| claim.own.after.starts_with(b.as_str())).max_by_key(|b| b.len())
        {
            let counts_it = |o: &Choice| match o.terms.as_slice() {
                [Term { figure: Figure::Triple(id), .. }] => {
                    self.facts.triples.get(*id).is_some_and(|t| t.label.contains(body.as_str()))
                }
                _ => false,
            };
            options.retain(counts_it);
        }
        out.candidates = self.candidates(&options);
        let selects = self.words.of_which.iter().any(|w| claim.own.before.trim_start().starts_with(w.as_str()));
        let lacking = options.first().filter(|o| o.terms.is_empty() && o.score >= self.weights.link.sure && !selects);
        out.topic = lacking.and_then(|o| o.key.clone());
        if let Some(link) = self.became(claim, linked) {
            out.links.push(link);
            return;
        }
        if self.choose(&options).is_none()
            && let Some(link) = self.restated(claim, linked)
        {
            out.links.push(link);
            return;
        }
        // A phrase that holds the joint itself (`公开和部分公开`) names the sum as one thing.
        let whole_phrase = options.first().is_some_and(|o| {
            o.terms.len() > 1
                || o.scored.as_ref().is_some_and(|s| {
                    s.before
                        .iter()
                        .filter_map(|r| zones.before.get(r.clone()))
                        .any(|w| self.words.joints.iter().any(|j| w.contains(j.as_str())))
                })
        });
        if let Some(sum) = self.added_up(claim, linked) {
            out.links.push(sum);
        } else if self.mixes_in_a_rest(zones.before, &options) {
            // `部分公开和其余情形合计8件`: a named row and an unnamed rest; no row says what they add up to.
        } else if let Some(union) = self.rows_together(claim).filter(|_| !whole_phrase) {
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
                let sure = options.first().is_some_and(|o| o.score >= self.weights.link.sure);
                let named = named.map(|l| Link { sure: l.sure && !claim.own.listed, ..l });
                out.links.extend(match (named, self.remainder(claim, linked)) {
                    (Some(named), Some(left)) if sure => Some(with_readings(named, left)),
                    (Some(named), Some(left)) => Some(with_readings(left, named)),
                    (named, left) => named.or(left),
                });
            } else {
                // Words that name a row of another chapter than the sentence speaks of may mean something else.
                let strays = linked
                    .last()
                    .filter(|o| o.claim.sentence == claim.sentence && !claim.before.ends_with(';'))
                    .and_then(|o| o.links.first())
                    .zip(named.as_ref())
                    .is_some_and(|(o, n)| {
                        n.score < thousandths(self.weights.link.stray) && !self.of_one_matter(&o.terms, &n.terms)
                    });
                // `各设1个` counts each of several, and the first of a list after the number is not all of them.
                let apiece = self.words.each.iter().any(|w| zones.before.contains(w.as_str()));
                let after = options.first().and_then(|o| o.scored.as_ref()).is_some_and(|s| s.before.is_empty());
                // `甲和乙的共3件`: where the union with what stands before it was not made out, it is no part's number.
                let joined =
                    options.first().and_then(|o| o.scored.as_ref()).and_then(|s| extent(&s.before)).is_some_and(|e| {
                        let head = zones.before.get(..e.start).unwrap_or("").trim_end();
                        self.words.joints.iter().any(|j| head.ends_with(j.as_str()))
                    });
                let summed = !whole_phrase
                    && (claim.before.ends_with('、') || nouns(zones.before, self.words).len() > 1)
                    && self.words.sum.iter().any(|w| w.chars().count() > 1 && claim.own.before.contains(w.as_str()));
                // What narrows the first of a list narrows the others: `处罚引起的复议5件、诉讼4件`.
                let narrowed = claim.before.ends_with('、')
                    && linked.last().is_some_and(|o| {
                        self.beside(claim, &o.claim) && !o.links.is_empty() && o.links.iter().all(|l| !l.sure)
                    });
                // `对1件申请收费120元` speaks of some of them; under a heading of plans what says no time may be planned.
                let some = self
                    .words
                    .toward
                    .iter()
                    .filter_map(|w| claim.own.before.trim_end().strip_suffix(w.as_str()))
                    .any(|head| leftover(head, &[], self.words) == 0);
                let planned = self.planned(claim);
                // `15个工作日内答复10件` counts those in time; `信函申请5件中,不予公开3件` those of a part.
                let timed = self.words.within_days.iter().any(|w| claim.own.before.contains(w.as_str()));
                let named_terms = named.as_ref().map(|l| l.terms.as_slice()).unwrap_or_default();
                let of_a_part = self.within_a_part(claim, named_terms, linked);
                let of_another_matter = self.list_of_another(claim, named_terms, linked);
                let loose = joined
                    || timed
                    || of_a_part
                    || of_another_matter
                    || some
                    || planned
                    || narrowed
                    || self.of_an_unknown_whole(claim, linked)
                    || self.named_other(zones.before, &options)
                    || summed
                    || self.verb_of_another(claim, &options, linked)
                    || inherits
                    || strays
                    || apiece
                    || (claim.own.listed && after);
                out.links.extend(named.map(|l| Link { sure: l.sure && !loose, ..l }));
            }
        }
    }

    /// `信函申请5件中,不予公开3件`: whether the sentence speaks of what stands within a row that is itself a part, and not the row's whole.
    fn within_a_part(&self, claim: &Claim, terms: &[Term], linked: &[LinkedClaim]) -> bool {
        let [Term { figure: Figure::Triple(row), .. }] = terms else { return false };
        let within = |o: &&LinkedClaim| {
            o.claim.sentence == claim.sentence
                && self.words.within.iter().any(|w| o.claim.own.after.trim_end().ends_with(w.as_str()))
        };
        let opener = linked.iter().rev().take(NEIGHBOURS).find(within);
        opener.and_then(|o| o.links.first()).is_some_and(|link| match link.terms.as_slice() {
            [Term { figure: Figure::Triple(of), .. }] => self.whole(*of).is_some() && self.whole(*row) != Some(*of),
            _ => false,
        })
    }

    /// `收到申请65件,涉及环评30件、处罚20件`: whether the claim is a part of a list whose whole is a row of another matter than `terms`.
    fn list_of_another(&self, claim: &Claim, terms: &[Term], linked: &[LinkedClaim]) -> bool {
        let list = self.list_of(claim);
        let whole = list.and_then(|l| l.whole).and_then(|w| linked.get(w)).and_then(|o| o.links.first());
        let part = |whole: &Link| match (whole.terms.as_slice(), terms) {
            ([Term { figure: Figure::Triple(whole), .. }], [Term { figure: Figure::Triple(row), .. }]) => {
                self.whole(*row) == Some(*whole)
            }
            _ => false,
        };
        whole.is_some_and(|whole| !terms.is_empty() && !part(whole) && !self.of_one_matter(&whole.terms, terms))
    }

    /// The list that a claim is a part of.
    fn list_of(&self, claim: &Claim) -> Option<&List> {
        let ListRole::Part(list) = claim.list else { return None };
        self.facts.lists.get(list)
    }

    /// Whether a claim stands under a heading of plans and says no time of its own.
    fn planned(&self, claim: &Claim) -> bool {
        let headed = claim.headings.iter().any(|h| self.words.plan_heading.iter().any(|w| h.contains(w.as_str())));
        let said = format!("{},{}", claim.before, claim.own.before);
        let timed =
            self.words.current.iter().chain(&self.words.time).any(|w| said.contains(w.as_str())) || said.contains('年');
        headed && !timed
    }

    /// The words before a number together with those before the list mark they follow, where a catalogue's word spans the mark.
    fn name_across(&self, claim: &Claim) -> Option<String> {
        let earlier = claim
            .before
            .strip_suffix('、')
            .map(|head| head.rsplit([',', ';', ':', '、', '。']).next().unwrap_or(""))?;
        let joined = format!("{earlier}、{}", claim.own.before);
        let mark = earlier.len();
        let hits = self.grammar.catalogue.phrases.hits(&joined, &self.words.generic);
        hits.iter().any(|h| h.range.start < mark && mark < h.range.end).then_some(joined)
    }

    /// `接警4.83万起,其中投诉类126起`, `制发公文412件,其中主动公开97件、不予公开121件`: what a figure that no row holds is divided into is
    /// none of the rows'.
    fn of_an_unknown_whole(&self, claim: &Claim, linked: &[LinkedClaim]) -> bool {
        let selects = |own: &str| self.words.select.iter().any(|w| own.trim_start().starts_with(w.as_str()));
        let id = linked.len();
        let list = self.list_of(claim);
        let whole = match list {
            Some(list) if list.whole.is_some() => list.whole,
            _ => {
                let first = list.and_then(|l| l.parts.first()).copied().unwrap_or(id);
                let opens = linked.get(first).map_or(&claim.own, |o| &o.claim.own);
                let beside = |k: &usize| {
                    linked.get(*k).is_some_and(|o| o.claim.sentence == claim.sentence && self.beside(claim, &o.claim))
                };
                (first.saturating_sub(4)..first).rev().find(beside).filter(|_| selects(&opens.before))
            }
        };
        whole.and_then(|w| linked.get(w)).is_some_and(|o| o.links.is_empty() && o.claim.quantity.is_some())
    }

    /// `征地引起的其他行政诉讼19件`: 其他 right before the row's own words means others than the row's.
    fn named_other(&self, before: &str, options: &[Choice]) -> bool {
        let start =
            options.first().and_then(|o| o.scored.as_ref()).and_then(|s| s.before.iter().map(|r| r.start).max());
        start.and_then(|at| before.get(..at)).is_some_and(|head| {
            self.words.remainder.iter().any(|w| w.chars().count() > 1 && head.ends_with(w.as_str()))
        })
    }

    /// `收到信访件420件,办结418件`: a verb alone is said of what the sentence just counted; where that has no row, neither has this.
    fn verb_of_another(&self, claim: &Claim, options: &[Choice], linked: &[LinkedClaim]) -> bool {
        let Some(named) = options.first().and_then(|o| o.scored.as_ref()) else { return false };
        let verb = |r: &Range<usize>| {
            let said = claim.own.before.get(r.clone()).unwrap_or("");
            self.words.complete.iter().chain(&self.words.occur).any(|v| v == said)
        };
        let alone = !named.before.is_empty() && named.before.iter().all(verb);
        alone
            && linked.last().is_some_and(|o| {
                o.claim.sentence == claim.sentence && self.beside(claim, &o.claim) && o.links.iter().all(|l| !l.sure)
            })
    }

    /// `近2200条,按口径统计为2184条`: a figure beside its own approximation speaks of the same row.
    pub(super) fn restated(&self, claim: &Claim, linked: &[LinkedClaim]) -> Option<Link> {
        let other = linked.last()?;
        let approx = |c: &Claim| c.quantity.as_ref().is_some_and(|q| q.approx.is_some());
        let beside = other.claim.sentence == claim.sentence && self.beside(claim, &other.claim);
        let once = approx(claim) != approx(&other.claim) && !claim.remainder;
        (beside && once && other.claim.period == claim.period && self.only_restates(&claim.own.before))
            .then(|| other.links.first().cloned())
            .flatten()
    }

    /// `由2013年的530条增加到689条`: what a change leads to is the figure it set out from, a year later.
    fn became(&self, claim: &Claim, linked: &[LinkedClaim]) -> Option<Link> {
        let other = linked.last().filter(|o| o.claim.sentence == claim.sentence && self.beside(claim, &o.claim))?;
        let own = claim.own.before.trim();
        let leads = self.words.up.iter().chain(&self.words.down).filter_map(|w| own.strip_prefix(w.as_str()));
        let leads = leads.into_iter().any(|rest| self.words.becomes.iter().any(|b| rest == b));
        other.links.first().filter(|_| leads && other.claim.period != claim.period).cloned()
    }

    /// Whether words say nothing but that a figure is said again.
    fn only_restates(&self, own: &str) -> bool {
        let covered: Vec<Range<usize>> = self
            .words
            .restate
            .iter()
            .flat_map(|w| own.match_indices(w.as_str()).map(|(at, m)| at..at + m.len()))
            .collect();
        leftover(own, &covered, self.words) == 0
    }

    /// `未办结的2件`: the best row's own words are denied, so what is left of it is meant.
    pub(super) fn not_yet(&self, claim: &Claim, options: &[Choice]) -> bool {
        let Some(range) = options.first().and_then(|o| o.scored.as_ref()).and_then(|s| s.before.first()) else {
            return false;
        };
        claim
            .own
            .before
            .get(..range.start)
            .is_some_and(|head| self.words.not_yet.iter().any(|w| head.ends_with(w.as_str())))
    }

    /// Whether a word for what is left follows the best row's own words.
    pub(super) fn mixes_in_a_rest(&self, before: &str, options: &[Choice]) -> bool {
        let end = options.first().and_then(|o| o.scored.as_ref()).and_then(|s| extent(&s.before)).map(|e| e.end);
        let rest = end.and_then(|end| before.get(end..)).unwrap_or("");
        self.words.remainder.iter().any(|w| rest.contains(w.as_str()))
    }

    /// Raises the rows that divide what the sentence last spoke of, or stand beside it: `行政诉讼8宗，维持5宗`.
    pub(super) fn favour_topic(&self, options: &mut [Choice], claim: &Claim, linked: &[LinkedClaim]) {
        let topic: Vec<TripleId> = linked
            .iter()
            .rev()
            .take(NEIGHBOURS)
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
                    Figure::Triple(id) => {
                        self.whole(id).is_some_and(|w| topic.contains(&w) || wholes.contains(&w))
                            || topic.iter().any(|t| self.in_one_row(*t, id))
                    }
                    Figure::Claim(_) => false,
                });
            if near {
                option.score += self.weights.sign.topic;
            }
        }
        options.sort_by_key(|o| (-o.score, o.terms.is_empty()));
    }

    /// `新收24件,加上结转的2件,应办26件`, `三项合计8件`: what the figures just given add up to.
    fn added_up(&self, claim: &Claim, linked: &[LinkedClaim]) -> Option<Link> {
        let own = claim.own.before.as_str();
        let group = super::group(own);
        let sums = self.words.sum.iter().any(|w| own.contains(w.as_str()));
        let silent = self.grammar.catalogue.phrases.hits(own, &self.words.generic).is_empty();
        let bare = leftover(own, &[], self.words) == 0 && silent;
        let near = claim.before.rsplit(';').next().unwrap_or("");
        let added = self.words.plus.iter().any(|w| near.contains(w.as_str()));
        let alone = self.words.sum.iter().any(|w| own.trim() == w.as_str());
        if !(sums && (group.is_some() || (bare && added) || alone)) {
            return None;
        }
        let mut beside: Vec<(usize, &LinkedClaim)> = linked
            .iter()
            .enumerate()
            .rev()
            .take(NEIGHBOURS)
            .filter(|(_, o)| {
                o.claim.sentence == claim.sentence && o.claim.period == Period::Current && self.beside(claim, &o.claim)
            })
            .take(group.unwrap_or(if alone && !added { 6 } else { 2 }))
            .collect();
        beside.reverse();
        let terms_from = |skip: usize| -> Vec<Term> {
            beside.iter().skip(skip).flat_map(|(id, other)| self.figure(*id, other)).collect()
        };
        let last = beside.len().checked_sub(group.unwrap_or(2))?;
        let of_one_matter = beside.windows(2).all(|pair| match pair {
            [(a, one), (b, two)] => self.of_one_matter(&self.figure(*a, one), &self.figure(*b, two)),
            _ => true,
        });
        Some(Link {
            terms: terms_from(last),
            alternatives: (0..last).map(terms_from).collect(),
            indicator: None,
            score: thousandths(800),
            sure: group.is_some() || (added && of_one_matter),
            rivals: Vec::new(),
        })
    }

    /// Whether two cells of a matrix stand in one row: `规范性文件制发9件、废止6件`.
    pub(super) fn in_one_row(&self, a: TripleId, b: TripleId) -> bool {
        match (self.facts.triples.get(a), self.facts.triples.get(b)) {
            (Some(a), Some(b)) => !a.columns.is_empty() && a.table == b.table && a.label_span == b.label_span,
            _ => false,
        }
    }

    /// Whether `other` is an amount of the same sentence in a comparable unit.
    pub(super) fn beside(&self, claim: &Claim, other: &Claim) -> bool {
        let unit = |c: &Claim| c.quantity.as_ref().and_then(|q| q.unit.clone());
        let same = match (unit(claim), unit(other)) {
            (Some(a), Some(b)) => self.grammar.lexicon.comparable(&a, &b),
            _ => false,
        };
        same && claim.paragraph == other.paragraph
            && matches!(other.kind, ClaimKind::Count | ClaimKind::Money | ClaimKind::All)
            && other.quantity.is_some()
    }

    /// `其余4件`: a whole less the parts named before it.
    pub(super) fn remainder(&self, claim: &Claim, linked: &[LinkedClaim]) -> Option<Link> {
        let near: Vec<usize> = (0..linked.len())
            .rev()
            .take(NEIGHBOURS)
            .filter(|i| self.beside(claim, &linked[*i].claim))
            .take(8)
            .collect();
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
        if let [Term { figure: Figure::Triple(id), .. }] = part.as_slice()
            && let Some(parent) = self.whole(*id)
        {
            readings.push(less(vec![plus(Figure::Triple(parent))], &part));
        }
        for (i, part) in near.iter().enumerate() {
            for whole in near.iter().skip(i + 1) {
                readings.push(less(self.figure(*whole, &linked[*whole]), &self.figure(*part, &linked[*part])));
            }
        }
        readings.truncate(READINGS);
        let mut readings = readings.into_iter();
        let terms = readings.next()?;
        let alternatives: Vec<Vec<Term>> = readings.collect();
        // The more wholes might be meant, the less a difference from any of them proves.
        let sure = alternatives.is_empty();
        Some(Link { terms, alternatives, indicator: None, score: thousandths(600), rivals: Vec::new(), sure })
    }
}
