//! `OpenDocument` text (ODT, OTT, and FODT, which is the same in a single file), `odt-1`: the body in its order.
//!
//! Tracked changes are read as accepted; notes stand at the end of the text, running heads before and running feet after
//! it. Macros, forms and embedded objects are not looked at. Held by `tests/document.rs`.

mod body;
mod styles;

use std::borrow::Cow;

use super::archive::{Archive, damaged, protected, without};
use super::flow::Flow;
use super::format::{Content, Format, Input};
use super::original::{Original, Stated, Told};
use super::read::{ReadError, ReadOptions, Warning};
use super::xml::{Node, Nodes, text_from_bytes};
use body::{Body, Wanted};
use styles::Styles;

pub(super) static FORMAT: Format = Format {
    reader: "odt-1",
    media_type: "application/vnd.oasis.opendocument.text",
    extensions: &["odt", "ott", "fodt"],
    is_text: false,
    takes,
    read,
    mark: |_| None,
};

fn takes(file: &Input<'_>) -> bool {
    file.zip_has("opendocument.text")
        || file.has_extension(&["odt", "ott"]) && file.bytes.starts_with(b"PK\x03\x04")
        || file.head.starts_with("<?xml") && file.head.contains("<office:document ")
}

fn read<'a>(file: &Input<'a>, _: &ReadOptions, warnings: &mut Vec<Warning>) -> Result<Content<'a>, ReadError> {
    let (content, named, meta) = if file.bytes.starts_with(b"PK") {
        let mut archive = Archive::open(file.bytes)?;
        if archive.entry("META-INF/manifest.xml")?.is_some_and(|manifest| is_encrypted(&text_from_bytes(&manifest))) {
            return Err(protected("this document"));
        }
        let content = archive.entry("content.xml")?.ok_or_else(|| without("content.xml"))?;
        let mut side = |name: &str| archive.entry(name).map(|bytes| bytes.map(|bytes| text_from_bytes(&bytes)));
        (text_from_bytes(&content), side("styles.xml")?.unwrap_or_default(), side("meta.xml")?.unwrap_or_default())
    } else {
        let whole = text_from_bytes(file.bytes);
        (whole.clone(), String::new(), whole)
    };
    let mut styles = Styles::default();
    styles.read(&named);
    styles.read(&content);

    let mut body = Body::new(&styles, Wanted::Text);
    let is_broken = body.read(&content);
    if is_broken && body.flow.len() == 0 {
        return Err(damaged("content.xml"));
    }
    if is_broken {
        warnings
            .push(Warning::Odd("this file is damaged in its text: what stands after the damage is missing".to_owned()));
    }
    let mut text = Flow::default();
    let named = if named.is_empty() { &content } else { &named };
    for wanted in [Wanted::Heads, Wanted::Feet] {
        if wanted == Wanted::Feet {
            text.append(&mut body.flow);
            for paragraph in std::mem::take(&mut body.notes) {
                text.push(paragraph);
            }
        }
        let mut furniture = Body::new(&styles, wanted);
        furniture.read(named);
        text.furniture(furniture.flow.take_from(0));
    }
    let flowed = text.write(body.comments);
    let original = Original {
        blocks: flowed.blocks,
        styles: flowed.styles,
        asides: flowed.asides,
        told: told(&meta, &styles),
        ..Original::default()
    };
    Ok(Content { text: Cow::Owned(flowed.text), original, ..Content::default() })
}

fn is_encrypted(manifest: &str) -> bool {
    let mut nodes = Nodes::new(manifest);
    while let Some(node) = nodes.next() {
        if let Node::Start(element) = node
            && element.name() == "encryption-data"
        {
            return true;
        }
    }
    false
}

/// What the document says of itself.
fn told(meta: &str, styles: &Styles) -> Told {
    let mut told = Told::default();
    let mut nodes = Nodes::new(meta);
    let mut is_meta = false;
    while let Some(node) = nodes.next() {
        let Node::Start(element) = node else { continue };
        let name = element.name().to_owned();
        is_meta |= name == "meta";
        if name == "body" {
            break;
        }
        let field = match name.as_str() {
            "title" => &mut told.title,
            "initial-creator" => &mut told.issuer,
            "creation-date" => &mut told.published,
            "subject" | "description" => &mut told.subject,
            "language" => &mut told.language,
            _ => continue,
        };
        if is_meta && field.is_none() {
            *field = Stated::new(&nodes.words(), "meta.xml");
        }
    }
    told.language = told.language.or_else(|| Stated::new(styles.language.as_deref()?, "styles.xml"));
    told
}
