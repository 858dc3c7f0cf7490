//! Where the figures of a matrix row begin among its empty cells: what the rows that lack none say of those that do.

use super::{Reader, items::Kind, matching::Anchor, matrix::row_end};
use crate::{align::form::items::Item, grammar::Form};
use std::{collections::BTreeMap, ops::Range};

/// How many empty cells stand between label and figures, by sub-table and depth of the label; and which sub-tables have
/// rows without an empty place.
#[derive(Debug, Default)]
pub(super) struct Leads {
    before: BTreeMap<(usize, usize), Option<usize>>,
    /// How many stand after the figures, by sub-table and depth of the label that follows.
    after: BTreeMap<(usize, Option<usize>), Option<usize>>,
    /// The depth of the label that follows each row.
    next: BTreeMap<usize, Option<usize>>,
    whole: BTreeMap<usize, usize>,
    /// Rows that all have as many cells, by sub-table and depth: how many rows, cells, and the fewest empty ones at the left.
    even: BTreeMap<(usize, usize), (usize, Option<usize>, usize)>,
    /// The most cells of a row, by sub-table.
    longest: BTreeMap<usize, usize>,
    /// Whether the text shows where rows end.
    rows_known: bool,
}

impl Leads {
    /// Looks at all rows of a table.
    pub fn of(reader: &Reader<'_>, form: &Form, anchors: &[Anchor]) -> Self {
        let mut leads = Leads { rows_known: reader.stream.rows_known, ..Leads::default() };
        let below = anchors.iter().skip(1).map(|a| Some(form.path(a.row).len())).chain([None]);
        for (anchor, below) in anchors.iter().zip(below) {
            leads.next.insert(anchor.row, below);
            let Some(row) = form.rows.get(anchor.row) else { continue };
            let end = row_end(reader, anchor.last + 1);
            let values = reader.items.get(anchor.last + 1..end).unwrap_or_default();
            let leaves = form.tables.get(row.table).map_or(0, |g| g.leaves().count());
            let lead = values.iter().take_while(|v| v.kind == Kind::Blank).count();
            let filled = values.iter().skip(lead).take_while(|v| v.filled()).count();
            if values.iter().any(Item::filled) {
                let even =
                    leads.even.entry((row.table, form.path(anchor.row).len())).or_insert((0, Some(values.len()), lead));
                *even = (even.0 + 1, even.1.filter(|n| *n == values.len()), even.2.min(lead));
                let longest = leads.longest.entry(row.table).or_default();
                *longest = (*longest).max(values.len());
            }
            if leaves > 1 && filled == leaves {
                let depth = form.path(anchor.row).len();
                let said = leads.before.entry((row.table, depth)).or_insert(Some(lead));
                *said = said.filter(|n| *n == lead);
                let rest = values.len() - lead - filled;
                let said = leads.after.entry((row.table, below)).or_insert(Some(rest));
                *said = said.filter(|n| *n == rest);
                *leads.whole.entry(row.table).or_default() += 1;
            }
        }
        leads
    }
    /// Whether a row of the sub-table prints all its columns.
    pub fn whole(&self, table: usize) -> bool {
        self.whole.contains_key(&table)
    }
    /// Which of the values of a row are its figures: as many as `wanted`, with nothing but empty cells beside them. `None`
    /// where that is not certain.
    pub fn place(
        &self,
        form: &Form,
        table: usize,
        row: Option<usize>,
        values: &[Item],
        wanted: usize,
    ) -> Option<Range<usize>> {
        let blank = |i: usize| values.get(i).is_some_and(|v| v.kind == Kind::Blank);
        let outside = |range: &Range<usize>| (0..range.start).all(blank) && (range.end..values.len()).all(blank);
        if wanted == 0 || values.len() < wanted {
            return None;
        }
        if (0..values.len()).all(blank) {
            return Some(0..wanted);
        }
        // A row without a label, whose beginning is not known: its first cell may be what stands before it.
        if row.is_none() && !self.rows_known && values.len() == wanted && blank(0) {
            return None;
        }
        let depth = row.map_or(0, |row| form.path(row).len());
        let below = row.and_then(|row| self.next.get(&row).copied()).flatten();
        let after = self.after.get(&(table, below)).copied().flatten();
        if let Some(Some(lead)) = self.before.get(&(table, depth)) {
            // A row whose cells are fewer, or more, has lost some.
            let range = *lead..lead + wanted;
            // With nothing known of what follows, the empty cells after the row may be the next one's.
            let certain = match after {
                Some(after) => range.end + after == values.len(),
                None => self.rows_known || (range.end > 0 && !blank(range.end - 1)),
            };
            let all = || (0..wanted).all(|n| values.get(n).is_some_and(Item::filled));
            if range.end <= values.len() && outside(&range) && (certain || (*lead == 0 && all())) {
                return Some(range);
            }
            return (values.len() == wanted && all()).then_some(0..wanted);
        }
        if values.len() == wanted && !blank(0) {
            return Some(0..wanted);
        }
        // Had cells been lost, rows alike would not all have as many.
        if let Some((3.., Some(len), lead)) = self.even.get(&(table, depth))
            && *len == values.len()
            && (self.rows_known || self.longest.get(&table) == Some(&wanted))
        {
            let start = (*lead).min(len - wanted);
            return Some(start..start + wanted).filter(outside);
        }
        if values.len() == wanted && self.rows_known && self.longest.get(&table).is_none_or(|n| *n == wanted) {
            return Some(0..wanted);
        }
        // Else figures at both ends say where they are.
        let mut fits = (0..=values.len() - wanted).map(|start| start..start + wanted).filter(outside);
        let only = fits.next().filter(|r| !blank(r.start) && !blank(r.end - 1));
        only.filter(|_| fits.next().is_none())
    }
}
