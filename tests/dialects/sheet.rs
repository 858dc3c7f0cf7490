//! Logical tables of every form and of none: printed cells with their merges, and the triples they must give.

use duibiao::{
    align::{Facts, Reading},
    grammar::{Form, Grammar, Grid, Shape},
};
use std::collections::BTreeMap;

/// One place of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Slot {
    /// A printed cell.
    Text(String),
    /// Covered by the cell at its left.
    Left,
    /// Covered by the cell above.
    Up,
}

/// One line of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// A row of cells.
    Cells(Vec<Slot>),
    /// A line that is no row: a page number, a note.
    Line(String),
}

/// One printed table.
#[derive(Clone, Debug)]
pub struct Print {
    /// Lines above it that are no part of it.
    pub above: Vec<String>,
    /// How many rows its header has.
    pub head: usize,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// What a cell of values must give: compared without spans.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Want {
    pub indicator: Option<String>,
    pub label: String,
    pub unit: Option<String>,
    /// Digits as printed without separators; `blank` or `unreadable`.
    pub value: String,
    pub columns: Vec<String>,
}

/// A document's tables and what they must give.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub name: String,
    /// Whether figures stand where rows and columns cross.
    pub matrix: bool,
    pub tables: Vec<Print>,
    pub wants: Vec<Want>,
}

/// Prints values: the text of the cell and what it means.
pub trait Values {
    /// The cell of the `n`th figure; `amount` for money.
    fn value(&mut self, n: usize, amount: bool) -> (String, String);
}

/// Plain figures, all different enough to be told apart.
pub struct Plain(pub usize);

impl Values for Plain {
    fn value(&mut self, n: usize, amount: bool) -> (String, String) {
        let n = (n * 37 + self.0 * 101) % 1873;
        let text = if amount { format!("{n}.{:02}", n % 90 + 10) } else { n.to_string() };
        (text.clone(), text)
    }
}

fn text(words: &str) -> Slot {
    Slot::Text(words.to_owned())
}

/// All forms of the grammar, then tables in no form.
pub fn sheets(grammar: &Grammar, values: &mut dyn Values) -> Vec<Sheet> {
    let mut out: Vec<Sheet> = grammar.forms.iter().map(|form| of_form(form, values)).collect();
    out.extend(["one", "numbered", "columns", "wide"].map(|kind| free(kind, values)));
    out
}

/// A whole table of a form.
pub fn of_form(form: &Form, values: &mut dyn Values) -> Sheet {
    match form.shape {
        Shape::List => list(form, values),
        Shape::Matrix => matrix(form, values),
    }
}

fn list(form: &Form, values: &mut dyn Values) -> Sheet {
    let mut rows = vec![Row::Cells(["统计指标", "单位", "统计数"].map(text).to_vec())];
    let mut wants = Vec::new();
    for (n, row) in form.rows.iter().enumerate() {
        let Some(key) = &row.key else {
            rows.push(Row::Cells(vec![text(&row.printed), Slot::Left, Slot::Left]));
            continue;
        };
        let unit = row.units.first().cloned().unwrap_or_default();
        let (printed, value) = values.value(n, unit == "万元");
        rows.push(Row::Cells(vec![text(&row.printed), text(&unit), text(&printed)]));
        wants.push(Want {
            indicator: Some(key.to_string()),
            label: Form::reduce(&row.printed),
            unit: Some(unit),
            value,
            columns: Vec::new(),
        });
    }
    let tables = vec![Print { above: Vec::new(), head: 1, rows }];
    Sheet { name: format!("{}/{}", form.key, form.edition), matrix: false, tables, wants }
}

