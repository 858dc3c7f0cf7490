//! Family T: compares the table with its own arithmetic.

pub(super) mod evaluate;
pub(super) mod instance;

use super::{Case, Check, Finding, Findings, Message, Outcome, declare::rules};
use crate::{
    align::{Figure, TripleId},
    grammar::Relation,
    quantity::Number,
    text::Span,
};
use evaluate::{Evaluation, evaluate};
use instance::{Instance, Member, Source, instances};
use std::collections::BTreeMap;

rules! {
    T001 total_differs_from_parts: Error,
        title: ("合计与分项之和不符", "a total differs from the sum of its parts"),
        explanation: (
            "对照表式规定的合计关系（如 申请办结数 = 按时办结数 + 延期办结数），用表中数字逐项相加，不等即报。\
            空白格、缺失行不当作零：按零计能平则算相符，不能平则不作判断；一行重复而数字不同的，两个数都试；\
            表式没有规定相加的行（如各渠道公开数，同一信息可经多个渠道）从不相加。",
            "Adds up what the form says adds up (requests closed = on time + extended) and reports a total that differs. \
            Blank cells and absent rows are not zero: where zero balances the check holds, else it is not decided. Of a \
            doubled row both values are tried. Rows the form does not add (channels, which may overlap) are never added."
        ),
        authority: ("表式规定的关系，理由写在 grammars/forms 的表式文件中", "the identity of the form, with the reason its file in grammars/forms gives"),
        fires: [
            "收到申请数|件|«9»\n1.当面申请数|件|4\n2.网络申请数|件|4",
        ],
        quiet: [
            "收到申请数|件|8\n1.当面申请数|件|4\n2.网络申请数|件|4"
                => ("分项之和正好", "the parts add up"),
            "收到申请数|件|8\n1.当面申请数|件|8\n2.网络申请数|件|"
                => ("有分项空白，不计它合计正好", "a blank part, and without it the sum is right"),
            "收到申请数|件|9\n1.当面申请数|件|4\n2.网络申请数|件|"
                => ("差额可能就在空白的分项里", "a blank part may be what is lacking"),
        ];

    T002 overlapping_parts_exceed_total: Warning,
        title: ("分项之和大于合计，且一件可能计入两项", "parts that may overlap add up to more than their total"),
        explanation: (
            "有的合计，一件事可以同时计入两个分项（一份答复引用两条不予公开理由）。分项之和大于合计时有此一解，故为警告；\
            单独一个分项就大于合计的，另报 T004；含空白、缺行时不作判断。",
            "Of some totals one case may count under two parts (a refusal that cites two reasons). Parts above the total have \
            that reading, hence a warning. A single part above the total is T004. Blank or absent parts: not decided."
        ),
        authority: ("表式的可重叠合计关系（soft-sum）", "the identity of the form, declared soft-sum"),
        fires: [
            "收到申请数|件|8\n1.当面申请数|件|4\n2.网络申请数|件|4\n不同意公开答复数|件|«3»\n其中：涉及国家秘密|件|2\n法律法规规定的其他情形|件|2",
        ],
        quiet: [
            "收到申请数|件|8\n1.当面申请数|件|4\n2.网络申请数|件|4\n不同意公开答复数|件|4\n其中：涉及国家秘密|件|2\n法律法规规定的其他情形|件|2"
                => ("分项之和正好", "the parts add up"),
        ];

    T003 parts_fall_short_of_total: Error,
        title: ("分项（含兜底项）之和小于合计", "parts with a catch-all add up to less than their total"),
        explanation: (
            "分项可以重叠、而最后一项是兜底项的合计：每一件至少计入一项，分项之和不可能小于合计。含空白、缺行时不作判断。",
            "A total whose parts may overlap and whose last part is a catch-all: every case counts under one part at least, so \
            the parts cannot fall short. Blank or absent parts: not decided."
        ),
        authority: ("表式的可重叠合计关系（soft-sum）", "the identity of the form, declared soft-sum"),
        fires: [
            "收到申请数|件|8\n1.当面申请数|件|4\n2.网络申请数|件|4\n不同意公开答复数|件|«5»\n其中：涉及国家秘密|件|2\n法律法规规定的其他情形|件|2",
        ],
        quiet: [
            "收到申请数|件|8\n1.当面申请数|件|4\n2.网络申请数|件|4\n不同意公开答复数|件|5\n其中：涉及国家秘密|件|2\n法律法规规定的其他情形|件|"
                => ("兜底的一项空白", "the catch-all is blank"),
        ];

    T004 row_exceeds_its_whole: Error,
        title: ("其中项大于所属总数", "a part is greater than its whole"),
        explanation: (
            "表式规定某行是另一行的一部分（其中：主动公开规范性文件数），或同一行里本期数包含在累计数之内，部分不能大于总数。总数与分项之和已经报错、\
            证据相同的，不再另报；任何一格没有数字时不作判断。",
            "The form says one row is part of another, or counts a row's period in its cumulative column, and a part cannot exceed \
            its whole. Not reported again where the sum of \
            the same cells is reported; not decided where either cell has no number."
        ),
        authority: ("表式的从属关系（part-of）", "the identity of the form, declared part-of"),
        fires: [
            "收到申请数|件|8\n1.当面申请数|件|4\n2.网络申请数|件|4\n不同意公开答复数|件|1\n其中：涉及国家秘密|件|«3»\n法律法规规定的其他情形|件|0",
            "统计指标|单位|本期|累计\n收到申请数|件|6|9\n1.当面申请数|件|2|5\n2.网络申请数|件|4|4\n申请办结数|件|«6»|5",
        ],
        quiet: [
            "收到申请数|件|8\n1.当面申请数|件|4\n2.网络申请数|件|4\n不同意公开答复数|件|3\n其中：涉及国家秘密|件|3\n法律法规规定的其他情形|件|0"
                => ("分项可以等于全部", "a part may be all of its whole"),
            "统计指标|单位|本期|累计\n收到申请数|件|6|9\n1.当面申请数|件|2|5\n2.网络申请数|件|4|4\n申请办结数|件|6|6"
                => ("全年都在本期", "the whole year in one period"),
        ];

    T005 numbered_rows_differ_from_parent: Warning,
        title: ("编号分项之和与上级行不符", "numbered rows differ from the row they are numbered under"),
        explanation: (
            "不属于任何已知表式的表：编号为 2.1、2.2、2.3 的行同一单位，列在第 2 行之下，通常合计为第 2 行。只凭编号推断，故为警告。\
            编号不连续、单位不一、百分比、标“其中”或“等”的行，以及含空白格时，不作判断。",
            "In a table of no known form, rows numbered 2.1, 2.2, 2.3 with one unit under row 2 usually add up to it. The \
            numbering is the only ground, hence a warning. Quiet where numbers are skipped, units differ or are percentages, \
            rows are marked 其中 or 等, or a cell is blank."
        ),
        authority: ("表格自己印的编号", "the numbering the table itself prints"),
        fires: [
            "附:数据统计表\n| 序号 | 指标 | 单位 | 数值 |\n| 1 | 设置窗口数 | 个 | «9» |\n| 1.1 | 综合窗口 | 个 | 4 |\n| 1.2 | 专业窗口 | 个 | 4 |\n| 2 | 受理办件 | 件 | 70 |\n| 2.1 | 网上受理 | 件 | 40 |\n| 2.2 | 窗口受理 | 件 | 30 |",
        ],
        quiet: [
            "附:数据统计表\n| 序号 | 指标 | 单位 | 数值 |\n| 1 | 设置窗口数 | 个 | 8 |\n| 1.1 | 综合窗口 | 个 | 4 |\n| 1.2 | 专业窗口 | 个 | 4 |\n| 2 | 受理办件 | 件 | 70 |\n| 2.1 | 网上受理 | 件 | 40 |\n| 2.2 | 窗口受理 | 件 | 30 |"
                => ("编号各行之和正好", "the numbered rows add up"),
            "附:数据统计表\n| 序号 | 指标 | 单位 | 数值 |\n| 1 | 设置窗口数 | 个 | 9 |\n| 1.1 | 综合窗口 | 个 | 4 |\n| 1.3 | 专业窗口 | 个 | 4 |\n| 2 | 受理办件 | 件 | 70 |\n| 2.1 | 网上受理 | 件 | 40 |\n| 2.2 | 窗口受理 | 件 | 30 |"
                => ("编号跳了一个，可能缺一行", "a number is skipped, so a row may be lacking"),
        ];

    T006 subset_exceeds_parent: Warning,
        title: ("标“其中”的行大于上级行", "a row marked 其中 is greater than the row above it"),
        explanation: (
            "不属于任何已知表式的表：标“其中”的行是上一行的一部分，单位相同（或可换算）时不应更大。归属由版面推断，故为警告。",
            "In a table of no known form, a row marked 其中 is part of the row it follows and, in a comparable unit, should not \
            exceed it. Which row that is follows from the layout alone, hence a warning."
        ),
        authority: ("表格自己印的“其中”", "the word 其中 the table itself prints"),
        fires: [
            "附:数据统计表\n| 序号 | 指标 | 单位 | 数值 |\n| 1 | 设置窗口数 | 个 | 8 |\n| 1.1 | 综合窗口 | 个 | 4 |\n| 1.2 | 专业窗口 | 个 | 4 |\n| 2 | 办结总量 | 件 | 70 |\n|  | 其中:即办件 | 件 | «75» |",
        ],
        quiet: [
            "附:数据统计表\n| 序号 | 指标 | 单位 | 数值 |\n| 1 | 设置窗口数 | 个 | 8 |\n| 1.1 | 综合窗口 | 个 | 4 |\n| 1.2 | 专业窗口 | 个 | 4 |\n| 2 | 办结总量 | 件 | 70 |\n|  | 其中:即办件 | 件 | 70 |"
                => ("可能说的是全部", "all of them may be meant"),
        ];

    T007 row_total_differs: Error,
        title: ("一行的总计与各栏之和不符", "the total of a row differs from its columns"),
        explanation: (
            "矩阵表的一行中，总计栏应等于其余各栏（自然人与各类法人或其他组织）之和。空白格不当作零：按零计能平则算相符，\
            不能平则不作判断。",
            "Along a row of a matrix, the total column is the sum of the others (natural persons and the kinds of organisation). \
            Blank cells are not zero: where zero balances the check holds, else it is not decided."
        ),
        authority: ("表式的行合计关系（row-total）", "the identity of the form, declared row-total"),
        fires: [
            "三、收到和处理政府信息公开申请情况\n| 申请人情况 | 自然人 | 商业企业 | 总计 |\n| 一、本年新收政府信息公开申请数量 | 5 | 1 | «7» |\n| 二、上年结转政府信息公开申请数量 | 1 | 0 | 1 |\n| 三、办理结果总计 | 6 | 1 | 7 |\n| 四、结转下年度继续办理 | 0 | 0 | 0 |",
        ],
        quiet: [
            "三、收到和处理政府信息公开申请情况\n| 申请人情况 | 自然人 | 商业企业 | 总计 |\n| 一、本年新收政府信息公开申请数量 | 5 | 1 | 6 |\n| 二、上年结转政府信息公开申请数量 | 1 | 0 | 1 |\n| 三、办理结果总计 | 6 | 1 | 7 |\n| 四、结转下年度继续办理 | 0 | 0 | 0 |"
                => ("各行之和正好", "the rows add up"),
        ];

    T008 balance_does_not_close: Error,
        title: ("勾稽关系不平", "a balance does not close"),
        explanation: (
            "表注写明的勾稽关系（本年新收 + 上年结转 = 办理结果总计 + 结转下年度），逐栏核对。缺行、空白格按零计能平则算相符，\
            不能平则不作判断。",
            "The balance the table's own note states (new + carried in = results + carried out), tested in every column. Where an \
            absent row or blank cell read as zero balances, the check holds, else it is not decided."
        ),
        authority: ("表式的平衡关系（balance）", "the identity of the form, declared balance"),
        fires: [
            "三、收到和处理政府信息公开申请情况\n| 申请人情况 | 自然人 | 商业企业 | 总计 |\n| 一、本年新收政府信息公开申请数量 | 5 | 0 | «5» |\n| 二、上年结转政府信息公开申请数量 | 1 | 0 | 1 |\n| 三、办理结果总计 | 6 | 0 | 5 |\n| 四、结转下年度继续办理 | 0 | 0 | 0 |",
        ],
        quiet: [
            "三、收到和处理政府信息公开申请情况\n| 申请人情况 | 自然人 | 商业企业 | 总计 |\n| 一、本年新收政府信息公开申请数量 | 5 | 0 | 5 |\n| 二、上年结转政府信息公开申请数量 | 1 | 0 | 1 |\n| 三、办理结果总计 | 4 | 0 | 4 |\n| 四、结转下年度继续办理 | 2 | 0 | 2 |"
                => ("余下的结转下年", "what is left is carried out"),
        ];
}

