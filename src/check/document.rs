//! Family D: what a report should not hold, whatever its form.

pub(super) mod blank;
mod period;

use super::{Case, Finding, Findings, Message, declare::rules};
use crate::{
    quantity::{SearchedWords, UnitClass},
    text::Span,
};
use std::collections::BTreeMap;

rules! {
    D001 spam_word: Warning,
        title: ("夹入博彩、色情词语", "an injected betting or adult word"),
        explanation: (
            "网页被篡改或抓取出错时，常用词会被整篇替换成博彩网站名。每个词一条，列出全部位置。\
            福利彩票、体育彩票等正当事项不在词表；同一句里有 打击、查处 等词的不报。",
            "Tampered pages and faulty scrapes replace a word throughout by the name of a betting site. One finding a word, with \
            all its places. The lotteries of welfare and sports are not on the list; sentences with 打击, 查处 and the like are \
            left alone."
        ),
        authority: ("grammars/words.toml 的词表 `spam`", "the word list `spam` in grammars/words.toml"),
        fires: ["按照《«手机彩票网»重点领域公开事项清单》的部署，我镇认真做好公开工作。"],
        quiet: [
            "我局公开了福利彩票公益金的使用情况和体育彩票销售网点名单。" => ("是机关自己的业务词", "the subjects of real agencies"),
            "市公安局通报打击网络违法情况，查处博彩网站的做法受到好评。" => ("说的是打击赌博", "the fight against gambling"),
        ];

    D002 placeholder_left_in: Warning,
        title: ("模板占位符未填", "a placeholder of the template was left in"),
        explanation: (
            "应填数字或日期的地方留着 XX、××、__（如 增加XX条、20XX年），或留着模板的说明文字（此处填写）。\
            人名、号码中的 × 不报：占位符之后必须是计量单位或年月日。",
            "XX, ×× or __ stands where a number or date belongs (增加XX条, 20XX年), or the template's own instructions were left \
            in. Names and numbers made anonymous with × are left alone: a unit or date must follow."
        ),
        authority: ("公开的报告应当填写完整", "a published report is filled in"),
        fires: ["全年主动公开政府信息，较上年增加«XX条»，公开渠道有所增加。"],
        quiet: ["对张××反映的问题，已电话回复（138××××0000）。" => ("是隐去的姓名和号码", "a name and a number made anonymous")];

    D003 number_left_blank: Warning,
        title: ("应有数字之处空缺", "a number was left out"),
        explanation: (
            "“共计条”“同比增长%”：词语之后紧接单位和标点，中间没有数字，多为模板未填。只看词表中的说法。",
            "A unit and punctuation follow at once on words that need a number (共计条, 同比增长%). Only the listed wordings are \
            looked at."
        ),
        authority: ("grammars/words.toml 的词表 `blank_after`", "the word list `blank_after` in grammars/words.toml"),
        fires: ["全年通过网站发布信息«条»，内容不断丰富。"],
        quiet: ["公开信息条目清晰，收到申请件均及时登记。" => ("单位之后词语未完", "a word goes on after the unit")];

    D004 damaged_encoding: Warning,
        title: ("文字编码损坏", "damaged encoding"),
        explanation: (
            "出现只有错误解码才会产生的字符序列（锟斤拷、ï»¿）或替换符 U+FFFD：原文有内容丢失。每种一条，列出全部位置。",
            "Sequences that only a wrong decoding gives (锟斤拷, ï»¿), or U+FFFD: content was lost. One finding a kind, with all \
            its places. A single U+FFFD at the very end is a file cut off, and left alone."
        ),
        authority: ("grammars/words.toml 的词表 `mojibake`；Unicode 标准的 U+FFFD", "the word list `mojibake` in grammars/words.toml; U+FFFD, The Unicode Standard"),
        fires: ["系统响应时间明显缩短。«锟斤拷锟斤拷»平台运行平稳。"],
        quiet: ["系统响应时间明显缩短。平台运行平稳。" => ("没有损坏", "nothing is damaged")];

    D005 period_of_another_year: Warning,
        title: ("统计期限不是报告年度", "the stated period is not the report's year"),
        explanation: (
            "说明统计期限的句子写着另一年的1月1日至12月31日，多为沿用上年文字。报告年度不明、在报告年度当年发布、\
            跨年度的期限不报。",
            "A sentence on the period of the figures names 1 January to 31 December of another year: last year's text, most \
            likely. Quiet where the report's year is unknown, where it was published within that year, and on other periods."
        ),
        authority: ("《政府信息公开条例》：报告说的是上一年", "Regulation on Open Government Information (政府信息公开条例): the report covers the year before"),
        fires: ["云岭镇人民政府2016年政府信息公开工作年度报告\n本报告所列数据的统计期限为«2015年1月1日至2015年12月31日»，欢迎查阅。"],
        quiet: [
            "云岭镇人民政府2016年政府信息公开工作年度报告\n本报告所列数据的统计期限为2016年1月1日至12月31日，欢迎查阅。"
                => ("正是报告的年份", "the report's own year"),
            "云岭镇人民政府2016年政府信息公开工作年度报告\n经审计，2015年1月1日至2015年12月31日的账目已归档。"
                => ("不是报告数字的统计期", "not the period of the report's figures"),
        ];

    D006 table_of_another_year: Warning,
        title: ("统计表标题的年度不是报告年度", "the table's title names another year"),
        explanation: (
            "统计表标题写着上一年度，而全文没有报告年度的统计表标题：表或标题沿用了上年。报告年度不明时不报。",
            "The title of the statistics table names the year before, and no title names the report's own: last year's table or \
            title. Quiet where the report's year is unknown."
        ),
        authority: ("表格自己印的标题", "the title the table itself prints"),
        fires: ["云岭镇人民政府2016年政府信息公开工作年度报告\n2016年，我镇认真做好公开工作。\n政府信息公开情况统计表（«2015年»度）\n"],
        quiet: ["云岭镇人民政府2016年政府信息公开工作年度报告\n2016年，我镇认真做好公开工作。\n政府信息公开情况统计表（2016年度）\n" => ("正是报告的年份", "the report's own year")];

    D007 table_never_filled_in: Note,
        title: ("统计表从未填写", "the statistics table was never filled in"),
        explanation: (
            "表式的各行都在，单元格却全部空白：公开的是空表。空白不是零，因此不作任何核对。填 0、-、/ 的表不报。",
            "The rows of the form are there and every cell is blank: the template was published. Blank is not zero, so nothing is \
            checked. Tables with 0, - or / are left alone."
        ),
        authority: ("公开的报告应当填写完整", "a published report is filled in"),
        fires: ["«收到申请数»|件| |\n1.当面申请数|件| |\n2.网络申请数|件| |\n申请办结数|件| |\n收取的费用|万元| |"],
        quiet: ["收到申请数|件|0|\n1.当面申请数|件|0|\n2.网络申请数|件|0|\n申请办结数|件|0|\n收取的费用|万元|0|" => ("零也是数字", "zeros are figures")];
}

