//! Where pieces of many quotes stand in a text, found in one walk over it: a rolling hash over its folded characters.
//!
//! A hash says where to look, never that something was found: who asks compares the text. What stands too often says
//! nothing and is not listed.

use super::fold::fold;

/// A piece that stands more often than this says nothing about where a quote belongs.
const MOST_HITS: usize = 16;

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

/// Where the wanted pieces stand.
#[derive(Debug, Default)]
pub(super) struct Hits {
    /// The hashes asked for, in order.
    wanted: Vec<u64>,
    /// How often each stands in the text.
    counts: Vec<u32>,
    /// Index of a hash and the byte where the piece begins, in order; at most [`MOST_HITS`] a hash.
    found: Vec<(u32, usize)>,
}

impl Hits {
    /// Walks over `text` once and notes where a piece of `length` characters has one of the `wanted` hashes.
    pub(super) fn scan(text: &str, length: usize, mut wanted: Vec<u64>) -> Self {
        wanted.sort_unstable();
        wanted.dedup();
        let mut hits = Self { counts: vec![0; wanted.len()], wanted, found: Vec::new() };
        if hits.wanted.is_empty() {
            return hits;
        }
        let sieve = Sieve::new(&hits.wanted);
        // What the oldest character of a full window has been multiplied by.
        let oldest = (0..length).fold(1u64, |power, _| power.wrapping_mul(BASE));
        let mut window = vec![('\0', 0usize); length];
        let mut hash = 0u64;
        for (count, (c, span)) in fold(text, 0).enumerate() {
            let Some(slot) = window.get_mut(count % length) else { break };
            hash = pushed(hash, c);
            if count >= length {
                hash = hash.wrapping_sub(oldest.wrapping_mul(u64::from(slot.0) + 1));
            }
            *slot = (c, span.start);
            if count + 1 >= length && sieve.may_have(hash) {
                let start = window.get((count + 1) % length).map_or(0, |oldest| oldest.1);
                hits.note(hash, start);
            }
        }
        hits.found.sort_unstable();
        hits
    }

    fn note(&mut self, hash: u64, start: usize) {
        if let Ok(at) = self.wanted.binary_search(&hash)
            && let Some(count) = self.counts.get_mut(at)
        {
            *count += 1;
            if *count as usize <= MOST_HITS {
                self.found.push((at as u32, start));
            }
        }
    }

    /// The bytes at which the piece of this hash begins; `None` where there are too many to say anything.
    pub(super) fn of(&self, hash: u64) -> Option<impl Iterator<Item = usize>> {
        let at = self.wanted.binary_search(&hash).ok()?;
        if self.counts.get(at).is_none_or(|&count| count as usize > MOST_HITS) {
            return None;
        }
        let from = self.found.partition_point(|hit| (hit.0 as usize) < at);
        let found = self.found.get(from..).unwrap_or_default();
        Some(found.iter().take_while(move |hit| hit.0 as usize == at).map(|hit| hit.1))
    }
}

/// A set of hashes as bits: most of what is not wanted is told by one look.
struct Sieve {
    bits: Vec<u64>,
    shift: u32,
}

impl Sieve {
    fn new(hashes: &[u64]) -> Self {
        // Sixteen bits a hash, from 4 KiB to 16 MiB.
        let log = (hashes.len() * 16).next_power_of_two().ilog2().clamp(15, 27);
        let mut sieve = Self { bits: vec![0; 1 << (log - 6)], shift: 64 - log };
        for &hash in hashes {
            let (word, bit) = sieve.place(hash);
            if let Some(word) = sieve.bits.get_mut(word) {
                *word |= bit;
            }
        }
        sieve
    }

    fn place(&self, hash: u64) -> (usize, u64) {
        let mixed = (hash ^ (hash >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> self.shift;
        ((mixed >> 6) as usize, 1 << (mixed & 63))
    }

    fn may_have(&self, hash: u64) -> bool {
        let (word, bit) = self.place(hash);
        self.bits.get(word).is_some_and(|word| word & bit != 0)
    }
}
