//! Family F: compares the table with its form, and its cells with what a cell can hold.

use super::{Case, Finding, Findings, Message, declare::rules, document::blank::unfilled};
use crate::{
    align::{Figure, Reading, Table, Triple, TripleId},
    grammar::{Form, Row},
    quantity::{Number, UnitClass},
    text::{Span, fold},
};
use std::collections::{BTreeMap, BTreeSet};

rules! {
    F001 row_missing: Warning,
        title: ("表中缺少表式规定的行", "a row of the form is missing"),
        explanation: (
            "表式其余各行大体齐全（至少八成、缺失不超过三处）而中间缺了应有的行。相邻的缺行并为一条。\
            表式标明可以没有的行、缺得太多的表（另一种版本或节选）不报。",
            "A table that otherwise has its form's rows (four fifths of them, at most three gaps) lacks some. Neighbouring rows \
            make one finding. Quiet on rows an edition may lack, and on tables that lack many (another edition, an excerpt)."
        ),
        authority: ("表式规定的行", "the form's list of rows"),
        fires: [
            "一、召开会议数|次|3\n二、举办培训班数|次|2\n三、接受培训人员数|人次|60\n四、专职人员数|人|1\n五、兼职人员数|人|4\n六、查阅点数|个|3\n«八、新闻发布会次数»|次|2\n九、在线访谈次数|次|1\n十、解读稿件数|篇|9\n十一、微博公开数|条|20\n十二、微信公开数|条|30\n十三、网站公开数|条|90\n十四、举报投诉数|件|0\n十五、专项经费|万元|1.5",
        ],
        quiet: [
            "一、召开会议数|次|3\n二、举办培训班数|次|2\n三、接受培训人员数|人次|60\n四、专职人员数|人|1\n五、兼职人员数|人|4\n六、查阅点数|个|3\n七、专门机构数|个|1\n八、新闻发布会次数|次|2\n九、在线访谈次数|次|1\n十、解读稿件数|篇|9\n十一、微博公开数|条|20\n十二、微信公开数|条|30\n十三、网站公开数|条|90\n十四、举报投诉数|件|0\n十五、专项经费|万元|1.5"
                => ("各行齐全", "every row is there"),
            "四、专职人员数|人|1\n五、兼职人员数|人|4\n六、查阅点数|个|3\n七、专门机构数|个|1"
                => ("大半行都没有：是摘录，或另一版表式", "most of the form is absent: an excerpt or another edition"),
        ];

    F002 table_cut_off: Warning,
        title: ("表格末尾缺失", "the end of the table is missing"),
        explanation: (
            "表式末尾连续三行以上都没有，而前面的行大体齐全：表格多半在抓取或粘贴时被截断。缺得超过两成时不报。",
            "Three or more rows at the form's end are absent while the rows before are nearly complete: the table was probably cut \
            off. Quiet where more than a fifth of the form is absent."
        ),
        authority: ("表式规定的行", "the form's list of rows"),
        fires: [
            "一、召开会议数|次|3\n二、举办培训班数|次|2\n三、接受培训人员数|人次|60\n四、专职人员数|人|1\n五、兼职人员数|人|4\n六、查阅点数|个|3\n七、专门机构数|个|1\n八、新闻发布会次数|次|2\n九、在线访谈次数|次|1\n十、解读稿件数|篇|9\n十一、微博公开数|条|20\n«十二、微信公开数»|条|30",
        ],
        quiet: [
            "一、召开会议数|次|3\n二、举办培训班数|次|2\n三、接受培训人员数|人次|60\n四、专职人员数|人|1\n五、兼职人员数|人|4\n六、查阅点数|个|3\n七、专门机构数|个|1\n八、新闻发布会次数|次|2\n九、在线访谈次数|次|1\n十、解读稿件数|篇|9\n十一、微博公开数|条|20\n十二、微信公开数|条|30\n十三、网站公开数|条|90\n十四、举报投诉数|件|0\n十五、专项经费|万元|1.5"
                => ("各行齐全", "every row is there"),
        ];

    F003 row_doubled: Warning,
        title: ("同一行出现两次，数字不同", "a row stands twice, with different numbers"),
        explanation: (
            "同一指标在一张表里印了两行，数字不同，必有一行有误或标签印错。数字相同的只作提示（F004）；跨页重复的表头不算。",
            "One indicator stands on two rows of one table with different numbers: one is wrong, or its label is. Equal numbers are \
            only noted (F004); headers repeated at a page break do not count."
        ),
        authority: ("表式规定的行", "the form's list of rows"),
        fires: [
            "收到申请数|件|8\n1.当面申请数|件|4\n2.网络申请数|件|4\n2.网络申请数|件|«3»",
        ],
        quiet: [
            "收到申请数|件|8\n1.当面申请数|件|4\n2.网络申请数|件|4"
                => ("各行只有一次", "every row stands once"),
        ];

    F004 row_repeated: Warning,
        title: ("同一行出现两次", "a row stands twice"),
        explanation: (
            "同一指标在一张表里印了两行，数字相同或其一空白：不影响核对，提示清理。",
            "One indicator stands on two rows with the same number, or one of them blank: harmless, but should be tidied."
        ),
        authority: ("表式规定的行", "the form's list of rows"),
        fires: [
            "收到申请数|件|8\n1.当面申请数|件|4\n2.网络申请数|件|4\n2.网络申请数|件|«4»",
        ],
        quiet: [
            "收到申请数|件|8\n1.当面申请数|件|4\n2.网络申请数|件|4"
                => ("各行只有一次", "every row stands once"),
        ];

    F005 unit_of_another_kind: Warning,
        title: ("计量单位与表式不是一类", "a unit of another kind than the form's"),
        explanation: (
            "行上印的单位与表式规定的单位不是一类（一为计数、一为金额）。都是计数单位的只作提示（F009），元 与 万元 之别也只作提示\
            （F006），词表不认识的单位不报。",
            "The printed unit is of another kind than the form's: one counts, the other is money. Two units that both count are \
            only noted (F009), as is 元 against 万元 (F006); units the lexicon does not know are left alone."
        ),
        authority: ("表式规定的单位，grammars/units.toml", "the form's units, grammars/units.toml"),
        fires: [
            "收到申请数|万元|«8»\n1.当面申请数|件|4\n2.网络申请数|件|4",
        ],
        quiet: [
            "收到申请数|起|8\n1.当面申请数|件|4\n2.网络申请数|件|4"
                => ("“起”与“件”是同类单位", "起 and 件 are one family"),
        ];

    F006 unit_of_another_size: Note,
        title: ("金额单位与表式大小不同", "a unit of money of another size than the form's"),
        explanation: (
            "表式用 万元 而表中印 元（或相反）：可以换算，核对时按印出的单位计，只作提示。",
            "The form says 万元 and the table prints 元, or the other way round: it converts, and is checked as printed. A note."
        ),
        authority: ("表式规定的单位，grammars/units.toml", "the form's units, grammars/units.toml"),
        fires: [
            "收到申请数|件|8\n1.当面申请数|件|4\n2.网络申请数|件|4\n收取的费用|元|«300»",
        ],
        quiet: [
            "收到申请数|件|8\n1.当面申请数|件|4\n2.网络申请数|件|4\n收取的费用|万元|0.03"
                => ("正是表式的单位", "the form's own unit"),
        ];

    F007 cell_unreadable: Warning,
        title: ("单元格读不出数字", "a cell holds no readable number"),
        explanation: (
            "应填数字的格里是错误值、残损字符或约数（#REF!、1O、约12）。给出可能的读法，但从不代入计算。空白、-、/ 不报。",
            "A cell that should hold a number holds an error value, damaged characters or about how many (#REF!, 1O, 约12). A likely reading is offered, \
            never used. Blank, - and / are left alone."
        ),
        authority: ("统计数是数", "a statistic is a number"),
        fires: [
            "收到申请数|件|8\n1.当面申请数|件|4\n2.网络申请数|件|«#REF!»",
            "收到申请数|件|8\n1.当面申请数|件|4\n2.网络申请数|件|«约4»",
        ],
        quiet: [
            "收到申请数|件|4\n1.当面申请数|件|4\n2.网络申请数|件|-"
                => ("横线表示没有", "a dash means nothing was counted"),
            "渠道|公开数\n网站|约120\n微博|85\n广播|97"
                => ("自拟的表可以只说大约多少", "a table of one's own may say about how many"),
        ];

    F008 count_not_whole: Warning,
        title: ("计数单位的数字不是整数", "a count that is no whole number"),
        explanation: (
            "件、条、次、人这类逐个计数的单位不应有小数。2.0 不报；金额、比率、词表不认识的单位不报。",
            "Things counted one by one (件, 条, 次, 人) have no decimals. 2.0 is left alone, as are money, ratios and unknown units."
        ),
        authority: ("表式规定的单位，grammars/units.toml", "the form's units, grammars/units.toml"),
        fires: [
            "收到申请数|件|8\n1.当面申请数|件|4\n2.网络申请数|件|4\n申请办结数|件|«7.5»",
        ],
        quiet: [
            "收到申请数|件|8.0\n1.当面申请数|件|4\n2.网络申请数|件|4"
                => ("8.0 是整数", "8.0 is a whole number"),
        ];

    F009 unit_counts_other_things: Note,
        title: ("计数单位与表式不同", "a count in another unit than the form's"),
        explanation: (
            "表式用 条 而表中印 条次、人：都是计数单位，但所计的可能不是一回事，只作提示。件 与 起 这类同义单位不报。",
            "The form counts 条 and the table prints 条次 or 人: both count, but perhaps not the same things. A note. Units of one \
            family, such as 件 and 起, are left alone."
        ),
        authority: ("表式规定的单位，grammars/units.toml", "the form's units, grammars/units.toml"),
        fires: [
            "收到申请数|人次|«8»\n1.当面申请数|件|4\n2.网络申请数|件|4",
        ],
        quiet: [
            "收到申请数|起|8\n1.当面申请数|件|4\n2.网络申请数|件|4"
                => ("“起”与“件”是同类单位", "起 and 件 are one family"),
        ];

    F010 figure_of_another_body: Warning,
        title: ("本机关无权制定的规章", "rules made by a body that cannot make any"),
        explanation: (
            "规章只能由国务院部门、省级政府和设区的市、自治州政府制定。县、区、乡镇、街道及市以下部门的规章栏不为零，多半误把\
            规范性文件填作规章。机关不明，或只凭名称分不清（某某市政府可能设区也可能不设区）、国家机关、省级部门，都不报。",
            "Rules are made by ministries and by the governments of provinces, of cities divided into districts and of autonomous \
            prefectures. A number other than zero in that cell of a county, district, township, street or department of a city \
            is most likely a normative document. Quiet where the agency is unknown or its name does not tell, on national \
            bodies and on departments of provinces."
        ),
        authority: ("《中华人民共和国立法法》；表式的 `reserved`，grammars/words.toml 的机关词表", "Legislation Law of the PRC (立法法); `reserved` of the form, the lists of bodies in grammars/words.toml"),
        fires: [
            "云岭县人民政府2016年政府信息公开工作年度报告\n收到申请数|件|8\n1.当面申请数|件|4\n2.网络申请数|件|4\n制定规章数|件|«2»",
            "云岭市水务局2016年政府信息公开工作年度报告\n收到申请数|件|8\n1.当面申请数|件|4\n2.网络申请数|件|4\n制定规章数|件|«2»",
        ],
        quiet: [
            "云岭市人民政府2016年政府信息公开工作年度报告\n收到申请数|件|8\n1.当面申请数|件|4\n2.网络申请数|件|4\n制定规章数|件|2"
                => ("可能是设区的市", "the city may be divided into districts"),
            "云岭县人民政府2016年政府信息公开工作年度报告\n收到申请数|件|8\n1.当面申请数|件|4\n2.网络申请数|件|4\n制定规章数|件|0"
                => ("没有制定", "none made"),
            "收到申请数|件|8\n1.当面申请数|件|4\n2.网络申请数|件|4\n制定规章数|件|2"
                => ("不知道是哪个机关的报告", "nobody knows whose report this is"),
        ];
}

