//! What lies in a folder: documents, and the files of ours beside each.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::document::extensions;
use crate::files::{Action, FileError, Files, is_temp};
use crate::sidecar;
use crate::sidecar::names::{FileName, is_same_handle, recognise, sidecar_name};

/// The most documents that are listed.
pub const MOST: usize = 100_000;

/// How many folders below each other are looked into.
const DEPTH: usize = 16;

/// A document and what lies beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// Where the document is, or would be.
    pub document: PathBuf,
    /// Whether it is there.
    pub is_there: bool,
    /// Its sidecars, by handle: the handle as the name has it, and the file.
    pub sidecars: Vec<(String, PathBuf)>,
}

/// What lies in a folder and those below it, in the order of the paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Documents, and sidecars whose document is not there.
    pub documents: Vec<Beside>,
    /// Registers of sources, by handle.
    pub registers: Vec<(String, PathBuf)>,
    /// Files with the sets of many documents.
    pub sets: Vec<PathBuf>,
    /// Second versions that a synchroniser laid beside a file of ours.
    pub conflict_copies: Vec<PathBuf>,
    /// Folders that could not be looked into, and what has a name that is not Unicode, in words.
    pub unread: Vec<String>,
    /// Whether there is more than is listed.
    pub is_cut: bool,
}

/// Whether a file of this name is listed as a document: it ends as those that are read do. Any other is one where a
/// sidecar says so.
pub fn is_document_name(name: &str) -> bool {
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    !name.starts_with('.')
        && recognise(name) == FileName::Other
        && extension.is_some_and(|extension| extensions().any(|known| extension.eq_ignore_ascii_case(known)))
}

/// Lists a folder and those below it. Hidden folders and links to folders are left out.
///
/// # Errors
/// The folder itself cannot be listed.
pub fn scan(files: &dyn Files, folder: &Path) -> Result<Listing, FileError> {
    let mut found = Found::default();
    look(files, folder, 0, &mut found)?;
    Ok(found.listing())
}

/// Lists one document with its sidecars. `document` need not be there.
///
/// # Errors
/// Its folder cannot be listed.
pub fn scan_one(files: &dyn Files, document: &Path) -> Result<Beside, FileError> {
    let folder = document.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = document.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let mut beside = Beside { document: document.to_owned(), ..Beside::default() };
    for entry in files.list(folder).map_err(FileError::when(Action::List, folder))? {
        let Some(entry_name) = entry.name.to_str().filter(|_| !entry.stat.is_folder) else { continue };
        match recognise(entry_name) {
            _ if entry_name == name => beside.is_there = true,
            FileName::Sidecar { document, handle } if document == name => {
                beside.sidecars.push((handle.to_owned(), folder.join(entry_name)));
            }
            _ => {}
        }
    }
    Ok(beside)
}

/// The second versions that a synchroniser laid beside one annotator's sidecar of a document: by their names, and by
/// what is in them. One that cannot be read is among them, one that is another annotator's work is not.
///
/// # Errors
/// Its folder cannot be listed.
pub fn conflict_copies(files: &dyn Files, document: &Path, handle: &str) -> Result<Vec<PathBuf>, FileError> {
    let folder = document.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = document.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let own = sidecar_name(name, handle);
    let is_copy = |name: &str| matches!(recognise(name), FileName::ConflictCopy { of } if of == own);
    let entries = files.list(folder).map_err(FileError::when(Action::List, folder))?;
    let copies = entries.iter().filter(|entry| !entry.stat.is_folder && entry.name.to_str().is_some_and(is_copy));
    let is_other = |path: &PathBuf| {
        let bytes = files.read(path, sidecar::MAX_BYTES as u64).ok();
        let read = bytes.and_then(|bytes| sidecar::read(&bytes).ok());
        read.is_some_and(|read| !is_same_handle(&read.set.header.annotator.handle, handle))
    };
    Ok(copies.map(|entry| folder.join(&entry.name)).filter(|path| !is_other(path)).collect())
}

/// What was found so far.
#[derive(Default)]
struct Found {
    documents: BTreeMap<PathBuf, Beside>,
    rest: Listing,
}

impl Found {
    fn document(&mut self, path: PathBuf) -> Option<&mut Beside> {
        if self.documents.len() >= MOST && !self.documents.contains_key(&path) {
            self.rest.is_cut = true;
            return None;
        }
        let new = Beside { document: path.clone(), ..Beside::default() };
        Some(self.documents.entry(path).or_insert(new))
    }

    fn listing(self) -> Listing {
        Listing { documents: self.documents.into_values().collect(), ..self.rest }
    }
}

fn look(files: &dyn Files, folder: &Path, depth: usize, found: &mut Found) -> Result<(), FileError> {
    for entry in files.list(folder).map_err(FileError::when(Action::List, folder))? {
        let path = folder.join(&entry.name);
        let Some(name) = entry.name.to_str() else {
            let like = entry.name.to_string_lossy();
            if entry.stat.is_folder || is_document_name(&like) || recognise(&like) != FileName::Other {
                // It could not be written in a sidecar.
                let what = "its name is not Unicode: rename it, and it is read";
                found.rest.unread.push(format!("{}: {what}", path.display()));
            }
            continue;
        };
        if name.starts_with('.') || is_temp(&entry.name) {
            continue;
        }
        if entry.stat.is_folder {
            if files.is_link(&path).unwrap_or(true) {
                continue;
            }
            if depth == DEPTH {
                found.rest.is_cut = true;
            } else if let Err(error) = look(files, &path, depth + 1, found) {
                found.rest.unread.push(error.to_string());
            }
            continue;
        }
        match recognise(name) {
            FileName::Sidecar { document, handle } => {
                let handle = handle.to_owned();
                if let Some(beside) = found.document(folder.join(document)) {
                    beside.sidecars.push((handle, path));
                }
            }
            FileName::Register { handle } => found.rest.registers.push((handle.to_owned(), path)),
            FileName::Set => found.rest.sets.push(path),
            FileName::ConflictCopy { .. } => found.rest.conflict_copies.push(path),
            FileName::Other if is_document_name(name) => {
                if let Some(beside) = found.document(path) {
                    beside.is_there = true;
                }
            }
            FileName::Other | FileName::Codebook | FileName::Damaged { .. } => {}
        }
    }
    Ok(())
}
