//! A chunk as laid out: its lines one below the other.
//!
//! Blank lines between paragraphs become the gap between them, and parts that are folded become one line; every
//! position of the text stays what it is. Knows no marks and paints nothing. Held by `tests/reader.rs`.

use super::cursor::Caret;
use super::measures::{BASELINE, BOTTOM, BYLINE, FOLD, PARAGRAPH_GAP, TITLE, TOP};
use super::page::{Fold, Page};
use super::units::trimmed;
use crate::app::text::{Direction, Family, Fonts, Paragraph, Position, Style, hard_lines, is_terminator};
use crate::document::{ByteSpan, PartKind, Structure};

/// What laying out depends on besides the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// Width of the column in points.
    pub column: f32,
    /// Physical pixels in a point.
    pub pixels: f32,
    /// Serif or sans.
    pub family: Family,
    /// Size of the em in points.
    pub size: f32,
    /// From baseline to baseline in points.
    pub line_height: f32,
}

impl Measure {
    /// The nearest length that is a whole number of physical pixels.
    #[must_use]
    pub fn snap(&self, points: f32) -> f32 {
        (points * self.pixels).round() / self.pixels
    }
}

/// A chunk, laid out. Lengths are points from its top left corner.
#[derive(Debug)]
pub struct Sheet {
    /// The bytes of the chunk.
    pub span: ByteSpan,
    /// What is seen of it, from the top.
    pub rows: Vec<Row>,
    /// The lines of all rows.
    pub lines: Vec<SeenLine>,
    /// The paragraphs that begin in it: their number and the top of their first line.
    pub numbers: Vec<Numbered>,
    /// Where the byline stands, if it does here.
    pub byline: Option<f32>,
    /// Folded parts: their place in [`super::page::Head::folds`], their top, whether they are open.
    pub folds: Vec<(usize, f32, bool)>,
    /// Height in points.
    pub height: f32,
}

/// A paragraph's number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Numbered {
    /// The number, from 1.
    pub number: usize,
    /// Top and height of its first line.
    pub line: (f32, f32),
    /// Where the paragraph begins.
    pub start: usize,
}

/// One hard line, wrapped.
#[derive(Debug)]
pub struct Row {
    /// Its bytes, without the terminator.
    pub span: ByteSpan,
    /// From the top of the sheet.
    pub top: f32,
    /// Height of each of its lines.
    pub line_height: f32,
    /// Its letters; byte 0 of it is `span.start`.
    pub text: Paragraph,
}

/// One line as wrapped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SeenLine {
    /// Its bytes, without white space at its end.
    pub span: ByteSpan,
    /// From the top of the sheet.
    pub top: f32,
    /// To the next line.
    pub height: f32,
    /// From its top to where its letters stand.
    pub baseline: f32,
    /// The row's number, and the line's within the row.
    pub row: usize,
    /// The line's number within the row.
    pub line: usize,
}

impl SeenLine {
    /// From its top to where a figure falls that is meant for a line whose letters stand at [`BASELINE`].
    #[must_use]
    pub fn down(&self, figure: f32) -> f32 {
        self.baseline + figure - BASELINE
    }
}

impl Row {
    /// From the top of the sheet to below its last line.
    #[must_use]
    pub fn bottom(&self) -> f32 {
        self.top + self.line_height * self.text.line_count() as f32
    }
}

impl Sheet {
    /// Lays out the bytes `span` of the page. `opened` names the folds that are open, by where they begin.
    #[must_use]
    pub fn new(page: &Page, span: ByteSpan, opened: &[usize], measure: &Measure, fonts: &mut Fonts) -> Self {
        let first = span.start == 0;
        let mut sheet = Self {
            span,
            rows: Vec::new(),
            lines: Vec::new(),
            numbers: Vec::new(),
            byline: None,
            folds: Vec::new(),
            height: if first { measure.snap(TOP) } else { 0.0 },
        };
        let text = page.text.as_str();
        let title = page.head.title.unwrap_or_default();
        if first && title.is_empty() {
            sheet.add_byline(page, measure);
        }
        if !page.text.slice(span).trim().is_empty() {
            sheet.add_lines(page, opened, measure, fonts);
        } else if first && span.end >= text.len() {
            // A document without a visible character still has a place for the caret.
            let nothing = Paragraph::new(fonts, "", &Style::default(), None);
            sheet.add(page, ByteSpan { start: 0, end: 0 }, nothing, measure.line_height, measure.pixels);
        }
        if span.end >= text.len() {
            sheet.height += measure.snap(BOTTOM);
        }
        sheet
    }

