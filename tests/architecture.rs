//! Holds the sources to what is written down about them: the table of rooms in `src/lib.rs`, one job a file, no file that
//! outgrows a reader, no indicator named in code.
//!
//! Each rule is a function from sources to complaints (`file:line: what is wrong`), and has its own accepted and rejected
//! example below. What stands under `#[cfg(test)]`, or in a file `tests.rs`, is free of all but the first line.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use duibiao::grammar::Grammar;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// Lines of a file without its tests.
const LONGEST: usize = 600;

// ---------------------------------------------------------------------------------------------------------------- rules

#[test]
fn rooms_import_only_what_the_table_allows() {
    let files = sources("src");
    none(imports(&files, &table(&files)));
}

#[test]
fn every_room_of_the_table_is_there_and_no_other() {
    let files = sources("src");
    none(rooms(&files, &table(&files)));
}

#[test]
fn every_file_says_its_one_job_first() {
    none(headless(&[sources("src"), sources("tests"), sources("benches")].concat()));
}

#[test]
fn no_file_outgrows_a_reader() {
    none(too_long(&sources("src")));
}

#[test]
fn a_folder_has_its_file_beside_it() {
    none(mod_files(&sources("src")));
}

#[test]
fn every_file_is_named_in_the_file_above_it() {
    none(orphans(&sources("src")));
}

#[test]
fn code_names_no_indicator() {
    let grammar = Grammar::embedded().expect("the grammar that ships loads");
    let keys: Vec<String> = grammar.catalogue.indicators.into_iter().map(|i| i.key).collect();
    none(indicator_literals(&sources("src"), &keys));
}

#[test]
fn every_dependency_has_its_reason() {
    let read = |path| fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect(path);
    none(unexplained(&read("Cargo.toml"), &read("docs/dependencies.md")));
}

/// Each room with the rooms it may use, from the table in the `//!` of `src/lib.rs`.
fn table(files: &[Source]) -> BTreeMap<String, BTreeSet<String>> {
    let lib = files.iter().find(|f| f.path == "src/lib.rs").expect("src/lib.rs");
    let rows = lib.text.lines().filter_map(|line| line.strip_prefix("//! |")).skip(2);
    let table: BTreeMap<_, _> = rows
        .map(|row| {
            let mut cells = row.split('|').map(str::trim);
            let room = cells.next().unwrap_or_default().to_owned();
            let uses = cells.next().unwrap_or_default().split(',').map(str::trim).filter(|u| !u.is_empty());
            (room, uses.map(str::to_owned).collect())
        })
        .collect();
    assert!(!table.is_empty(), "src/lib.rs: the table of rooms is gone");
    table
}

fn imports(files: &[Source], table: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files {
        let Some(room) = file.room() else { continue };
        let Some(allowed) = table.get(room) else { continue }; // `rooms` complains of it
        for (line, used) in roots(&file.code, file.depth()) {
            if used != room && !allowed.contains(&used) {
                let what = if table.contains_key(&used) { "may not use" } else { "uses what is no room:" };
                complaints.push(format!("{}:{line}: `{room}` {what} `{used}` (table in src/lib.rs)", file.path));
            }
        }
    }
    complaints
}

fn rooms(files: &[Source], table: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let mut complaints = Vec::new();
    let found: BTreeSet<&str> = files.iter().filter_map(Source::room).collect();
    for room in table.keys().filter(|room| !found.contains(room.as_str())) {
        complaints.push(format!("src/lib.rs:1: room `{room}` of the table has no src/{room}.rs"));
    }
    for room in found.iter().filter(|room| !table.contains_key(**room)) {
        complaints.push(format!("src/{room}.rs:1: room `{room}` is not in the table in src/lib.rs"));
    }
    for (room, uses) in table {
        for used in uses.iter().filter(|used| !table.contains_key(*used)) {
            complaints.push(format!("src/lib.rs:1: the table lets `{room}` use `{used}`, which is no room"));
        }
    }
    complaints
}

fn headless(files: &[Source]) -> Vec<String> {
    let bare = |f: &&Source| !f.text.lines().next().is_some_and(|line| line.len() > 8 && line.starts_with("//! "));
    files
        .iter()
        .filter(bare)
        .map(|f| format!("{}:1: does not begin with a `//!` line that says its job", f.path))
        .collect()
}

fn too_long(files: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files {
        let tests: usize = file.tests.iter().map(|(first, last)| last - first + 1).sum();
        let lines = file.text.lines().count() - tests;
        if lines > LONGEST {
            let name = file.path.trim_end_matches(".rs");
            complaints.push(format!("{}:{LONGEST}: {lines} lines without tests; split it into {name}/", file.path));
        }
    }
    complaints
}

