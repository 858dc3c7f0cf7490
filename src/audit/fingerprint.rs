//! A finding's name that survives a moved or re-scraped text.

use super::Finding;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Who and when a finding is about.
pub(super) struct Subject<'a> {
    /// Agency, or the title where it is not known.
    pub(super) who: &'a str,
    /// Report year.
    pub(super) year: Option<i32>,
}

/// Fills the fingerprints; `about` holds each finding's indicator and column or claim subject. No position enters:
/// equal findings are told apart by their order alone.
pub(super) fn fill(findings: &mut [Finding], about: &[&str], subject: &Subject<'_>) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (finding, about) in findings.iter_mut().zip(about) {
        let key = [
            finding.code.as_str(),
            subject.who,
            &subject.year.map(|y| y.to_string()).unwrap_or_default(),
            about,
            finding.expected.as_deref().unwrap_or(""),
            finding.found.as_deref().unwrap_or(""),
            finding.arithmetic.as_deref().unwrap_or(""),
        ]
        .join("\u{1f}");
        let ordinal = seen.entry(key.clone()).or_default();
        finding.fingerprint = hex(format!("{key}\u{1f}{ordinal}").as_bytes(), 8);
        *ordinal += 1;
    }
}

/// The first `length` bytes of the SHA-256 of `bytes`, in hexadecimal.
pub(super) fn hex(bytes: &[u8], length: usize) -> String {
    Sha256::digest(bytes).iter().take(length).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
    use super::*;
    use crate::audit::{Place, Severity};

    fn finding(found: &str, start: usize) -> Finding {
        Finding {
            code: "T001".into(),
            severity: Severity::Error,
            message: String::new(),
            expected: Some("12".into()),
            found: Some(found.into()),
            arithmetic: Some(format!("12 + 0 = 12 ≠ {found}")),
            identity: None,
            spans: vec![Place { start, end: start + 2, line: 1, column: 1 }],
            evidence: Vec::new(),
            repair: None,
            fingerprint: String::new(),
            suppressed: None,
        }
    }

    fn prints(findings: &[(&str, usize)], who: &str, year: i32) -> Vec<String> {
        let mut findings: Vec<Finding> = findings.iter().map(|(found, start)| finding(found, *start)).collect();
        let about = vec!["requests.closed.total"; findings.len()];
        fill(&mut findings, &about, &Subject { who, year: Some(year) });
        findings.into_iter().map(|f| f.fingerprint).collect()
    }

    #[test]
    fn moves_with_the_figures_and_never_with_the_place() {
        let here = prints(&[("10", 7)], "某乡", 2017);
        assert_eq!(here, prints(&[("10", 900)], "某乡", 2017), "the same finding further down");
        assert_eq!(here[0].len(), 16);
        assert_ne!(here, prints(&[("11", 7)], "某乡", 2017), "another figure");
        assert_ne!(here, prints(&[("10", 7)], "某县", 2017), "another agency");
        assert_ne!(here, prints(&[("10", 7)], "某乡", 2018), "another year");
    }

    #[test]
    fn equal_findings_are_numbered() {
        let two = prints(&[("10", 7), ("10", 30)], "某乡", 2017);
        assert_ne!(two[0], two[1]);
        assert_eq!(two[0], prints(&[("10", 7)], "某乡", 2017)[0]);
    }
}
