//! A score as a table for people, in Chinese or English.

use super::score::{Entry, Rate, Score};
use crate::audit::Lang;
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr;

fn name(entry: Entry, lang: Lang) -> &'static str {
    let (zh, en) = match entry {
        Entry::TripleRecall => ("表格数值：召回", "table values: recall"),
        Entry::TriplePrecision => ("表格数值：准确", "table values: precision"),
        Entry::ClaimValueRecall => ("正文说法：数值召回", "claims: recall of values"),
        Entry::ClaimRecall => ("正文说法：召回", "claims: recall"),
        Entry::ClaimPrecision => ("正文说法：准确", "claims: precision"),
        Entry::KindAccuracy => ("说法类别", "kind"),
        Entry::ApproxAccuracy => ("约数", "approximation"),
        Entry::DirectionAccuracy => ("增减方向", "direction"),
        Entry::EvidenceAccuracy => ("对应的行", "right row"),
        Entry::VerdictAccuracy => ("结论", "verdict"),
        Entry::TrapRate => ("误作说法的陷阱（越低越好）", "traps taken for claims (less is better)"),
        Entry::FindingRecall => ("发现：召回", "findings: recall"),
        Entry::FindingPrecision => ("发现：准确", "findings: precision"),
        Entry::MetadataAccuracy => ("表式、机关、年度", "form, agency, year"),
    };
    lang.pick(zh, en)
}

fn cells(rate: Rate) -> [String; 3] {
    let percent = |share: f64| format!("{:.1}%", share * 100.0);
    [
        rate.value().map_or_else(|| "—".to_owned(), percent),
        rate.text(),
        rate.interval().map_or_else(|| "—".to_owned(), |(low, high)| format!("{}–{}", percent(low), percent(high))),
    ]
}

/// Lays rows out in columns: the first to the left, the others to the right.
fn columns(out: &mut String, rows: &[Vec<String>]) {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..count).map(width).collect();
    for row in rows {
        let mut line = String::new();
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let pad = " ".repeat(width.saturating_sub(cell.width()));
            if column == 0 {
                line.push_str(cell);
                line.push_str(&pad);
            } else {
                line.push_str("  ");
                line.push_str(&pad);
                line.push_str(cell);
            }
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
}

/// The score as text: documents, one line a figure with share, count and 95% interval, one line a rule,
/// a form and a dialect; with `misses`
/// also every disagreement. Ends with a line break.
pub fn render(score: &Score, lang: Lang, misses: bool) -> String {
    let mut out = String::new();
    let _ = match lang {
        Lang::Zh => {
            writeln!(out, "文档 {} 份，另有 {} 份答卷没有文档", score.documents, score.documents_missing)
        }
        Lang::En => writeln!(out, "{} documents, {} sheets without one", score.documents, score.documents_missing),
    };
    out.push('\n');
    let interval = lang.pick("95% 区间", "95% interval");
    let head = [lang.pick("指标", "figure"), lang.pick("比率", "share"), "n", interval];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for entry in Entry::ALL {
        let mut row = vec![name(entry, lang).to_owned()];
        row.extend(cells(score.rate(entry)));
        rows.push(row);
    }
    columns(&mut out, &rows);
    if !score.by_rule.is_empty() {
        out.push('\n');
        let head = [
            lang.pick("规则", "rule"),
            lang.pick("对", "good"),
            lang.pick("误报", "false"),
            lang.pick("准确", "precision"),
            interval,
            lang.pick("应报并报出", "wanted and reported"),
        ];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        for (code, rule) in &score.by_rule {
            let [share, _, interval] = cells(rule.precision());
            let wanted = if rule.wanted == 0 { "—".to_owned() } else { rule.recall().text() };
            rows.push(vec![code.clone(), rule.good.to_string(), rule.noisy.to_string(), share, interval, wanted]);
        }
        columns(&mut out, &rows);
    }
    for (title, groups) in
        [(lang.pick("表式", "form"), &score.by_form), (lang.pick("表格写法", "dialect"), &score.by_dialect)]
    {
        if groups.is_empty() {
            continue;
        }
        out.push('\n');
        let head = [
            title,
            lang.pick("文档", "documents"),
            lang.pick("召回", "recall"),
            lang.pick("准确", "precision"),
            "F1",
            lang.pick("数值", "values"),
        ];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        for (key, group) in groups {
            let [recall, values, _] = cells(group.recall());
            let [precision, ..] = cells(group.precision());
            let f1 = group.f1().map_or_else(|| "—".to_owned(), |f1| format!("{f1:.4}"));
            rows.push(vec![key.clone(), group.documents.to_string(), recall, precision, f1, values]);
        }
        columns(&mut out, &rows);
    }
    if misses && !score.misses.is_empty() {
        out.push('\n');
        for miss in &score.misses {
            let line = miss.line.map_or_else(String::new, |line| format!(":{line}"));
            let _ = writeln!(out, "{}{line}: {}: {}", miss.document, miss.what, miss.detail);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::score::{ByRule, ByTable, Counts, Miss};
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn the_table_lines_up_under_wide_characters() {
        let score = Score {
            documents: 2,
            documents_missing: 1,
            counts: Counts { t_hit: 71, t_want: 71, t_got: 72, f_hit: 4, f_want: 5, ..Counts::default() },
            by_rule: [("T001".to_owned(), ByRule { good: 3, noisy: 1, wanted: 2, hit: 1 })].into(),
            by_form: [("cn-2014".to_owned(), ByTable { documents: 2, hit: 71, want: 71, got: 72 })].into(),
            by_dialect: BTreeMap::new(),
            misses: vec![Miss {
                document: "a.txt".to_owned(),
                what: "claim missed",
                line: Some(8),
                detail: "12件".to_owned(),
            }],
        };
        insta::assert_snapshot!(render(&score, Lang::Zh, true), @"
        文档 2 份，另有 1 份答卷没有文档

        指标                          比率      n      95% 区间
        表格数值：召回              100.0%  71/71  94.9%–100.0%
        表格数值：准确               98.6%  71/72   92.5%–99.8%
        正文说法：数值召回               —    0/0             —
        正文说法：召回                   —    0/0             —
        正文说法：准确                   —    0/0             —
        说法类别                         —    0/0             —
        约数                             —    0/0             —
        增减方向                         —    0/0             —
        对应的行                         —    0/0             —
        结论                             —    0/0             —
        误作说法的陷阱（越低越好）       —    0/0             —
        发现：召回                   80.0%    4/5   37.6%–96.4%
        发现：准确                       —    0/0             —
        表式、机关、年度                 —    0/0             —

        规则  对  误报   准确     95% 区间  应报并报出
        T001   3     1  75.0%  30.1%–95.4%         1/2

        表式     文档    召回   准确      F1   数值
        cn-2014     2  100.0%  98.6%  0.9930  71/71

        a.txt:8: claim missed: 12件
        ");
        let english = render(&score, Lang::En, false);
        assert!(english.starts_with("2 documents, 1 sheets without one\n"), "{english}");
        assert!(!english.contains("a.txt"), "disagreements are printed only when asked for");
    }
}
