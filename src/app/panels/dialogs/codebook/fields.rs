//! Fields of the team's own.

use egui::Ui;

use super::{Draft, State, list, list_row, moves, one_of, optional, row, text, title, two};
use crate::annotation::{Field, word_of};

pub(super) fn show(ui: &mut Ui, state: &mut State, draft: &mut Draft) {
    two(ui, state, draft, all, one);
}

fn all(ui: &mut Ui, state: &mut State, draft: &mut Draft) {
    for (at, field) in draft.book.fields.iter().enumerate() {
        let name = if field.required { format!("{} *", field.label) } else { field.label.clone() };
        if list_row(ui, 0.0, &name, &field.on, state.field == at, &format!("field {}", field.label)).clicked() {
            state.field = at;
        }
    }
    ui.add_space(6.0);
    if ui.button("Add a field").clicked() {
        let numbered = (2..).map(|number| format!("field_{number}"));
        let is_free = |key: &String| draft.book.fields.iter().all(|field| field.key != *key);
        let key = std::iter::once("field".to_owned()).chain(numbered).find(is_free).unwrap_or_default();
        state.new_fields.insert(key.clone());
        let (on, holds) = ("claim".to_owned(), "text".to_owned());
        draft.book.fields.push(Field { label: key.clone(), key, on, holds, ..Field::default() });
        state.field = draft.book.fields.len() - 1;
        draft.changed("add field");
    }
}

fn one(ui: &mut Ui, state: &mut State, draft: &mut Draft) {
    let at = state.field.min(draft.book.fields.len().saturating_sub(1));
    let Some(field) = draft.book.fields.get(at).cloned() else {
        ui.label("No fields of your own yet: text, number, date, choice or yes/no, for claims, sources or documents.");
        return;
    };
    title(ui, &field.label);
    let mut new = field.clone();
    let mut typed = text(ui, "Name", &mut new.label, 1);
    if new.label != field.label && state.new_fields.remove(&field.key) {
        let is_taken = |word: &str| draft.book.fields.iter().any(|other| other.key == word && other.key != field.key);
        new.key = word_of(&new.label, "_", is_taken).unwrap_or(new.key);
        state.new_fields.insert(new.key.clone());
    }
    let followed = new.key.clone();
    typed |= text(ui, "Word in files", &mut new.key, 1) && !new.key.trim().is_empty();
    if new.key.trim().is_empty() {
        new.key.clone_from(&field.key);
    }
    if new.key != followed {
        state.new_fields.remove(&followed);
    }
    one_of(ui, "Of a", &["claim", "source", "document"], &mut new.on);
    one_of(ui, "Holds", &["text", "number", "date", "choice", "yes/no"], &mut new.holds);
    if new.holds == "choice" {
        typed |= list(ui, "Choices", &mut new.choices, 4);
    }
    row(ui, "", |ui| ui.checkbox(&mut new.required, "required"));
    typed |= optional(ui, "Definition", &mut new.definition, 3);
    if new != field {
        if let Some(slot) = draft.book.fields.get_mut(at) {
            *slot = new;
        }
        if typed { draft.typed("change field") } else { draft.changed("change field") }
    }
    row(ui, "Place", |ui| {
        ui.horizontal(|ui| {
            if let Some(now) = moves(ui, &mut draft.book.fields, at) {
                state.field = now;
                draft.changed("move field");
            }
            let hint = "What claims hold in it stays in their files, and is shown no more";
            if ui.button("Delete").on_hover_text(hint).clicked() {
                draft.book.fields.remove(at);
                draft.changed("delete field");
            }
        });
    });
}
