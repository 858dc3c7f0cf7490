//! `forms` and `--grammars`: which grammar is used, and what its forms say.

use crate::{
    CLEAN, FAILED,
    arguments::{Forms, Grammars},
    output,
};
use duibiao::{
    audit::Lang,
    grammar::{Ban, Form, Grammar, GrammarErrors, Identity, IndicatorKey, Relation, Row, Shape},
};
use std::{fmt::Write, fs, io, path::Path};

/// Lists that a grammar without the shipped one must hold.
const LISTS: [&str; 3] = ["indicators.toml", "units.toml", "words.toml"];
/// Lists it may hold.
const MORE: [&str; 2] = ["variants.toml", "weights.toml"];

/// The grammar asked for: the shipped one; with a folder of forms alone, the shipped one and those; with a folder of forms
/// and lists, that folder's and nothing else.
pub(crate) fn grammar(arguments: &Grammars, lang: Lang) -> Result<Grammar, String> {
    let faulty = |errors: GrammarErrors| {
        let head = lang.pick("表式或词表有误，未能使用：", "the grammar has faults and cannot be used:");
        format!("{head}\n{errors}")
    };
    let Some(folder) = &arguments.grammars else { return Grammar::embedded().map_err(faulty) };
    let files = read(folder, lang)?;
    let name = |path: &str| path.rsplit(['/', '\\']).next().unwrap_or(path).to_owned();
    let alone = files.iter().any(|(path, _)| LISTS.contains(&&*name(path)));
    if alone && let Some(missing) = LISTS.iter().find(|list| !files.iter().any(|(path, _)| name(path) == **list)) {
        let path = folder.display();
        return Err(lang.pick(
            format!("{path}：缺 {missing}；只有 forms/ 的目录是在自带的表式之外增补，含词表的目录则须齐备"),
            format!(
                "{path}: no {missing}; a folder of forms/ alone adds to the shipped ones, one with lists must have all"
            ),
        ));
    }
    let borrowed = files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let all: Vec<(&str, &str)> =
        if alone { borrowed.collect() } else { Grammar::shipped().iter().copied().chain(borrowed).collect() };
    Grammar::load(&all).map_err(faulty)
}

/// The grammar files of a folder, as path and text, sorted by path.
fn read(folder: &Path, lang: Lang) -> Result<Vec<(String, String)>, String> {
    let wrong = |path: &Path, error: &io::Error| {
        let (path, why) = (path.display(), error);
        lang.pick(format!("{path}：读不出表式目录：{why}"), format!("{path}: cannot read the grammar: {why}"))
    };
    if !folder.is_dir() {
        let path = folder.display();
        return Err(lang.pick(format!("{path}：没有这个目录"), format!("{path}: no such folder")));
    }
    let mut paths = Vec::new();
    let forms = folder.join("forms");
    if forms.is_dir() {
        for entry in fs::read_dir(&forms).map_err(|error| wrong(&forms, &error))? {
            let path = entry.map_err(|error| wrong(&forms, &error))?.path();
            if path.extension().is_some_and(|e| e == "toml") {
                paths.push(path);
            }
        }
    }
    let here = |list: &&str| folder.join(list).is_file();
    paths.extend(LISTS.iter().chain(&MORE).filter(|list| here(list)).map(|list| folder.join(list)));
    paths.sort();
    if paths.is_empty() {
        let path = folder.display();
        return Err(lang.pick(
            format!("{path}：目录里没有 forms/*.toml，也没有词表"),
            format!("{path}: neither forms/*.toml nor lists in this folder"),
        ));
    }
    let text = |path: &Path| fs::read_to_string(path).map_err(|error| wrong(path, &error));
    paths.iter().map(|path| Ok((path.to_string_lossy().into_owned(), text(path)?))).collect()
}

/// Prints the list of forms, or all there is to one.
pub(crate) fn forms(arguments: &Forms) -> u8 {
    let lang = arguments.language.get();
    let grammar = match grammar(&arguments.grammars, lang) {
        Ok(grammar) => grammar,
        Err(reason) => {
            output::complain(&reason);
            return FAILED;
        }
    };
    let Some(key) = &arguments.key else { return output::print(&list(&grammar, lang), CLEAN, lang) };
    let chosen: Vec<&Form> = grammar.forms.iter().filter(|form| is_called(form, key)).collect();
    if chosen.is_empty() {
        let known: Vec<String> = grammar.forms.iter().map(name).collect();
        let known = known.join(lang.pick("、", ", "));
        output::complain(
            &lang.pick(format!("没有表式 {key}；已知的有 {known}"), format!("no form {key}; known are {known}")),
        );
        return FAILED;
    }
    let pages: Vec<String> = chosen.into_iter().map(|form| page(form, &grammar, lang)).collect();
    output::print(&pages.join("\n"), CLEAN, lang)
}

/// `cn-2014/anhui`.
fn name(form: &Form) -> String {
    format!("{}/{}", form.key, form.edition)
}

/// A series names all its editions.
fn is_called(form: &Form, key: &str) -> bool {
    form.key == key || name(form) == key
}

/// One line a form.
fn list(grammar: &Grammar, lang: Lang) -> String {
    let mut out = String::new();
    for form in &grammar.forms {
        let rows = form.rows.iter().filter(|row| row.key.is_some()).count();
        let size = match form.shape {
            Shape::List => lang.pick(format!("{rows} 行"), format!("{rows} rows")),
            Shape::Matrix => {
                let cells: usize = (0..form.tables.len()).map(|table| form.cells_of(table).len()).sum();
                let tables = form.tables.len();
                lang.pick(
                    format!("{tables} 张子表 {rows} 行 {cells} 格"),
                    format!("{tables} sub-tables, {rows} rows, {cells} cells"),
                )
            }
        };
        let (from, to) = form.years;
        let _ = writeln!(out, "{:<30}  {}\n    {from}–{to}  {size}\n    {}", name(form), form.title, form.authority);
    }
    out
}

