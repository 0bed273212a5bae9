//! What stands in the tag strip: the sentence, the field and the kind, sources in rows, terms, hints.
//!
//! Draws the strip's state, and answers what was clicked. Held by `tests/window.rs`.

use egui::{
    Align2, CornerRadius, Frame, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, TextEdit, Ui, WidgetInfo, pos2,
    vec2,
};

use super::{Asked, State, reliability, terms};
use crate::app::action::ClaimRef;
use crate::app::model::{Model, Strip};
use crate::app::panels::painted::{self, Ink};
use crate::app::panels::sentence;
use crate::app::release::Release;
use crate::app::text::{Family, Quote, TextEngine, paint_quote};
use crate::app::theme::{self, Palette};
use crate::app::widgets::{Look, choice, line_of_text, paint_badge, paint_key, text_width};
use crate::assist::SpeakerProposal;

/// Sources shown at once.
const ROWS: usize = 3;
/// Height of a source.
const ROW: f32 = 25.0;
/// Space at the left and right inside.
const PADDING: f32 = 11.0;
/// Where the source's field begins from the left edge.
const FIELD: f32 = 85.0;
/// Where names begin from the left edge: after short reasons, and at most.
const NAMES: (f32, f32) = (FIELD, 215.0);
/// Least width of a name with its badge.
const NAME: f32 = 145.0;
/// Space between a reason and the name.
const AFTER_REASON: f32 = 12.0;
/// From the right edge to where the use of a source ends, before its key.
const KEYS: f32 = 92.0;

/// Draws everything inside the frame; gives what was clicked.
pub(super) fn contents(
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
    source_and_kind(ui, model, target, state, is_new);
    ui.add_space(7.0);
    let longest = longest_reason(ui, engine, &state.proposed.speakers);
    state.names = (PADDING + longest + AFTER_REASON).clamp(NAMES.0, NAMES.1).max(state.names);
    let from = state.chosen.saturating_sub(ROWS - 1);
    let shown: Vec<SpeakerProposal> = state.proposed.speakers.iter().skip(from).take(ROWS).cloned().collect();
    for (i, proposal) in shown.iter().enumerate() {
        let at = from + i;
        if row(ui, model, engine, proposal, state, at).clicked() {
            state.chosen = at;
            asked = Some(Asked::Accept(None));
        }
    }
    if new_row(ui, state, state.chosen >= state.proposed.speakers.len()).clicked() {
        asked = Some(Asked::New(None));
    }
    ui.add_space(4.0);
    rule(ui, &p);
    if !target.through {
        ui.add_space(6.0);
        if let Some(term) = term_buttons(ui, model) {
            asked = Some(Asked::Accept(Some(term)));
        }
        ui.add_space(6.0);
        rule(ui, &p);
    }
    hints(ui, model, target, &p);
    asked
}

fn rule(ui: &mut Ui, p: &Palette) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.0, p.line));
}

