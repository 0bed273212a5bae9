//! A new release from pasted text: a file in the folder, with publisher, date and address asked.

use egui::{Grid, RichText, ScrollArea, TextEdit, Ui};

use crate::annotation::About;
use crate::app::action::Action;
use crate::app::model::Model;
use crate::app::theme::Palette;
use crate::document::{Found, Proposed, ReadOptions, Structure, propose, read};

/// Bytes of the pasted text that are looked at for proposals.
const HEAD: usize = 64 << 10;

/// What the dialog remembers while it is open.
#[derive(Default)]
pub struct State {
    text: String,
    name: String,
    about: About,
    asked: bool,
    /// The length of the text that the proposals were made of.
    proposed_of: Option<usize>,
    proposed: Proposed,
}

impl State {
    /// Takes pasted text.
    pub fn take(&mut self, text: String) {
        *self = Self { text, ..Self::default() };
    }
}

/// Draws its inside.
pub fn show(ui: &mut Ui, model: &Model, state: &mut State, actions: &mut Vec<Action>) {
    let p = Palette::of(ui);
    if state.proposed_of != Some(state.text.len()) {
        state.proposed = proposals(&state.text);
        state.proposed_of = Some(state.text.len());
    }
    ui.label(
        RichText::new("Paste the text; what its head tells is filled in where you leave a field empty.").color(p.dim),
    );
    let room = (ui.available_height() - 176.0).max(80.0);
    ScrollArea::vertical().id_salt("pasted").max_height(room).auto_shrink([false, false]).show(ui, |ui| {
        let edit = TextEdit::multiline(&mut state.text)
            .desired_width(f32::INFINITY)
            .min_size(egui::vec2(0.0, room))
            .hint_text("Text of the release");
        let response = ui.add(edit);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::MultilineTextInput, true, "text of the release"));
        if !state.asked {
            state.asked = true;
            response.request_focus();
        }
    });
    ui.add_space(6.0);
    let value = |found: &Option<Found>| found.as_ref().map(|found| found.value.clone()).unwrap_or_default();
    let proposed_name = file_name(&state.proposed);
    Grid::new("new release").num_columns(2).spacing([12.0, 6.0]).show(ui, |ui| {
        let line = |ui: &mut Ui, label: &str, text: &mut String, hint: String| {
            ui.label(label);
            let response = ui.add(TextEdit::singleline(text).hint_text(hint).desired_width(440.0));
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, label));
            ui.end_row();
        };
        line(ui, "File name", &mut state.name, proposed_name.clone());
        for (label, field, hint) in [
            ("Publisher", &mut state.about.publisher, value(&state.proposed.publisher)),
            ("Date", &mut state.about.published, value(&state.proposed.published)),
            ("Address", &mut state.about.url, value(&state.proposed.url)),
        ] {
            let mut text = field.clone().unwrap_or_default();
            line(ui, label, &mut text, hint);
            *field = Some(text).filter(|text| !text.is_empty());
        }
    });
    ui.add_space(6.0);
    let folder =
        model.folder.path.as_ref().map_or_else(|| "the sample folder".to_owned(), |path| path.display().to_string());
    ui.label(RichText::new(format!("It is written to {folder}.")).color(p.dim));
    let has_text = !state.text.trim().is_empty();
    if ui.add_enabled(has_text, egui::Button::new("Create release")).clicked() {
        let name = if state.name.trim().is_empty() { proposed_name } else { state.name.trim().to_owned() };
        let name = if name.contains('.') { name } else { format!("{name}.txt") };
        let mut text = state.text.clone();
        if !text.ends_with('\n') {
            text.push('\n');
        }
        actions.push(Action::NewRelease { name, text, about: state.about.clone() });
    }
}

/// What the head of the text tells.
fn proposals(text: &str) -> Proposed {
    let head = (0..=text.len().min(HEAD)).rev().find_map(|at| text.get(..at)).unwrap_or("");
    let document = read("pasted.txt", head.as_bytes(), &ReadOptions::default());
    document.map(|(document, _)| propose(&document, &Structure::of(&document))).unwrap_or_default()
}

/// A file's name from date and title: "2023-06-28-strengthening-alliances.txt".
fn file_name(proposed: &Proposed) -> String {
    let mut parts: Vec<String> = proposed.published.iter().map(|found| found.value.clone()).collect();
    let title = proposed.title.as_ref().map_or_else(|| "release".to_owned(), |found| found.value.to_lowercase());
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(6);
    parts.extend(words.map(str::to_owned));
    format!("{}.txt", parts.join("-"))
}
