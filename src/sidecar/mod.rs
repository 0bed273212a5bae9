//! Annotation set ↔ RON on disk.
//!
//! [`read`] and [`print()`] turn a file's bytes into a set and back; an item that was not edited is written back from
//! the bytes it was read from. May not touch files: bytes come in and go out. Held by `tests/sidecar.rs` and
//! `benches/sidecar.rs`.

mod codebook_file;
mod draft;
mod fault;
mod format_v1;
mod head;
mod item;
mod journal;
mod lines;
mod merge_files;
pub mod names;
mod origin;
mod print;
mod read;
pub mod recoding;
pub mod register;
mod scan;
mod set_file;
mod sides;
pub mod store;
mod tables;
mod value;
mod view;
mod whole;

pub use codebook_file::{CodebookError, CodebookSaved, MAX_CODEBOOK, save_codebook};
pub use fault::Problem;
pub use head::ReadOnly;
pub use item::{TooLong, item_with_field, print_field, print_item, read_item};
pub use merge_files::{MergedFile, NotMerged, Outcome, Version, merge_files};
pub use origin::Origin;
pub use print::{print, string as print_string};
pub use read::{Read, ReadError, Theirs, read};
pub use set_file::{SetFile, SetInFile, print_set_file, read_set_file};
pub use tables::{FileKind, kind_from_table_name, table_name};
pub use view::view;

/// Largest file that is read, in bytes.
pub const MAX_BYTES: usize = 256 << 20;
/// Most items and fields of the top level in a file.
pub const MAX_ITEMS: usize = 1_000_000;
/// Longest line that is read, in bytes.
pub const MAX_LINE: usize = 4 << 20;
/// Longest string that is read, in bytes as written.
pub const MAX_STRING: usize = 1 << 20;
