//! Colleagues' claims copied into my set: with their voices, under the sources' own ids, and with their origin.
//!
//! One edit on a draft, whatever is copied. Their judgements stay theirs; mine of the claim comes along. Held by
//! `tests/layers.rs`.

use std::collections::BTreeMap;

use super::action::ClaimRef;
use super::layers::Layer;
use super::release::Release;
use crate::annotation::{Anchor, AnchorId, Claim, Draft, Edit, Id, Judgement, Stamp};

/// What became of claims that were to be copied.
#[derive(Debug)]
pub struct Adopted {
    /// The edit; empty where there was nothing to copy.
    pub edit: Edit,
    /// The copies.
    pub copies: Vec<Id>,
    /// Claims of mine that are such copies already, or that were copied from me.
    pub known: Vec<Id>,
    /// How many have no place in today's text.
    pub unplaced: usize,
}

impl Adopted {
    /// What is said of it.
    #[must_use]
    pub fn words(&self) -> String {
        let count = |count: usize, one: &str, many: &str| match count {
            0 => None,
            1 => Some(one.to_owned()),
            count => Some(format!("{count} {many}")),
        };
        let parts = [
            count(self.copies.len(), "Claim copied into your set", "claims copied into your set"),
            count(self.known.len(), "it is in your set already", "are in your set already"),
            count(
                self.unplaced,
                "one has no place in this text and stays theirs",
                "have no place in this text and stay theirs",
            ),
        ];
        let words = parts.into_iter().flatten().collect::<Vec<_>>().join("; ");
        if words.is_empty() { "There is nothing to copy".to_owned() } else { capitalised(&words) }
    }
}

fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Copies claims of colleagues; claims of mine among them are passed over.
#[must_use]
pub fn adopt(release: &Release, claims: &[ClaimRef], stamp: Stamp) -> Adopted {
    let mut known: BTreeMap<&Id, &Id> = BTreeMap::new();
    for (id, mine) in &release.set().claims {
        known.insert(id, id);
        known.extend(mine.from.iter().map(|from| (from, id)));
    }
    let mut draft = release.work.draft(stamp);
    let (mut copies, mut there, mut unplaced) = (Vec::new(), Vec::new(), 0);
    let mut mentions = BTreeMap::new();
    let mut from_whom = None;
    for claim in claims {
        let Some(layer) = claim.layer.as_deref().and_then(|handle| release.layer(handle)) else { continue };
        let Some(theirs) = layer.set.claims.get(&claim.id) else { continue };
        if let Some(mine) = std::iter::once(&claim.id).chain(&theirs.from).find_map(|id| known.get(id)) {
            there.push((*mine).clone());
            continue;
        }
        let Some(copy) = copied(release, layer, &claim.id, theirs, &mut draft, &mut mentions) else {
            unplaced += 1;
            continue;
        };
        let copy = draft.mark_claim(copy);
        for (_, judged) in release.work.index().all_current(release.set(), &claim.id) {
            let judgement = Judgement {
                axis: judged.axis.clone(),
                scale: judged.scale.clone(),
                term: judged.term.clone(),
                value: judged.value,
                why: judged.why.clone(),
            };
            draft.assess(std::slice::from_ref(&copy), &judgement);
        }
        copies.push(copy);
        from_whom = Some(&layer.name);
    }
    if let Some(name) = from_whom {
        let label = match copies.len() {
            1 => format!("copy claim of {name}"),
            count => format!("copy {count} claims"),
        };
        draft.name(&label);
    }
    there.dedup();
    Adopted { edit: draft.finish(), copies, known: there, unplaced }
}

/// The claim as it is to be in my set; `None` where its words are not in this text.
fn copied(
    release: &Release,
    layer: &Layer,
    id: &Id,
    theirs: &Claim,
    draft: &mut Draft,
    mentions: &mut BTreeMap<Id, Id>,
) -> Option<Claim> {
    let anchor = today(release, layer, &AnchorId::Claim(id.clone()), &theirs.anchor)?;
    let mut claim = Claim { anchor, from: vec![id.clone()], modified: None, ..theirs.clone() };
    for (v, voice) in claim.said.iter_mut().flatten().enumerate() {
        let cue = voice.cue.iter().enumerate();
        voice.cue = cue.filter_map(|(c, cue)| today(release, layer, &AnchorId::Cue(id.clone(), v, c), cue)).collect();
        for by in &mut voice.by {
            *by = voice_of(release, layer, by, draft, mentions);
        }
    }
    Some(claim)
}

/// An anchor as it is in today's text.
fn today(release: &Release, layer: &Layer, of: &AnchorId, anchor: &Anchor) -> Option<Anchor> {
    let Some(placement) = layer.placements.get(of) else { return Some(anchor.clone()) };
    Anchor::new(&release.document.text, placement.spans()?)
}

/// Who speaks, in my set: a mention of mine at the same words, else a copy of theirs; a source under its own id.
fn voice_of(release: &Release, layer: &Layer, id: &Id, draft: &mut Draft, mentions: &mut BTreeMap<Id, Id>) -> Id {
    let Some(mention) = layer.set.mentions.get(id) else {
        bring(release, layer, id, draft);
        return id.clone();
    };
    if let Some(mine) = mentions.get(id) {
        return mine.clone();
    }
    if let Some(source) = &mention.source {
        bring(release, layer, source, draft);
    }
    let Some(anchor) = today(release, layer, &AnchorId::Mention(id.clone()), &mention.anchor) else {
        // The words are gone from the text; who spoke is known all the same.
        return mention.source.clone().unwrap_or_else(|| id.clone());
    };
    let is_same = |(_, own): &(&Id, &std::sync::Arc<crate::annotation::Mention>)| {
        own.anchor.spans == anchor.spans && own.source == mention.source
    };
    let same = release.set().mentions.iter().find(is_same).map(|(own, _)| own.clone());
    let mine = same.unwrap_or_else(|| draft.mark_mention(anchor, mention.source.clone()));
    mentions.insert(id.clone(), mine.clone());
    mine
}

/// Brings a source along under its own id, with those that it was joined to; one that my set has stays as I have it.
fn bring(release: &Release, layer: &Layer, id: &Id, draft: &mut Draft) {
    let mut wanted = vec![id.clone()];
    while let Some(id) = wanted.pop() {
        let Some(source) = layer.set.sources.get(&id) else { continue };
        if release.set().sources.contains_key(&id) || draft.get::<crate::annotation::Source>(&id).is_some() {
            continue;
        }
        draft.adopt_source(&id, (**source).clone());
        wanted.extend(source.same_as.iter().cloned());
    }
}