/// What family T saw, for the repair search.
#[derive(Debug, Default)]
pub(super) struct Arithmetic {
    /// All relations.
    pub(super) instances: Vec<Instance>,
    /// How each came out as printed.
    pub(super) evaluations: Vec<Evaluation>,
    /// Relations that were reported: index of the instance, index of the finding.
    pub(super) reported: Vec<(usize, usize)>,
}

/// Runs the rules of this file.
pub(super) fn check(case: &Case<'_>, out: &mut Findings) -> Arithmetic {
    let instances = instances(case);
    let evaluations: Vec<Evaluation> =
        instances.iter().map(|i| evaluate(i, case.facts, &case.grammar.lexicon, &[])).collect();
    for (instance, evaluation) in instances.iter().zip(&evaluations) {
        record(instance, evaluation, out);
    }
    let mut reported: Vec<(usize, usize)> = Vec::new();
    let mut by_whole: BTreeMap<&[TripleId], Vec<&Instance>> = BTreeMap::new();
    // Sums first: a part above its whole is not told again where the sum of the same cells is told.
    let (part_of, sums): (Vec<usize>, Vec<usize>) = (0..instances.len()).partition(|i| is_part_of(instances.get(*i)));
    for index in sums.into_iter().chain(part_of) {
        let (Some(instance), Some(evaluation)) = (instances.get(index), evaluations.get(index)) else { continue };
        let earlier = by_whole.entry(instance.whole.cells.as_slice()).or_default();
        if evaluation.outcome != Outcome::Broken || earlier.iter().any(|e| says_the_same(e, instance, evaluation)) {
            continue;
        }
        if let Some(finding) = report(case, instance, evaluation) {
            reported.push((index, out.findings.len()));
            earlier.push(instance);
            out.report(finding);
        }
    }
    Arithmetic { instances, evaluations, reported }
}

