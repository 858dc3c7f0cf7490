//! The ways to write a logical table down.

use super::sheet::{Print, Row, Sheet, Slot};
use unicode_width::UnicodeWidthStr;

/// What becomes of a merged cell's other places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merge {
    /// They are empty cells.
    Empty,
    /// They hold the cell's words again.
    Repeat,
    /// They are not there.
    Collapse,
}

/// All dialects, by name.
pub const DIALECTS: [&str; 27] = [
    "cell trailing",
    "cell leading",
    "lone pipes",
    "pipe before rows",
    "mixed",
    "row trailing",
    "row outer",
    "row bare",
    "wide pipes",
    "markdown",
    "markdown bare",
    "markdown bold",
    "tabs",
    "columns",
    "columns wrapped",
    "columns low",
    "columns middle",
    "spaces",
    "lines",
    "lines apart",
    "box",
    "grid",
    "grid wrapped",
    "pandoc simple",
    "pandoc multiline",
    "csv",
    "csv semicolon",
];

/// Those that lose different things to damage.
pub const APART: [&str; 15] = [
    "cell trailing",
    "cell leading",
    "lone pipes",
    "mixed",
    "row outer",
    "row bare",
    "markdown",
    "tabs",
    "columns",
    "columns wrapped",
    "spaces",
    "lines",
    "grid",
    "pandoc simple",
    "csv",
];

/// A whole document: title, prose, tables under their headings.
pub fn document(sheet: &Sheet, dialect: &str, merge: Merge) -> String {
    let mut out = String::from(
        "青禾区政务服务局2021年政府信息公开工作年度报告\n\n一、总体情况\n本局全年工作平稳，各项任务按期完成。\n",
    );
    if !sheet.matrix {
        out.push_str("附件：统计表\n\n");
    }
    for table in &sheet.tables {
        for line in &table.above {
            out.push_str(&format!("{line}\n\n"));
        }
        out.push_str(&print(table, dialect, merge));
        out.push('\n');
    }
    out.push_str("五、存在的主要问题及改进情况\n本局公开内容还不够丰富，下一步将加强学习。\n");
    out
}

