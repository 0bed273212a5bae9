//! Mail messages, `eml-1`, and saved pages in one file, `mhtml-1`: the part that is to be read, the headers as metadata.
//!
//! mail-parser takes the message apart; what is in it goes to the readers of its own format. Held by
//! `tests/document.rs`.

mod body;
pub(super) mod msg;

use std::borrow::Cow;

use mail_parser::{Address, Message, MessageParser, MimeHeaders as _, PartType};

use super::format::{Content, Format, Input};
use super::html::{self, Want};
use super::limits::ATTACHMENTS;
use super::original::{Attachment, Stated, Told};
use super::read::{ReadError, ReadOptions, Warning};

pub(super) static FORMAT: Format = Format {
    reader: "eml-1",
    media_type: "message/rfc822",
    extensions: &["eml", "mht", "mhtml"],
    is_text: false,
    takes,
    read,
    mark: super::blocks::plain_mark,
};

/// Headers that only mail programs write.
const BY_MACHINE: &[&str] =
    &["received", "return-path", "delivered-to", "message-id", "mime-version", "x-mozilla-status", "dkim-signature"];

/// Headers that a release may have as well.
const BY_HAND: &[&str] = &["from", "to", "subject", "date", "cc", "reply-to", "content-type", "sender"];

fn takes(file: &Input<'_>) -> bool {
    let lines =
        file.head.lines().skip_while(|line| line.starts_with("from ")).take_while(|line| !line.trim().is_empty());
    let mut found = [0, 0];
    for (index, line) in lines.enumerate() {
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return index > 0 && is_mail(found, file) };
        if name.contains(' ') {
            return false;
        }
        found[0] += usize::from(BY_MACHINE.contains(&name));
        found[1] += usize::from(BY_HAND.contains(&name));
    }
    is_mail(found, file)
}

fn is_mail([by_machine, by_hand]: [usize; 2], file: &Input<'_>) -> bool {
    (by_machine > 0 && by_machine + by_hand >= 3) || (by_machine + by_hand > 0 && file.has_extension(FORMAT.extensions))
}

/// Messages in messages are followed by a parser that calls itself: more of them than people send are refused.
const MOST_MESSAGES: usize = 64;

fn read<'a>(file: &Input<'a>, options: &ReadOptions, warnings: &mut Vec<Warning>) -> Result<Content<'a>, ReadError> {
    const SAVE: &str = "open it in a mail program and save its text as a .txt file";
    if memchr::memmem::find_iter(file.bytes, b"message/rfc822").count() > MOST_MESSAGES {
        return Err(ReadError::unreadable("this mail holds more mails in mails than are followed", SAVE));
    }
    let damaged = || ReadError::unreadable("this mail is damaged: it has no headers", SAVE);
    let message = MessageParser::default().parse(file.bytes).ok_or_else(damaged)?;
    if is_saved_page(&message) {
        return saved_page(&message, options, warnings);
    }
    let parts = message.text_bodies().filter_map(|part| match &part.body {
        PartType::Text(text) => Some(body::Part::Plain(text)),
        PartType::Html(page) => Some(body::Part::Page(page)),
        _ => None,
    });
    let mut parts: Vec<body::Part<'_>> = parts.collect();
    let is_blank = |part: &body::Part<'_>| matches!(part, body::Part::Plain(text) if text.trim().is_empty());
    if parts.iter().all(is_blank) {
        parts = message.html_bodies().filter_map(page).collect();
    }
    let (text, mut original) = body::read(&parts, warnings)?;
    original.told = told(&message);
    original.attachments = attachments(&message);
    if text.is_empty() {
        let more = if original.attachments.is_empty() { "" } else { "; its attachments are offered" };
        warnings.push(Warning::Odd(format!("this mail has no text{more}")));
    }
    Ok(Content { text: Cow::Owned(text), original, ..Content::default() })
}

fn page<'a>(part: &'a mail_parser::MessagePart<'a>) -> Option<body::Part<'a>> {
    match &part.body {
        PartType::Html(page) => Some(body::Part::Page(page)),
        _ => None,
    }
}

/// Whether a browser saved a page with its pictures in this file.
fn is_saved_page(message: &Message<'_>) -> bool {
    let related = message
        .content_type()
        .is_some_and(|found| found.subtype().is_some_and(|sub| sub.eq_ignore_ascii_case("related")));
    let by_browser = message.header_raw("Snapshot-Content-Location").is_some()
        || message.header_raw("From").is_some_and(|from| from.to_lowercase().contains("<saved by"));
    by_browser || (related && message.from().is_none() && message.to().is_none())
}

fn saved_page<'a>(
    message: &Message<'_>,
    options: &ReadOptions,
    warnings: &mut Vec<Warning>,
) -> Result<Content<'a>, ReadError> {
    let page = message.parts.iter().find_map(|part| match &part.body {
        PartType::Html(page) => Some(page),
        _ => None,
    });
    let none = || {
        let next = "open it in a browser, select all and paste the text";
        ReadError::unreadable("this saved page has no part that is a page", next)
    };
    let want = if options.whole { Want::Whole } else { Want::Article };
    let (text, mut original) = html::read_page(page.ok_or_else(none)?, want, warnings)?;
    let address = message.header_raw("Snapshot-Content-Location");
    original.told.url = original.told.url.or_else(|| Stated::new(address?, "Snapshot-Content-Location"));
    let reader = Some(if options.whole { "mhtml-whole-1" } else { "mhtml-1" });
    Ok(Content { text: Cow::Owned(text), reader, original, ..Content::default() })
}

fn told(message: &Message<'_>) -> Told {
    let language = message.content_language().as_text_list().and_then(|list| list.first().map(ToString::to_string));
    Told {
        title: message.subject().and_then(|subject| Stated::new(subject, "Subject")),
        issuer: message.from().and_then(sender).and_then(|sender| Stated::new(&sender, "From")),
        published: message.date().and_then(|date| Stated::new(&date.to_rfc3339(), "Date")),
        url: None,
        subject: None,
        language: language.and_then(|language| Stated::new(&language, "Content-Language")),
    }
}

/// The name of the first sender; the address where there is no name.
fn sender(from: &Address<'_>) -> Option<String> {
    let first = from.first()?;
    first.name().or_else(|| first.address()).map(str::to_owned)
}

fn attachments(message: &Message<'_>) -> Vec<Attachment> {
    let offered = message.attachments().take(ATTACHMENTS).enumerate().map(|(index, part)| {
        let media_type = part.content_type().map_or_else(
            || "application/octet-stream".to_owned(),
            |found| format!("{}/{}", found.ctype(), found.subtype().unwrap_or("*")),
        );
        let inner = part.message();
        let name = part.attachment_name().map(str::to_owned);
        let name = name.or_else(|| inner?.subject().map(|subject| format!("{subject}.eml")));
        let bytes = inner.map_or_else(|| part.contents(), Message::raw_message);
        attachment(name, index, media_type, bytes)
    });
    offered.collect()
}

/// A file inside a mail; its name without a folder, and never empty.
fn attachment(name: Option<String>, index: usize, media_type: String, bytes: &[u8]) -> Attachment {
    let name = name.unwrap_or_default();
    let own = name.rsplit(['/', '\\']).next().unwrap_or_default().trim().trim_matches('.');
    let own: String = own.chars().filter(|c| !c.is_control()).take(200).collect();
    let name = if own.is_empty() { format!("attachment {}", index + 1) } else { own };
    Attachment { name, media_type, bytes: bytes.into() }
}
