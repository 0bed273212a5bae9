//! The shelf: 3,126 releases with 100,000 claims asked by query: `cargo bench --bench collection`.
//!
//! Budgets: a query over 100,000 claims under 50 ms, whether they lie in many releases or in one; register, relations
//! and overview under 0.5 s.
#![expect(clippy::format_push_string, reason = "test data is made once, and reads as it is written")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use vouch::annotation::{About, AnnotationSet, Codebook};
use vouch::assist::{Language, joinings};
use vouch::collection::{Query, Relations, Sheet, sources, statistics};
use vouch::document::{ByteSpan, Text};
use vouch::exchange::{Export, Layer, Release, Scope, Whose};

const RELEASES: usize = 3_126;
const EACH: usize = 32;
const ROUNDS: usize = 7;

const QUERIES: [&str; 6] = [
    "kind:commitment source:Tamm credibility:1-2 published:2023.. -status:retracted text:\"brigade\"",
    "brigade",
    "statement:ülesehitus or quote:\"no such words\"",
    "-has:source",
    "credibility:1-2 likelihood:likely..",
    "(tag:topic or note:later) -(kind:event source:\"Minister 7\")",
];

fn main() {
    let codebook = Codebook::built_in();
    let releases: Vec<Release> = (0..RELEASES).map(|number| release(number, EACH)).collect();
    let one = [release(0, RELEASES * EACH)];
    let budget = Duration::from_millis(50);
    for (what, releases) in [("3,126 releases", releases.as_slice()), ("one release", &one)] {
        let sheets = sheets(releases, codebook);
        let claims: usize = sheets.iter().map(Sheet::len).sum();
        println!("{what}, {claims} claims");
        common::note("  prepare all of them", common::shortest(2, || self::sheets(releases, codebook)));
        for text in QUERIES {
            let query = Query::parse(text, codebook).expect("a query");
            let ask = || sheets.iter().map(|sheet| query.rows(sheet).len()).sum::<usize>();
            let label = format!("  {} found by {}", ask(), text.chars().take(24).collect::<String>());
            common::time(&label, common::shortest(ROUNDS, ask), budget);
        }
    }
    let shelf: Vec<Arc<Release>> = releases.iter().cloned().map(Arc::new).collect();
    let budget = Duration::from_millis(500);
    let register = AnnotationSet::default();
    common::time("register of sources", common::shortest(3, || sources(&shelf, &register, "anna")), budget);
    let known = sources(&shelf, &register, "anna");
    let entries: Vec<_> = known.iter().map(|known| (&known.id, &*known.source)).collect();
    let joined = || joinings(&entries, &BTreeSet::new(), Language::of(None));
    common::time("entries that may be one source", common::shortest(3, joined), budget);
    common::time("relations", common::shortest(3, || Relations::of(&shelf)), budget);
    let scope = Scope::of(Whose::All);
    let counted = || statistics(&Export::new(&releases, &scope, codebook, &codebook.axis));
    common::time("overview", common::shortest(3, counted), budget);
    let first = releases.first().expect("there are some");
    let again = || sheets(std::slice::from_ref(first), codebook);
    common::time("prepare the release that was edited", common::shortest(ROUNDS, again), Duration::from_millis(16));
}

fn sheets(releases: &[Release], codebook: &Codebook) -> Vec<Sheet> {
    let scope = Scope::of(Whose::All);
    let of = |release| {
        let export = Export::new(std::slice::from_ref(release), &scope, codebook, &codebook.axis);
        Sheet::of_claims(&export.claims, codebook)
    };
    releases.iter().map(of).collect()
}

/// A release with as many claims, each a sentence of its own with a source, a cue and two judgements.
fn release(number: usize, claims: usize) -> Release {
    let mut text = String::new();
    let (mut mentions, mut marked, mut judged) = (String::new(), String::new(), String::new());
    for i in 0..claims {
        let minister = (number + i) % 40;
        let from = text.len();
        text += &format!("Minister {minister} said that {} and {i} others will move to Hall {number}. ", place(i));
        let anchor =
            |start: usize, end: usize| format!("(spans: [({start}, {end})], quote: [{:?}])", &text[start..end]);
        let speaker = from + format!("Minister {minister}").len();
        let said = speaker + " said that ".len();
        mentions += &format!("    \"m-{i}\": (anchor: {}, source: \"s-{minister}\"),\n", anchor(from, speaker));
        let voice = if i % 9 == 8 {
            String::new()
        } else {
            format!("said: [(by: [\"m-{i}\"], cue: [{}])], ", anchor(speaker + 1, speaker + 5))
        };
        let kind = ["commitment", "event", "statistic", "prediction"][i % 4];
        let tag = ["defence", "economy", "follow-up"][i % 3];
        let claim = anchor(said, text.len() - 2);
        marked += &format!(
            "    \"c-{i}\": (anchor: {claim}, {voice}kind: \"{kind}\", tags: [\"{tag}\"], statement: \"Ülesehitus {i}.\", \
             created: \"2026-07-21T10:00:00Z\"),\n"
        );
        judged += &format!(
            "    \"a-{i}\": (on: \"c-{i}\", axis: \"credibility\", scale: \"admiralty\", term: \"{}\"),\n    \"b-{i}\": \
             (on: \"c-{i}\", axis: \"likelihood\", scale: \"icd203-2015\", term: \"{}\"),\n",
            i % 6 + 1,
            ["likely", "unlikely", "very likely"][i % 3],
        );
    }
    let sources: String = (0..40)
        .map(|i| format!("    \"s-{i}\": (kind: \"person\", name: \"Minister {i}\", aliases: [\"Tamm {i}\"]),\n"))
        .collect();
    let ron = format!(
        "(\n  format: \"vouch-annotations\",\n  version: (1, 0),\n  requires: [],\n  sources: {{\n{sources}  }},\n  \
         mentions: {{\n{mentions}  }},\n  claims: {{\n{marked}  }},\n  assessments: {{\n{judged}  }},\n)\n"
    );
    let read = vouch::sidecar::read(ron.as_bytes()).expect("a set of our own");
    assert!(read.problems.is_empty() && read.set.claims.len() == claims);
    let published = format!("{}-{:02}-{:02}", 2020 + number % 5, number % 12 + 1, number % 28 + 1);
    let about = About { title: Some(format!("Release {number}")), published: Some(published), ..About::default() };
    let layer = Layer { handle: "anna".to_owned(), about, set: Arc::new(read.set), placements: BTreeMap::new() };
    Release {
        name: format!("release-{number}.txt"),
        paragraphs: vec![ByteSpan::new(0, text.len())],
        text: Some(Text::new(text)),
        text_sha256: format!("{number:064}"),
        layers: vec![layer],
    }
}

fn place(i: usize) -> &'static str {
    if i.is_multiple_of(50) { "a brigade" } else { "the staff of the ministry, its archive and the library" }
}
