//! Colleagues' sets over a release: read, placed and compared with mine; all of it work for a job.
//!
//! Values in, values out: `logic/layers.rs` says when. Held by `tests/layers.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::opening::{Me, placed};
use super::reader::{LineStyle, Looks, Mark, Marks, Owner, Role, Sign};
use super::release::plain_spans;
use crate::annotation::{AnchorId, AnnotationSet, Id, Index, Placement};
use crate::collection;
use crate::document::Document;
use crate::files::{Action, FileError, Files};
use crate::review::{Alignment, Elsewhere, Look, Places, Side, Verdict, View, align};
use crate::sidecar::names::{FileName, recognise};
use crate::sidecar::{self};

/// A colleague's set over the document; read-only.
#[derive(Clone, Debug)]
pub struct Layer {
    /// The file.
    pub path: PathBuf,
    /// The colleague's handle; where several sets have the same, the later ones are numbered, so that it names the layer.
    pub handle: String,
    /// The colleague's name, or the handle.
    pub name: String,
    /// Where it was loaded from; `None`: it lies beside the document.
    pub elsewhere: Option<Elsewhere>,
    /// The set.
    pub set: Arc<AnnotationSet>,
    /// Its links.
    pub index: Arc<Index>,
    /// Where its anchors are, for those that are not where the set says.
    pub placements: BTreeMap<AnchorId, Placement>,
    /// Where its claims are; empty where they were not found.
    pub places: Arc<Places>,
    /// Whether the set was made on this text.
    pub same_text: bool,
    /// How it is shown; another layer that is alone is minded.
    pub look: Look,
    /// Which of the colours and patterns it has.
    pub slot: usize,
    /// How it compares with mine.
    pub alignment: Alignment,
    /// The place in `alignment` of each claim of mine.
    pub by_mine: BTreeMap<Id, usize>,
    /// The place in `alignment` of each claim of theirs.
    pub by_theirs: BTreeMap<Id, usize>,
    /// What its lane shows: where a claim begins, ascending.
    pub signs: Arc<[(usize, Sign)]>,
}

impl Layer {
    /// Whether anything of it is shown.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        self.look != Look::Hidden
    }

    /// My claim that goes with one of theirs.
    #[must_use]
    pub fn mine_of(&self, theirs: &Id) -> Option<&Id> {
        self.alignment.pairs.get(*self.by_theirs.get(theirs)?)?.mine.as_ref()
    }

    /// Their claim that goes with one of mine.
    #[must_use]
    pub fn theirs_of(&self, mine: &Id) -> Option<&Id> {
        self.alignment.pairs.get(*self.by_mine.get(mine)?)?.theirs.as_ref()
    }

    /// Takes in how it compares with mine.
    pub fn take(&mut self, compared: Compared) {
        let Compared { alignment, by_mine, by_theirs, signs } = compared;
        (self.alignment, self.by_mine, self.by_theirs, self.signs) = (alignment, by_mine, by_theirs, signs);
    }
}

/// How a layer compares with my set, and what follows from it.
#[derive(Clone, Debug, Default)]
pub struct Compared {
    alignment: Alignment,
    by_mine: BTreeMap<Id, usize>,
    by_theirs: BTreeMap<Id, usize>,
    signs: Arc<[(usize, Sign)]>,
}

/// Compares a layer with my set.
#[must_use]
pub fn compare(mine: Side, layer: &Layer) -> Compared {
    let alignment = align(mine, Side { set: &layer.set, index: &layer.index, places: &layer.places });
    let pairs = || alignment.pairs.iter().enumerate();
    let signs = alignment.pairs.iter().filter_map(|pair| {
        let sign = match pair.verdict {
            Verdict::Agree => Sign::Agrees,
            Verdict::Differ => Sign::Differs,
            Verdict::OnlyTheirs => Sign::OnlyTheirs,
            Verdict::OnlyMine => return None,
        };
        Some((pair.start, sign))
    });
    let mut signs: Vec<_> = signs.collect();
    signs.sort_by_key(|&(byte, _)| byte);
    Compared {
        by_mine: pairs().filter_map(|(at, pair)| Some((pair.mine.clone()?, at))).collect(),
        by_theirs: pairs().filter_map(|(at, pair)| Some((pair.theirs.clone()?, at))).collect(),
        signs: signs.into(),
        alignment,
    }
}

/// Where the claims of a set and their cues are.
#[must_use]
pub fn places(document: &Document, set: &AnnotationSet, placements: &BTreeMap<AnchorId, Placement>) -> Places {
    Places::of(set, |id, anchor| match placements.get(id) {
        Some(placement) => placement.spans().unwrap_or_default().to_vec(),
        None => plain_spans(document, anchor),
    })
}

/// The claims of all layers, to be found by where they are: who owns one is numbered as the layers are, from 1.
#[must_use]
pub fn marks(layers: &[Layer]) -> Marks {
    let looks = Looks { kind: 0, line: LineStyle::default(), badge: String::new(), attributed: true };
    let of_layer = |(at, layer): (usize, &Layer)| {
        let looks = looks.clone();
        let placed: Vec<Mark> = layer
            .places
            .claims
            .iter()
            .filter(|(_, spans)| !spans.is_empty())
            .map(|(id, spans)| Mark {
                owner: Owner { layer: at as u16 + 1, id: id.clone() },
                role: Role::Claim(looks.clone()),
                spans: spans.clone(),
            })
            .collect();
        placed
    };
    Marks::from(layers.iter().enumerate().flat_map(of_layer).collect::<Vec<_>>())
}

