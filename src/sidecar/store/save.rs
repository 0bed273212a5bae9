//! Writing the sidecar, and taking in what others wrote.
//!
//! Held by `tests/store.rs`.

use std::io::ErrorKind;
use std::mem;
use std::path::Path;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::look::{self, Look, look};
use super::{KeepError, Keeper, Notice, Saved, Standing, difference};
use crate::annotation::{AnnotationSet, Change, merge};
use crate::document::sha256;
use crate::files::{self, Action, FileError, Lock};
use crate::sidecar::journal::damaged_path;
use crate::sidecar::{MAX_BYTES, Origin, Read, TooLong, print, print_field};

/// How long another program's save is waited for.
const SAVE_PATIENCE: Duration = Duration::from_secs(10);
/// How often a save begins anew because the sidecar changes under it.
const ATTEMPTS: usize = 5;
/// Between two backups of what we wrote ourselves. What others wrote is backed up each time before it is replaced.
const BETWEEN_BACKUPS: SignedDuration = SignedDuration::from_mins(10);

impl Keeper {
    /// Looks at the sidecar: for a watch that saw it change. What somebody else wrote is merged into the set.
    ///
    /// # Errors
    /// It cannot be read, or is damaged, or may no longer be written. Nothing of ours is lost.
    pub fn check(&mut self, now: Timestamp) -> Result<Vec<Notice>, KeepError> {
        self.take_in(now)?;
        self.untold.extend(self.diary.flush().err().map(Notice::Trouble));
        Ok(mem::take(&mut self.untold))
    }

    /// Merges what the sidecar holds now, where that is not what we know.
    fn take_in(&mut self, now: Timestamp) -> Result<(), KeepError> {
        let bytes = look::bytes(&*self.files, &self.path)?;
        let disk = bytes.as_deref().map(sha256);
        if disk == self.disk {
            if disk != self.judged {
                // It was damaged for a while, and is what it was before.
                self.standing = Standing::Open;
                self.judged = disk;
            }
            return self.may_write();
        }
        self.judged.clone_from(&disk);
        self.standing = Standing::Open;
        match look(bytes.as_deref()) {
            // It was taken away. `base` stays what both sides come from, should it come back.
            Look::Nothing => {
                self.disk = None;
                self.diary.unbase();
            }
            Look::Whole(read) => {
                self.merge_read(*read, disk, now)?;
            }
            Look::Damaged(_, problems) => self.standing = Standing::Damaged(problems),
            Look::ReadOnly(_, why) => self.standing = Standing::ReadOnly(why),
        }
        self.backed_up = None;
        self.may_write()
    }

    fn merge_read(&mut self, read: Read, disk: Option<String>, now: Timestamp) -> Result<(), TooLong> {
        let theirs = read.sides_merged();
        let never_saw = self.before.take().filter(|before| never_saw(before, &self.base, &theirs));
        let merged = merge(Some(never_saw.as_ref().unwrap_or(&self.base)), &self.set, &theirs, &print_field);
        let gone = merged.edit.changes.iter().filter(|change| change.after.is_none()).count();
        if gone > 0 {
            // Deleted by somebody, or overwritten by a program that had an older state: nobody can tell.
            let ours = print(&self.set, &self.origin);
            let failed = self.back_up(&ours, now).err();
            self.untold.extend(failed.map(Notice::Trouble));
            self.untold.push(Notice::Deleted(gone));
        }
        let is_new = self.diary.is_new();
        if !is_new {
            self.note_outside(merged.edit.clone(), now)?;
        }
        self.base = read.set;
        self.origin = read.origin;
        self.disk = disk;
        self.is_dirty = self.base != merged.set;
        self.set = merged.set;
        if !merged.edit.is_empty() {
            self.correct(&merged.edit.changes);
            self.untold.push(Notice::Merged(merged.conflicts));
        }
        if is_new {
            // Nothing was done here yet that would have to be told from what came in.
            self.diary.unbase();
            return Ok(());
        }
        self.note_base()
    }

    fn may_write(&self) -> Result<(), KeepError> {
        match &self.standing {
            Standing::Open => Ok(()),
            Standing::Damaged(problems) => {
                Err(KeepError::Damaged { path: self.path.clone(), problems: problems.clone() })
            }
            Standing::ReadOnly(why) => Err(KeepError::ReadOnly { path: self.path.clone(), why: why.clone() }),
        }
    }

    /// Writes the sidecar, if it lacks anything: merged with what somebody else wrote meanwhile, whole, atomically, and
    /// with a backup of what it replaces.
    ///
    /// # Errors
    /// The sidecar is as it was, or the new one whole; every edit is still held, and in the journal if that can be
    /// written. Save again.
    pub fn save(&mut self, now: Timestamp) -> Result<Saved, KeepError> {
        let _lock = self.lock_for_saving()?;
        for _ in 0..ATTEMPTS {
            self.take_in(now)?;
            if !self.is_dirty() {
                self.untold.extend(self.diary.flush().err().map(Notice::Trouble));
                return Ok(Saved { is_written: false, notices: mem::take(&mut self.untold) });
            }
            let bytes = print(&self.set, &self.origin);
            let staged = files::stage(&*self.files, &self.path, &bytes, &self.tag())?;
            let is_due = self.backed_up.is_none_or(|last| now.duration_since(last) >= BETWEEN_BACKUPS);
            if let (true, Some(old)) = (is_due, look::bytes(&*self.files, &self.path)?) {
                match self.back_up(&old, now) {
                    Ok(()) => self.backed_up = Some(now),
                    Err(error) => self.untold.push(Notice::Trouble(error)),
                }
            }
            // The last look, right before it is replaced: a program that knows none of our locks may have written it.
            if look::bytes(&*self.files, &self.path)?.as_deref().map(sha256) != self.disk {
                continue;
            }
            self.is_unsure = true;
            staged.commit()?;
            self.is_unsure = false;
            self.disk = Some(sha256(&bytes));
            self.judged.clone_from(&self.disk);
            self.before = Some(mem::replace(&mut self.base, self.set.clone()));
            self.is_dirty = false;
            self.note_base()?;
            self.untold.extend(self.diary.settle().err().map(Notice::Trouble));
            return Ok(Saved { is_written: true, notices: mem::take(&mut self.untold) });
        }
        Err(FileError::when(Action::Rename, &self.path)(ErrorKind::WouldBlock.into()).into())
    }

