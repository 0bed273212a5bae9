//! How many origins a claim has: not who repeats it, but from whom it comes.
//!
//! A claim that *repeats* another one, and one that was carried forward or adjudicated from it, is the same claim again
//! and no other origin; one that *supports* it stands beside it with an origin of its own. The origin of a claim is the
//! innermost voice of its chain: of "X says that Y warned", Y. Sources are one where they were joined or bear the same
//! name; those who speak jointly are one origin; the writer of a release is the body that issued it. Who is not named, not
//! resolved, or described only ("a senior official") is an unknown lineage and counts as none.
//! Held by `tests/related.rs`.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

use super::folded::folded;
use super::relations::Relations;
use super::sources::Place;
use crate::annotation::{Assessment, Claim, Codebook};
use crate::exchange::{Layer, Release, counted};

/// The axis on which a claim is judged to be confirmed.
pub const CREDIBILITY: &str = "credibility";

/// The relation of a claim that is said again.
const REPEATS: &str = "repeats";

/// The relation of a claim that makes another one likelier.
const SUPPORTS: &str = "supports";

/// Where a claim stands and from whom it comes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins {
    /// The claim itself, those that repeat it and those that support it.
    pub claims: Vec<Place>,
    /// In how many releases these stand; copies of one text are one release.
    pub releases: usize,
    /// The distinct origins.
    pub origins: Vec<Origin>,
    /// The claims of unknown lineage.
    pub unknown: Vec<Place>,
}

/// Somebody from whom a claim comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The name, or the names of those who speak jointly.
    pub name: String,
    /// The claims that come from there.
    pub claims: Vec<Place>,
}

impl Origins {
    /// "4 releases, 1 origin".
    pub fn words(&self) -> String {
        format!("{}, {}", counted(self.releases, "release"), counted(self.origins.len(), "origin"))
    }
}

/// Who is meant by an origin: any of these keys tells it.
#[derive(Clone, Debug, Default)]
struct Lineage {
    name: String,
    keys: BTreeSet<String>,
}

/// The origins of a claim over the releases of a collection, `relations` being theirs.
pub fn origins<R: Borrow<Release>>(releases: &[R], relations: &Relations, claim: &Place) -> Origins {
    let shelf = Shelf { releases, relations };
    let mut seen = BTreeSet::from([claim.clone()]);
    let mut claims = vec![claim.clone()];
    let mut at = 0;
    while let Some(own) = claims.get(at).cloned() {
        at += 1;
        for next in shelf.same_again(&own).into_iter().chain(shelf.supporting(&own)) {
            if seen.insert(next.clone()) {
                claims.push(next);
            }
        }
    }
    let mut texts = BTreeSet::new();
    let mut found = Origins::default();
    let mut lineages: Vec<(Lineage, Vec<Place>)> = Vec::new();
    let mut known = BTreeMap::new();
    for own in &claims {
        if let Some(release) = shelf.release(own) {
            let is_known = !release.text_sha256.is_empty();
            texts.insert(if is_known { release.text_sha256.clone() } else { release.name.clone() });
        }
        match shelf.lineage(own, &mut known, &mut BTreeSet::new()) {
            None => found.unknown.push(own.clone()),
            Some(lineage) => add(&mut lineages, lineage, own),
        }
    }
    found.origins = lineages.into_iter().map(|(lineage, claims)| Origin { name: lineage.name, claims }).collect();
    found.releases = texts.len();
    found.claims = claims;
    found
}

/// Adds a lineage to those that share a key with it, which it joins.
fn add(lineages: &mut Vec<(Lineage, Vec<Place>)>, lineage: Lineage, claim: &Place) {
    let is_same = |own: &Lineage| !own.keys.is_disjoint(&lineage.keys);
    let Some(first) = lineages.iter().position(|(own, _)| is_same(own)) else {
        return lineages.push((lineage, vec![claim.clone()]));
    };
    let (same, rest): (Vec<_>, Vec<_>) = std::mem::take(lineages).into_iter().partition(|(own, _)| is_same(own));
    let mut joined = (Lineage { name: String::new(), keys: lineage.keys }, Vec::new());
    for (own, claims) in same {
        if joined.0.name.is_empty() {
            joined.0.name = own.name;
        }
        joined.0.keys.extend(own.keys);
        joined.1.extend(claims);
    }
    joined.1.push(claim.clone());
    *lineages = rest;
    lineages.insert(first.min(lineages.len()), joined);
}

struct Shelf<'a, R> {
    releases: &'a [R],
    relations: &'a Relations,
}

