//! Keeping a set: `cargo bench --bench store`.
//!
//! Budget (quality.md): acknowledging an edit is one journal record and one flush, and takes the same at 100 and at
//! 100,000 items, within 1.5×. Measured in turn on two sidecars, on the real disk and in memory, where nothing hides
//! behind the disk's own time.

#[path = "../tests/files/memory.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod memory;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use memory::Memory;
use vouch::annotation::{Act, Anchor, AnnotationSet, Claim, Edit, Id, IdKind, Item, Record, Voice};
use vouch::document::CodeSpan;
use vouch::files::{Disk, Files, Places, replace};
use vouch::sidecar::store::Keeper;
use vouch::sidecar::{FileKind, Origin, print};

const SIZES: [usize; 2] = [100, 100_000];

fn main() {
    let home = tempfile::tempdir().expect("a folder to write in");
    let memory = Memory::new(&["/", "/v"]);
    println!("{:<44} {:>10} {:>10} {:>7}   budget", "items", SIZES[0], SIZES[1], "ratio");
    acknowledge("acknowledge an edit, on this disk", &(Arc::new(Disk) as _), home.path(), 200);
    acknowledge("acknowledge an edit, in memory", &(Arc::new(memory.clone()) as _), Path::new("/v"), 2000);

    let mut keepers = SIZES.map(|size| open(&(Arc::new(memory.clone()) as _), Path::new("/v"), size));
    let operations = keepers.each_mut().map(|keeper| {
        let record = edit(keeper, 0);
        let before = memory.moment();
        keeper.acknowledge(&record, now()).expect("memory does not fail");
        // The first edit of a session opens the journal; an open file is all that the second one needs.
        let first = memory.moment() - before;
        let record = edit(keeper, 1);
        keeper.acknowledge(&record, now()).expect("memory does not fail");
        (first, memory.moment() - before - first)
    });
    let [(_, few), (_, many)] = operations;
    println!(
        "{:<44} {few:>10} {many:>10} {:>7.2}   2, 2",
        "  operations (one write, one sync)",
        many as f64 / few as f64
    );
    drop(keepers);

    let disk: Arc<dyn Files> = Arc::new(Disk);
    let opening = SIZES.map(|size| median(5, |_| time(|| drop(open(&disk, home.path(), size)))));
    println!("{:<44} {:>10} {:>10}", "open, with journal and lock", micros(opening[0]), micros(opening[1]));
    let saving = SIZES.map(|size| {
        let mut keeper = open(&disk, home.path(), size);
        median(5, |round| {
            let record = edit(&keeper, 10 + round);
            keeper.acknowledge(&record, now()).expect("the disk is well");
            time(|| drop(keeper.save(now()).expect("the disk is well")))
        })
    });
    println!("{:<44} {:>10} {:>10}", "save, all steps, on this disk", micros(saving[0]), micros(saving[1]));
}

/// Prints the median time of an edit on a small and on a large set, taken in turn.
fn acknowledge(name: &str, files: &Arc<dyn Files>, folder: &Path, rounds: usize) {
    let mut keepers = SIZES.map(|size| {
        write(&**files, folder, size);
        open(files, folder, size)
    });
    let mut times = [const { Vec::new() }; 2];
    for round in 0..rounds {
        for (keeper, times) in keepers.iter_mut().zip(&mut times) {
            let record = edit(keeper, round);
            times.push(time(|| keeper.acknowledge(&record, now()).expect("the disk is well")));
        }
    }
    let [few, many] = times.map(|mut times| {
        times.sort_unstable();
        times[times.len() / 2]
    });
    let ratio = many.as_secs_f64() / few.as_secs_f64();
    println!("{name:<44} {:>10} {:>10} {ratio:>7.2}   1.5", micros(few), micros(many));
}

fn path(folder: &Path, size: usize) -> PathBuf {
    folder.join(format!("release-{size}.txt.anna.vouch.ron"))
}

/// Writes a sidecar of `size` claims.
fn write(files: &dyn Files, folder: &Path, size: usize) {
    let mut set = AnnotationSet::default();
    let mut all = Edit::new("all");
    for i in 0..size {
        all.put(&set, &id(i), Item::Claim(Arc::new(claim(i, "as said in the release"))));
    }
    set.apply(&all).expect("the set was empty");
    replace(files, &path(folder, size), &print(&set, &Origin::new(FileKind::Annotations))).expect("the disk is well");
}

fn open(files: &Arc<dyn Files>, folder: &Path, size: usize) -> Keeper {
    let places = Places::under(&folder.join("home"));
    let opened = Keeper::open(Arc::clone(files), &places, &path(folder, size), AnnotationSet::default(), now());
    opened.expect("the disk is well").keeper
}

/// The note of a claim in the middle of the set is changed.
fn edit(keeper: &Keeper, round: usize) -> Record {
    let middle = keeper.set().len() / 2;
    let mut edit = Edit::new("note");
    let item = Item::Claim(Arc::new(claim(middle, &format!("seen in round {round}"))));
    edit.put(keeper.set(), &id(middle), item);
    Record { act: Act::Do, edit }
}

fn id(i: usize) -> Id {
    Id::from_random(IdKind::Claim, (i as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

fn claim(i: usize, note: &str) -> Claim {
    Claim {
        anchor: Anchor {
            spans: vec![CodeSpan::new(60 * i, 60 * i + 37)],
            quote: vec!["over 300,000 troops on high readiness".into()],
            before: "hese measures will be backed by ".into(),
            after: ".\n\nUkraine's support was another".into(),
            ..Anchor::default()
        },
        said: Some(vec![Voice { by: vec![Id::new("m-4h9x")], ..Voice::default() }]),
        kind: Some("commitment".into()),
        style: Some("indirect".into()),
        note: Some(note.into()),
        created: Some("2026-11-24T03:14:00Z".into()),
        ..Claim::default()
    }
}

fn now() -> Timestamp {
    Timestamp::UNIX_EPOCH
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(rounds: usize, mut work: impl FnMut(usize) -> Duration) -> Duration {
    let mut times: Vec<Duration> = (0..rounds).map(&mut work).collect();
    times.sort_unstable();
    times[rounds / 2]
}

fn micros(time: Duration) -> String {
    format!("{:.1} µs", time.as_secs_f64() * 1e6)
}
