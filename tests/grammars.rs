//! The grammar that ships loads, and every fault of a grammar file is reported at its place.
//!
//! Each rule of the loader stands here twice: a file it accepts and a file it rejects, with the exact diagnostic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use duibiao::grammar::{Form, Grammar, IndicatorKey, Relation};
use proptest::prelude::*;

const PATH: &str = "grammars/forms/toy.toml";
/// Seven lines, then the rows from line 8 on.
const HEAD: &str = r#"key = "toy"
edition = "one"
title = "政府信息公开情况统计表"
authority = "某办发〔2099〕1号"
years = [2098, 2099]
shape = "list"
headers = ["统计指标", "单位", "统计数"]
"#;
const ROWS: &str = r#"[[row]]
label = "三、依申请公开情况"
[[row]]
key = "requests.received.total"
label = "（一）收到申请数"
unit = "件"
parent = "三、依申请公开情况"
[[row]]
key = "requests.received.in_person"
label = "1.当面申请数"
unit = "件"
parent = "requests.received.total"
[[row]]
key = "requests.received.online"
label = "2.网络申请数"
units = ["件", "条"]
parent = "requests.received.total"
aliases = ["网上申请数"]
"#;
const UNITS: &str = r#"
[[unit]]
name = "件"
family = "case"
class = "count"
[[unit]]
name = "条"
family = "item"
class = "count"
spellings = ["條"]
[[unit]]
name = "万元"
family = "money"
class = "money"
factor = "10000"
"#;

/// The toy form with more sections after its rows, which end at line 25.
fn toy(more: &str) -> String {
    format!("{HEAD}{ROWS}{more}")
}

fn load(files: &[(&str, &str)]) -> Result<Grammar, String> {
    Grammar::load(files).map_err(|errors| errors.to_string())
}

#[track_caller]
fn accepts(files: &[(&str, &str)]) -> Grammar {
    load(files).unwrap_or_else(|errors| panic!("{errors}"))
}

#[track_caller]
fn rejects(files: &[(&str, &str)], expected: &str) {
    assert_eq!(load(files).expect_err("must be rejected"), expected.trim());
}

/// One rule: the toy form accepts `good` after its rows, and rejects `bad` there.
#[track_caller]
fn rule(good: &str, bad: &str, expected: &str) {
    accepts(&[(PATH, &toy(good)), ("grammars/units.toml", UNITS)]);
    rejects(&[(PATH, &toy(bad)), ("grammars/units.toml", UNITS)], expected);
}

fn key(key: &str) -> IndicatorKey {
    IndicatorKey(key.to_owned())
}

#[test]
fn the_shipped_grammar_loads() {
    if let Err(errors) = Grammar::embedded() {
        panic!("{errors}");
    }
}

#[test]
fn g001_toml_only() {
    rule("", "[[row]\n", "error[G001]: unclosed array table, expected `]`\n  --> grammars/forms/toy.toml:26:7");
}

#[test]
fn g002_unknown_fields_and_sections() {
    rule(
        "[[row]]\nlabel = \"附注\"\n",
        "[[row]]\nlabl = \"附注\"\n",
        "error[G002]: unknown field `labl`\n  --> grammars/forms/toy.toml:27:1        help: did you mean `label`?",
    );
    rule(
        "[[derived]]\nkey = \"a\"\nparts = [\"requests.received.online\"]\n",
        "[[derivd]]\nkey = \"a\"\nparts = [\"requests.received.online\"]\n",
        "error[G002]: unknown field `derivd`\n  --> grammars/forms/toy.toml:26:3        help: did you mean `derived`?",
    );
    let units = "[[unti]]\nname = \"件\"\n";
    rejects(
        &[("grammars/units.toml", units)],
        "error[G002]: unknown field `unti`\n  --> grammars/units.toml:1:3        help: did you mean `unit`?",
    );
}

