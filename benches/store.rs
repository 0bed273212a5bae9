//! Keeping a set: `cargo bench --bench store`.
//!
//! Budget (quality.md): acknowledging an edit is one journal record and one flush, and takes the same at 100 and at
//! 100,000 items, within 1.5×: on this disk, and in memory, where nothing hides behind the disk's own time.

mod common;
#[path = "../tests/files/memory.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod memory;

use std::cell::RefCell;
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

const FEW: usize = 100;
const MANY: usize = 100_000;

fn main() {
    let home = tempfile::tempdir().expect("a folder to write in");
    let disk: Arc<dyn Files> = Arc::new(Disk);
    let memory = Memory::new(&["/", "/v"]);
    acknowledge("acknowledge an edit, on this disk", 200, &disk, home.path());
    acknowledge("acknowledge an edit, in memory", 2000, &(Arc::new(memory.clone()) as _), Path::new("/v"));
    let mut keeper = open(&(Arc::new(memory.clone()) as _), Path::new("/v"), MANY);
    note(&mut keeper, 0);
    let before = memory.moment();
    note(&mut keeper, 1);
    let operations = memory.moment() - before;
    let what = "operations on files an edit (a write and a sync)";
    common::beside(what, &operations.to_string(), "2", operations <= 2);
    drop(keeper);
    for size in [FEW, MANY] {
        common::note(
            &format!("open {size} items, with journal and lock"),
            common::shortest(5, || open(&disk, home.path(), size)),
        );
        let mut keeper = open(&disk, home.path(), size);
        let saves = (0..5).map(|round| {
            note(&mut keeper, 10 + round);
            let start = Instant::now();
            keeper.save(now()).expect("the disk is well");
            start.elapsed()
        });
        common::note(&format!("save {size} items, all steps"), saves.min().unwrap_or(Duration::ZERO));
    }
}

/// An edit on a large set, against one on a small set.
fn acknowledge(what: &str, runs: usize, files: &Arc<dyn Files>, folder: &Path) {
    let [few, many] = [FEW, MANY].map(|size| {
        write(&**files, folder, size);
        (RefCell::new(open(files, folder, size)), RefCell::new(0..))
    });
    let edit = |(keeper, rounds): &(RefCell<Keeper>, RefCell<std::ops::RangeFrom<usize>>)| {
        note(&mut keeper.borrow_mut(), rounds.borrow_mut().next().unwrap_or_default());
    };
    common::ratio(what, runs, 1.5, ("100 items", || edit(&few)), || edit(&many));
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

/// Changes the note of a claim in the middle of the set.
fn note(keeper: &mut Keeper, round: usize) {
    let middle = keeper.set().len() / 2;
    let mut edit = Edit::new("note");
    let item = Item::Claim(Arc::new(claim(middle, &format!("seen in round {round}"))));
    edit.put(keeper.set(), &id(middle), item);
    keeper.acknowledge(&Record { act: Act::Do, edit }, now()).expect("the disk is well");
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
