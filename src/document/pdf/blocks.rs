//! Lines to paragraphs: where one ends and the next begins, what is a heading, a list item, a row of a table.
//!
//! Knows places on a page, not PDF. Held by `tests/document.rs`.

use super::lines::Line;

/// What a block of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Kind {
    /// Running text.
    Body,
    /// Larger than the running text.
    Heading,
    /// An item of a list.
    Item,
    /// Rows of a table, a line each.
    Table,
    /// A running head or foot, a page number.
    Furniture,
}

/// Lines that belong together.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub kind: Kind,
    /// Its lines, each with whether the line before it was ended on purpose: there was room for much more.
    pub lines: Vec<(Line, bool)>,
    /// Whether its last line reaches so far that it may go on elsewhere.
    pub open: bool,
    /// The page it begins on, from 0.
    pub page: usize,
}

/// The blocks of a region's lines. `body` is the size of the document's running text.
pub(super) fn blocks(lines: Vec<Line>, body: f32, page: usize) -> Vec<Block> {
    let margins = Margins::of(&lines);
    let rows = table_rows(&lines);
    let mut blocks: Vec<Block> = Vec::new();
    let mut last: Option<Line> = None;
    for (line, row) in lines.into_iter().zip(rows) {
        let forced = last.as_ref().is_some_and(|last| margins.would_fit(last, &line));
        let begins = match (&last, blocks.last()) {
            (Some(last), Some(block)) => begins(last, &line, block, &margins, row, forced),
            _ => true,
        };
        if begins {
            let kind = kind(&line, row, body);
            blocks.push(Block { kind, lines: Vec::new(), open: false, page });
        }
        if let Some(block) = blocks.last_mut() {
            block.open = block.kind != Kind::Table && margins.reaches(&line);
            let broken = last.as_ref().is_some_and(|last| margins.room(last) > 0.2 * (margins.right - margins.left));
            block.lines.push((line.clone(), forced && broken && !begins));
        }
        last = Some(line);
    }
    blocks
}

fn kind(line: &Line, row: bool, body: f32) -> Kind {
    if row {
        Kind::Table
    } else if starts_item(line) {
        Kind::Item
    } else if line.size > 1.12 * body {
        Kind::Heading
    } else {
        Kind::Body
    }
}

/// Whether a line begins a block of its own.
fn begins(last: &Line, line: &Line, block: &Block, margins: &Margins, row: bool, forced: bool) -> bool {
    let step = line.y - last.y;
    let sizes = line.size.max(last.size);
    if (block.kind == Kind::Table) != row {
        return true;
    }
    if row {
        return step > 3.0 * margins.leading.max(sizes);
    }
    if step > 1.32 * margins.leading.max(1.05 * sizes) || step < 0.0 {
        return true;
    }
    if line.size > 1.12 * last.size || last.size > 1.12 * line.size {
        return true;
    }
    if starts_item(line) && (forced || block.kind == Kind::Item || ends_sentence(last)) {
        return true;
    }
    let (inset, before) = if line.leftwards {
        (margins.right - line.right, margins.right - last.right)
    } else {
        (line.left - margins.left, last.left - margins.left)
    };
    let indented = (0.7 * sizes..6.0 * sizes).contains(&inset) && before < 0.4 * sizes && !forced_shape(line, margins);
    let outdented = block.kind == Kind::Item && block.lines.len() > 1 && inset < before - 0.7 * sizes;
    indented && block.kind != Kind::Item || outdented || forced && ends_sentence(last)
}

/// Whether the line stands in the middle: its inset is no paragraph's.
fn forced_shape(line: &Line, margins: &Margins) -> bool {
    let (left, right) = (line.left - margins.left, margins.right - line.right);
    (left - right).abs() < 0.5 * line.size && left > line.size
}

fn ends_sentence(line: &Line) -> bool {
    let text = line.words.last().map_or("", |word| word.text.as_str());
    let bare = text.trim_end_matches(['"', '\'', '\u{201d}', '\u{2019}', ')', ']', '\u{bb}']);
    bare.ends_with(['.', '!', '?', ':', '\u{2026}', '\u{3002}', '\u{ff01}', '\u{ff1f}', '\u{6d4}', '\u{61f}'])
}

/// Whether a line begins with a list's sign or number.
fn starts_item(line: &Line) -> bool {
    let Some(first) = line.words.first().filter(|_| line.words.len() > 1) else { return false };
    let text = first.text.as_str();
    let mut letters = text.chars();
    if let (Some(only), None) = (letters.next(), letters.next()) {
        return "\u{2022}\u{25cf}\u{25cb}\u{25e6}\u{25aa}\u{25a0}\u{2023}\u{2043}\u{b7}\u{2013}\u{2014}-*\u{2713}\u{27a2}".contains(only);
    }
    let inner = text.trim_start_matches('(').trim_end_matches(['.', ')']);
    let closed = text.ends_with(['.', ')']) && inner.len() + 3 > text.len();
    closed && (inner.len() <= 2 && !inner.is_empty() && inner.chars().all(|at| at.is_ascii_digit()))
        || (text.starts_with('(') && text.ends_with(')') && inner.len() == 1)
}

/// Which lines are rows of a table: two or more lines one below the other with cells that stand below one another.
fn table_rows(lines: &[Line]) -> Vec<bool> {
    let mut rows = vec![false; lines.len()];
    for (index, pair) in lines.windows(2).enumerate() {
        let [a, b] = pair else { continue };
        let near = b.y - a.y < 3.0 * a.size.max(b.size);
        let aligned = a.cells.iter().skip(1).any(|x| b.cells.iter().skip(1).any(|y| (x - y).abs() < 1.2 * a.size));
        // Cells set to the right begin anywhere.
        let many = a.cells.len() >= 3 && a.cells.len() == b.cells.len();
        if near && (aligned || many) {
            for row in rows.iter_mut().skip(index).take(2) {
                *row = true;
            }
        }
    }
    rows
}

/// Where the lines of a region begin and end.
struct Margins {
    left: f32,
    right: f32,
    leading: f32,
}

impl Margins {
    fn of(lines: &[Line]) -> Self {
        let at = |mut values: Vec<f32>, share: f32| {
            values.sort_by(f32::total_cmp);
            let index = (values.len().saturating_sub(1) as f32 * share).round() as usize;
            values.get(index).copied().unwrap_or(0.0)
        };
        let left = lines.iter().map(|line| line.left).fold(f32::INFINITY, f32::min);
        let rights = lines.iter().map(|line| line.right).collect();
        let same = |a: &Line, b: &Line| (a.size - b.size).abs() < 0.12 * a.size;
        let steps = lines.windows(2).filter_map(|pair| match pair {
            [a, b] if same(a, b) && b.y - a.y > 0.5 * a.size && b.y - a.y < 2.6 * a.size => Some(b.y - a.y),
            _ => None,
        });
        // The usual step is that within paragraphs, which is the smaller one: many releases have one-line paragraphs.
        Self { left, right: at(rights, 0.95), leading: at(steps.collect(), 0.35) }
    }

    /// Whether the first word of `line` would have had room at the end of `last`.
    fn would_fit(&self, last: &Line, line: &Line) -> bool {
        let Some(first) = line.words.first() else { return false };
        let [left, _, right, _] = first.place;
        self.room(last) > (right - left) + last.size
    }

    /// How much of a line is empty at its end.
    fn room(&self, line: &Line) -> f32 {
        if line.leftwards { line.left - self.left } else { self.right - line.right }
    }

    /// Whether a line reaches the far margin.
    fn reaches(&self, line: &Line) -> bool {
        self.room(line) < 6.0 * line.size
    }
}
