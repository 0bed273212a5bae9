//! Every edit that the window and the command line make, composed on a draft and finished as one [`Edit`].
//!
//! A draft is a view of a set with changes laid over it; the set itself is not touched. Several calls on one draft are
//! one step of undo: mark a claim, attribute it, assess it. New ids come from the random number of the [`Stamp`], the
//! time from its `now`: the same calls with the same stamp give the same edit. Ids that the set does not hold are
//! passed over, for they may have been deleted meanwhile. Held by `tests/annotation.rs`.

mod attribute;
mod head;
mod judge;
mod mark;
mod remove;

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub use attribute::Unattributed;
pub use judge::Judgement;
pub use mark::{AnchorId, ClaimField, anchors};

use super::{AnnotationSet, Edit, Id, IdKind, Index, Item, ItemKind, Kept, Timestamp};

/// What an edit takes from outside: time and chance.
#[derive(Clone, Debug, PartialEq)]
pub struct Stamp {
    /// Now.
    pub now: Timestamp,
    /// When this session began: an assessment made since then is changed in place.
    pub session: Timestamp,
    /// Fresh random bits for each draft, from which its new ids are drawn.
    pub random: u64,
}

/// An edit in the making.
#[derive(Clone, Debug)]
pub struct Draft<'a> {
    set: &'a AnnotationSet,
    index: &'a Index,
    stamp: Stamp,
    label: Option<String>,
    /// Items as the edit leaves them; `None` is taken out.
    touched: BTreeMap<(ItemKind, Id), Option<Item>>,
    /// Links of the touched items, from when they are first asked for: a change of many items' fields never asks.
    links: OnceCell<Index>,
    /// The time in the notes of what this draft deletes.
    deleted: Arc<Timestamp>,
    /// Ids that this draft gave away.
    given: BTreeSet<Id>,
}

impl<'a> Draft<'a> {
    /// A draft of an edit of `set`, whose links are `index`.
    #[must_use]
    pub fn new(set: &'a AnnotationSet, index: &'a Index, stamp: Stamp) -> Self {
        Self {
            set,
            index,
            deleted: Arc::new(stamp.now.clone()),
            stamp,
            label: None,
            touched: BTreeMap::new(),
            links: OnceCell::new(),
            given: BTreeSet::new(),
        }
    }

    /// Gives the step its label ("mark claim"), in the place of the one that its first call gave it.
    pub fn name(&mut self, label: &str) {
        self.label = Some(label.to_owned());
    }

    /// The edit: one change an item, in the order of tables and ids; empty where everything stayed as it was.
    #[must_use]
    pub fn finish(self) -> Edit {
        let mut edit = Edit::new(self.label.as_deref().unwrap_or("change"));
        for ((kind, id), after) in self.touched {
            match after {
                Some(item) => edit.put(self.set, &id, item),
                None => edit.take(self.set, kind, &id),
            }
        }
        edit
    }

    /// An item as the draft has it.
    #[must_use]
    pub fn get<T: Kept>(&self, id: &Id) -> Option<Arc<T>> {
        match self.touched.get(&(T::KIND, id.clone())) {
            Some(touched) => touched.as_ref().and_then(T::from_item).cloned(),
            None => T::table(self.set).get(id).cloned(),
        }
    }

    /// Labels the step, unless it has a label already.
    fn label(&mut self, label: &str) {
        self.label.get_or_insert_with(|| label.to_owned());
    }

    /// Labels the step by how many things it is about: "delete claim", "delete 3 claims".
    fn label_count(&mut self, action: &str, count: usize, one: &str, many: &str) {
        if count == 1 {
            self.label(&format!("{action} {one}"));
        } else {
            self.label(&format!("{action} {count} {many}"));
        }
    }

    fn put<T: Kept>(&mut self, id: &Id, kept: T) {
        let tomb = (ItemKind::Deleted, id.clone());
        if self.set.deleted.contains_key(id) || self.touched.contains_key(&tomb) {
            self.touch(ItemKind::Deleted, id, None);
        }
        self.touch(T::KIND, id, Some(T::into_item(Arc::new(kept))));
    }

    /// Puts an item that was made elsewhere under a new id, as it is: its times and links are the caller's.
    pub fn bring<T: Kept>(&mut self, kind: IdKind, kept: T) -> Id {
        self.add(kind, kept)
    }

    /// Puts an item that was made elsewhere under the id that it has there, as it is.
    pub fn keep<T: Kept>(&mut self, id: &Id, kept: T) {
        self.put(id, kept);
    }

    /// Puts a new item under a new id.
    fn add<T: Kept>(&mut self, kind: IdKind, kept: T) -> Id {
        let id = self.new_id(kind);
        self.put(&id, kept);
        id
    }

    /// Takes an item out, notes that it was deleted, and gives it.
    fn take<T: Kept>(&mut self, id: &Id) -> Option<Arc<T>> {
        let taken = self.get::<T>(id)?;
        self.touch(T::KIND, id, None);
        if T::table(self.set).contains_key(id) {
            self.touch(ItemKind::Deleted, id, Some(Item::Deleted(self.deleted.clone())));
        }
        Some(taken)
    }

    fn touch(&mut self, kind: ItemKind, id: &Id, item: Option<Item>) {
        let key = (kind, id.clone());
        if let Some(links) = self.links.get_mut() {
            links.replace(id, self.touched.get(&key).and_then(Option::as_ref), item.as_ref());
        }
        self.touched.insert(key, item);
    }

    /// The ids of kind `T` that hang on an id, as the draft has them. `links` asks an index; what it says of items
    /// that the draft has touched, the draft's own links say anew.
    fn hanging<T: Kept>(&self, links: impl for<'i> Fn(&'i Index, &mut dyn FnMut(&Id))) -> Vec<Id> {
        let mut found = Vec::new();
        links(self.index, &mut |id| {
            if !self.touched.contains_key(&(T::KIND, id.clone())) {
                found.push(id.clone());
            }
        });
        links(self.links(), &mut |id| found.push(id.clone()));
        found
    }

    fn links(&self) -> &Index {
        self.links.get_or_init(|| {
            let mut links = Index::default();
            for ((_, id), item) in &self.touched {
                links.replace(id, None, item.as_ref());
            }
            links
        })
    }

    /// A new id: the next one of the stamp's sequence that nothing in the set has or had.
    fn new_id(&mut self, kind: IdKind) -> Id {
        loop {
            self.stamp.random = self.stamp.random.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let id = Id::from_random(kind, mixed(self.stamp.random));
            if !self.set.knows(&id) && self.given.insert(id.clone()) {
                return id;
            }
        }
    }
}

/// `SplitMix64`'s finaliser: neighbouring numbers give unrelated ones.
fn mixed(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}