    fn add_lines(&mut self, page: &Page, opened: &[usize], measure: &Measure, fonts: &mut Fonts) {
        let text = page.text.as_str();
        let title = page.head.title.unwrap_or_default();
        let mut after_blank = follows_blank(text, self.span.start);
        for line in hard_lines(text, self.span) {
            if page.text.slice(line).trim().is_empty() {
                after_blank |= line.start < self.span.end;
                continue;
            }
            let number = page.structure.and_then(|it| paragraph_starting_in(it, line));
            let begins = page.structure.map_or(after_blank, |_| number.is_some());
            after_blank = false;
            if self.fold(page, line, opened, number, measure) {
                continue;
            }
            if begins && line.start > 0 {
                self.height += measure.snap(PARAGRAPH_GAP);
            }
            let titled = title.overlaps(line);
            let (size, height) = if titled { TITLE } else { (measure.size, measure.line_height) };
            let height = measure.snap(height);
            if let Some(number) = number {
                self.numbers.push(Numbered { number, line: (self.height, height), start: line.start });
            }
            let style = Style {
                family: measure.family,
                size_px: size * measure.pixels,
                line_height_px: height * measure.pixels,
                weight: if titled || is_heading(page, line) { 700 } else { 400 },
                direction: direction(text, line, fonts),
                ..Style::default()
            };
            let words = Paragraph::new(fonts, page.text.slice(line), &style, Some(measure.column * measure.pixels));
            self.add(page, line, words, height, measure.pixels);
            if titled && title.end <= line.end {
                self.add_byline(page, measure);
            }
        }
    }

    fn add(&mut self, page: &Page, span: ByteSpan, text: Paragraph, line_height: f32, pixels: f32) {
        let row = Row { span, top: self.height, line_height, text };
        let number = self.rows.len();
        self.lines.extend(row.text.lines().enumerate().map(|(line, it)| {
            let whole = ByteSpan { start: span.start + it.bytes.start, end: span.start + it.bytes.end };
            let end = whole.start + page.text.slice(whole).trim_end().len();
            let top = row.top + line_height * line as f32;
            let baseline = (it.baseline - it.top) / pixels;
            let span = ByteSpan { start: whole.start, end };
            SeenLine { span, top, height: line_height, baseline, row: number, line }
        }));
        self.height = row.bottom();
        self.rows.push(row);
    }

    fn add_byline(&mut self, page: &Page, measure: &Measure) {
        if page.head.byline.is_empty() && page.head.link.is_none() {
            return;
        }
        let (gap, height) = (measure.snap(BYLINE.0), measure.snap(BYLINE.1));
        self.byline = Some(self.height + gap);
        self.height += gap + height;
    }

    /// Whether `line` lies in a closed fold; the fold's own line is added where it begins.
    fn fold(
        &mut self,
        page: &Page,
        line: ByteSpan,
        opened: &[usize],
        number: Option<usize>,
        measure: &Measure,
    ) -> bool {
        let holds = |(_, fold): &(usize, &Fold)| fold.span.contains(line.start);
        let Some((place, fold)) = page.head.folds.iter().enumerate().find(holds) else { return false };
        let open = opened.contains(&fold.span.start);
        if fold.span.start == line.start {
            let (gap, height) = (measure.snap(FOLD.0), measure.snap(FOLD.1));
            self.folds.push((place, self.height + gap, open));
            if let Some(number) = number.filter(|_| !open) {
                let top = self.height + gap + (height - measure.line_height) / 2.0;
                self.numbers.push(Numbered { number, line: (top, measure.line_height), start: line.start });
            }
            self.height += gap + height;
        }
        !open
    }

    /// The number of the row at a byte: the one that holds it or, for a byte between rows, the next one; else the last
    /// one before. `None` where nothing is seen.
    #[must_use]
    pub fn row_at_byte(&self, byte: usize) -> Option<usize> {
        let at = self.rows.partition_point(|row| row.span.end < byte);
        Some(at.min(self.rows.len().checked_sub(1)?))
    }

    /// The number of the row at a height: the nearest one where that is between rows.
    #[must_use]
    pub fn row_at_y(&self, y: f32) -> Option<usize> {
        let at = self.rows.partition_point(|row| row.bottom() <= y);
        let nearer_above = match (at.checked_sub(1).and_then(|above| self.rows.get(above)), self.rows.get(at)) {
            (Some(above), Some(below)) => y < below.top && y - above.bottom() < below.top - y,
            (above, _) => above.is_some(),
        };
        if nearer_above { at.checked_sub(1) } else { Some(at).filter(|_| !self.rows.is_empty()) }
    }

