//! What an input format gives, the one seam that a new format fills; and how a file is recognised by what it holds.
//!
//! Knows no format. Held by `tests/document.rs`.

use std::borrow::Cow;

use super::blocks::Mark;
use super::decode::decode;
use super::encoding::{EncodingUsed, controls, detect, split};
use super::original::Original;
use super::read::{ReadError, ReadOptions, Warning};

/// An input format.
#[derive(Debug)]
pub(super) struct Format {
    /// The reader's name and version; a change in what it gives for any file is a new name.
    pub reader: &'static str,
    pub media_type: &'static str,
    /// Ends of names by which a file is listed as a document, in lower case.
    pub extensions: &'static [&'static str],
    /// Whether an encoding can be chosen. A file whose encoding was chosen by hand is of no other format.
    pub is_text: bool,
    /// Whether a file is of this format: by what it holds, its name only where that leaves a doubt.
    pub takes: fn(&Input<'_>) -> bool,
    pub read: Reader,
    /// What a line of the text is by the format's own signs, such as a heading's `#`.
    pub mark: fn(line: &str) -> Option<Mark>,
}

type Reader = for<'a> fn(&Input<'a>, &ReadOptions, &mut Vec<Warning>) -> Result<Content<'a>, ReadError>;

/// What reading gives.
#[derive(Default)]
pub(super) struct Content<'a> {
    /// The canonical text; borrowed where the bytes are that already.
    pub text: Cow<'a, str>,
    /// For formats whose encoding can be chosen.
    pub encoding: Option<EncodingUsed>,
    /// The reader's name where it depends on the options; else it is the format's.
    pub reader: Option<&'static str>,
    /// What the file tells besides its text.
    pub original: Original,
}

/// A file as the formats are asked whether it is theirs.
pub(super) struct Input<'a> {
    /// Its name, without a folder.
    pub name: &'a str,
    pub bytes: &'a [u8],
    /// The beginning, decoded, in lower case, without blanks before it; empty where it is no text.
    pub head: String,
}

/// How much of a file is looked at.
const HEAD: usize = 4096;

impl Format {
    /// Whether a file is read by nothing but our own decoding, which takes a time and memory that its length tells.
    pub fn is_plain(&self) -> bool {
        ["text/plain", "text/markdown"].contains(&self.media_type)
    }
}

impl<'a> Input<'a> {
    pub fn new(name: &'a str, bytes: &'a [u8]) -> Self {
        let (sample, _) = split(bytes, HEAD);
        let is_text = controls(sample) * 20 <= sample.len() || sample.starts_with(b"\xFF\xFE") || sample.contains(&0);
        let head = if is_text {
            decode(sample, &detect(sample, None)).text.trim_start().to_lowercase()
        } else {
            String::new()
        };
        Self { name, bytes, head }
    }

    /// Whether the name ends in a dot and one of these, in any case.
    pub fn has_extension(&self, extensions: &[&str]) -> bool {
        let found = self.name.rsplit_once('.').map(|(_, found)| found);
        found.is_some_and(|found| extensions.iter().any(|extension| found.eq_ignore_ascii_case(extension)))
    }

    /// Whether the file is a ZIP archive that names this entry.
    pub fn zip_has(&self, entry: &str) -> bool {
        // The central directory at the end has all names, also where the first entries are others.
        let tail = self.bytes.get(self.bytes.len().saturating_sub(ZIP_TAIL)..).unwrap_or(self.bytes);
        self.bytes.starts_with(b"PK\x03\x04")
            && [split(self.bytes, HEAD).0, tail].iter().any(|part| holds(part, entry.as_bytes()))
    }

    /// Whether the file is an OLE container that has a stream or storage of a name that begins so.
    pub fn ole_has(&self, name: &str) -> bool {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        self.bytes.starts_with(OLE) && holds(self.bytes, &wide)
    }
}

/// The signature of an OLE container: old Office files, Outlook messages.
pub(super) const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// How much of the end of a ZIP archive is looked at.
const ZIP_TAIL: usize = 64 * 1024;

fn holds(bytes: &[u8], what: &[u8]) -> bool {
    memchr::memmem::find(bytes, what).is_some()
}
