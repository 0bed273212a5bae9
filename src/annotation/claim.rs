//! A claim: what is asserted, and through which voices.

use super::{Anchor, Extra, Id, Timestamp};

/// What is asserted: the anchor of its content and its attributes. Kinds, styles and statuses are words of the
/// codebook, never Rust enums: a foreign word is kept and shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claim {
    /// The words of the claim.
    pub anchor: Anchor,
    /// The chain of attribution, outermost voice first. `None`: not yet attributed. Of several voices the last one
    /// says the claim (writer: X said that Y had warned …: X, then Y; the writer of the release is understood before
    /// the first, and is written only where it is the only voice).
    pub said: Option<Vec<Voice>>,
    /// Kind, by the codebook (`commitment`); `None`: not chosen.
    pub kind: Option<String>,
    /// `direct`, `indirect` or `mixed`; `None`: not chosen.
    pub style: Option<String>,
    /// The claim as one sentence that stands alone ("He" resolved).
    pub statement: Option<String>,
    /// A quantity, as text ("300000 troops").
    pub value: Option<String>,
    /// When the claim is about, as text.
    pub time: Option<String>,
    /// Words of the codebook or free ones, in the order given.
    pub tags: Vec<String>,
    /// A team's own fields: name and value as text, in the order of the file.
    pub fields: Vec<(String, String)>,
    /// Free text.
    pub note: Option<String>,
    /// `open`, `checked`, `disputed`, `retracted`; `None`: open.
    pub status: Option<String>,
    /// Links to evidence, as typed.
    pub evidence: Vec<String>,
    /// Marking (TLP or any word of the codebook).
    pub marking: Option<String>,
    /// Ids of the claims that this one was adjudicated, carried forward, imported or suggested from.
    pub from: Vec<Id>,
    /// When it was made.
    pub created: Option<Timestamp>,
    /// When it was last changed; `None`: never since.
    pub modified: Option<Timestamp>,
    /// Fields of a later version.
    pub extra: Extra,
}

/// One link of a chain of attribution.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Voice {
    /// Mentions (where the text names the speaker) or sources (where it does not). Several speak jointly; none is the
    /// writer of the release.
    pub by: Vec<Id>,
    /// The words that attribute ("stated that").
    pub cue: Vec<Anchor>,
    /// Fields of a later version.
    pub extra: Extra,
}

impl Claim {
    /// Whether somebody, if only the writer, is named as saying it.
    #[must_use]
    pub fn is_attributed(&self) -> bool {
        self.said.is_some()
    }

    /// The voice that says the claim itself: the innermost. `None` where not attributed, or where the writer speaks.
    #[must_use]
    pub fn speaker(&self) -> Option<&Voice> {
        self.said.as_ref()?.last().filter(|voice| !voice.by.is_empty())
    }

    /// Whether the writer of the release is the only voice.
    #[must_use]
    pub fn is_by_writer(&self) -> bool {
        self.said.as_ref().is_some_and(|voices| voices.last().is_none_or(|voice| voice.by.is_empty()))
    }
}
