//! The fields of a source: names, roles with their dates, note, the team's own, ICD 206 descriptor.

use egui::{Grid, RichText, TextEdit, Ui};

use super::entry::State;
use crate::annotation::{Asserted, Codebook, Descriptor, Held, Source};
use crate::app::action::{Action, RegisterEdit};
use crate::app::panels::own_fields;
use crate::app::theme::{self, Palette};
use crate::collection::Known;

/// Width of the labels.
const LABEL: f32 = 84.0;

/// Draws them; what was typed is taken when a field is left.
pub fn show(ui: &mut Ui, codebook: &Codebook, known: &Known, state: &mut State, actions: &mut Vec<Action>) {
    let Some((_, draft)) = &mut state.draft else { return };
    let mut left = false;
    Grid::new("source").num_columns(2).min_col_width(LABEL).spacing([8.0, 4.0]).show(ui, |ui| {
        let mut name = Some(draft.name.clone());
        left |= line(ui, "Name", &mut name, "");
        draft.name = name.unwrap_or_default();
        left |= line(ui, "Kind", &mut draft.kind, "person, organisation, document, unnamed");
        left |= line(ui, "Role", &mut draft.role, "as it is now");
        left |= line(ui, "Affiliation", &mut draft.affiliation, "as it is now");
        left |= line(ui, "Note", &mut draft.note, "");
        left |= own_fields::rows(ui, codebook, "source", &mut draft.fields);
    });
    left |= roles(ui, draft);
    left |= names(ui, known, draft, &mut state.alias, actions);
    left |= descriptor(ui, draft);
    let draft = tidy(draft.clone());
    if left && !draft.name.trim().is_empty() && draft != *known.source {
        actions.push(Action::Register(RegisterEdit::Put(known.id.clone(), Box::new(draft))));
    }
}

/// A draft without what was opened and left empty.
fn tidy(mut draft: Source) -> Source {
    draft.held.retain(|held| *held != Held::default());
    draft.descriptor = draft.descriptor.filter(|descriptor| *descriptor != Descriptor::default());
    draft
}

/// A label and a field; whether the field was left.
fn line(ui: &mut Ui, label: &str, value: &mut Option<String>, hint: &str) -> bool {
    ui.label(RichText::new(label).color(Palette::of(ui).dim));
    let left = field(ui, label, value, hint, ui.available_width().max(120.0));
    ui.end_row();
    left
}

fn field(ui: &mut Ui, label: &str, value: &mut Option<String>, hint: &str, width: f32) -> bool {
    let mut text = value.clone().unwrap_or_default();
    let response = ui.add(TextEdit::singleline(&mut text).hint_text(hint).desired_width(width));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, label));
    if response.changed() {
        *value = Some(text).filter(|text| !text.is_empty());
    }
    response.lost_focus()
}

/// Roles and affiliations with the dates at which they were held.
fn roles(ui: &mut Ui, draft: &mut Source) -> bool {
    let mut left = false;
    let mut gone = None;
    ui.horizontal(|ui| {
        ui.label(RichText::new("Held").font(theme::semibold(theme::SIZE_SMALL)).color(Palette::of(ui).dim));
        if ui.small_button("Add a time").on_hover_text("A role or affiliation from one day to another").clicked() {
            draft.held.push(Held::default());
        }
    });
    for (at, held) in draft.held.iter_mut().enumerate() {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            let wide = ((ui.available_width() - 2.0 * 84.0 - 40.0) / 2.0).max(60.0);
            left |= field(ui, "role held", &mut held.role, "role", wide);
            left |= field(ui, "affiliation held", &mut held.affiliation, "affiliation", wide);
            left |= field(ui, "held from", &mut held.from, "2014-10-01", 76.0);
            left |= field(ui, "held until", &mut held.until, "until", 76.0);
            if ui.small_button("×").on_hover_text("Take this time away").clicked() {
                gone = Some(at);
            }
        });
    }
    if let Some(at) = gone {
        draft.held.remove(at);
        left = true;
    }
    left
}

/// Other names, each with who says so and why.
fn names(
    ui: &mut Ui,
    known: &Known,
    draft: &mut Source,
    new: &mut (String, String),
    actions: &mut Vec<Action>,
) -> bool {
    let p = Palette::of(ui);
    let mut gone = None;
    ui.label(RichText::new("Other names").font(theme::semibold(theme::SIZE_SMALL)).color(p.dim));
    for alias in &draft.aliases {
        ui.horizontal(|ui| {
            ui.label(alias);
            let said = draft.asserted.iter().find(|said| said.alias == *alias);
            let parts = said.map(|said| {
                let made = said.made.as_deref().and_then(|made| made.get(..10)).unwrap_or_default();
                [said.by.as_deref().unwrap_or_default(), made, said.why.as_deref().unwrap_or_default()]
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join(" · ")
            });
            let words = parts.unwrap_or_default();
            ui.label(RichText::new(words).font(theme::regular(theme::SIZE_SMALL)).color(p.dim));
            if ui.small_button("×").on_hover_text("It does not mean this source").clicked() {
                gone = Some(alias.clone());
            }
        });
    }
    ui.horizontal(|ui| {
        let wide = ((ui.available_width() - 60.0) / 2.0).max(80.0);
        let mut alias = Some(new.0.clone());
        field(ui, "new alias", &mut alias, "another name", wide);
        new.0 = alias.unwrap_or_default();
        let mut why = Some(new.1.clone());
        let left = field(ui, "why it means this source", &mut why, "why it means this source", wide);
        let enter = left && ui.input(|input| input.key_pressed(egui::Key::Enter));
        new.1 = why.unwrap_or_default();
        let alias = new.0.trim().to_owned();
        let add = ui.add_enabled(!alias.is_empty(), egui::Button::new("Add")).clicked();
        if add || (enter && !alias.is_empty()) {
            let why = Some(new.1.trim().to_owned()).filter(|why| !why.is_empty());
            let said = Asserted { alias, why, ..Asserted::default() };
            actions.push(Action::Register(RegisterEdit::Alias(known.id.clone(), said)));
            *new = Default::default();
        }
    });
    match gone {
        Some(alias) => {
            draft.aliases.retain(|other| *other != alias);
            draft.asserted.retain(|said| said.alias != alias);
            true
        }
        None => false,
    }
}

/// What can be said of the source's worth, folded while there is nothing.
fn descriptor(ui: &mut Ui, draft: &mut Source) -> bool {
    let has = draft.descriptor.is_some();
    let title = RichText::new("Source descriptor (ICD 206)").font(theme::semibold(theme::SIZE_SMALL));
    let folded = egui::CollapsingHeader::new(title).default_open(has).show(ui, |ui| {
        let descriptor = draft.descriptor.get_or_insert_with(Descriptor::default);
        let mut left = false;
        Grid::new("descriptor").num_columns(2).min_col_width(LABEL).spacing([8.0, 4.0]).show(ui, |ui| {
            left |= line(ui, "Access", &mut descriptor.access, "how the source came to know");
            left |= line(ui, "Track record", &mut descriptor.track_record, "");
            left |= line(ui, "Bias", &mut descriptor.bias, "");
            left |= line(ui, "Completeness", &mut descriptor.completeness, "");
            left |= line(ui, "Currency", &mut descriptor.currency, "");
        });
        left
    });
    folded.body_returned.unwrap_or(false)
}
