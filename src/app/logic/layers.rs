//! Layers: read again when their files change, compared with mine, looked at as I choose, loaded from elsewhere.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::annotation::{AnnotationSet, Edit, Id, Index, ItemKind};
use crate::app::command::Command;
use crate::app::desk::Desk;
use crate::app::jobs::{Picking, Report};
use crate::app::layers::{self, Compared, Layer};
use crate::app::model::Banner;
use crate::app::reader::Marks;
use crate::app::release::Release;
use crate::app::worker::Worker;
use crate::review::{Look, Side, Threads, View};

/// Claims, mine and theirs, up to which all are compared with each edit at once; more are compared in the background.
const AT_ONCE: usize = 1500;

impl Desk {
    /// Commands about layers and what is theirs.
    pub(super) fn layer_command(&mut self, command: Command, time: f64) {
        match command {
            Command::Layers => self.look_at_all(Look::Hidden),
            Command::DimLayers => self.look_at_all(Look::Dimmed),
            Command::NextAlone => self.next_alone(time),
            Command::NextTheirs => self.step_theirs(1, time),
            Command::PreviousTheirs => self.step_theirs(-1, time),
            Command::NextUnread => self.next_unread(time),
            Command::LoadLayer => self.pick(Picking::Layers),
            Command::LoadLayerFolder => self.pick(Picking::LayerFolder),
            _ => self.adopt_selected(time),
        }
    }

    /// Reads the sets over an open release again.
    pub(super) fn read_layers(&mut self, path: &Path) {
        let Some(release) = self.model.release_mut(path) else { return };
        let (document, view) = (Arc::clone(&release.document), release.view.clone());
        let (files, me, path) = (Arc::clone(&self.files), self.me(), path.to_owned());
        self.jobs.run(Some(path.clone()), move |reporter| {
            let mut warnings = Vec::new();
            let layers = layers::read(&*files, &path, &document, &me, &view, &mut warnings);
            let marks = Box::new(layers::marks(&layers));
            reporter.report(Report::Layers(path, layers, marks, warnings));
        });
    }

    /// Layers were read again: nothing of mine changes but how it compares with them.
    pub(super) fn take_layers(&mut self, path: &Path, layers: Vec<Layer>, marks: Marks, warnings: Vec<String>) {
        for text in warnings {
            self.complain(Banner { is_error: false, place: Some(path.to_owned()), text, offers: Vec::new() });
        }
        let Some(release) = self.model.release_mut(path) else { return };
        let old = std::mem::replace(&mut release.layers, layers);
        release.theirs = Arc::new(marks);
        for layer in &mut release.layers {
            layer.look = release.view.look(&layer.handle);
            // Until they are compared anew, what is known of those that are as they were holds.
            if let Some(old) = old.iter().find(|old| old.handle == layer.handle && *old.set == *layer.set) {
                let signs = Arc::clone(&old.signs);
                (layer.alignment, layer.by_mine) = (old.alignment.clone(), old.by_mine.clone());
                (layer.by_theirs, layer.signs) = (old.by_theirs.clone(), signs);
            }
        }
        release.revision += 1;
        release.drop_gone();
        release.compare_layers();
        release.thread();
        self.note_entry(path);
    }

    /// Starts the comparisons that are due.
    pub(super) fn keep_compared(&mut self) {
        for release in &mut self.model.releases {
            if release.comparing != (true, false) {
                continue;
            }
            release.comparing = (false, true);
            let (document, path) = (Arc::clone(&release.document), release.path.clone());
            let (set, placements) = (release.work.set().clone(), release.placements.clone());
            let theirs = release.layers.clone();
            self.jobs.run(Some(path.clone()), move |reporter| {
                let (index, places) = (Index::of(&set), layers::places(&document, &set, &placements));
                let mine = Side { set: &set, index: &index, places: &places };
                let compared = theirs.iter().map(|layer| (Arc::clone(&layer.set), layers::compare(mine, layer)));
                reporter.report(Report::Compared(path, compared.collect()));
            });
        }
    }

    /// The layers were compared; one that was read anew meanwhile waits for its own turn.
    pub(super) fn take_compared(&mut self, path: &Path, compared: Vec<(Arc<AnnotationSet>, Compared)>) {
        let Some(release) = self.model.release_mut(path) else { return };
        release.comparing.1 = false;
        release.revision += 1;
        for (set, compared) in compared {
            if let Some(layer) = release.layers.iter_mut().find(|layer| Arc::ptr_eq(&layer.set, &set)) {
                layer.take(compared);
            }
        }
    }

    /// Looks at the layers of the shown release otherwise, from now on.
    pub(super) fn change_view(&mut self, change: impl FnOnce(&mut View)) {
        let Some(path) = self.model.current().map(|release| release.path.clone()) else { return };
        self.change_view_of(&path, change);
    }

    pub(super) fn change_view_of(&mut self, path: &Path, change: impl FnOnce(&mut View)) {
        let Some(release) = self.model.release_mut(path) else { return };
        let before = release.view.clone();
        change(&mut release.view);
        if release.view == before {
            return;
        }
        for layer in &mut release.layers {
            layer.look = release.view.look(&layer.handle);
        }
        release.revision += 1;
        let view = release.view.clone();
        self.note_entry(path);
        self.keep_view(path.to_owned(), view);
    }

