//! Family X: compares the prose with the table. The verdicts come from [`super::judge`], so finding and verdict agree.

use super::{
    Case, Finding, Findings, Rule,
    declare::rules,
    judge::{Basis, Fault, Kind, Verdicts},
};

rules! {
    X001 prose_differs_from_cell: Error,
        title: ("正文数字与表中数字不符", "a figure of the prose differs from its cell"),
        explanation: (
            "正文写明的数字与统计表中对应的行（或几行之和、之差）逐一比较，单位先行换算。凡有一种通行读法相符即不报：约数的窄读与宽读、四舍五入与截取、重复印出的行、相近的行、语法文件中声明的其他口径。限定范围的数字（备案、全县、截至9月底）、其他年份的数字、空白单元格不与本年单元格相抵。",
            "A figure of the prose is compared with its row in the table, or the sum or difference of rows it states, after conversion of units. It stays quiet where one ordinary reading agrees: roundings, a row printed twice, a near row, a declared alternative. Figures limited in scope, of another year, or against a blank cell are never contradicted."
        ),
        authority: ("《政府信息公开条例》第五十条：报告与统计表所说的是同一批数字", "Regulation on Open Government Information (政府信息公开条例), article 50: the report and its table state the same figures"),
        fires: ["全年收到申请«12件»。\n\n收到申请数|件|10\n1.当面申请数|件|10\n2.网络申请数|件|0"],
        quiet: [
            "全年收到申请10件。\n\n收到申请数|件|10\n1.当面申请数|件|10\n2.网络申请数|件|0" => ("数字一致", "the figures agree"),
            "2015年政府信息公开工作年度报告\n\n2014年收到申请12件。\n\n收到申请数|件|10\n1.当面申请数|件|10\n2.网络申请数|件|0" => ("是别的年份的数字", "another year's figure"),
        ];

    X002 approximate_figure_off: Warning,
        title: ("约数与表中数字相去过远", "an approximated figure lies too far from its cell"),
        explanation: (
            "带“余、近、约、超过、左右”等词的数字，按宽读仍容不下表中数字时报出；约数最多是警告。只合宽读的算相符，理由中写明。",
            "A number with an approximating word is reported where even its wide reading does not hold the cell. A number that only the wide reading holds is supported, and its reason says so."
        ),
        authority: ("grammars/words.toml 的约数词表", "the table of approximations in grammars/words.toml"),
        fires: ["全年收到申请«近30件»。\n\n收到申请数|件|10\n1.当面申请数|件|10\n2.网络申请数|件|0"],
        quiet: ["全年收到申请近30件。\n\n收到申请数|件|28\n1.当面申请数|件|28\n2.网络申请数|件|0" => ("按窄的读法也在范围内", "inside the narrow reading")];

    X003 unit_or_decimal_slip: Error,
        title: ("正文与表恰差整十倍，疑为单位或小数点有误", "prose and cell differ by a power of ten: a unit or a decimal point"),
        explanation: (
            "金额恰差 10、100、1000、10000 或一亿倍，或数量恰差 10000 倍时，代替 X001 报出，并提示万元与元、小数点的可能。按单位换算后相等的不报。",
            "Takes the place of X001 where an amount of money is off by exactly 10, 100, 1000, 10000 or 100000000, or a count by 10000, which a unit or a decimal point explains. Equal after conversion is quiet."
        ),
        authority: ("《政府信息公开条例》第五十条：报告与统计表所说的是同一批数字", "Regulation on Open Government Information (政府信息公开条例), article 50: the report and its table state the same figures"),
        fires: ["收取费用«32万元»。\n\n收到申请数|件|8\n1.当面申请数|件|8\n2.网络申请数|件|0\n申请办结数|件|8\n收取的费用|万元|3.2"],
        quiet: ["收取费用32000元。\n\n收到申请数|件|8\n1.当面申请数|件|8\n2.网络申请数|件|0\n申请办结数|件|8\n收取的费用|万元|3.2" => ("换算后相等", "equal after conversion")];

    X004 none_against_filled_cell: Error,
        title: ("正文称没有，表中却有数字", "the prose says none, the cell counts some"),
        explanation: (
            "“未收到、没有、未发生、无”所否定的各项，表中应为 0。空白单元格既不证实也不推翻。",
            "What the prose denies must be 0 in the table, every subject denied. A blank cell neither confirms nor refutes."
        ),
        authority: ("《政府信息公开条例》第五十条：报告与统计表所说的是同一批数字", "Regulation on Open Government Information (政府信息公开条例), article 50: the report and its table state the same figures"),
        fires: ["全年«没有收到»申请。\n\n收到申请数|件|2\n1.当面申请数|件|2\n2.网络申请数|件|0"],
        quiet: ["全年没有收到申请。\n\n收到申请数|件|0\n1.当面申请数|件|0\n2.网络申请数|件|0" => ("表中是 0", "the cell is 0")];

    X005 all_against_cell: Error,
        title: ("正文称全部，表中数字却不是全部", "the prose says all, the cell counts fewer or more"),
        explanation: (
            "“12件全部办结”断言每个动词对应的行都等于该数；没有自带数字的，等于所说的那个数。任何一行不同即报。",
            "“All 12 were closed” asserts that each row its verbs name equals that number; without a number of its own, the number it speaks of. One row that differs is enough."
        ),
        authority: ("《政府信息公开条例》第五十条：报告与统计表所说的是同一批数字", "Regulation on Open Government Information (政府信息公开条例), article 50: the report and its table state the same figures"),
        fires: ["全年收到申请12件，«12件»全部办结。\n\n收到申请数|件|12\n1.当面申请数|件|12\n2.网络申请数|件|0\n申请办结数|件|10"],
        quiet: ["全年收到申请12件，12件全部办结。\n\n收到申请数|件|12\n1.当面申请数|件|12\n2.网络申请数|件|0\n申请办结数|件|12" => ("这一行一致", "the row agrees")];

    X006 share_differs_from_cells: Error,
        title: ("占比与表中数字不符", "a share differs from its cells"),
        explanation: (
            "由表中部分与整体重算百分比，按印出的位数四舍五入、四舍六入、截取、进位之一相符即不报；合计恰为 100% 的一串占比，末位可有一个单位的凑整。",
            "The percentage is recomputed from part and whole. It stays quiet where rounding, rounding half to even, truncation or rounding up to the printed place gives it; in a chain that makes exactly 100%, one unit in the last place may be forced."
        ),
        authority: ("算术", "arithmetic"),
        fires: ["全年收到申请25件，网络申请占«48%»。\n\n收到申请数|件|25\n1.当面申请数|件|15\n2.网络申请数|件|10"],
        quiet: ["全年收到申请25件，网络申请占40%。\n\n收到申请数|件|25\n1.当面申请数|件|15\n2.网络申请数|件|10" => ("25 中的 10 就是 40%", "10 of 25 is 40%")];

    X007 change_differs_from_cells: Error,
        title: ("增减或倍数与表中数字不符", "a change or multiple differs from its cells"),
        explanation: (
            "今年数在表中、上年数见于文中（或只有今年数而无任何整数能给出该幅度）时重算增减。上年数不见于文中且幅度可能的，不判。",
            "The change is recomputed where this year's figure is a cell and the year before's is in the document, or where no whole number would grow to the cell by that percentage. Without a figure to compare with, and the growth possible, it stays quiet."
        ),
        authority: ("算术", "arithmetic"),
        fires: ["2015年政府信息公开工作年度报告\n\n收到申请量比2014年的40件增长«25%»。\n\n收到申请数|件|52\n1.当面申请数|件|52\n2.网络申请数|件|0"],
        quiet: ["2015年政府信息公开工作年度报告\n\n收到申请量比2014年的40件增长30%。\n\n收到申请数|件|52\n1.当面申请数|件|52\n2.网络申请数|件|0" => ("(52 − 40) ÷ 40 就是 30%", "(52 − 40) ÷ 40 is 30%")];
}

