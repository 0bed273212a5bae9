//! The text as a screen reader gets it: a document of paragraphs of text runs, and the selection in both directions.
//!
//! Only what is in view has nodes, and the lines in which the selection begins and ends; the claims table is the
//! accessible way to the rest. Held by `tests/reader.rs`.

use egui::accesskit::{
    Action, ActionData, Node, NodeId, Rect as NodeRect, Role, TextDirection, TextPosition, TextSelection,
};
use egui::{Id, Rect, Ui, UiBuilder, pos2, vec2};

use super::cursor::Selection;
use super::page::Page;
use super::sheet::{Row, Sheet};
use super::state::{ReaderState, Seen};
use crate::app::text::Cluster;
use crate::document::ByteSpan;

/// Clusters in a run at most: AccessKit counts word starts in a byte.
const RUN: usize = 255;

/// Whether anybody listens.
pub fn is_on(ui: &Ui, reader: Id) -> bool {
    ui.ctx().accesskit_node_builder(reader, |_| ()).is_some()
}

/// Takes the selection that a screen reader asked for.
pub fn requests(ui: &Ui, reader: Id, state: &mut ReaderState) {
    let mut asked = None;
    ui.input_mut(|input| {
        input.consume_accesskit_action_requests(reader, |request| match &request.data {
            Some(ActionData::SetTextSelection(selection)) if request.action == Action::SetTextSelection => {
                asked = Some(*selection);
                true
            }
            _ => false,
        });
    });
    let Some(asked) = asked else { return };
    let (Some(sheets), Some(view)) = (&state.sheets, &state.view) else { return };
    let byte_of = |position: &TextPosition| {
        view.sheets(sheets).find_map(|(sheet, _)| {
            let rows = sheet.rows.iter();
            rows.flat_map(|row| runs(reader, row)).find_map(|run| run.byte(position))
        })
    };
    if let (Some(anchor), Some(focus)) = (byte_of(&asked.anchor), byte_of(&asked.focus)) {
        state.set_selection(Selection { anchor, caret: focus.into() });
        state.reveal = Some(ByteSpan { start: focus, end: focus });
    }
}

/// Publishes the lines in view and those of the selection's ends.
pub fn publish(ui: &mut Ui, reader: Id, page: &Page, state: &ReaderState) {
    let (Some(sheets), Some(view)) = (&state.sheets, &state.view) else { return };
    let ends = [state.selection.anchor, state.selection.caret.byte];
    let mut shown: Vec<(&Sheet, f32)> = view.sheets(sheets).collect();
    for byte in ends {
        let chunk = sheets.chunks().at_byte(byte);
        if let Some(sheet) = sheets.get(chunk).filter(|sheet| !shown.iter().any(|(it, _)| it.span == sheet.span)) {
            let below = state.place.distance_to(chunk, 0.0, sheets.chunks());
            shown.push((sheet, view.columns.whole.top() + below as f32));
        }
    }
    shown.sort_by_key(|(sheet, _)| sheet.span.start);
    let pixels = ui.ctx().pixels_per_point();
    let screen = view.columns.whole.y_range();
    let mut positions = [None, None];
    for (sheet, top) in shown {
        for (number, row) in sheet.rows.iter().enumerate() {
            let in_view = top + row.bottom() > screen.min && top + row.top < screen.max;
            let holds_end = ends.iter().any(|&byte| sheet.row_at_byte(byte) == Some(number));
            if !in_view && !holds_end {
                continue;
            }
            publish_row(ui, reader, page, view, row, top, pixels);
            for (position, byte) in positions.iter_mut().zip(ends) {
                *position = position.or_else(|| runs(reader, row).find_map(|run| run.position(byte)));
            }
        }
    }
    ui.ctx().accesskit_node_builder(reader, |node| {
        node.add_action(Action::SetTextSelection);
        if let [Some(anchor), Some(focus)] = positions {
            node.set_text_selection(TextSelection { anchor, focus });
        }
    });
}

fn publish_row(ui: &mut Ui, reader: Id, page: &Page, view: &Seen, row: &Row, top: f32, pixels: f32) {
    let left = view.columns.left;
    let whole = Rect::from_min_max(pos2(left, top + row.top), pos2(left + view.columns.width, top + row.bottom()));
    let paragraph = UiBuilder::new()
        .scope_id(row_id(reader, row))
        .max_rect(whole)
        .accessibility_parent(reader)
        .accessibility_role(Role::Paragraph);
    let mut paragraph = ui.new_child(paragraph);
    let last = row.text.line_count() - 1;
    for run in runs(reader, row) {
        let y = top + row.top + row.line_height * run.line as f32;
        let x = run.clusters.iter().map(|cluster| cluster.x / pixels).fold(f32::INFINITY, f32::min);
        let end = run.clusters.iter().map(|cluster| (cluster.x + cluster.width) / pixels).fold(x, f32::max);
        let x = if x.is_finite() { x } else { 0.0 };
        let rect = Rect::from_min_size(pos2(left + x, y), vec2(end.max(x) - x, row.line_height));
        let builder = UiBuilder::new().scope_id(run.id).max_rect(rect).accessibility_role(Role::TextRun);
        drop(paragraph.new_child(builder));
        let ends_line = run.line == last && run.is_last;
        ui.ctx().accesskit_node_builder(run.id, |node| fill(node, page, row, &run, rect, x, pixels, ends_line));
    }
}

