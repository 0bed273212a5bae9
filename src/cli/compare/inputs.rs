//! From paths to documents with the sets that are compared on them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::super::{Status, load, say};
use crate::annotation::{AnnotationSet, Index};
use crate::collection::{Opened, Sidecar};
use crate::document::{ByteSpan, Text};
use crate::exchange::{AGREED, counted};
use crate::files::{Disk, Files as _};
use crate::reading::Reading;
use crate::review::{Places, Shifted};

/// What was read, and how it went.
pub(super) struct Inputs {
    pub(super) shelf: Shelf,
    pub(super) status: Status,
}

/// Documents, and who worked on them.
pub(super) struct Shelf {
    /// What each annotator is called: the handle, with where it is from where two have the same.
    pub(super) annotators: Vec<String>,
    /// From which path each one is.
    from: Vec<usize>,
    pub(super) documents: Vec<Compared>,
}

/// A document and the sets on it.
pub(super) struct Compared {
    pub(super) name: String,
    pub(super) text: Text,
    pub(super) paragraphs: Vec<ByteSpan>,
    pub(super) works: Vec<Work>,
}

/// One annotator's work on a document.
pub(super) struct Work {
    /// The place among all annotators.
    pub(super) annotator: usize,
    pub(super) set: AnnotationSet,
    pub(super) index: Index,
    pub(super) places: Places,
    pub(super) shifted: Shifted,
}

/// A document as found, with the sets of all paths.
struct Found {
    name: String,
    /// Of each path that has it, the document as read there.
    opened: Vec<(usize, Opened)>,
}

/// Reads what the paths name; what cannot be read is told.
pub(super) fn read(paths: &[PathBuf], reading: &Reading) -> Inputs {
    let mut status = Status::Done;
    let mut found: Vec<Found> = Vec::new();
    for (at, path) in paths.iter().enumerate() {
        let named = load::find(&Disk, std::slice::from_ref(path));
        let is_whole = !named.says_whose;
        if named.is_short {
            status = Status::Failed;
        }
        for (name, mut opened) in named.open(&Disk, reading) {
            status = status.max(load::complain_about(&Disk, &opened));
            if is_whole && paths.len() == 1 {
                // It was made from the others: to compare it with them would count each of them twice.
                opened.sidecars.retain(|sidecar| !sidecar.handle.eq_ignore_ascii_case(AGREED));
            }
            match found.iter_mut().find(|other| is_same(other, &name, &opened)) {
                Some(other) => other.opened.push((at, opened)),
                None => found.push(Found { name, opened: vec![(at, opened)] }),
            }
        }
    }
    let mut shelf = Shelf { annotators: Vec::new(), from: Vec::new(), documents: Vec::new() };
    let names = Names::of(paths, &found);
    for document in found {
        let (compared, how) = shelf.place(document, &names);
        status = status.max(how);
        shelf.documents.extend(compared);
    }
    Inputs { shelf, status }
}

/// Whether a document of another path is this one: the same file, the same text, or at least the same name.
fn is_same(found: &Found, name: &str, opened: &Opened) -> bool {
    let real = |opened: &Opened| Disk.real_path(&opened.beside.document).ok();
    let is_file = |other: &Opened| real(other).is_some_and(|path| Some(path) == real(opened));
    let text = text_of(opened);
    let is_text = |other: &Opened| text.is_some() && text_of(other) == text;
    found.name == name || found.opened.iter().any(|(_, other)| is_file(other) || is_text(other))
}

/// The hash of the text: as it is, else as the first set has it.
fn text_of(opened: &Opened) -> Option<String> {
    if let Some((document, _)) = &opened.document {
        return Some(document.text_sha256().to_owned());
    }
    let mut sets = opened.sidecars.iter().filter_map(|sidecar| sidecar.read.as_ref().ok());
    sets.find_map(|read| Some(read.set.header.document.text.as_ref()?.sha256.clone()))
}

/// What annotators are called.
struct Names<'a> {
    paths: &'a [PathBuf],
    /// From which paths each handle is.
    from: BTreeMap<String, Vec<usize>>,
}

