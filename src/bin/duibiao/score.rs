//! `score`: audits against answer sheets.

use crate::{CLEAN, FAILED, FOUND, arguments::Score, batch, output};
use duibiao::{
    audit::{Audit, Auditor, Lang, Options, Severity},
    corpus::{self, Document, Fallen, Floor, Language, Seen, SeenClaim, SeenFinding, SeenTriple, Tally},
    grammar::Grammar,
    store::Place,
};
use std::{fmt::Display, fs, ops::ControlFlow, path::Path};

/// Audits every document that has an answer sheet and prints how well they agree.
pub(crate) fn score(arguments: &Score) -> u8 {
    let lang = arguments.language.get();
    match try_score(arguments, lang) {
        Ok((text, status)) => output::print(&text, status, lang),
        Err(reason) => {
            output::complain(&reason);
            FAILED
        }
    }
}

fn try_score(arguments: &Score, lang: Lang) -> Result<(String, u8), String> {
    let floor = arguments.floor.as_deref().map(read_floor).transpose()?;
    let auditor = Auditor::new(Grammar::embedded().map_err(|errors| errors.to_string())?);
    let collection = corpus::load(&arguments.directory).map_err(|error| error.to_string())?;
    let mut tally = Tally::default();
    let mut missing = collection.missing.len();
    let mut status = CLEAN;
    batch::run(
        &collection.documents,
        |document| audit(document, &auditor, lang),
        |document, outcome| {
            let name = document.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            match outcome.and_then(|audited| audited) {
                Ok(audit) => tally.add(&name, &seen(&audit), &document.sheet),
                Err(reason) => {
                    output::complain(&reason);
                    missing += 1;
                    status = FAILED;
                }
            }
            ControlFlow::Continue(())
        },
    );
    let score = tally.finish(missing);
    let fallen = floor.map(|floor| floor.fallen(&score)).unwrap_or_default();
    for metric in &fallen {
        output::complain(&below(metric, lang));
    }
    if !fallen.is_empty() {
        status = status.max(FOUND);
    }
    let text = if arguments.json {
        serde_json::to_string_pretty(&score).map_err(|error| error.to_string())? + "\n"
    } else {
        corpus::render(&score, lang.pick(Language::Zh, Language::En), arguments.verbose)
    };
    Ok((text, status))
}

fn audit(document: &Document, auditor: &Auditor, lang: Lang) -> Result<Audit, String> {
    let source = Place::File(document.path.clone()).load().map_err(|fault| fault.message(lang))?;
    Ok(auditor.rule(&auditor.read(source), &Options { lang }))
}

fn read_floor(path: &Path) -> Result<Floor, String> {
    let wrong = |error: &dyn Display| format!("{}: {error}", path.display());
    let bytes = fs::read(path).map_err(|error| wrong(&error))?;
    serde_json::from_slice(&bytes).map_err(|error| wrong(&error))
}

fn below(fallen: &Fallen, lang: Lang) -> String {
    let (metric, floor) = (fallen.metric.key(), fallen.floor);
    let score = fallen.score.map_or_else(|| "-".to_owned(), |score| format!("{score:.4}"));
    lang.pick(format!("{metric} 为 {score}，低于底线 {floor}"), format!("{metric} is {score}, below the floor {floor}"))
}

/// What the scorer needs of an audit.
fn seen(audit: &Audit) -> Seen {
    let lines = |evidence: &[String]| -> Vec<usize> {
        evidence.iter().filter_map(|id| audit.triple(id)).map(|triple| triple.span.line).collect()
    };
    let triples = audit.triples.iter().map(|triple| SeenTriple {
        line: triple.span.line,
        value: triple.value.map(|value| value.0),
        unit: triple.unit.clone(),
        columns: triple.columns.clone(),
    });
    let claims = audit.claims.iter().map(|claim| SeenClaim {
        line: claim.span.line,
        kind: claim.kind.word().to_owned(),
        text: claim.text.clone(),
        raw: claim.quantity.raw.clone(),
        value: claim.quantity.value.map(|value| value.0),
        unit: claim.quantity.unit.clone(),
        approx: claim.quantity.approx.is_some(),
        direction: claim.direction.map(|direction| direction.word().to_owned()),
        verdict: claim.verdict.word().to_owned(),
        evidence_lines: lines(&claim.evidence),
    });
    let findings = audit.findings.iter().map(|finding| SeenFinding {
        code: finding.code.clone(),
        alarm: finding.severity != Severity::Note,
        message: finding.message.clone(),
        lines: finding.spans.iter().map(|span| span.line).chain(lines(&finding.evidence)).collect(),
    });
    Seen {
        form: audit.report.form.clone(),
        agency: audit.report.agency.clone(),
        year: audit.report.year.map(i64::from),
        triples: triples.collect(),
        claims: claims.collect(),
        findings: findings.collect(),
    }
}
