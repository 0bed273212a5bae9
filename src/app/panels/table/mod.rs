//! The claims table: all claims at a glance, filtered and sorted; a row and its mark are one selection.
//!
//! Which rows there are and in what order is worked out when the set, the filter or the sort changes; cells only for
//! rows in view. Claims without a source stand first and stay while the rest scrolls. Held by `tests/window.rs`.

mod cells;
mod chips;
mod order;
mod shelf;

use egui::{
    Align2, Button, EventFilter, Key, Popup, PopupCloseBehavior, Rect, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo,
    pos2, vec2,
};

use cells::{COLUMNS, Column, column};
use order::Order;
pub use order::Scope;

use crate::app::action::{Action, ClaimRef};
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::release::Release;
use crate::app::shelf::Asked;
use crate::app::text::TextEngine;
use crate::app::theme::{self, Palette};
use crate::app::widgets::paint_drag_edge;

/// Height of the head row with switch and chips.
const HEAD: f32 = 32.0;
/// The most claims without a source that stay in view.
const PINNED: usize = 2;
/// Width of the tile's column.
const TILE: f32 = 26.0;
/// Space at the left.
const MARGIN: f32 = 10.0;
/// Least width of the quote.
const QUOTE_LEAST: f32 = 120.0;

/// What the table remembers.
#[derive(Default)]
pub struct State {
    /// Its place for the keyboard.
    pub focus: Option<egui::Id>,
    scope: Scope,
    filter: chips::Filter,
    /// The column that sorts, and whether from the greatest; `None`: the order of the text.
    sort: Option<(String, bool)>,
    order: Order,
    shelf: shelf::State,
    /// What was asked of the whole shelf when this was last drawn.
    asked: Option<Asked>,
    /// The claim that was last brought into view here.
    followed: Option<ClaimRef>,
}

/// Draws it.
pub fn show(
    ui: &mut Ui,
    model: &Model,
    engine: &mut TextEngine,
    state: &mut State,
    take_focus: bool,
    actions: &mut Vec<Action>,
) {
    let release = model.current();
    let panel = ui.max_rect();
    paint_drag_edge(ui);
    ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
    let is_narrow = ui.ctx().content_rect().width() < theme::NO_INSPECTOR_BELOW;
    // Another part of the window may have asked: the table then shows the answer.
    if let Some(asked) = model.shelf.asked.as_ref().filter(|asked| state.asked.as_ref() != Some(*asked)) {
        state.scope = Scope::Collection;
        state.shelf.query.clone_from(&asked.query);
    }
    // Without a release there is only the collection; what was chosen stays for the next one.
    let scope = if release.is_some() { state.scope } else { Scope::Collection };
    let is_shelf = scope == Scope::Collection;
    if !is_shelf {
        state.order.update(model, &state.filter, state.sort.as_ref());
    }
    ui.add_space(2.0);
    let (head, _) = ui.allocate_exact_size(vec2(panel.width(), HEAD - 2.0), Sense::hover());
    ui.scope_builder(egui::UiBuilder::new().max_rect(head.shrink2(vec2(MARGIN, 4.0))), |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            if release.is_some() {
                chips::switch(ui, &mut state.scope);
                ui.add_space(4.0);
            }
            if is_shelf {
                shelf::head(ui, model, &mut state.shelf, actions);
            } else {
                chips::show(ui, model, &state.order, is_narrow, &mut state.filter);
            }
        });
    });
    let asked =
        is_shelf.then(|| Asked { query: state.shelf.query.clone(), sort: state.sort.clone().map(shelf::sorts_by) });
    if asked != model.shelf.asked {
        actions.push(Action::Ask(asked.clone()));
    }
    state.asked = asked;
    let columns = columns_shown(model, is_narrow, scope);
    let widths = widths(panel.width(), &columns);
    heads(ui, model, &columns, &widths, scope, state, actions);
    let Some(release) = release.filter(|_| !is_shelf) else {
        return shelf::body(ui, model, engine, state, &columns, &widths, take_focus, actions);
    };
    body(ui, model, release, engine, state, &columns, &widths, take_focus, actions);
}

