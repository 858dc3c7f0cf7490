//! The text of documents that are no text: lines of prose, and tables a row a line with pipes.

/// Most columns that one cell of a merged area is believed to take.
pub(super) const WIDEST: usize = 60;
/// Most cells written of one document.
pub(super) const MOST_CELLS: usize = 2_000_000;

/// Marks that part cells, and must not be taken for one within a cell.
const PIPES: [char; 4] = ['|', '｜', '│', '┃'];

/// A text in the making.
#[derive(Debug, Default)]
pub(super) struct Extract {
    text: String,
    cells: usize,
}

impl Extract {
    /// Adds a paragraph, a heading where a level (1 is the document's title) is given. Its own line breaks stay.
    pub fn paragraph(&mut self, text: &str, level: Option<u8>) {
        if text.trim().is_empty() {
            return;
        }
        self.part();
        if let Some(level) = level {
            self.text.extend(std::iter::repeat_n('#', usize::from(level.clamp(1, 6))));
            self.text.push(' ');
        }
        for line in text.split('\n') {
            let line = if level.is_some() { line.trim() } else { line.trim_end() };
            if !line.is_empty() {
                self.text.push_str(line);
                self.text.push(if level.is_some() { ' ' } else { '\n' });
            }
        }
        self.text.truncate(self.text.trim_end().len());
        self.text.push('\n');
    }

    /// Begins a table, or goes on below a gap in one.
    pub fn part(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// Adds a row of cells, empty ones at their place; whether there was room for it.
    pub fn row<'c>(&mut self, cells: impl IntoIterator<Item = &'c str>) -> bool {
        self.text.push('|');
        for cell in cells {
            self.cells += 1;
            self.text.push(' ');
            self.cell(cell);
            self.text.push_str(" |");
        }
        self.text.push('\n');
        self.cells <= MOST_CELLS
    }

    /// A cell's words on one line: breaks go between characters that need no space, pipes are escaped.
    fn cell(&mut self, words: &str) {
        let start = self.text.len();
        let (mut space, mut line) = (false, false);
        for c in words.chars() {
            if c.is_ascii_whitespace() {
                space = true;
                line |= matches!(c, '\n' | '\r');
                continue;
            }
            if space && self.text.len() > start {
                let figure = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
                if !line || (figure(self.text.chars().next_back()) && figure(Some(c))) {
                    self.text.push(' ');
                }
            }
            (space, line) = (false, false);
            if PIPES.contains(&c) {
                self.text.push('\\');
            }
            self.text.push(c);
        }
    }

    /// The text.
    pub fn finish(mut self) -> String {
        let end = self.text.trim_end_matches('\n').len();
        self.text.truncate(end);
        self.text.push('\n');
        self.text
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
    use super::*;

    #[test]
    fn prose_is_lines_and_tables_are_rows() {
        let mut extract = Extract::default();
        extract.paragraph("某局\n2017年报告 ", Some(1));
        extract.paragraph("  ", None);
        extract.paragraph("　　收到申请12件。\n办结12件。", None);
        extract.part();
        extract.row(["指标\n名称", "", "1 2\t3", "a|b"]);
        extract.row(["收到\nA 1\n2", "件", "", "｜"]);
        extract.paragraph("附注", None);
        assert_eq!(
            extract.finish(),
            "# 某局 2017年报告\n\n　　收到申请12件。\n办结12件。\n\n| 指标名称 |  | 1 2 3 | a\\|b |\n| 收到A 1 2 | 件 |  | \\｜ |\n\n附注\n"
        );
    }
}
