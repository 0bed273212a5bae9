//! The inspector while two sets stand side by side: both marks of the current difference, what was decided about it and
//! why, and how far the two agree.
//!
//! Held by `tests/window.rs`.

use egui::{Align2, Button, ComboBox, Grid, RichText, ScrollArea, Stroke, TextEdit, Ui, pos2, vec2};

use super::differences::{decision_word, quote_of, value};
use super::painted;
use crate::annotation::{Claim, named_value};
use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::release::Release;
use crate::app::settling::SideBySide;
use crate::app::text::{Family, Quote, TextEngine, paint_quote};
use crate::app::theme::{self, Palette};
use crate::app::widgets::{line_of_text, paint_diamond, paint_verdict};
use crate::exchange::{AGREED, counted};
use crate::review::agreement::figure;
use crate::review::{DECIDED_WHY, Facet, Pair, Verdict};

/// What the panel remembers.
#[derive(Default)]
pub struct State {
    /// The difference that the reason is typed for, and the reason.
    why: (Option<usize>, String),
}

/// Draws it.
pub fn show(ui: &mut Ui, model: &Model, engine: &mut TextEngine, state: &mut State, actions: &mut Vec<Action>) {
    let Some((release, settling)) = model.current().and_then(|it| Some((it, it.comparison.as_deref()?))) else {
        return;
    };
    let p = Palette::of(ui);
    ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
    ScrollArea::vertical().auto_shrink([false, true]).show(ui, |ui| {
        ui.set_width(ui.available_width());
        sides(ui, model, release, settling, actions);
        match (&settling.made, settling.current()) {
            (None, _) => drop(ui.label("SideBySide…")),
            (Some(_), None) => drop(ui.label("The two sets agree in everything.")),
            (Some(_), Some(pair)) => {
                difference(ui, model, release, settling, pair, engine, &p);
                decide(ui, model, release, settling, pair, state, actions);
            }
        }
        line_above(ui, &p);
        figures(ui, settling, &p);
        line_above(ui, &p);
        progress(ui, model, release, settling, actions);
    });
}

fn line_above(ui: &mut Ui, p: &Palette) {
    ui.add_space(6.0);
    let y = ui.cursor().top();
    ui.painter().hline(ui.max_rect().x_range(), y, Stroke::new(1.0, p.line));
    ui.add_space(6.0);
}

fn small(words: impl Into<String>) -> RichText {
    RichText::new(words).font(theme::regular(theme::SIZE_SMALL))
}

fn plain(words: impl Into<String>) -> RichText {
    RichText::new(words).font(theme::regular(theme::SIZE_FIELD))
}

fn bold(words: impl Into<String>) -> RichText {
    RichText::new(words).font(theme::semibold(theme::SIZE_FIELD))
}

fn name_of(model: &Model, release: &Release, layer: Option<&str>) -> String {
    match layer {
        None => format!("{} (mine)", release.my_name(&model.settings)),
        Some(handle) => release.layer(handle).map_or(handle, |layer| layer.name.as_str()).to_owned(),
    }
}

/// Which two sets: either may be any of them.
fn sides(ui: &mut Ui, model: &Model, release: &Release, settling: &SideBySide, actions: &mut Vec<Action>) {
    let all: Vec<Option<String>> =
        std::iter::once(None).chain(release.layers.iter().map(|layer| Some(layer.handle.clone()))).collect();
    let sides = [&settling.mine, &settling.theirs];
    for (at, title) in ["Left", "Right"].into_iter().enumerate() {
        let Some(own) = sides.get(at) else { continue };
        ui.horizontal(|ui| {
            ui.add_sized(vec2(40.0, 22.0), egui::Label::new(plain(title)));
            let chosen = name_of(model, release, own.as_deref());
            let room = ui.available_width() - 8.0;
            let combo = ComboBox::from_id_salt(title).selected_text(plain(chosen.as_str())).width(room);
            let shown = combo.show_ui(ui, |ui| {
                for other in &all {
                    let name = name_of(model, release, other.as_deref());
                    if ui.selectable_label(*own == other, name).clicked() && *own != other {
                        // Choosing the other side's set changes sides.
                        let mut pair = [settling.mine.clone(), settling.theirs.clone()];
                        if sides.get(1 - at) == Some(&other) {
                            pair.swap(0, 1);
                        } else if let Some(slot) = pair.get_mut(at) {
                            slot.clone_from(other);
                        }
                        let [mine, theirs] = pair;
                        actions.push(Action::Compare { mine, theirs });
                    }
                }
            });
            let words = format!("set at the {}: {chosen}", title.to_lowercase());
            shown.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, words.as_str()));
        });
    }
    ui.add_space(4.0);
}

