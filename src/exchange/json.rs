//! JSON: the columns as fields, and what no column can hold as lists.
//!
//! `{"format": "vouch-claims", "version": 1, "claims": [{…}, …]}`, a claim a line. Every claim has every field;
//! `null` is "not said". To the columns come
//! - `spans`: `[start, end]` in code points, ascending; empty where the anchor was not found;
//! - `chain`: the voices, outermost first, each `{"by": [{"name", "id", "kind", "role", "mention", "fields"}], "cue":
//!   […]}`, with a team's own fields of the source; the writer of the release is of the kind `writer`, `null` for the whole is "not attributed";
//! - `assessments`: `{"id", "axis", "scale", "term", "value", "why", "made", "replaces", "current"}`;
//! - `other_assessments`: what other annotators think of the claim, the same with `annotator`, their handle;
//! - `value`, `time`, `evidence`, `fields` (a team's own) and `from`, as in the sidecar. `tags` is a list;
//! - `document_fields`: a team's own fields of the document.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::claims::Judgement;
use super::columns::{COLUMNS, Cell};
use super::{ClaimView, Export, Format};
use crate::annotation::Anchor;

pub(super) struct Json;

impl Format for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn title(&self) -> &'static str {
        "JSON"
    }

    fn write(&self, export: &Export<'_>, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"{\"format\": \"vouch-claims\", \"version\": 1, \"claims\": [")?;
        for (i, claim) in export.claims.iter().enumerate() {
            out.write_all(if i == 0 { b"\n" } else { b",\n" })?;
            serde_json::to_writer(&mut *out, &object(claim))?;
        }
        out.write_all(b"\n]}\n")
    }
}

/// A claim as a JSON object: the one that JSON and JSON Lines have, for whoever lists claims as data.
pub fn object(claim: &ClaimView<'_>) -> Value {
    let mut object: Map<String, Value> = COLUMNS
        .iter()
        .map(|column| {
            let value = match (column.cell)(claim) {
                Cell::Absent => Value::Null,
                Cell::Number(number) => number.into(),
                Cell::Text(text) => text.into_owned().into(),
                Cell::List(parts) => parts.into(),
            };
            (column.name.to_owned(), value)
        })
        .collect();
    let spans: Vec<_> = claim.spans.iter().map(|span| json!([span.start, span.end])).collect();
    let rest = [
        ("spans", spans.into()),
        ("chain", chain(claim)),
        ("assessments", assessments(claim)),
        ("other_assessments", others(claim)),
        ("value", json!(claim.claim.value)),
        ("time", json!(claim.claim.time)),
        ("evidence", json!(claim.claim.evidence)),
        ("fields", own_fields(&claim.claim.fields)),
        ("from", claim.claim.from.iter().map(|id| Value::from(id.as_str())).collect()),
        ("document_fields", own_fields(&claim.layer.about.fields)),
    ];
    object.extend(rest.map(|(name, value)| (name.to_owned(), value)));
    Value::Object(object)
}

/// A team's own fields as an object.
fn own_fields(fields: &[(String, String)]) -> Value {
    fields.iter().map(|(name, value)| (name.clone(), Value::from(value.as_str()))).collect()
}

fn chain(claim: &ClaimView<'_>) -> Value {
    let Some(voices) = &claim.voices else { return Value::Null };
    voices
        .iter()
        .map(|voice| {
            let by: Vec<_> = voice
                .speakers
                .iter()
                .map(|speaker| {
                    json!({
                        "name": speaker.name,
                        "id": speaker.id.map(ToString::to_string),
                        "kind": speaker.kind(),
                        "role": speaker.role(),
                        "mention": speaker.mention.map(|mention| mention.anchor.quote_line()),
                        "fields": own_fields(speaker.source.map_or(&[], |source| &source.fields)),
                    })
                })
                .collect();
            let cue: Vec<_> = voice.cue.iter().map(Anchor::quote_line).collect();
            json!({ "by": by, "cue": cue })
        })
        .collect()
}

fn assessments(claim: &ClaimView<'_>) -> Value {
    claim.judgements.iter().map(|judgement| Value::Object(assessment(judgement))).collect()
}

fn others(claim: &ClaimView<'_>) -> Value {
    let other = claim.others.iter().map(|(layer, judgement)| {
        let mut object = assessment(judgement);
        object.insert("annotator".to_owned(), layer.handle.as_str().into());
        Value::Object(object)
    });
    other.collect()
}

fn assessment(judgement: &Judgement<'_>) -> Map<String, Value> {
    let made = judgement.assessment;
    let fields = [
        ("id", json!(judgement.id.as_str())),
        ("axis", json!(made.axis)),
        ("scale", json!(made.scale)),
        ("term", json!(made.term)),
        ("value", json!(made.value)),
        ("why", json!(made.why)),
        ("made", json!(made.made)),
        ("replaces", json!(made.replaces.as_ref().map(ToString::to_string))),
        ("current", json!(judgement.current)),
    ];
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}
