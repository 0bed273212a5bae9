//! The search for one anchor: pieces of it to look for, finds to examine, and the verdict over them.

use std::collections::BTreeSet;
use std::mem;
use std::ops::Range;

use super::approximate::{Budget, Found, Spent, find};
use super::ends::Rows;
use super::fold::{self, Folded, fold};
use super::score::{Weighed, examine};
use super::seeds::{self, Counts, Hits, MOST_HITS};
use super::{CONTEXT, Candidate, Lost, MOST_CANDIDATES, Placement, SURE_ENOUGH};
use crate::annotation::Anchor;
use crate::document::{ByteSpan, Text};

/// One error in this many characters is borne.
const CHARACTERS_AN_ERROR: usize = 5;
/// And never more than this many.
const MOST_ERRORS: usize = 64;
/// A text of up to this many bytes is searched whole where no piece was found, a longer one around the old place.
const WHOLE: usize = 1 << 16;
/// Folded characters on each side of the old place.
const AROUND: usize = 1 << 12;
/// Quotes shorter than this are not searched without a piece of them or their context: there would be no weight in it.
const SHORTEST_ALONE: usize = 8;
/// Most pieces of a quote that are counted.
const QUOTE_PIECES: usize = 24;
/// Most places that are weighed: with so many none outweighs the others.
const MOST_WEIGHED: usize = 64;
/// Characters from one piece to the next.
const STEP: usize = 4;
/// Pieces of the quote that are followed, and others.
const KEPT: usize = 3;

/// A quote to be searched.
pub(super) struct Part<'a> {
    pub(super) quote: &'a str,
    /// Folded, without blanks at its ends.
    pub(super) chars: Vec<char>,
    /// Most errors that are borne.
    pub(super) most: usize,
}

/// A piece of the leading part and its context.
struct Piece {
    hash: u64,
    /// Folded characters from the part's beginning to the piece.
    offset: isize,
    /// Whether it lies wholly in the quote.
    is_quote: bool,
}

/// An anchor that is to be searched, with the pieces to look for.
pub(super) struct Sought<'a> {
    anchor: &'a Anchor,
    pieces: Vec<Piece>,
    /// Whether there may be places that the pieces do not lead to, for what would is too common.
    is_common: bool,
}

impl<'a> Sought<'a> {
    /// `None` where the anchor quotes nothing.
    pub(super) fn new(anchor: &'a Anchor, length: usize) -> Option<Self> {
        let is_nothing = |quote: &String| fold(quote, 0).all(|(c, _)| c == ' ');
        if anchor.quote.iter().any(is_nothing) {
            return None;
        }
        let lead = lead(anchor)?;
        let before = if lead == 0 { anchor.before.as_str() } else { "" };
        let after = if lead + 1 == anchor.quote.len() { anchor.after.as_str() } else { "" };
        let quote = anchor.quote.get(lead)?;
        let around = [before, quote, after].concat();
        let folded = Folded::of(&around, 0, around.len());
        let start = folded.index_from_byte(before.len() + quote.len() - quote.trim_start().len());
        let end = folded.index_from_byte(before.len() + quote.trim_end().len());
        let piece = |at: usize| {
            let hash = seeds::hash(folded.chars.get(at..at + length)?);
            Some(Piece { hash, offset: at as isize - start as isize, is_quote: start <= at && at + length <= end })
        };
        let pieces = offsets(start..end, folded.chars.len(), length).into_iter().filter_map(piece).collect();
        Some(Self { anchor, pieces, is_common: false })
    }

    /// Hashes of what is to be counted, and then found.
    pub(super) fn hashes(&self) -> impl Iterator<Item = u64> {
        self.pieces.iter().map(|piece| piece.hash)
    }

    /// Keeps the rarest pieces that stand in the text: [`KEPT`] of the quote, which lead to every place where it
    /// stands, and as many others, which lead to where it stood.
    pub(super) fn keep_rare(&mut self, counts: &Counts) {
        let mut ranked: Vec<(u32, Piece)> = mem::take(&mut self.pieces)
            .into_iter()
            .map(|piece| (counts.of(piece.hash), piece))
            .filter(|(count, _)| *count > 0)
            .collect();
        ranked.sort_by_key(|(count, piece)| (*count, piece.offset));
        let decides = |piece: &Piece| piece.is_quote || ranked.iter().all(|(_, piece)| !piece.is_quote);
        let mut deciding = ranked.iter().filter(|(_, piece)| decides(piece)).peekable();
        self.is_common = deciding.peek().is_some_and(|(count, _)| *count > MOST_HITS);
        let mut left = [KEPT; 2];
        for (_, piece) in ranked.into_iter().take_while(|(count, _)| *count <= MOST_HITS) {
            let [quote, around] = &mut left;
            let left = if piece.is_quote { quote } else { around };
            if *left > 0 {
                *left -= 1;
                self.pieces.push(piece);
            }
        }
    }

