//! An edit as a value: a label and changes, each the before and after of one item. It inverts by swapping.
//!
//! The only way in which a set changes; undo, journal and merge all speak it.

use std::fmt;

use super::merge::merged_item;
use super::{AnnotationSet, Id, Item, ItemKind};

/// One item's change: before and after. `None` before is an addition, `None` after a deletion.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The item's id; empty for the head of the set.
    pub id: Id,
    /// What the set must hold for the change to be applied.
    pub before: Option<Item>,
    /// What it holds afterwards.
    pub after: Option<Item>,
}

/// What an analyst did, in one step of undo.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// For the menu: "Undo {label}", in lower case ("mark claim").
    pub label: String,
    /// Applied in order, all or none.
    pub changes: Vec<Change>,
}

/// Why an edit was not applied: an item is not as the edit expects it. The set is unchanged.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused {
    /// The item that differs.
    pub id: Id,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} was changed meanwhile", self.id)
    }
}

impl std::error::Error for Refused {}

impl Change {
    /// The table that the change is about; `None` where it changes nothing.
    #[must_use]
    pub fn kind(&self) -> Option<ItemKind> {
        self.after.as_ref().or(self.before.as_ref()).map(Item::kind)
    }

    /// Whether both change the same item.
    #[must_use]
    pub fn is_about_the_same(&self, other: &Self) -> bool {
        self.id == other.id && self.kind() == other.kind()
    }
}

impl Edit {
    /// An edit without changes yet.
    #[must_use]
    pub fn new(label: &str) -> Self {
        Self { label: label.to_owned(), changes: Vec::new() }
    }

    /// Whether it changes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Adds "put `item` under `id`", whatever `set` holds there now; left out where that is the same already.
    /// `set` is the set before the whole edit: give each item once.
    pub fn put(&mut self, set: &AnnotationSet, id: &Id, item: Item) {
        let before = set.item(item.kind(), id);
        if before.as_ref() != Some(&item) {
            self.changes.push(Change { id: id.clone(), before, after: Some(item) });
        }
    }

    /// Adds "take the item out"; left out where it is not there.
    pub fn take(&mut self, set: &AnnotationSet, kind: ItemKind, id: &Id) {
        if let Some(before) = set.item(kind, id) {
            self.changes.push(Change { id: id.clone(), before: Some(before), after: None });
        }
    }

    /// Goes on with `next`, applied after this one: where both change an item, one change from the first's before to
    /// the next's after.
    pub(super) fn grow(&mut self, next: &Self) {
        for (at, change) in next.changes.iter().enumerate() {
            match self.position(at, change).and_then(|at| self.changes.get_mut(at)) {
                Some(old) => old.after.clone_from(&change.after),
                None => self.changes.push(change.clone()),
            }
        }
    }

    /// Where the change of the same item stands. `likely`: where it would stand in an edit of the same items; such
    /// edits of many items are compared in one walk.
    pub(super) fn position(&self, likely: usize, change: &Change) -> Option<usize> {
        if self.changes.get(likely).is_some_and(|old| old.is_about_the_same(change)) {
            return Some(likely);
        }
        self.changes.iter().position(|old| old.is_about_the_same(change))
    }

    /// This edit for a set in which its items may have been changed meanwhile: what was changed in other fields is
    /// kept, and what is as the edit would have it is left out.
    pub(super) fn rebased(&self, set: &AnnotationSet) -> Result<Self, Refused> {
        let mut rebased = Self::new(&self.label);
        for change in &self.changes {
            let Some(kind) = change.kind() else { continue };
            let now = set.item(kind, &change.id);
            if now == change.after {
                continue;
            }
            let after = match (&change.before, &now, &change.after) {
                (before, now, after) if before == now => after.clone(),
                (Some(before), Some(now), Some(after)) => merged_item(before, now, after),
                _ => None,
            };
            if after.is_none() && change.before != now {
                return Err(Refused { id: change.id.clone() });
            }
            rebased.changes.push(Change { id: change.id.clone(), before: now, after });
        }
        Ok(rebased)
    }

    /// The edit that takes this one back.
    #[must_use]
    pub fn inverted(&self) -> Self {
        let changes = self
            .changes
            .iter()
            .rev()
            .map(|change| Change { id: change.id.clone(), before: change.after.clone(), after: change.before.clone() })
            .collect();
        Self { label: self.label.clone(), changes }
    }
}

impl AnnotationSet {
    /// Applies an edit, all of it or none. Costs by the edit's size, not by the set's.
    ///
    /// # Errors
    /// [`Refused`] where an item is not as the edit's `before` has it.
    pub fn apply(&mut self, edit: &Edit) -> Result<(), Refused> {
        for (done, change) in edit.changes.iter().enumerate() {
            let was = self.set_to(change, change.after.as_ref());
            if was != change.before {
                self.set_to(change, was.as_ref());
                for change in edit.changes.iter().take(done).rev() {
                    self.set_to(change, change.before.as_ref());
                }
                return Err(Refused { id: change.id.clone() });
            }
        }
        Ok(())
    }

    /// Sets the item that a change is about and gives what it was: one walk through its table.
    fn set_to(&mut self, change: &Change, item: Option<&Item>) -> Option<Item> {
        match item {
            Some(item) => self.put(&change.id, item.clone()),
            None => self.take(change.kind()?, &change.id),
        }
    }
}
