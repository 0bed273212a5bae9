//! Where the caret stands, what a point hits, which rectangles a range covers, and where a key moves.
//!
//! Reads the table of a [`Paragraph`] and nothing else. Held by `tests/text.rs`.
//!
//! A position is a byte of the text and a side: where directions change or a line wraps, the end of one character and
//! the start of the next are two places on the page. Left and right move by sight; ranges are of the text.

use std::ops::Range;

use super::Paragraph;
use super::paragraph::ClusterRow;

/// Which neighbour a position belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Affinity {
    /// The cluster that begins there.
    #[default]
    Downstream,
    /// The cluster that ends there.
    Upstream,
}

/// A place between two clusters of a paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Position {
    /// Byte of the paragraph's text; a cluster's boundary in everything that [`Paragraph`] gives.
    pub byte: usize,
    /// Which neighbour it belongs to.
    pub affinity: Affinity,
}

impl Position {
    /// The position before the cluster that begins at `byte`.
    #[must_use]
    pub fn before(byte: usize) -> Self {
        Self { byte, affinity: Affinity::Downstream }
    }

    /// The position after the cluster that ends at `byte`.
    #[must_use]
    pub fn after(byte: usize) -> Self {
        Self { byte, affinity: Affinity::Upstream }
    }
}

/// Where the caret of a position stands, in physical pixels of the paragraph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CaretRect {
    /// Number of the line.
    pub line: usize,
    /// Across.
    pub x: f32,
    /// Upper end.
    pub top: f32,
    /// Lower end.
    pub bottom: f32,
    /// Whether the text runs from right to left there.
    pub rtl: bool,
}

/// A stretch of one line that a range covers, in physical pixels of the paragraph.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    /// Number of the line.
    pub line: usize,
    /// Left edge.
    pub left: f32,
    /// Right edge.
    pub right: f32,
    /// Upper edge of the line.
    pub top: f32,
    /// Lower edge of the line.
    pub bottom: f32,
}

/// A direction on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the left.
    Left,
    /// To the right.
    Right,
}

/// How far a key moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Over one cluster.
    Cluster,
    /// To the far edge of the next word (UAX #29, with dictionaries for scripts without spaces).
    Word,
}

impl Paragraph {
    /// The caret of a position; a byte inside a cluster counts as its start.
    #[must_use]
    pub fn caret(&self, position: Position) -> CaretRect {
        let (line, x, rtl) = match self.cluster_of(position) {
            Some((index, at_end)) => {
                let row = self.row(index);
                let rtl = row.is(ClusterRow::RTL);
                (self.line_of(index), if at_end == rtl { row.x } else { row.right() }, rtl)
            }
            None => (0, self.lines.first().map_or(0.0, |line| line.left), self.rtl),
        };
        let line_at = self.line(line);
        CaretRect { line, x, top: line_at.top, bottom: line_at.top + line_at.height, rtl }
    }

    /// The position nearest to a point. Above the first line and below the last one these two count; beside a line,
    /// its start or end.
    #[must_use]
    pub fn hit(&self, x: f32, y: f32) -> Position {
        let line = self.lines.partition_point(|line| line.top <= y).saturating_sub(1);
        self.hit_line(line, x)
    }

    /// The position nearest to `x` on a line; beyond the last line, on that.
    #[must_use]
    pub fn hit_line(&self, line: usize, x: f32) -> Position {
        let line = line.min(self.lines.len().saturating_sub(1));
        let clusters = self.clusters_of(line);
        let Some(row) = self.lines.get(line).filter(|_| !clusters.is_empty()) else {
            return Position::before(self.start_of(clusters.start));
        };
        let beyond = if x < row.left {
            Some(self.rtl)
        } else if x > row.right {
            Some(!self.rtl)
        } else {
            None
        };
        match beyond {
            Some(true) => Position::after(self.start_of(clusters.end)),
            Some(false) => Position::before(self.start_of(clusters.start)),
            None => {
                let (mut low, mut high) = (clusters.start, clusters.end);
                while low + 1 < high {
                    let middle = usize::midpoint(low, high);
                    if self.row(self.at_place(middle)).x <= x { low = middle } else { high = middle }
                }
                let index = self.at_place(low);
                let row = self.row(index);
                self.edge(index, x > row.x + row.width / 2.0)
            }
        }
    }

