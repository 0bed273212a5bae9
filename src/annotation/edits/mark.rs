//! Marking claims, moving anchors, and the fields of claims.

use std::mem;

use super::Draft;
use crate::annotation::{
    Anchor, AnnotationSet, Claim, Dismissal, Id, IdKind, Kept, Mention, Relation, Voice, set_named_value,
};

/// Names one anchor of a set.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AnchorId {
    /// A claim's words.
    Claim(Id),
    /// A mention's words.
    Mention(Id),
    /// The words that attribute: the claim, which of its voices from 0, which of the voice's cues from 0.
    Cue(Id, usize, usize),
    /// The words of a refused suggestion.
    Dismissal(Id),
}

/// All anchors of a set, in the order of tables and ids.
pub fn anchors(set: &AnnotationSet) -> impl Iterator<Item = (AnchorId, &Anchor)> {
    let claims = set.claims.iter().flat_map(|(id, claim)| {
        let cues = claim.said.iter().flatten().enumerate().flat_map(move |(v, voice)| {
            voice.cue.iter().enumerate().map(move |(c, cue)| (AnchorId::Cue(id.clone(), v, c), cue))
        });
        std::iter::once((AnchorId::Claim(id.clone()), &claim.anchor)).chain(cues)
    });
    let mentions = set.mentions.iter().map(|(id, mention)| (AnchorId::Mention(id.clone()), &mention.anchor));
    let dismissals = set
        .dismissed
        .iter()
        .filter_map(|(id, dismissal)| Some((AnchorId::Dismissal(id.clone()), dismissal.anchor.as_ref()?)));
    claims.chain(mentions).chain(dismissals)
}

/// A field of a claim with the value that it is to have.
#[derive(Clone, Debug, PartialEq)]
pub enum ClaimField {
    /// `commitment`, …
    Kind(Option<String>),
    /// `direct`, `indirect`, `mixed`.
    Style(Option<String>),
    /// The claim as a sentence that stands alone.
    Statement(Option<String>),
    /// A quantity.
    Value(Option<String>),
    /// When the claim is about.
    Time(Option<String>),
    /// Free text.
    Note(Option<String>),
    /// `open`, `checked`, `disputed`, `retracted`.
    Status(Option<String>),
    /// TLP or a word of the codebook.
    Marking(Option<String>),
    /// All tags.
    Tags(Vec<String>),
    /// One tag, added or taken away.
    Tag(String, bool),
    /// All links to evidence.
    Evidence(Vec<String>),
    /// A field of the team's own, by name; without a value it goes.
    Own(String, Option<String>),
}

impl ClaimField {
    /// What is set, in words.
    fn name(&self) -> &str {
        match self {
            Self::Kind(_) => "kind",
            Self::Style(_) => "style",
            Self::Statement(_) => "statement",
            Self::Value(_) => "quantity",
            Self::Time(_) => "time",
            Self::Note(_) => "note",
            Self::Status(_) => "status",
            Self::Marking(_) => "marking",
            Self::Tags(_) => "tags",
            Self::Tag(..) => "tag",
            Self::Evidence(_) => "evidence",
            Self::Own(name, _) => name,
        }
    }

    fn write_to(&self, claim: &mut Claim) {
        match self {
            Self::Kind(value) => claim.kind.clone_from(value),
            Self::Style(value) => claim.style.clone_from(value),
            Self::Statement(value) => claim.statement.clone_from(value),
            Self::Value(value) => claim.value.clone_from(value),
            Self::Time(value) => claim.time.clone_from(value),
            Self::Note(value) => claim.note.clone_from(value),
            Self::Status(value) => claim.status.clone_from(value),
            Self::Marking(value) => claim.marking.clone_from(value),
            Self::Tags(value) => claim.tags.clone_from(value),
            Self::Tag(tag, true) if !claim.tags.contains(tag) => claim.tags.push(tag.clone()),
            Self::Tag(_, true) => {}
            Self::Tag(tag, false) => claim.tags.retain(|other| other != tag),
            Self::Evidence(value) => claim.evidence.clone_from(value),
            Self::Own(name, value) => set_named_value(&mut claim.fields, name, value.clone()),
        }
    }
}

