//! Any bytes, in any encoding, give a document or an error; its structure lies in its text.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vouch::document::{ByteSpan, ENCODINGS, ReadOptions, Structure, propose, read};

fuzz_target!(|input: (bool, Option<u8>, &[u8])| {
    let (markdown, encoding, bytes) = input;
    let name = if markdown { "release.md" } else { "release.txt" };
    let encoding = encoding.and_then(|index| ENCODINGS.get(usize::from(index))).map(|found| found.label.to_owned());
    let Ok((document, warnings)) = read(name, bytes, &ReadOptions { encoding, ..ReadOptions::default() }) else { return };
    for warning in warnings {
        assert!(!warning.to_string().is_empty());
    }
    let text = document.text.as_str();
    let holds = |span: ByteSpan| text.get(span.start..span.end).is_some_and(|words| !words.is_empty());
    let structure = Structure::of(&document);
    assert!(structure.paragraphs().iter().all(|paragraph| holds(paragraph.span)));
    assert!(structure.parts().iter().all(|part| holds(part.span)));
    assert!(structure.sentences().iter().all(|&sentence| holds(sentence)));
    assert!(structure.quotations().iter().all(|quotation| holds(quotation.outer) && holds(quotation.inner)));
    let middle = text.floor_char_boundary(text.len() / 2);
    assert!(structure.clause_at(text, middle).is_none_or(holds));
    assert!(structure.grow(text, ByteSpan::new(middle, middle)).is_none_or(holds));
    let proposed = propose(&document, &structure);
    let found = [proposed.title, proposed.publisher, proposed.published, proposed.url];
    assert!(found.into_iter().flatten().all(|found| found.span.is_none_or(holds)));
});
