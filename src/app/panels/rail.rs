//! The left panel folded to a rail: glyphs and initials.

use egui::Ui;

use crate::app::action::Action;
use crate::app::model::Model;

/// Draws it.
pub fn show(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    let _ = (ui, model, actions);
}
