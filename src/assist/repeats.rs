//! The same words elsewhere in a document, without regard to case, blanks and line ends, and the form of apostrophes.
//!
//! Held by `tests/assist.rs`.

use std::fmt::Write as _;

use regex::RegexBuilder;

use crate::document::{ByteSpan, Text};

/// More characters than this are not looked for: nobody repeats a page by hand.
const LONGEST: usize = 2_000;

/// Where the words of `selection` stand again: every other place, in order, none overlapping the selection or one
/// another. Whole words only, in scripts that part their words. Empty where nothing, or too much (over 2,000
/// characters), is selected.
#[must_use]
pub fn repeats(text: &Text, selection: ByteSpan) -> Vec<ByteSpan> {
    let words = text.slice(selection).trim();
    if words.is_empty() || words.chars().count() > LONGEST {
        return Vec::new();
    }
    let Ok(pattern) = RegexBuilder::new(&pattern(words)).case_insensitive(true).build() else { return Vec::new() };
    let found = pattern.find_iter(text.as_str()).map(|found| ByteSpan { start: found.start(), end: found.end() });
    found.filter(|found| !found.overlaps(selection)).collect()
}

fn pattern(words: &str) -> String {
    let mut pattern = String::new();
    if words.chars().next().is_some_and(parts_words) {
        pattern.push_str(r"\b");
    }
    for (i, word) in words.split_whitespace().enumerate() {
        if i > 0 {
            pattern.push_str(r"\s+");
        }
        for c in word.chars() {
            match c {
                '\'' | '’' => pattern.push_str("['’]"),
                c => _ = write!(pattern, "{}", regex::escape(c.encode_utf8(&mut [0; 4]))),
            }
        }
    }
    if words.chars().next_back().is_some_and(parts_words) {
        pattern.push_str(r"\b");
    }
    pattern
}

/// Whether the script of a letter or digit parts its words by blanks: not Thai, Lao, Burmese, Khmer, kana and Han.
fn parts_words(c: char) -> bool {
    let joined = matches!(c as u32, 0xe00..=0xeff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x3040..=0x30ff | 0x3400..=0x9fff | 0x2_0000..=0x3_ffff);
    c.is_alphanumeric() && !joined
}
