//! Sources × kinds: a row a source, a column a kind, the more claims the stronger the colour; the figure stands in it.

use egui::{Align2, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{ask, kind_label, source_query};
use crate::app::action::Action;
use crate::app::model::Model;
use crate::app::panels::painted::{self, Ink};
use crate::app::text::TextEngine;
use crate::app::theme::{self, Palette};
use crate::app::widgets::paint_tile;
use crate::collection::Statistics;

/// Height of a row.
const ROW: f32 = 26.0;
/// Width of the names.
const NAME: f32 = 220.0;
/// Width of the sums.
const SUM: f32 = 52.0;

/// Draws it.
pub fn show(ui: &mut Ui, model: &Model, figures: &Statistics, engine: &mut TextEngine, actions: &mut Vec<Action>) {
    let p = Palette::of(ui);
    let name = NAME.min(ui.available_width() * 0.3);
    let column = ((ui.available_width() - name - SUM - 14.0) / figures.kinds.len().max(1) as f32).min(74.0);
    let (head, _) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::hover());
    for (at, kind) in figures.kinds.iter().enumerate() {
        let look = model.codebook.look(Some(kind.as_str()).filter(|kind| !kind.is_empty()));
        let center = pos2(head.left() + name + column * (at as f32 + 0.5), head.center().y);
        let tile = Rect::from_center_size(center, vec2(15.0, 15.0));
        paint_tile(ui.painter(), &p, tile, look.letter, p.kind(look.colours));
        let response = ui.interact(tile, ui.scope_id().with(("kind", at)), Sense::hover());
        response.on_hover_text(kind_label(&model.codebook, kind));
    }
    let most = figures.sources.iter().flat_map(|source| &source.by_kind).max().copied().unwrap_or(1).max(1);
    ScrollArea::vertical().auto_shrink([false, false]).show_rows(ui, ROW, figures.sources.len(), |ui, range| {
        for source in figures.sources.get(range).unwrap_or_default() {
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW - 2.0), Sense::hover());
            let said = if source.name.is_empty() { "nobody named" } else { &source.name };
            let color = if source.name.is_empty() { p.dim } else { p.text };
            let ink = Ink { size: theme::SIZE_FIELD, weight: 400, color };
            painted::words(ui, engine, said, rect.left_center(), name - 8.0, ink);
            let of_source = source_query(&source.name, source.id.as_ref());
            for (at, (number, kind)) in source.by_kind.iter().zip(&figures.kinds).enumerate() {
                if *number == 0 {
                    continue;
                }
                let left = rect.left() + name + column * at as f32;
                let cell = Rect::from_min_size(pos2(left + 1.0, rect.top()), vec2(column - 2.0, rect.height()));
                let look = model.codebook.look(Some(kind.as_str()).filter(|kind| !kind.is_empty()));
                let share = (*number as f32 / most as f32).sqrt();
                let fill = p.ground(p.kind(look.colours), 0.3 + 0.7 * share);
                let response = ui.interact(cell, ui.scope_id().with((&of_source, at)), Sense::click());
                let label = kind_label(&model.codebook, kind);
                response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{said}, {label}: {number}")));
                let edge = if response.hovered() || response.has_focus() { p.accent } else { fill };
                let stroke = egui::Stroke::new(1.0, edge);
                ui.painter().rect(cell, theme::CORNER, fill, stroke, egui::StrokeKind::Inside);
                let font = theme::semibold(theme::SIZE_FIELD);
                ui.painter().text(cell.center(), Align2::CENTER_CENTER, number.to_string(), font, p.text);
                // Names may be in any script, which hints cannot show: the row says who.
                if response.on_hover_text(format!("{number} {label}")).clicked() {
                    let of_kind = if kind.is_empty() { "-has:kind".to_owned() } else { format!("kind:\"{kind}\"") };
                    actions.extend(ask(format!("{of_source} {of_kind}")));
                }
            }
            let at = pos2(rect.right() - 6.0, rect.center().y);
            let sum = Rect::from_min_max(pos2(rect.right() - SUM, rect.top()), rect.max);
            let response = ui.interact(sum, ui.scope_id().with((&of_source, "sum")), Sense::click());
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{said}: {}", source.claims)));
            let color = if response.hovered() { p.accent } else { p.dim };
            let font = theme::semibold(theme::SIZE_FIELD);
            ui.painter().text(at, Align2::RIGHT_CENTER, source.claims.to_string(), font, color);
            if response.clicked() {
                actions.extend(ask(of_source.clone()));
            }
        }
    });
}
