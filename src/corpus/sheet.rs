//! Answer sheets: their shape, strictly read, and which document each belongs to.

use crate::{
    audit::{ClaimKind, Direction, Lang, Verdict},
    store::{self, Fault},
};
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, de::Error as _};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// What a careful human auditor reads in one document (`NAME.gold.json`).
///
/// Keys that may be empty or null may be left out; a key that is none of these is an error, so that a misspelt one is.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// Key of the form's series (`cn-2014`); null where the document is in no form.
    pub form: Option<String>,
    /// The publishing agency as the text names it; null where it does not.
    pub agency: Option<String>,
    /// The year reported on; null where the text does not say.
    pub year: Option<i64>,
    /// Every value cell of the tables.
    pub triples: Vec<GoldTriple>,
    /// Every claim of the prose.
    pub claims: Vec<GoldClaim>,
    /// Words and digits that are no claim.
    #[serde(default)]
    pub traps: Vec<Trap>,
    /// Errors and warnings a careful auditor would be thankful for; none in a document without mistakes.
    pub findings: Vec<GoldFinding>,
    /// What may be reported and need not be.
    #[serde(default)]
    pub allowed: Vec<Passage>,
}

/// One value cell.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldTriple {
    /// Line of the value cell, counted from 1.
    pub line: usize,
    /// The printed value; null for a blank or a dash, which is not scored.
    #[serde(deserialize_with = "decimal")]
    pub value: Option<Decimal>,
    /// The unit the table prints, in cell, label or header; null where it prints none.
    pub unit: Option<String>,
    /// Header cells above the value, outermost first; only a matrix has them.
    #[serde(default)]
    pub columns: Vec<String>,
}

/// One claim of the prose.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldClaim {
    /// Line it stands on, counted from 1.
    pub line: usize,
    /// From the first character of the number or its approximating word to the end of the unit; the denying words of
    /// a none, the quantifier of an all without number.
    pub raw: String,
    /// The printed number in the printed unit, 万 and 亿 multiplied out except as units of money.
    #[serde(default, deserialize_with = "decimal")]
    pub value: Option<Decimal>,
    /// The unit; null for a none, a rank, an all without number.
    pub unit: Option<String>,
    /// What kind of claim.
    pub kind: ClaimKind,
    /// Whether a word makes it approximate; not scored where the sheet leaves it out.
    #[serde(default)]
    pub approx: Option<bool>,
    /// Which way a change goes.
    pub direction: Option<Direction>,
    /// Lines of the value cells it rests on; any of them is enough.
    #[serde(default)]
    pub evidence_lines: Vec<usize>,
    /// Whether figures elsewhere in the document agree.
    pub verdict: Verdict,
    /// Whether two careful readers could differ on its being a claim at all: then it counts neither way.
    #[serde(default)]
    pub optional: bool,
}

/// Words that look like a claim and are none.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trap {
    /// Line it stands on, counted from 1.
    pub line: usize,
    /// The words.
    pub raw: String,
}

/// One mistake of the document.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldFinding {
    /// Letters of the families that may report it (`T`, `PX`).
    pub family: String,
    /// All lines involved; touching one is enough.
    pub lines: Vec<usize>,
    /// What is wrong, for the reader of the sheet.
    #[serde(default)]
    pub why: String,
    /// The rule that ought to report it, where the sheet says; only counted, never demanded.
    #[serde(default)]
    pub rule: Option<String>,
}

/// Lines and the families that may speak there.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Passage {
    /// Letters of the families.
    pub family: String,
    /// The lines.
    pub lines: Vec<usize>,
}

/// A JSON number or null as an exact decimal; a number no decimal can hold is an error, since sheets are written by hand.
fn decimal<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Decimal>, D::Error> {
    let Some(number) = Option::<serde_json::Number>::deserialize(deserializer)? else { return Ok(None) };
    let digits = number.to_string();
    digits
        .parse::<Decimal>()
        .or_else(|_| Decimal::from_scientific(&digits))
        .map(Some)
        .map_err(|_| D::Error::custom(format!("{digits} is no decimal of 28 digits or less")))
}

/// A sheet with its document.
#[derive(Clone, Debug)]
pub struct Document {
    /// The document.
    pub path: PathBuf,
    /// The sheet's file.
    pub sheet_path: PathBuf,
    /// The sheet.
    pub sheet: Sheet,
}

/// The answer sheets of one directory.
#[derive(Clone, Debug, Default)]
pub struct Collection {
    /// Sheets whose document is there, by name.
    pub documents: Vec<Document>,
    /// Sheets whose document is not.
    pub missing: Vec<PathBuf>,
}

