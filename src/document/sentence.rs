//! Sentences of a part: where a full stop ends one, and where it belongs to a word.
//!
//! Knows the words in `abbreviations.rs` and the sentence ends of other scripts. Held by `tests/document.rs`. What
//! each rule looks at before and after a sign is bounded, so the work is linear in the text.

use super::abbreviations::{
    Stop, follows_hour, is_part_of_names, is_speech_verb, only_begins_sentences, precedes_ordinal, stop_after,
};
use super::blocks::slice;
use super::date;
use super::text::ByteSpan;

/// How far a rule looks, in bytes.
const NEAR: usize = 80;

/// A sign that can end a sentence; of several together, the greatest counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    /// The full stop of Latin, Greek and Cyrillic, which also marks abbreviations.
    Stop,
    /// Three dots.
    Dots,
    /// `!`, `?` and their like: they end a sentence unless it goes on in a small letter.
    Call,
    /// Signs that do nothing else, and need no blank after them.
    Always,
}

fn sign(c: char) -> Option<Sign> {
    match c {
        '.' => Some(Sign::Stop),
        '!' | '?' | '‼' | '⁇' | '⁈' | '⁉' | '‽' | '\u{37E}' => Some(Sign::Call),
        '…' => Some(Sign::Dots),
        '。' | '．' | '｡' | '！' | '？' | '﹒' | '﹖' | '﹗' | '؟' | '۔' | '։' | '।' | '॥' | '။' | '።' | '፧' | '፨'
        | '᠃' | '᠉' | '។' | '៕' | '༎' | '᙮' | '⸮' | '܀' | '܁' | '܂' | '׃' | '꘎' | '꓿' => {
            Some(Sign::Always)
        }
        _ => None,
    }
}

/// Whether the character can end a sentence.
pub(super) fn is_sign(c: char) -> bool {
    sign(c).is_some()
}

/// The sentences of a part, ascending, without the blanks between them.
pub(super) fn sentences(text: &str, part: ByteSpan) -> Sentences<'_> {
    Sentences { text: slice(text, part), offset: part.start, start: 0, at: 0, has_word: false }
}

/// Iterator over the sentences of a part.
pub(super) struct Sentences<'a> {
    /// The part.
    text: &'a str,
    /// Where it begins in the whole text.
    offset: usize,
    /// Where the sentence at hand begins.
    start: usize,
    /// How far it has been read.
    at: usize,
    /// Whether it has a letter or a digit so far.
    has_word: bool,
}

impl Iterator for Sentences<'_> {
    type Item = ByteSpan;

    fn next(&mut self) -> Option<ByteSpan> {
        if self.start >= self.text.len() {
            return None;
        }
        while let Some(end) = self.next_sign() {
            if !end.is_end {
                continue;
            }
            let span = ByteSpan { start: self.offset + self.start, end: self.offset + end.after };
            self.start = end.after + blanks(self.text.get(end.after..).unwrap_or_default());
            self.at = self.start;
            self.has_word = false;
            return Some(span);
        }
        let span = ByteSpan { start: self.offset + self.start, end: self.offset + self.text.len() };
        self.start = self.text.len();
        Some(span)
    }
}

/// A run of signs that may end the sentence.
struct End {
    /// After the signs and what closes with them.
    after: usize,
    is_end: bool,
}

