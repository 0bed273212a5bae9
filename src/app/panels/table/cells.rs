//! What stands in a cell of the table, as text, as paint, and as a key to sort by.

use egui::{Align2, Pos2, Rect, Ui, pos2, vec2};

use crate::annotation::{AnchorId, Assessment, Placement, named_value};
use crate::app::action::ClaimRef;
use crate::app::model::Model;
use crate::app::panels::painted::{self, Ink};
use crate::app::release::Release;
use crate::app::text::TextEngine;
use crate::app::theme::{self, Palette};
use crate::app::widgets::{initials, line_of_text, paint_diamond, paint_tile, paint_who, text_width};
use crate::document::ByteSpan;
use crate::review::Verdict;

/// A column of the table.
#[derive(Debug)]
pub struct Column {
    /// Its name: a column of the CSV's, `admiralty` and `by`, which stand for several, or `before` and `after`, the
    /// words around the quote.
    pub name: &'static str,
    /// Its head.
    pub title: &'static str,
    /// Its width in points; the quote's is what is left.
    pub width: f32,
}

const fn col(name: &'static str, title: &'static str, width: f32) -> Column {
    Column { name, title, width }
}

/// Every column that can be shown.
pub const COLUMNS: &[Column] = &[
    col("quote", "Quote", 0.0),
    col("source", "Source", 112.0),
    col("kind", "Kind", 88.0),
    col("style", "Style", 62.0),
    col("admiralty", "Admiralty", 72.0),
    col("likelihood", "Likelihood", 104.0),
    col("by", "By", 100.0),
    col("reliability", "Reliability", 84.0),
    col("credibility", "Credibility", 84.0),
    col("confidence", "Confidence", 84.0),
    col("statement", "Statement", 200.0),
    col("note", "Note", 160.0),
    col("status", "Status", 76.0),
    col("tags", "Tags", 110.0),
    col("marking", "Marking", 90.0),
    col("cue", "Cue", 100.0),
    col("source_role", "Role", 120.0),
    col("source_kind", "Kind of source", 100.0),
    col("source_chain", "Chain", 180.0),
    col("paragraph", "¶", 36.0),
    col("start", "Start", 56.0),
    col("end", "End", 56.0),
    col("created", "Created", 130.0),
    col("modified", "Modified", 130.0),
    col("document", "Release", 140.0),
    col("publisher", "Publisher", 110.0),
    col("published", "Published", 84.0),
    col("url", "Address", 160.0),
    col("before", "Before", 200.0),
    col("after", "After", 200.0),
    col("anchor", "Place", 76.0),
    col("likelihood_scale", "Likelihood by", 100.0),
    col("confidence_scale", "Confidence by", 100.0),
    col("check_worthy", "Check-worthy", 96.0),
    col("stance", "Stance", 84.0),
    col("annotator", "Handle", 72.0),
    col("source_id", "Source id", 110.0),
    col("claim_id", "Claim id", 110.0),
    col("text_sha256", "Text hash", 110.0),
];

/// Adds a column to those that are shown: context stands beside the quote, any other at the end.
pub fn add_column(names: &mut Vec<String>, column: &str) {
    let quote = names.iter().position(|name| name == "quote");
    let at = match (column, quote) {
        ("before", Some(quote)) => quote,
        ("after", Some(quote)) => quote + 1,
        _ => names.len(),
    };
    names.insert(at, column.to_owned());
}

/// The column of a name.
#[must_use]
pub fn column(name: &str) -> Option<&'static Column> {
    COLUMNS.iter().find(|column| column.name == name)
}

/// Whether a colleague has marked the claim otherwise.
#[must_use]
pub fn differs(release: &Release, claim: &ClaimRef) -> bool {
    release.layers.iter().any(|layer| verdict(layer, claim) == Some(Verdict::Differ))
}

fn verdict(layer: &crate::app::layers::Layer, claim: &ClaimRef) -> Option<Verdict> {
    let of = layer.by_mine.get(&claim.id)?;
    layer.alignment.pairs.get(*of).map(|pair| pair.verdict)
}

/// The letter of the claim's kind on its colour.
pub fn tile(ui: &Ui, model: &Model, release: &Release, claim: &ClaimRef, at: Pos2, p: &Palette) {
    let kind = release.claim(claim).and_then(|item| item.kind.as_deref());
    let look = model.codebook.look(kind);
    let rect = Rect::from_center_size(pos2(at.x + 7.5, at.y), vec2(15.0, 15.0));
    paint_tile(ui.painter(), p, rect, look.letter, p.kind(look.colours));
}

