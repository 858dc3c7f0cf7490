//! A row a line, columns set by runs of spaces, as text is drawn from a PDF; where a row has fewer cells than others,
//! those missing are told by where the others stand.

use super::{Dialect, Kept, Shape, cells};
use crate::{table::Cell, text::Span};
use unicode_width::UnicodeWidthStr;

pub(super) static DIALECT: Dialect = Dialect {
    name: "columns",
    sample: "统计指标          单位    统计数\n一、申请情况\n收到申请数        件          12\n当面申请数        件           5",
    rows_known: true,
    blanks_kept: true,
    claims: |s: &Shape<'_>| s.kept() == Kept::Columns,
    cells: read,
};

/// Most columns that are placed.
const WIDEST: usize = 24;
/// How far off its column a cell may stand, in widths of a narrow character.
const NEAR: usize = 2;

/// A cell and where it stands on the page: from a column of narrow characters to another.
struct Placed {
    cell: Cell,
    from: usize,
    to: usize,
}

fn read(shape: &Shape<'_>) -> Vec<Cell> {
    let rows: Vec<Vec<Placed>> = shape.lines.iter().map(|(line, span)| row(shape, line, *span)).collect();
    let columns = columns(&rows);
    let mut out = Vec::new();
    for row in rows {
        let places = places(&row, &columns);
        let mut end = row.first().map_or(0, |first| first.cell.span.start);
        let mut starts_row = true;
        let mut next = 0;
        for (n, placed) in row.into_iter().enumerate() {
            let place = places.as_ref().and_then(|p| p.get(n).copied()).unwrap_or(next);
            for _ in next..place {
                out.push(cells::cell("", end, starts_row));
                starts_row = false;
            }
            end = placed.cell.span.end;
            out.push(Cell { starts_row, ..placed.cell });
            starts_row = false;
            next = place + 1;
        }
        if places.is_some() {
            out.extend((next..columns.len()).map(|_| cells::cell("", end, false)));
        }
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
        out.push(Placed { cell: cells::cell(words, span.start + start, start == 0), from: at, to });
        at = to + line.get(end..next).unwrap_or("").width();
        start = next;
    }
    out
}

/// From where to where each column reaches, over the rows that have all of them: the most cells that a fifth of the rows
/// with several have, and at least two.
fn columns(rows: &[Vec<Placed>]) -> Vec<(usize, usize)> {
    let several = rows.iter().filter(|row| row.len() > 1).count();
    let with = |width: usize| rows.iter().filter(move |row| row.len() == width);
    let wide = |width: &usize| with(*width).count() >= 2.max(several.div_ceil(5));
    let Some(width) = (3..=WIDEST).rev().find(wide) else { return Vec::new() };
    let reach = |n: usize| {
        let cells = || with(width).filter_map(move |row| row.get(n));
        Some((cells().map(|c| c.from).min()?, cells().map(|c| c.to).max()?))
    };
    (0..width).filter_map(reach).collect()
}

/// The column of each cell of a row that lacks some: in order, each at its column's left end, right end or middle, with the
/// least distance in all. `None` for rows that lack none, have but one cell, or fit nowhere.
fn places(row: &[Placed], columns: &[(usize, usize)]) -> Option<Vec<usize>> {
    if row.len() < 2 || row.len() >= columns.len() {
        return None;
    }
    let distance = |cell: &Placed, (from, to): (usize, usize)| {
        let middle = (cell.from + cell.to).abs_diff(from + to) / 2;
        let inside = cell.from >= from && cell.to <= to;
        if inside { 0 } else { cell.from.abs_diff(from).min(cell.to.abs_diff(to)).min(middle) }
    };
    // best[n]: the least sum for the cells so far with the last of them in column n, and the column of the one before.
    let mut steps: Vec<Vec<Option<(usize, usize)>>> = Vec::with_capacity(row.len());
    for cell in row {
        let mut least: Option<(usize, usize)> = None;
        let mut step = Vec::with_capacity(columns.len());
        for (n, column) in columns.iter().enumerate() {
            let off = Some(distance(cell, *column)).filter(|off| *off <= NEAR);
            let before = if steps.is_empty() { Some((0, n)) } else { least };
            step.push(off.zip(before).map(|(off, (sum, from))| (sum + off, from)));
            let here = steps.last().and_then(|last| last.get(n).copied().flatten()).map(|(sum, _)| (sum, n));
            least = [least, here].into_iter().flatten().min();
        }
        steps.push(step);
    }
    let last = steps.last()?.iter().enumerate().filter_map(|(n, s)| s.map(|(sum, _)| (sum, n))).min()?;
    let mut at = last.1;
    let mut out = Vec::with_capacity(row.len());
    for step in steps.iter().rev() {
        out.push(at);
        at = step.get(at).copied().flatten()?.1;
    }
    out.reverse();
    Some(out)
}