/// The field, and the kind with its key at the right.
fn source_and_kind(ui: &mut Ui, model: &Model, target: &Strip, state: &mut State, is_new: bool) {
    let p = Palette::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
    let y = rect.center().y;
    ui.painter().text(
        pos2(rect.left() + PADDING, y),
        Align2::LEFT_CENTER,
        if target.through { "Through" } else { "Source" },
        theme::regular(theme::SIZE_FIELD),
        p.dim,
    );
    let field = Rect::from_min_size(
        pos2(rect.left() + FIELD, rect.top()),
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
    response.widget_info(|| {
        let name = if target.through { "through whom the claim is told" } else { "source of the claim" };
        WidgetInfo::labeled(Role::TextInput, true, name)
    });
    if response.changed() {
        state.chosen = 0;
    }
    if is_new || !response.has_focus() {
        response.request_focus();
    }
    if !target.through {
        kind(ui, model, state, rect, &p);
    }
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
    let is_clicked = response.clicked();
    // What belongs to the kind is told where it is chosen: at the keyboard at once, under the pointer on hover.
    if let Some(kind) = chosen.and_then(|chosen| model.codebook.kind(chosen)).filter(|kind| !kind.definition.is_empty())
    {
        if state.at_kind {
            response.show_tooltip_text(&kind.definition);
        } else {
            response.on_hover_text(&kind.definition);
        }
    }
    if is_clicked {
        state.at_kind = !state.at_kind;
    }
}

/// One source: why, name, reliability, role, use, key.
fn row(
    ui: &mut Ui,
    model: &Model,
    engine: &mut TextEngine,
    proposal: &SpeakerProposal,
    state: &State,
    at: usize,
) -> Response {
    let p = Palette::of(ui);
    let (chosen, next) = (at == state.chosen, at == state.chosen + 1);
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
    let names = rect.left() + state.names;
    let end = rect.right() - KEYS;
    // Roles stand in one column, that of the drawing where reasons are short.
    let roles = names + ((end - names) * 0.425).max(NAME);
    painted::words(ui, engine, &proposal.reason, pos2(rect.left() + PADDING, y), state.names - PADDING - 6.0, why);
    let x = name(ui, engine, proposal, pos2(names, y), &p, roles);
    if let Some(term) = reliability(model, proposal) {
        paint_badge(ui.painter(), &p, Rect::from_min_size(pos2(x + 6.0, y - 7.0), vec2(16.0, 14.0)), &term.short, true);
    }
    let used = line_of_text(ui, pos2(end, y), Align2::RIGHT_CENTER, &uses, small, p.dim, (end - roles) * 0.7);
    painted::words(ui, engine, &proposal.role, pos2(roles, y), end - used - AFTER_REASON - roles, why);
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

/// The width of the longest reason among proposals.
fn longest_reason(ui: &Ui, engine: &mut TextEngine, speakers: &[SpeakerProposal]) -> f32 {
    let scale = ui.ctx().pixels_per_point();
    let width = |engine: &mut TextEngine, reason: &str| {
        let quote = Quote::new(reason, Family::Sans, theme::SIZE_FIELD, 18.0, egui::Color32::PLACEHOLDER);
        let quote = Quote { max_lines: 1, ..quote };
        let (from, to) = engine.quote(ui.ctx(), &quote, NAMES.1).extent(scale);
        to - from
    };
    let reasons = speakers.iter().map(|proposal| proposal.reason.as_str()).filter(|reason| !reason.is_empty());
    reasons.fold(0.0, |longest, reason| width(engine, reason).max(longest))
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
    let (from, to) = laid.extent(scale);
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
        pos2(rect.left() + state.names, y),
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
    Frame::new().inner_margin(egui::Margin::symmetric(PADDING as i8, 0)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(3.0, 3.0);
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
    });
    chosen
}

/// A term's label without what its axis says already ("truth cannot be judged" → "cannot be judged").
fn short_label(label: &str) -> &str {
    let label = label.strip_suffix(" by other sources").unwrap_or(label);
    label.strip_prefix("truth ").or(label.strip_prefix("reliability ")).unwrap_or(label)
}

/// What keys do; on as many lines as that needs.
fn hints(ui: &mut Ui, model: &Model, target: &Strip, p: &Palette) {
    let axis = model.scale(model.axis()).and_then(|scale| model.codebook.scales.get(scale));
    let axis = axis.map_or_else(|| model.axis().to_owned(), |scale| format!("{} {}", scale.name, model.axis()));
    let mut hints = vec![("", "letters filter".to_owned()), ("Enter", "accept".to_owned())];
    if target.through {
        hints.push(("Esc", "leave as it is".to_owned()));
    } else {
        hints.push(("digit", format!("= term, {axis}")));
        hints.push(("Tab", "kind".to_owned()));
        hints.push(("Esc", "leave unattributed".to_owned()));
    }
    let (bold, plain) = (theme::semibold(theme::SIZE_FIELD), theme::regular(theme::SIZE_FIELD));
    let (between, after_key, line) = ("  ·  ", 4.0, 18.0);
    let gap = text_width(ui, between, plain.clone());
    let room = ui.available_width() - 2.0 * PADDING;
    // Each hint with its place: how far from the left, and on which line.
    let (mut x, mut row) = (0.0, 0.0);
    let mut places = Vec::new();
    for (key, words) in &hints {
        let key_width = if key.is_empty() { 0.0 } else { text_width(ui, key, bold.clone()) + after_key };
        let width = key_width + text_width(ui, words, plain.clone());
        if x > 0.0 && x + gap + width > room {
            (x, row) = (0.0, row + 1.0);
        }
        let left = if x > 0.0 { x + gap } else { x };
        places.push((left, row, key_width));
        x = left + width;
    }
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0 + row * line), Sense::hover());
    for ((key, words), (left, row, key_width)) in hints.iter().zip(places) {
        let at = pos2(rect.left() + PADDING + left, rect.top() + 13.0 + row * line);
        let text = |x: f32, words: &str, font: &egui::FontId, color| {
            ui.painter().text(pos2(x, at.y), Align2::LEFT_CENTER, words, font.clone(), color);
        };
        if left > 0.0 {
            text(at.x - gap, between, &plain, p.dim);
        }
        text(at.x, key, &bold, p.text);
        text(at.x + key_width, words, &plain, p.dim);
    }
    response.widget_info(|| {
        let words = if target.through {
            "letters filter, Enter accepts, Escape leaves it as it is"
        } else {
            "letters filter, Enter accepts, a digit sets the term and ends, Escape leaves it unattributed"
        };
        WidgetInfo::labeled(Role::Label, true, words)
    });
}
