//! The tag strip: who says the claim, of what kind it is, how sure we are. C opens it, Enter or a digit ends it.
//!
//! Letters filter the sources, so digits are taken before the field sees them; Alt with a digit types it.

use egui::{
    Align2, Area, CornerRadius, Event, Frame, Id as WidgetId, Key, Order, Pos2, Rect, Response, Role, Sense, Stroke,
    StrokeKind, TextEdit, Ui, WidgetInfo, pos2, vec2,
};

use crate::annotation::Source;
use crate::annotation::{Id, ScaleAxis, Term};
use crate::app::action::{Action, Attribution, ClaimRef, Speaker};
use crate::app::model::{Model, Strip};
use crate::app::panels::painted::{self, Ink};
use crate::app::panels::sentence;
use crate::app::proposing::{Proposed, propose};
use crate::app::release::Release;
use crate::app::text::{Family, Quote, TextEngine, paint_quote};
use crate::app::theme::{self, Palette};
use crate::app::widgets::{Look, choice, line_of_text, paint_badge, paint_key, text_width};
use crate::assist::{SpeakerProposal, Who};

/// Sources shown at once.
const ROWS: usize = 3;
/// Height of a source.
const ROW: f32 = 25.0;
/// Space between the claim's last line and the strip.
const GAP: f32 = 8.0;
/// Space at the left and right inside.
const PADDING: f32 = 11.0;

/// What the strip remembers while it is open.
#[derive(Default)]
pub struct State {
    /// The claim that it was opened for.
    claim: Option<Id>,
    typed: String,
    /// The row that Enter takes.
    chosen: usize,
    /// The kind, once it was changed here.
    kind: Option<String>,
    /// Whether the keyboard is at the kind.
    at_kind: bool,
    /// What is proposed, and for which words typed and which state of the set.
    proposed: Proposed,
    made_of: Option<(String, u64)>,
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
    let is_new = state.claim.as_ref() != Some(&target.claim);
    if is_new {
        *state = State { claim: Some(target.claim.clone()), height: state.height, ..State::default() };
    }
    let made_of = (state.typed.clone(), release.revision);
    if state.made_of.as_ref() != Some(&made_of) {
        state.proposed = propose(model, release, &target.claim, &state.typed);
        state.made_of = Some(made_of);
    }
    let asked = keys(ui, model, state);
    let room = ui.max_rect();
    let height = state.height.max(120.0);
    // Below the claim; above it where there is no room.
    let below = claim.bottom() + GAP;
    let top = if below + height > room.bottom() { (claim.top() - GAP - height).max(room.top()) } else { below };
    let width = claim.width().max(420.0).min(room.width() - 8.0);
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
        actions.push(answer(model, state, asked));
    }
}

/// Keys that the field must not see.
fn keys(ui: &Ui, model: &Model, state: &mut State) -> Option<Asked> {
    let digits = terms(model).map(|axis| axis.terms.len()).unwrap_or_default();
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
                (_, Some(digit)) if !modifiers.command && !state.at_kind => {
                    let digit = if digit == 0 { 10 } else { digit };
                    if usize::from(digit) <= digits {
                        asked = Some(Asked::Accept(term_key(model, digit)));
                    }
                    took_digit = true;
                }
                (Key::Enter, _) => asked = Some(if modifiers.command { Asked::New(None) } else { Asked::Accept(None) }),
                (Key::Escape, _) => asked = Some(Asked::Leave),
                (Key::Tab, _) => state.at_kind = !state.at_kind,
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
fn answer(model: &Model, state: &State, asked: Asked) -> Action {
    let chosen = state.proposed.speakers.get(state.chosen);
    let (speaker, proposal, term) = match asked {
        Asked::Leave => return Action::EndStrip,
        Asked::New(term) => (new_speaker(&state.typed), None, term),
        Asked::Accept(term) => match chosen {
            Some(proposal) => (speaker(model, proposal), Some(proposal), term),
            None if !state.typed.trim().is_empty() => (new_speaker(&state.typed), None, term),
            None => (Speaker::Nobody, None, term),
        },
    };
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

fn speaker(model: &Model, proposal: &SpeakerProposal) -> Speaker {
    match &proposal.who {
        Who::Writer => Speaker::Writer,
        Who::New { kind, name, role } => Speaker::New(Box::new(Source {
            kind: Some(kind.clone()),
            name: name.clone(),
            role: role.clone(),
            ..Source::default()
        })),
        Who::Known(id) => match model.current().and_then(|release| release.set().sources.get(id)) {
            Some(_) => Speaker::Source(id.clone()),
            None => match model.registered(id) {
                Some(source) => Speaker::Register(id.clone(), Box::new((**source).clone())),
                None => Speaker::Source(id.clone()),
            },
        },
    }
}

/// The source's own reliability, which comes along.
fn reliability<'a>(model: &'a Model, proposal: &SpeakerProposal) -> Option<&'a Term> {
    let Who::Known(id) = &proposal.who else { return None };
    let release = model.current()?;
    let (_, assessment) = release.work.index().current(release.set(), id, "reliability")?;
    model.codebook.scales.term(assessment)
}

