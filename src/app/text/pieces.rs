//! The pieces of a line as parley gives them, and what has to be put right in their order and widths.
//!
//! Knows nothing of the table they become (`table.rs`). Held by `tests/text.rs`.

use std::ops::Range;

use super::shape::LEAST_WIDTH;
use super::unseen::mark_of;

/// A piece of a line as parley gives it: a grapheme, or the part of one that lies in one run.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) line: u32,
    /// Place in its line from left to right.
    pub(super) place: u32,
    pub(super) x: f32,
    pub(super) width: f32,
    pub(super) rtl: bool,
    pub(super) begins_word: bool,
    /// Its glyphs, and how far from its left edge their pen starts.
    pub(super) glyphs: Range<u32>,
    pub(super) pen: f32,
    /// Whether a face lacked one of its characters.
    pub(super) missing: bool,
}

/// Moves white space at the end of a line, from byte `blank_from` on, to where lines in the paragraph's direction end
/// (UAX #9, L1). `visual` stands from left to right.
pub(super) fn blanks_last(visual: &mut Vec<Piece>, blank_from: u32, rtl: bool) {
    let (mut blank, mut inked): (Vec<_>, Vec<_>) = visual.drain(..).partition(|piece| piece.start >= blank_from);
    blank.sort_by_key(|piece| piece.start);
    for piece in &mut blank {
        piece.rtl = rtl;
    }
    if rtl {
        visual.extend(blank.into_iter().rev());
        visual.append(&mut inked);
    } else {
        visual.append(&mut inked);
        visual.append(&mut blank);
    }
}

/// Brings together the parts of graphemes that a turn of direction has put apart; `boundaries` tells where
/// graphemes begin.
pub(super) fn join_graphemes(visual: &mut Vec<Piece>, boundaries: &[u32]) {
    let apart = |piece: &&Piece| boundaries.binary_search(&piece.start).is_err();
    let mut parts: Vec<u32> = visual.iter().filter(apart).map(|piece| piece.start).collect();
    parts.sort_unstable();
    for start in parts {
        let own = visual.iter().position(|piece| piece.start == start);
        let before = visual.iter().position(|piece| piece.end == start);
        let (Some(own), Some(before)) = (own, before) else { continue };
        if own.abs_diff(before) > 1 {
            let piece = visual.remove(own);
            let before = if own < before { before - 1 } else { before };
            let rtl = visual.get(before).is_some_and(|piece| piece.rtl);
            visual.insert(if rtl { before } else { before + 1 }, piece);
        }
    }
}

/// Gives letters without an advance a share of the letter before them, without moving a glyph: some faces draw a
/// lam-alef as two glyphs, of which one has all the width. `run` stands from left to right.
pub(super) fn share_width(run: &mut [Piece], text: &str, em: f32) {
    let first = |piece: &Piece| text.get(piece.start as usize..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
    let narrow = |piece: &Piece| piece.width < LEAST_WIDTH * em && first(piece).is_alphanumeric();
    let rtl = run.first().is_some_and(|piece| piece.rtl);
    if !run.iter().any(narrow) {
        return;
    }
    if rtl {
        run.reverse();
    }
    for group in run.chunk_by_mut(|_, next| narrow(next)) {
        if group.len() == 1 || group.first().is_some_and(|base| mark_of(first(base)).is_some()) {
            continue;
        }
        if rtl {
            group.reverse();
        }
        let share = group.iter().map(|piece| piece.width).sum::<f32>() / group.len() as f32;
        let (mut stood, mut stands) = (0.0, 0.0);
        for piece in group.iter_mut() {
            piece.pen += stood - stands;
            stood += piece.width;
            stands += share;
            piece.width = share;
        }
        if rtl {
            group.reverse();
        }
    }
    if rtl {
        run.reverse();
    }
}

/// Whether a character at the end of a line takes the direction of the paragraph (UAX #9, L1: white space, isolates,
/// and the controls that rule X9 takes out).
pub(super) fn hangs(c: char) -> bool {
    (c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}'))
        || matches!(c, '\u{200b}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
