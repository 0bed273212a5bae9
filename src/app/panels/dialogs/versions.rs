//! A release in a new version: which numbers and hedges are others, what has become of each claim of mine, and the text's
//! changes; each claim is taken over or set aside by hand.
//!
//! What is gone is struck through, what is new is underlined: never by colour alone.

use std::collections::BTreeMap;
use std::path::PathBuf;

use egui::{Key, RichText, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, vec2};

use crate::annotation::Id;
use crate::app::action::{Action, ClaimRef};
use crate::app::comparing::{Comparing, VersionsSeen};
use crate::app::model::Model;
use crate::app::panels::painted::{self, Ink, Wording};
use crate::app::text::TextEngine;
use crate::app::theme::{self, Palette};
use crate::document::ByteSpan;
use crate::review::versions::{Fate, Piece, PieceKind, SET_ASIDE, State as Became, Take, Version, set_aside, taken};

/// Height of a release's row.
const ROW: f32 = 36.0;

/// Titles that share this much are probably of the same release.
const LIKELY: f64 = 0.6;

/// What the dialog remembers while it is open.
#[derive(Default)]
pub struct State {
    /// Whether the shown release is the older version.
    shown_is_old: bool,
    /// Whether another release is being chosen, though a comparison is there.
    chooses: bool,
    query: String,
    at: usize,
    /// The releases to choose from with how alike the titles are, the likeliest first; for so many entries.
    likely: (usize, Vec<(f64, usize)>),
    /// Claims that were decided are shown, too.
    shows_decided: bool,
}

/// Draws its inside.
pub fn show(ui: &mut Ui, model: &Model, engine: &mut TextEngine, state: &mut State, actions: &mut Vec<Action>) {
    let Some(release) = model.current() else { return };
    let own = |comparing: &&Comparing| comparing.new == release.path || comparing.made.is_none();
    match model.comparing.as_ref().filter(own).filter(|_| !state.chooses) {
        Some(comparing) => compared(ui, model, comparing, engine, state, actions),
        None => choose(ui, model, engine, state, actions),
    }
}

/// The other version is chosen: near-identical titles stand first.
fn choose(ui: &mut Ui, model: &Model, engine: &mut TextEngine, state: &mut State, actions: &mut Vec<Action>) {
    let p = Palette::of(ui);
    let Some(release) = model.current() else { return };
    ui.label("Compare the shown release with its other version, and take your claims over to the newer one.");
    ui.horizontal(|ui| {
        ui.radio_value(&mut state.shown_is_old, false, "The shown release is the newer version");
        ui.radio_value(&mut state.shown_is_old, true, "… the older one");
    });
    let entries = &model.folder.entries;
    if state.likely.0 != entries.len() || state.likely.1.is_empty() {
        let title = release.about().title.unwrap_or_else(|| release.document.name.clone()).to_lowercase();
        let rated = entries.iter().enumerate().filter(|(_, entry)| entry.path != release.path);
        let mut rated: Vec<(f64, usize)> =
            rated.map(|(at, entry)| (strsim::sorensen_dice(&title, &entry.title.to_lowercase()), at)).collect();
        rated.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        state.likely = (entries.len(), rated);
    }
    let (up, down) = ui.input_mut(|input| {
        let none = egui::Modifiers::NONE;
        (input.consume_key(none, Key::ArrowUp), input.consume_key(none, Key::ArrowDown))
    });
    let edit = TextEdit::singleline(&mut state.query).hint_text("Find by title").desired_width(f32::INFINITY);
    let field = ui.add(edit);
    field.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, "find the other version"));
    if !state.chooses && !field.has_focus() && !field.lost_focus() && ui.memory(|memory| memory.focused().is_none()) {
        field.request_focus();
    }
    if field.changed() {
        state.at = 0;
    }
    let query = state.query.trim().to_lowercase();
    let found = state.likely.1.iter().filter_map(|&(likeness, at)| Some((likeness, entries.get(at)?)));
    let found: Vec<_> = found.filter(|(_, entry)| entry.title.to_lowercase().contains(&query)).collect();
    state.at = match (up, down) {
        (true, _) => state.at.saturating_sub(1),
        (_, true) => state.at + 1,
        _ => state.at,
    };
    state.at = state.at.min(found.len().saturating_sub(1));
    let mut chosen: Option<PathBuf> = None;
    let enter = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let room = (ui.available_height() - 40.0).max(ROW);
    ScrollArea::vertical().max_height(room).auto_shrink([false, false]).show_rows(ui, ROW, found.len(), |ui, range| {
        for at in range {
            let Some((likeness, entry)) = found.get(at) else { continue };
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW - 2.0), Sense::click());
            let is_at = at == state.at;
            let name = entry.path.file_name().unwrap_or_default().to_string_lossy();
            let likely = if *likeness >= LIKELY { "title alike · " } else { "" };
            let second = format!("{likely}{}{}{name}", entry.byline, if entry.byline.is_empty() { "" } else { " · " });
            response.widget_info(|| {
                WidgetInfo::selected(Role::ListBoxOption, true, is_at, format!("{}, {second}", entry.title))
            });
            if is_at {
                ui.painter().rect_filled(rect, theme::CORNER, p.row);
            } else if response.hovered() || response.has_focus() {
                let stroke = egui::Stroke::new(1.0, p.control);
                ui.painter().rect_stroke(rect, theme::CORNER, stroke, egui::StrokeKind::Inside);
            }
            let ink = Ink { size: theme::SIZE_FIELD, weight: 400, color: p.text };
            let left = rect.left() + 8.0;
            painted::words(ui, engine, &entry.title, egui::pos2(left, rect.top() + 11.0), rect.width() - 16.0, ink);
            let ink = Ink { size: theme::SIZE_SMALL, weight: 400, color: p.dim };
            painted::words(ui, engine, &second, egui::pos2(left, rect.top() + 25.0), rect.width() - 16.0, ink);
            if response.clicked() || (is_at && enter) {
                chosen = Some(entry.path.clone());
            }
        }
    });
    ui.horizontal(|ui| {
        if ui.button("Other file…").clicked() {
            actions.push(Action::PickVersion { is_older: !state.shown_is_old });
        }
        if state.chooses && ui.button("Back").clicked() {
            state.chooses = false;
        }
    });
    if let Some(other) = chosen {
        state.chooses = false;
        actions.push(Action::CompareWith { other, is_older: !state.shown_is_old });
    }
}

