//! Tables in no official form: rows and columns by the kinds of their cells, the hierarchy by numbering and 其中.

use super::{
    Reader, Value, header,
    items::{Item, Kind},
    push, same_column,
};
use crate::{
    align::Triple,
    grammar::{Numbering, is_of_which, numbering, stated_unit},
    quantity::Number,
    text::Span,
};
use std::ops::Range;

/// Cells of a row that are read; what lies beyond is reported.
const WIDEST: usize = 64;

/// The number as printed: `2.1` → [2, 1].
pub(super) fn numbers(numbering: Option<Numbering>) -> Vec<u32> {
    match numbering {
        Some(Numbering::Chapter(n) | Numbering::Section(n) | Numbering::Item(n) | Numbering::SubItem(n)) => vec![n],
        Some(Numbering::Dotted(numbers)) => numbers,
        None => Vec::new(),
    }
}

/// Depth of a numbering: 1 for `一、`, 2 for `（一）`, 3 for `1.`, 4 for `(1)`; `1.1` is one deeper than `1.`.
fn depth(numbering: &Numbering) -> usize {
    match numbering {
        Numbering::Chapter(_) => 1,
        Numbering::Section(_) => 2,
        Numbering::Item(_) => 3,
        Numbering::SubItem(_) => 4,
        Numbering::Dotted(numbers) => 2 + numbers.len(),
    }
}

