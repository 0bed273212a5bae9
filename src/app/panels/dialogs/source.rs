//! An entry of the register: names, role, affiliation, what can be said of its worth.

use egui::{Grid, RichText, ScrollArea, TextEdit, Ui};

use crate::annotation::{Descriptor, Id, Source};
use crate::app::action::Action;
use crate::app::model::{Dialog, Model};
use crate::app::theme::Palette;

/// What the dialog remembers while it is open.
#[derive(Default)]
pub struct State {
    draft: Option<Source>,
}

/// Draws its inside.
pub fn show(ui: &mut Ui, model: &Model, id: &Id, state: &mut State, actions: &mut Vec<Action>) {
    let Some(release) = model.current() else { return };
    let Some(own) = release.set().sources.get(id) else { return };
    let draft = state.draft.get_or_insert_with(|| (**own).clone());
    let p = Palette::of(ui);
    let room = ui.available_height() - 36.0;
    ScrollArea::vertical().max_height(room).auto_shrink([false, false]).show(ui, |ui| {
        Grid::new("source").num_columns(2).spacing([12.0, 6.0]).show(ui, |ui| {
            line(ui, "Name", &mut draft.name);
            optional(ui, "Kind", &mut draft.kind, "person, organisation, document, unnamed");
            optional(ui, "Role", &mut draft.role, "");
            optional(ui, "Affiliation", &mut draft.affiliation, "");
            let mut aliases = draft.aliases.join("; ");
            if line(ui, "Other names", &mut aliases) {
                let parts = aliases.split(';').map(str::trim).filter(|part| !part.is_empty());
                draft.aliases = parts.map(str::to_owned).collect();
            }
            optional(ui, "Note", &mut draft.note, "");
        });
        ui.add_space(6.0);
        ui.label(RichText::new("Source descriptor (ICD 206)").color(p.dim));
        Grid::new("descriptor").num_columns(2).spacing([12.0, 6.0]).show(ui, |ui| {
            let descriptor = draft.descriptor.get_or_insert_with(Descriptor::default);
            optional(ui, "Access", &mut descriptor.access, "how the source came to know");
            optional(ui, "Track record", &mut descriptor.track_record, "");
            optional(ui, "Bias", &mut descriptor.bias, "");
            optional(ui, "Completeness", &mut descriptor.completeness, "");
            optional(ui, "Currency", &mut descriptor.currency, "");
        });
        let claims = release.work.index().claims_of_source(id).len();
        ui.add_space(6.0);
        ui.label(RichText::new(format!("{claims} claims in this release")).color(p.dim));
    });
    if draft.descriptor.as_ref() == Some(&Descriptor::default()) && own.descriptor.is_none() {
        draft.descriptor = None;
    }
    ui.horizontal(|ui| {
        let ready = !draft.name.trim().is_empty() && release.editable().is_ok();
        if ui.add_enabled(ready, egui::Button::new("Save")).clicked() {
            actions.push(Action::SetSource(id.clone(), Box::new(draft.clone())));
            actions.push(Action::Show(Dialog::None));
        }
        if ui.button("Cancel").clicked() {
            actions.push(Action::Show(Dialog::None));
        }
    });
}

fn line(ui: &mut Ui, label: &str, text: &mut String) -> bool {
    ui.label(label);
    let response = ui.add(TextEdit::singleline(text).desired_width(340.0));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, label));
    ui.end_row();
    response.changed()
}

fn optional(ui: &mut Ui, label: &str, field: &mut Option<String>, hint: &str) {
    ui.label(label);
    let mut text = field.clone().unwrap_or_default();
    let response = ui.add(TextEdit::singleline(&mut text).hint_text(hint).desired_width(340.0));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, label));
    ui.end_row();
    if response.changed() {
        *field = Some(text).filter(|text| !text.is_empty());
    }
}
