//! What a keeper has to tell, in words: what happened, and what could not be done.
//!
//! Held by `tests/store.rs`.

use std::fmt;
use std::path::PathBuf;

use thiserror::Error;

use crate::annotation::Id;
use crate::files::FileError;
use crate::sidecar::TooLong;

/// What happened to a sidecar that the analyst should know. Its `Display` is a sentence.
#[derive(Debug)]
pub enum Notice {
    /// Edits that the journal had and the sidecar had not, by their labels.
    Recovered(Vec<String>),
    /// The sidecar was changed elsewhere and merged; the ids of the conflicts that stand in the set now.
    Merged(Vec<Id>),
    /// This many items were deleted elsewhere, as it seems; a backup keeps them.
    Deleted(usize),
    /// Another program has the sidecar open: both may work.
    OpenElsewhere,
    /// A comment stands in the sidecar, and the first save loses it; a backup keeps it.
    Comments,
    /// Something of a journal could not be read; it is kept.
    Journal(String),
    /// Something beside the sidecar could not be read or written: what was done is done, with one safety less.
    Trouble(FileError),
}

/// Why something was not kept. Its `Display` says what to do.
#[derive(Debug, Error)]
pub enum KeepError {
    /// The disk.
    #[error(transparent)]
    File(#[from] FileError),
    /// The edit is larger than a sidecar can hold. It was not taken.
    #[error("{0}")]
    TooLong(#[from] TooLong),
    /// The sidecar is open for reading only. The edit was not taken.
    #[error("{path}: {why}", path = path.display())]
    ReadOnly {
        /// The sidecar.
        path: PathBuf,
        /// The reason and what to do.
        why: String,
    },
    /// The sidecar is damaged and was not overwritten. The edits are in the journal.
    #[error(
        "{path}: damaged ({}): it was left as it is, and your edits are kept in the journal; set the damaged file \
         aside to save again",
        problems.join("; "), path = path.display()
    )]
    Damaged {
        /// The sidecar.
        path: PathBuf,
        /// What is wrong with it.
        problems: Vec<String>,
    },
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Recovered(labels) => {
                let (count, last) = (labels.len(), labels.last().map_or("", String::as_str));
                let edits = if count == 1 { "1 edit" } else { &format!("{count} edits") };
                write!(f, "{edits} not yet in the sidecar came back from the journal, the last one: {last}")
            }
            Self::Merged(conflicts) if conflicts.is_empty() => {
                f.write_str("The sidecar was changed elsewhere; both sides' work was merged")
            }
            Self::Merged(conflicts) => {
                let count = conflicts.len();
                let conflicts = if count == 1 { "1 conflict" } else { &format!("{count} conflicts") };
                write!(f, "The sidecar was changed elsewhere; both sides' work was merged, with {conflicts} to settle")
            }
            Self::Deleted(count) => {
                let items = if *count == 1 { "1 item was" } else { &format!("{count} items were") };
                write!(f, "{items} deleted from the sidecar elsewhere; a backup keeps what was there")
            }
            Self::OpenElsewhere => {
                f.write_str("Another Vouch has this open too; you can work in both, and what they save is merged")
            }
            Self::Comments => {
                f.write_str("The sidecar holds comments, which the next save leaves out; a backup keeps them")
            }
            Self::Journal(what) => f.write_str(what),
            Self::Trouble(error) => write!(f, "{error}"),
        }
    }
}
