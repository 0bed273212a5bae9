//! Words and grapheme clusters around a byte, and trimming: what a selection snaps to.
//!
//! Knows UAX #29 (by unicode-segmentation), no structure. Held by `tests/document.rs`. Every function looks at a
//! bounded neighbourhood, so that none is slower in a line of 5 MB than in a line of a release; clusters and words
//! longer than the neighbourhood, which no script has, are cut at its ends.

use unicode_segmentation::UnicodeSegmentation;

use super::text::ByteSpan;

/// How far is looked, in bytes.
const NEAR: usize = 512;

/// The neighbourhood of a byte, from one white space to another where there is one, and where it begins.
fn near(text: &str, byte: usize) -> (usize, &str) {
    let byte = text.floor_char_boundary(byte);
    let from = text.ceil_char_boundary(byte.saturating_sub(NEAR));
    let to = text.floor_char_boundary(byte.saturating_add(NEAR));
    let before = text.get(from..byte).unwrap_or_default();
    // A cut in the middle of a cluster would show as a wrong boundary: begin after the first line end or blank.
    let skipped = if from == 0 { 0 } else { before.find(char::is_whitespace).unwrap_or(0) };
    let from = from + skipped;
    (from, text.get(from..to).unwrap_or_default())
}

/// The word at a byte, or else the blanks or the sign there. Between a word and something else, the word. Empty at
/// the ends of an empty text.
#[must_use]
pub fn word_at(text: &str, byte: usize) -> ByteSpan {
    let (from, near) = near(text, byte);
    let byte = text.floor_char_boundary(byte);
    let is_word = |piece: &str| piece.chars().any(char::is_alphanumeric);
    let mut before: Option<ByteSpan> = None;
    for (at, piece) in near.split_word_bound_indices() {
        let span = ByteSpan { start: from + at, end: from + at + piece.len() };
        if span.end == byte && is_word(piece) {
            before = Some(span);
        }
        if span.start <= byte && byte < span.end {
            return if is_word(piece) { span } else { before.unwrap_or(span) };
        }
    }
    before.unwrap_or(ByteSpan { start: byte, end: byte })
}

/// The nearest boundary of a grapheme cluster at or before a byte.
#[must_use]
pub fn cluster_start(text: &str, byte: usize) -> usize {
    let (from, near) = near(text, byte);
    let byte = byte.min(text.len());
    let starts = near.grapheme_indices(true).map(|(at, cluster)| (from + at, from + at + cluster.len()));
    starts
        .take_while(|&(start, _)| start <= byte)
        .last()
        .map_or(byte, |(start, end)| if end <= byte { end } else { start })
}

/// The nearest boundary of a grapheme cluster at or after a byte.
#[must_use]
pub fn cluster_end(text: &str, byte: usize) -> usize {
    let start = cluster_start(text, byte);
    if start >= byte {
        return start.min(text.len());
    }
    let (from, near) = near(text, byte);
    near.grapheme_indices(true)
        .map(|(at, cluster)| from + at + cluster.len())
        .find(|&end| end >= byte)
        .unwrap_or(text.len())
}

/// The span grown to whole grapheme clusters.
#[must_use]
pub fn whole_clusters(text: &str, span: ByteSpan) -> ByteSpan {
    if span.is_empty() {
        let start = cluster_start(text, span.start);
        return ByteSpan { start, end: start };
    }
    ByteSpan { start: cluster_start(text, span.start), end: cluster_end(text, span.end) }
}

/// The span grown to whole words, then trimmed.
#[must_use]
pub fn whole_words(text: &str, span: ByteSpan) -> ByteSpan {
    let start = word_from(text, span.start);
    let end = word_to(text, span.end.max(start));
    trimmed(text, ByteSpan { start, end })
}

/// Where the word begins that a byte lies inside of; the byte where it lies in none.
fn word_from(text: &str, byte: usize) -> usize {
    inside_word(text, byte).map_or_else(|| cluster_start(text, byte), |word| word.start)
}

/// Where the word ends that a byte lies inside of.
fn word_to(text: &str, byte: usize) -> usize {
    inside_word(text, byte).map_or_else(|| cluster_end(text, byte), |word| word.end)
}

fn inside_word(text: &str, byte: usize) -> Option<ByteSpan> {
    let word = word_at(text, byte);
    (word.start < byte && byte < word.end).then_some(word)
}

/// The span without blanks at its ends, and without commas, semicolons and colons at its end. What would be empty
/// stays as it is.
#[must_use]
pub fn trimmed(text: &str, span: ByteSpan) -> ByteSpan {
    let inside = text.get(span.start..span.end).unwrap_or_default();
    let lead = inside.len() - inside.trim_start().len();
    let is_trailing =
        |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '،' | '؛' | '、' | '，' | '；' | '：');
    let kept = inside.trim_end_matches(is_trailing).len();
    if kept <= lead { span } else { ByteSpan { start: span.start + lead, end: span.start + kept } }
}
