//! The keeper of one sidecar: nothing lost, whatever happens to the disk, the program, or the file meanwhile.
//!
//! An edit is *acknowledged* when it is in the journal (`journal.rs`); the sidecar is written whole, later, by
//! [`Keeper::save`]. A sidecar that somebody else changed is merged, item by item, never overwritten; one that is
//! damaged is left alone until the analyst agrees. Synchronous: a program that must not wait calls it on a thread of
//! its own. Held by `tests/store.rs` and `benches/store.rs`.
//!
//! The set that the keeper holds and the one that the window shows are two copies. Acknowledged edits take the
//! keeper's there; what a merge brings comes back by [`Keeper::corrections`]. Edits that were made meanwhile may not
//! fit what a merge made of their items: they are merged too.

mod look;
mod slots;
mod unsaved;

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use thiserror::Error;

use self::look::{Look, look, sha256};
use self::slots::{Diary, First, Names};
use self::unsaved::{Side, Unsaved, applied, difference};
use super::journal::{Entry, Found, damaged_path};
use super::names::{FileName, recognise};
use super::{FileKind, Origin, Read, TooLong, print, print_field};
use crate::annotation::{Act, AnnotationSet, Change, Edit, Id, Record, merge};
use crate::files::{self, Action, FileError, Files, Lock, Places};

/// How long another program's save is waited for.
const SAVE_PATIENCE: Duration = Duration::from_secs(10);
/// How often a save begins anew because the sidecar changes under it.
const ATTEMPTS: usize = 5;
/// Between two backups of what we wrote ourselves. What others wrote is backed up each time before it is replaced.
const BETWEEN_BACKUPS: SignedDuration = SignedDuration::from_mins(10);

/// Keeps one sidecar. See the [module](self).
pub struct Keeper {
    files: Arc<dyn Files>,
    names: Names,
    /// The sidecar, links followed.
    path: PathBuf,
    diary: Diary,
    /// With every edit that was acknowledged.
    set: AnnotationSet,
    /// What the sidecar holds whose hash is `disk`.
    base: AnnotationSet,
    origin: Origin,
    /// What there is before anybody has done anything.
    fresh: AnnotationSet,
    /// SHA-256 of the sidecar as last read or written; `None`: there was none.
    disk: Option<String>,
    standing: Standing,
    /// Whether the sidecar lacks something of `set`.
    is_dirty: bool,
    backed_up: Option<Timestamp>,
    corrections: Vec<Edit>,
}

/// Whether the sidecar may be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It may.
    Open,
    /// It is damaged, as described. Edits stay in the journal until [`Keeper::mend`].
    Damaged(Vec<String>),
    /// It may not, and why. Edits are refused.
    ReadOnly(String),
}

/// What [`Keeper::open`] found.
pub struct Opened {
    /// To be told of every edit from now on.
    pub keeper: Keeper,
    /// The sidecar's set with everything in it that the journal had and the sidecar had not.
    pub set: AnnotationSet,
    /// What the journal tells of the past, all of it applied in `set`: the undo history.
    pub records: Vec<Record>,
    /// What the analyst should know.
    pub notices: Vec<Notice>,
}

/// What happened to a sidecar that the analyst should know. Its `Display` is a sentence.
#[derive(Debug)]
pub enum Notice {
    /// Edits that the journal had and the sidecar had not, by their labels.
    Recovered(Vec<String>),
    /// The sidecar was changed elsewhere and merged; the ids of the conflicts that stand in the set now.
    Merged(Vec<Id>),
    /// Another program has the sidecar open: both may work.
    OpenElsewhere,
    /// A comment stands in the sidecar, and the first save loses it; a backup keeps it.
    Comments,
    /// Something of a journal could not be read; it is kept.
    Journal(String),
    /// Something beside the sidecar could not be read or written: what was done is done, with one safety less.
    Trouble(FileError),
}

