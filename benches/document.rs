//! Opening documents, against reading a file and validating its UTF-8: `cargo bench --bench document`.
//!
//! Budget: open and canonicalise plain text within 3×. Its hash is not in that: it is found when first asked for.

mod common;

use std::path::Path;

use vouch::document::{Document, ReadOptions, Structure, propose, read};

const SAMPLE: &str = include_str!("../sample_docs/vilnius-summit.txt");
const SIZE: usize = 100_000_000;
const RUNS: usize = 9;

fn main() -> std::io::Result<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("release.txt");
    let text = (SAMPLE.to_owned() + "\n\n").repeat(SIZE / SAMPLE.len());

    let ascii = text.replace('’', "'");
    let cyrillic = "Премьер-министр сказал, что это так.\n\n".repeat(SIZE / 68);
    for (what, text) in [("ASCII", &ascii), ("as releases are", &text), ("Cyrillic", &cyrillic)] {
        std::fs::write(&path, text)?;
        let validate = || std::fs::read(&path).map(|bytes| str::from_utf8(&bytes).is_ok());
        let what = format!("open 100 MB of plain text, {what}");
        common::ratio(&what, RUNS, 3.0, ("validating", validate), || open(&path));
    }

    let utf_16: Vec<u8> = text.encode_utf16().take(SIZE / 2).flat_map(u16::to_le_bytes).collect();
    let windows_1252: Vec<u8> = text.chars().map(|c| if c.is_ascii() { c as u8 } else { 0x92 }).collect();
    let crlf = text.replace('\n', "\r\n").into_bytes();
    for (what, bytes) in [("CRLF", crlf), ("UTF-16", utf_16), ("Windows-1252", windows_1252)] {
        std::fs::write(&path, bytes)?;
        common::note(&format!("open 100 MB of {what}"), common::shortest(RUNS, || open(&path)));
    }

    std::fs::write(&path, text)?;
    let Some(document) = open(&path) else { return Ok(()) };
    common::note("hash of 100 MB", common::shortest(3, || document.clone().text_sha256().len()));
    common::note("structure of 100 MB", common::shortest(3, || Structure::of(&document)));
    let structure = Structure::of(&document);
    common::note("proposals for 100 MB", common::shortest(3, || propose(&document, &structure)));
    let release = read("release.txt", SAMPLE.as_bytes(), &ReadOptions::default()).ok().map(|(document, _)| document);
    if let Some(release) = release {
        common::note("structure of a release of 3 kB", common::shortest(100, || Structure::of(&release)));
        let structure = Structure::of(&release);
        common::note("proposals for a release of 3 kB", common::shortest(100, || propose(&release, &structure)));
    }
    for (what, piece) in [("line ends", "a\n"), ("quote marks", "\"a "), ("full stops", ". ")] {
        let hostile = piece.repeat(SIZE / piece.len());
        if let Ok((hostile, _)) = read("hostile.txt", hostile.as_bytes(), &ReadOptions::default()) {
            common::note(&format!("structure of 100 MB of {what}"), common::shortest(1, || Structure::of(&hostile)));
        }
    }
    let line = SAMPLE.replace('\n', " ").repeat(5_000_000 / SAMPLE.len());
    if let Ok((line, _)) = read("line.txt", line.as_bytes(), &ReadOptions::default()) {
        common::note("structure of one line of 5 MB", common::shortest(5, || Structure::of(&line)));
        let structure = Structure::of(&line);
        let middle = structure.sentence_at(line.text.len() / 2).unwrap_or_default();
        let look =
            || structure.grow(line.text.as_str(), vouch::document::ByteSpan::new(middle.start + 5, middle.start + 6));
        common::note("grow a selection in it", common::shortest(100, look));
    }
    Ok(())
}

fn open(path: &Path) -> Option<Document> {
    let bytes = std::fs::read(path).ok()?;
    read("release.txt", &bytes, &ReadOptions::default()).ok().map(|(document, _)| document)
}
