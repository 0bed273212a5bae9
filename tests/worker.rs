//! Documents read in a process of their own: the same as here, and one that crashes, hangs or swells is an error.

#[path = "document/pdf_file.rs"]
mod pdf_file;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use vouch::document::{ReadError, ReadOptions, read};
use vouch::reading::{Limits, Reading};

use pdf_file::pdf_with;

fn pdf(contents: &[&str]) -> Vec<u8> {
    pdf_with(contents, &format!("/Count {}", contents.len()), "")
}

const WORDS: &str = "BT /F 11 Tf 72 700 Td (The allies agreed on a plan.) Tj ET";

fn apart() -> Reading {
    Reading::apart(env!("CARGO_BIN_EXE_vouch").into())
}

fn why(reading: &Reading, bytes: &[u8]) -> String {
    reading.read("release.pdf", bytes, &ReadOptions::default()).unwrap_err().to_string()
}

/// Reads there as here.
fn check_same(name: &str, bytes: &[u8]) {
    let (here, there) =
        (read(name, bytes, &ReadOptions::default()), apart().read(name, bytes, &ReadOptions::default()));
    match (here, there) {
        (Ok((here, warned)), Ok((there, warned_there))) => {
            assert_eq!(warned, warned_there);
            assert_eq!(here.text.as_str(), there.text.as_str());
            assert_eq!(here.original, there.original);
            assert_eq!((&here.name, here.reader, here.media_type), (&there.name, there.reader, there.media_type));
            assert_eq!((here.sha256(), here.encoding), (there.sha256(), there.encoding));
        }
        (here, there) => assert_eq!(here.map(|_| ()), there.map(|_| ())),
    }
}

#[test]
fn a_document_is_the_same_as_if_it_were_read_here() {
    check_same("release.pdf", &pdf(&[WORDS, "", WORDS]));
    check_same("a \u{202e}name\n.pdf", &pdf(&[WORDS]));
    // Errors come in the same words.
    check_same("empty.pdf", &pdf(&[""]));
    check_same("damaged.pdf", b"%PDF-1.4 nothing more");
}

#[test]
fn text_needs_no_process() {
    let none = Reading::apart("/nowhere/vouch".into());
    for (name, bytes) in [("a.txt", &b"Some words."[..]), ("a.md", b"# Words"), ("a.pdf.txt", b"\xFF\xFEa\0")] {
        assert!(none.read(name, bytes, &ReadOptions::default()).is_ok(), "{name}");
    }
    let broken = Reading::apart(broken());
    assert!(broken.read("a.txt", b"Some words.", &ReadOptions::default()).is_ok());
    assert!(broken.read("a.pdf", &pdf(&[WORDS]), &ReadOptions::default()).is_err());
}

#[test]
fn where_no_process_can_be_started_the_document_is_read_here() {
    let none = Reading::apart("/nowhere/vouch".into());
    let (document, _) = none.read("release.pdf", &pdf(&[WORDS]), &ReadOptions::default()).unwrap();
    assert_eq!(document.text.as_str(), "The allies agreed on a plan.");
}

/// A program that is none of ours: this test, which knows nothing of the command and says something else.
fn broken() -> std::path::PathBuf {
    std::env::current_exe().unwrap()
}

#[test]
fn an_answer_that_is_none_is_an_error() {
    let error = why(&Reading::apart(broken()), &pdf(&[WORDS]));
    assert!(error.contains("what read it broke") || error.contains("gave no sense"), "{error}");
}

/// A page that draws for a long time.
fn slow() -> Vec<u8> {
    pdf(&[&"BT /F 11 Tf 72 700 Td (a b c d e f g h) Tj ET\n".repeat(200_000)])
}

#[test]
fn a_file_that_takes_too_long_is_stopped_and_says_so() {
    let limits = Limits { time: Duration::from_millis(50), ..Limits::default() };
    let begun = Instant::now();
    let error = why(&apart().within(limits), &slow());
    assert!(error.starts_with("reading this file takes longer than 0.05 seconds"), "{error}");
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

#[test]
fn reading_that_nobody_waits_for_is_stopped() {
    let reading = apart().until(Arc::new(AtomicBool::new(true)));
    let read = reading.read("release.pdf", &slow(), &ReadOptions::default());
    assert_eq!(read.map(|_| ()), Err(ReadError::Stopped));
}

#[test]
fn an_answer_that_is_too_long_is_not_taken() {
    let limits = Limits { answer: 100, ..Limits::default() };
    let error = why(&apart().within(limits), &pdf(&[WORDS]));
    assert!(error.contains("text and attachments are more than are taken in"), "{error}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_needs_too_much_memory_is_an_error() {
    let limits = Limits { memory: 160 << 20, ..Limits::default() };
    let padded = [pdf(&[WORDS]), vec![b' '; 100 << 20]].concat();
    let error = why(&apart().within(limits), &padded);
    assert!(error.contains("reading it takes more than 160 MiB of memory"), "{error}");
    assert!(apart().within(limits).read("release.pdf", &pdf(&[WORDS]), &ReadOptions::default()).is_ok());
}

/// Files made to do harm: each is read or refused, within the limits, and there as here.
#[test]
fn hostile_files_do_no_harm() {
    let deep = format!("7 0 obj {}{} endobj\n", "[".repeat(100_000), "]".repeat(100_000));
    let form = "5 0 obj <</Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</X 5 0 R>>>> /Length 11>> stream\n/X Do /X Do\nendstream endobj\n";
    let drawing = format!("{WORDS} /X Do");
    let cyclic_pages = "%PDF-1.4\n1 0 obj <</Type /Catalog /Pages 2 0 R>> endobj\n\
         2 0 obj <</Type /Pages /Count 1 /Kids [2 0 R 3 0 R]>> endobj\n\
         3 0 obj <</Type /Pages /Count 1 /Parent 2 0 R /Kids [2 0 R]>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n";
    let lying = String::from_utf8(pdf(&[WORDS])).unwrap();
    let lying = lying.replace(&format!("/Length {}", WORDS.len()), "/Length 99999999999");
    let files: [(bool, &str, Vec<u8>); 7] = [
        (true, "deep nesting", pdf_with(&[WORDS], "/Count 1", &deep)),
        (false, "nested drawing", pdf(&["q ".repeat(300_000).as_str()])),
        (true, "a form that draws itself twice", pdf_with(&[&drawing], "/Count 1", form)),
        (false, "pages that hold themselves", cyclic_pages.into()),
        (true, "a page count that lies", pdf_with(&[WORDS], "/Count 2147483647", "")),
        (true, "a length that lies", lying.into_bytes()),
        (true, "an object that is itself", pdf_with(&[WORDS], "/Count 7 0 R", "7 0 obj 7 0 R endobj\n")),
    ];
    for (has_words, what, bytes) in files {
        let limits = Limits { time: Duration::from_secs(20), ..Limits::default() };
        match apart().within(limits).read("release.pdf", &bytes, &ReadOptions::default()) {
            Ok((document, _)) => assert_eq!(document.text.as_str(), "The allies agreed on a plan.", "{what}"),
            Err(error) => assert_eq!((error.to_string().as_str(), has_words), (NO_TEXT, false), "{what}"),
        }
    }
}

const NO_TEXT: &str = "this PDF has no text: choose the document that you meant";
