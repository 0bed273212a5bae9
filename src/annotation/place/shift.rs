//! Words that were pushed along together. In a text that says the same over and over, an anchor's words stand in many
//! places with much of their context; but where the anchors before and behind it have moved by the same way, the text
//! between them kept its length, and what stands there to the letter, with all of its context, is what stood there.
//!
//! One neighbour would not do: where a row was put into a table of equal rows, each row stands where the one before did.

use super::{Candidate, Placement, standing};
use crate::annotation::Anchor;
use crate::annotation::anchor::CONTEXT;
use crate::document::Text;

/// How far anchors have moved.
pub(super) struct Shifts {
    /// The code point at which an anchor began, and how many it has moved, in the order of the text.
    known: Vec<(usize, isize)>,
}

impl Shifts {
    /// Of what was placed to the letter.
    pub(super) fn of<'a>(text: &Text, placed: impl Iterator<Item = (&'a Anchor, &'a Placement)>) -> Self {
        let shift = |(anchor, placement): (&Anchor, &Placement)| {
            let spans = match placement {
                Placement::Exact(spans) => spans,
                Placement::Moved(candidate) if candidate.is_verbatim => &candidate.spans,
                _ => return None,
            };
            let (was, is) = (anchor.spans.first()?.start, text.code_from_byte(spans.first()?.start));
            Some((was, is as isize - was as isize))
        };
        let mut known: Vec<_> = placed.filter_map(shift).collect();
        known.sort_unstable();
        Self { known }
    }

    /// The place of an anchor that went with its neighbours.
    pub(super) fn place(&self, text: &Text, anchor: &Anchor) -> Option<Placement> {
        let was = anchor.spans.first()?.start;
        let (before, behind) = self.known.split_at(self.known.partition_point(|(start, _)| *start < was));
        let (_, shift) = before.last()?;
        if behind.first()?.1 != *shift {
            return None;
        }
        let spans = standing(text, anchor, *shift)?;
        let whole = |side: &str| side.chars().count() >= CONTEXT;
        let before = text.as_str().get(..spans.first()?.start)?;
        let after = text.as_str().get(spans.last()?.end..)?;
        let is_whole = whole(&anchor.before) && whole(&anchor.after);
        if !(is_whole && before.ends_with(&anchor.before) && after.starts_with(&anchor.after)) {
            return None;
        }
        Some(Placement::Moved(Candidate { spans, sure: 1.0, is_verbatim: true }))
    }
}
