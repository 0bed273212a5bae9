//! What stands above and between the text: byline, folded parts, the fixed head with the lanes' initials.
//!
//! Held by `tests/reader.rs`.

use egui::{Align2, Pos2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::columns::Columns;
use super::links::may_open;
use super::measures::{BYLINE, FOLD, HEAD, INITIALS};
use super::page::{Event, Fold, Page};
use super::paint::Brush;
use super::sheet::Sheet;
use super::state::{ReaderState, TitleLine};
use crate::app::text::{Family, Ink, Painting, Paragraph, Style, TextEngine};
use crate::app::theme;
use crate::app::widgets::{line_of_text, text_width};

/// Size of the title's em in the head, and its line.
const TITLE: (f32, f32) = (14.0, 19.0);

/// From the head's top to the title's line, and to the byline's middle.
const LINES: (f32, f32) = (5.0, 31.5);

/// Byline at mid-height `y`, its link a button; gives the width used.
fn byline(ui: &Ui, brush: &Brush, page: &Page, at: Pos2, width: f32, name: &str, events: &mut Vec<Event>) {
    let font = theme::regular(theme::SIZE_FIELD);
    let mut words = page.head.byline.clone();
    if page.head.link.is_some() && !words.is_empty() {
        words.push_str(" · ");
    }
    let used = line_of_text(ui, at, Align2::LEFT_CENTER, &words, font.clone(), brush.palette.dim, width);
    let Some((link, address)) = &page.head.link else { return };
    let left = pos2(at.x + used, at.y);
    let long = text_width(ui, link, font).min(width - used);
    if long <= 0.0 {
        return;
    }
    if may_open(address) {
        if link_at(ui, brush, left, link, theme::SIZE_FIELD, long, name) {
            events.push(Event::Link(address.clone()));
        }
    } else {
        let font = theme::regular(theme::SIZE_FIELD);
        line_of_text(ui, left, Align2::LEFT_CENTER, link, font, brush.palette.dim, long);
    }
}

/// Words in accent, underlined, that can be clicked; whether they were. `left` is their left end at mid-height.
fn link_at(ui: &Ui, brush: &Brush, left: Pos2, words: &str, size: f32, width: f32, name: &str) -> bool {
    let rect = Rect::from_min_size(pos2(left.x, left.y - 9.0), vec2(width, 18.0));
    let response = ui.interact(rect.intersect(ui.clip_rect()), ui.scope_id().with(name), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, words));
    line_of_text(ui, left, Align2::LEFT_CENTER, words, theme::regular(size), brush.palette.accent, width);
    let under = Rect::from_min_size(pos2(left.x, left.y + size * 0.5 + 1.0), vec2(width, 1.0));
    brush.fill(under, brush.palette.accent);
    response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
}

/// Paints what stands between the lines of a sheet whose top is at `top`.
pub fn between(
    ui: &Ui,
    brush: &Brush,
    page: &Page,
    sheet: &Sheet,
    columns: &Columns,
    top: f32,
    state: &mut ReaderState,
    events: &mut Vec<Event>,
) {
    if let Some(y) = sheet.byline {
        let at = pos2(columns.left, top + y + BYLINE.1 / 2.0 - 0.5);
        byline(ui, brush, page, at, columns.width, "byline", events);
    }
    for &(place, y, open) in &sheet.folds {
        let Some(fold) = page.head.folds.get(place) else { continue };
        let middle = pos2(columns.left, top + y + FOLD.1 / 2.0);
        if fold_line(ui, brush, fold, open, middle, columns.width) {
            state.toggle_fold(fold.span.start);
        }
    }
}

/// One folded part; whether it is to be opened or closed.
fn fold_line(ui: &Ui, brush: &Brush, fold: &Fold, open: bool, left: Pos2, width: f32) -> bool {
    let palette = brush.palette;
    let font = theme::regular(theme::SIZE_SMALL);
    let arrow = if open {
        [vec2(1.0, -2.0), vec2(4.5, 2.0), vec2(8.0, -2.0)]
    } else {
        [vec2(2.5, -4.0), vec2(6.5, 0.0), vec2(2.5, 4.0)]
    };
    brush.painter.add(egui::Shape::line(arrow.map(|to| left + to).to_vec(), Stroke::new(1.2, palette.dim)));
    let aside = text_width(ui, &fold.aside, font.clone());
    let room = (width - aside - 80.0).max(0.0);
    let words = left + vec2(14.0, 0.0);
    let used = line_of_text(ui, words, Align2::LEFT_CENTER, &fold.words, font.clone(), palette.dim, room);
    if !open {
        let right = left + vec2(width, 0.0);
        line_of_text(ui, right, Align2::RIGHT_CENTER, &fold.aside, font.clone(), palette.dim, width);
    }
    let label = if open { "hide" } else { "show" };
    let long = text_width(ui, label, font);
    let at = words + vec2(used + 9.0, 0.0);
    link_at(ui, brush, at, label, theme::SIZE_SMALL, long, &format!("fold {}", fold.span.start))
}