fn is_part_of(instance: Option<&Instance>) -> bool {
    instance.is_some_and(|i| i.relation == Relation::PartOf)
}

fn record(instance: &Instance, evaluation: &Evaluation, out: &mut Findings) {
    let reason = match &evaluation.reason {
        Some(reason) => Some(reason.clone()),
        None if instance.reason.is_empty() => None,
        None => Some(Message::new(&instance.reason, &instance.reason)),
    };
    out.check(Check {
        identity: instance.id.clone(),
        claim: None,
        outcome: evaluation.outcome,
        arithmetic: evaluation.arithmetic.clone(),
        reason,
        evidence: instance.cells().map(Figure::Triple).collect(),
    });
}

/// Whether a broken relation on the same whole, reported earlier, rests on the same cells: the same parts, or a sum over
/// at least the parts at fault here.
fn says_the_same(earlier: &Instance, instance: &Instance, evaluation: &Evaluation) -> bool {
    let in_earlier = |part: &Member| earlier.parts.iter().any(|p| p.cells == part.cells);
    match instance.relation {
        Relation::PartOf => evaluation.above.iter().all(|i| instance.parts.get(*i).is_some_and(in_earlier)),
        _ => {
            instance.plus.iter().map(|p| &p.cells).eq(earlier.plus.iter().map(|p| &p.cells))
                && instance.parts.len() == earlier.parts.len()
                && instance.parts.iter().all(in_earlier)
        }
    }
}

