//! Handles at the ends of the claim at hand: dragged, they change which words are its own.
//!
//! Where a handle was in the last frame it can be taken in this one; what a drag leads to is shown while it lasts and
//! told as one event when it ends. Held by `tests/reader.rs`.

use egui::{CursorIcon, Rect, Response, Sense, Ui, vec2};

use super::cursor::{Caret, Selection};
use super::input::{self, View};
use super::page::{Chain, Event, Page};
use super::sheets::Laying;
use super::state::ReaderState;
use crate::document::ByteSpan;

/// Width of the place where a handle can be taken.
const REACH: f32 = 10.0;

/// An end of one of the claim's spans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct End {
    /// Which span, from 0.
    pub span: usize,
    /// Its end, or its start.
    pub is_end: bool,
}

/// A handle that is held.
#[derive(Clone, Debug)]
pub(super) struct Held {
    end: End,
    /// The claim's words as they would be.
    pub spans: Vec<ByteSpan>,
}

/// The ends of spans with the caret at each.
pub(super) fn ends(spans: &[ByteSpan]) -> impl Iterator<Item = (End, Caret)> + '_ {
    spans.iter().enumerate().flat_map(|(span, words)| {
        let start = (End { span, is_end: false }, Caret::from(words.start));
        [start, (End { span, is_end: true }, Selection::of(*words).caret)]
    })
}

/// The claim at hand, where it is mine and so has handles.
pub(super) fn resizable<'a>(page: &Page<'a>) -> Option<&'a Chain> {
    page.selected.filter(|chain| chain.claim.layer == 0)
}

/// The handles as they were seen last, ready to be taken; gives the one that is held. It is taken where the button went
/// down, however far the pointer has come since: a fast drag is beyond the handle before the next frame.
pub(super) fn interact(ui: &Ui, page: &Page, state: &mut ReaderState) -> Option<Response> {
    let Some(chain) = resizable(page) else {
        state.held = None;
        return None;
    };
    let pressed = ui.input(|input| input.pointer.press_origin().filter(|_| input.pointer.primary_pressed()));
    let pressed = pressed.filter(|at| ui.ctx().layer_id_at(*at) == Some(ui.layer_id()));
    let mut taken = None;
    for (end, caret) in ends(&chain.spans) {
        let is_held = state.held.as_ref().is_some_and(|held| held.end == end);
        let rect = if is_held {
            // Wherever it has gone, the pointer has it.
            ui.input(|input| input.pointer.interact_pos()).map(|at| Rect::from_min_size(at, vec2(1.0, 1.0)))
        } else {
            let place = state.on_screen_at(caret).map(|caret| caret.expand2(vec2(REACH / 2.0, 0.0)));
            place.map(|rect| rect.intersect(ui.clip_rect())).filter(Rect::is_positive)
        };
        let Some(rect) = rect else { continue };
        let id = ui.scope_id().with(("handle", end.span, end.is_end));
        if state.held.is_none() && pressed.is_some_and(|at| rect.contains(at)) {
            ui.ctx().set_dragged_id(id);
        }
        let response = ui.interact(rect, id, Sense::DRAG).on_hover_cursor(CursorIcon::ResizeHorizontal);
        if response.drag_started() {
            state.held = Some(Held { end, spans: chain.spans.clone() });
        }
        if response.dragged() || response.drag_stopped() {
            taken = Some(response);
        }
    }
    taken
}

/// Moves the end that is held to the pointer; let go, it tells the claim's new words.
pub(super) fn drag(
    ui: &Ui,
    taken: Option<Response>,
    view: View,
    laying: &mut Laying,
    state: &mut ReaderState,
    events: &mut Vec<Event>,
) {
    let (Some(response), Some(chain)) = (taken, resizable(laying.page)) else { return };
    let Some(mut held) = state.held.take() else { return };
    let is_moved = ui.input(|input| input.pointer.is_decidedly_dragging()) || held.spans != chain.spans;
    if let Some(at) = response.interact_pointer_pos().filter(|_| is_moved)
        && let Some(caret) = input::reached(ui, at, view, laying, state)
        && let Some(spans) = moved(&chain.spans, held.end, caret.byte)
    {
        held.spans = spans;
    }
    if !response.drag_stopped() {
        state.held = Some(held);
    } else if held.spans != chain.spans {
        events.push(Event::Reshaped(chain.claim.clone(), held.spans));
    }
}

/// Spans with one end at another byte; it stops at the span beside it. `None` where nothing would be left between the
/// ends.
fn moved(spans: &[ByteSpan], end: End, to: usize) -> Option<Vec<ByteSpan>> {
    let mut spans = spans.to_vec();
    let before = end.span.checked_sub(1).and_then(|before| spans.get(before)).map_or(0, |span| span.end);
    let after = spans.get(end.span + 1).map_or(usize::MAX, |span| span.start);
    let span = spans.get_mut(end.span)?;
    let to = to.clamp(before, after);
    if end.is_end {
        span.end = to;
    } else {
        span.start = to;
    }
    (span.start < span.end).then_some(spans)
}
