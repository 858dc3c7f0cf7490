//! Cells where they stand on a page drawn with characters: the lines, and the columns that their figures line up in.

use super::{Shape, cells, pipes, width::Metric};
use crate::{
    layout::{is_value, unit_like},
    text::Span,
};

/// Lines wider than this have no columns told apart.
const WIDEST: usize = 2000;
/// How far off its column a cell may stand, in widths of a narrow character.
pub(super) const NEAR: usize = 2;

/// A cell and where it stands on the page: from a column of narrow characters to another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placed {
    pub span: Span,
    pub from: usize,
    pub to: usize,
    pub value: bool,
}

/// A line's cells; its number in the text, the page it is on, and how many lines before it are empty.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub cells: Vec<Placed>,
    pub number: usize,
    pub page: usize,
    pub blank: usize,
}

impl Line {
    /// Whether it is a row with a figure at its end.
    pub fn figures(&self) -> bool {
        self.cells.len() > 1 && self.cells.last().is_some_and(|c| c.value)
    }
}

/// The lines of a region, measured as its writer did.
pub(super) fn lines(shape: &Shape<'_>) -> Vec<Line> {
    let measured = |metric| -> Vec<Vec<Placed>> {
        shape.lines.iter().map(|(line, span)| line_cells(shape.text, line, *span, metric)).collect()
    };
    let (columns, characters) = (measured(Metric::Columns), measured(Metric::Characters));
    // Where characters are counted as the writer did, figures stand under each other.
    let ((by_column, _), (by_character, all)) = (aligned(&columns), aligned(&characters));
    let rows = if by_character > by_column && by_character * 3 >= all * 2 { characters } else { columns };
    let (mut number, mut page, mut end) = (0, 0, shape.lines.first().map_or(0, |(_, span)| span.start));
    let mut out: Vec<Line> = Vec::with_capacity(rows.len());
    for (cells, (_, span)) in rows.into_iter().zip(&shape.lines) {
        let between = shape.text.get(end..span.start).unwrap_or("");
        let breaks = between.matches('\n').count();
        // What stands between two lines and is none of them is the number of a page.
        let turned = between.contains('\u{c}') || !between.trim().is_empty();
        page += usize::from(turned);
        number += breaks;
        out.push(Line { cells, number, page, blank: if turned { 0 } else { breaks.saturating_sub(1) } });
        end = span.end;
    }
    turn(&mut out);
    out
}

/// Turns the page where all figures move at once: a new page is set anew, and its number may be lost.
fn turn(lines: &mut [Line]) {
    let rows: Vec<(usize, usize, usize)> = lines
        .iter()
        .enumerate()
        .filter(|(_, l)| l.figures())
        .filter_map(|(n, l)| l.cells.last().map(|c| (n, l.page, c.from + c.to)))
        .collect();
    let off = |a: usize, b: usize| a.abs_diff(b) > 2 * NEAR + 1;
    let near = rows.iter().zip(rows.iter().skip(1)).filter(|(a, b)| !off(a.2, b.2)).count();
    if near * 3 < rows.len() * 2 {
        return;
    }
    let mut turns: Vec<usize> = Vec::new();
    for (n, pair) in rows.windows(2).enumerate() {
        let [(last, page, at), (first, new_page, moved)] = pair else { continue };
        let stays = rows.iter().skip(n + 2).take(2).all(|r| !off(r.2, *moved));
        if page == new_page && off(*at, *moved) && stays {
            let blank = |n: &usize| lines.get(*n).map_or(0, |l| l.blank);
            turns.extend((last + 1..=*first).max_by_key(blank));
        }
    }
    let mut turns = turns.into_iter().peekable();
    let mut more = 0;
    for (n, line) in lines.iter_mut().enumerate() {
        if turns.next_if_eq(&n).is_some() {
            more += 1;
            line.blank = 0;
        }
        line.page += more;
    }
}

/// How many rows have their last figure where the one before has it, and how many rows there are.
fn aligned(rows: &[Vec<Placed>]) -> (usize, usize) {
    let ends =
        || rows.iter().filter(|r| r.len() > 1).filter_map(|r| r.last()).filter(|c| c.value).map(|c| c.from + c.to);
    let pairs = || ends().zip(ends().skip(1));
    (pairs().filter(|(a, b)| a.abs_diff(*b) <= 2 * NEAR).count(), pairs().count())
}

