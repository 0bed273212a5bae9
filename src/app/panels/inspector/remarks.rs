//! What was said about the claim at hand, by everybody: threads of remarks, the settled ones folded to a line, with
//! replies and a last word; and what was said about something that is gone.

use std::collections::BTreeSet;

use egui::{RichText, Sense, TextEdit, Ui, vec2};

use super::section;
use super::threads::short_time;
use crate::annotation::Id;
use crate::app::action::{Action, ClaimRef};
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::release::Release;
use crate::app::theme::{self, Palette};
use crate::app::widgets::{Face, initials, link, paint_disc, paint_face};
use crate::review::{Said, Thread};

/// How far a reply stands in.
const REPLY: f32 = 27.0;

/// What the section remembers of the claim at hand.
#[derive(Default)]
pub struct Drafts {
    /// The reply that is being typed, and to which thread.
    reply: String,
    to: Option<Id>,
    /// Whether the field is to have the keyboard.
    focus: bool,
    /// Settled threads that are unfolded.
    open: BTreeSet<Id>,
    /// Remarks that were new when the claim came to hand.
    fresh: BTreeSet<Id>,
}

/// The threads about the claim at hand, whoever marked it.
pub fn show(
    ui: &mut Ui,
    model: &Model,
    release: &Release,
    claim: &ClaimRef,
    drafts: &mut Drafts,
    actions: &mut Vec<Action>,
) {
    let ids = release.aliases(claim);
    let threads: Vec<&Thread> = ids.iter().flat_map(|id| release.threads.about(id)).collect();
    list(ui, model, release, ("Remarks", Some(&claim.id)), &threads, drafts, actions);
}

/// The threads about what is in no set any more; nothing where there are none.
pub fn loose(ui: &mut Ui, model: &Model, release: &Release, drafts: &mut Drafts, actions: &mut Vec<Action>) {
    let threads: Vec<&Thread> = release.threads.loose().collect();
    if !threads.is_empty() {
        list(ui, model, release, ("Remarks on what is gone", None), &threads, drafts, actions);
    }
}

fn list(
    ui: &mut Ui,
    model: &Model,
    release: &Release,
    (title, on): (&str, Option<&Id>),
    threads: &[&Thread],
    drafts: &mut Drafts,
    actions: &mut Vec<Action>,
) {
    let p = Palette::of(ui);
    let said = || threads.iter().flat_map(|thread| &thread.said);
    let unread: Vec<Id> = said().filter(|said| release.is_unread(said)).map(|said| said.id.clone()).collect();
    if !unread.is_empty() {
        drafts.fresh.extend(unread.iter().cloned());
        actions.push(Action::HaveRead(unread));
    }
    let open = threads.iter().filter(|thread| thread.settled().is_none()).count();
    let fresh = said().filter(|said| drafts.fresh.contains(&said.id)).count();
    let mut aside: Vec<String> = Vec::new();
    if fresh > 0 {
        aside.push(format!("{fresh} new"));
    }
    if !threads.is_empty() {
        aside.push(said().count().to_string());
        aside.push(if open > 0 { "open" } else { "settled" }.to_owned());
    }
    let key = on.map(|_| model.key(Command::Remark));
    section(ui, &p, title, &aside.join(" · "), key.as_deref());
    for thread in threads {
        let Some(first) = thread.said.first() else { continue };
        let is_settled = thread.settled().is_some();
        if is_settled && !drafts.open.contains(&first.id) {
            folded(ui, model, release, thread, drafts);
            continue;
        }
        whose_mark(ui, release, on, thread);
        for said in &thread.said {
            let indent = if said.id == first.id { 0.0 } else { REPLY };
            remark(ui, model, release, said, indent, drafts.fresh.contains(&said.id), actions);
        }
        let latest = thread.said.last().map_or(&first.id, |said| &said.id);
        below(ui, (&first.id, latest), is_settled, drafts, actions);
    }
}

/// A settled thread on one line.
fn folded(ui: &mut Ui, model: &Model, release: &Release, thread: &Thread, drafts: &mut Drafts) {
    let Some(first) = thread.said.first() else { return };
    let more = if thread.said.len() > 1 { format!(" · {}", thread.said.len()) } else { String::new() };
    let words = format!("settled{more}: {} “{}”", name_of(model, release, first), first.remark.text);
    let p = Palette::of(ui);
    let text = RichText::new(&words).font(theme::regular(theme::SIZE_SMALL)).color(p.dim);
    let response = ui.add(egui::Label::new(text).truncate().sense(Sense::click()));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &words));
    if response.on_hover_text(&first.remark.text).clicked() {
        drafts.open.insert(first.id.clone());
    }
}