fn mod_files(files: &[Source]) -> Vec<String> {
    let named = files.iter().filter(|f| f.path.ends_with("/mod.rs"));
    named.map(|f| format!("{}:1: name it after its folder and put it beside it", f.path)).collect()
}

/// Files that no `mod` and no list (`renderers!`, `dialects!`) of the file above names: the compiler does not see them.
fn orphans(files: &[Source]) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files {
        let Some((folder, name)) = file.path.trim_end_matches(".rs").rsplit_once('/') else { continue };
        let parents = match folder {
            "src" => ["src/lib.rs".to_owned(), "src/lib.rs".to_owned()],
            _ => [format!("{folder}.rs"), format!("{folder}/main.rs")],
        };
        if matches!(file.path.as_str(), "src/lib.rs" | "src/build.rs")
            || name == "tests"
            || parents.contains(&file.path)
        {
            continue;
        }
        let parent = files.iter().find(|f| parents.contains(&f.path));
        // A module of tests names its own files in what counts as test code everywhere else.
        let named_in = |p: &Source| if p.path.ends_with("/tests.rs") { p.text.clone() } else { p.code.clone() };
        if !parent.is_some_and(|p| words(&named_in(p)).any(|(_, word)| word == name)) {
            complaints.push(format!("{}:1: {} does not name it", file.path, parents[0]));
        }
    }
    complaints
}

fn indicator_literals(files: &[Source], keys: &[String]) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files {
        for (line, literal) in &file.literals {
            let parts = || literal.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_')));
            // A key without a dot is an ordinary word: it counts only where it is the whole literal.
            let named = keys.iter().find(|k| if k.contains('.') { parts().any(|p| p == *k) } else { literal == *k });
            if let Some(key) = named {
                complaints.push(format!("{}:{line}: names indicator `{key}`; that belongs in grammars/", file.path));
            }
        }
    }
    complaints
}

fn unexplained(manifest: &str, page: &str) -> Vec<String> {
    let manifest: toml::Table = manifest.parse().expect("Cargo.toml");
    let named = |kind| manifest.get(kind).and_then(|d| d.as_table()).into_iter().flat_map(|d| d.keys());
    let named: BTreeSet<&str> = ["dependencies", "dev-dependencies", "build-dependencies"]
        .into_iter()
        .flat_map(named)
        .map(String::as_str)
        .collect();
    let mut explained = BTreeSet::new();
    let mut complaints = Vec::new();
    for (number, line) in (1..).zip(page.lines()) {
        let Some((name, reason)) = line.strip_prefix("| `").and_then(|row| row.split_once("` |")) else { continue };
        let reason = reason.trim().trim_end_matches('|').trim();
        if !named.contains(name) {
            complaints.push(format!("docs/dependencies.md:{number}: Cargo.toml does not name `{name}`"));
        } else if reason.is_empty() || !explained.insert(name) {
            complaints.push(format!("docs/dependencies.md:{number}: `{name}` needs one reason"));
        }
    }
    let missing = named.difference(&explained);
    complaints.extend(
        missing.map(|name| format!("Cargo.toml:1: `{name}` has no line with its reason in docs/dependencies.md")),
    );
    complaints
}

fn none(complaints: Vec<String>) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

// -------------------------------------------------------------------------------------------------------------- reading

/// One file, read as far as the rules need.
#[derive(Clone, Default)]
struct Source {
    path: String,
    text: String,
    /// The text with comments, literals and tests blanked; line ends stay.
    code: String,
    /// String literals outside tests, with their lines.
    literals: Vec<(usize, String)>,
    /// First and last line of each item under `#[cfg(test)]`.
    tests: Vec<(usize, usize)>,
}

impl Source {
    fn new(path: &str, text: &str) -> Self {
        let (mut code, mut literals) = blank(text);
        let mut tests = Vec::new();
        if path.ends_with("/tests.rs") || path.contains("/tests/") {
            // The module of tests moved out of a long file; the file above names it under its own `#[cfg(test)]`.
            tests.push((1, text.lines().count()));
            code.clear();
        }
        while let Some(start) = code.find("#[cfg(test)]") {
            let end = item_end(&code, start);
            tests.push((line_of(&code, start), line_of(&code, end)));
            let hole: String = code[start..end].chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
            code.replace_range(start..end, &hole);
        }
        literals.retain(|(line, _)| !tests.iter().any(|(first, last)| (first..=last).contains(&line)));
        Source { path: path.to_owned(), text: text.to_owned(), code, literals, tests }
    }
    /// The room it belongs to; none for the crate's root, the build script and the program.
    fn room(&self) -> Option<&str> {
        let inside = self.path.strip_prefix("src/")?;
        let room = inside.split('/').next()?.trim_end_matches(".rs");
        (!matches!(room, "lib" | "build" | "bin")).then_some(room)
    }
    /// How many `super` lead from the file to the crate's root.
    fn depth(&self) -> usize {
        self.path.matches('/').count()
    }
}

