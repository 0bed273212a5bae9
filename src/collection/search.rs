//! Looking through the text of many documents: the paragraphs that a query finds, document by document, as they are
//! found.
//!
//! A document is read no further than the query needs: where none of its paragraphs can be meant, which its bytes
//! mostly tell, neither its structure nor its hash is found. Works on all cores, hands over in the order of the
//! documents. Held by `tests/collection.rs` and `tests/cli.rs`.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;

use super::open::{Opened, Sidecar, about};
use super::query::Query;
use super::sheet::Sheet;
use crate::annotation::{About, AnnotationSet, Codebook};
use crate::document::{self, ByteSpan, CodeSpan, Document, ReadOptions, Structure, Text};
use crate::exchange::{Layer, Release};
use crate::files::{Action, FileError, Files};
use crate::reading::Reading;

/// Documents that a thread takes at once.
const BATCH: usize = 16;

/// The most threads that look.
const THREADS: usize = 8;

/// A paragraph that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Its number, counted from 1.
    pub paragraph: usize,
    /// Where it stands, in code points.
    pub span: CodeSpan,
    /// The same in bytes.
    pub place: ByteSpan,
    /// Its words.
    pub quote: String,
    /// Where the words that were looked for stand in `quote`, in bytes of it.
    pub within: Vec<ByteSpan>,
    /// The same places, in code points of the whole text.
    pub found: Vec<CodeSpan>,
    /// The same places, in bytes of the whole text.
    pub bytes: Vec<ByteSpan>,
}

/// What a release with passages says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Head {
    /// What it says of itself.
    pub about: About,
    /// The hash of its text.
    pub text_sha256: String,
}

/// One document that was looked through.
#[derive(Debug, Default)]
pub struct Looked {
    /// The paragraphs that were found, in order.
    pub passages: Vec<Passage>,
    /// What it says of itself, where that was asked for and something was found.
    pub head: Option<Head>,
    /// What is odd or wrong about the document, a line each.
    pub told: Vec<String>,
    /// Whether it could not be read.
    pub is_unread: bool,
    /// Its sidecars, where it has some.
    pub sidecars: Vec<Sidecar>,
}

/// A document to look through.
#[derive(Clone, Copy, Debug)]
pub struct Lying<'a> {
    /// The name that it has in exports.
    pub name: &'a str,
    /// Its file.
    pub document: &'a Path,
    /// Whether it has sets, which can tell how it is to be read and what it says of itself.
    pub has_sets: bool,
}

/// How to look.
pub struct Looking<'a> {
    /// Where the documents lie.
    pub files: &'a dyn Files,
    /// How they are read.
    pub reading: &'a Reading,
    /// What is looked for: a query that looks in text.
    pub query: &'a Query,
    /// The codebook in force, for the team's own fields.
    pub codebook: &'a Codebook,
    /// Whether what a release says of itself is wanted too.
    pub with_head: bool,
    /// Whether the answer is still wanted; asked before each document.
    pub is_wanted: &'a (dyn Fn() -> bool + Sync),
    /// Reads a document that has sets, by its place.
    pub open: &'a (dyn Fn(usize) -> Option<Opened> + Sync),
}

impl std::fmt::Debug for Looking<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Looking").field("query", &self.query).finish_non_exhaustive()
    }
}

