//! The rows of a comparison: a number or hedge with both sentences, a claim of mine with what can be done about it, a
//! change of the text.

use std::ops::Range;

use egui::{RichText, Sense, Ui, vec2};

use super::list::{List, Row, aside, take, take_all};
use crate::app::action::Action;
use crate::app::comparing::VersionsSeen;
use crate::app::model::Model;
use crate::app::panels::painted::{self, Ink, Wording};
use crate::app::text::TextEngine;
use crate::app::theme::{self, Palette};
use crate::app::widgets::{heading, paint_tile};
use crate::document::ByteSpan;
use crate::review::versions::{Change, Fate, Lifted, Piece, PieceKind, State as Became, Version};

/// Words that stayed and are longer than this, in bytes, show only what stands beside the changes.
const LONG: usize = 500;

/// So much of them, in bytes, at either end.
const BESIDE: usize = 160;

/// Words that came or went and are longer than this, in bytes, show their beginning and end.
const LONGEST: usize = 4_000;

/// So many stretches of one change are shown.
const MANY: usize = 200;

/// Draws what a row shows.
pub fn show(
    ui: &mut Ui,
    model: &Model,
    made: &VersionsSeen,
    engine: &mut TextEngine,
    list: &mut List,
    row: Row,
    actions: &mut Vec<Action>,
) {
    let p = Palette::of(ui);
    let note = |ui: &mut Ui, words: &str| drop(ui.label(RichText::new(words).color(p.dim)));
    match row {
        Row::Numbers => {
            heading(ui, "Numbers and hedges", &made.versions.lifted.len().to_string());
            if made.versions.lifted.is_empty() {
                note(ui, "No number and no hedge is another one.");
            }
        }
        Row::Claims => {
            heading(ui, "Your claims", &format!("{} of {} wait", list.waiting, made.claims.len()));
            if made.claims.is_empty() {
                note(ui, "You have marked no claim on the older version.");
                return;
            }
            if list.waiting == 0 {
                note(ui, "Each is taken over or set aside.");
            }
            if list.waiting < made.claims.len() {
                ui.checkbox(&mut list.shows_decided, "Show those that are decided");
            }
        }
        Row::Became(at) => {
            if let Some(became) = Became::ALL.get(at) {
                state_heading(ui, made, list, *became, actions);
            }
        }
        Row::Text => {
            heading(ui, "Text", &made.versions.changes.len().to_string());
            if made.versions.changes.is_empty() {
                note(ui, "Both versions say the same in the same words.");
            }
        }
        Row::Lifted(at) => {
            if let Some(lifted) = made.versions.lifted.get(at) {
                one_lifted(ui, made, lifted, engine);
            }
        }
        Row::Claim(at) => claim(ui, model, made, at, engine, list, actions),
        Row::Change(at) => {
            if let Some(change) = made.versions.changes.get(at) {
                one_change(ui, made, change, engine);
            }
        }
    }
}

/// What a row is called, for a screen reader.
pub fn name(made: &VersionsSeen, row: Row) -> String {
    match row {
        Row::Lifted(at) => made.versions.lifted.get(at).map(|lifted| became(made, lifted)),
        Row::Claim(at) => made.claims.get(at).and_then(|id| {
            let quote = made.set.claims.get(id)?.anchor.quote_line();
            Some(format!("{}: {quote}", made.fate(id)?.state.name()))
        }),
        Row::Change(at) => {
            made.versions.changes.get(at).map(|change| format!("{}, {}", change.kind.name(), places(change)))
        }
        Row::Numbers | Row::Claims | Row::Became(_) | Row::Text => None,
    }
    .unwrap_or_default()
}

/// About how high a row will be, before it was drawn.
pub fn guess(made: &VersionsSeen, row: Row, width: f32) -> f32 {
    let lines = |bytes: usize| (bytes as f32 * 7.0 / width.max(100.0)).ceil().max(1.0) * painted::MARKED_LINE;
    let length = |span: &ByteSpan| span.end - span.start;
    match row {
        Row::Numbers | Row::Claims | Row::Text | Row::Became(_) => 40.0,
        Row::Lifted(at) => {
            34.0 + made.versions.lifted.get(at).map_or(0.0, |lifted| lines(length(&lifted.new_sentence).min(LONG)))
        }
        Row::Claim(at) => {
            let fate = made.claims.get(at).and_then(|id| made.fate(id));
            64.0 + lines(fate.and_then(|fate| hull(&fate.old)).map_or(0, |span| length(&span).min(LONG)))
        }
        Row::Change(at) => {
            let pieces = made.versions.changes.get(at).map_or(&[][..], |change| &change.pieces);
            let shown = |piece: &Piece| made.versions.words(piece).len().min(LONG);
            34.0 + lines(pieces.iter().take(MANY).map(shown).sum())
        }
    }
}

