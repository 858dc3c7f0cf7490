//! Rules as declared items: code, severity, words and examples in one place.

use super::{Message, cross, document, form, prose, table};

/// First letter of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the contract's families")]
pub enum Family {
    T,
    X,
    P,
    Y,
    F,
    D,
}

/// How sure a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Two published figures cannot both be right.
    Error,
    /// One is very likely wrong, but a reading exists under which both hold.
    Warning,
    /// Informs.
    Note,
}

/// One rule, with its own words and examples.
#[derive(Debug)]
pub struct Rule {
    /// `T001`
    pub code: &'static str,
    /// Snake-case name that says what is wrong.
    pub name: &'static str,
    /// Severity, always the same.
    pub severity: Severity,
    /// One line, Chinese then English.
    pub title: (&'static str, &'static str),
    /// What it tests, why, and when it stays quiet, Chinese then English.
    pub explanation: (&'static str, &'static str),
    /// Authority it rests on, Chinese then English.
    pub authority: (&'static str, &'static str),
    /// Documents on which it fires once; the span it must point at first is marked with «».
    pub fires: &'static [&'static str],
    /// Documents on which nothing fires, each with the reason, Chinese then English.
    pub quiet: &'static [(&'static str, (&'static str, &'static str))],
}

impl Rule {
    /// Family of the code.
    pub fn family(&self) -> Family {
        match self.code.as_bytes().first() {
            Some(b'T') => Family::T,
            Some(b'X') => Family::X,
            Some(b'P') => Family::P,
            Some(b'Y') => Family::Y,
            Some(b'F') => Family::F,
            _ => Family::D,
        }
    }
    /// The title as a message.
    pub fn headline(&self) -> Message {
        Message::new(self.title.0, self.title.1)
    }
}

/// All rules, by code.
pub fn rules() -> Vec<&'static Rule> {
    let mut all = [table::RULES, cross::RULES, prose::RULES, form::RULES, document::RULES].concat();
    all.sort_by_key(|rule| rule.code);
    all
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, reason = "tests")]
    use super::*;

    #[test]
    fn codes_and_names_are_unique_and_well_formed() {
        let all = rules();
        for pair in all.windows(2) {
            let [a, b] = pair else { panic!("windows of two") };
            assert!(a.code < b.code, "{} is given twice", a.code);
        }
        let mut names: Vec<_> = all.iter().map(|r| r.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all.len(), "two rules share a name");
        for rule in all {
            let (letter, digits) = rule.code.split_at(1);
            assert!("TXPYFD".contains(letter), "{} has no family", rule.code);
            assert!(digits.len() == 3 && digits.bytes().all(|b| b.is_ascii_digit()), "{} is no code", rule.code);
            assert!(rule.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_'), "{} is no name", rule.name);
        }
    }

    #[test]
    fn every_example_that_fires_marks_exactly_one_span() {
        for rule in rules() {
            for text in rule.fires {
                assert_eq!(text.matches('«').count(), 1, "{}: {text}", rule.code);
                assert_eq!(text.matches('»').count(), 1, "{}: {text}", rule.code);
            }
            for (text, _) in rule.quiet {
                assert!(!text.contains(['«', '»']), "{}: a quiet example marks nothing: {text}", rule.code);
            }
        }
    }
}