/// What a save did.
#[derive(Debug, Default)]
pub struct Saved {
    /// Whether the sidecar was written; it is not where it has everything already.
    pub is_written: bool,
    /// What the analyst should know.
    pub notices: Vec<Notice>,
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

impl Keeper {
    /// Opens the sidecar at `path`, which need not be there: then `fresh` is the set to begin with, and nothing is
    /// written before it changes. Its kind (a document's or a register) is told by its name.
    ///
    /// # Errors
    /// The folder is not there, or the sidecar cannot be read. A journal that cannot be had is a notice.
    pub fn open(
        files: Arc<dyn Files>,
        places: &Places,
        path: &Path,
        fresh: AnnotationSet,
        now: Timestamp,
    ) -> Result<Opened, KeepError> {
        let path = files::resolve(&*files, path)?;
        let names = Names::new(&places.state, &path);
        let First { taken, is_open_elsewhere, failed } = names.first(&files);
        let mut notices: Vec<Notice> = failed.into_iter().take(1).map(Notice::Trouble).collect();
        if is_open_elsewhere {
            notices.push(Notice::OpenElsewhere);
        }
        let (slot, found) = taken.map_or((None, Found::default()), |(slot, found)| (Some(slot), found));
        if let (Some(slot), Some(folder)) = (&slot, path.parent()) {
            files::sweep(&*files, folder, &names.tag(slot), now);
        }
        let bytes = look::bytes(&*files, &path)?;
        let disk = bytes.as_deref().map(sha256);
        let kind = match recognise(&path.file_name().unwrap_or_default().to_string_lossy()) {
            FileName::Register { .. } => FileKind::Register,
            _ => FileKind::Annotations,
        };
        let unsaved = Unsaved::of(&found.entries);
        let is_based = unsaved.base.as_ref() == Some(&disk);
        let mut keeper = Self {
            diary: Diary::new(&files, &names, slot, is_based),
            files,
            names,
            path,
            set: fresh.clone(),
            base: fresh.clone(),
            origin: Origin::new(kind),
            fresh,
            disk,
            standing: Standing::Open,
            is_dirty: false,
            backed_up: None,
            corrections: Vec::new(),
        };
        match look(bytes.as_deref()) {
            Look::Nothing => {}
            Look::Whole(read) => keeper.take_first(*read, &mut notices),
            Look::Damaged(read, problems) => {
                keeper.standing = Standing::Damaged(problems);
                read.into_iter().for_each(|read| keeper.take_first(*read, &mut notices));
            }
            Look::ReadOnly(read, why) => {
                keeper.standing = Standing::ReadOnly(why);
                read.into_iter().for_each(|read| keeper.take_first(*read, &mut notices));
            }
        }
        let mut records = records(found.entries.get(found.before_gap..).unwrap_or_default());
        notices.extend(found.problems.into_iter().map(Notice::Journal));
        if !matches!(keeper.standing, Standing::ReadOnly(_)) {
            records.extend(keeper.recover(&unsaved, &mut notices, now)?);
            records.extend(keeper.adopt(&mut notices, now)?);
        }
        Ok(Opened { set: keeper.set.clone(), keeper, records, notices })
    }

    /// The set of a file that is opened; git's two sides are merged.
    fn take_first(&mut self, read: Read, notices: &mut Vec<Notice>) {
        if read.has_comments {
            notices.push(Notice::Comments);
        }
        self.base = read.set;
        self.origin = read.origin;
        self.set = self.base.clone();
        if let Some(theirs) = read.theirs {
            let merged = merge(theirs.base.as_ref(), &self.set, &theirs.set, &print_field);
            self.set = merged.set;
            self.is_dirty = true;
            notices.push(Notice::Merged(merged.conflicts));
        }
    }

