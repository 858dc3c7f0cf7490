//! The same three audits (clean, busy, damaged) through every renderer.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
#![allow(missing_docs, reason = "tests")]

use duibiao::{
    audit::{
        Audit, Auditor, Change, Claim, ClaimKind, Exact, Finding, Lang, Options, Place, Problem, Quantity, Repair,
        Severity, Source, Summary, Triple, Verdict,
    },
    grammar::Grammar,
    quantity::Number,
    render::{Format, Sheet, Style, extract},
    text::Text,
};
use insta::assert_snapshot;
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

/// An audit being written by hand over a text; places are found by what stands there.
struct Draft {
    text: Text,
    audit: Audit,
}

impl Draft {
    fn new(path: &str, text: &str) -> Draft {
        let auditor = Auditor::new(Grammar::embedded().unwrap());
        let reading = auditor.read(Source { path: path.into(), bytes: text.into() });
        let mut audit = auditor.rule(&reading, &Options::default());
        audit.tables.clear();
        audit.triples.clear();
        audit.claims.clear();
        audit.ignored.clear();
        audit.checks.clear();
        audit.findings.clear();
        audit.problems.clear();
        audit.summary = Summary::default();
        Draft { text: reading.text, audit }
    }

    /// The place of `what` where it stands after `anchor`.
    fn place(&self, anchor: &str, what: &str) -> Place {
        let text = self.text.as_str();
        let from = text.find(anchor).unwrap_or_else(|| panic!("{anchor} is not in the text")) + anchor.len();
        let start = from + text[from..].find(what).unwrap_or_else(|| panic!("{what} does not follow {anchor}"));
        let position = self.text.position(start);
        Place { start, end: start + what.len(), line: position.line, column: position.column }
    }

    fn triple(&mut self, label: &str, raw: &str) -> Place {
        let span = self.place(label, raw);
        self.audit.triples.push(Triple {
            id: format!("t{}", self.audit.triples.len() + 1),
            table: "b1".into(),
            indicator: None,
            label: label.into(),
            path: vec![],
            columns: vec![],
            unit: Some("件".into()),
            value: raw.parse().ok().map(Exact),
            raw: raw.into(),
            span,
        });
        span
    }

    fn claim(&mut self, before: &str, raw: &str, value: u32, unit: &str, verdict: Verdict) -> Place {
        let span = self.place(before, raw);
        let value = Some(Exact(Number::from(value)));
        self.audit.claims.push(Claim {
            id: format!("c{}", self.audit.claims.len() + 1),
            kind: ClaimKind::Count,
            text: format!("{before}{raw}"),
            subject: None,
            quantity: Quantity {
                raw: raw.into(),
                value,
                low: value,
                high: value,
                approx: None,
                unit: Some(unit.into()),
            },
            direction: None,
            period: None,
            scope: vec![],
            indicator: None,
            terms: vec![],
            base: None,
            candidates: vec![],
            evidence: vec![],
            verdict,
            reason: "…".into(),
            span,
        });
        span
    }

    fn finding(
        &mut self,
        code: &str,
        severity: Severity,
        message: &str,
        spans: &[Place],
        evidence: &[&str],
    ) -> &mut Finding {
        self.audit.findings.push(Finding {
            code: code.into(),
            severity,
            message: message.into(),
            expected: None,
            found: None,
            arithmetic: None,
            identity: None,
            spans: spans.to_vec(),
            evidence: evidence.iter().map(|id| (*id).to_owned()).collect(),
            repair: None,
            fingerprint: "0123456789abcdef".into(),
            suppressed: None,
        });
        self.audit.findings.last_mut().unwrap()
    }