impl Sentences<'_> {
    /// Reads on to the next run of signs, and past it.
    fn next_sign(&mut self) -> Option<End> {
        let rest = self.text.get(self.at..)?;
        let (found, mut kind) =
            rest.char_indices().find_map(|(at, c)| sign_in(rest, at, c).map(|sign| (self.at + at, sign)))?;
        let passed = self.text.get(self.at..found).unwrap_or_default();
        self.has_word = self.has_word || passed.contains(char::is_alphanumeric);
        let mut after = found;
        let mut dots = 0;
        while let Some(c) = self.char_at(after) {
            let next = match sign(c) {
                Some(next) => next,
                // ". . ."
                None if c == ' ' && dots > 0 && self.char_at(after + 1) == Some('.') => Sign::Dots,
                None if c == ';' && after == found => Sign::Call,
                None => break,
            };
            dots += usize::from(c == '.');
            kind = kind.max(if dots > 1 { next.max(Sign::Dots) } else { next });
            after += c.len_utf8();
        }
        let closed = after + closers(self.text.get(after..).unwrap_or_default());
        self.at = closed;
        let is_end = self.is_end(found, after, closed, kind);
        Some(End { after: closed, is_end })
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    /// Whether the signs from `found` to `signs`, with what closes up to `closed`, end the sentence.
    fn is_end(&self, found: usize, signs: usize, closed: usize, kind: Sign) -> bool {
        let before = self.text.get(self.start..found).unwrap_or_default();
        let close = self.text.get(signs..closed).unwrap_or_default();
        let after = self.text.get(closed..).unwrap_or_default();
        let Some(next) = after.chars().next() else { return true };
        if !self.has_word && kind != Sign::Always {
            // Signs at the head of a sentence belong to it: "... and then".
            return false;
        }
        if kind == Sign::Always {
            // 「…。」と述べた goes on.
            return close.is_empty() || !matches!(next, 'と' | 'っ');
        }
        if !next.is_whitespace() {
            return is_lost_blank(before, close, after);
        }
        let next = next_words(after);
        let Some(first) = next.words.chars().next() else { return true };
        if first.is_lowercase() && !next.listed && !is_brand(next.words) {
            return false;
        }
        let quoted = close.contains(is_quote_mark);
        match kind {
            Sign::Stop => next.listed || is_full_stop(before, &next, quoted),
            Sign::Dots => !quoted || !is_speaker(next.words),
            Sign::Call => (!quoted || !is_speaker(next.words)) && !is_inside(after),
            Sign::Always => true,
        }
    }
}

/// The sign at `at`; Greek asks with a semicolon.
fn sign_in(text: &str, at: usize, c: char) -> Option<Sign> {
    let greek = |c: char| matches!(c, '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}');
    if c == ';' {
        let before = text.get(..at).and_then(|head| head.chars().next_back());
        return before.is_some_and(greek).then_some(Sign::Call);
    }
    sign(c)
}

/// Length of the blanks at the head.
pub(super) fn blanks(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

fn is_quote_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '”' | '„' | '‟' | '‘' | '’' | '‚' | '«' | '»' | '‹' | '›' | '」' | '』' | '＂')
}

/// Length of what closes after a sign: quote marks, brackets, signs of emphasis, numbers of footnotes.
fn closers(text: &str) -> usize {
    let mut len = 0;
    loop {
        let rest = text.get(len..).unwrap_or_default();
        let Some(c) = rest.chars().next() else { return len };
        len += match c {
            '"' | '\'' | '”' | '’' | '“' | '‘' | ')' | ']' | '}' | '）' | '］' | '」' | '』' | '】' | '》' | '〉'
            | '*' | '_' | '＂' | '›' | '‹' | '»' | '«' => c.len_utf8(),
            '[' => match footnote(rest) {
                0 => return len,
                footnote => footnote,
            },
            // « Oui ! » : the mark stands apart, and closes if nothing is attached after it.
            ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' => {
                let mut chars = rest.chars().skip(1);
                let mark = chars.next().filter(|mark| matches!(mark, '»' | '›' | '”' | '"'));
                let apart = chars.next().is_none_or(|c| c.is_whitespace() || c.is_ascii_punctuation());
                match mark {
                    Some(mark) if apart => c.len_utf8() + mark.len_utf8(),
                    _ => return len,
                }
            }
            _ => return len,
        };
    }
}

/// Length of `[12]` at the head, or 0.
fn footnote(text: &str) -> usize {
    let digits = text.bytes().skip(1).take_while(u8::is_ascii_digit).count();
    let closed = text.as_bytes().get(digits + 1) == Some(&b']');
    if (1..=3).contains(&digits) && closed { digits + 2 } else { 0 }
}

