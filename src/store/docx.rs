//! Word documents: paragraphs with their headings, tables with their merged cells.
//!
//! What was deleted in a tracked change, hidden text, field codes, glosses and notes at the foot are left out; what stands
//! in text boxes follows the paragraph that holds the box.

mod styles;

use super::{
    FaultKind,
    extract::{Extract, WIDEST},
    package::Package,
};
use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};
use styles::{Numbers, Styles};

/// Deepest nesting of tables that is followed; what lies deeper is read as the words of its cell.
const DEEPEST: usize = 40;

/// A stretch of a document.
#[derive(Debug)]
enum Block {
    Paragraph { text: String, level: Option<u8> },
    Table(Vec<Vec<Cell>>),
}

#[derive(Debug, Default)]
struct Cell {
    blocks: Vec<Block>,
    columns: usize,
}

/// The text of a document.
pub(super) fn read(package: &mut Package<'_>) -> Result<String, FaultKind> {
    let name = "word/document.xml";
    let styles = Styles::read(package.part("word/styles.xml")?.as_deref().unwrap_or(""));
    let numbers = Numbers::read(package.part("word/numbering.xml")?.as_deref().unwrap_or(""));
    let document = package.part(name)?.unwrap_or_default();
    let mut parser = Parser { reader: Reader::from_str(&document), styles, numbers };
    let blocks = parser.document().map_err(|reason| {
        let at = parser.reader.buffer_position();
        FaultKind::Broken { kind: "docx", place: format!("{name}: {at}: {reason}") }
    })?;
    let mut extract = Extract::default();
    let first = title(&blocks);
    let mut full = false;
    write(&blocks, first, &mut extract, &mut full);
    if full {
        return Err(FaultKind::TooManyCells);
    }
    let text = extract.finish();
    if text.trim().is_empty() { Err(FaultKind::NoText("docx")) } else { Ok(text) }
}

/// The heading that is the document's title: the first one, where it is of the outermost level and no other is.
fn title(blocks: &[Block]) -> Option<usize> {
    let level = |block: &Block| match block {
        Block::Paragraph { level, .. } => *level,
        Block::Table(_) => None,
    };
    let first = blocks.iter().position(|block| level(block).is_some())?;
    let outermost = level(blocks.get(first)?)?;
    let alone = blocks.iter().skip(first + 1).filter_map(level).all(|level| level > outermost);
    let before =
        blocks.iter().take(first).filter(|b| matches!(b, Block::Paragraph { text, .. } if !text.trim().is_empty()));
    (alone && before.count() <= 3).then_some(first)
}

fn write(blocks: &[Block], title: Option<usize>, extract: &mut Extract, full: &mut bool) {
    for (n, block) in blocks.iter().enumerate() {
        match block {
            Block::Paragraph { text, level } => {
                // Level 0 is a style that says of itself that it is the title.
                let level = match level {
                    Some(0) => Some(1),
                    Some(_) if title == Some(n) => Some(1),
                    level => level.map(|level| level + 1),
                };
                extract.paragraph(text, level);
            }
            Block::Table(rows) => table(rows, extract, full),
        }
    }
}

/// Writes a table. One that holds others, and fewer rows with figures than they, is there for the looks: its cells are prose.
fn table(rows: &[Vec<Cell>], extract: &mut Extract, full: &mut bool) {
    if *full {
        return;
    }
    let (own, inner) = figures(rows);
    let nested = rows.iter().flatten().flat_map(|cell| &cell.blocks).any(|block| matches!(block, Block::Table(_)));
    if nested && own <= inner.max(2) {
        for cell in rows.iter().flatten() {
            write(&cell.blocks, None, extract, full);
        }
        return;
    }
    extract.part();
    for row in rows {
        let mut cells: Vec<String> = Vec::new();
        for cell in row {
            let mut words = String::new();
            plain(&cell.blocks, &mut words);
            cells.push(words);
            cells.extend(std::iter::repeat_n(String::new(), cell.columns.saturating_sub(1)));
        }
        if !extract.row(cells.iter().map(String::as_str)) {
            *full = true;
            return;
        }
    }
    extract.part();
}

/// The words of blocks, a paragraph a line.
fn plain(blocks: &[Block], out: &mut String) {
    for block in blocks {
        match block {
            Block::Paragraph { text, .. } => {
                if !out.is_empty() {
                    out.push('\n');
                }
                out.push_str(text);
            }
            Block::Table(rows) => rows.iter().flatten().for_each(|cell| plain(&cell.blocks, out)),
        }
    }
}

/// Rows with a figure in a cell of its own: of the table, and of the tables in it.
fn figures(rows: &[Vec<Cell>]) -> (usize, usize) {
    let (mut own, mut inner) = (0, 0);
    for row in rows {
        let mut figure = false;
        for cell in row {
            for block in &cell.blocks {
                match block {
                    Block::Paragraph { text, .. } => figure |= is_figure(text.trim()),
                    Block::Table(rows) => {
                        let (outer, deeper) = figures(rows);
                        inner += outer + deeper;
                    }
                }
            }
        }
        own += usize::from(figure);
    }
    (own, inner)
}

