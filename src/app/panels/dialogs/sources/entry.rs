//! One source: who it is, what it may be the same as, and below that its worth and its claims.

use egui::{RichText, ScrollArea, Ui};

use super::{fields, ledger};
use crate::annotation::{Id, MAYBE_SAME, NOT_SAME, Source};
use crate::app::action::{Action, RegisterEdit};
use crate::app::model::Model;
use crate::app::shelf::SourceList;
use crate::app::text::TextEngine;
use crate::app::theme::{self, Palette};
use crate::assist::Joining;
use crate::collection::Known;
use crate::exchange::counted;

/// Drafts of the source that is shown.
#[derive(Default)]
pub struct State {
    /// The entry as known when the draft was begun, and as it is being typed.
    pub draft: Option<(Known, Source)>,
    /// A new alias, and why it means this source.
    pub alias: (String, String),
    /// Why the source is as reliable as that.
    pub why: String,
}

/// Draws it.
pub fn show(
    ui: &mut Ui,
    model: &Model,
    list: &SourceList,
    known: &Known,
    engine: &mut TextEngine,
    state: &mut State,
    actions: &mut Vec<Action>,
) {
    if state.draft.as_ref().is_none_or(|(begun, _)| begun.id != known.id || begun.source != known.source) {
        let is_other = state.draft.as_ref().is_none_or(|(begun, _)| begun.id != known.id);
        if is_other {
            *state = State::default();
        }
        state.draft = Some((known.clone(), (*known.source).clone()));
    }
    let p = Palette::of(ui);
    ScrollArea::vertical().id_salt(("source", known.id.as_str())).auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 5.0;
        ui.label(RichText::new(&known.source.name).font(theme::semibold(15.0)));
        held_by(ui, known, actions);
        for joining in list.joinings.iter().filter(|it| it.principal == known.id || it.other == known.id) {
            propose(ui, list, joining, actions);
        }
        for (id, source) in &known.joined {
            ui.horizontal(|ui| {
                ui.label(RichText::new(format!("Also “{}”", source.name)).color(p.dim));
                if ui.small_button("Part again").clicked() {
                    let (other, principal) = (id.clone(), known.id.clone());
                    actions.push(Action::Register(RegisterEdit::Part { other, principal }));
                }
            });
        }
        fields::show(ui, &model.codebook, known, state, actions);
        ledger::show(ui, model, list, known, engine, state, actions);
    });
}

/// Whose it is; one that only colleagues have can be taken in.
fn held_by(ui: &mut Ui, known: &Known, actions: &mut Vec<Action>) {
    let p = Palette::of(ui);
    if known.registered {
        let words = format!("In your register; used by {}", known.holders.join(", "));
        ui.label(RichText::new(words).font(theme::regular(theme::SIZE_SMALL)).color(p.dim));
        return;
    }
    ui.horizontal(|ui| {
        let words = format!("Only in the sets of {}", known.holders.join(", "));
        ui.label(RichText::new(words).color(p.dim));
        if ui.small_button("Take into my register").clicked() {
            let edit = RegisterEdit::Put(known.id.clone(), Box::new((*known.source).clone()));
            actions.push(Action::Register(edit));
        }
    });
}

/// Two entries that may be one: join them, keep them apart, or leave it open.
fn propose(ui: &mut Ui, list: &SourceList, joining: &Joining, actions: &mut Vec<Action>) {
    let entry = |id: &Id| list.known.iter().find(|known| known.id == *id);
    let (Some(principal), Some(other)) = (entry(&joining.principal), entry(&joining.other)) else { return };
    let p = Palette::of(ui);
    egui::Frame::new().fill(p.paper).corner_radius(theme::CORNER).inner_margin(6).show(ui, |ui| {
        let words = format!(
            "“{}” ({}) may be “{}” ({}): “{}” {}.",
            other.source.name,
            counted(other.claims.len(), "claim"),
            principal.source.name,
            counted(principal.claims.len(), "claim"),
            joining.matched,
            joining.how
        );
        ui.label(words);
        ui.horizontal(|ui| {
            if ui.button("Join").on_hover_text("One source from now on; can be taken back").clicked() {
                let of = |known: &Known| (known.id.clone(), Box::new((*known.source).clone()));
                let edit = RegisterEdit::Join { other: of(other), principal: of(principal) };
                actions.push(Action::Register(edit));
            }
            for (what, name, hint) in [
                (MAYBE_SAME, "May be", "Kept as open, and not asked again"),
                (NOT_SAME, "Never", "Two sources, and not asked again"),
            ] {
                if ui.button(name).on_hover_text(hint).clicked() {
                    let (on, with) = (other.id.clone(), principal.id.clone());
                    actions.push(Action::Register(RegisterEdit::Decide { what, on, with }));
                }
            }
        });
    });
}
