//! Rich text (RTF), `rtf-1`: a reader of our own, since the libraries for it fail on files that word processors write.
//!
//! Groups nest on a stack with an end, never by recursion; pictures, objects and whatever is marked as for programs only
//! are passed over. Tracked changes are read as accepted. Held by `tests/document.rs`.

mod charset;
mod destination;
mod reader;
mod token;

use std::borrow::Cow;

use super::format::{Content, Format, Input};
use super::original::Original;
use super::read::{ReadError, ReadOptions, Warning};
use reader::Reader;

pub(super) static FORMAT: Format = Format {
    reader: "rtf-1",
    media_type: "application/rtf",
    extensions: &["rtf"],
    is_text: false,
    takes: |file| file.head.starts_with("{\\rtf"),
    read,
    mark: |_| None,
};

#[expect(clippy::unnecessary_wraps, reason = "every reader has this shape")]
fn read<'a>(file: &Input<'a>, _: &ReadOptions, warnings: &mut Vec<Warning>) -> Result<Content<'a>, ReadError> {
    let start = memchr::memmem::find(file.bytes, b"{\\rtf").unwrap_or_default();
    let mut reader = Reader::default();
    reader.read(file.bytes.get(start..).unwrap_or_default());
    if reader.is_cut {
        warnings.push(Warning::Odd(
            "this file breaks off before its end: what it had after that is missing from the text".to_owned(),
        ));
    }
    if let Some(page) = reader.unknown_page {
        warnings.push(Warning::Odd(format!(
            "code page {page} of this file is not known here, and its letters are read as Western European: if they \
             look wrong, save it anew in a word processor"
        )));
    }
    let told = std::mem::take(&mut reader.told);
    let flowed = reader.finish();
    let original =
        Original { blocks: flowed.blocks, styles: flowed.styles, asides: flowed.asides, told, ..Original::default() };
    Ok(Content { text: Cow::Owned(flowed.text), original, ..Content::default() })
}