/// At most this many gaps are reported; with more, the table is an excerpt or another edition.
const GAPS: usize = 3;
/// A trailing gap of more rows than this is a table cut off.
const CUT_OFF: usize = 2;

/// Runs the rules of this file.
pub(super) fn check(case: &Case<'_>, out: &mut Findings) {
    let lacking = lacking(case);
    for (index, table) in case.facts.tables.iter().enumerate() {
        let form = table.form.and_then(|i| case.grammar.forms.get(i));
        if let Some(form) = form.filter(|_| !unfilled(case, index, table)) {
            missing_rows(case, index, table, form, &lacking, out);
        }
        doubled_rows(case, table, out);
    }
    for (id, triple) in case.facts.triples.iter().enumerate() {
        cell(case, id, triple, out);
    }
    reserved(case, out);
}

/// Figures that the reporting body cannot have: one finding a row, at its first number that is not zero.
fn reserved(case: &Case<'_>, out: &mut Findings) {
    let Some(agency) = case.facts.head.agency.as_ref().filter(|a| cannot(&fold(a), case)) else { return };
    let form = |triple: &Triple| case.grammar.forms.get(case.facts.tables.get(triple.table)?.form?);
    let mut told = BTreeSet::new();
    for (id, triple) in case.facts.triples.iter().enumerate() {
        let (Some(form), Some(key)) = (form(triple), &triple.indicator) else { continue };
        let Some(reserved) = form.reserved.iter().find(|r| r.keys.contains(key)) else { continue };
        let Some(number) = triple.value.number().filter(|n| !n.is_zero()) else { continue };
        if !told.insert(triple.label_span) {
            continue;
        }
        let message = Message::new(
            format!("{} 填了 {number}，而 {agency} 无权制定：{}", triple.label, reserved.reason),
            format!("{} is {number}, but {agency} cannot make any: {}", triple.label, reserved.reason),
        );
        let mut finding =
            Finding::new(&F010, message, place(triple)).with_evidence([Figure::Triple(id)]).about(about(triple));
        finding.found = Some(number.to_string());
        finding.expected = Some("0".to_owned());
        out.report(finding);
    }
}

