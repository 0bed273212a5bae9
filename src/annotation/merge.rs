//! Three-way merge: what two sides made of one set, as one set and as the edit that takes ours there.
//!
//! Items are merged by id, and items that both sides changed field by field. What cannot be settled keeps our value
//! and stands as a [`Conflict`] item with theirs, so that nothing is lost; its id follows from what it says, so that
//! the same merge twice is the same. Linear in the sets, which are walked side by side.
//!
//! - Deleted on one side and unchanged on the other: gone. Deleted and changed, or deleted and in use by something
//!   that the other side made: it stays with what hangs on it, and a conflict without a field says so.
//! - Without a base, an id noted as deleted is gone unless the item is newer than the note; all else stays.
//! - Which side is ours matters for conflicts only.
//!
//! Knows no files and no format: how a value is written comes in as a function. Held by `tests/annotation.rs` and
//! `benches/annotation.rs`.

mod fields;
mod lists;

use std::collections::{BTreeMap, BTreeSet};
use std::mem;
use std::sync::Arc;

use sha2::{Digest, Sha256};

pub(super) use self::fields::merged_item;
use self::fields::{Dated, Fields};
use super::index::{Which, each_link};
use super::{
    AnnotationSet, Assessment, Claim, Conflict, Dismissal, Edit, Id, IdKind, Item, ItemKind, Mention, Relation, Remark,
    Source, Table,
};

/// Writes a field of an item as text for a [`Conflict`]: the whole item where no field is named, nothing where the
/// field has no value. A field within a field is named with a point between (`descriptor.bias`).
pub type Print<'a> = &'a dyn Fn(&Item, Option<&str>) -> Option<String>;

/// What a merge gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// Both sides' work.
    pub set: AnnotationSet,
    /// What takes ours to `set`; empty where theirs brings nothing new.
    pub edit: Edit,
    /// The conflicts between the sides, by the ids of their items in `set`. One that was settled before is not among
    /// them.
    pub conflicts: Vec<Id>,
}

/// Merges what two sides made of `base`; `None` where what they have in common is not known.
#[must_use]
pub fn merge(base: Option<&AnnotationSet>, ours: &AnnotationSet, theirs: &AnnotationSet, print: Print) -> Merged {
    let nothing = AnnotationSet::default();
    let mut merging = Merging {
        base: base.unwrap_or(&nothing),
        ours,
        theirs,
        print,
        set: ours.clone(),
        touched: BTreeSet::new(),
        gone: BTreeMap::new(),
        kept: Vec::new(),
        clashed: Vec::new(),
        conflicts: BTreeMap::new(),
    };
    merging.head();
    merging.table::<Source>();
    merging.table::<Mention>();
    merging.table::<Claim>();
    merging.table::<Assessment>();
    merging.table::<Relation>();
    merging.table::<Remark>();
    merging.table::<Dismissal>();
    merging.table::<Conflict>();
    merging.bring_back();
    merging.keep_what_is_used();
    merging.bring_back();
    merging.deleted();
    merging.finish()
}

/// A merge under way.
struct Merging<'a> {
    base: &'a AnnotationSet,
    ours: &'a AnnotationSet,
    theirs: &'a AnnotationSet,
    print: Print<'a>,
    /// Ours, with everything that is settled so far.
    set: AnnotationSet,
    /// Where `set` may differ from ours.
    touched: BTreeSet<(ItemKind, Id)>,
    /// Items that one side has and the merged set has not.
    gone: BTreeMap<Id, Gone>,
    /// Items that stay although one side deleted them, whose company is still to be brought back.
    kept: Vec<Id>,
    /// Items that clash, merged the other way round: what these link to is in use, for theirs may yet be taken.
    clashed: Vec<(Id, Item)>,
    conflicts: BTreeMap<Id, Conflict>,
}

/// An item that one side deleted.
struct Gone {
    /// As the other side has it.
    item: Item,
    by: Side,
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Ours,
    Theirs,
}

