//! Any bytes behind a journal's records: it opens, and what was acknowledged before them is there.

#![no_main]

#[path = "../../tests/files/memory.rs"]
#[allow(dead_code, reason = "the tests use the rest")]
mod memory;

use std::ffi::OsStr;
use std::io::Write as _;
use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use libfuzzer_sys::fuzz_target;
use memory::Memory;
use vouch::annotation::{Act, AnnotationSet, Claim, Edit, Id, Item, Record};
use vouch::files::{Files, Places};
use vouch::sidecar::store::Keeper;

fuzz_target!(|bytes: &[u8]| {
    let memory = Memory::new(&["/", "/v"]);
    let files: Arc<dyn Files> = Arc::new(memory.clone());
    let (places, sidecar) = (Places::under(Path::new("/v/home")), Path::new("/v/a.txt.anna.vouch.ron"));
    let now = Timestamp::UNIX_EPOCH;
    let open = || Keeper::open(Arc::clone(&files), &places, sidecar, AnnotationSet::default(), now).expect("it opens");

    let mut opened = open();
    let claim = Id::new("c-1");
    let mut edit = Edit::new("mark claim");
    edit.put(&opened.set, &claim, Item::Claim(Claim::default().into()));
    opened.keeper.acknowledge(&Record { act: Act::Do, edit }, now).expect("the disk is well");
    drop(opened);

    let journal = memory.all().into_keys().find(|path| path.extension() == Some(OsStr::new("journal")));
    let mut end = files.append(&journal.expect("an acknowledged edit is in a journal")).expect("it is there");
    end.write_all(bytes).expect("the disk is well");
    drop(end);
    assert!(open().set.claims.contains_key(&claim), "an acknowledged edit is lost");
});
