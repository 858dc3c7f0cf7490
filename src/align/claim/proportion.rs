//! Shares, changes and multiples: of which figure, and on which base.

use super::{
    Linker, plus,
    score::{Zones, leftover},
    thousandths,
};
use crate::{
    align::{Figure, Link, LinkedClaim, Term, Triple},
    grammar::{IndicatorKey, Ratio},
    prose::{Claim, ClaimKind, ListRole, Period},
    quantity::Number,
};

/// How many claims before one are looked through for its whole.
const CHAPTER: usize = 128;
/// At most so many rows are tried as a share's base that is not said.
const WHOLES: usize = 16;

impl Linker<'_> {
    pub(super) fn share(&self, claim: &Claim, linked: &[LinkedClaim], out: &mut LinkedClaim) {
        let headings = claim.headings.join(" ");
        let own = claim.own.before.as_str();
        // What merely stands before is a whole only where the words select from it.
        let selects = self.words.of_which.iter().any(|w| own.trim_start().starts_with(w.as_str()));
        if claim.of.is_none() && !selects {
            out.claim.base = None;
        }
        if let Some((mut part, whole)) = self.rate(own) {
            // A rate is of what its sentence just counted; that must be of the same matter.
            let last = linked.last().filter(|o| o.claim.sentence == claim.sentence);
            part.sure &=
                last.is_none_or(|o| o.links.iter().any(|l| l.sure && self.of_one_matter(&l.terms, &part.terms)));
            if part.sure || last.is_none_or(|o| o.claim.kind != ClaimKind::Count) {
                out.links.push(part);
                out.base = Some(whole);
            } else {
                let id = linked.len().checked_sub(1);
                out.links.extend(id.and_then(|id| self.link_of(id, linked)).map(|l| Link { sure: false, ..l }));
                out.claim.of = id;
            }
            return;
        }
        let cut = self
            .words
            .share
            .iter()
            .filter(|w| !self.words.rate.contains(w))
            .filter_map(|w| own.find(w.as_str()).map(|i| (i, w.len())))
            .min();
        let (head, tail) = cut.map_or((own, ""), |(i, n)| (&own[..i], &own[i + n..]));
        // A rate nobody listed names its own two figures; what only sounds like one of them proves nothing.
        let unknown_rate = self.words.rate.iter().any(|w| own.contains(w.as_str())) && claim.of.is_none();
        let gathered = super::group(head).filter(|_| leftover(head, &[], self.words) <= 3);
        let part = match (claim.of, self.rate_of_neighbour(claim, linked)) {
            _ if gathered.is_some() => gathered.and_then(|n| {
                if head.contains('前') { self.first_figures(linked, n) } else { self.last_figures(claim, linked, n) }
            }),
            _ if self.words.sum.iter().any(|w| head.trim() == w.as_str()) => self.all_figures(claim, linked),
            (None, _) if self.rows_of(head, claim).is_some() => self.rows_of(head, claim),
            (Some(id), _) => self.link_of(id, linked).map(|link| self.or_together(claim, id, link, linked)),
            (None, Some(neighbour)) => Some(neighbour),
            (None, None) if unknown_rate => None,
            (None, None) => {
                let zones =
                    Zones { before: head, after: &claim.own.after, earlier: &claim.before, headings: &headings };
                let options = self.options(&zones, None, false);
                out.candidates = self.candidates(&options);
                // The number is a rate: a row counts only where its words explain all that is said.
                self.said(&options).filter(|_| options.first().is_some_and(|o| o.score >= self.weights.link.rate))
            }
        };
        let Some(part) = part else { return };
        let named = {
            let zones = Zones { before: tail, after: "", earlier: &claim.before, headings: &headings };
            self.said(&self.options(&zones, None, false))
        };
        let named = named.filter(|w| w.terms != part.terms);
        out.base_named = named.as_ref().is_some_and(|w| w.sure);
        let whole = named
            .or_else(|| self.whole_of(&part))
            .or_else(|| self.within_last(claim, linked))
            .or_else(|| self.heading_figure(claim, &part, linked).map(|l| Link { sure: l.sure && single(&part), ..l }))
            .or_else(|| claim.base.and_then(|id| self.link_of(id, linked)).map(|l| Link { sure: false, ..l }));
        if let Some(mut whole) = whole.filter(|w| w.terms != part.terms) {
            if !out.base_named {
                whole.alternatives.extend(self.other_wholes(&part, &whole));
            }
            out.links.push(part);
            out.base = Some(whole);
        }
    }

    /// `不予公开6件,占50%`: the rows a share may be of when its base is not said: those of the part's chapter that stand no lower than
    /// `whole` and are counted alike.
    fn other_wholes(&self, part: &Link, whole: &Link) -> Vec<Vec<Term>> {
        let triple = |link: &Link| match link.terms.as_slice() {
            [Term { figure: Figure::Triple(id), .. }] => self.facts.triples.get(*id),
            _ => None,
        };
        let (Some(part), Some(whole)) = (triple(part), triple(whole)) else { return Vec::new() };
        let beside = |t: &Triple| {
            t.table == whole.table
                && t.columns == part.columns
                && t.path.first() == part.path.first()
                && t.path.len() <= whole.path.len()
                && t.unit == whole.unit
        };
        let ids = self.facts.triples.iter().enumerate().filter(|(_, t)| beside(t)).map(|(id, _)| id);
        ids.take(WHOLES).map(|id| vec![plus(Figure::Triple(id))]).collect()
    }

    /// The best option; of a rate the whole phrase is enough to name it.
    fn said(&self, options: &[super::Choice]) -> Option<Link> {
        let whole = options.first().and_then(|o| o.scored.as_ref()).is_some_and(|s| s.whole);
        self.choose(options).map(|l| Link { sure: l.sure || whole, ..l })
    }

    /// The figure that stands over a part: the chapter's highest row so far that is counted alike and stands higher.
    pub(super) fn heading_figure(&self, claim: &Claim, part: &Link, linked: &[LinkedClaim]) -> Option<Link> {
        let [Term { figure, .. }, ..] = part.terms.as_slice() else { return None };
        let (unit, depth) = match figure {
            Figure::Claim(of) => (linked.get(*of)?.claim.quantity.as_ref()?.unit.clone()?, usize::MAX),
            Figure::Triple(id) => self.facts.triples.get(*id).and_then(|t| Some((t.unit.clone()?, t.path.len())))?,
        };
        let mut best: Option<(usize, &Link)> = None;
        for other in linked.iter().rev().take(CHAPTER) {
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
    pub(super) fn rate_of_neighbour(&self, claim: &Claim, linked: &[LinkedClaim]) -> Option<Link> {
        let own = claim.own.before.trim();
        let named = self.words.rate.iter().find_map(|w| own.strip_suffix(w.as_str()))?;
        let stem: String = named.chars().rev().take(2).collect();
        let stem: String = stem.chars().rev().collect();
        let id = linked.len().checked_sub(1)?;
        let other = &linked.get(id)?.claim;
        let named =
            other.sentence == claim.sentence && other.own.before.contains(&stem) && other.kind == ClaimKind::Count;
        if named { self.link_of(id, linked) } else { None }
    }

    /// `上述三类占60%`: the last figures of the sentence, together.
    fn last_figures(&self, claim: &Claim, linked: &[LinkedClaim], count: usize) -> Option<Link> {
        let mut last: Vec<usize> = (0..linked.len())
            .rev()
            .filter(|i| linked[*i].claim.sentence == claim.sentence && linked[*i].claim.kind == ClaimKind::Count)
            .take(count)
            .collect();
        last.reverse();
        let terms: Vec<Term> = last.iter().flat_map(|i| self.figure(*i, &linked[*i])).collect();
        (last.len() == count).then(|| Link {
            terms,
            alternatives: Vec::new(),
            indicator: None,
            score: Number::ONE,
            sure: true,
            rivals: Vec::new(),
        })
    }

    /// `前两类占42%`: the first figures of the list just given, together.
    fn first_figures(&self, linked: &[LinkedClaim], count: usize) -> Option<Link> {
        let ListRole::Part(list) = linked.last()?.claim.list else { return None };
        let of_list = |o: &&LinkedClaim| o.claim.list == ListRole::Part(list);
        let first = linked.len() - linked.iter().rev().take(CHAPTER).take_while(of_list).count();
        let terms: Vec<Term> =
            linked.iter().enumerate().skip(first).take(count).flat_map(|(id, other)| self.figure(id, other)).collect();
        (terms.len() >= count).then(|| Link {
            terms,
            alternatives: Vec::new(),
            indicator: None,
            score: Number::ONE,
            sure: true,
            rivals: Vec::new(),
        })
    }

    /// `公开29件、部分公开7件,占45%`: what follows a list may be said of its last figure, or of the last two or more together.
    fn or_together(&self, claim: &Claim, of: usize, link: Link, linked: &[LinkedClaim]) -> Link {
        let in_list = |o: &LinkedClaim| matches!(o.claim.list, ListRole::Part(_));
        let last = linked.len().checked_sub(1) == Some(of) && linked.get(of).is_some_and(in_list);
        let together = if last { self.all_figures(claim, linked) } else { None };
        match together {
            Some(sum) => super::with_readings(link, sum),
            None => link,
        }
    }

    /// `公开59件、部分公开15件,合计占45.4%`: the last two figures of the sentence together, or more of them.
    fn all_figures(&self, claim: &Claim, linked: &[LinkedClaim]) -> Option<Link> {
        let counts = |o: &&LinkedClaim| o.claim.sentence == claim.sentence && o.claim.kind == ClaimKind::Count;
        let most = linked.iter().rev().take(CHAPTER).take_while(counts).count();
        let mut links = (2..=most.min(6)).filter_map(|n| self.last_figures(claim, linked, n));
        let mut first = links.next()?;
        first.alternatives.extend(links.map(|l| l.terms));
        Some(first)
    }

    /// `其余2件中被纠错的占一半`: the figure right before is the whole.
    fn within_last(&self, claim: &Claim, linked: &[LinkedClaim]) -> Option<Link> {
        let within = self.words.within.iter().any(|w| claim.own.before.starts_with(w.as_str()));
        let id = linked.len().checked_sub(1).filter(|_| within)?;
        (linked[id].claim.kind == ClaimKind::Count).then(|| Link {
            terms: vec![plus(Figure::Claim(id))],
            alternatives: Vec::new(),
            indicator: None,
            score: Number::ONE,
            sure: false,
            rivals: Vec::new(),
        })
    }

    /// A rate the catalogue names, where the document has both its figures.
    pub(super) fn rate(&self, own: &str) -> Option<(Link, Link)> {
        let named = |r: &&Ratio| r.says.iter().filter(|w| own.contains(w.as_str())).map(String::len).max();
        let best = self.grammar.catalogue.ratios.iter().filter_map(|r| named(&r)).max()?;
        let ratio = |r: &&Ratio| named(r) == Some(best);
        let covered: Vec<std::ops::Range<usize>> = self
            .grammar
            .catalogue
            .ratios
            .iter()
            .filter(ratio)
            .flat_map(|r| &r.says)
            .filter_map(|w| own.find(w.as_str()).map(|at| at..at + w.len()))
            .collect();
        let sure = leftover(own, &covered, self.words) == 0;
        self.grammar.catalogue.ratios.iter().filter(ratio).find_map(|r| {
            let link = |expression: &str| {
                self.sum(expression).map(|terms| Link {
                    terms,
                    alternatives: Vec::new(),
                    indicator: (!expression.contains('+')).then(|| IndicatorKey(expression.to_string())),
                    score: Number::ONE,
                    rivals: Vec::new(),
                    sure,
                })
            };
            Some((link(&r.part)?, link(&r.whole)?))
        })
    }

    pub(super) fn change(&self, claim: &Claim, linked: &[LinkedClaim], out: &mut LinkedClaim) {
        let headings = claim.headings.join(" ");
        let own = claim.own.before.as_str();
        let link = match claim.of {
            Some(id) => self.link_of(id, linked),
            None => {
                let zones = Zones { before: own, after: "", earlier: &claim.before, headings: &headings };
                let options = self.options(&zones, None, false);
                out.candidates = self.candidates(&options);
                self.said(&options).filter(|l| l.score >= thousandths(self.weights.link.change))
            }
        };
        // `复议、诉讼量之和下降两成`: of more than the row named last.
        let listed = claim.of.is_none() && claim.before.ends_with('、');
        out.links.extend(link.map(|l| Link { sure: l.sure && !listed, ..l }));
        out.base = claim.base.map(|id| Link {
            terms: vec![plus(Figure::Claim(id))],
            alternatives: Vec::new(),
            indicator: None,
            score: Number::ONE,
            rivals: Vec::new(),
            sure: true,
        });
        if claim.kind == ClaimKind::Multiple
            && out.base.is_none()
            && let Some(i) = self.words.equals.iter().filter_map(|w| own.find(w.as_str()).map(|i| i + w.len())).min()
        {
            let rest = &own[i..];
            let zones = Zones { before: rest, after: "", earlier: &claim.before, headings: &headings };
            out.base = self.choose(&self.options(&zones, None, false));
        }
    }
}

/// Whether a link is one row of the table.
fn single(link: &Link) -> bool {
    matches!(link.terms.as_slice(), [Term { figure: Figure::Triple(_), .. }])
}
