//! Bars of one row each: how each source's claims were judged, and how much of each release is in claims.

use egui::{Align2, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{ask, source_query};
use crate::annotation::Level;
use crate::app::action::Action;
use crate::app::model::Model;
use crate::app::panels::painted::{self, Ink};
use crate::app::shelf::Overview;
use crate::app::text::TextEngine;
use crate::app::theme::{self, Palette};
use crate::app::widgets::{Look, choice, text_width};
use crate::collection::{Confidence, Statistics};

/// Height of a row.
const ROW: f32 = 26.0;
/// Width of the names.
const NAME: f32 = 240.0;

/// A piece of a bar.
struct Piece {
    words: String,
    count: usize,
    color: egui::Color32,
    query: String,
    dashed: bool,
}

/// How each source's claims were judged on an axis: terms in the order of their scale, never averaged.
pub fn confidence(
    ui: &mut Ui,
    model: &Model,
    figures: &Statistics,
    engine: &mut TextEngine,
    axis: &mut Option<String>,
    actions: &mut Vec<Action>,
) {
    let p = Palette::of(ui);
    let shown = axis.clone().unwrap_or_else(|| model.axis().to_owned());
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 3.0;
        for in_use in &model.codebook.in_use {
            let width = text_width(ui, &in_use.axis, theme::semibold(theme::SIZE_FIELD)) + 18.0;
            let look = Look { chosen: shown == in_use.axis, ..Look::default() };
            if choice(ui, &in_use.axis, &in_use.axis, vec2(width, theme::CONTROL), look).clicked() {
                *axis = Some(in_use.axis.clone());
            }
        }
    });
    ui.add_space(4.0);
    let rows = figures.on_axis(&shown);
    let most = rows.iter().map(|(source, _)| source.claims).max().unwrap_or(1).max(1);
    ScrollArea::vertical().auto_shrink([false, false]).show_rows(ui, ROW, rows.len(), |ui, range| {
        for (source, own) in rows.get(range).unwrap_or_default() {
            let query = source_query(&source.name, source.id.as_ref());
            let pieces = pieces(model, &p, &shown, &query, *own, source.claims);
            let name = if source.name.is_empty() { "nobody named" } else { &source.name };
            bar(ui, name, "", &pieces, most, engine, actions);
        }
    });
}

fn pieces(model: &Model, p: &Palette, axis: &str, query: &str, own: Option<&Confidence>, claims: usize) -> Vec<Piece> {
    let scales = &model.codebook.scales;
    let mut pieces = Vec::new();
    let mut push = |words: String, count: usize, color, term: &str, dashed| {
        if count > 0 {
            let ask = if term.is_empty() { format!("-has:{axis}") } else { format!("{axis}:\"{term}\"") };
            pieces.push(Piece { words, count, color, query: format!("{query} {ask}"), dashed });
        }
    };
    let Some(own) = own else {
        push("not judged".to_owned(), claims, p.panel, "", true);
        return pieces;
    };
    let known = scales.axis(&own.scale, axis);
    for (term, count) in own.counts() {
        let found = known.and_then(|axis| axis.terms.iter().find(|known| known.key == term));
        let color = match found.map(|term| term.level) {
            Some(Level::High) => p.ground(p.accent, 1.0),
            Some(Level::Moderate) => p.ground(p.accent, 0.65),
            Some(Level::Low) => p.ground(p.accent, 0.3),
            _ => p.panel,
        };
        let label = found.map_or(term, |found| found.label.as_str());
        push(label.to_owned(), count, color, term, found.is_none_or(|found| found.outside_order));
    }
    push("not judged".to_owned(), own.unassessed, p.panel, "", true);
    pieces
}

/// How much of each release is in claims.
pub fn coverage(ui: &mut Ui, overview: &Overview, engine: &mut TextEngine, actions: &mut Vec<Action>) {
    let p = Palette::of(ui);
    let all = &overview.statistics.coverage;
    let note = "Share of the text that is in a claim; in brackets the paragraphs.";
    ui.label(egui::RichText::new(note).font(theme::regular(theme::SIZE_SMALL)).color(p.dim));
    ScrollArea::vertical().auto_shrink([false, false]).show_rows(ui, ROW, all.len(), |ui, range| {
        for own in all.get(range).unwrap_or_default() {
            let share = (own.code_points_in_claims * 100).checked_div(own.code_points).unwrap_or(0);
            let aside = format!("{share} % ({} of {})", own.paragraphs_in_claims, own.paragraphs);
            let query = format!("document:\"{}\"", own.document);
            let color = p.ground(p.accent, 1.0);
            let words = format!("{} claims", own.claims);
            let piece = Piece { words, count: own.code_points_in_claims.max(1), color, query, dashed: false };
            bar(ui, &own.document, &aside, &[piece], own.code_points.max(1), engine, actions);
        }
    });
}

/// A name, a bar of pieces, and what stands at its end.
fn bar(
    ui: &mut Ui,
    name: &str,
    aside: &str,
    pieces: &[Piece],
    most: usize,
    engine: &mut TextEngine,
    actions: &mut Vec<Action>,
) {
    let p = Palette::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW - 2.0), Sense::hover());
    let wide = NAME.min(rect.width() * 0.32);
    let ink = Ink { size: theme::SIZE_FIELD, weight: 400, color: p.text };
    painted::words(ui, engine, name, rect.left_center(), wide - 8.0, ink);
    let end = if aside.is_empty() { 0.0 } else { 112.0 };
    let room = rect.width() - wide - end - 12.0;
    let track = Rect::from_min_size(pos2(rect.left() + wide, rect.top() + 2.0), vec2(room, rect.height() - 4.0));
    if !aside.is_empty() {
        ui.painter().rect_filled(track, theme::CORNER_TILE, p.panel);
        let at = pos2(rect.right() - 8.0, rect.center().y);
        ui.painter().text(at, Align2::RIGHT_CENTER, aside, theme::regular(theme::SIZE_SMALL), p.dim);
    }
    let mut x = track.left();
    for (at, piece) in pieces.iter().enumerate() {
        let width = (piece.count as f32 / most as f32 * room).max(3.0);
        let part = Rect::from_min_size(pos2(x, track.top()), vec2((width - 1.0).max(2.0), track.height()));
        x += width;
        let response = ui.interact(part, ui.scope_id().with((name, &piece.query, at)), Sense::click());
        let said = format!("{name}, {}: {}", piece.words, piece.count);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &said));
        ui.painter().rect_filled(part, theme::CORNER_TILE, piece.color);
        if piece.dashed {
            crate::app::widgets::paint_dashed_rect(ui.painter(), part, p.control);
        }
        if response.hovered() || response.has_focus() {
            let stroke = egui::Stroke::new(1.5, p.text);
            ui.painter().rect_stroke(part, theme::CORNER_TILE, stroke, egui::StrokeKind::Inside);
        }
        let label = if aside.is_empty() { format!("{} {}", piece.count, piece.words) } else { String::new() };
        let font = theme::regular(theme::SIZE_SMALL);
        if !label.is_empty() {
            let fits = text_width(ui, &label, font.clone()) + 8.0 <= part.width();
            let label = if fits { label } else { piece.count.to_string() };
            if text_width(ui, &label, font.clone()) + 4.0 <= part.width() {
                ui.painter().text(part.center(), Align2::CENTER_CENTER, label, font, p.text);
            }
        }
        // Names may be in any script, which hints cannot show: the row says who.
        if response.on_hover_text(format!("{} {}", piece.count, piece.words)).clicked() {
            actions.extend(ask(piece.query.clone()));
        }
    }
}
