//! The program: arguments, and then the window or one command.
#![forbid(unsafe_code)]
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::process::ExitCode;

use vouch::cli::{self, Asked};

fn main() -> ExitCode {
    match cli::parse(std::env::args_os()) {
        Ok(Asked::Command(command)) => cli::run(command),
        Ok(Asked::Window { .. }) => {
            cli::complain("the window cannot be opened yet: use a command (vouch --help)");
            cli::Status::Failed.into()
        }
        Err(status) => status,
    }
}
