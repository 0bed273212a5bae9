//! From parley's layout to the table of a [`Paragraph`].
//!
//! Knows nothing of where the paragraph is shown. Held by `tests/text.rs`.
//!
//! parley gives lines of runs of clusters, from left to right. `pieces.rs` puts those of a line right; here each gets its
//! place, pieces of one grapheme become one cluster, a ligature's width is shared among its graphemes, and glyphs that
//! a face lacks and characters without a shape become marks.

use std::ops::Range;
use std::sync::Arc;

use parley::Layout;
use unicode_segmentation::UnicodeSegmentation;

use super::fonts::Face;
use super::paragraph::{ClusterRow, Glyph, LineRow};
use super::pieces::{Piece, blanks_last, hangs, join_graphemes, share_width};
use super::shape::Widened;
use super::unseen::{Mark, MarkKind, is_odd_after, mark_of};
use super::{Fonts, Paragraph, Style};

/// Builds the table of a layout.
pub(super) fn build(
    fonts: &mut Fonts,
    text: &str,
    layout: &Layout<()>,
    style: &Style,
    max_width: Option<f32>,
    widened: &[Widened],
) -> Paragraph {
    let mut builder = Builder {
        text,
        fonts,
        rtl: layout.is_rtl(),
        max_width,
        pieces: Vec::with_capacity(text.len()),
        boundaries: text.grapheme_indices(true).map(|(start, _)| start as u32).collect(),
        glyphs: Vec::with_capacity(text.len()),
        faces: Vec::new(),
        lines: Vec::with_capacity(layout.len()),
        marks: Vec::new(),
        widened,
    };
    builder.take_lines(layout);
    builder.finish(style)
}

struct Builder<'a> {
    text: &'a str,
    fonts: &'a mut Fonts,
    rtl: bool,
    max_width: Option<f32>,
    /// In the order of the text.
    pieces: Vec<Piece>,
    /// Where graphemes begin.
    boundaries: Vec<u32>,
    glyphs: Vec<Glyph>,
    faces: Vec<Arc<Face>>,
    lines: Vec<LineRow>,
    marks: Vec<Mark>,
    widened: &'a [Widened],
}

