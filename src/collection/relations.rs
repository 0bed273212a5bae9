//! Relations between the claims of a collection, within a release and across releases, seen from both ends.
//!
//! Made from the releases as they are, in one walk. An end is found by its id in the set that holds the relation, then in
//! the other sets of that release, then in the release whose text it names, then wherever the id stands in one release
//! only; what is not found is kept and said, never guessed. Knows no window. Held by `tests/related.rs`.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use super::sources::Place;
use crate::annotation::{Id, Relation};
use crate::exchange::Release;

/// The relation of two claims that cannot both hold.
pub const CONTRADICTS: &str = "contradicts";

/// One end of a relation.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// A claim.
    Claim(Place),
    /// A claim that is in none of the sets at hand, or an id that stands in several releases.
    Missing {
        /// Its id; `None` where the relation names none.
        id: Option<Id>,
        /// SHA-256 of the text that it was made on, where the relation says so.
        document: Option<String>,
    },
}

impl End {
    /// The claim, where it was found.
    pub fn claim(&self) -> Option<&Place> {
        match self {
            Self::Claim(place) => Some(place),
            Self::Missing { .. } => None,
        }
    }
}

/// A relation, its ends found.
#[derive(Clone, Debug, PartialEq)]
pub struct Related {
    /// Where the relation itself is: whose it is and its id.
    pub place: Place,
    /// The claim that supports, contradicts, …
    pub from: End,
    /// The claim that is supported, contradicted, …
    pub to: End,
    /// The relation as it was made: kind, note, time.
    pub relation: Relation,
}

impl Related {
    /// The word for it in codebooks; empty where none was chosen.
    pub fn kind(&self) -> &str {
        self.relation.kind.as_deref().unwrap_or_default()
    }

    /// The other end, as seen from a claim that it is a relation of.
    pub fn other(&self, claim: &Place) -> &End {
        if self.from.claim() == Some(claim) { &self.to } else { &self.from }
    }
}

/// All relations of a collection.
#[derive(Clone, Debug, Default)]
pub struct Relations {
    all: Vec<Related>,
    by_claim: BTreeMap<Place, Vec<usize>>,
    /// Where each claim's id stands.
    places: HashMap<Id, Vec<Place>>,
}

/// The claims around one, and what holds between them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Neighbourhood<'a> {
    /// The claims with their distance in relations, the nearest first; the first is the claim itself.
    pub claims: Vec<(Place, usize)>,
    /// The relations between them, in the order of [`Relations::all`].
    pub relations: Vec<&'a Related>,
    /// Whether there are more claims within the distance than were asked for.
    pub is_cut: bool,
}

impl Relations {
    /// Finds the ends of every relation. Costs by the number of claims and relations, times its logarithm.
    pub fn of<R: Borrow<Release>>(releases: &[R]) -> Self {
        let mut places: HashMap<Id, Vec<Place>> = HashMap::new();
        let mut by_text: HashMap<&str, Vec<usize>> = HashMap::new();
        for (at, release) in releases.iter().enumerate() {
            let release: &Release = release.borrow();
            if !release.text_sha256.is_empty() {
                by_text.entry(&release.text_sha256).or_default().push(at);
            }
            for layer in &release.layers {
                for id in layer.set.claims.keys() {
                    let place = Place { release: at, handle: layer.handle.clone(), id: id.clone() };
                    places.entry(id.clone()).or_default().push(place);
                }
            }
        }
        let mut relations = Self { places, ..Self::default() };
        for (at, release) in releases.iter().enumerate() {
            for layer in &Borrow::<Release>::borrow(release).layers {
                for (id, relation) in &layer.set.relations {
                    let place = Place { release: at, handle: layer.handle.clone(), id: id.clone() };
                    let named = relation.document.as_deref();
                    let texts = named.and_then(|text| by_text.get(text)).map_or(&[][..], Vec::as_slice);
                    let from = relations.end(&place, relation.from.as_ref(), &[], None);
                    let to = relations.end(&place, relation.to.as_ref(), texts, named);
                    relations.add(Related { place, from, to, relation: (**relation).clone() });
                }
            }
        }
        relations
    }

    fn end(&self, of: &Place, id: Option<&Id>, texts: &[usize], document: Option<&str>) -> End {
        let found = id.and_then(|id| self.find(of, id, texts));
        found.map_or_else(|| End::Missing { id: id.cloned(), document: document.map(str::to_owned) }, End::Claim)
    }

    /// The claim that an id means where it is written at `of`; `texts` are the releases that it names.
    pub(super) fn find(&self, of: &Place, id: &Id, texts: &[usize]) -> Option<Place> {
        let places = self.places.get(id)?;
        let nearest = |mut within: Vec<&Place>| {
            within.sort_by_key(|place| (place.handle != of.handle, (*place).clone()));
            within.first().map(|place| (*place).clone())
        };
        let in_releases =
            |releases: &[usize]| nearest(places.iter().filter(|place| releases.contains(&place.release)).collect());
        in_releases(texts).or_else(|| in_releases(&[of.release])).or_else(|| {
            let releases: BTreeSet<usize> = places.iter().map(|place| place.release).collect();
            if releases.len() == 1 { nearest(places.iter().collect()) } else { None }
        })
    }

    fn add(&mut self, related: Related) {
        let at = self.all.len();
        let ends: BTreeSet<&Place> = [&related.from, &related.to].into_iter().filter_map(End::claim).collect();
        for end in ends {
            self.by_claim.entry(end.clone()).or_default().push(at);
        }
        self.all.push(related);
    }

    /// Every relation, in the order of the releases, the annotators' sets and the ids.
    pub fn all(&self) -> &[Related] {
        &self.all
    }

    /// The relations in which a claim stands, on whichever side, whoever made them.
    pub fn of_claim(&self, claim: &Place) -> impl Iterator<Item = &Related> {
        self.by_claim.get(claim).into_iter().flatten().filter_map(|at| self.all.get(*at))
    }

    /// The relations of a kind: [`CONTRADICTS`] gives the contradictions of a collection.
    pub fn of_kind(&self, kind: &str) -> impl Iterator<Item = &Related> {
        self.all.iter().filter(move |related| related.kind() == kind)
    }

    /// The claims within `depth` relations of a claim, at most `most` of them, the nearest ones, and what holds between
    /// them.
    pub fn around(&self, claim: &Place, depth: usize, most: usize) -> Neighbourhood<'_> {
        let mut found = Neighbourhood { claims: vec![(claim.clone(), 0)], ..Neighbourhood::default() };
        let mut seen = BTreeSet::from([claim.clone()]);
        let mut waiting = VecDeque::from([(claim.clone(), 0)]);
        while let Some((near, distance)) = waiting.pop_front() {
            for other in self.of_claim(&near).filter_map(|related| related.other(&near).claim()) {
                if distance == depth || seen.contains(other) {
                    continue;
                }
                if found.claims.len() >= most.max(1) {
                    found.is_cut = true;
                    continue;
                }
                seen.insert(other.clone());
                found.claims.push((other.clone(), distance + 1));
                waiting.push_back((other.clone(), distance + 1));
            }
        }
        let relations: BTreeSet<usize> =
            seen.iter().filter_map(|claim| self.by_claim.get(claim)).flatten().copied().collect();
        let within = |end: &End| end.claim().is_some_and(|claim| seen.contains(claim));
        let relations = relations.into_iter().filter_map(|at| self.all.get(at));
        found.relations = relations.filter(|related| within(&related.from) && within(&related.to)).collect();
        found
    }
}