/// Paints a cell.
#[expect(clippy::too_many_arguments, reason = "a cell's place in table and model")]
pub fn paint(
    ui: &Ui,
    engine: &mut TextEngine,
    model: &Model,
    release: &Release,
    claim: &ClaimRef,
    column: &Column,
    cell: Rect,
    p: &Palette,
) {
    let Some(item) = release.claim(claim) else { return };
    let y = cell.center().y;
    match column.name {
        "source" if !item.is_attributed() => {
            paint_who(ui.painter(), p, Rect::from_min_size(pos2(cell.left(), y - 7.5), vec2(36.0, 15.0)));
        }
        "by" => by(ui, model, release, claim, cell, p),
        // What comes from documents may be in any script.
        "quote" | "source" | "statement" | "note" | "cue" | "source_role" | "source_chain" | "document"
        | "publisher" | "before" | "after" | "tags" => {
            let text = text(model, release, claim, column.name);
            let is_context = matches!(column.name, "before" | "after");
            let color = if is_context { p.dim } else { p.text };
            let ink = Ink { size: theme::SIZE_FIELD, weight: 400, color };
            // What stands before the quote ends at it; its own beginning is what may be cut.
            let text = if column.name == "before" {
                painted::end_that_fits(ui, engine, &text, cell.width(), ink)
            } else {
                text
            };
            let x = match column.name {
                "before" => (cell.right() - painted::width(ui, engine, &text, ink)).max(cell.left()),
                _ => cell.left(),
            };
            painted::words(ui, engine, &text, pos2(x, y), cell.right() - x, ink);
        }
        "admiralty" => {
            let strong = theme::semibold(theme::SIZE_FIELD);
            let own = text(model, release, claim, "admiralty");
            let used = line_of_text(ui, pos2(cell.left(), y), Align2::LEFT_CENTER, &own, strong, p.text, cell.width());
            // What others think of it stands after, faint: "B2 MK C3".
            let x = cell.left() + used + 6.0;
            let others = others_words(model, release, claim);
            let font = theme::regular(theme::SIZE_SMALL);
            line_of_text(ui, pos2(x, y), Align2::LEFT_CENTER, &others, font, p.dim, cell.right() - 4.0 - x);
        }
        name => {
            let text = text(model, release, claim, name);
            let font = theme::regular(theme::SIZE_FIELD);
            line_of_text(ui, pos2(cell.left(), y), Align2::LEFT_CENTER, &text, font, p.text, cell.width());
        }
    }
}

/// Who marked it: mine bold, colleagues after, ◇ where they differ.
fn by(ui: &Ui, model: &Model, release: &Release, claim: &ClaimRef, cell: Rect, p: &Palette) {
    let y = cell.center().y;
    let me = initials(release.my_name(&model.settings));
    let mut x = cell.left();
    let strong = theme::semibold(theme::SIZE_FIELD);
    x += line_of_text(ui, pos2(x, y), Align2::LEFT_CENTER, &me, strong, p.text, cell.width()) + 4.0;
    for layer in &release.layers {
        let Some(verdict) = verdict(layer, claim).filter(|verdict| matches!(verdict, Verdict::Agree | Verdict::Differ))
        else {
            continue;
        };
        let name = initials(&layer.name);
        let font = theme::regular(theme::SIZE_FIELD);
        if x + text_width(ui, &name, font.clone()) > cell.right() {
            break;
        }
        x += line_of_text(ui, pos2(x, y), Align2::LEFT_CENTER, &name, font, p.text, cell.right() - x);
        if verdict == Verdict::Differ {
            paint_diamond(ui.painter(), pos2(x + 7.0, y), 9.0, p.text, false);
            x += 13.0;
        }
        x += 4.0;
    }
}

