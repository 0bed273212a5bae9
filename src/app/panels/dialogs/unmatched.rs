//! Sets that were loaded and belong to no document that is known: each with "Find it…".

use egui::{RichText, ScrollArea, Ui};

use crate::app::action::Action;
use crate::app::model::Unmatched;
use crate::app::theme::{self, Palette};

/// Draws its inside.
pub fn show(ui: &mut Ui, sets: &[Unmatched], actions: &mut Vec<Action>) {
    let p = Palette::of(ui);
    ui.label(
        "These sets belong to no release that is open or in the folder: neither text, nor file, nor name is the same.",
    );
    ui.label(RichText::new("Find the release, and its text decides where each mark is.").color(p.dim));
    ui.add_space(4.0);
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        for set in sets {
            ui.separator();
            ui.horizontal(|ui| {
                if ui.button("Find it…").clicked() {
                    actions.push(Action::PickDocument(set.from.clone()));
                }
                ui.vertical(|ui| {
                    ui.label(format!("{}: {}", set.name, set.document));
                    let member = set.from.member.as_ref().map(|member| format!(" · {member}")).unwrap_or_default();
                    let place = format!("{}{member}", set.from.file.display());
                    ui.label(RichText::new(place).font(theme::regular(theme::SIZE_SMALL)).color(p.dim));
                });
            });
        }
    });
}