/// Everything a form says.
fn page(form: &Form, grammar: &Grammar, lang: Lang) -> String {
    let (from, to) = form.years;
    let mut out = format!("{}  {}\n", name(form), form.title);
    let _ = writeln!(out, "{}{}", lang.pick("依据：", "authority: "), form.authority);
    let _ = writeln!(out, "{}{from}–{to}", lang.pick("年度（只供参考，认表凭行）：", "years (a hint; rows decide): "));
    match form.shape {
        Shape::List => {
            let _ = writeln!(out, "\n{}", lang.pick("行", "rows"));
            rows(form, 0, lang, &mut out);
        }
        Shape::Matrix => grids(form, lang, &mut out),
    }
    if !form.derived.is_empty() {
        let _ = writeln!(
            out,
            "\n{}",
            lang.pick("没有单元格、由分项相加的指标", "indicators without a cell, sums of others")
        );
        for derived in &form.derived {
            let _ = writeln!(out, "  {} = {}", derived.key, joined(&derived.parts, " + "));
        }
    }
    let _ = writeln!(out, "\n{}", lang.pick("必须成立的关系", "what must hold"));
    for identity in &form.identities {
        let _ = writeln!(out, "  {}\n      {}{}", relation(identity), lang.pick("理由：", "reason: "), identity.reason);
    }
    if !form.never.is_empty() {
        let _ = writeln!(out, "\n{}", lang.pick("从不断言的关系", "what is never asserted"));
        for never in &form.never {
            let shown = match never.relation {
                Ban::Sum => format!("{} = {}", never.whole, joined(&never.parts, " + ")),
                Ban::PartOf => format!("{} ≤ {}", joined(&never.parts, ", "), never.whole),
                Ban::Any => {
                    let (whole, parts) = (&never.whole, joined(&never.parts, ", "));
                    lang.pick(format!("{whole} 与 {parts} 的任何关系"), format!("any relation of {whole} with {parts}"))
                }
            };
            let _ = writeln!(out, "  {shown}\n      {}{}", lang.pick("理由：", "reason: "), never.reason);
        }
    }
    if lang == Lang::En {
        names(form, grammar, &mut out);
    }
    out
}

/// The rows of a table, each under its parent.
fn rows(form: &Form, table: usize, lang: Lang, out: &mut String) {
    for (index, row) in form.rows.iter().enumerate().filter(|(_, row)| row.table == table) {
        let depth = form.path(index).len();
        let _ = writeln!(out, "  {}{}{}", "  ".repeat(depth), row.printed, facts(row, lang));
    }
}

/// Unit and key of a row.
fn facts(row: &Row, lang: Lang) -> String {
    let Some(key) = &row.key else { return String::new() };
    let units = if row.units.is_empty() { String::new() } else { format!("  {}", row.units.join("/")) };
    let optional = if row.optional { lang.pick("  可缺", "  optional") } else { "" };
    format!("{units}  [{key}]{optional}")
}

fn grids(form: &Form, lang: Lang, out: &mut String) {
    for (index, grid) in form.tables.iter().enumerate() {
        let _ = writeln!(out, "\n{}", grid.headings.first().unwrap_or(&grid.key));
        let _ = writeln!(out, "  {}", lang.pick("栏", "columns"));
        for (n, column) in grid.columns.iter().enumerate() {
            let key = match column.key.as_deref() {
                None => String::new(),
                Some("") => lang.pick("  [行的指标本身]", "  [the row's own indicator]").to_owned(),
                Some(key) => format!("  [{key}]"),
            };
            let units = if column.units.is_empty() { String::new() } else { format!("  {}", column.units.join("/")) };
            let _ = writeln!(out, "    {}{}{units}{key}", "  ".repeat(grid.path(n).len()), column.printed);
        }
        if grid.labelled {
            let _ = writeln!(out, "  {}", lang.pick("行", "rows"));
            let mut inner = String::new();
            rows(form, index, lang, &mut inner);
            for line in inner.lines() {
                let _ = writeln!(out, "  {line}");
            }
        }
    }
}

/// `a + b = c + d`, with the name of the identity where it is not its whole's.
fn relation(identity: &Identity) -> String {
    let left = std::iter::once(&identity.whole).chain(&identity.plus).map(IndicatorKey::as_str);
    let left = left.collect::<Vec<_>>().join(" + ");
    let shown = match identity.relation {
        Relation::Sum | Relation::RowTotal | Relation::Balance => {
            format!("{left} = {}", joined(&identity.parts, " + "))
        }
        Relation::SoftSum => format!("{left} ≈ {}", joined(&identity.parts, " + ")),
        Relation::PartOf => format!("{left} ≥ {}", joined(&identity.parts, ", ")),
    };
    if identity.id == identity.whole.0 { shown } else { format!("{}: {shown}", identity.id) }
}

/// What English readers call the indicators.
fn names(form: &Form, grammar: &Grammar, out: &mut String) {
    let _ = writeln!(out, "\nin English");
    for key in form.rows.iter().filter_map(|row| row.key.as_ref()) {
        if let Some(known) = grammar.catalogue.get(key) {
            let _ = writeln!(out, "  {key}: {}", known.english);
        }
    }
}

fn joined(keys: &[IndicatorKey], between: &str) -> String {
    keys.iter().map(IndicatorKey::as_str).collect::<Vec<_>>().join(between)
}
