//! A line of a document's words in a panel: painted as the reader paints it, so that it is right in every script.

use egui::{Color32, Pos2, Ui, pos2};

use crate::app::text::{Family, Quote, TextEngine, paint_quote};

/// Height of the line box that the words are centred in, as a multiple of their size.
const LINE: f32 = 1.5;

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

/// Paints words on one line that begins at `x` and is centred on `y`; what is longer than `width` ends in an ellipsis.
/// Gives the width used.
pub fn words(ui: &Ui, engine: &mut TextEngine, text: &str, at: Pos2, width: f32, ink: Ink) -> f32 {
    let line = (ink.size * LINE).round();
    let one_line;
    let text = if text.contains(['\n', '\r']) {
        one_line = text.split_whitespace().collect::<Vec<_>>().join(" ");
        &one_line
    } else {
        text
    };
    let quote = Quote { max_lines: 1, weight: ink.weight, ..Quote::new(text, Family::Sans, ink.size, line, ink.color) };
    let laid = engine.quote(ui.ctx(), &quote, width.max(8.0));
    paint_quote(ui, engine, &laid, pos2(at.x, at.y - line / 2.0), &quote);
    laid.width / ui.ctx().pixels_per_point()
}
