//! Three versions of one file made one: what git's merge driver and `vouch merge` do, on bytes.
//!
//! Sidecars and registers are merged item by item and field by field, a codebook entry by entry. Lines that neither
//! side's work touches keep their bytes: ours where we have them, else theirs. Knows no files. Held by `tests/git.rs`.

use std::fmt;

use thiserror::Error;

use super::print::print_from;
use super::{Origin, Read, ReadError, print_field, read};
use crate::annotation::{AnnotationSet, Codebook, Merged, merge};

/// Which of the three versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// What both sides come from.
    Base,
    /// The one that is rewritten.
    Ours,
    /// The one that is merged into it.
    Theirs,
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Base => "the base",
            Self::Ours => "ours",
            Self::Theirs => "theirs",
        })
    }
}

/// Why nothing was merged. Its `Display` says what to do.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum NotMerged {
    /// A version cannot be read, or not all of it.
    #[error("{0} is damaged ({1}): nothing was merged: mend it with vouch or a text editor, and merge again")]
    Damaged(Version, String),
    /// A version is a newer Vouch's.
    #[error("{0} may not be changed: {1}: nothing was merged")]
    ReadOnly(Version, String),
    /// It is a file that is not merged.
    #[error(
        "files of many sets are not merged: nothing was done: choose one of the two, or merge the sidecars that they \
         were made from"
    )]
    SetFile,
    /// The versions are not of one thing.
    #[error("{0}: nothing was merged: name versions of one file")]
    Unlike(String),
}

/// Three versions as one.
#[derive(Debug)]
pub struct MergedFile {
    /// The file to be written.
    pub bytes: Vec<u8>,
    /// What came of it.
    pub outcome: Outcome,
    /// Ours has comments, which are not in `bytes`.
    pub loses_comments: bool,
}

/// What a merge came to.
#[derive(Debug)]
pub enum Outcome {
    /// Of sidecars and registers.
    Set(Box<Merged>),
    /// Of codebooks: entries that both changed in two ways; ours stayed.
    Codebook(Vec<String>),
}

impl Outcome {
    /// How many conflicts there are.
    #[must_use]
    pub fn conflicts(&self) -> usize {
        match self {
            Self::Set(merged) => merged.conflicts.len(),
            Self::Codebook(clashes) => clashes.len(),
        }
    }
}

/// Merges versions of a sidecar, a register or a codebook. Without a base, or with an empty one (git's, where both sides
/// added the file), what the two have in common is not known.
///
/// # Errors
/// A version cannot be read whole or may not be changed, or they do not belong together.
pub fn merge_files(base: Option<&[u8]>, ours: &[u8], theirs: &[u8]) -> Result<MergedFile, NotMerged> {
    let base = base.filter(|bytes| !bytes.iter().all(u8::is_ascii_whitespace));
    match read(ours) {
        Err(ReadError::OtherFormat(format)) if format == Codebook::FORMAT => return codebooks(base, ours, theirs),
        Err(ReadError::OtherFormat(format)) if format == super::set_file::FORMAT => return Err(NotMerged::SetFile),
        _ => {}
    }
    let (base, ours, theirs) = (
        base.map(|bytes| whole(Version::Base, bytes)).transpose()?,
        whole(Version::Ours, ours)?,
        whole(Version::Theirs, theirs)?,
    );
    for (version, side) in base.iter().map(|base| (Version::Base, base)).chain([(Version::Theirs, &theirs)]) {
        if side.origin.kind() != ours.origin.kind() {
            let [ours, other] = [&ours, side].map(|side| side.origin.kind().format());
            return Err(NotMerged::Unlike(format!("ours is of the format {ours}, {version} of {other}")));
        }
    }
    let merged = merge(base.as_ref().map(|base| &base.set), &ours.set, &theirs.set, &print_field);
    let is_of_two = |id| {
        let conflict = merged.set.conflicts.get(id);
        conflict.is_some_and(|conflict| conflict.field.as_deref() == Some("annotator.handle"))
    };
    if merged.conflicts.iter().any(is_of_two) {
        let [ours, theirs] = [&ours, &theirs].map(|side| side.set.header.annotator.handle.as_str());
        return Err(NotMerged::Unlike(format!("ours is the work of {ours}, theirs of {theirs}")));
    }
    let bytes = print_from(&merged.set, &[&ours.origin, &theirs.origin]);
    Ok(MergedFile { bytes, loses_comments: ours.has_comments, outcome: Outcome::Set(Box::new(merged)) })
}

/// One version, where all of it could be read.
struct Whole {
    set: AnnotationSet,
    origin: Origin,
    has_comments: bool,
}

fn whole(version: Version, bytes: &[u8]) -> Result<Whole, NotMerged> {
    let read = read(bytes).map_err(|error| NotMerged::Damaged(version, error.to_string()))?;
    if let Some(why) = &read.read_only {
        return Err(NotMerged::ReadOnly(version, why.to_string()));
    }
    if !read.problems.is_empty() {
        let problems: Vec<String> = read.problems.iter().take(3).map(ToString::to_string).collect();
        return Err(NotMerged::Damaged(version, problems.join("; ")));
    }
    let set = read.sides_merged();
    Ok(Whole { set, origin: read.origin, has_comments: read.has_comments })
}

impl Read {
    /// The set; where git left its markers, both sides' work.
    #[must_use]
    pub fn sides_merged(&self) -> AnnotationSet {
        match &self.theirs {
            None => self.set.clone(),
            Some(theirs) => merge(theirs.base.as_ref(), &self.set, &theirs.set, &print_field).set,
        }
    }
}

fn codebooks(base: Option<&[u8]>, ours: &[u8], theirs: &[u8]) -> Result<MergedFile, NotMerged> {
    let parse = |version: Version, bytes: &[u8]| {
        let damaged = |why: String| NotMerged::Damaged(version, why);
        let (codebook, told) = Codebook::parse(bytes).map_err(|refused| damaged(refused.to_string()))?;
        if let Some(why) = codebook.read_only() {
            return Err(NotMerged::ReadOnly(version, why));
        }
        match told.iter().find(|told| super::codebook_file::is_lost(told)) {
            Some(lost) => Err(damaged(lost.to_string())),
            None => Ok(codebook),
        }
    };
    let [own, other] = [(Version::Ours, ours), (Version::Theirs, theirs)].map(|(version, bytes)| parse(version, bytes));
    // What a codebook leaves out is as delivered: so it is in a base that is not there.
    let base = base.map_or_else(|| Ok(Codebook::built_in().clone()), |bytes| parse(Version::Base, bytes))?;
    let (own, other) = (own?, other?);
    let (merged, clashes) = Codebook::merged(&base, &own, &other);
    let bytes = match (merged == own, merged == other) {
        (true, _) => ours.to_vec(),
        (false, true) => theirs.to_vec(),
        (false, false) => merged.print_over(ours).into_bytes(),
    };
    let loses_comments = merged != own && super::codebook_file::has_comments(ours);
    Ok(MergedFile { bytes, outcome: Outcome::Codebook(clashes), loses_comments })
}
