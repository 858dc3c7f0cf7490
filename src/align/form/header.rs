//! Header rows over several columns of values: the words above each column, and the column that speaks for its row.

use super::{
    Reader,
    items::{Item, Kind},
};
use crate::{grammar::Form, quantity::Number};
use std::ops::Range;

/// How many rows a table's title, heads and header are believed to fill.
pub(super) const MOST: usize = 8;

/// A cell that prints something.
fn visible(item: &Item) -> bool {
    item.kind != Kind::Blank
}

/// A year and nothing else: it names a column.
fn year(item: &Item) -> bool {
    item.whole().is_some_and(|n| n >= Number::from(1949) && n <= Number::from(2100) && item.text.trim().len() == 4)
}

/// Whether a row names columns: words, years and blanks, at least two of them printed.
pub(super) fn names_columns(row: &[Item]) -> bool {
    let words = row.iter().filter(|i| i.words()).count();
    let years: Vec<&Item> = row.iter().filter(|i| year(i)).collect();
    let unit = |i: &Item| matches!(i.kind, Kind::Unit(_));
    let distinct = years.iter().zip(years.iter().skip(1)).all(|(a, b)| a.text != b.text);
    let fits = row.iter().all(|i| i.words() || unit(i) || !visible(i) || year(i));
    // A label and its unit before an empty place are a row whose value is blank.
    let row_of_blank = words == 1 && row.iter().any(unit) && row.last().is_some_and(|i| !visible(i));
    let filled = years.is_empty() || !row.iter().any(unit);
    fits && distinct && filled && words >= 1 && row.iter().filter(|i| visible(i)).count() >= 2 && !row_of_blank
}

/// Whether a row only counts the columns: `甲 | 乙 | 1 | 2`.
pub(super) fn counts_columns(row: &[Item]) -> bool {
    let numbers: Vec<Option<Number>> = row.iter().filter(|i| i.filled()).map(Item::whole).collect();
    let mut letters = row.iter().filter(|i| visible(i) && !i.filled());
    let counted = numbers.iter().zip(1u32..).all(|(n, want)| *n == Some(Number::from(want)));
    !numbers.is_empty() && counted && letters.clone().next().is_some() && letters.all(|i| i.words() && one_letter(i))
}

fn one_letter(item: &Item) -> bool {
    item.text.trim().chars().count() == 1
}

/// The header among the first rows: titles above it are skipped; ends before the first row of the data. A second row
/// belongs to it where the place of the label is blank in it or left out, as under a cell over two rows.
pub(super) fn block(rows: &[&[Item]]) -> Range<usize> {
    let title = |row: &&&[Item]| row.iter().filter(|i| visible(i)).count() <= 1 && !row.iter().any(Item::filled);
    let mut start = rows.iter().take(MOST).take_while(title).count();
    // `填报单位 | 日期` above the header: a row of fewer cells, with the header's own first cell below it.
    let about = |(row, next): (&&[Item], &&[Item])| {
        let printed = |row: &[Item]| row.iter().filter(|i| visible(i)).count();
        let cells: Vec<&Item> = next.iter().collect();
        names_columns(row)
            && names_columns(next)
            && printed(next) > printed(row)
            && next.first().is_some_and(visible)
            && repeats(&cells).is_none()
    };
    let rest = rows.get(start..).unwrap_or_default();
    start += rest.iter().zip(rest.iter().skip(1)).take(MOST).take_while(|(a, b)| about((a, b))).count();
    let Some(first) = rows.get(start).filter(|row| names_columns(row)) else { return 0..0 };
    let under = |row: &&&[Item]| {
        let blank = row.first().is_some_and(|i| !visible(i));
        let fits = row.iter().all(|i| i.words() || !visible(i) || year(i));
        let several = row.iter().filter(|i| visible(i)).count() >= 2;
        fits && (several && (blank || row.len() < first.len() || group_over(first, row)))
    };
    let more = rows.get(start + 1..).unwrap_or_default().iter().take(MOST).take_while(under).count();
    start..start + 1 + more
}

/// Whether the cells of `row` come again and again, as under groups, and `first` is too short to head them one by one.
fn group_over(first: &[Item], row: &[Item]) -> bool {
    let leaves: Vec<&Item> = row.iter().collect();
    row.len() > first.len() && repeats(&leaves).is_some()
}

/// The smallest number of cells after which the same ones come again, throughout.
fn repeats(leaves: &[&Item]) -> Option<usize> {
    let every = |k: &usize| {
        leaves.len().is_multiple_of(*k) && leaves.iter().zip(leaves.iter().skip(*k)).all(|(a, b)| a.text == b.text)
    };
    (1..leaves.len()).find(every)
}

