//! The pages of a PDF as one text: letters, segments, regions, lines, blocks, flow, in this order.
//!
//! Held by `tests/document.rs`.

use std::collections::BTreeMap;

use hayro_interpret::InterpreterCache;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Dict, Name, Object};

use super::super::original::PageSize;
use super::blocks::{Block, Kind};
use super::columns::regions;
use super::flow::{Flow, Turned, flow};
use super::furniture::furniture;
use super::glyphs::{Drawn, Glyph, draw};
use super::lines::{Line, lines};
use super::segments::{Segment, segments};

/// A PDF, laid out as text.
#[derive(Debug)]
pub(super) struct Laid {
    pub flow: Flow,
    pub pages: Vec<PageSize>,
    /// How many letters have no known meaning.
    pub unknown: usize,
    /// How many pages are a picture without letters.
    pub scanned: usize,
    /// Whether there are more letters than are taken in.
    pub is_cut: bool,
}

impl Laid {
    /// How many letters there are.
    pub fn letters(&self) -> usize {
        self.flow.words.iter().map(|word| word.span.len()).sum()
    }
}

/// Lays out all pages of a PDF.
pub(super) fn lay_out(pdf: &Pdf) -> Laid {
    let cache = InterpreterCache::new();
    let codes = codes_are_letters(pdf);
    let mut left = MAX_GLYPHS;
    let mut drawn: Vec<Drawn> = Vec::new();
    for page in pdf.pages().iter() {
        let page = draw(page, &cache, codes, left);
        left -= page.glyphs.len().min(left);
        drawn.push(page);
    }
    let pages: Vec<PageSize> = drawn.iter().map(|page| page.size).collect();
    let unknown = drawn.iter().map(|page| page.unknown).sum();
    let scanned = drawn.iter().filter(|page| page.has_picture && page.glyphs.is_empty()).count();
    let body = body_size(&drawn);
    let turned: Vec<BTreeMap<i16, Vec<Segment>>> = drawn.into_iter().map(turned).collect();
    let edges = pages.iter().zip(&turned).map(|(page, turned)| (page.height, edge_lines(page.height, turned)));
    let edges: Vec<(f32, Vec<Line>)> = edges.collect();
    let furniture = furniture(&edges);
    let mut blocks: Vec<Turned> = Vec::new();
    for (page, turned) in turned.into_iter().enumerate() {
        let (height, edges) = match (edges.get(page), furniture.get(page)) {
            (Some((height, lines)), Some(found)) => {
                (*height, found.iter().filter_map(|&index| lines.get(index)).cloned().collect())
            }
            _ => (0.0, Vec::new()),
        };
        page_blocks(page, height, turned, &edges, body, &mut blocks);
    }
    Laid { flow: flow(blocks), pages, unknown, scanned, is_cut: left == 0 }
}

/// The upright lines at the upper and the lower edge of a page, some more than [`furniture`] looks at.
fn edge_lines(height: f32, turned: &BTreeMap<i16, Vec<Segment>>) -> Vec<Line> {
    let is_near = |segment: &&Segment| segment.y < 0.2 * height || segment.y > 0.8 * height;
    lines(turned.get(&0).into_iter().flatten().filter(is_near).cloned().collect())
}

/// Whether the file says that the codes of a font are letters themselves, which the interpreter does not follow.
fn codes_are_letters(pdf: &Pdf) -> bool {
    let is_identity =
        |dict: &Dict<'_>| dict.get::<Name<'_>>(b"ToUnicode").is_some_and(|name| name.as_ref().starts_with(b"Identity"));
    pdf.objects().into_iter().take(MAX_OBJECTS).any(|object| matches!(object, Object::Dict(dict) if is_identity(&dict)))
}

/// The most objects that are looked through for fonts.
const MAX_OBJECTS: usize = 20_000;

/// The most letters that are taken from one file: a thousand dense pages.
const MAX_GLYPHS: usize = 5_000_000;

/// The blocks of a page: its heads, its text, what stands athwart, its feet.
fn page_blocks(
    page: usize,
    height: f32,
    turned: BTreeMap<i16, Vec<Segment>>,
    edges: &[Line],
    body: f32,
    blocks: &mut Vec<Turned>,
) {
    let (heads, feet): (Vec<Line>, Vec<Line>) = edges.iter().cloned().partition(|line| line.y < height / 2.0);
    let furniture = |line: Line| (Block { kind: Kind::Furniture, lines: vec![(line, false)], open: false, page }, 0);
    blocks.extend(heads.into_iter().map(furniture));
    let mut turned: Vec<(i16, Vec<Segment>)> = turned.into_iter().collect();
    // The direction of most of the page first.
    turned.sort_by_key(|(_, segments)| std::cmp::Reverse(segments.iter().map(|at| at.glyphs.len()).sum::<usize>()));
    for (turn, mut segments) in turned {
        if turn == 0 {
            segments.retain(|segment| {
                !edges.iter().any(|line| {
                    (line.y - segment.y).abs() < 0.3 * line.size
                        && segment.left >= line.left - 1.0
                        && segment.right <= line.right + 1.0
                })
            });
        }
        for region in regions(segments) {
            blocks.extend(super::blocks::blocks(lines(region), body, page).into_iter().map(|block| (block, turn)));
        }
    }
    blocks.extend(feet.into_iter().map(furniture));
}

/// The segments of a page by their direction.
fn turned(drawn: Drawn) -> BTreeMap<i16, Vec<Segment>> {
    let mut turns: BTreeMap<i16, Vec<Glyph>> = BTreeMap::new();
    for glyph in drawn.glyphs {
        turns.entry(glyph.turn.rem_euclid(360)).or_default().push(glyph);
    }
    turns.into_iter().map(|(turn, glyphs)| (turn, segments(glyphs))).collect()
}

/// The size that most letters have.
fn body_size(pages: &[Drawn]) -> f32 {
    let mut sizes: BTreeMap<i32, usize> = BTreeMap::new();
    for glyph in pages.iter().flat_map(|page| &page.glyphs) {
        *sizes.entry((glyph.size * 2.0).round() as i32).or_default() += 1;
    }
    sizes.into_iter().max_by_key(|(_, count)| *count).map_or(10.0, |(size, _)| size as f32 / 2.0)
}
