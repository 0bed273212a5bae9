//! The inspector folded to one line under the reader: the claim as a sentence, and the keys that say more.

use egui::{Align2, Rect, Sense, Stroke, Ui, pos2, vec2};

use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::panels::sentence;
use crate::app::text::TextEngine;
use crate::app::theme::{self, Palette};
use crate::app::widgets::{paint_key, paint_tile, text_width};

/// Draws it.
pub fn show(ui: &mut Ui, model: &Model, engine: &mut TextEngine, actions: &mut Vec<Action>) {
    let p = Palette::of(ui);
    let rect = ui.max_rect();
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.0, p.line));
    let y = rect.center().y;
    let Some((release, claim)) = model.at_hand() else {
        let words = format!(
            "No claim is selected: {} marks one, {} goes to the next",
            model.key(Command::MarkClaim),
            model.key(Command::NextClaim)
        );
        ui.painter().text(
            pos2(rect.left() + 12.0, y),
            Align2::LEFT_CENTER,
            words,
            theme::regular(theme::SIZE_FIELD),
            p.dim,
        );
        return;
    };
    let Some(item) = release.claim(claim) else { return };
    let look = model.codebook.look(item.kind.as_deref());
    let mut x = rect.left() + 10.0;
    paint_tile(
        ui.painter(),
        &p,
        Rect::from_center_size(pos2(x + 7.5, y), vec2(15.0, 15.0)),
        look.letter,
        p.kind(look.colours),
    );
    x += 23.0;
    let judged = |axis: &str| release.assessment(claim, axis).map(|(_, assessment)| assessment);
    let badge = model.codebook.scales.badge(judged("reliability"), judged("credibility"));
    ui.painter().text(pos2(x, y), Align2::LEFT_CENTER, &badge, theme::semibold(theme::SIZE_FIELD), p.text);
    x += text_width(ui, &badge, theme::semibold(theme::SIZE_FIELD)) + 10.0;

    let mut right = rect.right() - 8.0;
    for command in [Command::Inspector, Command::CycleClaims] {
        let key = model.key(command);
        let width = text_width(ui, &key, theme::semibold(theme::SIZE_SMALL)).max(9.0) + 8.0;
        right -= width;
        paint_key(ui, &p, pos2(right, y), &key);
        let name = command.spec().map_or("", |spec| spec.name);
        let response = ui.interact(
            Rect::from_min_size(pos2(right, y - 9.0), vec2(width, 18.0)),
            ui.scope_id().with(name),
            Sense::click(),
        );
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, name));
        if response.on_hover_text(name).clicked() {
            actions.push(Action::Run(command));
        }
        right -= 6.0;
    }
    let here = release.claims_at(release.claim_spans(claim).first().map_or(0, |span| span.start + 1));
    if let Some(at) = here.iter().position(|other| other == claim) {
        let words = format!("{} of {}", at + 1, here.len());
        right -= text_width(ui, &words, theme::regular(theme::SIZE_FIELD));
        ui.painter().text(pos2(right, y), Align2::LEFT_CENTER, words, theme::regular(theme::SIZE_FIELD), p.dim);
        right -= 10.0;
    }
    let room = Rect::from_min_max(pos2(x, y - 10.0), pos2(right, y + 10.0));
    ui.scope_builder(egui::UiBuilder::new().max_rect(room), |ui| {
        sentence::line(ui, model, release, claim, engine, room.width());
    });
}