    /// The stretches of lines that a range of bytes covers, from the top, on each line from left to right; stretches
    /// that touch are one. A cluster that the range only touches is covered whole.
    #[must_use]
    pub fn rects(&self, bytes: Range<usize>) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        let end = bytes.end.min(self.len());
        if bytes.start >= end {
            return pieces;
        }
        let first = self.cluster_at(bytes.start);
        let last = self.clusters.partition_point(|row| (row.start as usize) < end);
        for line in self.line_of(first)..=self.line_of(last.saturating_sub(1)) {
            let clusters = self.clusters_of(line);
            let (top, height) = self.lines.get(line).map_or((0.0, 0.0), |row| (row.top, self.line_height_px));
            let piece = |left, right| Piece { line, left, right, top, bottom: top + height };
            if self.order.is_empty() {
                // In the order of the text the clusters from one to another are one stretch.
                let (from, to) = (clusters.start.max(first), clusters.end.min(last));
                if from < to {
                    pieces.push(piece(self.row(from).x, self.row(to - 1).right()));
                }
                continue;
            }
            let mut open = false;
            for place in clusters {
                let index = self.at_place(place);
                if index < first || index >= last {
                    open = false;
                    continue;
                }
                let row = self.row(index);
                match pieces.last_mut().filter(|_| open) {
                    Some(piece) => piece.right = row.right(),
                    None => pieces.push(piece(row.x, row.right())),
                }
                open = true;
            }
        }
        pieces
    }

    /// Moves by sight. `None` at the paragraph's edge: what comes then is before it if the key leads against the
    /// paragraph's direction ([`Paragraph::leads_on`]), and after it otherwise.
    #[must_use]
    pub fn step(&self, from: Position, to: Step, unit: Unit) -> Option<Position> {
        match unit {
            Unit::Cluster => self.cross(from, to).map(|(position, _)| position),
            Unit::Word => {
                let mut at = from;
                let mut word = None;
                while let Some((next, crossed)) = self.cross(at, to) {
                    let segment = self.segment_of(crossed);
                    match word {
                        Some(word) if word != segment => break,
                        None if self.row(segment).is(ClusterRow::LETTER) => word = Some(segment),
                        _ => {}
                    }
                    at = next;
                }
                (at != from).then_some(at)
            }
        }
    }

    /// Whether moving that way goes forward in the text, as seen from the whole paragraph.
    #[must_use]
    pub fn leads_on(&self, to: Step) -> bool {
        (to == Step::Right) != self.rtl
    }

    /// The same place one line up or down, `x` being where the movement began; `None` beyond the first or last line.
    #[must_use]
    pub fn vertical(&self, from: Position, down: bool, x: f32) -> Option<Position> {
        let line = self.caret(from).line;
        let line = if down { line + 1 } else { line.checked_sub(1)? };
        (line < self.lines.len()).then(|| self.hit_line(line, x))
    }

    /// The start of the line a position stands on.
    #[must_use]
    pub fn line_start(&self, from: Position) -> Position {
        Position::before(self.start_of(self.clusters_of(self.caret(from).line).start))
    }

    /// The end of the line a position stands on.
    #[must_use]
    pub fn line_end(&self, from: Position) -> Position {
        Position::after(self.start_of(self.clusters_of(self.caret(from).line).end))
    }

    /// The next boundary after a byte, in the text's order; `None` at the end. By word: the end of a word.
    #[must_use]
    pub fn next_boundary(&self, byte: usize, unit: Unit) -> Option<usize> {
        if byte >= self.len() {
            return None;
        }
        let mut index = self.cluster_at(byte);
        if unit == Unit::Word {
            while index < self.clusters.len() && !self.row(self.segment_of(index)).is(ClusterRow::LETTER) {
                index += 1;
            }
            while index + 1 < self.clusters.len() && !self.row(index + 1).is(ClusterRow::SEGMENT) {
                index += 1;
            }
        }
        Some(self.start_of(index + 1))
    }

    /// The next boundary before a byte, in the text's order; `None` at the start. By word: the start of a word.
    #[must_use]
    pub fn previous_boundary(&self, byte: usize, unit: Unit) -> Option<usize> {
        if byte == 0 || self.clusters.is_empty() {
            return None;
        }
        let mut index = self.cluster_at(byte - 1);
        if unit == Unit::Word {
            while index > 0 && !self.row(self.segment_of(index)).is(ClusterRow::LETTER) {
                index -= 1;
            }
            index = self.segment_of(index);
        }
        Some(self.start_of(index))
    }

    /// The word at a byte, or what stands between two words there.
    #[must_use]
    pub fn word_at(&self, byte: usize) -> Range<usize> {
        if self.clusters.is_empty() {
            return 0..0;
        }
        let index = self.cluster_at(byte);
        let end = (index + 1..self.clusters.len()).find(|&next| self.row(next).is(ClusterRow::SEGMENT));
        self.start_of(self.segment_of(index))..end.map_or(self.len(), |next| self.start_of(next))
    }

    /// The range of whole clusters that a range touches.
    #[must_use]
    pub fn snap(&self, bytes: Range<usize>) -> Range<usize> {
        if bytes.start >= bytes.end.min(self.len()) {
            let at = self.start_of(self.clusters.partition_point(|row| (row.start as usize) < bytes.start));
            return at..at;
        }
        let last = self.clusters.partition_point(|row| (row.start as usize) < bytes.end);
        self.start_of(self.cluster_at(bytes.start))..self.start_of(last)
    }

    /// Crosses one cluster by sight: where that leads, and which it was.
    fn cross(&self, from: Position, to: Step) -> Option<(Position, usize)> {
        let (index, at_end) = self.cluster_of(from)?;
        let right = to == Step::Right;
        let at_right = at_end != self.row(index).is(ClusterRow::RTL);
        let mut line = self.line_of(index);
        // The gap between two places of the line that the caret stands in.
        let mut gap = self.place_of(index, line) + usize::from(at_right);
        loop {
            let places = self.clusters_of(line);
            let inside = if right { gap < places.end } else { gap > places.start };
            if inside {
                let crossed = self.at_place(if right { gap } else { gap - 1 });
                gap = if right { gap + 1 } else { gap - 1 };
                let position = self.edge(crossed, right);
                // Where a line wraps, its end and the start of the next are one place in the text: the latter is shown.
                let outermost = gap == if right { places.end } else { places.start };
                let wrapped = self
                    .entering(line, to)
                    .filter(|(landing, _, _)| outermost && self.leads_on(to) && landing.byte == position.byte);
                return Some((wrapped.map_or(position, |(landing, _, _)| landing), crossed));
            }
            let (landing, first, next) = self.entering(line, to)?;
            if landing.byte != from.byte {
                return Some((landing, first));
            }
            line = next;
            let places = self.clusters_of(line);
            gap = if right { places.start } else { places.end };
        }
    }

    /// Where moving that way leads from the edge of a line to the next, by which cluster, and on which line.
    fn entering(&self, line: usize, to: Step) -> Option<(Position, usize, usize)> {
        let right = to == Step::Right;
        let mut next = line;
        loop {
            next = if self.leads_on(to) { next + 1 } else { next.checked_sub(1)? };
            if next >= self.lines.len() {
                return None;
            }
            let places = self.clusters_of(next);
            // A line has no cluster of its own where one too wide for the column is cut.
            if !places.is_empty() {
                let first = self.at_place(if right { places.start } else { places.end - 1 });
                return Some((self.edge(first, !right), first, next));
            }
        }
    }

    /// The position at the left or right edge of a cluster.
    fn edge(&self, index: usize, right: bool) -> Position {
        if right == self.row(index).is(ClusterRow::RTL) {
            Position::before(self.start_of(index))
        } else {
            Position::after(self.start_of(index + 1))
        }
    }

    /// The cluster a position belongs to, and whether it stands at that cluster's end; `None` without text.
    fn cluster_of(&self, position: Position) -> Option<(usize, bool)> {
        let last = self.clusters.len().checked_sub(1)?;
        if position.byte >= self.len() {
            return Some((last, true));
        }
        let index = self.cluster_at(position.byte);
        let on_boundary = self.start_of(index) == position.byte;
        if position.affinity == Affinity::Upstream && on_boundary && index > 0 {
            Some((index - 1, true))
        } else {
            Some((index, false))
        }
    }

    /// The cluster that holds a byte.
    fn cluster_at(&self, byte: usize) -> usize {
        self.clusters.partition_point(|row| row.start as usize <= byte).saturating_sub(1)
    }

    /// The line that holds a cluster.
    fn line_of(&self, cluster: usize) -> usize {
        self.lines.partition_point(|line| line.cluster as usize <= cluster).saturating_sub(1)
    }

    /// The first cluster of the segment (a word, or what stands between words) that a cluster is in.
    fn segment_of(&self, cluster: usize) -> usize {
        (0..=cluster).rev().find(|&index| self.row(index).is(ClusterRow::SEGMENT)).unwrap_or(0)
    }

    fn row(&self, cluster: usize) -> ClusterRow {
        self.clusters.get(cluster).copied().unwrap_or(ClusterRow { start: self.len, x: 0.0, width: 0.0, flags: 0 })
    }

    /// The cluster at a place, places being numbered by line and from left to right.
    fn at_place(&self, place: usize) -> usize {
        self.order.get(place).map_or(place, |&index| index as usize)
    }

    /// The place of a cluster of a line.
    fn place_of(&self, cluster: usize, line: usize) -> usize {
        if self.order.is_empty() {
            return cluster;
        }
        self.clusters_of(line).find(|&place| self.at_place(place) == cluster).unwrap_or(cluster)
    }
}
