//! How much of a file from a stranger is taken in: the caps that all readers share.
//!
//! What is over a cap is an error or a warning in words, never a crash. Held by `tests/document.rs`.

/// The longest file that is read, in bytes: 1 GiB. Whoever loads the file looks at its length first.
pub const MAX_BYTES: usize = 1024 * MIB;

/// The longest text that is taken from a file that is not plain text, in bytes.
pub(super) const TEXT: usize = 64 * MIB;

/// The most that is taken from the process that reads a file, in bytes: a text, what stands around it, and attachments
/// of [`ARCHIVE_TOTAL`].
pub(super) const ANSWER: usize = 384 * MIB;

/// The largest entry of an archive, in bytes as unpacked (by what comes out, not by what the archive says).
pub(super) const ARCHIVE_ENTRY: usize = 50 * MIB;

/// All entries of an archive that are read, in bytes as unpacked.
pub(super) const ARCHIVE_TOTAL: usize = 200 * MIB;

/// The most entries of an archive.
pub(super) const ARCHIVE_ENTRIES: usize = 2000;

/// How deep elements, groups, parts of a mail and the like are followed. What lies deeper is read as if it lay here.
pub(super) const DEPTH: usize = 256;

/// The most attachments that are offered.
pub(super) const ATTACHMENTS: usize = 500;

/// The longest value of metadata that is kept, in code points.
pub(super) const METADATA: usize = 2000;

pub(super) const MIB: usize = 1024 * 1024;
