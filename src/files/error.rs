//! What went wrong with a file, in words: where, what, and what to do next.
//!
//! Knows nothing of who asked. Held by `tests/files.rs`.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// What was tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Reading a file's content or its description.
    Read,
    /// Listing a folder.
    List,
    /// Making a file or a folder.
    Create,
    /// Writing content.
    Write,
    /// Making what was written durable.
    Sync,
    /// Reading back what was written.
    Verify,
    /// Putting a new file in the place of the old one.
    Rename,
    /// Deleting.
    Remove,
    /// Locking against a second writer.
    Lock,
    /// Watching for changes.
    Watch,
}

/// An operation on a file that failed. Its `Display` says which file, what is wrong and what to do.
#[derive(Debug)]
pub struct FileError {
    /// What was tried.
    pub action: Action,
    /// With what.
    pub path: PathBuf,
    /// What the system said.
    pub source: io::Error,
}

impl FileError {
    /// For `map_err`: the system's error with what was tried and where.
    pub fn when(action: Action, path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |source| Self { action, path: path.to_owned(), source }
    }

    /// What kind of failure it is.
    pub fn kind(&self) -> ErrorKind {
        self.source.kind()
    }

    fn advice(&self) -> &'static str {
        let reads = matches!(self.action, Action::Read | Action::List | Action::Watch);
        match self.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "make room on that disk, then save again",
            ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::StaleNetworkFileHandle => {
                "check the name, and that its folder is still there and its drive is connected"
            }
            ErrorKind::PermissionDenied if reads => "ask its owner for the right to read it",
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
                "ask for the right to write there, or save a copy elsewhere"
            }
            ErrorKind::WouldBlock => "another program is using it; close it there, or try again",
            ErrorKind::FileTooLarge
            | ErrorKind::InvalidInput
            | ErrorKind::InvalidFilename
            | ErrorKind::IsADirectory => "choose another file or name",
            _ if reads => "check the drive, then try again",
            _ => "check the drive, then save again, or save a copy elsewhere",
        }
    }
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.action {
            Action::Read => "cannot be read",
            Action::List => "cannot be listed",
            Action::Create => "cannot be made",
            Action::Write => "cannot be written",
            Action::Sync => "may not have reached the disk",
            Action::Verify => "did not come back from the disk as it was written",
            Action::Rename => "cannot be replaced",
            Action::Remove => "cannot be deleted",
            Action::Lock => "cannot be locked",
            Action::Watch => "cannot be watched for changes",
        };
        for c in self.path.to_string_lossy().chars() {
            if c.is_control() { write!(f, "{}", c.escape_default()) } else { write!(f, "{c}") }?;
        }
        write!(f, ": {what} ({}): {}", self.source, self.advice())
    }
}

impl std::error::Error for FileError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}