/// Paints the lanes' initials, and the fixed head under them where the page is scrolled.
pub fn fixed(
    ui: &Ui,
    brush: &Brush,
    engine: &mut TextEngine,
    page: &Page,
    columns: &Columns,
    scrolled: bool,
    state: &mut ReaderState,
    events: &mut Vec<Event>,
) {
    let palette = brush.palette;
    let top = columns.whole.top();
    if scrolled {
        let whole = Rect::from_min_max(columns.whole.min, pos2(columns.bar.left(), top + HEAD));
        brush.fill(whole, palette.paper);
        brush.fill(Rect::from_min_max(pos2(whole.left(), whole.bottom() - 1.0), whole.max), palette.line);
        title(ui, brush, engine, page, columns, state);
        let font = theme::regular(theme::SIZE_FIELD);
        let y = top + LINES.1;
        let progress = text_width(ui, &page.head.progress, font.clone());
        let right = pos2(columns.left + columns.width, y);
        line_of_text(ui, right, Align2::RIGHT_CENTER, &page.head.progress, font, palette.dim, progress + 1.0);
        let room = columns.width - progress - 16.0;
        byline(ui, brush, page, pos2(columns.left, y), room, "head byline", events);
    }
    for (number, lane) in page.lanes.iter().enumerate() {
        let at = pos2(columns.lane_at(number) - 0.5, top + INITIALS);
        let font = theme::semibold(theme::SIZE_BADGE);
        brush.painter.text(at, Align2::CENTER_CENTER, &lane.initials, font, palette.dim);
        let response = ui.interact(
            Rect::from_center_size(at, vec2(26.0, 14.0)),
            ui.scope_id().with(("lane", number)),
            Sense::hover(),
        );
        response.on_hover_text(&lane.name);
    }
}

fn title(ui: &Ui, brush: &Brush, engine: &mut TextEngine, page: &Page, columns: &Columns, state: &mut ReaderState) {
    let known = state.title_line.as_ref().is_some_and(|line| {
        line.words == page.head.title_words && line.width == columns.width && line.pixels == brush.pixels
    });
    if !known {
        state.title_line = Some(TitleLine {
            words: page.head.title_words.clone(),
            width: columns.width,
            pixels: brush.pixels,
            text: one_line(engine, &page.head.title_words, columns.width * brush.pixels, brush.pixels),
        });
    }
    let Some(line) = &state.title_line else { return };
    let origin = pos2(columns.left, columns.whole.top() + LINES.0);
    let ink = Ink { text: brush.palette.text, mark: brush.palette.dim, parts: &[], dark: brush.palette.dark };
    let mut painting = Painting::new(brush.pixels);
    engine.atlas.paint(ui.ctx(), &line.text, origin, columns.whole, &ink, &mut painting);
    brush.painter.extend(painting.into_shapes());
}

/// Words on one line of `width` physical pixels, with an ellipsis where they are longer.
fn one_line(engine: &mut TextEngine, words: &str, width: f32, pixels: f32) -> Paragraph {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let style = Style {
        family: Family::Serif,
        size_px: TITLE.0 * pixels,
        line_height_px: (TITLE.1 * pixels).round(),
        weight: 600,
        ..Style::default()
    };
    let whole = Paragraph::new(&mut engine.fonts, &words, &style, None);
    if whole.width() <= width {
        return whole;
    }
    let ellipsis = Paragraph::new(&mut engine.fonts, "…", &style, None).width();
    let room = (width - ellipsis).max(0.0);
    // In a line from right to left it is the left end that is cut off.
    let x = if whole.is_rtl() { whole.width() - room } else { room };
    let end = whole.hit_line(0, x).byte;
    let cut = whole.previous_boundary(end, crate::app::text::Unit::Cluster).unwrap_or(0);
    let cut = words.get(..cut).unwrap_or("").trim_end();
    Paragraph::new(&mut engine.fonts, &format!("{cut}…"), &style, None)
}
