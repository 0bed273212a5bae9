//! A release's text cut where marks begin and end, for reports that show it with its marks.
//!
//! One sweep over the ends of all marks: the work grows with their number times its logarithm, however they overlap.

use std::collections::BTreeSet;

use super::{ClaimView, Release};
use crate::document::{ByteSpan, CodeSpan, Text};

/// Lines that are drawn below each other; a claim that would need one more has its number only.
const LANES: usize = 3;

/// A piece of a paragraph in which the same marks hold all through.
#[derive(Debug)]
pub(super) struct Piece {
    /// The paragraph's number, from 1.
    pub paragraph: usize,
    /// Where it stands in the text.
    pub span: ByteSpan,
    /// The claim on each line, by its index.
    pub lanes: [Option<usize>; LANES],
    /// Whether its words name a source.
    pub is_mention: bool,
    /// Whether its words attribute.
    pub is_cue: bool,
    /// Claims that end where it ends.
    pub ends: Vec<usize>,
}

/// What a mark marks.
#[derive(Clone, Copy, Debug)]
enum What {
    Mention,
    Cue,
    /// Part of the claim of this index; its line; whether it is the last part.
    Claim(usize, Option<usize>, bool),
}

/// Cuts the paragraphs of `release`. `claims` are those marked in it, each with its index, a layer after the other.
pub(super) fn pieces(release: &Release, text: &Text, claims: &[(usize, &ClaimView<'_>)]) -> Vec<Piece> {
    let marks = marks(text, claims);
    let mut turns: Vec<(usize, bool, usize)> = Vec::with_capacity(marks.len() * 2);
    for (i, (span, _)) in marks.iter().enumerate() {
        turns.push((span.start, true, i));
        turns.push((span.end, false, i));
    }
    // `false` sorts first: where one mark ends and another begins, the end comes first.
    turns.sort_unstable();
    let mut turns = turns.into_iter().peekable();
    let (mut lanes, mut mentions, mut cues) = ([None; LANES], 0usize, 0usize);
    let mut pieces: Vec<Piece> = Vec::new();
    for (i, paragraph) in release.paragraphs.iter().enumerate() {
        let mut from = paragraph.start;
        loop {
            let to = turns.peek().map_or(paragraph.end, |(at, ..)| (*at).min(paragraph.end));
            if from < to {
                let (is_mention, is_cue) = (mentions > 0, cues > 0);
                let span = ByteSpan::new(from, to);
                pieces.push(Piece { paragraph: i + 1, span, lanes, is_mention, is_cue, ends: Vec::new() });
                from = to;
            }
            let Some((_, begins, mark)) = turns.next_if(|(at, ..)| *at <= paragraph.end) else { break };
            match marks.get(mark).map(|(_, what)| *what) {
                Some(What::Mention) if begins => mentions += 1,
                Some(What::Mention) => mentions -= 1,
                Some(What::Cue) if begins => cues += 1,
                Some(What::Cue) => cues -= 1,
                Some(What::Claim(claim, lane, is_last)) => {
                    if let Some(line) = lane.and_then(|lane| lanes.get_mut(lane)) {
                        *line = begins.then_some(claim);
                    }
                    if let (false, true, Some(piece)) = (begins, is_last, pieces.last_mut()) {
                        piece.ends.push(claim);
                    }
                }
                None => {}
            }
        }
    }
    pieces
}

/// Every mark in the text: claims, the mentions that speak them, the cues that attribute them.
fn marks(text: &Text, claims: &[(usize, &ClaimView<'_>)]) -> Vec<(ByteSpan, What)> {
    let bytes = |spans: &[CodeSpan]| -> Vec<ByteSpan> {
        spans.iter().filter_map(|span| text.byte_span_from_code_span(*span)).filter(|span| !span.is_empty()).collect()
    };
    let mut marks = Vec::new();
    let (mut mentions, mut cues) = (BTreeSet::new(), BTreeSet::new());
    let mut by_place: Vec<_> = claims.iter().map(|(i, claim)| (*i, *claim, bytes(&claim.spans))).collect();
    by_place.sort_by_key(|(i, _, spans)| (spans.first().map(|span| span.start), *i));
    let mut free_from = [0; LANES];
    for (i, claim, spans) in &by_place {
        let (Some(first), Some(last)) = (spans.first(), spans.last()) else { continue };
        let lane = free_from.iter().position(|free| *free <= first.start);
        if let Some(free) = lane.and_then(|lane| free_from.get_mut(lane)) {
            *free = last.end;
        }
        marks.extend(spans.iter().map(|span| (*span, What::Claim(*i, lane, span == last))));
        for voice in claim.voices.iter().flatten() {
            mentions.extend(voice.speakers.iter().flat_map(|speaker| bytes(&speaker.spans)));
            cues.extend(bytes(&voice.cue_spans));
        }
    }
    marks.extend(mentions.into_iter().map(|span| (span, What::Mention)));
    marks.extend(cues.into_iter().map(|span| (span, What::Cue)));
    marks
}