/// The comparison.
fn compared(
    ui: &mut Ui,
    model: &Model,
    comparing: &Comparing,
    engine: &mut TextEngine,
    state: &mut State,
    actions: &mut Vec<Action>,
) {
    let p = Palette::of(ui);
    let made = match &comparing.made {
        None => {
            ui.horizontal(|ui| {
                ui.spinner();
                ui.label("The two versions are being compared …");
            });
            return;
        }
        Some(Err(why)) => {
            ui.label(RichText::new(why).color(p.disputed));
            if ui.button("Choose another").clicked() {
                state.chooses = true;
            }
            return;
        }
        Some(Ok(made)) => made,
    };
    let name = |path: &std::path::Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    line(ui, engine, &format!("Older: {} · {}", made.old_title, name(&comparing.old)), p.dim);
    line(ui, engine, &format!("Newer: {} · {}", made.new_title, name(&comparing.new)), p.text);
    for note in &made.notes {
        ui.label(RichText::new(note).color(p.disputed));
    }
    ui.horizontal(|ui| {
        ui.label(RichText::new("Nothing is taken over before you say so.").color(p.dim));
        if ui.button("Choose another…").clicked() {
            state.chooses = true;
        }
        if ui.button("Compare again").clicked() {
            actions.push(Action::CompareWith { other: comparing.old.clone(), is_older: true });
        }
    });
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        lifted(ui, made, engine, actions);
        claims(ui, model, made, engine, state, actions);
        changes(ui, made, engine, actions);
    });
}

/// Numbers and hedges that are others, each with both sentences.
fn lifted(ui: &mut Ui, made: &VersionsSeen, engine: &mut TextEngine, actions: &mut Vec<Action>) {
    let p = Palette::of(ui);
    let all = &made.versions.lifted;
    crate::app::widgets::heading(ui, "Numbers and hedges", &all.len().to_string());
    if all.is_empty() {
        ui.label(RichText::new("No number and no hedge is another one.").color(p.dim));
    }
    let (old, new) = (made.versions.old(), made.versions.new_version());
    for lifted in all {
        ui.horizontal(|ui| {
            let words = |version: &Version, span: Option<ByteSpan>| {
                span.map_or("–", |span| version.text.slice(span)).to_owned()
            };
            let text = format!("{} → {}", words(old, lifted.old), words(new, lifted.new));
            ui.label(RichText::new(lifted.told.name()).font(theme::regular(theme::SIZE_SMALL)).color(p.dim));
            let width = ui.available_width() - 56.0;
            let (rect, response) = ui.allocate_exact_size(vec2(width, 20.0), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &text));
            let ink = Ink { size: theme::SIZE_BODY, weight: 600, color: p.text };
            painted::words(ui, engine, &text, rect.left_center(), rect.width(), ink);
            if ui.button("Show").clicked() {
                actions.push(Action::SelectText(lifted.new.unwrap_or(lifted.new_sentence)));
            }
        });
        let pieces = made.versions.side_by_side(lifted.old_sentence, lifted.new_sentence);
        wording(ui, made, &pieces, engine);
        ui.add_space(6.0);
    }
}

