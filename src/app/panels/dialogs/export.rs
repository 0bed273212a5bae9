//! Export: which format, which claims, whose; with a preview of what will be written.

use egui::{ComboBox, RichText, Ui};

use crate::app::action::{Action, ExportOptions, ExportScope};
use crate::app::jobs::Preview;
use crate::app::model::Model;
use crate::app::panels::code::{self, Code};
use crate::app::theme::{self, Palette};
use crate::exchange::FORMATS;

/// Width of the choices.
const CHOICES: f32 = 230.0;

/// What the dialog remembers while it is open.
#[derive(Default)]
pub struct State {
    options: Option<ExportOptions>,
    /// The request for the preview, and the options that it was for.
    asked: Option<(u64, ExportOptions, u64)>,
    code: Code,
}

/// Draws its inside.
pub fn show(
    ui: &mut Ui,
    model: &Model,
    preview: Option<&(u64, Preview)>,
    state: &mut State,
    actions: &mut Vec<Action>,
) {
    let Some(release) = model.current() else { return };
    let several = release.selected.len() > 1;
    let options = state.options.get_or_insert_with(|| ExportOptions {
        format: "csv".to_owned(),
        scope: if several { ExportScope::Selection } else { ExportScope::Release },
        annotator: Some(model.settings.handle.clone()),
        kinds: Vec::new(),
        history: false,
    });
    let height = ui.available_height();
    ui.horizontal_top(|ui| {
        ui.allocate_ui(egui::vec2(CHOICES, height), |ui| {
            ui.vertical(|ui| {
                ui.set_width(CHOICES);
                choices(ui, model, options);
            });
        });
        ui.separator();
        ui.vertical(|ui| {
            let wanted = (options.clone(), release.revision);
            let is_asked = state.asked.as_ref().is_some_and(|(_, asked, at)| (asked, *at) == (&wanted.0, wanted.1));
            if !is_asked {
                let number = state.asked.as_ref().map_or(1, |(number, ..)| number + 1);
                actions.push(Action::PreviewExport(number, wanted.0.clone()));
                state.asked = Some((number, wanted.0, wanted.1));
            }
            let current = preview.filter(|(number, _)| state.asked.as_ref().is_some_and(|(asked, ..)| asked == number));
            shown(ui, options, current.map(|(_, preview)| preview), &mut state.code, actions);
        });
    });
}

fn title(ui: &mut Ui, words: &str) {
    ui.add_space(6.0);
    ui.label(RichText::new(words).font(theme::semibold(theme::SIZE_FIELD)));
}

fn choices(ui: &mut Ui, model: &Model, options: &mut ExportOptions) {
    title(ui, "Format");
    for format in FORMATS {
        ui.radio_value(&mut options.format, format.name().to_owned(), format.title());
    }
    title(ui, "Claims");
    for (scope, name) in [
        (ExportScope::Selection, "selected"),
        (ExportScope::Release, "of this release"),
        (ExportScope::OpenReleases, "of all open releases"),
        (ExportScope::Folder, "of the folder"),
    ] {
        ui.radio_value(&mut options.scope, scope, name);
    }
    title(ui, "Whose");
    let me = model.settings.handle.clone();
    ui.radio_value(&mut options.annotator, Some(me), "mine");
    for layer in model.current().iter().flat_map(|release| &release.layers) {
        ui.radio_value(&mut options.annotator, Some(layer.handle.clone()), &layer.name);
    }
    ui.radio_value(&mut options.annotator, None, "everybody's");
    title(ui, "Kinds");
    let words = if options.kinds.is_empty() { "all".to_owned() } else { options.kinds.join(", ") };
    ComboBox::from_id_salt("kinds").selected_text(words).width(CHOICES - 16.0).show_ui(ui, |ui| {
        for kind in &model.codebook.kinds {
            let mut on = options.kinds.contains(&kind.key);
            if ui.checkbox(&mut on, &kind.label).clicked() {
                options.kinds.retain(|other| *other != kind.key);
                if on {
                    options.kinds.push(kind.key.clone());
                }
            }
        }
    });
    ui.checkbox(&mut options.history, "with earlier judgements");
}

fn shown(ui: &mut Ui, options: &ExportOptions, preview: Option<&Preview>, code: &mut Code, actions: &mut Vec<Action>) {
    let p = Palette::of(ui);
    let room = ui.available_height() - 34.0;
    let syntax = if options.format == "set" { "ron" } else { options.format.as_str() };
    match preview {
        None => drop(ui.label(RichText::new("…").color(p.dim))),
        Some(preview) => {
            for warning in &preview.warnings {
                ui.colored_label(p.disputed, warning);
            }
            code::show(ui, code, &preview.text, syntax, None, room - 22.0 * preview.warnings.len() as f32);
        }
    }
    ui.horizontal(|ui| {
        let ready = preview.is_some_and(|preview| preview.bytes > 0);
        if ui.add_enabled(ready, egui::Button::new("Save…")).clicked() {
            actions.push(Action::PickExport(options.clone()));
        }
        let whole = preview.filter(|preview| preview.bytes == preview.text.len());
        if ui.add_enabled(whole.is_some(), egui::Button::new("Copy")).clicked()
            && let Some(preview) = whole
        {
            actions.push(Action::CopyText(preview.text.to_string()));
        }
        if let Some(preview) = preview {
            let claims = preview
                .claims
                .map(|claims| format!("{claims} claim{}, ", if claims == 1 { "" } else { "s" }))
                .unwrap_or_default();
            let cut = if preview.bytes > preview.text.len() { "; the beginning is shown" } else { "" };
            ui.label(RichText::new(format!("{claims}{} bytes{cut}", preview.bytes)).color(p.dim));
        }
    });
}