fn sources(folder: &str) -> Vec<Source> {
    fn walk(root: &Path, folder: &str, out: &mut Vec<Source>) {
        let mut names: Vec<_> =
            fs::read_dir(root.join(folder)).expect(folder).map(|e| e.expect(folder).file_name()).collect();
        names.sort();
        for name in names {
            let path = format!("{folder}/{}", name.to_str().expect("file names are UTF-8"));
            if root.join(&path).is_dir() {
                walk(root, &path, out);
            } else if path.ends_with(".rs") {
                out.push(Source::new(&path, &fs::read_to_string(root.join(&path)).expect(&path)));
            }
        }
    }
    let mut out = Vec::new();
    walk(Path::new(env!("CARGO_MANIFEST_DIR")), folder, &mut out);
    assert!(!out.is_empty(), "{folder} holds no source");
    out
}

fn line_of(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
}

/// Blanks comments and literals; gives the string literals with their lines.
fn blank(text: &str) -> (String, Vec<(usize, String)>) {
    let mut code = String::with_capacity(text.len());
    let mut literals = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let after_word = code.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let raw = rest.trim_start_matches(['b', 'c']).strip_prefix('r').map(|r| r.trim_start_matches('#'));
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            block_comment(rest)
        } else if let Some(body) = raw.filter(|r| r.starts_with('"') && !after_word) {
            let open = rest.len() - body.len() + 1;
            let close = format!("\"{}", "#".repeat(rest[..open].matches('#').count()));
            let end = open + rest[open..].find(&close).unwrap_or(rest.len() - open);
            literals.push((line_of(text, text.len() - rest.len()), rest[open..end].to_owned()));
            (end + close.len()).min(rest.len())
        } else if c == '"' {
            let end = quoted(rest, '"');
            literals.push((line_of(text, text.len() - rest.len()), rest[1..end].to_owned()));
            (end + 1).min(rest.len())
        } else if c == '\'' && (rest[1..].starts_with('\\') || rest[1..].chars().nth(1) == Some('\'')) {
            (quoted(rest, '\'') + 1).min(rest.len())
        } else {
            code.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        code.extend(rest[..length].chars().map(|c| if c == '\n' { '\n' } else { ' ' }));
        rest = &rest[length..];
    }
    (code, literals)
}

/// Where the literal that `text` begins with closes.
fn quoted(text: &str, mark: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == mark => return at,
            _ => {}
        }
    }
    text.len()
}

fn block_comment(text: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|r| !r.is_empty()) {
        let step = if rest.starts_with("/*") {
            depth += 1;
            2
        } else if rest.starts_with("*/") {
            depth -= 1;
            2
        } else {
            rest.chars().next().map_or(1, char::len_utf8)
        };
        at += step;
        if depth == 0 {
            break;
        }
    }
    at
}

/// End of the item that an attribute at `start` stands on: its closing brace, or its semicolon.
fn item_end(code: &str, start: usize) -> usize {
    let mut depth = 0;
    for (at, c) in code[start..].char_indices() {
        match c {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => {
                depth -= 1;
                if depth == 0 && c == '}' {
                    return start + at + 1;
                }
            }
            ';' if depth == 0 => return start + at + 1,
            _ => {}
        }
    }
    code.len()
}

/// Words of blanked code, with where they end.
fn words(code: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    code.split_inclusive(|c: char| !(c.is_alphanumeric() || c == '_')).filter_map(move |piece| {
        let word = piece.trim_end_matches(|c: char| !(c.is_alphanumeric() || c == '_'));
        let end = at + word.len();
        at += piece.len();
        (!word.is_empty()).then_some((end, word))
    })
}

