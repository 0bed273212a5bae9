//! Writing a codebook's file: as carefully as a sidecar, and never over what somebody else wrote there meanwhile.
//!
//! Held by `tests/recoding.rs`.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use sha2::{Digest as _, Sha256};

use super::scan::{Token, Tokens};
use crate::annotation::{Codebook, Warning};
use crate::files::{self, Action, FileError, Files, Places};

/// Bytes that a codebook may have.
pub const MAX_CODEBOOK: u64 = 4 << 20;
/// How long another program that writes in the folder is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// Why a codebook's file was not written. Its `Display` says what to do.
#[derive(Debug, thiserror::Error)]
pub enum CodebookError {
    /// The disk.
    #[error(transparent)]
    File(#[from] FileError),
    /// What is there is no codebook, or one that must not be changed here.
    #[error("{path}: {why}: it was left as it is", path = path.display())]
    NotOurs {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: String,
    },
}

/// What a save came to.
#[derive(Clone, Debug, PartialEq)]
pub struct CodebookSaved {
    /// What the file holds now.
    pub codebook: Codebook,
    /// Entries that somebody else changed, too, in another way: ours stayed, theirs is in the backup.
    pub clashes: Vec<String>,
    /// The folder with the copy of what was replaced, where a comment, something that could not be read, or theirs of a
    /// clash is only there now.
    pub backup: Option<PathBuf>,
}

/// Writes `ours`, which came of `base`. What the file holds by now is merged in, and what is replaced is kept as a
/// backup.
///
/// # Errors
/// The file is as it was, or the new one whole.
pub fn save_codebook(
    files: &dyn Files,
    places: &Places,
    path: &Path,
    base: &Codebook,
    ours: &Codebook,
    now: Timestamp,
) -> Result<CodebookSaved, CodebookError> {
    let path = files::resolve(files, path)?;
    let folder = path.parent().unwrap_or(&path);
    // Where the folder cannot be locked, the file is replaced atomically all the same.
    let _lock = files.lock_folder(folder, PATIENCE);
    let old = match files.read(&path, MAX_CODEBOOK) {
        Ok(bytes) => Some(bytes),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(FileError::when(Action::Read, &path)(error).into()),
    };
    let (mut codebook, mut clashes, mut loses) = (ours.clone(), Vec::new(), false);
    if let Some(old) = &old {
        let not_ours = |why: String| CodebookError::NotOurs { path: path.clone(), why };
        let (theirs, told) = Codebook::parse(old).map_err(|refused| not_ours(refused.to_string()))?;
        if let Some(why) = theirs.read_only() {
            return Err(not_ours(why));
        }
        loses = told.iter().any(is_lost) || has_comments(old);
        if theirs != *base {
            (codebook, clashes) = Codebook::merged(base, ours, &theirs);
        }
        if theirs == codebook {
            return Ok(CodebookSaved { codebook, clashes, backup: None });
        }
    }
    let printed = match &old {
        Some(old) => codebook.print_over(old),
        None => codebook.print(),
    };
    let mut backup = None;
    if let Some(old) = &old {
        let digest = Sha256::digest(path.as_os_str().as_encoded_bytes());
        let id: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let folder = places.state.join("backups").join(format!("codebook-{id}"));
        files::back_up(files, &folder, old, "codebook.ron", &files::unique_tag(), now)?;
        backup = Some(folder).filter(|_| loses || !clashes.is_empty());
    }
    files::replace(files, &path, printed.as_bytes())?;
    Ok(CodebookSaved { codebook, clashes, backup })
}

/// Whether a reader said that it leaves an entry out.
pub(super) fn is_lost(told: &Warning) -> bool {
    told.message.ends_with("left out")
}

/// Whether comments stand in the file beside our own at its head.
pub(super) fn has_comments(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let mut tokens = Tokens::new(&text, 0).map_while(Result::ok).filter(|(token, _)| *token == Token::Comment);
    tokens.any(|(_, range)| {
        let comment = text.get(range).unwrap_or_default().trim_end();
        !Codebook::HEAD.lines().any(|own| own == comment)
    })
}
