//! Rows of a table whose form is known: what stands between two labels are the first one's cells.

use super::{
    Reader, Value,
    items::{Item, Kind},
    matching::Match,
    push, same_column,
};
use crate::{
    align::{Reading, Triple, TripleId},
    grammar::{is_of_which, numbering, stated_unit},
    text::Span,
};
use std::ops::Range;

/// A label with the cells after it.
#[derive(Clone, Debug)]
struct Row {
    /// Items of the label.
    label: Range<usize>,
    /// Items after it, up to the next label.
    cells: Range<usize>,
    /// Row of the form.
    row: Option<usize>,
    /// Whether the row was there already.
    again: bool,
}

/// Reads a table of a known form.
pub(super) fn read(reader: &mut Reader<'_>, found: Match) {
    let table = reader.table(Some(found.form));
    let Some(form) = reader.grammar.forms.get(found.form) else { return };
    let rows = split(reader, &found);
    let columns = Columns::of(reader, &rows);
    let mut seen = Seen {
        triple: vec![None; form.rows.len()],
        label: vec![None; form.rows.len()],
        of_which: vec![false; form.rows.len()],
    };
    let mut here: Option<usize> = None;
    for row in &rows {
        let label_span = reader.span(row.label.clone());
        let Some(index) = row.row else {
            stray(reader, table, row, &columns, here.map(|h| seen.path(reader, form, h)));
            continue;
        };
        here = Some(index);
        let Some(spec) = form.rows.get(index) else { continue };
        seen.set_label(index, label_span);
        let printed = reader.text.slice(label_span).to_string();
        let marked = is_of_which(&printed) || spec.parent.is_some_and(|p| seen.of_which(p, index, form));
        if let Some(slot) = seen.of_which.get_mut(index) {
            *slot = marked;
        }
        let values = columns.values(reader, row);
        if spec.key.is_none() && values.iter().all(|(v, _)| v.reading == Reading::Blank) {
            continue;
        }
        let path = seen.path(reader, form, index);
        let parent = seen.parent(form, index);
        let label = reader.label(label_span);
        let unit = columns.unit(reader, row, &printed);
        if spec.key.is_none() {
            reader.unmatched(table, &label, label_span);
        }
        let several = values.len() > 1;
        for (n, (value, column)) in values.into_iter().enumerate() {
            let columns: Vec<String> = if several { column.into_iter().collect() } else { Vec::new() };
            let parent = same_column(reader.facts, parent, &columns);
            let triple = Triple {
                table,
                indicator: spec.key.clone().filter(|_| n == 0),
                row: Some(index),
                label: label.clone(),
                label_span,
                path: path.clone(),
                columns,
                unit: value.unit.clone().or_else(|| unit.clone()),
                value: value.reading,
                span: value.span,
                parent,
                numbering: super::free::numbers(numbering(&printed)),
                of_which: marked,
            };
            let id = push(reader.facts, triple);
            if n > 0 {
                continue;
            }
            match seen.triple.get_mut(index) {
                Some(Some(first)) if row.again => {
                    let pair = (id, *first);
                    if let Some(t) = reader.facts.tables.get_mut(table) {
                        t.doubled.push(pair);
                    }
                }
                Some(slot) => *slot = Some(id),
                None => {}
            }
        }
    }
    let missing = form.rows.iter().enumerate().filter(|(i, r)| r.key.is_some() && !r.optional && !seen.has(*i));
    let missing: Vec<(usize, Option<TripleId>)> = missing.map(|(i, _)| (i, seen.after(i))).collect();
    if let Some(table) = reader.facts.tables.get_mut(table) {
        table.missing = missing;
    }
}

impl Reader<'_> {
    fn item(&self, i: usize) -> Option<&Item> {
        self.items.get(i)
    }
    fn span(&self, items: Range<usize>) -> Span {
        let mut spans = self.items.get(items).unwrap_or_default().iter().map(|i| i.span);
        let first = spans.next().unwrap_or(self.stream.span);
        spans.next_back().map_or(first, |last| first.cover(last))
    }
}

/// Rows of the form already read.
struct Seen {
    triple: Vec<Option<TripleId>>,
    label: Vec<Option<Span>>,
    of_which: Vec<bool>,
}

