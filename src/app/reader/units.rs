//! Words, clauses, sentences and paragraphs around a place: what a selection grows to.
//!
//! Looks at a bounded stretch of the text, so that one line of 5 MB costs no more than a page. Knows no screen. Held by
//! `tests/reader.rs`.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use crate::document::{ByteSpan, Structure, Text};

/// Bytes looked at on either side of a place, for words and for what stands in for a sentence while the structure is
/// not known.
const REACH: usize = 4096;

/// What a selection grows through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// One word.
    Word,
    /// Up to the next comma, dash, colon, bracket or quotation mark.
    Clause,
    /// A sentence.
    Sentence,
    /// A paragraph.
    Paragraph,
}

/// All units, smallest first.
pub const UNITS: [Unit; 4] = [Unit::Word, Unit::Clause, Unit::Sentence, Unit::Paragraph];

/// The unit at a byte, without white space at its ends; empty where there is none.
#[must_use]
pub fn unit_at(text: &Text, structure: Option<&Structure>, byte: usize, unit: Unit) -> ByteSpan {
    let span = match unit {
        Unit::Word => word_at(text, byte),
        Unit::Clause => clause_at(text, sentence_at(text, structure, byte), byte),
        Unit::Sentence => sentence_at(text, structure, byte),
        Unit::Paragraph => paragraph_at(text, structure, byte),
    };
    trimmed(text, span)
}

/// The word at a byte, or the one that ends there; empty between two spaces.
fn word_at(text: &Text, byte: usize) -> ByteSpan {
    let mut before = ByteSpan { start: byte, end: byte };
    for word in words_in(text, line_at(text, byte)).take_while(|word| word.start <= byte) {
        if word.contains(byte) {
            return word;
        }
        if word.end == byte {
            before = word;
        }
    }
    before
}

/// Part of `sentence` around a byte, between marks that part clauses.
fn clause_at(text: &Text, sentence: ByteSpan, byte: usize) -> ByteSpan {
    let words = text.slice(sentence);
    let mut start = sentence.start;
    for (at, c) in words.char_indices() {
        let here = sentence.start + at;
        let after = words.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next());
        if !parts_clauses(c, after) {
            continue;
        }
        if here >= byte && here > start {
            return ByteSpan { start, end: here };
        }
        start = here + c.len_utf8();
    }
    ByteSpan { start: start.min(byte), end: sentence.end }
}

/// Whether a clause ends at `c`: a comma within a number or an apostrophe within a word does not end one.
fn parts_clauses(c: char, after: Option<char>) -> bool {
    match c {
        ',' | ':' | ';' | '،' | '؛' | '.' => after.is_none_or(char::is_whitespace),
        '、' | '，' | '；' | '：' | '。' | '—' | '–' | '(' | ')' | '[' | ']' | '“' | '”' | '„' | '«' | '»' | '"' => {
            true
        }
        _ => false,
    }
}

/// The sentence at a byte; without a structure, by the rules of Unicode within reach.
fn sentence_at(text: &Text, structure: Option<&Structure>, byte: usize) -> ByteSpan {
    if let Some(structure) = structure {
        return structure.sentence_at(byte).unwrap_or(ByteSpan { start: byte, end: byte });
    }
    let line = line_at(text, byte);
    let sentences = text.slice(line).split_sentence_bound_indices();
    let spans = sentences.map(|(at, words)| ByteSpan { start: line.start + at, end: line.start + at + words.len() });
    spans.take_while(|span| span.start <= byte).last().unwrap_or(line)
}

/// The paragraph at a byte; without a structure, the line within reach.
fn paragraph_at(text: &Text, structure: Option<&Structure>, byte: usize) -> ByteSpan {
    match structure {
        Some(structure) => structure.paragraph_at(byte).map_or(ByteSpan { start: byte, end: byte }, |it| it.span),
        None => line_at(text, byte),
    }
}

/// The line at a byte, [`REACH`] bytes to either side at most.
fn line_at(text: &Text, byte: usize) -> ByteSpan {
    let string = text.as_str();
    let byte = string.floor_char_boundary(byte);
    let from = string.ceil_char_boundary(byte.saturating_sub(REACH));
    let to = string.floor_char_boundary(byte + REACH);
    let before = text.slice(ByteSpan { start: from, end: byte });
    let after = text.slice(ByteSpan { start: byte, end: to });
    ByteSpan {
        start: before.rfind('\n').map_or(from, |at| from + at + 1),
        end: after.find('\n').map_or(to, |at| byte + at),
    }
}

/// `span` without white space at its ends.
#[must_use]
pub fn trimmed(text: &Text, span: ByteSpan) -> ByteSpan {
    let words = text.slice(span);
    let start = span.start + (words.len() - words.trim_start().len());
    ByteSpan { start, end: start + words.trim().len() }
}

/// By how much an edge of a span moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// To the far end of a word.
    Word,
    /// Over one grapheme cluster.
    Letter,
}

/// The next edge after a byte: the end of a word, or of a letter; the text's end where there is none.
#[must_use]
pub fn edge_after(text: &Text, byte: usize, edge: Edge) -> usize {
    match edge {
        Edge::Word => {
            let around = around(text, byte);
            let next = words_in(text, around).map(|word| word.end).find(|&end| end > byte);
            next.unwrap_or(around.end)
        }
        Edge::Letter => {
            let next = GraphemeCursor::new(byte, text.len(), true).next_boundary(text.as_str(), 0);
            next.ok().flatten().unwrap_or(text.len())
        }
    }
}

/// The next edge before a byte: the start of a word, or of a letter; the text's start where there is none.
#[must_use]
pub fn edge_before(text: &Text, byte: usize, edge: Edge) -> usize {
    match edge {
        Edge::Word => {
            let around = around(text, byte);
            let before = words_in(text, around).map(|word| word.start).take_while(|&start| start < byte);
            before.last().unwrap_or(around.start)
        }
        Edge::Letter => {
            let before = GraphemeCursor::new(byte, text.len(), true).prev_boundary(text.as_str(), 0);
            before.ok().flatten().unwrap_or(0)
        }
    }
}

/// The whole words that `span` touches, without what stands before the first and after the last one; empty where it
/// touches none.
#[must_use]
pub fn to_words(text: &Text, span: ByteSpan) -> ByteSpan {
    let first = words_in(text, around(text, span.start)).find(|word| word.end > span.start);
    let last = words_in(text, around(text, span.end)).take_while(|word| word.start < span.end).last();
    match (first, last) {
        (Some(first), Some(last)) if first.start < last.end => ByteSpan { start: first.start, end: last.end },
        _ => ByteSpan { start: span.start, end: span.start },
    }
}

/// The text within [`REACH`] of a byte.
fn around(text: &Text, byte: usize) -> ByteSpan {
    let string = text.as_str();
    ByteSpan {
        start: string.ceil_char_boundary(byte.saturating_sub(REACH)),
        end: string.floor_char_boundary(byte + REACH),
    }
}

fn words_in(text: &Text, span: ByteSpan) -> impl Iterator<Item = ByteSpan> + '_ {
    let words = text.slice(span).unicode_word_indices();
    words.map(move |(at, word)| ByteSpan { start: span.start + at, end: span.start + at + word.len() })
}
