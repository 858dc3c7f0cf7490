//! A rule's page as plain values, for `explain` and every other reader.

use super::{Lang, Severity};
use crate::check::{Rule, rules};

/// What a rule says of itself, in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleInfo {
    /// `T001`
    pub code: String,
    /// Snake-case name that says what is wrong.
    pub name: String,
    /// How sure its findings are.
    pub severity: Severity,
    /// One line.
    pub title: String,
    /// What it tests, why, and when it stays quiet.
    pub explanation: String,
    /// Authority it rests on.
    pub authority: String,
    /// Documents on which it fires; the span it points at is marked with «».
    pub fires: Vec<String>,
    /// Documents on which nothing fires, each with the reason.
    pub quiet: Vec<(String, String)>,
}

impl RuleInfo {
    /// Every rule, by code.
    pub fn all(lang: Lang) -> Vec<RuleInfo> {
        let mut all: Vec<RuleInfo> = rules().into_iter().map(|rule| RuleInfo::new(rule, lang)).collect();
        all.sort_by(|a, b| a.code.cmp(&b.code));
        all
    }
    /// A rule's page.
    pub fn new(rule: &Rule, lang: Lang) -> RuleInfo {
        RuleInfo {
            code: rule.code.to_owned(),
            name: rule.name.to_owned(),
            severity: rule.severity.into(),
            title: lang.pick(rule.title.0, rule.title.1).to_owned(),
            explanation: lang.pick(rule.explanation.0, rule.explanation.1).to_owned(),
            authority: lang.pick(rule.authority.0, rule.authority.1).to_owned(),
            fires: rule.fires.iter().map(|text| (*text).to_owned()).collect(),
            quiet: rule
                .quiet
                .iter()
                .map(|(text, why)| ((*text).to_owned(), lang.pick(why.0, why.1).to_owned()))
                .collect(),
        }
    }
}
