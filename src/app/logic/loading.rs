//! Layers from elsewhere: sidecars, sets of many documents and folders of them, each over the document that it belongs
//! to. What belongs to none is listed, and its document can be chosen.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::annotation::AnnotationSet;
use crate::app::desk::Desk;
use crate::app::jobs::Report;
use crate::app::model::{Banner, Dialog, Unmatched};
use crate::app::release::Release;
use crate::collection;
use crate::document::ReadOptions;
use crate::exchange::counted;
use crate::files::{Action, FileError, Files};
use crate::reading::Reading;
use crate::review::{Elsewhere, Known, View, belongs};
use crate::sidecar::names::{FileName, recognise};
use crate::sidecar::{self, ReadError, SetInFile};

/// What was found in files that were to be loaded.
#[derive(Default)]
struct Found {
    sets: Vec<(Elsewhere, AnnotationSet)>,
    told: Vec<String>,
}

impl Desk {
    /// Loads sets from elsewhere: each is shown over the document that it belongs to, now and when that is opened again.
    pub(super) fn load_layers(&mut self, paths: Vec<PathBuf>) {
        if paths.is_empty() {
            return;
        }
        let open: Vec<(PathBuf, Known)> =
            self.model.releases.iter().map(|release| (release.path.clone(), Known::of(&release.document))).collect();
        let (files, folder) = (Arc::clone(&self.files), self.model.folder.path.clone());
        let reading = self.reading.clone();
        self.jobs.run(None, move |reporter| {
            let reading = reporter.reading(&reading);
            let found = find_sets(&*files, &paths);
            let mut told = found.told;
            let mut known = open;
            let is_sure = |set: &AnnotationSet, known: &[(PathBuf, Known)]| {
                let text = set.header.document.text.as_ref().map(|text| &text.sha256);
                known.iter().any(|(_, known)| text == Some(&known.text_sha256))
            };
            // The folder is read through only for sets whose text is not open already.
            if !found.sets.iter().all(|(_, set)| is_sure(set, &known)) {
                let beside = paths.first().and_then(|path| path.parent().map(Path::to_owned));
                if let Some(folder) = folder.or(beside) {
                    told.extend(
                        documents_of(&*files, &reading, &folder, &mut known, &|| reporter.is_cancelled()).err(),
                    );
                }
            }
            let (mut matched, mut unmatched) = (BTreeMap::<PathBuf, Vec<Elsewhere>>::new(), Vec::new());
            for (from, set) in found.sets {
                let at = belongs(&set.header.document, known.iter().map(|(_, known)| known));
                match at.and_then(|at| known.get(at)) {
                    Some((path, _)) => matched.entry(path.clone()).or_default().push(from),
                    None => {
                        let annotator = &set.header.annotator;
                        let name = annotator.name.clone().unwrap_or_else(|| annotator.handle.clone());
                        let document = set.header.document.name.clone();
                        unmatched.push(Unmatched { from, name, document });
                    }
                }
            }
            reporter.report(Report::Loaded(matched, unmatched, told));
        });
    }

    /// Sets were found, and the documents that they belong to.
    pub(super) fn loaded(
        &mut self,
        matched: BTreeMap<PathBuf, Vec<Elsewhere>>,
        unmatched: Vec<Unmatched>,
        told: Vec<String>,
        time: f64,
    ) {
        for text in told {
            self.complain(Banner { is_error: false, place: None, text, offers: Vec::new() });
        }
        let sets: usize = matched.values().map(Vec::len).sum();
        if sets > 0 {
            let words = format!("{} over {}", counted(sets, "layer"), counted(matched.len(), "release"));
            self.say(words, time);
        }
        let is_open = |path: &PathBuf| self.model.releases.iter().any(|release| release.path == *path);
        let to_show = matched.keys().next().filter(|_| !matched.keys().any(is_open)).cloned();
        for (path, from) in matched {
            self.show_over(&path, from);
        }
        if let Some(path) = to_show {
            self.open_paths(vec![path]);
        }
        if !unmatched.is_empty() {
            self.model.dialog = Dialog::Unmatched(unmatched);
        }
    }

    /// These sets are shown over a document from now on; one that lies beside it is already.
    fn show_over(&mut self, document: &Path, from: Vec<Elsewhere>) {
        let is_away = |from: &Elsewhere| {
            from.member.is_some() || from.file.parent() != document.parent() || {
                let name = from.file.file_name().unwrap_or_default().to_string_lossy();
                let own = document.file_name().unwrap_or_default().to_string_lossy();
                !matches!(recognise(&name), FileName::Sidecar { document, .. } if document == own)
            }
        };
        let from: Vec<Elsewhere> = from.into_iter().filter(is_away).collect();
        if from.is_empty() {
            return;
        }
        if self.opening.contains(document) {
            self.to_load.entry(document.to_owned()).or_default().extend(from);
            return;
        }
        for file in from.iter().map(|from| from.file.clone()) {
            self.watch_folder_of(&file);
        }
        let add = |view: &mut View| {
            for from in from {
                if !view.from.contains(&from) {
                    view.from.push(from);
                }
            }
        };
        if self.model.release_mut(document).is_some() {
            self.change_view_of(document, add);
            self.read_layers(document);
        } else {
            // It may be opened the next moment, which looks there.
            let mut view = View::load(&*self.files, &self.places, document);
            add(&mut view);
            if let Err(error) = view.save(&*self.files, &self.places, document) {
                let text = format!("Which layers were loaded could not be kept: {error}");
                self.complain(Banner { is_error: false, place: None, text, offers: Vec::new() });
            }
        }
    }