/// Each claim of mine on the old version, with what can be done about it.
fn claims(
    ui: &mut Ui,
    model: &Model,
    made: &VersionsSeen,
    engine: &mut TextEngine,
    state: &mut State,
    actions: &mut Vec<Action>,
) {
    let p = Palette::of(ui);
    let Some(release) = model.current() else { return };
    let (taken, aside) = (taken(release.set()), set_aside(release.set()));
    let waits = |id: &Id| !taken.contains_key(id) && !aside.contains_key(id);
    let waiting = made.claims.iter().filter(|id| waits(id)).count();
    crate::app::widgets::heading(ui, "Your claims", &format!("{waiting} of {} wait", made.claims.len()));
    if made.claims.is_empty() {
        ui.label(RichText::new("You have marked no claim on the older version.").color(p.dim));
        return;
    }
    let take_of = |became: Became| -> Vec<Take> {
        let waiting = made.claims.iter().filter(|id| waits(id));
        let fates = waiting.filter_map(|id| Some((id, made.fate(id)?))).filter(|(_, fate)| fate.state == became);
        fates.map(|(id, fate)| Take { claim: id.clone(), spans: fate.new.clone() }).collect()
    };
    ui.horizontal_wrapped(|ui| {
        for became in [Became::Kept, Became::Moved] {
            let take = take_of(became);
            let name = format!("Take over all {} {}", take.len(), became.name());
            if !take.is_empty() && ui.button(name).clicked() {
                actions.push(Action::CarryClaims(take));
            }
        }
        ui.checkbox(&mut state.shows_decided, "Show decided ones");
    });
    for id in made.claims.iter().filter(|id| state.shows_decided || waits(id)) {
        let Some(fate) = made.fate(id) else { continue };
        ui.push_id(id.as_str(), |ui| claim(ui, model, made, id, fate, &taken, &aside, engine, actions));
    }
}

#[expect(clippy::too_many_arguments, reason = "a claim's parts")]
fn claim(
    ui: &mut Ui,
    model: &Model,
    made: &VersionsSeen,
    id: &Id,
    fate: &Fate,
    taken: &BTreeMap<&Id, &Id>,
    aside: &BTreeMap<&Id, &Id>,
    engine: &mut TextEngine,
    actions: &mut Vec<Action>,
) {
    let p = Palette::of(ui);
    ui.separator();
    let (old, new) = (made.versions.old(), made.versions.new_version());
    let number = |version: &Version, spans: &[ByteSpan]| {
        let paragraph = spans.first().and_then(|span| version.structure.paragraph_at(span.start));
        paragraph.map_or_else(|| "–".to_owned(), |paragraph| format!("¶{}", paragraph.number))
    };
    let note = if fate.is_sentence_other { " · its sentence is another" } else { "" };
    let place = format!("{} → {}{note}", number(old, &fate.old), number(new, &fate.new));
    ui.horizontal(|ui| {
        ui.label(RichText::new(fate.state.name()).font(theme::semibold(theme::SIZE_FIELD)).color(p.text));
        ui.label(RichText::new(place).font(theme::regular(theme::SIZE_SMALL)).color(p.dim));
    });
    if fate.state == Became::Changed {
        let pieces = made.versions.side_by_side(hull(&fate.old), hull(&fate.new));
        wording(ui, made, &pieces, engine);
    } else {
        let quote = made.set.claims.get(id).map(|claim| claim.anchor.quote_line()).unwrap_or_default();
        let gone = fate.state == Became::Lost;
        let wording = if gone { Wording::Gone } else { Wording::Same };
        painted::marked(ui, engine, &[(wording, format!("“{quote}”"), false)]);
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        if let Some(&there) = taken.get(id) {
            ui.label(RichText::new("taken over").color(p.dim));
            if ui.button("Show").clicked() {
                let claims = vec![ClaimRef::mine(there.clone())];
                actions.push(Action::SelectClaims { claims, reveal: true });
            }
            return;
        }
        if let Some(&dismissal) = aside.get(id) {
            ui.label(RichText::new("set aside").color(p.dim));
            if ui.button("Let it wait again").clicked() {
                actions.push(Action::Undismiss(dismissal.clone()));
            }
            return;
        }
        if !fate.new.is_empty() {
            let name = if fate.state == Became::Changed { "Take the new words" } else { "Take over" };
            if ui.button(name).clicked() {
                actions.push(Action::CarryClaims(vec![Take { claim: id.clone(), spans: fate.new.clone() }]));
            }
            if ui.button("Show").clicked() {
                actions.push(Action::SelectText(hull(&fate.new)));
            }
        }
        for spans in &fate.candidates {
            let place = number(new, spans);
            if ui.button(format!("Show {place}")).clicked() {
                actions.push(Action::SelectText(hull(spans)));
            }
            if ui.button(format!("Take over in {place}")).clicked() {
                actions.push(Action::CarryClaims(vec![Take { claim: id.clone(), spans: spans.clone() }]));
            }
        }
        let selection = model.current().map(|release| release.selection).filter(|span| !span.is_empty());
        let here = ui.add_enabled(selection.is_some(), egui::Button::new("Take over here"));
        let here = here.on_hover_text("The words selected in the text become the claim");
        let clicked = here.on_disabled_hover_text("Select the words in the text beside first").clicked();
        if let Some(span) = selection.filter(|_| clicked) {
            actions.push(Action::CarryClaims(vec![Take { claim: id.clone(), spans: vec![span] }]));
        }
        if ui.button("Set aside").on_hover_text("It no longer waits; it can be fetched back").clicked() {
            let (check, why) = (SET_ASIDE.to_owned(), String::new());
            actions.push(Action::Dismiss { check, on: Some(id.clone()), span: None, why });
        }
    });
}

