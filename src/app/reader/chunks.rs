//! A text cut into chunks near 4 KiB, and how high each of them is: estimated until it was seen.
//!
//! Cutting looks at a few hundred bytes a chunk and never at the whole text, so that 100 MB open at once. Chunks end at
//! line ends; a line too long for that is cut at white space, or between two grapheme clusters where it has none.
//! Knows no egui and no layout: heights come in. Held by `tests/reader.rs`.

use unicode_segmentation::GraphemeCursor;

use crate::document::ByteSpan;

/// Bytes after which a chunk ends at the next line end.
pub const TARGET: usize = 4096;

/// Bytes that a chunk never exceeds.
pub const LIMIT: usize = 2 * TARGET;

/// The chunks of one text. There is always at least one.
#[derive(Clone, Debug)]
pub struct Chunks {
    /// Where each chunk begins, and the text's length at the end.
    starts: Vec<usize>,
    heights: Heights,
}

impl Chunks {
    /// Cuts `text`; all heights are zero until [`Chunks::estimate`] or [`Chunks::set_height`].
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut starts = Vec::with_capacity(text.len() / TARGET + 2);
        starts.push(0);
        let mut start = 0;
        while text.len() - start > TARGET {
            start = end_of_chunk(text, start);
            if start >= text.len() {
                break;
            }
            starts.push(start);
        }
        let count = starts.len();
        starts.push(text.len());
        Self { starts, heights: Heights::new(count) }
    }

    /// How many chunks there are; at least one.
    #[expect(clippy::len_without_is_empty, reason = "there is always a chunk")]
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The bytes of chunk `chunk`; the last chunk's for a number beyond it.
    #[must_use]
    pub fn span(&self, chunk: usize) -> ByteSpan {
        let chunk = chunk.min(self.len() - 1);
        let at = |i: usize| self.starts.get(i).copied().unwrap_or(0);
        ByteSpan { start: at(chunk), end: at(chunk + 1) }
    }

    /// The chunk that holds byte `byte`; the last one for a byte at or beyond the end.
    #[must_use]
    pub fn at_byte(&self, byte: usize) -> usize {
        self.starts.partition_point(|&start| start <= byte).saturating_sub(1).min(self.len() - 1)
    }

    /// Height of a chunk in points.
    #[must_use]
    pub fn height(&self, chunk: usize) -> f64 {
        self.heights.get(chunk)
    }

    /// Corrects the height of a chunk.
    pub fn set_height(&mut self, chunk: usize, height: f64) {
        self.heights.set(chunk, height);
    }

    /// Gives every chunk the height that `height` guesses from its length in bytes.
    pub fn estimate(&mut self, height: impl Fn(usize) -> f64) {
        let guessed = self.starts.windows(2).map(|pair| match pair {
            [start, end] => height(end - start),
            _ => 0.0,
        });
        self.heights = Heights::from(guessed.collect::<Vec<f64>>());
    }

    /// Where a chunk begins, in points from the top of the document.
    #[must_use]
    pub fn top(&self, chunk: usize) -> f64 {
        self.heights.before(chunk)
    }

    /// Height of the whole document.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.heights.before(self.len())
    }

    /// The chunk at `y` points from the top, and how far into it that is; the ends of the document for a `y` outside.
    #[must_use]
    pub fn at_y(&self, y: f64) -> (usize, f64) {
        let (chunk, inside) = self.heights.find(y.max(0.0));
        if chunk >= self.len() {
            let last = self.len() - 1;
            return (last, self.height(last));
        }
        (chunk, inside)
    }
}

/// Where the chunk that begins at `start` ends, the text being longer than [`TARGET`] from there.
fn end_of_chunk(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let target = start + TARGET;
    let limit = (start + LIMIT).min(text.len());
    let newline = |byte: &u8| *byte == b'\n';
    if let Some(at) = bytes.get(target..limit).and_then(|tail| tail.iter().position(newline)) {
        return target + at + 1;
    }
    if limit == text.len() {
        return limit;
    }
    if let Some(at) = bytes.get(start..target).and_then(|head| head.iter().rposition(newline)) {
        return start + at + 1;
    }
    let middle = start + TARGET / 2;
    let space = bytes.get(middle..target).and_then(|half| half.iter().rposition(u8::is_ascii_whitespace));
    let wanted = text.floor_char_boundary(space.map_or(target, |at| middle + at + 1));
    boundary_at_or_before(text, start, wanted)
}

/// The last boundary between two grapheme clusters in `start..=wanted`, but not `start`. Looks only at what follows
/// `start`, itself a boundary, so that a text of nothing but flags costs no more than another.
fn boundary_at_or_before(text: &str, start: usize, wanted: usize) -> usize {
    let own = text.get(start..text.floor_char_boundary(wanted + TARGET)).unwrap_or("");
    let mut cursor = GraphemeCursor::new(wanted - start, own.len(), true);
    if cursor.is_boundary(own, 0) == Ok(true) {
        return wanted;
    }
    match cursor.prev_boundary(own, 0) {
        Ok(Some(before)) if before > 0 => start + before,
        _ => wanted,
    }
}

/// Numbers whose running sums can be asked for and changed in logarithmic time (a Fenwick tree).
#[derive(Clone, Debug)]
struct Heights {
    single: Vec<f64>,
    /// `sums[i]` is the sum of the `lowest_bit(i + 1)` numbers that end with number `i`.
    sums: Vec<f64>,
}

impl From<Vec<f64>> for Heights {
    fn from(single: Vec<f64>) -> Self {
        let mut sums = single.clone();
        for i in 1..=sums.len() {
            let parent = i + lowest_bit(i);
            let sum = sums.get(i - 1).copied().unwrap_or(0.0);
            if let Some(above) = sums.get_mut(parent - 1) {
                *above += sum;
            }
        }
        Self { single, sums }
    }
}

impl Heights {
    fn new(count: usize) -> Self {
        Self { single: vec![0.0; count], sums: vec![0.0; count] }
    }

    fn get(&self, i: usize) -> f64 {
        self.single.get(i).copied().unwrap_or(0.0)
    }

    fn set(&mut self, i: usize, value: f64) {
        let Some(slot) = self.single.get_mut(i) else { return };
        let change = value - *slot;
        *slot = value;
        let mut node = i + 1;
        while let Some(sum) = self.sums.get_mut(node - 1) {
            *sum += change;
            node += lowest_bit(node);
        }
    }

    /// Sum of the first `count` numbers.
    fn before(&self, count: usize) -> f64 {
        let mut node = count.min(self.single.len());
        let mut sum = 0.0;
        while node > 0 {
            sum += self.sums.get(node - 1).copied().unwrap_or(0.0);
            node -= lowest_bit(node);
        }
        sum
    }

    /// The first number with which the running sum exceeds `target`, and what is left of `target` before it.
    fn find(&self, target: f64) -> (usize, f64) {
        let mut node = 0;
        let mut left = target;
        let mut step = self.sums.len().next_power_of_two();
        while step > 0 {
            if let Some(&sum) = self.sums.get(node + step - 1).filter(|&&sum| sum <= left) {
                node += step;
                left -= sum;
            }
            step /= 2;
        }
        (node, left)
    }
}

fn lowest_bit(i: usize) -> usize {
    i & i.wrapping_neg()
}
