//! Styles and lists of a Word document: which paragraphs are headings, and the numbers that Word writes before them.

use super::attribute;
use quick_xml::{Reader, events::Event};
use std::collections::BTreeMap;

/// Longest chain of styles that rest on one another.
const CHAIN: usize = 10;
/// Levels of a list.
const LEVELS: usize = 9;

/// What a style says of its paragraphs.
#[derive(Clone, Debug, Default)]
pub(super) struct Style {
    /// Level as a heading: 0 for the title, 1 for the outermost heading.
    pub level: Option<u8>,
    /// The list its paragraphs are numbered in.
    pub list: Option<String>,
    /// Their depth there.
    pub depth: Option<usize>,
    based_on: Option<String>,
}

/// The styles by their ids.
#[derive(Debug, Default)]
pub(super) struct Styles(BTreeMap<String, Style>);

impl Styles {
    /// Reads `word/styles.xml`; damage ends the list.
    pub fn read(xml: &str) -> Self {
        let mut styles = BTreeMap::new();
        let mut open: Option<(String, Style)> = None;
        let mut reader = Reader::from_str(xml);
        while let Ok(event) = reader.read_event() {
            match &event {
                Event::Eof => break,
                Event::Start(element) | Event::Empty(element) => {
                    let value = || attribute(element, "w:val");
                    match (element.name().as_ref(), &mut open) {
                        ("w:style", _) => open = attribute(element, "w:styleId").map(|id| (id, Style::default())),
                        ("w:name", Some((_, style))) => {
                            style.level = style.level.or_else(|| heading(&value().unwrap_or_default()));
                        }
                        ("w:basedOn", Some((_, style))) => style.based_on = value(),
                        ("w:outlineLvl", Some((_, style))) => {
                            let level = value().and_then(|v| v.parse::<u8>().ok()).filter(|level| *level < 9);
                            style.level = style.level.or(level.map(|level| level + 1));
                        }
                        ("w:numId", Some((_, style))) => style.list = value(),
                        ("w:ilvl", Some((_, style))) => style.depth = value().and_then(|v| v.parse().ok()),
                        _ => {}
                    }
                }
                Event::End(element) if element.name().as_ref() == "w:style" => styles.extend(open.take()),
                _ => {}
            }
        }
        Styles(styles)
    }

    /// A style with what it takes from those it rests on.
    pub fn get(&self, id: &str) -> Option<Style> {
        let mut style = self.0.get(id)?.clone();
        let mut base = style.based_on.clone();
        for _ in 0..CHAIN {
            let Some(below) = base.as_deref().and_then(|id| self.0.get(id)) else { break };
            style.level = style.level.or(below.level);
            style.depth = style.depth.or(below.depth);
            style.list = style.list.or_else(|| below.list.clone());
            base = below.based_on.clone();
        }
        Some(style)
    }
}

/// The level that a style's name gives.
fn heading(name: &str) -> Option<u8> {
    let name = name.trim().to_ascii_lowercase();
    if matches!(name.as_str(), "title" | "标题") {
        return Some(0);
    }
    let rest = name.strip_prefix("heading").or_else(|| name.strip_prefix("标题"))?;
    rest.trim().parse().ok().filter(|level| (1..=9).contains(level))
}

/// How one level of a list is numbered.
#[derive(Clone, Debug)]
struct Level {
    start: usize,
    format: String,
    /// The words around the numbers: `（%1）`.
    words: String,
}

/// The lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    /// For each list, its levels.
    lists: BTreeMap<String, Vec<Option<Level>>>,
    counts: BTreeMap<String, Vec<Option<usize>>>,
}

impl Numbers {
    /// Reads `word/numbering.xml`; damage ends the lists.
    pub fn read(xml: &str) -> Self {
        let mut abstracts: BTreeMap<String, Vec<Option<Level>>> = BTreeMap::new();
        let mut lists = BTreeMap::new();
        let (mut open, mut at, mut list) = (None::<String>, None::<usize>, None::<String>);
        let mut reader = Reader::from_str(xml);
        while let Ok(event) = reader.read_event() {
            match &event {
                Event::Eof => break,
                Event::Start(element) | Event::Empty(element) => {
                    let value = || attribute(element, "w:val").unwrap_or_default();
                    let level = open
                        .as_ref()
                        .and_then(|id| abstracts.get_mut(id))
                        .and_then(|levels| levels.get_mut(at?)?.as_mut());
                    match element.name().as_ref() {
                        "w:abstractNum" => {
                            open = attribute(element, "w:abstractNumId");
                            abstracts.extend(open.clone().map(|id| (id, vec![None; LEVELS])));
                        }
                        "w:lvl" => {
                            at = attribute(element, "w:ilvl").and_then(|v| v.parse().ok()).filter(|at| *at < LEVELS);
                            let slot = open.as_ref().and_then(|id| abstracts.get_mut(id)).and_then(|l| l.get_mut(at?));
                            if let Some(slot) = slot {
                                *slot = Some(Level { start: 1, format: String::new(), words: String::new() });
                            }
                        }
                        "w:num" => {
                            (open, at) = (None, None);
                            list = attribute(element, "w:numId");
                        }
                        "w:abstractNumId" => {
                            if let (Some(id), Some(levels)) = (list.take(), abstracts.get(&value())) {
                                lists.insert(id, levels.clone());
                            }
                        }
                        "w:start" => level.into_iter().for_each(|l| l.start = value().parse().unwrap_or(1)),
                        "w:numFmt" => level.into_iter().for_each(|l| l.format = value()),
                        "w:lvlText" => level.into_iter().for_each(|l| l.words = value()),
                        _ => {}
                    }
                }
                _ => {}
            }
        }
        Numbers { lists, counts: BTreeMap::new() }
    }

