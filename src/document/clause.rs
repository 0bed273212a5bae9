//! Clauses of a sentence: a rule of thumb without grammar, for selecting what is said.
//!
//! Held by `tests/document.rs`.

use super::abbreviations::{precedes_pronoun, stop_after};
use super::blocks::slice;
use super::sentence::{blanks, head_word, is_sign, tail};
use super::text::ByteSpan;

/// Signs that end a clause where a blank follows.
const CLAUSE_SIGNS: &[char] = &[',', ';', ':', '،', '؛', '·'];

/// Signs that end a clause wherever they stand.
const CLAUSE_MARKS: &[char] = &['—', '(', ')', '[', ']', '、', '，', '；', '：', '"', '“', '”', '„', '«', '»'];

/// The clause at a byte of `sentence`: what lies between two signs, or after a word such as "that". A rule of thumb,
/// without grammar.
pub(super) fn clause(text: &str, sentence: ByteSpan, byte: usize) -> ByteSpan {
    let words = slice(text, sentence);
    let at = words.floor_char_boundary(byte.saturating_sub(sentence.start));
    let (before, after) = words.split_at(at);
    let next_start = |(i, c)| clause_break(words, i, c).map(|(_, start)| start).filter(|&start| start <= at);
    let start = before.char_indices().rev().find_map(next_start).unwrap_or(0);
    let end =
        after.char_indices().find_map(|(i, c)| clause_break(words, at + i, c)).map_or(words.len(), |(end, _)| end);
    let clause = words.get(start..end).unwrap_or_default();
    let start = sentence.start + start + blanks(clause);
    ByteSpan { start, end: start + without_end(clause.trim()).len() }
}

/// Without the signs that end a sentence, but for those that belong to a word.
fn without_end(clause: &str) -> &str {
    let bare = clause.trim_end_matches(is_sign);
    let word = bare.rsplit(char::is_whitespace).next().unwrap_or_default();
    if bare.is_empty() || stop_after(word).is_some() { clause } else { bare }
}

/// Where a clause ends and the next one begins, if the character at `at` parts them.
fn clause_break(words: &str, at: usize, c: char) -> Option<(usize, usize)> {
    let after = words.get(at + c.len_utf8()..)?;
    let next = at + c.len_utf8();
    if CLAUSE_MARKS.contains(&c) {
        return Some((at, next));
    }
    let blank = after.starts_with(char::is_whitespace);
    if CLAUSE_SIGNS.contains(&c) && blank {
        return Some((at, next));
    }
    if !c.is_whitespace() {
        return None;
    }
    if let Some(rest) = after.strip_prefix(['-', '–'])
        && rest.starts_with(char::is_whitespace)
    {
        return Some((at, next + (after.len() - rest.len())));
    }
    let word = head_word(after);
    let previous = tail(words.get(..at)?).rsplit(char::is_whitespace).next().unwrap_or_default();
    let opens = match word {
        "that" => !previous.is_empty() && !precedes_pronoun(&previous.to_lowercase()),
        "dass" | "daß" | "что" | "ότι" | "että" => true,
        "et" => previous.ends_with(','),
        _ => false,
    };
    opens.then_some((at, next + word.len()))
}