impl<'a> Names<'a> {
    fn of(paths: &'a [PathBuf], found: &[Found]) -> Self {
        let mut from: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, opened) in found.iter().flat_map(|found| &found.opened) {
            for sidecar in &opened.sidecars {
                let paths = from.entry(sidecar.handle.clone()).or_default();
                if !paths.contains(at) {
                    paths.push(*at);
                }
            }
        }
        Self { paths, from }
    }

    fn name(&self, at: usize, sidecar: &Sidecar) -> String {
        match (self.from.get(&sidecar.handle), self.paths.get(at)) {
            (Some(from), Some(path)) if from.len() > 1 => format!("{} ({})", sidecar.handle, path.display()),
            _ => sidecar.handle.clone(),
        }
    }
}

impl Shelf {
    /// The documents that two or more worked on: those that there are figures of.
    pub(super) fn compared(&self) -> impl Iterator<Item = &Compared> {
        self.documents.iter().filter(|document| document.works.len() > 1)
    }

    /// The places of each two to compare: of one path all that share a document, of several those of different paths.
    pub(super) fn pairs(&self) -> Vec<(usize, usize)> {
        let mut pairs = Vec::new();
        let from = |annotator: usize| self.from.get(annotator);
        let is_one = self.from.iter().all(|from| Some(from) == self.from.first());
        for document in self.compared() {
            for (at, a) in document.works.iter().enumerate() {
                for b in document.works.iter().skip(at + 1) {
                    let pair = (a.annotator.min(b.annotator), a.annotator.max(b.annotator));
                    if is_one || from(pair.0) != from(pair.1) {
                        pairs.push(pair);
                    }
                }
            }
        }
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    fn annotator(&mut self, from: usize, name: String) -> usize {
        if let Some(at) = self.annotators.iter().position(|own| *own == name) {
            return at;
        }
        self.annotators.push(name);
        self.from.push(from);
        self.annotators.len() - 1
    }

    /// Places all sets of a document on its text. Says what is not where a set says.
    fn place(&mut self, found: Found, names: &Names) -> (Option<Compared>, Status) {
        let Found { name, mut opened } = found;
        let document = opened.iter_mut().find_map(|(_, opened)| opened.document.take());
        let Some((document, structure)) = document else {
            for (_, opened) in &opened {
                for sidecar in &opened.sidecars {
                    let own = Path::new(&name).file_name().unwrap_or_default().to_string_lossy();
                    let path = sidecar.path.display();
                    say::complain(format!(
                        "{path}: its document is not beside it, or cannot be read: put {own} there, or name the folder that has it"
                    ));
                }
            }
            return (None, Status::Failed);
        };
        let mut status = Status::Done;
        let mut works: Vec<Work> = Vec::new();
        for (at, opened) in opened {
            for sidecar in opened.sidecars {
                let mut own = names.name(at, &sidecar);
                let Ok(read) = sidecar.read else { continue };
                let is_taken = |name: &str, shelf: &Self| {
                    works.iter().any(|work| shelf.annotators.get(work.annotator).is_some_and(|own| own == name))
                };
                if is_taken(&own, self) {
                    own = format!("{own} ({})", sidecar.path.display());
                }
                if is_taken(&own, self) {
                    continue;
                }
                let set = read.set;
                let made_on = set.header.document.text.as_ref();
                let is_same_text = made_on.is_none_or(|text| text.sha256 == document.text_sha256());
                let (places, shifted) = Places::find(&document.text, is_same_text, &set);
                if !is_same_text || shifted != Shifted::default() {
                    let why = if is_same_text { "not all claims are where it says" } else { "made on another text" };
                    let (moved, lost) = (shifted.moved.len(), shifted.lost.len());
                    let moved = format!("{} found again elsewhere", counted(moved, "claim"));
                    let path = sidecar.path.display();
                    let check = if lost > 0 { " and left out: vouch check tells which" } else { "" };
                    say::complain(format!("{path}: {why}: {moved}, {lost} lost{check}"));
                }
                if !shifted.lost.is_empty() {
                    status = Status::Found;
                }
                let index = Index::of(&set);
                works.push(Work { annotator: self.annotator(at, own), set, index, places, shifted });
            }
        }
        let paragraphs = structure.paragraphs().iter().map(|paragraph| paragraph.span).collect();
        (Some(Compared { name, text: document.text.clone(), paragraphs, works }), status)
    }
}
