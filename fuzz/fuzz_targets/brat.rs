//! Any bytes as a file of brat's on any text: no panic, a set that a sidecar can hold, and the same set each time.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vouch::annotation::Annotator;
use vouch::document::{self, ReadOptions};
use vouch::exchange::importer;
use vouch::sidecar::{self, Origin};

fuzz_target!(|input: (&[u8], &[u8])| {
    let (text, file) = input;
    let Ok((document, _)) = document::read("a.txt", text, &ReadOptions::default()) else { return };
    let Some(brat) = importer("brat") else { return };
    let anna = Annotator { handle: "anna".to_owned(), ..Annotator::default() };
    let Ok(imported) = brat.read(file, &document, &anna) else { return };
    assert_eq!(brat.read(file, &document, &anna).map(|again| again.set), Ok(imported.set.clone()));
    if let Ok(read) = sidecar::read(&sidecar::print(&imported.set, &Origin::default())) {
        assert_eq!(read.problems, []);
        assert_eq!(read.set, imported.set);
    }
});