    /// How much work the search may be, in cells of a distance table.
    pub(super) fn work(&self) -> usize {
        (1 << 22) + (self.anchor.quote.iter().map(String::len).sum::<usize>() << 11)
    }

    /// Searches and judges.
    pub(super) fn search(&self, text: &Text, hits: &Hits, budget: &mut Budget) -> Result<Placement, Spent> {
        let Some(search) = Search::new(self.anchor) else { return Ok(Placement::Lost(Lost::NoQuote)) };
        let mut finds = Finds::default();
        for piece in &self.pieces {
            for byte in hits.of(piece.hash) {
                search.examine_at(text, byte, piece.offset, &mut finds, budget)?;
            }
        }
        if finds.weighed.iter().all(|candidate| candidate.sure() < SURE_ENOUGH) {
            search.search_around(text, &mut finds, budget)?;
        }
        Ok(search.verdict(text, finds.weighed, self.is_common))
    }
}

/// The part that says most: the longest, of several the first.
fn lead(anchor: &Anchor) -> Option<usize> {
    (0..anchor.quote.len()).rev().max_by_key(|&at| anchor.quote.get(at).map_or(0, String::len))
}

/// The places found so far.
#[derive(Default)]
struct Finds {
    weighed: Vec<Weighed>,
    /// Bytes at which the leading part was looked for.
    seen: BTreeSet<usize>,
}

/// An anchor being searched.
pub(super) struct Search<'a> {
    pub(super) anchor: &'a Anchor,
    pub(super) parts: Vec<Part<'a>>,
    /// The part that is sought everywhere; the others are sought from there.
    pub(super) lead: usize,
    /// The context before, from its end to its beginning.
    pub(super) before: Rows,
    /// The context after.
    pub(super) after: Rows,
}

