//! Lines that draw a table, and lines of separated values: what the characters of one line alone say.

use std::ops::Range;

/// Corners and crossings of drawn lines.
pub(crate) fn joint(c: char) -> bool {
    c == '+' || matches!(c, '┌'..='╋' | '═'..='╬' | '╭'..='╰') && !stroke(c)
}

/// What drawn lines are made of between their joints.
pub(crate) fn stroke(c: char) -> bool {
    matches!(c, '-' | '=' | ':' | '─' | '━' | '═' | '╌' | '┄' | '╍' | '┅')
}

/// A line of a drawn frame: `+----+----+`, `├────┼────┤`.
pub(crate) fn frame(line: &str) -> bool {
    let ends = line.starts_with(joint) && line.ends_with(joint) && line.chars().nth(2).is_some();
    ends && line.chars().all(|c| joint(c) || stroke(c)) && line.contains(stroke)
}

/// A line of dashes only, with or without gaps.
pub(crate) fn dashes(line: &str) -> bool {
    line.len() >= 3 && line.contains("--") && line.chars().all(|c| c == '-' || c == ' ')
}

/// A ruler over columns: `------- ---- ----`.
pub(crate) fn ruler(line: &str) -> bool {
    dashes(line) && line.split_whitespace().all(|run| run.len() >= 2) && line.split_whitespace().nth(1).is_some()
}

/// Byte ranges of the values of a line that `separator` parts; in quotes it parts nothing.
pub(crate) fn fields(line: &str, separator: char) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let (mut start, mut quoted, mut fresh) = (0, false, true);
    for (at, c) in line.char_indices() {
        match c {
            // A quote opens a value at its start only; within, it closes, and a doubled one opens again.
            '"' if quoted || fresh => quoted = !quoted,
            '"' if line.get(..at).is_some_and(|before| before.ends_with('"')) => quoted = true,
            c if c == separator && !quoted => {
                out.push(start..at);
                start = at + c.len_utf8();
                fresh = true;
                continue;
            }
            _ => {}
        }
        fresh = fresh && c.is_whitespace();
    }
    out.push(start..line.len());
    out
}

/// How many values a line has by its commas or semicolons; 1 where every comma only groups the digits of a number.
pub(crate) fn separated(line: &str, separator: char) -> usize {
    let values = fields(line, separator);
    let groups = |pair: &[Range<usize>]| {
        let [before, after] = pair else { return false };
        let digit = |range: &Range<usize>| line.get(range.clone()).map(str::trim).unwrap_or("");
        let after: usize = digit(after).bytes().take_while(u8::is_ascii_digit).count();
        digit(before).ends_with(|c: char| c.is_ascii_digit()) && after == 3
    };
    if values.windows(2).all(groups) { 1 } else { values.len() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
    use super::*;

    #[test]
    fn drawn_lines() {
        for line in ["+----+---+", "+====+===+", "├────┼──┤", "╔══╦══╗", "┌──┐"]
        {
            assert!(frame(line), "{line}");
        }
        for line in ["+", "++", "+3", "│ 件 │", "| --- |", "-----", "+ 甲 +"] {
            assert!(!frame(line), "{line}");
        }
        assert!(ruler("------ ---- --") && ruler("  ---  ---"));
        for line in ["------", "- 3 -", "-- 3 --", "--- -", "—— ——"] {
            assert!(!ruler(line), "{line}");
        }
    }

    #[test]
    fn separated_values() {
        let show =
            |line: &str| fields(line, ',').into_iter().map(|r| line[r].to_string()).collect::<Vec<_>>().join("/");
        for (line, values) in [
            ("收到申请数,件,12", "收到申请数/件/12"),
            ("\"一, 二\",件,\"1,204\"", "\"一, 二\"/件/\"1,204\""),
            ("\"危及\"\"三安全\"\"，甲\",1", "\"危及\"\"三安全\"\"，甲\"/1"),
            ("危及\"三安全\",1", "危及\"三安全\"/1"),
            (",,", "//"),
            ("", ""),
        ] {
            assert_eq!(show(line), values, "{line}");
        }
        for (line, count) in [("收到数 件 1,204", 1), ("收到数,1204", 2), ("收到数,件,120,990", 4), ("1,204,000", 1)]
        {
            assert_eq!(separated(line, ','), count, "{line}");
        }
    }
}
