//! Where the caret is and where a key takes it, from line to line of the whole document.
//!
//! Within a line the text's own table answers (`app::text`); here is what lies between lines: blank ones and folded
//! parts are passed over. Knows no keys. Held by `tests/reader.rs`.

use super::scroll::{Column, Place};
use super::sheet::{Row, Sheet};
use super::sheets::Laying;
use crate::app::text::{Affinity, Position, Step, Unit};
use crate::document::ByteSpan;

/// Chunks looked through for a line that can be seen; beyond them there is nothing but blank.
const FAR: usize = 64;

/// Where the caret is: a byte of the text, and which of its neighbours it belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Caret {
    /// Byte of the text.
    pub byte: usize,
    /// Which neighbour it stands with, where a line wraps or the direction changes.
    pub affinity: Affinity,
}

impl From<usize> for Caret {
    fn from(byte: usize) -> Self {
        Self { byte, affinity: Affinity::Downstream }
    }
}

/// The selection: from the end that stays to the one that moves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The end that stays.
    pub anchor: usize,
    /// The end that moves.
    pub caret: Caret,
}

impl Selection {
    /// Nothing selected, the caret here.
    #[must_use]
    pub fn at(caret: impl Into<Caret>) -> Self {
        let caret = caret.into();
        Self { anchor: caret.byte, caret }
    }

    /// These bytes, the caret at their end.
    #[must_use]
    pub fn of(span: ByteSpan) -> Self {
        Self { anchor: span.start, caret: Caret { byte: span.end, affinity: Affinity::Upstream } }
    }

    /// What is selected; empty at the caret where nothing is.
    #[must_use]
    pub fn span(self) -> ByteSpan {
        ByteSpan::new(self.anchor, self.caret.byte)
    }
}

/// Where a key takes the caret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// By sight, a cluster or a word.
    Aside(Step, Unit),
    /// Up a line.
    Up,
    /// Down a line.
    Down,
    /// To the start of the line.
    LineStart,
    /// To the end of the line.
    LineEnd,
    /// To the start of this paragraph, or of the one before.
    ParagraphUp,
    /// To the start of the next paragraph.
    ParagraphDown,
    /// To the start of the document.
    Start,
    /// To the end of the document.
    End,
}

/// The caret as it stands on its sheet, in points of the column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CaretLine {
    /// The chunk.
    pub chunk: usize,
    /// Across, from the column's left edge.
    pub x: f32,
    /// Top of its line, from the top of the sheet.
    pub top: f32,
    /// Height of its line.
    pub height: f32,
    /// Letters of its line stand this far below its top.
    pub baseline: f32,
}

/// A row by the numbers of its chunk and its place there.
type RowAt = (usize, usize);

impl Laying<'_, '_> {
    fn pixels(&self) -> f32 {
        self.sheets.measure().map_or(1.0, |measure| measure.pixels)
    }

    fn row(&self, (chunk, row): RowAt) -> Option<&Row> {
        self.sheets.get(chunk)?.rows.get(row)
    }

    /// The row at a byte, or the nearest one that can be seen: after it, else before it.
    fn row_of(&mut self, byte: usize) -> Option<RowAt> {
        let chunk = self.chunks().at_byte(byte);
        let sheet = self.sheet(chunk)?;
        let row = sheet.row_at_byte(byte).filter(|&row| sheet.rows.get(row).is_some_and(|it| it.span.end >= byte));
        match row {
            Some(row) => Some((chunk, row)),
            None => self.first_row(chunk + 1).or_else(|| self.last_row(chunk)),
        }
    }

    /// The first row of a chunk or of those that follow.
    fn first_row(&mut self, chunk: usize) -> Option<RowAt> {
        let end = self.chunks().len().min(chunk.saturating_add(FAR));
        (chunk..end)
            .find(|&chunk| self.sheet(chunk).is_some_and(|sheet| !sheet.rows.is_empty()))
            .map(|chunk| (chunk, 0))
    }