impl Seen {
    fn has(&self, row: usize) -> bool {
        matches!(self.triple.get(row), Some(Some(_)))
    }
    fn set_label(&mut self, row: usize, span: Span) {
        if let Some(slot) = self.label.get_mut(row) {
            slot.get_or_insert(span);
        }
    }
    /// Whether a row before `row` under the same parent was printed with 其中.
    fn of_which(&self, parent: usize, row: usize, form: &crate::grammar::Form) -> bool {
        form.rows
            .iter()
            .enumerate()
            .take(row)
            .any(|(i, r)| r.parent == Some(parent) && self.of_which.get(i) == Some(&true))
    }
    fn parent(&self, form: &crate::grammar::Form, row: usize) -> Option<TripleId> {
        form.path(row).into_iter().rev().find_map(|p| self.triple.get(p).copied().flatten())
    }
    fn path(&self, reader: &Reader<'_>, form: &crate::grammar::Form, row: usize) -> Vec<String> {
        let above = form.path(row).into_iter().filter_map(|p| self.label.get(p).copied().flatten());
        reader.path.iter().cloned().chain(above.map(|span| reader.printed(span))).collect()
    }
    fn after(&self, row: usize) -> Option<TripleId> {
        self.triple.iter().skip(row + 1).find_map(|t| *t)
    }
}

/// Parts the stream into rows: at the labels of the form, and at other words that have a value after them.
fn split(reader: &Reader<'_>, found: &Match) -> Vec<Row> {
    let numbered = sequence(reader, found);
    let mut rows: Vec<Row> = Vec::new();
    let mut anchors = found.anchors.iter().peekable();
    let last_anchor = found.anchors.last().map_or(0, |a| a.first);
    let mut i = 0;
    while let Some(item) = reader.item(i) {
        if let Some(anchor) = anchors.next_if(|a| a.first == i) {
            // What stands before a label in its own row, or counts rows, is no cell of the row above.
            let mut end = anchor.first;
            if reader.stream.rows_known {
                while end > 0 && !reader.item(end).is_some_and(|i| i.starts_row) {
                    end -= 1;
                }
            } else if numbered {
                end = end.saturating_sub(1);
            }
            close(&mut rows, end);
            rows.push(Row {
                label: anchor.first..anchor.last + 1,
                cells: 0..0,
                row: Some(anchor.row),
                again: anchor.again,
            });
            i = anchor.last + 1;
            continue;
        }
        if item.words()
            && let Some(unit) = stray_label(reader, i)
            && (unit || (!rows.is_empty() && i < last_anchor))
        {
            close(&mut rows, i);
            rows.push(Row { label: i..i + 1, cells: 0..0, row: None, again: false });
        }
        i += 1;
    }
    close(&mut rows, reader.items.len());
    rows
}

fn close(rows: &mut [Row], end: usize) {
    if let Some(row) = rows.last_mut() {
        row.cells = row.label.end..end.max(row.label.end);
    }
}

/// Whether the words at `i` are a label of no form: a number follows, after a unit (`Some(true)`) or at once.
fn stray_label(reader: &Reader<'_>, i: usize) -> Option<bool> {
    let after = reader.item(i + 1)?;
    let long = reader.item(i).is_some_and(|i| i.text.chars().count() > 3);
    match &after.kind {
        Kind::Unit(_) => reader.item(i + 2).filter(|v| v.filled() && !v.starts_row).map(|_| true),
        Kind::Number { .. } | Kind::Unreadable(_) if long && !after.starts_row => Some(false),
        _ => None,
    }
}

/// Whether a column of row numbers stands before the labels: a plain whole number before most of them, mostly counting up.
fn sequence(reader: &Reader<'_>, found: &Match) -> bool {
    let before: Vec<_> = found
        .anchors
        .iter()
        .filter_map(|a| a.first.checked_sub(1))
        .filter_map(|i| Some((reader.item(i)?.whole()?, reader.item(i.checked_sub(1)?)?.value())))
        .collect();
    let pairs = before.iter().zip(before.iter().skip(1));
    let counting = pairs.filter(|((a, _), (b, _))| a.checked_add(1.into()) == Some(*b)).count();
    before.len() * 10 >= found.anchors.len() * 6 && counting * 10 >= before.len() * 5
}

/// Which of the cells after a label are values.
struct Columns {
    /// How many numbers a row has.
    count: usize,
    /// Those of them that are codes, not values.
    code: Option<usize>,
    /// Header words above the values, where they are known.
    names: Vec<String>,
    /// Unit that the header or the table's head states.
    unit: Option<String>,
}

impl Columns {
    fn of(reader: &Reader<'_>, rows: &[Row]) -> Self {
        let lexicon = &reader.grammar.lexicon;
        let filled =
            |row: &Row| reader.items.get(row.cells.clone()).unwrap_or_default().iter().filter(|i| i.filled()).count();
        let mut tally = [0usize; 16];
        for n in rows.iter().filter(|r| r.row.is_some()).map(filled).filter(|n| *n > 0) {
            if let Some(slot) = tally.get_mut(n) {
                *slot += 1;
            }
        }
        let count = tally
            .iter()
            .enumerate()
            .max_by_key(|(n, times)| (**times, std::cmp::Reverse(*n)))
            .map_or(1, |(n, _)| n.max(1));
        let first = rows.first().map_or(0, |r| r.label.start);
        let header = reader.items.get(..first).unwrap_or_default();
        let unit = header.iter().rev().find_map(|i| stated_unit(&i.text, lexicon));
        let words: Vec<&Item> = header.iter().filter(|i| matches!(i.kind, Kind::Words | Kind::Unit(_))).collect();
        let names = words.iter().rev().take(count).rev().map(|i| reader.label(i.span)).collect();
        let code = (0..count).filter(|_| count > 1).find(|n| counts_up(reader, rows, *n));
        Columns { count, code, names, unit }
    }

