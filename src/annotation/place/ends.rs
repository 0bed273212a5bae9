//! Where a pattern ends in a text with few enough errors: Myers' bit vectors, 64 rows of a distance table in one step
//! (G. Myers 1999, in blocks as H. Hyyrö 2003). Tells ends only; most texts hold none, and are done with here.

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

/// For each character of a pattern, the rows that have it.
struct Rows {
    alphabet: Vec<char>,
    /// One mask a block, for each character of the alphabet.
    masks: Vec<Vec<u64>>,
    none: Vec<u64>,
}

impl Rows {
    fn of(pattern: &[char]) -> Self {
        let mut alphabet = pattern.to_vec();
        alphabet.sort_unstable();
        alphabet.dedup();
        let none = vec![0; pattern.len().div_ceil(ROWS)];
        let mut masks = vec![none.clone(); alphabet.len()];
        for (row, c) in pattern.iter().enumerate() {
            let masks = alphabet.binary_search(c).ok().and_then(|at| masks.get_mut(at));
            if let Some(mask) = masks.and_then(|masks| masks.get_mut(row / ROWS)) {
                *mask |= 1 << (row % ROWS);
            }
        }
        Self { alphabet, masks, none }
    }

    fn with(&self, c: char) -> &[u64] {
        let masks = self.alphabet.binary_search(&c).ok().and_then(|at| self.masks.get(at));
        masks.unwrap_or(&self.none)
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
    let mut blocks = vec![Block { more: u64::MAX, less: 0 }; rows.none.len()];
    let last = 1u64 << (pattern.len().saturating_sub(1) % ROWS);
    let mut errors = pattern.len();
    let mut found: Vec<Range<usize>> = Vec::new();
    budget.spend(text.len().saturating_mul(blocks.len()))?;
    for (at, &c) in text.iter().enumerate() {
        // A match may begin anywhere: the row above the first one stays as it is.
        let mut gain = Gain::Same;
        let count = blocks.len();
        for (n, (block, &equal)) in blocks.iter_mut().zip(rows.with(c)).enumerate() {
            gain = block.step(equal, gain, if n + 1 == count { last } else { 1 << (ROWS - 1) });
        }
        match gain {
            Gain::More => errors += 1,
            Gain::Less => errors -= 1,
            Gain::Same => {}
        }
        if errors <= most {
            match found.last_mut() {
                Some(range) if at + 1 - range.end <= most + 1 => range.end = at + 1,
                _ => found.push(at..at + 1),
            }
        }
    }
    Ok(found)
}
