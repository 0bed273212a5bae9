//! `vouch export`: tagged claims for the next tool.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;

use super::say::complain;
use super::{Status, load, say};
use crate::annotation::{Codebook, Id};
use crate::exchange::{Export, FORMATS, Format, Release, Scope, Whose, format};
use crate::files::{self, Disk, Files as _};
use crate::reading::Reading;
use crate::sidecar::names::{FileName, recognise};

/// Write tagged claims for the next tool: a spreadsheet, a program, a reader
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  vouch export release.txt --format csv
  vouch export releases/ --format html --out report.html
  vouch export releases/ --format set --annotator all --out for-mart.vouch-set.ron
  vouch export release.txt.anna.vouch.ron --format jsonl | head -1

Positions are half-open ranges of Unicode code points of what `vouch text DOC` prints. Exit status 1: a claim is not \
where its annotator marked it, and its position is left empty.")]
pub(super) struct Args {
    /// Documents, sidecars, files of sets, or folders of them
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// The format
    #[arg(long, short, value_name = "FORMAT", value_parser = format_names())]
    format: String,
    /// The file to write; - is standard output. brat, with a file for each document, writes several into a folder
    #[arg(long, short, value_name = "FILE", default_value = "-")]
    out: PathBuf,
    /// Whose claims: a handle, or all. Not given: the agreed set if there is one, else mine, else all
    #[arg(long, value_name = "HANDLE|all")]
    annotator: Option<String>,
    /// Only claims of this kind; may be given several times
    #[arg(long = "kind", value_name = "KIND")]
    kinds: Vec<String>,
    /// Only this claim; may be given several times
    #[arg(long = "claim", value_name = "ID")]
    claims: Vec<String>,
    /// Judgements that were replaced, too
    #[arg(long)]
    history: bool,
}

fn format_names() -> PossibleValuesParser {
    FORMATS.iter().map(|format| clap::builder::PossibleValue::new(format.name()).help(format.title())).into()
}

pub(super) fn run(args: &Args, reading: &Reading) -> Result<Status, String> {
    let Some(format) = format(&args.format) else { return Err(format!("{}: no such format", args.format)) };
    let settings = load::settings(&Disk);
    let codebook = load::codebook(&Disk, &args.paths)?.codebook;
    let named = load::find(&Disk, &args.paths);
    let out = (args.out != Path::new("-")).then_some(args.out.as_path());
    if let Some(out) = out {
        refuse_inputs(out, &named.inputs().map(Path::to_path_buf).collect::<Vec<_>>())?;
    }
    let whose = match args.annotator.as_deref() {
        Some("all") => Whose::All,
        Some(handle) => Whose::One(handle.to_owned()),
        None if named.says_whose => Whose::All,
        None => Whose::Settled(settings.handle),
    };
    let mut status = if named.is_short { Status::Failed } else { Status::Done };
    let inputs: Vec<PathBuf> = named.inputs().map(Path::to_path_buf).collect();
    let opened = named.open(&Disk, reading);
    for (_, opened) in &opened {
        status = status.max(load::complain_about(&Disk, opened));
    }
    let releases: Vec<Release> = opened.iter().map(|(name, opened)| opened.release(name)).collect();
    known(args, &releases, &codebook)?;
    let claims = (!args.claims.is_empty()).then(|| args.claims.iter().map(|id| Id::new(id)).collect());
    let scope = Scope { whose, claims, kinds: args.kinds.clone(), history: args.history };
    if !releases.iter().any(|release| !scope.layers(release).is_empty()) {
        // Where something could not be read, that is why, and it is told already.
        let is_told = status != Status::Done && releases.iter().all(|release| release.layers.is_empty());
        return if is_told { Ok(Status::Failed) } else { Err(nothing_found(args, &releases)) };
    }
    let export = Export::new(&releases, &scope, &codebook, &settings.axis);
    match out {
        Some(folder) if format.is_for_one_set() && is_for_folder(folder, &export) => {
            write_pairs(format, &export, folder, |path| refuse_inputs(path, &inputs))?;
        }
        None => say::print_with(|out| format.write(&export, out))?,
        Some(path) => {
            let mut bytes = Vec::new();
            format.write(&export, &mut bytes).map_err(|error| format!("{}: {error}", path.display()))?;
            files::replace(&Disk, path, &bytes).map_err(|error| error.to_string())?;
        }
    }
    let report = export.report();
    if report.unplaced > 0 {
        complain(format!(
            "{}: {} of {} claims were not found in the text, and have no position there: vouch check lists them",
            args.paths.first().map(|path| path.display().to_string()).unwrap_or_default(),
            report.unplaced,
            report.claims
        ));
        status = status.max(Status::Found);
    }
    Ok(status)
}

