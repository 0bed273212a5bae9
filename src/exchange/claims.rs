//! A claim as a reader of the export wants it: where it stands, in whose voice, how sure; ids resolved to words.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::columns::LIST;
use super::locate::Located;
use super::{Found, Layer, Release, Scope};
use crate::annotation::{Anchor, AnchorId, AnnotationSet, Assessment, Claim, Id, Index, Mention, Source, named_value};
use crate::document::CodeSpan;

/// What stands between the parts of a discontinuous quotation.
pub const GAP: &str = " … ";

/// One claim of one annotator.
#[derive(Debug)]
pub struct ClaimView<'a> {
    /// The release that it is marked in.
    pub release: &'a Release,
    /// The annotator's set.
    pub layer: &'a Layer,
    /// Its id in the set.
    pub id: &'a Id,
    /// The claim.
    pub claim: &'a Claim,
    /// Whether its words are where the set says.
    pub found: Found,
    /// Where they are, ascending; empty where they were not found.
    pub spans: Vec<CodeSpan>,
    /// The paragraph in which it begins, from 1; `None` where that is not known.
    pub paragraph: Option<usize>,
    /// The voices, outermost first, each with a speaker; `None` where the claim is not attributed.
    pub voices: Option<Vec<VoiceView<'a>>>,
    /// The annotator's judgements of it: those in force, by axis, or all of them in the order in which they were made.
    pub judgements: Vec<Judgement<'a>>,
    /// What other annotators of the release think of it, each with whose set it stands in: chosen like the annotator's
    /// own.
    pub others: Vec<(&'a Layer, Judgement<'a>)>,
}

/// One link of a chain of attribution.
#[derive(Debug)]
pub struct VoiceView<'a> {
    /// Who speaks; several speak jointly.
    pub speakers: Vec<Speaker<'a>>,
    /// The words that attribute.
    pub cue: &'a [Anchor],
    /// Where they stand.
    pub cue_spans: Vec<CodeSpan>,
}

/// Somebody who speaks.
#[derive(Debug)]
pub struct Speaker<'a> {
    /// The name: the register's, else the words of the mention, else the id; of the writer "NATO release".
    pub name: String,
    /// The source's id; `None` where a mention is not resolved, and for the writer.
    pub id: Option<&'a Id>,
    /// The entry of the register.
    pub source: Option<&'a Source>,
    /// The words that name it, where the text does.
    pub mention: Option<&'a Mention>,
    /// Where they stand.
    pub spans: Vec<CodeSpan>,
    /// Whether it is the writer of the release, who has no entry.
    pub is_writer: bool,
}

/// A judgement of a claim.
#[derive(Debug)]
pub struct Judgement<'a> {
    /// Its id.
    pub id: &'a Id,
    /// The judgement.
    pub assessment: &'a Assessment,
    /// Whether it is in force: not replaced and not withdrawn.
    pub current: bool,
}

impl<'a> Judgement<'a> {
    fn current((id, assessment): (&'a Id, &'a Assessment)) -> Self {
        Self { id, assessment, current: true }
    }
}

impl<'a> Speaker<'a> {
    /// Who is named by an id in a voice, as `set` knows it.
    fn named(release: &Release, layer: &'a Layer, id: &'a Id) -> Self {
        let set = &*layer.set;
        let mention = set.mentions.get(id).map(|mention| &**mention);
        let place = |mention: &Mention| release.locate(layer, &AnchorId::Mention(id.clone()), &mention.anchor).spans;
        let principal = set.source_of(id).map(|source| set.principal(source));
        Self {
            name: set.voice_name(id),
            id: principal,
            source: principal.and_then(|id| set.sources.get(id)).map(|source| &**source),
            mention,
            spans: mention.map(place).unwrap_or_default(),
            is_writer: false,
        }
    }

    fn writer(layer: &Layer) -> Self {
        Self { name: layer.writer(), id: None, source: None, mention: None, spans: Vec::new(), is_writer: true }
    }

