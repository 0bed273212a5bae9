//! The structure of a document: paragraphs, their parts, sentences, quotations; found once, looked up by byte.
//!
//! Apart from [`Document`], because it can be found later and elsewhere than on the window's thread. Held by
//! `tests/document.rs`. Finding it is linear in the text, whatever the text; each lookup is O(log n).

use std::ops::Range;

use super::clause::clause;
use super::quotation::{Quotation, quotations};
use super::sentence::sentences;
use super::text::ByteSpan;
use super::words::word_at;
use super::{Document, blocks, outline};

/// Of nothing are more found than this: what is beyond belongs to the last of them, or is left out. People write no such
/// texts; a file of a gigabyte of line ends would fill all memory.
pub(super) const MOST: usize = 4_000_000;

/// What a part of a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartKind {
    /// The headline.
    Title,
    /// The headline once more: many releases repeat it above the text.
    RepeatedTitle,
    /// A heading, or a second headline.
    Heading,
    /// One item of a list, its sign or number included.
    ListItem,
    /// A line that tells of a picture: `Photo: NATO`.
    Caption,
    /// A line of signs, or of words that say that the text ends: `---`, `# # #`, `-30-`.
    Rule,
    /// A cell of a table.
    Cell,
    /// Running heads, page numbers and the like: in no sentence.
    Furniture,
    /// Running text.
    Body,
}

/// A part of a paragraph: most paragraphs are one. No sentence crosses its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// From its first to its last character that is not blank.
    pub span: ByteSpan,
    /// What it is.
    pub kind: PartKind,
}

/// A block between blank lines, or the format's own block; of a table, a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Counted from 1, the title being the first.
    pub number: usize,
    /// From its first to its last character that is not blank.
    pub span: ByteSpan,
    /// Where its first line begins: blanks before its first character are its own.
    pub(super) from: usize,
    pub(super) parts: Range<usize>,
}

/// The structure of one document's text. All spans are ascending and on character boundaries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Structure {
    paragraphs: Vec<Paragraph>,
    parts: Vec<Part>,
    sentences: Vec<ByteSpan>,
    quotations: Vec<Quotation>,
}

impl Structure {
    /// Finds the structure of a document: one pass over its text for each of paragraphs, sentences and quotations.
    #[must_use]
    pub fn of(document: &Document) -> Self {
        let text = document.text.as_str();
        let (paragraphs, mut parts) = outlined(document);
        blocks::name_parts(text, &mut parts);
        let mut found: Vec<ByteSpan> = Vec::new();
        let is_read = |part: &Part| part.kind != PartKind::Furniture;
        for part in parts.iter().filter(|part| is_read(part)) {
            for sentence in sentences(text, part.span) {
                let is_full = found.len() >= MOST;
                match found.last_mut() {
                    Some(last) if is_full && part.span.encloses(*last) => last.end = sentence.end,
                    _ => found.push(sentence),
                }
            }
        }
        let quotations = if parts.iter().all(is_read) {
            quotations(text, &parts)
        } else {
            let read: Vec<Part> = parts.iter().copied().filter(is_read).collect();
            quotations(text, &read)
        };
        Self { paragraphs, parts, sentences: found, quotations }
    }

    /// The paragraphs; the first has number 1 and index 0.
    #[must_use]
    pub fn paragraphs(&self) -> &[Paragraph] {
        &self.paragraphs
    }

    /// The paragraph of this number, from 1.
    #[must_use]
    pub fn paragraph(&self, number: usize) -> Option<&Paragraph> {
        self.paragraphs.get(number.checked_sub(1)?)
    }

    /// The paragraph at a byte of the text. Blank lines belong to the paragraph before them, at the head of the text
    /// to the first. `None` only where the text has no paragraph.
    #[must_use]
    pub fn paragraph_at(&self, byte: usize) -> Option<&Paragraph> {
        let after = self.paragraphs.partition_point(|paragraph| paragraph.from <= byte);
        self.paragraphs.get(after.saturating_sub(1))
    }

    /// The paragraphs that share a byte with `span`.
    #[must_use]
    pub fn paragraphs_in(&self, span: ByteSpan) -> &[Paragraph] {
        overlapping(&self.paragraphs, span, |paragraph| paragraph.span)
    }

    /// All parts of all paragraphs.
    #[must_use]
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The parts of one paragraph.
    #[must_use]
    pub fn parts_of(&self, paragraph: &Paragraph) -> &[Part] {
        self.parts.get(paragraph.parts.clone()).unwrap_or_default()
    }

    /// What a paragraph is: what its first part is.
    #[must_use]
    pub fn kind_of(&self, paragraph: &Paragraph) -> PartKind {
        self.parts_of(paragraph).first().map_or(PartKind::Body, |part| part.kind)
    }

