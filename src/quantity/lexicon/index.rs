//! Longest-match searches over the lexicon, built once: units and approximating words by their first character,
//! names, plain words and cues by automaton.

use super::{ApproxWord, CueReason, LexiconError, Place, Unit, Words};
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::BTreeMap;

/// Words of one kind by first character, longest first.
#[derive(Clone, Debug, Default)]
struct ByFirst<T> {
    words: BTreeMap<char, Vec<(String, T)>>,
}

impl<T: Copy> ByFirst<T> {
    fn new(words: impl Iterator<Item = (String, T)>) -> Self {
        let mut map: BTreeMap<char, Vec<(String, T)>> = BTreeMap::new();
        for (word, value) in words {
            if let Some(first) = word.chars().next() {
                map.entry(first).or_default().push((word, value));
            }
        }
        for list in map.values_mut() {
            list.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
        }
        ByFirst { words: map }
    }
    /// Every word that `text` begins with, longest first.
    fn starting<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (&'a str, T)> {
        let list = text.chars().next().and_then(|c| self.words.get(&c));
        list.into_iter().flatten().filter(|(word, _)| text.starts_with(word.as_str())).map(|(w, t)| (w.as_str(), *t))
    }
}

/// A name or plain word found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::quantity) struct NameAt {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Whether it is a name; else a plain word, which gets no entry.
    pub name: bool,
}

/// A cue found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::quantity) struct Cue {
    /// One past its last byte.
    pub end: usize,
    /// What the number after it is.
    pub reason: CueReason,
}

/// All searches.
#[derive(Debug, Default)]
pub(in crate::quantity) struct Index {
    units: ByFirst<usize>,
    approx: ByFirst<usize>,
    approx_words: Vec<ApproxWord>,
    zero_of: ByFirst<()>,
    names: Option<AhoCorasick>,
    /// How many of the automaton's patterns are names; those after them are plain words.
    name_count: usize,
    /// Names with `#`, searched where each digit run is one `#`.
    patterns: Option<AhoCorasick>,
    cues: Option<AhoCorasick>,
    cue_reasons: Vec<CueReason>,
}

impl Index {
    /// Builds the searches.
    pub(super) fn new(units: &[Unit], words: &Words) -> Result<Self, LexiconError> {
        let spellings =
            units.iter().enumerate().flat_map(|(i, u)| u.spellings.iter().map(move |spelling| (spelling.clone(), i)));
        let numeral = &words.numeral;
        let (patterns, names): (Vec<&String>, Vec<&String>) = words.names.iter().partition(|name| name.contains('#'));
        let all = words.names.iter().chain(&numeral.plain).chain(numeral.cues.iter().map(|c| &c.word));
        if let Some(empty) = all.into_iter().find(|w| w.trim().is_empty() || w.trim() == "#") {
            return Err(LexiconError { message: "an empty name or word".into(), culprit: empty.clone() });
        }
        let name_count = names.len();
        let plain = names.into_iter().chain(&numeral.plain);
        Ok(Index {
            units: ByFirst::new(spellings),
            approx: ByFirst::new(numeral.approx.iter().enumerate().map(|(i, a)| (a.word.clone(), i))),
            approx_words: numeral.approx.clone(),
            zero_of: ByFirst::new(numeral.zero_of.iter().map(|w| (w.clone(), ()))),
            names: automaton(plain)?,
            name_count,
            patterns: automaton(patterns.into_iter())?,
            cues: automaton(numeral.cues.iter().map(|c| &c.word))?,
            cue_reasons: numeral.cues.iter().map(|c| c.reason).collect(),
        })
    }
    /// The longest unit at the start of `text` that `fits`, given its position and the text after it.
    pub(super) fn unit_at(&self, text: &str, fits: impl Fn(usize, &str) -> bool) -> Option<(usize, usize)> {
        self.units
            .starting(text)
            .find(|(word, at)| fits(*at, text.get(word.len()..).unwrap_or("")))
            .map(|(word, at)| (at, word.len()))
    }
    /// The longest approximating word of `place` at the start of `text` whose neighbours allow it.
    pub(in crate::quantity) fn approx_at(
        &self,
        text: &str,
        place: Place,
        previous: Option<char>,
    ) -> Option<&ApproxWord> {
        self.approx.starting(text).filter_map(|(word, at)| Some((word, self.approx_words.get(at)?))).find_map(
            |(word, a)| {
                let next = text.get(word.len()..).and_then(|rest| rest.trim_start_matches(' ').chars().next());
                let fits = a.place == place
                    && previous.is_none_or(|c| !a.not_after.contains(c))
                    && next.is_none_or(|c| !a.not_before.contains(c))
                    && a.only_before.as_ref().is_none_or(|only| next.is_some_and(|c| only.contains(c)));
                fits.then_some(a)
            },
        )
    }
    /// Whether `text` begins with something that may be said to be zero.
    pub(in crate::quantity) fn zero_of(&self, text: &str) -> bool {
        self.zero_of.starting(text).next().is_some()
    }
    /// Names and plain words of `text` by start, longest first; they may overlap.
    pub(in crate::quantity) fn names(&self, text: &str) -> Vec<NameAt> {
        let mut found = Vec::new();
        if let Some(names) = &self.names {
            for m in names.find_iter(text) {
                let at = NameAt { start: m.start(), end: m.end(), name: m.pattern().as_usize() < self.name_count };
                if whole(text, at.start, at.end) {
                    found.push(at);
                }
            }
        }
        if let Some(patterns) = &self.patterns {
            let (collapsed, offsets) = collapse(text);
            for m in patterns.find_iter(&collapsed) {
                if let (Some(&start), Some(&end)) = (offsets.get(m.start()), offsets.get(m.end()))
                    && whole(text, start, end)
                {
                    found.push(NameAt { start, end, name: true });
                }
            }
        }
        found.sort_by(|a, b| a.start.cmp(&b.start).then(b.end.cmp(&a.end)));
        found
    }
    /// Cues of `text` by their end.
    pub(in crate::quantity) fn cues(&self, text: &str) -> Vec<Cue> {
        let Some(cues) = &self.cues else { return Vec::new() };
        cues.find_iter(text)
            .filter_map(|m| Some(Cue { end: m.end(), reason: *self.cue_reasons.get(m.pattern().as_usize())? }))
            .collect()
    }
}

