//! What became of the claim at hand: the history of its judgements, relations.

use egui::{RichText, Sense, TextEdit, Ui, pos2, vec2};

use super::section;
use crate::annotation::{Assessment, Claim, Id};
use crate::app::action::{Action, ClaimRef};
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::panels::dialogs::relations;
use crate::app::release::Release;
use crate::app::theme::{self, Palette};
use crate::app::widgets::{initials, line_of_text, link};
use crate::collection::Related;
use crate::exchange::later;

/// Texts as they are being typed.
#[derive(Default)]
pub struct Drafts {
    why: Option<(Id, String)>,
}

/// Draws the sections that have something in them.
pub fn show(
    ui: &mut Ui,
    model: &Model,
    release: &Release,
    claim: &ClaimRef,
    item: &Claim,
    drafts: &mut Drafts,
    actions: &mut Vec<Action>,
) {
    history(ui, model, release, claim, item, drafts, actions);
    related(ui, model, release, claim, actions);
}

fn history(
    ui: &mut Ui,
    model: &Model,
    release: &Release,
    claim: &ClaimRef,
    item: &Claim,
    drafts: &mut Drafts,
    actions: &mut Vec<Action>,
) {
    let layer = claim.layer.as_deref();
    let (Some(set), Some(index)) = (release.set_of(layer), release.index_of(layer)) else { return };
    let p = Palette::of(ui);
    let all = index.history(set, &claim.id);
    let day =
        all.last().and_then(|(_, assessment)| assessment.made.as_deref()).or(item.created.as_deref()).map(short_day);
    section(ui, &p, "History", &day.unwrap_or_default(), None);
    let who = initials(set.header.annotator.name.as_deref().unwrap_or(&set.header.annotator.handle));
    for (id, assessment) in all.iter().rev() {
        let old = assessment.replaces.as_ref().and_then(|old| set.assessments.get(old));
        let term = |assessment: &Assessment| model.codebook.scales.label(assessment);
        let sign = |assessment: &Assessment| match model.codebook.scales.term(assessment) {
            Some(known) if known.key.chars().count() <= 2 => known.key.clone(),
            _ => term(assessment),
        };
        let change = match old {
            Some(old) => format!("{} → {}", sign(old), sign(assessment)),
            None => term(assessment),
        };
        let change = format!("{} {change}", assessment.axis);
        let made = assessment.made.as_deref();
        let later = old.and_then(|old| later(old.made.as_deref()?, made?));
        let because = assessment.why.as_ref().map(|why| format!("because “{why}”"));
        let after: Vec<String> = later.into_iter().chain(because).collect();
        let change = if after.is_empty() { change } else { format!("{change},") };
        entry(ui, &p, &who, made, &change, &after.join(", "));
        let in_force = index.current(set, &claim.id, &assessment.axis).is_some_and(|(current, _)| current == *id);
        if in_force && layer.is_none() && release.read_only.is_none() {
            why(ui, id, assessment, drafts, actions);
        }
    }
    entry(ui, &p, &who, item.created.as_deref(), "marked", "");
}

/// A line of the history: who, when, what, and after that how much later than what it replaces, and why.
fn entry(ui: &mut Ui, p: &Palette, who: &str, when: Option<&str>, what: &str, after: &str) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let when = when.map(|when| format!("{} {}", short_day(when), short_time(when))).unwrap_or_default();
        ui.label(RichText::new(format!("{who} {when}")).font(theme::regular(theme::SIZE_SMALL)).color(p.dim));
        ui.label(RichText::new(what).font(theme::semibold(theme::SIZE_FIELD)));
        ui.label(RichText::new(after).font(theme::regular(theme::SIZE_FIELD)));
    });
}

