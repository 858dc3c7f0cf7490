//! `score`: audits against answer sheets.

use crate::{CLEAN, FAILED, FOUND, arguments::Score, batch, forms, output};
use duibiao::{
    audit::{Audit, Auditor, Lang, Options},
    corpus::{self, Document, Fallen, Floor, Tally},
    store::{Fault, Place},
};
use std::{fs, ops::ControlFlow, path::Path};

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
    let floor = arguments.floor.as_deref().map(|path| read_floor(path, lang)).transpose()?;
    let auditor = Auditor::new(forms::grammar(&arguments.grammars, lang)?);
    let collection = corpus::load(&arguments.directory).map_err(|error| error.message(lang))?;
    let mut tally = Tally::default();
    let mut missing = collection.missing.len();
    let mut status = CLEAN;
    batch::run(
        &collection.documents,
        |document| audit(document, &auditor, lang),
        |document, outcome| {
            let name = document.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            match outcome.and_then(|audited| audited) {
                Ok(audit) => tally.add(&name, &(&audit).into(), &document.sheet),
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
        corpus::render(&score, lang, arguments.verbose)
    };
    Ok((text, status))
}

fn audit(document: &Document, auditor: &Auditor, lang: Lang) -> Result<Audit, String> {
    let source = Place::File(document.path.clone()).load(None).map_err(|fault| fault.message(lang))?;
    Ok(auditor.rule(&auditor.read(source), &Options { lang }))
}

fn read_floor(path: &Path, lang: Lang) -> Result<Floor, String> {
    let bytes = fs::read(path).map_err(|error| Fault::of(path, &error).message(lang))?;
    serde_json::from_slice(&bytes).map_err(|error| {
        let path = path.display();
        lang.pick(format!("{path}：底线文件有误：{error}"), format!("{path}: {error}"))
    })
}

fn below(fallen: &Fallen, lang: Lang) -> String {
    let (metric, floor) = (fallen.metric.key(), fallen.floor);
    let score = fallen.score.map_or_else(|| "-".to_owned(), |score| format!("{score:.4}"));
    lang.pick(format!("{metric} 为 {score}，低于底线 {floor}"), format!("{metric} is {score}, below the floor {floor}"))
}
