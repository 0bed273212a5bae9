//! Paragraphs that were taken out here and put in there, nearly as they were.

use std::collections::{BTreeMap, HashMap};

use super::words::Words;

/// Two are the same paragraph where they share this much of their words in threes (Dice), in hundredths.
const ALIKE: usize = 50;

/// Three words that stand in more paragraphs than this tell nothing of where one went.
const COMMON: usize = 16;

/// In a paragraph of fewer words and signs than this, all must be the same.
const SHORT: usize = 6;

/// Words in threes, as numbers; a short paragraph as a whole.
fn threes(words: &[u32]) -> Vec<Vec<u32>> {
    if words.len() < SHORT {
        return if words.is_empty() { Vec::new() } else { vec![words.to_vec()] };
    }
    words.windows(3).map(<[u32]>::to_vec).collect()
}

/// Pairs of paragraphs, old and new, of those that are `free`; none stands in two. The most alike are paired first.
pub(super) fn moved(
    a: &[u32],
    old: &Words,
    old_free: &[usize],
    b: &[u32],
    new: &Words,
    new_free: &[usize],
) -> Vec<(usize, usize)> {
    let of = |list: &[u32], words: &Words, number: usize| {
        threes(list.get(words.of_paragraphs(&(number..number + 1))).unwrap_or_default())
    };
    let mut places: HashMap<Vec<u32>, Vec<(usize, usize)>> = HashMap::new();
    let mut lengths: HashMap<usize, usize> = HashMap::new();
    for &number in new_free {
        let mut counts: HashMap<Vec<u32>, usize> = HashMap::new();
        let found = of(b, new, number);
        lengths.insert(number, found.len());
        for three in found {
            *counts.entry(three).or_default() += 1;
        }
        for (three, count) in counts {
            places.entry(three).or_default().push((number, count));
        }
    }
    let mut pairs: Vec<(usize, usize, usize)> = Vec::new();
    for &number in old_free {
        let found = of(a, old, number);
        let length = found.len();
        let mut counts: HashMap<Vec<u32>, usize> = HashMap::new();
        for three in found {
            *counts.entry(three).or_default() += 1;
        }
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for (three, count) in counts {
            let Some(places) = places.get(&three).filter(|places| places.len() <= COMMON) else { continue };
            for &(other, others) in places {
                *shared.entry(other).or_default() += count.min(others);
            }
        }
        for (other, shared) in shared {
            let likeness = 200 * shared / (length + lengths.get(&other).copied().unwrap_or_default()).max(1);
            if likeness >= ALIKE {
                pairs.push((likeness, number, other));
            }
        }
    }
    pairs.sort_by(|x, y| y.0.cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let (mut old_taken, mut new_taken) = (vec![false; old.paragraphs()], vec![false; new.paragraphs()]);
    let mut found = Vec::new();
    for (_, o, n) in pairs {
        if let (Some(old_is), Some(new_is)) = (old_taken.get_mut(o), new_taken.get_mut(n))
            && !*old_is
            && !*new_is
        {
            (*old_is, *new_is) = (true, true);
            found.push((o, n));
        }
    }
    found
}
