//! Tables drawn with lines, of ASCII or of box-drawing characters: a row a line, or rows between rules; a cell may go on
//! over lines, and reach over columns and rows.

use super::{Dialect, Kept, Shape, cells, pipes, width::Metric};
use crate::{
    layout::{frame, is_value, joint, stroke},
    table::Cell,
    text::Span,
};
use std::{collections::BTreeMap, ops::Range};

pub(super) static DIALECT: Dialect = Dialect {
    name: "grid",
    sample: "+------------+------+--------+\n| 统计指标   | 单位 | 统计数 |\n+============+======+========+\n| 收到申请数 | 件   | 12     |\n+------------+------+--------+",
    rows_known: true,
    blanks_kept: true,
    claims: |s: &Shape<'_>| s.kept() == Kept::Grid,
    cells: read,
};

/// Most columns that are placed.
const WIDEST: usize = 400;

/// A cell on its way: the pieces it has so far, each with the number of its line.
#[derive(Default)]
struct Open {
    band: usize,
    pieces: Vec<(usize, Span)>,
}

/// Finished cells by band and column.
type Placed = BTreeMap<(usize, usize), Vec<(usize, Span)>>;

type Lines<'l, 't> = &'l [(&'t str, Span)];

fn read(shape: &Shape<'_>) -> Vec<Cell> {
    let mut out = Vec::new();
    // Where one drawing ends and the next begins, two frames meet: each has columns of its own.
    let mut start = 0;
    for (n, pair) in shape.lines.windows(2).enumerate() {
        if pair.iter().all(|(line, _)| frame(line)) {
            out.extend(drawing(shape, shape.lines.get(start..=n).unwrap_or_default()));
            start = n + 1;
        }
    }
    out.extend(drawing(shape, shape.lines.get(start..).unwrap_or_default()));
    out
}

fn drawing(shape: &Shape<'_>, lines: Lines<'_, '_>) -> Vec<Cell> {
    let bounds = bounds(lines);
    let count = bounds.columns.len().saturating_sub(1).min(WIDEST);
    let mut open: Vec<Option<Open>> = Vec::new();
    open.resize_with(count, || None);
    let (mut band, mut placed) = (0usize, Placed::new());
    for (number, (line, span)) in lines.iter().enumerate() {
        let mut ruled = false;
        let mut close = |open: &mut Vec<Option<Open>>, columns: Range<usize>| {
            for (n, slot) in open.iter_mut().enumerate().take(columns.end).skip(columns.start) {
                if let Some(cell) = slot.take() {
                    placed.insert((cell.band, n), cell.pieces);
                }
            }
        };
        if frame(line) {
            close(&mut open, 0..count);
            band += 1;
            continue;
        }
        let draws = draws(line);
        let segments = segments(line, draws, &bounds, count);
        for (columns, words) in &segments {
            if draws && rule(line.get(words.clone()).unwrap_or("")) {
                close(&mut open, columns.clone());
                ruled = true;
            }
        }
        band += usize::from(ruled);
        for (columns, words) in segments {
            let inner = line.get(words.clone()).unwrap_or("");
            if (draws && rule(inner)) || cells::blank(inner) {
                continue;
            }
            if let Some(slot) = open.get_mut(columns.start) {
                let cell = slot.get_or_insert_with(|| Open { band, pieces: Vec::new() });
                cell.pieces.push((number, Span::new(span.start + words.start, span.start + words.end)));
            }
        }
    }
    for (n, slot) in open.iter_mut().enumerate() {
        if let Some(cell) = slot.take() {
            placed.insert((cell.band, n), cell.pieces);
        }
    }
    rows(shape, placed, count)
}

