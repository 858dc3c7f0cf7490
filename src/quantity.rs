//! What words and digits say: numerals, units, approximation; quantities as exact intervals.

mod amount;
mod approx;
mod cell;
mod date;
mod ignored;
mod interval;
mod lexicon;
mod numeral;
mod scan;
mod width;
mod words_document;
mod words_prose;

#[cfg(test)]
mod tests;

pub use cell::cell;
pub use interval::{End, Interval};
pub use lexicon::{
    ApproxWord, CueReason, CueWord, Lexicon, LexiconError, NumeralWords, Place, Reading, SearchedWords, Unit,
    UnitClass, UnitSpec, Words,
};
pub use scan::scan;
pub use words_document::DocumentWords;
pub use words_prose::ProseWords;

/// Exact decimal; no binary float enters a comparison.
pub use rust_decimal::Decimal as Number;
use std::ops::Range;

/// Which family of claim a quantity can make.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// An amount of things: `12件`.
    Count,
    /// An amount of money: `3.5万元`, `300元`.
    Money,
    /// A percentage and its spellings: `93%`, `九成`, `三分之二`, `一半`.
    Percent,
    /// Percentage points: `3.5个百分点`.
    Points,
    /// A multiple: `2倍`, `翻一番`.
    Multiple,
}

/// A number with what its words allow.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The printed number in the printed unit: 万 and 亿 multiplied out, except where they are the unit of money.
    /// Percentages are 93, not 0.93.
    pub value: Number,
    /// The narrow reading of `design.md`: `2700余` is [2700, 2800).
    pub narrow: Interval,
    /// The wide reading: a contradiction must fail it too.
    pub wide: Interval,
    /// The approximating word or words as printed (`余`, `近`, `超过`).
    pub approx: Option<String>,
    /// The unit as the lexicon spells it (`件`, `万元`, `%`, `个百分点`, `倍`); null for a bare number.
    pub unit: Option<String>,
    /// Which family of claim it can make.
    pub measure: Measure,
    /// One unit in the last printed place, in the printed unit: 0.1 for `93.5%`, 1000 for `1.2万件` (its 0.1万), 1 for `12件`.
    pub step: Number,
}

impl Quantity {
    /// Both readings in another unit of the same family, for comparison; `None` where the units cannot be compared or the
    /// arithmetic leaves the decimals. A quantity without a unit is taken to be in `to`.
    pub fn in_unit(&self, lexicon: &Lexicon, to: &str) -> Option<(Interval, Interval)> {
        let factor = match self.unit.as_deref() {
            Some(unit) if unit != to => lexicon.factor(unit, to)?,
            _ => Number::ONE,
        };
        Some((self.narrow.scaled(factor)?, self.wide.scaled(factor)?))
    }
    /// The contract's `low` and `high`: the inclusive bounds of the narrow reading.
    pub fn low_high(&self) -> (Option<Number>, Option<Number>) {
        self.narrow.low_high(self.measure == Measure::Count)
    }
    /// The narrow reading in a reader's words: `2700–2799`, `92.5–93.5`, `≥11`.
    pub fn describe(&self) -> String {
        self.narrow.describe_in(self.measure == Measure::Count)
    }
}

/// One numeral of a view, in order of appearance.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Bytes of the view: from the first character of the number or its approximating word to the end of the unit.
    pub range: Range<usize>,
    /// What it is.
    pub what: What,
}

/// What a numeral turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A number with a unit (or a percentage, fraction, multiple).
    Quantity(Quantity),
    /// `第三`, `首位`: a rank where the sentence ranks, else no claim.
    Ordinal(Number),
    /// A number without any unit the lexicon knows.
    Bare(Quantity),
    /// No quantity, and why.
    Ignored(Reason),
}

/// Why a numeral is no claim. A closed list: the contract's `ignored[].reason` is [`Reason::code`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each name says what the numeral is")]
pub enum Reason {
    Date,
    Year,
    Duration,
    ClockTime,
    DocumentNumber,
    Article,
    Ordinal,
    Heading,
    Telephone,
    Postcode,
    Address,
    Age,
    Physical,
    Name,
    Code,
    Issue,
    Version,
    Url,
    Plan,
    Rule,
    Enumerated,
    Placeholder,
    Damaged,
    Furniture,
    TableNote,
    Ratio,
    NoUnit,
    PartOfClaim,
    TooLong,
}

impl Reason {
    /// The kebab-case word printed in audits.
    pub fn code(self) -> &'static str {
        match self {
            Reason::Date => "date",
            Reason::Year => "year",
            Reason::Duration => "duration",
            Reason::ClockTime => "clock-time",
            Reason::DocumentNumber => "document-number",
            Reason::Article => "article",
            Reason::Ordinal => "ordinal",
            Reason::Heading => "heading",
            Reason::Telephone => "telephone",
            Reason::Postcode => "postcode",
            Reason::Address => "address",
            Reason::Age => "age",
            Reason::Physical => "physical",
            Reason::Name => "name",
            Reason::Code => "code",
            Reason::Issue => "issue",
            Reason::Version => "version",
            Reason::Url => "url",
            Reason::Plan => "plan",
            Reason::Rule => "rule",
            Reason::Enumerated => "enumerated",
            Reason::Placeholder => "placeholder",
            Reason::Damaged => "damaged",
            Reason::Furniture => "furniture",
            Reason::TableNote => "table-note",
            Reason::Ratio => "ratio",
            Reason::NoUnit => "no-unit",
            Reason::PartOfClaim => "part-of-claim",
            Reason::TooLong => "too-long",
        }
    }
}

/// What a table cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum CellValue {
    /// A number, with the unit where the cell prints one (`160.5964万元`).
    Number {
        /// Exact value as printed, scale kept.
        value: Number,
        /// Unit in the cell, as the lexicon spells it.
        unit: Option<String>,
    },
    /// Nothing, or only spaces.
    Blank,
    /// A sign for nothing: `-`, `—`, `/`, `无`.
    Dash,
    /// `#REF!`, `1O`, damaged characters: a value was meant and cannot be read. With a proposed reading, never used silently.
    Unreadable {
        /// The number it probably is.
        proposed: Option<Number>,
    },
    /// A number that is not exact, and nothing else: `约12`, `400余条`. A label may be one with an open end (`10件以上`): that is words.
    Inexact {
        /// Unit in the cell, as the lexicon spells it.
        unit: Option<String>,
    },
    /// Anything else: a label, a header, a unit, a note.
    Words,
}
