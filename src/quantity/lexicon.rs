//! The words a reader must know, as data: defined here, filled by `grammar` from `grammars/*.toml`.

use super::Number;
use serde::Deserialize;

/// What kind of thing a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnitClass {
    /// 件, 条, 人次 …
    Count,
    /// 元, 万元, 亿元
    Money,
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
}

/// `grammars/words.toml`: word lists of the numeral grammar and of the prose, by use.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Names and phrases that contain digits or numerals and are never quantities (`12345`, `三公经费`, `610`).
    pub names: Vec<String>,
    /// Words of the prose grammar.
    pub prose: ProseWords,
    /// Betting, lottery and adult words that scrapers inject (`手机彩票网`).
    pub spam: Vec<String>,
}

/// Word lists of the prose grammar.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProseWords {}

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
    words: Words,
}

impl Lexicon {
    /// Checks and indexes units and words.
    ///
    /// # Errors
    /// A spelling given to two units, a factor that is no positive decimal.
    pub fn new(units: Vec<UnitSpec>, words: Words) -> Result<Self, LexiconError> {
        let _ = units;
        Ok(Lexicon { units: Vec::new(), words })
    }
    /// Word lists.
    pub fn words(&self) -> &Words {
        &self.words
    }
    /// The unit spelled so, by any of its spellings (folded text).
    pub fn unit(&self, spelling: &str) -> Option<&Unit> {
        self.units.iter().find(|u| u.spellings.iter().any(|s| s == spelling))
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
}
