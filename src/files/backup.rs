//! Backups: earlier states of a file, kept with growing distances.
//!
//! All of the newest few, then one an hour for a day, then one a day for a season, and never more than a quarter of a
//! gigabyte. The name is the time. Knows nothing of what the bytes mean. Held by `tests/files.rs`.

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;

use super::{Action, FileError, Files, create_folders, is_temp, stage};

/// The newest ones, kept whatever their age.
const NEWEST: usize = 5;
/// Younger than this, one a clock hour stays …
const HOURLY: Duration = Duration::from_hours(24);
/// … and younger than this, one a day.
const DAILY: Duration = Duration::from_hours(90 * 24);
/// Bytes of backups of one file; the newest two are kept even beyond that.
const MOST_BYTES: u64 = 256 << 20;

/// Writes `bytes` as the backup of `now` (to the second; with a number where that is taken) and thins the older ones
/// out; `tag` as in [`stage`]. All files in `folder` are taken for backups of the same file.
///
/// # Errors
/// The backup was not written. One that cannot be deleted is no error.
pub fn back_up(
    files: &dyn Files,
    folder: &Path,
    bytes: &[u8],
    extension: &str,
    tag: &str,
    now: Timestamp,
) -> Result<(), FileError> {
    create_folders(files, folder)?;
    let taken = |path: &PathBuf| files.stat(path).is_ok();
    let name = now.strftime("%Y%m%dT%H%M%SZ");
    let path = (1..=99).map(|n| folder.join(format!("{name}-{n:02}.{extension}"))).find(|path| !taken(path));
    if let Some(path) = path {
        stage(files, &path, bytes, tag)?.commit()?;
    }
    let all = backups(files, folder)?;
    for ((path, _, _), kept) in all.iter().zip(kept(&all, now)) {
        if !kept {
            drop(files.remove(path));
        }
    }
    Ok(())
}

/// The backups in a folder, newest first: path, time, bytes. None where there is no folder.
///
/// # Errors
/// The folder cannot be listed.
pub fn backups(files: &dyn Files, folder: &Path) -> Result<Vec<(PathBuf, Timestamp, u64)>, FileError> {
    let entries = match files.list(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        result => result.map_err(FileError::when(Action::List, folder))?,
    };
    let time = |name: &str| {
        let digits = name.split('Z').next()?;
        jiff::civil::DateTime::strptime("%Y%m%dT%H%M%S", digits).ok()?.to_zoned(jiff::tz::TimeZone::UTC).ok()
    };
    let mut all: Vec<_> = entries
        .iter()
        .filter(|entry| !is_temp(&entry.name) && !entry.stat.is_folder)
        .filter_map(|entry| {
            let time = time(entry.name.to_str()?)?.timestamp();
            Some((folder.join(&entry.name), time, entry.stat.len))
        })
        .collect();
    // The names are in the order of time, the numbers within a second too.
    all.reverse();
    Ok(all)
}

/// Which of the backups, newest first, stay. Of a clock hour or a day it is always the newest, so that what stays does
/// not depend on when one looks.
fn kept(all: &[(PathBuf, Timestamp, u64)], now: Timestamp) -> Vec<bool> {
    let mut bytes = 0;
    let mut newer = None;
    let mut stays = |(i, (_, time, len)): (usize, &(PathBuf, Timestamp, u64))| {
        let age = Duration::try_from(now.duration_since(*time)).unwrap_or_default();
        let (hour, day) = (time.as_second().div_euclid(3600), time.as_second().div_euclid(24 * 3600));
        let span = if age < HOURLY {
            Some((day, hour))
        } else if age < DAILY {
            Some((day, 0))
        } else {
            None
        };
        let first = span.is_some() && newer != span;
        newer = span;
        let stays = (first || i < NEWEST) && (i < 2 || bytes + len <= MOST_BYTES);
        if stays {
            bytes += len;
        }
        stays
    };
    all.iter().enumerate().map(&mut stays).collect()
}
