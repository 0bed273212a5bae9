//! Where an anchor is in a release's text today, in the words and the unit of exports.

use super::{Layer, Release};
use crate::annotation::{Anchor, AnchorId, Placement};
use crate::document::CodeSpan;

/// Whether the words of an anchor are where its set says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// They are.
    Exact,
    /// They are elsewhere, or changed a little.
    Moved,
    /// They could be in several places.
    Ambiguous,
    /// They are nowhere in the text.
    Lost,
    /// Nobody knows: the document was not at hand.
    Unchecked,
}

/// An anchor's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// Whether the words were found.
    pub found: Found,
    /// Where they are, ascending, in code points of the release's text; where nobody knows, as the set has it; empty
    /// where they are ambiguous or lost.
    pub spans: Vec<CodeSpan>,
}

impl Found {
    /// The word in exports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Moved => "moved",
            Self::Ambiguous => "ambiguous",
            Self::Lost => "lost",
            Self::Unchecked => "unchecked",
        }
    }
}

impl Release {
    /// Where an anchor of a layer is.
    pub(super) fn locate(&self, layer: &Layer, id: &AnchorId, anchor: &Anchor) -> Located {
        let Some(text) = &self.text else { return Located { found: Found::Unchecked, spans: anchor.spans.clone() } };
        let (found, spans) = match layer.placements.get(id) {
            None | Some(Placement::Exact(_)) => (Found::Exact, anchor.spans.clone()),
            Some(Placement::Moved(candidate)) => {
                (Found::Moved, candidate.spans.iter().map(|span| text.code_span_from_byte_span(*span)).collect())
            }
            Some(Placement::Ambiguous(_)) => (Found::Ambiguous, Vec::new()),
            Some(Placement::Lost(_)) => (Found::Lost, Vec::new()),
        };
        Located { found, spans }
    }
}
