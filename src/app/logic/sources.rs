//! The register of sources: what I make of a source in one release is there for the next.
//!
//! Where a copy in a set differs from the register, the register wins; the copy is renewed with the next edit of that
//! set, so that looking at a release writes nothing.

use std::path::PathBuf;
use std::sync::Arc;

use crate::annotation::{Edit, Item, Record, Work};
use crate::app::desk::Desk;
use crate::app::jobs::Report;
use crate::app::keeping::{Keeping, Order};
use crate::app::model::{Banner, Register};
use crate::app::opening::{self, RegisterOpened};
use crate::sidecar::register::renew;

impl Desk {
    /// Reads my register in the folder.
    pub(super) fn read_register(&mut self, folder: PathBuf) {
        if let Some(old) = self.model.register.take() {
            self.stop_keeping(&old.path);
        }
        let (files, places, me) = (Arc::clone(&self.files), self.places.clone(), self.me());
        self.jobs.run(Some(folder.clone()), move |reporter| {
            reporter.report(match opening::open_register(&files, &places, &folder, &me) {
                Ok(opened) => Report::Register(Box::new(opened)),
                Err(why) => Report::Failed(Some(folder), why),
            });
        });
    }

    pub(super) fn register_opened(&mut self, opened: RegisterOpened, time: f64) {
        let path = opened.path.clone();
        self.tell(&path, &opened.notices, time);
        let revision = self.model.register.as_ref().map_or(0, |register| register.revision + 1);
        self.model.register = Some(Register { path: path.clone(), work: Work::new(opened.set, []), revision });
        match Keeping::start(opened.keeper, path.clone(), self.jobs.reporter()) {
            Ok(keeping) => drop(self.keeping.insert(path, keeping)),
            Err(error) => {
                let text = format!("No thread could be started ({error}): sources stay in their releases only.");
                self.complain(Banner { is_error: false, place: Some(path), text, offers: Vec::new() });
            }
        }
    }

    /// Renews the copies of the register's entries as part of an edit of the shown release, once after each change of
    /// the register.
    pub(super) fn renew_with(&mut self, edit: &mut Edit) {
        let Some(register) = &self.model.register else { return };
        let revision = register.revision;
        let Some(release) = self.model.current().filter(|release| release.renewed != Some(revision)) else { return };
        let renewed = renew(release.set(), register.work.set());
        let is_new = |change: &crate::annotation::Change| edit.changes.iter().all(|other| other.id != change.id);
        let more: Vec<_> = renewed.changes.into_iter().filter(is_new).collect();
        edit.changes.extend(more);
        if let Some(release) = self.model.current_mut() {
            release.renewed = Some(revision);
        }
    }

    /// What an edit makes of sources goes to the register too.
    pub(super) fn register_sources(&mut self, edit: &Edit) {
        let Some(register) = &mut self.model.register else { return };
        let mut own = Edit::new(&edit.label);
        for change in &edit.changes {
            if let Some(source @ Item::Source(_)) = &change.after {
                own.put(register.work.set(), &change.id, source.clone());
            }
        }
        if own.is_empty() {
            return;
        }
        if let Ok(record) = register.work.act(own) {
            register.revision += 1;
            let (path, revision) = (register.path.clone(), register.revision);
            // The set that was just edited has these entries already.
            if let Some(release) = self.model.current_mut() {
                release.renewed = Some(revision);
            }
            self.order_for(&path, Order::Record(record));
        }
    }

    /// The register was changed from elsewhere; whether the path is the register's.
    pub(super) fn correct_register(&mut self, path: &std::path::Path, edits: &[Edit]) -> bool {
        let Some(register) = self.model.register.as_mut().filter(|register| register.path == path) else {
            return false;
        };
        for edit in edits {
            // One that is refused met an edit of ours on its way to the keeper, which merges that and corrects anew.
            let _: Result<Record, _> = register.work.take_in(edit.clone());
        }
        register.revision += 1;
        true
    }
}