impl<R: Borrow<Release>> Shelf<'_, R> {
    fn release(&self, place: &Place) -> Option<&Release> {
        self.releases.get(place.release).map(Borrow::borrow)
    }

    fn claim(&self, place: &Place) -> Option<(&Layer, &Claim)> {
        let layer = self.release(place)?.layers.iter().find(|layer| layer.handle == place.handle)?;
        Some((layer, layer.set.claims.get(&place.id)?))
    }

    /// The claims that this one was made from: adjudicated, carried forward.
    fn made_from(&self, place: &Place) -> Vec<Place> {
        let from = self.claim(place).map_or(&[][..], |(_, claim)| &claim.from);
        from.iter().filter_map(|id| self.relations.find(place, id, &[])).collect()
    }

    /// The claims that this one repeats.
    fn repeated(&self, place: &Place) -> impl Iterator<Item = Place> {
        let relations = self.relations.of_claim(place).filter(|related| related.kind() == REPEATS);
        relations.filter(|related| related.from.claim() == Some(place)).filter_map(|it| it.to.claim().cloned())
    }

    /// The same claim elsewhere.
    fn same_again(&self, place: &Place) -> Vec<Place> {
        let repeats = self.relations.of_claim(place).filter(|related| related.kind() == REPEATS);
        let mut same: Vec<Place> = repeats.filter_map(|related| related.other(place).claim().cloned()).collect();
        same.extend(self.made_from(place));
        same
    }

    /// The claims that are said to support this one.
    fn supporting(&self, place: &Place) -> Vec<Place> {
        let supports = self.relations.of_claim(place).filter(|related| related.kind() == SUPPORTS);
        supports.filter(|it| it.to.claim() == Some(place)).filter_map(|it| it.from.claim().cloned()).collect()
    }

    /// From whom a claim comes: from where the claim that it repeats does, where that is known, else who says it.
    fn lineage(
        &self,
        place: &Place,
        known: &mut BTreeMap<Place, Option<Lineage>>,
        under_way: &mut BTreeSet<Place>,
    ) -> Option<Lineage> {
        // Each claim once; deep chains of repeats are followed without recursion.
        let mut path = vec![place.clone()];
        while let Some(own) = path.last().cloned() {
            under_way.insert(own.clone());
            let sources: Vec<Place> = self.repeated(&own).chain(self.made_from(&own)).collect();
            let next = sources.iter().find(|next| !known.contains_key(next) && !under_way.contains(next));
            if let Some(next) = next {
                path.push(next.clone());
                continue;
            }
            let from = sources.iter().find_map(|source| known.get(source).cloned().flatten());
            let lineage = from.or_else(|| self.own_lineage(&own));
            known.insert(own, lineage);
            path.pop();
        }
        known.get(place).cloned().flatten()
    }

    /// Who says a claim in its own chain.
    fn own_lineage(&self, place: &Place) -> Option<Lineage> {
        let (layer, claim) = self.claim(place)?;
        let mut lineage = Lineage::default();
        if claim.is_by_writer() {
            lineage.name.clone_from(layer.about.publisher.as_ref()?);
            lineage.keys.insert(format!("name {}", folded(&lineage.name)));
            return Some(lineage);
        }
        let mut names = Vec::new();
        for id in layer.set.speakers(claim) {
            let Some(source) = layer.set.sources.get(id).filter(|source| source.kind.as_deref() != Some("unnamed"))
            else {
                continue;
            };
            names.push(source.name.as_str());
            lineage.keys.extend([format!("id {id}"), format!("name {}", folded(&source.name))]);
        }
        lineage.name = names.join(" and ");
        (!lineage.keys.is_empty()).then_some(lineage)
    }
}

/// What to say where a judgement calls a claim confirmed by other sources and fewer than two origins are known for it;
/// `None` where nothing is to be said. The analyst may judge so all the same: the reason belongs to the assessment.
pub fn unconfirmed(origins: &Origins, assessment: &Assessment, codebook: &Codebook) -> Option<String> {
    let term = codebook.scales.term(assessment)?;
    if assessment.axis != CREDIBILITY || !folded(&term.label).contains("confirmed by other") {
        return None;
    }
    let why = match origins.origins.as_slice() {
        [] => "nobody is known from whom it comes".to_owned(),
        [only] => format!("it all comes from {}", only.name),
        _ => return None,
    };
    Some(format!(
        "“{}” needs two origins, and {why} ({}): choose another term, or give the reason why it is confirmed",
        term.label,
        origins.words()
    ))
}
