//! Who may have said a claim and of what kind it is: the proposals of `assist`, asked with what the window knows.
//!
//! Pure. Knows no panel.

use super::action::ClaimRef;
use super::model::Model;
use super::release::{Release, plain_spans};
use crate::annotation::{Anchor, Id};
use crate::assist::{self, Known, Language, Scene, SpeakerProposal};

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

/// Proposals for a claim of mine; `typed` filters the sources.
#[must_use]
pub fn propose(model: &Model, release: &Release, claim: &Id, typed: &str) -> Proposed {
    let Some(structure) = release.structure.as_deref() else { return Proposed::default() };
    let spans = release.claim_spans(&ClaimRef::mine(claim.clone()));
    let text = &release.document.text;
    let about = release.about();
    let language = Language::of(about.language.as_deref());
    let place = |anchor: &Anchor| plain_spans(&release.document, anchor);
    let register = register(model, release);
    let scene = Scene {
        text,
        structure,
        language,
        set: release.set(),
        place: &place,
        register: &register,
        last_used: model.last_source.as_ref(),
        writer: about.publisher.as_deref(),
    };
    let mut speakers = assist::speakers(&scene, &spans, typed);
    // What stands in a later sentence names somebody, perhaps, but does not attribute this.
    let end =
        spans.last().and_then(|last| structure.sentence_at(last.start)).map_or(usize::MAX, |sentence| sentence.end);
    for speaker in &mut speakers {
        speaker.words = speaker.words.filter(|words| words.start < end);
        speaker.cue = speaker.cue.filter(|cue| cue.start < end);
    }
    let cue = assist::attribution(text, structure, language, &spans).and_then(|found| found.cue);
    let kind = assist::kind(text, language, &model.codebook, &spans, cue).map(|proposal| proposal.kind);
    let style = Some(assist::style(text, structure, &spans).to_owned());
    Proposed { speakers, kind, style }
}

/// The sources that can be chosen: those of the set, and those of the register that it does not use yet.
fn register(model: &Model, release: &Release) -> Vec<Known> {
    let (set, index) = (release.set(), release.work.index());
    let used = set.sources.iter().filter(|(id, _)| set.principal(id) == *id).map(|(id, source)| Known {
        id: id.clone(),
        source: source.clone(),
        here: index.claims_of_source(id).len(),
        elsewhere: 0,
    });
    let registered = model.register.iter().flat_map(|register| &register.work.set().sources);
    let unused = registered.filter(|(id, _)| !set.sources.contains_key(*id));
    let unused = unused.map(|(id, source)| Known { id: id.clone(), source: source.clone(), here: 0, elsewhere: 0 });
    used.chain(unused).collect()
}
