//! Where anchors are in today's text: exact, moved, ambiguous or lost, told apart and never guessed.
//!
//! Positions that hold and whose quote stands there are exact. Else the quote is searched with its context: pieces of
//! both are found in one walk over the text ([`seeds`]), around each find the quote is sought with bounded errors
//! ([`approximate`]), and what is found is weighed. Only a find that outweighs every other moves.
//!
//! Weight: characters of the quote count [`QUOTE_WEIGHT`] times those of the context, of which there are 32 on each
//! side; a side that is more than half wrong counts nothing. So a full context carries a pronoun, 16 characters of
//! quote carry themselves, and nothing carries a pronoun alone. White space, quotation marks and dashes are compared
//! without their shapes ([`fold`]). An end of a quote that stood at the edge of a word is only found at the edge of a
//! word, so that "Linus" is never found in "chines".
//!
//! Where a text says the same over and over, neighbours tell: what was pushed along with them is where they went
//! ([`shift`]). Of a large set some anchors are searched first, and the rest only where these did not tell.
//!
//! Costs a few walks over the text and a bounded amount of work an anchor. Held by `tests/annotation.rs` and
//! `benches/annotation.rs`.

mod approximate;
mod edges;
mod ends;
mod fold;
mod score;
mod search;
mod seeds;
mod shift;

use std::fmt;

pub use self::fold::without_typesetting;

use self::approximate::Budget;
use self::edges::Edges;
use self::search::Sought;
use self::seeds::{Counts, Hits};
use self::shift::Shifts;
use super::Anchor;
use super::anchor::CONTEXT;
use crate::document::{ByteSpan, Text};

/// How many characters of context one of the quote is worth.
const QUOTE_WEIGHT: usize = 4;

/// What moves is at least this sure.
pub const SURE_ENOUGH: f64 = 0.5;

/// Most places that [`Placement::Ambiguous`] lists.
pub const MOST_CANDIDATES: usize = 8;

/// Work for all anchors of one call, in cells of a distance table: about a second,
const WORK: usize = 1 << 28;

/// and so much more for each anchor.
const WORK_OF_EACH: usize = 1 << 14;

/// Of more anchors than these,
const FEW: usize = 256;

/// every so many are searched first.
const EVERY: usize = 16;

/// Where an anchor is in a text.
#[derive(Clone, Debug, PartialEq)]
pub enum Placement {
    /// Where its positions say, with the words that it quotes.
    Exact(Vec<ByteSpan>),
    /// Elsewhere, or with other words; the anchor's own spans say where from.
    Moved(Candidate),
    /// There are several places for it, the likeliest first, at most [`MOST_CANDIDATES`]; or one, of which it cannot
    /// be said that it is the only one.
    Ambiguous(Vec<Candidate>),
    /// Nowhere.
    Lost(Lost),
}

/// A place for an anchor.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// One span for each of the anchor's.
    pub spans: Vec<ByteSpan>,
    /// How sure, from 0 to 1: how much of the quote and its context stands there.
    pub sure: f64,
    /// Whether the quote stands there to the letter.
    pub is_verbatim: bool,
}

/// Why an anchor was not placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// Nothing like it is in the text.
    NotFound,
    /// It quotes nothing that could be searched.
    NoQuote,
    /// The set asks for more searching than a set may.
    TooMuchWork,
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotFound => "the words are no longer in the text",
            Self::NoQuote => "the mark quotes no words to search for",
            Self::TooMuchWork => "there was too much to search for: place it by hand",
        })
    }
}

impl Placement {
    /// Where to draw it: exact or moved.
    #[must_use]
    pub fn spans(&self) -> Option<&[ByteSpan]> {
        match self {
            Self::Exact(spans) | Self::Moved(Candidate { spans, .. }) => Some(spans),
            Self::Ambiguous(_) | Self::Lost(_) => None,
        }
    }

    /// Whether the anchor is where it says.
    #[must_use]
    pub fn is_exact(&self) -> bool {
        matches!(self, Self::Exact(_))
    }
}

/// Places one anchor. For a set use [`place_all`], where neighbours tell more, and one walk over the text serves all.
#[must_use]
pub fn place(text: &Text, is_same_text: bool, anchor: &Anchor) -> Placement {
    let mut placed = place_all(text, is_same_text, [((), anchor)]);
    placed.pop().map_or(Placement::Lost(Lost::NoQuote), |((), placement)| placement)
}