    /// The value cells of a row, each with its header.
    fn values(&self, reader: &Reader<'_>, row: &Row) -> Vec<(Value, Option<String>)> {
        let cells = reader.items.get(row.cells.clone()).unwrap_or_default();
        if self.count == 1 {
            let best = cells.iter().find(|i| matches!(i.kind, Kind::Number { .. }));
            let best = best.or_else(|| cells.iter().find(|i| i.filled()));
            // A blank: the place after the unit, else the first one.
            let unit = cells.iter().position(|i| matches!(i.kind, Kind::Unit(_)));
            let blank = || cells.iter().skip(unit.map_or(0, |u| u + 1)).find(|i| i.kind == Kind::Blank);
            let value = best.or_else(blank).and_then(Value::of);
            let place = || {
                let end = unit.and_then(|u| cells.get(u)).map_or(reader.span(row.label.clone()).end, |i| i.span.end);
                Value { reading: Reading::Blank, unit: None, span: Span::new(end, end) }
            };
            // Words where the value belongs: something was meant, and no number can be read from it.
            let kept = reader.stream.rows_known || reader.items.iter().any(|i| i.kind == Kind::Blank);
            let words = || {
                let cell = cells.get(unit? + 1).filter(|i| kept && i.words() && !i.starts_row)?;
                Some(Value { reading: Reading::Unreadable(None), unit: None, span: cell.span })
            };
            return vec![(value.or_else(words).unwrap_or_else(place), None)];
        }
        let unit = cells.iter().position(|i| matches!(i.kind, Kind::Unit(_)));
        let after = cells.iter().skip(unit.map_or(0, |u| u + 1)).filter(|i| i.value());
        let columns = after.take(self.count).enumerate().filter(|(n, _)| Some(*n) != self.code);
        columns.filter_map(|(n, item)| Some((Value::of(item)?, self.names.get(n).cloned()))).collect()
    }

    /// The unit of a row: its cell, its label, the header.
    fn unit(&self, reader: &Reader<'_>, row: &Row, printed: &str) -> Option<String> {
        let cells = reader.items.get(row.cells.clone()).unwrap_or_default();
        let cell = cells.iter().find_map(|i| match &i.kind {
            Kind::Unit(unit) => Some(unit.clone()),
            _ => None,
        });
        // A short word right after the label, before the value, is a unit that the lexicon lacks.
        let word = || match cells {
            [word, value, ..]
                if word.words() && value.filled() && !word.starts_row && word.text.chars().count() <= 4 =>
            {
                Some(word.text.clone())
            }
            _ => None,
        };
        cell.or_else(word).or_else(|| stated_unit(printed, &reader.grammar.lexicon)).or_else(|| self.unit.clone())
    }
}

/// Whether the `n`th number of the rows counts them.
fn counts_up(reader: &Reader<'_>, rows: &[Row], n: usize) -> bool {
    let number = |row: &Row| reader.items.get(row.cells.clone())?.iter().filter(|i| i.filled()).nth(n)?.whole();
    let numbers: Vec<_> = rows.iter().filter_map(number).collect();
    let ups = numbers.iter().zip(numbers.iter().skip(1)).filter(|(a, b)| a.checked_add(1.into()) == Some(**b)).count();
    numbers.len() >= 4 && ups * 10 >= numbers.len() * 7
}

/// A row between the form's rows that the form does not have.
fn stray(reader: &mut Reader<'_>, table: usize, row: &Row, columns: &Columns, path: Option<Vec<String>>) {
    let label_span = reader.span(row.label.clone());
    let printed = reader.text.slice(label_span).to_string();
    let label = reader.label(label_span);
    let unit = columns.unit(reader, row, &printed);
    let values = columns.values(reader, row);
    let several = values.len() > 1;
    reader.unmatched(table, &label, label_span);
    for (value, column) in values {
        push(
            reader.facts,
            Triple {
                table,
                indicator: None,
                row: None,
                label: label.clone(),
                label_span,
                path: path.clone().unwrap_or_else(|| reader.path.clone()),
                columns: if several { column.into_iter().collect() } else { Vec::new() },
                unit: value.unit.or_else(|| unit.clone()),
                value: value.reading,
                span: value.span,
                parent: None,
                numbering: super::free::numbers(numbering(&printed)),
                of_which: is_of_which(&printed),
            },
        );
    }
}