    /// Merges another version of the sidecar into it, as synchronisers lay beside it when two machines wrote at once,
    /// and saves. The other file's bytes are kept among the backups and the file is taken away.
    ///
    /// # Errors
    /// The other file cannot be read, is damaged or a newer Vouch's: nothing is done. Or the save failed: the file
    /// stays.
    pub fn merge_copy(&mut self, copy: &Path, now: Timestamp) -> Result<Saved, KeepError> {
        self.may_write()?;
        let path = copy.to_owned();
        let bytes = self.files.read(copy, MAX_BYTES as u64).map_err(FileError::when(Action::Read, copy))?;
        let read = match look(Some(&bytes)) {
            Look::Whole(read) => read,
            Look::Damaged(_, problems) => return Err(KeepError::Damaged { path, problems }),
            Look::ReadOnly(_, why) => return Err(KeepError::ReadOnly { path, why }),
            Look::Nothing => return Ok(Saved::default()),
        };
        // What the two have in common is not known.
        let merged = merge(None, &self.set, &read.set, &print_field);
        if self.diary.wants_base() {
            self.note_base()?;
        }
        self.note_outside(merged.edit.clone(), now)?;
        self.correct(&merged.edit.changes);
        self.is_dirty |= !merged.edit.is_empty();
        self.set = merged.set;
        let mut saved = self.save(now)?;
        saved.notices.push(Notice::Merged(merged.conflicts));
        self.back_up(&bytes, now)?;
        self.files.remove(copy).map_err(FileError::when(Action::Remove, copy))?;
        Ok(saved)
    }

    fn back_up(&self, bytes: &[u8], now: Timestamp) -> Result<(), FileError> {
        files::back_up(&*self.files, &self.names.backups(), bytes, "vouch.ron", &self.tag(), now)
    }

    /// For temporary files.
    fn tag(&self) -> String {
        self.diary.slot().map_or_else(files::unique_tag, |slot| slot.tag.clone())
    }

    /// Keeps other programs from saving at the same moment: by the sidecar's folder, which other state folders see too,
    /// or, where the system cannot lock folders, by a file in the state folder. Without either, the last look at the
    /// sidecar before it is replaced is what there is.
    fn lock_for_saving(&self) -> Result<Option<Lock>, FileError> {
        let folder = self.path.parent().unwrap_or(&self.path);
        let is_busy = |error: &std::io::Error| error.kind() == ErrorKind::WouldBlock;
        let lock = match self.files.lock_folder(folder, SAVE_PATIENCE) {
            Err(error) if !is_busy(&error) => self.files.lock(&self.names.save_lock(), SAVE_PATIENCE),
            lock => lock,
        };
        match lock {
            Err(error) if is_busy(&error) => Err(FileError::when(Action::Lock, &self.path)(error)),
            lock => Ok(lock.ok()),
        }
    }

    /// With the analyst's consent: keeps the damaged sidecar's bytes as `….damaged-N`, and saves under its name what
    /// could be read of it with every edit since.
    ///
    /// # Errors
    /// As [`Keeper::save`].
    pub fn mend(&mut self, now: Timestamp) -> Result<Saved, KeepError> {
        if !matches!(self.standing, Standing::Damaged(_)) {
            return self.save(now);
        }
        if let Some(bytes) = look::bytes(&*self.files, &self.path)? {
            // A copy, so that at no moment the name leads to nothing.
            files::keep_aside(&*self.files, &bytes, &self.tag(), |number| damaged_path(&self.path, number))?;
            let disk = Some(sha256(&bytes));
            if let (Look::Damaged(Some(read), _), true) = (look(Some(&bytes)), disk != self.disk) {
                // Damaged since we read it: what others added is taken in, and what is missing is not deleted.
                let merged = merge(None, &self.set, &read.set, &print_field);
                self.set = merged.set;
                self.correct(&merged.edit.changes);
                self.note_outside(merged.edit, now)?;
            }
            self.judged.clone_from(&disk);
            self.disk = disk;
            // What the damage left is no pattern for what is written now.
            self.origin = Origin::new(self.names.kind());
            self.is_dirty = true;
        }
        self.standing = Standing::Open;
        self.save(now)
    }
}

/// Whether `theirs` was made without knowing of the save that took the sidecar from `before` to `saved`: another machine
/// replaced it in the moment between its last look and its write, where there is no lock that both see. Then it has
/// everything as it was before, and lacks what came in without a note that anybody deleted it.
fn never_saw(before: &AnnotationSet, saved: &AnnotationSet, theirs: &AnnotationSet) -> bool {
    let changes = difference(before, saved);
    let is_as_before =
        |change: &Change| change.kind().is_none_or(|kind| theirs.item(kind, &change.id) == change.before);
    let is_unnoted = |change: &Change| {
        change.before.is_none() && !change.id.as_str().is_empty() && !theirs.deleted.contains_key(&change.id)
    };
    changes.iter().all(is_as_before) && changes.iter().any(is_unnoted)
}
