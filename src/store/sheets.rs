//! Workbooks: each sheet's rows, as far as they hold anything.

use super::{
    FaultKind,
    extract::{Extract, MOST_CELLS},
};
use calamine::{Data, DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsx, XlsxError};
use rust_decimal::{Decimal, RoundingStrategy};
use std::{collections::BTreeMap, io::Cursor};

/// One sheet: its name and its cells that hold something, by row and column.
pub(super) struct Sheet {
    pub name: String,
    pub rows: BTreeMap<u32, BTreeMap<u32, String>>,
}

/// Most columns a row is filled up to with empty cells.
const WIDE: u32 = 512;
/// Longest cell that may stand alone above a table as one of its rows, in characters.
const LABEL: usize = 40;

/// The text of a workbook of the new kind.
pub(super) fn xlsx(bytes: &[u8]) -> Result<String, FaultKind> {
    let mut book: Xlsx<_> = Reader::new(Cursor::new(bytes)).map_err(of_xlsx)?;
    let mut sheets = Vec::new();
    let mut cells = 0;
    for name in shown(book.sheets_metadata()) {
        let mut sheet = Sheet { name: name.clone(), rows: BTreeMap::new() };
        let mut reader = book.worksheet_cells_reader(&name).map_err(of_xlsx)?;
        let code = |style: &calamine::Style| style.number_format.as_ref().and_then(|f| percent(&f.format_code));
        let percents: Vec<Option<u32>> = reader.styles().iter().map(code).collect();
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(of_xlsx)? {
            let (row, column) = cell.get_position();
            let shown = percents.get(style).copied().flatten().and_then(|places| share(cell.get_value(), places));
            if let Some(words) = shown.or_else(|| words_of(cell.get_value())) {
                cells += 1;
                sheet.rows.entry(row).or_default().insert(column, words);
            }
            if cells > MOST_CELLS {
                return Err(FaultKind::TooManyCells);
            }
        }
        sheets.push(sheet);
    }
    write("xlsx", sheets)
}

/// The text of a workbook of the old kind.
pub(super) fn xls(bytes: &[u8]) -> Result<String, FaultKind> {
    let mut book: Xls<_> = Reader::new(Cursor::new(bytes)).map_err(|error| of_xls(&error))?;
    let mut sheets = Vec::new();
    let mut cells = 0;
    for name in shown(book.sheets_metadata()) {
        let range = book.worksheet_range(&name).map_err(|error| of_xls(&error))?;
        let (top, left) = range.start().unwrap_or_default();
        let mut sheet = Sheet { name, rows: BTreeMap::new() };
        for (row, column, value) in range.used_cells() {
            let place = |start: u32, at: usize| u32::try_from(at).unwrap_or(u32::MAX).saturating_add(start);
            if let Some(words) = words(value) {
                cells += 1;
                sheet.rows.entry(place(top, row)).or_default().insert(place(left, column), words);
            }
        }
        if cells > MOST_CELLS {
            return Err(FaultKind::TooManyCells);
        }
        sheets.push(sheet);
    }
    write("xls", sheets)
}

/// Sheets of cells that a reader of the workbook sees.
fn shown(sheets: &[calamine::Sheet]) -> Vec<String> {
    let seen = |sheet: &&calamine::Sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible;
    sheets.iter().filter(seen).map(|sheet| sheet.name.clone()).collect()
}

fn words_of(value: &DataRef<'_>) -> Option<String> {
    match value {
        DataRef::SharedString(text) => kept(text),
        other => words(&Data::from(other.clone())),
    }
}

/// A cell's words; none where it is empty.
fn words(value: &Data) -> Option<String> {
    match value {
        Data::Empty => None,
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => kept(text),
        Data::Int(number) => Some(number.to_string()),
        Data::Float(number) => Some(figure(*number)),
        Data::Bool(value) => Some(if *value { "TRUE" } else { "FALSE" }.to_owned()),
        Data::DateTime(date) => Some(written(date)),
        Data::Error(error) => Some(error.to_string()),
    }
}

