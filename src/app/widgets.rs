//! The small parts that panels share: letter tiles, chips, badges, key boxes, discs, signs and rows of choices.
//!
//! All are painted with rectangles, lines and circles, so that no sign depends on a font, and all have an accessible
//! name. Knows the theme, no model. Held by `tests/window.rs`.

use egui::{
    Align2, Color32, CornerRadius, FontId, Painter, Pos2, Rangef, Rect, Response, Role, Sense, Shape, Stroke,
    StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::theme::{self, Palette};
use crate::review::Verdict;

/// Text painted on one line and cut with "…" where it is longer than `width`; gives the width used.
pub fn line_of_text(ui: &Ui, at: Pos2, align: Align2, text: &str, font: FontId, color: Color32, width: f32) -> f32 {
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), font, color);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width.max(0.0));
    let galley = ui.painter().layout_job(job);
    let rect = align.anchor_size(at, galley.size());
    let used = galley.size().x;
    ui.painter().galley(rect.min, galley, color);
    used
}

/// The width that text takes on one line.
#[must_use]
pub fn text_width(ui: &Ui, text: &str, font: FontId) -> f32 {
    ui.painter().layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER).size().x
}

/// The upper edge of the panel below the reader, and the handle by which it drags.
pub fn paint_drag_edge(ui: &Ui) {
    let (panel, p) = (ui.max_rect(), Palette::of(ui));
    ui.painter().hline(panel.x_range(), panel.top() + 0.5, Stroke::new(1.0, p.line));
    let handle = Rect::from_center_size(pos2(panel.center().x, panel.top() + 4.0), vec2(28.0, 2.0));
    ui.painter().rect_filled(handle, 1.0, p.control);
}

/// The colour of a small sign that can be clicked.
#[must_use]
pub fn sign_colour(response: &Response, p: &Palette) -> Color32 {
    if response.has_focus() {
        p.accent
    } else if response.hovered() {
        p.text
    } else {
        p.dim
    }
}

/// A kind's letter on its colour.
pub fn paint_tile(painter: &Painter, p: &Palette, rect: Rect, letter: &str, color: Color32) {
    painter.rect_filled(rect, CornerRadius::same(theme::CORNER_TILE), color);
    painter.text(rect.center(), Align2::CENTER_CENTER, letter, theme::bold(theme::SIZE_SMALL), p.on_kind);
}

/// A badge 20×14: reliability and credibility ("B2"), "–" for none.
pub fn paint_badge(painter: &Painter, p: &Palette, rect: Rect, text: &str, selected: bool) {
    let color = if selected { p.text } else { p.dim };
    painter.rect(rect, CornerRadius::same(theme::CORNER_TILE), p.paper, Stroke::new(1.0, p.line), StrokeKind::Inside);
    painter.text(rect.center(), Align2::CENTER_CENTER, text, theme::semibold(theme::SIZE_BADGE), color);
}

/// The "who?" of a claim without a source, 36×15.
pub fn paint_who(painter: &Painter, p: &Palette, rect: Rect) {
    painter.rect(rect, CornerRadius::same(theme::CORNER_CHIP), p.paper, Stroke::new(1.0, p.accent), StrokeKind::Inside);
    painter.text(
        on_whole_point(rect.center()),
        Align2::CENTER_CENTER,
        "who?",
        theme::semibold(theme::SIZE_BADGE),
        p.accent,
    );
}

/// The middle of letters in a frame of an odd height: between two points they would be drawn one too low.
fn on_whole_point(center: Pos2) -> Pos2 {
    pos2(center.x, center.y.floor())
}

/// A disc with initials; mine is filled.
pub fn paint_disc(painter: &Painter, p: &Palette, center: Pos2, diameter: f32, initials: &str, mine: bool) {
    let radius = diameter / 2.0;
    if mine {
        painter.circle_filled(center, radius, p.accent);
    } else {
        painter.circle(center, radius - 0.5, p.paper, Stroke::new(1.0, p.dim));
    }
    let color = if mine { p.on_accent } else { p.text };
    painter.text(center, Align2::CENTER_CENTER, initials, theme::semibold(diameter * 0.45), color);
}

