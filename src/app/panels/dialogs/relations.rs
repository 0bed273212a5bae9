//! All relations of the folder as a list by kind, and above it the claims around the one at hand as a small graph.

mod graph;

use egui::{RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use crate::app::action::Action;
use crate::app::model::Model;
use crate::app::panels::painted::{self, Ink};
use crate::app::shelf::RelationList;
use crate::app::text::TextEngine;
use crate::app::theme::{self, Palette};
use crate::app::widgets::chip;
use crate::collection::{End, Place, Related};

/// Height of the graph.
const GRAPH: f32 = 180.0;
/// Height of a row of the list.
const ROW: f32 = 24.0;

/// What the dialog remembers while it is open.
#[derive(Default)]
pub struct State {
    /// Only relations of this kind.
    kind: Option<String>,
    /// The claim in the middle, once another one than that at hand was chosen.
    middle: Option<Place>,
}

/// Draws its inside.
pub fn show(ui: &mut Ui, model: &Model, engine: &mut TextEngine, state: &mut State, actions: &mut Vec<Action>) {
    let p = Palette::of(ui);
    let Some(list) = model.shelf.relations.made.as_deref() else {
        ui.label("The releases of the folder are being looked through …");
        return;
    };
    let at_hand = model.at_hand().and_then(|(release, claim)| {
        list.place(&release.path, claim.layer.as_deref().unwrap_or(&model.settings.handle), &claim.id)
    });
    let middle = state.middle.clone().or(at_hand).filter(|place| list.claim(place).is_some());
    if let Some(middle) = middle.filter(|middle| list.relations.of_claim(middle).next().is_some()) {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), GRAPH), Sense::hover());
        if let Some(chosen) = graph::show(ui, rect, model, list, &middle, engine) {
            match chosen {
                graph::Chosen::Middle(place) => state.middle = Some(place),
                graph::Chosen::Go(place) => actions.extend(go(list, &place)),
            }
        }
        ui.separator();
    }
    let all = list.relations.all();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        if chip(ui, None, "All", all.len(), state.kind.is_none(), "all relations").clicked() {
            state.kind = None;
        }
        for word in &model.codebook.relations {
            let count = list.relations.of_kind(&word.key).count();
            let on = state.kind.as_ref() == Some(&word.key);
            if count > 0 && chip(ui, None, &word.label, count, on, &format!("only {}", word.label)).clicked() {
                state.kind = if on { None } else { Some(word.key.clone()) };
            }
        }
    });
    ui.add_space(4.0);
    let rows: Vec<&Related> =
        all.iter().filter(|related| state.kind.as_deref().is_none_or(|kind| related.kind() == kind)).collect();
    if rows.is_empty() {
        let key = model.key(crate::app::command::Command::Relate);
        let words = format!("No relation yet: select a claim and press {key} to relate it to another one.");
        ui.label(RichText::new(words).color(p.dim));
    }
    ScrollArea::vertical().auto_shrink([false, false]).show_rows(ui, ROW, rows.len(), |ui, range| {
        for related in rows.get(range).unwrap_or_default() {
            row(ui, model, list, related, engine, state, actions);
        }
    });
}

/// What an end says, for people.
pub fn words(list: &RelationList, end: &End) -> String {
    match end {
        End::Claim(place) => {
            list.claim(place).map_or_else(String::new, |claim| format!("“{}”", claim.anchor.quote_line()))
        }
        End::Missing { id, .. } => {
            let id = id.as_ref().map_or_else(|| "?".to_owned(), ToString::to_string);
            format!("a claim that is not in this folder ({id})")
        }
    }
}

/// Goes to a claim.
pub fn go(list: &RelationList, place: &Place) -> Option<Action> {
    list.target(place).map(|(path, target)| Action::GoTo(path, target))
}

/// The word of a kind as the codebook shows it.
pub fn label<'a>(model: &'a Model, kind: &'a str) -> &'a str {
    let known = model.codebook.relations.iter().find(|word| word.key == kind);
    known.map_or(if kind.is_empty() { "related to" } else { kind }, |word| &word.label)
}

/// "“from” contradicts “to”": each end leads to its claim, the word in the middle puts the first one into the graph.
fn row(
    ui: &mut Ui,
    model: &Model,
    list: &RelationList,
    related: &Related,
    engine: &mut TextEngine,
    state: &mut State,
    actions: &mut Vec<Action>,
) {
    let p = Palette::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW - 2.0), Sense::hover());
    let middle = 100.0;
    let wide = (rect.width() - middle) / 2.0;
    for (at, end) in [&related.from, &related.to].into_iter().enumerate() {
        let left = rect.left() + at as f32 * (wide + middle);
        let part = egui::Rect::from_min_size(egui::pos2(left, rect.top()), vec2(wide, rect.height()));
        let id = ui.scope_id().with((&related.place.id, at, related.place.release));
        let response = ui.interact(part, id, Sense::click());
        let said = words(list, end);
        response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &said));
        if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(part, theme::CORNER, p.row);
        }
        let color = if end.claim().is_some() { p.text } else { p.dim };
        let ink = Ink { size: theme::SIZE_FIELD, weight: 400, color };
        painted::words(ui, engine, &said, part.left_center() + vec2(4.0, 0.0), wide - 8.0, ink);
        let place = end.claim();
        let title = place.and_then(|place| list.from.releases.get(place.release)).map(|release| release.title());
        let by = place.map(|place| place.handle.as_str()).unwrap_or_default();
        if response.on_hover_text(format!("{} · {by}", title.unwrap_or("not found"))).clicked() {
            actions.extend(place.and_then(|place| go(list, place)));
        }
    }
    let part = egui::Rect::from_min_size(egui::pos2(rect.left() + wide, rect.top()), vec2(middle, rect.height()));
    let response =
        ui.interact(part, ui.scope_id().with((&related.place.id, "kind", related.place.release)), Sense::click());
    let word = label(model, related.kind());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{word}: show around")));
    let color = if related.kind() == crate::collection::CONTRADICTS { p.disputed } else { p.accent };
    ui.painter().text(part.center(), egui::Align2::CENTER_CENTER, word, theme::semibold(theme::SIZE_FIELD), color);
    if response.on_hover_text("Show what stands around it").clicked() {
        state.middle = related.from.claim().or(related.to.claim()).cloned();
    }
}
