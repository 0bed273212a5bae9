//! What an input format gives: the one seam that a new format fills.
//!
//! Knows no format. Held by `tests/document.rs`.

use std::borrow::Cow;

use super::blocks::Mark;
use super::encoding::EncodingUsed;
use super::read::{ReadError, ReadOptions, Warning};

/// An input format.
#[derive(Debug)]
pub(super) struct Format {
    /// The reader's name and version; a change in what it gives for any file is a new name.
    pub reader: &'static str,
    pub media_type: &'static str,
    /// Whether a file of this name and content is of this format.
    pub takes: fn(name: &str, bytes: &[u8]) -> bool,
    pub read: Reader,
    /// What a line of the text is by the format's own signs, such as a heading's `#`.
    pub mark: fn(line: &str) -> Option<Mark>,
}

type Reader = for<'a> fn(&'a [u8], &ReadOptions, &mut Vec<Warning>) -> Result<Canonical<'a>, ReadError>;

/// What reading gives.
pub(super) struct Canonical<'a> {
    /// The canonical text; borrowed where the bytes are that already.
    pub text: Cow<'a, str>,
    /// For formats whose encoding can be chosen.
    pub encoding: Option<EncodingUsed>,
}

/// Whether the file name ends in a dot and one of these, in any case.
pub(super) fn has_extension(name: &str, extensions: &[&str]) -> bool {
    name.rsplit_once('.').is_some_and(|(_, found)| extensions.iter().any(|ext| found.eq_ignore_ascii_case(ext)))
}
