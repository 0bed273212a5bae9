//! From the paths of a command line to documents with their sidecars.
//!
//! A path is a document, a sidecar, a file of sets or a folder. What cannot be read is complained of, and the rest is
//! done.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::Status;
use super::say::{Progress, complain};
use crate::collection::{self, Beside, InForce, Opened, Sidecar};
use crate::files::{Action, Disk, FileError, Files, Places};
use crate::reading::Reading;
use crate::settings::{Login, Settings};
use crate::sidecar::names::{FileName, recognise};
use crate::sidecar::recoding::finish_all;
use crate::sidecar::store::unsaved_steps;
use crate::sidecar::{self, Origin, Read, SetInFile, read_set_file};

/// What paths name, in their order, each document once.
#[derive(Debug, Default)]
pub(super) struct Named {
    /// By real path.
    documents: HashMap<PathBuf, NamedDocument>,
    /// Files of sets.
    set_files: Vec<PathBuf>,
    /// Whether all paths were sidecars or files of sets, so that it is said already whose claims are meant.
    pub says_whose: bool,
    /// Whether something that was asked for could not be read.
    pub is_short: bool,
}

/// A document that was named, by itself, its folder or a sidecar.
#[derive(Debug)]
pub(super) struct NamedDocument {
    /// How many were named before it.
    order: usize,
    /// The name that it has in exports.
    pub name: String,
    /// Where it and its sidecars lie.
    pub beside: Beside,
    /// Sets on it out of files of sets.
    pub in_files: Vec<Sidecar>,
}

/// Where settings and journals lie; `None` where no home folder is known, and so none can be there.
pub(super) fn places() -> Option<Places> {
    Places::find(std::env::var_os("VOUCH_HOME")).ok()
}

/// Does what a change of kinds or tags over many sidecars left to be done when it was cut short; complains of what could
/// not be done.
pub(super) fn finish_recodings() {
    if let Some(places) = places() {
        let files: Arc<dyn Files> = Arc::new(Disk);
        finish_all(&files, &places, Timestamp::now()).iter().for_each(complain);
    }
}

/// The settings, with complaints about what is wrong with them.
pub(super) fn settings(files: &dyn Files) -> Settings {
    let login = Login::of_system();
    let Some(places) = places() else { return Settings::of(&login) };
    let loaded = Settings::load(files, &places.settings, &login);
    loaded.warnings.iter().for_each(complain);
    loaded.settings
}

/// The codebook in force at the first path.
///
/// # Errors
/// It cannot be read, in words.
pub(super) fn codebook(files: &dyn Files, paths: &[PathBuf]) -> Result<InForce, String> {
    let path = paths.first().map_or(Path::new("."), PathBuf::as_path);
    let is_folder = files.stat(path).is_ok_and(|stat| stat.is_folder);
    let folder = if is_folder { path } else { folder_of(path) };
    let found = collection::codebook_for(files, folder).map_err(|error| error.to_string())?;
    found.warnings.iter().for_each(complain);
    Ok(found)
}

/// Finds what the paths name.
pub(super) fn find(files: &dyn Files, paths: &[PathBuf]) -> Named {
    let mut named = Named { says_whose: true, ..Named::default() };
    for path in paths {
        if let Err(wrong) = named.add(files, path) {
            complain(wrong);
            named.is_short = true;
        }
    }
    named
}

impl Named {
    fn add(&mut self, files: &dyn Files, path: &Path) -> Result<(), String> {
        let stat = files.stat(path).map_err(FileError::when(Action::Read, path)).map_err(|error| error.to_string())?;
        if stat.is_folder {
            return self.add_folder(files, path);
        }
        let name = path.file_name().and_then(OsStr::to_str);
        let name = name.ok_or_else(|| format!("{}: the name is not Unicode: rename it", path.display()))?;
        let folder = folder_of(path);
        match recognise(name) {
            FileName::Sidecar { document, handle } => {
                let sidecars = vec![(handle.to_owned(), path.to_owned())];
                self.add_document(files, document.to_owned(), folder.join(document), sidecars);
            }
            FileName::Set => self.add_set_file(files, path, folder)?,
            FileName::Other => {
                self.says_whose = false;
                let beside = collection::scan_one(files, path).map_err(|error| error.to_string())?;
                self.add_document(files, name.to_owned(), path.to_owned(), beside.sidecars);
            }
            FileName::Register { .. }
            | FileName::Codebook
            | FileName::Damaged { .. }
            | FileName::ConflictCopy { .. } => {
                return Err(format!("{}: no document, sidecar or folder: name one of these", path.display()));
            }
        }
        Ok(())
    }

    fn add_folder(&mut self, files: &dyn Files, folder: &Path) -> Result<(), String> {
        self.says_whose = false;
        let listing = collection::scan(files, folder).map_err(|error| error.to_string())?;
        listing.unread.iter().for_each(complain);
        if listing.is_cut {
            let most = collection::MOST;
            complain(format!("{}: more than {most} documents, or too deep: name folders below it", folder.display()));
        }
        self.is_short |= listing.is_cut || !listing.unread.is_empty();
        for Beside { document, sidecars, .. } in listing.documents {
            let below = document.strip_prefix(folder).unwrap_or(&document);
            let parts: Vec<_> = below.iter().map(OsStr::to_string_lossy).collect();
            self.add_document(files, parts.join("/"), document, sidecars);
        }
        Ok(())
    }

