//! What is incomplete in one annotator's work on a document that was opened. Held by `tests/cli.rs`.

use std::collections::HashMap;

use crate::annotation::{Anchor, AnchorId, Codebook, anchors};
use crate::assist::{Language, Report, Subject, examine};
use crate::document::{ByteSpan, Document, Structure};
use crate::exchange::Layer;

/// What the codebook's checks find in a layer, its anchors being where its placements say.
pub fn incomplete(document: &Document, structure: &Structure, layer: &Layer, codebook: &Codebook) -> Report {
    let text = &document.text;
    // The checks ask by anchor; what is not in its place is known by id.
    let elsewhere: HashMap<*const Anchor, AnchorId> =
        anchors(&layer.set).map(|(id, anchor)| (std::ptr::from_ref(anchor), id)).collect();
    let place = |anchor: &Anchor| -> Vec<ByteSpan> {
        match elsewhere.get(&std::ptr::from_ref(anchor)).and_then(|id| layer.placements.get(id)) {
            Some(placement) => placement.spans().unwrap_or_default().to_vec(),
            None => anchor.spans.iter().filter_map(|span| text.byte_span_from_code_span(*span)).collect(),
        }
    };
    let language = Language::of(layer.about.language.as_deref());
    examine(Subject { text, structure, language, set: &layer.set, place: &place }, codebook)
}
