//! RON as a row of tokens: where values begin and end, without reading them.
//!
//! ron reads values; this finds them in a file whose layout is not ours, notices comments, and puts a value on one
//! line. It walks, never recurses: ten thousand brackets cost it ten thousand bytes. Knows nothing of what the values
//! mean. Held by `tests/sidecar.rs`.

use std::collections::BTreeMap;
use std::ops::Range;

use super::print;

/// Deeper than this no value is followed; ron stops at 128.
const DEEPEST: usize = 128;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token {
    Blank,
    Comment,
    /// A string, byte string or character, with its quotes.
    Text,
    Open(char),
    Close(char),
    Comma,
    Colon,
    /// Anything else: names, numbers, signs.
    Word,
}

/// Where the text stops being RON: a byte offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Broken {
    pub(super) at: usize,
    pub(super) what: &'static str,
}

/// What ron takes for white space.
pub(super) fn is_blank(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\n' | '\r' | '\x0B' | '\x0C' | '\u{85}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}'
    )
}

/// The tokens of a text, each with its bytes.
pub(super) struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Tokens<'a> {
    pub(super) fn new(text: &'a str, at: usize) -> Self {
        Self { text, at }
    }
}

impl Iterator for Tokens<'_> {
    type Item = Result<(Token, Range<usize>), Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.text.get(self.at..)?;
        let first = rest.chars().next()?;
        let token = match first {
            c if is_blank(c) => Ok((Token::Blank, length_while(rest, is_blank))),
            '/' if rest.starts_with("//") => Ok((Token::Comment, length_while(rest, |c| c != '\n'))),
            '/' if rest.starts_with("/*") => block_comment(rest).map(|len| (Token::Comment, len)),
            '(' | '[' | '{' => Ok((Token::Open(first), 1)),
            ')' | ']' | '}' => Ok((Token::Close(first), 1)),
            ',' => Ok((Token::Comma, 1)),
            ':' => Ok((Token::Colon, 1)),
            _ => match quoted(rest) {
                Some(length) => length.map(|length| (Token::Text, length)),
                None => Ok((Token::Word, word(rest).max(first.len_utf8()))),
            },
        };
        let start = self.at;
        Some(match token {
            Ok((token, length)) => {
                self.at += length;
                Ok((token, start..self.at))
            }
            Err(what) => {
                self.at = self.text.len();
                Err(Broken { at: start, what })
            }
        })
    }
}

fn length_while(text: &str, wanted: impl Fn(char) -> bool) -> usize {
    text.find(|c| !wanted(c)).unwrap_or(text.len())
}

fn word(rest: &str) -> usize {
    length_while(rest, |c| !is_blank(c) && !"/\"'()[]{},:".contains(c))
}

fn block_comment(rest: &str) -> Result<usize, &'static str> {
    let mut depth = 0usize;
    let mut at = 0;
    while let Some(here) = rest.get(at..) {
        if here.starts_with("/*") {
            depth += 1;
            at += 2;
        } else if here.starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return Ok(at);
            }
        } else {
            let Some(skip) = here.char_indices().skip(1).find(|(_, c)| matches!(c, '/' | '*')) else { break };
            at += skip.0;
        }
    }
    Err("a comment that is not closed")
}

/// The length of the string, byte string or character that `rest` begins with; `None` where it begins with something
/// else.
fn quoted(rest: &str) -> Option<Result<usize, &'static str>> {
    let plain = rest.strip_prefix('b').unwrap_or(rest);
    let prefix = rest.len() - plain.len();
    if plain.starts_with('"') || plain.starts_with('\'') {
        let quote = if plain.starts_with('"') { b'"' } else { b'\'' };
        let mut bytes = plain.bytes().enumerate().skip(1);
        while let Some((at, byte)) = bytes.next() {
            if byte == b'\\' {
                bytes.next();
            } else if byte == quote {
                return Some(Ok(prefix + at + 1));
            }
        }
        return Some(Err("a string that is not closed"));
    }
    let hashes = length_while(plain.strip_prefix('r')?, |c| c == '#');
    let body = plain.get(1 + hashes..)?.strip_prefix('"')?;
    let end = ["\"", &"#".repeat(hashes)].concat();
    Some(match body.find(&end) {
        Some(at) => Ok(prefix + 1 + hashes + 1 + at + end.len()),
        None => Err("a string that is not closed"),
    })
}

/// The length of the string that the text begins with, quotes included.
pub(super) fn string_length(text: &str) -> Option<usize> {
    if text.starts_with('"') { quoted(text)?.ok() } else { None }
}

