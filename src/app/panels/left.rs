//! The left panel: the releases of the folder with their states and counts, and the layers of the one that is shown.
//!
//! The list is virtual: only rows in view are drawn, so that 70,000 scroll like ten.

use std::collections::BTreeSet;
use std::path::PathBuf;

use egui::{
    Align2, CornerRadius, Key, Rect, Response, Role, ScrollArea, Sense, Stroke, StrokeKind, TextEdit, Ui, WidgetInfo,
    pos2, vec2,
};

use super::layers;
use super::painted::{self, Ink};
use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::model::{Dialog, Entry, Model};
use crate::app::text::TextEngine;
use crate::app::theme::{self, Palette};
use crate::app::widgets::{Glyph, heading, link, paint_bubble, paint_glyph, text_width};
use crate::exchange::counted;

/// From the panel's edge to a row.
const INSET: f32 = 6.0;
/// From the panel's edge to headings and the field.
const MARGIN: f32 = 8.0;
/// Least room for the layers.
const LAYERS_LEAST: f32 = 90.0;

/// What the panel remembers.
#[derive(Default)]
pub struct State {
    filter: String,
    /// The places of the entries that the filter leaves, and what they were found for.
    left: Vec<usize>,
    made_of: Option<(String, usize)>,
}

/// Draws it.
pub fn show(ui: &mut Ui, model: &Model, engine: &mut TextEngine, state: &mut State, actions: &mut Vec<Action>) {
    let p = Palette::of(ui);
    let panel = ui.max_rect();
    ui.painter().vline(panel.right() - 0.5, panel.y_range(), Stroke::new(1.0, p.line));
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.add_space(MARGIN);
    filter(ui, model, state);
    let entries = &model.folder.entries;
    let claims: usize = entries.iter().filter_map(|entry| entry.claims).sum();
    ui.add_space(8.0);
    inset(ui, |ui| {
        heading(ui, "Collection", &format!("{} · {}", counted(entries.len(), "release"), counted(claims, "claim")));
    });
    ui.add_space(4.0);
    let layers = model.current().map_or(0, |release| release.layers.len() + 1);
    let below = if layers == 0 {
        24.0
    } else {
        (70.0 + layers as f32 * theme::LAYER_ROW).min(panel.height() * 0.5).max(LAYERS_LEAST)
    };
    let note = if model.is_new_here { 40.0 } else { 0.0 };
    let room = (ui.available_height() - below - note).max(theme::RELEASE_ROW);
    releases(ui, model, engine, state, room, actions);
    legend(ui, &p);
    if let Some(release) = model.current() {
        ui.add_space(10.0);
        inset(ui, |ui| heading(ui, "Layers", "this release"));
        ui.add_space(4.0);
        ScrollArea::vertical().id_salt("layers").max_height((ui.available_height() - note).max(0.0)).show(ui, |ui| {
            layers::show(ui, model, release, actions);
        });
    }
    if model.is_new_here {
        who_am_i(ui, model, actions);
    }
}

fn inset(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    ui.horizontal(|ui| {
        ui.add_space(MARGIN + 6.0);
        let width = ui.available_width() - MARGIN - 2.0;
        ui.allocate_ui(vec2(width, 18.0), |ui| {
            ui.set_width(width);
            add(ui);
        });
    });
}

fn filter(ui: &mut Ui, model: &Model, state: &mut State) {
    ui.horizontal(|ui| {
        ui.add_space(MARGIN);
        let width = ui.available_width() - MARGIN;
        let edit = TextEdit::singleline(&mut state.filter)
            .hint_text("Filter releases")
            .font(theme::regular(theme::SIZE_FIELD))
            .margin(vec2(8.0, 5.0))
            .desired_width(width);
        let response = ui.add_sized(vec2(width, 26.0), edit);
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "filter releases"));
    });
    let made_of = (state.filter.clone(), model.folder.entries.len());
    if state.made_of.as_ref() != Some(&made_of) || !state.filter.is_empty() {
        let words: Vec<String> = state.filter.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let fits = |entry: &Entry| {
            let all = format!(
                "{} {} {}",
                entry.title,
                entry.byline,
                entry.path.file_name().unwrap_or_default().to_string_lossy()
            )
            .to_lowercase();
            words.iter().all(|word| all.contains(word))
        };
        let kept = model.folder.entries.iter().enumerate().filter(|(_, entry)| words.is_empty() || fits(entry));
        state.left = kept.map(|(at, _)| at).collect();
        state.made_of = Some(made_of);
    }
}

fn releases(
    ui: &mut Ui,
    model: &Model,
    engine: &mut TextEngine,
    state: &State,
    height: f32,
    actions: &mut Vec<Action>,
) {
    let shown = model.current().map(|release| &release.path);
    let open: BTreeSet<&PathBuf> = model.releases.iter().map(|release| &release.path).collect();
    let wanted = (state.left.len().max(1) as f32 * theme::RELEASE_ROW).min(height);
    ScrollArea::vertical()
        .id_salt("releases")
        .max_height(wanted)
        .min_scrolled_height(wanted)
        .auto_shrink([false, true])
        .show_rows(ui, theme::RELEASE_ROW, state.left.len(), |ui, rows| {
            for place in rows {
                let Some(entry) = state.left.get(place).and_then(|&at| model.folder.entries.get(at)) else { continue };
                let response = row(ui, engine, entry, shown == Some(&entry.path), open.contains(&entry.path));
                if response.clicked() || (response.has_focus() && ui.input(|input| input.key_pressed(Key::Enter))) {
                    actions.push(Action::ShowRelease(entry.path.clone()));
                }
                if shown == Some(&entry.path) {
                    response.context_menu(|ui| states(ui, actions));
                }
            }
            if state.left.is_empty() {
                let words =
                    if model.folder.entries.is_empty() { "No releases in this folder yet" } else { "None fits" };
                ui.add_space(4.0);
                inset(ui, |ui| drop(ui.weak(words)));
            }
        });
}

