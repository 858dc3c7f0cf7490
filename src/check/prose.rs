//! Family P: compares the prose with itself. The arithmetic of these needs no cell; verdicts come from [`super::judge`].

use super::{
    Case, Findings, Rule, cross,
    declare::rules,
    judge::{Basis, Kind, Verdicts},
};

rules! {
    P001 list_does_not_close: Error,
        title: ("所列各项之和与总数不符", "the parts of a list do not add up to its whole"),
        explanation: (
            "一句话给出总数并列举全部分项时，分项之和应等于总数；其余、剩下的数字应等于总数减去已列各项。带“等”的、只举其中几项的、各渠道可能重复计数而合计大于总数的，以及各数均与表相符的（那是表的问题），不报。",
            "Where a sentence names a whole and all its parts, the parts add up to it; a remainder is what the others leave. Quiet for open lists, for channels that may count one item twice, and where every figure agrees with its own cell, which is the table's matter."
        ),
        authority: ("算术", "arithmetic"),
        fires: ["举办培训«9期»，包括业务培训4期，法规培训3期。"],
        quiet: [
            "举办培训7期，包括业务培训4期，法规培训3期。" => ("4 加 3 就是 7", "4 and 3 are 7"),
            "举办培训9期，其中业务培训4期、法规培训3期等。" => ("清单没有列完", "an open list"),
        ];

    P002 statements_differ: Error,
        title: ("同一事项前后数字不一", "two statements of one thing differ"),
        explanation: (
            "同一主体、单位、时段、口径的两个确数不同即报。约数、限定范围不同、无法断定所指相同的不报；其中之一已与表不符的，只报那一条。",
            "Two exact figures for the same subject, unit, period and scope differ. Quiet for approximations, different scopes, and subjects that may not be the same; where one already differs from its cell, only that is reported."
        ),
        authority: ("同一件事公开了两个数字", "two published figures for one thing"),
        fires: ["一、工作情况\n组织专题业务培训4期。\n二、保障情况\n组织专题业务培训«6期»。"],
        quiet: ["一、工作情况\n组织专题业务培训4期。\n二、保障情况\n组织专题业务培训4期。" => ("同一个数说了两遍", "the same figure twice")];

    P003 impossible_growth: Error,
        title: ("没有整数能得出这一增幅", "no whole number gives the growth"),
        explanation: (
            "件数都是整数。由今年的件数和印出的增幅倒推上年，四舍五入、截取、进位都得不到整数的，增幅或件数必有一误。约数和金额不试。",
            "Cases come in whole numbers. Where no whole number of the year before, under any rounding, grows by the printed percentage to this year's number, one of the two is wrong. Approximations and money are not tested."
        ),
        authority: ("整数的算术（取自 GRIM 检验）", "arithmetic of whole numbers (after GRIM)"),
        fires: ["全年收到申请12件，同比增长«85.7%»。"],
        quiet: ["全年收到申请13件，同比增长85.7%。" => ("7 增长 85.7% 就是 13", "7 grows to 13 by 85.7%")];

    P004 impossible_share: Error,
        title: ("没有整数能得出这一占比", "no whole number gives the share"),
        explanation: (
            "整体为已知的整数件数而部分没有写出时，任何整数部分都得不到印出的百分比，二者必有一误。",
            "The whole is a known number of things, the part is not said, and no whole part gives the printed percentage under any rounding."
        ),
        authority: ("整数的算术（取自 GRIM 检验）", "arithmetic of whole numbers (after GRIM)"),
        fires: ["举办活动7场，其中线上活动占«35%»。"],
        quiet: ["举办活动7场，其中线上活动占43%。" => ("7 中的 3 就是 43%", "3 of 7 is 43%")];

    P005 change_differs_from_its_figures: Error,
        title: ("增减幅度与文中两年数字不符", "a change does not follow from the two figures it is said of"),
        explanation: (
            "今年数与上年数都见于正文时，重算增减百分比、增减数或倍数，按印出的位数有一种舍入相符即不报。",
            "Both figures stand in the prose; the percentage, difference or multiple is recomputed, and any rounding to the printed place that agrees is accepted."
        ),
        authority: ("算术", "arithmetic"),
        fires: ["2015年政府信息公开工作年度报告\n\n全年发布稿件52篇，而2014年为40篇，同比增长«25%»。"],
        quiet: ["2015年政府信息公开工作年度报告\n\n全年发布稿件52篇，而2014年为40篇，同比增长30%。" => ("(52 − 40) ÷ 40 就是 30%", "(52 − 40) ÷ 40 is 30%")];

    P006 share_differs_from_its_figures: Error,
        title: ("占比与文中部分和整体不符", "a share does not follow from the part and whole it is said of"),
        explanation: (
            "部分与整体都见于正文时重算占比，按印出的位数有一种舍入相符即不报。",
            "Part and whole stand in the prose; the share is recomputed, and any rounding to the printed place that agrees is accepted."
        ),
        authority: ("算术", "arithmetic"),
        fires: ["发布信息1120条，其中疫情信息687条，占«65.3%»。"],
        quiet: ["发布信息1120条，其中疫情信息687条，占61.3%。" => ("1120 中的 687 就是 61.3%", "687 of 1120 is 61.3%")];

    P007 shares_do_not_make_the_whole: Error,
        title: ("同一整体的各占比合计不是 100%", "the shares of one whole do not make 100%"),
        explanation: (
            "列为全部的各占比，即使每项都往有利方向舍入仍超过 100%（说明是全部内容的，不足也算）时报出。举例性的占比不报。",
            "Shares said to make up the whole exceed 100% even when each is rounded its most favourable way; where they are said to be all of it, falling short counts too. Shares given as examples are quiet."
        ),
        authority: ("算术", "arithmetic"),
        fires: ["数据类、分析类和动态类信息分别占«48%»、31%和34%。"],
        quiet: ["数据类、分析类和动态类信息分别占48%、31%和21%。" => ("正是 100%", "100%")];

    P008 direction_against_figures: Error,
        title: ("升降方向与数字相反", "the figures go the other way"),
        explanation: (
            "幅度与文中两个数字相符，但增说成减或减说成增。",
            "The size of the change follows from its two figures, but a rise is called a fall or a fall a rise."
        ),
        authority: ("算术", "arithmetic"),
        fires: ["2015年政府信息公开工作年度报告\n\n全年发布稿件52篇，而2014年为40篇，同比下降«30%»。"],
        quiet: ["2015年政府信息公开工作年度报告\n\n全年发布稿件52篇，而2014年为40篇，同比增长30%。" => ("增长说的就是增长", "a rise called a rise")];

    P009 approximate_figures_do_not_fit: Warning,
        title: ("文中约数互不相容", "approximated figures of the prose do not fit each other"),
        explanation: (
            "列举、占比或增减中有约数，按宽读仍不相容时报出；约数最多是警告。",
            "An approximated figure takes part, and even the wide readings do not fit; an approximation yields at most a warning."
        ),
        authority: ("grammars/words.toml 的约数词表", "the table of approximations in grammars/words.toml"),
        fires: ["发布信息1000条，其中动态信息500余条，占«约80%»。"],
        quiet: ["发布信息1000条，其中动态信息500余条，占五成以上。" => ("1000 中的 500 至 599 不低于 50%", "500 to 599 of 1000 is 50% or more")];

    P010 list_part_exceeds_whole: Warning,
        title: ("其中一项大于总数", "one part of a list exceeds its whole"),
        explanation: (
            "不完全列举中的某一项单独就大于它所属的总数。各项合计大于总数（渠道重复计数）不在此列。",
            "One item of an open list is by itself greater than the whole it belongs to. A sum above the whole, as of channels, is no such case."
        ),
        authority: ("算术", "arithmetic"),
        fires: ["举办培训3期，其中业务培训«5期»、法规培训1期等。"],
        quiet: ["举办培训6期，其中业务培训5期、法规培训1期等。" => ("各分项都不超过总数", "each part is below the whole")];
}

/// The rule of a kind of contradiction.
fn rule(kind: Kind) -> Option<&'static Rule> {
    Some(match kind {
        Kind::List => &P001,
        Kind::Statements => &P002,
        Kind::ImpossibleGrowth => &P003,
        Kind::ImpossibleShare => &P004,
        Kind::ProseChange => &P005,
        Kind::ProseShare => &P006,
        Kind::SharesExceed => &P007,
        Kind::Direction => &P008,
        Kind::ProseApproximate => &P009,
        Kind::PartExceeds => &P010,
        _ => return None,
    })
}

/// Runs the rules of this file.
pub(super) fn check(_case: &Case<'_>, verdicts: &Verdicts, out: &mut Findings) {
    for (basis, check) in &verdicts.checks {
        if *basis == Basis::Prose {
            out.check(check.clone());
        }
    }
    cross::report(verdicts, rule, out);
}