/// One entry of a record, map or list, in bytes of the whole text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The name or key, without the colon; `None` in lists.
    pub(super) key: Option<Range<usize>>,
    /// The value, without blanks and comments around it.
    pub(super) value: Range<usize>,
    /// Whether a comment stands in or beside the entry.
    pub(super) has_comment: bool,
}

impl Entry {
    /// From the key to the end of the value.
    pub(super) fn whole(&self) -> Range<usize> {
        self.key.as_ref().unwrap_or(&self.value).start..self.value.end
    }
}

/// The entries of the record, map or list that opens at a byte offset, a record's name before it skipped. After the last
/// one [`Entries::end`] tells where it closes.
pub(super) struct Entries<'a> {
    tokens: Tokens<'a>,
    closers: Vec<char>,
    end: Option<usize>,
    /// Key and start of the value that is cut off.
    unfinished: Option<(Range<usize>, usize)>,
    is_over: bool,
}

impl<'a> Entries<'a> {
    /// `open` is the offset of the opening bracket, or of blanks and comments before it.
    pub(super) fn of(text: &'a str, open: usize) -> Self {
        Self { tokens: Tokens::new(text, open), closers: Vec::new(), end: None, unfinished: None, is_over: false }
    }

    /// One past the closing bracket, once the last entry was given.
    pub(super) fn end(&self) -> Option<usize> {
        self.end
    }

    /// After an error: the key of the entry that it fell into, and where its value begins.
    pub(super) fn unfinished(&self) -> Option<(Range<usize>, usize)> {
        self.unfinished.clone()
    }
}

impl Iterator for Entries<'_> {
    type Item = Result<Entry, Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let mut entry = Entry { key: None, value: 0..0, has_comment: false };
        let step = loop {
            match self.step(&mut entry) {
                Ok(Step::Inside) => {}
                Ok(Step::Done) => break Ok(true),
                Ok(Step::Last) => {
                    self.is_over = true;
                    break Ok(!entry.value.is_empty());
                }
                Err(broken) => break Err(broken),
            }
        };
        match step {
            Ok(true) => Some(Ok(entry)),
            Ok(false) => None,
            Err(broken) => {
                self.is_over = true;
                self.unfinished =
                    entry.key.map(|key| (key, if entry.value.is_empty() { broken.at } else { entry.value.start }));
                Some(Err(broken))
            }
        }
    }
}

/// What a token means for the entry in hand.
enum Step {
    Inside,
    Done,
    Last,
}

impl Entries<'_> {
    fn step(&mut self, entry: &mut Entry) -> Result<Step, Broken> {
        let Some(token) = self.tokens.next() else {
            return Err(Broken { at: self.tokens.text.len(), what: "the end is missing" });
        };
        let (token, range) = token?;
        let broken = |what| Err(Broken { at: range.start, what });
        let depth = self.closers.len();
        match token {
            Token::Blank => return Ok(Step::Inside),
            Token::Comment => {
                entry.has_comment = true;
                return Ok(Step::Inside);
            }
            Token::Open(_) if depth == DEEPEST => return broken("nested too deeply"),
            Token::Open(bracket) => {
                self.closers.push(match bracket {
                    '(' => ')',
                    '[' => ']',
                    _ => '}',
                });
                if depth == 0 {
                    return Ok(Step::Inside);
                }
            }
            Token::Close(bracket) => {
                if self.closers.pop() != Some(bracket) {
                    return broken("a bracket that closes nothing");
                }
                if depth == 1 {
                    self.end = Some(range.end);
                    let is_missing = entry.key.is_some() && entry.value.is_empty();
                    return if is_missing { broken("a value is missing") } else { Ok(Step::Last) };
                }
            }
            Token::Comma if depth == 1 => {
                return if entry.value.is_empty() { broken("a value is missing") } else { Ok(Step::Done) };
            }
            Token::Colon if depth == 1 && entry.key.is_none() && !entry.value.is_empty() => {
                entry.key = Some(std::mem::take(&mut entry.value));
                return Ok(Step::Inside);
            }
            Token::Word if depth == 0 => return Ok(Step::Inside),
            Token::Text | Token::Comma | Token::Colon if depth == 0 => return broken("an opening bracket is missing"),
            Token::Text | Token::Comma | Token::Colon | Token::Word => {}
        }
        let start = if entry.value.is_empty() { range.start } else { entry.value.start };
        entry.value = start..range.end;
        Ok(Step::Inside)
    }
}

/// Whether a comment stands in the text; what is not RON after a point is not looked at.
pub(super) fn has_comment(text: &str) -> bool {
    Tokens::new(text, 0).map_while(Result::ok).any(|(token, _)| token == Token::Comment)
}

