//! Which claims of two sets are the same claim, and in what the two annotators differ.
//!
//! The one matching for lanes, figures and comparison. Claims on the very same words go together before all else; the
//! rest so that the sum of their overlaps is greatest (an assignment, not a greedy choice). Each claim is in one pair
//! at most: of several small claims under a large one, the one that shares most goes with it, the others stand alone.
//! The two sides may change places: what comes out is the same, mirrored. Works on ranges in one text; whoever calls
//! places the anchors ([`Places`]).

use std::collections::{BTreeMap, BTreeSet};

use super::assign::{Edge, assign, heaviest_first};
use super::facets::{Facet, Voices, differences};
use super::places::{Places, hull};
use crate::annotation::{AnnotationSet, Claim, Id, Index};
use crate::document::ByteSpan;

/// One annotator's set over the text.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// The set.
    pub set: &'a AnnotationSet,
    /// Its links.
    pub index: &'a Index,
    /// Where its claims and cues are; a claim without a place is left out.
    pub places: &'a Places,
}

/// How two sets go together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alignment {
    /// Each claim of either set once, in the order of the text.
    pub pairs: Vec<Pair>,
    /// How many claims stand in heaps so dense that the heaviest pairs were taken first: theirs is a good assignment, not
    /// surely the best one. 0 in any text that people annotate.
    pub approximate: usize,
}

/// A claim of both sets, or of one of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Mine.
    pub mine: Option<Id>,
    /// Theirs.
    pub theirs: Option<Id>,
    /// Agreed, differing, or marked by one only.
    pub verdict: Verdict,
    /// In what the two differ; empty unless they differ.
    pub differs: Vec<Facet>,
    /// The byte where it begins: where mine does, where there is one.
    pub start: usize,
}

/// What came of a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Marked by both, alike in everything compared.
    Agree,
    /// Marked by both, not alike.
    Differ,
    /// Marked by me only.
    OnlyMine,
    /// Marked by them only.
    OnlyTheirs,
}

impl Alignment {
    /// How many claims both have marked.
    #[must_use]
    pub fn both(&self) -> usize {
        self.pairs.iter().filter(|pair| pair.mine.is_some() && pair.theirs.is_some()).count()
    }

    /// On how many of those both agree in everything.
    #[must_use]
    pub fn agreed(&self) -> usize {
        self.pairs.iter().filter(|pair| pair.verdict == Verdict::Agree).count()
    }
}

/// A heap of claims that overlap has all its pairs weighed while these are at most so many …
const PAIRS: usize = 1 << 16;
/// … and so many more for each of its claims. Beyond, each claim is weighed with so many of its neighbours in the text.
const NEIGHBOURS: usize = 32;
/// The best assignment of a heap may take so many steps, and so many more for each of its claims.
const STEPS: usize = 1 << 20;
const STEPS_OF_EACH: usize = 256;

/// Compares two sets. Costs by the number of claims times its logarithm where claims overlap a few others, as in a
/// text; a bounded amount a claim where they lie in heaps ([`Alignment::approximate`]).
#[must_use]
pub fn align(mine: Side, theirs: Side) -> Alignment {
    let (own, other) = (marks(mine), marks(theirs));
    let mut alignment = Alignment::default();
    for (left, right) in heaps(&own, &other) {
        let (found, is_best) = matched(left, right);
        if !is_best {
            alignment.approximate += left.len() + right.len();
        }
        let taken: BTreeSet<usize> = found.iter().flatten().copied().collect();
        let with_mine = left.iter().zip(found).map(|(m, t)| (Some(m), t.and_then(|t| right.get(t))));
        let alone = right.iter().enumerate().filter(|(t, _)| !taken.contains(t)).map(|(_, t)| (None, Some(t)));
        for (m, t) in with_mine.chain(alone) {
            let start = m.or(t).map_or(0, |mark| mark.hull.start);
            let (verdict, differs) = match (m, t) {
                (Some(m), Some(t)) => match differences(mine, m, theirs, t) {
                    differs if differs.is_empty() => (Verdict::Agree, differs),
                    differs => (Verdict::Differ, differs),
                },
                (Some(_), None) => (Verdict::OnlyMine, Vec::new()),
                (None, _) => (Verdict::OnlyTheirs, Vec::new()),
            };
            let id = |mark: Option<&Mark>| mark.map(|mark| mark.id.clone());
            alignment.pairs.push(Pair { mine: id(m), theirs: id(t), verdict, differs, start });
        }
    }
    alignment.pairs.sort_by(|a, b| (a.start, &a.mine, &a.theirs).cmp(&(b.start, &b.mine, &b.theirs)));
    alignment
}