fn kept(text: &str) -> Option<String> {
    (!text.trim().is_empty()).then(|| text.to_owned())
}

/// A number as a spreadsheet shows it: whole ones without a point, others to fifteen digits.
pub(super) fn figure(number: f64) -> String {
    let short: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    // Minus zero is zero.
    if short == 0.0 { "0".to_owned() } else { short.to_string() }
}

/// How many decimals a format shows of a number written as a percentage; none where it writes numbers as they are.
fn percent(code: &str) -> Option<u32> {
    let (mut point, mut places, mut sign) = (false, 0, false);
    let mut chars = code.chars();
    while let Some(c) = chars.next() {
        match c {
            // The first part is for positive numbers.
            ';' => break,
            '\\' | '_' | '*' => drop(chars.next()),
            '"' => drop(chars.by_ref().find(|c| *c == '"')),
            '[' => drop(chars.by_ref().find(|c| *c == ']')),
            '%' => sign = true,
            '.' => point = true,
            '0' | '#' | '?' if point => places += 1,
            _ => {}
        }
    }
    sign.then_some(places)
}

/// A number as its format shows it: `93.5%` of 0.935.
fn share(value: &DataRef<'_>, places: u32) -> Option<String> {
    let number = match value {
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => figure(*number),
        _ => return None,
    };
    let number: Decimal = number.parse().ok()?;
    let hundred = number.checked_mul(Decimal::ONE_HUNDRED)?;
    let mut shown = hundred.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    shown.rescale(places);
    Some(format!("{shown}%"))
}

/// A date, and the time where it has one.
fn written(date: &ExcelDateTime) -> String {
    if !date.is_datetime() {
        return figure(date.as_f64());
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    let time =
        if (hour, minute, second) == (0, 0, 0) { String::new() } else { format!(" {hour:02}:{minute:02}:{second:02}") };
    format!("{year}-{month:02}-{day:02}{time}")
}

/// Writes the sheets: the name of each as a heading, its rows as those of a table. A cell alone in its row that stands above
/// them, or holds a sentence, is prose.
pub(super) fn write(kind: &'static str, sheets: Vec<Sheet>) -> Result<String, FaultKind> {
    let filled: Vec<Sheet> = sheets.into_iter().filter(|sheet| !sheet.rows.is_empty()).collect();
    if filled.is_empty() {
        return Err(FaultKind::NoText(kind));
    }
    let mut extract = Extract::default();
    for (n, sheet) in filled.iter().enumerate() {
        let mut rows = sheet.rows.iter().peekable();
        // The title of the first sheet is that of the document.
        if n == 0
            && let Some((_, row)) = rows.next_if(|(_, row)| alone(row).is_some_and(|words| !words.contains('。')))
        {
            extract.paragraph(alone(row).unwrap_or(""), None);
        }
        if filled.len() > 1 || !unnamed(&sheet.name) {
            extract.paragraph(&sheet.name, Some(2));
        }
        extract.part();
        let last = sheet.rows.values().filter_map(|row| row.last_key_value()).map(|(column, _)| *column).max();
        let first = sheet.rows.values().filter_map(|row| row.first_key_value()).map(|(column, _)| *column).min();
        let (first, last) = (first.unwrap_or(0), last.unwrap_or(0).min(first.unwrap_or(0).saturating_add(WIDE)));
        let (mut above, mut table) = (None, false);
        for (at, row) in rows {
            if above.is_some_and(|above| above + 1 < *at) {
                extract.part();
            }
            above = Some(*at);
            match alone(row).filter(|words| !table || words.contains('。') || words.chars().count() > LABEL) {
                Some(words) => {
                    extract.paragraph(words, None);
                    extract.part();
                }
                None => {
                    table = true;
                    let end = last.max(row.last_key_value().map_or(0, |(column, _)| *column));
                    if end.saturating_sub(first) > 16_384
                        || !extract.row((first..=end).map(|column| row.get(&column).map_or("", String::as_str)))
                    {
                        return Err(FaultKind::TooManyCells);
                    }
                }
            }
        }
    }
    Ok(extract.finish())
}

/// The words of a row of one cell.
fn alone(row: &BTreeMap<u32, String>) -> Option<&str> {
    row.first_key_value().filter(|_| row.len() == 1).map(|(_, words)| words.as_str())
}

/// A name that a program gave: `Sheet1`, `工作表1`.
fn unnamed(name: &str) -> bool {
    let number =
        name.strip_prefix("Sheet").or_else(|| name.strip_prefix("工作表")).or_else(|| name.strip_prefix("sheet"));
    number.is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()))
}

