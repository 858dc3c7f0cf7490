//! Statements without a digit: denials and every-one statements, a link a subject or verb.

use super::{
    Choice, Linker, crossing, extent,
    score::{Scored, Zones, leftover},
    thousandths,
};
use crate::{
    align::{Figure, Link, LinkedClaim, Term},
    prose::{Claim, nouns},
    quantity::Number,
};
use std::ops::Range;

impl Linker<'_> {
    /// Every row that a denial's words name, one link each.
    pub(super) fn denial(&self, claim: &Claim, out: &mut LinkedClaim) {
        let headings = claim.headings.join(" ");
        let zones = self.zones(claim, &headings);
        // What is denied stands after the verb, where anything does: `上述答复未引起行政诉讼` denies no answer.
        let mut enough = self.weights.link.denied;
        let object = Zones { before: "", ..zones };
        let mut options = self.options(&object, None, false);
        let named = options
            .iter()
            .any(|o| o.score >= self.weights.link.denied && o.scored.as_ref().is_some_and(|s| !s.after.is_empty()));
        let silent = leftover(zones.after, &[], self.words) <= 2;
        if !silent {
            // `未收到举报投诉`: the verb alone is not the row whose noun stands further up.
            let alone = |s: &Scored| !s.whole && leftover(zones.after, &s.after, self.words) > 0;
            options.retain(|o| !o.scored.as_ref().is_some_and(alone));
        }
        if !named && silent {
            options = self.options(&zones, None, false);
            if options.is_empty() && leftover(zones.before, &[], self.words) == 0 && zones.after.trim().is_empty() {
                options = self.options(&zones, None, true);
                enough = self.weights.link.unsaid;
            }
        }
        out.candidates = self.candidates(&options);
        let loose = self
            .words
            .occur_loose
            .iter()
            .any(|v| claim.own.after.starts_with(v.as_str()) || claim.own.before.ends_with(v.as_str()));
        // `9个乡镇未收到申请`, `其余村未收到申请`, `未收到申请的单位20个`, `并非没有诉讼`: nothing is said of the whole.
        let own = claim.own.before.trim_end();
        let numbered = own.char_indices().any(|(at, c)| {
            c.is_ascii_digit()
                && !own[at..].trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['年', '月', '日'])
        });
        let some = numbered
            || self.words.remainder.iter().any(|w| w.chars().count() > 1 && own.contains(w.as_str()))
            || self.words.doubled.iter().any(|w| own.ends_with(w.as_str()))
            || self.words.some.iter().any(|w| own.contains(w.as_str()))
            || self.words.bodies.iter().any(|b| claim.own.after.contains(&format!("的{b}")));
        // `未收到要求听证的申请`: what else its noun is said to be narrows a row, each in a list by itself.
        let plain = |s: &Scored| {
            !loose
                && !some
                && s.near
                && self.aside(zones.after, &s.after) == 0
                && self.aside(zones.before, &s.before) == 0
        };
        out.links = self.several(&options, enough, false, &plain);
    }

    /// Characters that narrow what is meant by words at `hits`: those of the same nouns of a list that say anything more.
    fn aside(&self, zone: &str, hits: &[Range<usize>]) -> i64 {
        let start = |noun: &str| noun.as_ptr() as usize - zone.as_ptr() as usize;
        let mut most = 0;
        for noun in nouns(zone, self.words) {
            let from = start(noun);
            let own = |r: &Range<usize>| r.start < from + noun.len() && from < r.end;
            if !hits.iter().any(own) {
                continue;
            }
            let within = |r: &Range<usize>| r.start.saturating_sub(from)..r.end.saturating_sub(from).min(noun.len());
            let mut covered: Vec<Range<usize>> = hits.iter().filter(|r| own(r)).map(within).collect();
            for word in self.words.anyone.iter().chain(&self.words.cause) {
                covered.extend(noun.match_indices(word.as_str()).map(|(at, m)| at..at + m.len()));
            }
            most = most.max(leftover(noun, &covered, self.words));
        }
        most
    }

    /// Options whose words do not overlap those of a better one, as links.
    fn several(
        &self,
        options: &[Choice],
        enough: i64,
        keep_wholes: bool,
        plain: &dyn Fn(&Scored) -> bool,
    ) -> Vec<Link> {
        let mut taken: Vec<&Scored> = Vec::new();
        let mut links: Vec<Link> = Vec::new();
        for option in options.iter().filter(|o| o.score >= enough) {
            let Some(scored) = &option.scored else {
                if links.is_empty() && taken.is_empty() && option.score >= self.weights.link.enough {
                    links.extend(self.choose(std::slice::from_ref(option)));
                }
                continue;
            };
            // Words between the words of a better phrase only modify it (`收取检索、复制、邮寄费用`).
            let within = |of: &[Range<usize>], own: &[Range<usize>]| {
                extent(of).zip(extent(own)).is_some_and(|(o, e)| o.start <= e.start && e.end <= o.end)
            };
            if taken.iter().any(|t| {
                crossing(&t.before, &scored.before)
                    || crossing(&t.after, &scored.after)
                    || within(&t.before, &scored.before)
                    || within(&t.after, &scored.after)
            }) || (!keep_wholes && self.holds_a_part(&links, &option.terms))
            {
                continue;
            }
            taken.push(scored);
            // `未收到行政复议申请` denies a review, not the requests.
            if !option.terms.is_empty() && (!scored.barred || links.is_empty()) {
                let raised = Choice { score: option.score.max(self.weights.link.enough), ..option.clone() };
                let sure = (scored.whole || option.score >= self.weights.link.plain) && plain(scored);
                links.extend(self.choose(std::slice::from_ref(&raised)).map(|l| Link {
                    score: thousandths(option.score),
                    sure,
                    ..l
                }));
            }
        }
        links
    }

    /// Whether one of the links is a row that `terms` add up: the part was meant, not its whole.
    fn holds_a_part(&self, links: &[Link], terms: &[Term]) -> bool {
        links.iter().any(|l| match l.terms.as_slice() {
            [Term { figure: Figure::Triple(id), .. }] => self.is_part(*id, terms),
            _ => false,
        })
    }

    /// Every verb after the quantifier asserts one cell.
    pub(super) fn every(&self, claim: &Claim, claims: &[Claim], linked: &[LinkedClaim], out: &mut LinkedClaim) {
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
        // `均为信访和重复申请`: kinds in a list share the number out.
        let shared = claim.own.after.trim_start().starts_with('为') && nouns(&claim.own.after, self.words).len() > 1;
        out.links = self.several(&options, self.weights.link.every, true, &|_| !shared);
        if let Some(id) = claim.of {
            out.base = linked.get(id).map(|other| {
                let terms = self.figure(id, other);
                Link {
                    terms,
                    alternatives: Vec::new(),
                    indicator: None,
                    score: Number::ONE,
                    rivals: Vec::new(),
                    sure: true,
                }
            });
            let stated = out.base.as_ref().map(|b| b.terms.clone()).unwrap_or_default();
            out.links.retain(|l| l.terms != stated && self.of_one_matter(&l.terms, &stated));
            // What is not certain of the number is not certain of all of it.
            let sure = linked.get(id).is_some_and(|o| o.links.iter().any(|l| l.sure));
            for link in &mut out.links {
                link.sure &= sure;
            }
        } else if claim.quantity.is_none() {
            // `收到的申请全部按时办结`: the words before the quantifier name the whole.
            let zones = Zones { before: &claim.own.before, after: "", earlier: "", headings: &headings };
            let base = self.choose(&self.options(&zones, None, false)).filter(|l| l.sure);
            out.base = base.filter(|b| out.links.iter().all(|l| self.of_one_matter(&l.terms, &b.terms)));
            if let Some(base) = &out.base {
                out.links.retain(|l| l.terms != base.terms);
            }
        }
    }

    /// Whether two figures stand under one chapter of a list, or in one matrix: what is said of the one may hold of the other.
    pub(super) fn of_one_matter(&self, a: &[Term], b: &[Term]) -> bool {
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
}
