//! A release in a new version: which release is its other version, and what comes of the comparison (`list`).
//!
//! What is gone is struck through, what is new is underlined: never by colour alone. Held by `tests/window.rs`.

mod list;
mod rows;

use std::path::PathBuf;

use egui::{Key, RichText, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, vec2};

use crate::app::action::Action;
use crate::app::comparing::Comparing;
use crate::app::model::Model;
use crate::app::panels::painted::{self, Ink};
use crate::app::text::TextEngine;
use crate::app::theme::{self, Palette};

/// Height of a release's row.
const ROW: f32 = 36.0;

/// Titles that share this much are probably of the same release.
const LIKELY: f64 = 0.6;

/// What the dialog remembers while it is open.
#[derive(Default)]
pub struct State {
    /// Whether the shown release is the older version.
    shown_is_old: bool,
    /// Whether another release is being chosen, though a comparison is there.
    chooses: bool,
    query: String,
    at: usize,
    /// The releases to choose from with how alike the titles are, the likeliest first; for so many entries.
    likely: (usize, Vec<(f64, usize)>),
    list: list::List,
}

/// Draws its inside.
pub fn show(ui: &mut Ui, model: &Model, engine: &mut TextEngine, state: &mut State, actions: &mut Vec<Action>) {
    let Some(release) = model.current() else { return };
    let own = |comparing: &&Comparing| comparing.new == release.path || comparing.made.is_none();
    match model.comparing.as_ref().filter(own).filter(|_| !state.chooses) {
        Some(comparing) => compared(ui, model, comparing, engine, state, actions),
        None => choose(ui, model, engine, state, actions),
    }
}

/// The other version is chosen: near-identical titles stand first.
fn choose(ui: &mut Ui, model: &Model, engine: &mut TextEngine, state: &mut State, actions: &mut Vec<Action>) {
    let p = Palette::of(ui);
    let Some(release) = model.current() else { return };
    ui.label("Compare the shown release with its other version, and take your claims over to the newer one.");
    ui.radio_value(&mut state.shown_is_old, false, "The shown release is the newer version");
    ui.radio_value(&mut state.shown_is_old, true, "The shown release is the older version");
    let entries = &model.folder.entries;
    if state.likely.0 != entries.len() || state.likely.1.is_empty() {
        let title = release.about().title.unwrap_or_else(|| release.document.name.clone()).to_lowercase();
        let rated = entries.iter().enumerate().filter(|(_, entry)| entry.path != release.path);
        let mut rated: Vec<(f64, usize)> =
            rated.map(|(at, entry)| (strsim::sorensen_dice(&title, &entry.title.to_lowercase()), at)).collect();
        rated.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        state.likely = (entries.len(), rated);
    }
    let (up, down) = ui.input_mut(|input| {
        let none = egui::Modifiers::NONE;
        (input.consume_key(none, Key::ArrowUp), input.consume_key(none, Key::ArrowDown))
    });
    let edit = TextEdit::singleline(&mut state.query).hint_text("Find by title").desired_width(f32::INFINITY);
    let field = ui.add(edit);
    field.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, "find the other version"));
    if !state.chooses && !field.has_focus() && !field.lost_focus() && ui.memory(|memory| memory.focused().is_none()) {
        field.request_focus();
    }
    if field.changed() {
        state.at = 0;
    }
    let query = state.query.trim().to_lowercase();
    let found = state.likely.1.iter().filter_map(|&(likeness, at)| Some((likeness, entries.get(at)?)));
    let found: Vec<_> = found.filter(|(_, entry)| entry.title.to_lowercase().contains(&query)).collect();
    state.at = match (up, down) {
        (true, _) => state.at.saturating_sub(1),
        (_, true) => state.at + 1,
        _ => state.at,
    };
    state.at = state.at.min(found.len().saturating_sub(1));
    let mut chosen: Option<PathBuf> = None;
    let enter = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let room = (ui.available_height() - 40.0).max(ROW);
    ScrollArea::vertical().max_height(room).auto_shrink([false, false]).show_rows(ui, ROW, found.len(), |ui, range| {
        for at in range {
            let Some((likeness, entry)) = found.get(at) else { continue };
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW - 2.0), Sense::click());
            let is_at = at == state.at;
            let name = entry.path.file_name().unwrap_or_default().to_string_lossy();
            let likely = if *likeness >= LIKELY { "title alike · " } else { "" };
            let second = format!("{likely}{}{}{name}", entry.byline, if entry.byline.is_empty() { "" } else { " · " });
            response.widget_info(|| {
                WidgetInfo::selected(Role::ListBoxOption, true, is_at, format!("{}, {second}", entry.title))
            });
            if is_at {
                ui.painter().rect_filled(rect, theme::CORNER, p.row);
            } else if response.hovered() || response.has_focus() {
                let stroke = egui::Stroke::new(1.0, p.control);
                ui.painter().rect_stroke(rect, theme::CORNER, stroke, egui::StrokeKind::Inside);
            }
            let ink = Ink { size: theme::SIZE_FIELD, weight: 400, color: p.text };
            let left = rect.left() + 8.0;
            painted::words(ui, engine, &entry.title, egui::pos2(left, rect.top() + 11.0), rect.width() - 16.0, ink);
            let ink = Ink { size: theme::SIZE_SMALL, weight: 400, color: p.dim };
            painted::words(ui, engine, &second, egui::pos2(left, rect.top() + 25.0), rect.width() - 16.0, ink);
            if response.clicked() || (is_at && enter) {
                chosen = Some(entry.path.clone());
            }
        }
    });
    ui.horizontal(|ui| {
        if ui.button("Other file…").clicked() {
            actions.push(Action::PickVersion { is_older: !state.shown_is_old });
        }
        if state.chooses && ui.button("Back").clicked() {
            state.chooses = false;
        }
    });
    if let Some(other) = chosen {
        state.chooses = false;
        actions.push(Action::CompareWith { other, is_older: !state.shown_is_old });
    }
}

