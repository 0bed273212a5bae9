//! What comes from files: opening and listing, what changes on the disk, the sample, a new release. All of it on jobs.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::annotation::{About, AnnotationSet, CODEBOOK_FILE, Codebook};
use crate::app::desk::Desk;
use crate::app::jobs::Report;
use crate::app::model::{Banner, Dialog, Entry, Folder};
use crate::app::opening::{self, Me};
use crate::app::release::Release;
use crate::app::shelf::{Missing, Shelf};
use crate::collection::{self};
use crate::document::{self, ByteSpan, ReadOptions, propose};
use crate::exchange;
use crate::files::{self, Files, Watch};
use crate::reading::Reading;
use crate::review::{Threads, View};
use crate::sidecar;

/// The sample release with its worked sets, as they come with the program.
const SAMPLE: &[(&str, &[u8])] = &[
    ("vilnius-summit.txt", include_bytes!("../../../sample_docs/vilnius-summit.txt")),
    ("vilnius-summit.txt.anna.vouch.ron", include_bytes!("../../../sample_docs/vilnius-summit.txt.anna.vouch.ron")),
    ("vilnius-summit.txt.mart-k.vouch.ron", include_bytes!("../../../sample_docs/vilnius-summit.txt.mart-k.vouch.ron")),
];

/// How many entries that could not be listed are named.
const LEFT_OUT_TOLD: usize = 5;

impl Desk {
    pub(super) fn me(&self) -> Me {
        Me { handle: self.model.settings.handle.clone(), name: self.model.settings.name.clone() }
    }

    /// Opens releases and folders; the first release is shown.
    pub(super) fn open_paths(&mut self, paths: Vec<PathBuf>) {
        let mut first = true;
        let mut layers = Vec::new();
        for path in paths {
            let path = self.files.real_path(&path).unwrap_or(path);
            match self.files.stat(&path) {
                Ok(stat) if stat.is_folder && self.holds_only_sets(&path) => layers.push(path),
                Ok(stat) if stat.is_folder => self.open_folder(&path),
                Ok(_) => {
                    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                    let document = match sidecar::names::recognise(&name) {
                        sidecar::names::FileName::Sidecar { document, .. } => {
                            let document = path.with_file_name(document);
                            if self.files.stat(&document).is_err() {
                                layers.push(path);
                                continue;
                            }
                            document
                        }
                        sidecar::names::FileName::Set => {
                            layers.push(path);
                            continue;
                        }
                        _ => path,
                    };
                    if first {
                        self.to_show = Some(document.clone());
                        first = false;
                    }
                    if self.model.folder.path.is_none()
                        && let Some(folder) = document.parent()
                    {
                        let folder = folder.to_owned();
                        self.open_folder(&folder);
                    }
                    self.show_release(document);
                }
                Err(error) => {
                    let text = files::FileError::when(files::Action::Read, &path)(error).to_string();
                    self.complain(Banner { is_error: true, place: Some(path), text, offers: Vec::new() });
                }
            }
        }
        self.load_layers(layers);
    }

    /// Whether a folder has colleagues' sets and no document: it is not a collection then, but layers for one.
    fn holds_only_sets(&self, folder: &Path) -> bool {
        use sidecar::names::{FileName, recognise};
        let entries = self.files.list(folder).unwrap_or_default();
        let names: Vec<&str> = entries.iter().filter_map(|entry| entry.name.to_str()).collect();
        let is_set = |name: &&str| matches!(recognise(name), FileName::Sidecar { .. } | FileName::Set);
        let has_folder = entries.iter().any(|entry| entry.stat.is_folder);
        names.iter().any(is_set) && !has_folder && !names.iter().any(|name| collection::is_document_name(name))
    }