/// What others think of a claim, each with the judge's initials: "MK C3".
fn others_words(model: &Model, release: &Release, claim: &ClaimRef) -> String {
    let judged = |axis| {
        let said = release.other_judges(claim, axis);
        said.map(|(layer, judged)| (layer.map(|layer| layer.name.as_str()), judged)).collect::<Vec<_>>()
    };
    let (reliability, credibility) = (judged("reliability"), judged("credibility"));
    let mut judges: Vec<Option<&str>> = Vec::new();
    for (name, _) in reliability.iter().chain(&credibility) {
        if !judges.contains(name) {
            judges.push(*name);
        }
    }
    let of = |list: &[(Option<&str>, &Assessment)], judge: Option<&str>| {
        list.iter().find(|(name, _)| *name == judge).map(|(_, judged)| (*judged).clone())
    };
    let words = judges.into_iter().map(|judge| {
        let badge = model.codebook.scales.badge(of(&reliability, judge).as_ref(), of(&credibility, judge).as_ref());
        format!("{} {badge}", initials(judge.unwrap_or_else(|| release.my_name(&model.settings))))
    });
    words.collect::<Vec<_>>().join(" ")
}

/// A cell as text.
#[must_use]
pub fn text(model: &Model, release: &Release, claim: &ClaimRef, column: &str) -> String {
    let (Some(set), Some(item)) = (release.set_of(claim.layer.as_deref()), release.claim(claim)) else {
        return String::new();
    };
    let scales = &model.codebook.scales;
    let judged =
        |axis: &str| -> Option<&Assessment> { release.assessment(claim, axis).map(|(_, assessment)| assessment) };
    let dash = |text: String| if text.is_empty() { "–".to_owned() } else { text };
    let hull = || {
        let spans = release.claim_spans(claim);
        let (first, last) = (spans.first()?, spans.last()?);
        Some(release.document.text.code_span_from_byte_span(ByteSpan { start: first.start, end: last.end }))
    };
    let of_source = |field: fn(&crate::annotation::Source) -> Option<&String>| {
        let found = set.speakers(item).into_iter().filter_map(|id| field(set.sources.get(id)?).cloned());
        found.collect::<Vec<_>>().join("; ")
    };
    match column {
        "quote" => item.anchor.quote_line(),
        "source" => source(release, set, item),
        "source_role" => of_source(|source| source.role.as_ref()),
        "source_kind" => of_source(|source| source.kind.as_ref()),
        "source_chain" => set.chain(item).iter().map(|names| names.join(", ")).collect::<Vec<_>>().join(" → "),
        "cue" => {
            let cues = item.said.iter().flatten().flat_map(|voice| &voice.cue);
            cues.map(crate::annotation::Anchor::quote_line).collect::<Vec<_>>().join("; ")
        }
        "kind" => {
            dash(item.kind.as_deref().map(|kind| model.codebook.look(Some(kind)).label.to_owned()).unwrap_or_default())
        }
        "style" => dash(if item.style.is_none() && item.is_by_writer() {
            "writer".to_owned()
        } else {
            item.style.clone().unwrap_or_default()
        }),
        "admiralty" => scales.badge(judged("reliability"), judged("credibility")),
        "likelihood" | "reliability" | "credibility" | "confidence" => {
            dash(judged(column).map(|assessment| scales.label(assessment)).unwrap_or_default())
        }
        "by" => by_words(model, release, claim),
        "statement" => item.statement.clone().unwrap_or_default(),
        "note" => item.note.clone().unwrap_or_default(),
        "status" => item.status.clone().unwrap_or_default(),
        "tags" => item.tags.join("; "),
        "marking" => item.marking.clone().unwrap_or_default(),
        "paragraph" => release
            .claim_spans(claim)
            .first()
            .and_then(|span| release.paragraph_at(span.start))
            .map(|number| number.to_string())
            .unwrap_or_default(),
        "start" => hull().map(|codes| codes.start.to_string()).unwrap_or_default(),
        "end" => hull().map(|codes| codes.end.to_string()).unwrap_or_default(),
        "created" => item.created.clone().unwrap_or_default(),
        "modified" => item.modified.clone().unwrap_or_default(),
        "before" => folded(&item.anchor.before),
        "after" => folded(&item.anchor.after),
        "publisher" => release.about().publisher.unwrap_or_default(),
        "published" => release.about().published.unwrap_or_default(),
        "url" => release.about().url.unwrap_or_default(),
        "text_sha256" => release.document.text_sha256().to_owned(),
        "annotator" => set.header.annotator.handle.clone(),
        "claim_id" => claim.id.to_string(),
        "source_id" => set.speakers(item).iter().map(ToString::to_string).collect::<Vec<_>>().join("; "),
        "anchor" => placed(release, claim).to_owned(),
        "likelihood_scale" => judged("likelihood").map(|assessment| assessment.scale.clone()).unwrap_or_default(),
        "confidence_scale" => judged("confidence").map(|assessment| assessment.scale.clone()).unwrap_or_default(),
        "check_worthy" | "stance" => named_value(&item.fields, column).cloned().unwrap_or_default(),
        "document" => release.about().title.unwrap_or_else(|| release.document.name.clone()),
        _ => String::new(),
    }
}

