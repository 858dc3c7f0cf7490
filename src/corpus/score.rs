//! Counts, rates and their intervals: what a score is made of.

use super::{matching, seen::Seen, sheet::Sheet};
use serde::{Deserialize, Serialize, Serializer, ser::SerializeMap};
use std::collections::{BTreeMap, BTreeSet};

/// Raw counts over all documents. `t` triples, `cv` values of claims, `c` claims, `k` kinds, `a` approximation,
/// `d` direction, `e` evidence, `v` verdicts, `f` findings, `m` metadata.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[allow(missing_docs, reason = "the letters stand above; hit and want, got, ok and all are themselves")]
pub struct Counts {
    pub t_hit: u64,
    pub t_want: u64,
    pub t_got: u64,
    pub cv_hit: u64,
    pub cv_want: u64,
    pub c_hit: u64,
    pub c_want: u64,
    pub c_optional: u64,
    pub c_extra: u64,
    pub k_ok: u64,
    pub k_all: u64,
    pub a_ok: u64,
    pub a_all: u64,
    pub d_ok: u64,
    pub d_all: u64,
    pub e_ok: u64,
    pub e_all: u64,
    pub v_ok: u64,
    pub v_all: u64,
    pub trap_bad: u64,
    pub trap_all: u64,
    pub f_hit: u64,
    pub f_want: u64,
    pub f_good: u64,
    pub f_got: u64,
    pub m_ok: u64,
    pub m_all: u64,
}

/// One figure of a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// Value cells found, of those there are.
    TripleRecall,
    /// Value cells right (line, value, unit, column), of those reported.
    TriplePrecision,
    /// Claims whose value was read, of those with a number.
    ClaimValueRecall,
    /// Claims found with value and unit, of those there are.
    ClaimRecall,
    /// Claims that are claims, of those reported.
    ClaimPrecision,
    /// Claims found, of the right kind.
    KindAccuracy,
    /// Claims found, rightly approximate or not.
    ApproxAccuracy,
    /// Changes found, going the right way.
    DirectionAccuracy,
    /// Claims found, resting on a right cell, or rightly on none.
    EvidenceAccuracy,
    /// Claims found, with the right verdict.
    VerdictAccuracy,
    /// Traps taken for claims, of all traps: less is better.
    TrapRate,
    /// Mistakes reported, of those there are.
    FindingRecall,
    /// Errors and warnings that are right or allowed, of those reported.
    FindingPrecision,
    /// Form, agency and year read, of those a text states.
    MetadataAccuracy,
}

impl Entry {
    /// All of them, in the order they are printed.
    pub const ALL: [Entry; 14] = [
        Entry::TripleRecall,
        Entry::TriplePrecision,
        Entry::ClaimValueRecall,
        Entry::ClaimRecall,
        Entry::ClaimPrecision,
        Entry::KindAccuracy,
        Entry::ApproxAccuracy,
        Entry::DirectionAccuracy,
        Entry::EvidenceAccuracy,
        Entry::VerdictAccuracy,
        Entry::TrapRate,
        Entry::FindingRecall,
        Entry::FindingPrecision,
        Entry::MetadataAccuracy,
    ];

    /// The key in JSON and in the floor file.
    pub fn key(self) -> &'static str {
        match self {
            Entry::TripleRecall => "triple_recall",
            Entry::TriplePrecision => "triple_precision",
            Entry::ClaimValueRecall => "claim_value_recall",
            Entry::ClaimRecall => "claim_recall",
            Entry::ClaimPrecision => "claim_precision",
            Entry::KindAccuracy => "kind_accuracy",
            Entry::ApproxAccuracy => "approx_accuracy",
            Entry::DirectionAccuracy => "direction_accuracy",
            Entry::EvidenceAccuracy => "evidence_accuracy",
            Entry::VerdictAccuracy => "verdict_accuracy",
            Entry::TrapRate => "trap_rate",
            Entry::FindingRecall => "finding_recall",
            Entry::FindingPrecision => "finding_precision",
            Entry::MetadataAccuracy => "metadata_accuracy",
        }
    }

    /// Whether a smaller figure is the better one.
    pub fn less_is_better(self) -> bool {
        self == Entry::TrapRate
    }
}

/// A part of a whole, with what chance alone leaves open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    /// The part.
    pub hit: u64,
    /// The whole.
    pub of: u64,
}

impl Rate {
    /// The share, 0 to 1; null of nothing.
    pub fn value(self) -> Option<f64> {
        (self.of > 0).then(|| self.hit as f64 / self.of as f64)
    }

