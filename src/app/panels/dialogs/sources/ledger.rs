//! How reliable a source was over time and why, how its claims fared, and where it speaks and is named.

use egui::{RichText, Role, Sense, TextEdit, Ui, WidgetInfo, vec2};

use super::entry::State;
use crate::app::action::{Action, RegisterEdit, Target};
use crate::app::model::Model;
use crate::app::panels::painted::{self, Ink};
use crate::app::shelf::SourceList;
use crate::app::text::TextEngine;
use crate::app::theme::{self, Palette};
use crate::app::widgets::{Look, choice, heading};
use crate::collection::{Known, Place, RELIABILITY};
use crate::exchange::counted;

/// The most places that are listed; a hundred claims of one source are read in the table.
const MOST: usize = 200;

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
    ui.add_space(4.0);
    heading(ui, "Reliability", "");
    judge(ui, model, known, state, actions);
    history(ui, known);
    ui.add_space(4.0);
    heading(ui, "Claims", &format!("{} in {}", known.claims.len(), counted(known.releases(), "release")));
    fared(ui, model, known);
    let said = known.claims.iter().map(|place| (place, ""));
    let passed = known.passed_on.iter().map(|place| (place, "passes on: "));
    let claims: Vec<_> = said.chain(passed).collect();
    for (place, word) in claims.iter().take(MOST) {
        let release = list.from.releases.get(place.release);
        let layer = release.and_then(|release| release.layers.iter().find(|layer| layer.handle == place.handle));
        let Some(claim) = layer.and_then(|layer| layer.set.claims.get(&place.id)) else { continue };
        let words = format!("{word}“{}”", claim.anchor.quote_line());
        let target = Target::Claim { handle: place.handle.clone(), id: place.id.clone() };
        go(ui, list, place, &words, target, engine, actions);
    }
    if claims.len() > MOST {
        ui.label(format!("… and {} more", claims.len() - MOST));
    }
    ui.add_space(4.0);
    heading(ui, "Named", &known.mentions.len().to_string());
    for place in known.mentions.iter().take(MOST) {
        let release = list.from.releases.get(place.release);
        let layer = release.and_then(|release| release.layers.iter().find(|layer| layer.handle == place.handle));
        let Some(mention) = layer.and_then(|layer| layer.set.mentions.get(&place.id)) else { continue };
        let words = format!("“{}”", mention.anchor.quote_line());
        let target = Target::Mention { handle: place.handle.clone(), id: place.id.clone() };
        go(ui, list, place, &words, target, engine, actions);
    }
    if known.mentions.len() > MOST {
        ui.label(format!("… and {} more", known.mentions.len() - MOST));
    }
}

/// The terms of the scale in use, and a reason.
fn judge(ui: &mut Ui, model: &Model, known: &Known, state: &mut State, actions: &mut Vec<Action>) {
    let scales = &model.codebook.scales;
    let Some(axis) = model.scale(RELIABILITY).and_then(|scale| scales.axis(scale, RELIABILITY)) else { return };
    let current = known
        .judged
        .iter()
        .rev()
        .find(|judged| judged.current && judged.handle.eq_ignore_ascii_case(&model.settings.handle));
    let term_of = current.and_then(|judged| judged.assessment.term.clone());
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 3.0;
        for term in &axis.terms {
            let chosen = term_of.as_deref() == Some(term.key.as_str());
            let look = Look { chosen, dashed: term.outside_order, ..Look::default() };
            let name = format!("{} {}", term.key, term.label);
            if choice(ui, &term.key, &name, vec2(26.0, theme::CONTROL), look).on_hover_text(&term.label).clicked() {
                let why = Some(state.why.trim().to_owned()).filter(|why| !why.is_empty());
                let term = Some(term.key.clone()).filter(|_| !chosen);
                actions.push(Action::Register(RegisterEdit::Judge {
                    on: (known.id.clone(), Box::new((*known.source).clone())),
                    term,
                    why,
                }));
                state.why.clear();
            }
        }
        let field = ui
            .add(TextEdit::singleline(&mut state.why).hint_text("why, before the letter").desired_width(f32::INFINITY));
        field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "why the source is as reliable as that"));
    });
    if !known.registered {
        let words = "Your judgement takes the source into your register.";
        ui.label(RichText::new(words).font(theme::regular(theme::SIZE_SMALL)).color(Palette::of(ui).dim));
    }
}

/// Every judgement in the order of time, the latest first.
fn history(ui: &mut Ui, known: &Known) {
    let p = Palette::of(ui);
    for (at, judged) in known.judged.iter().enumerate().rev() {
        let before = known.judged.iter().take(at).rev().find(|other| other.handle == judged.handle);
        let term = |judged: &crate::collection::Judged| {
            judged.assessment.term.clone().unwrap_or_else(|| "withdrawn".to_owned())
        };
        let change = before.map_or_else(|| term(judged), |before| format!("{} → {}", term(before), term(judged)));
        let why = judged.assessment.why.as_ref().map(|why| format!(" because “{why}”")).unwrap_or_default();
        let day = judged.made.as_deref().and_then(|made| made.get(..10)).unwrap_or("no date");
        let words = format!("{day} · {} · {change}{why}", judged.handle);
        let color = if judged.current { p.text } else { p.dim };
        ui.label(RichText::new(words).font(theme::regular(theme::SIZE_FIELD)).color(color));
    }
    if known.judged.is_empty() {
        let words = format!(
            "Nobody has judged it yet. What you choose is proposed on its claims ({} so far), never written by itself.",
            known.claims.len()
        );
        ui.label(RichText::new(words).font(theme::regular(theme::SIZE_SMALL)).color(p.dim));
    }
}

/// How the claims that it says fared: "3 checked · 1 disputed · 8 open".
fn fared(ui: &mut Ui, model: &Model, known: &Known) {
    let order = |status: &str| model.codebook.statuses.iter().position(|word| word.key == status);
    let mut counts: Vec<(&String, &usize)> = known.fared.iter().collect();
    counts.sort_by_key(|(status, _)| order(status).unwrap_or(usize::MAX));
    let words: Vec<String> = counts.iter().map(|(status, count)| format!("{count} {status}")).collect();
    if !words.is_empty() {
        ui.label(RichText::new(words.join(" · ")).font(theme::semibold(theme::SIZE_FIELD)));
    }
}

/// A line that leads to a place.
fn go(
    ui: &mut Ui,
    list: &SourceList,
    place: &Place,
    words: &str,
    target: Target,
    engine: &mut TextEngine,
    actions: &mut Vec<Action>,
) {
    let Some(release) = list.from.releases.get(place.release) else { return };
    let p = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::click());
    let from = format!("{} · {}", release.title(), place.handle);
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, format!("{words} {from}")));
    if !ui.is_rect_visible(rect) {
        return;
    }
    if response.hovered() || response.has_focus() {
        ui.painter().rect_filled(rect, theme::CORNER, p.row);
    }
    let ink = Ink { size: theme::SIZE_FIELD, weight: 400, color: p.text };
    let room = rect.width() - 8.0;
    painted::words(ui, engine, words, rect.left_center() + vec2(4.0, 0.0), room * 0.66, ink);
    let ink = Ink { size: theme::SIZE_SMALL, weight: 400, color: p.dim };
    painted::words(ui, engine, &from, rect.left_center() + vec2(8.0 + room * 0.66, 0.0), room * 0.34 - 4.0, ink);
    if response.clicked()
        && let Some(path) = list.from.paths.get(place.release)
    {
        actions.push(Action::GoTo(path.clone(), target));
    }
}
