//! Every document of `corpus/`: what holds for any document, the scores against their floors, and a page to review.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
#![allow(missing_docs, reason = "tests")]
#![allow(clippy::print_stderr, reason = "a test that is skipped says why")]

use duibiao::{
    audit::{
        Audit, Auditor, Claim, Container, Exact, Finding, Lang, Options, Place, Quantity, Severity, Source, Triple,
    },
    corpus::{self, Collection, Document, Entry, Floor, Score, Sheet, Tally},
    grammar::Grammar,
    text::Text,
};
use std::{
    collections::BTreeSet,
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::LazyLock,
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

static COLLECTION: LazyLock<Collection> =
    LazyLock::new(|| corpus::load(&root().join("corpus")).unwrap_or_else(|error| panic!("{error}")));
static AUDITOR: LazyLock<Auditor> = LazyLock::new(|| Auditor::new(Grammar::embedded().unwrap()));

fn name(document: &Document) -> String {
    document.path.file_name().unwrap().to_str().unwrap().to_owned()
}

fn audit(document: &Document) -> (Text, Audit) {
    let source = Source { path: name(document), bytes: fs::read(&document.path).unwrap() };
    let reading = AUDITOR.read(source);
    let audit = AUDITOR.rule(&reading, &Options { lang: Lang::Zh });
    (reading.text, audit)
}

fn score(audits: &[(&Document, Audit)]) -> Score {
    let mut tally = Tally::default();
    for (document, audit) in audits {
        tally.add(&name(document), &audit.into(), &document.sheet);
    }
    tally.finish(COLLECTION.missing.len())
}

#[test]
fn every_sheet_has_its_document_and_every_line_is_there() {
    assert!(COLLECTION.documents.len() >= 20, "the corpus has shrunk: {}", COLLECTION.documents.len());
    assert_eq!(COLLECTION.missing, Vec::<PathBuf>::new());
    for document in &COLLECTION.documents {
        let text = Text::decode(&fs::read(&document.path).unwrap());
        let lines: Vec<&str> = text.as_str().split('\n').collect();
        let sheet = &document.sheet;
        let said = sheet.claims.iter().map(|c| (c.line, c.raw.as_str()));
        for (line, raw) in said.chain(sheet.traps.iter().map(|t| (t.line, t.raw.as_str()))) {
            let there = lines.get(line - 1).is_some_and(|text| text.contains(raw));
            assert!(there, "{}: line {line} does not say {raw}", name(document));
        }
        let cells: BTreeSet<usize> = sheet.triples.iter().map(|t| t.line).collect();
        for claim in &sheet.claims {
            for line in &claim.evidence_lines {
                assert!(cells.contains(line), "{}: {} rests on no cell: {line}", name(document), claim.raw);
            }
        }
    }
}

#[test]
fn spans_give_back_their_text() {
    for document in &COLLECTION.documents {
        let (text, audit) = audit(document);
        let text = text.as_str();
        let triples = audit.triples.iter().map(|t| (t.span, t.raw.as_str()));
        let claims = audit.claims.iter().map(|c| (c.span, c.quantity.raw.as_str()));
        let ignored = audit.ignored.iter().map(|i| (i.span, i.raw.as_str()));
        for (span, raw) in triples.chain(claims).chain(ignored) {
            assert_eq!(text.get(span.start..span.end), Some(raw), "{}: {span:?}", name(document));
        }
        let places = audit.findings.iter().flat_map(|f| &f.spans).chain(audit.tables.iter().map(|t| &t.span));
        for place in places {
            assert!(text.get(place.start..place.end).is_some(), "{}: {place:?}", name(document));
        }
    }
}

#[test]
fn two_runs_give_the_same_bytes() {
    for document in &COLLECTION.documents {
        let json = || serde_json::to_string(&audit(document).1).unwrap();
        assert_eq!(json(), json(), "{}", name(document));
    }
}

/// Tags, with all that stands in a style sheet, a script or the title of the window.
fn markup(html: &str) -> Vec<(usize, usize)> {
    let mut ranges = Vec::new();
    let mut at = 0;
    while let Some(open) = html[at..].find('<').map(|i| at + i) {
        let close = ["style", "script", "title"]
            .iter()
            .find(|name| html[open + 1..].starts_with(**name))
            .map_or_else(|| ">".to_owned(), |name| format!("</{name}>"));
        let end = html[open..].find(&close).map_or(html.len(), |i| open + i + close.len());
        ranges.push((open, end));
        at = end;
    }
    ranges
}

/// Digit runs outside the tables; in HTML, outside the markup too.
fn digit_runs(text: &str, audit: &Audit) -> Vec<(usize, usize)> {
    let is_html = audit.source.container == Container::Html || audit.source.path.ends_with(".html");
    let mut silent = if is_html { markup(text) } else { Vec::new() };
    silent.extend(audit.tables.iter().map(|t| (t.span.start, t.span.end)));
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, c) in text.char_indices() {
        if !matches!(c, '0'..='9' | '０'..='９') || silent.iter().any(|range| range.0 <= at && at < range.1) {
            continue;
        }
        match runs.last_mut() {
            Some(run) if run.1 == at => run.1 += c.len_utf8(),
            _ => runs.push((at, at + c.len_utf8())),
        }
    }
    runs
}