/// The cells of a line. Its indentation stands before the line's span.
fn line_cells(text: &str, line: &str, span: Span, metric: Metric) -> Vec<Placed> {
    let before = text.get(..span.start).unwrap_or("");
    let indent = before.rfind('\n').map_or(before, |n| before.get(n + 1..).unwrap_or(""));
    let mut at = metric.width(indent);
    let mut start = 0;
    let mut out = Vec::new();
    let ends = cells::gaps(line).map(|gap| (gap.start, gap.end)).chain([(line.len(), line.len())]);
    for (end, next) in ends {
        let words = line.get(start..end).unwrap_or("");
        let to = at + metric.width(words);
        let value = figure(words.trim());
        out.push(Placed { span: Span::new(span.start + start, span.start + end), from: at, to, value });
        at = to + metric.width(line.get(end..next).unwrap_or(""));
        start = next;
    }
    out
}

/// A cell parted at a byte of its words, the space there dropped.
pub(super) fn part(text: &str, cell: Placed, at: usize) -> Option<(Placed, Placed)> {
    let words = text.get(cell.span.start..cell.span.end)?;
    let (left, right) = (words.get(..at)?, words.get(at..)?.trim_start());
    // Wide characters are counted as the writer did: what the whole is wide says how.
    let metric = if Metric::Columns.width(words) == cell.to - cell.from { Metric::Columns } else { Metric::Characters };
    let start = cell.span.end - right.len();
    let from = cell.from + metric.width(words.get(..words.len() - right.len())?);
    let left_end = cell.span.start + left.trim_end().len();
    Some((
        Placed {
            span: Span::new(cell.span.start, left_end),
            from: cell.from,
            to: cell.from + metric.width(left.trim_end()),
            value: figure(left.trim()),
        },
        Placed { span: Span::new(start, cell.span.end), from, to: cell.to, value: figure(right.trim()) },
    ))
}

/// The columns of a table's page.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    /// From where to where each reaches.
    pub reach: Vec<(usize, usize)>,
    /// Which of them holds the labels, with whatever stands beside them at the left; `None` where there are no labels.
    pub labels: Option<usize>,
    /// Whether the column holds words in most rows of figures.
    pub worded: Vec<bool>,
    /// Whether a row with all its cells writes a figure with a space in it: `1 204`.
    grouped: bool,
}

