//! Bytes to text: which encoding, and where it was malformed.

use super::Span;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, DecoderResult, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

/// Fewer bytes outside ASCII than this do not tell Chinese encodings from others: the detector is told that the text is
/// from China. With more, the hint would turn every Big5 text into GB18030.
const ENOUGH_TO_TELL: usize = 64;

/// Byte order marks: that of UTF-8, of UTF-16, and U+FEFF as GB18030 writes it.
const MARKS: [(&[u8], &Encoding); 4] =
    [(b"\xEF\xBB\xBF", UTF_8), (b"\xFF\xFE", UTF_16LE), (b"\xFE\xFF", UTF_16BE), (b"\x84\x31\x95\x33", GB18030)];

/// Decodes `bytes`; gives the text, the encoding's name and the spans of replaced sequences.
pub(super) fn decode(bytes: &[u8]) -> (String, &'static str, Vec<Span>) {
    for (mark, encoding) in MARKS {
        if let Some(rest) = bytes.strip_prefix(mark) {
            return decode_as(encoding, rest);
        }
    }
    let utf_8 = std::str::from_utf8(bytes).ok();
    let nul = bytes.contains(&0);
    match utf_8 {
        Some(text) if !nul => (text.to_owned(), name(UTF_8), Vec::new()),
        _ => decode_as(guess(bytes, utf_8.is_some(), nul), bytes),
    }
}

/// The encoding of bytes that carry no mark and are not plainly UTF-8.
fn guess(bytes: &[u8], utf_8: bool, nul: bool) -> &'static Encoding {
    if nul && let Some(encoding) = utf_16(bytes, utf_8) {
        return encoding;
    }
    if utf_8 || nearly_utf_8(bytes) {
        return UTF_8;
    }
    let encoding = detect(bytes);
    // One damaged sequence rules every double-byte encoding out for the detector, and a single-byte one is left.
    if encoding.is_single_byte() { everyday_chinese(bytes).unwrap_or(encoding) } else { encoding }
}

/// UTF-16 without a mark: nearly every other byte is one that Chinese text has as its high byte (ASCII, `、。《》`, the
/// ideographs, full-width forms).
fn utf_16(bytes: &[u8], utf_8: bool) -> Option<&'static Encoding> {
    if !bytes.len().is_multiple_of(2) {
        return None;
    }
    let units = bytes.len() / 2;
    let mut high = [0_usize; 2];
    let mut nul = [0_usize; 2];
    for pair in bytes.chunks_exact(2) {
        for (lane, byte) in pair.iter().enumerate() {
            high[lane] += usize::from(matches!(byte, 0x00 | 0x30 | 0x4E..=0x9F | 0xFF));
            nul[lane] += usize::from(*byte == 0);
        }
    }
    let lane = usize::from((high[1], nul[1]) >= (high[0], nul[0]));
    // Small letters are high bytes of ideographs too: a stray NUL in ASCII does not make it UTF-16.
    let enough = if utf_8 { nul[lane] * 2 >= units } else { true };
    (high[lane] * 20 >= units * 19 && enough).then_some(if lane == 1 { UTF_16LE } else { UTF_16BE })
}

/// UTF-8 with damage here and there: for each malformed sequence at least ten good characters of three bytes or more, which
/// other encodings do not form by chance.
fn nearly_utf_8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|b| *b >= 0xE0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= 10 * bad
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // Not said to be the last: a file cut within a character would be told to be in no encoding that has such characters.
    detector.feed(bytes, false);
    let others = bytes.iter().filter(|b| !b.is_ascii()).take(ENOUGH_TO_TELL).count();
    detector.guess((others < ENOUGH_TO_TELL).then_some(b"cn"), Utf8Detection::Deny)
}

/// The Chinese encoding in which at least four of five double-byte characters are everyday ones; none where neither is so.
///
/// Both standards sort their characters by use: GB 2312 has the 3,755 everyday ones and the punctuation in rows of their own,
/// Big5 the 5,401 everyday ones. Read in the wrong encoding, about half the pairs fall outside.
fn everyday_chinese(bytes: &[u8]) -> Option<&'static Encoding> {
    let gb = |lead, trail| matches!(lead, 0xA1 | 0xA3 | 0xB0..=0xD7) && matches!(trail, 0xA1..=0xFE);
    let big5 = |lead, trail| matches!(lead, 0xA1..=0xC6) && matches!(trail, 0x40..=0x7E | 0xA1..=0xFE);
    let (gb, big5) = (share(bytes, gb), share(bytes, big5));
    let (share, encoding) = if big5 > gb { (big5, BIG5) } else { (gb, GB18030) };
    (share >= 80).then_some(encoding)
}