    /// Shows a release that is open, or opens it.
    pub(super) fn show_release(&mut self, path: PathBuf) {
        if let Some(at) = self.model.releases.iter().position(|release| release.path == path) {
            self.model.shown = Some(at);
            self.model.strip = None;
            return;
        }
        self.to_show = Some(path.clone());
        if self.opening.insert(path.clone()) {
            self.read(path, None);
        }
    }

    pub(super) fn read(&mut self, path: PathBuf, options: Option<ReadOptions>) {
        let (places, (files, me)) = (self.places.clone(), (Arc::clone(&self.files), self.me()));
        let reading = self.reading.clone();
        self.jobs.run(Some(path.clone()), move |reporter| {
            let reading = reporter.reading(&reading);
            reporter.report(match opening::open(&files, &reading, &places, &path, &me, options) {
                Ok(opened) => Report::Opened(Box::new(opened)),
                Err(why) => Report::NotOpened(path, why),
            });
        });
    }

    /// Reads the shown release again, as chosen by hand; that choice is kept in the sidecar once marks are.
    pub(super) fn read_again(&mut self, options: ReadOptions) {
        let Some(path) = self.model.current().map(|release| release.path.clone()) else { return };
        self.stop_keeping(&path);
        self.to_show = Some(path.clone());
        self.opening.insert(path.clone());
        self.read(path, Some(options));
    }

    /// The document on the disk may not be the one that is shown: if so, it is read again and the marks are placed
    /// anew.
    pub(super) fn check_document(&mut self, path: &Path) {
        let Some(release) = self.model.release_mut(path) else { return };
        let (known, files) = (release.document.sha256().to_owned(), Arc::clone(&self.files));
        let reading = self.reading.clone();
        let path = path.to_owned();
        self.jobs.run(Some(path.clone()), move |reporter| {
            let Ok(bytes) = files.read(&path, document::MAX_BYTES as u64) else { return };
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            // Only what has changed need be read, which for most formats starts a process.
            let is_changed = document::sha256(&bytes) != known;
            if is_changed && reporter.reading(&reading).read(&name, &bytes, &ReadOptions::default()).is_ok() {
                reporter.report(Report::Stale(path));
            }
        });
    }

    /// The document was changed on the disk.
    pub(super) fn stale(&mut self, path: &Path) {
        if self.model.release_mut(path).is_some() {
            self.stop_keeping(path);
            self.opening.insert(path.to_owned());
            self.read(path.to_owned(), None);
        }
    }

    /// Looks for second versions of my sidecar beside a release.
    pub(super) fn find_copies(&mut self, path: &Path) {
        let (files, me, path) = (Arc::clone(&self.files), self.me(), path.to_owned());
        self.jobs.run(Some(path.clone()), move |reporter| {
            // A folder that cannot be listed is told where colleagues' sets are read.
            let copies = collection::conflict_copies(&*files, &path, &me.handle).unwrap_or_default();
            if !copies.is_empty() {
                reporter.report(Report::Copies(path, copies));
            }
        });
    }

    /// Lets the keeper of a release save and go, before another one takes its place.
    pub(super) fn stop_keeping(&mut self, path: &Path) {
        if let Some(keeping) = self.keeping.remove(path) {
            keeping.close();
        }
    }

    pub(super) fn close_release(&mut self) {
        let Some(at) = self.model.shown.filter(|&at| at < self.model.releases.len()) else { return };
        let release = self.model.releases.remove(at);
        self.readers.remove(&release.path);
        if let Some(keeping) = release.agreed.as_ref().and_then(|agreed| self.keeping.remove(&agreed.path)) {
            self.jobs.run(Some(release.path.clone()), move |_| keeping.close());
        }
        if let Some(keeping) = self.keeping.remove(&release.path) {
            // The keeper saves on a thread of its own; closing need not wait for the disk.
            self.jobs.run(Some(release.path), move |_| keeping.close());
        }
        self.model.shown = (!self.model.releases.is_empty()).then(|| at.min(self.model.releases.len() - 1));
        self.model.strip = None;
        let open = self.model.releases.iter().map(|release| release.path.clone()).collect();
        self.change(|settings| settings.open = open);
    }