/// Whether a body's name says that it cannot make rules: the longest end that a list knows decides.
fn cannot(agency: &str, case: &Case<'_>) -> bool {
    let words = &case.grammar.lexicon.words().document;
    if words.national.iter().any(|w| agency.starts_with(w.as_str())) {
        return false;
    }
    let longest = |list: &[String]| list.iter().filter(|w| agency.ends_with(w.as_str())).map(String::len).max();
    let (able, unable) = (longest(&words.may_make_rules), longest(&words.cannot_make_rules));
    if able.is_some() || unable.is_some() {
        return unable > able;
    }
    let before = words.departments.iter().filter_map(|w| agency.strip_suffix(w.as_str())).min_by_key(|b| b.len());
    before.is_some_and(|before| words.below.iter().any(|place| before.contains(place.as_str())))
}

/// Rows of a form that no table of the document has, by the table that should: of the parts of a table split by prose, the
/// one whose rows stand nearest in the form.
fn lacking(case: &Case<'_>) -> BTreeSet<(usize, usize)> {
    let triples = &case.facts.triples;
    let mut rows: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for triple in triples {
        if let Some(row) = triple.row {
            rows.entry(triple.table).or_default().insert(row);
        }
    }
    let mut present: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (table, rows) in &rows {
        if let Some(form) = case.facts.tables.get(*table).and_then(|t| t.form) {
            present.extend(rows.iter().map(|row| (form, *row)));
        }
    }
    let mut nearest: BTreeMap<(usize, usize), (usize, usize)> = BTreeMap::new();
    for (index, table) in case.facts.tables.iter().enumerate() {
        let (Some(form), Some(own)) = (table.form, rows.get(&index)) else { continue };
        for (row, _) in table.missing.iter().filter(|(row, _)| !present.contains(&(form, *row))) {
            let before = own.range(..row).next_back().map_or(usize::MAX, |near| row - near);
            let after = own.range(row..).next().map_or(usize::MAX, |near| near - row);
            let distance = before.min(after);
            let best = nearest.entry((form, *row)).or_insert((distance, index));
            if distance < best.0 {
                *best = (distance, index);
            }
        }
    }
    nearest.into_iter().map(|((_, row), (_, table))| (table, row)).collect()
}

