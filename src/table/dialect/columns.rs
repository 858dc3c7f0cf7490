//! A row a line, columns set by runs of spaces, as text is drawn from a PDF: the columns are what no row of figures writes
//! between; a cell that lacks is told by where the others stand; labels fold above and below their figures, and stand beside
//! several rows.

use super::{
    Dialect, Kept, Shape,
    beside::{self, Beside, Labels, Parted},
    cells,
    page::{self, Columns, Line, NEAR, Placed},
    wrap::{self, Piece},
};
use crate::{
    layout::unit_like,
    table::Cell,
    text::Span,
};
use std::ops::Range;
use unicode_width::UnicodeWidthStr;

pub(super) static DIALECT: Dialect = Dialect {
    name: "columns",
    sample: "统计指标          单位    统计数\n一、申请情况\n收到申请数        件          12\n当面申请数        件           5",
    rows_known: true,
    blanks_kept: true,
    claims: |s: &Shape<'_>| s.kept() == Kept::Columns,
    cells: read,
};

/// A column of units is no wider than this.
const UNIT: usize = 8;

fn read(shape: &Shape<'_>) -> Vec<Cell> {
    let mut out = Vec::new();
    let mut lines = page::lines(shape);
    let mut starts = starts(&lines);
    while let Some(start) = starts.pop() {
        let part = lines.split_off(start);
        out.push(Part::of(shape, part).cells());
    }
    out.into_iter().rev().flatten().collect()
}

/// Where tables with columns of their own begin: at a header after figures.
fn starts(lines: &[Line]) -> Vec<usize> {
    // The last figure of the next row that has one, for every row.
    let mut next: Vec<Option<(usize, usize)>> = Vec::with_capacity(lines.len());
    let mut figure = None;
    for line in lines.iter().rev() {
        next.push(figure);
        if let Some(last) = line.cells.last().filter(|_| line.figures()) {
            figure = Some((last.from, last.to));
        }
    }
    next.reverse();
    let mut out = vec![0];
    let mut figures = false;
    for (n, (line, below)) in lines.iter().zip(next).enumerate() {
        let over = line.cells.last().zip(below).is_some_and(|(c, (from, to))| c.from < to + NEAR && from < c.to + NEAR);
        if figures && over && line.cells.len() > 1 && line.cells.iter().all(|c| !c.value) {
            out.push(n);
            figures = false;
        }
        figures |= line.figures();
    }
    out
}

/// A line of a table with the column of each of its cells; `None` where they fit none.
struct Set {
    cells: Vec<Placed>,
    places: Option<Vec<usize>>,
    line: Line,
}

impl Set {
    fn figures(&self) -> bool {
        self.cells.iter().any(|c| c.value)
    }
}

/// One table with columns of its own.
struct Part<'s, 't> {
    shape: &'s Shape<'t>,
    lines: Vec<Set>,
    /// How many columns there are; where labels stand.
    count: usize,
    labels: Option<usize>,
    /// Whether a column holds words in most rows of figures.
    worded: Vec<bool>,
    /// Whether it is too narrow for words that fold.
    units: Vec<bool>,
}

impl<'s, 't> Part<'s, 't> {
    fn of(shape: &'s Shape<'t>, lines: Vec<Line>) -> Self {
        let pages = pages(shape.text, &lines);
        let narrow = |c: &Columns| -> Vec<bool> { c.reach.iter().map(|(from, to)| to - from <= UNIT).collect() };
        let kind = pages.first().map(|(_, c)| (c.reach.len(), c.labels, c.worded.clone(), narrow(c)));
        let (count, labels, worded, units) = kind.unwrap_or_default();
        let mut out = Vec::with_capacity(lines.len());
        let mut pages = pages.into_iter().peekable();
        let mut columns = None;
        for (n, mut line) in lines.into_iter().enumerate() {
            while let Some((_, next)) = pages.next_if(|(from, _)| *from <= n) {
                columns = Some(next);
            }
            let cells = std::mem::take(&mut line.cells);
            let Some(columns) = &columns else { continue };
            let (cells, mut places) = columns.place(shape.text, cells);
            // A title over the whole table is no label.
            if let ([one], Some([place])) = (cells.as_slice(), places.as_deref())
                && Some(*place) == columns.labels
                && columns.spans(one)
            {
                places = None;
            }
            out.push(Set { cells, places, line });
        }
        Part { shape, lines: out, count, labels, worded, units }
    }

