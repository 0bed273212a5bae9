//! What is open over the window: one file a dialog, in a frame that all share.
//!
//! A dialog closes with Escape, with its cross, or when what it was for is done; it keeps its drafts while it is open
//! and forgets them afterwards.

pub mod about;
pub mod about_release;
pub mod anchors;
pub mod codebook;
pub mod completeness;
pub mod edit_agreed;
pub mod export;
pub mod keys;
pub mod new_release;
pub mod overview;
pub mod palette;
pub mod path;
pub mod relate;
pub mod relations;
pub mod remark;
pub mod repeats;
pub mod settings;
pub mod sidecar;
pub mod sources;
pub mod unmatched;
pub mod versions;

use egui::{Align2, Context, Key, Rect, Ui, UiBuilder, Vec2, Window, vec2};

use super::Views;
use crate::app::action::Action;
use crate::app::desk::Desk;
use crate::app::model::Dialog;
use crate::app::text::TextEngine;
use crate::app::theme::{self, Palette};

/// What all dialogs but one remember; a pasted text comes from outside.
#[derive(Default)]
pub struct State {
    /// The dialog that these drafts belong to.
    of: Dialog,
    palette: palette::State,
    keys: keys::State,
    settings: settings::State,
    edit_agreed: edit_agreed::State,
    export: export::State,
    about_release: about_release::State,
    sidecar: sidecar::State,
    anchors: anchors::State,
    completeness: completeness::State,
    codebook: codebook::State,
    repeats: repeats::State,
    overview: overview::State,
    relate: relate::State,
    relations: relations::State,
    remark: remark::State,
    path: path::State,
    sources: sources::State,
    about: about::State,
    versions: versions::State,
}

/// Draws the dialog that is open, if any.
pub fn show(ui: &Ui, desk: &mut Desk, engine: &mut TextEngine, views: &mut Views) {
    let (model, actions) = (&desk.model, &mut desk.actions);
    if views.dialogs.of != model.dialog {
        views.dialogs = State { of: model.dialog.clone(), ..State::default() };
        if model.dialog != Dialog::NewRelease {
            views.new_release = new_release::State::default();
        }
    }
    if model.dialog == Dialog::None {
        return;
    }
    let context = ui.ctx().clone();
    let is_left = context.input(|input| input.key_pressed(Key::Escape));
    // What a dialog has open within itself goes first.
    if is_left && !(model.dialog == Dialog::Codebook && views.dialogs.codebook.leave()) {
        actions.push(Action::Show(Dialog::None));
        return;
    }
    let (state, pasted, preview) = (&mut views.dialogs, &mut views.new_release, desk.preview.as_ref());
    let (title, size) = frame_of(&model.dialog);
    let is_aside = matches!(model.dialog, Dialog::Anchors | Dialog::Versions);
    framed(&context, title, size, is_aside, actions, |ui, actions| match &model.dialog {
        Dialog::None => {}
        Dialog::Palette => palette::show(ui, model, &mut state.palette, actions),
        Dialog::Keys => keys::show(ui, model, &mut state.keys, actions),
        Dialog::Settings => settings::show(ui, model, &mut state.settings, actions),
        Dialog::Codebook => codebook::show(ui, model, &mut state.codebook, actions),
        Dialog::Export => export::show(ui, model, preview, &mut state.export, actions),
        Dialog::NewRelease => new_release::show(ui, model, pasted, actions),
        Dialog::AboutRelease => about_release::show(ui, model, &mut state.about_release, actions),
        Dialog::Sidecar => sidecar::show(ui, model, preview, &mut state.sidecar, actions),
        Dialog::Anchors => anchors::show(ui, model, engine, &mut state.anchors, actions),
        Dialog::Completeness => completeness::show(ui, model, engine, &mut state.completeness, actions),
        Dialog::Repeats(spans) => repeats::show(ui, model, spans, engine, &mut state.repeats, actions),
        Dialog::Remark(on) => remark::show(ui, model, on, &mut state.remark, actions),
        Dialog::EditAgreed(claim) => edit_agreed::show(ui, model, claim, &mut state.edit_agreed, actions),
        Dialog::Path(wanted) => path::show(ui, model, wanted, &mut state.path, actions),
        Dialog::Relate(from) => relate::show(ui, model, from, engine, &mut state.relate, actions),
        Dialog::Overview => overview::show(ui, model, engine, &mut state.overview, actions),
        Dialog::Relations => relations::show(ui, model, engine, &mut state.relations, actions),
        Dialog::Sources(id) => sources::show(ui, model, id.as_ref(), engine, &mut state.sources, actions),
        Dialog::Unmatched(sets) => unmatched::show(ui, sets, actions),
        Dialog::Versions => versions::show(ui, model, engine, &mut state.versions, actions),
        Dialog::About => about::show(ui, model, &mut state.about, actions),
    });
}

