//! A document as read: `(name, bytes)` → canonical text, structure and metadata; one file per input format.
//!
//! Knows no egui, no file system, no clock and no threads. Held by `tests/document.rs`.
//!
//! The canonical text is what every offset in every sidecar refers to: decoded, byte order mark removed, CRLF and CR
//! made LF, never NFC-normalised. Any change in what a reader gives is a new reader name (`plain-2`).

mod text;

pub use text::{ByteSpan, CodeSpan, Text};
