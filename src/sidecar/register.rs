//! The register of sources, and the copies of its entries that each sidecar carries so that it can be read alone.
//!
//! A register is a set without a document, in a file of [`FileKind::Register`](super::FileKind); it is read, printed
//! and edited as any set. Held by `tests/sidecar.rs`.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::annotation::{AnnotationSet, Edit, Id, Item, ItemKind};

/// Brings a set's copies of register entries, and of the judgements of them, up to date: where the two differ the
/// register wins, and what the set uses without a copy is added. What the register does not have stays.
#[must_use]
pub fn renew(set: &AnnotationSet, register: &AnnotationSet) -> Edit {
    let mut edit = Edit::new("renew sources");
    let mut ids = used(set);
    ids.extend(set.sources.keys());
    // What an entry was joined to is used with it, over several joins.
    let mut waiting: Vec<&Id> = ids.iter().copied().collect();
    while let Some(id) = waiting.pop() {
        let joined = register.sources.get(id).map_or(&[][..], |entry| &entry.same_as);
        waiting.extend(joined.iter().filter(|other| ids.insert(other)));
    }
    for id in &ids {
        if let Some(entry) = register.sources.get(*id) {
            edit.put(set, id, Item::Source(Arc::clone(entry)));
        }
    }
    for (id, assessment) in &register.assessments {
        if assessment.on.as_ref().is_some_and(|on| ids.contains(on)) {
            edit.put(set, id, Item::Assessment(Arc::clone(assessment)));
        }
    }
    edit
}

/// Takes sources of a set (mine or another's) into the register, under the same ids. An entry that the register has
/// already stays as it is.
#[must_use]
pub fn adopt<'a>(register: &AnnotationSet, from: &AnnotationSet, ids: impl IntoIterator<Item = &'a Id>) -> Edit {
    let mut edit = Edit::new("add sources to the register");
    for id in ids.into_iter().collect::<BTreeSet<_>>() {
        if let Some(source) = from.sources.get(id).filter(|_| !register.sources.contains_key(id)) {
            edit.put(register, id, Item::Source(Arc::clone(source)));
            edit.take(register, ItemKind::Deleted, id);
        }
    }
    edit
}

/// The ids that a set speaks of as sources: of its mentions and voices, and what its assessments are on. Ids of other
/// items are among them.
fn used(set: &AnnotationSet) -> BTreeSet<&Id> {
    let mentions = set.mentions.values().filter_map(|mention| mention.source.as_ref());
    let voices = set.claims.values().flat_map(|claim| claim.said.iter().flatten()).flat_map(|voice| &voice.by);
    let assessed = set.assessments.values().filter_map(|assessment| assessment.on.as_ref());
    mentions.chain(voices).chain(assessed).collect()
}