/// Writes the cells out, band by band; a band in which a column has a figure on several lines is a row a line.
fn rows(shape: &Shape<'_>, placed: Placed, count: usize) -> Vec<Cell> {
    let mut out = Vec::new();
    let mut rest = placed.into_iter().peekable();
    while let Some(band) = rest.peek().map(|((band, _), _)| *band) {
        let mut cells: Vec<(usize, Vec<(usize, Span)>)> = Vec::new();
        while let Some(((_, column), pieces)) = rest.next_if(|((b, _), _)| *b == band) {
            cells.push((column, pieces));
        }
        let figure = |(_, span): &(usize, Span)| shape.text.get(span.start..span.end).is_some_and(|w| is_value(w.trim()));
        let apart = cells.iter().any(|(_, pieces)| pieces.len() > 1 && pieces.iter().filter(|p| figure(p)).count() > 1);
        if !apart {
            row(shape, cells.into_iter().map(|(n, p)| (n, p.into_iter().map(|(_, s)| s).collect())), count, &mut out);
            continue;
        }
        let mut lines: BTreeMap<usize, Vec<(usize, Vec<Span>)>> = BTreeMap::new();
        for (column, pieces) in cells {
            for (number, span) in pieces {
                lines.entry(number).or_default().push((column, vec![span]));
            }
        }
        for cells in lines.into_values() {
            row(shape, cells.into_iter(), count, &mut out);
        }
    }
    out
}

fn row(shape: &Shape<'_>, cells: impl Iterator<Item = (usize, Vec<Span>)>, count: usize, out: &mut Vec<Cell>) {
    let mut cells = cells.peekable();
    let mut end = cells.peek().and_then(|(_, p)| p.first()).map_or(0, |s| s.start);
    for n in 0..count {
        match cells.next_if(|(column, _)| *column == n) {
            Some((_, pieces)) => {
                let cell = cells::broken(shape.text, &pieces, n == 0);
                end = cell.pieces.first().map_or(cell.span.end, |p| p.end);
                out.push(cell);
            }
            None => out.push(cells::cell("", end, n == 0)),
        }
    }
}

/// A stretch of a line that draws and says nothing.
fn rule(words: &str) -> bool {
    let words = words.trim();
    words.chars().nth(1).is_some() && words.chars().all(|c| stroke(c) || joint(c))
}

/// Where the columns of the drawing begin and end.
struct Bounds {
    columns: Vec<usize>,
    metric: Metric,
}

fn bounds(lines: Lines<'_, '_>) -> Bounds {
    let mut columns = std::collections::BTreeSet::new();
    for (line, _) in lines.iter().filter(|(l, _)| frame(l)) {
        columns.extend(Metric::Characters.places(line).filter(|(_, _, c)| joint(*c)).map(|(at, _, _)| at));
    }
    let fits = |metric: Metric| {
        let rows = lines.iter().filter(|(l, _)| pipes::has(l)).take(200);
        rows.flat_map(|(line, _)| metric.places(line)).filter(|(at, _, c)| pipes::is_pipe(*c) && columns.contains(at)).count()
    };
    let metric = if fits(Metric::Characters) > fits(Metric::Columns) { Metric::Characters } else { Metric::Columns };
    Bounds { columns: columns.into_iter().collect(), metric }
}

/// Whether a line draws in part: then joints stand between its stretches.
fn draws(line: &str) -> bool {
    let ascii = line.contains("+-") || line.contains("-+") || line.contains("+=");
    ascii || line.chars().any(|c| joint(c) && c != '+')
}

/// The stretches of a line between its marks, each with the columns it fills.
fn segments(line: &str, draws: bool, bounds: &Bounds, count: usize) -> Vec<(Range<usize>, Range<usize>)> {
    let marks = |c: char| pipes::is_pipe(c) || (draws && joint(c));
    let mut cuts: Vec<(usize, usize, usize)> = Vec::new();
    let mut escaped = false;
    for (place, byte, c) in bounds.metric.places(line) {
        if marks(c) && !escaped {
            cuts.push((place, byte, byte + c.len_utf8()));
        }
        escaped = c == '\\';
    }
    let in_order = cuts.len() == count + 1;
    let near = |place: usize| {
        let at = bounds.columns.partition_point(|c| *c < place);
        let after = bounds.columns.get(at).map(|c| c - place);
        let before = at.checked_sub(1).and_then(|b| bounds.columns.get(b)).map(|c| place - c);
        if before.is_some_and(|b| after.is_none_or(|a| b < a)) { at - 1 } else { at }
    };
    cuts.iter()
        .zip(cuts.iter().skip(1))
        .enumerate()
        .map(|(n, (left, right))| {
            let columns = if in_order { n..n + 1 } else { near(left.0)..near(right.0).max(near(left.0) + 1) };
            (columns, left.2..right.1)
        })
        .collect()
}
