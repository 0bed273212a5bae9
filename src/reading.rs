//! Reading a stranger's file in a process of its own: one that crashes, hangs or swells takes nothing else with it.
//!
//! The process is this same program with a hidden command. It gets the file on its standard input and answers on its
//! standard output; it has no environment, and on Unix it gives up, before it reads, to open anything (files and
//! connections alike), to write, and to use more memory than [`Limits`] say. (macOS does not hold programs to the limit
//! of memory, and Windows to none of these: time and the length of the answer hold everywhere.) Plain text is read here,
//! since nothing of it can go wrong. Held by `tests/worker.rs`.

use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use crate::document::{self, Document, ReadError, ReadOptions, Warning};

/// The hidden command that reads a document and answers.
pub const COMMAND: &str = "read-document";

/// What a process that reads one document may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// By the clock.
    pub time: Duration,
    /// In bytes of address space.
    pub memory: u64,
    /// The longest answer, in bytes.
    pub answer: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { time: Duration::from_secs(30), memory: 1 << 30, answer: 400 << 20 }
    }
}

/// How documents are read: in a process of their own, or in this one.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The program to start; `None`: read here.
    program: Option<Arc<Path>>,
    limits: Limits,
    /// Set once nobody waits any more.
    stopped: Option<Arc<AtomicBool>>,
}

impl Reading {
    /// In this process.
    #[must_use]
    pub fn here() -> Self {
        Self::default()
    }

    /// In processes of the running program, which must be Vouch itself; here where its file is not known.
    #[must_use]
    pub fn of_this_program() -> Self {
        std::env::current_exe().map_or_else(|_| Self::here(), Self::apart)
    }

    /// In processes of a program, which must know [`COMMAND`].
    #[must_use]
    pub fn apart(program: PathBuf) -> Self {
        Self { program: Some(program.into()), ..Self::default() }
    }

    /// With other limits.
    #[must_use]
    pub fn within(self, limits: Limits) -> Self {
        Self { limits, ..self }
    }

    /// Until the flag is set: then the process is ended.
    #[must_use]
    pub fn until(&self, stopped: Arc<AtomicBool>) -> Self {
        Self { stopped: Some(stopped), ..self.clone() }
    }

    /// As [`document::read`].
    ///
    /// # Errors
    /// As [`document::read`]; or the process crashed, or used more than the limits.
    pub fn read(&self, name: &str, bytes: &[u8], options: &ReadOptions) -> Result<(Document, Vec<Warning>), ReadError> {
        document::read_elsewhere(name, bytes, options, || match &self.program {
            Some(program) => self.ask(program, name, bytes, options),
            None => Ok(None),
        })
    }

    /// What the process answers; `None` where none can be started.
    fn ask(
        &self,
        program: &Path,
        name: &str,
        bytes: &[u8],
        options: &ReadOptions,
    ) -> Result<Option<Vec<u8>>, ReadError> {
        let head = Head { name: name.to_owned(), encoding: options.encoding.clone(), whole: options.whole };
        let Ok(head) = serde_json::to_vec(&head) else { return Ok(None) };
        let Some(mut child) = self.start(program) else { return Ok(None) };
        let ended = self.attend(&mut child, &head, bytes);
        match ended {
            Ended::Answered { answer, status, .. } if status.success() => Ok(Some(answer)),
            Ended::Answered { status, last_words, .. } => Err(self.crashed(status, &last_words)),
            Ended::TooLong => Err(self.hung()),
            Ended::TooMuch => Err(swollen("its text and attachments are more than are taken in")),
            Ended::Stopped => Err(ReadError::Stopped),
        }
    }

    fn start(&self, program: &Path) -> Option<Child> {
        let mut command = Command::new(program);
        command.arg(COMMAND);
        command.args(["--memory", &self.limits.memory.to_string()]);
        // Of the processor, for the case that this process is gone and nobody ends the other.
        command.args(["--seconds", &self.limits.time.as_secs().saturating_add(2).to_string()]);
        command.env_clear();
        #[cfg(windows)]
        command.envs(std::env::var_os("SystemRoot").map(|root| ("SystemRoot", root)));
        command.current_dir("/");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().ok()
    }

