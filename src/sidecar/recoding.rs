//! One change of kinds or tags over many sidecars and the codebook: all of it or nothing.
//!
//! What is to be done is written to the state folder first, as a file of its own and durable: the intent. Then every
//! sidecar is written beside itself, and only when all of them could be, they take their places. Where one could not,
//! nothing was changed and the intent goes again. Whoever dies in between leaves the intent, and [`finish_all`] does the
//! rest at the next start; doing it twice changes nothing. Held by `tests/recoding.rs` and `benches/recoding.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind};
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use jiff::Timestamp as Moment;
use serde::{Deserialize, Serialize};

use super::codebook_file::{CodebookError, save_codebook};
use super::store::{KeepError, Keeper, unsaved_steps};
use super::{MAX_BYTES, print, read};
use crate::annotation::{Act, AnnotationSet, Codebook, Coding, Id, Recoded, Record, Timestamp, recoding_edit};
use crate::files::{self, Action, FileError, Files, Lock, Places, Staged, Stat};

/// Name of the intents' format, and its version: an intent of a later one is left to the program that wrote it.
const FORMAT: &str = "vouch-recoding";
const VERSION: u32 = 1;
/// An intent that is larger was not written by us.
const MOST_BYTES: u64 = 1 << 30;
/// How long another program that is doing the same, or saving, is waited for.
const PATIENCE: Duration = Duration::from_secs(10);
/// Sidecars are written by so many threads: a disk makes many files durable in the time of one.
const THREADS: usize = 8;

/// What is to be done, and how to take it back: the same with before and after swapped.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Recoding {
    /// In words, in lower case ("rename kind rule to law").
    pub label: String,
    /// When it was decided: the time at which the claims are said to be changed.
    pub made: Timestamp,
    /// The claims of each sidecar.
    pub sidecars: BTreeMap<PathBuf, Vec<Recoded>>,
    /// The codebook's file and what becomes of it.
    pub codebook: Option<CodebookChange>,
}

/// A codebook's file, before and after.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CodebookChange {
    /// The file; it need not be there.
    pub path: PathBuf,
    /// The codebook in force as RON text.
    pub before: String,
    /// The one that shall be in force.
    pub after: String,
}

