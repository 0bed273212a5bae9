//! Markdown, `markdown-source-1`: the source as it is; its headings, list items and pictures are recognised.
//!
//! Held by `tests/document.rs`.

use super::blocks::{Mark, plain_mark};
use super::format::Format;
use super::plain;
use super::structure::PartKind;

pub(super) static FORMAT: Format = Format {
    reader: "markdown-source-1",
    media_type: "text/markdown",
    extensions: &["md", "markdown"],
    is_text: true,
    takes: |file| file.has_extension(FORMAT.extensions),
    read: plain::read,
    mark,
};

fn mark(line: &str) -> Option<Mark> {
    let level = line.len() - line.trim_start_matches('#').len();
    let rest = line.trim_start_matches('#');
    if (1..=6).contains(&level) && rest.starts_with([' ', '\t']) && rest.chars().any(char::is_alphanumeric) {
        return Some(Mark { kind: PartKind::Heading, alone: true });
    }
    if line.starts_with("![") && line.ends_with(')') {
        return Some(Mark { kind: PartKind::Caption, alone: true });
    }
    if line.starts_with("+ ") {
        return Some(Mark { kind: PartKind::ListItem, alone: false });
    }
    plain_mark(line)
}
