//! Keys and pointer: what they do to the caret, the selection and the view.
//!
//! Paints nothing. Held by `tests/reader.rs`.

use egui::{Event as Input, EventFilter, Key, Modifiers, Pos2, Response, Ui};

use super::columns::Columns;
use super::cursor::{Caret, Move, Selection};
use super::links::link_at;
use super::marks::{Mark, Owner};
use super::page::{Event, Page};
use super::scroll::Place;
use super::sheets::Laying;
use super::state::{Press, ReaderState};
use super::units::{Unit as Stretch, trimmed, unit_at};
use crate::app::text::{Affinity, Step, Unit};
use crate::document::ByteSpan;

/// Seconds within which a further press is another click of the same.
const AGAIN: f64 = 0.4;

/// Points within which a press is at the same place, and a drag has not begun.
const NEAR: f32 = 6.0;

/// Points that the view scrolls in a second for each point that a drag is beyond its edge.
const AUTOSCROLL: f64 = 12.0;

/// Where the view stands this frame.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// How the width is shared.
    pub columns: &'a Columns,
    /// Height that the fixed head covers.
    pub covered: f32,
}

impl View<'_> {
    fn height(&self) -> f64 {
        f64::from(self.columns.whole.height())
    }

    fn down(&self, at: Pos2) -> f64 {
        f64::from(at.y - self.columns.whole.top())
    }
}

/// Takes the keys that move the caret, if the reader has the focus.
pub fn keys(ui: &Ui, response: &Response, view: View, laying: &mut Laying, state: &mut ReaderState) {
    if !response.has_focus() {
        return;
    }
    let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, tab: false, escape: false };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let mut taken = Vec::new();
    ui.input_mut(|input| {
        input.events.retain(|event| match event {
            Input::Key { key, pressed: true, modifiers, .. } => match action(*key, *modifiers) {
                Some(action) => {
                    taken.push((action, modifiers.shift));
                    false
                }
                None => true,
            },
            _ => true,
        });
    });
    for (action, extend) in taken {
        match action {
            Action::Move(movement) => move_by_key(laying, state, movement, extend),
            Action::Page(down) => page(view, laying, state, down, extend),
            Action::All => state.select_all(laying.page.text),
        }
    }
}

/// What a key does here.
#[derive(Clone, Copy)]
enum Action {
    Move(Move),
    Page(bool),
    All,
}

fn action(key: Key, modifiers: Modifiers) -> Option<Action> {
    if modifiers.alt {
        return None;
    }
    let far = modifiers.command;
    let unit = if far { Unit::Word } else { Unit::Cluster };
    Some(match key {
        Key::ArrowLeft => Action::Move(Move::Aside(Step::Left, unit)),
        Key::ArrowRight => Action::Move(Move::Aside(Step::Right, unit)),
        Key::ArrowUp => Action::Move(if far { Move::ParagraphUp } else { Move::Up }),
        Key::ArrowDown => Action::Move(if far { Move::ParagraphDown } else { Move::Down }),
        Key::Home => Action::Move(if far { Move::Start } else { Move::LineStart }),
        Key::End => Action::Move(if far { Move::End } else { Move::LineEnd }),
        Key::PageUp => Action::Page(false),
        Key::PageDown => Action::Page(true),
        Key::A if far && !modifiers.shift => Action::All,
        _ => return None,
    })
}

fn move_by_key(laying: &mut Laying, state: &mut ReaderState, movement: Move, extend: bool) {
    let caret = state.selection.caret;
    let upright = matches!(movement, Move::Up | Move::Down);
    let goal = match state.goal.filter(|_| upright) {
        Some(goal) => goal,
        None => laying.caret_line(caret).map_or(0.0, |line| line.x),
    };
    let span = state.selection.span();
    // A key aside lets go of a selection at the end that it leads to.
    let let_go = match movement {
        Move::Aside(step, Unit::Cluster) if !extend && !span.is_empty() => {
            Some(Caret::from(if laying.leads_on(caret, step) { span.end } else { span.start }))
        }
        _ => None,
    };
    let Some(to) = let_go.or_else(|| laying.moved(caret, movement, goal)) else {
        // It stands at an end of the text already; whoever presses a key wants to see it all the same.
        state.reveal = Some(ByteSpan { start: caret.byte, end: caret.byte });
        return;
    };
    state.move_caret(to, extend);
    state.goal = upright.then_some(goal);
    state.reveal = Some(ByteSpan { start: to.byte, end: to.byte });
}

