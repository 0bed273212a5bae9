//! What comes of a comparison as one list, of which only what is in sight is drawn, and its keys.
//!
//! Rows differ in height, which is known only once they were drawn: until then it is guessed by the length of their
//! words, and what is in sight stays where it is when a guess above it is put right.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{EventFilter, Key, Modifiers, Rect, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::rows;
use crate::annotation::Id;
use crate::app::action::{Action, ClaimRef};
use crate::app::comparing::VersionsSeen;
use crate::app::model::Model;
use crate::app::release::Release;
use crate::app::text::TextEngine;
use crate::app::theme::{self, Palette};
use crate::app::widgets::{key_width, paint_key, text_width};
use crate::document::ByteSpan;
use crate::review::versions::{Fate, SET_ASIDE, State as Became, Take, set_aside, taken};

/// Space around what a row shows.
const INSET: f32 = 6.0;

/// Height of the line of keys.
const FOOT: f32 = 24.0;

/// One row; the numbers are of [`VersionsSeen`]'s lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Row {
    /// Above the numbers and hedges.
    Numbers,
    /// A number or hedge that is another.
    Lifted(usize),
    /// Above my claims.
    Claims,
    /// Above those that fared so: a place of [`Became::ALL`].
    Became(usize),
    /// One of them.
    Claim(usize),
    /// Above the changes of the text.
    Text,
    /// One of them.
    Change(usize),
}

impl Row {
    fn is_heading(self) -> bool {
        matches!(self, Self::Numbers | Self::Claims | Self::Became(_) | Self::Text)
    }
}

/// What the list was made of.
struct MadeOf {
    compared: Arc<VersionsSeen>,
    revision: u64,
    shows_decided: bool,
    width: f32,
}

/// The list as it stands.
#[derive(Default)]
pub struct List {
    made_of: Option<MadeOf>,
    rows: Vec<Row>,
    /// The height of each row.
    heights: Vec<f32>,
    /// Heights of rows that were drawn at this width.
    drawn: BTreeMap<Row, f32>,
    /// Claims that were taken over, each with the one that names it.
    pub taken: BTreeMap<Id, Id>,
    /// Claims that were set aside, each with the dismissal that says so.
    pub aside: BTreeMap<Id, Id>,
    /// How many claims wait.
    pub waiting: usize,
    /// Claims that were decided are shown, too.
    pub shows_decided: bool,
    /// The row that the keys are about.
    at: usize,
    /// That row is to be brought into sight.
    reveals: bool,
    /// It had the keys once.
    had_focus: bool,
    /// Where the list is to begin in the next frame.
    scroll_to: Option<f32>,
}

impl List {
    /// Whether a claim of the older version still waits for a decision.
    pub fn waits(&self, id: &Id) -> bool {
        !self.taken.contains_key(id) && !self.aside.contains_key(id)
    }

    /// Makes the list anew where what it was made of is another.
    fn renew(&mut self, made: &Arc<VersionsSeen>, release: &Release, width: f32) {
        let is_made = self.made_of.as_ref().is_some_and(|of| {
            Arc::ptr_eq(&of.compared, made)
                && (of.revision, of.shows_decided, of.width.to_bits())
                    == (release.revision, self.shows_decided, width.to_bits())
        });
        if is_made {
            return;
        }
        let before = self.made_of.replace(MadeOf {
            compared: Arc::clone(made),
            revision: release.revision,
            shows_decided: self.shows_decided,
            width,
        });
        if before.is_none_or(|of| !Arc::ptr_eq(&of.compared, made) || of.width.to_bits() != width.to_bits()) {
            self.drawn.clear();
        }
        let own = |map: BTreeMap<&Id, &Id>| map.into_iter().map(|(old, new)| (old.clone(), new.clone())).collect();
        self.taken = own(taken(release.set()));
        self.aside = own(set_aside(release.set()));
        self.waiting = made.claims.iter().filter(|id| self.waits(id)).count();
        let mut rows = vec![Row::Numbers];
        rows.extend((0..made.versions.lifted.len()).map(Row::Lifted));
        rows.push(Row::Claims);
        let mut above = None;
        for (at, id) in made.claims.iter().enumerate().filter(|(_, id)| self.shows_decided || self.waits(id)) {
            let state = made.fate(id).and_then(|fate| Became::ALL.iter().position(|state| *state == fate.state));
            if let Some(state) = state.filter(|_| state != above) {
                rows.push(Row::Became(state));
            }
            above = state;
            rows.push(Row::Claim(at));
        }
        rows.push(Row::Text);
        rows.extend((0..made.versions.changes.len()).map(Row::Change));
        let height = |row: &Row| self.drawn.get(row).copied().unwrap_or_else(|| rows::guess(made, *row, width));
        self.heights = rows.iter().map(height).collect();
        self.rows = rows;
        self.at = self.near(self.at);
    }

    /// The row at a place, or the next one that is none of the headings.
    fn near(&self, at: usize) -> usize {
        let is_row = |at: &usize| self.rows.get(*at).is_some_and(|row| !row.is_heading());
        (at..self.rows.len()).find(is_row).or_else(|| (0..at).rev().find(is_row)).unwrap_or(0)
    }