#[expect(clippy::too_many_arguments, reason = "the inner step of `publish_row`, split off to be read")]
fn fill(node: &mut Node, page: &Page, row: &Row, run: &Run, rect: Rect, x: f32, pixels: f32, ends_line: bool) {
    let span = run.span();
    let mut value = page.text.slice(span).to_owned();
    let mut lengths: Vec<u8> = run.clusters.iter().map(|it| it.bytes.len().min(RUN) as u8).collect();
    let mut positions: Vec<f32> = run.clusters.iter().map(|it| it.x / pixels - x).collect();
    let mut widths: Vec<f32> = run.clusters.iter().map(|it| it.width / pixels).collect();
    if ends_line {
        value.push('\n');
        lengths.push(1);
        positions.push(rect.width());
        widths.push(0.0);
    }
    let words = run.clusters.iter().enumerate().filter(|(_, it)| {
        let letter = page.text.slice(ByteSpan::new(row.span.start + it.bytes.start, row.span.start + it.bytes.end));
        it.begins_word && letter.starts_with(char::is_alphanumeric)
    });
    node.set_word_starts(words.map(|(index, _)| index as u8).collect::<Vec<u8>>());
    node.set_value(value);
    node.set_character_lengths(lengths);
    node.set_character_positions(positions);
    node.set_character_widths(widths);
    let rtl = run.clusters.first().map_or(row.text.is_rtl(), |it| it.rtl);
    node.set_text_direction(if rtl { TextDirection::RightToLeft } else { TextDirection::LeftToRight });
    let (min, max) = (rect.min, rect.max);
    node.set_bounds(NodeRect { x0: min.x.into(), y0: min.y.into(), x1: max.x.into(), y1: max.y.into() });
    if run.part > 0 {
        node.set_previous_on_line(run_id(run.row, run.line, run.part - 1).accesskit_id());
    }
    if !run.is_last {
        node.set_next_on_line(run_id(run.row, run.line, run.part + 1).accesskit_id());
    }
}

/// A part of a line, of [`RUN`] clusters at most.
struct Run {
    id: Id,
    /// The node of its row, and where that begins in the text.
    row: Id,
    start: usize,
    line: usize,
    part: usize,
    /// Whether it is the last one of its line.
    is_last: bool,
    clusters: Vec<Cluster>,
    /// Where a run without clusters stands.
    at: usize,
}

impl Run {
    fn span(&self) -> ByteSpan {
        let start = self.clusters.first().map_or(self.at, |it| it.bytes.start);
        let end = self.clusters.last().map_or(self.at, |it| it.bytes.end);
        ByteSpan { start: self.start + start, end: self.start + end }
    }

    /// A byte as a position in this run, if it is one.
    fn position(&self, byte: usize) -> Option<TextPosition> {
        let span = self.span();
        let here = span.contains(byte) || (byte == span.end && self.is_last);
        let before = |it: &&Cluster| self.start + it.bytes.start < byte;
        let character_index = self.clusters.iter().take_while(before).count();
        here.then(|| TextPosition { node: self.id.accesskit_id(), character_index })
    }

    /// The byte of a position in this run, if it is in it.
    fn byte(&self, position: &TextPosition) -> Option<usize> {
        let node: NodeId = self.id.accesskit_id();
        let at = self.clusters.get(position.character_index).map(|it| self.start + it.bytes.start);
        (position.node == node).then(|| at.unwrap_or(self.span().end))
    }
}

fn row_id(reader: Id, row: &Row) -> Id {
    reader.with(("line", row.span.start))
}

fn run_id(row: Id, line: usize, part: usize) -> Id {
    row.with((line, part))
}

/// The runs of a row, line after line.
fn runs(reader: Id, row: &Row) -> impl Iterator<Item = Run> {
    let id = row_id(reader, row);
    (0..row.text.line_count()).flat_map(move |line| {
        let at = row.text.line(line).bytes.start;
        let clusters: Vec<Cluster> = row.text.line_clusters(line).collect();
        let parts = clusters.len().div_ceil(RUN).max(1);
        (0..parts).map(move |part| Run {
            id: run_id(id, line, part),
            row: id,
            start: row.span.start,
            line,
            part,
            is_last: part + 1 == parts,
            clusters: clusters.iter().skip(part * RUN).take(RUN).cloned().collect(),
            at,
        })
    })
}
