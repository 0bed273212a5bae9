//! The canonical text with its two rulers: bytes (inside the program) and Unicode code points (in files).
//!
//! Knows nothing of how the text was decoded or what it means. Held by `tests/document.rs`.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A half-open range of bytes of a canonical text; both ends lie on character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ByteSpan {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// A half-open range of Unicode code points of a canonical text: the unit of every position on disk (as in W3C Web
/// Annotation, brat and spaCy).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CodeSpan {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
}

macro_rules! span_methods {
    ($name:ident) => {
        impl $name {
            /// The span from `start` to `end`; the two are put in order.
            #[must_use]
            pub fn new(start: usize, end: usize) -> Self {
                Self { start: start.min(end), end: start.max(end) }
            }

            /// Length in this span's unit.
            #[must_use]
            pub fn len(self) -> usize {
                self.end.saturating_sub(self.start)
            }

            /// Whether nothing lies between the ends.
            #[must_use]
            pub fn is_empty(self) -> bool {
                self.end <= self.start
            }

            /// Whether the position lies in the half-open range.
            #[must_use]
            pub fn contains(self, position: usize) -> bool {
                self.start <= position && position < self.end
            }

            /// Whether `other` lies wholly inside.
            #[must_use]
            pub fn encloses(self, other: Self) -> bool {
                self.start <= other.start && other.end <= self.end
            }

            /// Whether the two share at least one position.
            #[must_use]
            pub fn overlaps(self, other: Self) -> bool {
                self.start < other.end && other.start < self.end
            }
        }
    };
}
span_methods!(ByteSpan);
span_methods!(CodeSpan);

/// Bytes between two checkpoints of the code point ruler.
const STRIDE: usize = 4096;

/// A canonical text and its code point ruler. Cloning is cheap: the text is shared.
#[derive(Clone, Debug)]
pub struct Text {
    /// Not `Arc<str>`, which a `String` would have to be copied into: texts can be long.
    string: Arc<String>,
    /// `checkpoints[i]` is the number of code points that begin before byte `i * STRIDE`; empty where the text is
    /// ASCII and needs none.
    checkpoints: Arc<[u64]>,
    code_points: usize,
}

impl Default for Text {
    fn default() -> Self {
        Self::new("")
    }
}

impl Text {
    /// Takes a canonical text and counts its code points once.
    #[must_use]
    pub fn new(string: impl Into<String>) -> Self {
        let string = Arc::new(string.into());
        if string.is_ascii() {
            return Self { code_points: string.len(), string, checkpoints: Arc::default() };
        }
        let mut checkpoints = Vec::with_capacity(string.len() / STRIDE + 1);
        let mut code_points = 0usize;
        for block in string.as_bytes().chunks(STRIDE) {
            checkpoints.push(code_points as u64);
            code_points += starts_in(block);
        }
        Self { string, checkpoints: checkpoints.into(), code_points }
    }

    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.string
    }

    /// The text, shared.
    #[must_use]
    pub fn shared(&self) -> Arc<String> {
        Arc::clone(&self.string)
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.string.len()
    }

    /// Whether the text has no characters.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.string.is_empty()
    }

    /// Length in Unicode code points.
    #[must_use]
    pub fn len_code_points(&self) -> usize {
        self.code_points
    }

    /// Whether the text is one byte a code point, so that both rulers are the same.
    fn is_ascii(&self) -> bool {
        self.code_points == self.string.len()
    }

    /// The characters of `span`; empty where it is out of range or off a character boundary.
    #[must_use]
    pub fn slice(&self, span: ByteSpan) -> &str {
        self.string.get(span.start..span.end).unwrap_or("")
    }

    /// How many code points begin before byte `byte`; past the end, all of them.
    #[must_use]
    pub fn code_from_byte(&self, byte: usize) -> usize {
        let byte = byte.min(self.string.len());
        if self.is_ascii() {
            return byte;
        }
        let block = (byte / STRIDE).min(self.checkpoints.len().saturating_sub(1));
        let before = self.checkpoints.get(block).copied().unwrap_or(0) as usize;
        before + starts_in(self.string.as_bytes().get(block * STRIDE..byte).unwrap_or(&[]))
    }

    /// The byte at which code point `code` begins; the text's length for the position after the last one; `None`
    /// beyond that.
    #[must_use]
    pub fn byte_from_code(&self, code: usize) -> Option<usize> {
        if code > self.code_points {
            return None;
        }
        if self.is_ascii() {
            return Some(code);
        }
        if code == self.code_points {
            return Some(self.string.len());
        }
        let block = self.checkpoints.partition_point(|&before| before as usize <= code).saturating_sub(1);
        let mut left = code - self.checkpoints.get(block).copied().unwrap_or(0) as usize;
        let mut from = block * STRIDE;
        for chunk in self.string.as_bytes().get(from..)?.chunks(CHUNK) {
            let starts = starts_in(chunk);
            if left < starts {
                let mut starts = chunk.iter().enumerate().filter(|(_, byte)| is_start(**byte));
                return starts.nth(left).map(|(at, _)| from + at);
            }
            left -= starts;
            from += chunk.len();
        }
        None
    }

    /// The same range on the other ruler.
    #[must_use]
    pub fn code_span_from_byte_span(&self, span: ByteSpan) -> CodeSpan {
        CodeSpan { start: self.code_from_byte(span.start), end: self.code_from_byte(span.end) }
    }

    /// The same range on the other ruler; `None` where it reaches beyond the text.
    #[must_use]
    pub fn byte_span_from_code_span(&self, span: CodeSpan) -> Option<ByteSpan> {
        Some(ByteSpan { start: self.byte_from_code(span.start)?, end: self.byte_from_code(span.end)? })
    }
}

/// Whether a UTF-8 byte begins a character.
fn is_start(byte: u8) -> bool {
    (byte as i8) >= -0x40
}

/// Counts of at most so much fit in a byte, which compilers turn into vector code.
const CHUNK: usize = 255;

/// How many characters begin in these bytes.
fn starts_in(bytes: &[u8]) -> usize {
    bytes.chunks(CHUNK).map(|chunk| usize::from(chunk.iter().map(|&byte| u8::from(is_start(byte))).sum::<u8>())).sum()
}
