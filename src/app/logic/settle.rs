//! Conflicts of a merge, settled as the analyst says: one step of undo.

use crate::annotation::{AnnotationSet, Draft, Id, clashing_item};
use crate::app::action::Settling;
use crate::sidecar::item_with_field;

/// Settles conflicts of one item.
///
/// # Errors
/// The other side's value cannot be put into the item: why, and what to do.
pub(super) fn settle(set: &AnnotationSet, draft: &mut Draft, conflicts: &[Id], how: Settling) -> Result<(), String> {
    let told = conflicts.iter().filter_map(|id| set.conflicts.get(id).map(|conflict| (id, conflict)));
    match how {
        Settling::Keep => told.for_each(|(id, _)| draft.settle_conflict(id)),
        Settling::Delete => told.for_each(|(id, _)| draft.settle_conflict_by_deleting(id)),
        Settling::Take => {
            let mut taken = None;
            for (id, conflict) in told {
                let on = conflict.on.clone().unwrap_or_default();
                let gone = || format!("{on} is no longer there: keep what is here, which puts the conflict aside");
                let item = taken.take().or_else(|| clashing_item(set, &on)).ok_or_else(gone)?;
                let field = conflict.field.as_deref().unwrap_or_default();
                let item = item_with_field(&item, field, conflict.theirs.as_deref())
                    .map_err(|why| format!("the other value cannot be read ({why}): keep this one, or type it anew"))?;
                draft.settle_conflict_with(id, item.clone());
                taken = Some(item);
            }
        }
    }
    Ok(())
}
