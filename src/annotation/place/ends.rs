//! Where a pattern ends in a text with few enough errors: Myers' bit vectors, 64 rows of a distance table in one step
//! (G. Myers 1999, in blocks as H. Hyyrö 2003). Tells ends only; most texts hold none, and are done with here. The
//! same columns tell how well a text begins with a pattern.

use std::ops::Range;

use super::approximate::{Budget, Spent};

/// Rows in a block.
const ROWS: usize = 64;

/// 64 rows of a column, as the differences between each row and the one above it.
#[derive(Clone, Copy)]
struct Block {
    /// Rows that have one error more.
    more: u64,
    /// Rows that have one error less.
    less: u64,
}

/// What a block's last row gained over the column before.
#[derive(Clone, Copy, PartialEq)]
enum Gain {
    Less,
    Same,
    More,
}

impl Block {
    /// Goes to the next column. `equal`: rows whose pattern character is the column's; `above`: what the row above the
    /// block gained; `last`: the bit of the row whose gain is told.
    fn step(&mut self, equal: u64, above: Gain, last: u64) -> Gain {
        let vertical = equal | self.less;
        let equal = equal | u64::from(above == Gain::Less);
        let horizontal = ((equal & self.more).wrapping_add(self.more) ^ self.more) | equal;
        let more = self.less | !(horizontal | self.more);
        let less = self.more & horizontal;
        let gain = if more & last != 0 {
            Gain::More
        } else if less & last != 0 {
            Gain::Less
        } else {
            Gain::Same
        };
        let more = (more << 1) | u64::from(above == Gain::More);
        let less = (less << 1) | u64::from(above == Gain::Less);
        self.more = less | !(vertical | more);
        self.less = more & vertical;
        gain
    }
}

/// A pattern as its rows: for each of its characters, which have it.
pub(super) struct Rows {
    length: usize,
    alphabet: Vec<char>,
    /// One mask a block for each character of the alphabet, and last for one that the pattern does not have.
    masks: Vec<u64>,
    blocks: usize,
}

impl Rows {
    pub(super) fn of(pattern: &[char]) -> Self {
        let mut alphabet = pattern.to_vec();
        alphabet.sort_unstable();
        alphabet.dedup();
        let blocks = pattern.len().div_ceil(ROWS);
        let mut masks = vec![0; (alphabet.len() + 1) * blocks];
        for (row, c) in pattern.iter().enumerate() {
            let mask = alphabet.binary_search(c).ok().and_then(|at| masks.get_mut(at * blocks + row / ROWS));
            if let Some(mask) = mask {
                *mask |= 1 << (row % ROWS);
            }
        }
        Self { length: pattern.len(), alphabet, masks, blocks }
    }

    fn with(&self, c: char) -> &[u64] {
        let at = self.alphabet.binary_search(&c).unwrap_or(self.alphabet.len());
        self.masks.get(at * self.blocks..).and_then(|masks| masks.get(..self.blocks)).unwrap_or_default()
    }
}

/// A column of the distance table of a pattern, and the errors in its last row.
struct Column<'a> {
    rows: &'a Rows,
    blocks: Vec<Block>,
    last: u64,
    errors: usize,
}

impl<'a> Column<'a> {
    /// The column before the text: all of the pattern is missing.
    fn before(rows: &'a Rows) -> Self {
        let last = 1u64 << (rows.length.saturating_sub(1) % ROWS);
        Self { rows, blocks: vec![Block { more: u64::MAX, less: 0 }; rows.blocks], last, errors: rows.length }
    }

    /// Goes to the next column, that of `c`. `top`: what the row above the first one gains.
    fn step(&mut self, c: char, top: Gain) {
        let mut gain = top;
        let count = self.blocks.len();
        for (n, (block, &equal)) in self.blocks.iter_mut().zip(self.rows.with(c)).enumerate() {
            gain = block.step(equal, gain, if n + 1 == count { self.last } else { 1 << (ROWS - 1) });
        }
        match gain {
            Gain::More => self.errors += 1,
            Gain::Less => self.errors -= 1,
            Gain::Same => {}
        }
    }
}

/// Ranges of `text` in which the pattern ends with at most `most` errors, ends less than `most` apart in one range.
pub(super) fn ends(
    pattern: &[char],
    text: &[char],
    most: usize,
    budget: &mut Budget,
) -> Result<Vec<Range<usize>>, Spent> {
    let rows = Rows::of(pattern);
    let mut column = Column::before(&rows);
    let mut found: Vec<Range<usize>> = Vec::new();
    budget.spend(text.len().saturating_mul(rows.blocks))?;
    for (at, &c) in text.iter().enumerate() {
        // A match may begin anywhere: the row above the first one stays as it is.
        column.step(c, Gain::Same);
        if column.errors <= most {
            match found.last_mut() {
                Some(range) if at + 1 - range.end <= most + 1 => range.end = at + 1,
                _ => found.push(at..at + 1),
            }
        }
    }
    Ok(found)
}

/// How many errors lie between a pattern and the best beginning of a text, the pattern's length at most.
pub(super) fn errors_at_start(
    pattern: &Rows,
    text: impl ExactSizeIterator<Item = char>,
    budget: &mut Budget,
) -> Result<usize, Spent> {
    budget.spend(text.len().saturating_mul(pattern.blocks))?;
    let mut column = Column::before(pattern);
    let mut best = column.errors;
    for c in text {
        // The match begins where the text does: what the row above the first one has is left out.
        column.step(c, Gain::More);
        best = best.min(column.errors);
    }
    Ok(best)
}
