//! Bytes of a sidecar or register → annotation set, with everything that could not be read.
//!
//! Line by line first: as fast as ron, and a damaged line costs that item only. Held by `tests/sidecar.rs`, a fuzz
//! target and `benches/sidecar.rs`.

use std::borrow::Cow;
use std::cmp::Reverse;

use thiserror::Error;

use super::draft::Draft;
use super::fault::{Problem, problems_from_faults};
use super::head::ReadOnly;
use super::lines::by_line;
use super::origin::Origin;
use super::sides::{Sides, sides};
use super::tables::FileKind;
use super::whole::whole;
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
    let mut draft = best_draft(&text, is_lossy);
    if draft.is_too_many() {
        return Err(ReadError::TooMany);
    }
    let head = std::mem::take(&mut draft.head);
    let known = head.format.as_deref().and_then(FileKind::from_format);
    let has_items = draft.items > 0;
    match &head.format {
        Some(_) if known.is_some() => {}
        Some(word) if has_items => {
            draft.fault(0, &format!("the format is \"{word}\", not an annotation set"), 0..0);
        }
        Some(word) => return Err(ReadError::OtherFormat(word.clone())),
        None => draft.fault(0, "the format is missing", 0..0),
    }
    let has_comments = draft.has_comments;
    let (set, mut remembered, faults) = draft.settle(known.unwrap_or_default());
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
    let (text, is_lossy) = match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), false),
        Err(_) => (String::from_utf8_lossy(bytes), true),
    };
    Ok(if text.contains("\r\n") { (text.replace("\r\n", "\n").into(), is_lossy) } else { (text, is_lossy) })
}

/// Line by line where that makes sense of everything, else whole where that does, else whichever finds more.
fn best_draft(text: &str, is_lossy: bool) -> Draft<'_> {
    let lines = by_line(text, is_lossy);
    if lines.faults.is_empty() || lines.is_too_many() {
        return lines;
    }
    let whole = whole(text, is_lossy);
    let worth = |draft: &Draft<'_>| (draft.items, Reverse(draft.faults.len()));
    if whole.faults.is_empty() || worth(&whole) > worth(&lines) { whole } else { lines }
}
