//! Which claims of two sets are the same claim, and in what the two annotators differ.
//!
//! The one matching for lanes, figures and comparison: claims that share text go together so that the sum of their
//! overlaps is greatest (an assignment, not a greedy choice). Works on ranges in one text; whoever calls places the
//! anchors.

use std::collections::{BTreeMap, BTreeSet};

use super::assign::assign;
use crate::annotation::{AnnotationSet, Claim, Id, Index};
use crate::document::ByteSpan;

/// One annotator's set over the text.
#[derive(Clone, Copy)]
pub struct Side<'a> {
    /// The set.
    pub set: &'a AnnotationSet,
    /// Its links.
    pub index: &'a Index,
    /// Where each claim is: ascending, disjoint spans; a claim without a place is left out.
    pub places: &'a BTreeMap<Id, Vec<ByteSpan>>,
}

/// How two sets go together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alignment {
    /// Each claim of either set once, in the order of the text.
    pub pairs: Vec<Pair>,
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
    /// The byte where it begins.
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

/// In what two marks of the same claim can differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// The words marked.
    Extent,
    /// The kind.
    Kind,
    /// Who says it: the names along the chain.
    Source,
    /// The credibility term.
    Credibility,
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

/// Groups of claims that overlap are assigned exactly up to this many on a side; in a larger one (marks over marks by
/// the hundred) each goes with the best of its neighbours in the text.
const EXACT: usize = 64;

/// Compares two sets.
#[must_use]
pub fn align(mine: Side, theirs: Side) -> Alignment {
    let own = sorted(mine);
    let other = sorted(theirs);
    let mut pairs = Vec::new();
    for (left, right) in groups(&own, &other) {
        for (m, t) in matched(&left, &right, mine, theirs) {
            let start = m.or(t).map_or(0, |(_, spans)| hull(spans).start);
            let (verdict, differs) = match (m, t) {
                (Some(m), Some(t)) => match differences(mine, m, theirs, t) {
                    differs if differs.is_empty() => (Verdict::Agree, differs),
                    differs => (Verdict::Differ, differs),
                },
                (Some(_), None) => (Verdict::OnlyMine, Vec::new()),
                (None, _) => (Verdict::OnlyTheirs, Vec::new()),
            };
            let id = |side: Option<Placed>| side.map(|(id, _)| id.clone());
            pairs.push(Pair { mine: id(m), theirs: id(t), verdict, differs, start });
        }
    }
    pairs.sort_by(|a, b| (a.start, &a.mine, &a.theirs).cmp(&(b.start, &b.mine, &b.theirs)));
    Alignment { pairs }
}

/// A claim and its place.
type Placed<'a> = (&'a Id, &'a [ByteSpan]);

/// The placed claims by where they begin.
fn sorted(side: Side<'_>) -> Vec<Placed<'_>> {
    let placed = side.places.iter().filter(|(id, spans)| !spans.is_empty() && side.set.claims.contains_key(*id));
    let mut list: Vec<Placed> = placed.map(|(id, spans)| (id, spans.as_slice())).collect();
    list.sort_by_key(|(id, spans)| (hull(spans), *id));
    list
}

fn hull(spans: &[ByteSpan]) -> ByteSpan {
    ByteSpan { start: spans.first().map_or(0, |span| span.start), end: spans.last().map_or(0, |span| span.end) }
}

/// Groups of claims whose hulls overlap, directly or through others: one walk over both lists.
fn groups<'a>(own: &[Placed<'a>], other: &[Placed<'a>]) -> Vec<(Vec<Placed<'a>>, Vec<Placed<'a>>)> {
    let mine = own.iter().map(|&placed| (true, placed));
    let mut all: Vec<(bool, Placed)> = mine.chain(other.iter().map(|&placed| (false, placed))).collect();
    all.sort_by_key(|(_, (_, spans))| hull(spans));
    let mut groups: Vec<(Vec<Placed>, Vec<Placed>)> = Vec::new();
    let mut end = 0;
    for (is_mine, placed) in all {
        let span = hull(placed.1);
        if span.start >= end {
            groups.push((Vec::new(), Vec::new()));
        }
        end = end.max(span.end);
        if let Some((left, right)) = groups.last_mut() {
            if is_mine { left.push(placed) } else { right.push(placed) }
        }
    }
    groups
}

