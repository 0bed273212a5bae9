//! What the state folder holds of one sidecar: a journal and a lock for each program that has it open, and backups.
//!
//! The first program to open a sidecar takes slot 1, with the undo history; a second one at the same time takes slot 2,
//! and both work: their saves are merged. A slot whose lock can be had and whose journal has something unsaved was left
//! by a program that died. Held by `tests/store.rs`.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use sha2::{Digest as _, Sha256};

use crate::files::{self, Action, FileError, Files, Lock};
use crate::sidecar::TooLong;
use crate::sidecar::journal::{Entry, Found, Journal};

/// More programs than this on one sidecar get no journal.
const SLOTS: usize = 9;

/// Where the state folder keeps what belongs to a sidecar.
#[derive(Clone, Debug)]
pub(super) struct Names {
    state: PathBuf,
    /// The sidecar's name, so that people find it, and a hash of its whole path.
    id: String,
}

/// A journal that nobody else writes.
pub(super) struct Slot {
    number: usize,
    pub(super) journal: Journal,
    /// Held as long as the journal is.
    _lock: Lock,
}

impl Names {
    pub(super) fn new(state: &Path, sidecar: &Path) -> Self {
        let name = sidecar.file_name().unwrap_or_default().to_string_lossy();
        let stem: String = name.trim_end_matches(".vouch.ron").chars().filter(|c| !c.is_control()).take(40).collect();
        let hash = hex(&Sha256::digest(sidecar.as_os_str().as_encoded_bytes()), 8);
        Self { state: state.to_owned(), id: format!("{stem}-{hash}") }
    }

    fn journals(&self) -> PathBuf {
        self.state.join("journals")
    }

    pub(super) fn backups(&self) -> PathBuf {
        self.state.join("backups").join(&self.id)
    }

    /// Locked while a sidecar is saved, where the system cannot lock the sidecar's folder.
    pub(super) fn save_lock(&self) -> PathBuf {
        self.journals().join(format!("{}.save.lock", self.id))
    }

    /// The mark of the temporary files of one slot: no two programs use the same at a time.
    pub(super) fn tag(&self, slot: &Slot) -> String {
        self.tag_of(slot.number)
    }

    fn tag_of(&self, number: usize) -> String {
        let digest = Sha256::new()
            .chain_update(self.state.as_os_str().as_encoded_bytes())
            .chain_update(&self.id)
            .chain_update(number.to_le_bytes())
            .finalize();
        hex(&digest, 8)
    }

    /// Opens slot `number`, from 1; `None` where another program has it.
    fn open(&self, files: &Arc<dyn Files>, number: usize) -> Result<Option<(Slot, Found)>, FileError> {
        let lock = self.journals().join(format!("{}.{number}.lock", self.id));
        let lock = match files.lock(&lock, Duration::ZERO) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(None),
            result => result.map_err(FileError::when(Action::Lock, &lock))?,
        };
        let path = self.journals().join(format!("{}.{number}.journal", self.id));
        let (journal, found) = Journal::open(files, &path, &self.tag_of(number))?;
        Ok(Some((Slot { number, journal, _lock: lock }, found)))
    }

    /// Takes the first slot that can be had, and says whether an earlier one is in another program's hands. Slots that
    /// fail are passed over, and told.
    pub(super) fn first(&self, files: &Arc<dyn Files>) -> First {
        let mut first = First::default();
        if let Err(error) = files::create_folders(&**files, &self.journals()) {
            first.failed.push(error);
            return first;
        }
        for number in 1..=SLOTS {
            match self.open(files, number) {
                Ok(Some(taken)) => {
                    first.taken = Some(taken);
                    break;
                }
                Ok(None) => first.is_open_elsewhere = true,
                Err(error) => first.failed.push(error),
            }
        }
        first
    }

    /// Takes a slot in which nothing was ever written.
    fn unused(&self, files: &Arc<dyn Files>) -> Result<Slot, FileError> {
        files::create_folders(&**files, &self.journals())?;
        let mut failed = None;
        for number in 1..=SLOTS {
            match self.open(files, number) {
                Ok(Some((slot, _))) if slot.journal.is_empty() => return Ok(slot),
                Ok(_) => {}
                Err(error) => failed = Some(error),
            }
        }
        Err(failed.unwrap_or_else(|| FileError::when(Action::Lock, &self.journals())(ErrorKind::WouldBlock.into())))
    }

    /// The slots that programs left behind, `mine` excepted, with what their journals hold.
    pub(super) fn left_behind(&self, files: &Arc<dyn Files>, mine: &Slot) -> Vec<(Slot, Found)> {
        let journals: Vec<usize> = (1..=SLOTS)
            .filter(|number| *number != mine.number)
            .filter(|number| files.stat(&self.journals().join(format!("{}.{number}.journal", self.id))).is_ok())
            .collect();
        journals.into_iter().filter_map(|number| self.open(files, number).ok().flatten()).collect()
    }
}

