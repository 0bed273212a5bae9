//! Atomic replace: whoever reads the name finds the old file whole or the new one whole, at every moment.
//!
//! In two halves, so that a caller can look at the old file once more between them: [`stage`] writes a temporary file
//! beside the target and reads it back, [`Staged::commit`] renames it. Held by `tests/files.rs`.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use jiff::Timestamp;

use super::{Action, FileError, Files};

/// A temporary file older than this was left by a program that died.
const ORPHAN_AGE: Duration = Duration::from_hours(1);

/// A new file that waits beside its target. Dropped without [`commit`](Self::commit), it is taken away again.
#[derive(Debug)]
pub struct Staged<'a> {
    files: &'a dyn Files,
    temp: PathBuf,
    target: PathBuf,
    committed: bool,
}

/// Where a write to `path` would go: links followed, the folder absolute; the file itself need not be there.
///
/// # Errors
/// The folder is not there, or the name is a link that leads nowhere (its drive may be away: it must not be replaced).
pub fn resolve(files: &dyn Files, path: &Path) -> Result<PathBuf, FileError> {
    let resolved = match files.real_path(path) {
        Err(error) if error.kind() == ErrorKind::NotFound && is_free(files, path)? => {
            let name = path.file_name().ok_or_else(|| io::Error::new(ErrorKind::InvalidInput, "not a file name"));
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            name.and_then(|name| files.real_path(folder).map(|folder| folder.join(name)))
        }
        result => result,
    };
    resolved.map_err(FileError::when(Action::Write, path))
}

/// Whether the name leads to nothing because there is nothing, not even a link.
fn is_free(files: &dyn Files, path: &Path) -> Result<bool, FileError> {
    match files.is_link(path) {
        Ok(_) => Ok(false),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(true),
        Err(error) => Err(FileError::when(Action::Read, path)(error)),
    }
}

/// Writes `bytes` to a temporary file in the target's folder, makes it durable, gives it the target's permissions and
/// reads it back. The target is not touched. `tag` makes the temporary name: two writers that may work at once need two.
///
/// # Errors
/// Any step that failed, with the path as given; the temporary file is taken away again. A failed sync is not tried
/// again.
pub fn stage<'a>(files: &'a dyn Files, path: &Path, bytes: &[u8], tag: &str) -> Result<Staged<'a>, FileError> {
    let target = resolve(files, path)?;
    let temp = temp_path(&target, tag);
    let old = match files.stat(&target) {
        Ok(stat) if stat.is_folder => {
            return Err(FileError::when(Action::Write, path)(ErrorKind::IsADirectory.into()));
        }
        Ok(stat) if stat.is_special => {
            let error = io::Error::new(ErrorKind::InvalidInput, "not a regular file");
            return Err(FileError::when(Action::Write, path)(error));
        }
        Ok(stat) if stat.read_only => {
            let error = io::Error::new(ErrorKind::PermissionDenied, "it is marked read-only");
            return Err(FileError::when(Action::Write, path)(error));
        }
        Ok(_) => true,
        Err(error) if error.kind() == ErrorKind::NotFound => false,
        Err(error) => return Err(FileError::when(Action::Read, path)(error)),
    };
    let mut output = match files.create(&temp) {
        // Left by a writer of this tag that died.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            files.remove(&temp).map_err(FileError::when(Action::Remove, &temp))?;
            files.create(&temp)
        }
        result => result,
    }
    .map_err(FileError::when(Action::Write, path))?;
    let staged = Staged { files, temp, target, committed: false };
    let failed = |action| FileError::when(action, path);
    if old {
        // Before the content, so that nobody reads in the temporary file what the target hides.
        files.copy_mode(&staged.target, &staged.temp).map_err(failed(Action::Write))?;
    }
    output.write_all(bytes).map_err(failed(Action::Write))?;
    output.sync().map_err(failed(Action::Sync))?;
    drop(output);
    let written = files.read(&staged.temp, bytes.len() as u64).map_err(failed(Action::Verify))?;
    if written != bytes {
        return Err(failed(Action::Verify)(io::Error::new(ErrorKind::InvalidData, "the content differs")));
    }
    Ok(staged)
}

