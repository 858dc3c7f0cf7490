//! A number with its approximating words and its unit: the quantity grammar at one place of a text.

use super::{
    Lexicon, Measure, Number, Quantity, Reason, Unit, UnitClass, What,
    approx::{Core, Kind},
    lexicon::{Place, Reading},
    numeral::{self, Numeral, Read},
};

/// A list of more numbers without units is no list of amounts.
const MAX_LIST: usize = 8;

/// Something recognised: where it ends, and what it is; `None` is a plain word that gets no entry.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    /// One past its last byte.
    pub end: usize,
    /// What it is.
    pub what: Option<What>,
}

impl Found {
    pub(super) fn new(end: usize, what: What) -> Self {
        Found { end, what: Some(what) }
    }
    pub(super) fn ignored(end: usize, reason: Reason) -> Self {
        Found { end, what: Some(What::Ignored(reason)) }
    }
}

/// A text and the words to read it with.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    pub text: &'a str,
    pub lexicon: &'a Lexicon,
}

/// Approximating words met so far.
#[derive(Clone, Default)]
struct Approx {
    readings: Vec<Reading>,
    printed: Vec<String>,
}

impl Approx {
    fn push(&mut self, reading: Reading, word: &str) {
        self.readings.push(reading);
        self.printed.push(word.to_owned());
    }
    fn join(self) -> Option<String> {
        (!self.printed.is_empty()).then(|| self.printed.join("…"))
    }
}

/// A number with what stands between it and its unit.
#[derive(Clone)]
struct Amount {
    core: Core,
    tail: Option<char>,
    decimal: bool,
    chinese: bool,
    end: usize,
}