impl Draft<'_> {
    /// Marks a claim: its words, its kind and style, and who says it. `created` is now, whatever `claim` has.
    pub fn mark_claim(&mut self, claim: Claim) -> Id {
        self.label("mark claim");
        let created = Some(self.stamp.now.clone());
        self.add(IdKind::Claim, Claim { created, modified: None, ..claim })
    }

    /// Marks the same claim again at each of `anchors`: kind, style, statement, tags and the like, and the speakers as
    /// sources, for their mentions and cues are elsewhere. Each repeats the claim by a relation.
    pub fn mark_repeats(&mut self, of: &Id, anchors: Vec<Anchor>) -> Vec<Id> {
        let Some(claim) = self.get::<Claim>(of) else { return Vec::new() };
        self.label_count("mark", anchors.len(), "repeat", "repeats");
        let said = claim.said.as_ref().and_then(|voices| self.voices_elsewhere(voices));
        let mut marked = Vec::with_capacity(anchors.len());
        for anchor in anchors {
            let repeat = Claim { anchor, said: said.clone(), from: Vec::new(), extra: Vec::new(), ..(*claim).clone() };
            let id = self.mark_claim(repeat);
            let made = Some(self.stamp.now.clone());
            let (from, to, kind) = (Some(id.clone()), Some(of.clone()), Some("repeats".to_owned()));
            self.add(IdKind::Relation, Relation { from, to, kind, made, ..Relation::default() });
            marked.push(id);
        }
        marked
    }

    /// The voices with sources in the place of mentions, without cues; `None` where one names nobody known.
    fn voices_elsewhere(&self, voices: &[Voice]) -> Option<Vec<Voice>> {
        let voice = |voice: &Voice| {
            let by = voice.by.iter().map(|id| match self.get::<Mention>(id) {
                Some(mention) => mention.source.clone(),
                None => Some(id.clone()),
            });
            Some(Voice { by: by.collect::<Option<_>>()?, ..Voice::default() })
        };
        voices.iter().map(voice).collect()
    }

    /// Gives a field of all these claims the same value.
    pub fn set_field(&mut self, claims: &[Id], field: &ClaimField) {
        match claims {
            [_] => self.label(&format!("set {}", field.name())),
            _ => self.label(&format!("set {} of {} claims", field.name(), claims.len())),
        }
        for id in claims {
            self.change_claim(id, |claim| field.write_to(claim));
        }
    }

    /// Changes a claim and dates the change; one that stays as it was is not dated.
    pub(super) fn change_claim(&mut self, id: &Id, change: impl FnOnce(&mut Claim)) {
        let Some(before) = self.get::<Claim>(id) else { return };
        let mut claim = (*before).clone();
        change(&mut claim);
        if claim != *before {
            if self.set.claims.contains_key(id) {
                claim.modified = Some(self.stamp.now.clone());
            }
            self.put(id, claim);
        }
    }

    /// Changes an item that carries no date.
    pub(super) fn change<T: Kept>(&mut self, id: &Id, change: impl FnOnce(&mut T)) {
        let Some(before) = self.get::<T>(id) else { return };
        let mut kept = (*before).clone();
        change(&mut kept);
        if kept != *before {
            self.put(id, kept);
        }
    }

    /// Gives an item other words: an end moved, a place accepted after the text changed, a new place by hand. What a
    /// later version wrote beside the old anchor stays.
    pub fn set_anchor(&mut self, of: &AnchorId, anchor: Anchor) {
        self.label("move mark");
        let write = |old: &mut Anchor| {
            let extra = mem::take(&mut old.extra);
            *old = Anchor { extra, ..anchor };
        };
        match of {
            AnchorId::Claim(id) => self.change_claim(id, |claim| write(&mut claim.anchor)),
            AnchorId::Cue(id, voice, cue) => self.change_claim(id, |claim| {
                let voice = claim.said.as_mut().and_then(|said| said.get_mut(*voice));
                if let Some(cue) = voice.and_then(|voice| voice.cue.get_mut(*cue)) {
                    write(cue);
                }
            }),
            AnchorId::Mention(id) => self.change::<Mention>(id, |mention| write(&mut mention.anchor)),
            AnchorId::Dismissal(id) => self.change::<Dismissal>(id, |dismissal| {
                if let Some(anchor) = &mut dismissal.anchor {
                    write(anchor);
                }
            }),
        }
    }
}
