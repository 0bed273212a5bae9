//! Edges of words and letters: what keeps "Linus" out of "chines".

use unicode_segmentation::GraphemeCursor;

use crate::annotation::Anchor;
use crate::document::{ByteSpan, Text};

/// Which ends of a quote stood at the edge of a word. Between the parts of an anchor, where the text is not known,
/// they are taken to have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Edges {
    starts: bool,
    ends: bool,
}

impl Edges {
    /// Of the anchor's part `at`.
    pub(super) fn of(anchor: &Anchor, at: usize) -> Self {
        let quote = anchor.quote.get(at).map_or("", String::as_str);
        let before = if at == 0 { anchor.before.chars().next_back() } else { None };
        let after = if at + 1 == anchor.quote.len() { anchor.after.chars().next() } else { None };
        Self {
            starts: !is_inside_word(before, quote.chars().next()),
            ends: !is_inside_word(quote.chars().next_back(), after),
        }
    }

    /// Whether the span has edges where the quote had, and tears no letter from its signs.
    pub(super) fn hold(self, text: &Text, span: ByteSpan) -> bool {
        let is_edge =
            |byte, wanted| is_letter_edge(text.as_str(), byte) && !(wanted && is_in_word(text.as_str(), byte));
        is_edge(span.start, self.starts) && is_edge(span.end, self.ends)
    }

    /// The span widened to whole words where the quote had edges, by at most `most` characters on each side.
    pub(super) fn widened(self, text: &Text, span: ByteSpan, most: usize) -> ByteSpan {
        let mut wide = span;
        if self.starts && is_in_word(text.as_str(), span.start) {
            let before = text.as_str().get(..span.start).unwrap_or_default().char_indices().rev();
            let word = before.take(most).take_while(|&(_, c)| is_word(c)).last();
            wide.start = word.map_or(span.start, |(at, _)| at);
        }
        if self.ends && is_in_word(text.as_str(), span.end) {
            let after = text.as_str().get(span.end..).unwrap_or_default().char_indices();
            let word = after.take(most).take_while(|&(_, c)| is_word(c)).last();
            wide.end = word.map_or(span.end, |(at, c)| span.end + at + c.len_utf8());
        }
        wide
    }
}

/// Whether words are made of it: letters, digits, and signs that sit on letters.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || matches!(c, '\u{300}'..='\u{36F}')
}

fn is_inside_word(before: Option<char>, after: Option<char>) -> bool {
    before.is_some_and(is_word) && after.is_some_and(is_word)
}

fn is_in_word(text: &str, byte: usize) -> bool {
    let (before, after) = (text.get(..byte).unwrap_or_default(), text.get(byte..).unwrap_or_default());
    is_inside_word(before.chars().next_back(), after.chars().next())
}

/// Looks back over a few dozen characters only, which decides for all but endless rows of flags.
fn is_letter_edge(text: &str, byte: usize) -> bool {
    const AROUND: usize = 128;
    let (from, to) = (text.floor_char_boundary(byte.saturating_sub(AROUND)), text.ceil_char_boundary(byte + AROUND));
    let around = text.get(from..to).unwrap_or_default();
    GraphemeCursor::new(byte, text.len(), true).is_boundary(around, from).unwrap_or(true)
}
