//! A form as its file writes it, and the checks that make a [`Form`] of it.

mod grids;
mod relate;
mod rows;

use super::{
    lists::{Units, whole},
    source::{Faults, Source, read, section},
};
use crate::grammar::{Ban, Form, Relation, Shape, label};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// A text with its place.
type Word = Spanned<String>;

/// Sections of a form file; the rest are fields.
const SECTIONS: [&str; 7] = ["row", "table", "identity", "derived", "never", "reserved", "example"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    key: Word,
    edition: Word,
    title: Word,
    authority: Word,
    years: Spanned<(i32, i32)>,
    shape: Shape,
    headers: Vec<Word>,
    #[serde(default)]
    codes: Vec<Word>,
    #[serde(default)]
    period: Vec<Word>,
    #[serde(default)]
    cumulative: Vec<Word>,
    #[serde(default)]
    marks: Vec<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenRow {
    key: Option<Word>,
    label: Word,
    unit: Option<Word>,
    #[serde(default)]
    units: Vec<Word>,
    parent: Option<Word>,
    #[serde(default)]
    aliases: Vec<Word>,
    #[serde(default)]
    optional: bool,
}

/// A sub-table without its rows and columns.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenTable {
    key: Word,
    headings: Vec<Word>,
    #[serde(default)]
    headers: Vec<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenColumn {
    key: Option<Word>,
    label: Word,
    unit: Option<Word>,
    parent: Option<Word>,
    #[serde(default)]
    aliases: Vec<Word>,
}

/// Where a relation of a matrix holds.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Over {
    /// In every column: its members are rows.
    Columns,
    /// In every row: its members are columns.
    Rows,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenIdentity {
    id: Word,
    relation: Relation,
    over: Option<Spanned<Over>>,
    table: Option<Word>,
    whole: Word,
    #[serde(default)]
    plus: Vec<Word>,
    parts: Vec<Word>,
    reason: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenDerived {
    key: Word,
    over: Option<Spanned<Over>>,
    table: Option<Word>,
    parts: Vec<Word>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenNever {
    relation: Ban,
    whole: Word,
    parts: Vec<Word>,
    reason: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenReserved {
    keys: Vec<Word>,
    reason: Word,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenExample {
    #[serde(default)]
    labels: Vec<Word>,
    #[serde(default)]
    columns: Vec<Word>,
    key: Word,
    unit: Option<Word>,
}

/// Reads and checks all form files, in the order given.
pub(super) fn forms<'s, 'i: 's>(
    sources: impl Iterator<Item = &'s Source<'i>>,
    units: &Units,
    faults: &mut Faults,
) -> Vec<Form> {
    let mut forms = Vec::new();
    let mut editions: BTreeMap<(String, String), &str> = BTreeMap::new();
    for source in sources {
        let Some(mut table) = source.parse(faults) else { continue };
        let rows = section::<WrittenRow>(source, &mut table, "row", faults);
        let tables = grids::written(source, &mut table, faults);
        let identities = section::<WrittenIdentity>(source, &mut table, "identity", faults);
        let derived = section::<WrittenDerived>(source, &mut table, "derived", faults);
        let never = section::<WrittenNever>(source, &mut table, "never", faults);
        let reserved = section::<WrittenReserved>(source, &mut table, "reserved", faults);
        let examples = section::<WrittenExample>(source, &mut table, "example", faults);
        let Some(head) = read::<Head>(source, whole(source, table), &SECTIONS, faults) else { continue };

        let (stray, name, shape) = match head.shape {
            Shape::List => (tables.first().map(|t| t.at), "table", "list"),
            Shape::Matrix => (rows.first().map(|(at, _)| *at), "row", "matrix"),
        };
        if let Some(at) = stray {
            let help = "a list has `[[row]]`, a matrix `[[table]]`, `[[table.column]]` and `[[table.row]]`".to_owned();
            faults.push(source, "G003", at, format!("a form of shape `{shape}` has no `[[{name}]]`"), Some(help));
        }

        let mut check = Check { source, units, faults };
        let edition = (head.key.get_ref().clone(), head.edition.get_ref().clone());
        if let Some(first) = editions.get(&edition) {
            let message = format!("edition `{}` of form `{}` is already described by {first}", edition.1, edition.0);
            check.fault("G008", &head.edition, message, Some("one file an edition".to_owned()));
        }
        editions.insert(edition, source.path);

        let mut form = check.head(head);
        match form.shape {
            Shape::List => check.rows(&mut form, 0, rows),
            Shape::Matrix => check.grids(&mut form, tables),
        }
        check.relations(&mut form, identities, derived, never);
        check.reserved(&mut form, reserved);
        check.examples(&form, examples);
        forms.push(form);
    }
    forms
}

/// The checks of one file.
struct Check<'c, 'i> {
    source: &'c Source<'i>,
    units: &'c Units,
    faults: &'c mut Faults,
}

impl Check<'_, '_> {
    /// A fault at a written text.
    fn fault(&mut self, code: &'static str, word: &Word, message: impl Into<String>, help: Option<String>) {
        self.faults.push(self.source, code, word.span().start, message, help);
    }
    /// The text, with a fault where it is empty.
    fn text(&mut self, what: &str, word: &Word) -> String {
        if word.get_ref().trim().is_empty() {
            self.fault("G012", word, format!("{what} is empty"), None);
        }
        word.get_ref().clone()
    }
    fn head(&mut self, head: Head) -> Form {
        let years = *head.years.get_ref();
        if years.0 > years.1 {
            let message = format!("`years` runs backwards: {} to {}", years.0, years.1);
            self.faults.push(self.source, "G003", head.years.span().start, message, None);
        }
        let mut reduced = |what: &str, words: &[Word]| -> Vec<String> {
            words.iter().map(|w| label::reduce(&self.text(what, w))).collect()
        };
        let headers = reduced("a header", &head.headers);
        let codes = reduced("a code's header", &head.codes);
        let period = reduced("a period", &head.period);
        let cumulative = reduced("a cumulative column", &head.cumulative);
        let marks = reduced("a mark", &head.marks);
        Form {
            key: self.text("`key`", &head.key),
            edition: self.text("`edition`", &head.edition),
            file: self.source.path.to_owned(),
            title: self.text("`title`", &head.title),
            authority: self.text("`authority`", &head.authority),
            years,
            shape: head.shape,
            headers,
            codes,
            period,
            cumulative,
            marks,
            rows: Vec::new(),
            tables: Vec::new(),
            identities: Vec::new(),
            derived: Vec::new(),
            never: Vec::new(),
            reserved: Vec::new(),
            index: Default::default(),
            cells: Default::default(),
        }
    }
}
