//! The way in: `(name, bytes)` → [`Document`], by the first format that takes the file.
//!
//! Knows the formats only by their table. Held by `tests/document.rs`.

use std::borrow::Cow;
use std::fmt::{self, Display, Formatter};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use thiserror::Error;

use super::binary::Binary;
use super::encoding::EncodingUsed;
use super::format::{Content, Format, Input};
use super::limits::{ANSWER, MAX_BYTES, MIB, TEXT};
use super::original::Original;
use super::{Encoding, Text, docx, html, mail, markdown, odt, packed, pdf, plain, rtf};

/// The formats, in the order in which they are asked whether a file is theirs. Plain text takes whatever is left.
static FORMATS: &[&Format] = &[
    &pdf::FORMAT,
    &mail::msg::FORMAT,
    &docx::FORMAT,
    &odt::FORMAT,
    &rtf::FORMAT,
    &mail::FORMAT,
    &html::FORMAT,
    &markdown::FORMAT,
    &plain::FORMAT,
];

/// One file as opened. It is never changed.
#[derive(Clone, Debug)]
pub struct Document {
    /// File name, without a folder.
    pub name: String,
    /// `text/plain`, `text/html`, …
    pub media_type: &'static str,
    /// The reader that gave the text, and its version (`plain-1`): a change in what it gives is a new name.
    pub reader: &'static str,
    /// The encoding of the file, and how it was found. `None` for formats that leave no choice.
    pub encoding: Option<EncodingUsed>,
    /// The canonical text.
    pub text: Text,
    /// What the file tells besides: blocks, metadata, places, attachments, what was set aside.
    pub original: Arc<Original>,
    /// The hash of the file's bytes; `None` where they are the canonical text.
    file_sha256: Option<String>,
    /// The hash of the text, once somebody has asked for it.
    text_sha256: OnceLock<String>,
    pub(super) format: &'static Format,
}

impl Document {
    /// SHA-256 of the file's bytes, 64 lower-case hexadecimal digits. As dear as [`Document::text_sha256`] the first
    /// time.
    #[must_use]
    pub fn sha256(&self) -> &str {
        self.file_sha256.as_deref().unwrap_or_else(|| self.text_sha256())
    }

    /// SHA-256 of the canonical text's UTF-8, 64 lower-case hexadecimal digits. Found when first asked for, which takes
    /// longer than reading does: for long documents, first ask off the window's thread.
    #[must_use]
    pub fn text_sha256(&self) -> &str {
        self.text_sha256.get_or_init(|| sha256(self.text.as_str().as_bytes()))
    }
}

/// What the analyst chose about reading a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The encoding's label ([`Encoding::from_label`]); `None`: find out.
    pub encoding: Option<String>,
    /// Of a web page all of its text, menus and all, rather than the article alone. The reader's name tells
    /// (`html-whole-1`), since positions in the one text are not positions in the other.
    pub whole: bool,
}

impl ReadOptions {
    /// How a file is to be read on whose text marks were made: by `reader` ([`Document::reader`]) and, where one was
    /// chosen by hand, in `encoding`.
    #[must_use]
    pub fn as_recorded(reader: &str, encoding: Option<String>) -> Self {
        let unversioned = |reader: &str| reader.trim_end_matches(|c: char| c.is_ascii_digit()).to_owned();
        let whole = WHOLE_READERS.iter().any(|whole| unversioned(whole) == unversioned(reader));
        Self { encoding, whole }
    }

    /// The encoding that was chosen by hand.
    pub(super) fn chosen_encoding(&self) -> Result<Option<&'static Encoding>, ReadError> {
        let Some(label) = self.encoding.as_deref() else { return Ok(None) };
        let unknown = || ReadError::UnknownEncoding { label: label.to_owned() };
        Encoding::from_label(label).map(Some).ok_or_else(unknown)
    }
}

/// Readers whose name is not that of their format.
const OTHER_READERS: &[&str] = &["mhtml-1"];

/// Readers that give a web page's whole text.
const WHOLE_READERS: &[&str] = &["html-whole-1", "mhtml-whole-1"];

