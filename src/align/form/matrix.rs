//! Tables of a matrix form: rows by their labels, columns by the form's order and the header the document prints.

use super::{
    Reader, Value,
    items::{Item, Kind, labels},
    leads::Leads,
    matching::{self, Anchor},
    push,
};
use crate::{
    align::{Triple, TripleId},
    grammar::{Form, Grid, Shape, is_of_which, numbering, stated_unit},
    text::Span,
};

/// The matrix form that explains most of a document's tables.
#[derive(Debug)]
pub(super) struct Chosen {
    /// Index of the form.
    pub form: usize,
    /// Labels in each table of the document.
    pub anchors: Vec<Vec<Anchor>>,
    /// Rows with figures that are there.
    pub rows: usize,
}

/// Chooses among the matrix forms, over all tables at once: the sub-tables of one form are often tables of their own.
pub(super) fn choose(tables: &[Vec<Item>], forms: &[Form]) -> Option<Chosen> {
    let mut best: Option<((usize, std::cmp::Reverse<usize>), Chosen)> = None;
    for (index, form) in forms.iter().enumerate().filter(|(_, f)| f.shape == Shape::Matrix) {
        let anchors: Vec<Vec<Anchor>> = tables.iter().map(|items| matching::rows(items, form)).collect();
        let rows = anchors.iter().flatten().filter(|a| !a.again && keyed(form, a)).count();
        let heads: usize = tables.iter().map(|items| items.iter().filter(|i| heads(form, i)).count()).sum();
        if !tables.iter().zip(&anchors).any(|(items, anchors)| holds(items, anchors, form)) {
            continue;
        }
        let all = form.rows.iter().filter(|r| r.key.is_some() && !r.optional).count();
        let marks: usize = tables
            .iter()
            .map(|items| items.iter().filter(|i| i.words() && form.marks.contains(&i.reduced)).count())
            .sum();
        let rank = ((rows + marks) * 2 + heads, std::cmp::Reverse(all.saturating_sub(rows)));
        if best.as_ref().is_none_or(|(top, _)| rank > *top) {
            best = Some((rank, Chosen { form: index, anchors, rows }));
        }
    }
    best.map(|(_, chosen)| chosen)
}

/// Whether a table holds enough of the form to be read as it: its rows are mostly the form's, and its header or several
/// rows say so too (合计 alone may stand in any table); or its header is that of a sub-table without row labels.
pub(super) fn holds(items: &[Item], anchors: &[Anchor], form: &Form) -> bool {
    let rows = anchors.iter().filter(|a| keyed(form, a)).count();
    let heads = explains(items, anchors, form) - rows;
    let labels = labels(items, false);
    (rows >= 1 && rows + heads >= 3 && rows * 2 >= labels) || heads >= 5
}

/// How many cells of a table the form explains, as labels of figures or as headers.
pub(super) fn explains(items: &[Item], anchors: &[Anchor], form: &Form) -> usize {
    let label = |n: usize| anchors.partition_point(|a| a.last < n);
    let inside = |n: usize| anchors.get(label(n)).is_some_and(|a| a.first <= n);
    let heads = items.iter().enumerate().filter(|(n, i)| i.words() && !inside(*n) && heads(form, i)).count();
    anchors.iter().filter(|a| keyed(form, a)).count() + heads
}

fn keyed(form: &Form, anchor: &Anchor) -> bool {
    form.rows.get(anchor.row).is_some_and(|r| r.key.is_some())
}

/// Whether a cell is a header of the form.
fn heads(form: &Form, item: &Item) -> bool {
    item.words()
        && form.tables.iter().any(|grid| {
            column(grid, &item.reduced).next().is_some()
                || names(grid, &item.reduced)
                || grid.headers.contains(&item.reduced)
        })
}

/// Whether two cells in a row head columns of a sub-table whose row has no label.
pub(super) fn head_columns(form: &Form, before: &Item, item: &Item) -> bool {
    let mut grids = form.tables.iter().filter(|g| !g.labelled);
    grids.any(|g| column(g, &before.reduced).next().is_some() && column(g, &item.reduced).next().is_some())
}

/// Columns and groups with this header.
fn column<'g>(grid: &'g Grid, reduced: &'g str) -> impl Iterator<Item = usize> + 'g {
    let named =
        move |(_, c): &(usize, &crate::grammar::Column)| c.label == reduced || c.aliases.iter().any(|a| a == reduced);
    grid.columns.iter().enumerate().filter(named).map(|(n, _)| n)
}

