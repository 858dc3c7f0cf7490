//! Every numeral of a stretch of prose, in order.

use super::{
    Lexicon, Mark, Reason, What,
    amount::{Found, Reader, is_year},
    date,
    lexicon::{Cue, CueReason, NameAt},
    numeral,
    width::Narrow,
};

/// How far a cue (`电话`) reaches, in bytes.
const CUE_REACH: usize = 36;
/// A number of so many digits without a unit is a code, not a figure.
const CODE_DIGITS: usize = 9;

/// Every numeral of `view` (folded text), in order, without overlaps: each digit run, half or full width, lies in exactly
/// one mark; Chinese numerals where the grammar of quantities, ordinals or dates consumes them.
pub fn scan(view: &str, lexicon: &Lexicon) -> Vec<Mark> {
    let narrow = Narrow::new(view);
    let mut marks = Scan::new(narrow.str(), lexicon).run();
    for mark in &mut marks {
        mark.range = narrow.range(mark.range.clone());
    }
    marks
}

struct Scan<'a> {
    reader: Reader<'a>,
    names: Vec<NameAt>,
    next_name: usize,
    cues: Vec<Cue>,
    next_cue: usize,
    /// The last cue or number it applied to: where it ends, and what it says.
    cue: Option<(usize, CueReason)>,
    /// Up to here Latin letters were seen to be no address on the net.
    no_url: usize,
    /// Up to here a word of letters was seen to hold no digit.
    no_code: usize,
    marks: Vec<Mark>,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str, lexicon: &'a Lexicon) -> Self {
        Scan {
            reader: Reader { text, lexicon },
            names: lexicon.index().names(text),
            next_name: 0,
            cues: lexicon.index().cues(text),
            next_cue: 0,
            cue: None,
            no_url: 0,
            no_code: 0,
            marks: Vec::new(),
        }
    }

    fn run(mut self) -> Vec<Mark> {
        let text = self.reader.text;
        let mut at = 0;
        while let Some(c) = self.reader.at(at) {
            while let Some(cue) = self.cues.get(self.next_cue).filter(|cue| cue.end <= at) {
                self.cue = Some((cue.end, cue.reason));
                self.next_cue += 1;
            }
            let found = self.find(at, c).filter(|found| found.end > at);
            let Some(found) = found else {
                at += if c.is_ascii_digit() {
                    // Nothing else took it: the digits stand for themselves.
                    let end = at
                        + text.get(at..).and_then(|t| t.find(|c: char| !c.is_ascii_digit())).unwrap_or(text.len() - at);
                    self.marks.push(Mark { range: at..end, what: What::Ignored(Reason::NoUnit) });
                    end - at
                } else {
                    self.skip(at, c)
                };
                continue;
            };
            if let Some(what) = found.what {
                if let What::Ignored(Reason::Telephone) = what {
                    self.cue = Some((found.end, CueReason::Telephone));
                }
                self.marks.push(Mark { range: at..found.end, what });
            }
            at = found.end;
        }
        self.marks
    }

    /// How far to go where nothing begins: past a whole run of Chinese numerals, else one character.
    fn skip(&self, at: usize, c: char) -> usize {
        if !numeral::is_numeral(c) {
            return c.len_utf8();
        }
        let rest = self.reader.rest(at);
        rest.find(|c: char| !numeral::is_numeral(c)).unwrap_or(rest.len())
    }

    fn find(&mut self, at: usize, c: char) -> Option<Found> {
        if let Some(found) = self.name(at) {
            return Some(found);
        }
        let reader = self.reader;
        match c {
            '0'..='9' => self.digits(at),
            'a'..='z' | 'A'..='Z' => self.url(at).or_else(|| self.code(at)).or_else(|| self.letters(at)),
            '〔' | '[' | '【' | '﹝' | '(' | '（' => {
                reader.document_number(at).or_else(|| reader.telephone(at).filter(|f| f.end > at + 9))
            }
            '第' => reader.ordinal(at),
            '首' | '榜' => reader.first_place(at),
            '前' => reader.among_first(at),
            '翻' => reader.doubling(at),
            '零' if reader.zero(at).is_some() => reader.zero(at),
            _ => {
                if numeral::is_numeral(c) {
                    reader.chinese_date(at).or_else(|| reader.amount(at))
                } else {
                    reader.amount(at).filter(|found| found.what.is_some())
                }
            }
        }
    }

    /// A name or plain word beginning at `at`. A name of digits alone gives way to a quantity (`610条`).
    fn name(&mut self, at: usize) -> Option<Found> {
        while self.names.get(self.next_name).is_some_and(|name| name.start < at) {
            self.next_name += 1;
        }
        let name = *self.names.get(self.next_name).filter(|name| name.start == at)?;
        let printed = self.reader.text.get(at..name.end)?;
        if printed.chars().all(|c| c.is_ascii_digit()) {
            return None;
        }
        if name.name {
            return Some(Found::ignored(name.end, Reason::Name));
        }
        // 十分之三 is more than 十分.
        let longer = self.reader.amount(at).filter(|found| found.end > name.end);
        longer.or(Some(Found { end: name.end, what: None }))
    }

    /// Whether a name of digits alone stands at `at..end`.
    fn digit_name(&self, at: usize, end: usize) -> bool {
        self.names
            .get(self.next_name..)
            .into_iter()
            .flatten()
            .take_while(|n| n.start <= at)
            .any(|n| n.start == at && n.end == end)
    }

    /// A word of letters without digits.
    fn letters(&self, at: usize) -> Option<Found> {
        let rest = self.reader.rest(at);
        let end = at + rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
        Some(Found { end, what: None })
    }

    fn code(&mut self, at: usize) -> Option<Found> {
        if at < self.no_code {
            return None;
        }
        let (found, reached) = self.reader.code(at);
        if found.is_none() {
            self.no_code = reached;
        }
        found
    }

    fn url(&mut self, at: usize) -> Option<Found> {
        if at < self.no_url {
            return None;
        }
        let (found, reached) = self.reader.url(at);
        if found.is_none() {
            self.no_url = reached;
        }
        found
    }

    fn digits(&mut self, at: usize) -> Option<Found> {
        let reader = self.reader;
        if let Some(found) = self.url(at) {
            return Some(found);
        }
        let by_shape = reader
            .document_number(at)
            .or_else(|| reader.date(at))
            .or_else(|| reader.telephone(at))
            .or_else(|| reader.dotted(at))
            .or_else(|| reader.code(at).0)
            .or_else(|| reader.signed(at));
        if by_shape.is_some() {
            return by_shape;
        }
        let found = reader.amount(at)?;
        match &found.what {
            Some(What::Bare(quantity)) => {
                let printed = reader.text.get(at..found.end).unwrap_or("");
                let digits = printed.chars().all(|c| c.is_ascii_digit());
                let reason = if let Some(reason) = self.cued(at).filter(|_| digits || printed.contains(' ')) {
                    Some(reason)
                } else if digits && self.digit_name(at, found.end) {
                    Some(Reason::Name)
                } else if digits && printed.len() == 4 && is_year(quantity.value) {
                    Some(Reason::Year)
                } else if digits && date::compact(printed).is_some() {
                    Some(Reason::Date)
                } else if digits && printed.len() >= CODE_DIGITS {
                    Some(Reason::Code)
                } else {
                    None
                };
                match reason {
                    Some(reason) => {
                        if let Some((end, _)) = self.cue.as_mut() {
                            *end = found.end;
                        }
                        Some(Found::ignored(found.end, reason))
                    }
                    None => Some(found),
                }
            }
            Some(What::Quantity(_)) => match self.cued(at) {
                // 阅读:3076次 stands in a page's furniture, whatever its unit.
                Some(Reason::Furniture) => Some(Found::ignored(found.end, Reason::Furniture)),
                _ => Some(found),
            },
            _ => Some(found),
        }
    }

    /// What a cue shortly before `at` says of the number there.
    fn cued(&self, at: usize) -> Option<Reason> {
        let (end, reason) = self.cue?;
        let gap = self.reader.text.get(end..at)?;
        let near = gap.len() <= CUE_REACH && !gap.contains(['。', ';', '；', '\n', ',']);
        let adjacent = gap.chars().all(|c| matches!(c, ' ' | ':' | '：'));
        match reason {
            CueReason::Furniture => adjacent.then_some(Reason::Furniture),
            reason => near.then(|| reason.into()),
        }
    }
}