/// Runs the rules of this file.
pub(super) fn check(case: &Case<'_>, out: &mut Findings) {
    spam(case, out);
    placeholders(case, out);
    blanks(case, out);
    damage(case, out);
    period::check(case, &D005, &D006, out);
    blank::check(case, &D007, out);
}

/// Places of each of `words`, longest first at each place, as one span a run where `join` is set.
fn places<'w>(text: &'w str, words: &'w SearchedWords, join: bool) -> BTreeMap<&'w str, Vec<Span>> {
    let mut found: BTreeMap<&str, Vec<Span>> = BTreeMap::new();
    for (word, range) in words.find(text) {
        let spans = found.entry(word).or_default();
        match spans.last_mut().filter(|last| join && last.end == range.start) {
            Some(last) => last.end = range.end,
            None => spans.push(Span::new(range.start, range.end)),
        }
    }
    found
}

/// How far back a sentence is read, in bytes: its marks may be missing, and time must stay linear.
const SENTENCE: usize = 360;

/// Marks that end a sentence, or a line.
const SENTENCE_ENDS: [char; 8] = ['。', '；', ';', '\n', '！', '？', '!', '?'];

/// What stands before `at` in its sentence.
fn sentence_before(text: &str, at: usize) -> &str {
    let from = (at.saturating_sub(SENTENCE)..=at).find(|i| text.is_char_boundary(*i)).unwrap_or(at);
    let before = text.get(from..at).unwrap_or("");
    before.rsplit(SENTENCE_ENDS).next().unwrap_or("")
}

