//! A rule's page, and the list of rules, for people.

use crate::audit::{Lang, RuleInfo, Severity};
use std::fmt::Write;

/// The severity in words.
pub(super) fn severity(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Error => lang.pick("错误", "error"),
        Severity::Warning => lang.pick("警告", "warning"),
        Severity::Note => lang.pick("提示", "note"),
    }
}

/// What one rule tests, its authority, when it stays quiet, and its examples.
pub fn rule_page(rule: &RuleInfo, lang: Lang) -> String {
    let (code, title, severity) = (&rule.code, &rule.title, severity(rule.severity, lang));
    let mut page = lang.pick(format!("{code}（{severity}）{title}\n"), format!("{code} ({severity}) {title}\n"));
    let mut section = |heading: &str, body: &str| {
        if !body.trim().is_empty() {
            // Writing to a String cannot fail.
            let _ = write!(page, "\n{heading}\n{}\n", indent(body.trim()));
        }
    };
    section(lang.pick("名称", "Name"), &rule.name);
    section(lang.pick("说明", "What it tests"), &rule.explanation);
    section(lang.pick("依据", "Authority"), &rule.authority);
    for example in &rule.fires {
        section(lang.pick("会报告", "Fires"), example);
    }
    for (example, why) in &rule.quiet {
        let heading = lang.pick(format!("不报告：{why}"), format!("Stays quiet: {why}"));
        section(&heading, example);
    }
    page
}

/// One line a rule.
pub fn rule_list(rules: &[RuleInfo], lang: Lang) -> String {
    let line = |rule: &RuleInfo| format!("{} {} {}\n", rule.code, severity(rule.severity, lang), rule.title);
    rules.iter().map(line).collect()
}

fn indent(text: &str) -> String {
    text.lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}
