//! From what the analyst asks to edits of her set: marking, attributing, judging, resizing.
//!
//! Each function makes one edit on a draft and knows neither keys nor panels. Where words are meant they come as byte
//! spans of the document; here they become anchors.

use unicode_segmentation::UnicodeSegmentation;

use super::action::{Attribution, Speaker};
use super::command::Command;
use super::command::Command as C;
use super::release::Release;
use crate::annotation::{Anchor, AnchorId, Claim, ClaimField, Draft, Edit, Id, Judgement, Stamp, Unattributed, Voice};
use crate::assist::{Language, claim_at};
use crate::document::ByteSpan;
use crate::document::words::{cluster_end, cluster_start, trimmed, whole_clusters, whole_words};

/// Which scale judges an axis, for the judgements of one edit.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// The axis.
    pub axis: String,
    /// The scale in use on it.
    pub scale: String,
}

/// The words that a key is about: the selection, else what is said in the sentence at the caret.
#[must_use]
pub fn words_meant(release: &Release, snap_words: bool) -> Vec<ByteSpan> {
    let text = &release.document.text;
    if release.selection.is_empty() {
        let Some(structure) = release.structure.as_deref() else { return Vec::new() };
        let language = Language::of(release.about().language.as_deref());
        return claim_at(text, structure, language, release.caret);
    }
    let span = snapped(text.as_str(), release.selection, snap_words);
    if text.slice(span).trim().is_empty() { Vec::new() } else { vec![span] }
}

/// A selection as it is stored: whole grapheme clusters, or whole words; blanks and commas at the ends are left out.
pub fn snapped(text: &str, span: ByteSpan, snap_words: bool) -> ByteSpan {
    let whole = if snap_words { whole_words(text, span) } else { whole_clusters(text, span) };
    trimmed(text, whole)
}

/// A new claim of these words; gives its id too.
#[must_use]
pub fn mark_claim(release: &Release, spans: &[ByteSpan], stamp: Stamp) -> Option<(Edit, Id)> {
    let anchor = Anchor::new(&release.document.text, spans)?;
    let mut draft = release.work.draft(stamp);
    let id = draft.mark_claim(Claim { anchor, ..Claim::default() });
    if release.set().header.state.is_none() {
        draft.set_state(Some("reading"));
    }
    draft.name("mark claim");
    Some((draft.finish(), id))
}

/// Names who says these claims, with mention, cue, kind, style and confidence, in one step.
#[must_use]
pub fn attribute(release: &Release, claims: &[Id], given: &Attribution, axes: &[Axis], stamp: Stamp) -> Edit {
    let mut draft = release.work.draft(stamp);
    let by: Vec<Id> = match &given.speaker {
        Speaker::Nobody => return draft.finish(),
        Speaker::Writer => Vec::new(),
        speaker => {
            entry(&mut draft, speaker).map(|id| named(&mut draft, release, id, given.mention)).into_iter().collect()
        }
    };
    let cue = given.cue.and_then(|span| Anchor::new(&release.document.text, &[span]));
    if given.outermost {
        // The writer stands before all others without being written.
        for claim in claims.iter().filter(|_| !by.is_empty()) {
            let voice = Voice { by: by.clone(), cue: cue.iter().cloned().collect(), ..Voice::default() };
            put_before(&mut draft, release, claim, voice);
        }
    } else {
        let before: Vec<Id> = claims.iter().flat_map(|claim| speakers(release, claim)).cloned().collect();
        draft.attribute(claims, &by);
        draft.delete_unused_mentions(before);
        for (claim, cue) in claims.iter().zip(std::iter::repeat(&cue)) {
            if let Some(cue) = cue {
                // The claim was attributed a line above: there is a voice to join the cue to.
                let _: Result<(), Unattributed> = draft.join_cue(claim, cue.clone());
            }
        }
    }
    if let Some(kind) = &given.kind {
        draft.set_field(claims, &ClaimField::Kind(Some(kind.clone())));
    }
    if let Some(style) = &given.style {
        draft.set_field(claims, &ClaimField::Style(Some(style.clone())));
    }
    for (axis, term) in &given.terms {
        if let Some(axis) = axes.iter().find(|known| known.axis == *axis) {
            draft.assess(claims, &judgement(axis, Some(term)));
        }
    }
    draft.name(if claims.len() == 1 { "attribute claim" } else { "attribute claims" });
    draft.finish()
}