/// Moves view and caret by what is seen, less a line.
fn page(view: View, laying: &mut Laying, state: &mut ReaderState, down: bool, extend: bool) {
    let Some(line) = laying.caret_line(state.selection.caret) else { return };
    let goal = state.goal.unwrap_or(line.x);
    let step = (view.height() - f64::from(view.covered + line.height)).max(f64::from(line.height));
    let old = state.place;
    state.place = old.moved(if down { step } else { -step }, view.height(), laying);
    let top = old.distance_to(line.chunk, f64::from(line.top + line.height / 2.0), laying.sheets.chunks());
    let seen = top.clamp(f64::from(view.covered), view.height());
    let to = if state.place == old {
        laying.moved(state.selection.caret, if down { Move::End } else { Move::Start }, goal)
    } else {
        laying.caret_at(state.place, goal, seen)
    };
    if let Some(to) = to {
        state.move_caret(to, extend);
        state.goal = Some(goal);
        state.reveal = Some(ByteSpan { start: to.byte, end: to.byte });
    }
}

/// Takes presses, drags and clicks on the text.
pub fn pointer(
    ui: &Ui,
    response: &Response,
    view: View,
    laying: &mut Laying,
    state: &mut ReaderState,
    events: &mut Vec<Event>,
) {
    let (now, modifiers, pressed) = ui.input(|input| (input.time, input.modifiers, input.pointer.primary_pressed()));
    let held = response.is_pointer_button_down_on() && ui.input(|input| input.pointer.primary_down());
    // A tap comes and goes within one frame: then it is a click already.
    let tapped = pressed && response.clicked();
    if let Some(at) = response.interact_pointer_pos().filter(|_| held || tapped) {
        if pressed {
            response.request_focus();
            press(at, now, modifiers, view, laying, state, events);
        } else if let Some(press) = state.press.clone().filter(|press| press.held && press.at.distance(at) > 1.0) {
            drag(ui, at, &press, view, laying, state);
        }
    }
    if let Some(press) = state.press.as_mut().filter(|press| press.held && !held) {
        press.held = false;
        let (at, count) = (press.at, press.count);
        let stayed = state.selection.span().is_empty() && count == 1;
        if stayed && !modifiers.shift {
            click(at, view, laying, state.place, events);
        }
    }
    if response.secondary_clicked()
        && let Some(at) = response.interact_pointer_pos()
    {
        response.request_focus();
        if let Some(caret) = caret_at(at, view, laying, state.place) {
            let span = state.selection.span();
            if !(span.start..=span.end).contains(&caret.byte) {
                state.move_caret(caret, false);
            }
        }
    }
}

fn caret_at(at: Pos2, view: View, laying: &mut Laying, place: Place) -> Option<Caret> {
    laying.caret_at(place, view.columns.across(at), view.down(at))
}

fn press(
    at: Pos2,
    now: f64,
    modifiers: Modifiers,
    view: View,
    laying: &mut Laying,
    state: &mut ReaderState,
    events: &mut Vec<Event>,
) {
    let Some(caret) = caret_at(at, view, laying, state.place) else { return };
    if modifiers.command {
        let link = byte_under(at, view, laying, state.place).and_then(|byte| link_at(laying.page.text, byte));
        match link {
            Some((_, address)) => events.push(Event::Link(address)),
            // The app may take it for one claim more.
            None => click(at, view, laying, state.place, events),
        }
        return;
    }
    let again = state.press.take().filter(|last| now - last.time < AGAIN && last.at.distance(at) < NEAR);
    let count = again.as_ref().map_or(1, |last| last.count % 3 + 1);
    let now_at_hand = laying.page.selected.map(|chain| &chain.claim);
    let at_hand = again.map_or_else(|| now_at_hand.cloned(), |last| last.at_hand);
    // A first click that took another claim, or none, turns out to be the beginning of a selection of words, which
    // leaves the claim at hand as a drag does.
    if let Some(claim) = at_hand.as_ref().filter(|claim| count == 2 && now_at_hand != Some(claim)) {
        events.push(Event::Claim(claim.clone()));
    }
    let origin = stretch(laying, caret, count);
    state.press = Some(Press { time: now, at, count, origin, held: true, at_hand });
    if modifiers.shift {
        state.move_caret(caret, true);
    } else if origin.is_empty() {
        state.move_caret(caret, false);
    } else {
        state.set_selection(Selection::of(origin));
    }
}