    pub(super) fn step_release(&mut self, by: isize) {
        let count = self.model.releases.len() as isize;
        let at = self.model.shown.map_or(0, |at| (at as isize + by).rem_euclid(count.max(1)));
        self.model.shown = (count > 0).then_some(at as usize);
        self.model.strip = None;
    }

    /// Everything is saved, and keepers are gone, when this returns. `window` is the size that it is to open with next
    /// time.
    pub fn close(&mut self, window: Option<(f32, f32)>) {
        if window.is_some() && window != self.model.settings.layout.window {
            self.change(|settings| settings.layout.window = window);
        }
        for (_, keeping) in std::mem::take(&mut self.keeping) {
            keeping.close();
        }
        if let Some(views) = self.views.take() {
            views.close();
        }
        if let Some(keeping) = self.book_keeping.take() {
            keeping.close();
        }
        self.watches.clear();
    }

    fn open_folder(&mut self, path: &Path) {
        self.listed(Folder { path: Some(path.to_owned()), ..Folder::default() });
        self.model.shelf = Shelf::default();
        self.list_folder();
        self.find_codebook();
        self.read_register(path.to_owned());
        self.watch(path);
        let mut settings = self.model.settings.clone();
        settings.remember(path);
        self.model.settings = settings;
    }

    /// Lists the folder, then looks into each release for its title and my claims.
    pub(super) fn list_folder(&mut self) {
        let Some(folder) = self.model.folder.path.clone() else { return };
        let (files, me, places) = (Arc::clone(&self.files), self.me(), self.places.clone());
        let known = self.model.folder.entries.clone();
        let (codebook, reading) = (Arc::clone(&self.model.codebook), self.reading.clone());
        self.jobs.cancel(self.listing);
        self.listing = self.jobs.run(Some(folder.clone()), move |reporter| {
            let reading = reporter.reading(&reading);
            let listing = match collection::scan(&*files, &folder) {
                Ok(listing) => listing,
                Err(error) => return reporter.report(Report::Failed(Some(folder), error.to_string())),
            };
            let left_out = left_out(&listing);
            let there: Vec<_> = listing.documents.into_iter().filter(|beside| beside.is_there).collect();
            let plain = |path: &PathBuf| {
                known.iter().find(|entry| entry.path == *path).cloned().unwrap_or_else(|| Entry {
                    title: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
                    path: path.clone(),
                    ..Entry::default()
                })
            };
            let entries = there.iter().map(|beside| plain(&beside.document)).collect();
            reporter.report(Report::Listed(Folder { path: Some(folder.clone()), entries, left_out }));
            for beside in there {
                if reporter.is_cancelled() {
                    return;
                }
                let (entry, release) = look_into(&*files, &reading, beside, &folder, &me, &places, &codebook);
                reporter.report(Report::Entry(entry, release));
            }
        });
    }

    /// The folder was listed. What could not be is told once, and no more when it is mended.
    pub(super) fn listed(&mut self, folder: Folder) {
        let old = std::mem::replace(&mut self.model.folder, folder);
        let Folder { path, left_out, .. } = &self.model.folder;
        if old.left_out == *left_out {
            return;
        }
        self.model.banners.retain(|banner| banner.place != old.path || banner.text != old.left_out);
        if !left_out.is_empty() {
            let (place, text) = (path.clone(), left_out.clone());
            self.complain(Banner { is_error: false, place, text, offers: Vec::new() });
        }
    }

    /// The list shows what an open release has come to.
    pub(super) fn note_entry(&mut self, path: &Path) {
        let Some(release) = self.model.releases.iter().find(|release| release.path == path) else { return };
        let entry = Entry { unread: release.unread(), ..entry_of(path, &release.about(), Some(release.set())) };
        if let Some(old) = self.model.folder.entries.iter_mut().find(|old| old.path == path) {
            *old = entry;
        } else if self.model.folder.path.as_deref() != path.parent() {
            self.model.folder.entries.push(entry);
        }
    }

