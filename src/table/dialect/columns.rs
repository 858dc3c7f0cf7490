//! A row a line, columns set by runs of spaces, as text is drawn from a PDF: the columns are what no row of figures writes
//! between; a cell that lacks is told by where the others stand, and a label that fills its column goes on below.

use super::{Dialect, Kept, Shape, cells, pipes};
use crate::{layout::is_value, table::Cell, text::Span};
use unicode_width::UnicodeWidthStr;

pub(super) static DIALECT: Dialect = Dialect {
    name: "columns",
    sample: "统计指标          单位    统计数\n一、申请情况\n收到申请数        件          12\n当面申请数        件           5",
    rows_known: true,
    blanks_kept: true,
    claims: |s: &Shape<'_>| s.kept() == Kept::Columns,
    cells: read,
};

/// Lines wider than this have no columns told apart.
const WIDEST: usize = 2000;
/// How far off its column a cell may stand, in widths of a narrow character.
const NEAR: usize = 2;
/// How near its column's right end a cell that goes on below must come: a wide character did not fit, nor perhaps a mark.
const FULL: usize = 3;

/// Words in a column narrower than this do not go on below.
const NARROW: usize = 16;

/// A cell and where it stands on the page: from a column of narrow characters to another.
struct Placed {
    span: Span,
    from: usize,
    to: usize,
    value: bool,
}

/// A line's cells, each with its column; `None` where they fit none.
struct Line {
    cells: Vec<Placed>,
    places: Option<Vec<usize>>,
}

fn read(shape: &Shape<'_>) -> Vec<Cell> {
    let mut out = Vec::new();
    let mut rows: Vec<Vec<Placed>> = shape.lines.iter().map(|(line, span)| row(shape, line, *span)).collect();
    let mut starts = starts(&rows);
    while let Some(start) = starts.pop() {
        let part = rows.split_off(start);
        out.push(table(shape, part));
    }
    out.into_iter().rev().flatten().collect()
}

/// Where tables with columns of their own begin: at a header after figures.
fn starts(rows: &[Vec<Placed>]) -> Vec<usize> {
    // The last figure of the next row that has one, for every row.
    let mut next: Vec<Option<(usize, usize)>> = Vec::with_capacity(rows.len());
    let mut figure = None;
    for row in rows.iter().rev() {
        next.push(figure);
        if let Some(last) = row.last().filter(|c| c.value && row.len() > 1) {
            figure = Some((last.from, last.to));
        }
    }
    next.reverse();
    let mut out = vec![0];
    let mut figures = false;
    for (n, (row, below)) in rows.iter().zip(next).enumerate() {
        let over = row.last().zip(below).is_some_and(|(c, (from, to))| c.from < to + NEAR && from < c.to + NEAR);
        if figures && over && row.len() > 1 && row.iter().all(|c| !c.value) {
            out.push(n);
            figures = false;
        }
        figures |= row.len() > 1 && row.last().is_some_and(|c| c.value);
    }
    out
}

/// The cells of one table.
fn table(shape: &Shape<'_>, rows: Vec<Vec<Placed>>) -> Vec<Cell> {
    let columns = joined(columns(&rows), &rows);
    let lines: Vec<Line> = rows.into_iter().map(|cells| Line { places: places(&cells, &columns), cells }).collect();
    let reach = reach(&lines, &columns);
    let mut out = Vec::new();
    let mut open: Option<Row> = None;
    for line in lines {
        let joins = open.as_ref().is_some_and(|row| row.goes_on(shape.text, &line, &reach));
        if joins && let Some(row) = open.as_mut() {
            row.add(line);
            continue;
        }
        if let Some(row) = open.replace(Row::new(line, &columns)) {
            row.close(shape, &mut out);
        }
    }
    if let Some(row) = open {
        row.close(shape, &mut out);
    }
    out
}

