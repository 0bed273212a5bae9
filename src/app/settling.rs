//! Two sets of a release side by side: which, how they go together, what of it is shown, and where one is.
//!
//! Knows no panel; `logic/compare.rs` changes it. Held by `tests/compare.rs`.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::action::ClaimRef;
use super::reader::scroll::Place;
use super::reader::{Marks, Versus};
use super::release::Release;
use crate::annotation::{AnnotationSet, Index, Work};
use crate::document::ByteSpan;
use crate::review::agreement::Figures;
use crate::review::{Alignment, Decided, Facet, Pair, Places, Verdict};

/// Two sets side by side.
#[derive(Debug, Default)]
pub struct SideBySide {
    /// The set at the left: a layer's handle; `None`: mine.
    pub mine: Option<String>,
    /// The set at the right.
    pub theirs: Option<String>,
    /// How they go together; `None` until the first answer.
    pub made: Option<Versed>,
    /// The sets that the answer is about, or that are asked about.
    pub asked: Option<(SetOf, SetOf)>,
    /// The current difference, as a place among the alignment's pairs.
    pub at: Option<usize>,
    /// Which differences are listed and gone through.
    pub filter: Filter,
    /// The marks of both for the reader, and how they stand to each other.
    pub marks: Marks,
    /// How they stand to each other.
    pub versus: Versus,
    /// What marks and standing were made from.
    pub drawn: Option<(u64, usize, String)>,
    /// Counts the answers.
    pub answer: u64,
    /// Where I was.
    pub before: Before,
}

/// Which state of a set something is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SetOf {
    /// Mine, at a revision of the release.
    Mine(u64),
    /// A layer's, by its place in memory, which is kept from being used again by holding the set.
    Layer(Kept),
}

/// A set that is held so that it can be told from all others.
#[derive(Clone, Debug)]
pub struct Kept(pub Arc<AnnotationSet>);

impl PartialEq for Kept {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Eq for Kept {}

/// The answer to a comparison.
#[derive(Clone, Debug, Default)]
pub struct Versed {
    /// Each claim of both once.
    pub alignment: Alignment,
    /// Figures of the two.
    pub figures: Figures,
    /// How many claims each marked.
    pub claims: (usize, usize),
}

/// Where I was before the comparison.
#[derive(Clone, Debug, Default)]
pub struct Before {
    /// Selected claims.
    pub selected: Vec<ClaimRef>,
    /// Selected words.
    pub selection: ByteSpan,
    /// Where the reader was scrolled to.
    pub place: Place,
}

/// Which differences are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// One verdict; `None`: all that differ.
    pub verdict: Option<Verdict>,
    /// Only those that are open.
    pub open: bool,
    /// Only those that differ in this.
    pub facet: Option<Facet>,
    /// Only those of which one mark has this kind.
    pub kind: Option<String>,
}

/// The settled set of a release, with its own sidecar.
#[derive(Debug)]
pub struct Agreed {
    /// Its sidecar.
    pub path: PathBuf,
    /// The set with its history.
    pub work: Work,
    /// What it has decided.
    pub decided: Decided,
    /// Why it cannot be changed, in words; `None`: it can.
    pub read_only: Option<String>,
    /// Counts its changes.
    pub revision: u64,
}

/// A side of the comparison with all that is known of it.
pub struct Shown<'a> {
    /// The set.
    pub set: &'a AnnotationSet,
    /// Its links.
    pub index: &'a Index,
    /// Whose it is.
    pub name: String,
    /// The handle; `None`: mine.
    pub layer: Option<&'a str>,
}

impl SideBySide {
    /// The pairs that are not alike, as places in the alignment: each is a numbered difference.
    #[must_use]
    pub fn differences(&self) -> Vec<usize> {
        let pairs = self.made.iter().flat_map(|made| made.alignment.pairs.iter().enumerate());
        pairs.filter(|(_, pair)| pair.verdict != Verdict::Agree).map(|(at, _)| at).collect()
    }

    /// A pair.
    #[must_use]
    pub fn pair(&self, at: usize) -> Option<&Pair> {
        self.made.as_ref()?.alignment.pairs.get(at)
    }

    /// The current difference.
    #[must_use]
    pub fn current(&self) -> Option<&Pair> {
        self.pair(self.at?)
    }

    /// The claims of a pair.
    #[must_use]
    pub fn refs(&self, pair: &Pair) -> [Option<ClaimRef>; 2] {
        let of = |layer: &Option<String>, id: &Option<crate::annotation::Id>| {
            id.clone().map(|id| ClaimRef { layer: layer.clone(), id })
        };
        [of(&self.mine, &pair.mine), of(&self.theirs, &pair.theirs)]
    }
}

impl Release {
    /// The differences that the filter lets through, as places in the alignment.
    #[must_use]
    pub fn listed(&self) -> Vec<usize> {
        let Some(settling) = &self.comparison else { return Vec::new() };
        let filter = &settling.filter;
        let decided = self.decided();
        let is_listed = |at: &usize| {
            let Some(pair) = settling.pair(*at) else { return false };
            let kind = |wanted: &String| {
                let claims = settling.refs(pair).into_iter().flatten();
                claims.filter_map(|claim| self.claim(&claim)).any(|claim| claim.kind.as_ref() == Some(wanted))
            };
            filter.verdict.is_none_or(|verdict| pair.verdict == verdict)
                && (!filter.open || decided.on(pair).is_none())
                && filter.facet.as_ref().is_none_or(|facet| pair.differs.contains(facet))
                && filter.kind.as_ref().is_none_or(kind)
        };
        settling.differences().into_iter().filter(is_listed).collect()
    }

    /// In what any of the differences differ, in order.
    #[must_use]
    pub fn facets(&self) -> BTreeSet<Facet> {
        let Some(settling) = &self.comparison else { return BTreeSet::new() };
        let pairs = settling.made.iter().flat_map(|made| &made.alignment.pairs);
        pairs.flat_map(|pair| pair.differs.iter().cloned()).collect()
    }

    /// What the settled set has decided.
    #[must_use]
    pub fn decided(&self) -> Decided {
        self.agreed.as_ref().map(|agreed| agreed.decided.clone()).unwrap_or_default()
    }

    /// The places of the claims of a side, mine or a layer's.
    #[must_use]
    pub fn places_of(&self, layer: Option<&str>) -> Option<Arc<Places>> {
        match layer {
            None => {
                let places = super::layers::places(&self.document, self.work.set(), &self.placements);
                Some(Arc::new(places))
            }
            Some(handle) => self.layer(handle).map(|layer| Arc::clone(&layer.places)),
        }
    }

    /// Which state of a set is there now.
    #[must_use]
    pub fn set_state_of(&self, layer: Option<&str>) -> Option<SetOf> {
        match layer {
            None => Some(SetOf::Mine(self.revision)),
            Some(handle) => self.layer(handle).map(|layer| SetOf::Layer(Kept(Arc::clone(&layer.set)))),
        }
    }
}
