//! A path to be typed, where the system showed no file dialog.

use egui::{Key, TextEdit, Ui};

use crate::app::action::Action;
use crate::app::model::{Dialog, Model, PathWanted};

/// What the dialog remembers while it is open.
#[derive(Default)]
pub struct State {
    path: String,
    asked: bool,
}

/// Draws its inside.
pub fn show(ui: &mut Ui, model: &Model, wanted: &PathWanted, state: &mut State, actions: &mut Vec<Action>) {
    ui.label("This system showed no file dialog. Type or paste a path instead:");
    let (hint, button) = match wanted {
        PathWanted::Open => ("a release or a folder", "Open"),
        PathWanted::Layers => ("a sidecar, a set, or a folder of them", "Load"),
        PathWanted::Document(_) => ("the release that the set belongs to", "Show it there"),
        PathWanted::Version { is_older: true } => ("the older version", "Compare"),
        PathWanted::Version { is_older: false } => ("the newer version", "Compare"),
        PathWanted::SaveCopy => ("where to write the copy", "Save"),
        PathWanted::Export(_) => ("where to write the export", "Export"),
        PathWanted::Figure(..) => ("where to write the figure, .svg or .png", "Save"),
    };
    if !state.asked
        && state.path.is_empty()
        && let Some(folder) = model.folder.path.as_deref()
    {
        // With nothing after the folder, the path ends in its separator.
        state.path = folder.join(wanted.file_name(model).unwrap_or_default()).display().to_string();
    }
    let response = ui.add(TextEdit::singleline(&mut state.path).hint_text(hint).desired_width(f32::INFINITY));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "path"));
    if !state.asked {
        state.asked = true;
        response.request_focus();
    }
    let enter = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let path = state.path.trim();
    if (ui.add_enabled(!path.is_empty(), egui::Button::new(button)).clicked() || enter) && !path.is_empty() {
        let path = std::path::PathBuf::from(path);
        actions.push(Action::Show(Dialog::None));
        actions.push(match wanted {
            PathWanted::Open => Action::OpenPaths(vec![path]),
            PathWanted::Layers => Action::LoadLayers(vec![path]),
            PathWanted::Document(from) => Action::LoadOver { from: from.clone(), document: path },
            PathWanted::Version { is_older } => Action::CompareWith { other: path, is_older: *is_older },
            PathWanted::SaveCopy => Action::SaveCopyTo(path),
            PathWanted::Export(options) => Action::ExportTo { path, options: options.clone() },
            PathWanted::Figure(figure, axis) => Action::FigureTo { path, figure: *figure, axis: axis.clone() },
        });
    }
}
