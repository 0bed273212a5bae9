//! The keys sheet: all keys by menu, from the same table as menu and palette.

use egui::{RichText, ScrollArea, Ui};

use crate::app::action::Action;
use crate::app::command::{Menu, Row, SPECS, Spec};
use crate::app::model::{Dialog, Model};
use crate::app::theme::{self, Palette};
use crate::app::widgets::{link, paint_key};

/// What the dialog remembers while it is open.
#[derive(Default)]
pub struct State {}

/// Keys that are the reader's and the strip's own.
const READER: &[(&str, &str)] = &[
    ("← → ↑ ↓", "move the caret; with Shift extend the selection"),
    ("Ctrl ← →", "by word"),
    ("Home End", "line; with Ctrl the whole text"),
    ("Page ↑ ↓", "by a screen"),
    ("Ctrl click", "open a link; select another claim as well"),
    ("Esc", "leave the selection, a search, the strip"),
    ("Tab", "the next part of the window; in the strip, the kind"),
];

/// Draws its inside.
pub fn show(ui: &mut Ui, model: &Model, _: &mut State, actions: &mut Vec<Action>) {
    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        for trouble in &model.key_troubles {
            ui.colored_label(Palette::of(ui).disputed, &trouble.what);
        }
        let wide = ui.available_width() > 700.0;
        ui.columns(if wide { 2 } else { 1 }, |columns| {
            for menu in Menu::ALL {
                // The longest menu has a column of its own.
                let column = usize::from(wide && !matches!(menu, Menu::Tag | Menu::Review));
                if let Some(ui) = columns.get_mut(column) {
                    group(ui, model, menu);
                }
            }
            if let Some(ui) = columns.first_mut() {
                title(ui, "In the text");
                for (keys, words) in READER {
                    row(ui, &[(*keys).to_owned()], words);
                }
            }
        });
        ui.add_space(8.0);
        if link(ui, "Change keys in the settings", theme::SIZE_BODY).clicked() {
            actions.push(Action::Show(Dialog::Settings));
        }
    });
}

fn title(ui: &mut Ui, words: &str) {
    ui.add_space(8.0);
    ui.label(RichText::new(words).font(theme::semibold(theme::SIZE_BODY)));
}

fn group(ui: &mut Ui, model: &Model, menu: Menu) {
    title(ui, menu.name());
    for spec in SPECS.iter().filter(|spec| spec.menu == menu && spec.row != Row::Hidden) {
        let keys = keys(model, spec);
        if !keys.is_empty() {
            row(ui, &keys, spec.row_name());
        }
    }
}

fn keys(model: &Model, spec: &Spec) -> Vec<String> {
    match spec.row {
        Row::ForSeveral(shown, _) => vec![shown.to_owned()],
        _ => model.keymap.chords(spec.command).map(|chord| chord.shown(cfg!(target_os = "macos"))).collect(),
    }
}

fn row(ui: &mut Ui, keys: &[String], words: &str) {
    ui.horizontal(|ui| {
        let (rect, response) = ui.allocate_exact_size(egui::vec2(128.0, 20.0), egui::Sense::hover());
        response.widget_info(|| {
            egui::WidgetInfo::labeled(egui::Role::Label, true, format!("{}: {words}", keys.join(", ")))
        });
        let p = Palette::of(ui);
        let mut x = rect.left();
        for key in keys {
            x += paint_key(ui, &p, egui::pos2(x, rect.center().y), key) + 4.0;
        }
        // Longer than the column, it goes on below.
        ui.add(egui::Label::new(words).wrap());
    });
}