/// The columns that are shown, by choice or as delivered.
fn columns_shown(model: &Model, is_narrow: bool, scope: Scope) -> Vec<&'static Column> {
    let chosen = &model.settings.layout.columns;
    let delivered = ["quote", "source", "kind", "style", "admiralty", "likelihood", "by"];
    let narrow = ["quote", "source", "admiralty", "by"];
    let names: Vec<&str> = if is_narrow {
        narrow.to_vec()
    } else if chosen.is_empty() {
        delivered.to_vec()
    } else {
        chosen.iter().map(String::as_str).collect()
    };
    let document = (scope == Scope::Collection && !names.contains(&"document")).then_some("document");
    names.into_iter().chain(document).filter_map(column).collect()
}

/// The widths of the columns; the quote takes what is left.
fn widths(width: f32, columns: &[&Column]) -> Vec<f32> {
    let fixed: f32 = columns.iter().filter(|column| column.name != "quote").map(|column| column.width).sum();
    let rest = (width - MARGIN - TILE - fixed - 24.0).max(QUOTE_LEAST);
    columns.iter().map(|column| if column.name == "quote" { rest } else { column.width }).collect()
}

/// The heads: a click sorts, a second one turns round, a third one goes back to the order of the text.
fn heads(
    ui: &mut Ui,
    model: &Model,
    columns: &[&Column],
    widths: &[f32],
    scope: Scope,
    state: &mut State,
    actions: &mut Vec<Action>,
) {
    let p = Palette::of(ui);
    let (row, response) = ui.allocate_exact_size(vec2(ui.max_rect().width(), theme::TABLE_HEAD), Sense::click());
    choose_columns(&response, model, columns, actions);
    let mut x = row.left() + MARGIN + TILE;
    for (column, width) in columns.iter().zip(widths) {
        let rect = Rect::from_min_size(pos2(x, row.top()), vec2(*width, row.height()));
        let response = ui.interact(rect, ui.scope_id().with(("head", column.name)), Sense::click());
        let sorted = state.sort.as_ref().filter(|(name, _)| name == column.name).map(|(_, down)| *down);
        let title = if column.name == "source" && scope == Scope::Release {
            format!("Source {}/{}", state.order.with_source, state.order.in_scope)
        } else {
            column.title.to_owned()
        };
        response.widget_info(|| {
            let words = match sorted {
                None => "",
                Some(false) => ", sorted upwards",
                Some(true) => ", sorted downwards",
            };
            WidgetInfo::labeled(Role::ColumnHeader, true, format!("{title}{words}"))
        });
        let color = if response.hovered() || response.has_focus() { p.text } else { p.dim };
        let font = theme::semibold(theme::SIZE_SMALL);
        let used = crate::app::widgets::line_of_text(
            ui,
            rect.left_center(),
            Align2::LEFT_CENTER,
            &title,
            font,
            color,
            width - 14.0,
        );
        if let Some(down) = sorted {
            arrow(ui, pos2(rect.left() + used + 8.0, rect.center().y), down, color);
        }
        if response.clicked() {
            state.sort = match sorted {
                None => Some((column.name.to_owned(), false)),
                Some(false) => Some((column.name.to_owned(), true)),
                Some(true) => None,
            };
        }
        choose_columns(&response, model, columns, actions);
        x += width;
    }
    ui.painter().hline(row.x_range(), row.bottom() - 0.5, Stroke::new(1.0, p.line));
}

fn arrow(ui: &Ui, at: egui::Pos2, down: bool, color: egui::Color32) {
    let tip = if down { 3.0 } else { -3.0 };
    let points = vec![at + vec2(-3.5, -tip / 2.0), at + vec2(3.5, -tip / 2.0), at + vec2(0.0, tip)];
    ui.painter().add(egui::Shape::convex_polygon(points, color, Stroke::NONE));
}

