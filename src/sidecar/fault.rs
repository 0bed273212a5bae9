//! What could not be read, and where: byte offsets inside, lines and columns outside.
//!
//! Held by `tests/sidecar.rs`.

use std::fmt;
use std::ops::Range;

use ron::error::SpannedError;

/// Something in a file that could not be read. The rest was; this is kept here as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Line, from 1.
    pub line: usize,
    /// Column in code points, from 1.
    pub column: usize,
    /// What is wrong.
    pub what: String,
    /// The text that is left out of the set, at most [`MAX_LINE`](super::MAX_LINE) bytes of it.
    pub raw: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}", self.line, self.column, self.what)
    }
}

/// A problem by byte offsets of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) at: usize,
    pub(super) what: String,
    pub(super) raw: Range<usize>,
}

/// Where in `text` ron stopped. For syntax errors the end of its span is the true place.
pub(super) fn offset_from_error(text: &str, error: &SpannedError) -> usize {
    let end = error.span.end;
    let mut start = 0;
    for _ in 1..end.line {
        start += text.get(start..).and_then(|rest| rest.find('\n')).map_or(0, |at| at + 1);
    }
    let line = text.get(start..).unwrap_or_default();
    start + line.char_indices().nth(end.col.saturating_sub(1)).map_or(line.len(), |(at, _)| at)
}

/// Lines and columns of all faults, in one pass over the text.
pub(super) fn problems_from_faults(text: &str, mut faults: Vec<Fault>) -> Vec<Problem> {
    faults.sort_by_key(|fault| fault.at);
    let (mut at, mut line, mut column) = (0, 1, 1);
    let mut located = Vec::with_capacity(faults.len());
    for fault in faults {
        for c in text.get(at..fault.at).unwrap_or_default().chars() {
            if c == '\n' {
                line += 1;
                column = 1;
            } else {
                column += 1;
            }
        }
        at = fault.at.max(at);
        let raw = text.get(fault.raw).unwrap_or_default();
        let raw = raw.get(..raw.floor_char_boundary(super::MAX_LINE)).unwrap_or(raw).to_owned();
        located.push(Problem { line, column, what: fault.what, raw });
    }
    located
}
