//! Letters that follow one another on one baseline: the pieces that lines are made of.
//!
//! Knows places on a page, not PDF. Held by `tests/document.rs`.

use super::glyphs::Glyph;

/// Letters on one baseline without a wide gap.
#[derive(Clone, Debug)]
pub(super) struct Segment {
    /// Its letters from left to right, each with whether white space stands before it.
    pub glyphs: Vec<(Glyph, bool)>,
    /// The least x.
    pub left: f32,
    /// The greatest x.
    pub right: f32,
    /// The baseline.
    pub y: f32,
    /// The size of most of its letters.
    pub size: f32,
    /// Where it stands in the order of drawing.
    pub order: usize,
    /// Whether a space was drawn after the last letter.
    pub space_after: bool,
    /// Whether its letters were drawn from right to left.
    leftwards: bool,
}

/// A gap of more than this, in sizes, is white space between words.
const WORD_GAP: f32 = 0.13;

/// A gap of more than this, in sizes, ends a segment.
const WIDE_GAP: f32 = 1.3;

impl Segment {
    /// The upper edge of its letters.
    pub fn top(&self) -> f32 {
        self.y - 0.75 * self.size
    }

    /// The lower edge of its letters.
    pub fn bottom(&self) -> f32 {
        self.y + 0.22 * self.size
    }

    pub fn width(&self) -> f32 {
        self.right - self.left
    }

    /// Whether the two stand on one line.
    pub fn beside(&self, other: &Self) -> bool {
        let shared = self.bottom().min(other.bottom()) - self.top().max(other.top());
        shared > 0.5 * (self.bottom() - self.top()).min(other.bottom() - other.top())
    }
}

/// The segments of glyphs of one direction, in the order of drawing.
pub(super) fn segments(glyphs: impl IntoIterator<Item = Glyph>) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    let mut space = false;
    for glyph in glyphs {
        if glyph.text == " " {
            space = true;
            if let Some(last) = segments.last_mut() {
                last.space_after = true;
            }
            continue;
        }
        let order = segments.len();
        match segments.last_mut() {
            Some(last) if follows(last, &glyph) => last.push(glyph, space),
            _ => segments.push(Segment::begun(glyph, order)),
        }
        space = false;
    }
    for segment in &mut segments {
        segment.settle();
    }
    segments
}

/// Whether a glyph goes on where the segment ends, or stands directly before its beginning (right-to-left lines).
fn follows(segment: &Segment, glyph: &Glyph) -> bool {
    let size = segment.size.max(glyph.size);
    let rise = (glyph.y - segment.y).abs();
    let same = rise < 0.12 * size && glyph.size < 1.6 * segment.size && segment.size < 1.6 * glyph.size;
    let after = glyph.x - segment.right;
    let before = segment.left - (glyph.x + glyph.width);
    if same {
        return (-0.4 * size..WIDE_GAP * size).contains(&after) || (-0.3 * size..WIDE_GAP * size).contains(&before);
    }
    // A note's number above the line, or an index below it.
    rise < 0.6 * size && (-0.2 * size..0.2 * size).contains(&after)
}

impl Segment {
    fn begun(glyph: Glyph, order: usize) -> Self {
        let (left, right, y, size) = (glyph.x, glyph.x + glyph.width, glyph.y, glyph.size);
        Self { glyphs: vec![(glyph, false)], left, right, y, size, order, space_after: false, leftwards: false }
    }

    fn push(&mut self, glyph: Glyph, space: bool) {
        let space = space || self.glyphs.last().is_some_and(|(last, _)| self.is_note(last, &glyph));
        // Raised figures leave the baseline where it was; a raised beginning gives way to larger letters.
        if glyph.size > 1.15 * self.size {
            (self.y, self.size) = (glyph.y, glyph.size);
        }
        self.left = self.left.min(glyph.x);
        self.right = self.right.max(glyph.x + glyph.width);
        self.glyphs.push((glyph, space));
        self.space_after = false;
    }

    /// Whether a raised number ends or begins between two letters: that of a note is no part of the word that it stands
    /// at. The "th" of "5th" is, and so is the "2" of "km2".
    fn is_note(&self, last: &Glyph, next: &Glyph) -> bool {
        let is_figure = |glyph: &Glyph| !glyph.text.chars().all(char::is_alphabetic);
        let rise = last.y - next.y;
        if rise < -0.2 * self.size {
            return is_figure(last) && last.size < 0.9 * next.size;
        }
        let word = self.glyphs.iter().rev().take(4).take_while(|(glyph, _)| !is_figure(glyph)).count();
        rise > 0.2 * self.size && is_figure(next) && next.size < 0.9 * last.size && !(1..=3).contains(&word)
    }

    /// Puts the letters from left to right, and finds the white space that was left rather than drawn.
    fn settle(&mut self) {
        self.leftwards = self.glyphs.windows(2).any(|pair| matches!(pair, [(a, _), (b, _)] if b.x < a.x));
        if self.leftwards {
            self.turn_around();
        }
        let mut gaps: Vec<f32> = self.glyphs.windows(2).filter_map(gap).collect();
        gaps.sort_by(f32::total_cmp);
        // Letters set apart for show have even gaps; white space is what is wider than those.
        let usual = gaps.get(gaps.len() / 2).copied().unwrap_or(0.0).max(0.0);
        let spaced = self.glyphs.iter().filter(|(_, space)| *space).count();
        let usual = if gaps.len() >= 4 && (usual > 0.08 * self.size || spaced > 0) { usual } else { 0.0 };
        let limit = usual + WORD_GAP * self.size;
        for index in 1..self.glyphs.len() {
            let wide = self.glyphs.get(index - 1..=index).and_then(gap).is_some_and(|gap| gap > limit);
            if let Some((_, space)) = self.glyphs.get_mut(index) {
                *space |= wide;
            }
        }
    }

    /// Sorts letters that were drawn from right to left: white space drawn before a letter stands after it then.
    fn turn_around(&mut self) {
        let mut placed: Vec<(Glyph, bool, bool)> = Vec::with_capacity(self.glyphs.len());
        for (glyph, space) in self.glyphs.drain(..) {
            let leftwards = placed.last().is_some_and(|(before, ..)| glyph.x < before.x);
            if let Some((_, _, after)) = placed.last_mut() {
                *after |= space && !leftwards;
            }
            // (glyph, white space at its right, white space at its left's neighbour's right)
            placed.push((glyph, space && leftwards, false));
        }
        placed.sort_by(|(a, ..), (b, ..)| a.x.total_cmp(&b.x));
        let mut space = false;
        for (glyph, right, after) in placed {
            self.glyphs.push((glyph, space));
            space = right || after;
        }
    }
}

/// The gap between two letters.
fn gap(pair: &[(Glyph, bool)]) -> Option<f32> {
    match pair {
        [(a, _), (b, _)] => Some(b.x - (a.x + a.width)),
        _ => None,
    }
}

/// Whether white space belongs between two segments of one line, the first at the left.
pub(super) fn apart(left: &Segment, right: &Segment) -> bool {
    let drawn = left.space_after && !left.leftwards || right.space_after && right.leftwards;
    drawn || right.left - left.right > WORD_GAP * left.size.min(right.size)
}