fn missing_rows(
    case: &Case<'_>,
    index: usize,
    table: &Table,
    form: &Form,
    lacking: &BTreeSet<(usize, usize)>,
    out: &mut Findings,
) {
    let needed = |row: &Row| row.key.is_some() && !row.optional;
    let total = form.rows.iter().filter(|r| needed(r)).count();
    let mut gaps: BTreeMap<(bool, Option<TripleId>), Vec<&Row>> = BTreeMap::new();
    let mut absent = 0;
    for (row, next) in table.missing.iter().filter(|(row, _)| lacking.contains(&(index, *row))) {
        if let Some(row) = form.rows.get(*row).filter(|r| needed(r)) {
            absent += 1;
            gaps.entry((next.is_none(), *next)).or_default().push(row);
        }
    }
    // Four fifths of the form must be there for the rest to be missing rather than another form's.
    // As many rows that could not be placed may be the very ones.
    if absent * 5 > total || gaps.len() > GAPS || table.unmatched_rows >= absent {
        return;
    }
    let triples = &case.facts.triples;
    let end = triples.partition_point(|t| t.table <= index);
    for ((_, next), rows) in gaps {
        let before = next.unwrap_or(end).checked_sub(1).and_then(|id| Some((id, triples.get(id)?)));
        let before = before.filter(|(_, t)| t.table == index);
        let after = next.and_then(|id| Some((id, triples.get(id)?)));
        let Some((_, anchor)) = after.or(before) else { continue };
        let rule = if next.is_none() && rows.len() > CUT_OFF { &F002 } else { &F001 };
        let names = rows.iter().map(|r| r.label.as_str()).collect::<Vec<_>>();
        let named = |f: fn(&Case<'_>, &Row) -> String| rows.iter().map(|r| f(case, r)).collect::<Vec<_>>();
        let message = match rule.code {
            "F002" => Message::new(
                format!("表格到 {} 为止，缺末尾 {} 行：{}", anchor.label, rows.len(), names.join("、")),
                format!(
                    "the table ends at {}; its last {} rows are missing: {}",
                    anchor.label,
                    rows.len(),
                    named(english).join(", ")
                ),
            ),
            _ => Message::new(
                format!("表中缺少应有的行：{}", names.join("、")),
                format!("the table lacks rows of its form: {}", named(english).join(", ")),
            ),
        };
        let spans = before.into_iter().chain(after).map(|(_, t)| t.label_span);
        let evidence = before.into_iter().chain(after).map(|(id, _)| Figure::Triple(id));
        let about = rows.iter().filter_map(|r| r.key.as_ref()).map(ToString::to_string).collect::<Vec<_>>().join(",");
        out.report(
            Finding::new(rule, message, anchor.label_span).with_spans(spans).with_evidence(evidence).about(about),
        );
    }
}

/// What an English reader calls the row.
fn english(case: &Case<'_>, row: &Row) -> String {
    let known = row.key.as_ref().and_then(|key| case.grammar.catalogue.get(key));
    known.map_or_else(|| row.label.clone(), |i| i.english.clone())
}

fn doubled_rows(case: &Case<'_>, table: &Table, out: &mut Findings) {
    let mut told = BTreeSet::new();
    for (second, first) in &table.doubled {
        let (Some(again), Some(original)) = (case.facts.triples.get(*second), case.facts.triples.get(*first)) else {
            continue;
        };
        // Each value of a doubled row of a matrix is doubled; the row is told once.
        if !told.insert(again.label_span) {
            continue;
        }
        let shown = |t: &Triple| t.value.number().map_or_else(|| "—".to_owned(), |n| n.to_string());
        let differs = matches!((again.value.number(), original.value.number()), (Some(a), Some(b)) if a != b);
        let rule = if differs { &F003 } else { &F004 };
        let (a, b) = (shown(original), shown(again));
        let message = Message::new(
            format!("{} 出现两次：{a} 和 {b}", again.label),
            format!("{} stands twice: {a} and {b}", again.label),
        );
        let mut finding = Finding::new(rule, message, place(again))
            .with_spans([place(original)])
            .with_evidence([Figure::Triple(*first), Figure::Triple(*second)])
            .about(about(again));
        if differs {
            finding = finding.with_arithmetic(format!("{a} ≠ {b}"));
        }
        out.report(finding);
    }
}

fn cell(case: &Case<'_>, id: TripleId, triple: &Triple, out: &mut Findings) {
    let finding = |rule, message| {
        Finding::new(rule, message, place(triple)).with_evidence([Figure::Triple(id)]).about(about(triple))
    };
    let form = case.facts.tables.get(triple.table).and_then(|t| t.form).and_then(|i| case.grammar.forms.get(i));
    let unreadable = match &triple.value {
        Reading::Unreadable(proposed) => Some(*proposed),
        // A form asks for a number; a table of one's own may say about how many.
        Reading::Inexact if form.is_some() => Some(None),
        _ => None,
    };
    if let Some(proposed) = unreadable {
        let printed = case.text.slice(triple.span).trim();
        let (mut zh, mut en) = (
            format!("{} 的格里是“{printed}”，不是数字", triple.label),
            format!("the cell of {} holds “{printed}”, no number", triple.label),
        );
        if let Some(number) = proposed {
            zh.push_str(&format!("，或为 {number}"));
            en.push_str(&format!(", perhaps {number}"));
        }
        let mut unreadable = finding(&F007, Message::new(zh, en));
        unreadable.expected = proposed.map(|n| n.to_string());
        unreadable.found = Some(printed.to_owned());
        out.report(unreadable);
    }
    let lexicon = &case.grammar.lexicon;
    let Some(row) = triple.row.and_then(|i| form?.rows.get(i)) else { return };
    let Some(unit) = triple.unit.as_deref().and_then(|u| lexicon.unit(u)) else { return };
    let allowed: Vec<_> = row.units.iter().filter_map(|u| lexicon.unit(u)).collect();
    let Some(own) = allowed.first() else { return };
    if allowed.iter().all(|a| a.class != unit.class) {
        let message = Message::new(
            format!("{} 的单位是 {}，表式为 {}", triple.label, unit.name, own.name),
            format!("{} is given in {}, its form says {}", triple.label, unit.name, own.name),
        );
        out.report(finding(&F005, message));
    } else if allowed.iter().all(|a| a.family != unit.family) {
        let message = Message::new(
            format!("{} 的单位是 {}，表式为 {}", triple.label, unit.name, own.name),
            format!("{} is given in {}, its form says {}", triple.label, unit.name, own.name),
        );
        out.report(finding(&F009, message));
    } else if unit.class == UnitClass::Money && allowed.iter().all(|a| a.factor != unit.factor) {
        let message = Message::new(
            format!("{} 的单位是 {}，表式为 {}，按印出的单位核对", triple.label, unit.name, own.name),
            format!("{} is given in {}, its form says {}; it is checked as printed", triple.label, unit.name, own.name),
        );
        out.report(finding(&F006, message));
    }
    if unit.class == UnitClass::Count
        && let Some(number) = triple.value.number().filter(|n| !whole(*n))
    {
        let message = Message::new(
            format!("{} 为 {number}{}，计数不应有小数", triple.label, unit.name),
            format!("{} is {number} {}: a count has no decimals", triple.label, unit.name),
        );
        let mut fraction = finding(&F008, message);
        fraction.found = Some(number.to_string());
        out.report(fraction);
    }
}

fn whole(number: Number) -> bool {
    number.fract().is_zero()
}

fn about(triple: &Triple) -> String {
    let key = triple.indicator.as_ref().map_or_else(|| triple.label.clone(), ToString::to_string);
    std::iter::once(&key).chain(&triple.columns).map(String::as_str).collect::<Vec<_>>().join("/")
}

/// Where a reader should look: the value, or the label of a blank one.
fn place(triple: &Triple) -> Span {
    if triple.span.is_empty() { triple.label_span } else { triple.span }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing, reason = "tests")]
    use crate::check::tests::Sample;
    use insta::assert_snapshot;

    const ROWS: &str = "a|收到申请数|件|9\nb|当面申请数|件|4\nc|网络申请数|件|5\nd|申请办结数|件|9\ne|按时办结数|件|9\nf|延期办结数|件|0";

    fn findings(sample: &Sample) -> String {
        sample.findings(super::check)
    }

    #[test]
    fn neighbouring_missing_rows_are_one_finding_at_the_row_that_follows() {
        let mut sample = Sample::form("", ROWS);
        let cell = sample.facts.triples.remove(4);
        sample.facts.tables[0].missing = vec![(4, Some(4))];
        assert_snapshot!(findings(&sample), @"F001 - @ 延期办结数, 申请办结数");
        sample.facts.triples.insert(4, cell);
        sample.grammar.forms[0].rows[4].optional = true;
        assert_snapshot!(findings(&sample), @"");
    }

    #[test]
    fn a_missing_last_row_points_at_the_row_before() {
        let mut sample = Sample::form("", ROWS);
        sample.facts.triples.pop();
        sample.facts.tables[0].missing = vec![(5, None)];
        assert_snapshot!(findings(&sample), @"F001 - @ 按时办结数");
    }

    #[test]
    fn a_row_that_could_not_be_placed_may_be_the_missing_one() {
        let mut sample = Sample::form("", ROWS);
        sample.facts.triples.pop();
        sample.facts.tables[0].missing = vec![(5, None)];
        sample.facts.tables[0].unmatched_rows = 1;
        assert_snapshot!(findings(&sample), @"");
    }

    #[test]
    fn a_table_that_lacks_much_is_another_edition() {
        let mut sample = Sample::form("", ROWS);
        sample.facts.triples.truncate(4);
        sample.facts.tables[0].missing = vec![(4, None), (5, None)];
        assert_snapshot!(findings(&sample), @"");
    }

    #[test]
    fn a_long_trailing_gap_is_a_table_cut_off() {
        let rows: String = (0..20).map(|i| format!("k{i}|行{i}|件|{i}\n")).collect();
        let mut sample = Sample::form("", &rows);
        sample.facts.triples.truncate(17);
        sample.facts.tables[0].missing = vec![(17, None), (18, None), (19, None)];
        assert_snapshot!(findings(&sample), @"F002 - @ 行16");
    }

    #[test]
    fn doubled_rows_differ_or_repeat() {
        let mut sample = Sample::form("", "a|收到申请数|件|9\nb|信函申请数|件|3\nb|信函申请数|件|2");
        sample.facts.tables[0].doubled = vec![(2, 1)];
        assert_snapshot!(findings(&sample), @"F003 3 ≠ 2 @ 2, 3");
        let mut sample = Sample::form("", "a|收到申请数|件|9\nb|信函申请数|件|3\nb|信函申请数|件|3");
        sample.facts.tables[0].doubled = vec![(2, 1)];
        assert_snapshot!(findings(&sample), @"F004 - @ 3, 3");
    }

    #[test]
    fn units_and_numbers_fit_the_row() {
        let unit = |unit: &str, value: &str, form: &str| {
            let mut sample = Sample::form("", &format!("a|某数|{unit}|{value}"));
            sample.grammar.forms[0].rows[0].units = vec![form.to_owned()];
            findings(&sample)
        };
        assert_snapshot!(unit("件", "9", "条"), @"");
        assert_snapshot!(unit("条次", "9", "条"), @"F009 - @ 9");
        assert_snapshot!(unit("万元", "9", "件"), @"F005 - @ 9");
        assert_snapshot!(unit("元", "300", "万元"), @"F006 - @ 300");
        assert_snapshot!(unit("只", "9", "件"), @"");
        assert_snapshot!(unit("件", "2.5", "件"), @"F008 - @ 2.5");
        assert_snapshot!(unit("件", "2.0", "件"), @"");
        assert_snapshot!(unit("万元", "2.5", "万元"), @"");
    }

    #[test]
    fn an_unreadable_cell_is_reported_in_any_table_and_a_blank_in_none() {
        assert_snapshot!(findings(&Sample::form("", "a|收到申请数|件|#REF!\nb|当面|件|-")), @"F007 - @ #REF!");
        assert_snapshot!(findings(&Sample::formless("1|收到申请数|件|#REF!")), @"F007 - @ #REF!");
    }

    #[test]
    fn a_name_tells_who_cannot_make_rules() {
        let sample = Sample::prose("");
        let cannot = |agency: &str| super::cannot(agency, &sample.case());
        for agency in [
            "青山县人民政府",
            "云岭市青山区人民政府",
            "云岭省青山县人民政府办公室",
            "青山旗人民政府",
            "高桥镇人民政府",
            "城关街道办事处",
            "云岭市水务局",
            "青山县卫生健康委员会",
            "云岭高新区管委会",
        ] {
            assert!(cannot(agency), "{agency}");
        }
        for agency in [
            "云岭市人民政府",
            "云岭市人民政府办公室",
            "云岭省人民政府",
            "云岭壮族自治区人民政府",
            "云岭自治州人民政府",
            "国家税务总局青山县税务局",
            "国家统计局",
            "水利部",
            "云岭省水利厅",
            "云岭新区人民政府",
            "",
        ] {
            assert!(!cannot(agency), "{agency}");
        }
    }
}
