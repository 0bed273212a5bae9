//! From one claim to another: how they are related, and to which, found by the query language of the table.

use egui::{Key, Rect, RichText, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, pos2, vec2};

use crate::annotation::Id;
use crate::app::action::{Action, ClaimRef};
use crate::app::model::Model;
use crate::app::panels::painted::{self, Ink};
use crate::app::shelf::{Asked, ClaimList};
use crate::app::text::TextEngine;
use crate::app::theme::{self, Palette};
use crate::app::widgets::{Look, choice, paint_tile};

/// Height of a claim's row.
const ROW: f32 = 36.0;

/// What the dialog remembers while it is open.
#[derive(Default)]
pub struct State {
    query: String,
    kind: usize,
    at: usize,
}

/// Draws its inside.
pub fn show(
    ui: &mut Ui,
    model: &Model,
    from: &Id,
    engine: &mut TextEngine,
    state: &mut State,
    actions: &mut Vec<Action>,
) {
    let p = Palette::of(ui);
    let Some(release) = model.current() else { return };
    let Some(claim) = release.claim(&ClaimRef::mine(from.clone())) else { return };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::hover());
    let quote = format!("“{}”", claim.anchor.quote_line());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &quote));
    let ink = Ink { size: theme::SIZE_BODY, weight: 600, color: p.text };
    painted::words(ui, engine, &quote, rect.left_center(), rect.width(), ink);
    kinds(ui, model, state);
    let (up, down) = ui.input_mut(|input| {
        let none = egui::Modifiers::NONE;
        (input.consume_key(none, Key::ArrowUp), input.consume_key(none, Key::ArrowDown))
    });
    let edit = TextEdit::singleline(&mut state.query)
        .hint_text("Find the other claim: words, or source:NATO kind:commitment …")
        .desired_width(f32::INFINITY);
    let field = ui.add(edit);
    field.widget_info(|| WidgetInfo::labeled(Role::SearchInput, true, "find the other claim"));
    if !field.has_focus() && !field.lost_focus() {
        field.request_focus();
    }
    let asked = Asked { query: state.query.clone(), sort: None };
    if model.shelf.picking.as_ref() != Some(&asked) {
        state.at = 0;
        actions.push(Action::Pick(asked));
    }
    let Some(list) = model.shelf.picked.made.as_deref() else {
        ui.label("The releases of the folder are being looked through …");
        return;
    };
    if let Some(error) = list.error.as_ref().filter(|_| list.asked.query == state.query) {
        ui.label(RichText::new(error.to_string()).color(p.disputed));
    }
    // Not to itself.
    let is_other = |&place: &usize| list.claim(place).is_some_and(|(path, _, id)| *path != release.path || id != from);
    let rows: Vec<usize> = (0..list.rows.len()).filter(is_other).collect();
    state.at = match (up, down) {
        (true, _) => state.at.saturating_sub(1),
        (_, true) => (state.at + 1).min(rows.len().saturating_sub(1)),
        _ => state.at,
    };
    let mut chosen = (field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))).then_some(state.at);
    if rows.is_empty() {
        ui.label(RichText::new("No other claim is found so.").color(p.dim));
    }
    ScrollArea::vertical().auto_shrink([false, false]).show_rows(ui, ROW, rows.len(), |ui, range| {
        for at in range {
            let Some(&place) = rows.get(at) else { continue };
            let response = row(ui, model, list, place, at == state.at, engine);
            if at == state.at && (up || down) {
                response.scroll_to_me(None);
            }
            if response.clicked() {
                chosen = Some(at);
            }
        }
    });
    let to = chosen.and_then(|at| list.claim(*rows.get(at)?));
    if let (Some((path, handle, id)), Some(kind)) = (to, model.codebook.relations.get(state.kind)) {
        let to = (path.clone(), handle.to_owned(), id.clone());
        actions.push(Action::Relate { from: from.clone(), kind: kind.key.clone(), to });
    }
}

/// How they are related: Alt and a digit, or a click.
fn kinds(ui: &mut Ui, model: &Model, state: &mut State) {
    let p = Palette::of(ui);
    let digits = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9];
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        for (at, word) in model.codebook.relations.iter().enumerate() {
            let text = format!("{}  {}", word.label, at + 1);
            let width = crate::app::widgets::text_width(ui, &text, theme::regular(theme::SIZE_FIELD)) + 18.0;
            let look = Look { chosen: state.kind == at, ..Look::default() };
            let response = choice(ui, &text, &word.label, vec2(width, theme::CONTROL), look);
            let key = digits.get(at).copied();
            let typed = key.is_some_and(|key| ui.input_mut(|input| input.consume_key(egui::Modifiers::ALT, key)));
            if response.on_hover_text(word.definition.as_deref().unwrap_or_default()).clicked() || typed {
                state.kind = at;
            }
        }
        let words = model.codebook.relations.get(state.kind).and_then(|word| word.definition.as_deref());
        let hint = format!("{}  Alt and a digit chooses.", words.unwrap_or_default());
        ui.label(RichText::new(hint).font(theme::regular(theme::SIZE_SMALL)).color(p.dim));
    });
}

/// One claim to choose.
fn row(
    ui: &mut Ui,
    model: &Model,
    list: &ClaimList,
    place: usize,
    is_at: bool,
    engine: &mut TextEngine,
) -> egui::Response {
    let p = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW - 2.0), Sense::click());
    let cell = |name| list.cell(place, name);
    let title = Some(cell("title")).filter(|title| !title.is_empty()).unwrap_or(cell("document"));
    let source = Some(cell("source")).filter(|source| !source.is_empty()).unwrap_or("who?");
    let second = format!("{source} · {title} · ¶{} · {}", cell("paragraph"), cell("annotator"));
    let quote = cell("quote");
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_at, format!("{quote}, {second}")));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    if is_at {
        ui.painter().rect_filled(rect, theme::CORNER, p.row);
    } else if response.hovered() {
        ui.painter().rect_stroke(rect, theme::CORNER, egui::Stroke::new(1.0, p.line), egui::StrokeKind::Inside);
    }
    let look = model.codebook.look(Some(cell("kind")).filter(|kind| !kind.is_empty()));
    let tile = Rect::from_min_size(pos2(rect.left() + 6.0, rect.top() + 4.0), vec2(15.0, 15.0));
    paint_tile(ui.painter(), &p, tile, look.letter, p.kind(look.colours));
    let (x, width) = (rect.left() + 28.0, rect.width() - 34.0);
    let ink = Ink { size: theme::SIZE_FIELD, weight: 400, color: p.text };
    painted::words(ui, engine, quote, pos2(x, rect.top() + 11.0), width, ink);
    let ink = Ink { size: theme::SIZE_SMALL, weight: 400, color: p.dim };
    painted::words(ui, engine, &second, pos2(x, rect.top() + 25.0), width, ink);
    response
}
