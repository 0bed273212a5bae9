//! Every source of a collection: who it is, where it is named, what it says there, and how that fared.
//!
//! Made from the releases as they are and the register as it is, in one walk; nothing is written. An entry that was
//! joined to another stands under that one. Knows no window. Held by `tests/collection.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::annotation::{AnnotationSet, Assessment, Claim, Id, Source, Timestamp};
use crate::exchange::{Layer, Release};

/// The axis on which a source itself is judged.
pub const RELIABILITY: &str = "reliability";

/// Where an item of a set is: the release by its place in what was handed in, whose set, which item.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The release.
    pub release: usize,
    /// The annotator's handle.
    pub handle: String,
    /// The claim or mention.
    pub id: Id,
}

/// A judgement of a source's reliability.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// When; `None` where the file does not say.
    pub made: Option<Timestamp>,
    /// By whom: a handle.
    pub handle: String,
    /// The assessment.
    pub assessment: Assessment,
    /// Its id.
    pub id: Id,
    /// Whether it is in force: that annotator's latest.
    pub current: bool,
}

/// A source over all releases.
#[derive(Clone, Debug, PartialEq)]
pub struct Known {
    /// The entry that stands for it.
    pub id: Id,
    /// As my register has it, else as the first set that holds it.
    pub source: Arc<Source>,
    /// Whether it is in my register.
    pub registered: bool,
    /// Handles of those whose sets or register hold it, in order.
    pub holders: Vec<String>,
    /// Entries that were joined to it.
    pub joined: Vec<(Id, Arc<Source>)>,
    /// Where it is named.
    pub mentions: Vec<Place>,
    /// The claims that it says, alone or jointly.
    pub claims: Vec<Place>,
    /// The claims that it passes on: it is a voice of the chain, and another one says it.
    pub passed_on: Vec<Place>,
    /// Judgements of its reliability, in the order of time.
    pub judged: Vec<Judged>,
    /// How many of the claims that it says have each status; `open` where none is set.
    pub fared: BTreeMap<String, usize>,
}

impl Known {
    /// In how many releases it is named or says something.
    pub fn releases(&self) -> usize {
        let places = self.mentions.iter().chain(&self.claims).chain(&self.passed_on);
        places.map(|place| place.release).collect::<BTreeSet<_>>().len()
    }

    /// The reliability in force: mine, else a colleague's latest.
    pub fn reliability(&self, me: &str) -> Option<&Judged> {
        let current = || self.judged.iter().rev().filter(|judged| judged.current);
        current().find(|judged| judged.handle.eq_ignore_ascii_case(me)).or_else(|| current().next())
    }
}

/// The sources of `releases` and of my register (mine: `me`), by name without case. Costs by the number of items, times
/// its logarithm.
pub fn sources(releases: &[Arc<Release>], register: &AnnotationSet, me: &str) -> Vec<Known> {
    let mut all = Gathering { register, known: BTreeMap::new() };
    for (id, source) in &register.sources {
        all.hold(register, id, source, me, true);
    }
    all.judgements(register, me);
    for (at, release) in releases.iter().enumerate() {
        for layer in &release.layers {
            all.layer(at, layer);
        }
    }
    let mut found: Vec<Known> = all.known.into_values().collect();
    for known in &mut found {
        settle(&mut known.judged);
        known.holders.sort();
    }
    found.sort_by_cached_key(|known| (known.source.name.to_lowercase(), known.id.clone()));
    found
}

struct Gathering<'a> {
    register: &'a AnnotationSet,
    known: BTreeMap<Id, Known>,
}