    fn words(&self, cell: &Placed) -> &'t str {
        self.shape.text.get(cell.span.start..cell.span.end).unwrap_or("").trim()
    }

    /// Which lines name columns or stand over them: they have words where figures stand, and none of them. Words under
    /// those of a row go on with them.
    fn heads(&self) -> Vec<bool> {
        let worded = |n: usize| self.worded.get(n).copied().unwrap_or(false);
        let figures = |n: &usize| self.labels.is_none_or(|l| *n > l) && !worded(*n);
        let mut out: Vec<bool> = Vec::with_capacity(self.lines.len());
        // The columns in which words of a row may go on, and the number of their line.
        let mut open: (Vec<usize>, usize) = (Vec::new(), 0);
        for set in &self.lines {
            let Some(places) = &set.places else {
                out.push(true);
                open.0.clear();
                continue;
            };
            let under = |place: &usize| open.0.contains(place) && open.1 + 1 == set.line.number;
            let heads = !set.figures() && places.iter().any(|p| figures(p) && !under(p));
            out.push(heads);
            let goes_on = !heads && (set.figures() || places.iter().any(under));
            let words = set.cells.iter().zip(places).filter(|(c, _)| goes_on && !c.value).map(|(_, p)| *p);
            open = (words.collect(), set.line.number);
        }
        // Words over those of a row below the first, likewise.
        let first = self.lines.iter().position(Set::figures).unwrap_or(self.lines.len());
        for n in (first..self.lines.len().saturating_sub(1)).rev() {
            let (Some(set), Some(next)) = (self.lines.get(n), self.lines.get(n + 1)) else { continue };
            let below = |place: &usize| {
                let mut words = next.cells.iter().zip(next.places.iter().flatten());
                words.any(|(c, p)| p == place && !c.value)
            };
            let over = set.places.as_ref().is_some_and(|p| p.iter().filter(|p| figures(p)).all(below));
            if over && set.line.number + 1 == next.line.number && out.get(n + 1) == Some(&false)
                && let Some(head) = out.get_mut(n)
            {
                *head = false;
            }
        }
        out
    }

    fn cells(self) -> Vec<Cell> {
        let mut out = Vec::new();
        let figures = self.lines.iter().position(Set::figures).unwrap_or(self.lines.len());
        let heads = self.heads();
        let head = heads.iter().take(figures).rposition(|h| *h).map_or(0, |n| n + 1);
        self.head(0..head, &mut out);
        let mut start = head;
        for n in head..=self.lines.len() {
            let alone = self.labels.is_none() || heads.get(n).copied().unwrap_or(true);
            if alone {
                self.body(start..n, &mut out);
                if let Some(set) = self.lines.get(n) {
                    self.row(std::slice::from_ref(set), &[], &mut out);
                }
                start = n + 1;
            }
        }
        out
    }

    /// The rows of a stretch of lines.
    fn body(&self, range: Range<usize>, out: &mut Vec<Cell>) {
        let lines = self.lines.get(range).unwrap_or_default();
        let Some(labels) = self.labels.filter(|_| !lines.is_empty()) else { return };
        let at_label = |set: &Set| -> Vec<Placed> {
            let places = set.places.iter().flatten();
            set.cells.iter().zip(places).filter(|(_, p)| **p == labels).map(|(c, _)| *c).collect()
        };
        let stand: Vec<Labels> = lines
            .iter()
            .map(|s| Labels { cells: at_label(s), page: s.line.page, number: s.line.number, figures: s.figures() })
            .collect();
        let text = self.shape.text;
        let parted = beside::part(text, &stand);
        let over = beside::labels(text, &stand, &parted);
        // Lines of labels over several rows and nothing else are lines of no row.
        let mut index = Vec::new();
        let mut pieces: Vec<Piece<'t>> = Vec::new();
        let (mut blank, mut page) = (0, lines.first().map_or(0, |s| s.line.page));
        for (n, (set, parted)) in lines.iter().zip(&parted).enumerate() {
            blank += set.line.blank;
            let others = set.places.iter().flatten().any(|p| *p != labels);
            if parted.own.is_empty() && !others {
                continue;
            }
            let own = self.own(parted);
            let unit = |(c, p): (&Placed, &usize)| {
                *p > labels && self.units.get(*p) == Some(&true) && unit_like(self.words(c))
            };
            let unit = set.cells.iter().zip(set.places.iter().flatten()).any(unit);
            let words = || set.cells.iter().zip(set.places.iter().flatten()).filter(|(c, p)| **p != labels && !c.value);
            let numbered = words().next().is_some_and(|(c, _)| page::begins(self.words(c)));
            let others = words().fold(0, |bits, (_, p)| bits | 1u64.checked_shl(u32::try_from(*p).unwrap_or(64)).unwrap_or(0));
            pieces.push(Piece {
                words: own,
                width: own.width(),
                inner: parted.inner,
                number: set.line.number,
                blank,
                turned: set.line.page != page,
                others,
                numbered,
                figures: unit || set.figures(),
            });
            index.push(n);
            (blank, page) = (0, set.line.page);
        }
        let rows: Vec<Range<usize>> = wrap::rows(&pieces);
        let mut above = Above::of(&over, &rows, &index, &pieces);
        for (n, row) in rows.into_iter().enumerate() {
            for label in above.next(n) {
                let spans: Vec<Span> = label.pieces.iter().map(|p| p.span).collect();
                out.push(cells::broken(text, &spans, true));
            }
            let (first, last) = (index.get(row.start), index.get(row.end.saturating_sub(1)));
            let (Some(first), Some(last)) = (first, last) else { continue };
            let sets = lines.get(*first..=*last).unwrap_or_default();
            self.row(sets, parted.get(*first..=*last).unwrap_or_default(), out);
        }
    }

    /// The words of a line's own label.
    fn own(&self, parted: &Parted) -> &'t str {
        let span = parted.own.iter().map(|c| c.span).reduce(Span::cover);
        span.and_then(|s| self.shape.text.get(s.start..s.end)).unwrap_or("").trim()
    }

    /// The cells of a row from its lines.
    fn row(&self, sets: &[Set], parted: &[Parted], out: &mut Vec<Cell>) {
        let placed = sets.iter().all(|s| s.places.is_some());
        let (figures, first) = (sets.iter().flat_map(|s| &s.cells).any(|c| c.value), sets.first().map_or(0, |s| s.cells.len()));
        let mut pieces: Vec<Vec<Span>> = vec![Vec::new(); if placed { self.count } else { 0 }];
        for (n, set) in sets.iter().enumerate() {
            for (m, cell) in set.cells.iter().enumerate() {
                if parted.get(n).is_some_and(|p| p.beside.iter().any(|(_, b)| b.span.overlaps(cell.span))) {
                    continue;
                }
                match set.places.as_ref().and_then(|p| p.get(m)).filter(|_| placed).and_then(|p| pieces.get_mut(*p)) {
                    Some(slot) => slot.push(cell.span),
                    None => pieces.push(vec![cell.span]),
                }
            }
            // What one space parted from a label beside it.
            if let (Some(own), Some(slot)) = (parted.get(n), self.labels.and_then(|l| pieces.get_mut(l)).filter(|_| placed)) {
                let missing = |c: &&Placed| !set.cells.iter().any(|s| s.span == c.span);
                slot.extend(own.own.iter().filter(missing).map(|c| c.span));
            }
        }
        let mut end = pieces.iter().flatten().map(|s| s.start).min().unwrap_or(0);
        // A heading alone on its line has no empty cells beside it.
        let count = if placed && first > 1 || figures { pieces.len() } else { 1 };
        let mut starts_row = true;
        for spans in pieces {
            if spans.is_empty() {
                if count > 1 {
                    out.push(cells::cell("", end, starts_row));
                    starts_row = false;
                }
                continue;
            }
            let cell = cells::broken(self.shape.text, &spans, starts_row);
            end = cell.pieces.first().map_or(cell.span.end, |p| p.end);
            out.push(cell);
            starts_row = false;
        }
    }

    /// The header: its lines as they stand, cells that go on below put together.
    fn head(&self, range: Range<usize>, out: &mut Vec<Cell>) {
        for set in self.lines.get(range).unwrap_or_default() {
            self.row(std::slice::from_ref(set), &[], out);
        }
    }
}