/// What a colleague's disc looks like: the ring's colour and pattern, and how strong it is.
#[derive(Clone, Copy, Debug)]
pub struct Face {
    /// Which colour and pattern.
    pub slot: usize,
    /// As the layer is shown.
    pub look: crate::review::Look,
}

/// A disc with a colleague's initials, the ring in the layer's colour and pattern.
pub fn paint_face(painter: &Painter, p: &Palette, center: Pos2, diameter: f32, initials: &str, face: Face) {
    let radius = diameter / 2.0 - 0.75;
    let color = p.layer(face.slot);
    let (ring, ink) = match face.look {
        crate::review::Look::Shown => (color, p.text),
        crate::review::Look::Dimmed => (p.dimmed(color), p.dim),
        crate::review::Look::Hidden => (p.control, p.dim),
    };
    painter.circle_filled(center, radius, p.paper);
    let stroke = Stroke::new(1.5, ring);
    match theme::layer_dashes(face.slot) {
        [] => drop(painter.circle_stroke(center, radius, stroke)),
        dashes => {
            let points = (0..=48).map(|step| {
                let (sin, cos) = (step as f32 / 48.0 * std::f32::consts::TAU).sin_cos();
                center + vec2(cos, sin) * radius
            });
            let points: Vec<Pos2> = points.collect();
            let (long, gaps): (Vec<f32>, Vec<f32>) = dashes.iter().copied().unzip();
            painter.extend(Shape::dashed_line_with_offset(&points, stroke, &long, &gaps, 0.0));
        }
    }
    painter.text(center, Align2::CENTER_CENTER, initials, theme::semibold(diameter * 0.45), ink);
}

/// A speech bubble with a number: something was said. Filled where some of it was not read.
pub fn paint_bubble(painter: &Painter, p: &Palette, center: Pos2, count: usize, unread: bool) {
    let words = if count > 9 { "9+".to_owned() } else { count.to_string() };
    let rect = Rect::from_center_size(center - vec2(0.0, 1.0), vec2(if count > 9 { 18.0 } else { 14.0 }, 12.0));
    let (fill, edge, ink) = if unread { (p.accent, p.accent, p.on_accent) } else { (p.paper, p.control, p.dim) };
    let tail = [vec2(-3.0, 0.0), vec2(1.0, 0.0), vec2(-3.0, 3.0)].map(|to| rect.center_bottom() + to).to_vec();
    painter.add(Shape::convex_polygon(tail, edge, Stroke::NONE));
    painter.rect(rect, CornerRadius::same(3), fill, Stroke::new(1.0, edge), StrokeKind::Inside);
    painter.text(rect.center(), Align2::CENTER_CENTER, words, theme::semibold(theme::SIZE_BADGE), ink);
}

/// A number in a ring of 14, as on the elbow line.
pub fn paint_ring(painter: &Painter, p: &Palette, center: Pos2, number: usize, ground: Color32) {
    painter.circle(center, 6.5, ground, Stroke::new(1.0, p.accent));
    painter.text(
        on_whole_point(center),
        Align2::CENTER_CENTER,
        number.to_string(),
        theme::semibold(theme::SIZE_BADGE),
        p.accent,
    );
}

/// ◇ (hollow) or ◆ (filled), 9 px.
pub fn paint_diamond(painter: &Painter, center: Pos2, size: f32, color: Color32, filled: bool) {
    let r = size / 2.0;
    let points = vec![center + vec2(0.0, -r), center + vec2(r, 0.0), center + vec2(0.0, r), center + vec2(-r, 0.0)];
    let shape = if filled {
        Shape::convex_polygon(points, color, Stroke::NONE)
    } else {
        Shape::closed_line(points, Stroke::new(1.25, color))
    };
    painter.add(shape);
}

