//! Statistics forms: rows, units, identities; one TOML file an edition.

use super::{
    grid::{Cell, Grid},
    label,
};
use serde::Deserialize;
use std::{collections::HashMap, fmt};

/// Key of an indicator, one meaning across forms (`requests.received.total`); list in `grammars/indicators.toml`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IndicatorKey(pub String);

impl IndicatorKey {
    /// The key as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for IndicatorKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How a form lays its figures out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Shape {
    /// Label, unit, value: one figure a row.
    List,
    /// Sub-tables of rows and columns: one figure where they cross; see [`Form::tables`].
    Matrix,
}

/// One edition of a form.
#[derive(Clone, Debug)]
pub struct Form {
    /// The series (`cn-2014`): the contract's `report.form`.
    pub key: String,
    /// The edition (`beijing-2017`): the contract's `report.edition`.
    pub edition: String,
    /// File it came from.
    pub file: String,
    /// Official title.
    pub title: String,
    /// Issuing document, with its number.
    pub authority: String,
    /// Report years it was made for, first and last; a hint, never a reason.
    pub years: (i32, i32),
    /// Layout.
    pub shape: Shape,
    /// Header words of its columns, folded (`统计指标`, `单位`, `统计数`), with their variants.
    pub headers: Vec<String>,
    /// Headers of columns that number the rows, reduced (`代码`, `序号`): their figures are no values.
    pub codes: Vec<String>,
    /// What the header of the column for the report's own period says, reduced (`本期实际`, `年度`), where a form has several.
    pub period: Vec<String>,
    /// What the header of a column that adds up periods says, reduced (`本年累计`, `历年累计`).
    pub cumulative: Vec<String>,
    /// Words that tell this form from others, reduced like labels (`申请办结数`).
    pub marks: Vec<String>,
    /// Rows in printed order, headings included; those of all sub-tables.
    pub rows: Vec<Row>,
    /// Sub-tables of a matrix, in printed order; none in a list.
    pub tables: Vec<Grid>,
    /// Relations its figures obey.
    pub identities: Vec<Identity>,
    /// Indicators that no cell holds but whose parts do (`不予公开` in a matrix).
    pub derived: Vec<Derived>,
    /// Relations that look true and are not: no rule may assert them.
    pub never: Vec<Never>,
    /// Figures that only some bodies can have.
    pub reserved: Vec<Reserved>,
    /// Rows by the bare form of their labels and aliases, in form order.
    pub(super) index: HashMap<String, Vec<usize>>,
    /// Where each indicator of a matrix stands.
    pub(super) cells: HashMap<String, Cell>,
}

/// One printed row.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its indicator; `None` for a heading without a figure. In a matrix a cell's indicator is this, a dot and the
    /// column's key ([`Form::cell_key`]).
    pub key: Option<IndicatorKey>,
    /// Official label with its numbering and notes, as the form prints it.
    pub printed: String,
    /// The label reduced by [`crate::grammar::Form::reduce`]: folded, without numbering, 其中, notes and spaces.
    pub label: String,
    /// Reduced variants met in the wild.
    pub aliases: Vec<String>,
    /// Units the row may carry, the form's own first; empty for a heading.
    pub units: Vec<String>,
    /// Index of the parent row (a heading or a whole).
    pub parent: Option<usize>,
    /// Whether an edition may lack the row without being incomplete.
    pub optional: bool,
    /// Its sub-table, index in [`Form::tables`]; 0 in a list.
    pub table: usize,
}

/// What a relation between figures says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// The whole is the sum of its parts.
    Sum,
    /// The whole is the sum of its parts, but one case may count under two parts: parts above the whole are a warning.
    SoftSum,
    /// Each part is at most the whole.
    PartOf,
    /// The whole and what is added to it ([`Identity::plus`]) are the sum of the parts: what came in has gone out or is left.
    Balance,
    /// Sum along a row: the row's total is the sum of its other columns.
    RowTotal,
}

/// A relation between the figures of one table.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Named by its whole, or `<whole>.<name>` where a whole has several.
    pub id: String,
    /// What must hold.
    pub relation: Relation,
    /// The whole.
    pub whole: IndicatorKey,
    /// What is added to the whole in a balance; else empty.
    pub plus: Vec<IndicatorKey>,
    /// The parts, in the form's order.
    pub parts: Vec<IndicatorKey>,
    /// Why it must hold: the authority an auditor can cite.
    pub reason: String,
}

/// An indicator that is a sum of printed ones.
#[derive(Clone, Debug)]
pub struct Derived {
    /// Its key.
    pub key: IndicatorKey,
    /// Its parts.
    pub parts: Vec<IndicatorKey>,
}

