//! The claims around one, as a small graph: it in the middle, each further relation one column out.
//!
//! Painted here: no graph crate is kept for this egui. A click puts a claim in the middle, a double click goes to it;
//! the list below is the same for the keyboard.

use std::collections::BTreeMap;

use egui::{Align2, Painter, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::label;
use crate::app::model::Model;
use crate::app::panels::painted::{self, Ink};
use crate::app::shelf::RelationList;
use crate::app::text::TextEngine;
use crate::app::theme::{self, Palette};
use crate::app::widgets::paint_tile;
use crate::collection::{CONTRADICTS, Neighbourhood, Place, Related};

/// How far out claims are shown, in relations.
const DEPTH: usize = 2;
/// The most claims that are shown.
const MOST: usize = 13;
/// Width of a claim's box, at most.
const WIDTH: f32 = 150.0;
/// Height of a claim's box.
const HEIGHT: f32 = 34.0;
/// Room between boxes side by side, for the word of the relation.
const GAP: f32 = 86.0;

/// What was asked for.
pub enum Chosen {
    /// Put it in the middle.
    Middle(Place),
    /// Go to it.
    Go(Place),
}

/// Draws it into `rect`.
pub fn show(
    ui: &mut Ui,
    rect: Rect,
    model: &Model,
    list: &RelationList,
    middle: &Place,
    engine: &mut TextEngine,
) -> Option<Chosen> {
    let p = Palette::of(ui);
    let around = list.relations.around(middle, DEPTH, MOST);
    let size = vec2(((rect.width() - 4.0 * GAP) / 5.0).min(WIDTH), HEIGHT);
    let places = laid_out(rect, size, &around);
    for related in &around.relations {
        let (Some(from), Some(to)) = (related.from.claim(), related.to.claim()) else { continue };
        let (Some(from), Some(to)) = (places.get(from), places.get(to)) else { continue };
        let color = if related.kind() == CONTRADICTS { p.disputed } else { p.control };
        arrow(ui.painter(), *from, *to, size, color);
        let at = *from + (*to - *from) * 0.5;
        let word = label(model, related.kind());
        let font = theme::regular(theme::SIZE_SMALL);
        let width = crate::app::widgets::text_width(ui, word, font.clone());
        ui.painter().rect_filled(Rect::from_center_size(at, vec2(width + 6.0, 14.0)), theme::CORNER_TILE, p.panel);
        ui.painter().text(
            at,
            Align2::CENTER_CENTER,
            word,
            font,
            if related.kind() == CONTRADICTS { p.disputed } else { p.dim },
        );
    }
    let mut chosen = None;
    for (place, at) in &places {
        let Some(claim) = list.claim(place) else { continue };
        let own = Rect::from_center_size(*at, size);
        let id = ui.scope_id().with(("node", place.release, &place.handle, place.id.as_str()));
        let response = ui.interact(own, id, Sense::click());
        let title = list.from.releases.get(place.release).map_or("", |release| release.title());
        let quote = claim.anchor.quote_line();
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{quote}, {title}")));
        let is_middle = place == middle;
        let edge = if is_middle || response.has_focus() { p.accent } else { p.control };
        let fill = if response.hovered() { p.row } else { p.paper };
        let width = if is_middle { 2.0 } else { 1.0 };
        ui.painter().rect(own, theme::CORNER, fill, Stroke::new(width, edge), egui::StrokeKind::Inside);
        let look = model.codebook.look(claim.kind.as_deref());
        let tile = Rect::from_min_size(own.min + vec2(5.0, 5.0), vec2(13.0, 13.0));
        paint_tile(ui.painter(), &p, tile, look.letter, p.kind(look.colours));
        let ink = Ink { size: theme::SIZE_SMALL, weight: 400, color: p.text };
        painted::words(ui, engine, &quote, own.min + vec2(22.0, 11.0), size.x - 28.0, ink);
        let ink = Ink { size: theme::SIZE_BADGE, weight: 400, color: p.dim };
        painted::words(ui, engine, title, own.min + vec2(6.0, 25.0), size.x - 12.0, ink);
        if response.double_clicked() {
            chosen = Some(Chosen::Go(place.clone()));
        } else if response.clicked() {
            chosen = chosen.or_else(|| Some(Chosen::Middle(place.clone())));
        }
        response.on_hover_text(format!("{quote}\n{title} · {}", place.handle));
    }
    if around.is_cut {
        let words = format!("the nearest {MOST} claims");
        ui.painter().text(rect.left_bottom(), Align2::LEFT_BOTTOM, words, theme::regular(theme::SIZE_SMALL), p.dim);
    }
    chosen
}

/// The claim in the middle; what relates to it at its left, what it relates to at its right, and beyond each what is
/// related to that.
fn laid_out(rect: Rect, size: Vec2, around: &Neighbourhood<'_>) -> BTreeMap<Place, Pos2> {
    let mut columns: BTreeMap<i32, Vec<&Place>> = BTreeMap::new();
    let mut column_of: BTreeMap<&Place, i32> = BTreeMap::new();
    for (place, distance) in &around.claims {
        let inner = |related: &&&Related| {
            let other = related.other(place).claim();
            let is_end = related.from.claim() == Some(place) || related.to.claim() == Some(place);
            is_end && other.is_some_and(|other| column_of.contains_key(other))
        };
        let related = around.relations.iter().find(inner);
        let before = related.and_then(|related| column_of.get(related.other(place).claim()?)).copied();
        let column = match (before, related) {
            (Some(0), Some(related)) if related.from.claim() == Some(place) => -1,
            (Some(0), _) => 1,
            (Some(before), _) if *distance > 0 => before + before.signum(),
            _ => 0,
        };
        column_of.insert(place, column);
        columns.entry(column).or_default().push(place);
    }
    let step = (rect.width() - size.x) / 4.0;
    let mut places = BTreeMap::new();
    for (column, own) in columns {
        let apart = ((rect.height() - size.y) / own.len().saturating_sub(1).max(1) as f32).min(size.y + 12.0);
        let top = rect.center().y - apart * (own.len() - 1) as f32 / 2.0;
        for (at, place) in own.into_iter().enumerate() {
            places.insert(place.clone(), pos2(rect.center().x + column as f32 * step, top + at as f32 * apart));
        }
    }
    places
}

/// A line from box to box with a tip where it enters the second.
fn arrow(painter: &Painter, from: Pos2, to: Pos2, size: Vec2, color: egui::Color32) {
    let way = to - from;
    if way.length() < 1.0 {
        return;
    }
    let edge = |way: Vec2| {
        let (x, y) = (size.x / 2.0 / way.x.abs().max(0.01), size.y / 2.0 / way.y.abs().max(0.01));
        way * x.min(y).min(0.5)
    };
    let (start, end) = (from + edge(way), to - edge(way));
    painter.line_segment([start, end], Stroke::new(1.25, color));
    let along = way.normalized();
    let across = vec2(-along.y, along.x);
    let points = vec![end, end - along * 8.0 + across * 3.5, end - along * 8.0 - across * 3.5];
    painter.add(Shape::convex_polygon(points, color, Stroke::NONE));
}
