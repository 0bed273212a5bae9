//! A file system whose operation number N fails.

use std::fmt;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use vouch::files::{Entry, Files, Lock, Output, Stat};

/// How an operation fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// With this error of the system.
    Error(i32),
    /// A write takes half of what it is given, and the next one finds the disk full. Other operations go well.
    Short,
}

pub const EIO: i32 = 5;
pub const EACCES: i32 = 13;
pub const ENOSPC: i32 = 28;
pub const EROFS: i32 = 30;

/// Every way to fail: what, and whether for ever.
pub fn faults() -> impl Iterator<Item = (Fault, bool)> {
    let kinds = [EIO, ENOSPC, EACCES, EROFS].map(Fault::Error).into_iter().chain([Fault::Short]);
    kinds.flat_map(|fault| [(fault, false), (fault, true)])
}

#[derive(Clone, Debug)]
pub struct Faulty {
    inner: Arc<dyn Files>,
    plan: Arc<Mutex<Plan>>,
}

#[derive(Default)]
struct Plan {
    fault: Option<(Fault, bool)>,
    left: usize,
    struck: usize,
    /// Done before the operation instead of failing it.
    meddle: Option<Box<dyn FnOnce() + Send>>,
}

impl fmt::Debug for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} after {}", self.fault, self.left)
    }
}

impl Faulty {
    pub fn new(inner: Arc<dyn Files>) -> Self {
        Self { inner, plan: Arc::default() }
    }

    /// From now on operation `n` fails, the first being 0.
    pub fn fail(&self, n: usize, fault: Fault, for_ever: bool) {
        *self.plan.lock().unwrap() = Plan { fault: Some((fault, for_ever)), left: n, ..Plan::default() };
    }

    /// Before operation `n` from now on, somebody else does something.
    pub fn meddle(&self, n: usize, meddle: impl FnOnce() + Send + 'static) {
        *self.plan.lock().unwrap() = Plan { left: n, meddle: Some(Box::new(meddle)), ..Plan::default() };
    }

    /// The disk is well again; says how often it failed.
    pub fn heal(&self) -> usize {
        std::mem::take(&mut *self.plan.lock().unwrap()).struck
    }

    fn strike(&self) -> Option<Fault> {
        let mut plan = self.plan.lock().unwrap();
        if plan.left > 0 {
            plan.left -= 1;
            return None;
        }
        if let Some(meddle) = plan.meddle.take() {
            plan.struck += 1;
            meddle();
        }
        let (fault, for_ever) = plan.fault?;
        if !for_ever {
            plan.fault = None;
        }
        plan.struck += 1;
        Some(fault)
    }

    fn gate(&self) -> io::Result<()> {
        match self.strike() {
            Some(Fault::Error(code)) => Err(io::Error::from_raw_os_error(code)),
            Some(Fault::Short) | None => Ok(()),
        }
    }

    fn output(&self, inner: Box<dyn Output>) -> Box<dyn Output> {
        Box::new(FaultyOutput { inner, faulty: self.clone(), full: false, sync_failed: false })
    }
}

impl Files for Faulty {
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>> {
        self.gate().and_then(|()| self.inner.read(path, limit))
    }

    fn stat(&self, path: &Path) -> io::Result<Stat> {
        self.gate().and_then(|()| self.inner.stat(path))
    }

    fn is_link(&self, path: &Path) -> io::Result<bool> {
        self.gate().and_then(|()| self.inner.is_link(path))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<Entry>> {
        self.gate().and_then(|()| self.inner.list(folder))
    }

    fn real_path(&self, path: &Path) -> io::Result<PathBuf> {
        self.gate().and_then(|()| self.inner.real_path(path))
    }

    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        self.gate().and_then(|()| self.inner.create_folder(folder))
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Output>> {
        self.gate().and_then(|()| self.inner.create(path)).map(|inner| self.output(inner))
    }

    fn append(&self, path: &Path) -> io::Result<Box<dyn Output>> {
        self.gate().and_then(|()| self.inner.append(path)).map(|inner| self.output(inner))
    }

    fn copy_mode(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.gate().and_then(|()| self.inner.copy_mode(from, to))
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.gate().and_then(|()| self.inner.rename(from, to))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.gate().and_then(|()| self.inner.remove(path))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.gate().and_then(|()| self.inner.sync_folder(folder))
    }

    fn lock(&self, path: &Path, patience: Duration) -> io::Result<Lock> {
        self.gate().and_then(|()| self.inner.lock(path, patience))
    }

    fn lock_folder(&self, folder: &Path, patience: Duration) -> io::Result<Lock> {
        self.gate().and_then(|()| self.inner.lock_folder(folder, patience))
    }
}

struct FaultyOutput {
    inner: Box<dyn Output>,
    faulty: Faulty,
    full: bool,
    sync_failed: bool,
}

impl Write for FaultyOutput {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.full {
            return Err(io::Error::from_raw_os_error(ENOSPC));
        }
        match self.faulty.strike() {
            Some(Fault::Error(code)) => Err(io::Error::from_raw_os_error(code)),
            Some(Fault::Short) => {
                self.full = true;
                self.inner.write(&bytes[..bytes.len() / 2])
            }
            None => self.inner.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl Output for FaultyOutput {
    fn sync(&mut self) -> io::Result<()> {
        assert!(!self.sync_failed, "a failed sync is not tried again on the same handle");
        self.faulty.gate().inspect_err(|_| self.sync_failed = true)?;
        self.inner.sync()
    }
}
