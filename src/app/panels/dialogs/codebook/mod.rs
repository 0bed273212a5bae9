//! The codebook: kinds, tags, fields, scales, checks and words, a tab each. Every change is in force at once and can be
//! taken back; what reaches into sets is shown before it is done (`recode.rs`).

mod colours;
mod fields;
mod kinds;
mod recode;
mod scales;
mod tags;
mod words;

use std::collections::BTreeSet;

use egui::{RichText, ScrollArea, TextEdit, Ui, UiBuilder, vec2};

use crate::annotation::Codebook;
use crate::app::action::Action;
use crate::app::book::BookSave;
use crate::app::command::Command;
use crate::app::model::Model;
use crate::app::theme::{self, Palette};
use crate::app::widgets::{Look, choice, text_width};

/// Width of the list at the left.
const LIST: f32 = 200.0;
/// Width of labels.
const LABEL: f32 = 88.0;

/// What the dialog remembers while it is open.
#[derive(Default)]
pub struct State {
    tab: Tab,
    kind: usize,
    tag: String,
    field: usize,
    words: words::Which,
    recode: Option<recode::Form>,
    /// The words in files of kinds and fields that were added since the dialog was opened, so that no set has them yet:
    /// each follows its name until it is written by hand.
    new_kinds: BTreeSet<String>,
    new_fields: BTreeSet<String>,
    /// The same of plain words: all others keep the word in files, for sets may have it.
    new_words: BTreeSet<String>,
}

impl State {
    /// Leaves what stands before the lists, if anything does; whether it did.
    pub(super) fn leave(&mut self) -> bool {
        self.recode.take().is_some()
    }
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Tab {
    #[default]
    Kinds,
    Tags,
    Fields,
    Scales,
    Checks,
    Words,
}

/// What was changed in this frame, for the step of undo.
struct Change {
    label: &'static str,
    typing: bool,
}

/// The parts of a tab: the codebook as it will be, and what was changed.
struct Draft {
    book: Codebook,
    change: Option<Change>,
}

impl Draft {
    fn changed(&mut self, label: &'static str) {
        self.change = Some(Change { label, typing: false });
    }