/// What [`Names::first`] found.
#[derive(Default)]
pub(super) struct First {
    pub(super) taken: Option<(Slot, Found)>,
    pub(super) is_open_elsewhere: bool,
    pub(super) failed: Vec<FileError>,
}

/// The journal as the keeper writes it: also while there is none yet, or none that can be written.
pub(super) struct Diary {
    files: Arc<dyn Files>,
    names: Names,
    slot: Option<Slot>,
    /// Lines that wait for a slot.
    waiting: String,
    /// Whether the journal's last base is the sidecar as it is now.
    is_based: bool,
}

impl Diary {
    pub(super) fn new(files: &Arc<dyn Files>, names: &Names, slot: Option<Slot>, is_based: bool) -> Self {
        Self { files: Arc::clone(files), names: names.clone(), slot, waiting: String::new(), is_based }
    }

    pub(super) fn slot(&self) -> Option<&Slot> {
        self.slot.as_ref()
    }

    /// Whether [`Diary::base`] must be called before the next edit is noted.
    pub(super) fn wants_base(&self) -> bool {
        !self.is_based
    }

    /// The sidecar is another one now, and nothing is to be noted before the next edit.
    pub(super) fn unbase(&mut self) {
        self.is_based = false;
    }

    /// Notes what the sidecar on the disk is; begins the journal where it has not begun.
    pub(super) fn base(&mut self, sidecar: &Path, base: &Entry) -> Result<(), TooLong> {
        let is_new = self.waiting.is_empty() && self.slot.as_ref().is_none_or(|slot| slot.journal.is_empty());
        if is_new {
            self.push(&Entry::Begin { of: sidecar.to_string_lossy().into_owned() }.print()?);
        }
        self.note(base)?;
        self.is_based = true;
        Ok(())
    }

    pub(super) fn note(&mut self, entry: &Entry) -> Result<(), TooLong> {
        self.push(&entry.print()?);
        Ok(())
    }

    fn push(&mut self, lines: &str) {
        match &mut self.slot {
            Some(slot) => slot.journal.push(lines),
            None => self.waiting.push_str(lines),
        }
    }

    /// Makes everything that was noted durable.
    ///
    /// # Errors
    /// Nothing is forgotten: the next call tries again.
    pub(super) fn flush(&mut self) -> Result<(), FileError> {
        if self.slot.is_none() && !self.waiting.is_empty() {
            let mut slot = self.names.unused(&self.files)?;
            slot.journal.push(&std::mem::take(&mut self.waiting));
            self.slot = Some(slot);
        }
        self.slot.as_mut().map_or(Ok(()), |slot| slot.journal.flush())
    }

    /// Everything is saved: a journal that has grown too long may be cut.
    ///
    /// # Errors
    /// As [`Diary::flush`].
    pub(super) fn settle(&mut self) -> Result<(), FileError> {
        self.flush()?;
        self.slot.as_mut().map_or(Ok(()), |slot| slot.journal.compact())
    }
}

/// The first `len` bytes in hexadecimal.
pub(super) fn hex(bytes: &[u8], len: usize) -> String {
    bytes.iter().take(len).map(|byte| format!("{byte:02x}")).collect()
}
