//! What each cell of a stream is: words, a unit, a number, a blank.

use crate::{
    grammar::{Form, Variants},
    quantity::{self, CellValue, Lexicon, Number, UnitClass},
    table::CellStream,
    text::Span,
};
use std::borrow::Cow;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// A label, a header word, a note.
    Words,
    /// A unit, as the lexicon spells it.
    Unit(String),
    /// A number, with its unit where the cell prints one.
    Number {
        /// Exact value.
        value: Number,
        /// Unit in the cell.
        unit: Option<String>,
    },
    /// Nothing.
    Blank,
    /// A sign for nothing.
    Dash,
    /// A value that cannot be read.
    Unreadable(Option<Number>),
    /// A number that is not exact, with its unit where the cell prints one.
    Inexact(Option<String>),
}

/// One cell, typed.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// What it holds.
    pub kind: Kind,
    /// Where it stands.
    pub span: Span,
    /// Its folded text.
    pub text: String,
    /// Its text reduced as labels are; empty for anything but words.
    pub reduced: String,
    /// The same of this cell and the words that follow it, two cells and three: a label may be broken over cells.
    pub joined: Vec<String>,
    /// Whether the text begins a row here.
    pub starts_row: bool,
}

impl Item {
    /// A number, a dash or something unreadable.
    pub fn filled(&self) -> bool {
        matches!(self.kind, Kind::Number { .. } | Kind::Dash | Kind::Unreadable(_) | Kind::Inexact(_))
    }
    /// A value or the place of one.
    pub fn value(&self) -> bool {
        self.filled() || self.kind == Kind::Blank
    }
    /// Words.
    pub fn words(&self) -> bool {
        self.kind == Kind::Words
    }
    /// The number, where it is a plain whole one.
    pub fn whole(&self) -> Option<Number> {
        match &self.kind {
            Kind::Number { value, unit: None } if value.is_integer() => Some(*value),
            _ => None,
        }
    }
}

/// Types the cells of a stream.
///
/// Words of another lexicon are read as the forms' own where `variants` are given.
pub(super) fn items(stream: &CellStream, lexicon: &Lexicon, variants: Option<&Variants>) -> Vec<Item> {
    let mut items: Vec<Item> = stream.cells.iter().map(|cell| item(cell, lexicon, variants)).collect();
    repeated(&mut items, stream);
    upright(&mut items);
    for i in 0..items.len() {
        let Some((first, after)) = items.get(i..).and_then(<[Item]>::split_first).filter(|(f, _)| f.words()) else {
            continue;
        };
        let mut words = first.text.clone();
        let mut joined = Vec::new();
        for item in after.iter().take(2).take_while(|i| i.words()) {
            words.push_str(&item.text);
            if words.len() > 600 {
                break;
            }
            joined.push(Form::reduce(&words));
        }
        if let Some(item) = items.get_mut(i) {
            item.joined = joined;
        }
    }
    items
}

/// How many labels of rows a stream holds: words with a figure after them, or a unit where `units` are, blanks between.
pub(super) fn labels(items: &[Item], units: bool) -> usize {
    let mut label = false;
    let mut count = 0;
    for item in items {
        let value = item.filled() || (units && matches!(item.kind, Kind::Unit(_)));
        count += usize::from(label && value && !item.starts_row);
        label = item.words() || (label && !value && !item.starts_row);
    }
    count
}

/// A merged cell that a scrape wrote once for each of its places: the places after the first hold nothing.
fn repeated(items: &mut Vec<Item>, stream: &CellStream) {
    let mut kept: Vec<bool> = Vec::with_capacity(items.len());
    let mut last: Option<&Item> = None;
    for item in items.iter() {
        let again = item.words() && !item.starts_row && last.is_some_and(|l| l.text == item.text);
        kept.push(!again);
        if !again {
            last = Some(item);
        }
    }
    // Where empty cells are written, the place stays.
    if stream.blanks_kept || items.iter().any(|i| i.kind == Kind::Blank) {
        for item in items.iter_mut().zip(kept).filter(|(_, kept)| !kept).map(|(item, _)| item) {
            item.kind = Kind::Blank;
            item.reduced.clear();
        }
    } else {
        let mut kept = kept.into_iter();
        items.retain(|_| kept.next().unwrap_or(true));
    }
}

/// A label over several rows, written from top to bottom, a character a row, beside the rows' own labels: no cell of theirs.
fn upright(items: &mut [Item]) {
    let single =
        |i: &Item| i.words() && i.text.trim().chars().count() == 1 && !"甲乙丙丁戊己庚辛".contains(i.text.trim());
    let mut found: Vec<usize> = Vec::new();
    let mut last = None;
    for (n, item) in items.iter().enumerate() {
        match last {
            _ if single(item) => last = Some(n),
            Some(one) if item.words() && !item.starts_row => {
                found.push(one);
                last = None;
            }
            Some(_) if item.kind == Kind::Blank && !item.starts_row => {}
            _ => last = None,
        }
    }
    // Numbers of rows are no such label.
    let numeral = |n: &&usize| items.get(**n).is_some_and(|i| "一二三四五六七八九十".contains(i.text.trim()));
    if found.len() < 4 || found.iter().filter(numeral).count() * 2 > found.len() {
        return;
    }
    for n in found {
        if let Some(item) = items.get_mut(n) {
            item.kind = Kind::Blank;
            item.reduced.clear();
        }
    }
}

