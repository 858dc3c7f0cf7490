//! One number for several rows: `予以公开及部分公开4件`, `科研机构、公益组织和其他组织16件`, `不属于本机关和信息不存在的共3件`.

use super::{Linker, score::Zones, thousandths};
use crate::{
    align::{Figure, Link, Term},
    prose::{Claim, nouns},
    quantity::Measure,
};

/// At most so many nouns are read as one list.
const MOST: usize = 8;

impl Linker<'_> {
    /// The rows that the list of nouns before a number names, together; the last of them alone is another ordinary reading.
    /// Certain only where each noun names one.
    pub(super) fn rows_together(&self, claim: &Claim) -> Option<Link> {
        self.rows_of(&list_before(claim), claim)
    }

    /// The rows that the nouns of `list` name, together.
    pub(super) fn rows_of(&self, list: &str, claim: &Claim) -> Option<Link> {
        let nouns = nouns(list, self.words);
        if !(2..=MOST).contains(&nouns.len()) {
            return None;
        }
        let headings = claim.headings.join(" ");
        let unit = claim.quantity.as_ref().filter(|q| q.measure != Measure::Percent).and_then(|q| q.unit.as_deref());
        let mut named: Vec<(Vec<Term>, i64)> = Vec::new();
        let mut missed = false;
        for noun in nouns {
            let zones = Zones { before: noun, after: "", earlier: &claim.before, headings: &headings };
            let options = self.options(&zones, unit, false);
            match options.first().filter(|o| o.score >= self.weights.link.enough && !o.terms.is_empty()) {
                Some(best) if !named.iter().any(|(terms, _)| *terms == best.terms) => {
                    named.push((best.terms.clone(), best.score));
                }
                _ => missed = true,
            }
        }
        let (first, rest) = named.split_first()?;
        if rest.is_empty() || !rest.iter().all(|(terms, _)| self.siblings(&first.0, terms)) {
            return None;
        }
        Some(Link {
            terms: named.iter().flat_map(|(terms, _)| terms.iter().copied()).collect(),
            alternatives: named.last().map(|(terms, _)| terms.clone()).into_iter().collect(),
            indicator: None,
            score: thousandths(named.iter().map(|(_, score)| *score).min().unwrap_or(0)),
            rivals: Vec::new(),
            sure: !missed,
        })
    }

    /// Whether two figures are parts of one whole, or stand side by side in it.
    fn siblings(&self, a: &[Term], b: &[Term]) -> bool {
        let place = |terms: &[Term]| match terms {
            [Term { figure: Figure::Triple(id), .. }] => {
                Some((self.whole(*id), self.facts.triples.get(*id).and_then(|t| t.path.first())))
            }
            _ => None,
        };
        match (place(a), place(b)) {
            (Some((Some(a), _)), Some((Some(b), _))) => a == b,
            (Some((None, a)), Some((None, b))) => a == b || a.is_none() || b.is_none(),
            _ => false,
        }
    }
}

/// The nouns before a number, back to the last mark or number that is no list's.
fn list_before(claim: &Claim) -> String {
    let earlier = claim.before.strip_suffix('、').map_or("", |head| {
        let cut = head.rfind(|c: char| matches!(c, ',' | ';' | ':' | '。' | '(' | ')') || c.is_ascii_digit());
        cut.and_then(|at| head.get(at + head[at..].chars().next().map_or(0, char::len_utf8)..)).unwrap_or(head)
    });
    if earlier.is_empty() { claim.own.before.clone() } else { format!("{earlier}、{}", claim.own.before) }
}
