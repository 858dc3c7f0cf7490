//! Paths to bytes and bytes to paths: the only room that touches the disk.
//!
//! [`gather`] lists the documents of a command line in order, [`Place::load`] reads one (text as it is, the text of Word,
//! Excel, OpenDocument and PDF files taken out of them), [`Replacement`] writes a file whole or not at all. What cannot be read is a [`Fault`], a value that names the file and the reason.

#[cfg(feature = "in-office")]
mod docx;
#[cfg(feature = "in-office")]
mod extract;
mod fault;
#[cfg(feature = "in-office")]
mod ods;
#[cfg(feature = "in-office")]
mod package;
mod pdf;
#[cfg(feature = "in-office")]
mod sheets;
mod sniff;
mod write;

pub use fault::{Fault, FaultKind};
pub use pdf::PDF_SECONDS;
pub use write::Replacement;

use crate::{
    audit::{Container, Input, Source},
    text::{Encoding, Text},
};
use ignore::{Walk, WalkBuilder};
use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

/// Largest document read, in bytes.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;
/// Most bytes unpacked of one document.
pub const MAX_UNPACKED: u64 = 128 * 1024 * 1024;

/// Extensions read in a directory, whatever their case; a file named directly may have any.
pub const EXTENSIONS: &[&str] = &["txt", "md", "html", "htm", "docx", "xlsx", "xls", "ods", "pdf"];

/// Where one document is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// `-`: standard input.
    Stdin,
    /// A file.
    File(PathBuf),
}

/// The documents of a command line.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// Documents, and paths that hold none, in the order given; a directory's by path.
    pub entries: Vec<Result<Place, Fault>>,
    /// Whether more than one document was asked for: a directory, or several paths.
    pub many: bool,
}

/// Finds the documents that `paths` name: a file, a directory (walked, nothing hidden or ignored left out) or `-`.
pub fn gather(paths: &[PathBuf]) -> Gathered {
    let mut gathered = Gathered { entries: Vec::new(), many: paths.len() > 1 };
    for path in paths {
        if path.as_os_str() == "-" {
            // Standard input is at its end once it was read.
            let again = gathered.entries.contains(&Ok(Place::Stdin));
            let fault = Fault::new(path, FaultKind::ReadBefore);
            gathered.entries.push(if again { Err(fault) } else { Ok(Place::Stdin) });
        } else if path.is_dir() {
            gathered.many = true;
            gathered.entries.extend(walk(path));
        } else {
            gathered.entries.push(Ok(Place::File(path.clone())));
        }
    }
    gathered
}

/// The readable documents under `root`, sorted by path, with the faults of what could not be entered.
fn walk(root: &Path) -> Vec<Result<Place, Fault>> {
    let walk: Walk =
        WalkBuilder::new(root).standard_filters(false).follow_links(true).sort_by_file_path(Path::cmp).build();
    let mut entries = Vec::new();
    for entry in walk {
        match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) && readable(entry.path()) => {
                entries.push(Ok(Place::File(entry.into_path())));
            }
            Ok(_) => {}
            Err(error) => entries.extend(fault::of_walk(root, &error).map(Err)),
        }
    }
    if entries.is_empty() {
        entries.push(Err(Fault::new(root, FaultKind::NoDocuments)));
    }
    entries
}

fn readable(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|extension| EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension)))
}

impl Place {
    /// Its name for people: the path with U+FFFD where it is not UTF-8.
    pub fn name(&self) -> String {
        match self {
            Place::Stdin => "-".to_owned(),
            Place::File(path) => path.to_string_lossy().into_owned(),
        }
    }
    /// Reads the document, as text in `encoding` where one is given and the document is text.
    ///
    /// # Errors
    /// When it is not there, may not be read, is too large, empty, damaged, under a password, or of no kind that is read.
    pub fn load(&self, encoding: Option<Encoding>) -> Result<Input, Fault> {
        let fault = |kind| Fault { path: self.name(), kind };
        let bytes = match self {
            Place::Stdin => bounded(io::stdin().lock()),
            Place::File(path) => File::open(path).and_then(bounded),
        };
        let bytes = bytes.map_err(|error| fault(FaultKind::of(&error)))?.ok_or_else(|| fault(FaultKind::TooLarge))?;
        input(self.name(), bytes, encoding).map_err(fault)
    }
}

/// The document that bytes hold. `path` names it for people.
///
/// # Errors
/// When they are no document, or a damaged one.
pub fn input(path: String, bytes: Vec<u8>, encoding: Option<Encoding>) -> Result<Input, FaultKind> {
    let (text, container) = match sniff::sniff(&bytes)? {
        sniff::Kind::Text => {
            let text = match encoding {
                // What is said to be in an encoding is text, whatever it looks like.
                Some(encoding) => Text::decode_as(&bytes, encoding),
                None => Text::decode(&bytes),
            };
            match sniff::no_text(&text) {
                Some(kind) if kind == FaultKind::Empty || encoding.is_none() => return Err(kind),
                _ => (text, Container::Text),
            }
        }
        sniff::Kind::Pdf => (Text::extracted(pdf::read(&bytes)?), Container::Pdf),
        sniff::Kind::Package => {
            let (text, container) = package(&path, &bytes)?;
            (Text::extracted(text), container)
        }
        sniff::Kind::Streams => {
            let text = streams(&bytes)?;
            (Text::extracted(text), Container::Xlsx)
        }
    };
    Ok(Input { source: Source { path, bytes }, text, container })
}

#[cfg(feature = "in-office")]
fn package(path: &str, bytes: &[u8]) -> Result<(String, Container), FaultKind> {
    use package::{Package, PackageKind};
    let mut package = Package::open(bytes, sniff::named(path, "zip"))?;
    Ok(match package.kind()? {
        PackageKind::Docx => (docx::read(&mut package)?, Container::Docx),
        PackageKind::Ods => (ods::read(&mut package)?, Container::Xlsx),
        PackageKind::Xlsx => {
            package.measure()?;
            (sheets::xlsx(bytes)?, Container::Xlsx)
        }
    })
}

#[cfg(not(feature = "in-office"))]
fn package(path: &str, _: &[u8]) -> Result<(String, Container), FaultKind> {
    Err(FaultKind::Unsupported(sniff::named(path, "docx/xlsx/zip")))
}

/// The text of a file of streams.
fn streams(bytes: &[u8]) -> Result<String, FaultKind> {
    if sniff::has_stream(bytes, "EncryptedPackage") {
        return Err(FaultKind::Password);
    }
    #[cfg(feature = "in-office")]
    if sniff::has_stream(bytes, "Workbook") || sniff::has_stream(bytes, "Book") {
        return sheets::xls(bytes);
    }
    Err(FaultKind::Unsupported(if sniff::has_stream(bytes, "WordDocument") { "doc" } else { "doc/xls" }))
}

/// All bytes of `reader`, or `None` when they are too many.
fn bounded(reader: impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let length = reader.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok((length as u64 <= MAX_BYTES).then_some(bytes))
}
