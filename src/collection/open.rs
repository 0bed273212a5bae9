//! A document with everything that lies beside it, read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::scan::Beside;
use crate::annotation::{About, AnchorId, AnnotationSet, Placement, anchors, place_all};
use crate::document::{self, Document, Proposed, ReadOptions, Structure};
use crate::exchange::{Layer, Release};
use crate::files::{Action, FileError, Files};
use crate::reading::Reading;
use crate::sidecar::{self, Read};

/// A document and its sidecars as read.
#[derive(Debug)]
pub struct Opened {
    /// Where they lie.
    pub beside: Beside,
    /// The document; `None` where it is not there or cannot be read.
    pub document: Option<(Document, Structure)>,
    /// Each sidecar, in the order of [`Beside::sidecars`].
    pub sidecars: Vec<Sidecar>,
    /// What is odd or wrong about the document, a line each.
    pub told: Vec<String>,
}

/// A sidecar as read.
#[derive(Clone, Debug)]
pub struct Sidecar {
    /// Whose it is, by its name.
    pub handle: String,
    /// The file.
    pub path: PathBuf,
    /// What it holds, or why it could not be read.
    pub read: Result<Read, String>,
}

/// Reads a document, its name being that of its file.
///
/// # Errors
/// The file cannot be read, or is no document, in words: `FILE: what is wrong: what to do`.
pub fn read_document(
    files: &dyn Files,
    reading: &Reading,
    path: &Path,
    options: &ReadOptions,
) -> Result<(Document, Vec<document::Warning>), String> {
    let bytes = files.read(path, document::MAX_BYTES as u64).map_err(FileError::when(Action::Read, path));
    let bytes = bytes.map_err(|error| error.to_string())?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    reading.read(&name, &bytes, options).map_err(|error| format!("{}: {error}", path.display()))
}

/// Reads a document and its sidecars. What cannot be read is told and does not keep the rest back.
pub fn open(files: &dyn Files, reading: &Reading, beside: Beside) -> Opened {
    let sidecars: Vec<Sidecar> =
        beside.sidecars.iter().map(|(handle, path)| read_sidecar(files, handle, path)).collect();
    // What somebody chose about reading this document, without which positions would be of another text.
    let sets = sidecars.iter().filter_map(|sidecar| sidecar.read.as_ref().ok()).map(|read| &read.set);
    let texts = sets.filter_map(|set| set.header.document.text.as_ref());
    let mut chosen = texts.map(|text| ReadOptions::as_recorded(&text.reader, text.encoding.clone()));
    let options = chosen.find(|options| *options != ReadOptions::default()).unwrap_or_default();
    let mut told = Vec::new();
    let mut document = None;
    if beside.is_there {
        match read_document(files, reading, &beside.document, &options) {
            Ok((read, warnings)) => {
                told.extend(warnings.iter().map(|warning| format!("{}: {warning}", beside.document.display())));
                let structure = Structure::of(&read);
                document = Some((read, structure));
            }
            Err(error) => told.push(error),
        }
    }
    Opened { beside, document, sidecars, told }
}

fn read_sidecar(files: &dyn Files, handle: &str, path: &Path) -> Sidecar {
    let bytes = files.read(path, sidecar::MAX_BYTES as u64).map_err(FileError::when(Action::Read, path));
    let read = bytes
        .map_err(|error| error.to_string())
        .and_then(|bytes| sidecar::read(&bytes).map_err(|error| format!("{}: {error}", path.display())));
    Sidecar { handle: handle.to_owned(), path: path.to_owned(), read }
}

impl Opened {
    /// As exports want it, under `name`.
    pub fn release(&self, name: &str) -> Release {
        let proposed = self.document.as_ref().map(|(document, structure)| document::propose(document, structure));
        let proposed = proposed.unwrap_or_default();
        let layers = self.sidecars.iter().filter_map(|sidecar| {
            let set = &sidecar.read.as_ref().ok()?.set;
            let document = self.document.as_ref().map(|(document, _)| document);
            Some(Layer {
                handle: sidecar.handle.clone(),
                about: about(set, &proposed),
                placements: document.map(|document| placements(document, set)).unwrap_or_default(),
                set: Arc::new(set.clone()),
            })
        });
        let layers: Vec<Layer> = layers.collect();
        let recorded = layers.first().and_then(|layer| layer.set.header.document.text.as_ref());
        let recorded = recorded.map(|text| text.sha256.clone()).unwrap_or_default();
        let (text, text_sha256, paragraphs) = match &self.document {
            Some((document, structure)) => {
                let paragraphs = structure.paragraphs().iter().map(|paragraph| paragraph.span).collect();
                (Some(document.text.clone()), document.text_sha256().to_owned(), paragraphs)
            }
            None => (None, recorded, Vec::new()),
        };
        Release { name: name.to_owned(), text, text_sha256, paragraphs, layers }
    }
}

/// Where the anchors of a set are in a document, those left out that are where the set says.
pub fn placements(document: &Document, set: &AnnotationSet) -> BTreeMap<AnchorId, Placement> {
    let placed = place_all(&document.text, made_on(set, document), anchors(set));
    placed.into_iter().filter(|(_, placement)| !placement.is_exact()).collect()
}

/// Whether a set's positions are of a document's very text.
pub fn made_on(set: &AnnotationSet, document: &Document) -> bool {
    let text = set.header.document.text.as_ref();
    text.is_none_or(|text| text.sha256 == document.text_sha256())
}

/// What a release says of itself: as the annotator has it, else as its text has it.
pub fn about(set: &AnnotationSet, proposed: &Proposed) -> About {
    let mut about = set.header.document.about.clone().unwrap_or_default();
    for (own, found) in [
        (&mut about.title, &proposed.title),
        (&mut about.publisher, &proposed.publisher),
        (&mut about.published, &proposed.published),
        (&mut about.url, &proposed.url),
    ] {
        *own = own.take().or_else(|| found.as_ref().map(|found| found.value.clone()));
    }
    about.language = about.language.or_else(|| proposed.language.clone());
    about
}