#[test]
fn markup_is_no_prose() {
    let html = "<p class=\"a1\">12件</p><style>td{padding:2px}</style>３";
    let source = Source { path: "a.html".to_owned(), bytes: html.into() };
    let mut audit = AUDITOR.rule(&AUDITOR.read(source), &Options::default());
    audit.tables.clear();
    let runs: Vec<&str> = digit_runs(html, &audit).into_iter().map(|(start, end)| &html[start..end]).collect();
    assert_eq!(runs, ["12", "３"]);
}

#[test]
fn every_digit_of_the_prose_is_a_claim_or_ignored_with_a_reason() {
    for document in &COLLECTION.documents {
        let (text, audit) = audit(document);
        let spans: Vec<Place> =
            audit.claims.iter().map(|c| c.span).chain(audit.ignored.iter().map(|i| i.span)).collect();
        let runs = digit_runs(text.as_str(), &audit);
        assert!(!runs.is_empty(), "{}", name(document));
        let lost: Vec<String> = runs
            .into_iter()
            .filter(|run| !spans.iter().any(|span| span.start <= run.0 && run.1 <= span.end))
            .map(|run| format!("line {}: {}", text.position(run.0).line, &text.as_str()[run.0..run.1]))
            .collect();
        assert_eq!(lost, Vec::<String>::new(), "{}", name(document));
        assert!(audit.ignored.iter().all(|i| !i.reason.is_empty()), "{}", name(document));
    }
}

#[test]
fn scores_stay_above_their_floors() {
    let path = root().join("corpus/floor.json");
    let mut floor: Floor = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let audits: Vec<_> = COLLECTION.documents.iter().map(|d| (d, audit(d).1)).collect();
    let score = score(&audits);
    if env::var_os("DUIBIAO_RAISE_FLOOR").is_some() {
        floor = floor.raised(&score);
        fs::write(&path, serde_json::to_string_pretty(&floor).unwrap() + "\n").unwrap();
    }
    assert_eq!(floor.unset(&score), [], "a figure without a floor: run with DUIBIAO_RAISE_FLOOR=1");
    assert_eq!(floor.fallen(&score), [], "{}", corpus::render(&score, Lang::En, true));
}

// ---- Audits made by hand, to hold the scorer itself.

fn place(line: usize) -> Place {
    Place { start: 0, end: 0, line, column: 1 }
}