    fn typed(&mut self, label: &'static str) {
        self.change = Some(Change { label, typing: true });
    }
}

/// Draws its inside.
pub fn show(ui: &mut Ui, model: &Model, state: &mut State, actions: &mut Vec<Action>) {
    let mut draft = Draft { book: (*model.codebook).clone(), change: None };
    head(ui, model, state, &mut draft, actions);
    ui.add_space(6.0);
    if let Some(form) = &mut state.recode {
        if recode::show(ui, model, form, actions) {
            state.recode = None;
        }
        return;
    }
    let editable = model.book.read_only.is_none() && !model.book.is_recoding;
    ui.add_enabled_ui(editable, |ui| match state.tab {
        Tab::Kinds => kinds::show(ui, state, &mut draft),
        Tab::Tags => tags::show(ui, state, &mut draft),
        Tab::Fields => fields::show(ui, state, &mut draft),
        Tab::Scales => scales::show(ui, &mut draft),
        Tab::Checks => scales::checks(ui, &mut draft),
        Tab::Words => words::show(ui, state, &mut draft),
    });
    if let Some(Change { label, typing }) = draft.change
        && draft.book != *model.codebook
    {
        actions.push(Action::EditCodebook { label: label.to_owned(), codebook: Box::new(draft.book), typing });
    }
}

/// Tabs, whose codebook it is, where it is kept, and undo.
fn head(ui: &mut Ui, model: &Model, state: &mut State, draft: &mut Draft, actions: &mut Vec<Action>) {
    let p = Palette::of(ui);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 3.0;
        for (tab, name) in [
            (Tab::Kinds, "Kinds"),
            (Tab::Tags, "Tags"),
            (Tab::Fields, "Fields"),
            (Tab::Scales, "Scales"),
            (Tab::Checks, "Checks"),
            (Tab::Words, "Words"),
        ] {
            let size = vec2(text_width(ui, name, theme::semibold(theme::SIZE_FIELD)) + 20.0, 24.0);
            let look = Look { chosen: state.tab == tab, ..Look::default() };
            if choice(ui, name, &format!("tab {name}"), size, look).clicked() {
                state.tab = tab;
                state.recode = None;
            }
        }
        ui.add_space(10.0);
        let editable = model.book.read_only.is_none();
        for (name, command, action) in
            [("Undo", Command::Undo, Action::UndoCodebook), ("Redo", Command::Redo, Action::RedoCodebook)]
        {
            let history = &model.book.history;
            let step = if command == Command::Undo { history.to_undo() } else { history.to_redo() };
            let button = ui.add_enabled(editable && step.is_some(), egui::Button::new(name));
            let button = match step {
                Some(step) => button.on_hover_text(format!("{name} {}", step.label)),
                None => button,
            };
            if button.clicked() {
                actions.push(action);
            }
        }
    });
    ui.horizontal(|ui| {
        ui.label(RichText::new("Name").color(p.dim));
        let enabled = model.book.read_only.is_none() && !model.book.is_recoding;
        for (label, width, text) in [("Name", 160.0, &mut draft.book.name), ("Edition", 48.0, &mut draft.book.edition)]
        {
            if label == "Edition" {
                ui.label(RichText::new("Edition").color(p.dim));
            }
            let response = ui.add_enabled(enabled, TextEdit::singleline(text).desired_width(width));
            response.widget_info(|| {
                egui::WidgetInfo::labeled(egui::Role::TextInput, enabled, format!("codebook {}", label.to_lowercase()))
            });
            if response.changed() {
                draft.change = Some(Change { label: "change name of codebook", typing: true });
            }
        }
        let (words, is_wrong) = standing(model);
        let color = if is_wrong { p.disputed } else { p.dim };
        ui.add(egui::Label::new(RichText::new(words).font(theme::regular(theme::SIZE_SMALL)).color(color)).truncate());
    });
    if let Some(why) = &model.book.read_only {
        ui.label(RichText::new(format!("Read only: {why}")).color(p.disputed));
    }
}

/// Where the codebook is kept, and how far that is.
fn standing(model: &Model) -> (String, bool) {
    let book = &model.book;
    let place = book.path.as_ref().map(|path| path.display().to_string());
    match (&book.save, place) {
        _ if book.is_recoding => ("all sets are being changed…".to_owned(), false),
        (BookSave::Failed(why), _) => (why.clone(), true),
        (BookSave::Saving, _) => ("saving…".to_owned(), false),
        (BookSave::Clean, Some(place)) => (place, false),
        (BookSave::Clean, None) => ("comes with Vouch; a change makes codebook.ron in the folder".to_owned(), false),
    }
}

/// The list at the left and the details at the right, each with its own scroll bar.
fn two(
    ui: &mut Ui,
    state: &mut State,
    draft: &mut Draft,
    list: fn(&mut Ui, &mut State, &mut Draft),
    details: fn(&mut Ui, &mut State, &mut Draft),
) {
    let room = ui.available_rect_before_wrap();
    let (left, right) = room.split_left_right_at_x(room.left() + LIST);
    ui.scope_builder(UiBuilder::new().max_rect(left.with_max_x(left.right() - 10.0)), |ui| {
        ScrollArea::vertical()
            .id_salt("codebook list")
            .auto_shrink([false, false])
            .show(ui, |ui| list(ui, state, draft));
    });
    ui.scope_builder(UiBuilder::new().max_rect(right), |ui| {
        ScrollArea::vertical().id_salt("codebook details").auto_shrink([false, false]).show(ui, |ui| {
            ui.set_width(ui.available_width() - 10.0);
            details(ui, state, draft);
        });
    });
}

/// A label and its control.
fn row<T>(ui: &mut Ui, label: &str, add: impl FnOnce(&mut Ui) -> T) -> T {
    ui.horizontal_top(|ui| {
        let p = Palette::of(ui);
        let (rect, _) = ui.allocate_exact_size(vec2(LABEL, theme::CONTROL), egui::Sense::hover());
        let font = theme::regular(theme::SIZE_FIELD);
        ui.painter().text(rect.left_center(), egui::Align2::LEFT_CENTER, label, font, p.dim);
        ui.vertical(|ui| add(ui)).inner
    })
    .inner
}