/// Places anchors, each under its key, in their order. `is_same_text`: the text's hash is the one that the positions
/// refer to; a quote that is not where they say is searched all the same.
#[must_use]
pub fn place_all<'a, K>(
    text: &Text,
    is_same_text: bool,
    anchors: impl IntoIterator<Item = (K, &'a Anchor)>,
) -> Vec<(K, Placement)> {
    let mut keys = Vec::new();
    let mut placed: Vec<(&Anchor, Placement)> = Vec::new();
    for (key, anchor) in anchors {
        keys.push(key);
        let placement = exact(text, is_same_text, anchor).map_or(Placement::Lost(Lost::NotFound), Placement::Exact);
        placed.push((anchor, placement));
    }
    let mut unplaced: Vec<(usize, &Anchor)> =
        placed.iter().map(|(anchor, _)| *anchor).enumerate().filter(|(at, _)| !is_placed(&placed, *at)).collect();
    let mut budget = Budget::new(WORK + WORK_OF_EACH * unplaced.len());
    if unplaced.len() > FEW {
        unplaced.sort_by_key(|(_, anchor)| anchor.hull().start);
        let last = unplaced.len() - 1;
        let (first, rest): (Vec<_>, Vec<_>) =
            unplaced.into_iter().enumerate().partition(|(n, _)| n % EVERY == 0 || *n == last);
        search(text, first.into_iter().map(|(_, one)| one), &mut budget, &mut placed);
        go_with_neighbours(text, &mut placed);
        unplaced = rest.into_iter().map(|(_, one)| one).filter(|(at, _)| !is_placed(&placed, *at)).collect();
    }
    search(text, unplaced, &mut budget, &mut placed);
    go_with_neighbours(text, &mut placed);
    keys.into_iter().zip(placed).map(|(key, (_, placement))| (key, placement)).collect()
}

/// Whether it is known where the anchor `at` is.
fn is_placed(placed: &[(&Anchor, Placement)], at: usize) -> bool {
    placed.get(at).is_some_and(|(_, placement)| placement.spans().is_some())
}

/// Searches anchors, each with its place in `placed`, where what is found is written.
fn search<'a>(
    text: &Text,
    anchors: impl IntoIterator<Item = (usize, &'a Anchor)>,
    budget: &mut Budget,
    placed: &mut [(&Anchor, Placement)],
) {
    let piece = seeds::length(text.len());
    let mut searches: Vec<(usize, Sought)> = Vec::new();
    for (at, anchor) in anchors {
        match Sought::new(anchor, piece) {
            Some(sought) => searches.push((at, sought)),
            None => put(placed, at, Placement::Lost(Lost::NoQuote)),
        }
    }
    let hashes = |searches: &[(usize, Sought)]| searches.iter().flat_map(|(_, sought)| sought.hashes()).collect();
    let counts = Counts::scan(text.as_str(), piece, hashes(&searches));
    for (_, sought) in &mut searches {
        sought.keep_rare(&counts);
    }
    let hits = Hits::scan(text.as_str(), piece, hashes(&searches));
    for (at, sought) in searches {
        let mut part = budget.part(sought.work());
        put(placed, at, sought.search(text, &hits, &mut part).unwrap_or(Placement::Lost(Lost::TooMuchWork)));
        budget.give(&part);
    }
}

fn put(placed: &mut [(&Anchor, Placement)], at: usize, placement: Placement) {
    if let Some((_, placed)) = placed.get_mut(at) {
        *placed = placement;
    }
}

/// Places what was not placed and went with its neighbours.
fn go_with_neighbours(text: &Text, placed: &mut [(&Anchor, Placement)]) {
    let shifts = Shifts::of(text, placed.iter().map(|(anchor, placement)| (*anchor, placement)));
    for (anchor, placement) in placed {
        if placement.spans().is_none()
            && *placement != Placement::Lost(Lost::NoQuote)
            && let Some(moved) = shifts.place(text, anchor)
        {
            *placement = moved;
        }
    }
}

/// The anchor's own spans, where each quote stands there; in another text one side of the context must stand there
/// too, or a "he" would be exact wherever some "he" has come to stand.
fn exact(text: &Text, is_same_text: bool, anchor: &Anchor) -> Option<Vec<ByteSpan>> {
    let spans = standing(text, anchor, 0)?;
    if is_same_text {
        return Some(spans);
    }
    let (first, last) = (spans.first()?, spans.last()?);
    let (before, after) = (text.as_str().get(..first.start)?, text.as_str().get(last.end..)?);
    let is_before = !anchor.before.is_empty() && before.ends_with(&anchor.before);
    let is_after = !anchor.after.is_empty() && after.starts_with(&anchor.after);
    let are_edges = spans.iter().enumerate().all(|(at, span)| Edges::of(anchor, at).hold(text, *span));
    ((is_before || is_after) && are_edges).then_some(spans)
}

/// The anchor's spans, moved by so many code points, where each quote stands there to the letter.
fn standing(text: &Text, anchor: &Anchor, shift: isize) -> Option<Vec<ByteSpan>> {
    if anchor.spans.is_empty() || anchor.spans.len() != anchor.quote.len() {
        return None;
    }
    let mut spans: Vec<ByteSpan> = Vec::with_capacity(anchor.spans.len());
    for (span, quote) in anchor.spans.iter().zip(&anchor.quote) {
        let start = text.byte_from_code(span.start.checked_add_signed(shift)?)?;
        let end = start + quote.len();
        let is_in_order = spans.last().is_none_or(|last| last.end <= start);
        if quote.is_empty()
            || !is_in_order
            || text.as_str().get(start..end)? != quote
            || quote.chars().count() != span.len()
        {
            return None;
        }
        spans.push(ByteSpan { start, end });
    }
    Some(spans)
}