    /// The 95% interval after Wilson: it stays inside 0 to 1 and holds for the small numbers a corpus has, where the
    /// usual plus-or-minus claims certainty from three hits in three.
    pub fn interval(self) -> Option<(f64, f64)> {
        const Z: f64 = 1.959_963_984_540_054;
        let p = self.value()?;
        let n = self.of as f64;
        let scale = 1.0 + Z * Z / n;
        let centre = (p + Z * Z / (2.0 * n)) / scale;
        let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt() / scale;
        Some(((centre - half).max(0.0), (centre + half).min(1.0)))
    }

    /// `hit/of`.
    pub fn text(self) -> String {
        format!("{}/{}", self.hit, self.of)
    }
}

/// How one rule did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ByRule {
    /// Its errors and warnings that a sheet wants or allows.
    pub good: u64,
    /// Those that none does.
    pub noisy: u64,
    /// Mistakes a sheet names this rule for.
    pub wanted: u64,
    /// Those of them this rule reported.
    pub hit: u64,
}

impl ByRule {
    /// Good ones among all its errors and warnings.
    pub fn precision(self) -> Rate {
        Rate { hit: self.good, of: self.good + self.noisy }
    }
    /// Mistakes reported by this rule, of those a sheet names it for.
    pub fn recall(self) -> Rate {
        Rate { hit: self.hit, of: self.wanted }
    }
}

impl Serialize for ByRule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (precision, recall) = (self.precision(), self.recall());
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("good", &self.good)?;
        map.serialize_entry("false", &self.noisy)?;
        map.serialize_entry("precision", &precision.value())?;
        map.serialize_entry("precision_interval", &precision.interval())?;
        map.serialize_entry("wanted", &self.wanted)?;
        map.serialize_entry("hit", &self.hit)?;
        map.serialize_entry("recall", &recall.value())?;
        map.serialize_entry("recall_interval", &recall.interval())?;
        map.end()
    }
}

/// Table values of the documents of one form, or one dialect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ByTable {
    /// Documents.
    pub documents: u64,
    /// Value cells read rightly.
    pub hit: u64,
    /// Value cells there are.
    pub want: u64,
    /// Value cells reported.
    pub got: u64,
}

impl ByTable {
    /// Cells read rightly, of those there are.
    pub fn recall(self) -> Rate {
        Rate { hit: self.hit, of: self.want }
    }
    /// Cells read rightly, of those reported.
    pub fn precision(self) -> Rate {
        Rate { hit: self.hit, of: self.got }
    }
    /// The harmonic mean of recall and precision; null of nothing.
    pub fn f1(self) -> Option<f64> {
        Rate { hit: 2 * self.hit, of: self.want + self.got }.value()
    }
}

impl Serialize for ByTable {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("documents", &self.documents)?;
        map.serialize_entry("recall", &self.recall().value())?;
        map.serialize_entry("precision", &self.precision().value())?;
        map.serialize_entry("f1", &self.f1())?;
        map.end()
    }
}

/// One disagreement of an audit with its sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    /// The document's base name.
    pub document: String,
    /// What kind: `claim missed`, `false alarm`, ….
    pub what: &'static str,
    /// The line it stands on, from 1, where it has one.
    pub line: Option<usize>,
    /// Which one, and what was wanted.
    pub detail: String,
}

/// Counts being gathered, document by document.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// The counts so far.
    pub counts: Counts,
    /// Rule by rule.
    pub by_rule: BTreeMap<String, ByRule>,
    /// Form by form, after the sheets; `none` for a table in no official form.
    pub by_form: BTreeMap<String, ByTable>,
    /// Dialect by dialect; a document of several is one of its own.
    pub by_dialect: BTreeMap<String, ByTable>,
    /// Every disagreement.
    pub misses: Vec<Miss>,
    /// Base names of the documents scored.
    pub documents: BTreeSet<String>,
}

impl Tally {
    /// Scores one audit against its sheet; `name` is the document's base name.
    pub fn add(&mut self, name: &str, seen: &Seen, sheet: &Sheet) {
        self.documents.insert(name.to_owned());
        let before = (self.counts.t_hit, self.counts.t_want, self.counts.t_got);
        matching::compare(name, seen, sheet, self);
        let form = sheet.form.clone().unwrap_or_else(|| "none".to_owned());
        let dialects = seen.dialects.iter().map(String::as_str).collect::<Vec<_>>().join(" + ");
        for group in [self.by_form.entry(form).or_default(), self.by_dialect.entry(dialects).or_default()] {
            group.documents += 1;
            group.hit += self.counts.t_hit - before.0;
            group.want += self.counts.t_want - before.1;
            group.got += self.counts.t_got - before.2;
        }
    }