    /// Hands the file over and waits for the answer.
    fn attend(&self, child: &mut Child, head: &[u8], bytes: &[u8]) -> Ended {
        let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (sender, answers) = channel();
        thread::scope(|scope| {
            scope.spawn(move || {
                // One that has crashed takes nothing more; it is told by how it ended.
                stdin.map(|mut stdin| {
                    let length = (head.len() as u64).to_le_bytes();
                    stdin.write_all(&length).and_then(|()| stdin.write_all(head)).and_then(|()| stdin.write_all(bytes))
                })
            });
            let last_words = scope.spawn(move || {
                let mut words = Vec::new();
                if let Some(mut stderr) = stderr {
                    drop(stderr.by_ref().take(LAST_WORDS).read_to_end(&mut words));
                    // What is more is not kept, and must not keep the process waiting.
                    drop(io::copy(&mut stderr, &mut io::sink()));
                }
                String::from_utf8_lossy(&words).into_owned()
            });
            let most = self.limits.answer;
            scope.spawn(move || {
                let mut answer = Vec::new();
                drop(stdout.map(|stdout| stdout.take(most + 1).read_to_end(&mut answer)));
                sender.send(answer)
            });
            let end = Instant::now() + self.limits.time;
            let answer = loop {
                let left = end.saturating_duration_since(Instant::now());
                match answers.recv_timeout(left.min(GLANCE)) {
                    Ok(answer) if answer.len() as u64 > most => break Err(Ended::TooMuch),
                    Ok(answer) => break Ok(answer),
                    Err(_) if self.is_stopped() => break Err(Ended::Stopped),
                    Err(_) if left.is_zero() => break Err(Ended::TooLong),
                    Err(_) => {}
                }
            };
            // Who has answered ends at once; who does not is not waited for.
            let until = end.min(Instant::now() + GLANCE * 20);
            let status = loop {
                match child.try_wait() {
                    Ok(None) if answer.is_ok() && Instant::now() < until => thread::sleep(Duration::from_millis(1)),
                    Ok(status) => break status,
                    Err(_) => break None,
                }
            };
            // Whatever came of it, nothing of it is left behind; with it, its pipes and these threads end.
            drop(child.kill());
            drop(child.wait());
            match (answer, status) {
                (Ok(answer), Some(status)) => {
                    Ended::Answered { answer, status, last_words: last_words.join().unwrap_or_default() }
                }
                (Ok(_), None) => Ended::TooLong,
                (Err(ended), _) => ended,
            }
        })
    }

    fn is_stopped(&self) -> bool {
        self.stopped.as_ref().is_some_and(|stopped| stopped.load(Ordering::Relaxed))
    }

    fn hung(&self) -> ReadError {
        let seconds = self.limits.time.as_secs_f32();
        unreadable(format!("reading this file takes longer than {seconds} seconds, and was stopped"), SPLIT)
    }

    fn crashed(&self, status: ExitStatus, last_words: &str) -> ReadError {
        if ["memory allocation of", "out of memory"].iter().any(|sign| last_words.contains(sign)) {
            let memory = self.limits.memory >> 20;
            return swollen(&format!("reading it takes more than {memory} MiB of memory"));
        }
        unreadable(format!("this file is damaged, or made to do harm: what read it broke ({status})"), SAVE_ANEW)
    }
}

/// How an attended process ended.
enum Ended {
    Answered { answer: Vec<u8>, status: ExitStatus, last_words: String },
    TooLong,
    TooMuch,
    Stopped,
}

/// How often is looked whether somebody still waits.
const GLANCE: Duration = Duration::from_millis(50);

/// How much is kept of what the process says of its end.
const LAST_WORDS: u64 = 4096;

const SPLIT: &str = "open it again to try once more, or split it into parts, or save its text as a .txt file";
const SAVE_ANEW: &str =
    "open it in the program that it was made with and save it anew, or save its text as a .txt file";

fn unreadable(what: String, next: &'static str) -> ReadError {
    ReadError::Unreadable { what, next: next.into() }
}

fn swollen(why: &str) -> ReadError {
    unreadable(format!("this file unpacks to too much ({why})"), SPLIT)
}

/// What the process is told before it gets the file.
#[derive(serde::Serialize, serde::Deserialize)]
struct Head {
    name: String,
    encoding: Option<String>,
    whole: bool,
}

/// Bytes of stack: deep files are deep calls.
const STACK: usize = 64 << 20;

/// What the process does: gives up what it does not need, reads one document from its standard input, and answers.
///
/// # Errors
/// It was not asked as [`Reading`] asks, or nobody takes the answer.
pub fn serve(memory: u64, seconds: u64) -> io::Result<()> {
    let work = move || {
        give_up(memory, seconds)?;
        let mut stdin = io::stdin().lock();
        let mut length = [0; 8];
        stdin.read_exact(&mut length)?;
        let mut head = Vec::new();
        stdin.by_ref().take(u64::from_le_bytes(length)).read_to_end(&mut head)?;
        let head: Head = serde_json::from_slice(&head)?;
        let mut bytes = Vec::new();
        stdin.read_to_end(&mut bytes)?;
        let options = ReadOptions { encoding: head.encoding, whole: head.whole };
        let answer = document::read_packed(&head.name, &bytes, &options);
        let mut stdout = io::stdout().lock();
        stdout.write_all(&answer)?;
        stdout.flush()
    };
    let reading = thread::Builder::new().stack_size(STACK).spawn(work)?;
    reading.join().unwrap_or_else(|_| Err(io::Error::other("the reader panicked")))
}

/// Lowers what this process may do. Standard input, output and errors are open already.
#[cfg(unix)]
fn give_up(memory: u64, seconds: u64) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limits = [
        (Resource::As, memory),
        (Resource::Cpu, seconds),
        (Resource::Core, 0),
        (Resource::Fsize, 0),
        (Resource::Nofile, 3),
        (Resource::Nproc, 0),
    ];
    for (resource, most) in limits {
        // What is lower already cannot be raised, and need not be.
        let most = getrlimit(resource).maximum.map_or(most, |maximum| most.min(maximum));
        let lowered = setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) });
        // macOS refuses a limit of memory that is below what a program has mapped from the beginning.
        if cfg!(target_os = "linux") {
            lowered?;
        }
    }
    Ok(())
}

#[cfg(not(unix))]
fn give_up(_memory: u64, _seconds: u64) -> io::Result<()> {
    Ok(())
}