/// Whether `total` is the total of a row over `column`: the form calls it so, and both stand under one group.
fn totals(grid: &Grid, total: usize, column: usize) -> bool {
    let is_total = |n: usize| grid.columns.get(n).is_some_and(|c| c.key.as_deref() == Some(""));
    let group = grid.columns.get(total).and_then(|c| c.parent);
    is_total(total) && !is_total(column) && group.is_none_or(|g| grid.path(column).contains(&g))
}

/// Whether these words stand above the sub-table.
fn names(grid: &Grid, reduced: &str) -> bool {
    grid.headings.iter().any(|h| h == reduced)
}

/// What the document printed of one sub-table so far.
#[derive(Clone, Debug, Default)]
struct Printed {
    heading: Option<Span>,
    headers: Vec<Option<Span>>,
    used: bool,
}

/// Reads one table of a matrix form.
pub(super) fn read(reader: &mut Reader<'_>, form_index: usize, anchors: &[Anchor]) {
    let Some(form) = reader.grammar.forms.get(form_index) else { return };
    let table = reader.table(Some(form_index));
    let printed =
        form.tables.iter().map(|g| Printed { headers: vec![None; g.columns.len()], ..Printed::default() }).collect();
    let mut walk = Walk {
        form,
        table,
        printed,
        labels: vec![None; form.rows.len()],
        first: vec![None; form.rows.len()],
        grid: None,
        leads: Leads::of(reader, form, anchors),
    };
    let mut anchors = anchors.iter().peekable();
    let mut i = 0;
    while let Some(item) = reader.items.get(i) {
        if let Some(anchor) = anchors.next_if(|a| a.first == i) {
            let end = row_end(reader, anchor.last + 1);
            walk.row(reader, anchor, end);
            i = end;
        } else if item.words() {
            let end = row_end(reader, i + 1);
            let known = walk.header(item);
            let next = reader.items.get(i + 1);
            let values = reader.items.get(i + 1..end).unwrap_or_default();
            if !known
                && next.is_some_and(|n| !n.starts_row)
                && values.iter().any(Item::filled)
                && item.text.chars().count() > 1
            {
                walk.stray(reader, i, end);
                i = end;
            } else {
                i += 1;
            }
        } else if item.value() {
            let end = values_end(reader, i);
            walk.bare(reader, i, end);
            i = end.max(i + 1);
        } else {
            i += 1;
        }
    }
    walk.finish(reader);
}

/// Where the values after the label before `from` end: on its line, where lines are rows.
pub(super) fn row_end(reader: &Reader<'_>, from: usize) -> usize {
    let breaks = reader.stream.rows_known && reader.items.get(from).is_some_and(|item| item.starts_row);
    if breaks { from } else { values_end(reader, from) }
}

/// Where the values that begin at `from` end: at words, at a unit, at the end of the text's row.
fn values_end(reader: &Reader<'_>, from: usize) -> usize {
    let goes_on = |i: &usize| {
        reader
            .items
            .get(*i)
            .is_some_and(|item| item.value() && !(item.starts_row && *i > from && reader.stream.rows_known))
    };
    (from..).take_while(goes_on).last().map_or(from, |last| last + 1)
}

struct Walk<'f> {
    form: &'f Form,
    table: usize,
    printed: Vec<Printed>,
    labels: Vec<Option<Span>>,
    first: Vec<Option<TripleId>>,
    grid: Option<usize>,
    leads: Leads,
}

