//! The codebook in force in a folder: `codebook.ron` there, or in the nearest folder above; else the built-in one.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::annotation::{CODEBOOK_FILE, Codebook};
use crate::files::{Action, FileError, Files};

/// Bytes that a codebook may have.
const LIMIT: u64 = 4 << 20;

/// The codebook of a folder, and where it is from.
#[derive(Clone, Debug)]
pub struct InForce {
    /// The codebook.
    pub codebook: Codebook,
    /// Its file; `None`: the built-in one.
    pub path: Option<PathBuf>,
    /// What is wrong with the file and what was done about it, a line each.
    pub warnings: Vec<String>,
}

/// Finds the codebook of a folder. A file that is no codebook is told, and the built-in one is in force.
///
/// # Errors
/// A codebook is there and cannot be read, or there is no such folder.
pub fn codebook_for(files: &dyn Files, folder: &Path) -> Result<InForce, FileError> {
    let folder = files.real_path(folder).map_err(FileError::when(Action::Read, folder))?;
    for folder in folder.ancestors() {
        let path = folder.join(CODEBOOK_FILE);
        let bytes = match files.read(&path, LIMIT) {
            Ok(bytes) => bytes,
            // A folder above that may not be looked into has nothing to say here.
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::PermissionDenied) => continue,
            Err(error) => return Err(FileError::when(Action::Read, &path)(error)),
        };
        let (codebook, told) =
            Codebook::parse(&bytes).unwrap_or_else(|refused| (Codebook::built_in().clone(), vec![refused]));
        let warnings = told.iter().map(|told| format!("{}: {told}", path.display())).collect();
        return Ok(InForce { codebook, path: Some(path), warnings });
    }
    Ok(InForce { codebook: Codebook::built_in().clone(), path: None, warnings: Vec::new() })
}
