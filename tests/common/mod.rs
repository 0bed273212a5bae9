//! A desk over a folder of its own, for tests that act as a user does, without a window.
#![allow(dead_code, reason = "each test file uses its part")]

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use vouch::annotation::Id;
use vouch::app::action::Action;
use vouch::app::command::Command;
use vouch::app::desk::{Desk, Start};
use vouch::app::model::Model;
use vouch::app::release::{Release, SaveState};
use vouch::document::ByteSpan;
use vouch::files::{Disk, Places};
use vouch::settings::Settings;

/// How long a background job may take before the test gives up on it.
const PATIENCE: Duration = Duration::from_mins(1);

/// A user at a desk.
pub struct Story {
    pub desk: Desk,
    pub folder: Arc<TempDir>,
}

impl Story {
    /// In an empty folder.
    pub fn new() -> Self {
        Self::of("anna", "Anna Tamm")
    }

    /// The same of somebody else.
    pub fn of(handle: &str, name: &str) -> Self {
        Self::at(Arc::new(TempDir::new().expect("a folder")), (handle, name))
    }

    fn at(folder: Arc<TempDir>, (handle, name): (&str, &str)) -> Self {
        let context = egui::Context::default();
        let docs = folder.path().join("docs");
        fs::create_dir_all(&docs).expect("a folder");
        let settings = Settings { handle: handle.to_owned(), name: name.to_owned(), ..Settings::default() };
        let start = Start {
            reading: vouch::reading::Reading::here(),
            files: Arc::new(Disk),
            places: Places::under(&folder.path().join("home").join(handle)),
            settings,
            own_me: None,
            is_new_here: false,
            warnings: Vec::new(),
        };
        Self { desk: Desk::new(&context, start), folder }
    }

    /// The program ends as it should, and is started again.
    pub fn restart(mut self) -> Self {
        self.desk.close(None);
        self.beside()
    }

    /// The program ends, and somebody else starts it on the same folder.
    pub fn for_another(mut self, handle: &str, name: &str) -> Self {
        self.desk.close(None);
        Self::at(Arc::clone(&self.folder), (handle, name))
    }

    /// A second window of the same user on the same folder.
    pub fn beside(&self) -> Self {
        let settings = &self.desk.model.settings;
        Self::at(Arc::clone(&self.folder), (&settings.handle, &settings.name))
    }

    pub fn path(&self, name: &str) -> PathBuf {
        let docs = fs::canonicalize(self.folder.path().join("docs")).expect("a folder");
        docs.join(name)
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("written");
    }

    /// Does something and takes in what comes at once.
    pub fn act(&mut self, action: Action) {
        self.desk.actions.push(action);
        self.desk.logic(0.0);
    }

    pub fn run(&mut self, command: Command) {
        self.act(Action::Run(command));
    }

    /// Waits until the model is so.
    pub fn wait(&mut self, what: &str, so: impl Fn(&Model) -> bool) {
        let end = Instant::now() + PATIENCE;
        loop {
            self.desk.logic(0.0);
            if so(&self.desk.model) {
                return;
            }
            assert!(Instant::now() < end, "waited in vain for {what}: {:?}", self.desk.model.banners);
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Opens a release of the folder and waits until it is shown.
    pub fn open(&mut self, name: &str) {
        let path = self.path(name);
        self.act(Action::OpenPaths(vec![path.clone()]));
        self.wait("the release", |model| model.current().is_some_and(|release| release.path == path));
    }

    pub fn current(&self) -> &Release {
        self.desk.model.current().expect("a release is open")
    }

    /// Where words stand in the shown release.
    pub fn span(&self, words: &str) -> ByteSpan {
        let start = self.current().document.text.as_str().find(words).expect("the words are in the text");
        ByteSpan { start, end: start + words.len() }
    }

    /// Marks words as a claim; gives its id.
    pub fn mark(&mut self, words: &str) -> Id {
        let before: Vec<Id> = self.current().set().claims.keys().cloned().collect();
        self.act(Action::Deselect);
        self.act(Action::SelectText(self.span(words)));
        self.run(Command::MarkClaim);
        let claims = &self.current().set().claims;
        claims.keys().find(|id| !before.contains(id)).cloned().expect("a new claim")
    }

    /// Waits until everything is in the sidecar.
    pub fn saved(&mut self) {
        self.run(Command::Save);
        self.wait("the save", |model| {
            model.releases.iter().all(|release| matches!(release.save, SaveState::Saved(_) | SaveState::Clean))
        });
    }

    pub fn toast(&self) -> &str {
        self.desk.model.toast.as_ref().map_or("", |toast| toast.text.as_str())
    }
}
