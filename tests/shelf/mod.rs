//! Releases with sets on them, for the tests of what looks over many.

// Each test file uses what it needs of this.
#![allow(dead_code)]

use std::sync::Arc;

use regex::{Captures, Regex};
use sha2::{Digest as _, Sha256};
use vouch::annotation::{anchors, place_all};
use vouch::document::{ByteSpan, Text};
use vouch::exchange::{Layer, Release};

/// SHA-256 of a text, as sets name it.
pub fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A release whose paragraphs are the blocks of `text` between blank lines. `about` are the fields of what it says of
/// itself; `sets` the annotators with the tables of their sets, in RON, in which ‹words› is the anchor of their first
/// place in the text.
pub fn release(name: &str, text: &str, about: &str, sets: &[(&str, &str)]) -> Release {
    let start = |paragraph: &str| paragraph.as_ptr() as usize - text.as_ptr() as usize;
    Release {
        name: name.to_owned(),
        text: Some(Text::new(text)),
        text_sha256: sha256(text),
        paragraphs: text.split("\n\n").map(|it| ByteSpan::new(start(it), start(it) + it.len())).collect(),
        layers: sets.iter().map(|(handle, tables)| layer(name, text, about, handle, tables)).collect(),
    }
}

fn layer(name: &str, text: &str, about: &str, handle: &str, tables: &str) -> Layer {
    let ron = format!(
        "(format: \"vouch-annotations\", version: (1, 0), requires: [], document: (name: \"{name}\", about: ({about})), \
         annotator: (handle: \"{handle}\"), {tables})"
    );
    let words = Regex::new("‹([^›]*)›").unwrap();
    let anchor = |words: &Captures<'_>| {
        let start = text[..text.find(&words[1]).unwrap()].chars().count();
        format!("(spans: [({start}, {})], quote: [\"{}\"])", start + words[1].chars().count(), &words[1])
    };
    let read = vouch::sidecar::read(words.replace_all(&ron, anchor).as_bytes()).unwrap();
    assert_eq!(read.problems, []);
    let set = read.set;
    Layer {
        handle: handle.to_owned(),
        about: set.header.document.about.clone().unwrap(),
        placements: place_all(&Text::new(text), true, anchors(&set)).into_iter().collect(),
        set: Arc::new(set),
    }
}