/// Percentage of double-byte characters that pass the test; damaged bytes fail it.
fn share(bytes: &[u8], test: impl Fn(u8, u8) -> bool) -> usize {
    let (mut passed, mut all) = (0_usize, 0_usize);
    let mut rest = bytes;
    loop {
        rest = match rest {
            [lead, tail @ ..] if lead.is_ascii() => tail,
            [lead, trail, tail @ ..] if (0x81..=0xFE).contains(lead) && *trail >= 0x40 => {
                all += 1;
                passed += usize::from(test(*lead, *trail));
                tail
            }
            [_, tail @ ..] => {
                all += 1;
                tail
            }
            [] => break,
        };
    }
    (passed * 100).checked_div(all).unwrap_or(0)
}

/// Decodes without a look at marks. Each malformed sequence becomes one U+FFFD.
fn decode_as(encoding: &'static Encoding, bytes: &[u8]) -> (String, &'static str, Vec<Span>) {
    // The encoding standard reads GBK with the decoder of its superset.
    let encoding = if encoding == GBK { GB18030 } else { encoding };
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::with_capacity(bytes.len().saturating_add(bytes.len() / 2).saturating_add(16));
    let mut malformed = Vec::new();
    let mut rest = bytes;
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        rest = rest.get(read..).unwrap_or(&[]);
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => text.reserve(rest.len().max(64)),
            DecoderResult::Malformed(..) => {
                let start = text.len();
                text.push(char::REPLACEMENT_CHARACTER);
                malformed.push(Span::new(start, text.len()));
            }
        }
    }
    (text, name(encoding), malformed)
}

