//! The ways a table falls into text; one file a dialect.

mod beside;
mod cells;
mod page;
mod pipes;
mod width;
mod wrap;

use super::Cell;
use crate::{
    layout::{frame, ruler, separated, spaced_pair, spaced_row},
    text::{Span, Tag, Text},
};

/// One way of writing a table down.
#[derive(Debug)]
pub struct Dialect {
    /// Its name, the contract's `tables[].dialect`.
    pub name: &'static str,
    /// A sample that this dialect claims and no other.
    pub sample: &'static str,
    /// Whether every line, or row, it writes keeps its row break.
    pub rows_known: bool,
    /// Whether it keeps the place of an empty cell among the cells of a row.
    pub blanks_kept: bool,
    claims: fn(&Shape<'_>) -> bool,
    cells: fn(&Shape<'_>) -> Vec<Cell>,
}

/// Lists the dialects: `name` is the file `dialect/<name>.rs`, which holds a `static DIALECT`.
macro_rules! dialects {
    ($($name:ident),* $(,)?) => {
        $(mod $name;)*
        /// All dialects known. Each region is claimed by exactly one.
        pub fn dialects() -> &'static [&'static Dialect] {
            static ALL: &[&Dialect] = &[$(&$name::DIALECT),*];
            ALL
        }
    };
}

dialects! {
    html,
    markdown,
    cell_per_line,
    cell_per_line_leading,
    row_per_line,
    grid,
    tabs,
    csv,
    ruled,
    columns,
    spaces,
    lines,
}

/// A proposed region, its lines, and counts of how they are built.
#[derive(Debug)]
pub(super) struct Shape<'t> {
    /// The document.
    text: &'t str,
    /// The whole region and where it begins.
    source: (&'t str, usize),
    /// Tags of the region, where it is a page's table.
    tags: &'t [Tag],
    /// Visible lines: trimmed text and where it stands.
    lines: Vec<(&'t str, Span)>,
    /// Lines with a pipe.
    piped: usize,
    /// Lines with two visible cells or more between pipes.
    rows: usize,
    /// Lines with one cell, or none, and a pipe at the end; at the start.
    trailing: usize,
    leading: usize,
    /// GFM ruler lines.
    rulers: usize,
    /// Lines with a tab between cells.
    tabbed: usize,
    /// Lines with a gap of two columns or more.
    spaced: usize,
    /// Lines that draw a frame.
    frames: usize,
    /// Rulers over columns.
    dashed: usize,
}

impl<'t> Shape<'t> {
    /// Looks at the lines of `span` in `text`.
    pub fn new(text: &'t Text, span: Span) -> Self {
        let tags = table_tags(text, span);
        let text = text.as_str();
        let mut shape = Shape {
            text,
            source: (text.get(span.start..span.end).unwrap_or(""), span.start),
            tags,
            lines: Vec::new(),
            piped: 0,
            rows: 0,
            trailing: 0,
            leading: 0,
            rulers: 0,
            tabbed: 0,
            spaced: 0,
            frames: 0,
            dashed: 0,
        };
        if !tags.is_empty() {
            return shape;
        }
        let mut start = span.start;
        for raw in text.get(span.start..span.end).unwrap_or("").split('\n') {
            let whole = Span::new(start, start + raw.len());
            let trimmed = cells::trim(text, whole);
            start += raw.len() + 1;
            let line = text.get(trimmed.start..trimmed.end).unwrap_or("");
            if line.is_empty() || cells::page_mark(line) {
                continue;
            }
            if frame(line) {
                shape.frames += 1;
            } else if ruler(line) {
                shape.dashed += 1;
            } else if pipes::has(line) {
                shape.piped += 1;
                let parts = pipes::split(line);
                let visible =
                    parts.iter().filter(|r| line.get((*r).clone()).is_some_and(|p| !p.trim().is_empty())).count();
                let (starts, ends) = (pipes::starts(line), pipes::ends(line));
                if pipes::is_ruler(line) {
                    shape.rulers += 1;
                } else if visible >= 2 || (starts && ends && parts.len() > 2 && visible > 0) {
                    shape.rows += 1;
                } else if ends && !(starts && visible == 0) {
                    shape.trailing += 1;
                } else if starts && visible > 0 {
                    shape.leading += 1;
                }
            } else {
                let kept = raw.trim_start().trim_end_matches([' ', '\r']);
                shape.tabbed += usize::from(kept.contains('\t'));
                shape.spaced += usize::from(cells::gaps(line).next().is_some());
            }
            // Empty cells at either end of a tabbed line are part of it.
            let line_span = Span::new(
                if raw.starts_with('\t') { whole.start } else { trimmed.start },
                if kept_tabs(raw) { whole.end } else { trimmed.end },
            );
            shape.lines.push((text.get(line_span.start..line_span.end).unwrap_or(line), line_span));
        }
        shape
    }
    /// The dialect that wrote it.
    pub fn dialect(&self) -> Option<&'static Dialect> {
        dialects().iter().copied().find(|d| (d.claims)(self))
    }
    /// Its cells, as `dialect` reads them.
    pub fn cells(&self, dialect: &Dialect) -> Vec<Cell> {
        (dialect.cells)(self)
    }
    /// Which mark parts its cells: one that at least a third of the lines have.
    fn kept(&self) -> Kept {
        let enough = |count: usize| count > 0 && count * 3 >= self.lines.len();
        if !self.tags.is_empty() {
            Kept::Html
        } else if self.frames >= 2 && self.piped > 0 {
            Kept::Grid
        } else if enough(self.piped) {
            Kept::Pipes
        } else if enough(self.tabbed) && self.tabbed >= self.spaced {
            Kept::Tabs
        } else if self.dashed > 0 {
            Kept::Ruled
        } else if self.separator().is_some() {
            Kept::Csv
        } else if enough(self.spaced) {
            Kept::Columns
        } else if enough(self.lines.iter().map(|(line, _)| figures(line)).sum()) {
            Kept::Spaces
        } else {
            Kept::Lines
        }
    }
    /// The separator that parts at least half of its lines, and no fewer than spaces do.
    fn separator(&self) -> Option<char> {
        let parted = |c: &char| self.lines.iter().filter(|(line, _)| separated(line, *c) > 1).count();
        let (separator, count) = [',', ';'].map(|c| (c, parted(&c))).into_iter().max_by_key(|(_, n)| *n)?;
        (count * 2 >= self.lines.len() && count > self.spaced).then_some(separator)
    }
    /// Whether pipes part its cells.
    fn pipes(&self) -> bool {
        self.kept() == Kept::Pipes
    }
}

/// How much a line says for rows with spaces between their cells: a row of many figures as much as three.
fn figures(line: &str) -> usize {
    let row = spaced_row(line).map(|starts| if starts.len() >= 5 { 3 } else { 1 });
    row.unwrap_or_else(|| usize::from(spaced_pair(line)))
}

/// The tags within a span of a page, if it is that of a table.
fn table_tags(text: &Text, span: Span) -> &[Tag] {
    let Some(tags) = text.tags() else { return &[] };
    let start = tags.partition_point(|tag| tag.at < span.start);
    let within = tags.get(start..tags.partition_point(|tag| tag.at <= span.end)).unwrap_or(&[]);
    // What was open before may end at the same place; the table begins with the last tag there that begins one.
    let begins = |tag: &Tag| (tag.name == "table" && !tag.closes) || (tag.name == "caption" && tag.closes);
    let same = within.partition_point(|tag| tag.at == span.start);
    let first = within.get(..same).unwrap_or(&[]).iter().rposition(begins);
    let within = within.get(first.unwrap_or(0)..).unwrap_or(&[]);
    if within.iter().any(|tag| matches!(tag.name, "td" | "th")) { within } else { &[] }
}

/// What parts the cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kept {
    Html,
    Pipes,
    Grid,
    Tabs,
    Csv,
    Ruled,
    Columns,
    Spaces,
    Lines,
}

/// Whether a line ends in tabs: empty cells.
fn kept_tabs(raw: &str) -> bool {
    raw.trim_end_matches([' ', '\r']).ends_with('\t')
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
    use super::*;

    #[test]
    fn each_sample_is_claimed_by_its_dialect_alone() {
        for dialect in dialects() {
            let text = Text::decode(dialect.sample.as_bytes());
            let shown = text.shown();
            let shape = Shape::new(&shown, shown.span());
            let claimed: Vec<&str> = dialects().iter().filter(|d| (d.claims)(&shape)).map(|d| d.name).collect();
            assert_eq!(claimed, [dialect.name], "{}", dialect.sample);
        }
    }

    #[test]
    fn names_are_those_of_the_files() {
        let names: Vec<&str> = dialects().iter().map(|d| d.name).collect();
        assert_eq!(
            names,
            [
                "html",
                "markdown",
                "cell-per-line",
                "cell-per-line-leading",
                "row-per-line",
                "grid",
                "tabs",
                "csv",
                "ruled",
                "columns",
                "spaces",
                "lines"
            ]
        );
    }
}
