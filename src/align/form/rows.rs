//! Rows of a table whose form is known: what stands between two labels are the first one's cells.

use super::{
    Reader, Value, header,
    items::{Item, Kind},
    matching::Match,
    push, same_column,
};
use crate::{
    align::{Reading, Triple, TripleId},
    grammar::{Form, is_of_which, numbering, stated_unit},
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
    let columns = Columns::of(reader, &rows, form);
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
        let printed = reader.words(label_span).to_string();
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
        let mut first = None;
        for (value, column) in values {
            let main = columns.speaks(column);
            let columns = columns.names(column);
            let parent = same_column(reader.facts, parent, &columns);
            let triple = Triple {
                table,
                indicator: spec.key.clone().filter(|_| main),
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
            if first.replace(id).is_some() {
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
    // A row whose label is printed and whose cell is lost is there.
    let absent = |row: usize| !seen.has(row) && !matches!(seen.label.get(row), Some(Some(_)));
    let missing = form.rows.iter().enumerate().filter(|(i, r)| r.key.is_some() && !r.optional && absent(*i));
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
    fn of_which(&self, parent: usize, row: usize, form: &Form) -> bool {
        form.rows
            .iter()
            .enumerate()
            .take(row)
            .any(|(i, r)| r.parent == Some(parent) && self.of_which.get(i) == Some(&true))
    }
    fn parent(&self, form: &Form, row: usize) -> Option<TripleId> {
        form.path(row).into_iter().rev().find_map(|p| self.triple.get(p).copied().flatten())
    }
    fn path(&self, reader: &Reader<'_>, form: &Form, row: usize) -> Vec<String> {
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
    /// Header cells above the numbers, outermost first, where they are known.
    names: Vec<Vec<String>>,
    /// The column whose figures are those of the form's indicators.
    main: Option<usize>,
    /// Unit that the header or the table's head states.
    unit: Option<String>,
}

impl Columns {
    fn of(reader: &Reader<'_>, rows: &[Row], form: &Form) -> Self {
        let lexicon = &reader.grammar.lexicon;
        // Where empty cells are kept, a row is as wide as its last figure says; else it has as many as are printed.
        let kept = reader.stream.blanks_kept;
        let filled = |row: &Row| {
            let figures = figures(reader, row);
            let last = || figures.iter().rposition(Item::filled).map_or(0, |n| n + 1);
            if kept { last() } else { figures.iter().filter(|i| i.filled()).count() }
        };
        let mut tally = [0usize; 16];
        for n in rows.iter().filter(|r| r.row.is_some()).map(filled).filter(|n| *n > 0) {
            if let Some(slot) = tally.get_mut(n) {
                *slot += 1;
            }
        }
        // So many as a good part of the rows have: others have blanks.
        let part = if kept { 4 } else { 3 };
        let rows_filled: usize = tally.iter().sum();
        let enough = |n: &usize| tally.iter().skip(*n).sum::<usize>() * part >= rows_filled;
        let count = (2..tally.len()).rev().find(|n| rows_filled > 0 && enough(n)).unwrap_or(1);
        let first = rows.first().map_or(0, |r| r.label.start);
        let header = reader.items.get(..first).unwrap_or_default();
        let unit = header.iter().rev().find_map(|i| stated_unit(&i.text, lexicon));
        let named = count > 1 || !form.codes.is_empty();
        let names = if named { heads(reader, rows, header, count) } else { Vec::new() };
        let coded = names.iter().position(|name| name.last().is_some_and(|n| form.codes.contains(&Form::reduce(n))));
        let code = coded.or_else(|| (0..count).filter(|_| count > 1).find(|n| counts_up(reader, rows, *n)));
        let mut values = names.clone();
        let main = match code.filter(|n| *n < values.len()) {
            Some(code) => {
                values.remove(code);
                main(reader, &values, form).map(|n| n + usize::from(n >= code))
            }
            None => main(reader, &values, form),
        };
        Columns { count, code, names, main, unit }
    }

    /// Whether a row's figure in this column is the row's indicator: it is not, where the column is not known.
    fn speaks(&self, column: Option<usize>) -> bool {
        self.single() || (column.is_some() && column == self.main)
    }
    /// Whether there is one column of values: its header says nothing that the row does not.
    fn single(&self) -> bool {
        self.count - usize::from(self.code.is_some()) <= 1
    }
    fn names(&self, column: Option<usize>) -> Vec<String> {
        let names = column.filter(|_| !self.single()).and_then(|n| self.names.get(n));
        names.cloned().unwrap_or_default()
    }

    /// The value cells of a row, each with its column where that is known.
    fn values(&self, reader: &Reader<'_>, row: &Row) -> Vec<(Value, Option<usize>)> {
        let cells = reader.items.get(row.cells.clone()).unwrap_or_default();
        let unit = cells.iter().position(|i| matches!(i.kind, Kind::Unit(_)));
        let place = || {
            let end = unit.and_then(|u| cells.get(u)).map_or(reader.span(row.label.clone()).end, |i| i.span.end);
            Value { reading: Reading::Blank, unit: None, span: Span::new(end, end) }
        };
        if self.count == 1 && self.code.is_some() {
            // Codes and nothing else: the values are blank.
            return vec![(place(), None)];
        }
        if self.count == 1 {
            let best = cells.iter().find(|i| matches!(i.kind, Kind::Number { .. }));
            let best = best.or_else(|| cells.iter().find(|i| i.filled()));
            // A blank: the place after the unit, else the first one.
            let blank = || cells.iter().skip(unit.map_or(0, |u| u + 1)).find(|i| i.kind == Kind::Blank);
            let value = best.or_else(blank).and_then(Value::of);
            // Words where the value belongs: something was meant, and no number can be read from it.
            let kept = reader.stream.rows_known || reader.items.iter().any(|i| i.kind == Kind::Blank);
            let words = || {
                let cell = cells.get(unit? + 1).filter(|i| kept && i.words() && !i.starts_row)?;
                Some(Value { reading: Reading::Unreadable(None), unit: None, span: cell.span })
            };
            return vec![(value.or_else(words).unwrap_or_else(place), Some(0))];
        }
        let figures = figures(reader, row);
        let mut out: Vec<(Value, Option<usize>)> = Vec::new();
        if (reader.stream.blanks_kept && figures.len() >= self.count)
            || figures.iter().take_while(|i| i.value()).count() >= self.count
        {
            let figures = figures.iter().take(self.count).enumerate().filter(|(n, _)| Some(*n) != self.code);
            out.extend(figures.filter_map(|(n, item)| Some((Value::of(item)?, Some(n)))));
        } else {
            // Empty cells are lost: which column a figure is of can be told only if none is missing.
            let figures: Vec<&Item> = figures.iter().filter(|i| i.value()).take(self.count).collect();
            let whole = figures.len() == self.count;
            let code = self.code.filter(|n| *n == 0 || whole);
            let kept = figures.into_iter().enumerate().filter(|(n, _)| Some(*n) != code);
            out.extend(kept.filter_map(|(n, item)| Some((Value::of(item)?, (whole || self.single()).then_some(n)))));
        }
        if out.is_empty() {
            out.push((place(), self.main));
        }
        out
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

/// The column whose figures are those of the form's indicators: the only one that the form calls its period and does not
/// call cumulative, else what the headers say by themselves.
fn main(reader: &Reader<'_>, names: &[Vec<String>], form: &Form) -> Option<usize> {
    let says = |name: &Vec<String>, words: &[String]| {
        name.iter().any(|cell| words.iter().any(|word| Form::reduce(cell).contains(word.as_str())))
    };
    let own = |name: &&Vec<String>| says(name, &form.period) && !says(name, &form.cumulative);
    let mut periods = names.iter().enumerate().filter(|(_, name)| own(name)).map(|(n, _)| n);
    match (periods.next(), periods.next()) {
        (Some(only), None) => Some(only),
        _ => header::main(reader, names),
    }
}

/// The cells of a row from its first figure, or the place of one, on: after the unit, where there is one.
fn figures<'r>(reader: &'r Reader<'_>, row: &Row) -> &'r [Item] {
    let cells = reader.items.get(row.cells.clone()).unwrap_or_default();
    let unit = cells.iter().position(|i| matches!(i.kind, Kind::Unit(_))).map(|u| u + 1);
    let from = unit.or_else(|| cells.iter().position(Item::value)).unwrap_or(cells.len());
    cells.get(from..).unwrap_or_default()
}

/// The header cells above the numbers of a row.
fn heads(reader: &Reader<'_>, rows: &[Row], header: &[Item], count: usize) -> Vec<Vec<String>> {
    if !reader.stream.rows_known {
        return header::flat(reader, header, count);
    }
    let starts: Vec<usize> = header.iter().enumerate().filter(|(_, i)| i.starts_row).map(|(n, _)| n).collect();
    let ends = starts.iter().skip(1).copied().chain([header.len()]);
    let lines: Vec<&[Item]> = starts.iter().zip(ends).filter_map(|(start, end)| header.get(*start..end)).collect();
    let lines = lines.get(lines.len().saturating_sub(12)..).unwrap_or_default();
    // The places of a row's figures, counted from where the row begins.
    let places = |row: &Row| {
        let starts = |n: &usize| reader.item(*n).is_some_and(|i| i.starts_row);
        let begins = (0..=row.label.start).rev().find(starts)?;
        let ends = (row.label.end..row.cells.end).find(starts).unwrap_or(row.cells.end);
        let figures = figures(reader, row);
        let first = (row.cells.end - figures.len()).checked_sub(begins)?;
        let inside = figures.iter().any(Item::filled) && begins + first + count <= ends;
        inside.then(|| ((first..first + count).collect::<Vec<_>>(), ends - begins))
    };
    let Some((values, width)) = rows.iter().filter(|r| r.row.is_some()).find_map(places) else {
        return vec![Vec::new(); count];
    };
    let block = header::block(lines);
    header::placed(reader, lines.get(block).unwrap_or_default(), &values, width)
}

/// Whether the `n`th number of the rows counts them.
fn counts_up(reader: &Reader<'_>, rows: &[Row], n: usize) -> bool {
    let number = |row: &Row| reader.items.get(row.cells.clone())?.iter().filter(|i| i.filled()).nth(n)?.whole();
    super::free::counts_up(rows.iter().map(number))
}

/// A row between the form's rows that the form does not have.
fn stray(reader: &mut Reader<'_>, table: usize, row: &Row, columns: &Columns, path: Option<Vec<String>>) {
    let label_span = reader.span(row.label.clone());
    let printed = reader.words(label_span).to_string();
    let label = reader.label(label_span);
    let unit = columns.unit(reader, row, &printed);
    let values = columns.values(reader, row);
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
                columns: columns.names(column),
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
