//! The menu bar: menus from the command table, the name of what is open, and the three panel switches.

use egui::{Align, Layout, MenuBar, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::app::action::Action;
use crate::app::command::{Command, Menu, Row, SPECS, Spec};
use crate::app::model::Model;
use crate::app::theme::{self, Palette};
use crate::app::widgets::{line_of_text, sign_colour};

/// Draws the bar.
pub fn show(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    MenuBar::new().ui(ui, |ui| {
        ui.set_min_height(theme::MENU_BAR);
        ui.add_space(12.0);
        ui.label(egui::RichText::new("Vouch").font(theme::bold(theme::SIZE_BODY)));
        ui.add_space(4.0);
        for menu in Menu::ALL {
            ui.menu_button(menu.name(), |ui| {
                ui.set_min_width(260.0);
                for spec in SPECS.iter().filter(|spec| spec.menu == menu && spec.row != Row::Hidden) {
                    item(ui, model, spec, actions);
                }
                if menu == Menu::File {
                    recent(ui, model, actions);
                }
            });
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(12.0);
            let layout = &model.settings.layout;
            // From the right: inspector, table, left panel.
            for (side, on, command) in [
                (Side::Right, layout.inspector, Command::ToggleInspector),
                (Side::Bottom, layout.table, Command::ToggleTable),
                (Side::Left, layout.left, Command::ToggleLeft),
            ] {
                if switch(ui, model, side, on, command).clicked() {
                    actions.push(Action::Run(command));
                }
            }
            ui.add_space(6.0);
            if let Some(release) = model.current() {
                let p = Palette::of(ui);
                let name = release.document.name.as_str();
                let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), Sense::hover());
                response.widget_info(|| WidgetInfo::labeled(Role::Label, true, name));
                let at = rect.right_center();
                line_of_text(
                    ui,
                    at,
                    egui::Align2::RIGHT_CENTER,
                    name,
                    theme::regular(theme::SIZE_BODY),
                    p.dim,
                    rect.width(),
                );
                response.on_hover_text(release.path.display().to_string());
            }
        });
    });
}

fn item(ui: &mut Ui, model: &Model, spec: &Spec, actions: &mut Vec<Action>) {
    if spec.separated {
        ui.separator();
    }
    let enabled = spec.command.enabled(model);
    let name = name(model, spec);
    let button = egui::Button::new(name).shortcut_text(model.key(spec.command)).min_size(vec2(260.0, 0.0));
    let response = ui.add_enabled(enabled.is_ok(), button);
    let response = match enabled {
        Ok(()) if spec.help.is_empty() => response,
        Ok(()) => response.on_hover_text(spec.help),
        Err(why) => response.on_disabled_hover_text(why),
    };
    if response.clicked() {
        actions.push(Action::Run(spec.command));
        ui.close();
    }
}

/// A command's name; undo and redo say what they would take back.
fn name(model: &Model, spec: &Spec) -> String {
    if model.means_codebook(spec.command) && matches!(spec.command, Command::Undo | Command::Redo) {
        let history = &model.book.history;
        let step = if spec.command == Command::Undo { history.to_undo() } else { history.to_redo() };
        return step.map_or_else(|| spec.name.to_owned(), |step| format!("{} {}", spec.name, step.label));
    }
    let history = model.current().and_then(|release| release.history());
    let step = match spec.command {
        Command::Undo => history.and_then(|history| history.to_undo()),
        Command::Redo => history.and_then(|history| history.to_redo()),
        _ => None,
    };
    step.map_or_else(|| spec.name.to_owned(), |edit| format!("{} {}", spec.name, edit.label))
}

fn recent(ui: &mut Ui, model: &Model, actions: &mut Vec<Action>) {
    if model.settings.recent.is_empty() {
        return;
    }
    ui.separator();
    ui.menu_button("Open recent", |ui| {
        for path in model.settings.recent.iter().take(12) {
            let name =
                path.file_name().map_or_else(|| path.display().to_string(), |name| name.to_string_lossy().into_owned());
            if ui.button(name).on_hover_text(path.display().to_string()).clicked() {
                actions.push(Action::OpenPaths(vec![path.clone()]));
                ui.close();
            }
        }
    });
}

#[derive(Clone, Copy)]
enum Side {
    Left,
    Bottom,
    Right,
}

/// A panel switch, 18×14: the outline of a window with the panel's part filled where it is shown.
fn switch(ui: &mut Ui, model: &Model, side: Side, on: bool, command: Command) -> Response {
    let p = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(22.0, 20.0), Sense::click());
    let name = command.spec().map_or("", |spec| spec.name);
    response.widget_info(|| WidgetInfo::selected(Role::Switch, true, on, name));
    let icon = egui::Rect::from_center_size(rect.center(), vec2(18.0, 14.0));
    let color = sign_colour(&response, &p);
    let part = match side {
        Side::Left => egui::Rect::from_min_max(icon.min, pos2(icon.left() + 6.0, icon.bottom())),
        Side::Bottom => egui::Rect::from_min_max(pos2(icon.left(), icon.bottom() - 5.0), icon.max),
        Side::Right => egui::Rect::from_min_max(pos2(icon.right() - 6.0, icon.top()), icon.max),
    };
    if on {
        ui.painter().rect_filled(part, 2.0, color);
    }
    ui.painter().rect_stroke(icon, 2.0, Stroke::new(1.0, color), StrokeKind::Inside);
    let key = model.key(command);
    response.on_hover_text(if key.is_empty() { name.to_owned() } else { format!("{name} ({key})") })
}
