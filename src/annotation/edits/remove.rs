//! Taking items out, with what hangs on them. Each id that goes is noted as deleted, with the time.

use std::collections::BTreeSet;

use super::Draft;
use super::attribute::silence;
use crate::annotation::{
    Assessment, Claim, Conflict, Dismissal, Id, Item, ItemKind, Mention, Relation, Remark, Source,
};

impl Draft<'_> {
    /// Deletes claims: their assessments, relations, remarks and waived checks with them, and the mentions that no
    /// other claim uses. Sources stay in the register.
    pub fn delete_claims(&mut self, claims: &[Id]) {
        self.label_count("delete", claims.len(), "claim", "claims");
        let mut spoken_by = BTreeSet::new();
        for id in claims {
            let Some(claim) = self.take::<Claim>(id) else { continue };
            self.delete_hanging_on(id);
            spoken_by.extend(claim.said.iter().flatten().flat_map(|voice| &voice.by).cloned());
        }
        self.delete_unused_mentions(spoken_by);
    }

    /// Deletes those of these mentions that no claim uses any more: what a claim that went, or that got another source,
    /// leaves behind.
    pub fn delete_unused_mentions(&mut self, mentions: impl IntoIterator<Item = Id>) {
        for mention in mentions {
            if self.users(&mention).is_empty() && self.take::<Mention>(&mention).is_some() {
                self.delete_hanging_on(&mention);
            }
        }
    }

    /// Deletes mentions. Where one speaks a claim, its source takes its place; one of nobody known leaves the voice,
    /// and a voice that nobody is left to speak goes with its cue.
    pub fn delete_mentions(&mut self, mentions: &[Id]) {
        self.label_count("delete", mentions.len(), "mention", "mentions");
        for id in mentions {
            let Some(mention) = self.get::<Mention>(id) else { continue };
            self.silence(id, mention.source.as_ref());
            self.take::<Mention>(id);
            self.delete_hanging_on(id);
        }
    }

    /// Deletes sources: their mentions name nobody then, and the claims that name them by id lose the voice.
    pub fn delete_sources(&mut self, sources: &[Id]) {
        self.label_count("delete", sources.len(), "source", "sources");
        for id in sources {
            if self.get::<Source>(id).is_none() {
                continue;
            }
            self.silence(id, None);
            for mention in self.hanging::<Mention>(|index, found| index.mentions(id).for_each(found)) {
                self.change::<Mention>(&mention, |mention| mention.source = None);
            }
            for joined in self.hanging::<Source>(|index, found| index.joined(id).for_each(found)) {
                self.part_sources(&joined, id);
            }
            self.take::<Source>(id);
            self.delete_hanging_on(id);
        }
    }

    /// Deletes all judgements of an item.
    pub fn delete_assessments(&mut self, on: &Id) {
        self.label("clear judgements");
        for id in self.hanging::<Assessment>(|index, found| index.assessments(on).for_each(found)) {
            self.take::<Assessment>(&id);
            self.delete_hanging_on(&id);
        }
    }

    /// Deletes a relation.
    pub fn delete_relation(&mut self, relation: &Id) {
        self.label("delete relation");
        self.take::<Relation>(relation);
    }

    /// Deletes a remark of mine and my answers to it.
    pub fn delete_remark(&mut self, remark: &Id) {
        self.label("delete remark");
        self.take::<Remark>(remark);
        self.delete_hanging_on(remark);
    }

    /// Takes back that a check was waived or a suggestion refused.
    pub fn delete_dismissal(&mut self, dismissal: &Id) {
        self.label("restore check");
        self.take::<Dismissal>(dismissal);
    }

    /// Puts a conflict aside: what stands in the item is right.
    pub fn settle_conflict(&mut self, conflict: &Id) {
        self.label("settle conflict");
        self.take::<Conflict>(conflict);
    }

    /// Settles a conflict by giving its item another version: theirs, or one of both.
    pub fn settle_conflict_with(&mut self, conflict: &Id, item: Item) {
        self.settle_conflict(conflict);
        if let Some(Conflict { on: Some(on), .. }) = self.set.conflicts.get(conflict).map(|conflict| &**conflict) {
            self.touch(item.kind(), on, Some(item));
        }
    }

    /// Settles a conflict between deleting and changing an item: it goes after all, and what hangs on it.
    pub fn settle_conflict_by_deleting(&mut self, conflict: &Id) {
        self.settle_conflict(conflict);
        let Some(Conflict { on: Some(on), .. }) = self.set.conflicts.get(conflict).map(|conflict| &**conflict) else {
            return;
        };
        match self.set.any(on).map(|item| item.kind()) {
            Some(ItemKind::Claim) => self.delete_claims(std::slice::from_ref(on)),
            Some(ItemKind::Mention) => self.delete_mentions(std::slice::from_ref(on)),
            Some(ItemKind::Source) => self.delete_sources(std::slice::from_ref(on)),
            Some(ItemKind::Relation) => self.delete_relation(on),
            Some(ItemKind::Remark) => self.delete_remark(on),
            Some(ItemKind::Dismissal) => self.delete_dismissal(on),
            Some(ItemKind::Assessment) => {
                self.take::<Assessment>(on);
                self.delete_hanging_on(on);
            }
            Some(ItemKind::Header | ItemKind::Conflict | ItemKind::Deleted) | None => {}
        }
    }

    /// Deletes what is about an item that is gone, and what is about that in turn.
    fn delete_hanging_on(&mut self, gone: &Id) {
        let mut gone = vec![gone.clone()];
        while let Some(on) = gone.pop() {
            for id in self.hanging::<Relation>(|index, found| index.relations(&on).for_each(found)) {
                self.take::<Relation>(&id);
            }
            for id in self.hanging::<Dismissal>(|index, found| index.dismissals(&on).for_each(found)) {
                self.take::<Dismissal>(&id);
            }
            for id in self.hanging::<Conflict>(|index, found| index.conflicts(&on).for_each(found)) {
                self.take::<Conflict>(&id);
            }
            for id in self.hanging::<Assessment>(|index, found| index.assessments(&on).for_each(found)) {
                self.take::<Assessment>(&id);
                gone.push(id);
            }
            for id in self.hanging::<Remark>(|index, found| index.remarks(&on).for_each(found)) {
                self.take::<Remark>(&id);
                gone.push(id);
            }
        }
    }

    /// The claims that name a mention or source as a voice.
    fn users(&self, voice: &Id) -> Vec<Id> {
        self.hanging::<Claim>(|index, found| index.claims(voice).for_each(found))
    }

    /// Takes a speaker out of all claims, with another in its place or none.
    fn silence(&mut self, speaker: &Id, instead: Option<&Id>) {
        for claim in self.users(speaker) {
            self.change_claim(&claim, |claim| silence(claim, speaker, instead));
        }
    }
}
