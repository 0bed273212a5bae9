//! Settling what two annotators make of a document: which decision a pair of claims has, and the edit that makes one.
//!
//! The settled claims are a set of their own. Each names the claims that it settles in `from`, the one whose mark it is
//! first; a claim that was refused is noted under `dismissed`. Nothing else says what is decided, so that whoever opens
//! the set goes on where the last one stopped. Who decided and why stand in the claim's own fields, when in `created`
//! and `modified`. The annotators' sets are only read. Knows no window and no clock. Held by `tests/review.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::align::{Alignment, Pair, Verdict};
use crate::annotation::{
    Anchor, AnchorId, AnnotationSet, Assessment, Claim, Dismissal, Draft, Id, IdKind, Index, Mention, Source,
    Timestamp, set_named_value,
};

/// The field of a settled claim that names who decided.
pub const DECIDED_BY: &str = "decided-by";
/// The field of a settled claim that says why.
pub const DECIDED_WHY: &str = "decided-why";
/// What is said under `dismissed` of a claim that was left out.
pub const LEFT_OUT: &str = "left-out";

/// What was decided about a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// As the first annotator has it; what only the second one marked is left out.
    Mine,
    /// As the second annotator has it; what only the first one marked is left out.
    Theirs,
    /// Both marks stay, as two claims; of what only one marked, that one.
    Both,
}

/// What a settled set has decided.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decided {
    /// The settled claim that names an original, and at which place in `from`.
    claims: BTreeMap<Id, (Id, usize)>,
    left_out: BTreeMap<Id, Id>,
}

impl Decided {
    /// What the settled set says.
    #[must_use]
    pub fn of(agreed: &AnnotationSet) -> Self {
        let mut settled: BTreeMap<Id, (Id, usize)> = BTreeMap::new();
        for (id, claim) in &agreed.claims {
            for (at, original) in claim.from.iter().enumerate() {
                settled.entry(original.clone()).or_insert_with(|| (id.clone(), at));
            }
        }
        let refused = agreed.dismissed.iter().filter(|(_, dismissal)| dismissal.what == LEFT_OUT);
        let left_out = refused.filter_map(|(id, dismissal)| Some((dismissal.on.clone()?, id.clone()))).collect();
        Self { claims: settled, left_out }
    }

    /// The decision on a pair; `None`: it is open.
    #[must_use]
    pub fn on(&self, pair: &Pair) -> Option<Decision> {
        let claim = |original: &Option<Id>| original.as_ref().and_then(|id| self.claims.get(id));
        let is_out = |original: &Option<Id>| original.as_ref().is_some_and(|id| self.left_out.contains_key(id));
        match (claim(&pair.mine), claim(&pair.theirs)) {
            (Some(mine), Some(theirs)) if mine.0 != theirs.0 => Some(Decision::Both),
            (Some(mine), Some(theirs)) => Some(if mine.1 <= theirs.1 { Decision::Mine } else { Decision::Theirs }),
            (Some(_), None) => (pair.theirs.is_none() || is_out(&pair.theirs)).then_some(Decision::Mine),
            (None, Some(_)) => (pair.mine.is_none() || is_out(&pair.mine)).then_some(Decision::Theirs),
            (None, None) => match pair.verdict {
                Verdict::OnlyMine if is_out(&pair.mine) => Some(Decision::Theirs),
                Verdict::OnlyTheirs if is_out(&pair.theirs) => Some(Decision::Mine),
                _ => None,
            },
        }
    }

    /// The settled claims that name one of the pair's, the one of the first annotator's first.
    #[must_use]
    pub fn claims(&self, pair: &Pair) -> Vec<Id> {
        let mut found: Vec<Id> = Vec::new();
        for original in [&pair.mine, &pair.theirs].into_iter().flatten() {
            if let Some((claim, _)) = self.claims.get(original)
                && !found.contains(claim)
            {
                found.push(claim.clone());
            }
        }
        found
    }

    /// The notes that one of the pair's claims is left out.
    #[must_use]
    pub fn refusals(&self, pair: &Pair) -> Vec<Id> {
        let originals = [&pair.mine, &pair.theirs].into_iter().flatten();
        originals.filter_map(|original| self.left_out.get(original).cloned()).collect()
    }