    /// The number of the next paragraph of a list at a depth; empty where it has none, or a dot.
    pub fn next(&mut self, list: &str, depth: usize) -> String {
        let Some(levels) = self.lists.get(list) else { return String::new() };
        let Some(Some(level)) = levels.get(depth) else { return String::new() };
        let counts = self.counts.entry(list.to_owned()).or_insert_with(|| vec![None; LEVELS]);
        if let Some(count) = counts.get_mut(depth) {
            *count = Some(count.map_or(level.start, |count| count.saturating_add(1)));
        }
        counts.iter_mut().skip(depth + 1).for_each(|count| *count = None);
        if matches!(level.format.as_str(), "bullet" | "none" | "") {
            return String::new();
        }
        let mut words = level.words.clone();
        for (at, count) in counts.iter().enumerate().take(depth + 1) {
            let Some(Some(level)) = levels.get(at) else { continue };
            let number = count.unwrap_or(level.start);
            words = words.replace(&format!("%{}", at + 1), &numeral(number, &level.format));
        }
        words
    }
}

/// A number in the format of a list.
fn numeral(number: usize, format: &str) -> String {
    match format {
        "chineseCounting"
        | "chineseCountingThousand"
        | "japaneseCounting"
        | "ideographDigital"
        | "taiwaneseCounting"
        | "taiwaneseCountingThousand"
        | "japaneseDigitalTenThousand" => chinese(number),
        "upperLetter" | "lowerLetter" => {
            let letter =
                u32::try_from(number).ok().filter(|n| (1..=26).contains(n)).and_then(|n| char::from_u32(64 + n));
            let letter = letter.map_or_else(|| number.to_string(), |c| c.to_string());
            if format == "lowerLetter" { letter.to_lowercase() } else { letter }
        }
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => {
            let circled =
                u32::try_from(number).ok().filter(|n| (1..=20).contains(n)).and_then(|n| char::from_u32(0x245F + n));
            circled.map_or_else(|| number.to_string(), |c| c.to_string())
        }
        _ => number.to_string(),
    }
}

/// A number up to 99 in Chinese numerals.
fn chinese(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |n: usize| DIGITS.get(n).copied().unwrap_or("");
    match number {
        1..=9 => digit(number).to_owned(),
        10..=19 => format!("十{}", digit(number - 10)),
        20..=99 => format!("{}十{}", digit(number / 10), digit(number % 10)),
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
    use super::*;

    #[test]
    fn headings_by_name_by_level_and_by_what_they_rest_on() {
        let styles = Styles::read(
            "<w:styles><w:style w:styleId='1'><w:name w:val='heading 1'/></w:style>\
             <w:style w:styleId='a'><w:name w:val='Title'/></w:style>\
             <w:style w:styleId='b'><w:name w:val='公文二级'/><w:basedOn w:val='1'/></w:style>\
             <w:style w:styleId='c'><w:name w:val='节'/><w:pPr><w:outlineLvl w:val='2'/></w:pPr></w:style>\
             <w:style w:styleId='d'><w:name w:val='正文'/><w:basedOn w:val='d'/></w:style></w:styles>",
        );
        let level = |id: &str| styles.get(id).and_then(|style| style.level);
        assert_eq!(["1", "a", "b", "c", "d", "e"].map(level), [Some(1), Some(0), Some(1), Some(3), None, None]);
    }

    #[test]
    fn lists_count_as_word_does() {
        let mut numbers = Numbers::read(
            "<w:numbering><w:abstractNum w:abstractNumId='7'><w:lvl w:ilvl='0'><w:start w:val='1'/>\
             <w:numFmt w:val='chineseCountingThousand'/><w:lvlText w:val='%1、'/></w:lvl>\
             <w:lvl w:ilvl='1'><w:start w:val='3'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%2.'/></w:lvl></w:abstractNum>\
             <w:num w:numId='2'><w:abstractNumId w:val='7'/></w:num></w:numbering>",
        );
        let got = [("2", 0), ("2", 1), ("2", 1), ("2", 0), ("2", 1), ("9", 0), ("2", 5)]
            .map(|(list, at)| numbers.next(list, at));
        assert_eq!(got, ["一、", "3.", "4.", "二、", "3.", "", ""]);
        assert_eq!([10, 11, 20, 35, 100].map(chinese), ["十", "十一", "二十", "三十五", "100"]);
    }
}
