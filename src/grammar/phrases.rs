//! The catalogue's phrases as one automaton: which of their words stand where in a stretch of prose.

use super::{Indicator, Variants};
use aho_corasick::AhoCorasick;
use std::{collections::BTreeMap, ops::Range};

/// Words that turn the word after them into its contrary: 同意公开 does not stand in 不同意公开.
const CONTRARY: [&str; 5] = ["不", "非", "不同意", "不予", "不予以"];

/// A phrase: parts that must all occur, each with the words of which one must.
#[derive(Clone, Debug)]
pub struct Phrase {
    /// Word numbers of each part.
    pub parts: Vec<Vec<usize>>,
}

/// A word found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Number of the word.
    pub word: usize,
    /// Where it stands.
    pub range: Range<usize>,
}

/// All phrases of a catalogue.
#[derive(Clone, Debug, Default)]
pub struct Phrases {
    automaton: Option<AhoCorasick>,
    /// Phrases of each indicator, in the catalogue's order.
    pub of: Vec<Vec<Phrase>>,
}

impl Phrases {
    pub(super) fn new(indicators: &[Indicator], variants: &Variants) -> Self {
        let mut words: BTreeMap<String, usize> = BTreeMap::new();
        let mut list: Vec<String> = Vec::new();
        let mut of = Vec::new();
        for indicator in indicators {
            let mut phrases = Vec::new();
            for says in &indicator.says {
                let parts = says
                    .split('+')
                    .map(|part| {
                        part.split('|')
                            .filter(|w| !w.is_empty())
                            .flat_map(|word| std::iter::once(word.to_owned()).chain(variants.of(word)))
                            .map(|word| {
                                *words.entry(word).or_insert_with_key(|word| {
                                    list.push(word.clone());
                                    list.len() - 1
                                })
                            })
                            .collect()
                    })
                    .collect();
                phrases.push(Phrase { parts });
            }
            of.push(phrases);
        }
        Phrases { automaton: AhoCorasick::new(&list).ok(), of }
    }

    /// Every word of every phrase that stands in `text`, by position. Words inside one of the `generic` phrases (信息公开,
    /// which every sentence may say) and words a negation turns round do not count.
    pub fn hits(&self, text: &str, generic: &[String]) -> Vec<Hit> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let masked: Vec<Range<usize>> =
            generic.iter().flat_map(|g| text.match_indices(g.as_str()).map(|(at, m)| at..at + m.len())).collect();
        let mut hits: Vec<Hit> = automaton
            .find_overlapping_iter(text)
            .map(|m| Hit { word: m.pattern().as_usize(), range: m.range() })
            .filter(|hit| {
                let turned =
                    text.get(..hit.range.start).is_some_and(|before| CONTRARY.iter().any(|c| before.ends_with(c)));
                let inside = |m: &Range<usize>| {
                    m.start <= hit.range.start && hit.range.end <= m.end && m.len() > hit.range.len()
                };
                !turned && !masked.iter().any(inside)
            })
            .collect();
        hits.sort_by_key(|h| (h.range.start, h.range.end));
        hits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases(says: &[&str]) -> Phrases {
        let indicators: Vec<Indicator> = says
            .iter()
            .map(|s| Indicator {
                key: (*s).into(),
                name: (*s).into(),
                english: (*s).into(),
                units: Vec::new(),
                says: vec![(*s).into()],
                context: Vec::new(),
                unless: Vec::new(),
                readings: Vec::new(),
                sum: None,
            })
            .collect();
        Phrases::new(&indicators, &Variants::default())
    }

    fn found(says: &[&str], text: &str) -> Vec<String> {
        phrases(says).hits(text, &["信息公开".to_string()]).into_iter().map(|h| text[h.range].to_string()).collect()
    }

    #[test]
    fn a_contrary_is_another_word() {
        assert_eq!(found(&["同意公开", "不同意公开"], "不同意公开"), ["不同意公开"]);
        assert_eq!(found(&["同意公开", "不同意公开"], "同意公开"), ["同意公开"]);
    }

    #[test]
    fn a_generic_phrase_says_nothing() {
        assert_eq!(found(&["公开", "信息"], "因信息公开引起"), Vec::<String>::new());
        assert_eq!(found(&["公开", "信息"], "公开信息"), ["公开", "信息"]);
    }
}
