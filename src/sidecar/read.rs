//! Bytes of a sidecar or register → annotation set, with everything that could not be read.
//!
//! Line by line first: as fast as ron, and a damaged line costs that item only. Held by `tests/sidecar.rs`, a fuzz
//! target and `benches/sidecar.rs`.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::fmt;

use thiserror::Error;

use super::draft::Draft;
use super::fault::{Problem, problems_from_faults};
use super::format_v1::{FULFILLED, VERSION, Version};
use super::lines::by_line;
use super::origin::Origin;
use super::scan::Entries;
use super::sides::{Sides, sides};
use super::tables::FileKind;
use super::value::value;
use super::whole::{after_attributes, whole};
use super::{MAX_BYTES, MAX_ITEMS};
use crate::annotation::AnnotationSet;

/// A file as read.
#[derive(Clone, Debug)]
pub struct Read {
    /// Everything that could be read.
    pub set: AnnotationSet,
    /// For [`print`](super::print), so that what is not edited stays as it stands.
    pub origin: Origin,
    /// What could not be read. With any, the file is damaged: it may not be overwritten, only renamed on consent.
    pub problems: Vec<Problem>,
    /// Comments stand in the file. The first save loses them: keep a backup and say so.
    pub has_comments: bool,
    /// Why the file may not be written, where that is so.
    pub read_only: Option<ReadOnly>,
    /// The other side, where git left its conflict markers; `set` is ours.
    pub theirs: Option<Box<Theirs>>,
}

/// The other side of a file with git's conflict markers.
#[derive(Clone, Debug)]
pub struct Theirs {
    /// What both sides come from, where git was told to write it (`merge.conflictStyle = diff3`).
    pub base: Option<AnnotationSet>,
    /// The other side.
    pub set: AnnotationSet,
}

/// Why a file is open for reading only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadOnly {
    /// A higher major version.
    Version {
        /// Major.
        major: u64,
        /// Minor.
        minor: u64,
    },
    /// Words in `requires` that this version does not fulfil.
    Requires(Vec<String>),
}

impl fmt::Display for ReadOnly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Version { major, minor } => {
                write!(
                    f,
                    "a newer Vouch wrote it (format {major}.{minor}, this one writes {}.{})",
                    VERSION.0, VERSION.1
                )?;
            }
            Self::Requires(words) => write!(f, "it requires what this Vouch cannot do ({})", words.join(", "))?,
        }
        f.write_str(": it is open for reading only; update Vouch to edit it")
    }
}

/// Why nothing of a file could be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ReadError {
    /// The file is larger than [`MAX_BYTES`].
    #[error("larger than {} MiB: too large for an annotation set", MAX_BYTES >> 20)]
    TooLarge,
    /// The file holds more than [`MAX_ITEMS`].
    #[error("more than {MAX_ITEMS} items: too many for one annotation set")]
    TooMany,
    /// Nothing, or nothing but zero bytes: what a full disk and some synchronisers leave behind.
    #[error("the file is empty: look for it among the backups")]
    Empty,
    /// UTF-16, as some editors save.
    #[error("the file is in UTF-16: save it as UTF-8")]
    Utf16,
    /// A file of another format.
    #[error("the format is \"{0}\", not an annotation set")]
    OtherFormat(String),
    /// Not an annotation set at all, or damaged from the first line on.
    #[error("not an annotation set: {0}: look for it among the backups")]
    Unreadable(Problem),
}

/// Reads a sidecar or a register.
///
/// # Errors
/// Where nothing could be read. What can be read comes with [`Read::problems`].
pub fn read(bytes: &[u8]) -> Result<Read, ReadError> {
    let (text, is_lossy) = text_from_bytes(bytes)?;
    let Some(Sides { ours, base, theirs }) = sides(&text) else { return read_text(text, is_lossy) };
    let mut read = read_text(ours.into(), is_lossy)?;
    let theirs = read_text(theirs.into(), is_lossy)?;
    let base = base.and_then(|base| read_text(base.into(), is_lossy).ok()).map(|base| base.set);
    read.problems.extend(theirs.problems);
    read.has_comments |= theirs.has_comments;
    read.read_only = read.read_only.or(theirs.read_only);
    read.theirs = Some(Box::new(Theirs { base, set: theirs.set }));
    Ok(read)
}

