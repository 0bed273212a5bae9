//! After an edit: the journal is told, and what is derived from the set follows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::annotation::{Anchor, AnchorId, AnnotationSet, Draft, Edit, Id, Item, Placement, Record, Refused};
use crate::app::action::Action;
use crate::app::derive;
use crate::app::desk::Desk;
use crate::app::keeping::Order;
use crate::app::model::{Banner, Offer};
use crate::app::reader::Owner;
use crate::app::release::{Release, SaveState};

impl Desk {
    /// Makes an edit of the shown release; whether anything was changed.
    pub(super) fn edit(&mut self, edit: Edit, time: f64) -> bool {
        self.apply(edit, false, time)
    }

    /// The same as more of the last step, where it goes on with it.
    pub(super) fn edit_on(&mut self, edit: Edit, time: f64) -> bool {
        self.apply(edit, true, time)
    }

    fn apply(&mut self, mut edit: Edit, goes_on: bool, time: f64) -> bool {
        if edit.is_empty() {
            return false;
        }
        self.renew_with(&mut edit);
        let Some(release) = self.model.current_mut() else { return false };
        let made = if goes_on { release.work.act_on(edit) } else { release.work.act(edit) };
        match made {
            Ok(record) => {
                self.made(record);
                true
            }
            Err(refused) => {
                self.say(format!("{refused}: look at it and try again"), time);
                false
            }
        }
    }

    pub(super) fn undo(&mut self, time: f64) {
        let undone = self.model.current_mut().map(|release| release.work.undo());
        self.step(undone, "Undone", time);
    }

    pub(super) fn redo(&mut self, time: f64) {
        let redone = self.model.current_mut().map(|release| release.work.redo());
        self.step(redone, "Done again", time);
    }

    fn step(&mut self, done: Option<Result<Option<Record>, Refused>>, word: &str, time: f64) {
        match done {
            None | Some(Ok(None)) => {}
            Some(Ok(Some(record))) => {
                let text = format!("{word}: {}", record.edit.label);
                self.made(record);
                self.say(text, time);
            }
            Some(Err(refused)) => {
                let place = self.model.current().map(|release| release.path.clone());
                let text = format!("This step cannot be taken back: {refused}, in another window or by a merge.");
                let offers = vec![Offer { name: "Skip it".to_owned(), action: Some(Action::SkipUndo) }];
                self.complain(Banner { is_error: false, place, text, offers });
            }
        }
    }

    pub(super) fn skip_undo(&mut self) {
        let passed = self.model.current_mut().and_then(|release| release.work.pass());
        if let Some(record) = passed {
            self.made(record);
        }
    }

    /// An edit was made in the shown release: journal and marks follow.
    fn made(&mut self, record: Record) {
        let looking = (Arc::clone(&self.model.codebook), self.model.axis().to_owned());
        self.model.book.is_last = false;
        let Some(release) = self.model.current_mut() else { return };
        release.follow(&record.edit, &looking.0, &looking.1);
        release.save = SaveState::Saving;
        release.unacknowledged += 1;
        let path = release.path.clone();
        self.note_entry(&path);
        self.register_sources(&record.edit);
        self.order_for(&path, Order::Record(record));
    }

    /// Makes all marks of all releases again: after the axis, the codebook or the layers changed.
    pub(super) fn refresh_marks(&mut self) {
        let codebook = Arc::clone(&self.model.codebook);
        let axis = self.model.axis().to_owned();
        for release in &mut self.model.releases {
            release.refresh(&codebook, &axis);
        }
    }
}

impl Release {
    /// Follows an edit that was applied to my set.
    pub(in crate::app) fn follow(&mut self, edit: &Edit, codebook: &crate::annotation::Codebook, axis: &str) {
        self.revision += 1;
        for change in &edit.changes {
            let anchored = |item: &Option<Item>| anchors_of(&change.id, item.as_ref());
            for (id, anchor) in anchored(&change.before) {
                // An anchor that was set anew is where it says; one that was not keeps its place.
                if anchored(&change.after).get(&id) != Some(&anchor) {
                    self.placements.remove(&id);
                }
            }
        }
        let touched = self.touched(edit);
        let owners: BTreeSet<Owner> = touched.iter().map(|id| Owner { layer: 0, id: id.clone() }).collect();
        let new = derive::marks_of(self, &touched, derive::Looking { codebook, axis });
        self.marks.change(&owners, new);
        self.drop_gone();
        self.compare_layers();
        self.thread_after(edit);
    }

    /// Makes all marks again.
    pub(in crate::app) fn refresh(&mut self, codebook: &crate::annotation::Codebook, axis: &str) {
        self.revision += 1;
        self.marks = derive::marks(self, derive::Looking { codebook, axis });
        self.drop_gone();
    }

    /// Leaves selected claims that are there no more.
    pub(super) fn drop_gone(&mut self) {
        let selected = std::mem::take(&mut self.selected);
        self.selected = selected.into_iter().filter(|claim| self.claim(claim).is_some()).collect();
    }

    /// My anchors that were found surely elsewhere.
    #[must_use]
    pub fn surely_moved(&self) -> Vec<AnchorId> {
        let moved = self.placements.iter().filter(|(_, placement)| matches!(placement, Placement::Moved(_)));
        moved.map(|(id, _)| id.clone()).collect()
    }
}

/// The anchors of an item, by name.
fn anchors_of(id: &Id, item: Option<&Item>) -> BTreeMap<AnchorId, Anchor> {
    let mut set = AnnotationSet::default();
    let mut edit = Edit::new("anchors");
    if let Some(item) = item {
        edit.put(&set, id, item.clone());
    }
    // Nothing stands in an empty set that could refuse it.
    drop(set.apply(&edit));
    crate::annotation::anchors(&set).map(|(id, anchor)| (id, anchor.clone())).collect()
}

/// Puts the anchors where they were found.
pub(super) fn accept(release: &Release, draft: &mut Draft, ids: &[AnchorId]) {
    for id in ids {
        let spans = release.placements.get(id).and_then(Placement::spans).unwrap_or_default();
        if let Some(anchor) = Anchor::new(&release.document.text, spans) {
            draft.set_anchor(id, anchor);
        }
    }
    draft.name(if ids.len() == 1 { "accept place of mark" } else { "accept places of marks" });
}
