//! Which marks are drawn together. All marks of one drawing share a left edge, so only those near one another in
//! columns may; a line of 600 characters is then cut around each group by itself.

use super::super::visible::mark as visible_mark;
use crate::{
    audit::Place,
    text::{Span, Text},
};
use std::ops::Range;
use unicode_width::UnicodeWidthStr;

/// Columns that the marks of one drawing may span.
const COLUMNS: usize = 40;
/// Lines between two marks of one drawing; nearer the reader sees them at a glance.
const LINES: usize = 24;
/// Bytes handed to one drawing before, between and after marks: bounds the work on a document without line breaks.
const BYTES: usize = 4096;

/// One place to mark.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub(super) place: Place,
    pub(super) label: Option<String>,
    /// Where a reader should look first.
    pub(super) primary: bool,
}

/// Marks of one drawing, with the lines they stand on made safe for a terminal.
pub(super) struct Cluster<'m> {
    pub(super) source: String,
    /// Number of its first line.
    pub(super) line: usize,
    /// Each mark with its range in `source`.
    pub(super) marks: Vec<(&'m Mark, Range<usize>)>,
    /// Where it is, when the front of its line had to be left out.
    pub(super) cut_off: Option<Place>,
}

/// Groups marks: the group of the primary mark first, the others in document order.
pub(super) fn cluster<'m>(marks: &'m [Mark], text: &Text) -> Vec<Cluster<'m>> {
    let mut sorted: Vec<&Mark> = marks.iter().collect();
    sorted.sort_by_key(|mark| (mark.place.start, mark.place.end));
    let mut groups: Vec<(Vec<&Mark>, Range<usize>)> = Vec::new();
    for mark in sorted {
        let columns = columns(mark, text);
        match groups.last_mut() {
            Some((group, band)) if joins(group, band, mark, &columns) => {
                *band = band.start.min(columns.start)..band.end.max(columns.end);
                group.push(mark);
            }
            _ => groups.push((vec![mark], columns)),
        }
    }
    groups.sort_by_key(|(group, _)| !group.iter().any(|mark| mark.primary));
    groups.into_iter().map(|(group, _)| draw(group, text)).collect()
}

fn joins(group: &[&Mark], band: &Range<usize>, mark: &Mark, columns: &Range<usize>) -> bool {
    let Some(last) = group.last() else { return false };
    mark.place.line - last.place.line <= LINES
        && mark.place.start - last.place.start <= BYTES
        && band.end.max(columns.end) - band.start.min(columns.start) <= COLUMNS
}

/// Columns of the terminal that a mark takes; far out on an endless line, as if all characters were wide.
fn columns(mark: &Mark, text: &Text) -> Range<usize> {
    let line = text.lines().span(text.as_str(), mark.place.line);
    let end = mark.place.end.min(line.end);
    let start = if mark.place.start - line.start <= BYTES {
        text.slice(Span::new(line.start, mark.place.start)).width()
    } else {
        mark.place.column * 2
    };
    let end = floor(text.as_str(), end.min(mark.place.start + BYTES));
    let width = text.slice(Span::new(mark.place.start, end)).width();
    start..start + width.min(COLUMNS)
}

fn draw<'m>(group: Vec<&'m Mark>, text: &Text) -> Cluster<'m> {
    let whole = text.as_str();
    let line_of = |place: Place| text.lines().span(whole, place.line);
    let first = group.first().map_or(Place { start: 0, end: 0, line: 1, column: 1 }, |mark| mark.place);
    let last = group.last().map_or(first, |mark| mark.place);
    let mut from = line_of(first).start;
    let cut_off = (first.start - from > BYTES).then_some(first);
    if cut_off.is_some() {
        from = floor(whole, first.start - BYTES / 8);
    }
    let last_line = line_of(last).end;
    let to = floor(whole, last_line.min(last.start + BYTES)).max(last.start);
    let (source, map) = sanitise(text.slice(Span::new(from, to)));
    // The map ends with the end of the text, so every offset up to `to` is found.
    let shown =
        |offset: usize| map.get(map.partition_point(|(at, _)| from + at < offset)).map_or(0, |(_, shown)| *shown);
    let marks = group
        .into_iter()
        .map(|mark| {
            let end = mark.place.end.min(line_of(mark.place).end).min(to).max(mark.place.start);
            (mark, shown(mark.place.start)..shown(end))
        })
        .collect();
    Cluster { source, line: first.line, marks, cut_off }
}

/// The last character boundary up to `offset`.
fn floor(text: &str, offset: usize) -> usize {
    (0..=offset).rev().find(|offset| text.is_char_boundary(*offset)).unwrap_or(0)
}

/// The text with its lines, everything else that steers a terminal made visible, and where each character and the end
/// went: `(offset in the text, offset in the result)`. An empty line becomes a space: the drawing puts a mark on an empty
/// line at the end of the one before.
fn sanitise(text: &str) -> (String, Vec<(usize, usize)>) {
    let mut out = String::with_capacity(text.len());
    let mut map = Vec::with_capacity(text.len() / 2);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        map.push((at, out.len()));
        match c {
            '\r' if chars.peek().is_some_and(|(_, next)| *next == '\n') => {}
            '\n' => {
                pad_empty_line(&mut out);
                out.push(c);
            }
            c => out.push(visible_mark(c)),
        }
    }
    map.push((text.len(), out.len()));
    pad_empty_line(&mut out);
    (out, map)
}

fn pad_empty_line(out: &mut String) {
    if out.is_empty() || out.ends_with('\n') {
        out.push(' ');
    }
}
