//! The desk: the model, the readers' states, and what works in the background. The window draws it, tests drive it.
//!
//! [`Desk::logic`] drains jobs and actions once a frame; nothing else changes the model. Held by `tests/desk.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use super::action::{Action, Target};
use super::book::BookKeeping;
use super::command::{Command, Keymap};
use super::jobs::{Jobs, Preview, Report};
use super::keeping::Keeping;
use super::model::{Banner, Model};
use super::reader::ReaderState;
use super::text::Fonts;
use super::worker::Worker;
use crate::annotation::{About, Codebook};
use crate::files::{Files, Places, Watch};
use crate::reading::Reading;
use crate::review::{Elsewhere, View};
use crate::settings::Settings;
use crate::sidecar::recoding::{Applied, finish_all};

/// Everything behind the window.
pub struct Desk {
    /// What is shown.
    pub model: Model,
    /// What the reader of each open release remembers.
    pub readers: BTreeMap<PathBuf, ReaderState>,
    /// What was asked for since the last frame.
    pub actions: Vec<Action>,
    /// Text for the clipboard, for the next frame.
    pub to_clipboard: Option<String>,
    /// An address for the browser, for the next frame.
    pub to_browser: Option<String>,
    /// The clipboard is asked for.
    pub wants_paste: bool,
    /// The window is to be closed.
    pub quit: bool,
    /// What an export or a sidecar looks like, and for which request.
    pub preview: Option<(u64, Preview)>,
    /// Fonts of the system, found in the background, for the text engine.
    pub new_fonts: Option<Box<Fonts>>,
    pub(super) files: Arc<dyn Files>,
    pub(super) reading: Reading,
    pub(super) places: Places,
    pub(super) jobs: Jobs,
    pub(super) keeping: BTreeMap<PathBuf, Keeping>,
    pub(super) watches: BTreeMap<PathBuf, Watch>,
    /// The request whose preview is wanted; older ones are dropped.
    pub(super) wanted_preview: u64,
    /// The file that is to be shown once it is read.
    pub(super) to_show: Option<PathBuf>,
    /// Where to go in a release once it is read.
    pub(super) to_go: Option<(PathBuf, Target)>,
    /// Layers from elsewhere for releases that are being read.
    pub(super) to_load: BTreeMap<PathBuf, Vec<Elsewhere>>,
    /// Writes how layers are looked at.
    pub(super) views: Option<Worker<(PathBuf, View)>>,
    /// Files that are being read.
    pub(super) opening: BTreeSet<PathBuf>,
    /// What a new release from pasted text says of itself, until it is read.
    pub(super) about_of_new: Option<(PathBuf, About)>,
    /// The job that searches, and the one that lists the folder.
    pub(super) search: u64,
    pub(super) listing: u64,
    /// The name and handle to be saved, where others are used this time.
    pub(super) own_me: Option<(String, String)>,
    /// Where the keyboard is to go in the next frame.
    pub focus: Option<Command>,
    /// Writes the codebook of the folder.
    pub(super) book_keeping: Option<BookKeeping>,
    /// The job that looks at what a change of the codebook would reach.
    pub(super) reaching: u64,
    /// The codebook that will be in force when all sets are changed, and whether that takes a step back.
    pub(super) recoding_to: Option<(Arc<Codebook>, bool)>,
    /// A change of all sets that waits for these open releases to be saved.
    pub(super) recoding: Option<(Applied, BTreeSet<PathBuf>)>,
}

/// What a desk is made with.
pub struct Start {
    /// The file system.
    pub files: Arc<dyn Files>,
    /// How documents are read.
    pub reading: Reading,
    /// Where settings and state are; `None`: nowhere, and nothing but the documents' folders is written.
    pub places: Places,
    /// Settings as loaded.
    pub settings: Settings,
    /// The name and handle of the settings, where others are used this time.
    pub own_me: Option<(String, String)>,
    /// Whether there were no settings yet.
    pub is_new_here: bool,
    /// What was wrong with them, in words.
    pub warnings: Vec<String>,
}

impl Desk {
    /// A desk with nothing open, whose jobs wake `context`.
    #[must_use]
    pub fn new(context: &egui::Context, start: Start) -> Self {
        let (keymap, key_troubles) = Keymap::new(&start.settings.keys);
        // Before anything is opened: what a change of all sets left to be done when it was cut short.
        let unfinished = finish_all(&start.files, &start.places, jiff::Timestamp::now());
        let banners = start.warnings.into_iter().chain(unfinished);
        let banners = banners.map(|text| Banner { is_error: false, place: None, text, offers: Vec::new() }).collect();
        let model = Model {
            keymap,
            key_troubles,
            codebook: Arc::new(Codebook::built_in().clone()),
            banners,
            session: super::logic::now(),
            is_new_here: start.is_new_here,
            settings: start.settings,
            ..Model::default()
        };
        Self {
            model,
            readers: BTreeMap::new(),
            actions: Vec::new(),
            to_clipboard: None,
            to_browser: None,
            wants_paste: false,
            quit: false,
            preview: None,
            new_fonts: None,
            files: start.files,
            reading: start.reading,
            places: start.places,
            jobs: Jobs::new(context),
            keeping: BTreeMap::new(),
            watches: BTreeMap::new(),
            wanted_preview: 0,
            to_show: None,
            to_go: None,
            to_load: BTreeMap::new(),
            views: None,
            opening: BTreeSet::new(),
            about_of_new: None,
            search: 0,
            listing: 0,
            own_me: start.own_me,
            focus: None,
            book_keeping: None,
            reaching: 0,
            recoding_to: None,
            recoding: None,
        }
    }

    /// Looks through the system's fonts in the background: the first time takes a while.
    pub fn find_fonts(&mut self) {
        self.jobs.run(None, |reporter| reporter.report(Report::Fonts(Box::new(Fonts::with_system()))));
    }

    /// The title of the window.
    #[must_use]
    pub fn title(&self) -> String {
        match self.model.current() {
            Some(release) => format!("{} – Vouch", release.document.name),
            None => "Vouch".to_owned(),
        }
    }
}
