//! A quotation in a panel: laid out and painted like the reader's text, right-to-left on the right.
//!
//! Knows egui's layout, and nothing of what the text is. Held by `tests/text.rs`.

use egui::{Color32, Pos2, Rect, Response, Role, Ui, WidgetInfo, vec2};

use super::{Ink, LaidQuote, Painting, Quote, TextEngine};

/// Shows a text as wide as there is room, and gives it to a screen reader.
pub fn show(ui: &mut Ui, engine: &mut TextEngine, quote: &Quote<'_>) -> Response {
    let width = ui.available_width();
    let laid = engine.quote(ui.ctx(), quote, width);
    let scale = ui.ctx().pixels_per_point();
    let (rect, response) =
        ui.allocate_exact_size(vec2((laid.width / scale).min(width), laid.height / scale), quote.sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, ui.is_enabled(), quote.text));
    if ui.is_rect_visible(rect) {
        paint_quote(ui, engine, &laid, rect.min, quote);
    }
    response
}

/// Paints a laid-out quote with its top left corner at a point, within the clip rectangle of `ui`; takes no room and
/// has no name.
pub fn paint_quote(ui: &Ui, engine: &mut TextEngine, laid: &LaidQuote, at: Pos2, quote: &Quote<'_>) {
    paint_quote_within(ui, engine, laid, at, ui.clip_rect(), quote);
}

/// The same, within a clip rectangle.
pub fn paint_quote_within(ui: &Ui, engine: &mut TextEngine, laid: &LaidQuote, at: Pos2, clip: Rect, quote: &Quote<'_>) {
    let scale = ui.ctx().pixels_per_point();
    let mut painting = Painting::new(scale);
    let mut origin = at;
    for (start, paragraph) in &laid.paragraphs {
        let own = |byte: usize| byte.saturating_sub(*start);
        let parts: Vec<_> =
            quote.parts.iter().map(|(part, colour)| (own(part.start)..own(part.end), *colour)).collect();
        let ink =
            Ink { text: quote.colour, mark: quote.mark, parts: &parts, dark: lighter_than_paper(ui, quote.colour) };
        engine.atlas.paint(ui.ctx(), paragraph, origin, clip, &ink, &mut painting);
        origin.y += paragraph.height() / scale;
    }
    ui.painter().with_clip_rect(clip).extend(painting.into_shapes());
}

/// Whether letters stand out from their ground by being lighter: in a dark theme, unless on a fill of their own.
fn lighter_than_paper(ui: &Ui, colour: Color32) -> bool {
    ui.visuals().dark_mode && colour.intensity() > 0.5
}
