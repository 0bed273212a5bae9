//! Who says it: mentions, cues, voices and sources.

use std::fmt;

use super::Draft;
use crate::annotation::{Anchor, Asserted, Claim, Id, IdKind, Mention, Source, Voice};

/// A cue was to be joined to a claim that nobody is named for: words that attribute, and nobody to attribute to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unattributed;

impl fmt::Display for Unattributed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nobody is named for this claim yet: name its source first, then mark the cue")
    }
}

impl std::error::Error for Unattributed {}

impl Draft<'_> {
    /// Adds an entry to the set's sources.
    pub fn add_source(&mut self, source: Source) -> Id {
        self.label(&format!("add source {}", source.name));
        self.add(IdKind::Source, source)
    }

    /// Copies an entry of the register into the set under its own id, or renews the copy.
    pub fn adopt_source(&mut self, id: &Id, source: Source) {
        self.label(&format!("adopt source {}", source.name));
        if self.get::<Source>(id).as_deref() != Some(&source) {
            self.put(id, source);
        }
    }

    /// Gives a source other fields.
    pub fn set_source(&mut self, id: &Id, source: Source) {
        self.label(&format!("change source {}", source.name));
        self.change::<Source>(id, |old| *old = source);
    }

    /// Says that `other` is the same source as `principal`: written on `other`, no id is rewritten.
    pub fn join_sources(&mut self, other: &Id, principal: &Id) {
        self.label("join sources");
        if other != principal {
            self.change::<Source>(other, |source| {
                if !source.same_as.contains(principal) {
                    source.same_as.push(principal.clone());
                }
            });
        }
    }

    /// Takes back that `other` is the same source as `principal`.
    pub fn part_sources(&mut self, other: &Id, principal: &Id) {
        self.label("part sources");
        self.change::<Source>(other, |source| source.same_as.retain(|id| id != principal));
    }

    /// Adds an alias to a source, with who says so and why; the assertion of one that is there is renewed.
    pub fn assert_alias(&mut self, id: &Id, said: Asserted) {
        self.label(&format!("add alias {}", said.alias));
        let said = Asserted { made: Some(self.stamp.now.clone()), ..said };
        self.change::<Source>(id, |source| {
            if source.names().all(|name| name != said.alias) {
                source.aliases.push(said.alias.clone());
            }
            source.asserted.retain(|other| other.alias != said.alias);
            source.asserted.push(said);
        });
    }

    /// Marks words that name a source.
    pub fn mark_mention(&mut self, anchor: Anchor, source: Option<Id>) -> Id {
        self.label("mark mention");
        self.add(IdKind::Mention, Mention { anchor, source, ..Mention::default() })
    }

    /// Says which source a mention names.
    pub fn resolve_mention(&mut self, mention: &Id, source: Option<Id>) {
        self.label("name source of mention");
        self.change::<Mention>(mention, |mention| mention.source = source);
    }

    /// Names the speakers of these claims: mentions or sources, jointly. The cue stays, and so do the voices
    /// before, except where none speaks: that is the writer, before whom nobody does.
    pub fn attribute(&mut self, claims: &[Id], by: &[Id]) {
        self.label_count("attribute", claims.len(), "claim", "claims");
        for id in claims {
            self.change_claim(id, |claim| {
                innermost(claim).by = by.to_vec();
                if let (Some(said), []) = (&mut claim.said, by) {
                    said.drain(..said.len() - 1);
                }
            });
        }
    }

    /// Takes one speaker, mention or source, away from a claim. A voice that nobody is left to speak goes with its
    /// cue; without any voice the claim is not attributed.
    pub fn remove_speaker(&mut self, claim: &Id, speaker: &Id) {
        self.label("remove source from claim");
        self.change_claim(claim, |claim| silence(claim, speaker, None));
    }

    /// Gives these claims a whole chain of voices; `None`: not attributed.
    pub fn set_chain(&mut self, claims: &[Id], said: Option<&[Voice]>) {
        self.label_count("attribute", claims.len(), "claim", "claims");
        for id in claims {
            self.change_claim(id, |claim| claim.said = said.map(<[Voice]>::to_vec));
        }
    }

    /// Joins a mention to a claim as its speaker: in the place of the same source where it is named already, else
    /// beside the speakers that are. A mention of nobody known takes over the source of a claim that has one.
    pub fn join_mention(&mut self, claim: &Id, mention: &Id) {
        self.label("join mention");
        let (Some(old), Some(named)) = (self.get::<Claim>(claim), self.get::<Mention>(mention)) else { return };
        let speakers = old.speaker().map_or(&[][..], |voice| &voice.by);
        let mut source = named.source.clone();
        if let ([only], None) = (speakers, &source) {
            source = self.source_of(only);
            self.change::<Mention>(mention, |mention| mention.source.clone_from(&source));
        }
        let same = |id: &Id| id == mention || (source.is_some() && self.source_of(id) == source);
        let mut by: Vec<Id> = speakers.iter().filter(|id| !same(id)).cloned().collect();
        let at = speakers.iter().take_while(|id| !same(id)).count().min(by.len());
        by.insert(at, mention.clone());
        self.change_claim(claim, |claim| innermost(claim).by = by);
    }

    /// Joins the words that attribute to a claim's innermost voice, in the order of the text.
    ///
    /// # Errors
    /// [`Unattributed`] where the claim has no voice yet.
    pub fn join_cue(&mut self, claim: &Id, cue: Anchor) -> Result<(), Unattributed> {
        self.label("mark cue");
        if self.get::<Claim>(claim).is_some_and(|claim| claim.said.is_none()) {
            return Err(Unattributed);
        }
        self.change_claim(claim, |claim| add_cue(innermost(claim), cue));
        Ok(())
    }

    /// Joins the words that attribute to one of a claim's voices, from 0, in the order of the text.
    pub fn join_cue_of(&mut self, claim: &Id, voice: usize, cue: Anchor) {
        self.label("mark cue");
        self.change_claim(claim, |claim| {
            if let Some(voice) = claim.said.as_mut().and_then(|said| said.get_mut(voice)) {
                add_cue(voice, cue);
            }
        });
    }

    /// Takes a cue away from a claim: which voice and which of its cues, from 0.
    pub fn remove_cue(&mut self, claim: &Id, voice: usize, cue: usize) {
        self.label("remove cue");
        self.change_claim(claim, |claim| {
            if let Some(voice) = claim.said.as_mut().and_then(|said| said.get_mut(voice))
                && cue < voice.cue.len()
            {
                voice.cue.remove(cue);
            }
        });
    }

    /// The source that a mention names, or the source itself.
    fn source_of(&self, id: &Id) -> Option<Id> {
        match self.get::<Mention>(id) {
            Some(mention) => mention.source.clone(),
            None => Some(id.clone()),
        }
    }
}

/// Takes a speaker out of a claim, with another in its place or none.
pub(super) fn silence(claim: &mut Claim, speaker: &Id, instead: Option<&Id>) {
    let Some(said) = &mut claim.said else { return };
    said.retain_mut(|voice| {
        let Some(at) = voice.by.iter().position(|id| id == speaker) else { return true };
        voice.by.retain(|id| id != speaker);
        if let Some(instead) = instead
            && !voice.by.contains(instead)
        {
            voice.by.insert(at.min(voice.by.len()), instead.clone());
        }
        !voice.by.is_empty()
    });
    if said.is_empty() {
        claim.said = None;
    }
}

/// The voice that says the claim itself; one is made where there is none.
fn innermost(claim: &mut Claim) -> &mut Voice {
    let said = claim.said.get_or_insert_with(Vec::new);
    let last = said.pop().unwrap_or_default();
    said.push_mut(last)
}

fn add_cue(voice: &mut Voice, cue: Anchor) {
    if voice.cue.iter().all(|other| other.spans != cue.spans) {
        let at = voice.cue.partition_point(|other| other.hull() <= cue.hull());
        voice.cue.insert(at, cue);
    }
}