    /// The kind of source (`person`).
    pub fn kind(&self) -> Option<&'a str> {
        if self.is_writer { Some("writer") } else { self.source?.kind.as_deref() }
    }

    /// The role ("NATO Secretary General").
    pub fn role(&self) -> Option<&'a str> {
        self.source?.role.as_deref()
    }

    /// Name and role: "Jens Stoltenberg, NATO Secretary General"; the affiliation where there is no role.
    pub fn with_role(&self) -> String {
        match self.role().or_else(|| self.source?.affiliation.as_deref()) {
            Some(role) => format!("{}, {role}", self.name),
            None => self.name.clone(),
        }
    }
}

impl Layer {
    /// The writer of the release, in words: "NATO release".
    pub fn writer(&self) -> String {
        match &self.about.publisher {
            Some(publisher) => format!("{publisher} release"),
            None => "the release".to_owned(),
        }
    }
}

impl<'a> ClaimView<'a> {
    fn new(
        release: &'a Release,
        (layer, index): (&'a Layer, &Index),
        foreign: &Foreign<'a>,
        scope: &Scope,
        id: &'a Id,
        claim: &'a Claim,
    ) -> Self {
        let Located { found, spans } = release.locate(layer, &AnchorId::Claim(id.clone()), &claim.anchor);
        let set = &*layer.set;
        let voice = |number: usize, by: &'a [Id], cue: &'a [Anchor]| {
            let mut speakers: Vec<_> = by.iter().map(|id| Speaker::named(release, layer, id)).collect();
            if speakers.is_empty() {
                speakers.push(Speaker::writer(layer));
            }
            let spans = |(i, cue)| release.locate(layer, &AnchorId::Cue(id.clone(), number, i), cue).spans;
            VoiceView { speakers, cue, cue_spans: cue.iter().enumerate().flat_map(spans).collect() }
        };
        let voices = claim.said.as_deref().map(|said| match said {
            [] => vec![voice(0, &[], &[])],
            voices => voices.iter().enumerate().map(|(i, spoken)| voice(i, &spoken.by, &spoken.cue)).collect(),
        });
        let others = foreign.get(id).into_iter().flatten().filter(|(other, _)| other.handle != layer.handle);
        let others = others.flat_map(|&(other, ref index)| {
            judgements(index, &other.set, id, scope).into_iter().map(move |judgement| (other, judgement))
        });
        Self {
            release,
            layer,
            id,
            claim,
            found,
            paragraph: spans.first().and_then(|span| release.paragraph(span.start)),
            spans,
            voices,
            judgements: judgements(index, set, id, scope),
            others: others.collect(),
        }
    }

    /// The characters of the claim, its parts joined by " … ".
    pub fn quote(&self) -> String {
        self.claim.anchor.quote.join(GAP)
    }

    /// The voice that says the claim itself; `None` where it is not attributed.
    pub fn voice(&self) -> Option<&VoiceView<'a>> {
        self.voices.as_ref()?.last()
    }

    /// Something of each speaker, as a list in which each has its place; empty where none has anything.
    pub fn each_speaker(&self, something: impl Fn(&Speaker<'a>) -> String) -> String {
        let speakers = self.voice().map_or(&[][..], |voice| &voice.speakers);
        let parts: Vec<String> = speakers.iter().map(something).collect();
        if parts.iter().all(String::is_empty) { String::new() } else { parts.join(LIST) }
    }

    /// The words that attribute the claim to the voice that says it.
    pub fn cue(&self) -> String {
        let cues = self.voice().map_or(&[][..], |voice| voice.cue);
        cues.iter().map(|cue| cue.quote.join(GAP)).collect::<Vec<_>>().join(LIST)
    }

    /// Through whom it is said, from the writer inwards: "NATO release → Jens Stoltenberg". Empty where the claim is
    /// not attributed.
    pub fn chain(&self) -> String {
        let Some(voices) = &self.voices else { return String::new() };
        let mut names: Vec<String> = Vec::with_capacity(voices.len() + 1);
        if !voices.first().is_some_and(|voice| voice.speakers.iter().any(|speaker| speaker.is_writer)) {
            names.push(self.layer.writer());
        }
        names.extend(
            voices
                .iter()
                .map(|voice| voice.speakers.iter().map(|speaker| speaker.name.as_str()).collect::<Vec<_>>().join(LIST)),
        );
        names.join(" → ")
    }

    /// The judgement in force on an axis.
    pub fn judgement(&self, axis: &str) -> Option<&'a Assessment> {
        let on_axis = |judgement: &&Judgement<'a>| judgement.current && judgement.assessment.axis == axis;
        self.judgements.iter().find(on_axis).map(|judgement| judgement.assessment)
    }