impl Builder<'_> {
    fn take_lines(&mut self, layout: &Layout<()>) {
        let mut visual = Vec::new();
        for (index, line) in layout.lines().enumerate() {
            let metrics = line.metrics();
            self.lines.push(LineRow {
                cluster: 0,
                glyph: self.glyphs.len() as u32,
                top: metrics.block_min_coord,
                baseline: metrics.baseline,
                left: 0.0,
                right: 0.0,
            });
            if self.text.is_empty() {
                // parley lays out a space in its place, for its height.
                continue;
            }
            for run in line.runs() {
                self.take_run(&run, index as u32, &mut visual);
            }
            self.place_line(line.text_range(), &mut visual);
        }
    }

    /// Appends a run's pieces, from left to right, to `visual`.
    fn take_run(&mut self, run: &parley::Run<'_, ()>, line: u32, visual: &mut Vec<Piece>) {
        let synthesis = run.synthesis();
        let skew = synthesis.skew().unwrap_or(0.0);
        let coords: Vec<i16> = run.normalized_coords().iter().map(|coord| coord.to_bits()).collect();
        let face = self.fonts.face(run.font(), run.font_size(), &coords, synthesis.embolden(), skew);
        let face = match self.faces.iter().position(|known| known.id == face.id) {
            Some(index) => index,
            None => {
                self.faces.push(face);
                self.faces.len() - 1
            }
        };
        let rtl = run.is_rtl();
        let from_piece = visual.len();
        // Width of the pieces of a ligature that stand to the left of the one that holds its glyphs.
        let mut passed = 0.0f32;
        for cluster in run.visual_clusters() {
            let bytes = cluster.text_range();
            let width = cluster.advance();
            let first = self.text.get(bytes.clone()).and_then(|part| part.chars().next()).unwrap_or(' ');
            let hidden = first == '\t' || mark_of(first).is_some();
            let from = self.glyphs.len();
            let mut missing = false;
            let mut pen = 0.0f32;
            if cluster.is_ligature_continuation() {
                if rtl {
                    passed += width;
                }
            } else {
                let mut x = 0.0f32;
                for glyph in cluster.glyphs() {
                    missing |= glyph.id == 0 && !hidden;
                    if !hidden && glyph.id != 0 {
                        self.glyphs.push(Glyph {
                            face: face as u16,
                            id: glyph.id as u16,
                            x: x + glyph.x,
                            dy: glyph.y,
                            byte: bytes.start as u32,
                        });
                    }
                    x += glyph.advance;
                }
                pen = -std::mem::take(&mut passed);
            }
            visual.push(Piece {
                start: bytes.start as u32,
                end: bytes.end as u32,
                line,
                place: 0,
                x: 0.0,
                width,
                rtl,
                begins_word: cluster.is_word_boundary(),
                glyphs: from..self.glyphs.len(),
                pen,
                missing,
            });
        }
        share_width(visual.get_mut(from_piece..).unwrap_or_default(), self.text, run.font_size());
    }

    /// Gives the pieces of a line, which stand in `visual` from left to right, their places, and moves them to
    /// `self.pieces`.
    fn place_line(&mut self, bytes: Range<usize>, visual: &mut Vec<Piece>) {
        let blank_from = bytes.start + self.text.get(bytes.clone()).unwrap_or("").trim_end_matches(hangs).len();
        if self.rtl || visual.iter().any(|piece| piece.rtl) {
            blanks_last(visual, blank_from as u32, self.rtl);
            join_graphemes(visual, &self.boundaries);
        }
        // The rest of a grapheme that began on the line before has no place of its own here.
        let own_from = self.boundaries.partition_point(|&boundary| (boundary as usize) < bytes.start);
        let own_from = self.boundaries.get(own_from).copied().unwrap_or(u32::MAX);
        for piece in visual.iter_mut().filter(|piece| piece.start < own_from) {
            piece.width = 0.0;
        }

        let mut x = match self.max_width {
            Some(width) if self.rtl => width - visual.iter().map(|piece| piece.width).sum::<f32>(),
            _ => 0.0,
        };
        let from = self.pieces.len();
        for (place, mut piece) in visual.drain(..).enumerate() {
            piece.place = place as u32;
            piece.x = grid(x);
            let widened = self.widened.binary_search_by_key(&piece.start, |cluster| cluster.start);
            let widened = widened.ok().and_then(|index| self.widened.get(index)).map_or(0.0, |cluster| cluster.by);
            for glyph in self.glyphs.get_mut(piece.glyphs.clone()).unwrap_or_default() {
                // A bare accent hangs to the left of its pen, so it is moved into the room it was given.
                glyph.x += x + piece.pen + widened;
            }
            x += piece.width;
            piece.width = grid(x) - piece.x;
            self.pieces.push(piece);
        }
        if let Some(pieces) = self.pieces.get_mut(from..) {
            pieces.sort_by_key(|piece| piece.start);
        }
    }

    fn finish(mut self, style: &Style) -> Paragraph {
        let mut rows: Vec<ClusterRow> = Vec::with_capacity(self.pieces.len());
        // Line of each cluster, and its place there.
        let mut places: Vec<(u32, u32, u32)> = Vec::with_capacity(self.pieces.len());
        let mut pieces = self.pieces.iter().peekable();
        let ends_of_graphemes = self.boundaries.iter().skip(1).map(|&boundary| boundary as usize);
        let mut boundaries = ends_of_graphemes.chain([self.text.len()]);
        let (mut group, mut ends) = (Vec::new(), Vec::new());
        let mut end = 0usize;
        let mut room = Room::default();
        while end < self.text.len() {
            // The least stretch at whose ends a grapheme and a piece end alike: nearly always one of each.
            let mut start = end;
            let mut reach = start + 1;
            group.clear();
            ends.clear();
            while end < reach {
                let Some(boundary) = boundaries.next() else { break };
                end = boundary;
                ends.push(end);
                while let Some(piece) = pieces.next_if(|piece| (piece.start as usize) < end) {
                    reach = reach.max(piece.end as usize);
                    group.push(piece);
                }
            }
            room = Room::of(&group).unwrap_or_else(|| room.after());
            let share = |parts: usize| grid(room.width * parts as f32 / ends.len() as f32);
            for (index, &part_end) in ends.iter().enumerate() {
                let from_left = if room.rtl { ends.len() - 1 - index } else { index };
                let (left, right) = (share(from_left), share(from_left + 1));
                let row = room.row(start, left, right - left, self.text, index == 0);
                self.marks.extend(mark(row, room.line, self.text.get(start..part_end).unwrap_or(""), room.missing));
                rows.push(row);
                places.push((room.line, room.place, from_left as u32));
                start = part_end;
            }
        }
        self.close(rows, &places, style)
    }

    /// Closes the table: which clusters and how much of the width each line has, and the order by sight.
    fn close(mut self, rows: Vec<ClusterRow>, places: &[(u32, u32, u32)], style: &Style) -> Paragraph {
        let mut next = 0;
        for (number, line) in self.lines.iter_mut().enumerate() {
            line.cluster = next as u32;
            let count = places.iter().skip(next).take_while(|place| place.0 as usize <= number).count();
            let own = rows.get(next..next + count).unwrap_or(&[]);
            let start = if self.rtl { self.max_width.unwrap_or(0.0) } else { 0.0 };
            line.left = own.iter().map(|row| row.x).reduce(f32::min).unwrap_or(start);
            line.right = own.iter().map(|row| row.right()).reduce(f32::max).unwrap_or(start);
            next += count;
        }
        let mut order = Vec::new();
        if !places.is_sorted() {
            order.extend(0..rows.len() as u32);
            order.sort_by_key(|&index| places.get(index as usize));
        }
        Paragraph {
            width: self.lines.iter().map(|line| line.right).fold(0.0, f32::max),
            lines: self.lines.into(),
            clusters: rows.into(),
            order: order.into(),
            glyphs: self.glyphs.into(),
            faces: self.faces.into(),
            marks: self.marks.into(),
            len: self.text.len() as u32,
            rtl: self.rtl,
            size_px: style.size_px,
            line_height_px: style.line_height_px,
        }
    }
}

