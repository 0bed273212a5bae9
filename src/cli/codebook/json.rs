//! The codebook in force as data, for programs that read no RON.

use serde_json::{Value, json};

use crate::annotation::{Codebook, Scale, Tag, Word};

pub(super) fn codebook(codebook: &Codebook) -> Value {
    let kinds: Vec<Value> = codebook
        .kinds
        .iter()
        .map(|kind| {
            json!({
                "key": kind.key, "label": kind.label, "letter": kind.letter, "digit": kind.digit,
                "light": kind.colours.light.to_string(), "dark": kind.colours.dark.to_string(),
                "definition": kind.definition, "examples": kind.examples, "not_for": kind.not_for,
            })
        })
        .collect();
    let fields: Vec<Value> = codebook
        .fields
        .iter()
        .map(|field| {
            json!({
                "key": field.key, "label": field.label, "on": field.on, "holds": field.holds,
                "choices": field.choices, "required": field.required, "definition": field.definition,
            })
        })
        .collect();
    let in_use: Vec<Value> =
        codebook.in_use.iter().map(|in_use| json!({"axis": in_use.axis, "scale": in_use.scale})).collect();
    json!({
        "format": "vouch-codebook",
        "version": 1,
        "name": codebook.name,
        "edition": codebook.edition,
        "kinds": kinds,
        "tags": codebook.tags.iter().map(tag).collect::<Vec<_>>(),
        "fields": fields,
        "scales": in_use,
        "axis": codebook.axis,
        "checks": codebook.checks,
        "relations": words(&codebook.relations),
        "markings": words(&codebook.markings),
        "styles": words(&codebook.styles),
        "statuses": words(&codebook.statuses),
        "queries": codebook
            .queries
            .iter()
            .map(|saved| json!({"name": saved.name, "query": saved.query}))
            .collect::<Vec<_>>(),
        "own_scales": codebook.own_scales.iter().map(scale).collect::<Vec<_>>(),
    })
}

fn tag(tag: &Tag) -> Value {
    json!({
        "key": tag.key, "label": tag.label, "definition": tag.definition,
        "tags": tag.tags.iter().map(self::tag).collect::<Vec<_>>(),
    })
}

fn words(words: &[Word]) -> Vec<Value> {
    let word = |word: &Word| json!({"key": word.key, "label": word.label, "definition": word.definition});
    words.iter().map(word).collect()
}

fn scale(scale: &Scale) -> Value {
    let axes: Vec<Value> = scale
        .axes
        .iter()
        .map(|axis| {
            let terms: Vec<Value> = axis
                .terms
                .iter()
                .map(|term| {
                    json!({
                        "key": term.key, "label": term.label, "also": term.also, "gloss": term.gloss,
                        "from": term.band.map(|band| band.from), "to": term.band.map(|band| band.to),
                        "outside_order": term.outside_order,
                    })
                })
                .collect();
            json!({"axis": axis.axis, "label": axis.label, "unit": axis.unit, "terms": terms})
        })
        .collect();
    json!({
        "id": scale.id, "name": scale.name, "edition": scale.edition, "publication": scale.publication, "axes": axes,
    })
}
