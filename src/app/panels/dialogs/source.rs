//! An entry of the register.

use egui::Ui;

use crate::annotation::Id;
use crate::app::action::Action;
use crate::app::model::Model;

/// What the dialog remembers while it is open.
#[derive(Default)]
pub struct State {}

/// Draws its inside.
pub fn show(ui: &mut Ui, model: &Model, source: &Id, state: &mut State, actions: &mut Vec<Action>) {
    let _ = (ui, model, state, actions);
}