/// The audit of someone who read exactly what the sheet says.
fn perfect(document: &Document) -> Audit {
    let source = Source { path: name(document), bytes: Vec::new() };
    let mut audit = AUDITOR.rule(&AUDITOR.read(source), &Options { lang: Lang::Zh });
    let Sheet { form, agency, year, triples, claims, findings, .. } = &document.sheet;
    audit.report.form.clone_from(form);
    audit.report.agency.clone_from(agency);
    audit.report.year = year.and_then(|year| year.try_into().ok());
    audit.triples = triples
        .iter()
        .enumerate()
        .map(|(i, gold)| Triple {
            id: format!("t{}", i + 1),
            table: "b1".to_owned(),
            indicator: None,
            label: String::new(),
            path: Vec::new(),
            columns: gold.columns.clone(),
            unit: gold.unit.clone(),
            value: gold.value.map(Exact),
            raw: String::new(),
            span: place(gold.line),
        })
        .collect();
    let triple_on = |line: usize| format!("t{}", triples.iter().position(|t| t.line == line).unwrap() + 1);
    audit.claims = claims
        .iter()
        .enumerate()
        .map(|(i, gold)| Claim {
            id: format!("c{}", i + 1),
            kind: gold.kind,
            text: gold.raw.clone(),
            subject: None,
            quantity: Quantity {
                raw: gold.raw.clone(),
                value: gold.value.map(Exact),
                low: None,
                high: None,
                approx: (gold.approx == Some(true)).then(|| "约".to_owned()),
                unit: gold.unit.clone(),
            },
            direction: gold.direction,
            period: None,
            scope: Vec::new(),
            indicator: None,
            terms: Vec::new(),
            base: None,
            candidates: Vec::new(),
            evidence: gold.evidence_lines.iter().copied().map(triple_on).collect(),
            verdict: gold.verdict,
            reason: String::new(),
            span: place(gold.line),
        })
        .collect();
    audit.findings = findings
        .iter()
        .map(|gold| Finding {
            code: format!("{}001", gold.family.chars().next().unwrap()),
            severity: Severity::Error,
            message: gold.why.clone(),
            expected: None,
            found: None,
            arithmetic: None,
            identity: None,
            spans: gold.lines.iter().copied().map(place).collect(),
            evidence: Vec::new(),
            repair: None,
            fingerprint: String::new(),
            suppressed: None,
        })
        .collect();
    audit
}

/// The same with mistakes of every kind that the scorer tells apart, the same ones each time.
fn flawed(document: &Document) -> Audit {
    let mut audit = perfect(document);
    let nth = |i: usize, of: usize| i % of == of - 1;
    for (i, claim) in audit.claims.iter_mut().enumerate() {
        if nth(i, 3) {
            claim.verdict = duibiao::audit::Verdict::Unverifiable;
        }
        if nth(i, 4) {
            claim.evidence.clear();
        }
        if nth(i, 5) {
            claim.kind = duibiao::audit::ClaimKind::Share;
        }
        if nth(i, 7) {
            claim.quantity.unit = Some("宗".to_owned());
        }
        if nth(i, 11) {
            claim.quantity.value = Some(Exact("7.0000001".parse().unwrap()));
        }
        if nth(i, 6) {
            claim.quantity.approx = None;
            claim.direction = Some(duibiao::audit::Direction::Up);
        }
    }
    let trap = document.sheet.traps.iter().skip(1).step_by(3);
    let sprung: Vec<Claim> = trap
        .map(|trap| {
            let mut claim = audit.claims.first().unwrap().clone();
            claim.id = format!("x{}", trap.raw);
            claim.span = place(trap.line);
            claim.quantity.raw.clone_from(&trap.raw);
            claim.quantity.unit = Some("门".to_owned());
            claim
        })
        .collect();
    audit.claims.extend(sprung);
    for (i, triple) in audit.triples.iter_mut().enumerate() {
        if nth(i, 9) {
            triple.unit = None;
        }
        if nth(i, 8)
            && let Some(last) = triple.columns.last_mut()
        {
            last.insert(0, '　');
            last.push_str(" （件）");
        }
    }
    let mut moved = audit.findings.clone();
    for (i, finding) in moved.iter_mut().enumerate() {
        finding.severity = if i % 2 == 0 { Severity::Warning } else { Severity::Note };
        finding.spans = vec![place(i + 1)];
    }
    audit.findings.retain(|finding| finding.spans.len() % 2 == 1);
    audit.findings.extend(moved);
    audit.report.year = None;
    audit
}