/// The reason of a judgement in force, to be typed.
fn why(ui: &mut Ui, id: &Id, assessment: &Assessment, drafts: &mut Drafts, actions: &mut Vec<Action>) {
    let editing = drafts.why.as_ref().is_some_and(|(of, _)| of == id);
    if !editing {
        let words = if assessment.why.is_some() { "change the reason" } else { "say why" };
        if link(ui, words, theme::SIZE_SMALL).clicked() {
            drafts.why = Some((id.clone(), assessment.why.clone().unwrap_or_default()));
        }
        return;
    }
    let Some((_, text)) = &mut drafts.why else { return };
    let edit = TextEdit::singleline(text)
        .hint_text("because …")
        .font(theme::regular(theme::SIZE_FIELD))
        .desired_width(f32::INFINITY);
    let response = ui.add(edit);
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::TextInput, true, format!("reason for {}", assessment.axis))
    });
    if !response.has_focus() && !response.lost_focus() {
        response.request_focus();
    }
    if response.lost_focus() {
        let why = text.clone();
        drafts.why = None;
        if why != assessment.why.clone().unwrap_or_default() {
            actions.push(Action::AssessWhy { axis: assessment.axis.clone(), why });
        }
    }
}

/// How this claim is related to others, in this release and elsewhere, whoever says so and from whichever end.
fn related(ui: &mut Ui, model: &Model, release: &Release, claim: &ClaimRef, actions: &mut Vec<Action>) {
    let Some((list, place)) = model.place(release, claim) else { return };
    let all: Vec<&Related> = list.relations.of_claim(&place).collect();
    if all.is_empty() {
        return;
    }
    let p = Palette::of(ui);
    let origins = list.origins(&place);
    let words = if origins.claims.len() > 1 { origins.words() } else { String::new() };
    section(ui, &p, &format!("Related claims ({})", all.len()), &words, Some(&model.key(Command::Relate)));
    for related in all {
        let other = related.other(&place);
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 18.0), Sense::click());
        // Seen from the other end the same relation reads the other way round.
        let is_from = related.from.claim() == Some(&place);
        let word = relations::label(model, related.kind());
        let word = if is_from { format!("{word} →") } else { format!("← {word}") };
        let quote = relations::words(list, other);
        let target = other.claim().and_then(|place| relations::go(list, place));
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, format!("{word}: {quote}")));
        let y = rect.center().y;
        let paint = |left: f32, width: f32, align, text: &str, color| {
            line_of_text(ui, pos2(left, y), align, text, theme::regular(theme::SIZE_FIELD), color, width)
        };
        paint(rect.left(), 84.0, egui::Align2::LEFT_CENTER, &word, p.dim);
        paint(rect.left() + 88.0, rect.width() - 110.0, egui::Align2::LEFT_CENTER, &quote, p.text);
        let is_mine = related.place.handle.eq_ignore_ascii_case(&model.settings.handle);
        let is_here = list.from.paths.get(related.place.release) == Some(&release.path);
        if is_mine && is_here {
            let cross = egui::Rect::from_center_size(pos2(rect.right() - 8.0, y), vec2(16.0, 16.0));
            let id = ui.scope_id().with(("unrelate", related.place.id.as_str()));
            let taken = ui.interact(cross, id, Sense::click());
            taken.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "take this relation back"));
            paint(cross.center().x, 16.0, egui::Align2::CENTER_CENTER, "×", p.dim);
            if taken.on_hover_text("Take this relation back").clicked() {
                actions.push(Action::Unrelate(related.place.id.clone()));
                continue;
            }
        }
        if response.clicked() {
            actions.extend(target);
        }
    }
}

/// The time of day of a moment, where the reader is.
pub(super) fn short_time(moment: &str) -> String {
    local(moment).map_or_else(|| moment.to_owned(), |zoned| zoned.strftime("%H:%M").to_string())
}

/// The day of a moment, where the reader is.
fn short_day(moment: &str) -> String {
    local(moment).map_or_else(String::new, |zoned| zoned.strftime("%-d %b").to_string())
}

fn local(moment: &str) -> Option<jiff::Zoned> {
    let moment: jiff::Timestamp = moment.parse().ok()?;
    Some(moment.to_zoned(jiff::tz::TimeZone::system()))
}
