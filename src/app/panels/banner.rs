//! A banner: what is wrong or worth knowing, what to do, and the buttons that do it.

use egui::{RichText, Ui};

use crate::app::action::Action;
use crate::app::model::{Banner, Offer};
use crate::app::theme::{self, Palette};

/// Draws the banner at place `at` of the list.
pub fn show(ui: &mut Ui, at: usize, banner: &Banner, actions: &mut Vec<Action>) {
    let p = Palette::of(ui);
    ui.horizontal_wrapped(|ui| {
        let color = if banner.is_error { p.disputed } else { p.accent };
        // A sign of its own besides the colour.
        ui.label(
            RichText::new(if banner.is_error { "!" } else { "i" }).font(theme::bold(theme::SIZE_BODY)).color(color),
        );
        if let Some(name) = banner.place.as_ref().and_then(|place| place.file_name()) {
            ui.label(RichText::new(name.to_string_lossy()).font(theme::semibold(theme::SIZE_BODY)));
        }
        ui.label(&banner.text);
        for offer in &banner.offers {
            if ui.button(&offer.name).clicked() {
                actions.extend(offer.action.clone());
                actions.push(Action::CloseBanner(at));
            }
        }
        let closes = |offer: &Offer| offer.action.is_none();
        if !banner.offers.iter().any(closes) && ui.button("Close").clicked() {
            actions.push(Action::CloseBanner(at));
        }
    });
}