#[test]
fn g003_types_and_values() {
    rule(
        "[[row]]\nlabel = \"附注\"\noptional = true\n",
        "[[row]]\nlabel = \"附注\"\noptional = 1\n",
        "error[G003]: invalid type: integer `1`, expected a boolean\n  --> grammars/forms/toy.toml:28:12",
    );
    rule("", "[[row]]\noptional = true\n", "error[G003]: missing field `label`\n  --> grammars/forms/toy.toml:26:1");
    rule(
        "",
        "[[row]]\nlabel = \"附注\"\nunit = \"件\"\n",
        "error[G003]: a heading has no unit\n  --> grammars/forms/toy.toml:28:8        help: give the row a `key`",
    );
    rule(
        "",
        "[derived]\nkey = \"a\"\nparts = []\n",
        "error[G003]: `derived` is a table where a list of tables is expected\n  --> grammars/forms/toy.toml:26:1        help: write `[[derived]]`",
    );
    rejects(
        &[(PATH, &toy("").replace("\"list\"", "\"lst\""))],
        "error[G003]: unknown value `lst`\n  --> grammars/forms/toy.toml:6:9        help: did you mean `list`?",
    );
    rejects(
        &[(PATH, &toy("").replace("[2098, 2099]", "[2099, 2098]"))],
        "error[G003]: `years` runs backwards: 2099 to 2098\n  --> grammars/forms/toy.toml:5:9",
    );
}

const IDENTITY: &str = r#"[[identity]]
id = "requests.received.total"
relation = "sum"
whole = "requests.received.total"
parts = ["requests.received.in_person", "requests.received.online"]
reason = "填表说明第3条"
"#;

#[test]
fn g004_relations_name_indicators() {
    rule(
        IDENTITY,
        &IDENTITY.replace("online", "onlin"),
        "error[G004]: identity `requests.received.total` names no indicator `requests.received.onlin`\n  --> grammars/forms/toy.toml:30:41        help: did you mean `requests.received.online`?",
    );
    rule(
        "[[derived]]\nkey = \"requests.remote\"\nparts = [\"requests.received.online\"]\n",
        "[[derived]]\nkey = \"requests.remote\"\nparts = [\"requests.received.by_post\"]\n",
        "error[G004]: derived names no indicator `requests.received.by_post`\n  --> grammars/forms/toy.toml:28:10        help: did you mean `requests.received.in_person`?",
    );
    // A derived indicator may itself be a part.
    accepts(&[(
        PATH,
        &toy(
            "[[derived]]\nkey = \"requests.remote\"\nparts = [\"requests.received.online\"]\n[[identity]]\nid = \"requests.received.total\"\nrelation = \"part-of\"\nwhole = \"requests.received.total\"\nparts = [\"requests.remote\"]\nreason = \"填表说明\"\n",
        ),
    )]);
    rule(
        "[[never]]\nrelation = \"any\"\nwhole = \"requests.received.total\"\nparts = [\"requests.received.online\"]\nreason = \"无关\"\n",
        "[[never]]\nrelation = \"any\"\nwhole = \"fees.total\"\nparts = [\"requests.received.online\"]\nreason = \"无关\"\n",
        "error[G004]: never names no indicator `fees.total`\n  --> grammars/forms/toy.toml:28:9",
    );
    rule(
        "[[example]]\nlabels = [\"网上申请\"]\nkey = \"requests.received.online\"\n",
        "[[example]]\nlabels = [\"网上申请\"]\nkey = \"requests.online\"\n",
        "error[G004]: example names no indicator `requests.online`\n  --> grammars/forms/toy.toml:28:7",
    );
}

#[test]
fn what_only_some_bodies_can_have_names_indicators() {
    rule(
        "[[reserved]]\nkeys = [\"requests.received.online\"]\nreason = \"某法\"\n",
        "[[reserved]]\nkeys = [\"requests.received.onlin\"]\nreason = \"某法\"\n",
        "error[G004]: reserved names no indicator `requests.received.onlin`\n  --> grammars/forms/toy.toml:27:9        help: did you mean `requests.received.online`?",
    );
}

#[test]
fn g005_one_label_under_one_parent() {
    let row = "[[row]]\nkey = \"x\"\nlabel = \"3.网上申请\"\nparent = \"三、依申请公开情况\"\n";
    rule(
        row,
        &row.replace("三、依申请公开情况", "requests.received.total"),
        "error[G005]: two rows are called `网上申请` under one parent\n  --> grammars/forms/toy.toml:28:9        help: give one of them another `parent`",
    );
    rule(
        "[[row]]\nlabel = \"附注\"\naliases = [\"备注\"]\n",
        "[[row]]\nlabel = \"附注\"\naliases = [\"备注\", \"一、附 注：\"]\n",
        "error[G005]: `附注` is twice among this row's label and aliases\n  --> grammars/forms/toy.toml:28:18        help: numbers, 其中, notes, spaces and marks make no difference",
    );
}

