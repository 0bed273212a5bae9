//! Several sets over one document: which claims of two annotators are the same, and in what they differ; and what
//! becomes of a set where a release appears in a new version.
//!
//! Uses `annotation`, and `assist` for numbers and hedges; knows no files and no window. Held by `tests/review.rs`.

mod align;
mod assign;
mod facets;
mod places;
pub mod versions;

pub use align::{Alignment, Pair, Side, Verdict, align};
pub use facets::Facet;
pub use places::{Places, Shifted};
