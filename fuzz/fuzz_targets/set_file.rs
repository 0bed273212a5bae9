//! Any bytes as one file with many sets: no panic, and no name in it leads out of the folder.

#![no_main]

use std::path::{Component, Path};

use libfuzzer_sys::fuzz_target;
use vouch::sidecar::read_set_file;

fuzz_target!(|bytes: &[u8]| {
    let Ok(file) = read_set_file(bytes) else { return };
    for set in file.sets {
        let is_below = |part| matches!(part, Component::Normal(_));
        assert!(!set.name.is_empty() && Path::new(&set.name).components().all(is_below), "{}", set.name);
        assert!(!set.name.contains(['\\', ':']), "{}", set.name);
    }
});
