//! `vouch read-document`: the process in which one document is read for another process of Vouch. Not for people.

use std::num::NonZeroU64;

use super::Status;
use crate::reading;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The most memory to use, in bytes
    #[arg(long)]
    memory: NonZeroU64,
    /// The most time of the processor to use, in seconds
    #[arg(long)]
    seconds: NonZeroU64,
}

pub(super) fn run(args: &Args) -> Result<Status, String> {
    let served = reading::serve(args.memory.get(), args.seconds.get());
    served.map(|()| Status::Done).map_err(|error| format!("{}: {error}", reading::COMMAND))
}
