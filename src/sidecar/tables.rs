//! What stands at the top level of a file: its kind, its fields and tables, and their order.
//!
//! Held by `tests/sidecar.rs`.

use crate::annotation::{AnnotationSet, Annotator, DocumentRef, Id, IdKind, ItemKind};

/// Which of the two kinds of file a set is kept in. A register of sources is a set without a document: edits, undo,
/// journal and merge serve both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FileKind {
    /// `<document>.<handle>.vouch.ron`, one annotator's work on one document.
    #[default]
    Annotations,
    /// `sources.<handle>.vouch.ron`, one annotator's register of sources.
    Register,
}

impl FileKind {
    /// The word in `format`.
    #[must_use]
    pub fn format(self) -> &'static str {
        match self {
            Self::Annotations => "vouch-annotations",
            Self::Register => "vouch-sources",
        }
    }

    /// The kind whose word this is.
    #[must_use]
    pub fn from_format(word: &str) -> Option<Self> {
        [Self::Annotations, Self::Register].into_iter().find(|kind| kind.format() == word)
    }

    /// The file's first line.
    pub(super) fn head(self) -> &'static str {
        match self {
            Self::Annotations => "// Vouch annotation set. Vouch does not keep comments.",
            Self::Register => "// Vouch register of sources. Vouch does not keep comments.",
        }
    }

    /// Whether a line is the first one of a file of any kind.
    pub(super) fn is_head(line: &str) -> bool {
        [Self::Annotations, Self::Register].iter().any(|kind| kind.head() == line)
    }

    /// Whether a new file of this kind has the field or table, be it empty.
    pub(super) fn always_has(self, name: &str) -> bool {
        let always: &[&str] = match self {
            Self::Annotations => &[
                "format",
                "version",
                "requires",
                "document",
                "annotator",
                "sources",
                "mentions",
                "claims",
                "assessments",
                "relations",
                "remarks",
                "dismissed",
            ],
            Self::Register => &["format", "version", "requires", "annotator", "sources", "assessments"],
        };
        always.contains(&name)
    }
}

/// Every field and table of the top level, in the order of printing.
pub(super) const NAMES: [&str; 18] = [
    "format",
    "version",
    "requires",
    "document",
    "annotator",
    "state",
    "marking",
    "read",
    "sources",
    "mentions",
    "claims",
    "assessments",
    "relations",
    "remarks",
    "dismissed",
    "conflicts",
    "deleted",
    "ext",
];

/// The table that items of this kind stand in; `header` for the head of the set.
#[must_use]
pub fn table_name(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Header => "header",
        ItemKind::Source => "sources",
        ItemKind::Mention => "mentions",
        ItemKind::Claim => "claims",
        ItemKind::Assessment => "assessments",
        ItemKind::Relation => "relations",
        ItemKind::Remark => "remarks",
        ItemKind::Dismissal => "dismissed",
        ItemKind::Conflict => "conflicts",
        ItemKind::Deleted => "deleted",
    }
}

/// The kinds that have a table, in the order of the file.
pub(super) const TABLES: [ItemKind; 9] = [
    ItemKind::Source,
    ItemKind::Mention,
    ItemKind::Claim,
    ItemKind::Assessment,
    ItemKind::Relation,
    ItemKind::Remark,
    ItemKind::Dismissal,
    ItemKind::Conflict,
    ItemKind::Deleted,
];

/// The kind of item that a name from [`table_name`] stands for.
#[must_use]
pub fn kind_from_table_name(name: &str) -> Option<ItemKind> {
    if name == table_name(ItemKind::Header) { Some(ItemKind::Header) } else { kind_of_table(name) }
}

/// The kind of the items in a table of the top level.
pub(super) fn kind_of_table(name: &str) -> Option<ItemKind> {
    TABLES.into_iter().find(|&kind| table_name(kind) == name)
}

/// The table that an id's letter speaks for: where the line that opens a table is damaged.
pub(super) fn kind_of_id(id: &Id) -> Option<ItemKind> {
    let letters = [
        (IdKind::Source, ItemKind::Source),
        (IdKind::Mention, ItemKind::Mention),
        (IdKind::Claim, ItemKind::Claim),
        (IdKind::Assessment, ItemKind::Assessment),
        (IdKind::Relation, ItemKind::Relation),
        (IdKind::Remark, ItemKind::Remark),
        (IdKind::Dismissal, ItemKind::Dismissal),
        (IdKind::Conflict, ItemKind::Conflict),
    ];
    let (letter, _) = id.as_str().split_once('-')?;
    letters.into_iter().find(|(kind, _)| letter.chars().eq([kind.letter()])).map(|(_, kind)| kind)
}

/// Whether the set has something to write under this name.
pub(super) fn has_content(set: &AnnotationSet, name: &str) -> bool {
    let header = &set.header;
    match name {
        "format" | "version" | "requires" => true,
        "document" => header.document != DocumentRef::default(),
        "annotator" => header.annotator != Annotator::default(),
        "state" => header.state.is_some(),
        "marking" => header.marking.is_some(),
        "read" => !header.read.is_empty(),
        "ext" => header.ext.is_some(),
        "sources" => !set.sources.is_empty(),
        "mentions" => !set.mentions.is_empty(),
        "claims" => !set.claims.is_empty(),
        "assessments" => !set.assessments.is_empty(),
        "relations" => !set.relations.is_empty(),
        "remarks" => !set.remarks.is_empty(),
        "dismissed" => !set.dismissed.is_empty(),
        "conflicts" => !set.conflicts.is_empty(),
        "deleted" => !set.deleted.is_empty(),
        _ => false,
    }
}

/// The name of a field as it stands in a file, `r#` before it or not; `None` where it is no name.
pub(super) fn name_from_key(key: &str) -> Option<&str> {
    let name = key.strip_prefix("r#").unwrap_or(key);
    let is_name = !name.is_empty() && name.chars().all(|c| c == '_' || c.is_alphanumeric() || ".+-".contains(c));
    is_name.then_some(name)
}
