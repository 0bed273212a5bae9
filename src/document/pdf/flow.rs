//! The pages' blocks as one text: paragraphs joined over lines, columns and pages, words over hyphens.
//!
//! Knows places on a page, not PDF. Held by `tests/document.rs`.

use std::collections::BTreeSet;
use std::ops::Range;

use super::blocks::{Block, Kind};
use super::glyphs::rotated;
use super::lines::{Line, Word};

/// The text of a PDF, and where all of it stands.
#[derive(Debug, Default)]
pub(in super::super) struct Flow {
    pub text: String,
    /// The blocks, ascending; between two of them stands a blank line.
    pub blocks: Vec<(Range<usize>, Kind)>,
    /// The words, ascending. The parts of a word that a hyphen divides are two.
    pub words: Vec<Placed>,
}

/// Letters of the text, and where they stand.
#[derive(Clone, Debug, PartialEq)]
pub(in super::super) struct Placed {
    /// Bytes of the text.
    pub span: Range<usize>,
    /// The page, from 0.
    pub page: usize,
    /// Left, top, right, bottom, in points from the page's upper left corner.
    pub place: [f32; 4],
    /// Whether the letters run from right to left.
    pub leftwards: bool,
}

/// A block, and the direction of its lines on the page, in degrees.
pub(super) type Turned = (Block, i16);

/// One text of all blocks.
pub(super) fn flow(blocks: Vec<Turned>) -> Flow {
    let known = known_words(&blocks);
    let mut flow = Flow::default();
    let mut later: Vec<Turned> = Vec::new();
    let mut blocks = blocks.into_iter().peekable();
    while let Some((mut block, turn)) = blocks.next() {
        // A running foot and head between two halves of a paragraph stand after it.
        let mut pages: Vec<usize> = vec![block.page; block.lines.len()];
        if goes_on(&block) {
            let mut between: Vec<Turned> = Vec::new();
            loop {
                while let Some(furniture) = blocks.next_if(|(next, _)| next.kind == Kind::Furniture) {
                    between.push(furniture);
                }
                let Some((next, _)) =
                    blocks.next_if(|(next, at)| goes_on(&block) && *at == turn && continues(&block, next))
                else {
                    break;
                };
                pages.extend(std::iter::repeat_n(next.page, next.lines.len()));
                block.open = next.open;
                block.lines.extend(next.lines);
            }
            later = between;
        }
        flow.block(&block, turn, &pages, &known);
        for (furniture, turn) in later.drain(..) {
            let pages = vec![furniture.page; furniture.lines.len()];
            flow.block(&furniture, turn, &pages, &known);
        }
    }
    flow
}

/// Whether the block ends in the middle of a sentence at the end of a column or page.
fn goes_on(block: &Block) -> bool {
    let last = block.lines.last().and_then(|(line, _)| line.words.last());
    let ends = |word: &Word| word.text.ends_with(['.', '!', '?', ':', '"', '\u{201d}', '\u{bb}']);
    matches!(block.kind, Kind::Body | Kind::Item) && block.open && last.is_some_and(|word| !ends(word))
}

/// Whether `next` is the rest of what `block` began.
fn continues(block: &Block, next: &Block) -> bool {
    let (Some((last, _)), Some((first, _))) = (block.lines.last(), next.lines.first()) else { return false };
    let alike = (last.size - first.size).abs() < 0.08 * last.size;
    let letter = first.words.first().and_then(|word| word.text.chars().next());
    let hyphen = last.words.last().is_some_and(|word| divided(&word.text));
    let small = letter.is_some_and(|letter| letter.is_lowercase() || letter == '(' || letter.is_numeric());
    next.kind == Kind::Body && alike && (small || hyphen || block.lines.len() > 1 && next.lines.len() > 1)
}

/// The words of the document, to know which hyphens belong to a word.
fn known_words(blocks: &[Turned]) -> BTreeSet<String> {
    let lines = blocks.iter().flat_map(|(block, _)| &block.lines);
    lines.flat_map(|(line, _)| &line.words).map(|word| bare(&word.text).to_owned()).collect()
}

fn bare(word: &str) -> &str {
    word.trim_matches(|letter: char| !letter.is_alphanumeric())
}

/// Whether a word is divided at its end.
fn divided(word: &str) -> bool {
    let stem = word.trim_end_matches(HYPHENS);
    stem.len() < word.len() && stem.ends_with(char::is_alphabetic)
}

const HYPHENS: [char; 2] = ['-', '\u{2010}'];

impl Flow {
    fn block(&mut self, block: &Block, turn: i16, pages: &[usize], known: &BTreeSet<String>) {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        let mut before: Option<&Line> = None;
        for ((line, forced), &page) in block.lines.iter().zip(pages) {
            if let Some(before) = before {
                self.between(before, line, block.kind == Kind::Table || *forced, known);
            }
            for (index, word) in line.words.iter().enumerate() {
                if index > 0 {
                    self.text.push(if word.cell && block.kind == Kind::Table { '\t' } else { ' ' });
                }
                let from = self.text.len();
                self.text.push_str(&word.text);
                let place = upright(word.place, turn);
                let span = from..self.text.len();
                self.words.push(Placed { span, page, place, leftwards: word.leftwards });
            }
            before = Some(line);
        }
        self.blocks.push((start..self.text.len(), block.kind));
    }

    /// What stands between two lines of a block: a space, nothing where a word goes on, or the break that was meant.
    fn between(&mut self, before: &Line, line: &Line, broken: bool, known: &BTreeSet<String>) {
        let (last, first) = (before.words.last(), line.words.first());
        let (Some(last), Some(first)) = (last, first) else { return };
        let capitals = |word: &Word| bare(&word.text).chars().filter(|at| at.is_alphabetic()).all(char::is_uppercase);
        let small = first.text.chars().next().is_some_and(char::is_lowercase);
        let small = small || first.text.starts_with(char::is_alphabetic) && capitals(last) && capitals(first);
        if divided(&last.text) && small {
            let stem = bare(last.text.trim_end_matches(HYPHENS));
            let rest = bare(&first.text);
            let whole = known.contains(&format!("{stem}-{rest}"));
            let joined = known.contains(&format!("{stem}{rest}"));
            if (joined || !whole)
                && let Some(hyphen) = self.text.pop()
            {
                // The hyphen is on the page but not in the text.
                if let Some(placed) = self.words.last_mut() {
                    placed.span.end -= hyphen.len_utf8();
                }
            }
            return;
        }
        if broken {
            self.text.push('\n');
        } else if divided(&last.text) || both_wide(&last.text, &first.text) {
            // “NATO-” and “Ukraine” go together as they stand; Chinese and Japanese have no spaces.
        } else {
            self.text.push(' ');
        }
    }
}

/// Whether two words are of a script that is written without spaces.
fn both_wide(last: &str, first: &str) -> bool {
    let wide = |letter: char| matches!(letter, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}');
    last.chars().next_back().is_some_and(wide) && first.chars().next().is_some_and(wide)
}

/// A place in the frame of a direction, as a place on the page.
fn upright([left, top, right, bottom]: [f32; 4], turn: i16) -> [f32; 4] {
    let corners = [(left, top), (right, top), (left, bottom), (right, bottom)].map(|corner| rotated(corner, turn));
    let least = |of: fn(&(f32, f32)) -> f32| corners.iter().map(of).fold(f32::INFINITY, f32::min);
    let most = |of: fn(&(f32, f32)) -> f32| corners.iter().map(of).fold(f32::NEG_INFINITY, f32::max);
    [least(|c| c.0), least(|c| c.1), most(|c| c.0), most(|c| c.1)]
}
