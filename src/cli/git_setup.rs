//! `vouch git-setup`: teaches a git repository to merge sidecars and to show them in diffs.

use std::ffi::OsStr;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::json;

use super::say::quoted_for_shell;
use super::{Status, say};
use crate::files::{self, Action, Disk, FileError, Files as _};

/// What stands in `.gitattributes`, so that every clone has it.
const ATTRIBUTES: [&str; 2] =
    ["*.vouch.ron text eol=lf merge=vouch diff=vouch", "codebook.ron text eol=lf merge=vouch"];
/// Largest `.gitattributes` that git reads: 100 MB; ours is refused long before.
const MAX_ATTRIBUTES: u64 = 4 << 20;

/// Teach a git repository to merge sidecars, registers and codebooks, and to show them as text in diffs
///
/// Adds two lines to .gitattributes, to be committed, and sets the drivers in this clone's configuration: every clone
/// needs this once. What is there stays, and to run it again changes nothing.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A folder in the repository
    #[arg(value_name = "FOLDER", default_value = ".")]
    folder: PathBuf,
    /// What was done as data: {"format": "vouch-git-setup", "version": 1, …}
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<Status, String> {
    let top = git(&args.folder, ["rev-parse", "--show-toplevel"])?;
    let top = PathBuf::from(top.trim_end_matches(['\n', '\r']));
    if top.as_os_str().is_empty() {
        return Err(format!("{}: a repository without files to work on: name a clone of it", args.folder.display()));
    }
    let program = std::env::current_exe().map_err(|error| format!("the program's own path is not known ({error})"))?;
    let program = program.to_str().ok_or("the program's own path is not Unicode: move vouch, and run it again")?;
    let program = quoted_for_shell(&if cfg!(windows) { program.replace('\\', "/") } else { program.to_owned() });
    let attributes = top.join(".gitattributes");
    let added = add_attributes(&attributes)?;
    let config = [
        ("merge.vouch.name", "merge of Vouch's annotations".to_owned()),
        // In git's drivers, a percent sign begins a placeholder.
        ("merge.vouch.driver", format!("{} merge --name %P %O %A %B", program.replace('%', "%%"))),
        // Where two branches were merged in both directions, what both come from is taken as it was: merged, it would say
        // that one side's choice in a conflict was nobody's.
        ("merge.vouch.recursive", "binary".to_owned()),
        ("diff.vouch.textconv", format!("{program} show")),
    ];
    for (key, value) in &config {
        git(&top, ["config", key, value])?;
    }
    in_force(&top)?;
    if args.json {
        let config: serde_json::Map<String, _> =
            config.iter().map(|(key, value)| ((*key).to_owned(), json!(value))).collect();
        let value = json!({
            "format": "vouch-git-setup", "version": 1, "repository": top.display().to_string(),
            "attributes": attributes.display().to_string(), "added": added, "config": config,
        });
        say::print_with(|out| {
            serde_json::to_writer_pretty(&mut *out, &value).map_err(io::Error::from)?;
            writeln!(out)
        })?;
        return Ok(Status::Done);
    }
    let attributes = if added.is_empty() { "has the lines already" } else { "was written: commit it" };
    let told = format!("{}: set up to merge and show sidecars; .gitattributes {attributes}", top.display());
    say::print(format!("{}\n", say::visible(&told)).as_bytes())?;
    Ok(Status::Done)
}

/// Adds the lines that are not there; gives them.
fn add_attributes(path: &Path) -> Result<Vec<&'static str>, String> {
    let old = match Disk.read(path, MAX_ATTRIBUTES) {
        Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
        read => read.map_err(FileError::when(Action::Read, path)).map_err(|error| error.to_string())?,
    };
    let is_there = |line: &str| old.split(|&byte| byte == b'\n').any(|old| old.trim_ascii() == line.as_bytes());
    let added: Vec<&str> = ATTRIBUTES.into_iter().filter(|line| !is_there(line)).collect();
    if added.is_empty() {
        return Ok(added);
    }
    let end: &[u8] = if old.windows(2).any(|two| two == b"\r\n") { b"\r\n" } else { b"\n" };
    let mut new = old;
    if !new.is_empty() && !new.ends_with(b"\n") {
        new.extend(end);
    }
    for line in &added {
        new.extend(line.as_bytes());
        new.extend(end);
    }
    files::replace(&Disk, path, &new).map_err(|error| error.to_string())?;
    Ok(added)
}

/// Checks that no other line of anybody's takes the drivers away again.
fn in_force(top: &Path) -> Result<(), String> {
    let told = git(top, ["check-attr", "merge", "diff", "--", "release.txt.anna.vouch.ron"])?;
    let other = told.lines().find(|line| !line.ends_with(": vouch"));
    other.map_or(Ok(()), |line| {
        Err(format!(
            "{}: another line of the attributes wins ({line}): take it away, or put it above *.vouch.ron",
            top.join(".gitattributes").display()
        ))
    })
}

/// Runs git in a folder and gives what it printed.
fn git<'a>(folder: &Path, args: impl IntoIterator<Item = &'a str>) -> Result<String, String> {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).args(args.into_iter().map(OsStr::new)).stdin(Stdio::null());
    let output = command.output().map_err(|error| match error.kind() {
        ErrorKind::NotFound => "git: it was not found: install git, and see that it is on the PATH".to_owned(),
        _ => format!("git: it cannot be started ({error}): check that git --version works"),
    })?;
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        let said = said.lines().next().unwrap_or("no reason given").trim();
        let what = if said.contains("not a git repository") {
            "name a folder in a repository (git init makes one)"
        } else {
            "mend that, and run vouch git-setup again"
        };
        return Err(format!("{}: git says: {said}: {what}", folder.display()));
    }
    String::from_utf8(output.stdout).map_err(|_| format!("{}: its path is not Unicode: rename it", folder.display()))
}