impl Walk<'_> {
    /// Takes a header cell in; says whether it is one.
    fn header(&mut self, item: &Item) -> bool {
        let mut known = false;
        for (grid, printed) in self.form.tables.iter().zip(&mut self.printed) {
            if names(grid, &item.reduced) {
                printed.heading = Some(item.span);
                known = true;
            }
            known |= grid.headers.contains(&item.reduced);
            for n in column(grid, &item.reduced) {
                known = true;
                if let Some(slot) = printed.headers.get_mut(n) {
                    *slot = Some(item.span);
                }
            }
        }
        known || self.form.headers.contains(&item.reduced)
    }

    /// A row with a label of the form.
    fn row(&mut self, reader: &mut Reader<'_>, anchor: &Anchor, end: usize) {
        let Some(row) = self.form.rows.get(anchor.row) else { return };
        let label_span = reader
            .items
            .get(anchor.first..=anchor.last)
            .unwrap_or_default()
            .iter()
            .map(|i| i.span)
            .reduce(Span::cover)
            .unwrap_or(reader.stream.span);
        if let Some(slot) = self.labels.get_mut(anchor.row) {
            *slot = Some(label_span);
        }
        self.grid = Some(row.table);
        let values = reader.items.get(anchor.last + 1..end).unwrap_or_default();
        if row.key.is_none() && !values.iter().any(Item::filled) {
            return;
        }
        let label = reader.label(label_span);
        let path = self.path(reader, anchor.row);
        // A row whose cells are all blank: the blanks may be lost with the pipes between them.
        let place = Span::new(label_span.end, label_span.end);
        let blank = Item {
            kind: Kind::Blank,
            span: place,
            text: String::new(),
            reduced: String::new(),
            joined: Vec::new(),
            starts_row: false,
        };
        let blanks = vec![blank; self.form.tables.get(row.table).map_or(0, |g| g.leaves().count())];
        let lost = !values.iter().any(Item::filled) && values.len() < blanks.len();
        let values = if lost { blanks.as_slice() } else { values };
        let made = self.put(reader, row.table, Some(anchor.row), label_span, &label, &path, values);
        match self.first.get_mut(anchor.row) {
            Some(Some(first)) if anchor.again => {
                if let (Some(second), Some(table)) = (made, reader.facts.tables.get_mut(self.table)) {
                    table.doubled.push((second, *first));
                }
            }
            Some(slot) => *slot = slot.or(made),
            None => {}
        }
    }

    /// A row whose label is in no form, under the columns of the sub-table it stands in.
    fn stray(&mut self, reader: &mut Reader<'_>, at: usize, end: usize) {
        let Some(span) = reader.items.get(at).map(|i| i.span) else { return };
        let label = reader.label(span);
        let values = reader.items.get(at + 1..end).unwrap_or_default();
        reader.unmatched(self.table, &label, span);
        let path = reader.path.clone();
        let grid = self.grid.unwrap_or(usize::MAX);
        self.put(reader, grid, None, span, &label, &path, values);
    }

    /// Numbers without a label: the one row of a sub-table that has none.
    fn bare(&mut self, reader: &mut Reader<'_>, from: usize, end: usize) {
        let values = reader.items.get(from..end).unwrap_or_default();
        if !values.iter().any(Item::filled) {
            return;
        }
        let seen = |n: &usize| {
            let (Some(grid), Some(printed)) = (self.form.tables.get(*n), self.printed.get(*n)) else { return false };
            let heads = printed.headers.iter().flatten().count();
            // So many numbers as the sub-table has columns need no header: it may be lost, cut or below them.
            let fits = values.len() >= 10 && grid.leaves().count() == values.len();
            !grid.labelled && !printed.used && (fits || heads * 3 >= grid.columns.len())
        };
        let fits =
            |n: &usize| self.form.tables.get(*n).is_some_and(|grid| self.columns(grid, *n, None, values).is_some());
        // Where some figures are lost, nothing says which of the columns the others are of.
        let Some(grid) = (0..self.form.tables.len()).find(seen).filter(fits) else {
            if let Some(first) = values.iter().find(|i| i.filled()) {
                reader.unmatched(self.table, &first.text, first.span);
            }
            return;
        };
        self.grid = Some(grid);
        let path = self.heading(reader, grid);
        self.put(reader, grid, None, values.first().map_or(reader.stream.span, |i| i.span), "", &path, values);
    }

    /// One triple a value; gives the first. Where the values do not fit the columns, none of them has a column.
    #[expect(clippy::too_many_arguments, reason = "the parts of a row")]
    fn put(
        &mut self,
        reader: &mut Reader<'_>,
        grid_index: usize,
        row: Option<usize>,
        label_span: Span,
        label: &str,
        path: &[String],
        values: &[Item],
    ) -> Option<TripleId> {
        let empty =
            Grid { key: String::new(), headings: Vec::new(), headers: Vec::new(), columns: Vec::new(), labelled: true };
        let grid = self.form.tables.get(grid_index).unwrap_or(&empty);
        let columns = self.columns(grid, grid_index, row, values);
        let values: Vec<&Item> = match &columns {
            Some((range, _)) => values.get(range.clone()).unwrap_or_default().iter().collect(),
            None => values.iter().filter(|i| i.filled()).collect(),
        };
        if columns.is_none() && row.is_some() {
            reader.unmatched(self.table, label, label_span);
        }
        if let Some(printed) = self.printed.get_mut(grid_index) {
            printed.used = true;
        }
        let marked = reader.words(label_span).to_string();
        let mut first = None;
        let mut made: Vec<(usize, TripleId)> = Vec::new();
        for (n, item) in values.into_iter().enumerate() {
            let Some(value) = Value::of(item) else { continue };
            let column = columns.as_ref().and_then(|(_, leaves)| leaves.get(n).copied());
            let headers = column.map(|c| self.headers(reader, grid, grid_index, c)).unwrap_or_default();
            let known = row.is_some() || !grid.labelled;
            let indicator = column.filter(|_| known).and_then(|c| self.form.cell_key(grid_index, row, c));
            let stated = |words: &String| stated_unit(words, &reader.grammar.lexicon);
            let unit = value.unit.or_else(|| headers.iter().rev().find_map(stated)).or_else(|| stated(&marked));
            // Where no row has a label, the header cell is what the value is called.
            let header = column.and_then(|c| self.printed.get(grid_index)?.headers.get(c).copied().flatten());
            let (label, label_span) = match header {
                Some(span) if label.is_empty() => (reader.label(span), span),
                None if label.is_empty() => {
                    let form = column.and_then(|c| grid.columns.get(c)).map_or("", |c| c.printed.as_str());
                    (super::items::clean(form), value.span)
                }
                _ => (label.to_string(), label_span),
            };
            let triple = Triple {
                table: self.table,
                indicator,
                row,
                label,
                label_span,
                path: path.to_vec(),
                columns: headers,
                unit,
                value: value.reading,
                span: value.span,
                parent: None,
                numbering: super::free::numbers(numbering(&marked)),
                of_which: is_of_which(&marked),
            };
            let id = push(reader.facts, triple);
            first.get_or_insert(id);
            made.extend(column.map(|c| (c, id)));
        }
        for (column, id) in &made {
            let whole = made.iter().find(|(c, _)| c != column && totals(grid, *c, *column)).map(|(_, id)| *id);
            if let Some(triple) = reader.facts.triples.get_mut(*id) {
                triple.parent = whole;
            }
        }
        first
    }

    /// Which of the values are the figures, and the columns of each; `None` where they do not fit.
    fn columns(
        &self,
        grid: &Grid,
        grid_index: usize,
        row: Option<usize>,
        values: &[Item],
    ) -> Option<(std::ops::Range<usize>, Vec<usize>)> {
        let leaves: Vec<usize> = grid.leaves().collect();
        let seen: Vec<usize> = {
            let headers = self.printed.get(grid_index).map(|p| p.headers.as_slice()).unwrap_or_default();
            leaves.iter().copied().filter(|n| headers.get(*n).is_some_and(Option::is_some)).collect()
        };
        // Fewer columns than the form's are those whose headers are there, unless a row prints them all.
        let seen = if self.leads.whole(grid_index) { Vec::new() } else { seen };
        [leaves, seen].into_iter().find_map(|wanted| {
            let range = self.leads.place(self.form, grid_index, row, values, wanted.len())?;
            Some((range, wanted))
        })
    }

    /// Header cells above a column, outermost first, as the document prints them, else as the form does.
    fn headers(&self, reader: &Reader<'_>, grid: &Grid, grid_index: usize, column: usize) -> Vec<String> {
        let printed = |n: usize| {
            let span = self.printed.get(grid_index).and_then(|p| p.headers.get(n).copied().flatten());
            span.map_or_else(
                || grid.columns.get(n).map(|c| c.printed.clone()).unwrap_or_default(),
                |s| reader.printed(s),
            )
        };
        grid.path(column).into_iter().chain([column]).map(printed).collect()
    }

    fn heading(&self, reader: &Reader<'_>, grid: usize) -> Vec<String> {
        let own = self.printed.get(grid).and_then(|p| p.heading).map(|s| reader.printed(s));
        let own = own.filter(|own| !reader.path.contains(own));
        reader.path.iter().cloned().chain(own).collect()
    }

    fn path(&self, reader: &Reader<'_>, row: usize) -> Vec<String> {
        let above = self.form.path(row).into_iter().filter_map(|p| self.labels.get(p).copied().flatten());
        let grid = self.form.rows.get(row).map_or(0, |r| r.table);
        self.heading(reader, grid).into_iter().chain(above.map(|s| reader.printed(s))).collect()
    }

    /// Rows missing from the sub-tables that are there.
    fn finish(self, reader: &mut Reader<'_>) {
        let has = |row: usize| matches!(self.first.get(row), Some(Some(_)));
        let there: Vec<bool> = (0..self.form.tables.len())
            .map(|grid| self.form.rows.iter().enumerate().any(|(n, r)| r.table == grid && has(n)))
            .collect();
        // A row whose label is printed and whose cells are all empty is there.
        let printed = |row: usize| matches!(self.labels.get(row), Some(Some(_)));
        let missing = self.form.rows.iter().enumerate().filter(|(n, r)| {
            r.key.is_some() && !r.optional && there.get(r.table) == Some(&true) && !has(*n) && !printed(*n)
        });
        let after = |row: usize| self.first.iter().skip(row + 1).find_map(|t| *t);
        let missing = missing.map(|(n, _)| (n, after(n))).collect();
        if let Some(table) = reader.facts.tables.get_mut(self.table) {
            table.missing = missing;
        }
    }
}