/// What stands after a sign and the blanks after it.
struct Next<'a> {
    /// From the first character of the next word on.
    words: &'a str,
    /// The sign of a list stands before it.
    listed: bool,
    /// A dash stands before it, as in `Washington, D.C. – The`.
    dashed: bool,
}

fn next_words(after: &str) -> Next<'_> {
    let opens = |c: char| is_quote_mark(c) || c.is_whitespace() || "([{¿¡-–—*_（「『《".contains(c);
    let rest = after.trim_start();
    Next {
        words: rest.trim_start_matches(opens),
        listed: rest.starts_with(['•', '●', '▪', '■', '‣', '►', '➢', '#']),
        dashed: rest.starts_with(['-', '–', '—']),
    }
}

/// The letters (and what joins them) at the head.
pub(super) fn head_word(text: &str) -> &str {
    let near = head(text);
    near.split(|c: char| !(c.is_alphabetic() || c == '\'' || c == '’')).next().unwrap_or_default()
}

/// A name like iPhone, which begins with a small letter also at the head of a sentence.
fn is_brand(next: &str) -> bool {
    let mut chars = next.chars();
    chars.next();
    chars.next().is_some_and(char::is_uppercase)
}

/// Whether what follows a quotation that asks or calls is its speaker: `“Are you ready?” Mr. Smith asked.`
fn is_speaker(next: &str) -> bool {
    for word in next.split_whitespace().take(6) {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        if is_speech_verb(word) {
            return true;
        }
        let name = word.starts_with(char::is_uppercase) || matches!(word, "of" | "the" | "de" | "van" | "von" | "al");
        if !name {
            return false;
        }
    }
    false
}

/// Whether a call stands in a few quoted words inside a sentence: `chants of “Ted! Ted! Ted!” were cut short`.
fn is_inside(after: &str) -> bool {
    let near = after.get(..after.floor_char_boundary(NEAR / 2)).unwrap_or_default();
    let close = near.find(['“', '”', '„', '«', '»', '.']).and_then(|at| near.get(at..));
    let rest = close.and_then(|close| close.strip_prefix('”')).and_then(|rest| rest.strip_prefix(' '));
    rest.is_some_and(|rest| rest.starts_with(char::is_lowercase))
}

/// Whether the blank after a sign was lost in copying: `the middle class.President Bush`.
fn is_lost_blank(before: &str, close: &str, after: &str) -> bool {
    let next = after.trim_start_matches(['"', '“', '‘', '„', '«', '(']);
    let word = head_word(next);
    let mut letters = word.chars();
    let Some(first) = letters.next() else { return false };
    if matches!(first, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}') {
        return true;
    }
    if !first.is_uppercase() {
        return false;
    }
    if close.contains(is_quote_mark) {
        return true;
    }
    let token = tail(before).rsplit(char::is_whitespace).next().unwrap_or_default();
    let ends = token.trim_end_matches([')', ']', '"', '”', '’', '»', '%']);
    let small = ends.chars().rev().take_while(|c| c.is_lowercase()).take(3).count();
    let plain = token.len() < NEAR && !token.contains(['.', '@', '/', '\\']) && !token.starts_with("www");
    // Names such as Node.JS and Amazon.Com are one word.
    let rest = head(next).split(char::is_whitespace).next().unwrap_or_default();
    let rest = rest.get(word.len()..).unwrap_or_default().trim_end_matches(['.', ',', ')', '"', '”']);
    let long = word.chars().count() > 2 || only_begins_sentences(word);
    small >= 3 && plain && !rest.contains(['.', '@', '/']) && long && !is_domain(word)
}

/// The last few characters, [`NEAR`] bytes at most.
pub(super) fn tail(text: &str) -> &str {
    text.get(text.ceil_char_boundary(text.len().saturating_sub(NEAR))..).unwrap_or_default()
}

/// Whether a line ends as a sentence does.
pub(super) fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(|c: char| is_quote_mark(c) || c == ')').ends_with(is_sign)
}

/// The first few characters, [`NEAR`] bytes at most.
pub(super) fn head(text: &str) -> &str {
    text.get(..text.floor_char_boundary(NEAR)).unwrap_or_default()
}