    /// The score; `missing` counts the sheets no audit was there for.
    pub fn finish(self, missing: usize) -> Score {
        Score {
            documents: self.documents.len(),
            documents_missing: missing,
            counts: self.counts,
            by_rule: self.by_rule,
            by_form: self.by_form,
            by_dialect: self.by_dialect,
            misses: self.misses,
        }
    }
}

/// How well audits agree with their answer sheets.
///
/// As JSON: `documents`, `documents_missing`, one key per [`Entry`] (a share from 0 to 1, null of nothing), `counts`,
/// `intervals` (95%, a pair per entry), `by_rule`, `by_form` and `by_dialect`. [`Score::misses`] is for people and stays out of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Documents scored.
    pub documents: usize,
    /// Sheets without an audit.
    pub documents_missing: usize,
    /// The raw counts.
    pub counts: Counts,
    /// Rule by rule, by code.
    pub by_rule: BTreeMap<String, ByRule>,
    /// Table values form by form.
    pub by_form: BTreeMap<String, ByTable>,
    /// Table values dialect by dialect.
    pub by_dialect: BTreeMap<String, ByTable>,
    /// Every disagreement, document by document.
    pub misses: Vec<Miss>,
}

impl Score {
    /// One figure of the score.
    pub fn rate(&self, entry: Entry) -> Rate {
        let c = &self.counts;
        let (hit, of) = match entry {
            Entry::TripleRecall => (c.t_hit, c.t_want),
            Entry::TriplePrecision => (c.t_hit, c.t_got),
            Entry::ClaimValueRecall => (c.cv_hit, c.cv_want),
            Entry::ClaimRecall => (c.c_hit, c.c_want),
            Entry::ClaimPrecision => (c.c_hit + c.c_optional, c.c_hit + c.c_optional + c.c_extra),
            Entry::KindAccuracy => (c.k_ok, c.k_all),
            Entry::ApproxAccuracy => (c.a_ok, c.a_all),
            Entry::DirectionAccuracy => (c.d_ok, c.d_all),
            Entry::EvidenceAccuracy => (c.e_ok, c.e_all),
            Entry::VerdictAccuracy => (c.v_ok, c.v_all),
            Entry::TrapRate => (c.trap_bad, c.trap_all),
            Entry::FindingRecall => (c.f_hit, c.f_want),
            Entry::FindingPrecision => (c.f_good, c.f_got),
            Entry::MetadataAccuracy => (c.m_ok, c.m_all),
        };
        Rate { hit, of }
    }
}

impl Serialize for Score {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let intervals: BTreeMap<_, _> = Entry::ALL.into_iter().map(|e| (e, self.rate(e).interval())).collect();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("documents", &self.documents)?;
        map.serialize_entry("documents_missing", &self.documents_missing)?;
        for entry in Entry::ALL {
            map.serialize_entry(entry.key(), &self.rate(entry).value())?;
        }
        map.serialize_entry("counts", &self.counts)?;
        map.serialize_entry("intervals", &intervals)?;
        map.serialize_entry("by_rule", &self.by_rule)?;
        map.serialize_entry("by_form", &self.by_form)?;
        map.serialize_entry("by_dialect", &self.by_dialect)?;
        map.end()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn intervals_are_those_of_the_tables() {
        // Wilson, without continuity correction: 8/10 gives 0.490–0.943, 0/10 gives 0–0.278, 29/29 gives 0.883–1.
        for (hit, of, text) in
            [(8, 10, "0.490 0.943"), (0, 10, "0.000 0.278"), (29, 29, "0.883 1.000"), (1, 1, "0.207 1.000")]
        {
            let (low, high) = Rate { hit, of }.interval().unwrap();
            assert_eq!(format!("{low:.3} {high:.3}"), text, "{hit}/{of}");
        }
        assert_eq!(Rate::default().interval(), None);
    }

    #[test]
    fn keys_are_the_same_everywhere() {
        for entry in Entry::ALL {
            assert_eq!(serde_json::to_value(entry).unwrap(), entry.key());
        }
    }

    #[test]
    fn json_has_a_key_for_everything_even_of_nothing() {
        let json = serde_json::to_string(&Tally::default().finish(2)).unwrap();
        assert!(json.starts_with(r#"{"documents":0,"documents_missing":2,"triple_recall":null,"#), "{json}");
        assert!(json.ends_with(r#""metadata_accuracy":null},"by_rule":{},"by_form":{},"by_dialect":{}}"#), "{json}");
    }
}
