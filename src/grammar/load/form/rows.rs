//! Rows of a form: labels, parents, units; and the examples that try them.

use super::{Check, Word, WrittenExample, WrittenRow};
use crate::grammar::{Form, IndicatorKey, Row, label, load::source};
use std::collections::BTreeMap;

impl Check<'_, '_> {
    /// Checks the rows and builds the form's index of labels.
    pub(super) fn rows(&mut self, form: &mut Form, written: Vec<(usize, WrittenRow)>) {
        let mut keys: BTreeMap<String, usize> = BTreeMap::new();
        let mut labels: BTreeMap<(Option<usize>, String), usize> = BTreeMap::new();
        for (at, row) in written {
            let index = form.rows.len();
            let printed = self.text("a row's `label`", &row.label);
            let parent = row.parent.as_ref().and_then(|p| self.parent(form, &row, p));
            if let Some(key) = &row.key {
                self.text("a row's `key`", key);
                if keys.insert(key.get_ref().clone(), index).is_some() {
                    let message = format!("two rows hold indicator `{}`", key.get_ref());
                    self.fault("G013", key, message, None);
                }
            }
            for word in [&row.label].into_iter().chain(&row.aliases) {
                let reduced = label::reduce(&self.text("a label", word));
                match labels.insert((parent, label::bare(&reduced)), index) {
                    Some(other) if other == index => {
                        let message = format!("`{reduced}` is twice among this row's label and aliases");
                        let help = "numbers, 其中, notes, spaces and marks make no difference".to_owned();
                        self.fault("G005", word, message, Some(help));
                    }
                    Some(_) => {
                        let message = format!("two rows are called `{reduced}` under one parent");
                        self.fault("G005", word, message, Some("give one of them another `parent`".to_owned()));
                    }
                    None => {}
                }
            }
            let units = self.row_units(at, &row);
            form.rows.push(Row {
                key: row.key.map(|k| IndicatorKey(k.into_inner())),
                label: label::reduce(&printed),
                printed,
                aliases: row.aliases.iter().map(|a| label::reduce(a.get_ref())).collect(),
                units,
                parent,
                optional: row.optional,
            });
        }
        form.reindex();
    }

    /// The row above that a row's `parent` names: by its key, or by its label as written.
    fn parent(&mut self, form: &Form, row: &WrittenRow, parent: &Word) -> Option<usize> {
        let name = parent.get_ref();
        let found = form
            .rows
            .iter()
            .rposition(|r| r.key.as_ref().is_some_and(|k| k.as_str() == name))
            .or_else(|| form.rows.iter().rposition(|r| r.printed == *name));
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
    fn unit(&mut self, unit: &Word) {
        if self.units.is_empty() || self.units.contains(unit.get_ref()) {
            return;
        }
        let help = source::nearest(unit.get_ref(), self.units.iter().map(String::as_str))
            .map_or_else(|| "add it to `units.toml`".to_owned(), |near| format!("did you mean `{near}`?"));
        self.fault("G006", unit, format!("unit `{}` is not in the lexicon", unit.get_ref()), Some(help));
    }

    /// Runs the examples: each path of labels has to lead to its row and to no other.
    pub(super) fn examples(&mut self, form: &Form, written: Vec<(usize, WrittenExample)>) {
        for (at, example) in written {
            if example.labels.is_empty() {
                self.faults.push(self.source, "G012", at, "an example without `labels`", None);
                continue;
            }
            if !self.known(form, "example", &example.key) {
                continue;
            }
            let key = IndicatorKey(example.key.get_ref().clone());
            let path: Vec<&str> = example.labels.iter().map(|l| l.get_ref().as_str()).collect();
            let found = form.rows_at(&path);
            let keys: Vec<&str> = found
                .iter()
                .filter_map(|&i| form.rows.get(i))
                .map(|r| r.key.as_ref().map_or(r.printed.as_str(), IndicatorKey::as_str))
                .collect();
            if keys != [key.as_str()] {
                let found = if keys.is_empty() { "no row".to_owned() } else { format!("`{}`", keys.join("`, `")) };
                let message = format!("the example's labels lead to {found}, not to `{key}`");
                let at = example.labels.last().map_or(at, |l| l.span().start);
                self.faults.push(self.source, "G009", at, message, None);
                continue;
            }
            if let (Some(unit), Some(row)) = (&example.unit, form.row(&key))
                && !row.units.contains(unit.get_ref())
            {
                let message = format!("unit `{}` is none that row `{key}` carries", unit.get_ref());
                let help = format!("its units are `{}`", row.units.join("`, `"));
                self.fault("G007", unit, message, Some(help));
            }
        }
    }
}
