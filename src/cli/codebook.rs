//! `vouch codebook`: the kinds, words, scales and checks in force.

use std::path::PathBuf;

use super::{Status, load, say};
use crate::files::{Action, Disk, FileError, Files as _};

/// Print the codebook in force: kinds, tags, fields, scales and checks
///
/// It is the file codebook.ron in the folder of the documents or in the nearest folder above it that has one; else the
/// one that comes with Vouch.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  vouch codebook > codebook.ron         begin a codebook of your own with the one in force")]
pub(super) struct Args {
    /// A document, or a folder of them
    #[arg(value_name = "PATH", default_value = ".")]
    path: PathBuf,
}

pub(super) fn run(args: &Args) -> Result<Status, String> {
    Disk.stat(&args.path).map_err(FileError::when(Action::Read, &args.path)).map_err(|error| error.to_string())?;
    let in_force = load::codebook(&Disk, std::slice::from_ref(&args.path))?;
    say::print(in_force.codebook.print().as_bytes())?;
    Ok(Status::Done)
}
