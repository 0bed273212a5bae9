//! Krippendorff's α: agreement of any number of annotators on given units, some of which may be missing.

use std::collections::BTreeMap;

use super::Undefined;

/// How far apart two values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Equal or not: δ² is 0 or 1.
    Nominal,
    /// By their order: `δ²(c, k) = (Σ n_g from c to k − (n_c + n_k) / 2)²`.
    Ordinal,
    /// By their distance: `δ²(c, k) = (c − k)²`.
    Interval,
}

/// α = 1 − Dₒ / Dₑ = `1 − (n − 1) Σ o_ck·δ²_ck / Σ n_c·n_k·δ²_ck` (Krippendorff 2011, "Computing Krippendorff's
/// Alpha-Reliability"): `o_ck` are the coincidences of values within units, `n_c` their sums.
///
/// Each of `units` has the values that annotators gave it; units with fewer than two values are left out. Gives the value
/// and on how many values it rests.
pub fn alpha(units: &[Vec<i64>], level: Level) -> (Result<f64, Undefined>, usize) {
    let all: BTreeMap<i64, usize> = units.iter().flatten().map(|value| (*value, 0)).collect();
    let values: Vec<i64> = all.into_keys().collect();
    let place = |value: &i64| values.binary_search(value).unwrap_or_default();
    let mut coincidences = vec![0.0; values.len() * values.len()];
    for unit in units.iter().filter(|unit| unit.len() > 1) {
        for (i, first) in unit.iter().enumerate() {
            for (_, second) in unit.iter().enumerate().filter(|(j, _)| i != *j) {
                if let Some(count) = coincidences.get_mut(place(first) * values.len() + place(second)) {
                    *count += 1.0 / (unit.len() - 1) as f64;
                }
            }
        }
    }
    let n: f64 = coincidences.iter().sum();
    (alpha_of(&coincidences, &values, level), n.round() as usize)
}

/// α from coincidences, row by row, each value's row and column at its place in `values`, which ascend.
pub(super) fn alpha_of(coincidences: &[f64], values: &[i64], level: Level) -> Result<f64, Undefined> {
    let width = values.len();
    let at = |c: usize, k: usize| coincidences.get(c * width + k).copied().unwrap_or_default();
    let sums: Vec<f64> = (0..width).map(|c| (0..width).map(|k| at(c, k)).sum()).collect();
    let sum = |c: usize| sums.get(c).copied().unwrap_or_default();
    let n: f64 = sums.iter().sum();
    if n <= 0.0 {
        return Err(Undefined::OneAnnotator);
    }
    let (mut observed, mut expected) = (0.0, 0.0);
    for c in 0..width {
        // n of all values from c on, for the distance of ordered values.
        let mut between = sum(c);
        for k in c + 1..width {
            between += sum(k);
            let distance = match level {
                Level::Nominal => 1.0,
                Level::Ordinal => between - f64::midpoint(sum(c), sum(k)),
                Level::Interval => {
                    let value = |at: usize| values.get(at).copied().unwrap_or_default() as f64;
                    value(k) - value(c)
                }
            };
            observed += at(c, k) * distance * distance;
            expected += sum(c) * sum(k) * distance * distance;
        }
    }
    if expected <= 0.0 {
        return Err(Undefined::NothingVaries);
    }
    Ok(1.0 - (n - 1.0) * observed / expected)
}
