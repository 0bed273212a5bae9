//! What renaming, merging, splitting or taking away a kind or tag would change in a collection: looked at before it is
//! done. Held by `tests/recoding.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::{Query, Sheet, open, scan};
use crate::annotation::{AnnotationSet, Claim, Codebook, Id, Recode, Recoded};
use crate::exchange::{Export, Release, Scope, Whose};
use crate::files::{FileError, Files};
use crate::reading::Reading;
use crate::sidecar;
use crate::sidecar::names::is_same_handle;

/// Which of the claims that carry the word are meant.
#[derive(Clone, Debug, Default)]
pub enum Meant {
    /// All of them.
    #[default]
    All,
    /// Those with this tag.
    Tagged(String),
    /// Those that a query finds.
    Found(Query),
}

/// What would be changed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reach {
    /// My claims, by sidecar.
    pub mine: BTreeMap<PathBuf, Vec<Recoded>>,
    /// Claims of others that carry the word and keep it, by handle.
    pub others: BTreeMap<String, usize>,
    /// My sidecars that could not be read, in words: nothing can be changed before they are mended.
    pub unread: Vec<String>,
}

impl Reach {
    /// How many claims of mine.
    #[must_use]
    pub fn claims(&self) -> usize {
        self.mine.values().map(Vec::len).sum()
    }
}

/// Looks through the sidecars of a folder. Sets that are `open`, by sidecar, are taken as they are there. `progress`
/// hears how many of how many releases were looked at, and says whether to go on.
///
/// # Errors
/// The folder cannot be listed.
pub fn reach(
    files: &dyn Files,
    reading: &Reading,
    folder: &Path,
    (handle, codebook): (&str, &Codebook),
    (recode, meant): (&Recode, &Meant),
    open_sets: &BTreeMap<PathBuf, AnnotationSet>,
    progress: &dyn Fn(usize, usize) -> bool,
) -> Result<Reach, FileError> {
    let mut reach = Reach::default();
    let documents = scan(files, folder)?.documents;
    let all = documents.len();
    for (at, beside) in documents.into_iter().enumerate() {
        if !progress(at, all) {
            break;
        }
        // A query asks for the text and for what else is there; the word alone does not.
        let found = match meant {
            Meant::Found(query) => Some(found(files, reading, beside.clone(), query, (handle, codebook), open_sets)),
            Meant::All | Meant::Tagged(_) => None,
        };
        let is_meant = |id: &Id, claim: &Claim| match meant {
            Meant::All => true,
            Meant::Tagged(tag) => claim.tags.contains(tag),
            Meant::Found(_) => found.as_ref().is_some_and(|found| found.contains(id)),
        };
        for (of, path) in beside.sidecars {
            let is_mine = is_same_handle(&of, handle);
            if let Some(set) = open_sets.get(&path).filter(|_| is_mine) {
                reach.add(path, recode.of(set, is_meant));
                continue;
            }
            let bytes = files.read(&path, sidecar::MAX_BYTES as u64).map_err(|error| error.to_string());
            let read = bytes.and_then(|bytes| sidecar::read(&bytes).map_err(|error| error.to_string()));
            match read {
                Ok(read) if !is_mine => {
                    let count = read.set.claims.values().filter(|claim| recode.is_in(claim)).count();
                    if count > 0 {
                        *reach.others.entry(of).or_default() += count;
                    }
                }
                Ok(read) if read.read_only.is_some() || !read.problems.is_empty() => {
                    reach.unread.push(format!("{}: damaged, or made for a later version of Vouch", path.display()));
                }
                Ok(read) => reach.add(path, recode.of(&read.set, is_meant)),
                Err(why) if is_mine => reach.unread.push(format!("{}: {why}", path.display())),
                Err(_) => {}
            }
        }
    }
    Ok(reach)
}

impl Reach {
    fn add(&mut self, path: PathBuf, claims: Vec<Recoded>) {
        if !claims.is_empty() {
            self.mine.insert(path, claims);
        }
    }
}

/// My claims of a document that a query finds.
fn found(
    files: &dyn Files,
    reading: &Reading,
    beside: super::Beside,
    query: &Query,
    (handle, codebook): (&str, &Codebook),
    open_sets: &BTreeMap<PathBuf, AnnotationSet>,
) -> BTreeSet<Id> {
    let mut opened = open(files, reading, beside);
    for sidecar in &mut opened.sidecars {
        if let (Some(set), Ok(read)) = (open_sets.get(&sidecar.path), &mut sidecar.read) {
            read.set = set.clone();
        }
    }
    let name = opened.beside.document.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let release: [Release; 1] = [opened.release(&name)];
    let scope = Scope::of(Whose::One(handle.to_owned()));
    let claims = Export::new(&release, &scope, codebook, &codebook.axis).claims;
    let sheet = Sheet::of_claims(&claims, codebook);
    query.rows(&sheet).into_iter().filter_map(|row| Some(claims.get(row)?.id.clone())).collect()
}
