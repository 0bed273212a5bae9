//! Kinds of claims.

use egui::{RichText, Ui, pos2, vec2};

use super::{Draft, State, colours, list, list_row, moves, recode, row, text, title, two};
use crate::annotation::{CodedWord, word_of};
use crate::app::theme::{self, Palette};
use crate::app::widgets::paint_tile;

pub(super) fn show(ui: &mut Ui, state: &mut State, draft: &mut Draft) {
    two(ui, state, draft, all, one);
}

fn all(ui: &mut Ui, state: &mut State, draft: &mut Draft) {
    let p = Palette::of(ui);
    for (at, kind) in draft.book.kinds.iter().enumerate() {
        let digit = kind.digit.map(|digit| digit.to_string()).unwrap_or_default();
        let chosen = state.kind == at;
        let response = list_row(ui, 22.0, &kind.label, &digit, chosen, &format!("kind {}", kind.label));
        let left = response.rect.left_center();
        let tile = egui::Rect::from_center_size(pos2(left.x + 14.0, left.y), vec2(15.0, 15.0));
        paint_tile(ui.painter(), &p, tile, &kind.letter, p.kind(kind.colours));
        if response.clicked() {
            state.kind = at;
        }
    }
    ui.add_space(6.0);
    if ui.button("Add a kind").clicked() {
        let kind = draft.book.new_kind();
        state.new_kinds.insert(kind.key.clone());
        draft.book.kinds.push(kind);
        state.kind = draft.book.kinds.len() - 1;
        draft.changed("add kind");
    }
}

fn one(ui: &mut Ui, state: &mut State, draft: &mut Draft) {
    let p = Palette::of(ui);
    let at = state.kind.min(draft.book.kinds.len().saturating_sub(1));
    let Some(kind) = draft.book.kinds.get(at).cloned() else {
        ui.label("No kinds: every claim stays without one.");
        return;
    };
    title(ui, &kind.label);
    let mut new = kind.clone();
    row(ui, "Word in files", |ui| {
        ui.horizontal(|ui| {
            ui.label(RichText::new(&kind.key).font(theme::mono(theme::SIZE_FIELD)));
            recode::buttons(ui, CodedWord::Kind, &kind.key, &mut state.recode);
        });
    });
    let mut typed = text(ui, "Name", &mut new.label, 1);
    if new.label != kind.label && state.new_kinds.remove(&kind.key) {
        let is_taken = |word: &str| draft.book.kinds.iter().any(|other| other.key == word && other.key != kind.key);
        new.key = word_of(&new.label, "-", is_taken).unwrap_or(new.key);
        state.new_kinds.insert(new.key.clone());
    }
    row(ui, "Letter, key", |ui| {
        ui.horizontal(|ui| {
            let letter = ui.add(egui::TextEdit::singleline(&mut new.letter).char_limit(2).desired_width(28.0));
            letter.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Letter"));
            typed |= letter.changed() && !new.letter.is_empty();
            if new.letter.is_empty() {
                new.letter.clone_from(&kind.letter);
            }
            let mut digit = kind.digit.map_or_else(|| "none".to_owned(), |digit| digit.to_string());
            egui::ComboBox::from_id_salt("digit").selected_text(&digit).width(60.0).show_ui(ui, |ui| {
                ui.selectable_value(&mut digit, "none".to_owned(), "none");
                for number in 1..=9 {
                    ui.selectable_value(&mut digit, number.to_string(), number.to_string());
                }
            });
            new.digit = digit.parse().ok();
            let others = draft.book.kinds.iter().filter(|other| other.key != kind.key);
            let clash = others.clone().find(|other| {
                other.letter.eq_ignore_ascii_case(&new.letter) || (new.digit.is_some() && other.digit == new.digit)
            });
            let words = match clash {
                Some(other) => format!("{} has the same: it chooses the first", other.label),
                None => "after K".to_owned(),
            };
            let color = if clash.is_some() { p.disputed } else { p.dim };
            ui.label(RichText::new(words).font(theme::regular(theme::SIZE_SMALL)).color(color));
        });
    });
    row(ui, "Colour", |ui| colours::pick(ui, &draft.book, &kind, &mut new.colours));
    typed |= text(ui, "Definition", &mut new.definition, 3);
    typed |= list(ui, "Examples", &mut new.examples, 3);
    typed |= text(ui, "Not for", &mut new.not_for, 3);
    if new != kind {
        if let Some(slot) = draft.book.kinds.get_mut(at) {
            *slot = new;
        }
        if typed { draft.typed("change kind") } else { draft.changed("change kind") }
    }
    ui.add_space(4.0);
    row(ui, "Place", |ui| {
        if let Some(now) = moves(ui, &mut draft.book.kinds, at) {
            state.kind = now;
            draft.changed("move kind");
        }
    });
}
