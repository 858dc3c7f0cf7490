//! Everything that is no table: title, furniture, headings, paragraphs, notes, and the path of each.

use super::{
    Region, RegionKind,
    lines::{Line, PIPES, ends_open},
};
use crate::text::Span;
use std::ops::Range;

/// The regions of a text whose tables are known.
pub(super) fn regions(lines: &[Line<'_>], tables: &[Range<usize>]) -> Vec<Region> {
    let mut walk =
        Walk { lines, tables, next: next_visible(lines), title: None, out: Vec::new(), stack: Vec::new(), body: false };
    walk.title = walk.find_title();
    walk.run();
    walk.out
}

/// For each line the index of the next one that is not blank.
fn next_visible(lines: &[Line<'_>]) -> Vec<usize> {
    let mut next = vec![lines.len(); lines.len()];
    let mut seen = lines.len();
    for (slot, (i, line)) in next.iter_mut().zip(lines.iter().enumerate()).rev() {
        *slot = seen;
        if !line.blank() {
            seen = i;
        }
    }
    next
}

struct Walk<'a, 't> {
    lines: &'a [Line<'t>],
    tables: &'a [Range<usize>],
    next: Vec<usize>,
    title: Option<Range<usize>>,
    out: Vec<Region>,
    stack: Vec<(u8, Span)>,
    /// Whether a paragraph has been seen.
    body: bool,
}

impl<'t> Walk<'_, 't> {
    fn line(&self, i: usize) -> Option<&Line<'t>> {
        self.lines.get(i)
    }

    fn table_at(&self, i: usize) -> Option<Range<usize>> {
        let at = self.tables.partition_point(|t| t.end <= i);
        self.tables.get(at).filter(|t| t.start <= i).cloned()
    }

    /// The title stands before the first paragraph, heading and table: the line there that names a year, else the
    /// longest.
    fn find_title(&self) -> Option<Range<usize>> {
        let mut best: Option<(bool, usize, usize)> = None;
        let (mut front, mut below) = (0, false);
        for (i, line) in self.lines.iter().enumerate() {
            if line.blank() {
                continue;
            }
            if line.marked == Some(1) {
                return Some(i..i + 1);
            }
            if let Some(table) = self.table_at(i) {
                // A table of index numbers may stand above the title; a table of figures stands below it.
                if best.is_some() || table.len() > 12 {
                    break;
                }
                below = true;
                continue;
            }
            if line.stop || line.chars > 60 || line.heading().is_some() || front > 30 {
                break;
            }
            front += 1;
            if chrome(line)
                || line.metadata()
                || line.date()
                || line.annex()
                || ends_open(line.text)
                || line.ordinal.is_some()
                || self.line(i + 1).is_some_and(|l| l.value)
            {
                continue;
            }
            let year = names_year(line.text);
            if below && !year {
                continue;
            }
            if best.is_none_or(|(y, n, _)| (year, line.chars) > (y, n)) {
                best = Some((year, line.chars, i));
            }
        }
        let (_, _, at) = best?;
        // An agency alone on the line above is the title's first half.
        let joins = |l: &Line<'_>| {
            !l.blank() && l.chars <= 25 && l.gaps == 0 && l.text.chars().all(|c| c.is_alphabetic() && !c.is_ascii())
        };
        let start = at.checked_sub(1).filter(|i| front <= 3 && self.line(*i).is_some_and(joins)).unwrap_or(at);
        Some(start..at + 1)
    }

    fn run(&mut self) {
        let mut i = 0;
        while let Some(line) = self.line(i).cloned() {
            if line.blank() {
                i += 1;
            } else if let Some(range) = self.table_at(i) {
                self.put_range(RegionKind::Table, range.clone());
                self.stack.retain(|(level, _)| *level < CAPTION);
                i = range.end.max(i + 1);
            } else if let Some(title) = self.title.clone().filter(|t| t.start <= i && i < t.end) {
                self.put_range(RegionKind::Title, title.clone());
                i = title.end;
            } else {
                i = self.prose(i, &line);
            }
        }
    }

    /// Places one line outside tables, or a paragraph of several; gives the next line's index.
    fn prose(&mut self, i: usize, line: &Line<'_>) -> usize {
        let after = self.next.get(i).copied().unwrap_or(i + 1);
        let below = self.line(after);
        let beyond = self.next.get(after).copied().unwrap_or(after + 1);
        let bracketed =
            below.is_some_and(|l| l.text.starts_with(['（', '(']) && l.text.ends_with(['）', ')']) && l.chars <= 20);
        let table_below = self.table_at(after).is_some() || (bracketed && self.table_at(beyond).is_some());
        let amid = |i: usize| self.line(i).is_some_and(|l| !l.blank()) && self.table_at(i).is_none();
        let broken = line.text.starts_with(char::is_numeric) && i > 0 && amid(i - 1) && amid(i + 1);
        if (chrome(line) && !broken) || (!self.body && line.metadata()) {
            self.put(RegionKind::Furniture, line.span);
        } else if line.date() || line.annex() || (self.body && line.metadata()) {
            self.put(RegionKind::Note, line.span);
            if self.body {
                self.stack.clear();
            }
        } else if let Some(level) = line.heading() {
            self.body = true;
            self.head(level, line);
        } else if table_below && !line.stop && line.chars <= 60 {
            self.stack.retain(|(level, _)| *level < CAPTION);
            self.head(CAPTION, line);
        } else if bare(line) && line.chars <= 30 && self.signs(after) {
            self.put(RegionKind::Note, line.span);
            self.stack.clear();
        } else if !self.body && self.title.as_ref().is_some_and(|t| i < t.start) && line.chars <= 60 && !line.stop {
            self.put(RegionKind::Furniture, line.span);
        } else if bare(line) && line.chars <= 20 && below.is_some_and(|l| l.stop || l.heading().is_some()) {
            self.head(1, line);
        } else {
            self.body = true;
            return self.paragraph(i, line.span);
        }
        i + 1
    }

    /// Whether what follows line `i` closes a letter: a date, an annex, the table, or the end.
    fn signs(&self, i: usize) -> bool {
        self.body && self.line(i).is_none_or(|l| l.date() || l.annex() || self.table_at(i).is_some())
    }

    /// Joins the lines of a broken paragraph: one that does not end a sentence goes on in the next line.
    fn paragraph(&mut self, start: usize, span: Span) -> usize {
        let mut span = span;
        let mut i = start;
        while let (Some(line), Some(below)) = (self.line(i), self.line(i + 1)) {
            let closed = line.text.ends_with(['。', '！', '？', '；', ';', '：', ':', '”', '!', '?', '>']);
            let other = below.blank()
                || self.table_at(i + 1).is_some()
                || below.heading().is_some()
                || below.ordinal.is_some()
                || below.date()
                || below.annex()
                || chrome(below) && !below.value
                || (bare(below) && self.signs(self.next.get(i + 1).copied().unwrap_or(i + 2)));
            if closed
                || other
                || (i == start && bare(line) && line.chars <= 8 && !below.text.starts_with(PUNCTUATION) && !below.value)
            {
                break;
            }
            span = span.cover(below.span);
            i += 1;
        }
        self.put(RegionKind::Paragraph, span);
        i + 1
    }

    fn head(&mut self, level: u8, line: &Line<'_>) {
        self.stack.retain(|(above, _)| *above < level);
        self.put(RegionKind::Heading { level: level.min(9) }, line.span);
        let marks = |c: char| c == '#' || c == '*' || c.is_whitespace();
        let text = line.text.trim_start_matches(marks);
        let start = line.span.end - text.len();
        self.stack.push((level, Span::new(start, start + text.trim_end_matches(marks).len())));
    }

    fn put(&mut self, kind: RegionKind, span: Span) {
        let path = self.stack.iter().map(|(_, span)| *span).collect();
        self.out.push(Region { kind, span, path });
    }

    fn put_range(&mut self, kind: RegionKind, range: Range<usize>) {
        let mut visible = self.lines.get(range).unwrap_or_default().iter().filter(|l| !l.blank());
        let Some(first) = visible.next() else { return };
        let last = visible.next_back().unwrap_or(first);
        self.put(kind, first.span.cover(last.span));
    }
}