pub(super) fn read_text(text: Cow<'_, str>, is_lossy: bool) -> Result<Read, ReadError> {
    let head = Head::of(&text);
    let known = head.format.as_deref().and_then(FileKind::from_format);
    let kind = known.unwrap_or_default();
    let mut draft = best_draft(&text, is_lossy, kind.head());
    if draft.is_too_many() {
        return Err(ReadError::TooMany);
    }
    let has_items = draft.items > 0;
    match &head.format {
        Some(word) if known.is_none() && has_items => {
            draft.fault(0, &format!("the format is \"{word}\", not an annotation set"), 0..0);
        }
        Some(word) if known.is_none() => return Err(ReadError::OtherFormat(word.clone())),
        Some(_) => {}
        None => draft.fault(0, "the format is missing", 0..0),
    }
    let has_comments = draft.has_comments;
    let (set, mut remembered, faults) = draft.settle(kind);
    let problems = problems_from_faults(&text, faults);
    if let (None, false, Some(problem)) = (&head.format, has_items, problems.first()) {
        return Err(ReadError::Unreadable(problem.clone()));
    }
    remembered.text = text.into_owned();
    Ok(Read { set, origin: Origin::of(remembered), problems, has_comments, read_only: head.read_only(), theirs: None })
}

/// The file as text: BOM stripped, CRLF made LF; and whether bytes that are not UTF-8 were replaced by U+FFFD.
pub(super) fn text_from_bytes(bytes: &[u8]) -> Result<(Cow<'_, str>, bool), ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge);
    }
    if bytes.starts_with(&[0xFE, 0xFF]) || bytes.starts_with(&[0xFF, 0xFE]) {
        return Err(ReadError::Utf16);
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if bytes.iter().all(|&byte| byte == 0 || byte.is_ascii_whitespace()) {
        return Err(ReadError::Empty);
    }
    let text = String::from_utf8_lossy(bytes);
    let is_lossy = matches!(text, Cow::Owned(_));
    Ok(if text.contains("\r\n") { (text.replace("\r\n", "\n").into(), is_lossy) } else { (text, is_lossy) })
}

/// Line by line where that makes sense of everything, else whole where that does, else whichever finds more.
fn best_draft<'a>(text: &'a str, is_lossy: bool, head: &str) -> Draft<'a> {
    let lines = by_line(text, is_lossy, head);
    if lines.faults.is_empty() || lines.is_too_many() {
        return lines;
    }
    let whole = whole(text, is_lossy, head);
    let worth = |draft: &Draft<'_>| (draft.items, Reverse(draft.faults.len()));
    if whole.faults.is_empty() || worth(&whole) > worth(&lines) { whole } else { lines }
}

/// What is read alone before anything else.
#[derive(Debug, Default)]
pub(super) struct Head {
    pub(super) format: Option<String>,
    version: Option<Version>,
    requires: Vec<String>,
}

impl Head {
    pub(super) fn of(text: &str) -> Self {
        let mut head = Self::default();
        let mut found = 0;
        for entry in Entries::of(text, after_attributes(text)).map_while(Result::ok) {
            let name = entry.key.and_then(|key| text.get(key)).unwrap_or_default();
            let text = text.get(entry.value).unwrap_or_default();
            match name {
                "format" => head.format = value(text).ok(),
                "version" => head.version = value(text).ok(),
                "requires" => head.requires = value(text).unwrap_or_default(),
                _ => continue,
            }
            found += 1;
            if found == 3 {
                break;
            }
        }
        head
    }

    pub(super) fn read_only(&self) -> Option<ReadOnly> {
        if let Some(Version(major, minor)) = self.version.filter(|version| version.0 > VERSION.0) {
            return Some(ReadOnly::Version { major, minor });
        }
        let missing: Vec<String> =
            self.requires.iter().filter(|word| !FULFILLED.contains(&word.as_str())).cloned().collect();
        if missing.is_empty() { None } else { Some(ReadOnly::Requires(missing)) }
    }
}