fn report(case: &Case<'_>, instance: &Instance, evaluation: &Evaluation) -> Option<Finding> {
    let above = greatest(case, instance).filter(|(n, _)| *n > evaluation.whole).map(|(_, part)| part);
    match (instance.relation, instance.source) {
        (Relation::PartOf, _) => exceeds(case, instance, evaluation, above?),
        // Numbered rows that come nowhere near their head are its companions, not its parts.
        (_, Source::Numbering | Source::OfWhich) => {
            let near = |a: Number, b: Number| a.checked_mul(Number::TWO).is_some_and(|twice| twice >= b);
            let divides = near(evaluation.sum, evaluation.whole) && near(evaluation.whole, evaluation.sum);
            if divides { differs(case, &T005, instance, evaluation) } else { None }
        }
        (Relation::Sum, Source::Form) => differs(case, &T001, instance, evaluation),
        (Relation::RowTotal, Source::Form) => differs(case, &T007, instance, evaluation),
        (Relation::Balance, Source::Form) => unbalanced(case, instance, evaluation),
        (Relation::SoftSum, Source::Form) if evaluation.sum < evaluation.whole => {
            differs(case, &T003, instance, evaluation)
        }
        // No overlap makes a single part greater than the whole.
        (Relation::SoftSum, Source::Form) => match above {
            Some(part) => exceeds(case, instance, evaluation, part),
            None => differs(case, &T002, instance, evaluation),
        },
    }
}

/// The greatest part and its number, in the whole's unit; the first of equals.
fn greatest<'a>(case: &Case<'_>, instance: &'a Instance) -> Option<(Number, &'a Member)> {
    let numbers = instance.parts.iter().rev().filter_map(|p| Some((lowest(case, instance, p)?, p)));
    numbers.max_by_key(|(number, _)| *number)
}

/// The least reading of a part, in the whole's unit.
fn lowest(case: &Case<'_>, instance: &Instance, part: &Member) -> Option<Number> {
    let unit = |id: &TripleId| case.facts.triples.get(*id).and_then(|t| t.unit.as_deref());
    let whole = instance.whole.cells.first().and_then(unit);
    let in_whole = |id: &TripleId| {
        let number = case.facts.triples.get(*id)?.value.number()?;
        number.checked_mul(evaluate::factor(&case.grammar.lexicon, unit(id), whole)?)
    };
    part.cells.iter().filter_map(in_whole).min()
}

