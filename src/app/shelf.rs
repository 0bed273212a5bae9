//! The shelf: every release of the folder that somebody has worked on, as it is now, and what is worked out from all
//! of them at once.
//!
//! Open releases come from the desk, the others as they were last read. What is worked out is made by a job and
//! replaced when it is old; the window shows what it has meanwhile. Held by `tests/desk.rs`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::action::Target;
use crate::annotation::{AnnotationSet, Claim, Codebook, Id};
use crate::assist::{self, Joining, Language, decided, joinings};
use crate::collection::{
    Known, Origins, Place, Query, QueryError, Relations, Sheet, SortKey, Statistics, origins, sources, statistics,
};
use crate::document::ByteSpan;
use crate::exchange;

/// Which state of which releases something was worked out from.
pub type Stamp = Vec<(PathBuf, u64)>;

/// The releases of the folder with their sets.
#[derive(Debug, Default)]
pub struct Shelf {
    /// As last read, by file; only those with sets.
    pub read: BTreeMap<PathBuf, Arc<exchange::Release>>,
    /// What is missing in my sets of `read`, as the codebook of then has it.
    pub missing: BTreeMap<PathBuf, Arc<Missing>>,
    /// Counts the changes of `read`.
    pub revision: u64,
    /// All sources.
    pub sources: View<SourceList>,
    /// All relations between claims.
    pub relations: View<RelationList>,
    /// The figures of all claims.
    pub overview: View<Overview>,
    /// Claims to choose from, for a relation, and which are asked for; `None`: none.
    pub picked: View<ClaimList>,
    /// See `picked`.
    pub picking: Option<Asked>,
    /// Which claims the table shows of the whole shelf; `None`: it does not.
    pub asked: Option<Asked>,
    /// The claims that were asked for.
    pub claims: View<ClaimList>,
}

/// Which claims are asked for, and in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The query as typed.
    pub query: String,
    /// The column that sorts, and whether from the greatest; `None`: by release and place in the text.
    pub sort: Option<(String, bool)>,
}

/// What is missing in my work on a release.
#[derive(Debug, Default)]
pub struct Missing {
    /// The state that it was found in.
    pub revision: u64,
    /// What the checks found.
    pub report: assist::Report,
    /// The words of what stands somewhere, by where they start.
    pub spans: Vec<ByteSpan>,
}

impl Missing {
    /// What was found, in a state of the release.
    #[must_use]
    pub fn new(revision: u64, report: assist::Report) -> Self {
        let spans = report.findings.iter().filter_map(|finding| finding.span).collect();
        Self { revision, report, spans }
    }
}

/// Something that is worked out from the whole shelf.
#[derive(Debug)]
pub struct View<T> {
    /// What was worked out last.
    pub made: Option<Arc<T>>,
    /// From which state.
    pub of: Stamp,
    /// Whether a job is at it.
    pub is_making: bool,
}

impl<T> Default for View<T> {
    fn default() -> Self {
        Self { made: None, of: Stamp::new(), is_making: false }
    }
}

impl<T> View<T> {
    /// Whether a job should work it out for this state; says so only once. `answers` tells whether what was made
    /// answers what is asked now.
    pub fn begin(&mut self, now: &Stamp, answers: impl FnOnce(&T) -> bool) -> bool {
        let is_old = self.of != *now || !self.made.as_deref().is_some_and(answers);
        let begins = is_old && !self.is_making;
        self.is_making |= begins;
        begins
    }

    /// Takes what a job has worked out.
    pub fn finish(&mut self, of: Stamp, made: T) {
        *self = Self { made: Some(Arc::new(made)), of, is_making: false };
    }
}

/// The releases of the shelf in one state, for a job.
#[derive(Clone, Debug, Default)]
pub struct Snapshot {
    /// Files, in order.
    pub paths: Vec<PathBuf>,
    /// What they hold, in the same order.
    pub releases: Vec<Arc<exchange::Release>>,
}

/// The claims of the shelf that a query finds.
#[derive(Debug, Default)]
pub struct ClaimList {
    /// What they were found in.
    pub from: Snapshot,
    /// What was asked.
    pub asked: Asked,
    /// What is wrong with the query: it then finds everything.
    pub error: Option<QueryError>,
    /// The claims of each release, in the order of `from`.
    pub sheets: Vec<Arc<ClaimSheet>>,
    /// What was found: the release's place, and the row of its sheet.
    pub rows: Vec<(usize, usize)>,
    /// How many claims there are in all.
    pub in_all: usize,
    /// By which codebook the sheets were made.
    codebook: Arc<Codebook>,
}

/// The claims of one release, with whose they are.
#[derive(Debug, Default)]
pub struct ClaimSheet {
    /// Their columns.
    pub sheet: Sheet,
    /// Handle and id of each row's claim.
    pub ids: Vec<(String, Id)>,
}

impl ClaimSheet {
    fn new(release: &exchange::Release, codebook: &Codebook) -> Self {
        let scope = exchange::Scope::of(exchange::Whose::All);
        let export = exchange::Export::new(std::slice::from_ref(release), &scope, codebook, &codebook.axis);
        let ids = export.claims.iter().map(|claim| (claim.layer.handle.clone(), claim.id.clone())).collect();
        Self { sheet: Sheet::of_claims(&export.claims, codebook), ids }
    }
}

