//! A quotation in a panel: laid out and painted like the reader's text, right-to-left on the right.
//!
//! Knows egui's layout, and nothing of what the text is. Held by `tests/text.rs`.

use std::ops::Range;

use egui::{Color32, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::{Family, Ink, Painting, Paragraph, Span, Style, TextEngine, hard_lines};
use crate::document::ByteSpan;

/// What to show, and how; sizes in points.
#[derive(Clone, Debug)]
pub struct Quote<'a> {
    /// The text; may have several hard lines.
    pub text: &'a str,
    /// The kind of face.
    pub family: Family,
    /// Size of the em.
    pub size: f32,
    /// Distance of baselines.
    pub line_height: f32,
    /// 400 regular, 500 medium, 600 semibold, 700 bold.
    pub weight: u16,
    /// Whether slanted.
    pub italic: bool,
    /// The language as a BCP 47 tag, where it is known.
    pub language: Option<&'a str>,
    /// Bytes in another weight, as the typed letters of a name.
    pub bold: &'a [Range<usize>],
    /// Colour of the letters.
    pub colour: Color32,
    /// Colour of the marks of unseen characters.
    pub mark: Color32,
    /// Lines shown at most; what does not fit ends in an ellipsis. 0 for all.
    pub max_lines: usize,
    /// What a click does to it.
    pub sense: Sense,
}

impl<'a> Quote<'a> {
    /// A text of one size in one colour.
    #[must_use]
    pub fn new(text: &'a str, family: Family, size: f32, line_height: f32, colour: Color32) -> Self {
        Self {
            text,
            family,
            size,
            line_height,
            weight: 400,
            italic: false,
            language: None,
            bold: &[],
            colour,
            mark: colour,
            max_lines: 0,
            sense: Sense::hover(),
        }
    }
}

/// Shows a text as wide as there is room, and gives its name to a screen reader.
pub fn show(ui: &mut Ui, engine: &mut TextEngine, quote: &Quote<'_>) -> Response {
    let scale = ui.ctx().pixels_per_point();
    let width = ui.available_width();
    let style = Style {
        family: quote.family,
        size_px: quote.size * scale,
        line_height_px: (quote.line_height * scale).round(),
        weight: quote.weight,
        italic: quote.italic,
        language: quote.language.map(str::to_owned),
        direction: super::Direction::Auto,
    };
    let paragraphs = lay_out(engine, quote, &style, width * scale);
    let height = paragraphs.iter().map(Paragraph::height).sum::<f32>() / scale;
    let used =
        paragraphs.iter().map(|p| if p.is_rtl() { width * scale } else { p.width() }).fold(0.0, f32::max) / scale;
    let (rect, response) = ui.allocate_exact_size(vec2(used.min(width), height), quote.sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, ui.is_enabled(), quote.text));
    if ui.is_rect_visible(rect) {
        let ink = Ink { text: quote.colour, mark: quote.mark, parts: &[], dark: ui.visuals().dark_mode };
        let mut painting = Painting::new(scale);
        let mut origin = rect.min;
        let clip = ui.clip_rect().intersect(Rect::everything_right_of(rect.left()));
        for paragraph in &paragraphs {
            engine.atlas.paint(ui.ctx(), paragraph, origin, clip, &ink, &mut painting);
            origin.y += paragraph.height() / scale;
        }
        ui.painter().extend(painting.into_shapes());
    }
    response
}

fn lay_out(engine: &mut TextEngine, quote: &Quote<'_>, style: &Style, width: f32) -> Vec<Paragraph> {
    let mut paragraphs = Vec::new();
    let mut lines_left = if quote.max_lines == 0 { usize::MAX } else { quote.max_lines };
    for line in hard_lines(quote.text, ByteSpan::new(0, quote.text.len())) {
        let text = quote.text.get(line.start..line.end).unwrap_or("");
        let bold: Vec<Span> = quote
            .bold
            .iter()
            .filter(|part| part.start < line.end && line.start < part.end)
            .map(|part| Span {
                bytes: part.start.saturating_sub(line.start)..part.end.saturating_sub(line.start),
                weight: 700,
                italic: quote.italic,
            })
            .collect();
        let paragraph = Paragraph::with_spans(&mut engine.fonts, text, style, &bold, Some(width));
        if paragraph.line_count() > lines_left {
            let cut = paragraph.line(lines_left.saturating_sub(1));
            let mut end = cut.bytes.end;
            // The ellipsis may need the room of some clusters.
            while end > cut.bytes.start {
                let shortened = format!("{}…", text.get(..end).unwrap_or("").trim_end());
                let paragraph = Paragraph::with_spans(&mut engine.fonts, &shortened, style, &bold, Some(width));
                if paragraph.line_count() <= lines_left {
                    paragraphs.push(paragraph);
                    break;
                }
                end = paragraph.previous_boundary(end, super::Unit::Cluster).unwrap_or(0);
            }
            return paragraphs;
        }
        lines_left -= paragraph.line_count();
        paragraphs.push(paragraph);
        if lines_left == 0 {
            break;
        }
    }
    paragraphs
}