/// `申请办结数 为 10，但 按时办结数 12 + 延期办结数 0 = 12`
fn differs(
    case: &Case<'_>,
    rule: &'static super::Rule,
    instance: &Instance,
    evaluation: &Evaluation,
) -> Option<Finding> {
    let whole = Shown::new(case, &instance.whole)?;
    let along_row = instance.relation == Relation::RowTotal;
    let parts: Vec<Shown> = shown(case, &instance.parts, along_row);
    let sum = evaluation.sum.normalize();
    let (zh, en) = added(&parts);
    let message = Message::new(
        format!("{}{} 为 {}，但 {zh} = {sum}", whole.zh, whole.in_column(), whole.printed),
        format!("{}{} is {}, but {en} = {sum}", whole.en, whole.in_column(), whole.printed),
    );
    let finding = Finding::new(rule, message, whole.span)
        .with_figures(sum.to_string(), whole.printed.clone())
        .with_spans(parts.iter().map(|p| p.span));
    Some(finish(finding, instance, evaluation.arithmetic.clone(), &whole, instance.cells().collect()))
}

/// `本年新收 154 + 上年结转 8 = 162，但 总计 152 + 结转下年度 12 = 164`
fn unbalanced(case: &Case<'_>, instance: &Instance, evaluation: &Evaluation) -> Option<Finding> {
    let whole = Shown::new(case, &instance.whole)?;
    let left: Vec<Shown> = instance.left().filter_map(|m| Shown::new(case, m)).collect();
    let parts = shown(case, &instance.parts, false);
    let (came, went) = (evaluation.whole.normalize(), evaluation.sum.normalize());
    let ((zh_in, en_in), (zh_out, en_out)) = (added(&left), added(&parts));
    let column = whole.in_column();
    let message = Message::new(
        format!("勾稽关系不平{column}：{zh_in} = {came}，但 {zh_out} = {went}"),
        format!("the balance{column} does not close: {en_in} = {came}, but {en_out} = {went}"),
    );
    let spans = left.iter().chain(&parts).map(|p| p.span);
    let finding =
        Finding::new(&T008, message, whole.span).with_figures(came.to_string(), went.to_string()).with_spans(spans);
    Some(finish(finding, instance, evaluation.arithmetic.clone(), &whole, instance.cells().collect()))
}

/// Members that are there, named by their columns where they stand along one row.
fn shown(case: &Case<'_>, members: &[Member], along_row: bool) -> Vec<Shown> {
    let mut shown: Vec<Shown> = members.iter().filter_map(|m| Shown::new(case, m)).collect();
    for one in shown.iter_mut().filter(|_| along_row) {
        if let Some(column) = &one.column {
            (one.zh, one.en) = (column.clone(), column.clone());
        }
    }
    shown
}

/// `按时办结数 12 + 延期办结数 0`, Chinese and English.
///
/// Of a long sum the parts that are 0 are only counted.
fn added(parts: &[Shown]) -> (String, String) {
    let told = |p: &&Shown| parts.len() <= LONG_SUM || !p.zero;
    let list = |name: fn(&Shown) -> &str| {
        parts.iter().filter(told).map(|p| format!("{} {}", name(p), p.printed)).collect::<Vec<_>>().join(" + ")
    };
    let (mut zh, mut en) = (list(|p| &p.zh), list(|p| &p.en));
    let zeros = parts.len() - parts.iter().filter(told).count();
    if zeros > 0 {
        zh.push_str(&format!("（其余 {zeros} 项为 0）"));
        en.push_str(&format!(" ({zeros} others are 0)"));
    }
    (zh, en)
}

fn exceeds(case: &Case<'_>, instance: &Instance, evaluation: &Evaluation, part: &Member) -> Option<Finding> {
    let rule = if instance.source == Source::Form { &T004 } else { &T006 };
    let (whole, part_shown) = (Shown::new(case, &instance.whole)?, Shown::new(case, part)?);
    let number = lowest(case, instance, part)?.normalize();
    let column = part_shown.in_column();
    let of = Some(whole.in_column()).filter(|of| *of != column).unwrap_or_default();
    let message = Message::new(
        format!("{}{column} 为 {}，大于所属的 {}{of} {}", part_shown.zh, part_shown.printed, whole.zh, whole.printed),
        format!(
            "{}{column} is {}, more than its whole, {}{of} {}",
            part_shown.en, part_shown.printed, whole.en, whole.printed
        ),
    );
    let mut finding = Finding::new(rule, message, part_shown.span).with_spans([whole.span]);
    finding.found = Some(part_shown.printed.clone());
    let arithmetic = format!("{number} > {}", evaluation.whole.normalize());
    let cells = part.cells.iter().chain(&instance.whole.cells).copied().collect();
    Some(finish(finding, instance, Some(arithmetic), &part_shown, cells))
}

