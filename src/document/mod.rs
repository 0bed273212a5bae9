//! A document as read: `(name, bytes)` → canonical text, structure and metadata; one file per input format.
//!
//! Knows no egui, no file system, no clock and no threads. Held by `tests/document.rs`.
//!
//! The canonical text is what every offset in every sidecar refers to: decoded, byte order mark removed, CRLF and CR
//! made LF, never NFC-normalised. Any change in what a reader gives is a new reader name (`plain-2`).
//!
//! A new format is one file with a `Format` in it, and one line in the table in `read.rs`. Formats with blocks write
//! their text with a `Writer`; what else they find goes into an [`Original`].

mod abbreviations;
mod archive;
mod binary;
mod blocks;
mod clause;
mod date;
mod decode;
mod dialogue;
mod docx;
mod encoding;
mod flow;
mod format;
mod html;
mod language;
mod limits;
mod mail;
mod markdown;
mod numerals;
mod odt;
mod original;
mod outline;
mod packed;
mod pdf;
mod plain;
mod propose;
mod quotation;
mod read;
mod rtf;
mod sentence;
mod structure;
mod symbol;
mod text;
pub mod words;
mod writer;
mod xml;

pub use encoding::{ENCODINGS, Encoding, EncodingFound, EncodingUsed};
pub use limits::MAX_BYTES;
pub use original::{
    Apart, Aside, AsideKind, Attachment, Block, BlockKind, Element, Original, PageSize, Places, Stated, Style, Styled,
    TextBox, Told,
};
pub use propose::{Found, Proposed, propose};
pub use quotation::Quotation;
pub use read::{
    Document, ReadError, ReadOptions, Warning, extensions, read, read_elsewhere, read_packed, sha256, text_as_it_stands,
};
pub use structure::{Paragraph, Part, PartKind, Structure, paragraphs};
pub use text::{ByteSpan, CodeSpan, Text};