/// The cells of a line. Its indentation stands before the line's span.
fn row(shape: &Shape<'_>, line: &str, span: Span) -> Vec<Placed> {
    let before = shape.text.get(..span.start).unwrap_or("");
    let indent = before.rfind('\n').map_or(before, |n| before.get(n + 1..).unwrap_or(""));
    let mut at = indent.width();
    let mut start = 0;
    let mut out = Vec::new();
    let ends = cells::gaps(line).map(|gap| (gap.start, gap.end)).chain([(line.len(), line.len())]);
    for (end, next) in ends {
        let words = line.get(start..end).unwrap_or("");
        let to = at + words.width();
        let value = is_value(words.trim());
        out.push(Placed { span: Span::new(span.start + start, span.start + end), from: at, to, value });
        at = to + line.get(end..next).unwrap_or("").width();
        start = next;
    }
    out
}

/// From where to where each column reaches: what nearly no row of figures writes between parts them. None where few rows
/// have figures.
fn columns(rows: &[Vec<Placed>]) -> Vec<(usize, usize)> {
    let figures = || rows.iter().filter(|row| row.len() > 1 && row.last().is_some_and(|c| c.value));
    let (count, cells) = (figures().count(), figures().map(Vec::len).max().unwrap_or(0));
    let wide = figures().filter_map(|row| row.last()).map(|c| c.to).max().unwrap_or(0);
    if count == 0 || cells < 2 || wide > WIDEST {
        return Vec::new();
    }
    let mut ink = vec![0usize; wide + 1];
    for cell in figures().flatten() {
        for slot in ink.get_mut(cell.from..cell.to).unwrap_or_default() {
            *slot += 1;
        }
    }
    let most = count / 8;
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut from = None;
    for (at, ink) in ink.iter().enumerate() {
        match (from, *ink > most) {
            (None, true) => from = Some(at),
            (Some(start), false) => {
                out.push((start, at));
                from = None;
            }
            _ => {}
        }
    }
    out
}

/// Columns without those that only a ragged writer parts: no row has a cell in both of two neighbours.
fn joined(columns: Vec<(usize, usize)>, rows: &[Vec<Placed>]) -> Vec<(usize, usize)> {
    let mut used: Vec<Vec<usize>> = vec![Vec::new(); columns.len()];
    for (n, row) in rows.iter().enumerate().filter(|(_, row)| row.len() > 1) {
        for place in places(row, &columns).unwrap_or_default() {
            if let Some(slot) = used.get_mut(place) {
                slot.push(n);
            }
        }
    }
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut last: Vec<usize> = Vec::new();
    for (column, rows) in columns.into_iter().zip(used) {
        let apart = rows.iter().any(|n| last.binary_search(n).is_ok()) || rows.is_empty() || last.is_empty();
        match out.last_mut().filter(|_| !apart) {
            Some(before) => {
                before.1 = column.1;
                last.extend(rows);
                last.sort_unstable();
            }
            None => {
                out.push(column);
                last = rows;
            }
        }
    }
    out
}

/// The column of each cell of a line: the first that it stands over, else one near by. `None` where two cells share one, or
/// a cell stands at none.
fn places(row: &[Placed], columns: &[(usize, usize)]) -> Option<Vec<usize>> {
    let mut out: Vec<usize> = Vec::with_capacity(row.len());
    for cell in row {
        let over = columns.partition_point(|(_, to)| *to <= cell.from);
        let near = |n: usize| {
            let (from, to) = *columns.get(n)?;
            let off = from.saturating_sub(cell.to.saturating_sub(1)).max(cell.from.saturating_sub(to.saturating_sub(1)));
            (off <= NEAR).then_some((off, n))
        };
        let (_, place) = [over.checked_sub(1), Some(over)].into_iter().flatten().filter_map(near).min()?;
        if out.last().is_some_and(|last| *last >= place) {
            return None;
        }
        out.push(place);
    }
    (!out.is_empty()).then_some(out)
}

/// The right end of each column's words that do not run into the next column; none where fewer than two cells come near it.
fn reach(lines: &[Line], columns: &[(usize, usize)]) -> Vec<Option<usize>> {
    let mut words: Vec<Vec<usize>> = vec![Vec::new(); columns.len()];
    for line in lines {
        let Some(places) = &line.places else { continue };
        for (cell, place) in line.cells.iter().zip(places).filter(|(c, _)| !c.value) {
            let next = columns.get(place + 1).map_or(usize::MAX, |c| c.0);
            if let Some(slot) = words.get_mut(*place).filter(|_| cell.to <= next) {
                slot.push(cell.to);
            }
        }
    }
    // Two ends near each other: what reaches further alone, a note or a footer, is no cell of the column.
    let end = |(mut ends, from): (Vec<usize>, usize)| {
        ends.sort_unstable_by(|a, b| b.cmp(a));
        let near = ends.iter().zip(ends.iter().skip(1)).find(|(right, next)| **next + FULL >= **right);
        near.map(|(right, _)| *right).filter(|right| *right >= from + NARROW)
    };
    words.into_iter().zip(columns.iter().map(|c| c.0)).map(end).collect()
}

