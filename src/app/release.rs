//! An open release: the document, my work on it, colleagues' layers, what is selected, and how far it is saved.
//!
//! Knows no panel. What is derived (marks, order of claims) is kept up by [`Release::follow`] at the cost of the edit,
//! not of the set, wherever that can be.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::action::ClaimRef;
use super::layers::Layer;
use super::reader::{Mark, Marks, Owner, Role};
use super::settling::{Agreed, SideBySide};
use crate::annotation::{
    Anchor, AnchorId, AnnotationSet, Assessment, Claim, Edit, History, Id, Index, Placement, Work,
};
use crate::document::{ByteSpan, Document, Proposed, Structure};
use crate::review::{Said, Threads, View, is_unread};
use crate::settings::Settings;

/// An open release.
#[derive(Debug)]
pub struct Release {
    /// The file.
    pub path: PathBuf,
    /// What was read from it.
    pub document: Arc<Document>,
    /// Paragraphs, sentences, quotations; `None` while a large text is being looked through.
    pub structure: Option<Arc<Structure>>,
    /// What the head of the release says of itself.
    pub proposed: Arc<Proposed>,
    /// My set with its index and history.
    pub work: Work,
    /// Whether the text is the one that my set was made on.
    pub same_text: bool,
    /// Where my anchors are, for those that are not where the set says.
    pub placements: BTreeMap<AnchorId, Placement>,
    /// Colleagues' sets: those beside the document by handle, then those from elsewhere.
    pub layers: Vec<Layer>,
    /// The claims of all of them, shown or not, to be found by where they are.
    pub theirs: Arc<Marks>,
    /// What was said on claims, by everybody.
    pub threads: Threads,
    /// How I look at the layers, and what I have read.
    pub view: View,
    /// Whether the layers are to be compared with mine again in the background, and whether that is being done.
    pub comparing: (bool, bool),
    /// Two sets side by side, while they are shown so.
    pub comparison: Option<Box<SideBySide>>,
    /// The settled set, once it was asked for.
    pub agreed: Option<Agreed>,
    /// All marks of mine.
    pub marks: Marks,
    /// Selected claims, the last one at hand.
    pub selected: Vec<ClaimRef>,
    /// The selected words, as the reader last said; empty at the caret.
    pub selection: ByteSpan,
    /// The caret's byte.
    pub caret: usize,
    /// Searching.
    pub find: Find,
    /// How far it is saved.
    pub save: SaveState,
    /// The state of the register that the copies of its entries were last renewed from.
    pub renewed: Option<u64>,
    /// Edits on their way to the journal.
    pub unacknowledged: usize,
    /// Why my set cannot be changed, in words; `None`: it can.
    pub read_only: Option<String>,
    /// The sidecar holds what could not be read; edits wait in the journal until it is put aside.
    pub damaged: bool,
    /// Counts the changes of everything above, so that what is derived elsewhere knows when it is old.
    pub revision: u64,
}

/// Searching in the document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Find {
    /// What is searched; empty: nothing.
    pub query: String,
    /// Where it is, ascending.
    pub hits: Vec<ByteSpan>,
    /// The hit that was gone to last.
    pub current: Option<usize>,
    /// Whether the field is shown.
    pub open: bool,
}

/// How far my edits are on disk.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum SaveState {
    /// As loaded; nothing was edited.
    #[default]
    Clean,
    /// In the journal, and on the way to the sidecar.
    Saving,
    /// In the sidecar; the time of day, "hh:mm:ss".
    Saved(String),
    /// In the journal only: why, and what to do.
    Failed(String),
}

impl Release {
    /// My set.
    #[must_use]
    pub fn set(&self) -> &AnnotationSet {
        self.work.set()
    }

    /// My name: the settings', else the one that my set has, else my handle.
    #[must_use]
    pub fn my_name<'a>(&'a self, settings: &'a Settings) -> &'a str {
        let annotator = &self.work.set().header.annotator;
        let name = Some(settings.name.as_str()).filter(|name| !name.is_empty());
        name.or(annotator.name.as_deref()).unwrap_or(&settings.handle)
    }