/// The state of the release, by choice.
fn states(ui: &mut Ui, actions: &mut Vec<Action>) {
    for (state, name) in
        [(None, "Unread"), (Some("reading"), "Reading"), (Some("done"), "Done"), (Some("revisit"), "Look at it again")]
    {
        if ui.button(name).clicked() {
            actions.push(Action::SetState(state.map(str::to_owned)));
            ui.close();
        }
    }
    ui.separator();
    if ui.button("About this release…").clicked() {
        actions.push(Action::Show(Dialog::AboutRelease));
        ui.close();
    }
    if ui.button("Close release").clicked() {
        actions.push(Action::Run(Command::CloseRelease));
        ui.close();
    }
}

/// The glyph that stands for an entry's state.
pub(super) fn glyph(entry: &Entry) -> Glyph {
    if entry.disputed { Glyph::Disputed } else { Glyph::from_state(entry.state.as_deref()) }
}

fn row(ui: &mut Ui, engine: &mut TextEngine, entry: &Entry, shown: bool, open: bool) -> Response {
    let p = Palette::of(ui);
    let (whole, response) = ui.allocate_exact_size(vec2(ui.available_width(), theme::RELEASE_ROW), Sense::click());
    let glyph = glyph(entry);
    let claims = entry.claims.map_or_else(|| "–".to_owned(), |claims| claims.to_string());
    response.widget_info(|| {
        let words = format!(
            "{}, {}, {}, {claims} claims{}{}",
            entry.title,
            entry.byline,
            glyph.name(),
            if entry.unread > 0 { format!(", {} unread", counted(entry.unread, "remark")) } else { String::new() },
            if open { ", open" } else { "" }
        );
        WidgetInfo::selected(Role::ListItem, true, shown, words)
    });
    if !ui.is_rect_visible(whole) {
        return response;
    }
    let rect = whole.shrink2(vec2(INSET, 1.0));
    ground(ui, &p, rect, shown, &response);
    let painter = ui.painter();
    paint_glyph(painter, &p, pos2(rect.left() + 13.0, rect.top() + 13.0), glyph);
    let number = theme::regular(theme::SIZE_FIELD);
    painter.text(pos2(rect.right() - 8.0, rect.top() + 13.0), Align2::RIGHT_CENTER, &claims, number.clone(), p.dim);
    let width = rect.width() - 28.0 - 16.0 - text_width(ui, &claims, number);
    let is_new = glyph == Glyph::Unread;
    // Titles are a document's words, in any script.
    let title = Ink { size: theme::SIZE_BODY, weight: if is_new { 700 } else { 400 }, color: p.text };
    painted::words(ui, engine, &entry.title, pos2(rect.left() + 28.0, rect.top() + 13.0), width, title);
    let second = Ink { size: theme::SIZE_SMALL, weight: 400, color: p.dim };
    let mut room = rect.width() - 36.0;
    if entry.unread > 0 {
        paint_bubble(painter, &p, pos2(rect.right() - 16.0, rect.top() + 29.0), entry.unread, true);
        room -= 24.0;
    }
    painted::words(ui, engine, &entry.byline, pos2(rect.left() + 28.0, rect.top() + 29.0), room, second);
    response.on_hover_text(entry.path.display().to_string())
}

/// The ground of a row: the selected one filled, the others with a line around while the pointer is there.
fn ground(ui: &Ui, p: &Palette, rect: Rect, shown: bool, response: &Response) {
    let corner = CornerRadius::same(theme::CORNER);
    if shown {
        ui.painter().rect_filled(rect, corner, p.row);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect, corner, Stroke::new(1.0, p.accent), StrokeKind::Inside);
    } else if response.hovered() && !shown {
        ui.painter().rect_stroke(rect, corner, Stroke::new(1.0, p.line), StrokeKind::Inside);
    }
}

fn legend(ui: &mut Ui, p: &Palette) {
    ui.add_space(6.0);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 16.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, "signs: unread, reading, done, disputed"));
    let mut x = rect.left() + MARGIN + 6.0;
    let font = theme::regular(theme::SIZE_SMALL);
    for (glyph, word) in
        [(Glyph::Unread, "unread"), (Glyph::Reading, "reading"), (Glyph::Done, "done"), (Glyph::Disputed, "disputed")]
    {
        if x + 14.0 + text_width(ui, word, font.clone()) > rect.right() {
            break;
        }
        paint_glyph(ui.painter(), p, pos2(x + 3.0, rect.center().y), glyph);
        x += 11.0;
        ui.painter().text(pos2(x, rect.center().y), Align2::LEFT_CENTER, word, font.clone(), p.dim);
        x += text_width(ui, word, font.clone()) + 5.0;
    }
}

/// A quiet line: under which name marks are saved, and where to change it.
fn who_am_i(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    ui.with_layout(egui::Layout::bottom_up(egui::Align::Min), |ui| {
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            ui.add_space(MARGIN + 6.0);
            let words = format!("Saved as {}", model.settings.handle);
            ui.label(egui::RichText::new(words).font(theme::regular(theme::SIZE_SMALL)).color(Palette::of(ui).dim));
            if link(ui, "change", theme::SIZE_SMALL).clicked() {
                actions.push(Action::Show(Dialog::Settings));
            }
        });
    });
}