/// What stands after `at` in its sentence.
fn sentence_after(text: &str, at: usize) -> &str {
    let to = (at..=text.len().min(at + SENTENCE)).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(at);
    let after = text.get(at..to).unwrap_or("");
    after.split(SENTENCE_ENDS).next().unwrap_or("")
}

/// Whether an ASCII word stands inside a longer one (`bbin` in `cabbing`).
fn inside_ascii_word(text: &str, span: Span) -> bool {
    let alnum = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let word = text.get(span.start..span.end).unwrap_or("");
    let before = text.get(..span.start).and_then(|s| s.chars().next_back());
    let after = text.get(span.end..).and_then(|s| s.chars().next());
    (alnum(word.chars().next()) && alnum(before)) || (alnum(word.chars().next_back()) && alnum(after))
}

fn spam(case: &Case<'_>, out: &mut Findings) {
    let (text, words) = (case.text.as_str(), case.grammar.lexicon.words());
    for (word, spans) in places(text, &words.spam, false) {
        let honest = |span: &Span| {
            let around = [sentence_before(text, span.start), sentence_after(text, span.end)];
            let context = |w: &String| around.iter().any(|s| s.contains(w.as_str()));
            inside_ascii_word(text, *span) || words.document.spam_context.iter().any(context)
        };
        let spans: Vec<Span> = spans.into_iter().filter(|s| !honest(s)).collect();
        let Some(first) = spans.first() else { continue };
        let message = Message::new(
            format!("夹入与报告无关的词语“{word}”，共 {} 处", spans.len()),
            format!("the word “{word}” does not belong here ({} places)", spans.len()),
        );
        out.report(Finding::new(&D001, message, *first).with_spans(spans).about(word));
    }
}

/// Characters that stand for a figure to be filled in.
const FILLERS: [char; 8] = ['X', 'x', 'Ｘ', 'ｘ', '×', '✕', '_', '＿'];

fn placeholders(case: &Case<'_>, out: &mut Findings) {
    let text = case.text.as_str();
    let mut rest = 0;
    while let Some(start) = text.get(rest..).and_then(|s| s.find(FILLERS)).map(|i| rest + i) {
        let tail = text.get(start..).unwrap_or("");
        let end = start + tail.find(|c| !FILLERS.contains(&c)).unwrap_or(tail.len());
        rest = end;
        if let Some(span) = placeholder(case, Span::new(start, end)) {
            out.report(unfilled(case, span));
            rest = span.end.max(end);
        }
    }
    for (_, spans) in places(text, &case.grammar.lexicon.words().document.templates, false) {
        for span in spans {
            out.report(unfilled(case, span));
        }
    }
}

fn unfilled(case: &Case<'_>, span: Span) -> Finding {
    let printed = case.text.slice(span);
    let message = Message::new(format!("“{printed}”是未填的模板"), format!("“{printed}” was left unfilled"));
    Finding::new(&D002, message, span).about(printed)
}

/// The run of fillers with what must follow it: a unit of things or money or a percent sign, or a date; `None` for a run
/// that stands for something else.
fn placeholder(case: &Case<'_>, run: Span) -> Option<Span> {
    let text = case.text.as_str();
    let (head, filler, tail) = (text.get(..run.start)?, text.get(run.start..run.end)?, text.get(run.end..)?);
    let count = filler.chars().count();
    let before = head.chars().next_back();
    let after = tail.trim_start_matches(' ');
    let gap = tail.len() - after.len();
    // `20XX年`, `XXXX年`, `XX月XX日`; an anonymous name has two at most and no month.
    let digits = head.chars().rev().take(3).take_while(char::is_ascii_digit).count();
    if after.starts_with('年') && ((digits == 2 && count == 2) || (digits == 0 && count == 4)) {
        return Some(Span::new(run.start - digits, run.end + gap + '年'.len_utf8()));
    }
    if digits == 0 && after.strip_prefix('月').is_some_and(|s| s.trim_start_matches(' ').starts_with(FILLERS)) {
        return Some(Span::new(run.start, run.end + gap + '月'.len_utf8()));
    }
    // A size (4×100), a model (SUVX), an e-mail; a line drawn.
    if before.is_some_and(|c| c.is_ascii_alphanumeric()) || count > 12 || gap > 4 {
        return None;
    }
    let (lexicon, words) = (&case.grammar.lexicon, &case.grammar.lexicon.words().document);
    if words.unit_continues.iter().any(|w| after.starts_with(w.as_str())) {
        return None;
    }
    let ends = after.char_indices().take(4).map(|(i, c)| i + c.len_utf8()).collect::<Vec<_>>();
    let unit = ends.into_iter().rev().filter_map(|end| after.get(..end)).find(|unit| {
        let counts = |u: &crate::quantity::Unit| matches!(u.class, UnitClass::Count | UnitClass::Money);
        matches!(*unit, "%" | "％") || lexicon.unit(unit).is_some_and(counts)
    })?;
    let next = after.get(unit.len()..)?.chars().next();
    // One filler alone, or Markdown's underscores, are a figure only where nothing goes on after the unit: `X件。`
    let closed = next.is_none_or(|c| c.is_whitespace() || c == '》' || CLAUSE_ENDS.contains(&c));
    (closed || (count > 1 && !filler.starts_with('_'))).then(|| Span::new(run.start, run.end + gap + unit.len()))
}

