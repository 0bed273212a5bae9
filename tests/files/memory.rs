//! A file system in memory that remembers every operation, and can tell what a power cut at any moment may have left.
//!
//! What was synced is there. Of the rest any subset may have reached the disk: names in any combination, content
//! whole, half, as zeros, or not at all.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use vouch::files::{Entry, Files, Lock, Output, Stat};

#[derive(Clone, Debug, Default)]
pub struct Memory(Arc<Mutex<Inner>>);

#[derive(Debug, Default)]
struct Inner {
    tree: Tree,
    start: Tree,
    operations: Vec<Operation>,
    locked: BTreeSet<PathBuf>,
    has_no_locks: bool,
    next: u64,
}

#[derive(Clone, Debug, Default)]
struct Tree {
    /// `None` is a folder.
    names: BTreeMap<PathBuf, Option<u64>>,
    content: BTreeMap<u64, Vec<u8>>,
}

#[derive(Clone, Debug)]
enum Operation {
    Name { path: PathBuf, file: Option<u64> },
    Rename { from: PathBuf, to: PathBuf, file: u64 },
    Remove(PathBuf),
    Write { file: u64, at: usize, bytes: Vec<u8> },
    Sync(u64),
    SyncFolder(PathBuf),
}

impl Tree {
    fn apply(&mut self, operation: &Operation, torn: Torn) {
        match operation {
            Operation::Name { path, file } => drop(self.names.insert(path.clone(), *file)),
            Operation::Rename { from, to, file } => {
                self.names.remove(from);
                self.names.insert(to.clone(), Some(*file));
            }
            Operation::Remove(path) => drop(self.names.remove(path)),
            Operation::Write { file, at, bytes } => {
                let content = self.content.entry(*file).or_default();
                let bytes = match torn {
                    Torn::Whole => bytes.clone(),
                    Torn::Half => bytes[..bytes.len() / 2].to_vec(),
                    Torn::Zeros => vec![0; bytes.len()],
                };
                content.resize(content.len().max(at + bytes.len()), 0);
                content[*at..at + bytes.len()].copy_from_slice(&bytes);
            }
            Operation::Sync(_) | Operation::SyncFolder(_) => {}
        }
    }
}

/// How much of an unsynced write reached the disk.
#[derive(Clone, Copy)]
enum Torn {
    Whole,
    Half,
    Zeros,
}

impl Memory {
    /// An empty disk with these folders.
    pub fn new(folders: &[&str]) -> Self {
        let memory = Self::default();
        for folder in folders {
            memory.get().tree.names.insert(PathBuf::from(folder), None);
        }
        memory.forget();
        memory
    }

    fn get(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap()
    }

    /// Takes all that is there now as durable, and starts remembering anew.
    pub fn forget(&self) {
        let mut inner = self.get();
        inner.start = inner.tree.clone();
        inner.operations.clear();
    }

    /// How many operations have been done: a moment for [`Memory::crashes`].
    pub fn moment(&self) -> usize {
        self.get().operations.len()
    }

    /// Every file with its content.
    pub fn all(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let Tree { names, content } = &self.get().tree;
        let files = names.iter().filter_map(|(path, file)| Some((path.clone(), (*file)?)));
        files.map(|(path, file)| (path, content.get(&file).cloned().unwrap_or_default())).collect()
    }

    /// Calls `check` with every disk that a power cut can have left, and the moment of the cut. Where more than `most`
    /// combinations are possible at a moment, some of them, always the same ones.
    pub fn crashes(&self, most: u64, mut check: impl FnMut(usize, Self)) {
        let (start, operations) = {
            let inner = self.get();
            (inner.start.clone(), inner.operations.clone())
        };
        for moment in 0..=operations.len() {
            let done = &operations[..moment];
            let synced: Vec<bool> = (0..moment).map(|i| is_synced(done, i)).collect();
            let choices: Vec<u64> = (0..moment)
                .map(|i| match done[i] {
                    _ if synced[i] => 1,
                    Operation::Write { .. } => 4,
                    Operation::Sync(_) | Operation::SyncFolder(_) => 1,
                    _ => 2,
                })
                .collect();
            let possible = choices.iter().fold(1u64, |product, n| product.saturating_mul(*n));
            for case in 0..possible.min(most) {
                // A large odd step visits cases all over the range.
                let mut case = if possible > most { case.wrapping_mul(0x9E37_79B9_7F4A_7C15) % possible } else { case };
                let mut tree = start.clone();
                for (operation, n) in done.iter().zip(&choices) {
                    match (n, case % n) {
                        (1, _) | (2 | 4, 1) => tree.apply(operation, Torn::Whole),
                        (4, 2) => tree.apply(operation, Torn::Half),
                        (4, 3) => tree.apply(operation, Torn::Zeros),
                        _ => {}
                    }
                    case /= n;
                }
                // A name whose folder did not survive cannot be reached.
                let folders: BTreeSet<PathBuf> =
                    tree.names.iter().filter(|(_, file)| file.is_none()).map(|(path, _)| path.clone()).collect();
                tree.names.retain(|path, _| path.parent().is_none_or(|folder| folders.contains(folder)));
                let next = self.get().next;
                let inner = Inner { start: tree.clone(), tree, next, ..Inner::default() };
                check(moment, Self(Arc::new(Mutex::new(inner))));
            }
        }
    }
}

