//! A figure, what it rests on, and how far chance alone would have moved it.
//!
//! Every measure of this room is a function of counts that add up over parts of the work: over documents, or over the
//! paragraphs of one. So one table of counts gives the figure of a part, of the whole, and of every resample.

use std::fmt;
use std::ops::Range;

/// A measure of agreement.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// The value; or why there is none.
    pub value: Result<f64, Undefined>,
    /// Where 95 % of the values of the resamples lie, and `None` where nothing was resampled. Some resamples may have no
    /// value: they are left out.
    pub interval: Option<(f64, f64)>,
    /// How many claims, characters, … it rests on, as each measure says.
    pub n: usize,
}

/// Why a figure is not defined. It is then neither 0 nor 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undefined {
    /// Neither of two, or none of all, marked a claim.
    NothingMarked,
    /// One annotator only, or no two on the same document.
    OneAnnotator,
    /// The text has nothing to count.
    NoText,
    /// Both put everything in one and the same class: agreement by chance is certain.
    NothingVaries,
    /// No claim is marked by both.
    NothingShared,
    /// No claim is judged by both on this axis by terms that stand in the order of one scale.
    NothingJudged,
    /// Claims of one annotator overlap, of which the measure knows nothing.
    Overlaps,
}

impl fmt::Display for Undefined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NothingMarked => "nobody marked a claim",
            Self::OneAnnotator => "there are no two annotators to compare",
            Self::NoText => "there is no text to count",
            Self::NothingVaries => "everything is in one class: nothing varies",
            Self::NothingShared => "no claim is marked by both",
            Self::NothingJudged => "no claim is judged by both in the order of one scale",
            Self::Overlaps => "claims of one annotator overlap, for which the measure is not defined",
        })
    }
}

/// Counts of one measure: a row for each part of the work, each with the same columns.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Counts {
    columns: usize,
    counts: Vec<f64>,
}

impl Counts {
    pub(super) fn new(rows: usize, columns: usize) -> Self {
        Self { columns, counts: vec![0.0; rows * columns] }
    }

    pub(super) fn add(&mut self, row: usize, column: usize, amount: f64) {
        if let Some(count) = self.counts.get_mut(row * self.columns + column) {
            *count += amount;
        }
    }

    fn row(&self, row: usize) -> &[f64] {
        self.counts.get(row * self.columns..(row + 1) * self.columns).unwrap_or_default()
    }

    pub(super) fn sum(&self, rows: impl Iterator<Item = usize>) -> Vec<f64> {
        let mut sum = vec![0.0; self.columns];
        for row in rows {
            sum.iter_mut().zip(self.row(row)).for_each(|(sum, count)| *sum += count);
        }
        sum
    }

    /// The count of these rows.
    pub(super) fn total(&self, rows: Range<usize>, column: usize) -> usize {
        rows.map(|row| self.row(row).get(column).copied().unwrap_or_default()).sum::<f64>().round() as usize
    }

    /// The figure of these rows: `value` and `n` from their sum. With `draws`, which are of all rows, its interval.
    pub(super) fn figure(
        &self,
        rows: Range<usize>,
        draws: Option<&Draws>,
        value: impl Fn(&[f64]) -> Result<f64, Undefined>,
        n: impl Fn(&[f64]) -> f64,
    ) -> Figure {
        let sum = self.sum(rows);
        let found = value(&sum);
        let interval = draws.filter(|_| found.is_ok()).and_then(|draws| {
            let resampled = draws.0.iter().filter_map(|rows| value(&self.sum(rows.iter().copied())).ok());
            interval(resampled.collect())
        });
        Figure { value: found, interval, n: n(&sum).round() as usize }
    }
}

/// The resamples of a bootstrap (Efron 1979): rows drawn with replacement, as many as there are, many times.
///
/// What is drawn are whole documents, or whole paragraphs of one document: characters and claims that stand together
/// are marked together, and drawing them one by one would make every interval too narrow.
pub(super) struct Draws(Vec<Vec<usize>>);

/// How many resamples are drawn.
pub const RESAMPLES: usize = 1000;

impl Draws {
    /// `None` where there are no two rows to draw from. The same `seed` gives the same draws, and so the same intervals.
    pub(super) fn new(rows: usize, seed: u64) -> Option<Self> {
        let mut random = SplitMix(seed);
        let draw = |_| (0..rows).map(|_| random.below(rows)).collect();
        (rows > 1).then(|| Self((0..RESAMPLES).map(draw).collect()))
    }
}

/// The 2.5th and the 97.5th percentile (Efron 1981), by the nearest rank.
fn interval(mut values: Vec<f64>) -> Option<(f64, f64)> {
    values.sort_unstable_by(f64::total_cmp);
    let last = values.len().checked_sub(1)?;
    let at = |share: f64| values.get((share * last as f64).round() as usize).copied();
    Some((at(0.025)?, at(0.975)?))
}

/// Numbers that look random and are not: `SplitMix64` (Steele, Lea and Flood 2014).
struct SplitMix(u64);

impl SplitMix {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^= bits >> 31;
        ((u128::from(bits) * limit as u128) >> 64) as usize
    }
}
