//! Labels folded above and below their figures: which lines are one row. Every way to part the lines has a cost, of what
//! a careful reader would have to overlook; the cheapest way is taken.

use super::page;
use std::ops::Range;

/// One line of a table's body, as far as its row's label and figures go.
#[derive(Clone, Debug, Default)]
pub(super) struct Piece<'t> {
    /// The words of a label.
    pub words: &'t str,
    /// How wide they are.
    pub width: usize,
    /// Whether they stand right of a label over several rows.
    pub inner: bool,
    /// Number of the line.
    pub number: usize,
    /// How many empty lines stand before it.
    pub blank: usize,
    /// Whether a page begins with it.
    pub turned: bool,
    /// Whether it has figures.
    pub figures: bool,
    /// The other columns in which it has words, a bit each, and whether those begin with a number.
    pub others: u64,
    pub numbered: bool,
}

/// Most lines of one row.
const MOST: usize = 16;

/// A numbered line, or a note, in the middle of a label.
const NUMBERED_INSIDE: usize = 8;
/// An empty line within a row.
const BLANK_INSIDE: usize = 6;
/// A new page within a row.
const PAGE_INSIDE: usize = 3;
/// A line that left room for the first word of the next: much, some, little.
const SHORT: (usize, usize, usize) = (5, 2, 1);
/// Words in a column narrower than this go on below only where figures show that labels fold.
const NARROW: usize = 16;
/// A line wider than the one before it, which did not fill the column then.
const WIDER: usize = 4;
/// A label that ends within brackets, after a comma.
const OPEN: usize = 6;
const COMMA: usize = 3;
/// A row that begins close to the last where others are parted by an empty line.
const CLOSE: usize = 5;
/// Words of another column alone, with none of that column above them in their row.
const ALONE: usize = 4;
/// Figures without words; words without figures, numbered and not.
const NO_LABEL: usize = 8;
const NO_FIGURES: (usize, usize) = (2, 6);

/// Where a row's figures stand beside the lines of its label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stand {
    Middle,
    Top,
    Bottom,
}

impl Stand {
    /// What it costs that figures in line `at` are beside a label in lines `first` to `last`.
    fn cost(self, at: usize, first: usize, last: usize) -> usize {
        let off = match self {
            // Of an even number of lines, either middle one.
            Stand::Middle => (2 * at).abs_diff(first + last).saturating_sub(1),
            Stand::Top => at.abs_diff(first),
            Stand::Bottom => at.abs_diff(last),
        };
        if off == 0 { 0 } else { 1 + off.min(8) }
    }
}

