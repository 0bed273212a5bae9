//! The shelf of all releases: kept as they are read and edited, and what is shown of it worked out in the background.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::annotation::{AnchorId, Id, anchors};
use crate::app::action::{ClaimRef, Target};
use crate::app::citing;
use crate::app::desk::Desk;
use crate::app::jobs::Report;
use crate::app::model::Dialog;
use crate::app::shelf::{Asked, ClaimList, Missing, Overview, RelationList, Snapshot, SourceList, Stamp};
use crate::collection;
use crate::document::ByteSpan;
use crate::exchange;
use crate::sidecar::names::is_same_handle;

/// Items of a set from which on it is not copied with each edit only to show relations.
const LARGE: usize = 20_000;

impl Desk {
    /// A release of the folder was read.
    pub(super) fn shelve(&mut self, path: PathBuf, read: Option<(Arc<exchange::Release>, Missing)>) {
        let shelf = &mut self.model.shelf;
        match read {
            Some((release, missing)) => {
                shelf.missing.insert(path.clone(), Arc::new(missing));
                shelf.read.insert(path, release);
            }
            None if shelf.read.remove(&path).is_none() => return,
            None => drop(shelf.missing.remove(&path)),
        }
        shelf.revision += 1;
    }

    /// Looks for what is missing in the open releases, those that are as they were not again.
    fn look_for_missing(&mut self) {
        let now: Stamp = self.model.releases.iter().map(|release| (release.path.clone(), release.revision)).collect();
        if !self.model.missing.begin(&now, |_| true) {
            return;
        }
        let before = self.model.missing.made.clone().unwrap_or_default();
        let codebook = Arc::clone(&self.model.codebook);
        let handle = self.model.settings.handle.clone();
        let mut made = BTreeMap::new();
        let mut todo = Vec::new();
        for release in &self.model.releases {
            match before.get(&release.path).filter(|missing| missing.revision == release.revision) {
                Some(missing) => drop(made.insert(release.path.clone(), Arc::clone(missing))),
                None => {
                    let Some(structure) = &release.structure else { continue };
                    let layer = exchange::Layer {
                        handle: handle.clone(),
                        about: release.about(),
                        set: Arc::new(release.set().clone()),
                        placements: release.placements.clone(),
                    };
                    let texts = (Arc::clone(&release.document), Arc::clone(structure));
                    todo.push((release.path.clone(), release.revision, texts, layer));
                }
            }
        }
        self.jobs.run(None, move |reporter| {
            for (path, revision, (document, structure), layer) in todo {
                let report = collection::incomplete(&document, &structure, &layer, &codebook);
                made.insert(path, Arc::new(Missing::new(revision, report)));
            }
            reporter.report(Report::Missing(now, made));
        });
    }

    /// Starts what is shown of the shelf and is old.
    pub(super) fn keep_shelf(&mut self) {
        let now = self.shelf_stamp();
        if matches!(self.model.dialog, Dialog::Sources(_)) && self.model.shelf.sources.begin(&now, |_| true) {
            let (now, from) = (now.clone(), self.shelf_snapshot());
            let me = self.model.settings.handle.clone();
            let register = self.model.register.as_ref().map(|register| register.work.set().clone()).unwrap_or_default();
            self.jobs.run(None, move |reporter| {
                reporter.report(Report::Sources(now, Box::new(SourceList::new(from, &register, &me))));
            });
        }
        if self.model.dialog == Dialog::Completeness || self.model.settings.layout.missing {
            self.look_for_missing();
        }
        if self.model.dialog == Dialog::Overview && self.model.shelf.overview.begin(&now, |_| true) {
            let (now, from, codebook) = (now.clone(), self.shelf_snapshot(), Arc::clone(&self.model.codebook));
            self.jobs.run(None, move |reporter| {
                reporter.report(Report::Overview(now, Box::new(Overview::new(&from, &codebook))));
            });
        }
        if self.wants_relations() && self.model.shelf.relations.begin(&now, |_| true) {
            let (now, from) = (now.clone(), self.shelf_snapshot());
            self.jobs.run(None, move |reporter| {
                reporter.report(Report::Relations(now, Box::new(RelationList::new(from))));
            });
        }
        let codebook = Arc::clone(&self.model.codebook);
        let asked = self.model.shelf.asked.clone().filter(|_| self.model.settings.layout.table);
        if let Some(asked) = asked
            && self.model.shelf.claims.begin(&now, |made| made.answers(&asked, &codebook))
        {
            let before = self.model.shelf.claims.made.clone();
            self.list_claims(asked, before, now.clone(), Report::Claims);
        }
        let picking = self.model.shelf.picking.clone().filter(|_| matches!(self.model.dialog, Dialog::Relate(_)));
        if let Some(asked) = picking
            && self.model.shelf.picked.begin(&now, |made| made.answers(&asked, &codebook))
        {
            let before = self.model.shelf.picked.made.clone();
            self.list_claims(asked, before, now, Report::Choices);
        }
    }

