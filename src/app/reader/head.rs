//! What stands above and between the text: byline, folded parts, the fixed head with the lanes' initials.
//!
//! Held by `tests/reader.rs`.

use egui::{Align2, Color32, FontId, Pos2, Rangef, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

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

/// What the head is painted with and from.
pub struct Front<'a, 'p> {
    /// Where.
    pub ui: &'a Ui,
    /// With what.
    pub brush: &'a Brush<'a>,
    /// From what.
    pub page: &'a Page<'p>,
    /// How the width is shared.
    pub columns: &'a Columns,
}

impl Front<'_, '_> {
    /// Paints what stands between the lines of a sheet whose top is at `top`.
    pub fn between(&self, sheet: &Sheet, top: f32, state: &mut ReaderState, events: &mut Vec<Event>) {
        let clip = self.brush.clip().y_range();
        let seen = |y: f32, height: f32| clip.intersects(Rangef::new(top + y, top + y + height));
        if let Some(y) = sheet.byline.filter(|y| seen(*y, BYLINE.1)) {
            let at = pos2(self.columns.left, top + y + BYLINE.1 / 2.0 - 0.5);
            self.byline(at, self.columns.width, "byline", events);
        }
        for &(place, y, open) in &sheet.folds {
            let Some(fold) = self.page.head.folds.get(place).filter(|_| seen(y, FOLD.1)) else { continue };
            let middle = pos2(self.columns.left, top + y + FOLD.1 / 2.0);
            if self.fold(fold, open, middle) {
                state.toggle_fold(fold.span.start);
            }
        }
    }

    /// Paints the lanes' initials, and the fixed head under them where the page is scrolled.
    pub fn fixed(&self, engine: &mut TextEngine, scrolled: bool, state: &mut ReaderState, events: &mut Vec<Event>) {
        let (palette, columns) = (self.brush.palette, self.columns);
        let top = columns.whole.top();
        if scrolled {
            let whole = Rect::from_min_max(columns.whole.min, pos2(columns.bar.left(), top + HEAD));
            self.brush.fill(whole, palette.paper);
            self.brush.fill(Rect::from_min_max(pos2(whole.left(), whole.bottom() - 1.0), whole.max), palette.line);
            self.title(engine, state);
            let font = theme::regular(theme::SIZE_FIELD);
            let progress = &self.page.head.progress;
            let long = text_width(self.ui, progress, font.clone());
            let right = pos2(columns.left + columns.width, top + LINES.1);
            self.words(right, Align2::RIGHT_CENTER, progress, font, palette.dim, long + 1.0);
            let room = columns.width - long - 16.0;
            self.byline(pos2(columns.left, top + LINES.1), room, "head byline", events);
        }
        for (number, lane) in self.page.lanes.iter().enumerate() {
            let at = pos2(columns.lane_at(number) - 0.5, top + INITIALS);
            let font = theme::semibold(theme::SIZE_BADGE);
            self.brush.painter().text(at, Align2::CENTER_CENTER, &lane.initials, font, palette.dim);
            let id = self.ui.scope_id().with(("lane", number));
            let response = self.ui.interact(Rect::from_center_size(at, vec2(26.0, 14.0)), id, Sense::hover());
            response.on_hover_text(&lane.name);
        }
    }

    /// Words on one line, over what was painted before; gives the width used.
    fn words(&self, at: Pos2, align: Align2, words: &str, font: FontId, color: Color32, width: f32) -> f32 {
        self.brush.painter();
        line_of_text(self.ui, at, align, words, font, color, width)
    }

    /// Byline at mid-height, its link a button.
    fn byline(&self, at: Pos2, width: f32, name: &str, events: &mut Vec<Event>) {
        let (font, dim) = (theme::regular(theme::SIZE_FIELD), self.brush.palette.dim);
        let head = self.page.head;
        let mut words = head.byline.clone();
        if head.link.is_some() && !words.is_empty() {
            words.push_str(" · ");
        }
        let used = self.words(at, Align2::LEFT_CENTER, &words, font.clone(), dim, width);
        let Some((link, address)) = &head.link else { return };
        let left = pos2(at.x + used, at.y);
        let long = text_width(self.ui, link, font.clone()).min(width - used);
        if long <= 0.0 {
            return;
        }
        if !may_open(address) {
            self.words(left, Align2::LEFT_CENTER, link, font, dim, long);
        } else if self.link(left, link, theme::SIZE_FIELD, long, name) {
            events.push(Event::Link(address.clone()));
        }
    }

    /// One folded part; whether it is to be opened or closed.
    fn fold(&self, fold: &Fold, open: bool, left: Pos2) -> bool {
        let (palette, width) = (self.brush.palette, self.columns.width);
        let font = theme::regular(theme::SIZE_SMALL);
        let arrow = if open {
            [vec2(1.0, -2.0), vec2(4.5, 2.0), vec2(8.0, -2.0)]
        } else {
            [vec2(2.5, -4.0), vec2(6.5, 0.0), vec2(2.5, 4.0)]
        };
        let arrow = arrow.map(|to| left + to).to_vec();
        self.brush.painter().add(egui::Shape::line(arrow, Stroke::new(1.2, palette.dim)));
        let aside = text_width(self.ui, &fold.aside, font.clone());
        let room = (width - aside - 80.0).max(0.0);
        let words = left + vec2(14.0, 0.0);
        let used = self.words(words, Align2::LEFT_CENTER, &fold.words, font.clone(), palette.dim, room);
        if !open {
            let right = left + vec2(width, 0.0);
            self.words(right, Align2::RIGHT_CENTER, &fold.aside, font.clone(), palette.dim, width);
        }
        let label = if open { "hide" } else { "show" };
        let long = text_width(self.ui, label, font);
        let at = words + vec2(used + 9.0, 0.0);
        self.link(at, label, theme::SIZE_SMALL, long, &format!("fold {}", fold.span.start))
    }

    /// Words in accent, underlined, that can be clicked; whether they were. `left` is their left end at mid-height.
    fn link(&self, left: Pos2, words: &str, size: f32, width: f32, name: &str) -> bool {
        let rect = Rect::from_min_size(pos2(left.x, left.y - 9.0), vec2(width, 18.0));
        let seen = rect.intersect(self.brush.clip());
        let response = self.ui.interact(seen, self.ui.scope_id().with(name), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Link, true, words));
        let accent = self.brush.palette.accent;
        self.words(left, Align2::LEFT_CENTER, words, theme::regular(size), accent, width);
        let thick = if response.has_focus() { 2.0 } else { 1.0 };
        let under = Rect::from_min_size(pos2(left.x, left.y + size * 0.5 + 1.0), vec2(width, thick));
        self.brush.fill(under, accent);
        response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked()
    }

    fn title(&self, engine: &mut TextEngine, state: &mut ReaderState) {
        let (words, width, pixels) = (&self.page.head.title_words, self.columns.width, self.brush.pixels);
        let generation = engine.generation();
        let is_same = |line: &TitleLine| {
            line.words == *words && line.width == width && line.pixels == pixels && line.generation == generation
        };
        if !state.title_line.as_ref().is_some_and(is_same) {
            let text = one_line(engine, words, width * pixels, pixels);
            state.title_line = Some(TitleLine { words: words.clone(), width, pixels, generation, text });
        }
        let Some(line) = &state.title_line else { return };
        let origin = pos2(self.columns.left, self.columns.whole.top() + LINES.0);
        let palette = self.brush.palette;
        let ink = Ink { text: palette.text, mark: palette.dim, parts: &[], dark: palette.dark };
        let mut painting = Painting::new(pixels);
        engine.atlas.paint(self.ui.ctx(), &line.text, origin, self.columns.whole, &ink, &mut painting);
        self.brush.painter().extend(painting.into_shapes());
    }
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
