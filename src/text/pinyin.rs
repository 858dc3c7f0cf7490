//! Pinyin in brackets, which copiers glue behind characters: `國(guó)`, `和(he)(he)`.

use super::plain::{Plain, plain};

/// Letters of the longest syllable: `zhuang`.
const LETTERS: usize = 6;

/// Length in bytes of the bracketed syllable that `text` begins with; `None` where it begins with anything else.
pub(super) fn bracketed(text: &str) -> Option<usize> {
    let mut chars = text.char_indices().map(|(at, c)| match plain(c) {
        Plain::To(d) => (at, c, d),
        _ => (at, c, c),
    });
    if chars.next()?.2 != '(' {
        return None;
    }
    let mut letters = String::new();
    let mut toned = false;
    // A letter may carry a dot pair and a tone as marks of their own, hence three characters a letter at most.
    for (at, raw, c) in chars.take(3 * LETTERS + 1) {
        match c {
            ')' => return syllable(&letters, toned).then_some(at + raw.len_utf8()),
            'a'..='z' => letters.push(c),
            // Tones one to four and the dot pair, written apart.
            '\u{300}' | '\u{301}' | '\u{304}' | '\u{30C}' | '\u{306}' if !letters.is_empty() => toned = true,
            '\u{308}' if letters.ends_with('u') => {
                letters.pop();
                letters.push('v');
            }
            _ => {
                letters.push(toneless(c)?);
                toned |= c != 'ü';
            }
        }
        if letters.len() > LETTERS {
            return None;
        }
    }
    None
}

/// The letter under a tone; `v` for `ü`.
fn toneless(c: char) -> Option<char> {
    Some(match c {
        'ā' | 'á' | 'ǎ' | 'ă' | 'à' | 'ɑ' => 'a',
        'ē' | 'é' | 'ě' | 'ĕ' | 'è' => 'e',
        'ī' | 'í' | 'ǐ' | 'ĭ' | 'ì' => 'i',
        'ō' | 'ó' | 'ǒ' | 'ŏ' | 'ò' => 'o',
        'ū' | 'ú' | 'ǔ' | 'ŭ' | 'ù' => 'u',
        'ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => 'v',
        'ń' | 'ň' | 'ǹ' => 'n',
        _ => return None,
    })
}

/// Whether the letters are one syllable of standard Chinese. Letters alone are not enough: `(pdf)`, `(app)` and `(to)`
/// are words, and a single letter without a tone, `(a)`, numbers an item.
fn syllable(letters: &str, toned: bool) -> bool {
    if letters.len() == 1 && !toned {
        return false;
    }
    let initial = match letters.as_bytes() {
        [b'z' | b'c' | b's', b'h', ..] => 2,
        [b'a' | b'e' | b'o', ..] => 0,
        _ => 1,
    };
    let (Some(initial), Some(last)) = (letters.get(..initial), letters.get(initial..)) else { return false };
    let open = matches!(last, "a" | "ai" | "ao" | "an" | "ang" | "e" | "ei" | "en" | "eng" | "ou");
    let round = matches!(last, "ong" | "u" | "ua" | "uo" | "uai" | "ui" | "uan" | "un" | "uang");
    match initial {
        "" => open || matches!(last, "o" | "er"),
        "b" | "p" | "m" | "f" => {
            open && (last != "e" || initial == "m")
                || matches!(last, "o" | "i" | "ie" | "iao" | "iu" | "ian" | "in" | "ing" | "u")
        }
        "d" | "t" | "n" | "l" => {
            open || matches!(last, "ong" | "u" | "uo" | "ui" | "uan" | "un" | "v" | "ve" | "ue")
                || matches!(last, "i" | "ia" | "ie" | "iao" | "iu" | "ian" | "in" | "iang" | "ing")
        }
        "g" | "k" | "h" => open || round,
        "j" | "q" | "x" => {
            matches!(last, "i" | "ia" | "ie" | "iao" | "iu" | "ian" | "in" | "iang" | "ing" | "iong")
                || matches!(last, "u" | "ue" | "uan" | "un" | "v" | "ve" | "van" | "vn")
        }
        "zh" | "ch" | "sh" | "r" | "z" | "c" | "s" => open || round || last == "i",
        "y" => {
            open && !matches!(last, "ei" | "en" | "eng")
                || matches!(last, "o" | "i" | "in" | "ing")
                || matches!(last, "ong" | "u" | "ue" | "uan" | "un")
        }
        "w" => open && !matches!(last, "e" | "ao" | "ou") || matches!(last, "o" | "u"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_pinyin() {
        for text in [
            "(guó)",
            "(gong)",
            "(he)",
            "（kāi）",
            "(zhuàng)",
            "(nǚ)",
            "(nü)",
            "(lüè)",
            "(ā)",
            "(er)",
            "(yuán)",
            "(wǒ)",
            "(xiong)",
            "(shi)",
            "(gu\u{301}o)",
            "(nu\u{308}\u{30C})",
            "(ｈｅ)",
            "(men)",
            "(xì)",
            "(de)",
        ] {
            assert_eq!(bracketed(text), Some(text.len()), "{text}");
        }
        assert_eq!(bracketed("(he)(he)"), Some(4), "one at a time");
    }

    #[test]
    fn is_no_pinyin() {
        for text in [
            "(pdf)",
            "(app)",
            "(doc)",
            "(to)",
            "(wifi)",
            "(ppt)",
            "(a)",
            "(m)",
            "(km)",
            "(web)",
            "(cn)",
            "(gongkai)",
            "(PDF)",
            "(Guo)",
            "(12)",
            "()",
            "( he)",
            "(he",
            "he)",
            "(he.)",
            "(一)",
            "(\u{301})",
            "",
            "(vx)",
            "(qq)",
        ] {
            assert_eq!(bracketed(text), None, "{text}");
        }
    }
}
