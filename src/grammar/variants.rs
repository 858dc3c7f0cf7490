//! Words of another lexicon for the mainland's: `grammars/variants.toml`.

use serde::Deserialize;
use std::borrow::Cow;

/// A word and the one it stands for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// The word, in simplified characters.
    pub word: String,
    /// The word that forms and phrases are written with.
    pub means: String,
    /// Whether phrases of the prose may be written with it too.
    #[serde(default = "yes")]
    pub prose: bool,
}

fn yes() -> bool {
    true
}

/// All of them, the longest word first.
#[derive(Clone, Debug, Default)]
pub struct Variants(Vec<Variant>);

impl Variants {
    /// Orders them by length.
    pub fn new(mut variants: Vec<Variant>) -> Self {
        variants.sort_by_key(|v| std::cmp::Reverse(v.word.len()));
        Variants(variants)
    }
    /// The text with the forms' words.
    pub fn standard<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let mut out = Cow::Borrowed(text);
        for variant in &self.0 {
            if out.contains(variant.word.as_str()) {
                out = Cow::Owned(out.replace(&variant.word, &variant.means));
            }
        }
        out
    }
    /// Other ways to write a word of a phrase.
    pub fn of(&self, word: &str) -> impl Iterator<Item = String> {
        let prose = self.0.iter().filter(|v| v.prose && word.contains(v.means.as_str()));
        prose.map(|v| word.replace(&v.means, &v.word)).collect::<Vec<_>>().into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_go_both_ways() {
        let of = |word: &str, means: &str, prose| Variant { word: word.into(), means: means.into(), prose };
        let variants =
            Variants::new(vec![of("资讯", "信息", true), of("资讯网路", "信息网络", true), of("档案", "文件", false)]);
        for (from, to) in
            [("主动公开资讯数", "主动公开信息数"), ("资讯网路档案", "信息网络文件"), ("收到申请数", "收到申请数")]
        {
            assert_eq!(variants.standard(from), to);
        }
        assert_eq!(variants.of("公开信息").collect::<Vec<_>>(), ["公开资讯"]);
        assert_eq!(variants.of("规范性文件").count(), 0);
    }
}