/// A check mark, 8 px.
pub fn paint_check(painter: &Painter, center: Pos2, size: f32, color: Color32) {
    let r = size / 2.0;
    let points = vec![center + vec2(-r, 0.0), center + vec2(-r * 0.25, r * 0.75), center + vec2(r, -r * 0.75)];
    painter.add(Shape::line(points, Stroke::new(1.5, color)));
}

/// The state of a release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Glyph {
    /// Nobody has looked: a disc.
    Unread,
    /// Being read: a ring, half filled.
    Reading,
    /// Done: a check.
    Done,
    /// To be looked at again, or disputed: a hollow diamond.
    Disputed,
}

impl Glyph {
    /// Of the word in the sidecar.
    #[must_use]
    pub fn from_state(state: Option<&str>) -> Self {
        match state {
            Some("reading") => Self::Reading,
            Some("done") => Self::Done,
            Some("revisit") => Self::Disputed,
            _ => Self::Unread,
        }
    }

    /// In words, for a screen reader.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Unread => "unread",
            Self::Reading => "reading",
            Self::Done => "done",
            Self::Disputed => "look at it again",
        }
    }
}

/// The glyph of a release's state, 8–10 px.
pub fn paint_glyph(painter: &Painter, p: &Palette, center: Pos2, glyph: Glyph) {
    match glyph {
        Glyph::Unread => drop(painter.circle_filled(center, 4.0, p.accent)),
        Glyph::Reading => {
            painter.circle_stroke(center, 4.5, Stroke::new(1.25, p.accent));
            let half: Vec<Pos2> = (0..=12)
                .map(|i| {
                    let angle = std::f32::consts::PI * (0.5 + i as f32 / 12.0);
                    center + vec2(angle.cos(), angle.sin()) * 4.5
                })
                .collect();
            painter.add(Shape::convex_polygon(half, p.accent, Stroke::NONE));
        }
        Glyph::Done => paint_check(painter, center, 8.0, p.dim),
        Glyph::Disputed => paint_diamond(painter, center, 10.0, p.disputed, false),
    }
}

/// An eye 16×12; struck through where `open` is false.
pub fn paint_eye(painter: &Painter, center: Pos2, color: Color32, open: bool) {
    let stroke = Stroke::new(1.2, color);
    let lid = |up: f32| -> Vec<Pos2> {
        (0..=12)
            .map(|i| {
                let t = i as f32 / 12.0;
                center + vec2(-8.0 + 16.0 * t, up * 5.0 * (std::f32::consts::PI * t).sin())
            })
            .collect()
    };
    painter.add(Shape::line(lid(-1.0), stroke));
    painter.add(Shape::line(lid(1.0), stroke));
    painter.circle_stroke(center, 2.2, stroke);
    if !open {
        painter.line_segment([center + vec2(-7.0, 6.0), center + vec2(7.0, -6.0)], stroke);
    }
}

/// The width of a key in a box.
#[must_use]
pub fn key_width(ui: &Ui, key: &str) -> f32 {
    (text_width(ui, key, theme::semibold(theme::SIZE_SMALL)) + 8.0).max(17.0)
}

/// A key in a box; gives its width. `at` is the left middle.
pub fn paint_key(ui: &Ui, p: &Palette, at: Pos2, key: &str) -> f32 {
    let font = theme::semibold(theme::SIZE_SMALL);
    let rect = Rect::from_min_size(pos2(at.x, at.y - 8.5), vec2(key_width(ui, key), 17.0));
    ui.painter().rect(
        rect,
        CornerRadius::same(theme::CORNER_TILE),
        p.paper,
        Stroke::new(1.0, p.line),
        StrokeKind::Inside,
    );
    ui.painter().text(rect.center(), Align2::CENTER_CENTER, key, font, p.text);
    rect.width()
}

