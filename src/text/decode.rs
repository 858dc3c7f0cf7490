//! Bytes to text: which encoding, and where it was malformed.

use super::Span;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, DecoderResult, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

/// A character encoding of the WHATWG standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    /// The encodings that Chinese texts come in, as people name them; [`Encoding::named`] knows every other of the standard.
    pub const COMMON: &'static [&'static str] = &["UTF-8", "GB18030", "GBK", "GB2312", "Big5", "UTF-16LE", "UTF-16BE"];

    /// The encoding of a label of the standard, whatever its case: `gbk`, `gb2312`, `big5-hkscs`, `utf-16`.
    ///
    /// ```
    /// use duibiao::text::{Encoding, Text};
    /// let gbk = Encoding::named("GBK").unwrap();
    /// assert_eq!(Text::decode_as(b"\xB9\xAB\xBF\xAA", gbk).as_str(), "公开");
    /// assert_eq!(Encoding::named("utf-9"), None);
    /// ```
    pub fn named(label: &str) -> Option<Encoding> {
        encoding_rs::Encoding::for_label_no_replacement(label.trim().as_bytes()).map(Encoding)
    }
    /// Decodes bytes; gives the text, the encoding's name and the spans of replaced sequences.
    pub(super) fn decode(self, bytes: &[u8]) -> (String, &'static str, Vec<Span>) {
        // GBK is decoded as its superset, whose mark it shares.
        let own = |known: &encoding_rs::Encoding| known == self.0 || (known == GB18030 && self.0 == GBK);
        let marked = MARKS.iter().find_map(|(mark, known)| bytes.strip_prefix(*mark).filter(|_| own(known)));
        decode_as(self.0, marked.unwrap_or(bytes))
    }
}

/// Fewer bytes outside ASCII than this do not tell Chinese encodings from others: the detector is told that the text is
/// from China. With more, the hint would turn every Big5 text into GB18030.
const ENOUGH_TO_TELL: usize = 64;

/// Byte order marks: that of UTF-8, of UTF-16, and U+FEFF as GB18030 writes it.
const MARKS: [(&[u8], &encoding_rs::Encoding); 4] =
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
fn guess(bytes: &[u8], utf_8: bool, nul: bool) -> &'static encoding_rs::Encoding {
    if nul && let Some(encoding) = utf_16(bytes, utf_8) {
        return encoding;
    }
    if utf_8 || nearly_utf_8(bytes) {
        return UTF_8;
    }
    let declared = declared(bytes);
    if few(bytes)
        && let Some(encoding) = declared.filter(|encoding| fits(bytes, encoding))
    {
        return encoding;
    }
    let encoding = detect(bytes);
    if encoding.is_single_byte() {
        // One damaged sequence rules every double-byte encoding out for the detector, and a single-byte one is left.
        everyday_chinese(bytes).or(declared.filter(|known| !known.is_single_byte())).unwrap_or(encoding)
    } else {
        plainly(bytes).unwrap_or(encoding)
    }
}

/// The Chinese encoding that short texts are plainly in, where the detector has too little to go by: nearly all characters
/// are everyday ones in it, and far fewer in the other.
fn plainly(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let (gb, big5) = shares(bytes);
    let (most, least, encoding) = if big5 > gb { (big5, gb, BIG5) } else { (gb, big5, GB18030) };
    (most >= 90 && most >= least + 20).then_some(encoding)
}

/// Whether there are too few bytes outside ASCII to tell.
fn few(bytes: &[u8]) -> bool {
    bytes.iter().filter(|b| !b.is_ascii()).take(ENOUGH_TO_TELL).count() < ENOUGH_TO_TELL
}

/// How far into a page its declaration may stand.
const HEAD: usize = 4096;

/// The encoding that a page declares in its head (`<meta charset=gb2312>`): a hint, since many declare another than theirs.
fn declared(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = bytes.get(..bytes.len().min(HEAD))?.to_ascii_lowercase();
    if !head.contains(&b'<') {
        return None;
    }
    let mut rest = head.as_slice();
    while let Some(at) = rest.windows(7).position(|window| window == b"charset") {
        rest = rest.get(at + 7..)?.trim_ascii_start();
        let Some(value) = rest.strip_prefix(b"=") else { continue };
        let value = value.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
        let length = value.iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')).count();
        if let Some(encoding) = encoding_rs::Encoding::for_label_no_replacement(value.get(..length)?) {
            // A page that declares UTF-16 in ASCII is not in it.
            return Some(encoding).filter(|encoding| encoding.is_ascii_compatible());
        }
    }
    None
}

