//! Background work: each job runs on a thread of its own and answers with reports; old answers are dropped.
//!
//! The window never waits: it drains what has come, once a frame. A job that panics is an error on what it was about,
//! and the window lives on. Knows what the reports are, not what is done with them. Held by `tests/desk.rs`.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use super::book::{BookReport, RecodeAsked};
use super::comparing::VersionsSeen;
use super::keeping::Kept;
use super::layers::{Compared, Layer};
use super::model::{Entry, Folder, Unmatched};
use super::opening::{AgreedOpened, Opened, RegisterOpened};
use super::reader::Marks;
use super::settling::{SetOf, Versed};
use super::shelf::{ClaimList, Missing, Overview, RelationList, SourceList, Stamp};
use super::text::Fonts;
use crate::annotation::AnnotationSet;
use crate::collection::{Figure, InForce, Reach};
use crate::document::{ByteSpan, Proposed, Structure};
use crate::exchange;
use crate::reading::Reading;
use crate::review::Elsewhere;

/// What a job says.
#[expect(missing_docs, reason = "the doc of a variant says what its fields are")]
pub enum Report {
    /// A release was read.
    Opened(Box<Opened>),
    /// A release could not be read: where, and what is wrong in words.
    NotOpened(PathBuf, String),
    /// The structure of a large text.
    Structured(PathBuf, Arc<Structure>, Arc<Proposed>),
    /// My register of sources was read.
    Register(Box<RegisterOpened>),
    /// Something about my edits of a release.
    Kept(PathBuf, Kept),
    /// Colleagues' sets beside a release, read again.
    Layers(PathBuf, Vec<Layer>, Box<Marks>, Vec<String>),
    /// Sets were loaded from elsewhere: which belong to which document, which to none, and what could not be read.
    Loaded(BTreeMap<PathBuf, Vec<Elsewhere>>, Vec<Unmatched>, Vec<String>),
    /// How the sets over a release compare with mine.
    Compared(PathBuf, Vec<(Arc<AnnotationSet>, Compared)>),
    /// How two sets of a release that stand side by side go together, in these states of them.
    Versed(PathBuf, (SetOf, SetOf), Box<Versed>),
    /// The settled set of a release was read.
    Agreed(Box<AgreedOpened>),
    /// Second versions of my sidecar of a release that lie beside it.
    Copies(PathBuf, Vec<PathBuf>),
    /// The document on the disk is another one by now.
    Stale(PathBuf),
    /// The codebook in force for the folder.
    Codebook(Box<InForce>),
    /// Something about the codebook's file, or about sets that change with it.
    Book(BookReport),
    /// What a change of a kind or tag would reach, or why that is not known.
    Reach(Box<(RecodeAsked, Result<Reach, String>)>),
    /// The releases of a folder, before they were looked into.
    Listed(Folder),
    /// What a release of the folder says of itself, and its sets, where somebody has worked on it.
    Entry(Entry, Option<(Arc<exchange::Release>, Missing)>),
    /// What is missing in the open releases, in this state of them.
    Missing(Stamp, BTreeMap<PathBuf, Arc<Missing>>),
    /// The claims to choose from that were asked for, in this state of the shelf.
    Choices(Stamp, Box<ClaimList>),
    /// The figures of the shelf, in this state of it.
    Overview(Stamp, Box<Overview>),
    /// All relations of the shelf, in this state of it.
    Relations(Stamp, Box<RelationList>),
    /// The claims of the shelf that were asked for, in this state of it.
    Claims(Stamp, Box<ClaimList>),
    /// All sources of the shelf, in this state of it.
    Sources(Stamp, Box<SourceList>),
    /// Files of a watched folder have changed.
    Changed(Vec<PathBuf>),
    /// Where words were found in a release.
    Found { path: PathBuf, query: String, hits: Vec<ByteSpan> },
    /// Two versions of a release were compared: the older one, the newer one, and what came of it.
    VersionsSeen(PathBuf, PathBuf, Result<Box<VersionsSeen>, String>),
    /// Something was written: what to say.
    Wrote(String),
    /// Something could not be done: what it was about, and what is wrong in words.
    Failed(Option<PathBuf>, String),
    /// A file dialog gave paths, none where it was cancelled or could not be shown, after so long.
    Picked(Picking, Vec<PathBuf>, Duration),
    /// A preview of an export or of the sidecar.
    Preview(u64, Preview),
    /// The system's fonts were looked through.
    Fonts(Box<Fonts>),
    /// The job is over.
    Done(u64),
}

