//! What is to be tested: each identity of a form on the cells of one table and column, and what numbering promises where
//! there is no form.

use crate::{
    align::{Facts, Triple, TripleId},
    check::Case,
    grammar::{Form, Identity, IndicatorKey, Relation},
    text::Span,
};
use std::collections::{BTreeMap, BTreeSet};

/// Cells that state one member of a relation: none where the row is absent, several where it is doubled.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::check) struct Member {
    /// The indicator, where a form names it.
    pub(in crate::check) key: Option<IndicatorKey>,
    /// Its cells, in document order.
    pub(in crate::check) cells: Vec<TripleId>,
}

/// Where a relation comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Source {
    /// An identity that the table's form declares.
    Form,
    /// The numbering of a table in no form (`2.1`, `2.2` under `2`).
    Numbering,
    /// A row marked 其中 in a table in no form.
    OfWhich,
}

/// One relation on one table and one value column.
#[derive(Clone, Debug)]
pub(in crate::check) struct Instance {
    /// The identity's id.
    pub(in crate::check) id: Option<String>,
    /// What must hold.
    pub(in crate::check) relation: Relation,
    /// Where it comes from.
    pub(in crate::check) source: Source,
    /// Why it must hold, as the form says it.
    pub(in crate::check) reason: String,
    /// The whole.
    pub(in crate::check) whole: Member,
    /// What is added to the whole in a balance.
    pub(in crate::check) plus: Vec<Member>,
    /// The parts, in the form's order.
    pub(in crate::check) parts: Vec<Member>,
    /// Header cells above the column; empty where there is one column.
    pub(in crate::check) column: Vec<String>,
}

impl Instance {
    /// The whole and what is added to it.
    pub(in crate::check) fn left(&self) -> impl Iterator<Item = &Member> {
        std::iter::once(&self.whole).chain(&self.plus)
    }
    /// All members, the whole first.
    pub(in crate::check) fn members(&self) -> impl Iterator<Item = &Member> {
        self.left().chain(&self.parts)
    }
    /// All cells, the whole's first.
    pub(in crate::check) fn cells(&self) -> impl Iterator<Item = TripleId> {
        self.members().flat_map(|m| m.cells.iter().copied())
    }
}

/// Every relation that the document's tables promise, in document order of the tables.
pub(in crate::check) fn instances(case: &Case<'_>) -> Vec<Instance> {
    let rows = Rows::new(case.facts);
    let mut out = Vec::new();
    let mut of_form: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (table, found) in case.facts.tables.iter().enumerate() {
        if let Some(form) = found.form {
            of_form.entry(form).or_default().push(table);
        }
    }
    for (table, found) in case.facts.tables.iter().enumerate() {
        match found.form.and_then(|i| case.grammar.forms.get(i)) {
            Some(form) => {
                let same = found.form.and_then(|form| of_form.get(&form)).map_or(&[][..], Vec::as_slice);
                declared(form, table, same, &rows, &mut out);
                cumulative(form, table, &rows, &mut out);
            }
            None => numbered(case, table, &rows, &mut out),
        }
    }
    out
}

/// The cells of a document by where they belong.
struct Rows<'a> {
    triples: &'a [Triple],
    by_key: BTreeMap<(usize, &'a IndicatorKey), Vec<TripleId>>,
    by_table: BTreeMap<usize, Vec<TripleId>>,
}

impl<'a> Rows<'a> {
    fn new(facts: &'a Facts) -> Self {
        let mut rows = Rows { triples: &facts.triples, by_key: BTreeMap::new(), by_table: BTreeMap::new() };
        for (id, triple) in facts.triples.iter().enumerate() {
            rows.by_table.entry(triple.table).or_default().push(id);
            if let Some(key) = &triple.indicator {
                rows.by_key.entry((triple.table, key)).or_default().push(id);
            }
        }
        rows
    }
    fn cells(&self, table: usize, key: &'a IndicatorKey) -> &[TripleId] {
        self.by_key.get(&(table, key)).map_or(&[], Vec::as_slice)
    }
    fn columns(&self, id: TripleId) -> &'a [String] {
        self.triples.get(id).map_or(&[], |t| &t.columns)
    }
}

/// The form's identities. Where one indicator has values in several columns, each column is a table of its own. An
/// identity is tested on the tables of the form that have any of its cells; where none has, once, on the first.
fn declared<'a>(form: &'a Form, table: usize, same: &[usize], rows: &Rows<'a>, out: &mut Vec<Instance>) {
    for identity in &form.identities {
        let keys = || std::iter::once(&identity.whole).chain(&identity.plus).chain(&identity.parts);
        let here = |table: usize| keys().any(|key| !rows.cells(table, key).is_empty());
        if !here(table) && (same.first() != Some(&table) || same.iter().any(|t| here(*t))) {
            continue;
        }
        let columns_of = |key| rows.cells(table, key).iter().map(|id| rows.columns(*id)).collect::<BTreeSet<_>>();
        if keys().any(|key| columns_of(key).len() > 1) {
            for column in keys().flat_map(columns_of).collect::<BTreeSet<_>>() {
                out.push(one(identity, table, rows, Some(column)));
            }
        } else {
            out.push(one(identity, table, rows, None));
        }
    }
}