/// One table as text.
pub fn print(table: &Print, dialect: &str, merge: Merge) -> String {
    let mut out = String::new();
    let rows = flat(table, merge);
    let wraps = matches!(dialect, "columns wrapped" | "columns low" | "columns middle" | "grid wrapped");
    let framed_in = matches!(dialect, "box" | "grid" | "grid wrapped");
    let widths = widths(&rows, if wraps { 24 } else { 400 }, framed_in);
    let count = rows.iter().filter_map(|r| r.as_ref().ok().map(Vec::len)).max().unwrap_or(0);
    let rule = |left: &str, fill: &str, mid: &str, right: &str| {
        let cells: Vec<String> = widths.iter().map(|w| fill.repeat((w + 2) / fill.width())).collect();
        format!("{left}{}{right}\n", cells.join(mid))
    };
    // Drawn with lines whose sign may be two wide.
    let dashes = |line: &str| {
        let cells: Vec<String> = widths.iter().map(|w| line.repeat(*w)).collect();
        format!("{}\n", cells.join(" "))
    };
    match dialect {
        "box" => out.push_str(&rule("┌", "─", "┬", "┐")),
        "grid" | "grid wrapped" => out.push_str(&rule("+", "-", "+", "+")),
        "pandoc multiline" => {
            out.push_str(&format!("{}\n", "-".repeat(widths.iter().sum::<usize>() + widths.len() - 1)))
        }
        _ => {}
    }
    for (n, row) in rows.iter().enumerate() {
        let cells = match row {
            Ok(cells) => cells.clone(),
            Err(line) => {
                out.push_str(&format!("{line}\n"));
                continue;
            }
        };
        let head = n < table.head;
        let alone = cells.iter().skip(1).all(String::is_empty);
        let last = n + 1 == rows.len();
        let line = match dialect {
            "cell trailing" => cells.iter().map(|c| format!("{c} |\n")).collect(),
            "cell leading" => cells.iter().map(|c| format!("| {c}\n")).collect(),
            "lone pipes" => {
                cells.iter().map(|c| if c.is_empty() { "|\n".into() } else { format!("{c}\n|\n") }).collect()
            }
            "pipe before rows" => format!("|\n{}", cells.iter().map(|c| format!("{c} |\n")).collect::<String>()),
            "mixed" if head => cells.iter().map(|c| format!("{c} |\n")).collect(),
            "mixed" | "row trailing" => format!("{} |\n", cells.join(" | ")),
            "row outer" => format!("| {} |\n", cells.join(" | ")),
            "row bare" => format!("{}\n", cells.join(" | ").trim()),
            "wide pipes" => format!("｜{}｜\n", cells.join("｜")),
            "markdown" | "markdown bold" => {
                let bold = |c: &String| {
                    if dialect == "markdown bold" && (head || alone) && !c.is_empty() {
                        format!("**{c}**")
                    } else {
                        c.clone()
                    }
                };
                let ruler = if n == 0 { format!("|{}\n", "---|".repeat(count)) } else { String::new() };
                format!("| {} |\n{ruler}", cells.iter().map(bold).collect::<Vec<_>>().join(" | "))
            }
            "markdown bare" => {
                let ruler = if n == 0 { format!("{}\n", vec![":---:"; count].join(" | ")) } else { String::new() };
                format!("{}\n{ruler}", cells.join(" | ").trim_end())
            }
            "tabs" => format!("{}\n", cells.join("\t")),
            "columns" => spread(&[cells], &widths),
            "columns wrapped" => spread(&wrapped(&cells, 24, 0), &widths),
            "columns low" => spread(&wrapped(&cells, 24, 2), &widths),
            "columns middle" => spread(&wrapped(&cells, 24, 1), &widths),
            "spaces" => format!(
                "{}\n",
                cells.iter().filter(|c| !c.is_empty()).map(String::as_str).collect::<Vec<_>>().join(" ")
            ),
            "lines" => cells.iter().filter(|c| !c.is_empty()).map(|c| format!("{c}\n")).collect(),
            "lines apart" => cells.iter().filter(|c| !c.is_empty()).map(|c| format!("{c}\n\n")).collect(),
            "box" => {
                let below = if last { rule("└", "─", "┴", "┘") } else { rule("├", "─", "┼", "┤") };
                format!("{}{below}", framed(&[cells], &widths, "│"))
            }
            "grid" | "grid wrapped" => {
                let lines = if dialect == "grid" { vec![cells] } else { wrapped(&cells, 24, 0) };
                let below = if n + 1 == table.head { rule("+", "=", "+", "+") } else { rule("+", "-", "+", "+") };
                format!("{}{below}", framed(&lines, &widths, "|"))
            }
            "pandoc simple" => {
                let mut line = spread_at(&[cells], &widths, 1);
                if n == 0 {
                    line.push_str(&dashes("-"));
                }
                line
            }
            "pandoc multiline" => {
                let mut line = spread_at(&[cells], &widths, 1);
                if n == 0 {
                    line.push_str(&dashes("-"));
                } else if !last {
                    line.push('\n');
                } else {
                    line.push_str(&format!("{}\n", "-".repeat(widths.iter().sum::<usize>() + widths.len() - 1)));
                }
                line
            }
            "csv" => format!("{}\n", cells.iter().map(|c| quoted(c, ',')).collect::<Vec<_>>().join(",")),
            "csv semicolon" => format!("{}\n", cells.iter().map(|c| quoted(c, ';')).collect::<Vec<_>>().join(";")),
            other => panic!("no dialect {other}"),
        };
        out.push_str(&line);
    }
    out
}

/// Rows of words, merged places done with; a line that is no row as it is.
fn flat(table: &Print, merge: Merge) -> Vec<Result<Vec<String>, String>> {
    let mut above: Vec<String> = Vec::new();
    let mut out = Vec::new();
    for row in &table.rows {
        let cells = match row {
            Row::Line(line) => {
                out.push(Err(line.clone()));
                continue;
            }
            Row::Cells(cells) => cells,
        };
        let mut whole: Vec<String> = Vec::new();
        let mut kept: Vec<String> = Vec::new();
        for (n, slot) in cells.iter().enumerate() {
            let (owner, covered) = match slot {
                Slot::Text(words) => (words.clone(), false),
                Slot::Left => (whole.last().cloned().unwrap_or_default(), true),
                Slot::Up => (above.get(n).cloned().unwrap_or_default(), true),
            };
            match (covered, merge) {
                (true, Merge::Collapse) => {}
                (true, Merge::Empty) => kept.push(String::new()),
                _ => kept.push(owner.clone()),
            }
            whole.push(owner);
        }
        above = whole;
        out.push(Ok(kept));
    }
    out
}