fn is_figure(text: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    text.starts_with(|c: char| digit(c) || matches!(c, '-' | '−' | '+'))
        && text.contains(digit)
        && text.chars().all(|c| digit(c) || matches!(c, ',' | '，' | '.' | ' ' | '%' | '-' | '−' | '+'))
}

/// The list that a paragraph is numbered in, and its depth there.
type ListPlace = (String, usize);

/// Why a part could not be parsed.
type Parsed<T> = Result<T, String>;

struct Parser<'x> {
    reader: Reader<&'x [u8]>,
    styles: Styles,
    numbers: Numbers,
}

/// An attribute's value.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|attribute| attribute.key.as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(|value| value.into_owned())
}

/// Whether an element that switches something on does so.
fn on(element: &BytesStart<'_>) -> bool {
    !matches!(attribute(element, "w:val").as_deref(), Some("0" | "false" | "off"))
}

/// Elements that are left out with all they hold.
fn left_out(name: &str) -> bool {
    matches!(
        name,
        "w:del"
            | "w:moveFrom"
            | "mc:Fallback"
            | "w:delText"
            | "w:delInstrText"
            | "w:instrText"
            | "w:rt"
            | "w:sectPr"
            | "w:tblPr"
            | "w:tblGrid"
            | "w:sdtPr"
            | "w:sdtEndPr"
    )
}

