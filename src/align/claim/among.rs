//! What claims say of one another's rows, once all are linked.

use super::{Linker, plus};
use crate::{
    align::{Figure, Link, LinkedClaim, Term, TripleId},
    prose::{Claim, ClaimKind, ListRole, Period},
    quantity::ProseWords,
};

/// How many parts of a list before one are held against it.
const LIST: usize = 64;
/// How many claims after a whole may say what it includes.
const NEXT: usize = 3;

impl Linker<'_> {
    /// Mends the links by what the other claims of a sentence say.
    pub(super) fn among(&self, linked: &mut [LinkedClaim]) {
        part_with_wholes(linked, self.words);
        let mut elsewhere = false;
        for id in 0..linked.len() {
            elsewhere = self.elsewhere(id, elsewhere, linked);
            self.of_a_column(id, linked);
            goes_on(id, linked);
            self.includes_earlier(id, linked);
            self.of_those(id, linked);
        }
    }

    /// `2020年新收申请48件,予以公开20件`, `县公安局收到9件,公开3件`: what the first figure of a sentence is limited to limits those after it,
    /// until one says the year itself. `elsewhere` says whether the claim before was so limited; gives whether this one is.
    fn elsewhere(&self, id: usize, elsewhere: bool, linked: &mut [LinkedClaim]) -> bool {
        let before = id.checked_sub(1).and_then(|before| linked.get(before)).map(|o| o.claim.sentence);
        let Some(one) = linked.get_mut(id) else { return false };
        let claim = &one.claim;
        let turned = claim.before.rsplit(|c: char| c.is_ascii_digit()).next().is_some_and(|gap| gap.contains(';'));
        if before != Some(claim.sentence) || turned {
            let selects = self.words.of_which.iter().any(|w| claim.own.before.trim_start().starts_with(w.as_str()));
            return !selects && (!claim.scope.is_empty() || claim.period != Period::Current);
        }
        let said = format!("{}{}", claim.before.rsplit(',').next().unwrap_or(""), claim.own.before);
        let named = self.words.current.iter().chain(&self.words.own_level).any(|w| said.contains(w.as_str()))
            || said.match_indices('年').any(|(at, _)| said[..at].ends_with(|c: char| c.is_ascii_digit()));
        let limited = elsewhere && !(named && claim.period == Period::Current);
        if limited {
            one.links.iter_mut().chain(&mut one.base).for_each(|link| link.sure = false);
        }
        limited
    }

    /// `企业申请11件,其中予以公开4件`: where the sentence names another column of the row than the one linked, that is another reading.
    fn of_a_column(&self, id: usize, linked: &mut [LinkedClaim]) {
        let Some(one) = linked.get(id).filter(|c| !c.links.is_empty()) else { return };
        let before = one.claim.before.rsplit(';').next().unwrap_or("");
        let said = format!("{before}{}{}", one.claim.own.before, one.claim.own.after);
        let named = |column: &str| {
            let chars: Vec<char> = column.chars().filter(|c| c.is_alphabetic()).collect();
            chars.windows(2).any(|pair| {
                let pair: String = pair.iter().collect();
                !self.words.remainder.contains(&pair) && !self.words.anyone.contains(&pair) && said.contains(&pair)
            })
        };
        let label = |id: TripleId| self.facts.triples.get(id).and_then(|t| t.columns.last());
        let total = |own: &String| self.words.sum.iter().chain(&self.words.whole).any(|w| own.contains(w.as_str()));
        let others = |link: &Link| -> Vec<Vec<Term>> {
            let cell = |t: &Term| match t.figure {
                Figure::Triple(cell) if !t.minus => Some(cell),
                _ => None,
            };
            let Some(cells) = link.terms.iter().map(cell).collect::<Option<Vec<TripleId>>>() else { return Vec::new() };
            let own = cells.first().and_then(|cell| label(*cell));
            if own.is_none_or(|own| !total(own) || named(own)) || cells.iter().any(|cell| label(*cell) != own) {
                return Vec::new();
            }
            let columns = cells.first().map_or_else(Vec::new, |first| self.row(*first)).into_iter().map(label);
            let columns = columns.filter(|column| *column != own && column.is_some_and(|c| named(c)));
            let moved = |column| {
                let beside = |cell: &TripleId| self.row(*cell).into_iter().find(|other| label(*other) == column);
                cells.iter().map(|cell| beside(cell).map(|id| plus(Figure::Triple(id)))).collect::<Option<Vec<Term>>>()
            };
            columns.filter_map(moved).collect()
        };
        let readings: Vec<Vec<Vec<Term>>> = one.links.iter().map(others).collect();
        for (link, others) in linked.get_mut(id).into_iter().flat_map(|c| &mut c.links).zip(readings) {
            link.sure &= others.is_empty();
            link.alternatives.extend(others);
        }
    }

    /// `共受理13件,其中上年结转1件`, `诉讼6件(含上年1件)`: what a figure includes of an earlier year may stand over and above the row.
    fn includes_earlier(&self, id: usize, linked: &mut [LinkedClaim]) {
        let Some(whole) = linked.get(id).filter(|c| amounts(&c.claim) && !c.links.is_empty()) else { return };
        let earlier = |c: &Claim| {
            let own = c.own.before.trim_start();
            let selects = self.words.of_which.iter().any(|w| own.starts_with(w.as_str()));
            let carried = self.words.carry.iter().any(|w| own.contains(w.as_str()));
            selects && (carried || matches!(c.period, Period::Year(_) | Period::Previous))
        };
        let within = |k: &usize| {
            linked.get(*k).is_some_and(|o| {
                o.claim.sentence == whole.claim.sentence && self.beside(&whole.claim, &o.claim) && earlier(&o.claim)
            })
        };
        let Some(part) = (id + 1..linked.len()).take(NEXT).find(within) else { return };
        let links = linked.get_mut(id).map(|c| &mut c.links);
        for link in links.into_iter().flatten() {
            let mut terms = link.terms.clone();
            terms.push(plus(Figure::Claim(part)));
            link.alternatives.push(terms);
        }
    }

    /// `收到复议申请2件,受理1件`: the row may count what was accepted only.
    fn of_those(&self, id: usize, linked: &mut [LinkedClaim]) {
        let [one, next, ..] = linked.get_mut(id..).unwrap_or_default() else { return };
        let own = next.claim.own.before.trim();
        let accepted = self.words.accept.iter().any(|w| own == w)
            && next.claim.sentence == one.claim.sentence
            && amounts(&one.claim)
            && self.beside(&one.claim, &next.claim);
        let value = |c: &LinkedClaim| c.claim.quantity.as_ref().map(|q| q.value);
        if accepted && value(next) < value(one) {
            one.links.iter_mut().for_each(|link| link.sure = false);
        }
    }
}

