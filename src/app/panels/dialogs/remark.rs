//! A remark on an item: what it is on, and a field.

use egui::{Key, RichText, TextEdit, Ui};

use crate::annotation::Id;
use crate::app::action::Action;
use crate::app::model::{Dialog, Model};
use crate::app::theme::{self, Palette};

/// What the dialog remembers while it is open.
#[derive(Default)]
pub struct State {
    text: String,
    asked: bool,
}

/// Draws its inside.
pub fn show(ui: &mut Ui, model: &Model, on: &Id, state: &mut State, actions: &mut Vec<Action>) {
    let p = Palette::of(ui);
    let quote = model.at_hand().and_then(|(release, claim)| release.claim(claim)).map(|item| item.anchor.quote_line());
    if let Some(quote) = quote {
        ui.label(RichText::new(format!("On “{quote}”")).font(theme::regular(theme::SIZE_FIELD)).color(p.dim));
    }
    let edit = TextEdit::multiline(&mut state.text)
        .desired_rows(4)
        .desired_width(f32::INFINITY)
        .hint_text("What do you want to say?");
    let response = ui.add(edit);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::MultilineTextInput, true, "remark"));
    if !state.asked {
        state.asked = true;
        response.request_focus();
    }
    // The modifiers of the key itself: Ctrl may be up again by the end of the frame.
    let send = ui.input(|input| {
        let is_send = |event: &egui::Event| matches!(event, egui::Event::Key { key: Key::Enter, pressed: true, modifiers, .. } if modifiers.command);
        input.events.iter().any(is_send)
    });
    ui.horizontal(|ui| {
        let has_words = !state.text.trim().is_empty();
        if (ui.add_enabled(has_words, egui::Button::new("Add remark")).clicked() || send) && has_words {
            actions.push(Action::AddRemark { on: on.clone(), text: state.text.trim().to_owned() });
            actions.push(Action::Show(Dialog::None));
        }
        ui.label(RichText::new("Ctrl Enter").font(theme::regular(theme::SIZE_SMALL)).color(p.dim));
    });
}
