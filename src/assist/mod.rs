//! What is proposed: the speaker and the cue of a claim, its kind, repeats of its words, and what is incomplete.
//!
//! Everything here is a proposal with its reason, worked out offline from the document, the set and the codebook; nothing
//! is written. Knows no egui and no files. Held by `tests/assist.rs`.

mod attribution;
mod claim;
mod completeness;
mod figures;
mod hedges;
mod joining;
mod kind;
mod language;
mod naming;
mod reading;
mod repeats;
mod speaker;
mod words;

pub use attribution::{Attribution, attribution};
pub use claim::{claim_at, style};
pub use completeness::{CHECKS, Check, Finding, Report, Subject, Waived, examine};
pub use figures::{Figure, FigureKind, figures};
pub use hedges::{Hedge, HedgeKind, hedges};
pub use joining::{Joining, decided, joinings};
pub use kind::{KindProposal, kind};
pub use language::Language;
pub use repeats::repeats;
pub use speaker::{Known, Scene, SpeakerProposal, Who, named, speakers};
