//! The real file system, by `std::fs` alone.
//!
//! On Windows another program (a virus scanner, a synchroniser) that has a file open makes an operation fail for a
//! moment: those are tried again with growing pauses. Held by `tests/files.rs`.

use std::fs::{self, DirBuilder, File, Metadata, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::{Entry, Files, Lock, Output, Stat};

/// The file system of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

/// How long a file that another program has open on Windows is waited for.
const SHARING_PATIENCE: Duration = Duration::from_secs(2);
const FIRST_PAUSE: Duration = Duration::from_millis(5);
const LONGEST_PAUSE: Duration = Duration::from_millis(100);

impl Files for Disk {
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        shared(|| {
            let metadata = fs::metadata(path)?;
            if !metadata.is_file() {
                return Err(io::Error::new(ErrorKind::InvalidInput, "not a regular file"));
            }
            let mut bytes = Vec::with_capacity(metadata.len().min(limit) as usize);
            File::open(path)?.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
            if bytes.len() as u64 > limit {
                return Err(io::Error::new(ErrorKind::FileTooLarge, format!("more than {limit} bytes")));
            }
            Ok(bytes)
        })
    }

    fn stat(&self, path: &Path) -> io::Result<Stat> {
        fs::metadata(path).map(|metadata| stat_from(&metadata))
    }

    fn is_link(&self, path: &Path) -> io::Result<bool> {
        fs::symlink_metadata(path).map(|metadata| metadata.is_symlink())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            // A file that goes away while the folder is read is not there.
            if let Ok(metadata) = fs::metadata(entry.path()).or_else(|_| entry.metadata()) {
                entries.push(Entry { name: entry.file_name(), stat: stat_from(&metadata) });
            }
        }
        entries.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        Ok(entries)
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }

    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        match builder.create(folder) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
            result => result,
        }
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Output>> {
        let file = shared(|| OpenOptions::new().write(true).create_new(true).open(path))?;
        Ok(Box::new(DiskOutput(file)))
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn Output>> {
        let file = shared(|| OpenOptions::new().append(true).open(path))?;
        Ok(Box::new(DiskOutput(file)))
    }

    fn copy_mode(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mode = fs::metadata(from)?.permissions();
        // Disks that know no permissions refuse to set them, but have the same for all.
        if fs::metadata(to)?.permissions() == mode { Ok(()) } else { fs::set_permissions(to, mode) }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        shared(|| fs::rename(from, to))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        shared(|| fs::remove_file(path))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        if cfg!(not(unix)) {
            return Ok(());
        }
        match File::open(folder)?.sync_all() {
            Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => Ok(()),
            result => result,
        }
    }

    fn lock(&self, path: &Path, patience: Duration) -> io::Result<Lock> {
        locked(OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?, patience)
    }

    fn lock_folder(&self, folder: &Path, patience: Duration) -> io::Result<Lock> {
        locked(File::open(folder)?, patience)
    }
}

fn locked(file: File, patience: Duration) -> io::Result<Lock> {
    patiently(
        patience,
        |error| error.kind() == ErrorKind::WouldBlock,
        || match file.try_lock() {
            Ok(()) => Ok(()),
            Err(TryLockError::WouldBlock) => Err(ErrorKind::WouldBlock.into()),
            Err(TryLockError::Error(error)) => Err(error),
        },
    )?;
    Ok(Lock::new(file))
}

struct DiskOutput(File);

impl Write for DiskOutput {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl Output for DiskOutput {
    fn sync(&mut self) -> io::Result<()> {
        self.0.sync_all()
    }
}

fn stat_from(metadata: &Metadata) -> Stat {
    #[cfg(unix)]
    let number = std::os::unix::fs::MetadataExt::ino(metadata);
    #[cfg(not(unix))]
    let number = 0;
    Stat {
        len: metadata.len(),
        modified: metadata.modified().ok(),
        is_folder: metadata.is_dir(),
        is_special: !metadata.is_dir() && !metadata.is_file(),
        read_only: metadata.permissions().readonly(),
        number,
    }
}

/// Tries again while another program has the file open on Windows: access denied, sharing and lock violation.
fn shared<T>(attempt: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    patiently(SHARING_PATIENCE, |error| cfg!(windows) && matches!(error.raw_os_error(), Some(5 | 32 | 33)), attempt)
}

/// Tries again with growing pauses while the error is one that passes, up to `patience` in all.
fn patiently<T>(
    patience: Duration,
    passes: impl Fn(&io::Error) -> bool,
    mut attempt: impl FnMut() -> io::Result<T>,
) -> io::Result<T> {
    let mut left = patience;
    let mut pause = FIRST_PAUSE;
    loop {
        match attempt() {
            Err(error) if passes(&error) && !left.is_zero() => {
                pause = pause.min(left);
                thread::sleep(pause);
                left = left.saturating_sub(pause);
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
            result => return result,
        }
    }
}
