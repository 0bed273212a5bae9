//! Releases and layers: filter, list with states and counts, colleagues with eyes.

use egui::Ui;

use crate::app::action::Action;
use crate::app::model::Model;

/// What the panel remembers.
#[derive(Default)]
pub struct State {}

/// Draws it.
pub fn show(ui: &mut Ui, model: &Model, state: &mut State, actions: &mut Vec<Action>) {
    let _ = (ui, model, state, actions);
}
