//! What one character folds to, whatever stands around it.

use super::simplify::simplify;
use unicode_normalization::char::decompose_compatible;

/// What becomes of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plain {
    /// It stays.
    Same,
    /// Another character stands for it.
    To(char),
    /// A space that is no line break; a tab stays a tab, since tables are set with it.
    Blank,
    /// Ends a line.
    Break,
    /// Has no width and no meaning here.
    Nothing,
}

/// Folds one character; a traditional one becomes simplified, whatever else it was.
pub(super) fn plain(c: char) -> Plain {
    match shape(c) {
        Plain::To(d) => Plain::To(simplify(d)),
        Plain::Same => match simplify(c) {
            d if d == c => Plain::Same,
            d => Plain::To(d),
        },
        other => other,
    }
}

fn shape(c: char) -> Plain {
    match c {
        '\n'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Plain::Break,
        '\u{AD}' | '\u{180E}' | '\u{FEFF}' => Plain::Nothing,
        // Zero-width characters and marks of direction; word joiner and invisible operators; variation selectors.
        '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => Plain::Nothing,
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => Plain::Nothing,
        '\u{FF01}'..='\u{FF5E}' => {
            char::from_u32(u32::from(c) - 0xFEE0).map_or(Plain::Same, Plain::To) // the ASCII block, shifted
        }
        '\u{2236}' => Plain::To(':'), // the ratio sign, typed for a colon
        '\u{2E80}'..='\u{2EF3}' => radical(c).map_or_else(|| compatible(c), Plain::To),
        // Kangxi radicals, compatibility ideographs: PDF tools give them for the plain characters. Vertical, small and
        // half-width punctuation, full-width signs.
        '\u{2F00}'..='\u{2FD5}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE10}'..='\u{FE6F}'
        | '\u{FF61}'..='\u{FF64}'
        | '\u{FFE0}'..='\u{FFE6}'
        | '\u{2F800}'..='\u{2FA1F}' => compatible(c),
        c if c.is_whitespace() => Plain::Blank,
        _ => Plain::Same,
    }
}

/// The compatibility form where it is one character: a fold of several would tear the law of the view.
fn compatible(c: char) -> Plain {
    let (mut first, mut more) = (None, false);
    decompose_compatible(c, |d| match first {
        None => first = Some(d),
        Some(_) => more = true,
    });
    match first {
        Some(d) if !more && d != c => Plain::To(d),
        _ => Plain::Same,
    }
}

/// The radicals supplement, for which Unicode defines no compatibility form: those shaped like the whole character.
fn radical(c: char) -> Option<char> {
    Some(match c {
        '⺎' => '兀',
        '⺒' => '巳',
        '⺓' => '幺',
        '⺜' => '日',
        '⺝' => '月',
        '⺠' => '民',
        '⺬' => '示',
        '⺼' => '月',
        '⻁' => '虎',
        '⻃' | '⻄' => '西',
        '⻅' => '见',
        '⻆' | '⻇' => '角',
        '⻉' => '贝',
        '⻋' => '车',
        '⻑' => '長',
        '⻓' => '长',
        '⻔' => '门',
        '⻗' => '雨',
        '⻘' => '青',
        '⻙' => '韦',
        '⻚' => '页',
        '⻛' => '风',
        '⻜' => '飞',
        '⻝' | '⻞' | '⻟' => '食',
        '⻡' => '首',
        '⻢' => '马',
        '⻣' => '骨',
        '⻤' => '鬼',
        '⻥' => '鱼',
        '⻦' => '鸟',
        '⻧' => '卤',
        '⻨' => '麦',
        '⻩' => '黄',
        '⻪' => '黾',
        '⻫' => '斉',
        '⻬' => '齐',
        '⻭' => '歯',
        '⻮' => '齿',
        '⻯' => '竜',
        '⻰' => '龙',
        '⻱' => '龜',
        '⻲' => '亀',
        _ => return None,
    })
}

/// Whether pinyin may gloss it.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{2F00}'..='\u{2FD5}'
        | '\u{2E80}'..='\u{2EF3}' | '\u{20000}'..='\u{3FFFF}' | '〇')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> String {
        text.chars()
            .map(|c| match plain(c) {
                Plain::Same => c,
                Plain::To(d) => d,
                Plain::Blank => '_',
                Plain::Break => '/',
                Plain::Nothing => '*',
            })
            .collect()
    }

    #[test]
    fn folds() {
        for (from, to) in [
            ("２７００，：；（）！？％｜～", "2700,:;()!?%|~"),
            ("ａＺ＃", "aZ#"),
            ("⾼⼈⺠⻔⾏", "高人民门行"),                  // as PDF tools give them
            ("\u{F98E}\u{FA08}\u{F967}", "年行不"),        // compatibility ideographs
            ("﹐﹑﹒﹔﹕﹪﹙﹚︵︶｡､", ",、.;:%()()。、"), // small, vertical and half-width marks
            ("比例1∶3", "比例1:3"),                        // ratio sign
            ("￥￡", "¥£"),
            (" \t\u{A0}\u{3000}\u{2003}\u{202F}", "______"),
            ("\n\r\u{C}\u{2028}", "////"),
            ("\u{200B}\u{200D}\u{FEFF}\u{2060}\u{AD}\u{FE0F}\u{202C}", "*******"),
        ] {
            assert_eq!(of(from), to, "{from:?}");
        }
    }

    #[test]
    fn stays() {
        // Enumerators, superscripts and vulgar fractions would turn into digits of a number; one `…` into three dots.
        for text in ["主动公开、“三公”‘一’。《》〔〕", "①②½10²㎡Ⅲ", "…——·〇×", "︰", "abcÀ"]
        {
            assert_eq!(of(text), text);
        }
    }
}