/// `举办安全生产培训8次,培训800人次`: what repeats the words of a figure that was narrowed is narrowed too.
fn goes_on(id: usize, linked: &mut [LinkedClaim]) {
    let Some([one, next]) = id.checked_sub(1).and_then(|before| linked.get_mut(before..=id)) else { return };
    let own = next.claim.own.before.trim();
    let narrowed = !one.links.is_empty() && one.links.iter().all(|link| !link.sure);
    let repeats = !own.is_empty() && one.claim.own.before.contains(own) && one.claim.sentence == next.claim.sentence;
    if narrowed && repeats {
        next.links.iter_mut().for_each(|link| link.sure = false);
    }
}

fn amounts(claim: &Claim) -> bool {
    matches!(claim.kind, ClaimKind::Count | ClaimKind::Money)
}

/// Two parts of one list, or a part and its whole, never share a row: the better claim keeps it.
fn part_with_wholes(linked: &mut [LinkedClaim], words: &ProseWords) {
    for i in 1..linked.len() {
        // `解读稿件12篇(含图解5篇)`: a selection of a figure is not that figure again.
        let own = &linked[i].claim.own.before;
        let selects = words.of_which.iter().any(|w| own.trim_start().starts_with(w.as_str()));
        let again = (0..i).rev().take(3).any(|k| {
            linked[k].claim.paragraph == linked[i].claim.paragraph
                && linked[k].links.first().zip(linked[i].links.first()).is_some_and(|(a, b)| a.terms == b.terms)
        });
        if selects && again && matches!(linked[i].claim.kind, ClaimKind::Count | ClaimKind::Money) {
            linked[i].links.clear();
        }
    }
    for i in 0..linked.len() {
        let ListRole::Part(list) = linked[i].claim.list else { continue };
        for k in i.saturating_sub(LIST)..i {
            // `2016年收到7件,2017年收到15件` are two figures of one row.
            let rival = matches!(linked[k].claim.list, ListRole::Part(l) | ListRole::Whole(l) if l == list)
                && linked[i].claim.period == linked[k].claim.period;
            let same = linked[i].links.first().zip(linked[k].links.first()).is_some_and(|(a, b)| a.terms == b.terms);
            let counts = |c: &LinkedClaim| matches!(c.claim.kind, ClaimKind::Count | ClaimKind::Money);
            // `近2200条,按口径统计为2184条` says one figure twice.
            let agree = linked[i].claim.quantity.as_ref().zip(linked[k].claim.quantity.as_ref());
            let agree = agree.is_some_and(|(a, b)| a.narrow.overlaps(&b.narrow));
            if agree || !(rival && same && counts(&linked[i]) && counts(&linked[k])) {
                continue;
            }
            let score = |c: &LinkedClaim| c.links.first().map(|l| l.score);
            let loser = if score(&linked[k]) >= score(&linked[i]) { i } else { k };
            linked[loser].links.clear();
        }
    }
}
