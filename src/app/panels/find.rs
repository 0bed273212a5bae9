//! The search field over the reader: it lies over the margin at the top right and moves no letter.

use egui::{Area, Frame, Id, Key, Margin, Order, Role, Stroke, TextEdit, Ui, WidgetInfo, pos2, vec2};

use crate::app::action::Action;
use crate::app::command::Command;
use crate::app::release::Release;
use crate::app::theme::{self, Palette};

/// Width of the field's frame.
const WIDTH: f32 = 360.0;

/// Draws it; `query` is what stands in the field. `take_focus` when the search was just asked for.
pub fn show(ui: &Ui, release: &Release, query: &mut String, take_focus: bool, actions: &mut Vec<Action>) {
    let p = Palette::of(ui);
    let room = ui.max_rect();
    let at = pos2((room.right() - WIDTH - 24.0).max(room.left()), room.top() + 8.0);
    Area::new(Id::unique("find")).order(Order::Foreground).fixed_pos(at).constrain(false).show(ui.ctx(), |ui| {
        let frame = Frame::new().fill(p.panel).stroke(Stroke::new(1.0, p.control)).inner_margin(Margin::same(6));
        frame.corner_radius(theme::CORNER_STRIP).show(ui, |ui| {
            ui.set_width(WIDTH.min(room.width()) - 14.0);
            ui.horizontal(|ui| contents(ui, release, query, take_focus, actions));
        });
    });
}

fn contents(ui: &mut Ui, release: &Release, query: &mut String, take_focus: bool, actions: &mut Vec<Action>) {
    let edit =
        TextEdit::singleline(query).hint_text("Find in this release").desired_width(180.0).id(Id::unique("find field"));
    let response = ui.add(edit);
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "find in this release"));
    if take_focus {
        response.request_focus();
    }
    if response.changed() {
        actions.push(Action::Find(query.clone()));
    }
    let (enter, shift, escape) =
        ui.input(|input| (input.key_pressed(Key::Enter), input.modifiers.shift, input.key_pressed(Key::Escape)));
    if enter && (response.has_focus() || response.lost_focus()) {
        actions.push(Action::Run(if shift { Command::FindPrevious } else { Command::FindNext }));
        response.request_focus();
    }
    if escape {
        actions.push(Action::CloseFind);
    }
    let find = &release.find;
    let figures = match find.current {
        Some(at) => format!("{} of {}", at + 1, find.hits.len()),
        None if find.query.trim().is_empty() => String::new(),
        None => "none".to_owned(),
    };
    ui.add_sized(
        vec2(62.0, 18.0),
        egui::Label::new(egui::RichText::new(figures).font(theme::regular(theme::SIZE_FIELD))),
    );
    let has_hits = !find.hits.is_empty();
    for (sign, name, command) in [("↑", "previous hit", Command::FindPrevious), ("↓", "next hit", Command::FindNext)]
    {
        let button = ui.add_enabled(has_hits, egui::Button::new(sign));
        button.widget_info(|| WidgetInfo::labeled(Role::Button, has_hits, name));
        if button.clicked() {
            actions.push(Action::Run(command));
        }
    }
    let close = ui.button("Esc");
    close.widget_info(|| WidgetInfo::labeled(Role::Button, true, "close search"));
    if close.clicked() {
        actions.push(Action::CloseFind);
    }
}