/// Whether bytes are well formed in an encoding, but for a character cut at the end.
fn fits(bytes: &[u8], encoding: &'static encoding_rs::Encoding) -> bool {
    let (text, _, malformed) = decode_as(encoding, bytes);
    malformed.iter().all(|span| span.end == text.len())
}

/// UTF-16 without a mark: nearly every other byte is one that Chinese text has as its high byte (ASCII, `、。《》`, the
/// ideographs, full-width forms).
fn utf_16(bytes: &[u8], utf_8: bool) -> Option<&'static encoding_rs::Encoding> {
    // The last byte of an odd number is half of a unit that was cut.
    let units = bytes.len() / 2;
    if units == 0 {
        return None;
    }
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
    let enough = !utf_8 || nul[lane] * if bytes.len().is_multiple_of(2) { 4 } else { 2 } >= units;
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

fn detect(bytes: &[u8]) -> &'static encoding_rs::Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // Not said to be the last: a file cut within a character would be told to be in no encoding that has such characters.
    detector.feed(bytes, false);
    detector.guess(few(bytes).then_some(b"cn"), Utf8Detection::Deny)
}

/// The Chinese encoding in which at least four of five double-byte characters are everyday ones; none where neither is so.
///
/// Both standards sort their characters by use: GB 2312 has the 3,755 everyday ones and the punctuation in rows of their own,
/// Big5 the 5,401 everyday ones. Read in the wrong encoding, about half the pairs fall outside.
fn everyday_chinese(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let (gb, big5) = shares(bytes);
    let (share, encoding) = if big5 > gb { (big5, BIG5) } else { (gb, GB18030) };
    (share >= 80).then_some(encoding)
}

