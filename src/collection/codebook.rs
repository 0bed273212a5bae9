//! The codebook in force in a folder: `codebook.ron` there, or in the nearest folder above; else the built-in one.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::annotation::{CODEBOOK_FILE, Codebook};
use crate::files::{Action, FileError, Files};
use crate::sidecar::MAX_CODEBOOK;

/// The codebook of a folder, and where it is from.
#[derive(Clone, Debug)]
pub struct InForce {
    /// The codebook.
    pub codebook: Codebook,
    /// Its file; `None`: the built-in one.
    pub path: Option<PathBuf>,
    /// What is wrong with the file and what was done about it, a line each.
    pub warnings: Vec<String>,
    /// Why the file is not to be changed here; `None`: it may be.
    pub read_only: Option<String>,
}

/// The bytes of a codebook's file.
///
/// # Errors
/// The file cannot be read.
pub fn read_codebook(files: &dyn Files, path: &Path) -> Result<Vec<u8>, FileError> {
    files.read(path, MAX_CODEBOOK).map_err(FileError::when(Action::Read, path))
}

/// Finds the codebook of a folder. A file that is no codebook is told, and the built-in one is in force.
///
/// # Errors
/// A codebook is there and cannot be read, or there is no such folder.
pub fn codebook_for(files: &dyn Files, folder: &Path) -> Result<InForce, FileError> {
    let folder = files.real_path(folder).map_err(FileError::when(Action::Read, folder))?;
    for folder in folder.ancestors() {
        let path = folder.join(CODEBOOK_FILE);
        let bytes = match files.read(&path, MAX_CODEBOOK) {
            Ok(bytes) => bytes,
            // A folder above that may not be looked into has nothing to say here.
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::PermissionDenied) => continue,
            Err(error) => return Err(FileError::when(Action::Read, &path)(error)),
        };
        let parsed = Codebook::parse(&bytes);
        // A file that is no codebook is left as it is, too.
        let read_only = match &parsed {
            Ok((codebook, _)) => codebook.read_only(),
            Err(refused) => Some(refused.to_string()),
        };
        let instead = if parsed.is_err() { ": the built-in codebook is in force until the file is mended" } else { "" };
        let (codebook, told) = parsed.unwrap_or_else(|refused| (Codebook::built_in().clone(), vec![refused]));
        let later = read_only.iter().filter(|_| codebook.read_only().is_some()).cloned();
        let told = later.chain(told.iter().map(ToString::to_string));
        let warnings = told.map(|told| format!("{}: {told}{instead}", path.display())).collect();
        return Ok(InForce { codebook, path: Some(path), warnings, read_only });
    }
    let codebook = Codebook::built_in().clone();
    Ok(InForce { codebook, path: None, warnings: Vec::new(), read_only: None })
}
