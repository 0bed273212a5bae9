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
        boundaries: boundaries(text),
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
            let from = self.pieces.len();
            for run in line.runs() {
                self.take_run(&run, index as u32);
            }
            self.place_line(line.text_range(), from);
        }
    }

    /// Appends a run's pieces, from left to right.
    fn take_run(&mut self, run: &parley::Run<'_, ()>, line: u32) {
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
        let from_piece = self.pieces.len();
        // Width of the pieces of a ligature that stand to the left of the one that holds its glyphs.
        let mut passed = 0.0f32;
        for cluster in run.visual_clusters() {
            let bytes = cluster.text_range();
            let width = cluster.advance();
            let hidden = is_hidden(self.text, bytes.start);
            let from = self.glyphs.len() as u32;
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
                            dy: glyph.y.round(),
                            byte: bytes.start as u32,
                        });
                    }
                    x += glyph.advance;
                }
                pen = -std::mem::take(&mut passed);
            }
            self.pieces.push(Piece {
                start: bytes.start as u32,
                end: bytes.end as u32,
                line,
                place: 0,
                x: 0.0,
                width,
                rtl,
                begins_word: cluster.is_word_boundary(),
                glyphs: from..self.glyphs.len() as u32,
                pen,
                missing,
            });
        }
        share_width(self.pieces.get_mut(from_piece..).unwrap_or_default(), self.text, run.font_size());
    }

    /// Gives the pieces of a line, which are those from `from` on and stand from left to right, their places, and puts
    /// them into the order of the text.
    fn place_line(&mut self, bytes: Range<usize>, from: usize) {
        let pieces = self.pieces.get(from..).unwrap_or_default();
        let turns = self.rtl || pieces.iter().any(|piece| piece.rtl);
        if turns {
            let blank_from = bytes.start + self.text.get(bytes.clone()).unwrap_or("").trim_end_matches(hangs).len();
            let mut visual = self.pieces.split_off(from);
            blanks_last(&mut visual, blank_from as u32, self.rtl);
            join_graphemes(&mut visual, &self.boundaries);
            self.pieces.append(&mut visual);
        }
        // The rest of a grapheme that began on the line before has no place of its own here.
        let own_from = self.boundaries.partition_point(|&boundary| (boundary as usize) < bytes.start);
        let own_from = self.boundaries.get(own_from).copied().unwrap_or(u32::MAX);
        let pieces = self.pieces.get_mut(from..).unwrap_or_default();
        for piece in pieces.iter_mut().filter(|piece| piece.start < own_from) {
            piece.width = 0.0;
        }

        let mut x = match self.max_width {
            Some(width) if self.rtl => width - pieces.iter().map(|piece| piece.width).sum::<f32>(),
            _ => 0.0,
        };
        for (place, piece) in pieces.iter_mut().enumerate() {
            piece.place = place as u32;
            piece.x = grid(x);
            let mut pen = x + piece.pen;
            if let Ok(index) = self.widened.binary_search_by_key(&piece.start, |cluster| cluster.start) {
                // A bare accent hangs to the left of its pen, so it is moved into the room it was given.
                pen += self.widened.get(index).map_or(0.0, |cluster| cluster.by);
            }
            for glyph in self.glyphs.get_mut(piece.glyphs.start as usize..piece.glyphs.end as usize).unwrap_or_default()
            {
                glyph.x += pen;
            }
            x += piece.width;
            piece.width = grid(x) - piece.x;
        }
        if turns {
            pieces.sort_by_key(|piece| piece.start);
        }
    }

    fn finish(mut self, style: &Style) -> Paragraph {
        let mut rows: Vec<ClusterRow> = Vec::with_capacity(self.pieces.len());
        // Where the text turns: line, place there, and place among those that share it, of each cluster.
        let mut places: Vec<(u32, u32, u32)> = Vec::new();
        let turns = self.rtl || self.pieces.iter().any(|piece| piece.rtl);
        let mut pieces = self.pieces.iter().peekable();
        let ends_of_graphemes = self.boundaries.iter().skip(1).map(|&boundary| boundary as usize);
        let mut boundaries = ends_of_graphemes.chain([self.text.len()]);
        let (mut group, mut ends) = (Vec::new(), Vec::new());
        let mut end = 0usize;
        let mut room = Room::default();
        // Lines whose first cluster has been met.
        let mut lines = 0;
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
            let share = |parts: usize| match parts {
                0 => 0.0,
                all if all == ends.len() => room.width,
                part => grid(room.width * part as f32 / ends.len() as f32),
            };
            for (index, &part_end) in ends.iter().enumerate() {
                let from_left = if room.rtl { ends.len() - 1 - index } else { index };
                let (left, right) = (share(from_left), share(from_left + 1));
                let row = room.row(start, left, right - left, self.text, index == 0);
                self.marks.extend(mark(row, room.line, self.text.get(start..part_end).unwrap_or(""), room.missing));
                if turns {
                    places.push((room.line, room.place, from_left as u32));
                }
                while let Some(line) = self.lines.get_mut(lines).filter(|_| lines <= room.line as usize) {
                    line.cluster = rows.len() as u32;
                    lines += 1;
                }
                rows.push(row);
                start = part_end;
            }
        }
        for line in self.lines.iter_mut().skip(lines) {
            line.cluster = rows.len() as u32;
        }
        self.close(rows, &places, style)
    }

    /// Closes the table: how much of the width each line takes, and the order by sight.
    fn close(mut self, rows: Vec<ClusterRow>, places: &[(u32, u32, u32)], style: &Style) -> Paragraph {
        let start = if self.rtl { self.max_width.unwrap_or(0.0) } else { 0.0 };
        let mut end = rows.len();
        for line in self.lines.iter_mut().rev() {
            let own = rows.get(line.cluster as usize..end).unwrap_or_default();
            line.left = own.iter().map(|row| row.x).reduce(f32::min).unwrap_or(start);
            line.right = own.iter().map(|row| row.right()).reduce(f32::max).unwrap_or(start);
            end = line.cluster as usize;
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
        let first = *group.first()?;
        let mut room = Self {
            line: first.line,
            place: first.place,
            x: first.x,
            width: first.width,
            rtl: first.rtl,
            begins_word: first.begins_word,
            missing: group.iter().any(|piece| piece.missing),
        };
        if group.len() == 1 {
            return Some(room);
        }
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
        let letter = match text.as_bytes().get(start) {
            Some(byte) if byte.is_ascii() => byte.is_ascii_alphanumeric(),
            _ => text.get(start..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphanumeric),
        };
        if letter {
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

/// Whether the character at a byte is drawn as a mark or not at all, whatever a face has for it.
fn is_hidden(text: &str, start: usize) -> bool {
    match text.as_bytes().get(start) {
        Some(byte) if byte.is_ascii() => byte.is_ascii_control(),
        _ => text.get(start..).and_then(|rest| rest.chars().next()).and_then(mark_of).is_some(),
    }
}

/// Where graphemes begin. Below U+0300 nothing joins what stands before it, but for CR LF, so that most of a text needs no
/// more than a look at two characters.
fn boundaries(text: &str) -> Vec<u32> {
    let mut boundaries = Vec::with_capacity(text.len());
    // The last boundary that depends on nothing after it, and whether what follows it has to be looked at more closely.
    let (mut last, mut joins) = (0, false);
    let mut before = None;
    let split = |boundaries: &mut Vec<u32>, part: Range<usize>, joins: bool| {
        if joins {
            let graphemes = text.get(part.clone()).unwrap_or("").grapheme_indices(true);
            boundaries.extend(graphemes.map(|(start, _)| (part.start + start) as u32));
        } else if !part.is_empty() {
            boundaries.push(part.start as u32);
        }
    };
    for (at, c) in text.char_indices() {
        match before {
            Some(before) if before < '\u{300}' && c < '\u{300}' && before != '\r' => {
                split(&mut boundaries, last..at, joins);
                (last, joins) = (at, false);
            }
            Some(_) => joins = true,
            None => {}
        }
        before = Some(c);
    }
    split(&mut boundaries, last..text.len(), joins);
    boundaries
}

/// Edges of clusters stand on 64ths of a pixel, so that sums are exact and one's right edge is the next one's left.
fn grid(x: f32) -> f32 {
    (x * 64.0 + 0.5) as i64 as f32 / 64.0
}
