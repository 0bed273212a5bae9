//! Relations, markings, styles and statuses: plain words with a definition.

use std::collections::BTreeSet;

use egui::{ScrollArea, TextEdit, Ui, vec2};

use super::{Draft, State};
use crate::annotation::Word;
use crate::app::theme;
use crate::app::widgets::{Look, choice, text_width};

/// Which list is shown.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Which {
    #[default]
    Relations,
    Markings,
    Styles,
    Statuses,
}

pub(super) fn show(ui: &mut Ui, state: &mut State, draft: &mut Draft) {
    ui.horizontal(|ui| {
        for (which, name) in [
            (Which::Relations, "Relations"),
            (Which::Markings, "Markings"),
            (Which::Styles, "Styles"),
            (Which::Statuses, "Statuses"),
        ] {
            let size = vec2(text_width(ui, name, theme::semibold(theme::SIZE_FIELD)) + 16.0, theme::CONTROL);
            if choice(
                ui,
                name,
                &format!("words {name}"),
                size,
                Look { chosen: state.words == which, ..Look::default() },
            )
            .clicked()
            {
                state.words = which;
            }
        }
    });
    ui.add_space(6.0);
    let words = match state.words {
        Which::Relations => &mut draft.book.relations,
        Which::Markings => &mut draft.book.markings,
        Which::Styles => &mut draft.book.styles,
        Which::Statuses => &mut draft.book.statuses,
    };
    let (typed, changed) = edit(ui, words, &mut state.new_words);
    if changed {
        draft.changed("change words");
    } else if typed {
        draft.typed("change words");
    }
}

/// Whether something was typed, and whether an entry was added, moved or taken away.
fn edit(ui: &mut Ui, words: &mut Vec<Word>, new_words: &mut BTreeSet<String>) -> (bool, bool) {
    let (mut typed, mut changed) = (false, false);
    let (mut take, mut up) = (None, None);
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        for (at, word) in words.iter_mut().enumerate() {
            ui.horizontal(|ui| {
                let mut definition = word.definition.clone().unwrap_or_default();
                let before = word.key.clone();
                let is_new = new_words.contains(&before);
                let rest = (ui.available_width() - 250.0 - 130.0).max(120.0);
                for (label, width, text) in [
                    ("word", 120.0, &mut word.key),
                    ("name", 120.0, &mut word.label),
                    ("definition", rest, &mut definition),
                ] {
                    let can = label != "word" || is_new;
                    let field = TextEdit::singleline(text).hint_text(label).desired_width(width).id_salt((label, at));
                    let response = ui.add_enabled(can, field);
                    response.widget_info(|| {
                        let name = format!("{label} {}", at + 1);
                        egui::WidgetInfo::labeled(egui::Role::TextInput, ui.is_enabled() && can, name)
                    });
                    let why = "Sets may have this word: change its name, or add a word";
                    typed |= response.on_disabled_hover_text(why).changed();
                }
                if word.key.trim().is_empty() {
                    word.key.clone_from(&before);
                }
                if word.key != before {
                    new_words.remove(&before);
                    new_words.insert(word.key.clone());
                }
                word.definition = Some(definition).filter(|words| !words.is_empty());
                if ui.add_enabled(at > 0, egui::Button::new("Up")).clicked() {
                    up = Some(at);
                }
                let hint = "Sets that have it keep it, and show it as a word that is not known here";
                if ui.button("Delete").on_hover_text(hint).clicked() {
                    take = Some(at);
                }
            });
        }
        if ui.button("Add a word").clicked() {
            let mut numbered = (words.len() + 1..).map(|number| format!("word-{number}"));
            let is_free = |key: &String| words.iter().all(|word| word.key != *key);
            let key = numbered.find(is_free).unwrap_or_default();
            new_words.insert(key.clone());
            words.push(Word { label: key.clone(), key, ..Word::default() });
            changed = true;
        }
    });
    if let Some(at) = up {
        words.swap(at, at - 1);
        changed = true;
    }
    if let Some(at) = take {
        words.remove(at);
        changed = true;
    }
    (typed, changed)
}
