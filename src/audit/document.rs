//! The contract's types: field names, order and meanings are public; additions only.

use super::Exact;
use crate::{check, prose};
use serde::{Deserialize, Deserializer, Serialize};

/// Declares an enumeration of the contract, with the spelling of each word.
macro_rules! words {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[allow(missing_docs, reason = "the contract's words")]
        pub enum $name { $(#[serde(rename = $word)] $variant),+ }

        impl $name {
            /// The word as the contract spells it.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }
    )+};
}

/// Declares a conversion between two enumerations of the same words.
macro_rules! same_words {
    ($($from:path => $to:ident { $($variant:ident),+ })+) => {$(
        impl From<$from> for $to {
            fn from(word: $from) -> Self {
                match word { $(<$from>::$variant => $to::$variant),+ }
            }
        }
    )+};
}

/// Declares an object of the contract: every key always there, no other key read.
macro_rules! objects {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$field_doc])* #[serde(deserialize_with = "present")] pub $field: $type),+ }
    )+};
}

words! {
    /// Version of the document's shape.
    Schema { Audit1 = "duibiao.audit/1" }
    /// What kind of file the text came in.
    Container { Text = "text", Html = "html", Docx = "docx", Xlsx = "xlsx", Pdf = "pdf" }
    /// What spans count in: the decoded source, or text extracted from it.
    TextKind { Decoded = "decoded", Extracted = "extracted" }
    /// Kinds of claim.
    ClaimKind {
        Count = "count", Money = "money", Share = "share", Change = "change", Multiple = "multiple", None = "none",
        All = "all", Rank = "rank",
    }
    /// Which way a change goes.
    Direction { Up = "up", Down = "down" }
    /// How a claim came out.
    Verdict { Supported = "supported", Contradicted = "contradicted", Unverifiable = "unverifiable" }
    /// How a check came out.
    Outcome { Holds = "holds", Broken = "broken", Blocked = "blocked", NotApplicable = "not-applicable" }
    /// How sure a finding is.
    Severity { Error = "error", Warning = "warning", Note = "note" }
}

impl Container {
    /// Whether its text is extracted rather than decoded.
    pub fn extracted(self) -> bool {
        matches!(self, Container::Docx | Container::Xlsx | Container::Pdf)
    }
}

same_words! {
    prose::ClaimKind => ClaimKind { Count, Money, Share, Change, Multiple, None, All, Rank }
    prose::Direction => Direction { Up, Down }
    check::Verdict => Verdict { Supported, Contradicted, Unverifiable }
    check::Outcome => Outcome { Holds, Broken, Blocked, NotApplicable }
    check::Severity => Severity { Error, Warning, Note }
}

