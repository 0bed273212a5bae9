//! Remarks of all annotators put together: what was said on a claim, in the order in which it was said.
//!
//! A remark lives in its writer's set and points at an id, which may be anybody's: only together do they make a
//! conversation. Pure; knows no screen. Held by `tests/threads.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::annotation::{AnnotationSet, Id, Remark};

/// A remark and who wrote it.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The place of the writer's set among colleagues' sets; `None`: it is mine.
    pub by: Option<usize>,
    /// Its id.
    pub id: Id,
    /// The remark.
    pub remark: Arc<Remark>,
}

/// A remark with the replies to it, and to those.
#[derive(Clone, Debug, PartialEq)]
pub struct Thread {
    /// The remark that began it, then the others by time.
    pub said: Vec<Said>,
    /// The claim, or the source, mention or relation, that it is about; `None`: that is in no set any more.
    pub about: Option<Id>,
}

impl Thread {
    /// The remark that settled the matter: the first one, where its writer says so, or a reply after which nobody said
    /// anything. Nobody can write into another's set: a colleague settles by a reply that is marked as settled.
    #[must_use]
    pub fn settled(&self) -> Option<&Said> {
        let first = self.said.first().filter(|said| said.remark.resolved);
        first.or_else(|| self.said.last().filter(|said| said.remark.resolved))
    }
}

/// All that was said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Threads {
    all: Vec<Thread>,
    by_item: BTreeMap<Id, Vec<usize>>,
}

impl Threads {
    /// Puts together what stands in these sets: mine, and colleagues' by their places.
    #[must_use]
    pub fn of(sets: &[(Option<usize>, &AnnotationSet)]) -> Self {
        let mut remarks: BTreeMap<&Id, Said> = BTreeMap::new();
        for &(by, set) in sets {
            for (id, remark) in &set.remarks {
                let said = || Said { by, id: id.clone(), remark: Arc::clone(remark) };
                remarks.entry(id).or_insert_with(said);
            }
        }
        let mut threads: BTreeMap<&Id, Vec<(usize, Said)>> = BTreeMap::new();
        for (id, said) in &remarks {
            let (root, depth) = root(id, &remarks);
            threads.entry(root).or_default().push((depth, said.clone()));
        }
        let mut all: Vec<Thread> = threads
            .into_iter()
            .map(|(root, mut said)| {
                // Of two of the same second the reply comes after what it replies to.
                let key = |(depth, said): &(usize, Said)| {
                    (said.id != *root, said.remark.made.clone(), *depth, said.id.clone())
                };
                said.sort_by_key(key);
                let said: Vec<Said> = said.into_iter().map(|(_, said)| said).collect();
                let on = said.first().and_then(|first| first.remark.on.as_ref());
                let about = on.and_then(|on| sets.iter().find_map(|(_, set)| subject(set, on)));
                let about = about.filter(|id| sets.iter().any(|(_, set)| set.holds(id)));
                Thread { said, about }
            })
            .collect();
        let begun = |thread: &Thread| thread.said.first().map(|said| (said.remark.made.clone(), said.id.clone()));
        all.sort_by_key(begun);
        let mut by_item: BTreeMap<Id, Vec<usize>> = BTreeMap::new();
        for (at, thread) in all.iter().enumerate() {
            if let Some(about) = &thread.about {
                by_item.entry(about.clone()).or_default().push(at);
            }
        }
        Self { all, by_item }
    }

    /// The threads about an item, the oldest first.
    pub fn about(&self, item: &Id) -> impl Iterator<Item = &Thread> {
        self.by_item.get(item).into_iter().flatten().filter_map(|&at| self.all.get(at))
    }

    /// The items that something was said about, in the order of their ids.
    pub fn items(&self) -> impl Iterator<Item = &Id> {
        self.by_item.keys()
    }

    /// The threads about what is in no set any more.
    pub fn loose(&self) -> impl Iterator<Item = &Thread> {
        self.all.iter().filter(|thread| thread.about.is_none())
    }

    /// All threads, the oldest first.
    #[must_use]
    pub fn all(&self) -> &[Thread] {
        &self.all
    }

    /// The remarks of colleagues that are not among those `read`.
    pub fn unread<'a>(&'a self, read: &'a BTreeSet<Id>) -> impl Iterator<Item = &'a Said> {
        self.all.iter().flat_map(|thread| &thread.said).filter(|said| is_unread(said, read))
    }
}

/// Whether a colleague wrote it and it is not among those `read`.
#[must_use]
pub fn is_unread(said: &Said, read: &BTreeSet<Id>) -> bool {
    said.by.is_some() && !read.contains(&said.id)
}

/// The remark that a reply goes back to, and over how many others. Replies that run in a ring go back to the least of
/// it.
fn root<'a>(id: &'a Id, remarks: &BTreeMap<&'a Id, Said>) -> (&'a Id, usize) {
    let mut seen = BTreeSet::from([id]);
    let mut at = id;
    while let Some((&next, _)) =
        remarks.get(at).and_then(|said| said.remark.on.as_ref()).and_then(|on| remarks.get_key_value(on))
    {
        if !seen.insert(next) {
            return (ring(next, remarks), seen.len());
        }
        at = next;
    }
    (at, seen.len() - 1)
}

/// The least id of a ring of replies.
fn ring<'a>(id: &'a Id, remarks: &BTreeMap<&'a Id, Said>) -> &'a Id {
    let (mut least, mut at) = (id, id);
    loop {
        let next = remarks.get(at).and_then(|said| said.remark.on.as_ref()).and_then(|on| remarks.get_key_value(on));
        let Some((&next, _)) = next.filter(|(next, _)| ***next != *id) else { return least };
        least = least.min(next);
        at = next;
    }
}

/// What a remark on `on` is about, where this set knows it: of a judgement the claim that is judged.
fn subject(set: &AnnotationSet, on: &Id) -> Option<Id> {
    if let Some(assessment) = set.assessments.get(on) {
        return assessment.on.clone();
    }
    (set.holds(on) && !set.remarks.contains_key(on)).then(|| on.clone())
}
