//! The first page, before anything is open: what this is, and three ways to begin.

use egui::{Align2, Area, Color32, Id, Order, RichText, Stroke, Ui, vec2};

use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::model::{Dialog, Model};
use crate::app::theme::{self, Palette};
use crate::app::widgets::link;

/// Recent documents shown.
const RECENT: usize = 6;

/// Draws it.
pub fn show(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    let p = Palette::of(ui);
    let room = ui.max_rect();
    let width = 460.0_f32.min(room.width() - 32.0);
    let left = room.center().x - width / 2.0;
    let top = room.top() + (room.height() * 0.18).max(16.0);
    let rect = egui::Rect::from_min_max(egui::pos2(left, top), egui::pos2(left + width, room.bottom()));
    ui.scope_builder(egui::UiBuilder::new().max_rect(rect), |ui| {
        ui.spacing_mut().item_spacing.y = 8.0;
        ui.label(RichText::new("Vouch").font(theme::bold(28.0)));
        let words = "Read a press release, mark who says what, and how sure we are. Your marks lie in a file beside the \
                     release; nothing leaves this computer.";
        ui.label(RichText::new(words).font(theme::regular(15.0)).color(p.dim));
        ui.add_space(10.0);
        if primary(ui, &p, "Open the sample release", width).clicked() {
            actions.push(Action::Run(Command::OpenSample));
        }
        for (name, command) in [
            ("Open a folder of releases…", Command::OpenFolder),
            ("Open a release…", Command::Open),
            ("New release from text…", Command::PasteRelease),
        ] {
            let button = egui::Button::new(name).shortcut_text(model.key(command)).min_size(vec2(width, 30.0));
            if ui.add(button).clicked() {
                actions.push(Action::Run(command));
            }
        }
        ui.label(RichText::new("Or drop files or a folder here.").font(theme::regular(theme::SIZE_FIELD)).color(p.dim));
        recent(ui, model, &p, actions);
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            let settings = &model.settings;
            let me = if settings.name.is_empty() { settings.handle.clone() } else { format!("{} ({})", settings.name, settings.handle) };
            ui.label(RichText::new(format!("Your marks are saved as {me}.")).font(theme::regular(theme::SIZE_FIELD)).color(p.dim));
            if link(ui, "change", theme::SIZE_FIELD).clicked() {
                actions.push(Action::Show(Dialog::Settings));
            }
        });
    });
}

fn primary(ui: &mut Ui, p: &Palette, name: &str, width: f32) -> egui::Response {
    let text = RichText::new(name).font(theme::semibold(theme::SIZE_BODY)).color(p.on_accent);
    ui.add(egui::Button::new(text).fill(p.accent).stroke(Stroke::new(1.0, p.accent)).min_size(vec2(width, 34.0)))
}

fn recent(ui: &mut Ui, model: &Model, p: &Palette, actions: &mut Vec<Action>) {
    if model.settings.recent.is_empty() {
        return;
    }
    ui.add_space(8.0);
    ui.label(RichText::new("RECENT").font(theme::semibold(theme::SIZE_SMALL)).color(p.dim));
    for path in model.settings.recent.iter().take(RECENT) {
        let name =
            path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
        if link(ui, &name, theme::SIZE_BODY).on_hover_text(path.display().to_string()).clicked() {
            actions.push(Action::OpenPaths(vec![path.clone()]));
        }
    }
}

/// What is said while files hover over the window.
pub fn show_drop_hint(ui: &Ui) {
    let p = Palette::of(ui);
    let rect = ui.ctx().content_rect();
    Area::new(Id::unique("drop hint")).order(Order::Foreground).fixed_pos(rect.min).interactable(false).show(
        ui.ctx(),
        |ui| {
            let veil: Color32 = p.paper.gamma_multiply(0.9);
            ui.painter().rect_filled(rect, 0.0, veil);
            ui.painter().rect_stroke(
                rect.shrink(12.0),
                theme::CORNER_STRIP,
                Stroke::new(2.0, p.accent),
                egui::StrokeKind::Inside,
            );
            ui.painter().text(
                rect.center(),
                Align2::CENTER_CENTER,
                "Drop releases or a folder to open them",
                theme::semibold(18.0),
                p.text,
            );
        },
    );
}
