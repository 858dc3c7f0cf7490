//! What scrapes do to tables, done to logical ones.

use super::sheet::{Row, Sheet, Slot};

/// All damage, by name.
pub const DAMAGE: [&str; 13] = [
    "none",
    "label broken",
    "unit and value in one",
    "blanks kept",
    "blanks dropped",
    "header again",
    "page marks",
    "notes",
    "vertical labels",
    "header cut",
    "headings with tails",
    "table four flat",
    "title in the table",
];

/// The sheet with the damage done to it; `None` where it does not apply.
pub fn damaged(sheet: &Sheet, damage: &str) -> Option<Sheet> {
    let mut sheet = sheet.clone();
    let before = sheet.tables.iter().map(|t| t.rows.clone()).collect::<Vec<_>>();
    let cells = |sheet: &mut Sheet, change: &mut dyn FnMut(usize, &mut Vec<Slot>)| {
        for table in &mut sheet.tables {
            let head = table.head;
            for (n, row) in table.rows.iter_mut().enumerate().filter(|(n, _)| *n >= head) {
                if let Row::Cells(cells) = row {
                    change(n, cells);
                }
            }
        }
    };
    let figure = |slot: &Slot| matches!(slot, Slot::Text(t) if t.starts_with(|c: char| c.is_ascii_digit()) && t.parse::<f64>().is_ok());
    match damage {
        "none" => return Some(sheet),
        "label broken" => cells(&mut sheet, &mut |_, cells| {
            for slot in cells.iter_mut() {
                if let Slot::Text(words) = slot
                    && words.chars().count() > 12
                {
                    let at = words.char_indices().nth(9).map_or(0, |(at, _)| at);
                    words.insert(at, '\n');
                }
            }
        }),
        "unit and value in one" => cells(&mut sheet, &mut |_, cells| {
            if let [_, Slot::Text(unit), Slot::Text(value)] = cells.as_slice()
                && unit.chars().any(char::is_alphabetic)
            {
                let both = format!("{unit} {value}");
                cells.truncate(1);
                cells.push(Slot::Text(both));
            }
        }),
        "blanks kept" | "blanks dropped" => {
            let mut count = 0;
            let mut lost = Vec::new();
            cells(&mut sheet, &mut |_, cells| {
                let mut kept = Vec::new();
                for slot in cells.drain(..) {
                    if figure(&slot) {
                        count += 1;
                        if count % 11 == 3 {
                            lost.push(count - 1);
                            if damage == "blanks kept" {
                                kept.push(Slot::Text(String::new()));
                            }
                            continue;
                        }
                    }
                    kept.push(slot);
                }
                *cells = kept;
            });
            for at in lost {
                if let Some(want) = sheet.wants.get_mut(at) {
                    want.value = "blank".into();
                }
            }
        }
        "header again" => {
            for table in &mut sheet.tables {
                let at = table.rows.len().div_ceil(2).max(table.head + 1);
                if table.rows.len() > 8 {
                    let head: Vec<Row> = table.rows[..table.head].to_vec();
                    table.rows.splice(at..at, head);
                }
            }
        }
        "page marks" => {
            for (mark, part) in [("- 3 -", 4), ("第3页 共5页", 2), ("3/5", 3)] {
                for table in sheet.tables.iter_mut().filter(|t| t.rows.len() > 8) {
                    let at = (table.rows.len() / part).max(table.head + 1);
                    table.rows.insert(at, Row::Line(mark.into()));
                }
            }
        }
        "notes" => {
            for table in sheet.tables.iter_mut().filter(|t| t.rows.len() > 8) {
                let at = table.rows.len() / 2;
                table.rows.insert(at, Row::Line("注：本表数据截至2021年12月31日".into()));
            }
        }
        "vertical labels" => {
            let mut label: Vec<char> = Vec::new();
            cells(&mut sheet, &mut |_, cells| {
                match cells.first_mut() {
                    Some(Slot::Text(words)) if words.chars().count() > 4 && words.chars().count() < 12 => {
                        label = words.chars().rev().collect();
                    }
                    Some(slot @ Slot::Up) => {
                        *slot = Slot::Text(label.pop().map(String::from).unwrap_or_default());
                        return;
                    }
                    _ => label.clear(),
                }
                if matches!(cells.get(1), Some(Slot::Text(_))) && !label.is_empty() {
                    let first = label.pop().map(String::from).unwrap_or_default();
                    if let Some(slot) = cells.first_mut() {
                        *slot = Slot::Text(first);
                    }
                }
            });
            if !sheet.matrix {
                return None;
            }
        }
        "header cut" => {
            for table in sheet.tables.iter_mut().filter(|_| sheet.matrix) {
                for row in table.rows.iter_mut().take(table.head) {
                    let Row::Cells(cells) = row else { continue };
                    for slot in cells.iter_mut() {
                        if let Slot::Text(words) = slot
                            && words.chars().count() > 4
                            && !words.starts_with('第')
                        {
                            *words = words.chars().take(3).collect();
                        }
                    }
                }
            }
        }
        "headings with tails" => cells(&mut sheet, &mut |_, cells| {
            if let [Slot::Text(words), rest @ ..] = cells.as_mut_slice()
                && !rest.is_empty()
                && rest.iter().all(|s| *s == Slot::Left)
            {
                let words = words.clone();
                cells.clear();
                cells.extend([Slot::Text(words), Slot::Text(String::new())]);
            }
        }),
        "table four flat" => {
            for table in sheet.tables.iter_mut().filter(|t| t.above.iter().any(|a| a.starts_with('四'))) {
                let values = table.rows.pop()?;
                let words = |words: &[&str]| Row::Cells(words.iter().map(|w| Slot::Text((*w).into())).collect());
                table.rows = vec![
                    words(&["行政复议", "行政诉讼"]),
                    words(&["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]),
                    words(&["未经复议直接起诉", "复议后起诉"]),
                    values,
                ];
            }
        }
        "title in the table" => {
            for table in &mut sheet.tables {
                let Some(Row::Cells(first)) = table.rows.first() else { continue };
                let mut row = vec![Slot::Left; first.len()];
                row[0] = Slot::Text("政府信息公开情况统计表（2021年度）".into());
                table.rows.insert(0, Row::Cells(row));
                table.head += 1;
            }
        }
        other => panic!("no damage {other}"),
    }
    let after: Vec<_> = sheet.tables.iter().map(|t| t.rows.clone()).collect();
    (before != after).then_some(sheet)
}
