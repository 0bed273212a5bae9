//! Puts the shapes of marks on the screen.
//!
//! What they are and where was worked out by `shapes.rs` and `elbow.rs`; here they get colours and pixels. Held by
//! `tests/reader.rs`.

use std::cell::RefCell;

use egui::{Align2, Color32, CornerRadius, Mesh, Painter, Pos2, Rect, Stroke, pos2, vec2};

use super::elbow::Elbow;
use super::marks::LineStyle;
use super::measures::{DASH, RING, SIGN, SQUARE, THIN, UNDERLINE};
use super::page::{Kind, Part, Sign};
use super::shapes::{Ground, Ink, Label, Shape, Standing, bracket_lines};
use crate::app::theme::{self, Palette};
use crate::app::widgets;

/// What shapes are painted with. Rectangles are gathered into one mesh, as a page has thousands; whatever else is
/// painted comes after those gathered before it.
pub struct Brush<'a> {
    painter: &'a Painter,
    /// Colours of the theme.
    pub palette: &'a Palette,
    /// The codebook's kinds.
    pub kinds: &'a [Kind],
    /// Physical pixels in a point.
    pub pixels: f32,
    gathered: RefCell<Mesh>,
}

impl<'a> Brush<'a> {
    /// A brush for `painter`, which is clipped to where it may paint.
    pub fn new(painter: &'a Painter, palette: &'a Palette, kinds: &'a [Kind], pixels: f32) -> Self {
        Self { painter, palette, kinds, pixels, gathered: RefCell::default() }
    }

    /// The painter, after what was gathered is painted.
    pub fn painter(&self) -> &'a Painter {
        let gathered = self.gathered.take();
        if !gathered.is_empty() {
            self.painter.add(egui::Shape::mesh(gathered));
        }
        self.painter
    }

    /// What may be painted on, from top to bottom.
    pub fn clip(&self) -> Rect {
        self.painter.clip_rect()
    }
}