    /// The next layer alone; after the last one all of them again.
    pub(super) fn next_alone(&mut self, time: f64) {
        let Some(release) = self.model.current() else { return };
        let handles: Vec<&String> = release.layers.iter().map(|layer| &layer.handle).collect();
        let at = release.view.alone.as_ref().and_then(|alone| handles.iter().position(|handle| *handle == alone));
        let next = handles.get(at.map_or(0, |at| at + 1)).map(|handle| (*handle).clone());
        let name = next.as_deref().and_then(|handle| release.layer(handle)).map(|layer| layer.name.clone());
        let words = match (&name, handles.is_empty()) {
            (Some(name), _) => format!("Only {name} beside you"),
            (None, true) => "There are no colleagues' sets here".to_owned(),
            (None, false) => "All colleagues beside you".to_owned(),
        };
        self.change_view(|view| view.alone = next);
        self.say(words, time);
    }

    /// All layers so; where all are so already, as they are.
    pub(super) fn look_at_all(&mut self, look: Look) {
        let Some(release) = self.model.current() else { return };
        let handles: Vec<String> = release.layers.iter().map(|layer| layer.handle.clone()).collect();
        let is_so = |layer: &Layer| layer.look == look;
        let look = if release.layers.iter().all(is_so) { Look::Shown } else { look };
        self.change_view(|view| handles.iter().for_each(|handle| view.set_look(handle, look)));
    }

    /// Shows one layer alone, or all again where it is alone already.
    pub(super) fn alone(&mut self, handle: String) {
        self.change_view(|view| {
            view.alone = if view.alone.as_ref() == Some(&handle) { None } else { Some(handle) };
        });
    }

    /// These remarks were read.
    pub(super) fn have_read(&mut self, remarks: &[Id]) {
        self.change_view(|view| view.read.extend(remarks.iter().cloned()));
    }

    /// A layer from elsewhere is shown no more.
    pub(super) fn take_away(&mut self, handle: &str) {
        let Some(release) = self.model.current() else { return };
        let Some(from) = release.layer(handle).and_then(|layer| layer.elsewhere.clone()) else { return };
        let path: PathBuf = release.path.clone();
        self.change_view(|view| view.from.retain(|other| *other != from));
        self.read_layers(&path);
    }

    /// Writes how a release is looked at, on a thread of its own; only the last of several at a time counts.
    fn keep_view(&mut self, path: PathBuf, view: View) {
        if self.views.is_none() {
            let (files, places, reporter) = (Arc::clone(&self.files), self.places.clone(), self.jobs.reporter());
            let started = Worker::run("views", move |inbox| {
                while let Ok(first) = inbox.recv() {
                    let latest: BTreeMap<PathBuf, View> = std::iter::once(first).chain(inbox.try_iter()).collect();
                    for (path, view) in latest {
                        if let Err(error) = view.save(&*files, &places, &path) {
                            let text = format!("How the layers are shown could not be kept: {error}");
                            reporter.report(Report::Failed(None, text));
                        }
                    }
                }
            });
            self.views = started.ok();
        }
        let kept = self.views.as_ref().is_some_and(|worker| worker.order((path, view)));
        if !kept {
            let text = "How the layers are shown cannot be kept: close other programs and start Vouch again".to_owned();
            self.complain(Banner { is_error: false, place: None, text, offers: Vec::new() });
        }
    }
}

impl Release {
    /// Compares every layer with mine again: at once, or in the background where that takes a while.
    pub(in crate::app) fn compare_layers(&mut self) {
        let theirs: usize = self.layers.iter().map(|layer| layer.set.claims.len()).sum();
        if self.layers.is_empty() {
            return;
        }
        if theirs + self.set().claims.len() > AT_ONCE {
            self.comparing.0 = true;
            return;
        }
        let places = layers::places(&self.document, self.work.set(), &self.placements);
        let mine = Side { set: self.work.set(), index: self.work.index(), places: &places };
        for layer in &mut self.layers {
            let compared = layers::compare(mine, layer);
            layer.take(compared);
        }
    }

    /// Puts all remarks together again.
    pub(in crate::app) fn thread(&mut self) {
        let others = self.layers.iter().enumerate().map(|(at, layer)| (Some(at), &*layer.set));
        let all: Vec<_> = std::iter::once((None, self.work.set())).chain(others).collect();
        self.threads = Threads::of(&all);
    }

    /// The same after an edit, where it is about remarks or about what can be remarked on.
    pub(in crate::app) fn thread_after(&mut self, edit: &Edit) {
        let matters = |change: &crate::annotation::Change| {
            let items = [&change.before, &change.after].into_iter().flatten();
            items.clone().count() < 2 || items.into_iter().any(|item| item.kind() == ItemKind::Remark)
        };
        if edit.changes.iter().any(matters) {
            self.thread();
        }
    }
}
