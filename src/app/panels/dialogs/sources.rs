//! All sources of the folder: at the left a list, at the right one of them, with its names, roles, worth, and all that
//! it says. What is typed is taken when a field is left; each change is one step of undo.

mod entry;
mod fields;
mod ledger;

use egui::{Key, Rect, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};

use crate::annotation::Id;
use crate::app::action::{Action, RegisterEdit};
use crate::app::model::Model;
use crate::app::panels::painted::{self, Ink};
use crate::app::shelf::SourceList;
use crate::app::text::TextEngine;
use crate::app::theme::{self, Palette};
use crate::app::widgets::paint_badge;
use crate::collection::Known;

/// Height of a row of the list.
const ROW: f32 = 38.0;
/// Width of the list.
const LIST: f32 = 250.0;

/// What the dialog remembers while it is open.
#[derive(Default)]
pub struct State {
    filter: String,
    /// Which source is shown, once it was chosen here.
    shown: Option<Id>,
    entry: entry::State,
}

/// Draws its inside.
pub fn show(
    ui: &mut Ui,
    model: &Model,
    asked: Option<&Id>,
    engine: &mut TextEngine,
    state: &mut State,
    actions: &mut Vec<Action>,
) {
    let p = Palette::of(ui);
    let Some(list) = model.shelf.sources.made.as_deref() else {
        ui.label("The releases of the folder are being looked through …");
        return;
    };
    let named = state.shown.as_ref().or(asked);
    let stands =
        |known: &&Known| named.is_none_or(|id| known.id == *id || known.joined.iter().any(|(joined, _)| joined == id));
    let shown = list.known.iter().find(stands).or(list.known.first());
    let room = ui.available_rect_before_wrap();
    let split = room.left() + LIST.min(room.width() * 0.36);
    let left = Rect::from_min_max(room.min, pos2(split - 8.0, room.bottom()));
    let right = Rect::from_min_max(pos2(split + 8.0, room.top()), room.max);
    ui.painter().vline(split, room.y_range(), egui::Stroke::new(1.0, p.line));
    ui.scope_builder(egui::UiBuilder::new().max_rect(left), |ui| {
        names(ui, model, list, shown.map(|known| &known.id), engine, state, actions);
    });
    ui.scope_builder(egui::UiBuilder::new().max_rect(right), |ui| match shown {
        Some(known) => entry::show(ui, model, list, known, engine, &mut state.entry, actions),
        None => {
            ui.label("Nobody is named yet: mark a claim (C) and say who says it. Sources gather here by themselves.");
        }
    });
    ui.advance_cursor_after_rect(room);
}

