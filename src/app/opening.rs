//! Reading a release with all that lies beside it: the work of one job, off the window's thread.
//!
//! Values in, a value out, and warnings in words. Held by `tests/desk.rs`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::layers::{self, Layer};
use super::reader::Marks;
use crate::annotation::{
    AnchorId, AnnotationSet, Annotator, DocumentRef, Header, Index, Placement, Record, anchors, place_all,
};
use crate::document::{self, Document, Proposed, ReadOptions, Structure, propose};
use crate::files::{Action, FileError, Files, Places};
use crate::reading::Reading;
use crate::review::{Side, View};
use crate::sidecar::store::{Keeper, Notice};
use crate::sidecar::{self, names};

/// Texts up to this many bytes are looked through before they are shown; longer ones are shown first.
const STRUCTURE_AT_ONCE: usize = 1 << 20;

/// Whose work is opened, and from where.
#[derive(Clone, Debug)]
pub struct Me {
    /// My handle.
    pub handle: String,
    /// My name.
    pub name: String,
}

/// A release as read.
pub struct Opened {
    /// The file.
    pub path: PathBuf,
    /// What was read from it.
    pub document: Arc<Document>,
    /// Paragraphs, sentences, quotations; `None` for a large text: it follows.
    pub structure: Option<Arc<Structure>>,
    /// What its head says.
    pub proposed: Arc<Proposed>,
    /// My set, with what the journal had.
    pub set: AnnotationSet,
    /// My undo history.
    pub records: Vec<Record>,
    /// Keeps my set from now on.
    pub keeper: Keeper,
    /// Whether my set was made on this text.
    pub same_text: bool,
    /// Where my anchors are, for those that are not where the set says.
    pub placements: BTreeMap<AnchorId, Placement>,
    /// Colleagues' sets, compared with mine.
    pub layers: Vec<Layer>,
    /// Their claims by where they are.
    pub theirs: Marks,
    /// How I looked at them last.
    pub view: View,
    /// What the analyst should know of my sidecar.
    pub notices: Vec<Notice>,
    /// What was wrong with the document or with colleagues' sidecars, in words.
    pub warnings: Vec<String>,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Opened").field("path", &self.path).finish_non_exhaustive()
    }
}

/// My register of sources as read.
pub struct RegisterOpened {
    /// Its file.
    pub path: PathBuf,
    /// Its entries, with what the journal had.
    pub set: AnnotationSet,
    /// Keeps it from now on.
    pub keeper: Keeper,
    /// What the analyst should know of it.
    pub notices: Vec<Notice>,
}

/// Reads my register of sources in a folder; it need not be there.
///
/// # Errors
/// In words: what is wrong and what to do.
pub fn open_register(
    files: &Arc<dyn Files>,
    places: &Places,
    folder: &Path,
    me: &Me,
) -> Result<RegisterOpened, String> {
    let path = folder.join(names::register_name(&me.handle));
    let header = Header { annotator: annotator(me), ..Header::default() };
    let fresh = AnnotationSet { header: Arc::new(header), ..AnnotationSet::default() };
    let kept =
        Keeper::open(Arc::clone(files), places, &path, fresh, Timestamp::now()).map_err(|error| error.to_string())?;
    Ok(RegisterOpened { path, set: kept.set, keeper: kept.keeper, notices: kept.notices })
}

/// The settled set of a release as read.
pub struct AgreedOpened {
    /// The release's file.
    pub release: PathBuf,
    /// The sidecar.
    pub path: PathBuf,
    /// The set, with what the journal had.
    pub set: AnnotationSet,
    /// Its undo history.
    pub records: Vec<Record>,
    /// Keeps it from now on.
    pub keeper: Keeper,
    /// What the analyst should know of it.
    pub notices: Vec<Notice>,
}

