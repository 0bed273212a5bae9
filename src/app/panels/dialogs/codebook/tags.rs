//! Tags, nested.

use egui::{RichText, Ui};

use super::{Draft, State, list_row, optional, recode, row, text, title, two};
use crate::annotation::{CodedWord, Tag, Way};
use crate::app::theme;

pub(super) fn show(ui: &mut Ui, state: &mut State, draft: &mut Draft) {
    two(ui, state, draft, all, one);
}

fn all(ui: &mut Ui, state: &mut State, draft: &mut Draft) {
    if draft.book.tag(&state.tag).is_none() {
        state.tag = draft.book.tags.first().map(|tag| tag.key.clone()).unwrap_or_default();
    }
    level(ui, &draft.book.tags, 0.0, &mut state.tag);
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        for (name, under) in [("Add a tag", None), ("Add below it", Some(state.tag.clone()))] {
            let usable = under.is_none() || !state.tag.is_empty();
            if ui.add_enabled(usable, egui::Button::new(name)).clicked() {
                state.tag = draft.book.add_tag(under.as_deref());
                draft.changed("add tag");
            }
        }
    });
}

fn level(ui: &mut Ui, tags: &[Tag], indent: f32, chosen: &mut String) {
    for tag in tags {
        let response = list_row(ui, indent, &tag.label, "", *chosen == tag.key, &format!("tag {}", tag.label));
        if response.clicked() {
            chosen.clone_from(&tag.key);
        }
        level(ui, &tag.tags, indent + 16.0, chosen);
    }
}

fn one(ui: &mut Ui, state: &mut State, draft: &mut Draft) {
    let Some(tag) = draft.book.tag_mut(&state.tag) else {
        ui.label("No tags yet.");
        return;
    };
    title(ui, &tag.label);
    row(ui, "Word in files", |ui| {
        ui.horizontal(|ui| {
            ui.label(RichText::new(&tag.key).font(theme::mono(theme::SIZE_FIELD)));
            recode::buttons(ui, CodedWord::Tag, &tag.key, &mut state.recode);
        });
    });
    let mut typed = text(ui, "Name", &mut tag.label, 1);
    typed |= optional(ui, "Definition", &mut tag.definition, 4);
    if typed {
        draft.typed("change tag");
    }
    row(ui, "Place", |ui| {
        ui.horizontal(|ui| {
            for (name, way) in
                [("Up", Way::Up), ("Down", Way::Down), ("Below the one above", Way::In), ("Out", Way::Out)]
            {
                if ui.button(name).clicked() && draft.book.move_tag(&state.tag, way) {
                    draft.changed("move tag");
                }
            }
        });
    });
}
