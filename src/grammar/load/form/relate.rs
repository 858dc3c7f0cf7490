//! Relations of a form: identities, derived indicators, and what must not be asserted.

use super::{Check, Word, WrittenDerived, WrittenIdentity, WrittenNever};
use crate::grammar::{Ban, Derived, Form, Identity, IndicatorKey, Never, Relation, load::source};
use std::collections::BTreeSet;

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
            self.members(form, "derived", None, &derived.parts, at);
            if form.knows(derived.key.get_ref()) {
                let message = format!("derived `{}` is printed or derived already", derived.key.get_ref());
                self.fault("G013", &derived.key, message, None);
            }
            form.derived.push(Derived { key: key(&derived.key), parts: keys(&derived.parts) });
        }
        for (at, never) in never {
            self.text("a `reason`", &never.reason);
            self.members(form, "never", Some(&never.whole), &never.parts, at);
            form.never.push(Never {
                relation: never.relation,
                whole: key(&never.whole),
                parts: keys(&never.parts),
                reason: never.reason.into_inner(),
            });
        }
        let mut ids = BTreeSet::new();
        for (at, identity) in identities {
            self.text("a `reason`", &identity.reason);
            self.members(
                form,
                &format!("identity `{}`", identity.id.get_ref()),
                Some(&identity.whole),
                &identity.parts,
                at,
            );
            let (id, whole) = (identity.id.get_ref(), identity.whole.get_ref());
            let named = id == whole
                || id.strip_prefix(whole.as_str()).is_some_and(|rest| rest.starts_with('.') && rest.len() > 1);
            if !named {
                let help = Some(format!("call it `{whole}` or `{whole}.<name>`"));
                self.fault("G014", &identity.id, format!("identity `{id}` is not named by its whole"), help);
            } else if !ids.insert(id.clone()) {
                let help = Some(format!("call this one `{whole}.<name>`"));
                self.fault("G014", &identity.id, format!("two identities are called `{id}`"), help);
            }
            let checked = Identity {
                id: id.clone(),
                relation: identity.relation,
                whole: key(&identity.whole),
                parts: keys(&identity.parts),
                reason: identity.reason.get_ref().clone(),
            };
            if let Some(never) = form.never.iter().find(|n| n.bans(&checked)) {
                let message = format!("identity `{id}` asserts what must not be asserted");
                self.fault("G015", &identity.id, message, Some(never.reason.clone()));
            }
            form.identities.push(checked);
        }
    }

    /// Every member is an indicator of the form, and stands once.
    fn members(&mut self, form: &Form, what: &str, whole: Option<&Word>, parts: &[Word], at: usize) {
        let mut seen = BTreeSet::new();
        for word in whole.into_iter().chain(parts) {
            if self.known(form, what, word) && !seen.insert(word.get_ref().as_str()) {
                self.fault("G011", word, format!("{what} lists `{}` twice", word.get_ref()), None);
            }
        }
        if parts.is_empty() {
            self.faults.push(self.source, "G012", at, format!("{what} has no parts"), None);
        }
    }

    /// Whether a word is an indicator of the form; a fault where it is none.
    pub(super) fn known(&mut self, form: &Form, what: &str, word: &Word) -> bool {
        let name = word.get_ref();
        let known = form.knows(name);
        if !known {
            let names = form.rows.iter().filter_map(|r| r.key.as_ref()).chain(form.derived.iter().map(|d| &d.key));
            let help =
                source::nearest(name, names.map(IndicatorKey::as_str)).map(|near| format!("did you mean `{near}`?"));
            self.fault("G004", word, format!("{what} names no indicator `{name}`"), help);
        }
        known
    }
}

impl Never {
    /// Whether an identity asserts what this forbids.
    pub(super) fn bans(&self, identity: &Identity) -> bool {
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

fn key(word: &Word) -> IndicatorKey {
    IndicatorKey(word.get_ref().clone())
}

fn keys(words: &[Word]) -> Vec<IndicatorKey> {
    words.iter().map(key).collect()
}
