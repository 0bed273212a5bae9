//! A claim of the agreed set, in other words than either annotator has: kind, style, statement, note.

use egui::{Button, ComboBox, RichText, TextEdit, Ui};

use crate::annotation::{ClaimField, Id};
use crate::app::action::Action;
use crate::app::model::{Dialog, Model};
use crate::app::theme;

/// What the dialog remembers while it is open.
#[derive(Default)]
pub struct State {
    drafts: Option<Drafts>,
}

struct Drafts {
    kind: Option<String>,
    style: Option<String>,
    statement: String,
    note: String,
}

/// Draws its inside.
pub fn show(ui: &mut Ui, model: &Model, claim: &Id, state: &mut State, actions: &mut Vec<Action>) {
    let agreed = model.current().and_then(|release| release.agreed.as_ref());
    let Some(item) = agreed.and_then(|agreed| agreed.work.set().claims.get(claim)) else {
        ui.label("This claim is no longer in the agreed set.");
        return;
    };
    ui.label(RichText::new(format!("“{}”", item.anchor.quote_line())).font(theme::regular(theme::SIZE_FIELD)));
    let drafts = state.drafts.get_or_insert_with(|| Drafts {
        kind: item.kind.clone(),
        style: item.style.clone(),
        statement: item.statement.clone().unwrap_or_default(),
        note: item.note.clone().unwrap_or_default(),
    });
    let label = |kind: Option<&str>| model.codebook.look(kind).label.to_owned();
    let shown = ComboBox::from_label("Kind").selected_text(label(drafts.kind.as_deref())).show_ui(ui, |ui| {
        for kind in &model.codebook.kinds {
            ui.selectable_value(&mut drafts.kind, Some(kind.key.clone()), &kind.label);
        }
    });
    shown.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, "kind"));
    let style = drafts.style.clone().unwrap_or_else(|| "not chosen".to_owned());
    let shown = ComboBox::from_label("Style").selected_text(style).show_ui(ui, |ui| {
        ui.selectable_value(&mut drafts.style, None, "not chosen");
        for style in ["direct", "indirect", "mixed"] {
            ui.selectable_value(&mut drafts.style, Some(style.to_owned()), style);
        }
    });
    shown.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, "style"));
    for (title, text) in [("Statement", &mut drafts.statement), ("Note", &mut drafts.note)] {
        ui.label(title);
        let response = ui.add(TextEdit::multiline(text).desired_rows(2).desired_width(f32::INFINITY));
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::MultilineTextInput, true, title));
    }
    if ui.add(Button::new("Keep")).clicked() {
        let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        let fields = vec![
            ClaimField::Kind(drafts.kind.clone()),
            ClaimField::Style(drafts.style.clone()),
            ClaimField::Statement(text(&drafts.statement)),
            ClaimField::Note(text(&drafts.note)),
        ];
        actions.push(Action::EditAgreed { claim: claim.clone(), fields });
        actions.push(Action::Show(Dialog::None));
    }
}