impl<'a> Reader<'a> {
    /// The text from `at` on.
    pub(super) fn rest(&self, at: usize) -> &'a str {
        self.text.get(at..).unwrap_or("")
    }
    /// The character before `at`.
    pub(super) fn before(&self, at: usize) -> Option<char> {
        self.text.get(..at).and_then(|t| t.chars().next_back())
    }
    /// The character at `at`.
    pub(super) fn at(&self, at: usize) -> Option<char> {
        self.rest(at).chars().next()
    }
    /// `at` moved past at most `most` spaces.
    pub(super) fn spaces(&self, at: usize, most: usize) -> usize {
        at + self.rest(at).chars().take(most).take_while(|c| *c == ' ').count()
    }
    /// The unit at `at`: a Latin one must end its word.
    fn unit(&self, at: usize) -> Option<(&'a Unit, usize)> {
        let rest = self.rest(at);
        let (unit, len) = self.lexicon.unit_at(rest)?;
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let cut = latin(rest.get(..len)?.chars().next_back()) && latin(self.at(at + len));
        (!cut).then_some((unit, len))
    }
    /// Whether the multiplier at the start of `text` belongs to a unit: `5千米`, `12百分点`.
    fn swallows(&self, text: &str) -> bool {
        self.lexicon.unit_at(text).is_some_and(|(u, len)| {
            len > '万'.len_utf8() && matches!(u.class, UnitClass::Physical | UnitClass::Points | UnitClass::Percent)
        })
    }
    pub(super) fn numeral(&self, at: usize) -> Option<Read> {
        numeral::numeral(self.rest(at), &|text| self.swallows(text))
    }

    /// A quantity starting at `start`, with the words around its number; `None` where no number or, of a Chinese
    /// numeral, no unit follows.
    pub(super) fn amount(&self, start: usize) -> Option<Found> {
        let mut at = start;
        let mut approx = Approx::default();
        for _ in 0..2 {
            let Some(word) = self.lexicon.index().approx_at(self.rest(at), Place::Before, self.before(at)) else {
                break;
            };
            approx.push(word.reading, &word.word);
            at = self.spaces(at + word.word.len(), 2);
        }
        if let Some(found) = self.fraction(at, &approx) {
            return Some(found);
        }
        let first = match self.number(at, &mut approx)? {
            Ok(amount) => amount,
            Err(end) => return Some(Found::ignored(end, Reason::TooLong)),
        };
        let chinese = first.chinese;
        let amount = self.range(&first).unwrap_or_else(|| first.clone());
        let single = chinese && amount.end <= at + '一'.len_utf8();
        let unit_at = self.spaces(amount.end, if single { 0 } else { 2 });
        if let Some(found) = self.listed(at, &first, &approx) {
            return Some(found);
        }
        match self.unit(unit_at) {
            Some((unit, len)) => self.with_unit(at, amount, approx, unit, unit_at + len),
            None if chinese => None,
            None => {
                // A range needs its unit; without one the first number stands alone.
                let mut end = first.end;
                self.after(&mut end, &mut approx, false);
                let kind = if first.core.kind == Kind::Exact { Kind::Exact } else { first.core.kind };
                let quantity = self.quantity(Core { kind, ..first.core }, approx, None, Measure::Count);
                Some(Found::new(end, quantity.map_or(What::Ignored(Reason::TooLong), What::Bare)))
            }
        }
    }

    /// The number at `at` with what stands inside it (`20余万`); `Err` where it is too long, with its end.
    fn number(&self, at: usize, approx: &mut Approx) -> Option<Result<Amount, usize>> {
        let numeral: Numeral = match self.numeral(at)? {
            Read::Number(numeral) => numeral,
            Read::TooLong(len) => return Some(Err(at + len)),
        };
        let Numeral { mut value, mut upper, mut step, tail, bare, vague, decimal, chinese, exact, len } = numeral;
        let mut end = at + len;
        let mut tail = tail;
        let mut kind = if exact { Kind::Exact } else { Kind::Rounded };
        if let Some(vague) = &vague {
            kind = Kind::Vague;
            approx.push(Reading::More, vague);
        }
        let bare = bare && approx.readings.is_empty();
        let words = self.lexicon.words();
        if chinese && len == '一'.len_utf8() && self.rest(at).starts_with('一') {
            if self.before(at).is_some_and(|c| words.numeral.one_not_after.contains(c)) {
                return None;
            }
            let unit = self.at(end).is_some_and(|c| words.numeral.one_at_border.contains(c));
            let next = self.unit(end).and_then(|(_, len)| self.at(end + len));
            if unit && next.is_some_and(char::is_alphabetic) {
                return None;
            }
        }
        let place = self.spaces(end, if chinese { 0 } else { 1 });
        let inside = self.lexicon.index().approx_at(self.rest(place), Place::Inside, None).filter(|word| {
            let round = value % Number::TEN == Number::ZERO && value != Number::ZERO;
            let whole = value.fract() == Number::ZERO || tail.is_some();
            let after = self.rest(place + word.word.len());
            let unit = self.unit(self.spaces(place + word.word.len(), 1)).is_some();
            let multiplied = after.chars().next().and_then(numeral::multiplier).is_some();
            let border = after.chars().next().is_none_or(|c| !c.is_alphanumeric());
            match word.reading {
                Reading::More => {
                    (unit || multiplied || (!chinese && border))
                        && whole
                        && (round || !matches!(word.word.as_str(), "几" | "来"))
                }
                _ => true,
            }
        });
        if let Some(word) = inside {
            end = place + word.word.len();
            approx.push(word.reading, &word.word);
            if let Some((scale, used, last)) = numeral::multipliers(self.rest(end), &|text| self.swallows(text)) {
                (value, upper, step) =
                    match (numeral::times(value, scale), numeral::times(upper, scale), numeral::times(step, scale)) {
                        (Some(value), Some(upper), Some(step)) => (value, upper, step),
                        _ => return Some(Err(end + used)),
                    };
                tail = last;
                end += used;
            }
        } else if bare {
            // 百件以上: the word after the unit does as well.
            let (_, len) = self.unit(end)?;
            self.lexicon.index().approx_at(self.rest(end + len), Place::After, None)?;
        }
        Some(Ok(Amount { core: Core { value, upper, step, kind }, tail, decimal, chinese, end }))
    }

    /// `3至5`, `3-5`, `三到五` after `first`, or with the unit on both sides (`3件至5件`).
    fn range(&self, first: &Amount) -> Option<Amount> {
        let mut at = first.end;
        let unit_at = self.spaces(at, 1);
        let own = self.unit(unit_at);
        if let Some((_, len)) = own {
            at = unit_at + len;
        }
        at = self.spaces(at, 1);
        let sign = self.at(at)?;
        let signs = match sign {
            '至' | '到' | '~' | '～' | '-' | '—' | '–' | '－' | '−' | '∼' => {
                1 + usize::from(sign == '—' && self.rest(at).starts_with("——"))
            }
            _ => return None,
        };
        at = self.spaces(at + sign.len_utf8() * signs, 1);
        let Read::Number(second) = self.numeral(at)? else { return None };
        let end = at + second.len;
        let (unit, _) = self.unit(self.spaces(end, 1))?;
        if own.is_some_and(|(u, _)| u.name != unit.name) || second.vague.is_some() || second.bare {
            return None;
        }
        let (mut low, mut step) = (first.core.value, first.core.step);
        let mut tail = second.tail;
        if let (Some(c), None, None) = (second.tail, first.tail, own) {
            // 3至5万: the 万 is said once.
            let scale = numeral::multiplier(c)?;
            (low, step) = (numeral::times(low, scale)?, numeral::times(step, scale)?);
        } else if first.tail != tail {
            tail = None;
        }
        if low >= second.value || first.core.kind == Kind::Vague {
            return None;
        }
        let core = Core { value: low, upper: second.value, step: step.min(second.step), kind: Kind::Range };
        Some(Amount { core, tail, decimal: first.decimal, chinese: first.chinese, end })
    }

    /// `12、8和5件`: the unit said once at the end of a list is that of each number. `2、3个` is two or three and no list.
    fn listed(&self, at: usize, first: &Amount, approx: &Approx) -> Option<Found> {
        if first.chinese || first.core.kind == Kind::Vague || !approx.readings.is_empty() {
            return None;
        }
        let (mut end, mut before) = (first.end, first.core.value);
        for count in 2..=MAX_LIST {
            let sign = self.at(end).filter(|c| "、和及与".contains(*c))?;
            let Read::Number(next) = self.numeral(self.spaces(end + sign.len_utf8(), 1))? else { return None };
            end = self.spaces(end + sign.len_utf8(), 1) + next.len;
            let Some((unit, _)) = self.unit(self.spaces(end, 1)) else {
                before = next.value;
                continue;
            };
            let claims = !matches!(
                unit.class,
                UnitClass::Duration | UnitClass::Age | UnitClass::Address | UnitClass::Enumerating
            );
            let few = count == 2 && before < Number::TEN && before.checked_add(Number::ONE) == Some(next.value);
            if next.chinese || next.vague.is_some() || !claims || few {
                return None;
            }
            let mut amount = first.clone();
            if let (Some(c), None) = (next.tail, first.tail) {
                // 12、8万元: the 万 is said once as well.
                let scale = numeral::multiplier(c)?;
                for n in [&mut amount.core.value, &mut amount.core.upper, &mut amount.core.step] {
                    *n = numeral::times(*n, scale)?;
                }
                amount.tail = next.tail;
            }
            let found = self.with_unit(at, amount, approx.clone(), unit, first.end)?;
            return (found.end == first.end).then_some(found);
        }
        None
    }

    /// Words after the unit. `more` where 多 and 余 may stand there (`六成多`).
    fn after(&self, end: &mut usize, approx: &mut Approx, more: bool) {
        if more
            && let Some(word) = self.lexicon.index().approx_at(self.rest(*end), Place::Inside, None)
            && word.reading == Reading::More
            && matches!(word.word.as_str(), "多" | "余")
        {
            approx.push(word.reading, &word.word);
            *end += word.word.len();
        }
        if let Some(word) = self.lexicon.index().approx_at(self.rest(*end), Place::After, None) {
            approx.push(word.reading, &word.word);
            *end += word.word.len();
        }
    }

    fn with_unit(
        &self,
        at: usize,
        amount: Amount,
        mut approx: Approx,
        unit: &'a Unit,
        unit_end: usize,
    ) -> Option<Found> {
        let Amount { mut core, tail, decimal, .. } = amount;
        let mut end = unit_end;
        let later = |end: usize| self.unit(end).filter(|(u, _)| u.class == UnitClass::Duration);
        // 1个半小时, 5个多月.
        if unit.class == UnitClass::Count
            && let Some(c @ ('半' | '多')) = self.at(end)
            && let Some((_, len)) = later(end + c.len_utf8())
        {
            end += c.len_utf8() + len;
            self.after(&mut end, &mut approx, true);
            return Some(Found::ignored(end, Reason::Duration));
        }
        let ignore = |mut end: usize, mut approx: Approx, reason: Reason| {
            self.after(&mut end, &mut approx, true);
            Some(Found::ignored(end, reason))
        };
        let (name, measure) = match unit.class {
            // 一段, 一类: never a count of what follows.
            UnitClass::Enumerating if amount.chinese && core.value == Number::ONE => return None,
            UnitClass::Count | UnitClass::Enumerating | UnitClass::Physical => (unit.name.clone(), Measure::Count),
            UnitClass::Duration => {
                let named = core.kind == Kind::Exact || core.kind == Kind::Range;
                let reason =
                    if unit.name.starts_with('年') && named && is_year(core.value) && !self.rest(at).starts_with('千')
                    {
                        Reason::Year
                    } else {
                        Reason::Duration
                    };
                return ignore(end, approx, reason);
            }
            UnitClass::Age => return ignore(end, approx, Reason::Age),
            UnitClass::Address => return ignore(end, approx, Reason::Address),
            UnitClass::Money => {
                let (name, scaled) = self.money(unit, tail, decimal, core)?;
                core = scaled;
                (name, Measure::Money)
            }
            UnitClass::Percent => {
                if core.kind != Kind::Vague && core.kind != Kind::Range {
                    core.kind = Kind::Rounded;
                }
                if unit.factor >= Number::TEN {
                    // 成: ten percent each, and its half or tenths after it.
                    for n in [&mut core.value, &mut core.upper, &mut core.step] {
                        *n = n.checked_mul(unit.factor)?;
                    }
                    if core.value > Number::ONE_HUNDRED {
                        return None;
                    }
                    let next = self.at(end);
                    let tenth = next.and_then(numeral::chinese_digit).filter(|_| core.kind == Kind::Rounded);
                    if next == Some('半') && core.kind == Kind::Rounded {
                        core.value = core.value.checked_add(Number::from(5))?;
                        core.step = Number::from(5);
                        end += '半'.len_utf8();
                    } else if let (Some(tenth), Some(c)) = (tenth, next)
                        && self.at(end + c.len_utf8()).is_none_or(|c| !c.is_alphabetic() || c == '以' || c == '左')
                    {
                        core.value = core.value.checked_add(Number::from(tenth))?;
                        core.step = Number::ONE;
                        end += c.len_utf8();
                    }
                    if core.kind == Kind::Rounded {
                        core.upper = core.value;
                    }
                    ("%".to_owned(), Measure::Percent)
                } else {
                    (unit.name.clone(), Measure::Percent)
                }
            }
            UnitClass::Points => {
                if core.kind == Kind::Exact {
                    core.kind = Kind::Rounded;
                }
                (unit.name.clone(), Measure::Points)
            }
            UnitClass::Multiple => {
                if core.kind == Kind::Exact {
                    core.kind = Kind::Times;
                }
                (unit.name.clone(), Measure::Multiple)
            }
        };
        let more = matches!(measure, Measure::Percent | Measure::Points | Measure::Multiple | Measure::Money);
        self.after(&mut end, &mut approx, more);
        let quantity = self.quantity(core, approx, Some(name), measure);
        Some(Found::new(end, quantity.map_or(What::Ignored(Reason::TooLong), What::Quantity)))
    }

    /// An amount of money: the 万 or 亿 of the number goes to the unit.
    fn money(&self, unit: &Unit, tail: Option<char>, decimal: bool, mut core: Core) -> Option<(String, Core)> {
        let larger = tail.and_then(|c| {
            let c = match c {
                '萬' => '万',
                '億' => '亿',
                c => c,
            };
            self.lexicon.unit(&format!("{c}{}", unit.name)).map(|u| (u, numeral::multiplier(c)))
        });
        let mut name = unit.name.clone();
        let mut large = unit.factor > Number::ONE;
        if let Some((larger, Some(power))) = larger {
            let factor = numeral::power(power)?;
            for n in [&mut core.value, &mut core.upper, &mut core.step] {
                *n = n.checked_div(factor)?.normalize();
            }
            let places = core.step.scale();
            core.value.rescale(places.max(core.value.scale()));
            name = larger.name.clone();
            large = true;
        }
        let whole = core.step >= Number::ONE && !decimal;
        core.kind = match core.kind {
            Kind::Exact | Kind::Rounded if large && whole => Kind::Whole,
            Kind::Exact if core.step < Number::ONE => Kind::Rounded,
            kind => kind,
        };
        Some((name, core))
    }

    fn quantity(&self, core: Core, approx: Approx, unit: Option<String>, measure: Measure) -> Option<Quantity> {
        let (narrow, wide) = core.readings(&approx.readings)?;
        Some(Quantity { value: core.value, narrow, wide, approx: approx.join(), unit, measure, step: core.step })
    }

    /// `百分之九十三`, `三分之二`, `一半`, `过半`: shares without a unit.
    fn fraction(&self, at: usize, approx: &Approx) -> Option<Found> {
        let mut approx = approx.clone();
        let rest = self.rest(at);
        let tenth = Number::new(1, 1);
        let mut rounded_up = false;
        let share = |value: Number, step: Number| Core { value, upper: value, step, kind: Kind::Rounded };
        let parts = ["百分之", "千分之", "万分之"].into_iter().zip([2u32, 3, 4]);
        let (core, mut end) = if let Some((word, power)) = parts.into_iter().find(|(word, _)| rest.starts_with(word)) {
            let from = self.spaces(at + word.len(), 1);
            let (value, step, end) = if power == 2 && self.at(from) == Some('百') {
                (Number::ONE_HUNDRED, Number::ONE, from + '百'.len_utf8())
            } else {
                match self.numeral(from)? {
                    Read::Number(n) if !n.bare && n.vague.is_none() => (n.value, n.step, from + n.len),
                    _ => return None,
                }
            };
            let down = Number::try_from_i128_with_scale(1, power - 2).ok()?;
            (share(value.checked_mul(down)?.normalize(), step.checked_mul(down)?.normalize()), end)
        } else if ["一半", "半数"].iter().any(|w| rest.starts_with(w))
            || (rest.starts_with('半') && !approx.readings.is_empty())
        {
            let len = if rest.starts_with("一半") { "一半".len() } else { '半'.len_utf8() };
            let end = at + len + if self.at(at + len) == Some('数') { '数'.len_utf8() } else { 0 };
            if rest.starts_with('半') && self.unit(end).is_some_and(|(u, _)| u.class == UnitClass::Duration) {
                return None;
            }
            (share(Number::from(50), Number::TEN), end)
        } else {
            let Read::Number(whole) = self.numeral(at)? else { return None };
            let after = self.spaces(at + whole.len, 1);
            if !self.rest(after).starts_with("分之")
                || !whole.exact
                || whole.value <= Number::ONE
                || whole.vague.is_some()
            {
                return None;
            }
            let from = self.spaces(after + "分之".len(), 1);
            let Read::Number(part) = self.numeral(from)? else { return None };
            if part.value > whole.value || part.bare {
                return None;
            }
            let exact = part.value.checked_mul(Number::ONE_HUNDRED)?.checked_div(whole.value)?;
            let value = exact.round_dp_with_strategy(1, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
            let step = Number::ONE_HUNDRED.checked_div(whole.value)?.min(Number::TEN).round_dp(1).max(tenth);
            rounded_up = exact < value;
            let upper = if exact > value { value.checked_add(tenth)? } else { value };
            (Core { upper, ..share(value.normalize(), step.normalize()) }, from + part.len)
        };
        self.after(&mut end, &mut approx, true);
        let mut quantity = self.quantity(core, approx, Some("%".to_owned()), Measure::Percent)?;
        // Over two thirds is over the fraction itself, not over its decimals.
        for low in [&mut quantity.narrow.low, &mut quantity.wide.low].into_iter().flatten() {
            if rounded_up && low.value == core.value {
                low.value = low.value.checked_sub(tenth)?;
            }
        }
        Some(Found::new(end, What::Quantity(quantity)))
    }

    /// `翻一番`, `翻了两番`, `翻番`: a multiple of two to the n.
    pub(super) fn doubling(&self, at: usize) -> Option<Found> {
        let mut end = at + '翻'.len_utf8();
        if !self.rest(at).starts_with('翻') {
            return None;
        }
        if self.at(end) == Some('了') {
            end += '了'.len_utf8();
        }
        let mut times = 1u32;
        if let Some(c) = self.at(end)
            && c != '番'
        {
            times = numeral::chinese_digit(c).or_else(|| c.to_digit(10)).filter(|n| (1..=9).contains(n))?;
            end += c.len_utf8();
        }
        let end = end + self.rest(end).starts_with('番').then_some('番'.len_utf8())?;
        let value = Number::from(2u32.checked_pow(times)?);
        let core = Core { value, upper: value, step: Number::ONE, kind: Kind::Times };
        let mut approx = Approx::default();
        let mut last = end;
        self.after(&mut last, &mut approx, true);
        let quantity = self.quantity(core, approx, Some("倍".to_owned()), Measure::Multiple)?;
        Some(Found::new(last, What::Quantity(quantity)))
    }

    /// `零投诉`: the 零 is the number.
    pub(super) fn zero(&self, at: usize) -> Option<Found> {
        let end = at + self.rest(at).starts_with('零').then_some('零'.len_utf8())?;
        self.lexicon.index().zero_of(self.rest(end)).then_some(())?;
        let core = Core { value: Number::ZERO, upper: Number::ZERO, step: Number::ONE, kind: Kind::Exact };
        Some(Found::new(end, What::Bare(self.quantity(core, Approx::default(), None, Measure::Count)?)))
    }
}

/// Whether a number names a year.
pub(super) fn is_year(value: Number) -> bool {
    value.fract() == Number::ZERO && value >= Number::from(1900) && value <= Number::from(2099)
}