    fn add_set_file(&mut self, files: &dyn Files, path: &Path, folder: &Path) -> Result<(), String> {
        self.set_files.push(path.to_owned());
        let bytes = files.read(path, sidecar::MAX_BYTES as u64).map_err(FileError::when(Action::Read, path));
        let bytes = bytes.map_err(|error| error.to_string())?;
        let file = read_set_file(&bytes).map_err(|error| format!("{}: {error}", path.display()))?;
        for problem in &file.problems {
            complain(format!("{}: {problem}: left out", path.display()));
        }
        self.is_short |= !file.problems.is_empty();
        for SetInFile { name, set } in file.sets {
            let (below, own) = name.rsplit_once('/').map_or(("", name.as_str()), |(below, own)| (below, own));
            let FileName::Sidecar { document, handle } = recognise(own) else {
                complain(format!("{}: “{name}” is not the name of a sidecar: left out", path.display()));
                self.is_short = true;
                continue;
            };
            let name = if below.is_empty() { document.to_owned() } else { format!("{below}/{document}") };
            let (problems, origin) = (Vec::new(), Origin::default());
            let read = Read { set, origin, problems, has_comments: false, read_only: None, theirs: None };
            let sidecar = Sidecar { handle: handle.to_owned(), path: path.to_owned(), read: Ok(read) };
            let document = folder.join(&name);
            self.add_document(files, name, document, Vec::new()).in_files.push(sidecar);
        }
        Ok(())
    }

    /// Adds a document, or what is new of it.
    fn add_document(
        &mut self,
        files: &dyn Files,
        name: String,
        document: PathBuf,
        sidecars: Vec<(String, PathBuf)>,
    ) -> &mut NamedDocument {
        let real = files.real_path(&document);
        let is_there = real.is_ok();
        let order = self.documents.len();
        let named = self.documents.entry(real.unwrap_or_else(|_| document.clone())).or_insert_with(|| {
            let beside = Beside { document, is_there, sidecars: Vec::new() };
            NamedDocument { order, name, beside, in_files: Vec::new() }
        });
        for sidecar in sidecars {
            if !named.beside.sidecars.contains(&sidecar) {
                named.beside.sidecars.push(sidecar);
            }
        }
        named
    }

    /// The files that what was named is read from.
    pub(super) fn inputs(&self) -> impl Iterator<Item = &Path> {
        let documents = self.documents.values().flat_map(|named| {
            let sidecars = named.beside.sidecars.iter().map(|(_, path)| path);
            std::iter::once(&named.beside.document).chain(sidecars)
        });
        documents.chain(&self.set_files).map(PathBuf::as_path)
    }

    /// Reads the documents that have a set, each with its sets, under the names that they have in exports.
    pub(super) fn open(mut self, files: &dyn Files, reading: &Reading) -> Vec<(String, Opened)> {
        self.documents.retain(|_, named| !(named.beside.sidecars.is_empty() && named.in_files.is_empty()));
        self.open_all(files, reading)
    }

    /// What was named, in its order.
    pub(super) fn into_documents(self) -> Vec<NamedDocument> {
        let mut documents: Vec<NamedDocument> = self.documents.into_values().collect();
        documents.sort_by_key(|named| named.order);
        documents
    }

    /// Reads all documents, each with its sets, under the names that they have in exports.
    pub(super) fn open_all(self, files: &dyn Files, reading: &Reading) -> Vec<(String, Opened)> {
        let documents = self.into_documents();
        let mut progress = Progress::new("Reading", documents.len());
        let opened = documents.into_iter().enumerate().map(|(i, named)| {
            progress.done(i);
            let mut opened = collection::open(files, reading, named.beside);
            opened.sidecars.extend(named.in_files);
            (named.name, opened)
        });
        opened.collect()
    }
}

/// What to say of a sidecar that lacks steps which were taken in a window; `None` where it has them all.
pub(super) fn unsaved(files: &dyn Files, sidecar: &Path) -> Option<String> {
    match places().map_or(0, |places| unsaved_steps(files, &places, sidecar)) {
        0 => None,
        1 => Some("the last step is not saved in it yet: open it with vouch, which saves it".to_owned()),
        steps => Some(format!("{steps} steps are not saved in it yet: open it with vouch, which saves them")),
    }
}

/// Says what is odd or wrong about a document and its sidecars: [`Status::Failed`] where one could not be read,
/// [`Status::Found`] where a part of one could not.
pub(super) fn complain_about(files: &dyn Files, opened: &Opened) -> Status {
    let is_unread = opened.beside.is_there && opened.document.is_none();
    complain_of(files, &opened.told, is_unread, &opened.sidecars)
}

/// The same of a document of which only this is at hand.
pub(super) fn complain_of(files: &dyn Files, told: &[String], is_unread: bool, sidecars: &[Sidecar]) -> Status {
    told.iter().for_each(complain);
    let mut status = if is_unread { Status::Failed } else { Status::Done };
    for sidecar in sidecars {
        if let Some(unsaved) = unsaved(files, &sidecar.path) {
            complain(format!("{}: {unsaved}", sidecar.path.display()));
        }
        match &sidecar.read {
            Err(error) => {
                complain(error);
                status = Status::Failed;
            }
            Ok(read) if read.problems.is_empty() => {}
            Ok(read) => {
                let count = read.problems.len();
                complain(format!(
                    "{}: {count} parts are damaged and left out: vouch check lists them",
                    sidecar.path.display()
                ));
                status = status.max(Status::Found);
            }
        }
    }
    status
}

/// The folder that a file lies in.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