/// The comparison.
fn compared(
    ui: &mut Ui,
    model: &Model,
    comparing: &Comparing,
    engine: &mut TextEngine,
    state: &mut State,
    actions: &mut Vec<Action>,
) {
    let p = Palette::of(ui);
    let made = match &comparing.made {
        None => {
            ui.horizontal(|ui| {
                ui.spinner();
                ui.label("The two versions are being compared …");
            });
            return;
        }
        Some(Err(why)) => {
            ui.label(RichText::new(why).color(p.disputed));
            if ui.button("Choose another…").clicked() {
                state.chooses = true;
            }
            return;
        }
        Some(Ok(made)) => made,
    };
    let name = |path: &std::path::Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    line(ui, engine, &format!("Older: {} · {}", name(&comparing.old), made.old_title), p.dim);
    line(ui, engine, &format!("Newer: {} · {}", name(&comparing.new), made.new_title), p.text);
    for note in &made.notes {
        ui.label(RichText::new(note).color(p.disputed));
    }
    ui.horizontal(|ui| {
        if ui.button("Choose another…").clicked() {
            state.chooses = true;
        }
        let again =
            ui.button("Compare again").on_hover_text("After either text or your claims on the older one changed");
        if again.clicked() {
            actions.push(Action::CompareWith { other: comparing.old.clone(), is_older: true });
        }
    });
    list::show(ui, model, made, engine, &mut state.list, actions);
}

fn line(ui: &mut Ui, engine: &mut TextEngine, words: &str, color: egui::Color32) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 18.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    let ink = Ink { size: theme::SIZE_FIELD, weight: 400, color };
    painted::words(ui, engine, words, rect.left_center(), rect.width(), ink);
    response.on_hover_text(words);
}
