//! What jobs say, taken into the model.

use std::path::Path;
use std::sync::Arc;

use crate::annotation::{Annotator, Work};
use crate::app::action::Action;
use crate::app::desk::Desk;
use crate::app::jobs::{Picking, Report};
use crate::app::keeping::{Keeping, Order};
use crate::app::model::{Banner, Entry, PathWanted};
use crate::app::opening::Opened;
use crate::app::release::{Find, Release, SaveState};
use crate::document::{ByteSpan, Structure, propose};
use crate::review::Threads;
use crate::sidecar::names::{FileName, is_same_handle, recognise};

/// A file dialog that answers faster than this was never seen by anybody.
const SEEN: std::time::Duration = std::time::Duration::from_millis(400);

impl Desk {
    pub(super) fn take_in(&mut self, report: Report, time: f64) {
        match report {
            Report::Opened(opened) => self.opened(*opened, time),
            Report::Copies(path, copies) => self.offer_copies(&path, copies),
            Report::NotOpened(path, why) => {
                self.opening.remove(&path);
                self.complain(Banner { is_error: true, place: Some(path), text: why, offers: Vec::new() });
            }
            Report::Structured(path, structure, proposed) => {
                if let Some(release) = self.model.release_mut(&path) {
                    release.structure = Some(structure);
                    release.proposed = proposed;
                    release.revision += 1;
                }
            }
            Report::Kept(path, kept) => self.take_kept(&path, kept, time),
            Report::Layers(path, layers, marks, warnings) => self.take_layers(&path, layers, *marks, warnings),
            Report::Loaded(found, unmatched, told) => self.loaded(found, unmatched, told, time),
            Report::Compared(path, compared) => self.take_compared(&path, compared),
            Report::Listed(folder) => self.listed(folder),
            Report::Versed(path, of, made) => self.take_versed(&path, &of, *made),
            Report::Agreed(opened) => self.agreed_opened(*opened, time),
            Report::Entry(entry, release) => {
                self.shelve(entry.path.clone(), release);
                self.take_entry(entry);
            }
            Report::Claims(of, made) => self.model.shelf.claims.finish(of, *made),
            Report::Choices(of, made) => self.model.shelf.picked.finish(of, *made),
            Report::Relations(of, made) => self.model.shelf.relations.finish(of, *made),
            Report::Overview(of, made) => self.model.shelf.overview.finish(of, *made),
            Report::Missing(of, made) => self.model.missing.finish(of, made),
            Report::Sources(of, made) => self.model.shelf.sources.finish(of, *made),
            Report::Changed(paths) => self.changed(&paths),
            Report::Found { path, query, hits } => self.found(&path, &query, hits),
            Report::VersionsSeen(old, new, made) => self.take_versions(&old, &new, made),
            Report::Wrote(text) => self.say(text, time),
            Report::Failed(place, text) => {
                self.complain(Banner { is_error: true, place, text, offers: Vec::new() });
            }
            Report::Picked(picking, paths, after) => self.picked(picking, paths, after < SEEN, time),
            Report::Preview(number, preview) => {
                if number == self.wanted_preview {
                    self.preview = Some((number, preview));
                }
            }
            Report::Fonts(fonts) => self.new_fonts = Some(fonts),
            Report::Codebook(found) => self.take_codebook(*found),
            Report::Book(report) => self.take_book(report, time),
            Report::Reach(reach) => self.model.book.reach = Some(*reach),
            Report::Stale(path) => self.stale(&path),
            Report::Register(opened) => self.register_opened(*opened, time),
            Report::Done(_) => {}
        }
    }

