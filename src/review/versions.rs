//! Two versions of a release: what of the text was added, removed, changed or moved, which numbers and hedges are
//! others, and what has become of each mark.
//!
//! Paragraphs go together where they share runs of words (`blocks`); one that went elsewhere is found by its words in
//! threes (`moved`). Within what goes together the words are compared (`pieces`), what bears on facts is lifted out
//! (`lifted`), and each mark is followed (`fate`). White space and the shapes of quotation marks and dashes make no
//! difference. Old and new can be swapped: the same is found, seen from the other side.
//!
//! Costs by the length of both texts: the words are compared by histogram, in which a word that stands too often to tell
//! anything is passed over, and what is left by Myers' algorithm with a bound on its search (the square root of the
//! length), so that texts with nothing in common end too. Held by `tests/review.rs`.

mod blocks;
mod carry;
mod fate;
mod lifted;
mod moved;
mod pieces;
mod words;

use std::ops::Range;
use std::sync::Arc;

pub use carry::{Carried, LeftOut, SET_ASIDE, Take, carry, set_aside, taken, waiting};
pub use fate::{Fate, Fates, State};
pub use lifted::{Lifted, Told};
pub use pieces::{Piece, PieceKind};

use self::blocks::Alignment;
use self::words::Words;
use crate::assist::Language;
use crate::document::{ByteSpan, Structure, Text};

/// One version of a release.
#[derive(Clone, Debug)]
pub struct Version {
    /// Its canonical text.
    pub text: Text,
    /// Its paragraphs and sentences.
    pub structure: Arc<Structure>,
}

/// What became of some paragraphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// They are new.
    Added,
    /// They are gone.
    Removed,
    /// Some of their words are others.
    Changed,
    /// They stand elsewhere; some of their words may be others.
    Moved,
}

impl ChangeKind {
    /// Its name, as on screen and in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Moved => "moved",
        }
    }
}

/// Paragraphs that are not as they were.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What became of them.
    pub kind: ChangeKind,
    /// Their numbers in the old version, counted from 0; empty where they are new.
    pub old: Range<usize>,
    /// Their numbers in the new version; empty where they are gone.
    pub new: Range<usize>,
    /// Their words: together they are the old text, less what was added, and the new one, less what was removed.
    pub pieces: Vec<Piece>,
}

/// Two versions, compared.
#[derive(Clone, Debug)]
pub struct Versions {
    old: Version,
    new: Version,
    old_words: Words,
    new_words: Words,
    alignment: Alignment,
    /// Paragraphs that are not as they were, in the order of the new text; what is gone stands where it was.
    pub changes: Vec<Change>,
    /// Numbers and hedges that are others, are new or are gone in paragraphs that stand in both, in the order of
    /// [`Versions::changes`].
    pub lifted: Vec<Lifted>,
}

impl Versions {
    /// Compares two versions; `language` knows numbers and hedges.
    #[must_use]
    pub fn compare(old: Version, new: Version, language: &Language) -> Self {
        let old_words = Words::of(&old);
        let new_words = Words::of(&new);
        // Of several ways to match words one is taken: always that of the same version, whichever is called old.
        let is_swapped = (old.text.len(), old.text.as_str()) > (new.text.len(), new.text.as_str());
        let alignment = if is_swapped {
            Alignment::of(&new, &new_words, &old, &old_words).swapped()
        } else {
            Alignment::of(&old, &old_words, &new, &new_words)
        };
        let mut versions = Self { old, new, old_words, new_words, alignment, changes: Vec::new(), lifted: Vec::new() };
        versions.changes = versions.changed();
        let lifted = versions.changes.iter().flat_map(|change| versions.lift(change, language)).collect();
        versions.lifted = versions.without_moved(lifted);
        versions
    }

    /// Whether the two say the same in the same words.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.changes.is_empty()
    }

    /// The older version.
    #[must_use]
    pub fn old(&self) -> &Version {
        &self.old
    }

    /// The newer version.
    #[must_use]
    pub fn new_version(&self) -> &Version {
        &self.new
    }

    /// The words of a piece: as they are now, or as they were where they are gone.
    #[must_use]
    pub fn words(&self, piece: &Piece) -> &str {
        if piece.kind == PieceKind::Removed { self.old.text.slice(piece.old) } else { self.new.text.slice(piece.new) }
    }

    /// What is not as it was, in the order of the new text.
    fn changed(&self) -> Vec<Change> {
        let mut changes = Vec::new();
        let mut gone = self.alignment.alone_in_old().into_iter().peekable();
        let mut come = self.alignment.alone_in_new().into_iter().peekable();
        // Moved paragraphs stand where they are now; what is gone, before what came after it and stayed.
        let mut blocks: Vec<_> = self.alignment.blocks.iter().collect();
        blocks.sort_by_key(|block| block.new.start);
        for block in blocks {
            if !block.is_moved {
                while let Some(old) = gone.next_if(|&old| old < block.old.start) {
                    changes.push(self.alone(old..old + 1, 0..0));
                }
            }
            while let Some(new) = come.next_if(|&new| new < block.new.start) {
                changes.push(self.alone(0..0, new..new + 1));
            }
            let pieces = self.pieces(&block.old, &block.new);
            let is_same =
                pieces.iter().all(|piece| piece.kind == PieceKind::Same) && block.old.len() == block.new.len();
            if block.is_moved || !is_same {
                let kind = if block.is_moved { ChangeKind::Moved } else { ChangeKind::Changed };
                changes.push(Change { kind, old: block.old.clone(), new: block.new.clone(), pieces });
            }
        }
        changes.extend(gone.map(|old| self.alone(old..old + 1, 0..0)));
        changes.extend(come.map(|new| self.alone(0..0, new..new + 1)));
        changes
    }

    /// A paragraph that only one version has.
    fn alone(&self, old: Range<usize>, new: Range<usize>) -> Change {
        let kind = if new.is_empty() { ChangeKind::Removed } else { ChangeKind::Added };
        let pieces = self.pieces(&old, &new);
        Change { kind, old, new, pieces }
    }

    /// The sentence at a byte; where there is none, the paragraph.
    fn sentence(version: &Version, byte: usize) -> ByteSpan {
        let paragraph = || version.structure.paragraph_at(byte).map(|paragraph| paragraph.span);
        version.structure.sentence_at(byte).or_else(paragraph).unwrap_or(ByteSpan { start: byte, end: byte })
    }
}
