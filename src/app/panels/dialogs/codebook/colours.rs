//! A kind's colour: chosen from hues that stay apart for all eyes, with the contrast in both themes as one chooses.

use egui::{CornerRadius, Rect, Response, RichText, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::annotation::{Codebook, Colours, FALLS_TOGETHER, Kind, LEAST_CONTRAST, Rgb, hues};
use crate::app::theme::{self, Palette};

pub(super) fn pick(ui: &mut Ui, book: &Codebook, kind: &Kind, colours: &mut Colours) {
    let p = Palette::of(ui);
    let mut looked_at = *colours;
    for list in hues() {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
            let (rect, _) = ui.allocate_exact_size(vec2(58.0, 20.0), Sense::hover());
            let font = theme::regular(theme::SIZE_SMALL);
            ui.painter().text(rect.left_center(), egui::Align2::LEFT_CENTER, &list.name, font, p.dim);
            for hue in &list.hues {
                let response = swatch(ui, &p, *hue, hue == colours);
                if response.hovered() || response.has_focus() {
                    looked_at = *hue;
                }
                if response.clicked() {
                    *colours = *hue;
                }
            }
        });
    }
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(58.0, 20.0), Sense::hover());
        let font = theme::regular(theme::SIZE_SMALL);
        ui.painter().text(rect.left_center(), egui::Align2::LEFT_CENTER, "Own", font, p.dim);
        for (name, colour) in [("light", &mut colours.light), ("dark", &mut colours.dark)] {
            let id = ui.scope_id().with(("hex", &kind.key, name));
            let mut typed = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_else(|| colour.to_string());
            let response = ui.add(egui::TextEdit::singleline(&mut typed).char_limit(7).desired_width(76.0));
            response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, format!("colour in the {name} theme")));
            if let Some(read) = Rgb::parse(&typed).filter(|_| response.changed()) {
                *colour = read;
            }
            // What is half typed stays only as long as it is being typed.
            if response.has_focus() {
                ui.data_mut(|data| data.insert_temp(id, typed));
            } else {
                ui.data_mut(|data| data.remove_temp::<String>(id));
            }
        }
    });
    figures(ui, &p, book, kind, looked_at);
}

/// Both themes' colours on their papers, side by side.
fn swatch(ui: &mut Ui, p: &Palette, hue: Colours, chosen: bool) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(34.0, 20.0), Sense::click());
    response.widget_info(|| {
        let name = format!("colour {} light, {} dark", hue.light, hue.dark);
        WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), chosen, name)
    });
    let (left, right) = rect.split_left_right_at_fraction(0.5);
    let painter = ui.painter();
    for (half, palette) in [(left, Palette::light()), (right, Palette::dark())] {
        painter.rect_filled(half, CornerRadius::ZERO, palette.paper);
        painter.rect_filled(
            Rect::from_center_size(half.center(), vec2(11.0, 12.0)),
            CornerRadius::ZERO,
            palette.kind(hue),
        );
    }
    let edge = if chosen || response.has_focus() {
        Stroke::new(2.0, p.accent)
    } else if response.hovered() {
        Stroke::new(1.0, p.control)
    } else {
        Stroke::new(1.0, p.line)
    };
    painter.rect_stroke(rect, CornerRadius::same(2), edge, StrokeKind::Outside);
    response
}

/// Contrast in both themes, and the kind that some eyes see nearest.
fn figures(ui: &mut Ui, p: &Palette, book: &Codebook, kind: &Kind, colours: Colours) {
    let small = |words: String, wrong: bool| {
        RichText::new(words).font(theme::regular(theme::SIZE_SMALL)).color(if wrong { p.disputed } else { p.dim })
    };
    // Cut, not rounded: 2.99 is not 3.
    let cut = |contrast: f64| (contrast * 10.0).floor() / 10.0;
    let (light, dark) = colours.contrast();
    let wrong = light < LEAST_CONTRAST || dark < LEAST_CONTRAST;
    let needed = if wrong { ": at least 3:1 is needed" } else { "" };
    let words = format!("On paper {:.1}:1 in the light theme, {:.1}:1 in the dark one{needed}", cut(light), cut(dark));
    ui.label(small(words, wrong));
    if let Some(near) = book.nearest_kind(colours, &kind.key) {
        let theme = if near.dark { "dark" } else { "light" };
        let (wrong, other) = (near.distance < FALLS_TOGETHER, &near.kind.label);
        let words = if wrong {
            format!("Looks like {other} to {} in the {theme} theme", near.eyes)
        } else {
            format!("Nearest is {other}, to {} in the {theme} theme: told apart", near.eyes)
        };
        ui.label(small(words, wrong));
    }
}