/// A claim at its place.
pub(super) struct Mark<'a> {
    pub(super) id: &'a Id,
    pub(super) claim: &'a Claim,
    pub(super) spans: &'a [ByteSpan],
    pub(super) voices: Voices<'a>,
    hull: ByteSpan,
}

impl Mark<'_> {
    /// By what claims are put in order, on whichever side they are.
    fn key(&self) -> (ByteSpan, &[ByteSpan], &Id, Option<&str>, &Voices<'_>) {
        (self.hull, self.spans, self.id, self.claim.kind.as_deref(), &self.voices)
    }
}

/// The placed claims by where they begin.
fn marks(side: Side<'_>) -> Vec<Mark<'_>> {
    let mut names = BTreeMap::new();
    let placed = side.places.claims.iter().filter(|(_, spans)| !spans.is_empty());
    let mut list: Vec<Mark> = placed
        .filter_map(|(id, spans)| {
            let claim = side.set.claims.get(id)?;
            Some(Mark { id, claim, spans, voices: Voices::of(side.set, claim, &mut names), hull: hull(spans) })
        })
        .collect();
    list.sort_by(|a, b| (a.hull, a.id).cmp(&(b.hull, b.id)));
    list
}

/// Heaps of claims whose hulls overlap, directly or through others: runs of both lists, each claim in one.
fn heaps<'a, 'm>(own: &'m [Mark<'a>], other: &'m [Mark<'a>]) -> Vec<(&'m [Mark<'a>], &'m [Mark<'a>])> {
    let mut heaps = Vec::new();
    let (mut left, mut right) = (own, other);
    while let Some(start) = [left, right].iter().filter_map(|list| Some(list.first()?.hull.start)).min() {
        let (mut m, mut t, mut end) = (0, 0, start + 1);
        loop {
            let before = (m, t);
            for (list, count) in [(left, &mut m), (right, &mut t)] {
                while let Some(mark) = list.get(*count).filter(|mark| mark.hull.start < end) {
                    end = end.max(mark.hull.end);
                    *count += 1;
                }
            }
            if before == (m, t) {
                break;
            }
        }
        let ((own, left_over), (other, right_over)) = (left.split_at(m), right.split_at(t));
        heaps.push((own, other));
        (left, right) = (left_over, right_over);
    }
    heaps
}

/// For each mark at the left the one at the right that it goes with, and whether no other way is better.
fn matched(left: &[Mark], right: &[Mark]) -> (Vec<Option<usize>>, bool) {
    if left.is_empty() || right.is_empty() {
        return (vec![None; left.len()], true);
    }
    // Of several ways that are as good one is taken: the same one, whichever side is asked first.
    if left.iter().map(Mark::key).gt(right.iter().map(Mark::key)) {
        let (found, is_best) = matched_in_order(right, left);
        let mut mirrored = vec![None; left.len()];
        for (t, m) in found.into_iter().enumerate() {
            if let Some(slot) = m.and_then(|m| mirrored.get_mut(m)) {
                *slot = Some(t);
            }
        }
        return (mirrored, is_best);
    }
    matched_in_order(left, right)
}

