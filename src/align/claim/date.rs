//! Tables that print several years side by side: a claim of last year rests on last year's column, and a change on both.

use super::{Linker, plus, score::leftover};
use crate::{
    align::{Claim, ClaimKind, Figure, Link, LinkedClaim, Period, Term, TripleId},
    grammar::Shape,
    prose::period,
    quantity::Number,
};

/// At most so many columns of a row are ordinary readings of its words.
const MOST_COLUMNS: usize = 8;

impl Linker<'_> {
    /// Moves a claim's links to the column of its own period, where the table has one.
    pub(super) fn date(&self, linked: &[LinkedClaim], out: &mut LinkedClaim) {
        match out.claim.kind {
            ClaimKind::Change | ClaimKind::Multiple => {
                if out.base.is_none()
                    && let [link] = out.links.as_slice()
                    && let Some(year) = self.facts.head.year
                {
                    let before = Period::Year(year - 1);
                    out.base = self.moved(&link.terms, &before).map(|terms| Link {
                        terms,
                        alternatives: Vec::new(),
                        indicator: None,
                        score: Number::ONE,
                        sure: link.sure,
                        rivals: Vec::new(),
                    });
                }
            }
            ClaimKind::Count | ClaimKind::Money => {
                let current = match out.claim.period {
                    Period::Current => true,
                    Period::Year(year) => self.facts.head.year == Some(year),
                    _ => false,
                };
                let wanted = if current { Period::Current } else { out.claim.period.clone() };
                if !current && out.links.is_empty() {
                    out.links.extend(self.same_row(&out.claim, &wanted, linked));
                    out.dated = !out.links.is_empty();
                }
                for link in &mut out.links {
                    self.spread(link);
                    // A form's own columns are told by the indicator; here the year alone tells them apart.
                    let named = current && link.indicator.is_some();
                    if let Some(terms) = self.moved(&link.terms, &wanted).filter(|_| !named) {
                        link.terms = terms;
                        out.dated = !current;
                    }
                }
            }
            ClaimKind::Share => out.links.iter_mut().chain(&mut out.base).for_each(|link| self.spread(link)),
            _ => {}
        }
    }

    /// Columns that part a list's figures by who counted them, or since when (`区政府`, `区直单位`; `本期`, `本年累计`): the words of a row
    /// may mean any of them, or all together.
    fn spread(&self, link: &mut Link) {
        let ids: Option<Vec<TripleId>> = link
            .terms
            .iter()
            .map(|t| match t {
                Term { figure: Figure::Triple(id), minus: false } => Some(*id),
                _ => None,
            })
            .collect();
        let Some(ids) = ids.filter(|ids| !ids.is_empty() && ids.iter().all(|id| self.of_list(*id))) else { return };
        let rows: Vec<Vec<TripleId>> = ids.iter().map(|id| self.row(*id)).collect();
        let columns = rows.iter().map(Vec::len).min().unwrap_or(0);
        if columns < 2 {
            return;
        }
        let one = |column: usize| -> Vec<Term> {
            rows.iter().filter_map(|row| row.get(column)).map(|id| plus(Figure::Triple(*id))).collect()
        };
        let mut readings: Vec<Vec<Term>> = (0..columns).map(one).filter(|terms| *terms != link.terms).collect();
        readings.push((0..columns).flat_map(one).collect());
        link.alternatives.extend(readings);
    }

    fn of_list(&self, id: TripleId) -> bool {
        let form = self.facts.triples.get(id).and_then(|t| self.facts.tables.get(t.table)?.form);
        form.and_then(|f| self.grammar.forms.get(f)).is_some_and(|f| f.shape == Shape::List)
    }

    /// The cells of a cell's row, as far as they are read.
    pub(super) fn row(&self, id: TripleId) -> Vec<TripleId> {
        (self.row_start(id)..).take_while(|other| self.in_one_row(id, *other)).take(MOST_COLUMNS).collect()
    }

    /// `检测水样7680份,是2017年6960份的1.1倍`: the figure of another year that names nothing of its own is that of the row just
    /// spoken of.
    fn same_row(&self, claim: &Claim, wanted: &Period, linked: &[LinkedClaim]) -> Option<Link> {
        let last = linked.last().filter(|o| o.claim.sentence == claim.sentence && self.beside(claim, &o.claim))?;
        let [link] = last.links.as_slice() else { return None };
        let silent = leftover(&claim.own.before, &[], self.words) <= 1;
        let terms = self.moved(&link.terms, wanted).filter(|_| silent)?;
        Some(Link { terms, alternatives: Vec::new(), rivals: Vec::new(), ..link.clone() })
    }

    /// The same rows in the column of `wanted`: `None` where a row has none, or all its columns are of that period.
    fn moved(&self, terms: &[Term], wanted: &Period) -> Option<Vec<Term>> {
        let cell = |term: &Term| {
            let Figure::Triple(id) = term.figure else { return None };
            let row = || (self.row_start(id)..).take_while(|other| self.in_one_row(id, *other));
            let differs = row().any(|other| self.column_period(other) != *wanted);
            let of_one_kind =
                |other: &TripleId| self.column_but_for_its_period(*other) == self.column_but_for_its_period(id);
            let found =
                row().find(|other| self.column_period(*other) == *wanted && of_one_kind(other)).filter(|_| differs)?;
            Some(Term { figure: plus(Figure::Triple(found)).figure, minus: term.minus })
        };
        (!terms.is_empty()).then(|| terms.iter().map(cell).collect::<Option<Vec<Term>>>()).flatten()
    }

    fn row_start(&self, id: TripleId) -> TripleId {
        (0..id).rev().take_while(|other| self.in_one_row(id, *other)).last().unwrap_or(id)
    }

    /// What a cell's column says beside the time: `上一年项目数量` and `处理决定数量` count different things.
    fn column_but_for_its_period(&self, id: TripleId) -> String {
        let column = self.facts.triples.get(id).and_then(|t| t.columns.last()).map_or("", String::as_str);
        let mut rest = column.replace(|c: char| c.is_ascii_digit() || c.is_whitespace(), "");
        for word in self.words.previous.iter().chain(&self.words.current).chain(&self.words.time) {
            rest = rest.replace(word.as_str(), "");
        }
        rest.trim_matches(['年', '度', '数']).to_string()
    }

    /// The time a cell's column names; this year's where it names none.
    fn column_period(&self, id: TripleId) -> Period {
        let year = self.facts.head.year;
        let named = self.facts.triples.get(id).and_then(|t| t.columns.last());
        let found = named.map_or(Period::Current, |column| period(column, "", year, self.words));
        match found {
            Period::Year(named) if year == Some(named) => Period::Current,
            other => other,
        }
    }
}
