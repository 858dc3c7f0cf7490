//! One table cell: a number, nothing, a sign for nothing, damage, or words.

use super::{CellValue, Lexicon, Number, UnitClass, What, numeral, scan, width::Narrow};

/// Reads one table cell (folded text).
pub fn cell(view: &str, lexicon: &Lexicon) -> CellValue {
    let narrow = Narrow::new(view);
    let text = narrow.str().trim();
    if text.is_empty() || text.chars().all(|c| c.is_whitespace() || c == '\u{200b}' || c == '\u{feff}') {
        return CellValue::Blank;
    }
    if text.chars().all(|c| "-—–―─－−/\\／＼﹣ ".contains(c))
        || matches!(text, "无" | "無" | "…" | "……" | "*" | "**" | "N/A" | "n/a")
    {
        return CellValue::Dash;
    }
    if let Some(number) = number(text, lexicon) {
        return number;
    }
    if let Some(number) = unit_first(text, lexicon) {
        return number;
    }
    // The unit after a damaged number is not damaged.
    let figure =
        text.trim_end_matches(|c: char| c.is_alphabetic() && !c.is_ascii() && mistaken(c).is_none()).trim_end();
    let unit = text.get(figure.len()..).map(str::trim).unwrap_or("");
    if damaged(text) || (lexicon.unit(unit).is_some() && slip(figure)) {
        return CellValue::Unreadable { proposed: proposal(text, lexicon) };
    }
    inexact(text, lexicon).unwrap_or(CellValue::Words)
}

/// Characters of the longest cell that may be a number with an approximating word.
const LONGEST: usize = 16;

/// A quantity with an approximating word, from the cell's first character to its last.
fn inexact(text: &str, lexicon: &Lexicon) -> Option<CellValue> {
    if text.chars().nth(LONGEST).is_some() {
        return None;
    }
    let [mark] = scan(text, lexicon).try_into().ok()?;
    let (What::Quantity(quantity) | What::Bare(quantity)) = mark.what else { return None };
    // `10件以上` and `不足5件` name classes of rows as often as they give a figure; a word before the number is a figure's.
    let named = (quantity.narrow.low.is_none() || quantity.narrow.high.is_none())
        && text.starts_with(|c: char| c.is_ascii_digit() || c.is_numeric());
    let time = |unit: &str| {
        lexicon.unit(unit).is_some_and(|u| matches!(u.class, UnitClass::Duration | UnitClass::Age | UnitClass::Address))
    };
    let figure = quantity.approx.is_some() && !named && !quantity.unit.as_deref().is_some_and(time);
    (figure && mark.range == (0..text.len())).then_some(CellValue::Inexact { unit: quantity.unit })
}

/// A number with its sign and unit, and nothing else.
fn number(text: &str, lexicon: &Lexicon) -> Option<CellValue> {
    let (negative, rest) = match text.chars().next()? {
        '-' | '−' | '－' | '减' | '降' | '↓' => (true, skip(text)),
        '+' | '增' | '加' | '升' | '↑' => (false, skip(text)),
        _ => (false, text),
    };
    let rest = rest.trim_start_matches([' ', ':']);
    let (after, (digits, _)) = numeral::plain(rest).ok()?;
    let (value, _) = numeral::exact(&digits)?;
    let value = if negative { -value } else { value };
    let after = after.trim();
    if after.is_empty() {
        return Some(CellValue::Number { value, unit: None });
    }
    let after = after.trim_start_matches(['(', '[']).trim_end_matches([')', ']']).trim();
    // 3万件: the 万 belongs to the number unless the unit is spelled with it.
    let whole = |text: &str| lexicon.unit_at(text).filter(|(_, len)| *len == text.len()).map(|(u, _)| u);
    let (value, unit) = match whole(after) {
        Some(unit) => (value, unit),
        None => {
            let (scale, used, _) = numeral::multipliers(after, &|_| false)?;
            let left = after.get(used..)?.trim();
            if left.is_empty() {
                return Some(CellValue::Number { value: numeral::times(value, scale)?, unit: None });
            }
            (numeral::times(value, scale)?, whole(left)?)
        }
    };
    // 2017年, 3月: labels, not figures.
    use super::UnitClass::{Address, Age, Duration};
    if matches!(unit.class, Duration | Age | Address) {
        return None;
    }
    Some(CellValue::Number { value, unit: Some(unit.name.clone()) })
}

/// Two cells in one: `件 12`, `万元：3.5`.
fn unit_first(text: &str, lexicon: &Lexicon) -> Option<CellValue> {
    let (unit, len) = lexicon.unit_at(text)?;
    let rest = text.get(len..)?.trim_start_matches([':', ' ']);
    if !rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    use super::UnitClass::{Address, Age, Duration};
    match number(rest, lexicon)? {
        CellValue::Number { value, unit: None } if !matches!(unit.class, Duration | Age | Address) => {
            Some(CellValue::Number { value, unit: Some(unit.name.clone()) })
        }
        _ => None,
    }
}

fn skip(text: &str) -> &str {
    let mut chars = text.chars();
    chars.next();
    chars.as_str()
}

/// Letters that a reader of pictures takes for digits.
fn mistaken(c: char) -> Option<char> {
    Some(match c {
        'O' | 'o' | 'Q' | 'D' | '〇' | '○' => '0',
        'l' | 'I' | 'i' | '|' | '!' | '一' => '1',
        'Z' | 'z' => '2',
        'S' | 's' => '5',
        'b' => '6',
        'B' => '8',
        'g' | 'q' => '9',
        _ => return None,
    })
}

/// Whether a value was meant and is lost.
fn damaged(text: &str) -> bool {
    let error =
        text.starts_with('#') && (text.ends_with(['!', '?', '/']) || text == "#N/A" || text.chars().all(|c| c == '#'));
    let questions = text.chars().all(|c| matches!(c, '?' | '？' | '\u{fffd}' | '□' | '■' | ' '));
    let lost = text.contains('\u{fffd}') && text.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()).count() == 0;
    let mixed = text.chars().any(|c| c.is_ascii_digit())
        && text.chars().any(|c| matches!(c, '?' | '\u{fffd}'))
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '?' | '\u{fffd}' | ' '));
    error || questions || slip(text) || lost || mixed
}

/// Digits with letters among them that look like digits.
fn slip(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
        && text.chars().any(|c| mistaken(c).is_some())
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',') || mistaken(c).is_some())
}

/// The number an optical slip probably is.
fn proposal(text: &str, lexicon: &Lexicon) -> Option<Number> {
    let digits: String = text.chars().map(|c| mistaken(c).unwrap_or(c)).collect();
    match number(&digits, lexicon) {
        Some(CellValue::Number { value, .. }) => Some(value),
        _ => None,
    }
}