/// How a choice looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Chosen: filled.
    pub chosen: bool,
    /// Outside the order (F, 6): a dashed edge.
    pub dashed: bool,
    /// Filled with this instead of the accent.
    pub fill: Option<Color32>,
    /// In the small size of badges and bands.
    pub small: bool,
}

/// A button of `size` that is one of several choices. `name` is what a screen reader says.
pub fn choice(ui: &mut Ui, text: &str, name: &str, size: Vec2, look: Look) -> Response {
    let p = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), look.chosen, name));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let edge = if response.has_focus() {
        p.accent
    } else if response.hovered() {
        p.control
    } else {
        p.line
    };
    let (fill, ink) = if look.chosen {
        (look.fill.unwrap_or(p.accent), if look.fill.is_some() { p.on_kind } else { p.on_accent })
    } else if ui.is_enabled() {
        (p.paper, p.text)
    } else {
        // What cannot be chosen here lies flat on the panel.
        (p.panel, p.dim)
    };
    let painter = ui.painter();
    let corner = CornerRadius::same(theme::CORNER);
    painter.rect_filled(rect, corner, fill);
    if look.dashed {
        paint_dashed_rect(painter, rect.shrink(0.5), if look.chosen { ink } else { p.control });
    } else if ui.is_enabled() && (!look.chosen || response.has_focus()) {
        let stroke = Stroke::new(if response.has_focus() { 2.0 } else { 1.0 }, edge);
        painter.rect_stroke(rect, corner, stroke, StrokeKind::Inside);
    }
    let font = match (look.small, look.chosen) {
        (true, true) => theme::semibold(theme::SIZE_BADGE),
        (true, false) => theme::regular(theme::SIZE_BADGE),
        (false, true) => theme::semibold(theme::SIZE_FIELD),
        (false, false) => theme::regular(theme::SIZE_FIELD),
    };
    painter.text(rect.center(), Align2::CENTER_CENTER, text, font, ink);
    response
}

/// A dashed rectangle, dashes and gaps of 3.
pub fn paint_dashed_rect(painter: &Painter, rect: Rect, color: Color32) {
    let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom(), rect.left_top()];
    painter.extend(Shape::dashed_line(&corners, Stroke::new(1.0, color), 3.0, 3.0));
}

/// A chip 20 high that can be on: text, a bold count, and a letter tile where it stands for a kind.
pub fn chip(ui: &mut Ui, tile: Option<(&str, Color32)>, text: &str, count: usize, on: bool, name: &str) -> Response {
    let p = Palette::of(ui);
    let number = count.to_string();
    let regular = theme::regular(theme::SIZE_FIELD);
    let strong = theme::semibold(theme::SIZE_FIELD);
    let text_size = if text.is_empty() { 0.0 } else { text_width(ui, text, regular.clone()) + 4.0 };
    let number_size = text_width(ui, &number, strong.clone());
    let tile_size = if tile.is_some() { 20.0 } else { 0.0 };
    let width = 8.0 + tile_size + text_size + number_size + 8.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width, 20.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), on, name));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let painter = ui.painter();
    let edge = if on || response.has_focus() {
        p.accent
    } else if response.hovered() {
        p.control
    } else {
        p.line
    };
    painter.rect(
        rect,
        CornerRadius::same(theme::CORNER_CHIP),
        if on { p.row } else { p.paper },
        Stroke::new(1.0, edge),
        StrokeKind::Inside,
    );
    let mut x = rect.left() + 8.0;
    if let Some((letter, color)) = tile {
        paint_tile(
            painter,
            &p,
            Rect::from_min_size(pos2(x - 3.0, rect.center().y - 7.5), vec2(15.0, 15.0)),
            letter,
            color,
        );
        x += tile_size - 3.0;
    }
    if !text.is_empty() {
        painter.text(pos2(x, rect.center().y), Align2::LEFT_CENTER, text, regular, p.text);
        x += text_size;
    }
    painter.text(pos2(x, rect.center().y), Align2::LEFT_CENTER, number, strong, p.text);
    response
}