    /// How many of the pairs that are not alike are decided, and how many there are.
    #[must_use]
    pub fn progress(&self, alignment: &Alignment) -> (usize, usize) {
        let differing = || alignment.pairs.iter().filter(|pair| pair.verdict != Verdict::Agree);
        (differing().filter(|pair| self.on(pair).is_some()).count(), differing().count())
    }
}

/// An annotator's set from which claims are taken.
pub struct Original<'a> {
    /// The set.
    pub set: &'a AnnotationSet,
    /// Its links.
    pub index: &'a Index,
    /// An anchor of it as it is in today's text; `None` where its words are not there.
    pub today: &'a dyn Fn(&AnchorId, &Anchor) -> Option<Anchor>,
}

/// Who decides, and when.
#[derive(Clone, Copy, Debug)]
pub struct Decider<'a> {
    /// The handle.
    pub by: &'a str,
    /// Now.
    pub now: &'a Timestamp,
}

/// A claim that was chosen has no place in today's text, so that nothing was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unplaced;

/// A settled set in which decisions are made: one draft is one step of undo.
pub struct Settling<'a, 'd> {
    /// The edit in the making.
    pub draft: &'d mut Draft<'a>,
    /// The settled set that it is an edit of.
    pub agreed: &'a AnnotationSet,
    /// What that has decided.
    pub decided: &'a Decided,
    /// Who decides.
    pub decider: Decider<'a>,
}

impl Settling<'_, '_> {
    /// Decides a pair; an earlier decision on it gives way. The sides are those of the comparison.
    ///
    /// # Errors
    /// [`Unplaced`]: the draft must then be dropped.
    pub fn decide(
        &mut self,
        pair: &Pair,
        decision: Decision,
        mine: &Original,
        theirs: &Original,
    ) -> Result<(), Unplaced> {
        let before = self.decided.claims(pair);
        let kept = |id: &Id| self.agreed.claims.get(id).cloned();
        let old: Vec<(Id, Arc<Claim>)> = before.iter().filter_map(|id| Some((id.clone(), kept(id)?))).collect();
        // What earlier decisions with further annotators settled stays settled.
        let own = [&pair.mine, &pair.theirs];
        let is_own = |id: &Id| own.iter().any(|own| own.as_ref() == Some(id));
        let mut others: Vec<Id> = Vec::new();
        for id in old.iter().flat_map(|(_, claim)| &claim.from) {
            if !is_own(id) && !others.contains(id) {
                others.push(id.clone());
            }
        }
        for refusal in self.decided.refusals(pair) {
            self.draft.delete_dismissal(&refusal);
        }
        let first = pair.mine.as_ref().map(|id| (id, mine));
        let second = pair.theirs.as_ref().map(|id| (id, theirs));
        let (chosen, along) = match decision {
            Decision::Mine => (vec![first], pair.theirs.clone().filter(|_| first.is_some())),
            Decision::Theirs => (vec![second], pair.mine.clone().filter(|_| second.is_some())),
            Decision::Both => (vec![first, second], None),
        };
        let mut places = before.into_iter();
        for (id, side) in chosen.into_iter().flatten() {
            let from = std::iter::once(id.clone()).chain(along.clone()).chain(std::mem::take(&mut others)).collect();
            self.take(id, from, side, places.next())?;
        }
        let gone: Vec<Id> = places.collect();
        self.draft.delete_claims(&gone);
        let voices = old.iter().flat_map(|(_, claim)| claim.said.iter().flatten()).flat_map(|voice| &voice.by).cloned();
        self.draft.delete_unused_mentions(voices);
        let refused = match (decision, &pair.mine, &pair.theirs) {
            (Decision::Theirs, Some(id), None) | (Decision::Mine, None, Some(id)) => Some(id),
            _ => None,
        };
        if let Some(id) = refused {
            self.draft.bring(
                IdKind::Dismissal,
                Dismissal {
                    what: LEFT_OUT.to_owned(),
                    on: Some(id.clone()),
                    by: Some(self.decider.by.to_owned()),
                    made: Some(self.decider.now.clone()),
                    ..Dismissal::default()
                },
            );
        }
        Ok(())
    }

