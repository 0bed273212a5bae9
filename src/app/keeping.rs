//! The thread that keeps one sidecar: every edit goes to its journal at once, the sidecar follows a little later.
//!
//! The window hands over records and hears when they are safe; it never waits for the disk. Held by `tests/desk.rs`.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::jobs::{Report, Reporter};
use super::worker::Worker;
use crate::annotation::{Edit, Record};
use crate::sidecar::store::{KeepError, Keeper, Notice, Standing};

/// The sidecar is written when this long nothing was edited …
const QUIET: Duration = Duration::from_secs(1);
/// … but never later than this after an edit.
const LATEST: Duration = Duration::from_secs(2);
/// After a save that failed, the next try, unless one is asked for.
const AGAIN: Duration = Duration::from_secs(15);

/// What a keeper is told.
#[derive(Debug)]
pub enum Order {
    /// This was done.
    Record(Record),
    /// Write the sidecar now.
    Save,
    /// Write the set to another file.
    SaveCopy(PathBuf),
    /// The sidecar changed on the disk: look.
    Check,
    /// Take this second version of the sidecar in.
    MergeCopy(PathBuf),
    /// The damaged sidecar may be set aside.
    Repair,
}

/// What a keeper says.
#[derive(Debug)]
pub enum Kept {
    /// Everything handed over so far survives a kill.
    Acknowledged,
    /// The sidecar has everything; when it was written.
    Saved(Timestamp),
    /// An edit was not taken, and has to be taken back: why.
    Refused(Record, String),
    /// Something could not be written, why, and what to do; the edits are held.
    Failed(String),
    /// The set was changed from elsewhere: what that means for ours.
    Corrected(Vec<Edit>),
    /// Something that the analyst should know.
    Notices(Vec<Notice>),
    /// The sidecar may be written, or may not, from now on.
    Standing(Standing),
}

/// A running keeper.
pub type Keeping = Worker<Order>;

impl Keeping {
    /// Starts a keeper for the release at `path`.
    ///
    /// # Errors
    /// No thread could be started.
    pub fn start(keeper: Keeper, path: PathBuf, reporter: Reporter) -> std::io::Result<Self> {
        let work = Work { keeper, path, reporter, due: None, latest: None };
        Self::run("keeper", move |inbox| work.run(inbox))
    }
}

struct Work {
    keeper: Keeper,
    path: PathBuf,
    reporter: Reporter,
    /// When the sidecar is to be written.
    due: Option<Instant>,
    /// When it is to be written at the latest.
    latest: Option<Instant>,
}

impl Work {
    fn run(mut self, inbox: &Receiver<Order>) {
        if self.keeper.is_dirty() {
            self.soon();
        }
        loop {
            let order = match self.due {
                None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
                Some(due) => inbox.recv_timeout(due.saturating_duration_since(Instant::now())),
            };
            match order {
                Ok(order) => self.carry_out(order),
                Err(RecvTimeoutError::Timeout) => self.save(),
                Err(RecvTimeoutError::Disconnected) => break,
            }
        }
        if self.keeper.is_dirty() {
            self.save();
        }
    }

    fn soon(&mut self) {
        let now = Instant::now();
        let latest = *self.latest.get_or_insert(now + LATEST);
        self.due = Some((now + QUIET).min(latest));
    }

    fn carry_out(&mut self, order: Order) {
        match order {
            Order::Record(record) => self.acknowledge(record),
            Order::Save => self.save(),
            Order::SaveCopy(path) => {
                let report = match self.keeper.save_copy(&path) {
                    Ok(()) => Report::Wrote(format!("Copy written to {}", path.display())),
                    Err(error) => Report::Failed(Some(path), error.to_string()),
                };
                self.reporter.report(report);
            }
            Order::Check => {
                let checked = self.keeper.check(Timestamp::now());
                self.tell_merged(checked);
                if self.keeper.is_dirty() {
                    self.soon();
                }
            }
            Order::MergeCopy(copy) => {
                let merged = self.keeper.merge_copy(&copy, Timestamp::now()).map(|saved| saved.notices);
                let is_saved = merged.is_ok();
                self.tell_merged(merged);
                if is_saved {
                    self.say(Kept::Saved(Timestamp::now()));
                }
            }
            Order::Repair => {
                let mended = self.keeper.mend(Timestamp::now()).map(|saved| saved.notices);
                self.tell_merged(mended);
                self.say(Kept::Saved(Timestamp::now()));
            }
        }
    }

    fn acknowledge(&mut self, record: Record) {
        match self.keeper.acknowledge(&record, Timestamp::now()) {
            Ok(()) => self.say(Kept::Acknowledged),
            Err(error @ (KeepError::TooLong(_) | KeepError::ReadOnly { .. })) => {
                return self.say(Kept::Refused(record, error.to_string()));
            }
            Err(error) => {
                self.say(Kept::Acknowledged);
                self.say(Kept::Failed(error.to_string()));
            }
        }
        self.tell_corrections();
        self.soon();
    }

    fn save(&mut self) {
        (self.due, self.latest) = (None, None);
        match self.keeper.save(Timestamp::now()) {
            Ok(saved) => {
                self.tell_merged(Ok(saved.notices));
                self.say(Kept::Saved(Timestamp::now()));
            }
            Err(error) => {
                // A damaged or a read-only sidecar waits for the analyst, a full disk for room.
                if matches!(error, KeepError::File(_)) {
                    self.due = Some(Instant::now() + AGAIN);
                }
                self.say(Kept::Failed(error.to_string()));
            }
        }
    }

    fn tell_merged(&mut self, outcome: Result<Vec<Notice>, KeepError>) {
        self.tell_corrections();
        match outcome {
            Ok(notices) if notices.is_empty() => {}
            Ok(notices) => self.say(Kept::Notices(notices)),
            Err(error) => self.say(Kept::Failed(error.to_string())),
        }
        self.say(Kept::Standing(self.keeper.standing().clone()));
    }

    fn tell_corrections(&mut self) {
        let corrections = self.keeper.corrections();
        if !corrections.is_empty() {
            self.say(Kept::Corrected(corrections));
        }
    }

    fn say(&self, kept: Kept) {
        self.reporter.report(Report::Kept(self.path.clone(), kept));
    }
}