/// The text's changes, paragraph by paragraph.
fn changes(ui: &mut Ui, made: &VersionsSeen, engine: &mut TextEngine, actions: &mut Vec<Action>) {
    let p = Palette::of(ui);
    let all = &made.versions.changes;
    crate::app::widgets::heading(ui, "Text", &all.len().to_string());
    if all.is_empty() {
        ui.label(RichText::new("Both versions say the same in the same words.").color(p.dim));
    }
    for change in all {
        ui.separator();
        let numbers = |range: &std::ops::Range<usize>| match range.len() {
            0 => "–".to_owned(),
            1 => format!("¶{}", range.start + 1),
            _ => format!("¶{}–{}", range.start + 1, range.end),
        };
        let new = made.versions.new_version().structure.paragraphs().get(change.new.clone());
        let span = new.and_then(|all| Some(ByteSpan { start: all.first()?.span.start, end: all.last()?.span.end }));
        ui.horizontal(|ui| {
            ui.label(RichText::new(change.kind.name()).font(theme::semibold(theme::SIZE_FIELD)).color(p.text));
            let place = format!("{} → {}", numbers(&change.old), numbers(&change.new));
            ui.label(RichText::new(place).font(theme::regular(theme::SIZE_SMALL)).color(p.dim));
            if let Some(span) = span
                && ui.button("Show").clicked()
            {
                actions.push(Action::SelectText(span));
            }
        });
        wording(ui, made, &change.pieces, engine);
    }
}

/// Words with what is gone struck through and what is new underlined.
fn wording(ui: &mut Ui, made: &VersionsSeen, pieces: &[Piece], engine: &mut TextEngine) {
    let part = |piece: &Piece| {
        let wording = match piece.kind {
            PieceKind::Same => Wording::Same,
            PieceKind::Removed => Wording::Gone,
            PieceKind::Added => Wording::New,
        };
        let words: Vec<&str> = made.versions.words(piece).split_whitespace().collect();
        (wording, words.join(" "), piece.is_apart)
    };
    let parts: Vec<_> = pieces.iter().map(part).collect();
    painted::marked(ui, engine, &parts);
}

fn line(ui: &mut Ui, engine: &mut TextEngine, words: &str, color: egui::Color32) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 18.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    let ink = Ink { size: theme::SIZE_FIELD, weight: 400, color };
    painted::words(ui, engine, words, rect.left_center(), rect.width(), ink);
}

fn hull(spans: &[ByteSpan]) -> ByteSpan {
    ByteSpan { start: spans.first().map_or(0, |span| span.start), end: spans.last().map_or(0, |span| span.end) }
}