/// Reads the sets beside a document and those that were loaded from elsewhere; what could not be read is told.
pub fn read(
    files: &dyn Files,
    path: &Path,
    document: &Document,
    me: &Me,
    view: &View,
    warnings: &mut Vec<String>,
) -> Vec<Layer> {
    let mut found: Vec<(Elsewhere, Option<String>, bool)> = Vec::new();
    match collection::scan_one(files, path) {
        Ok(beside) => {
            let others = beside.sidecars.into_iter().filter(|(handle, _)| !handle.eq_ignore_ascii_case(&me.handle));
            found.extend(others.map(|(handle, file)| (Elsewhere { file, member: None }, Some(handle), true)));
        }
        Err(error) => warnings.push(error.to_string()),
    }
    found.extend(view.from.iter().map(|from| (from.clone(), None, false)));
    let mut layers: Vec<Layer> = Vec::new();
    let (mut handles, mut slots) = (BTreeSet::new(), BTreeSet::new());
    for (from, named, is_beside) in found {
        let name = from.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (set, problems) = match read_set(files, &from) {
            Ok(read) => read,
            Err(error) => {
                warnings.push(format!("{name}: {error}"));
                continue;
            }
        };
        warnings.extend(problems.iter().map(|what| format!("{name}: {what}")));
        let handle = named.unwrap_or_else(|| handle_of(&from, &set));
        let handle = free_handle(&handle, &handles);
        handles.insert(handle.clone());
        let slot = free_slot(&handle, &slots);
        slots.insert(slot);
        let elsewhere = (!is_beside).then_some(from.clone());
        layers.push(layer(from.file, handle, elsewhere, set, slot, document, view));
    }
    layers
}

fn layer(
    path: PathBuf,
    handle: String,
    elsewhere: Option<Elsewhere>,
    set: AnnotationSet,
    slot: usize,
    document: &Document,
    view: &View,
) -> Layer {
    let (same_text, placements) = placed(document, &set);
    let name = set.header.annotator.name.clone().filter(|name| !name.is_empty());
    Layer {
        path,
        name: name.unwrap_or_else(|| handle.clone()),
        elsewhere,
        index: Arc::new(Index::of(&set)),
        places: Arc::new(places(document, &set, &placements)),
        set: Arc::new(set),
        placements,
        same_text,
        look: view.look(&handle),
        slot,
        handle,
        alignment: Alignment::default(),
        by_mine: BTreeMap::new(),
        by_theirs: BTreeMap::new(),
        signs: Arc::default(),
    }
}

/// A set with what could not be read of it.
///
/// # Errors
/// In words: what is wrong and what to do.
fn read_set(files: &dyn Files, from: &Elsewhere) -> Result<(AnnotationSet, Vec<String>), String> {
    let bytes = files.read(&from.file, sidecar::MAX_BYTES as u64);
    let bytes = bytes.map_err(|error| FileError::when(Action::Read, &from.file)(error).to_string())?;
    let Some(member) = &from.member else {
        let read = sidecar::read(&bytes).map_err(|error| error.to_string())?;
        return Ok((read.set, read.problems.iter().map(ToString::to_string).collect()));
    };
    let read = sidecar::read_set_file(&bytes).map_err(|error| error.to_string())?;
    let set = read.sets.into_iter().find(|set| set.name == *member).map(|set| set.set);
    let gone = || format!("the set {member} is no longer in it: load it again, or take the layer away");
    Ok((set.ok_or_else(gone)?, Vec::new()))
}

/// Whose set it is: as its name says, else as it says itself.
fn handle_of(from: &Elsewhere, set: &AnnotationSet) -> String {
    let file = from.file.file_name().unwrap_or_default().to_string_lossy();
    let name = from.member.as_deref().map_or(&*file, |member| member.rsplit('/').next().unwrap_or(member));
    match recognise(name) {
        FileName::Sidecar { handle, .. } => handle.to_owned(),
        _ if set.header.annotator.handle.is_empty() => "unnamed".to_owned(),
        _ => set.header.annotator.handle.clone(),
    }
}

/// The handle, numbered where another layer has it.
fn free_handle(handle: &str, taken: &BTreeSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{handle}-{number}"));
    std::iter::once(handle.to_owned()).chain(numbered).find(|name| !taken.contains(name)).unwrap_or_default()
}

/// Looks that layers can have; more of them than this look alike but for their initials.
pub const SLOTS: usize = 12;
/// Line patterns among them: as long as there is one that nobody has, a new layer gets it.
const PATTERNS: usize = 4;

/// A look that no other layer has, from the handle, so that a colleague keeps hers when another one comes.
fn free_slot(handle: &str, taken: &BTreeSet<usize>) -> usize {
    let first = handle.bytes().fold(0usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte))) % SLOTS;
    let round = || (0..SLOTS).map(|step| (first + step) % SLOTS).filter(|slot| !taken.contains(slot));
    let is_apart = |slot: &usize| taken.iter().all(|other| other % PATTERNS != slot % PATTERNS);
    round().find(is_apart).or_else(|| round().next()).unwrap_or(first)
}
