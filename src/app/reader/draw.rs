//! Everything of one frame that is painted, in its order: grounds, selection, underlines, letters, margin, head, bar.
//!
//! Held by `tests/reader.rs`.

use egui::{Align2, CornerRadius, Rangef, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::bar;
use super::columns::Columns;
use super::elbow::{At, Elbow, Stop, elbow};
use super::handles;
use super::head::Front;
use super::measures::{CHECK, CHECK_GAP, HEAD, LANES_TOP, MIDDLE, STOP, TINT};
use super::page::{Event, Lane, Note, Page};
use super::paint::Brush;
use super::shapes::{Label, Shape, Stage, shapes};
use super::sheet::Sheet;
use super::sheets::Sheets;
use super::state::{ReaderState, Seen};
use crate::app::text::{Ink, Painting, TextEngine};
use crate::app::theme::{self, Palette};
use crate::app::widgets;
use crate::document::ByteSpan;
use crate::exchange::counted;
use crate::review::Verdict;

/// How far a selection that goes on to the next line reaches beyond the letters of this one.
const LINE_END: f32 = 5.0;

/// From the text to the middle of the sign that something was said.
const NOTE: f32 = 10.0;

/// How much of its colour the line of a lane has.
const LANE_INK: f32 = 0.6;

/// Width of the caret.
const CARET: f32 = 1.5;

/// Width of a handle's bar, and radius of its knob.
const GRIP: (f32, f32) = (1.5, 2.5);

/// How far the caret reaches above and below where letters stand.
const CARET_REACH: (f32, f32) = (16.0, 5.0);

/// Paints the page as `state` has it.
pub fn draw(
    ui: &mut Ui,
    response: &Response,
    engine: &mut TextEngine,
    page: &Page,
    state: &mut ReaderState,
    scrolled: bool,
    events: &mut Vec<Event>,
) {
    let (Some(sheets), Some(view)) = (state.sheets.take(), state.view.take()) else { return };
    let palette = Palette::of(ui);
    let columns = &view.columns;
    let covered = if scrolled { HEAD } else { 0.0 };
    let clip = columns.clip(columns.whole.top() + covered).intersect(ui.clip_rect());
    let pixels = ui.ctx().pixels_per_point();
    let painter = ui.painter().with_clip_rect(clip);
    let brush = Brush::new(&painter, &palette, page.kinds, pixels);
    ui.painter().rect_filled(columns.whole, CornerRadius::ZERO, palette.paper);
    let mut canvas = Canvas { ui, page, brush: &brush, columns, clip, sheets: &sheets, events };

    let shapes = canvas.marks(&view);
    let (grounds, others): (Vec<&Shape>, Vec<&Shape>) =
        shapes.iter().partition(|shape| matches!(shape, Shape::Tint { .. }));
    for shape in grounds {
        brush.shape(shape);
    }
    let selection = state.selection.span();
    for (sheet, top) in view.sheets(&sheets) {
        canvas.hits(sheet, top);
        canvas.band(sheet, top, selection, palette.selection, true);
    }
    let labels = others.iter().filter_map(|shape| match shape {
        Shape::Label(label) => Some(label),
        _ => None,
    });
    let labels: Vec<&Label> = labels.collect();
    for shape in &others {
        brush.shape(shape);
    }
    canvas.link(&view, state.link);
    canvas.letters(engine, &view);
    if response.has_focus() {
        canvas.caret(&view, state);
    }
    canvas.handles(&view);
    canvas.lanes(&view, columns.whole.top() + covered);
    canvas.notes(&view);
    let chain = canvas.chain(&view, &labels);
    canvas.numbers(&view, state.caret(), &chain);
    brush.elbow(&chain);
    canvas.label_clicks(&labels);
    canvas.number_clicks(&others);

    for (sheet, top) in view.sheets(&sheets) {
        Front { ui, brush: &brush, page, columns }.between(engine, sheet, top, state, events);
    }
    brush.painter();
    let whole = ui.painter().with_clip_rect(columns.whole.intersect(ui.clip_rect()));
    let brush = Brush::new(&whole, &palette, page.kinds, pixels);
    Front { ui, brush: &brush, page, columns }.fixed(engine, scrolled, state, events);
    let total = sheets.chunks().total();
    let height = columns.whole.height();
    let handle = bar::handle(state.place.y(sheets.chunks()), f64::from(height), total, height);
    bar::paint(&brush, columns, &state.ticks, page, handle);
    state.sheets = Some(sheets);
    state.view = Some(view);
}

struct Canvas<'a, 'p> {
    ui: &'a Ui,
    page: &'a Page<'p>,
    brush: &'a Brush<'a>,
    columns: &'a Columns,
    /// What is seen, without the fixed head.
    clip: Rect,
    sheets: &'a Sheets,
    events: &'a mut Vec<Event>,
}

impl Canvas<'_, '_> {
    fn marks(&self, view: &Seen) -> Vec<Shape> {
        let mut all = Vec::new();
        for (sheet, top) in view.sheets(self.sheets) {
            let stage = Stage {
                origin: pos2(self.columns.left, top),
                pixels: self.brush.pixels,
                column: self.columns.width,
                brackets: self.columns.brackets,
                boxes: self.columns.boxes().0,
                view: self.clip.y_range(),
            };
            all.append(&mut shapes(sheet, self.page, &stage));
        }
        all
    }

    /// The part of the sheet's lines that is seen.
    fn in_view(&self, top: f32, line: &super::sheet::SeenLine) -> bool {
        top + line.top < self.clip.bottom() && top + line.top + line.height > self.clip.top()
    }

    /// A ground under `span`; with `on` it shows where it goes on to the next line.
    fn band(&self, sheet: &Sheet, top: f32, span: ByteSpan, color: egui::Color32, on: bool) {
        if span.is_empty() {
            return;
        }
        for line in sheet.lines.get(sheet.lines_of(span)).unwrap_or(&[]) {
            if !self.in_view(top, line) {
                continue;
            }
            let y = Rangef::new(top + line.top + line.down(TINT.0), top + line.top + line.down(TINT.1));
            for (left, right) in sheet.stretches(line, span, self.brush.pixels) {
                let x = Rangef::new(self.columns.left + left, self.columns.left + right);
                self.brush.fill(Rect::from_x_y_ranges(x, y), color);
            }
            if on && span.end > line.span.end {
                let (end, rtl) = sheet.end_of(line, self.brush.pixels);
                let end = self.columns.left + end;
                let x = if rtl { Rangef::new(end - LINE_END, end) } else { Rangef::new(end, end + LINE_END) };
                self.brush.fill(Rect::from_x_y_ranges(x, y), color);
            }
        }
    }

    fn hits(&self, sheet: &Sheet, top: f32) {
        let hits = self.page.hits;
        let first = hits.partition_point(|hit| hit.end <= sheet.span.start);
        for hit in hits.get(first..).unwrap_or(&[]).iter().take_while(|hit| hit.start < sheet.span.end) {
            let now = self.page.hit == Some(*hit);
            let palette = self.brush.palette;
            self.band(sheet, top, *hit, palette.only_theirs, false);
            if now {
                for line in sheet.lines.get(sheet.lines_of(*hit)).unwrap_or(&[]) {
                    let y = top + line.top + line.down(TINT.1);
                    for (left, right) in sheet.stretches(line, *hit, self.brush.pixels) {
                        let x = Rangef::new(self.columns.left + left, self.columns.left + right);
                        self.brush.fill(Rect::from_x_y_ranges(x, Rangef::new(y, y + 2.0)), palette.theirs);
                    }
                }
            }
        }
    }

    /// The line under an address while it can be opened.
    fn link(&self, view: &Seen, link: Option<ByteSpan>) {
        let Some(link) = link else { return };
        for (sheet, top) in view.sheets(self.sheets) {
            for line in sheet.lines.get(sheet.lines_of(link)).unwrap_or(&[]) {
                let y = top + line.top + line.baseline + 2.0;
                for (left, right) in sheet.stretches(line, link, self.brush.pixels) {
                    let x = Rangef::new(self.columns.left + left, self.columns.left + right);
                    self.brush.fill(Rect::from_x_y_ranges(x, Rangef::new(y, y + 1.0)), self.brush.palette.accent);
                }
            }
        }
    }

    fn letters(&self, engine: &mut TextEngine, view: &Seen) {
        let palette = self.brush.palette;
        let ink = Ink { text: palette.text, mark: palette.dim, parts: &[], dark: palette.dark };
        let mut painting = Painting::new(self.brush.pixels);
        for (sheet, top) in view.sheets(self.sheets) {
            for row in &sheet.rows {
                if top + row.bottom() < self.clip.top() || top + row.top > self.clip.bottom() {
                    continue;
                }
                let origin = pos2(self.columns.left, top + row.top);
                engine.atlas.paint(self.ui.ctx(), &row.text, origin, self.clip, &ink, &mut painting);
            }
        }
        self.brush.painter().extend(painting.into_shapes());
    }

    fn caret(&self, view: &Seen, state: &ReaderState) {
        let caret = state.selection.caret;
        for (sheet, top) in view.sheets(self.sheets) {
            let Some((x, line)) = sheet.caret(caret, self.brush.pixels) else { continue };
            let base = top + line.top + line.baseline;
            let y = Rangef::new(base - CARET_REACH.0, base + CARET_REACH.1);
            let x = self.columns.left + x - CARET / 2.0;
            self.brush.fill(Rect::from_x_y_ranges(Rangef::new(x, x + CARET), y), self.brush.palette.text);
            return;
        }
    }

    /// The handles at the ends of the claim at hand: a bar with a knob above it.
    fn handles(&self, view: &Seen) {
        let Some(chain) = handles::resizable(self.page) else { return };
        let color = self.brush.palette.control;
        for (_, caret) in handles::ends(&chain.spans) {
            for (sheet, top) in view.sheets(self.sheets) {
                let Some((x, line)) = sheet.caret(caret, self.brush.pixels) else { continue };
                if !self.in_view(top, line) {
                    continue;
                }
                let (x, y) = (self.columns.left + x, top + line.top);
                let bar = Rangef::new(y + line.down(TINT.0), y + line.down(TINT.1));
                let across = Rangef::new(x - GRIP.0 / 2.0, x + GRIP.0 / 2.0);
                self.brush.fill(Rect::from_x_y_ranges(across, bar), color);
                self.brush.painter().circle_filled(pos2(x, bar.min), GRIP.1, color);
            }
        }
    }

    /// The lines of the lanes, and the signs on them.
    fn lanes(&mut self, view: &Seen, top: f32) {
        let whole = self.columns.whole.top();
        let start = if top > whole { top } else { whole + LANES_TOP };
        for (number, lane) in self.page.lanes.iter().enumerate() {
            let x = self.columns.lane_at(number);
            let line = Rect::from_min_max(pos2(x - 0.5, start), pos2(x + 0.5, self.clip.bottom()));
            self.lane_line(lane, line);
            for (sheet, top) in view.sheets(self.sheets) {
                let first = lane.signs.partition_point(|(byte, _)| *byte < sheet.span.start);
                for (byte, sign) in lane.signs.get(first..).unwrap_or(&[]) {
                    if *byte >= sheet.span.end {
                        break;
                    }
                    let at = ByteSpan { start: *byte, end: byte + 1 };
                    let Some(line) = sheet.lines.get(sheet.lines_of(at)).and_then(<[_]>::first) else { continue };
                    if !self.in_view(top, line) {
                        continue;
                    }
                    let center = pos2(x, top + line.top + line.down(MIDDLE));
                    self.brush.sign(center, *sign);
                    let rect = Rect::from_center_size(center, vec2(14.0, 18.0)).intersect(self.clip);
                    let id = self.ui.scope_id().with(("sign", number, *byte));
                    let response = self.ui.interact(rect, id, Sense::CLICK).on_hover_text(sign.said_of(&lane.name));
                    if response.clicked() {
                        self.events.push(Event::Sign(number, *byte));
                    }
                }
            }
        }
    }

    /// The line of a lane, in the layer's colour and pattern.
    fn lane_line(&self, lane: &Lane, line: Rect) {
        let palette = self.brush.palette;
        let Some(slot) = lane.slot else { return self.brush.fill(line, palette.line) };
        let color = palette.layer(slot);
        let color = if lane.dimmed { palette.line } else { palette.paper.lerp_to_gamma(color, LANE_INK) };
        let dashes = theme::layer_dashes(slot);
        if dashes.is_empty() {
            return self.brush.fill(line, color);
        }
        let mut y = line.top();
        for (dash, gap) in dashes.iter().cycle() {
            if y >= line.bottom() {
                return;
            }
            self.brush
                .fill(line.intersect(Rect::everything_below(y).intersect(Rect::everything_above(y + dash))), color);
            y += dash + gap;
        }
    }

    /// Where something was said: a small sign right of the line that the claim begins in.
    fn notes(&mut self, view: &Seen) {
        let x = self.columns.left + self.columns.width + NOTE;
        for (sheet, top) in view.sheets(self.sheets) {
            let notes = self.page.notes;
            let first = notes.partition_point(|note| note.start < sheet.span.start);
            let mut lines: Vec<(usize, f32, Note)> = Vec::new();
            for note in notes.get(first..).unwrap_or(&[]).iter().take_while(|note| note.start < sheet.span.end) {
                let at = ByteSpan { start: note.start, end: note.start + 1 };
                let place = sheet.lines_of(at).start;
                let Some(line) = sheet.lines.get(place).filter(|line| self.in_view(top, line)) else { continue };
                match lines.last_mut().filter(|(other, ..)| *other == place) {
                    Some((.., all)) => {
                        all.count += note.count;
                        all.unread += note.unread;
                        all.on.extend(note.on.iter().cloned());
                    }
                    None => lines.push((place, top + line.top + line.down(MIDDLE), note.clone())),
                }
            }
            for (_, y, note) in lines {
                self.note(pos2(x, y), note);
            }
        }
    }

    fn note(&mut self, center: egui::Pos2, note: Note) {
        widgets::paint_bubble(self.brush.painter(), self.brush.palette, center, note.count, note.unread > 0);
        let rect = Rect::from_center_size(center, vec2(18.0, 18.0)).intersect(self.clip);
        let response = self.ui.interact(rect, self.ui.scope_id().with(("note", note.start)), Sense::click());
        let words = match note.unread {
            0 => counted(note.count, "open remark"),
            unread => format!("{}, {unread} unread", counted(note.count, "remark")),
        };
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{words} here")));
        let response = response.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_text(words);
        if response.clicked() {
            self.events.push(Event::Note(note.on));
        }
    }

    /// Paragraphs' numbers and the checks of those that were read, except where a ring of the chain stands.
    fn numbers(&self, view: &Seen, caret: usize, chain: &Elbow) {
        let palette = self.brush.palette;
        let current = self.page.structure.and_then(|it| it.paragraph_at(caret)).map(|it| it.number);
        for (sheet, top) in view.sheets(self.sheets) {
            for numbered in &sheet.numbers {
                let y = top + numbered.line.0 + numbered.line.1 / 2.0 + 0.5;
                let (font, color) = if current == Some(numbered.number) {
                    (theme::bold(theme::SIZE_SMALL), palette.text)
                } else {
                    (theme::regular(theme::SIZE_SMALL), palette.dim)
                };
                let beside_boxes = self.columns.left - self.columns.boxes().1;
                let x = if self.page.versus.is_some() { beside_boxes } else { self.columns.number };
                let at = pos2(x, y);
                self.brush.painter().text(at, Align2::RIGHT_CENTER, numbered.number, font, color);
                let center = pos2(at.x + CHECK_GAP + CHECK / 2.0 + 0.5, y);
                let covered = chain.rings.iter().any(|(_, ring)| ring.distance(center) < STOP.0 + CHECK / 2.0);
                if self.page.read.contains(&numbered.number) && !covered && self.page.versus.is_none() {
                    widgets::paint_check(self.brush.painter(), center, CHECK, palette.accent);
                }
            }
        }
    }

    /// The line with numbered rings of the claim at hand.
    fn chain(&self, view: &Seen, labels: &[&Label]) -> Elbow {
        let Some(chain) = self.page.selected.filter(|chain| !chain.voices.is_empty()) else { return Elbow::default() };
        let parts = chain.voices.iter().map(|stop| &stop.spans).chain([&chain.spans]);
        let stops = parts.enumerate().filter_map(|(place, spans)| {
            Some(Stop { number: place + 1, at: view.at(self.sheets, spans.first()?.start) })
        });
        let own = labels.iter().copied().find(|label| label.owner == chain.claim);
        let stops: Vec<Stop> = stops.collect();
        elbow(&stops, labels, own, self.columns.elbow, self.columns.left, self.clip.y_range())
    }

    /// Letters and badges can be clicked; "who?" is a button of its own.
    fn label_clicks(&mut self, labels: &[&Label]) {
        for label in labels {
            let who = label.words.is_none();
            let letter = Rangef::new(label.letter.x - 7.0, label.letter.x + 7.0);
            let letter = Rect::from_x_y_ranges(letter, label.badge.y_range());
            let reach = if who { label.badge } else { letter.union(label.badge).expand2(vec2(0.0, 3.0)) };
            let id = self.ui.scope_id().with(("label", &label.owner));
            let sense = if who { Sense::click() } else { Sense::CLICK };
            let response = self.ui.interact(reach.intersect(self.clip), id, sense);
            if who {
                response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "who? Claim without a source"));
            }
            if response.clicked() {
                let owner = label.owner.clone();
                self.events.push(if who { Event::Who(owner) } else { Event::Claim(owner) });
            }
            response.on_hover_cursor(egui::CursorIcon::PointingHand);
        }
    }
}