fn matched_in_order(left: &[Mark], right: &[Mark]) -> (Vec<Option<usize>>, bool) {
    let count = left.len() + right.len();
    let (pairs, are_all) = match overlapping(left, right, PAIRS + NEIGHBOURS * count) {
        Some(pairs) => (pairs, true),
        None => (neighbours(left, right), false),
    };
    // What decides between ways of equal overlap never outweighs the least overlap.
    let finer = (left.len().min(right.len()) as i64) * MOST_ALIKE + 1;
    let weighed = pairs.into_iter().filter_map(|(row, column)| {
        let (m, t) = (left.get(row)?, right.get(column)?);
        let overlap = overlap(m.spans, t.spans);
        (overlap > 0).then(|| Edge { row, column, weight: overlap * finer + alike(m, t) })
    });
    let edges: Vec<Edge> = weighed.collect();
    match assign(left.len(), right.len(), &edges, STEPS + STEPS_OF_EACH * count) {
        Some(found) => (found, are_all),
        None => (heaviest_first(left.len(), right.len(), &edges), false),
    }
}

/// All pairs whose hulls overlap; `None` where there are more than `most`.
fn overlapping(left: &[Mark], right: &[Mark], most: usize) -> Option<Vec<(usize, usize)>> {
    let mut pairs = Vec::new();
    // What was passed and may reach further, on each side.
    let (mut open_left, mut open_right): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    let (mut m, mut t) = (0, 0);
    let reaches = |list: &[Mark], at: usize, start: usize| list.get(at).is_some_and(|mark| mark.hull.end > start);
    while m < left.len() || t < right.len() {
        let (a, b) = (left.get(m).map(|mark| mark.hull.start), right.get(t).map(|mark| mark.hull.start));
        match (a, b) {
            (Some(start), b) if b.is_none_or(|other| start <= other) => {
                open_right.retain(|&at| reaches(right, at, start));
                pairs.extend(open_right.iter().map(|&at| (m, at)));
                open_left.push(m);
                m += 1;
            }
            (_, Some(start)) => {
                open_left.retain(|&at| reaches(left, at, start));
                pairs.extend(open_left.iter().map(|&at| (at, t)));
                open_right.push(t);
                t += 1;
            }
            _ => break,
        }
        if pairs.len() > most {
            return None;
        }
    }
    Some(pairs)
}

/// Each mark with its nearest of the other side, by where they begin and end.
fn neighbours(left: &[Mark], right: &[Mark]) -> Vec<(usize, usize)> {
    let around = |list: &[Mark], mark: &Mark| {
        let middle = list.partition_point(|other| other.hull < mark.hull);
        middle.saturating_sub(NEIGHBOURS / 4)..list.len().min(middle + NEIGHBOURS / 4)
    };
    let of_left = left.iter().enumerate().flat_map(|(m, mark)| around(right, mark).map(move |t| (m, t)));
    let of_right = right.iter().enumerate().flat_map(|(t, mark)| around(left, mark).map(move |m| (m, t)));
    let mut pairs: Vec<(usize, usize)> = of_left.chain(of_right).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Twice what two claims share over what they cover (Dice 1945), in millionths; twice that where they are the very same
/// words, which no two partial overlaps outweigh.
fn overlap(a: &[ByteSpan], b: &[ByteSpan]) -> i64 {
    const WHOLE: u64 = 1_000_000;
    if a == b {
        return 2 * WHOLE as i64;
    }
    let mut shared = 0;
    let (mut i, mut j) = (0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        shared += x.end.min(y.end).saturating_sub(x.start.max(y.start));
        if x.end < y.end { i += 1 } else { j += 1 }
    }
    let covered: usize = a.iter().chain(b).map(|span| span.len()).sum();
    let share = (2 * WHOLE * shared as u64 / (covered as u64).max(1)) as i64;
    if shared > 0 { share.max(1) } else { 0 }
}

/// What [`alike`] gives at most.
const MOST_ALIKE: i64 = 5;

/// How much two marks are alike but for their place: the very same claim, its kind, who says it.
fn alike(m: &Mark, t: &Mark) -> i64 {
    3 * i64::from(m.id == t.id) + i64::from(m.claim.kind == t.claim.kind) + i64::from(m.voices.are_those(&t.voices))
}