    /// Lays what the journal has and the sidecar has not over the set; gives what that did as a record.
    fn recover(
        &mut self,
        unsaved: &Unsaved,
        notices: &mut Vec<Notice>,
        now: Timestamp,
    ) -> Result<Option<Record>, TooLong> {
        if unsaved.is_empty() {
            return Ok(None);
        }
        let ours = unsaved.laid_over(&self.set, Side::After);
        // Where the sidecar is the one that the edits were made on, or where there is no whole one, nobody else's work
        // can be in the way.
        let is_ours_alone = unsaved.base.as_ref() == Some(&self.disk)
            || self.disk.is_none()
            || matches!(self.standing, Standing::Damaged(_));
        if is_ours_alone {
            self.is_dirty |= self.set != ours;
            if self.is_dirty {
                notices.push(Notice::Recovered(unsaved.labels.clone()));
            }
            self.set = ours;
            return Ok(None);
        }
        let before = unsaved.laid_over(&self.set, Side::Before);
        let merged = merge(Some(&before), &ours, &self.set, &print_field);
        if merged.set == self.set {
            return Ok(None);
        }
        self.set = merged.set;
        self.is_dirty = true;
        notices.push(Notice::Recovered(unsaved.labels.clone()));
        if !merged.conflicts.is_empty() {
            notices.push(Notice::Merged(merged.conflicts));
        }
        let record = self.note_outside(merged.edit, now)?;
        self.note_base()?;
        Ok(record)
    }

    /// Takes over what programs that died left in journals of their own.
    fn adopt(&mut self, notices: &mut Vec<Notice>, now: Timestamp) -> Result<Vec<Record>, KeepError> {
        let Some(mine) = self.diary.slot() else { return Ok(Vec::new()) };
        let mut records = Vec::new();
        for (mut slot, found) in self.names.left_behind(&self.files, mine) {
            if let Some(folder) = self.path.parent() {
                files::sweep(&*self.files, folder, &self.names.tag(&slot), now);
            }
            notices.extend(found.problems.into_iter().map(Notice::Journal));
            let unsaved = Unsaved::of(&found.entries);
            if unsaved.is_empty() {
                continue;
            }
            let (before, ours) =
                (unsaved.laid_over(&self.set, Side::Before), unsaved.laid_over(&self.set, Side::After));
            let merged = merge(Some(&before), &ours, &self.set, &print_field);
            let brought = Edit { label: "recovered".to_owned(), changes: difference(&self.set, &merged.set) };
            if !brought.is_empty() {
                self.set = merged.set;
                self.is_dirty = true;
                notices.push(Notice::Recovered(unsaved.labels));
                records.extend(self.note_outside(brought, now)?);
            }
            // Only when it is safe here may it be called saved there.
            let settled = self.diary.flush().and_then(|()| {
                if let Ok(line) = (Entry::Base { sha256: self.disk.clone(), missing: Vec::new() }).print() {
                    slot.journal.push(&line);
                }
                slot.journal.flush()
            });
            notices.extend(settled.err().map(Notice::Trouble));
        }
        Ok(records)
    }

    /// The sidecar, links followed.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The set with every edit that was acknowledged and everything that was merged.
    pub fn set(&self) -> &AnnotationSet {
        &self.set
    }

    /// Whether the sidecar may be written.
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// Whether a save would write something.
    pub fn is_dirty(&self) -> bool {
        self.is_dirty && !self.is_untouched()
    }

    /// What merges changed since the last call, each edit one item's change, in order. To be applied to the caller's
    /// copy of the set, outside its undo history. One that is refused there met an edit of the caller's own that is
    /// still on its way here: it may be left out, for that edit is merged when it arrives and corrected anew.
    pub fn corrections(&mut self) -> Vec<Edit> {
        std::mem::take(&mut self.corrections)
    }

    /// Keeps what was done: once this returns, it survives a kill and a power cut. One record and one sync, whatever
    /// the size of the set. Corrections of ours that come back as records are passed over.
    ///
    /// # Errors
    /// [`KeepError::TooLong`] and [`KeepError::ReadOnly`]: it was not taken, and the caller has to take it back.
    /// [`KeepError::File`]: it was taken but is not safe yet: the next call and the next save try again.
    pub fn acknowledge(&mut self, record: &Record, now: Timestamp) -> Result<(), KeepError> {
        if let Standing::ReadOnly(why) = &self.standing {
            return Err(KeepError::ReadOnly { path: self.path.clone(), why: why.clone() });
        }
        if record.act == Act::Outside {
            return Ok(());
        }
        let line = Entry::Applied { at: at(now), record: record.clone() };
        line.print()?;
        if self.diary.wants_base() {
            self.note_base()?;
        }
        self.diary.note(&line)?;
        if self.set.apply(&record.edit).is_err() {
            self.merge_late(&record.edit, now)?;
        }
        self.is_dirty |= !record.edit.is_empty();
        Ok(self.diary.flush()?)
    }