impl<'a> Merging<'a> {
    fn head(&mut self) {
        let (base, ours, theirs) = (&self.base.header, &self.ours.header, &self.theirs.header);
        self.both(&Id::default(), [Some(base), Some(ours), Some(theirs)], Item::Header);
    }

    /// Merges one table.
    fn table<T: Dated>(&mut self) {
        for (id, sides) in side_by_side([self.base, self.ours, self.theirs].map(T::table)) {
            match sides {
                [_, Some(_), Some(_)] => self.both(id, sides, T::into_item),
                [base, Some(ours), None] => self.one(id, base, ours, Side::Theirs),
                [base, None, Some(theirs)] => self.one(id, base, theirs, Side::Ours),
                [_, None, None] => {}
            }
        }
    }

    /// An item that both sides have.
    fn both<T: Fields>(&mut self, id: &Id, sides: [Option<&Arc<T>>; 3], into_item: fn(Arc<T>) -> Item) {
        let [base, Some(ours), Some(theirs)] = sides else { return };
        if is_same(ours, theirs) || base.is_some_and(|base| is_same(base, theirs)) {
            return;
        }
        if base.is_some_and(|base| is_same(base, ours)) {
            return self.put(id, into_item(Arc::clone(theirs)));
        }
        let nothing = Arc::new(T::default());
        let mut clashes = BTreeSet::new();
        let merged = T::merged([base.unwrap_or(&nothing), ours, theirs], &mut clashes);
        if merged != **ours {
            self.put(id, into_item(Arc::new(merged)));
        }
        if !clashes.is_empty() {
            let taken = T::merged([base.unwrap_or(&nothing), theirs, ours], &mut BTreeSet::new());
            self.clashed.push((id.clone(), into_item(Arc::new(taken))));
        }
        for field in clashes {
            self.clash(id, Some(field), sides.map(|side| side.cloned().map(into_item)));
        }
    }

    /// An item that one side has and the other one, `without`, has not.
    fn one<T: Dated>(&mut self, id: &Id, base: Option<&Arc<T>>, item: &Arc<T>, without: Side) {
        let other = self.side(without);
        let stays = match base {
            Some(base) if is_same(base, item) => Stays::No,
            Some(_) => Stays::Against,
            None => match other.deleted.get(id) {
                // What was noted as deleted in the base too was brought back since.
                Some(when) if !self.base.deleted.contains_key(id) => {
                    if item.when() > Some(when) {
                        Stays::Against
                    } else {
                        Stays::No
                    }
                }
                _ => Stays::Unopposed,
            },
        };
        let whole = T::into_item(Arc::clone(item));
        match stays {
            Stays::No => {
                self.gone.insert(id.clone(), Gone { item: whole, by: without });
                if without == Side::Theirs {
                    self.take(T::KIND, id);
                }
            }
            Stays::Unopposed => self.put(id, whole),
            Stays::Against => {
                self.put(id, whole.clone());
                self.clash_of_deletion(id, base.cloned().map(T::into_item), whole, without);
                self.kept.push(id.clone());
            }
        }
    }

    /// Keeps what one side deleted while the other made something that hangs on it or speaks through it.
    fn keep_what_is_used(&mut self) {
        if self.gone.is_empty() {
            return;
        }
        let mut used = BTreeSet::new();
        let clashed = self.clashed.iter().map(|(id, item)| (id, item.clone()));
        for item in items(&self.set).chain(clashed) {
            each_link(&item.1, |which, on| {
                if which.needs_its_end()
                    && let Some(gone) = self.gone.get(on)
                    // Where the side that deleted it left the link dangling, it stays dangling.
                    && !links_to(self.side(gone.by), &item, on)
                {
                    used.insert(on.clone());
                }
            });
        }
        for id in used {
            if let Some(gone) = self.gone.remove(&id) {
                let base = self.base.item(gone.item.kind(), &id);
                self.put(&id, gone.item.clone());
                self.clash_of_deletion(&id, base, gone.item, gone.by);
                self.kept.push(id);
            }
        }
    }