#[test]
fn g006_units_stand_in_the_lexicon() {
    let row = |unit: &str| format!("[[row]]\nkey = \"x\"\nlabel = \"附注\"\nunit = \"{unit}\"\n");
    rule(
        &row("條"),
        &row("万圆"),
        "error[G006]: unit `万圆` is not in the lexicon\n  --> grammars/forms/toy.toml:29:8        help: did you mean `万元`?",
    );
    rule(
        &row("件"),
        &row("册"),
        "error[G006]: unit `册` is not in the lexicon\n  --> grammars/forms/toy.toml:29:8        help: add it to `units.toml`",
    );
    // A grammar that declares no unit has nothing to check against.
    accepts(&[(PATH, &toy(&row("万圆")))]);
}

#[test]
fn g007_units_of_examples_are_the_rows() {
    let example = |unit: &str| {
        format!("[[example]]\nlabels = [\"网上申请数\"]\nkey = \"requests.received.online\"\nunit = \"{unit}\"\n")
    };
    rule(
        &example("条"),
        &example("万元"),
        "error[G007]: unit `万元` is none that row `requests.received.online` carries\n  --> grammars/forms/toy.toml:29:8        help: its units are `件`, `条`",
    );
}

#[test]
fn g008_one_file_an_edition() {
    let form = toy("");
    let grammar =
        accepts(&[("grammars/forms/b.toml", &form.replace("\"one\"", "\"two\"")), ("grammars/forms/a.toml", &form)]);
    let files: Vec<&str> = grammar.forms.iter().map(|f| f.file.as_str()).collect();
    assert_eq!(files, ["grammars/forms/a.toml", "grammars/forms/b.toml"]);
    rejects(
        &[("grammars/forms/b.toml", &form), ("grammars/forms/a.toml", &form)],
        "error[G008]: edition `one` of form `toy` is already described by grammars/forms/a.toml\n  --> grammars/forms/b.toml:2:11        help: one file an edition",
    );
}

#[test]
fn g009_examples_lead_to_their_rows() {
    let example = |labels: &str| format!("[[example]]\nlabels = [{labels}]\nkey = \"requests.received.online\"\n");
    rule(
        &example("\"（一）收到申请数\", \"3．网上申请（件）\""),
        &example("\"二、申请办结数\", \"3．网上申请（件）\""),
        "error[G009]: the example's labels lead to no row, not to `requests.received.online`\n  --> grammars/forms/toy.toml:27:22",
    );
    rule(
        &example("\"三、依申请公开情况\", \"网络申请数\""),
        &example("\"三、依申请公开情况\", \"当面申请数\""),
        "error[G009]: the example's labels lead to `requests.received.in_person`, not to `requests.received.online`\n  --> grammars/forms/toy.toml:27:24",
    );
}

#[test]
fn g010_parents_stand_above() {
    let row = |parent: &str| format!("[[row]]\nkey = \"x\"\nlabel = \"附注\"\nparent = \"{parent}\"\n");
    rule(
        &row("三、依申请公开情况"),
        &row("三、依申请公开的情况"),
        "error[G010]: parent `三、依申请公开的情况` of `附注` names no row above it\n  --> grammars/forms/toy.toml:29:10        help: did you mean `三、依申请公开情况`?",
    );
    // Not even itself: so no path has a loop.
    rule(
        &row("requests.received.total"),
        &row("x"),
        "error[G010]: parent `x` of `附注` names no row above it\n  --> grammars/forms/toy.toml:29:10        help: give a key, or the label of a heading as written",
    );
}

#[test]
fn g011_parts_stand_once() {
    rule(
        IDENTITY,
        &IDENTITY.replace("online", "in_person"),
        "error[G011]: identity `requests.received.total` lists `requests.received.in_person` twice\n  --> grammars/forms/toy.toml:30:41",
    );
    rule(
        IDENTITY,
        &IDENTITY.replace("received.online", "received.total"),
        "error[G011]: identity `requests.received.total` lists `requests.received.total` twice\n  --> grammars/forms/toy.toml:30:41",
    );
}

#[test]
fn g012_texts_are_not_empty() {
    rejects(
        &[(PATH, &toy("").replace("政府信息公开情况统计表", " "))],
        "error[G012]: `title` is empty\n  --> grammars/forms/toy.toml:3:9",
    );
    rule(
        IDENTITY,
        &IDENTITY.replace("填表说明第3条", ""),
        "error[G012]: a `reason` is empty\n  --> grammars/forms/toy.toml:31:10",
    );
    rule(
        "",
        "[[derived]]\nkey = \"requests.remote\"\nparts = []\n",
        "error[G012]: derived has no parts\n  --> grammars/forms/toy.toml:26:1",
    );
}

