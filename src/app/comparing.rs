//! Two versions of a release, compared for the window: the work of one job, off the window's thread.
//!
//! What waits for a decision is not kept here: it follows from my sets on both versions each time, and so survives a
//! restart. Held by `tests/desk.rs`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::opening::Me;
use crate::annotation::{AnchorId, AnnotationSet, Id};
use crate::assist::Language;
use crate::collection::{self, made_on};
use crate::document::{ByteSpan, Document, Structure, propose};
use crate::files::{Files, Places};
use crate::reading::Reading;
use crate::review::versions::{Fate, Fates, State, Version, Versions};
use crate::sidecar::names::is_same_handle;
use crate::sidecar::store::unsaved_steps;

/// A comparison that was asked for.
#[derive(Debug)]
pub struct Comparing {
    /// The older version.
    pub old: PathBuf,
    /// The newer version, whose set takes over.
    pub new: PathBuf,
    /// What came of it, or why nothing did; `None` while a job is at it.
    pub made: Option<Result<Arc<VersionsSeen>, String>>,
}

/// Two versions compared, with my set on the old one.
#[derive(Debug)]
pub struct VersionsSeen {
    /// Headline of the old version.
    pub old_title: String,
    /// Headline of the new version.
    pub new_title: String,
    /// The texts.
    pub versions: Versions,
    /// My set on the old version.
    pub set: AnnotationSet,
    /// What has become of its marks.
    pub fates: Fates,
    /// Its claims: those that need a decision first, then by their place in the old text.
    pub claims: Vec<Id>,
    /// What the analyst should know, in words.
    pub notes: Vec<String>,
}

/// One version as the desk has it.
pub struct Half {
    /// The file.
    pub path: PathBuf,
    /// The document and my set, where the release is open.
    pub open: Option<(Arc<Document>, AnnotationSet)>,
}

impl VersionsSeen {
    /// What has become of a claim.
    #[must_use]
    pub fn fate(&self, claim: &Id) -> Option<&Fate> {
        self.fates.get(&AnchorId::Claim(claim.clone()))
    }
}

/// A version as read.
struct Loaded {
    document: Arc<Document>,
    structure: Arc<Structure>,
    set: AnnotationSet,
    notes: Vec<String>,
}

/// Compares two versions.
///
/// # Errors
/// One of them cannot be read, in words: what is wrong and what to do.
pub fn compare(
    files: &dyn Files,
    reading: &Reading,
    places: &Places,
    me: &Me,
    old: Half,
    new: Half,
) -> Result<VersionsSeen, String> {
    let old = loaded(files, reading, places, me, old)?;
    let new = loaded(files, reading, places, me, new)?;
    let proposed = propose(&old.document, &old.structure);
    let about = collection::about(&old.set, &proposed);
    let new_about = collection::about(&new.set, &propose(&new.document, &new.structure));
    let version =
        |loaded: &Loaded| Version { text: loaded.document.text.clone(), structure: Arc::clone(&loaded.structure) };
    let versions = Versions::compare(version(&old), version(&new), Language::of(about.language.as_deref()));
    let fates = versions.fates(&old.set, made_on(&old.set, &old.document));
    let order = |state: State| State::ALL.iter().position(|other| *other == state);
    let mut claims: Vec<(Option<usize>, usize, Id)> = old
        .set
        .claims
        .keys()
        .filter_map(|id| {
            let fate = fates.get(&AnchorId::Claim(id.clone()))?;
            Some((order(fate.state), fate.old.first().map_or(0, |span: &ByteSpan| span.start), id.clone()))
        })
        .collect();
    claims.sort();
    let title = |title: Option<String>, document: &Document| title.unwrap_or_else(|| document.name.clone());
    Ok(VersionsSeen {
        old_title: title(about.title, &old.document),
        new_title: title(new_about.title, &new.document),
        versions,
        fates,
        claims: claims.into_iter().map(|(_, _, id)| id).collect(),
        notes: old.notes,
        set: old.set,
    })
}

fn loaded(files: &dyn Files, reading: &Reading, places: &Places, me: &Me, half: Half) -> Result<Loaded, String> {
    if let Some((document, set)) = half.open {
        let structure = Arc::new(Structure::of(&document));
        return Ok(Loaded { document, structure, set, notes: Vec::new() });
    }
    from_disk(files, reading, places, me, &half.path)
}

fn from_disk(files: &dyn Files, reading: &Reading, places: &Places, me: &Me, path: &Path) -> Result<Loaded, String> {
    let beside = collection::scan_one(files, path).map_err(|error| error.to_string())?;
    let mut opened = collection::open(files, reading, beside);
    let there = || opened.told.first().cloned();
    let (document, structure) = opened.document.take().ok_or_else(|| {
        there().unwrap_or_else(|| format!("{}: there is no such document: check the path", path.display()))
    })?;
    let mut notes = Vec::new();
    let mut set = AnnotationSet::default();
    for sidecar in opened.sidecars.into_iter().filter(|sidecar| is_same_handle(&sidecar.handle, &me.handle)) {
        if unsaved_steps(files, places, &sidecar.path) > 0 {
            notes.push(
                "Your last steps on the older version are not saved yet: open it, then compare again.".to_owned(),
            );
        }
        match sidecar.read {
            Ok(read) => set = read.set,
            Err(why) => notes.push(why),
        }
    }
    Ok(Loaded { document: Arc::new(document), structure: Arc::new(structure), set, notes })
}
