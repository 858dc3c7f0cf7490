//! Labels over several rows, printed beside the rows' own: from top to bottom, a few characters a line.

use super::{
    page::{self, Placed},
    pipes, wrap,
};
use std::collections::BTreeMap;

/// The cells of one line that stand in the column of labels.
#[derive(Clone, Debug)]
pub(super) struct Labels {
    /// The cells, from the left.
    pub cells: Vec<Placed>,
    /// The page of the line.
    pub page: usize,
    /// Its number.
    pub number: usize,
    /// Whether it has figures.
    pub figures: bool,
}

/// The same, parted.
#[derive(Clone, Debug, Default)]
pub(super) struct Parted {
    /// What belongs to labels over several rows, each with the place of its column among those of the page.
    pub beside: Vec<(usize, Placed)>,
    /// What belongs to the row's own label.
    pub own: Vec<Placed>,
    /// Whether it stands right of what stands beside.
    pub inner: bool,
}

/// A label over several rows: its pieces and the lines it fills.
#[derive(Clone, Debug)]
pub(super) struct Beside {
    pub pieces: Vec<Placed>,
    /// First and last line, by index.
    pub lines: (usize, usize),
    /// Whether others stand between it and the rows.
    pub outer: bool,
}

/// Most characters of a line of such a label.
const NARROW: usize = 6;
/// Most of them where one space parts them from the row's own.
const TIGHT: usize = 4;

/// Where such labels stand on a page: from a column of narrow characters to another.
#[derive(Clone, Copy, Debug)]
struct Strip {
    from: usize,
    to: usize,
    /// Whether labels fold in it: then what stands there beside figures alone is a line of one.
    folds: bool,
}

type Strips = Vec<Strip>;

/// Parts every line.
pub(super) fn part(text: &str, lines: &[Labels]) -> Vec<Parted> {
    let strips = strips(text, lines);
    let mut out = Vec::with_capacity(lines.len());
    let mut depth = 0;
    // The label on the line above: its number, from where to where it reaches.
    let mut above: Option<(usize, usize, usize)> = None;
    for line in lines {
        let strips = nearest(&strips, line.page);
        let mut cells = line.cells.clone();
        // Closed up to a single space.
        if let [.., last] = cells.as_slice()
            && let Some((left, right)) = tight(text, *last)
            && (depth == 0 && pipes::numbered(words(text, &right)) || strips.iter().any(|s| within(&left, *s)))
        {
            cells.pop();
            cells.extend([left, right]);
        }
        let mut parted = Parted::default();
        let count = cells.len();
        for (n, cell) in cells.iter().enumerate() {
            let lone = n + 1 == count;
            let strip = strips.iter().position(|s| if lone { within(cell, *s) } else { touches(cell, *s) });
            let folds = strip.and_then(|n| strips.get(n)).is_some_and(|s| s.folds) || !line.figures;
            let narrow = !lone || folds && words(text, cell).chars().count() <= NARROW;
            // A label in brackets that are still open goes on to where they close.
            let closes = depth > 0 && words(text, cell).contains(['）', ')']);
            // So does one that reaches over the strip on the line above, unless a number begins.
            let under = above.zip(strip.and_then(|n| strips.get(n))).is_some_and(|((number, from, to), strip)| {
                number + 1 == line.number && from <= cell.from + 1 && to > strip.to && to >= cell.to
            });
            let goes_on = lone && (closes || under && !pipes::numbered(words(text, cell)));
            match strip.filter(|_| narrow && !goes_on && parted.own.is_empty()) {
                Some(strip) => parted.beside.push((strips.len() - strip - 1, *cell)),
                None => parted.own.push(*cell),
            }
        }
        if let Some((first, last)) = parted.own.first().zip(parted.own.last()) {
            let reaches =
                above.filter(|(number, ..)| number + 1 == line.number && !line.figures).map_or(0, |(.., to)| to);
            above = Some((line.number, first.from, last.to.max(reaches)));
            let begins = page::begins(words(text, first));
            depth = parted.own.iter().fold(if begins { 0 } else { depth }, |d, c| wrap::leaves_open(d, words(text, c)));
            parted.inner = strips.last().is_some_and(|s| first.from >= s.to);
        }
        out.push(parted);
    }
    out
}

fn words<'t>(text: &'t str, cell: &Placed) -> &'t str {
    text.get(cell.span.start..cell.span.end).unwrap_or("").trim()
}

/// Whether the cell stands within the strip, or one character left of it.
fn within(cell: &Placed, strip: Strip) -> bool {
    cell.from + 1 >= strip.from && cell.to <= strip.to
}

fn touches(cell: &Placed, strip: Strip) -> bool {
    cell.from < strip.to && strip.from < cell.to
}

/// A few characters before the first space of a cell, and the rest.
fn tight(text: &str, cell: Placed) -> Option<(Placed, Placed)> {
    let all = words(text, &cell);
    let at = all.find(char::is_whitespace)?;
    let (left, right) = page::part(text, cell, at)?;
    let narrow = |p: &Placed| words(text, p).chars().count();
    let wide = words(text, &left).chars().all(|c| !c.is_ascii() || matches!(c, '(' | ')'));
    // 合 计: a word spread out.
    let spread = narrow(&left) == 1 && narrow(&right) == 1;
    (wide && narrow(&left) <= TIGHT && !spread).then_some((left, right))
}

