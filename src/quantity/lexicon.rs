//! The words a reader must know, as data: defined here, filled by `grammar` from `grammars/*.toml`.

mod index;
mod search;

pub(super) use index::{Cue, Index, NameAt};
pub use search::SearchedWords;

use super::{Number, Reason};
use serde::Deserialize;
use std::{collections::BTreeMap, str::FromStr, sync::Arc};

/// What kind of thing a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnitClass {
    /// 件, 条, 人次 …
    Count,
    /// 元, 万元, 亿元
    Money,
    /// %, ‰, 成: family `percent`, printed as %.
    Percent,
    /// 个百分点
    Points,
    /// 倍
    Multiple,
    /// 个工作日, 天, 年, 小时: never a claim.
    Duration,
    /// 岁
    Age,
    /// 号楼, 室 …: part of an address.
    Address,
    /// 类, 项 after a list, 个方面: counts of what the sentence enumerates; a claim only where a table row speaks of it.
    Enumerating,
    /// 立方米, 公里, 秒: measures of the physical world.
    Physical,
}

/// A unit as `grammars/units.toml` writes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitSpec {
    /// Canonical spelling.
    pub name: String,
    /// Units of one family may be compared (件 起 宗 例 条; 人 名; 次 期 场; 元 万元 亿元).
    pub family: String,
    /// What it measures.
    pub class: UnitClass,
    /// How many of the family's base unit one of it is: 10000 for 万元 where 元 is 1. Written as a string.
    #[serde(default)]
    pub factor: Option<String>,
    /// Other spellings that mean exactly this unit (`％`, `人/次`).
    #[serde(default)]
    pub spellings: Vec<String>,
    /// Characters that, coming next, show that the letters belong to another word (`3部`, but `3部门`).
    #[serde(default)]
    pub not_before: String,
}

/// A checked unit.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Canonical spelling.
    pub name: String,
    /// Comparable family.
    pub family: String,
    /// What it measures.
    pub class: UnitClass,
    /// Size in the family's base unit.
    pub factor: Number,
    /// All spellings, the canonical one first.
    pub spellings: Vec<String>,
    /// Characters that may not come next.
    pub not_before: String,
}

/// `grammars/words.toml`: word lists of the numeral grammar and of the prose, by use.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Names and phrases that contain digits or numerals and are never quantities (`12345`, `三公经费`, `610`); `#` stands
    /// for any run of digits (`#热线`).
    pub names: Vec<String>,
    /// Words of the numeral grammar.
    #[serde(default)]
    pub numeral: NumeralWords,
    /// Words of the prose grammar.
    pub prose: super::ProseWords,
    /// Betting, lottery and adult words that scrapers inject (`手机彩票网`).
    pub spam: SearchedWords,
    /// Words of the D rules.
    #[serde(default)]
    pub document: super::DocumentWords,
}

/// Words of the numeral grammar: `[numeral]` of `grammars/words.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumeralWords {
    /// Approximating words.
    pub approx: Vec<ApproxWord>,
    /// What may be said to be zero in one word with it: `零投诉`.
    pub zero_of: Vec<String>,
    /// Characters before a lone 一 that make another word with it (`每一件`).
    pub one_not_after: String,
    /// Units that a lone 一 counts only at the end of a clause (`诉讼一起`, but `一起推进`).
    pub one_at_border: String,
    /// Words that merely begin like a number (`统一`, `十分`): skipped without an entry.
    pub plain: Vec<String>,
    /// Words that say what the number shortly after them is (`电话`, `邮编`).
    pub cues: Vec<CueWord>,
}

/// One approximating word.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ApproxWord {
    /// As printed.
    pub word: String,
    /// Where it stands.
    pub place: Place,
    /// What it does to the number.
    pub reading: Reading,
    /// Characters before it that make another word (`节约`).
    #[serde(default)]
    pub not_after: String,
    /// Characters after it that make another word (`余额`).
    #[serde(default)]
    pub not_before: String,
    /// Where given, the only characters that may follow.
    #[serde(default)]
    pub only_before: Option<String>,
}

/// Where an approximating word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// Before the number: `近`.
    Before,
    /// Between number and unit: `余`.
    Inside,
    /// After the unit: `左右`.
    After,
}

/// What an approximating word does to a number `n`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reading {
    /// A little less than n: 近.
    Near,
    /// Around n: 约, 左右.
    About,
    /// More than n: 超过.
    Over,
    /// More than n in the speaker's mouth, n itself allowed: 上百.
    OverOrAt,
    /// n or more: 至少, 以上.
    AtLeast,
    /// Less than n: 不足.
    Under,
    /// n or less: 以下.
    AtMost,
    /// n and a remainder below the next round number: 余, 多.
    More,
}

