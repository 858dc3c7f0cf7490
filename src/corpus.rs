//! Answer sheets, and how well audits agree with them: precision and recall, in all and rule by rule.
//!
//! A sheet (`NAME.gold.json` beside its document) says what a careful human auditor reads there. It is written from the
//! text alone and never regenerated; [`Floor`] keeps what has been reached from being lost. [`mutants`] asks of a clean
//! document what a sheet cannot: whether a single wrong figure anywhere in it would be noticed.
//!
//! ```
//! use duibiao::corpus::{Entry, Seen, SeenTriple, Sheet, Tally};
//!
//! let sheet: Sheet = serde_json::from_str(
//!     r#"{ "form": null, "agency": null, "year": 2017,
//!          "triples": [{ "line": 3, "value": 2720, "unit": "条", "columns": [] }],
//!          "claims": [], "traps": [], "findings": [], "allowed": [] }"#,
//! )?;
//! let seen = Seen {
//!     year: Some(2017),
//!     triples: vec![SeenTriple { line: 3, value: Some("2720".parse()?), unit: Some("条".into()), columns: vec![] }],
//!     ..Seen::default()
//! };
//! let mut tally = Tally::default();
//! tally.add("a.txt", &seen, &sheet);
//! let score = tally.finish(0);
//! assert_eq!(score.rate(Entry::TripleRecall).text(), "1/1");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod floor;
mod matching;
mod mutant;
mod report;
mod score;
mod seen;
mod sheet;

pub use floor::{Fallen, Floor};
pub use mutant::{Mutant, Site, mutants};
pub use report::render;
pub use score::{ByRule, Counts, Entry, Miss, Rate, Score, Tally};
pub use seen::{Seen, SeenClaim, SeenFinding, SeenTriple};
pub use sheet::{
    Collection, CorpusError, Document, GoldClaim, GoldFinding, GoldTriple, Passage, Sheet, Trap, load, stem,
};
