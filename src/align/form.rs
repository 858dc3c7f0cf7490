//! Cell streams to triples: which form a table is, and which row each label names.

mod free;
mod header;
mod items;
mod leads;
mod matching;
mod matrix;
mod rows;
#[cfg(test)]
mod tests;

use super::{Facts, Problem, Reading, Table, Triple, TripleId};
use crate::{
    grammar::{Form, Grammar, numbering},
    layout::{Layout, Region, RegionKind},
    table::{CellStream, MAX_CELLS},
    text::{Span, Text},
};
use items::{Item, Kind};
use std::collections::BTreeMap;

/// Fills `facts.tables`, `facts.triples`, `facts.form` and what could not be placed.
pub(super) fn build(text: &Text, layout: &Layout, streams: Vec<CellStream>, grammar: &Grammar, facts: &mut Facts) {
    let variants = text.traditional().then_some(&grammar.variants);
    let typed: Vec<Vec<Item>> = streams.iter().map(|s| items::items(s, &grammar.lexicon, variants)).collect();
    let lists: Vec<Option<matching::Match>> = typed.iter().map(|items| matching::best(items, &grammar.forms)).collect();
    // A list of which a good part is there is no matrix; all other tables may be sub-tables of one.
    let sure = lists.iter().all(|list| list.as_ref().is_some_and(|m| m.good));
    let matrix = if sure { None } else { matrix::choose(&typed, &grammar.forms) };
    let matrix = matrix.as_ref().and_then(|m| Some((m, grammar.forms.get(m.form)?)));
    // The document's form is the one that more of its rows are of.
    let most = lists.iter().flatten().max_by_key(|m| m.found);
    facts.form = match (most, matrix) {
        (Some(list), Some((matrix, _))) if matrix.rows > list.found => Some(matrix.form),
        (Some(list), _) => Some(list.form),
        (None, _) => None,
    };
    for beyond in streams.iter().filter_map(|s| s.beyond) {
        facts.problems.push(Problem {
            kind: "table-too-large",
            zh: format!("表格过大，只读了前 {MAX_CELLS} 个单元格，其余未读"),
            en: format!("the table is too large: only its first {MAX_CELLS} cells are read"),
            span: Some(beyond),
        });
    }
    for (n, ((stream, items), list)) in streams.iter().zip(&typed).zip(lists).enumerate() {
        let broken = broken(text, stream);
        let mut reader = Reader { text, grammar, stream, items, facts, broken, path: path(text, stream) };
        let chosen = matrix.and_then(|(m, known)| Some((m.form, m.anchors.get(n)?, known)));
        let chosen = chosen.filter(|(_, anchors, known)| {
            let fits = || matrix::holds(items, anchors, known);
            list.as_ref().map_or_else(fits, |m| matrix::explains(items, anchors, known) > m.found && fits())
        });
        match (list, chosen) {
            (_, Some((form, anchors, _))) => matrix::read(&mut reader, form, anchors),
            (Some(found), None) => rows::read(&mut reader, found),
            (None, None) => free::read(&mut reader),
        }
    }
    no_table(text, layout, grammar, facts);
}

/// One table on its way into the facts.
struct Reader<'a> {
    text: &'a Text,
    grammar: &'a Grammar,
    stream: &'a CellStream,
    items: &'a [Item],
    facts: &'a mut Facts,
    /// Words of the cells whose lines have other cells between them, by start and end.
    broken: BTreeMap<(usize, usize), String>,
    /// Headings of the prose above the table, as printed.
    path: Vec<String>,
}

impl Reader<'_> {
    /// Opens the table in the facts; gives its index.
    fn table(&mut self, form: Option<usize>) -> usize {
        self.facts.tables.push(Table {
            span: self.stream.span,
            dialect: self.stream.dialect,
            form,
            missing: Vec::new(),
            doubled: Vec::new(),
            unmatched_rows: 0,
        });
        if self.facts.form.is_none() {
            self.facts.form = form;
        }
        self.facts.tables.len() - 1
    }
    fn problem(&mut self, kind: &'static str, zh: String, en: String, span: Span) {
        self.facts.problems.push(Problem { kind, zh, en, span: Some(span) });
    }
    /// A row that no row of the form answers to.
    fn unmatched(&mut self, table: usize, label: &str, span: Span) {
        if let Some(table) = self.facts.tables.get_mut(table) {
            table.unmatched_rows += 1;
        }
        self.problem(
            "unmatched-row",
            format!("表中这一行不属于已知表式的任何一行：{label}"),
            format!("this row answers to no row of the known form: {label}"),
            span,
        );
    }
    /// What a cell prints: its pieces, where other cells stand between them.
    fn words(&self, span: Span) -> &str {
        self.broken.get(&(span.start, span.end)).map_or_else(|| self.text.slice(span), String::as_str)
    }
    /// The words of a label without numbering, 其中, layout spaces and bracketed notes, widths as printed.
    fn label(&self, span: Span) -> String {
        items::clean(self.words(span))
    }
    /// A label as a heading of others prints it: without line breaks and bold marks.
    fn printed(&self, span: Span) -> String {
        self.words(span).split('\n').map(str::trim).collect()
    }
}

