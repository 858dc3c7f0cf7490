//! Paths to bytes and bytes to paths: the only room that touches the disk.
//!
//! [`gather`] lists the documents of a command line in order, [`Place::load`] reads one, [`Replacement`] writes a file
//! whole or not at all. What cannot be read is a [`Fault`], a value that names the file and the reason.

mod fault;
mod sniff;
mod write;

pub use fault::{Fault, FaultKind};
pub use write::Replacement;

use crate::audit::Source;
use ignore::{Walk, WalkBuilder};
use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
};

/// Largest document read, in bytes.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// Extensions read in a directory, whatever their case; a file named directly may have any.
pub const EXTENSIONS: &[&str] = &["txt", "md", "html", "htm"];

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
            gathered.entries.push(Ok(Place::Stdin));
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
    /// Reads the document.
    ///
    /// # Errors
    /// When it is not there, may not be read, is too large, empty, or no text.
    pub fn load(&self) -> Result<Source, Fault> {
        let fault = |kind| Fault { path: self.name(), kind };
        let bytes = match self {
            Place::Stdin => bounded(io::stdin().lock()),
            Place::File(path) => File::open(path).and_then(bounded),
        };
        let bytes = bytes.map_err(|error| fault(FaultKind::of(&error)))?.ok_or_else(|| fault(FaultKind::TooLarge))?;
        match sniff::sniff(&bytes) {
            Some(kind) => Err(fault(kind)),
            None => Ok(Source { path: self.name(), bytes }),
        }
    }
}

/// All bytes of `reader`, or `None` when they are too many.
fn bounded(reader: impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let length = reader.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    Ok((length as u64 <= MAX_BYTES).then_some(bytes))
}
