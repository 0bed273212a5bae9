//! The tag strip: who says the claim, of what kind it is, how sure we are. C opens it, Enter or a digit ends it.
//!
//! Letters filter the sources, so digits are taken before the field sees them; Alt with a digit types it.

mod contents;

use egui::{Area, Event, Frame, Id as WidgetId, Key, Order, Rect, Stroke, Ui, pos2};

use self::contents::contents;
use crate::annotation::{Id, ScaleAxis, Source, Term};
use crate::app::action::{Action, Attribution, Speaker};
use crate::app::model::{Model, Strip};
use crate::app::proposing::{self, Proposed, propose, register};
use crate::app::release::Release;
use crate::app::text::TextEngine;
use crate::app::theme::{self, Palette};
use crate::assist::{Known, SpeakerProposal, Who};

/// Space between the claim's last line and the strip.
const GAP: f32 = 8.0;
/// The least width, where the window has it: terms and hints each fit on one line.
const WIDTH: f32 = 640.0;

/// What the strip remembers while it is open.
#[derive(Default)]
pub struct State {
    /// What it was opened for.
    of: Option<Strip>,
    typed: String,
    /// The row that Enter takes.
    chosen: usize,
    /// The kind, once it was changed here.
    kind: Option<String>,
    /// Whether the keyboard is at the kind.
    at_kind: bool,
    /// The sources that can be chosen, and in which state of the set.
    register: Vec<Known>,
    registered: Option<u64>,
    /// What is proposed, and for which words typed and which state of the set.
    proposed: Proposed,
    made_of: Option<(String, u64)>,
    /// Where names begin: after the longest reason there was since the strip was opened, so that typing moves nothing.
    names: f32,
    height: f32,
}

/// What a key or a click asks for.
enum Asked {
    Accept(Option<String>),
    New(Option<String>),
    Leave,
}

/// Draws the strip; `claim` is where the claim's lines are on the screen, across the column.
#[expect(clippy::too_many_arguments, reason = "a panel with a place of its own")]
pub fn show(
    ui: &mut Ui,
    model: &Model,
    release: &Release,
    target: &Strip,
    claim: Rect,
    engine: &mut TextEngine,
    state: &mut State,
    actions: &mut Vec<Action>,
) {
    let is_new = state.of.as_ref() != Some(target);
    if is_new {
        *state = State { of: Some(target.clone()), height: state.height, ..State::default() };
    }
    if state.registered != Some(release.revision) {
        state.register = register(model, release);
        state.registered = Some(release.revision);
    }
    let made_of = (state.typed.clone(), release.revision);
    if state.made_of.as_ref() != Some(&made_of) {
        state.proposed = propose(model, release, &target.claim, &state.register, &state.typed);
        if target.through {
            state.proposed.speakers.retain(|speaker| can_stand_before(release, &target.claim, &speaker.who));
        }
        state.made_of = Some(made_of);
    }
    let asked = keys(ui, model, target, state);
    let room = ui.max_rect();
    let height = state.height.max(120.0);
    // Below the claim; above it where there is no room.
    let below = claim.bottom() + GAP;
    let top = if below + height > room.bottom() { claim.top() - GAP - height } else { below };
    // Where the claim is not in view, the strip is still.
    let top = top.clamp(room.top(), (room.bottom() - height).max(room.top()));
    let width = claim.width().max(WIDTH).min(room.width() - 8.0);
    let left = claim.left().min(room.right() - width - 4.0).max(room.left() + 4.0);
    let p = Palette::of(ui);
    let mut clicked = None;
    let shown = Area::new(WidgetId::unique("tag strip"))
        .order(Order::Foreground)
        .fixed_pos(pos2(left, top))
        .constrain(false)
        .show(ui.ctx(), |ui| {
            Frame::new()
                .fill(p.panel)
                .stroke(Stroke::new(1.0, p.control))
                .corner_radius(theme::CORNER_STRIP)
                .shadow(egui::Shadow { offset: [3, 3], blur: 0, spread: 0, color: p.line })
                .show(ui, |ui| {
                    ui.set_width(width - 2.0);
                    ui.spacing_mut().item_spacing.y = 0.0;
                    clicked = contents(ui, model, release, target, engine, state, is_new);
                });
        });
    state.height = shown.response.rect.height();
    if let Some(asked) = asked.or(clicked) {
        actions.push(answer(model, target, state, asked));
    }
}

/// Whether somebody can be a further voice of a claim: who speaks in its chain already cannot, and the writer stands
/// before all others unwritten.
fn can_stand_before(release: &Release, claim: &Id, who: &Who) -> bool {
    let set = release.set();
    let Who::Known(id) = who else { return *who != Who::Writer };
    let said = set.claims.get(claim).and_then(|claim| claim.said.as_ref());
    let mut voices = said.into_iter().flatten().flat_map(|voice| &voice.by);
    voices.all(|by| set.source_of(by).map(|source| set.principal(source)) != Some(set.principal(id)))
}

