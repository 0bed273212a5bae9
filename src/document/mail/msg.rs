//! Outlook messages, `msg-1`: the same of a mail out of its OLE container, by the properties of [MS-OXMSG].
//!
//! cfb opens the container. Held by `tests/document.rs`.

use std::borrow::Cow;
use std::io::{Cursor, Read as _};

use cfb::CompoundFile;

use super::super::format::{Content, Format, Input};
use super::super::limits::{ARCHIVE_ENTRY, ATTACHMENTS};
use super::super::original::{Attachment, Original, Stated, Told};
use super::super::read::{ReadError, ReadOptions, Warning};
use super::{attachment, body};

pub(in super::super) static FORMAT: Format = Format {
    reader: "msg-1",
    media_type: "application/vnd.ms-outlook",
    extensions: &["msg"],
    is_text: false,
    takes: |file| file.ole_has("__properties_version1.0") || file.ole_has("__substg1.0_"),
    read,
    mark: super::super::blocks::plain_mark,
};

/// Properties, by their numbers in [MS-OXPROPS].
mod property {
    pub const SUBJECT: u16 = 0x0037;
    pub const SENDER_NAME: u16 = 0x0C1A;
    pub const SENDER_ADDRESS: u16 = 0x5D01;
    pub const BODY: u16 = 0x1000;
    pub const HTML: u16 = 0x1013;
    pub const SUBMITTED: u16 = 0x0039;
    pub const DELIVERED: u16 = 0x0E06;
    pub const ATTACHED: u16 = 0x3701;
    pub const LONG_NAME: u16 = 0x3707;
    pub const SHORT_NAME: u16 = 0x3704;
    pub const MEDIA_TYPE: u16 = 0x370E;
}

fn read<'a>(file: &Input<'a>, _: &ReadOptions, warnings: &mut Vec<Warning>) -> Result<Content<'a>, ReadError> {
    let damaged = |_| {
        let next = "open it in a mail program and save it anew, or save its text as a .txt file";
        ReadError::unreadable("this Outlook message is damaged: its container cannot be opened", next)
    };
    let mut container = Container(CompoundFile::open(Cursor::new(file.bytes)).map_err(damaged)?);
    let plain = container.text("/", property::BODY).unwrap_or_default();
    let page = container.text("/", property::HTML).or_else(|| {
        let bytes = container.bytes("/", property::HTML, BINARY)?;
        Some(super::super::html::decode_page(&bytes, None, None).0.text.into_owned())
    });
    let mut parts = vec![body::Part::Plain(&plain)];
    parts.extend(page.as_deref().map(body::Part::Page));
    let (text, original) = body::read(&parts, warnings)?;
    if text.is_empty() {
        warnings.push(Warning::Odd(
            "this message has no plain text and no page in it, perhaps rich text alone: open it in a mail program and \
             save its text"
                .to_owned(),
        ));
    }
    let original = Original { told: container.told(), attachments: container.attachments(), ..original };
    Ok(Content { text: Cow::Owned(text), original, ..Content::default() })
}

struct Container<'a>(CompoundFile<Cursor<&'a [u8]>>);

/// Types of properties.
const UNICODE: u16 = 0x001F;
const EIGHT_BITS: u16 = 0x001E;
const BINARY: u16 = 0x0102;
const TIME: u16 = 0x0040;

impl Container<'_> {
    /// The value of a property that has a stream of its own in a storage.
    fn bytes(&mut self, storage: &str, property: u16, kind: u16) -> Option<Vec<u8>> {
        self.stream(&format!("{storage}__substg1.0_{property:04X}{kind:04X}"))
    }

    fn stream(&mut self, path: &str) -> Option<Vec<u8>> {
        let stream = self.0.open_stream(path).ok()?;
        let mut bytes = Vec::new();
        stream.take(ARCHIVE_ENTRY as u64).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    fn text(&mut self, storage: &str, property: u16) -> Option<String> {
        if let Some(bytes) = self.bytes(storage, property, UNICODE) {
            let text = encoding_rs::UTF_16LE.decode_without_bom_handling(&bytes).0;
            return Some(text.trim_end_matches('\0').to_owned());
        }
        let bytes = self.bytes(storage, property, EIGHT_BITS)?;
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(other) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(other.as_bytes()).0.into_owned(),
        };
        Some(text.trim_end_matches('\0').to_owned())
    }

    /// A time among the properties of fixed length: ISO 8601, UTC.
    fn time(&mut self, property: u16) -> Option<String> {
        /// Seconds from the epoch of Windows, 1601, to that of Unix.
        const EPOCHS: u64 = 11_644_473_600;
        let entries = self.stream("/__properties_version1.0")?;
        let entry = entries.get(32..)?.chunks_exact(16).find(|entry| {
            entry.starts_with(&TIME.to_le_bytes()) && entry.get(2..4) == Some(&property.to_le_bytes()[..])
        })?;
        let value = u64::from_le_bytes(entry.get(8..16)?.try_into().ok()?);
        let seconds = (value / 10_000_000).checked_sub(EPOCHS)?;
        jiff::Timestamp::from_second(i64::try_from(seconds).ok()?).ok().map(|time| time.to_string())
    }

    fn told(&mut self) -> Told {
        let sender = self.text("/", property::SENDER_NAME).filter(|name| !name.is_empty());
        let sender = sender.or_else(|| self.text("/", property::SENDER_ADDRESS));
        let sent = self.time(property::SUBMITTED).or_else(|| self.time(property::DELIVERED));
        Told {
            title: self.text("/", property::SUBJECT).and_then(|subject| Stated::new(&subject, "Subject")),
            issuer: sender.and_then(|sender| Stated::new(&sender, "From")),
            published: sent.and_then(|sent| Stated::new(&sent, "Date")),
            ..Told::default()
        }
    }

    fn attachments(&mut self) -> Vec<Attachment> {
        let mut offered = Vec::new();
        for index in 0..ATTACHMENTS {
            let storage = format!("/__attach_version1.0_#{index:08X}/");
            if !self.0.is_storage(storage.trim_end_matches('/')) {
                break;
            }
            let Some(bytes) = self.bytes(&storage, property::ATTACHED, BINARY) else { continue };
            let name = self.text(&storage, property::LONG_NAME).or_else(|| self.text(&storage, property::SHORT_NAME));
            let media_type = self.text(&storage, property::MEDIA_TYPE);
            let media_type = media_type.unwrap_or_else(|| "application/octet-stream".to_owned());
            offered.push(attachment(name, index, media_type, &bytes));
        }
        offered
    }
}
