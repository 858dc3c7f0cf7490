//! Sub-tables of a matrix form: their columns and rows.

use super::{Check, WrittenColumn, WrittenRow, WrittenTable};
use crate::grammar::{
    Column, Form, Grid, label,
    load::source::{self, Faults, Source, Value, read, section},
};
use std::collections::BTreeMap;
use toml::de::{DeTable, DeValue};

/// A sub-table as written.
pub(super) struct Written {
    pub at: usize,
    head: WrittenTable,
    columns: Vec<(usize, WrittenColumn)>,
    rows: Vec<(usize, WrittenRow)>,
}

/// Takes `[[table]]` with its columns and rows out of the file.
pub(super) fn written<'i>(source: &Source<'i>, file: &mut DeTable<'i>, faults: &mut Faults) -> Vec<Written> {
    let Some(value) = file.remove("table") else { return Vec::new() };
    let at = value.span().start;
    let DeValue::Array(entries) = value.into_inner() else {
        let help = Some("write `[[table]]`".to_owned());
        faults.push(source, "G003", at, "`table` is where a list of tables is expected", help);
        return Vec::new();
    };
    let mut tables = Vec::new();
    for entry in entries {
        let span = entry.span();
        // Whatever is no table is read as one all the same: that gives the fault.
        let (columns, rows, rest) = match entry.into_inner() {
            DeValue::Table(mut table) => {
                let columns = section::<WrittenColumn>(source, &mut table, "column", faults);
                let rows = section::<WrittenRow>(source, &mut table, "row", faults);
                (columns, rows, DeValue::Table(table))
            }
            other => (Vec::new(), Vec::new(), other),
        };
        if let Some(head) = read::<WrittenTable>(source, Value::new(span.clone(), rest), &["column", "row"], faults) {
            tables.push(Written { at: span.start, head, columns, rows });
        }
    }
    tables
}

impl Check<'_, '_> {
    /// Checks the sub-tables and finds the place of every indicator.
    pub(super) fn grids(&mut self, form: &mut Form, written: Vec<Written>) {
        for table in written {
            let Written { head, columns, rows, .. } = table;
            let index = form.tables.len();
            let mut reduced = |what: &str, words: &[super::Word]| -> Vec<String> {
                words.iter().map(|w| label::reduce(&self.text(what, w))).collect()
            };
            let headings = reduced("a heading", &head.headings);
            let headers = reduced("a header", &head.headers);
            let key = self.text("a table's `key`", &head.key);
            if form.tables.iter().any(|t| t.key == key) {
                self.fault("G013", &head.key, format!("two tables are called `{key}`"), None);
            }
            let labelled = !rows.is_empty();
            let columns = self.columns(columns);
            form.tables.push(Grid { key, headings, headers, columns, labelled });
            self.rows(form, index, rows);
            for cell in form.cells_of(index) {
                let Some(key) = form.cell_key(index, cell.row, cell.column) else { continue };
                if form.cells.insert(key.0.clone(), cell).is_some() {
                    self.fault("G013", &head.key, format!("two cells hold indicator `{key}`"), None);
                }
            }
        }
    }

    fn columns(&mut self, written: Vec<(usize, WrittenColumn)>) -> Vec<Column> {
        let mut columns: Vec<Column> = Vec::new();
        let mut labels: BTreeMap<(Option<usize>, String), usize> = BTreeMap::new();
        for (_, column) in written {
            let printed = self.text("a column's `label`", &column.label);
            let parent = column.parent.as_ref().and_then(|word| {
                let found = columns.iter().rposition(|c| c.key.is_none() && c.printed == *word.get_ref());
                if found.is_none() {
                    let groups = columns.iter().filter(|c| c.key.is_none()).map(|c| c.printed.as_str());
                    let help = source::nearest(word.get_ref(), groups).map(|near| format!("did you mean `{near}`?"));
                    let message = format!("parent `{}` of column `{printed}` names no group above it", word.get_ref());
                    self.fault("G010", word, message, help);
                }
                found
            });
            for word in [&column.label].into_iter().chain(&column.aliases) {
                let reduced = label::reduce(&self.text("a label", word));
                if labels.insert((parent, label::bare(&reduced)), columns.len()).is_some() {
                    self.fault("G005", word, format!("two columns are called `{reduced}` under one group"), None);
                }
            }
            if let Some(unit) = &column.unit {
                self.unit(unit);
            }
            // A second column of one key is taken for a group, so that its cells are not faults one by one.
            let key = column.key.and_then(|key| {
                let taken = columns.iter().any(|c| c.key.as_ref() == Some(key.get_ref()));
                if taken {
                    self.fault("G013", &key, format!("two columns have the key `{}`", key.get_ref()), None);
                }
                (!taken).then(|| key.into_inner())
            });
            columns.push(Column {
                key,
                label: label::reduce(&printed),
                printed,
                aliases: column.aliases.iter().map(|a| label::reduce(a.get_ref())).collect(),
                units: column.unit.into_iter().map(|u| u.into_inner()).collect(),
                parent,
            });
        }
        columns
    }
}
