//! What the folder holds, in figures: who says what kind of claim, how sure we were, when, and how much of each release
//! is in claims. A click leads to the claims.

mod bars;
mod table;
mod time;

use egui::{Align, Button, Layout, RichText, Ui, vec2};

use crate::annotation::{Codebook, Id};
use crate::app::action::Action;
use crate::app::model::Model;
use crate::app::text::TextEngine;
use crate::app::theme::{self, Palette};
use crate::app::widgets::{Look, choice, text_width};
use crate::collection::Figure;
use crate::exchange::counted;

/// What the dialog remembers while it is open.
#[derive(Default)]
pub struct State {
    page: Figure,
    /// The axis whose terms are counted; `None`: the one in use.
    axis: Option<String>,
}

/// Draws its inside.
pub fn show(ui: &mut Ui, model: &Model, engine: &mut TextEngine, state: &mut State, actions: &mut Vec<Action>) {
    let p = Palette::of(ui);
    let Some(overview) = model.shelf.overview.made.as_deref() else {
        ui.label("The releases of the folder are being counted …");
        return;
    };
    let totals = &overview.statistics.totals;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 3.0;
        for page in Figure::ALL {
            let name = page.title();
            let width = text_width(ui, name, theme::semibold(theme::SIZE_FIELD)) + 18.0;
            let look = Look { chosen: state.page == page, ..Look::default() };
            if choice(ui, name, name, vec2(width, theme::CONTROL), look).clicked() {
                state.page = page;
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let save = ui.add_enabled(totals.claims > 0, Button::new("Save figure…"));
            if save.on_hover_text("As SVG or PNG").clicked() {
                let axis = state.axis.clone().unwrap_or_else(|| model.axis().to_owned());
                actions.push(Action::PickFigure { figure: state.page, axis });
            }
        });
    });
    let words = format!(
        "{} in {} of {}, {}, {} judged",
        counted(totals.claims, "claim"),
        totals.documents_with_claims,
        counted(totals.documents, "release"),
        counted(totals.sources, "source"),
        totals.assessed
    );
    ui.label(RichText::new(words).font(theme::regular(theme::SIZE_FIELD)).color(p.dim));
    ui.add_space(6.0);
    if totals.claims == 0 {
        ui.label("No release of this folder has a claim yet: C marks the first.");
        return;
    }
    match state.page {
        Figure::Sources => table::show(ui, model, &overview.statistics, engine, actions),
        Figure::Confidence => bars::confidence(ui, model, &overview.statistics, engine, &mut state.axis, actions),
        Figure::Time => time::show(ui, model, &overview.statistics, actions),
        Figure::Coverage => bars::coverage(ui, overview, engine, actions),
    }
}

/// Shows these claims in the table below, and leaves the overview.
fn ask(query: String) -> Vec<Action> {
    vec![Action::AskInTable(query), Action::Show(crate::app::model::Dialog::None)]
}

/// The part of a query that asks for a source.
fn source_query(name: &str, id: Option<&Id>) -> String {
    match (name, id) {
        ("", _) => "-has:source".to_owned(),
        (_, Some(id)) => format!("source_id:{id}"),
        (name, None) => format!("source:\"{}\"", name.replace('"', "\\\"")),
    }
}

/// The word of a kind on screen.
fn kind_label<'a>(codebook: &'a Codebook, kind: &'a str) -> &'a str {
    if kind.is_empty() { "no kind" } else { codebook.look(Some(kind)).label }
}
