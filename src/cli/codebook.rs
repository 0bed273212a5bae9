//! `vouch codebook`: the kinds, words, scales and checks in force; what is wrong with a codebook; where two differ.

mod json;

use std::io;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::{Status, load, say};
use crate::annotation::{Codebook, Difference, Finding, Warning};
use crate::collection::{self, InForce};
use crate::files::{Action, Disk, FileError, Files as _};

/// Print the codebook in force, check one, or compare two
///
/// In force is the file codebook.ron in the folder of the documents or in the nearest folder above it that has one; else
/// the one that comes with Vouch.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  vouch codebook > codebook.ron         begin a codebook of your own with the one in force
  vouch codebook --check codebook.ron   duplicate keys, colours that are hard to see or look alike, …
  vouch codebook --compare old.ron codebook.ron

A codebook is named by its file, or by a folder, which stands for the one in force there. Exit status 1: --check found \
something, or --compare found a difference.")]
pub(super) struct Args {
    /// A document, or a folder of them
    #[arg(value_name = "PATH", default_value = ".")]
    path: PathBuf,
    /// Check a codebook: keys, letters and digits that stand twice, colours, definitions, scales, queries
    #[arg(long, value_name = "FILE", conflicts_with = "compare")]
    check: Option<PathBuf>,
    /// Say where two codebooks differ
    #[arg(long, num_args = 2, value_names = ["A", "B"])]
    compare: Option<Vec<PathBuf>>,
    /// The same as data: {"format": "vouch-codebook" (or "-check", "-differences"), "version": 1, …}
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<Status, String> {
    if let Some(file) = &args.check {
        return check(file, args.json);
    }
    if let Some([a, b]) = args.compare.as_deref() {
        return compare(a, b, args.json);
    }
    Disk.stat(&args.path).map_err(FileError::when(Action::Read, &args.path)).map_err(|error| error.to_string())?;
    let in_force = load::codebook(&Disk, std::slice::from_ref(&args.path))?;
    if args.json {
        print_json(&json::codebook(&in_force.codebook))?;
    } else {
        say::print(in_force.codebook.print().as_bytes())?;
    }
    Ok(Status::Done)
}

/// The codebook in a file, or in force in a folder, and what a reader had to say about it.
fn read(path: &Path) -> Result<(Codebook, Vec<Warning>), String> {
    if Disk.stat(path).is_ok_and(|stat| stat.is_folder) {
        let InForce { codebook, warnings, .. } =
            collection::codebook_for(&Disk, path).map_err(|error| error.to_string())?;
        return Ok((codebook, warnings.into_iter().map(|message| Warning { place: String::new(), message }).collect()));
    }
    let bytes = collection::read_codebook(&Disk, path).map_err(|error| error.to_string())?;
    Codebook::parse(&bytes).map_err(|refused| {
        format!("{}: {refused}: mend it in a text editor; vouch codebook prints one that is whole", path.display())
    })
}

fn check(file: &Path, as_json: bool) -> Result<Status, String> {
    let (codebook, told) = read(file)?;
    let mut findings = codebook.check();
    findings.extend(collection::faulty_queries(&codebook));
    // What the reader told of clashes is found again, with its name.
    let misread: Vec<Warning> =
        told.into_iter().filter(|told| findings.iter().all(|finding| finding.at != *told)).collect();
    findings.extend(misread.into_iter().map(|at| Finding { what: "not-understood", at }));
    if as_json {
        let list: Vec<Value> = findings
            .iter()
            .map(|finding| json!({"what": finding.what, "place": finding.at.place, "words": finding.at.message}))
            .collect();
        print_json(&json!({
            "format": "vouch-codebook-check", "version": 1, "file": file.display().to_string(), "findings": list,
        }))?;
    } else {
        say::print_with(|out| {
            for finding in &findings {
                writeln!(out, "{}: {}", finding.what, finding.at)?;
            }
            let count = match findings.len() {
                0 => "nothing found".to_owned(),
                1 => "1 finding".to_owned(),
                count => format!("{count} findings"),
            };
            writeln!(out, "{}: {count}", file.display())
        })?;
    }
    Ok(if findings.is_empty() { Status::Done } else { Status::Found })
}

fn compare(a: &Path, b: &Path, as_json: bool) -> Result<Status, String> {
    let [own, other] = [a, b].map(|path| read(path).map(|(codebook, _)| codebook));
    let differences = own?.differences(&other?);
    let status = if differences.is_empty() { Status::Done } else { Status::Found };
    if as_json {
        let list: Vec<Value> =
            differences.iter().map(|Difference { place, a, b }| json!({"place": place, "a": a, "b": b})).collect();
        print_json(&json!({
            "format": "vouch-codebook-differences", "version": 1, "a": a.display().to_string(),
            "b": b.display().to_string(), "differences": list,
        }))?;
        return Ok(status);
    }
    say::print_with(|out| {
        for Difference { place, a, b } in &differences {
            match (a, b) {
                (Some(a), Some(b)) => writeln!(out, "{place}: {a} → {b}")?,
                (Some(a), None) => writeln!(out, "- {place}: {a}")?,
                (None, Some(b)) => writeln!(out, "+ {place}: {b}")?,
                (None, None) => {}
            }
        }
        match differences.len() {
            0 => writeln!(out, "the two say the same"),
            1 => writeln!(out, "1 difference"),
            count => writeln!(out, "{count} differences"),
        }
    })?;
    Ok(status)
}

fn print_json(value: &Value) -> Result<(), String> {
    say::print_with(|out| {
        serde_json::to_writer_pretty(&mut *out, value).map_err(io::Error::from)?;
        writeln!(out)
    })
}
