//! What the marks of a page look like, as rectangles, lines and rings: nothing here paints, so that it can be held to
//! the point.
//!
//! A mark lies under or beside the text and never moves a letter. Held by `tests/reader.rs`.

use egui::{Pos2, Rangef, Rect, pos2, vec2};

use super::lanes;
use super::marks::{LineStyle, Looks, Mark, Owner, Role};
use super::measures::{
    BADGE, BADGE_GAP, BADGE_SIGN, BRACKET, BRACKET_END, BRACKET_SPAN, CORNER, LETTER, MIDDLE, RING, TINT, TINT_WIDER,
    UNDERLINE, UNDERLINE_STEP, WHO,
};
use super::page::{Page, Part};
use super::sheet::{SeenLine, Sheet};
use super::versus;
use crate::document::ByteSpan;
use crate::review::Verdict;

/// Something to be painted.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Ground under words.
    Tint {
        /// Where.
        rect: Rect,
        /// Why.
        ground: Ground,
    },
    /// A claim's underline on one line.
    Underline {
        /// The band of three points that its style is drawn in.
        rect: Rect,
        /// Solid, dashes, …
        style: LineStyle,
        /// Whose it is and how it is coloured.
        ink: Ink,
    },
    /// The ring before the underline of a claim without a source.
    Ring {
        /// Its middle.
        center: Pos2,
        /// Its colour.
        ink: Ink,
    },
    /// A cue's corner, above the start of its first word.
    Corner {
        /// The band across the top.
        across: Rect,
        /// The band down from it.
        down: Rect,
        /// Whether it is the claim at hand's, or dimmed because another claim is at hand.
        standing: Standing,
    },
    /// A claim's bracket in the left margin.
    Bracket {
        /// The middle of its upright line.
        x: f32,
        /// From where to where.
        y: Rangef,
        /// Whether it has an end at the top, and at the bottom.
        ends: (bool, bool),
        /// Its colour.
        ink: Ink,
    },
    /// A bracket in the right margin, mirrored.
    RightBracket {
        /// The middle of its upright line.
        x: f32,
        /// From where to where.
        y: Rangef,
        /// Whether it has an end at the top, and at the bottom.
        ends: (bool, bool),
        /// Its colour.
        ink: Ink,
    },
    /// The number of a difference.
    Number {
        /// Its box.
        rect: Rect,
        /// The place of its pair.
        at: usize,
        /// The number.
        number: usize,
        /// How the two compare.
        verdict: Verdict,
        /// Whether it is the current one.
        is_current: bool,
    },
    /// Letter and badge before a bracket.
    Label(Label),
    /// How many more there are than can be drawn.
    More {
        /// Left or right end of the words, at mid-height.
        at: Pos2,
        /// Whether `at` is the right end.
        right: bool,
        /// How many.
        count: usize,
    },
}

/// Why words have a ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// They name a source.
    Mention,
    /// They are part of the claim at hand.
    Selected(Part),
    /// They are the current difference of two sets.
    Current,
    /// Only the left one marked them.
    OnlyMine,
    /// Only the right one did.
    OnlyTheirs,
}

/// The colour of a claim's mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ink {
    /// Its kind's place in the codebook.
    pub kind: usize,
    /// Whether another claim is at hand.
    pub dimmed: bool,
}

/// How a mark stands to the claim at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// No claim is at hand.
    Plain,
    /// It belongs to it.
    Selected,
    /// Another one is at hand.
    Dimmed,
}

/// Letter and badge of a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Label {
    /// The claim.
    pub owner: Owner,
    /// Its kind's place in the codebook.
    pub kind: usize,
    /// Middle of the letter.
    pub letter: Pos2,
    /// The badge, or "who?".
    pub badge: Rect,
    /// What the badge says; `None` for "who?".
    pub words: Option<String>,
    /// Whether the claim is selected.
    pub selected: bool,
    /// Top of the claim's first line.
    pub line_top: f32,
    /// Middle of its bracket's upright line.
    pub bracket: f32,
}

