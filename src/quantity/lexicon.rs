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
    /// Words of the D rules.
    #[serde(default)]
    pub document: super::DocumentWords,
}

/// Word lists of the prose grammar. Where a list's order matters the longest match wins, so order never does.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProseWords {
    /// Denying words (`未`, `没有`, `无`).
    pub deny: Vec<String>,
    /// Verbs of happening that make a denial a claim (`收到`, `发生`, `收取`).
    pub occur: Vec<String>,
    /// Nouns of things reports count (`申请`, `行政复议`, `结转`): what `无` and `没有` may deny without a verb.
    pub countable: Vec<String>,
    /// What may not follow a denying word (`无法`, `无人`, `未来`).
    pub deny_not: Vec<String>,
    /// Quantifiers of every one (`均`, `全部`, `都`).
    pub all: Vec<String>,
    /// Words that contain a quantifier and are none (`平均`, `人均`, `全部内容`).
    pub all_not: Vec<String>,
    /// Verbs that an every-one statement asserts (`办结`, `答复`, `公开`).
    pub complete: Vec<String>,
    /// Verbs and comparatives of growth (`增长`, `上升`, `多`).
    pub up: Vec<String>,
    /// Verbs and comparatives of fall.
    pub down: Vec<String>,
    /// After such a word (`增至`, `减少到`) the number is the new figure, not the change.
    pub becomes: Vec<String>,
    /// Words that begin a share's base or mark a share (`占`, `占比`).
    pub share: Vec<String>,
    /// Bases that name no row (`总数`, `总量`, `全部`).
    pub whole: Vec<String>,
    /// Words for last year (`上年`, `去年`).
    pub previous: Vec<String>,
    /// Words for this year (`本年`, `全年`, `今年`).
    pub current: Vec<String>,
    /// What makes a mention of last year part of this year's row (`结转`).
    pub carry: Vec<String>,
    /// Words for a total since some beginning (`历年`, `历史累计`).
    pub cumulative: Vec<String>,
    /// Words that open a plan or duty; what follows in the sentence is no claim.
    pub plan: Vec<String>,
    /// Headings under which a plan, once opened, runs to the end of the paragraph.
    pub plan_heading: Vec<String>,
    /// Words of rules and standing duties (`每年`, `每天`); the number after them is no claim.
    pub rule: Vec<String>,
    /// Words that end just before a counting rule's number (`只计`).
    pub counted_as: Vec<String>,
    /// Words that make an ordinal a rank (`排名`, `位列`).
    pub rank: Vec<String>,
    /// Words that open a selection (`其中`, `包括`).
    pub of_which: Vec<String>,
    /// Words that open a complete division (`分别为`, `包括`, `分为`).
    pub divide: Vec<String>,
    /// `分别为` and the like: the numbers after them go to the nouns before them in turn.
    pub respectively: Vec<String>,
    /// Words that leave a list open (`等`).
    pub open: Vec<String>,
    /// Words for what is left (`其余`, `剩下`).
    pub remainder: Vec<String>,
    /// Words that limit what is counted (`备案`, `各乡镇`).
    pub scope: Vec<String>,
    /// Words of another level, a scope unless the agency is a government itself (`全县`).
    pub level: Vec<String>,
    /// Nouns of things merely listed (`问题`, `方面`, `部分`).
    pub listed: Vec<String>,
    /// Units that count kinds and parts rather than cases, spelt in Chinese numerals no claims (`个`, `类`).
    pub listing_units: Vec<String>,
    /// Verbs after which a spelt `一` counts (`召开一次`).
    pub act: Vec<String>,
    /// Words of a time without any figure of their own (`年底`, `全年`), empty as a subject.
    pub time: Vec<String>,
    /// Words that point back (`上述`, `该`), empty as a subject.
    pub back: Vec<String>,
    /// Ends of agencies' names, longest first wins (`人民政府`, `局`).
    pub agency: Vec<String>,
    /// Words for a sum of figures just given (`应办`, `一共`).
    pub sum: Vec<String>,
    /// Words that add one figure to another (`加上`).
    pub plus: Vec<String>,
    /// Words that say little of what is counted; what else stands beside a number must be explained by its row.
    pub light: Vec<String>,
    /// Words of a line that name the reporting agency (`填报单位`, `发布机构`).
    pub reporter: Vec<String>,
    /// Words that a publication date follows (`发布日期`).
    pub published: Vec<String>,
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