impl Canvas<'_, '_> {
    /// The numbers of differences are buttons.
    fn number_clicks(&mut self, shapes: &[&Shape]) {
        for shape in shapes {
            let Shape::Number { rect, at, number, verdict, is_current } = shape else { continue };
            let id = self.ui.scope_id().with(("difference", at));
            let response = self.ui.interact(rect.intersect(self.clip), id, Sense::CLICK);
            let words = match verdict {
                Verdict::OnlyMine => "only at the left",
                Verdict::OnlyTheirs => "only at the right",
                Verdict::Agree | Verdict::Differ => "differs",
            };
            let words = format!("Difference {number}, {words}");
            response.widget_info(|| WidgetInfo::selected(Role::Button, true, *is_current, words.as_str()));
            if response.on_hover_cursor(egui::CursorIcon::PointingHand).clicked() {
                self.events.push(Event::Difference(*at));
            }
        }
    }
}

impl Seen {
    /// The sheets in view with their tops on the screen.
    pub(super) fn sheets<'a>(&'a self, sheets: &'a Sheets) -> impl Iterator<Item = (&'a Sheet, f32)> {
        self.tops.iter().filter_map(|&(chunk, top)| Some((sheets.get(chunk)?, top)))
    }

    /// Where the line of a byte is.
    fn at(&self, sheets: &Sheets, byte: usize) -> At {
        for (sheet, top) in self.sheets(sheets) {
            if sheet.span.contains(byte)
                && let Some(line) =
                    sheet.lines.get(sheet.lines_of(ByteSpan { start: byte, end: byte + 1 })).and_then(<[_]>::first)
            {
                return At::line(top + line.top, line);
            }
        }
        let first = self.sheets(sheets).next().map_or(0, |(sheet, _)| sheet.span.start);
        if byte < first { At::Above } else { At::Below }
    }
}