fn contents(
    ui: &mut Ui,
    model: &Model,
    release: &Release,
    target: &Strip,
    engine: &mut TextEngine,
    state: &mut State,
    is_new: bool,
) -> Option<Asked> {
    let p = Palette::of(ui);
    let mut asked = None;
    ui.add_space(7.0);
    ui.horizontal(|ui| {
        ui.add_space(PADDING);
        sentence::line(
            ui,
            model,
            release,
            &ClaimRef::mine(target.claim.clone()),
            engine,
            ui.available_width() - PADDING,
        );
    });
    ui.add_space(6.0);
    rule(ui, &p);
    ui.add_space(7.0);
    source_and_kind(ui, model, state, is_new);
    ui.add_space(7.0);
    let from = state.chosen.saturating_sub(ROWS - 1);
    let shown: Vec<SpeakerProposal> = state.proposed.speakers.iter().skip(from).take(ROWS).cloned().collect();
    for (i, proposal) in shown.iter().enumerate() {
        let at = from + i;
        if row(ui, model, engine, proposal, at == state.chosen, at == state.chosen + 1).clicked() {
            state.chosen = at;
            asked = Some(Asked::Accept(None));
        }
    }
    if new_row(ui, state, state.chosen >= state.proposed.speakers.len()).clicked() {
        asked = Some(Asked::New(None));
    }
    ui.add_space(4.0);
    rule(ui, &p);
    ui.add_space(6.0);
    if let Some(term) = term_buttons(ui, model) {
        asked = Some(Asked::Accept(Some(term)));
    }
    ui.add_space(6.0);
    rule(ui, &p);
    hints(ui, model, &p);
    asked
}

fn rule(ui: &mut Ui, p: &Palette) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.0, p.line));
}

/// The field, and the kind with its key at the right.
fn source_and_kind(ui: &mut Ui, model: &Model, state: &mut State, is_new: bool) {
    let p = Palette::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
    let y = rect.center().y;
    ui.painter().text(
        pos2(rect.left() + PADDING, y),
        Align2::LEFT_CENTER,
        "Source",
        theme::regular(theme::SIZE_FIELD),
        p.dim,
    );
    let field = Rect::from_min_size(
        pos2(rect.left() + 85.0, rect.top()),
        vec2(300.0_f32.min(rect.width() - 280.0).max(140.0), 26.0),
    );
    let edge = if state.at_kind { Stroke::new(1.0, p.control) } else { Stroke::new(2.0, p.accent) };
    ui.painter().rect(field, CornerRadius::same(theme::CORNER), p.paper, edge, StrokeKind::Inside);
    let edit = TextEdit::singleline(&mut state.typed)
        .frame(Frame::NONE)
        .font(theme::regular(theme::SIZE_BODY))
        .hint_text("name, alias or role")
        .margin(egui::Margin::ZERO)
        .align(Align2::LEFT_CENTER);
    let response = ui.put(field.shrink2(vec2(9.0, 3.0)), edit);
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "source of the claim"));
    if response.changed() {
        state.chosen = 0;
    }
    if is_new || !response.has_focus() {
        response.request_focus();
    }
    kind(ui, model, state, rect, &p);
}

