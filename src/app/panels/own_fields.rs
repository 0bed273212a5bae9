//! The fields of a team's own, edited by what they hold: text, a number and a date are typed, a choice is a menu, yes
//! and no a box. The same for claims, sources and documents.

use egui::{Checkbox, ComboBox, Response, RichText, TextEdit, Ui};

use crate::annotation::{Codebook, Field, named_value, set_named_value};
use crate::app::theme::{self, Palette};

/// Most width that a field takes.
const WIDEST: f32 = 360.0;

/// A field's name, with a star where it must be filled, and a sign where what it holds does not fit.
pub fn marked(field: &Field, value: &str) -> String {
    let star = if field.required { " *" } else { "" };
    let wrong = if value.is_empty() || field.fits(value) { "" } else { " (?)" };
    format!("{}{star}{wrong}", field.label)
}

/// Whether a field is typed, and its change therefore ends when it is left; another's ends with the click.
pub fn is_typed(field: &Field) -> bool {
    !matches!(field.holds.as_str(), "choice" | "yes/no")
}

/// The control of a field over a value, the empty one being none; its answer is `changed` where the value did.
pub fn edit(ui: &mut Ui, field: &Field, value: &mut String) -> Response {
    let (label, enabled) = (marked(field, value), ui.is_enabled());
    match field.holds.as_str() {
        "choice" => menu(ui, field, value, &label),
        "yes/no" => yes_or_no(ui, value, &label),
        holds => {
            let hint = match holds {
                "number" => "a number",
                "date" => "2023-06-28",
                _ => "",
            };
            let width = ui.available_width().min(WIDEST);
            let font = theme::regular(theme::SIZE_FIELD);
            let response = ui.add(TextEdit::singleline(value).font(font).hint_text(hint).desired_width(width));
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, enabled, &label));
            response
        }
    }
}

/// A menu of the choices; what was chosen once and is none of them now stays until another is chosen.
fn menu(ui: &mut Ui, field: &Field, value: &mut String, label: &str) -> Response {
    let before = value.clone();
    let shown = if value.is_empty() { "not chosen" } else { value.as_str() };
    let combo = ComboBox::from_id_salt(("own field", &field.key)).width(ui.available_width().min(160.0));
    let mut response = combo
        .selected_text(RichText::new(shown).font(theme::regular(theme::SIZE_FIELD)))
        .show_ui(ui, |ui| {
            ui.selectable_value(value, String::new(), "not chosen");
            for choice in &field.choices {
                ui.selectable_value(value, choice.clone(), choice);
            }
        })
        .response;
    // What is chosen is its value already.
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, ui.is_enabled(), label));
    if *value != before {
        response.mark_changed();
    }
    response
}

/// A box that is ticked for yes, empty for no, and filled half while nothing is said; each click goes on to the next.
fn yes_or_no(ui: &mut Ui, value: &mut String, label: &str) -> Response {
    let (word, next) = match value.as_str() {
        "yes" => ("yes", "no"),
        "no" => ("no", ""),
        "" => ("not said", "yes"),
        other => (other, "yes"),
    };
    let mut ticked = word == "yes";
    let is_open = !matches!(word, "yes" | "no");
    let text = RichText::new(word).font(theme::regular(theme::SIZE_FIELD));
    let mut response = ui.add(Checkbox::new(&mut ticked, text).indeterminate(is_open));
    let enabled = ui.is_enabled();
    response.widget_info(|| {
        if is_open {
            egui::WidgetInfo::labeled(egui::Role::CheckBox, enabled, label)
        } else {
            egui::WidgetInfo::selected(egui::Role::CheckBox, enabled, word == "yes", label)
        }
    });
    if response.clicked() {
        next.clone_into(value);
        response.mark_changed();
    }
    response
}

/// The fields that the codebook has for `on`, and those that are filled and it does not have, each a row of a grid of two
/// columns; whether a change of one ended.
pub fn rows(ui: &mut Ui, codebook: &Codebook, on: &str, fields: &mut Vec<(String, String)>) -> bool {
    let dim = Palette::of(ui).dim;
    let mut ended = false;
    for field in codebook.fields.iter().filter(|field| field.on == on) {
        let mut value = named_value(fields, &field.key).cloned().unwrap_or_default();
        let label = ui.label(RichText::new(marked(field, &value)).color(dim));
        if let Some(definition) = &field.definition {
            label.on_hover_text(definition);
        }
        let response = edit(ui, field, &mut value);
        if response.changed() {
            set_named_value(fields, &field.key, Some(value).filter(|value| !value.is_empty()));
        }
        ended |= if is_typed(field) { response.lost_focus() } else { response.changed() };
        ui.end_row();
    }
    for (name, value) in unknown(codebook, on, fields) {
        ui.label(RichText::new(name).color(dim));
        ui.label(RichText::new(format!("{value} (unknown here)")).color(dim));
        ui.end_row();
    }
    ended
}

/// Fields that are filled and that the codebook does not have: shown, kept, and not changed here.
pub fn unknown<'a>(
    codebook: &Codebook,
    on: &str,
    fields: &'a [(String, String)],
) -> impl Iterator<Item = &'a (String, String)> {
    let is_known = move |name: &String| codebook.fields.iter().any(|field| field.on == on && field.key == *name);
    fields.iter().filter(move |(name, _)| !is_known(name))
}
