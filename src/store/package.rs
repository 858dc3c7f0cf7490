//! Zip packages: which kind of document one holds, and its parts, never more of them than the limit.

use super::{FaultKind, MAX_UNPACKED};
use std::io::{Cursor, Read};
use zip::{ZipArchive, result::ZipError};

/// A package whose table of contents was read.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// What may still be unpacked.
    left: u64,
}

/// The kinds of package that are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PackageKind {
    Docx,
    Xlsx,
    Ods,
}

impl<'b> Package<'b> {
    /// Opens a package. `name` is its kind as its file's name has it, for people.
    pub fn open(bytes: &'b [u8], name: &'static str) -> Result<Self, FaultKind> {
        match ZipArchive::new(Cursor::new(bytes)) {
            Ok(archive) => Ok(Package { archive, left: MAX_UNPACKED }),
            Err(_) => Err(FaultKind::Cut(name)),
        }
    }

    /// What the package holds, told by its parts.
    pub fn kind(&mut self) -> Result<PackageKind, FaultKind> {
        let has = |name: &str| self.archive.index_for_name(name).is_some();
        if has("word/document.xml") {
            Ok(PackageKind::Docx)
        } else if has("xl/workbook.xml") {
            Ok(PackageKind::Xlsx)
        } else if has("content.xml") && has("META-INF/manifest.xml") {
            match self.part("mimetype")?.as_deref().map(str::trim) {
                Some(kind) if !kind.ends_with("spreadsheet") => Err(FaultKind::Unsupported("odt/odp")),
                _ => Ok(PackageKind::Ods),
            }
        } else if has("ppt/presentation.xml") {
            Err(FaultKind::Unsupported("pptx"))
        } else if has("xl/workbook.bin") {
            Err(FaultKind::Unsupported("xlsb"))
        } else {
            Err(FaultKind::NotOffice)
        }
    }

    /// A part's text; none where the package has no such part.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, FaultKind> {
        let broken = |reason: String| FaultKind::Broken { kind: "zip", place: format!("{name}: {reason}") };
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => return Err(refused(name, &error)),
        };
        let mut bytes = Vec::new();
        let length = file.take(self.left + 1).read_to_end(&mut bytes).map_err(|error| broken(error.to_string()))?;
        self.left = self.left.checked_sub(length as u64).ok_or(FaultKind::Unpacked)?;
        Ok(Some(text(bytes).map_err(broken)?))
    }

    /// Unpacks every part that is read as XML, and forgets it: whether all fit the limit.
    pub fn measure(&mut self) -> Result<(), FaultKind> {
        for index in 0..self.archive.len() {
            let file = match self.archive.by_index(index) {
                Ok(file) => file,
                Err(error) => return Err(refused(&format!("#{index}"), &error)),
            };
            let name = file.name().map(|name| name.into_owned()).unwrap_or_default();
            if !name.ends_with(".xml") && !name.ends_with(".rels") {
                continue;
            }
            let length = std::io::copy(&mut file.take(self.left + 1), &mut std::io::sink())
                .map_err(|error| FaultKind::Broken { kind: "zip", place: format!("{name}: {error}") })?;
            self.left = self.left.checked_sub(length).ok_or(FaultKind::Unpacked)?;
        }
        Ok(())
    }
}

/// Why a part was not opened.
fn refused(name: &str, error: &ZipError) -> FaultKind {
    match error {
        ZipError::UnsupportedArchive(reason) if *reason == ZipError::PASSWORD_REQUIRED => FaultKind::Password,
        error => FaultKind::Broken { kind: "zip", place: format!("{name}: {error}") },
    }
}

/// XML is UTF-8, or UTF-16 with its mark.
fn text(bytes: Vec<u8>) -> Result<String, String> {
    let units = |to: fn([u8; 2]) -> u16| -> Vec<u16> {
        bytes.get(2..).unwrap_or(&[]).chunks_exact(2).map(|pair| to([pair[0], pair[1]])).collect()
    };
    let text = match bytes.as_slice() {
        [0xFF, 0xFE, ..] => String::from_utf16(&units(u16::from_le_bytes)).map_err(|error| error.to_string())?,
        [0xFE, 0xFF, ..] => String::from_utf16(&units(u16::from_be_bytes)).map_err(|error| error.to_string())?,
        _ => String::from_utf8(bytes).map_err(|error| error.to_string())?,
    };
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}
