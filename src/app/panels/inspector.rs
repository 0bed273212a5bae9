//! The claim at hand, field by field.

use egui::Ui;

use crate::app::action::Action;
use crate::app::model::Model;
use crate::app::text::TextEngine;

/// What the panel remembers.
#[derive(Default)]
pub struct State {}

/// Draws it.
pub fn show(ui: &mut Ui, model: &Model, engine: &mut TextEngine, state: &mut State, actions: &mut Vec<Action>) {
    let _ = (ui, model, state, actions);
}