/// A figure of the period and the figure that counts it in with earlier ones, in one row: no part is more than its whole. Only
/// where the form names both columns.
fn cumulative(form: &Form, table: usize, rows: &Rows<'_>, out: &mut Vec<Instance>) {
    let says = |id: TripleId, words: &[String]| {
        rows.columns(id).iter().any(|cell| words.iter().any(|word| Form::reduce(cell).contains(word.as_str())))
    };
    let mut by_row: BTreeMap<Span, Vec<TripleId>> = BTreeMap::new();
    for id in rows.by_table.get(&table).into_iter().flatten().copied() {
        by_row.entry(rows.triples.get(id).map_or(Span::new(0, 0), |t| t.label_span)).or_default().push(id);
    }
    for cells in by_row.into_values() {
        let (wholes, others): (Vec<_>, Vec<_>) = cells.into_iter().partition(|id| says(*id, &form.cumulative));
        let periods: Vec<TripleId> = others.into_iter().filter(|id| says(*id, &form.period)).collect();
        if let ([whole], [part]) = (wholes.as_slice(), periods.as_slice()) {
            let member = |id: &TripleId| Member {
                key: rows.triples.get(*id).and_then(|t| t.indicator.clone()),
                cells: vec![*id],
            };
            out.push(Instance {
                id: None,
                relation: Relation::PartOf,
                source: Source::Form,
                reason: String::new(),
                whole: member(whole),
                plus: Vec::new(),
                parts: vec![member(part)],
                column: rows.columns(*part).to_vec(),
            });
        }
    }
}

fn one<'a>(identity: &'a Identity, table: usize, rows: &Rows<'a>, column: Option<&[String]>) -> Instance {
    let member = |key: &'a IndicatorKey| Member {
        key: Some(key.clone()),
        cells: rows
            .cells(table, key)
            .iter()
            .copied()
            .filter(|id| column.is_none_or(|column| rows.columns(*id) == column))
            .collect(),
    };
    Instance {
        id: Some(identity.id.clone()),
        relation: identity.relation,
        source: Source::Form,
        reason: identity.reason.clone(),
        whole: member(&identity.whole),
        plus: identity.plus.iter().map(member).collect(),
        parts: identity.parts.iter().map(member).collect(),
        column: column.map(<[String]>::to_vec).unwrap_or_default(),
    }
}

/// Tables in no form: numbered rows under a numbered parent add up to it, 其中 rows do not exceed it.
fn numbered(case: &Case<'_>, table: usize, rows: &Rows<'_>, out: &mut Vec<Instance>) {
    let mut children: BTreeMap<(TripleId, &[String]), Vec<TripleId>> = BTreeMap::new();
    // Several values of one row under one header: the columns were lost, and no cell can be told to add to another.
    let mut cells: BTreeMap<(Span, &[String]), usize> = BTreeMap::new();
    for id in rows.by_table.get(&table).into_iter().flatten() {
        if let Some(triple) = rows.triples.get(*id) {
            *cells.entry((triple.label_span, rows.columns(*id))).or_default() += 1;
        }
    }
    if cells.values().any(|n| *n > 1) {
        return;
    }
    for id in rows.by_table.get(&table).into_iter().flatten().copied() {
        let Some(parent) = rows.triples.get(id).and_then(|t| t.parent) else { continue };
        if rows.triples.get(parent).is_some_and(|p| p.table == table) && rows.columns(parent) == rows.columns(id) {
            children.entry((parent, rows.columns(id))).or_default().push(id);
        }
    }
    for ((parent, column), ids) in children {
        let cell = |id| Member { key: None, cells: vec![id] };
        let instance = |relation, source, parts: Vec<TripleId>| Instance {
            id: None,
            relation,
            source,
            reason: String::new(),
            whole: cell(parent),
            plus: Vec::new(),
            parts: parts.into_iter().map(cell).collect(),
            column: column.to_vec(),
        };
        let of_which = |id: &TripleId| rows.triples.get(*id).is_some_and(|t| t.of_which);
        let (subset, parts): (Vec<_>, Vec<_>) = ids.into_iter().partition(of_which);
        if adds_up(rows, parent, &parts) {
            out.push(instance(Relation::Sum, Source::Numbering, parts));
        }
        for id in subset.into_iter().filter(|id| comparable(case, rows, parent, *id)) {
            out.push(instance(Relation::PartOf, Source::OfWhich, vec![id]));
        }
    }
}

/// Whether the numbering promises a sum: at least two rows, numbered 1, 2, 3 … without a gap, one unit, no percentages
/// and no open list (等).
fn adds_up(rows: &Rows<'_>, parent: TripleId, parts: &[TripleId]) -> bool {
    let Some(whole) = rows.triples.get(parent) else { return false };
    let shares = |t: &Triple| t.unit.as_deref().is_some_and(|u| u.contains(['%', '％', '‰', '倍']));
    parts.len() > 1
        && !whole.numbering.is_empty()
        && !shares(whole)
        && parts.iter().zip(1u32..).all(|(id, n)| {
            rows.triples.get(*id).is_some_and(|t| {
                t.numbering.len() > whole.numbering.len()
                    && t.numbering.last() == Some(&n)
                    && t.unit == whole.unit
                    && !t.label.ends_with('等')
            })
        })
}

fn comparable(case: &Case<'_>, rows: &Rows<'_>, a: TripleId, b: TripleId) -> bool {
    match (rows.triples.get(a).map(|t| &t.unit), rows.triples.get(b).map(|t| &t.unit)) {
        (Some(Some(a)), Some(Some(b))) => a == b || case.grammar.lexicon.comparable(a, b),
        (Some(a), Some(b)) => a == b,
        _ => false,
    }
}
