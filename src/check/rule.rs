//! Rules as declared items: code, severity, words and examples in one place.

use super::Message;

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
    /// Authority it rests on.
    pub authority: &'static str,
    /// Documents on which it fires once; the span it must point at first is marked with «».
    pub fires: &'static [&'static str],
    /// Documents on which nothing fires, each with the reason.
    pub quiet: &'static [(&'static str, &'static str)],
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
    Vec::new()
}
