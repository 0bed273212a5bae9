//! The claim at hand, field by field; with several selected, what they have in common.
//!
//! Texts are drafts while they are typed: each letter is an edit that goes on with the last one, so that a kill loses
//! none of them and undo takes back the whole. A colleague's claim is shown and cannot be changed.

mod aloud;
mod conflicts;
mod fields;
mod head;
mod remarks;
mod threads;

use egui::{RichText, ScrollArea, Sense, Stroke, Ui, vec2};

use crate::app::action::{Action, ClaimRef};
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::text::TextEngine;
use crate::app::theme::{self, Palette};
use crate::app::widgets::{key_width, paint_key};

/// What the inspector remembers.
#[derive(Default)]
pub struct State {
    /// The claims whose drafts these are.
    of: Vec<ClaimRef>,
    drafts: fields::Drafts,
    remarks: remarks::Drafts,
    threads: threads::Drafts,
    aloud: aloud::State,
    /// Whether the fields one fold away are shown.
    more: bool,
}

/// Draws it.
pub fn show(ui: &mut Ui, model: &Model, engine: &mut TextEngine, state: &mut State, actions: &mut Vec<Action>) {
    let p = Palette::of(ui);
    let Some((release, claim)) = model.at_hand() else {
        state.of.clear();
        ScrollArea::vertical().auto_shrink([false, true]).show(ui, |ui| {
            nothing(ui, model, &p);
            if let Some(release) = model.current() {
                conflicts::of_set(ui, release, actions);
                remarks::loose(ui, model, release, &mut state.remarks, actions);
            }
        });
        return;
    };
    let Some(item) = release.claim(claim).cloned() else { return nothing(ui, model, &p) };
    if state.of != release.selected {
        let (more, aloud) = (state.more, std::mem::take(&mut state.aloud));
        *state = State { of: release.selected.clone(), more, aloud, ..State::default() };
    }
    ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
    ScrollArea::vertical().auto_shrink([false, true]).show(ui, |ui| {
        ui.set_width(ui.available_width());
        head::show(ui, model, release, claim, &item, engine, actions);
        conflicts::of_claim(ui, release, claim, &item, actions);
        let editable = claim.layer.is_none() && release.read_only.is_none();
        if claim.layer.is_some() {
            head::colleague(ui, model, release, claim, actions);
            whole_or_read_only(ui, release.read_only.is_none(), |ui| {
                fields::judge(ui, model, release, claim, actions);
            });
            section(ui, &p, "As marked", "read-only", None);
        }
        whole_or_read_only(ui, editable, |ui| {
            fields::show(ui, model, release, claim, &item, engine, &mut state.drafts, actions);
        });
        fields::fold(ui, &mut state.more, &mut state.aloud.open);
        if state.more {
            whole_or_read_only(ui, editable, |ui| fields::folded(ui, model, &item, &mut state.drafts, actions));
        }
        aloud::show(ui, model, release, engine, &mut state.aloud, actions);
        remarks::show(ui, model, release, claim, &mut state.remarks, actions);
        threads::show(ui, model, release, claim, &item, &mut state.threads, actions);
    });
}

/// Controls that cannot be used where nothing may be changed; what stands in them is to be read all the same, so that it
/// is not faded.
fn whole_or_read_only(ui: &mut Ui, editable: bool, add: impl FnOnce(&mut Ui)) {
    ui.scope(|ui| {
        if !editable {
            ui.visuals_mut().disabled_alpha = 1.0;
            ui.disable();
        }
        add(ui);
    });
}

/// Nothing is selected: the keys that lead on.
fn nothing(ui: &mut Ui, model: &Model, p: &Palette) {
    ui.add_space(24.0);
    ui.label(RichText::new("No claim is selected").font(theme::semibold(theme::SIZE_BODY)));
    ui.label(
        RichText::new("Select words, or put the caret into a sentence.")
            .font(theme::regular(theme::SIZE_FIELD))
            .color(p.dim),
    );
    ui.add_space(8.0);
    for (command, words) in [
        (Command::MarkClaim, "marks a claim and asks who says it"),
        (Command::NextClaim, "goes to the next claim"),
        (Command::NextOpen, "goes to the next one without a source"),
        (Command::Palette, "finds any command"),
    ] {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::hover());
        let key = model.key(command);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, format!("{key} {words}")));
        let used = paint_key(ui, p, rect.left_center(), &key);
        let at = rect.left_center() + vec2(used + 8.0, 0.0);
        ui.painter().text(at, egui::Align2::LEFT_CENTER, words, theme::regular(theme::SIZE_FIELD), p.dim);
    }
}

/// A line between two sections, across the whole panel.
fn section(ui: &mut Ui, p: &Palette, title: &str, aside: &str, key: Option<&str>) {
    ui.add_space(6.0);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Heading, true, format!("{title} {aside}")));
    let padding = f32::from(theme::INSPECTOR_PADDING);
    ui.painter().hline(rect.left() - padding..=rect.right() + padding, rect.top() + 0.5, Stroke::new(1.0, p.line));
    let y = rect.top() + 15.0;
    ui.painter().text(
        egui::pos2(rect.left(), y),
        egui::Align2::LEFT_CENTER,
        title,
        theme::semibold(theme::SIZE_FIELD),
        p.text,
    );
    let mut right = rect.right();
    if let Some(key) = key {
        right -= key_width(ui, key) + 1.0;
        paint_key(ui, p, egui::pos2(right, y), key);
        right -= 6.0;
    }
    ui.painter().text(
        egui::pos2(right, y),
        egui::Align2::RIGHT_CENTER,
        aside,
        theme::regular(theme::SIZE_SMALL),
        p.dim,
    );
}