/// What a dialog is called and how large it opens.
fn frame_of(dialog: &Dialog) -> (&'static str, Vec2) {
    match dialog {
        Dialog::None => ("", Vec2::ZERO),
        Dialog::Palette => ("Commands", vec2(560.0, 420.0)),
        Dialog::Keys => ("Keys", vec2(760.0, 560.0)),
        Dialog::Settings => ("Settings", vec2(620.0, 520.0)),
        Dialog::Codebook => ("Codebook", vec2(960.0, 680.0)),
        Dialog::Export => ("Export", vec2(820.0, 560.0)),
        Dialog::NewRelease => ("New release from text", vec2(640.0, 520.0)),
        Dialog::AboutRelease => ("About this release", vec2(520.0, 430.0)),
        Dialog::Sidecar => ("Sidecar", vec2(860.0, 560.0)),
        // As wide as the inspector: the text beside stays in view, for its words are to be selected.
        Dialog::Anchors => ("Where the marks are", vec2(theme::INSPECTOR + 24.0, 640.0)),
        Dialog::Completeness => ("What is missing", vec2(640.0, 480.0)),
        Dialog::Repeats(_) => ("Repeats", vec2(560.0, 420.0)),
        Dialog::Remark(_) => ("Remark", vec2(460.0, 220.0)),
        Dialog::EditAgreed(_) => ("Edit the agreed claim", vec2(460.0, 340.0)),
        Dialog::Path(_) => ("Path", vec2(520.0, 160.0)),
        Dialog::Relate(_) => ("Relate to a claim", vec2(760.0, 520.0)),
        Dialog::Overview => ("Overview", vec2(940.0, 600.0)),
        Dialog::Relations => ("Relations", vec2(900.0, 620.0)),
        Dialog::Sources(_) => ("Sources", vec2(940.0, 620.0)),
        Dialog::Unmatched(_) => ("Sets without a release", vec2(620.0, 360.0)),
        Dialog::Versions => ("New version", vec2(theme::INSPECTOR + 24.0, 760.0)),
        Dialog::About => ("About Vouch", vec2(420.0, 240.0)),
    }
}

/// A window over the window, never larger than it: in its middle, or at its right where the text beside it is needed.
fn framed(
    context: &Context,
    title: &str,
    size: Vec2,
    is_aside: bool,
    actions: &mut Vec<Action>,
    add: impl FnOnce(&mut Ui, &mut Vec<Action>),
) {
    // Above and below there is room for a toast.
    let room = context.content_rect().size() - vec2(32.0, 80.0);
    let margin = context.global_style().spacing.window_margin.sum();
    let size = size.min(room) - margin;
    let (align, offset) =
        if is_aside { (Align2::RIGHT_CENTER, vec2(-4.0, 0.0)) } else { (Align2::CENTER_CENTER, Vec2::ZERO) };
    let mut open = true;
    let head = 30.0;
    Window::new(title)
        .id(egui::Id::unique("dialog").with(title))
        .collapsible(false)
        .resizable(false)
        .fixed_size(size)
        .anchor(align, offset)
        .title_bar(false)
        .show(context, |ui| {
            ui.set_width(size.x);
            open = !title_line(ui, title);
            // A room of its own: to set this ui's height would put the cursor back over the title.
            let room = Rect::from_min_size(ui.cursor().min, vec2(size.x, size.y - head));
            ui.scope_builder(UiBuilder::new().max_rect(room), |ui| {
                ui.set_min_size(room.size());
                add(ui, actions);
            });
        });
    if !open {
        actions.push(Action::Show(Dialog::None));
    }
}

/// The title and a cross; whether the cross was clicked.
fn title_line(ui: &mut Ui, title: &str) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Heading, true, title));
    let p = Palette::of(ui);
    ui.painter().text(rect.left_center(), Align2::LEFT_CENTER, title, theme::semibold(15.0), p.text);
    let cross = Rect::from_center_size(rect.right_center() - vec2(10.0, 0.0), vec2(20.0, 20.0));
    let response = ui.interact(cross, ui.scope_id().with("close"), egui::Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "close"));
    let color = if response.hovered() || response.has_focus() { p.text } else { p.dim };
    let (center, r) = (cross.center(), 4.5);
    for (x, y) in [(r, r), (r, -r)] {
        ui.painter().line_segment([center - vec2(x, y), center + vec2(x, y)], egui::Stroke::new(1.5, color));
    }
    response.clicked()
}
