//! The claim as a sentence that one can read aloud: who → through whom → cue → "what", as strip and inspector show it.

use egui::{Color32, CornerRadius, Rect, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::annotation::{Anchor, Id};
use crate::app::action::ClaimRef;
use crate::app::model::Model;
use crate::app::release::Release;
use crate::app::text::{Family, Quote, TextEngine, paint_quote};
use crate::app::theme::{self, Palette};
use crate::app::widgets::paint_ring;

/// A part of the sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// What stands there.
    pub text: String,
    /// What it is.
    pub part: Part,
    /// The ring's number; `None`: no ring.
    pub number: Option<usize>,
}

/// What a part of the sentence is.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// The writer of the release, before the first named voice.
    Writer,
    /// A voice.
    Source(Option<Id>),
    /// The words that attribute.
    Cue,
    /// The claim.
    Claim,
    /// "who?": nobody is named.
    Nobody,
}

/// The parts of a claim's sentence, in order. Rings number what the text itself names, as in the reader.
#[must_use]
pub fn pieces(release: &Release, claim: &ClaimRef) -> Vec<Piece> {
    let (Some(set), Some(item)) = (release.set_of(claim.layer.as_deref()), release.claim(claim)) else {
        return Vec::new();
    };
    let about = release.about();
    let writer = about.publisher.map_or_else(|| "the release".to_owned(), |publisher| format!("{publisher} release"));
    let mut pieces = vec![Piece { text: writer, part: Part::Writer, number: None }];
    let mut number = 0;
    let mut next = |is_named: bool| {
        number += usize::from(is_named);
        is_named.then_some(number)
    };
    for voice in item.said.iter().flatten().filter(|voice| !voice.by.is_empty()) {
        let in_text = voice.by.iter().any(|id| set.mentions.contains_key(id));
        let names: Vec<String> = voice.by.iter().map(|id| with_role(set, id)).collect();
        let source = voice.by.first().and_then(|id| set.source_of(id)).map(|id| set.principal(id).clone());
        pieces.push(Piece { text: names.join(" and "), part: Part::Source(source), number: next(in_text) });
        if !voice.cue.is_empty() {
            let words: Vec<String> = voice.cue.iter().map(Anchor::quote_line).collect();
            pieces.push(Piece { text: words.join(" … "), part: Part::Cue, number: next(true) });
        }
    }
    if !item.is_attributed() {
        pieces.push(Piece { text: "who?".to_owned(), part: Part::Nobody, number: None });
    }
    let quote = format!("“{}”", shortened(item.anchor.quote_line()));
    let is_numbered = pieces.iter().any(|piece| piece.number.is_some());
    pieces.push(Piece { text: quote, part: Part::Claim, number: next(is_numbered) });
    pieces
}

/// Letters of a claim that are shown: more would push the fields out of view.
const LONGEST: usize = 240;

fn shortened(quote: String) -> String {
    match quote.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", quote.get(..at).unwrap_or_default().trim_end()),
        None => quote,
    }
}

fn with_role(set: &crate::annotation::AnnotationSet, id: &Id) -> String {
    let name = set.voice_name(id);
    let source = set.source_of(id).and_then(|source| set.sources.get(set.principal(source)));
    match source.and_then(|source| source.role.as_deref()) {
        Some(role) => format!("{name} ({role})"),
        None => name,
    }
}

/// The sentence in words, for a screen reader.
#[must_use]
pub fn words(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join(" → ")
}

/// The sentence on one line of `width`; what does not fit ends in an ellipsis. Roles are left out.
pub fn line(
    ui: &mut Ui,
    model: &Model,
    release: &Release,
    claim: &ClaimRef,
    engine: &mut TextEngine,
    width: f32,
) -> Response {
    let p = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width, 20.0), Sense::click());
    let pieces = pieces(release, claim);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words(&pieces)));
    let scale = ui.ctx().pixels_per_point();
    let mut x = rect.left();
    for (i, piece) in pieces.iter().enumerate() {
        if x >= rect.right() - 12.0 {
            break;
        }
        if i > 0 {
            ui.painter().text(
                pos2(x + 4.0, rect.center().y),
                egui::Align2::LEFT_CENTER,
                "→",
                theme::regular(theme::SIZE_BODY),
                p.dim,
            );
            x += 20.0;
        }
        if let Some(number) = piece.number {
            paint_ring(ui.painter(), &p, pos2(x + 7.0, rect.center().y), number, p.panel);
            x += 17.0;
        }
        let text = piece.text.split(" (").next().unwrap_or(&piece.text);
        let text = if piece.part == Part::Claim { piece.text.as_str() } else { text };
        let mut quote =
            Quote::new(text, Family::Serif, 14.0, 20.0, if piece.part == Part::Nobody { p.accent } else { p.text });
        quote.max_lines = 1;
        let laid = engine.quote(ui.ctx(), &quote, (rect.right() - x).max(8.0));
        let (from, to) = laid.extent(scale);
        let used = to - from;
        let ground = Rect::from_min_size(pos2(x, rect.top()), vec2(used, rect.height()));
        decorate(ui, &p, piece, ground, kind_color(model, release, claim, &p));
        paint_quote(ui, engine, &laid, pos2(x - from, rect.top()), &quote);
        x += used;
    }
    response
}

/// Tint, corner or underline of one line of a part.
pub fn decorate(ui: &Ui, p: &Palette, piece: &Piece, line: Rect, kind: Color32) {
    let painter = ui.painter();
    match piece.part {
        Part::Writer | Part::Source(_) => {
            painter.rect_filled(line.expand2(vec2(1.0, -1.0)), CornerRadius::same(2), p.mention);
        }
        Part::Cue => {
            let at = pos2(line.left() - 1.0, line.top() + 1.0);
            painter.hline(at.x..=at.x + 7.0, at.y, Stroke::new(2.0, p.dim));
            painter.vline(at.x + 1.0, at.y..=at.y + 6.0, Stroke::new(2.0, p.dim));
        }
        Part::Claim => {
            painter.rect_filled(
                Rect::from_min_size(pos2(line.left(), line.bottom() - 2.0), vec2(line.width(), 2.0)),
                0.0,
                kind,
            );
        }
        Part::Nobody => {}
    }
}

/// The colour of the claim's kind in this theme.
#[must_use]
pub fn kind_color(model: &Model, release: &Release, claim: &ClaimRef, p: &Palette) -> Color32 {
    let kind = release.claim(claim).and_then(|claim| claim.kind.as_deref());
    p.kind(model.codebook.look(kind).colours)
}