    fn list_claims(
        &mut self,
        asked: Asked,
        before: Option<Arc<ClaimList>>,
        now: Stamp,
        report: fn(Stamp, Box<ClaimList>) -> Report,
    ) {
        let (from, codebook) = (self.shelf_snapshot(), Arc::clone(&self.model.codebook));
        self.jobs.run(None, move |reporter| {
            let made = ClaimList::new(from, asked, &codebook, before.as_deref());
            reporter.report(report(now, Box::new(made)));
        });
    }

    /// Relations are shown in their list, and of the claim at hand in the inspector. For that a copy of every open set
    /// is made after each edit, which a very large set is spared while nobody has asked for the list.
    fn wants_relations(&self) -> bool {
        let of_claim = || self.model.at_hand().is_some_and(|(release, _)| release.set().len() <= LARGE);
        matches!(self.model.dialog, Dialog::Relations) || of_claim()
    }

    /// Relates the claim at hand to another one, in any release.
    pub(super) fn relate(&mut self, from: &Id, kind: &str, to: &(PathBuf, String, Id), time: f64) {
        let (path, _, id) = to;
        let stamp = self.stamp();
        let other = self.model.shelf.picked.made.as_ref();
        let text = other.and_then(|list| {
            let at = list.from.paths.iter().position(|own| own == path)?;
            Some(list.from.releases.get(at)?.text_sha256.clone())
        });
        let Some(release) = self.model.current() else { return };
        let document = text.filter(|_| release.path != *path);
        let mut draft = release.work.draft(stamp);
        draft.relate(from, id, kind, document);
        let edit = draft.finish();
        self.edit(edit, time);
        self.model.dialog = Dialog::None;
    }

    /// Says so where a claim was just judged as confirmed and comes from one origin only, as far as is known; the
    /// inspector says it until a reason is given.
    pub(super) fn warn_of_origins(&mut self, time: f64) {
        let own = self.model.at_hand().filter(|(_, claim)| claim.layer.is_none());
        let found = own.and_then(|(release, claim)| self.model.unconfirmed(release, claim));
        if let Some(words) = found {
            self.say(words, time);
        }
    }

    /// Takes a relation of mine back.
    pub(super) fn unrelate(&mut self, relation: &Id, time: f64) {
        let stamp = self.stamp();
        let Some(release) = self.model.current() else { return };
        let mut draft = release.work.draft(stamp);
        draft.delete_relation(relation);
        let edit = draft.finish();
        self.edit(edit, time);
    }

    /// The state of everything that the shelf shows.
    fn shelf_stamp(&self) -> Stamp {
        let open = self.model.releases.iter().map(|release| (release.path.clone(), release.revision));
        let register = self.model.register.iter().map(|register| (register.path.clone(), register.revision));
        let read = (PathBuf::new(), self.model.shelf.revision);
        open.chain(register).chain([read]).collect()
    }

    /// All releases as they are now: open ones with their unsaved edits.
    fn shelf_snapshot(&self) -> Snapshot {
        let mut all = self.model.shelf.read.clone();
        for release in &self.model.releases {
            all.insert(release.path.clone(), Arc::new(citing::exported(&self.model, release)));
        }
        let (paths, releases) = all.into_iter().unzip();
        Snapshot { paths, releases }
    }

    /// Goes to a place in any release, which is opened first where it is not yet.
    pub(super) fn go_to(&mut self, path: PathBuf, target: Target) {
        self.model.dialog = Dialog::None;
        if self.model.releases.iter().any(|release| release.path == path) {
            self.show_release(path);
            self.arrive(&target);
        } else {
            self.to_go = Some((path.clone(), target));
            self.show_release(path);
        }
    }

    /// Goes to a place in the shown release.
    pub(super) fn arrive(&mut self, target: &Target) {
        let own = |handle: &String| !is_same_handle(handle, &self.model.settings.handle);
        match target {
            Target::Claim { handle, id } => {
                let layer = Some(handle.clone()).filter(own);
                self.select_claims(vec![ClaimRef { layer, id: id.clone() }], true);
            }
            Target::Words(span) => self.select_text(*span),
            Target::About => self.model.dialog = Dialog::AboutRelease,
            Target::Mention { handle, id } => {
                let layer = Some(handle.clone()).filter(own);
                let Some(release) = self.model.current() else { return };
                let Some(set) = release.set_of(layer.as_deref()) else { return };
                let wanted = AnchorId::Mention(id.clone());
                let found = anchors(set).find(|(of, _)| *of == wanted);
                let spans = found.map(|(of, anchor)| release.spans(layer.as_deref(), &of, anchor)).unwrap_or_default();
                if let (Some(first), Some(last)) = (spans.first(), spans.last()) {
                    self.select_text(ByteSpan { start: first.start, end: last.end });
                }
            }
        }
    }
}