/// The entry of a speaker in my set, made or taken from the register where it is not there yet; `None` for the writer
/// and for nobody.
fn entry(draft: &mut Draft, speaker: &Speaker) -> Option<Id> {
    match speaker {
        Speaker::Nobody | Speaker::Writer => None,
        Speaker::Source(id) => Some(id.clone()),
        Speaker::New(source) => Some(draft.add_source((**source).clone())),
        Speaker::Register(id, source) => {
            draft.adopt_source(id, (**source).clone());
            Some(id.clone())
        }
    }
}

/// Who speaks a claim itself: mentions and sources.
fn speakers<'a>(release: &'a Release, claim: &Id) -> &'a [Id] {
    let claim = release.set().claims.get(claim);
    claim.and_then(|claim| claim.speaker()).map_or(&[], |voice| &voice.by)
}

/// The voice's id for a source: a mention where the text names it (an old one at the same words, or a new one), else
/// the source itself.
fn named(draft: &mut Draft, release: &Release, source: Id, mention: Option<ByteSpan>) -> Id {
    let anchor = mention.and_then(|span| Anchor::new(&release.document.text, &[span]));
    let Some(anchor) = anchor else { return source };
    let same = release.set().mentions.iter().find(|(_, mention)| mention.anchor.spans == anchor.spans);
    match same {
        Some((id, mention)) if mention.source.as_ref() == Some(&source) => id.clone(),
        Some((id, mention)) if mention.source.is_none() => {
            draft.resolve_mention(id, Some(source));
            id.clone()
        }
        _ => draft.mark_mention(anchor, Some(source)),
    }
}

/// A judgement by a term alone.
#[must_use]
pub fn judgement(axis: &Axis, term: Option<&str>) -> Judgement {
    Judgement {
        axis: axis.axis.clone(),
        scale: axis.scale.clone(),
        term: term.map(str::to_owned),
        ..Judgement::default()
    }
}

/// Judges claims on an axis, or takes the judgement back.
#[must_use]
pub fn assess(release: &Release, claims: &[Id], axis: &Axis, term: Option<&str>, stamp: Stamp) -> Edit {
    let mut draft = release.work.draft(stamp);
    match term {
        Some(_) => draft.assess(claims, &judgement(axis, term)),
        None => draft.clear_assessment(claims, &axis.axis),
    }
    draft.finish()
}

/// The reason of the current judgement of a claim.
#[must_use]
pub fn assess_why(release: &Release, claim: &Id, axis: &str, why: &str, stamp: Stamp) -> Edit {
    let mut draft = release.work.draft(stamp);
    if let Some((_, current)) = release.work.index().current(release.set(), claim, axis) {
        let judgement = Judgement {
            axis: axis.to_owned(),
            scale: current.scale.clone(),
            term: current.term.clone(),
            value: current.value,
            why: Some(why.to_owned()).filter(|why| !why.is_empty()),
        };
        draft.assess(std::slice::from_ref(claim), &judgement);
    }
    draft.finish()
}

/// What became of the source of a claim when words were marked as its mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Joined {
    /// No claim was at hand.
    Alone,
    /// They name who speaks the claim already, or nobody did.
    Named,
    /// They name somebody who speaks it together with who did.
    Beside,
    /// They name somebody else, who speaks it now instead of these.
    Instead(Vec<String>),
}

/// Words that name a source, joined to the claim at hand; `speaker` is whom they name. Words that only stand for a
/// name ("he", "its director") mean the claim's own source where it has one. Somebody else takes the place of the
/// claim's source, or speaks jointly where both are named side by side ("Berg and Holm").
#[must_use]
pub fn mark_source(
    release: &Release,
    span: ByteSpan,
    speaker: Option<&Speaker>,
    claim: Option<&Id>,
    stamp: Stamp,
) -> Option<(Edit, Joined)> {
    let anchor = Anchor::new(&release.document.text, &[span])?;
    let set = release.set();
    let mut draft = release.work.draft(stamp);
    let before = claim.map_or(&[][..], |claim| speakers(release, claim));
    let only_describes = |speaker: &&Speaker| {
        matches!(speaker, Speaker::New(source) if source.kind.as_deref() == Some("unnamed")) && !before.is_empty()
    };
    let source = speaker.filter(|speaker| !only_describes(speaker)).and_then(|speaker| entry(&mut draft, speaker));
    let mention = match &source {
        Some(source) => named(&mut draft, release, source.clone(), Some(span)),
        None => {
            let same = set.mentions.iter().find(|(_, mention)| mention.anchor.spans == anchor.spans);
            same.map_or_else(|| draft.mark_mention(anchor, None), |(id, _)| id.clone())
        }
    };
    let is_other =
        |id: &Id| set.source_of(id).map(|id| set.principal(id)) != source.as_ref().map(|id| set.principal(id));
    let joined = match claim {
        None => Joined::Alone,
        Some(_) if before.is_empty() || source.is_none() || !before.iter().all(is_other) => Joined::Named,
        Some(_) if before.iter().any(|id| are_side_by_side(release, id, span)) => Joined::Beside,
        Some(_) => Joined::Instead(before.iter().map(|id| set.voice_name(id)).collect()),
    };
    if let Some(claim) = claim {
        if matches!(joined, Joined::Instead(_)) {
            draft.attribute(std::slice::from_ref(claim), std::slice::from_ref(&mention));
        } else {
            draft.join_mention(claim, &mention);
        }
        draft.delete_unused_mentions(before.iter().cloned());
    }
    draft.name("mark source mention");
    Some((draft.finish(), joined))
}

