//! Sentences against one table: what lets both figures stand in an ordinary reading is no contradiction, what does not is one.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use duibiao::{
    audit::{Auditor, Options, Source},
    grammar::Grammar,
};

/// A report whose table holds: received 12 (in person 5, online 2, by post 5), closed 12, answered 11 (refused 6), reviews 1,
/// lawsuits 5, one training of 50, disclosed 2720.
static REPORT: &str = include_str!("../corpus/weitangdian-2017.txt");

/// The report with its two broken sums mended and `sentence` where it spoke of requests.
fn report(sentence: &str) -> String {
    let mended = REPORT
        .replace("手机彩票网", "")
        .replace("(二)申请办结数 |\n件 |\n10 |", "(二)申请办结数 |\n件 |\n12 |")
        .replace("(三)申请答复数 |\n件 |\n10 |", "(三)申请答复数 |\n件 |\n11 |");
    let line = |l: &str| {
        if l.starts_with("二是依申请公开") {
            format!("二是依申请公开抓规范。{sentence}")
        } else {
            l.to_owned()
        }
    };
    mended.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Codes of the errors and warnings on the report with each sentence, a line a sentence.
fn ruled(sentences: &[&str]) -> Vec<String> {
    let auditor = Auditor::new(Grammar::embedded().unwrap());
    let rule = |sentence: &&str| {
        let source = Source { path: "report.txt".to_owned(), bytes: report(sentence).into_bytes() };
        let audit = auditor.rule(&auditor.read(source), &Options::default());
        let codes = audit.findings.iter().map(|f| f.code.to_string()).collect::<Vec<_>>();
        format!("{sentence} {}", codes.join(" "))
    };
    sentences.iter().map(rule).collect()
}

fn quiet(sentences: &[&str]) {
    let spoken: Vec<String> = ruled(sentences).into_iter().filter(|line| !line.ends_with(' ')).collect();
    assert_eq!(spoken, Vec::<String>::new());
}

fn contradicted(sentences: &[&str]) {
    let silent: Vec<String> = ruled(sentences).into_iter().filter(|line| line.ends_with(' ')).collect();
    assert_eq!(silent, Vec::<String>::new());
}

#[test]
fn a_denial_denies_the_row_its_noun_names_and_no_narrower_thing() {
    quiet(&[
        "未收到要求听证的申请。",
        "未收到涉及国家秘密的申请。",
        "未收到法院应诉通知。",
        "未收到公众来信。",
        "全年未收到举报投诉。",
        "9个科室未收到申请。",
        "其余各村未收到申请。",
        "并非没有收到申请,只是渠道集中。",
    ]);
    contradicted(&[
        "未收到申请。",
        "全年未收到公民、法人和其他组织的政府信息公开申请。",
        "没有收到网络申请。",
        "未收到行政复议申请。",
        "全年未发生行政复议、行政诉讼。",
    ]);
}

#[test]
fn figures_of_other_bodies_are_not_the_agencys() {
    quiet(&[
        "区里受理申请1280件,我乡受理12件。",
        "区政府受理依申请公开1280件,其中不予公开300件。",
        "邻近的三间房乡收到申请17件。",
        "区规划分局行政复议3件。",
        "社区公开信息900条,村务公开信息1200条。",
    ]);
    contradicted(&["我乡受理依申请公开15件。", "苇塘店乡共收到申请15件。", "乡政府办公室受理申请15件。"]);
}

#[test]
fn figures_of_other_times_are_not_the_years() {
    quiet(&[
        "自2008年以来,主动公开政府信息18000条。",
        "新条例施行以来收到申请110件,办结100件。",
        "近三年共收到申请34件。",
        "2008年至2017年,主动公开政府信息18000条。",
        "2016年收到申请7件,办结6件,不同意公开2件。",
        "12月收到申请4件,为全年最多。",
        "办结率由上年的92%提高到100%。",
    ]);
    contradicted(&[
        "2017年收到申请15件。",
        "2017年以来,主动公开政府信息1800条。",
        "2016年收到申请7件,2017年收到申请15件。",
    ]);
}

#[test]
fn what_stands_beside_a_noun_narrows_it() {
    quiet(&[
        "因拆迁引起的行政诉讼2件。",
        "收到企业开办申请350件。",
        "收到同一申请人的申请3件。",
        "解读规范性文件5件。",
        "参加区里组织的培训班2期。",
        "举办安全生产培训8次,培训800人次。",
        "信函申请5件中,不同意公开3件。",
    ]);
    contradicted(&["举办培训班2期。", "行政诉讼2件。", "不同意公开3件。"]);
}

#[test]
fn a_whole_may_include_what_was_left_or_count_what_was_accepted() {
    quiet(&[
        "共受理申请13件,其中上年结转1件。",
        "行政诉讼6件(含上年1件)。",
        "收到行政复议申请2件,受理1件。",
        "不予公开6件,占50%。",
    ]);
    contradicted(&["共受理申请14件,其中上年结转1件。", "不予公开6件,占申请总数的54.5%。", "不予公开6件,占40%。"]);
}
