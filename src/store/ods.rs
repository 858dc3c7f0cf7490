//! OpenDocument sheets: `content.xml` with its repeated rows and cells.

use super::{
    FaultKind,
    extract::{MOST_CELLS, WIDEST},
    package::Package,
    sheets::{self, Sheet},
};
use quick_xml::{
    Reader,
    events::{BytesStart, Event},
};
use std::collections::BTreeMap;

/// Most times that one row or cell with words in it is repeated.
const REPEATS: u32 = 1_000;

/// The text of a workbook.
pub(super) fn read(package: &mut Package<'_>) -> Result<String, FaultKind> {
    let name = "content.xml";
    let manifest = package.part("META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("manifest:encryption-data") {
        return Err(FaultKind::Password);
    }
    let content = package.part(name)?.unwrap_or_default();
    let mut reader = Reader::from_str(&content);
    let mut book = Book::default();
    loop {
        let event = reader.read_event().map_err(|error| {
            let reason = error.to_string();
            let reason = reason.lines().next().unwrap_or_default();
            FaultKind::Broken { kind: "ods", place: format!("{name}: {}: {reason}", reader.buffer_position()) }
        })?;
        match &event {
            Event::Eof if book.depth > 0 => {
                let place = format!("{name}: {}: unexpected end", reader.buffer_position());
                return Err(FaultKind::Broken { kind: "ods", place });
            }
            Event::Eof => break,
            Event::Start(element) => {
                book.depth += 1;
                book.start(element);
            }
            Event::Empty(element) => {
                book.start(element);
                book.end(element.name().as_ref());
            }
            Event::End(element) => {
                book.depth = book.depth.saturating_sub(1);
                book.end(element.name().as_ref());
            }
            Event::Text(text) if book.paragraph => book.words.push_str(&text.xml10_content()),
            Event::GeneralRef(part) if book.paragraph => book.words.extend(super::docx::reference(part)),
            _ => {}
        }
        if book.cells > MOST_CELLS {
            return Err(FaultKind::TooManyCells);
        }
    }
    sheets::write("ods", book.sheets)
}

/// A workbook in the making.
#[derive(Default)]
struct Book {
    sheets: Vec<Sheet>,
    depth: usize,
    row: u32,
    /// How often the open row stands there.
    rows: u32,
    column: u32,
    cells: usize,
    open: BTreeMap<u32, String>,
    /// The open cell: how often it stands there, and the value it gives apart from its words.
    cell: Option<(u32, Option<String>)>,
    words: String,
    paragraph: bool,
    /// Within a note on a cell.
    note: usize,
}

impl Book {
    fn start(&mut self, element: &BytesStart<'_>) {
        let repeated =
            |name| super::docx::attribute(element, name).and_then(|v| v.parse::<u32>().ok()).unwrap_or(1).max(1);
        match element.name().as_ref() {
            "table:table" => {
                let name = super::docx::attribute(element, "table:name").unwrap_or_default();
                self.sheets.push(Sheet { name, rows: BTreeMap::new() });
                self.row = 0;
            }
            "table:table-row" => {
                self.rows = repeated("table:number-rows-repeated");
                self.column = 0;
                self.open.clear();
            }
            "table:table-cell" | "table:covered-table-cell" => {
                self.words.clear();
                self.cell = Some((repeated("table:number-columns-repeated"), value(element)));
            }
            "office:annotation" => self.note += 1,
            "text:p" if self.note == 0 && self.cell.is_some() => {
                if !self.words.is_empty() {
                    self.words.push('\n');
                }
                self.paragraph = true;
            }
            "text:line-break" if self.paragraph => self.words.push('\n'),
            "text:s" | "text:tab" if self.paragraph => self.words.push(' '),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "office:annotation" => self.note = self.note.saturating_sub(1),
            "text:p" => self.paragraph = false,
            "table:table-cell" | "table:covered-table-cell" => {
                let Some((times, value)) = self.cell.take() else { return };
                let words = value.unwrap_or_else(|| self.words.clone());
                if !words.trim().is_empty() {
                    for n in 0..times.min(u32::try_from(WIDEST).unwrap_or(u32::MAX)) {
                        self.open.insert(self.column.saturating_add(n), words.clone());
                        self.cells += 1;
                    }
                }
                self.column = self.column.saturating_add(times);
            }
            "table:table-row" => {
                if let (false, Some(sheet)) = (self.open.is_empty(), self.sheets.last_mut()) {
                    for n in 0..self.rows.min(REPEATS) {
                        sheet.rows.insert(self.row.saturating_add(n), self.open.clone());
                        self.cells += self.open.len();
                        if self.cells > MOST_CELLS {
                            return;
                        }
                    }
                }
                self.row = self.row.saturating_add(self.rows);
            }
            _ => {}
        }
    }
}

/// The value of a number or a date; everything else is as its words show it.
fn value(element: &BytesStart<'_>) -> Option<String> {
    let attribute = |name| super::docx::attribute(element, name);
    match attribute("office:value-type")?.as_str() {
        "float" | "currency" => attribute("office:value")?.parse().ok().map(sheets::figure),
        "date" => attribute("office:date-value").map(|date| date.replace("T00:00:00", "")),
        _ => None,
    }
}