    /// The codebook in the folder or above it.
    pub(super) fn find_codebook(&mut self) {
        let Some(folder) = self.model.folder.path.clone() else { return };
        let files = Arc::clone(&self.files);
        self.jobs.run(Some(folder.join(CODEBOOK_FILE)), move |reporter| {
            reporter.report(match collection::codebook_for(&*files, &folder) {
                Ok(found) => Report::Codebook(Box::new(found)),
                Err(error) => Report::Failed(Some(folder), error.to_string()),
            });
        });
    }

    pub(super) fn watch_folder_of(&mut self, path: &Path) {
        if let Some(folder) = path.parent() {
            self.watch(folder);
        }
    }

    fn watch(&mut self, folder: &Path) {
        if self.watches.contains_key(folder) {
            return;
        }
        let reporter = self.jobs.reporter();
        let tell = move |paths| reporter.report(Report::Changed(paths));
        match Watch::new(Arc::clone(&self.files), folder, tell) {
            Ok(watch) => drop(self.watches.insert(folder.to_owned(), watch)),
            Err(error) => {
                let text = format!("Changes in this folder will not be noticed: {error}");
                self.complain(Banner { is_error: false, place: Some(folder.to_owned()), text, offers: Vec::new() });
            }
        }
    }

    /// Opens a copy of the sample, which may be written to.
    pub(super) fn open_sample(&mut self) {
        let folder = sample_folder(&self.places);
        let files = Arc::clone(&self.files);
        for (name, bytes) in SAMPLE {
            let path = folder.join(name);
            // What the user has made of the sample stays.
            if files.stat(&path).is_ok() {
                continue;
            }
            let written = files::create_folders(&*files, &folder).and_then(|()| files::replace(&*files, &path, bytes));
            if let Err(error) = written {
                let text = error.to_string();
                return self.complain(Banner { is_error: true, place: Some(path), text, offers: Vec::new() });
            }
        }
        let first = SAMPLE.first().map(|(name, _)| folder.join(name));
        self.open_paths(first.into_iter().collect());
    }

    /// A file in the folder from pasted text.
    pub(super) fn new_release(&mut self, name: &str, text: &str, about: About) {
        let folder = self.model.folder.path.clone().unwrap_or_else(|| sample_folder(&self.places));
        let path = folder.join(name);
        if let Err(error) = sidecar::names::check_name_in_set(name) {
            let text = format!("{name} cannot be a file's name here: {error}");
            return self.complain(Banner { is_error: true, place: None, text, offers: Vec::new() });
        }
        if self.files.stat(&path).is_ok() {
            let text = format!("{name} is there already: choose another name");
            return self.complain(Banner { is_error: true, place: Some(path), text, offers: Vec::new() });
        }
        let written = files::create_folders(&*self.files, &folder)
            .and_then(|()| files::replace(&*self.files, &path, text.as_bytes()));
        match written {
            Ok(()) => {
                self.model.dialog = Dialog::None;
                self.about_of_new = Some((path.clone(), about));
                self.open_paths(vec![path]);
            }
            Err(error) => {
                let text = error.to_string();
                self.complain(Banner { is_error: true, place: Some(path), text, offers: Vec::new() });
            }
        }
    }
}

/// What a listing lacks, in words; of very many entries the first ones.
fn left_out(listing: &collection::Listing) -> String {
    let mut parts: Vec<String> = listing.unread.iter().take(LEFT_OUT_TOLD).cloned().collect();
    if let Some(more) = listing.unread.len().checked_sub(LEFT_OUT_TOLD).filter(|&more| more > 0) {
        parts.push(format!("and {more} more"));
    }
    if listing.is_cut {
        parts.push(
            "there are more releases, or folders below each other, than are listed: open a part of it".to_owned(),
        );
    }
    if parts.is_empty() {
        return String::new();
    }
    format!("Not everything in this folder is listed. {}", parts.join(" · "))
}