    /// The term in force on an axis, or its number; empty where there is none.
    pub fn term(&self, axis: &str) -> String {
        let Some(judgement) = self.judgement(axis) else { return String::new() };
        let number = || judgement.value.map(|value| value.to_string());
        judgement.term.clone().or_else(number).unwrap_or_default()
    }

    /// The scale of the term in force on an axis; empty where there is none.
    pub fn scale(&self, axis: &str) -> String {
        self.judgement(axis).map(|judgement| judgement.scale.clone()).unwrap_or_default()
    }

    /// A team's own field.
    pub fn field(&self, name: &str) -> Option<&'a String> {
        named_value(&self.claim.fields, name)
    }

    /// The claim's marking, else that of the set that it is part of.
    pub fn marking(&self) -> Option<&'a String> {
        self.claim.marking.as_ref().or(self.layer.set.header.marking.as_ref())
    }
}

/// The sets that judge an item of somebody else's, by the item.
type Foreign<'a> = BTreeMap<&'a Id, Vec<(&'a Layer, Arc<Index>)>>;

fn foreign<'a>(release: &'a Release, indices: &BTreeMap<&str, Arc<Index>>) -> Foreign<'a> {
    let mut foreign = Foreign::new();
    for layer in &release.layers {
        let Some(index) = indices.get(layer.handle.as_str()) else { continue };
        let judged = layer.set.assessments.values().filter_map(|made| made.on.as_ref());
        for on in judged.filter(|on| !layer.set.claims.contains_key(*on)).collect::<BTreeSet<_>>() {
            foreign.entry(on).or_default().push((layer, Arc::clone(index)));
        }
    }
    foreign
}

/// What a set says of a claim: what is in force, or with the history all of it.
fn judgements<'a>(index: &Index, set: &'a AnnotationSet, on: &Id, scope: &Scope) -> Vec<Judgement<'a>> {
    let current: Vec<_> = index.all_current(set, on).into_iter().map(Judgement::current).collect();
    if !scope.history {
        return current;
    }
    let in_force: BTreeSet<&Id> = current.iter().map(|judgement| judgement.id).collect();
    let all = index.history(set, on).into_iter();
    all.map(|(id, assessment)| Judgement { id, assessment, current: in_force.contains(id) }).collect()
}

/// The claims of `releases` that are in scope: releases and layers as they come, claims in the order of the text, the
/// longer one first, those that were not found last.
pub(super) fn in_scope<'a>(releases: &'a [Release], scope: &Scope) -> Vec<ClaimView<'a>> {
    let mut all = Vec::new();
    for release in releases {
        let indices: BTreeMap<&str, Arc<Index>> =
            release.layers.iter().map(|layer| (layer.handle.as_str(), Arc::new(Index::of(&layer.set)))).collect();
        let foreign = foreign(release, &indices);
        for layer in scope.layers(release) {
            let Some(index) = indices.get(layer.handle.as_str()) else { continue };
            let chosen = layer.set.claims.iter().filter(|(id, claim)| scope.takes(id, claim));
            let mut claims: Vec<_> =
                chosen.map(|(id, claim)| ClaimView::new(release, (layer, index), &foreign, scope, id, claim)).collect();
            claims.sort_by_key(|claim| {
                let hull = claim.spans.first().zip(claim.spans.last());
                let place = hull.map(|(first, last)| (first.start, Reverse(last.end)));
                (place.is_none(), place, claim.id)
            });
            all.append(&mut claims);
        }
    }
    all
}
