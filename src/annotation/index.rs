//! What hangs on what: from a claim to its assessments, from a source to its mentions, from a mention to the claims
//! that it speaks.
//!
//! Built once for a set and then kept in step with each edit, so that no question costs a walk over 100,000 items.
//! Holds ids only: the items are the set's. Held by `tests/annotation.rs`.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    AnnotationSet, Assessment, Claim, Conflict, Dismissal, Edit, Id, Item, Kept, Mention, Relation, Remark, Source,
};

/// Pairs of ids, in order: all that hangs on one id stands together.
#[derive(Clone, Debug, Default, PartialEq)]
struct Links(BTreeSet<(Id, Id)>);

impl Links {
    fn of<'a>(&'a self, on: &'a Id) -> impl Iterator<Item = &'a Id> {
        self.0.range((on.clone(), Id::default())..).take_while(move |(from, _)| from == on).map(|(_, to)| to)
    }
}

/// The links of one set.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Index {
    assessments: Links,
    relations: Links,
    remarks: Links,
    dismissals: Links,
    conflicts: Links,
    mentions: Links,
    claims: Links,
    joined: Links,
}

/// Which of the links.
#[derive(Clone, Copy)]
pub(super) enum Which {
    Assessments,
    Relations,
    Remarks,
    Dismissals,
    Conflicts,
    Mentions,
    Claims,
    Joined,
}

/// Calls `found` with each id that `item` hangs on.
pub(super) fn each_link(item: &Item, mut found: impl FnMut(Which, &Id)) {
    match item {
        Item::Assessment(item) => item.on.iter().for_each(|on| found(Which::Assessments, on)),
        Item::Relation(item) => item.from.iter().chain(&item.to).for_each(|on| found(Which::Relations, on)),
        Item::Remark(item) => item.on.iter().for_each(|on| found(Which::Remarks, on)),
        Item::Dismissal(item) => item.on.iter().for_each(|on| found(Which::Dismissals, on)),
        Item::Conflict(item) => item.on.iter().for_each(|on| found(Which::Conflicts, on)),
        Item::Mention(item) => item.source.iter().for_each(|on| found(Which::Mentions, on)),
        Item::Claim(item) => {
            item.said.iter().flatten().flat_map(|voice| &voice.by).for_each(|on| found(Which::Claims, on));
        }
        Item::Source(item) => item.same_as.iter().for_each(|on| found(Which::Joined, on)),
        Item::Header(_) | Item::Deleted(_) => {}
    }
}

impl Index {
    /// The links of `set`: one walk over it.
    #[must_use]
    pub fn of(set: &AnnotationSet) -> Self {
        Self {
            assessments: links::<Assessment>(set),
            relations: links::<Relation>(set),
            remarks: links::<Remark>(set),
            dismissals: links::<Dismissal>(set),
            conflicts: links::<Conflict>(set),
            mentions: links::<Mention>(set),
            claims: links::<Claim>(set),
            joined: links::<Source>(set),
        }
    }

    /// Follows an edit that was applied to the set. Costs by the edit's size.
    pub fn follow(&mut self, edit: &Edit) {
        for change in &edit.changes {
            self.replace(&change.id, change.before.as_ref(), change.after.as_ref());
        }
    }

    /// Follows one item's change.
    pub(super) fn replace(&mut self, id: &Id, before: Option<&Item>, after: Option<&Item>) {
        if let Some(item) = before {
            each_link(item, |which, on| {
                self.links_mut(which).0.remove(&(on.clone(), id.clone()));
            });
        }
        if let Some(item) = after {
            each_link(item, |which, on| {
                self.links_mut(which).0.insert((on.clone(), id.clone()));
            });
        }
    }

    fn links_mut(&mut self, which: Which) -> &mut Links {
        match which {
            Which::Assessments => &mut self.assessments,
            Which::Relations => &mut self.relations,
            Which::Remarks => &mut self.remarks,
            Which::Dismissals => &mut self.dismissals,
            Which::Conflicts => &mut self.conflicts,
            Which::Mentions => &mut self.mentions,
            Which::Claims => &mut self.claims,
            Which::Joined => &mut self.joined,
        }
    }

    /// The assessments on a claim or source, by id.
    pub fn assessments<'a>(&'a self, on: &'a Id) -> impl Iterator<Item = &'a Id> {
        self.assessments.of(on)
    }

    /// The relations in which a claim stands on either side, by id.
    pub fn relations<'a>(&'a self, claim: &'a Id) -> impl Iterator<Item = &'a Id> {
        self.relations.of(claim)
    }

    /// The remarks on a claim, assessment or remark, by id.
    pub fn remarks<'a>(&'a self, on: &'a Id) -> impl Iterator<Item = &'a Id> {
        self.remarks.of(on)
    }

