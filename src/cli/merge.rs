//! `vouch merge`: two versions of a sidecar, register or codebook made one, as git's merge driver calls it.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::say::complain;
use super::{Status, load, say};
use crate::annotation::{Change, Id, Merged};
use crate::exchange::counted;
use crate::files::{self, Action, Disk, FileError, Files as _};
use crate::sidecar::{MAX_BYTES, MergedFile, Outcome, merge_files, table_name};

/// How long another program that saves in the folder is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// Merge two versions of a sidecar, a register of sources or a codebook into the first
///
/// OURS is rewritten with both sides' work. Where both changed the same field, ours stays and theirs is kept in the file
/// as a conflict, to be settled in the window; what one side deleted and the other changed stays. BASE is what both come
/// from; left out or empty, it is not known.
#[derive(Debug, clap::Args)]
#[command(
    override_usage = "vouch merge [OPTIONS] [BASE] OURS THEIRS",
    after_help = "\
Examples:
  vouch merge base.ron r.txt.anna.vouch.ron theirs.ron
  vouch merge r.txt.anna.vouch.ron \"r.txt.anna.vouch (conflicted copy).ron\"

Exit status: 0 merged; 1 merged, and conflicts wait to be settled; 2 could not, and OURS is as it was."
)]
pub(super) struct Args {
    /// The versions; OURS is rewritten
    #[arg(value_names = ["BASE", "OURS", "THEIRS"], num_args = 2..=3, required = true)]
    versions: Vec<PathBuf>,
    /// What to call OURS in messages, where it is a temporary file of git's; says nothing where all went well
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// What was merged as data: {"format": "vouch-merge", "version": 1, "changes": […], "conflicts": […], "kept": […]}
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<Status, String> {
    let (base, ours, theirs) = match &*args.versions {
        [ours, theirs] => (None, ours, theirs),
        [base, ours, theirs] => (Some(base), ours, theirs),
        _ => return Err("merge: name BASE, OURS and THEIRS, or OURS and THEIRS".to_owned()),
    };
    let name = args.name.clone().unwrap_or_else(|| ours.display().to_string());
    let merged = merge(base.map(PathBuf::as_path), ours, theirs, &name)?;
    let status = if merged.outcome.conflicts() == 0 { Status::Done } else { Status::Found };
    if args.json {
        let value = json(&name, &merged.outcome);
        say::print_with(|out| {
            serde_json::to_writer_pretty(&mut *out, &value).map_err(io::Error::from)?;
            writeln!(out)
        })?;
    } else {
        let told = words(&merged.outcome);
        for told in &told {
            complain(format!("{name}: {told}"));
        }
        if args.name.is_none() {
            let conflicts = counted(told.len(), "conflict");
            let summary = match &merged.outcome {
                Outcome::Set(merged) => {
                    format!("{name}: {}, {conflicts}", counted(merged.edit.changes.len(), "change"))
                }
                Outcome::Codebook(_) => format!("{name}: merged, {conflicts}"),
            };
            say::print(format!("{}\n", say::visible(&summary)).as_bytes())?;
        }
    }
    Ok(status)
}

/// Merges and writes, while no other Vouch saves in the folder.
fn merge(base: Option<&Path>, ours: &Path, theirs: &Path, name: &str) -> Result<MergedFile, String> {
    let target = files::resolve(&Disk, ours).map_err(|error| error.to_string())?;
    let _lock = match Disk.lock_folder(target.parent().unwrap_or(&target), PATIENCE) {
        Err(error) if error.kind() == ErrorKind::WouldBlock => {
            return Err(FileError::when(Action::Lock, ours)(error).to_string());
        }
        // Not every system can lock folders; the last look before the write is what there is then.
        lock => lock.ok(),
    };
    let read = |path: &Path| {
        let bytes = Disk.read(path, MAX_BYTES as u64).map_err(FileError::when(Action::Read, path));
        bytes.map_err(|error| error.to_string())
    };
    let (base, old, theirs) = (base.map(read).transpose()?, read(ours)?, read(theirs)?);
    let merged = merge_files(base.as_deref(), &old, &theirs).map_err(|error| format!("{name}: {error}"))?;
    if merged.bytes == old {
        return Ok(merged);
    }
    let staged =
        files::stage(&Disk, &target, &merged.bytes, &files::unique_tag()).map_err(|error| error.to_string())?;
    if merged.loses_comments {
        keep(&old, name)?;
    }
    if read(ours)? != old {
        return Err(format!("{name}: it was changed while it was being merged: nothing was written: merge again"));
    }
    staged.commit().map_err(|error| error.to_string())?;
    Ok(merged)
}

/// Keeps what was replaced, where something of it is only there.
fn keep(old: &[u8], name: &str) -> Result<(), String> {
    let Some(places) = load::places() else {
        complain(format!("{name}: its comments are left out"));
        return Ok(());
    };
    let folder = places.state.join("backups").join("merged");
    files::back_up(&Disk, &folder, old, "vouch.ron", &files::unique_tag(), Timestamp::now())
        .map_err(|error| error.to_string())?;
    complain(format!("{name}: its comments are left out: the file as it was is in {}", folder.display()));
    Ok(())
}

/// What a person should know, a line each.
fn words(outcome: &Outcome) -> Vec<String> {
    match outcome {
        Outcome::Codebook(clashes) => clashes
            .iter()
            .map(|clash| {
                format!("{clash} was changed on both sides: ours stayed: compare with theirs by vouch codebook")
            })
            .collect(),
        Outcome::Set(merged) => conflicts(merged)
            .map(|(conflict, on, told)| match (&told.field, told.ours.is_some()) {
                (Some(field), _) => {
                    let value = |value: &Option<String>| value.clone().unwrap_or_else(|| "nothing".to_owned());
                    let on = if on.as_str().is_empty() { "the head" } else { on.as_str() };
                    let (ours, theirs) = (value(&told.ours), value(&told.theirs));
                    format!(
                        "conflict {conflict}: {field} of {on} is {ours} here and {theirs} there: ours stayed: open it \
                         with vouch and choose"
                    )
                }
                (None, true) => format!("conflict {conflict}: {on} was deleted there and changed here: it stayed"),
                (None, false) => format!("conflict {conflict}: {on} was deleted here and changed there: it is back"),
            })
            .collect(),
    }
}

/// The conflicts between the sides: id, what each is about, and what it says.
fn conflicts(merged: &Merged) -> impl Iterator<Item = (&Id, Id, &crate::annotation::Conflict)> {
    merged.conflicts.iter().filter_map(|id| {
        let conflict = merged.set.conflicts.get(id)?;
        Some((id, conflict.on.clone().unwrap_or_default(), &**conflict))
    })
}

fn json(name: &str, outcome: &Outcome) -> Value {
    let merged = match outcome {
        Outcome::Set(merged) => merged,
        Outcome::Codebook(clashes) => {
            let clashes: Vec<Value> = clashes.iter().map(|place| json!({"place": place})).collect();
            return json!({
                "format": "vouch-merge", "version": 1, "file": name, "changes": [], "conflicts": clashes, "kept": [],
            });
        }
    };
    let change = |change: &Change| {
        let what = match (&change.before, &change.after) {
            (None, _) => "added",
            (Some(_), None) => "removed",
            (Some(_), Some(_)) => "changed",
        };
        json!({"id": change.id.as_str(), "table": change.kind().map(table_name), "what": what})
    };
    let changes: Vec<Value> = merged.edit.changes.iter().map(change).collect();
    let (mut fields, mut kept) = (Vec::new(), Vec::new());
    for (id, on, told) in conflicts(merged) {
        match &told.field {
            Some(field) => fields.push(json!({
                "id": id.as_str(), "on": on.as_str(), "field": field,
                "base": told.base, "ours": told.ours, "theirs": told.theirs,
            })),
            None => kept.push(json!({
                "id": id.as_str(), "on": on.as_str(),
                "deleted_by": if told.ours.is_some() { "theirs" } else { "ours" },
            })),
        }
    }
    json!({
        "format": "vouch-merge", "version": 1, "file": name, "changes": changes, "conflicts": fields, "kept": kept,
    })
}
