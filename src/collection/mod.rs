//! A folder of documents: which there are, what lies beside each, and the codebook in force.
//!
//! Looks at folders through the room `files` and changes nothing. Knows no window. Held by `tests/collection.rs`.

mod codebook;
mod open;
mod scan;

pub use codebook::{InForce, codebook_for};
pub use open::{Opened, Sidecar, about, open, placements, read_document};
pub use scan::{Beside, Listing, MOST, is_document_name, scan, scan_one};
