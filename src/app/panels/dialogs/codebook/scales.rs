//! The scale in use on each axis, with its publication and terms; and which checks are on.

use egui::{ComboBox, RichText, ScrollArea, Ui};

use super::{Draft, title};
use crate::annotation::ScaleAxis;
use crate::app::theme::{self, Palette};
use crate::assist::CHECKS;

pub(super) fn show(ui: &mut Ui, draft: &mut Draft) {
    let p = Palette::of(ui);
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        title(ui, "Scales in use");
        ui.label(RichText::new("Digits judge, and lines show, the axis with the dot.").color(p.dim));
        ui.add_space(4.0);
        let mut in_use = draft.book.in_use.clone();
        let mut axis = draft.book.axis.clone();
        for used in &mut in_use {
            ui.horizontal(|ui| {
                let words = RichText::new(&used.axis).font(theme::semibold(theme::SIZE_BODY));
                ui.radio_value(&mut axis, used.axis.clone(), words).on_hover_text(
                    "The axis that digits judge and lines show, unless somebody's settings say otherwise",
                );
                let name = |id: &str| {
                    let scale = draft.book.scales.get(id);
                    scale.map_or_else(
                        || format!("{id} (not known here)"),
                        |scale| format!("{} {}", scale.name, scale.edition),
                    )
                };
                ComboBox::from_id_salt(("scale of", &used.axis)).selected_text(name(&used.scale)).width(260.0).show_ui(
                    ui,
                    |ui| {
                        for scale in draft.book.scales.iter().filter(|scale| scale.axis(&used.axis).is_some()) {
                            ui.selectable_value(&mut used.scale, scale.id.clone(), name(&scale.id));
                        }
                    },
                );
            });
            let small = |words: &str| RichText::new(words).font(theme::regular(theme::SIZE_SMALL)).color(p.dim);
            if let Some(scale) = draft.book.scales.get(&used.scale) {
                ui.label(small(&scale.publication));
                if let Some(terms) = scale.axis(&used.axis) {
                    ui.label(small(&in_words(terms)));
                }
            }
            ui.add_space(8.0);
        }
        if in_use != draft.book.in_use || axis != draft.book.axis {
            (draft.book.in_use, draft.book.axis) = (in_use, axis);
            draft.changed("change scales");
        }
        ui.label(
            RichText::new(
                "A scale of your own stands under own_scales in codebook.ron, written as those that come with Vouch.",
            )
            .color(p.dim),
        );
    });
}

/// The terms with the numbers that they stand for.
fn in_words(axis: &ScaleAxis) -> String {
    let terms = axis.terms.iter().map(|term| match term.band {
        Some(band) => format!("{} {}", term.label, axis.with_unit(&band)),
        None if term.key == term.label => term.label.clone(),
        None => format!("{} {}", term.key, term.label),
    });
    terms.collect::<Vec<_>>().join(" · ")
}

pub(super) fn checks(ui: &mut Ui, draft: &mut Draft) {
    title(ui, "Checks that are on");
    for check in &CHECKS {
        let mut on = draft.book.checks(check.name);
        if ui.checkbox(&mut on, check.label).changed() {
            draft.book.checks.retain(|name| name != check.name);
            if on {
                draft.book.checks.push(check.name.to_owned());
            }
            draft.changed("change checks");
        }
    }
    let unknown: Vec<&str> = draft
        .book
        .checks
        .iter()
        .map(String::as_str)
        .filter(|name| CHECKS.iter().all(|check| check.name != *name))
        .collect();
    if !unknown.is_empty() {
        let p = Palette::of(ui);
        ui.label(RichText::new(format!("Not known to this version, and kept: {}", unknown.join(", "))).color(p.dim));
    }
}