fn widths(rows: &[Result<Vec<String>, String>], most: usize, framed_in: bool) -> Vec<usize> {
    let mut out: Vec<usize> = Vec::new();
    for cells in rows.iter().filter_map(|r| r.as_ref().ok()) {
        out.resize(out.len().max(cells.len()), 2);
        for (n, cell) in cells.iter().enumerate() {
            // What runs over empty places needs no room of its own.
            let over = !framed_in && n == 0 && cells.len() > 1 && cells.iter().skip(1).all(String::is_empty);
            if !over {
                out[n] = out[n].max(cell.width().min(most));
            }
        }
    }
    out.iter().map(|w| w + w % 2).collect()
}

/// A row over several lines: words beyond `most` go on below; short cells stand in the first line (0), the middle (1) or the
/// last (2).
fn wrapped(cells: &[String], most: usize, at: usize) -> Vec<Vec<String>> {
    let pieces: Vec<Vec<String>> = cells.iter().map(|c| wrap(c, most)).collect();
    let tall = pieces.iter().map(Vec::len).max().unwrap_or(1);
    // Drawn in the middle of two lines, a value has a line of its own.
    let own = at == 1 && tall.is_multiple_of(2);
    let lines = tall + usize::from(own);
    let mut out = vec![vec![String::new(); cells.len()]; lines];
    for (n, piece) in pieces.iter().enumerate() {
        let from = match at {
            0 => 0,
            1 => (lines - piece.len()) / 2,
            _ => lines - piece.len(),
        };
        for (m, words) in piece.iter().enumerate() {
            let line = if own && piece.len() == tall && m >= tall / 2 {
                m + 1
            } else if piece.len() == tall {
                m
            } else {
                from + m
            };
            out[line][n] = words.clone();
        }
    }
    out
}

fn wrap(words: &str, most: usize) -> Vec<String> {
    let mut out = vec![String::new()];
    for c in words.chars() {
        let mut buffer = [0; 4];
        let c = c.encode_utf8(&mut buffer);
        if out.last().is_some_and(|l| l.width() + c.width() > most) {
            out.push(String::new());
        }
        if let Some(line) = out.last_mut() {
            line.push_str(c);
        }
    }
    out
}

fn spread(lines: &[Vec<String>], widths: &[usize]) -> String {
    spread_at(lines, widths, 3)
}

fn spread_at(lines: &[Vec<String>], widths: &[usize], gap: usize) -> String {
    let mut out = String::new();
    for cells in lines {
        let mut line = String::new();
        let mut owed = 0usize;
        for (n, cell) in cells.iter().enumerate() {
            let room = widths[n];
            // Words to the left, all else in the middle.
            let left = if n == 0 || gap == 1 { 0 } else { room.saturating_sub(cell.width()) / 2 };
            let pad = (left).saturating_sub(owed);
            owed = owed.saturating_sub(left);
            line.push_str(&" ".repeat(pad));
            line.push_str(cell);
            let used = left + cell.width();
            let rest = (room + gap).saturating_sub(used);
            owed += used.saturating_sub(room + gap);
            let paid = rest.min(owed);
            owed -= paid;
            line.push_str(&" ".repeat(rest - paid));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

fn framed(lines: &[Vec<String>], widths: &[usize], bar: &str) -> String {
    let mut out = String::new();
    for cells in lines {
        for (n, room) in widths.iter().enumerate() {
            let cell = cells.get(n).map_or("", String::as_str);
            out.push_str(&format!("{bar} {cell}{} ", " ".repeat(room.saturating_sub(cell.width()))));
        }
        out.push_str(bar);
        out.push('\n');
    }
    out
}

fn quoted(cell: &str, separator: char) -> String {
    if cell.contains(['"', separator, '\n']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell.to_owned() }
}