#[test]
fn g013_one_definition_an_indicator() {
    let row = |key: &str| format!("[[row]]\nkey = \"{key}\"\nlabel = \"附注\"\n");
    rule(
        &row("x"),
        &row("requests.received.online"),
        "error[G013]: two rows hold indicator `requests.received.online`\n  --> grammars/forms/toy.toml:27:7",
    );
    rule(
        "",
        "[[derived]]\nkey = \"requests.received.total\"\nparts = [\"requests.received.online\"]\n",
        "error[G013]: derived `requests.received.total` is printed or derived already\n  --> grammars/forms/toy.toml:27:7",
    );
    let entry = "[[indicator]]\nkey = \"fees.total\"\nname = \"收费\"\nenglish = \"fees\"\n";
    let grammar = accepts(&[("grammars/indicators.toml", entry)]);
    assert_eq!(grammar.catalogue.get(&key("fees.total")).unwrap().name, "收费");
    rejects(
        &[("grammars/indicators.toml", &format!("{entry}{entry}"))],
        "error[G013]: indicator `fees.total` stands here twice\n  --> grammars/indicators.toml:5:1",
    );
}

#[test]
fn g014_identities_are_named_by_their_wholes() {
    rule(
        &IDENTITY.replace("id = \"requests.received.total\"", "id = \"requests.received.total.channels\""),
        &IDENTITY.replace("id = \"requests.received.total\"", "id = \"requests.received\""),
        "error[G014]: identity `requests.received` is not named by its whole\n  --> grammars/forms/toy.toml:27:6        help: call it `requests.received.total` or `requests.received.total.<name>`",
    );
    rule(
        IDENTITY,
        &format!("{IDENTITY}{IDENTITY}"),
        "error[G014]: two identities are called `requests.received.total`\n  --> grammars/forms/toy.toml:33:6        help: call this one `requests.received.total.<name>`",
    );
}

#[test]
fn g015_what_must_not_be_asserted_is_not() {
    let never = |relation: &str, parts: &str| {
        format!(
            "{IDENTITY}[[never]]\nrelation = \"{relation}\"\nwhole = \"requests.received.total\"\nparts = [{parts}]\nreason = \"可以重复计数\"\n"
        )
    };
    let error = "error[G015]: identity `requests.received.total` asserts what must not be asserted\n  --> grammars/forms/toy.toml:27:6        help: 可以重复计数";
    let online = "\"requests.received.online\"";
    let both = "\"requests.received.online\", \"requests.received.in_person\"";
    // One of the parts alone is not the sum; being part of it is what every sum says.
    rule(&never("sum", online), &never("sum", both), error);
    rule(&never("sum", online), &never("part-of", online), error);
    rule(&never("sum", online), &never("any", online), error);
    // Siblings are not related to one another by being in one sum.
    accepts(&[(
        PATH,
        &toy(&never("any", online).replace(
            "whole = \"requests.received.total\"\nparts = [\"requests.received.online\"]",
            "whole = \"requests.received.in_person\"\nparts = [\"requests.received.online\"]",
        )),
    )]);
}

#[test]
fn g016_a_lexicon_does_not_contradict_itself() {
    let grammar = accepts(&[("grammars/units.toml", UNITS)]);
    assert_eq!(grammar.lexicon.unit("條").unwrap().name, "条");
    rejects(
        &[("grammars/units.toml", &UNITS.replace("\"條\"", "\"件\""))],
        "error[G016]: `件` is spelled by both `件` and `条`\n  --> grammars/units.toml:10:14",
    );
    rejects(
        &[("grammars/units.toml", &UNITS.replace("\"10000\"", "\"一万\""))],
        "error[G016]: unit `万元`: factor `一万` is no positive decimal\n  --> grammars/units.toml:12:8",
    );
}

