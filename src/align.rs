//! Tables and claims meet: rows get their indicators, claims their rows, or none.

mod claim;
mod form;

pub use crate::prose::{Claim, ClaimKind, Direction, Ignored, List, ListRole, Own, Period, ReportHead};

use crate::{
    grammar::{Grammar, IndicatorKey},
    layout::{Layout, RegionKind},
    prose::Prose,
    quantity::{Number, Reason, What, scan},
    table::CellStream,
    text::{Span, Text},
};

/// Index of a triple in [`Facts::triples`].
pub type TripleId = usize;
/// Index of a claim in [`Facts::claims`].
pub type ClaimId = usize;

/// What a value cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Reading {
    /// A number, in the row's unit; scale as printed.
    Number(Number),
    /// Nothing there: blank, `-`, `—`, `/`, 无. Never zero.
    Blank,
    /// Something that is no number (`#REF!`), with a proposed reading.
    Unreadable(Option<Number>),
    /// A number that is not exact (`约12`): nothing is checked with it.
    Inexact,
}

impl Reading {
    /// The number, where there is one.
    pub fn number(&self) -> Option<Number> {
        match self {
            Reading::Number(n) => Some(*n),
            _ => None,
        }
    }
}

/// Indicator, unit and value of one table cell.
#[derive(Clone, Debug)]
pub struct Triple {
    /// Its table, index in [`Facts::tables`].
    pub table: usize,
    /// The indicator; `None` when the row is in no form.
    pub indicator: Option<IndicatorKey>,
    /// Index of the row in the table's form.
    pub row: Option<usize>,
    /// Label as printed, without numbering, 其中：, layout spaces and bracketed notes.
    pub label: String,
    /// Where the label stands.
    pub label_span: Span,
    /// Headings and parents above the row, outermost first, as printed.
    pub path: Vec<String>,
    /// Header cells above the value, outermost first (matrix tables).
    pub columns: Vec<String>,
    /// Unit, from its cell, the label, the header or the value cell.
    pub unit: Option<String>,
    /// The value.
    pub value: Reading,
    /// The value cell's text; empty span where the cell is blank.
    pub span: Span,
    /// The row this one is a part of, by numbering, 其中 or the form.
    pub parent: Option<TripleId>,
    /// Its depth under a numbered whole and number as printed (`2.1` → [2, 1]); for tables in no form.
    pub numbering: Vec<u32>,
    /// Printed with 其中, or after such a row under the same parent.
    pub of_which: bool,
}

/// One table, read.
#[derive(Clone, Debug)]
pub struct Table {
    /// Its lines.
    pub span: Span,
    /// Dialect it was read in.
    pub dialect: &'static str,
    /// Index of its form in the grammar; `None` for a table in no official form.
    pub form: Option<usize>,
    /// Rows of the form that the table lacks (index in the form), and where the next row that is there stands.
    pub missing: Vec<(usize, Option<TripleId>)>,
    /// Rows doubled: the second one, and the first.
    pub doubled: Vec<(TripleId, TripleId)>,
    /// How many rows found no place in the form.
    pub unmatched_rows: usize,
}

/// A figure of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Figure {
    /// A table cell.
    Triple(TripleId),
    /// A claim of the prose.
    Claim(ClaimId),
}

/// One member of a sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// The figure.
    pub figure: Figure,
    /// Whether it is taken away (`未办结的2件` is 收到 − 办结).
    pub minus: bool,
}

/// What a claim is compared with: one subject's figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The sum it states: one term for most, several for a union (`予以公开及部分公开`), a derived indicator or a remainder.
    pub terms: Vec<Term>,
    /// Other ordinary readings of the same words (`收到` with and without carry-over); a contradiction must fail them all.
    pub alternatives: Vec<Vec<Term>>,
    /// The indicator as a whole, where it has a key.
    pub indicator: Option<IndicatorKey>,
    /// Score of the assignment, between 0 and 1.
    pub score: Number,
    /// Whether the words name the row themselves; a row that was only inherited from what stands before, or guessed from
    /// likeness, may support a claim and never contradict it.
    pub sure: bool,
    /// Whether another row came so near that an agreement of that row with the prose forbids `contradicted`.
    pub rivals: Vec<TripleId>,
}

