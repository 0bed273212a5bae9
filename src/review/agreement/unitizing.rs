//! α for units that annotators chose themselves on a text: Krippendorff's family of u-alphas.
//!
//! Krippendorff, Mathet, Bouvry and Widlöcher 2016, "On the Reliability of Unitizing Textual Continua: Further
//! Developments", Quality & Quantity 50, as in Krippendorff 2019, Content Analysis, 4th edition, section 12.6. It is
//! made for units that do not overlap within one annotator; a document where some do is left out and said.

use super::Undefined;
use super::figure::Counts;

/// An annotator's units and the gaps between them, in order and without holes: length in characters, and value, of which
/// 0 is a gap.
pub type Partition = Vec<(usize, usize)>;

/// The columns of the counts for so many values, gaps among them.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layout {
    values: usize,
}

impl Layout {
    pub(super) fn new(values: usize) -> Self {
        Self { values }
    }

    /// Coincidences, self-pairings of segments, those within what others marked too, and how many documents were left
    /// out, and how many characters were counted.
    pub(super) fn columns(self) -> usize {
        self.values * self.values + 2 * self.values + 2
    }

    fn coincidence(self, c: usize, k: usize) -> usize {
        c * self.values + k
    }

    fn itself(self, c: usize) -> usize {
        self.values * self.values + c
    }

    fn itself_shared(self, c: usize) -> usize {
        self.itself(self.values) + c
    }

    fn left_out(self) -> usize {
        self.itself_shared(self.values)
    }

    fn length(self) -> usize {
        self.left_out() + 1
    }

    /// Counts a document that has overlapping units of one annotator.
    pub(super) fn leave_out(self, counts: &mut Counts, row: usize) {
        counts.add(row, self.left_out(), 1.0);
    }

    /// Counts a document: the intersections of the segments of each two annotators (eq. 32), and what a segment would
    /// have in common with itself (eq. 33): the square of a unit's length, the length of a gap.
    pub(super) fn count(self, counts: &mut Counts, row: usize, partitions: &[Partition]) {
        let weight = match partitions.len() {
            0 | 1 => return,
            annotators => 1.0 / (annotators - 1) as f64,
        };
        for (i, own) in partitions.iter().enumerate() {
            let mut shared = vec![0usize; own.len()];
            let mut at = 0;
            for (length, value) in own {
                let of_itself = if *value == 0 { *length as f64 } else { (*length as f64).powi(2) };
                counts.add(row, self.itself(*value), of_itself);
                at += length;
            }
            counts.add(row, self.length(), at as f64);
            for (_, other) in partitions.iter().enumerate().filter(|(j, _)| i != *j) {
                for (place, theirs, length) in intersections(own, other) {
                    let value = own.get(place).map_or(0, |(_, value)| *value);
                    counts.add(row, self.coincidence(value, theirs), length as f64 * weight);
                }
            }
            for (place, length) in marked_by_others(own, i, partitions) {
                if let Some(sum) = shared.get_mut(place) {
                    *sum += length;
                }
            }
            for ((_, value), shared) in own.iter().zip(shared).filter(|((_, value), _)| *value > 0) {
                counts.add(row, self.itself_shared(*value), (shared as f64).powi(2));
            }
        }
    }

    fn matrices(self, counts: &[f64]) -> Result<Matrices, Undefined> {
        let at = |place: usize| counts.get(place).copied().unwrap_or_default();
        let observed = Matrix::of(self.values, |c, k| at(self.coincidence(c, k)));
        if observed.sum() <= 0.0 {
            return Err(if at(self.left_out()) > 0.0 { Undefined::Overlaps } else { Undefined::OneAnnotator });
        }
        let itself = |c: usize| at(self.itself(c));
        let shared = |c: usize| at(self.itself_shared(c));
        Ok(Matrices {
            expected: observed.expected(itself),
            shared: observed.without_gaps(),
            itself_shared: (0..self.values).map(shared).collect(),
            observed,
        })
    }

    /// On how many characters of how many annotators together the figures rest.
    pub(super) fn n(self, counts: &[f64]) -> f64 {
        counts.get(self.length()).copied().unwrap_or_default()
    }

    /// uα of units and their values: 1 − Dₒ/Dₑ over all segments, gaps being a value (eq. 34).
    pub(super) fn u_alpha(self, counts: &[f64]) -> Result<f64, Undefined> {
        let Matrices { observed, expected, .. } = self.matrices(counts)?;
        ratio(observed.off_diagonal(), expected.off_diagonal())
    }

    /// |uα of what is a unit and what is a gap, whatever its value (eq. 35).
    pub(super) fn binary(self, counts: &[f64]) -> Result<f64, Undefined> {
        let Matrices { observed, expected, .. } = self.matrices(counts)?;
        let mixed = |matrix: &Matrix| (1..self.values).map(|c| matrix.at(0, c) + matrix.at(c, 0)).sum::<f64>();
        ratio(mixed(&observed), mixed(&expected))
    }

    /// cuα of the values alone, where units of two annotators intersect (eq. 36 and 37).
    pub(super) fn values_alone(self, counts: &[f64]) -> Result<f64, Undefined> {
        let (observed, expected) = self.shared(counts)?;
        ratio(observed.off_diagonal(), expected.off_diagonal())
    }

