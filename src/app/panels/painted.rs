//! A line of a document's words in a panel: painted as the reader paints it, so that it is right in every script.

use egui::{Color32, Pos2, Ui, pos2};

use crate::app::text::{Family, Quote, TextEngine, paint_quote};

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
