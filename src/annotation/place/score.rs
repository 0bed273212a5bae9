//! What speaks for a place: the edges of words, the other parts of the quote in order, errors in the quote, and how
//! much of the context stands around.

use std::ops::RangeInclusive;

use super::approximate::{Budget, Spent, distance, find};
use super::edges::Edges;
use super::ends::errors_at_start;
use super::fold::{self, Folded};
use super::search::Search;
use super::{CONTEXT, QUOTE_WEIGHT};
use crate::document::{ByteSpan, Text};

/// A place with its weight.
#[derive(Clone, Debug)]
pub(super) struct Weighed {
    pub(super) spans: Vec<ByteSpan>,
    /// Share of the quote that stands there, from 0 to 1.
    quote: f64,
    /// Share of the context.
    context: f64,
    /// Folded characters of the quote.
    length: usize,
}

/// A quote is clearly better than another by this share,
const CLEARLY_QUOTE: f64 = 0.1;
/// and a context by this one.
const CLEARLY_CONTEXT: f64 = 0.25;

impl Weighed {
    /// From 0 to 1: characters that stand there, the quote's weighted.
    pub(super) fn sure(&self) -> f64 {
        let (quote, context) = ((QUOTE_WEIGHT * self.length) as f64, (2 * CONTEXT) as f64);
        (quote * self.quote + context * self.context) / (quote + context)
    }

    /// Whether nothing speaks for the other place rather than this one, and something clearly against it.
    pub(super) fn outweighs(&self, other: &Self) -> bool {
        let (quote, context) = (self.quote - other.quote, self.context - other.context);
        quote >= 0.0 && context >= 0.0 && (quote >= CLEARLY_QUOTE || context >= CLEARLY_CONTEXT)
    }

    /// Whether hardly anything is missing.
    pub(super) fn is_nearly_whole(&self) -> bool {
        self.quote > 1.0 - CLEARLY_QUOTE && self.context > 1.0 - CLEARLY_CONTEXT
    }

    /// Whether the leading part begins in a range.
    pub(super) fn starts_within(&self, lead: usize, range: &RangeInclusive<usize>) -> bool {
        self.spans.get(lead).is_some_and(|span| range.contains(&span.start))
    }

    pub(super) fn is_at_the_place_of(&self, other: &Self) -> bool {
        self.spans.iter().zip(&other.spans).any(|(a, b)| a.overlaps(*b))
    }
}

/// Weighs the place at which the leading part stands with so many errors; `None` where it cannot be one.
pub(super) fn examine(
    search: &Search,
    text: &Text,
    lead: ByteSpan,
    errors: usize,
    budget: &mut Budget,
) -> Result<Option<Weighed>, Spent> {
    let at = search.lead;
    let Some((lead, mut errors)) = at_edges(search, text, at, lead, errors, budget)? else { return Ok(None) };
    let mut spans = vec![ByteSpan::default(); search.parts.len()];
    if let Some(span) = spans.get_mut(at) {
        *span = lead;
    }
    // The other parts, outwards from the leading one.
    for at in (0..at).rev().chain(at + 1..search.parts.len()) {
        let Some((span, more)) = beside(search, text, at, &spans, budget)? else { return Ok(None) };
        errors += more;
        if let Some(slot) = spans.get_mut(at) {
            *slot = span;
        }
    }
    let mut taken = 0;
    for (span, part) in spans.iter_mut().zip(&search.parts) {
        *span = with_blanks(text, *span, part.quote);
        // One blank cannot belong to two parts.
        span.start = span.start.max(taken);
        taken = span.end;
    }
    let length: usize = search.parts.iter().map(|part| part.chars.len()).sum();
    let quote = 1.0 - errors as f64 / length as f64;
    let (first, last) = (spans.first().copied().unwrap_or_default(), spans.last().copied().unwrap_or_default());
    let before = context_before(search, text, first.start, budget)?;
    let after = context_after(search, text, last.end, budget)?;
    let context = f64::midpoint(before, after);
    Ok(Some(Weighed { spans, quote, context, length }))
}

/// The span with the blanks at the ends of the quote, where they stand there.
fn with_blanks(text: &Text, span: ByteSpan, quote: &str) -> ByteSpan {
    let (before, after) = (text.as_str().get(..span.start), text.as_str().get(span.end..));
    let leading = quote.get(..quote.len() - quote.trim_start().len()).unwrap_or_default();
    let trailing = quote.get(quote.trim_end().len()..).unwrap_or_default();
    ByteSpan {
        start: before.and_then(|text| text.strip_suffix(leading)).map_or(span.start, str::len),
        end: after.filter(|text| text.starts_with(trailing)).map_or(span.end, |_| span.end + trailing.len()),
    }
}

