//! Why a document could not be read, as a value.

use crate::audit::Lang;
use std::{io, path::Path};

/// A path that gave no document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The path, for people.
    pub path: String,
    /// The reason.
    pub kind: FaultKind,
}

/// Why a path gave no document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// There is no such file.
    Missing,
    /// The system forbids reading it.
    Forbidden,
    /// A directory without readable documents.
    NoDocuments,
    /// No bytes, or only blanks.
    Empty,
    /// No text.
    Binary,
    /// A kind of file, by its first bytes, that is not read.
    Unsupported(&'static str),
    /// More than [`super::MAX_BYTES`].
    TooLarge,
    /// Anything else the system says.
    Io(String),
}

impl FaultKind {
    /// The kind of an error of the system.
    pub(super) fn of(error: &io::Error) -> FaultKind {
        match error.kind() {
            io::ErrorKind::NotFound => FaultKind::Missing,
            io::ErrorKind::PermissionDenied => FaultKind::Forbidden,
            _ => FaultKind::Io(error.to_string()),
        }
    }
}

impl Fault {
    /// A fault of `path`.
    pub fn new(path: &Path, kind: FaultKind) -> Fault {
        Fault { path: path.to_string_lossy().into_owned(), kind }
    }
    /// The reason in one line, naming the file.
    pub fn message(&self, lang: Lang) -> String {
        let megabytes = super::MAX_BYTES / (1024 * 1024);
        let kinds = super::EXTENSIONS.join(", .");
        let (zh, en) = match &self.kind {
            FaultKind::Missing => ("没有这个文件".into(), "no such file".into()),
            FaultKind::Forbidden => ("没有读取权限".into(), "permission denied".into()),
            FaultKind::NoDocuments => (
                format!("目录中没有可读的文档（.{kinds}）"),
                format!("no readable document in the directory (.{kinds})"),
            ),
            FaultKind::Empty => ("文件是空的".into(), "the file is empty".into()),
            FaultKind::Binary => ("不是文本文件".into(), "not a text file".into()),
            FaultKind::Unsupported(kind) => {
                (format!("尚不能读取 {kind} 文件"), format!("{kind} files are not read yet"))
            }
            FaultKind::TooLarge => (format!("超过 {megabytes} MiB 的上限"), format!("larger than {megabytes} MiB")),
            FaultKind::Io(reason) => (format!("读取失败：{reason}"), format!("cannot be read: {reason}")),
        };
        let (zh, en): (String, String) = (zh, en);
        lang.pick(format!("{}：{zh}", self.path), format!("{}: {en}", self.path))
    }
}

/// The fault of a walk's error; none for a link that leads back up, whose documents are walked anyway.
pub(super) fn of_walk(root: &Path, error: &ignore::Error) -> Option<Fault> {
    match error {
        ignore::Error::WithPath { path, err } => of_walk(path, err),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => of_walk(root, err),
        ignore::Error::Loop { .. } => None,
        ignore::Error::Io(error) => Some(Fault::new(root, FaultKind::of(error))),
        other => Some(Fault::new(root, FaultKind::Io(other.to_string()))),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
    use super::*;

    #[test]
    fn every_reason_names_the_file_in_one_line() {
        for (kind, zh, en) in [
            (FaultKind::Missing, "a.txt：没有这个文件", "a.txt: no such file"),
            (FaultKind::Forbidden, "a.txt：没有读取权限", "a.txt: permission denied"),
            (
                FaultKind::NoDocuments,
                "a.txt：目录中没有可读的文档（.txt, .md, .html, .htm）",
                "a.txt: no readable document in the directory (.txt, .md, .html, .htm)",
            ),
            (FaultKind::Empty, "a.txt：文件是空的", "a.txt: the file is empty"),
            (FaultKind::Binary, "a.txt：不是文本文件", "a.txt: not a text file"),
            (FaultKind::Unsupported("PDF"), "a.txt：尚不能读取 PDF 文件", "a.txt: PDF files are not read yet"),
            (FaultKind::TooLarge, "a.txt：超过 64 MiB 的上限", "a.txt: larger than 64 MiB"),
            (
                FaultKind::Io("disk on fire".into()),
                "a.txt：读取失败：disk on fire",
                "a.txt: cannot be read: disk on fire",
            ),
        ] {
            let fault = Fault::new(Path::new("a.txt"), kind);
            assert_eq!(fault.message(Lang::Zh), zh);
            assert_eq!(fault.message(Lang::En), en);
        }
    }

    #[test]
    fn the_system_s_words_become_kinds() {
        let kind = |kind: io::ErrorKind| FaultKind::of(&io::Error::from(kind));
        assert_eq!(kind(io::ErrorKind::PermissionDenied), FaultKind::Forbidden);
        assert_eq!(kind(io::ErrorKind::NotFound), FaultKind::Missing);
        assert!(matches!(kind(io::ErrorKind::Interrupted), FaultKind::Io(_)));
    }
}