fn item(cell: &crate::table::Cell, lexicon: &Lexicon, variants: Option<&Variants>) -> Item {
    // `48**`: a mark that points to a note below the table is no part of the figure.
    let unmarked = cell.text.trim_end_matches('*');
    let marked = cell.text.len() - unmarked.len();
    let plain = marked > 0 && !unmarked.is_empty() && unmarked.bytes().all(|b| b.is_ascii_digit());
    let (text, end) =
        if plain { (unmarked, cell.span.end.saturating_sub(marked)) } else { (&*cell.text, cell.span.end) };
    let text = variants.map_or(Cow::Borrowed(text), |v| v.standard(text));
    let kind = kind(&text, lexicon);
    let reduced = if kind == Kind::Words { Form::reduce(&text) } else { String::new() };
    let span = Span::new(cell.span.start, end);
    Item { kind, span, text: text.into_owned(), reduced, joined: Vec::new(), starts_row: cell.starts_row }
}

fn kind(text: &str, lexicon: &Lexicon) -> Kind {
    if let Some(unit) = lexicon.unit(text.trim()) {
        return Kind::Unit(unit.name.clone());
    }
    match quantity::cell(text, lexicon) {
        CellValue::Number { value, unit } => {
            // `2017年` in a table names a column; it is no amount.
            let time = unit.as_deref().and_then(|u| lexicon.unit(u)).is_some_and(|u| u.class == UnitClass::Duration);
            if time || text.contains('年') { Kind::Words } else { Kind::Number { value, unit } }
        }
        CellValue::Blank => Kind::Blank,
        CellValue::Dash => Kind::Dash,
        CellValue::Unreadable { proposed } => Kind::Unreadable(proposed),
        CellValue::Inexact { unit } => Kind::Inexact(unit),
        CellValue::Words => unit_first(text, lexicon).unwrap_or(Kind::Words),
    }
}

/// `件 12`: the cells of unit and value in one.
fn unit_first(text: &str, lexicon: &Lexicon) -> Option<Kind> {
    let (unit, number) = text.trim().split_once(' ')?;
    let unit = lexicon.unit(unit)?;
    match quantity::cell(number.trim(), lexicon) {
        CellValue::Number { value, unit: None } => Some(Kind::Number { value, unit: Some(unit.name.clone()) }),
        _ => None,
    }
}

/// A label as printed, without numbering, 其中, layout spaces and bracketed notes. The words that stay are those that
/// [`Form::reduce`] leaves, in the characters of the text.
pub(super) fn clean(printed: &str) -> String {
    let reduced = Form::reduce(printed);
    let mut wanted = reduced.chars().peekable();
    // Both are walked together: a character of the text is kept where its folded form is the next one wanted. What the
    // reduction left out at the start or in brackets has no counterpart, unless the same words come again.
    let mut kept = String::with_capacity(reduced.len());
    let visible: Vec<char> = printed.chars().filter(|c| !c.is_whitespace()).collect();
    let skip = visible.len().saturating_sub(visible_tail(&visible, &reduced));
    let mut depth = 0usize;
    for c in visible.into_iter().skip(skip) {
        let mut buffer = [0; 4];
        let folded = crate::text::fold(c.encode_utf8(&mut buffer)).into_owned();
        let mut folded = folded.chars();
        match (folded.next(), wanted.peek()) {
            (Some(f), Some(w)) if f == *w && depth == 0 => {
                wanted.next();
                for f in folded {
                    wanted.next_if_eq(&f);
                }
                kept.push(c);
            }
            (Some('(' | '〔' | '【' | '['), _) => depth += 1,
            (Some(')' | '〕' | '】' | ']'), _) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    if wanted.peek().is_some() { reduced } else { kept }
}

/// How many characters of `visible`, counted from its end, begin with the first characters of `reduced`.
fn visible_tail(visible: &[char], reduced: &str) -> usize {
    let head: Vec<char> = reduced.chars().take(3).collect();
    let fold = |c: char| {
        let mut buffer = [0; 4];
        crate::text::fold(c.encode_utf8(&mut buffer)).chars().next()
    };
    let at = (0..visible.len())
        .find(|at| head.iter().enumerate().all(|(n, want)| visible.get(at + n).copied().and_then(fold) == Some(*want)));
    visible.len() - at.unwrap_or(0)
}