/// The list, with a filter above it.
fn names(
    ui: &mut Ui,
    model: &Model,
    list: &SourceList,
    shown: Option<&Id>,
    engine: &mut TextEngine,
    state: &mut State,
    actions: &mut Vec<Action>,
) {
    let p = Palette::of(ui);
    let field = ui
        .add(TextEdit::singleline(&mut state.filter).hint_text("Filter by name or role").desired_width(f32::INFINITY));
    field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "filter sources"));
    let wanted = state.filter.to_lowercase();
    let takes = |known: &&Known| {
        let own = known.source.names().chain(known.source.role.as_deref()).chain(known.source.affiliation.as_deref());
        let joined = known.joined.iter().flat_map(|(_, source)| source.names());
        wanted.is_empty() || own.chain(joined).any(|name| name.to_lowercase().contains(&wanted))
    };
    let rows: Vec<&Known> = list.known.iter().filter(takes).collect();
    ui.add_space(4.0);
    if rows.is_empty() {
        ui.label("No source is called so.");
    }
    let foot = 24.0;
    let height = ui.available_height() - foot;
    ScrollArea::vertical().max_height(height).auto_shrink([false, false]).show_rows(
        ui,
        ROW,
        rows.len(),
        |ui, range| {
            for known in rows.get(range).unwrap_or_default() {
                if row(ui, model, list, known, shown == Some(&known.id), engine) {
                    state.shown = Some(known.id.clone());
                }
            }
        },
    );
    if field.has_focus() || ui.memory(|memory| memory.focused().is_none()) {
        let step =
            ui.input(|input| i32::from(input.key_pressed(Key::ArrowDown)) - i32::from(input.key_pressed(Key::ArrowUp)));
        let at = rows.iter().position(|known| shown == Some(&known.id)).map_or(0, |at| at as i32 + step);
        if step != 0
            && let Some(known) = rows.get(at.clamp(0, rows.len().saturating_sub(1) as i32) as usize)
        {
            state.shown = Some(known.id.clone());
        }
    }
    let history = model.register.as_ref().map(|register| register.work.history());
    ui.horizontal(|ui| {
        for (word, step, edit) in [
            ("Undo", history.and_then(|history| history.to_undo()), RegisterEdit::Undo),
            ("Redo", history.and_then(|history| history.to_redo()), RegisterEdit::Redo),
        ] {
            let button = ui.add_enabled(step.is_some(), egui::Button::new(word).small());
            if let Some(step) = step
                && button.on_hover_text(&step.label).clicked()
            {
                actions.push(Action::Register(edit));
            }
        }
        let count = format!("{} sources", list.known.len());
        ui.label(egui::RichText::new(count).font(theme::regular(theme::SIZE_SMALL)).color(p.dim));
    });
}

/// One line of the list; whether it was clicked.
fn row(ui: &mut Ui, model: &Model, list: &SourceList, known: &Known, chosen: bool, engine: &mut TextEngine) -> bool {
    let p = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW - 2.0), Sense::click());
    let source = &known.source;
    let second = [source.role.as_deref(), source.affiliation.as_deref(), source.kind.as_deref()];
    let second = second.into_iter().flatten().next().unwrap_or("kind not chosen");
    let claims = known.claims.len();
    response.widget_info(|| {
        let name = format!("{}, {second}, {claims} claims", source.name);
        WidgetInfo::selected(Role::ListBoxOption, true, chosen, name)
    });
    if chosen {
        ui.painter().rect_filled(rect, theme::CORNER, p.row);
    } else if response.hovered() || response.has_focus() {
        let edge = egui::Stroke::new(1.0, if response.has_focus() { p.accent } else { p.line });
        ui.painter().rect_stroke(rect, theme::CORNER, edge, egui::StrokeKind::Inside);
    }
    let (first_line, second_line) = (rect.top() + 11.0, rect.top() + 26.0);
    let mut width = rect.width() - 16.0;
    let number = claims.to_string();
    let font = theme::regular(theme::SIZE_FIELD);
    ui.painter().text(pos2(rect.right() - 8.0, first_line), egui::Align2::RIGHT_CENTER, &number, font, p.dim);
    width -= 26.0;
    if let Some(judged) = known.reliability(&model.settings.handle) {
        let badge = Rect::from_center_size(pos2(rect.right() - 44.0, first_line), vec2(20.0, 14.0));
        let term = model.codebook.scales.badge(Some(&judged.assessment), None);
        let letter = term.chars().next().map_or_else(|| "–".to_owned(), |letter| letter.to_string());
        paint_badge(ui.painter(), &p, badge, &letter, chosen);
        width -= 26.0;
    }
    let weight = if known.registered { 600 } else { 400 };
    let ink = Ink { size: theme::SIZE_BODY, weight, color: p.text };
    painted::words(ui, engine, &source.name, pos2(rect.left() + 8.0, first_line), width, ink);
    let maybe = list.joinings.iter().any(|joining| joining.principal == known.id || joining.other == known.id);
    let second = if maybe { format!("{second} · may be another’s") } else { second.to_owned() };
    let ink = Ink { size: theme::SIZE_SMALL, weight: 400, color: p.dim };
    painted::words(ui, engine, &second, pos2(rect.left() + 8.0, second_line), rect.width() - 16.0, ink);
    response.clicked()
}
