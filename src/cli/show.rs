//! `vouch show`: a sidecar as text for people, and for `git diff`.

use std::path::PathBuf;

use super::{Status, say};
use crate::files::{Action, Disk, FileError, Files as _};
use crate::sidecar::{MAX_BYTES, read, view};

/// Print a sidecar as text to be read: claims in the order of the release, a field a line
///
/// What git diff shows of sidecars, where vouch git-setup was run. A file that cannot be read whole is printed as it
/// stands.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The sidecar or register
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

pub(super) fn run(args: &Args) -> Result<Status, String> {
    let bytes = Disk
        .read(&args.file, MAX_BYTES as u64)
        .map_err(FileError::when(Action::Read, &args.file))
        .map_err(|error| error.to_string())?;
    match read(&bytes) {
        // What could not be read, and the other side of git's markers, must be seen too.
        Ok(read) if read.problems.is_empty() && read.theirs.is_none() => say::print(view(&read.set).as_bytes())?,
        _ => say::print(&bytes)?,
    }
    Ok(Status::Done)
}
