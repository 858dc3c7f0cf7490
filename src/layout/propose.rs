//! Which runs of lines look like tables; `align` has the last word.

use super::{
    drawn,
    lines::{Line, PIPES, ends_open, is_value, spaced_pair, unit_like},
    ordinal,
};
use std::ops::Range;

/// Ranges of line indices that look like tables, in order, without overlaps.
pub(super) fn tables(lines: &[Line<'_>]) -> Vec<Range<usize>> {
    let mut taken = vec![false; lines.len()];
    let mut out = Vec::new();
    for find in [piped, tabbed, separated, ruled, spaced, single, bare] {
        let found = find(lines, &taken);
        for range in found {
            let range = with_head(lines, &taken, range);
            for slot in taken.get_mut(range.clone()).unwrap_or_default() {
                *slot = true;
            }
            out.push(range);
        }
    }
    out.sort_by_key(|r| r.start);
    out
}

/// Takes in the lines directly above that name who fills the table in.
fn with_head(lines: &[Line<'_>], taken: &[bool], range: Range<usize>) -> Range<usize> {
    let above = (0..range.start).rev().take(3).find(|i| lines.get(*i).is_some_and(|l| !l.blank()));
    match above {
        Some(i) if !is_taken(taken, i) && i > 0 && lines.get(i).is_some_and(|l| l.metadata() && l.chars <= 60) => {
            i..range.end
        }
        _ => range,
    }
}

fn is_taken(taken: &[bool], i: usize) -> bool {
    taken.get(i).copied().unwrap_or(true)
}

/// Runs of lines for which `row` holds, across gaps of at most `reach` other lines that `joins` allows.
fn runs(
    lines: &[Line<'_>],
    taken: &[bool],
    reach: usize,
    row: impl Fn(&Line<'_>) -> bool,
    joins: impl Fn(&[&Line<'_>], &Line<'_>) -> bool,
) -> Vec<Vec<usize>> {
    let mut out: Vec<Vec<usize>> = Vec::new();
    let mut gap: Vec<&Line<'_>> = Vec::new();
    let (mut open, mut apart) = (false, false);
    // The last chapter among the rows of the run: the next one in the gap is the label of a row that was broken over lines.
    let mut chapter: Option<u32> = None;
    for (i, line) in lines.iter().enumerate() {
        if is_taken(taken, i) {
            open = false;
        } else if row(line) {
            match out.last_mut() {
                Some(run)
                    if open && (gap.is_empty() || (!apart && goes_on(&gap, chapter, line)) || joins(&gap, line)) =>
                {
                    run.push(i)
                }
                _ => {
                    out.push(vec![i]);
                    chapter = None;
                    gap.clear();
                }
            }
            (open, apart) = (true, false);
            chapter = gap.drain(..).chain([line]).filter_map(chapter_of).next_back().or(chapter);
        } else if open && !line.blank() {
            gap.push(line);
            open = gap.len() <= reach;
        } else {
            apart |= line.blank();
        }
    }
    out
}

/// The number of the chapter that a row or a line opens.
fn chapter_of(line: &Line<'_>) -> Option<u32> {
    ordinal::chapter(line.text.trim_start_matches(|c: char| PIPES.contains(&c) || c.is_whitespace()))
}

/// Whether the lines between two cells, no blank one among them, are a label of the table whose last chapter is known: the
/// next chapter, and what it goes on with below. A row of cells below would be the head of another table.
fn goes_on(gap: &[&Line<'_>], last: Option<u32>, below: &Line<'_>) -> bool {
    if below.pipes > 1 {
        return false;
    }
    let next = |line: &&Line<'_>| last.is_some() && chapter_of(line) == last.map(|n| n + 1);
    let below = |line: &&Line<'_>| fragment(line) && line.heading() != Some(1);
    gap.split_first().is_some_and(|(first, rest)| fragment(first) && next(first) && rest.iter().all(below))
}

/// Lines between two rows may be a label broken over lines; never a heading of the prose, a sentence, a signature.
fn fragment(line: &Line<'_>) -> bool {
    !line.stop && line.chars <= 80 && line.marked.is_none() && !line.date() && !line.annex()
}

/// Whether labels with units and no values are a table that nobody filled in: units in a good part of `size` lines, the same
/// ones again and again.
fn unfilled<'t>(units: impl Iterator<Item = &'t str>, size: usize) -> bool {
    let mut units: Vec<&str> = units.collect();
    let count = units.len();
    units.sort_unstable();
    units.dedup();
    count >= 6 && count * 4 >= size && units.len() * 2 <= count
}

/// The unit that ends a line after its label, with nothing where the value belongs.
fn unit_last<'t>(line: &Line<'t>, separator: impl Fn(char) -> bool) -> Option<&'t str> {
    let (label, unit) = line.text.trim_end_matches(&separator).rsplit_once(&separator)?;
    (unit_like(unit) && label.chars().count() > 3 && !label.ends_with(is_digit)).then_some(unit)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// How much a row of values counts: one, or three where it holds five values and more.
fn many<'t>(cells: impl Iterator<Item = &'t str>) -> usize {
    if cells.filter(|c| is_value(c)).take(5).count() == 5 { 3 } else { 1 }
}

fn range(run: &[usize]) -> Option<Range<usize>> {
    Some(*run.first()?..run.last()? + 1)
}

fn piped(lines: &[Line<'_>], taken: &[bool]) -> Vec<Range<usize>> {
    let row = |l: &Line<'_>| l.frame || l.pipes > 0 && !(l.stop && l.chars > 60 && l.pipes < 2);
    let joins = |gap: &[&Line<'_>], next: &Line<'_>| {
        let row = next.pipes > 0 && next.text.trim_end_matches(PIPES).rsplit(PIPES).next().is_some_and(is_value);
        let heading = gap.iter().any(|l| l.heading() == Some(1));
        gap.iter().all(|l| fragment(l)) && (next.lone_pipe() || (row && next.pipes > 1) || !heading)
    };
    let mut out = Vec::new();
    for run in runs(lines, taken, 2, row, joins) {
        let Some(mut range) = range(&run) else { continue };
        // The last cell may have lost its closing pipe, the first one its opening pipe.
        let ends = |i: usize| lines.get(i).is_some_and(|l| l.text.ends_with(PIPES));
        let number = |l: &Line<'_>| l.value && l.text.starts_with(char::is_numeric);
        if ends(range.end - 1) && lines.get(range.end).is_some_and(number) && !is_taken(taken, range.end) {
            range.end += 1;
        }
        let lone = run.iter().filter(|i| lines.get(**i).is_some_and(Line::lone_pipe)).count();
        if lone * 2 >= run.len()
            && range.start > 0
            && lines.get(range.start - 1).is_some_and(|l| !l.blank() && fragment(l))
        {
            range.start -= 1;
        }
        if run.len() >= 2 {
            out.push(range);
        }
    }
    out
}

fn tabbed(lines: &[Line<'_>], taken: &[bool]) -> Vec<Range<usize>> {
    let row = |l: &Line<'_>| l.tabs && !l.stop;
    let joins = |gap: &[&Line<'_>], next: &Line<'_>| {
        let value = next.text.rsplit('\t').next().is_some_and(is_value);
        gap.iter().all(|l| fragment(l)) && (value || !gap.iter().any(|l| l.heading() == Some(1)))
    };
    let found = runs(lines, taken, 3, row, joins);
    found.iter().filter(|run| run.len() >= 2).filter_map(|run| range(run)).collect()
}

/// Values parted by commas or semicolons, so many a line as on most of its lines.
fn separated(lines: &[Line<'_>], taken: &[bool]) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    // What commas part, semicolons do not part again.
    let mut taken = taken.to_vec();
    for separator in [',', ';'] {
        let pair = separator.to_string().repeat(2);
        let row = |l: &Line<'_>| {
            !l.blank()
                && l.pipes == 0
                && !l.tabs
                && l.marked.is_none()
                && !l.text.ends_with(['。', '；', '，', ':', '：'])
                && l.text.contains(separator)
                && drawn::separated(l.text, separator) > 1
        };
        let joins = |gap: &[&Line<'_>], _: &Line<'_>| gap.iter().all(|l| fragment(l) && l.heading() != Some(1));
        for run in runs(lines, &taken, 2, row, joins) {
            let line = |i: &usize| lines.get(*i).map_or("", |l| l.text);
            let widths: Vec<usize> = run.iter().map(|i| drawn::separated(line(i), separator)).collect();
            let mut tally = [0usize; 64];
            for width in &widths {
                if let Some(slot) = tally.get_mut(*width) {
                    *slot += 1;
                }
            }
            let most = tally.iter().copied().max().unwrap_or(0);
            let valued = |i: &usize| {
                let last = line(i).rsplit(separator).next().unwrap_or("");
                if is_value(last.trim_matches('"')) { many(line(i).split(separator)) } else { 0 }
            };
            let values: usize = run.iter().map(valued).sum();
            let filled = values >= 2 && values * 3 >= run.len();
            let even = most * 2 >= run.len() || values * 2 >= run.len();
            let units = run.iter().filter_map(|i| unit_last(lines.get(*i)?, |c| c == separator));
            // Nothing between two separators, on most lines: no prose has that.
            let blanks = run.iter().filter(|i| line(i).contains(pair.as_str())).count();
            let even = even || blanks * 2 >= run.len();
            let filled = filled || blanks * 2 >= run.len();
            if run.len() >= 3 && (filled && even || most * 2 >= run.len() && unfilled(units, run.len())) {
                let range = range(&run).unwrap_or_default();
                for slot in taken.get_mut(range.clone()).unwrap_or_default() {
                    *slot = true;
                }
                out.push(range);
            }
        }
    }
    out
}

/// Columns under a ruler of dashes; rows are lines, or stand apart between two long rulers.
fn ruled(lines: &[Line<'_>], taken: &[bool]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let at = |i: usize| lines.get(i).filter(|_| !is_taken(taken, i));
    let mut floor = 0;
    let mut i = 0;
    while i < lines.len() {
        if !at(i).is_some_and(|l| drawn::ruler(l.text)) {
            i += 1;
            continue;
        }
        // The header stands right above, under a rule of its own or none.
        let above =
            (1..=8).take_while(|n| i.checked_sub(*n).filter(|k| *k >= floor).and_then(at).is_some_and(|l| !l.blank()));
        let (mut start, mut apart) = (i, false);
        for n in above {
            start = i - n;
            if at(start).is_some_and(|l| drawn::dashes(l.text)) {
                apart = true;
                break;
            }
        }
        let body = |k: &usize| at(*k).is_some_and(|l| !drawn::dashes(l.text) && l.marked.is_none());
        let tight = (i + 1..lines.len()).take_while(|k| body(k) && at(*k).is_some_and(|l| !l.blank())).last();
        let closed = |from: usize| {
            let last = (from..lines.len()).take_while(body).last().unwrap_or(from);
            at(last + 1).is_some_and(|l| drawn::dashes(l.text)).then_some(last + 1)
        };
        let end = match tight {
            _ if apart => closed(i + 1).or(tight),
            Some(last) if at(last + 1).is_some_and(|l| drawn::dashes(l.text)) => Some(last + 1),
            tight => tight,
        };
        if let Some(end) = end {
            out.push(start..end + 1);
            floor = end + 1;
            i = end;
        }
        i += 1;
    }
    out
}

fn spaced(lines: &[Line<'_>], taken: &[bool]) -> Vec<Range<usize>> {
    let row = |l: &Line<'_>| l.gaps > 0 && !l.stop && l.pipes == 0;
    let joins = |gap: &[&Line<'_>], next: &Line<'_>| {
        // A long label in a narrow column has many short lines.
        let narrow = gap.len() <= 6 || gap.iter().all(|l| l.chars <= 20 && l.heading() != Some(1));
        gap.iter().all(|l| fragment(l)) && narrow && (next.last_value || !gap.iter().any(|l| l.heading() == Some(1)))
    };
    let mut out = Vec::new();
    for run in runs(lines, taken, 14, row, joins) {
        let last = run.iter().filter_map(|i| lines.get(*i)).filter(|l| l.last_value);
        // A row of many figures says as much as several rows.
        let values: usize = last.map(|l| many(l.text.split_whitespace())).sum();
        let units = run.iter().filter_map(|i| unit_last(lines.get(*i)?, char::is_whitespace));
        if values >= 3 && values * 4 >= run.len() || unfilled(units, run.len()) {
            out.extend(range(&run).map(|range| with_tail(lines, taken, range)));
        }
    }
    out
}

/// Takes in the lines below figures alone that go on with the label above them: as many, and no longer.
fn with_tail(lines: &[Line<'_>], taken: &[bool], range: Range<usize>) -> Range<usize> {
    let Some(last) = range.end.checked_sub(1).and_then(|n| lines.get(n)) else { return range };
    if !last.text.split_whitespace().all(is_value) {
        return range;
    }
    let label = |l: &&Line<'_>| !l.blank() && !l.last_value && l.gaps <= 1;
    let above = lines.get(range.start..range.end - 1).unwrap_or_default().iter().rev().take(5).take_while(label);
    let widest = above.clone().map(|l| l.chars).max().unwrap_or(0);
    let goes_on = |i: &usize| {
        let fits = |l: &Line<'_>| !l.blank() && fragment(l) && l.ordinal.is_none() && l.gaps == 0 && l.chars <= widest;
        !is_taken(taken, *i) && lines.get(*i).is_some_and(fits)
    };
    let end = (range.end..lines.len()).take(above.count()).take_while(goes_on).last();
    range.start..end.map_or(range.end, |i| i + 1)
}

/// Label, unit and value one space apart, a row a line.
fn single(lines: &[Line<'_>], taken: &[bool]) -> Vec<Range<usize>> {
    let joins = |gap: &[&Line<'_>], _: &Line<'_>| gap.iter().all(|l| fragment(l));
    let mut out = Vec::new();
    let row = |l: &Line<'_>| l.spaced_row || (!l.stop && l.pipes == 0 && l.chars <= 60 && spaced_pair(l.text));
    for run in runs(lines, taken, 3, row, joins) {
        let rows = run.iter().filter_map(|i| lines.get(*i)).filter(|l| l.spaced_row);
        let rows: usize = rows.map(|l| many(l.text.split_whitespace())).sum();
        if rows < 2 || rows.max(run.len()) < 3 {
            continue;
        }
        let Some(mut range) = range(&run) else { continue };
        // The header and the first heading stand above the first row.
        let head = |i: usize| {
            lines.get(i).is_some_and(|l| {
                let words = l.text.split_whitespace().count();
                !l.blank()
                    && !is_taken(taken, i)
                    && (fragment(l) && l.chars <= 40 || words >= 3 && !l.stop && l.chars <= 200)
            })
        };
        let words = |i: usize| lines.get(i).is_some_and(|l| l.text.split_whitespace().count() >= 3);
        let above = (1..=3)
            .take_while(|n| range.start.checked_sub(*n).is_some_and(head))
            .filter(|n| words(range.start - n))
            .last();
        range.start -= above.unwrap_or(0);
        out.push(range);
    }
    out
}

/// One cell a line, nothing between: many lines hold a number alone; or, in a table never filled in, a unit that comes again.
fn bare(lines: &[Line<'_>], taken: &[bool]) -> Vec<Range<usize>> {
    let cell = |l: &Line<'_>| {
        !l.blank()
            && fragment(l)
            && !l.text.starts_with(['，', '。', '、', '；', '）', '<'])
            && (l.value || !l.text.chars().take(4).any(|c| matches!(c, '，' | ',' | '、') && l.ordinal.is_none()))
            && (!ends_open(l.text) || l.chars <= 12 && l.text.ends_with(['：', ':']))
    };
    let mut out = Vec::new();
    for run in runs(lines, taken, 0, cell, |_, _| false) {
        let is = |i: &usize, what: fn(&Line<'_>) -> bool| lines.get(*i).is_some_and(what);
        let after_label =
            |n: usize| n.checked_sub(1).and_then(|n| run.get(n)).is_some_and(|i| is(i, |l| !l.value && l.chars > 3));
        let units: Vec<(usize, &str)> = run
            .iter()
            .enumerate()
            .filter(|(n, i)| is(i, |l| unit_like(l.text)) && after_label(*n))
            .filter_map(|(n, i)| Some((n, lines.get(*i)?.text)))
            .collect();
        let opened = units.first().map(|(n, _)| *n);
        let Some(first) = run.iter().position(|i| is(i, |l| l.value)).into_iter().chain(opened).min() else { continue };
        let Some(last) = run.iter().rposition(|i| is(i, |l| l.value || unit_like(l.text))) else { continue };
        // The document's own title is no part of its table.
        let title = run
            .first()
            .is_some_and(|i| lines.iter().take(*i).all(Line::blank) && is(i, |l| !l.value && l.ordinal.is_none()));
        let begin = first.saturating_sub(14).max(usize::from(title && first > 3));
        let Some(body) = run.get(begin..=last.max(first)) else { continue };
        let values = body.iter().filter(|i| is(i, |l| l.value)).count();
        let labels = body.iter().filter(|i| is(i, |l| !l.value && l.chars > 2)).count();
        let filled = values >= 4 && values * 8 >= body.len();
        let template = unfilled(units.into_iter().map(|(_, unit)| unit), body.len());
        if (filled || template) && labels >= 2 {
            out.extend(range(body));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{super::lines::lines, *};
    use crate::text::Text;

    /// First and last line of each table, counted from 1.
    fn found(source: &str) -> Vec<(usize, usize)> {
        let text = Text::decode(source.as_bytes());
        tables(&lines(&text)).into_iter().map(|range| (range.start + 1, range.end)).collect()
    }

    #[test]
    fn a_chapter_broken_over_lines_ends_no_table() {
        for (rows, wanted) in [
            ("五、诉讼数 |\n件 |\n0 |\n六、投诉\n数量 |\n件 |\n1 |\n", vec![(1, 7)]),
            ("| 五、诉讼数\n| 件\n| 0\n六、收取\n的费用\n| 件\n| 1\n", vec![(1, 7)]),
            ("十、诉讼数 | 件 |\n十一、投诉\n数量 |\n十二、收取\n费用 |\n", vec![(1, 5)]),
            // Not the next chapter: a heading of the prose, and another table below it.
            ("五、诉讼数 |\n件 |\n0 |\n三、投诉\n数量 |\n件 |\n1 |\n", vec![(1, 3), (5, 7)]),
            ("诉讼数 |\n件 |\n0 |\n六、投诉\n数量 |\n件 |\n1 |\n", vec![(1, 3), (5, 7)]),
            // The next chapter of the prose: apart from the table, above another one's head, or with a sentence below it.
            ("五、诉讼数 |\n件 |\n0 |\n\n六、投诉\n数量 |\n件 |\n1 |\n", vec![(1, 3), (6, 8)]),
            ("五、诉讼数 | 件 |\n件数 | 0 |\n六、投诉\n结果维持 | 其他 |\n0 | 1 |\n", vec![(1, 2), (4, 5)]),
            ("五、诉讼数 |\n件 |\n0 |\n六、问题\n公开不够。\n数量 |\n件 |\n", vec![(1, 3), (6, 7)]),
        ] {
            assert_eq!(found(rows), wanted, "{rows}");
        }
    }

    #[test]
    fn labels_and_units_that_come_again_are_a_table() {
        let row = |n: usize| format!("第{n}类申请数\n件\n");
        let rows = |count: usize| (0..count).map(row).collect::<String>();
        assert_eq!(found(&rows(6)), [(1, 12)]);
        assert_eq!(found(&rows(3)), []);
        assert_eq!(found(&rows(6).replace("件\n", "\n").replace('类', "类的")), []);
    }
}
