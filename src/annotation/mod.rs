//! What an analyst says about a document: anchors, claims, sources, mentions, assessments, and the edits that change
//! them.
//!
//! Uses `document`'s types and nothing else: no egui, no files, no clock, no threads, no randomness. Time, author and
//! new ids come in as values. Held by `tests/annotation.rs`.
//!
//! Positions in this room's items are code points, as on disk, so that a set that was loaded is a set that can be
//! written back; where they are in today's text is worked out apart.

mod anchor;
mod claim;
mod clash;
mod codebook;
mod edit;
mod edits;
mod history;
mod id;
mod index;
mod item;
mod judgement;
mod merge;
mod named;
mod place;
pub(crate) mod printed;
mod quoted;
mod recode;
pub(crate) mod record;
mod scale;
mod scales;
mod set;
mod source;
mod voices;
mod work;

pub use anchor::Anchor;
pub use claim::{Claim, Voice};
pub use clash::{Clash, clashes, clashes_of_claim, clashing_item};
pub use codebook::{
    CODEBOOK_FILE, Codebook, CodebookEdit, CodebookHistory, Colours, Difference, Eyes, FALLS_TOGETHER, Field, Finding,
    Hues, InUse, Kind, LEAST_CONTRAST, Look, Near, Rgb, SavedQuery, Tag, Way, Word, hues, ink_on_kinds, paper, word_of,
};
pub use edit::{Change, Edit, Refused};
pub use edits::{AnchorId, ClaimField, Draft, Judgement, Stamp, Unattributed, anchors};
pub use history::{Act, History, Record};
pub use id::{Id, IdKind};
pub use index::Index;
pub use item::{Item, ItemKind, Kept};
pub use judgement::{Assessment, Conflict, Dismissal, MAYBE_SAME, NOT_SAME, Relation, Remark};
pub use merge::{Merged, Print, merge};
pub use named::{named_value, set_named_value};
pub use place::{Candidate, Lost, MOST_CANDIDATES, Placement, SURE_ENOUGH, place, place_all, without_typesetting};
pub use quoted::{is_hidden, push_quoted};
pub use recode::{CodedWord, Coding, Recode, Recoded, recoding_edit};
pub use record::Warning;
pub use scale::{Among, Band, Level, Scale, ScaleAxis, Term};
pub use scales::{Conversion, Scales};
pub use set::{About, AnnotationSet, Annotator, DocumentRef, Header, Table, TextRef};
pub use source::{Asserted, Descriptor, Held, Mention, Source};
pub use work::Work;

/// Fields that this version does not know, in the order found: name and RON text, verbatim. They are written back
/// after the known fields.
pub type Extra = Vec<(String, String)>;

/// A moment as written in files: RFC 3339 in UTC, to the second (`2026-11-24T03:14:00Z`). Kept as text so that what
/// was read is what is written.
pub type Timestamp = String;