/// A relation that must not be asserted.
#[derive(Clone, Debug)]
pub struct Never {
    /// What must not be asserted.
    pub relation: Ban,
    /// The whole.
    pub whole: IndicatorKey,
    /// The parts.
    pub parts: Vec<IndicatorKey>,
    /// Why not.
    pub reason: String,
}

/// Figures that only some bodies can have: rules (规章) are made by ministries and by the governments of provinces and of
/// cities divided into districts. Which bodies cannot is told by their names, `[document]` in `grammars/words.toml`.
#[derive(Clone, Debug)]
pub struct Reserved {
    /// The figures.
    pub keys: Vec<IndicatorKey>,
    /// Why: the authority an auditor can cite.
    pub reason: String,
}

/// What a [`Never`] forbids.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ban {
    /// That the whole is the sum of the parts (with one part: that the two are equal).
    Sum,
    /// That any of the parts is at most the whole.
    PartOf,
    /// Any relation of the whole with any of the parts.
    Any,
}

impl Form {
    /// Reduces a label for comparison: folds widths, drops numbering (`一、`, `（一）`, `1.`, `3.1`), `其中：`, bracketed
    /// notes and units, markdown emphasis, the colon at its end and all spaces. The same function serves forms and
    /// documents. Brackets that are content stay: `第二十条第(一)项`, `复制费(光盘)`.
    pub fn reduce(label: &str) -> String {
        label::reduce(label)
    }
    /// The row of an indicator.
    pub fn row(&self, key: &IndicatorKey) -> Option<&Row> {
        self.rows.iter().find(|r| r.key.as_ref() == Some(key))
    }
    /// Index of the row of an indicator.
    pub fn index_of(&self, key: &IndicatorKey) -> Option<usize> {
        self.rows.iter().position(|r| r.key.as_ref() == Some(key))
    }
    /// All rows whose label or an alias of theirs is this reduced label, in form order. Quotes and punctuation make no
    /// difference; a bracket that no row has is left out.
    pub fn rows_labelled(&self, reduced: &str) -> &[usize] {
        let found = self.index.get(&label::bare(reduced));
        let found = found.or_else(|| label::barest(reduced).and_then(|barest| self.index.get(&barest)));
        found.map_or(&[], Vec::as_slice)
    }
    /// The one row with this reduced label, under `parent` where that is given: as its child before a deeper descendant.
    /// `None` where there is none, or more than one.
    pub fn find(&self, reduced: &str, parent: Option<usize>) -> Option<usize> {
        let rows = self.rows_labelled(reduced);
        let Some(parent) = parent else { return only(rows.iter().copied()) };
        let children = rows.iter().copied().filter(|&r| self.rows.get(r).is_some_and(|r| r.parent == Some(parent)));
        only(children).or_else(|| only(rows.iter().copied().filter(|&r| self.path(r).contains(&parent))))
    }
    /// Rows that a path of labels as printed leads to, outermost first: the last label is the row's, each one before it a
    /// row above, not always the nearest.
    pub fn rows_at(&self, labels: &[&str]) -> Vec<usize> {
        let Some((last, above)) = labels.split_last() else { return Vec::new() };
        let above: Vec<&[usize]> = above.iter().map(|l| self.rows_labelled(&Self::reduce(l))).collect();
        let fits = |&row: &usize| {
            let mut path = self.path(row).into_iter();
            above.iter().all(|wanted| path.any(|step| wanted.contains(&step)))
        };
        self.rows_labelled(&Self::reduce(last)).iter().copied().filter(fits).collect()
    }
    /// Rows whose parent is `row`, in form order.
    pub fn children(&self, row: usize) -> impl Iterator<Item = usize> {
        self.rows.iter().enumerate().filter(move |(_, r)| r.parent == Some(row)).map(|(i, _)| i)
    }
    /// Headings and wholes above `row`, outermost first.
    pub fn path(&self, row: usize) -> Vec<usize> {
        let mut path = Vec::new();
        let mut at = self.rows.get(row).and_then(|r| r.parent);
        // A parent stands above its row, which the loader holds; the guard keeps a hand-made form from looping.
        while let Some(parent) = at
            && path.last().is_none_or(|&last| parent < last)
        {
            path.push(parent);
            at = self.rows.get(parent).and_then(|r| r.parent);
        }
        path.reverse();
        path
    }
    /// Whether a key is printed or derived here.
    pub fn knows(&self, key: &str) -> bool {
        let printed = match self.shape {
            Shape::List => self.rows.iter().any(|r| r.key.as_ref().is_some_and(|k| k.0 == key)),
            Shape::Matrix => self.cells.contains_key(key),
        };
        printed || self.derived.iter().any(|d| d.key.0 == key)
    }
}

/// The only item, where there is just one.
fn only(mut items: impl Iterator<Item = usize>) -> Option<usize> {
    let first = items.next();
    if items.next().is_some() { None } else { first }
}
