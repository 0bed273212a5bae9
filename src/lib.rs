//! Vouch: who says what in a press release, and how sure are we?
//!
//! The rooms, in the order in which data flows:
//!
//! - [`files`]: the only room that writes: atomic replace, append, lock, watch
//! - [`document`]: (name, bytes) → `Document`: canonical text, structure, metadata
//! - [`reading`]: a stranger's file, read in a process of its own
//! - [`annotation`]: claims, sources, mentions, assessments; edits as values, undo, three-way merge
//! - [`sidecar`]: an annotation set ↔ RON on disk, the journal, the register of sources
//! - [`review`]: several sets over one document
//! - [`assist`]: what is proposed: the speaker, the kind, what is incomplete
//! - [`exchange`]: one file per export format, all behind one trait
//! - [`collection`]: a folder of documents
//! - [`settings`]: who I am and how I like it
//! - [`cli`]: one file per subcommand
//! - [`app`]: the window; nothing outside it knows egui
//!
//! Arrows go one way: `{files, document} ← annotation ← sidecar ← {assist ← review, exchange} ← collection ←
//! {cli, app} ← main`, and `document ← reading ← collection`. `tests/house.rs` holds the rules that a compiler does not: `document` and `annotation` know no
//! egui, no file system, no clock and no threads; only `files` writes; only `app` names egui and only
//! `app/theme.rs` has colours. Byte ranges inside, code points in files, a newtype for each ([`document::ByteSpan`],
//! [`document::CodeSpan`]).
#![forbid(unsafe_code)]
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![warn(clippy::print_stdout, clippy::print_stderr)]

pub mod annotation;
pub mod app;
pub mod assist;
pub mod cli;
pub mod collection;
pub mod document;
pub mod exchange;
pub mod files;
pub mod reading;
pub mod review;
pub mod settings;
pub mod sidecar;
