//! The journal of one sidecar: every acknowledged edit, in the state folder, before the sidecar is written.
//!
//! One append-only file; a record is a line (`journal/line.rs`), acknowledged when it is flushed: one write and one
//! sync, whatever the size of the set. It holds the undo history too, so a save does not empty it: it grows to
//! [`MOST_BYTES`] and is then cut to the newest records of [`KEPT_BYTES`]. Knows no sets. Held by `tests/store.rs`.

mod line;

use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(super) use line::Entry;

use super::names::damaged_name;
use crate::files::{self, Action, FileError, Files, Output};

/// A journal longer than this is cut when everything in it is saved.
const MOST_BYTES: usize = 4 << 20;
/// What is left of it then: some thousand edits.
const KEPT_BYTES: usize = 2 << 20;
/// A journal that is larger than this was not written by us.
const MOST_READ: u64 = 1 << 30;

/// A journal that is being written. What could not be written is kept and tried again with the next record.
pub(super) struct Journal {
    files: Arc<dyn Files>,
    path: PathBuf,
    tag: String,
    /// Every line that the file holds or shall hold.
    text: String,
    /// How many bytes of `text` are on the disk for certain.
    durable: usize,
    /// Whether the file is those bytes and nothing else. If not it is written anew as a whole: after a failed write or
    /// sync nobody knows what it holds.
    is_sound: bool,
    output: Option<Box<dyn Output>>,
}

/// What a journal held when it was opened.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Everything that was understood, in order.
    pub(super) entries: Vec<Entry>,
    /// How many of them stand before a gap: the undo history begins after it.
    pub(super) before_gap: usize,
    /// What is wrong, in words.
    pub(super) problems: Vec<String>,
}

/// Where the damaged file at `path` is kept.
pub(super) fn damaged_path(path: &Path, number: usize) -> PathBuf {
    path.with_file_name(damaged_name(&path.file_name().unwrap_or_default().to_string_lossy(), number))
}

/// What the journal at `path` says, as far as it is understood, for one who will not write it: it may be in another
/// program's hands. Nothing where it cannot be read.
pub(super) fn peek(files: &dyn Files, path: &Path) -> Vec<Entry> {
    let bytes = files.read(path, MOST_READ).unwrap_or_default();
    line::lines(&bytes).entries.into_iter().flatten().collect()
}

impl Journal {
    /// Opens the journal at `path`, which need not be there; the caller holds its lock. A damaged one is copied aside
    /// before anything else is written.
    ///
    /// # Errors
    /// It is there and cannot be read, or a damaged one cannot be copied, or a newer program wrote it. It must not be
    /// written then.
    pub(super) fn open(files: &Arc<dyn Files>, path: &Path, tag: &str) -> Result<(Self, Found), FileError> {
        let bytes = match files.read(path, MOST_READ) {
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            result => result.map_err(FileError::when(Action::Read, path))?,
        };
        let mut lines = line::lines(&bytes);
        let mut found = Found::default();
        if let Some(Err(why)) = lines.entries.first() {
            let error = std::io::Error::new(ErrorKind::InvalidData, why.clone());
            return Err(FileError::when(Action::Read, path)(error));
        }
        if lines.is_damaged {
            let aside = files::keep_aside(&**files, &bytes, tag, |number| damaged_path(path, number))?;
            found.problems.push(format!(
                "{}: part of the journal could not be read; all that is whole was, and the file is kept as it was in {}",
                path.display(),
                aside.display()
            ));
        }
        let is_sound = !lines.is_damaged && !bytes.is_empty();
        let durable = if is_sound { lines.text.len() } else { 0 };
        for (i, entry) in lines.entries.drain(..).enumerate() {
            if i == lines.before_damage {
                found.before_gap = found.entries.len();
            }
            match entry {
                Ok(entry) => found.entries.push(entry),
                Err(why) => {
                    found.before_gap = found.entries.len();
                    found.problems.push(format!("{}: a record was not understood and is kept: {why}", path.display()));
                }
            }
        }
        let (files, text) = (Arc::clone(files), lines.text);
        Ok((Self { files, path: path.to_owned(), tag: tag.to_owned(), text, durable, is_sound, output: None }, found))
    }

    /// Whether it holds no record.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Adds lines; [`Journal::flush`] writes them.
    pub(super) fn push(&mut self, lines: &str) {
        self.text.push_str(lines);
    }

    /// Writes what is not written and makes it durable.
    ///
    /// # Errors
    /// What was not written is tried again at the next call, on a new handle.
    pub(super) fn flush(&mut self) -> Result<(), FileError> {
        if self.durable == self.text.len() {
            return Ok(());
        }
        let is_sound = std::mem::take(&mut self.is_sound);
        let output = match self.output.take() {
            Some(output) => output,
            None if is_sound => self.files.append(&self.path).map_err(FileError::when(Action::Write, &self.path))?,
            None => return self.rewrite(),
        };
        self.output = Some(self.write_rest(output)?);
        self.durable = self.text.len();
        self.is_sound = true;
        Ok(())
    }

    fn write_rest(&self, mut output: Box<dyn Output>) -> Result<Box<dyn Output>, FileError> {
        let rest = self.text.as_bytes().get(self.durable..).unwrap_or_default();
        output.write_all(rest).map_err(FileError::when(Action::Write, &self.path))?;
        output.sync().map_err(FileError::when(Action::Sync, &self.path))?;
        Ok(output)
    }

    fn rewrite(&mut self) -> Result<(), FileError> {
        if let Some(folder) = self.path.parent() {
            files::create_folders(&*self.files, folder)?;
        }
        files::stage(&*self.files, &self.path, self.text.as_bytes(), &self.tag)?.commit()?;
        self.durable = self.text.len();
        self.is_sound = true;
        Ok(())
    }

    /// Drops the oldest records of a journal that has grown too long. Only to be called when all is saved, after the
    /// record that says so: that is the newest and stays, and so does the first line.
    ///
    /// # Errors
    /// The file is as it was, or is written at the next flush.
    pub(super) fn compact(&mut self) -> Result<(), FileError> {
        if self.text.len() <= MOST_BYTES {
            return Ok(());
        }
        let first = self.text.find('\n').map_or(0, |end| end + 1);
        let from = self.text.len().saturating_sub(KEPT_BYTES);
        // The first line that begins in what is kept; a line has no other line end than its own.
        let begins = self.text.as_bytes().iter().skip(from).position(|&byte| byte == b'\n').map(|at| from + at + 1);
        self.text.replace_range(first..begins.unwrap_or(first).max(first), "");
        self.output = None;
        self.is_sound = false;
        self.durable = 0;
        self.flush()
    }
}