impl<'x> Parser<'x> {
    fn next(&mut self) -> Parsed<Event<'x>> {
        match self.reader.read_event() {
            Ok(Event::Eof) => Err("unexpected end".to_owned()),
            Ok(event) => Ok(event),
            Err(error) => Err(error.to_string().lines().next().unwrap_or_default().to_owned()),
        }
    }

    fn document(&mut self) -> Parsed<Vec<Block>> {
        loop {
            match self.next()? {
                Event::Start(element) if element.name().as_ref() == "w:body" => return self.blocks("w:body", 0),
                Event::Empty(element) if element.name().as_ref() == "w:body" => return Ok(Vec::new()),
                _ => {}
            }
        }
    }

    /// Blocks up to the end of `within`. Elements around blocks (content controls, insertions) are looked through.
    fn blocks(&mut self, within: &str, depth: usize) -> Parsed<Vec<Block>> {
        let mut out = Vec::new();
        loop {
            match self.next()? {
                Event::Start(element) => match element.name().as_ref() {
                    "w:p" => self.paragraph(depth, &mut out)?,
                    "w:tbl" if depth < DEEPEST => {
                        let rows = self.table(depth + 1)?;
                        out.push(Block::Table(rows));
                    }
                    name if left_out(name) => self.skip(name)?,
                    _ => {}
                },
                Event::End(element) if element.name().as_ref() == within => return Ok(out),
                _ => {}
            }
        }
    }

    fn skip(&mut self, name: &str) -> Parsed<()> {
        let mut depth = 1_usize;
        while depth > 0 {
            match self.next()? {
                Event::Start(element) if element.name().as_ref() == name => depth += 1,
                Event::End(element) if element.name().as_ref() == name => depth -= 1,
                _ => {}
            }
        }
        Ok(())
    }

    fn table(&mut self, depth: usize) -> Parsed<Vec<Vec<Cell>>> {
        let mut rows = Vec::new();
        loop {
            match self.next()? {
                Event::Start(element) => match element.name().as_ref() {
                    "w:tr" => rows.extend(self.row(depth)?),
                    name if left_out(name) => self.skip(name)?,
                    _ => {}
                },
                Event::End(element) if element.name().as_ref() == "w:tbl" => return Ok(rows),
                _ => {}
            }
        }
    }

    /// A row; none where it was deleted.
    fn row(&mut self, depth: usize) -> Parsed<Option<Vec<Cell>>> {
        let mut cells = Vec::new();
        let (mut properties, mut deleted) = (false, false);
        loop {
            let event = self.next()?;
            match &event {
                Event::Start(element) | Event::Empty(element) => {
                    let starts = matches!(event, Event::Start(_));
                    match element.name().as_ref() {
                        "w:trPr" => properties = starts,
                        "w:del" if properties => deleted = true,
                        "w:gridBefore" => {
                            let columns = number(element).min(WIDEST);
                            cells.extend((columns > 0).then(|| Cell { blocks: Vec::new(), columns }));
                        }
                        "w:tc" if starts => cells.push(self.cell(depth)?),
                        name if starts && left_out(name) => self.skip(name)?,
                        _ => {}
                    }
                }
                Event::End(element) => match element.name().as_ref() {
                    "w:trPr" => properties = false,
                    "w:tr" => return Ok((!deleted).then_some(cells)),
                    _ => {}
                },
                _ => {}
            }
        }
    }

    fn cell(&mut self, depth: usize) -> Parsed<Cell> {
        let mut cell = Cell { blocks: Vec::new(), columns: 1 };
        let (mut goes_on, mut within) = (false, 0_usize);
        // Properties come first; with the first block the rest is read as such.
        loop {
            let event = self.next()?;
            match &event {
                Event::Start(element) | Event::Empty(element) => match element.name().as_ref() {
                    "w:gridSpan" if within == 0 => cell.columns = number(element).clamp(1, WIDEST),
                    "w:vMerge" | "w:hMerge" if within == 0 => {
                        goes_on |= attribute(element, "w:val").is_none_or(|value| value == "continue");
                    }
                    "w:p" if matches!(event, Event::Start(_)) => self.paragraph(depth, &mut cell.blocks)?,
                    "w:tbl" if depth < DEEPEST && matches!(event, Event::Start(_)) => {
                        let rows = self.table(depth + 1)?;
                        cell.blocks.push(Block::Table(rows));
                    }
                    // A cell of a table too deep to follow.
                    "w:tc" if matches!(event, Event::Start(_)) => within += 1,
                    name if matches!(event, Event::Start(_)) && left_out(name) => self.skip(name)?,
                    _ => {}
                },
                Event::End(element) if element.name().as_ref() == "w:tc" && within > 0 => within -= 1,
                Event::End(element) if element.name().as_ref() == "w:tc" => {
                    if goes_on {
                        cell.blocks.clear();
                    }
                    return Ok(cell);
                }
                _ => {}
            }
        }
    }

    /// A paragraph, and behind it what stands in its text boxes.
    fn paragraph(&mut self, depth: usize, out: &mut Vec<Block>) -> Parsed<()> {
        let mut text = String::new();
        let mut boxes = Vec::new();
        let (mut level, mut number) = (None, None);
        let (mut words, mut hidden) = (false, false);
        loop {
            let event = self.next()?;
            match &event {
                Event::Start(element) | Event::Empty(element) => {
                    let starts = matches!(event, Event::Start(_));
                    match element.name().as_ref() {
                        "w:pPr" if starts => (level, number) = self.properties()?,
                        "w:r" => hidden = false,
                        "w:vanish" => hidden = on(element),
                        "w:t" | "m:t" => words = starts && !hidden,
                        "w:tab" | "w:ptab" if !hidden => text.push('\t'),
                        "w:br" | "w:cr" if !hidden => text.push('\n'),
                        "w:noBreakHyphen" if !hidden => text.push('-'),
                        "w:txbxContent" if starts && depth < DEEPEST => {
                            boxes.extend(self.blocks("w:txbxContent", depth + 1)?);
                        }
                        name if starts && left_out(name) => self.skip(name)?,
                        _ => {}
                    }
                }
                Event::Text(part) if words => text.push_str(&part.xml10_content()),
                Event::CData(part) if words => text.push_str(&part.xml10_content()),
                Event::GeneralRef(part) if words => text.extend(reference(part)),
                Event::End(element) => match element.name().as_ref() {
                    "w:t" | "m:t" => words = false,
                    "w:p" => break,
                    _ => {}
                },
                _ => {}
            }
        }
        if !text.trim().is_empty() {
            if let Some((list, depth)) = number {
                text.insert_str(0, &self.numbers.next(&list, depth));
            }
            out.push(Block::Paragraph { text, level });
        }
        out.extend(boxes);
        Ok(())
    }

    /// What a paragraph says of itself: its level as a heading, and the list it is numbered in with its depth there.
    fn properties(&mut self) -> Parsed<(Option<u8>, Option<ListPlace>)> {
        let (mut level, mut style) = (None, None);
        let (mut list, mut depth) = (None, None);
        loop {
            let event = self.next()?;
            match &event {
                Event::Start(element) | Event::Empty(element) => match element.name().as_ref() {
                    "w:pStyle" => style = attribute(element, "w:val"),
                    "w:outlineLvl" => level = attribute(element, "w:val").and_then(|value| value.parse::<u8>().ok()),
                    "w:numId" => list = attribute(element, "w:val"),
                    "w:ilvl" => depth = Some(number(element)),
                    _ => {}
                },
                Event::End(element) if element.name().as_ref() == "w:pPr" => break,
                _ => {}
            }
        }
        let style = style.and_then(|style| self.styles.get(&style));
        let own = level.filter(|level| *level < 9).map(|level| level + 1);
        let list = list.or_else(|| style.as_ref().and_then(|style| style.list.clone()));
        let depth = depth.or_else(|| style.as_ref().and_then(|style| style.depth)).unwrap_or(0);
        Ok((own.or_else(|| style.and_then(|style| style.level)), list.map(|list| (list, depth))))
    }
}

/// The whole number that `w:val` gives.
fn number(element: &BytesStart<'_>) -> usize {
    attribute(element, "w:val").and_then(|value| value.parse().ok()).unwrap_or(0)
}

/// The character of a reference.
pub(super) fn reference(part: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    if let Ok(Some(c)) = part.resolve_char_ref() {
        return Some(c);
    }
    match part.xml10_content().as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}