fn matrix(form: &Form, values: &mut dyn Values) -> Sheet {
    let mut tables = Vec::new();
    let mut wants = Vec::new();
    let mut n = 0;
    for (index, grid) in form.tables.iter().enumerate() {
        // Rows of labels: those of a heading over others stand in a column of their own.
        let depth = |row: usize| form.path(row).len();
        let rows_here: Vec<usize> =
            (0..form.rows.len()).filter(|r| grid.labelled && form.rows[*r].table == index).collect();
        let labels = rows_here.iter().map(|r| depth(*r) + 1).max().unwrap_or(0);
        let mut rows = header(grid, labels);
        let (mut head, mut above) = (rows.len(), Vec::new());
        if index == 0 {
            above.push("二、主动公开政府信息情况".to_owned());
        }
        if let Some(heading) = grid.headings.first() {
            if grid.labelled && heading.starts_with('第') {
                let mut row = vec![text(heading)];
                row.resize(labels + grid.leaves().count(), Slot::Left);
                rows.insert(0, Row::Cells(row));
                head += 1;
            } else {
                above.push(format!("{}{heading}", if grid.labelled { "三、" } else { "四、" }));
            }
        }
        let printed: Vec<Option<usize>> = if grid.labelled {
            rows_here.iter().copied().filter(|r| form.rows[*r].key.is_some()).map(Some).collect()
        } else {
            vec![None]
        };
        let mut seen: Vec<usize> = Vec::new();
        for row in printed {
            let mut cells = Vec::new();
            if let Some(row) = row {
                let path = form.path(row);
                for above in &path {
                    cells.push(if seen.contains(above) { Slot::Up } else { text(&form.rows[*above].printed) });
                    seen.push(*above);
                }
                cells.push(text(&form.rows[row].printed));
                cells.resize(labels, Slot::Left);
            }
            for column in grid.leaves() {
                n += 1;
                let unit = grid.columns[column].units.first().cloned();
                let (printed, value) = values.value(n, unit.as_deref() == Some("万元"));
                cells.push(text(&printed));
                let names: Vec<String> =
                    grid.path(column).into_iter().chain([column]).map(|c| grid.columns[c].label.clone()).collect();
                wants.push(Want {
                    indicator: form.cell_key(index, row, column).map(|k| k.to_string()),
                    label: row
                        .map_or_else(|| grid.columns[column].label.clone(), |r| Form::reduce(&form.rows[r].printed)),
                    unit: unit.filter(|u| grid.columns[column].printed.contains(u.as_str())),
                    value,
                    columns: names,
                });
            }
            rows.push(Row::Cells(cells));
        }
        tables.push(Print { above, head, rows });
    }
    Sheet { name: format!("{}/{}", form.key, form.edition), matrix: true, tables, wants }
}

/// Header rows: a group over its columns, a leaf down to the last row.
fn header(grid: &Grid, labels: usize) -> Vec<Row> {
    let deepest = grid.leaves().map(|c| grid.path(c).len()).max().unwrap_or(0) + 1;
    let mut rows = vec![vec![Slot::Up; labels + grid.leaves().count()]; deepest];
    for (level, row) in rows.iter_mut().enumerate() {
        let mut last = None;
        for (place, column) in grid.leaves().enumerate() {
            let path: Vec<usize> = grid.path(column).into_iter().chain([column]).collect();
            row[labels + place] = match path.get(level) {
                Some(at) if last == Some(*at) => Slot::Left,
                Some(at) => text(&grid.columns[*at].printed),
                None => Slot::Up,
            };
            last = path.get(level).copied();
        }
        if level == 0 && labels > 0 {
            row[0] = text(grid.headers.first().map_or("信息内容", String::as_str));
            row[1..labels].fill(Slot::Left);
        }
    }
    rows.into_iter().map(Row::Cells).collect()
}