impl Staged<'_> {
    /// The file that will be replaced, links followed.
    pub fn target(&self) -> &Path {
        &self.target
    }

    /// Puts the new file in the place of the old one and makes the name durable.
    ///
    /// # Errors
    /// The rename failed: the old file is as it was. Or the folder's sync failed: the new file is in place, but the
    /// old one could come back after a power cut; write again.
    pub fn commit(mut self) -> Result<(), FileError> {
        self.files.rename(&self.temp, &self.target).map_err(FileError::when(Action::Rename, &self.target))?;
        self.committed = true;
        match self.target.parent() {
            Some(folder) => self.files.sync_folder(folder).map_err(FileError::when(Action::Sync, &self.target)),
            None => Ok(()),
        }
    }
}

/// Puts many new files in their places, then makes the names durable, a sync a folder and not a file.
///
/// # Errors
/// The first that failed; every other one was put in its place all the same, and those that were not are taken away.
pub fn commit_all(staged: Vec<Staged<'_>>) -> Result<(), FileError> {
    let Some(files) = staged.first().map(|first| first.files) else { return Ok(()) };
    let mut folders = BTreeSet::new();
    let mut failed = None;
    for mut one in staged {
        match files.rename(&one.temp, &one.target) {
            Ok(()) => {
                one.committed = true;
                folders.extend(one.target.parent().map(Path::to_owned));
            }
            Err(error) => drop(failed.get_or_insert(FileError::when(Action::Rename, &one.target)(error))),
        }
    }
    for folder in folders {
        if let Err(error) = files.sync_folder(&folder) {
            failed.get_or_insert(FileError::when(Action::Sync, &folder)(error));
        }
    }
    failed.map_or(Ok(()), Err)
}

impl Drop for Staged<'_> {
    fn drop(&mut self) {
        if !self.committed {
            // The error that led here is told; a file that cannot be deleted either is swept later.
            drop(self.files.remove(&self.temp));
        }
    }
}

/// Writes a whole file atomically.
///
/// # Errors
/// See [`stage`] and [`Staged::commit`].
pub fn replace(files: &dyn Files, path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    stage(files, path, bytes, &unique_tag())?.commit()
}

/// A tag for temporary files that no other writer has.
pub fn unique_tag() -> String {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    format!("{:x}-{:x}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

/// Keeps a damaged file's bytes under the first free name of `name(1)`, `name(2)`, …, and says which. A copy of the
/// same bytes that is there already is enough.
///
/// # Errors
/// See [`stage`] and [`Staged::commit`].
pub fn keep_aside(
    files: &dyn Files,
    bytes: &[u8],
    tag: &str,
    name: impl Fn(usize) -> PathBuf,
) -> Result<PathBuf, FileError> {
    let mut number = 1;
    loop {
        let aside = name(number);
        match files.read(&aside, bytes.len() as u64) {
            Ok(kept) if kept == bytes => return Ok(aside),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return stage(files, &aside, bytes, tag)?.commit().map(|()| aside);
            }
            Err(error) if error.kind() != ErrorKind::FileTooLarge => {
                return Err(FileError::when(Action::Read, &aside)(error));
            }
            _ => number += 1,
        }
    }
}

/// The temporary file of a target and a tag. Short, because the target's name may be as long as names can be.
fn temp_path(target: &Path, tag: &str) -> PathBuf {
    target.with_file_name(format!(".vouch-{tag}.tmp"))
}

/// Whether a name is that of a temporary file of ours.
pub fn is_temp(name: &OsStr) -> bool {
    let name = name.to_str().and_then(|name| name.strip_prefix(".vouch-"));
    name.is_some_and(|name| name.strip_suffix(".tmp").is_some())
}

/// Takes away the temporary files in a folder that were left by programs that died: those of `tag`, which the caller
/// must be the only one to use, and all that are over an hour old. What cannot be deleted stays for the next time.
pub fn sweep(files: &dyn Files, folder: &Path, tag: &str, now: Timestamp) {
    let now = SystemTime::from(now);
    let own = temp_path(&folder.join("-"), tag);
    for entry in files.list(folder).unwrap_or_default() {
        let path = folder.join(&entry.name);
        let age = entry.stat.modified.and_then(|modified| now.duration_since(modified).ok()).unwrap_or_default();
        if is_temp(&entry.name) && (path == own || age > ORPHAN_AGE) {
            drop(files.remove(&path));
        }
    }
}