/// First segments of all paths from the crate's root (`crate::…`, or as many `super::` as lead there), with their lines.
fn roots(code: &str, depth: usize) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut supers = 0;
    let mut last_end = 0;
    for (end, word) in words(code) {
        let chained = code[last_end..end].trim_start().starts_with("::");
        last_end = end;
        supers = match word {
            "super" if chained => supers + 1,
            "super" => 1,
            _ => 0,
        };
        let Some(path) = code[end..].trim_start().strip_prefix("::").map(str::trim_start) else { continue };
        if (word == "crate" && !chained) || (word == "super" && supers == depth) {
            let from = code.len() - path.len();
            found.extend(heads(path).into_iter().map(|(at, head)| (line_of(code, from + at), head)));
        }
    }
    found
}

/// The first segments a path can go on with: its next word, or the first word of each member of a group.
fn heads(path: &str) -> Vec<(usize, String)> {
    let word = |text: &str| -> String { text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect() };
    if !path.starts_with('{') {
        return Some((0, word(path))).into_iter().filter(|(_, w)| !w.is_empty()).collect();
    }
    let mut heads = Vec::new();
    let mut depth = 0;
    let mut fresh = false;
    for (at, c) in path.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' => {}
            c if c.is_whitespace() => continue,
            _ if fresh => heads.push((at, word(&path[at..]))),
            _ => {}
        }
        fresh = depth == 1 && matches!(c, '{' | ',');
        if depth == 0 {
            break;
        }
    }
    heads
}

// ------------------------------------------------------------------------------------------------- the rules, themselves

const LIB: &str = "//! A crate.\n//!\n//! | room | may use |\n//! | --- | --- |\n//! | text | |\n//! | layout | text |\n\
    //! | align | text, layout |\npub mod text;\npub mod layout;\npub mod align;\n";

/// The small crate above with one more file, or one file put in another's place.
fn with(path: &str, text: &str) -> Vec<Source> {
    let mut files: Vec<Source> = [
        ("src/lib.rs", LIB),
        ("src/text.rs", "//! Text.\npub struct Text;\n"),
        ("src/layout.rs", "//! Layout.\nmod split;\nuse crate::text::Text;\n"),
        ("src/layout/split.rs", "//! Splits.\n"),
        ("src/align.rs", "//! Align.\n"),
    ]
    .into_iter()
    .filter(|(p, _)| *p != path)
    .map(|(path, text)| Source::new(path, text))
    .collect();
    files.push(Source::new(path, text));
    files
}

fn complaints_of_imports(path: &str, text: &str) -> Vec<String> {
    let files = with(path, text);
    imports(&files, &table(&files))
}

#[test]
fn an_import_the_table_allows_is_accepted() {
    for text in [
        "use crate::{\n    text::{Span, Text},\n    layout::Layout,\n};",
        "fn f() -> crate::text::Text { crate::align::x() }",
        "// crate::store\n/* crate::store /* crate::store */ */ const S: &str = \"crate::store\"; use std::fmt;",
        "const S: &str = r#\"\"crate::store\"#; const C: char = '\"'; const L: &'static str = \"crate::store\";",
        "pub(crate) fn f() {}\n#[cfg(test)]\nmod tests { use crate::store; fn f() { let _ = \"}\"; } }\n",
        "use super::text::Text;",
    ] {
        assert_eq!(complaints_of_imports("src/align.rs", text), [""; 0], "{text}");
    }
    assert_eq!(complaints_of_imports("src/layout/split.rs", "use super::{Layout, super_text};"), [""; 0]);
}

#[test]
fn an_import_against_the_table_is_rejected() {
    for (path, text, complaint) in [
        ("src/text.rs", "//! T.\nuse crate::layout::Layout;", "src/text.rs:2: `text` may not use `layout`"),
        (
            "src/text/lines.rs",
            "use crate::{text::Span,\n layout::Layout};",
            "src/text/lines.rs:2: `text` may not use `layout`",
        ),
        ("src/layout.rs", "fn f() {\n\n crate::align::x() }", "src/layout.rs:3: `layout` may not use `align`"),
        (
            "src/layout/split.rs",
            "use super::super::align::Facts;",
            "src/layout/split.rs:1: `layout` may not use `align`",
        ),
        ("src/layout.rs", "use super::{text::Text, align};", "src/layout.rs:1: `layout` may not use `align`"),
        ("src/align.rs", "use crate::store::Store;", "src/align.rs:1: `align` uses what is no room: `store`"),
        (
            "src/text.rs",
            "#[cfg(test)]\nuse crate::align;\nuse crate::layout;",
            "src/text.rs:3: `text` may not use `layout`",
        ),
    ] {
        let complaints = complaints_of_imports(path, text);
        assert!(complaints.len() == 1 && complaints[0].starts_with(complaint), "{text}: {complaints:?}");
    }
}

