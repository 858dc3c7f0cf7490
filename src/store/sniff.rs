//! What kind of document bytes are, told by looking at them; a file's name only helps to say what is wrong.

use super::FaultKind;

/// What reads a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Text, with or without markup.
    Text,
    /// A zip package: docx, xlsx, ods.
    Package,
    /// A file of OLE streams: xls, or a package under a password.
    Streams,
    /// PDF.
    Pdf,
}

/// First bytes of files that people name by mistake.
const MAGIC: &[(&[u8], &str)] = &[
    (b"\x89PNG", "PNG"),
    (b"\xFF\xD8\xFF", "JPEG"),
    (b"GIF8", "GIF"),
    (b"{\\rtf", "RTF"),
    (b"Rar!", "RAR"),
    (b"7z\xBC\xAF", "7z"),
    (b"\x1F\x8B", "gzip"),
];

/// What `bytes` are, or why they are no document.
pub(super) fn sniff(bytes: &[u8]) -> Result<Kind, FaultKind> {
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(FaultKind::Unsupported(kind));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Ok(Kind::Package);
    }
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Ok(Kind::Streams);
    }
    let content = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if content.trim_ascii_start().starts_with(b"%PDF-") {
        return Ok(Kind::Pdf);
    }
    if blank(content) {
        return Err(FaultKind::Empty);
    }
    if !utf16(content) && binary(content) { Err(FaultKind::Binary) } else { Ok(Kind::Text) }
}

/// The kind that a name's ending gives, for people.
pub(super) fn named(path: &str, otherwise: &'static str) -> &'static str {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let known = ["docx", "xlsx", "xls", "ods", "pdf"];
    known.into_iter().find(|kind| ending.as_deref() == Some(*kind)).unwrap_or(otherwise)
}

/// Whether a file of streams has one of this name.
pub(super) fn has_stream(bytes: &[u8], name: &str) -> bool {
    let wanted: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    // Names stand in the directory at multiples of 128 bytes.
    bytes
        .chunks(128)
        .any(|entry| entry.starts_with(&wanted) && entry.get(wanted.len()..wanted.len() + 2) == Some(&[0, 0]))
}

/// Nothing, or nothing but white space.
fn blank(bytes: &[u8]) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.trim().is_empty(),
        Err(_) => utf16(bytes) && bytes.iter().all(|b| matches!(b, 0 | 0xFE | 0xFF | b' ' | b'\t' | b'\r' | b'\n')),
    }
}

/// A byte order mark of UTF-16, or NUL bytes in one lane almost alone, as ASCII characters leave them in UTF-16.
fn utf16(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return true;
    }
    let lane = |lane: usize| bytes.iter().skip(lane).step_by(2);
    let nuls = |n: usize| lane(n).filter(|byte| **byte == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    if even.min(odd) == 0 {
        return even != odd;
    }
    // `一` (U+4E00) and the wide space (U+3000) have a NUL in the other lane. Then nearly all of the high bytes must be those
    // of ASCII, ideographs and their marks.
    let high = lane(usize::from(odd > even)).filter(|byte| matches!(byte, 0x00 | 0x20 | 0x30 | 0x4E..=0x9F | 0xFF));
    even.max(odd) > even.min(odd) * 4 && high.count() * 40 >= bytes.len() * 19
}

/// A NUL byte, or more than one byte in ten a control character.
fn binary(bytes: &[u8]) -> bool {
    let control = |byte: &&u8| matches!(byte, 0x01..=0x08 | 0x0B | 0x0E..=0x1F | 0x7F);
    bytes.contains(&0) || bytes.iter().filter(control).count() > bytes.len() / 10
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
    use super::*;

    fn utf16le(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn text_of_any_encoding_passes() {
        let gbk = b"\xCA\xD5\xB5\xBD\xC9\xEA\xC7\xEB12\xBC\xFE\xA1\xA3\n";
        for text in [
            "收到申请12件。".as_bytes(),
            gbk,
            &utf16le("收到申请12件。"),
            &utf16le("一、收到申请12件,办结10件。"),
            b"\x1b[31m a line of plain text",
        ] {
            assert_eq!(sniff(text), Ok(Kind::Text), "{text:?}");
        }
    }

    #[test]
    fn what_is_no_text_is_named() {
        let marked: Vec<u8> = [b"\xFF\xFE".as_slice(), &utf16le(" \r\n")].concat();
        for (bytes, kind) in [
            (b"".as_slice(), FaultKind::Empty),
            (b" \r\n\t", FaultKind::Empty),
            ("\u{FEFF}\u{3000}\n".as_bytes(), FaultKind::Empty),
            (&marked, FaultKind::Empty),
            (b"\x00\x00\x01\x02 and words", FaultKind::Binary),
            (b"\x01\x02\x03\x04\x05abc", FaultKind::Binary),
            (b"\x7fELF\x02\x01\x01\x00\x00\x00\x03\x00\x3e\x00\x01\x00", FaultKind::Binary),
            (b"{\\rtf1", FaultKind::Unsupported("RTF")),
        ] {
            assert_eq!(sniff(bytes), Err(kind), "{bytes:?}");
        }
    }

    #[test]
    fn documents_are_told_by_their_first_bytes() {
        for (bytes, kind) in [
            (b"PK\x03\x04rest".as_slice(), Kind::Package),
            (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Kind::Streams),
            (b"\n%PDF-1.7\n", Kind::Pdf),
            ("%PDF 是一种格式".as_bytes(), Kind::Text),
        ] {
            assert_eq!(sniff(bytes), Ok(kind), "{bytes:?}");
        }
        assert_eq!([named("a/报告.DOCX", "zip"), named("报告", "zip")], ["docx", "zip"]);
    }
}