/// What a press selects by its count of clicks: nothing, a word, a sentence.
fn stretch(laying: &mut Laying, caret: Caret, count: u32) -> ByteSpan {
    match count {
        2 => {
            let word = laying.word(caret);
            let inner = trimmed(laying.page.text, word);
            if inner.is_empty() { word } else { inner }
        }
        3 => unit_at(laying.page.text, laying.page.structure, inside(caret), Stretch::Sentence),
        _ => ByteSpan { start: caret.byte, end: caret.byte },
    }
}

/// A byte of the cluster that the caret stands with.
fn inside(caret: Caret) -> usize {
    if caret.affinity == Affinity::Upstream { caret.byte.saturating_sub(1) } else { caret.byte }
}

/// The caret nearest to a pointer that drags; beyond the text's edge the view scrolls on.
pub fn reached(ui: &Ui, at: Pos2, view: View, laying: &mut Laying, state: &mut ReaderState) -> Option<Caret> {
    let delta = ui.input(|input| f64::from(input.stable_dt.min(0.1)));
    let (top, bottom) = (view.columns.whole.top() + view.covered, view.columns.whole.bottom());
    let beyond = f64::from((at.y - bottom).max(0.0) - (top - at.y).max(0.0));
    if beyond != 0.0 {
        state.place = state.place.moved(beyond * AUTOSCROLL * delta, view.height(), laying);
        ui.ctx().request_repaint();
    }
    let inner = Pos2::new(at.x, at.y.clamp(top, bottom - 1.0));
    caret_at(inner, view, laying, state.place)
}

fn drag(ui: &Ui, at: Pos2, press: &Press, view: View, laying: &mut Laying, state: &mut ReaderState) {
    let Some(caret) = reached(ui, at, view, laying, state) else { return };
    let reached = stretch(laying, caret, press.count);
    let selection = if reached.start < press.origin.start {
        Selection { anchor: press.origin.end, caret: Caret { byte: reached.start, ..caret } }
    } else if press.count == 1 {
        Selection { anchor: press.origin.start, caret }
    } else {
        Selection { anchor: press.origin.start, caret: Caret { byte: reached.end.max(press.origin.end), ..caret } }
    };
    if selection != state.selection {
        state.set_selection(selection);
    }
}

/// A click on the text: the claim there, or the next one of those there.
fn click(at: Pos2, view: View, laying: &mut Laying, place: Place, events: &mut Vec<Event>) {
    let page = laying.page;
    let byte = byte_under(at, view, laying, place);
    let claims = byte.map(|byte| claims_at(page, byte)).unwrap_or_default();
    let now = page.selected.and_then(|chain| claims.iter().position(|claim| *claim == &chain.claim));
    let next = now.map_or(0, |now| (now + 1) % claims.len().max(1));
    match claims.get(next) {
        Some(owner) => events.push(Event::Claim((*owner).clone())),
        None if page.selected.is_some() => events.push(Event::Nothing),
        None => {}
    }
}

/// The byte of the letter under a point, if there is one.
pub fn byte_under(at: Pos2, view: View, laying: &mut Laying, place: Place) -> Option<usize> {
    laying.byte_under(place, view.columns.across(at), view.down(at))
}

/// All marks at a byte.
#[must_use]
pub fn marks_at<'a>(page: &Page<'a>, byte: usize) -> Vec<&'a Mark> {
    page.marks.touching(ByteSpan { start: byte, end: byte + 1 })
}

/// The claims at a byte, the shortest first.
#[must_use]
pub fn claims_at<'a>(page: &Page<'a>, byte: usize) -> Vec<&'a Owner> {
    let mut marks = marks_at(page, byte);
    marks.retain(|mark| mark.looks().is_some());
    marks.sort_by_key(|mark| mark.spans.iter().map(|span| span.len()).sum::<usize>());
    marks.into_iter().map(|mark| &mark.owner).collect()
}