/// The reader of this name, among those of the formats that are not plain text.
pub(super) fn reader_named(name: &str) -> Option<&'static str> {
    let readers = FORMATS.iter().map(|format| format.reader);
    readers.chain(OTHER_READERS.iter().chain(WHOLE_READERS).copied()).find(|reader| *reader == name)
}

/// What was odd about a file that could be read. In words by `Display`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// Some bytes are no characters of the encoding. Each such sequence became one U+FFFD.
    Malformed {
        /// The encoding, in words.
        encoding: &'static str,
        /// How many.
        count: usize,
        /// Where the first hundred stand, in bytes of the canonical text.
        places: Vec<usize>,
    },
    /// The file is markup that has no reader: its source is shown as it is.
    Source {
        /// What the file is.
        what: &'static str,
    },
    /// What a reader found odd: what it is and what to do, in words.
    Odd(String),
}

/// Why a file could not be read, and what to do next.
#[derive(Clone, Debug, Error, PartialEq, Eq, Serialize, Deserialize)]
pub enum ReadError {
    /// The file is longer than [`MAX_BYTES`].
    #[error("this file has {} MiB, and documents of up to {} MiB can be opened: split it into parts", bytes.div_ceil(MIB), MAX_BYTES / MIB)]
    TooLarge {
        /// Its length.
        bytes: usize,
    },
    /// The file is no text.
    #[error("this is {what}, which cannot be opened as a document: {next}")]
    NotText {
        /// What it is.
        what: Cow<'static, str>,
        /// What to do.
        next: Cow<'static, str>,
    },
    /// The file is of a format that is read, but this one cannot be: it is damaged, encrypted, has no text, or is more
    /// than is taken in.
    #[error("{what}: {next}")]
    Unreadable {
        /// What is wrong, in words.
        what: String,
        /// What to do.
        next: Cow<'static, str>,
    },
    /// Nobody waited for it any more.
    #[error("reading was stopped: open it again to read it")]
    Stopped,
    /// There is no encoding of the label that was asked for.
    #[error("there is no encoding named \u{201c}{}\u{201d}: use a label such as utf-8, windows-1252 or utf-16le", label.escape_debug())]
    UnknownEncoding {
        /// As asked for.
        label: String,
    },
}

/// Reads a file: its bytes become a document, or an error in words. `name` is the file's name without its folder.
///
/// # Errors
/// Where the file is too large or no text, or `options` name an encoding that does not exist.
pub fn read(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<(Document, Vec<Warning>), ReadError> {
    read_elsewhere(name, bytes, options, || Ok(None))
}

/// As [`read`], but what is not plain text is read by `elsewhere`, which gives what [`read_packed`] gave there; `None`
/// where nobody there can be asked.
///
/// # Errors
/// As [`read`]; or `elsewhere` fails, or gives what no reader gives.
pub fn read_elsewhere(
    name: &str,
    bytes: &[u8],
    options: &ReadOptions,
    elsewhere: impl FnOnce() -> Result<Option<Vec<u8>>, ReadError>,
) -> Result<(Document, Vec<Warning>), ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { bytes: bytes.len() });
    }
    let file = Input::new(name, bytes);
    let format = format_of(&file, options);
    let answer = if format.is_plain() { None } else { elsewhere()? };
    let (content, warnings) = match answer {
        Some(packed) => packed::unpack(&packed)?,
        None => read_here(format, &file, options)?,
    };
    let (text, file_sha256) = match content.text {
        Cow::Borrowed(text) if text.len() == bytes.len() => (Text::new(text), None),
        text => (Text::new(text), Some(sha256(bytes))),
    };
    let document = Document {
        name: name.to_owned(),
        media_type: format.media_type,
        reader: content.reader.unwrap_or(format.reader),
        encoding: content.encoding,
        text,
        original: Arc::new(content.original),
        file_sha256,
        text_sha256: OnceLock::new(),
        format,
    };
    Ok((document, warnings))
}

/// Reads a file for [`read_elsewhere`] of another process: what came of it, as bytes.
pub fn read_packed(name: &str, bytes: &[u8], options: &ReadOptions) -> Vec<u8> {
    let file = Input::new(name, bytes);
    packed::pack(read_here(format_of(&file, options), &file, options))
}