/// Level of a table's own heading: below every heading of the prose.
const CAPTION: u8 = 9;
const PUNCTUATION: [char; 8] = ['，', '。', '、', '；', ',', ';', '）', ')'];

/// Only letters of a script without spaces, brackets and quotes: no sentence, no list.
fn bare(line: &Line<'_>) -> bool {
    line.ordinal.is_none()
        && line.gaps == 0
        && line.pipes == 0
        && !line.stop
        && !line.text.contains(['，', ',', '；', ';', '：', ':', '、', '>'])
        && line.text.chars().any(|c| c.is_alphabetic() && !c.is_ascii())
}

/// Web chrome by its shape: breadcrumbs, rows of bracketed buttons, page numbers, rules of signs, markup.
fn chrome(line: &Line<'_>) -> bool {
    let text = line.text;
    let markup = text.starts_with('<') && visible_markup(text).is_none();
    let crumbs = !line.stop && line.chars <= 120 && !text.starts_with('<') && text.contains(['>', '＞', '»', '›']);
    let buttons = text.starts_with(['【', '[']) && text.ends_with(['】', ']']) && line.chars <= 60;
    let signs = !text.chars().any(char::is_alphanumeric);
    let page = line.chars <= 16
        && (line.value
            || text.starts_with('第') && text.ends_with('页')
            || text.trim_matches(['-', '—', ' ']).bytes().all(|b| b.is_ascii_digit()));
    let links = !line.stop && line.pipes > 0 && text.split(PIPES).all(|w| w.trim().chars().count() <= 8);
    markup || crumbs || buttons || signs || page || links
}

