//! Who may have said a claim, whom words name, and of what kind a claim is: the proposals of `assist`, asked with what the window knows.
//!
//! Pure. Knows no panel.

use std::collections::BTreeSet;

use super::action::{ClaimRef, Speaker};
use super::model::Model;
use super::reader::{Mark, Role};
use super::release::Release;
use crate::annotation::{Id, Source};
use crate::assist::{self, Known, Language, Scene, SpeakerProposal, Who};
use crate::document::{ByteSpan, Structure};

/// What is proposed for a claim.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Proposed {
    /// Its sources, the likeliest first.
    pub speakers: Vec<SpeakerProposal>,
    /// Its kind, by the codebook.
    pub kind: Option<String>,
    /// Its style, where its words tell.
    pub style: Option<String>,
}

/// Proposals for a claim of mine, from the sources of [`register`]; `typed` filters them.
#[must_use]
pub fn propose(model: &Model, release: &Release, claim: &Id, register: &[Known], typed: &str) -> Proposed {
    let spans = release.claim_spans(&ClaimRef::mine(claim.clone()));
    in_scene(model, release, register, |scene| {
        let Scene { text, structure, language, .. } = *scene;
        let mut speakers = assist::speakers(scene, &spans, typed);
        // What stands in another sentence names somebody, perhaps, but does not attribute this.
        let near = within_reach(structure, &spans);
        for speaker in &mut speakers {
            speaker.words = speaker.words.filter(|words| near.encloses(*words));
            speaker.cue = speaker.cue.filter(|cue| near.encloses(*cue));
        }
        let cue = assist::attribution(text, structure, language, &spans).and_then(|found| found.cue);
        // What the analyst has chosen already stays, whoever says it.
        let own = release.set().claims.get(claim);
        let kind = own
            .and_then(|own| own.kind.clone())
            .or_else(|| assist::kind(text, language, &model.codebook, &spans, cue).map(|proposal| proposal.kind));
        let style = own.and_then(|own| own.style.clone());
        let style = style.or_else(|| Some(assist::style(text, structure, &spans).to_owned()));
        Proposed { speakers, kind, style }
    })
    .unwrap_or_default()
}

/// Whom words of the release name; `None` where they name nobody by themselves.
#[must_use]
pub fn named(model: &Model, release: &Release, words: ByteSpan) -> Option<Speaker> {
    let who = in_scene(model, release, &register(model, release), |scene| assist::named(scene, words))??;
    Some(speaker(model, &who))
}

/// A proposal as what it leads to.
#[must_use]
pub fn speaker(model: &Model, who: &Who) -> Speaker {
    match who {
        Who::Writer => Speaker::Writer,
        Who::New { kind, name, role } => Speaker::New(Box::new(Source {
            kind: Some(kind.clone()),
            name: name.clone(),
            role: role.clone(),
            ..Source::default()
        })),
        Who::Known(id) => match model.current().and_then(|release| release.set().sources.get(id)) {
            Some(_) => Speaker::Source(id.clone()),
            None => match model.registered(id).or_else(|| model.source_of_colleague(id)) {
                Some(source) => Speaker::Register(id.clone(), Box::new((**source).clone())),
                None => Speaker::Source(id.clone()),
            },
        },
    }
}

/// Where the words that attribute a claim can stand: its own sentences, and those that a quotation around it goes on
/// into.
fn within_reach(structure: &Structure, claim: &[ByteSpan]) -> ByteSpan {
    let (Some(first), Some(last)) = (claim.first(), claim.last()) else { return ByteSpan::default() };
    let hull = ByteSpan { start: first.start, end: last.end };
    let around = structure.quotations_at(hull.start).map(|quotation| quotation.outer);
    let whole = around.filter(|outer| outer.encloses(hull)).last().unwrap_or(hull);
    let start = structure.sentence_at(whole.start).map_or(whole.start, |sentence| sentence.start);
    let end = structure.sentence_at(whole.end.saturating_sub(1)).map_or(whole.end, |sentence| sentence.end);
    ByteSpan { start: start.min(whole.start), end: end.max(whole.end) }
}

/// Asks `assist` something with what the window knows; `None` while a large text is still being looked through.
fn in_scene<T>(model: &Model, release: &Release, register: &[Known], ask: impl FnOnce(&Scene<'_>) -> T) -> Option<T> {
    let structure = release.structure.as_deref()?;
    let about = release.about();
    let mentions = |range: ByteSpan| {
        let is_mine = |mark: &&Mark| mark.owner.layer == 0 && mark.role == Role::Mention;
        let marks = release.marks.touching(range).into_iter().filter(is_mine);
        let spans = marks.flat_map(|mark| mark.spans.iter().map(|span| (mark.owner.id.clone(), *span)));
        spans.filter(|(_, span)| span.overlaps(range)).collect()
    };
    Some(ask(&Scene {
        text: &release.document.text,
        structure,
        language: Language::of(about.language.as_deref()),
        set: release.set(),
        index: release.work.index(),
        mentions: &mentions,
        register,
        last_used: model.last_source.as_ref(),
        writer: about.publisher.as_deref(),
    }))
}

/// The sources that can be chosen: those of the set, those of the register that it does not use yet, and those that only
/// colleagues have and nobody of mine is called like. Costs by the size of the set and the number of the folder's
/// sources, and is the same for as long as the release is.
#[must_use]
pub fn register(model: &Model, release: &Release) -> Vec<Known> {
    let (set, index) = (release.set(), release.work.index());
    let used = set.sources.iter().filter(|(id, _)| set.principal(id) == *id).map(|(id, source)| Known {
        id: id.clone(),
        source: source.clone(),
        here: index.count_of_source(id),
        elsewhere: 0,
    });
    let registered = model.register.iter().flat_map(|register| &register.work.set().sources);
    let unused = registered.filter(|(id, _)| !set.sources.contains_key(*id));
    let unused = unused.map(|(id, source)| Known { id: id.clone(), source: source.clone(), here: 0, elsewhere: 0 });
    let mut known: Vec<Known> = used.chain(unused).collect();
    let mut names: BTreeSet<String> =
        known.iter().flat_map(|known| known.source.names().map(str::to_lowercase).collect::<Vec<_>>()).collect();
    for (id, source) in model.sources_of_colleagues() {
        if names.insert(source.name.to_lowercase()) {
            known.push(Known { id: id.clone(), source: source.clone(), here: 0, elsewhere: 0 });
        }
    }
    known
}
