//! A toast: what was just done, with "Undo" where that helps; it goes by itself.

use egui::{Align2, Area, Frame, Id, Margin, Order, Stroke, Ui, vec2};

use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::model::{Dialog, Model};
use crate::app::theme::{self, Palette};

/// From the window's bottom to a toast below a dialog.
const BELOW_DIALOGS: f32 = 3.0;

/// Draws the toast above the bottom bar; where a dialog is open, on the bar, which no dialog reaches.
pub fn show(ui: &Ui, model: &Model, actions: &mut Vec<Action>) {
    let Some(toast) = &model.toast else { return };
    let p = Palette::of(ui);
    let above = if model.dialog == Dialog::None { theme::BOTTOM_BAR + 12.0 } else { BELOW_DIALOGS };
    Area::new(Id::unique("toast"))
        .order(Order::Foreground)
        .anchor(Align2::CENTER_BOTTOM, vec2(0.0, -above))
        .interactable(toast.undo)
        .show(ui.ctx(), |ui| {
            let frame =
                Frame::new().fill(p.text).stroke(Stroke::new(1.0, p.control)).inner_margin(Margin::symmetric(12, 6));
            frame.corner_radius(theme::CORNER).show(ui, |ui| {
                ui.horizontal(|ui| {
                    ui.colored_label(p.paper, &toast.text);
                    if toast.undo && ui.button("Undo").clicked() {
                        actions.push(Action::Run(Command::Undo));
                    }
                });
            });
        });
}
