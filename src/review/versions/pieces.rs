//! The words of paragraphs that go together, as stretches that stayed, came and went.

use std::ops::Range;

use super::Versions;
use crate::document::ByteSpan;

/// What became of some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// They stand in both versions.
    Same,
    /// Only in the old one.
    Removed,
    /// Only in the new one.
    Added,
}

impl PieceKind {
    /// Its name, as in files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Removed => "removed",
            Self::Added => "added",
        }
    }
}

/// Some words in a row that fared alike.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// How.
    pub kind: PieceKind,
    /// Where they stand in the old version; empty where they were added.
    pub old: ByteSpan,
    /// Where they stand in the new version; empty where they were removed.
    pub new: ByteSpan,
    /// Whether they follow the words before them after a blank.
    pub is_apart: bool,
    /// The same as numbers of words.
    pub(super) old_words: Range<usize>,
    pub(super) new_words: Range<usize>,
}

/// A stretch of one such word or sign that stayed, between as many others on both sides, is shown as one of them.
const BETWEEN: usize = 3;

/// What became of a stretch of old words and of new ones.
type Stretch = (PieceKind, Range<usize>, Range<usize>);

impl Versions {
    /// The words of paragraphs that go together; where one side is empty, all were added or removed.
    pub(super) fn pieces(&self, old: &Range<usize>, new: &Range<usize>) -> Vec<Piece> {
        let (old, new) = (self.old_words.of_paragraphs(old), self.new_words.of_paragraphs(new));
        smooth(&self.stretches(&old, &new)).into_iter().map(|stretch| self.piece(stretch)).collect()
    }

    /// The words of a stretch of the old text beside those of one of the new text: a claim in both wordings.
    #[must_use]
    pub fn side_by_side(&self, old: ByteSpan, new: ByteSpan) -> Vec<Piece> {
        let (old, new) = (self.old_words.within(old), self.new_words.within(new));
        smooth(&self.stretches(&old, &new)).into_iter().map(|stretch| self.piece(stretch)).collect()
    }

    /// The words one after the other, those that fared alike together; what was removed before what was added.
    fn stretches(&self, old: &Range<usize>, new: &Range<usize>) -> Vec<Stretch> {
        let mut stretches: Vec<Stretch> = Vec::new();
        let (mut o, mut n) = (old.start, new.start);
        while o < old.end || n < new.end {
            let to_new = self.alignment.to_new.get(o).copied().flatten().filter(|there| new.contains(there));
            let to_old = self.alignment.to_old.get(n).copied().flatten().filter(|there| old.contains(there));
            let (kind, next_o, next_n) = if o < old.end && to_new.is_none() {
                (PieceKind::Removed, o + 1, n)
            } else if n < new.end && to_old.is_none() {
                (PieceKind::Added, o, n + 1)
            } else {
                (PieceKind::Same, (o + 1).min(old.end), (n + 1).min(new.end))
            };
            match stretches.last_mut() {
                Some((last, old, new)) if *last == kind => (old.end, new.end) = (next_o, next_n),
                _ => stretches.push((kind, o..next_o, n..next_n)),
            }
            (o, n) = (next_o, next_n);
        }
        stretches
    }

    fn piece(&self, (kind, old_words, new_words): Stretch) -> Piece {
        let span = |words: &super::Words, range: &Range<usize>| {
            let at = words.spans.get(range.start).map_or(0, |span| span.start);
            words.hull(range.clone()).unwrap_or(ByteSpan { start: at, end: at })
        };
        let (old, new) = (span(&self.old_words, &old_words), span(&self.new_words, &new_words));
        let (version, start) = if kind == PieceKind::Removed { (&self.old, old.start) } else { (&self.new, new.start) };
        let before = version.text.as_str().get(..start).unwrap_or_default();
        let is_apart = before.ends_with(char::is_whitespace);
        Piece { kind, old, new, is_apart, old_words, new_words }
    }
}

/// Lone signs and words that stayed between larger changes are shown as changed: removed and added again.
fn smooth(stretches: &[Stretch]) -> Vec<Stretch> {
    let size = |(_, old, new): &Stretch| old.len() + new.len();
    let is_change = |stretch: Option<&Stretch>| stretch.is_some_and(|stretch| stretch.0 != PieceKind::Same);
    // Removed and added side by side are one change.
    let change = |at: usize, step: isize| -> usize {
        let mut sum = 0;
        let mut at = at.checked_add_signed(step);
        while let Some(stretch) = at.and_then(|at| stretches.get(at)).filter(|stretch| is_change(Some(stretch))) {
            sum += size(stretch);
            at = at.and_then(|at| at.checked_add_signed(step));
        }
        sum
    };
    let mut smooth: Vec<Stretch> = Vec::with_capacity(stretches.len());
    // What is removed and added before something that stayed; they are put in that order.
    let mut open: Option<(Range<usize>, Range<usize>)> = None;
    let close = |open: &mut Option<(Range<usize>, Range<usize>)>, smooth: &mut Vec<Stretch>| {
        let Some((old, new)) = open.take() else { return };
        if !old.is_empty() {
            smooth.push((PieceKind::Removed, old.clone(), new.start..new.start));
        }
        if !new.is_empty() {
            smooth.push((PieceKind::Added, old.end..old.end, new));
        }
    };
    for (at, (kind, old, new)) in stretches.iter().enumerate() {
        let is_lone =
            *kind == PieceKind::Same && old.len() == 1 && change(at, -1) >= BETWEEN && change(at, 1) >= BETWEEN;
        if *kind != PieceKind::Same || is_lone {
            let (from_old, from_new) = open.get_or_insert((old.start..old.start, new.start..new.start));
            (from_old.end, from_new.end) = (old.end, new.end);
        } else {
            close(&mut open, &mut smooth);
            smooth.push((*kind, old.clone(), new.clone()));
        }
    }
    close(&mut open, &mut smooth);
    smooth
}