/// Parts the lines into rows.
pub(super) fn rows(pieces: &[Piece<'_>]) -> Vec<Range<usize>> {
    let table = Table::of(pieces);
    let ways = [Stand::Middle, Stand::Top, Stand::Bottom].map(|stand| table.part(pieces, stand));
    ways.into_iter().min_by_key(|(cost, _)| *cost).map(|(_, rows)| rows).unwrap_or_default()
}

/// What all lines of a table say together.
struct Table {
    /// How wide the widest lines are of labels beside a label over several rows, and of others.
    room: [usize; 2],
    /// The least number of empty lines between two lines.
    blank: usize,
    /// Whether rows are parted by more.
    parted: bool,
    /// What it costs that a row begins without a number.
    unnumbered: usize,
    /// Whether figures stand between the lines of a label, or empty lines between rows.
    folds: bool,
}

/// A row in the making.
#[derive(Clone, Copy, Default)]
struct Open {
    cost: usize,
    figures: Option<usize>,
    lines: Option<(usize, usize)>,
    last: Option<usize>,
    depth: i32,
    others: u64,
    /// Whether a page ended after its figures.
    done: bool,
}

impl Table {
    fn of(pieces: &[Piece<'_>]) -> Self {
        let beside = |n: usize| {
            let alone = |n: usize| pieces.get(n).is_some_and(|p| p.figures && p.words.is_empty());
            let below = pieces.get(n + 1).is_some_and(|p| p.figures && !page::begins(p.words));
            pieces.get(n).is_some_and(|p| p.figures) || below || n.checked_sub(1).is_some_and(alone)
        };
        let room = |inner: bool| {
            let of = |all: bool| {
                let lines = pieces.iter().enumerate().filter(|(n, p)| p.inner == inner && (all || beside(*n)));
                let mut widths: Vec<usize> = lines.map(|(_, p)| p.width).collect();
                widths.sort_unstable_by(|a, b| b.cmp(a));
                let near = widths.iter().zip(widths.iter().skip(1)).find(|(wide, next)| **next + 3 >= **wide);
                near.map(|(wide, _)| *wide).or(widths.first().copied()).unwrap_or(0)
            };
            Some(of(false)).filter(|w| *w > 0).unwrap_or_else(|| of(true))
        };
        let after = pieces.iter().skip(1).filter(|p| !p.turned);
        let whole = |p: &Piece<'_>| p.figures && !p.words.is_empty();
        let blank = after.clone().map(|p| p.blank).min().unwrap_or(0);
        let pairs = pieces.iter().zip(pieces.iter().skip(1)).filter(|(a, b)| whole(a) && whole(b) && !b.turned);
        let apart = pairs.clone().filter(|(_, b)| b.blank > blank).count();
        let labelled = pieces.iter().filter(|p| whole(p)).count();
        let numbered = pieces.iter().filter(|p| whole(p) && page::begins(p.words)).count();
        let unnumbered = if numbered * 5 >= labelled * 3 { 3 } else { 1 + usize::from(numbered * 3 >= labelled) };
        let parted = apart * 10 > pairs.count() * 6;
        let folds = parted || pieces.iter().any(|p| p.figures && p.words.is_empty());
        Table { room: [room(false), room(true)], blank, parted, unnumbered, folds }
    }

    /// The cheapest way, where figures stand so.
    fn part(&self, pieces: &[Piece<'_>], stand: Stand) -> (usize, Vec<Range<usize>>) {
        let mut best: Vec<Option<(usize, usize)>> = vec![None; pieces.len() + 1];
        if let Some(first) = best.first_mut() {
            *first = Some((0, 0));
        }
        for start in 0..pieces.len() {
            let Some(Some((before, _))) = best.get(start).copied() else { continue };
            let mut open = Open { cost: before + self.begin(pieces, start), ..Open::default() };
            for end in (start..pieces.len()).take(MOST) {
                let Some(next) = self.add(pieces, open, start, end) else { break };
                open = next;
                let cost = open.cost + self.close(open, pieces, start, stand);
                if let Some(slot) = best.get_mut(end + 1)
                    && slot.is_none_or(|(least, _)| cost < least)
                {
                    *slot = Some((cost, start));
                }
            }
        }
        let mut out = Vec::new();
        let mut end = pieces.len();
        while let Some(Some((_, start))) = best.get(end).copied().filter(|_| end > 0) {
            out.push(start..end);
            end = start;
        }
        out.reverse();
        (best.last().copied().flatten().map_or(usize::MAX, |(cost, _)| cost), out)
    }

    /// What it costs that a row begins here.
    fn begin(&self, pieces: &[Piece<'_>], at: usize) -> usize {
        let Some(piece) = pieces.get(at) else { return 0 };
        let Some(before) = at.checked_sub(1).and_then(|n| pieces.get(n)) else { return 0 };
        let close = self.parted && !piece.turned && piece.blank <= self.blank && piece.number <= before.number + 1;
        let unnumbered = !piece.words.is_empty() && !page::begins(piece.words);
        usize::from(close) * CLOSE + usize::from(unnumbered) * self.unnumbered
    }

    /// The row with one line more; `None` where it would have figures twice.
    fn add(&self, pieces: &[Piece<'_>], mut open: Open, start: usize, at: usize) -> Option<Open> {
        let piece = pieces.get(at)?;
        if at > start {
            // Figures stand in the middle of the part of a row that is on their page.
            if piece.turned {
                (open.lines, open.done) = if open.figures.is_some() { (open.lines, true) } else { (None, false) };
            }
            open.cost += usize::from(piece.blank > self.blank) * BLANK_INSIDE + usize::from(piece.turned) * PAGE_INSIDE;
        }
        let rest = piece.words.is_empty() && !piece.figures;
        if rest && (open.others & piece.others == 0) {
            open.cost += ALONE;
        }
        open.cost += usize::from(at > start && rest && piece.numbered) * NUMBERED_INSIDE;
        open.others |= piece.others;
        if !piece.words.is_empty() {
            if let Some(last) = open.last.and_then(|n| pieces.get(n)) {
                open.cost += usize::from(page::begins(piece.words)) * NUMBERED_INSIDE;
                open.cost += self.short(last) + usize::from(piece.width > last.width + 3) * WIDER;
            }
            open.last = Some(at);
            if !open.done {
                open.lines = Some((open.lines.map_or(piece.number, |l| l.0), piece.number));
            }
            open.depth += depth(piece.words);
        }
        if piece.figures && open.figures.replace(piece.number).is_some() {
            return None;
        }
        Some(open)
    }

    /// What it costs that a label goes on below this line.
    fn short(&self, line: &Piece<'_>) -> usize {
        let room = self.room.get(usize::from(line.inner)).copied().unwrap_or(0);
        if room < NARROW && !self.folds {
            SHORT.0
        } else if line.width + 2 >= room {
            0
        } else if line.width + 4 >= room {
            SHORT.2
        } else if line.width * 10 >= room * 7 {
            SHORT.1
        } else {
            SHORT.0
        }
    }

    /// What it costs that the row ends.
    fn close(&self, open: Open, pieces: &[Piece<'_>], start: usize, stand: Stand) -> usize {
        if open.last.is_none() {
            return NO_LABEL;
        }
        let ends = open.last.and_then(|n| pieces.get(n)).is_some_and(|p| p.words.ends_with(['，', '、', ',', '；']));
        let cost = usize::from(open.depth > 0) * OPEN + usize::from(ends) * COMMA;
        let Some(figures) = open.figures else {
            let numbered = pieces.get(start).is_some_and(|p| page::begins(p.words));
            // What stands above the first figures may be anything; so may it where no label has a number.
            let loose = if self.unnumbered < 3 { NO_FIGURES.1 / 2 } else { NO_FIGURES.1 };
            return cost + if numbered { NO_FIGURES.0 } else { loose };
        };
        cost + open.lines.map_or(0, |(first, last)| stand.cost(figures, first, last))
    }
}

/// How many brackets words open and leave open.
fn depth(words: &str) -> i32 {
    let sign = |c: char| match c {
        '（' | '(' => 1,
        '）' | ')' => -1,
        _ => 0,
    };
    words.chars().map(sign).sum()
}

/// Whether words leave a bracket open.
pub(super) fn leaves_open(depth_before: i32, words: &str) -> i32 {
    (depth_before + depth(words)).max(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_width::UnicodeWidthStr;

    /// Rows of lines: words, then `=` where the line has figures; an empty line parts.
    fn show(lines: &str) -> String {
        let mut blank = 0;
        let mut pieces: Vec<Piece<'_>> = Vec::new();
        for (number, line) in lines.split('\n').map(str::trim).enumerate() {
            if line.is_empty() {
                blank += 1;
                continue;
            }
            let words = line.trim_end_matches('=').trim();
            let figures = line.ends_with('=');
            pieces.push(Piece { words, width: words.width(), number, blank, figures, ..Piece::default() });
            blank = 0;
        }
        let row = |range: Range<usize>| pieces[range].iter().map(|p| p.words).collect::<Vec<_>>().concat();
        rows(&pieces).into_iter().map(row).collect::<Vec<_>>().join(" | ")
    }

    #[test]
    fn figures_stand_beside_the_middle_the_top_or_the_bottom() {
        let wanted = "收到政府信息公开申请的全部数量 | 当面申请数 | 通过政府门户网站等网络渠道收到的申请数量";
        for lines in [
            "收到政府信息公开\n=\n申请的全部数量\n当面申请数=\n通过政府门户网站\n等网络渠道收到的=\n申请数量",
            "收到政府信息公开=\n申请的全部数量\n当面申请数=\n通过政府门户网站=\n等网络渠道收到的\n申请数量",
            "收到政府信息公开\n申请的全部数量=\n当面申请数=\n通过政府门户网站\n等网络渠道收到的\n申请数量=",
        ] {
            assert_eq!(show(lines), wanted, "{lines}");
        }
    }

    #[test]
    fn numbers_brackets_and_empty_lines_part_rows() {
        assert_eq!(show("1.信访举报投诉\n2.重复申请=\n="), "1.信访举报投诉 | 2.重复申请 | ");
        assert_eq!(
            show("（一）公开（只计\n一次）=\n（二）申请=\n（三）答复="),
            "（一）公开（只计一次） | （二）申请 | （三）答复"
        );
        assert_eq!(show("涉及国家秘密=\n\n涉及商业秘\n=\n密\n\n其他情形="), "涉及国家秘密 | 涉及商业秘密 | 其他情形");
    }

    #[test]
    fn a_heading_above_is_no_line_of_a_label() {
        assert_eq!(
            show("二、回应解读情况\n（一）回应公众关注热点或重\n=\n大舆情数"),
            "二、回应解读情况 | （一）回应公众关注热点或重大舆情数"
        );
    }
}
