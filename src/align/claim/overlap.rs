//! Likeness of words for rows that no phrase names: tables in no official form, and labels nobody listed.

use super::score::leftover;
use crate::{align::Triple, grammar::Grammar, quantity::ProseWords, text::fold};
use std::collections::{BTreeMap, BTreeSet};

/// Words of every row of a document, with how rare each is among them.
pub(super) struct Rows {
    labels: Vec<Option<Row>>,
    rarity: BTreeMap<String, i64>,
    alike: Vec<Vec<usize>>,
}

/// Of rows with one label, path and unit at most so many are told apart: more are a table printed again and again.
const MOST_ALIKE: usize = 16;

struct Row {
    label: String,
    own: BTreeSet<String>,
    path: BTreeSet<String>,
}

impl Rows {
    /// Indexes the rows that have no indicator.
    pub fn new(triples: &[Triple], grammar: &Grammar) -> Self {
        let tokens =
            |s: &str| grammar.catalogue.segmenter.tokens(s).into_iter().map(str::to_string).collect::<BTreeSet<_>>();
        let mut frequency: BTreeMap<String, i64> = BTreeMap::new();
        let mut count = 0;
        let labels: Vec<Option<Row>> = triples
            .iter()
            .map(|t| {
                if t.indicator.is_some() {
                    return None;
                }
                let label: String = fold(&t.label).split_whitespace().collect();
                let own = tokens(&label);
                let path = tokens(&t.path.iter().map(|p| fold(p).into_owned()).collect::<Vec<_>>().join(" "));
                for token in &own {
                    *frequency.entry(token.clone()).or_insert(0) += 1;
                }
                count += 1;
                Some(Row { label, own, path })
            })
            .collect();
        // Thousandths, falling with frequency: a word in every row weighs a third of one in a single row.
        let rarity = frequency.into_iter().map(|(t, n)| (t, 1000 - 667 * (n - 1) / count.max(2))).collect();
        let mut alike: Vec<Vec<usize>> = Vec::new();
        let mut seen: BTreeMap<(&str, &[String], Option<&str>), usize> = BTreeMap::new();
        for (id, t) in triples.iter().enumerate().filter(|(_, t)| t.indicator.is_none()) {
            let at = *seen.entry((&t.label, &t.path, t.unit.as_deref())).or_insert_with(|| {
                alike.push(Vec::new());
                alike.len() - 1
            });
            alike.get_mut(at).filter(|ids| ids.len() < MOST_ALIKE).into_iter().for_each(|ids| ids.push(id));
        }
        Rows { labels, rarity, alike }
    }

    /// Rows without an indicator, those of one label, path and unit together.
    pub fn alike(&self) -> &[Vec<usize>] {
        &self.alike
    }

    /// Characters of `before` that neither the row's label nor words of little meaning explain.
    pub fn beside(&self, triple: usize, before: &str, words: &ProseWords) -> i64 {
        let Some(Some(row)) = self.labels.get(triple) else { return 0 };
        let covered: Vec<_> = before.match_indices(row.label.as_str()).map(|(at, m)| at..at + m.len()).collect();
        let shared: Vec<_> = before
            .char_indices()
            .filter(|(_, c)| covered.is_empty() && row.label.contains(*c))
            .map(|(at, c)| at..at + c.len_utf8())
            .collect();
        leftover(before, &[covered, shared].concat(), words)
    }

    /// Likeness of row `triple` to a claim's words, in thousandths; `earlier` is what the sentence said before.
    pub fn likeness(&self, triple: usize, own: &str, earlier: &str, grammar: &Grammar) -> i64 {
        let Some(Some(row)) = self.labels.get(triple) else { return 0 };
        let ends = &grammar.lexicon.words().prose.label_ends;
        let core = ends
            .iter()
            .filter_map(|w| row.label.strip_suffix(w.as_str()))
            .min_by_key(|c| c.len())
            .unwrap_or(&row.label);
        if core.chars().count() >= 2 && own.contains(core) {
            return 800 + 15 * i64::try_from(core.chars().count().min(10)).unwrap_or(0);
        }
        let weight = |t: &str| self.rarity.get(t).copied().unwrap_or(600);
        let spoken: BTreeSet<String> =
            grammar.catalogue.segmenter.tokens(own).into_iter().map(str::to_string).collect();
        let before: BTreeSet<String> =
            grammar.catalogue.segmenter.tokens(earlier).into_iter().map(str::to_string).collect();
        let label_total: i64 = row.own.iter().map(|t| weight(t)).sum();
        let spoken_total: i64 = spoken.iter().map(|t| weight(t)).sum();
        if label_total == 0 || spoken_total == 0 {
            return 0;
        }
        let common: i64 = row.own.iter().filter(|t| spoken.contains(*t)).map(|t| weight(t)).sum();
        let path: i64 = row.path.iter().filter(|t| spoken.contains(*t)).map(|t| weight(t) / 2).sum();
        let inherited: i64 =
            row.own.iter().filter(|t| !spoken.contains(*t) && before.contains(*t)).map(|t| weight(t) / 3).sum();
        let recall = 1000 * (common + inherited) / label_total;
        let precision = 1000 * (common + path).min(spoken_total) / spoken_total;
        let tokens = if recall + precision == 0 { 0 } else { 2 * recall * precision / (recall + precision) };
        tokens.max(abbreviated(own, &row.label, grammar))
    }
}

/// An abbreviation says each of its characters in the label (`网上可办` of `可网上办理事项`).
fn abbreviated(own: &str, label: &str, grammar: &Grammar) -> i64 {
    let chars: Vec<char> = own
        .chars()
        .filter(|c| c.is_alphabetic() && !grammar.lexicon.words().prose.rate.iter().any(|w| w.contains(*c)))
        .collect();
    if !(3..=8).contains(&chars.len()) {
        return 0;
    }
    let shared = chars.iter().filter(|c| label.contains(**c)).count();
    if shared == chars.len() { 560 } else { 0 }
}
