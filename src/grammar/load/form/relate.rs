//! Relations of a form: identities, derived indicators, and what must not be asserted.

use super::{Check, Over, Word, WrittenDerived, WrittenIdentity, WrittenNever, WrittenReserved};
use crate::grammar::{Ban, Derived, Form, Identity, IndicatorKey, Never, Relation, Reserved, load::source};
use std::collections::BTreeSet;
use toml::Spanned;

/// Where a relation holds, and so what its members name.
#[derive(Clone, Copy)]
pub(super) enum Scope {
    /// Once; its members are indicators.
    Once,
    /// In every column of a sub-table; its members are rows.
    Columns(usize),
    /// In every labelled row of a sub-table; its members are columns.
    Rows(usize),
}

impl Scope {
    fn has(self, form: &Form, name: &str) -> bool {
        let derived = || form.derived.iter().any(|d| d.key.0 == name);
        match self {
            Scope::Once => form.knows(name),
            Scope::Columns(table) => {
                let row = |r: &crate::grammar::Row| r.table == table && r.key.as_ref().is_some_and(|k| k.0 == name);
                form.rows.iter().any(row) || derived()
            }
            Scope::Rows(table) => {
                form.tables.get(table).is_some_and(|t| t.columns.iter().any(|c| c.key.as_deref() == Some(name)))
            }
        }
    }
    /// What the members may be called, for suggestions.
    fn nearest(self, form: &Form, name: &str) -> Option<String> {
        let rows = form.rows.iter().filter_map(|r| r.key.as_ref()).chain(form.derived.iter().map(|d| &d.key));
        let cells = form.tables.iter().flat_map(|t| t.columns.iter().filter_map(|c| c.key.as_deref()));
        source::nearest(name, rows.map(IndicatorKey::as_str).chain(cells)).map(|near| format!("did you mean `{near}`?"))
    }
    /// One key a place: the member joined with each column, or with each row.
    fn places(self, form: &Form) -> Vec<Place> {
        match self {
            Scope::Once => vec![Place::default()],
            Scope::Columns(table) => {
                let Some(grid) = form.tables.get(table) else { return Vec::new() };
                let keys = grid.columns.iter().filter_map(|c| c.key.clone());
                keys.map(|after| Place { before: String::new(), after }).collect()
            }
            Scope::Rows(table) => {
                let rows = form.rows.iter().filter(|r| r.table == table).filter_map(|r| r.key.as_ref());
                rows.map(|k| Place { before: k.0.clone(), after: String::new() }).collect()
            }
        }
    }
}

/// What is put before and after a member to make an indicator.
#[derive(Default)]
struct Place {
    before: String,
    after: String,
}

impl Place {
    fn key(&self, member: &str) -> IndicatorKey {
        let parts = [self.before.as_str(), member, self.after.as_str()];
        let parts: Vec<&str> = parts.into_iter().filter(|p| !p.is_empty()).collect();
        IndicatorKey(parts.join("."))
    }
    fn keys(&self, members: &[Word]) -> Vec<IndicatorKey> {
        members.iter().map(|m| self.key(m.get_ref())).collect()
    }
}

impl Check<'_, '_> {
    /// Checks and adds all relations.
    pub(super) fn relations(
        &mut self,
        form: &mut Form,
        identities: Vec<(usize, WrittenIdentity)>,
        derived: Vec<(usize, WrittenDerived)>,
        never: Vec<(usize, WrittenNever)>,
    ) {
        for (at, derived) in derived {
            self.text("`key`", &derived.key);
            let Some(scope) = self.scope(form, derived.over.as_ref(), derived.table.as_ref()) else { continue };
            self.members(form, "derived", scope, None, &derived.parts, at);
            for place in scope.places(form) {
                let key = place.key(derived.key.get_ref());
                if form.knows(key.as_str()) {
                    let message = format!("derived `{key}` is printed or derived already");
                    self.fault("G013", &derived.key, message, None);
                }
                form.derived.push(Derived { key, parts: place.keys(&derived.parts) });
            }
        }
        for (at, never) in never {
            self.text("a `reason`", &never.reason);
            self.members(form, "never", Scope::Once, Some(&never.whole), &never.parts, at);
            let once = Place::default();
            form.never.push(Never {
                relation: never.relation,
                whole: once.key(never.whole.get_ref()),
                parts: once.keys(&never.parts),
                reason: never.reason.into_inner(),
            });
        }
        let mut ids = BTreeSet::new();
        for (at, identity) in identities {
            self.identity(form, at, &identity, &mut ids);
        }
    }

    /// Checks and adds what only some bodies can have.
    pub(super) fn reserved(&mut self, form: &mut Form, reserved: Vec<(usize, WrittenReserved)>) {
        for (at, reserved) in reserved {
            self.text("a `reason`", &reserved.reason);
            self.members(form, "reserved", Scope::Once, None, &reserved.keys, at);
            let keys = Place::default().keys(&reserved.keys);
            form.reserved.push(Reserved { keys, reason: reserved.reason.into_inner() });
        }
    }

