//! Several sets over one document: which claims of two annotators are the same, in what they differ, and how far
//! annotators agree; what was said on them, and how I look at them; and what becomes of a set where a release appears in
//! a new version.
//!
//! Uses `annotation`, and `assist` for numbers and hedges; knows no window. Held by `tests/review.rs`,
//! `tests/agreement.rs` and `tests/threads.rs`.

mod adjudicate;
pub mod agreement;
mod align;
mod assign;
mod belongs;
mod facets;
mod places;
mod threads;
pub mod versions;
mod view;

pub use adjudicate::{DECIDED_BY, DECIDED_WHY, Decided, Decider, Decision, LEFT_OUT, Original, Settling, Unplaced};
pub use align::{Alignment, Pair, Side, Verdict, align};
pub use belongs::{Known, belongs};
pub use facets::Facet;
pub use places::{Places, Shifted};
pub use threads::{Said, Thread, Threads, is_unread};
pub use view::{Elsewhere, Look, View};