/// The length in bytes of the longest string in the text, as written.
pub(super) fn longest_string(text: &str) -> usize {
    let strings = Tokens::new(text, 0).map_while(Result::ok).filter(|(token, _)| *token == Token::Text);
    strings.map(|(_, range)| range.len()).max().unwrap_or(0)
}

/// A value on one line: as it stands where it is on one already, else without comments, line breaks as blanks, and
/// strings over several lines with escapes.
pub(super) fn on_one_line(value: &str) -> String {
    let value = value.trim_matches(is_blank);
    if !value.contains('\n') {
        return value.to_owned();
    }
    let mut line = String::with_capacity(value.len());
    for (token, range) in Tokens::new(value, 0).map_while(Result::ok) {
        let piece = value.get(range).unwrap_or_default();
        match token {
            Token::Comment => {}
            Token::Blank if piece.contains('\n') => line.push(' '),
            Token::Text if piece.contains('\n') => string_on_one_line(&mut line, piece),
            _ => line.push_str(piece),
        }
    }
    line
}

/// A value as it stands, unless one of its strings spans lines: then [`on_one_line`], so that lines stay lines.
pub(super) fn without_long_strings(value: &str) -> String {
    let value = value.trim_matches(is_blank);
    let mut tokens = Tokens::new(value, 0).map_while(Result::ok);
    let spans_lines = |range: Range<usize>| value.get(range).is_some_and(|piece| piece.contains('\n'));
    if value.contains('\n') && tokens.any(|(token, range)| token == Token::Text && spans_lines(range)) {
        on_one_line(value)
    } else {
        value.to_owned()
    }
}

fn string_on_one_line(out: &mut String, quoted: &str) {
    let (is_bytes, plain) = quoted.strip_prefix('b').map_or((false, quoted), |plain| (true, plain));
    if is_bytes {
        out.push('b');
    }
    if let Some(raw) = plain.strip_prefix('r') {
        let body = raw.trim_matches('#');
        let body = body.strip_prefix('"').and_then(|body| body.strip_suffix('"')).unwrap_or(body);
        if is_bytes {
            out.push('"');
            out.extend(body.bytes().flat_map(std::ascii::escape_default).map(char::from));
            out.push('"');
        } else {
            print::string(out, body);
        }
        return;
    }
    let mut chars = plain.chars();
    while let Some(c) = chars.next() {
        match c {
            '\n' => out.push_str("\\n"),
            '\\' => match chars.next() {
                // A line break after a backslash continues the string without the blanks that follow.
                Some('\n') => {
                    let rest = chars.as_str().trim_start_matches([' ', '\t', '\n', '\r']);
                    chars = rest.chars();
                }
                Some(escaped) => out.extend(['\\', escaped]),
                None => out.push('\\'),
            },
            _ => out.push(c),
        }
    }
}

/// Which of two fields of one name stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keep {
    First,
    Last,
}

/// Levels of brackets down to the innermost record of the format, a cue's anchor, and some.
const DEEPEST_RECORD: usize = 8;

/// A value with every name of a record and every key of a map once, down to the innermost record.
pub(super) fn without_twins(value: &str, keep: Keep) -> String {
    without_twins_below(value, keep, 0)
}

fn without_twins_below(value: &str, keep: Keep, depth: usize) -> String {
    if depth == DEEPEST_RECORD {
        return value.to_owned();
    }
    let mut tokens = Tokens::new(value, 0).map_while(Result::ok);
    let Some((Token::Open(_), open)) = tokens.find(|(token, _)| matches!(token, Token::Open(_))) else {
        return value.to_owned();
    };
    let mut kept: Vec<(Option<&str>, String)> = Vec::new();
    let mut places = BTreeMap::new();
    let mut entries = Entries::of(value, 0);
    for entry in entries.by_ref() {
        // What is not RON is left for ron to complain of.
        let Ok(entry) = entry else { return value.to_owned() };
        let inner = without_twins_below(value.get(entry.value).unwrap_or_default(), keep, depth + 1);
        let key = entry.key.and_then(|key| value.get(key));
        match key.and_then(|key| places.get(key)).and_then(|&place: &usize| kept.get_mut(place)) {
            Some(twin) if keep == Keep::Last => twin.1 = inner,
            Some(_) => {}
            None => {
                if let Some(key) = key {
                    places.insert(key, kept.len());
                }
                kept.push((key, inner));
            }
        }
    }
    let mut out = value.get(..open.end).unwrap_or_default().to_owned();
    for (at, (key, value)) in kept.iter().enumerate() {
        out.push_str(if at > 0 { ", " } else { "" });
        if let Some(key) = key {
            out.push_str(key);
            out.push_str(": ");
        }
        out.push_str(value);
    }
    out.push_str(entries.end().and_then(|end| value.get(end - 1..)).unwrap_or_default());
    out
}
