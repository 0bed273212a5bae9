//! What the tests of the store share: a document's folder, a state folder, and edits that can be told apart.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use vouch::annotation::{
    Act, AnnotationSet, Annotator, DocumentRef, Edit, Header, Id, Item, ItemKind, Record, Source, Work,
};
use vouch::files::{Disk, Files, Places};
use vouch::sidecar::store::{KeepError, Keeper, Opened};

use crate::memory::Memory;

pub const SIDECAR: &str = "/docs/release.txt.anna.vouch.ron";

/// A place to open one sidecar from.
#[derive(Clone, Debug)]
pub struct Desk {
    pub files: Arc<dyn Files>,
    pub places: Places,
    pub path: PathBuf,
}

impl Desk {
    /// Over this file system; its folders as [`disk`] makes them.
    pub fn over(files: Arc<dyn Files>) -> Self {
        Self { files, places: Places::under(Path::new("/home")), path: PathBuf::from(SIDECAR) }
    }

    /// On the real disk, under a folder.
    pub fn under(folder: &Path) -> Self {
        let places = Places::under(&folder.join("home"));
        std::fs::create_dir_all(folder.join("docs")).unwrap();
        Self { files: Arc::new(Disk), places, path: folder.join("docs/release.txt.anna.vouch.ron") }
    }

    pub fn try_open(&self) -> Result<Opened, KeepError> {
        Keeper::open(Arc::clone(&self.files), &self.places, &self.path, fresh(), now())
    }

    pub fn open(&self) -> Opened {
        self.try_open().unwrap()
    }
}

/// A disk in memory with the folders of a [`Desk`].
pub fn disk() -> Memory {
    Memory::new(&["/", "/docs", "/home"])
}

pub fn now() -> Timestamp {
    "2026-11-24T03:14:00Z".parse().unwrap()
}

/// The set of a document that nobody has worked on.
pub fn fresh() -> AnnotationSet {
    AnnotationSet {
        header: Arc::new(Header {
            document: DocumentRef { name: "release.txt".into(), ..DocumentRef::default() },
            annotator: Annotator { handle: "anna".into(), ..Annotator::default() },
            ..Header::default()
        }),
        ..AnnotationSet::default()
    }
}

pub fn id(name: &str) -> Id {
    Id::new(&format!("s-{name}"))
}

/// "There is a source of this name, with this note."
pub fn put(set: &AnnotationSet, name: &str, note: &str) -> Edit {
    let mut edit = Edit::new(&format!("note {name}"));
    let source = Source { name: name.into(), note: Some(note.into()), ..Source::default() };
    edit.put(set, &id(name), Item::Source(Arc::new(source)));
    edit
}

/// "There is no such source."
pub fn take(set: &AnnotationSet, name: &str) -> Edit {
    let mut edit = Edit::new(&format!("delete {name}"));
    edit.take(set, ItemKind::Source, &id(name));
    edit
}

/// Acknowledges a new source.
pub fn add(keeper: &mut Keeper, name: &str) -> Result<(), KeepError> {
    let edit = put(keeper.set(), name, "new");
    keeper.acknowledge(&Record { act: Act::Do, edit }, now())
}

/// The notes of all sources, by their names.
pub fn notes(set: &AnnotationSet) -> BTreeMap<String, String> {
    let sources = set.sources.values();
    sources.map(|source| (source.name.clone(), source.note.clone().unwrap_or_default())).collect()
}

pub fn names(set: &AnnotationSet) -> Vec<String> {
    notes(set).into_keys().collect()
}

/// What the window would hold.
pub fn work(opened: &Opened) -> Work {
    Work::new(opened.set.clone(), &opened.records)
}

/// The set in a sidecar, which must be whole.
pub fn read(files: &dyn Files, path: &Path) -> AnnotationSet {
    let read = vouch::sidecar::read(&files.read(path, 1 << 30).unwrap()).unwrap();
    assert_eq!(read.problems, []);
    read.set
}
