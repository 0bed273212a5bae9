//! An anchor: one or more spans with their quoted text and context, so that the place can be found again.
//!
//! Where an anchor is in a given text is another file's work; this one only makes them.

use super::Extra;
use crate::document::{ByteSpan, CodeSpan, Text};

/// Code points of context kept on each side.
pub const CONTEXT: usize = 32;

/// Where something is said: spans (ascending, disjoint, non-empty), one quote a span, and up to [`CONTEXT`] code
/// points of the text on either side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Anchor {
    /// Code points of the canonical text that the set was made on.
    pub spans: Vec<CodeSpan>,
    /// The characters of each span.
    pub quote: Vec<String>,
    /// The characters before the first span.
    pub before: String,
    /// The characters after the last span.
    pub after: String,
    /// Fields of a later version.
    pub extra: Extra,
}

impl Anchor {
    /// The anchor of `spans` in `text`: put in order, empty ones left out, touching and overlapping ones joined.
    /// `None` where nothing is left, or a span does not lie in the text.
    #[must_use]
    pub fn new(text: &Text, spans: &[ByteSpan]) -> Option<Self> {
        let mut sorted: Vec<ByteSpan> = spans.iter().copied().filter(|span| !span.is_empty()).collect();
        sorted.sort_unstable();
        let mut joined: Vec<ByteSpan> = Vec::with_capacity(sorted.len());
        for span in sorted {
            text.as_str().get(span.start..span.end)?;
            match joined.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => joined.push(span),
            }
        }
        let (first, last) = (*joined.first()?, *joined.last()?);
        let before = text.as_str().get(..first.start)?;
        let from = before.char_indices().rev().nth(CONTEXT - 1).map_or(0, |(at, _)| at);
        Some(Self {
            spans: joined.iter().map(|&span| text.code_span_from_byte_span(span)).collect(),
            quote: joined.iter().map(|&span| text.slice(span).to_owned()).collect(),
            before: before.get(from..)?.to_owned(),
            after: text.as_str().get(last.end..)?.chars().take(CONTEXT).collect(),
            extra: Extra::new(),
        })
    }

    /// From the first span's start to the last one's end.
    #[must_use]
    pub fn hull(&self) -> CodeSpan {
        CodeSpan {
            start: self.spans.first().map_or(0, |span| span.start),
            end: self.spans.last().map_or(0, |span| span.end),
        }
    }

    /// The quotes as one line: parts joined by " … ", white space folded.
    #[must_use]
    pub fn quote_line(&self) -> String {
        let joined = self.quote.join(" … ");
        joined.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}