/// Why a directory of answer sheets cannot be used. A sheet is written by people, so it is checked like code.
#[derive(Debug, thiserror::Error)]
pub enum CorpusError {
    /// The directory or a sheet cannot be read.
    #[error("{}: {source}", path.display())]
    Read {
        /// What was to be read.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// A sheet is no JSON, or not of the sheet's shape.
    #[error("{}:{line}:{column}: {message}", path.display())]
    Sheet {
        /// The sheet.
        path: PathBuf,
        /// Line of the mistake, from 1.
        line: usize,
        /// Column of the mistake, from 1, in bytes.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// Two files could be the document of one sheet.
    #[error("{}: both {} and {} could be its document", sheet.display(), first.display(), second.display())]
    Ambiguous {
        /// The sheet.
        sheet: PathBuf,
        /// One of them.
        first: PathBuf,
        /// The other.
        second: PathBuf,
    },
    /// The directory holds no sheet at all.
    #[error("{}: no answer sheet (*.gold.json) here", path.display())]
    Empty {
        /// The directory.
        path: PathBuf,
    },
}

impl CorpusError {
    /// The reason in one line, naming the file.
    pub fn message(&self, lang: Lang) -> String {
        let zh = match self {
            CorpusError::Read { path, source } => return Fault::of(path, source).message(lang),
            CorpusError::Sheet { path, line, column, message } => {
                format!("{}:{line}:{column}：答卷有误：{message}", path.display())
            }
            CorpusError::Ambiguous { sheet, first, second } => {
                format!("{}：{} 和 {} 都像是它的文档", sheet.display(), first.display(), second.display())
            }
            CorpusError::Empty { path } => format!("{}：目录中没有答卷（*.gold.json）", path.display()),
        };
        lang.pick(zh, self.to_string())
    }
}

const SUFFIX: &str = ".gold.json";

/// A document's name without directory and last extension: what pairs it with `NAME.gold.json`.
///
/// ```
/// assert_eq!(duibiao::corpus::stem("a/b/heping-zhen-2017.txt"), "heping-zhen-2017");
/// assert_eq!(duibiao::corpus::stem(".txt"), ".txt");
/// ```
pub fn stem(path: &str) -> &str {
    let base = path.rsplit('/').next().unwrap_or(path);
    match base.rfind('.') {
        Some(dot) if base.get(..dot).is_some_and(|name| name.bytes().any(|b| b != b'.')) => {
            base.get(..dot).unwrap_or(base)
        }
        _ => base,
    }
}

/// Reads every answer sheet of `dir` (not of its folders) and finds the document of each: the one other file of that
/// name, of a kind that is read. Names decide the order.
///
/// # Errors
/// The directory or a sheet cannot be read, a sheet is malformed (with file, line and column), two files claim one
/// sheet, or there is no sheet.
pub fn load(dir: &Path) -> Result<Collection, CorpusError> {
    let unreadable = |path: &Path| {
        let path = path.to_owned();
        move |source| CorpusError::Read { path, source }
    };
    let mut sheets = BTreeMap::new();
    let mut documents: BTreeMap<String, Vec<PathBuf>> = BTreeMap::new();
    for entry in fs::read_dir(dir).map_err(unreadable(dir))? {
        let path = entry.map_err(unreadable(dir))?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()).map(str::to_owned) else { continue };
        if let Some(stem) = name.strip_suffix(SUFFIX) {
            sheets.insert(stem.to_owned(), path);
        } else if path.is_file() {
            documents.entry(stem(&name).to_owned()).or_default().push(path);
        }
    }
    if sheets.is_empty() {
        return Err(CorpusError::Empty { path: dir.to_owned() });
    }
    let mut collection = Collection::default();
    for (name, sheet_path) in sheets {
        let bytes = fs::read(&sheet_path).map_err(unreadable(&sheet_path))?;
        let sheet = parse(&bytes, &sheet_path)?;
        let mut paths = documents.remove(&name).unwrap_or_default();
        // An output left beside the documents (`NAME.json`) is no second document.
        if paths.iter().any(|path| is_readable(path)) {
            paths.retain(|path| is_readable(path));
        }
        paths.sort();
        match paths.as_slice() {
            [] => collection.missing.push(sheet_path),
            [path] => collection.documents.push(Document { path: path.clone(), sheet_path, sheet }),
            [first, second, ..] => {
                return Err(CorpusError::Ambiguous { sheet: sheet_path, first: first.clone(), second: second.clone() });
            }
        }
    }
    Ok(collection)
}

fn is_readable(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| store::EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension)))
}

