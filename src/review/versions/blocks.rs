//! Which paragraphs of two versions go together, and which of their words are the same.

use std::collections::BTreeMap;
use std::ops::Range;

use imara_diff::{Algorithm, Diff, InternedInput};

use super::Version;
use super::moved::moved;
use super::words::{Words, numbered};

/// Paragraphs that go together.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Block {
    pub old: Range<usize>,
    pub new: Range<usize>,
    pub is_moved: bool,
}

/// Which paragraphs go together, and where each word is in the other version.
#[derive(Clone, Debug, Default)]
pub(super) struct Alignment {
    /// In the order of one version. None share a paragraph.
    pub blocks: Vec<Block>,
    /// For each word of the old version the same one of the new.
    pub to_new: Vec<Option<usize>>,
    /// For each word of the new version the same one of the old.
    pub to_old: Vec<Option<usize>>,
    /// For each paragraph of the old version its block.
    old_block: Vec<Option<usize>>,
    /// For each paragraph of the new version its block.
    new_block: Vec<Option<usize>>,
}

/// Two paragraphs go together where they share this much of the words of the shorter one, in hundredths.
const SHARED: usize = 40;

/// Words that stand alone between others may be the same by chance: so many in a row count.
const RUN: usize = 2;

impl Alignment {
    pub(super) fn of(old: &Version, old_words: &Words, new: &Version, new_words: &Words) -> Self {
        let (a, b) = numbered(old, old_words, new, new_words);
        let matches = same(&a, &b, 0, 0);
        let mut blocks = together(&matches, old_words, new_words);
        let (old_block, new_block) = owners(&blocks, old_words, new_words);
        let is_free = |owner: &[Option<usize>], number: usize| owner.get(number).copied().flatten().is_none();
        let old_free: Vec<usize> = (0..old_words.paragraphs()).filter(|&n| is_free(&old_block, n)).collect();
        let new_free: Vec<usize> = (0..new_words.paragraphs()).filter(|&n| is_free(&new_block, n)).collect();
        let mut kept: Vec<(usize, usize)> = matches;
        kept.retain(|&(o, n)| {
            let block = |owner: &[Option<usize>], words: &Words, at: usize| {
                words.paragraph.get(at).and_then(|&paragraph| owner.get(paragraph).copied().flatten())
            };
            let own = block(&old_block, old_words, o);
            own.is_some() && own == block(&new_block, new_words, n)
        });
        for (o, n) in moved(&a, old_words, &old_free, &b, new_words, &new_free) {
            let (from, to) = (old_words.of_paragraphs(&(o..o + 1)), new_words.of_paragraphs(&(n..n + 1)));
            let part = |list: &[u32], range: &Range<usize>| list.get(range.clone()).unwrap_or_default().to_vec();
            kept.extend(same(&part(&a, &from), &part(&b, &to), from.start, to.start));
            blocks.push(Block { old: o..o + 1, new: n..n + 1, is_moved: false });
        }
        blocks.sort_by_key(|block| block.old.start);
        tell_moved(&mut blocks, old_words, new_words);
        let (old_block, new_block) = owners(&blocks, old_words, new_words);
        let mut to_new = vec![None; a.len()];
        let mut to_old = vec![None; b.len()];
        for (o, n) in kept {
            if let (Some(o_place), Some(n_place)) = (to_new.get_mut(o), to_old.get_mut(n)) {
                (*o_place, *n_place) = (Some(n), Some(o));
            }
        }
        let mut alignment = Self { blocks, to_new, to_old, old_block, new_block };
        alignment.spread(&a, old_words, &b, new_words);
        alignment
    }

    /// Joins what is the same beside words that are the same: what had been taken for another paragraph's.
    fn spread(&mut self, a: &[u32], old: &Words, b: &[u32], new: &Words) {
        let block = |owner: &[Option<usize>], words: &Words, at: usize| {
            words.paragraph.get(at).and_then(|&paragraph| owner.get(paragraph).copied().flatten())
        };
        for step in [1, -1] {
            let order: Vec<usize> = if step > 0 { (0..a.len()).collect() } else { (0..a.len()).rev().collect() };
            for o in order {
                let Some(n) = self.to_new.get(o).copied().flatten() else { continue };
                let beside = (o.checked_add_signed(step), n.checked_add_signed(step));
                let (Some(o), Some(n)) = beside else { continue };
                let is_same = a.get(o).is_some_and(|word| b.get(n) == Some(word));
                if is_same
                    && block(&self.old_block, old, o).is_some_and(|own| block(&self.new_block, new, n) == Some(own))
                    && let (Some(o_place @ None), Some(n_place @ None)) =
                        (self.to_new.get_mut(o), self.to_old.get_mut(n))
                {
                    (*o_place, *n_place) = (Some(n), Some(o));
                }
            }
        }
    }

    /// The same, old and new having changed their names.
    pub(super) fn swapped(self) -> Self {
        let swap = |block: Block| Block { old: block.new, new: block.old, is_moved: block.is_moved };
        Self {
            blocks: self.blocks.into_iter().map(swap).collect(),
            to_new: self.to_old,
            to_old: self.to_new,
            old_block: self.new_block,
            new_block: self.old_block,
        }
    }

    /// The block of an old paragraph.
    pub(super) fn block_of_old(&self, paragraph: usize) -> Option<&Block> {
        self.blocks.get(self.old_block.get(paragraph).copied().flatten()?)
    }