#[test]
fn whoever_reads_what_the_sheet_says_scores_full_marks() {
    let audits: Vec<_> = COLLECTION.documents.iter().map(|d| (d, perfect(d))).collect();
    let score = score(&audits);
    assert_eq!(score.misses, [], "{}", corpus::render(&score, Lang::En, true));
    for entry in Entry::ALL {
        let rate = score.rate(entry);
        assert_eq!(rate.hit, if entry.less_is_better() { 0 } else { rate.of }, "{}", entry.key());
        assert!(rate.of > 0, "{}: the corpus has nothing to score it by", entry.key());
    }
}

#[test]
fn mistakes_cost_marks_everywhere() {
    let audits: Vec<_> = COLLECTION.documents.iter().map(|d| (d, flawed(d))).collect();
    let score = score(&audits);
    for entry in Entry::ALL {
        let rate = score.rate(entry);
        assert!(0 < rate.hit && rate.hit < rate.of, "{}: {}", entry.key(), rate.text());
    }
}

/// The reference scorer: the file `DUIBIAO_REFERENCE_SCORER` names, or `../shared/score.py` beside the project.
fn reference() -> Option<PathBuf> {
    let path = env::var_os("DUIBIAO_REFERENCE_SCORER").map_or_else(|| root().join("../shared/score.py"), PathBuf::from);
    let runs = Command::new("python3").arg("--version").output().is_ok_and(|out| out.status.success());
    (runs && path.is_file()).then_some(path)
}

#[test]
fn the_reference_scorer_says_the_same() {
    let Some(scorer) = reference() else {
        eprintln!("skipped: no python3, or no reference scorer (DUIBIAO_REFERENCE_SCORER)");
        return;
    };
    type Make = fn(&Document) -> Audit;
    let made: [(&str, Make); 3] = [("engine", |d| audit(d).1), ("perfect", perfect), ("flawed", flawed)];
    for (kind, make) in made {
        let audits: Vec<_> = COLLECTION.documents.iter().map(|d| (d, make(d))).collect();
        let lines: String = audits.iter().map(|(_, a)| serde_json::to_string(a).unwrap() + "\n").collect();
        let file = env::temp_dir().join(format!("duibiao-{kind}-{}.jsonl", std::process::id()));
        fs::write(&file, lines).unwrap();
        let out = Command::new("python3").arg(&scorer).arg("--json").arg(&file).arg(root().join("corpus")).output();
        fs::remove_file(&file).unwrap();
        let out = out.unwrap();
        assert!(out.status.success(), "{kind}: {}", String::from_utf8_lossy(&out.stderr));
        let theirs: serde_json::Value = serde_json::from_slice(&out.stdout).unwrap();
        let ours = serde_json::to_value(score(&audits)).unwrap();
        for key in ["documents", "documents_missing"] {
            assert_eq!(ours[key], theirs[key], "{kind}: {key}");
        }
        for (key, count) in ours["counts"].as_object().unwrap() {
            // It leaves out what it never counted.
            assert_eq!(count.as_u64(), theirs["counts"][key].as_u64().or(Some(0)), "{kind}: counts.{key}");
        }
        for entry in Entry::ALL {
            let digits = |v: &serde_json::Value| v.as_f64().map(|share| format!("{share:.12}"));
            assert_eq!(digits(&ours[entry.key()]), digits(&theirs[entry.key()]), "{kind}: {}", entry.key());
        }
    }
}

/// Least share of one-error mutants that must be noticed, in hundredths; it only rises.
const NOTICED: u64 = 0;

#[test]
fn a_single_wrong_figure_in_a_clean_report_is_noticed() {
    let (mut noticed, mut all, mut missed) = (0, 0, String::new());
    for document in &COLLECTION.documents {
        let text = Text::decode(&fs::read(&document.path).unwrap());
        for mutant in corpus::mutants(text.as_str(), &document.sheet) {
            let source = Source { path: name(document), bytes: mutant.text.clone().into_bytes() };
            let audit = AUDITOR.rule(&AUDITOR.read(source), &Options::default());
            all += 1;
            if mutant.is_caught(&(&audit).into()) {
                noticed += 1;
            } else {
                let (from, to, line) = (&mutant.from, &mutant.to, mutant.line);
                writeln!(missed, "{}:{line}: {from} → {to} ({:?})", name(document), mutant.site).unwrap();
            }
        }
    }
    assert!(all > 100, "only {all} mutants");
    eprintln!("{noticed} of {all} noticed; not noticed:\n{missed}");
    assert!(noticed * 100 >= NOTICED * all, "{noticed} of {all} noticed; not noticed:\n{missed}");
}

