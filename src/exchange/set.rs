//! The RON set: whole annotation sets in one file, which Vouch loads again.
//!
//! Nothing of a set is left out, earlier judgements neither, unless the scope asks for some claims only: then what
//! belongs to them goes along.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::sync::Arc;

use super::{ClaimView, Export, Format};
use crate::annotation::{AnnotationSet, Id, Index, Table};
use crate::sidecar::names::sidecar_name;
use crate::sidecar::print_set_file;

pub(super) struct Set;

impl Format for Set {
    fn name(&self) -> &'static str {
        "set"
    }

    fn extension(&self) -> &'static str {
        "vouch-set.ron"
    }

    fn title(&self) -> &'static str {
        "Annotation sets (RON)"
    }

    fn write(&self, export: &Export<'_>, out: &mut dyn Write) -> io::Result<()> {
        let mut claims = export.claims.iter().peekable();
        let mut sets: Vec<(String, Arc<AnnotationSet>)> = Vec::new();
        for release in export.releases {
            for layer in export.scope.layers(release) {
                let is_here = |claim: &&ClaimView<'_>| std::ptr::eq(claim.layer, layer);
                let chosen: BTreeSet<&Id> =
                    std::iter::from_fn(|| claims.next_if(is_here)).map(|claim| claim.id).collect();
                let name = sidecar_name(&release.name, &layer.handle);
                if export.scope.is_everything() {
                    sets.push((name, Arc::clone(&layer.set)));
                } else if !chosen.is_empty() {
                    sets.push((name, Arc::new(part(&layer.set, chosen))));
                }
            }
        }
        out.write_all(&print_set_file(sets.iter().map(|(name, set)| (name.clone(), &**set))))
    }
}

/// The part of a set that belongs to some claims: the mentions and sources that speak them, judgements, relations,
/// remarks, waived checks and conflicts. Its deletions stay behind: what is not in a part was not deleted.
fn part(set: &AnnotationSet, claims: BTreeSet<&Id>) -> AnnotationSet {
    let index = Index::of(set);
    let mut kept: BTreeSet<&Id> = BTreeSet::new();
    let mut reached: Vec<&Id> = claims.into_iter().collect();
    while let Some(id) = reached.pop() {
        if !kept.insert(id) {
            continue;
        }
        let (claim, mention, source) = (set.claims.get(id), set.mentions.get(id), set.sources.get(id));
        reached.extend(claim.iter().flat_map(|claim| claim.said.iter().flatten()).flat_map(|voice| &voice.by));
        reached.extend(mention.and_then(|mention| mention.source.as_ref()));
        reached.extend(source.iter().flat_map(|source| &source.same_as));
        let is_from_here = |relation: &&Id| set.relations.get(*relation).is_some_and(|it| it.from.as_ref() == Some(id));
        reached.extend(index.relations(id).filter(is_from_here));
        reached.extend(
            index.assessments(id).chain(index.remarks(id)).chain(index.dismissals(id)).chain(index.conflicts(id)),
        );
    }
    AnnotationSet {
        header: Arc::clone(&set.header),
        sources: those(&set.sources, &kept),
        mentions: those(&set.mentions, &kept),
        claims: those(&set.claims, &kept),
        assessments: those(&set.assessments, &kept),
        relations: those(&set.relations, &kept),
        remarks: those(&set.remarks, &kept),
        dismissed: those(&set.dismissed, &kept),
        conflicts: those(&set.conflicts, &kept),
        deleted: Table::new(),
    }
}

fn those<T>(table: &Table<T>, ids: &BTreeSet<&Id>) -> Table<T> {
    let kept = table.iter().filter(|(id, _)| ids.contains(id));
    kept.map(|(id, item)| (id.clone(), Arc::clone(item))).collect()
}
