//! A line of a document's words in a panel: painted as the reader paints it, so that it is right in every script.

use std::ops::Range;

use egui::{Color32, Pos2, Rect, Role, Sense, Ui, WidgetInfo, pos2};

use crate::app::text::{Family, LaidQuote, Quote, TextEngine, paint_quote};
use crate::app::theme::Palette;

/// Height of the line box that the words are centred in, as a multiple of their size.
const LINE: f32 = 1.5;

/// Wider than any line of a panel, in points.
const ENDLESS: f32 = 10_000.0;

/// How a line of words looks.
#[derive(Clone, Copy, Debug)]
pub struct Ink {
    /// Size of the em in points.
    pub size: f32,
    /// 400 regular, 600 semibold, 700 bold.
    pub weight: u16,
    /// The colour.
    pub color: Color32,
}

impl Ink {
    fn quote<'a>(&self, text: &'a str) -> Quote<'a> {
        let line = (self.size * LINE).round();
        Quote { max_lines: 1, weight: self.weight, ..Quote::new(text, Family::Sans, self.size, line, self.color) }
    }
}

/// Paints words on one line that begins at `x` and is centred on `y`; what is longer than `width` ends in an ellipsis.
/// Gives the width used.
pub fn words(ui: &Ui, engine: &mut TextEngine, text: &str, at: Pos2, width: f32, ink: Ink) -> f32 {
    let one_line;
    let text = if text.contains(['\n', '\r']) {
        one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        &one_line
    } else {
        text
    };
    let quote = ink.quote(text);
    let laid = engine.quote(ui.ctx(), &quote, width.max(8.0));
    paint_quote(ui, engine, &laid, pos2(at.x, at.y - quote.line_height / 2.0), &quote);
    laid.width / ui.ctx().pixels_per_point()
}

/// Distance of the lines of [`marked`].
pub const MARKED_LINE: f32 = 21.0;

/// How words of two versions fared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// They stand in both.
    Same,
    /// They are gone: struck through.
    Gone,
    /// They are new: underlined.
    New,
}

/// Words of two versions in one text, wrapped: each part with how it fared and whether a blank stands before it.
pub fn marked(ui: &mut Ui, engine: &mut TextEngine, parts: &[(Wording, String, bool)]) {
    let p = Palette::of(ui);
    let (mut text, mut aloud) = (String::new(), String::new());
    let mut places: Vec<(Range<usize>, Wording)> = Vec::new();
    for (wording, words, is_apart) in parts {
        if *is_apart && !text.is_empty() {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(words);
        places.push((start..text.len(), *wording));
        aloud.extend(match wording {
            Wording::Same => [words, " "],
            Wording::Gone => ["gone: ", words],
            Wording::New => ["new: ", words],
        });
        if *wording != Wording::Same {
            aloud.push_str("; ");
        }
    }
    let colours: Vec<(Range<usize>, Color32)> = places
        .iter()
        .filter(|(_, wording)| *wording == Wording::Gone)
        .map(|(range, _)| (range.clone(), p.dim))
        .collect();
    let quote = Quote { parts: &colours, ..Quote::new(&text, Family::Serif, 14.0, MARKED_LINE, p.text) };
    let width = ui.available_width();
    let laid = engine.quote(ui.ctx(), &quote, width);
    let scale = ui.ctx().pixels_per_point();
    let (rect, response) = ui.allocate_exact_size(egui::vec2(width, laid.height / scale), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, aloud.trim()));
    if !ui.is_rect_visible(rect) {
        return;
    }
    for (range, wording) in places.iter().filter(|(_, wording)| *wording != Wording::Same) {
        for piece in pieces_of(&laid, range) {
            let piece = Rect::from_min_max(pos2(piece.0, piece.1) / scale, pos2(piece.2, piece.3) / scale);
            let piece = piece.translate(rect.min.to_vec2());
            let (y, color) = match wording {
                Wording::New => (piece.bottom() - 2.5, p.accent),
                _ => (piece.center().y + 0.5, p.disputed),
            };
            if *wording == Wording::New {
                ui.painter().rect_filled(piece.shrink2(egui::vec2(0.0, 1.0)), 0.0, p.only_mine);
            }
            ui.painter().hline(piece.x_range(), y, egui::Stroke::new(1.5, color));
        }
    }
    paint_quote(ui, engine, &laid, rect.min, &quote);
}

/// Rectangles of some bytes of a laid-out text: left, top, right, bottom in physical pixels.
fn pieces_of(laid: &LaidQuote, range: &Range<usize>) -> Vec<(f32, f32, f32, f32)> {
    let mut top = 0.0;
    let mut found = Vec::new();
    for (start, paragraph) in &laid.paragraphs {
        let own = range.start.saturating_sub(*start)..range.end.saturating_sub(*start).min(paragraph.len());
        if own.start < own.end {
            let rects = paragraph.rects(own).into_iter();
            found.extend(rects.map(|piece| (piece.left, top + piece.top, piece.right, top + piece.bottom)));
        }
        top += paragraph.height();
    }
    found
}

/// The width of words on one line of any length.
pub fn width(ui: &Ui, engine: &mut TextEngine, text: &str, ink: Ink) -> f32 {
    let (from, to) = engine.quote(ui.ctx(), &ink.quote(text), ENDLESS).extent(ui.ctx().pixels_per_point());
    to - from
}

/// The longest end of a text, from a word on, that is no wider than `room`; with an ellipsis before it where it is cut.
pub fn end_that_fits(ui: &Ui, engine: &mut TextEngine, text: &str, room: f32, ink: Ink) -> String {
    if width(ui, engine, text, ink) <= room {
        return text.to_owned();
    }
    let ends = text.match_indices(' ').filter_map(|(at, _)| text.get(at + 1..));
    let fitting = ends.map(|end| format!("…{end}")).find(|end| width(ui, engine, end, ink) <= room);
    fitting.unwrap_or_else(|| text.to_owned())
}
