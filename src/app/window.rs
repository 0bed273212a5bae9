//! The window itself: keys to commands, panels in their places, and what the frame leaves for the system.
//!
//! Draws the desk and pushes actions onto it; changes nothing itself. Held by `tests/window.rs`.

use std::time::Duration;

use egui::{CentralPanel, Context, Frame, Key, Margin, Panel, Rect, Stroke, Ui, ViewportCommand};

use super::action::Action;
use super::command::Command;
use super::desk::Desk;
use super::model::{Dialog, Model};
use super::panels::{self, Views};
use super::text::{Fonts, TextEngine};
use super::theme::{self, Palette};
use crate::settings::{Settings, Theme};

/// What the operating system's window shows.
pub struct Window {
    /// The model and what works on it.
    pub desk: Desk,
    /// Lays out and paints text.
    pub engine: TextEngine,
    /// What panels remember between frames: drafts of fields, scroll places.
    pub views: Views,
    title: String,
    zoom: f32,
    /// Width and height in the system's points, while it is neither maximised nor full-screen.
    size: Option<(f32, f32)>,
}

impl Window {
    /// A window over a desk. Fonts of the system come later, so that the first frame need not wait for them.
    #[must_use]
    pub fn new(context: &Context, desk: Desk, fonts: Fonts) -> Self {
        theme::install(context);
        context.set_fonts(super::text::egui_fonts());
        // Zoom is a command like any other: its keys can be changed, and its value is kept.
        context.options_mut(|options| options.zoom_with_keyboard = false);
        let engine = TextEngine::new(fonts);
        Self { desk, engine, views: Views::default(), title: String::new(), zoom: 0.0, size: None }
    }

    /// Everything is saved when this returns, the window's size for the next start too.
    pub fn close(&mut self) {
        self.desk.close(self.size);
    }

