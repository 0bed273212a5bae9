//! `vouch compare`: how far annotators agree, and where they differ.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

mod inputs;
mod json;
mod text;

use self::inputs::{Inputs, Shelf};
use super::{Status, load, say};
use crate::annotation::Codebook;
use crate::collection::agreement_picture;
use crate::files::{self, Disk};
use crate::reading::Reading;
use crate::review::agreement::{Agreement, Coder, Document, agreement};
use crate::review::{Side, Verdict};

/// Compare annotators: how far they agree in figures, and on which claims they differ
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  vouch compare release.txt.anna.vouch.ron release.txt.mart-k.vouch.ron
  vouch compare anna/releases mart/releases --json
  vouch compare releases                          everybody with everybody, each release, then all together
  vouch compare releases --figure agreement.svg

Of one folder or document all its annotators are compared (not the agreed set, which was made from theirs); of several \
paths each annotator of one with each of the others. The first of two is the reference for precision and recall. Strict: \
the very same words; overlap: claims that go together in the best assignment by overlap. κ is Cohen's, α is Krippendorff's; \
intervals hold 95 % of 1,000 resamples of whole documents (of one document, of its paragraphs).

Exit status: 0 all alike, 1 differences were found or a claim was lost, 2 could not.")]
pub(super) struct Args {
    /// Two sidecars, documents, files of sets or folders to compare; or one document, file of sets or folder
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// The same as data: {"format": "vouch-agreement", "version": 1, "documents": […], "whole": …}
    #[arg(long)]
    json: bool,
    /// List the claims on which they differ; done by itself where several paths are given
    #[arg(long)]
    list: bool,
    /// A picture instead of tables: FILE.svg or FILE.png: who agrees with whom, and which kinds are contested
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    figure: Option<PathBuf>,
    /// What the resamples are drawn by: the same number gives the same intervals
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
}

pub(super) fn run(args: &Args, reading: &Reading) -> Result<Status, String> {
    let codebook = load::codebook(&Disk, &args.paths)?.codebook;
    let Inputs { shelf, mut status } = inputs::read(&args.paths, reading);
    if shelf.documents.iter().all(|document| document.works.len() < 2) {
        if status == Status::Failed {
            // What went wrong is told, and what is left is nothing to compare.
            return Ok(status);
        }
        return Err(nothing(args));
    }
    let compared = compare(&shelf, &codebook, args.seed);
    let pairs = compared.documents.iter().flat_map(|part| &part.pairs).filter_map(|pair| pair.alignment.as_ref());
    if pairs.flat_map(|alignment| &alignment.pairs).any(|pair| pair.verdict != Verdict::Agree) {
        status = status.max(Status::Found);
    }
    if let Some(path) = &args.figure {
        draw(path, &shelf, &compared, &codebook)?;
        return Ok(status);
    }
    let is_listed = args.list || args.paths.len() > 1;
    say::print_with(|out| print(args.json, &shelf, &compared, is_listed, out))?;
    Ok(status)
}

fn print(json: bool, shelf: &Shelf, compared: &Agreement, is_listed: bool, out: &mut dyn Write) -> io::Result<()> {
    if !json {
        return text::print(shelf, compared, is_listed, out);
    }
    serde_json::to_writer_pretty(&mut *out, &json::data(shelf, compared, is_listed))?;
    writeln!(out)
}

/// Why there is nothing to compare, and what to do.
fn nothing(args: &Args) -> String {
    let path = args.paths.first().map(|path| path.display().to_string()).unwrap_or_default();
    if args.paths.len() == 1 {
        return format!(
            "{path}: there are no two annotators of one document: name a second sidecar, or a folder where several worked"
        );
    }
    format!(
        "{path}: nothing else named here is about the same document: name sidecars of one release, or their folders"
    )
}

/// The figures of all documents that two annotators or more worked on, in their order.
fn compare(shelf: &Shelf, codebook: &Codebook, seed: u64) -> Agreement {
    let documents = shelf.compared().map(|document| Document {
        text: &document.text,
        paragraphs: &document.paragraphs,
        coders: document
            .works
            .iter()
            .map(|work| Coder {
                annotator: work.annotator,
                side: Side { set: &work.set, index: &work.index, places: &work.places },
            })
            .collect(),
    });
    let documents: Vec<Document> = documents.collect();
    agreement(&shelf.pairs(), &documents, &codebook.scales, seed)
}

fn draw(path: &Path, shelf: &Shelf, compared: &Agreement, codebook: &Codebook) -> Result<(), String> {
    let bytes = agreement_picture(path, &shelf.annotators, compared, codebook);
    let bytes = bytes.map_err(|why| format!("{}: {why}", path.display()))?;
    files::replace(&Disk, path, &bytes).map_err(|error| error.to_string())
}