/// A word that says what the number after it is.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CueWord {
    /// As printed.
    pub word: String,
    /// What the number is then.
    pub reason: CueReason,
}

/// The reasons a cue can give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs, reason = "those of `Reason`")]
pub enum CueReason {
    Telephone,
    Postcode,
    Code,
    Furniture,
    Address,
}

impl From<CueReason> for Reason {
    fn from(cue: CueReason) -> Reason {
        match cue {
            CueReason::Telephone => Reason::Telephone,
            CueReason::Postcode => Reason::Postcode,
            CueReason::Code => Reason::Code,
            CueReason::Furniture => Reason::Furniture,
            CueReason::Address => Reason::Address,
        }
    }
}

/// Why a lexicon cannot be built.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{message}")]
pub struct LexiconError {
    /// What is wrong.
    pub message: String,
    /// The unit or word at fault, so that the loader can point at it.
    pub culprit: String,
}

/// Units and words, ready for use.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    units: Vec<Unit>,
    /// Spelling to position in `units`.
    spelled: BTreeMap<String, usize>,
    words: Words,
    index: Arc<Index>,
}

impl Lexicon {
    /// Checks and indexes units and words.
    ///
    /// # Errors
    /// A spelling given to two units, a factor that is no positive decimal, an empty spelling or word.
    pub fn new(units: Vec<UnitSpec>, words: Words) -> Result<Self, LexiconError> {
        let mut checked: Vec<Unit> = Vec::with_capacity(units.len());
        let mut spelled = BTreeMap::new();
        for spec in units {
            let factor = match &spec.factor {
                None => Number::ONE,
                Some(text) => match Number::from_str(text) {
                    Ok(factor) if factor > Number::ZERO => factor,
                    _ => {
                        return Err(LexiconError {
                            message: format!("unit `{}`: factor `{text}` is no positive decimal", spec.name),
                            culprit: spec.name,
                        });
                    }
                },
            };
            let mut spellings = vec![spec.name.clone()];
            spellings.extend(spec.spellings);
            for spelling in &spellings {
                if spelling.trim().is_empty() {
                    let message = format!("unit `{}` has an empty spelling", spec.name);
                    return Err(LexiconError { message, culprit: spec.name });
                }
                if let Some(other) = spelled.insert(spelling.clone(), checked.len()) {
                    let other = checked.get(other).map_or(spec.name.as_str(), |u| u.name.as_str());
                    return Err(LexiconError {
                        message: format!("`{spelling}` is spelled by both `{other}` and `{}`", spec.name),
                        culprit: spelling.clone(),
                    });
                }
            }
            checked.push(Unit {
                name: spec.name,
                family: spec.family,
                class: spec.class,
                factor,
                spellings,
                not_before: spec.not_before,
            });
        }
        let mut words = words;
        words.prose.index().map_err(|e| LexiconError { message: e.to_string(), culprit: String::new() })?;
        let index = Arc::new(Index::new(&checked, &words)?);
        Ok(Lexicon { units: checked, spelled, words, index })
    }
    /// Word lists.
    pub fn words(&self) -> &Words {
        &self.words
    }
    /// All units, as the data file orders them.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }
    /// The unit spelled so, by any of its spellings (folded text).
    pub fn unit(&self, spelling: &str) -> Option<&Unit> {
        self.spelled.get(spelling).and_then(|i| self.units.get(*i))
    }
    /// The unit that `text` begins with, by longest match, and the length of its spelling in bytes.
    pub fn unit_at(&self, text: &str) -> Option<(&Unit, usize)> {
        let (at, length) = self.index.unit_at(text, |at, rest| {
            let next = rest.chars().next();
            self.units.get(at).is_some_and(|u| next.is_none_or(|c| !u.not_before.contains(c)))
        })?;
        Some((self.units.get(at)?, length))
    }
    /// Whether two units may be compared.
    pub fn comparable(&self, a: &str, b: &str) -> bool {
        match (self.unit(a), self.unit(b)) {
            (Some(a), Some(b)) => a.family == b.family,
            _ => a == b,
        }
    }
    /// How many `to` one `from` is: 10000 from 万元 to 元. `None` where they cannot be compared.
    pub fn factor(&self, from: &str, to: &str) -> Option<Number> {
        let (from, to) = (self.unit(from)?, self.unit(to)?);
        if from.family != to.family {
            return None;
        }
        from.factor.checked_div(to.factor)
    }
    /// Searches of the numeral grammar.
    pub(super) fn index(&self) -> &Index {
        &self.index
    }
}
