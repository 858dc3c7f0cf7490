//! A row a line, label, unit and figures one space apart; other lines are parted at their spaces.

use super::{Dialect, Kept, Shape, cells, pipes};
use crate::{layout::spaced_row, table::Cell};

pub(super) static DIALECT: Dialect = Dialect {
    name: "spaces",
    sample: "统计指标 单位 统计数\n一、申请情况\n收到申请数 件 12\n当面申请数 件 5",
    rows_known: true,
    blanks_kept: false,
    claims: |s: &Shape<'_>| s.kept() == Kept::Spaces,
    cells: read,
};

/// Most figures of a row that are counted apart.
const MOST: usize = 64;

fn read(shape: &Shape<'_>) -> Vec<Cell> {
    let rows: Vec<Option<Vec<usize>>> = shape.lines.iter().map(|(line, _)| spaced_row(line)).collect();
    let mut tally = [0usize; MOST + 1];
    for count in rows.iter().flatten().map(Vec::len) {
        if let Some(slot) = tally.get_mut(count) {
            *slot += 1;
        }
    }
    let usual = (0..tally.len()).max_by_key(|n| (tally.get(*n).copied(), std::cmp::Reverse(*n))).unwrap_or(0);
    let mut out = Vec::new();
    for ((line, span), row) in shape.lines.iter().zip(rows) {
        let ends: Vec<usize> = match row {
            Some(starts) => {
                let starts = whole(line, starts, usual);
                let label = line.get(..starts.first().copied().unwrap_or(0)).unwrap_or("");
                labels(label).into_iter().chain(starts).chain([line.len()]).collect()
            }
            None => {
                let spaces = line.char_indices().filter(|(_, c)| c.is_whitespace());
                spaces.map(|(at, _)| at).chain([line.len()]).collect()
            }
        };
        let (mut start, mut first) = (0, true);
        for end in ends {
            let words = line.get(start..end).unwrap_or("");
            if !words.trim().is_empty() {
                out.push(cells::cell(words, span.start + start, first));
                first = false;
            }
            start = end;
        }
    }
    out
}

/// Where the words before the figures part into cells: before each that begins with a number of its own.
fn labels(words: &str) -> Vec<usize> {
    let mut out = Vec::new();
    let mut before = "";
    for piece in words.split_whitespace() {
        let at = piece.as_ptr() as usize - words.as_ptr() as usize;
        let number = before.ends_with(['、', '）', ')', '.', '．']) && (2..=4).contains(&before.chars().count());
        if !before.is_empty() && !number && pipes::numbered(piece) {
            out.push(at);
        }
        before = piece;
    }
    out
}

/// The beginnings of a row's cells where groups of three digits stood apart (`1 204`): so many as the other rows have.
fn whole(line: &str, starts: Vec<usize>, usual: usize) -> Vec<usize> {
    let digits = |n: usize| {
        let end = starts.get(n + 1).copied().unwrap_or(line.len());
        starts.get(n).and_then(|start| line.get(*start..end)).map(str::trim).filter(|w| w.bytes().all(|b| b.is_ascii_digit()))
    };
    let group = |n: &usize| {
        let after = digits(*n).is_some_and(|w| w.len() == 3);
        after && n.checked_sub(1).and_then(digits).is_some_and(|w| (1..=3).contains(&w.len()) && !w.starts_with('0'))
    };
    let groups: Vec<usize> = (0..starts.len()).filter(group).collect();
    // In a row of several figures, two may stand side by side.
    if groups.is_empty() || usual > 2 || starts.len() - groups.len() != usual {
        return starts;
    }
    starts.iter().enumerate().filter(|(n, _)| !groups.contains(n)).map(|(_, s)| *s).collect()
}
