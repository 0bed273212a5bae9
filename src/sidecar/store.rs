//! The keeper of one sidecar: nothing lost, whatever happens to the disk, the program, or the file meanwhile.
//!
//! An edit is *acknowledged* when it is in the journal (`journal.rs`); the sidecar is written whole, later, by
//! [`Keeper::save`]. A sidecar that somebody else changed is merged, item by item, never overwritten; one that is
//! damaged is left alone until the analyst agrees. Synchronous: a program that must not wait calls it on a thread of
//! its own. Held by `tests/store.rs` and `benches/store.rs`.
//!
//! The set that the keeper holds and the one that the window shows are two copies. Acknowledged edits take the
//! keeper's there; what a merge brings comes back by [`Keeper::corrections`]. Edits that were made meanwhile may not
//! fit what a merge made of their items: they are merged too. Every record of the window's goes to the keeper, in order,
//! also those of corrections that it took in: so both copies come to the same.

mod look;
mod notice;
mod open;
mod save;
mod slots;
mod unsaved;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

pub use self::notice::{KeepError, Notice};
use self::slots::{Diary, Names};
use self::unsaved::{Side, Unsaved, difference};
use super::journal::Entry;
use super::{Origin, TooLong, print, print_field};
use crate::annotation::{Act, AnnotationSet, Change, Edit, Record, merge};
use crate::files::{self, FileError, Files, Places};

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
    /// What it held before our last save, until somebody else writes it.
    before: Option<AnnotationSet>,
    origin: Origin,
    /// What there is before anybody has done anything.
    fresh: AnnotationSet,
    /// SHA-256 of the sidecar as last read or written; `None`: there was none.
    disk: Option<String>,
    standing: Standing,
    /// The content that `standing` was found for.
    judged: Option<String>,
    /// Whether the sidecar lacks something of `set`.
    is_dirty: bool,
    /// Whether the sidecar was replaced without our knowing that it is durable.
    is_unsure: bool,
    backed_up: Option<Timestamp>,
    corrections: Vec<Edit>,
    /// What happened and was not told yet, because what was asked for failed after it.
    untold: Vec<Notice>,
}

/// How many steps the journals have that the sidecar at `path` has not: made in a window that is open now, or that ended
/// before it could save. For those who only read; opening the sidecar recovers them.
pub fn unsaved_steps(files: &dyn Files, places: &Places, path: &Path) -> usize {
    let Ok(path) = files::resolve(files, path) else { return 0 };
    let unsaved = |entries: Vec<Entry>| Unsaved::of(&entries).labels.len();
    Names::new(&places.state, &path).peek(files).map(unsaved).sum()
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

/// What a save did.
#[derive(Debug, Default)]
pub struct Saved {
    /// Whether the sidecar was written; it is not where it has everything already.
    pub is_written: bool,
    /// What the analyst should know.
    pub notices: Vec<Notice>,
}

impl Keeper {
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
        self.is_unsure || (self.is_dirty && !self.is_untouched())
    }

    /// Whether there is no file and nothing to put in one.
    fn is_untouched(&self) -> bool {
        self.disk.is_none() && self.set == self.fresh
    }

    /// What merges changed since the last call, each edit one item's change, in order. To be taken in by the caller's
    /// copy of the set, outside its undo history, and the record of that to be acknowledged here as any other. One that
    /// is refused there met an edit that is still on its way here: it is left out, for that edit is merged when it
    /// arrives, and corrected anew.
    pub fn corrections(&mut self) -> Vec<Edit> {
        std::mem::take(&mut self.corrections)
    }

    /// Keeps what was done: once this returns, it survives a kill and a power cut. One record and one sync, whatever
    /// the size of the set.
    ///
    /// # Errors
    /// [`KeepError::TooLong`] and [`KeepError::ReadOnly`]: it was not taken, and the caller has to take it back.
    /// [`KeepError::File`]: it was taken but is not safe yet: the next call and the next save try again.
    pub fn acknowledge(&mut self, record: &Record, now: Timestamp) -> Result<(), KeepError> {
        if let Standing::ReadOnly(why) = &self.standing {
            return Err(KeepError::ReadOnly { path: self.path.clone(), why: why.clone() });
        }
        let is_known =
            |change: &Change| change.kind().is_none_or(|kind| self.set.item(kind, &change.id) == change.after);
        if record.act == Act::Outside && record.edit.changes.iter().all(is_known) {
            return Ok(self.diary.flush()?);
        }
        let line = printed(record, now)?;
        if self.diary.wants_base() {
            self.note_base()?;
        }
        if self.set.apply(&record.edit).is_ok() {
            self.is_dirty |= !record.edit.is_empty();
            self.diary.note(&line);
        } else {
            self.merge_late(record, &line, now)?;
        }
        Ok(self.diary.flush()?)
    }

    /// An edit that was made before its maker knew of a merge.
    fn merge_late(&mut self, record: &Record, line: &str, now: Timestamp) -> Result<(), TooLong> {
        let made = Unsaved::by(&record.edit);
        let (before, ours) = (made.laid_over(&self.set, Side::Before), made.laid_over(&self.set, Side::After));
        let merged = merge(Some(&before), &ours, &self.set, &print_field);
        let correction = Record { act: Act::Outside, edit: merged.edit };
        let printed = printed(&correction, now)?;
        self.diary.note(line);
        self.diary.note(&printed);
        self.correct(&correction.edit.changes);
        self.is_dirty |= self.set != merged.set;
        self.set = merged.set;
        Ok(())
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
        self.diary.note(&printed(&record, now)?);
        Ok(Some(record))
    }

    fn note_base(&mut self) -> Result<(), TooLong> {
        let missing = match &self.disk {
            None => difference(&self.fresh, &self.set),
            Some(_) if self.is_dirty => difference(&self.base, &self.set),
            Some(_) => Vec::new(),
        };
        self.diary.base(&Entry::Base { sha256: self.disk.clone(), missing })
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

/// A record as a line of the journal.
fn printed(record: &Record, now: Timestamp) -> Result<String, TooLong> {
    let at = now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    Entry::Applied { at, record: record.clone() }.print()
}
