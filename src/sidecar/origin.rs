//! What a file looked like when it was read: so that everything that was not edited is written back as it stood.
//!
//! Held by `tests/sidecar.rs`.

use std::ops::Range;
use std::sync::Arc;

use super::tables::FileKind;
use crate::annotation::{
    Assessment, Claim, Conflict, Dismissal, Header, Id, Mention, Relation, Remark, Source, Timestamp,
};

/// What a file looked like when it was read. Cloning is cheap.
#[derive(Clone, Debug, Default)]
pub struct Origin(Arc<Remembered>);

#[derive(Debug, Default)]
pub(super) struct Remembered {
    pub(super) kind: FileKind,
    /// The file, its line ends made LF.
    pub(super) text: String,
    /// Fields and tables of the top level that were understood, in order.
    pub(super) parts: Vec<Part>,
    pub(super) header: Arc<Header>,
    pub(super) rows: Rows,
}

/// A field or table of the top level.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) name: String,
    /// From the name to the end of the value; `None` for tables, which are remembered item by item, and for what is
    /// not laid out as ours.
    pub(super) whole: Option<Range<usize>>,
}

/// The items of each table, sorted by id.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub(super) sources: Vec<Row<Source>>,
    pub(super) mentions: Vec<Row<Mention>>,
    pub(super) claims: Vec<Row<Claim>>,
    pub(super) assessments: Vec<Row<Assessment>>,
    pub(super) relations: Vec<Row<Relation>>,
    pub(super) remarks: Vec<Row<Remark>>,
    pub(super) dismissed: Vec<Row<Dismissal>>,
    pub(super) conflicts: Vec<Row<Conflict>>,
    pub(super) deleted: Vec<Row<Timestamp>>,
}

/// An item as it was read.
#[derive(Debug)]
pub(super) struct Row<T> {
    pub(super) id: Id,
    pub(super) item: Arc<T>,
    /// Its line, from the id to the end of the value; `None` where it did not stand on a line of its own.
    pub(super) line: Option<Range<usize>>,
}

impl Origin {
    /// Of a file that does not exist yet.
    #[must_use]
    pub fn new(kind: FileKind) -> Self {
        Self(Arc::new(Remembered { kind, ..Remembered::default() }))
    }

    pub(super) fn of(remembered: Remembered) -> Self {
        Self(Arc::new(remembered))
    }

    /// Which kind of file it is.
    #[must_use]
    pub fn kind(&self) -> FileKind {
        self.0.kind
    }

    /// Whether there was no file.
    pub(super) fn is_new(&self) -> bool {
        self.0.parts.is_empty()
    }

    pub(super) fn file(&self) -> &Remembered {
        &self.0
    }
}

impl Remembered {
    /// What stood under this name at the top level, name and value.
    pub(super) fn part(&self, name: &str) -> Option<&str> {
        let part = self.parts.iter().find(|part| part.name == name)?;
        self.text.get(part.whole.clone()?)
    }
}
