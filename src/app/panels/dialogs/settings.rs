//! Settings: who I am, how the text looks, the axis and scales in use, keys.

use std::collections::BTreeMap;

use egui::{ComboBox, Grid, RichText, ScrollArea, Slider, TextEdit, Ui};

use crate::app::action::Action;
use crate::app::command::SPECS;
use crate::app::model::Model;
use crate::app::theme::{self, Palette};
use crate::settings::{COLUMN, Font, LINE_HEIGHT, Settings, TEXT_SIZE, Theme, ZOOM};
use crate::sidecar::names::is_handle;

/// What the dialog remembers while it is open.
#[derive(Default)]
pub struct State {
    me: Option<(String, String)>,
    keys: BTreeMap<&'static str, String>,
}

/// Draws its inside.
pub fn show(ui: &mut Ui, model: &Model, state: &mut State, actions: &mut Vec<Action>) {
    let mut settings = model.settings.clone();
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        me(ui, &mut settings, state);
        look(ui, &mut settings);
        judging(ui, model, &mut settings);
        keys(ui, model, &mut settings, state);
    });
    if settings != model.settings {
        actions.push(Action::Settings(Box::new(settings)));
    }
}

fn title(ui: &mut Ui, words: &str) {
    ui.add_space(10.0);
    ui.label(RichText::new(words).font(theme::semibold(theme::SIZE_BODY)));
    ui.add_space(2.0);
}

/// Name and handle; taken over together, for a handle renames files.
fn me(ui: &mut Ui, settings: &mut Settings, state: &mut State) {
    title(ui, "You");
    let (name, handle) = state.me.get_or_insert_with(|| (settings.name.clone(), settings.handle.clone()));
    Grid::new("me").num_columns(2).spacing([12.0, 6.0]).show(ui, |ui| {
        for (label, text) in [("Name", &mut *name), ("Handle", &mut *handle)] {
            ui.label(label);
            let response = ui.add(TextEdit::singleline(text).desired_width(240.0));
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, label));
            ui.end_row();
        }
    });
    let p = Palette::of(ui);
    let valid = is_handle(handle);
    let words = if valid {
        "The handle is in the names of your files; sets that you have open are renamed with it."
    } else {
        "A handle has lower-case letters a–z, figures and hyphens."
    };
    ui.label(RichText::new(words).color(if valid { p.dim } else { p.disputed }));
    let changed = *name != settings.name || *handle != settings.handle;
    if changed && ui.add_enabled(valid, egui::Button::new("Take over name and handle")).clicked() {
        settings.name.clone_from(name);
        settings.handle.clone_from(handle);
    }
}

fn look(ui: &mut Ui, settings: &mut Settings) {
    title(ui, "Look");
    Grid::new("look").num_columns(2).spacing([12.0, 6.0]).show(ui, |ui| {
        ui.label("Theme");
        ui.horizontal(|ui| {
            for (theme, name) in [(Theme::System, "As the system"), (Theme::Light, "Light"), (Theme::Dark, "Dark")] {
                ui.radio_value(&mut settings.theme, theme, name);
            }
        });
        ui.end_row();
        ui.label("Text");
        ui.horizontal(|ui| {
            ui.radio_value(&mut settings.font, Font::Serif, "Serif");
            ui.radio_value(&mut settings.font, Font::Sans, "Sans");
        });
        ui.end_row();
        let mut percent = settings.zoom * 100.0;
        for (label, value, range, step, unit) in [
            ("Zoom", &mut percent, ZOOM.start() * 100.0..=ZOOM.end() * 100.0, 5.0, " %"),
            ("Text size", &mut settings.text_size, TEXT_SIZE, 0.5, " pt"),
            ("Line height", &mut settings.line_height, LINE_HEIGHT, 0.05, " ×"),
            ("Column", &mut settings.column, COLUMN, 10.0, " pt"),
        ] {
            ui.label(label);
            let slider = Slider::new(value, range).step_by(step).suffix(unit);
            let response = ui.add(slider.clamping(egui::SliderClamping::Edits));
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Slider, true, label));
            ui.end_row();
        }
        if (percent - settings.zoom * 100.0).abs() > 0.5 {
            settings.zoom = percent / 100.0;
        }
        ui.label("Selection");
        ui.checkbox(&mut settings.snap_words, "marks whole words");
        ui.end_row();
    });
}

/// The axis in use, and the scale on each axis.
fn judging(ui: &mut Ui, model: &Model, settings: &mut Settings) {
    title(ui, "Confidence");
    let codebook = &model.codebook;
    Grid::new("judging").num_columns(2).spacing([12.0, 6.0]).show(ui, |ui| {
        ui.label("Digits and lines show");
        let mut axis = model.axis().to_owned();
        ComboBox::from_id_salt("axis").selected_text(&axis).show_ui(ui, |ui| {
            for used in &codebook.in_use {
                ui.selectable_value(&mut axis, used.axis.clone(), &used.axis);
            }
        });
        if axis != model.axis() {
            settings.axis = axis;
        }
        ui.end_row();
        for used in &codebook.in_use {
            ui.label(&used.axis);
            let current = model.scale(&used.axis).unwrap_or_default().to_owned();
            let mut chosen = current.clone();
            let name = codebook
                .scales
                .get(&current)
                .map_or(current.clone(), |scale| format!("{} {}", scale.name, scale.edition));
            ComboBox::from_id_salt(("scale", &used.axis)).selected_text(name).width(280.0).show_ui(ui, |ui| {
                for scale in codebook.scales.iter().filter(|scale| scale.axis(&used.axis).is_some()) {
                    let name = format!("{} {}", scale.name, scale.edition);
                    ui.selectable_value(&mut chosen, scale.id.clone(), name).on_hover_text(&scale.publication);
                }
            });
            if chosen != current {
                settings.scales.retain(|(axis, _)| *axis != used.axis);
                settings.scales.push((used.axis.clone(), chosen));
            }
            ui.end_row();
        }
    });
}

/// Keys, as text; several are separated by blanks.
fn keys(ui: &mut Ui, model: &Model, settings: &mut Settings, state: &mut State) {
    title(ui, "Keys");
    let p = Palette::of(ui);
    for trouble in &model.key_troubles {
        ui.colored_label(p.disputed, &trouble.what);
    }
    if !settings.keys.is_empty() && ui.button("All keys as delivered").clicked() {
        settings.keys.clear();
        state.keys.clear();
    }
    Grid::new("keys").num_columns(3).spacing([12.0, 4.0]).show(ui, |ui| {
        for spec in SPECS {
            ui.label(spec.name.trim_end_matches('…'));
            let own = settings.keys.iter().find(|(id, _)| id == spec.id).map(|(_, keys)| keys.clone());
            let now = own.clone().unwrap_or_else(|| spec.keys.join(" "));
            let draft = state.keys.entry(spec.id).or_insert_with(|| now.clone());
            let response = ui.add(TextEdit::singleline(draft).desired_width(180.0));
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::TextInput, true, format!("keys of {}", spec.name))
            });
            if response.lost_focus() && *draft != now {
                settings.keys.retain(|(id, _)| id != spec.id);
                if *draft != spec.keys.join(" ") {
                    settings.keys.push((spec.id.to_owned(), draft.trim().to_owned()));
                }
            } else if !response.has_focus() {
                draft.clone_from(&now);
            }
            if own.is_some() && ui.button("as delivered").clicked() {
                settings.keys.retain(|(id, _)| id != spec.id);
                state.keys.remove(spec.id);
            }
            ui.end_row();
        }
    });
}
