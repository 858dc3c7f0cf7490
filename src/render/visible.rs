//! Text of strangers, made safe for a terminal without moving a column.

/// One character for another: what steers a terminal or turns the line around becomes a visible mark, tab and space
/// stay, everything else stays as it is.
pub(super) fn mark(c: char) -> char {
    match c {
        '\t' => c,
        '\0'..='\u{1F}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or(char::REPLACEMENT_CHARACTER),
        '\u{7F}' => '\u{2421}',
        '\u{80}'..='\u{9F}'
        | '\u{61C}'
        | '\u{200E}'
        | '\u{200F}'
        | '\u{2028}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}' => char::REPLACEMENT_CHARACTER,
        _ => c,
    }
}

/// A text for one line of a terminal: line breaks and tabs become spaces, control characters and text-direction
/// controls visible marks.
pub fn visible(text: &str) -> String {
    let flat = |c| match c {
        '\n' | '\r' | '\t' => ' ',
        c => mark(c),
    };
    text.chars().map(flat).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_steers_a_terminal_becomes_a_mark() {
        assert_eq!(visible("a\u{1b}[31m红\u{9b}0m"), "a␛[31m红\u{FFFD}0m");
        assert_eq!(visible("甲\u{202e}乙\u{2066}丙\u{200f}"), "甲\u{FFFD}乙\u{FFFD}丙\u{FFFD}");
        assert_eq!(visible("一行\r\n二\t行\u{7}\u{7f}"), "一行  二 行␇␡");
        assert_eq!(visible("全角１２　件"), "全角１２　件", "plain text is left alone");
    }

    proptest! {
        #[test]
        fn nothing_that_steers_is_left(text in any::<String>()) {
            let shown = visible(&text);
            prop_assert_eq!(shown.chars().count(), text.chars().count());
            prop_assert!(!shown.chars().any(char::is_control));
        }
    }
}