    /// An edit that was made before its maker knew of a merge.
    fn merge_late(&mut self, edit: &Edit, now: Timestamp) -> Result<(), TooLong> {
        let made = [Entry::Applied { at: at(now), record: Record { act: Act::Do, edit: edit.clone() } }];
        let made = Unsaved::of(&made);
        let (before, ours) = (made.laid_over(&self.set, Side::Before), made.laid_over(&self.set, Side::After));
        let merged = merge(Some(&before), &ours, &self.set, &print_field);
        self.set = merged.set;
        self.correct(&merged.edit.changes);
        self.note_outside(merged.edit, now).map(drop)
    }

    fn correct(&mut self, changes: &[Change]) {
        let edits = changes.iter().map(|change| Edit { label: "merge".to_owned(), changes: vec![change.clone()] });
        self.corrections.extend(edits);
    }

    fn note_outside(&mut self, edit: Edit, now: Timestamp) -> Result<Option<Record>, TooLong> {
        if edit.is_empty() {
            return Ok(None);
        }
        let record = Record { act: Act::Outside, edit };
        self.diary.note(&Entry::Applied { at: at(now), record: record.clone() })?;
        Ok(Some(record))
    }

    fn note_base(&mut self) -> Result<(), TooLong> {
        let missing = if self.is_dirty { difference(&self.base, &self.set) } else { Vec::new() };
        self.diary.base(&self.path, &Entry::Base { sha256: self.disk.clone(), missing })
    }

    /// Looks at the sidecar: for a watch that saw it change. What somebody else wrote is merged into the set.
    ///
    /// # Errors
    /// It cannot be read, or is damaged, or may no longer be written. Nothing of ours is lost.
    pub fn check(&mut self, now: Timestamp) -> Result<Vec<Notice>, KeepError> {
        let mut notices = Vec::new();
        self.take_in(&mut notices, now)?;
        notices.extend(self.diary.flush().err().map(Notice::Trouble));
        Ok(notices)
    }

    /// Merges what the sidecar holds now, where that is not what we know.
    fn take_in(&mut self, notices: &mut Vec<Notice>, now: Timestamp) -> Result<(), KeepError> {
        let bytes = look::bytes(&*self.files, &self.path)?;
        let disk = bytes.as_deref().map(sha256);
        if disk == self.disk {
            return self.may_write();
        }
        match look(bytes.as_deref()) {
            // It was taken away. `base` stays what both sides come from, should it come back.
            Look::Nothing => self.disk = None,
            Look::Whole(read) => {
                self.standing = Standing::Open;
                self.merge_read(*read, disk, notices, now)?;
            }
            Look::Damaged(_, problems) => self.standing = Standing::Damaged(problems),
            Look::ReadOnly(_, why) => self.standing = Standing::ReadOnly(why),
        }
        self.backed_up = None;
        self.may_write()
    }