fn of_xlsx(error: XlsxError) -> FaultKind {
    match error {
        XlsxError::Password => FaultKind::Password,
        error => FaultKind::Broken { kind: "xlsx", place: one_line(&error.to_string()) },
    }
}

fn of_xls(error: &XlsError) -> FaultKind {
    match error {
        XlsError::Password => FaultKind::Password,
        error => FaultKind::Broken { kind: "xls", place: one_line(&error.to_string()) },
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
    use super::*;

    #[test]
    fn numbers_are_as_the_spreadsheet_shows_them() {
        for (number, shown) in [
            (12.0, "12"),
            (-0.0, "0"),
            (0.1 + 0.2, "0.3"),
            (160.5964, "160.5964"),
            (1_204_000.0, "1204000"),
            (-8.0, "-8"),
            (1e15, "1000000000000000"),
        ] {
            assert_eq!(figure(number), shown);
        }
    }

    #[test]
    fn formats_that_write_percentages_are_told() {
        for (code, places) in [
            ("0%", Some(0)),
            ("0.0%", Some(1)),
            ("0.00%;[Red]-0.00%", Some(2)),
            ("#,##0.##\\ %", Some(2)),
            ("General", None),
            ("0.00", None),
            ("0\"%\"", None),
            ("0\\%", None),
            ("0.0;0.0%", None),
            ("[$%-804]0", None),
        ] {
            assert_eq!(percent(code), places, "{code}");
        }
        for (number, places, shown) in [
            (0.93, 0, "93%"),
            (0.93, 1, "93.0%"),
            (0.925, 0, "93%"),
            (-0.0715, 1, "-7.2%"),
            (1.0, 2, "100.00%"),
            (0.57, 0, "57%"),
        ] {
            assert_eq!(share(&DataRef::Float(number), places).as_deref(), Some(shown), "{number}");
        }
        assert_eq!(share(&DataRef::Float(1e300), 0), None);
        assert_eq!(share(&DataRef::SharedString("0.93"), 0), None);
    }

    #[test]
    fn names_that_a_program_gave_are_no_headings() {
        assert!(unnamed("Sheet1") && unnamed("工作表2") && !unnamed("附表") && !unnamed("Sheet1a"));
    }

    #[test]
    fn rows_of_one_cell_are_prose_above_the_table() {
        let row = |cells: &[(u32, &str)]| cells.iter().map(|(at, words)| (*at, (*words).to_owned())).collect();
        let rows = BTreeMap::from([
            (1, row(&[(1, "某局统计表")])),
            (2, row(&[(1, "说明：按年统计。")])),
            (3, row(&[(1, "指标"), (2, "单位"), (3, "数")])),
            (4, row(&[(1, "一、情况")])),
            (5, row(&[(1, "收到"), (3, "12")])),
            (8, row(&[(1, "注：含结转。")])),
        ]);
        let text = write("xlsx", vec![Sheet { name: "附表".to_owned(), rows }]).unwrap();
        assert_eq!(
            text,
            "某局统计表\n\n## 附表\n\n说明：按年统计。\n\n| 指标 | 单位 | 数 |\n| 一、情况 |  |  |\n| 收到 |  | 12 |\n\n注：含结转。\n"
        );
        assert_eq!(write("xlsx", Vec::new()), Err(FaultKind::NoText("xlsx")));
    }
}
