//! An annotation set: one annotator's work on one document.
//!
//! Items are kept by id in order, each behind an `Arc`: a copy of a set is cheap, and "was this item edited since it
//! was read?" is a comparison of pointers. A set changes only through [`Edit`](super::Edit).

use std::collections::BTreeMap;
use std::mem;
use std::sync::Arc;

use super::{
    Assessment, Claim, Conflict, Dismissal, Extra, Id, Item, ItemKind, Mention, Relation, Remark, Source, Timestamp,
};
use crate::document::Document;

/// Items of one kind, by id, in the order of the file.
pub type Table<T> = BTreeMap<Id, Arc<T>>;

/// One annotator's work on one document: what one sidecar holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AnnotationSet {
    /// Which document, who, in what state.
    pub header: Arc<Header>,
    /// Entries of the register that this set uses.
    pub sources: Table<Source>,
    /// Where the text names them.
    pub mentions: Table<Mention>,
    /// What is asserted.
    pub claims: Table<Claim>,
    /// How sure.
    pub assessments: Table<Assessment>,
    /// Claim to claim.
    pub relations: Table<Relation>,
    /// What was said about claims.
    pub remarks: Table<Remark>,
    /// Waived checks and refused suggestions.
    pub dismissed: Table<Dismissal>,
    /// What merges could not settle.
    pub conflicts: Table<Conflict>,
    /// Ids that are gone, and when.
    pub deleted: Table<Timestamp>,
}

/// The head of a set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Header {
    /// The document as it was when the set was made or last re-anchored.
    pub document: DocumentRef,
    /// Whose work it is.
    pub annotator: Annotator,
    /// `new`, `reading`, `done`, `revisit`; `None`: new.
    pub state: Option<String>,
    /// Marking of the whole set.
    pub marking: Option<String>,
    /// Last paragraphs read: numbers from 1, ascending, in the order of the file.
    pub read: Vec<usize>,
    /// Data of other programs, RON text, verbatim.
    pub ext: Option<String>,
    /// Fields of a later version at the top level.
    pub extra: Extra,
}

/// Which document a set is about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DocumentRef {
    /// File name, without a folder.
    pub name: String,
    /// `text/plain`, `text/markdown`, …
    pub media_type: Option<String>,
    /// SHA-256 of the file's bytes, 64 lower-case hexadecimal digits.
    pub sha256: Option<String>,
    /// The canonical text.
    pub text: Option<TextRef>,
    /// What the release says of itself.
    pub about: Option<About>,
    /// Fields of a later version.
    pub extra: Extra,
}

impl DocumentRef {
    /// How a set names the document that it is made on. `encoding`: the one chosen by hand.
    #[must_use]
    pub fn of(document: &Document, encoding: Option<String>) -> Self {
        let text = TextRef {
            reader: document.reader.to_owned(),
            sha256: document.text_sha256().to_owned(),
            length: Some(document.text.len_code_points()),
            encoding,
            ..TextRef::default()
        };
        Self {
            name: document.name.clone(),
            media_type: Some(document.media_type.to_owned()),
            sha256: Some(document.sha256().to_owned()),
            text: Some(text),
            ..Self::default()
        }
    }
}

/// Which canonical text positions refer to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextRef {
    /// The reader and its version (`plain-1`).
    pub reader: String,
    /// SHA-256 of the canonical text's UTF-8.
    pub sha256: String,
    /// Its length in code points.
    pub length: Option<usize>,
    /// The encoding chosen by hand, by its WHATWG label; `None`: as detected.
    pub encoding: Option<String>,
    /// Fields of a later version.
    pub extra: Extra,
}

/// What a release says of itself, as proposed by the reader or typed by the analyst.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct About {
    /// Headline.
    pub title: Option<String>,
    /// Who issued it.
    pub publisher: Option<String>,
    /// When: an ISO 8601 date, or as typed.
    pub published: Option<String>,
    /// Its address on the web.
    pub url: Option<String>,
    /// When it was fetched.
    pub retrieved: Option<String>,
    /// Language, BCP 47.
    pub language: Option<String>,
    /// Fields of a team's own, by name, as its codebook describes them.
    pub fields: Vec<(String, String)>,
    /// Fields of a later version.
    pub extra: Extra,
}

