//! What the state folder holds of one sidecar: a journal and a lock for each program that has it open, and backups.
//!
//! The first program to open a sidecar takes slot 1, with the undo history; a second one at the same time takes slot 2,
//! and both work: their saves are merged. A slot whose lock can be had and whose journal has something unsaved was left
//! by a program that died. Held by `tests/store.rs`.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use crate::files::{self, Action, FileError, Files, Lock};
use crate::sidecar::journal::{self, Entry, Found, Journal};
use crate::sidecar::names::{FileName, recognise};
use crate::sidecar::{FileKind, TooLong};

/// How long a slot is waited for: a program that is just ending, or forking another, holds its lock for a moment.
const PATIENCE: Duration = Duration::from_millis(50);
/// More programs than this on one sidecar get no journal.
const SLOTS: usize = 9;

/// Where the state folder keeps what belongs to a sidecar.
#[derive(Clone, Debug)]
pub(super) struct Names {
    sidecar: PathBuf,
    state: PathBuf,
    /// The sidecar's name, so that people find it.
    stem: String,
    /// The same with a hash of its whole path.
    id: String,
}

/// A journal that nobody else writes.
pub(super) struct Slot {
    number: usize,
    /// The mark of its temporary files: no two programs use the same at a time.
    pub(super) tag: String,
    pub(super) journal: Journal,
    /// Held as long as the journal is.
    _lock: Lock,
}

impl Names {
    pub(super) fn new(state: &Path, sidecar: &Path) -> Self {
        let name = sidecar.file_name().unwrap_or_default().to_string_lossy();
        let stem: String = name.trim_end_matches(".vouch.ron").chars().filter(|c| !c.is_control()).take(40).collect();
        let hash = hex(&Sha256::digest(sidecar.as_os_str().as_encoded_bytes()), 8);
        let id = format!("{stem}-{hash}");
        Self { sidecar: sidecar.to_owned(), state: state.to_owned(), stem, id }
    }

    /// Which of the two kinds of file it is, told by its name.
    pub(super) fn kind(&self) -> FileKind {
        match recognise(&self.sidecar.file_name().unwrap_or_default().to_string_lossy()) {
            FileName::Register { .. } => FileKind::Register,
            _ => FileKind::Annotations,
        }
    }

    fn journals(&self) -> PathBuf {
        self.state.join("journals")
    }

    fn journal(&self, number: usize) -> PathBuf {
        self.journals().join(format!("{}.{number}.journal", self.id))
    }

    pub(super) fn backups(&self) -> PathBuf {
        self.state.join("backups").join(&self.id)
    }

    /// Locked while a sidecar is saved, where the system cannot lock the sidecar's folder.
    pub(super) fn save_lock(&self) -> PathBuf {
        self.journals().join(format!("{}.save.lock", self.id))
    }

    fn tag(&self, number: usize) -> String {
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
        let lock = match files.lock(&lock, PATIENCE) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(None),
            result => result.map_err(FileError::when(Action::Lock, &lock))?,
        };
        let tag = self.tag(number);
        let (journal, found) = Journal::open(files, &self.journal(number), &tag)?;
        Ok(Some((Slot { number, tag, journal, _lock: lock }, found)))
    }

    /// Takes away the temporary files that the last program in this slot left, and old ones of anybody's.
    fn sweep(&self, files: &Arc<dyn Files>, slot: &Slot, now: Timestamp) {
        let beside = self.sidecar.parent().unwrap_or(&self.sidecar);
        for folder in [beside, &self.journals(), &self.backups()] {
            files::sweep(&**files, folder, &slot.tag, now);
        }
    }

    /// Takes the first slot that can be had, and says whether an earlier one is in another program's hands. Slots that
    /// fail are passed over, and told.
    pub(super) fn first(&self, files: &Arc<dyn Files>, now: Timestamp) -> First {
        let mut first = First::default();
        if let Err(error) = files::create_folders(&**files, &self.journals()) {
            first.failed.push(error);
            return first;
        }
        for number in 1..=SLOTS {
            match self.open(files, number) {
                Ok(Some(taken)) => {
                    self.sweep(files, &taken.0, now);
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

    /// What the journals of all slots say, a list each.
    pub(super) fn peek(&self, files: &dyn Files) -> impl Iterator<Item = Vec<Entry>> {
        (1..=SLOTS).map(|number| journal::peek(files, &self.journal(number)))
    }

    /// What other journals may have for us, `mine` excepted.
    pub(super) fn others(&self, files: &Arc<dyn Files>, mine: &Slot, now: Timestamp) -> Others {
        let mut others = Others::default();
        let entries = match files.list(&self.journals()) {
            Ok(entries) => entries,
            Err(error) => {
                others.failed.push(FileError::when(Action::List, &self.journals())(error));
                return others;
            }
        };
        for (id, number) in entries.iter().filter_map(|entry| journal_from_name(entry.name.to_str()?)) {
            if id == self.id && number != mine.number {
                match self.open(files, number) {
                    Ok(Some((slot, found))) => {
                        self.sweep(files, &slot, now);
                        others.left_behind.push((slot, found));
                    }
                    Ok(None) => {}
                    Err(error) => others.failed.push(error),
                }
            } else if id != self.id && id.strip_prefix(&self.stem).is_some_and(|hash| hash.len() == 17) {
                // One that cannot be read is told where it belongs.
                let names = Self { id: id.to_owned(), ..self.clone() };
                let found = names.open(files, number).ok().flatten();
                others.moved.extend(found.filter(|(_, found)| is_gone(&**files, found)));
            }
        }
        others
    }
}

/// The sidecar's id and the slot in the name of a journal.
fn journal_from_name(name: &str) -> Option<(&str, usize)> {
    let (id, number) = name.strip_suffix(".journal")?.rsplit_once('.')?;
    Some((id, number.parse().ok()?))
}

/// Whether the sidecar that a journal is of is not where it was.
fn is_gone(files: &dyn Files, found: &Found) -> bool {
    matches!(found.entries.first(), Some(Entry::Begin { of }) if files.stat(Path::new(of)).is_err())
}

/// Journals that nobody writes.
#[derive(Default)]
pub(super) struct Others {
    /// Of this sidecar, by programs that died.
    pub(super) left_behind: Vec<(Slot, Found)>,
    /// Of a sidecar of this name that is not in its place any more: a folder was moved, or a drive has another letter.
    pub(super) moved: Vec<(Slot, Found)>,
    pub(super) failed: Vec<FileError>,
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

    /// The sidecar is another one now, or gone: what it holds is to be noted before the next edit.
    pub(super) fn unbase(&mut self) {
        self.is_based = false;
    }

    /// Notes what the sidecar on the disk is; begins the journal where it has not begun.
    pub(super) fn base(&mut self, base: &Entry) -> Result<(), TooLong> {
        let base = base.print()?;
        if self.is_new() {
            let begin = Entry::Begin { of: self.names.sidecar.to_string_lossy().into_owned() };
            self.note(&begin.print()?);
        }
        self.note(&base);
        self.is_based = true;
        Ok(())
    }

    /// Whether nothing was ever noted.
    pub(super) fn is_new(&self) -> bool {
        self.waiting.is_empty() && self.slot.as_ref().is_none_or(|slot| slot.journal.is_empty())
    }

    /// Adds a printed entry; [`Diary::flush`] makes it durable.
    pub(super) fn note(&mut self, line: &str) {
        match &mut self.slot {
            Some(slot) => slot.journal.push(line),
            None => self.waiting.push_str(line),
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