/// A link-like button: accent text, underlined on hover.
pub fn link(ui: &mut Ui, text: &str, size: f32) -> Response {
    let p = Palette::of(ui);
    let font = theme::regular(size);
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font, p.accent);
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, ui.is_enabled(), text));
    let line = Stroke::new(1.0, p.accent);
    if response.hovered() || response.has_focus() {
        ui.painter().line_segment([rect.left_bottom(), rect.right_bottom()], line);
    }
    ui.painter().galley(rect.min, galley, p.accent);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// A heading in semibold capitals of 11 with figures at the right.
pub fn heading(ui: &mut Ui, text: &str, figures: &str) {
    let p = Palette::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 18.0), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{text}, {figures}")));
    let y = rect.center().y;
    ui.painter().text(
        pos2(rect.left(), y),
        Align2::LEFT_CENTER,
        text.to_uppercase(),
        theme::semibold(theme::SIZE_SMALL),
        p.dim,
    );
    ui.painter().text(pos2(rect.right(), y), Align2::RIGHT_CENTER, figures, theme::regular(theme::SIZE_SMALL), p.dim);
}

/// Initials of a name: the first letters of its first and last word, or of a handle its first two.
#[must_use]
pub fn initials(name: &str) -> String {
    let words: Vec<&str> =
        name.split(|c: char| c.is_whitespace() || c == '-').filter(|word| !word.is_empty()).collect();
    let first = |word: &str| word.chars().next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    match words.as_slice() {
        [] => "?".to_owned(),
        [one] => one.chars().take(2).collect::<String>().to_uppercase(),
        [one, .., last] => format!("{}{}", first(one), first(last)),
    }
}

/// The number of a difference in its box, with the sign of how the two compare.
pub fn paint_difference(painter: &Painter, p: &Palette, rect: Rect, number: usize, verdict: Verdict, current: bool) {
    let (fill, edge, ink) = if current { (p.accent, p.accent, p.on_accent) } else { (p.paper, p.control, p.text) };
    painter.rect(rect, CornerRadius::same(3), fill, Stroke::new(1.0, edge), StrokeKind::Inside);
    let at = pos2(rect.right() - 15.0, rect.center().y);
    painter.text(at, Align2::RIGHT_CENTER, number, theme::bold(theme::SIZE_SMALL), ink);
    paint_verdict(painter, p, pos2(rect.right() - 8.0, rect.center().y), verdict, Some(ink).filter(|_| current));
}

/// ◇ for differing; a box of which the left or the right half is filled for only mine and only theirs; = for agreed.
pub fn paint_verdict(painter: &Painter, p: &Palette, center: Pos2, verdict: Verdict, ink: Option<Color32>) {
    let half = |right: bool, color: Color32| {
        let whole = Rect::from_center_size(center, vec2(10.0, 7.0));
        let filled = if right { whole.with_min_x(center.x) } else { whole.with_max_x(center.x) };
        painter.rect_filled(filled, CornerRadius::ZERO, color);
        painter.rect_stroke(whole, CornerRadius::ZERO, Stroke::new(1.0, color), StrokeKind::Inside);
    };
    match verdict {
        Verdict::Differ => paint_diamond(painter, center, 8.0, ink.unwrap_or(p.text), false),
        Verdict::OnlyMine => half(false, ink.unwrap_or(p.accent)),
        Verdict::OnlyTheirs => half(true, ink.unwrap_or(p.theirs)),
        Verdict::Agree => {
            for y in [-1.5, 1.5] {
                let x = Rangef::new(center.x - 4.0, center.x + 4.0);
                painter.hline(x, center.y + y, Stroke::new(1.0, ink.unwrap_or(p.dim)));
            }
        }
    }
}
