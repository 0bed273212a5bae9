//! Taking claims over from the set on the old version into the one on the new version.
//!
//! Nothing goes by itself: the caller names the claims and the words that each is to have. With a claim go its cues and
//! mentions where these hold, its sources, judgements, remarks and waived checks, and its relations as soon as both
//! ends are there. What does not hold is left out and told. The new claim names the old one in `from`: by that it is
//! known, for ever and in every copy, which claims still wait. The old set is not changed.

use std::collections::{BTreeMap, BTreeSet};

use super::fate::{Fates, State};
use crate::annotation::{
    Anchor, AnchorId, AnnotationSet, Assessment, Claim, Dismissal, Draft, Id, IdKind, Index, Mention, Relation, Remark,
    Source, Voice,
};
use crate::document::{ByteSpan, Text};

/// What a dismissal in the set on the new version says of a claim of the old one that is not to be taken over.
pub const SET_ASIDE: &str = "earlier-claim";

/// A claim to be taken over.
#[derive(Clone, Debug, PartialEq)]
pub struct Take {
    /// The claim on the old version.
    pub claim: Id,
    /// Its words in the new version.
    pub spans: Vec<ByteSpan>,
}

/// What was taken over.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Carried {
    /// Each claim on the old version with the new one.
    pub claims: Vec<(Id, Id)>,
    /// What could not go along.
    pub left: Vec<LeftOut>,
}

/// A mark that did not go along with its claim, because its words are others, elsewhere uncertain, or gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The claim on the old version.
    pub claim: Id,
    /// `cue` or `mention`.
    pub what: &'static str,
    /// Its words in the old version, on one line.
    pub quote: String,
}

/// The claims of the old set that a claim of the new set names in `from`, with the one that does.
#[must_use]
pub fn taken(new: &AnnotationSet) -> BTreeMap<&Id, &Id> {
    new.claims.iter().flat_map(|(id, claim)| claim.from.iter().map(move |from| (from, id))).collect()
}

/// The claims of the old set that were set aside in the new one, with the dismissal that says so.
#[must_use]
pub fn set_aside(new: &AnnotationSet) -> BTreeMap<&Id, &Id> {
    let aside = new.dismissed.iter().filter(|(_, dismissal)| dismissal.what == SET_ASIDE);
    aside.filter_map(|(id, dismissal)| Some((dismissal.on.as_ref()?, id))).collect()
}

/// The claims of the old set that wait for a decision in the new one: neither taken over nor set aside.
#[must_use]
pub fn waiting<'a>(old: &'a AnnotationSet, new: &AnnotationSet) -> Vec<&'a Id> {
    let (taken, aside) = (taken(new), set_aside(new));
    old.claims.keys().filter(|id| !taken.contains_key(id) && !aside.contains_key(id)).collect()
}

/// Takes claims over from `old` into the draft of the set on the new version, `new`, in one step. Claims that were taken
/// over already, that `old` does not hold or whose spans are not in `text` are passed over.
pub fn carry(
    old: &AnnotationSet,
    fates: &Fates,
    take: &[Take],
    text: &Text,
    new: &AnnotationSet,
    draft: &mut Draft,
) -> Carried {
    let before = taken(new);
    let mut run = Run { old, fates, text, new, draft, mentions: BTreeMap::new(), carried: Carried::default() };
    let mut claims: BTreeMap<Id, Id> = before.into_iter().map(|(from, id)| (from.clone(), id.clone())).collect();
    let index = Index::of(old);
    for Take { claim: id, spans } in take {
        let Some(claim) = old.claims.get(id).filter(|_| !claims.contains_key(id)) else { continue };
        let Some(anchor) = Anchor::new(text, spans) else { continue };
        let said = claim.said.as_ref().map(|said| said.iter().enumerate().map(|(at, voice)| run.voice(id, at, voice)));
        let said: Option<Vec<Voice>> = said.map(Iterator::collect);
        let carried = Claim { anchor, said, from: vec![id.clone()], ..(**claim).clone() };
        let made = run.draft.mark_claim(carried);
        run.along(&index, id, &made);
        claims.insert(id.clone(), made.clone());
        run.carried.claims.push((id.clone(), made));
    }
    run.relations(&claims);
    let carried = run.carried;
    let count = carried.claims.len();
    draft.name(&if count == 1 { "take over claim".to_owned() } else { format!("take over {count} claims") });
    carried
}

/// One taking over.
struct Run<'a, 'd> {
    old: &'a AnnotationSet,
    fates: &'a Fates,
    text: &'a Text,
    new: &'a AnnotationSet,
    draft: &'a mut Draft<'d>,
    /// Mentions of the old set, each with the one in the new set.
    mentions: BTreeMap<Id, Id>,
    carried: Carried,
}

impl Run<'_, '_> {
    /// The place of a mark whose words are the same.
    fn place(&self, id: &AnchorId) -> Option<Anchor> {
        let fate = self.fates.get(id).filter(|fate| matches!(fate.state, State::Kept | State::Moved))?;
        Anchor::new(self.text, &fate.new)
    }

    /// A voice with those of its mentions and cues that hold; who speaks is never lost, for where the mention is, its
    /// source is named.
    fn voice(&mut self, claim: &Id, at: usize, voice: &Voice) -> Voice {
        let mut by = Vec::with_capacity(voice.by.len());
        for id in &voice.by {
            match self.old.mentions.get(id) {
                Some(mention) => by.extend(self.mention(claim, id, mention)),
                None => by.push(self.source(id)),
            }
        }
        let mut cue = Vec::with_capacity(voice.cue.len());
        for (number, old) in voice.cue.iter().enumerate() {
            match self.place(&AnchorId::Cue(claim.clone(), at, number)) {
                Some(anchor) => cue.push(Anchor { extra: old.extra.clone(), ..anchor }),
                None => self.leave(claim, "cue", old),
            }
        }
        Voice { by, cue, extra: voice.extra.clone() }
    }

