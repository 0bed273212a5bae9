//! Agreement as data, in one shape for two sets and for folders.

use serde_json::{Map, Value, json};

use super::inputs::{Compared, Shelf, Work};
use crate::annotation::{Claim, Id};
use crate::review::agreement::{Agreement, Axis, Drawn, Figures, Part, RESAMPLES, Two};
use crate::review::{Pair, Verdict};

/// `documents` in their order, then the `whole`. A figure is a number, or null with its reason under `undefined`; `n`
/// has what each rests on, `intervals` the ends of each one's interval, in the whole only.
pub(super) fn data(shelf: &Shelf, compared: &Agreement, is_listed: bool) -> Value {
    let mut parts = compared.documents.iter();
    let documents = shelf.documents.iter().map(|document| {
        let mut data = match document.works.as_slice() {
            [] | [_] => alone(shelf, document),
            _ => parts.next().map_or_else(|| alone(shelf, document), |own| part(shelf, own, Some(document), is_listed)),
        };
        data.shift_insert(0, "document".to_owned(), document.name.clone().into());
        let shifted = |of: fn(&Work) -> &[Id]| -> Value {
            let works = document.works.iter().filter(|work| !of(work).is_empty());
            let ids = |work: &Work| of(work).iter().map(ToString::to_string).collect::<Vec<_>>();
            works.map(|work| (called(shelf, work.annotator), Value::from(ids(work)))).collect::<Map<_, _>>().into()
        };
        data.insert("moved".to_owned(), shifted(|work| &work.shifted.moved));
        data.insert("lost".to_owned(), shifted(|work| &work.shifted.lost));
        Value::from(data)
    });
    let mut whole = part(shelf, &compared.whole, None, false);
    let (drawn, rows) = compared.drawn;
    let drawn = if drawn == Drawn::Documents { "documents" } else { "paragraphs" };
    whole.insert("documents".to_owned(), compared.documents.len().into());
    let resampled = json!({"what": drawn, "of": rows, "times": if rows > 1 { RESAMPLES } else { 0 }});
    whole.insert("resampled".to_owned(), resampled);
    json!({"format": "vouch-agreement", "version": 1, "documents": documents.collect::<Vec<_>>(), "whole": whole})
}

fn called(shelf: &Shelf, annotator: usize) -> String {
    shelf.annotators.get(annotator).cloned().unwrap_or_default()
}

/// A document that one annotator only worked on: nothing is defined.
fn alone(shelf: &Shelf, document: &Compared) -> Map<String, Value> {
    let annotators: Vec<String> = document.works.iter().map(|work| called(shelf, work.annotator)).collect();
    let why = crate::review::agreement::Undefined::OneAnnotator.to_string();
    let mut data = Map::new();
    data.insert("annotators".to_owned(), annotators.into());
    data.insert("character_alpha".to_owned(), Value::Null);
    data.insert("undefined".to_owned(), json!({"character_alpha": why}));
    data.insert("pairs".to_owned(), json!([]));
    data
}

fn part(shelf: &Shelf, part: &Part, document: Option<&Compared>, is_listed: bool) -> Map<String, Value> {
    let mut data = Map::new();
    let annotators: Vec<String> = part.annotators.iter().map(|at| called(shelf, *at)).collect();
    data.insert("annotators".to_owned(), annotators.into());
    put(&mut data, &part.figures);
    data.insert("by_kind".to_owned(), groups(&part.by_kind));
    data.insert("axes".to_owned(), axes(&part.axes));
    let pairs = part.pairs.iter().map(|two| {
        let mut data = pair(shelf, two);
        if let Some(document) = document.filter(|_| is_listed) {
            data.insert("claims".to_owned(), list(document, two));
        }
        Value::from(data)
    });
    data.insert("pairs".to_owned(), pairs.collect());
    data
}

fn pair(shelf: &Shelf, two: &Two) -> Map<String, Value> {
    let mut data = Map::new();
    data.insert("a".to_owned(), called(shelf, two.a).into());
    data.insert("b".to_owned(), called(shelf, two.b).into());
    data.insert("claims_a".to_owned(), two.claims.0.into());
    data.insert("claims_b".to_owned(), two.claims.1.into());
    data.insert("both".to_owned(), two.both.into());
    data.insert("agreed".to_owned(), two.agreed.into());
    let differs = two.differs.iter().map(|(facet, count)| (facet.to_string(), Value::from(*count)));
    data.insert("differs".to_owned(), differs.collect::<Map<_, _>>().into());
    if let Some(alignment) = &two.alignment {
        data.insert("approximate".to_owned(), alignment.approximate.into());
    }
    put(&mut data, &two.figures);
    data.insert("by_kind".to_owned(), groups(&two.by_kind));
    data.insert("by_source".to_owned(), groups(&two.by_source));
    data.insert("axes".to_owned(), axes(&two.axes));
    data
}

