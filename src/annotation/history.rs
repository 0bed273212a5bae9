//! Undo and redo, without limit, as a list of edits; rebuilt from the records that a journal kept.
//!
//! Knows no set: it says which edit to apply, [`Work`](super::Work) applies it. Held by `tests/annotation.rs`.

use super::Edit;

/// How an edit came to be applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// The analyst did something: a new step, after which nothing is left to redo.
    Do,
    /// The same gesture went on (a burst of typing): part of the last step.
    Amend,
    /// The last step was taken back.
    Undo,
    /// The last step taken back was done again.
    Redo,
    /// The last step could not be taken back and was passed over; the edit is empty.
    Pass,
    /// A change from elsewhere (a merge): no step of the analyst's.
    Outside,
}

/// What was applied, and why: one record of the journal. Applying the edits of all records in order gives the set;
/// noting all records in order gives the history.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Why.
    pub act: Act,
    /// What was applied.
    pub edit: Edit,
}

/// The steps that can be taken back and done again.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct History {
    done: Vec<Edit>,
    undone: Vec<Edit>,
    /// Whether the last step may still grow: nothing else has happened since.
    growing: bool,
}

impl History {
    /// The history that these records tell, oldest first. Records that do not fit (an undo with nothing to undo) tell
    /// nothing.
    #[must_use]
    pub fn of<'a>(records: impl IntoIterator<Item = &'a Record>) -> Self {
        let mut history = Self::default();
        for record in records {
            history.note(record);
        }
        history
    }

    /// Takes note of what was applied.
    pub fn note(&mut self, record: &Record) {
        match record.act {
            Act::Do => {
                self.undone.clear();
                self.done.push(record.edit.clone());
            }
            Act::Amend => match self.done.last_mut() {
                Some(last) => last.grow(&record.edit),
                None => self.done.push(record.edit.clone()),
            },
            Act::Undo => self.undone.extend(self.done.pop()),
            Act::Redo => self.done.extend(self.undone.pop()),
            Act::Pass => drop(self.done.pop()),
            Act::Outside => {}
        }
        self.growing = matches!(record.act, Act::Do | Act::Amend);
    }

    /// Whether `edit` may go on as part of the last step: the same label, the same items, and nothing in between.
    #[must_use]
    pub fn can_amend(&self, edit: &Edit) -> bool {
        self.growing
            && self.done.last().is_some_and(|last| {
                last.label == edit.label
                    && edit.changes.iter().enumerate().all(|(at, new)| last.position(at, new).is_some())
            })
    }

    /// The step that undo takes back.
    #[must_use]
    pub fn to_undo(&self) -> Option<&Edit> {
        self.done.last()
    }

    /// The step that redo does again.
    #[must_use]
    pub fn to_redo(&self) -> Option<&Edit> {
        self.undone.last()
    }

    /// Labels of the steps that can be taken back, the last one first.
    pub fn undo_labels(&self) -> impl Iterator<Item = &str> {
        self.done.iter().rev().map(|edit| edit.label.as_str())
    }

    /// Labels of the steps that can be done again, the next one first.
    pub fn redo_labels(&self) -> impl Iterator<Item = &str> {
        self.undone.iter().rev().map(|edit| edit.label.as_str())
    }
}