fn kind(ui: &mut Ui, model: &Model, state: &mut State, rect: Rect, p: &Palette) {
    let y = rect.center().y;
    let chosen = state.kind.as_deref().or(state.proposed.kind.as_deref());
    let look = model.codebook.look(chosen);
    let words = if chosen.is_some() { format!("{} {}", look.letter, look.label) } else { "none".to_owned() };
    let font = theme::semibold(theme::SIZE_FIELD);
    let key_width = 32.0;
    let width = text_width(ui, &words, font.clone()) + 16.0;
    let right = rect.right() - PADDING;
    paint_key(ui, p, pos2(right - key_width, y), "Tab");
    let button = Rect::from_min_size(pos2(right - key_width - 8.0 - width, y - 11.0), vec2(width, 22.0));
    let response = ui.interact(button, ui.scope_id().with("kind"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("kind: {words}")));
    let fill = if chosen.is_some() { p.kind(look.colours) } else { p.paper };
    ui.painter().rect_filled(button, CornerRadius::same(theme::CORNER), fill);
    if state.at_kind || response.has_focus() {
        ui.painter().rect_stroke(
            button.expand(2.0),
            CornerRadius::same(theme::CORNER),
            Stroke::new(2.0, p.accent),
            StrokeKind::Inside,
        );
    }
    let ink = if chosen.is_some() { p.on_kind } else { p.text };
    ui.painter().text(button.center(), Align2::CENTER_CENTER, words, font, ink);
    ui.painter().text(
        pos2(button.left() - 8.0, y),
        Align2::RIGHT_CENTER,
        "Kind",
        theme::regular(theme::SIZE_FIELD),
        p.dim,
    );
    if response.clicked() {
        state.at_kind = !state.at_kind;
    }
}

/// One source: why, name, reliability, role, use, key.
fn row(
    ui: &mut Ui,
    model: &Model,
    engine: &mut TextEngine,
    proposal: &SpeakerProposal,
    chosen: bool,
    next: bool,
) -> Response {
    let p = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let uses = uses(proposal);
    response.widget_info(|| {
        WidgetInfo::selected(
            Role::ListBoxOption,
            true,
            chosen,
            format!("{} {}, {}, {uses}", proposal.reason, proposal.name, proposal.role),
        )
    });
    if chosen || response.hovered() {
        ui.painter().rect_filled(rect, 0.0, if chosen { p.row } else { p.paper });
    }
    let y = rect.center().y;
    let small = theme::regular(theme::SIZE_FIELD);
    // Names and the words that name somebody are a document's, in any script.
    let why = Ink { size: theme::SIZE_FIELD, weight: 400, color: p.dim };
    painted::words(ui, engine, &proposal.reason, pos2(rect.left() + PADDING, y), 72.0, why);
    let x = name(ui, engine, proposal, pos2(rect.left() + 85.0, y), &p, rect.left() + rect.width() * 0.44);
    if let Some(term) = reliability(model, proposal) {
        paint_badge(ui.painter(), &p, Rect::from_min_size(pos2(x + 6.0, y - 7.0), vec2(16.0, 14.0)), &term.short, true);
    }
    let middle = rect.left() + rect.width() * 0.44;
    painted::words(ui, engine, &proposal.role, pos2(middle, y), rect.width() * 0.25, why);
    line_of_text(ui, pos2(rect.right() - 92.0, y), Align2::RIGHT_CENTER, &uses, small, p.dim, rect.width() * 0.2);
    let key = if chosen {
        "Enter"
    } else if next {
        "↓"
    } else {
        ""
    };
    if !key.is_empty() {
        let width = text_width(ui, key, theme::semibold(theme::SIZE_SMALL)).max(9.0) + 8.0;
        paint_key(ui, &p, pos2(rect.right() - PADDING - width, y), key);
    }
    response
}

/// The name, typed letters bold and underlined; gives where it ends.
fn name(ui: &Ui, engine: &mut TextEngine, proposal: &SpeakerProposal, at: Pos2, p: &Palette, end: f32) -> f32 {
    let (size, line) = (theme::SIZE_BODY, 20.0);
    let text = Quote {
        max_lines: 1,
        weight: 600,
        bold: &proposal.matched,
        ..Quote::new(&proposal.name, Family::Sans, size, line, p.text)
    };
    let laid = engine.quote(ui.ctx(), &text, (end - at.x - 28.0).max(40.0));
    let scale = ui.ctx().pixels_per_point();
    let (from, to) = sentence::extent(&laid, scale);
    let origin = pos2(at.x - from, at.y - line / 2.0);
    paint_quote(ui, engine, &laid, origin, &text);
    for range in &proposal.matched {
        for piece in laid.paragraphs.first().iter().flat_map(|(_, paragraph)| paragraph.rects(range.clone())) {
            let x = origin.x + piece.left / scale..=origin.x + piece.right / scale;
            ui.painter().hline(x, origin.y + line - 2.0, Stroke::new(1.5, p.accent));
        }
    }
    at.x + to - from
}