/// Where a sheet is on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stage {
    /// Its top left corner.
    pub origin: Pos2,
    /// Physical pixels in a point.
    pub pixels: f32,
    /// Width of the column.
    pub column: f32,
    /// Brackets that fit beside each other in the margin.
    pub brackets: usize,
    /// From the text to the left edge of differences' numbers.
    pub boxes: f32,
    /// What is seen of the screen, from top to bottom.
    pub view: Rangef,
}

/// The shapes of all marks on a sheet, in the order in which they are painted.
#[must_use]
pub fn shapes(sheet: &Sheet, page: &Page, stage: &Stage) -> Vec<Shape> {
    let marks = page.marks.touching(sheet.span);
    let mut scene = Scene { sheet, page, stage, shapes: Vec::with_capacity(marks.len() * 2) };
    let mut claims = Vec::new();
    for mark in &marks {
        match &mark.role {
            Role::Mention => scene.tints(&mark.spans, Ground::Mention),
            Role::Claim(looks) => claims.push((*mark, looks)),
            Role::Cue => {}
        }
    }
    if let Some(versus) = page.versus {
        scene.versus(&claims, versus);
        return scene.shapes;
    }
    scene.selection();
    scene.underlines(&claims);
    for mark in marks.iter().filter(|mark| mark.role == Role::Cue) {
        scene.corner(mark);
    }
    scene.brackets(&claims);
    scene.shapes
}

pub(super) struct Scene<'a> {
    pub(super) sheet: &'a Sheet,
    page: &'a Page<'a>,
    pub(super) stage: &'a Stage,
    pub(super) shapes: Vec<Shape>,
}

