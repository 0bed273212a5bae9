//! Any text as a scale: no panic, and every number on it has a term or none, and words.

#![no_main]

use libfuzzer_sys::fuzz_target;
use vouch::annotation::Scale;

fuzz_target!(|input: (f64, &str)| {
    let (number, ron) = input;
    let Ok((scale, warnings)) = Scale::parse(ron) else { return };
    assert!(warnings.iter().all(|warning| !warning.to_string().is_empty()));
    for axis in &scale.axes {
        assert!(!axis.with_unit(&number).is_empty());
        for term in axis.term_for(number).into_iter().chain(&axis.terms) {
            assert!(axis.term(&term.key).is_some(), "{}", term.key);
            let _ = axis.strength(term);
        }
    }
});