#[test]
fn weights_are_named_and_all_there() {
    let shipped = Grammar::shipped().iter().find(|(path, _)| path.ends_with("weights.toml")).unwrap().1;
    let grammar = accepts(&[("grammars/weights.toml", &shipped.replace("enough = 450", "enough = 460"))]);
    assert_eq!(grammar.weights.link.enough, 460);
    let without = accepts(&[]);
    assert_eq!(without.weights.link.enough, 450, "a grammar without weights has those that ship");
    rejects(
        &[("grammars/weights.toml", &shipped.replace("enough = 450", "enuogh = 450"))],
        "error[G002]: unknown field `enuogh`\n  --> grammars/weights.toml:6:1        help: did you mean `enough`?",
    );
}

#[test]
fn variants_stand_once() {
    let one = "[[variant]]\nword = \"资讯\"\nmeans = \"信息\"\n";
    accepts(&[("grammars/variants.toml", one)]);
    rejects(
        &[("grammars/variants.toml", &format!("{one}{one}"))],
        "error[G013]: variant `资讯` stands here twice\n  --> grammars/variants.toml:4:1",
    );
    rejects(
        &[("grammars/variants.toml", "[[variant]]\nword = \"资讯\"\nmeans = \"\"\n")],
        "error[G012]: a variant's `means` is empty\n  --> grammars/variants.toml:1:1",
    );
}

#[test]
fn g018_every_file_is_read() {
    rejects(
        &[("grammars/unit.toml", "")],
        "error[G018]: no part of a grammar is called `unit.toml`\n  --> grammars/unit.toml:1:1        help: did you mean `units.toml`?",
    );
    rejects(
        &[("grammars/cn-2014.toml", "")],
        "error[G018]: no part of a grammar is called `cn-2014.toml`\n  --> grammars/cn-2014.toml:1:1        help: forms live in `forms/`",
    );
}

#[test]
fn all_faults_are_told_at_once_in_reading_order() {
    let bad = "[[row]]\nlabel = \"附注\"\nunit = \"圆\"\nparent = \"无\"\n[[row]]\nlabl = \"\"\n";
    let errors = load(&[(PATH, &toy(bad)), ("grammars/units.toml", UNITS), ("grammars/x.toml", "")]).unwrap_err();
    let codes: Vec<&str> = errors.lines().filter_map(|l| l.get(6..10).filter(|_| l.starts_with("error"))).collect();
    assert_eq!(codes, ["G003", "G006", "G010", "G002", "G018"]);
}

#[test]
fn shipped_forms_hold_what_they_should() {
    let grammar = Grammar::embedded().unwrap();
    let summary: Vec<String> = grammar
        .forms
        .iter()
        .map(|f| {
            let headings = f.rows.iter().filter(|r| r.key.is_none()).count();
            let cells: usize = (0..f.tables.len()).map(|t| f.cells_of(t).len()).sum();
            let figures = if f.tables.is_empty() { f.rows.len() - headings } else { cells };
            let count = |relation| f.identities.iter().filter(|i| i.relation == relation).count();
            format!(
                "{} {}: {figures} figures, {headings} headings, {} sums, {} soft, {} parts, {} balances, {} row totals",
                f.key,
                f.edition,
                count(Relation::Sum),
                count(Relation::SoftSum),
                count(Relation::PartOf),
                count(Relation::Balance),
                count(Relation::RowTotal),
            )
        })
        .collect();
    assert_eq!(
        summary,
        [
            "cn-2008-local fujian: 17 figures, 0 headings, 2 sums, 0 soft, 0 parts, 0 balances, 0 row totals",
            "cn-2008-local shanghai-first: 56 figures, 0 headings, 7 sums, 0 soft, 2 parts, 0 balances, 0 row totals",
            "cn-2008-local shanghai-later: 54 figures, 0 headings, 7 sums, 0 soft, 1 parts, 0 balances, 0 row totals",
            "cn-2014 anhui: 65 figures, 7 headings, 6 sums, 1 soft, 4 parts, 0 balances, 0 row totals",
            "cn-2014 beijing-2017: 71 figures, 7 headings, 6 sums, 2 soft, 5 parts, 0 balances, 0 row totals",
            "cn-2014 national: 58 figures, 7 headings, 6 sums, 1 soft, 4 parts, 0 balances, 0 row totals",
            "cn-2019 national: 201 figures, 4 headings, 10 sums, 0 soft, 0 parts, 7 balances, 23 row totals",
            "cn-2021 national: 200 figures, 5 headings, 10 sums, 0 soft, 0 parts, 7 balances, 25 row totals",
        ]
    );
}

