//! What the commands say, and where: results to standard output, errors and progress to standard error.
//!
//! What is quoted may come from a stranger: what would move a terminal's cursor, change its colours or turn the direction
//! of a line is made visible.
//! A reader that goes away early (`| head`) is no error.

use std::cell::Cell;
use std::fmt::Display;
use std::io::{self, ErrorKind, IsTerminal as _, Write};
use std::time::{Duration, Instant};

use crate::annotation::is_hidden;

/// Work that takes longer than this shows its progress.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often the progress is shown anew.
const PACE: Duration = Duration::from_millis(100);

/// Says what is wrong, on one line: `vouch: FILE: what is wrong: what to do`.
pub fn complain(message: impl Display) {
    // Where standard error is closed there is nobody to tell.
    drop(writeln!(io::stderr(), "vouch: {}", visible(&message.to_string())));
}

/// Says what is wrong with the arguments, in the words of the argument parser.
pub(super) fn usage(error: &clap::Error) {
    let message = error.render().to_string();
    let lines: Vec<String> = message.lines().map(visible).collect();
    drop(writeln!(io::stderr(), "{}", lines.join("\n")));
}

/// The text with an escape for every character that would steer a terminal or hide in it.
pub(super) fn visible(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) { out.extend(c.escape_default()) } else { out.push(c) }
    }
    out
}

/// A text as one word of a shell, whatever is in it.
pub(super) fn quoted_for_shell(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

/// Writes a command's result to standard output.
///
/// # Errors
/// Standard output cannot be written, in words.
pub(super) fn print(bytes: &[u8]) -> Result<(), String> {
    print_with(|out| out.write_all(bytes))
}

/// Lets `write` write a command's result to standard output, as it comes.
///
/// # Errors
/// Standard output cannot be written, in words.
pub(super) fn print_with(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), String> {
    let stdout = io::stdout().lock();
    let is_terminal = stdout.is_terminal();
    let reader_left = Cell::new(false);
    let mut out = io::BufWriter::new(ForReader { out: stdout, has_left: &reader_left });
    let written = if is_terminal {
        let mut out = ForTerminal { out, held: false };
        write(&mut out).and_then(|()| out.flush())
    } else {
        write(&mut out).and_then(|()| out.flush())
    };
    match written {
        Err(error) if !reader_left.get() => {
            Err(format!("standard output cannot be written ({error}): use --out FILE, or check where it goes"))
        }
        _ => Ok(()),
    }
}

/// Notes that the reader has gone away: a format's own writer may wrap the error so that its kind is lost.
struct ForReader<'a, W> {
    out: W,
    has_left: &'a Cell<bool>,
}

impl<W> ForReader<'_, W> {
    fn noted<T>(&self, done: io::Result<T>) -> io::Result<T> {
        if done.as_ref().is_err_and(|error| error.kind() == ErrorKind::BrokenPipe) {
            self.has_left.set(true);
        }
        done
    }
}

impl<W: Write> Write for ForReader<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let done = self.out.write(bytes);
        self.noted(done)
    }

    fn flush(&mut self) -> io::Result<()> {
        let done = self.out.flush();
        self.noted(done)
    }
}

/// UTF-8 on its way to a terminal: control characters but for line end and tab are shown as `\x1b`.
struct ForTerminal<W> {
    out: W,
    /// Whether a byte 0xC2 waits for the next one, with which it may be a control character.
    held: bool,
}

impl<W: Write> Write for ForTerminal<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for &byte in bytes {
            let held = std::mem::take(&mut self.held);
            match byte {
                0x80..=0x9f if held => write!(self.out, "\\x{byte:02x}")?,
                0xc2 => self.held = true,
                _ => {
                    if held {
                        self.out.write_all(&[0xc2])?;
                    }
                    if byte.is_ascii_control() && !matches!(byte, b'\n' | b'\t') {
                        write!(self.out, "\\x{byte:02x}")?;
                    } else {
                        self.out.write_all(&[byte])?;
                    }
                }
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A line on the terminal that counts what was done; nothing where there is no terminal, or the work is short.
pub(super) struct Progress {
    what: &'static str,
    of: usize,
    since: Instant,
    shown: Option<Instant>,
}

impl Progress {
    /// Work on `of` things, `what` being done to them ("reading").
    pub(super) fn new(what: &'static str, of: usize) -> Self {
        Self { what, of, since: Instant::now(), shown: None }
    }

    /// So many are done.
    pub(super) fn done(&mut self, count: usize) {
        let now = Instant::now();
        let is_due = match self.shown {
            None => now - self.since > PATIENCE && io::stderr().is_terminal(),
            Some(shown) => now - shown > PACE,
        };
        if is_due {
            self.shown = Some(now);
            drop(write!(io::stderr(), "\r{} {count} of {}\x1b[K", self.what, self.of));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown.is_some() {
            drop(write!(io::stderr(), "\r\x1b[K"));
        }
    }
}
