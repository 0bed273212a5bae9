//! Where the view stands in a document: a chunk and a distance into it, never a large number of points, which an `f32`
//! could not hold exactly.
//!
//! Heights of chunks that were not seen are guesses; walking measures what it passes, so that nothing jumps. Knows no
//! egui. Held by `tests/reader.rs`.

use super::chunks::Chunks;

/// Views beyond which a move goes by the guessed heights instead of measuring every chunk on its way.
const WALK: f64 = 8.0;

/// Chunks that are walked at most: more than that in one view are blank, and a text of nothing else must not hold up
/// a frame.
const FAR: usize = 64;

/// A place in the document: the view's upper edge.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Place {
    /// Number of the chunk.
    pub chunk: usize,
    /// Points from the top of that chunk.
    pub offset: f64,
}

/// What can say how high a chunk truly is.
pub trait Column {
    /// The chunks with the heights known so far.
    fn chunks(&self) -> &Chunks;

    /// Height of a chunk as laid out; known to `chunks` from then on.
    fn measure(&mut self, chunk: usize) -> f64;
}

impl Place {
    /// This place moved down by `by` points (up where negative), kept so that a view of height `view` shows no more
    /// than the document.
    #[must_use]
    pub fn moved(self, by: f64, view: f64, column: &mut impl Column) -> Self {
        if by.abs() > WALK * view.max(1.0) {
            let chunks = column.chunks();
            return Self::at_y(chunks.top(self.chunk) + self.offset + by, view, column);
        }
        Self { chunk: self.chunk, offset: self.offset + by }.settled(view, column)
    }

    /// The place `y` points below the top of the document, by the heights known so far.
    #[must_use]
    pub fn at_y(y: f64, view: f64, column: &mut impl Column) -> Self {
        let (chunk, offset) = column.chunks().at_y(y);
        // The guess may be far from the true height; the same share of the chunk is as good.
        let share = offset / column.chunks().height(chunk).max(1.0);
        Self { chunk, offset: share * column.measure(chunk) }.settled(view, column)
    }

    /// The same place with its distance within its chunk, and as much of the document below it as the view can show.
    #[must_use]
    pub fn settled(self, view: f64, column: &mut impl Column) -> Self {
        let place = self.normal(column);
        let missing = view - place.below(view, column);
        if missing > 0.0 { Self { offset: place.offset - missing, ..place }.normal(column) } else { place }
    }

    /// Points from the top of the document, by the heights known so far.
    #[must_use]
    pub fn y(self, chunks: &Chunks) -> f64 {
        chunks.top(self.chunk) + self.offset
    }

    /// Points from this place down to `offset` in `chunk`, negative where that is above; by the heights known so far.
    #[must_use]
    pub fn distance_to(self, chunk: usize, offset: f64, chunks: &Chunks) -> f64 {
        let (from, to) = (self.chunk.min(chunk), self.chunk.max(chunk));
        let between = chunks.top(to) - chunks.top(from);
        if chunk >= self.chunk { between + offset - self.offset } else { offset - self.offset - between }
    }

    fn normal(self, column: &mut impl Column) -> Self {
        let Self { mut chunk, mut offset } = self;
        let last = column.chunks().len() - 1;
        chunk = chunk.min(last);
        for _ in 0..FAR.min(chunk) {
            if offset >= 0.0 {
                break;
            }
            chunk -= 1;
            offset += column.measure(chunk);
        }
        offset = offset.max(0.0);
        for _ in 0..FAR.min(last - chunk) {
            let height = column.measure(chunk);
            if offset < height {
                break;
            }
            offset -= height;
            chunk += 1;
        }
        Self { chunk, offset }
    }

    /// How much of the document lies below this place, as far as `enough`.
    fn below(self, enough: f64, column: &mut impl Column) -> f64 {
        let mut below = -self.offset;
        let chunks = column.chunks().len() - self.chunk;
        for chunk in self.chunk..self.chunk + chunks.min(FAR) {
            below += column.measure(chunk);
            if below >= enough {
                break;
            }
        }
        if chunks > FAR { below.max(enough) } else { below }
    }
}