/// The name as audits print it: that of the encoding standard, with GB18030 in capitals as its own standard writes it.
fn name(encoding: &'static Encoding) -> &'static str {
    if encoding == GB18030 { "GB18030" } else { encoding.name() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Neutral sentences of the trade; the second has the same characters in simplified and traditional texts.
    const SIMPLIFIED: &str = "本年度共收到政府信息公开申请12件，均已按期答复，其中予以公开5件，不予公开2件。\r\n\
        主动公开政府信息2720条，召开新闻发布会3场，没有发生行政复议和行政诉讼。\n";
    const TRADITIONAL: &str = "本年度共收到政府資訊公開申請12件，均已按期答覆，其中予以公開5件，不予公開2件。\n\
        主動公開政府資訊2720條，召開新聞發布會3場，沒有發生行政訴訟。\n";

    fn utf_16_bytes(text: &str, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(to_bytes).collect()
    }
    fn encoded(encoding: &'static Encoding, text: &str) -> Vec<u8> {
        let (bytes, _, unmappable) = encoding.encode(text);
        assert!(!unmappable, "the sample must exist in {}", encoding.name());
        bytes.into_owned()
    }
    fn with_mark(mark: &[u8], bytes: &[u8]) -> Vec<u8> {
        [mark, bytes].concat()
    }

    #[test]
    fn reads_every_encoding_with_and_without_mark() {
        let (le, be) = (utf_16_bytes(SIMPLIFIED, u16::to_le_bytes), utf_16_bytes(SIMPLIFIED, u16::to_be_bytes));
        let gb = encoded(GB18030, SIMPLIFIED);
        for (bytes, text, encoding) in [
            (SIMPLIFIED.as_bytes().to_vec(), SIMPLIFIED, "UTF-8"),
            (with_mark(b"\xEF\xBB\xBF", SIMPLIFIED.as_bytes()), SIMPLIFIED, "UTF-8"),
            (gb.clone(), SIMPLIFIED, "GB18030"),
            (with_mark(b"\x84\x31\x95\x33", &gb), SIMPLIFIED, "GB18030"),
            (
                encoded(GB18030, "全文共计㐂𠮷字，主动公开政府信息二千七百条，全年收到申请十二件。"),
                "全文共计㐂𠮷字，主动公开政府信息二千七百条，全年收到申请十二件。",
                "GB18030",
            ),
            (encoded(BIG5, TRADITIONAL), TRADITIONAL, "Big5"),
            (le.clone(), SIMPLIFIED, "UTF-16LE"),
            (be.clone(), SIMPLIFIED, "UTF-16BE"),
            (with_mark(b"\xFF\xFE", &le), SIMPLIFIED, "UTF-16LE"),
            (with_mark(b"\xFE\xFF", &be), SIMPLIFIED, "UTF-16BE"),
            (utf_16_bytes("plain words", u16::to_le_bytes), "plain words", "UTF-16LE"),
            (Vec::new(), "", "UTF-8"),
            (b"plain\r\nASCII".to_vec(), "plain\r\nASCII", "UTF-8"),
        ] {
            assert_eq!(decode(&bytes), (text.to_owned(), encoding, Vec::new()), "{encoding}");
        }
    }

    #[test]
    fn a_short_text_outside_utf_8_is_taken_for_one_from_china() {
        for text in ["公开", "申请12件", "全年收到申请十二件", "政府信息公开情况统计表"] {
            assert_eq!(decode(&encoded(GB18030, text)).0, text);
        }
    }

    #[test]
    fn a_nul_does_not_make_utf_16() {
        for text in ["stray\0nul", "公开\0条", "\0"] {
            let (decoded, encoding, _) = decode(text.as_bytes());
            assert_eq!((decoded.as_str(), encoding), (text, "UTF-8"), "{text:?}");
        }
    }

    #[test]
    fn text_in_no_chinese_encoding_is_left_to_the_detector() {
        let latin = "Les décisions prises à l'été ont été publiées après l'enquête à Besançon, où l'élève était né.";
        assert_eq!(decode(&encoded(encoding_rs::WINDOWS_1252, latin)), (latin.to_owned(), "windows-1252", Vec::new()));
    }

    #[test]
    fn only_the_mark_goes() {
        assert_eq!(decode("\u{FEFF}\u{FEFF}公开\r\n　".as_bytes()).0, "\u{FEFF}公开\r\n　");
        assert_eq!(decode(b"\xEF\xBB\xBF").0, "");
    }

    /// Damage in the middle of a text, its encoding, and how the text then reads.
    #[test]
    fn damage_is_counted_and_located() {
        let (line, rest) = SIMPLIFIED.split_once('。').unwrap_or_default();
        let expected = format!("{line}\u{FFFD}{rest}");
        let at = vec![Span::new(line.len(), line.len() + 3)];
        let utf_8 = [line.as_bytes(), b"\xE5\x85", rest.as_bytes()].concat();
        assert_eq!(decode(&utf_8), (expected.clone(), "UTF-8", at.clone()));
        let gb = [encoded(GB18030, line), b"\xFF".to_vec(), encoded(GB18030, rest)].concat();
        assert_eq!(decode(&gb), (expected.clone(), "GB18030", at));
        let (line, rest) = TRADITIONAL.split_once('。').unwrap_or_default();
        let big5 = [encoded(BIG5, line), b"\xFF".to_vec(), encoded(BIG5, rest)].concat();
        let (text, encoding, malformed) = decode(&big5);
        assert_eq!((text, encoding, malformed.len()), (format!("{line}\u{FFFD}{rest}"), "Big5", 1));
    }

    #[test]
    fn a_text_cut_in_a_character_keeps_its_encoding() {
        for (bytes, encoding) in [
            (SIMPLIFIED.trim_end().as_bytes().to_vec(), "UTF-8"),
            (encoded(GB18030, SIMPLIFIED.trim_end()), "GB18030"),
            (encoded(BIG5, TRADITIONAL.trim_end()), "Big5"),
            (with_mark(b"\xFF\xFE", &utf_16_bytes(SIMPLIFIED, u16::to_le_bytes)), "UTF-16LE"),
        ] {
            let (text, found, malformed) = decode(&bytes[..bytes.len() - 1]);
            assert_eq!((found, malformed.len()), (encoding, 1));
            assert!(text.ends_with('\u{FFFD}') && text.starts_with("本年度"), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_break_it(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let (text, _, malformed) = decode(&bytes);
            for span in &malformed {
                prop_assert_eq!(text.get(span.start..span.end), Some("\u{FFFD}"));
            }
            prop_assert!(malformed.windows(2).all(|pair| pair[0].end <= pair[1].start));
            prop_assert!(malformed.len() <= bytes.len());
        }

        #[test]
        fn utf_8_is_never_taken_for_anything_else(text in "([公开条例０-９]|[a-z0-9 \n]){0,200}") {
            prop_assert_eq!(decode(text.as_bytes()), (text, "UTF-8", Vec::new()));
        }

        #[test]
        fn a_mark_alone_decides(text in "\\PC{0,60}") {
            let le = with_mark(b"\xFF\xFE", &utf_16_bytes(&text, u16::to_le_bytes));
            prop_assert_eq!(decode(&le), (text.clone(), "UTF-16LE", Vec::new()));
            let be = with_mark(b"\xFE\xFF", &utf_16_bytes(&text, u16::to_be_bytes));
            prop_assert_eq!(decode(&be), (text, "UTF-16BE", Vec::new()));
        }

        #[test]
        fn damage_anywhere_leaves_the_encoding_known(place in 0.0..1.0_f64, repeat in 2_usize..6) {
            for (encoding, sample, name) in [(GB18030, SIMPLIFIED, "GB18030"), (BIG5, TRADITIONAL, "Big5")] {
                let mut bytes = encoded(encoding, &sample.repeat(repeat));
                let at = (place * bytes.len() as f64) as usize;
                bytes.splice(at..at, *b"\xFF\xFF");
                let (text, found, malformed) = decode(&bytes);
                prop_assert_eq!(found, name);
                prop_assert!(!malformed.is_empty());
                let whole = text.lines().filter(|line| sample.lines().any(|l| l == *line)).count();
                prop_assert!(whole + 2 >= sample.lines().count() * repeat, "only the damaged line may suffer");
            }
        }

        #[test]
        fn any_cut_of_a_gb18030_text_is_found(start in 0_usize..20, length in 8_usize..40) {
            let text: String = SIMPLIFIED.chars().skip(start).take(length).collect();
            prop_assert_eq!(decode(&encoded(GB18030, &text)), (text, "GB18030", Vec::new()));
        }
    }
}