/// White space as single blanks.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How the claim's words were found in today's text.
fn placed(release: &Release, claim: &ClaimRef) -> &'static str {
    let placements = match claim.layer.as_deref() {
        None => Some(&release.placements),
        Some(handle) => release.layer(handle).map(|layer| &layer.placements),
    };
    match placements.and_then(|placements| placements.get(&AnchorId::Claim(claim.id.clone()))) {
        None | Some(Placement::Exact(_)) => "exact",
        Some(Placement::Moved(_)) => "moved",
        Some(Placement::Ambiguous(_)) => "ambiguous",
        Some(Placement::Lost(_)) => "lost",
    }
}

/// The source, given names shortened: "J. Stoltenberg".
fn source(release: &Release, set: &crate::annotation::AnnotationSet, item: &crate::annotation::Claim) -> String {
    if !item.is_attributed() {
        return "who?".to_owned();
    }
    let speakers = set.speakers(item);
    if speakers.is_empty() {
        if item.is_by_writer() {
            return release
                .about()
                .publisher
                .map_or_else(|| "the writer".to_owned(), |publisher| format!("{publisher} release"));
        }
        let voice =
            item.speaker().map(|voice| voice.by.iter().map(|id| set.voice_name(id)).collect::<Vec<_>>().join(", "));
        return voice.unwrap_or_default();
    }
    let name = |id: &&crate::annotation::Id| {
        let source = set.sources.get(*id);
        let name = source.map_or_else(|| id.to_string(), |source| source.name.clone());
        if source.and_then(|source| source.kind.as_deref()) == Some("person") { shortened(&name) } else { name }
    };
    speakers.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// "Jens Stoltenberg" → "J. Stoltenberg"; names of one word, and of scripts without capitals, stay.
fn shortened(name: &str) -> String {
    let Some((first, rest)) = name.split_once(' ') else { return name.to_owned() };
    match first.chars().next() {
        Some(letter) if letter.is_uppercase() => format!("{letter}. {rest}"),
        _ => name.to_owned(),
    }
}

fn by_words(model: &Model, release: &Release, claim: &ClaimRef) -> String {
    let mut words = vec![release.my_name(&model.settings).to_owned()];
    for layer in &release.layers {
        match verdict(layer, claim) {
            Some(Verdict::Agree) => words.push(layer.name.clone()),
            Some(Verdict::Differ) => words.push(format!("{} differs", layer.name)),
            _ => {}
        }
    }
    words.join(", ")
}

/// What a column sorts by: judgements by how strong they are, numbers as numbers, the rest as text without case.
/// Terms outside the order, and what is empty, come last.
#[must_use]
pub fn sort_key(model: &Model, release: &Release, claim: &ClaimRef, column: &str) -> (bool, usize, String) {
    let scales = &model.codebook.scales;
    let strength = |axis: &str| release.assessment(claim, axis).and_then(|(_, assessment)| scales.strength(assessment));
    match column {
        "reliability" | "credibility" | "likelihood" | "confidence" => {
            let strength = strength(column);
            (strength.is_none(), usize::MAX - strength.unwrap_or_default(), String::new())
        }
        "admiralty" => {
            let (reliability, credibility) = (strength("reliability"), strength("credibility"));
            let key = |strength: Option<usize>| strength.map_or(99, |strength| 98 - strength.min(98));
            (credibility.is_none() && reliability.is_none(), key(reliability) * 100 + key(credibility), String::new())
        }
        "paragraph" | "start" | "end" => {
            let number = text(model, release, claim, column).parse().unwrap_or(usize::MAX);
            (number == usize::MAX, number, String::new())
        }
        _ => {
            let text = text(model, release, claim, column).to_lowercase();
            (text.is_empty() || text == "–", 0, text)
        }
    }
}
