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
    /// Standard input, named a second time.
    ReadBefore,
    /// No bytes, or only blanks.
    Empty,
    /// No text.
    Binary,
    /// A kind of file, by its first bytes, that is not read.
    Unsupported(&'static str),
    /// More than [`super::MAX_BYTES`], of the file or of the text in a PDF.
    TooLarge,
    /// More than [`super::MAX_UNPACKED`] when unpacked.
    Unpacked,
    /// More cells than are written.
    TooManyCells,
    /// A file that is damaged at a place.
    Broken {
        /// The kind of file.
        kind: &'static str,
        /// Where, and what is wrong there.
        place: String,
    },
    /// A package of a kind whose table of contents cannot be read, as in a file that was cut.
    Cut(&'static str),
    /// A document under a password.
    Password,
    /// A zip package that is no document.
    NotOffice,
    /// A document of a kind, without any text or cell.
    NoText(&'static str),
    /// The program that reads PDF is not installed.
    PdfProgram,
    /// The program that reads PDF failed, and said why.
    PdfFailed(String),
    /// The program that reads PDF took too long.
    PdfSlow,
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
    /// The fault of a path that the system could not read.
    pub fn of(path: &Path, error: &io::Error) -> Fault {
        Fault::new(path, FaultKind::of(error))
    }
    /// The reason in one line, naming the file.
    pub fn message(&self, lang: Lang) -> String {
        let megabytes = super::MAX_BYTES / (1024 * 1024);
        let kinds = super::EXTENSIONS.join(", .");
        let (zh, en) = match &self.kind {
            FaultKind::Missing => ("没有这个文件或目录".into(), "no such file or directory".into()),
            FaultKind::Forbidden => ("没有读取权限".into(), "permission denied".into()),
            FaultKind::NoDocuments => (
                format!("目录中没有可读的文档（.{kinds}）"),
                format!("no readable document in the directory (.{kinds})"),
            ),
            FaultKind::ReadBefore => ("标准输入只能读一次".into(), "standard input can be read only once".into()),
            FaultKind::Empty => ("文件是空的".into(), "the file is empty".into()),
            FaultKind::Binary => ("不是文本文件".into(), "not a text file".into()),
            FaultKind::Unsupported(kind) => {
                (format!("尚不能读取 {kind} 文件"), format!("{kind} files are not read yet"))
            }
            FaultKind::TooLarge => (format!("超过 {megabytes} MiB 的上限"), format!("larger than {megabytes} MiB")),
            FaultKind::Unpacked => {
                let most = super::MAX_UNPACKED / (1024 * 1024);
                (format!("解压后超过 {most} MiB 的上限"), format!("larger than {most} MiB when unpacked"))
            }
            FaultKind::TooManyCells => ("表格单元格过多".into(), "too many cells".into()),
            FaultKind::Broken { kind, place } => {
                (format!("{kind} 文件已损坏（{place}）"), format!("the {kind} file is damaged ({place})"))
            }
            FaultKind::Cut(kind) => (
                format!("{kind} 文件不完整或已损坏：压缩包的目录读不出"),
                format!("the {kind} file is cut short or damaged: its table of contents cannot be read"),
            ),
            FaultKind::Password => ("文件有密码，无法读取".into(), "the file is protected by a password".into()),
            FaultKind::NotOffice => {
                ("是 zip 压缩包，但不是 docx、xlsx 或 ods".into(), "a zip archive, but no docx, xlsx or ods".into())
            }
            FaultKind::NoText("PDF") => {
                ("PDF 中没有文字（可能是扫描件）".into(), "the PDF holds no text (a scan, perhaps)".into())
            }
            FaultKind::NoText(kind) => (format!("{kind} 中没有内容"), format!("the {kind} holds nothing")),
            FaultKind::PdfProgram => (
                "读取 PDF 需要 pdftotext，本机没有安装（Debian、Ubuntu：apt install poppler-utils；macOS：brew install poppler）".into(),
                "reading PDF needs pdftotext, which is not installed (Debian, Ubuntu: apt install poppler-utils; macOS: brew install poppler)".into(),
            ),
            FaultKind::PdfFailed(reason) => {
                (format!("pdftotext 未能读取：{reason}"), format!("pdftotext could not read it: {reason}"))
            }
            FaultKind::PdfSlow => {
                let most = super::PDF_SECONDS;
                (format!("pdftotext 超过 {most} 秒仍未完成"), format!("pdftotext took longer than {most} seconds"))
            }
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
            (FaultKind::Missing, "a.txt：没有这个文件或目录", "a.txt: no such file or directory"),
            (FaultKind::Forbidden, "a.txt：没有读取权限", "a.txt: permission denied"),
            (
                FaultKind::NoDocuments,
                "a.txt：目录中没有可读的文档（.txt, .md, .html, .htm, .docx, .xlsx, .xls, .ods, .pdf）",
                "a.txt: no readable document in the directory (.txt, .md, .html, .htm, .docx, .xlsx, .xls, .ods, .pdf)",
            ),
            (FaultKind::ReadBefore, "a.txt：标准输入只能读一次", "a.txt: standard input can be read only once"),
            (FaultKind::Empty, "a.txt：文件是空的", "a.txt: the file is empty"),
            (FaultKind::Binary, "a.txt：不是文本文件", "a.txt: not a text file"),
            (FaultKind::Unsupported("RTF"), "a.txt：尚不能读取 RTF 文件", "a.txt: RTF files are not read yet"),
            (FaultKind::Unpacked, "a.txt：解压后超过 128 MiB 的上限", "a.txt: larger than 128 MiB when unpacked"),
            (FaultKind::Password, "a.txt：文件有密码，无法读取", "a.txt: the file is protected by a password"),
            (FaultKind::NoText("xlsx"), "a.txt：xlsx 中没有内容", "a.txt: the xlsx holds nothing"),
            (
                FaultKind::Broken { kind: "docx", place: "word/document.xml: 9: x".into() },
                "a.txt：docx 文件已损坏（word/document.xml: 9: x）",
                "a.txt: the docx file is damaged (word/document.xml: 9: x)",
            ),
            (FaultKind::PdfSlow, "a.txt：pdftotext 超过 60 秒仍未完成", "a.txt: pdftotext took longer than 60 seconds"),
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
