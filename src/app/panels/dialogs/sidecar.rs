//! The sidecar as it is on disk: highlighted, read-only, with the selected claim found in it.

use egui::{RichText, Ui};

use crate::app::action::Action;
use crate::app::jobs::Preview;
use crate::app::model::Model;
use crate::app::panels::code::{self, Code};
use crate::app::release::SaveState;
use crate::app::theme::Palette;
use crate::sidecar::names::sidecar_name;

/// What the dialog remembers while it is open.
#[derive(Default)]
pub struct State {
    /// The request, and the state of saving that it was made in.
    asked: Option<(u64, SaveState)>,
    code: Code,
}

/// Draws its inside.
pub fn show(
    ui: &mut Ui,
    model: &Model,
    preview: Option<&(u64, Preview)>,
    state: &mut State,
    actions: &mut Vec<Action>,
) {
    let Some(release) = model.current() else { return };
    let p = Palette::of(ui);
    let path = release.path.with_file_name(sidecar_name(&release.document.name, &model.settings.handle));
    if state.asked.as_ref().is_none_or(|(_, save)| *save != release.save) {
        let number = state.asked.as_ref().map_or(1_000_000, |(number, _)| number + 1);
        actions.push(Action::PreviewSidecar(number));
        state.asked = Some((number, release.save.clone()));
    }
    ui.horizontal(|ui| {
        ui.label(RichText::new(path.display().to_string()).color(p.dim));
        if ui.button("Copy path").clicked() {
            actions.push(Action::CopyText(path.display().to_string()));
        }
    });
    let Some((_, preview)) =
        preview.filter(|(number, _)| state.asked.as_ref().is_some_and(|(asked, _)| asked == number))
    else {
        ui.label("…");
        return;
    };
    for warning in &preview.warnings {
        ui.label(warning);
    }
    let wanted = release.at_hand().filter(|claim| claim.layer.is_none()).map(|claim| format!("\"{}\": (", claim.id));
    code::show(ui, &mut state.code, &preview.text, "ron", wanted.as_deref(), ui.available_height() - 30.0);
    if ui.button("Copy all").clicked() {
        actions.push(Action::CopyText(preview.text.to_string()));
    }
}
