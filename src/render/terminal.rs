//! Diagnostics for people: the lines of the document with their figures marked.

mod clusters;
mod words;

use self::{
    clusters::{Mark, cluster},
    words::Words,
};
use super::{Renderer, Sheet, Style, visible};
use crate::{
    audit::{Audit, Finding, Place, Severity},
    text::Text,
};
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer as Drawing, Snippet};
use std::io::{self, Write};

/// Most places one finding shows; what is left out is said.
const MOST_MARKS: usize = 20;

pub(super) struct Terminal {
    style: Style,
    words: Words,
    drawing: Drawing,
    first: bool,
}

impl Terminal {
    pub(super) fn new(style: Style) -> Self {
        let drawing = if style.color { Drawing::styled() } else { Drawing::plain() };
        Terminal { style, words: Words(style.lang), drawing: drawing.term_width(style.width), first: true }
    }

    fn finding(&self, finding: &Finding, sheet: Sheet<'_>) -> String {
        let words = self.words;
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let title = level
            .with_name(super::rule_page::severity(finding.severity, self.style.lang))
            .primary_title(visible(&finding.message))
            .id(visible(&finding.code));
        let path = visible(&sheet.audit.source.path);
        let mut elements: Vec<Element<'_>> = Vec::new();
        let marks = marks(finding, sheet.audit, sheet.text, words);
        let (marks, left_out) = marks.split_at(marks.len().min(MOST_MARKS));
        for cluster in cluster(marks, sheet.text) {
            if let Some(place) = cluster.cut_off {
                elements.push(Origin::path(path.clone()).line(place.line).char_column(place.column).into());
            }
            let annotations = cluster.marks.into_iter().map(|(mark, range)| {
                let kind = if mark.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
                kind.span(range).label(mark.label.as_deref().map(visible))
            });
            let shown = Snippet::source(cluster.source).line_start(cluster.line).annotations(annotations);
            elements.push(shown.path(cluster.cut_off.is_none().then(|| path.clone())).into());
        }
        if elements.is_empty() {
            elements.push(Origin::path(path).into());
        }
        let note = |text: String| Level::NOTE.with_name(words.note()).message(visible(&text));
        if let Some(arithmetic) = &finding.arithmetic {
            elements.push(Level::NOTE.with_name(words.arithmetic()).message(visible(arithmetic)).into());
        }
        if !left_out.is_empty() {
            elements.push(note(words.more_places(left_out.len())).into());
        }
        // Of several single changes that mend the same one thing, none is advice.
        let advice = finding.repair.as_ref().filter(|repair| repair.settles > 1 || repair.tied <= 1);
        if let Some(repair) = advice {
            let text = visible(&words.repair(repair, sheet.audit));
            elements.push(Level::HELP.with_name(words.help()).message(text).into());
        }
        self.drawing.render(&[Group::with_title(title).elements(elements)])
    }

    fn summary(&self, audit: &Audit, out: &mut dyn Write) -> io::Result<()> {
        let (bold, plain) = if self.style.color { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
        writeln!(out, "{bold}{}{plain}", visible(&audit.source.path))?;
        writeln!(out, "{}", self.words.claims(&audit.summary))?;
        writeln!(out, "{}", self.words.findings(&audit.summary))?;
        for problem in &audit.problems {
            let line = problem.span.map(|place| place.line);
            writeln!(out, "{}", visible(&self.words.problem(line, &problem.message)))?;
        }
        Ok(())
    }
}

impl Renderer for Terminal {
    fn document(&mut self, sheet: Sheet<'_>, out: &mut dyn Write) -> io::Result<()> {
        if !self.first {
            writeln!(out)?;
        }
        self.first = false;
        for finding in sheet.audit.findings.iter().filter(|finding| finding.suppressed.is_none()) {
            writeln!(out, "{}\n", self.finding(finding, sheet))?;
        }
        self.summary(sheet.audit, out)
    }
}

/// The places of a finding, each once, with what stands there: `正文 12件`, `表中 10`.
fn marks(finding: &Finding, audit: &Audit, text: &Text, words: Words) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    for (index, &place) in finding.spans.iter().enumerate() {
        if marks.iter().all(|mark| mark.place != place) {
            let label = label(place, finding, audit, text, words);
            marks.push(Mark { place, label, primary: index == 0 });
        }
    }
    marks
}

fn label(place: Place, finding: &Finding, audit: &Audit, text: &Text, words: Words) -> Option<String> {
    finding.evidence.iter().find_map(|id| {
        if let Some(triple) = audit.triple(id).filter(|triple| triple.span == place) {
            let line = text.slice(text.lines().span(text.as_str(), place.line));
            // Where a scrape put the label on another line, the figure alone says nothing.
            let label = (!line.contains(&triple.label)).then_some(triple.label.as_str());
            return Some(words.in_table(label, &triple.raw));
        }
        audit.claim(id).filter(|claim| claim.span == place).map(|claim| words.in_prose(&claim.quantity.raw))
    })
}
