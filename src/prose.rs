//! Who says what about what: claims of the prose, not yet linked to any row; knows no form.

mod claims;
mod clause;
mod deny;
mod head;
mod kind;
mod period;
mod relate;
mod scope;

pub(crate) use period::period;
pub(crate) use relate::nouns;

use crate::{
    layout::{Layout, RegionKind},
    quantity::{Lexicon, Quantity, Reason, What, scan},
    text::{Span, Text, fold},
};

/// What the document says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReportHead {
    /// Title as printed.
    pub title: Option<String>,
    /// Agency that reports.
    pub agency: Option<String>,
    /// Year reported on.
    pub year: Option<i32>,
    /// Date of publication, ISO with the precision the text gives (`2018-03`, `2018-03-09`).
    pub published: Option<String>,
}

/// The contract's kinds of claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "named and defined by the contract")]
pub enum ClaimKind {
    Count,
    Money,
    Share,
    Change,
    Multiple,
    None,
    All,
    Rank,
}

/// Which way a change goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "plain words")]
pub enum Direction {
    Up,
    Down,
}

/// The time a claim speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Period {
    /// The report's year, or no word about it.
    Current,
    /// A named other year, 上年 resolved where the report's year is known.
    Year(i32),
    /// 上年 and the like, where the report's year is unknown.
    Previous,
    /// 累计, 历年: since some beginning.
    Cumulative,
    /// Part of the year: 1–9月, 主汛期.
    Part(String),
}

/// How a claim stands in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListRole {
    /// Not in a list.
    Alone,
    /// The whole that a list divides; the list's number.
    Whole(usize),
    /// A part of a list; the list's number.
    Part(usize),
}

/// A list of the prose: one whole (perhaps unsaid) and its parts.
#[derive(Clone, Debug, PartialEq)]
pub struct List {
    /// Index of the whole among the claims, where it is said.
    pub whole: Option<usize>,
    /// Indices of the parts.
    pub parts: Vec<usize>,
    /// Whether it claims to be complete: no 等, no 其中 with a selection, a closing mark at its end.
    pub closed: bool,
}

/// One quantified statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// Its kind.
    pub kind: ClaimKind,
    /// The number, or the denying or quantifying word; span in the text.
    pub span: Span,
    /// The quantity; `None` for a none, or an all without a number.
    pub quantity: Option<Quantity>,
    /// The clause that makes the claim.
    pub clause: Span,
    /// The sentence it stands in.
    pub sentence: Span,
    /// Number of the paragraph it stands in, from 0.
    pub paragraph: usize,
    /// Folded words of its own stretch: from the last claim or clause border up to the number, then the noun after it.
    pub own: Own,
    /// Folded text of the sentence before its own stretch, after the heading its paragraph runs on from: what ellipsis
    /// inherits, nearest last.
    pub before: String,
    /// Folded headings above, outermost first.
    pub headings: Vec<String>,
    /// What is counted, as printed, as far as the words say it.
    pub subject: Option<String>,
    /// Direction of a change.
    pub direction: Option<Direction>,
    /// Period.
    pub period: Period,
    /// Words that limit what is counted.
    pub scope: Vec<String>,
    /// Its place in a list.
    pub list: ListRole,
    /// Index of the claim whose quantity it is a share, change or multiple of (`收到12件，同比增长85.7%`: of the 12件); of an
    /// `all` without a number, the claim it speaks of (`收到11件，均按时办结`).
    pub of: Option<usize>,
    /// Index of the claim that is its base, where the prose says it: a share's whole, last year's figure of a change or
    /// multiple (`比2013年的340条增长13.5%`: the 340条), the whole of a remainder.
    pub base: Option<usize>,
    /// Said to be a remainder: `其余`, `另`, `剩下`.
    pub remainder: bool,
}

/// The folded words around a number that belong to its own claim.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Own {
    /// Before the number.
    pub before: String,
    /// After the unit, up to the next border or number.
    pub after: String,
    /// The clause after that, where it makes no claim of its own.
    pub next: String,
    /// Whether the words after the unit are the first of a list: `3件分别属于甲、乙和丙`.
    pub listed: bool,
}

/// A numeral that is no claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Ignored {
    /// The numeral.
    pub span: Span,
    /// Why.
    pub reason: Reason,
}

/// The prose of one document.
#[derive(Clone, Debug, Default)]
pub struct Prose {
    /// Title, agency, year, date.
    pub head: ReportHead,
    /// Claims in document order.
    pub claims: Vec<Claim>,
    /// Lists among them.
    pub lists: Vec<List>,
    /// All other numerals.
    pub ignored: Vec<Ignored>,
}

/// Reads the prose regions: every numeral outside tables ends as a claim or as ignored.
pub fn read(text: &Text, layout: &Layout, lexicon: &Lexicon) -> Prose {
    let words = &lexicon.words().prose;
    let mut prose = Prose { head: head::read(text, layout, words), ..Prose::default() };
    let agency = prose.head.agency.clone();
    let place = agency.as_deref().and_then(|a| a.strip_suffix("政府"));
    let government = agency.is_none() || place.is_some();
    let level = place.and_then(|p| p.strip_suffix("人民").unwrap_or(p).chars().next_back());
    let mut headings: (Vec<Span>, Vec<String>) = Default::default();
    let mut paragraph = 0;
    for region in &layout.regions {
        let view = text.view(region.span);
        let reason = match region.kind {
            RegionKind::Table => continue,
            RegionKind::Paragraph => {
                if headings.0 != region.path {
                    let folded = region.path.iter().map(|s| fold(text.slice(*s)).into_owned()).collect();
                    headings = (region.path.clone(), folded);
                }
                let year = prose.head.year;
                let agency = agency.as_deref();
                let headings = &headings.1;
                let context = claims::Context { lexicon, year, agency, government, level, headings, paragraph };
                claims::paragraph(&view, &context, &mut prose);
                paragraph += 1;
                continue;
            }
            RegionKind::Title | RegionKind::Heading { .. } => Reason::Heading,
            RegionKind::Furniture | RegionKind::Note => Reason::Furniture,
        };
        for mark in scan(view.str(), lexicon) {
            let reason = if let What::Ignored(own) = mark.what { own } else { reason };
            prose.ignored.push(Ignored { span: view.span(mark.range), reason });
        }
    }
    prose.ignored.sort_by_key(|i| i.span.start);
    prose
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The lexicon that ships with the library.
    pub(crate) fn lexicon() -> Lexicon {
        crate::grammar::Grammar::embedded().map(|g| g.lexicon).unwrap_or_default()
    }
}
