//! What a journal has and the sidecar has not: per item, how it was and how it shall be.
//!
//! Items are folded over all records since the sidecar was last known: a lost record in the middle costs only what no
//! later record says. Knows no files. Held by `tests/store.rs`.

use std::collections::BTreeMap;

use crate::annotation::{Act, AnnotationSet, Change, Edit, Id, Item, ItemKind, Kept, Record};
use crate::annotation::{Assessment, Claim, Conflict, Dismissal, Mention, Relation, Remark, Source};
use crate::sidecar::journal::Entry;

/// Changes that are not in the sidecar.
#[derive(Debug, Default)]
pub(super) struct Unsaved {
    /// Whether it is known what they are relative to.
    has_base: bool,
    /// The sidecar that they are relative to, by its hash; `None`: no file.
    base: Option<String>,
    items: BTreeMap<(ItemKind, Id), Ends>,
    /// What the analyst did, oldest first.
    pub(super) labels: Vec<String>,
}

/// An item before the first and after the last change.
#[derive(Debug)]
struct Ends {
    before: Option<Item>,
    after: Option<Item>,
}

/// Which of the two.
#[derive(Clone, Copy, Debug)]
pub(super) enum Side {
    Before,
    After,
}

impl Unsaved {
    /// What the entries of a journal leave to be saved.
    pub(super) fn of(entries: &[Entry]) -> Self {
        let mut unsaved = Self::default();
        for entry in entries {
            match entry {
                Entry::Begin { .. } => {}
                Entry::Applied { record, .. } => {
                    unsaved.changes(&record.edit.changes);
                    if !matches!(record.act, Act::Outside | Act::Amend) {
                        unsaved.labels.push(label(record));
                    }
                }
                Entry::Base { sha256, missing } => {
                    unsaved = Self { has_base: true, base: sha256.clone(), ..Self::default() };
                    unsaved.changes(missing);
                    if !missing.is_empty() {
                        unsaved.labels.push("merge".to_owned());
                    }
                }
            }
        }
        unsaved
    }

    /// What one edit changes.
    pub(super) fn by(edit: &Edit) -> Self {
        let mut unsaved = Self::default();
        unsaved.changes(&edit.changes);
        unsaved
    }

    fn changes(&mut self, changes: &[Change]) {
        for change in changes {
            let Some(kind) = change.kind() else { continue };
            self.items
                .entry((kind, change.id.clone()))
                .and_modify(|ends| ends.after.clone_from(&change.after))
                .or_insert_with(|| Ends { before: change.before.clone(), after: change.after.clone() });
        }
    }

    /// Whether they were made on the sidecar with this hash.
    pub(super) fn is_based_on(&self, disk: Option<&str>) -> bool {
        self.has_base && self.base.as_deref() == disk
    }

    pub(super) fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// `set` with these items as they were, or as they shall be.
    pub(super) fn laid_over(&self, set: &AnnotationSet, side: Side) -> AnnotationSet {
        let mut edit = Edit::new("");
        for ((kind, id), ends) in &self.items {
            let item = match side {
                Side::Before => &ends.before,
                Side::After => &ends.after,
            };
            match item {
                Some(item) => edit.put(set, id, item.clone()),
                None => edit.take(set, *kind, id),
            }
        }
        applied(set, &edit)
    }
}

fn label(record: &Record) -> String {
    match record.act {
        Act::Undo => format!("undo {}", record.edit.label),
        Act::Redo => format!("redo {}", record.edit.label),
        _ => record.edit.label.clone(),
    }
}

/// `set` after an edit that was made from it, and so cannot be refused.
pub(super) fn applied(set: &AnnotationSet, edit: &Edit) -> AnnotationSet {
    let mut set = set.clone();
    if let Err(refused) = set.apply(edit) {
        debug_assert!(false, "{refused}");
    }
    set
}

/// What leads from one set to another.
pub(super) fn difference(from: &AnnotationSet, to: &AnnotationSet) -> Vec<Change> {
    let mut edit = Edit::new("");
    edit.put(from, &Id::new(""), Item::Header(to.header.clone()));
    table::<Source>(&mut edit, from, to);
    table::<Mention>(&mut edit, from, to);
    table::<Claim>(&mut edit, from, to);
    table::<Assessment>(&mut edit, from, to);
    table::<Relation>(&mut edit, from, to);
    table::<Remark>(&mut edit, from, to);
    table::<Dismissal>(&mut edit, from, to);
    table::<Conflict>(&mut edit, from, to);
    for (id, time) in &to.deleted {
        edit.put(from, id, Item::Deleted(time.clone()));
    }
    for id in from.deleted.keys().filter(|id| !to.deleted.contains_key(*id)) {
        edit.take(from, ItemKind::Deleted, id);
    }
    edit.changes
}

fn table<T: Kept>(edit: &mut Edit, from: &AnnotationSet, to: &AnnotationSet) {
    let (old, new) = (T::table(from), T::table(to));
    for (id, item) in new {
        if !old.get(id).is_some_and(|old| std::sync::Arc::ptr_eq(old, item)) {
            edit.put(from, id, T::into_item(item.clone()));
        }
    }
    for id in old.keys().filter(|id| !new.contains_key(*id)) {
        edit.take(from, T::KIND, id);
    }
}