#[test]
fn paths_decide_between_equal_labels() {
    let grammar = Grammar::embedded().unwrap();
    let form = grammar.forms.iter().find(|f| f.key == "cn-2014" && f.edition == "national").unwrap();
    let row = |name: &str| form.index_of(&key(name)).unwrap();
    let label = Form::reduce("（二）被依法纠错数");
    assert_eq!(form.rows_labelled(&label), [row("review.corrected"), row("litigation.corrected")]);
    assert_eq!(form.find(&label, None), None, "the label alone says nothing");
    assert_eq!(form.find(&label, Some(row("review.total"))), Some(row("review.corrected")));
    assert_eq!(form.find(&label, Some(row("litigation.total"))), Some(row("litigation.corrected")));
    assert_eq!(form.find(&label, Some(row("complaints.total"))), None);

    let path = form.path(row("requests.replied.refused.privacy"));
    let path: Vec<&str> = path.into_iter().map(|i| form.rows[i].label.as_str()).collect();
    assert_eq!(path, ["依申请公开情况", "申请答复数", "不同意公开答复数"]);
    let children: Vec<&str> = form.children(row("review.total")).map(|i| form.rows[i].label.as_str()).collect();
    assert_eq!(children, ["维持具体行政行为数", "被依法纠错数", "其他情形数"]);
}