/// Where the pieces of one grapheme stand.
#[derive(Clone, Copy, Debug, Default)]
struct Room {
    line: u32,
    place: u32,
    x: f32,
    width: f32,
    rtl: bool,
    begins_word: bool,
    missing: bool,
}

impl Room {
    /// The room of all pieces if they stand side by side; otherwise, as where a line or a turn of direction parts a
    /// grapheme, that of the widest.
    fn of(group: &[&Piece]) -> Option<Self> {
        let first = group.first()?;
        let mut room = Self {
            line: first.line,
            place: first.place,
            x: first.x,
            width: first.width,
            rtl: first.rtl,
            begins_word: first.begins_word,
            missing: group.iter().any(|piece| piece.missing),
        };
        let widest = group.iter().max_by(|a, b| a.width.total_cmp(&b.width))?;
        room.rtl = widest.rtl;
        let leftmost = group.iter().min_by_key(|piece| piece.place)?;
        let rightmost = group.iter().max_by_key(|piece| piece.place)?;
        let one_line = group.iter().all(|piece| piece.line == first.line);
        if one_line && (rightmost.place - leftmost.place) as usize + 1 == group.len() {
            (room.place, room.x) = (leftmost.place, leftmost.x);
            room.width = group.iter().map(|piece| piece.width).sum();
        } else {
            (room.line, room.place, room.x, room.width) = (widest.line, widest.place, widest.x, widest.width);
        }
        Some(room)
    }

    /// The room of a grapheme that has no piece: none, at the far edge of what came before it.
    fn after(self) -> Self {
        Self { x: if self.rtl { self.x } else { self.x + self.width }, width: 0.0, ..self }
    }

    /// The row of one of the graphemes that share the room, the one that begins at `start`.
    fn row(self, start: usize, left: f32, width: f32, text: &str, first: bool) -> ClusterRow {
        let mut flags = 0;
        if self.rtl {
            flags |= ClusterRow::RTL;
        }
        if self.begins_word && first {
            flags |= ClusterRow::SEGMENT;
        }
        if text.get(start..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphanumeric) {
            flags |= ClusterRow::LETTER;
        }
        ClusterRow { start: start as u32, x: self.x + left, width, flags }
    }
}

/// The mark that a cluster needs, if any.
fn mark(row: ClusterRow, line: u32, cluster: &str, missing: bool) -> Option<Mark> {
    if let ([b' '..=b'~'], false) = (cluster.as_bytes(), missing) {
        return None;
    }
    let mut chars = cluster.chars();
    let base = chars.next()?;
    let over = |kind| Some(Mark { kind, line, x: row.x, width: row.width });
    if let Some(kind) = mark_of(base) {
        return over(kind);
    }
    if missing {
        return over(MarkKind::Missing);
    }
    let odd = chars.find_map(|c| mark_of(c).filter(|_| is_odd_after(base, c)))?;
    let x = if row.is(ClusterRow::RTL) { row.x } else { row.right() };
    Some(Mark { kind: odd, line, x, width: 0.0 })
}

/// Edges of clusters stand on 64ths of a pixel, so that sums are exact and one's right edge is the next one's left.
fn grid(x: f32) -> f32 {
    (x * 64.0).round() / 64.0
}
