//! The claims table.

use egui::Ui;

use crate::app::action::Action;
use crate::app::model::Model;

/// What the panel remembers.
#[derive(Default)]
pub struct State {
    /// Its place for the keyboard.
    pub focus: Option<egui::Id>,
}

/// Draws it.
pub fn show(ui: &mut Ui, model: &Model, state: &mut State, actions: &mut Vec<Action>) {
    let _ = (ui, model, state, actions);
}