#[test]
fn rooms_and_table_must_agree() {
    let complaints = |path, text| {
        let files = with(path, text);
        rooms(&files, &table(&files))
    };
    assert_eq!(complaints("src/text/fold.rs", "//! Folds."), [""; 0]);
    assert_eq!(complaints("src/extra.rs", ""), ["src/extra.rs:1: room `extra` is not in the table in src/lib.rs"]);
    let gone = LIB
        .replace("text, layout |", "text, layout, store |")
        .replace("//! | text | |", "//! | text | |\n//! | web | |");
    assert_eq!(
        complaints("src/lib.rs", &gone),
        [
            "src/lib.rs:1: room `web` of the table has no src/web.rs",
            "src/lib.rs:1: the table lets `align` use `store`, which is no room"
        ]
    );
}

#[test]
fn the_first_line_must_say_the_job() {
    assert_eq!(headless(&with("src/text.rs", "//! Decodes.\n")), [""; 0]);
    for text in ["", "\n//! Decodes.", "use std::fmt;", "// Decodes.", "//! \n"] {
        assert_eq!(headless(&with("src/text.rs", text)).len(), 1, "{text:?}");
    }
}

#[test]
fn tests_do_not_count_as_length() {
    let tests = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", "// line\n".repeat(900));
    let code = "//! Job.\n".to_owned() + &"// line\n".repeat(LONGEST - 1);
    assert_eq!(too_long(&with("src/text.rs", &(code.clone() + &tests))), [""; 0]);
    assert_eq!(too_long(&with("src/text/tests.rs", &"// line\n".repeat(900))), [""; 0]);
    let complaints = too_long(&with("src/text.rs", &(code + "// one more\n" + &tests)));
    assert_eq!(complaints, ["src/text.rs:600: 601 lines without tests; split it into src/text/"]);
}

#[test]
fn a_folder_is_not_led_by_mod() {
    assert_eq!(mod_files(&with("src/layout/model.rs", "")), [""; 0]);
    assert_eq!(mod_files(&with("src/layout/mod.rs", "")).len(), 1);
}

#[test]
fn a_file_must_be_named_above() {
    assert_eq!(orphans(&with("src/text.rs", "")), [""; 0]);
    assert_eq!(orphans(&with("src/layout.rs", "parts! { join, split }")), [""; 0], "a list names it too");
    assert_eq!(orphans(&with("src/bin/x/main.rs", "fn main() {}")), [""; 0]);
    for parent in ["", "// mod split;", "mod splitter;", "#[cfg(test)]\nmod split;"] {
        let complaints = orphans(&with("src/layout.rs", parent));
        assert_eq!(complaints, ["src/layout/split.rs:1: src/layout.rs does not name it"], "{parent}");
    }
}

#[test]
fn an_indicator_may_be_named_in_tests_alone() {
    let keys = ["requests.received.total".to_owned(), "staff".to_owned()];
    let complaints = |text| indicator_literals(&with("src/align.rs", text), &keys);
    for text in [
        "// \"requests.received.total\"\nlet total = f(\"requests\");",
        "let s = \"the staff\"; let t = \"requests.received.total_of_all\";",
        "#[cfg(test)]\nmod tests {\n fn f() { g(\"requests.received.total\") }\n}",
    ] {
        assert_eq!(complaints(text), [""; 0], "{text}");
    }
    for text in ["\nf(\"requests.received.total\")", "\nf(r\"{requests.received.total}\")", "\nf(\"staff\")"] {
        let complaints = complaints(text);
        assert!(complaints.len() == 1 && complaints[0].starts_with("src/align.rs:2: names indicator"), "{text}");
    }
}

#[test]
fn a_dependency_and_its_reason_come_together() {
    let manifest = "[dependencies]\nnom = \"8\"\n[dev-dependencies]\ninsta = { version = \"1\" }\n";
    let page =
        "# Dependencies\n\n| package | reason |\n| --- | --- |\n| `nom` | small languages |\n| `insta` | snapshots |\n";
    assert_eq!(unexplained(manifest, page), [""; 0]);
    for (from, to, complaint) in [
        ("| `insta` | snapshots |", "", "Cargo.toml:1: `insta` has no line"),
        ("| `insta`", "| `winnow` | parses |\n| `insta`", "docs/dependencies.md:6: Cargo.toml does not name `winnow`"),
        ("| `insta`", "| `nom` | again |\n| `insta`", "docs/dependencies.md:6: `nom` needs one reason"),
    ] {
        let complaints = unexplained(manifest, &page.replace(from, to));
        assert!(complaints.len() == 1 && complaints[0].starts_with(complaint), "{complaints:?}");
    }
}
