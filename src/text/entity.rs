//! Character references of HTML: `&nbsp;`, `&#44;`, `&#x4EF6;`.

/// Named references of one character that reports and the programs that write them use.
const NAMED: &[(&str, char)] = &[
    ("nbsp", '\u{A0}'),
    ("lt", '<'),
    ("gt", '>'),
    ("amp", '&'),
    ("quot", '"'),
    ("apos", '\''),
    ("ensp", '\u{2002}'),
    ("emsp", '\u{2003}'),
    ("thinsp", '\u{2009}'),
    ("Tab", '\t'),
    ("NewLine", ' '),
    ("shy", '\u{AD}'),
    ("zwnj", '\u{200C}'),
    ("zwj", '\u{200D}'),
    ("ZeroWidthSpace", '\u{200B}'),
    ("lrm", '\u{200E}'),
    ("rlm", '\u{200F}'),
    ("comma", ','),
    ("period", '.'),
    ("colon", ':'),
    ("semi", ';'),
    ("excl", '!'),
    ("quest", '?'),
    ("num", '#'),
    ("percnt", '%'),
    ("plus", '+'),
    ("equals", '='),
    ("hyphen", '‐'),
    ("dash", '‐'),
    ("lowbar", '_'),
    ("lpar", '('),
    ("rpar", ')'),
    ("lsqb", '['),
    ("lbrack", '['),
    ("rsqb", ']'),
    ("rbrack", ']'),
    ("sol", '/'),
    ("bsol", '\\'),
    ("vert", '|'),
    ("verbar", '|'),
    ("ast", '*'),
    ("commat", '@'),
    ("dollar", '$'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("horbar", '―'),
    ("hellip", '…'),
    ("middot", '·'),
    ("bull", '•'),
    ("minus", '−'),
    ("times", '×'),
    ("divide", '÷'),
    ("plusmn", '±'),
    ("ne", '≠'),
    ("le", '≤'),
    ("ge", '≥'),
    ("permil", '‰'),
    ("deg", '°'),
    ("yen", '¥'),
    ("euro", '€'),
    ("pound", '£'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("sect", '§'),
    ("para", '¶'),
    ("sup2", '²'),
    ("sup3", '³'),
    ("frac12", '½'),
    ("rarr", '→'),
    ("larr", '←'),
    ("uarr", '↑'),
    ("darr", '↓'),
    ("square", '□'),
    ("squ", '□'),
];

/// Those that HTML reads without their semicolon too.
const BARE: &[&str] = &["nbsp", "lt", "gt", "amp", "quot"];

/// Longest reference looked for, in bytes behind the `&`.
const LONGEST: usize = 16;

/// The character that `text`, which begins with `&`, refers to, and how many bytes the reference takes.
pub(super) fn decode(text: &str) -> Option<(char, usize)> {
    let inner = text.strip_prefix('&')?;
    if let Some(number) = inner.strip_prefix('#') {
        let (radix, digits) = match number.strip_prefix(['x', 'X']) {
            Some(digits) => (16, digits),
            None => (10, number),
        };
        let length = digits.bytes().take(LONGEST).take_while(|b| char::from(*b).is_digit(radix)).count();
        let code = u32::from_str_radix(digits.get(..length)?, radix).ok()?;
        let after = digits.get(length..)?;
        let end = text.len() - after.len() + usize::from(after.starts_with(';'));
        return Some((character(code), end));
    }
    let length = inner.bytes().take(LONGEST).take_while(u8::is_ascii_alphanumeric).count();
    let name = inner.get(..length)?;
    if inner.as_bytes().get(length) == Some(&b';') {
        let (_, c) = NAMED.iter().find(|(known, _)| *known == name)?;
        return Some((*c, length + 2));
    }
    let name = BARE.iter().find(|known| name.starts_with(**known))?;
    let (_, c) = NAMED.iter().find(|(known, _)| known == name)?;
    Some((*c, name.len() + 1))
}

/// The character of a number, as HTML reads it: 128 to 159 are those of windows-1252.
fn character(code: u32) -> char {
    match u8::try_from(code) {
        Ok(byte @ 0x80..=0x9F) => {
            let byte = [byte];
            let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte);
            text.chars().next().unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        Ok(0) => char::REPLACEMENT_CHARACTER,
        _ => char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references() {
        for (text, read) in [
            ("&nbsp;12", Some(('\u{A0}', 6))),
            ("&nbsp12", Some(('\u{A0}', 5))),
            ("&#44;204", Some((',', 5))),
            ("&#x4EF6;", Some(('件', 8))),
            ("&#20214 ", Some(('件', 7))),
            ("&#150;", Some(('–', 6))),
            ("&#0;", Some(('\u{FFFD}', 4))),
            ("&#x110000;", Some(('\u{FFFD}', 10))),
            ("&ldquo;", Some(('“', 7))),
            ("&ldquo", None),
            ("&unknown;", None),
            ("&#;", None),
            ("&", None),
            ("&件;", None),
            ("A&B", None),
        ] {
            assert_eq!(decode(text), read, "{text}");
        }
    }
}
