//! `extract --text`: the text that spans count in; and the encoding that somebody names.

use crate::{
    CLEAN, FAILED,
    arguments::Documents,
    output::{self, Output, Stopped},
};
use duibiao::{store::Gathered, text::Encoding};
use std::io::Write;

/// Writes the text of one document, decoded or extracted.
pub(crate) fn text(documents: &Documents, gathered: &Gathered) -> u8 {
    let lang = documents.language.get();
    let fail = |reason: String| {
        output::complain(&reason);
        FAILED
    };
    let [entry] = gathered.entries.as_slice() else {
        let (zh, en) = ("--text 一次只输出一份文档的文本", "--text writes the text of one document at a time");
        return fail(lang.pick(zh, en).to_owned());
    };
    let encoding = match encoding(documents) {
        Ok(encoding) => encoding,
        Err(reason) => return fail(reason),
    };
    let input = match entry.as_ref().map_err(Clone::clone).and_then(|place| place.load(encoding)) {
        Ok(input) => input,
        Err(fault) => return fail(fault.message(lang)),
    };
    let mut out = match Output::open(documents.output.as_deref(), lang) {
        Ok(out) => out,
        Err(reason) => return fail(reason),
    };
    let written = out.write_all(input.text.as_str().as_bytes()).map_err(|error| Stopped::of(&error, lang));
    written.and_then(|()| out.close(lang)).map_or_else(|stopped| stopped.status(CLEAN), |()| CLEAN)
}

/// The encoding that the arguments name; an error where there is none of that name.
pub(crate) fn encoding(documents: &Documents) -> Result<Option<Encoding>, String> {
    let Some(label) = &documents.encoding else { return Ok(None) };
    let lang = documents.language.get();
    Encoding::named(label).map(Some).ok_or_else(|| {
        let known = Encoding::COMMON.join(lang.pick("、", ", "));
        lang.pick(
            format!("不认识编码 {label}；常用的有 {known}，WHATWG 编码标准中的其他名称也可以"),
            format!(
                "no encoding {label}; the common ones are {known}, every other label of the WHATWG standard will do"
            ),
        )
    })
}