    /// Old paragraphs that go with none.
    pub(super) fn alone_in_old(&self) -> Vec<usize> {
        alone(&self.old_block)
    }

    /// New paragraphs that go with none.
    pub(super) fn alone_in_new(&self) -> Vec<usize> {
        alone(&self.new_block)
    }
}

/// Tells which blocks moved: all but those that, in the same order in both versions, hold the most words. `blocks` are
/// in the order of the old version. Costs by their number, times its logarithm.
fn tell_moved(blocks: &mut [Block], old: &Words, new: &Words) {
    // The best sum of a row that ends before a place of the new version, and the block with which it ends.
    let mut best: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(blocks.len());
    for (at, block) in blocks.iter().enumerate() {
        let weight = old.count(old.of_paragraphs(&block.old)) + new.count(new.of_paragraphs(&block.new)) + 1;
        let (sum, last) = match best.range(..block.new.start).next_back() {
            Some((_, &(sum, last))) => (sum, Some(last)),
            None => (0, None),
        };
        before.push(last);
        let sum = sum + weight;
        // Sums ascend with the place: one that is no better than an earlier one is of no use.
        if best.range(..=block.new.start).next_back().is_none_or(|(_, &(other, _))| other < sum) {
            while let Some((&place, &(other, _))) = best.range(block.new.start..).next()
                && other <= sum
            {
                best.remove(&place);
            }
            best.insert(block.new.start, (sum, at));
        }
    }
    let mut stays = vec![false; blocks.len()];
    let mut next = best.last_key_value().map(|(_, &(_, last))| last);
    while let Some(at) = next {
        if let Some(stays) = stays.get_mut(at) {
            *stays = true;
        }
        next = before.get(at).copied().flatten();
    }
    for (block, stays) in blocks.iter_mut().zip(stays) {
        block.is_moved = !stays;
    }
}

fn alone(owner: &[Option<usize>]) -> Vec<usize> {
    owner.iter().enumerate().filter(|(_, block)| block.is_none()).map(|(number, _)| number).collect()
}

/// For each paragraph its block.
fn owners(blocks: &[Block], old: &Words, new: &Words) -> (Vec<Option<usize>>, Vec<Option<usize>>) {
    let mut of_old = vec![None; old.paragraphs()];
    let mut of_new = vec![None; new.paragraphs()];
    for (at, block) in blocks.iter().enumerate() {
        of_old.get_mut(block.old.clone()).unwrap_or_default().fill(Some(at));
        of_new.get_mut(block.new.clone()).unwrap_or_default().fill(Some(at));
    }
    (of_old, of_new)
}

/// Pairs of the same words, both ascending, so that many are paired; counted from `old_from` and `new_from`.
fn same(old: &[u32], new: &[u32], old_from: usize, new_from: usize) -> Vec<(usize, usize)> {
    let mut input = InternedInput::default();
    input.update_before(old.iter().copied());
    input.update_after(new.iter().copied());
    let diff = Diff::compute(Algorithm::Histogram, &input);
    let removed = (0..old.len()).filter(|&at| !diff.is_removed(at as u32));
    let added = (0..new.len()).filter(|&at| !diff.is_added(at as u32));
    removed.zip(added).map(|(o, n)| (o + old_from, n + new_from)).collect()
}

/// The blocks of paragraphs that share enough, in the order of both texts.
fn together(matches: &[(usize, usize)], old: &Words, new: &Words) -> Vec<Block> {
    let paragraph = |words: &Words, at: usize| words.paragraph.get(at).copied().unwrap_or_default();
    // How many words each two share, those in rows.
    let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut run = 0..0;
    let mut note = |run: &Range<usize>| {
        let Some(&(o, n)) = matches.get(run.start) else { return };
        let pair = (paragraph(old, o), paragraph(new, n));
        let words = old.count(o..o + run.len());
        let whole = old.count(old.of_paragraphs(&(pair.0..pair.0 + 1)));
        // Signs alone count where there is nothing else.
        let is_whole = words == whole;
        if run.len() >= RUN || is_whole {
            *shared.entry(pair).or_default() += words.max(usize::from(whole == 0));
        }
    };
    for (at, &(o, n)) in matches.iter().enumerate() {
        let goes_on = at > 0
            && matches.get(at - 1).is_some_and(|&(before_o, before_n)| {
                (before_o + 1, before_n + 1) == (o, n)
                    && paragraph(old, before_o) == paragraph(old, o)
                    && paragraph(new, before_n) == paragraph(new, n)
            });
        if !goes_on {
            note(&run);
            run = at..at;
        }
        run.end = at + 1;
    }
    note(&run);
    let mut blocks: Vec<Block> = Vec::new();
    for ((o, n), words) in shared {
        let length = |words: &Words, number: usize| words.count(words.of_paragraphs(&(number..number + 1)));
        let shorter = length(old, o).min(length(new, n));
        if words * 100 < shorter * SHARED {
            continue;
        }
        match blocks.last_mut() {
            // The words ascend in both, and so do the pairs: who shares a paragraph stands beside.
            Some(last) if last.old.end > o || last.new.end > n => {
                last.old.end = last.old.end.max(o + 1);
                last.new.end = last.new.end.max(n + 1);
            }
            _ => blocks.push(Block { old: o..o + 1, new: n..n + 1, is_moved: false }),
        }
    }
    blocks
}