/// Keys that the field must not see.
fn keys(ui: &Ui, model: &Model, target: &Strip, state: &mut State) -> Option<Asked> {
    // Through whom it is told says nothing of the claim itself: no kind, no term.
    let digits = terms(model).filter(|_| !target.through).map(|axis| axis.terms.len()).unwrap_or_default();
    let count = state.proposed.speakers.len();
    let mut asked = None;
    let mut typed_digit = None;
    ui.input_mut(|input| {
        let mut took_digit = false;
        input.events.retain(|event| {
            let Event::Key { key, pressed: true, modifiers, physical_key, .. } = event else {
                // The text of a digit that ended the strip.
                return !(took_digit && matches!(event, Event::Text(_)));
            };
            let digit = digit_of(*key).or_else(|| physical_key.and_then(digit_of));
            match (key, digit) {
                (_, Some(digit)) if modifiers.alt => {
                    typed_digit = Some(digit);
                    took_digit = true;
                }
                (_, Some(digit)) if !modifiers.command && !state.at_kind && !target.through => {
                    let digit = if digit == 0 { 10 } else { digit };
                    if usize::from(digit) <= digits {
                        asked = Some(Asked::Accept(term_key(model, digit)));
                    }
                    took_digit = true;
                }
                (Key::Enter, _) => asked = Some(if modifiers.command { Asked::New(None) } else { Asked::Accept(None) }),
                (Key::Escape, _) => asked = Some(Asked::Leave),
                (Key::Tab, _) => state.at_kind = !state.at_kind && !target.through,
                (Key::ArrowDown, _) => state.chosen = (state.chosen + 1).min(count),
                (Key::ArrowUp, _) => state.chosen = state.chosen.saturating_sub(1),
                _ if state.at_kind => {
                    let sign = key.name().chars().next().filter(|_| key.name().chars().count() == 1);
                    if let Some(kind) = sign.and_then(|sign| model.codebook.kind_by_sign(sign)) {
                        state.kind = Some(kind.key.clone());
                        state.at_kind = false;
                    }
                    took_digit = true;
                }
                _ => return true,
            }
            false
        });
    });
    if let Some(digit) = typed_digit {
        state.typed.push(char::from(b'0' + digit));
    }
    asked
}

fn digit_of(key: Key) -> Option<u8> {
    let name = key.name().as_bytes();
    match name {
        [digit @ b'0'..=b'9'] => Some(digit - b'0'),
        _ => None,
    }
}

/// The terms of the axis in use.
fn terms(model: &Model) -> Option<&ScaleAxis> {
    model.codebook.scales.axis(model.scale(model.axis())?, model.axis())
}

fn term_key(model: &Model, digit: u8) -> Option<String> {
    terms(model)?.term_by_digit(digit).map(|term| term.key.clone())
}

/// What the strip leads to.
fn answer(model: &Model, target: &Strip, state: &State, asked: Asked) -> Action {
    let chosen = state.proposed.speakers.get(state.chosen);
    let (speaker, proposal, term) = match asked {
        Asked::Leave => return Action::EndStrip,
        Asked::New(term) => (new_speaker(&state.typed), None, term),
        Asked::Accept(term) => match chosen {
            Some(proposal) => (proposing::speaker(model, &proposal.who), Some(proposal), term),
            None if !state.typed.trim().is_empty() => (new_speaker(&state.typed), None, term),
            None => (Speaker::Nobody, None, term),
        },
    };
    if target.through {
        let mention = proposal.and_then(|proposal| proposal.words);
        let (cue, kind, style, terms) = (None, None, None, Vec::new());
        return Action::Attribute(Attribution { speaker, mention, cue, kind, style, terms, outermost: true });
    }
    let mut terms = Vec::new();
    if let Some(reliability) = proposal.and_then(|proposal| reliability(model, proposal)) {
        terms.push(("reliability".to_owned(), reliability.key.clone()));
    }
    if let Some(term) = term {
        terms.retain(|(axis, _)| axis != model.axis());
        terms.push((model.axis().to_owned(), term));
    }
    Action::Attribute(Attribution {
        speaker,
        mention: proposal.and_then(|proposal| proposal.words),
        cue: proposal.and_then(|proposal| proposal.cue),
        kind: state.kind.clone().or_else(|| state.proposed.kind.clone()),
        style: state.proposed.style.clone(),
        terms,
        outermost: false,
    })
}

fn new_speaker(typed: &str) -> Speaker {
    Speaker::New(Box::new(Source {
        name: typed.trim().to_owned(),
        kind: Some("person".to_owned()),
        ..Source::default()
    }))
}

/// The source's own reliability, which comes along.
fn reliability<'a>(model: &'a Model, proposal: &SpeakerProposal) -> Option<&'a Term> {
    let Who::Known(id) = &proposal.who else { return None };
    let release = model.current()?;
    let (_, assessment) = release.work.index().current(release.set(), id, "reliability")?;
    model.codebook.scales.term(assessment)
}