/// Reads a table that is no form: nothing where it holds no row with a label and a number.
pub(super) fn read(reader: &mut Reader<'_>) {
    let rows = rows(reader);
    let shape = Columns::of(reader, &rows);
    let caption = captioned_unit(reader, &shape);
    let known = |row: &Range<usize>| {
        shape.label(reader, row).is_some() && shape.values(reader, row).iter().any(|(_, i)| i.filled())
    };
    let data = rows.iter().skip(shape.data).filter(|r| known(r)).count();
    if data == 0 {
        let numbers =
            reader.items.iter().filter(|i| matches!(i.kind, Kind::Number { .. } | Kind::Unreadable(_))).count();
        if numbers > 0 {
            let (zh, en) = ("这段像表格的文字认不出行列", "this looks like a table, but its rows cannot be told");
            reader.problem("unmatched-table", zh.into(), en.into(), reader.stream.span);
        }
        return;
    }
    let table = reader.table(None);
    let beyond = rows.iter().find(|r| r.len() > WIDEST).and_then(|r| reader.items.get(r.start + WIDEST));
    if let Some(span) = beyond.map(|item| item.span) {
        reader.problem(
            "table-too-wide",
            format!("表格过宽，每行只读了前 {WIDEST} 个单元格，其余未读"),
            format!("the table is too wide: only the first {WIDEST} cells of a row are read"),
            span,
        );
    }
    let mut above: Vec<Above> = Vec::new();
    let (mut listing, mut parts) = (false, None::<u32>);
    let numbered = rows.iter().filter(|r| shape.numbering(reader, r).is_some()).count() * 3 >= rows.len();
    for row in rows.iter().skip(shape.data) {
        if shape.repeated(reader, row) {
            continue;
        }
        let Some(label) = shape.label(reader, row).cloned() else {
            let mut values = shape.values(reader, row).into_iter().map(|(_, item)| item);
            if let Some(number) = values.find(|i| matches!(i.kind, Kind::Number { .. })).cloned() {
                reader.unmatched(table, &number.text, number.span);
            }
            continue;
        };
        let printed = reader.words(label.span).to_string();
        let number = shape.numbering(reader, row);
        let marked = is_of_which(&printed);
        // Unnumbered rows go on with the 其中 above them, where other rows are numbered.
        // `其中：1.甲 2.乙` counts the parts of an unnumbered row.
        let under = above.last().is_some_and(|a| a.depth == 8 && a.triple.is_some());
        let count = match &number {
            Some(Numbering::Item(n) | Numbering::SubItem(n) | Numbering::Section(n)) => Some(*n),
            _ => None,
        };
        parts = match (count, parts) {
            (Some(n), _) if marked && under => Some(n),
            (Some(n), Some(last)) if n == last + 1 => Some(n),
            _ => None,
        };
        listing = marked || parts.is_some() || (listing && number.is_none() && numbered);
        let at = match &number {
            _ if parts.is_some() => 9,
            Some(number) => depth(number),
            None if listing => 9,
            None => 8,
        };
        above.retain(|a| a.depth < at);
        if listing {
            // 其中 after a numbered list speaks of the list's whole.
            while above.len() > 1 && above.last().is_some_and(|a| a.dotted) {
                above.pop();
            }
        }
        let values = shape.values(reader, row);
        let parent = above.iter().rev().find_map(|a| a.triple).filter(|_| number.is_some() || listing);
        let path = reader.path.iter().cloned().chain(above.iter().map(|a| reader.printed(a.span))).collect::<Vec<_>>();
        let mut first = None;
        if values.iter().any(|(_, i)| i.filled()) || shape.unit(reader, row).is_some() {
            let unit = shape.unit(reader, row).or_else(|| stated_unit(&printed, &reader.grammar.lexicon));
            let label_text = reader.label(label.span);
            let made: Vec<(Option<usize>, Value)> =
                values.iter().filter_map(|(n, i)| Some((*n, Value::of(i)?))).collect();
            for (n, value) in made {
                let stated = || n.and_then(|n| shape.units.get(n).cloned().flatten());
                let unit = value.unit.or_else(|| unit.clone()).or_else(stated).or_else(|| caption.clone());
                // A column alone says nothing that its row does not.
                let names = n.filter(|_| shape.values.len() > 1).and_then(|n| shape.names.get(n));
                let columns: Vec<String> = names.cloned().unwrap_or_default();
                let parent = same_column(reader.facts, parent, &columns);
                let id = push(
                    reader.facts,
                    Triple {
                        table,
                        indicator: None,
                        row: None,
                        label: label_text.clone(),
                        label_span: label.span,
                        path: path.clone(),
                        columns,
                        unit,
                        value: value.reading,
                        span: value.span,
                        parent,
                        numbering: numbers(number.clone()),
                        of_which: listing,
                    },
                );
                first.get_or_insert(id);
            }
        }
        for span in shape.unread(reader, row) {
            let (label, printed) = (reader.label(label.span), reader.words(span).to_string());
            reader.problem(
                "unread-cell",
                format!("表中“{label}”一格是“{printed}”，不是一个确切的数，不作核对"),
                format!("the cell of “{label}” holds “{printed}”, no exact number: it is not checked"),
                span,
            );
        }
        let dotted = matches!(number, Some(Numbering::Dotted(_)));
        if !listing && (number.is_some() || first.is_none()) {
            above.push(Above { depth: at, span: label.span, triple: first, dotted });
        } else if !listing {
            above.retain(|a| a.depth < 8);
            above.push(Above { depth: 8, span: label.span, triple: first, dotted: false });
        }
    }
}

/// A row that later ones may stand under.
struct Above {
    depth: usize,
    span: Span,
    triple: Option<usize>,
    dotted: bool,
}

/// The unit that the table's title, or the line right above it, states for all of it: `支出情况(单位:万元)`.
fn captioned_unit(reader: &Reader<'_>, shape: &Columns) -> Option<String> {
    const LONGEST: usize = 60;
    let stated = |line: &str| {
        let caption = line.chars().count() <= LONGEST && line.contains("单位");
        caption.then(|| stated_unit(line, &reader.grammar.lexicon)).flatten()
    };
    let titles = reader.items.get(shape.titles.clone()).unwrap_or_default();
    let above = || reader.text.as_str().get(..reader.stream.span.start)?.trim_end().lines().next_back();
    titles.iter().rev().find_map(|i| stated(&i.text)).or_else(|| stated(above()?.trim()))
}

