//! The program: arguments, and then the window or one command.
#![forbid(unsafe_code)]
#![warn(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]
#![warn(clippy::print_stdout, clippy::print_stderr)]

use std::process::ExitCode;

use vouch::cli::{self, Asked};
use vouch::reading::Reading;

fn main() -> ExitCode {
    match cli::parse(std::env::args_os()) {
        Ok(Asked::Command(command)) => cli::run(command, &Reading::of_this_program()),
        Ok(Asked::Window { annotator, paths }) => match vouch::app::run(annotator, paths) {
            Ok(()) => cli::Status::Done.into(),
            Err(error) => {
                cli::complain(format_args!("{error}: {}", cli::WITHOUT_WINDOW));
                cli::Status::Failed.into()
            }
        },
        Err(status) => status,
    }
}