    /// A release was read: it takes the place of the one of the same file, or is added and shown.
    fn opened(&mut self, opened: Opened, time: f64) {
        let path = opened.path.clone();
        self.opening.remove(&path);
        let work = Work::new(opened.set, &opened.records);
        let old = self.model.releases.iter().position(|release| release.path == path);
        let release = Release {
            path: path.clone(),
            document: opened.document,
            structure: opened.structure,
            proposed: opened.proposed,
            work,
            same_text: opened.same_text,
            placements: opened.placements,
            layers: opened.layers,
            theirs: Arc::new(opened.theirs),
            threads: Threads::default(),
            view: opened.view,
            comparing: (false, false),
            comparison: None,
            agreed: None,
            marks: crate::app::reader::Marks::default(),
            selected: Vec::new(),
            selection: ByteSpan::default(),
            caret: 0,
            find: Find::default(),
            save: SaveState::Clean,
            renewed: None,
            unacknowledged: 0,
            read_only: None,
            damaged: false,
            revision: 0,
        };
        let at = match old {
            Some(at) => {
                if let Some(slot) = self.model.releases.get_mut(at) {
                    let agreed = slot.agreed.take();
                    *slot = Release { agreed, ..release };
                }
                at
            }
            None => {
                self.model.releases.push(release);
                self.model.releases.len() - 1
            }
        };
        if old.is_some() || self.to_show.as_ref().is_none_or(|wanted| *wanted == path) {
            self.model.shown = Some(at);
            self.to_show = None;
        }
        self.find_copies(&path);
        let standing = opened.keeper.standing().clone();
        match Keeping::start(opened.keeper, path.clone(), self.jobs.reporter()) {
            Ok(keeping) => drop(self.keeping.insert(path.clone(), keeping)),
            Err(error) => {
                let text = format!("No thread could be started ({error}): close other programs and open it again.");
                self.complain(Banner { is_error: true, place: Some(path.clone()), text, offers: Vec::new() });
            }
        }
        self.refresh_one(at);
        self.stand(&path, standing);
        self.tell(&path, &opened.notices, time);
        self.tell_conflicts(&path);
        for text in opened.warnings {
            self.complain(Banner { is_error: false, place: Some(path.clone()), text, offers: Vec::new() });
        }
        self.tell_placements(&path);
        self.look_through(&path);
        self.watch_folder_of(&path);
        self.layers_opened(&path);
        self.adopt_handle(&path, time);
        if let Some((_, about)) = self.about_of_new.take_if(|(new, _)| *new == path) {
            self.act(Action::SetAbout(about), time);
        }
        self.note_entry(&path);
        if let Some((_, target)) = self.to_go.take_if(|(of, _)| *of == path) {
            self.arrive(&target);
        }
        let mut settings = self.model.settings.clone();
        settings.remember(&path);
        settings.open = self.model.releases.iter().map(|release| release.path.clone()).collect();
        if settings != self.model.settings {
            self.model.settings = settings;
            self.save_settings();
        }
    }

    /// A set that was found under my handle and says another one was renamed with me.
    fn adopt_handle(&mut self, path: &Path, time: f64) {
        let stamp = self.stamp();
        let (handle, name) = (self.model.settings.handle.clone(), self.model.settings.name.clone());
        let Some(release) = self.model.current().filter(|release| release.path == path) else { return };
        if is_same_handle(&release.set().header.annotator.handle, &handle) || release.editable().is_err() {
            return;
        }
        let mut draft = release.work.draft(stamp);
        draft.set_annotator(Annotator {
            handle,
            name: Some(name).filter(|name| !name.is_empty()),
            ..Annotator::default()
        });
        let edit = draft.finish();
        self.edit(edit, time);
    }

    fn refresh_one(&mut self, at: usize) {
        let codebook = Arc::clone(&self.model.codebook);
        let axis = self.model.axis().to_owned();
        if let Some(release) = self.model.releases.get_mut(at) {
            release.thread();
            release.refresh(&codebook, &axis);
        }
    }

    /// The structure of a large text is found in the background.
    fn look_through(&mut self, path: &Path) {
        let Some(release) = self.model.release_mut(path).filter(|release| release.structure.is_none()) else { return };
        let document = Arc::clone(&release.document);
        let path = path.to_owned();
        self.jobs.run(Some(path.clone()), move |reporter| {
            let structure = Structure::of(&document);
            let proposed = propose(&document, &structure);
            reporter.report(Report::Structured(path, Arc::new(structure), Arc::new(proposed)));
        });
    }

