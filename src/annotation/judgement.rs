//! What annotators say of claims: assessments, relations, remarks, waived checks, and the conflicts of a merge.

use super::{Anchor, Extra, Id, Timestamp};

/// One annotator's judgement of one claim or source on one axis of one scale. An assessment is changed in place only
/// within the session that made it; later a new one names the old in `replaces`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assessment {
    /// A claim or a source, also one in another's set.
    pub on: Option<Id>,
    /// `reliability`, `credibility`, `likelihood`, `confidence` (analytic), or a codebook's own.
    pub axis: String,
    /// The scale with its edition (`icd203-2015`).
    pub scale: String,
    /// The term as chosen (`B`, `2`, `likely`); `None` where only a number was given.
    pub term: Option<String>,
    /// A number in the scale's unit (percent for likelihoods).
    pub value: Option<f64>,
    /// The rationale.
    pub why: Option<String>,
    /// The assessment that this one takes the place of.
    pub replaces: Option<Id>,
    /// When it was made.
    pub made: Option<Timestamp>,
    /// Marking.
    pub marking: Option<String>,
    /// Fields of a later version.
    pub extra: Extra,
}

impl Assessment {
    /// Whether it says that the one it replaces no longer holds, and nothing in its place.
    #[must_use]
    pub fn is_withdrawn(&self) -> bool {
        self.term.is_none() && self.value.is_none()
    }
}

/// Claim to claim, also across documents: `supports`, `contradicts`, `repeats`, `updates`, `elaborates`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Relation {
    /// The claim that supports, contradicts, …
    pub from: Option<Id>,
    /// The claim that is supported, contradicted, …
    pub to: Option<Id>,
    /// Which relation.
    pub kind: Option<String>,
    /// SHA-256 of the other document's canonical text, where `to` is not in this one.
    pub document: Option<String>,
    /// Free text.
    pub note: Option<String>,
    /// When it was made.
    pub made: Option<Timestamp>,
    /// Fields of a later version.
    pub extra: Extra,
}

/// A note on a claim, an assessment or another remark, also a colleague's; it lives in its writer's set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Remark {
    /// What it is about.
    pub on: Option<Id>,
    /// What it says.
    pub text: String,
    /// Whether the matter is settled.
    pub resolved: bool,
    /// When it was made.
    pub made: Option<Timestamp>,
    /// Marking.
    pub marking: Option<String>,
    /// Fields of a later version.
    pub extra: Extra,
}

/// What a [`Dismissal`] says of two entries of the register that are not the same source.
pub const NOT_SAME: &str = "same-source";
/// What it says of two that may be, and are not to be proposed again.
pub const MAYBE_SAME: &str = "maybe-same-source";

/// A waived check or a refused suggestion.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Dismissal {
    /// The check's or the suggestion's name (`no-cue`).
    pub what: String,
    /// The item that it is about …
    pub on: Option<Id>,
    /// (with the other one, where it is about two: entries that are not the same source)
    pub with: Option<Id>,
    /// … or the words.
    pub anchor: Option<Anchor>,
    /// The reason.
    pub why: Option<String>,
    /// Whose decision it was (a handle), where that is not the set's annotator.
    pub by: Option<String>,
    /// When.
    pub made: Option<Timestamp>,
    /// Fields of a later version.
    pub extra: Extra,
}

/// A field on which two versions of an item differ and that a merge could not settle: ours stays in the item, theirs
/// is kept here, both as RON text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conflict {
    /// The item.
    pub on: Option<Id>,
    /// The field's name; `None`: the whole item (deleted on one side, edited on the other).
    pub field: Option<String>,
    /// What the base had, as RON text; `None`: nothing.
    pub base: Option<String>,
    /// The value that stayed.
    pub ours: Option<String>,
    /// The value that lost.
    pub theirs: Option<String>,
    /// Fields of a later version.
    pub extra: Extra,
}