/// The header cells above each of the value columns, outermost first, as printed; none where they do not fit.
/// `rows` are header rows with their places kept, `values` the places of the columns, `width` that of a row.
pub(super) fn placed(reader: &Reader<'_>, rows: &[&[Item]], values: &[usize], width: usize) -> Vec<Vec<String>> {
    let count = values.len();
    let mut names: Vec<Vec<&Item>> = vec![Vec::new(); count];
    let (Some((&leaf_row, above)), Some(&first), Some(&last)) = (rows.split_last(), values.first(), values.last())
    else {
        return vec![Vec::new(); count];
    };
    let at = |row: &'_ [Item], n: usize| row.get(n).is_some_and(visible);
    let leaves: Vec<Option<&Item>> = {
        let printed: Vec<&Item> = leaf_row.iter().filter(|i| visible(i)).collect();
        if leaf_row.len() > last {
            values.iter().map(|n| leaf_row.get(*n).filter(|i| visible(i))).collect()
        } else if printed.len() == count {
            printed.into_iter().map(Some).collect()
        } else if printed.len() > count && last + 1 == width && last + 1 - first == count {
            // A place to the left is left out: what heads the values are the last ones.
            printed.iter().skip(printed.len() - count).copied().map(Some).collect()
        } else {
            vec![None; count]
        }
    };
    let known: Vec<&Item> = leaves.iter().filter_map(|l| *l).collect();
    let period = repeats(&known).filter(|_| known.len() == count);
    for row in above {
        // Groups of like columns: so many cells as there are groups, wherever they stand over them.
        let tail: Vec<&Item> = if row.len() > first {
            row.iter().skip(first).filter(|i| visible(i)).collect()
        } else {
            row.iter().filter(|i| visible(i)).collect()
        };
        if let Some(size) = period.filter(|k| k * tail.len() == count) {
            for (n, name) in names.iter_mut().enumerate() {
                name.extend(tail.get(n / size));
            }
            continue;
        }
        if row.len() <= last {
            continue;
        }
        let mut over: Option<&Item> = None;
        let mut from = first;
        for ((name, place), leaf) in names.iter_mut().zip(values).zip(&leaves) {
            // A cell over several columns stands in the first of them.
            let own = (from..=*place).rev().find(|n| at(row, *n)).and_then(|n| row.get(n));
            from = place + 1;
            if own.is_some() {
                over = own;
            }
            name.extend(if leaf.is_some() { over } else { own });
        }
    }
    for (name, leaf) in names.iter_mut().zip(leaves) {
        name.extend(leaf);
    }
    names.into_iter().map(|name| print(reader, &name)).collect()
}

/// The same of a header whose rows are lost: its last cells head the columns, those before them groups of like ones.
pub(super) fn flat(reader: &Reader<'_>, header: &[Item], count: usize) -> Vec<Vec<String>> {
    let mut words: Vec<&Item> =
        uncounted(header).iter().filter(|i| i.words() || matches!(i.kind, Kind::Unit(_)) || year(i)).collect();
    // The labels have a header too.
    if words.len() <= count || count == 0 {
        return vec![Vec::new(); count];
    }
    let leaves = words.split_off(words.len() - count);
    let groups: Vec<&Item> = match repeats(&leaves).map(|k| (k, count / k)) {
        Some((size, groups)) if words.len() >= groups => {
            let over = words.split_off(words.len() - groups);
            over.into_iter().flat_map(|item| std::iter::repeat_n(item, size)).collect()
        }
        _ => Vec::new(),
    };
    let name = |(n, leaf): (usize, &&Item)| {
        let both: Vec<&Item> = groups.get(n).into_iter().copied().chain([*leaf]).collect();
        print(reader, &both)
    };
    leaves.iter().enumerate().map(name).collect()
}

/// A header without the cells at its end that count the columns.
fn uncounted(header: &[Item]) -> &[Item] {
    let numbers = header.iter().rev().take_while(|i| i.filled() && !year(i)).count();
    let (before, counted) = header.split_at(header.len() - numbers);
    let letters = before.iter().rev().take_while(|i| i.words() && one_letter(i)).count();
    let right = counted.iter().zip(1u32..).all(|(i, n)| i.whole() == Some(Number::from(n)));
    match before.split_at_checked(before.len() - letters) {
        Some((rest, _)) if numbers > 0 && letters > 0 && right => rest,
        _ => header,
    }
}

fn print(reader: &Reader<'_>, items: &[&Item]) -> Vec<String> {
    let mut out: Vec<String> = items.iter().map(|i| reader.printed(i.span)).collect();
    out.dedup();
    out
}

/// The column whose figure is the row's: the only total, else the one of the report's year, else the first that is not
/// of another period. `None` where there are several totals.
pub(super) fn main(reader: &Reader<'_>, names: &[Vec<String>]) -> Option<usize> {
    let totals: Vec<usize> = at(names, |name| total(reader, name));
    match totals.as_slice() {
        [only] => return Some(*only),
        [] => {}
        several => {
            let outer = |n: &&usize| names.get(**n).is_some_and(|name| name.len() == 1);
            let mut outer = several.iter().filter(outer);
            return outer.next().copied().filter(|_| outer.next().is_none());
        }
    }
    let this = reader.facts.head.year.map(|y| y.to_string());
    let of_year: Vec<usize> =
        at(names, |name| this.as_ref().is_some_and(|y| name.iter().any(|cell| cell.contains(y.as_str()))));
    if let [only] = of_year.as_slice() {
        return Some(*only);
    }
    let prose = &reader.grammar.lexicon.words().prose;
    let says = |name: &Vec<String>, words: &[String]| {
        name.iter().any(|cell| words.iter().any(|word| cell.contains(word.as_str())))
    };
    if let [only] = at(names, |name| says(name, &prose.current)).as_slice() {
        return Some(*only);
    }
    Some(names.iter().position(|name| !says(name, &prose.previous)).unwrap_or(0))
}

fn at(names: &[Vec<String>], test: impl Fn(&Vec<String>) -> bool) -> Vec<usize> {
    names.iter().enumerate().filter(|(_, name)| test(name)).map(|(n, _)| n).collect()
}

/// Whether a header cell is what the forms call the total of a row.
fn total(reader: &Reader<'_>, name: &[String]) -> bool {
    let Some(reduced) = name.last().map(|cell| Form::reduce(cell)) else { return false };
    let columns = reader.grammar.forms.iter().flat_map(|f| &f.tables).flat_map(|t| &t.columns);
    let mut totals = columns.filter(|c| c.key.as_deref() == Some(""));
    totals.any(|c| c.label == reduced || c.aliases.contains(&reduced))
}
