//! A set that is being worked on: the set, its links and its history, which change together or not at all.
//!
//! Knows no journal: each act gives the record to be kept. Held by `tests/annotation.rs`.

use super::{Act, AnnotationSet, Draft, Edit, History, Index, Record, Refused, Stamp};

/// A set with its index and history.
#[derive(Clone, Debug, Default)]
pub struct Work {
    set: AnnotationSet,
    index: Index,
    history: History,
}

impl Work {
    /// Work on `set`, in which all `records` have been applied already.
    #[must_use]
    pub fn new<'a>(set: AnnotationSet, records: impl IntoIterator<Item = &'a Record>) -> Self {
        Self { index: Index::of(&set), history: History::of(records), set }
    }

    /// The set as it is now.
    #[must_use]
    pub fn set(&self) -> &AnnotationSet {
        &self.set
    }

    /// Its links.
    #[must_use]
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// What can be undone and redone.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// A draft of an edit of this set.
    #[must_use]
    pub fn draft(&self, stamp: Stamp) -> Draft<'_> {
        Draft::new(&self.set, &self.index, stamp)
    }

    /// Does what the analyst asked for, as a step of its own.
    ///
    /// # Errors
    /// [`Refused`] where the set has changed since the edit was made; nothing is applied.
    pub fn act(&mut self, edit: Edit) -> Result<Record, Refused> {
        self.record(Act::Do, edit)
    }

    /// Does it as more of the last step where that is of the same label and items (a burst of typing), else as a step
    /// of its own. The caller says, by calling this, that the gesture is still the same.
    ///
    /// # Errors
    /// As [`Work::act`].
    pub fn act_on(&mut self, edit: Edit) -> Result<Record, Refused> {
        let act = if self.history.can_amend(&edit) { Act::Amend } else { Act::Do };
        self.record(act, edit)
    }

    /// Takes back the last step; `None` where there is none. What came from elsewhere meanwhile, in other fields of the
    /// same items, stays.
    ///
    /// # Errors
    /// [`Refused`] where the very fields that the step changed were changed from elsewhere meanwhile. Nothing is applied and the step
    /// stays; [`Work::pass`] goes past it.
    pub fn undo(&mut self) -> Result<Option<Record>, Refused> {
        let Some(step) = self.history.to_undo().map(Edit::inverted) else { return Ok(None) };
        let edit = step.rebased(&self.set)?;
        self.record(Act::Undo, edit).map(Some)
    }

    /// Does the last step taken back again; `None` where there is none.
    ///
    /// # Errors
    /// As [`Work::undo`].
    pub fn redo(&mut self) -> Result<Option<Record>, Refused> {
        let Some(step) = self.history.to_redo() else { return Ok(None) };
        let edit = step.rebased(&self.set)?;
        self.record(Act::Redo, edit).map(Some)
    }

    /// Goes past a step that could not be taken back, so that the ones before it can; `None` where there is none.
    pub fn pass(&mut self) -> Option<Record> {
        let label = self.history.to_undo()?.label.clone();
        let record = Record { act: Act::Pass, edit: Edit::new(&label) };
        self.history.note(&record);
        Some(record)
    }

    /// Takes in a change from elsewhere (a merge): no step of its own.
    ///
    /// # Errors
    /// As [`Work::act`].
    pub fn take_in(&mut self, edit: Edit) -> Result<Record, Refused> {
        self.record(Act::Outside, edit)
    }

    fn record(&mut self, act: Act, edit: Edit) -> Result<Record, Refused> {
        self.set.apply(&edit)?;
        self.index.follow(&edit);
        let record = Record { act, edit };
        self.history.note(&record);
        Ok(record)
    }
}