impl Brush<'_> {
    fn snap(&self, points: f32) -> f32 {
        (points * self.pixels).round() / self.pixels
    }

    /// A filled rectangle with its edges on whole pixels.
    pub fn fill(&self, rect: Rect, color: Color32) {
        let min = pos2(self.snap(rect.min.x), self.snap(rect.min.y));
        let max = pos2(self.snap(rect.max.x), self.snap(rect.max.y));
        self.gathered.borrow_mut().add_colored_rect(Rect::from_min_max(min, max), color);
    }

    /// A straight line of one point, across or down, its middle where it is asked for.
    fn line(&self, [from, to]: [Pos2; 2], color: Color32) {
        let half = 0.5;
        let rect = if from.y == to.y {
            Rect::from_min_max(pos2(from.x.min(to.x), from.y - half), pos2(from.x.max(to.x), from.y + half))
        } else {
            Rect::from_min_max(pos2(from.x - half, from.y.min(to.y)), pos2(from.x + half, from.y.max(to.y)))
        };
        self.fill(rect, color);
    }

    fn color(&self, ink: Ink) -> Color32 {
        let color = self.kinds.get(ink.kind).map_or(self.palette.dim, |kind| kind.color);
        if ink.dimmed { self.palette.dimmed(color) } else { color }
    }

    /// Paints one mark.
    pub fn shape(&self, shape: &Shape) {
        match shape {
            Shape::Tint { rect, ground } => {
                let color = match ground {
                    Ground::Mention => self.palette.mention,
                    Ground::Selected(Part::Source) => self.palette.selected_source,
                    Ground::Selected(Part::Cue) => self.palette.selected_cue,
                    Ground::Selected(Part::Claim) => self.palette.selected_claim,
                    Ground::Current => self.palette.row,
                    Ground::OnlyMine => self.palette.only_mine,
                    Ground::OnlyTheirs => self.palette.only_theirs,
                };
                self.painter().rect_filled(*rect, CornerRadius::same(2), color);
            }
            Shape::Underline { rect, style, ink } => self.underline(*rect, *style, self.color(*ink)),
            Shape::Ring { center, ink } => {
                self.painter().circle_stroke(*center, RING.0 - 0.1, Stroke::new(1.5, self.color(*ink)));
            }
            Shape::Corner { across, down, standing } => {
                let color = match standing {
                    Standing::Plain => self.palette.dim,
                    Standing::Selected => self.palette.text,
                    Standing::Dimmed => self.palette.dimmed(self.palette.dim),
                };
                self.fill(*across, color);
                self.fill(*down, color);
            }
            Shape::Bracket { x, y, ends, ink } => {
                for line in bracket_lines(*x, *y, *ends).into_iter().flatten() {
                    self.line(line, self.color(*ink));
                }
            }
            Shape::RightBracket { x, y, ends, ink } => {
                let mirrored = |at: Pos2| pos2(2.0 * x - at.x, at.y);
                for [from, to] in bracket_lines(*x, *y, *ends).into_iter().flatten() {
                    self.line([mirrored(from), mirrored(to)], self.color(*ink));
                }
            }
            Shape::Number { rect, number, verdict, is_current, .. } => {
                widgets::paint_difference(self.painter(), self.palette, *rect, *number, *verdict, *is_current);
            }
            Shape::Label(label) => self.label(label),
            Shape::More { at, right, count } => {
                let align = if *right { Align2::RIGHT_CENTER } else { Align2::LEFT_CENTER };
                let font = theme::semibold(theme::SIZE_BADGE);
                self.painter().text(*at, align, format!("+{count}"), font, self.palette.dim);
            }
        }
    }

    fn underline(&self, rect: Rect, style: LineStyle, color: Color32) {
        let dashes = |(dash, gap): (f32, f32)| {
            let mut x = self.snap(rect.left());
            while x < rect.right() - 0.5 {
                let end = (x + dash).min(rect.right());
                self.fill(Rect::from_min_max(pos2(x, rect.top()), pos2(end, rect.bottom())), color);
                x += dash + gap;
            }
        };
        match style {
            LineStyle::High => self.fill(rect, color),
            LineStyle::Moderate => dashes(DASH),
            LineStyle::Low => dashes(SQUARE),
            LineStyle::Unassessed => {
                let top = rect.top() + THIN - UNDERLINE.0;
                self.fill(Rect::from_min_max(pos2(rect.left(), top), pos2(rect.right(), top + 1.0)), color);
            }
            LineStyle::CannotJudge => {
                let (left, right) = (self.snap(rect.left()), self.snap(rect.right()));
                let outer = Rect::from_min_max(pos2(left, rect.top()), pos2(right, rect.bottom() + 1.0));
                let side = |left: f32, top: f32, right: f32, bottom: f32| {
                    self.fill(Rect::from_min_max(pos2(left, top), pos2(right, bottom)), color);
                };
                side(outer.left(), outer.top(), outer.right(), outer.top() + 1.0);
                side(outer.left(), outer.bottom() - 1.0, outer.right(), outer.bottom());
                side(outer.left(), outer.top(), outer.left() + 1.0, outer.bottom());
                side(outer.right() - 1.0, outer.top(), outer.right(), outer.bottom());
            }
        }
    }

    fn label(&self, label: &Label) {
        if let Some(kind) = self.kinds.get(label.kind) {
            let font = theme::bold(theme::SIZE_SMALL);
            self.painter().text(label.letter, Align2::CENTER_CENTER, &kind.letter, font, kind.color);
        }
        match &label.words {
            Some(words) => widgets::paint_badge(self.painter(), self.palette, label.badge, words, label.selected),
            None => widgets::paint_who(self.painter(), self.palette, label.badge),
        }
    }

    /// Paints the line that joins the parts of the claim at hand.
    pub fn elbow(&self, elbow: &Elbow) {
        for line in &elbow.lines {
            self.line(*line, self.palette.accent);
        }
        for (number, center) in &elbow.rings {
            widgets::paint_ring(self.painter(), self.palette, *center, *number, self.palette.paper);
        }
    }

    /// Paints a colleague's sign around `center`.
    pub fn sign(&self, center: Pos2, sign: Sign) {
        let (paper, ink) = (self.palette.paper, self.palette.dim);
        match sign {
            Sign::Agrees => widgets::paint_diamond(self.painter(), center, SIGN, ink, true),
            Sign::Differs => {
                widgets::paint_diamond(self.painter(), center, SIGN, paper, true);
                widgets::paint_diamond(self.painter(), center, SIGN, ink, false);
            }
            Sign::OnlyTheirs => {
                let (long, thick) = (SIGN - 2.0, 1.3);
                // The lane's own line would lengthen one of the arms.
                self.fill(Rect::from_center_size(center, vec2(thick, SIGN + 2.0)), paper);
                self.fill(Rect::from_center_size(center, vec2(long, thick)), ink);
                self.fill(Rect::from_center_size(center, vec2(thick, long)), ink);
            }
        }
    }
}