impl Looking<'_> {
    /// Looks through documents, and hands over by place, in their order, those in which something was found or is to be
    /// told. Ends early once `each` gives false.
    pub fn through(&self, documents: &[Lying<'_>], mut each: impl FnMut(usize, Looked) -> bool) {
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(THREADS);
        let (next, is_over) = (AtomicUsize::new(0), AtomicBool::new(false));
        let (sender, receiver) = sync_channel(threads * 4);
        std::thread::scope(|scope| {
            for _ in 0..threads {
                let sender = sender.clone();
                let (next, is_over) = (&next, &is_over);
                scope.spawn(move || {
                    loop {
                        let batch = next.fetch_add(1, Ordering::Relaxed);
                        let from = batch.saturating_mul(BATCH);
                        let Some(rest) = documents.get(from..).filter(|rest| !rest.is_empty()) else { break };
                        let mut found = Vec::new();
                        for (at, lying) in rest.iter().take(BATCH).enumerate() {
                            if is_over.load(Ordering::Relaxed) || !(self.is_wanted)() {
                                return;
                            }
                            let looked = self.one(from + at, lying);
                            if !looked.passages.is_empty() || !looked.told.is_empty() || !looked.sidecars.is_empty() {
                                found.push((from + at, looked));
                            }
                        }
                        if sender.send((batch, found)).is_err() {
                            return;
                        }
                    }
                });
            }
            drop(sender);
            let mut waiting = BTreeMap::new();
            let mut due = 0;
            for (batch, found) in &receiver {
                waiting.insert(batch, found);
                while let Some(found) = waiting.remove(&due) {
                    due += 1;
                    if !found.into_iter().all(|(at, looked)| each(at, looked)) {
                        is_over.store(true, Ordering::Relaxed);
                    }
                }
                if is_over.load(Ordering::Relaxed) {
                    break;
                }
            }
            // Threads that have something to hand over are let go.
            drop(receiver);
        });
    }

    fn one(&self, at: usize, lying: &Lying<'_>) -> Looked {
        if lying.has_sets {
            return (self.open)(at).map(|opened| self.with_sets(opened, lying.name)).unwrap_or_default();
        }
        let bytes = self.files.read(lying.document, document::MAX_BYTES as u64);
        let bytes = match bytes.map_err(FileError::when(Action::Read, lying.document)) {
            Ok(bytes) => bytes,
            Err(error) => return Looked { told: vec![error.to_string()], is_unread: true, ..Looked::default() },
        };
        let name = lying.document.file_name().unwrap_or_default().to_string_lossy();
        if document::text_as_it_stands(&name, &bytes).is_some_and(|text| !self.query.may_find_in(text)) {
            return Looked::default();
        }
        let line = |what: &dyn std::fmt::Display| format!("{}: {what}", lying.document.display());
        let (document, warnings) = match self.reading.read(&name, &bytes, &ReadOptions::default()) {
            Ok(read) => read,
            Err(error) => return Looked { told: vec![line(&error)], is_unread: true, ..Looked::default() },
        };
        let told: Vec<String> = warnings.iter().map(|warning| line(warning)).collect();
        if !self.query.asks_words_only() {
            let mut looked = self.rows(&document, &bare(lying.name, &document));
            looked.told = told;
            return looked;
        }
        if !self.query.may_find_in(document.text.as_str()) {
            return Looked { told, ..Looked::default() };
        }
        let spans = document::paragraphs(&document);
        let spans = spans.iter().enumerate().map(|(at, paragraph)| (at + 1, paragraph.span));
        let found = spans.filter(|(_, span)| self.query.finds(document.text.slice(*span)));
        let passages: Vec<Passage> = found.map(|(number, span)| self.passage(&document.text, number, span)).collect();
        let head = (self.with_head && !passages.is_empty()).then(|| head(&bare(lying.name, &document)));
        Looked { passages, head, told, ..Looked::default() }
    }

    /// Of a document whose sets are at hand too.
    fn with_sets(&self, opened: Opened, name: &str) -> Looked {
        let mut looked = match &opened.document {
            Some((document, _)) if self.query.may_find_in(document.text.as_str()) => {
                self.rows(document, &opened.release(name))
            }
            _ => Looked::default(),
        };
        looked.is_unread = opened.beside.is_there && opened.document.is_none();
        looked.told = opened.told;
        looked.sidecars = opened.sidecars;
        looked
    }

    /// What the whole query finds, fields and all.
    fn rows(&self, document: &Document, release: &Release) -> Looked {
        let rows = self.query.rows(&Sheet::of_text(release, self.codebook));
        let spans = rows.into_iter().filter_map(|row| Some((row + 1, *release.paragraphs.get(row)?)));
        let passages: Vec<_> = spans.map(|(number, span)| self.passage(&document.text, number, span)).collect();
        let head = (self.with_head && !passages.is_empty()).then(|| head(release));
        Looked { passages, head, ..Looked::default() }
    }

    fn passage(&self, text: &Text, paragraph: usize, span: ByteSpan) -> Passage {
        let quote = text.slice(span);
        let within = self.query.places(quote);
        let whole = |own: &ByteSpan| ByteSpan { start: span.start + own.start, end: span.start + own.end };
        let bytes: Vec<ByteSpan> = within.iter().map(whole).collect();
        Passage {
            paragraph,
            place: span,
            span: text.code_span_from_byte_span(span),
            quote: quote.to_owned(),
            found: bytes.iter().map(|own| text.code_span_from_byte_span(*own)).collect(),
            within,
            bytes,
        }
    }
}

/// A document beside which nothing lies, with what its text says of itself.
fn bare(name: &str, document: &Document) -> Release {
    let structure = Structure::of(document);
    let set = AnnotationSet::default();
    let about = about(&set, &document::propose(document, &structure));
    let layer = Layer { handle: String::new(), about, set: Arc::new(set), placements: BTreeMap::new() };
    Release {
        name: name.to_owned(),
        text: Some(document.text.clone()),
        text_sha256: document.text_sha256().to_owned(),
        paragraphs: structure.paragraphs().iter().map(|paragraph| paragraph.span).collect(),
        layers: vec![layer],
    }
}

fn head(release: &Release) -> Head {
    Head { about: release.about().clone(), text_sha256: release.text_sha256.clone() }
}