    /// The waived checks and refused suggestions about an item, by id.
    pub fn dismissals<'a>(&'a self, on: &'a Id) -> impl Iterator<Item = &'a Id> {
        self.dismissals.of(on)
    }

    /// What merges could not settle about an item, by id.
    pub fn conflicts<'a>(&'a self, on: &'a Id) -> impl Iterator<Item = &'a Id> {
        self.conflicts.of(on)
    }

    /// The mentions of a source, by id.
    pub fn mentions<'a>(&'a self, source: &'a Id) -> impl Iterator<Item = &'a Id> {
        self.mentions.of(source)
    }

    /// The claims that name a mention or a source as a voice, by id; for a source without those that name it through
    /// a mention.
    pub fn claims<'a>(&'a self, voice: &'a Id) -> impl Iterator<Item = &'a Id> {
        self.claims.of(voice)
    }

    /// The sources that were joined to this one.
    pub fn joined<'a>(&'a self, source: &'a Id) -> impl Iterator<Item = &'a Id> {
        self.joined.of(source)
    }

    /// The claims that a source speaks, by mention or by itself, in the order of their ids, each once.
    #[must_use]
    pub fn claims_of_source(&self, source: &Id) -> BTreeSet<Id> {
        let by_mention = self.mentions(source).flat_map(|mention| self.claims(mention));
        self.claims(source).chain(by_mention).cloned().collect()
    }

    /// How many claims a source speaks, by mention or by itself.
    #[must_use]
    pub fn count_of_source(&self, source: &Id) -> usize {
        let by_mention = self.mentions(source).flat_map(|mention| self.claims(mention));
        let mut claims: Vec<&Id> = self.claims(source).chain(by_mention).collect();
        claims.sort_unstable();
        claims.dedup();
        claims.len()
    }

    /// The judgement in force on `on` along `axis`: the latest that no other one replaces. `None` where nobody judged,
    /// or the judgement was withdrawn.
    #[must_use]
    pub fn current<'s>(&self, set: &'s AnnotationSet, on: &Id, axis: &str) -> Option<(&'s Id, &'s Assessment)> {
        let history = self.history(set, on);
        let on_axis = history.iter().copied().filter(|(_, assessment)| assessment.axis == axis);
        in_force(&on_axis.collect::<Vec<_>>()).filter(|(_, assessment)| !assessment.is_withdrawn())
    }

    /// The judgements in force on `on`, one an axis, by the axes' names. Costs by their number times its logarithm.
    #[must_use]
    pub fn all_current<'s>(&self, set: &'s AnnotationSet, on: &Id) -> Vec<(&'s Id, &'s Assessment)> {
        let mut by_axis: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        for (id, assessment) in self.history(set, on) {
            by_axis.entry(&assessment.axis).or_default().push((id, assessment));
        }
        let current = by_axis.into_values().filter_map(|on_axis| in_force(&on_axis));
        current.filter(|(_, assessment)| !assessment.is_withdrawn()).collect()
    }

    /// All judgements on `on`, in the order in which they were made.
    #[must_use]
    pub fn history<'s>(&self, set: &'s AnnotationSet, on: &Id) -> Vec<(&'s Id, &'s Assessment)> {
        let mut found: Vec<_> = self
            .assessments(on)
            .filter_map(|id| set.assessments.get_key_value(id))
            .map(|(id, assessment)| (id, &**assessment))
            .collect();
        found.sort_by(|a, b| (&a.1.made, a.0).cmp(&(&b.1.made, b.0)));
        found
    }
}

/// The last of the judgements that no other one of them replaces; in a ring of replacements, the last made.
pub(super) fn in_force<'a>(judgements: &[(&'a Id, &'a Assessment)]) -> Option<(&'a Id, &'a Assessment)> {
    let replaced: BTreeSet<&Id> =
        judgements.iter().filter_map(|(_, assessment)| assessment.replaces.as_ref()).collect();
    let latest = |judgements: &mut dyn Iterator<Item = (&'a Id, &'a Assessment)>| {
        judgements.max_by(|a, b| (&a.1.made, a.0).cmp(&(&b.1.made, b.0)))
    };
    latest(&mut judgements.iter().copied().filter(|(id, _)| !replaced.contains(id)))
        .or_else(|| latest(&mut judgements.iter().copied()))
}

/// The links of one table, sorted once and not one by one.
fn links<T: Kept>(set: &AnnotationSet) -> Links {
    let mut pairs = Vec::new();
    for (id, kept) in T::table(set) {
        each_link(&T::into_item(kept.clone()), |_, on| pairs.push((on.clone(), id.clone())));
    }
    Links(pairs.into_iter().collect())
}
