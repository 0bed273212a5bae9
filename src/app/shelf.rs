//! The shelf: every release of the folder that somebody has worked on, as it is now, and what is worked out from all
//! of them at once.
//!
//! Open releases come from the desk, the others as they were last read. What is worked out is made by a job and
//! replaced when it is old; the window shows what it has meanwhile. Held by `tests/desk.rs`.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::annotation::AnnotationSet;
use crate::assist::{Joining, Language, decided, joinings};
use crate::collection::{Known, sources};
use crate::exchange;

/// Which state of which releases something was worked out from.
pub type Stamp = Vec<(PathBuf, u64)>;

/// The releases of the folder with their sets.
#[derive(Debug, Default)]
pub struct Shelf {
    /// As last read, by file; only those with sets.
    pub read: BTreeMap<PathBuf, Arc<exchange::Release>>,
    /// Counts the changes of `read`.
    pub revision: u64,
    /// All sources.
    pub sources: View<SourceList>,
}

/// Something that is worked out from the whole shelf.
#[derive(Debug)]
pub struct View<T> {
    /// What was worked out last.
    pub made: Option<Arc<T>>,
    /// From which state.
    pub of: Stamp,
    /// Whether a job is at it.
    pub is_making: bool,
}

impl<T> Default for View<T> {
    fn default() -> Self {
        Self { made: None, of: Stamp::new(), is_making: false }
    }
}

impl<T> View<T> {
    /// Whether a job should work it out for this state; says so only once.
    pub fn begin(&mut self, now: &Stamp) -> bool {
        let begins = !self.is_making && (self.made.is_none() || self.of != *now);
        self.is_making |= begins;
        begins
    }

    /// Takes what a job has worked out.
    pub fn finish(&mut self, of: Stamp, made: T) {
        *self = Self { made: Some(Arc::new(made)), of, is_making: false };
    }
}

/// The releases of the shelf in one state, for a job.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// Files, in order.
    pub paths: Vec<PathBuf>,
    /// What they hold, in the same order.
    pub releases: Vec<Arc<exchange::Release>>,
}

/// The sources of the shelf.
#[derive(Debug, Default)]
pub struct SourceList {
    /// What they were gathered from.
    pub from: Snapshot,
    /// The sources, by name.
    pub known: Vec<Known>,
    /// Which of them may be one.
    pub joinings: Vec<Joining>,
}

impl SourceList {
    /// Gathers them.
    #[must_use]
    pub fn new(from: Snapshot, register: &AnnotationSet, me: &str) -> Self {
        let known = sources(&from.releases, register, me);
        let entries: Vec<_> = known.iter().map(|known| (&known.id, &*known.source)).collect();
        let joinings = joinings(&entries, &decided(register), Language::of(None));
        Self { from, known, joinings }
    }
}