    /// The row so many rows on or back, headings not counted.
    fn step(&self, by: isize) -> usize {
        let rows: Vec<usize> =
            (0..self.rows.len()).filter(|at| self.rows.get(*at).is_some_and(|row| !row.is_heading())).collect();
        let at = rows.iter().position(|at| *at >= self.at).unwrap_or(0);
        let to = at.saturating_add_signed(by).min(rows.len().saturating_sub(1));
        rows.get(to).copied().unwrap_or(self.at)
    }
}

/// Draws it.
pub fn show(
    ui: &mut Ui,
    model: &Model,
    made: &Arc<VersionsSeen>,
    engine: &mut TextEngine,
    list: &mut List,
    actions: &mut Vec<Action>,
) {
    let Some(release) = model.current() else { return };
    let whole = ui.available_rect_before_wrap();
    let place = Rect::from_min_max(whole.min, pos2(whole.right(), whole.bottom() - FOOT));
    let width = whole.width() - ui.spacing().scroll.allocated_width();
    list.renew(made, release, width);
    let id = ui.scope_id().with("versions");
    let response = ui.interact(place, id, Sense::focusable_noninteractive());
    let count = list.rows.iter().filter(|row| !row.is_heading()).count();
    response.widget_info(|| WidgetInfo::labeled(Role::List, true, format!("what has changed, {count} rows")));
    // Until something else is chosen, the keys are the list's.
    if !list.had_focus || ui.memory(|memory| memory.focused().is_none()) {
        response.request_focus();
        list.had_focus = true;
    }
    if response.has_focus() {
        let filter = EventFilter { vertical_arrows: true, horizontal_arrows: false, tab: false, escape: false };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        keys(ui, release, made, list, actions);
    }
    let mut shift = 0.0;
    let mut area = ScrollArea::vertical().id_salt("changes").auto_shrink([false, false]).max_height(place.height());
    if let Some(y) = list.scroll_to.take() {
        area = area.vertical_scroll_offset(y.max(0.0));
    }
    let out = area.show_viewport(ui, |ui, sight| {
        let corner = ui.max_rect().min;
        ui.set_height(list.heights.iter().sum());
        let mut top = 0.0;
        for at in 0..list.rows.len() {
            let (Some(&row), Some(&height)) = (list.rows.get(at), list.heights.get(at)) else { break };
            if top > sight.max.y {
                break;
            }
            if top + height >= sight.min.y {
                let rect = Rect::from_min_size(corner + vec2(0.0, top), vec2(width, height));
                let (is_chosen, taller) = one(ui, rect, model, made, engine, list, at, row, actions);
                if is_chosen {
                    list.at = at;
                    response.request_focus();
                }
                if taller != 0.0 && top < sight.min.y {
                    shift += taller;
                }
            }
            top += height;
        }
    });
    if list.reveals {
        let above: f32 = list.heights.iter().take(list.at).sum();
        let height = list.heights.get(list.at).copied().unwrap_or_default();
        // Above the first row stands its heading.
        let above = if list.at <= 1 { 0.0 } else { above };
        let to = out.state.clamped_offset().y.max(above + height - out.inner_rect.height()).min(above);
        shift = to - out.state.clamped_offset().y;
        // A row that comes into sight may be of another height than was thought.
        list.reveals = shift.abs() > 0.5;
    }
    if shift != 0.0 {
        list.scroll_to = Some(out.state.clamped_offset().y + shift);
        ui.ctx().request_repaint();
    }
    foot(ui, Rect::from_min_max(pos2(whole.left(), place.bottom()), whole.max));
}

/// Draws one row: whether it was chosen, and by how much it is taller than was thought.
#[expect(clippy::too_many_arguments, reason = "a row's parts")]
fn one(
    ui: &mut Ui,
    rect: Rect,
    model: &Model,
    made: &VersionsSeen,
    engine: &mut TextEngine,
    list: &mut List,
    at: usize,
    row: Row,
    actions: &mut Vec<Action>,
) -> (bool, f32) {
    let p = Palette::of(ui);
    let mut is_chosen = false;
    if !row.is_heading() {
        let frame = rect.shrink2(vec2(0.0, 1.0));
        let response = ui.interact(frame, ui.scope_id().with(row), Sense::click());
        let is_at = list.at == at;
        response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_at, rows::name(made, row)));
        if is_at {
            ui.painter().rect_filled(frame, theme::CORNER, p.row);
        } else if response.hovered() || response.has_focus() {
            ui.painter().rect_stroke(frame, theme::CORNER, Stroke::new(1.0, p.line), egui::StrokeKind::Inside);
        }
        if response.clicked() {
            is_chosen = true;
            actions.extend(place(made, list, row));
        }
    }
    let inner = Rect::from_min_size(rect.min + vec2(INSET, INSET), vec2(rect.width() - 2.0 * INSET, rect.height()));
    let builder = UiBuilder::new().max_rect(inner).id_salt(row);
    let drawn = ui.scope_builder(builder, |ui| rows::show(ui, model, made, engine, list, row, actions)).response.rect;
    let height = drawn.height() + 2.0 * INSET;
    let taller = height - rect.height();
    list.drawn.insert(row, height);
    if taller.abs() < 0.5 {
        return (is_chosen, 0.0);
    }
    if let Some(known) = list.heights.get_mut(at) {
        *known = height;
    }
    ui.ctx().request_discard("a row is of another height");
    (is_chosen, taller)
}