    /// Brings back what was deleted together with an item that stays: what hangs on it and through whom it is said;
    /// relations where both ends are there.
    fn bring_back(&mut self) {
        if self.kept.is_empty() {
            return;
        }
        let mut hanging: BTreeMap<Id, Vec<Id>> = BTreeMap::new();
        for (id, gone) in &self.gone {
            each_link(&gone.item, |which, on| {
                if which.hangs() {
                    hanging.entry(on.clone()).or_default().push(id.clone());
                }
            });
        }
        let mut back = mem::take(&mut self.kept);
        while let Some(id) = back.pop() {
            let mut wanted = hanging.remove(&id).unwrap_or_default();
            if let Some(item) = self.set.any(&id) {
                each_link(&item, |which, on| {
                    if which.needs_its_end() {
                        wanted.push(on.clone());
                    }
                });
            }
            for id in wanted {
                let is_relation = |gone: &Gone| gone.item.kind() == ItemKind::Relation;
                if self.gone.get(&id).is_some_and(|gone| !is_relation(gone)) {
                    self.restore(&id);
                    back.push(id);
                }
            }
        }
        let relations: Vec<Id> = self
            .gone
            .iter()
            .filter(|(_, gone)| match &gone.item {
                Item::Relation(relation) => {
                    relation.from.iter().chain(&relation.to).all(|end| !self.gone.contains_key(end))
                        && relation.from.iter().chain(&relation.to).any(|end| self.was_deleted_by(gone.by, end))
                }
                _ => false,
            })
            .map(|(id, _)| id.clone())
            .collect();
        for id in relations {
            self.restore(&id);
        }
    }

    /// Whether the item is in the merged set although this side had deleted it.
    fn was_deleted_by(&self, side: Side, id: &Id) -> bool {
        self.set.holds(id) && !self.side(side).holds(id)
    }

    fn restore(&mut self, id: &Id) {
        if let Some(gone) = self.gone.remove(id) {
            self.put(id, gone.item);
        }
    }

    /// Merges the notes of what was deleted: of two times the later one; none of what is there after all.
    fn deleted(&mut self) {
        for (id, [base, ours, theirs]) in side_by_side([self.base, self.ours, self.theirs].map(|set| &set.deleted)) {
            if ours == theirs {
                continue;
            }
            let merged = if base == ours {
                theirs
            } else if base == theirs {
                ours
            } else {
                ours.max(theirs)
            };
            match merged.filter(|_| !self.set.holds(id)) {
                Some(when) => self.put(id, Item::Deleted(Arc::clone(when))),
                None => self.take(ItemKind::Deleted, id),
            }
        }
    }

    fn finish(mut self) -> Merged {
        for (id, conflict) in &self.conflicts {
            if !self.set.conflicts.contains_key(id) {
                self.set.put(id, Item::Conflict(Arc::new(conflict.clone())));
                self.touched.insert((ItemKind::Conflict, id.clone()));
            }
        }
        let mut edit = Edit::new("merge");
        for (kind, id) in self.touched {
            match self.set.item(kind, &id) {
                Some(item) => edit.put(self.ours, &id, item),
                None => edit.take(self.ours, kind, &id),
            }
        }
        Merged { set: self.set, edit, conflicts: self.conflicts.into_keys().collect() }
    }

