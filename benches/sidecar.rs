//! Reading and printing a sidecar of 100,000 items, against ron's own parser and printer on the same structs in the
//! same run: `cargo bench --bench sidecar`.
//!
//! Budget (quality.md): reading within 1.2×, printing within 0.5×. Rounds alternate, so that a busy machine slows both;
//! each figure is the best of its rounds. Every load has a process of its own, as a sidecar is read once: in one
//! process each side would pay for tidying the memory that the other side gave back.

mod common;

use std::collections::BTreeMap;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ron::extensions::Extensions;
use serde::{Deserialize, Serialize};
use vouch::annotation::{AnnotationSet, Edit, Id, Item};
use vouch::sidecar::{Origin, print, read};

const ROUNDS: usize = 9;
const OURS: &str = "load-ours";
const THEIRS: &str = "load-ron";

/// The structs of the format as a program would write them that leaves everything to ron.
#[derive(Serialize, Deserialize)]
struct Set {
    format: String,
    version: (u64, u64),
    requires: Vec<String>,
    mentions: BTreeMap<String, Mention>,
    claims: BTreeMap<String, Claim>,
    assessments: BTreeMap<String, Assessment>,
}

#[derive(Serialize, Deserialize)]
struct Anchor {
    spans: Vec<(usize, usize)>,
    quote: Vec<String>,
    before: String,
    after: String,
}

#[derive(Serialize, Deserialize)]
struct Mention {
    anchor: Anchor,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Claim {
    anchor: Anchor,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    said: Option<Vec<Voice>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    style: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    statement: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    time: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    fields: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    marking: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    from: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    modified: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Voice {
    by: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    cue: Vec<Anchor>,
}

#[derive(Serialize, Deserialize)]
struct Assessment {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    on: Option<String>,
    axis: String,
    scale: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    term: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    why: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    replaces: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    made: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    marking: Option<String>,
}

#[allow(clippy::print_stdout, reason = "the figures are what a bench is for")]
fn main() {
    let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    let text = sidecar();
    match std::env::args().nth(1).as_deref() {
        Some(OURS) => return println!("{}", time(|| read(text.as_bytes())).as_nanos()),
        Some(THEIRS) => return println!("{}", time(|| options.from_str::<Set>(&text)).as_nanos()),
        _ => {}
    }
    println!("100,000 items, {:.1} MB", text.len() as f64 / 1e6);
    let mut load = Best::new();
    for _ in 0..ROUNDS {
        load.round(in_own_process(OURS), in_own_process(THEIRS));
    }
    load.print("load 100,000 items", 1.2);

    let sidecar = read(text.as_bytes()).expect("a sound sidecar");
    assert_eq!((sidecar.problems.len(), sidecar.set.len()), (0, 100_000));
    let same: Set = options.from_str(&text).expect("a sound sidecar");
    let edited = edited(&sidecar.set);
    let (mut save, mut anew) = (Best::new(), Best::new());
    for _ in 0..ROUNDS {
        let rons = time(|| options.to_string(&same));
        save.round(time(|| print(&edited, &sidecar.origin)), rons);
        anew.round(time(|| print(&edited, &Origin::default())), rons);
    }
    save.print("save them after an edit", 0.5);
    anew.print("save them as a new file", 0.5);
}

/// What one load took, by this program started once more.
fn in_own_process(side: &str) -> Duration {
    let program = std::env::current_exe().expect("a running program has a file");
    let output = Command::new(program).arg(side).output().expect("it runs a second time");
    Duration::from_nanos(String::from_utf8_lossy(&output.stdout).trim().parse().expect("it prints nanoseconds"))
}

/// 40,000 mentions, 40,000 claims and 20,000 assessments, as our printer lays them out.
fn sidecar() -> String {
    let head = "  format: \"vouch-annotations\",\n  version: (1, 0),\n  requires: [],\n";
    let mut text = format!("// Vouch annotation set. Vouch does not keep comments.\n(\n{head}  mentions: {{\n");
    let anchor = |from: usize, to: usize, quote: &str| {
        let context = r#"before: "m air policing to air defense.\n\n", after: " announced the Summit’s next ste""#;
        format!("(spans: [({from}, {to})], quote: [\"{quote}\"], {context})")
    };
    let mut row = |row: String| text.push_str(&row);
    for i in 0..40_000 {
        let anchor = anchor(i * 97, i * 97 + 21, "The Secretary General");
        row(format!("    \"m-{i:08}\": (anchor: {anchor}, source: \"s-{:08}\"),\n", i % 500));
    }
    row("  },\n  claims: {\n".to_owned());
    for i in 0..40_000 {
        let cue = anchor(i * 97 + 22, i * 97 + 31, "announced");
        let anchor = anchor(i * 97 + 40, i * 97 + 77, "over 300,000 troops on high readiness");
        let said = format!("[(by: [\"m-{i:08}\"], cue: [{cue}])]");
        let words = "kind: \"commitment\", style: \"indirect\", created: \"2026-11-24T03:14:00Z\"";
        row(format!("    \"c-{i:08}\": (anchor: {anchor}, said: {said}, {words}),\n"));
    }
    row("  },\n  assessments: {\n".to_owned());
    for i in 0..20_000 {
        let words = "axis: \"credibility\", scale: \"admiralty\", term: \"2\", why: \"As in the Madrid communiqué.\"";
        row(format!("    \"a-{i:08}\": (on: \"c-{i:08}\", {words}, made: \"2026-11-24T03:14:20Z\"),\n"));
    }
    text.push_str("  },\n)\n");
    text
}

/// The set with a note on one claim.
fn edited(set: &AnnotationSet) -> AnnotationSet {
    let mut edited = set.clone();
    let id = Id::new("c-00020000");
    let mut claim = edited.claims.get(&id).expect("the claim is in the file").as_ref().clone();
    claim.note = Some("sic".to_owned());
    let mut edit = Edit::new("note");
    edit.put(&edited, &id, Item::Claim(Arc::new(claim)));
    edited.apply(&edit).expect("the set is the one that the edit was made on");
    edited
}

/// The shortest time of either side: ours, and ron's.
struct Best([Duration; 2]);

impl Best {
    fn new() -> Self {
        Self([Duration::MAX; 2])
    }

    fn round(&mut self, ours: Duration, rons: Duration) {
        self.0 = [self.0[0].min(ours), self.0[1].min(rons)];
    }

    fn print(&self, what: &str, budget: f64) {
        common::times(what, self.0[0], budget, ("ron's", self.0[1]));
    }
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let done = work();
    let took = start.elapsed();
    // What was made is dropped after the clock has stopped, on either side.
    drop(std::hint::black_box(done));
    took
}
