//! `check` and `extract`: documents in, one rendering out.

use crate::{
    CLEAN, FAILED, FOUND,
    arguments::{Check, Documents, Extract, ExtractFormat, FailOn},
    batch, forms,
    output::{self, Output, Stopped},
    text,
};
use duibiao::{
    audit::{Audit, Auditor, Lang, Options, Reading, Summary},
    render::{self, Sheet, Style},
    store::{self, Fault, Place},
    text::Encoding,
};
use std::{
    io::{self, Write},
    ops::ControlFlow,
};

/// Audits documents and prints what is wrong.
pub(crate) fn check(arguments: &Check) -> u8 {
    let lang = arguments.documents.language.get();
    let color = output::colored(arguments.color, arguments.documents.output.is_some());
    let style = Style { lang, width: output::width(), color };
    let gathered = store::gather(&arguments.documents.paths);
    let mut renderer = arguments.format.0.renderer(style, gathered.many);
    run(&arguments.documents, &gathered.entries, |event| match event {
        Event::Document(sheet, out) => {
            renderer.document(sheet, out)?;
            Ok(status(&sheet.audit.summary, arguments.fail_on))
        }
        Event::End(out) => renderer.finish(out).map(|()| CLEAN),
    })
}

/// The exit status that one document asks for.
fn status(summary: &Summary, fail_on: FailOn) -> u8 {
    let warnings = match fail_on {
        FailOn::Error => 0,
        FailOn::Warning => summary.warnings,
    };
    if summary.errors + warnings > 0 { FOUND } else { CLEAN }
}

/// Prints what was read, without judging it.
pub(crate) fn extract(arguments: &Extract) -> u8 {
    let ExtractFormat::Jsonl = arguments.format;
    let gathered = store::gather(&arguments.documents.paths);
    if arguments.text {
        return text::text(&arguments.documents, &gathered);
    }
    run(&arguments.documents, &gathered.entries, |event| match event {
        Event::Document(sheet, out) => render::extract(sheet.audit, out).map(|()| CLEAN),
        Event::End(_) => Ok(CLEAN),
    })
}

/// What a command renders.
enum Event<'a> {
    Document(Sheet<'a>, &'a mut Vec<u8>),
    End(&'a mut Vec<u8>),
}

/// Reads, audits and renders every document in order. What goes wrong with one is said on standard error and stops no
/// other; the exit status is the highest that anything asked for.
fn run(
    documents: &Documents,
    entries: &[Result<Place, Fault>],
    mut write: impl FnMut(Event<'_>) -> io::Result<u8>,
) -> u8 {
    let lang = documents.language.get();
    let encoding = match text::encoding(documents) {
        Ok(encoding) => encoding,
        Err(reason) => {
            output::complain(&reason);
            return FAILED;
        }
    };
    let auditor = match forms::grammar(&documents.grammars, lang) {
        Ok(grammar) => Auditor::new(grammar),
        Err(reason) => {
            output::complain(&reason);
            return FAILED;
        }
    };
    let mut out = match Output::open(documents.output.as_deref(), lang) {
        Ok(out) => out,
        Err(reason) => {
            output::complain(&reason);
            return FAILED;
        }
    };
    let mut status = CLEAN;
    let mut stopped = None;
    batch::run(
        entries,
        |entry| audit(entry.as_ref(), encoding, &auditor, lang),
        |entry, outcome| {
            let mut bytes = Vec::new();
            // Rendering is guarded too: a document that cannot be drawn must not take the others with it.
            let rendered = outcome.and_then(|outcome| match outcome {
                Ok((reading, audit)) => {
                    let sheet = Sheet { audit: &audit, text: &reading.text };
                    batch::guarded(|| write(Event::Document(sheet, &mut bytes)).map_err(|error| error.to_string()))?
                }
                Err(fault) => {
                    output::complain(&fault.message(lang));
                    Ok(FAILED)
                }
            });
            match rendered {
                Ok(one) => status = status.max(one),
                Err(panic) => {
                    bytes.clear();
                    output::complain(&internal(entry.as_ref(), &panic, lang));
                    status = FAILED;
                }
            }
            match out.write_all(&bytes) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    stopped = Some(Stopped::of(&error, lang));
                    ControlFlow::Break(())
                }
            }
        },
    );
    if let Some(stopped) = stopped {
        return stopped.status(status);
    }
    let mut bytes = Vec::new();
    let ended = write(Event::End(&mut bytes)).and_then(|_| out.write_all(&bytes));
    let closed = ended.map_err(|error| Stopped::of(&error, lang)).and_then(|()| out.close(lang));
    closed.map_or_else(|stopped| stopped.status(status), |()| status)
}

fn audit(
    entry: Result<&Place, &Fault>,
    encoding: Option<Encoding>,
    auditor: &Auditor,
    lang: Lang,
) -> Result<(Reading, Audit), Fault> {
    let input = entry.map_err(Clone::clone)?.load(encoding)?;
    let reading = auditor.read(input);
    let audit = auditor.rule(&reading, &Options { lang });
    Ok((reading, audit))
}

/// The reason of a panic, naming the document.
fn internal(entry: Result<&Place, &Fault>, panic: &str, lang: Lang) -> String {
    let path = entry.map_or_else(|fault| fault.path.clone(), Place::name);
    lang.pick(format!("{path}：程序内部出错：{panic}"), format!("{path}: internal error: {panic}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
    use super::*;

    #[test]
    fn errors_and_warnings_set_the_status_and_notes_never_do() {
        let summary = |errors, warnings, notes| Summary { errors, warnings, notes, ..Summary::default() };
        for (summary, on_warning, on_error) in [
            (summary(0, 0, 3), CLEAN, CLEAN),
            (summary(0, 1, 0), FOUND, CLEAN),
            (summary(1, 0, 0), FOUND, FOUND),
            (Summary { suppressed: 2, ..summary(0, 0, 0) }, CLEAN, CLEAN),
        ] {
            assert_eq!(status(&summary, FailOn::Warning), on_warning, "{summary:?}");
            assert_eq!(status(&summary, FailOn::Error), on_error, "{summary:?}");
        }
    }
}
