//! Lines of a page: words in the order in which they are read, each with its place.
//!
//! A page holds letters from left to right as they are seen; right-to-left scripts are put back into the order in which
//! they are read, numbers and foreign words in them as well. Knows places on a page, not PDF. Held by
//! `tests/document.rs`.

use smol_str::SmolStr;

use super::segments::{Segment, apart};

/// A word, and where it stands (left, top, right, bottom, in the frame of its line's direction).
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub text: String,
    pub place: [f32; 4],
    /// Whether its letters run from right to left.
    pub leftwards: bool,
    /// Whether a wide gap, as between the cells of a table, stands before it.
    pub cell: bool,
}

/// A line.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub words: Vec<Word>,
    pub left: f32,
    pub right: f32,
    pub y: f32,
    pub size: f32,
    /// Where its cells begin: one for a line of running text.
    pub cells: Vec<f32>,
    /// Whether it is read from right to left.
    pub leftwards: bool,
}

/// A gap of more than this, in sizes, stands between two cells rather than two words.
const CELL_GAP: f32 = 1.6;

impl Line {
    /// The text, for comparing lines.
    pub fn text(&self) -> String {
        let words: Vec<&str> = self.words.iter().map(|word| word.text.as_str()).collect();
        words.join(" ")
    }
}

/// The lines of a region, from top to bottom.
pub(super) fn lines(mut segments: Vec<Segment>) -> Vec<Line> {
    segments.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.left.total_cmp(&b.left)));
    let mut rows: Vec<Vec<Segment>> = Vec::new();
    for segment in segments {
        // What overlaps a row's letters is a row of its own: drawn over it.
        let row = rows.iter_mut().rev().take(3).find(|row| {
            row.iter().any(|other| other.beside(&segment))
                && row.iter().all(|other| {
                    let shared = other.right.min(segment.right) - other.left.max(segment.left);
                    shared < 0.3 * other.width().min(segment.width()).max(other.size)
                })
        });
        match row {
            Some(row) => row.push(segment),
            None => rows.push(vec![segment]),
        }
    }
    let mut lines: Vec<Line> = rows.into_iter().filter_map(line).collect();
    lines.sort_by(|a, b| a.y.total_cmp(&b.y));
    lines
}

fn line(mut row: Vec<Segment>) -> Option<Line> {
    row.sort_by(|a, b| a.left.total_cmp(&b.left));
    let widest = row.iter().max_by(|a, b| a.glyphs.len().cmp(&b.glyphs.len()))?;
    let (y, size) = (widest.y, widest.size);
    let left = row.first()?.left;
    let right = row.iter().map(|segment| segment.right).fold(left, f32::max);
    let mut words: Vec<Word> = Vec::new();
    let mut letters: Vec<(SmolStr, [f32; 4])> = Vec::new();
    let mut cells = vec![left];
    let mut cell = false;
    let mut before: Option<&Segment> = None;
    for segment in &row {
        for (index, (glyph, space)) in segment.glyphs.iter().enumerate() {
            let first = index == 0;
            let gap = before.filter(|_| first).is_some_and(|before| apart(before, segment));
            if *space || gap {
                words.extend(word(&mut letters, cell));
                cell = first && before.is_some_and(|before| segment.left - before.right > CELL_GAP * size);
                if cell {
                    cells.push(segment.left);
                }
            }
            let (top, bottom) = (glyph.y - 0.78 * glyph.size, glyph.y + 0.22 * glyph.size);
            letters.push((glyph.text.clone(), [glyph.x, top, glyph.x + glyph.width, bottom]));
        }
        before = Some(segment);
    }
    words.extend(word(&mut letters, cell));
    let leftwards = turn(&mut words);
    Some(Line { words, left, right, y, size, cells, leftwards })
}

/// The word of some letters from left to right.
fn word(letters: &mut Vec<(SmolStr, [f32; 4])>, cell: bool) -> Option<Word> {
    let (mut text, mut place) = (String::new(), letters.first()?.1);
    let leftwards = letters.iter().any(|(letter, _)| letter.chars().any(is_leftwards));
    if leftwards {
        reverse(letters, |(letter, _)| letter.chars().all(is_rightwards));
    }
    for (letter, [left, top, right, bottom]) in letters.drain(..) {
        text.push_str(&letter);
        let [l, t, r, b] = place;
        place = [l.min(left), t.min(top), r.max(right), b.max(bottom)];
    }
    Some(Word { text, place, leftwards, cell })
}

/// Puts the words of a line into reading order; whether the line runs from right to left.
fn turn(words: &mut [Word]) -> bool {
    let count = |of: fn(char) -> bool| words.iter().flat_map(|word| word.text.chars()).filter(|&at| of(at)).count();
    let leftwards = count(is_leftwards);
    if leftwards == 0 {
        return false;
    }
    let base = 2 * leftwards >= count(char::is_alphabetic);
    if base {
        reverse(words, |word| !word.leftwards && word.text.chars().any(is_rightwards));
    } else {
        let mut from = 0;
        while from < words.len() {
            let run = words.iter().skip(from).take_while(|word| word.leftwards).count();
            if let Some(run) = words.get_mut(from..from + run) {
                run.reverse();
            }
            from += run.max(1);
        }
    }
    base
}

/// Turns a sequence around, and what keeps its own direction back again.
fn reverse<T>(items: &mut [T], keeps: impl Fn(&T) -> bool) {
    items.reverse();
    let mut from = 0;
    while from < items.len() {
        let run = items.iter().skip(from).take_while(|item| keeps(item)).count();
        if let Some(run) = items.get_mut(from..from + run) {
            run.reverse();
        }
        from += run.max(1);
    }
}

/// Whether a letter is written from right to left.
pub(super) fn is_leftwards(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{5ff}' | '\u{600}'..='\u{65f}' | '\u{66a}'..='\u{6ef}' | '\u{6fa}'..='\u{8ff}'
        | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// Whether a letter or figure runs from left to right also in such a line.
fn is_rightwards(letter: char) -> bool {
    !is_leftwards(letter) && (letter.is_alphanumeric() || matches!(letter, '.' | ',' | ':' | '/' | '%' | '@' | '_'))
}
