//! A word list with the search for its words, built once.

use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;
use std::ops::{Deref, Range};

/// Words to be looked for in a whole document: the longest of those that begin at a place, capitals or not.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(from = "Vec<String>")]
pub struct SearchedWords {
    words: Vec<String>,
    /// `None` only of a list too large for a search.
    search: Option<AhoCorasick>,
}

impl From<Vec<String>> for SearchedWords {
    fn from(mut words: Vec<String>) -> Self {
        words.retain(|w| !w.is_empty());
        let mut search = AhoCorasick::builder();
        search.match_kind(MatchKind::LeftmostLongest).ascii_case_insensitive(true);
        SearchedWords { search: search.build(&words).ok(), words }
    }
}

impl Deref for SearchedWords {
    type Target = [String];
    fn deref(&self) -> &[String] {
        &self.words
    }
}

impl SearchedWords {
    /// Every word found in `text`, in its order, with the bytes it covers.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (&'a str, Range<usize>)> {
        let found = self.search.iter().flat_map(move |search| search.find_iter(text));
        found.filter_map(|hit| Some((self.words.get(hit.pattern().as_usize())?.as_str(), hit.range())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_is_found_and_capitals_do_not_matter() {
        let words = SearchedWords::from(vec!["bet".to_owned(), "bet365".to_owned(), String::new()]);
        let found: Vec<_> = words.find("Bet365与bet").collect();
        assert_eq!(found, [("bet365", 0..6), ("bet", 9..12)]);
        assert_eq!(words.find("公开信息").count(), 0);
    }
}
