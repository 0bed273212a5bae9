//! Any bytes as a sidecar: no panic, no overflow, and what was read can be written and read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vouch::sidecar::{print, read};

fuzz_target!(|bytes: &[u8]| {
    let Ok(first) = read(bytes) else { return };
    let printed = print(&first.set, &first.origin);
    let second = read(&printed).expect("what is written can be read");
    assert_eq!(second.problems, [], "what is written is sound");
    assert_eq!(second.set, first.set, "what is written is what was read");
});