    /// The last row of a chunk or of those before it.
    fn last_row(&mut self, chunk: usize) -> Option<RowAt> {
        let last = |sheet: &Sheet| sheet.rows.len().checked_sub(1);
        (chunk.saturating_sub(FAR)..=chunk).rev().find_map(|chunk| Some((chunk, self.sheet(chunk).and_then(last)?)))
    }

    fn row_after(&mut self, (chunk, row): RowAt) -> Option<RowAt> {
        if self.row((chunk, row + 1)).is_some() { Some((chunk, row + 1)) } else { self.first_row(chunk + 1) }
    }

    fn row_before(&mut self, (chunk, row): RowAt) -> Option<RowAt> {
        match row.checked_sub(1) {
            Some(row) => Some((chunk, row)),
            None => self.last_row(chunk.checked_sub(1)?),
        }
    }

    fn caret_in(&self, at: RowAt, position: Position) -> Option<Caret> {
        Some(Caret { byte: self.row(at)?.span.start + position.byte, affinity: position.affinity })
    }

    fn position_in(&self, at: RowAt, caret: Caret) -> Option<Position> {
        let row = self.row(at)?;
        let byte = caret.byte.saturating_sub(row.span.start).min(row.text.len());
        Some(Position { byte, affinity: caret.affinity })
    }

    /// The caret where it can be seen: out of blank lines and folded parts, between two clusters.
    pub fn seen(&mut self, caret: Caret) -> Caret {
        let Some(at) = self.row_of(caret.byte) else { return caret };
        let position = self.position_in(at, caret).unwrap_or_default();
        let snapped = self.row(at).map_or(position.byte, |row| row.text.snap(position.byte..position.byte).start);
        self.caret_in(at, Position { byte: snapped, ..position }).unwrap_or(caret)
    }

    /// Where the caret stands.
    pub fn caret_line(&mut self, caret: Caret) -> Option<CaretLine> {
        let at = self.row_of(caret.byte)?;
        let position = self.position_in(at, caret)?;
        let pixels = self.pixels();
        let row = self.row(at)?;
        let rect = row.text.caret(position);
        let line = row.text.line(rect.line);
        Some(CaretLine {
            chunk: at.0,
            x: rect.x / pixels,
            top: row.top + row.line_height * rect.line as f32,
            height: row.line_height,
            baseline: (line.baseline - line.top) / pixels,
        })
    }

    /// Whether a step that way goes forward in the text where the caret is.
    pub fn leads_on(&mut self, caret: Caret, step: Step) -> bool {
        let at = self.row_of(caret.byte);
        at.and_then(|at| self.row(at)).is_none_or(|row| row.text.leads_on(step))
    }

    /// The caret nearest to a point: `x` in points of the column, `y` points below a place.
    pub fn caret_at(&mut self, place: Place, x: f32, y: f64) -> Option<Caret> {
        let (at, line, _) = self.line_at(place, y)?;
        let position = self.row(at)?.text.hit_line(line, x * self.pixels());
        self.caret_in(at, position)
    }

    /// The first byte of the letter under a point; `None` where there is none, as beside a line.
    pub fn byte_under(&mut self, place: Place, x: f32, y: f64) -> Option<usize> {
        let (at, number, inside) = self.line_at(place, y)?;
        let x = x * self.pixels();
        let row = self.row(at)?;
        let line = row.text.line(number);
        if !inside || x < line.left || x > line.right {
            return None;
        }
        let mut clusters = row.text.line_clusters(number);
        let under = clusters.find(|cluster| cluster.x <= x && x <= cluster.x + cluster.width)?;
        Some(row.span.start + under.bytes.start)
    }

