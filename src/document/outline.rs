//! Paragraphs and their parts where the format tells of them: what [`blocks`](super::blocks) finds in plain text.
//!
//! Knows no format. Held by `tests/document.rs`.

use super::blocks::{self, Mark, is_blank, slice};
use super::original::{Apart, Block, BlockKind};
use super::structure::{MOST, Paragraph, Part, PartKind};
use super::text::ByteSpan;

/// Paragraphs and parts of a text whose blocks are known; every part lies in a paragraph and every paragraph has a part.
/// `mark` is for blocks that are plain text.
pub(super) fn given(text: &str, given: &[Block], mark: fn(&str) -> Option<Mark>) -> (Vec<Paragraph>, Vec<Part>) {
    let mut outline = Outline { text, paragraphs: Vec::new(), parts: Vec::new() };
    let mut before: Option<&BlockKind> = None;
    for block in given {
        if outline.parts.len() >= MOST {
            break;
        }
        match &block.kind {
            BlockKind::Lines if block.apart != Some(Apart::Furniture) => outline.found(block.span, mark),
            kind => {
                let goes_on = before.is_some_and(|before| is_same_row(before, kind));
                outline.lines(block.span, part_kind(block), goes_on);
            }
        }
        before = Some(&block.kind);
    }
    (outline.paragraphs, outline.parts)
}

struct Outline<'a> {
    text: &'a str,
    paragraphs: Vec<Paragraph>,
    parts: Vec<Part>,
}

impl Outline<'_> {
    /// A block that is a paragraph, or goes on with the last one; each of its lines is a part.
    fn lines(&mut self, span: ByteSpan, kind: PartKind, goes_on: bool) {
        let first = self.parts.len();
        let mut start = span.start;
        for line in slice(self.text, span).split_inclusive('\n') {
            let words = line.trim_matches(is_blank);
            let from = start + (line.len() - line.trim_start_matches(is_blank).len());
            start += line.len();
            if words.is_empty() {
                continue;
            }
            let is_full = self.parts.len() >= MOST;
            let span = ByteSpan { start: from, end: from + words.len() };
            match self.parts.get_mut(first..).and_then(<[Part]>::last_mut) {
                // What is more than is kept belongs to the last part of the block.
                Some(last) if is_full => last.span.end = span.end,
                _ => self.parts.push(Part { span, kind }),
            }
        }
        let (Some(begin), Some(end)) = (self.parts.get(first), self.parts.last()) else { return };
        let inside = ByteSpan { start: begin.span.start, end: end.span.end };
        match self.paragraphs.last_mut() {
            Some(last) if goes_on => {
                last.span.end = inside.end;
                last.parts.end = self.parts.len();
            }
            _ => self.paragraphs.push(Paragraph {
                number: self.paragraphs.len() + 1,
                span: inside,
                from: span.start,
                parts: first..self.parts.len(),
            }),
        }
    }

    /// A block of plain text: its own signs tell.
    fn found(&mut self, span: ByteSpan, mark: fn(&str) -> Option<Mark>) {
        let (paragraphs, parts) = blocks::outline(self.text, span, mark);
        let (numbered, moved) = (self.paragraphs.len(), self.parts.len());
        self.paragraphs.extend(paragraphs.into_iter().map(|paragraph| Paragraph {
            number: paragraph.number + numbered,
            parts: paragraph.parts.start + moved..paragraph.parts.end + moved,
            ..paragraph
        }));
        self.parts.extend(parts);
    }
}

fn is_same_row(before: &BlockKind, kind: &BlockKind) -> bool {
    match (before, kind) {
        (BlockKind::Cell { table: before_table, row: before_row, .. }, BlockKind::Cell { table, row, .. }) => {
            before_table == table && before_row == row
        }
        _ => false,
    }
}

fn part_kind(block: &Block) -> PartKind {
    if block.apart == Some(Apart::Furniture) {
        return PartKind::Furniture;
    }
    match block.kind {
        BlockKind::Title => PartKind::Title,
        BlockKind::Heading(_) => PartKind::Heading,
        BlockKind::ListItem { .. } => PartKind::ListItem,
        BlockKind::Cell { .. } => PartKind::Cell,
        BlockKind::Caption => PartKind::Caption,
        BlockKind::Paragraph | BlockKind::Preformatted | BlockKind::Lines => PartKind::Body,
    }
}
