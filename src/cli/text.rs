//! `vouch text`: the canonical text of a document, which all positions refer to.

use std::path::PathBuf;

use super::say::complain;
use super::{Status, say};
use crate::collection::read_document;
use crate::document::ReadOptions;
use crate::files::Disk;
use crate::reading::Reading;

/// Print a document's canonical text: what the positions in sidecars and exports refer to
#[derive(Debug, clap::Args)]
#[command(after_help = "Positions are half-open ranges of Unicode code points of this text, counted from 0.")]
pub(super) struct Args {
    /// The document
    #[arg(value_name = "DOC")]
    document: PathBuf,
    /// Read it in this encoding (utf-8, windows-1252, utf-16le, …) instead of the one that was found
    #[arg(long, value_name = "LABEL")]
    encoding: Option<String>,
    /// Of a web page the whole text, menus and all, instead of the article alone
    #[arg(long)]
    whole: bool,
}

pub(super) fn run(args: &Args, reading: &Reading) -> Result<Status, String> {
    let options = ReadOptions { encoding: args.encoding.clone(), whole: args.whole };
    let (document, warnings) = read_document(&Disk, reading, &args.document, &options)?;
    for warning in warnings {
        complain(format!("{}: {warning}", args.document.display()));
    }
    say::print(document.text.as_str().as_bytes())?;
    Ok(Status::Done)
}