fn automaton<'a>(words: impl Iterator<Item = &'a String>) -> Result<Option<AhoCorasick>, LexiconError> {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(words)
        .map(Some)
        .map_err(|e| LexiconError { message: e.to_string(), culprit: String::new() })
}

/// Whether the range cuts no digit run and no Latin word.
fn whole(text: &str, start: usize, end: usize) -> bool {
    let glued = |a: Option<char>, b: Option<char>| match (a, b) {
        (Some(a), Some(b)) => {
            (a.is_ascii_digit() && (b.is_ascii_digit() || b == '.'))
                || (a == '.' && b.is_ascii_digit())
                || (a.is_ascii_alphanumeric()
                    && b.is_ascii_alphanumeric()
                    && (a.is_ascii_alphabetic() || b.is_ascii_alphabetic()))
        }
        _ => false,
    };
    let (before, inside, after) = (text.get(..start), text.get(start..end), text.get(end..));
    let (Some(before), Some(inside), Some(after)) = (before, inside, after) else { return false };
    !glued(before.chars().next_back(), inside.chars().next())
        && !glued(inside.chars().next_back(), after.chars().next())
}

/// `text` with each digit run as one `#` (a printed `#` becomes a space), and for each byte of it, and its end, the byte
/// of `text` it stands for.
fn collapse(text: &str) -> (String, Vec<usize>) {
    let mut collapsed = String::with_capacity(text.len());
    let mut offsets = Vec::with_capacity(text.len() + 1);
    let mut in_digits = false;
    for (at, c) in text.char_indices() {
        if c.is_ascii_digit() {
            if !in_digits {
                collapsed.push('#');
                offsets.push(at);
            }
            in_digits = true;
            continue;
        }
        in_digits = false;
        collapsed.push(if c == '#' { ' ' } else { c });
        offsets.extend(std::iter::repeat_n(at, c.len_utf8()));
    }
    offsets.push(text.len());
    (collapsed, offsets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digit_run_is_one_sign_and_offsets_lead_back() {
        let (collapsed, offsets) = collapse("拨12345热线");
        assert_eq!(collapsed, "拨#热线");
        assert_eq!(offsets.get(3..5), Some(&[3, 8][..]));
        assert_eq!(offsets.last(), Some(&14));
    }

    #[test]
    fn a_name_never_cuts_a_number() {
        assert!(whole("拨12345", 3, 8));
        assert!(!whole("12345.6", 0, 5));
        assert!(!whole("112345", 1, 6));
    }
}