    fn done(mut self) -> Draft {
        let audit = &mut self.audit;
        let verdict = |verdict| audit.claims.iter().filter(|claim| claim.verdict == verdict).count();
        let live =
            |severity| audit.findings.iter().filter(|f| f.suppressed.is_none() && f.severity == severity).count();
        audit.summary = Summary {
            triples: audit.triples.len(),
            claims: audit.claims.len(),
            supported: verdict(Verdict::Supported),
            contradicted: verdict(Verdict::Contradicted),
            unverifiable: verdict(Verdict::Unverifiable),
            errors: live(Severity::Error),
            warnings: live(Severity::Warning),
            notes: live(Severity::Note),
            suppressed: audit.findings.iter().filter(|f| f.suppressed.is_some()).count(),
            problems: audit.problems.len(),
        };
        self
    }
}

fn clean() -> Draft {
    let mut draft = Draft::new("甲乡2017.txt", "全年收到申请12件。\n收到申请数 | 件 | 12\n");
    draft.triple("收到申请数", "12");
    draft.claim("全年收到申请", "12件", 12, "件", Verdict::Supported);
    draft.done()
}

/// A paragraph of some 600 characters with figures far apart, and a table a scrape left as one cell a line.
fn busy() -> Draft {
    let filler = "乡里把公开工作当作全年的主线，逐件登记、逐件答复。";
    let text = format!(
        "乙乡２０１７年报告\n{}全年收到申请１２件，同比增长85.7%；{}12件全部办结。{}\n\
         申请办结数 |\n件 |\n10 |\n||\n按时办结数 |\n件 |\n12 |\n||\n延期办结数 |\n件 |\n\u{3000}\n当面申请数\t件\t5\n网络申请数\t件\t2\n",
        filler.repeat(8),
        filler.repeat(6),
        filler.repeat(8),
    );
    let mut draft = Draft::new("乙乡2017.txt", &text);
    let closed = draft.triple("申请办结数", "10");
    let timely = draft.triple("按时办结数", "12");
    let late = draft.place("延期办结数 |\n件 |\n", "");
    draft.audit.triples.push(Triple {
        id: "t3".into(),
        label: "延期办结数".into(),
        raw: String::new(),
        value: None,
        span: late,
        ..draft.audit.triples[1].clone()
    });
    let in_person = draft.triple("当面申请数", "5");
    let online = draft.triple("网络申请数", "2");
    let received = draft.claim("全年收到申请", "１２件", 12, "件", Verdict::Supported);
    let growth = draft.claim("同比增长", "85.7%", 86, "%", Verdict::Contradicted);
    let all = draft.claim("逐件答复。", "12件", 12, "件", Verdict::Contradicted);

    let finding = draft.finding(
        "X001",
        Severity::Error,
        "正文“12件全部办结”与表格“申请办结数”不一致",
        &[all, closed],
        &["c3", "t1"],
    );
    finding.arithmetic = Some("12 ≠ 10".into());
    let finding =
        draft.finding("T001", Severity::Error, "合计与分项之和不符", &[closed, timely, late], &["t1", "t2", "t3"]);
    finding.arithmetic = Some("12 + 0 = 12 ≠ 10".into());
    finding.repair = Some(Repair {
        changes: vec![Change { triple: "t1".into(), value: Exact(Number::from(12)) }],
        settles: 2,
        tied: 1,
    });
    let tied =
        Repair { changes: vec![Change { triple: "t5".into(), value: Exact(Number::from(3)) }], settles: 1, tied: 3 };
    draft.finding("P003", Severity::Error, "没有整数能给出这一增长率", &[growth, received], &["c2", "c1"]);
    draft.finding("T004", Severity::Warning, "分项合计高于总数", &[in_person, online], &["t4", "t5"]).repair =
        Some(tied);
    draft.finding("D009", Severity::Note, "已知", &[received], &[]).suppressed = Some("已核实".into());
    draft.done()
}