/// Percentage of double-byte characters that are everyday ones in GB 2312, and in Big5.
fn shares(bytes: &[u8]) -> (usize, usize) {
    let gb = |lead, trail| matches!(lead, 0xA1 | 0xA3 | 0xB0..=0xD7) && matches!(trail, 0xA1..=0xFE);
    let big5 = |lead, trail| matches!(lead, 0xA1..=0xC6) && matches!(trail, 0x40..=0x7E | 0xA1..=0xFE);
    (share(bytes, gb), share(bytes, big5))
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
fn decode_as(encoding: &'static encoding_rs::Encoding, bytes: &[u8]) -> (String, &'static str, Vec<Span>) {
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
fn name(encoding: &'static encoding_rs::Encoding) -> &'static str {
    if encoding == GB18030 { "GB18030" } else { encoding.name() }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, reason = "tests")]
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
    fn encoded(encoding: &'static encoding_rs::Encoding, text: &str) -> Vec<u8> {
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
    fn a_page_s_declaration_tells_where_bytes_do_not() {
        let page = |charset: &str| format!("<html><head><meta charset={charset}></head><body>收到3件</body></html>");
        let big5 = |charset: &str| encoded(BIG5, &page(charset));
        for (bytes, text, encoding) in [
            (big5("\"big5\""), page("\"big5\""), "Big5"),
            (encoded(GB18030, &page("gb2312")), page("gb2312"), "GB18030"),
            // A declaration that cannot be true is none; nor is one of UTF-8 in a page that is another.
            (encoded(GB18030, &page("utf-8")), page("utf-8"), "GB18030"),
            (encoded(GB18030, &page("utf-16")), page("utf-16"), "GB18030"),
            (page("gb2312").into_bytes(), page("gb2312"), "UTF-8"),
        ] {
            assert_eq!(decode(&bytes), (text, encoding, Vec::new()));
        }
        // With enough bytes they decide.
        let long = format!("<meta charset=gb2312>{TRADITIONAL}");
        assert_eq!(decode(&encoded(BIG5, &long)), (long, "Big5", Vec::new()));
    }

    #[test]
    fn symbols_that_only_extensions_have_are_read() {
        let symbols = "★①②ⅠⅡ─│┌ㄅㄆ 㗎嘅哋𨋢";
        let text = format!("{TRADITIONAL}{symbols}\n");
        assert_eq!(decode(&hkscs(&text)), (text, "Big5", Vec::new()));
        let four = format!("{SIMPLIFIED}㐀㐁𠀀𪚥龦\u{E5E5}\n");
        assert_eq!(decode(&encoded(GB18030, &four.replace('\u{E5E5}', ""))).1, "GB18030");
    }

    /// Big5 with the characters of Hong Kong's supplement, which the encoder of the standard leaves out.
    fn hkscs(text: &str) -> Vec<u8> {
        let mut out = Vec::new();
        for c in text.chars() {
            let mut buffer = [0; 4];
            let (bytes, _, unmappable) = BIG5.encode(c.encode_utf8(&mut buffer));
            if !unmappable {
                out.extend_from_slice(&bytes);
                continue;
            }
            let found =
                (0x87..=0xFE_u8).flat_map(|lead| (0x40..=0xFE_u8).map(move |trail| [lead, trail])).find(|pair| {
                    let (text, malformed) = BIG5.decode_without_bom_handling(pair);
                    !malformed && text.chars().eq([c])
                });
            out.extend_from_slice(&found.unwrap_or_else(|| panic!("{c} is not in Big5")));
        }
        out
    }

    #[test]
    fn a_named_encoding_overrides() {
        let named = |label: &str| Encoding::named(label).unwrap_or_else(|| panic!("{label}"));
        let gb = encoded(GB18030, SIMPLIFIED);
        assert_eq!(named("gb2312").decode(&gb), (SIMPLIFIED.to_owned(), "GB18030", Vec::new()));
        assert_eq!(named(" GBK").decode(&with_mark(b"\x84\x31\x95\x33", &gb)).0, SIMPLIFIED);
        assert_eq!(named("UTF-8").decode(b"\xEF\xBB\xBF12").0, "12");
        assert_eq!(named("utf-16").decode(&utf_16_bytes("公开", u16::to_le_bytes)).0, "公开");
        let (text, name, malformed) = named("utf-8").decode(&gb);
        assert_eq!((name, malformed.is_empty(), text.contains("12")), ("UTF-8", false, true));
        // The mark of another encoding is part of the text.
        assert_ne!(named("big5").decode(b"\xEF\xBB\xBF12").0, "12");
        assert!(Encoding::COMMON.iter().all(|label| Encoding::named(label).is_some()));
        for label in ["", "utf-9", "gb", "replacement", "x-user-defined-not"] {
            assert_eq!(Encoding::named(label), None, "{label}");
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

        /// Every text in every encoding that has its characters, with each line end: the text, the name, nothing malformed.
        #[test]
        fn every_text_in_every_encoding(pick in prop::collection::vec(0_usize..12, 3..40), end in 0_usize..3, traditional: bool) {
            let sample = if traditional { TRADITIONAL } else { SIMPLIFIED };
            let clauses: Vec<&str> = sample.split(['，', '。']).map(str::trim).filter(|c| c.chars().count() > 3).collect();
            let end = ["\n", "\r\n", "\r"][end];
            let text: String = pick.iter().map(|n| format!("{}，{n}件。{end}", clauses[n % clauses.len()])).collect();
            let double: &'static encoding_rs::Encoding = if traditional { BIG5 } else { GB18030 };
            let (le, be) = (utf_16_bytes(&text, u16::to_le_bytes), utf_16_bytes(&text, u16::to_be_bytes));
            for (bytes, encoding) in [
                (text.clone().into_bytes(), "UTF-8"),
                (with_mark(b"\xEF\xBB\xBF", text.as_bytes()), "UTF-8"),
                (encoded(double, &text), name(double)),
                (with_mark(b"\x84\x31\x95\x33", &encoded(GB18030, &text)), "GB18030"),
                (le.clone(), "UTF-16LE"),
                (with_mark(b"\xFF\xFE", &le), "UTF-16LE"),
                (be.clone(), "UTF-16BE"),
                (with_mark(b"\xFE\xFF", &be), "UTF-16BE"),
            ] {
                prop_assert_eq!(decode(&bytes), (text.clone(), encoding, Vec::new()));
                // Cut in the middle of its last character, or at an odd byte, a text keeps its encoding.
                let cut = &bytes[..bytes.len() - if end == "\n" || encoding.starts_with("UTF-16") { 1 } else { end.len() + 1 }];
                let (read, found, malformed) = decode(cut);
                prop_assert_eq!((found, malformed.len() <= 1), (encoding, true), "{:?}", read);
            }
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