    /// Takes what both marked alike, where it is open; gives how many claims were taken. Where one of the two is settled
    /// already, with a further annotator, that stays as it is and settles the other as well.
    pub fn take_agreed(&mut self, alignment: &Alignment, mine: &Original) -> usize {
        let mut taken = 0;
        for pair in alignment.pairs.iter().filter(|pair| pair.verdict == Verdict::Agree) {
            let (Some(own), Some(other)) = (&pair.mine, &pair.theirs) else { continue };
            if self.decided.on(pair).is_some() || !self.decided.refusals(pair).is_empty() {
                continue;
            }
            if let [known] = self.decided.claims(pair).as_slice() {
                let Some(claim) = self.draft.get::<Claim>(known) else { continue };
                let mut claim = (*claim).clone();
                let missing = [own, other].into_iter().filter(|id| !claim.from.contains(id)).cloned();
                claim.from.extend(missing.collect::<Vec<_>>());
                self.draft.keep(known, claim);
                taken += 1;
            } else if self.take(own, vec![own.clone(), other.clone()], mine, None).is_ok() {
                taken += 1;
            }
        }
        taken
    }

    /// Puts a claim as this side has it into the settled set, in the place of an earlier one where there is one.
    fn take(&mut self, id: &Id, from: Vec<Id>, side: &Original, place: Option<Id>) -> Result<(), Unplaced> {
        let claim = side.set.claims.get(id).ok_or(Unplaced)?;
        let anchor = (side.today)(&AnchorId::Claim(id.clone()), &claim.anchor).ok_or(Unplaced)?;
        let mut copy = Claim { anchor, from, modified: None, ..(**claim).clone() };
        for (v, voice) in copy.said.iter_mut().flatten().enumerate() {
            let cues = voice.cue.iter().enumerate();
            voice.cue = cues.filter_map(|(c, cue)| (side.today)(&AnchorId::Cue(id.clone(), v, c), cue)).collect();
            for by in &mut voice.by {
                *by = self.bring_voice(by, side);
            }
        }
        set_named_value(&mut copy.fields, DECIDED_BY, Some(self.decider.by.to_owned()));
        set_named_value(&mut copy.fields, DECIDED_WHY, None);
        let place = match place {
            Some(place) => {
                self.draft.delete_assessments(&place);
                copy.created = self.agreed.claims.get(&place).and_then(|old| old.created.clone());
                copy.modified = Some(self.decider.now.clone());
                self.draft.keep(&place, copy);
                place
            }
            None => self.draft.mark_claim(copy),
        };
        for (_, judged) in side.index.all_current(side.set, id) {
            let judged = Assessment { on: Some(place.clone()), replaces: None, ..judged.clone() };
            self.draft.bring(IdKind::Assessment, judged);
        }
        Ok(())
    }

    /// Brings a speaker along under its own id: the words that name it, and its entry.
    fn bring_voice(&mut self, id: &Id, side: &Original) -> Id {
        let Some(mention) = side.set.mentions.get(id) else {
            self.bring_source(id, side);
            return id.clone();
        };
        if let Some(source) = &mention.source {
            self.bring_source(source, side);
        }
        let Some(anchor) = (side.today)(&AnchorId::Mention(id.clone()), &mention.anchor) else {
            // The words are gone from the text; who spoke is known all the same.
            return mention.source.clone().unwrap_or_else(|| id.clone());
        };
        if self.draft.get::<Mention>(id).is_none() {
            self.draft.keep(id, Mention { anchor, ..(**mention).clone() });
        }
        id.clone()
    }

    /// Brings an entry along with those that it was joined to and its reliability; one that is there stays.
    fn bring_source(&mut self, id: &Id, side: &Original) {
        let mut wanted = vec![id.clone()];
        let mut seen = BTreeSet::new();
        while let Some(id) = wanted.pop().filter(|id| seen.insert(id.clone())) {
            let Some(source) = side.set.sources.get(&id) else { continue };
            if self.draft.get::<Source>(&id).is_some() {
                continue;
            }
            self.draft.keep(&id, (**source).clone());
            for (judgement, judged) in side.index.all_current(side.set, &id) {
                self.draft.keep(judgement, Assessment { replaces: None, ..judged.clone() });
            }
            wanted.extend(source.same_as.iter().cloned());
        }
    }
}
