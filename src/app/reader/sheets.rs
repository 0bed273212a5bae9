//! The chunks of a text and those of them that are laid out, within a bound of memory.
//!
//! Knows no marks and paints nothing. Held by `tests/reader.rs`.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::chunks::Chunks;
use super::page::Page;
use super::scroll::Column;
use super::sheet::{Measure, Sheet};
use crate::app::text::Fonts;

/// Bytes of text whose layout is kept.
pub const KEPT: usize = 256 * 1024;

/// Width of a letter in ems, for guessing how many fit on a line.
const LETTER_WIDTH: f64 = 0.48;

/// All chunks of one text.
#[derive(Debug)]
pub struct Sheets {
    text: Arc<String>,
    chunks: Chunks,
    key: Option<Key>,
    laid_out: BTreeMap<usize, Sheet>,
}

/// What every sheet depends on: another key, other sheets.
#[derive(Clone, Debug, PartialEq)]
pub struct Key {
    /// Widths and sizes.
    pub measure: Measure,
    /// How often the fonts were changed.
    pub fonts: u32,
    /// Whether paragraphs are known.
    pub structured: bool,
    /// The title block and the folds.
    pub head: super::page::Head,
    /// Which folds are open, by where they begin.
    pub opened: Vec<usize>,
}

impl Sheets {
    /// Cuts a text into chunks and lays out nothing yet.
    #[must_use]
    pub fn new(text: Arc<String>) -> Self {
        let chunks = Chunks::new(&text);
        Self { text, chunks, key: None, laid_out: BTreeMap::new() }
    }

    /// Whether these are the sheets of that very text.
    #[must_use]
    pub fn are_of(&self, text: &Arc<String>) -> bool {
        Arc::ptr_eq(&self.text, text)
    }

    /// The chunks with the heights known so far.
    #[must_use]
    pub fn chunks(&self) -> &Chunks {
        &self.chunks
    }

    /// A sheet, if it is laid out.
    #[must_use]
    pub fn get(&self, chunk: usize) -> Option<&Sheet> {
        self.laid_out.get(&chunk)
    }

    /// The sizes that the sheets are laid out in.
    #[must_use]
    pub fn measure(&self) -> Option<&Measure> {
        self.key.as_ref().map(|key| &key.measure)
    }

    /// Forgets all sheets if `key` differs from the last one; whether it did.
    pub fn adopt(&mut self, key: Key) -> bool {
        if self.key.as_ref() == Some(&key) {
            return false;
        }
        let letter = f64::from(key.measure.size) * LETTER_WIDTH;
        let letters = (f64::from(key.measure.column) / letter).max(1.0);
        let line = f64::from(key.measure.line_height);
        self.chunks.estimate(|bytes| (bytes as f64 / letters).ceil() * line);
        self.laid_out.clear();
        self.key = Some(key);
        true
    }

    /// Drops the sheets farthest from the chunks `seen`, beyond what is kept.
    pub fn trim(&mut self, seen: std::ops::RangeInclusive<usize>) {
        let mut bytes: usize = self.laid_out.values().map(|sheet| sheet.span.len()).sum();
        while bytes > KEPT {
            let (Some(&first), Some(&last)) = (self.laid_out.keys().next(), self.laid_out.keys().next_back()) else {
                break;
            };
            let (above, below) = (seen.start().saturating_sub(first), last.saturating_sub(*seen.end()));
            if above == 0 && below == 0 {
                break;
            }
            let farthest = if above > below { first } else { last };
            bytes -= self.laid_out.remove(&farthest).map_or(0, |sheet| sheet.span.len());
        }
    }

    /// A chunk not laid out yet, where the whole text is short enough to be kept: so that its true height becomes known.
    #[must_use]
    pub fn unknown(&self) -> Option<usize> {
        if self.text.len() > KEPT {
            return None;
        }
        (0..self.chunks.len()).find(|chunk| !self.laid_out.contains_key(chunk))
    }

    /// About how many bytes of memory the laid-out sheets hold.
    #[must_use]
    pub fn memory(&self) -> usize {
        self.laid_out.values().map(Sheet::memory).sum()
    }
}

/// Sheets with what it takes to lay out those that are not.
pub struct Laying<'a, 'p> {
    /// The sheets.
    pub sheets: &'a mut Sheets,
    /// What they show.
    pub page: &'a Page<'p>,
    /// The fonts.
    pub fonts: &'a mut Fonts,
}

impl Column for Laying<'_, '_> {
    fn chunks(&self) -> &Chunks {
        &self.sheets.chunks
    }

    fn measure(&mut self, chunk: usize) -> f64 {
        f64::from(self.sheet(chunk).map_or(0.0, |sheet| sheet.height))
    }
}

impl Laying<'_, '_> {
    /// The sheet of a chunk, laid out now if it was not.
    pub fn sheet(&mut self, chunk: usize) -> Option<&Sheet> {
        let chunk = chunk.min(self.sheets.chunks.len() - 1);
        let Sheets { chunks, key, laid_out, .. } = &mut *self.sheets;
        let key = key.as_ref()?;
        let sheet = laid_out.entry(chunk).or_insert_with(|| {
            let sheet = Sheet::new(self.page, chunks.span(chunk), &key.opened, &key.measure, self.fonts);
            chunks.set_height(chunk, f64::from(sheet.height));
            sheet
        });
        Some(sheet)
    }
}
