//! Which lane an underline or a bracket takes where several lie over each other.
//!
//! Knows neither text nor screen: spans and lines come in as numbers. Held by `tests/reader.rs`.

use std::collections::BTreeMap;

use crate::document::ByteSpan;

/// Underlines that fit below a line; what is beyond them is counted ("+2").
pub const UNDERLINES: usize = 3;

/// The lane of each claim's underline, 0 being the highest: the longer claim lies on top of what it overlaps. `None`
/// where [`UNDERLINES`] are taken.
#[must_use]
pub fn underlines(claims: &[&[ByteSpan]]) -> Vec<Option<usize>> {
    let length = |spans: &[ByteSpan]| spans.iter().map(|span| span.len()).sum::<usize>();
    let mut order: Vec<(usize, &[ByteSpan])> = claims.iter().copied().enumerate().collect();
    order.sort_by_key(|(number, spans)| (std::cmp::Reverse(length(spans)), *number));
    let mut lanes: [BTreeMap<usize, usize>; UNDERLINES] = Default::default();
    let mut given = vec![None; claims.len()];
    for (number, spans) in order {
        let free = lanes.iter().position(|taken| !spans.iter().any(|span| is_taken(taken, *span)));
        let Some((lane, taken)) = free.and_then(|lane| Some((lane, lanes.get_mut(lane)?))) else { continue };
        taken.extend(spans.iter().map(|span| (span.start, span.end)));
        if let Some(slot) = given.get_mut(number) {
            *slot = Some(lane);
        }
    }
    given
}

/// Whether `span` overlaps one of the disjoint spans in `taken` (start → end).
fn is_taken(taken: &BTreeMap<usize, usize>, span: ByteSpan) -> bool {
    taken.range(..span.end).next_back().is_some_and(|(_, &end)| end > span.start)
}

/// The lane of each bracket, 0 being next to the text, from the first and the last line it spans. Brackets come in the
/// order of their claims; one that shares a line with another goes further left. `None` where `lanes` are taken; the
/// bracket numbered `first`, if any, is never among those.
#[must_use]
pub fn brackets(ranges: &[(usize, usize)], lanes: usize, first: Option<usize>) -> Vec<Option<usize>> {
    let given = first_fit(ranges, lanes, None);
    let has_place = |number: usize| given.get(number).is_none_or(Option::is_some);
    if first.is_none_or(has_place) { given } else { first_fit(ranges, lanes, first) }
}

fn first_fit(ranges: &[(usize, usize)], lanes: usize, first: Option<usize>) -> Vec<Option<usize>> {
    let mut given = vec![None; ranges.len()];
    let mut taken: Vec<Vec<(usize, usize)>> = vec![Vec::new(); lanes];
    let numbers = first.into_iter().chain((0..ranges.len()).filter(|&number| Some(number) != first));
    for number in numbers {
        let Some(&(top, bottom)) = ranges.get(number) else { continue };
        let meets = |other: &(usize, usize)| other.0 <= bottom && top <= other.1;
        let free = taken.iter_mut().enumerate().find(|(_, lane)| !lane.iter().any(meets));
        let Some((lane, others)) = free else { continue };
        others.push((top, bottom));
        if let Some(slot) = given.get_mut(number) {
            *slot = Some(lane);
        }
    }
    given
}
