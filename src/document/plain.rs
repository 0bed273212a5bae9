//! Plain text, `plain-1`: the decoded text as it is.
//!
//! Held by `tests/document.rs`.

use super::binary;
use super::blocks::plain_mark;
use super::decode::decode;
use super::encoding::{EncodingFound, controls, detect, split};
use super::format::{Content, Format, Input};
use super::read::{ReadError, ReadOptions, Warning};

pub(super) static FORMAT: Format = Format {
    reader: "plain-1",
    media_type: "text/plain",
    extensions: &["txt", "text"],
    is_text: true,
    takes: |_| true,
    read,
    mark: plain_mark,
};

/// How much of a file is looked at to tell whether it is text.
const SAMPLE: usize = 64 * 1024;

/// Fewer control characters than this are kept without a question.
const FEW: usize = 16;

/// Reads any file that is text. An encoding chosen by hand opens also what does not look like text.
pub(super) fn read<'a>(
    file: &Input<'a>,
    options: &ReadOptions,
    warnings: &mut Vec<Warning>,
) -> Result<Content<'a>, ReadError> {
    let bytes = file.bytes;
    let chosen = options.chosen_encoding()?;
    if chosen.is_none()
        && let Some(binary) = binary::recognise(bytes)
    {
        return Err(ReadError::not_text(binary));
    }
    let detected = detect(bytes, chosen);
    let (sample, _) = split(bytes, SAMPLE);
    let by_bytes = matches!(detected.used.found, EncodingFound::Valid | EncodingFound::Guess);
    let odd = controls(sample);
    let is_nothing = !bytes.is_empty() && bytes.iter().all(|&byte| byte == 0);
    if by_bytes && (is_nothing || odd >= FEW && odd * 20 > sample.len()) {
        return Err(ReadError::not_text(&binary::unknown(bytes)));
    }
    let decoded = decode(bytes, &detected);
    if decoded.malformed > 0 {
        let (count, places) = (decoded.malformed, decoded.places);
        warnings.push(Warning::Malformed { encoding: detected.used.encoding.name, count, places });
    }
    if let Some(what) = markup(&decoded.text) {
        warnings.push(Warning::Source { what });
    }
    Ok(Content { text: decoded.text, encoding: Some(detected.used), ..Content::default() })
}

/// What markup the text is, that is for programs rather than for people.
fn markup(text: &str) -> Option<&'static str> {
    let head = text.get(..text.floor_char_boundary(2048))?.trim_start().to_ascii_lowercase();
    if head.starts_with("<?xml") {
        return Some("an XML file");
    }
    let mail =
        ["received: ", "return-path: ", "delivered-to: ", "message-id: "].iter().any(|field| head.starts_with(field));
    (mail || head.contains("\nmime-version: ")).then_some("a mail message")
}