/// Every label that a corpus table prints leads to its row; what is left over is what the document really lacks.
#[test]
fn tables_of_the_corpus_are_known() {
    let grammar = Grammar::embedded().unwrap();
    for (document, file, lacking) in [
        ("weitangdian-2017.txt", "cn-2014-beijing.toml", &[][..]),
        ("heping-zhen-2017.txt", "cn-2014-national.toml", &["2.延期办结数"]),
        ("tongling-xian-2019.txt", "cn-2019.toml", &["其他主动公开文件"]),
        ("wangxiu-weijian-2021.md", "cn-2021.toml", &["四、结转下年度继续办理"]),
    ] {
        let text = std::fs::read_to_string(format!("{}/corpus/{document}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let form = grammar.forms.iter().find(|f| f.file.ends_with(file)).unwrap();
        let mut found = vec![false; form.rows.len()];
        for cell in text.lines().flat_map(|line| line.split(['|', '\t'])) {
            for &row in form.rows_labelled(&Form::reduce(cell)) {
                found[row] = true;
            }
        }
        let missing: Vec<&str> =
            found.iter().zip(&form.rows).filter(|(found, _)| !**found).map(|(_, r)| r.printed.as_str()).collect();
        assert_eq!(missing, lacking, "{document}");
    }
}

const MATRIX: &str = r#"key = "toy"
edition = "matrix"
title = "年度报告"
authority = "某办发〔2099〕2号"
years = [2098, 2099]
shape = "matrix"
headers = ["申请人情况"]
[[table]]
key = "requests"
headings = ["三、收到和处理政府信息公开申请情况"]
[[table.column]]
key = "person"
label = "自然人"
[[table.column]]
label = "法人或其他组织"
[[table.column]]
key = "company"
label = "商业企业"
parent = "法人或其他组织"
[[table.column]]
key = ""
label = "总计"
[[table.row]]
key = "new"
label = "一、本年新收"
[[table.row]]
key = "old"
label = "二、上年结转"
[[table.row]]
key = "done"
label = "三、总计"
[[table.row]]
key = "left"
label = "四、结转下年"
[[identity]]
id = "new.balance"
relation = "balance"
over = "columns"
table = "requests"
whole = "new"
plus = ["old"]
parts = ["done", "left"]
reason = "表注"
[[identity]]
id = "row"
relation = "row-total"
over = "rows"
table = "requests"
whole = ""
parts = ["person", "company"]
reason = "表式"
[[derived]]
key = "in"
over = "columns"
table = "requests"
parts = ["new", "old"]
"#;

#[test]
fn relations_of_a_matrix_are_spelt_out() {
    let grammar = accepts(&[(PATH, MATRIX)]);
    let form = &grammar.forms[0];
    let join = |keys: &[IndicatorKey]| keys.iter().map(IndicatorKey::as_str).collect::<Vec<_>>().join(" + ");
    let identities: Vec<String> = form
        .identities
        .iter()
        .map(|i| {
            let whole: Vec<IndicatorKey> = [&i.whole].into_iter().chain(&i.plus).cloned().collect();
            format!("{}: {} = {}", i.id, join(&whole), join(&i.parts))
        })
        .collect();
    assert_eq!(
        identities,
        [
            "new.person.balance: new.person + old.person = done.person + left.person",
            "new.company.balance: new.company + old.company = done.company + left.company",
            "new.balance: new + old = done + left",
            "new.row: new = new.person + new.company",
            "old.row: old = old.person + old.company",
            "done.row: done = done.person + done.company",
            "left.row: left = left.person + left.company",
        ]
    );
    let derived: Vec<String> = form.derived.iter().map(|d| format!("{} = {}", d.key, join(&d.parts))).collect();
    assert_eq!(
        derived,
        ["in.person = new.person + old.person", "in.company = new.company + old.company", "in = new + old"]
    );
    let cell = form.cell(&key("old.company")).unwrap();
    assert_eq!((cell.row, cell.column), (Some(1), 2));
    assert_eq!(form.cell_key(0, cell.row, cell.column), Some(key("old.company")));
    assert_eq!(form.cell_key(0, cell.row, 1), None, "a group of columns holds no figure");
}

#[test]
fn matrices_are_checked_too() {
    let rejects = |from: &str, to: &str, expected: &str| {
        assert!(MATRIX.contains(from));
        rejects(&[(PATH, &MATRIX.replace(from, to))], expected);
    };
    rejects(
        "key = \"company\"",
        "key = \"person\"",
        "error[G013]: two columns have the key `person`\n  --> grammars/forms/toy.toml:17:7\nerror[G004]: identity `row` names no indicator `company`\n  --> grammars/forms/toy.toml:50:20",
    );
    rejects(
        "label = \"总计\"",
        "label = \"自然人\"",
        "error[G005]: two columns are called `自然人` under one group\n  --> grammars/forms/toy.toml:22:9",
    );
    rejects(
        "parent = \"法人或其他组织\"",
        "parent = \"法人\"",
        "error[G010]: parent `法人` of column `商业企业` names no group above it\n  --> grammars/forms/toy.toml:19:10",
    );
    rejects(
        "plus = [\"old\"]\n",
        "",
        "error[G003]: `plus` goes with `balance`, and only with it\n  --> grammars/forms/toy.toml:36:6        help: a balance says that whole and `plus` are the sum of `parts`",
    );
    rejects(
        "relation = \"row-total\"",
        "relation = \"sum\"",
        "error[G003]: `over = \"rows\"` goes with `row-total`, and only with it\n  --> grammars/forms/toy.toml:45:6        help: its members are columns",
    );
    rejects(
        "table = \"requests\"\nwhole = \"new\"",
        "table = \"request\"\nwhole = \"new\"",
        "error[G004]: `request` names no table\n  --> grammars/forms/toy.toml:39:9        help: did you mean `requests`?",
    );
    rejects(
        "over = \"rows\"\ntable = \"requests\"\n",
        "over = \"rows\"\n",
        "error[G003]: `over` needs the `table` it speaks of\n  --> grammars/forms/toy.toml:47:8",
    );
    rejects(
        "[[identity]]\nid = \"row\"",
        "[[row]]\nlabel = \"附注\"\n[[identity]]\nid = \"row\"",
        "error[G003]: a form of shape `matrix` has no `[[row]]`\n  --> grammars/forms/toy.toml:44:1        help: a list has `[[row]]`, a matrix `[[table]]`, `[[table.column]]` and `[[table.row]]`",
    );
}

proptest! {
    /// However a file is cut and patched, the loader answers, and every fault lies inside the file.
    #[test]
    fn broken_files_are_reported_in_place(cut in 0usize..1200, drop in 0usize..40, patch in "[\\[\\]\"=a-z0-9\\n收到 .]{0,8}") {
        for text in [toy(IDENTITY), MATRIX.to_owned()] {
            let chars: Vec<char> = text.chars().collect();
            let cut = cut.min(chars.len());
            let rest = (cut + drop).min(chars.len());
            let broken: String = chars[..cut].iter().copied().chain(patch.chars()).chain(chars[rest..].iter().copied()).collect();
            let Err(errors) = Grammar::load(&[(PATH, &broken), ("grammars/units.toml", UNITS)]) else { continue };
            prop_assert!(!errors.0.is_empty());
            for error in &errors.0 {
                let line = broken.split('\n').nth(error.line - 1);
                prop_assert!(line.is_some_and(|l| error.column <= l.chars().count() + 1), "{error} in {broken}");
            }
        }
    }
}
