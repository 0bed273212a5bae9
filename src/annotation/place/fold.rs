//! Text without what typesetting changes: runs of white space are one blank, quotation marks and dashes of all shapes
//! are one each, soft hyphens and zero-width blanks are nothing. Case and letters stay.
//!
//! Each folded character knows which bytes it stands for, so that what is found in it can be shown in the text.

use crate::document::ByteSpan;

/// A character without its typesetting: white space is a blank, quotation marks and dashes are one each; `None` where
/// nothing is left (a soft hyphen, a zero-width blank).
#[must_use]
pub fn without_typesetting(c: char) -> Option<char> {
    Some(match c {
        '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' => return None,
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '′' | 'ʼ' | '`' | '´' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => '"',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹘' | '－' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    })
}

/// The folded characters of a text with the bytes that each stands for, `offset` added to both ends.
pub(super) fn fold(text: &str, offset: usize) -> impl Iterator<Item = (char, ByteSpan)> {
    joined(text.char_indices().map(move |(at, c)| (offset + at, c)))
}

fn joined(chars: impl Iterator<Item = (usize, char)>) -> impl Iterator<Item = (char, ByteSpan)> {
    let mut chars = chars.filter_map(|(at, c)| Some((without_typesetting(c)?, at, at + c.len_utf8()))).peekable();
    std::iter::from_fn(move || {
        let (c, start, mut end) = chars.next()?;
        while c == ' '
            && let Some((_, _, blank_end)) = chars.next_if(|(next, _, _)| *next == ' ')
        {
            end = blank_end;
        }
        Some((c, ByteSpan { start, end }))
    })
}

/// A piece of text, folded.
#[derive(Clone, Debug, Default)]
pub(super) struct Folded {
    pub(super) chars: Vec<char>,
    spans: Vec<ByteSpan>,
}

impl Folded {
    /// The text from byte `start` to byte `end`.
    pub(super) fn of(text: &str, start: usize, end: usize) -> Self {
        let (chars, spans) = fold(text.get(start..end).unwrap_or_default(), start).unzip();
        Self { chars, spans }
    }

    /// The bytes that the folded characters `start..end` stand for; `None` where there are none.
    pub(super) fn bytes(&self, start: usize, end: usize) -> Option<ByteSpan> {
        let spans = self.spans.get(start..end)?;
        Some(ByteSpan { start: spans.first()?.start, end: spans.last()?.end })
    }

    /// The first folded character that begins at this byte or after it.
    pub(super) fn index_from_byte(&self, byte: usize) -> usize {
        self.spans.partition_point(|span| span.start < byte)
    }
}

/// White space and soft hyphens are walked over for at most this many characters for each that counts.
const STRETCH: usize = 64;

/// The byte behind the `count` folded characters that begin at byte `from`, or the text's end.
pub(super) fn after(text: &str, from: usize, count: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default().char_indices().take(count.saturating_mul(STRETCH));
    joined(rest.map(|(at, c)| (from + at, c))).take(count).last().map_or(from, |(_, span)| span.end)
}

/// The byte `count` folded characters before byte `from`, or the text's beginning.
pub(super) fn before(text: &str, from: usize, count: usize) -> usize {
    let mut left = count;
    let mut is_blank = false;
    let mut at = from;
    for (start, c) in text.get(..from).unwrap_or_default().char_indices().rev().take(count.saturating_mul(STRETCH)) {
        let counts = without_typesetting(c).is_some_and(|c| !(c == ' ' && is_blank));
        is_blank = without_typesetting(c).map_or(is_blank, |c| c == ' ');
        if counts {
            if left == 0 {
                return at;
            }
            left -= 1;
        }
        at = start;
    }
    at
}
