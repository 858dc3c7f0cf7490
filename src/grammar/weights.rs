//! How far words must name a row, and what each sign weighs: `grammars/weights.toml`.

use serde::Deserialize;

/// Numbers fitted on labelled documents, in thousandths.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weights {
    /// What a row must score.
    pub link: LinkWeights,
    /// What speaks for or against a row.
    pub sign: SignWeights,
}

/// What a row must score to be linked, and to contradict.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LinkWeights {
    /// To be linked.
    pub enough: i64,
    /// To be preferred, as a part, to its whole.
    pub part: i64,
    /// To contradict a claim: less may only support it.
    pub plain: i64,
    /// To contradict a claim, for a row that only its label's words name.
    pub like: i64,
    /// To go before other readings of the same words.
    pub sure: i64,
    /// To contradict, in another chapter than its sentence speaks of.
    pub stray: i64,
    /// To be denied: a denial may name several rows at some distance.
    pub denied: i64,
    /// To be denied where the denial is all that a section says, and its heading names the rows.
    pub unsaid: i64,
    /// To be what an every-one statement asserts.
    pub every: i64,
    /// To be what a share is of.
    pub rate: i64,
    /// To be what a change is of.
    pub change: i64,
    /// How near behind the best row another is a rival.
    pub near: i64,
    /// More characters beside its indicator's words make it another thing.
    pub aside: i64,
    /// The same for the label of a row without an indicator.
    pub free_aside: i64,
}

/// What speaks for or against a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignWeights {
    /// By how many characters its words have in all, from none.
    pub specific: [i64; 9],
    /// For each part of a phrase after the first, where all stand in the claim's own words.
    pub whole_part: i64,
    /// Where its noun is the one nearest the number.
    pub nearest: i64,
    /// Where its context is said in the claim's own words.
    pub context: i64,
    /// Where the number says nothing itself and inherits what the sentence spoke of.
    pub inherited: i64,
    /// Where it divides what the sentence just spoke of, or stands beside it.
    pub topic: i64,
    /// Against it: a unit it is not counted in.
    pub unit: i64,
    /// Against it: words that its indicator excludes.
    pub barred: i64,
    /// Against it: what only an earlier count completes.
    pub borrowed: i64,
    /// Its words before the number: what the place is worth, what each character between costs, all of them at most.
    pub before: [i64; 3],
    /// The same after the unit.
    pub after: [i64; 3],
    /// The same earlier in the sentence.
    pub earlier: [i64; 3],
    /// The same earlier in the sentence, beyond another number.
    pub beyond_a_count: [i64; 3],
    /// Its words in a heading.
    pub heading: i64,
    /// Against it, each unexplained character far from the noun, and all of them at most.
    pub far: [i64; 2],
    /// The same beside the noun.
    pub beside: [i64; 2],
    /// Against it, each character between the unit and a noun that follows it.
    pub between: i64,
    /// Against it, each unexplained character where no word of it stands before the number, and all at most.
    pub nothing_named: [i64; 2],
}