fn format_of(file: &Input<'_>, options: &ReadOptions) -> &'static Format {
    let is_chosen = options.encoding.is_some();
    let mut formats = FORMATS.iter().copied().filter(|format| format.is_text || !is_chosen);
    formats.find(|format| (format.takes)(file)).unwrap_or(&plain::FORMAT)
}

fn read_here<'a>(
    format: &Format,
    file: &Input<'a>,
    options: &ReadOptions,
) -> Result<(Content<'a>, Vec<Warning>), ReadError> {
    let mut warnings = Vec::new();
    if format.is_plain() {
        let content = (format.read)(file, options, &mut warnings)?;
        return Ok((content, warnings));
    }
    // What reads these formats was written elsewhere and for many things; a stumble of it is this file's trouble.
    let reading = AssertUnwindSafe(|| (format.read)(file, options, &mut warnings));
    let content = catch_unwind(reading).map_err(|_| ReadError::stumbled())??;
    if content.text.len() > TEXT {
        return Err(ReadError::too_much());
    }
    Ok((content, warnings))
}

/// The canonical text of a file whose bytes are that text as they stand, which most are, without reading it; `None`
/// where only [`read`] tells.
#[must_use]
pub fn text_as_it_stands<'a>(name: &str, bytes: &'a [u8]) -> Option<&'a str> {
    let text = str::from_utf8(bytes).ok()?;
    let is_odd = |byte: &u8| *byte < b'\t' || *byte == b'\r';
    if bytes.len() > MAX_BYTES || text.starts_with('\u{feff}') || bytes.iter().any(is_odd) {
        return None;
    }
    let file = Input::new(name, bytes);
    let format = FORMATS.iter().copied().find(|format| (format.takes)(&file))?;
    format.is_plain().then_some(text)
}

/// The ends of the names of files that are read, in lower case and without the dot: `txt`, `html`, …
pub fn extensions() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().rev().flat_map(|format| format.extensions.iter().copied())
}

/// SHA-256 of some bytes, 64 lower-case hexadecimal digits.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let digit = |nibble: u8| char::from_digit(u32::from(nibble), 16).unwrap_or('0');
        hex.extend([digit(byte >> 4), digit(byte & 0xF)]);
    }
    hex
}

impl ReadError {
    pub(super) fn not_text(binary: &Binary) -> Self {
        Self::NotText { what: binary.what.into(), next: binary.next.into() }
    }

    fn stumbled() -> Self {
        Self::unreadable(
            "this file is damaged, or made in a way that its reader cannot follow",
            "open it in the program that it was made with and save it anew, or save its text as a .txt file",
        )
    }

    pub(super) fn garbled() -> Self {
        Self::unreadable(
            "the part of Vouch that reads such files gave no sense",
            "if Vouch was updated just now, start it again; otherwise save the document's text as a .txt file",
        )
    }

    pub(super) fn too_much() -> Self {
        let (text, all) = (TEXT / MIB, ANSWER / MIB);
        Self::unreadable(
            format!("this file unpacks to more than is taken in ({text} MiB of text, {all} MiB with what is attached)"),
            "split it into parts, or save the text that you need as a .txt file",
        )
    }

    pub(super) fn unreadable(what: impl Into<String>, next: &'static str) -> Self {
        Self::Unreadable { what: what.into(), next: next.into() }
    }
}

impl Display for Warning {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { encoding, count: 1, .. } => {
                write!(f, "one place is not valid {encoding} and shows as \u{fffd}")?;
                f.write_str(": if other letters look wrong too, choose another encoding")
            }
            Self::Malformed { encoding, count, .. } => {
                write!(f, "{count} places are not valid {encoding} and show as \u{fffd}")?;
                f.write_str(": if other letters look wrong too, choose another encoding")
            }
            Self::Odd(words) => f.write_str(words),
            Self::Source { what } => {
                write!(
                    f,
                    "this is {what}, shown as its source: for its text alone, save it as plain text and open that"
                )
            }
        }
    }
}