    /// Says that marks are not where they were made, where that is so.
    fn tell_placements(&mut self, path: &Path) {
        use crate::annotation::Placement as P;
        let Some(release) = self.model.release_mut(path) else { return };
        let count = |of: fn(&P) -> bool| release.placements.values().filter(|placement| of(placement)).count();
        let moved = count(|placement| matches!(placement, P::Moved(_)));
        let ambiguous = count(|placement| matches!(placement, P::Ambiguous(_)));
        let lost = count(|placement| matches!(placement, P::Lost(_)));
        if moved + ambiguous + lost == 0 {
            return;
        }
        let text = format!(
            "The text has changed since these marks were made: {moved} moved, {ambiguous} ambiguous, {lost} lost. \
             Nothing is changed before you accept it."
        );
        let name = "Look at them".to_owned();
        let action = Action::Show(crate::app::model::Dialog::Anchors);
        let offers = vec![crate::app::model::Offer { name, action: Some(action) }];
        self.complain(Banner { is_error: false, place: Some(path.to_owned()), text, offers });
    }

    /// Files beside open releases have changed.
    fn changed(&mut self, paths: &[std::path::PathBuf]) {
        let open: Vec<std::path::PathBuf> = self.model.releases.iter().map(|release| release.path.clone()).collect();
        let mut folder = false;
        for path in paths {
            self.layer_changed(path);
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            match recognise(&name) {
                FileName::Sidecar { document, handle } => {
                    let of = path.with_file_name(document);
                    if !open.contains(&of) {
                        folder = true;
                    } else if is_same_handle(handle, &self.model.settings.handle) {
                        self.order_for(&of, Order::Check);
                    } else {
                        if self.release_of_agreed(path).is_some() {
                            self.order_for(path, Order::Check);
                        }
                        self.read_layers(&of);
                    }
                }
                _ if open.contains(path) => self.check_document(path),
                FileName::ConflictCopy { .. } => {
                    for release in open.iter().filter(|release| release.parent() == path.parent()) {
                        self.find_copies(release);
                    }
                }
                FileName::Codebook => self.find_codebook(),
                FileName::Register { handle } if is_same_handle(handle, &self.model.settings.handle) => {
                    self.order_for(path, Order::Check);
                }
                _ => folder = true,
            }
        }
        if folder {
            self.list_folder();
        }
    }

    fn picked(&mut self, picking: Picking, paths: Vec<std::path::PathBuf>, unseen: bool, time: f64) {
        let Some(first) = paths.first().cloned() else {
            if unseen {
                self.type_path(match picking {
                    Picking::Open | Picking::Folder => PathWanted::Open,
                    Picking::Layers | Picking::LayerFolder => PathWanted::Layers,
                    Picking::Document(from) => PathWanted::Document(from),
                    Picking::Export(options) => PathWanted::Export(options),
                    Picking::Figure(figure, axis) => PathWanted::Figure(figure, axis),
                    Picking::Version { is_older } => PathWanted::Version { is_older },
                    Picking::SaveCopy => PathWanted::SaveCopy,
                });
            }
            return;
        };
        match picking {
            Picking::Open => self.open_paths(paths),
            Picking::Layers | Picking::LayerFolder => self.load_layers(paths),
            Picking::Document(from) => self.load_over(from, first, time),
            Picking::Folder => self.open_paths(vec![first]),
            Picking::Export(options) => self.export_to(first, &options),
            Picking::Figure(figure, axis) => self.figure_to(first, figure, axis),
            Picking::Version { is_older } => self.act(Action::CompareWith { other: first, is_older }, time),
            Picking::SaveCopy => self.save_copy_to(first),
        }
    }

    fn take_entry(&mut self, entry: Entry) {
        // Of an open release the desk knows more than the disk.
        let path = entry.path.clone();
        if let Some(old) = self.model.folder.entries.iter_mut().find(|old| old.path == path) {
            *old = entry;
        }
        self.note_entry(&path);
    }
}
