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
//! Costs one walk over the text and a bounded amount of work an anchor. Held by `tests/annotation.rs` and
//! `benches/annotation.rs`.

mod approximate;
mod edges;
mod ends;
mod fold;
mod score;
mod search;
mod seeds;

use std::fmt;

pub use self::fold::without_typesetting;

use self::approximate::Budget;
use self::edges::Edges;
use self::search::Sought;
use self::seeds::{Counts, Hits};
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

/// Places one anchor. For a set use [`place_all`], which walks over the text once for all.
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
    let mut placed = Vec::new();
    let mut searches: Vec<(usize, Sought<'a>)> = Vec::new();
    let piece = seeds::length(text.len());
    for (key, anchor) in anchors {
        let placement = match exact(text, is_same_text, anchor) {
            Some(spans) => Placement::Exact(spans),
            None => match Sought::new(anchor, piece) {
                Some(sought) => {
                    searches.push((placed.len(), sought));
                    Placement::Lost(Lost::NotFound)
                }
                None => Placement::Lost(Lost::NoQuote),
            },
        };
        placed.push((key, placement));
    }
    let hashes = |searches: &[(usize, Sought)]| searches.iter().flat_map(|(_, sought)| sought.hashes()).collect();
    let counts = Counts::scan(text.as_str(), piece, hashes(&searches));
    for (_, sought) in &mut searches {
        sought.keep_rare(&counts);
    }
    let hits = Hits::scan(text.as_str(), piece, hashes(&searches));
    let mut budget = Budget::new(WORK + WORK_OF_EACH * searches.len());
    for (at, sought) in searches {
        let mut part = budget.part(sought.work());
        let placement = sought.search(text, &hits, &mut part).unwrap_or(Placement::Lost(Lost::TooMuchWork));
        budget.give(&part);
        if let Some((_, placed)) = placed.get_mut(at) {
            *placed = placement;
        }
    }
    placed
}

/// The anchor's own spans, where each quote stands there; in another text one side of the context must stand there
/// too, or a "he" would be exact wherever some "he" has come to stand.
fn exact(text: &Text, is_same_text: bool, anchor: &Anchor) -> Option<Vec<ByteSpan>> {
    if anchor.spans.is_empty() || anchor.spans.len() != anchor.quote.len() {
        return None;
    }
    let mut spans: Vec<ByteSpan> = Vec::with_capacity(anchor.spans.len());
    for (span, quote) in anchor.spans.iter().zip(&anchor.quote) {
        let start = text.byte_from_code(span.start)?;
        let end = start + quote.len();
        let is_in_order = spans.last().is_none_or(|last| last.end <= start);
        if quote.is_empty()
            || !is_in_order
            || text.as_str().get(start..end)? != quote
            || quote.chars().count() != span.len()
        {
            return None;
        }
        let new = ByteSpan { start, end };
        if !is_same_text && !Edges::of(anchor, spans.len()).hold(text, new) {
            return None;
        }
        spans.push(new);
    }
    let (first, last) = (spans.first()?, spans.last()?);
    let has_context = || {
        let (before, after) = (text.as_str().get(..first.start), text.as_str().get(last.end..));
        let is_before = before.is_some_and(|text| !anchor.before.is_empty() && text.ends_with(&anchor.before));
        let is_after = after.is_some_and(|text| !anchor.after.is_empty() && text.starts_with(&anchor.after));
        is_before || is_after
    };
    (is_same_text || has_context()).then_some(spans)
}
