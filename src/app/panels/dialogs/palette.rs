//! The command palette: every command by name, fuzzily, with its keys, and why it cannot be done now.
//!
//! Kinds and releases are there too: what has a name can be reached by its name.

use std::path::PathBuf;

use egui::{Align2, Key, Rect, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::app::action::Action;
use crate::app::command::{Row, SPECS};
use crate::app::model::{Dialog, Model};
use crate::app::panels::set_kind;
use crate::app::theme::{self, Palette};
use crate::app::widgets::{line_of_text, paint_key, text_width};

/// Height of a row.
const ROW: f32 = 28.0;
/// The most releases of the folder that are searched.
const MOST_RELEASES: usize = 5_000;

/// What the dialog remembers while it is open.
#[derive(Default)]
pub struct State {
    query: String,
    chosen: usize,
    found: Vec<Found>,
    made_of: Option<String>,
}

/// Something that can be done, and which letters of its name were typed.
struct Found {
    name: String,
    aside: String,
    key: String,
    action: Action,
    why_not: Option<&'static str>,
    matched: Vec<u32>,
}

/// Draws its inside.
pub fn show(ui: &mut Ui, model: &Model, state: &mut State, actions: &mut Vec<Action>) {
    let step = ui.input_mut(|input| {
        let down = input.consume_key(egui::Modifiers::NONE, Key::ArrowDown);
        let up = input.consume_key(egui::Modifiers::NONE, Key::ArrowUp);
        isize::from(down) - isize::from(up)
    });
    let edit = TextEdit::singleline(&mut state.query).hint_text("What do you want to do?").desired_width(f32::INFINITY);
    let response = ui.add(edit);
    response.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, "find a command"));
    if !response.has_focus() && !response.lost_focus() {
        response.request_focus();
    }
    if state.made_of.as_ref() != Some(&state.query) {
        state.found = find(model, &state.query);
        state.made_of = Some(state.query.clone());
        state.chosen = 0;
    }
    let last = state.found.len().saturating_sub(1);
    state.chosen = state.chosen.saturating_add_signed(step).min(last);
    let enter = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let mut done = enter.then_some(state.chosen);
    ui.add_space(4.0);
    if state.found.is_empty() {
        let words = format!("Nothing is called “{}”. Try fewer letters, or F1 for all keys.", state.query.trim());
        ui.colored_label(Palette::of(ui).dim, words);
    }
    ScrollArea::vertical().auto_shrink([false, false]).show_rows(ui, ROW, state.found.len(), |ui, rows| {
        for at in rows {
            let Some(found) = state.found.get(at) else { continue };
            let response = row(ui, found, at == state.chosen);
            if at == state.chosen && step != 0 {
                response.scroll_to_me(None);
            }
            if response.clicked() {
                done = Some(at);
            }
        }
    });
    if let Some(found) = done.and_then(|at| state.found.get(at)) {
        if found.why_not.is_some() {
            response.request_focus();
            return;
        }
        actions.push(Action::Show(Dialog::None));
        actions.push(found.action.clone());
    }
}

/// What fits the letters typed, the best first; with nothing typed all commands in the order of the menus.
fn find(model: &Model, query: &str) -> Vec<Found> {
    let pattern = Pattern::parse(query, CaseMatching::Ignore, Normalization::Smart);
    let mut matcher = Matcher::new(Config::DEFAULT);
    let mut letters = Vec::new();
    let mut found: Vec<(u32, Found)> = Vec::new();
    for mut candidate in candidates(model, query.trim().is_empty()) {
        let mut matched = Vec::new();
        let score = pattern.indices(Utf32Str::new(&candidate.name, &mut letters), &mut matcher, &mut matched);
        if let Some(score) = score {
            matched.sort_unstable();
            matched.dedup();
            candidate.matched = matched;
            found.push((score, candidate));
        }
    }
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    found.into_iter().map(|(_, found)| found).collect()
}