    fn merge_read(
        &mut self,
        read: Read,
        disk: Option<String>,
        notices: &mut Vec<Notice>,
        now: Timestamp,
    ) -> Result<(), TooLong> {
        let mut theirs = read.set.clone();
        if let Some(sides) = &read.theirs {
            theirs = merge(sides.base.as_ref(), &theirs, &sides.set, &print_field).set;
        }
        let merged = merge(Some(&self.base), &self.set, &theirs, &print_field);
        self.base = read.set;
        self.origin = read.origin;
        self.disk = disk;
        self.is_dirty = self.base != merged.set;
        self.set = merged.set;
        if !merged.edit.is_empty() {
            self.correct(&merged.edit.changes);
            notices.push(Notice::Merged(merged.conflicts));
        }
        self.note_outside(merged.edit, now)?;
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

    /// Whether there is no file and nothing to put in one.
    fn is_untouched(&self) -> bool {
        self.disk.is_none() && self.set == self.fresh
    }

    /// Writes the sidecar, if it lacks anything: merged with what somebody else wrote meanwhile, whole, atomically, and
    /// with a backup of what it replaces.
    ///
    /// # Errors
    /// The sidecar is as it was, or the new one whole; every edit is still held, and in the journal if that can be
    /// written. Save again.
    pub fn save(&mut self, now: Timestamp) -> Result<Saved, KeepError> {
        self.may_write()?;
        let mut saved = Saved::default();
        let _lock = self.lock_for_saving()?;
        for _ in 0..ATTEMPTS {
            self.take_in(&mut saved.notices, now)?;
            if !self.is_dirty() {
                saved.notices.extend(self.diary.flush().err().map(Notice::Trouble));
                return Ok(saved);
            }
            let bytes = print(&self.set, &self.origin);
            let tag = self.diary.slot().map_or_else(|| std::process::id().to_string(), |slot| self.names.tag(slot));
            let staged = files::stage(&*self.files, &self.path, &bytes, &tag)?;
            let old = look::bytes(&*self.files, &self.path)?;
            if old.as_deref().map(sha256) != self.disk {
                continue;
            }
            let is_due = self.backed_up.is_none_or(|last| now.duration_since(last) >= BETWEEN_BACKUPS);
            if let (Some(old), true) = (old, is_due) {
                match files::back_up(&*self.files, &self.names.backups(), &old, "vouch.ron", now) {
                    Ok(()) => self.backed_up = Some(now),
                    Err(error) => saved.notices.push(Notice::Trouble(error)),
                }
            }
            staged.commit()?;
            self.disk = Some(sha256(&bytes));
            self.base = self.set.clone();
            self.is_dirty = false;
            saved.is_written = true;
            self.note_base()?;
            saved.notices.extend(self.diary.settle().err().map(Notice::Trouble));
            return Ok(saved);
        }
        Err(FileError::when(Action::Rename, &self.path)(ErrorKind::WouldBlock.into()).into())
    }

    /// Keeps other programs from saving at the same moment: by the sidecar's folder, which other state folders see too,
    /// or, where the system cannot lock folders, by a file in the state folder. Without either, the last look at the
    /// sidecar before it is replaced is what there is.
    fn lock_for_saving(&self) -> Result<Option<Lock>, FileError> {
        let folder = self.path.parent().unwrap_or(&self.path);
        for path in [folder, &self.names.save_lock()] {
            match self.files.lock(path, SAVE_PATIENCE) {
                Ok(lock) => return Ok(Some(lock)),
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    return Err(FileError::when(Action::Lock, &self.path)(error));
                }
                Err(_) => {}
            }
        }
        Ok(None)
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
            files::keep_aside(&*self.files, &bytes, |number| damaged_path(&self.path, number))?;
            let disk = Some(sha256(&bytes));
            if let (Look::Damaged(Some(read), _), true) = (look(Some(&bytes)), disk != self.disk) {
                // Damaged since we read it: what others added is taken in, and what is missing is not deleted.
                let merged = merge(None, &self.set, &read.set, &print_field);
                self.set = merged.set;
                self.correct(&merged.edit.changes);
                self.note_outside(merged.edit, now)?;
            }
            self.disk = disk;
            self.is_dirty = true;
        }
        self.standing = Standing::Open;
        self.save(now)
    }

    /// Writes the set to another file, where the sidecar itself cannot be written.
    ///
    /// # Errors
    /// That file cannot be written either.
    pub fn save_copy(&self, path: &Path) -> Result<(), FileError> {
        files::replace(&*self.files, path, &print(&self.set, &self.origin))
    }

    /// Earlier states of the sidecar, newest first: path, time, bytes.
    ///
    /// # Errors
    /// The folder of the backups cannot be listed.
    pub fn backups(&self) -> Result<Vec<(PathBuf, Timestamp, u64)>, FileError> {
        files::backups(&*self.files, &self.names.backups())
    }
}

/// The undo history's records among a journal's entries.
fn records(entries: &[Entry]) -> Vec<Record> {
    let records = entries.iter().filter_map(|entry| match entry {
        Entry::Applied { record, .. } => Some(record.clone()),
        Entry::Begin { .. } | Entry::Base { .. } => None,
    });
    records.collect()
}

/// RFC 3339, to the second.
fn at(now: Timestamp) -> String {
    now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

impl std::fmt::Display for Notice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
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