/// Whether what is exported goes to several files: a folder is named, or there are several sets.
fn is_for_folder(out: &Path, export: &Export<'_>) -> bool {
    let sets: usize = export.releases.iter().map(|release| export.scope.layers(release).len()).sum();
    sets > 1 || Disk.stat(out).is_ok_and(|stat| stat.is_folder)
}

/// Writes each set beside the text that it is on, as `NAME.txt` and `NAME.ann`; under the annotator's handle where
/// there are several of them.
fn write_pairs(
    format: &dyn Format,
    export: &Export<'_>,
    folder: &Path,
    refuse: impl Fn(&Path) -> Result<(), String>,
) -> Result<(), String> {
    let layers = |release| export.scope.layers(release).into_iter();
    let handles: BTreeSet<&str> =
        export.releases.iter().flat_map(|release| layers(release).map(|layer| layer.handle.as_str())).collect();
    for release in export.releases {
        let Some(text) = &release.text else {
            complain(format!("{}: the document is not there: left out", release.name));
            continue;
        };
        for layer in layers(release) {
            let below = if handles.len() > 1 { folder.join(&layer.handle) } else { folder.to_owned() };
            let stem = release.name.strip_suffix(".txt").unwrap_or(&release.name);
            let scope = Scope { whose: Whose::One(layer.handle.clone()), ..export.scope.clone() };
            let one = Export::new(std::slice::from_ref(release), &scope, export.codebook, export.axis);
            let mut bytes = Vec::new();
            format.write(&one, &mut bytes).map_err(|error| format!("{}: {error}", release.name))?;
            for (extension, bytes) in [("txt", text.as_str().as_bytes()), (format.extension(), &bytes)] {
                let path = below.join(format!("{stem}.{extension}"));
                if let Some(parent) = path.parent() {
                    files::create_folders(&Disk, parent).map_err(|error| error.to_string())?;
                }
                refuse(&path)?;
                files::replace(&Disk, &path, bytes).map_err(|error| error.to_string())?;
            }
        }
    }
    Ok(())
}

/// Refuses to write over what is read, and over annotations.
fn refuse_inputs(out: &Path, inputs: &[PathBuf]) -> Result<(), String> {
    let target = files::resolve(&Disk, out).map_err(|error| error.to_string())?;
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    let is_ours = !matches!(recognise(&name), FileName::Other | FileName::Set);
    if is_ours || inputs.iter().any(|input| Disk.real_path(input).is_ok_and(|input| input == target)) {
        return Err(format!(
            "{}: an export would write over documents or annotations: give another name",
            out.display()
        ));
    }
    Ok(())
}

/// Refuses kinds and claims that nobody knows: an export without a row would say that there are none.
fn known(args: &Args, releases: &[Release], codebook: &Codebook) -> Result<(), String> {
    let claims = || releases.iter().flat_map(|release| &release.layers).flat_map(|layer| &layer.set.claims);
    let of_codebook: Vec<&str> = codebook.kinds.iter().map(|kind| kind.key.as_str()).collect();
    for kind in &args.kinds {
        let is_used = || claims().any(|(_, claim)| claim.kind.as_deref() == Some(kind));
        if !of_codebook.contains(&kind.as_str()) && !is_used() {
            return Err(format!("no such kind as {kind}: the codebook has {}", of_codebook.join(", ")));
        }
    }
    for id in &args.claims {
        if !claims().any(|(known, _)| known.as_str() == id) {
            return Err(format!("no such claim as {id}: --format csv without --claim lists them all"));
        }
    }
    Ok(())
}

/// Why there is nothing to export.
fn nothing_found(args: &Args, releases: &[Release]) -> String {
    let path = args.paths.first().map(|path| path.display().to_string()).unwrap_or_default();
    let handles: BTreeSet<&str> =
        releases.iter().flat_map(|release| &release.layers).map(|layer| layer.handle.as_str()).collect();
    match &args.annotator {
        Some(handle) if !handles.is_empty() => {
            let handles: Vec<&str> = handles.into_iter().collect();
            format!("{path}: no annotations by {handle}: there are those of {}", handles.join(", "))
        }
        _ => format!("{path}: no annotations: open it with vouch and mark a claim"),
    }
}