    /// Takes in what was done since the last frame. Also runs while the window is hidden.
    pub fn logic(&mut self, context: &Context) {
        let time = context.input(|input| input.time);
        self.desk.logic(time);
        if let Some(fonts) = self.desk.new_fonts.take() {
            self.engine.adopt(*fonts);
        }
        if let Some(text) = self.desk.to_clipboard.take() {
            context.copy_text(text);
        }
        if let Some(address) = self.desk.to_browser.take() {
            context.open_url(egui::OpenUrl::new_tab(address));
        }
        let settings = &self.desk.model.settings;
        context.set_theme(match settings.theme {
            Theme::System => egui::ThemePreference::System,
            Theme::Light => egui::ThemePreference::Light,
            Theme::Dark => egui::ThemePreference::Dark,
        });
        if self.zoom.to_bits() != settings.zoom.to_bits() {
            self.zoom = settings.zoom;
            context.set_zoom_factor(settings.zoom);
        }
        let is_free = context.input(|input| {
            let viewport = input.viewport();
            !viewport.maximized.unwrap_or(false) && !viewport.fullscreen.unwrap_or(false)
        });
        if is_free {
            let size = context.content_rect().size() * context.zoom_factor();
            self.size = Some((size.x, size.y));
        }
        let title = self.desk.title();
        if title != self.title {
            context.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
        if std::mem::take(&mut self.desk.wants_paste) {
            context.send_viewport_cmd(ViewportCommand::RequestPaste);
        }
        if self.desk.quit {
            context.send_viewport_cmd(ViewportCommand::Close);
        }
        if self.desk.model.toast.is_some() {
            context.request_repaint_after(Duration::from_millis(500));
        }
    }

    /// Draws a frame.
    pub fn ui(&mut self, ui: &mut Ui) {
        self.views.focus = self.desk.focus.take();
        self.take_keys(ui);
        self.take_dropped(ui);
        let palette = Palette::of(ui);
        let fill = |color| Frame::new().fill(color);
        let Self { desk, engine, views, .. } = self;
        let (model, actions) = (&desk.model, &mut desk.actions);
        let width = ui.available_width();
        let is_narrow = width < theme::NO_INSPECTOR_BELOW;
        let layout = &model.settings.layout;
        let mut sized = layout.clone();

        Panel::top("menu").exact_size(theme::MENU_BAR).frame(fill(palette.panel)).show(ui, |ui| {
            panels::menu::show(ui, model, actions);
        });
        Panel::bottom("bottom").exact_size(theme::BOTTOM_BAR).frame(fill(palette.panel)).show(ui, |ui| {
            panels::bottom::show(ui, model, actions);
        });
        for (at, banner) in model.banners.iter().enumerate() {
            Panel::top(egui::Id::unique("banner").with(at))
                .frame(fill(palette.panel).inner_margin(Margin::symmetric(12, 6)))
                .show(ui, |ui| panels::banner::show(ui, at, banner, actions));
        }
        if layout.left && !model.is_empty() {
            if width < theme::NO_LEFT_BELOW {
                Panel::left("rail").exact_size(theme::LEFT_RAIL).resizable(false).frame(fill(palette.panel)).show(
                    ui,
                    |ui| {
                        panels::rail::show(ui, model, actions);
                    },
                );
            } else {
                let panel = Panel::left("left").default_size(layout.left_width).min_size(180.0);
                let shown = panel.frame(fill(palette.panel)).show(ui, |ui| {
                    panels::left::show(ui, model, engine, &mut views.left, actions);
                });
                if is_let_go(ui, "left") {
                    sized.left_width = shown.response.rect.width();
                }
            }
        }
        let inspects = model.current().is_some() && layout.inspector;
        if inspects && !is_narrow {
            let frame = fill(palette.panel).inner_margin(Margin::same(theme::INSPECTOR_PADDING));
            let panel = Panel::right("inspector").default_size(layout.inspector_width).min_size(280.0);
            let shown = panel.frame(frame).show(ui, |ui| {
                inspect(ui, model, engine, views, actions);
            });
            if is_let_go(ui, "inspector") {
                sized.inspector_width = shown.response.rect.width();
            }
        }
        if !model.is_empty() && layout.table {
            let (name, height) =
                if is_narrow { ("narrow table", theme::TABLE_MIN) } else { ("table", layout.table_height) };
            let panel = Panel::bottom(name).min_size(theme::TABLE_MIN).default_size(height).resizable(true);
            let shown = panel.frame(fill(palette.panel)).show(ui, |ui| {
                let take_focus = views.focus == Some(Command::FocusTable);
                if model.comparison().is_some() {
                    panels::differences::show(ui, model, engine, &mut views.differences, take_focus, actions);
                } else {
                    panels::table::show(ui, model, engine, &mut views.table, take_focus, actions);
                }
            });
            if is_let_go(ui, "table") {
                sized.table_height = shown.response.rect.height();
            }
        }
        if inspects && is_narrow {
            Panel::bottom("line").exact_size(32.0).frame(fill(palette.panel)).show(ui, |ui| {
                if model.comparison().is_some() {
                    panels::settle::line(ui, model, actions);
                } else {
                    panels::inspector_line::show(ui, model, engine, actions);
                }
            });
        }
        CentralPanel::no_frame().frame(fill(palette.paper)).show(ui, |ui| {
            let rect = ui.max_rect();
            match model.current() {
                None => panels::first::show(ui, model, actions),
                Some(release) => {
                    let state = desk.readers.entry(release.path.clone()).or_default();
                    panels::reading::show(ui, model, release, state, engine, views, actions);
                }
            }
            if inspects && is_narrow && model.inspector_over {
                show_over(ui, rect, &palette, |ui| {
                    inspect(ui, model, engine, views, actions);
                });
            }
        });
        if sized != *layout {
            actions.push(Action::Settings(Box::new(Settings { layout: sized, ..model.settings.clone() })));
        }
        panels::dialogs::show(ui, desk, engine, views);
        panels::toast::show(ui, &desk.model, &mut desk.actions);
    }

    /// Key presses that are commands, taken before any widget sees them.
    fn take_keys(&mut self, ui: &Ui) {
        let model = &self.desk.model;
        let is_open = model.dialog != Dialog::None || model.strip.is_some();
        let typing = ui.ctx().text_edit_focused() || is_open;
        let focused = ui.memory(egui::Memory::focused);
        let reads = focused.is_none() || focused == self.views.reader || focused == self.views.table.focus;
        let reads = reads || focused == self.views.differences.focus;
        let mut actions = Vec::new();
        let mut pasted = None;
        ui.input_mut(|input| {
            let modifiers = input.modifiers;
            input.events.retain(|event| match event {
                egui::Event::Key { key, physical_key, pressed: true, modifiers, .. } => {
                    if model.kind_follows && !typing {
                        actions.push(panels::kind_of_key(model, *key));
                        return false;
                    }
                    if *key == Key::Escape && !typing {
                        actions.push(escape(model));
                        return false;
                    }
                    let command = model.keymap.command(*key, *physical_key, *modifiers, typing);
                    // Space, Enter and the arrows belong to a focused button or row.
                    let belongs = !reads && matches!(key, Key::Space | Key::Enter | Key::Backspace);
                    // In a field all of its own text is meant.
                    // Enter is a command only where two sets are compared.
                    let belongs = belongs || (*key == Key::Enter && model.comparison().is_none());
                    let belongs = belongs || (typing && command == Some(Command::SelectAll));
                    match command.filter(|_| !belongs) {
                        Some(command) => {
                            actions.push(Action::Run(command));
                            false
                        }
                        None => true,
                    }
                }
                // A letter that was a command, or a kind, is not typed as well.
                egui::Event::Text(_) => typing || !reads,
                egui::Event::Copy if !typing => {
                    let command = if modifiers.shift { Command::CopyQuotation } else { Command::Copy };
                    actions.push(Action::Run(command));
                    false
                }
                egui::Event::Paste(text) if !typing => {
                    pasted = Some(text.clone());
                    false
                }
                _ => true,
            });
        });
        if let Some(text) = pasted {
            self.views.new_release.take(text);
            actions.push(Action::Show(Dialog::NewRelease));
        }
        self.desk.actions.append(&mut actions);
        if !self.desk.actions.is_empty() {
            ui.ctx().request_repaint();
        }
    }

    fn take_dropped(&mut self, ui: &Ui) {
        let dropped = ui.input(|input| input.raw.dropped_files.clone());
        let paths: Vec<_> = dropped.iter().map(|file| file.path().to_owned()).collect();
        if !paths.is_empty() {
            self.desk.actions.push(Action::OpenPaths(paths));
        }
        if ui.input(|input| !input.raw.hovered_files.is_empty()) {
            panels::first::show_drop_hint(ui);
        }
    }
}

/// The inspector: of the claim at hand, or of the current difference of two sets.
fn inspect(ui: &mut Ui, model: &Model, engine: &mut TextEngine, views: &mut Views, actions: &mut Vec<Action>) {
    if model.comparison().is_some() {
        panels::settle::show(ui, model, engine, &mut views.settle, actions);
    } else {
        panels::inspector::show(ui, model, engine, &mut views.inspector, actions);
    }
}

/// Whether the edge of a panel was just let go after a drag.
fn is_let_go(ui: &Ui, panel: &str) -> bool {
    let edge = ui.scope_id().with_salt(egui::IdSalt::new(panel)).with("__resize");
    ui.ctx().read_response(edge).is_some_and(|response| response.drag_stopped())
}

/// What Escape does when no field and no dialog takes it.
fn escape(model: &Model) -> Action {
    if model.kind_follows {
        return Action::KindIs(None);
    }
    match model.current() {
        _ if model.inspector_over => Action::Run(Command::Inspector),
        Some(release) if release.find.open => Action::CloseFind,
        Some(release) if release.comparison.is_some() => Action::LeaveCompare,
        _ => Action::Deselect,
    }
}

/// The inspector laid over the right side of the reader, where the window is narrow.
fn show_over(ui: &mut Ui, rect: Rect, palette: &Palette, add: impl FnOnce(&mut Ui)) {
    let left = (rect.right() - theme::INSPECTOR).max(rect.left());
    let rect = Rect::from_min_max(egui::pos2(left, rect.top()), rect.max);
    let mut over = ui.new_child(
        egui::UiBuilder::new()
            .max_rect(rect)
            .layer_id(egui::LayerId::new(egui::Order::Middle, egui::Id::unique("inspector over"))),
    );
    over.painter().rect_filled(rect, 0.0, palette.panel);
    over.painter().vline(rect.left(), rect.y_range(), Stroke::new(1.0, palette.line));
    over.shrink_clip_rect(rect);
    let mut inner = over.new_child(egui::UiBuilder::new().max_rect(rect.shrink(f32::from(theme::INSPECTOR_PADDING))));
    add(&mut inner);
}

impl eframe::App for Window {
    fn logic(&mut self, context: &Context, _: &mut eframe::Frame) {
        Self::logic(self, context);
    }

    fn ui(&mut self, ui: &mut Ui, _: &mut eframe::Frame) {
        Self::ui(self, ui);
    }

    fn on_exit(&mut self, _: Option<&eframe::glow::Context>) {
        self.close();
    }
}
