//! Any bytes, as a word processor's document, give a document or an error; its blocks and asides lie in its text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vouch::document::{ReadOptions, read};

fuzz_target!(|input: (u8, &[u8])| {
    let (kind, bytes) = input;
    let name = ["a.docx", "a.odt", "a.fodt", "a.rtf"][usize::from(kind % 4)];
    let Ok((document, _)) = read(name, bytes, &ReadOptions::default()) else { return };
    let text = document.text.as_str();
    assert!(document.original.blocks.iter().all(|block| text.get(block.span.start..block.span.end).is_some()));
    assert!(document.original.asides.iter().all(|aside| text.get(aside.at.start..aside.at.end).is_some()));
});
