//! A paragraph as laid out: a table of its clusters, lines and glyphs, built once and only read afterwards.
//!
//! Knows nothing of where it is shown. Built by `shape.rs`; read by `navigate.rs` and `atlas.rs`. Held by
//! `tests/text.rs`.
//!
//! A cluster is one extended grapheme cluster (UAX #29): what a reader takes for one character, and the least that a
//! selection can hold. Clusters tile the text in its own order; on the page they tile each line from left to right.

use std::ops::Range;
use std::sync::Arc;

use super::fonts::Face;
use super::unseen::Mark;
use super::{Fonts, Span, Style, shape};

/// A laid-out hard line of text. All lengths are physical pixels from the paragraph's top left corner.
#[derive(Debug)]
pub struct Paragraph {
    pub(super) lines: Box<[LineRow]>,
    pub(super) clusters: Box<[ClusterRow]>,
    /// The clusters as they stand from left to right, line after line; empty where that is the order of the text.
    pub(super) order: Box<[u32]>,
    pub(super) glyphs: Box<[Glyph]>,
    pub(super) faces: Box<[Arc<Face>]>,
    pub(super) marks: Box<[Mark]>,
    /// Bytes of the text.
    pub(super) len: u32,
    pub(super) rtl: bool,
    pub(super) size_px: f32,
    pub(super) line_height_px: f32,
    pub(super) width: f32,
}

/// One cluster's row of the table; it ends where the next one starts.
#[derive(Clone, Copy, Debug)]
pub(super) struct ClusterRow {
    pub(super) start: u32,
    pub(super) x: f32,
    pub(super) width: f32,
    pub(super) flags: u8,
}

impl ClusterRow {
    /// Runs from right to left.
    pub(super) const RTL: u8 = 1;
    /// A segment of UAX #29's word boundaries begins here.
    pub(super) const SEGMENT: u8 = 2;
    /// Begins with a letter or a figure.
    pub(super) const LETTER: u8 = 4;

    pub(super) fn is(self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    pub(super) fn right(self) -> f32 {
        self.x + self.width
    }
}

/// One line's row of the table.
#[derive(Clone, Copy, Debug)]
pub(super) struct LineRow {
    /// First cluster; the line ends where the next one starts.
    pub(super) cluster: u32,
    /// First glyph; the line ends where the next one starts.
    pub(super) glyph: u32,
    pub(super) top: f32,
    pub(super) baseline: f32,
    pub(super) left: f32,
    pub(super) right: f32,
}

/// A glyph and where its origin stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    /// Index into the paragraph's faces.
    pub(super) face: u16,
    pub(super) id: u16,
    pub(super) x: f32,
    /// Below the line's baseline, in whole pixels.
    pub(super) dy: f32,
    /// First byte of the text it draws.
    pub(super) byte: u32,
}

/// A line as others see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Bytes of the paragraph's text on this line, white space at its end included.
    pub bytes: Range<usize>,
    /// Upper edge.
    pub top: f32,
    /// Where letters stand, on a whole pixel if the paragraph does.
    pub baseline: f32,
    /// Distance to the next line's top.
    pub height: f32,
    /// Left edge of what stands on it.
    pub left: f32,
    /// Right edge of what stands on it.
    pub right: f32,
}

/// A cluster as others see it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// Its bytes of the paragraph's text.
    pub bytes: Range<usize>,
    /// Left edge.
    pub x: f32,
    /// Width; 0 only for what has none by nature at a line's end.
    pub width: f32,
    /// Whether it runs from right to left.
    pub rtl: bool,
    /// Whether a word, or what stands between words, begins with it.
    pub begins_word: bool,
}

impl Paragraph {
    /// Lays out one hard line (see [`super::hard_lines`]), wrapped at `max_width` physical pixels if given.
    #[must_use]
    pub fn new(fonts: &mut Fonts, text: &str, style: &Style, max_width: Option<f32>) -> Self {
        shape::lay_out(fonts, text, style, &[], max_width)
    }

    /// The same with parts in another weight or slant. Where spans overlap the later one counts.
    #[must_use]
    pub fn with_spans(fonts: &mut Fonts, text: &str, style: &Style, spans: &[Span], max_width: Option<f32>) -> Self {
        shape::lay_out(fonts, text, style, spans, max_width)
    }

    /// Bytes of the text.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len as usize
    }

    /// Whether there is no text; it still has one line.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Whether the paragraph as a whole runs from right to left.
    #[must_use]
    pub fn is_rtl(&self) -> bool {
        self.rtl
    }

    /// Right edge of its widest line.
    #[must_use]
    pub fn width(&self) -> f32 {
        self.width
    }

    /// Height of all its lines.
    #[must_use]
    pub fn height(&self) -> f32 {
        self.lines.len() as f32 * self.line_height_px
    }

    /// How many lines it takes; at least one.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// A line by number from 0; the last one beyond the end.
    #[must_use]
    pub fn line(&self, index: usize) -> Line {
        let index = index.min(self.lines.len().saturating_sub(1));
        let clusters = self.clusters_of(index);
        let (top, baseline, left, right) =
            self.lines.get(index).map_or((0.0, 0.0, 0.0, 0.0), |row| (row.top, row.baseline, row.left, row.right));
        Line {
            bytes: self.start_of(clusters.start)..self.start_of(clusters.end),
            top,
            baseline,
            height: self.line_height_px,
            left,
            right,
        }
    }

    /// All lines from the top.
    pub fn lines(&self) -> impl Iterator<Item = Line> + '_ {
        (0..self.line_count()).map(|index| self.line(index))
    }

    /// The clusters of a line in the order of the text.
    pub fn line_clusters(&self, line: usize) -> impl Iterator<Item = Cluster> + '_ {
        self.clusters_of(line).filter_map(|index| {
            let row = self.clusters.get(index)?;
            Some(Cluster {
                bytes: row.start as usize..self.start_of(index + 1),
                x: row.x,
                width: row.width,
                rtl: row.is(ClusterRow::RTL),
                begins_word: row.is(ClusterRow::SEGMENT),
            })
        })
    }

    /// About how many bytes of memory it holds, its shared faces apart.
    #[must_use]
    pub fn memory(&self) -> usize {
        size_of::<Self>()
            + size_of_val(&*self.lines)
            + size_of_val(&*self.clusters)
            + size_of_val(&*self.order)
            + size_of_val(&*self.glyphs)
            + size_of_val(&*self.faces)
            + size_of_val(&*self.marks)
    }

    /// The clusters of a line as indices into the table.
    pub(super) fn clusters_of(&self, line: usize) -> Range<usize> {
        let start = self.lines.get(line).map_or(self.clusters.len(), |row| row.cluster as usize);
        let end = self.lines.get(line + 1).map_or(self.clusters.len(), |row| row.cluster as usize);
        start..end
    }

    /// The glyphs of a line.
    pub(super) fn glyphs_of(&self, line: usize) -> &[Glyph] {
        let start = self.lines.get(line).map_or(self.glyphs.len(), |row| row.glyph as usize);
        let end = self.lines.get(line + 1).map_or(self.glyphs.len(), |row| row.glyph as usize);
        self.glyphs.get(start..end).unwrap_or(&[])
    }

    /// First byte of a cluster; the text's length beyond the last one.
    pub(super) fn start_of(&self, cluster: usize) -> usize {
        self.clusters.get(cluster).map_or(self.len(), |row| row.start as usize)
    }
}
