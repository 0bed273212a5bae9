//! The layers of the release that is shown: mine on top, a row for each colleague with an eye and a menu.
//!
//! A colleague has initials, a colour and a line pattern, here and in the lane; the initials alone tell them apart.

use egui::{Align2, Popup, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::app::action::Action;
use crate::app::layers::Layer;
use crate::app::model::Model;
use crate::app::release::Release;
use crate::app::theme::{self, Palette};
use crate::app::widgets::{
    Face, initials, line_of_text, paint_diamond, paint_disc, paint_eye, paint_face, sign_colour, text_width,
};
use crate::exchange::counted;
use crate::review::Look;

/// From the panel's edge to the disc's.
const MARGIN: f32 = 8.0;

/// Draws the rows.
pub fn show(ui: &mut Ui, model: &Model, release: &Release, actions: &mut Vec<Action>) {
    mine(ui, model, release);
    for layer in &release.layers {
        colleague(ui, release, layer, actions);
    }
}

/// Initials, name and handle of a layer, and its second line.
struct Row<'a> {
    name: &'a str,
    handle: &'a str,
    second: String,
    differs: usize,
    /// `None`: it is mine.
    face: Option<Face>,
}

impl Row<'_> {
    fn draw(&self, ui: &mut Ui, sense: Sense, words: &str) -> (Rect, Response) {
        let p = Palette::of(ui);
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), theme::LAYER_ROW), sense);
        response.widget_info(|| {
            let role = if sense.senses_click() { Role::Button } else { Role::Label };
            WidgetInfo::labeled(role, true, format!("{}, {}, {}{words}", self.name, self.handle, self.second))
        });
        if response.has_focus() || (response.hovered() && sense.senses_click()) {
            let color = if response.has_focus() { p.accent } else { p.line };
            let inner = rect.shrink2(vec2(6.0, 0.0));
            let corner = egui::CornerRadius::same(theme::CORNER);
            ui.painter().rect_stroke(inner, corner, egui::Stroke::new(1.0, color), egui::StrokeKind::Inside);
        }
        let left = rect.left() + MARGIN;
        let disc = pos2(left + 16.0, rect.center().y);
        match self.face {
            None => paint_disc(ui.painter(), &p, disc, 22.0, &initials(self.name), true),
            Some(face) => paint_face(ui.painter(), &p, disc, 22.0, &initials(self.name), face),
        }
        let is_faint = self.face.is_some_and(|face| face.look == Look::Hidden);
        let x = left + 36.0;
        let room = rect.right() - 40.0 - x;
        let (first, second) = (pos2(x, rect.top() + 12.0), pos2(x, rect.top() + 28.0));
        let (body, small) = (theme::regular(theme::SIZE_BODY), theme::regular(theme::SIZE_SMALL));
        let color = if is_faint { p.dim } else { p.text };
        let used = line_of_text(ui, first, Align2::LEFT_CENTER, self.name, body, color, room);
        let after = pos2(x + used + 6.0, first.y);
        line_of_text(ui, after, Align2::LEFT_CENTER, self.handle, small.clone(), p.dim, room - used - 6.0);
        let used = line_of_text(ui, second, Align2::LEFT_CENTER, &self.second, small.clone(), p.dim, room + 30.0);
        let differs = self.differs.to_string();
        if self.differs > 0 && x + used + 24.0 + text_width(ui, &differs, small.clone()) < rect.right() {
            let x = x + used + 4.0;
            ui.painter().text(pos2(x, second.y), Align2::LEFT_CENTER, "·", small.clone(), p.dim);
            paint_diamond(ui.painter(), pos2(x + 12.0, second.y), 9.0, p.dim, false);
            ui.painter().text(pos2(x + 20.0, second.y), Align2::LEFT_CENTER, differs, small, p.dim);
        }
        (rect, response)
    }
}