    /// (k)uα of one value among intersecting units (eq. 38).
    pub(super) fn value(self, counts: &[f64], value: usize) -> Result<f64, Undefined> {
        let (observed, expected) = self.shared(counts)?;
        let share = |matrix: &Matrix| 1.0 - matrix.at(value, value) / matrix.column(value);
        if observed.column(value) <= 0.0 {
            return Err(Undefined::NothingShared);
        }
        ratio(share(&observed), share(&expected))
    }

    fn shared(self, counts: &[f64]) -> Result<(Matrix, Matrix), Undefined> {
        let Matrices { shared, itself_shared, .. } = self.matrices(counts)?;
        if shared.sum() <= 0.0 {
            return Err(Undefined::NothingShared);
        }
        let expected = shared.expected(|c| itself_shared.get(c).copied().unwrap_or_default());
        Ok((shared, expected))
    }
}

/// The family for one continuum, with the value of each unit: uα, |uα, cuα, and (k)uα of each value from 1. Each of
/// `partitions` is an annotator's; `values` counts the gap too.
pub fn u_alphas(partitions: &[Partition], values: usize) -> [Result<f64, Undefined>; 3] {
    let layout = Layout::new(values);
    let mut counts = Counts::new(1, layout.columns());
    layout.count(&mut counts, 0, partitions);
    let sum = counts.sum(std::iter::once(0));
    [layout.u_alpha(&sum), layout.binary(&sum), layout.values_alone(&sum)]
}

fn ratio(observed: f64, expected: f64) -> Result<f64, Undefined> {
    if expected.is_finite() && expected > 0.0 { Ok(1.0 - observed / expected) } else { Err(Undefined::NothingVaries) }
}

struct Matrices {
    observed: Matrix,
    expected: Matrix,
    shared: Matrix,
    itself_shared: Vec<f64>,
}

struct Matrix {
    width: usize,
    cells: Vec<f64>,
}

impl Matrix {
    fn of(width: usize, cell: impl Fn(usize, usize) -> f64) -> Self {
        let cells = (0..width * width).map(|at| cell(at / width, at % width)).collect();
        Self { width, cells }
    }

    fn at(&self, c: usize, k: usize) -> f64 {
        self.cells.get(c * self.width + k).copied().unwrap_or_default()
    }

    fn sum(&self) -> f64 {
        self.cells.iter().sum()
    }

    fn column(&self, k: usize) -> f64 {
        (0..self.width).map(|c| self.at(c, k)).sum()
    }

    fn off_diagonal(&self) -> f64 {
        self.sum() - (0..self.width).map(|c| self.at(c, c)).sum::<f64>()
    }

    /// What chance would give, were all segments paired with all but themselves:
    /// `ε_ck = (ℓ_c·ℓ_k − [c = k] s_c)·ℓ / (ℓ² − Σ s)`, s being what segments have in common with themselves.
    fn expected(&self, itself: impl Fn(usize) -> f64) -> Self {
        let all = self.sum();
        let pairs = all * all - (0..self.width).map(&itself).sum::<f64>();
        let sums: Vec<f64> = (0..self.width).map(|k| self.column(k)).collect();
        let sum = |c: usize| sums.get(c).copied().unwrap_or_default();
        Self::of(self.width, |c, k| {
            let alike = if c == k { itself(c) } else { 0.0 };
            (sum(c) * sum(k) - alike) * all / pairs
        })
    }

    fn without_gaps(&self) -> Self {
        Self::of(self.width, |c, k| if c == 0 || k == 0 { 0.0 } else { self.at(c, k) })
    }
}

/// Where segments of two partitions intersect: place of the first's segment, value of the second's, length.
fn intersections<'a>(own: &'a Partition, other: &'a Partition) -> impl Iterator<Item = (usize, usize, usize)> + 'a {
    let (mut i, mut j) = (0, 0);
    let (mut from, mut own_end, mut other_end) = (0, own.first().map_or(0, |s| s.0), other.first().map_or(0, |s| s.0));
    std::iter::from_fn(move || {
        let ((_, _), (_, value)) = (own.get(i)?, other.get(j)?);
        let (place, value, end) = (i, *value, own_end.min(other_end));
        let length = end - from;
        from = end;
        if own_end == end {
            i += 1;
            own_end += own.get(i).map_or(0, |segment| segment.0);
        }
        if other_end == end {
            j += 1;
            other_end += other.get(j).map_or(0, |segment| segment.0);
        }
        Some((place, value, length))
    })
}

/// How much of each unit of annotator `i` some other one marked too: place of the segment, length.
fn marked_by_others(own: &Partition, i: usize, partitions: &[Partition]) -> Vec<(usize, usize)> {
    let mut units: Vec<(usize, usize)> = Vec::new();
    for (_, other) in partitions.iter().enumerate().filter(|(j, _)| i != *j) {
        let mut at = 0;
        for (length, value) in other {
            if *value > 0 {
                units.push((at, at + length));
            }
            at += length;
        }
    }
    units.sort_unstable();
    let mut union: Partition = Vec::new();
    let mut end = 0;
    for (from, to) in units {
        if to > end {
            let start = from.max(end);
            union.extend([(start - end, 0), (to - start, 1)].into_iter().filter(|(length, _)| *length > 0));
            end = to;
        }
    }
    let all: usize = own.iter().map(|(length, _)| length).sum();
    union.extend((all > end).then(|| (all - end, 0)));
    let found = intersections(own, &union).filter(|(_, value, _)| *value > 0);
    found.map(|(place, _, length)| (place, length)).collect()
}