/// From the first to the last byte; nothing where there are none.
pub fn hull(spans: &[ByteSpan]) -> Option<ByteSpan> {
    Some(ByteSpan { start: spans.first()?.start, end: spans.last()?.end })
}

/// Claims that fared alike: what that means, and those that need no second look taken over at once.
fn state_heading(ui: &mut Ui, made: &VersionsSeen, list: &List, became: Became, actions: &mut Vec<Action>) {
    let p = Palette::of(ui);
    let gloss = match became {
        Became::Changed => "other words stand in its place",
        Became::Lost => "its words are gone",
        Became::Ambiguous => "its words may stand in several places",
        Became::Moved => "the same words, elsewhere",
        Became::Kept => "the same words at the same place",
    };
    ui.horizontal(|ui| {
        ui.label(RichText::new(capital(became.name())).font(theme::semibold(theme::SIZE_BODY)).color(p.text));
        ui.label(RichText::new(gloss).font(theme::regular(theme::SIZE_SMALL)).color(p.dim));
    });
    if !matches!(became, Became::Kept | Became::Moved) {
        return;
    }
    let take = take_all(made, list, became);
    let name = match take.len() {
        0 => return,
        1 => format!("Take over the one {}", became.name()),
        many => format!("Take over all {many} {}", became.name()),
    };
    if ui.button(name).clicked() {
        actions.push(Action::CarryClaims(take));
    }
}

/// What a number or hedge was and is.
fn became(made: &VersionsSeen, lifted: &Lifted) -> String {
    let words = |version: &Version, span: ByteSpan| version.text.slice(span).to_owned();
    let (old, new) = (made.versions.old(), made.versions.new_version());
    match (lifted.old, lifted.new) {
        (Some(was), Some(is)) => format!("{} → {}", words(old, was), words(new, is)),
        (Some(was), None) => format!("gone: {}", words(old, was)),
        (None, Some(is)) => format!("new: {}", words(new, is)),
        (None, None) => String::new(),
    }
}

fn one_lifted(ui: &mut Ui, made: &VersionsSeen, lifted: &Lifted, engine: &mut TextEngine) {
    let p = Palette::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
    let kind = lifted.told.name();
    let font = theme::regular(theme::SIZE_SMALL);
    let galley = ui.painter().layout_no_wrap(kind.to_owned(), font, p.dim);
    let at = egui::pos2(rect.right() - galley.size().x, rect.center().y - galley.size().y / 2.0);
    let room = at.x - rect.left() - 8.0;
    ui.painter().galley(at, galley, p.dim);
    let ink = Ink { size: theme::SIZE_BODY, weight: 600, color: p.text };
    painted::words(ui, engine, &became(made, lifted), rect.left_center(), room, ink);
    let pieces = made.versions.side_by_side(lifted.old_sentence, lifted.new_sentence);
    wording(ui, made, &pieces, engine);
}

/// A claim of mine on the old version, with what can be done about it.
fn claim(
    ui: &mut Ui,
    model: &Model,
    made: &VersionsSeen,
    at: usize,
    engine: &mut TextEngine,
    list: &List,
    actions: &mut Vec<Action>,
) {
    let p = Palette::of(ui);
    let Some((id, fate)) = made.claims.get(at).and_then(|id| Some((id, made.fate(id)?))) else { return };
    let Some(item) = made.set.claims.get(id) else { return };
    ui.horizontal(|ui| {
        let look = model.codebook.look(item.kind.as_deref());
        let (tile, _) = ui.allocate_exact_size(vec2(15.0, 15.0), Sense::hover());
        paint_tile(ui.painter(), &p, tile, look.letter, p.kind(look.colours));
        let number = |version: &Version, spans: &[ByteSpan]| paragraph(version, spans);
        let (old, new) = (number(made.versions.old(), &fate.old), number(made.versions.new_version(), &fate.new));
        let place = match (old, new) {
            (Some(old), Some(new)) => format!("{old} → {new}"),
            (Some(old), None) => format!("{old} of the older version"),
            (None, Some(new)) => new,
            (None, None) => "not found in the older version either".to_owned(),
        };
        let note = if fate.is_sentence_other { " · the rest of its sentence is another" } else { "" };
        let words = format!("{place}{note}");
        ui.label(RichText::new(words).font(theme::regular(theme::SIZE_SMALL)).color(p.dim));
    });
    match (hull(&fate.old), hull(&fate.new)) {
        (Some(old), Some(new)) if fate.state == Became::Changed => {
            wording(ui, made, &made.versions.side_by_side(old, new), engine);
        }
        _ => {
            let gone = fate.state == Became::Lost;
            let wording = if gone { Wording::Gone } else { Wording::Same };
            let quote = shortened(&item.anchor.quote_line(), LONG, true, true);
            painted::marked(ui, engine, &[(wording, quote, false)]);
        }
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        if list.taken.contains_key(id) {
            ui.label(RichText::new("taken over").color(p.dim));
        } else if let Some(dismissal) = list.aside.get(id) {
            ui.label(RichText::new("set aside").color(p.dim));
            if ui.button("Let it wait again").clicked() {
                actions.push(Action::Undismiss(dismissal.clone()));
            }
        } else {
            decide(ui, model, made, id, fate, actions);
        }
    });
}

