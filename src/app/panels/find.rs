//! The search field over the reader.

use egui::Ui;

use crate::app::action::Action;
use crate::app::release::Release;

/// Draws it; `query` is what stands in the field.
pub fn show(ui: &mut Ui, release: &Release, query: &mut String, actions: &mut Vec<Action>) {
    let _ = (ui, release, query, actions);
}