/// Whether a later sync has made operation `i` durable.
fn is_synced(done: &[Operation], i: usize) -> bool {
    let later = &done[i + 1..];
    let folder_synced = |path: &Path| {
        later.iter().any(|o| matches!(o, Operation::SyncFolder(folder) if Some(&**folder) == path.parent()))
    };
    match &done[i] {
        Operation::Name { path, .. } | Operation::Remove(path) => folder_synced(path),
        Operation::Rename { to, .. } => folder_synced(to),
        Operation::Write { file, .. } => later.iter().any(|o| matches!(o, Operation::Sync(synced) if synced == file)),
        Operation::Sync(_) | Operation::SyncFolder(_) => true,
    }
}

impl Inner {
    fn file(&self, path: &Path) -> io::Result<u64> {
        self.tree.names.get(path).copied().flatten().ok_or_else(|| ErrorKind::NotFound.into())
    }

    fn folder(&self, path: &Path) -> io::Result<()> {
        match self.tree.names.get(path) {
            Some(None) => Ok(()),
            _ => Err(ErrorKind::NotFound.into()),
        }
    }

    fn parent(&self, path: &Path) -> io::Result<()> {
        path.parent().map_or(Ok(()), |parent| self.folder(parent))
    }

    fn run(&mut self, operation: Operation) {
        self.tree.apply(&operation, Torn::Whole);
        self.operations.push(operation);
    }
}

impl Files for Memory {
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        let inner = self.get();
        let bytes = inner.tree.content.get(&inner.file(path)?).cloned().unwrap_or_default();
        if bytes.len() as u64 > limit { Err(ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
    }

    fn stat(&self, path: &Path) -> io::Result<Stat> {
        let inner = self.get();
        if inner.folder(path).is_ok() {
            return Ok(Stat { is_folder: true, ..Stat::default() });
        }
        let number = inner.file(path)?;
        let len = inner.tree.content.get(&number).map_or(0, Vec::len) as u64;
        Ok(Stat { len, number, ..Stat::default() })
    }

    fn is_link(&self, path: &Path) -> io::Result<bool> {
        self.stat(path).map(|_| false)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        let paths: Vec<PathBuf> = {
            let inner = self.get();
            inner.folder(folder)?;
            inner.tree.names.keys().filter(|path| path.parent() == Some(folder)).cloned().collect()
        };
        paths
            .iter()
            .map(|path| Ok(Entry { name: path.file_name().unwrap().to_owned(), stat: self.stat(path)? }))
            .collect()
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        self.stat(path).map(|_| path.to_owned())
    }

    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        let mut inner = self.get();
        inner.parent(folder)?;
        if inner.file(folder).is_ok() {
            return Err(ErrorKind::AlreadyExists.into());
        }
        if inner.folder(folder).is_err() {
            inner.run(Operation::Name { path: folder.to_owned(), file: None });
        }
        Ok(())
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Output>> {
        let mut inner = self.get();
        inner.parent(path)?;
        if inner.tree.names.contains_key(path) {
            return Err(ErrorKind::AlreadyExists.into());
        }
        inner.next += 1;
        let file = inner.next;
        inner.run(Operation::Name { path: path.to_owned(), file: Some(file) });
        Ok(Box::new(MemoryOutput { memory: self.clone(), file }))
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn Output>> {
        let file = self.get().file(path)?;
        Ok(Box::new(MemoryOutput { memory: self.clone(), file }))
    }

    fn copy_mode(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.stat(from).and(self.stat(to)).map(drop)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut inner = self.get();
        let file = inner.file(from)?;
        inner.parent(to)?;
        inner.run(Operation::Rename { from: from.to_owned(), to: to.to_owned(), file });
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut inner = self.get();
        inner.file(path)?;
        inner.run(Operation::Remove(path.to_owned()));
        Ok(())
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let mut inner = self.get();
        inner.folder(folder)?;
        inner.run(Operation::SyncFolder(folder.to_owned()));
        Ok(())
    }

    fn lock(&self, path: &Path, _patience: Duration) -> io::Result<Lock> {
        self.get().parent(path)?;
        self.held(path)
    }

    fn lock_folder(&self, folder: &Path, _patience: Duration) -> io::Result<Lock> {
        self.get().folder(folder)?;
        if self.get().has_no_locks {
            return Err(ErrorKind::Unsupported.into());
        }
        self.held(folder)
    }
}

impl Memory {
    /// From now on folders cannot be locked, as on some network drives.
    #[allow(dead_code, reason = "one of the test programs that share this file has no need of it")]
    pub fn lose_locks(&self) {
        self.get().has_no_locks = true;
    }

    fn held(&self, path: &Path) -> io::Result<Lock> {
        let mut inner = self.get();
        if !inner.locked.insert(path.to_owned()) {
            return Err(ErrorKind::WouldBlock.into());
        }
        Ok(Lock::new(Held { memory: self.clone(), path: path.to_owned() }))
    }
}

/// A lock that is held.
struct Held {
    memory: Memory,
    path: PathBuf,
}

impl Drop for Held {
    fn drop(&mut self) {
        self.memory.get().locked.remove(&self.path);
    }
}

struct MemoryOutput {
    memory: Memory,
    file: u64,
}

impl Write for MemoryOutput {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut inner = self.memory.get();
        let at = inner.tree.content.get(&self.file).map_or(0, Vec::len);
        inner.run(Operation::Write { file: self.file, at, bytes: bytes.to_vec() });
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Output for MemoryOutput {
    fn sync(&mut self) -> io::Result<()> {
        self.memory.get().run(Operation::Sync(self.file));
        Ok(())
    }
}
