//! Opening a sidecar: what it holds, and what the journals have that it has not.
//!
//! Held by `tests/store.rs`.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use super::look::{self, Look, look};
use super::slots::{Diary, First, Names, Others};
use super::unsaved::{Side, Unsaved, difference};
use super::{KeepError, Keeper, Notice, Opened, Standing};
use crate::annotation::{AnnotationSet, Edit, Record, merge};
use crate::document::sha256;
use crate::files::{self, Files, Places};
use crate::sidecar::journal::{Entry, Found};
use crate::sidecar::{Origin, Read, print_field};

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
        let First { taken, is_open_elsewhere, failed } = names.first(&files, now);
        let mut notices: Vec<Notice> = failed.into_iter().take(1).map(Notice::Trouble).collect();
        if is_open_elsewhere {
            notices.push(Notice::OpenElsewhere);
        }
        let (slot, found) = taken.map_or((None, Found::default()), |(slot, found)| (Some(slot), found));
        let bytes = look::bytes(&*files, &path)?;
        let disk = bytes.as_deref().map(sha256);
        let unsaved = Unsaved::of(&found.entries);
        let is_based = unsaved.is_based_on(disk.as_deref());
        let mut keeper = Self {
            diary: Diary::new(&files, &names, slot, is_based),
            origin: Origin::new(names.kind()),
            files,
            names,
            path,
            set: fresh.clone(),
            base: fresh.clone(),
            before: None,
            fresh,
            judged: disk.clone(),
            disk,
            standing: Standing::Open,
            is_dirty: false,
            is_unsure: false,
            backed_up: None,
            corrections: Vec::new(),
            untold: Vec::new(),
        };
        match look(bytes.as_deref()) {
            Look::Nothing => {}
            Look::Whole(read) => keeper.take_first(Some(read), &mut notices),
            Look::Damaged(read, problems) => {
                keeper.standing = Standing::Damaged(problems);
                keeper.take_first(read, &mut notices);
            }
            Look::ReadOnly(read, why) => {
                keeper.standing = Standing::ReadOnly(why);
                keeper.take_first(read, &mut notices);
            }
        }
        let mut records = records(found.entries.get(found.before_gap..).unwrap_or_default());
        notices.extend(found.problems.into_iter().map(Notice::Journal));
        if !matches!(keeper.standing, Standing::ReadOnly(_)) {
            records.extend(keeper.recover(&unsaved, &mut notices, now));
            records.extend(keeper.adopt(&mut notices, now));
        }
        Ok(Opened { set: keeper.set.clone(), keeper, records, notices })
    }

    /// The set of a file that is opened; git's two sides are merged.
    fn take_first(&mut self, read: Option<Box<Read>>, notices: &mut Vec<Notice>) {
        let Some(read) = read else { return };
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

    /// Lays what the journal has and the sidecar has not over the set; gives what a merge did to it as a record.
    fn recover(&mut self, unsaved: &Unsaved, notices: &mut Vec<Notice>, now: Timestamp) -> Option<Record> {
        if unsaved.is_empty() {
            return None;
        }
        let ours = unsaved.laid_over(&self.set, Side::After);
        // Where the sidecar is the one that the edits were made on, or where there is no whole one, nobody else's work
        // can be in the way.
        let is_ours_alone = unsaved.is_based_on(self.disk.as_deref())
            || self.disk.is_none()
            || matches!(self.standing, Standing::Damaged(_));
        if is_ours_alone {
            if self.set != ours {
                self.is_dirty = true;
                notices.push(Notice::Recovered(unsaved.labels.clone()));
                self.set = ours;
            }
            return None;
        }
        let before = unsaved.laid_over(&self.set, Side::Before);
        let merged = merge(Some(&before), &ours, &self.set, &print_field);
        if merged.set == self.set {
            return None;
        }
        self.set = merged.set;
        self.is_dirty = true;
        notices.push(Notice::Recovered(unsaved.labels.clone()));
        if !merged.conflicts.is_empty() {
            notices.push(Notice::Merged(merged.conflicts));
        }
        let noted = self.note_outside(merged.edit, now).and_then(|record| self.note_base().map(|()| record));
        noted.unwrap_or_else(|error| {
            notices.push(Notice::Journal(error.to_string()));
            None
        })
    }

    /// Takes over what programs that died left in journals of their own, and what was not saved before the sidecar was
    /// moved.
    fn adopt(&mut self, notices: &mut Vec<Notice>, now: Timestamp) -> Vec<Record> {
        let Some(mine) = self.diary.slot() else { return Vec::new() };
        let mut records = Vec::new();
        let Others { left_behind, moved, failed } = self.names.others(&self.files, mine, now);
        notices.extend(failed.into_iter().map(Notice::Trouble));
        let left_behind = left_behind.into_iter().map(|found| (found, false));
        for ((mut slot, found), is_moved) in left_behind.chain(moved.into_iter().map(|found| (found, true))) {
            let unsaved = Unsaved::of(&found.entries);
            // Another document may have the same name; the same content only this one has.
            let is_of_another = is_moved && (self.disk.is_none() || !unsaved.is_based_on(self.disk.as_deref()));
            if unsaved.is_empty() || is_of_another {
                continue;
            }
            notices.extend(found.problems.into_iter().map(Notice::Journal));
            let (before, ours) =
                (unsaved.laid_over(&self.set, Side::Before), unsaved.laid_over(&self.set, Side::After));
            let merged = merge(Some(&before), &ours, &self.set, &print_field);
            let brought = Edit { label: "recovered".to_owned(), changes: difference(&self.set, &merged.set) };
            if !brought.is_empty() {
                let based = if self.diary.wants_base() { self.note_base() } else { Ok(()) };
                self.set = merged.set;
                self.is_dirty = true;
                notices.push(Notice::Recovered(unsaved.labels));
                match based.and_then(|()| self.note_outside(brought, now)) {
                    Ok(record) => records.extend(record),
                    // Without a copy of our own, theirs must stay.
                    Err(error) => {
                        notices.push(Notice::Journal(error.to_string()));
                        continue;
                    }
                }
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
        records
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