impl Columns {
    /// The columns of the lines: what nearly no row of figures writes between parts them. None where no row has figures.
    pub fn of<'l>(text: &str, lines: impl Iterator<Item = &'l Line> + Clone) -> Self {
        let figures: Vec<&Line> = lines.filter(|l| l.figures()).collect();
        let reach = joined(inked(text, &figures), &figures);
        let mut tally = vec![(0usize, 0usize); reach.len()];
        for line in &figures {
            for (cell, place) in line.cells.iter().zip(places(&line.cells, &reach).unwrap_or_default()) {
                if let Some((words, values)) = tally.get_mut(place) {
                    *(if cell.value { values } else { words }) += 1;
                }
            }
        }
        let worded: Vec<bool> = tally.iter().map(|(words, values)| words > values).collect();
        let last = worded.iter().rposition(|w| !w).unwrap_or(worded.len());
        let wide = |n: &usize| reach.get(*n).map_or(0, |(from, to)| to - from);
        let labels = (0..last).filter(|n| worded.get(*n) == Some(&true)).rev().max_by_key(wide);
        let spaced =
            |c: &Placed| c.value && text.get(c.span.start..c.span.end).is_some_and(|w| w.contains(char::is_whitespace));
        let grouped = figures.iter().any(|l| l.cells.len() == reach.len() && l.cells.iter().any(spaced));
        Columns { reach, labels, worded, grouped }.with_beside(&tally, figures.len())
    }

    /// Takes what stands beside few of the labels, at their left, into their column.
    fn with_beside(mut self, tally: &[(usize, usize)], rows: usize) -> Self {
        while let Some(n) = self.labels.filter(|n| *n > 0) {
            let beside = tally.get(n - 1).is_some_and(|(words, values)| words > values && words * 2 < rows);
            if !beside {
                break;
            }
            let taken = self.reach.remove(n - 1);
            self.worded.remove(n - 1);
            if let Some(labels) = self.reach.get_mut(n - 1) {
                labels.0 = taken.0;
            }
            self.labels = Some(n - 1);
        }
        self
    }

    /// Whether another page has as many columns, of the same kinds.
    pub fn alike(&self, other: &Columns) -> bool {
        self.reach.len() == other.reach.len() && self.labels == other.labels
    }

    /// The column of each cell of a line; `None` where they fit none. Cells at the left that run together in the labels'
    /// column share it.
    pub fn place(&self, text: &str, cells: Vec<Placed>) -> (Vec<Placed>, Option<Vec<usize>>) {
        let Some(labels) = self.labels else {
            let placed = places(&cells, &self.reach);
            return (cells, placed);
        };
        let right = labels + 1;
        let begins = self.reach.get(right).map_or(usize::MAX, |r| r.0);
        let cells = self.parted(text, cells, right);
        let before = cells.iter().take(labels).take_while(|c| self.is_before(c, labels)).count();
        let ends = self.reach.get(labels).map_or(0, |r| r.1);
        let behind = |c: &&Placed| c.value || c.from + NEAR >= begins || (c.from >= ends && c.to + NEAR >= begins);
        let after = cells.iter().skip(before).rev().take_while(behind).count();
        let (head, tail) = cells.split_at(cells.len() - after);
        let columns = self.reach.get(right..).unwrap_or_default();
        let tail: Option<Vec<usize>> =
            if tail.len() == columns.len() { Some((0..tail.len()).collect()) } else { placed(tail, columns) };
        let first = places(head.get(..before).unwrap_or_default(), self.reach.get(..labels).unwrap_or_default());
        let first = if before == 0 { Some(Vec::new()) } else { first };
        let places = first.zip(tail).map(|(mut first, tail)| {
            first.extend(std::iter::repeat_n(labels, head.len() - before));
            first.extend(tail.into_iter().map(|n| n + right));
            first
        });
        (cells, places)
    }

    /// Whether a cell stands in a column before the labels.
    fn is_before(&self, cell: &Placed, labels: usize) -> bool {
        let from = self.reach.get(labels).map_or(0, |r| r.0);
        cell.value && cell.from < from || cell.to <= from
    }

    /// Cells that one space parts, where it stands between two columns.
    fn parted(&self, text: &str, cells: Vec<Placed>, right: usize) -> Vec<Placed> {
        let begins = self.reach.get(right).map_or(usize::MAX, |r| r.0);
        let columns = self.reach.len() - right;
        let mut out = Vec::with_capacity(cells.len());
        let missing = |cells: &[Placed]| cells.iter().filter(|c| c.from + NEAR >= begins).count() < columns;
        let lacks = missing(&cells);
        let words = |c: &Placed| text.get(c.span.start..c.span.end).unwrap_or("").split_whitespace().count();
        let tail = cells.iter().filter(|c| c.value).map(words).sum::<usize>();
        // So many figures as there are columns, where none is written with a space.
        let each = lacks
            && !self.grouped
            && tail == columns
            && cells.iter().rev().take_while(|c| c.value).map(words).sum::<usize>() == tail;
        for mut cell in cells {
            // At most so many as there are columns.
            for _ in 0..columns {
                if !lacks || cell.to <= begins {
                    break;
                }
                let words = text.get(cell.span.start..cell.span.end).unwrap_or("");
                let space = words.find(char::is_whitespace).filter(|_| each && cell.value);
                let place = space.or_else(|| self.gap(text, &cell, words));
                let Some((left, rest)) = place.and_then(|at| part(text, cell, at)) else { break };
                out.push(left);
                cell = rest;
            }
            out.push(cell);
        }
        out
    }

    /// The first space of a cell that stands between two columns, with a figure or a unit after it.
    fn gap(&self, text: &str, cell: &Placed, words: &str) -> Option<usize> {
        let fits = |at: usize| {
            let (left, right) = part(text, *cell, at)?;
            let words = text.get(right.span.start..right.span.end)?;
            let short = words.split_whitespace().all(|w| is_value(w) || unit_like(w));
            // The last word before the space, and the first one after it.
            let first = words.split_whitespace().next().map_or(0, |w| w.chars().count());
            let next = Placed { to: (right.from + first).min(right.to), ..right };
            let last = Placed { from: left.to.saturating_sub(1), ..left };
            let (before, after) = (self.nearest(&last)?, self.nearest(&next)?);
            (short && before < after && self.labels.is_some_and(|l| after > l)).then_some(at)
        };
        words.char_indices().filter(|(_, c)| c.is_whitespace()).take(8).find_map(|(at, _)| fits(at))
    }

    /// The column whose middle is nearest.
    fn nearest(&self, cell: &Placed) -> Option<usize> {
        let off = |(from, to): &(usize, usize)| {
            let outside = from.saturating_sub(cell.to).max(cell.from.saturating_sub(*to));
            (outside, (from + to).abs_diff(cell.from + cell.to))
        };
        (0..self.reach.len()).min_by_key(|n| self.reach.get(*n).map(off))
    }

    /// Whether a cell of the labels' column stands over columns of figures too, as a title in the middle does.
    pub fn spans(&self, cell: &Placed) -> bool {
        let reach = self.labels.and_then(|n| self.reach.get(n));
        reach.is_some_and(|(from, to)| cell.from > *from && cell.from + cell.to > 2 * to)
    }
}

