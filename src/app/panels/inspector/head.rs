//! The head of the inspector: tile, badge, place; and the sentence that one can read aloud.

use egui::{Align2, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::annotation::Claim;
use crate::app::action::{Action, ClaimRef};
use crate::app::command::Command;
use crate::app::model::{Dialog, Model};
use crate::app::panels::sentence::{self, Part, Piece};
use crate::app::release::Release;
use crate::app::text::{Family, Quote, TextEngine, paint_quote};
use crate::app::theme::{self, Palette};
use crate::app::widgets::{Face, initials, paint_face, paint_key, paint_ring, paint_tile, text_width};
use crate::document::ByteSpan;

/// Distance of the sentence's baselines.
const LINE: f32 = 23.0;
/// Size of its letters.
const SIZE: f32 = 15.0;

/// Draws head line and sentence.
pub fn show(
    ui: &mut Ui,
    model: &Model,
    release: &Release,
    claim: &ClaimRef,
    item: &Claim,
    engine: &mut TextEngine,
    actions: &mut Vec<Action>,
) {
    let p = Palette::of(ui);
    line(ui, model, release, claim, item, &p, actions);
    ui.add_space(2.0);
    whole(ui, model, release, claim, engine, &p, actions);
    ui.add_space(4.0);
}

fn line(
    ui: &mut Ui,
    model: &Model,
    release: &Release,
    claim: &ClaimRef,
    item: &Claim,
    p: &Palette,
    actions: &mut Vec<Action>,
) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::hover());
    let y = rect.center().y;
    let look = model.codebook.look(item.kind.as_deref());
    paint_tile(
        ui.painter(),
        p,
        Rect::from_center_size(pos2(rect.left() + 7.5, y), vec2(15.0, 15.0)),
        look.letter,
        p.kind(look.colours),
    );
    let judged = |axis: &str| release.assessment(claim, axis).map(|(_, assessment)| assessment);
    let badge = model.codebook.scales.badge(judged("reliability"), judged("credibility"));
    let mut x = rect.left() + 24.0;
    let strong = theme::semibold(theme::SIZE_FIELD);
    ui.painter().text(pos2(x, y), Align2::LEFT_CENTER, &badge, strong.clone(), p.text);
    x += text_width(ui, &badge, strong) + 8.0;
    let spans = release.claim_spans(claim);
    let hull = spans.first().zip(spans.last()).map(|(first, last)| ByteSpan { start: first.start, end: last.end });
    let place = match hull {
        Some(hull) => {
            let codes = release.document.text.code_span_from_byte_span(hull);
            let paragraph = release.paragraph_at(hull.start).map(|number| format!("¶{number} · ")).unwrap_or_default();
            format!("{paragraph}{}–{}", codes.start, codes.end)
        }
        None => "not found in this text".to_owned(),
    };
    let several = release.selected.len();
    let place = if several > 1 { format!("{several} claims · {place}") } else { place };
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{} {badge} {place}", look.label)));
    ui.painter().text(pos2(x, y), Align2::LEFT_CENTER, place, theme::regular(theme::SIZE_FIELD), p.dim);
    let here = hull.map(|hull| release.claims_at(hull.start + 1)).unwrap_or_default();
    if let Some(at) = here.iter().position(|other| other == claim) {
        let key = model.key(Command::CycleClaims);
        paint_key(ui, p, pos2(rect.right() - 17.0, y), &key);
        let words = format!("{} of {} here", at + 1, here.len());
        ui.painter().text(
            pos2(rect.right() - 24.0, y),
            Align2::RIGHT_CENTER,
            words,
            theme::regular(theme::SIZE_FIELD),
            p.dim,
        );
        let button = Rect::from_min_max(pos2(rect.right() - 100.0, rect.top()), rect.max);
        let response = ui.interact(button, ui.scope_id().with("here"), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "next claim here"));
        if response.clicked() {
            actions.push(Action::Run(Command::CycleClaims));
        }
    }
}