fn uses(proposal: &SpeakerProposal) -> String {
    match (proposal.here, proposal.elsewhere) {
        (0, 0) => String::new(),
        (1, _) => "1 claim here".to_owned(),
        (0, more) => format!("{more} in the collection"),
        (here, _) => format!("{here} claims here"),
    }
}

/// "New source “st”".
fn new_row(ui: &mut Ui, state: &State, chosen: bool) -> Response {
    let p = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let typed = state.typed.trim();
    let words =
        if typed.is_empty() { "New source: type its name".to_owned() } else { format!("New source “{typed}”") };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, !typed.is_empty(), &words));
    if chosen && !typed.is_empty() {
        ui.painter().rect_filled(rect, 0.0, p.row);
    }
    let y = rect.center().y;
    line_of_text(
        ui,
        pos2(rect.left() + 85.0, y),
        Align2::LEFT_CENTER,
        &words,
        theme::regular(theme::SIZE_BODY),
        p.dim,
        rect.width() - 200.0,
    );
    if !typed.is_empty() {
        let key = "Ctrl Enter";
        let width = text_width(ui, key, theme::semibold(theme::SIZE_SMALL)) + 8.0;
        paint_key(ui, &p, pos2(rect.right() - PADDING - width, y), key);
    }
    response
}

/// The terms of the axis in use with their digits; those outside the order stand apart.
fn term_buttons(ui: &mut Ui, model: &Model) -> Option<String> {
    let axis = terms(model)?;
    let mut chosen = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(3.0, 3.0);
        ui.add_space(PADDING);
        for (i, term) in axis.terms.iter().take(10).enumerate() {
            let digit = (i + 1) % 10;
            let label = short_label(&term.label);
            let text = format!("{digit} {label}");
            let width = text_width(ui, &text, theme::semibold(theme::SIZE_FIELD)) + 12.0;
            if term.outside_order {
                ui.add_space(5.0);
            }
            let look = Look { dashed: term.outside_order, ..Look::default() };
            let name = format!("{digit}: {}", term.label);
            if choice(ui, &text, &name, vec2(width, theme::CONTROL), look).clicked() {
                chosen = Some(term.key.clone());
            }
        }
    });
    chosen
}

/// A term's label without what its axis says already ("truth cannot be judged" → "cannot be judged").
fn short_label(label: &str) -> &str {
    let label = label.strip_suffix(" by other sources").unwrap_or(label);
    label.strip_prefix("truth ").or(label.strip_prefix("reliability ")).unwrap_or(label)
}

fn hints(ui: &mut Ui, model: &Model, p: &Palette) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
    let mut x = rect.left() + PADDING;
    let y = rect.center().y;
    let axis = model.scale(model.axis()).and_then(|scale| model.codebook.scales.get(scale));
    let axis = axis.map_or_else(|| model.axis().to_owned(), |scale| format!("{} {}", scale.name, model.axis()));
    let hints: [(&str, String); 5] = [
        ("", "letters filter".to_owned()),
        ("Enter", "accept".to_owned()),
        ("digit", format!("= term, {axis}")),
        ("Tab", "kind".to_owned()),
        ("Esc", "leave unattributed".to_owned()),
    ];
    for (i, (key, words)) in hints.iter().enumerate() {
        if i > 0 {
            x += line_of_text(
                ui,
                pos2(x, y),
                Align2::LEFT_CENTER,
                "  ·  ",
                theme::regular(theme::SIZE_FIELD),
                p.dim,
                60.0,
            );
        }
        if !key.is_empty() {
            x += line_of_text(
                ui,
                pos2(x, y),
                Align2::LEFT_CENTER,
                key,
                theme::semibold(theme::SIZE_FIELD),
                p.text,
                60.0,
            ) + 4.0;
        }
        x += line_of_text(
            ui,
            pos2(x, y),
            Align2::LEFT_CENTER,
            words,
            theme::regular(theme::SIZE_FIELD),
            p.dim,
            rect.right() - x - PADDING,
        );
    }
    ui.interact(rect, ui.scope_id().with("hints"), Sense::hover()).widget_info(|| {
        WidgetInfo::labeled(
            Role::Label,
            true,
            "letters filter, Enter accepts, a digit sets the term and ends, Escape leaves it unattributed",
        )
    });
}
