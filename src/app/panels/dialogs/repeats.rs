//! Repeats of the selection, to be ticked.

use egui::Ui;

use crate::app::action::Action;
use crate::app::model::Model;
use crate::document::ByteSpan;

/// What the dialog remembers while it is open.
#[derive(Default)]
pub struct State {}

/// Draws its inside.
pub fn show(ui: &mut Ui, model: &Model, spans: &[ByteSpan], state: &mut State, actions: &mut Vec<Action>) {
    let _ = (ui, model, state, actions);
}