/// What a release of the folder says of itself and what I made of it, and its sets where there are any.
fn look_into(
    files: &dyn Files,
    reading: &Reading,
    beside: collection::Beside,
    folder: &Path,
    me: &Me,
    places: &files::Places,
    codebook: &Codebook,
) -> (Entry, Option<(Arc<exchange::Release>, Missing)>) {
    let path = beside.document.clone();
    let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
    let opened = collection::open(files, reading, beside);
    let proposed = opened.document.as_ref().map(|(document, structure)| propose(document, structure));
    let mine = opened.sidecars.iter().find(|sidecar| sidecar::names::is_same_handle(&sidecar.handle, &me.handle));
    let set = mine.and_then(|sidecar| sidecar.read.as_ref().ok()).map(|read| &read.set);
    let about = collection::about(set.unwrap_or(&AnnotationSet::default()), &proposed.unwrap_or_default());
    let others = opened.sidecars.iter().filter_map(|sidecar| Some((&sidecar.handle, &sidecar.read.as_ref().ok()?.set)));
    let others = others.filter(|(handle, _)| !sidecar::names::is_same_handle(handle, &me.handle)).enumerate();
    let others: Vec<_> = others.map(|(at, (_, set))| (Some(at), set)).collect();
    let threads = Threads::of(&others);
    let unread = threads.unread(&View::load(files, places, &path).read).count();
    let release = (!opened.sidecars.is_empty()).then(|| {
        let release = opened.release(&name);
        let mine = release.layers.iter().find(|layer| sidecar::names::is_same_handle(&layer.handle, &me.handle));
        let report = opened
            .document
            .as_ref()
            .zip(mine)
            .map(|((document, structure), layer)| collection::incomplete(document, structure, layer, codebook));
        (Arc::new(release), Missing::new(0, report.unwrap_or_default()))
    });
    (Entry { unread, ..entry_of(&path, &about, set) }, release)
}

fn entry_of(path: &Path, about: &About, set: Option<&AnnotationSet>) -> Entry {
    let name = || path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let date = about.published.as_deref().map(crate::app::derive::date_in_words);
    let byline: Vec<String> = [about.publisher.clone(), date].into_iter().flatten().collect();
    Entry {
        path: path.to_owned(),
        title: about.title.clone().unwrap_or_else(name),
        byline: byline.join(" · "),
        state: set.and_then(|set| set.header.state.clone()),
        claims: set.map(|set| set.claims.len()).filter(|&claims| claims > 0),
        unread: 0,
        disputed: set.is_some_and(|set| set.claims.values().any(|claim| claim.status.as_deref() == Some("disputed"))),
    }
}

/// Where the sample is copied to: the user's documents, or the state folder.
fn sample_folder(places: &files::Places) -> PathBuf {
    let documents = directories::UserDirs::new().and_then(|dirs| dirs.document_dir().map(Path::to_owned));
    let under_home = std::env::var_os("VOUCH_HOME").is_none().then_some(documents).flatten();
    under_home.unwrap_or_else(|| places.state.clone()).join("Vouch sample")
}

impl Release {
    /// What the release says of itself: as I have it, else as its head does.
    #[must_use]
    pub fn about(&self) -> About {
        self.about_in(self.set())
    }

    /// The same as a set has it.
    #[must_use]
    pub fn about_in(&self, set: &AnnotationSet) -> About {
        collection::about(set, &self.proposed)
    }

    pub(in crate::app) fn paragraph_spans(&self) -> Vec<ByteSpan> {
        self.structure
            .as_ref()
            .map_or_else(Vec::new, |structure| structure.paragraphs().iter().map(|paragraph| paragraph.span).collect())
    }
}
