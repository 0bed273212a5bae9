//! The sidecar as it is on the disk now.
//!
//! Held by `tests/store.rs`.

use std::io::ErrorKind;
use std::path::Path;

use crate::files::{Action, FileError, Files};
use crate::sidecar::{MAX_BYTES, Read, ReadError, read};

/// What stands under the sidecar's name.
pub(super) enum Look {
    /// No file.
    Nothing,
    /// A set that can be written back.
    Whole(Box<Read>),
    /// Something that may not be overwritten: what could be read of it, and what is wrong.
    Damaged(Option<Box<Read>>, Vec<String>),
    /// Something that is not ours to write, and why.
    ReadOnly(Option<Box<Read>>, String),
}

/// The file's bytes; `None` where there is no file in a folder that is there.
pub(super) fn bytes(files: &dyn Files, path: &Path) -> Result<Option<Vec<u8>>, FileError> {
    match files.read(path, MAX_BYTES as u64) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            // A folder that went away, with its drive perhaps, is not a file that was deleted.
            let folder = path.parent().unwrap_or(path);
            files.stat(folder).map_err(FileError::when(Action::Read, folder)).map(|_| None)
        }
        result => result.map(Some).map_err(FileError::when(Action::Read, path)),
    }
}

pub(super) fn look(bytes: Option<&[u8]>) -> Look {
    let Some(bytes) = bytes else { return Look::Nothing };
    match read(bytes) {
        Ok(read) => match &read.read_only {
            Some(why) => {
                let why = why.to_string();
                Look::ReadOnly(Some(Box::new(read)), why)
            }
            None if read.problems.is_empty() => Look::Whole(Box::new(read)),
            None => {
                let problems = read.problems.iter().map(ToString::to_string).collect();
                Look::Damaged(Some(Box::new(read)), problems)
            }
        },
        Err(error @ (ReadError::TooLarge | ReadError::TooMany | ReadError::OtherFormat(_))) => {
            Look::ReadOnly(None, error.to_string())
        }
        Err(error) => Look::Damaged(None, vec![error.to_string()]),
    }
}
