//! Watching a folder for what others change in it.
//!
//! The system's notification only wakes us: *what* changed is found by comparing two listings, so that a burst of
//! events is one message, our own reads are none, and a lost event is made good by the next look. We also look every
//! few seconds without being woken, because network drives notify of nothing that happens on another machine. Held by
//! `tests/files.rs`.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use notify::{RecommendedWatcher, RecursiveMode, Watcher};

use super::{Action, FileError, Files, Stat, is_temp};

/// How long it must be quiet before a change is told …
const QUIET: Duration = Duration::from_millis(150);
/// … but no change waits longer than this.
const LONGEST: Duration = Duration::from_secs(1);
/// How often we look without being woken.
const LOOK: Duration = Duration::from_secs(8);

enum Wake {
    Changed,
    Stop,
}

/// A folder that is being watched as long as this lives. Files directly in it count, folders below do not.
#[derive(Debug)]
pub struct Watch {
    wake: Sender<Wake>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Watch {
    /// Watches `folder`. `tell` is called on the watching thread with the paths that were added, changed or removed,
    /// in order; an `mpsc` sender's `send` fits. Temporary files of ours are left out.
    ///
    /// # Errors
    /// The folder cannot be listed. Where the system cannot notify, looking every few seconds is all that is done.
    pub fn new(
        files: Arc<dyn Files>,
        folder: &Path,
        tell: impl FnMut(Vec<PathBuf>) + Send + 'static,
    ) -> Result<Self, FileError> {
        let failed = |error| FileError::when(Action::Watch, folder)(error);
        let (wake, woken) = mpsc::channel();
        let notifier = notifier(folder, &wake);
        let seen = look(&*files, folder).map_err(failed)?;
        let mut looker = Looker { files, folder: folder.to_owned(), seen, tell, notifier, wake: wake.clone() };
        let thread = thread::Builder::new()
            .name("watch".to_owned())
            .spawn(move || looker.run(&woken))
            .map_err(|error| FileError::when(Action::Watch, folder)(error))?;
        Ok(Self { wake, thread: Some(thread) })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // A thread that is gone already has nothing to be told, and a panic in it was printed there.
        drop(self.wake.send(Wake::Stop));
        if let Some(thread) = self.thread.take() {
            drop(thread.join());
        }
    }
}

/// The system's notifier, where it has one that works for this folder.
fn notifier(folder: &Path, wake: &Sender<Wake>) -> Option<RecommendedWatcher> {
    let wake = wake.clone();
    let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
        // Errors (a queue that ran over) are a reason to look, too; reading is none.
        if !event.is_ok_and(|event| event.kind.is_access()) {
            drop(wake.send(Wake::Changed));
        }
    })
    .ok()?;
    watcher.watch(folder, RecursiveMode::NonRecursive).ok()?;
    Some(watcher)
}

type Seen = BTreeMap<OsString, Stat>;

fn look(files: &dyn Files, folder: &Path) -> std::io::Result<Seen> {
    let entries = files.list(folder)?;
    Ok(entries
        .into_iter()
        .filter(|entry| !entry.stat.is_folder && !is_temp(&entry.name))
        .map(|entry| (entry.name, entry.stat))
        .collect())
}

struct Looker<T> {
    files: Arc<dyn Files>,
    folder: PathBuf,
    seen: Seen,
    tell: T,
    notifier: Option<RecommendedWatcher>,
    wake: Sender<Wake>,
}

impl<T: FnMut(Vec<PathBuf>)> Looker<T> {
    fn run(&mut self, woken: &Receiver<Wake>) {
        // What changed before the notifier was in place is found at once.
        self.look_again();
        loop {
            match woken.recv_timeout(LOOK) {
                Ok(Wake::Changed) => {
                    if !settled(woken) {
                        return;
                    }
                }
                Ok(Wake::Stop) | Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {}
            }
            self.look_again();
        }
    }

    fn look_again(&mut self) {
        // A folder that cannot be listed (a share that is away) is one with nothing in it; when it comes back, the
        // system's notifier must be set on it anew.
        let now = if let Ok(now) = look(&*self.files, &self.folder) {
            if self.notifier.is_none() {
                self.notifier = notifier(&self.folder, &self.wake);
            }
            now
        } else {
            self.notifier = None;
            Seen::new()
        };
        let names: BTreeSet<&OsString> = self.seen.keys().chain(now.keys()).collect();
        let changed: Vec<PathBuf> = names
            .into_iter()
            .filter(|&name| self.seen.get(name) != now.get(name))
            .map(|name| self.folder.join(name))
            .collect();
        self.seen = now;
        if !changed.is_empty() {
            (self.tell)(changed);
        }
    }
}

/// Waits until it is quiet, or has been unquiet for long enough; false when it is time to stop.
fn settled(woken: &Receiver<Wake>) -> bool {
    let started = Instant::now();
    while started.elapsed() < LONGEST {
        match woken.recv_timeout(QUIET) {
            Ok(Wake::Changed) => {}
            Err(RecvTimeoutError::Timeout) => return true,
            Ok(Wake::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
        }
    }
    true
}