/// One row that was considered for a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// The triple.
    pub triple: TripleId,
    /// Its score, between 0 and 1.
    pub score: Number,
}

/// A claim with the rows it speaks of.
#[derive(Clone, Debug)]
pub struct LinkedClaim {
    /// The claim.
    pub claim: Claim,
    /// What it states, one link a subject; empty when alignment abstains.
    ///
    /// - count, money: the figure stated.
    /// - share, change, multiple: the figure it is a share, change or multiple of.
    /// - none: one link a subject denied, each to be 0.
    /// - all: one link a verb (`按时办结` gives 申请办结数 and 按时办结数), each to equal the claim's own number, else `base`.
    pub links: Vec<Link>,
    /// A share's whole; last year's figure of a change, or what a multiple multiplies; the whole an `all` speaks of.
    pub base: Option<Link>,
    /// Best rows first, at most three.
    pub candidates: Vec<Candidate>,
    /// What it plainly counts, where the document has no row for it.
    pub topic: Option<IndicatorKey>,
    /// Whether the words name the base themselves (`占办结总数`).
    pub base_named: bool,
    /// Whether the links are cells of the very period the claim speaks of, though that is not the report's: of a column
    /// that names it.
    pub dated: bool,
}

/// A thing that could not be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// Kebab-case kind (`unmatched-row`, `no-table`, `malformed-bytes` …).
    pub kind: &'static str,
    /// Chinese message.
    pub zh: String,
    /// English message.
    pub en: String,
    /// Where.
    pub span: Option<Span>,
}

/// All that was read from one document.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Title, agency, year, date.
    pub head: ReportHead,
    /// Index of the form in the grammar.
    pub form: Option<usize>,
    /// Tables in document order.
    pub tables: Vec<Table>,
    /// Triples in document order.
    pub triples: Vec<Triple>,
    /// Claims in document order.
    pub claims: Vec<LinkedClaim>,
    /// Lists among the claims; indices are [`ClaimId`]s.
    pub lists: Vec<List>,
    /// Numerals that are no claims.
    pub ignored: Vec<Ignored>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// Reads tables into triples, then links the claims to them.
pub fn align(text: &Text, layout: &Layout, tables: Vec<CellStream>, prose: Prose, grammar: &Grammar) -> Facts {
    let mut facts = Facts { head: prose.head, lists: prose.lists, ignored: prose.ignored, ..Facts::default() };
    form::build(text, layout, tables, grammar, &mut facts);
    unread(text, layout, grammar, &mut facts);
    claim::link(prose.claims, grammar, &mut facts);
    facts
}

/// Says which half of a report is missing: what is not there cannot be compared, and silence would look like a pass.
pub fn missing_halves(layout: &Layout, facts: &Facts) -> Vec<Problem> {
    let half = |kind, zh: &str, en: &str| Problem { kind, zh: zh.into(), en: en.into(), span: None };
    let told = facts.problems.iter().any(|p| p.kind == "no-table");
    let table = (facts.tables.is_empty() && !told).then(|| {
        half(
            "no-table",
            "文中没有读到统计表，只核对正文自身",
            "no statistics table was found; only the prose is checked",
        )
    });
    let prose = (!layout.regions.iter().any(|r| r.kind == RegionKind::Paragraph))
        .then(|| half("no-prose", "文中没有读到正文，只核对表格自身", "no prose was found; only the table is checked"));
    table.into_iter().chain(prose).collect()
}

/// Numerals of regions that looked like tables and were none: a page's index numbers and dates between pipes.
fn unread(text: &Text, layout: &Layout, grammar: &Grammar, facts: &mut Facts) {
    let tables: Vec<Span> = facts.tables.iter().map(|t| t.span).collect();
    let mut next = tables.iter().peekable();
    for region in layout.regions.iter().filter(|r| r.kind == RegionKind::Table) {
        while next.next_if(|t| t.end <= region.span.start).is_some() {}
        if next.peek().is_some_and(|t| t.overlaps(region.span)) {
            continue;
        }
        let view = text.view(region.span);
        for mark in scan(view.str(), &grammar.lexicon) {
            let reason = if let What::Ignored(own) = mark.what { own } else { Reason::Furniture };
            facts.ignored.push(Ignored { span: view.span(mark.range), reason });
        }
    }
    facts.ignored.sort_by_key(|i| i.span.start);
}