    /// The line nearest to a height, `y` points below a place: its row, its number there, and whether it is just there.
    fn line_at(&mut self, place: Place, y: f64) -> Option<(RowAt, usize, bool)> {
        let mut chunk = place.chunk;
        let mut y = place.offset + y;
        while y < 0.0 && chunk > 0 {
            chunk -= 1;
            y += self.measure(chunk);
        }
        let last = self.chunks().len() - 1;
        while chunk < last && y >= self.measure(chunk) {
            y -= self.measure(chunk);
            chunk += 1;
        }
        let found = self.sheet(chunk)?.row_at_y(y as f32).map(|row| (chunk, row));
        let at = match found {
            Some(at) => at,
            None => self.first_row(chunk).or_else(|| self.last_row(chunk))?,
        };
        let row = self.row(at)?;
        let down = y as f32 - row.top;
        let line = (down / row.line_height).floor().max(0.0) as usize;
        let inside = found.is_some() && down >= 0.0 && line < row.text.line_count();
        Some((at, line.min(row.text.line_count() - 1), inside))
    }

    /// Where `movement` takes the caret. `goal` is where an upward or downward movement began, in points of the column.
    pub fn moved(&mut self, caret: Caret, movement: Move, goal: f32) -> Option<Caret> {
        let at = self.row_of(caret.byte)?;
        let from = self.position_in(at, caret)?;
        let goal = goal * self.pixels();
        let text = &self.row(at)?.text;
        match movement {
            Move::Aside(step, unit) => {
                let leads_on = text.leads_on(step);
                match text.step(from, step, unit) {
                    Some(to) => self.caret_in(at, to),
                    None if leads_on => self.row_after(at).and_then(|at| self.caret_in(at, Position::before(0))),
                    None => self.row_before(at).and_then(|at| self.end_of(at)),
                }
            }
            Move::Up => match text.vertical(from, false, goal) {
                Some(to) => self.caret_in(at, to),
                None => match self.row_before(at) {
                    Some(above) => {
                        let text = &self.row(above)?.text;
                        self.caret_in(above, text.hit_line(text.line_count() - 1, goal))
                    }
                    None => self.caret_in(at, Position::before(0)),
                },
            },
            Move::Down => match text.vertical(from, true, goal) {
                Some(to) => self.caret_in(at, to),
                None => match self.row_after(at) {
                    Some(below) => self.caret_in(below, self.row(below)?.text.hit_line(0, goal)),
                    None => self.end_of(at),
                },
            },
            Move::LineStart => self.caret_in(at, text.line_start(from)),
            Move::LineEnd => self.caret_in(at, text.line_end(from)),
            Move::ParagraphUp if from.byte > 0 => self.caret_in(at, Position::before(0)),
            Move::ParagraphUp => self.row_before(at).and_then(|at| self.caret_in(at, Position::before(0))),
            Move::ParagraphDown => match self.row_after(at) {
                Some(below) => self.caret_in(below, Position::before(0)),
                None => self.end_of(at),
            },
            Move::Start => self.first_row(0).and_then(|at| self.caret_in(at, Position::before(0))),
            Move::End => {
                let last = self.chunks().len() - 1;
                self.last_row(last).and_then(|at| self.end_of(at))
            }
        }
    }

    fn end_of(&self, at: RowAt) -> Option<Caret> {
        let end = self.row(at)?.text.len();
        self.caret_in(at, Position::after(end))
    }

    /// The word at a place, as the text's table parts them; what stands between two words where there is none.
    pub fn word(&mut self, caret: Caret) -> ByteSpan {
        let Some(at) = self.row_of(caret.byte) else { return caret.byte_span() };
        let position = self.position_in(at, caret).unwrap_or_default();
        let Some(row) = self.row(at) else { return caret.byte_span() };
        // At the far edge of a letter, the word is the one just passed.
        let byte =
            if position.affinity == Affinity::Upstream { position.byte.saturating_sub(1) } else { position.byte };
        let word = row.text.word_at(byte);
        ByteSpan { start: row.span.start + word.start, end: row.span.start + word.end }
    }
}

impl Caret {
    fn byte_span(self) -> ByteSpan {
        ByteSpan { start: self.byte, end: self.byte }
    }
}
