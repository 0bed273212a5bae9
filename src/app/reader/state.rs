//! What the reader remembers of a document between two frames: where it stands and what is selected.
//!
//! The app keeps one for each open document. Held by `tests/reader.rs`.

use super::bar::Ticks;
use super::columns::Columns;
use super::cursor::{Caret, Selection};
use super::handles::Held;
use super::marks::Owner;
use super::page::{Fold, Page};
use super::scroll::Place;
use super::sheets::Sheets;
use super::units::{Edge, UNITS, edge_before, trimmed, unit_at};
use crate::app::text::Paragraph;
use crate::document::{ByteSpan, Structure, Text};

/// What the reader remembers.
#[derive(Default)]
pub struct ReaderState {
    pub(super) sheets: Option<Sheets>,
    pub(super) place: Place,
    pub(super) selection: Selection,
    /// Whether the caret is known to stand where it can be seen: one put there by the app may be on a blank line.
    pub(super) settled: bool,
    /// Where an upward or downward movement began, in points of the column.
    pub(super) goal: Option<f32>,
    /// Smaller selections, from which this one grew.
    grown: Vec<ByteSpan>,
    /// Folds that are open, by where they begin.
    pub(super) opened: Vec<usize>,
    /// What to bring into view when the next frame is drawn.
    pub(super) reveal: Option<ByteSpan>,
    pub(super) press: Option<Press>,
    /// The handle of the claim at hand that is dragged.
    pub(super) held: Option<Held>,
    /// Whether the scroll bar's handle is held, and how far below its top.
    pub(super) grip: Option<f32>,
    pub(super) view: Option<Seen>,
    /// The address under the pointer while it can be opened.
    pub(super) link: Option<ByteSpan>,
    pub(super) ticks: Ticks,
    pub(super) title_line: Option<TitleLine>,
}

/// What was seen in the last frame.
pub(super) struct Seen {
    pub(super) columns: Columns,
    /// The chunks in view, with the height of their tops on the screen.
    pub(super) tops: Vec<(usize, f32)>,
}

/// The title as the fixed head shows it.
pub(super) struct TitleLine {
    pub(super) words: String,
    pub(super) width: f32,
    pub(super) pixels: f32,
    /// How often the fonts had been changed.
    pub(super) generation: u32,
    pub(super) text: Paragraph,
}

/// A press of the primary button: what a drag extends, and by what.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Press {
    pub(super) time: f64,
    pub(super) at: egui::Pos2,
    /// 1, 2 for words, 3 for sentences.
    pub(super) count: u32,
    /// What was selected by the press itself.
    pub(super) origin: ByteSpan,
    pub(super) held: bool,
    /// The claim that was at hand at the first of these presses.
    pub(super) at_hand: Option<Owner>,
}

impl ReaderState {
    /// What is selected; empty at the caret where nothing is.
    #[must_use]
    pub fn selection(&self) -> ByteSpan {
        self.selection.span()
    }

    /// The byte at which the caret stands.
    #[must_use]
    pub fn caret(&self) -> usize {
        self.selection.caret.byte
    }

    /// Where the view stands.
    #[must_use]
    pub fn place(&self) -> Place {
        self.place
    }

    /// Selection and view as they were, in a text that is set as it was then.
    pub fn put_back(&mut self, selection: ByteSpan, place: Place) {
        self.select(selection);
        self.reveal = None;
        self.place = place;
        // The layout of another width must not move it.
        self.sheets = None;
    }

    /// Selects `span` and brings it into view.
    pub fn select(&mut self, span: ByteSpan) {
        self.set_selection(Selection::of(span));
        self.settled = false;
        self.reveal = Some(span);
    }

    /// Puts the caret at a byte without moving the view.
    pub fn put_caret(&mut self, byte: usize) {
        self.set_selection(Selection::at(byte));
        self.settled = false;
    }

    /// Brings `span` into view when the next frame is drawn.
    pub fn reveal(&mut self, span: ByteSpan) {
        self.reveal = Some(span);
    }

    /// Grows the selection to whole words, clauses, sentences, paragraphs: the least of them that is more than it.
    pub fn grow(&mut self, text: &Text, structure: Option<&Structure>) {
        let own = self.selection();
        let last = if own.is_empty() { own.end } else { edge_before(text, own.end, Edge::Letter) };
        let next = UNITS.iter().map(|&unit| {
            let (first, last) = (unit_at(text, structure, own.start, unit), unit_at(text, structure, last, unit));
            ByteSpan { start: first.start.min(own.start), end: last.end.max(own.end) }
        });
        let Some(next) = next.filter(|span| span.len() > own.len()).min_by_key(|it| it.len()) else { return };
        let mut grown = std::mem::take(&mut self.grown);
        grown.push(own);
        self.set_selection(Selection::of(next));
        self.grown = grown;
        self.reveal = Some(next);
    }

    /// Shrinks the selection to what it grew from; if it did not grow, to the next smaller unit at its start.
    pub fn shrink(&mut self, text: &Text, structure: Option<&Structure>) {
        let own = self.selection();
        let mut grown = std::mem::take(&mut self.grown);
        let smaller = || {
            let units = UNITS.iter().map(|&unit| unit_at(text, structure, own.start, unit));
            units
                .filter(|span| !span.is_empty() && own.encloses(*span) && span.len() < own.len())
                .max_by_key(|it| it.len())
        };
        if let Some(next) = grown.pop().or_else(smaller) {
            self.set_selection(Selection::of(next));
            self.grown = grown;
            self.reveal = Some(next);
        }
    }

    /// Selects the whole text.
    pub fn select_all(&mut self, text: &Text) {
        self.set_selection(Selection::of(trimmed(text, ByteSpan { start: 0, end: text.len() })));
    }

    pub(super) fn set_selection(&mut self, selection: Selection) {
        self.selection = selection;
        self.goal = None;
        self.grown.clear();
    }

    /// Moves the caret; the selection's other end follows unless `extend`.
    pub(super) fn move_caret(&mut self, caret: Caret, extend: bool) {
        let anchor = if extend { self.selection.anchor } else { caret.byte };
        self.set_selection(Selection { anchor, caret });
    }

    /// Opens a fold, or closes it again.
    pub(super) fn toggle_fold(&mut self, start: usize) {
        match self.opened.iter().position(|&open| open == start) {
            Some(at) => drop(self.opened.remove(at)),
            None => self.opened.push(start),
        }
    }

    /// Opens the folds that hide something of `span`.
    pub(super) fn open_folds(&mut self, page: &Page, span: ByteSpan) {
        let hides = |fold: &&Fold| fold.span.overlaps(span) || fold.span.contains(span.start);
        for fold in page.head.folds.iter().filter(hides) {
            if !self.opened.contains(&fold.span.start) {
                self.opened.push(fold.span.start);
            }
        }
    }

    /// The sheets of the page's text, made anew for another text.
    pub(super) fn take_sheets(&mut self, page: &Page) -> Sheets {
        let shared = page.text.shared();
        match self.sheets.take() {
            Some(sheets) if sheets.are_of(&shared) => sheets,
            _ => {
                let end = page.text.len();
                let inside = self.selection.anchor.max(self.selection.caret.byte) <= end;
                if !inside {
                    self.selection = Selection::default();
                }
                self.place = Place::default();
                self.settled = false;
                Sheets::new(shared)
            }
        }
    }
}