    fn leave(&mut self, claim: &Id, what: &'static str, anchor: &Anchor) {
        self.carried.left.push(LeftOut { claim: claim.clone(), what, quote: anchor.quote_line() });
    }

    /// The mention in the new set: the one that stands there already, or a new one; its source where its words are not
    /// the same.
    fn mention(&mut self, claim: &Id, id: &Id, mention: &Mention) -> Option<Id> {
        if let Some(known) = self.mentions.get(id) {
            return Some(known.clone());
        }
        let source = mention.source.as_ref().map(|source| self.source(source));
        let Some(anchor) = self.place(&AnchorId::Mention(id.clone())) else {
            self.leave(claim, "mention", &mention.anchor);
            return source;
        };
        let stands = self.new.mentions.iter().find(|(_, other)| {
            other.source == source && other.anchor.spans == anchor.spans && other.anchor.quote == anchor.quote
        });
        let made = match stands {
            Some((known, _)) => known.clone(),
            None => {
                let anchor = Anchor { extra: mention.anchor.extra.clone(), ..anchor };
                self.draft.bring(IdKind::Mention, Mention { anchor, source, extra: mention.extra.clone() })
            }
        };
        self.mentions.insert(id.clone(), made.clone());
        Some(made)
    }

    /// A source in the new set, under the id that it has everywhere, with what was judged of it.
    fn source(&mut self, id: &Id) -> Id {
        let is_known = self.draft.get::<Source>(id).is_some();
        if let Some(source) = self.old.sources.get(id).filter(|_| !is_known) {
            self.draft.adopt_source(id, (**source).clone());
            // What was replaced is the old set's history: only what holds goes along.
            let replaced: BTreeSet<&Id> =
                self.old.assessments.values().filter_map(|assessment| assessment.replaces.as_ref()).collect();
            for (own, assessment) in &self.old.assessments {
                if assessment.on.as_ref() == Some(id) && !replaced.contains(own) {
                    self.draft.bring(IdKind::Assessment, Assessment { replaces: None, ..(**assessment).clone() });
                }
            }
        }
        id.clone()
    }

    /// What hangs on a claim: its judgements with their history, remarks on them, and waived checks.
    fn along(&mut self, index: &Index, id: &Id, made: &Id) {
        let mut renamed: BTreeMap<Id, Id> = BTreeMap::from([(id.clone(), made.clone())]);
        // Those that replace others come after them.
        let mut assessments: Vec<Id> = index.assessments(id).cloned().collect();
        let order = |id: &Id| self.old.assessments.get(id).and_then(|one| one.made.clone());
        assessments.sort_by_key(|id| (order(id), id.clone()));
        let mut left: Vec<Id> = assessments;
        while !left.is_empty() {
            let is_ready = |id: &Id| {
                let replaced = self.old.assessments.get(id).and_then(|one| one.replaces.as_ref());
                replaced.is_none_or(|replaced| !left.contains(replaced))
            };
            // A ring of replacements is nobody's doing; the first one then begins.
            let at = left.iter().position(is_ready).unwrap_or(0);
            let id = left.remove(at);
            let Some(assessment) = self.old.assessments.get(&id) else { continue };
            let replaces = assessment.replaces.as_ref().map(|id| renamed.get(id).unwrap_or(id).clone());
            let on = Some(made.clone());
            let brought = Assessment { on, replaces, ..(**assessment).clone() };
            let new = self.draft.bring(IdKind::Assessment, brought);
            renamed.insert(id, new);
        }
        let mut threads: Vec<Id> = renamed.keys().cloned().collect();
        let mut seen: BTreeSet<Id> = BTreeSet::new();
        while let Some(on) = threads.pop() {
            let remarks: Vec<Id> = index.remarks(&on).filter(|id| seen.insert((*id).clone())).cloned().collect();
            for id in remarks {
                let Some(remark) = self.old.remarks.get(&id) else { continue };
                let target = renamed.get(&on).cloned();
                let new = self.draft.bring(IdKind::Remark, Remark { on: target, ..(**remark).clone() });
                renamed.insert(id.clone(), new);
                threads.push(id);
            }
        }
        for id in index.dismissals(id) {
            let Some(dismissal) = self.old.dismissed.get(id).filter(|one| one.with.is_none()) else { continue };
            if dismissal.what != SET_ASIDE && dismissal.anchor.is_none() {
                self.draft.bring(IdKind::Dismissal, Dismissal { on: Some(made.clone()), ..(**dismissal).clone() });
            }
        }
    }

    /// Relations whose claims are there by now, and those to claims of other releases.
    fn relations(&mut self, claims: &BTreeMap<Id, Id>) {
        let fresh: BTreeSet<&Id> = self.carried.claims.iter().map(|(old, _)| old).collect();
        for relation in self.old.relations.values() {
            let ends = [&relation.from, &relation.to];
            if !ends.iter().any(|end| end.as_ref().is_some_and(|id| fresh.contains(id))) {
                continue;
            }
            let end = |id: &Option<Id>| match id {
                Some(id) if self.old.claims.contains_key(id) => claims.get(id).cloned(),
                other => other.clone(),
            };
            let (Some(from), Some(to)) = (end(&relation.from), end(&relation.to)) else { continue };
            let brought = Relation { from: Some(from), to: Some(to), ..(**relation).clone() };
            self.draft.bring(IdKind::Relation, brought);
        }
    }
}
