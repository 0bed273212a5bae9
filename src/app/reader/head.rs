//! What stands above and between the text: byline, folded parts, the fixed head with the lanes' initials.
//!
//! Held by `tests/reader.rs`.

use egui::{Align2, Color32, Pos2, Rangef, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::columns::Columns;
use super::links::may_open;
use super::measures::{BYLINE, FOLD, HEAD, INITIALS, INITIALS_ABOVE};
use super::page::{Event, Fold, Page};
use super::paint::Brush;
use super::sheet::Sheet;
use super::state::{ReaderState, TitleLine};
use crate::app::text::{Family, Ink, Painting, Paragraph, Quote, Style, TextEngine, paint_quote_within};
use crate::app::theme;

/// Size of the title's em in the head, and its line.
const TITLE: (f32, f32) = (14.0, 19.0);

/// From the head's top to the title's line, and to the byline's middle.
const LINES: (f32, f32) = (5.0, 31.5);

/// Between the words of the byline and its link.
const BETWEEN: f32 = 12.0;

/// Words of the head: sans, on one line.
#[derive(Clone, Copy)]
struct Line<'a> {
    words: &'a str,
    size: f32,
    color: Color32,
}

impl<'a> Line<'a> {
    fn quote(&self) -> Quote<'a> {
        Quote { max_lines: 1, ..Quote::new(self.words, Family::Sans, self.size, 18.0, self.color) }
    }
}