fn decide(
    ui: &mut Ui,
    model: &Model,
    made: &VersionsSeen,
    id: &crate::annotation::Id,
    fate: &Fate,
    actions: &mut Vec<Action>,
) {
    if !fate.new.is_empty() {
        let name = if fate.state == Became::Changed { "Take the new words" } else { "Take over" };
        if ui.button(name).clicked() {
            actions.push(take(id, fate.new.clone()));
        }
    }
    for spans in &fate.candidates {
        let place = paragraph(made.versions.new_version(), spans).unwrap_or_default();
        if ui.button(format!("Show {place}")).clicked() {
            actions.extend(hull(spans).map(Action::SelectText));
        }
        if ui.button(format!("Take over in {place}")).clicked() {
            actions.push(take(id, spans.clone()));
        }
    }
    let selection = model.current().map(|release| release.selection).filter(|span| !span.is_empty());
    let here = ui.add_enabled(selection.is_some(), egui::Button::new("Take selected words"));
    let here = here.on_hover_text("The words selected in the text become the claim");
    let clicked = here.on_disabled_hover_text("Select its words in the text beside first").clicked();
    if let Some(span) = selection.filter(|_| clicked) {
        actions.push(take(id, vec![span]));
    }
    if ui.button("Set aside").on_hover_text("It no longer waits; it can be fetched back").clicked() {
        actions.push(aside(id));
    }
}

/// The number of the paragraph that spans begin in.
fn paragraph(version: &Version, spans: &[ByteSpan]) -> Option<String> {
    Some(format!("¶{}", version.structure.paragraph_at(spans.first()?.start)?.number))
}

/// Where a change was and is.
fn places(change: &Change) -> String {
    let numbers = |range: &Range<usize>| match range.len() {
        0 | 1 => format!("¶{}", range.start + 1),
        _ => format!("¶{}–{}", range.start + 1, range.end),
    };
    match (change.old.is_empty(), change.new.is_empty()) {
        (false, true) => format!("{} of the older version", numbers(&change.old)),
        (true, _) => numbers(&change.new),
        (false, false) => format!("{} → {}", numbers(&change.old), numbers(&change.new)),
    }
}

/// Paragraphs that are not as they were.
fn one_change(ui: &mut Ui, made: &VersionsSeen, change: &Change, engine: &mut TextEngine) {
    let p = Palette::of(ui);
    ui.horizontal(|ui| {
        ui.label(RichText::new(capital(change.kind.name())).font(theme::semibold(theme::SIZE_FIELD)).color(p.text));
        ui.label(RichText::new(places(change)).font(theme::regular(theme::SIZE_SMALL)).color(p.dim));
    });
    wording(ui, made, &change.pieces, engine);
}

/// Words with what is gone struck through and what is new underlined; of long ones the part that tells.
fn wording(ui: &mut Ui, made: &VersionsSeen, pieces: &[Piece], engine: &mut TextEngine) {
    let last = pieces.len().saturating_sub(1);
    let part = |(at, piece): (usize, &Piece)| {
        let words = made.versions.words(piece);
        let (wording, words) = match piece.kind {
            PieceKind::Same => (Wording::Same, shortened(words, LONG, at > 0, at < last)),
            PieceKind::Removed => (Wording::Gone, shortened(words, LONGEST, true, true)),
            PieceKind::Added => (Wording::New, shortened(words, LONGEST, true, true)),
        };
        (wording, words, piece.is_apart)
    };
    let mut parts: Vec<_> = pieces.iter().enumerate().take(MANY).map(part).collect();
    if pieces.len() > MANY {
        parts.push((Wording::Same, "… and more changes in this paragraph".to_owned(), true));
    }
    painted::marked(ui, engine, &parts);
}

/// Words on one line; what is longer than `long` bytes without its middle, or without the end that tells nothing.
fn shortened(words: &str, long: usize, has_start: bool, has_end: bool) -> String {
    let line = |words: &str| words.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.len() <= long {
        return line(words);
    }
    let beside = if has_start && has_end { BESIDE.max(long / 4) } else { BESIDE };
    let head = words.get(..words.floor_char_boundary(beside)).unwrap_or_default();
    let tail = words.get(words.ceil_char_boundary(words.len() - beside)..).unwrap_or_default();
    // No word is cut in two, where words have blanks between them.
    let head = head.rsplit_once(char::is_whitespace).map_or(head, |(whole, _)| whole);
    let tail = tail.split_once(char::is_whitespace).map_or(tail, |(_, whole)| whole);
    let head = if has_start { line(head) } else { String::new() };
    let tail = if has_end { line(tail) } else { String::new() };
    format!("{head} … {tail}").trim().to_owned()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