/// Why something could not be done. Its `Display` says where and what to do.
#[derive(Debug, thiserror::Error)]
pub enum RecodingError {
    /// The disk.
    #[error(transparent)]
    File(#[from] FileError),
    /// A sidecar that cannot be changed as a whole.
    #[error("{path}: {why}", path = path.display())]
    Sidecar {
        /// The sidecar.
        path: PathBuf,
        /// The reason, and what to do.
        why: String,
    },
    /// A sidecar that has more than its file says.
    #[error(transparent)]
    Keep(#[from] KeepError),
    /// The codebook's file.
    #[error(transparent)]
    Codebook(#[from] CodebookError),
    /// A name that cannot be written.
    #[error("a path cannot be written ({0}): rename the folder to a name in Unicode")]
    Name(#[from] serde_json::Error),
    /// Nothing was changed, but the intent may stand.
    #[error("{error}; it could not be called off for certain either, so it may be done at the next start ({left})")]
    NotCalledOff {
        /// Why nothing was changed.
        error: Box<RecodingError>,
        /// Why the intent may stand.
        left: FileError,
    },
    /// No thread.
    #[error("no thread could be started ({0}): close other programs and try again")]
    Thread(#[source] io::Error),
}

/// What this side had to do is done and durable; the intent stays until the caller's side is, too.
#[derive(Debug)]
pub struct Applied {
    files: Arc<dyn Files>,
    intent: PathBuf,
    /// What could not be put in its place: it is done at the next start.
    pub trouble: Option<RecodingError>,
    _lock: Lock,
}

/// The intent as it is written.
#[derive(Serialize, Deserialize)]
struct Intent {
    format: String,
    version: u32,
    label: String,
    made: Timestamp,
    codebook: Option<CodebookChange>,
    sidecars: Vec<(PathBuf, Vec<CodedWords>)>,
}

/// A claim, and its words before and after.
type CodedWords = (String, Words, Words);

/// Kind and tags of a claim.
type Words = (Option<String>, Vec<String>);

/// What becomes of one sidecar.
enum One<'a> {
    /// Nothing is left to be done in it.
    Nothing,
    /// Its new content waits beside it; the file as it was read.
    Staged(PathBuf, Staged<'a>, Stat),
    /// A keeper has to do it: there are edits that its file has not yet, or comments, of which a copy is kept.
    ByKeeper(PathBuf),
}

/// Everything that can be written was written, and nothing is in its place yet.
struct Ready<'a> {
    all: Vec<One<'a>>,
    /// Nobody else saves in these folders meanwhile.
    locks: Vec<Lock>,
}

impl Recoding {
    /// What takes it back.
    #[must_use]
    pub fn inverted(&self, made: Timestamp) -> Self {
        let sidecars = self.sidecars.iter();
        let sidecars =
            sidecars.map(|(path, claims)| (path.clone(), claims.iter().map(Recoded::inverted).collect())).collect();
        let codebook = self.codebook.clone().map(|CodebookChange { path, before, after }| CodebookChange {
            path,
            before: after,
            after: before,
        });
        Self { label: self.label.clone(), made, sidecars, codebook }
    }

    /// Does it: all of it, or nothing. Sidecars that are `open` are the caller's, who has them in hand and changes them
    /// by [`recoding_edit`]; when that is safe, [`Applied::finish`] ends the matter.
    ///
    /// # Errors
    /// Nothing was changed; see [`RecodingError::NotCalledOff`].
    pub fn apply(
        &self,
        files: &Arc<dyn Files>,
        places: &Places,
        open: &BTreeSet<PathBuf>,
        now: Moment,
    ) -> Result<Applied, RecodingError> {
        let folder = folder(places);
        files::create_folders(&**files, &folder)?;
        let lock = lock(&**files, &folder).map_err(FileError::when(Action::Lock, &folder))?;
        let intent = folder.join(format!("{}-{}.json", now.as_millisecond(), files::unique_tag()));
        let intended = files::replace(&**files, &intent, &self.print()?).map_err(RecodingError::from);
        let trouble = match intended.and_then(|()| self.stage(files, places, open)) {
            Ok(ready) => self.put_in_place(ready, files, places, now).err(),
            // Without its intent nothing of it is ever done; with it, it would be at the next start.
            Err(error) => {
                return Err(match remove(&**files, &intent) {
                    Err(left) if left.kind() != ErrorKind::NotFound => {
                        RecodingError::NotCalledOff { error: Box::new(error), left }
                    }
                    _ => error,
                });
            }
        };
        Ok(Applied { files: Arc::clone(files), intent, trouble, _lock: lock })
    }

    fn print(&self) -> Result<Vec<u8>, serde_json::Error> {
        let words = |coding: &Coding| (coding.kind.clone(), coding.tags.clone());
        let claims = |claims: &[Recoded]| {
            claims.iter().map(|one| (one.claim.to_string(), words(&one.before), words(&one.after))).collect()
        };
        serde_json::to_vec(&Intent {
            format: FORMAT.to_owned(),
            version: VERSION,
            label: self.label.clone(),
            made: self.made.clone(),
            codebook: self.codebook.clone(),
            sidecars: self.sidecars.iter().map(|(path, recoded)| (path.clone(), claims(recoded))).collect(),
        })
    }

    fn parse(bytes: &[u8]) -> Result<Self, String> {
        let intent: Intent = serde_json::from_slice(bytes).map_err(|error| error.to_string())?;
        if intent.format != FORMAT || intent.version > VERSION {
            return Err("a later version of Vouch wrote it".to_owned());
        }
        let coding = |(kind, tags): Words| Coding { kind, tags };
        let recoded = |(id, before, after): (String, Words, Words)| Recoded {
            claim: Id::new(&id),
            before: coding(before),
            after: coding(after),
        };
        let sidecars =
            intent.sidecars.into_iter().map(|(path, claims)| (path, claims.into_iter().map(recoded).collect()));
        Ok(Self { label: intent.label, made: intent.made, sidecars: sidecars.collect(), codebook: intent.codebook })
    }

    /// Writes every sidecar beside itself.
    fn stage<'a>(
        &self,
        files: &'a Arc<dyn Files>,
        places: &Places,
        open: &BTreeSet<PathBuf>,
    ) -> Result<Ready<'a>, RecodingError> {
        let mine: Vec<(&PathBuf, &Vec<Recoded>)> =
            self.sidecars.iter().filter(|(path, _)| !open.contains(*path)).collect();
        let folders: BTreeSet<&Path> = mine.iter().filter_map(|(path, _)| path.parent()).collect();
        let mut locks = Vec::new();
        for folder in folders {
            match files.lock_folder(folder, PATIENCE) {
                Ok(lock) => locks.push(lock),
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    return Err(FileError::when(Action::Lock, folder)(error).into());
                }
                // Not all systems can; the last look before a file is replaced has to do.
                Err(_) => {}
            }
        }
        let each = mine.len().div_ceil(THREADS).max(1);
        let all: Result<Vec<Vec<One<'a>>>, RecodingError> = thread::scope(|scope| {
            let mut threads = Vec::new();
            for part in mine.chunks(each) {
                let work = move || -> Result<Vec<One<'a>>, RecodingError> {
                    part.iter().map(|(path, claims)| self.stage_one(files, places, path, claims)).collect()
                };
                threads.push(thread::Builder::new().spawn_scoped(scope, work).map_err(RecodingError::Thread)?);
            }
            threads.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
        });
        Ok(Ready { all: all?.into_iter().flatten().collect(), locks })
    }

    fn stage_one<'a>(
        &self,
        files: &'a Arc<dyn Files>,
        places: &Places,
        path: &Path,
        claims: &[Recoded],
    ) -> Result<One<'a>, RecodingError> {
        let failed = FileError::when(Action::Read, path);
        let stat = match files.stat(path) {
            // It was deleted, with its folder or alone: there is nothing to be changed in it.
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(One::Nothing),
            result => result.map_err(failed)?,
        };
        let bytes = files.read(path, MAX_BYTES as u64).map_err(FileError::when(Action::Read, path))?;
        let refuse = |why: String| RecodingError::Sidecar { path: path.to_owned(), why };
        let mut read = read(&bytes).map_err(|error| refuse(error.to_string()))?;
        if let Some(why) = &read.read_only {
            return Err(refuse(why.to_string()));
        }
        if !read.problems.is_empty() {
            return Err(refuse("it is damaged: open it with vouch and set the damaged file aside first".to_owned()));
        }
        if read.has_comments || read.theirs.is_some() || unsaved_steps(&**files, places, path) > 0 {
            return Ok(One::ByKeeper(path.to_owned()));
        }
        let edit = recoding_edit(&read.set, claims, &self.label, &self.made);
        if edit.is_empty() {
            return Ok(One::Nothing);
        }
        read.set.apply(&edit).map_err(|refused| refuse(refused.to_string()))?;
        let staged = files::stage(&**files, path, &print(&read.set, &read.origin), &files::unique_tag())?;
        Ok(One::Staged(path.to_owned(), staged, stat))
    }

    /// Puts everything in its place.
    fn put_in_place(
        &self,
        ready: Ready<'_>,
        files: &Arc<dyn Files>,
        places: &Places,
        now: Moment,
    ) -> Result<(), RecodingError> {
        let (mut staged, mut by_keeper) = (Vec::new(), Vec::new());
        for one in ready.all {
            match one {
                One::Nothing => {}
                // The last look, for programs that know none of our locks.
                One::Staged(path, new, seen) if files.stat(&path).is_ok_and(|now| now == seen) => staged.push(new),
                One::Staged(path, ..) | One::ByKeeper(path) => by_keeper.push(path),
            }
        }
        let replaced = files::commit_all(staged);
        // A keeper locks the folder itself.
        drop(ready.locks);
        for path in by_keeper {
            self.keep(files, places, &path, now)?;
        }
        if let Some(CodebookChange { path, before, after }) = &self.codebook {
            let parse = |text: &str| Codebook::parse(text.as_bytes()).map(|(codebook, _)| codebook);
            if let (Ok(before), Ok(after)) = (parse(before), parse(after)) {
                save_codebook(&**files, places, path, &before, &after, now)?;
            }
        }
        Ok(replaced?)
    }

    /// Changes a sidecar as a window would that has it open.
    fn keep(&self, files: &Arc<dyn Files>, places: &Places, path: &Path, now: Moment) -> Result<(), RecodingError> {
        let Some(claims) = self.sidecars.get(path) else { return Ok(()) };
        let opened = Keeper::open(Arc::clone(files), places, path, AnnotationSet::default(), now)?;
        let mut keeper = opened.keeper;
        let edit = recoding_edit(keeper.set(), claims, &self.label, &self.made);
        if !edit.is_empty() {
            keeper.acknowledge(&Record { act: Act::Outside, edit }, now)?;
        }
        keeper.save(now)?;
        Ok(())
    }
}

