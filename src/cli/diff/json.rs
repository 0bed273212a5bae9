//! Two versions of a release as data, for programs.

use std::ops::Range;

use serde_json::{Value, json};

use super::{Followed, hull, paragraph};
use crate::annotation::AnchorId;
use crate::document::{ByteSpan, Document};
use crate::review::versions::{Change, Fate, Lifted, Piece, State, Version, Versions};

/// The whole answer.
pub(super) fn data(versions: &Versions, old: &Document, new: &Document, sets: &[Followed]) -> Value {
    let version = |document: &Document| json!({"document": document.name, "text_sha256": document.text_sha256()});
    let changes: Vec<Value> = versions.changes.iter().map(|change| changed(versions, change)).collect();
    let lifted: Vec<Value> = versions.lifted.iter().map(|lifted| told(versions, lifted, sets)).collect();
    let claims: Vec<Value> = sets.iter().flat_map(|set| claims(versions, set)).collect();
    let mentions: Vec<Value> = sets.iter().flat_map(|set| mentions(versions, set)).collect();
    json!({
        "format": "vouch-diff", "version": 1, "old": version(old), "new": version(new),
        "changes": changes, "lifted": lifted, "claims": claims, "mentions": mentions,
    })
}

fn changed(versions: &Versions, change: &Change) -> Value {
    let side = |version: &Version, paragraphs: &Range<usize>| -> Option<Value> {
        let all = version.structure.paragraphs().get(paragraphs.clone())?;
        let span = ByteSpan { start: all.first()?.span.start, end: all.last()?.span.end };
        let codes = version.text.code_span_from_byte_span(span);
        let numbers: Vec<usize> = all.iter().map(|paragraph| paragraph.number).collect();
        Some(json!({"start": codes.start, "end": codes.end, "paragraphs": numbers, "text": version.text.slice(span)}))
    };
    json!({
        "kind": change.kind.name(),
        "old": side(versions.old(), &change.old),
        "new": side(versions.new_version(), &change.new),
        "words": words(versions, &change.pieces),
    })
}

fn words(versions: &Versions, pieces: &[Piece]) -> Vec<Value> {
    pieces.iter().map(|piece| json!({"kind": piece.kind.name(), "text": versions.words(piece)})).collect()
}

fn told(versions: &Versions, lifted: &Lifted, sets: &[Followed]) -> Value {
    let side = |version: &Version, span: Option<ByteSpan>| span.map(|span| place(version, &[span]));
    let is_in = |spans: &[ByteSpan], span: Option<ByteSpan>| {
        span.is_some_and(|span| spans.iter().any(|own| own.overlaps(span)))
    };
    let touched = sets.iter().flat_map(|set| &set.fates).filter_map(|(id, fate)| match id {
        AnchorId::Claim(id) if is_in(&fate.old, lifted.old) || is_in(&fate.new, lifted.new) => Some(id.as_str()),
        _ => None,
    });
    json!({
        "told": lifted.told.name(),
        "old": side(versions.old(), lifted.old),
        "new": side(versions.new_version(), lifted.new),
        "old_sentence": versions.old().text.slice(lifted.old_sentence),
        "new_sentence": versions.new_version().text.slice(lifted.new_sentence),
        "claims": touched.collect::<Vec<_>>(),
    })
}

fn claims<'a>(versions: &'a Versions, set: &'a Followed) -> impl Iterator<Item = Value> + 'a {
    set.fates.iter().filter_map(|(anchor, fate)| {
        let AnchorId::Claim(id) = anchor else { return None };
        let claim = set.set.claims.get(id)?;
        let mut data = of_fate(versions, set, id.as_str(), &claim.anchor.quote, fate);
        let cues = set.fates.iter().filter_map(|(anchor, fate)| match anchor {
            AnchorId::Cue(of, voice, cue) if of == id => {
                let anchor = claim.said.as_ref()?.get(*voice)?.cue.get(*cue)?;
                Some(json!({
                    "state": fate.state.name(),
                    "old": old_place(versions, &anchor.quote, fate),
                    "new": new_place(versions, fate),
                }))
            }
            _ => None,
        });
        let cues: Vec<Value> = cues.collect();
        let map = data.as_object_mut()?;
        map.insert("cues".to_owned(), cues.into());
        if fate.state == State::Changed {
            let pieces = versions.side_by_side(hull(&fate.old), hull(&fate.new));
            map.insert("words".to_owned(), words(versions, &pieces).into());
        }
        Some(data)
    })
}

fn mentions<'a>(versions: &'a Versions, set: &'a Followed) -> impl Iterator<Item = Value> + 'a {
    set.fates.iter().filter_map(|(anchor, fate)| {
        let AnchorId::Mention(id) = anchor else { return None };
        let mention = set.set.mentions.get(id)?;
        Some(of_fate(versions, set, id.as_str(), &mention.anchor.quote, fate))
    })
}

fn of_fate(versions: &Versions, set: &Followed, id: &str, quote: &[String], fate: &Fate) -> Value {
    let candidates = fate.candidates.iter().map(|spans| place(versions.new_version(), spans));
    json!({
        "annotator": set.handle,
        "id": id,
        "state": fate.state.name(),
        "sentence_changed": fate.is_sentence_other,
        "old": old_place(versions, quote, fate),
        "new": new_place(versions, fate),
        "candidates": candidates.collect::<Vec<_>>(),
    })
}

/// Where a mark was; its quote alone where it is not to be found even in the old version.
fn old_place(versions: &Versions, quote: &[String], fate: &Fate) -> Value {
    if fate.old.is_empty() {
        return json!({"start": null, "end": null, "quote": quote.join(" … "), "paragraph": null});
    }
    place(versions.old(), &fate.old)
}

fn new_place(versions: &Versions, fate: &Fate) -> Option<Value> {
    (!fate.new.is_empty()).then(|| place(versions.new_version(), &fate.new))
}

/// Positions are half-open ranges of code points of the version's canonical text, paragraphs are counted from 1.
fn place(version: &Version, spans: &[ByteSpan]) -> Value {
    let hull = hull(spans);
    let codes = version.text.code_span_from_byte_span(hull);
    let quote: Vec<&str> = spans.iter().map(|&span| version.text.slice(span)).collect();
    let number = paragraph(version, hull.start);
    json!({"start": codes.start, "end": codes.end, "quote": quote.join(" … "), "paragraph": number})
}