/// A number and nothing else: （三）.
fn number_alone(words: &str) -> bool {
    let inner = words.trim_matches(['（', '(', '）', ')', '、', '.', '．']);
    pipes::numbered(words) && inner.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
}

/// Whether what stands at the left is certainly no part of the label at the right.
fn certain(text: &str, left: &Placed, right: &Placed) -> bool {
    let (left, right) = (words(text, left), words(text, right));
    let colon = left.ends_with(['：', ':']);
    !colon && (pipes::numbered(right) || left.chars().count() <= NARROW && !number_alone(left))
}

/// The strips of every page that shows them, merged.
fn strips(text: &str, lines: &[Labels]) -> BTreeMap<usize, Strips> {
    let mut found: BTreeMap<usize, Strips> = BTreeMap::new();
    let part = |cell: &Placed| {
        let all = words(text, cell);
        Strip { from: cell.from, to: cell.to, folds: !pipes::numbered(all) || number_alone(all) }
    };
    let mut single: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    // Where the leftmost words of each page begin.
    let mut left: BTreeMap<usize, usize> = BTreeMap::new();
    for line in lines {
        let mut pairs: Vec<(Placed, Placed)> =
            line.cells.iter().copied().zip(line.cells.iter().skip(1).copied()).collect();
        let last = line.cells.last().and_then(|c| tight(text, *c));
        pairs.extend(last.filter(|(_, right)| pipes::numbered(words(text, right))));
        let page = found.entry(line.page).or_default();
        page.extend(pairs.iter().filter(|(a, b)| certain(text, a, b)).map(|(a, _)| part(a)));
        if let [alone] = line.cells.as_slice() {
            let all = words(text, alone);
            if all.starts_with(['（', '(']) && number_alone(all) {
                page.push(part(alone));
            } else if all.chars().count() == 1 {
                *single.entry((line.page, alone.from)).or_default() += 1;
            }
        }
        let several = line.cells.iter().find(|c| words(text, c).chars().count() > 1);
        if let Some(first) = several {
            let left = left.entry(line.page).or_insert(first.from);
            *left = first.from.min(*left);
        }
    }
    for ((page, from), _) in single.into_iter().filter(|(_, count)| *count >= 3) {
        // The last character of a label in the middle of its column is none.
        if left.get(&page).is_some_and(|left| from >= *left) {
            continue;
        }
        found.entry(page).or_default().push(Strip { from, to: from + 1, folds: true });
    }
    // One alone may be anything.
    if found.values().map(Vec::len).sum::<usize>() < 2 {
        return BTreeMap::new();
    }
    found.retain(|_, strips| !strips.is_empty());
    for strips in found.values_mut() {
        strips.sort_unstable_by_key(|s| (s.from, s.to));
        let mut merged: Strips = Vec::new();
        for strip in strips.drain(..) {
            match merged.last_mut().filter(|last| strip.from < last.to) {
                Some(last) => {
                    last.to = last.to.max(strip.to);
                    last.folds |= strip.folds;
                }
                None => merged.push(strip),
            }
        }
        *strips = merged;
    }
    let mut above: Option<&Labels> = None;
    for line in lines {
        let over = above.replace(line).filter(|a| a.number + 1 == line.number);
        let [cell] = line.cells.as_slice() else { continue };
        if line.figures {
            continue;
        }
        for strip in found.get_mut(&line.page).into_iter().flatten().filter(|s| within(cell, **s)) {
            // Not where it goes on with words that reach over the strip.
            let reaches = |c: &Placed| c.from <= cell.from + 1 && c.to > strip.to;
            strip.folds |= !over.is_some_and(|a| a.cells.iter().any(reaches));
        }
    }
    found
}

/// The strips of a page, or of the nearest that has some.
fn nearest(strips: &BTreeMap<usize, Strips>, page: usize) -> &[Strip] {
    let before = strips.range(..=page).next_back();
    before.or_else(|| strips.range(page..).next()).map_or(&[], |(_, s)| s.as_slice())
}

/// Puts the labels over several rows together, those of the outer columns first.
pub(super) fn labels(text: &str, lines: &[Labels], parted: &[Parted]) -> Vec<Beside> {
    let mut open: BTreeMap<usize, Beside> = BTreeMap::new();
    let mut out = Vec::new();
    for (n, (line, parted)) in lines.iter().zip(parted).enumerate() {
        for (column, cell) in &parted.beside {
            let all = words(text, cell);
            let goes_on = |b: &mut Beside| {
                let last = lines.get(b.lines.1);
                let near = last.is_some_and(|l| l.page != line.page || l.number + 2 >= line.number);
                // （五: its bracket may close on the next line.
                !pipes::numbered(all) && !all.starts_with(['（', '(']) && (near || all.chars().count() == 1)
            };
            if let Some(label) = open.get_mut(column)
                && goes_on(label)
            {
                label.pieces.push(*cell);
                label.lines.1 = n;
                continue;
            }
            let new = Beside { pieces: vec![*cell], lines: (n, n), outer: *column > 0 };
            out.extend(open.insert(*column, new));
        }
    }
    out.extend(open.into_values());
    out.sort_by_key(|b| (b.lines.0, !b.outer));
    out
}
