//! Several sets over one document: which claims of two annotators are the same, and in what they differ.
//!
//! Uses `annotation`; knows no files and no window. Held by `tests/review.rs`.

mod align;
mod assign;
mod facets;
mod places;

pub use align::{Alignment, Pair, Side, Verdict, align};
pub use facets::Facet;
pub use places::{Places, Shifted};
