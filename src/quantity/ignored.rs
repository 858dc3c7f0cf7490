//! Digits that are no quantity: document numbers, ordinals, telephones, codes, addresses on the net.

use super::{
    Number, Reason, What,
    amount::{Found, Reader},
    numeral::{Numeral, Read},
};
use nom::{
    IResult, Parser,
    branch::alt,
    bytes::complete::take_while1,
    character::complete::{one_of, space0},
    combinator::{opt, recognize, verify},
    multi::{many0_count, many1_count},
    sequence::preceded,
};

fn digits(least: usize, most: usize) -> impl Fn(&str) -> IResult<&str, &str> {
    move |input| {
        verify(take_while1(|c: char| c.is_ascii_digit()), |d: &str| (least..=most).contains(&d.len())).parse(input)
    }
}

/// `〔2017〕10号`, `[2019]60号`; the bracket may be lost on one side.
fn document(input: &str) -> IResult<&str, &str> {
    let open = one_of("〔[【﹝(（");
    let close = one_of("〕]】﹞)）");
    let tail = preceded(
        (opt(one_of("第")), space0),
        recognize((digits(1, 8), many0_count((one_of("-—、,"), digits(1, 8))), space0, one_of("号"))),
    );
    recognize((opt(open), space0, digits(4, 4), space0, close, space0, opt(tail))).parse(input)
}

/// `0999-5550118`, `(0999)5550118转8012`, `400-123-4567`, `13900000000`, more of them after 、 and /.
fn telephone(input: &str) -> IResult<&str, &str> {
    let area = |input| verify(digits(3, 4), |d: &str| d.starts_with('0')).parse(input);
    let dash = |input| recognize((space0, one_of("-—–－"), many0_count(one_of("-—–")), space0)).parse(input);
    let bracketed = recognize((one_of("(（"), area, one_of(")）"), opt(dash), space0, digits(7, 8)));
    let fixed = recognize((area, alt((recognize(dash), recognize(one_of(" ")))), digits(7, 8)));
    let loose = recognize((digits(3, 4), dash, digits(7, 8)));
    let service =
        recognize((verify(digits(3, 3), |d: &str| d == "400" || d == "800"), dash, digits(3, 4), dash, digits(3, 4)));
    let mobile = recognize(verify(digits(11, 11), |d: &str| {
        d.starts_with('1') && d.as_bytes().get(1).is_some_and(|b| (b'3'..=b'9').contains(b))
    }));
    let extension = (space0, opt(one_of("转-—")), digits(1, 6));
    let extension = verify(recognize(extension), |t: &str| t.contains(['转', '-', '—']));
    let more =
        preceded((space0, one_of("、/,;或"), space0), alt((recognize((area, dash, digits(7, 8))), digits(7, 8))));
    recognize((alt((bracketed, service, fixed, loose, mobile)), opt(extension), many0_count(more))).parse(input)
}

/// `3·15`.
fn dotted(input: &str) -> IResult<&str, &str> {
    recognize((digits(1, 2), one_of("·・•"), digits(1, 2))).parse(input)
}

/// Characters an address on the net may hold after its scheme or name.
fn of_url(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_.~:/?#[]@!$&'*+=%".contains(c)
}

/// Letters and digits of one word, joined by `/ _ - . ·` between them.
fn code(input: &str) -> IResult<&str, &str> {
    let word = |input| take_while1(|c: char| c.is_ascii_alphanumeric()).parse(input);
    recognize((word, many0_count((many1_count(one_of("/_-.")), word)))).parse(input)
}

