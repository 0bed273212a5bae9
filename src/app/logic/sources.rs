//! The register of sources: what I make of a source in one release is there for the next.
//!
//! Where a copy in a set differs from the register, the register wins; the copy is renewed with the next edit of that
//! set, so that looking at a release writes nothing.

use std::path::PathBuf;
use std::sync::Arc;

use crate::annotation::{AnnotationSet, Asserted, Draft, Edit, Id, Item, Judgement, Record, Source, Work};
use crate::app::action::RegisterEdit;
use crate::app::desk::Desk;
use crate::app::jobs::Report;
use crate::app::keeping::{Keeping, Order};
use crate::app::model::{Banner, Register};
use crate::app::opening::{self, RegisterOpened};
use crate::collection::RELIABILITY;
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

    /// The source of the claim at hand, where it has one.
    pub(super) fn source_at_hand(&self) -> Option<Id> {
        let (release, claim) = self.model.at_hand()?;
        let set = release.set_of(claim.layer.as_deref())?;
        set.speakers(release.claim(claim)?).first().map(|id| (*id).clone())
    }

    /// Changes the register; the copies in the shown release follow at once.
    pub(super) fn change_register(&mut self, edit: RegisterEdit, time: f64) {
        let stamp = self.stamp();
        let scale = self.model.scale(RELIABILITY).unwrap_or_default().to_owned();
        let by = Some(self.model.settings.handle.clone());
        let Some(register) = &mut self.model.register else {
            return self.say("The register of sources is still being read, or cannot be: try again", time);
        };
        let made = match edit {
            RegisterEdit::Undo => register.work.undo(),
            RegisterEdit::Redo => register.work.redo(),
            edit => {
                let mut draft = register.work.draft(stamp);
                match edit {
                    RegisterEdit::Put(id, source) => draft.adopt_source(&id, *source),
                    RegisterEdit::Alias(id, said) => draft.assert_alias(&id, Asserted { by, ..said }),
                    RegisterEdit::Judge { on, term: None, .. } => draft.clear_assessment(&[on.0], RELIABILITY),
                    RegisterEdit::Judge { on, term, why } => {
                        take_in(&mut draft, register.work.set(), &on);
                        let axis = RELIABILITY.to_owned();
                        draft.assess(&[on.0], &Judgement { axis, scale, term, value: None, why });
                        draft.name("judge reliability of source");
                    }
                    RegisterEdit::Join { other, principal } => {
                        for entry in [&other, &principal] {
                            take_in(&mut draft, register.work.set(), entry);
                        }
                        draft.join_sources(&other.0, &principal.0);
                        draft.name(&format!("join {} with {}", other.1.name, principal.1.name));
                    }
                    RegisterEdit::Part { other, principal } => draft.part_sources(&other, &principal),
                    RegisterEdit::Decide { what, on, with } => drop(draft.decide_pair(what, &on, &with, None)),
                    RegisterEdit::Undo | RegisterEdit::Redo => {}
                }
                let edit = draft.finish();
                if edit.is_empty() {
                    return;
                }
                register.work.act(edit).map(Some)
            }
        };
        match made {
            Ok(None) => {}
            Ok(Some(record)) => {
                register.revision += 1;
                let (path, label) = (register.path.clone(), record.edit.label.clone());
                self.order_for(&path, Order::Record(record));
                self.renew_shown(&label, time);
            }
            Err(refused) => self.say(format!("{refused}: look at it and try again"), time),
        }
    }

    /// Renews the copies in the shown release, as a step that is called like what was done to the register.
    fn renew_shown(&mut self, label: &str, time: f64) {
        if self.model.current().is_some_and(|release| release.editable().is_ok()) {
            let mut edit = Edit::new(label);
            self.renew_with(&mut edit);
            self.edit(edit, time);
        }
    }

    /// What an edit makes of sources goes to the register too.
    pub(super) fn register_sources(&mut self, edit: &Edit) {
        let Some(register) = &mut self.model.register else { return };
        let mut own = Edit::new(&edit.label);
        for change in &edit.changes {
            match &change.after {
                Some(item @ Item::Source(_)) => own.put(register.work.set(), &change.id, item.clone()),
                // A judgement of a source, not of a claim.
                Some(item @ Item::Assessment(assessment))
                    if assessment.on.as_ref().is_some_and(|on| register.work.set().sources.contains_key(on)) =>
                {
                    own.put(register.work.set(), &change.id, item.clone());
                }
                _ => {}
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

/// Takes an entry that only a set holds into the register.
fn take_in(draft: &mut Draft, register: &AnnotationSet, (id, source): &(Id, Box<Source>)) {
    if !register.sources.contains_key(id) {
        draft.adopt_source(id, (**source).clone());
    }
}