/// The sentence over as many lines as it takes. Each part opens what it names.
fn whole(
    ui: &mut Ui,
    model: &Model,
    release: &Release,
    claim: &ClaimRef,
    engine: &mut TextEngine,
    p: &Palette,
    actions: &mut Vec<Action>,
) {
    let pieces = sentence::pieces(release, claim);
    let kind = sentence::kind_color(model, release, claim, p);
    let left = ui.cursor().left();
    let top = ui.cursor().top();
    let width = ui.available_width();
    let mut at = pos2(left, top);
    let mut clicked = None;
    for (i, piece) in pieces.iter().enumerate() {
        if i > 0 {
            if at.x + 40.0 > left + width {
                at = pos2(left, at.y + LINE);
            }
            ui.painter().text(
                pos2(at.x + 3.0, at.y + LINE / 2.0),
                Align2::LEFT_CENTER,
                "→",
                theme::regular(SIZE),
                p.dim,
            );
            at.x += 20.0;
        }
        if let Some(number) = piece.number {
            paint_ring(ui.painter(), p, pos2(at.x + 7.0, at.y + LINE / 2.0), number, p.panel);
            at.x += 17.0;
        }
        let mut any: Option<Response> = None;
        let parts: Vec<&str> =
            if is_right_to_left(&piece.text) { vec![&piece.text] } else { words(&piece.text).collect() };
        for word in parts {
            let color = if piece.part == Part::Nobody { p.accent } else { p.text };
            let is_block = is_right_to_left(word);
            let max_lines = if is_block { BLOCK } else { 1 };
            let quote = Quote { max_lines, ..Quote::new(word, Family::Serif, SIZE, LINE, color) };
            let laid = engine.quote(ui.ctx(), &quote, width);
            let scale = ui.ctx().pixels_per_point();
            let (from, to) = laid.extent(scale);
            let used = if is_block { to - from } else { laid.width / scale };
            if at.x + used > left + width && at.x > left {
                at = pos2(left, at.y + LINE);
            }
            let height = laid.height / scale;
            let ground = Rect::from_min_size(at, vec2(used, height));
            if any.is_none() || piece.part != Part::Cue {
                sentence::decorate(ui, p, piece, ground.shrink2(vec2(0.0, 1.0)), kind);
            }
            paint_quote(ui, engine, &laid, at - vec2(if is_block { from } else { 0.0 }, 0.0), &quote);
            let response =
                ui.interact(ground, ui.scope_id().with(("piece", i, at.x as i32, at.y as i32)), Sense::click());
            any = Some(any.map_or(response.clone(), |other| other.union(response)));
            at.x += used;
            if height > LINE + 1.0 {
                at = pos2(left, at.y + height - LINE);
                at.x = left + width;
            }
        }
        if let Some(response) = any {
            response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &piece.text));
            if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
                clicked = Some(piece.clone());
            }
        }
    }
    ui.allocate_exact_size(vec2(width, at.y + LINE - top), Sense::hover());
    if let Some(piece) = clicked {
        actions.extend(open(release, claim, &piece));
    }
}

/// Lines of a right-to-left part that are shown.
const BLOCK: usize = 3;

/// Whether the first strong letter is Hebrew, Arabic or of another script that runs from right to left: such a part is
/// laid out as a whole, for its words follow each other the other way.
fn is_right_to_left(text: &str) -> bool {
    let strong = text.chars().find(|c| c.is_alphabetic());
    strong.is_some_and(|c| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}'))
}

/// Words with the blank after them, so that lines break between them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(' ')
}

/// What a click on a part opens.
fn open(release: &Release, claim: &ClaimRef, piece: &Piece) -> Option<Action> {
    match &piece.part {
        Part::Source(Some(source)) if claim.layer.is_none() => {
            Some(Action::Show(Dialog::Sources(Some(source.clone()))))
        }
        Part::Writer => Some(Action::Show(Dialog::AboutRelease)),
        Part::Nobody => Some(Action::OpenStrip),
        Part::Source(_) | Part::Cue => {
            let chain = crate::app::derive::chain(release, claim)?;
            let at = piece.number?.checked_sub(1)?;
            chain.voices.get(at).and_then(|stop| stop.spans.first()).map(|span| Action::SelectText(*span))
        }
        Part::Claim => release.claim_spans(claim).first().map(|span| Action::SelectText(*span)),
    }
}

/// Whose claim it is, where it is not mine, and what can be done with it.
pub fn colleague(ui: &mut Ui, model: &Model, release: &Release, claim: &ClaimRef, actions: &mut Vec<Action>) {
    let Some(layer) = claim.layer.as_ref().and_then(|handle| release.layer(handle)) else { return };
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(22.0, 22.0), Sense::hover());
        let face = Face { slot: layer.slot, look: crate::review::Look::Shown };
        paint_face(ui.painter(), &Palette::of(ui), rect.center(), 20.0, &initials(&layer.name), face);
        ui.label(format!("Marked by {}", layer.name));
    });
    ui.horizontal(|ui| {
        for (command, words) in [(Command::CopyTheirs, "Copy into my set"), (Command::Remark, "Remark")] {
            let button = egui::Button::new(words).shortcut_text(model.key(command));
            let enabled = command.enabled(model);
            let response = ui.add_enabled(enabled.is_ok(), button);
            if response.on_disabled_hover_text(enabled.err().unwrap_or_default()).clicked() {
                actions.push(Action::Run(command));
            }
        }
        if let Some(mine) = layer.mine_of(&claim.id)
            && ui.button("Show mine").on_hover_text("Your mark of the same words").clicked()
        {
            let claims = vec![ClaimRef::mine(mine.clone())];
            actions.push(Action::SelectClaims { claims, reveal: true });
        }
    });
}
