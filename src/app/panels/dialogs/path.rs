//! A path to be typed, where no file dialog came.

use egui::Ui;

use crate::app::action::Action;
use crate::app::model::Model;
use crate::app::model::PathWanted;

/// What the dialog remembers while it is open.
#[derive(Default)]
pub struct State {}

/// Draws its inside.
pub fn show(ui: &mut Ui, model: &Model, wanted: &PathWanted, state: &mut State, actions: &mut Vec<Action>) {
    let _ = (ui, model, state, actions);
}