impl ClaimList {
    /// Finds them. Sheets of releases that are as they were for `before` are taken over.
    #[must_use]
    pub fn new(from: Snapshot, asked: Asked, codebook: &Arc<Codebook>, before: Option<&Self>) -> Self {
        let before = before.filter(|before| Arc::ptr_eq(&before.codebook, codebook));
        let old: BTreeMap<_, _> = before
            .map(|before| before.from.releases.iter().map(Arc::as_ptr).zip(&before.sheets).collect())
            .unwrap_or_default();
        let sheet = |release: &Arc<exchange::Release>| match old.get(&Arc::as_ptr(release)) {
            Some(sheet) => Arc::clone(sheet),
            None => Arc::new(ClaimSheet::new(release, codebook)),
        };
        let sheets: Vec<_> = from.releases.iter().map(sheet).collect();
        let understood = Query::parse(&asked.query, codebook).and_then(|query| {
            query.check(codebook, sheets.iter().map(|own| &own.sheet))?;
            Ok(query)
        });
        let (query, error) = match understood {
            Ok(query) => (Some(query), None),
            Err(error) => (None, Some(error)),
        };
        let mut rows = Vec::new();
        for (at, own) in sheets.iter().enumerate() {
            let found = query.as_ref().map_or_else(|| (0..own.sheet.len()).collect(), |query| query.rows(&own.sheet));
            rows.extend(found.into_iter().map(|row| (at, row)));
        }
        if let Some((column, down)) = &asked.sort {
            let keys: Vec<_> = sheets.iter().map(|own| own.sheet.sort_keys(column)).collect();
            let key = |&(at, row): &(usize, usize)| keys.get(at).and_then(|keys| keys.get(row));
            // What is not there stays last, whichever way round.
            let is_absent = |place: &(usize, usize)| key(place).is_none_or(|key| *key == SortKey::Absent);
            rows.sort_by(|a, b| {
                let order = key(a).cmp(&key(b));
                is_absent(a).cmp(&is_absent(b)).then(if *down { order.reverse() } else { order })
            });
        }
        let in_all = sheets.iter().map(|own| own.sheet.len()).sum();
        Self { from, asked, error, sheets, rows, in_all, codebook: Arc::clone(codebook) }
    }

    /// Whether this was asked, and understood by this codebook.
    #[must_use]
    pub fn answers(&self, asked: &Asked, codebook: &Arc<Codebook>) -> bool {
        self.asked == *asked && Arc::ptr_eq(&self.codebook, codebook)
    }

    /// The claim of a row: where it is.
    #[must_use]
    pub fn claim(&self, place: usize) -> Option<(&PathBuf, &str, &Id)> {
        let &(at, row) = self.rows.get(place)?;
        let (handle, id) = self.sheets.get(at)?.ids.get(row)?;
        Some((self.from.paths.get(at)?, handle, id))
    }

    /// A cell of a row, as exports have it.
    #[must_use]
    pub fn cell(&self, place: usize, column: &str) -> &str {
        let found = self.rows.get(place).and_then(|&(at, row)| Some(self.sheets.get(at)?.sheet.cell(row, column)));
        found.unwrap_or_default()
    }
}

/// The relations of the shelf.
#[derive(Debug, Default)]
pub struct RelationList {
    /// What they were gathered from.
    pub from: Snapshot,
    /// The relations.
    pub relations: Relations,
}

impl RelationList {
    /// Gathers them.
    #[must_use]
    pub fn new(from: Snapshot) -> Self {
        let relations = Relations::of(&from.releases);
        Self { from, relations }
    }

    /// The place of a claim.
    #[must_use]
    pub fn place(&self, path: &Path, handle: &str, id: &Id) -> Option<Place> {
        let release = self.from.paths.iter().position(|own| own == path)?;
        Some(Place { release, handle: handle.to_owned(), id: id.clone() })
    }

    /// From how many origins a claim comes.
    #[must_use]
    pub fn origins(&self, place: &Place) -> Origins {
        origins(&self.from.releases, &self.relations, place)
    }

    /// A claim at a place.
    #[must_use]
    pub fn claim(&self, place: &Place) -> Option<&Arc<Claim>> {
        let layers = &self.from.releases.get(place.release)?.layers;
        layers.iter().find(|layer| layer.handle == place.handle)?.set.claims.get(&place.id)
    }

    /// Where a place leads.
    #[must_use]
    pub fn target(&self, place: &Place) -> Option<(PathBuf, Target)> {
        let target = Target::Claim { handle: place.handle.clone(), id: place.id.clone() };
        Some((self.from.paths.get(place.release)?.clone(), target))
    }
}

/// The figures of the shelf.
#[derive(Debug, Default)]
pub struct Overview {
    /// The figures.
    pub statistics: Statistics,
}

impl Overview {
    /// Counts all claims of everybody.
    #[must_use]
    pub fn new(from: &Snapshot, codebook: &Codebook) -> Self {
        let releases: Vec<exchange::Release> = from.releases.iter().map(|release| (**release).clone()).collect();
        let scope = exchange::Scope::of(exchange::Whose::All);
        let export = exchange::Export::new(&releases, &scope, codebook, &codebook.axis);
        Self { statistics: statistics(&export) }
    }
}

/// The sources of the shelf.
#[derive(Debug, Default)]
pub struct SourceList {
    /// What they were gathered from.
    pub from: Snapshot,
    /// The sources, by name.
    pub known: Vec<Known>,
    /// Which of them may be one.
    pub joinings: Vec<Joining>,
}

impl SourceList {
    /// Gathers them.
    #[must_use]
    pub fn new(from: Snapshot, register: &AnnotationSet, me: &str) -> Self {
        let known = sources(&from.releases, register, me);
        let entries: Vec<_> = known.iter().map(|known| (&known.id, &*known.source)).collect();
        let joinings = joinings(&entries, &decided(register), Language::of(None));
        Self { from, known, joinings }
    }
}
