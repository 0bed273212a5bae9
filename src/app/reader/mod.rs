//! The document view: a text with its marks, read, scrolled and selected in.
//!
//! A widget that knows no model: values come in as a [`Page`], and what the user does goes out as [`Event`]s. What it
//! remembers of a document is a [`ReaderState`], which the app keeps. Held by `tests/reader.rs` and `benches/reader.rs`.
//!
//! A text is cut into chunks (`chunks.rs`), of which those in view are laid out (`sheet.rs`, `sheets.rs`); where the
//! view stands is a chunk and a distance into it (`scroll.rs`). The marks that touch what is seen are found
//! (`marks.rs`), get lanes (`lanes.rs`), become rectangles and lines (`shapes.rs`, `elbow.rs`) and are painted
//! (`paint.rs`, `draw.rs`). Keys and pointer move the caret (`input.rs`, `cursor.rs`).

mod accessible;
pub mod bar;
pub mod chunks;
pub mod columns;
pub mod cursor;
mod draw;
pub mod elbow;
mod handles;
mod head;
mod input;
pub mod lanes;
pub mod links;
pub mod marks;
pub mod measures;
mod page;
mod paint;
pub mod scroll;
pub mod shapes;
pub mod sheet;
pub mod sheets;
mod state;
pub mod units;
mod versus;
mod widget;

pub use marks::{LineStyle, Looks, Mark, Marks, Owner, Role};
pub use page::{Chain, Event, Fold, Head, Kind, Lane, Note, Page, Part, Setting, Sign, Stop};
pub use state::ReaderState;
pub use versus::{Versus, VersusPair};
pub use widget::{Output, show};
