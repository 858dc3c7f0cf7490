//! The audit document of the contract, and the pipeline that makes it.
//!
//! An [`Auditor`] holds the grammar. [`Auditor::read`] takes a document's bytes to facts and never fails;
//! [`Auditor::rule`] judges them and gives the [`Audit`], the object that every entry point prints.
//!
//! ```
//! use duibiao::audit::{Auditor, Lang, Options, Source};
//! use duibiao::grammar::Grammar;
//!
//! let auditor = Auditor::new(Grammar::embedded()?);
//! let text = "某乡2017年政府信息公开工作年度报告\n全年收到申请12件。\n";
//! let reading = auditor.read(Source { path: "某乡.txt".into(), bytes: text.into() });
//! let audit = auditor.rule(&reading, &Options { lang: Lang::En });
//! assert_eq!(audit.source.bytes, text.len());
//! for claim in &audit.claims {
//!     assert_eq!(&text[claim.span.start..claim.span.end], claim.quantity.raw);
//! }
//! let json = serde_json::to_string(&audit)?;
//! assert!(json.starts_with(r#"{"schema":"duibiao.audit/1""#));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod assemble;
mod document;
mod exact;
mod fingerprint;
mod rule_info;

pub use document::{
    Audit, Candidate, Change, Check, Claim, ClaimKind, Container, Direction, Finding, Ignored, Outcome, Place, Problem,
    Quantity, Repair, Report, Schema, Severity, SourceInfo, Summary, Table, TextKind, Triple, Verdict,
};
pub use exact::Exact;
pub use rule_info::RuleInfo;

use std::borrow::Cow;

use crate::{align, align::Facts, check, grammar::Grammar, layout, layout::Layout, prose, table, text::Text};

/// The language of messages and reasons. Quoted text stays as printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Of two wordings, the one in this language.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// A document as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Path or other name, for people; U+FFFD where it was not UTF-8.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A document whose text is known: decoded from the source's bytes, or taken out of it by a reader of its kind.
#[derive(Clone, Debug)]
pub struct Input {
    /// Where it came from.
    pub source: Source,
    /// Its text.
    pub text: Text,
    /// The kind of file; a decoded text that proves to be a page becomes [`Container::Html`].
    pub container: Container,
}

impl From<Source> for Input {
    fn from(source: Source) -> Self {
        let text = Text::decode(&source.bytes);
        Input { source, text, container: Container::Text }
    }
}

/// A document as read: its text and everything found in it, not yet judged.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Where it came from.
    pub source: Source,
    /// The kind of file.
    pub container: Container,
    /// The decoded or extracted text that every span of the audit counts in.
    pub text: Text,
    /// The same as its reader sees it, which every room has read; `None` where that is the text itself.
    pub shown: Option<Text>,
    /// Its regions, in what is shown.
    pub layout: Layout,
    /// Its triples, claims and problems, in what is shown.
    pub facts: Facts,
}

impl Reading {
    /// The text that layout and facts count in.
    pub fn shown(&self) -> &Text {
        self.shown.as_ref().unwrap_or(&self.text)
    }
}

/// How a reading is ruled on.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Language of messages and reasons.
    pub lang: Lang,
}

/// Reads documents and rules on them with one grammar.
#[derive(Clone, Debug)]
pub struct Auditor {
    grammar: Grammar,
}

impl Auditor {
    /// An auditor that knows `grammar`.
    pub fn new(grammar: Grammar) -> Self {
        Auditor { grammar }
    }
    /// What it knows.
    pub fn grammar(&self) -> &Grammar {
        &self.grammar
    }
    /// Reads a document, from its bytes or from a text that is known. Total: what cannot be read is a problem among the facts.
    pub fn read(&self, input: impl Into<Input>) -> Reading {
        let Input { source, text, container } = input.into();
        let shown = if container.extracted() { Cow::Borrowed(&text) } else { text.shown() };
        let layout = layout::split(&shown);
        let tables = table::read(&shown, &layout, &self.grammar.lexicon);
        let prose = prose::read(&shown, &layout, &self.grammar.lexicon);
        let mut facts = align::align(&shown, &layout, tables, prose, &self.grammar);
        let missing = align::missing_halves(&layout, &facts);
        facts.problems.extend(missing);
        let shown = match shown {
            Cow::Borrowed(_) => None,
            Cow::Owned(shown) => Some(shown),
        };
        let page = shown.as_ref().is_some_and(|shown| shown.tags().is_some());
        let container = if page { Container::Html } else { container };
        Reading { source, container, text, shown, layout, facts }
    }
    /// Runs every rule over a reading and writes the audit document.
    pub fn rule(&self, reading: &Reading, options: &Options) -> Audit {
        let ruling = check::run(reading.shown(), &reading.facts, &self.grammar);
        assemble::assemble(reading, &ruling, &self.grammar, options)
    }
}
