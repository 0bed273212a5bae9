//! All marks of a document, and which of them touch a range.
//!
//! Sorted by where they begin, with a tree over where they end: what touches a range is found in time that grows with
//! what is found, however many nest and cross. Knows no text and no screen. Held by `tests/reader.rs`.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::annotation::Id;
use crate::document::ByteSpan;

/// Marks of a range that are ever looked at; what is beyond them would be paint over paint.
pub const MOST: usize = 4096;

/// Which item of which set a mark belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Owner {
    /// 0 for my own set, the others as the app numbers them.
    pub layer: u16,
    /// The claim or the mention.
    pub id: Id,
}

/// Something to be painted over or under the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// The claim or the mention; for a cue, the claim.
    pub owner: Owner,
    /// What it is.
    pub role: Role,
    /// Where it is: non-empty, ascending, disjoint.
    pub spans: Vec<ByteSpan>,
}

/// What a mark is.
#[derive(Clone, Debug, PartialEq)]
pub enum Role {
    /// A claim's words: an underline and a bracket.
    Claim(Looks),
    /// A source's name: a tint.
    Mention,
    /// A cue: a corner above its first letter.
    Cue,
}

/// How a claim looks.
#[derive(Clone, Debug, PartialEq)]
pub struct Looks {
    /// Its kind's place in the codebook.
    pub kind: usize,
    /// How sure, on the axis in use.
    pub line: LineStyle,
    /// Reliability and credibility ("B2", "B–").
    pub badge: String,
    /// Whether it has a source.
    pub attributed: bool,
}

/// How sure: the style of the underline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineStyle {
    /// Solid.
    High,
    /// Dashes.
    Moderate,
    /// Squares.
    Low,
    /// One thin line.
    #[default]
    Unassessed,
    /// Two thin lines, closed at the ends.
    CannotJudge,
}

impl Mark {
    /// From the first span's start to the last one's end.
    #[must_use]
    pub fn hull(&self) -> ByteSpan {
        match (self.spans.first(), self.spans.last()) {
            (Some(first), Some(last)) => ByteSpan { start: first.start, end: last.end },
            _ => ByteSpan::default(),
        }
    }

    /// How it looks, if it is a claim.
    #[must_use]
    pub fn looks(&self) -> Option<&Looks> {
        match &self.role {
            Role::Claim(looks) => Some(looks),
            Role::Mention | Role::Cue => None,
        }
    }

    /// Whether one of the spans shares a byte with `span`.
    #[must_use]
    pub fn touches(&self, span: ByteSpan) -> bool {
        self.spans.iter().any(|own| own.overlaps(span))
    }
}

/// The next list's stamp.
static NEXT: AtomicU64 = AtomicU64::new(1);

/// Marks, ready to be asked for.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// By start; the longer first.
    sorted: Vec<Entry>,
    /// A complete binary tree: node 1 is the root, node `i` has the children `2i` and `2i + 1`, and the leaves are the
    /// marks in their order. Each node has the greatest end below it.
    ends: Vec<usize>,
    /// Where the marks of each item are; only ever asked for one item.
    hulls: HashMap<Owner, Vec<ByteSpan>>,
    stamp: u64,
}

/// A mark with its hull beside it, so that sorting and searching need not look into each mark.
#[derive(Clone, Debug)]
struct Entry {
    hull: ByteSpan,
    mark: Arc<Mark>,
}

impl Entry {
    fn key(&self) -> (usize, Reverse<usize>) {
        (self.hull.start, Reverse(self.hull.end))
    }
}

impl From<Vec<Mark>> for Marks {
    fn from(marks: Vec<Mark>) -> Self {
        let mut all = Self::default();
        all.change(&BTreeSet::new(), marks);
        all
    }
}

impl Marks {
    /// All marks, by where they begin.
    pub fn all(&self) -> impl ExactSizeIterator<Item = &Mark> {
        self.sorted.iter().map(|entry| &*entry.mark)
    }

    /// A number that differs between any two lists of marks: what was worked out for another number is stale.
    #[must_use]
    pub fn stamp(&self) -> u64 {
        self.stamp
    }

    /// Takes away all marks of `owners` and adds `new` ones: what an edit does, without making 100,000 others again.
    pub fn change(&mut self, owners: &BTreeSet<Owner>, new: Vec<Mark>) {
        let mut gone = BTreeSet::new();
        for owner in owners {
            for hull in self.hulls.remove(owner).unwrap_or_default() {
                let key = (hull.start, Reverse(hull.end));
                let first = self.sorted.partition_point(|entry| entry.key() < key);
                let same = self.sorted.iter().enumerate().skip(first).take_while(|(_, entry)| entry.key() == key);
                gone.extend(same.filter(|(_, entry)| entry.mark.owner == *owner).map(|(place, _)| place));
            }
        }
        let mut place = 0;
        self.sorted.retain(|_| {
            place += 1;
            !gone.contains(&(place - 1))
        });
        for mark in new {
            let hull = mark.hull();
            if !hull.is_empty() {
                self.hulls.entry(mark.owner.clone()).or_default().push(hull);
                self.sorted.push(Entry { hull, mark: Arc::new(mark) });
            }
        }
        self.sorted.sort_by_key(Entry::key);
        self.grow_tree();
        self.stamp = NEXT.fetch_add(1, Ordering::Relaxed);
    }

    fn grow_tree(&mut self) {
        let leaves = self.sorted.len().next_power_of_two();
        self.ends.clear();
        self.ends.resize(2 * leaves, 0);
        for (leaf, entry) in self.ends.iter_mut().skip(leaves).zip(&self.sorted) {
            *leaf = entry.hull.end;
        }
        for node in (1..leaves).rev() {
            let of = |child: usize| self.ends.get(child).copied().unwrap_or(0);
            let greatest = of(2 * node).max(of(2 * node + 1));
            if let Some(slot) = self.ends.get_mut(node) {
                *slot = greatest;
            }
        }
    }

    /// The kind of the first claim that begins in `span`.
    #[must_use]
    pub fn first_kind(&self, span: ByteSpan) -> Option<usize> {
        let first = self.sorted.partition_point(|entry| entry.hull.start < span.start);
        let here = self.sorted.get(first..)?.iter().take_while(|entry| entry.hull.start < span.end);
        here.into_iter().find_map(|entry| entry.mark.looks()).map(|looks| looks.kind)
    }

    /// The marks of which a span touches `span`, by where they begin and the longer first; [`MOST`] at most.
    #[must_use]
    pub fn touching(&self, span: ByteSpan) -> Vec<&Mark> {
        let mut found = Vec::new();
        if span.is_empty() {
            return found;
        }
        let before = self.sorted.partition_point(|entry| entry.hull.start < span.end);
        self.collect(1, 0, self.ends.len() / 2, before, span, &mut found);
        found
    }

    /// Gathers below `node`, which covers the marks from `from` for `width`, of those numbered under `before`.
    fn collect<'a>(
        &'a self,
        node: usize,
        from: usize,
        width: usize,
        before: usize,
        span: ByteSpan,
        found: &mut Vec<&'a Mark>,
    ) {
        let ends_before = self.ends.get(node).is_none_or(|&end| end <= span.start);
        if from >= before || ends_before || found.len() >= MOST {
            return;
        }
        if width <= 1 {
            let touching = self.sorted.get(from).filter(|entry| entry.mark.touches(span));
            found.extend(touching.map(|entry| &*entry.mark));
            return;
        }
        self.collect(2 * node, from, width / 2, before, span, found);
        self.collect(2 * node + 1, from + width / 2, width / 2, before, span, found);
    }
}