/// A row in the making: the pieces of each column.
struct Row {
    /// Pieces by column; of a line that fits no columns, its cells one after another.
    pieces: Vec<Vec<Placed>>,
    /// Whether the columns are known.
    placed: bool,
    /// Whether it has a figure.
    figures: bool,
    /// How many cells its first line has.
    first: usize,
    /// Where its last line ends.
    end: usize,
}

impl Row {
    fn new(line: Line, columns: &[(usize, usize)]) -> Self {
        let placed = line.places.is_some();
        let count = if placed { columns.len() } else { line.cells.len() };
        let mut row = Row { pieces: Vec::new(), placed, figures: false, first: line.cells.len(), end: 0 };
        row.pieces.resize_with(count, Vec::new);
        row.add(line);
        row
    }
    fn add(&mut self, line: Line) {
        self.figures |= line.cells.iter().any(|c| c.value);
        self.end = line.cells.last().map_or(self.end, |c| c.span.end);
        let places = line.places.unwrap_or_else(|| (0..line.cells.len()).collect());
        for (cell, place) in line.cells.into_iter().zip(places) {
            if let Some(slot) = self.pieces.get_mut(place) {
                slot.push(cell);
            }
        }
    }
    /// Whether the line goes on with this row: words under words that filled their column, figures where there are none.
    fn goes_on(&self, text: &str, line: &Line, reach: &[Option<usize>]) -> bool {
        let Some(places) = line.places.as_ref().filter(|_| self.placed) else { return false };
        let figures = line.cells.iter().any(|c| c.value);
        // A blank line between them ends every cell.
        let next = line.cells.first().map_or(self.end, |c| c.span.start);
        let gap = text.get(self.end..next).unwrap_or("");
        if (self.figures && figures) || gap.matches('\n').count() > 1 {
            return false;
        }
        let full = |n: usize| {
            let last = self.pieces.get(n).and_then(|p| p.last());
            let right = reach.get(n).copied().flatten();
            last.zip(right).is_some_and(|(l, right)| !l.value && l.to + FULL >= right && l.to <= right)
        };
        let mut continues = false;
        for (cell, place) in line.cells.iter().zip(places) {
            let here = self.pieces.get(*place).is_some_and(|p| !p.is_empty());
            let words = text.get(cell.span.start..cell.span.end).unwrap_or("").trim();
            if here && (!full(*place) || cell.value || pipes::numbered(words) || pipes::note(words)) {
                return false;
            }
            if !here && (self.figures || !figures) {
                return false;
            }
            continues |= here;
        }
        // Figures alone belong to the words above them, drawn in the middle of their lines.
        let alone = figures && !places.contains(&0) && !self.figures && (0..self.pieces.len()).any(full);
        continues || alone
    }
    fn close(self, shape: &Shape<'_>, out: &mut Vec<Cell>) {
        let mut end = self.pieces.iter().flatten().map(|p| p.span.start).min().unwrap_or(0);
        // A heading alone on its line has no empty cells beside it.
        let count = if self.placed && self.first > 1 || self.figures { self.pieces.len() } else { 1 };
        let mut starts_row = true;
        for pieces in self.pieces {
            let spans: Vec<Span> = pieces.iter().map(|p| p.span).collect();
            if spans.is_empty() {
                if count > 1 {
                    out.push(cells::cell("", end, starts_row));
                    starts_row = false;
                }
                continue;
            }
            let cell = cells::broken(shape.text, &spans, starts_row);
            end = cell.pieces.first().map_or(cell.span.end, |p| p.end);
            out.push(cell);
            starts_row = false;
        }
    }
}
