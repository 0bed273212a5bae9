//! Any item of a set, as one value: what an edit's change carries.

use std::sync::Arc;

use super::{
    AnnotationSet, Assessment, Claim, Conflict, Dismissal, Header, Mention, Relation, Remark, Source, Table, Timestamp,
};

/// An item of a set. Shared, so that a set's copy, its history and the saver's copy cost one.
#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    /// The head of the set: document, annotator, state, marking. Its id is empty.
    Header(Arc<Header>),
    /// See [`Source`].
    Source(Arc<Source>),
    /// See [`Mention`].
    Mention(Arc<Mention>),
    /// See [`Claim`].
    Claim(Arc<Claim>),
    /// See [`Assessment`].
    Assessment(Arc<Assessment>),
    /// See [`Relation`].
    Relation(Arc<Relation>),
    /// See [`Remark`].
    Remark(Arc<Remark>),
    /// See [`Dismissal`].
    Dismissal(Arc<Dismissal>),
    /// See [`Conflict`].
    Conflict(Arc<Conflict>),
    /// That the item of this id was deleted, and when; without it a merge without a base brings the dead back.
    Deleted(Arc<Timestamp>),
}

/// Which table of a set an item belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ItemKind {
    /// The head.
    Header,
    /// `sources`
    Source,
    /// `mentions`
    Mention,
    /// `claims`
    Claim,
    /// `assessments`
    Assessment,
    /// `relations`
    Relation,
    /// `remarks`
    Remark,
    /// `dismissed`
    Dismissal,
    /// `conflicts`
    Conflict,
    /// `deleted`
    Deleted,
}

impl ItemKind {
    /// The tables of items that have an id of their own, in the order of the file.
    pub const WITH_ID: [Self; 8] = [
        Self::Source,
        Self::Mention,
        Self::Claim,
        Self::Assessment,
        Self::Relation,
        Self::Remark,
        Self::Dismissal,
        Self::Conflict,
    ];
}

impl Item {
    /// The table it belongs to.
    #[must_use]
    pub fn kind(&self) -> ItemKind {
        match self {
            Self::Header(_) => ItemKind::Header,
            Self::Source(_) => ItemKind::Source,
            Self::Mention(_) => ItemKind::Mention,
            Self::Claim(_) => ItemKind::Claim,
            Self::Assessment(_) => ItemKind::Assessment,
            Self::Relation(_) => ItemKind::Relation,
            Self::Remark(_) => ItemKind::Remark,
            Self::Dismissal(_) => ItemKind::Dismissal,
            Self::Conflict(_) => ItemKind::Conflict,
            Self::Deleted(_) => ItemKind::Deleted,
        }
    }
}

/// What is kept in a table of a set under an id: lets code be written once for all eight kinds.
pub trait Kept: Clone + PartialEq + Sized {
    /// Its table.
    const KIND: ItemKind;
    /// As an item.
    fn into_item(kept: Arc<Self>) -> Item;
    /// From an item; `None` where it is of another kind.
    fn from_item(item: &Item) -> Option<&Arc<Self>>;
    /// The set's table of this kind.
    fn table(set: &AnnotationSet) -> &Table<Self>;
}

macro_rules! kept {
    ($($name:ident in $table:ident),*) => {$(
        impl Kept for $name {
            const KIND: ItemKind = ItemKind::$name;
            fn into_item(kept: Arc<Self>) -> Item {
                Item::$name(kept)
            }
            fn from_item(item: &Item) -> Option<&Arc<Self>> {
                if let Item::$name(kept) = item { Some(kept) } else { None }
            }
            fn table(set: &AnnotationSet) -> &Table<Self> {
                &set.$table
            }
        }
    )*};
}
kept!(
    Source in sources, Mention in mentions, Claim in claims, Assessment in assessments,
    Relation in relations, Remark in remarks, Dismissal in dismissed, Conflict in conflicts
);
