//! Traditional characters one by one to the simplified ones: mirrors of mainland reports are read with the same words.

use std::{char, sync::OnceLock};

/// The block of unified ideographs in which nearly all of them stand.
const FIRST: u32 = 0x4E00;
const LAST: u32 = 0x9FFF;

/// Characters that GB 2312 has although simplified text writes another, and two that the package's table takes otherwise.
const MORE: [(char, char); 6] = [('後', '后'), ('於', '于'), ('徵', '征'), ('夥', '伙'), ('諮', '咨'), ('羣', '群')];

/// The simplified character of a traditional one; itself for all others. A character that simplified text writes too
/// (乾, 著, 覆: those of GB 2312 but for [`MORE`]) stays, so that simplified text never changes.
pub(super) fn simplify(c: char) -> char {
    slot(u32::from(c)).and_then(|code| char::from_u32(u32::from(code))).unwrap_or(c)
}

/// Whether a text has a character that [`simplify`] changes.
pub(super) fn is_traditional(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(lead) = bytes.get(at).copied() {
        if !(0xE4..=0xE9).contains(&lead) {
            at += 1;
            continue;
        }
        let tail = |n: usize| bytes.get(at + n).map_or(0, |b| u32::from(b & 0x3F));
        if slot(u32::from(lead & 0x0F) << 12 | tail(1) << 6 | tail(2)).is_some() {
            return true;
        }
        at += 3;
    }
    false
}

/// What stands for a code point, where that is another one.
fn slot(code: u32) -> Option<u16> {
    let index = code.checked_sub(FIRST).filter(|_| code <= LAST)?;
    table().get(usize::try_from(index).ok()?).copied().filter(|to| *to != 0)
}

/// One entry a character of the block, 0 where it stays.
fn table() -> &'static [u16] {
    static TABLE: OnceLock<Vec<u16>> = OnceLock::new();
    TABLE.get_or_init(|| {
        // Set apart, so that no neighbour changes how a character is read.
        let apart: String = (FIRST..=LAST).filter_map(char::from_u32).flat_map(|c| [c, ' ']).collect();
        let converted = fast2s::convert(&apart);
        let pairs = apart.chars().step_by(2).zip(converted.chars().step_by(2));
        let other = |from: char, to: char| match MORE.iter().find(|(more, _)| *more == from) {
            Some((_, to)) => u32::from(*to),
            None if from == to || in_gb2312(from) => 0,
            None => u32::from(to),
        };
        pairs.map(|(from, to)| u16::try_from(other(from, to)).unwrap_or(0)).collect()
    })
}

/// Whether GB 2312, the character set of simplified text, has the character among its ideographs.
fn in_gb2312(c: char) -> bool {
    let mut buffer = [0; 4];
    let (bytes, _, unmappable) = encoding_rs::GBK.encode(c.encode_utf8(&mut buffer));
    !unmappable && matches!(*bytes, [0xB0..=0xF7, 0xA1..=0xFE])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_characters_and_no_others() {
        let simplified = |text: &str| text.chars().map(simplify).collect::<String>();
        for (from, to) in [
            ("主動公開政府資訊２７００餘條", "主动公开政府资讯２７００余条"),
            ("本年新收政府信息公開申請數量", "本年新收政府信息公开申请数量"),
            ("行政復議、行政訴訟維持、糾錯", "行政复议、行政诉讼维持、纠错"),
            ("萬元 個 場次 幾 兩 後 製發 併 徵求 諮詢", "万元 个 场次 几 两 后 制发 并 征求 咨询"),
        ] {
            assert_eq!(simplified(from), to);
            assert!(is_traditional(from));
        }
        for same in ["主动公开政府信息2700余条，乾县、著名、覆盖。", "", "abc", "〇①"] {
            assert_eq!(simplified(same), same);
            assert!(!is_traditional(same), "{same}");
        }
    }

    #[test]
    fn what_simplified_text_can_write_never_changes() {
        for c in (FIRST..=LAST).filter_map(char::from_u32) {
            let to = simplify(c);
            let known = !in_gb2312(c) || MORE.iter().any(|(more, _)| *more == c);
            assert!(to == c || (known && to.len_utf8() == c.len_utf8()), "{c}");
            assert_eq!(simplify(to), to, "{c}");
        }
    }
}