// ---- One page a document, for people to review.

fn or_dash(text: Option<&str>) -> &str {
    text.unwrap_or("—")
}

fn exact(value: Option<Exact>) -> String {
    value.map_or_else(|| "—".to_owned(), |value| value.to_string())
}

/// Head line, a line a table row, a line a claim, what was ignored, the findings, the problems.
fn page(audit: &Audit) -> String {
    let mut page = String::new();
    let report = &audit.report;
    let year = report.year.map_or_else(|| "—".to_owned(), |year| year.to_string());
    let head = [or_dash(report.agency.as_deref()), &year, or_dash(report.form.as_deref())];
    writeln!(page, "{} {}", head.join(" "), or_dash(report.edition.as_deref())).unwrap();
    writeln!(page, "{} {}", or_dash(report.title.as_deref()), or_dash(report.published.as_deref())).unwrap();
    for table in &audit.tables {
        let (form, rows) = (or_dash(table.form.as_deref()), table.unmatched_rows);
        writeln!(page, "\n{} {} {form} L{} 未配 {rows}", table.id, table.dialect, table.span.line).unwrap();
        for t in audit.triples.iter().filter(|t| t.table == table.id) {
            let columns = if t.columns.is_empty() { String::new() } else { format!(" <{}>", t.columns.join("/")) };
            let indicator = or_dash(t.indicator.as_deref());
            let unit = or_dash(t.unit.as_deref());
            writeln!(page, "{unit} {}  {}{columns} [{indicator}] L{}", exact(t.value), t.label, t.span.line).unwrap();
        }
    }
    writeln!(page).unwrap();
    for c in &audit.claims {
        let row = |id: &String| {
            let line = audit.triple(id).map(|t| t.span.line).or_else(|| audit.claim(id).map(|c| c.span.line));
            line.map_or_else(|| id.clone(), |line| format!("L{line}"))
        };
        let evidence: Vec<String> = c.evidence.iter().map(row).collect();
        let (q, verdict, kind) = (&c.quantity, c.verdict.word(), c.kind.word());
        let direction = c.direction.map_or("", |d| d.word());
        let read = format!("{} {}", exact(q.value), or_dash(q.unit.as_deref()));
        let indicator = or_dash(c.indicator.as_deref());
        writeln!(
            page,
            "L{} {} = {read} {kind}{direction} {verdict} [{indicator}] {}: {}",
            c.span.line,
            q.raw,
            evidence.join(" "),
            c.reason
        )
        .unwrap();
    }
    let ignored: Vec<String> =
        audit.ignored.iter().map(|i| format!("L{} {} {}", i.span.line, i.raw, i.reason)).collect();
    writeln!(page, "\n{}", ignored.join("; ")).unwrap();
    writeln!(page).unwrap();
    for f in &audit.findings {
        let severity = serde_json::to_value(f.severity).unwrap();
        let lines: Vec<String> = f.spans.iter().map(|span| format!("L{}", span.line)).collect();
        writeln!(page, "{} {} {}: {}", severity.as_str().unwrap(), f.code, lines.join(" "), f.message).unwrap();
        if let Some(arithmetic) = &f.arithmetic {
            writeln!(page, "    {arithmetic}").unwrap();
        }
    }
    for p in &audit.problems {
        let line = p.span.map_or_else(String::new, |span| format!(" L{}", span.line));
        writeln!(page, "problem {}{line}: {}", p.kind, p.message).unwrap();
    }
    page
}

#[test]
fn the_page_of_each_document_is_as_reviewed() {
    for document in &COLLECTION.documents {
        let page = page(&audit(document).1);
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(format!("corpus-{}", corpus::stem(&name(document))), page);
        });
    }
}
