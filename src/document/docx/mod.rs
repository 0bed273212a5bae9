//! Word's documents (DOCX, DOCM and their templates), `docx-1`: the body in its order, as a word processor shows it.
//!
//! Tracked changes are read as accepted, fields as their results; notes stand at the end of the text, running heads
//! before and running feet after it. Macros and embedded objects are not looked at. Held by `tests/document.rs`.

mod body;
mod package;
mod styles;

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::archive::{Archive, damaged, protected};
use super::flow::{Flow, Remark};
use super::format::{Content, Format, Input};
use super::original::{Original, Stated, Told};
use super::read::{ReadError, ReadOptions, Warning};
use super::xml::{Node, Nodes, text_from_bytes};
use body::{Story, read_story};
use package::{Package, Part};
use styles::{Numbering, Styles};

pub(super) static FORMAT: Format = Format {
    reader: "docx-1",
    media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    extensions: &["docx", "docm", "dotx", "dotm"],
    is_text: false,
    takes,
    read,
    mark: |_| None,
};

fn takes(file: &Input<'_>) -> bool {
    let named = file.has_extension(FORMAT.extensions);
    file.zip_has("word/document")
        || named && file.bytes.starts_with(b"PK\x03\x04")
        || file.ole_has("EncryptedPackage") && (named || !file.has_extension(&["xlsx", "xlsm", "pptx", "pptm"]))
}

fn read<'a>(file: &Input<'a>, _: &ReadOptions, warnings: &mut Vec<Warning>) -> Result<Content<'a>, ReadError> {
    if file.ole_has("EncryptedPackage") {
        return Err(protected("this Word document"));
    }
    let mut package = Package::new(Archive::open(file.bytes)?)?;
    let main = package.main()?;
    let mut side = |kind: &str| package.related(&main, kind);
    let (styles, numbering) = (side("styles")?, side("numbering")?);
    let (notes, ends, comments) = (side("footnotes")?, side("endnotes")?, side("comments")?);
    let styles = styles.map(|part| Styles::read(&part.text)).unwrap_or_default();
    let numbering = numbering.map(|part| Numbering::read(&part.text)).unwrap_or_default();

    let mut story = Story::new(&styles, numbering, &main.links);
    let mut flow = Flow::default();
    let marks = read_story(&main.text, &mut story, &mut flow, None);
    if flow.len() == 0 && marks.is_broken {
        return Err(damaged(&main.name));
    }
    let mut broken: Vec<String> = Vec::new();
    if marks.is_broken {
        broken.push(main.name.clone());
    }
    let mut text = Flow::default();
    for (is_wanted, group) in [(true, &marks.headers), (false, &marks.footers)] {
        if !is_wanted {
            text.append(&mut flow);
            for (part, wanted) in [(&notes, &marks.footnotes), (&ends, &marks.endnotes)] {
                let Some(part) = part else { continue };
                let mut story = story.of_part(&part.links);
                if read_story(&part.text, &mut story, &mut text, Some(wanted)).is_broken {
                    broken.push(part.name.clone());
                }
            }
        }
        for id in group {
            let Some(part) = package.by_id(&main, id)? else { continue };
            let mut head = Flow::default();
            read_story(&part.text, &mut story.of_part(&part.links), &mut head, None);
            text.furniture(head.take_from(0));
        }
    }
    if marks.has_foreign {
        warnings.push(Warning::Odd(
            "parts of this document are whole files of another format and are left out: open it in Word and save it \
             anew to have them in the text"
                .to_owned(),
        ));
    }
    for part in broken {
        warnings.push(Warning::Odd(format!(
            "this file is damaged in its part {part:?}: what stands after the damage is missing from the text"
        )));
    }
    let comments = comments.map(|part| remarks(&part, &story)).unwrap_or_default();
    let flowed = text.write(comments);
    let told = told(&mut package, &styles)?;
    let original =
        Original { blocks: flowed.blocks, styles: flowed.styles, asides: flowed.asides, told, ..Original::default() };
    Ok(Content { text: Cow::Owned(flowed.text), original, ..Content::default() })
}

/// The comments by their ids.
fn remarks(part: &Part, story: &Story<'_>) -> BTreeMap<String, Remark> {
    let mut remarks = BTreeMap::new();
    let mut nodes = Nodes::new(&part.text);
    let mut story = story.of_part(&part.links);
    while let Some(node) = nodes.next() {
        let Node::Start(element) = node else { continue };
        if element.name() != "comment" {
            continue;
        }
        let id = element.attribute("id").unwrap_or_default();
        let (author, date) = (element.attribute("author"), element.attribute("date"));
        let mut flow = Flow::default();
        body::read_element(&mut nodes, &mut story, &mut flow);
        let words: Vec<String> = flow.take_from(0).iter().map(super::flow::Paragraph::words).collect();
        remarks.insert(id, Remark { author, date, text: words.join("\n") });
    }
    remarks
}

/// One of the values that a document states.
type Field = fn(&mut Told) -> &mut Option<Stated>;

/// What the document says of itself.
fn told(package: &mut Package<'_>, styles: &Styles) -> Result<Told, ReadError> {
    let mut told = Told::default();
    let mut state = |part: Option<Part>, wanted: &[(&str, Field)]| {
        let Some(part) = part else { return };
        let mut nodes = Nodes::new(&part.text);
        while let Some(node) = nodes.next() {
            let Node::Start(element) = node else { continue };
            let Some((_, field)) = wanted.iter().find(|(name, _)| *name == element.name()) else { continue };
            let field = field(&mut told);
            let value = nodes.words();
            if field.is_none() {
                *field = Stated::new(&value, &part.name);
            }
        }
    };
    state(package.of_package("extended-properties")?, &[("Company", |told| &mut told.issuer)]);
    state(
        package.of_package("core-properties")?,
        &[
            ("title", |told| &mut told.title),
            ("creator", |told| &mut told.issuer),
            ("created", |told| &mut told.published),
            ("subject", |told| &mut told.subject),
            ("description", |told| &mut told.subject),
            ("language", |told| &mut told.language),
        ],
    );
    told.language = told.language.or_else(|| Stated::new(styles.language.as_deref()?, "word/styles.xml"));
    Ok(told)
}

/// A part's bytes as text.
fn text(bytes: &[u8]) -> String {
    text_from_bytes(bytes)
}
