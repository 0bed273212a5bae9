//! A folder of documents: which there are, what lies beside each, and the codebook in force.
//!
//! Looks at folders through the room `files` and changes nothing. Knows no window. Held by `tests/collection.rs`,
//! `tests/figures.rs`, `tests/query.rs`, `tests/related.rs` and `tests/statistics.rs`.

mod codebook;
mod completeness;
mod figures;
mod folded;
mod open;
mod origins;
mod query;
mod recode;
mod relations;
mod scan;
mod search;
mod sheet;
mod sources;
mod statistics;

pub use codebook::{InForce, codebook_for, read_codebook};
pub use completeness::incomplete;
pub use figures::{Figure, agreement_picture};
pub use open::{Opened, Sidecar, about, made_on, open, placements, read_document};
pub use origins::{CREDIBILITY, Origin, Origins, origins, unconfirmed};
pub use query::{In, Matching, Query, QueryError, faulty_queries};
pub use recode::{Meant, Reach, reach};
pub use relations::{CONTRADICTS, End, Neighbourhood, Related, Relations};
pub use scan::{Beside, Listing, MOST, conflict_copies, is_document_name, scan, scan_one};
pub use search::{Head, Looked, Looking, Lying, Passage};
pub use sheet::{Sheet, SortKey};
pub use sources::{Judged, Known, Place, RELIABILITY, sources};
pub use statistics::{Confidence, Coverage, MOST_MONTHS, OfSource, OnDay, Statistics, Totals, statistics};
