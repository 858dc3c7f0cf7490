//! Which form a stream of cells is, and which row each label names: the longest chain of labels in the form's order.

use super::items::{Item, Kind, labels};
use crate::grammar::{Form, Shape};
use std::cmp::Reverse;

/// One label found in a stream.
#[derive(Clone, Debug)]
struct Hit {
    /// First and last item of the label; more than one where it broke over cells.
    items: (usize, usize),
    /// Rows with this label, in form order.
    rows: Vec<usize>,
}

/// A label and the row it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Anchor {
    /// First item of the label.
    pub first: usize,
    /// Last item of the label.
    pub last: usize,
    /// The form's row.
    pub row: usize,
    /// Whether another label had the row already.
    pub again: bool,
}

/// A stream recognised as a form.
#[derive(Debug)]
pub(super) struct Match {
    /// Index of the form.
    pub form: usize,
    /// Labels in the order of the stream.
    pub anchors: Vec<Anchor>,
    /// Rows with figures that are there.
    pub found: usize,
    /// Whether they are a good part of the form.
    pub good: bool,
}

/// Rows found, rows lacking, rows lacking with those an edition may lack.
type Rank = (usize, Reverse<usize>, Reverse<usize>);

/// Characters of a label that hardly stands in another form's table.
const LONG: usize = 8;

/// Fewest rows of a good part of a form.
const GOOD: usize = 12;

/// Fewest rows with figures that make a form.
const FEWEST: usize = 3;

