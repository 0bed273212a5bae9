//! Where an anchor is in a release's text today.

use super::{Layer, Release};
use crate::annotation::Anchor;
use crate::document::CodeSpan;

/// Whether the words of an anchor are where its set says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// They are.
    Exact,
    /// Nowhere in the text.
    Lost,
    /// Nobody knows: the document was not at hand.
    Unchecked,
}

/// An anchor's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// Whether the words were found.
    pub found: Found,
    /// Where they are, ascending, in code points of the release's text; empty where they were not found.
    pub spans: Vec<CodeSpan>,
}

impl Found {
    /// The word in exports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Lost => "lost",
            Self::Unchecked => "unchecked",
        }
    }
}

impl Found {
    /// Whether nobody can say where the words are now.
    pub fn is_fault(self) -> bool {
        matches!(self, Self::Lost)
    }
}

impl Release {
    /// Where an anchor of a layer is in the text.
    pub fn locate(&self, _layer: &Layer, anchor: &Anchor) -> Located {
        let Some(text) = &self.text else { return Located { found: Found::Unchecked, spans: anchor.spans.clone() } };
        let holds = anchor.spans.len() == anchor.quote.len()
            && anchor.spans.iter().zip(&anchor.quote).all(|(span, quote)| {
                text.byte_span_from_code_span(*span).is_some_and(|span| text.slice(span) == quote)
            });
        if holds {
            Located { found: Found::Exact, spans: anchor.spans.clone() }
        } else {
            Located { found: Found::Lost, spans: Vec::new() }
        }
    }
}