    /// A release was opened: what is loaded over it from elsewhere is watched, and what was loaded meanwhile is shown.
    pub(super) fn layers_opened(&mut self, path: &Path) {
        let from = self.model.release_mut(path).map(|release| release.view.from.clone()).unwrap_or_default();
        for from in from {
            self.watch_folder_of(&from.file);
        }
        if let Some(more) = self.to_load.remove(path) {
            self.show_over(path, more);
        }
    }

    /// A set is shown over the document that was chosen for it.
    pub(super) fn load_over(&mut self, from: Elsewhere, document: PathBuf, time: f64) {
        let document = self.files.real_path(&document).unwrap_or(document);
        if let Err(error) = self.files.stat(&document) {
            let text = FileError::when(Action::Read, &document)(error).to_string();
            return self.complain(Banner { is_error: true, place: Some(document), text, offers: Vec::new() });
        }
        if let Dialog::Unmatched(sets) = &mut self.model.dialog {
            sets.retain(|set| set.from != from);
            if sets.is_empty() {
                self.model.dialog = Dialog::None;
            }
        }
        self.show_over(&document, vec![from]);
        self.say("The set is shown over this release; what is not found in its text is left out", time);
        self.open_paths(vec![document]);
    }

    /// A file has changed: releases that show it read it again.
    pub(super) fn layer_changed(&mut self, file: &Path) {
        let shows = |release: &&Release| release.view.from.iter().any(|from| from.file == file);
        let paths: Vec<PathBuf> =
            self.model.releases.iter().filter(shows).map(|release| release.path.clone()).collect();
        for path in paths {
            self.read_layers(&path);
        }
    }
}

/// The sets of files, and of the files in folders.
fn find_sets(files: &dyn Files, paths: &[PathBuf]) -> Found {
    let mut found = Found::default();
    for path in paths {
        let path = &files.real_path(path).unwrap_or_else(|_| path.clone());
        let is_folder = files.stat(path).is_ok_and(|stat| stat.is_folder);
        if !is_folder {
            found.read(files, path);
            continue;
        }
        match collection::scan(files, path) {
            Ok(listing) => {
                let sidecars = listing.documents.into_iter().flat_map(|beside| beside.sidecars).map(|(_, file)| file);
                let all: Vec<PathBuf> = sidecars.chain(listing.sets).collect();
                if all.is_empty() {
                    let what = "there is no sidecar and no set in this folder: choose another one";
                    found.told.push(format!("{}: {what}", path.display()));
                }
                for file in &all {
                    found.read(files, file);
                }
            }
            Err(error) => found.told.push(error.to_string()),
        }
    }
    found
}

impl Found {
    /// A sidecar, or a file with many sets; what it is, it says itself.
    fn read(&mut self, files: &dyn Files, path: &Path) {
        let bytes = match files.read(path, sidecar::MAX_BYTES as u64) {
            Ok(bytes) => bytes,
            Err(error) => return self.told.push(FileError::when(Action::Read, path)(error).to_string()),
        };
        let tell = |what: &dyn std::fmt::Display| format!("{}: {what}", path.display());
        match sidecar::read(&bytes) {
            Ok(read) => {
                self.told.extend(read.problems.iter().map(|problem| tell(problem)));
                self.sets.push((Elsewhere { file: path.to_owned(), member: None }, read.set));
            }
            Err(not_a_sidecar) => match sidecar::read_set_file(&bytes) {
                Ok(read) => {
                    self.told.extend(read.problems.iter().map(|problem| tell(problem)));
                    for SetInFile { name, set } in read.sets {
                        self.sets.push((Elsewhere { file: path.to_owned(), member: Some(name) }, set));
                    }
                }
                Err(ReadError::OtherFormat(_)) => self.told.push(tell(&not_a_sidecar)),
                Err(error) => self.told.push(tell(&error)),
            },
        }
    }
}

/// What is known of the documents of a folder, those left out that are known already.
fn documents_of(
    files: &dyn Files,
    reading: &Reading,
    folder: &Path,
    known: &mut Vec<(PathBuf, Known)>,
    is_cancelled: &dyn Fn() -> bool,
) -> Result<(), String> {
    let listing = collection::scan(files, folder).map_err(|error| error.to_string())?;
    for beside in listing.documents.into_iter().filter(|beside| beside.is_there) {
        if is_cancelled() {
            break;
        }
        let path = files.real_path(&beside.document).unwrap_or(beside.document);
        if known.iter().any(|(other, _)| *other == path) {
            continue;
        }
        // One that cannot be read as a document is nobody's.
        if let Ok((document, _)) = collection::read_document(files, reading, &path, &ReadOptions::default()) {
            known.push((path, Known::of(&document)));
        }
    }
    Ok(())
}