impl Gathering<'_> {
    /// The entry that stands for a source of a set: my register knows best, then the set itself.
    fn principal<'s>(&'s self, set: &'s AnnotationSet, id: &'s Id) -> &'s Id {
        let own = set.principal(id);
        if self.register.sources.contains_key(own) { self.register.principal(own) } else { own }
    }

    fn hold(&mut self, set: &AnnotationSet, id: &Id, source: &Arc<Source>, handle: &str, registered: bool) {
        let principal = self.principal(set, id).clone();
        let stands = if principal == *id {
            Some(source)
        } else {
            self.register.sources.get(&principal).or_else(|| set.sources.get(&principal))
        };
        let Some(stands) = stands.map(Arc::clone) else { return };
        let known = self.known.entry(principal.clone()).or_insert_with(|| Known {
            id: principal.clone(),
            source: stands,
            registered,
            holders: Vec::new(),
            joined: Vec::new(),
            mentions: Vec::new(),
            claims: Vec::new(),
            passed_on: Vec::new(),
            judged: Vec::new(),
            fared: BTreeMap::new(),
        });
        if !known.holders.iter().any(|other| other.eq_ignore_ascii_case(handle)) {
            known.holders.push(handle.to_owned());
        }
        if principal != *id && known.joined.iter().all(|(other, _)| other != id) {
            known.joined.push((id.clone(), Arc::clone(source)));
        }
    }

    fn judgements(&mut self, set: &AnnotationSet, handle: &str) {
        for (id, assessment) in &set.assessments {
            let Some(on) = assessment.on.as_ref().filter(|_| assessment.axis == RELIABILITY) else { continue };
            let principal = self.principal(set, on).clone();
            if let Some(known) = self.known.get_mut(&principal) {
                known.judged.push(Judged {
                    made: assessment.made.clone(),
                    handle: handle.to_owned(),
                    assessment: (**assessment).clone(),
                    id: id.clone(),
                    current: false,
                });
            }
        }
    }

    fn layer(&mut self, release: usize, layer: &Layer) {
        let set = &*layer.set;
        for (id, source) in &set.sources {
            self.hold(set, id, source, &layer.handle, false);
        }
        self.judgements(set, &layer.handle);
        let place = |id: &Id| Place { release, handle: layer.handle.clone(), id: id.clone() };
        for (id, mention) in &set.mentions {
            let principal = mention.source.as_ref().map(|source| self.principal(set, source).clone());
            if let Some(known) = principal.and_then(|principal| self.known.get_mut(&principal)) {
                known.mentions.push(place(id));
            }
        }
        for (id, claim) in &set.claims {
            let (speakers, others) = self.voices(set, claim);
            for principal in &speakers {
                if let Some(known) = self.known.get_mut(principal) {
                    known.claims.push(place(id));
                    let status = claim.status.as_deref().unwrap_or("open");
                    *known.fared.entry(status.to_owned()).or_default() += 1;
                }
            }
            for principal in others.difference(&speakers) {
                if let Some(known) = self.known.get_mut(principal) {
                    known.passed_on.push(place(id));
                }
            }
        }
    }

    /// Who says a claim, and who passes it on.
    fn voices(&self, set: &AnnotationSet, claim: &Claim) -> (BTreeSet<Id>, BTreeSet<Id>) {
        let said = claim.said.as_deref().unwrap_or_default();
        let who = |by: &[Id]| -> BTreeSet<Id> {
            by.iter().filter_map(|id| set.source_of(id)).map(|id| self.principal(set, id).clone()).collect()
        };
        let Some((last, before)) = said.split_last() else { return Default::default() };
        (who(&last.by), before.iter().flat_map(|voice| who(&voice.by)).collect())
    }
}

/// Orders judgements by time and says which are in force: of each annotator the last one that none replaces.
fn settle(judged: &mut Vec<Judged>) {
    judged.sort_by(|a, b| (&a.made, &a.id).cmp(&(&b.made, &b.id)));
    judged.dedup_by(|a, b| a.id == b.id);
    let replaced: BTreeSet<Id> = judged.iter().filter_map(|judged| judged.assessment.replaces.clone()).collect();
    let mut seen: Vec<String> = Vec::new();
    for one in judged.iter_mut().rev() {
        if replaced.contains(&one.id) || seen.contains(&one.handle) {
            continue;
        }
        seen.push(one.handle.clone());
        one.current = !one.assessment.is_withdrawn();
    }
}
