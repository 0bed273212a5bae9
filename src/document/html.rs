//! Web pages, `html-1`: the article without menus and footers; or, by choice, the whole page (`html-whole-1`).
//!
//! Held by `tests/document.rs`. Nothing is fetched and no script runs: the page is only taken apart. What is the
//! article's own is told by `html/article.rs`, what becomes of an element by `html/walk.rs`.

mod article;
mod told;
mod walk;
mod xhtml;

use std::borrow::Cow;

use dom_query::Document as Page;

use super::blocks::plain_mark;
use super::decode::{Decoded, decode};
use super::encoding::{Detected, Encoding, EncodingFound, EncodingUsed, detect, split};
use super::format::{Content, Format, Input};
use super::limits::MIB;
use super::original::{Original, Told};
use super::read::{ReadError, ReadOptions, Warning};
use super::writer::Written;

pub(super) static FORMAT: Format = Format {
    reader: "html-1",
    media_type: "text/html",
    extensions: &["html", "htm", "xhtml", "xht"],
    is_text: true,
    takes,
    read,
    mark: plain_mark,
};

/// The longest page that is read. Saved pages have at most a few MiB without their pictures.
const LONGEST: usize = 64 * MIB;

/// Elements that begin a page, or a piece of one, that has no doctype.
const FIRST: &[&str] =
    &["html", "head", "body", "title", "meta", "article", "main", "div", "p", "h1", "table", "section"];

fn takes(file: &Input<'_>) -> bool {
    let mut head = file.head.trim_start_matches('\u{FEFF}').trim_start();
    while let Some(rest) = head.strip_prefix("<!--").and_then(|rest| rest.split_once("-->")).map(|(_, rest)| rest) {
        head = rest.trim_start();
    }
    if head.starts_with("<?xml") {
        return head.contains("<html") || (file.has_extension(FORMAT.extensions) && head.contains("<!doctype html"));
    }
    if head.starts_with("<!doctype html") || tag(head, "html") {
        return true;
    }
    // A release may well begin with a sign of less, or be written with a few tags in Markdown.
    let is_page = FIRST.iter().any(|name| tag(head, name)) && head.contains("</");
    if file.has_extension(FORMAT.extensions) {
        return is_page || (head.starts_with('<') && head.contains("</"));
    }
    is_page && !file.has_extension(&["txt", "text", "md", "markdown"])
}

/// Whether the text begins with this element's tag.
fn tag(text: &str, name: &str) -> bool {
    let rest = text.strip_prefix('<').and_then(|rest| rest.strip_prefix(name));
    rest.is_some_and(|rest| rest.starts_with(|c: char| c == '>' || c == '/' || c.is_whitespace()))
}

fn read<'a>(file: &Input<'a>, options: &ReadOptions, warnings: &mut Vec<Warning>) -> Result<Content<'a>, ReadError> {
    let chosen = options.chosen_encoding()?;
    let (decoded, used) = decode_page(file.bytes, chosen, None);
    if decoded.malformed > 0 {
        let (count, places) = (decoded.malformed, Vec::new());
        warnings.push(Warning::Malformed { encoding: used.encoding.name, count, places });
    }
    let reader = options.whole.then_some("html-whole-1");
    let want = if options.whole { Want::Whole } else { Want::Article };
    let (text, original) = read_page(&decoded.text, want, warnings)?;
    Ok(Content { text: Cow::Owned(text), encoding: Some(used), reader, original })
}

/// What of a page is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Want {
    /// The article, without what stands around it.
    Article,
    /// All of it.
    Whole,
}

/// Reads a page whose bytes are decoded.
pub(super) fn read_page(
    source: &str,
    want: Want,
    warnings: &mut Vec<Warning>,
) -> Result<(String, Original), ReadError> {
    if source.len() > LONGEST {
        let what =
            format!("this page has {} MiB, and pages of up to {} MiB are read", source.len() / MIB, LONGEST / MIB);
        return Err(ReadError::unreadable(what, "save its text as a .txt file and open that"));
    }
    let source = xhtml::as_html(source);
    let page = Page::from(source.as_ref());
    let told = told::told(&page);
    let own = match want {
        Want::Whole => None,
        Want::Article => article::own(&page),
    };
    let mut written = walk::walk(&page, own.as_ref(), &told);
    if want == Want::Article && written.text.is_empty() {
        written = walk::walk(&page, None, &told);
    }
    if written.text.is_empty() {
        warnings.push(Warning::Odd(
            "this page has no text of its own; it may be one that a script fills: open it in a browser, select all and \
             paste the text"
                .to_owned(),
        ));
    }
    Ok(original(written, told))
}

fn original(written: Written, told: Told) -> (String, Original) {
    let mut original = Original { blocks: written.blocks, styles: written.styles, told, ..Original::default() };
    original.places.elements = written.elements;
    (written.text, original)
}

/// How much of a page is looked through for its encoding; browsers look at 1024 bytes, some pages say it later.
const PRESCAN: usize = 4096;

/// Decodes a page: by choice, by its mark, by being valid, by what came with it, by what it says, else by a guess.
pub(super) fn decode_page<'a>(
    bytes: &'a [u8],
    chosen: Option<&'static Encoding>,
    label: Option<&str>,
) -> (Decoded<'a>, EncodingUsed) {
    let detected = detect(bytes, chosen);
    let declared = || {
        let found = label.and_then(Encoding::from_label).or_else(|| declared(split(bytes, PRESCAN).0));
        // What says of itself in ASCII letters that it is UTF-16 is not, and what is no valid UTF-8 is not that.
        found.filter(|found| !found.label.starts_with("utf-"))
    };
    let detected = match detected.used.found {
        EncodingFound::Guess => declared().map_or(detected, |encoding| Detected {
            used: EncodingUsed { encoding, found: EncodingFound::Declared },
            skip: 0,
            valid: None,
        }),
        _ => detected,
    };
    (decode(bytes, &detected), detected.used)
}

/// The encoding that the page names in a `meta` element or in the XML declaration.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let value = |rest: &str| {
        let rest = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).unwrap_or(rest.len());
        Encoding::from_label(rest.get(..end)?)
    };
    let of_xml = head.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).map(|(xml, _)| xml);
    let of_xml = of_xml.and_then(|xml| xml.split_once("encoding")).and_then(|(_, rest)| value(rest));
    of_xml.or_else(|| {
        head.split("<meta").skip(1).find_map(|meta| value(meta.split_once('>')?.0.split_once("charset")?.1))
    })
}