    /// The set that a claim belongs to.
    #[must_use]
    pub fn set_of(&self, layer: Option<&str>) -> Option<&AnnotationSet> {
        match layer {
            None => Some(self.work.set()),
            Some(handle) => self.layer(handle).map(|layer| &*layer.set),
        }
    }

    /// The links of the set that a claim belongs to.
    #[must_use]
    pub fn index_of(&self, layer: Option<&str>) -> Option<&Index> {
        match layer {
            None => Some(self.work.index()),
            Some(handle) => self.layer(handle).map(|layer| &*layer.index),
        }
    }

    /// The layer of a handle.
    #[must_use]
    pub fn layer(&self, handle: &str) -> Option<&Layer> {
        self.layers.iter().find(|layer| layer.handle == handle)
    }

    /// A claim, mine or a colleague's.
    #[must_use]
    pub fn claim(&self, claim: &ClaimRef) -> Option<&Arc<Claim>> {
        self.set_of(claim.layer.as_deref())?.claims.get(&claim.id)
    }

    /// The current judgement of a claim on an axis, by the annotator whose claim it is.
    #[must_use]
    pub fn assessment(&self, claim: &ClaimRef, axis: &str) -> Option<(&Id, &Assessment)> {
        let layer = claim.layer.as_deref();
        self.index_of(layer)?.current(self.set_of(layer)?, &claim.id, axis)
    }

    /// Where an anchor of a set is in today's text; empty where it is lost or ambiguous.
    #[must_use]
    pub fn spans(&self, layer: Option<&str>, of: &AnchorId, anchor: &Anchor) -> Vec<ByteSpan> {
        let placements = match layer {
            None => Some(&self.placements),
            Some(handle) => self.layer(handle).map(|layer| &layer.placements),
        };
        match placements.and_then(|placements| placements.get(of)) {
            Some(placement) => placement.spans().unwrap_or_default().to_vec(),
            None => plain_spans(&self.document, anchor),
        }
    }

    /// Where a claim's words are in today's text.
    #[must_use]
    pub fn claim_spans(&self, claim: &ClaimRef) -> Vec<ByteSpan> {
        let anchor = self.claim(claim).map(|claim| &claim.anchor);
        anchor.map_or_else(Vec::new, |anchor| {
            self.spans(claim.layer.as_deref(), &AnchorId::Claim(claim.id.clone()), anchor)
        })
    }

    /// The claim at hand: the last one selected.
    #[must_use]
    pub fn at_hand(&self) -> Option<&ClaimRef> {
        self.selected.last()
    }

    /// The selected claims that are mine.
    #[must_use]
    pub fn own_selected(&self) -> Vec<Id> {
        self.selected.iter().filter(|claim| claim.layer.is_none()).map(|claim| claim.id.clone()).collect()
    }

    /// Whether one of my claims is selected.
    #[must_use]
    pub fn has_own_selected(&self) -> bool {
        self.selected.iter().any(|claim| claim.layer.is_none())
    }

    /// Whether text or a claim is selected.
    #[must_use]
    pub fn has_selection(&self) -> bool {
        !self.selection.is_empty() || !self.selected.is_empty()
    }

    /// Whether a search has hits.
    #[must_use]
    pub fn has_hits(&self) -> bool {
        !self.find.hits.is_empty()
    }