    /// The numbers of the lines that `span` touches.
    #[must_use]
    pub fn lines_of(&self, span: ByteSpan) -> std::ops::Range<usize> {
        let first = self.lines.partition_point(|line| line.span.end <= span.start);
        let end = self.lines.partition_point(|line| line.span.start < span.end);
        first..end.max(first)
    }

    /// Left and right edges of what `span` covers on a line, in points from the sheet's left edge.
    pub fn stretches(&self, line: &SeenLine, span: ByteSpan, pixels: f32) -> Vec<(f32, f32)> {
        let Some(row) = self.rows.get(line.row) else { return Vec::new() };
        let (start, end) = (span.start.max(line.span.start), span.end.min(line.span.end));
        if start >= end {
            return Vec::new();
        }
        let pieces = row.text.rects(start - row.span.start..end - row.span.start);
        let here = pieces.iter().filter(|piece| piece.line == line.line);
        here.map(|piece| (piece.left / pixels, piece.right / pixels)).collect()
    }

    /// Where `byte` stands on the sheet: left edge in points, and whether the text runs from right to left there.
    #[must_use]
    pub fn start_of(&self, line: &SeenLine, byte: usize, pixels: f32) -> (f32, bool) {
        let Some(row) = self.rows.get(line.row) else { return (0.0, false) };
        let caret = row.text.caret(Position::before(byte.saturating_sub(row.span.start)));
        (caret.x / pixels, caret.rtl)
    }

    /// The end of the letters of a line, in points, and whether its row runs from right to left.
    #[must_use]
    pub fn end_of(&self, line: &SeenLine, pixels: f32) -> (f32, bool) {
        let Some(row) = self.rows.get(line.row) else { return (0.0, false) };
        let caret = row.text.caret(Position::after(line.span.end.saturating_sub(row.span.start)));
        (caret.x / pixels, row.text.is_rtl())
    }

    /// Where the caret stands, if it does on this sheet: left edge in points, and the line.
    #[must_use]
    pub fn caret(&self, caret: Caret, pixels: f32) -> Option<(f32, &SeenLine)> {
        let number = self.row_at_byte(caret.byte)?;
        let row = self.rows.get(number).filter(|row| row.span.start <= caret.byte && caret.byte <= row.span.end)?;
        let rect = row.text.caret(Position { byte: caret.byte - row.span.start, affinity: caret.affinity });
        let line = self.lines.iter().find(|line| line.row == number && line.line == rect.line)?;
        Some((rect.x / pixels, line))
    }

    /// About how many bytes of memory it holds.
    #[must_use]
    pub fn memory(&self) -> usize {
        self.rows.iter().map(|row| row.text.memory()).sum()
    }
}

/// The number of the paragraph that begins on `line`.
fn paragraph_starting_in(structure: &Structure, line: ByteSpan) -> Option<usize> {
    let here = structure.paragraphs_in(line).iter();
    here.map(|it| (it.span.start, it.number)).find(|(start, _)| line.start <= *start).map(|(_, number)| number)
}

/// Whether a line is a heading: it is set bold.
fn is_heading(page: &Page, line: ByteSpan) -> bool {
    let start = trimmed(page.text, line).start;
    let part = page.structure.and_then(|structure| structure.part_at(start));
    part.is_some_and(|part| part.kind == PartKind::Heading)
}

/// Whether the line before the one that begins at `start` is blank.
fn follows_blank(text: &str, start: usize) -> bool {
    let before = text.get(..start).and_then(|before| before.strip_suffix('\n'));
    before.is_some_and(|before| before.chars().rev().take_while(|c| c.is_whitespace()).any(|c| c == '\n'))
}

/// Bytes of a line's beginning that tell which way it runs.
const BEGINNING: usize = 512;

/// A part of a split line runs as the whole line does.
fn direction(text: &str, line: ByteSpan, fonts: &mut Fonts) -> Direction {
    let before = text.get(..line.start).unwrap_or("");
    if before.chars().next_back().is_none_or(is_terminator) {
        return Direction::Auto;
    }
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = text.floor_char_boundary(start + BEGINNING);
    let beginning = Paragraph::new(fonts, text.get(start..end).unwrap_or(""), &Style::default(), None);
    if beginning.is_rtl() { Direction::Rtl } else { Direction::Ltr }
}
