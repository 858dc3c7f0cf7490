//! `explain`: a rule's page, from its item.

use crate::{CLEAN, FAILED, arguments::Explain, output};
use duibiao::{
    audit::{Lang, RuleInfo},
    render,
};

/// Most codes proposed for one that is not known.
const PROPOSALS: usize = 3;

/// Prints one rule's page, or the list of all rules.
pub(crate) fn explain(arguments: &Explain) -> u8 {
    let lang = arguments.language.get();
    let rules = RuleInfo::all(lang);
    let text = match &arguments.code {
        None => render::rule_list(&rules, lang),
        Some(code) => match rules.iter().find(|rule| rule.code.eq_ignore_ascii_case(code)) {
            Some(rule) => render::rule_page(rule, lang),
            None => {
                output::complain(&unknown(code, &rules, lang));
                return FAILED;
            }
        },
    };
    output::print(&text, CLEAN, lang)
}

fn unknown(code: &str, rules: &[RuleInfo], lang: Lang) -> String {
    let nearest = nearest(code, rules).join(lang.pick("、", ", "));
    match (lang, nearest.is_empty()) {
        (Lang::Zh, true) => format!("没有规则 {code}"),
        (Lang::Zh, false) => format!("没有规则 {code}；相近的有 {nearest}"),
        (Lang::En, true) => format!("no rule {code}"),
        (Lang::En, false) => format!("no rule {code}; near it are {nearest}"),
    }
}

/// The codes that differ in the fewest places, those of the same family first.
fn nearest(code: &str, rules: &[RuleInfo]) -> Vec<String> {
    let code = code.to_ascii_uppercase();
    let distance = |rule: &RuleInfo| {
        let differing = rule.code.chars().zip(code.chars()).filter(|(a, b)| a != b).count();
        let family = rule.code.chars().next() != code.chars().next();
        (family, differing + rule.code.len().abs_diff(code.len()))
    };
    let mut near: Vec<(_, &RuleInfo)> = rules.iter().map(|rule| (distance(rule), rule)).collect();
    near.sort_by(|(a, rule), (b, other)| a.cmp(b).then_with(|| rule.code.cmp(&other.code)));
    near.into_iter().take(PROPOSALS).map(|(_, rule)| rule.code.clone()).collect()
}
