//! The first page, before anything is open.

use egui::Ui;

use crate::app::action::Action;
use crate::app::model::Model;

/// Draws it.
pub fn show(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    let _ = (ui, model, actions);
}

/// What is said while files hover over the window.
pub fn show_drop_hint(ui: &Ui) {
    let _ = ui;
}
