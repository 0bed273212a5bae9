//! The codebook in force as the window has it, and the thread that writes its file.
//!
//! Each change is in force at once; the file follows when it was quiet for a moment, as sidecars do. A kind or tag that
//! is renamed over all sets goes through the same thread, so that the two never meet. Held by `tests/desk.rs`.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::jobs::{Report, Reporter};
use super::worker::Worker;
use crate::annotation::{Codebook, CodebookEdit, CodebookHistory, Recode};
use crate::collection::Reach;
use crate::files::{Files, Places};
use crate::sidecar::recoding::{Applied, CodebookChange, Recoding};
use crate::sidecar::{CodebookSaved, save_codebook};

/// The file is written when this long nothing was changed …
const QUIET: Duration = Duration::from_millis(800);
/// … but never later than this after a change.
const LATEST: Duration = Duration::from_secs(2);

/// What is known of the codebook beside what it says.
#[derive(Debug, Default)]
pub struct Book {
    /// Its file; `None`: the built-in one is in force.
    pub path: Option<PathBuf>,
    /// Why it cannot be changed here.
    pub read_only: Option<String>,
    /// What the file holds, as last read or written.
    pub on_disk: Arc<Codebook>,
    /// What can be taken back.
    pub history: CodebookHistory,
    /// The steps among them that changed sets, too.
    pub recodings: Vec<Done>,
    /// Whether the last thing that was done was done here, and not to a release.
    pub is_last: bool,
    /// Where the file stands.
    pub save: BookSave,
    /// Counts the changes: an answer to an older one says nothing of what is in force now.
    pub generation: u64,
    /// What a change of a kind or tag would reach, and what was asked.
    pub reach: Option<(RecodeAsked, Result<Reach, String>)>,
    /// Whether sets are being changed.
    pub is_recoding: bool,
}

/// Where the codebook's file stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum BookSave {
    /// It holds what is in force.
    #[default]
    Clean,
    /// It is being written.
    Saving,
    /// It could not be written.
    Failed(String),
}

/// A step that changed sets, too.
#[derive(Clone, Debug)]
pub struct Done {
    /// The step as the history has it.
    pub edit: CodebookEdit,
    /// What was done to the sets.
    pub recoding: Arc<Recoding>,
}

/// A kind or tag to be renamed, merged, split or taken away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecodeAsked {
    /// What is done.
    pub recode: Recode,
    /// Which claims.
    pub meant: MeantAsked,
}

/// Which claims are meant, as asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum MeantAsked {
    /// All that carry the word.
    #[default]
    All,
    /// Those with this tag.
    Tagged(String),
    /// Those that this query finds.
    Found(String),
}

impl RecodeAsked {
    /// In words, for the menu: "rename kind rule to law".
    #[must_use]
    pub fn label(&self, codebook: &Codebook) -> String {
        use crate::annotation::CodedWord as W;
        let Recode { what, from, to } = &self.recode;
        let (what, there) = match what {
            W::Kind => ("kind", to.as_ref().is_some_and(|to| codebook.kind(to).is_some())),
            W::Tag => ("tag", to.as_ref().is_some_and(|to| codebook.tag(to).is_some())),
        };
        match to {
            None => format!("delete {what} {from}"),
            Some(to) if self.meant != MeantAsked::All => format!("split {to} from {what} {from}"),
            Some(to) if there => format!("merge {what} {from} into {to}"),
            Some(to) => format!("rename {what} {from} to {to}"),
        }
    }
}

/// What the thread is told.
#[derive(Debug)]
pub enum BookOrder {
    /// This codebook is in force now; the number of the change.
    Write(Arc<Codebook>, u64),
    /// The file was read again and holds this.
    Read(Arc<Codebook>),
    /// Sets and the codebook change together. Sets of sidecars that are open are the window's.
    Recode {
        /// What is done to sets.
        recoding: Box<Recoding>,
        /// The codebook afterwards.
        after: Arc<Codebook>,
        /// Sidecars that are open.
        open: BTreeSet<PathBuf>,
    },
}

/// What the thread says.
#[derive(Debug)]
pub enum BookReport {
    /// The file was written: with which change, and what it holds.
    Saved(u64, Result<Box<CodebookSaved>, String>),
    /// Sets were changed: the window has to do its part.
    Recoded(Box<Recoding>, Result<Applied, String>),
}

/// The running thread.
pub type BookKeeping = Worker<BookOrder>;

impl BookKeeping {
    /// Starts it for the codebook at `path`, which need not be there; `base` is in force.
    ///
    /// # Errors
    /// No thread could be started.
    pub fn start(
        files: Arc<dyn Files>,
        places: Places,
        path: PathBuf,
        base: Arc<Codebook>,
        reporter: Reporter,
    ) -> std::io::Result<Self> {
        let work = Work { files, places, path, base, reporter, waiting: None, due: None, latest: None };
        Self::run("codebook", move |inbox| work.run(inbox))
    }
}

struct Work {
    files: Arc<dyn Files>,
    places: Places,
    path: PathBuf,
    /// What the file holds, as far as is known.
    base: Arc<Codebook>,
    reporter: Reporter,
    waiting: Option<(Arc<Codebook>, u64)>,
    due: Option<Instant>,
    latest: Option<Instant>,
}

impl Work {
    fn run(mut self, inbox: &Receiver<BookOrder>) {
        loop {
            let order = match self.due {
                None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(due) => inbox.recv_timeout(due.saturating_duration_since(Instant::now())),
            };
            match order {
                Ok(BookOrder::Write(codebook, generation)) => {
                    let now = Instant::now();
                    let latest = *self.latest.get_or_insert(now + LATEST);
                    self.due = Some((now + QUIET).min(latest));
                    self.waiting = Some((codebook, generation));
                }
                Ok(BookOrder::Read(codebook)) => self.base = codebook,
                Ok(BookOrder::Recode { recoding, after, open }) => self.recode(*recoding, &after, &open),
                Err(RecvTimeoutError::Timeout) => self.write(),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        self.write();
    }

    fn write(&mut self) {
        (self.due, self.latest) = (None, None);
        let Some((ours, generation)) = self.waiting.take() else { return };
        let saved = save_codebook(&*self.files, &self.places, &self.path, &self.base, &ours, Timestamp::now());
        let report = match saved {
            Ok(saved) => {
                self.base = Arc::new(saved.codebook.clone());
                Ok(Box::new(saved))
            }
            Err(error) => Err(error.to_string()),
        };
        self.say(BookReport::Saved(generation, report));
    }

    fn recode(&mut self, mut recoding: Recoding, after: &Arc<Codebook>, open: &BTreeSet<PathBuf>) {
        recoding.codebook =
            Some(CodebookChange { path: self.path.clone(), before: self.base.print(), after: after.print() });
        let applied = recoding.apply(&self.files, &self.places, open, Timestamp::now());
        if applied.as_ref().is_ok_and(|applied| applied.trouble.is_none()) {
            self.base = Arc::clone(after);
            // What waited to be written is part of what was written now.
            (self.due, self.latest, self.waiting) = (None, None, None);
        }
        self.say(BookReport::Recoded(Box::new(recoding), applied.map_err(|error| error.to_string())));
    }

    fn say(&self, report: BookReport) {
        self.reporter.report(Report::Book(report));
    }
}
