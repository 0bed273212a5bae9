//! Where the claims of a set and their cues are in one text.

use std::collections::BTreeMap;

use crate::annotation::{Anchor, AnchorId, AnnotationSet, Id, anchors, place_all};
use crate::document::{ByteSpan, Text};

/// The places of a set's claims and of the cues that attribute them: bytes, ascending, disjoint.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Places {
    /// Of each claim.
    pub claims: BTreeMap<Id, Vec<ByteSpan>>,
    /// Of all cues of a claim together, by the claim.
    pub cues: BTreeMap<Id, Vec<ByteSpan>>,
}

impl Places {
    /// The places that `place` gives for each anchor; none where it is lost.
    pub fn of(set: &AnnotationSet, mut place: impl FnMut(&AnchorId, &Anchor) -> Vec<ByteSpan>) -> Self {
        let mut places = Self::default();
        for (id, anchor) in anchors(set).take_while(|(id, _)| is_compared(id)) {
            let spans = place(&id, anchor);
            places.add(id, spans);
        }
        places
    }

    /// The places in `text`, where its words are found again (see `annotation::place`), and what was not where the set
    /// says.
    #[must_use]
    pub fn find(text: &Text, is_same_text: bool, set: &AnnotationSet) -> (Self, Shifted) {
        let (mut places, mut shifted) = (Self::default(), Shifted::default());
        for (id, placement) in place_all(text, is_same_text, anchors(set).take_while(|(id, _)| is_compared(id))) {
            if let AnchorId::Claim(claim) = &id {
                match placement.spans() {
                    None => shifted.lost.push(claim.clone()),
                    Some(_) if !placement.is_exact() => shifted.moved.push(claim.clone()),
                    Some(_) => {}
                }
            }
            places.add(id, placement.spans().unwrap_or_default().to_vec());
        }
        (places, shifted)
    }

    fn add(&mut self, id: AnchorId, spans: Vec<ByteSpan>) {
        match id {
            AnchorId::Claim(claim) => {
                self.claims.insert(claim, spans);
            }
            AnchorId::Cue(claim, ..) => {
                let all = self.cues.entry(claim).or_default();
                all.extend(spans);
                *all = joined(std::mem::take(all));
            }
            AnchorId::Mention(_) | AnchorId::Dismissal(_) => {}
        }
    }
}

/// Claims that are not where their set says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shifted {
    /// Found elsewhere, surely.
    pub moved: Vec<Id>,
    /// Found nowhere, or in several places.
    pub lost: Vec<Id>,
}

/// Claims and their cues, which come first among the anchors of a set.
fn is_compared(id: &AnchorId) -> bool {
    matches!(id, AnchorId::Claim(_) | AnchorId::Cue(..))
}

/// From the first start to the last end.
pub(super) fn hull(spans: &[ByteSpan]) -> ByteSpan {
    ByteSpan { start: spans.first().map_or(0, |span| span.start), end: spans.last().map_or(0, |span| span.end) }
}

/// Spans in order, those that touch or overlap as one.
pub(super) fn joined(mut spans: Vec<ByteSpan>) -> Vec<ByteSpan> {
    spans.sort_unstable();
    spans.dedup_by(|next, last| {
        let is_joined = next.start <= last.end;
        if is_joined {
            last.end = last.end.max(next.end);
        }
        is_joined
    });
    spans
}
