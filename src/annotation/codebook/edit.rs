//! A change of a codebook as a value, and the steps that can be taken back. Held by `tests/codebook.rs`.

use std::sync::Arc;

use super::Codebook;

/// What somebody did to a codebook, in one step of undo. It inverts by swapping, and is laid over a codebook that was
/// changed meanwhile by a merge.
#[derive(Clone, Debug, PartialEq)]
pub struct CodebookEdit {
    /// For the menu: "Undo {label}", in lower case ("add kind").
    pub label: String,
    /// The codebook that it was made on.
    pub before: Arc<Codebook>,
    /// What it made of it.
    pub after: Arc<Codebook>,
}

/// The steps of this session that can be taken back and done again.
#[derive(Clone, Debug, Default)]
pub struct CodebookHistory {
    done: Vec<CodebookEdit>,
    undone: Vec<CodebookEdit>,
}

impl CodebookEdit {
    /// The edit that takes this one back.
    #[must_use]
    pub fn inverted(&self) -> Self {
        Self { label: self.label.clone(), before: Arc::clone(&self.after), after: Arc::clone(&self.before) }
    }

    /// The edit made on another state of the codebook: what was changed there meanwhile stays.
    #[must_use]
    pub fn on(&self, now: &Arc<Codebook>) -> Self {
        let after = if *self.before == **now {
            Arc::clone(&self.after)
        } else {
            Arc::new(Codebook::merged(&self.before, &self.after, now).0)
        };
        Self { label: self.label.clone(), before: Arc::clone(now), after }
    }
}

impl CodebookHistory {
    /// Notes a step. With `goes_on` it is more of the last one, where that has the same label: a burst of typing.
    pub fn note(&mut self, edit: CodebookEdit, goes_on: bool) {
        self.undone.clear();
        match self.done.last_mut().filter(|last| goes_on && last.label == edit.label && last.after == edit.before) {
            Some(last) => last.after = edit.after,
            None => self.done.push(edit),
        }
    }

    /// The step that undo takes back.
    #[must_use]
    pub fn to_undo(&self) -> Option<&CodebookEdit> {
        self.done.last()
    }

    /// The step that redo does again.
    #[must_use]
    pub fn to_redo(&self) -> Option<&CodebookEdit> {
        self.undone.last()
    }

    /// Takes the last step back; gives the edit that does so on the codebook `now`.
    pub fn undo(&mut self, now: &Arc<Codebook>) -> Option<CodebookEdit> {
        let step = self.done.pop()?;
        let edit = step.inverted().on(now);
        self.undone.push(step);
        Some(edit)
    }

    /// Does the last step taken back again.
    pub fn redo(&mut self, now: &Arc<Codebook>) -> Option<CodebookEdit> {
        let step = self.undone.pop()?;
        let edit = step.on(now);
        self.done.push(step);
        Some(edit)
    }
}