impl<'a> Search<'a> {
    fn new(anchor: &'a Anchor) -> Option<Self> {
        let part = |quote: &'a String| {
            let chars = Folded::of(quote.trim(), 0, quote.trim().len()).chars;
            let most = (chars.len() / CHARACTERS_AN_ERROR).min(MOST_ERRORS);
            Part { quote, chars, most }
        };
        let lead = lead(anchor)?;
        let [mut before, after] = [&anchor.before, &anchor.after].map(|side| Folded::of(side, 0, side.len()).chars);
        before.reverse();
        let (before, after) = (Rows::of(&before), Rows::of(&after));
        Some(Self { anchor, parts: anchor.quote.iter().map(part).collect(), lead, before, after })
    }

    fn lead(&self) -> Option<&Part<'a>> {
        self.parts.get(self.lead)
    }

    /// Examines the place where the leading part begins `offset` folded characters from a find.
    fn examine_at(
        &self,
        text: &Text,
        byte: usize,
        offset: isize,
        finds: &mut Finds,
        budget: &mut Budget,
    ) -> Result<(), Spent> {
        let Some(lead) = self.lead() else { return Ok(()) };
        budget.spend(offset.unsigned_abs())?;
        let start = if offset > 0 {
            fold::before(text.as_str(), byte, offset.unsigned_abs())
        } else {
            fold::after(text.as_str(), byte, offset.unsigned_abs())
        };
        // A find nearby was looked at with room for errors on both sides.
        let near = |reach: usize| start.saturating_sub(reach)..=start.saturating_add(reach);
        let is_found = finds.weighed.iter().any(|one| one.starts_within(self.lead, &near(lead.most)));
        if is_found || finds.seen.range(near(lead.most / 4)).next().is_some() {
            return Ok(());
        }
        finds.seen.insert(start);
        let (length, slack) = (lead.chars.len(), lead.most + 1);
        let from = fold::before(text.as_str(), start, slack);
        let slice = Folded::of(text.as_str(), from, fold::after(text.as_str(), start, length + slack));
        budget.spend(slice.chars.len())?;
        let at = slice.index_from_byte(start);
        if slice.chars.get(at..at + length) == Some(&lead.chars[..]) {
            return self.examine_found(text, &slice, Found { start: at, end: at + length, errors: 0 }, finds, budget);
        }
        for found in find(&lead.chars, &slice.chars, lead.most, budget)? {
            self.examine_found(text, &slice, found, finds, budget)?;
        }
        Ok(())
    }

    /// Seeks the leading part where no piece told where to look.
    fn search_around(&self, text: &Text, finds: &mut Finds, budget: &mut Budget) -> Result<(), Spent> {
        let Some(lead) = self.lead().filter(|lead| lead.chars.len() >= SHORTEST_ALONE) else { return Ok(()) };
        let whole = text.as_str();
        let old = self.anchor.spans.get(self.lead).map_or(0, |span| span.start.min(text.len_code_points()));
        let old = text.byte_from_code(old).unwrap_or(0);
        let (from, to) = if whole.len() <= WHOLE {
            (0, whole.len())
        } else {
            (fold::before(whole, old, AROUND), fold::after(whole, old, AROUND + lead.chars.len()))
        };
        let slice = Folded::of(whole, from, to);
        for found in find(&lead.chars, &slice.chars, lead.most, budget)? {
            self.examine_found(text, &slice, found, finds, budget)?;
        }
        Ok(())
    }

    fn examine_found(
        &self,
        text: &Text,
        slice: &Folded,
        found: Found,
        finds: &mut Finds,
        budget: &mut Budget,
    ) -> Result<(), Spent> {
        let Some(span) = slice.bytes(found.start, found.end) else { return Ok(()) };
        if finds.weighed.len() >= MOST_WEIGHED {
            return Ok(());
        }
        if let Some(new) = examine(self, text, span, found.errors, budget)? {
            match finds.weighed.iter_mut().find(|old| old.is_at_the_place_of(&new)) {
                Some(old) if old.sure() < new.sure() => *old = new,
                Some(_) => {}
                None => finds.weighed.push(new),
            }
        }
        Ok(())
    }

    /// Whether one candidate outweighs every other. Where pieces were too common to be followed, there may be others,
    /// which only one that is nearly whole outweighs unseen.
    fn verdict(&self, text: &Text, mut weighed: Vec<Weighed>, is_common: bool) -> Placement {
        weighed.retain(|candidate| candidate.sure() >= SURE_ENOUGH);
        // Of equally sure ones that near the old place comes first.
        let old = self.anchor.spans.first().and_then(|span| text.byte_from_code(span.start)).unwrap_or(text.len());
        let distance = |candidate: &Weighed| candidate.spans.first().map_or(0, |span| span.start.abs_diff(old));
        weighed.sort_by(|a, b| b.sure().total_cmp(&a.sure()).then_with(|| distance(a).cmp(&distance(b))));
        let Some((best, others)) = weighed.split_first() else { return Placement::Lost(Lost::NotFound) };
        if (!is_common || best.is_nearly_whole()) && others.iter().all(|other| best.outweighs(other)) {
            let candidate = self.candidate(text, best);
            return if candidate.is_verbatim && self.is_old_place(text, &best.spans) {
                Placement::Exact(candidate.spans)
            } else {
                Placement::Moved(candidate)
            };
        }
        Placement::Ambiguous(weighed.iter().take(MOST_CANDIDATES).map(|one| self.candidate(text, one)).collect())
    }

    fn candidate(&self, text: &Text, weighed: &Weighed) -> Candidate {
        let mut parts = self.parts.iter().zip(&weighed.spans);
        let is_verbatim = parts.all(|(part, &span)| text.slice(span) == part.quote);
        Candidate { spans: weighed.spans.clone(), sure: weighed.sure(), is_verbatim }
    }

    fn is_old_place(&self, text: &Text, spans: &[ByteSpan]) -> bool {
        spans.iter().map(|&span| text.code_span_from_byte_span(span)).eq(self.anchor.spans.iter().copied())
    }
}

/// Where pieces begin: every [`STEP`] characters, but of a long quote only [`QUOTE_PIECES`], spread over it.
fn offsets(quote: Range<usize>, whole: usize, length: usize) -> Vec<usize> {
    let before = (0..=CONTEXT / STEP).filter_map(|i| quote.start.checked_sub(i * STEP));
    let within = quote.len().saturating_sub(length);
    let step = STEP.max(within.div_ceil(QUOTE_PIECES));
    let inside = (quote.start..=quote.start + within).step_by(step);
    let behind = (quote.start + within..whole).step_by(STEP);
    let mut offsets: Vec<usize> =
        before.chain(inside).chain(behind).filter(|offset| offset + length <= whole).collect();
    offsets.sort_unstable();
    offsets.dedup();
    offsets
}
