//! One grammar file: its TOML, and errors that point into it.

use super::{GrammarError, GrammarErrors};
use serde::{Deserialize, de::IntoDeserializer};
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// A value as the file has it, with its place.
pub(super) type Value<'i> = Spanned<DeValue<'i>>;

/// A file of the grammar.
#[derive(Clone, Copy)]
pub(super) struct Source<'i> {
    pub path: &'i str,
    pub text: &'i str,
}

impl<'i> Source<'i> {
    pub fn new(path: &'i str, text: &'i str) -> Self {
        Source { path, text: text.strip_prefix('\u{feff}').unwrap_or(text) }
    }
    /// Parses the file; every error of its syntax is a fault.
    pub fn parse(&self, faults: &mut Faults) -> Option<DeTable<'i>> {
        let (table, errors) = DeTable::parse_recoverable(self.text);
        for error in &errors {
            let at = error.span().map_or(0, |s| s.start);
            faults.push(self, "G001", at, error.message().replace('\n', ", "), None);
        }
        errors.is_empty().then(|| table.into_inner())
    }
    /// Line and column of a byte offset, both from 1, the column in characters.
    fn position(&self, at: usize) -> (usize, usize) {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |i| i + 1);
        (line, before.get(start..).unwrap_or("").chars().count() + 1)
    }
}

/// The faults found so far.
#[derive(Default)]
pub(super) struct Faults(Vec<GrammarError>);

impl Faults {
    pub fn push(
        &mut self,
        source: &Source<'_>,
        code: &'static str,
        at: usize,
        message: impl Into<String>,
        help: Option<String>,
    ) {
        let (line, column) = source.position(at);
        self.0.push(GrammarError { code, file: source.path.to_owned(), line, column, message: message.into(), help });
    }
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
    /// All faults in reading order.
    pub fn finish(mut self) -> GrammarErrors {
        self.0.sort_by(|a, b| {
            (&a.file, a.line, a.column, a.code, &a.message).cmp(&(&b.file, b.line, b.column, b.code, &b.message))
        });
        GrammarErrors(self.0)
    }
}

/// Reads one value as a `T`; a fault where it is none. `also` are fields that exist but were taken out before.
pub(super) fn read<'i, T: Deserialize<'i>>(
    source: &Source<'i>,
    value: Value<'i>,
    also: &[&str],
    faults: &mut Faults,
) -> Option<T> {
    let start = value.span().start;
    match T::deserialize(value.into_deserializer()) {
        Ok(read) => Some(read),
        Err(error) => {
            let at = error.span().map_or(start, |s| s.start);
            let message = error.message();
            let mut quoted = message.split('`').skip(1).step_by(2);
            let (code, message, culprit) = match message.split_once(", expected") {
                Some((head, _)) if message.starts_with("unknown field") => {
                    ("G002", head.to_owned(), quoted.next().unwrap_or(""))
                }
                Some((head, _)) if message.starts_with("unknown variant") => {
                    ("G003", head.replace("variant", "value"), quoted.next().unwrap_or(""))
                }
                _ => ("G003", message.replace('\n', ", "), ""),
            };
            let help = (!culprit.is_empty()).then(|| suggest(culprit, quoted.chain(also.iter().copied())));
            faults.push(source, code, at, message, help);
            None
        }
    }
}

/// Takes the entries of a section (`[[row]]`) out of the file's table and reads each as a `T` with its place.
pub(super) fn section<'i, T: Deserialize<'i>>(
    source: &Source<'i>,
    table: &mut DeTable<'i>,
    name: &str,
    faults: &mut Faults,
) -> Vec<(usize, T)> {
    let Some(value) = table.remove(name) else { return Vec::new() };
    let span = value.span();
    match value.into_inner() {
        DeValue::Array(entries) => entries
            .into_iter()
            .filter_map(|entry| {
                let at = entry.span().start;
                read(source, entry, &[], faults).map(|t| (at, t))
            })
            .collect(),
        other => {
            let message = format!("`{name}` is a {} where a list of tables is expected", other.type_str());
            faults.push(source, "G003", span.start, message, Some(format!("write `[[{name}]]`")));
            Vec::new()
        }
    }
}

/// `did you mean …` where a candidate is near, else all of them.
pub(super) fn suggest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> String {
    let candidates: Vec<&str> = candidates.into_iter().collect();
    match nearest(word, candidates.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("one of `{}`", candidates.join("`, `")),
    }
}

/// The candidate fewest edits away, where they are few for the word's length; the first of equals.
pub(super) fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let chars: Vec<char> = word.chars().take(100).collect();
    // A word of one character is near to every other, so it gets none; two letters exchanged are two edits.
    let allowed = if chars.len() < 2 { 0 } else { chars.len().div_ceil(3).min(6) };
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        let edits = edits(&chars, candidate);
        if edits <= allowed && best.is_none_or(|(least, _)| edits < least) {
            best = Some((edits, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Levenshtein distance.
fn edits(word: &[char], other: &str) -> usize {
    let mut row: Vec<usize> = (0..=word.len()).collect();
    for (i, c) in other.chars().take(100).enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (slot, &w) in row.iter_mut().skip(1).zip(word) {
            let above = *slot;
            left = (diagonal + usize::from(w != c)).min(above + 1).min(left + 1);
            diagonal = above;
            *slot = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        let edits = |a: &str, b: &str| edits(&a.chars().collect::<Vec<_>>(), b);
        for (a, b, n) in
            [("", "", 0), ("", "abc", 3), ("abc", "", 3), ("kitten", "sitting", 3), ("收到申请", "收到的申请", 1)]
        {
            assert_eq!(edits(a, b), n, "{a} {b}");
        }
    }

    #[test]
    fn nearest_word() {
        assert_eq!(nearest("labl", ["key", "label", "unit"]), Some("label"));
        assert_eq!(nearest("colour", ["key", "label", "unit"]), None);
    }

    #[test]
    fn positions_count_characters() {
        let source = Source::new("f", "a = 1\n收到 = 2\n");
        assert_eq!(source.position("a = 1\n收到".len()), (2, 3));
    }
}