/// Whose work a set is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Annotator {
    /// Short name: lower-case ASCII letters, digits and `-`; compared without case.
    pub handle: String,
    /// Name as people write it.
    pub name: Option<String>,
    /// Fields of a later version.
    pub extra: Extra,
}

impl AnnotationSet {
    /// The item of this kind and id.
    #[must_use]
    pub fn item(&self, kind: ItemKind, id: &Id) -> Option<Item> {
        match kind {
            ItemKind::Header => Some(Item::Header(Arc::clone(&self.header))),
            ItemKind::Source => self.sources.get(id).cloned().map(Item::Source),
            ItemKind::Mention => self.mentions.get(id).cloned().map(Item::Mention),
            ItemKind::Claim => self.claims.get(id).cloned().map(Item::Claim),
            ItemKind::Assessment => self.assessments.get(id).cloned().map(Item::Assessment),
            ItemKind::Relation => self.relations.get(id).cloned().map(Item::Relation),
            ItemKind::Remark => self.remarks.get(id).cloned().map(Item::Remark),
            ItemKind::Dismissal => self.dismissed.get(id).cloned().map(Item::Dismissal),
            ItemKind::Conflict => self.conflicts.get(id).cloned().map(Item::Conflict),
            ItemKind::Deleted => self.deleted.get(id).cloned().map(Item::Deleted),
        }
    }

    /// The item of this id, whatever its kind.
    #[must_use]
    pub fn any(&self, id: &Id) -> Option<Item> {
        ItemKind::WITH_ID.iter().find_map(|&kind| self.item(kind, id))
    }

    /// Puts an item in its table and gives the one that was there.
    pub(super) fn put(&mut self, id: &Id, item: Item) -> Option<Item> {
        let id = id.clone();
        match item {
            Item::Header(item) => Some(Item::Header(mem::replace(&mut self.header, item))),
            Item::Source(item) => self.sources.insert(id, item).map(Item::Source),
            Item::Mention(item) => self.mentions.insert(id, item).map(Item::Mention),
            Item::Claim(item) => self.claims.insert(id, item).map(Item::Claim),
            Item::Assessment(item) => self.assessments.insert(id, item).map(Item::Assessment),
            Item::Relation(item) => self.relations.insert(id, item).map(Item::Relation),
            Item::Remark(item) => self.remarks.insert(id, item).map(Item::Remark),
            Item::Dismissal(item) => self.dismissed.insert(id, item).map(Item::Dismissal),
            Item::Conflict(item) => self.conflicts.insert(id, item).map(Item::Conflict),
            Item::Deleted(item) => self.deleted.insert(id, item).map(Item::Deleted),
        }
    }

    /// Takes an item out of its table and gives it; the head is given and stays.
    pub(super) fn take(&mut self, kind: ItemKind, id: &Id) -> Option<Item> {
        match kind {
            ItemKind::Header => Some(Item::Header(Arc::clone(&self.header))),
            ItemKind::Source => self.sources.remove(id).map(Item::Source),
            ItemKind::Mention => self.mentions.remove(id).map(Item::Mention),
            ItemKind::Claim => self.claims.remove(id).map(Item::Claim),
            ItemKind::Assessment => self.assessments.remove(id).map(Item::Assessment),
            ItemKind::Relation => self.relations.remove(id).map(Item::Relation),
            ItemKind::Remark => self.remarks.remove(id).map(Item::Remark),
            ItemKind::Dismissal => self.dismissed.remove(id).map(Item::Dismissal),
            ItemKind::Conflict => self.conflicts.remove(id).map(Item::Conflict),
            ItemKind::Deleted => self.deleted.remove(id).map(Item::Deleted),
        }
    }

    /// Whether an item of any kind has this id, or had it before it was deleted.
    #[must_use]
    pub fn knows(&self, id: &Id) -> bool {
        self.holds(id) || self.deleted.contains_key(id)
    }

    /// Whether an item of any kind has this id.
    #[must_use]
    pub fn holds(&self, id: &Id) -> bool {
        self.any(id).is_some()
    }

    /// How many items the set holds, the head and the deleted ids not counted.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sources.len()
            + self.mentions.len()
            + self.claims.len()
            + self.assessments.len()
            + self.relations.len()
            + self.remarks.len()
            + self.dismissed.len()
            + self.conflicts.len()
    }

    /// Whether the set holds no item: nobody has worked on the document.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
