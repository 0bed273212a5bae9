//! The left panel folded to a rail of 36: the glyphs of the releases and the initials of the layers.

use egui::{CornerRadius, Popup, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, vec2};

use super::layers;
use super::left::glyph;
use crate::app::action::Action;
use crate::app::model::Model;
use crate::app::theme::{self, Palette};
use crate::app::widgets::{Face, initials, paint_disc, paint_face, paint_glyph};

/// Draws it.
pub fn show(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    let p = Palette::of(ui);
    let panel = ui.max_rect();
    ui.painter().vline(panel.right() - 0.5, panel.y_range(), Stroke::new(1.0, p.line));
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.add_space(8.0);
    let shown = model.current().map(|release| &release.path);
    let layers = model.current().map_or(0.0, |release| (release.layers.len() + 1) as f32 * 30.0 + 20.0);
    let room = (ui.available_height() - layers).max(60.0);
    ScrollArea::vertical().id_salt("rail").max_height(room).show_rows(
        ui,
        28.0,
        model.folder.entries.len(),
        |ui, rows| {
            for entry in rows.filter_map(|at| model.folder.entries.get(at)) {
                let (rect, response) = ui.allocate_exact_size(vec2(theme::LEFT_RAIL - 1.0, 28.0), Sense::click());
                let is_shown = shown == Some(&entry.path);
                let unread = if entry.unread > 0 { ", unread remarks" } else { "" };
                let words = format!("{}, {}{unread}", entry.title, glyph(entry).name());
                response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, is_shown, &words));
                if is_shown {
                    ui.painter().rect_filled(rect.shrink2(vec2(4.0, 0.0)), CornerRadius::same(theme::CORNER), p.row);
                }
                paint_glyph(ui.painter(), &p, rect.center(), glyph(entry));
                if response.clicked() {
                    actions.push(Action::ShowRelease(entry.path.clone()));
                }
                if entry.unread > 0 {
                    ui.painter().circle_filled(rect.center() + vec2(9.0, -8.0), 3.0, p.accent);
                }
                response.on_hover_text(format!("{}\n{}", entry.title, entry.byline));
            }
        },
    );
    let Some(release) = model.current() else { return };
    ui.add_space(8.0);
    let (line, _) = ui.allocate_exact_size(vec2(theme::LEFT_RAIL - 1.0, 1.0), Sense::hover());
    ui.painter().hline(line.shrink2(vec2(8.0, 0.0)).x_range(), line.center().y, Stroke::new(1.0, p.line));
    ui.add_space(8.0);
    let settings = &model.settings;
    let name = release.my_name(settings);
    let (rect, response) = ui.allocate_exact_size(vec2(theme::LEFT_RAIL - 1.0, 30.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{name}, yours")));
    paint_disc(ui.painter(), &p, rect.center(), 22.0, &initials(name), true);
    response.on_hover_text(format!("{name} ({}), yours", settings.handle));
    for layer in &release.layers {
        let (rect, response) = ui.allocate_exact_size(vec2(theme::LEFT_RAIL - 1.0, 30.0), Sense::click());
        response
            .widget_info(|| WidgetInfo::selected(Role::Switch, true, layer.is_shown(), format!("show {}", layer.name)));
        let face = Face { slot: layer.slot, look: layer.look };
        paint_face(ui.painter(), &p, rect.center(), 22.0, &initials(&layer.name), face);
        if !layer.is_shown() {
            ui.painter().line_segment(
                [rect.center() + vec2(-9.0, 9.0), rect.center() + vec2(9.0, -9.0)],
                Stroke::new(1.5, p.dim),
            );
        }
        if response.clicked() {
            actions.push(Action::LookAt { handle: layer.handle.clone(), look: layers::toggled(layer) });
        }
        Popup::context_menu(&response).show(|ui| layers::menu(ui, release, layer, actions));
        let (both, agreed) = (layer.alignment.both(), layer.alignment.agreed());
        response.on_hover_text(format!("{} ({}): {agreed} of {both} agree", layer.name, layer.handle));
    }
}