/// Whether a further voice can stand before those of a claim.
///
/// # Errors
/// Says what to do first.
pub fn can_be_told(release: &Release, claim: &Id) -> Result<(), &'static str> {
    let claim = release.set().claims.get(claim);
    match claim.and_then(|claim| claim.speaker()) {
        Some(_) => Ok(()),
        None if claim.is_some_and(|claim| claim.is_by_writer()) => {
            Err("The writer of the release says it: nobody stands before")
        }
        None => Err("Name who says the claim first, then through whom it is told"),
    }
}

/// Words that name a further voice of a claim, before all those that are there: who says that they said it.
#[must_use]
pub fn mark_through(
    release: &Release,
    span: ByteSpan,
    speaker: Option<&Speaker>,
    claim: &Id,
    stamp: Stamp,
) -> Option<Edit> {
    let anchor = Anchor::new(&release.document.text, &[span])?;
    let mut draft = release.work.draft(stamp);
    let mention = match speaker.and_then(|speaker| entry(&mut draft, speaker)) {
        Some(source) => named(&mut draft, release, source, Some(span)),
        None => draft.mark_mention(anchor, None),
    };
    put_before(&mut draft, release, claim, Voice { by: vec![mention], ..Voice::default() });
    draft.name("name through whom it is told");
    Some(draft.finish())
}

/// Puts a voice before those of a claim.
fn put_before(draft: &mut Draft, release: &Release, claim: &Id, voice: Voice) {
    let said = release.set().claims.get(claim).and_then(|claim| claim.said.clone());
    let said: Vec<Voice> = std::iter::once(voice).chain(said.unwrap_or_default()).collect();
    draft.set_chain(std::slice::from_ref(claim), Some(&said));
}

/// Whether a mention stands right beside words, with one word ("and") between them at most.
fn are_side_by_side(release: &Release, mention: &Id, words: ByteSpan) -> bool {
    let Some(item) = release.set().mentions.get(mention) else { return false };
    let spans = release.spans(None, &AnchorId::Mention(mention.clone()), &item.anchor);
    spans.iter().any(|own| {
        let (first, last) = if own.start < words.start { (*own, words) } else { (words, *own) };
        let between = release.document.text.as_str().get(first.end..last.start).unwrap_or("");
        between.len() <= WORD_SEARCH && between.unicode_words().count() <= 1
    })
}

/// Words that attribute, joined to the claim at hand: to the voice that they stand beside.
///
/// # Errors
/// [`Unattributed`] where the claim has nobody to attribute to.
pub fn mark_cue(release: &Release, span: ByteSpan, claim: &Id, stamp: Stamp) -> Result<Option<Edit>, Unattributed> {
    let Some(anchor) = Anchor::new(&release.document.text, &[span]) else { return Ok(None) };
    let mut draft = release.work.draft(stamp);
    match voice_beside(release, span, claim) {
        Some(voice) => draft.join_cue_of(claim, voice, anchor),
        None => draft.join_cue(claim, anchor)?,
    }
    Ok(Some(draft.finish()))
}

/// The voice of a claim's chain, from 0, whose name stands nearest to a cue; one without a cue goes before one that has
/// its own, and what stands before the cue before what follows it. `None` where the text names none of them.
fn voice_beside(release: &Release, cue: ByteSpan, claim: &Id) -> Option<usize> {
    let set = release.set();
    let voices = set.claims.get(claim)?.said.as_ref()?;
    let nearest = voices.iter().enumerate().filter_map(|(number, voice)| {
        let mentions = voice.by.iter().filter_map(|id| Some((id, set.mentions.get(id)?)));
        let spans =
            mentions.flat_map(|(id, mention)| release.spans(None, &AnchorId::Mention(id.clone()), &mention.anchor));
        let distance = |span: ByteSpan| {
            let follows = span.start >= cue.end;
            let gap = if follows { span.start - cue.end } else { cue.start.saturating_sub(span.end) };
            (!voice.cue.is_empty(), gap, follows)
        };
        spans.map(distance).min().map(|distance| (distance, number))
    });
    nearest.min().map(|(_, number)| number)
}

