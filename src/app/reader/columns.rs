//! How the width of the reader is shared: margin, column, lanes, scroll bar.
//!
//! Paints nothing. Held by `tests/reader.rs`.

use egui::{Pos2, Rect, pos2};

use super::measures::{
    BAR, BRACKET, CHECK_GAP, COLUMN_LEAST, ELBOW, ELBOW_NARROW, LANE, LANES_END, LANES_GAP, MARGIN, MARGIN_NARROW,
    NUMBER, NUMBER_NARROW, VERSUS_BOXES, VERSUS_BOXES_NARROW,
};

/// Between the last lane's edge and the scroll bar where the column has its full width.
const AFTER_LANES: f32 = 4.0;

/// The same in a narrow reader.
const AFTER_LANES_NARROW: f32 = 6.0;

/// Where things stand across the reader.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Columns {
    /// The whole reader.
    pub whole: Rect,
    /// The text's left edge.
    pub left: f32,
    /// Width of the text.
    pub width: f32,
    /// The upright line that joins a claim's parts.
    pub elbow: f32,
    /// The right end of paragraphs' numbers; their checks follow.
    pub number: f32,
    /// Brackets that fit side by side in the margin.
    pub brackets: usize,
    /// The middle of the first lane.
    pub lane: f32,
    /// The scroll bar.
    pub bar: Rect,
}

impl Columns {
    /// Shares `whole` for a column of at most `column` points and `lanes` colleagues. A reader that is wider than it
    /// needs to be has its column in the middle; one that is narrower has a narrower column.
    #[must_use]
    pub fn new(whole: Rect, column: f32, lanes: usize) -> Self {
        let lanes_width = LANES_GAP + LANE * lanes as f32;
        let needed = MARGIN + column + lanes_width + AFTER_LANES + BAR;
        let spare = ((whole.width() - needed) / 2.0).floor();
        let (margin, width, spare) = if spare >= 0.0 {
            (MARGIN, column, spare)
        } else {
            let room = whole.width() - MARGIN_NARROW - lanes_width - AFTER_LANES_NARROW - BAR;
            (MARGIN_NARROW, room.clamp(COLUMN_LEAST, column), 0.0)
        };
        let narrow = margin < MARGIN;
        let bar = Rect::from_min_max(pos2(whole.right() - BAR, whole.top()), whole.max);
        let left = whole.left() + margin + spare;
        let number = left - if narrow { NUMBER_NARROW } else { NUMBER };
        Self {
            whole,
            left,
            width,
            elbow: left - if narrow { ELBOW_NARROW } else { ELBOW },
            number,
            brackets: ((left - number - CHECK_GAP - BRACKET.0) / BRACKET.1).floor() as usize,
            lane: bar.left() - spare - LANES_END - LANE * lanes.saturating_sub(1) as f32,
            bar,
        }
    }

    /// From the text to the left edge of differences' numbers, and to the right end of paragraphs' numbers beside them.
    #[must_use]
    pub fn boxes(&self) -> (f32, f32) {
        if self.left - self.number < NUMBER { VERSUS_BOXES_NARROW } else { VERSUS_BOXES }
    }

    /// The middle of a lane.
    #[must_use]
    pub fn lane_at(&self, lane: usize) -> f32 {
        self.lane + LANE * lane as f32 + 0.5
    }

    /// The reader's part that text and marks are clipped to, below `top`.
    #[must_use]
    pub fn clip(&self, top: f32) -> Rect {
        Rect::from_min_max(pos2(self.whole.left(), top), pos2(self.bar.left(), self.whole.bottom()))
    }

    /// A point of the screen as one of the column, from its left edge.
    #[must_use]
    pub fn across(&self, at: Pos2) -> f32 {
        at.x - self.left
    }
}
