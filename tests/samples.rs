//! The sample releases and the worked sets beside them: they read without a word, their anchors hold, nothing is
//! missing in them, and saving them changes nothing.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use vouch::annotation::{Anchor, Codebook, Scales, anchors};
use vouch::assist::{Finding, Language, Subject, examine};
use vouch::document::{ByteSpan, Document, ReadOptions, Structure};
use vouch::sidecar::names::{FileName, recognise};
use vouch::sidecar::{print, read};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_docs")
}

fn names() -> Vec<String> {
    let entries = fs::read_dir(folder()).expect("sample_docs is there");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8")).collect();
    names.sort();
    names
}

fn open(name: &str) -> Document {
    let bytes = fs::read(folder().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let (document, warnings) = vouch::document::read(name, &bytes, &ReadOptions::default()).expect("reads");
    assert_eq!(warnings, [], "{name}");
    document
}

/// The worked sets: file name, bytes, and the document that each is beside.
fn sets() -> Vec<(String, Vec<u8>, String)> {
    let mut sets = Vec::new();
    for name in names() {
        if let FileName::Sidecar { document, .. } = recognise(&name) {
            let bytes = fs::read(folder().join(&name)).expect("reads");
            sets.push((name.clone(), bytes, document.to_owned()));
        }
    }
    sets
}

fn place(document: &Document, anchor: &Anchor) -> Vec<ByteSpan> {
    anchor.spans.iter().filter_map(|&span| document.text.byte_span_from_code_span(span)).collect()
}

#[test]
fn every_release_has_a_worked_set() {
    let worked: BTreeSet<String> = sets().into_iter().map(|(_, _, document)| document).collect();
    let releases: BTreeSet<String> = names().into_iter().filter(|name| recognise(name) == FileName::Other).collect();
    assert_eq!(worked, releases);
    assert!(releases.len() >= 3);
}

#[test]
fn every_anchor_holds_and_every_byte_comes_back() {
    for (name, bytes, document) in sets() {
        let document = open(&document);
        let read = read(&bytes).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert!(read.problems.is_empty(), "{name}: {:?}", read.problems);
        let text = read.set.header.document.text.clone().expect("names its text");
        assert_eq!(text.sha256, document.text_sha256(), "{name} is about another text");
        let mut held = 0;
        for (id, anchor) in anchors(&read.set) {
            let quotes: Vec<&str> = place(&document, anchor).iter().map(|&span| document.text.slice(span)).collect();
            assert_eq!(quotes, anchor.quote, "{name}: {id:?}");
            held += 1;
        }
        assert!(held > 10, "{name} holds {held} anchors");
        assert!(print(&read.set, &read.origin) == bytes, "{name} would be saved differently");
    }
}

/// Each body paragraph has a claim, and what the checks of the built-in codebook find is waived with a reason.
#[test]
fn nothing_is_missing() {
    for (name, bytes, document) in sets() {
        let document = open(&document);
        let mut set = read(&bytes).expect("reads").set;
        // A paragraph that was read counts as touched; here each must be marked.
        Arc::make_mut(&mut set.header).read.clear();
        let structure = Structure::of(&document);
        let about = set.header.document.about.clone().unwrap_or_default();
        let place = |anchor: &Anchor| place(&document, anchor);
        let subject = Subject {
            text: &document.text,
            structure: &structure,
            language: Language::of(about.language.as_deref()),
            set: &set,
            place: &place,
        };
        let mut codebook = Codebook::built_in().clone();
        codebook.checks.extend(["untouched-paragraph", "open-chain"].map(str::to_owned));
        let missing: Vec<Finding> = examine(subject, &codebook).findings;
        assert_eq!(missing, [], "{name}");
    }
}

/// Judgements are in words that the scales have, kinds and the rest in words that the codebook has.
#[test]
fn the_worked_sets_speak_the_codebooks_language() {
    let codebook = Codebook::built_in();
    for (name, bytes, _) in sets() {
        let set = read(&bytes).expect("reads").set;
        for (id, assessment) in &set.assessments {
            assert!(Scales::built_in().term(assessment).is_some(), "{name}: {id:?} {assessment:?}");
        }
        for (id, claim) in &set.claims {
            let known = |words: &[vouch::annotation::Word], word: &Option<String>| {
                word.as_ref().is_none_or(|word| words.iter().any(|known| known.key == *word))
            };
            assert!(claim.kind.as_ref().is_some_and(|kind| codebook.kind(kind).is_some()), "{name}: kind of {id:?}");
            assert!(known(&codebook.styles, &claim.style), "{name}: style of {id:?}");
            assert!(known(&codebook.statuses, &claim.status), "{name}: status of {id:?}");
            assert!(claim.tags.iter().all(|tag| codebook.tag(tag).is_some()), "{name}: tags of {id:?}");
            let fields = claim.fields.iter().map(|(key, value)| {
                codebook.fields.iter().any(|field| field.key == *key && field.choices.contains(value))
            });
            assert!(fields.into_iter().all(|known| known), "{name}: fields of {id:?}");
        }
        let relations = set.relations.values().filter_map(|relation| relation.kind.as_ref());
        for kind in relations {
            assert!(codebook.relations.iter().any(|word| word.key == *kind), "{name}: relation {kind}");
        }
    }
}
