//! Rows of a form: labels, parents, units; and the examples that try them.

use super::{Check, Word, WrittenExample, WrittenRow};
use crate::grammar::{Form, IndicatorKey, Row, Shape, label, load::source};
use std::collections::BTreeSet;

impl Check<'_, '_> {
    /// Checks the rows of one table and adds them to the form.
    pub(super) fn rows(&mut self, form: &mut Form, table: usize, written: Vec<(usize, WrittenRow)>) {
        let mut keys: BTreeSet<String> = BTreeSet::new();
        for (at, row) in written {
            let index = form.rows.len();
            let parent = row.parent.as_ref().and_then(|p| self.parent(form, table, &row, p));
            if let Some(key) = &row.key {
                self.text("a row's `key`", key);
                if !keys.insert(key.get_ref().clone()) {
                    let message = format!("two rows hold indicator `{}`", key.get_ref());
                    self.fault("G013", key, message, None);
                }
            }
            let mut names = Vec::with_capacity(1 + row.aliases.len());
            for word in [&row.label].into_iter().chain(&row.aliases) {
                let reduced = label::reduce(&self.text("a label", word));
                let rows = form.index.entry(label::bare(&reduced)).or_default();
                let sibling = |&r: &usize| form.rows.get(r).is_some_and(|r| r.table == table && r.parent == parent);
                if rows.contains(&index) {
                    let message = format!("`{reduced}` is twice among this row's label and aliases");
                    let help = "numbers, 其中, notes, spaces and marks make no difference".to_owned();
                    self.fault("G005", word, message, Some(help));
                } else if rows.iter().any(sibling) {
                    let message = format!("two rows are called `{reduced}` under one parent");
                    self.fault("G005", word, message, Some("give one of them another `parent`".to_owned()));
                } else {
                    rows.push(index);
                }
                names.push(reduced);
            }
            let mut names = names.into_iter();
            let units = self.row_units(at, &row);
            form.rows.push(Row {
                key: row.key.map(|k| IndicatorKey(k.into_inner())),
                label: names.next().unwrap_or_default(),
                aliases: names.collect(),
                printed: row.label.into_inner(),
                units,
                parent,
                optional: row.optional,
                table,
            });
        }
    }

    /// The row above that a row's `parent` names: by its key, or by its label as written.
    fn parent(&mut self, form: &Form, table: usize, row: &WrittenRow, parent: &Word) -> Option<usize> {
        let name = parent.get_ref();
        let above = |r: &Row| r.table == table;
        let found = form
            .rows
            .iter()
            .rposition(|r| above(r) && r.key.as_ref().is_some_and(|k| k.as_str() == name))
            .or_else(|| form.rows.iter().rposition(|r| above(r) && r.printed == *name));
        if found.is_none() {
            let message = format!("parent `{name}` of `{}` names no row above it", row.label.get_ref());
            let names = form
                .rows
                .iter()
                .flat_map(|r| r.key.as_ref().map(IndicatorKey::as_str).into_iter().chain([&*r.printed]));
            let help = source::nearest(name, names).map_or_else(
                || "give a key, or the label of a heading as written".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            self.fault("G010", parent, message, Some(help));
        }
        found
    }

    fn row_units(&mut self, at: usize, row: &WrittenRow) -> Vec<String> {
        let written: Vec<&Word> = row.unit.iter().chain(&row.units).collect();
        if row.unit.is_some() && !row.units.is_empty() {
            self.faults.push(self.source, "G003", at, "a row has `unit` or `units`, not both", None);
        }
        if row.key.is_none()
            && let Some(unit) = written.first()
        {
            self.fault("G003", unit, "a heading has no unit", Some("give the row a `key`".to_owned()));
        }
        for unit in &written {
            self.unit(unit);
        }
        written.into_iter().map(|u| u.get_ref().clone()).collect()
    }

    /// A unit has to stand in `units.toml`, where there is one.
    pub(super) fn unit(&mut self, unit: &Word) {
        if self.units.is_empty() || self.units.contains(unit.get_ref()) {
            return;
        }
        let help = source::nearest(unit.get_ref(), self.units.iter().map(String::as_str))
            .map_or_else(|| "add it to `units.toml`".to_owned(), |near| format!("did you mean `{near}`?"));
        self.fault("G006", unit, format!("unit `{}` is not in the lexicon", unit.get_ref()), Some(help));
    }

    /// Runs the examples: each path of labels, and of header cells in a matrix, has to lead to its figure and to no other.
    pub(super) fn examples(&mut self, form: &Form, written: Vec<(usize, WrittenExample)>) {
        for (at, example) in written {
            if example.labels.is_empty() && example.columns.is_empty() {
                self.faults.push(self.source, "G012", at, "an example without `labels`", None);
                continue;
            }
            if !self.known(form, "example", &example.key) {
                continue;
            }
            let key = IndicatorKey(example.key.get_ref().clone());
            let (found, units) = found_by(form, &example, &key);
            if found != [key.as_str()] {
                let found = if found.is_empty() { "no row".to_owned() } else { format!("`{}`", found.join("`, `")) };
                let message = format!("the example's labels lead to {found}, not to `{key}`");
                let at = example.columns.last().or(example.labels.last()).map_or(at, |l| l.span().start);
                self.faults.push(self.source, "G009", at, message, None);
                continue;
            }
            if let Some(unit) = &example.unit
                && !units.contains(unit.get_ref())
            {
                let message = format!("unit `{}` is none that row `{key}` carries", unit.get_ref());
                let help = format!("its units are `{}`", units.join("`, `"));
                self.fault("G007", unit, message, Some(help));
            }
        }
    }
}

/// What an example's labels and header cells lead to, and the units of the figure it should be.
fn found_by<'f>(form: &'f Form, example: &WrittenExample, key: &IndicatorKey) -> (Vec<String>, &'f [String]) {
    let labels: Vec<&str> = example.labels.iter().map(|l| l.get_ref().as_str()).collect();
    let headers: Vec<&str> = example.columns.iter().map(|l| l.get_ref().as_str()).collect();
    let rows = form.rows_at(&labels);
    match form.shape {
        Shape::List => {
            let named = |r: &Row| r.key.as_ref().map_or_else(|| r.printed.clone(), |k| k.0.clone());
            let found = rows.iter().filter_map(|&i| form.rows.get(i)).map(named).collect();
            (found, form.row(key).map_or(&[], |r| r.units.as_slice()))
        }
        Shape::Matrix => {
            let mut found = Vec::new();
            for (t, grid) in form.tables.iter().enumerate() {
                for column in grid.columns_at(&headers) {
                    let rows =
                        rows.iter().map(|&r| Some(r)).chain((!grid.labelled && labels.is_empty()).then_some(None));
                    found.extend(rows.filter_map(|row| form.cell_key(t, row, column)).map(|k| k.0));
                }
            }
            let units = form.cell(key).and_then(|cell| {
                let column = &form.tables.get(cell.table)?.columns.get(cell.column)?.units;
                let row = cell.row.and_then(|r| form.rows.get(r)).map(|r| &r.units);
                if column.is_empty() { row } else { Some(column) }
            });
            (found, units.map_or(&[], Vec::as_slice))
        }
    }
}
