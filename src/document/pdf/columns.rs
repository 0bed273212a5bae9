//! In what order the pieces of a page are read: columns from left to right where there are columns of text, line by
//! line everywhere else.
//!
//! A column's edge is a strip of white down which nothing is drawn, with lines of running text on both sides. Knows
//! places on a page, not PDF. Held by `tests/document.rs`.

use super::segments::Segment;

/// How deep columns may stand in columns.
const DEPTH: usize = 12;

/// The regions of a page, in reading order; each is read line by line.
pub(super) fn regions(segments: Vec<Segment>) -> Vec<Vec<Segment>> {
    let mut regions = Vec::new();
    let mut segments = segments;
    segments.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.left.total_cmp(&b.left)));
    divide(segments, DEPTH, &mut regions);
    regions
}

fn divide(segments: Vec<Segment>, depth: usize, regions: &mut Vec<Vec<Segment>>) {
    if segments.is_empty() {
        return;
    }
    let Some(gutter) = (depth > 0).then(|| gutter(&segments)).flatten() else {
        regions.push(segments);
        return;
    };
    let [mut above, mut left, mut right, mut below] = [const { Vec::new() }; 4];
    for (index, segment) in segments.into_iter().enumerate() {
        let part = if index < gutter.from {
            &mut above
        } else if index >= gutter.to {
            &mut below
        } else if segment.right <= gutter.x {
            &mut left
        } else {
            &mut right
        };
        part.push(segment);
    }
    for part in [above, left, right, below] {
        divide(part, depth - 1, regions);
    }
}

/// A strip of white between columns.
#[derive(Clone, Copy, Debug)]
struct Gutter {
    x: f32,
    /// The segments (sorted from top to bottom) along it.
    from: usize,
    to: usize,
}

/// The gutter with the most text on its lesser side.
fn gutter(segments: &[Segment]) -> Option<Gutter> {
    let left = segments.iter().map(|segment| segment.left).fold(f32::INFINITY, f32::min);
    let right = segments.iter().map(|segment| segment.right).fold(f32::NEG_INFINITY, f32::max);
    let mut edges: Vec<f32> = segments.iter().map(|segment| segment.left).filter(|&x| x > left + 1.0).collect();
    edges.sort_by(f32::total_cmp);
    edges.dedup_by(|a, b| (*a - *b).abs() < 1.0);
    let mut best: Option<(f32, Gutter)> = None;
    for edge in edges {
        let x = edge - 0.5;
        if x >= right {
            break;
        }
        let mut from = 0;
        while from < segments.len() {
            let crosses = |segment: &Segment| segment.left < x && segment.right > x;
            let len = segments.iter().skip(from).take_while(|segment| !crosses(segment)).count();
            let to = from + len;
            if let Some(run) = segments.get(from..to)
                && let Some(gain) = columns(run, x)
                && best.is_none_or(|(most, _)| gain > most)
            {
                best = Some((gain, Gutter { x, from, to }));
            }
            from = to + 1;
        }
    }
    best.map(|(_, gutter)| gutter)
}

/// Whether a strip at `x` has columns of text on both sides; how much text is on the lesser one.
fn columns(run: &[Segment], x: f32) -> Option<f32> {
    let (left, right): (Vec<&Segment>, Vec<&Segment>) = run.iter().partition(|segment| segment.right <= x);
    let left = Side::of(&left)?;
    let right = Side::of(&right)?;
    let white = right.from - left.to;
    let size = left.size.max(right.size);
    if white < 0.6 * size || left.bottom <= right.top || right.bottom <= left.top {
        return None;
    }
    // Drawn one after the other, not line by line: two texts, however narrow.
    let in_turn = left.last < right.first || right.last < left.first;
    let in_turn = in_turn && white > size && left.lines.min(right.lines) >= 2 && left.lines.max(right.lines) >= 4;
    let of_text = |side: &Side| side.lines >= 3 && side.median > 11.0 * side.size && side.full;
    ((of_text(&left) && of_text(&right)) || in_turn).then_some(left.ink.min(right.ink))
}

/// What is on one side of a strip.
struct Side {
    from: f32,
    to: f32,
    top: f32,
    bottom: f32,
    size: f32,
    lines: usize,
    median: f32,
    full: bool,
    ink: f32,
    first: usize,
    last: usize,
}

impl Side {
    fn of(segments: &[&Segment]) -> Option<Self> {
        let least = |of: fn(&Segment) -> f32| segments.iter().map(|at| of(at)).fold(f32::INFINITY, f32::min);
        let most = |of: fn(&Segment) -> f32| segments.iter().map(|at| of(at)).fold(f32::NEG_INFINITY, f32::max);
        let mut widths: Vec<f32> = segments.iter().map(|segment| segment.width()).collect();
        widths.sort_by(f32::total_cmp);
        let mut sizes: Vec<f32> = segments.iter().map(|segment| segment.size).collect();
        sizes.sort_by(f32::total_cmp);
        let middle = segments.len() / 2;
        let (median, size) = (*widths.get(middle)?, *sizes.get(middle)?);
        let lines = 1 + segments.windows(2).filter(|pair| matches!(pair, [a, b] if !a.beside(b))).count();
        let (from, to) = (least(|at| at.left), most(|at| at.right));
        Some(Self {
            from,
            to,
            top: least(Segment::top),
            bottom: most(Segment::bottom),
            size,
            lines,
            median,
            full: median > 0.55 * (to - from),
            ink: widths.iter().sum(),
            first: segments.iter().map(|segment| segment.order).min()?,
            last: segments.iter().map(|segment| segment.order).max()?,
        })
    }
}