fn candidates(model: &Model, only_commands: bool) -> Vec<Found> {
    let plain = |name: String, aside: String, action: Action| Found {
        name,
        aside,
        key: String::new(),
        action,
        why_not: None,
        matched: Vec::new(),
    };
    let mut all: Vec<Found> = SPECS
        .iter()
        .filter(|spec| !(only_commands && spec.row == Row::Hidden))
        .map(|spec| Found {
            key: model.key(spec.command),
            why_not: spec.command.enabled(model).err(),
            ..plain(spec.name.trim_end_matches('…').to_owned(), spec.menu.name().to_owned(), Action::Run(spec.command))
        })
        .collect();
    if only_commands {
        return all;
    }
    let can_tag = model.current().is_some_and(|release| release.has_own_selected() && release.read_only.is_none());
    for kind in &model.codebook.kinds {
        let mut found = plain(format!("Kind: {}", kind.label), "Tag".to_owned(), set_kind(Some(kind.key.clone())));
        found.why_not = (!can_tag).then_some("Select one of your claims first");
        all.push(found);
    }
    for entry in model.folder.entries.iter().take(MOST_RELEASES) {
        all.push(plain(
            format!("Go to: {}", entry.title),
            entry.byline.clone(),
            Action::ShowRelease(entry.path.clone()),
        ));
    }
    let recent: Vec<PathBuf> = model.settings.recent.clone();
    for path in recent {
        all.push(plain(format!("Open: {}", path.display()), "recent".to_owned(), Action::OpenPaths(vec![path])));
    }
    all
}

fn row(ui: &mut Ui, found: &Found, chosen: bool) -> egui::Response {
    let p = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    response.widget_info(|| {
        let why = found.why_not.map(|why| format!(", not now: {why}")).unwrap_or_default();
        WidgetInfo::selected(
            Role::ListBoxOption,
            found.why_not.is_none(),
            chosen,
            format!("{} {}{why}", found.name, found.key),
        )
    });
    if chosen || response.hovered() {
        ui.painter().rect_filled(rect, theme::CORNER, if chosen { p.row } else { p.paper });
    }
    let y = rect.center().y;
    let color = if found.why_not.is_some() { p.dim } else { p.text };
    let mut right = rect.right() - 8.0;
    if !found.key.is_empty() {
        let width = text_width(ui, &found.key, theme::semibold(theme::SIZE_SMALL)).max(9.0) + 8.0;
        right -= width;
        paint_key(ui, &p, pos2(right, y), &found.key);
        right -= 8.0;
    }
    let aside = found.why_not.unwrap_or(&found.aside);
    let font = theme::regular(theme::SIZE_SMALL);
    let aside_width = text_width(ui, aside, font.clone()).min(rect.width() * 0.5);
    line_of_text(ui, pos2(right, y), Align2::RIGHT_CENTER, aside, font, p.dim, aside_width + 1.0);
    let room = Rect::from_min_max(rect.min, pos2(right - aside_width - 12.0, rect.bottom()));
    name(ui, found, pos2(rect.left() + 8.0, y), room.width() - 8.0, color);
    response
}

/// The name with the typed letters bold.
fn name(ui: &Ui, found: &Found, at: egui::Pos2, width: f32, color: egui::Color32) {
    let mut job = egui::text::LayoutJob::default();
    for (i, letter) in found.name.chars().enumerate() {
        let is_typed = found.matched.binary_search(&(i as u32)).is_ok();
        let font_id = if is_typed { theme::bold(theme::SIZE_BODY) } else { theme::regular(theme::SIZE_BODY) };
        job.append(letter.encode_utf8(&mut [0; 4]), 0.0, egui::TextFormat { font_id, color, ..Default::default() });
    }
    job.wrap = egui::text::TextWrapping::truncate_at_width(width);
    let galley = ui.painter().layout_job(job);
    let height = galley.size().y;
    ui.painter().galley(pos2(at.x, at.y - height / 2.0), galley, color);
}
