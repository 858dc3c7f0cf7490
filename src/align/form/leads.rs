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
}

impl Leads {
    /// Looks at all rows of a table.
    pub fn of(reader: &Reader<'_>, form: &Form, anchors: &[Anchor]) -> Self {
        let mut leads = Leads::default();
        let below = anchors.iter().skip(1).map(|a| Some(form.path(a.row).len())).chain([None]);
        for (anchor, below) in anchors.iter().zip(below) {
            leads.next.insert(anchor.row, below);
            let Some(row) = form.rows.get(anchor.row) else { continue };
            let end = row_end(reader, anchor.last + 1);
            let values = reader.items.get(anchor.last + 1..end).unwrap_or_default();
            let leaves = form.tables.get(row.table).map_or(0, |g| g.leaves().count());
            let lead = values.iter().take_while(|v| v.kind == Kind::Blank).count();
            let filled = values.iter().skip(lead).take_while(|v| v.filled()).count();
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
        let depth = row.map_or(0, |row| form.path(row).len());
        let below = row.and_then(|row| self.next.get(&row).copied()).flatten();
        let after = self.after.get(&(table, below)).copied().flatten();
        if let Some(Some(lead)) = self.before.get(&(table, depth)) {
            // A row whose cells are fewer, or more, has lost some.
            let range = *lead..lead + wanted;
            let certain = after.is_none_or(|after| range.end + after == values.len());
            let all = || (0..wanted).all(|n| values.get(n).is_some_and(Item::filled));
            if range.end <= values.len() && outside(&range) && (certain || (*lead == 0 && all())) {
                return Some(range);
            }
            return (values.len() == wanted && all()).then_some(0..wanted);
        }
        if values.len() == wanted && !blank(0) {
            return Some(0..wanted);
        }
        let mut fits = (0..=values.len() - wanted).map(|start| start..start + wanted).filter(outside);
        let first = fits.next()?;
        // Nothing says how many of the empty cells are the label's: as many as can be, where figures end the row.
        match fits.next_back() {
            None => Some(first),
            Some(last) if !blank(values.len() - 1) => Some(last),
            Some(_) if !blank(0) => Some(first),
            Some(_) => None,
        }
    }
}