    fn side(&self, side: Side) -> &'a AnnotationSet {
        match side {
            Side::Ours => self.ours,
            Side::Theirs => self.theirs,
        }
    }

    fn put(&mut self, id: &Id, item: Item) {
        self.touched.insert((item.kind(), id.clone()));
        self.set.put(id, item);
    }

    fn take(&mut self, kind: ItemKind, id: &Id) {
        self.touched.insert((kind, id.clone()));
        self.set.take(kind, id);
    }

    /// Notes that an item stays which one side deleted.
    fn clash_of_deletion(&mut self, id: &Id, base: Option<Item>, item: Item, deleted_by: Side) {
        let sides = match deleted_by {
            Side::Ours => [base, None, Some(item)],
            Side::Theirs => [base, Some(item), None],
        };
        self.clash(id, None, sides);
    }

    /// Notes a conflict, unless it was settled before.
    fn clash(&mut self, on: &Id, field: Option<String>, sides: [Option<Item>; 3]) {
        let [base, ours, theirs] = sides.map(|item| item.and_then(|item| (self.print)(&item, field.as_deref())));
        let conflict = Conflict { on: Some(on.clone()), field, base, ours, theirs, ..Conflict::default() };
        let id = id_of(&conflict);
        if [self.ours, self.theirs].iter().all(|side| !side.deleted.contains_key(&id)) {
            self.conflicts.insert(id, conflict);
        }
    }
}

/// What becomes of an item that only one side has.
enum Stays {
    No,
    /// Nobody deleted it.
    Unopposed,
    /// The other side deleted it.
    Against,
}

impl Which {
    /// Whether what has such a link is about the item at its end, and goes with it.
    fn hangs(self) -> bool {
        matches!(self, Self::Assessments | Self::Remarks | Self::Dismissals)
    }

    /// Whether what has such a link says something else without the item at its end.
    fn needs_its_end(self) -> bool {
        self.hangs() || matches!(self, Self::Relations | Self::Mentions | Self::Claims)
    }
}

fn is_same<T: PartialEq>(a: &Arc<T>, b: &Arc<T>) -> bool {
    Arc::ptr_eq(a, b) || a == b
}

/// Whether the set has the item too, with a link to `on`.
fn links_to(set: &AnnotationSet, (id, item): &(&Id, Item), on: &Id) -> bool {
    let mut does = false;
    if let Some(other) = set.item(item.kind(), id) {
        each_link(&other, |_, end| does |= end == on);
    }
    does
}

/// All items that can have links.
fn items(set: &AnnotationSet) -> impl Iterator<Item = (&Id, Item)> {
    let mentions = set.mentions.iter().map(|(id, item)| (id, Item::Mention(Arc::clone(item))));
    let claims = set.claims.iter().map(|(id, item)| (id, Item::Claim(Arc::clone(item))));
    let assessments = set.assessments.iter().map(|(id, item)| (id, Item::Assessment(Arc::clone(item))));
    let relations = set.relations.iter().map(|(id, item)| (id, Item::Relation(Arc::clone(item))));
    let remarks = set.remarks.iter().map(|(id, item)| (id, Item::Remark(Arc::clone(item))));
    let dismissed = set.dismissed.iter().map(|(id, item)| (id, Item::Dismissal(Arc::clone(item))));
    mentions.chain(claims).chain(assessments).chain(relations).chain(remarks).chain(dismissed)
}

/// Walks three tables side by side: each id once, in order, with what each table has under it.
fn side_by_side<T>(tables: [&Table<T>; 3]) -> impl Iterator<Item = (&Id, [Option<&Arc<T>>; 3])> {
    let mut walks = tables.map(|table| table.iter().peekable());
    std::iter::from_fn(move || {
        let id = walks.iter_mut().filter_map(|walk| walk.peek().map(|(id, _)| *id)).min()?;
        Some((id, walks.each_mut().map(|walk| walk.next_if(|(other, _)| *other == id).map(|(_, item)| item))))
    })
}

/// The id of a conflict: from the item, the field and what they have, so that the same conflict is found again.
fn id_of(conflict: &Conflict) -> Id {
    let mut hash = Sha256::new();
    for part in [conflict.on.as_ref().map(Id::as_str), conflict.field.as_deref(), conflict.theirs.as_deref()] {
        // A length before each part, so that no two lists of parts run together to the same bytes.
        hash.update(part.map_or(u64::MAX, |part| part.len() as u64).to_le_bytes());
        hash.update(part.unwrap_or_default());
    }
    let bits = hash.finalize().iter().take(8).fold(0, |bits, &byte| (bits << 8) | u64::from(byte));
    Id::from_random(IdKind::Conflict, bits)
}
