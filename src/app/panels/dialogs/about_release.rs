//! What a release says of itself: title, publisher, date, address, language; the team's own fields of it; and how its bytes are read.

use std::path::PathBuf;

use egui::{ComboBox, Grid, RichText, ScrollArea, TextEdit, Ui};

use crate::annotation::About;
use crate::app::action::Action;
use crate::app::model::{Dialog, Model};
use crate::app::panels::own_fields;
use crate::app::theme::{self, Palette};
use crate::document::{ENCODINGS, EncodingFound, Found, ReadOptions};

/// What the dialog remembers while it is open.
#[derive(Default)]
pub struct State {
    /// What is typed, and of which release.
    about: Option<(PathBuf, About)>,
}

/// Draws its inside.
pub fn show(ui: &mut Ui, model: &Model, state: &mut State, actions: &mut Vec<Action>) {
    let Some(release) = model.current() else { return };
    let p = Palette::of(ui);
    let own = release.set().header.document.about.clone().unwrap_or_default();
    if state.about.as_ref().is_none_or(|(path, _)| *path != release.path) {
        state.about = Some((release.path.clone(), own));
    }
    let Some((_, about)) = &mut state.about else { return };
    let proposed = &release.proposed;
    ui.label(RichText::new("Empty fields are as the head of the release has them.").color(p.dim));
    ui.add_space(4.0);
    let editable = release.editable().is_ok();
    // Below it there is room for the buttons and the last line.
    let height = ui.available_height() - 70.0;
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        Grid::new("about release").num_columns(2).spacing([12.0, 8.0]).show(ui, |ui| {
            let language = proposed.language.clone();
            let value = |found: &Option<Found>| found.as_ref().map(|found| found.value.clone());
            for (label, field, hint) in [
                ("Title", &mut about.title, value(&proposed.title)),
                ("Publisher", &mut about.publisher, value(&proposed.publisher)),
                ("Date", &mut about.published, value(&proposed.published)),
                ("Address", &mut about.url, value(&proposed.url)),
                ("Language", &mut about.language, language),
            ] {
                ui.label(label);
                let mut text = field.clone().unwrap_or_default();
                let edit = TextEdit::singleline(&mut text)
                    .hint_text(hint.unwrap_or_else(|| "not found".to_owned()))
                    .desired_width(360.0);
                let response = ui.add_enabled(editable, edit);
                response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, editable, label));
                if response.changed() {
                    *field = Some(text).filter(|text| !text.is_empty());
                }
                ui.end_row();
            }
            ui.label("Encoding");
            encoding(ui, model, actions);
            ui.end_row();
            if !editable {
                ui.disable();
            }
            own_fields::rows(ui, &model.codebook, "document", &mut about.fields);
        });
    });
    ui.add_space(8.0);
    ui.horizontal(|ui| {
        if ui.add_enabled(editable, egui::Button::new("Save")).clicked() {
            actions.push(Action::SetAbout(about.clone()));
            actions.push(Action::Show(Dialog::None));
        }
        if ui.button("Cancel").clicked() {
            actions.push(Action::Show(Dialog::None));
        }
    });
    ui.add_space(8.0);
    let document = &release.document;
    let words = format!(
        "{} · {} characters · read by {}",
        document.media_type,
        document.text.len_code_points(),
        document.reader
    );
    ui.label(RichText::new(words).font(theme::regular(theme::SIZE_SMALL)).color(p.dim));
}

/// The encoding in use, how it was found, and any other by choice.
fn encoding(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    let Some(release) = model.current() else { return };
    let Some(used) = &release.document.encoding else { return };
    let whole = ReadOptions::as_recorded(release.document.reader, None).whole;
    let how = match used.found {
        EncodingFound::Mark => "by its byte order mark",
        EncodingFound::Valid => "valid throughout",
        EncodingFound::Pattern => "by its pattern of bytes",
        EncodingFound::Declared => "as the file says",
        EncodingFound::Guess => "a guess: change it where letters look wrong",
        EncodingFound::Chosen => "chosen by hand",
    };
    ui.horizontal(|ui| {
        ComboBox::from_id_salt("encoding").selected_text(used.encoding.name).show_ui(ui, |ui| {
            if ui.selectable_label(false, "As detected").clicked() {
                actions.push(Action::ReadAgain(ReadOptions { encoding: None, whole }));
            }
            for encoding in ENCODINGS {
                let on = encoding.name == used.encoding.name;
                if ui.selectable_label(on, encoding.name).clicked() && !on {
                    let encoding = Some(encoding.label.to_owned());
                    actions.push(Action::ReadAgain(ReadOptions { encoding, whole }));
                }
            }
        });
        ui.label(RichText::new(how).color(Palette::of(ui).dim));
    });
}