/// Where a row leads: its words in the newer text, or the claim that was taken over.
fn place(made: &VersionsSeen, list: &List, row: Row) -> Option<Action> {
    let versions = &made.versions;
    match row {
        Row::Lifted(at) => {
            let lifted = versions.lifted.get(at)?;
            Some(Action::SelectText(lifted.new.unwrap_or(lifted.new_sentence)))
        }
        Row::Claim(at) => {
            let id = made.claims.get(at)?;
            if let Some(there) = list.taken.get(id) {
                return Some(Action::SelectClaims { claims: vec![ClaimRef::mine(there.clone())], reveal: true });
            }
            rows::hull(&made.fate(id)?.new).map(Action::SelectText)
        }
        Row::Change(at) => {
            let new = versions.new_version().structure.paragraphs().get(versions.changes.get(at)?.new.clone())?;
            let (first, last) = (new.first()?, new.last()?);
            Some(Action::SelectText(ByteSpan { start: first.span.start, end: last.span.end }))
        }
        Row::Numbers | Row::Claims | Row::Became(_) | Row::Text => None,
    }
}

fn keys(ui: &Ui, release: &Release, made: &VersionsSeen, list: &mut List, actions: &mut Vec<Action>) {
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let by = [
        (Key::ArrowDown, 1_isize),
        (Key::ArrowUp, -1),
        (Key::PageDown, 5),
        (Key::PageUp, -5),
        (Key::Home, isize::MIN),
        (Key::End, isize::MAX),
    ];
    for (key, by) in by {
        // Pressed fast, a key comes several times in one frame.
        let times = ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key));
        if times > 0 {
            list.at = list.step(by.saturating_mul(isize::try_from(times).unwrap_or(isize::MAX)));
            list.reveals = true;
        }
    }
    let Some(&row) = list.rows.get(list.at) else { return };
    if pressed(Key::Enter) {
        actions.extend(place(made, list, row));
    }
    let Row::Claim(at) = row else { return };
    let Some((id, fate)) = made.claims.get(at).and_then(|id| Some((id, made.fate(id)?))) else { return };
    if let Some(dismissal) = list.aside.get(id).filter(|_| pressed(Key::Delete)) {
        actions.push(Action::Undismiss(dismissal.clone()));
    }
    if !list.waits(id) {
        return;
    }
    let before = actions.len();
    if pressed(Key::T) && !fate.new.is_empty() {
        actions.push(take(id, fate.new.clone()));
    }
    if pressed(Key::H) && !release.selection.is_empty() {
        actions.push(take(id, vec![release.selection]));
    }
    if pressed(Key::Delete) {
        actions.push(aside(id));
    }
    // The next one takes its place.
    list.reveals |= actions.len() > before;
}

/// Takes one claim over with these words.
pub fn take(id: &Id, spans: Vec<ByteSpan>) -> Action {
    Action::CarryClaims(vec![Take { claim: id.clone(), spans }])
}

/// Sets one claim aside.
pub fn aside(id: &Id) -> Action {
    Action::Dismiss { check: SET_ASIDE.to_owned(), on: Some(id.clone()), span: None, why: String::new() }
}

/// Takes over all claims that wait and fared so.
pub fn take_all(made: &VersionsSeen, list: &List, became: Became) -> Vec<Take> {
    let waiting = made.claims.iter().filter(|id| list.waits(id));
    let fates =
        waiting.filter_map(|id| Some((id, made.fate(id)?))).filter(|(_, fate): &(_, &Fate)| fate.state == became);
    fates.map(|(id, fate)| Take { claim: id.clone(), spans: fate.new.clone() }).collect()
}

/// The keys of the list, as many as there is room for.
fn foot(ui: &Ui, rect: Rect) {
    let p = Palette::of(ui);
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.0, p.line));
    let font = theme::regular(theme::SIZE_SMALL);
    let mut x = rect.left();
    let y = rect.center().y + 2.0;
    let keys = [("↑ ↓", "go"), ("Enter", "show"), ("T", "take over"), ("H", "selection"), ("Del", "set aside")];
    for (key, words) in keys {
        let width = text_width(ui, words, font.clone());
        if x + key_width(ui, key) + 4.0 + width > rect.right() {
            break;
        }
        x += paint_key(ui, &p, pos2(x, y), key) + 4.0;
        ui.painter().text(pos2(x, y), egui::Align2::LEFT_CENTER, words, font.clone(), p.dim);
        x += width + 9.0;
    }
}
