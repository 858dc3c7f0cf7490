//! Where prose ends and tables begin: proposes regions, knows no form and no number's meaning.

mod drawn;
mod html;
mod lines;
mod ordinal;
mod propose;
mod prose;

pub(crate) use drawn::{fields, frame, joint, ruler, separated, stroke};
pub(crate) use html::tags;
pub(crate) use lines::{is_value, spaced_pair, spaced_row};
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
/// sections above it: what follows is an annex and has no heading of the prose in its path. In HTML a block is a region,
/// without its tags; the tags are furniture.
pub fn split(text: &Text) -> Layout {
    if html::is_page(text.as_str()) {
        let (lines, tables) = html::blocks(text.as_str());
        return Layout { regions: markup(text, prose::regions(&lines, &tables)) };
    }
    let lines = lines::lines(text);
    let tables = propose::tables(&lines);
    Layout { regions: prose::regions(&lines, &tables) }
}

/// Adds what lies between the regions of a page: tags, styles, scripts.
fn markup(text: &Text, regions: Vec<Region>) -> Vec<Region> {
    let mut out = Vec::with_capacity(regions.len() * 2 + 1);
    let mut end = 0;
    let between = |from: usize, to: usize| {
        let gap = text.as_str().get(from..to)?;
        let inner = gap.trim();
        let start = from + (gap.len() - gap.trim_start().len());
        let span = Span::new(start, start + inner.len());
        (!inner.is_empty()).then_some(Region { kind: RegionKind::Furniture, span, path: Vec::new() })
    };
    for region in regions {
        out.extend(between(end, region.span.start));
        end = region.span.end;
        out.push(region);
    }
    out.extend(between(end, text.as_str().len()));
    out
}