/// What a file dialog was for.
#[derive(Clone, Debug, PartialEq)]
pub enum Picking {
    /// Releases to open.
    Open,
    /// A folder to open.
    Folder,
    /// Colleagues' sets to load.
    Layers,
    /// A folder of them.
    LayerFolder,
    /// The document that a set belongs to.
    Document(Elsewhere),
    /// Where to write an export.
    Export(super::action::ExportOptions),
    /// Where to write a figure, and the axis whose terms it may count.
    Figure(Figure, String),
    /// Another version of the shown release.
    Version {
        /// Whether it is the older one.
        is_older: bool,
    },
    /// Where to write a copy of the sidecar.
    SaveCopy,
}

/// A text to be shown before it is saved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preview {
    /// The text, or the part of it that is shown.
    pub text: Arc<str>,
    /// Bytes in all.
    pub bytes: usize,
    /// How many claims it holds, where that is known.
    pub claims: Option<usize>,
    /// What went wrong or was left out.
    pub warnings: Vec<String>,
}

/// Starts jobs and gathers their reports.
pub struct Jobs {
    sender: Sender<Report>,
    reports: Receiver<Report>,
    waker: Waker,
    next: u64,
    cancelled: Vec<(u64, Arc<AtomicBool>)>,
}

/// Tells the window that a report has come.
#[derive(Clone, Debug)]
pub struct Waker(egui::Context);

/// What a job has in hand: a way to report, and whether it is still wanted.
#[derive(Clone, Debug)]
pub struct Reporter {
    sender: Sender<Report>,
    waker: Waker,
    cancelled: Arc<AtomicBool>,
}

impl Reporter {
    /// Hands a report to the window.
    pub fn report(&self, report: Report) {
        // The receiver is gone only when the window is: then nobody wants to know.
        if self.sender.send(report).is_ok() {
            self.waker.0.request_repaint();
        }
    }

    /// As documents are read, but only for as long as somebody waits for the answer.
    #[must_use]
    pub fn reading(&self, reading: &Reading) -> Reading {
        reading.until(Arc::clone(&self.cancelled))
    }

    /// Whether nobody waits for the answer any more.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }
}

impl Jobs {
    /// Jobs that wake this context.
    #[must_use]
    pub fn new(context: &egui::Context) -> Self {
        let (sender, reports) = channel();
        Self { sender, reports, waker: Waker(context.clone()), next: 0, cancelled: Vec::new() }
    }

    /// A way to report for a thread that lives longer than a job.
    #[must_use]
    pub fn reporter(&self) -> Reporter {
        Reporter { sender: self.sender.clone(), waker: self.waker.clone(), cancelled: Arc::default() }
    }

    /// Starts a job about `place`; gives its number.
    pub fn run(&mut self, place: Option<PathBuf>, work: impl FnOnce(&Reporter) + Send + 'static) -> u64 {
        self.next += 1;
        let number = self.next;
        let reporter = self.reporter();
        self.cancelled.push((number, Arc::clone(&reporter.cancelled)));
        let guarded = move || {
            if catch_unwind(AssertUnwindSafe(|| work(&reporter))).is_err() {
                let text = "something in Vouch broke while working on this; please report it with the file, if you can";
                reporter.report(Report::Failed(place, text.to_owned()));
            }
            reporter.report(Report::Done(number));
        };
        if let Err(error) = std::thread::Builder::new().name(format!("job {number}")).spawn(guarded) {
            let text = format!("no thread could be started ({error}): close other programs and try again");
            self.reporter().report(Report::Failed(None, text));
            self.reporter().report(Report::Done(number));
        }
        number
    }

    /// Tells a job that its answer is not wanted any more.
    pub fn cancel(&mut self, number: u64) {
        self.cancelled.retain(|(other, flag)| {
            if *other == number {
                flag.store(true, Ordering::Relaxed);
            }
            *other != number
        });
    }

    /// What has been reported since.
    pub fn drain(&mut self) -> Vec<Report> {
        let reports: Vec<Report> = self.reports.try_iter().collect();
        for report in &reports {
            if let Report::Done(number) = report {
                self.cancelled.retain(|(other, _)| other != number);
            }
        }
        reports
    }

    /// Whether a job is running.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        !self.cancelled.is_empty()
    }
}