/// Reads the settled set of a release; it need not be there.
///
/// # Errors
/// In words: what is wrong and what to do.
pub fn open_agreed(
    files: &Arc<dyn Files>,
    places: &Places,
    release: PathBuf,
    path: PathBuf,
    header: Header,
) -> Result<AgreedOpened, String> {
    let fresh = AnnotationSet { header: Arc::new(header), ..AnnotationSet::default() };
    let kept =
        Keeper::open(Arc::clone(files), places, &path, fresh, Timestamp::now()).map_err(|error| error.to_string())?;
    let (set, records, keeper, notices) = (kept.set, kept.records, kept.keeper, kept.notices);
    Ok(AgreedOpened { release, path, set, records, keeper, notices })
}

fn annotator(me: &Me) -> Annotator {
    let name = Some(me.name.clone()).filter(|name| !name.is_empty());
    Annotator { handle: me.handle.clone(), name, ..Annotator::default() }
}

/// Reads the document and its sidecars. Without `options`, as my sidecar says that it was read.
///
/// # Errors
/// In words: what is wrong and what to do.
pub fn open(
    files: &Arc<dyn Files>,
    reading: &Reading,
    places: &Places,
    path: &Path,
    me: &Me,
    options: Option<ReadOptions>,
) -> Result<Opened, String> {
    let bytes = files
        .read(path, document::MAX_BYTES as u64)
        .map_err(|error| FileError::when(Action::Read, path)(error).to_string())?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let sidecar = path.with_file_name(names::sidecar_name(&name, &me.handle));
    // What was chosen by hand about reading is kept in the sidecar: look there before reading.
    let options = options.or_else(|| kept_options(&**files, &sidecar)).unwrap_or_default();
    let read = reading.read(&name, &bytes, &options);
    let (document, faults) = read.map_err(|error| error.to_string())?;
    drop(bytes);
    let document = Arc::new(document);
    let structure = (document.text.len() <= STRUCTURE_AT_ONCE).then(|| Arc::new(Structure::of(&document)));
    let proposed = structure.as_ref().map(|structure| propose(&document, structure)).unwrap_or_default();

    let fresh = AnnotationSet { header: Arc::new(header(&document, me, options.encoding)), ..AnnotationSet::default() };
    let kept = Keeper::open(Arc::clone(files), places, &sidecar, fresh, Timestamp::now());
    let kept = kept.map_err(|error| error.to_string())?;
    let (same_text, placements) = placed(&document, &kept.set);
    let mut warnings: Vec<String> = faults.iter().map(ToString::to_string).collect();
    let view = View::load(&**files, places, path);
    let mut layers = layers::read(&**files, path, &document, me, &view, &mut warnings);
    let (index, own) = (Index::of(&kept.set), layers::places(&document, &kept.set, &placements));
    for layer in &mut layers {
        let compared = layers::compare(Side { set: &kept.set, index: &index, places: &own }, layer);
        layer.take(compared);
    }
    Ok(Opened {
        path: path.to_owned(),
        document,
        structure,
        proposed: Arc::new(proposed),
        set: kept.set,
        records: kept.records,
        keeper: kept.keeper,
        same_text,
        placements,
        theirs: layers::marks(&layers),
        layers,
        view,
        notices: kept.notices,
        warnings,
    })
}

/// Where the anchors of a set are that are not where it says, and whether it was made on this text.
pub(super) fn placed(document: &Document, set: &AnnotationSet) -> (bool, BTreeMap<AnchorId, Placement>) {
    let text = set.header.document.text.as_ref();
    let same_text = text.is_none_or(|text| text.sha256 == document.text_sha256());
    let all = place_all(&document.text, same_text, anchors(set));
    (same_text, all.into_iter().filter(|(_, placement)| !placement.is_exact()).collect())
}

/// The head of a set that is begun on a document.
pub fn header(document: &Document, me: &Me, encoding: Option<String>) -> Header {
    Header { document: DocumentRef::of(document, encoding), annotator: annotator(me), ..Header::default() }
}

/// How the document was read whose text a sidecar is about.
fn kept_options(files: &dyn Files, sidecar: &Path) -> Option<ReadOptions> {
    let bytes = files.read(sidecar, sidecar::MAX_BYTES as u64).ok()?;
    let read = sidecar::read(&bytes).ok()?;
    let text = read.set.header.document.text.as_ref()?;
    Some(ReadOptions::as_recorded(&text.reader, text.encoding.clone()))
}
