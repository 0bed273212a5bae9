//! The document view: one frame of it.
//!
//! Input first, then what is seen is laid out, then painted. Knows no model: a [`Page`] comes in, [`Event`]s go out.
//! Held by `tests/reader.rs`.

use egui::{CursorIcon, Rangef, Rect, Response, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::accessible;
use super::bar;
use super::columns::Columns;
use super::cursor::{Caret, Selection};
use super::draw;
use super::handles;
use super::input::{self, View};
use super::links::link_at;
use super::marks::Owner;
use super::measures::{HEAD, VERSUS_COLUMN, VERSUS_LANES};
use super::page::{Chain, Event, Page};
use super::scroll::{Column, Place};
use super::sheet::Measure;
use super::sheets::{Key, Laying, Sheets};
use super::state::{ReaderState, Seen};
use crate::app::text::TextEngine;
use crate::document::ByteSpan;

/// Where a line that was jumped to comes to stand, as a share of the view's height.
const LANDING: f64 = 0.3;

/// Between a line that was scrolled to and the view's edge.
const BREATH: f64 = 14.0;

/// Chunks that are laid out in one frame at most, so that a text of nothing but blank lines does not hold it up.
const CHUNKS_A_FRAME: usize = 64;

/// What came of one frame.
pub struct Output {
    /// The reader as a widget, for focus and a tooltip.
    pub response: Response,
    /// What the user did.
    pub events: Vec<Event>,
    /// Whose marks are under the pointer, the shortest claim first.
    pub hovered: Vec<Owner>,
}

/// Shows a document in all the room there is.
pub fn show(ui: &mut Ui, engine: &mut TextEngine, page: &Page, state: &mut ReaderState) -> Output {
    let whole = ui.available_rect_before_wrap();
    let child = UiBuilder::new().max_rect(whole);
    ui.scope_builder(child, |ui| {
        ui.shrink_clip_rect(whole);
        ui.expand_to_include_rect(whole);
        frame(ui, engine, page, state)
    })
    .inner
}

fn frame(ui: &mut Ui, engine: &mut TextEngine, page: &Page, state: &mut ReaderState) -> Output {
    let whole = ui.max_rect();
    let response = ui.interact(whole, ui.scope_id().with("reader"), Sense::click_and_drag());
    let words = if page.head.title_words.is_empty() { "Document" } else { &page.head.title_words };
    response.widget_info(|| WidgetInfo::labeled(Role::Document, ui.is_enabled(), words));

    let before = state.selection;
    let heard = accessible::is_on(ui, response.id);
    if heard {
        accessible::requests(ui, response.id, state);
    }
    let taken = handles::interact(ui, page, state);
    let columns = match page.versus {
        Some(_) => Columns::new(whole, VERSUS_COLUMN, VERSUS_LANES),
        None => Columns::new(whole, page.setting.column, page.lanes.len()),
    };
    let pixels = ui.ctx().pixels_per_point();
    let mut sheets = state.take_sheets(page);
    if let Some(span) = state.reveal {
        state.open_folds(page, span);
    }
    let key = key(page, state, &columns, pixels, engine.generation());
    let mut events = Vec::new();
    let top = top_line(&sheets, state.place);
    let changed = sheets.adopt(key);
    let mut laying = Laying { sheets: &mut sheets, page, fonts: &mut engine.fonts };
    if changed {
        state.place = restored(&mut laying, state.place, top);
    }

    if !state.settled && state.selection.span().is_empty() {
        state.selection = Selection::at(laying.seen(state.selection.caret));
    }
    state.settled = true;
    let view_height = f64::from(whole.height());
    let view = View { columns: &columns, covered: covered(&mut laying, state.place) };
    input::keys(ui, &response, view, &mut laying, state);
    if taken.is_none() {
        input::pointer(ui, &response, view, &mut laying, state, &mut events);
    }
    handles::drag(ui, taken, view, &mut laying, state, &mut events);
    wheel(ui, &response, view_height, &mut laying, state);
    let total = laying.chunks().total();
    let handle = bar::handle(state.place.y(laying.chunks()), view_height, total, whole.height());
    if let Some(y) = bar::interact(ui, &columns, state, handle, total) {
        state.place = Place::at_y(y, view_height, &mut laying);
    }
    if let Some(span) = state.reveal.take() {
        reveal(&mut laying, state, span, view_height);
    }
    state.place = state.place.settled(view_height, &mut laying);
    let hovered = hover(ui, &response, view, &mut laying, state);

    let seen = seen(&mut laying, state.place, whole);
    if heard {
        for byte in [state.selection.anchor, state.selection.caret.byte] {
            laying.measure(laying.chunks().at_byte(byte));
        }
    }
    let scrolled = covered(&mut laying, state.place) > 0.0;
    state.view = Some(Seen { columns, tops: seen });
    state.ticks.update(page, &sheets, whole.height());
    state.sheets = Some(sheets);
    let dragged = state.held.as_ref().zip(page.selected);
    let dragged = dragged.map(|(held, chain)| Chain { spans: held.spans.clone(), ..chain.clone() });
    let drawn = Page { selected: dragged.as_ref().or(page.selected), ..*page };
    draw::draw(ui, &response, engine, &drawn, state, scrolled, &mut events);

    if heard {
        accessible::publish(ui, response.id, page, state);
    }
    if state.selection != before {
        events.push(Event::Selected);
    }
    look_ahead(ui, engine, page, state);
    Output { response, events, hovered }
}

/// What the layout of every sheet depends on.
fn key(page: &Page, state: &ReaderState, columns: &Columns, pixels: f32, fonts: u32) -> Key {
    let setting = page.setting;
    Key {
        measure: Measure {
            column: columns.width,
            pixels,
            family: setting.family,
            size: setting.size,
            line_height: setting.line_height,
        },
        fonts,
        structured: page.structure.is_some(),
        head: page.head.clone(),
        opened: state.opened.clone(),
    }
}

/// The byte of the line at the view's top, and how far below the top it stands.
fn top_line(sheets: &Sheets, place: Place) -> Option<(usize, f64)> {
    let sheet = sheets.get(place.chunk)?;
    let line = sheet.lines.iter().find(|line| f64::from(line.top + line.height) > place.offset)?;
    Some((line.span.start, f64::from(line.top) - place.offset))
}

/// The place at which the same line stands where it did, after everything was laid out anew.
fn restored(laying: &mut Laying, place: Place, top: Option<(usize, f64)>) -> Place {
    let Some((byte, below)) = top else { return place };
    match laying.caret_line(byte.into()) {
        // The head of the document stays the head of the document.
        Some(line) if place != Place::default() => Place { chunk: line.chunk, offset: f64::from(line.top) - below },
        _ => place,
    }
}

/// How much of the view the fixed head covers: it is there once the title has gone under it.
fn covered(laying: &mut Laying, place: Place) -> f32 {
    let title_end = laying.page.head.title.map_or(0, |title| title.end);
    if place.chunk > laying.chunks().at_byte(title_end) {
        return HEAD;
    }
    let titled = laying.sheet(place.chunk).and_then(|sheet| {
        let title = sheet.rows.iter().rev().find(|row| row.span.start < title_end).map(super::sheet::Row::bottom);
        sheet.byline.map(|byline| byline + super::measures::BYLINE.1).or(title)
    });
    let end = f64::from(titled.unwrap_or(super::measures::TOP));
    if place.offset > (end - f64::from(HEAD)).max(0.0) { HEAD } else { 0.0 }
}

fn wheel(ui: &Ui, response: &Response, view: f64, laying: &mut Laying, state: &mut ReaderState) {
    if !response.contains_pointer() {
        return;
    }
    let delta = ui.input(|input| f64::from(input.smooth_scroll_delta().y));
    if delta != 0.0 {
        state.place = state.place.moved(-delta, view, laying);
    }
}

/// Moves the view so that `span` is in it: a little where it is near, with room above where it is far.
fn reveal(laying: &mut Laying, state: &mut ReaderState, span: ByteSpan, view: f64) {
    let caret = state.selection.caret;
    let caret = if caret.byte == span.end { caret } else { span.start.into() };
    let Some(line) = laying.caret_line(caret) else { return };
    let covered = f64::from(HEAD);
    let y = state.place.distance_to(line.chunk, f64::from(line.top), laying.chunks());
    let (top, bottom) = (y, y + f64::from(line.height));
    if top >= covered.min(y.max(0.0)) && top >= covered && bottom <= view {
        return;
    }
    let far = top < -view || bottom > 2.0 * view;
    let by = if far {
        top - view * LANDING
    } else if top < covered {
        top - covered - BREATH
    } else {
        bottom - view + BREATH
    };
    let target = Place { chunk: line.chunk, offset: f64::from(line.top) - (top - by) };
    state.place = target.settled(view, laying);
}

/// Whose marks are under the pointer; the pointer's shape.
fn hover(ui: &Ui, response: &Response, view: View, laying: &mut Laying, state: &mut ReaderState) -> Vec<Owner> {
    state.link = None;
    let Some(at) = response.hover_pos().filter(|_| response.hovered()) else { return Vec::new() };
    let byte = input::byte_under(at, view, laying, state.place);
    let page = laying.page;
    let link = byte.filter(|_| ui.input(|input| input.modifiers.command)).and_then(|byte| link_at(page.text, byte));
    if let Some((span, _)) = link {
        ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
        state.link = Some(span);
    } else if at.x >= view.columns.left - 4.0 && at.x <= view.columns.left + view.columns.width {
        ui.ctx().set_cursor_icon(CursorIcon::Text);
    }
    let Some(byte) = byte else { return Vec::new() };
    let mut owners: Vec<Owner> = input::claims_at(page, byte).into_iter().cloned().collect();
    for mark in input::marks_at(page, byte) {
        if !owners.contains(&mark.owner) {
            owners.push(mark.owner.clone());
        }
    }
    owners
}

/// The chunks in view, with the height of their tops on the screen.
fn seen(laying: &mut Laying, place: Place, whole: Rect) -> Vec<(usize, f32)> {
    let mut tops = Vec::new();
    let mut top = whole.top() - place.offset as f32;
    let end = laying.chunks().len().min(place.chunk + CHUNKS_A_FRAME);
    for chunk in place.chunk..end {
        tops.push((chunk, top));
        top += laying.measure(chunk) as f32;
        if top >= whole.bottom() {
            break;
        }
    }
    tops
}

/// Lays out one more chunk of a short text, so that the scroll bar becomes exact, and lets go of what is far.
fn look_ahead(ui: &Ui, engine: &mut TextEngine, page: &Page, state: &mut ReaderState) {
    let Some(sheets) = &mut state.sheets else { return };
    if let Some(chunk) = sheets.unknown() {
        let mut laying = Laying { sheets, page, fonts: &mut engine.fonts };
        laying.measure(chunk);
        ui.ctx().request_repaint();
    }
    if let Some(view) = &state.view
        && let (Some((first, _)), Some((last, _))) = (view.tops.first(), view.tops.last())
    {
        sheets.trim(*first..=*last);
    }
}

impl ReaderState {
    /// Where the lines of `span` were on the screen in the last frame, as wide as the column; `None` where none was.
    #[must_use]
    pub fn on_screen(&self, span: ByteSpan) -> Option<Rect> {
        let (sheets, view) = (self.sheets.as_ref()?, self.view.as_ref()?);
        let across = Rangef::new(view.columns.left, view.columns.left + view.columns.width);
        let mut found: Option<Rect> = None;
        for &(chunk, top) in &view.tops {
            let Some(sheet) = sheets.get(chunk) else { continue };
            for line in sheet.lines.get(sheet.lines_of(span)).unwrap_or(&[]) {
                let rect = Rect::from_min_max(
                    pos2(across.min, top + line.top),
                    pos2(across.max, top + line.top + line.height),
                );
                found = Some(found.map_or(rect, |all| all.union(rect)));
            }
        }
        found
    }

    /// Where the caret of a byte was on the screen in the last frame, as high as its line; `None` where it was not.
    #[must_use]
    pub fn caret_on_screen(&self, byte: usize) -> Option<Rect> {
        let own = self.selection.caret;
        self.on_screen_at(if own.byte == byte { own } else { byte.into() })
    }

    /// The same of a caret.
    pub(super) fn on_screen_at(&self, caret: Caret) -> Option<Rect> {
        let (sheets, view) = (self.sheets.as_ref()?, self.view.as_ref()?);
        let pixels = sheets.measure()?.pixels;
        view.sheets(sheets).find_map(|(sheet, top)| {
            let (x, line) = sheet.caret(caret, pixels)?;
            let at = pos2(view.columns.left + x, top + line.top);
            Some(Rect::from_min_size(at, vec2(0.0, line.height)))
        })
    }
}
