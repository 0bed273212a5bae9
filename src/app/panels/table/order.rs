//! Which rows the table has, and in what order: worked out when something of it changed, not each frame.

use std::path::PathBuf;

use super::cells;
use super::chips::Filter;
use crate::app::action::ClaimRef;
use crate::app::model::Model;
use crate::app::release::Release;

/// Of which releases the claims are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// The one that is shown.
    #[default]
    Release,
    /// All of the folder.
    Collection,
}

/// The rows, and the figures of heads and chips.
#[derive(Default)]
pub struct Order {
    /// The rows, those without a source first.
    pub rows: Vec<ClaimRef>,
    /// How many of the rows are without a source.
    pub unattributed: usize,
    /// Claims in scope, whatever the filter.
    pub in_scope: usize,
    /// Of those, with a source.
    pub with_source: usize,
    /// Of those, not judged on the axis in use.
    pub unassessed: usize,
    /// Of those, disputed, or marked otherwise by a colleague.
    pub disputed: usize,
    /// Of those, by the codebook's kinds in order.
    pub by_kind: Vec<usize>,
    made_of: Option<MadeOf>,
}

#[derive(PartialEq)]
struct MadeOf {
    filter: Filter,
    sort: Option<(String, bool)>,
    axis: String,
    shown: Option<(PathBuf, u64)>,
}

impl Order {
    /// Works the rows out again where anything that they depend on has changed.
    pub fn update(&mut self, model: &Model, filter: &Filter, sort: Option<&(String, bool)>) {
        let made_of = MadeOf {
            filter: filter.clone(),
            sort: sort.cloned(),
            axis: model.axis().to_owned(),
            shown: model.current().map(|release| (release.path.clone(), release.revision)),
        };
        if self.made_of.as_ref() == Some(&made_of) {
            return;
        }
        *self = Self { made_of: Some(made_of), by_kind: vec![0; model.codebook.kinds.len()], ..Self::default() };
        if let Some(release) = model.current() {
            for claim in release.in_text_order() {
                self.take(model, release, claim, filter);
            }
            self.sort(model, release, sort);
        }
    }

    fn take(&mut self, model: &Model, release: &Release, claim: ClaimRef, filter: &Filter) {
        let Some(item) = release.claim(&claim) else { return };
        let facts = Facts {
            attributed: item.is_attributed(),
            assessed: release.assessment(&claim, model.axis()).is_some(),
            disputed: item.status.as_deref() == Some("disputed") || cells::differs(release, &claim),
            kind: item.kind.as_deref().and_then(|kind| model.codebook.kinds.iter().position(|other| other.key == kind)),
        };
        self.in_scope += 1;
        self.with_source += usize::from(facts.attributed);
        self.unassessed += usize::from(!facts.assessed);
        self.disputed += usize::from(facts.disputed);
        if let Some(count) = facts.kind.and_then(|kind| self.by_kind.get_mut(kind)) {
            *count += 1;
        }
        if filter.takes(&facts) {
            self.unattributed += usize::from(!facts.attributed);
            self.rows.push(claim);
        }
    }

    fn sort(&mut self, model: &Model, release: &Release, sort: Option<&(String, bool)>) {
        let attributed = |claim: &ClaimRef| release.claim(claim).is_some_and(|claim| claim.is_attributed());
        let Some((column, down)) = sort else {
            self.rows.sort_by_cached_key(attributed);
            return;
        };
        self.rows.sort_by_cached_key(|claim| cells::sort_key(model, release, claim, column));
        if *down {
            self.rows.reverse();
        }
        self.rows.sort_by_cached_key(attributed);
    }
}

/// What a filter asks of a claim.
pub struct Facts {
    /// Whether somebody is named.
    pub attributed: bool,
    /// Whether it is judged on the axis in use.
    pub assessed: bool,
    /// Whether it is disputed.
    pub disputed: bool,
    /// Its kind's place in the codebook.
    pub kind: Option<usize>,
}
