//! Where each mark is in today's text: exact, moved, ambiguous, lost; each can be accepted, placed by hand, or left.

use egui::{RichText, ScrollArea, Ui};

use crate::annotation::{Anchor, AnchorId, Candidate, Placement, anchors};
use crate::app::action::Action;
use crate::app::model::Model;
use crate::app::panels::painted::{self, Ink};
use crate::app::release::Release;
use crate::app::text::TextEngine;
use crate::app::theme::{self, Palette};
use crate::document::ByteSpan;

/// What the dialog remembers while it is open.
#[derive(Default)]
pub struct State {
    /// Marks that are left as they are, for now.
    left: std::collections::BTreeSet<AnchorId>,
}

/// Draws its inside.
pub fn show(ui: &mut Ui, model: &Model, engine: &mut TextEngine, state: &mut State, actions: &mut Vec<Action>) {
    let Some(release) = model.current() else { return };
    let p = Palette::of(ui);
    let all = anchors(release.set()).count();
    let placed = &release.placements;
    let moved = release.surely_moved().len();
    let lost = placed.values().filter(|placement| matches!(placement, Placement::Lost(_))).count();
    let unsure = placed.len() - moved - lost;
    let counted = [(moved, "moved"), (unsure, "to be looked at"), (lost, "lost")];
    let counted = counted.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}"));
    let exact = format!("{} of {all} marks are where they were made", all - placed.len());
    let words: Vec<String> = std::iter::once(exact).chain(counted).collect();
    ui.label(format!("{}.", words.join(", ")));
    ui.label(RichText::new("Nothing is changed in the sidecar before you accept it.").color(p.dim));
    if moved > 0 && ui.button(format!("Accept all {moved} that moved")).clicked() {
        actions.push(Action::AcceptAllMoved);
    }
    ui.add_space(4.0);
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        let found = anchors(release.set()).filter_map(|(id, anchor)| Some((placed.get(&id)?, id, anchor)));
        let mut found: Vec<_> = found.filter(|(_, id, _)| !state.left.contains(id)).collect();
        // What needs a hand stands before what can be accepted.
        found.sort_by_key(|(placement, ..)| match placement {
            Placement::Lost(_) => 0,
            Placement::Ambiguous(_) => 1,
            Placement::Moved(_) | Placement::Exact(_) => 2,
        });
        for (placement, id, anchor) in found {
            mark(ui, release, engine, &id, anchor, placement, state, actions);
        }
        if placed.is_empty() {
            ui.label("Every mark holds.");
        }
    });
}

#[expect(clippy::too_many_arguments, reason = "a mark's parts")]
fn mark(
    ui: &mut Ui,
    release: &Release,
    engine: &mut TextEngine,
    id: &AnchorId,
    anchor: &Anchor,
    placement: &Placement,
    state: &mut State,
    actions: &mut Vec<Action>,
) {
    let p = Palette::of(ui);
    ui.separator();
    let what = match id {
        AnchorId::Claim(_) => "claim",
        AnchorId::Mention(_) => "source mention",
        AnchorId::Cue(..) => "cue",
        AnchorId::Dismissal(_) => "waived check",
    };
    let hull = anchor.hull();
    quote(ui, engine, &format!("“{}”", anchor.quote_line()));
    ui.horizontal_wrapped(|ui| {
        let verdict = match placement {
            Placement::Exact(_) => "exact".to_owned(),
            Placement::Moved(candidate) => format!("moved, {}", sure(candidate)),
            Placement::Ambiguous(candidates) => format!("ambiguous: {} places", candidates.len()),
            Placement::Lost(why) => format!("lost: {why}"),
        };
        let words = format!("{what} · was at {}–{} · {verdict}", hull.start, hull.end);
        ui.label(RichText::new(words).font(theme::regular(theme::SIZE_SMALL)).color(p.dim));
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let candidates: &[Candidate] = match placement {
            Placement::Moved(candidate) => std::slice::from_ref(candidate),
            Placement::Ambiguous(candidates) => candidates,
            _ => &[],
        };
        for candidate in candidates {
            let (Some(first), Some(last)) = (candidate.spans.first(), candidate.spans.last()) else { continue };
            let codes = release.document.text.code_span_from_byte_span(ByteSpan { start: first.start, end: last.end });
            if ui.button(format!("show {}–{}", codes.start, codes.end)).clicked() {
                actions.push(Action::SelectText(ByteSpan { start: first.start, end: last.end }));
            }
        }
        if matches!(placement, Placement::Moved(_)) && ui.button("Accept").clicked() {
            actions.push(Action::AcceptAnchor(id.clone()));
        }
        let has_selection = !release.selection.is_empty();
        let here = ui.add_enabled(has_selection, egui::Button::new("Place here"));
        let here = here.on_hover_text("Put the mark on the words selected in the text");
        if here.on_disabled_hover_text("Select the words in the text beside first").clicked() {
            actions.push(Action::PlaceAnchor(id.clone()));
        }
        if ui.button("Leave").clicked() {
            state.left.insert(id.clone());
        }
    });
}

fn sure(candidate: &Candidate) -> String {
    format!("{:.0} % sure", candidate.sure * 100.0)
}

fn quote(ui: &mut Ui, engine: &mut TextEngine, words: &str) {
    let (rect, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 20.0), egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words));
    let ink = Ink { size: theme::SIZE_BODY, weight: 400, color: Palette::of(ui).text };
    painted::words(ui, engine, words, rect.left_center(), rect.width(), ink);
}