impl Scene<'_> {
    pub(super) fn top(&self, line: &SeenLine) -> f32 {
        self.stage.origin.y + line.top
    }

    /// The nearest whole pixel at or left of `x`.
    fn floor(&self, x: f32) -> f32 {
        (x * self.stage.pixels).floor() / self.stage.pixels
    }

    /// The nearest whole pixel at or right of `x`.
    fn ceil(&self, x: f32) -> f32 {
        (x * self.stage.pixels).ceil() / self.stage.pixels
    }

    fn round(&self, x: f32) -> f32 {
        (x * self.stage.pixels).round() / self.stage.pixels
    }

    pub(super) fn in_view(&self, line: &SeenLine) -> bool {
        let top = self.top(line);
        top < self.stage.view.max && top + line.height + 2.0 * UNDERLINE_STEP > self.stage.view.min
    }

    /// The lines in view that `span` touches.
    pub(super) fn lines(&self, span: ByteSpan) -> impl Iterator<Item = &SeenLine> {
        let lines = self.sheet.lines.get(self.sheet.lines_of(span)).unwrap_or(&[]);
        lines.iter().filter(|line| self.in_view(line))
    }

    fn selected(&self) -> Option<&Owner> {
        self.page.selected.map(|chain| &chain.claim)
    }

    fn is_selected(&self, owner: &Owner) -> bool {
        self.selected() == Some(owner) || self.page.also_selected.contains(owner)
    }

    pub(super) fn ink(&self, owner: &Owner, looks: &Looks) -> Ink {
        if let Some(versus) = self.page.versus {
            return versus::ink(versus, owner, looks);
        }
        Ink { kind: looks.kind, dimmed: self.selected().is_some() && !self.is_selected(owner) }
    }

    pub(super) fn tints(&mut self, spans: &[ByteSpan], ground: Ground) {
        let mut tints = Vec::new();
        for &span in spans {
            for line in self.lines(span) {
                let (top, bottom) = (line.down(TINT.0), line.down(TINT.1));
                let y = Rangef::new(self.top(line) + top, self.top(line) + bottom);
                for (left, right) in self.sheet.stretches(line, span, self.stage.pixels) {
                    let (left, right) = (self.stage.origin.x + left, self.stage.origin.x + right);
                    let x = Rangef::new(self.floor(left - TINT_WIDER), self.ceil(right + TINT_WIDER));
                    let rect = Rect::from_x_y_ranges(x, y);
                    tints.push(Shape::Tint { rect, ground });
                }
            }
        }
        self.shapes.append(&mut tints);
    }

    fn selection(&mut self) {
        let Some(chain) = self.page.selected else { return };
        for stop in &chain.voices {
            self.tints(&stop.spans, Ground::Selected(stop.part));
        }
        self.tints(&chain.spans, Ground::Selected(Part::Claim));
    }

    fn underlines(&mut self, claims: &[(&Mark, &Looks)]) {
        let spans: Vec<&[ByteSpan]> = claims.iter().map(|(mark, _)| mark.spans.as_slice()).collect();
        let mut hidden = vec![0usize; self.sheet.lines.len()];
        for ((mark, looks), lane) in claims.iter().zip(lanes::underlines(&spans)) {
            let Some(lane) = lane else {
                for line in mark.spans.iter().flat_map(|&span| self.sheet.lines_of(span)) {
                    if let Some(count) = hidden.get_mut(line) {
                        *count += 1;
                    }
                }
                continue;
            };
            self.underline(mark, looks, lane);
        }
        for (line, count) in self.counted(hidden) {
            let y = self.top(&line) + line.down(UNDERLINE.0 + 1.5 * UNDERLINE_STEP);
            let at = pos2(self.stage.origin.x + self.stage.column + 3.0, y);
            self.shapes.push(Shape::More { at, right: false, count });
        }
    }

    /// The lines in view for which something was counted.
    fn counted(&self, counts: Vec<usize>) -> Vec<(SeenLine, usize)> {
        let counted = self.sheet.lines.iter().copied().zip(counts);
        counted.filter(|(line, count)| *count > 0 && self.in_view(line)).collect()
    }

    pub(super) fn underline(&mut self, mark: &Mark, looks: &Looks, lane: usize) {
        let ink = self.ink(&mark.owner, looks);
        let mut drawn = Vec::new();
        for &span in &mark.spans {
            for line in self.lines(span) {
                let top = self.top(line) + line.down(UNDERLINE.0) + UNDERLINE_STEP * lane as f32;
                let y = Rangef::new(top, top + UNDERLINE.1);
                for (left, right) in self.sheet.stretches(line, span, self.stage.pixels) {
                    let rect = Rect::from_x_y_ranges(Rangef::new(left, right), y);
                    let rect = rect.translate(vec2(self.stage.origin.x, 0.0));
                    drawn.push(Shape::Underline { rect, style: looks.line, ink });
                }
                if !looks.attributed && line.span.contains(mark.hull().start) {
                    let (x, rtl) = self.sheet.start_of(line, mark.hull().start, self.stage.pixels);
                    let x = self.round(self.stage.origin.x + x);
                    let x = if rtl { x + RING.1 } else { x - RING.1 };
                    drawn.push(Shape::Ring { center: pos2(x, y.center()), ink });
                }
            }
        }
        self.shapes.append(&mut drawn);
    }

    fn corner(&mut self, mark: &Mark) {
        let start = mark.hull().start;
        let Some(line) = self.lines(mark.hull()).next().filter(|line| line.span.contains(start)) else { return };
        let (x, rtl) = self.sheet.start_of(line, start, self.stage.pixels);
        let (width, height, thick, top) = CORNER;
        let y = self.top(line) + line.down(top);
        let x = self.stage.origin.x + x;
        let (left, post) = if rtl {
            let right = self.ceil(x + TINT_WIDER);
            (right - width, right - thick)
        } else {
            let left = self.floor(x - TINT_WIDER);
            (left, left)
        };
        let standing = match self.selected() {
            None => Standing::Plain,
            Some(_) if self.is_selected(&mark.owner) => Standing::Selected,
            Some(_) => Standing::Dimmed,
        };
        self.shapes.push(Shape::Corner {
            across: Rect::from_min_size(pos2(left, y), vec2(width, thick)),
            down: Rect::from_min_size(pos2(post, y), vec2(thick, height)),
            standing,
        });
    }

    pub(super) fn brackets(&mut self, claims: &[(&Mark, &Looks)]) {
        let mut shown: Vec<(&Mark, &Looks)> = Vec::new();
        let mut ranges = Vec::new();
        for (mark, looks) in claims {
            let lines = self.sheet.lines_of(mark.hull());
            if let Some(last) = lines.end.checked_sub(1).filter(|_| !lines.is_empty()) {
                shown.push((mark, looks));
                ranges.push((lines.start, last));
            }
        }
        let selected = shown.iter().position(|(mark, _)| self.selected() == Some(&mark.owner));
        let given = lanes::brackets(&ranges, self.stage.brackets, selected);
        let mut hidden = vec![0usize; self.sheet.lines.len()];
        for (((mark, looks), (first, last)), lane) in shown.iter().zip(&ranges).zip(given) {
            match lane {
                Some(lane) => self.bracket(mark, looks, (*first, *last), lane),
                None => hidden.get_mut(*first).into_iter().for_each(|count| *count += 1),
            }
        }
        for (line, count) in self.counted(hidden) {
            let x = self.stage.origin.x - BRACKET.0 - BRACKET.1 * self.stage.brackets as f32 + BADGE_GAP;
            let at = pos2(x, self.top(&line) + line.down(MIDDLE));
            self.shapes.push(Shape::More { at, right: true, count });
        }
    }

    fn bracket(&mut self, mark: &Mark, looks: &Looks, (first, last): (usize, usize), lane: usize) {
        let (Some(first), Some(last)) = (self.sheet.lines.get(first), self.sheet.lines.get(last)) else { return };
        let (hull, ink) = (mark.hull(), self.ink(&mark.owner, looks));
        let (begins, ends) = (hull.start >= self.sheet.span.start, hull.end <= self.sheet.span.end);
        let origin = self.stage.origin;
        let x = origin.x - BRACKET.0 - BRACKET.1 * lane as f32 + 0.5;
        let top = if begins { self.top(first) + first.down(BRACKET_SPAN.0) } else { origin.y };
        let bottom = if ends { self.top(last) + last.down(BRACKET_SPAN.1) } else { origin.y + self.sheet.height };
        let y = Rangef::new(top, bottom);
        if y.max < self.stage.view.min || y.min > self.stage.view.max {
            return;
        }
        self.shapes.push(Shape::Bracket { x, y, ends: (begins && looks.attributed, ends), ink });
        if !begins || !self.in_view(first) {
            return;
        }
        let middle = self.top(first) + first.down(MIDDLE);
        let (width, height) = if looks.attributed { (badge_width(&looks.badge), BADGE.1) } else { WHO };
        let right = x - 0.5 - BADGE_GAP;
        // On whole points, so that its edge is sharp.
        let badge = Rect::from_min_size(pos2(right - width, (middle - height / 2.0).floor()), vec2(width, height));
        self.shapes.push(Shape::Label(Label {
            owner: mark.owner.clone(),
            kind: looks.kind,
            letter: pos2(badge.left() - LETTER, middle),
            badge,
            words: looks.attributed.then(|| looks.badge.clone()),
            selected: self.is_selected(&mark.owner),
            line_top: self.top(first),
            bracket: x,
        }));
    }
}

/// Two signs fit in a badge; it grows with more.
pub(super) fn badge_width(words: &str) -> f32 {
    BADGE.0 + BADGE_SIGN * words.chars().count().saturating_sub(2) as f32
}

/// The lines that a bracket is made of: upright, top end, bottom end.
#[must_use]
pub fn bracket_lines(x: f32, y: Rangef, ends: (bool, bool)) -> [Option<[Pos2; 2]>; 3] {
    let end = |y: f32| [pos2(x - 0.5, y), pos2(x - 0.5 + BRACKET_END, y)];
    [Some([pos2(x, y.min), pos2(x, y.max)]), ends.0.then(|| end(y.min + 0.5)), ends.1.then(|| end(y.max - 0.5))]
}
