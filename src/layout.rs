//! Where prose ends and tables begin: proposes regions, knows no form and no number's meaning.

mod drawn;
mod html;
mod lines;
mod ordinal;
mod propose;
mod prose;

pub(crate) use drawn::{fields, frame, joint, ruler, separated, stroke};
pub(crate) use lines::{is_value, spaced_pair, spaced_row, unit_like};
pub(crate) use ordinal::run_in;

use crate::text::{Span, Text};

/// What a region is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegionKind {
    /// The document's title.
    Title,
    /// Web chrome: navigation, 发布时间, 浏览次数, page numbers, index numbers.
    Furniture,
    /// A heading of the prose; `level` 1 is outermost.
    Heading {
        /// Depth, from 1.
        level: u8,
    },
    /// A paragraph of prose; may span lines where a scrape broke it.
    Paragraph,
    /// Signature, date line, attachment line: short lines about the document, not its content.
    Note,
    /// A table, proposed; `align` confirms it.
    Table,
}

/// One stretch of whole lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// What it is.
    pub kind: RegionKind,
    /// Its lines, without the last line's end.
    pub span: Span,
    /// Spans of the headings above it, outermost first (their text without the line end).
    pub path: Vec<Span>,
}

/// The document as regions, in order; every non-blank line lies in exactly one.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// The regions.
    pub regions: Vec<Region>,
}

/// Splits a text into regions.
///
/// Spans run from the first to the last visible character of their lines. A note (signature, date, 附件) ends the
/// sections above it: what follows is an annex and has no heading of the prose in its path. A page is read as
/// [`Text::shown`] gives it; where it has no table of data, its lines may hold one as those of any text may.
pub fn split(text: &Text) -> Layout {
    let (lines, tables) = match text.tags() {
        Some(tags) => html::lines(text, tags),
        None => (lines::lines(text), Vec::new()),
    };
    let tables = if tables.is_empty() { propose::tables(&lines) } else { tables };
    Layout { regions: prose::regions(&lines, &tables) }
}