/// Ends of addresses, however they are written.
fn is_domain(word: &str) -> bool {
    ["com", "org", "net", "gov", "edu", "info", "biz"].iter().any(|domain| word.eq_ignore_ascii_case(domain))
}

/// Whether a full stop with a blank after it ends the sentence. `before` is the sentence up to it, `next` what follows,
/// which has no small letter first; `quoted`: a quotation ends with the full stop.
fn is_full_stop(before: &str, next: &Next, quoted: bool) -> bool {
    let &Next { words: next, dashed, .. } = next;
    let opens = |c: char| c.is_whitespace() || matches!(c, '(' | '[' | '"' | '“' | '„' | '«' | '‘' | '/' | '–' | '—');
    let word = tail(before).rsplit(opens).next().unwrap_or_default();
    let from = before.len() - word.len();
    let follower = head_word(next);
    let dotted = next.get(follower.len()..).is_some_and(|tail| tail.starts_with('.'));
    let begins = only_begins_sentences(follower) && !dotted && !dashed;
    if is_enumerator(before, word) {
        return false;
    }
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        let head = before.get(..from).unwrap_or_default();
        // "The bill would: 1. Authorize": the first item of a list within the line.
        let is_first_item = word == "1" && head.trim_end().ends_with([':', ';']);
        return quoted || !(is_first_item || is_ordinal(head, word, next));
    }
    if matches!(word, "a.m" | "p.m" | "A.M" | "P.M" | "π.μ" | "μ.μ") {
        return !follows_hour(follower) && !dashed;
    }
    if matches!(word, "т.д" | "т.п") {
        return true;
    }
    // "R-Ky.", "Vice-Adm.", and "the Senate:Mr. President", "act.S. 3721", where a blank was lost.
    let word = word.rsplit(['-', ':', ';', ',', '?', '!']).next().unwrap_or(word);
    let word = short_groups(word);
    match stop_after(word) {
        Some(Stop::Never) => false,
        Some(Stop::Maybe) => quoted || begins,
        Some(Stop::Number) => !begins_with_number(next),
        None if is_initial(word) => (quoted || begins) && !is_part_of_names(follower),
        None if is_acronym(word) => quoted || begins,
        None => true,
    }
}

/// Whether the text begins with a number or one behind a few capitals, as patents and papers have it: `US9135787B1`.
fn begins_with_number(text: &str) -> bool {
    let number = text.trim_start_matches(|c: char| c.is_ascii_uppercase());
    let letters = text.len() - number.len();
    let signs = |c: char| c.is_numeric() || (letters == 0 && matches!(c, '§' | '°'));
    letters <= 3 && number.starts_with(signs)
}

/// The number or letter of a list item, which is all of the sentence yet: `1. The first`.
fn is_enumerator(before: &str, word: &str) -> bool {
    before.len() == word.len() && word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_alphanumeric()) && {
        word.bytes().all(|byte| byte.is_ascii_digit())
            || word.len() == 1
            || word.bytes().all(|byte| b"ivxIVX".contains(&byte))
    }
}

/// Whether the full stop after a number makes it an ordinal, as German has it.
fn is_ordinal(before: &str, number: &str, next: &str) -> bool {
    if number.len() > 2 {
        return false;
    }
    let previous = before.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
    date::begins_with_month(next) || precedes_ordinal(&previous.to_lowercase())
}

/// What stands after the last full stop that follows more than two letters; the word itself where nothing does.
fn short_groups(word: &str) -> &str {
    let (mut from, mut at) = (0, 0);
    for group in word.split('.') {
        at += group.len() + 1;
        if group.chars().count() > 2 {
            from = at;
        }
    }
    word.get(from..).unwrap_or(word)
}

/// One letter, as of a first name; "I" is a word.
fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none() && word != "I"
}

/// Short groups of letters with full stops between them: `U.S`, `Ph.D`, `z.B`.
fn is_acronym(word: &str) -> bool {
    let group = |group: &str| (1..=2).contains(&group.chars().count()) && group.chars().all(char::is_alphabetic);
    word.contains('.') && word.split('.').all(group)
}
