//! Hard lines: where a text is cut before it is laid out.
//!
//! Knows nothing of fonts. Held by `tests/text.rs`.

use crate::document::ByteSpan;

/// The hard lines of `text` that begin in `span`, each without its terminator: LF, CR, CR LF, VT, FF, NEL, LS or PS.
///
/// A layout of several hard lines would have one base direction for all, so each is laid out by itself. A text that
/// ends in a terminator has one more, empty, line after it. `span` is cut to the text and to character boundaries;
/// the last line ends with the span at the latest.
pub fn hard_lines(text: &str, span: ByteSpan) -> impl Iterator<Item = ByteSpan> + '_ {
    let end = text.floor_char_boundary(span.end);
    let mut next = Some(text.ceil_char_boundary(span.start).min(end));
    std::iter::from_fn(move || {
        let start = next?;
        let rest = text.get(start..end)?;
        let found = rest.char_indices().find(|&(_, c)| is_terminator(c));
        next = found.map(|(at, c)| {
            let crlf = c == '\r' && rest.get(at + 1..).is_some_and(|after| after.starts_with('\n'));
            start + at + if crlf { 2 } else { c.len_utf8() }
        });
        Some(ByteSpan::new(start, found.map_or(end, |(at, _)| start + at)))
    })
}

/// Whether a character ends a hard line (the mandatory breaks of UAX #14).
#[must_use]
pub fn is_terminator(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}
