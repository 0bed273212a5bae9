//! Where settings, state and cache live on this system.
//!
//! State is what must not be lost but belongs to this machine: journals, backups, locks. Held by `tests/files.rs`.

use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};

use directories::ProjectDirs;

/// The folders that the program calls its own. They need not be there yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// Settings.
    pub settings: PathBuf,
    /// Journals, backups, locks.
    pub state: PathBuf,
    /// What can be computed again.
    pub cache: PathBuf,
}

/// The system names no home folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoHome;

impl fmt::Display for NoHome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no home folder is known here: set VOUCH_HOME to a folder that may be written")
    }
}

impl std::error::Error for NoHome {}

impl Places {
    /// All three under one folder.
    pub fn under(home: &Path) -> Self {
        Self { settings: home.join("settings"), state: home.join("state"), cache: home.join("cache") }
    }

    /// Under the value of `VOUCH_HOME`, which the caller read from the environment; where that is not set or empty,
    /// where the system wants them.
    ///
    /// # Errors
    /// [`NoHome`].
    pub fn find(vouch_home: Option<OsString>) -> Result<Self, NoHome> {
        if let Some(home) = vouch_home.filter(|home| !home.is_empty()) {
            return Ok(Self::under(Path::new(&home)));
        }
        let system = ProjectDirs::from("", "", "vouch").ok_or(NoHome)?;
        // macOS and Windows have no folder of the kind; there it is what does not roam between machines.
        let state = system.state_dir().map_or_else(|| system.data_local_dir().join("state"), Path::to_owned);
        Ok(Self { settings: system.config_dir().to_owned(), state, cache: system.cache_dir().to_owned() })
    }
}
