//! Where pieces of many quotes stand in a text: a rolling hash over its folded characters, which walks over the text
//! once to count all pieces and once to find those that are rare enough to tell a place.
//!
//! A hash says where to look, never that something was found: who asks compares the text. Held by
//! `tests/annotation.rs`.

use super::fold::fold;

/// A piece that stands more often than this says little about where a quote belongs.
pub(super) const MOST_HITS: u32 = 16;

/// The multiplier of the rolling hash: odd, with bits all over.
const BASE: u64 = 0x9e37_79b9_7f4a_7c15;

/// How many characters a piece has: long enough to be rare in a text of this many bytes.
pub(super) fn length(bytes: usize) -> usize {
    const MIB: usize = 1 << 20;
    match bytes / MIB {
        0 => 8,
        1..16 => 12,
        _ => 16,
    }
}

/// The hash of a piece.
pub(super) fn hash(piece: &[char]) -> u64 {
    piece.iter().fold(0, |hash, &c| pushed(hash, c))
}

fn pushed(hash: u64, c: char) -> u64 {
    hash.wrapping_mul(BASE).wrapping_add(u64::from(c) + 1)
}

/// How often pieces stand in a text.
#[derive(Debug)]
pub(super) struct Counts {
    wanted: Wanted,
    counts: Vec<u32>,
}

impl Counts {
    /// Counts the pieces of `length` characters that have these hashes.
    pub(super) fn scan(text: &str, length: usize, wanted: Vec<u64>) -> Self {
        let wanted = Wanted::of(wanted);
        let mut counts = vec![0u32; wanted.mixed.len()];
        each_piece(text, length, &wanted, |at, _| {
            if let Some(count) = counts.get_mut(at) {
                *count = count.saturating_add(1);
            }
        });
        Self { wanted, counts }
    }

    /// How often the piece of this hash stands.
    pub(super) fn of(&self, hash: u64) -> u32 {
        self.wanted.index(hash).and_then(|at| self.counts.get(at)).copied().unwrap_or(0)
    }
}

/// Where pieces stand in a text.
#[derive(Debug)]
pub(super) struct Hits {
    wanted: Wanted,
    /// Index of a hash and the byte where the piece begins, in order.
    found: Vec<(u32, usize)>,
}

impl Hits {
    /// Finds the pieces of `length` characters that have these hashes, each of which should be rare.
    pub(super) fn scan(text: &str, length: usize, wanted: Vec<u64>) -> Self {
        let wanted = Wanted::of(wanted);
        let mut found = Vec::new();
        each_piece(text, length, &wanted, |at, start| found.push((at as u32, start)));
        found.sort_unstable();
        Self { wanted, found }
    }

    /// The bytes at which the piece of this hash begins.
    pub(super) fn of(&self, hash: u64) -> impl Iterator<Item = usize> {
        let at = self.wanted.index(hash);
        let from = at.map_or(self.found.len(), |at| self.found.partition_point(|hit| (hit.0 as usize) < at));
        let found = self.found.get(from..).unwrap_or_default();
        found.iter().take_while(move |hit| Some(hit.0 as usize) == at).map(|hit| hit.1)
    }
}

/// Walks over the text; for each piece with one of the `wanted` hashes the hash's index and the byte where the piece
/// begins.
fn each_piece(text: &str, length: usize, wanted: &Wanted, mut found: impl FnMut(usize, usize)) {
    if wanted.mixed.is_empty() {
        return;
    }
    // What the oldest character of a full window has been multiplied by.
    let oldest = (0..length).fold(1u64, |power, _| power.wrapping_mul(BASE));
    let mut window = vec![('\0', 0usize); length];
    let mut hash = 0u64;
    let mut at = 0;
    let mut is_full = false;
    for (c, span) in fold(text, 0) {
        hash = pushed(hash, c);
        if let Some(slot) = window.get_mut(at) {
            if is_full {
                hash = hash.wrapping_sub(oldest.wrapping_mul(u64::from(slot.0) + 1));
            }
            *slot = (c, span.start);
        }
        at += 1;
        if at == length {
            at = 0;
            is_full = true;
        }
        if is_full && let Some(index) = wanted.index(hash) {
            found(index, window.get(at).map_or(0, |oldest| oldest.1));
        }
    }
}

/// Hashes that are looked for. A text that says the same over and over asks for them at nearly every character, so that
/// a search by halves over all of them would be most of the work.
#[derive(Debug)]
struct Wanted {
    /// The hashes with their bits mixed, in order.
    mixed: Vec<u64>,
    /// Where those with the same leading bits begin in `mixed`, and at the end where the last of them end.
    begins: Vec<u32>,
    /// What leaves the leading bits.
    shift: u32,
    sieve: Sieve,
}

impl Wanted {
    fn of(hashes: Vec<u64>) -> Self {
        let mut mixed: Vec<u64> = hashes.into_iter().map(mixed).collect();
        mixed.sort_unstable();
        mixed.dedup();
        // Two or more places a hash, so that most have one to themselves.
        let log = (mixed.len() * 2).next_power_of_two().ilog2().max(1);
        let shift = 64 - log;
        let begin = |leading: u64| mixed.partition_point(|&one| one >> shift < leading) as u32;
        let begins = (0..=1 << log).map(begin).collect();
        Self { begins, shift, sieve: Sieve::of(&mixed), mixed }
    }

    fn index(&self, hash: u64) -> Option<usize> {
        let mixed = mixed(hash);
        if !self.sieve.may_have(mixed) {
            return None;
        }
        let leading = (mixed >> self.shift) as usize;
        let from = *self.begins.get(leading)? as usize;
        let to = *self.begins.get(leading + 1)? as usize;
        self.mixed.get(from..to)?.binary_search(&mixed).ok().map(|at| from + at)
    }
}

/// Different for different hashes, and the leading bits depend on all others.
fn mixed(hash: u64) -> u64 {
    (hash ^ (hash >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9)
}

/// A set of mixed hashes as bits: most of what is not wanted is told by one look.
#[derive(Debug)]
struct Sieve {
    bits: Vec<u64>,
    shift: u32,
}

impl Sieve {
    fn of(mixed: &[u64]) -> Self {
        // Sixteen bits a hash, from 4 KiB to 16 MiB.
        let log = (mixed.len() * 16).next_power_of_two().ilog2().clamp(15, 27);
        let mut sieve = Self { bits: vec![0; 1 << (log - 6)], shift: 64 - log };
        for &one in mixed {
            let (word, bit) = sieve.place(one);
            if let Some(word) = sieve.bits.get_mut(word) {
                *word |= bit;
            }
        }
        sieve
    }

    fn place(&self, mixed: u64) -> (usize, u64) {
        let place = mixed >> self.shift;
        ((place >> 6) as usize, 1 << (place & 63))
    }

    fn may_have(&self, mixed: u64) -> bool {
        let (word, bit) = self.place(mixed);
        self.bits.get(word).is_some_and(|word| word & bit != 0)
    }
}
