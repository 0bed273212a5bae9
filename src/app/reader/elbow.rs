//! The line with numbered rings that joins a claim at hand with its cues and its sources, as rectangles and lines.
//!
//! Paints nothing. Held by `tests/reader.rs`.

use egui::{Pos2, Rangef, pos2};

use super::measures::{GAP_RUN, MIDDLE, RUN_END, STOP, STOPS_APART};
use super::shapes::Label;
use super::sheet::SeenLine;

/// Between the end of a run and the middle of the letter it leads to.
const BEFORE_LETTER: f32 = 8.0;

/// A part of the claim at hand: its number, and the line on which it begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stop {
    /// From 1, in the order of the chain.
    pub number: usize,
    /// Where it is.
    pub at: At,
}

/// Where a part begins, as seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum At {
    /// Above what is seen.
    Above,
    /// On a line: its top on the screen, and where a figure of [`MIDDLE`] falls in it.
    Line {
        /// Top of the line on the screen.
        top: f32,
        /// From the top to the line's middle.
        middle: f32,
    },
    /// Below what is seen.
    Below,
}

impl At {
    /// On a line whose top is at `top` on the screen.
    #[must_use]
    pub fn line(top: f32, line: &SeenLine) -> Self {
        Self::Line { top, middle: line.down(MIDDLE) }
    }
}

/// The drawing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Elbow {
    /// Numbers and the middles of their rings.
    pub rings: Vec<(usize, Pos2)>,
    /// Straight lines, each across or down.
    pub lines: Vec<[Pos2; 2]>,
}

/// The stops of one line.
struct Group {
    top: f32,
    middle: f32,
    numbers: Vec<usize>,
    /// Whether its run goes in the gap above the line.
    in_gap: bool,
}

impl Group {
    fn y(&self) -> f32 {
        self.top + if self.in_gap { GAP_RUN.0 } else { self.middle }
    }
}

/// Draws the line at `x`, for a column whose text begins at `left`. `labels` are all labels in sight; `claim` says
/// which of them is the claim at hand's own.
#[must_use]
pub fn elbow(stops: &[Stop], labels: &[&Label], own: Option<&Label>, x: f32, left: f32, view: Rangef) -> Elbow {
    let on = |label: &Label, top: f32| (label.line_top - top).abs() < 0.5;
    let mut groups: Vec<Group> = Vec::new();
    for stop in stops {
        let At::Line { top, middle } = stop.at else { continue };
        match groups.iter_mut().find(|group| (group.top - top).abs() < 0.5) {
            Some(group) => group.numbers.push(stop.number),
            None => {
                let is_own = |label: &Label| own.is_some_and(|own| std::ptr::eq(own, label));
                let in_gap = labels.iter().any(|label| on(label, top) && !is_own(label));
                groups.push(Group { top, middle, numbers: vec![stop.number], in_gap });
            }
        }
    }
    groups.sort_by(|a, b| a.top.total_cmp(&b.top));
    let next: Vec<Option<f32>> = groups.iter().skip(1).map(|group| Some(group.y())).chain([None]).collect();
    for (group, next) in groups.iter_mut().zip(next) {
        group.in_gap |= next.is_some_and(|next| next - group.y() < STOPS_APART);
    }
    let mut drawing = Elbow::default();
    for group in &groups {
        let y = group.y();
        let own_here = own.filter(|own| on(own, group.top));
        let mut from = x;
        for (place, number) in group.numbers.iter().enumerate() {
            let center = pos2(x + STOP.1 * place as f32, y);
            if place > 0 {
                drawing.lines.push([pos2(from, y), pos2(center.x - STOP.0, y)]);
            }
            drawing.rings.push((*number, center));
            from = center.x + STOP.0;
        }
        let to = match own_here {
            Some(own) if group.in_gap => own.bracket,
            Some(own) => own.letter.x - BEFORE_LETTER,
            None => left - RUN_END + if group.in_gap { 0.5 } else { 0.0 },
        };
        if to > from {
            let overshoot = if group.in_gap { 0.5 } else { 0.0 };
            drawing.lines.push([pos2(from, y), pos2(to + overshoot, y)]);
            if group.in_gap {
                drawing.lines.push([pos2(to, y - 0.5), pos2(to, y - 0.5 + GAP_RUN.1)]);
            }
        }
    }
    drawing.upright(stops, &groups, x, view);
    drawing
}

impl Elbow {
    /// The line down, from ring to ring; out of sight where a part is.
    fn upright(&mut self, stops: &[Stop], groups: &[Group], x: f32, view: Rangef) {
        let has = |at: At| stops.iter().any(|stop| stop.at == at);
        let mut above = has(At::Above).then_some(view.min);
        for group in groups {
            if let Some(from) = above {
                self.lines.push([pos2(x + 0.5, from), pos2(x + 0.5, group.y() - STOP.0)]);
            }
            above = Some(group.y() + STOP.0);
        }
        if let (Some(from), true) = (above, has(At::Below)) {
            self.lines.push([pos2(x + 0.5, from), pos2(x + 0.5, view.max)]);
        }
    }
}