/// The columns of cells at the right of the labels: nearest, in order.
fn placed(cells: &[Placed], columns: &[(usize, usize)]) -> Option<Vec<usize>> {
    if cells.is_empty() { Some(Vec::new()) } else { places(cells, columns) }
}

/// What nearly no row of figures writes between parts the columns.
fn inked(text: &str, figures: &[&Line]) -> Vec<(usize, usize)> {
    let cells = figures.iter().map(|l| l.cells.len()).max().unwrap_or(0);
    let wide = figures.iter().filter_map(|l| l.cells.last()).map(|c| c.to).max().unwrap_or(0);
    if cells < 2 || wide > WIDEST {
        return Vec::new();
    }
    let mut ink = vec![0usize; wide + 1];
    for cell in figures.iter().flat_map(|l| &l.cells) {
        let words = text.get(cell.span.start..cell.span.end).unwrap_or("");
        // Two figures a space apart may be of two columns.
        let apart = cell.value.then(|| words.find(char::is_whitespace)).flatten();
        let apart = apart.filter(|at| words.get(*at..).is_some_and(|w| w.split_whitespace().all(is_value)));
        let hole = apart.map_or(usize::MAX, |at| cell.from + words.get(..at).map_or(0, |w| w.chars().count()));
        for (n, slot) in ink.get_mut(cell.from..cell.to).unwrap_or_default().iter_mut().enumerate() {
            *slot += usize::from(cell.from + n != hole);
        }
    }
    let most = figures.len() / 8;
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
fn joined(columns: Vec<(usize, usize)>, rows: &[&Line]) -> Vec<(usize, usize)> {
    let mut used: Vec<Vec<usize>> = vec![Vec::new(); columns.len()];
    for (n, row) in rows.iter().enumerate() {
        for place in places(&row.cells, &columns).unwrap_or_default() {
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
            let off =
                from.saturating_sub(cell.to.saturating_sub(1)).max(cell.from.saturating_sub(to.saturating_sub(1)));
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

/// Whether words are a figure: `3.其他` is none, `3.5万元` is.
fn figure(words: &str) -> bool {
    let item = |(_, rest): (&str, &str)| rest.starts_with(|c: char| !c.is_ascii_digit());
    is_value(words) && !(pipes::numbered(words) && words.split_once(['.', '．']).is_some_and(item))
}

/// Whether words stand that go on with no line above them: numbered, or a note.
pub(super) fn begins(words: &str) -> bool {
    pipes::numbered(words) || pipes::note(words)
}