/// The words of a line of markup that lie outside its tags, if any.
fn visible_markup(text: &str) -> Option<&str> {
    text.split('<')
        .filter_map(|part| part.split_once('>'))
        .map(|(_, words)| words.trim())
        .find(|words| words.replace("&nbsp;", " ").chars().any(char::is_alphanumeric))
}

/// Four digits or numerals before 年.
fn names_year(text: &str) -> bool {
    text.match_indices('年').any(|(at, _)| {
        let before = text.get(..at).unwrap_or("").trim_end();
        before
            .chars()
            .rev()
            .take_while(|c| c.is_ascii_digit() || super::ordinal::is_numeral(*c) || ('０'..='９').contains(c))
            .count()
            >= 4
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
    use crate::{
        layout::{RegionKind, split},
        text::Text,
    };
    use insta::assert_snapshot;

    fn show(source: &str) -> String {
        let text = Text::decode(source.as_bytes());
        let text = text.shown();
        let mut out = String::new();
        for region in split(&text).regions {
            let kind = match region.kind {
                RegionKind::Heading { level } => format!("heading {level}"),
                kind => format!("{kind:?}").to_lowercase(),
            };
            let path: Vec<&str> = region.path.iter().map(|s| text.slice(*s)).collect();
            let body = text.slice(region.span).replace('\n', "⏎");
            out.push_str(&format!("{kind:<10} {body} [{}]\n", path.join(" > ")));
        }
        out
    }

    #[test]
    fn a_report_with_everything() {
        assert_snapshot!(show("首页 > 信息公开 > 年报\n某县水务局2015年度报告\n发布时间：2016-02-01　来源：办公室\n本报告依据条例编写。\n\
            一、主动公开\n（一）总量。全年公开12条。\n（二）渠道\n网站公开8条,\n微信公开4条。\n\
            某县水务局\n2016年2月1日\n附:统计表\n填报单位:某县水务局\n指标 | 单位 | 数量\n申请数 | 件 | 3\n- 1 -"), @r"
        furniture  首页 > 信息公开 > 年报 []
        title      某县水务局2015年度报告 []
        furniture  发布时间：2016-02-01　来源：办公室 []
        paragraph  本报告依据条例编写。 []
        heading 1  一、主动公开 []
        paragraph  （一）总量。全年公开12条。 [一、主动公开]
        heading 2  （二）渠道 [一、主动公开]
        paragraph  网站公开8条,⏎微信公开4条。 [一、主动公开 > （二）渠道]
        note       某县水务局 [一、主动公开 > （二）渠道]
        note       2016年2月1日 []
        note       附:统计表 []
        table      填报单位:某县水务局⏎指标 | 单位 | 数量⏎申请数 | 件 | 3 []
        furniture  - 1 - []
        ");
    }

    #[test]
    fn tables_between_headings_of_the_prose() {
        assert_snapshot!(show("# 某区2021年报告\n\n## 二、公开情况\n\n| 内容 | 件数 |\n| --- | --- |\n| 规章 | 0 |\n\n## 三、申请情况\n表一 申请\n\
            内容 |\n件数 |\n新收 |\n3 |\n四、复议情况\n复议 |\n诉讼 |\n1 |\n0 |\n五、问题\n主要问题有两点。"), @r"
        title      # 某区2021年报告 []
        heading 1  ## 二、公开情况 []
        table      | 内容 | 件数 |⏎| --- | --- |⏎| 规章 | 0 | [二、公开情况]
        heading 1  ## 三、申请情况 []
        heading 9  表一 申请 [三、申请情况]
        table      内容 |⏎件数 |⏎新收 |⏎3 | [三、申请情况 > 表一 申请]
        heading 1  四、复议情况 []
        table      复议 |⏎诉讼 |⏎1 |⏎0 | [四、复议情况]
        heading 1  五、问题 []
        paragraph  主要问题有两点。 [五、问题]
        ");
    }

    #[test]
    fn cells_without_any_delimiter() {
        assert_snapshot!(show("某街道2018年报告\n收到申请9件,其中网上5件。\n某街道办事处\n2019年3月6日\n情况统计表\n指标\n单位\n数\n一、申请\n收到数\n件\n9\n\n网上\n件\n5\n\n当面\n件\n3\n信函\n件\n1\n五、问题\n有两点不足。"), @r"
        title      某街道2018年报告 []
        paragraph  收到申请9件,其中网上5件。 []
        note       某街道办事处 []
        note       2019年3月6日 []
        table      情况统计表⏎指标⏎单位⏎数⏎一、申请⏎收到数⏎件⏎9⏎⏎网上⏎件⏎5⏎⏎当面⏎件⏎3⏎信函⏎件⏎1 []
        heading 1  五、问题 []
        paragraph  有两点不足。 [五、问题]
        ");
    }

    #[test]
    fn sentences_broken_around_numbers_are_no_table() {
        assert_snapshot!(show("全年共收到申请\n12\n件，其中当面\n5\n件，网络\n3\n件，信函\n4\n件。办结\n12\n件。"), @"paragraph  全年共收到申请⏎12⏎件，其中当面⏎5⏎件，网络⏎3⏎件，信函⏎4⏎件。办结⏎12⏎件。 []");
    }

    #[test]
    fn a_page_of_html() {
        assert_snapshot!(show("<html><head><title>某局</title><style>td{width:3px}</style></head>\n<body><div>首页 &gt; 年报</div><h1>某局2019年报告</h1>\n\
            <p>&nbsp;&nbsp;本报告依据条例编写。</p><h2>一、情况</h2><p>公开3件。<br>办结2件。</p>\n<table><tr><td>12</td></tr></table></body></html>"), @"
    furniture  首页 > 年报 []
    title      某局2019年报告 []
    paragraph  本报告依据条例编写。 []
    heading 1  一、情况 []
    paragraph  公开3件。 [一、情况]
    paragraph  办结2件。 [一、情况]
    table      ⏎⏎12 [一、情况]
    ");
    }

    #[test]
    fn every_visible_line_lies_in_one_region() {
        for source in ["", "\n\n", "一、\n|\n||\n12", "<table>\n<tr><td>1</td></tr>\n</table>", "a\tb\nc\td\n\u{feff}"]
        {
            let text = Text::decode(source.as_bytes());
            let text = text.shown();
            let regions = split(&text).regions;
            let mut end = 0;
            for region in &regions {
                assert!(region.span.start >= end, "{source:?}");
                assert!(!text.slice(region.span).is_empty());
                assert!(!text.as_str()[end..region.span.start].chars().any(char::is_alphanumeric), "{source:?}");
                end = region.span.end;
            }
        }
    }
}