fn parse(bytes: &[u8], path: &Path) -> Result<Sheet, CorpusError> {
    let wrong = |line, column, message| CorpusError::Sheet { path: path.to_owned(), line, column, message };
    let sheet: Sheet = serde_json::from_slice(bytes).map_err(|error| {
        let text = error.to_string();
        let message = text.split(" at line ").next().unwrap_or(&text).to_owned();
        wrong(error.line(), error.column(), message)
    })?;
    let families = sheet.findings.iter().map(|f| &f.family).chain(sheet.allowed.iter().map(|p| &p.family));
    match families.into_iter().find(|family| family.is_empty() || !family.bytes().all(|b| b"TXPYFD".contains(&b))) {
        Some(family) => Err(wrong(1, 1, format!("`{family}` is no family: letters of TXPYFD"))),
        None => Ok(sheet),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
    use super::*;

    const SHEET: &str = r#"{ "form": null, "agency": "甲乡人民政府", "year": 2017,
 "triples": [{"line": 4, "value": 0.10, "unit": "万元", "columns": []}],
 "claims": [{"line": 2, "raw": "未收到", "value": 0, "unit": null, "kind": "none", "direction": null,
             "evidence_lines": [], "verdict": "supported"}],
 "traps": [], "findings": [{"family": "PX", "lines": [2], "why": "x", "rule": "P002"}], "allowed": [] }"#;

    #[test]
    fn a_sheet_is_read_exactly() {
        let sheet = parse(SHEET.as_bytes(), Path::new("a.gold.json")).unwrap();
        assert_eq!(sheet.triples.first().unwrap().value.unwrap().to_string(), "0.10");
        let claim = sheet.claims.first().unwrap();
        assert_eq!((claim.kind, claim.approx, claim.optional), (ClaimKind::None, None, false));
        assert_eq!(sheet.findings.first().unwrap().rule.as_deref(), Some("P002"));
    }

    #[test]
    fn what_is_empty_may_be_left_out() {
        let bare = r#"{ "triples": [{"line": 4, "value": null}],
            "claims": [{"line": 2, "raw": "无", "kind": "none", "verdict": "supported"}],
            "findings": [{"family": "T", "lines": [4]}] }"#;
        let sheet = parse(bare.as_bytes(), Path::new("a.gold.json")).unwrap();
        assert_eq!((sheet.form, sheet.traps.len(), sheet.allowed.len()), (None, 0, 0));
        let without_verdict = bare.replace(r#", "verdict": "supported""#, "");
        let error = parse(without_verdict.as_bytes(), Path::new("a.gold.json")).unwrap_err().to_string();
        assert_eq!(error, "a.gold.json:2:64: missing field `verdict`");
    }

    #[test]
    fn a_mistake_in_a_sheet_is_named_with_its_place() {
        for (from, to, message) in [
            (
                r#""verdict": "supported""#,
                r#""verdict": "true""#,
                "a.gold.json:4:52: unknown variant `true`, expected one of `supported`, `contradicted`, `unverifiable`",
            ),
            (
                r#""traps""#,
                r#""trap""#,
                "a.gold.json:5:7: unknown field `trap`, expected one of `form`, `agency`, `year`, `triples`, `claims`, `traps`, `findings`, `allowed`",
            ),
            (r#""family": "PX""#, r#""family": "Q""#, "a.gold.json:1:1: `Q` is no family: letters of TXPYFD"),
            ("0.10", "\"0.1\"", "a.gold.json:2:39: invalid type: string \"0.1\", expected a JSON number"),
        ] {
            let error = parse(SHEET.replace(from, to).as_bytes(), Path::new("a.gold.json")).unwrap_err();
            assert_eq!(error.to_string(), message);
        }
    }

    #[test]
    fn a_directory_pairs_sheets_with_documents() {
        let dir = std::env::temp_dir().join(format!("duibiao-corpus-{}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir).unwrap();
        assert!(matches!(load(&dir), Err(CorpusError::Empty { .. })));
        for name in ["b.gold.json", "a.gold.json", "lost.gold.json"] {
            fs::write(dir.join(name), SHEET).unwrap();
        }
        for name in ["a.txt", "a.json", "b.html", "README.md", "floor.json"] {
            fs::write(dir.join(name), "x").unwrap();
        }
        let found = load(&dir).unwrap();
        let names: Vec<_> = found.documents.iter().map(|d| d.path.file_name().unwrap().to_str().unwrap()).collect();
        assert_eq!(names, ["a.txt", "b.html"]);
        assert_eq!(found.missing, [dir.join("lost.gold.json")]);
        fs::write(dir.join("a.md"), "x").unwrap();
        assert!(matches!(load(&dir), Err(CorpusError::Ambiguous { .. })));
        fs::remove_dir_all(&dir).unwrap();
    }
}