/// Which columns are shown: the delivered ones and any other of the export's. It stays open for several choices.
fn choose_columns(head: &egui::Response, model: &Model, shown: &[&Column], actions: &mut Vec<Action>) {
    let menu = Popup::context_menu(head).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    menu.show(|ui| {
        ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
            for column in COLUMNS {
                let mut on = shown.iter().any(|other| other.name == column.name);
                if ui.checkbox(&mut on, column.title).clicked() {
                    let mut names: Vec<String> = shown.iter().map(|column| column.name.to_owned()).collect();
                    if on {
                        cells::add_column(&mut names, column.name);
                    } else {
                        names.retain(|name| name != column.name);
                    }
                    set_columns(model, names, actions);
                }
            }
        });
        ui.separator();
        if ui.add(Button::new("As delivered")).clicked() {
            set_columns(model, Vec::new(), actions);
            ui.close();
        }
    });
}

fn set_columns(model: &Model, columns: Vec<String>, actions: &mut Vec<Action>) {
    let mut settings = model.settings.clone();
    settings.layout.columns = columns;
    actions.push(Action::Settings(Box::new(settings)));
}

#[expect(clippy::too_many_arguments, reason = "the table's parts")]
fn body(
    ui: &mut Ui,
    model: &Model,
    release: &Release,
    engine: &mut TextEngine,
    state: &mut State,
    columns: &[&Column],
    widths: &[f32],
    take_focus: bool,
    actions: &mut Vec<Action>,
) {
    let p = Palette::of(ui);
    let whole = ui.available_rect_before_wrap();
    let id = ui.scope_id().with("claims");
    let response = ui.interact(whole, id, Sense::focusable_noninteractive());
    let rows = state.order.rows.len();
    response.widget_info(|| WidgetInfo::labeled(Role::Grid, true, format!("claims, {rows} rows")));
    state.focus = Some(id);
    if take_focus {
        response.request_focus();
    }
    if response.has_focus() {
        let filter = EventFilter { vertical_arrows: true, horizontal_arrows: false, tab: false, escape: false };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        keys(ui, release, state, whole.height(), actions);
    }
    let pinned = state.order.unattributed.min(PINNED);
    for place in 0..pinned {
        one(ui, model, release, engine, state, place, columns, widths, actions);
    }
    if pinned > 0 {
        let (line, _) = ui.allocate_exact_size(vec2(whole.width(), 2.0), Sense::hover());
        ui.painter().rect_filled(line, 0.0, p.line);
    }
    let mut area = ScrollArea::vertical().id_salt("claims").auto_shrink([false, false]);
    if let Some(y) = follow(release, state, pinned, ui.available_height()) {
        area = area.vertical_scroll_offset(y);
    }
    area.show_rows(ui, theme::TABLE_ROW, rows - pinned, |ui, range| {
        for place in range {
            one(ui, model, release, engine, state, place + pinned, columns, widths, actions);
        }
    });
    if response.has_focus() {
        ui.painter().rect_stroke(whole, 0.0, Stroke::new(1.0, p.accent), egui::StrokeKind::Inside);
    }
}

/// Where to scroll to so that the claim at hand is in view, once after it changed elsewhere.
fn follow(release: &Release, state: &mut State, pinned: usize, height: f32) -> Option<f32> {
    let at_hand = release.at_hand().cloned();
    if state.followed == at_hand {
        return None;
    }
    state.followed.clone_from(&at_hand);
    let at = at_hand?;
    let place = state.order.rows.iter().position(|row| *row == at)?.checked_sub(pinned)?;
    // Whole rows, so that none is cut at the upper edge.
    let above = (height / theme::TABLE_ROW / 2.0).floor();
    Some((place as f32 - above).max(0.0) * theme::TABLE_ROW)
}