/// The form whose rows explain most of the stream; of equals the one that lacks fewer rows, those it may lack last.
pub(super) fn best(items: &[Item], forms: &[Form]) -> Option<Match> {
    let mut best: Option<(Rank, Match)> = None;
    for (index, form) in forms.iter().enumerate().filter(|(_, f)| f.shape == Shape::List) {
        let hits = hits(items, form);
        if hits.len() < FEWEST {
            continue;
        }
        let anchors = place(items, form, &hits);
        let keyed = |a: &Anchor| form.rows.get(a.row).is_some_and(|r| r.key.is_some());
        let found = anchors.iter().filter(|a| keyed(a) && !a.again).count();
        let rows = form.rows.iter().filter(|r| r.key.is_some() && !r.optional).count();
        // Either a good part of the form is there, or the form explains most of a short table.
        let labels = labels(items, true);
        let explained = anchors.iter().filter(|a| keyed(a)).count();
        // The same word in three places is no form.
        let mut names: Vec<&str> =
            hits.iter().filter_map(|h| items.get(h.items.0)).map(|i| i.reduced.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        if found < FEWEST || names.len() < FEWEST || (found * 4 < rows && explained * 5 < labels * 4) {
            continue;
        }
        let all = form.rows.iter().filter(|r| r.key.is_some()).count();
        let rank = (found, Reverse(rows.saturating_sub(found)), Reverse(all - found.min(all)));
        if best.as_ref().is_none_or(|(top, _)| rank > *top) {
            best = Some((rank, Match { form: index, anchors, found, good: found * 2 >= rows && found >= GOOD }));
        }
    }
    best.map(|(_, found)| found)
}

/// Rows of a matrix form in a stream. Header words may be those of a row (其他, 总计): a label of a figure has values after it.
pub(super) fn rows(items: &[Item], form: &Form) -> Vec<Anchor> {
    let mut table = None;
    let mut hits = hits(items, form);
    let rows_known = items.iter().skip(1).any(|i| i.starts_row);
    let has_figures = |hit: &Hit| {
        let after = items.get(hit.items.1 + 1..).unwrap_or_default();
        after.iter().take_while(|i| i.value() && !i.starts_row).any(Item::filled)
    };
    // An empty row may be the first of its sub-table: then the row after it, next in the form, has figures.
    let opens = |hit: &Hit, next: &Hit| has_figures(next) && hit.rows.iter().any(|r| next.rows.contains(&(r + 1)));
    let opening: Vec<bool> = hits.iter().zip(hits.iter().skip(1)).map(|(hit, next)| opens(hit, next)).collect();
    let mut opening = opening.into_iter();
    hits.retain(|hit| {
        let opening = opening.next().unwrap_or(false);
        let pair = hit.items.0.checked_sub(1).and_then(|i| items.get(i)).zip(items.get(hit.items.0));
        if pair.is_some_and(|(before, item)| before.words() && super::matrix::head_columns(form, before, item)) {
            return false;
        }
        let after = items.get(hit.items.1 + 1..).unwrap_or_default();
        let filled = has_figures(hit);
        let blank = after.first().is_some_and(|i| i.kind == Kind::Blank && !i.starts_row);
        let begins = |i: usize| items.get(i).is_none_or(|i| i.starts_row);
        let alone = items.get(hit.items.0).is_some_and(|i| i.starts_row) && begins(hit.items.1 + 1);
        let at = |row: &usize| form.rows.get(*row).map(|r| (r.table, r.key.is_some()));
        let inside = hit.rows.iter().any(|r| at(r).map(|(t, _)| t) == table);
        let heading = hit.rows.iter().any(|r| at(r).is_some_and(|(_, keyed)| !keyed));
        // A row of a form never filled in is told by a long label of its own, with nothing but blanks on its line.
        let own = (blank || alone)
            && matches!(hit.rows.as_slice(), [_])
            && items.get(hit.items.0).is_some_and(|i| i.starts_row || !rows_known)
            && items.get(hit.items.0).is_some_and(|i| i.reduced.chars().count() >= LONG);
        if (filled || own)
            && let Some((first, _)) = hit.rows.first().and_then(at)
        {
            table = Some(first);
        }
        filled || own || heading || ((blank || alone) && (inside || opening))
    });
    place(items, form, &hits)
}

/// Labels of `form` in the stream; a label broken over up to three cells counts as one.
fn hits(items: &[Item], form: &Form) -> Vec<Hit> {
    let mut out = Vec::new();
    let mut i = 0;
    while let Some(item) = items.get(i) {
        let mut next = i + 1;
        if item.words() {
            let rows = form.rows_labelled(&item.reduced);
            if let Some((last, longer)) = longer(items, i, form).filter(|_| !rows.is_empty()) {
                out.push(Hit { items: (i, last), rows: longer });
                next = last + 1;
            } else if !rows.is_empty() {
                let last = closed(items, i);
                out.push(Hit { items: (i, last), rows: rows.to_vec() });
                next = last + 1;
            } else if let Some((last, rows)) = joined(items, i, form) {
                out.push(Hit { items: (i, last), rows });
                next = last + 1;
            }
        }
        i = next;
    }
    out
}

/// The last item of a label: a bracket that it opens may close in the words that follow it.
fn closed(items: &[Item], first: usize) -> usize {
    let open = |text: &str| {
        let count = |marks: [char; 2]| text.matches(marks).count();
        count(['(', '（']) as isize - count([')', '）']) as isize
    };
    let Some(item) = items.get(first) else { return first };
    let mut depth = open(&item.text);
    if depth != 1 {
        return first;
    }
    for (n, item) in items.iter().enumerate().skip(first + 1).take(3).take_while(|(_, i)| i.words()) {
        depth += open(&item.text);
        if depth <= 0 {
            return if depth == 0 { n } else { first };
        }
    }
    first
}

/// A label whose first words are a label too, and go on in words that are none by themselves.
fn longer(items: &[Item], first: usize, form: &Form) -> Option<(usize, Vec<usize>)> {
    let rows = form.rows_labelled(items.get(first)?.joined.first()?);
    let next = items.get(first + 1)?;
    (!rows.is_empty() && form.rows_labelled(&next.reduced).is_empty()).then(|| (first + 1, rows.to_vec()))
}

fn joined(items: &[Item], first: usize, form: &Form) -> Option<(usize, Vec<usize>)> {
    let start = items.get(first)?;
    for (n, reduced) in start.joined.iter().enumerate() {
        let rows = form.rows_labelled(reduced);
        if !rows.is_empty() {
            return Some((first + n + 1, rows.to_vec()));
        }
    }
    // A label that goes on below its row, alone on its line.
    let next =
        (first + 1..first + 8).find(|n| items.get(*n).is_some_and(|i| i.starts_row)).filter(|_| start.starts_row)?;
    let below = items.get(next).filter(|i| i.words() && items.get(next + 1).is_none_or(|i| i.starts_row))?;
    let rows = form.rows_labelled(&Form::reduce(&format!("{}{}", start.text, below.text)));
    (!rows.is_empty()).then(|| (first, rows.to_vec()))
}

/// A step of the chain.
#[derive(Clone, Copy)]
struct Step {
    hit: usize,
    row: usize,
    score: usize,
    before: Option<usize>,
}

const LABEL: usize = 1000;
const PARENT: usize = 300;
const UNIT: usize = 50;

/// Gives each hit a row: the best chain of rows in form order, then the hits beside it.
fn place(items: &[Item], form: &Form, hits: &[Hit]) -> Vec<Anchor> {
    let chosen = chain(items, form, hits);
    let mut given: Vec<Option<usize>> = vec![None; hits.len()];
    let mut used = vec![false; form.rows.len()];
    for step in chosen {
        if let (Some(slot), Some(used)) = (given.get_mut(step.hit), used.get_mut(step.row)) {
            *slot = Some(step.row);
            *used = true;
        }
    }
    let mut near = 0;
    let mut anchors = Vec::with_capacity(hits.len());
    for (hit, slot) in hits.iter().zip(given) {
        let in_chain = slot.is_some();
        // Beside the chain: a row not seen yet moved here; else a row seen is here again.
        let free = |r: &&usize| used.get(**r) == Some(&false);
        let distance = |r: &&usize| r.abs_diff(near);
        let row = slot.or_else(|| hit.rows.iter().filter(free).min_by_key(distance).copied());
        let again = row.is_none();
        let Some(row) = row.or_else(|| hit.rows.iter().min_by_key(distance).copied()) else { continue };
        if let Some(used) = used.get_mut(row) {
            *used = true;
        }
        if in_chain {
            near = row;
        }
        anchors.push(Anchor { first: hit.items.0, last: hit.items.1, row, again });
    }
    anchors
}

/// The heaviest chain of hits whose rows stand in the form's order. Same words under two headings are told apart by the
/// order, then by the heading last seen.
fn chain(items: &[Item], form: &Form, hits: &[Hit]) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut tree = Prefix { best: vec![None; form.rows.len() + 1] };
    let mut seen: Vec<Option<usize>> = vec![None; form.rows.len()];
    for (n, hit) in hits.iter().enumerate() {
        let above = |row: usize| form.rows.get(row).and_then(|r| r.parent).and_then(|p| seen.get(p).copied().flatten());
        let latest = hit.rows.iter().filter_map(|r| above(*r)).max();
        let unit = items.get(hit.items.1 + 1).map(|i| i.text.as_str());
        let from = steps.len();
        for &row in &hit.rows {
            let before = tree.below(row);
            let mut score = LABEL + before.and_then(|b| steps.get(b)).map_or(0, |s| s.score);
            if latest.is_some() && above(row) == latest {
                score += PARENT;
            }
            if unit.is_some_and(|u| form.rows.get(row).is_some_and(|r| r.units.iter().any(|known| known == u))) {
                score += UNIT;
            }
            steps.push(Step { hit: n, row, score, before });
        }
        for at in from..steps.len() {
            tree.add(at, &steps);
        }
        for &row in &hit.rows {
            if let Some(slot) = seen.get_mut(row) {
                *slot = Some(n);
            }
        }
    }
    let mut at = tree.below(form.rows.len());
    let mut out = Vec::new();
    while let Some(step) = at.and_then(|i| steps.get(i)).copied() {
        out.push(step);
        at = step.before;
    }
    out
}

/// Best step for every prefix of the rows (a Fenwick tree of maxima): score and step number.
struct Prefix {
    best: Vec<Option<(usize, usize)>>,
}

impl Prefix {
    /// The best step whose row is below `row`; of equals the first.
    fn below(&self, row: usize) -> Option<usize> {
        let mut at = row;
        let mut out: Option<(usize, usize)> = None;
        while at > 0 {
            if let Some(Some((score, step))) = self.best.get(at).copied()
                && out.is_none_or(|(top, _)| score > top)
            {
                out = Some((score, step));
            }
            at &= at - 1;
        }
        out.map(|(_, step)| step)
    }
    fn add(&mut self, step: usize, steps: &[Step]) {
        let Some(new) = steps.get(step) else { return };
        let mut at = new.row + 1;
        while let Some(slot) = self.best.get_mut(at) {
            if slot.is_none_or(|(score, _)| new.score > score) {
                *slot = Some((new.score, step));
            }
            at += at & at.wrapping_neg();
        }
    }
}