/// Tables in no form.
fn free(kind: &str, values: &mut dyn Values) -> Sheet {
    let table: &[(&str, &str)] = match kind {
        "one" => &[
            ("窗口咨询量", "人次"),
            ("上门服务量", "次"),
            ("志愿者人数", "人"),
            ("设备投入", "万元"),
            ("宣传册数", "册"),
        ],
        "numbered" => &[
            ("1.政务服务事项", "项"),
            ("1.1即办事项", "项"),
            ("1.2承诺事项", "项"),
            ("2.办件总量", "件"),
            ("其中：网上办件", "件"),
            ("3.满意评价", "件"),
        ],
        _ => &[
            ("法律援助案件", "件"),
            ("人民调解案件", "件"),
            ("公证业务量", "件"),
            ("普法讲座", "场"),
            ("投入经费", "万元"),
            ("发放材料", "份"),
        ],
    };
    let heads: &[&str] = match kind {
        "columns" => &["2021年", "2020年"],
        "wide" => &["一季度", "二季度", "三季度", "四季度", "全年合计"],
        _ => &["数量"],
    };
    let mut rows = vec![Row::Cells(["项目", "计量单位"].iter().chain(heads).map(|w| text(w)).collect())];
    let mut wants = Vec::new();
    for (n, (label, unit)) in table.iter().enumerate() {
        let mut cells = vec![text(label), text(unit)];
        for (m, head) in heads.iter().enumerate() {
            let (printed, value) = values.value(n * 7 + m * 3 + 5, *unit == "万元");
            cells.push(text(&printed));
            let columns = if heads.len() > 1 { vec![(*head).to_owned()] } else { Vec::new() };
            wants.push(Want {
                indicator: None,
                label: Form::reduce(label),
                unit: Some((*unit).to_owned()),
                value,
                columns,
            });
        }
        rows.push(Row::Cells(cells));
    }
    Sheet {
        name: format!("none/{kind}"),
        matrix: false,
        tables: vec![Print { above: Vec::new(), head: 1, rows }],
        wants,
    }
}

/// What was read, to be compared.
pub fn got(facts: &Facts) -> Vec<Want> {
    let read = |t: &duibiao::align::Triple| Want {
        indicator: t.indicator.as_ref().map(|k| k.to_string()),
        label: Form::reduce(&t.label),
        unit: t.unit.clone(),
        value: match &t.value {
            Reading::Number(n) => n.to_string(),
            Reading::Blank => "blank".into(),
            Reading::Unreadable(_) | Reading::Inexact => "unreadable".into(),
        },
        columns: t.columns.iter().map(|c| Form::reduce(c)).collect(),
    };
    facts.triples.iter().map(read).collect()
}

/// How a reading compares with what was wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Values wanted.
    pub wanted: usize,
    /// Those that were read whole: indicator, label, unit, value, columns.
    pub found: usize,
    /// Values read that nobody printed there: another indicator's, or another number.
    pub wrong: usize,
}

impl Outcome {
    pub fn add(&mut self, other: Outcome) {
        self.wanted += other.wanted;
        self.found += other.found;
        self.wrong += other.wrong;
    }
}

/// Values read under an indicator that the table does not give it, or in no form under a column or label that is another's.
pub fn false_figures(wants: &[Want], got: &[Want]) -> Vec<Want> {
    let number = |w: &&Want| w.value != "blank" && w.value != "unreadable";
    let given = |read: &&Want| {
        !wants.iter().any(|w| {
            let row = w.label == read.label && (read.columns.is_empty() || w.columns == read.columns);
            w.value == read.value && if read.indicator.is_some() { w.indicator == read.indicator } else { row }
        })
    };
    let named =
        |read: &&Want| read.indicator.is_some() || wants.iter().any(|w| w.label == read.label && w.indicator.is_none());
    got.iter().filter(number).filter(named).filter(given).cloned().collect()
}

/// Counts what was found and what is wrong. A value without a column, or whose row is in no form, is not wrong as long as its
/// label has such a value.
pub fn compare(wants: &[Want], got: &[Want]) -> Outcome {
    let number = |w: &&Want| w.value != "blank" && w.value != "unreadable";
    let mut left: BTreeMap<&Want, usize> = BTreeMap::new();
    for want in wants.iter().filter(number) {
        *left.entry(want).or_default() += 1;
    }
    let mut outcome = Outcome { wanted: wants.iter().filter(number).count(), ..Outcome::default() };
    for read in got.iter().filter(number) {
        match left.get_mut(read) {
            Some(n) if *n > 0 => {
                *n -= 1;
                outcome.found += 1;
            }
            _ => {
                let fits = |w: &&Want| {
                    w.value == read.value
                        && (w.label == read.label || read.indicator.is_some() && w.indicator == read.indicator)
                        && (read.indicator.is_none() || w.indicator == read.indicator)
                        && (read.columns.is_empty() || w.columns == read.columns || read.indicator.is_some())
                };
                outcome.wrong += usize::from(!wants.iter().any(|w| fits(&w)));
            }
        }
    }
    outcome
}
