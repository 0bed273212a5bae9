//! The command line: what `vouch` can be asked for, and one file per subcommand.
//!
//! Knows no window: the caller opens it where [`parse`] says so. Exit status: 0 done, 1 done and something was found,
//! 2 could not. Errors go to standard error, a line each, in the form `vouch: FILE: what is wrong: what to do`. Held by
//! `tests/cli.rs`.

mod check;
mod codebook;
mod compare;
mod diff;
mod export;
mod git_setup;
mod import;
mod load;
mod merge;
mod read_document;
mod say;
mod search;
mod show;
mod stats;
mod text;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

pub use say::complain;

use crate::reading::{self, Reading};

/// What the program was asked for.
#[derive(Debug)]
pub enum Asked {
    /// To open the window.
    Window {
        /// The annotator, where it is not the one of the settings.
        annotator: Option<String>,
        /// Documents and folders; none: what was open last.
        paths: Vec<PathBuf>,
    },
    /// To do something without a window.
    Command(Command),
}

/// A command that needs no window.
#[derive(Debug)]
pub struct Command(Sub);

/// How a command went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Done.
    Done,
    /// Done, and something was found: a lost anchor, a conflict.
    Found,
    /// Could not.
    Failed,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(match status {
            Status::Done => 0,
            Status::Found => 1,
            Status::Failed => 2,
        })
    }
}

/// The commands that need no display, for the line that says that there is none.
pub const WITHOUT_WINDOW: &str = "text, export, import, check, compare, diff, merge, git-setup, show, search, stats and codebook need no window \
     (vouch --help)";

const EXAMPLES: &str = "\
Examples:
  vouch sample_docs                     open a folder of releases
  vouch export release.txt --format csv --out claims.csv
  vouch search sample_docs --query 'kind:commitment credibility:1-2'
  vouch check sample_docs               is every sidecar sound, does every mark hold?
  vouch diff release.txt corrected.txt  what has changed, and what has become of the claims?

Exit status: 0 done, 1 done and something was found (a lost mark, a conflict), 2 could not.";

/// Who says what in a press release, and how sure are we?
///
/// Without a command, opens the window on the documents or the folder given, or on what was open last.
#[derive(Debug, Parser)]
#[command(name = "vouch", bin_name = "vouch", version, after_help = EXAMPLES, max_term_width = 100)]
#[command(args_conflicts_with_subcommands = true)]
struct Args {
    #[command(subcommand)]
    command: Option<Sub>,
    /// Annotate as this handle, not as the one of the settings
    #[arg(long, value_name = "HANDLE")]
    annotator: Option<String>,
    /// Documents, or a folder of them
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Sub {
    Text(text::Args),
    Export(export::Args),
    Import(import::Args),
    Check(check::Args),
    Diff(diff::Args),
    Merge(merge::Args),
    GitSetup(git_setup::Args),
    Show(show::Args),
    Search(search::Args),
    Stats(stats::Args),
    Codebook(codebook::Args),
    Compare(compare::Args),
    #[command(hide = true, name = reading::COMMAND)]
    ReadDocument(read_document::Args),
    /// Print the completions for a shell, to be put where it looks for them
    #[command(after_help = "Example:\n  vouch completions bash > ~/.local/share/bash-completion/completions/vouch")]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// Understands the arguments, the program's own name first.
///
/// # Errors
/// The exit status, where all is said already: help and version were printed, or the arguments are wrong.
pub fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Asked, ExitCode> {
    match Args::try_parse_from(args) {
        Ok(Args { command: Some(command), .. }) => Ok(Asked::Command(Command(command))),
        Ok(Args { command: None, annotator, paths }) => Ok(Asked::Window { annotator, paths }),
        Err(error) if error.use_stderr() => {
            say::usage(&error);
            Err(Status::Failed.into())
        }
        Err(help) => {
            drop(help.print());
            Err(Status::Done.into())
        }
    }
}

/// Does what a command asks for; documents are read as `reading` says.
pub fn run(command: Command, reading: &Reading) -> ExitCode {
    // Git calls merge and show while it works on the files itself; and what reads a document touches no other file.
    if !matches!(command.0, Sub::Merge(_) | Sub::Show(_) | Sub::ReadDocument(_) | Sub::Completions { .. }) {
        load::finish_recodings();
    }
    let done = match command.0 {
        Sub::Text(args) => text::run(&args, reading),
        Sub::Export(args) => export::run(&args, reading),
        Sub::Import(args) => import::run(&args, reading),
        Sub::Check(args) => check::run(&args, reading),
        Sub::Diff(args) => diff::run(&args, reading),
        Sub::Merge(args) => merge::run(&args),
        Sub::GitSetup(args) => git_setup::run(&args),
        Sub::Show(args) => show::run(&args),
        Sub::Search(args) => search::run(&args, reading),
        Sub::Stats(args) => stats::run(&args, reading),
        Sub::Codebook(args) => codebook::run(&args),
        Sub::Compare(args) => compare::run(&args, reading),
        Sub::ReadDocument(args) => read_document::run(&args),
        Sub::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Args::command(), "vouch", &mut script);
            say::print(&script).map(|()| Status::Done)
        }
    };
    match done {
        Ok(status) => status.into(),
        Err(failure) => {
            complain(&failure);
            Status::Failed.into()
        }
    }
}
