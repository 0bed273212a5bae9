//! What is missing: the findings of the codebook's checks, with a jump to each, and a reason for those that are waived.

use egui::{Key, RichText, ScrollArea, TextEdit, Ui};

use crate::annotation::{Anchor, Id};
use crate::app::action::{Action, ClaimRef};
use crate::app::model::Model;
use crate::app::panels::painted::{self, Ink};
use crate::app::release::{Release, plain_spans};
use crate::app::text::TextEngine;
use crate::app::theme::{self, Palette};
use crate::assist::{CHECKS, Finding, Language, Subject, findings};

/// What the dialog remembers while it is open.
#[derive(Default)]
pub struct State {
    found: Vec<Finding>,
    /// The state of the set that they were found in.
    made_of: Option<u64>,
    /// The finding that is being waived, and the reason as typed.
    waiving: Option<(usize, String)>,
}

/// Draws its inside.
pub fn show(ui: &mut Ui, model: &Model, engine: &mut TextEngine, state: &mut State, actions: &mut Vec<Action>) {
    let Some(release) = model.current() else { return };
    if state.made_of != Some(release.revision) {
        state.found = find(model, release);
        state.made_of = Some(release.revision);
        state.waiving = None;
    }
    let p = Palette::of(ui);
    if release.structure.is_none() {
        ui.label("This text is still being looked through.");
        return;
    }
    if state.found.is_empty() {
        ui.label("Nothing is missing by the checks that the codebook has on.");
        return;
    }
    ui.label(RichText::new("A click goes there. What is meant so can be waived with a reason.").color(p.dim));
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        for check in CHECKS {
            let of_check: Vec<usize> = (0..state.found.len())
                .filter(|&at| state.found.get(at).is_some_and(|finding| finding.check == check.name))
                .collect();
            if of_check.is_empty() {
                continue;
            }
            ui.add_space(6.0);
            ui.label(
                RichText::new(format!("{} ({})", check.label, of_check.len())).font(theme::semibold(theme::SIZE_BODY)),
            );
            for at in of_check {
                one(ui, release, engine, state, at, actions);
            }
        }
    });
}

fn find(model: &Model, release: &Release) -> Vec<Finding> {
    let Some(structure) = release.structure.as_deref() else { return Vec::new() };
    let place = |anchor: &Anchor| plain_spans(&release.document, anchor);
    let subject = Subject {
        text: &release.document.text,
        structure,
        language: Language::of(release.about().language.as_deref()),
        set: release.set(),
        place: &place,
    };
    findings(subject, &model.codebook)
}

fn one(
    ui: &mut Ui,
    release: &Release,
    engine: &mut TextEngine,
    state: &mut State,
    at: usize,
    actions: &mut Vec<Action>,
) {
    let Some(finding) = state.found.get(at).cloned() else { return };
    let p = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 22.0), egui::Sense::click());
    let quote = finding.span.map(|span| release.document.text.slice(span).to_owned()).unwrap_or_default();
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, format!("{}: {quote}", finding.words)));
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, theme::CORNER, p.paper);
    }
    let waive = ui.interact(
        egui::Rect::from_min_max(egui::pos2(rect.right() - 60.0, rect.top()), rect.max),
        ui.scope_id().with(("waive", at)),
        egui::Sense::click(),
    );
    waive.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("waive: {}", finding.words)));
    ui.painter().text(
        rect.right_center() - egui::vec2(8.0, 0.0),
        egui::Align2::RIGHT_CENTER,
        "waive…",
        theme::regular(theme::SIZE_FIELD),
        p.accent,
    );
    let number = finding
        .span
        .and_then(|span| release.paragraph_at(span.start))
        .map(|number| format!("¶{number} "))
        .unwrap_or_default();
    let words =
        if quote.is_empty() { finding.words.clone() } else { format!("{number}“{quote}” – {}", finding.words) };
    let ink = Ink { size: theme::SIZE_FIELD, weight: 400, color: p.text };
    painted::words(ui, engine, &words, rect.left_center() + egui::vec2(8.0, 0.0), rect.width() - 80.0, ink);
    if waive.clicked() {
        state.waiving = Some((at, String::new()));
    } else if response.clicked() {
        actions.extend(go(release, &finding));
    }
    reason(ui, state, at, &finding, actions);
}

/// The field for the reason of the finding that is being waived.
fn reason(ui: &mut Ui, state: &mut State, at: usize, finding: &Finding, actions: &mut Vec<Action>) {
    let Some((_, why)) = state.waiving.as_mut().filter(|(waiving, _)| *waiving == at) else { return };
    ui.horizontal(|ui| {
        ui.add_space(16.0);
        let response = ui.add(TextEdit::singleline(why).hint_text("why this is meant so").desired_width(360.0));
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "reason for waiving"));
        if !response.has_focus() && !response.lost_focus() {
            response.request_focus();
        }
        let enter = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if ui.button("Waive").clicked() || enter {
            let (on, span) = (finding.on.clone(), finding.span);
            actions.push(Action::Dismiss { check: finding.check.to_owned(), on, span, why: why.trim().to_owned() });
        }
    });
}

/// Where a finding leads.
fn go(release: &Release, finding: &Finding) -> Option<Action> {
    let is_claim = |id: &&Id| release.set().claims.contains_key(*id);
    match (finding.on.as_ref().filter(is_claim), finding.span) {
        (Some(claim), _) => Some(Action::SelectClaims { claims: vec![ClaimRef::mine(claim.clone())], reveal: true }),
        (None, Some(span)) => Some(Action::SelectText(span)),
        (None, None) => None,
    }
}
