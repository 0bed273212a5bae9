//! Exports of one release with many overlapping claims: `cargo bench --bench exchange`.
//!
//! Budget (quality.md): grows no faster than n log n: twice the claims cost under 2.3 times the time.
#![expect(clippy::format_push_string, reason = "test data is made once, and reads as it is written")]

mod common;

use std::collections::BTreeMap;
use std::sync::Arc;

use vouch::annotation::{AnnotationSet, Codebook};
use vouch::document::{ByteSpan, Text};
use vouch::exchange::{Export, FORMATS, Format, Layer, Release, Scope, Whose};

const CLAIMS: usize = 10_000;
const ROUNDS: usize = 7;

fn main() {
    let once = release(CLAIMS);
    let twice = release(2 * CLAIMS);
    for format in FORMATS {
        common::ratio(
            &format!("export {} claims as {}", 2 * CLAIMS, format.name()),
            ROUNDS,
            2.3,
            ("half as many", || written(*format, &once)),
            || written(*format, &twice),
        );
    }
}

/// A text of `claims` sentences, in which claim `i` reaches over the sentences `i` to `i + i % 40`, with a source, a cue
/// and a judgement each.
fn release(claims: usize) -> Release {
    const SENTENCE: &str = "The minister said that 300 posts will go. ";
    const EACH: usize = SENTENCE.len();
    let text = SENTENCE.repeat(claims);
    let anchor = |start: usize, end: usize| format!("(spans: [({start}, {end})], quote: [{:?}])", &text[start..end]);
    let mut mentions = String::new();
    let mut marked = String::new();
    let mut judged = String::new();
    for i in 0..claims {
        let (start, end) = (i * EACH, ((i + i % 40 + 1) * EACH - 1).min(text.len()));
        mentions += &format!("    \"m-{i:06}\": (anchor: {}, source: \"s-{}\"),\n", anchor(start, start + 12), i % 50);
        let cue = anchor(start + 13, start + 17);
        marked += &format!(
            "    \"c-{i:06}\": (anchor: {}, said: [(by: [\"m-{i:06}\"], cue: [{cue}])], kind: \"prediction\"),\n",
            anchor(start + 23, end)
        );
        judged += &format!(
            "    \"a-{i:06}\": (on: \"c-{i:06}\", axis: \"credibility\", scale: \"admiralty\", term: \"{}\"),\n",
            i % 6 + 1
        );
    }
    let sources: String =
        (0..50).map(|i| format!("    \"s-{i}\": (kind: \"person\", name: \"Source {i}\"),\n")).collect();
    let ron = format!(
        "(\n  format: \"vouch-annotations\",\n  version: (1, 0),\n  requires: [],\n  sources: {{\n{sources}  }},\n  \
         mentions: {{\n{mentions}  }},\n  claims: {{\n{marked}  }},\n  assessments: {{\n{judged}  }},\n)\n"
    );
    let read = vouch::sidecar::read(ron.as_bytes()).expect("a set of our own");
    assert!(read.problems.is_empty() && read.set.claims.len() == claims);
    let paragraphs = (0..text.len()).step_by(10 * EACH).map(|at| ByteSpan::new(at, (at + 10 * EACH).min(text.len())));
    Release {
        name: "a.txt".to_owned(),
        paragraphs: paragraphs.collect(),
        text: Some(Text::new(text)),
        text_sha256: String::new(),
        layers: vec![layer(read.set)],
    }
}

fn layer(set: AnnotationSet) -> Layer {
    Layer {
        handle: "anna".to_owned(),
        about: vouch::annotation::About::default(),
        set: Arc::new(set),
        placements: BTreeMap::new(),
    }
}

/// Gathers and writes.
fn written(format: &dyn Format, release: &Release) -> Vec<u8> {
    let scope = Scope::of(Whose::All);
    let export = Export::new(std::slice::from_ref(release), &scope, Codebook::built_in(), "credibility");
    let mut bytes = Vec::new();
    format.write(&export, &mut bytes).expect("memory takes everything");
    bytes
}
