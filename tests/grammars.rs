//! The grammar that ships loads, and every fault of a grammar file is reported at its place.
//!
//! Each rule of the loader stands here twice: a file it accepts and a file it rejects, with the exact diagnostic.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use duibiao::grammar::{Form, Grammar, IndicatorKey, Relation};

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
fn g017_weights_are_exact_decimals() {
    let grammar = accepts(&[("grammars/weights.toml", "margin = 0.10\n[claim]\nalias = 3\nnoise = -0.35\n")]);
    let weights: Vec<String> = grammar.weights.iter().map(|(name, n)| format!("{name} {n}")).collect();
    assert_eq!(weights, ["claim.alias 3", "claim.noise -0.35", "margin 0.10"]);
    rejects(
        &[("grammars/weights.toml", "[claim]\nalias = \"3\"\nnoise = nan\n")],
        "error[G017]: weight `claim.alias` is no decimal: string\n  --> grammars/weights.toml:2:9        help: write a decimal number, such as `0.35`\nerror[G017]: weight `claim.noise` is no decimal: nan\n  --> grammars/weights.toml:3:9        help: write a decimal number, such as `0.35`",
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
        .filter(|f| f.key == "cn-2014")
        .map(|f| {
            let headings = f.rows.iter().filter(|r| r.key.is_none()).count();
            let sums = f.identities.iter().filter(|i| i.relation != Relation::PartOf).count();
            let shape = (f.rows.len() - headings, headings, sums, f.identities.len() - sums);
            format!("{} {}: {shape:?}", f.key, f.edition)
        })
        .collect();
    // Figures, headings, sums, part-of relations: forms.md section 1.
    assert_eq!(summary, ["cn-2014 beijing-2017: (71, 7, 8, 5)", "cn-2014 national: (58, 7, 7, 4)"]);
}

#[test]
fn paths_decide_between_equal_labels() {
    let grammar = Grammar::embedded().unwrap();
    let form = grammar.forms.iter().find(|f| f.edition == "national").unwrap();
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
    for (document, edition, lacking) in
        [("weitangdian-2017.txt", "beijing-2017", &[][..]), ("heping-zhen-2017.txt", "national", &["2.延期办结数"])]
    {
        let text = std::fs::read_to_string(format!("{}/corpus/{document}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let form = grammar.forms.iter().find(|f| f.edition == edition).unwrap();
        let mut found = vec![false; form.rows.len()];
        for line in text.lines() {
            let cell = line.split(['|', '\t']).next().unwrap_or("");
            for &row in form.rows_labelled(&Form::reduce(cell)) {
                found[row] = true;
            }
        }
        let missing: Vec<&str> =
            found.iter().zip(&form.rows).filter(|(found, _)| !**found).map(|(_, r)| r.printed.as_str()).collect();
        assert_eq!(missing, lacking, "{document}");
    }
}