impl Applied {
    /// The caller's side is safe, too: the intent goes, unless something is left to be done at the next start.
    ///
    /// # Errors
    /// The intent could not be deleted: at the next start it is found done.
    pub fn finish(self) -> Result<(), FileError> {
        if self.trouble.is_some() { Ok(()) } else { remove(&*self.files, &self.intent) }
    }
}

/// Does what programs that died, or met a disk that failed, left to be done. Gives what could not be done, in words;
/// it is tried again at the next start.
pub fn finish_all(files: &Arc<dyn Files>, places: &Places, now: Moment) -> Vec<String> {
    let folder = folder(places);
    let intents: Vec<PathBuf> = files
        .list(&folder)
        .unwrap_or_default()
        .into_iter()
        .filter(|entry| Path::new(&entry.name).extension().is_some_and(|extension| extension == "json"))
        .map(|entry| folder.join(entry.name))
        .collect();
    if intents.is_empty() {
        return Vec::new();
    }
    let _lock = match lock(&**files, &folder) {
        Ok(lock) => lock,
        Err(error) => return vec![FileError::when(Action::Lock, &folder)(error).to_string()],
    };
    let failed = intents.iter().filter_map(|intent| {
        let why = finish_one(files, places, intent, now).err()?;
        let intent = intent.display();
        Some(format!("A change of the codebook is not done everywhere yet: {why}. It is tried again at the next start; {intent} says what it is"))
    });
    failed.collect()
}

fn finish_one(files: &Arc<dyn Files>, places: &Places, intent: &Path, now: Moment) -> Result<(), String> {
    let bytes = match files.read(intent, MOST_BYTES) {
        // Another program has done it while we waited.
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        result => result.map_err(|error| FileError::when(Action::Read, intent)(error).to_string())?,
    };
    let recoding = Recoding::parse(&bytes)?;
    let done = recoding.stage(files, places, &BTreeSet::new());
    let done = done.and_then(|ready| recoding.put_in_place(ready, files, places, now));
    done.map_err(|error| error.to_string())?;
    remove(&**files, intent).map_err(|error| error.to_string())
}

fn folder(places: &Places) -> PathBuf {
    places.state.join("recodings")
}

fn lock(files: &dyn Files, folder: &Path) -> io::Result<Lock> {
    files.lock(&folder.join("lock"), PATIENCE)
}

/// Deletes an intent for good: one that came back would be done again.
fn remove(files: &dyn Files, intent: &Path) -> Result<(), FileError> {
    files.remove(intent).map_err(FileError::when(Action::Remove, intent))?;
    let folder = intent.parent().unwrap_or(intent);
    files.sync_folder(folder).map_err(FileError::when(Action::Sync, folder))
}