    /// Whether my set can be changed.
    ///
    /// # Errors
    /// A short reason; the banner has the long one.
    pub fn editable(&self) -> Result<(), &'static str> {
        if self.read_only.is_some() { Err("This set is read-only: the banner says why") } else { Ok(()) }
    }

    /// Whether something can be taken back.
    #[must_use]
    pub fn can_undo(&self) -> bool {
        self.history().is_some_and(|history| history.to_undo().is_some())
    }

    /// Whether something can be done again.
    #[must_use]
    pub fn can_redo(&self) -> bool {
        self.history().is_some_and(|history| history.to_redo().is_some())
    }

    /// What undo and redo go through: my set's history; during a comparison the settled set's.
    #[must_use]
    pub fn history(&self) -> Option<&History> {
        match &self.comparison {
            Some(_) => self.agreed.as_ref().map(|agreed| agreed.work.history()),
            None => Some(self.work.history()),
        }
    }

    /// The paragraph's number at a byte, from 1.
    #[must_use]
    pub fn paragraph_at(&self, byte: usize) -> Option<usize> {
        self.structure.as_ref()?.paragraph_at(byte).map(|paragraph| paragraph.number)
    }

    /// My claims in the order of the text: start, then the longer first.
    #[must_use]
    pub fn in_text_order(&self) -> Vec<ClaimRef> {
        self.marks.all().filter(|mark| is_claim(mark)).map(|mark| self.claim_ref(&mark.owner)).collect()
    }

    /// The claims of shown layers in the order of the text.
    #[must_use]
    pub fn theirs_in_text_order(&self) -> Vec<ClaimRef> {
        let shown = self.theirs.all().filter(|mark| self.is_shown(&mark.owner));
        shown.map(|mark| self.claim_ref(&mark.owner)).collect()
    }

    /// The claims of shown layers that lie within words, in the order of the text.
    #[must_use]
    pub fn theirs_within(&self, words: ByteSpan) -> Vec<ClaimRef> {
        let lies_within = |mark: &&Mark| {
            let hull = mark.hull();
            words.start <= hull.start && hull.end <= words.end && self.is_shown(&mark.owner)
        };
        let found = self.theirs.touching(words).into_iter().filter(lies_within);
        found.map(|mark| self.claim_ref(&mark.owner)).collect()
    }

    /// The claims at a byte (or that end there), mine and of shown layers: mine first and the shorter before the longer.
    #[must_use]
    pub fn claims_at(&self, byte: usize) -> Vec<ClaimRef> {
        let span = ByteSpan { start: byte.saturating_sub(1), end: byte + 1 };
        let theirs = self.theirs.touching(span).into_iter().filter(|mark| self.is_shown(&mark.owner));
        let mine = self.marks.touching(span).into_iter().filter(|mark| is_claim(mark));
        let mut found: Vec<_> = mine.chain(theirs).collect();
        found.sort_by_key(|mark| (mark.owner.layer, mark.hull().len()));
        found.into_iter().map(|mark| self.claim_ref(&mark.owner)).collect()
    }

    /// Whether the layer of a mark is shown; mine always is.
    fn is_shown(&self, owner: &Owner) -> bool {
        let layer = usize::from(owner.layer).checked_sub(1).and_then(|at| self.layers.get(at));
        layer.is_none_or(Layer::is_shown)
    }

    /// The colleague whose claim is at hand.
    #[must_use]
    pub fn colleague_at_hand(&self) -> Option<&Layer> {
        self.layer(self.at_hand()?.layer.as_deref()?)
    }

    /// The selected claims that are colleagues'.
    #[must_use]
    pub fn theirs_selected(&self) -> Vec<ClaimRef> {
        self.selected.iter().filter(|claim| claim.layer.is_some()).cloned().collect()
    }

    /// My judgement in force of a claim, mine or a colleague's.
    #[must_use]
    pub fn my_assessment(&self, claim: &Id, axis: &str) -> Option<(&Id, &Assessment)> {
        self.work.index().current(self.work.set(), claim, axis)
    }

    /// What others than the one who marked a claim think of it, one a judge: their name, and their judgement in force on
    /// an axis. I come first.
    pub fn other_judges<'a>(
        &'a self,
        claim: &'a ClaimRef,
        axis: &'a str,
    ) -> impl Iterator<Item = (Option<&'a Layer>, &'a Assessment)> {
        // Whoever has the claim itself judges their own.
        let is_other = |set: &AnnotationSet| !set.claims.contains_key(&claim.id);
        let mine = Some(self.set()).filter(|set| is_other(set)).and_then(|_| self.my_assessment(&claim.id, axis));
        let others = self.layers.iter().filter(move |layer| is_other(&layer.set));
        let judged = others.filter_map(move |layer| {
            let (_, judged) = layer.index.current(&layer.set, &claim.id, axis)?;
            Some((Some(layer), judged))
        });
        mine.map(|(_, judged)| (None, judged)).into_iter().chain(judged)
    }

    /// The ids under which a claim is talked about: its own, those that it was made from, and that of the mark of the
    /// same words in the set that it is compared with.
    #[must_use]
    pub fn aliases(&self, claim: &ClaimRef) -> Vec<Id> {
        let mut ids = vec![claim.id.clone()];
        let mut add = |id: &Id| {
            if !ids.contains(id) {
                ids.push(id.clone());
            }
        };
        self.claim(claim).iter().flat_map(|item| &item.from).for_each(&mut add);
        match claim.layer.as_deref() {
            None => self.layers.iter().filter_map(|layer| layer.theirs_of(&claim.id)).for_each(&mut add),
            Some(handle) => {
                self.layer(handle).and_then(|layer| layer.mine_of(&claim.id)).into_iter().for_each(&mut add);
            }
        }
        ids
    }

    /// The claim of this id, mine or of the first layer that has it.
    #[must_use]
    pub fn claim_of_id(&self, id: &Id) -> Option<ClaimRef> {
        if self.set().claims.contains_key(id) {
            return Some(ClaimRef::mine(id.clone()));
        }
        let layer = self.layers.iter().find(|layer| layer.set.claims.contains_key(id))?;
        Some(ClaimRef { layer: Some(layer.handle.clone()), id: id.clone() })
    }

    /// Whether a remark is a colleague's that I have not read.
    #[must_use]
    pub fn is_unread(&self, said: &Said) -> bool {
        is_unread(said, &self.view.read)
    }

    /// How many remarks of colleagues I have not read.
    #[must_use]
    pub fn unread(&self) -> usize {
        self.threads.unread(&self.view.read).count()
    }

    /// The claim that a mark belongs to.
    #[must_use]
    pub fn claim_ref(&self, owner: &Owner) -> ClaimRef {
        let layer = usize::from(owner.layer).checked_sub(1).and_then(|at| self.layers.get(at));
        ClaimRef { layer: layer.map(|layer| layer.handle.clone()), id: owner.id.clone() }
    }

    /// The owner of a claim's marks.
    #[must_use]
    pub fn owner(&self, claim: &ClaimRef) -> Owner {
        let at = claim.layer.as_ref().and_then(|handle| self.layers.iter().position(|layer| layer.handle == *handle));
        Owner { layer: at.map_or(0, |at| at as u16 + 1), id: claim.id.clone() }
    }

    /// The ids of my claims that an edit changes: themselves, or what they are made of.
    #[must_use]
    pub fn touched(&self, edit: &Edit) -> BTreeSet<Id> {
        let mut touched = BTreeSet::new();
        for change in &edit.changes {
            touched.insert(change.id.clone());
            for claim in self.work.index().claims_of_source(&change.id) {
                touched.insert(claim);
            }
            for item in [&change.before, &change.after].into_iter().flatten() {
                if let crate::annotation::Item::Assessment(assessment) = item {
                    touched.extend(assessment.on.clone());
                }
            }
        }
        touched
    }
}

fn is_claim(mark: &Mark) -> bool {
    matches!(mark.role, Role::Claim(_))
}

/// Where an anchor is if the text is the one that it was made on; empty where it does not fit into the text.
pub(super) fn plain_spans(document: &Document, anchor: &Anchor) -> Vec<ByteSpan> {
    anchor.spans.iter().filter_map(|&span| document.text.byte_span_from_code_span(span)).collect()
}