/// The pairs of one group.
fn matched<'a>(
    left: &[Placed<'a>],
    right: &[Placed<'a>],
    mine: Side<'a>,
    theirs: Side<'a>,
) -> Vec<(Option<Placed<'a>>, Option<Placed<'a>>)> {
    let kind = |side: Side<'a>, id: &Id| side.set.claims.get(id).and_then(|claim| claim.kind.as_deref());
    let weight = |m: &Placed, t: &Placed| {
        let likeness = overlap(m.1, t.1);
        // Of two that overlap alike, the one of the same kind.
        if likeness > 0 && kind(mine, m.0) == kind(theirs, t.0) { likeness + 1 } else { likeness }
    };
    let found = if left.len() <= EXACT && right.len() <= EXACT {
        let weights: Vec<Vec<i64>> = left.iter().map(|m| right.iter().map(|t| weight(m, t)).collect()).collect();
        assign(&weights)
    } else {
        along_the_text(left, right, weight)
    };
    let taken: BTreeSet<usize> = found.iter().flatten().copied().collect();
    let with_mine = left.iter().zip(found).map(|(m, t)| (Some(*m), t.and_then(|t| right.get(t).copied())));
    let alone = right.iter().enumerate().filter(|(t, _)| !taken.contains(t)).map(|(_, t)| (None, Some(*t)));
    with_mine.chain(alone).collect()
}

/// For groups too large to assign exactly: each takes the best of the [`EXACT`] nearest that are free.
fn along_the_text(left: &[Placed], right: &[Placed], weight: impl Fn(&Placed, &Placed) -> i64) -> Vec<Option<usize>> {
    let mut free: BTreeSet<usize> = (0..right.len()).collect();
    let mut take_best = |m: &Placed| {
        let around = right.partition_point(|t| hull(t.1).start < hull(m.1).start);
        let near = free.range(..around).rev().take(EXACT / 2).chain(free.range(around..).take(EXACT / 2));
        let weighed = near.filter_map(|&t| Some((weight(m, right.get(t)?), t)));
        let (_, best) = weighed.filter(|&(weight, _)| weight > 0).max()?;
        free.remove(&best);
        Some(best)
    };
    left.iter().map(&mut take_best).collect()
}

/// Twice what two claims share over what they cover (Dice), in steps of a thousandth, doubled to leave room for ties.
fn overlap(a: &[ByteSpan], b: &[ByteSpan]) -> i64 {
    let mut shared = 0;
    let (mut i, mut j) = (0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        shared += x.end.min(y.end).saturating_sub(x.start.max(y.start));
        if x.end < y.end { i += 1 } else { j += 1 }
    }
    let covered: usize = a.iter().chain(b).map(|span| span.len()).sum();
    let thousandths = (2000 * shared as u64 / (covered as u64).max(1)) as i64;
    if shared > 0 { 2 * thousandths.max(1) } else { 0 }
}

fn differences(mine: Side, m: Placed, theirs: Side, t: Placed) -> Vec<Facet> {
    let (Some(a), Some(b)) = (mine.set.claims.get(m.0), theirs.set.claims.get(t.0)) else { return Vec::new() };
    let compared = [
        (Facet::Extent, m.1 == t.1),
        (Facet::Kind, a.kind == b.kind),
        (Facet::Source, voices(mine.set, a) == voices(theirs.set, b)),
        (Facet::Credibility, credibility(mine, m.0) == credibility(theirs, t.0)),
    ];
    compared.into_iter().filter(|(_, alike)| !alike).map(|(facet, _)| facet).collect()
}

/// Who says it, by name and without case; the writer is the same voice whether written or understood.
fn voices(set: &AnnotationSet, claim: &Claim) -> Option<Vec<Vec<String>>> {
    claim.said.as_ref()?;
    let chain = set.chain(claim).into_iter().filter(|names| !names.is_empty());
    Some(chain.map(|names| names.into_iter().map(|name| name.to_lowercase()).collect()).collect())
}

fn credibility(side: Side, claim: &Id) -> Option<(String, Option<String>)> {
    let (_, assessment) = side.index.current(side.set, claim, "credibility")?;
    Some((assessment.scale.clone(), assessment.term.clone()))
}
