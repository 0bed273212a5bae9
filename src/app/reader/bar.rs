//! The scroll bar with its ticks.
//!
//! Held by `tests/reader.rs`.

use egui::{CornerRadius, Rangef, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::columns::Columns;
use super::measures::{HANDLE, TICK};
use super::page::Page;
use super::paint::Brush;
use super::sheets::Sheets;
use super::state::ReaderState;
use crate::document::ByteSpan;

/// Between the bar's ends and the handle's.
const INSET: f32 = 5.0;

/// Where the ticks are, kept while nothing that they depend on changes.
#[derive(Debug, Default)]
pub struct Ticks {
    key: (u64, i64, usize),
    /// The byte at which each point of the bar begins.
    bounds: Vec<usize>,
    /// Points from the bar's top, with the kind's number.
    claims: Vec<(f32, usize)>,
}

/// Steps of the document's height per factor of e: one is a third of a point on a bar, which nobody sees.
const STEPS: f64 = 4000.0;

/// The handle for a view that stands `y` below the top of `total`, in points from the bar's top.
#[must_use]
pub fn handle(y: f64, view: f64, total: f64, bar: f32) -> Rangef {
    let room = f64::from(bar - 2.0 * INSET);
    let length = (view / total.max(view) * room).max(f64::from(HANDLE.1)).min(room);
    let free = (total - view).max(0.0);
    let start = if free > 0.0 { (y / free).clamp(0.0, 1.0) * (room - length) } else { 0.0 };
    Rangef::new(INSET + start as f32, INSET + (start + length) as f32)
}

/// Handles the bar's input; the height of the document that the view is to stand at, if it was moved.
pub fn interact(ui: &Ui, columns: &Columns, state: &mut ReaderState, now: Rangef, total: f64) -> Option<f64> {
    let response = ui.interact(columns.bar, ui.scope_id().with("scroll bar"), Sense::CLICK | Sense::DRAG);
    response.widget_info(|| WidgetInfo::labeled(Role::ScrollBar, true, "Position in the document"));
    let view = f64::from(columns.whole.height());
    let pointer = response.interact_pointer_pos().filter(|_| response.is_pointer_button_down_on());
    let Some(pointer) = pointer else {
        state.grip = None;
        return None;
    };
    let at = pointer.y - columns.bar.top();
    let grip = *state.grip.get_or_insert(if now.contains(at) { at - now.min } else { now.span() / 2.0 });
    let free = columns.bar.height() - 2.0 * INSET - now.span();
    let share = if free > 0.0 { f64::from((at - grip - INSET) / free).clamp(0.0, 1.0) } else { 0.0 };
    Some(share * (total - view).max(0.0))
}

/// Paints line, handle and ticks.
pub fn paint(brush: &Brush, columns: &Columns, ticks: &Ticks, page: &Page, handle: Rangef) {
    let (bar, palette) = (columns.bar, brush.palette);
    brush.fill(bar, palette.paper);
    brush.fill(Rect::from_min_size(bar.min, vec2(1.0, bar.height())), palette.line);
    let left = bar.left() + 4.0;
    for (y, kind) in &ticks.claims {
        let color = brush.kinds.get(*kind).map_or(palette.dim, |kind| kind.color);
        brush.fill(Rect::from_min_size(pos2(left, bar.top() + y - 1.0), vec2(TICK.0, TICK.1)), color);
    }
    // What is missing is a hollow tick at the left: no colour of a kind, and no filled mark.
    for y in ticks.starts(page.missing) {
        let tick = Rect::from_min_size(pos2(bar.left() + 1.5, bar.top() + y - 1.5), vec2(3.0, 3.0));
        brush.painter().rect_stroke(tick, CornerRadius::ZERO, Stroke::new(1.0, palette.accent), StrokeKind::Middle);
    }
    for y in ticks.starts(page.hits) {
        let tick = Rect::from_min_size(pos2(bar.right() - 3.0, bar.top() + y - 1.0), vec2(3.0, TICK.1));
        brush.fill(tick, palette.theirs);
    }
    let rect = Rect::from_x_y_ranges(
        Rangef::new(left - 1.0, left - 1.0 + HANDLE.0),
        Rangef::new(bar.top() + handle.min, bar.top() + handle.max),
    );
    let edge = Stroke::new(1.0, palette.control);
    brush.painter().rect_stroke(rect, CornerRadius::same(4), edge, StrokeKind::Inside);
}

impl Ticks {
    /// Finds where the ticks are, if the marks, the document's height or the bar's have changed.
    pub fn update(&mut self, page: &Page, sheets: &Sheets, bar: f32) {
        let total = sheets.chunks().total();
        let rows = (bar - 2.0 * INSET).max(0.0) as usize;
        let key = (page.marks.stamp(), (total.max(1.0).ln() * STEPS) as i64, rows);
        if self.key == key {
            return;
        }
        self.key = key;
        self.bounds.clear();
        self.bounds.extend((0..rows).map(|row| byte_at(sheets, total * row as f64 / rows as f64)));
        self.bounds.push(page.text.len() + 1);
        self.claims.clear();
        for (row, bounds) in self.bounds.windows(2).enumerate() {
            let [from, to] = bounds else { continue };
            if let Some(kind) = page.marks.first_kind(ByteSpan::new(*from, *to)) {
                self.claims.push((INSET + row as f32, kind));
            }
        }
    }

    /// Where spans, ascending, begin: points from the bar's top.
    fn starts<'a>(&'a self, hits: &'a [ByteSpan]) -> impl Iterator<Item = f32> + 'a {
        self.bounds.windows(2).enumerate().filter(|_| !hits.is_empty()).filter_map(|(row, bounds)| {
            let [from, to] = bounds else { return None };
            let after = hits.partition_point(|hit| hit.start < *from);
            hits.get(after).filter(|hit| hit.start < *to).map(|_| INSET + row as f32)
        })
    }
}

/// The byte that stands `y` points below the top of the document: exact where that is laid out.
fn byte_at(sheets: &Sheets, y: f64) -> usize {
    let (chunk, offset) = sheets.chunks().at_y(y);
    let span = sheets.chunks().span(chunk);
    match sheets.get(chunk) {
        Some(sheet) => {
            let line = sheet.lines.partition_point(|line| f64::from(line.top) < offset);
            sheet.lines.get(line).map_or(span.end, |line| line.span.start)
        }
        None => {
            let share = offset / sheets.chunks().height(chunk).max(1.0);
            span.start + (span.len() as f64 * share.clamp(0.0, 1.0)) as usize
        }
    }
}