fn finish(
    mut finding: Finding,
    instance: &Instance,
    arithmetic: Option<String>,
    about: &Shown,
    cells: Vec<TripleId>,
) -> Finding {
    finding.arithmetic = arithmetic;
    finding.identity = instance.id.clone();
    let key = std::iter::once(&about.key).chain(&instance.column).map(String::as_str);
    let about = key.collect::<Vec<_>>().join("/");
    finding.with_evidence(cells.into_iter().map(Figure::Triple)).about(about)
}

/// A member as a reader sees it.
struct Shown {
    zh: String,
    en: String,
    printed: String,
    span: Span,
    key: String,
    zero: bool,
    /// The nearest header above it.
    column: Option<String>,
}

/// A sum of more parts than this names only those that are not 0.
const LONG_SUM: usize = 10;
/// Labels longer than this are replaced by the indicator's short name.
const LONG_LABEL: usize = 16;

impl Shown {
    /// `None` for a row that is not there.
    fn new(case: &Case<'_>, member: &Member) -> Option<Self> {
        let triple = case.facts.triples.get(*member.cells.first()?)?;
        let known = member.key.as_ref().and_then(|key| case.grammar.catalogue.get(key));
        let (zh, en) = match known {
            Some(i) if triple.label.chars().count() > LONG_LABEL => (i.name.clone(), i.english.clone()),
            Some(i) => (triple.label.clone(), i.english.clone()),
            None if triple.label.is_empty() => (triple.columns.join("·"), triple.columns.join("·")),
            None => (triple.label.clone(), triple.label.clone()),
        };
        let printed = triple.value.number().map_or_else(|| "0".to_owned(), |n| n.to_string());
        let key = member.key.as_ref().map_or_else(|| triple.label.clone(), ToString::to_string);
        let span = if triple.span.is_empty() { triple.label_span } else { triple.span };
        let zero = triple.value.number().is_none_or(|n| n.is_zero());
        let column = triple.columns.last().filter(|c| !triple.label.is_empty() && **c != triple.label).cloned();
        Some(Shown { zh, en, printed, span, key, zero, column })
    }
    /// `（总计）`, where the table has columns.
    fn in_column(&self) -> String {
        self.column.as_ref().map(|c| format!("（{c}）")).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::indexing_slicing, reason = "tests")]
    use crate::check::tests::Sample;
    use insta::assert_snapshot;

    fn findings(identities: &str, rows: &str) -> String {
        Sample::form(identities, rows).findings(|case, out| drop(super::check(case, out)))
    }
    fn checks(identities: &str, rows: &str) -> String {
        Sample::form(identities, rows).checks()
    }

    #[test]
    fn a_total_that_differs_is_reported_and_one_that_fits_is_a_passed_check() {
        let rows = |total| format!("t|申请办结数|件|{total}\na|按时办结数|件|12\nb|延期办结数|件|0");
        assert_snapshot!(findings("t = a + b", &rows(10)), @"T001 12 + 0 = 12 ≠ 10 @ 10, 12, 0");
        assert_snapshot!(findings("t = a + b", &rows(12)), @"");
        assert_snapshot!(checks("t = a + b", &rows(12)), @"Holds 12 = 12 + 0 (toy)");
        assert_snapshot!(checks("t = a + b", &rows(10)), @"Broken 12 + 0 = 12 ≠ 10 (toy)");
    }

    #[test]
    fn the_message_names_the_total_and_every_part() {
        let sample = Sample::form("t = a + b", "t|申请办结数|件|10\na|按时办结数|件|12\nb|延期办结数|件|0");
        let ruling = sample.ruling();
        let finding = &ruling.findings[0];
        assert_eq!(finding.message.zh, "申请办结数 为 10，但 按时办结数 12 + 延期办结数 0 = 12");
        assert_eq!((finding.expected.as_deref(), finding.found.as_deref()), (Some("12"), Some("10")));
        assert_eq!(finding.identity.as_deref(), Some("t"));
    }

    #[test]
    fn blanks_and_absent_rows_never_make_an_error() {
        for part in ["b|乙|件|", "b|乙|件|-", "", "b|乙|件|#REF!"] {
            for total in [4, 9] {
                let rows = format!("t|合计|件|{total}\na|甲|件|4\n{part}");
                assert_eq!(findings("t = a + b", &rows), "", "{rows}");
            }
        }
        assert_snapshot!(checks("t = a + b", "t|合计|件|4\na|甲|件|4\nb|乙|件|"), @"Holds 4 = 4 + 0 (a blank cell, read as 0)");
        assert_snapshot!(checks("t = a + b", "t|合计|件|9\na|甲|件|4\nb|乙|件|"), @"Blocked 4 + 0 = 4 ≠ 9 (a blank cell, read as 0, does not balance)");
        assert_snapshot!(checks("t = a + b", "t|合计|件|9\na|甲|件|4\nb|乙|件|#REF!"), @"Blocked - (a cell cannot be read)");
        assert_snapshot!(checks("t = a + b", "t|合计|件|9\na|甲|件|4"), @"Blocked 4 + 0 = 4 ≠ 9 (an absent row, read as 0, does not balance)");
        assert_snapshot!(checks("t = a + b", "a|甲|件|4\nb|乙|件|5"), @"NotApplicable - (the table lacks the row of the total)");
    }

    #[test]
    fn of_a_doubled_row_either_value_may_fit() {
        let rows = |total| format!("t|合计|件|{total}\na|甲|件|4\nb|乙|件|3\nb|乙|件|2");
        assert_snapshot!(checks("t = a + b", &rows(6)), @"Holds 6 = 4 + 2 (a row is doubled; one of its values fits)");
        assert_snapshot!(findings("t = a + b", &rows(9)), @"T001 4 + 3 = 7 ≠ 9 @ 9, 4, 3");
    }

    #[test]
    fn soft_sums_tell_overlap_from_shortfall() {
        let rows = |total| format!("t|不予公开|件|{total}\na|秘密|件|3\nb|其他|件|3");
        assert_snapshot!(findings("t ~ a + b", &rows(4)), @"T002 3 + 3 = 6 ≠ 4 @ 4, 3, 3");
        assert_snapshot!(findings("t ~ a + b", &rows(8)), @"T003 3 + 3 = 6 ≠ 8 @ 8, 3, 3");
        assert_snapshot!(findings("t ~ a + b", &rows(6)), @"");
        assert_snapshot!(findings("t ~ a + b", &rows(2)), @"T004 3 > 2 @ 3, 2");
    }

    #[test]
    fn a_part_above_its_whole_is_told_once() {
        let rows = "t|办结数|件|10\na|按时|件|12\nb|延期|件|0";
        assert_snapshot!(findings("t > a", rows), @"T004 12 > 10 @ 12, 10");
        assert_snapshot!(findings("t = a + b\nt > a", rows), @"T001 12 + 0 = 12 ≠ 10 @ 10, 12, 0");
        assert_snapshot!(findings("t > a", "t|办结数|件|12\na|按时|件|12"), @"");
    }

    #[test]
    fn money_is_converted_before_it_is_added() {
        assert_snapshot!(findings("t = a + b", "t|费用|万元|0.05\na|甲|元|300\nb|乙|元|100"), @"T001 300 × 0.0001 + 100 × 0.0001 = 0.04 ≠ 0.05 @ 0.05, 300, 100");
        assert_snapshot!(checks("t = a + b", "t|费用|万元|0.04\na|甲|元|300\nb|乙|元|100"), @"Holds 0.04 = 300 × 0.0001 + 100 × 0.0001 (toy)");
    }

    #[test]
    fn each_value_column_is_a_table_of_its_own() {
        let mut sample =
            Sample::form("t = a + b", "t|合计|件|3\nt|合计|件|9\na|甲|件|1\na|甲|件|4\nb|乙|件|2\nb|乙|件|4");
        for (id, triple) in sample.facts.triples.iter_mut().enumerate() {
            triple.columns = vec![["区政府", "乡镇"][id % 2].to_owned()];
        }
        let ruling = sample.ruling();
        assert_snapshot!(sample.show(&ruling.findings), @"T001 4 + 4 = 8 ≠ 9 @ 9, 4, 4");
        assert_eq!(ruling.findings[0].about, "t/乡镇");
    }

    #[test]
    fn without_a_form_the_numbering_promises_a_sum() {
        let findings = |rows| Sample::formless(rows).findings(|case, out| drop(super::check(case, out)));
        assert_snapshot!(findings("2|交易总额|万元|9.5\n2.1|工程|万元|4.5\n2.2|采购|万元|4"), @"T005 4.5 + 4 = 8.5 ≠ 9.5 @ 9.5, 4.5, 4");
        assert_snapshot!(findings("2|交易总额|万元|8.5\n2.1|工程|万元|4.5\n2.2|采购|万元|4"), @"");
        assert_snapshot!(findings("2|交易总额|万元|9.5\n2.1|工程|万元|4.5\n2.3|采购|万元|4"), @"");
        assert_snapshot!(findings("2|交易总额|万元|9.5\n2.1|工程|万元|4.5\n2.2|采购|个|4"), @"");
        assert_snapshot!(findings("2|占比|%|90\n2.1|甲|%|40\n2.2|乙|%|40"), @"");
        assert_snapshot!(findings("4|开标|场|105\n其中|远程|场|168"), @"T006 168 > 105 @ 168, 105");
        assert_snapshot!(findings("4|开标|场|105\n其中|专家|人|168"), @"");
    }

    #[test]
    fn a_balance_closes_or_does_not() {
        let rows = |left| format!("n|本年新收|件|154\nc|上年结转|件|8\nr|办理结果|件|152\no|结转下年|件|{left}");
        assert_snapshot!(findings("n + c & r + o", &rows("10")), @"");
        assert_snapshot!(checks("n + c & r + o", &rows("10")), @"Holds 154 + 8 = 152 + 10 (toy)");
        assert_snapshot!(findings("n + c & r + o", &rows("12")), @"T008 154 + 8 = 162 ≠ 164 = 152 + 12 @ 154, 8, 152, 12");
        assert_snapshot!(checks("n + c & r + o", &rows("")), @"Blocked 154 + 8 = 162 ≠ 152 = 152 + 0 (a blank cell, read as 0, does not balance)");
        let sample = Sample::form("n + c & r + o", &rows("12"));
        assert_snapshot!(sample.ruling().findings[0].message.zh, @"勾稽关系不平：本年新收 154 + 上年结转 8 = 162，但 办理结果 152 + 结转下年 12 = 164");
    }

    #[test]
    fn a_long_sum_names_only_what_is_not_zero() {
        let parts: String = (0..12).map(|i| format!("k{i}|行{i}|件|{}\n", i / 10)).collect();
        let keys: Vec<String> = (0..12).map(|i| format!("k{i}")).collect();
        let sample = Sample::form(&format!("t = {}", keys.join(" + ")), &format!("t|合计|件|3\n{parts}"));
        assert_snapshot!(sample.ruling().findings[0].message.zh, @"合计 为 3，但 行10 1 + 行11 1（其余 10 项为 0） = 2");
    }

    #[test]
    fn a_table_that_lost_its_columns_promises_nothing() {
        let mut sample = Sample::formless("4|开标|场|105\n4|开标|场|168\n其中|远程|场|168");
        sample.facts.triples[1].label_span = sample.facts.triples[0].label_span;
        assert_eq!(sample.findings(|case, out| drop(super::check(case, out))), "");
    }

    #[test]
    fn numbers_too_large_to_add_exactly_are_not_added() {
        assert_snapshot!(checks("t = a + b", "t|合计|件|90000000000000\na|甲|件|1\nb|乙|件|2"), @"Blocked - (a unit or number that cannot be computed with)");
        assert_snapshot!(checks("t = a + b", "t|合计|万元|1\na|甲|万元|0.9999999999\nb|乙|万元|0"), @"Blocked - (a unit or number that cannot be computed with)");
    }

    proptest::proptest! {
        #[test]
        fn a_table_whose_totals_are_sums_is_never_reported(parts in proptest::collection::vec(0u32..100_000, 2..8)) {
            let total: u32 = parts.iter().sum();
            let keys: Vec<String> = (0..parts.len()).map(|i| format!("k{i}")).collect();
            let rows: Vec<String> = keys.iter().zip(&parts).map(|(k, n)| format!("{k}|{k}|件|{n}")).collect();
            let rows = format!("t|合计|件|{total}\n{}", rows.join("\n"));
            for sign in ['=', '~', '>'] {
                proptest::prop_assert_eq!(findings(&format!("t {sign} {}", keys.join(" + ")), &rows), "");
            }
        }

        #[test]
        fn any_other_total_is_reported_once(parts in proptest::collection::vec(0u32..100_000, 2..8), off in 1u32..1000) {
            let total: u32 = parts.iter().sum::<u32>() + off;
            let keys: Vec<String> = (0..parts.len()).map(|i| format!("k{i}")).collect();
            let rows: Vec<String> = keys.iter().zip(&parts).map(|(k, n)| format!("{k}|{k}|件|{n}")).collect();
            let rows = format!("t|合计|件|{total}\n{}", rows.join("\n"));
            for sign in ['=', '~'] {
                proptest::prop_assert_eq!(findings(&format!("t {sign} {}", keys.join(" + ")), &rows).lines().count(), 1);
            }
        }
    }
}
