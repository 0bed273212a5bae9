//! Any bytes as a team's codebook: no panic, and what was read is the same when it is written and read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vouch::annotation::Codebook;

fuzz_target!(|bytes: &[u8]| {
    let Ok((first, warnings)) = Codebook::parse(bytes) else { return };
    assert!(warnings.iter().all(|warning| !warning.to_string().is_empty()));
    let (second, _) = Codebook::parse(first.print().as_bytes()).expect("what is written can be read");
    assert_eq!(second, first, "what is written is what was read");
});
