//! The claims of all releases of the folder: a query in the place of chips, rows as they were found in the background.

use egui::{EventFilter, Key, Rect, RichText, Role, ScrollArea, Sense, Stroke, TextEdit, Ui, WidgetInfo, pos2, vec2};

use super::cells::Column;
use super::{MARGIN, TILE, step};
use crate::annotation::SavedQuery;
use crate::app::action::{Action, Target};
use crate::app::model::Model;
use crate::app::panels::painted::{self, Ink};
use crate::app::shelf::ClaimList;
use crate::app::text::TextEngine;
use crate::app::theme::{self, Palette};
use crate::app::widgets::{paint_tile, paint_who};
use crate::exchange::counted;
use crate::sidecar::names::is_same_handle;

/// What the table remembers of the collection.
#[derive(Default)]
pub struct State {
    /// The query as typed.
    pub query: String,
    /// The name under which it is to be kept, as typed.
    name: String,
    /// The row at hand.
    at: usize,
}

/// The query, the queries that the codebook keeps, and how many claims there are.
pub fn head(ui: &mut Ui, model: &Model, state: &mut State, actions: &mut Vec<Action>) {
    let p = Palette::of(ui);
    let made = model.shelf.claims.made.as_deref();
    let figures = match made {
        None => "looking …".to_owned(),
        Some(made) if made.error.is_some() => format!("not understood: all {}", made.in_all),
        Some(made) => format!("{} of {}", made.rows.len(), made.in_all),
    };
    let figures = egui::WidgetText::from(RichText::new(figures).font(theme::regular(theme::SIZE_FIELD)).color(p.dim));
    let wide = (ui.available_width() - 230.0).max(120.0);
    let edit = TextEdit::singleline(&mut state.query)
        .hint_text("kind:commitment source:NATO credibility:1-2 published:2023.. -status:retracted")
        .font(theme::regular(theme::SIZE_FIELD))
        .desired_width(wide);
    let response = ui.add(edit);
    let error = made.filter(|made| made.asked.query == state.query).and_then(|made| made.error.as_ref());
    let said = error.map_or_else(|| "query over all claims".to_owned(), |error| format!("query: {error}"));
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, &said));
    if let Some(error) = error.filter(|_| response.has_focus()) {
        ui.painter().rect_stroke(response.rect, theme::CORNER, Stroke::new(1.5, p.disputed), egui::StrokeKind::Inside);
        let below = pos2(response.rect.left(), response.rect.bottom() + 4.0);
        egui::Area::new(egui::Id::unique("query error")).order(egui::Order::Tooltip).fixed_pos(below).show(
            ui.ctx(),
            |ui| {
                egui::Frame::popup(ui.style()).show(ui, |ui| {
                    ui.set_max_width(wide);
                    ui.label(RichText::new(error.to_string()).color(p.disputed));
                });
            },
        );
    }
    ui.menu_button("Saved", |ui| saved_queries(ui, model, state, error.is_none(), actions));
    ui.label(figures);
}

/// The queries that the codebook keeps by name, and a name for the one that was typed.
fn saved_queries(ui: &mut Ui, model: &Model, state: &mut State, is_understood: bool, actions: &mut Vec<Action>) {
    let edit = |label: String, change: &dyn Fn(&mut Vec<SavedQuery>)| {
        let mut codebook = (*model.codebook).clone();
        change(&mut codebook.queries);
        Action::EditCodebook { label, codebook: Box::new(codebook), typing: false }
    };
    ui.set_min_width(260.0);
    for saved in &model.codebook.queries {
        ui.horizontal(|ui| {
            let wide = vec2(ui.available_width() - 28.0, 0.0);
            if ui.add(egui::Button::new(&saved.name).min_size(wide)).on_hover_text(&saved.query).clicked() {
                state.query.clone_from(&saved.query);
                ui.close();
            }
            if ui.small_button("×").on_hover_text("Forget this query").clicked() {
                let label = format!("forget query {}", saved.name);
                actions.push(edit(label, &|queries| queries.retain(|other| other.name != saved.name)));
            }
        });
    }
    if state.query.trim().is_empty() || !is_understood {
        ui.label("What is typed here can be kept by name, for the whole team: it stands in the codebook.");
        return;
    }
    ui.horizontal(|ui| {
        let field = TextEdit::singleline(&mut state.name).hint_text("name for this query").desired_width(180.0);
        let field = ui.add(field);
        field.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, "name for this query"));
        let enter = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let name = state.name.trim().to_owned();
        let save = ui.add_enabled(!name.is_empty(), egui::Button::new("Save")).clicked();
        if (save || enter) && !name.is_empty() {
            let new = SavedQuery { name: name.clone(), query: state.query.clone(), ..SavedQuery::default() };
            actions.push(edit(format!("save query {name}"), &|queries| {
                queries.retain(|other| other.name != new.name);
                queries.push(new.clone());
            }));
            state.name.clear();
            ui.close();
        }
    });
}