objects! {
    /// Everything found in one document.
    Audit {
        /// Version of this shape.
        schema: Schema,
        /// The file.
        source: SourceInfo,
        /// What the document says of itself.
        report: Report,
        /// Tables, in document order, as all lists.
        tables: Vec<Table>,
        /// Figures of the tables.
        triples: Vec<Triple>,
        /// Quantified statements of the prose.
        claims: Vec<Claim>,
        /// Every other numeral of the prose.
        ignored: Vec<Ignored>,
        /// What was tested, passes included.
        checks: Vec<Check>,
        /// What is wrong.
        findings: Vec<Finding>,
        /// What could not be read.
        problems: Vec<Problem>,
        /// Counts of all this.
        summary: Summary,
    }
    /// The file an audit is about.
    SourceInfo {
        /// Path as given.
        path: String,
        /// SHA-256 of the bytes, hexadecimal.
        sha256: String,
        /// Length in bytes.
        bytes: usize,
        /// Kind of file.
        container: Container,
        /// What spans count in.
        text: TextKind,
        /// WHATWG name of the encoding.
        encoding: String,
        /// Malformed byte sequences, each read as U+FFFD.
        malformed: usize,
    }
    /// What the document says of itself.
    Report {
        /// Title as printed.
        title: Option<String>,
        /// Agency that reports.
        agency: Option<String>,
        /// Year reported on.
        year: Option<i32>,
        /// Date of publication, as precise as printed (`2018-03`).
        published: Option<String>,
        /// Series of the form (`cn-2014`).
        form: Option<String>,
        /// Edition of the form (`beijing-2017`).
        edition: Option<String>,
    }
    /// A range of the text as machines and people name it.
    #[derive(Copy)]
    Place {
        /// First byte.
        start: usize,
        /// One past the last byte.
        end: usize,
        /// Line, from 1.
        line: usize,
        /// Column, from 1, in Unicode scalar values.
        column: usize,
    }
    /// One table.
    Table {
        /// `b1`, `b2` …
        id: String,
        /// Series of its form.
        form: Option<String>,
        /// How it falls into text.
        dialect: String,
        /// Its lines.
        span: Place,
        /// Rows that found no place in the form.
        unmatched_rows: usize,
    }
    /// One table cell with its indicator and unit.
    Triple {
        /// `t1`, `t2` …
        id: String,
        /// Its table.
        table: String,
        /// Key of the indicator; null when the row is in no form.
        indicator: Option<String>,
        /// Label as printed, without numbering and notes.
        label: String,
        /// Headings and parents above the row, outermost first.
        path: Vec<String>,
        /// Header cells above the value, outermost first.
        columns: Vec<String>,
        /// Unit.
        unit: Option<String>,
        /// The number; null where the cell is blank or unreadable.
        value: Option<Exact>,
        /// The cell's text.
        raw: String,
        /// Span of the value.
        span: Place,
    }
    /// One quantified statement of the prose.
    Claim {
        /// `c1`, `c2` …
        id: String,
        /// What it states.
        kind: ClaimKind,
        /// The clause that makes it.
        text: String,
        /// What is counted.
        subject: Option<String>,
        /// The figure.
        quantity: Quantity,
        /// Direction of a change, whose value is positive.
        direction: Option<Direction>,
        /// The year spoken of, or 累计.
        period: Option<String>,
        /// Words that limit what is counted.
        scope: Vec<String>,
        /// Key of the one indicator it states, or is a share or change of.
        indicator: Option<String>,
        /// Keys of all it states.
        terms: Vec<String>,
        /// Key of a share's whole.
        base: Option<String>,
        /// Rows considered, best first, at most three.
        candidates: Vec<Candidate>,
        /// Ids the verdict rests on.
        evidence: Vec<String>,
        /// How it came out.
        verdict: Verdict,
        /// The comparison in words, or why there was none.
        reason: String,
        /// Span of `quantity.raw`.
        span: Place,
    }
    /// The figure of a claim.
    Quantity {
        /// As printed, with approximating words and unit.
        raw: String,
        /// The printed number, 万 and 亿 multiplied out except as units of money.
        value: Option<Exact>,
        /// Inclusive lower bound of the narrow reading; null where open.
        low: Option<Exact>,
        /// Inclusive upper bound of the narrow reading; null where open.
        high: Option<Exact>,
        /// Approximating word.
        approx: Option<String>,
        /// Unit.
        unit: Option<String>,
    }
    /// A row considered for a claim.
    Candidate {
        /// Its indicator.
        indicator: String,
        /// Between 0 and 1.
        score: Exact,
    }
    /// A numeral that is no claim.
    Ignored {
        /// As printed.
        raw: String,
        /// Why, in kebab case.
        reason: String,
        /// Where.
        span: Place,
    }
    /// One thing tested.
    Check {
        /// Identity tested.
        identity: Option<String>,
        /// Claim tested.
        claim: Option<String>,
        /// How it came out.
        outcome: Outcome,
        /// The arithmetic.
        arithmetic: Option<String>,
        /// Why it could not run, or what it rests on.
        reason: Option<String>,
        /// Ids used.
        evidence: Vec<String>,
    }
    /// A contradiction or fault.
    Finding {
        /// Code of the rule.
        code: String,
        /// How sure it is.
        severity: Severity,
        /// What is wrong.
        message: String,
        /// Figure that should stand there.
        expected: Option<String>,
        /// Figure that stands there.
        found: Option<String>,
        /// The arithmetic, to be redone by hand.
        arithmetic: Option<String>,
        /// Identity broken.
        identity: Option<String>,
        /// Where to look; the first span first.
        spans: Vec<Place>,
        /// Ids involved.
        evidence: Vec<String>,
        /// A repair, where one is known.
        repair: Option<Repair>,
        /// Name that survives a moved or re-scraped text.
        fingerprint: String,
        /// The reason given in the baseline, where it is suppressed.
        suppressed: Option<String>,
    }
    /// A change of printed cells that would mend something.
    Repair {
        /// The cells to change.
        changes: Vec<Change>,
        /// Broken checks it settles.
        settles: usize,
        /// Repairs as good as this one, itself included.
        tied: usize,
    }
    /// One cell to change.
    Change {
        /// Its id.
        triple: String,
        /// What it would have to read.
        value: Exact,
    }
    /// What could not be read.
    Problem {
        /// Kebab-case kind.
        kind: String,
        /// In words.
        message: String,
        /// Where.
        span: Option<Place>,
    }
    /// Counts; severities without what is suppressed.
    #[derive(Copy, Default)]
    Summary {
        /// Figures of the tables.
        triples: usize,
        /// Quantified statements.
        claims: usize,
        /// Claims supported.
        supported: usize,
        /// Claims contradicted.
        contradicted: usize,
        /// Claims with nothing to check them.
        unverifiable: usize,
        /// Findings of severity error.
        errors: usize,
        /// Findings of severity warning.
        warnings: usize,
        /// Findings of severity note.
        notes: usize,
        /// Findings suppressed.
        suppressed: usize,
        /// Problems.
        problems: usize,
    }
}