/// The claim with its first start or last end moved by a word or by a character; `None` where it cannot.
#[must_use]
pub fn resize(release: &Release, claim: &Id, command: Command, stamp: Stamp) -> Option<Edit> {
    let text = release.document.text.as_str();
    let mut spans = release.claim_spans(&super::action::ClaimRef::mine(claim.clone()));
    let moved = |at: usize, later: bool, by_word: bool, end: bool| -> usize {
        match (by_word, later) {
            (true, true) => later_word(text, at, end),
            (true, false) => earlier_word(text, at, end),
            (false, true) => cluster_end(text, (at + 1).min(text.len())),
            (false, false) => at.checked_sub(1).map_or(0, |before| cluster_start(text, before)),
        }
    };
    let (end, later, by_word) = match command {
        C::EndLater => (true, true, true),
        C::EndEarlier => (true, false, true),
        C::StartLater => (false, true, true),
        C::StartEarlier => (false, false, true),
        C::EndLaterByCharacter => (true, true, false),
        C::EndEarlierByCharacter => (true, false, false),
        C::StartLaterByCharacter => (false, true, false),
        C::StartEarlierByCharacter => (false, false, false),
        _ => return None,
    };
    let span = if end { spans.last_mut()? } else { spans.first_mut()? };
    let at = if end { &mut span.end } else { &mut span.start };
    *at = moved(*at, later, by_word, end);
    if span.start >= span.end {
        return None;
    }
    let anchor = Anchor::new(&release.document.text, &spans)?;
    let mut draft = release.work.draft(stamp);
    draft.set_anchor(&AnchorId::Claim(claim.clone()), anchor);
    draft.name("move end of claim");
    Some(draft.finish())
}

/// The claim with other words, as the pointer left them: snapped as a selection is, but not beyond the old ends that
/// were not moved.
#[must_use]
pub fn reshape(release: &Release, claim: &Id, spans: &[ByteSpan], snap_words: bool, stamp: Stamp) -> Option<Edit> {
    let text = release.document.text.as_str();
    let old = release.claim_spans(&super::action::ClaimRef::mine(claim.clone()));
    let snapped = spans.iter().zip(&old).map(|(span, old)| {
        let new = snapped(text, *span, snap_words);
        ByteSpan {
            start: if span.start == old.start { old.start } else { new.start },
            end: if span.end == old.end { old.end } else { new.end },
        }
    });
    let anchor = Anchor::new(&release.document.text, &snapped.collect::<Vec<_>>())?;
    let mut draft = release.work.draft(stamp);
    draft.set_anchor(&AnchorId::Claim(claim.clone()), anchor);
    draft.name("move end of claim");
    Some(draft.finish())
}

/// The end of the next word (for an end) or the start of the next one (for a start).
fn later_word(text: &str, at: usize, end: bool) -> usize {
    let mut words = words_from(text, at);
    let next = words.find(|word| if end { word.end > at } else { word.start > at });
    next.map_or(at, |word| if end { word.end } else { word.start })
}

/// The end of the word before (for an end) or the start of it (for a start).
fn earlier_word(text: &str, at: usize, end: bool) -> usize {
    let from = at.saturating_sub(WORD_SEARCH);
    let from = (from..=at).find(|&byte| text.is_char_boundary(byte)).unwrap_or(0);
    let mut best = None;
    for word in words_from(text, from).take_while(|word| word.start < at) {
        if (end && word.end < at) || (!end && word.start < at) {
            best = Some(if end { word.end } else { word.start });
        }
    }
    best.unwrap_or(at)
}

/// Bytes looked at before a position to find the word before it: no language has longer ones.
const WORD_SEARCH: usize = 1024;

/// Words that have a letter or figure, from a byte on.
fn words_from(text: &str, from: usize) -> impl Iterator<Item = ByteSpan> + '_ {
    let rest = text.get(from..).unwrap_or("");
    rest.unicode_word_indices().map(move |(at, word)| ByteSpan { start: from + at, end: from + at + word.len() })
}

/// The claim with these words as a further span.
#[must_use]
pub fn add_span(release: &Release, claim: &Id, span: ByteSpan, stamp: Stamp) -> Option<Edit> {
    let mut spans = release.claim_spans(&super::action::ClaimRef::mine(claim.clone()));
    spans.push(span);
    let anchor = Anchor::new(&release.document.text, &spans)?;
    let mut draft = release.work.draft(stamp);
    draft.set_anchor(&AnchorId::Claim(claim.clone()), anchor);
    draft.name("add words to claim");
    Some(draft.finish())
}