/// The rows. Arrows move the one at hand, Enter or a click goes there.
#[expect(clippy::too_many_arguments, reason = "the table's parts")]
pub fn body(
    ui: &mut Ui,
    model: &Model,
    engine: &mut TextEngine,
    table: &mut super::State,
    columns: &[&Column],
    widths: &[f32],
    take_focus: bool,
    actions: &mut Vec<Action>,
) {
    let p = Palette::of(ui);
    let whole = ui.available_rect_before_wrap();
    // The panel keeps its height, whatever there is to show.
    ui.set_min_height(whole.height());
    let Some(list) = model.shelf.claims.made.clone() else { return };
    let state = &mut table.shelf;
    let id = ui.scope_id().with("claims of all releases");
    let response = ui.interact(whole, id, Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::Grid, true, counted(list.rows.len(), "claim")));
    table.focus = Some(id);
    if take_focus {
        response.request_focus();
    }
    let mut area = ScrollArea::vertical().id_salt("all claims").auto_shrink([false, false]);
    if response.has_focus() {
        let filter = EventFilter { vertical_arrows: true, horizontal_arrows: false, tab: false, escape: false };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let rows = (whole.height() / theme::TABLE_ROW).floor();
        if let Some(to) = step(ui, list.rows.len(), Some(state.at), rows as usize) {
            state.at = to;
            area = area.vertical_scroll_offset((to as f32 - (rows / 2.0).floor()).max(0.0) * theme::TABLE_ROW);
        }
        if ui.input(|input| input.key_pressed(Key::Enter)) {
            actions.extend(go(&list, state.at));
        }
    }
    if list.rows.is_empty() {
        let words = if list.in_all == 0 {
            "No release of this folder has a claim yet: C marks the first."
        } else {
            "No claim is found by this query."
        };
        ui.add_space(6.0);
        ui.horizontal(|ui| {
            ui.add_space(MARGIN);
            ui.label(RichText::new(words).color(p.dim));
        });
        return;
    }
    area.show_rows(ui, theme::TABLE_ROW, list.rows.len(), |ui, range| {
        for place in range {
            if row(ui, model, engine, &list, place, state.at == place, columns, widths) {
                state.at = place;
                actions.extend(go(&list, place));
            }
        }
    });
    if response.has_focus() {
        ui.painter().rect_stroke(whole, 0.0, Stroke::new(1.0, p.accent), egui::StrokeKind::Inside);
    }
}

fn go(list: &ClaimList, place: usize) -> Option<Action> {
    let (path, handle, id) = list.claim(place)?;
    Some(Action::GoTo(path.clone(), Target::Claim { handle: handle.to_owned(), id: id.clone() }))
}

/// One row; whether it was clicked.
#[expect(clippy::too_many_arguments, reason = "a row's place in list and table")]
fn row(
    ui: &mut Ui,
    model: &Model,
    engine: &mut TextEngine,
    list: &ClaimList,
    place: usize,
    is_at: bool,
    columns: &[&Column],
    widths: &[f32],
) -> bool {
    let p = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), theme::TABLE_ROW), Sense::click());
    if !ui.is_rect_visible(rect) {
        return response.clicked();
    }
    let at_hand = model.at_hand().is_some_and(|(release, claim)| {
        let me = &model.settings.handle;
        let layer = claim.layer.as_deref().unwrap_or(me);
        list.claim(place)
            .is_some_and(|(path, handle, id)| release.path == *path && claim.id == *id && is_same_handle(layer, handle))
    });
    if at_hand {
        ui.painter().rect_filled(rect, 0.0, p.row);
    } else if response.hovered() || is_at {
        ui.painter().rect_filled(rect, 0.0, p.paper);
    }
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, p.line));
    let y = rect.center().y;
    let kind = Some(list.cell(place, "kind")).filter(|kind| !kind.is_empty());
    let look = model.codebook.look(kind);
    let tile = Rect::from_center_size(pos2(rect.left() + MARGIN + 7.5, y), vec2(15.0, 15.0));
    paint_tile(ui.painter(), &p, tile, look.letter, p.kind(look.colours));
    let mut x = rect.left() + MARGIN + TILE;
    for (column, width) in columns.iter().zip(widths) {
        let words = cell(model, list, place, column.name);
        if column.name == "source" && words.is_empty() {
            paint_who(ui.painter(), &p, Rect::from_min_size(pos2(x, y - 7.5), vec2(36.0, 15.0)));
        } else {
            let weight = if column.name == "admiralty" { 600 } else { 400 };
            painted::words(
                ui,
                engine,
                &words,
                pos2(x, y),
                width - 8.0,
                Ink { size: theme::SIZE_FIELD, weight, color: p.text },
            );
        }
        x += width;
    }
    response.widget_info(|| {
        let cells = columns.iter().map(|column| format!("{} {}", column.title, cell(model, list, place, column.name)));
        WidgetInfo::selected(Role::Row, true, at_hand, cells.collect::<Vec<_>>().join(", "))
    });
    response.clicked()
}

/// A cell as text: the export's, with the columns that stand for several.
fn cell(model: &Model, list: &ClaimList, place: usize, column: &str) -> String {
    let own = |name: &str| list.cell(place, name);
    let dash = |text: &str| if text.is_empty() { "–".to_owned() } else { text.to_owned() };
    match column {
        "admiralty" => match (own("reliability"), own("credibility")) {
            ("", "") => "–".to_owned(),
            (reliability, credibility) => format!("{}{}", dash(reliability), dash(credibility)),
        },
        "by" => own("annotator").to_owned(),
        "document" => Some(own("title")).filter(|title| !title.is_empty()).unwrap_or(own("document")).to_owned(),
        "kind" if !own("kind").is_empty() => model.codebook.look(Some(own("kind"))).label.to_owned(),
        "kind" | "style" => dash(own(column)),
        "likelihood" | "confidence" => dash(&own(column).replace('-', " ")),
        "source" => own("source").to_owned(),
        name => own(name).to_owned(),
    }
}

/// The column of an export that a column of the table sorts by.
pub fn sorts_by((column, down): (String, bool)) -> (String, bool) {
    let own = match column.as_str() {
        "admiralty" => "credibility",
        "by" => "annotator",
        "document" => "title",
        own => own,
    };
    (own.to_owned(), down)
}