impl Reader<'_> {
    fn parsed(&self, at: usize, parser: impl Fn(&str) -> IResult<&str, &str>) -> Option<usize> {
        parser(self.rest(at)).ok().map(|(_, printed)| at + printed.len())
    }

    /// A document number from its bracket or its year on.
    pub(super) fn document_number(&self, at: usize) -> Option<Found> {
        let end = self.parsed(at, document)?;
        let round = matches!(self.at(at), Some('(' | '（' | '0'..='9'));
        let printed = self.text.get(at..end)?;
        let telling = printed.ends_with('号') || (!round && printed.contains(['〔', '〕', '﹝']));
        let year = printed.trim_start_matches(['〔', '[', '【', '﹝', '(', '（', ' ']).starts_with(['1', '2']);
        (telling && year).then(|| Found::ignored(end, Reason::DocumentNumber))
    }

    /// A telephone number by its shape alone.
    pub(super) fn telephone(&self, at: usize) -> Option<Found> {
        let end = self.parsed(at, telephone)?;
        let bare = self.text.get(at..end).is_some_and(|t| t.chars().all(|c| c.is_ascii_digit()));
        // Eleven digits before a unit are a figure; a longer run is a code.
        if self.at(end).is_some_and(|c| c.is_ascii_digit()) || (bare && self.lexicon.unit_at(self.rest(end)).is_some())
        {
            return None;
        }
        Some(Found::ignored(end, Reason::Telephone))
    }

    /// An address on the net from `at` on, and how far the attempt reached.
    pub(super) fn url(&self, at: usize) -> (Option<Found>, usize) {
        let rest = self.rest(at);
        let end = at + rest.find(|c: char| !of_url(c)).unwrap_or(rest.len());
        let printed = self.text.get(at..end).unwrap_or("");
        let domain = || {
            let host = printed.split(['/', ':', '?']).next().unwrap_or("");
            let mut labels = host.rsplit('.');
            let top = labels.next().unwrap_or("");
            labels.next().is_some_and(|l| !l.is_empty())
                && (2..=4).contains(&top.len())
                && top.chars().all(|c| c.is_ascii_lowercase())
        };
        let mail = || printed.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
        let found = printed.contains("://") || printed.starts_with("www.") || mail() || domain();
        (found.then(|| Found::ignored(end, Reason::Url)), end)
    }

    /// Letters and digits glued together (`H5`, `2px`, `IPv6`), numbers with leading zeros, several numbers joined by
    /// strokes (`014416330/2018-04736`), outline numbers and versions with two points; and how far the attempt reached.
    pub(super) fn code(&self, at: usize) -> (Option<Found>, usize) {
        match self.parsed(at, code) {
            Some(end) => (self.code_to(at, end), end),
            None => (None, at),
        }
    }

    fn code_to(&self, at: usize, end: usize) -> Option<Found> {
        let word_end = at + self.rest(at).find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(self.rest(at).len());
        let word = self.text.get(at..word_end)?;
        let printed = self.text.get(at..end)?;
        let has_digit = |t: &str| t.contains(|c: char| c.is_ascii_digit());
        if !has_digit(printed) {
            return None;
        }
        let letters = |t: &str| t.contains(|c: char| c.is_ascii_alphabetic());
        let joints = printed.chars().filter(|c| "/_-.".contains(*c)).count();
        let zero = word.len() > 1 && word.starts_with('0');
        let strokes = printed.contains(['/', '_', '-']);
        // 10w+: the letter stands for 万.
        if word.strip_suffix(['w', 'W']).is_some_and(|d| !d.is_empty() && d.chars().all(|c| c.is_ascii_digit())) {
            return None;
        }
        if letters(printed) && has_digit(printed) {
            // 12-a is a code; in 12.HTML only the first word is looked at.
            let end = if letters(word) || strokes { end } else { word_end };
            if self.text.get(at..end).is_some_and(|t| letters(t) && has_digit(t)) {
                return Some(Found::ignored(end, Reason::Code));
            }
        }
        if joints >= 2 && !letters(printed) {
            let reason = if printed.contains('.') && !strokes && at == 0 { Reason::Heading } else { Reason::Code };
            return Some(Found::ignored(end, reason));
        }
        if zero && joints > 0 && strokes {
            return Some(Found::ignored(end, Reason::Code));
        }
        // 00012, 01: no figure is printed so, unless a unit follows.
        if zero && !printed.contains('.') {
            let unit = self.lexicon.unit_at(self.rest(word_end)).is_some();
            if self.at(word_end) == Some('号') {
                return Some(Found::ignored(word_end + '号'.len_utf8(), Reason::DocumentNumber));
            }
            return (!unit).then(|| Found::ignored(word_end, Reason::Code));
        }
        None
    }

    /// What a number with one sign after it is: `77号`, `2019版`, `1:3`, `7×24小时`, a heading's `1.`.
    pub(super) fn signed(&self, at: usize) -> Option<Found> {
        let end = self.parsed(at, |input| digits(1, 40).parse(input))?;
        let next = self.at(end)?;
        let after = end + next.len_utf8();
        let digit = |at: usize| self.at(at).is_some_and(|c| c.is_ascii_digit());
        match next {
            '号' => {
                let long = end - at >= 5;
                let document = long
                    || self.before(at).is_some_and(|c| "第字令〕]告知函文年(（".contains(c))
                    || self.at(after).is_some_and(|c| "文令公通函".contains(c));
                Some(Found::ignored(after, if document { Reason::DocumentNumber } else { Reason::Address }))
            }
            '版' if !self.rest(after).starts_with(['块', '面', '本']) => {
                Some(Found::ignored(after, Reason::Version))
            }
            ':' | '：' | '∶' | '/' if digit(after) => {
                let mut end = self.parsed(after, |input| digits(1, 40).parse(input))?;
                while self.at(end).is_some_and(|c| c == next) && digit(end + next.len_utf8()) {
                    end = self.parsed(end + next.len_utf8(), |input| digits(1, 40).parse(input))?;
                }
                Some(Found::ignored(end, Reason::Ratio))
            }
            '×' | '*' | '✕' if digit(after) => {
                let end = self.parsed(after, |input| digits(1, 40).parse(input))?;
                let unit = self.lexicon.unit_at(self.rest(end));
                let reason = match unit {
                    Some((u, _)) if u.class == super::UnitClass::Duration => Reason::Duration,
                    _ => Reason::Physical,
                };
                Some(Found::ignored(end + unit.map_or(0, |(_, len)| len), reason))
            }
            '.' | '、' | ')' | '）' | '．' if end - at <= 2 && !digit(after) => {
                let before = self.text.get(..at).unwrap_or("").trim_end_matches([' ', '　']).chars().next_back();
                let gap = next == '、' && self.before(at) == Some(' ');
                let border = gap || before.is_none_or(|c| "。;；:：\n\r(（!！?？”\"".contains(c));
                let bracket = matches!(next, ')' | '）');
                let opened = before.is_some_and(|c| "(（".contains(c));
                let spaced = self.at(after).is_none_or(|c| !c.is_ascii_digit());
                (border && spaced && (!bracket || opened || at == 0 || before != Some('(')))
                    .then(|| Found::ignored(end, Reason::Heading))
            }
            _ => None,
        }
    }

    /// `第…`: articles, issues, document numbers, ranks.
    pub(super) fn ordinal(&self, at: usize) -> Option<Found> {
        if !self.rest(at).starts_with('第') {
            return None;
        }
        let from = self.spaces(at + '第'.len_utf8(), 1);
        // 第(一)项.
        let (from, closing) = match self.at(from) {
            Some(c @ ('(' | '（')) => (from + c.len_utf8(), true),
            _ => (from, false),
        };
        let Read::Number(number) = self.numeral(from)? else { return None };
        let Numeral { value, chinese, len, .. } = number;
        let mut end = from + len;
        if closing {
            end += self.at(end).filter(|c| matches!(c, ')' | '）'))?.len_utf8();
        }
        let none = |end: usize| {
            if chinese { Some(Found { end, what: None }) } else { Some(Found::ignored(end, Reason::Ordinal)) }
        };
        // 第1—6部分, 第一、二、三产业: several at once are never a rank.
        let mut several = false;
        while let Some(sign) = self.at(end).filter(|c| "、-—–~～至到和".contains(*c)) {
            match self.numeral(end + sign.len_utf8()) {
                Some(Read::Number(n)) if n.chinese == chinese && !n.bare => end += sign.len_utf8() + n.len,
                _ => break,
            }
            several = true;
        }
        let sign_at = self.spaces(end, 1);
        let next = self.at(sign_at);
        let after = sign_at + next.map_or(0, char::len_utf8);
        match next {
            Some('条' | '款' | '项' | '章' | '节' | '目' | '编') => Some(Found::ignored(after, Reason::Article)),
            Some('号') => Some(Found::ignored(after, Reason::DocumentNumber)),
            Some('期') => Some(Found::ignored(after, Reason::Issue)),
            Some('版') => Some(Found::ignored(after, Reason::Version)),
            Some('季') if self.at(after) == Some('度') => Some(Found::ignored(after + '度'.len_utf8(), Reason::Date)),
            _ if several || closing => none(end),
            Some('名' | '位') => Some(Found::new(after, What::Ordinal(value))),
            Some(c) if c.is_alphanumeric() => none(end),
            _ => Some(Found::new(end, What::Ordinal(value))),
        }
    }

    /// `首位`, `榜首`: the first rank.
    pub(super) fn first_place(&self, at: usize) -> Option<Found> {
        let rest = self.rest(at);
        let word = ["首位", "榜首"].into_iter().find(|w| rest.starts_with(w))?;
        let end = at + word.len();
        let border = self.at(end).is_none_or(|c| !c.is_alphanumeric() || "的和与".contains(c));
        border.then(|| Found::new(end, What::Ordinal(Number::ONE)))
    }

    /// `前3名`, `前十位`, `前三`: among the first so many.
    pub(super) fn among_first(&self, at: usize) -> Option<Found> {
        if !self.rest(at).starts_with('前') || self.before(at).is_some_and(|c| "目以之此年月日当提先从事生".contains(c))
        {
            return None;
        }
        let Read::Number(number) = self.numeral(at + '前'.len_utf8())? else { return None };
        let end = at + '前'.len_utf8() + number.len;
        match self.at(end) {
            Some(c @ ('名' | '位' | '强')) => Some(Found::new(end + c.len_utf8(), What::Ordinal(number.value))),
            Some(c) if c.is_alphanumeric() || number.vague.is_some() || !number.exact => None,
            _ => Some(Found::new(end, What::Ordinal(number.value))),
        }
    }

    /// `3·15`: a day that became a name; `5·15政务公开日` is in the names.
    pub(super) fn dotted(&self, at: usize) -> Option<Found> {
        Some(Found::ignored(self.parsed(at, dotted)?, Reason::Name))
    }
}