    fn identity(&mut self, form: &mut Form, at: usize, identity: &WrittenIdentity, ids: &mut BTreeSet<String>) {
        self.text("a `reason`", &identity.reason);
        let Some(scope) = self.scope(form, identity.over.as_ref(), identity.table.as_ref()) else { return };
        let (id, whole) = (identity.id.get_ref(), identity.whole.get_ref());
        let added: Vec<Word> = identity.plus.iter().chain(&identity.parts).cloned().collect();
        self.members(form, &format!("identity `{id}`"), scope, Some(&identity.whole), &added, at);
        if (identity.relation == Relation::Balance) == identity.plus.is_empty() {
            let help = "a balance says that whole and `plus` are the sum of `parts`".to_owned();
            self.fault("G003", &identity.id, "`plus` goes with `balance`, and only with it", Some(help));
        }
        if (identity.relation == Relation::RowTotal) != matches!(scope, Scope::Rows(_)) {
            let help = "its members are columns".to_owned();
            self.fault("G003", &identity.id, "`over = \"rows\"` goes with `row-total`, and only with it", Some(help));
        }
        // Of a row total the id is the name alone: every row puts its key before it.
        let name = match scope {
            Scope::Rows(_) => Some(id.as_str()),
            _ if id == whole => Some(""),
            _ => id.strip_prefix(whole.as_str()).and_then(|rest| rest.strip_prefix('.')).filter(|n| !n.is_empty()),
        };
        let Some(name) = name else {
            let help = Some(format!("call it `{whole}` or `{whole}.<name>`"));
            self.fault("G014", &identity.id, format!("identity `{id}` is not named by its whole"), help);
            return;
        };
        for place in scope.places(form) {
            let whole = place.key(whole);
            let id = if name.is_empty() { whole.0.clone() } else { format!("{whole}.{name}") };
            if !ids.insert(id.clone()) {
                let help = Some(format!("call this one `{whole}.<name>`"));
                self.fault("G014", &identity.id, format!("two identities are called `{id}`"), help);
            }
            let checked = Identity {
                id,
                relation: identity.relation,
                whole,
                plus: place.keys(&identity.plus),
                parts: place.keys(&identity.parts),
                reason: identity.reason.get_ref().clone(),
            };
            if let Some(never) = form.never.iter().find(|n| n.bans(&checked)) {
                let message = format!("identity `{}` asserts what must not be asserted", checked.id);
                self.fault("G015", &identity.id, message, Some(never.reason.clone()));
            }
            form.identities.push(checked);
        }
    }

    /// What `over` and `table` say together; a fault where they do not fit.
    fn scope(&mut self, form: &Form, over: Option<&Spanned<Over>>, table: Option<&Word>) -> Option<Scope> {
        let (over, table) = match (over, table) {
            (None, None) => return Some(Scope::Once),
            (Some(over), Some(table)) => (over, table),
            (Some(over), None) => {
                let at = over.span().start;
                self.faults.push(self.source, "G003", at, "`over` needs the `table` it speaks of", None);
                return None;
            }
            (None, Some(table)) => {
                let help = "one of `columns`, `rows`".to_owned();
                self.fault("G003", table, "`table` needs an `over`", Some(help));
                return None;
            }
        };
        let Some(index) = form.tables.iter().position(|t| t.key == *table.get_ref()) else {
            let help = source::nearest(table.get_ref(), form.tables.iter().map(|t| t.key.as_str()))
                .map(|near| format!("did you mean `{near}`?"));
            self.fault("G004", table, format!("`{}` names no table", table.get_ref()), help);
            return None;
        };
        Some(match over.get_ref() {
            Over::Columns => Scope::Columns(index),
            Over::Rows => Scope::Rows(index),
        })
    }

    /// Every member is an indicator of the form, and stands once.
    fn members(&mut self, form: &Form, what: &str, scope: Scope, whole: Option<&Word>, parts: &[Word], at: usize) {
        let mut seen = BTreeSet::new();
        for word in whole.into_iter().chain(parts) {
            if self.known_in(form, what, scope, word) && !seen.insert(word.get_ref().as_str()) {
                self.fault("G011", word, format!("{what} lists `{}` twice", word.get_ref()), None);
            }
        }
        if parts.is_empty() {
            self.faults.push(self.source, "G012", at, format!("{what} has no parts"), None);
        }
    }

    /// Whether a word is an indicator of the form; a fault where it is none.
    pub(super) fn known(&mut self, form: &Form, what: &str, word: &Word) -> bool {
        self.known_in(form, what, Scope::Once, word)
    }

    fn known_in(&mut self, form: &Form, what: &str, scope: Scope, word: &Word) -> bool {
        let name = word.get_ref();
        let known = scope.has(form, name);
        if !known {
            self.fault("G004", word, format!("{what} names no indicator `{name}`"), scope.nearest(form, name));
        }
        known
    }
}

impl Never {
    /// Whether an identity asserts what this forbids.
    fn bans(&self, identity: &Identity) -> bool {
        let whole_and_part = |a: &IndicatorKey, b: &IndicatorKey| identity.whole == *a && identity.parts.contains(b);
        match self.relation {
            Ban::Any => self.parts.iter().any(|p| whole_and_part(&self.whole, p) || whole_and_part(p, &self.whole)),
            Ban::PartOf => self.parts.iter().any(|p| whole_and_part(&self.whole, p)),
            Ban::Sum => {
                let same = |whole: &IndicatorKey, parts: &[IndicatorKey]| {
                    identity.whole == *whole
                        && identity.parts.len() == parts.len()
                        && parts.iter().all(|p| identity.parts.contains(p))
                };
                // An equality may be written either way round.
                let turned = match self.parts.as_slice() {
                    [part] => same(part, std::slice::from_ref(&self.whole)),
                    _ => false,
                };
                identity.relation != Relation::PartOf && (same(&self.whole, &self.parts) || turned)
            }
        }
    }
}