fn mine(ui: &mut Ui, model: &Model, release: &Release) {
    let settings = &model.settings;
    let name = release.my_name(settings);
    let editing = if release.read_only.is_some() { "yours, read-only" } else { "yours, editing" };
    let second = format!("{} · {editing}", counted(release.set().claims.len(), "claim"));
    let row = Row { name, handle: &settings.handle, second, differs: 0, face: None };
    row.draw(ui, Sense::hover(), "");
}

fn colleague(ui: &mut Ui, release: &Release, layer: &Layer, actions: &mut Vec<Action>) {
    let (both, agreed) = (layer.alignment.both(), layer.alignment.agreed());
    let second = format!("{} · {agreed} of {both} agree", counted(layer.set.claims.len(), "claim"));
    let is_alone = release.view.alone.as_ref() == Some(&layer.handle);
    let words = if is_alone { "alone" } else { layer.look.word() };
    let face = Some(Face { slot: layer.slot, look: layer.look });
    let row = Row { name: &layer.name, handle: &layer.handle, second, differs: both - agreed, face };
    let (rect, response) = row.draw(ui, Sense::click(), &format!(", {words}"));
    eye(ui, layer, pos2(rect.right() - MARGIN - 14.0, rect.top() + 12.0), actions);
    Popup::menu(&response).show(|ui| menu(ui, release, layer, actions));
    // A menu of its own: one that a click opens, the other kind of click would close.
    let context = Popup::context_menu(&response).id(response.id.with("context"));
    context.show(|ui| menu(ui, release, layer, actions));
    response.on_hover_text(match &layer.elsewhere {
        None => format!("{words}; click for more"),
        Some(from) => format!("{words}, from {}; click for more", from.file.display()),
    });
}

/// What can be done with a layer.
pub fn menu(ui: &mut Ui, release: &Release, layer: &Layer, actions: &mut Vec<Action>) {
    ui.set_min_width(200.0);
    let is_alone = release.view.alone.as_ref() == Some(&layer.handle);
    for (look, name) in [(Look::Shown, "Show"), (Look::Dimmed, "Dim"), (Look::Hidden, "Hide")] {
        let is_so = !is_alone && layer.look == look;
        if ui.add(egui::Button::selectable(is_so, name)).clicked() {
            actions.push(Action::LookAt { handle: layer.handle.clone(), look });
            ui.close();
        }
    }
    if ui.add(egui::Button::selectable(is_alone, "Alone beside mine")).clicked() {
        actions.push(Action::Alone(layer.handle.clone()));
        ui.close();
    }
    ui.separator();
    if ui.button("Compare with mine").clicked() {
        actions.push(Action::Compare { mine: None, theirs: Some(layer.handle.clone()) });
        ui.close();
    }
    let all = format!("Copy all {} into my set", counted(layer.set.claims.len(), "claim"));
    if ui.add_enabled(!layer.set.claims.is_empty(), egui::Button::new(all)).clicked() {
        actions.push(Action::AdoptLayer(layer.handle.clone()));
        ui.close();
    }
    if layer.elsewhere.is_some() && ui.button("Take this layer away").clicked() {
        actions.push(Action::TakeAway(layer.handle.clone()));
        ui.close();
    }
}

fn eye(ui: &Ui, layer: &Layer, at: Pos2, actions: &mut Vec<Action>) {
    let p = Palette::of(ui);
    let rect = Rect::from_center_size(at, vec2(24.0, 20.0));
    let response = ui.interact(rect, ui.scope_id().with(("eye", &layer.handle)), Sense::click());
    let is_shown = layer.is_shown();
    response.widget_info(|| WidgetInfo::selected(Role::Switch, true, is_shown, format!("show {}", layer.name)));
    let color = sign_colour(&response, &p);
    paint_eye(ui.painter(), at, color, is_shown);
    if response.clicked() {
        actions.push(Action::LookAt { handle: layer.handle.clone(), look: toggled(layer) });
    }
    response.on_hover_text(if is_shown { "Hide this layer" } else { "Show this layer" });
}

/// What a click on the eye makes of a layer.
#[must_use]
pub fn toggled(layer: &Layer) -> Look {
    if layer.is_shown() { Look::Hidden } else { Look::Shown }
}
