//! The conflicts of a set as one settles them: fields that mean something only together are settled together.
//!
//! Held by `tests/annotation.rs`.

use std::collections::BTreeMap;

use super::{AnnotationSet, Claim, Id, Index, Item, ItemKind};

/// What is settled by one decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The item; empty for the head of the set.
    pub on: Id,
    /// Its conflicts, by id; never empty.
    pub conflicts: Vec<Id>,
}

/// All clashes of a set, by item. Conflicts that name no item are left out.
#[must_use]
pub fn clashes(set: &AnnotationSet) -> Vec<Clash> {
    let mut found: BTreeMap<(&Id, &str), Vec<Id>> = BTreeMap::new();
    for (id, conflict) in &set.conflicts {
        let Some(on) = &conflict.on else { continue };
        let kind = set.any(on).map(|item| item.kind());
        let part = match (kind, conflict.field.as_deref().unwrap_or_default()) {
            // A term without its scale, one end of a relation without the other, would say what nobody said.
            (Some(ItemKind::Assessment | ItemKind::Relation | ItemKind::Dismissal), field) if !field.is_empty() => "·",
            (None, "document.name" | "document.media_type" | "document.sha256" | "document.text") => "document",
            (_, field) => field,
        };
        found.entry((on, part)).or_default().push(id.clone());
    }
    found.into_iter().map(|((on, _), conflicts)| Clash { on: on.clone(), conflicts }).collect()
}

/// Those of a claim: on itself, on what was said of it, and on whom it is said by.
#[must_use]
pub fn clashes_of_claim(set: &AnnotationSet, index: &Index, id: &Id, claim: &Claim) -> Vec<Clash> {
    if set.conflicts.is_empty() {
        return Vec::new();
    }
    let mut about: Vec<&Id> = vec![id];
    about.extend(index.assessments(id).chain(index.remarks(id)).chain(index.relations(id)).chain(index.dismissals(id)));
    for voice in claim.said.iter().flatten().flat_map(|voice| &voice.by) {
        about.push(voice);
        about.extend(set.source_of(voice));
    }
    let mut all = clashes(set);
    all.retain(|clash| about.contains(&&clash.on));
    all
}

/// The item that a clash is about; `None` where it is gone.
#[must_use]
pub fn clashing_item(set: &AnnotationSet, on: &Id) -> Option<Item> {
    if on.as_str().is_empty() { set.item(ItemKind::Header, on) } else { set.any(on) }
}
