//! The command line from outside: status, streams, and the laws every audit of the corpus obeys.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
#![allow(missing_docs, reason = "tests")]

use assert_cmd::Command;
use duibiao::{
    audit::{Audit, Place},
    store,
    text::Text,
};
use std::{
    fs,
    io::{Read, Write},
    path::{Path, PathBuf},
    process::{self, Stdio},
};

const TEXT: &str = "某乡2017年政府信息公开工作年度报告\n全年收到申请12件。\n";

fn duibiao() -> Command {
    let mut command = Command::cargo_bin("duibiao").unwrap();
    for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
        command.env_remove(variable);
    }
    command
}

/// Status, standard output, standard error.
fn run(command: &mut Command) -> (i32, String, String) {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// A folder of its own for one test, with `files` in it; the command runs inside, so that paths stay short.
fn folder(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("cli-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for (path, bytes) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

/// Every document of the corpus, audited.
fn audits() -> Vec<(Audit, Text)> {
    let (_, stdout, _) = run(duibiao().args(["check", "--format", "jsonl"]).arg(corpus()));
    let audits: Vec<Audit> = stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(audits.len() >= 14, "the corpus has not shrunk");
    audits
        .into_iter()
        .map(|audit| {
            let path = audit.source.path.clone();
            let text = store::input(path.clone(), fs::read(path).unwrap(), None).unwrap().text;
            (audit, text)
        })
        .collect()
}

#[test]
fn each_bad_input_has_its_reason_and_stops_no_other() {
    let folder = folder(
        "bad",
        &[
            ("好.txt", TEXT.as_bytes()),
            ("空.txt", b""),
            ("白.txt", "\u{FEFF} \r\n\u{3000}\n".as_bytes()),
            ("图.txt", b"\x00\x01\x02\x00\x00\x07pixels"),
            ("短.txt", b"\x00\x01\x02\x03"),
            ("报告.docx", b"PK\x05\x06 and no more"),
            ("夹/说明.csv", b"1,2,3"),
        ],
    );
    let big = fs::File::create(folder.join("大.txt")).unwrap();
    big.set_len(64 * 1024 * 1024 + 1).unwrap();
    for (path, zh, en) in [
        ("无.txt", "没有这个文件或目录", "no such file or directory"),
        ("空.txt", "文件是空的", "the file is empty"),
        ("白.txt", "文件是空的", "the file is empty"),
        ("图.txt", "不是文本文件", "not a text file"),
        ("短.txt", "不是文本文件", "not a text file"),
        ("大.txt", "超过 64 MiB 的上限", "larger than 64 MiB"),
        (
            "报告.docx",
            "docx 文件不完整或已损坏：压缩包的目录读不出",
            "the docx file is cut short or damaged: its table of contents cannot be read",
        ),
        (
            "夹",
            "目录中没有可读的文档（.txt, .md, .html, .htm, .docx, .xlsx, .xls, .ods, .pdf）",
            "no readable document in the directory (.txt, .md, .html, .htm, .docx, .xlsx, .xls, .ods, .pdf)",
        ),
    ] {
        let check = || {
            let mut command = duibiao();
            command.current_dir(&folder).args(["check", path, "好.txt", "--format", "jsonl"]);
            command
        };
        let (status, stdout, stderr) = run(&mut check());
        assert_eq!(stderr, format!("duibiao: {path}：{zh}\n"));
        assert_eq!(status, 2, "{path}");
        let audit: Audit = serde_json::from_str(stdout.trim_end()).unwrap();
        assert_eq!(audit.source.path, "好.txt", "the document beside {path} is audited");
        assert_eq!(run(check().args(["--lang", "en"])).2, format!("duibiao: {path}: {en}\n"));
    }
}

#[test]
fn a_directory_is_walked_by_path_and_what_is_no_document_is_passed_over() {
    let folder = folder(
        "walk",
        &[
            ("b.TXT", TEXT.as_bytes()),
            ("a/z.md", TEXT.as_bytes()),
            ("c.gold.json", b"{}"),
            (".gitignore", b"*"),
            ("a/.h.html", TEXT.as_bytes()),
            ("d.png", b"\x89PNG"),
        ],
    );
    let (status, stdout, stderr) = run(duibiao().current_dir(folder).args(["check", ".", "--format", "jsonl"]));
    let paths: Vec<String> =
        stdout.lines().map(|line| serde_json::from_str::<Audit>(line).unwrap().source.path).collect();
    assert_eq!(paths, ["./a/.h.html", "./a/z.md", "./b.TXT"]);
    assert_eq!((status, stderr.as_str()), (0, ""));
}

#[test]
fn json_is_an_array_for_a_directory_or_several_paths() {
    let folder = folder("json", &[("a.txt", TEXT.as_bytes()), ("夹/b.txt", TEXT.as_bytes())]);
    let json = |paths: &[&str]| {
        let (_, stdout, _) = run(duibiao().current_dir(&folder).args(["check", "--format", "json"]).args(paths));
        serde_json::from_str::<serde_json::Value>(&stdout).unwrap()
    };
    assert!(json(&["a.txt"]).is_object());
    assert_eq!(json(&["夹"]).as_array().unwrap().len(), 1);
    assert_eq!(json(&["a.txt", "夹/b.txt"]).as_array().unwrap().len(), 2);
    assert_eq!(json(&["无.txt", "夹/无.txt"]).as_array().unwrap().len(), 0);
}

#[test]
fn standard_input_is_a_document() {
    let (status, stdout, _) = run(duibiao().args(["check", "-", "--format", "json"]).write_stdin(TEXT));
    let audit: Audit = serde_json::from_str(&stdout).unwrap();
    assert_eq!((audit.source.path.as_str(), audit.source.bytes, status), ("-", TEXT.len(), 0));
    let (status, stdout, stderr) = run(duibiao().args(["check", "-"]).write_stdin(""));
    assert_eq!((status, stdout.as_str(), stderr.as_str()), (2, "", "duibiao: -：文件是空的\n"));
}

#[test]
fn standard_input_is_read_once() {
    let input = || {
        let mut command = duibiao();
        command.args(["check", "-", "-", "--format", "jsonl"]).write_stdin(TEXT);
        command
    };
    let (status, stdout, stderr) = run(&mut input());
    assert_eq!((status, stdout.lines().count()), (2, 1));
    assert_eq!(stderr, "duibiao: -：标准输入只能读一次\n");
    assert_eq!(run(input().args(["--lang", "en"])).2, "duibiao: -: standard input can be read only once\n");
}

#[test]
fn a_closed_pipe_ends_the_program_quietly() {
    let folder = folder("pipe", &[("a.txt", TEXT.as_bytes())]);
    let paths = vec!["a.txt"; 400];
    let mut child = process::Command::new(env!("CARGO_BIN_EXE_duibiao"))
        .current_dir(folder)
        .args(["check", "--format", "json"])
        .args(paths)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 1];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn colour_follows_the_argument_and_the_environment() {
    let folder = folder("color", &[("a.txt", TEXT.as_bytes())]);
    let coloured = |variables: &[&str], arguments: &[&str]| {
        let mut command = duibiao();
        command.current_dir(&folder).args(["check", "a.txt"]).args(arguments);
        for variable in variables {
            command.env(variable, "1");
        }
        run(&mut command).1.contains('\u{1b}')
    };
    assert!(!coloured(&[], &[]), "a pipe is not coloured");
    assert!(coloured(&["CLICOLOR_FORCE"], &[]));
    assert!(!coloured(&["CLICOLOR_FORCE", "NO_COLOR"], &[]));
    assert!(coloured(&["NO_COLOR"], &["--color", "always"]), "what is asked for outright is done");
    assert!(!coloured(&["CLICOLOR_FORCE"], &["--color", "never"]));
    for (color, expected) in [("auto", false), ("always", true)] {
        let mut command = duibiao();
        command.current_dir(&folder).env("CLICOLOR_FORCE", "1");
        assert_eq!(run(command.args(["check", "a.txt", "-o", "结果", "--color", color])).0, 0);
        let written = fs::read_to_string(folder.join("结果")).unwrap();
        assert_eq!(written.contains('\u{1b}'), expected, "a file is coloured only when that is asked for outright");
    }
}

#[test]
fn a_path_cannot_steer_the_terminal() {
    let folder = folder("path", &[("a\u{1b}[31m.txt", TEXT.as_bytes())]);
    let (_, stdout, _) = run(duibiao().current_dir(&folder).args(["check", "a\u{1b}[31m.txt"]));
    assert!(stdout.starts_with("a␛[31m.txt\n"), "{stdout:?}");
    let (_, _, stderr) = run(duibiao().current_dir(&folder).args(["check", "b\u{1b}[31m.txt"]));
    assert_eq!(stderr, "duibiao: b␛[31m.txt：没有这个文件或目录\n");
}

#[cfg(unix)]
#[test]
fn a_path_that_is_not_utf_8_is_read_and_printed_with_a_mark() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let folder = folder("bytes", &[]);
    let name = OsStr::from_bytes(b"\xCF\xE7.txt");
    fs::write(folder.join(name), TEXT).unwrap();
    let (status, stdout, _) = run(duibiao().current_dir(folder).args(["check", "--format", "jsonl"]).arg(name));
    let audit: Audit = serde_json::from_str(stdout.trim_end()).unwrap();
    assert_eq!((audit.source.path.as_str(), status), ("\u{FFFD}\u{FFFD}.txt", 0));
}

#[test]
fn a_result_goes_to_a_file_and_nothing_to_standard_output() {
    let folder = folder("output", &[("a.txt", TEXT.as_bytes()), ("旧.json", b"old")]);
    let check = |arguments: &[&str]| run(duibiao().current_dir(&folder).args(["check", "a.txt"]).args(arguments));
    assert_eq!(check(&["--format", "json", "-o", "旧.json"]), (0, String::new(), String::new()));
    let direct = check(&["--format", "json"]).1;
    assert_eq!(fs::read_to_string(folder.join("旧.json")).unwrap(), direct);
    let (status, _, stderr) = check(&["-o", "没有/结果.json"]);
    assert_eq!(status, 2);
    assert!(stderr.starts_with("duibiao: 没有/结果.json：写出失败："), "{stderr}");
}

#[test]
fn arguments_that_make_no_sense_end_with_2() {
    for arguments in
        [&["check"][..], &["check", "a.txt", "--format", "yaml"], &["审计"], &["extract", "a", "--format", "xlsx"]]
    {
        let (status, stdout, stderr) = run(duibiao().args(arguments));
        assert_eq!((status, stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(!stderr.is_empty());
    }
}

#[test]
fn explain_knows_every_rule_and_the_nearest_to_none() {
    let (status, list, _) = run(duibiao().arg("explain"));
    assert_eq!(status, 0);
    for line in list.lines() {
        let code = line.split(' ').next().unwrap();
        let (status, page, _) = run(duibiao().args(["explain", code, "--lang", "en"]));
        assert_eq!(status, 0);
        assert!(page.starts_with(code) && page.contains("What it tests"), "{page}");
    }
    let (status, stdout, stderr) = run(duibiao().args(["explain", "Z999"]));
    assert_eq!((status, stdout.as_str()), (2, ""));
    assert!(stderr.starts_with("duibiao: 没有规则 Z999"), "{stderr}");
}

#[test]
fn extract_prints_what_was_read_and_no_judgement() {
    let (status, stdout, _) = run(duibiao().arg("extract").arg(corpus()));
    assert_eq!(status, 0);
    let audits = audits();
    assert_eq!(stdout.lines().count(), audits.len());
    for (line, (audit, _)) in stdout.lines().zip(&audits) {
        let extract: serde_json::Value = serde_json::from_str(line).unwrap();
        let keys: Vec<&String> = extract.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["claims", "ignored", "problems", "report", "schema", "source", "tables", "triples"]);
        assert_eq!(extract["triples"].as_array().unwrap().len(), audit.triples.len());
        for (statement, claim) in extract["claims"].as_array().unwrap().iter().zip(&audit.claims) {
            assert_eq!(statement["quantity"]["raw"], claim.quantity.raw.as_str());
            assert!(statement.get("verdict").is_none());
        }
    }
}

#[test]
fn text_is_what_spans_count_in() {
    let folder = folder("text", &[("a.txt", b"\xCA\xD5\xB5\xBD12\xBC\xFE"), ("b.txt", TEXT.as_bytes())]);
    let text = |arguments: &[&str]| run(duibiao().current_dir(&folder).args(["extract", "--text"]).args(arguments));
    assert_eq!(text(&["a.txt"]), (0, "收到12件".to_owned(), String::new()));
    assert_eq!(text(&["a.txt", "--encoding", "gb2312"]), (0, "收到12件".to_owned(), String::new()));
    assert_ne!(text(&["a.txt", "--encoding", "Big5"]).1, "收到12件");
    assert_eq!(text(&["b.txt", "-o", "out.txt"]), (0, String::new(), String::new()));
    assert_eq!(fs::read_to_string(folder.join("out.txt")).unwrap(), TEXT);
    let (status, stdout, stderr) = text(&["a.txt", "b.txt"]);
    assert_eq!((status, stdout.as_str(), stderr.as_str()), (2, "", "duibiao: --text 一次只输出一份文档的文本\n"));
    let report = corpus().join("conversions/luxiwan-zhen-2016.docx");
    let (_, stdout, _) = run(duibiao().args(["extract"]).arg(&report));
    let extract: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    let whole = run(duibiao().args(["extract", "--text"]).arg(&report)).1;
    let triples = extract["triples"].as_array().unwrap();
    assert!(triples.len() > 10);
    for triple in triples {
        let at = |key: &str| usize::try_from(triple["span"][key].as_u64().unwrap()).unwrap();
        assert_eq!(&whole[at("start")..at("end")], triple["raw"].as_str().unwrap());
    }
}

#[test]
fn a_named_encoding_is_used_and_an_unknown_one_refused() {
    let folder = folder("encoding", &[("a.txt", "收到12件".as_bytes())]);
    let check = |label: &str| {
        run(duibiao().current_dir(&folder).args(["check", "a.txt", "--format", "jsonl", "--encoding", label]))
    };
    let (status, stdout, _) = check("gbk");
    let audit: Audit = serde_json::from_str(&stdout).unwrap();
    assert_eq!((status, audit.source.encoding.as_str()), (0, "GB18030"));
    assert_eq!(serde_json::from_str::<Audit>(&check("utf-8").1).unwrap().source.encoding, "UTF-8");
    let (status, stdout, stderr) = check("utf-9");
    assert_eq!((status, stdout.as_str()), (2, ""));
    assert!(stderr.starts_with("duibiao: 不认识编码 utf-9；常用的有 UTF-8、GB18030"), "{stderr}");
}

#[test]
fn score_prints_figures_and_holds_them_against_a_floor() {
    let folder = folder("score", &[("零.json", br#"{"triple_recall":0.0}"#), ("一.json", br#"{"triple_recall":1.1}"#)]);
    let score = |arguments: &[&str]| run(duibiao().current_dir(&folder).arg("score").arg(corpus()).args(arguments));
    let (status, stdout, _) = score(&["--json", "--floor", "零.json"]);
    let json: serde_json::Value = serde_json::from_str(&stdout).unwrap();
    assert!(json["documents"].as_u64().unwrap() >= 14, "{json}");
    assert_eq!(status, 0);
    let (status, _, stderr) = score(&["--floor", "一.json"]);
    assert_eq!(status, 1);
    assert!(stderr.contains("triple_recall") && stderr.contains("低于底线 1.1"), "{stderr}");
    let (status, stdout, stderr) = score(&["--floor", "无.json"]);
    assert_eq!((status, stdout.as_str()), (2, ""));
    assert!(stderr.contains("无.json"), "{stderr}");
}

#[test]
fn score_says_in_either_language_why_a_directory_does_not_serve() {
    let folder = folder(
        "score-bad",
        &[("空/说明.txt", b"x"), ("错/a.gold.json", b"{"), ("双/a.gold.json", b"x"), ("底.json", b"{")],
    );
    let sheet = fs::read_dir(corpus()).unwrap().map(|entry| entry.unwrap().path());
    let sheet = sheet.filter(|path| path.to_string_lossy().ends_with(".gold.json")).min().unwrap();
    fs::copy(sheet, folder.join("双/a.gold.json")).unwrap();
    fs::write(folder.join("双/a.txt"), "x").unwrap();
    fs::write(folder.join("双/a.md"), "x").unwrap();
    for (arguments, zh, en) in [
        (&["无"][..], "无：没有这个文件或目录", "无: no such file or directory"),
        (&["空"], "空：目录中没有答卷（*.gold.json）", "空: no answer sheet (*.gold.json) here"),
        (
            &["错"],
            "错/a.gold.json:1:1：答卷有误：EOF while parsing an object",
            "错/a.gold.json:1:1: EOF while parsing an object",
        ),
        (
            &["双"],
            "双/a.gold.json：双/a.md 和 双/a.txt 都像是它的文档",
            "双/a.gold.json: both 双/a.md and 双/a.txt could be its document",
        ),
        (
            &["空", "--floor", "底.json"],
            "底.json：底线文件有误：EOF while parsing an object at line 1 column 1",
            "底.json: EOF while parsing an object at line 1 column 1",
        ),
        (&["空", "--floor", "无.json"], "无.json：没有这个文件或目录", "无.json: no such file or directory"),
    ] {
        let score = || {
            let mut command = duibiao();
            command.current_dir(&folder).arg("score").args(arguments);
            command
        };
        assert_eq!(run(&mut score()), (2, String::new(), format!("duibiao: {zh}\n")));
        assert_eq!(run(score().args(["--lang", "en"])), (2, String::new(), format!("duibiao: {en}\n")));
    }
}

#[test]
fn two_runs_give_the_same_bytes() {
    for format in ["terminal", "json", "jsonl"] {
        for lang in ["zh", "en"] {
            let check = || run(duibiao().args(["check", "--format", format, "--lang", lang]).arg(corpus()));
            let first = check();
            assert!(!first.1.is_empty());
            assert!(first == check(), "{format} {lang}");
        }
    }
}

#[test]
fn the_exit_status_is_what_the_summaries_say() {
    for (audit, _) in audits() {
        let status = |fail_on| run(duibiao().args(["check", "--fail-on", fail_on, &audit.source.path])).0;
        let errors = audit.summary.errors > 0;
        assert_eq!(status("error"), i32::from(errors), "{}", audit.source.path);
        assert_eq!(status("warning"), i32::from(errors || audit.summary.warnings > 0), "{}", audit.source.path);
    }
}

#[test]
fn every_span_gives_back_what_its_field_says() {
    for (audit, text) in audits() {
        let path = &audit.source.path;
        let holds = |place: &Place, raw: Option<&str>| {
            let slice = text.as_str().get(place.start..place.end);
            let slice = slice.unwrap_or_else(|| panic!("{path}: {place:?} cuts a character or leaves the text"));
            if let Some(raw) = raw {
                assert_eq!(slice, raw, "{path}: {place:?}");
            }
            let before = &text.as_str()[..place.start];
            let line_start = before.rfind('\n').map_or(0, |at| at + 1);
            let counted = (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1);
            assert_eq!((place.line, place.column), counted, "{path}: {place:?}");
        };
        audit.tables.iter().for_each(|table| holds(&table.span, None));
        audit.triples.iter().for_each(|triple| holds(&triple.span, Some(&triple.raw)));
        audit.claims.iter().for_each(|claim| holds(&claim.span, Some(&claim.quantity.raw)));
        audit.ignored.iter().for_each(|ignored| holds(&ignored.span, Some(&ignored.raw)));
        audit.findings.iter().flat_map(|finding| &finding.spans).for_each(|span| holds(span, None));
        audit.problems.iter().filter_map(|problem| problem.span.as_ref()).for_each(|span| holds(span, None));
    }
}

#[test]
fn ids_exist_lists_are_in_order_and_reasons_are_given() {
    for (audit, _) in audits() {
        let path = &audit.source.path;
        let known = |id: &String| audit.triple(id).is_some() || audit.claim(id).is_some();
        for claim in &audit.claims {
            assert!(claim.evidence.iter().all(known), "{path}: {claim:?}");
            assert!(!claim.reason.is_empty() && claim.candidates.len() <= 3, "{path}: {claim:?}");
        }
        assert!(audit.checks.iter().flat_map(|check| &check.evidence).all(known), "{path}");
        let codes: Vec<&str> = audit.findings.iter().map(|finding| finding.code.as_str()).collect();
        for finding in &audit.findings {
            assert!(finding.evidence.iter().all(known), "{path}: {finding:?}");
            assert!(!finding.spans.is_empty() || finding.code.starts_with('F'), "{path}: {finding:?}");
            assert_eq!(finding.fingerprint.len(), 16, "{path}: {finding:?} among {codes:?}");
        }
        assert!(audit.tables.is_sorted_by_key(|table| table.span.start), "{path}: tables");
        assert!(audit.triples.is_sorted_by_key(|triple| triple.span.start), "{path}: triples");
        assert!(audit.claims.is_sorted_by_key(|claim| claim.span.start), "{path}: claims");
        assert!(audit.ignored.is_sorted_by_key(|ignored| ignored.span.start), "{path}: ignored");
        assert!(audit.problems.is_sorted_by_key(|problem| problem.span.map(|span| span.start)), "{path}: problems");
    }
}

#[test]
fn noise_of_any_kind_is_read_to_the_end() {
    let mut child_input = Vec::new();
    for byte in (1..=255u8).filter(|byte| !byte.is_ascii_control()).cycle().take(20_000) {
        child_input.write_all(&[byte, b'0' + byte % 10]).unwrap();
    }
    let (status, stdout, stderr) = run(duibiao().args(["check", "-", "--format", "json"]).write_stdin(child_input));
    let audit: Audit = serde_json::from_str(&stdout).unwrap();
    assert!(status <= 1 && stderr.is_empty(), "{stderr}");
    assert!(audit.source.malformed == 0 || audit.problems.iter().any(|problem| problem.kind == "malformed-bytes"));
}

/// A form that nobody ships.
const OWN_FORM: &str = "key = \"own\"\nedition = \"one\"\ntitle = \"某县统计表\"\nauthority = \"某县办〔2099〕1号\"\nyears = [2099, 2099]\n\
    shape = \"list\"\nheaders = [\"指标\"]\n[[row]]\nkey = \"wells\"\nlabel = \"水井数\"\nunit = \"口\"\n[[row]]\nkey = \"wells.deep\"\nlabel = \"1.深井数\"\nunit = \"口\"\n\
    parent = \"wells\"\n[[row]]\nkey = \"wells.shallow\"\nlabel = \"2.浅井数\"\nunit = \"口\"\nparent = \"wells\"\n[[identity]]\nid = \"wells\"\nrelation = \"sum\"\n\
    whole = \"wells\"\nparts = [\"wells.deep\", \"wells.shallow\"]\nreason = \"表式\"\n";
const OWN_TABLE: &str =
    "某县统计表\n\n| 指标 | 单位 | 数 |\n| 水井数 | 口 | 9 |\n| 1.深井数 | 口 | 3 |\n| 2.浅井数 | 口 | 4 |\n";

#[test]
fn forms_are_listed_and_shown() {
    let (status, list, _) = run(duibiao().arg("forms"));
    assert_eq!(status, 0);
    for name in ["cn-2008-local/fujian", "cn-2014/national", "cn-2019/national", "cn-2021/national"] {
        assert!(list.contains(name), "{list}");
    }
    let (status, page, _) = run(duibiao().args(["forms", "cn-2014/national"]));
    assert_eq!(status, 0);
    for part in [
        "（一）收到申请数  件  [requests.received.total]",
        "requests.closed.total = requests.closed.on_time + requests.closed.extended",
        "必须成立的关系",
        "从不断言的关系",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    // A series is all its editions.
    let (_, series, _) = run(duibiao().args(["forms", "cn-2014", "--lang", "en"]));
    assert_eq!(series.matches("what must hold").count(), 3, "{series}");
    let (status, out, complaint) = run(duibiao().args(["forms", "cn-1999"]));
    assert_eq!((status, out.as_str()), (2, ""));
    assert!(complaint.contains("没有表式 cn-1999") && complaint.contains("cn-2014/anhui"), "{complaint}");
}

#[test]
fn a_folder_of_forms_is_added_to_those_that_ship() {
    let folder = folder("own-forms", &[("g/forms/own.toml", OWN_FORM.as_bytes()), ("a.txt", OWN_TABLE.as_bytes())]);
    let (status, list, _) = run(duibiao().current_dir(&folder).args(["forms", "--grammars", "g"]));
    assert!(status == 0 && list.contains("own/one") && list.contains("cn-2014/national"), "{list}");
    let check =
        |more: &[&str]| run(duibiao().current_dir(&folder).args(["check", "--format", "jsonl", "a.txt"]).args(more));
    let (status, audit, _) = check(&["--grammars", "g"]);
    assert!(status == 1 && audit.contains("T001") && audit.contains("wells.deep"), "{audit}");
    let (status, audit, _) = check(&[]);
    assert!(status == 0 && !audit.contains("wells.deep"), "{audit}");
    let (status, triples, _) = run(duibiao().current_dir(&folder).args(["extract", "a.txt", "--grammars", "g"]));
    assert!(status == 0 && triples.contains("wells.shallow"), "{triples}");
}

#[test]
fn a_grammar_folder_that_does_not_serve_is_refused() {
    let wrong = OWN_FORM.replace("parts = [\"wells.deep\"", "parts = [\"wells.deeep\"");
    let files: &[(&str, &[u8])] = &[
        ("lists/forms/own.toml", OWN_FORM.as_bytes()),
        ("lists/words.toml", b""),
        ("wrong/forms/own.toml", wrong.as_bytes()),
        ("empty/readme", b""),
        ("a.txt", OWN_TABLE.as_bytes()),
    ];
    let folder = folder("bad-forms", files);
    for (grammars, reason) in [
        ("nowhere", "nowhere：没有这个目录"),
        ("a.txt", "a.txt：没有这个目录"),
        ("empty", "目录里没有 forms/*.toml，也没有词表"),
        ("lists", "lists：缺 indicators.toml"),
        ("wrong", "wells.deeep"),
    ] {
        for command in [&["check", "a.txt"][..], &["extract", "a.txt"], &["score", "."], &["forms"]] {
            let (status, out, complaint) =
                run(duibiao().current_dir(&folder).args(command).args(["--grammars", grammars]));
            assert_eq!((status, out.as_str()), (2, ""), "{command:?} {grammars}");
            assert!(complaint.contains(reason), "{command:?} {grammars}: {complaint}");
        }
    }
    let (_, _, complaint) = run(duibiao().current_dir(&folder).args(["forms", "--grammars", "wrong"]));
    assert!(complaint.contains("own.toml:26:") && complaint.contains("did you mean `wells.deep`?"), "{complaint}");
}

#[test]
fn a_whole_grammar_takes_the_place_of_the_one_that_ships() {
    let mut files: Vec<(String, Vec<u8>)> = vec![("g/forms/own.toml".into(), OWN_FORM.into())];
    for list in ["indicators.toml", "units.toml", "words.toml"] {
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("grammars").join(list);
        files.push((format!("g/{list}"), fs::read(shipped).unwrap()));
    }
    let files: Vec<(&str, &[u8])> = files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
    let folder = folder("whole-grammar", &files);
    let (status, list, _) = run(duibiao().current_dir(&folder).args(["forms", "--grammars", "g"]));
    assert!(status == 0 && list.contains("own/one") && !list.contains("cn-2014"), "{list}");
}
