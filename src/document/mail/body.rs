//! The text of a mail: what was written, and apart from it the older mails that it answers or passes on.
//!
//! Knows no mail format. Held by `tests/document.rs`.

use std::sync::LazyLock;

use regex::Regex;

use super::super::html::{self, Want};
use super::super::original::{Apart, BlockKind, Original};
use super::super::read::{ReadError, Warning};
use super::super::writer::Writer;

/// A part that is to be read.
#[derive(Clone, Copy)]
pub(in super::super) enum Part<'a> {
    /// Plain text.
    Plain(&'a str),
    /// A web page.
    Page(&'a str),
}

/// The text and blocks of a mail's parts. A page is read where no part is plain.
pub(in super::super) fn read(parts: &[Part<'_>], warnings: &mut Vec<Warning>) -> Result<(String, Original), ReadError> {
    let plain: Vec<&str> = parts
        .iter()
        .filter_map(|part| match part {
            Part::Plain(text) => Some(*text),
            Part::Page(_) => None,
        })
        .collect();
    if let (true, Some(Part::Page(page))) = (plain.iter().all(|text| text.trim().is_empty()), parts.last()) {
        return html::read_page(page, Want::Whole, warnings);
    }
    let mut writer = Writer::default();
    for text in plain {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        for (stretch, is_history) in stretches(&text) {
            let stretch = stretch.trim_matches('\n').trim_end();
            if !stretch.trim().is_empty() {
                writer.begin(BlockKind::Lines, 0, is_history.then_some(Apart::History));
                writer.verbatim(stretch);
            }
        }
    }
    let written = writer.finish();
    Ok((written.text, Original { blocks: written.blocks, styles: written.styles, ..Original::default() }))
}

/// The line with which mail programs introduce the mail that is answered, in the languages of the program.
static INTRODUCES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let lines = [
        r"^on .{6,200} wrote:$",
        r"^am .{6,200} schrieb .{1,100}:$",
        r"^le .{6,200} a écrit\s?:$",
        r"^el .{6,200} escribió:$",
        r"^-{2,}\s*(original message|forwarded message|ursprüngliche nachricht|message d'origine|mensaje original|original-nachricht)\s*-{2,}$",
        r"^begin forwarded message:$",
        r"^_{20,}$",
    ];
    Regex::new(&format!("(?i){}", lines.join("|"))).ok()
});

/// The stretches of a plain text, each with whether it is of an older mail: quoted lines, and all after the line of a
/// mail program that puts the older mail below unquoted.
fn stretches(text: &str) -> Vec<(&str, bool)> {
    let mut stretches = Vec::new();
    let (mut from, mut at, mut history, mut for_good) = (0, 0, false, false);
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        let bare = line.trim();
        let introduces = INTRODUCES.as_ref().is_some_and(|found| found.is_match(bare));
        let below = lines.peek().map_or("", |next| next.trim_start());
        let is_history = if for_good {
            true
        } else if introduces && !below.starts_with('>') && !bare.ends_with("wrote:") {
            // A line of signs alone ends many a release: only a mail's headers below it make it the program's.
            for_good = !bare.starts_with('_') || is_header(below);
            for_good
        } else {
            bare.starts_with('>')
                || (introduces && (below.starts_with('>') || below.is_empty()))
                || (history && bare.is_empty())
        };
        if is_history != history {
            stretches.push((text.get(from..at).unwrap_or_default(), history));
            (from, history) = (at, is_history);
        }
        at += line.len();
    }
    stretches.push((text.get(from..).unwrap_or_default(), history));
    stretches
}

fn is_header(line: &str) -> bool {
    ["From:", "Von:", "De :", "De:"].iter().any(|name| line.starts_with(name))
}