#[expect(clippy::too_many_arguments, reason = "the table's parts")]
fn one(
    ui: &mut Ui,
    model: &Model,
    release: &Release,
    engine: &mut TextEngine,
    state: &State,
    place: usize,
    columns: &[&Column],
    widths: &[f32],
    actions: &mut Vec<Action>,
) {
    let Some(row) = state.order.rows.get(place) else { return };
    let p = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), theme::TABLE_ROW), Sense::click());
    let selected = release.selected.contains(row);
    if ui.is_rect_visible(rect) {
        if selected {
            ui.painter().rect_filled(rect, 0.0, p.row);
        } else if response.hovered() {
            ui.painter().rect_filled(rect, 0.0, p.paper);
        }
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, p.line));
        cells::tile(ui, model, release, row, pos2(rect.left() + MARGIN, rect.center().y), &p);
        let mut x = rect.left() + MARGIN + TILE;
        for (column, width) in columns.iter().zip(widths) {
            let cell = Rect::from_min_size(pos2(x, rect.top()), vec2(*width - 8.0, rect.height()));
            cells::paint(ui, engine, model, release, row, column, cell, &p);
            x += width;
        }
        response.widget_info(|| {
            let cells = columns
                .iter()
                .map(|column| format!("{} {}", column.title, cells::text(model, release, row, column.name)));
            WidgetInfo::selected(Role::Row, true, selected, cells.collect::<Vec<_>>().join(", "))
        });
    }
    if response.clicked() {
        let modifiers = ui.input(|input| input.modifiers);
        actions.extend(clicked(release, state, row, place, modifiers));
        if response.double_clicked() {
            actions.push(Action::Run(Command::FocusReader));
        }
    }
}

/// A click: alone, with Ctrl one more or one less, with Shift all from the claim at hand.
fn clicked(shown: &Release, state: &State, row: &ClaimRef, place: usize, modifiers: egui::Modifiers) -> Vec<Action> {
    let mut claims = shown.selected.clone();
    if modifiers.command {
        match claims.iter().position(|claim| claim == row) {
            Some(at) => drop(claims.remove(at)),
            None => claims.push(row.clone()),
        }
    } else if modifiers.shift {
        let at_hand = shown.at_hand().and_then(|claim| state.order.rows.iter().position(|row| row == claim));
        let from = at_hand.unwrap_or(place);
        let between = from.min(place)..=from.max(place);
        claims = between.filter_map(|at| state.order.rows.get(at)).cloned().collect();
        // The one at hand stays at hand: the end that the next Shift extends from.
        claims.sort_by_key(|claim| shown.at_hand() == Some(claim));
    } else {
        claims = vec![row.clone()];
    }
    vec![Action::SelectClaims { claims, reveal: true }]
}

/// Arrows, Page, Home and End move the selection; Enter goes to the text.
fn keys(ui: &Ui, release: &Release, state: &State, height: f32, actions: &mut Vec<Action>) {
    let rows = &state.order.rows;
    if rows.is_empty() {
        return;
    }
    let at = release.at_hand().and_then(|claim| rows.iter().position(|row| row == claim));
    let to = step(ui, rows.len(), at, (height / theme::TABLE_ROW) as usize);
    if let Some(row) = to.and_then(|to| rows.get(to)) {
        actions.push(Action::SelectClaims { claims: vec![row.clone()], reveal: true });
    }
    if ui.input(|input| input.key_pressed(Key::Enter)) {
        actions.push(Action::Run(Command::FocusReader));
    }
}

/// Where arrows, Page, Home and End lead from a row; without one, arrows lead to the first.
fn step(ui: &Ui, rows: usize, at: Option<usize>, page: usize) -> Option<usize> {
    let last = rows.checked_sub(1)?;
    ui.input(|input| {
        let pressed = |key| input.key_pressed(key);
        match at {
            _ if pressed(Key::Home) => Some(0),
            _ if pressed(Key::End) => Some(last),
            None if pressed(Key::ArrowDown) || pressed(Key::ArrowUp) => Some(0),
            Some(at) if pressed(Key::ArrowDown) => Some((at + 1).min(last)),
            Some(at) if pressed(Key::ArrowUp) => Some(at.saturating_sub(1).min(last)),
            Some(at) if pressed(Key::PageDown) => Some((at + page).min(last)),
            Some(at) if pressed(Key::PageUp) => Some(at.saturating_sub(page).min(last)),
            _ => None,
        }
    })
}
