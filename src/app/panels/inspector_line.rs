//! The inspector folded to one line: the claim as a sentence.

use egui::Ui;

use crate::app::action::Action;
use crate::app::model::Model;
use crate::app::text::TextEngine;

/// Draws it.
pub fn show(ui: &mut Ui, model: &Model, engine: &mut TextEngine, actions: &mut Vec<Action>) {
    let _ = (ui, model, actions);
}