/// Marks after which nothing of the clause goes on.
const CLAUSE_ENDS: [char; 10] = ['，', ',', '。', '；', ';', '、', '）', ')', '\n', '\r'];

fn blanks(case: &Case<'_>, out: &mut Findings) {
    let (text, words) = (case.text.as_str(), &case.grammar.lexicon.words().document);
    let in_table = |at: usize| {
        let before = case.facts.tables.partition_point(|t| t.span.start <= at);
        before.checked_sub(1).and_then(|i| case.facts.tables.get(i)).is_some_and(|t| at < t.span.end)
    };
    let mut found: Vec<Span> = Vec::new();
    for (_, leads) in places(text, &words.blank_after, false) {
        for lead in leads.into_iter().filter(|s| !in_table(s.start)) {
            let tail = text.get(lead.end..).unwrap_or("");
            let after = tail.trim_start_matches([' ', '\u{3000}']);
            let at = lead.end + (tail.len() - after.len());
            let units = words.blank_units.iter().filter(|u| after.starts_with(u.as_str()));
            let Some(unit) = units.max_by_key(|u| u.len()) else { continue };
            let next = after.get(unit.len()..).and_then(|s| s.chars().next());
            if next.is_some_and(|c| CLAUSE_ENDS.contains(&c)) {
                found.push(Span::new(at, at + unit.len()));
            }
        }
    }
    for span in found {
        let lead = sentence_before(text, span.start);
        let lead = lead.char_indices().rev().nth(7).map_or(lead, |(i, _)| lead.get(i..).unwrap_or(lead));
        let shown = format!("{lead}{}", case.text.slice(span));
        let message = Message::new(format!("“{shown}”缺数字"), format!("“{shown}” lacks its number"));
        out.report(Finding::new(&D003, message, span).about(shown));
    }
}

/// What decoding leaves where bytes mean nothing.
const REPLACEMENT: char = '\u{FFFD}';