/// Puts figures under their names, with what they rest on, where they lie, and why they are not there.
fn put(data: &mut Map<String, Value>, figures: &Figures) {
    let (mut n, mut intervals, mut undefined) = (Map::new(), Map::new(), Map::new());
    for (name, figure) in figures {
        let name = (*name).to_owned();
        n.insert(name.clone(), figure.n.into());
        if let Some((low, high)) = figure.interval {
            intervals.insert(name.clone(), json!([low, high]));
        }
        if let Err(why) = figure.value {
            undefined.insert(name.clone(), why.to_string().into());
        }
        data.insert(name, figure.value.ok().into());
    }
    data.insert("n".to_owned(), n.into());
    if !intervals.is_empty() {
        data.insert("intervals".to_owned(), intervals.into());
    }
    if !undefined.is_empty() {
        data.insert("undefined".to_owned(), undefined.into());
    }
}

fn groups(groups: &[(String, Figures)]) -> Value {
    let own = groups.iter().map(|(name, figures)| {
        let mut data = Map::new();
        put(&mut data, figures);
        (name.clone(), Value::from(data))
    });
    own.collect::<Map<_, _>>().into()
}

fn axes(axes: &[Axis]) -> Value {
    let own = axes.iter().map(|axis| {
        let scales = axis.by_scale.iter().map(|(scale, figure)| {
            let mut data = Map::new();
            data.insert("scale".to_owned(), scale.clone().into());
            put(&mut data, &vec![("ordinal_alpha", figure.clone())]);
            Value::from(data)
        });
        json!({
            "axis": axis.axis,
            "scales": scales.collect::<Vec<_>>(),
            "left_out": {
                "judged_by_one": axis.one_only,
                "outside_order": axis.outside_order,
                "unknown_term": axis.unknown,
                "other_scale": axis.other_scale,
            },
        })
    });
    own.collect()
}

/// Each claim of either, with what came of it.
fn list(document: &Compared, two: &Two) -> Value {
    let work = |annotator: usize| document.works.iter().find(|work| work.annotator == annotator);
    let pairs = two.alignment.iter().flat_map(|alignment| &alignment.pairs);
    let one = |pair: &Pair| {
        json!({
            "verdict": verdict(pair.verdict),
            "differs": pair.differs.iter().map(ToString::to_string).collect::<Vec<_>>(),
            "a": pair.mine.as_ref().and_then(|id| Some(claim(document, work(two.a)?, id))),
            "b": pair.theirs.as_ref().and_then(|id| Some(claim(document, work(two.b)?, id))),
        })
    };
    pairs.map(one).collect()
}

/// The word for a verdict.
fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Agree => "agree",
        Verdict::Differ => "differ",
        Verdict::OnlyMine => "only-a",
        Verdict::OnlyTheirs => "only-b",
    }
}

fn claim(document: &Compared, work: &Work, id: &Id) -> Value {
    let spans = work.places.claims.get(id).map(Vec::as_slice).unwrap_or_default();
    let codes = spans.iter().map(|span| document.text.code_span_from_byte_span(*span));
    let quote: Vec<&str> = spans.iter().map(|span| document.text.slice(*span)).collect();
    let claim = work.set.claims.get(id);
    let of = |field: fn(&Claim) -> &Option<String>| claim.and_then(|claim| field(claim).clone());
    let judged = work.index.all_current(&work.set, id).into_iter().map(|(_, judged)| {
        let said = judged.term.clone().or_else(|| judged.value.map(|value| value.to_string()));
        (judged.axis.clone(), json!({"scale": judged.scale, "said": said}))
    });
    json!({
        "id": id.to_string(),
        "spans": codes.map(|span| [span.start, span.end]).collect::<Vec<_>>(),
        "quote": quote.join(" … "),
        "kind": of(|claim| &claim.kind),
        "style": of(|claim| &claim.style),
        "chain": claim.filter(|claim| claim.is_attributed()).map(|claim| work.set.chain(claim)),
        "judged": judged.collect::<Map<_, _>>(),
    })
}