    /// The part at a byte, its end included. `None` between parts.
    #[must_use]
    pub fn part_at(&self, byte: usize) -> Option<&Part> {
        touching(&self.parts, byte, |part| part.span)
    }

    /// The title, where the text has one.
    #[must_use]
    pub fn title(&self) -> Option<&Part> {
        self.parts.iter().find(|part| part.kind == PartKind::Title)
    }

    /// All sentences.
    #[must_use]
    pub fn sentences(&self) -> &[ByteSpan] {
        &self.sentences
    }

    /// The sentence at a byte, its end included; between two sentences of a part, the one before. `None` elsewhere.
    #[must_use]
    pub fn sentence_at(&self, byte: usize) -> Option<ByteSpan> {
        if let Some(sentence) = touching(&self.sentences, byte, |&sentence| sentence) {
            return Some(*sentence);
        }
        let part = self.part_at(byte)?;
        let after = self.sentences.partition_point(|sentence| sentence.start <= byte);
        let before = *self.sentences.get(after.checked_sub(1)?)?;
        part.span.encloses(before).then_some(before)
    }

    /// The clause at a byte: the stretch of its sentence between two signs, or after a word such as "that". A rule of
    /// thumb.
    #[must_use]
    pub fn clause_at(&self, text: &str, byte: usize) -> Option<ByteSpan> {
        Some(clause(text, self.sentence_at(byte)?, byte)).filter(|clause| !clause.is_empty())
    }

    /// The next larger unit around a span of `text`: word, clause, sentence, paragraph, in that order, the first that
    /// encloses the span and is more. `None` where there is none.
    #[must_use]
    pub fn grow(&self, text: &str, span: ByteSpan) -> Option<ByteSpan> {
        let is_more = |unit: &ByteSpan| unit.encloses(span) && *unit != span;
        let word = || {
            Some(word_at(text, span.start))
                .filter(|&word| !text.get(word.start..word.end).is_some_and(|w| w.trim().is_empty()))
        };
        let clause = || self.clause_at(text, span.start);
        let sentence = || self.sentence_at(span.start);
        let paragraph = || self.paragraph_at(span.start).map(|paragraph| paragraph.span);
        let units: [&dyn Fn() -> Option<ByteSpan>; 4] = [&word, &clause, &sentence, &paragraph];
        units.into_iter().find_map(|unit| unit().filter(is_more))
    }

    /// The sentences that share a byte with `span`.
    #[must_use]
    pub fn sentences_in(&self, span: ByteSpan) -> &[ByteSpan] {
        overlapping(&self.sentences, span, |&sentence| sentence)
    }

    /// All quotations, by where they begin, the outer before the inner.
    #[must_use]
    pub fn quotations(&self) -> &[Quotation] {
        &self.quotations
    }

    /// The innermost quotation at a byte, marks included.
    #[must_use]
    pub fn quotation_at(&self, byte: usize) -> Option<&Quotation> {
        self.quotations_at(byte).next()
    }

    /// The quotations at a byte, marks included, the innermost first.
    pub fn quotations_at(&self, byte: usize) -> impl Iterator<Item = &Quotation> {
        let after = self.quotations.partition_point(|quotation| quotation.outer.start <= byte);
        let last = after.checked_sub(1).and_then(|index| self.quotations.get(index));
        // Only what encloses the last one that begins before the byte can enclose the byte.
        std::iter::successors(last, |quotation| self.quotations.get(quotation.inside?))
            .filter(move |quotation| quotation.outer.contains(byte))
    }
}

/// The paragraphs of a document alone, for who needs no more of its structure: [`Structure::paragraphs`] sooner.
#[must_use]
pub fn paragraphs(document: &Document) -> Vec<Paragraph> {
    outlined(document).0
}

fn outlined(document: &Document) -> (Vec<Paragraph>, Vec<Part>) {
    let text = document.text.as_str();
    let mark = document.format.mark;
    match document.original.blocks.as_slice() {
        [] => blocks::outline(text, ByteSpan { start: 0, end: text.len() }, mark),
        given => outline::given(text, given, mark),
    }
}

/// The items that share a byte with `span`; items are ascending and disjoint.
fn overlapping<T>(items: &[T], span: ByteSpan, span_of: impl Fn(&T) -> ByteSpan) -> &[T] {
    let from = items.partition_point(|item| span_of(item).end <= span.start);
    let to = items.partition_point(|item| span_of(item).start < span.end);
    items.get(from..to).unwrap_or_default()
}

/// The item that contains a byte, else the one that ends at it; items are ascending and disjoint.
fn touching<T>(items: &[T], byte: usize, span_of: impl Fn(&T) -> ByteSpan) -> Option<&T> {
    let after = items.partition_point(|item| span_of(item).start <= byte);
    items.get(after.checked_sub(1)?).filter(|item| byte <= span_of(item).end)
}
