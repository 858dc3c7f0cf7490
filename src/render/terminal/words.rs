//! The words around messages, in both languages.

use crate::audit::{Audit, Lang, Repair, Summary};

/// Longest row label beside a figure, in characters.
const LABEL: usize = 16;

/// Phrases of one language.
#[derive(Clone, Copy)]
pub(super) struct Words(pub(super) Lang);

impl Words {
    pub(super) fn note(self) -> &'static str {
        self.0.pick("说明", "note")
    }
    pub(super) fn arithmetic(self) -> &'static str {
        self.0.pick("算式", "arithmetic")
    }
    pub(super) fn help(self) -> &'static str {
        self.0.pick("建议", "help")
    }
    pub(super) fn in_prose(self, raw: &str) -> String {
        self.0.pick(format!("正文 {raw}"), format!("prose {raw}"))
    }
    pub(super) fn in_table(self, label: Option<&str>, raw: &str) -> String {
        let raw = if raw.is_empty() { self.0.pick("空白", "blank") } else { raw };
        let label = label.map(|label| format!("{} ", shorten(label))).unwrap_or_default();
        self.0.pick(format!("表中 {label}{raw}"), format!("table {label}{raw}"))
    }
    pub(super) fn more_places(self, count: usize) -> String {
        self.0.pick(format!("另有 {count} 处未列出"), format!("{count} more places not shown"))
    }
    /// `若将 申请办结数 改为 12，则 2 处不符全部消除`
    pub(super) fn repair(self, repair: &Repair, audit: &Audit) -> String {
        let changes = repair.changes.iter().map(|change| {
            let label = audit.triple(&change.triple).map_or(change.triple.as_str(), |triple| triple.label.as_str());
            let label = shorten(label);
            self.0.pick(format!("将 {label} 改为 {}", change.value), format!("{label} read {}", change.value))
        });
        let changes: Vec<String> = changes.collect();
        let settles = repair.settles;
        let tied = repair.tied.saturating_sub(1);
        match self.0 {
            Lang::Zh => {
                let all = if settles > 1 { "全部" } else { "" };
                let others = if tied > 0 { format!("；另有 {tied} 种改法同样成立") } else { String::new() };
                format!("若{}，则 {settles} 处不符{all}消除{others}", changes.join("、"))
            }
            Lang::En => {
                let things = plural(settles, "contradiction", "contradictions");
                let others = if tied > 0 {
                    format!("; {} would do as well", plural(tied, "other change", "other changes"))
                } else {
                    String::new()
                };
                format!("if {}, {things} would be settled{others}", changes.join(" and "))
            }
        }
    }
    /// `71 项指标，9 条陈述：5 条相符，2 条矛盾，2 条无从核对`
    pub(super) fn claims(self, summary: &Summary) -> String {
        let Summary { triples, claims, supported, contradicted, unverifiable, .. } = *summary;
        match self.0 {
            Lang::Zh => format!(
                "{triples} 项指标，{claims} 条陈述：{supported} 条相符，{contradicted} 条矛盾，{unverifiable} 条无从核对"
            ),
            Lang::En => format!(
                "{}, {}: {supported} supported, {contradicted} contradicted, {unverifiable} unverifiable",
                plural(triples, "figure", "figures"),
                plural(claims, "claim", "claims")
            ),
        }
    }
    /// `4 个错误，1 个警告`
    pub(super) fn findings(self, summary: &Summary) -> String {
        let count = |count: usize, zh: &str, one: &str, more: &str| {
            let phrase = || self.0.pick(format!("{count} 个{zh}"), plural(count, one, more));
            (count > 0).then(phrase)
        };
        let counts: Vec<String> = [
            count(summary.errors, "错误", "error", "errors"),
            count(summary.warnings, "警告", "warning", "warnings"),
            count(summary.notes, "提示", "note", "notes"),
            count(summary.suppressed, "已知问题不再列出", "suppressed", "suppressed"),
        ]
        .into_iter()
        .flatten()
        .collect();
        if summary.triples + summary.claims == 0 && counts.is_empty() {
            // Nothing read must not look like nothing wrong.
            return self.0.pick("没有读到可核对的数字", "no figure was read").to_owned();
        }
        if counts.is_empty() {
            return self.0.pick("没有发现问题", "nothing found").to_owned();
        }
        counts.join(self.0.pick("，", ", "))
    }
    pub(super) fn problem(self, line: Option<usize>, message: &str) -> String {
        match (self.0, line) {
            (Lang::Zh, Some(line)) => format!("未能读取（第 {line} 行）：{message}"),
            (Lang::Zh, None) => format!("未能读取：{message}"),
            (Lang::En, Some(line)) => format!("not read (line {line}): {message}"),
            (Lang::En, None) => format!("not read: {message}"),
        }
    }
}

fn plural(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

fn shorten(label: &str) -> String {
    match label.char_indices().nth(LABEL) {
        Some((cut, _)) => format!("{}...", label.get(..cut).unwrap_or(label)),
        None => label.to_owned(),
    }
}