/// Number, words, and what each has: bold with ◇ where they differ.
fn difference(
    ui: &mut Ui,
    model: &Model,
    release: &Release,
    settling: &SideBySide,
    pair: &Pair,
    engine: &mut TextEngine,
    p: &Palette,
) {
    let all = settling.differences();
    let number = settling.at.and_then(|at| all.iter().position(|other| *other == at)).map_or(0, |at| at + 1);
    ui.horizontal(|ui| {
        let (sign, _) = ui.allocate_exact_size(vec2(14.0, 18.0), egui::Sense::hover());
        paint_verdict(ui.painter(), p, sign.center(), pair.verdict, None);
        ui.label(bold(format!("Difference {number} of {}", all.len())));
        let [mine, theirs] = settling.refs(pair);
        if let Some(claim) = mine.or(theirs) {
            let start = release.claim_spans(&claim).first().map(|span| span.start);
            let paragraph = start.and_then(|start| release.paragraph_at(start));
            let words = paragraph.map_or_else(String::new, |number| format!("¶{number} · "));
            ui.label(small(format!("{words}{}", value(model, release, &claim, &Facet::Span))).color(p.dim));
        }
    });
    let words = format!("“{}”", quote_of(release, settling, pair));
    let quote = Quote { max_lines: 4, ..Quote::new(&words, Family::Serif, 15.0, 23.0, p.text) };
    let laid = engine.quote(ui.ctx(), &quote, ui.available_width());
    let height = laid.height / ui.ctx().pixels_per_point();
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words.as_str()));
    paint_quote(ui, engine, &laid, rect.min, &quote);
    ui.add_space(4.0);

    let axes = model.codebook.in_use.iter().map(|used| Facet::Assessment(used.axis.clone()));
    let fixed = [Facet::Source, Facet::Cue, Facet::Kind, Facet::Style, Facet::Span];
    let mut facets: Vec<Facet> = fixed.into_iter().chain(axes).collect();
    facets.extend(pair.differs.iter().filter(|facet| !facets.contains(facet)).cloned().collect::<Vec<_>>());
    let room = ((ui.available_width() - 92.0) / 2.0).max(60.0);
    let claims = settling.refs(pair);
    Grid::new("both").num_columns(3).min_row_height(20.0).spacing(vec2(6.0, 2.0)).show(ui, |ui| {
        ui.label("");
        for side in ["mine", "theirs"] {
            ui.add_sized(vec2(room, 18.0), egui::Label::new(bold(side)).halign(egui::Align::LEFT));
        }
        ui.end_row();
        for facet in &facets {
            let differs = pair.differs.contains(facet);
            let (cell, response) = ui.allocate_exact_size(vec2(80.0, 18.0), egui::Sense::hover());
            let title = match facet {
                Facet::Span => "Words".to_owned(),
                other => capitalised(&other.to_string()),
            };
            response.widget_info(|| {
                let words = if differs { format!("{title}, differs") } else { title.clone() };
                egui::WidgetInfo::labeled(egui::Role::Label, true, words)
            });
            let font = theme::regular(theme::SIZE_FIELD);
            let used = line_of_text(ui, cell.left_center(), Align2::LEFT_CENTER, &title, font, p.dim, 66.0);
            if differs {
                paint_diamond(ui.painter(), cell.left_center() + vec2(used + 8.0, 0.0), 8.0, p.text, false);
            }
            for claim in &claims {
                let words = claim.as_ref().map_or_else(|| "–".to_owned(), |claim| value(model, release, claim, facet));
                let (cell, response) = ui.allocate_exact_size(vec2(room, 18.0), egui::Sense::hover());
                let ink = painted::Ink {
                    size: theme::SIZE_FIELD,
                    weight: if differs { 600 } else { 400 },
                    color: if differs { p.text } else { p.dim },
                };
                painted::words(ui, engine, &words, pos2(cell.left(), cell.center().y), room, ink);
                response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, words.as_str()));
                response.on_hover_text(words);
            }
            ui.end_row();
        }
    });
}

fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The buttons, what was decided, by whom and when, and why.
fn decide(
    ui: &mut Ui,
    model: &Model,
    release: &Release,
    settling: &SideBySide,
    pair: &Pair,
    state: &mut State,
    actions: &mut Vec<Action>,
) {
    let p = Palette::of(ui);
    let decided = release.decided();
    let decision = decided.on(pair);
    ui.add_space(4.0);
    let chosen = decision_word(pair, decision);
    let words = match pair.verdict {
        Verdict::OnlyMine => ["mine", "left out", "both"],
        Verdict::OnlyTheirs => ["left out", "theirs", "both"],
        Verdict::Differ | Verdict::Agree => ["mine", "theirs", "both"],
    };
    ui.horizontal(|ui| {
        let width = (ui.available_width() - 8.0) / 3.0;
        let commands = [Command::TakeMine, Command::TakeTheirs, Command::TakeBoth];
        for (command, word) in commands.into_iter().zip(words) {
            if word == "both" && pair.verdict != Verdict::Differ {
                continue;
            }
            let is_on = chosen == word;
            let text = RichText::new(format!("{}  {word}", model.key(command)));
            let text =
                text.font(if is_on { theme::semibold(theme::SIZE_FIELD) } else { theme::regular(theme::SIZE_FIELD) });
            let stroke = if is_on { Stroke::new(2.0, p.accent) } else { Stroke::new(1.0, p.line) };
            let button = Button::new(text).fill(p.paper).stroke(stroke).min_size(vec2(width, 24.0));
            if ui.add(button).clicked() {
                actions.push(Action::Run(command));
            }
        }
    });
    let agreed = release.agreed.as_ref();
    let claims: Vec<&Claim> = agreed
        .iter()
        .flat_map(|agreed| decided.claims(pair).into_iter().filter_map(|id| agreed.work.set().claims.get(&id)))
        .map(|claim| &**claim)
        .collect();
    let refusal =
        agreed.and_then(|agreed| decided.refusals(pair).first().and_then(|id| agreed.work.set().dismissed.get(id)));
    let by = claims.first().and_then(|claim| named_value(&claim.fields, crate::review::DECIDED_BY)).map(String::as_str);
    let by = by.or(refusal.and_then(|refusal| refusal.by.as_deref()));
    let when = claims.first().and_then(|claim| claim.modified.as_ref().or(claim.created.as_ref()));
    let when = when.or(refusal.and_then(|refusal| refusal.made.as_ref()));
    let Some(by) = by.filter(|_| decision.is_some()) else {
        ui.label(small("The decision goes into the agreed set; both marks stay as they are.").color(p.dim));
        return;
    };
    let when = when.map(|when| when.replace('T', " ").replace('Z', " UTC")).unwrap_or_default();
    ui.label(small(format!("Decided: {chosen}, by {by}, {when}")).color(p.dim));
    let why = claims.first().and_then(|claim| named_value(&claim.fields, DECIDED_WHY)).map(String::as_str);
    let why = why.or(refusal.and_then(|refusal| refusal.why.as_deref())).unwrap_or_default();
    if state.why.0 != settling.at {
        state.why = (settling.at, why.to_owned());
    }
    ui.horizontal(|ui| {
        ui.label(plain("Why"));
        let field =
            TextEdit::singleline(&mut state.why.1).desired_width(ui.available_width() - 60.0).hint_text("optional");
        let response = ui.add(field);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "why it was decided so"));
        if response.changed() {
            actions.push(Action::DecideWhy(state.why.1.clone()));
        } else if !response.has_focus() {
            why.clone_into(&mut state.why.1);
        }
        if !claims.is_empty() && ui.button("Edit…").clicked() {
            actions.push(Action::Run(Command::EditAgreed));
        }
    });
}