/// The words of broken cells.
fn broken(text: &Text, stream: &CellStream) -> BTreeMap<(usize, usize), String> {
    let cells = stream.cells.iter().filter(|c| !c.pieces.is_empty());
    cells.map(|c| ((c.span.start, c.span.end), c.pieces.iter().map(|p| text.slice(*p)).collect())).collect()
}

/// A value cell read: unit last, because the cell's own beats the row's.
struct Value {
    reading: Reading,
    unit: Option<String>,
    span: Span,
}

impl Value {
    fn of(item: &Item) -> Option<Self> {
        let (reading, unit) = match &item.kind {
            Kind::Number { value, unit } => (Reading::Number(*value), unit.clone()),
            Kind::Blank | Kind::Dash => (Reading::Blank, None),
            Kind::Unreadable(proposed) => (Reading::Unreadable(*proposed), None),
            Kind::Inexact(unit) => (Reading::Inexact, unit.clone()),
            Kind::Words | Kind::Unit(_) => return None,
        };
        Some(Value { reading, unit, span: item.span })
    }
}

/// Headings of the prose above a table: the table's own title is no heading of its rows.
fn path(text: &Text, stream: &CellStream) -> Vec<String> {
    let printed = |span: &Span| text.slice(*span).to_string();
    let numbered = |label: &String| numbering(label).is_some();
    stream.path.iter().map(printed).filter(numbered).collect()
}

/// A heading that announces a table and has nothing below it, or an annex that names one that is not there.
fn no_table(text: &Text, layout: &Layout, grammar: &Grammar, facts: &mut Facts) {
    let read = |region: &Region| facts.tables.iter().any(|t| t.span.overlaps(region.span));
    let mut found = Vec::new();
    let visible: Vec<&Region> = layout.regions.iter().filter(|r| r.kind != RegionKind::Furniture).collect();
    for (i, region) in visible.iter().enumerate() {
        let next = visible.get(i + 1);
        let announces = match region.kind {
            RegionKind::Heading { level } => {
                let empty = match next.map(|r| r.kind) {
                    None | Some(RegionKind::Note) => true,
                    Some(RegionKind::Heading { level: below }) => below <= level,
                    Some(RegionKind::Paragraph) => next.is_some_and(|r| stands_for_picture(text.slice(r.span))),
                    _ => false,
                };
                let reduced = Form::reduce(text.slice(region.span).trim_start_matches(['#', ' ']));
                let heading = |f: &Form| {
                    let row = |r: &usize| f.rows.get(*r).is_some_and(|r| r.key.is_none());
                    f.rows_labelled(&reduced).iter().any(row) || f.tables.iter().any(|g| g.headings.contains(&reduced))
                };
                empty && grammar.forms.iter().any(heading)
            }
            RegionKind::Note => {
                let words = text.slice(region.span);
                !visible.iter().any(|r| r.kind == RegionKind::Table && read(r))
                    && grammar.forms.iter().any(|f| !f.title.is_empty() && words.contains(f.title.as_str()))
            }
            _ => false,
        };
        if announces {
            found.push(region.span);
        }
    }
    for span in found {
        facts.problems.push(Problem {
            kind: "no-table",
            zh: format!("“{}”之下没有表格（可能是图片或附件）", text.slice(span)),
            en: format!("no table below \"{}\" (an image or an attachment, perhaps)", text.slice(span)),
            span: Some(span),
        });
    }
}

/// An image of Markdown, or a few words in brackets and nothing else: what stands where a table was.
fn stands_for_picture(words: &str) -> bool {
    let words = words.trim();
    let bracketed = words.starts_with(['（', '(', '[', '【']) && words.ends_with(['）', ')', ']', '】']);
    words.starts_with("![") || (bracketed && words.chars().count() <= 20)
}

/// The cell of a parent row that stands in the same column as a cell of its part.
fn same_column(facts: &Facts, parent: Option<TripleId>, columns: &[String]) -> Option<TripleId> {
    let first = parent?;
    let label = facts.triples.get(first)?.label_span;
    let row = facts.triples.iter().enumerate().skip(first).take_while(|(_, t)| t.label_span == label);
    row.filter(|(_, t)| t.columns == columns).map(|(id, _)| id).next()
}

/// Pushes a triple, gives its index.
fn push(facts: &mut Facts, triple: Triple) -> TripleId {
    facts.triples.push(triple);
    facts.triples.len() - 1
}
