//! Bytes that are no text, told by looking at them.

use super::FaultKind;

/// First bytes of files that people name by mistake.
const MAGIC: &[(&[u8], &str)] = &[
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "docx/xlsx/zip"),
    (b"\xD0\xCF\x11\xE0", "doc/xls"),
    (b"\x89PNG", "PNG"),
    (b"\xFF\xD8\xFF", "JPEG"),
];

/// Why `bytes` are no document, if so.
pub(super) fn sniff(bytes: &[u8]) -> Option<FaultKind> {
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(FaultKind::Unsupported(kind));
    }
    let content = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if blank(content) {
        return Some(FaultKind::Empty);
    }
    (!utf16(content) && binary(content)).then_some(FaultKind::Binary)
}

/// Nothing, or nothing but white space.
fn blank(bytes: &[u8]) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.trim().is_empty(),
        Err(_) => utf16(bytes) && bytes.iter().all(|b| matches!(b, 0 | 0xFE | 0xFF | b' ' | b'\t' | b'\r' | b'\n')),
    }
}

/// A byte order mark of UTF-16, or NUL bytes in one lane only, as ASCII characters leave them in UTF-16.
fn utf16(bytes: &[u8]) -> bool {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return true;
    }
    let nuls = |lane: usize| bytes.iter().skip(lane).step_by(2).any(|byte| *byte == 0);
    bytes.len().is_multiple_of(2) && (nuls(0) != nuls(1))
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
        for text in ["收到申请12件。".as_bytes(), gbk, &utf16le("收到申请12件。"), b"\x1b[31m a line of plain text"]
        {
            assert_eq!(sniff(text), None, "{text:?}");
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
            (b"%PDF-1.7\n", FaultKind::Unsupported("PDF")),
        ] {
            assert_eq!(sniff(bytes), Some(kind), "{bytes:?}");
        }
    }
}