/// How far the two agree, as loaded.
fn figures(ui: &mut Ui, settling: &SideBySide, p: &Palette) {
    let Some(made) = &settling.made else { return };
    let pairs = &made.alignment.pairs;
    let (both, agreed) = (made.alignment.both(), made.alignment.agreed());
    ui.label(bold("Agreement, as loaded"));
    let without = |facet: &Facet| {
        let shared = pairs.iter().filter(|pair| pair.mine.is_some() && pair.theirs.is_some());
        shared.filter(|pair| !pair.differs.contains(facet)).count()
    };
    let rows = [
        ("Marked by both", both, pairs.len()),
        ("Same words", without(&Facet::Span), both),
        ("Same kind", without(&Facet::Kind), both),
        ("Same source", without(&Facet::Source), both),
        ("Same credibility", without(&Facet::Assessment("credibility".to_owned())), both),
        ("All of these", agreed, both),
    ];
    Grid::new("agreement").num_columns(3).spacing(vec2(10.0, 1.0)).show(ui, |ui| {
        for (title, count, of) in rows {
            ui.label(plain(if title == "All of these" { "In everything" } else { title }));
            ui.label(plain(format!("{count} of {of}")));
            let share = if of == 0 { "–".to_owned() } else { format!("{:.0} %", 100.0 * count as f64 / of as f64) };
            ui.label(plain(share));
            ui.end_row();
        }
    });
    let named = |name: &str, title: &str| {
        let value = match figure(&made.figures, name).map(|figure| &figure.value) {
            Some(Ok(value)) => format!("{value:.2}"),
            Some(Err(why)) => why.to_string(),
            None => "–".to_owned(),
        };
        format!("{title} {value}")
    };
    let measures = [("strict_f1", "strict F₁"), ("overlap_f1", "overlap F₁"), ("character_kappa", "κ of characters")];
    let words = measures.map(|(name, title)| named(name, title)).join(" · ");
    ui.label(plain(words));
    let (mine, theirs) = made.claims;
    ui.label(small(format!("{} in all: {mine} mine, {theirs} theirs", counted(pairs.len(), "claim"))).color(p.dim));
}

/// How much is decided, and taking over the rest.
fn progress(ui: &mut Ui, model: &Model, release: &Release, settling: &SideBySide, actions: &mut Vec<Action>) {
    let Some(made) = &settling.made else { return };
    let p = Palette::of(ui);
    let decided = release.decided();
    let (done, all) = decided.progress(&made.alignment);
    ui.label(bold(format!("{done} of {all} decided")));
    let open = made.alignment.pairs.iter().filter(|pair| pair.verdict == Verdict::Agree && decided.on(pair).is_none());
    let open = open.count();
    if open > 0 {
        let text = format!("{}  Take {} on which both agree", model.key(Command::TakeAgreed), counted(open, "claim"));
        if ui.add(Button::new(plain(text)).fill(p.paper)).clicked() {
            actions.push(Action::Run(Command::TakeAgreed));
        }
    }
    let settled = release.agreed.as_ref().map_or(0, |agreed| agreed.work.set().claims.len());
    ui.label(small(format!("The set “{AGREED}” has {}.", counted(settled, "claim"))).color(p.dim));
}

/// In a narrow window: one line under the reader.
pub fn line(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    let Some((release, settling)) = model.current().and_then(|it| Some((it, it.comparison.as_deref()?))) else {
        return;
    };
    let p = Palette::of(ui);
    let rect = ui.max_rect();
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.0, p.line));
    ui.horizontal_centered(|ui| {
        ui.add_space(10.0);
        let Some(pair) = settling.current() else {
            ui.label(plain("No difference"));
            return;
        };
        let decided = release.decided();
        let names = [&settling.mine, &settling.theirs].map(|side| name_of(model, release, side.as_deref()));
        ui.label(bold(decision_word(pair, decided.on(pair))));
        let what: Vec<String> = pair.differs.iter().map(Facet::to_string).collect();
        let what = if what.is_empty() { "whole claim".to_owned() } else { what.join(", ") };
        ui.label(plain(format!("{} / {} · {what}", names[0], names[1])));
        for command in [Command::TakeMine, Command::TakeTheirs, Command::TakeBoth, Command::Inspector] {
            let name = command.spec().map_or("", |spec| spec.name);
            if ui.small_button(model.key(command)).on_hover_text(name).clicked() {
                actions.push(Action::Run(command));
            }
        }
    });
}
