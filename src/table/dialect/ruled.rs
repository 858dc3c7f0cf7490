//! Columns under a ruler of dashes, as document converters print plain tables: rows are lines, or stand apart.

use super::{Dialect, Kept, Shape, cells, width::Metric};
use crate::{layout::ruler, table::Cell, text::Span};

pub(super) static DIALECT: Dialect = Dialect {
    name: "ruled",
    sample: "统计指标     单位   统计数\n------------ ------ --------\n收到申请数   件     12\n当面申请数   件     5",
    rows_known: true,
    blanks_kept: true,
    claims: |s: &Shape<'_>| s.kept() == Kept::Ruled,
    cells: read,
};

fn read(shape: &Shape<'_>) -> Vec<Cell> {
    let (source, offset) = shape.source;
    let mut lines: Vec<(&str, usize)> = Vec::new();
    let mut start = offset;
    for line in source.split('\n') {
        lines.push((line.trim_end(), start));
        start += line.len() + 1;
    }
    let dashes = |line: &str| !line.is_empty() && line.chars().all(|c| c == '-' || c == ' ');
    let rulers = || lines.iter().enumerate().filter(|(_, (line, _))| ruler(line.trim()));
    // The first line lost its indentation when the region was cut out: it is no measure.
    let widest = rulers().max_by_key(|(n, (line, _))| (line.split_whitespace().count(), *n > 0, std::cmp::Reverse(*n)));
    let Some((at, (marks, _))) = widest else { return Vec::new() };
    let shift = if at == 0 { indent(shape, offset).chars().count() } else { 0 };
    let starts: Vec<usize> = starts(marks).into_iter().map(|s| s + shift).collect();
    let metric = metric(&lines, &starts);
    // Between two long rulers rows may stand apart, each over several lines; so does the header.
    let body = lines.get(at + 1..).unwrap_or_default();
    let rows = |l: &&(&str, usize)| !l.0.trim().is_empty() && !dashes(l.0);
    let (first, last) = (body.iter().position(|l| rows(&l)), body.iter().rposition(|l| rows(&l)));
    let inner = first.zip(last).and_then(|(first, last)| body.get(first..last)).unwrap_or_default();
    let blank_within = inner.iter().any(|(l, _)| l.trim().is_empty());
    let mut out = Vec::new();
    let mut open: Vec<Vec<Span>> = vec![Vec::new(); starts.len()];
    for (n, (line, start)) in lines.iter().enumerate() {
        let ends = line.trim().is_empty() || dashes(line);
        if !ends && !cells::page_mark(line.trim()) {
            let indent = if n == 0 { indent(shape, offset) } else { "" };
            place(&starts, metric, indent, line, *start, &mut open);
        }
        if ends || (n > at && !blank_within) {
            close(shape, &mut open, &mut out);
        }
    }
    close(shape, &mut open, &mut out);
    out
}

/// What stands before the region on its first line.
fn indent<'t>(shape: &Shape<'t>, offset: usize) -> &'t str {
    let before = shape.text.get(..offset).unwrap_or("");
    before.rfind('\n').map_or(before, |n| before.get(n + 1..).unwrap_or(""))
}

/// Where the runs of dashes begin.
fn starts(ruler: &str) -> Vec<usize> {
    let bytes = ruler.as_bytes();
    (0..bytes.len()).filter(|i| bytes.get(*i) == Some(&b'-') && i.checked_sub(1).and_then(|b| bytes.get(b)) != Some(&b'-')).collect()
}

/// The way of counting in which fewer words run over the beginning of a column.
fn metric(lines: &[(&str, usize)], starts: &[usize]) -> Metric {
    let over = |metric: Metric| {
        let mut count = 0usize;
        for (line, _) in lines {
            let mut before = ' ';
            for (place, _, c) in metric.places(line) {
                count += usize::from(place > 0 && starts.binary_search(&place).is_ok() && before != ' ');
                before = c;
            }
        }
        count
    };
    if over(Metric::Characters) < over(Metric::Columns) { Metric::Characters } else { Metric::Columns }
}

/// Gives each word of a line to the column it begins in.
fn place(starts: &[usize], metric: Metric, indent: &str, line: &str, start: usize, open: &mut [Vec<Span>]) {
    let shift = metric.places(indent).last().map_or(0, |(at, _, c)| at + usize::from(c == ' '));
    let mut here: Vec<Option<Span>> = vec![None; open.len()];
    let mut word: Option<(usize, usize)> = None;
    let mut put = |column: usize, from: usize, to: usize| {
        let span = Span::new(start + from, start + to);
        if let Some(slot) = here.get_mut(column) {
            *slot = Some(slot.map_or(span, |s| s.cover(span)));
        }
    };
    for (at, byte, c) in metric.places(line) {
        if c.is_whitespace() {
            if let Some((column, from)) = word.take() {
                put(column, from, byte);
            }
        } else if word.is_none() {
            let column = starts.partition_point(|s| *s <= at + shift).saturating_sub(1);
            word = Some((column, byte));
        }
    }
    if let Some((column, from)) = word {
        put(column, from, line.len());
    }
    for (slot, piece) in open.iter_mut().zip(here) {
        slot.extend(piece);
    }
}

fn close(shape: &Shape<'_>, open: &mut [Vec<Span>], out: &mut Vec<Cell>) {
    let Some(first) = open.iter().flatten().map(|s| s.start).min() else { return };
    let mut end = first;
    for (n, pieces) in open.iter_mut().enumerate() {
        if pieces.is_empty() {
            out.push(cells::cell("", end, n == 0));
        } else {
            let cell = cells::broken(shape.text, pieces, n == 0);
            end = cell.pieces.first().map_or(cell.span.end, |p| p.end);
            out.push(cell);
        }
        pieces.clear();
    }
}
