//! Version and licence, and what the program does not do.

use egui::{RichText, Ui};

use crate::app::action::Action;
use crate::app::model::Model;
use crate::app::theme::{self, Palette};

/// What the dialog remembers while it is open.
#[derive(Default)]
pub struct State {}

/// Draws its inside.
pub fn show(ui: &mut Ui, model: &Model, _: &mut State, _: &mut Vec<Action>) {
    let p = Palette::of(ui);
    ui.label(RichText::new(format!("Vouch {}", env!("CARGO_PKG_VERSION"))).font(theme::semibold(18.0)));
    ui.label("Who says what in a press release, and how sure are we.");
    ui.add_space(8.0);
    for words in [
        "Works offline: it fetches nothing and sends nothing.",
        "Marks lie beside the documents, in files that can be read without it.",
        "Licensed under MIT or Apache-2.0, at your option.",
        "Noto Serif and Inter are under the SIL Open Font License 1.1.",
    ] {
        ui.label(RichText::new(words).color(p.dim));
    }
    ui.add_space(8.0);
    let settings = &model.settings;
    ui.label(RichText::new(format!("Your handle is {}.", settings.handle)).color(p.dim));
}