/// The columns of each page, from its first line on: like those of the page with most figures, or they are those.
fn pages(text: &str, lines: &[Line]) -> Vec<(usize, Columns)> {
    let mut starts: Vec<usize> = vec![0];
    starts.extend((1..lines.len()).filter(|n| lines.get(*n).map(|l| l.page) != lines.get(n - 1).map(|l| l.page)));
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let own: Vec<(usize, usize, Columns)> = starts
        .iter()
        .zip(ends)
        .map(|(start, end)| {
            let page = lines.get(*start..end).unwrap_or_default();
            (*start, page.iter().filter(|l| l.figures()).count(), Columns::of(text, page.iter()))
        })
        .collect();
    let Some(most) = own.iter().max_by_key(|(start, rows, _)| (*rows, std::cmp::Reverse(*start))).map(|(.., c)| c.clone()) else {
        return Vec::new();
    };
    let mut last = most.clone();
    let mut out = Vec::with_capacity(own.len());
    for (start, _, columns) in own {
        if columns.alike(&most) {
            last = columns;
        }
        out.push((start, last.clone()));
    }
    out
}

/// Before which row each label over several of them goes.
struct Above<'b> {
    at: Vec<(usize, &'b Beside)>,
    next: usize,
}

impl<'b> Above<'b> {
    fn of(over: &'b [Beside], rows: &[Range<usize>], index: &[usize], pieces: &[Piece<'_>]) -> Self {
        let mut at: Vec<(usize, &Beside)> = Vec::with_capacity(over.len());
        // The first row that a label of each depth may stand over.
        let mut floor = [0usize; 2];
        for label in over {
            let line = |row: usize| rows.get(row).and_then(|r| index.get(r.end.saturating_sub(1)));
            let own = rows.partition_point(|r| index.get(r.end.saturating_sub(1)).is_some_and(|n| *n < label.lines.0));
            let from = floor.get(usize::from(label.outer)).copied().unwrap_or(0);
            let one = |row: &usize| {
                let words = rows.get(*row).and_then(|r| pieces.get(r.start)).map_or("", |p| p.words);
                let digit = if label.outer { '一' } else { '1' };
                let rest = words.trim_start_matches(['（', '(']);
                rest.strip_prefix(digit).is_some_and(|r| r.starts_with(['）', ')', '、', '.', '．']))
            };
            let row = (from..=own).rev().find(one).unwrap_or(own).max(from);
            // As many rows above its middle as below.
            let last = line(row).map_or(row, |first| (label.lines.0 + label.lines.1).saturating_sub(*first));
            let beyond = rows.partition_point(|r| index.get(r.start).is_some_and(|n| *n <= last));
            if let Some(slot) = floor.get_mut(usize::from(label.outer)) {
                *slot = (row + 1).min(beyond.max(row + 1));
            }
            at.push((row, label));
        }
        at.sort_by_key(|(row, label)| (*row, !label.outer));
        Above { at, next: 0 }
    }
    fn next(&mut self, row: usize) -> impl Iterator<Item = &'b Beside> + use<'_, 'b> {
        let rest = self.at.get(self.next..).unwrap_or_default();
        let count = rest.iter().take_while(|(at, _)| *at <= row).count();
        self.next += count;
        rest.iter().take(count).map(|(_, label)| *label)
    }
}
