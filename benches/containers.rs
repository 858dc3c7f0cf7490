//! Pages and Word documents by size: the time must grow with the bytes, and the audit of a megabyte take at most 150 ms.
#![allow(clippy::expect_used, reason = "a bench without its document has nothing to measure")]

use divan::{Bencher, black_box, counter::BytesCount};
use duibiao::{
    audit::{Auditor, Options, Source},
    grammar::Grammar,
    layout, store, table,
    text::Text,
};
use std::io::{Cursor, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

static PAGE: &str = include_str!("../corpus/biwu-xianzhengfuban-2019.html");

fn main() {
    divan::main();
}

fn auditor() -> Auditor {
    Auditor::new(Grammar::embedded().expect("the grammar that ships loads"))
}

/// A page of about `megabytes`, as a word processor writes it: hundreds of bytes of style around every cell and paragraph.
fn styled(megabytes: usize) -> String {
    let style = "mso-element:para-border-div;border:none windowtext 1.0pt;padding:0cm 5.4pt 0cm 5.4pt;height:14.25pt;";
    let (cell, paragraph) = (format!("<td style='{}'", style.repeat(12)), format!("<p style='{}'", style.repeat(4)));
    repeated(&PAGE.replace("<td", &cell).replace("<p", &paragraph), megabytes)
}

/// A page of about `megabytes` with little but words: the body of a report again and again.
fn plain(megabytes: usize) -> String {
    repeated(PAGE, megabytes)
}

fn repeated(page: &str, megabytes: usize) -> String {
    let (head, rest) = page.split_once("<body").expect("a page with a body");
    let (body, tail) = rest.rsplit_once("</body>").expect("a page with a body");
    let times = (megabytes * 1024 * 1024).div_ceil(body.len());
    format!("{head}<body{}</body>{tail}", body.repeat(times))
}

/// Words from markup, regions, and cells: what a page costs beyond its words.
#[divan::bench(args = [1, 2, 4, 8], sample_count = 5, sample_size = 1)]
fn html_to_cells(bencher: Bencher, megabytes: usize) {
    let (grammar, page) = (Grammar::embedded().expect("the grammar that ships loads"), plain(megabytes));
    let text = Text::decode(page.as_bytes());
    bencher.counter(BytesCount::of_slice(page.as_bytes())).bench(|| {
        let shown = black_box(&text).shown();
        let layout = layout::split(&shown);
        table::read(&shown, &layout, &grammar.lexicon)
    });
}

#[divan::bench(args = [1, 2, 4, 8], sample_count = 3, sample_size = 1)]
fn html_audit(bencher: Bencher, megabytes: usize) {
    let (auditor, page) = (auditor(), styled(megabytes).into_bytes());
    let source = || Source { path: "page.html".to_owned(), bytes: page.clone() };
    bencher.counter(BytesCount::of_slice(&page)).with_inputs(source).bench_values(|source| {
        let reading = auditor.read(black_box(source));
        auditor.rule(&reading, &Options::default())
    });
}

/// A Word document whose body is about `megabytes` of XML: a table of rows with the properties that Word writes.
fn document(megabytes: usize) -> Vec<u8> {
    let cell = |words: &str| {
        format!(
            "<w:tc><w:tcPr><w:tcW w:w=\"2840\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>\
             <w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/><w:sz w:val=\"24\"/></w:rPr><w:t>{words}</w:t></w:r></w:p></w:tc>"
        )
    };
    let row = format!("<w:tr><w:trPr/>{}{}{}</w:tr>", cell("收到申请数"), cell("件"), cell("12"));
    let rows = row.repeat((megabytes * 1024 * 1024).div_ceil(row.len()));
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.start_file("word/document.xml", SimpleFileOptions::default()).expect("a part");
    writer
        .write_all(format!("<w:document><w:body><w:tbl>{rows}</w:tbl></w:body></w:document>").as_bytes())
        .expect("a body");
    writer.finish().expect("a package").into_inner()
}

#[divan::bench(args = [1, 2, 4, 8], sample_count = 5, sample_size = 1)]
fn docx_to_text(bencher: Bencher, megabytes: usize) {
    let bytes = document(megabytes);
    bencher
        .counter(BytesCount::new(megabytes * 1024 * 1024))
        .with_inputs(|| bytes.clone())
        .bench_values(|bytes| store::input("a.docx".to_owned(), black_box(bytes), None).expect("a document"));
}