fn damage(case: &Case<'_>, out: &mut Findings) {
    let text = case.text.as_str();
    let mut kinds: Vec<(String, Vec<Span>)> = places(text, &case.grammar.lexicon.words().document.mojibake, true)
        .into_iter()
        .map(|(word, spans)| (word.to_owned(), spans))
        .collect();
    let mut replaced: Vec<Span> = Vec::new();
    for (at, _) in text.match_indices(REPLACEMENT) {
        match replaced.last_mut().filter(|last| last.end == at) {
            Some(last) => last.end = at + REPLACEMENT.len_utf8(),
            None => replaced.push(Span::new(at, at + REPLACEMENT.len_utf8())),
        }
    }
    // A file cut off in the middle of a character ends in one.
    if replaced.last().is_some_and(|s| s.end == text.trim_end().len() && s.len() == REPLACEMENT.len_utf8()) {
        replaced.pop();
    }
    kinds.push(("U+FFFD".to_owned(), replaced));
    for (kind, spans) in kinds {
        let Some(first) = spans.first() else { continue };
        let message = Message::new(
            format!("编码损坏：{kind}，共 {} 处", spans.len()),
            format!("damaged encoding: {kind} ({} places)", spans.len()),
        );
        out.report(Finding::new(&D004, message, *first).with_spans(spans).about(kind));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::Sample;
    use insta::assert_snapshot;

    fn findings(text: &str) -> String {
        Sample::prose(text).findings(super::check)
    }

    #[test]
    fn spam_is_one_finding_a_word() {
        assert_snapshot!(findings("按照《手机彩票网公开清单》部署。\n以《手机彩票网公开清单》为准,另见BET365。"), @"
        D001 - @ BET365
        D001 - @ 手机彩票网, 手机彩票网
        ");
        assert_snapshot!(findings("公开福利彩票网点和体育彩票公益金使用情况，双色球开奖公告"), @"");
        assert_snapshot!(findings("对博彩网站予以查处。通报打击时时彩的做法"), @"");
        assert_snapshot!(findings("型号 abet3650 与 spk100"), @"");
    }

    #[test]
    fn placeholders_need_a_unit_or_a_date() {
        assert_snapshot!(findings("较上年增加XX条。其中××件、增加__条,占X%。公开XX条信息"), @"
        D002 - @ XX条
        D002 - @ ××件
        D002 - @ __条
        D002 - @ X%
        D002 - @ XX条
        ");
        assert_snapshot!(findings("20XX年，XXXX年；XX月XX日"), @"
        D002 - @ 20XX年
        D002 - @ XXXX年
        D002 - @ XX月
        ");
        assert_snapshot!(findings("张××反映，138××××0000，4×100米，《××条例》，XX人民政府，__条目__，SUVX件套"), @"");
        assert_snapshot!(findings("（此处填写单位名称）"), @"D002 - @ 此处填写");
    }

    #[test]
    fn blanks_where_a_number_belongs() {
        assert_snapshot!(findings("通过网站发布信息条，同比增长 %。全文共计字。"), @"
        D003 - @ 字
        D003 - @ 条
        D003 - @ %
        ");
        assert_snapshot!(findings("公开信息条目清晰，合计3条，共计人次多。"), @"");
    }

    #[test]
    fn damage_is_one_finding_a_kind() {
        assert_snapshot!(findings("平台锟斤拷锟斤拷运行，再现锟斤拷。"), @"D004 - @ 锟斤拷锟斤拷, 锟斤拷");
        assert_eq!(findings("一\u{FFFD}\u{FFFD}二\u{FFFD}三"), "D004 - @ \u{FFFD}\u{FFFD}, \u{FFFD}");
        assert_snapshot!(findings("文件被截断\u{FFFD}"), @"");
    }

    #[test]
    fn the_period_is_the_reports_year() {
        assert_snapshot!(findings("本报告所列数据的统计期限为2015年1月1日至2015年12月31日，"), @"D005 - @ 2015年1月1日至2015年12月31日");
        assert_snapshot!(findings("统计期限为２０１５年１月１日至１２月３１日止"), @"D005 - @ ２０１５年１月１日至１２月３１日");
        assert_snapshot!(findings("统计期限为2016年1月1日至12月31日。"), @"");
        assert_snapshot!(findings("统计期限如下。2015年1月1日至12月31日的账目已归档。"), @"");
        let mut sample = Sample::prose("统计期限为2015年1月1日至2015年12月31日。");
        sample.facts.head.published = Some("2016-03".to_owned());
        assert_snapshot!(sample.findings(super::check), @"");
        sample.facts.head.year = None;
        assert_snapshot!(sample.findings(super::check), @"");
    }

    #[test]
    fn the_tables_title_names_the_reports_year() {
        assert_snapshot!(findings("政府信息公开情况统计表（2015年度）"), @"D006 - @ 2015年");
        assert_snapshot!(findings("政府信息公开情况统计表（2016年度）"), @"");
        assert_snapshot!(findings("2016年统计表\n2015年统计表"), @"");
        assert_snapshot!(findings("本年度的统计表与2015年的统计表口径相同，所以今年不再另作说明，请各位读者对照往年报告阅读本年度数据，如有疑问请联系我们的办公室。"), @"");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(text in "[XＸ×_%年月日12条件共计发布信息统计表期限至。,\u{FFFD}\n a]{0,60}") {
            let sample = Sample::prose(&text);
            for line in sample.ruling().findings {
                for span in line.spans {
                    proptest::prop_assert!(!sample.text.slice(span).is_empty());
                }
            }
        }
    }
}