/// At which side of its room a line stands.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    /// Where it is read from.
    Start,
    /// At the right.
    Right,
}

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
    pub fn between(
        &self,
        engine: &mut TextEngine,
        sheet: &Sheet,
        top: f32,
        state: &mut ReaderState,
        events: &mut Vec<Event>,
    ) {
        let clip = self.brush.clip().y_range();
        let seen = |y: f32, height: f32| clip.intersects(Rangef::new(top + y, top + y + height));
        if let Some(y) = sheet.byline.filter(|y| seen(*y, BYLINE.1)) {
            let at = pos2(self.columns.left, top + y + BYLINE.1 / 2.0 - 0.5);
            self.byline(engine, at, self.columns.width, "byline", events);
        }
        for &(place, y, open) in &sheet.folds {
            let Some(fold) = self.page.head.folds.get(place).filter(|_| seen(y, FOLD.1)) else { continue };
            let middle = pos2(self.columns.left, top + y + FOLD.1 / 2.0);
            if self.fold(engine, fold, open, middle) {
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
            let progress = Line { words: &self.page.head.progress, size: theme::SIZE_FIELD, color: palette.dim };
            let whole = (pos2(columns.left, top + LINES.1), columns.width);
            let (from, _) = self.line(engine, &progress, whole, Side::Right);
            let room = from - 16.0 - columns.left;
            self.byline(engine, pos2(columns.left, top + LINES.1), room, "head byline", events);
        }
        let initials = if scrolled { INITIALS } else { INITIALS_ABOVE };
        for (number, lane) in self.page.lanes.iter().enumerate() {
            let at = pos2(columns.lane_at(number) - 0.5, top + initials);
            let font = theme::semibold(theme::SIZE_BADGE);
            let color = lane.slot.map_or(palette.dim, |slot| palette.layer(slot));
            let color = if lane.dimmed { palette.dim } else { color };
            self.brush.painter().text(at, Align2::CENTER_CENTER, &lane.initials, font, color);
            let id = self.ui.scope_id().with(("lane", number));
            let response = self.ui.interact(Rect::from_center_size(at, vec2(26.0, 14.0)), id, Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("lane of {}", lane.name)));
            response.on_hover_text(&lane.name);
        }
    }

    /// Words on one line, centred on `left.y`, over what was painted before; gives where they begin and end. On the
    /// side that they are read from, words that run from right to left stand on the right; what is longer than the
    /// width ends in an ellipsis.
    fn line(&self, engine: &mut TextEngine, line: &Line, (left, width): (Pos2, f32), side: Side) -> (f32, f32) {
        self.brush.painter();
        let quote = line.quote();
        // A line as wide as its words is not to be cut for a rounding.
        let laid = engine.quote(self.ui.ctx(), &quote, width.max(1.0) + 0.5);
        let (from, to) = laid.extent(self.brush.pixels);
        let x = if side == Side::Right { left.x + width - to } else { left.x };
        // What is painted is clipped as the page is: not over the head.
        let at = pos2(x, left.y - quote.line_height / 2.0);
        paint_quote_within(self.ui, engine, &laid, at, self.brush.clip(), &quote);
        (x + from, x + to)
    }

    /// Byline at mid-height, its link a button; from right to left where its words run so.
    fn byline(&self, engine: &mut TextEngine, left: Pos2, width: f32, name: &str, events: &mut Vec<Event>) {
        let (head, dim) = (self.page.head, self.brush.palette.dim);
        let byline = Line { words: &head.byline, size: theme::SIZE_FIELD, color: dim };
        let Some((words, address)) = &head.link else {
            self.line(engine, &byline, (left, width), Side::Start);
            return;
        };
        let color = if may_open(address) { self.brush.palette.accent } else { dim };
        let link = Line { words, size: theme::SIZE_FIELD, color };
        let (_, long) = engine.quote(self.ui.ctx(), &link.quote(), width.max(1.0)).extent(self.brush.pixels);
        let between = Line { words: " · ", ..byline };
        let gap = if head.byline.is_empty() { 0.0 } else { BETWEEN };
        let room = width - long.min(width / 2.0) - gap;
        let is_rtl = engine.quote(self.ui.ctx(), &byline.quote(), room.max(1.0)).is_rtl();
        // The byline has its words first; the link has what is left.
        let place = if is_rtl { pos2(left.x + width - room, left.y) } else { left };
        let (from, to) = self.line(engine, &byline, (place, room), Side::Start);
        let x = if is_rtl { (from - gap - long).max(left.x) } else { to + gap };
        let long = long.min(left.x + width - x);
        if gap > 0.0 {
            let x = if is_rtl { from - gap } else { to };
            self.line(engine, &between, (pos2(x, left.y), gap), Side::Start);
        }
        let at = pos2(x, left.y);
        if !may_open(address) {
            self.line(engine, &link, (at, long), Side::Start);
        } else if self.link(engine, &link, (at, long), name) {
            events.push(Event::Link(address.clone()));
        }
    }

    /// One folded part; whether it is to be opened or closed.
    fn fold(&self, engine: &mut TextEngine, fold: &Fold, open: bool, left: Pos2) -> bool {
        let (palette, width) = (self.brush.palette, self.columns.width);
        let arrow = if open {
            [vec2(1.0, -2.0), vec2(4.5, 2.0), vec2(8.0, -2.0)]
        } else {
            [vec2(2.5, -4.0), vec2(6.5, 0.0), vec2(2.5, 4.0)]
        };
        let arrow = arrow.map(|to| left + to).to_vec();
        self.brush.painter().add(egui::Shape::line(arrow, Stroke::new(1.2, palette.dim)));
        let line = |words, color| Line { words, size: theme::SIZE_SMALL, color };
        let words = left + vec2(14.0, 0.0);
        let (_, end) = self.line(engine, &line(&fold.words, palette.dim), (words, width * 0.7), Side::Start);
        if !open {
            let room = (left.x + width - end - 60.0).max(1.0);
            let aside = pos2(left.x + width - room, left.y);
            self.line(engine, &line(&fold.aside, palette.dim), (aside, room), Side::Right);
        }
        let label = line(if open { "hide" } else { "show" }, palette.accent);
        let (_, long) = engine.quote(self.ui.ctx(), &label.quote(), width).extent(self.brush.pixels);
        self.link(engine, &label, (pos2(end + 9.0, left.y), long), &format!("fold {}", fold.span.start))
    }

    /// Words in accent, underlined, that can be clicked; whether they were. They begin at mid-height.
    fn link(&self, engine: &mut TextEngine, line: &Line, (left, width): (Pos2, f32), name: &str) -> bool {
        let rect = Rect::from_min_size(pos2(left.x, left.y - 9.0), vec2(width, 18.0));
        let seen = rect.intersect(self.brush.clip());
        let response = self.ui.interact(seen, self.ui.scope_id().with(name), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Link, true, line.words));
        self.line(engine, line, (left, width), Side::Start);
        let thick = if response.has_focus() { 2.0 } else { 1.0 };
        let under = Rect::from_min_size(pos2(left.x, left.y + line.size * 0.5 + 1.0), vec2(width, thick));
        self.brush.fill(under, line.color);
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
