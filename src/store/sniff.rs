//! What kind of document bytes are, told by looking at them; a file's name only helps to say what is wrong.

use super::FaultKind;
use crate::text::Text;

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
    Ok(if content.trim_ascii_start().starts_with(b"%PDF-") { Kind::Pdf } else { Kind::Text })
}

/// What decoded bytes are not, if they are no text: empty, or a file of another kind.
///
/// Bytes of any kind decode to something, so what came out is judged. A text holds no NUL, and hardly a control character or
/// one that nobody assigned; bytes that are not valid UTF-8 may be damaged in places, but not everywhere.
pub(super) fn no_text(text: &Text) -> Option<FaultKind> {
    let words = text.as_str();
    if words.trim().is_empty() {
        return Some(FaultKind::Empty);
    }
    let (mut all, mut foreign) = (0_usize, 0_usize);
    for c in words.chars() {
        match c {
            '\0' => return Some(FaultKind::Binary),
            '\u{1}'..='\u{8}' | '\u{E}'..='\u{1A}' | '\u{1C}'..='\u{1F}' | '\u{7F}'..='\u{9F}' => foreign += 1,
            '\u{E000}'..='\u{F8FF}' | '\u{FDD0}'..='\u{FDEF}' | '\u{F0000}'.. => foreign += 1,
            _ => {}
        }
        all += 1;
    }
    // A character cut at the end of a file is no sign of anything.
    let malformed = text.malformed().iter().filter(|span| span.end < words.len()).count();
    let most = if text.encoding() == "UTF-8" { FOREIGN_IN_UTF_8 } else { FOREIGN };
    ((foreign + malformed) * 100 > all * most).then_some(FaultKind::Binary)
}

/// Percentage of characters foreign to texts up to which bytes are taken for text: valid UTF-8 seldom is anything else.
const FOREIGN_IN_UTF_8: usize = 10;
/// The same for other encodings, which nearly any bytes are valid in.
const FOREIGN: usize = 5;

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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
    use super::*;

    use crate::text::Encoding;
    use proptest::{prelude::*, test_runner::RngSeed};

    fn utf16le(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    /// What bytes without the mark of a kind are, if no text.
    fn judged(bytes: &[u8]) -> Option<FaultKind> {
        assert_eq!(sniff(bytes), Ok(Kind::Text), "{bytes:?}");
        no_text(&Text::decode(bytes))
    }

    #[test]
    fn text_of_any_encoding_passes() {
        let gbk: &[u8] = b"\xCA\xD5\xB5\xBD\xC9\xEA\xC7\xEB12\xBC\xFE\xA1\xA3\n";
        let marked: Vec<u8> = [b"\xFE\xFF\x65\x36".as_slice(), &[0x52, 0x30]].concat();
        let one_damaged: Vec<u8> = [gbk, gbk, gbk, b"\xFF", gbk].concat();
        for text in [
            "收到申请12件。".as_bytes(),
            "无".as_bytes(),
            b"0",
            gbk,
            b"\xCE\xDE",
            // A file cut within a character.
            &gbk[..5],
            &one_damaged,
            b"\xA6\xAC\xA8\xEC\xA5\xD3\xBD\xD012\xA5\xF3",
            &marked,
            &utf16le("收到申请12件。"),
            &utf16le("一、收到申请12件,办结10件。"),
            &utf16le("共 3 件"),
            b"\x1b[31m a line of plain text",
            b"one form feed\x0c and one bell\x07 in some words",
        ] {
            assert_eq!(judged(text), None, "{text:?}");
        }
    }

    #[test]
    fn what_is_no_text_is_named() {
        let marked: Vec<u8> = [b"\xFF\xFE".as_slice(), &utf16le(" \r\n")].concat();
        let image: Vec<u8> = [b"\xFF\xFE".as_slice(), &[0x01, 0xE0, 0x00, 0xD8, 0x41, 0x00, 0x03, 0xE1]].concat();
        for (bytes, kind) in [
            (b"".as_slice(), FaultKind::Empty),
            (b" \r\n\t", FaultKind::Empty),
            ("\u{FEFF}\u{3000}\n".as_bytes(), FaultKind::Empty),
            (&marked, FaultKind::Empty),
            (&image, FaultKind::Binary),
            (b"\x00", FaultKind::Binary),
            (b"\x00\x01", FaultKind::Binary),
            (b"\x00\x01\x02\x03", FaultKind::Binary),
            (b"\x01\x02\x03\x04", FaultKind::Binary),
            (b"\x00\x00\x01\x02 and words", FaultKind::Binary),
            (b"\x01\x02\x03\x04\x05abc", FaultKind::Binary),
            (b"\x7fELF\x02\x01\x01\x00\x00\x00\x03\x00\x3e\x00\x01\x00", FaultKind::Binary),
        ] {
            assert_eq!(judged(bytes), Some(kind), "{bytes:?}");
        }
        assert_eq!(sniff(b"{\\rtf1"), Err(FaultKind::Unsupported("RTF")));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 512, rng_seed: RngSeed::Fixed(7), failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn bytes_at_random_are_no_text(bytes in proptest::collection::vec(any::<u8>(), 300..600)) {
            let refused = match sniff(&bytes) {
                Ok(Kind::Text) => no_text(&Text::decode(&bytes)).is_some(),
                _ => true,
            };
            prop_assert!(refused);
        }

        #[test]
        fn short_texts_of_every_encoding_are_text(
            text in "(无|收到|主动公开|行政复议)[，：]?[0-9]{1,4}[件条次]\n?",
            encoding in prop::sample::select(vec!["GB18030", "UTF-16LE", "UTF-8"]),
        ) {
            let bytes = match encoding {
                "UTF-16LE" => utf16le(&text),
                "GB18030" => encoding_rs::GB18030.encode(&text).0.into_owned(),
                _ => text.clone().into_bytes(),
            };
            prop_assert_eq!(no_text(&Text::decode(&bytes)), None);
            let named = Encoding::named(encoding).unwrap();
            prop_assert_eq!(no_text(&Text::decode_as(&bytes, named)), None);
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