/// A text with its label; whether it was changed.
fn text(ui: &mut Ui, label: &str, text: &mut String, lines: usize) -> bool {
    row(ui, label, |ui| {
        let edit = if lines > 1 { TextEdit::multiline(text).desired_rows(lines) } else { TextEdit::singleline(text) };
        let edit = edit.font(theme::regular(theme::SIZE_FIELD)).desired_width(f32::INFINITY).margin(vec2(8.0, 3.0));
        let response = ui.add(edit);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, ui.is_enabled(), label));
        response.changed()
    })
}

/// A text that may be left out.
fn optional(ui: &mut Ui, label: &str, value: &mut Option<String>, lines: usize) -> bool {
    let mut words = value.clone().unwrap_or_default();
    let changed = text(ui, label, &mut words, lines);
    if changed {
        *value = Some(words).filter(|words| !words.is_empty());
    }
    changed
}

/// A list of texts, one a line.
fn list(ui: &mut Ui, label: &str, texts: &mut Vec<String>, lines: usize) -> bool {
    let mut joined = texts.join("\n");
    let changed = text(ui, label, &mut joined, lines);
    if changed {
        *texts = if joined.is_empty() { Vec::new() } else { joined.split('\n').map(str::to_owned).collect() };
    }
    changed
}

/// One of a few words; whether another was chosen.
fn one_of(ui: &mut Ui, label: &str, words: &[&str], value: &mut String) -> bool {
    let mut changed = false;
    row(ui, label, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(3.0, 3.0);
            for word in words {
                let size = vec2(text_width(ui, word, theme::semibold(theme::SIZE_FIELD)) + 16.0, theme::CONTROL);
                let look = Look { chosen: value == word, ..Look::default() };
                if choice(ui, word, &format!("{label} {word}"), size, look).clicked() {
                    (*word).clone_into(value);
                    changed = true;
                }
            }
        });
    });
    changed
}

/// A row of the list at the left: what stands before the words is painted by the caller.
fn list_row(ui: &mut Ui, indent: f32, words: &str, aside: &str, chosen: bool, name: &str) -> egui::Response {
    let p = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 25.0), egui::Sense::click());
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::ListItem, ui.is_enabled(), chosen, name));
    let painter = ui.painter();
    if chosen {
        painter.rect_filled(rect, egui::CornerRadius::same(theme::CORNER), p.row);
    } else if response.hovered() || response.has_focus() {
        let edge = egui::Stroke::new(1.0, if response.has_focus() { p.accent } else { p.line });
        painter.rect_stroke(rect, egui::CornerRadius::same(theme::CORNER), edge, egui::StrokeKind::Inside);
    }
    let left = rect.left_center() + vec2(6.0 + indent, 0.0);
    let room = rect.width() - indent - 30.0;
    let font = theme::regular(theme::SIZE_BODY);
    crate::app::widgets::line_of_text(ui, left, egui::Align2::LEFT_CENTER, words, font, p.text, room);
    let font = theme::regular(theme::SIZE_SMALL);
    ui.painter().text(rect.right_center() - vec2(6.0, 0.0), egui::Align2::RIGHT_CENTER, aside, font, p.dim);
    response
}

/// A heading over the details.
fn title(ui: &mut Ui, words: &str) {
    ui.label(RichText::new(words).font(theme::semibold(15.0)));
    ui.add_space(4.0);
}

/// What to do with the entry at `at` of a list, by small buttons; where it stands afterwards.
fn moves<T>(ui: &mut Ui, entries: &mut [T], at: usize) -> Option<usize> {
    let mut now = None;
    ui.horizontal(|ui| {
        if ui.add_enabled(at > 0, egui::Button::new("Up")).clicked() {
            entries.swap(at, at - 1);
            now = Some(at - 1);
        }
        if ui.add_enabled(at + 1 < entries.len(), egui::Button::new("Down")).clicked() {
            entries.swap(at, at + 1);
            now = Some(at + 1);
        }
    });
    now
}