/// Parts the stream into rows: where the text shows them; else by a period in the kinds of cells; else at each label.
fn rows(reader: &Reader<'_>) -> Vec<Range<usize>> {
    let items = reader.items;
    let starts: Vec<usize> = if reader.stream.rows_known {
        items.iter().enumerate().filter(|(_, i)| i.starts_row).map(|(n, _)| n).collect()
    } else if let Some((offset, width)) = period(items) {
        (offset..items.len()).step_by(width).collect()
    } else {
        // Everything before the first label is the header; the first label stands before the first unit or number.
        let first =
            items.iter().position(|i| i.filled() || matches!(i.kind, Kind::Unit(_))).unwrap_or(0).saturating_sub(1);
        let unit = |n: usize, i: &Item| {
            i.text.chars().count() <= 3
                && items.get(n + 1).is_some_and(Item::filled)
                && n > 0
                && items.get(n - 1).is_some_and(Item::words)
        };
        let labels = items.iter().enumerate().skip(first).filter(|(n, i)| i.words() && !unit(*n, i)).map(|(n, _)| n);
        let header = (first > 0).then_some(0);
        header.into_iter().chain(labels).collect()
    };
    let ends = starts.iter().skip(1).copied().chain([items.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// How many cells make a row, and where the first row begins: the smallest width at which the last cell of the rows is a
/// value or the place of one, or its unit, and the first is words.
fn period(items: &[Item]) -> Option<(usize, usize)> {
    for width in 2..=10usize {
        for offset in 0..width.min(items.len()) {
            let rows = items.get(offset..)?.chunks(width);
            let total = rows.len();
            if total < 3 {
                continue;
            }
            let fits = |row: &[Item]| {
                let unit = matches!(row, [_, .., value, Item { kind: Kind::Unit(_), .. }] if value.value());
                let last = (unit || row.last().is_some_and(Item::value)) && row.len() == width;
                let label = row.iter().take(2).any(Item::words);
                // The rows may be numbered: `1 | 公开信息总数 | 条 | 743`.
                let numbered = row.first().is_some_and(|i| !i.words()) && row.get(1).is_some_and(Item::words);
                let row = row.get(usize::from(numbered)..).unwrap_or_default();
                let middle = row
                    .get(1..row.len().saturating_sub(1))
                    .unwrap_or_default()
                    .iter()
                    .all(|i| !i.words() || i.text.chars().count() <= 12);
                // Words after a value would be the next row's label; a header may come again.
                let values = row.iter().skip_while(|i| i.words() || !i.filled()).all(|i| !i.words());
                (last && label && middle && values) || row.iter().all(Item::words)
            };
            // The header row has words throughout; everything after it must fit, and all rows with a value are numbered or none.
            let counted = |row: &[Item]| row.first().is_some_and(|i| !i.words());
            let mut valued = rows.clone().skip(1).filter(|row| row.last().is_some_and(Item::filled)).map(counted);
            let first = valued.next();
            let one_kind = valued.all(|kind| Some(kind) == first);
            let mut bad = 0;
            let most = (total - 1) / 20;
            let fit = rows.skip(1).all(|row| {
                bad += usize::from(!fits(row));
                bad <= most
            });
            if one_kind && fit {
                return Some((offset, width));
            }
        }
    }
    None
}

/// What each column of the rows holds.
struct Columns {
    /// The table's title: the cells above its header.
    titles: Range<usize>,
    /// The header rows.
    header: Range<usize>,
    /// Texts of the last header row's cells.
    head: Vec<String>,
    /// The first row after the header.
    data: usize,
    /// Cells in a row.
    width: usize,
    /// Column of row numbers.
    sequence: Option<usize>,
    /// Column of the labels; `None` where rows have no common width.
    label: usize,
    /// Column of the units.
    unit: Option<usize>,
    /// Columns of the values.
    values: Vec<usize>,
    /// Header cells above the values, outermost first.
    names: Vec<Vec<String>>,
    /// Units the header states for the values.
    units: Vec<Option<String>>,
}

impl Columns {
    fn of(reader: &Reader<'_>, rows: &[Range<usize>]) -> Self {
        let items = reader.items;
        let cells = |row: &Range<usize>| items.get(row.clone()).unwrap_or_default();
        let known = reader.stream.rows_known;
        let top: Vec<&[Item]> = rows.iter().take(24).map(cells).collect();
        let header = if known {
            header::block(&top)
        } else {
            // What stands above the last full row of words is the table's title; below it headings of rows may stand.
            let words = |row: &&&[Item]| {
                row.len() >= 2 && row.iter().all(|i| matches!(i.kind, Kind::Words | Kind::Unit(_) | Kind::Blank))
            };
            let above = top.iter().take(header::MOST).take_while(words);
            let full = |row: &&[Item]| row.iter().all(|i| i.kind != Kind::Blank);
            let end = above.enumerate().fold(0, |end, (n, row)| if full(row) || end == 0 { n + 1 } else { end });
            end.saturating_sub(1)..end
        };
        let titles = 0..rows.get(header.start).filter(|_| !header.is_empty()).map_or(0, |r| r.start);
        let counts = !header.is_empty() && top.get(header.end).is_some_and(|row| header::counts_columns(row));
        let data = header.end + usize::from(counts);
        let below = || rows.iter().skip(data);
        let width = below().map(|r| r.len()).max().unwrap_or(0).min(WIDEST);
        let mut tally = vec![Tally::default(); width];
        for row in below() {
            for (slot, item) in tally.iter_mut().zip(cells(row)) {
                slot.add(item);
            }
        }
        // The label is what most is written in, left of some numbers: notes stand at the right.
        let numeric = |n: &usize| tally.get(*n).is_some_and(|t| t.numbers > 0 && t.numbers >= t.words);
        let last = (0..width).rev().find(numeric).unwrap_or(width);
        let widest = |columns: Range<usize>| {
            let letters = |n: usize| tally.get(n).map_or(0, |t| t.letters);
            columns.filter(|n| letters(*n) > 0).max_by_key(|n| (letters(*n), std::cmp::Reverse(*n)))
        };
        let label = widest(0..last).or_else(|| widest(0..width)).unwrap_or(0);
        let sequence = (0..label).find(|n| tally.get(*n).is_some_and(|t| t.ordinals > 0 && t.ordinals >= t.words));
        let unit = (label + 1..width).find(|n| tally.get(*n).is_some_and(|t| t.units > 0 && t.units >= t.numbers));
        let mut values: Vec<usize> = (label + 1..width).filter(|n| Some(*n) != unit && numeric(n)).collect();
        if values.len() > 1 {
            let column = |n: usize| below().filter_map(move |row| cells(row).get(n)).filter(|i| i.filled());
            values.retain(|n| !counts_up(column(*n).map(Item::whole)));
        }
        let names = if header.is_empty() {
            vec![Vec::new(); values.len()]
        } else if known {
            header::placed(reader, top.get(header.clone()).unwrap_or_default(), &values, width)
        } else {
            let head = items.get(..rows.get(data).map_or(0, |r| r.start)).unwrap_or_default();
            if head.len() == width {
                header::placed(reader, &[head], &values, width)
            } else {
                header::flat(reader, head, values.len())
            }
        };
        let stated = |name: &Vec<String>| name.iter().rev().find_map(|n| stated_unit(n, &reader.grammar.lexicon));
        let units = names.iter().map(stated).collect();
        let head = header.clone().next_back().and_then(|n| top.get(n)).copied().unwrap_or_default();
        let head = head.iter().map(|i| i.text.clone()).collect();
        Columns { titles, header, head, data, width, sequence, label, unit, values, names, units }
    }
    /// Whether a row is the header again, as at the top of a page.
    fn repeated(&self, reader: &Reader<'_>, row: &Range<usize>) -> bool {
        let cells = reader.items.get(row.clone()).unwrap_or_default();
        !self.header.is_empty()
            && cells.len() == self.head.len()
            && cells.iter().zip(&self.head).all(|(a, b)| a.text == *b)
    }
    fn cell<'r>(&self, reader: &'r Reader<'_>, row: &Range<usize>, column: usize) -> Option<&'r Item> {
        reader.items.get(row.clone())?.get(column)
    }
    /// The label cell of a row. A heading may stand in the row's first cell.
    fn label<'r>(&self, reader: &'r Reader<'_>, row: &Range<usize>) -> Option<&'r Item> {
        let words = |i: &&Item| i.words();
        self.cell(reader, row, self.label).filter(words).or_else(|| self.cell(reader, row, 0).filter(words))
    }
    /// The value cells of a row, each with its column. Where empty cells were dropped, the columns of those left are known
    /// only if none is missing.
    fn values<'r>(&self, reader: &'r Reader<'_>, row: &Range<usize>) -> Vec<(Option<usize>, &'r Item)> {
        if row.len() < self.width && self.values.len() > 1 {
            let cells = reader.items.get(row.clone()).unwrap_or_default();
            let label = cells.iter().position(Item::words).map_or(0, |n| n + 1);
            let figures: Vec<&Item> = cells.iter().skip(label).filter(|i| i.filled() || unread(i)).collect();
            let whole = figures.len() == self.values.len();
            let placed = figures.into_iter().enumerate().filter(|(_, i)| i.filled());
            return placed.map(|(n, item)| (whole.then_some(n), item)).collect();
        }
        let cell = |(n, column): (usize, &usize)| Some((Some(n), self.cell(reader, row, *column)?));
        self.values.iter().enumerate().filter_map(cell).filter(|(_, i)| i.value()).collect()
    }
    /// Cells of a row that stand for a value and give no exact number: about how many, or words with a digit in them.
    fn unread(&self, reader: &Reader<'_>, row: &Range<usize>) -> Vec<Span> {
        let short = row.len() < self.width && self.values.len() > 1;
        let here = |n: &usize| if short { *n > self.label } else { self.values.contains(n) };
        let cells = reader.items.get(row.clone()).unwrap_or_default().iter().enumerate().filter(|(n, _)| here(n));
        cells.filter(|(_, i)| unread(i)).map(|(_, i)| i.span).collect()
    }
    fn unit(&self, reader: &Reader<'_>, row: &Range<usize>) -> Option<String> {
        let cell = self.unit.and_then(|n| self.cell(reader, row, n))?;
        match &cell.kind {
            Kind::Unit(unit) => Some(unit.clone()),
            Kind::Words if cell.text.chars().count() <= 6 => Some(cell.text.clone()),
            _ => None,
        }
    }
    /// The number of a row: before its label, or in the column of numbers.
    fn numbering(&self, reader: &Reader<'_>, row: &Range<usize>) -> Option<Numbering> {
        let cell = self.sequence.and_then(|n| self.cell(reader, row, n));
        let own = cell.filter(|i| i.kind != Kind::Blank).and_then(|i| ordinal(&i.text));
        own.or_else(|| self.label(reader, row).and_then(|l| numbering(reader.words(l.span))))
    }
}

/// About how many, or words with a digit in them.
fn unread(item: &Item) -> bool {
    match item.kind {
        Kind::Inexact(_) => true,
        Kind::Words => item.text.chars().any(|c| c.is_ascii_digit()),
        _ => false,
    }
}

/// Whether the numbers of a column count its rows or their codes: four at least, most one more than the one before.
pub(super) fn counts_up(numbers: impl Iterator<Item = Option<Number>>) -> bool {
    let numbers: Vec<Number> = numbers.flatten().collect();
    let ups = numbers.iter().zip(numbers.iter().skip(1)).filter(|(a, b)| a.checked_add(1.into()) == Some(**b)).count();
    numbers.len() >= 4 && ups * 10 >= numbers.len() * 7
}

/// A cell that is a number of a row and nothing else: `一`, `（一）`, `3`, `3.1`.
fn ordinal(text: &str) -> Option<Numbering> {
    let text = text.trim();
    // The label's own grammar wants a label after the number, and a mark between the two.
    let mark = if text.ends_with(['、', '.', ')', '）']) {
        ""
    } else if text.is_ascii() {
        "."
    } else {
        "、"
    };
    numbering(&format!("{text}{mark}项目")).filter(|_| text.chars().count() <= 8)
}

#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    words: usize,
    letters: usize,
    units: usize,
    numbers: usize,
    ordinals: usize,
}

impl Tally {
    fn add(&mut self, item: &Item) {
        self.ordinals += usize::from(ordinal(&item.text).is_some());
        match item.kind {
            Kind::Words => {
                self.words += 1;
                self.letters += item.text.chars().count();
            }
            Kind::Unit(_) => self.units += 1,
            Kind::Number { .. } | Kind::Dash | Kind::Unreadable(_) | Kind::Inexact(_) => self.numbers += 1,
            Kind::Blank => {}
        }
    }
}