/// Another part, near the one that stands between it and the leading one: with the fewest errors, then with the gap
/// most like the old one.
fn beside(
    search: &Search,
    text: &Text,
    at: usize,
    spans: &[ByteSpan],
    budget: &mut Budget,
) -> Result<Option<(ByteSpan, usize)>, Spent> {
    let Some(part) = search.parts.get(at) else { return Ok(None) };
    let is_before = at < search.lead;
    let neighbour = if is_before { at + 1 } else { at - 1 };
    let Some(placed) = spans.get(neighbour) else { return Ok(None) };
    let (earlier, later) = (at.min(neighbour), at.max(neighbour));
    let old = search.anchor.spans.get(earlier).zip(search.anchor.spans.get(later));
    let gap = old.map_or(0, |(earlier, later)| later.start.saturating_sub(earlier.end));
    let reach = 2 * gap.min(1 << 20) + 2 * CONTEXT + part.chars.len() + part.most;
    let (from, to) = if is_before {
        (fold::before(text.as_str(), placed.start, reach), placed.start)
    } else {
        (placed.end, fold::after(text.as_str(), placed.end, reach))
    };
    let slice = Folded::of(text.as_str(), from, to);
    budget.spend(slice.chars.len())?;
    let mut best: Option<((usize, usize), ByteSpan)> = None;
    for found in find(&part.chars, &slice.chars, part.most, budget)? {
        let Some(span) = slice.bytes(found.start, found.end) else { continue };
        let Some((span, errors)) = at_edges(search, text, at, span, found.errors, budget)? else { continue };
        let new_gap = if is_before { slice.chars.len() - found.end } else { found.start };
        let rank = (errors, new_gap.abs_diff(gap));
        if best.as_ref().is_none_or(|(best, _)| rank < *best) {
            best = Some((rank, span));
        }
    }
    Ok(best.map(|((errors, _), span)| (span, errors)))
}

/// The span with its ends at edges of words where the quote's were, and its errors then; `None` where that is not to
/// be had.
fn at_edges(
    search: &Search,
    text: &Text,
    at: usize,
    span: ByteSpan,
    errors: usize,
    budget: &mut Budget,
) -> Result<Option<(ByteSpan, usize)>, Spent> {
    let Some(part) = search.parts.get(at) else { return Ok(None) };
    let edges = Edges::of(search.anchor, at);
    // What stands there to the letter stands as part of a word or it does not; what is only like it may be cut wrongly.
    let moved = if errors > 0 { edges.widened(text, span, part.most) } else { span };
    if !edges.hold(text, moved) {
        return Ok(None);
    }
    if moved == span {
        return Ok(Some((span, errors)));
    }
    let chars = Folded::of(text.as_str(), moved.start, moved.end).chars;
    Ok(distance(&part.chars, &chars, part.most, budget)?.map(|errors| (moved, errors)))
}

/// How much of the context before the anchor stands before `byte`, from 0 to 1.
fn context_before(search: &Search, text: &Text, byte: usize, budget: &mut Budget) -> Result<f64, Spent> {
    let expected = &search.anchor.before;
    let before = text.as_str().get(..byte).unwrap_or_default();
    let is_all = expected.chars().count() < CONTEXT && before == expected.as_str();
    if is_all || (!expected.is_empty() && before.ends_with(expected.as_str())) {
        return Ok(share(expected, 0, is_all));
    }
    let from = fold::before(text.as_str(), byte, CONTEXT + CONTEXT / 4);
    let standing = Folded::of(text.as_str(), from, byte).chars;
    let errors = errors_at_start(&search.before, standing.into_iter().rev(), budget)?;
    Ok(share(expected, errors, false))
}

/// How much of the context after the anchor stands after `byte`, from 0 to 1.
fn context_after(search: &Search, text: &Text, byte: usize, budget: &mut Budget) -> Result<f64, Spent> {
    let expected = &search.anchor.after;
    let after = text.as_str().get(byte..).unwrap_or_default();
    let is_all = expected.chars().count() < CONTEXT && after == expected.as_str();
    if is_all || (!expected.is_empty() && after.starts_with(expected.as_str())) {
        return Ok(share(expected, 0, is_all));
    }
    let end = fold::after(text.as_str(), byte, CONTEXT + CONTEXT / 4);
    let standing = Folded::of(text.as_str(), byte, end).chars;
    let errors = errors_at_start(&search.after, standing.into_iter(), budget)?;
    Ok(share(expected, errors, false))
}

/// The share of a full side of context that stands there: of a shorter one only its part, unless it is all that the
/// text has on that side. More than half wrong is no context at all: two unrelated lines are as like as that.
fn share(expected: &str, errors: usize, is_all: bool) -> f64 {
    let length = expected.chars().count();
    if is_all {
        1.0
    } else if 2 * errors > length {
        0.0
    } else {
        (length - errors).min(CONTEXT) as f64 / CONTEXT as f64
    }
}
