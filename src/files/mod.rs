//! The only room that creates, writes, renames or deletes: atomic replace, append, lock, backups, watch.
//!
//! Everybody else hands it bytes. Behind the trait [`Files`], so that a disk that fails or loses power can be put in
//! the place of the real one. Knows nothing of what the bytes mean. Held by `tests/files.rs`.

mod backup;
mod disk;
mod error;
mod places;
mod replace;
mod watch;

use std::any::Any;
use std::ffi::OsString;
use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

pub use backup::{back_up, backups};
pub use disk::Disk;
pub use error::{Action, FileError};
pub use places::{NoHome, Places};
pub use replace::{Staged, commit_all, is_temp, keep_aside, replace, resolve, stage, sweep, unique_tag};
pub use watch::Watch;

/// What the program asks of a file system. One call is one operation that can fail on its own, and nothing is durable
/// before its `sync`.
pub trait Files: fmt::Debug + Send + Sync {
    /// The whole file.
    ///
    /// # Errors
    /// `FileTooLarge` where it holds more than `limit` bytes, `InvalidInput` where it is not a regular file (a pipe
    /// would never end), or what the system says.
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>>;

    /// What is known of a file or folder without opening it; links are followed.
    ///
    /// # Errors
    /// `NotFound`, or what the system says.
    fn stat(&self, path: &Path) -> io::Result<Stat>;

    /// Whether the name itself is a link, wherever that leads.
    ///
    /// # Errors
    /// `NotFound`, or what the system says.
    fn is_link(&self, path: &Path) -> io::Result<bool>;

    /// What a folder holds, in the order of the names.
    ///
    /// # Errors
    /// `NotFound`, or what the system says.
    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>>;

    /// The absolute path with every link followed; the file must be there.
    ///
    /// # Errors
    /// `NotFound`, or what the system says.
    fn real_path(&self, path: &Path) -> io::Result<PathBuf>;

    /// Makes a folder whose parent is there, for this user alone where the system knows such a thing. One that is
    /// there already is left as it is.
    ///
    /// # Errors
    /// What the system says.
    fn create_folder(&self, folder: &Path) -> io::Result<()>;

    /// Makes a new, empty file; never follows a link.
    ///
    /// # Errors
    /// `AlreadyExists`, or what the system says.
    fn create(&self, path: &Path) -> io::Result<Box<dyn Output>>;

    /// Opens a file that is there, to write at its end.
    ///
    /// # Errors
    /// `NotFound`, or what the system says.
    fn append(&self, path: &Path) -> io::Result<Box<dyn Output>>;

    /// Gives `to` the permissions of `from`.
    ///
    /// # Errors
    /// What the system says.
    fn copy_mode(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Renames within a folder, in the place of what has the new name.
    ///
    /// # Errors
    /// What the system says; then nothing was renamed.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Deletes a file.
    ///
    /// # Errors
    /// `NotFound`, or what the system says.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Makes the names in a folder durable. Nothing on systems that cannot, or need not.
    ///
    /// # Errors
    /// What the system says.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;

    /// An advisory lock on a file, which is made where it is not there. Released when the value is dropped or the
    /// process ends, however it ends.
    ///
    /// # Errors
    /// `WouldBlock` where somebody held it for all of `patience`, or what the system says.
    fn lock(&self, path: &Path, patience: Duration) -> io::Result<Lock>;

    /// The same on a folder, which must be there.
    ///
    /// # Errors
    /// As [`Files::lock`]. Not all systems can lock folders.
    fn lock_folder(&self, folder: &Path, patience: Duration) -> io::Result<Lock>;
}

/// An open file that is being written. Dropped without a sync, nothing is promised.
pub trait Output: Write + Send {
    /// Makes content and size durable. After an error the handle is of no use: a second call could succeed without
    /// having written anything.
    ///
    /// # Errors
    /// What the system says.
    fn sync(&mut self) -> io::Result<()>;
}

/// What is known of a file without opening it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stat {
    /// Bytes.
    pub len: u64,
    /// Last change of the content, where the system tells.
    pub modified: Option<SystemTime>,
    /// A folder, not a file.
    pub is_folder: bool,
    /// Neither file nor folder: a pipe, a device. Never to be replaced by a file.
    pub is_special: bool,
    /// Marked as not to be written.
    pub read_only: bool,
    /// The file's number on its disk; a file put in the place of another has another one. 0 where there is none.
    pub number: u64,
}

/// One name in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Without the folder.
    pub name: OsString,
    /// Of what the name leads to; of the link itself where that leads nowhere.
    pub stat: Stat,
}

/// A lock that is held as long as this lives.
pub struct Lock {
    _held: Box<dyn Any + Send>,
}

impl Lock {
    /// A lock that is released by dropping `held`.
    pub fn new(held: impl Any + Send) -> Self {
        Self { _held: Box::new(held) }
    }
}

impl fmt::Debug for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lock")
    }
}

/// Makes a folder and those above it that are missing, each made durable in its parent.
///
/// # Errors
/// The first folder that cannot be made.
pub fn create_folders(files: &dyn Files, folder: &Path) -> Result<(), FileError> {
    if files.stat(folder).is_ok_and(|stat| stat.is_folder) {
        return Ok(());
    }
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty());
    if let Some(parent) = parent {
        create_folders(files, parent)?;
    }
    files.create_folder(folder).map_err(FileError::when(Action::Create, folder))?;
    match parent {
        Some(parent) => files.sync_folder(parent).map_err(FileError::when(Action::Sync, parent)),
        None => Ok(()),
    }
}
