//! Export, with a preview.

use egui::Ui;

use crate::app::action::Action;
use crate::app::jobs::Preview;
use crate::app::model::Model;

/// What the dialog remembers while it is open.
#[derive(Default)]
pub struct State {}

/// Draws its inside.
pub fn show(
    ui: &mut Ui,
    model: &Model,
    preview: Option<&(u64, Preview)>,
    state: &mut State,
    actions: &mut Vec<Action>,
) {
    let _ = (ui, model, state, actions);
}
