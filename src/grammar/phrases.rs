//! The catalogue's phrases as one automaton: which of their words stand where in a stretch of prose.

use super::Indicator;
use aho_corasick::AhoCorasick;
use std::{collections::BTreeMap, ops::Range};

/// A word shorter than this many characters is never hidden by a longer one: 公开 counts inside 主动公开, while 同意公开
/// does not count inside 不同意公开.
const HIDEABLE: usize = 3;

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
    pub(super) fn new(indicators: &[Indicator]) -> Self {
        let mut words: BTreeMap<&str, usize> = BTreeMap::new();
        let mut list: Vec<&str> = Vec::new();
        let mut of = Vec::new();
        for indicator in indicators {
            let mut phrases = Vec::new();
            for says in &indicator.says {
                let parts = says
                    .split('+')
                    .map(|part| {
                        part.split('|')
                            .filter(|w| !w.is_empty())
                            .map(|word| {
                                *words.entry(word).or_insert_with(|| {
                                    list.push(word);
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

    /// Every word of every phrase that stands in `text`, by position; a word inside a longer one is left out.
    pub fn hits(&self, text: &str) -> Vec<Hit> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let mut hits: Vec<Hit> = automaton
            .find_overlapping_iter(text)
            .map(|m| Hit { word: m.pattern().as_usize(), range: m.range() })
            .collect();
        let all = hits.clone();
        hits.retain(|hit| {
            let hideable = text.get(hit.range.clone()).is_some_and(|w| w.chars().count() >= HIDEABLE);
            let inside = |other: &Hit| {
                other.range.start <= hit.range.start
                    && hit.range.end <= other.range.end
                    && other.range.len() > hit.range.len()
            };
            !(hideable && all.iter().any(inside))
        });
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
            })
            .collect();
        Phrases::new(&indicators)
    }

    #[test]
    fn a_long_word_hides_the_words_inside_it() {
        let text = "不同意公开";
        let found: Vec<&str> =
            phrases(&["同意公开", "不同意公开"]).hits(text).into_iter().map(|h| &text[h.range]).collect();
        assert_eq!(found, ["不同意公开"]);
    }

    #[test]
    fn a_short_word_is_found_inside_a_long_one() {
        let text = "主动公开";
        let found: Vec<&str> = phrases(&["公开", "主动公开"]).hits(text).into_iter().map(|h| &text[h.range]).collect();
        assert_eq!(found, ["主动公开", "公开"]);
    }
}