/// On whose mark a thread is, where it is not on the one at hand.
fn whose_mark(ui: &mut Ui, release: &Release, on: Option<&Id>, thread: &Thread) {
    let p = Palette::of(ui);
    let about = thread.about.as_ref().filter(|about| on.is_some_and(|on| on != *about));
    let words = match (about.and_then(|about| release.claim_of_id(about)), on) {
        (Some(claim), _) => {
            let layer = claim.layer.as_deref().and_then(|handle| release.layer(handle));
            layer.map_or_else(|| "on your mark of it".to_owned(), |layer| format!("on the mark of {}", layer.name))
        }
        (None, None) => "the mark it was about is in no set any more".to_owned(),
        (None, Some(_)) => return,
    };
    ui.label(RichText::new(words).font(theme::regular(theme::SIZE_SMALL)).color(p.dim));
}

fn name_of<'a>(model: &'a Model, release: &'a Release, said: &Said) -> &'a str {
    let layer = said.by.and_then(|by| release.layers.get(by));
    layer.map_or_else(|| release.my_name(&model.settings), |layer| &layer.name)
}

fn remark(
    ui: &mut Ui,
    model: &Model,
    release: &Release,
    said: &Said,
    indent: f32,
    is_fresh: bool,
    actions: &mut Vec<Action>,
) {
    let p = Palette::of(ui);
    let name = name_of(model, release, said);
    ui.horizontal_top(|ui| {
        ui.add_space(indent);
        let (rect, _) = ui.allocate_exact_size(vec2(22.0, 22.0), Sense::hover());
        match said.by.and_then(|by| release.layers.get(by)) {
            None => paint_disc(ui.painter(), &p, rect.center(), 20.0, &initials(name), true),
            Some(layer) => {
                let face = Face { slot: layer.slot, look: crate::review::Look::Shown };
                paint_face(ui.painter(), &p, rect.center(), 20.0, &initials(name), face);
            }
        }
        ui.vertical(|ui| {
            ui.horizontal(|ui| {
                ui.label(RichText::new(name).font(theme::semibold(theme::SIZE_FIELD)));
                let time = said.remark.made.as_deref().map(short_time).unwrap_or_default();
                ui.label(RichText::new(time).font(theme::regular(theme::SIZE_FIELD)).color(p.dim));
                if said.remark.resolved {
                    ui.label(RichText::new("settled").font(theme::regular(theme::SIZE_SMALL)).color(p.dim));
                }
                if is_fresh {
                    ui.label(RichText::new("new").font(theme::semibold(theme::SIZE_SMALL)).color(p.accent));
                }
                if said.by.is_none() {
                    let taken = link(ui, "delete", theme::SIZE_SMALL);
                    if taken.on_hover_text("Undo brings it back").clicked() {
                        actions.push(Action::DeleteRemark(said.id.clone()));
                    }
                }
            });
            let text = RichText::new(&said.remark.text).font(theme::regular(theme::SIZE_FIELD));
            ui.label(if said.remark.resolved { text.color(p.dim) } else { text });
        });
    });
}

/// What can be done with a thread: reply, settle, open again, fold.
fn below(ui: &mut Ui, (first, latest): (&Id, &Id), is_settled: bool, drafts: &mut Drafts, actions: &mut Vec<Action>) {
    let is_replying = drafts.to.as_ref() == Some(first);
    ui.horizontal(|ui| {
        ui.add_space(REPLY);
        ui.spacing_mut().item_spacing.x = 12.0;
        if !is_replying && link(ui, "reply", theme::SIZE_SMALL).clicked() {
            (drafts.to, drafts.focus) = (Some(first.clone()), true);
        }
        let words = if is_settled { "open again" } else { "settle" };
        if link(ui, words, theme::SIZE_SMALL).clicked() {
            let text = if is_replying { std::mem::take(&mut drafts.reply) } else { String::new() };
            drafts.to = None;
            actions.push(Action::Settle { thread: first.clone(), settled: !is_settled, text });
        }
        if is_settled && link(ui, "fold", theme::SIZE_SMALL).clicked() {
            drafts.open.remove(first);
        }
    });
    if !is_replying {
        return;
    }
    let edit = TextEdit::singleline(&mut drafts.reply)
        .hint_text("Reply")
        .font(theme::regular(theme::SIZE_FIELD))
        .desired_width(f32::INFINITY)
        .margin(vec2(8.0, 3.0));
    let response = ui.add(edit);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "reply to the remarks"));
    if std::mem::take(&mut drafts.focus) {
        response.request_focus();
    }
    let enter = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    if enter && !drafts.reply.trim().is_empty() {
        let text = std::mem::take(&mut drafts.reply).trim().to_owned();
        drafts.to = None;
        actions.push(Action::AddRemark { on: latest.clone(), text });
    }
}
