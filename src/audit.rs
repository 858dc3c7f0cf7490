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

/// A document as read: its text and everything found in it, not yet judged.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Where it came from.
    pub source: Source,
    /// The decoded text that every span counts in.
    pub text: Text,
    /// Its regions.
    pub layout: Layout,
    /// Its triples, claims and problems.
    pub facts: Facts,
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
    /// Reads a document. Total: what cannot be read is a problem among the facts.
    pub fn read(&self, source: Source) -> Reading {
        let text = Text::decode(&source.bytes);
        let layout = layout::split(&text);
        let tables = table::read(&text, &layout, &self.grammar.lexicon);
        let prose = prose::read(&text, &layout, &self.grammar.lexicon);
        let facts = align::align(&text, &layout, tables, prose, &self.grammar);
        Reading { source, text, layout, facts }
    }
    /// Runs every rule over a reading and writes the audit document.
    pub fn rule(&self, reading: &Reading, options: &Options) -> Audit {
        let ruling = check::run(&reading.text, &reading.facts, &self.grammar);
        assemble::assemble(reading, &ruling, &self.grammar, options)
    }
}
