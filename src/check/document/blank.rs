//! Tables of a form that nobody filled in: the template itself, published.

use crate::{
    align::{Reading, Table},
    check::{Case, Finding, Findings, Message, Rule},
    text::Span,
};
use std::collections::BTreeMap;

/// Fewest cells of a form that show it was never filled in.
const FEWEST: usize = 5;

/// Reports the first table of each form whose cells are all blank in the whole document; a dash is an answer.
pub(super) fn check(case: &Case<'_>, rule: &'static Rule, out: &mut Findings) {
    let mut forms: BTreeMap<usize, (Vec<Span>, bool)> = BTreeMap::new();
    for triple in &case.facts.triples {
        let Some(form) = case.facts.tables.get(triple.table).and_then(|t| t.form) else { continue };
        let blank = triple.value == Reading::Blank && case.text.slice(triple.span).trim().is_empty();
        let (labels, filled) = forms.entry(form).or_default();
        *filled |= !blank;
        labels.push(triple.label_span);
    }
    for (form, (labels, filled)) in forms {
        if filled || labels.len() < FEWEST {
            continue;
        }
        let (Some(first), Some(known)) = (labels.first(), case.grammar.forms.get(form)) else { continue };
        let cells = labels.len();
        let message = Message::new(
            format!("《{}》从未填写：{cells} 个单元格全部空白", known.title),
            format!("“{}” was never filled in: all {cells} cells are blank", known.title),
        );
        out.report(Finding::new(rule, message, *first).about(&known.key));
    }
}

/// Whether a table has cells and none of them is filled.
pub(in crate::check) fn unfilled(case: &Case<'_>, index: usize, table: &Table) -> bool {
    let triples = &case.facts.triples;
    let (from, to) = (triples.partition_point(|t| t.table < index), triples.partition_point(|t| t.table <= index));
    let cells = triples.get(from..to).unwrap_or_default();
    table.form.is_some() && !cells.is_empty() && cells.iter().all(|t| t.value == Reading::Blank)
}