/// Escape sequences, a right-to-left override and tabs in the text, the messages and the path.
fn damaged() -> Draft {
    let text = "丙乡\u{1b}[31m报告\u{202e}\r\n\u{7}收到\u{9b}2J申请\t９件\u{202e}。\r\n";
    let mut draft = Draft::new("丙\u{1b}]0;乡\u{7}\u{202e}.txt", text);
    let nine = draft.claim("申请\t", "９件", 9, "件", Verdict::Unverifiable);
    draft.finding("D001", Severity::Warning, "夹有\u{1b}[2J乱码\n和\u{202e}换行", &[nine], &["c1"]);
    draft.finding("F001", Severity::Warning, "缺少“收到申请数”一行", &[], &[]);
    let span = Some(draft.place("", "丙乡"));
    draft
        .audit
        .problems
        .push(Problem { kind: "malformed-bytes".into(), message: "3 处字节\u{1b}c损坏".into(), span });
    draft.audit.problems.push(Problem { kind: "no-table".into(), message: "没有表格".into(), span: None });
    draft.done()
}

fn render(format: Format, lang: Lang, width: usize, color: bool, drafts: &[&Draft]) -> String {
    let mut renderer = format.renderer(Style { lang, width, color }, drafts.len() > 1);
    let mut out = Vec::new();
    for draft in drafts {
        renderer.document(Sheet { audit: &draft.audit, text: &draft.text }, &mut out).unwrap();
    }
    renderer.finish(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn terminal(draft: &Draft) -> String {
    render(Format::Terminal, Lang::Zh, 80, false, &[draft])
}

#[test]
fn every_renderer_gives_the_same_bytes_twice() {
    for format in Format::ALL {
        for color in [false, true] {
            let run = || render(*format, Lang::Zh, 80, color, &[&clean(), &busy(), &damaged()]);
            assert!(!run().is_empty(), "{}", format.name());
            assert_eq!(run(), run(), "{}", format.name());
        }
    }
}

#[test]
fn no_renderer_lets_a_document_steer_the_terminal() {
    for format in Format::ALL {
        let out = render(*format, Lang::Zh, 80, false, &[&clean(), &busy(), &damaged()]);
        let steers =
            |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        // JSON is data: escapes of C0 are the format's own, everything else must come out as it went in.
        let found: Vec<char> = out.chars().filter(|c| steers(*c)).collect();
        match format {
            Format::Terminal => assert!(found.is_empty(), "{found:?}"),
            _ => assert!(found.iter().all(|c| *c > '\u{7f}'), "{found:?}"),
        }
    }
}

#[test]
fn terminal_clean() {
    assert_snapshot!(terminal(&clean()), @r#"
    甲乡2017.txt
    1 项指标，1 条陈述：1 条相符，0 条矛盾，0 条无从核对
    没有发现问题
    "#);
}

#[test]
fn terminal_busy() {
    assert_snapshot!(terminal(&busy()), @r#"
    错误[X001]: 正文“12件全部办结”与表格“申请办结数”不一致
     --> 乙乡2017.txt:2:371
      |
    2 | ... 主线，逐件登记、逐件答复。12件全部办结。乡里把公开工作当作全年的主线...
      |                               ^^^^ 正文 12件
      |
     ::: 乙乡2017.txt:5:1
      |
    5 | 10 |
      | -- 表中 申请办结数 10
      |
      = 算式: 12 ≠ 10

    错误[T001]: 合计与分项之和不符
      --> 乙乡2017.txt:5:1
       |
     5 | 10 |
       | ^^ 表中 申请办结数 10
    ...
     9 | 12 |
       | -- 表中 按时办结数 12
    ...
    13 | 　
       | - 表中 延期办结数 空白
       |
       = 算式: 12 + 0 = 12 ≠ 10
       = 建议: 若将 申请办结数 改为 12，则 2 处不符全部消除

    错误[P003]: 没有整数能给出这一增长率
     --> 乙乡2017.txt:2:215
      |
    2 | ... 答复。全年收到申请１２件，同比增长85.7%；乡里把公开工作当作全年的主...
      |                       ------          ^^^^^ 正文 85.7%
      |                       |
      |                       正文 １２件

    警告[T004]: 分项合计高于总数
      --> 乙乡2017.txt:14:9
       |
    14 | 当面申请数    件    5
       |                     ^ 表中 5
    15 | 网络申请数    件    2
       |                     - 表中 2

    乙乡2017.txt
    5 项指标，3 条陈述：1 条相符，2 条矛盾，0 条无从核对
    3 个错误，1 个警告，1 个已知问题不再列出
    "#);
}

#[test]
fn terminal_damaged() {
    assert_snapshot!(terminal(&damaged()), @r#"
    警告[D001]: 夹有␛[2J乱码 和�换行
     --> 丙␛]0;乡␇�.txt:2:10
      |
    2 | ␇收到�2J申请    ９件�。
      |                 ^^^^ 正文 ９件

    警告[F001]: 缺少“收到申请数”一行
    --> 丙␛]0;乡␇�.txt

    丙␛]0;乡␇�.txt
    0 项指标，1 条陈述：0 条相符，0 条矛盾，1 条无从核对
    2 个警告
    未能读取（第 1 行）：3 处字节␛c损坏
    未能读取：没有表格
    "#);
}

#[test]
fn terminal_in_english_has_english_words_around_quoted_text() {
    let draft = busy();
    let out = render(Format::Terminal, Lang::En, 80, false, &[&draft]);
    let frame: Vec<&str> =
        out.lines().filter(|line| line.contains(':') || line.contains(", ") || line.contains("^^")).collect();
    assert_snapshot!(frame.join("\n"), @r#"
    error[X001]: 正文“12件全部办结”与表格“申请办结数”不一致
     --> 乙乡2017.txt:2:371
      |                               ^^^^ prose 12件
     ::: 乙乡2017.txt:5:1
      = arithmetic: 12 ≠ 10
    error[T001]: 合计与分项之和不符
      --> 乙乡2017.txt:5:1
       | ^^ table 申请办结数 10
       = arithmetic: 12 + 0 = 12 ≠ 10
       = help: if 申请办结数 read 12, 2 contradictions would be settled
    error[P003]: 没有整数能给出这一增长率
     --> 乙乡2017.txt:2:215
      |                     ------          ^^^^^ prose 85.7%
    warning[T004]: 分项合计高于总数
      --> 乙乡2017.txt:14:9
    5 figures, 3 claims: 1 supported, 2 contradicted, 0 unverifiable
    3 errors, 1 warning, 1 suppressed
    "#);
}

#[test]
fn marks_stand_under_their_figures_and_lines_fit_the_terminal() {
    for width in [60, 80, 120] {
        let out = render(Format::Terminal, Lang::Zh, width, false, &[&busy()]);
        let lines: Vec<&str> = out.lines().collect();
        let mut seen = 0;
        for pair in lines.windows(2) {
            let Some(marks) = pair[1].find('^') else { continue };
            let length = pair[1][marks..].chars().take_while(|c| *c == '^').count();
            let column = pair[1][..marks].width();
            let marked = cut(pair[0], column, length);
            assert!(["12件", "10", "85.7%", "5"].contains(&marked.as_str()), "{marked:?} is marked in {}", pair[0]);
            assert!(pair[0].width() <= width + 8, "{} columns for {width}", pair[0].width());
            seen += 1;
        }
        assert_eq!(seen, 4, "one primary mark a finding");
    }
}

/// What stands in `length` columns from `column`.
fn cut(line: &str, column: usize, length: usize) -> String {
    let mut at = 0;
    let mut out = String::new();
    for c in line.chars() {
        if (column..column + length).contains(&at) {
            out.push(c);
        }
        at += c.to_string().width();
    }
    out
}

#[test]
fn colour_is_there_only_when_asked_for() {
    assert!(render(Format::Terminal, Lang::Zh, 80, true, &[&busy()]).contains('\u{1b}'));
    assert!(!render(Format::Terminal, Lang::Zh, 80, false, &[&busy()]).contains('\u{1b}'));
}

#[test]
fn a_document_of_one_endless_line_is_drawn_in_bounded_space() {
    let text = format!("{}收到申请12件。{}", "公".repeat(300_000), "开".repeat(300_000));
    let mut draft = Draft::new("长.txt", &text);
    let span = draft.claim("收到申请", "12件", 12, "件", Verdict::Contradicted);
    for _ in 0..200 {
        draft.finding("X001", Severity::Error, "不一致", &[span], &["c1"]);
    }
    let out = terminal(&draft.done());
    assert!(out.len() < 200 * 1_000, "{}", out.len());
    assert!(out.contains("长.txt:1:300005"), "the place is still the place in the document");
}

#[test]
fn json_is_one_document_or_an_array() {
    let one = render(Format::Json, Lang::Zh, 80, false, &[&clean()]);
    assert_eq!(serde_json::from_str::<Audit>(&one).unwrap(), clean().audit);
    let three = render(Format::Json, Lang::Zh, 80, false, &[&clean(), &busy(), &damaged()]);
    let audits: Vec<Audit> = serde_json::from_str(&three).unwrap();
    assert_eq!(audits, [clean().audit, busy().audit, damaged().audit]);
    let mut none = Vec::new();
    Format::Json.renderer(Style { lang: Lang::Zh, width: 80, color: false }, true).finish(&mut none).unwrap();
    assert_eq!(none, b"[]\n");
}

#[test]
fn jsonl_is_one_document_a_line() {
    let out = render(Format::Jsonl, Lang::Zh, 80, false, &[&clean(), &busy(), &damaged()]);
    let audits: Vec<Audit> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(audits, [clean().audit, busy().audit, damaged().audit]);
}

#[test]
fn keys_stand_in_the_order_of_the_contract() {
    let out = render(Format::Jsonl, Lang::Zh, 80, false, &[&busy()]);
    let keys = [
        "schema", "source", "report", "tables", "triples", "claims", "ignored", "checks", "findings", "problems",
        "summary",
    ];
    let places: Vec<usize> = keys.iter().map(|key| out.find(&format!("\"{key}\":")).unwrap()).collect();
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn an_extract_is_an_audit_without_judgement() {
    let mut out = Vec::new();
    extract(&clean().audit, &mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert_eq!(out.lines().count(), 1);
    assert_snapshot!(out.split_once("\"triples\"").unwrap().1, @r#":[{"id":"t1","table":"b1","indicator":null,"label":"收到申请数","path":[],"columns":[],"unit":"件","value":12,"raw":"12","span":{"start":51,"end":53,"line":2,"column":13}}],"claims":[{"id":"c1","kind":"count","text":"全年收到申请12件","subject":null,"quantity":{"raw":"12件","value":12,"low":12,"high":12,"approx":null,"unit":"件"},"direction":null,"period":null,"scope":[],"indicator":null,"terms":[],"base":null,"candidates":[],"span":{"start":18,"end":23,"line":1,"column":7}}],"ignored":[],"problems":[]}"#);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_spans_of_any_text_can_be_drawn(
        content in "(公开|12件|[a-z]|\u{3000}|\t|\n|\r\n|\r|\u{1b}|\u{301}|\u{200d}|😀|\u{202e}|公{300}|\n{30}){0,40}",
        cuts in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 1..8),
        width in 40usize..120,
    ) {
        let mut draft = Draft::new("a.txt", &content);
        let bounds: Vec<usize> = content.char_indices().map(|(at, _)| at).chain([content.len()]).collect();
        let spans: Vec<Place> = cuts.iter().map(|(a, b)| {
            let (a, b) = (bounds[a.index(bounds.len())], bounds[b.index(bounds.len())]);
            let position = draft.text.position(a.min(b));
            Place { start: a.min(b), end: a.max(b), line: position.line, column: position.column }
        }).collect();
        draft.finding("T001", Severity::Error, "不符", &spans, &[]);
        let out = render(Format::Terminal, Lang::Zh, width, false, &[&draft.done()]);
        prop_assert!(out.starts_with("错误[T001]: 不符\n"), "{}", out);
        // Between CR and LF nothing can be pointed at; the mark moves to the line's end.
        if !content[..spans[0].start].ends_with('\r') {
            let header = format!("a.txt:{}:{}", spans[0].line, spans[0].column);
            prop_assert!(out.contains(&header), "{} is not in {}", header, out);
        }
        prop_assert!(!out.contains(|c: char| c.is_control() && c != '\n'));
    }
}