/// The rule of a kind of contradiction.
fn rule(kind: Kind) -> Option<&'static Rule> {
    Some(match kind {
        Kind::Value => &X001,
        Kind::Approximate => &X002,
        Kind::UnitSlip => &X003,
        Kind::NoneAgainstFigure => &X004,
        Kind::AllAgainstFigure => &X005,
        Kind::Share => &X006,
        Kind::Change => &X007,
        _ => return None,
    })
}

/// Runs the rules of this file.
pub(super) fn check(_case: &Case<'_>, verdicts: &Verdicts, out: &mut Findings) {
    for (basis, check) in &verdicts.checks {
        if *basis != Basis::Prose {
            out.check(check.clone());
        }
    }
    report(verdicts, rule, out);
}

/// Reports the contradictions that `rule` knows.
pub(super) fn report(verdicts: &Verdicts, rule: impl Fn(Kind) -> Option<&'static Rule>, out: &mut Findings) {
    for fault in &verdicts.faults {
        if let Some(rule) = rule(fault.kind)
            && let Some((first, rest)) = fault.spans.split_first()
        {
            out.report(finding(rule, fault, *first, rest));
        }
    }
}

fn finding(rule: &'static Rule, fault: &Fault, first: crate::text::Span, rest: &[crate::text::Span]) -> Finding {
    let mut finding = Finding::new(rule, fault.message.clone(), first)
        .with_spans(rest.iter().copied())
        .with_evidence(fault.evidence.iter().copied())
        .about(fault.about.clone());
    finding.expected = fault.expected.clone();
    finding.found = Some(fault.found.clone());
    finding.arithmetic = fault.arithmetic.clone();
    finding
}