/// Reads a field that must be there even where it may be null; serde alone takes a missing `Option` for null.
fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::deserialize(deserializer)
}

impl Audit {
    /// The triple of an id.
    pub fn triple(&self, id: &str) -> Option<&Triple> {
        nth(&self.triples, id, 't').filter(|triple| triple.id == id)
    }
    /// The claim of an id.
    pub fn claim(&self, id: &str) -> Option<&Claim> {
        nth(&self.claims, id, 'c').filter(|claim| claim.id == id)
    }
    /// Counts of its lists.
    pub(super) fn count(&self) -> Summary {
        let verdict = |verdict| self.claims.iter().filter(|c| c.verdict == verdict).count();
        let live = |severity| self.findings.iter().filter(|f| f.suppressed.is_none() && f.severity == severity).count();
        Summary {
            triples: self.triples.len(),
            claims: self.claims.len(),
            supported: verdict(Verdict::Supported),
            contradicted: verdict(Verdict::Contradicted),
            unverifiable: verdict(Verdict::Unverifiable),
            errors: live(Severity::Error),
            warnings: live(Severity::Warning),
            notes: live(Severity::Note),
            suppressed: self.findings.iter().filter(|f| f.suppressed.is_some()).count(),
            problems: self.problems.len(),
        }
    }
}

/// The element that an id counted from 1 names.
fn nth<'a, T>(list: &'a [T], id: &str, letter: char) -> Option<&'a T> {
    let number: usize = id.strip_prefix(letter)?.parse().ok()?;
    list.get(number.checked_sub(1)?)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
    use super::*;

    const PROBLEM: &str = r#"{"kind":"no-table","message":"…","span":null}"#;

    #[test]
    fn reading_is_strict() {
        assert!(serde_json::from_str::<Problem>(PROBLEM).is_ok());
        let more = PROBLEM.replace("null}", "null,\"extra\":1}");
        assert!(serde_json::from_str::<Problem>(&more).unwrap_err().to_string().contains("unknown field `extra`"));
        let less = PROBLEM.replace(",\"span\":null", "");
        assert!(serde_json::from_str::<Problem>(&less).unwrap_err().to_string().contains("missing field `span`"));
    }

    #[test]
    fn words_are_spelled_as_in_the_contract() {
        let json = serde_json::to_string(&(Schema::Audit1, Outcome::NotApplicable, ClaimKind::None)).unwrap();
        assert_eq!(json, r#"["duibiao.audit/1","not-applicable","none"]"#);
        assert!(serde_json::from_str::<Schema>(r#""duibiao.audit/2""#).is_err());
    }
}
